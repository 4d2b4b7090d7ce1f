//! Ranges from one expression to another.

use super::both::{both, of_week};
use super::expr::expr;
use super::lead::{article, separator};
use super::*;

/// A range from one expression to another.
pub(super) fn range(r: &Reading<'_>, from: usize, start: usize, between: bool, led: bool) -> Option<Dated> {
    let t = r.text;
    if !r.opens(start) {
        return None;
    }
    if let Some(found) = of_week(r, from, start).or_else(|| both(r, from, start)).filter(|_| !between) {
        return Some(found);
    }
    // 13 - 15 juli, 20 t/m 24 april, di 10 en wo 11 feb, April 11-12
    if let Some(found) = days_of_month(r, from, start, between, led) {
        return Some(found);
    }
    if let Some((a, mut b, clocks)) = dashed(r, start) {
        // 6-8 next Monday
        let day = date::day(r, b.to).filter(|day| !led && !r.chat && day.weekday.is_some());
        (b.day, b.to) = (day.map(|day| day.date), day.map_or(b.to, |day| day.to));
        if led || b.day.is_some() {
            return of_times(r, from, &a, &b, clocks);
        }
    }
    let mut a = expr(r, start, led).or_else(|| bare_first(r, start))?;
    if a.exact.is_some() || a.stretch.is_some() {
        return None;
    }
    let mut next = separator(r, a.to, between, led || a.clock.is_some())?;
    if t.word(a.to) == "-" && !between && t.glued(a.to) != t.glued(a.to + 1) && a.clock.is_none() {
        return None;
    }
    let separated = a.to;
    next = article(r, next);
    let mut b = expr(r, next, a.clock.is_some())?;
    if b.exact.is_some() || b.stretch.is_some() {
        return None;
    }
    if let (Some(first), Some(second)) = (a.clock, b.clock) {
        return of_times(r, from, &a, &b, (first, second));
    }
    let to = b.to;
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
    share_year(r, start, &mut a, next, &mut b);
    let (one, two) = (a.value(r)?, b.value(r)?);
    let (start, mut end) = (start_of(one), end_of(two));
    // "van 2014 tot 2018" ends where 2018 begins; a colleague means its last day, and a dash or "t/m" says so.
    let open =
        matches!(t.word(separated), "tot" | "to" | "until" | "till" | "til" | "en" | "and") && next == separated + 1;
    if open && !r.chat && start < start_of(two) && matches!(two, Value::Point(_, grain) if grain > Grain::Day) {
        end = start_of(two);
    }
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

/// Gives both ends their years: that of the last goes for the first too (*10 August - 12 September 2027*), and a range that has
/// begun is the running one (*van 1 oktober tot 7 november*, said in October).
fn share_year(r: &Reading<'_>, a_from: usize, a: &mut Expr, b_from: usize, b: &mut Expr) {
    let t = r.text;
    let named = |from: usize, to: usize| {
        (from..to).any(|at| words::month(t.word(at)).is_some() || t.word(at) == "/")
            && words::turn(t.word(from)).is_none()
    };
    let dated = |from: usize, to: usize| (from..to).any(|at| year::year(r, at).is_some());
    if !named(a_from, a.to) || dated(a_from, a.to) {
        return;
    }
    let first = |e: &Expr| e.day.or(e.period.map(|(from, ..)| from));
    let (Some(begin), Some(end)) = (first(a), first(b)) else { return };
    let by = if dated(b_from, b.to) {
        let same = end.year() - begin.year();
        same - i32::from(begin.with_year(end.year()).is_some_and(|moved| moved > end))
    } else if named(b_from, b.to) && begin > end && begin > r.today() {
        -1
    } else {
        return;
    };
    let moved = |day: NaiveDate| day.with_year(day.year() + by).unwrap_or(day);
    a.day = a.day.map(moved);
    a.period = a.period.map(|(from, until, grain)| (moved(from), moved(until), grain));
}

/// The days from the first to the last.
pub(super) fn whole_days(r: &Reading<'_>, from: usize, to: usize, first: NaiveDate, last: NaiveDate) -> Option<Dated> {
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
}

pub(super) fn shift_years(moment: NaiveDateTime, by: i32) -> Option<NaiveDateTime> {
    moment.with_year(moment.year() + by)
}

/// A range of times: *van 10 tot 12*, *donderdag 9:30 tot vrijdag 11:00*.
fn of_times(r: &Reading<'_>, from: usize, a: &Expr, b: &Expr, (first, second): (Clock, Clock)) -> Option<Dated> {
    let dated = a.day.is_some() || b.day.is_some() || a.period.is_some() || b.period.is_some();
    let day = a.day.or(b.day).unwrap_or(r.today());
    let last_day = if a.day.is_some() && b.day.is_some() { b.day? } else { day };
    // Two days, each with its time, say nothing about each other's.
    let first = Clock { halved: first.halved && !(a.day.is_some() && b.day.is_some()), ..first };
    let (one, two, wraps) = halves(first, second, a.part, b.part)?;
    let (mut start, mut end) = (day.and_time(one), last_day.and_time(two));
    if wraps || end <= start {
        end = end.checked_add_days(Days::new(1))?;
    }
    if !dated && end <= r.now {
        start = start.checked_add_days(Days::new(1))?;
        end = end.checked_add_days(Days::new(1))?;
    }
    Some(Dated {
        from,
        to: b.to,
        value: Value::Interval(start, end, second.grain),
        role: None,
        dated,
        timed: true,
        past: dated && end <= r.now,
        by_part: false,
        recurring: None,
    })
}

/// *maandag 9-12*, *from 10-4*: two bare hours with a dash, where they are no date.
fn dashed(r: &Reading<'_>, start: usize) -> Option<(Expr, Expr, (Clock, Clock))> {
    let t = r.text;
    let last = start + 2;
    let shaped = t.word(start + 1) == "-" && t.is(start, Sort::Digits) && t.is(last, Sort::Digits) && t.glued(last);
    let marked = t.glued(last + 1) && matches!(t.word(last + 1), ":" | "/" | "-" | "." | "," | "%");
    let ends = t.glued(last + 2) && t.is(last + 2, Sort::Digits);
    if !shaped || marked && ends || !clock_words::bare_fits(r, last + 1) || date::numeric(r, start).is_some() {
        return None;
    }
    let hour = |at: usize| clock::hour_at(r, at).map(|hour| Clock::new(hour, 0, Grain::Hour, false));
    let clocks = (hour(start)?, hour(last)?);
    let whole = |clock: Clock, to: usize| Expr { to, clock: Some(clock), ..Expr::default() };
    Some((whole(clocks.0, start + 1), whole(clocks.1, last + 1), clocks))
}

/// *3-4pm*, *8 to 11 pm*, *5 tot 6 's avonds*: a bare first hour, where the second is surely a time.
fn bare_first(r: &Reading<'_>, start: usize) -> Option<Expr> {
    let t = r.text;
    let hour = clock::hour_at(r, start).filter(|hour| (1..=12).contains(hour))?;
    let fresh = !t.glued(start) || matches!(t.before(start, 1), "(" | "~");
    if !fresh || t.is(start, Sort::Word) && r.chat {
        return None;
    }
    let next = separator(r, start + 1, false, true)?;
    let (second, to) = clock::clock(r, next, false)?;
    let hour_only = second.halved || second.named <= 12;
    let told = second.sure && second.grain <= Grain::Hour && hour_only && !second.half_open
        || part::day_part(r, to, false).is_some();
    // "2-4 uur werk" lasts so long.
    let marked =
        matches!(t.word(to - 1), "pm" | "am" | "p" | "a" | "m" | ".") || part::day_part(r, to, false).is_some();
    (told && marked).then(|| Expr {
        to: start + 1,
        clock: Some(Clock::new(hour, 0, Grain::Hour, false)),
        ..Expr::default()
    })
}

/// Both ends of *between 7 and 10 pm*, *tussen 10 en 6*, *3:30 to 6 pm*, each in its half of the day, and whether the
/// second is the end of the day.
fn halves(
    mut first: Clock,
    mut second: Clock,
    part_one: Option<Part>,
    part_two: Option<Part>,
) -> Option<(NaiveTime, NaiveTime, bool)> {
    let later = |hour: u32| hour % 12 + 12;
    // "van 3 tot 3:30": the figures of the second say no more about its half than the first does.
    if !first.sure && second.half_open {
        second.sure = false;
    }
    if part_one.is_none() && part_two.is_none() {
        if first.halved && !second.halved && (1..=12).contains(&second.hour) && (!second.sure || second.half_open) {
            // 8 pm to 11, 1:30 am to 3, 9 am to 5: the next time of that name
            let comes = |hour: u32| (hour, second.minute) > (first.hour, first.minute);
            let hour = second.hour % 12;
            second.hour = [hour, hour + 12].into_iter().find(|hour| comes(*hour)).unwrap_or(hour);
            (second.sure, second.half_open) = (true, false);
        } else if !first.sure && second.halved && second.hour < 12 && first.hour < second.hour {
            // between 3 and 8 am
            first.sure = true;
        } else if !first.sure && second.sure && second.hour > 12 && first.hour <= 12 {
            let moved = later(first.hour);
            if (moved < second.hour || (moved == second.hour && first.minute < second.minute))
                && (first.hour <= 6 || (second.hour < 24 && second.hour - moved <= 6 && second.grain == Grain::Hour))
            {
                (first.hour, first.sure) = (moved, true);
            }
        } else if !first.sure && !second.sure {
            let one = if (1..=6).contains(&first.hour) { first.hour + 12 } else { first.hour };
            let mut two = if (1..=6).contains(&second.hour) { second.hour + 12 } else { second.hour };
            if two < one || (two == one && second.minute <= first.minute) {
                two += 12;
            }
            if two <= 24 {
                (first.hour, second.hour) = (one, two);
                (first.sure, second.sure) = (true, true);
            }
        } else if first.half_open
            && second.halved
            && second.hour >= 12
            && later(first.hour) <= second.hour
            && first.hour < 12
        {
            first.hour = later(first.hour);
        } else if first.half_open && second.half_open && (second.hour, second.minute) < (first.hour, first.minute) {
            second.hour = later(second.hour);
        } else if first.hour >= 18 && !second.sure {
            // "van 22:00 tot 3" runs into the night.
            second.sure = true;
        } else if first.half_open && !second.sure && second.hour < first.hour {
            (second.hour, second.sure) = (later(second.hour), true);
        } else if first.half_open && !second.sure {
            second.sure = true;
        }
    }
    // A part that is said once goes for both, unless it would turn them round: "8 uur 's ochtends tot 5".
    let shared =
        part_two.filter(|_| first.hour != 12 && first.hour <= second.hour % 12 + 12 * u32::from(second.hour == 12));
    let one = first.resolve(if first.sure { None } else { part_one.or(shared) })?.0;
    let (mut two, wraps) = second.resolve(if second.sure { None } else { part_two.or(part_one) })?;
    if !second.sure && part_two.is_none() && part_one.is_some() && two <= one && second.hour < 12 {
        two = NaiveTime::from_hms_opt(later(second.hour), second.minute, second.second)?;
    }
    Some((one, two, wraps))
}

/// Two days of one month that is said once.
pub(super) fn days_of_month(r: &Reading<'_>, from: usize, start: usize, between: bool, led: bool) -> Option<Dated> {
    let t = r.text;
    let day_number = |at: usize| {
        ordinal(t, at)
            .filter(|_| t.is(at, Sort::Digits) || !r.chat)
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
    let done = |first: NaiveDate, last: NaiveDate, to: usize| whole_days(r, from, to, first, last);
    // The month after the days.
    let first_at = skip_weekday(start);
    if let Some((first, next)) = day_number(first_at) {
        let and = matches!(t.word(next), "en" | "and");
        // "6 en 13 mei" are two days.
        let named = words::weekday(t.word(start)).is_some() || words::weekday(t.word(next + 1)).is_some();
        if let Some(mut second_at) = separator(r, next, true, true).filter(|_| !and || between || named) {
            second_at = skip_weekday(article(r, second_at));
            let month_first = led && words::month(t.word(second_at)).is_some();
            if (day_number(second_at).is_some() || month_first) && !(t.word(next) == "-" && t.word(next + 2) == "-") {
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
                    let base = if first >= r.today().day() { r.today() } else { month_from(r.today(), 1)? };
                    return done(base.with_day(first)?, base.with_day(second)?, to);
                }
            }
        }
    }
    // The month before the days.
    if words::month(t.word(start)).is_some() {
        let first = date::day(r, start).filter(|day| day.weekday.is_none())?;
        let on = start + 1 + usize::from(matches!(t.word(start + 1), "the" | "de"));
        day_number(on).filter(|(_, to)| *to <= first.to)?;
        let next = article(r, separator(r, first.to, between, true)?);
        let (second, mut to) = day_number(next)?;
        if words::month(t.word(to)).is_some() || matches!(t.word(to), "am" | "pm" | "uur" | "u" | ":") {
            return None;
        }
        let mut begin = first.date;
        let skip = to + usize::from(t.word(to) == ",");
        if let Some((year, end)) = year::year(r, skip) {
            begin = begin.with_year(year)?;
            to = end;
        }
        return done(begin, begin.with_day(second)?, to);
    }
    None
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::{mean, mean_alone};

    #[test]
    fn ranges_of_a_bare_text() {
        mean_alone(
            Lang::Nl,
            &[
                ("van maart tot juni 2027", "2027-03-01..2027-06-01"),
                ("van maart t/m juni 2027", "2027-03-01..2027-07-01"),
                ("tussen 2027 en 2030", "2027-01-01..2030-01-01"),
                ("zesde tot negende juni", "2026-06-06..2026-06-10"),
                ("jan-mrt 2027", "2027-01-01..2027-04-01"),
            ],
        );
        mean_alone(
            Lang::En,
            &[
                ("6/1-6/9", "2026-06-01..2026-06-10"),
                ("6/1-6/9, 2027", "2027-06-01..2027-06-10"),
                ("June second through sixth", "2026-06-02..2026-06-07"),
                ("from 4 to July 11", "2026-07-04..2026-07-12"),
                ("3-5pm", "2026-05-06 15:00..2026-05-06 17:00"),
                ("7 to 8pm", "2026-05-06 19:00..2026-05-06 20:00"),
                ("8 pm to 11", "2026-05-06 20:00..2026-05-06 23:00"),
                ("between 4 and 7am", "2026-05-07 04:00..2026-05-07 07:00"),
                ("2-4 next Friday", "2026-05-15 14:00..2026-05-15 16:00"),
                ("0800-0915", "2026-05-07 08:00..2026-05-07 09:15"),
            ],
        );
    }

    #[test]
    fn dutch_ranges() {
        mean(
            Lang::Nl,
            &[
                ("tussen 2 en 4", "2026-05-06 14:00..2026-05-06 16:00"),
                ("vrijdagmiddag 14u tot 16u", "2026-05-08 14:00..2026-05-08 16:00"),
                ("van 18 t/m 22 mei", "2026-05-18..2026-05-23"),
                ("donderdag van half 5 tot 7", "2026-05-07 16:30..2026-05-07 19:00"),
                ("van maandag tot en met woensdag", "2026-05-11..2026-05-14"),
                ("13 - 15 juli", "2026-07-13..2026-07-16"),
                ("van 12 tot 8 uur 's avonds", "2026-05-06 12:00..2026-05-06 20:00"),
                ("van 22:00 tot 3:00", "2026-05-06 22:00..2026-05-07 03:00"),
                ("vrijdag 9-12", "2026-05-08 09:00..2026-05-08 12:00"),
                ("19 en 20 juni", "2026-06-19..2026-06-21"),
                ("10 juni - 12 september 2027", "2027-06-10..2027-09-13"),
                ("van 1 mei tot 1 juli", "2026-05-01..2026-07-02"),
            ],
        );
    }

    #[test]
    fn english_ranges() {
        mean(
            Lang::En,
            &[
                ("from 9 to 11 am", "2026-05-06 09:00..2026-05-06 11:00"),
                ("Friday 5-7 pm", "2026-05-08 17:00..2026-05-08 19:00"),
                ("between June 3 and June 5", "2026-06-03..2026-06-06"),
                ("3:30 to 6 pm", "2026-05-06 15:30..2026-05-06 18:00"),
                ("July 13-15", "2026-07-13..2026-07-16"),
            ],
        );
    }
}
