//! The whole life of a request, cut into who had to act.

use super::Step;
use crate::domain::Instant;
use crate::domain::request::summary::waits_for;
use crate::domain::request::{Event, Progress, Stage, WaitsFor};
use crate::domain::service::Clocks;

/// Who had to act, from the first word to the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// One after the other without gaps; the last has no end while the request is open.
    pub stretches: Vec<Stretch>,
    /// Since when the provider has it, as far as is known.
    with_provider: Option<Instant>,
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

impl Waiting {
    pub(super) fn heed(&mut self, step: &Step<'_>) {
        match step.event {
            Event::Delivered { .. } => self.with_provider = Some(step.at),
            Event::Returned { .. } => self.never_arrived(),
            _ => {}
        }
        let others =
            matches!(&step.after.stage, Stage::InProgress(stage) if stage.progress == Progress::WaitsForOthers);
        let whom = waits_for(step.after);
        self.turn(step.at, whom, others && whom == WaitsFor::Provider);
    }

    fn turn(&mut self, at: Instant, whom: WaitsFor, provider_waits_for_others: bool) {
        let next = Stretch { from: at, to: None, whom, provider_waits_for_others };
        let same = |one: &Stretch| one.whom == whom && one.provider_waits_for_others == provider_waits_for_others;
        if self.stretches.last().is_some_and(|last| last.to.is_none() && same(last)) {
            return;
        }
        if let Some(last) = self.stretches.last_mut().filter(|last| last.to.is_none()) {
            last.to = Some(at);
        }
        // What took no time is no stretch: several events of one decision pass through stages that nobody waits in.
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
    fn never_arrived(&mut self) {
        let Some(since) = self.with_provider.take() else { return };
        for stretch in self.stretches.iter_mut().filter(|one| one.from >= since && one.whom == WaitsFor::Provider) {
            stretch.whom = WaitsFor::Loket;
            stretch.provider_waits_for_others = false;
        }
    }

    /// Since when whoever must act now had to.
    pub fn since(&self) -> Option<Instant> {
        self.stretches.last().filter(|last| last.to.is_none()).map(|last| last.from)
    }

    /// How long each side had to act until `until`, in whole time.
    pub fn clocks(&self, until: Instant) -> Clocks {
        Clocks::of(&self.stretches, until, |from, to| to - from)
    }
}
