//! Only the values found in a text: dates, durations, numbers, ordinals, money and quantities.

use super::number;
use super::text::{Sort, Text};
use super::when::{self, Grain, Reading, Value};
use super::{measure, money, plain};
use crate::domain::Lang;
use chrono::NaiveDateTime;
use serde::Serialize;

/// What a match is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A date, a time or a period.
    Date,
    /// A standing order: from when, and every so many units.
    Recurrence,
    /// A length of time.
    Duration,
    /// A number.
    Number,
    /// A rank: *third*.
    Ordinal,
    /// An amount of money.
    Money,
    /// A measure with its unit.
    Quantity,
}

/// A bound of a match: a local moment for dates, a number for the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Bound {
    /// `2026-03-05T14:00:00`.
    Moment(String),
    /// A number.
    Number(f64),
}

/// A value in a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// What it is.
    pub what: What,
    /// The first character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// For dates: `value`, `interval`, `before` or `after`.
    pub kind: Option<&'static str>,
    /// The start, or the lower bound.
    pub from: Option<Bound>,
    /// The end (exclusive for dates), or the upper bound.
    pub to: Option<Bound>,
    /// How finely a date was said.
    pub grain: Option<&'static str>,
    /// The value of what is no date and no range; of a limit (*at most 5*) the number that was named.
    pub value: Option<f64>,
    /// The unit.
    pub unit: Option<String>,
}

/// The values found in a text. `locale` is `nl-NL`, `en-GB` or `en-US` (month first).
pub fn extract(text: &str, locale: &str, reference: NaiveDateTime) -> Vec<Match> {
    let cut = Text::new(text);
    let reading = read_as(&cut, locale, reference);
    let chars = Chars::new(cut.raw);
    let mut out = dated(&reading, &chars);
    let mut push = |what: What, found: Range, unit: Option<String>| {
        let (start, end) = cut.bytes(found.from, found.to);
        out.push(Match {
            what,
            start: chars.at(start),
            end: chars.at(end),
            kind: None,
            from: found.low.filter(|_| !found.exact).map(Bound::Number),
            to: found.high.filter(|_| !found.exact).map(Bound::Number),
            grain: None,
            value: match (found.low, found.high) {
                (Some(low), Some(high)) => Some(high).filter(|_| found.exact || low.total_cmp(&high).is_eq()),
                (low, high) => low.or(high),
            },
            unit,
        });
    };
    let exact =
        |from: usize, to: usize, value: f64| Range { from, to, low: Some(value), high: Some(value), exact: true };
    // Up to which token each kind of value has been read.
    let (mut money, mut number, mut rank, mut length, mut measured) = (0, 0, 0, 0, 0);
    let paid = money::named(&cut);
    for at in 0..cut.len() {
        // Nothing else begins in the middle of a number in words.
        let free = at >= number || !cut.is(at, Sort::Word);
        if free
            && paid
            && at >= money
            && let Some(found) = money::amount(&cut, at, reading.marks)
        {
            let money::Amount { from, to, low, high, unit, exact } = found;
            push(What::Money, Range { from, to, low, high, exact }, Some(unit.to_owned()));
            money = to;
        }
        if at >= rank
            && let Some((value, to)) = number::rank(&cut, at)
        {
            push(What::Ordinal, exact(at, to, value), None);
            rank = to;
            number = number.max(to);
        }
        if free
            && at >= length
            && let Some((value, grain, to)) = when::duration(&reading, at)
        {
            push(What::Duration, exact(at, to, value), Some(grain.code().to_owned()));
            length = to;
        }
        if free
            && at >= measured
            && let Some(found) = measure::measure(&cut, at, reading.marks)
        {
            let measure::Measure { from, to, low, high, unit, exact } = found;
            push(What::Quantity, Range { from, to, low, high, exact }, Some(unit.to_owned()));
            measured = to;
        }
        if at >= number
            && let Some(n) = plain::number(&cut, at, &reading)
        {
            push(What::Number, exact(n.from, n.to, n.value), None);
            number = n.to;
        }
    }
    out.sort_by_key(|m| (m.start, m.end));
    out
}

/// Only the dates, times and standing orders of a text.
pub fn dates(text: &str, locale: &str, reference: NaiveDateTime) -> Vec<Match> {
    let cut = Text::new(text);
    dated(&read_as(&cut, locale, reference), &Chars::new(cut.raw))
}

fn read_as<'a>(cut: &'a Text<'a>, locale: &str, reference: NaiveDateTime) -> Reading<'a> {
    let lang = if locale.to_ascii_lowercase().starts_with("en") { Lang::En } else { Lang::Nl };
    let us = matches!(locale, "en-US" | "en_US" | "en");
    Reading::new(cut, reference, lang, us, false)
}

fn dated(reading: &Reading<'_>, chars: &Chars) -> Vec<Match> {
    let found = when::find(reading).into_iter();
    found
        .map(|dated| {
            let (start, end) = reading.text.bytes(dated.from, dated.to);
            let mut found = date(dated.value, chars.at(start), chars.at(end));
            if let Some(recurring) = dated.recurring {
                // The first time, every so many of which unit.
                found.what = What::Recurrence;
                found.kind = None;
                found.value = Some(f64::from(recurring.every));
                found.unit = Some(recurring.unit.code().to_owned());
            }
            found
        })
        .collect()
}

/// A value or a range of values, and where it stands.
struct Range {
    from: usize,
    to: usize,
    low: Option<f64>,
    high: Option<f64>,
    exact: bool,
}

fn date(value: Value, start: usize, end: usize) -> Match {
    let iso = |at: NaiveDateTime| Some(Bound::Moment(at.format("%Y-%m-%dT%H:%M:%S").to_string()));
    let (kind, from, to, grain) = match value {
        Value::Point(at, grain) => ("value", iso(at), None, grain),
        Value::Interval(a, b, grain) => ("interval", iso(a), iso(b), grain),
        Value::Before(at, grain) => ("before", None, iso(at), grain),
        Value::After(at, grain) => ("after", iso(at), None, grain),
    };
    Match {
        what: What::Date,
        start,
        end,
        kind: Some(kind),
        from,
        to,
        grain: Some(Grain::code(grain)),
        value: None,
        unit: None,
    }
}

/// Turns byte offsets into character offsets without counting from the start each time.
struct Chars {
    /// For each byte the number of characters before it; `None` where the text is ASCII.
    before: Option<Vec<u32>>,
}

impl Chars {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { before: None };
        }
        let mut before = vec![0_u32; text.len() + 1];
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            before[at] = count;
            // A character begins at every byte that continues none.
            if byte & 0xC0 != 0x80 {
                count += 1;
                before[at] = count - 1;
            }
        }
        before[text.len()] = count;
        Self { before: Some(before) }
    }

    fn at(&self, byte: usize) -> usize {
        self.before.as_ref().map_or(byte, |before| before.get(byte).copied().unwrap_or(0) as usize)
    }
}
