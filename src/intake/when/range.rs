//! Expressions with the words around them: deadlines, starts, and ranges from one to another.

use super::clock::{self, Clock};
use super::{Dated, Expr, Grain, Reading, Value, expr, words};
use crate::domain::WhenRole;
use crate::intake::number::ordinal;
use crate::intake::text::Sort;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};

/// What a word before an expression says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// *voor*, *uiterlijk*, *by*: at the latest.
    By,
    /// *tot*, *until*.
    Until,
    /// *vanaf*, *per*, *from*.
    From,
    /// *na*, *after*.
    After,
    /// *sinds*, *since*.
    Since,
    /// *tussen*, *between*.
    Between,
    /// *van*, *of*: only when a range follows.
    Range,
    /// *om*, *at*, *rond*: a bare hour may follow.
    At,
}

fn lead(r: &Reading<'_>, at: usize) -> Option<(Lead, usize)> {
    let t = r.text;
    let (a, b, c) = (t.word(at), t.word(at + 1), t.word(at + 2));
    let found = match (a, b, c) {
        ("uiterlijk" | "ultimately", "voor" | "op" | "om" | "per" | "op de" | "in", _) => (Lead::By, at + 2),
        ("uiterlijk" | "deadline" | "ult", ":", _) => (Lead::By, at + 2),
        ("uiterlijk" | "deadline" | "ultimo", _, _) => (Lead::By, at + 1),
        ("voor" | "vr", "uiterlijk", _) => (Lead::By, at + 2),
        ("ten" | "op", "laatste" | "zn" | "zijn" | "het", "laatst" | "op" | "vroegst") => (
            if c == "vroegst" { Lead::From } else { Lead::By },
            at + 3 + usize::from(t.word(at + 3) == "om" || t.word(at + 3) == "op"),
        ),
        ("at" | "by", "the" | "latest", "latest") => (Lead::By, at + 3 + usize::from(t.word(at + 3) == "by")),
        ("no" | "not", "later", "than") | ("niet", "later", "dan") => (Lead::By, at + 3),
        ("voor", _, _) if meant_for(t.before(at, 1)) => (Lead::At, at + 1),
        ("voor", _, _) | ("before" | "by" | "tegen" | "prior", _, _) => {
            (Lead::By, at + 1 + usize::from(a == "prior" && b == "to"))
        }
        ("vr", _, _) if words::weekday(b).is_none() && t.is(at + 1, Sort::Word) => return None,
        ("tot", "en", "met") | ("t", "/", "m") => (Lead::Until, at + 3),
        ("tot" | "until" | "till" | "til", _, _) => (Lead::Until, at + 1 + usize::from(b == "aan")),
        ("met", "ingang", "van") => (Lead::From, at + 3),
        ("m", ".", "i") if t.word(at + 4) == "v" => (Lead::From, at + 5 + usize::from(t.word(at + 5) == ".")),
        ("miv", _, _) => (Lead::From, at + 1),
        ("as", "of" | "from", _) | ("starting", "on" | "from" | "at", _) | ("beginning", "on", _) => {
            (Lead::From, at + 2)
        }
        ("from" | "starting" | "ingangsdatum" | "ingang" | "effective" | "vanaf" | "per", _, _) => {
            (Lead::From, at + 1 + usize::from(b == ":"))
        }
        ("van", _, _) => (Lead::Range, at + 1),
        ("sinds" | "since" | "sedert", _, _) => (Lead::Since, at + 1),
        ("na" | "after", _, _) => (Lead::After, at + 1),
        ("tussen" | "between" | "tss", _, _) => (Lead::Between, at + 1),
        ("om" | "at" | "rond" | "around" | "omstreeks" | "@", _, _) => (Lead::At, at + 1),
        _ => return None,
    };
    Some(found)
}

/// Nouns after which *voor* means *for*: an appointment for Friday.
fn meant_for(word: &str) -> bool {
    matches!(
        word,
        "afspraak"
            | "alarm"
            | "wekker"
            | "timer"
            | "herinnering"
            | "huiswerk"
            | "reservering"
            | "lunch"
            | "taart"
            | "broodjes"
            | "vergadering"
            | "borrel"
            | "agenda"
            | "planning"
            | "menu"
            | "zaal"
            | "catering"
            | "meeting"
            | "tafel"
            | "weersverwachting"
            | "koffie"
    )
}

/// The words between the ends of a range, and the token after them.
fn separator(r: &Reading<'_>, at: usize, between: bool, led: bool) -> Option<usize> {
    let t = r.text;
    match (t.word(at), t.word(at + 1), t.word(at + 2)) {
        ("tot", "en", "met") | ("t", "/", "m") => Some(at + 3),
        ("t", ".", "m") => Some(at + 3 + usize::from(t.word(at + 3) == "." && t.glued(at + 3))),
        ("tm", _, _) | ("through" | "thru", _, _) => Some(at + 1),
        ("up", "to", _) => Some(at + 2),
        ("tot" | "until" | "till" | "til", next, _) => Some(at + 1 + usize::from(next == "aan" || next == "ongeveer")),
        ("to", _, _) => led.then_some(at + 1).or((r.text.is(at + 1, Sort::Digits)
            || words::month(t.word(at + 1)).is_some()
            || words::weekday(t.word(at + 1)).is_some_and(|(_, sure)| sure))
        .then_some(at + 1)),
        ("-", _, _) => Some(at + 1),
        ("en" | "and" | "of" | "or" | "&", _, _) if between && matches!(t.word(at), "en" | "and" | "&") => Some(at + 1),
        _ => None,
    }
}

/// Steps over articles before an expression.
fn article(r: &Reading<'_>, at: usize) -> usize {
    let mut here = at;
    while matches!(
        r.text.word(here),
        "de" | "het"
            | "the"
            | "den"
            | "about"
            | "ongeveer"
            | "around"
            | "om"
            | "op"
            | "rond"
            | "at"
            | "on"
            | "circa"
            | "uiterlijk"
    ) && here < at + 2
    {
        here += 1;
    }
    here
}

/// The expression that begins at a token, with its role and its range.
pub(super) fn at(r: &Reading<'_>, at: usize) -> Option<Dated> {
    let t = r.text;
    if t.word(at).is_empty() || t.is(at, Sort::Break) || t.is(at, Sort::Link) {
        return None;
    }
    if let Some(found) = moved(r, at).or_else(|| now(r, at)) {
        return Some(found);
    }
    let led = lead(r, at);
    if let Some((kind, next)) = led {
        let start = article(r, next);
        let between = kind == Lead::Between;
        let ranged = matches!(kind, Lead::Between | Lead::Range | Lead::From);
        if ranged && let Some(found) = range(r, at, start, between, true) {
            return Some(found);
        }
        if !matches!(kind, Lead::Range | Lead::Between) {
            let loose = start == next || matches!(t.word(start - 1), "om" | "at" | "uiterlijk" | "rond");
            if (kind == Lead::At || !matches!(t.word(start), "over" | "in" | "binnen" | "within") || kind == Lead::By)
                && let Some(e) = expr(r, start, loose)
                && (e.exact.is_none() || e.role.is_none())
            {
                return finish(r, at, e, Some(kind));
            }
        }
        if matches!(kind, Lead::By | Lead::Since | Lead::Until | Lead::At | Lead::After | Lead::From) {
            // The word itself may begin an expression: "after"/"na" do not, "voor" does not.
            if !matches!(t.word(at), "tegen" | "vr" | "at") {
                return None;
            }
        } else {
            return None;
        }
    }
    if let Some(found) = range(r, at, at, false, false) {
        return Some(found);
    }
    let e = expr(r, at, false)?;
    finish(r, at, e, None)
}

/// Adds what follows a single expression: *ma voor 10u*, *vrijdag tussen 2 en 4*, *11 uur op zijn laatst*.
fn finish(r: &Reading<'_>, from: usize, mut e: Expr, kind: Option<Lead>) -> Option<Dated> {
    let t = r.text;
    let mut kind = kind;
    if e.clock.is_none() && (e.day.is_some() || e.part.is_some() || e.exact.is_some_and(|(_, g)| g == Some(Grain::Day)))
    {
        let skip = e.to + usize::from(matches!(t.word(e.to), "," | "("));
        if let Some((inner, next)) = lead(r, skip) {
            let start = article(r, next);
            if matches!(inner, Lead::Between | Lead::Range | Lead::From)
                && let Some(found) =
                    range(r, from, start, inner == Lead::Between, true).filter(|found| found.timed && !found.dated)
            {
                return on_day(r, from, &e, found);
            }
            if !matches!(inner, Lead::Range | Lead::Between)
                && let Some((clock, to)) = clock::clock(r, start, true)
                && day_free(r, start)
            {
                e.clock = Some(clock);
                e.to = to;
                if inner != Lead::At {
                    kind = Some(inner);
                }
            }
        } else if let Some(found) = range(r, from, skip, false, true).filter(|found| found.timed && !found.dated) {
            return on_day(r, from, &e, found);
        }
    }
    // "8 uur morgen vroeg" is whole; a trailing role follows.
    let mut to = e.to;
    let late = match (t.word(to), t.word(to + 1), t.word(to + 2)) {
        ("op", "zijn" | "zn" | "het", "laatst") | ("at", "the", "latest") => Some((Lead::By, to + 3)),
        ("op", "zijn" | "zn" | "het", "vroegst") | ("at", "the", "earliest") => Some((Lead::From, to + 3)),
        ("of" | "or", "later" | "after", _) => Some((Lead::From, to + 2)),
        ("of" | "or", "eerder" | "earlier" | "before", _) => Some((Lead::By, to + 2)),
        ("latest", _, _) => Some((Lead::By, to + 1)),
        _ => None,
    };
    if let Some((role, end)) = late {
        kind = Some(role);
        to = end;
    }
    // "from 10 to 30 min" changes a number, not a time.
    let bare = e.clock.is_some_and(|clock| !clock.sure && clock.grain == Grain::Hour) && e.day.is_none();
    if bare && kind == Some(Lead::From) && matches!(t.word(to), "to" | "naar" | "tot") && t.is(to + 1, Sort::Digits) {
        return None;
    }
    let value = e.value(r)?;
    let kind = kind.filter(|kind| *kind != Lead::At);
    let plain_start = start_of(value);
    let past_value = end_of(value) <= r.now && !matches!(kind, Some(Lead::By | Lead::Until));
    let (value, role) = match kind {
        Some(Lead::By) => (Value::Before(plain_start, grain_of(value)), Some(WhenRole::By)),
        Some(Lead::Until) => (
            Value::Before(
                if matches!(value, Value::Point(_, g) if g >= Grain::Day) && t.word(from) == "t" {
                    end_of(value)
                } else {
                    plain_start
                },
                grain_of(value),
            ),
            Some(WhenRole::By),
        ),
        Some(Lead::From | Lead::Since) => (Value::After(plain_start, grain_of(value)), Some(WhenRole::From)),
        Some(Lead::After) => (Value::After(plain_start, grain_of(value)), Some(WhenRole::From)),
        _ => match e.role {
            Some(WhenRole::By) => (Value::Interval(r.now, plain_start, grain_of(value)), Some(WhenRole::By)),
            _ => (value, None),
        },
    };
    Some(Dated {
        from,
        to,
        value,
        role,
        dated: e.day.is_some() || e.period.is_some() || e.exact.is_some() || e.stretch.is_some(),
        timed: e.clock.is_some() || matches!(e.exact, Some((_, Some(Grain::Minute | Grain::Second | Grain::Hour)))),
        past: past_value || kind == Some(Lead::Since),
        by_part: e.part.is_some() && e.clock.is_none(),
    })
}

/// Puts a range of times on a day.
fn on_day(r: &Reading<'_>, from: usize, e: &Expr, found: Dated) -> Option<Dated> {
    let day = e.day.or_else(|| e.exact.map(|(moment, _)| moment.date())).unwrap_or(r.now.date());
    let Value::Interval(a, b, grain) = found.value else { return None };
    let days = (b.date() - a.date()).num_days().clamp(0, 1);
    let end_day =
        if b.time() <= a.time() { day.checked_add_days(Days::new(u64::try_from(days.max(1)).ok()?))? } else { day };
    let value = Value::Interval(day.and_time(a.time()), end_day.and_time(b.time()), grain);
    Some(Dated {
        from,
        to: found.to,
        value,
        role: None,
        dated: true,
        timed: true,
        past: end_of(value) <= r.now,
        by_part: false,
    })
}

fn day_free(r: &Reading<'_>, at: usize) -> bool {
    super::day::day(r, at).is_none_or(|day| day.to == at + 1)
}

/// The first moment of a value.
pub(crate) fn start_of(value: Value) -> NaiveDateTime {
    match value {
        Value::Point(at, _) | Value::Interval(at, _, _) | Value::Before(at, _) | Value::After(at, _) => at,
    }
}

fn grain_of(value: Value) -> Grain {
    match value {
        Value::Point(_, grain) | Value::Interval(_, _, grain) | Value::Before(_, grain) | Value::After(_, grain) => {
            grain
        }
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
                Grain::Month => midnight(super::period::month_from(day, 1)),
                Grain::Quarter => midnight(super::period::month_from(day, 3)),
                Grain::Year => midnight(NaiveDate::from_ymd_opt(day.year() + 1, 1, 1)),
            };
            end.unwrap_or(at)
        }
    }
}

/// A range from one expression to another.
fn range(r: &Reading<'_>, from: usize, start: usize, between: bool, led: bool) -> Option<Dated> {
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
        let day = a.day.or(b.day).unwrap_or(r.now.date());
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
    })
}

fn shift_years(moment: NaiveDateTime, by: i32) -> Option<NaiveDateTime> {
    moment.with_year(moment.year() + by)
}

/// Gives both ends of *between 7 and 10 pm* and *tussen 10 en 6* their half of the day.
fn halves(first: &mut Clock, second: &mut Clock, part: Option<words::Part>) {
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
fn days_of_month(r: &Reading<'_>, from: usize, start: usize, between: bool, led: bool) -> Option<Dated> {
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
                let last = super::day::day(r, second_at).filter(|day| day.to > second_at + 1 && day.weekday.is_none());
                let with_month = last.is_some_and(|day| {
                    (second_at..day.to).any(|i| words::month(t.word(i)).is_some() || t.word(i) == "/")
                });
                if let Some(last) = last.filter(|_| with_month) {
                    let mut begin = last.date.with_day(first);
                    if first > last.date.day() {
                        begin = super::period::month_from(last.date, -1).and_then(|m| m.with_day(first));
                    }
                    return done(begin?, last.date, last.to);
                }
                // van de 3e tot de 7e: both in the month to come
                if led && !between && ordinal(t, second_at).is_some() && ordinal(t, first_at).is_some() {
                    let (second, to) = day_number(second_at)?;
                    let base = if first >= r.now.date().day() {
                        r.now.date()
                    } else {
                        super::period::month_from(r.now.date(), 1)?
                    };
                    return done(base.with_day(first)?, base.with_day(second)?, to);
                }
            }
        }
    }
    // The month before the days.
    if words::month(t.word(start)).is_some() {
        let first = super::day::day(r, start).filter(|day| day.weekday.is_none() && t.is(start + 1, Sort::Digits))?;
        let next = separator(r, first.to, between, true)?;
        let (second, mut to) = day_number(next)?;
        if super::words::month(t.word(to)).is_some() || matches!(t.word(to), "am" | "pm" | "uur" | "u" | ":") {
            return None;
        }
        let mut begin = first.date;
        let skip = to + usize::from(t.word(to) == ",");
        if let Some(year) = r.year(skip) {
            begin = begin.with_year(year)?;
            to = skip + 1;
        }
        return done(begin, begin.with_day(second)?, to);
    }
    None
}

/// *nu*, *right now*: the moment itself. In chat it only says haste.
fn now(r: &Reading<'_>, at: usize) -> Option<Dated> {
    let t = r.text;
    let to = match (t.word(at), t.word(at + 1)) {
        ("right" | "just", "now") => at + 2,
        ("nu" | "now", _) => at + 1,
        _ => return None,
    };
    let value = Value::Point(r.now, Grain::Second);
    (!r.chat).then_some(Dated {
        from: at,
        to,
        value,
        role: None,
        dated: true,
        timed: true,
        past: false,
        by_part: false,
    })
}

/// *twee weken na Pasen*, *15 minutes from 1 pm*, *three days before the 4th of May*.
fn moved(r: &Reading<'_>, at: usize) -> Option<Dated> {
    let t = r.text;
    let lead = usize::from(matches!(t.word(at), "over" | "in"));
    let (value, grain, working, end) = super::period::length(r, at + lead)?;
    let sign = match t.word(end) {
        "na" | "after" | "from" | "vanaf" | "following" => 1.0,
        "voor" | "before" | "prior" => -1.0,
        _ => return None,
    };
    if working {
        return None;
    }
    let skip = end + 1 + usize::from(matches!(t.word(end + 1), "de" | "het" | "the" | "to"));
    let base = expr(r, skip, false).filter(|e| e.words || (e.clock.is_some() && grain <= Grain::Hour))?;
    let anchor = base.value(r)?;
    if matches!(anchor, Value::Interval(..)) {
        return None;
    }
    let moment = super::period::shift(start_of(anchor), grain, sign * value)?;
    let fine = if grain >= Grain::Day && grain_of(anchor) >= Grain::Day { Grain::Day } else { Grain::Minute };
    let value = Value::Point(moment, fine);
    Some(Dated {
        from: at,
        to: base.to,
        value,
        role: None,
        dated: true,
        timed: fine < Grain::Day,
        past: moment <= r.now,
        by_part: false,
    })
}
