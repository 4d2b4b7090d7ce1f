//! The rules for registered commands.

use std::collections::HashSet;

use serde_json::Value;

use super::{Found, length};

const COMMAND_KEYS: &[&str] = &[
    "id",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "default_permission",
    "integration_types",
    "contexts",
    "type",
    "nsfw",
    "handler",
];
const OPTION_KEYS: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "choices",
    "options",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "autocomplete",
];

impl Found {
    pub fn commands(&mut self, body: &Value) {
        let Some(list) = body.as_array() else { return self.add("the commands are not a list".to_owned()) };
        let mut names = HashSet::new();
        for (at, command) in list.iter().enumerate() {
            self.command(&format!("[{at}]"), command);
            let kind = command["type"].as_u64().unwrap_or(1);
            if !names.insert((kind, command["name"].as_str().unwrap_or_default())) {
                self.add(format!("[{at}].name is used twice"));
            }
        }
        for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
            let count = list.iter().filter(|c| c["type"].as_u64().unwrap_or(1) == kind).count();
            if count > most {
                self.add(format!("{count} commands of type {kind}; {most} are allowed"));
            }
        }
    }

    pub fn command(&mut self, place: &str, command: &Value) {
        self.keys(place, command, COMMAND_KEYS);
        let typed = command["type"].as_u64().unwrap_or(1) == 1;
        self.named(place, command, typed);
        if typed {
            self.options(place, command, 1);
        } else if command["description"].as_str().is_some_and(|d| !d.is_empty()) {
            self.add(format!("{place}.description is not allowed for commands of the context menu"));
        }
    }

    fn named(&mut self, place: &str, thing: &Value, typed: bool) {
        self.filled(&format!("{place}.name"), thing.get("name"), 32);
        let translations = thing["name_localizations"].as_object().into_iter().flatten().map(|(_, name)| name);
        for name in translations.chain(thing.get("name")) {
            let name = name.as_str().unwrap_or_default();
            let plain =
                name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') && name.to_lowercase() == name;
            if typed && !plain {
                self.add(format!("{place}.name {name:?} is not lower case letters, figures, - and _"));
            }
            if length(name) > 32 {
                self.add(format!("{place}.name {name:?} has more than 32 characters"));
            }
        }
        if typed {
            self.filled(&format!("{place}.description"), thing.get("description"), 100);
            for (locale, text) in thing["description_localizations"].as_object().into_iter().flatten() {
                self.filled(&format!("{place}.description in {locale}"), Some(text), 100);
            }
        }
    }

    fn options(&mut self, place: &str, holder: &Value, depth: usize) {
        let options = holder["options"].as_array().map(Vec::as_slice).unwrap_or_default();
        if options.len() > 25 || depth > 3 {
            self.add(format!("{place} has {} options, {depth} deep; 25 and 3 are allowed", options.len()));
        }
        let (mut names, mut optional) = (HashSet::new(), false);
        for (at, option) in options.iter().enumerate() {
            let place = format!("{place}.options[{at}]");
            self.keys(&place, option, OPTION_KEYS);
            self.named(&place, option, true);
            if !names.insert(option["name"].as_str().unwrap_or_default()) {
                self.add(format!("{place}.name is used twice"));
            }
            let required = option["required"] == true;
            if required && optional {
                self.add(format!("{place} is required but stands after an optional one"));
            }
            optional |= !required;
            let choices = option["choices"].as_array().map_or(0, Vec::len);
            if choices > 25 {
                self.add(format!("{place} has {choices} choices; 25 are allowed"));
            }
            if choices > 0 && option["autocomplete"] == true {
                self.add(format!("{place} has both choices and autocomplete"));
            }
            self.options(&place, option, depth + 1);
        }
    }
}
