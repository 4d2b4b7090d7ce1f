//! How the life of a request went, as far as clocks need it: who had to act when, and when the provider had it and answered.

use super::{Event, Progress, Request, Stage, WaitsFor, summary::waits_for};
use crate::domain::service::{Clocks, Goal};
use crate::domain::{AccountId, Instant};
use std::collections::BTreeSet;

/// The course of a request so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Its whole life, cut into who had to act.
    pub waiting: Waiting,
    /// The hand-over that counts, and what came back.
    pub contact: Contact,
    /// The agreed times of which the SPOC was told that they run out.
    pub warned: BTreeSet<Goal>,
    /// Who called the provider's duty number, and when.
    pub called: Option<Called>,
    /// When it was first about to leave as it is: what is written in the order stays the same from then on.
    leaving: Option<Instant>,
}

/// When the provider got a request and answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// When it was handed over; `None` again when it came back.
    pub sent_at: Option<Instant>,
    /// Since when it is known that the provider has it: it has a number there, or the provider said something.
    pub received_at: Option<Instant>,
    /// The first sign of life: anything but a machine's word that it was received.
    pub answered_at: Option<Instant>,
}

/// Somebody called the provider's duty number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// When it was said.
    pub at: Instant,
    /// Who said so.
    pub by: AccountId,
}

/// Who had to act, from the first word to the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// One after the other without gaps; the last has no end while the request is open.
    pub stretches: Vec<Stretch>,
    /// The latest moment so far: time never goes back, whatever the clock did.
    latest: Option<Instant>,
}

/// A time during which the same side had to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Since when.
    pub from: Instant,
    /// Until when; `None` when it goes on.
    pub to: Option<Instant>,
    /// Who.
    pub whom: WaitsFor,
    /// Whether the provider said meanwhile that it waits for somebody else.
    pub provider_waits_for_others: bool,
}

impl Course {
    /// The call to the duty number that the order itself speaks of: one that was made before it first left.
    pub fn called_before(&self) -> Option<&Called> {
        self.called.as_ref().filter(|called| self.leaving.is_none_or(|leaving| called.at <= leaving))
    }

    /// Takes notice of an event, before it is applied.
    pub(super) fn note(&mut self, event: &Event, at: Instant) {
        match event {
            Event::Delivered { sent, .. } => {
                self.warned.clear();
                self.contact =
                    Contact { sent_at: Some(at), received_at: sent.number.as_ref().map(|_| at), answered_at: None };
            }
            Event::Returned { .. } => {
                if let Some(since) = self.contact.sent_at {
                    self.waiting.never_arrived(since);
                }
                self.contact = Contact::default();
            }
            Event::Numbered { .. } => self.contact.received(at),
            Event::Progressed { progress: Progress::Received, by: None, who: None, note: None, .. } => {
                self.contact.received(at);
            }
            Event::Progressed { .. }
            | Event::Remarked { .. }
            | Event::ConfirmationWanted { .. }
            | Event::Quoted { .. }
            | Event::Resolved { .. } => self.contact.answered(at),
            Event::Closed { outcome: super::Ending::Rejected, .. } => self.contact.answered(at),
            Event::NormNear { goal, .. } => {
                self.warned.insert(*goal);
            }
            Event::Settled { .. } | Event::Limited { .. } => self.leaving = None,
            Event::SendingBegun { .. } | Event::FormGiven { .. } => self.leaving = self.leaving.or(Some(at)),
            Event::DutyCalled { by } => self.called = Some(Called { at, by: by.clone() }),
            _ => {}
        }
    }
}

impl Contact {
    fn received(&mut self, at: Instant) {
        if self.sent_at.is_some() {
            self.received_at = self.received_at.or(Some(at));
        }
    }

    fn answered(&mut self, at: Instant) {
        self.received(at);
        if self.sent_at.is_some() {
            self.answered_at = self.answered_at.or(Some(at));
        }
    }
}

impl Waiting {
    /// Who must act from now on.
    pub(super) fn turn_to(&mut self, request: &Stage, whom: WaitsFor, at: Instant) {
        let at = self.latest.map_or(at, |latest| latest.max(at));
        self.latest = Some(at);
        let others = matches!(request, Stage::InProgress(stage) if stage.progress == Progress::WaitsForOthers);
        let provider_waits_for_others = others && whom == WaitsFor::Provider;
        let next = Stretch { from: at, to: None, whom, provider_waits_for_others };
        let same = |one: &Stretch| one.whom == whom && one.provider_waits_for_others == provider_waits_for_others;
        match self.stretches.last_mut() {
            Some(last) if last.to.is_none() && same(last) => return,
            Some(last) if last.to.is_none() => last.to = Some(at),
            _ => {}
        }
        // What took no time is no stretch: several events of one decision pass through stages in which nobody waits.
        if self.stretches.last().is_some_and(|last| last.to == Some(last.from)) {
            self.stretches.pop();
        }
        if whom == WaitsFor::Nobody {
            return;
        }
        match self.stretches.last_mut().filter(|last| last.to == Some(at) && same(last)) {
            Some(last) => last.to = None,
            None => self.stretches.push(next),
        }
    }

    /// The provider never had it: the time since the hand-over was not its own.
    fn never_arrived(&mut self, since: Instant) {
        for stretch in self.stretches.iter_mut().filter(|one| one.from >= since && one.whom == WaitsFor::Provider) {
            stretch.whom = WaitsFor::Loket;
            stretch.provider_waits_for_others = false;
        }
    }

    /// The stretch that goes on.
    pub fn now(&self) -> Option<&Stretch> {
        self.stretches.last().filter(|last| last.to.is_none())
    }

    /// Since when whoever must act now had to.
    pub fn since(&self) -> Option<Instant> {
        let whom = self.now()?.whom;
        self.stretches.iter().rev().take_while(|stretch| stretch.whom == whom).last().map(|stretch| stretch.from)
    }

    /// How long each side had to act until `until`, in whole time.
    pub fn clocks(&self, until: Instant) -> Clocks {
        Clocks::of(&self.stretches, until, |from, to| to - from)
    }
}

/// Whose turn it is after an event.
pub(super) fn turn(request: &mut Request, at: Instant) {
    let whom = waits_for(request);
    request.course.waiting.turn_to(&request.stage, whom, at);
}
