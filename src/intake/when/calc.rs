//! Arithmetic of the calendar: weeks, months, seasons, working days.

use super::*;

/// The first such weekday after a day.
pub(super) fn after(day: NaiveDate, named: Weekday) -> Option<NaiveDate> {
    let ahead = (named.num_days_from_monday() + 6 - day.weekday().num_days_from_monday()) % 7 + 1;
    day.checked_add_days(Days::new(u64::from(ahead)))
}

/// The last such weekday before a day.
pub(super) fn before(day: NaiveDate, named: Weekday) -> Option<NaiveDate> {
    let back = (day.weekday().num_days_from_monday() + 6 - named.num_days_from_monday()) % 7 + 1;
    day.checked_sub_days(Days::new(u64::from(back)))
}

/// That weekday of the ISO week so many weeks from the one of `day`.
pub(super) fn in_week(day: NaiveDate, weeks: i64, named: Weekday) -> Option<NaiveDate> {
    let shift = weeks * 7 + i64::from(named.num_days_from_monday()) - i64::from(day.weekday().num_days_from_monday());
    day.checked_add_signed(Duration::days(shift))
}

/// The nth such weekday of a month, the last one for 0.
pub(super) fn nth_weekday(year: i32, month: u32, weekday: Weekday, nth: u32) -> Option<NaiveDate> {
    if nth > 0 {
        return NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(nth).ok()?);
    }
    let next = if month == 12 {
        NaiveDate::from_ymd_opt(year + 1, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(year, month + 1, 1)
    }?;
    let last = next.pred_opt()?;
    let back = (last.weekday().num_days_from_monday() + 7 - weekday.num_days_from_monday()) % 7;
    last.checked_sub_days(Days::new(u64::from(back)))
}

/// The first day of the month so many months from that of `day`.
pub(super) fn month_from(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let first = day.with_day(1)?;
    let by32 = u32::try_from(by.unsigned_abs()).ok()?;
    if by >= 0 { first.checked_add_months(Months::new(by32)) } else { first.checked_sub_months(Months::new(by32)) }
}

/// The month so many months away: its first day and the first after it.
pub(super) fn of_month(day: NaiveDate, by: i64) -> Option<(NaiveDate, NaiveDate)> {
    let first = month_from(day, by)?;
    Some((first, month_from(first, 1)?))
}

/// The week, month, quarter, year (else the day) in which a day lies, so many of them away.
pub(super) fn of_grain(day: NaiveDate, grain: Grain, by: i64) -> Option<(NaiveDate, NaiveDate)> {
    match grain {
        Grain::Week => {
            let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?;
            let from = monday.checked_add_signed(Duration::days(7 * by))?;
            Some((from, from.checked_add_days(Days::new(7))?))
        }
        Grain::Month => of_month(day, by),
        Grain::Quarter => {
            let back = i64::from(day.month0() % 3);
            let from = month_from(day, 3 * by - back)?;
            Some((from, month_from(from, 3)?))
        }
        Grain::Year => {
            let year = day.year().checked_add(i32::try_from(by).ok()?)?;
            Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1)?))
        }
        _ => {
            let from = day.checked_add_signed(Duration::days(by))?;
            Some((from, from.succ_opt()?))
        }
    }
}

/// The week-end so many weeks away.
pub(super) fn weekend(day: NaiveDate, by: i64) -> Option<(NaiveDate, NaiveDate)> {
    let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?;
    let from = monday.checked_add_signed(Duration::days(5 + 7 * by))?;
    Some((from, from.checked_add_days(Days::new(2))?))
}

/// A season from its first and last month: the running or coming one, or so many further.
pub(super) fn season_of(day: NaiveDate, from: u32, until: u32, by: i64) -> Option<(NaiveDate, NaiveDate)> {
    let start_in = |year: i32| NaiveDate::from_ymd_opt(year, from, 21);
    let end_in = |year: i32| {
        NaiveDate::from_ymd_opt(if until < from { year + 1 } else { year }, until, if until == 9 { 24 } else { 21 })
    };
    let mut year = day.year();
    if until < from && day < end_in(year - 1)? {
        year -= 1;
    } else if end_in(year)? <= day {
        year += 1;
    }
    let running = start_in(year)? <= day;
    let year = match by {
        0 => year,
        1.. => year + i32::from(running),
        _ => year - 1,
    };
    Some((start_in(year)?, end_in(year)?))
}

/// The nth week of a period: the first is the one with the period's first Thursday, the last the one with its last.
pub(super) fn nth_week(from: NaiveDate, until: NaiveDate, nth: u32, from_end: bool) -> Option<NaiveDate> {
    let monday = |day: NaiveDate| day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())));
    let weeks = Days::new(7 * u64::from(nth.checked_sub(1)?));
    if from_end {
        let last = monday(until)?;
        let last = if until.weekday().num_days_from_monday() > 3 { last } else { last.checked_sub_days(Days::new(7))? };
        return last.checked_sub_days(weeks);
    }
    let first = if from.weekday().num_days_from_monday() <= 3 { monday(from)? } else { after(from, Weekday::Mon)? };
    first.checked_add_days(weeks)
}

/// Whether Dutch offices are closed for a feast that day.
pub(super) fn is_closed(day: NaiveDate) -> bool {
    crate::domain::calendar::Holiday::ALL
        .iter()
        .any(|feast| feast.closed(day.year()) && feast.in_year(day.year()) == Some(day))
}

/// Whether a day is a working day.
pub(super) fn is_working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_closed(day)
}

/// A day so many working days further.
pub(super) fn working_days(from: NaiveDate, count: f64) -> Option<NaiveDate> {
    let mut day = from;
    let step: i64 = if count < 0.0 { -1 } else { 1 };
    // The count is bounded here.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mut left = count.abs().min(400.0) as u32;
    while left > 0 {
        day = day.checked_add_signed(Duration::days(step))?;
        left -= u32::from(is_working(day));
    }
    Some(day)
}

/// The midnight with which a day begins.
pub(super) fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

/// The year, ten or hundred years in which a day lies, so many of them away.
pub(super) fn of_years(day: NaiveDate, size: i32, by: i64) -> Option<(NaiveDate, NaiveDate)> {
    let first = day.year().div_euclid(size) * size;
    let from = first.checked_add(size.checked_mul(i32::try_from(by).ok()?)?)?;
    Some((NaiveDate::from_ymd_opt(from, 1, 1)?, NaiveDate::from_ymd_opt(from.checked_add(size)?, 1, 1)?))
}
