//! Feasts that follow the moon: those of Islam, the lunar new year and Diwali; and Easter of the Orthodox churches.
//!
//! New moons are reckoned by Meeus' series (*Astronomical Algorithms*, chapter 49), which is right to within minutes.

use super::*;

/// The new moon of a lunation; that of 6 January 2000 is 0.
fn new_moon(lunation: i32) -> Option<NaiveDateTime> {
    let k = f64::from(lunation);
    let t = k / 1236.85;
    let sine = |degrees: f64| degrees.to_radians().sin();
    let (sun, moon) = (2.5534 + 29.105_356_70 * k, 201.5643 + 385.816_935_28 * k);
    let node = 160.7108 + 390.670_502_84 * k;
    let e = 1.0 - 0.002_516 * t;
    let terms = [
        (-0.407_20, moon),
        (0.172_41 * e, sun),
        (0.016_08, 2.0 * moon),
        (0.010_39, 2.0 * node),
        (0.007_39 * e, moon - sun),
        (-0.005_14 * e, moon + sun),
        (0.002_08 * e * e, 2.0 * sun),
        (-0.001_11, moon - 2.0 * node),
        (-0.000_57, moon + 2.0 * node),
        (0.000_56 * e, 2.0 * moon + sun),
    ];
    let mean = 5.597_66 + 29.530_588_861 * k + 0.000_154_37 * t * t;
    let days: f64 = mean + terms.iter().map(|(size, at)| size * sine(*at)).sum::<f64>();
    // A lunation is bounded by the years that are asked for.
    #[allow(clippy::cast_possible_truncation)]
    let minutes = (days * 1440.0).round() as i64;
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1)?.and_hms_opt(0, 0, 0)?;
    epoch.checked_add_signed(Duration::try_minutes(minutes)?)
}

/// A day of the Islamic calendar in a Gregorian year. A month begins on the day after its new moon, or one later where the moon
/// is new in the evening; a sighted moon may still differ by a day.
pub(super) fn islamic(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let about = (year - 622) * 33 / 32;
    (about - 1..=about + 2).find_map(|hijri| hijri_day(hijri, month, day).filter(|found| found.year() == year))
}

fn hijri_day(hijri: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let lunation = (hijri - 1).checked_mul(12)? + i32::try_from(month).ok()? - 1 - 17_037;
    let evening = new_moon(lunation)?.checked_add_signed(Duration::hours(9))?;
    evening.date().checked_add_days(Days::new(u64::from(day)))
}

/// The month of fasting that begins in a year.
pub(super) fn ramadan(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let from = islamic(year, 9, 1)?;
    let until = [islamic(year, 10, 1), islamic(year + 1, 10, 1)].into_iter().flatten().find(|day| *day > from)?;
    Some((from, until))
}

/// The new moon whose day in a zone (hours east) lies in forty days from a day.
fn moon_from(first: NaiveDate, east: i64) -> Option<NaiveDateTime> {
    let months = (first.year() - 2000) * 12 + i32::try_from(first.month0()).ok()?;
    // There are 12.3685 lunations in a year.
    let about = months + months.div_euclid(32) - 2;
    (about..about + 6)
        .filter_map(|lunation| new_moon(lunation)?.checked_add_signed(Duration::hours(east)))
        .find(|at| at.date() >= first)
}

/// The lunar new year of China: the new moon after the middle of January's third week.
pub(super) fn lunar_new_year(year: i32) -> Option<NaiveDate> {
    moon_from(NaiveDate::from_ymd_opt(year, 1, 21)?, 8).map(|at| at.date())
}

/// Diwali: the evening before the new moon of the end of October.
pub(super) fn diwali(year: i32) -> Option<NaiveDate> {
    let moon = moon_from(NaiveDate::from_ymd_opt(year, 10, 15)?, 5)?;
    Some(moon.checked_sub_signed(Duration::hours(18))?.date())
}

/// Easter of the Orthodox churches, by the calendar of Julius Caesar.
pub(super) fn orthodox_easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(4), year.rem_euclid(7), year.rem_euclid(19));
    let d = (19 * c + 15).rem_euclid(30);
    let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
    let sum = d + e + 114;
    let day = NaiveDate::from_ymd_opt(year, u32::try_from(sum / 31).ok()?, u32::try_from(sum % 31).ok()? + 1)?;
    // Between the calendars lie thirteen days in this century and the last.
    day.checked_add_days(Days::new(13))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn feasts_of_the_moon_fall_where_calendars_have_them() {
        assert_eq!(ramadan(2026), day(2026, 2, 18).zip(day(2026, 3, 20)));
        assert_eq!(ramadan(2027), day(2027, 2, 8).zip(day(2027, 3, 9)));
        assert_eq!(islamic(2027, 10, 1), day(2027, 3, 9));
        assert_eq!(islamic(2026, 12, 10), day(2026, 5, 27));
        assert_eq!(lunar_new_year(2026), day(2026, 2, 17));
        assert_eq!(lunar_new_year(2025), day(2025, 1, 29));
        assert_eq!(diwali(2024), day(2024, 10, 31));
        assert_eq!(orthodox_easter(2027), day(2027, 5, 2));
        for year in 1900..2100 {
            assert!(lunar_new_year(year).is_some_and(|found| found.ordinal() <= 52), "{year}");
            assert!(islamic(year, 1, 1).is_some() || islamic(year + 1, 1, 1).is_some(), "{year}");
        }
    }
}
