//! Dates and times in Dutch and English, by a grammar whose work is bounded: every place in the text is tried once.

mod clock;
mod day;
mod holiday;
mod period;
mod range;
mod words;

pub(crate) use clock::Clock;
pub(crate) use range::{end_of, start_of};
pub(crate) use words::Part;

use super::number::Marks;
use super::text::{Sort, Text};
use crate::domain::{Lang, WhenRole};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};

/// How finely a moment was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grain {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
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

/// A date expression in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dated {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// What it means.
    pub value: Value,
    /// The role that words beside it give.
    pub role: Option<WhenRole>,
    /// It names a day, not only a time.
    pub dated: bool,
    /// It names a time of day.
    pub timed: bool,
    /// The words before it are *sinds*, *na*, or it lies in the past.
    pub past: bool,
    /// A part of the day, not a clock time, makes it an interval.
    pub by_part: bool,
}

/// A text that is searched for dates, with what is needed to resolve them.
pub(crate) struct Reading<'a> {
    pub text: &'a Text<'a>,
    pub now: NaiveDateTime,
    pub lang: Lang,
    pub marks: Marks,
    /// Month first in 3/18.
    pub us: bool,
    /// A colleague's message: *op de 3e* is a floor and 2.14 a room.
    pub chat: bool,
    /// *vorige dinsdag* is the last Tuesday that went by.
    pub loose_last: bool,
}

impl<'a> Reading<'a> {
    /// Prepares a text.
    pub fn new(text: &'a Text<'a>, now: NaiveDateTime, lang: Lang, us: bool, chat: bool) -> Self {
        let marks = if lang == Lang::Nl { Marks::Dutch } else { Marks::English };
        Self { text, now, lang, marks, us, chat, loose_last: true }
    }

    fn english(&self) -> bool {
        self.lang == Lang::En
    }

    fn dutch_hint(&self) -> bool {
        false
    }

    /// The year from 1900 to 2099 at a token.
    fn year(&self, at: usize) -> Option<i32> {
        if self.text.word(at).len() != 4 {
            return None;
        }
        self.text.digits(at).filter(|year| (1900..2100).contains(year)).and_then(|year| i32::try_from(year).ok())
    }

    /// The next such day of the year, today included. In chat a date that just passed stays in this year.
    fn coming(&self, month: u32, day: u32) -> Option<NaiveDate> {
        let today = self.now.date();
        let this = NaiveDate::from_ymd_opt(today.year(), month, day);
        match this {
            Some(date) if date >= today => Some(date),
            Some(date) if self.chat && (today - date).num_days() < 45 => Some(date),
            _ => (1..=8).find_map(|ahead| NaiveDate::from_ymd_opt(today.year() + ahead, month, day)),
        }
    }
}

/// The pieces of one expression.
#[derive(Clone, Copy, Debug, Default)]
struct Expr {
    to: usize,
    day: Option<NaiveDate>,
    period: Option<(NaiveDate, NaiveDate, Option<Grain>)>,
    part: Option<Part>,
    clock: Option<Clock>,
    exact: Option<(NaiveDateTime, Option<Grain>)>,
    stretch: Option<(NaiveDateTime, NaiveDateTime, Option<Grain>)>,
    role: Option<WhenRole>,
    weekday_only: bool,
    words: bool,
}

impl Expr {
    fn empty(&self) -> bool {
        self.day.is_none()
            && self.period.is_none()
            && self.part.is_none()
            && self.clock.is_none()
            && self.exact.is_none()
            && self.stretch.is_none()
    }

    /// The moment or period.
    fn value(&self, r: &Reading<'_>) -> Option<Value> {
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
        if let Some((from, to, grain)) = self.stretch {
            return Some(Value::Interval(from, to, grain.unwrap_or(Grain::Day)));
        }
        if let Some((moment, grain)) = self.exact {
            if let Some(clock) = self.clock {
                let (time, next) = clock.resolve(self.part)?;
                let day = if next { moment.date().succ_opt()? } else { moment.date() };
                return Some(Value::Point(day.and_time(time), clock.grain));
            }
            return Some(Value::Point(moment, grain.unwrap_or(Grain::Minute)));
        }
        if let Some((from, until, grain)) = self.period
            && self.clock.is_none()
            && self.part.is_none()
        {
            return Some(match grain {
                Some(grain) if grain != Grain::Day => Value::Point(midnight(from), grain),
                _ if (until - from).num_days() == 1 => Value::Point(midnight(from), Grain::Day),
                _ => Value::Interval(midnight(from), midnight(until), Grain::Day),
            });
        }
        let today = r.now.date();
        let named = self.day.or_else(|| self.period.filter(|(a, b, _)| (*b - *a).num_days() == 1).map(|(a, _, _)| a));
        if let Some(clock) = self.clock {
            let (time, next) = clock.resolve(self.part)?;
            let mut day = named.unwrap_or(today);
            if next {
                day = day.succ_opt()?;
            }
            let mut moment = day.and_time(time);
            if named.is_none() && self.part.is_none() && moment <= r.now && (moment != r.now) {
                // A time that has passed today is tomorrow's, or this afternoon's where it may be.
                moment = moment.checked_add_days(Days::new(1))?;
            }
            return Some(Value::Point(moment, clock.grain));
        }
        if let Some(part) = self.part {
            let day = named.unwrap_or(today);
            let (from, until) = part.hours();
            let at = |hour: u32| if hour == 24 { day.succ_opt().map(midnight) } else { day.and_hms_opt(hour, 0, 0) };
            return Some(Value::Interval(at(from)?, at(until)?, Grain::Hour));
        }
        named.map(|day| Value::Point(midnight(day), Grain::Day))
    }
}

/// All date expressions of a text, in order, without overlap.
pub(crate) fn find(r: &Reading<'_>) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < r.text.len() {
        if !may_begin(r, at) {
            at += 1;
            continue;
        }
        match range::at(r, at) {
            Some(dated) if dated.to > at => {
                at = dated.to;
                found.push(dated);
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether an expression may begin at a token; most words are sifted out here.
fn may_begin(r: &Reading<'_>, at: usize) -> bool {
    let word = r.text.word(at);
    match r.text.tokens[at].sort {
        Sort::Digits => true,
        Sort::Break | Sort::Link => false,
        Sort::Mark => matches!(word, "@" | "." | "," | "½" | "¼" | "¾"),
        Sort::Word => {
            words::begins(word)
                || words::weekday(word).is_some()
                || words::month(word).is_some()
                || words::turn(word).is_some()
                || super::number::may_begin(word)
                || super::number::ordinal_word(word).is_some()
                || words::part(word).is_some()
                || holiday::begins(word)
                || (word.len() > 7
                    && ["dag", "ochtend", "morgen", "middag", "avond", "nacht"].iter().any(|part| word.contains(part)))
        }
    }
}

/// Reads one expression without range or role words.
fn expr(r: &Reading<'_>, at: usize, mut loose: bool) -> Option<Expr> {
    let t = r.text;
    let mut e = Expr { to: at, ..Expr::default() };
    let mut next = at;
    for _ in 0..6 {
        let begun = !e.empty();
        let mut here = next;
        if begun {
            here = joiner(r, here, &mut loose);
        }
        if here >= t.len() {
            break;
        }
        if !begun || (e.clock.is_none() && e.exact.is_none()) {
            if e.exact.is_none()
                && !begun
                && let Some((away, to)) = period::away(r, here)
            {
                match away {
                    period::Away::At(moment, grain) => e.exact = Some((moment, Some(grain))),
                    period::Away::Within(moment, grain) => {
                        e.exact = Some((moment, Some(grain)));
                        e.role = Some(WhenRole::By);
                    }
                    period::Away::Stretch(from, until, grain) => e.stretch = Some((from, until, Some(grain))),
                }
                e.words = true;
                (next, e.to) = (to, to);
                if e.stretch.is_some() {
                    break;
                }
                continue;
            }
            if e.clock.is_none() {
                let prepared = loose || (begun && (e.day.is_some() || e.part.is_some()) && decimal_clock(r, here));
                if let Some((clock, to)) = clock::clock(r, here, prepared).filter(|_| !date_beats_clock(r, here)) {
                    e.clock = Some(clock);
                    loose = false;
                    (next, e.to) = (to, to);
                    continue;
                }
            }
        }
        if e.clock.is_none() && e.exact.is_some() {
            // "over 3 dagen om 9 uur" is read by the joiner; nothing else may follow.
            if !loose {
                break;
            }
        }
        if e.part.is_none()
            && e.exact.is_none()
            && let Some((part, to)) = clock::day_part(r, here, e.day.is_some() && t.word(here) != "morgen")
        {
            e.part = Some(part);
            (next, e.to) = (to, to);
            continue;
        }
        if e.day.is_none() && e.period.is_none() && e.exact.is_none() {
            if let Some(day) = day::day(r, here) {
                e.day = Some(day.date);
                e.weekday_only = day.weekday.is_some();
                e.part = e.part.or(day.part);
                e.words = true;
                (next, e.to) = (day.to, day.to);
                continue;
            }
            if let Some((from_words, part, to)) = this_part(r, here) {
                e.day = Some(from_words);
                e.part = Some(part);
                e.words = true;
                (next, e.to) = (to, to);
                continue;
            }
            if !begun && let Some(period) = period::period(r, here, false) {
                e.period = Some((period.from, period.until, Some(period.grain)));
                e.words = true;
                (next, e.to) = (period.to, period.to);
                continue;
            }
        } else if let Some(date) = e.day.filter(|_| e.weekday_only && begun) {
            // "vrijdag 10:00 uur 20 maart" and "1:30 am Za. 21 sept": a date after the weekday says it better.
            if let Some(better) = day::day(r, here)
                .filter(|better| better.date != date && better.weekday.is_none() && t.is(here, Sort::Digits))
            {
                e.day = Some(better.date);
                e.weekday_only = false;
                (next, e.to) = (better.to, better.to);
                continue;
            }
        }
        break;
    }
    (!e.empty()).then_some(e)
}

/// *this morning*, *deze namiddag*.
fn this_part(r: &Reading<'_>, at: usize) -> Option<(NaiveDate, Part, usize)> {
    let t = r.text;
    let today = r.now.date();
    let days = match t.word(at) {
        "this" | "deze" => 0,
        "last" | "afgelopen" | "vorige" => -1,
        "next" | "volgende" | "komende" => 1,
        _ => return None,
    };
    let part = words::part(t.word(at + 1))?;
    if t.word(at + 1) == "morgen" && days != 0 {
        return None;
    }
    Some((today.checked_add_signed(chrono::Duration::days(days))?, part, at + 2))
}

/// Steps over words that join the pieces of an expression.
fn joiner(r: &Reading<'_>, at: usize, loose: &mut bool) -> usize {
    let t = r.text;
    let mut here = at;
    for _ in 0..3 {
        match t.word(here) {
            "om" | "at" | "@" => {
                *loose = true;
                here += 1;
            }
            "rond" | "around" | "about" | "omstreeks" | "ca" => {
                *loose = true;
                here += 1;
            }
            "," | "op" | "on" | "(" | "of" | "van" => here += 1,
            "-" if !t.glued(here) => here += 1,
            "de" | "the" if matches!(t.before(here, 1), "op" | "on" | "," | "rond" | "around") => here += 1,
            "t" if t.glued(here) && t.glued(here + 1) && t.is(here + 1, Sort::Digits) => here += 1,
            _ => break,
        }
    }
    here
}

/// `9.30` right after a day is a time.
fn decimal_clock(r: &Reading<'_>, at: usize) -> bool {
    let t = r.text;
    t.is(at, Sort::Digits)
        && t.word(at + 1) == "."
        && t.glued(at + 1)
        && t.is(at + 2, Sort::Digits)
        && t.word(at + 2).len() == 2
}

/// `10 maart` and `10-12-2014` are dates although a bare hour would fit.
fn date_beats_clock(r: &Reading<'_>, at: usize) -> bool {
    let t = r.text;
    t.is(at, Sort::Digits) && day::day(r, at).is_some_and(|day| day.to > at + 1)
}

/// A length of time at a token: how many, of what, and the token after it. Several lengths add up in the finest unit.
pub(crate) fn duration(r: &Reading<'_>, at: usize) -> Option<(f64, Grain, usize)> {
    let (value, grain, _, to) = period::length(r, at)?;
    let (mut more, mut end) = period::chain(r, to, grain);
    // "1 hour and thirty", "2 uur tien"
    let finer = match grain {
        Grain::Hour => Some(Grain::Minute),
        Grain::Minute => Some(Grain::Second),
        _ => None,
    };
    if let Some(finer) = finer.filter(|_| more.is_empty()) {
        let skip = to + usize::from(matches!(r.text.word(to), "en" | "and"));
        let n = super::number::number(r.text, skip, r.marks).filter(|n| !n.article && !n.broken && n.value < 60.0);
        if let Some(n) = n.filter(|n| words::unit(r.text.word(n.to)).is_none() && n.to >= r.text.len()) {
            more.push((n.value, finer));
            end = n.to;
        }
    }
    let finest = more.last().map_or(grain, |(_, finest)| *finest);
    let total: f64 = more.iter().chain([&(value, grain)]).map(|(value, grain)| value * seconds(*grain)).sum();
    if more.is_empty() {
        return Some((value, grain, to));
    }
    if finest == Grain::Month && grain == Grain::Year {
        let months: f64 = more.iter().map(|(value, _)| value).sum();
        return Some((value * 12.0 + months, Grain::Month, end));
    }
    Some((total / seconds(finest), finest, end))
}

fn seconds(grain: Grain) -> f64 {
    match grain {
        Grain::Second => 1.0,
        Grain::Minute => 60.0,
        Grain::Hour => 3600.0,
        Grain::Day => 86_400.0,
        Grain::Week => 604_800.0,
        Grain::Month => 2_592_000.0,
        Grain::Quarter => 7_776_000.0,
        Grain::Year => 31_536_000.0,
    }
}

/// Whether a word is the name of a month.
pub(crate) fn is_month(word: &str) -> bool {
    words::month(word).is_some()
}

/// Whether a word is no unit of time.
pub(crate) fn is_free_of_unit(word: &str) -> bool {
    words::unit(word).is_none()
}
