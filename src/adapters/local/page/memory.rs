//! What a page remembers while it runs: who has seen what, and what was shown to one person alone.

use super::super::state::number_of;
use crate::domain::{AccountId, ChannelId, Instant, MessageId, MessageRef};
use crate::ports::Reply;
use crate::render::message::Message;
use std::collections::BTreeMap;

/// So many answers to one person are remembered; older ones are gone, as on a platform.
const ASIDES: usize = 200;

/// An answer that one person sees.
#[derive(Clone, Debug)]
pub(super) struct Aside {
    /// Its place among the messages.
    pub(super) number: u64,
    /// Who sees it.
    pub(super) to: AccountId,
    /// Where.
    pub(super) channel: ChannelId,
    /// What they had done.
    pub(super) after: String,
    /// What is shown.
    pub(super) message: Message,
    /// When.
    pub(super) at: Instant,
}

impl Aside {
    /// Where it stands, for a button on it.
    pub(super) fn place(&self) -> MessageRef {
        MessageRef { channel: self.channel.clone(), message: MessageId(format!("local:aside:{}", self.number)) }
    }
}

/// What is remembered.
#[derive(Debug)]
pub(super) struct Memory {
    /// Up to which number somebody has seen a place.
    seen: BTreeMap<(String, String), u64>,
    /// What was there before this run is seen.
    since: u64,
    asides: Vec<Aside>,
    /// The step of the tour; `None` where it is put away.
    pub(super) step: Option<usize>,
    /// What went wrong last, in a sentence.
    pub(super) trouble: Option<String>,
}

impl Memory {
    pub(super) fn new(since: u64, tour: bool) -> Self {
        Self { seen: BTreeMap::new(), since, asides: Vec::new(), step: tour.then_some(0), trouble: None }
    }

    /// Somebody looks at a place.
    pub(super) fn sees(&mut self, who: &str, place: &str, newest: u64) {
        self.seen.insert((who.to_owned(), place.to_owned()), newest);
    }

    /// Up to which number somebody has seen a place.
    pub(super) fn seen(&self, who: &str, place: &str) -> u64 {
        self.seen.get(&(who.to_owned(), place.to_owned())).copied().unwrap_or(self.since)
    }

    /// What one person sees in a place, oldest first.
    pub(super) fn asides(&self, to: &AccountId, channel: &ChannelId) -> Vec<Aside> {
        self.asides.iter().filter(|aside| aside.to == *to && aside.channel == *channel).cloned().collect()
    }

    /// The answer of that place, if that person may see it.
    pub(super) fn aside(&self, to: &AccountId, at: &MessageRef) -> Option<&Aside> {
        self.asides.iter().find(|aside| aside.to == *to && aside.place() == *at)
    }

    /// Shows an answer to one person: below everything, or in the place of the answer on which the button was.
    pub(super) fn shows(&mut self, reply: Reply, pressed: Option<&MessageRef>, aside: Aside) {
        let old =
            self.asides.iter_mut().find(|old| reply.replace && Some(&old.place()) == pressed && old.to == aside.to);
        match old {
            Some(old) => old.message = reply.message,
            None => self.asides.push(Aside { message: reply.message, ..aside }),
        }
        let over = self.asides.len().saturating_sub(ASIDES);
        self.asides.drain(..over);
    }

    /// One person puts an answer away.
    pub(super) fn hides(&mut self, to: &AccountId, at: &MessageRef) {
        self.asides.retain(|aside| aside.to != *to || aside.place() != *at);
    }
}

/// Whether a message stands after what was seen.
pub(super) fn is_new(message: &MessageId, seen: u64) -> bool {
    number_of(message) > seen
}
