//! Whose time passes while a request is open.

use crate::domain::Instant;
use crate::domain::report::Stretch;
use crate::domain::request::WaitsFor;
use chrono::Duration;

/// How long each side had to act. Together they are the whole time that was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    /// The organisation's own: asking, approving, the SPOC, and Loket itself.
    pub ours: Duration,
    /// The requester's.
    pub requester: Duration,
    /// The provider's.
    pub provider: Duration,
    /// Of somebody else, for whom the provider waits.
    pub others: Duration,
}

impl Clocks {
    /// Adds up stretches until a moment. `measure` says how much of the time between two instants counts: all of it, or service hours.
    pub fn of(stretches: &[Stretch], until: Instant, measure: impl Fn(Instant, Instant) -> Duration) -> Self {
        let mut clocks = Self::default();
        for stretch in stretches {
            let to = stretch.to.map_or(until, |to| to.min(until));
            if stretch.from < to {
                clocks.book(stretch, measure(stretch.from, to));
            }
        }
        clocks
    }

    /// All of it.
    pub fn total(&self) -> Duration {
        self.ours + self.requester + self.provider + self.others
    }

    /// The same with other clocks added.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            ours: self.ours + other.ours,
            requester: self.requester + other.requester,
            provider: self.provider + other.provider,
            others: self.others + other.others,
        }
    }

    fn book(&mut self, stretch: &Stretch, time: Duration) {
        let clock = match stretch.whom {
            WaitsFor::Approvers | WaitsFor::Spoc | WaitsFor::Loket => &mut self.ours,
            WaitsFor::Requester => &mut self.requester,
            WaitsFor::Provider if stretch.provider_waits_for_others => &mut self.others,
            WaitsFor::Provider => &mut self.provider,
            WaitsFor::Nobody => return,
        };
        *clock += time;
    }
}
