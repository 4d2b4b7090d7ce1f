//! Local times on the days on which the clock is changed.

use super::{LocalMoment, When};
use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

/// Why a local time is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OddTime {
    /// The clock is set forward over it: it does not exist.
    Never,
    /// The clock is set back over it: it exists twice.
    Twice,
}

impl OddTime {
    /// `never` or `twice`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Twice => "twice",
        }
    }
}

/// How often a local time occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Local {
    /// Once, as nearly always.
    Once(DateTime<Tz>),
    /// Twice, since the clock is set back over it: first and second.
    Twice(DateTime<Tz>, DateTime<Tz>),
    /// Never, since the clock is set forward over it: the first time after the gap.
    Never(DateTime<Tz>),
}

impl Local {
    /// What a person should be told of the time.
    pub fn odd(self) -> Option<OddTime> {
        match self {
            Self::Once(_) => None,
            Self::Twice(..) => Some(OddTime::Twice),
            Self::Never(_) => Some(OddTime::Never),
        }
    }
}

/// How often a local time occurs in a zone; `None` where no zone has it at all.
pub fn local(zone: Tz, at: NaiveDateTime) -> Option<Local> {
    match zone.from_local_datetime(&at) {
        LocalResult::Single(at) => Some(Local::Once(at)),
        LocalResult::Ambiguous(first, second) => Some(Local::Twice(first, second)),
        // No zone has a gap of more than a day, or one that ends between two fives of minutes.
        LocalResult::None => (1..=288).find_map(|fives| {
            let probe = at.checked_add_signed(Duration::minutes(5 * fives))?;
            let after = zone.from_local_datetime(&probe).earliest()?;
            Some(Local::Never(after))
        }),
    }
}

impl When {
    /// Whether a time of it does not exist or exists twice in a zone.
    pub fn odd_time(&self, zone: Tz) -> Option<OddTime> {
        [Some(self.from), self.to].into_iter().flatten().find_map(|moment| match moment {
            LocalMoment::At(at) => local(zone, at)?.odd(),
            LocalMoment::Day(_) => None,
        })
    }
}
