//! What stands on the local platform: messages, threads and marks as plain data, and what is kept of each change.

use super::keep::{Ledger, Line};
use crate::domain::{AccountId, ChannelId, Instant, MessageId, MessageRef, RoleId};
use crate::ports::{Attached, ChatError, Mark, Reply};
use crate::render::message::Message;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an observer is told of Loket's side, for showing it as it happens.
pub type Observer = Box<dyn Fn(&Posted, bool) + Send + Sync>;

#[derive(Default)]
pub(super) struct State {
    pub(super) next: u64,
    pub(super) messages: BTreeMap<u64, Posted>,
    pub(super) threads: BTreeMap<String, Thread>,
    pub(super) private: BTreeMap<ChannelId, Private>,
    pub(super) keys: BTreeMap<String, MessageRef>,
    pub(super) answers: Vec<Answered>,
    pub(super) gone: BTreeSet<ChannelId>,
    /// Channels that take nothing for being malformed.
    pub(super) refusing: BTreeSet<ChannelId>,
    /// Channels that take the next post only when it comes again.
    pub(super) putting_off: BTreeSet<ChannelId>,
    pub(super) losing: BTreeSet<ChannelId>,
    pub(super) absent: BTreeSet<AccountId>,
    /// Who has which roles.
    pub(super) roles: BTreeMap<AccountId, BTreeSet<RoleId>>,
    /// Nobody says who has which roles.
    pub(super) silent: bool,
    pub(super) observer: Option<Observer>,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) ledger: Arc<Ledger>,
}

/// A thread under a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The message.
    pub under: MessageRef,
    /// The thread itself.
    pub channel: ChannelId,
    /// What it is called.
    pub name: String,
}

/// A thread that one person sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private {
    /// The thread itself.
    pub channel: ChannelId,
    /// The channel in which it was opened.
    pub parent: ChannelId,
    /// Who sees it.
    pub with: AccountId,
    /// What it is called.
    pub name: String,
}

/// A message that stands in a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// Where.
    pub at: MessageRef,
    /// Who wrote it; `None` for Loket.
    pub author: Option<AccountId>,
    /// What a person wrote, or the plain form of what Loket shows.
    pub text: String,
    /// What Loket shows.
    pub message: Option<Message>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// When it was posted.
    pub posted_at: Instant,
    /// Who placed which mark; `None` for Loket itself.
    pub marks: BTreeSet<(Mark, Option<AccountId>)>,
    /// How often it was edited.
    pub edits: u32,
    /// Photos and files that hang at it.
    #[serde(default)]
    pub attachments: Vec<Attached>,
}

/// An answer to an interaction, seen by one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The interaction.
    pub interaction: String,
    /// What was shown.
    pub reply: Reply,
}

/// The number in a message's identity: it counts up over the whole platform.
pub(super) fn number_of(message: &MessageId) -> u64 {
    message.as_str().rsplit(':').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

impl State {
    /// Puts a message at the end of a channel.
    pub(super) fn place(
        &mut self,
        channel: &ChannelId,
        author: Option<&AccountId>,
        text: &str,
        message: Option<Message>,
        reply_to: Option<MessageId>,
        posted_at: Instant,
    ) -> MessageRef {
        self.next += 1;
        let at = MessageRef { channel: channel.clone(), message: MessageId(format!("local:{}", self.next)) };
        let posted = Posted {
            at: at.clone(),
            author: author.cloned(),
            text: text.to_owned(),
            message,
            reply_to,
            posted_at,
            marks: BTreeSet::new(),
            edits: 0,
            attachments: Vec::new(),
        };
        self.ledger.add(&Line::Message(self.next, Box::new(posted.clone())));
        self.messages.insert(self.next, posted);
        at
    }

    /// Changes a message that is there.
    pub(super) fn change(&mut self, at: &MessageRef, how: impl FnOnce(&mut Posted)) {
        let Some((number, posted)) = self.messages.iter_mut().find(|(_, posted)| posted.at == *at) else { return };
        let before = posted.clone();
        how(posted);
        if *posted != before {
            self.ledger.add(&Line::Message(*number, Box::new(posted.clone())));
        }
    }

    /// Takes over what was kept.
    pub(super) fn reads(&mut self, line: &Line) {
        match line {
            Line::Message(number, posted) => {
                self.next = self.next.max(*number);
                self.messages.insert(*number, (**posted).clone());
            }
            Line::Gone(number) => drop(self.messages.remove(number)),
            Line::Thread(thread) => {
                self.threads.insert(thread.under.message.0.clone(), thread.clone());
            }
            Line::Private(private) => drop(self.private.insert(private.channel.clone(), private.clone())),
            Line::Key(key, at) => drop(self.keys.insert(key.clone(), at.clone())),
            Line::Number(number) => self.next = self.next.max(*number),
            Line::Clock(_) | Line::Order(_) | Line::Said(_) | Line::Written(_) => {}
        }
    }

    /// The message at a place.
    pub(super) fn find(&mut self, at: &MessageRef) -> Option<&mut Posted> {
        self.messages.values_mut().find(|posted| posted.at == *at)
    }

    /// The channel in which a thread was opened.
    pub(super) fn parent_of(&self, channel: &ChannelId) -> Option<ChannelId> {
        let public = self.threads.values().find(|thread| thread.channel == *channel);
        let private = || self.private.get(channel).map(|private| private.parent.clone());
        public.map(|thread| thread.under.channel.clone()).or_else(private)
    }

    /// Fails when a channel is closed to Loket.
    pub(super) fn must_be_open(&self, channel: &ChannelId) -> Result<(), ChatError> {
        if self.gone.contains(channel) {
            return Err(ChatError::Gone { why: format!("channel {channel} is closed to us") });
        }
        Ok(())
    }

    /// Tells the observer of what stands there now.
    pub(super) fn tell(&mut self, at: &MessageRef, edited: bool) {
        let Some(posted) = self.find(at).cloned() else { return };
        if let Some(observer) = &self.observer {
            observer(&posted, edited);
        }
    }
}
