//! When a week falls due.

use crate::domain::Instant;
use crate::domain::calendar::{IsoWeek, instant_of};
use crate::domain::register::Organisation;
use chrono::Duration;

/// The weeks whose digest is due at `now`, oldest first: every week after `last` that has ended and whose moment has come.
/// Without a `last`, only the newest.
pub fn due_weeks(last: Option<IsoWeek>, newest_due: IsoWeek) -> Vec<IsoWeek> {
    let Some(last) = last else { return vec![newest_due] };
    std::iter::successors(last.next(), |week| week.next()).take_while(|week| *week <= newest_due).take(520).collect()
}

/// A digest that is later than this after its moment is marked late.
const LATE: Duration = Duration::hours(1);

/// A week whose digest falls due: exactly once, whatever happened since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub week: IsoWeek,
    /// Whether it is posted: only the newest of several missed weeks is.
    pub posted: bool,
    /// Whether it should have been posted earlier.
    pub late: bool,
}

/// What falls due when the moment of a digest is noticed at `now` that had come at `due_at`.
pub fn fall_due(last: Option<IsoWeek>, newest: IsoWeek, (due_at, now): (Instant, Instant)) -> Vec<Due> {
    let late = now - due_at > LATE;
    let due = |week| Due { week, posted: week == newest, late: late || week != newest };
    due_weeks(last, newest).into_iter().map(due).collect()
}

/// The newest week whose digest moment has come at `now`, and the moment of the one after it.
pub fn newest_due(now: Instant, organisation: &Organisation) -> Option<(IsoWeek, Instant)> {
    let today = now.with_timezone(&organisation.zone).date_naive();
    let moment = |week: IsoWeek| {
        let monday_after = week.next()?.monday()?;
        let offset = i64::from(organisation.digest.weekday.num_days_from_monday());
        let day = monday_after + Duration::days(offset);
        Some(instant_of(organisation.zone, day.and_time(organisation.digest.time)))
    };
    let mut week = IsoWeek::of(today).previous()?;
    while moment(week)? > now {
        week = week.previous()?;
    }
    Some((week, moment(week.next()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missed_week_is_due_and_the_turn_of_the_year_does_not_skip_one() {
        let week = |year, week| IsoWeek { year, week };
        assert_eq!(due_weeks(Some(week(2026, 52)), week(2027, 1)), vec![week(2026, 53), week(2027, 1)]);
        assert_eq!(due_weeks(None, week(2027, 1)), vec![week(2027, 1)]);
        assert_eq!(due_weeks(Some(week(2027, 1)), week(2027, 1)), vec![]);
    }
}
