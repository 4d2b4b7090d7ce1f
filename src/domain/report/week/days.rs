//! What came and went day by day.

use crate::domain::Instant;
use crate::domain::register::Organisation;
use crate::domain::report::{Story, Window};
use chrono::NaiveDate;

/// No more days than a month has are told one by one.
const MOST: i64 = 31;

/// One day of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub day: NaiveDate,
    /// Requests that began on it.
    pub new: u32,
    /// Requests that ended on it.
    pub closed: u32,
    /// Requests that were open at its end, or are now while it lasts.
    pub open: u32,
    window: Window,
}

impl Day {
    /// The days of a window that have begun, none counted yet; none of a window that is longer than a month.
    pub(super) fn of(window: Window, organisation: &Organisation, now: Instant) -> Vec<Self> {
        let zone = organisation.zone;
        let first = window.from.with_timezone(&zone).date_naive();
        let after = window.to.with_timezone(&zone).date_naive();
        if (after - first).num_days() > MOST {
            return Vec::new();
        }
        let days = first.iter_days().take_while(|day| *day < after).filter_map(|day| {
            let window = Window::days(zone, day, day.succ_opt()?);
            Some(Self { day, new: 0, closed: 0, open: 0, window })
        });
        days.take_while(|day| day.window.from <= now).collect()
    }

    pub(super) fn count(&mut self, story: &Story, now: Instant) {
        let Some(began) = story.times.began_at else { return };
        let ended = story.times.closed.as_ref().map(|closing| closing.at);
        let end = self.window.to.min(now);
        self.new += u32::from(self.window.holds(began));
        self.closed += u32::from(ended.is_some_and(|at| self.window.holds(at)));
        self.open += u32::from(began < end && ended.is_none_or(|at| at >= end));
    }
}
