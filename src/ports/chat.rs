//! The chat platform.

use super::input::{Attached, InteractionToken};
use crate::domain::{AccountId, ChannelId, Instant, MessageRef, RoleId, ServerId};
use crate::render::message::Message;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;

/// A mark that means something as a reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mark {
    /// ✅, in any skin tone or variant.
    Yes,
    /// ❌.
    No,
    /// 🎫.
    Ticket,
}

/// The stable key of a post: at most 25 characters, the same at every attempt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PostKey(pub String);

/// The answer to an interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What is shown, to that person alone.
    pub message: Message,
    /// Replace the message with the button instead of answering below it.
    pub replace: bool,
}

/// A post of ours as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPost {
    /// Where.
    pub at: MessageRef,
    /// Everything that is written in it, in whatever form the platform has it; only to look for something.
    pub text: String,
}

/// One choice of a completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is shown, at most 100 characters.
    pub label: String,
    /// What is filled in, at most 100 characters.
    pub value: String,
}

/// Posts, edits and reads. Safe to call again with the same key.
#[async_trait]
pub trait Chat: Send + Sync {
    /// Opens a thread under a message and gives its channel; the thread that exists already counts as made.
    async fn open_thread(&self, under: &MessageRef, name: &str) -> Result<ChannelId, ChatError>;

    /// Opens a private thread in a channel with one person in it.
    async fn open_private(&self, channel: &ChannelId, name: &str, with: &AccountId) -> Result<ChannelId, ChatError>;

    /// The conversation with one person.
    async fn open_direct(&self, with: &AccountId) -> Result<ChannelId, ChatError>;

    /// Posts a message; the same key within a few minutes gives the message that exists.
    async fn post(
        &self,
        to: &ChannelId,
        message: &Message,
        reply_to: Option<&MessageRef>,
        key: &PostKey,
    ) -> Result<MessageRef, ChatError>;

    /// Looks among our own last messages in a channel for one that shows the same and was posted since; for a post with unknown
    /// outcome that is too old for its key.
    async fn find(
        &self,
        channel: &ChannelId,
        message: &Message,
        since: Instant,
    ) -> Result<Option<MessageRef>, ChatError>;

    /// Shows other content in one of our messages: all of the message as given, its files among it. What it no longer has is gone.
    async fn edit(&self, at: &MessageRef, message: &Message) -> Result<(), ChatError>;

    /// Our own posts in a channel between two instants, oldest first; as far as the platform tells without asking for ever.
    async fn own_posts(&self, channel: &ChannelId, from: Instant, to: Instant) -> Result<Vec<OwnPost>, ChatError> {
        let _ = (channel, from, to);
        Ok(vec![])
    }

    /// Removes one of our messages; one that is gone already is [`ChatError::Missing`].
    async fn remove(&self, at: &MessageRef) -> Result<(), ChatError> {
        let _ = at;
        Err(ChatError::Refused { why: "this platform removes nothing".into() })
    }

    /// Places a reaction of our own.
    async fn mark(&self, at: &MessageRef, mark: Mark) -> Result<(), ChatError>;

    /// Answers an interaction.
    async fn answer(&self, token: &InteractionToken, reply: &Reply) -> Result<(), ChatError>;

    /// The bytes of a file that somebody attached, at most so many; from the platform's own servers and from nowhere else.
    async fn fetch(&self, file: &Attached, most: u64) -> Result<Vec<u8>, ChatError> {
        let _ = (file, most);
        Err(ChatError::Refused { why: "this platform has no files".into() })
    }

    /// The roles that an account has on a server now, as the platform says at this moment; `None` when it is not there.
    async fn roles_of(&self, server: &ServerId, account: &AccountId) -> Result<Option<BTreeSet<RoleId>>, ChatError>;
}

/// What went wrong, by what may be done next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// Surely not carried out; may be tried again.
    #[error("not carried out: {why}")]
    Retry {
        /// Not sooner, when the platform said so.
        after: Option<Duration>,
        /// For the log; holds no message text and no secret.
        why: String,
    },
    /// May have been carried out.
    #[error("outcome unknown: {why}")]
    Unknown {
        /// For the log.
        why: String,
    },
    /// The message itself is not there any more: there is nothing to change or to mark.
    #[error("the message is not there: {why}")]
    Missing {
        /// For the log.
        why: String,
    },
    /// The channel or person is not there, or we may not write there: trying again helps once somebody has mended it.
    #[error("the target is gone or closed to us: {why}")]
    Gone {
        /// For the log and for the administrator.
        why: String,
    },
    /// The platform refuses what we send: a defect of ours, shown to the administrator.
    #[error("refused: {why}")]
    Refused {
        /// For the log.
        why: String,
    },
}
