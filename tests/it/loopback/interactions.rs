//! Interactions: a command typed, a button pressed, a form sent, and what the bot answered.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::payloads;
use super::sessions::Place;
use super::state::{Id, Kind, permission};
use super::world::World;

/// How long a token serves for follow-ups, on the fake's own clock.
pub const TOKEN_LIFE_MILLIS: i64 = 15 * 60 * 1000;
/// How long the first answer may take, on the real clock.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(3);

/// Which interaction; what verbs hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handle(pub Id);

/// One interaction with everything the bot did with it.
#[derive(Clone, Debug)]
pub struct Interaction {
    pub id: Id,
    pub token: String,
    /// 2 command, 3 component, 4 autocomplete, 5 form.
    pub kind: u8,
    pub user: Id,
    pub channel: Id,
    pub server: Option<Id>,
    /// The message the component sits on.
    pub message: Option<Id>,
    pub data: Value,
    pub created: i64,
    pub asked: Instant,
    pub answer: Option<FirstAnswer>,
    /// The original response, once it exists.
    pub original: Option<Id>,
    /// Bodies of the edits of the original response.
    pub edits: Vec<Value>,
    pub followups: Vec<Id>,
}

/// The callback.
#[derive(Clone, Debug)]
pub struct FirstAnswer {
    /// 4 message, 5 deferred message, 6 deferred update, 7 update, 8 autocomplete, 9 form.
    pub kind: u64,
    pub data: Value,
    pub after: Duration,
}

impl FirstAnswer {
    pub fn is_deferred(&self) -> bool {
        matches!(self.kind, 5 | 6)
    }

    pub fn is_ephemeral(&self) -> bool {
        self.data["flags"].as_u64().unwrap_or(0) & super::state::flag::EPHEMERAL != 0
    }
}

/// What a person saw of an answer, gathered for a test.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    pub first: Option<FirstAnswer>,
    /// The original response as it stands now.
    pub original: Option<super::state::Message>,
    pub edits: Vec<Value>,
    pub followups: Vec<super::state::Message>,
    /// Autocomplete: names and values.
    pub choices: Vec<(String, Value)>,
    /// The form that was opened.
    pub form: Option<Value>,
}

impl Answers {
    /// All texts the person can read as answer, in order.
    pub fn text(&self) -> String {
        let shown = self.original.iter().chain(&self.followups).map(super::state::Message::text);
        shown.filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Whether there is something to see: a message, a form, choices, or an update of the pressed message.
    pub fn is_settled(&self) -> bool {
        match &self.first {
            None => false,
            Some(first) if first.kind == 5 => !self.edits.is_empty() || !self.followups.is_empty(),
            Some(_) => true,
        }
    }
}

/// A new interaction to be made.
pub struct Asked {
    pub kind: u8,
    pub user: Id,
    pub channel: Id,
    pub message: Option<Id>,
    pub data: Value,
}

impl World {
    /// Makes an interaction and tells the bot.
    pub fn ask(&mut self, asked: Asked) -> Handle {
        let id = self.next_id();
        let channel = self.channel(asked.channel).clone();
        let interaction = Interaction {
            id,
            token: format!("interaction-token-{id}"),
            kind: asked.kind,
            user: asked.user,
            channel: asked.channel,
            server: channel.server,
            message: asked.message,
            data: asked.data,
            created: self.now(),
            asked: Instant::now(),
            answer: None,
            original: None,
            edits: Vec::new(),
            followups: Vec::new(),
        };
        let told = self.interaction_payload(&interaction);
        self.interactions.insert(id, interaction);
        let place = if channel.kind == Kind::Direct { Place::Direct } else { Place::Server };
        self.gateway.dispatch("INTERACTION_CREATE", told, place, false);
        Handle(id)
    }

    fn interaction_payload(&self, interaction: &Interaction) -> Value {
        let channel = self.channel(interaction.channel);
        let person = self.people.get(&interaction.user);
        let locale = person.map_or("en-US", |p| p.locale.as_str());
        let mut value = json!({
            "id": interaction.id.to_string(), "application_id": self.application.to_string(), "type": interaction.kind,
            "data": interaction.data, "channel_id": interaction.channel.to_string(),
            "channel": payloads::partial_channel(self, channel), "token": interaction.token, "version": 1,
            "app_permissions": self.bot_permissions(channel).to_string(), "locale": locale, "entitlements": [],
            "authorizing_integration_owners": {"0": interaction.server.map_or("0".into(), |s| s.to_string())},
            "context": if interaction.server.is_some() { 0 } else { 1 }, "attachment_size_limit": 10_485_760,
        });
        match interaction.server.and_then(|id| self.servers.get(&id)) {
            Some(server) => {
                let member = server.members.get(&interaction.user);
                let member =
                    member.unwrap_or_else(|| panic!("user {} is not a member of {}", interaction.user, server.name));
                value["guild_id"] = json!(server.id.to_string());
                value["guild_locale"] = json!(server.locale);
                value["guild"] = json!({"id": server.id.to_string(), "locale": server.locale, "features": []});
                value["member"] = payloads::member(self, member);
                value["member"]["permissions"] = json!(permission::USUAL.to_string());
            }
            None => value["user"] = payloads::user(self, interaction.user),
        }
        if let Some(message) = interaction.message {
            let message = self.message(message);
            let mut shown = payloads::message(self, message);
            if let Some(server) = interaction.server {
                shown["guild_id"] = json!(server.to_string());
            }
            value["message"] = shown;
        }
        value
    }

    /// Everything that was answered so far.
    pub fn answers(&self, handle: Handle) -> Answers {
        let Some(interaction) = self.interactions.get(&handle.0) else { return Answers::default() };
        let find = |id: &Id| self.messages.get(id).or_else(|| self.deleted.get(id)).cloned();
        let first = interaction.answer.clone();
        let of_kind = |kind: u64| first.as_ref().filter(|a| a.kind == kind).map(|a| a.data.clone());
        let choices = of_kind(8).map(|data| data["choices"].as_array().cloned().unwrap_or_default());
        Answers {
            original: interaction.original.as_ref().and_then(find),
            edits: interaction.edits.clone(),
            followups: interaction.followups.iter().filter_map(find).collect(),
            choices: choices
                .unwrap_or_default()
                .into_iter()
                .map(|c| (c["name"].as_str().unwrap_or_default().to_owned(), c["value"].clone()))
                .collect(),
            form: of_kind(9),
            first,
        }
    }
}
