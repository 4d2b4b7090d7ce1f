//! The world as plain data: who exists, what was said, who reacted, what waits for an answer.
//!
//! Nothing here knows of sockets or HTTP; the verbs of the tests and the REST routes change the same values.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;

use serde_json::Value;

/// A snowflake. Users, channels, messages and the rest share one increasing sequence, as at Discord.
pub type Id = u64;

/// Permission bits a story may take away.
pub mod permission {
    pub const ADD_REACTIONS: u64 = 1 << 6;
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    pub const SEND_MESSAGES: u64 = 1 << 11;
    pub const MANAGE_MESSAGES: u64 = 1 << 13;
    pub const EMBED_LINKS: u64 = 1 << 14;
    pub const ATTACH_FILES: u64 = 1 << 15;
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    pub const MANAGE_THREADS: u64 = 1 << 34;
    pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    /// What the invite link asks for: nothing that manages what others wrote or opened.
    pub const USUAL: u64 = ADD_REACTIONS
        | VIEW_CHANNEL
        | SEND_MESSAGES
        | EMBED_LINKS
        | ATTACH_FILES
        | READ_MESSAGE_HISTORY
        | USE_APPLICATION_COMMANDS
        | CREATE_PUBLIC_THREADS
        | CREATE_PRIVATE_THREADS
        | SEND_MESSAGES_IN_THREADS;
}

/// Gateway intents the fake knows about.
pub mod intent {
    pub const GUILDS: u64 = 1 << 0;
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    pub const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    pub const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Those that must be switched on in the developer portal.
    pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
}

/// Message flags.
pub mod flag {
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub const HAS_THREAD: u64 = 1 << 5;
    pub const EPHEMERAL: u64 = 1 << 6;
    pub const LOADING: u64 = 1 << 7;
}

/// An account: a person or a bot.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Id,
    pub name: String,
    pub bot: bool,
    /// The language of the person's client; commands carry it.
    pub locale: String,
    /// Refuses direct messages (error 50007).
    pub closed_dm: bool,
}

/// A role of a server.
#[derive(Clone, Debug)]
pub struct Role {
    pub id: Id,
    pub name: String,
    pub permissions: u64,
}

/// A person's membership of a server.
#[derive(Clone, Debug)]
pub struct Member {
    pub user: Id,
    pub roles: Vec<Id>,
    pub nick: Option<String>,
    pub joined: i64,
    pub timed_out_until: Option<i64>,
}

/// A server ("guild" in the protocol).
#[derive(Clone, Debug)]
pub struct Server {
    pub id: Id,
    pub name: String,
    pub locale: String,
    pub owner: Id,
    pub roles: Vec<Role>,
    pub members: BTreeMap<Id, Member>,
}

/// What sort of channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Direct,
    PublicThread,
    PrivateThread,
}

impl Kind {
    /// Discord's number for it.
    pub fn number(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Direct => 1,
            Self::PublicThread => 11,
            Self::PrivateThread => 12,
        }
    }

    pub fn is_thread(self) -> bool {
        matches!(self, Self::PublicThread | Self::PrivateThread)
    }
}

/// A text channel, a thread or a direct conversation.
#[derive(Clone, Debug)]
pub struct Channel {
    pub id: Id,
    pub server: Option<Id>,
    pub kind: Kind,
    pub name: String,
    pub parent: Option<Id>,
    pub owner: Id,
    /// Members of a thread, recipients of a direct conversation; empty for text channels.
    pub people: BTreeSet<Id>,
    pub archived: bool,
    pub locked: bool,
    pub archive_minutes: u64,
    pub created: i64,
    pub archive_changed: i64,
    /// Permissions taken from the bot here.
    pub denied: u64,
    /// In order of posting; ephemeral ones are not in it.
    pub messages: Vec<Id>,
}

/// A file that hangs at a message, served by the fake's own route.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub id: Id,
    pub filename: String,
    pub content_type: Option<String>,
    pub description: Option<String>,
    pub size: usize,
    pub path: String,
}

/// Who put which emoji, in order.
#[derive(Clone, Debug)]
pub struct Reaction {
    /// `✅`, or `name:id` for a server's own.
    pub emoji: String,
    pub users: Vec<Id>,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: Id,
    pub channel: Id,
    pub author: Id,
    /// Set when a webhook wrote it; the author is then the webhook's own id.
    pub webhook: Option<Id>,
    /// Discord's number: 0 usual, 19 reply, 20 answer to a command, 21 first line of a thread.
    pub kind: u8,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub flags: u64,
    pub attachments: Vec<Attachment>,
    pub nonce: Option<Value>,
    pub created: i64,
    pub edited: Option<i64>,
    pub reply_to: Option<Id>,
    pub mentions: Vec<Id>,
    /// Whose telephone buzzes: mentions that `allowed_mentions` lets through, and the author replied to.
    pub pings: Vec<Id>,
    pub reactions: Vec<Reaction>,
    /// The only one who sees it.
    pub ephemeral_to: Option<Id>,
    /// The interaction this message answers.
    pub interaction: Option<Id>,
    /// Text of the earlier versions, oldest first.
    pub earlier: Vec<String>,
}

impl Message {
    /// Whether a card shows the file. Discord then leaves it out of the attachments, and shows it there again when no card asks for it.
    fn pictured(&self, file: &Attachment) -> bool {
        let urls = self.embeds.iter().filter_map(|embed| embed.pointer("/image/url")?.as_str());
        urls.into_iter().any(|url| url.contains(&file.path))
    }

    /// The files that hang below it.
    pub fn loose(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().filter(|file| !self.pictured(file))
    }

    /// The pictures in its cards.
    pub fn pictures(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().filter(|file| self.pictured(file))
    }

    /// All that can be read on it: content, then every embed's texts, one per line.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        if !self.content.is_empty() {
            lines.push(self.content.clone());
        }
        for embed in &self.embeds {
            for path in ["/author/name", "/title", "/description"] {
                lines.extend(embed.pointer(path).and_then(Value::as_str).map(str::to_owned));
            }
            for field in embed["fields"].as_array().into_iter().flatten() {
                let (name, value) = (field["name"].as_str(), field["value"].as_str());
                lines.push(format!("{}: {}", name.unwrap_or_default(), value.unwrap_or_default()));
            }
            lines.extend(embed.pointer("/footer/text").and_then(Value::as_str).map(str::to_owned));
        }
        lines.join("\n")
    }

    /// Every button, select and the like, rows flattened.
    pub fn controls(&self) -> Vec<&Value> {
        let mut found = Vec::new();
        for row in &self.components {
            match row["components"].as_array() {
                Some(inner) => found.extend(inner.iter()),
                None => found.push(row),
            }
        }
        found
    }

    /// The labels of its buttons that can be pressed.
    pub fn buttons(&self) -> Vec<String> {
        let usable = self.controls().into_iter().filter(|c| c["type"] == 2 && c["disabled"] != true);
        usable.filter_map(|c| c["label"].as_str().map(str::to_owned)).collect()
    }

    /// The `custom_id` behind a button's label.
    pub fn button(&self, label: &str) -> Option<String> {
        let found = self.controls().into_iter().find(|c| c["label"] == label)?;
        found["custom_id"].as_str().map(str::to_owned)
    }
}

/// A call the bot made, as it came in.
#[derive(Clone, Debug)]
pub struct Call {
    /// 1 for the first since the start.
    pub number: usize,
    pub method: String,
    /// Without `/api/v10` and without the query.
    pub path: String,
    pub query: Vec<(String, String)>,
    pub body: Value,
    /// Names of the files of a multipart body.
    pub files: Vec<String>,
    pub at: Instant,
    /// None while it is under way or when it never got an answer.
    pub status: Option<u16>,
    /// Whether the world was changed (or read) by it.
    pub applied: bool,
}

impl Call {
    /// A value of the query.
    pub fn query(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// How many calls are open at once, per channel.
#[derive(Clone, Debug, Default)]
pub struct Flight {
    pub now: HashMap<Id, usize>,
    pub most: HashMap<Id, usize>,
}
