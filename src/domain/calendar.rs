//! Dutch public holidays, service hours, and deadlines counted in them.

use super::Instant;
use super::local_time::{self, Local};
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};

/// A Dutch public holiday or a day on which offices are closed by custom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter.
    GoodFriday,
    /// Easter Sunday.
    Easter,
    /// Easter Monday.
    EasterMonday,
    /// King's Day: 27 April, or 26 when that is a Sunday.
    KingsDay,
    /// 5 May.
    LiberationDay,
    /// 39 days after Easter.
    Ascension,
    /// 49 days after Easter.
    Whitsun,
    /// 50 days after Easter.
    WhitMonday,
    /// 25 December.
    Christmas,
    /// 26 December.
    BoxingDay,
}

impl Holiday {
    /// Every holiday, in the order of the year.
    pub const ALL: [Self; 11] = [
        Self::NewYear,
        Self::GoodFriday,
        Self::Easter,
        Self::EasterMonday,
        Self::KingsDay,
        Self::LiberationDay,
        Self::Ascension,
        Self::Whitsun,
        Self::WhitMonday,
        Self::Christmas,
        Self::BoxingDay,
    ];

    /// The day in that year; `None` outside the years that the calendar knows.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let after_easter = |days: i64| easter(year)?.checked_add_signed(Duration::days(days));
        match self {
            Self::NewYear => fixed(1, 1),
            Self::GoodFriday => after_easter(-2),
            Self::Easter => after_easter(0),
            Self::EasterMonday => after_easter(1),
            Self::KingsDay => {
                let day = fixed(4, 27)?;
                if day.weekday() == Weekday::Sun { day.pred_opt() } else { Some(day) }
            }
            Self::LiberationDay => fixed(5, 5),
            Self::Ascension => after_easter(39),
            Self::Whitsun => after_easter(49),
            Self::WhitMonday => after_easter(50),
            Self::Christmas => fixed(12, 25),
            Self::BoxingDay => fixed(12, 26),
        }
    }

    /// Whether Dutch offices are closed on it: Good Friday is a working day, Liberation Day a day off once in five years.
    pub fn closed(self, year: i32) -> bool {
        match self {
            Self::GoodFriday => false,
            Self::LiberationDay => year % 5 == 0,
            Self::NewYear
            | Self::Easter
            | Self::EasterMonday
            | Self::KingsDay
            | Self::Ascension
            | Self::Whitsun
            | Self::WhitMonday
            | Self::Christmas
            | Self::BoxingDay => true,
        }
    }
}

/// Easter Sunday of a Gregorian year, by the anonymous algorithm of 1876 (Meeus, *Astronomical Algorithms*, chapter 8).
pub fn easter(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let sum = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(sum.div_euclid(31)).ok()?, u32::try_from(sum.rem_euclid(31)).ok()? + 1)
}

/// The instant of a local date and time; a time that does not exist becomes the first one after the gap, one that exists twice the first.
pub fn instant_of(zone: Tz, local: NaiveDateTime) -> Instant {
    match local_time::local(zone, local) {
        Some(Local::Once(at) | Local::Twice(at, _) | Local::Never(at)) => at.to_utc(),
        // At the ends of what can be counted; UTC is the sane reading there.
        None => DateTime::from_naive_utc_and_offset(local, chrono::Utc),
    }
}

/// The ISO week of an instant in a zone: year and week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IsoWeek {
    /// The ISO year, which may differ from the calendar year around New Year.
    pub year: i32,
    /// 1 to 53.
    pub week: u32,
}

impl IsoWeek {
    /// The week in which a day falls.
    pub fn of(day: NaiveDate) -> Self {
        let week = day.iso_week();
        Self { year: week.year(), week: week.week() }
    }

    /// Reads `2026-10`, `2026-W10` and `W10 2026`, and a bare `10` as the last week of that number that has begun on that day. `None` for
    /// what is no week, or none that has begun.
    pub fn read(text: &str, today: NaiveDate) -> Option<Self> {
        let current = Self::of(today);
        let numbers: Vec<&str> =
            text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let week = match numbers.as_slice() {
            [week] if week.len() <= 2 => {
                let this_year = Self { year: current.year, week: week.parse().ok()? };
                if this_year <= current { this_year } else { Self { year: current.year - 1, ..this_year } }
            }
            [year, week] if year.len() == 4 => Self { year: year.parse().ok()?, week: week.parse().ok()? },
            [week, year] if year.len() == 4 => Self { year: year.parse().ok()?, week: week.parse().ok()? },
            _ => return None,
        };
        week.monday().map(|_| week).filter(|week| *week <= current)
    }

    /// Its Monday.
    pub fn monday(self) -> Option<NaiveDate> {
        NaiveDate::from_isoywd_opt(self.year, self.week, Weekday::Mon)
    }

    /// The week after it.
    pub fn next(self) -> Option<Self> {
        self.monday()?.checked_add_days(Days::new(7)).map(Self::of)
    }

    /// The week before it.
    pub fn previous(self) -> Option<Self> {
        self.monday()?.checked_sub_days(Days::new(7)).map(Self::of)
    }
}

impl std::fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-W{:02}", self.year, self.week)
    }
}

/// When somebody is there: opening hours per weekday, and days on which nobody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceHours {
    /// The zone of the hours.
    pub zone: Tz,
    /// Opening and closing time per weekday; a day that is missing is closed.
    pub days: BTreeMap<u8, (NaiveTime, NaiveTime)>,
    /// Whether Dutch public holidays are closed.
    pub dutch_holidays: bool,
    /// Further days on which nobody is there.
    pub closed: BTreeSet<NaiveDate>,
}

impl ServiceHours {
    /// Monday to Friday, with Dutch holidays off.
    pub fn office(zone: Tz, opens: NaiveTime, closes: NaiveTime) -> Self {
        Self {
            zone,
            days: (0..5).map(|day| (day, (opens, closes))).collect(),
            dutch_holidays: true,
            closed: BTreeSet::new(),
        }
    }

    /// Opening and closing time on a day; `None` when closed.
    pub fn on(&self, day: NaiveDate) -> Option<(NaiveTime, NaiveTime)> {
        let holiday = || {
            Holiday::ALL.iter().any(|holiday| holiday.closed(day.year()) && holiday.in_year(day.year()) == Some(day))
        };
        if self.closed.contains(&day) || (self.dutch_holidays && holiday()) {
            return None;
        }
        let weekday = u8::try_from(day.weekday().num_days_from_monday()).ok()?;
        self.days.get(&weekday).copied().filter(|(opens, closes)| opens < closes)
    }

    /// Whether somebody is there at that instant.
    pub fn open_at(&self, at: Instant) -> bool {
        let local = at.with_timezone(&self.zone).naive_local();
        self.on(local.date()).is_some_and(|(opens, closes)| local.time() >= opens && local.time() < closes)
    }

    /// The first instant from `at` on at which somebody is there; `at` itself when no opening is found within two years.
    pub fn next_open(&self, at: Instant) -> Instant {
        let local = at.with_timezone(&self.zone).naive_local();
        for (day, (opens, closes)) in self.open_days(local.date()) {
            if day > local.date() || local.time() < opens {
                return instant_of(self.zone, day.and_time(opens)).max(at);
            }
            if local.time() < closes {
                return at;
            }
        }
        at
    }

    /// The instant by which `time` of service hours has passed since `at`.
    pub fn after(&self, at: Instant, time: Duration) -> Instant {
        let local = at.with_timezone(&self.zone).naive_local();
        let mut left = time;
        for (day, (opens, closes)) in self.open_days(local.date()) {
            let start = if day == local.date() { opens.max(local.time()) } else { opens };
            if start >= closes {
                continue;
            }
            let here = closes - start;
            if left <= here {
                return instant_of(self.zone, day.and_time(start) + left);
            }
            left -= here;
        }
        at + time
    }

    /// The service hours between two instants; none when the second is not later. What lies beyond two years is not counted.
    pub fn between(&self, from: Instant, to: Instant) -> Duration {
        let (from, to) = (from.with_timezone(&self.zone).naive_local(), to.with_timezone(&self.zone).naive_local());
        let days = self.open_days(from.date()).take_while(|(day, _)| *day <= to.date());
        days.map(|(day, (opens, closes))| {
            let (start, end) = (day.and_time(opens).max(from), day.and_time(closes).min(to));
            (end - start).max(Duration::zero())
        })
        .fold(Duration::zero(), |sum, here| sum + here)
    }

    /// The day that lies `count` service days after `day`.
    pub fn days_after(&self, day: NaiveDate, count: u16) -> NaiveDate {
        let following = day.succ_opt().unwrap_or(day);
        match count.checked_sub(1) {
            None => day,
            Some(skip) => self.open_days(following).nth(usize::from(skip)).map_or(day, |(day, _)| day),
        }
    }

    /// The open days from a day on, within two years.
    fn open_days(&self, from: NaiveDate) -> impl Iterator<Item = (NaiveDate, (NaiveTime, NaiveTime))> + '_ {
        from.iter_days().take(732).filter_map(|day| self.on(day).map(|hours| (day, hours)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn office() -> ServiceHours {
        ServiceHours::office(
            chrono_tz::Europe::Amsterdam,
            NaiveTime::from_hms_opt(8, 0, 0).unwrap(),
            NaiveTime::from_hms_opt(17, 0, 0).unwrap(),
        )
    }

    #[test]
    fn a_week_is_read_however_it_is_written_and_none_that_has_not_begun() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
        let read = |text| IsoWeek::read(text, today).map(|week| (week.year, week.week));
        for text in ["10", "week 10", "2026-10", "2026-W10", "W10 2026"] {
            assert_eq!(read(text), Some((2026, 10)), "{text}");
        }
        assert_eq!(read("50"), Some((2025, 50)), "the last one of that number");
        assert_eq!(read("2020-53"), Some((2020, 53)));
        for text in ["", "0", "54", "2026-11", "2025-53", "99999-1", "één", "1-2-3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, date) in [
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(day(date)));
        }
    }

    #[test]
    fn kings_day_moves_off_a_sunday() {
        assert_eq!(Holiday::KingsDay.in_year(2025), Some(day("2025-04-26")));
        assert_eq!(Holiday::KingsDay.in_year(2026), Some(day("2026-04-27")));
    }

    #[test]
    fn friday_evening_goes_on_at_monday_morning() {
        let friday_evening =
            instant_of(chrono_tz::Europe::Amsterdam, day("2026-03-06").and_hms_opt(18, 30, 0).unwrap());
        let opening = office().next_open(friday_evening).with_timezone(&chrono_tz::Europe::Amsterdam);
        assert_eq!(opening.naive_local(), day("2026-03-09").and_hms_opt(8, 0, 0).unwrap());
        let later = office().after(friday_evening, Duration::hours(10)).with_timezone(&chrono_tz::Europe::Amsterdam);
        assert_eq!(later.naive_local(), day("2026-03-10").and_hms_opt(9, 0, 0).unwrap());
    }

    #[test]
    fn service_hours_between_two_instants_leave_out_nights_and_weekends() {
        let at =
            |text: &str, hour| instant_of(chrono_tz::Europe::Amsterdam, day(text).and_hms_opt(hour, 0, 0).unwrap());
        let between = |from, to| office().between(from, to).num_hours();
        assert_eq!(between(at("2026-03-03", 9), at("2026-03-06", 13)), 8 + 9 + 9 + 5);
        assert_eq!(between(at("2026-03-06", 16), at("2026-03-09", 7)), 1);
        assert_eq!(between(at("2026-03-06", 20), at("2026-03-08", 23)), 0);
        assert_eq!(between(at("2026-03-06", 16), at("2026-03-06", 10)), 0);
        let start = at("2026-03-03", 9);
        assert_eq!(office().after(start, office().between(start, at("2026-03-10", 11))), at("2026-03-10", 11));
    }

    #[test]
    fn service_days_skip_easter() {
        assert_eq!(
            office().days_after(day("2026-04-03"), 1),
            day("2026-04-07"),
            "Good Friday is a working day, Easter Monday is not"
        );
        assert_eq!(office().days_after(day("2026-04-03"), 0), day("2026-04-03"));
    }

    #[test]
    fn a_time_in_the_spring_gap_is_the_first_one_after_it() {
        let gap = instant_of(chrono_tz::Europe::Amsterdam, day("2026-03-29").and_hms_opt(2, 30, 0).unwrap());
        assert_eq!(gap.to_rfc3339(), "2026-03-29T01:00:00+00:00");
    }

    #[test]
    fn a_week_that_never_opens_has_an_answer_all_the_same() {
        let never = ServiceHours { days: BTreeMap::new(), ..office() };
        let at = instant_of(chrono_tz::Europe::Amsterdam, day("2026-03-06").and_hms_opt(12, 0, 0).unwrap());
        assert_eq!(never.next_open(at), at);
    }
}
