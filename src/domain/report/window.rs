//! The time that a report is about.

use crate::domain::Instant;
use crate::domain::calendar::{IsoWeek, instant_of};
use chrono::{Datelike, Months, NaiveDate, NaiveTime};
use chrono_tz::Tz;

/// A stretch of time in an organisation's zone; the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Window {
    /// The first instant.
    pub from: Instant,
    /// The first instant after it.
    pub to: Instant,
}

impl Window {
    /// From the beginning of a day to the beginning of another.
    pub fn days(zone: Tz, first: NaiveDate, after: NaiveDate) -> Self {
        let midnight = |day: NaiveDate| instant_of(zone, day.and_time(NaiveTime::MIN));
        Self { from: midnight(first), to: midnight(after) }
    }

    /// An ISO week; `None` outside the years that the calendar knows.
    pub fn week(zone: Tz, week: IsoWeek) -> Option<Self> {
        Some(Self::days(zone, week.monday()?, week.next()?.monday()?))
    }

    /// A month, counted from 1.
    pub fn month(zone: Tz, year: i32, month: u32) -> Option<Self> {
        Self::months(zone, NaiveDate::from_ymd_opt(year, month, 1)?, 1)
    }

    /// A quarter, counted from 1.
    pub fn quarter(zone: Tz, year: i32, quarter: u32) -> Option<Self> {
        let first = quarter.checked_sub(1)?.checked_mul(3)?.checked_add(1)?;
        Self::months(zone, NaiveDate::from_ymd_opt(year, first, 1)?, 3)
    }

    /// The quarter of an instant, and its year.
    pub fn quarter_of(zone: Tz, at: Instant) -> (i32, u32) {
        let day = at.with_timezone(&zone).date_naive();
        (day.year(), day.month0() / 3 + 1)
    }

    fn months(zone: Tz, first: NaiveDate, count: u32) -> Option<Self> {
        Some(Self::days(zone, first, first.checked_add_months(Months::new(count))?))
    }

    /// Whether an instant lies in it.
    pub fn holds(&self, at: Instant) -> bool {
        self.from <= at && at < self.to
    }

    /// The part of a stretch that lies in it; `None` when there is none.
    pub fn part(&self, from: Instant, to: Instant) -> Option<(Instant, Instant)> {
        let (from, to) = (from.max(self.from), to.min(self.to));
        (from < to).then_some((from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Amsterdam;

    #[test]
    fn a_week_in_which_the_clock_changes_is_an_hour_shorter_or_longer() {
        let hours = |year, week| {
            let window = Window::week(Amsterdam, IsoWeek { year, week }).unwrap();
            (window.to - window.from).num_hours()
        };
        assert_eq!([hours(2026, 12), hours(2026, 13), hours(2026, 43)], [168, 167, 169]);
    }

    #[test]
    fn a_quarter_ends_where_the_next_begins() {
        let quarter = |year, quarter| Window::quarter(Amsterdam, year, quarter).unwrap();
        assert_eq!(quarter(2026, 4).to, quarter(2027, 1).from);
        assert_eq!(quarter(2026, 1).from, Window::month(Amsterdam, 2026, 1).unwrap().from);
        assert_eq!(Window::quarter(Amsterdam, 2026, 5), None);
        assert_eq!(Window::quarter(Amsterdam, 2026, 0), None);
        assert_eq!(Window::quarter_of(Amsterdam, "2026-12-31T23:30:00Z".parse().unwrap()), (2027, 1));
    }
}
