//! What people do with the bot's own means: buttons, lists, commands, forms, suggestions while typing.

use serde_json::{Map, Value, json};

use super::Discord;
use super::interactions::{Asked, Handle};
use super::payloads;
use super::state::{Id, flag};
use super::world::World;

impl World {
    /// A component of a message that can be used now; a story that presses what is not there is wrong.
    fn control(&self, message: Id, custom_id: &str) -> Value {
        let message = self.message(message);
        assert!(self.messages.contains_key(&message.id), "message {} is deleted", message.id);
        let controls = message.controls();
        let found = controls.iter().find(|c| c["custom_id"] == custom_id || c["label"] == custom_id);
        let there: Vec<String> = controls.iter().map(|c| format!("{} ({})", c["custom_id"], c["label"])).collect();
        let found = found.unwrap_or_else(|| panic!("no component {custom_id:?} here, but {}", there.join(", ")));
        assert!(found["disabled"] != true, "component {custom_id:?} is disabled");
        (*found).clone()
    }

    /// The registered command a person gets to see, by its name or its name in their language.
    fn command(&self, who: Id, channel: Id, name: &str, kind: u64) -> Value {
        let server = self.channel(channel).server.unwrap_or(0);
        let locale = self.people.get(&who).map_or("", |p| p.locale.as_str());
        let known = [server, 0].into_iter().filter_map(|key| self.commands.get(&key)).flatten();
        let mut names = Vec::new();
        for command in known {
            if command["type"].as_u64().unwrap_or(1) != kind {
                continue;
            }
            if command["name"] == name || command["name_localizations"][locale] == name {
                return command.clone();
            }
            names.push(command["name"].to_string());
        }
        panic!("no command {name:?} is registered here; there are: {}", names.join(", "))
    }

    /// The data of a typed command: "/status" or "/away set", with its options checked against what was registered.
    fn typed(&self, who: Id, channel: Id, text: &str, options: &[(&str, Value)], focused: Option<&str>) -> Value {
        let mut words = text.trim_start_matches('/').split_whitespace();
        let command = self.command(who, channel, words.next().unwrap_or_default(), 1);
        let (mut holder, mut path) = (command.clone(), Vec::new());
        for word in words {
            let inner = holder["options"].as_array().into_iter().flatten().find(|o| o["name"] == word).cloned();
            holder = inner.unwrap_or_else(|| panic!("{text:?}: no subcommand {word:?} is registered"));
            path.push((word.to_owned(), holder["type"].clone()));
        }
        let declared = holder["options"].as_array().cloned().unwrap_or_default();
        let (mut given, mut resolved) = (Vec::new(), Map::new());
        for (name, value) in options {
            let option = declared.iter().find(|o| o["name"] == *name);
            let option = option.unwrap_or_else(|| panic!("{text:?} has no option {name:?}"));
            let fixed = option["choices"].as_array();
            let offered = fixed.is_none_or(|list| list.is_empty() || list.iter().any(|c| c["value"] == *value));
            assert!(offered || focused == Some(*name), "{value} is not a choice of {name:?} of {text:?}");
            let mut entry = json!({"name": name, "type": option["type"], "value": value});
            if focused == Some(*name) {
                assert!(option["autocomplete"] == true, "{name:?} of {text:?} does not autocomplete");
                entry["focused"] = json!(true);
            }
            self.resolve(&mut resolved, channel, &option["type"], value);
            given.push(entry);
        }
        let missing = declared.iter().find(|o| o["required"] == true && !options.iter().any(|(n, _)| o["name"] == *n));
        if let (Some(missing), None) = (missing, focused) {
            panic!("{text:?} needs the option {}", missing["name"]);
        }
        let mut inside = Value::Array(given);
        for (name, kind) in path.into_iter().rev() {
            inside = json!([{"name": name, "type": kind, "options": inside}]);
        }
        json!({"id": command["id"], "name": command["name"], "type": 1, "options": inside, "resolved": resolved})
    }

    fn resolve(&self, resolved: &mut Map<String, Value>, channel: Id, kind: &Value, value: &Value) {
        let text = value.as_str().unwrap_or_default();
        let id: Id = text.parse().unwrap_or(0);
        let server = self.channel(channel).server.and_then(|s| self.servers.get(&s));
        let mut put = |group: &str, shown: Value| {
            resolved.entry(group).or_insert_with(|| json!({}))[text] = shown;
        };
        match kind.as_u64() {
            Some(6) => {
                put("users", payloads::user(self, id));
                if let Some(member) = server.and_then(|s| s.members.get(&id)) {
                    put("members", payloads::bare_member(member));
                }
            }
            Some(7) => put("channels", payloads::partial_channel(self, self.channel(id))),
            Some(8) => {
                if let Some(role) = server.and_then(|s| s.roles.iter().find(|r| r.id == id)) {
                    put("roles", payloads::role(role, 1));
                }
            }
            _ => {}
        }
    }
}

impl Discord {
    fn asks(&self, asked: impl FnOnce(&World) -> Asked) -> Handle {
        self.change(|world| {
            let asked = asked(world);
            world.ask(asked)
        })
    }

    /// Presses a button, by its `custom_id` or its label.
    pub fn presses(&self, who: Id, message: Id, button: &str) -> Handle {
        self.uses(who, message, button, None)
    }

    /// Chooses from a list.
    pub fn selects(&self, who: Id, message: Id, list: &str, values: &[&str]) -> Handle {
        self.uses(who, message, list, Some(values))
    }

    fn uses(&self, who: Id, message: Id, control: &str, values: Option<&[&str]>) -> Handle {
        self.asks(|world| {
            let control = world.control(message, control);
            let found = world.message(message);
            assert!(found.ephemeral_to.is_none_or(|to| to == who), "only {:?} sees this message", found.ephemeral_to);
            let mut data = json!({"custom_id": control["custom_id"], "component_type": control["type"], "id": 1});
            if let Some(values) = values {
                data["values"] = json!(values);
            }
            Asked { kind: 3, user: who, channel: found.channel, message: Some(message), data }
        })
    }

    /// Types a command with its options.
    pub fn types(&self, who: Id, channel: Id, command: &str, options: &[(&str, Value)]) -> Handle {
        self.asks(|world| {
            let data = world.typed(who, channel, command, options, None);
            Asked { kind: 2, user: who, channel, message: None, data }
        })
    }

    /// The suggestions for the last of the options, which is still being typed: names and values.
    pub async fn completes(
        &self,
        who: Id,
        channel: Id,
        command: &str,
        options: &[(&str, Value)],
    ) -> Vec<(String, Value)> {
        let focused = options.last().map(|(name, _)| *name);
        let handle = self.asks(|world| {
            let data = world.typed(who, channel, command, options, Some(focused.unwrap_or_default()));
            Asked { kind: 4, user: who, channel, message: None, data }
        });
        self.wait_until("suggestions", |world| world.answers(handle).first.is_some()).await;
        self.answers(handle).choices
    }

    /// Uses a command of the context menu on a message.
    pub fn uses_on_message(&self, who: Id, command: &str, message: Id) -> Handle {
        self.asks(|world| {
            let found = world.message(message);
            let command = world.command(who, found.channel, command, 3);
            let target = message.to_string();
            let mut shown = payloads::message(world, found);
            // Inside an interaction Discord shows a message without its reference.
            shown["guild_id"] = json!(world.channel(found.channel).server.map(|s| s.to_string()));
            let resolved = json!({"messages": {target.clone(): shown}});
            let data = json!({
                "id": command["id"], "name": command["name"], "type": 3, "target_id": target, "resolved": resolved,
            });
            Asked { kind: 2, user: who, channel: found.channel, message: None, data }
        })
    }

    /// Fills in the form that an interaction opened, and sends it.
    pub fn submits_form(&self, opened: Handle, values: &[(&str, &str)]) -> Handle {
        self.asks(|world| {
            let form = world.answers(opened).form.unwrap_or_else(|| panic!("no form was opened"));
            let before = &world.interactions[&opened.0];
            let mut rows = Vec::new();
            for (at, row) in form["components"].as_array().into_iter().flatten().enumerate() {
                let field = &row["components"][0];
                let given = values.iter().find(|(name, _)| field["custom_id"] == *name || field["label"] == *name);
                let value = given.map_or_else(|| field["value"].as_str().unwrap_or_default(), |(_, value)| value);
                let required = field["required"] != false;
                assert!(!required || !value.is_empty(), "field {} must be filled in", field["custom_id"]);
                let inner = json!({"type": 4, "id": at * 2 + 2, "custom_id": field["custom_id"], "value": value});
                rows.push(json!({"type": 1, "id": at * 2 + 1, "components": [inner]}));
            }
            for (name, _) in values {
                let inputs = form["components"].as_array().into_iter().flatten().map(|r| &r["components"][0]);
                let known = inputs.into_iter().any(|f| f["custom_id"] == *name || f["label"] == *name);
                assert!(known, "the form has no field {name:?}: {form}");
            }
            let data = json!({"custom_id": form["custom_id"], "components": rows});
            Asked { kind: 5, user: before.user, channel: before.channel, message: before.message, data }
        })
    }

    /// Clicks an ephemeral answer away.
    pub fn dismisses(&self, message: Id) {
        self.change(|world| {
            assert!(world.message(message).flags & flag::EPHEMERAL != 0, "only ephemeral messages can be dismissed");
            world.delete(message);
        });
    }
}
