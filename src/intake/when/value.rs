//! What an expression means.

use super::*;

/// How finely a moment was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// To the second.
    Second,
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// A day.
    Day,
    /// A week, Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

impl Grain {
    /// The word of `loket extract`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// What a date expression means. Ends are exclusive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    /// One day, moment, week, month …
    Point(NaiveDateTime, Grain),
    /// From one moment until another.
    Interval(NaiveDateTime, NaiveDateTime, Grain),
    /// Until a moment.
    Before(NaiveDateTime, Grain),
    /// From a moment on.
    After(NaiveDateTime, Grain),
}

/// The first moment of a value.
pub(crate) fn start_of(value: Value) -> NaiveDateTime {
    match value {
        Value::Point(at, _) | Value::Interval(at, _, _) | Value::Before(at, _) | Value::After(at, _) => at,
    }
}

/// The first moment after a value.
pub(crate) fn end_of(value: Value) -> NaiveDateTime {
    let midnight = |day: Option<NaiveDate>| day.map(|day| day.and_time(NaiveTime::MIN));
    match value {
        Value::Interval(_, end, _) => end,
        Value::Before(at, _) | Value::After(at, _) => at,
        Value::Point(at, grain) => {
            let day = at.date();
            let end = match grain {
                Grain::Second | Grain::Minute | Grain::Hour => Some(at),
                Grain::Day => midnight(day.succ_opt()),
                Grain::Week => midnight(day.checked_add_days(Days::new(7))),
                Grain::Month => midnight(month_from(day, 1)),
                Grain::Quarter => midnight(month_from(day, 3)),
                Grain::Year => midnight(NaiveDate::from_ymd_opt(day.year() + 1, 1, 1)),
            };
            end.unwrap_or(at)
        }
    }
}

pub(super) fn grain_of(value: Value) -> Grain {
    match value {
        Value::Point(_, grain) | Value::Interval(_, _, grain) | Value::Before(_, grain) | Value::After(_, grain) => {
            grain
        }
    }
}
