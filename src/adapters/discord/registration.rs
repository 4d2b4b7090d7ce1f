//! The commands as Discord is told of them.

use super::queue::{Call, Failure, Rest};
use super::text::{bare, length};
use super::wire::Snowflake;
use crate::render::commands::{CommandTexts, Label, OptionText, Takes};
use reqwest::Method;
use serde_json::{Map, Value};

/// A name that Discord takes for a command or option: 1 to 32 lower-case letters, digits, dashes.
fn command_name(name: &str) -> Option<String> {
    let name: String = name.trim().to_lowercase().chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
    let allowed = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (!name.is_empty() && length(&name) <= 32 && name.chars().all(allowed)).then_some(name)
}

fn sentence(text: &str, fallback: &str) -> String {
    let text = bare(text, 100);
    if text.is_empty() { fallback.to_owned() } else { text }
}

fn localised(label: &Label, name_of: impl Fn(&str) -> Option<String>, described: bool, out: &mut Map<String, Value>) {
    let names: Map<String, Value> =
        label.localised.iter().filter_map(|(code, name, _)| Some((code.clone(), name_of(name)?.into()))).collect();
    if !names.is_empty() {
        out.insert("name_localizations".into(), names.into());
    }
    let sentences: Map<String, Value> = label
        .localised
        .iter()
        .filter(|(_, _, text)| described && !text.is_empty())
        .map(|(code, _, text)| (code.clone(), sentence(text, "…").into()))
        .collect();
    if !sentences.is_empty() {
        out.insert("description_localizations".into(), sentences.into());
    }
}

fn option(text: &OptionText) -> Option<Value> {
    let mut out = Map::new();
    let kind = match text.takes {
        Takes::YesNo => 5,
        Takes::Person => 6,
        Takes::File => 11,
        Takes::Words | Takes::Completed | Takes::OneOf(_) => 3,
    };
    out.insert("type".into(), kind.into());
    out.insert("name".into(), command_name(&text.base)?.into());
    out.insert("description".into(), sentence(&text.label.description, &text.base).into());
    localised(&text.label, command_name, true, &mut out);
    out.insert("required".into(), text.required.into());
    match &text.takes {
        Takes::Completed => drop(out.insert("autocomplete".into(), true.into())),
        Takes::OneOf(choices) => {
            let shown = choices.iter().take(25).map(|choice| {
                let mut out = Map::new();
                out.insert("name".into(), sentence(&choice.label.name, &choice.value).into());
                out.insert("value".into(), choice.value.clone().into());
                localised(&choice.label, |name| Some(sentence(name, "…")), false, &mut out);
                Value::Object(out)
            });
            out.insert("choices".into(), shown.collect());
        }
        Takes::Words | Takes::YesNo | Takes::Person | Takes::File => {}
    }
    Some(out.into())
}

/// The body that replaces all commands of a server.
pub(super) fn body(texts: &CommandTexts) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for command in texts.commands.iter().take(99) {
        let Some(name) = command_name(&command.base) else { continue };
        let mut out = Map::new();
        out.insert("type".into(), 1.into());
        out.insert("name".into(), name.into());
        out.insert("description".into(), sentence(&command.label.description, &command.base).into());
        localised(&command.label, command_name, true, &mut out);
        let mut options: Vec<&OptionText> = command.options.iter().collect();
        options.sort_by_key(|option| !option.required);
        out.insert("options".into(), options.into_iter().take(25).filter_map(option).collect());
        all.push(out.into());
    }
    if let Some(take) = &texts.take {
        let name = |name: &str| Some(bare(name, 32)).filter(|name| !name.is_empty());
        let mut out = Map::new();
        out.insert("type".into(), 3.into());
        out.insert("name".into(), name(&take.name).unwrap_or_else(|| "take".to_owned()).into());
        localised(take, name, false, &mut out);
        all.push(out.into());
    }
    all.into()
}

/// Replaces all commands of a server.
pub(super) async fn register(
    rest: &Rest,
    application: Snowflake,
    server: Snowflake,
    texts: &CommandTexts,
) -> Result<(), Failure> {
    let path = format!("/applications/{application}/guilds/{server}/commands");
    rest.call(Call::new(Method::PUT, server, "commands", path).body(body(texts))).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::render::Words;
    use serde_json::json;

    #[test]
    fn the_desk_is_given_the_base_name_whatever_the_screen_says() {
        let texts = CommandTexts::built_in(&Words::new(), Lang::Nl);
        let body = body(&texts);
        let names = body.as_array().unwrap().iter().map(|command| command["name"].as_str().unwrap());
        let bases = texts.commands.iter().map(|command| command.base.as_str());
        assert!(names.eq(bases.chain(["Make it a request"])));
        let show = body.as_array().unwrap().iter().find(|command| command["name"] == "show").unwrap();
        assert_eq!(show["name_localizations"]["nl"], "toon");
        assert_eq!(show["description"], "Een verzoek bekijken");
        assert_eq!(show["description_localizations"]["en-GB"], "Look at a request");
        assert_eq!(show["options"][0]["autocomplete"], true);
        assert_eq!(
            body[1]["options"][1]["choices"][0],
            json!({
                "name": "Draft", "value": "draft", "name_localizations": {"nl": "Concept", "en-US": "Draft", "en-GB": "Draft"},
            })
        );
        let take = &body[texts.commands.len()];
        assert_eq!(take["name_localizations"]["nl"], "Maak er een verzoek van");
        assert!(take.get("description").is_none());
    }

    #[test]
    fn required_options_come_first_and_names_are_valid() {
        let body = body(&CommandTexts::built_in(&Words::new(), Lang::En));
        for command in body.as_array().unwrap().iter().filter(|command| command["type"] == 1) {
            let options = command["options"].as_array().unwrap();
            let required: Vec<_> = options.iter().map(|option| option["required"].as_bool().unwrap()).collect();
            assert!(required.is_sorted_by_key(|required| !required));
            for name in command["name_localizations"].as_object().unwrap().values() {
                assert_eq!(command_name(name.as_str().unwrap()).as_deref(), name.as_str());
            }
        }
        assert_eq!(command_name("Wie ben ik"), Some("wie-ben-ik".into()));
        assert_eq!(command_name("één!"), None);
        assert_eq!(command_name(&"x".repeat(33)), None);
    }
}
