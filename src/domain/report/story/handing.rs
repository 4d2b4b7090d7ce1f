//! The hand-over to the provider, and what it said.

use super::Step;
use crate::domain::request::{Called, Course, Ending, Event, Progress};
use crate::domain::{AccountId, Instant};

/// The hand-over of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handing {
    /// Each time that it arrived there; one that came back is not among them.
    pub sent: Vec<Instant>,
    /// Whether the last went to the outbox folder only.
    pub dry_run: bool,
    /// Whether it settled while nothing really went to the provider.
    pub rehearsal: bool,
    /// The provider's own number.
    pub number: Option<String>,
    /// Since when it is known that the provider has it: it has a number there, or the provider said something.
    pub received_at: Option<Instant>,
    /// The first sign of life: anything but a machine's word that it was received.
    pub answered_at: Option<Instant>,
    /// Who called the duty number, and when.
    pub called: Option<Called>,
    /// What the provider said, or the SPOC for it, in order.
    pub heard: Vec<Hearing>,
    /// Since when a cancellation waits for the provider's answer.
    pub cancel_asked_at: Option<Instant>,
}

/// One thing that the provider said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hearing {
    /// When.
    pub at: Instant,
    /// How it stands by it; `None` where it moves nothing.
    pub progress: Option<Progress>,
    /// Who recorded it; `None` when the provider's own system or mail did.
    pub by: Option<AccountId>,
}

impl Handing {
    pub(super) fn heed(&mut self, step: &Step<'_>) {
        let at = step.at;
        match step.event {
            Event::Settled { order, .. } => self.rehearsal = order.circumstances.rehearsal,
            Event::Delivered { sent, .. } => {
                self.sent.push(at);
                self.dry_run = sent.dry_run;
            }
            // It never had it.
            Event::Returned { .. } => drop(self.sent.pop()),
            Event::Progressed { progress, by, .. } => self.hear(at, Some(progress), by.as_ref()),
            Event::Remarked { .. } | Event::ConfirmationWanted { .. } => self.hear(at, None, None),
            Event::Resolved { by, .. } | Event::Closed { outcome: Ending::Rejected, by, .. } => {
                self.hear(at, None, by.as_ref());
            }
            Event::CancelAsked { .. } => self.cancel_asked_at = Some(at),
            _ => {}
        }
        let Course { contact, called, .. } = &step.after.course;
        (self.received_at, self.answered_at) = (contact.received_at, contact.answered_at);
        self.called.clone_from(called);
        if let Some(sent) = step.after.sent() {
            self.number.clone_from(&sent.number);
        }
    }

    fn hear(&mut self, at: Instant, progress: Option<&Progress>, by: Option<&AccountId>) {
        self.heard.push(Hearing { at, progress: progress.cloned(), by: by.cloned() });
    }

    /// When the provider got it first.
    pub fn sent_at(&self) -> Option<Instant> {
        self.sent.first().copied()
    }

    /// Whether anything really went to the provider.
    pub fn is_real(&self) -> bool {
        !self.sent.is_empty() && !self.dry_run && !self.rehearsal
    }
}
