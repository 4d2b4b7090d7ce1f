//! The days of a week and how content people are, counted anew from raw events.

use super::{Past, Window};
use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use loket::domain::Instant;
use loket::domain::report::Week;
use loket::domain::request::{Event, Rating};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Midnight at the beginning of a day.
fn midnight(past: &Past<'_>, day: NaiveDate) -> Instant {
    past.organisation().zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest().unwrap().to_utc()
}

pub fn check(week: &Week, pasts: &[&Past<'_>], window: Window) -> Result<(), TestCaseError> {
    let Some(first) = pasts.first() else { return Ok(()) };
    for day in &week.days {
        let (begins, ends) = (midnight(first, day.day), midnight(first, day.day + Days::new(1)));
        prop_assert!(window.from <= begins && ends <= window.to && begins <= first.now);
        let within = |at: Instant| begins <= at && at < ends;
        let new = pasts.iter().filter(|past| past.began().is_some_and(within)).count();
        let closed = pasts.iter().filter(|past| past.closed().is_some_and(|(at, _)| within(at))).count();
        let until = ends.min(first.now);
        let open = pasts.iter().filter(|past| {
            past.began().is_some_and(|at| at < until) && past.closed().is_none_or(|(at, _)| at >= until)
        });
        prop_assert_eq!((day.new as usize, day.closed as usize, day.open as usize), (new, closed, open.count()));
    }
    for rating in Rating::ALL {
        let last = |past: &&&Past<'_>| {
            let said = past.events.iter().rev().find_map(|recorded| match recorded.event {
                Event::Rated { rating, .. } => Some((rating, recorded.at)),
                _ => None,
            });
            said.is_some_and(|(said, at)| said == rating && window.from <= at && at < window.to)
        };
        let counted = pasts.iter().filter(last).count();
        prop_assert_eq!(week.ratings.get(&rating).copied().unwrap_or(0) as usize, counted, "{:?}", rating);
    }
    Ok(())
}
