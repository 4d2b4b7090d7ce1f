//! Ranges from one expression to another.

use super::expr::expr;
use super::lead::{article, separator};
use super::*;

/// A range from one expression to another.
pub(super) fn range(r: &Reading<'_>, from: usize, start: usize, between: bool, led: bool) -> Option<Dated> {
    let t = r.text;
    // 13 - 15 juli, 20 t/m 24 april, di 10 en wo 11 feb, April 11-12
    if let Some(found) = days_of_month(r, from, start, between, led) {
        return Some(found);
    }
    let a = expr(r, start, led)?;
    if a.exact.is_some() || a.stretch.is_some() {
        return None;
    }
    let both_days = !led && a.day.is_some() && a.clock.is_none() && matches!(t.word(a.to), "en" | "and");
    let mut next = separator(r, a.to, between || both_days, led)?;
    if t.word(a.to) == "-" && !between && t.glued(a.to) != t.glued(a.to + 1) && a.clock.is_none() {
        return None;
    }
    next = article(r, next);
    let mut b = expr(r, next, a.clock.is_some())?;
    if b.exact.is_some() || b.stretch.is_some() {
        return None;
    }
    let mut a = a;
    if both_days {
        // Two days in a row make one stretch; others are two wishes.
        let (Some(first), Some(second)) = (a.day, b.day) else { return None };
        if first.succ_opt() != Some(second) || b.clock.is_some() {
            return None;
        }
    }
    let to = b.to;
    let dated = a.day.is_some() || b.day.is_some() || a.period.is_some() || b.period.is_some();
    if let (Some(mut first), Some(mut second)) = (a.clock, b.clock) {
        halves(&mut first, &mut second, a.part.or(b.part));
        let day = a.day.or(b.day).unwrap_or(r.today());
        let last_day = if a.day.is_some() && b.day.is_some() { b.day? } else { day };
        let part = a.part.or(b.part);
        let (one, _) = first.resolve(if first.sure { None } else { part })?;
        let (two, wraps) = second.resolve(if second.sure { None } else { part })?;
        let start = day.and_time(one);
        let mut end = last_day.and_time(two);
        if wraps || end <= start {
            end = end.checked_add_days(Days::new(1))?;
        }
        let value = if !dated && end <= r.now {
            Value::Interval(start.checked_add_days(Days::new(1))?, end.checked_add_days(Days::new(1))?, second.grain)
        } else {
            Value::Interval(start, end, second.grain)
        };
        return Some(Dated {
            from,
            to,
            value,
            role: None,
            dated,
            timed: true,
            past: dated && end <= r.now,
            by_part: false,
            recurring: None,
        });
    }
    if a.clock.is_some() != b.clock.is_some() && !(a.day.is_some() && b.day.is_some()) {
        return None;
    }
    if !(a.day.is_some() || a.period.is_some() || a.part.is_some()) {
        return None;
    }
    if b.day.is_none() && b.part.is_some() {
        b.day = a.day;
    }
    if a.day.is_none() && a.part.is_some() {
        a.day = b.day;
    }
    let (one, two) = (a.value(r)?, b.value(r)?);
    let (start, mut end) = (start_of(one), end_of(two));
    if end <= start {
        // "van dinsdag tot maandag", "november tot maart": the end is the next one.
        end = match two {
            Value::Point(_, Grain::Month) => shift_years(end, 1)?,
            _ if b.weekday_only || a.weekday_only => end.checked_add_days(Days::new(7))?,
            _ => shift_years(end, 1)?,
        };
    }
    let grain = grain_of(two).min(grain_of(one));
    Some(Dated {
        from,
        to,
        value: Value::Interval(start, end, grain),
        role: None,
        dated: true,
        timed: a.clock.is_some(),
        past: end <= r.now,
        by_part: a.part.is_some() && a.clock.is_none(),
        recurring: None,
    })
}

pub(super) fn shift_years(moment: NaiveDateTime, by: i32) -> Option<NaiveDateTime> {
    moment.with_year(moment.year() + by)
}

/// Gives both ends of *between 7 and 10 pm* and *tussen 10 en 6* their half of the day.
pub(super) fn halves(first: &mut Clock, second: &mut Clock, part: Option<words::Part>) {
    if !first.sure && second.sure && second.hour > 12 && first.hour <= 12 {
        let later = first.hour % 12 + 12;
        if (later < second.hour || (later == second.hour && first.minute < second.minute))
            && (first.hour <= 6 || (second.hour < 24 && second.hour - later <= 6 && second.grain == Grain::Hour))
        {
            first.hour = later;
            first.sure = true;
        }
    } else if !first.sure && !second.sure && part.is_none() {
        let one = if (1..=6).contains(&first.hour) { first.hour + 12 } else { first.hour };
        let mut two = if (1..=6).contains(&second.hour) { second.hour + 12 } else { second.hour };
        if two < one || (two == one && second.minute <= first.minute) {
            two += 12;
        }
        if two <= 24 {
            (first.hour, second.hour) = (one, two);
            (first.sure, second.sure) = (true, true);
        }
    }
}

/// Two days of one month that is said once.
pub(super) fn days_of_month(r: &Reading<'_>, from: usize, start: usize, between: bool, led: bool) -> Option<Dated> {
    let t = r.text;
    let day_number = |at: usize| {
        ordinal(t, at)
            .filter(|_| t.is(at, Sort::Digits))
            .or_else(|| t.digits(at).filter(|_| t.word(at).len() <= 2).map(|n| (n, at + 1)))
            .filter(|(n, _)| (1..=31).contains(n))
    };
    let skip_weekday = |at: usize| {
        let named = words::weekday(t.word(at)).is_some();
        let mut here = at + usize::from(named);
        here += usize::from(named && t.word(here) == "." && t.glued(here));
        here += usize::from(matches!(t.word(here), "de" | "the"));
        here
    };
    let done = |first: NaiveDate, last: NaiveDate, to: usize| {
        let (a, b) = (first.and_time(NaiveTime::MIN), last.succ_opt()?.and_time(NaiveTime::MIN));
        (a < b).then_some(Dated {
            from,
            to,
            value: Value::Interval(a, b, Grain::Day),
            role: None,
            dated: true,
            timed: false,
            past: b <= r.now,
            by_part: false,
            recurring: None,
        })
    };
    // The month after the days.
    let first_at = skip_weekday(start);
    if let Some((first, next)) = day_number(first_at) {
        let and = matches!(t.word(next), "en" | "and");
        if let Some(mut second_at) = separator(r, next, true, true).filter(|_| {
            !and || between || words::weekday(t.word(start)).is_some() || words::weekday(t.word(next + 1)).is_some()
        }) {
            second_at = skip_weekday(article(r, second_at));
            if day_number(second_at).is_some() && !(t.word(next) == "-" && t.word(next + 2) == "-") {
                let last = date::day(r, second_at).filter(|day| day.to > second_at + 1 && day.weekday.is_none());
                let with_month = last.is_some_and(|day| {
                    (second_at..day.to).any(|i| words::month(t.word(i)).is_some() || t.word(i) == "/")
                });
                if let Some(last) = last.filter(|_| with_month) {
                    let mut begin = last.date.with_day(first);
                    if first > last.date.day() {
                        begin = month_from(last.date, -1).and_then(|m| m.with_day(first));
                    }
                    return done(begin?, last.date, last.to);
                }
                // van de 3e tot de 7e: both in the month to come
                if led && !between && ordinal(t, second_at).is_some() && ordinal(t, first_at).is_some() {
                    let (second, to) = day_number(second_at)?;
                    let base = if first >= r.today().day() {
                        r.today()
                    } else {
                        month_from(r.today(), 1)?
                    };
                    return done(base.with_day(first)?, base.with_day(second)?, to);
                }
            }
        }
    }
    // The month before the days.
    if words::month(t.word(start)).is_some() {
        let first = date::day(r, start).filter(|day| day.weekday.is_none() && t.is(start + 1, Sort::Digits))?;
        let next = separator(r, first.to, between, true)?;
        let (second, mut to) = day_number(next)?;
        if words::month(t.word(to)).is_some() || matches!(t.word(to), "am" | "pm" | "uur" | "u" | ":") {
            return None;
        }
        let mut begin = first.date;
        let skip = to + usize::from(t.word(to) == ",");
        if let Some(year) = year::digits(r, skip) {
            begin = begin.with_year(year)?;
            to = skip + 1;
        }
        return done(begin, begin.with_day(second)?, to);
    }
    None
}
