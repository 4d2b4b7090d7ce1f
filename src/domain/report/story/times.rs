//! When what happened.

use super::Step;
use crate::domain::request::{Ending, Event, Stage, Waits, summary::due_at};
use crate::domain::{AccountId, Instant};

/// The moments of a request's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// The first word.
    pub opened_at: Instant,
    /// When it became a request: at once, or when the offer was taken; `None` for an offer that nobody took.
    pub began_at: Option<Instant>,
    /// When it was frozen first.
    pub settled_first: Option<Instant>,
    /// When it was frozen last.
    pub settled_last: Option<Instant>,
    /// The last instant of the wished day or moment, as it was understood last.
    pub due_at: Option<Instant>,
    /// When the provider said last that it is done; stays when the requester says that it is not.
    pub resolved_at: Option<Instant>,
    /// The same, unless the requester said afterwards that it is not; else when the requester said that it is.
    pub solved_at: Option<Instant>,
    /// Each time that the requester said that it is not done.
    pub reopened: Vec<Instant>,
    /// The end.
    pub closed: Option<Closing>,
}

/// How and when a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// How.
    pub ending: Ending,
    /// When.
    pub at: Instant,
    /// Who ended it, where a person did.
    pub by: Option<AccountId>,
}

impl Times {
    pub(super) fn begin(opened_at: Instant) -> Self {
        Self {
            opened_at,
            began_at: None,
            settled_first: None,
            settled_last: None,
            due_at: None,
            resolved_at: None,
            solved_at: None,
            reopened: Vec::new(),
            closed: None,
        }
    }

    pub(super) fn heed(&mut self, step: &Step<'_>) {
        if self.began_at.is_none() && began(step) {
            self.began_at = Some(step.at);
        }
        if let Some(content) = step.after.content() {
            self.due_at = due_at(content, step.organisation);
        }
        match step.event {
            Event::Settled { .. } => {
                self.settled_first = self.settled_first.or(Some(step.at));
                self.settled_last = Some(step.at);
            }
            Event::Resolved { .. } => (self.resolved_at, self.solved_at) = (Some(step.at), Some(step.at)),
            Event::Reopened { .. } => {
                self.solved_at = None;
                self.reopened.push(step.at);
            }
            Event::Closed { outcome, by, .. } => {
                if *outcome == Ending::Fulfilled {
                    self.solved_at = self.solved_at.or(Some(step.at));
                }
                self.closed = Some(Closing { ending: *outcome, at: step.at, by: by.clone() });
            }
            _ => {}
        }
    }

    /// Whether the wished moment had passed at `now` while it was not done.
    pub fn overdue(&self, now: Instant) -> bool {
        self.closed.is_none() && self.due_at.is_some_and(|due| due < now)
    }
}

/// Whether it is a request after that step, and no mere offer.
fn began(step: &Step<'_>) -> bool {
    match &step.after.stage {
        Stage::Draft(draft) => draft.waits != Waits::Offer,
        Stage::Closed(_) => false,
        Stage::AwaitingApproval(_)
        | Stage::Approved(_)
        | Stage::HandedOver(_)
        | Stage::InProgress(_)
        | Stage::Resolved(_) => true,
    }
}
