//! Weeks, months, quarters, years, seasons, week-ends, and lengths of time from now.

use super::day::turn_at;
use super::words::{month, turn, unit};
use super::{Grain, Reading};
use crate::domain::calendar::IsoWeek;
use crate::intake::number::{number, ordinal};
use crate::intake::text::Sort;
use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// A period of whole days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// What it is: a week, a month; `Day` for a stretch of days.
    pub grain: Grain,
    /// The token after the last.
    pub to: usize,
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

fn of_grain(day: NaiveDate, grain: Grain, by: i64) -> Option<(NaiveDate, NaiveDate)> {
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

fn weekend(day: NaiveDate, by: i64) -> Option<(NaiveDate, NaiveDate)> {
    let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?;
    let from = monday.checked_add_signed(Duration::days(5 + 7 * by))?;
    Some((from, from.checked_add_days(Days::new(2))?))
}

fn season(word: &str) -> Option<(u32, u32)> {
    Some(match word {
        "lente" | "voorjaar" | "spring" => (3, 6),
        "zomer" | "summer" => (6, 9),
        "herfst" | "najaar" | "autumn" | "fall" => (9, 12),
        "winter" => (12, 3),
        _ => return None,
    })
}

/// The period that is named at a token. `bare` accepts a month name alone.
pub(super) fn period(r: &Reading<'_>, at: usize, bare: bool) -> Option<Period> {
    let t = r.text;
    let today = r.now.date();
    let whole = |(from, until): (NaiveDate, NaiveDate), grain, to| Some(Period { from, until, grain, to });
    if let Some(named) =
        t.digits(at).filter(|m| (1..=12).contains(m) && t.word(at).len() <= 2 && !r.chat && !t.glued(at))
    {
        let year = r.year(at + 2).filter(|_| {
            matches!(t.word(at + 1), "/" | "-")
                && t.glued(at + 1) == t.glued(at + 2)
                && !(t.glued(at + 3) && matches!(t.word(at + 3), "/" | "-"))
        });
        return year
            .and_then(|year| whole(of_month(NaiveDate::from_ymd_opt(year, named, 1)?, 0)?, Grain::Month, at + 3));
    }
    if let Some(found) = edge(r, at) {
        return Some(found);
    }
    // eerste week van maart, laatste week van september 2014
    if matches!(t.word(at + 1), "week" | "weekend" | "dag" | "day") && matches!(t.word(at + 2), "van" | "in" | "of") {
        let nth = if matches!(t.word(at), "laatste" | "last") {
            Some(0)
        } else {
            crate::intake::number::ordinal_word(t.word(at))
        };
        if let Some(nth) = nth.filter(|n| *n <= 5) {
            let skip = at + 3 + usize::from(matches!(t.word(at + 3), "de" | "the"));
            let (base, to) = named_month(r, skip).or_else(|| {
                matches!(t.word(skip), "maand" | "month").then(|| of_month(today, 0).map(|m| (m.0, skip + 1))).flatten()
            })?;
            return nth_week(base, nth, t.word(at + 1)).and_then(|(range, grain)| whole(range, grain, to));
        }
    }
    if let Some((turned, mut to)) = turn_at(r, at) {
        if r.english() && t.word(at) == "as" {
            return None;
        }
        let by = match turned {
            2 => 1,
            -2 => -1,
            other => other,
        };
        let word = t.word(to);
        if matches!(word, "weekend" | "weekeinde" | "weekeind") {
            let weekday = today.weekday();
            let shift = match turned {
                2 | 0 => 0,
                1 => 1,
                _ if weekday == Weekday::Sun && turned == -2 => -1,
                _ => -1,
            };
            return whole(weekend(today, shift)?, Grain::Day, to + 1);
        }
        if let Some((from_month, until_month)) = season(word) {
            to += 1;
            return whole(season_of(today, from_month, until_month, by)?, Grain::Day, to);
        }
        if let Some((named, _)) = month(word) {
            let (mut from, _) = of_month(NaiveDate::from_ymd_opt(today.year(), named, 1)?, 0)?;
            if turned == 1 || turned == 2 {
                if from <= today {
                    from = from.checked_add_months(Months::new(12))?;
                }
            } else if turned < 0 && from >= today.with_day(1)? {
                from = from.checked_sub_months(Months::new(12))?;
            }
            return whole((from, month_from(from, 1)?), Grain::Month, to + 1);
        }
        if let Some((grain, 1, false)) = unit(word)
            && matches!(grain, Grain::Week | Grain::Month | Grain::Quarter | Grain::Year)
            && !word.ends_with("en")
            && word != "jaren"
            && !(word.ends_with('s') && grain != Grain::Week && word != "jaars")
        {
            if grain == Grain::Year
                && let Some((named, _)) = month(t.word(to + 1))
            {
                let year = today.year() + i32::try_from(by).ok()?;
                return whole(of_month(NaiveDate::from_ymd_opt(year, named, 1)?, 0)?, Grain::Month, to + 2);
            }
            return whole(of_grain(today, grain, by)?, grain, to + 1);
        }
        return None;
    }
    match t.word(at) {
        "week" | "wk" | "weeknr" | "weeknummer" | "w" => {
            let mut to = at + 1;
            while matches!(t.word(to), "." | "nr" | "nummer" | "number") && to < at + 3 {
                to += 1;
            }
            let week = t
                .digits(to)
                .filter(|n| (1..=53).contains(n) && t.word(to).len() <= 2 && (t.word(at) != "w" || t.glued(to)))?;
            to += 1;
            let skip = usize::from(matches!(t.word(to), "van" | "of" | "," | "-" | "in"));
            let (year, to) = match r.year(to + skip) {
                Some(year) => (year, to + skip + 1),
                None => (today.iso_week().year(), to),
            };
            let mut monday = IsoWeek { year, week }.monday()?;
            if r.year(to - 1).is_none() && monday.checked_add_days(Days::new(7))? <= today {
                monday = IsoWeek { year: year + 1, week }.monday()?;
            }
            return whole((monday, monday.checked_add_days(Days::new(7))?), Grain::Week, to);
        }
        "weekend" | "weekeinde" | "weekeind" => {
            // "het weekend van 11-12 april": the dates say it better.
            if matches!(t.word(at + 1), "van" | "of") && (t.is(at + 2, Sort::Digits)) {
                return None;
            }
            return whole(weekend(today, 0)?, Grain::Day, at + 1);
        }
        "eow" | "weekafsluiting" => {
            let (_, until) = of_grain(today, Grain::Week, 0)?;
            let friday = until.checked_sub_days(Days::new(3))?;
            return whole((friday, friday.succ_opt()?), Grain::Day, at + 1);
        }
        "q" if t.glued(at + 1) => {
            let nth = t.digits(at + 1).filter(|n| (1..=4).contains(n))?;
            return quarter(r, nth, at + 2);
        }
        _ => {}
    }
    if let Some((nth, to)) =
        ordinal(t, at).filter(|(nth, to)| (1..=4).contains(nth) && matches!(t.word(*to), "kwartaal" | "quarter"))
    {
        return quarter(r, nth, to + 1);
    }
    if let Some((from, to)) = named_month(r, at) {
        let sure = month(t.word(at)).is_some_and(|(_, sure)| sure) || t.word(at) == "march" && t.tokens[at].capital;
        let year = to > at + 1;
        let led = matches!(
            t.before(at, 1),
            "in" | "op"
                | "van"
                | "of"
                | "sinds"
                | "since"
                | "vanaf"
                | "from"
                | "eind"
                | "begin"
                | "tot"
                | "until"
                | "voor"
                | "before"
                | "by"
                | "after"
                | "na"
                | "half"
                | "late"
                | "early"
                | "per"
                | "this"
                | "for"
                | "during"
                | "mid"
        );
        if bare || year || sure || led && (t.word(at) != "may" || t.tokens[at].capital) {
            return whole(of_month(from, 0)?, Grain::Month, to);
        }
    }
    if let Some((from_month, until_month)) = season(t.word(at)) {
        let year = r.year(at + 1).or_else(|| r.year(at + 2).filter(|_| matches!(t.word(at + 1), "van" | "of" | "in")));
        if let Some(year) = year {
            let to = if r.year(at + 1).is_some() { at + 2 } else { at + 3 };
            return whole(
                season_of(NaiveDate::from_ymd_opt(year, from_month, 22)?, from_month, until_month, 0)?,
                Grain::Day,
                to,
            );
        }
        if matches!(t.before(at, 1), "de" | "the" | "in") && t.word(at) != "fall" && t.word(at) != "spring" {
            return whole(season_of(today, from_month, until_month, 0)?, Grain::Day, at + 1);
        }
        return None;
    }
    // (in) 2018, het jaar 2018
    if matches!(t.word(at), "jaar" | "year") {
        let year = r.year(at + 1)?;
        return whole(of_grain(NaiveDate::from_ymd_opt(year, 1, 1)?, Grain::Year, 0)?, Grain::Year, at + 2);
    }
    if let Some(year) = r.year(at).filter(|_| {
        !r.chat
            && !t.glued(at)
            && (t.len() <= 2
                || matches!(
                    t.before(at, 1),
                    "in" | "sinds"
                        | "since"
                        | "van"
                        | "vanaf"
                        | "from"
                        | "before"
                        | "after"
                        | "voor"
                        | "na"
                        | "tot"
                        | "until"
                        | "jaar"
                        | "of"
                        | "during"
                        | "tijdens"
                        | "by"
                        | "through"
                        | "the"
                ))
    }) && !(t.glued(at + 1) && matches!(t.word(at + 1), "," | "." | "-" | "/") && t.is(at + 2, Sort::Digits))
    {
        return whole(of_grain(NaiveDate::from_ymd_opt(year, 1, 1)?, Grain::Year, 0)?, Grain::Year, at + 1);
    }
    None
}

fn nth_week(base: NaiveDate, nth: u32, what: &str) -> Option<((NaiveDate, NaiveDate), Grain)> {
    let (first, next) = of_month(base, 0)?;
    if matches!(what, "dag" | "day") {
        let day = if nth == 0 { next.pred_opt()? } else { first.checked_add_days(Days::new(u64::from(nth) - 1))? };
        return Some(((day, day.succ_opt()?), Grain::Day));
    }
    if nth == 0 {
        // The last week that lies wholly in the month.
        let monday = next
            .checked_sub_days(Days::new(u64::from(next.weekday().num_days_from_monday())))?
            .checked_sub_days(Days::new(7))?;
        let monday = if next.weekday() == Weekday::Mon { next.checked_sub_days(Days::new(7))? } else { monday };
        return Some(((monday, monday.checked_add_days(Days::new(7))?), Grain::Week));
    }
    let into = u64::from((7 - first.weekday().num_days_from_monday()) % 7);
    let start = if first.weekday().num_days_from_monday() <= 3 {
        first.checked_sub_days(Days::new(u64::from(first.weekday().num_days_from_monday())))?
    } else {
        first.checked_add_days(Days::new(into))?
    };
    let monday = start.checked_add_days(Days::new(7 * u64::from(nth - 1)))?;
    Some(((monday, monday.checked_add_days(Days::new(7))?), Grain::Week))
}

/// A month with its year, or the one to come: its first day.
fn named_month(r: &Reading<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let t = r.text;
    let today = r.now.date();
    let (named, _) = month(t.word(at))?;
    let mut to = at + 1;
    to += usize::from(
        t.word(to) == "." && t.glued(to) && t.word(at).len() <= 4 && !t.tokens.get(to + 1).is_some_and(|n| n.capital),
    );
    let skip = usize::from(matches!(t.word(to), "van" | "of" | "," | "in" | "-"));
    if let Some(year) = r.year(to + skip) {
        return Some((NaiveDate::from_ymd_opt(year, named, 1)?, to + skip + 1));
    }
    if let Some((turned, end)) = turn_at(r, to + skip).filter(|(_, e)| matches!(t.word(*e), "jaar" | "year")) {
        let by = if turned == 2 { 1 } else { turned.max(-1) };
        return Some((NaiveDate::from_ymd_opt(today.year() + i32::try_from(by).ok()?, named, 1)?, end + 1));
    }
    let year = if named < today.month() { today.year() + 1 } else { today.year() };
    Some((NaiveDate::from_ymd_opt(year, named, 1)?, at + 1))
}

fn quarter(r: &Reading<'_>, nth: u32, at: usize) -> Option<Period> {
    let skip = usize::from(matches!(r.text.word(at), "van" | "of" | "," | "in" | "-"));
    let (year, to) = match r.year(at + skip) {
        Some(year) => (year, at + skip + 1),
        None => (r.now.date().year(), at),
    };
    let from = NaiveDate::from_ymd_opt(year, 3 * (nth - 1) + 1, 1)?;
    Some(Period { from, until: month_from(from, 3)?, grain: Grain::Quarter, to })
}

fn season_of(day: NaiveDate, from: u32, until: u32, by: i64) -> Option<(NaiveDate, NaiveDate)> {
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

/// *eind van de maand*, *begin maart*, *end of next week*, *EOD*, *half mei*.
fn edge(r: &Reading<'_>, at: usize) -> Option<Period> {
    let t = r.text;
    let today = r.now.date();
    match t.word(at) {
        "eod" | "cob" => return Some(Period { from: today, until: today.succ_opt()?, grain: Grain::Day, to: at + 1 }),
        "eom" => {
            let last = of_month(today, 0)?.1.pred_opt()?;
            return Some(Period { from: last, until: last.succ_opt()?, grain: Grain::Day, to: at + 1 });
        }
        _ => {}
    }
    let which = match t.word(at) {
        "eind" | "einde" | "end" | "ultimo" => 2,
        "begin" | "beginning" | "start" | "early" => 0,
        "midden" | "half" | "medio" | "mid" | "halverwege" => 1,
        "late" | "later" if month(t.word(at + 1)).is_some() => 2,
        _ => return None,
    };
    let mut to = at + 1;
    while matches!(t.word(to), "van" | "of" | "de" | "the" | "vd" | "v" | "/" | "d" | "het" | "in") && to < at + 5 {
        to += 1;
    }
    let joined = to > at + 1;
    let inner = period_inner(r, to, joined)?;
    let days = (inner.until - inner.from).num_days();
    if matches!(inner.grain, Grain::Day) && days == 1 {
        return (which == 2).then_some(Period { to: inner.to, ..inner });
    }
    let (from, until) = match (inner.grain, which) {
        (Grain::Week, 2) => (inner.from.checked_add_days(Days::new(4))?, inner.from.checked_add_days(Days::new(5))?),
        (Grain::Week, 0) => (inner.from, inner.from.checked_add_days(Days::new(if r.chat { 1 } else { 2 }))?),
        (_, 2) => (inner.until.pred_opt()?, inner.until),
        (_, 0) => (inner.from, inner.from.succ_opt()?),
        _ => {
            let mid = inner.from.checked_add_days(Days::new(u64::try_from(days / 2).ok()?.saturating_sub(1)))?;
            (mid, mid.succ_opt()?)
        }
    };
    Some(Period { from, until, grain: Grain::Day, to: inner.to })
}

/// The period inside *eind van …*.
fn period_inner(r: &Reading<'_>, at: usize, joined: bool) -> Option<Period> {
    let t = r.text;
    let today = r.now.date();
    if matches!(t.word(at), "dag" | "day" | "business") {
        let to = if t.word(at) == "business" { at + 1 + usize::from(t.word(at + 1) == "day") } else { at + 1 };
        return joined.then_some(Period { from: today, until: today.succ_opt()?, grain: Grain::Day, to });
    }
    if let Some((grain, 1, false)) = unit(t.word(at)).filter(|_| joined || matches!(t.word(at), "maand" | "week"))
        && matches!(grain, Grain::Week | Grain::Month | Grain::Quarter | Grain::Year)
        && !t.is(at + 1, Sort::Digits)
    {
        let (from, until) = of_grain(today, grain, 0)?;
        return Some(Period { from, until, grain, to: at + 1 });
    }
    if matches!(t.word(at), "eind" | "einde" | "end" | "begin" | "half" | "start") {
        return None;
    }
    period(r, at, true)
}

/// A moment or stretch counted from now.
#[derive(Clone, Copy, Debug)]
pub(super) enum Away {
    /// One moment: *over twee uur*.
    At(NaiveDateTime, Grain),
    /// At the latest then: *binnen 2 werkdagen*.
    Within(NaiveDateTime, Grain),
    /// A stretch: *de komende drie dagen*.
    Stretch(NaiveDateTime, NaiveDateTime, Grain),
}

/// Moves a moment by so many of a unit.
pub(super) fn shift(moment: NaiveDateTime, grain: Grain, by: f64) -> Option<NaiveDateTime> {
    if !by.is_finite() || by.abs() > 1e6 {
        return None;
    }
    // The range was checked.
    #[allow(clippy::cast_possible_truncation)]
    let whole = by as i64;
    let seconds = |unit: f64| {
        #[allow(clippy::cast_possible_truncation)]
        let total = (by * unit).round() as i64;
        moment.checked_add_signed(Duration::seconds(total))
    };
    let months = |unit: f64| {
        #[allow(clippy::cast_possible_truncation)]
        let total = (by * unit).round() as i64;
        let n = Months::new(u32::try_from(total.unsigned_abs()).ok()?);
        if total >= 0 { moment.checked_add_months(n) } else { moment.checked_sub_months(n) }
    };
    match grain {
        Grain::Second => seconds(1.0),
        Grain::Minute => seconds(60.0),
        Grain::Hour => seconds(3600.0),
        Grain::Day => {
            if by.fract() == 0.0 {
                moment.checked_add_signed(Duration::days(whole))
            } else {
                seconds(86_400.0)
            }
        }
        Grain::Week => {
            if by.fract() == 0.0 {
                moment.checked_add_signed(Duration::days(7 * whole))
            } else {
                seconds(604_800.0)
            }
        }
        Grain::Month => months(1.0),
        Grain::Quarter => months(3.0),
        Grain::Year => months(12.0),
    }
}

/// A day so many working days further, Dutch holidays left out.
fn working_days(r: &Reading<'_>, count: f64) -> Option<NaiveDate> {
    let mut day = r.now.date();
    let step: i64 = if count < 0.0 { -1 } else { 1 };
    // The count is bounded below.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mut left = count.abs().min(400.0) as u32;
    for _ in 0..900 {
        if left == 0 {
            break;
        }
        day = day.checked_add_signed(Duration::days(step))?;
        let closed = crate::domain::calendar::Holiday::ALL
            .iter()
            .any(|h| h.closed(day.year()) && h.in_year(day.year()) == Some(day));
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !closed {
            left -= 1;
        }
    }
    Some(day)
}

/// A length of time: how many of which unit, and the token after it.
pub(super) fn length(r: &Reading<'_>, at: usize) -> Option<(f64, Grain, bool, usize)> {
    let t = r.text;
    // een half uur, half an hour, halfuur
    if matches!(t.word(at), "halfuur" | "halfuurtje") {
        return Some((30.0, Grain::Minute, false, at + 1));
    }
    let skip = at
        + usize::from(
            matches!(t.word(at), "een" | "a" | "n")
                && matches!(
                    t.word(at + 1),
                    "half" | "halve" | "kwart" | "kwartier" | "kwartiertje" | "halfuur" | "halfuurtje"
                ),
        );
    if matches!(t.word(skip), "halfuur" | "halfuurtje") {
        return Some((30.0, Grain::Minute, false, skip + 1));
    }
    if matches!(t.word(skip), "half" | "halve") {
        let next = skip + 1 + usize::from(matches!(t.word(skip + 1), "a" | "an"));
        let (grain, times, working) = unit(t.word(next))?;
        #[allow(clippy::cast_precision_loss)]
        return Some((0.5 * times as f64, grain, working, next + 1));
    }
    if matches!(t.word(skip), "kwartier" | "kwartiertje") {
        return Some((15.0, Grain::Minute, false, skip + 1));
    }
    if matches!(t.word(skip), "uurtje" | "weekje" | "dagje" | "maandje") {
        let (grain, ..) = unit(t.word(skip))?;
        return Some((1.0, grain, false, skip + 1));
    }
    let mut n = match t.word(at) {
        "n" if t.glued(at) || at > 0 => crate::intake::number::Number {
            value: 1.0,
            from: at,
            to: at + 1,
            digits: false,
            broken: false,
            article: true,
        },
        "enkele" | "several" | "few" => crate::intake::number::Number {
            value: 3.0,
            from: at,
            to: at + 1,
            digits: false,
            broken: false,
            article: false,
        },
        "a" if t.word(at + 1) == "few" => crate::intake::number::Number {
            value: 3.0,
            from: at,
            to: at + 2,
            digits: false,
            broken: false,
            article: false,
        },
        "paar" | "couple" => crate::intake::number::Number {
            value: 2.0,
            from: at,
            to: at + 1,
            digits: false,
            broken: false,
            article: false,
        },
        _ => number(t, at, r.marks)?,
    };
    if t.word(n.to) == "-" && t.glued(n.to) && t.is(n.to + 1, Sort::Word) {
        n.to += 1;
    }
    let more = usize::from(matches!(
        t.word(n.to),
        "hele"
            | "volle"
            | "whole"
            | "full"
            | "more"
            | "less"
            | "fewer"
            | "additional"
            | "extra"
            | "business"
            | "working"
            | "work"
    ));
    // three quarters of an hour
    let more = more
        + match (t.word(n.to + more), t.word(n.to + more + 1)) {
            ("of", "an" | "a") | ("van", "een") if n.broken => 2,
            ("of" | "van", _) if n.broken => 1,
            _ => 0,
        };
    let working = matches!(t.word(n.to), "business" | "working" | "work");
    let (grain, times, counted) = unit(t.word(n.to + more)).or_else(|| short_unit(r, n.to).filter(|_| n.digits))?;
    let mut end = n.to + more + 1;
    #[allow(clippy::cast_precision_loss)]
    let mut value = n.value * times as f64;
    // an hour and a half, een uur en een kwartier
    let article = usize::from(matches!(t.word(end + 1), "a" | "een"));
    let half = matches!(t.word(end + 1 + article), "half" | "halve");
    // "een dag en half drie" names a time.
    let clock = article == 0 && t.is(end + 2, Sort::Word);
    if matches!(t.word(end), "and" | "en") && half && !clock {
        value += 0.5;
        end += 2 + article;
    }
    Some((value, grain, counted || working, end))
}

fn short_unit(r: &Reading<'_>, at: usize) -> Option<(Grain, i64, bool)> {
    let word = r.text.word(at);
    let found = match word {
        "s" => Grain::Second,
        "\"" if r.text.glued(at) && !r.chat => Grain::Second,
        "m" if r.text.glued(at) && !r.chat => Grain::Minute,
        "u" | "h" => Grain::Hour,
        "d" => Grain::Day,
        "j" | "y" if !r.chat => Grain::Year,
        _ => return None,
    };
    Some((found, 1, false))
}

/// *over twee uur*, *3 days ago*, *binnen 2 werkdagen*, *de komende drie dagen*.
pub(super) fn away(r: &Reading<'_>, at: usize) -> Option<(Away, usize)> {
    let t = r.text;
    let now = r.now;
    let moment = |value: f64, grain: Grain, working: bool| -> Option<NaiveDateTime> {
        if working {
            return working_days(r, value).map(|day| day.and_time(NaiveTime::MIN));
        }
        let exact = shift(now, grain, value)?;
        Some(if fine(grain, value) == Grain::Day { exact.date().and_time(NaiveTime::MIN) } else { exact })
    };
    match t.word(at) {
        "over" | "in" | "binnen" | "within" | "na" | "after" => {
            let inside = matches!(t.word(at), "binnen" | "within");
            let mut start = at + 1;
            while matches!(
                t.word(start),
                "about"
                    | "ongeveer"
                    | "circa"
                    | "zon"
                    | "de"
                    | "the"
                    | "another"
                    | "nog"
                    | "around"
                    | "een"
                    | "minder"
                    | "dan"
                    | "less"
                    | "than"
                    | "next"
                    | "krap"
                    | "max"
                    | "uiterlijk"
            ) && start < at + 4
                && length(r, start).is_none()
            {
                start += 1;
            }
            let (value, grain, working, mut end) = length(r, start)?;
            if r.chat && matches!(t.word(at), "na" | "after") && !matches!(t.word(end), "vanaf" | "from") {
                return None;
            }
            if t.word(at) == "over" && r.english() && !r.dutch_hint() {
                return None;
            }
            // "in 2 weken tijd"
            if matches!(t.word(end), "tijd" | "time") {
                end += 1;
            }
            let mut total = moment(value, grain, working)?;
            let mut fineness = fine(grain, value);
            // 2 uur en 15 minuten
            let (more, last) = chain(r, end, grain);
            if last > end {
                (total, fineness) = add(now, (value, grain), &more, 1.0)?;
                end = last;
            }
            if matches!(t.word(end), "vanaf" | "from") && matches!(t.word(end + 1), "nu" | "now" | "vandaag" | "today")
            {
                end += 2;
            }
            let away = if inside { Away::Within(total, fineness) } else { Away::At(total, fineness) };
            Some((away, end))
        }
        _ => {
            // komende 3 dagen, the past two weeks
            if let Some(turned) = turn(t.word(at)).filter(|turned| *turned != 0) {
                let (value, grain, working, end) = length(r, at + 1)?;
                if !(number(t, at + 1, r.marks).is_some_and(|n| !n.article)
                    || matches!(t.word(at + 1), "paar" | "couple" | "few" | "enkele" | "several"))
                {
                    return None;
                }
                let by = if turned > 0 { value } else { -value };
                let away = if grain <= Grain::Hour {
                    let other = shift(now, grain, by)?;
                    if turned > 0 { Away::Stretch(now, other, grain) } else { Away::Stretch(other, now, grain) }
                } else {
                    let start = of_grain(now.date(), grain, 0)?;
                    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
                    if turned > 0 {
                        let until = if working {
                            midnight(working_days(r, value)?.succ_opt()?)
                        } else {
                            shift(midnight(start.1), grain, by)?
                        };
                        Away::Stretch(midnight(start.1), until, grain)
                    } else {
                        Away::Stretch(shift(midnight(start.0), grain, by)?, midnight(start.0), grain)
                    }
                };
                return Some((away, end));
            }
            let (value, grain, working, end) = length(r, at)?;
            let mut to = end;
            let (more, last) = chain(r, end, grain);
            to = to.max(last);
            let (sign, to) = match (t.word(to), t.word(to + 1)) {
                ("geleden" | "ago" | "earlier", _) => (-1.0, to + 1),
                // "om 7 uur terug" is when somebody is back.
                ("terug", _) if grain >= Grain::Day => (-1.0, to + 1),
                ("hence" | "later", _) => (1.0, to + 1),
                ("from", "now" | "today") | ("vanaf", "nu" | "vandaag") => (1.0, to + 2),
                ("from", "yesterday") | ("from", "tomorrow") => return None,
                _ => return None,
            };
            if t.word(to - 1) == "later" && r.chat {
                return None;
            }
            let mut total = moment(sign * value, grain, working)?;
            let mut fineness = fine(grain, value);
            if !more.is_empty() {
                (total, fineness) = add(now, (value, grain), &more, sign)?;
            }
            Some((Away::At(total, fineness), to))
        }
    }
}

/// How finely a length counts: hours and less are moments, more are days.
fn fine(grain: Grain, value: f64) -> Grain {
    match grain {
        Grain::Second => Grain::Second,
        Grain::Minute | Grain::Hour => Grain::Minute,
        Grain::Day | Grain::Week if value.fract() != 0.0 => Grain::Minute,
        _ => Grain::Day,
    }
}

/// Further lengths of ever finer units: *1 dag, 2 uur en 5 minuten*.
pub(super) fn chain(r: &Reading<'_>, at: usize, grain: Grain) -> (Vec<(f64, Grain)>, usize) {
    let t = r.text;
    let mut more = Vec::new();
    let (mut end, mut coarsest) = (at, grain);
    for _ in 0..5 {
        let mut skip = end;
        while matches!(t.word(skip), "en" | "and" | ",") && skip < end + 2 {
            skip += 1;
        }
        let Some((value, finer, false, last)) = length(r, skip).filter(|(_, finer, ..)| *finer < coarsest) else {
            break;
        };
        more.push((value, finer));
        (end, coarsest) = (last, finer);
    }
    (more, end)
}

/// A moment shifted by several lengths, and how fine the result is.
fn add(now: NaiveDateTime, first: (f64, Grain), more: &[(f64, Grain)], sign: f64) -> Option<(NaiveDateTime, Grain)> {
    let mut total = shift(now, first.1, sign * first.0)?;
    let mut fineness = fine(first.1, first.0);
    for (value, grain) in more {
        total = shift(total, *grain, sign * value)?;
        fineness = fine(*grain, *value);
    }
    if fineness == Grain::Day {
        total = total.date().and_time(NaiveTime::MIN);
    }
    Some((total, fineness))
}
