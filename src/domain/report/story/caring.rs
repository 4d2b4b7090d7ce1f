//! How the organisation looked after it: reminders, notes, what it really was, and how it was liked.

use super::Step;
use crate::domain::request::{Event, Rating};
use crate::domain::{AccountId, Instant, ItemId, Private};

/// What was done about a request besides moving it on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caring {
    /// When the provider was reminded.
    pub urged: Vec<Instant>,
    /// What was written down for inside, in order.
    pub notes: Vec<Note>,
    /// The service that it should have been, where somebody said so after it was frozen.
    pub item: Option<ItemId>,
    /// How content the requester is, and since when.
    pub rated: Option<(Rating, Instant)>,
}

/// Something that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: AccountId,
    /// The words.
    pub text: Private,
}

impl Caring {
    pub(super) fn heed(&mut self, step: &Step<'_>) {
        match step.event {
            Event::Urged { .. } => self.urged.push(step.at),
            Event::Noted { by, text } => {
                self.notes.push(Note { at: step.at, by: by.clone(), text: text.clone() });
            }
            Event::Corrected { item, .. } => self.item = Some(item.clone()),
            Event::Rated { rating, .. } => self.rated = Some((*rating, step.at)),
            _ => {}
        }
    }

    /// The reminders since the provider last said something, oldest first.
    pub fn unanswered(&self, heard: Option<Instant>) -> &[Instant] {
        let from = self.urged.partition_point(|at| heard.is_some_and(|heard| *at <= heard));
        self.urged.get(from..).unwrap_or_default()
    }
}
