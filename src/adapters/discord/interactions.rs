//! Buttons, forms, commands and completions: acknowledged at once, before anything else is done.

use super::chat::{Deferred, sealed};
use super::hooks::{Asked, Hooks, Outlet};
use super::mapping::by_anybody;
use super::places::{Place, Places};
use super::queue::{Call, Rest};
use super::text::bare;
use super::view;
use super::wire::{self, Interaction, Message, User};
use crate::ports::{CommandCall, Completion, Input, InteractionToken, Pressed};
use crate::render::message::Action;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Discord gives three seconds; this leaves room for the way back.
const ACKNOWLEDGE: Duration = Duration::from_millis(2_500);
const COMPLETE: Duration = Duration::from_millis(1_500);
const CHOICES: usize = 25;

/// Serves interactions.
#[derive(Clone)]
pub(super) struct Front {
    pub(super) rest: Arc<Rest>,
    pub(super) places: Arc<Places>,
    pub(super) hooks: Hooks,
    pub(super) outlet: Outlet,
}

impl Front {
    /// Serves one interaction. What the desk must do is handed over after the acknowledgement, also when that failed: the person
    /// then sees an error and may press again, which the desk knows how to take.
    pub(super) async fn serve(&self, told: Value) {
        let interaction: Interaction = match serde_json::from_value(told) {
            Ok(interaction) => interaction,
            Err(_) => return tracing::warn!("an interaction could not be read"),
        };
        let Some(user) =
            interaction.member.as_ref().and_then(|member| member.user.clone()).or(interaction.user.clone())
        else {
            return tracing::warn!("an interaction names nobody");
        };
        let input = match interaction.kind {
            2 => self.command(&interaction, &user).await,
            3 => self.button(&interaction, &user).await,
            4 => return self.completion(&interaction, &user).await,
            5 => self.form(&interaction, &user).await,
            _ => None,
        };
        if let Some(input) = input {
            let _ = self.outlet.put(input).await;
        }
    }

    async fn button(&self, interaction: &Interaction, user: &User) -> Option<Input> {
        let action = interaction.data["custom_id"].as_str().and_then(Action::from_code);
        if let Some(form) =
            action.as_ref().and_then(|action| self.hooks.forms.form(action, interaction.locale.as_deref()))
        {
            self.acknowledge(interaction, json!({"type": 9, "data": view::form(&form)})).await;
            return None;
        }
        // A button of a version that knew more is acknowledged too, so that the person does not see an error.
        self.acknowledge(interaction, json!({"type": 6})).await;
        Some(Input::Pressed(self.pressed(interaction, user, action?, Deferred::Button)?))
    }

    async fn form(&self, interaction: &Interaction, user: &User) -> Option<Input> {
        let deferred = if interaction.message.is_some() { Deferred::Button } else { Deferred::Answer };
        self.acknowledge(interaction, deferral(deferred)).await;
        let action = interaction.data["custom_id"].as_str().and_then(Action::from_code)?;
        let text = typed(&interaction.data["components"])?;
        let pressed = self.pressed(interaction, user, action, deferred)?;
        Some(Input::Submitted { pressed, text })
    }

    async fn command(&self, interaction: &Interaction, user: &User) -> Option<Input> {
        self.acknowledge(interaction, deferral(Deferred::Answer)).await;
        let token = self.token(interaction, Deferred::Answer);
        let channel = interaction.channel_id?;
        if interaction.data["type"].as_u64() == Some(3) {
            let target = wire::id_at(&interaction.data, "target_id")?;
            let message = interaction.data["resolved"]["messages"].get(target.to_string())?.clone();
            let message: Message = serde_json::from_value(message).ok()?;
            let known = self.places.known(channel);
            let place = known.unwrap_or(Place { server: interaction.guild_id, above: None });
            let mut heard = by_anybody(&message, place, &self.places)?;
            heard.server = heard.server.or(interaction.guild_id.map(wire::server));
            return Some(Input::Take { heard, by: wire::account(user.id), token });
        }
        let mut options = Vec::new();
        flatten(&interaction.data["options"], &mut options);
        files(&interaction.data, &mut options);
        Some(Input::Command(CommandCall {
            name: interaction.data["name"].as_str()?.to_owned(),
            options,
            by: wire::account(user.id),
            by_name: wire::shown_name(user, interaction.member.as_ref()),
            channel: wire::channel(channel),
            server: interaction.guild_id.map(wire::server),
            token,
            locale: interaction.locale.clone(),
        }))
    }

    async fn completion(&self, interaction: &Interaction, user: &User) {
        let choices = match (focused(&interaction.data["options"]), interaction.channel_id) {
            (Some((option, typed)), Some(channel)) => {
                let asked = Asked {
                    command: interaction.data["name"].as_str().unwrap_or_default().to_owned(),
                    option,
                    typed,
                    by: wire::account(user.id),
                    channel: wire::channel(channel),
                    server: interaction.guild_id.map(wire::server),
                    locale: interaction.locale.clone(),
                };
                let asking = self.hooks.completer.complete(&asked);
                tokio::time::timeout(COMPLETE, asking).await.unwrap_or_default()
            }
            _ => Vec::new(),
        };
        self.acknowledge(interaction, json!({"type": 8, "data": {"choices": choices_of(choices)}})).await;
    }

    fn pressed(&self, interaction: &Interaction, user: &User, action: Action, deferred: Deferred) -> Option<Pressed> {
        let channel = interaction.channel_id?;
        let message = interaction.message.as_ref().map_or(interaction.id, |message| message.id);
        Some(Pressed {
            action,
            by: wire::account(user.id),
            by_name: wire::shown_name(user, interaction.member.as_ref()),
            at: wire::place(channel, message),
            token: self.token(interaction, deferred),
            locale: interaction.locale.clone(),
        })
    }

    fn token(&self, interaction: &Interaction, deferred: Deferred) -> InteractionToken {
        InteractionToken {
            id: wire::named(interaction.id),
            token: sealed(deferred, &interaction.token),
            at: self.hooks.clock.now(),
        }
    }

    /// Answers within the three seconds, once more when the first try did not reach Discord.
    async fn acknowledge(&self, interaction: &Interaction, body: Value) {
        let path = format!("/interactions/{}/{}/callback", interaction.id, interaction.token);
        let answering = async {
            for _ in 0..2 {
                let call = Call::new(Method::POST, 0, "callback", path.clone()).body(body.clone());
                match self.rest.at_once(call).await {
                    Err(failure) if matches!(failure.error, crate::ports::ChatError::Retry { after: None, .. }) => {}
                    other => return other.map(drop),
                }
            }
            Ok(())
        };
        match tokio::time::timeout(ACKNOWLEDGE, answering).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => tracing::warn!(error = %failure.error, "an interaction could not be acknowledged"),
            Err(_) => tracing::warn!("an interaction could not be acknowledged in time"),
        }
    }
}

fn deferral(deferred: Deferred) -> Value {
    match deferred {
        Deferred::Answer => json!({"type": 5, "data": {"flags": 64}}),
        Deferred::Button => json!({"type": 6}),
    }
}

/// The words of the first field of a form, in whatever frame it stands.
fn typed(components: &Value) -> Option<String> {
    for component in components.as_array()? {
        let field = component.get("component").unwrap_or(component);
        if let Some(text) = field["value"].as_str() {
            return Some(text.to_owned());
        }
        if let Some(text) = typed(&component["components"]) {
            return Some(text);
        }
    }
    None
}

/// The options as names and texts; those of a subcommand stand beside the others.
fn flatten(options: &Value, out: &mut Vec<(String, String)>) {
    for option in options.as_array().into_iter().flatten() {
        let Some(name) = option["name"].as_str() else { continue };
        let value = match (&option["value"], option["type"].as_u64()) {
            (value, Some(6..=9)) => wire::id_of(value).map(wire::named),
            (Value::String(text), _) => Some(text.clone()),
            (Value::Null, _) => None,
            (other, _) => Some(other.to_string()),
        };
        if let Some(value) = value {
            out.push((name.to_owned(), value));
        }
        flatten(&option["options"], out);
    }
}

/// The files among the options, with what Discord says of each.
fn files(data: &Value, out: &mut Vec<(String, String)>) {
    let attached = &data["resolved"]["attachments"];
    for option in data["options"].as_array().into_iter().flatten().filter(|option| option["type"].as_u64() == Some(11))
    {
        let (Some(name), Some(id)) = (option["name"].as_str(), option["value"].as_str()) else { continue };
        let told = serde_json::from_value::<wire::Attachment>(attached[id].clone());
        let Ok(file) = told else { continue };
        out.retain(|(known, _)| known != name);
        out.extend(super::mapping::attached(&file).as_option(name));
    }
}

fn focused(options: &Value) -> Option<(String, String)> {
    for option in options.as_array()? {
        if option["focused"].as_bool() == Some(true) {
            let typed = match &option["value"] {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            return Some((option["name"].as_str()?.to_owned(), typed));
        }
        if let Some(found) = focused(&option["options"]) {
            return Some(found);
        }
    }
    None
}

fn choices_of(choices: Vec<Completion>) -> Vec<Value> {
    let shown = choices.into_iter().filter_map(|choice| {
        let label = bare(&choice.label, view::CHOICE);
        let fits = (1..=view::CHOICE).contains(&super::text::length(&choice.value));
        (fits && !label.is_empty()).then(|| json!({"name": label, "value": choice.value}))
    });
    shown.take(CHOICES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_whatever_their_sort() {
        let mut out = Vec::new();
        let options = json!([
            {"name": "id", "type": 3, "value": "2026-0041"},
            {"name": "page", "type": 4, "value": 2},
            {"name": "who", "type": 6, "value": "77"},
            {"name": "sub", "type": 1, "options": [{"name": "mine", "type": 5, "value": true}]},
        ]);
        flatten(&options, &mut out);
        let expected = [("id", "2026-0041"), ("page", "2"), ("who", "discord:77"), ("mine", "true")];
        assert_eq!(out, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_file_among_the_options_comes_with_its_parts() {
        let mut out = Vec::new();
        let data = json!({
            "options": [{"name": "file", "type": 11, "value": "55"}, {"name": "other", "type": 11, "value": "66"}],
            "resolved": {"attachments": {"55": {"id": "55", "filename": "a.csv", "url": "https://cdn.discordapp.com/a.csv", "size": 12}}},
        });
        flatten(&data["options"], &mut out);
        files(&data, &mut out);
        let call = CommandCall {
            name: "invoice".into(),
            options: out,
            by: "discord:1".into(),
            by_name: String::new(),
            channel: "discord:2".into(),
            server: None,
            token: InteractionToken { id: String::new(), token: String::new(), at: Default::default() },
            locale: None,
        };
        let file = call.file("file").unwrap();
        assert_eq!(
            (file.name.as_str(), file.size, file.url.as_str()),
            ("a.csv", 12, "https://cdn.discordapp.com/a.csv")
        );
        assert_eq!(call.file("other"), None, "of which Discord says nothing");
    }

    #[test]
    fn the_words_of_a_form_are_found_in_both_frames() {
        let rows = json!([{"type": 1, "components": [{"type": 4, "custom_id": "text", "value": "om 3 uur"}]}]);
        let labels = json!([{"type": 18, "component": {"type": 4, "custom_id": "text", "value": "om 3 uur"}}]);
        assert_eq!(typed(&rows).as_deref(), Some("om 3 uur"));
        assert_eq!(typed(&labels).as_deref(), Some("om 3 uur"));
        assert_eq!(typed(&json!([])), None);
    }

    #[test]
    fn at_most_25_choices_and_none_that_discord_would_refuse() {
        let choice = |label: &str, value: &str| Completion { label: label.into(), value: value.into() };
        let mut all = vec![choice("", "a"), choice("lang", &"x".repeat(101))];
        all.extend((0..40).map(|n| choice(&"é".repeat(200), &n.to_string())));
        let written = choices_of(all);
        assert_eq!(written.len(), 25);
        assert!(written.iter().all(|choice| choice["name"].as_str().unwrap().chars().count() == 100));
    }
}
