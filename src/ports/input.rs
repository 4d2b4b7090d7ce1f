//! Everything that can start work: one closed enum.

use crate::domain::{AccountId, ChannelId, Instant, MessageId, MessageRef, ServerId};
use crate::render::message::Action;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// Something happened outside. Bots and webhooks are left out by the adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A message was posted, or found by a back-fill.
    Heard(Heard),
    /// A message has other words now.
    Edited(Heard),
    /// A message is gone.
    Deleted {
        /// Which.
        at: MessageRef,
    },
    /// A reaction was placed or removed, live or found by a back-fill.
    Reacted(Reacted),
    /// A button was pressed.
    Pressed(Pressed),
    /// A form was sent in.
    Submitted {
        /// The button that opened it and the person.
        pressed: Pressed,
        /// What was typed.
        text: String,
    },
    /// A command was given.
    Command(CommandCall),
    /// The message command *Maak er een verzoek van*.
    Take {
        /// The message it was used on.
        heard: Heard,
        /// Who used it.
        by: AccountId,
        /// Where the answer goes.
        token: InteractionToken,
    },
}

impl Input {
    /// Whether it changes nothing and goes through so much that nobody else's input may wait for it.
    pub fn looks_long(&self) -> bool {
        matches!(self, Self::Command(call) if matches!(call.name.as_str(), "export" | "quarter"))
    }
}

/// A message as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Where it stands.
    pub at: MessageRef,
    /// The channel that a thread belongs to.
    pub parent: Option<ChannelId>,
    /// The server; `None` in a conversation with one person.
    pub server: Option<ServerId>,
    /// Who wrote it.
    pub author: AccountId,
    /// The name shown.
    pub author_name: String,
    /// The words.
    pub text: String,
    /// Whether it mentions Loket.
    pub mentions_us: bool,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// Photos and files.
    pub attachments: Vec<Attached>,
    /// When it was written.
    pub written_at: Instant,
    /// When it was last edited.
    pub edited_at: Option<Instant>,
}

/// A photo or file at a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// The platform's identity.
    pub id: String,
    /// The file's name.
    pub name: String,
    /// Where it can be fetched for a while.
    pub url: String,
    /// Bytes, as the platform says.
    pub size: u64,
    /// Media type, as the platform says.
    pub media_type: Option<String>,
}

/// A reaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reacted {
    /// Under which message.
    pub at: MessageRef,
    /// Who.
    pub by: AccountId,
    /// Which of the marks that mean something.
    pub mark: super::Mark,
    /// Placed or removed.
    pub placed: bool,
    /// The message itself, where the mark is 🎫 and the adapter could read it.
    pub message: Option<Box<Heard>>,
}

/// A button was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pressed {
    /// What it does.
    pub action: Action,
    /// Who.
    pub by: AccountId,
    /// The name shown.
    pub by_name: String,
    /// On which message.
    pub at: MessageRef,
    /// Where the answer goes.
    pub token: InteractionToken,
    /// The language of the person's client, when known: `nl`, `en-GB`.
    pub locale: Option<String>,
}

/// A command with its options, as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandCall {
    /// Its base name: `open`, `show`, `status`, `cancel`, `resend`, `request`, `whoami` …, whatever the language of the screen.
    pub name: String,
    /// Option name (base) and value.
    pub options: Vec<(String, String)>,
    /// Who.
    pub by: AccountId,
    /// The name shown.
    pub by_name: String,
    /// In which channel.
    pub channel: ChannelId,
    /// In which server.
    pub server: Option<ServerId>,
    /// Where the answer goes.
    pub token: InteractionToken,
    /// The language of the person's client, when known.
    pub locale: Option<String>,
}

impl Attached {
    /// As the value of an option of that name: what [`CommandCall::file`] reads.
    pub fn as_option(&self, name: &str) -> Vec<(String, String)> {
        let mut parts = vec![
            (name.to_owned(), self.id.clone()),
            (format!("{name}.name"), self.name.clone()),
            (format!("{name}.url"), self.url.clone()),
            (format!("{name}.size"), self.size.to_string()),
        ];
        parts.extend(self.media_type.clone().map(|media| (format!("{name}.type"), media)));
        parts
    }
}

impl CommandCall {
    /// The file that was given as an option; the platform's adapter names its parts beside it.
    pub fn file(&self, name: &str) -> Option<Attached> {
        let part = |part: &str| self.option(&format!("{name}.{part}")).map(str::to_owned);
        Some(Attached {
            id: self.option(name)?.to_owned(),
            name: part("name")?,
            url: part("url")?,
            size: part("size")?.parse().ok()?,
            media_type: part("type"),
        })
    }

    /// The value of an option.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Where the answer to an interaction goes. It works for fifteen minutes and promises nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InteractionToken {
    /// The platform's identity of the interaction; the inbox knows it by this.
    pub id: String,
    /// The secret part; never logged.
    pub token: String,
    /// When it was given.
    pub at: Instant,
}

/// Where inputs come from, in order. Asking for the next one says that the one before was handled, so that a source may then
/// forget how to give it again.
#[async_trait]
pub trait Inputs: Send {
    /// The next input; `None` when there will be no more.
    async fn next(&mut self) -> Option<Input>;

    /// Whether the source first finds what was missed while nobody listened. Deadlines wait for that: a deletion or a ✅ of
    /// before them counts first.
    fn catches_up(&self) -> bool {
        false
    }
}
