//! For how long texts about people are kept. Pure: who carries it out is the scheduler.

use super::{Instant, Kind};
use chrono::Duration;
use std::collections::BTreeMap;

/// For how many days after a request has ended its texts and personal values are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Where nothing else is said.
    pub days: u32,
    /// By the kind of request.
    pub by_kind: BTreeMap<Kind, u32>,
}

impl Retention {
    /// The same number of days for every kind.
    pub fn of_days(days: u32) -> Self {
        Self { days, by_kind: BTreeMap::new() }
    }

    /// For how many days something of that kind is kept; `None` for what was never understood.
    pub fn days(&self, kind: Option<Kind>) -> u32 {
        kind.and_then(|kind| self.by_kind.get(&kind)).copied().unwrap_or(self.days)
    }

    /// What ended at that instant or before is past its time now.
    pub fn horizon(&self, kind: Option<Kind>, now: Instant) -> Instant {
        let days = Duration::days(self.days(kind).into());
        now.checked_sub_signed(days).unwrap_or(Instant::MIN_UTC)
    }

    /// Whether a request is past its time: it has ended, and that long enough ago.
    pub fn is_past(&self, closed_at: Option<Instant>, kind: Option<Kind>, now: Instant) -> bool {
        closed_at.is_some_and(|closed| closed <= self.horizon(kind, now))
    }

    /// The longest of all, for what belongs to no kind.
    pub fn longest(&self) -> u32 {
        self.by_kind.values().copied().chain([self.days]).max().unwrap_or(self.days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Instant {
        Instant::default() + Duration::days(day)
    }

    #[test]
    fn each_kind_is_kept_for_its_own_time_and_what_is_open_for_ever() {
        let kept = Retention { days: 365, by_kind: [(Kind::Question, 30), (Kind::Complaint, 730)].into() };
        for (kind, days) in
            [(Some(Kind::Incident), 365), (Some(Kind::Question), 30), (Some(Kind::Complaint), 730), (None, 365)]
        {
            assert_eq!(kept.days(kind), days);
            let now = day(1000);
            assert!(kept.is_past(Some(now - Duration::days(days.into())), kind, now), "{kind:?}");
            let younger = now - Duration::days(days.into()) + Duration::milliseconds(1);
            assert!(!kept.is_past(Some(younger), kind, now), "{kind:?}");
            assert!(!kept.is_past(None, kind, day(100_000)), "what is open is never past its time");
        }
        assert_eq!(kept.longest(), 730);
    }

    #[test]
    fn no_number_of_days_is_too_many() {
        let kept = Retention::of_days(u32::MAX);
        assert!(!kept.is_past(Some(day(0)), None, day(1)));
    }
}
