//! Only the values found in a text: dates, durations, numbers, ordinals, money and quantities.

use super::money;
use super::number::{self, Number};
use super::text::{Sort, Text};
use super::when::{self, Grain, Reading, Value};
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
    /// The value of what is no date and no range.
    pub value: Option<f64>,
    /// The unit.
    pub unit: Option<String>,
}

/// The values found in a text. `locale` is `nl-NL`, `en-GB` or `en-US` (month first).
pub fn extract(text: &str, locale: &str, reference: NaiveDateTime) -> Vec<Match> {
    let cut = Text::new(text);
    let lang = if locale.to_ascii_lowercase().starts_with("en") { Lang::En } else { Lang::Nl };
    let us = matches!(locale, "en-US" | "en_US" | "en");
    let reading = Reading::new(&cut, reference, lang, us, false);
    let chars = Chars::new(cut.raw);
    let mut out = Vec::new();
    for dated in when::find(&reading) {
        let (start, end) = cut.bytes(dated.from, dated.to);
        let mut found = date(dated.value, chars.at(start), chars.at(end));
        if let Some(recurring) = dated.recurring {
            // The first time, every so many of which unit.
            found.what = What::Recurrence;
            found.kind = None;
            found.value = Some(f64::from(recurring.every));
            found.unit = Some(recurring.unit.code().to_owned());
        }
        out.push(found);
    }
    let mut push =
        |what: What, from: usize, to: usize, low: Option<f64>, high: Option<f64>, exact: bool, unit: Option<String>| {
            let (start, end) = cut.bytes(from, to);
            out.push(Match {
                what,
                start: chars.at(start),
                end: chars.at(end),
                kind: None,
                from: low.filter(|_| !exact).map(Bound::Number),
                to: high.filter(|_| !exact).map(Bound::Number),
                grain: None,
                value: high.filter(|_| exact),
                unit,
            });
        };
    let mut at = 0;
    let mut money_until = 0;
    let mut number_until = 0;
    let mut ordinal_until = 0;
    let mut length_until = 0;
    while at < cut.len() {
        if at >= money_until
            && let Some(found) = money::amount(&cut, at, reading.marks)
        {
            let (low, high, unit) = if found.unit == "CENT" {
                (found.low, found.high, "CENT")
            } else {
                (found.low, found.high, found.unit)
            };
            push(What::Money, found.from, found.to, low, high, found.exact, Some(unit.to_owned()));
            money_until = found.to;
        }
        if at >= ordinal_until
            && let Some((value, to)) = number::ordinal(&cut, at)
        {
            push(What::Ordinal, at, to, None, Some(f64::from(value)), true, None);
            ordinal_until = to;
            number_until = number_until.max(to);
        }
        if at >= length_until
            && let Some((value, grain, to)) = when::duration(&reading, at)
        {
            push(What::Duration, at, to, None, Some(value), true, Some(grain.code().to_owned()));
            length_until = to;
        }
        if at >= number_until
            && let Some(n) = plain_number(&cut, at, &reading)
        {
            push(What::Number, n.from, n.to, None, Some(n.value), true, None);
            if let Some((value, unit, to)) = measure(&cut, &n) {
                push(What::Quantity, n.from, to, None, Some(value), true, Some(unit.to_owned()));
            }
            number_until = n.to;
        }
        at += 1;
    }
    out.sort_by_key(|m| (m.start, m.end));
    out
}

/// A number with its sign.
fn plain_number(text: &Text<'_>, at: usize, reading: &Reading<'_>) -> Option<Number> {
    if text.is(at, Sort::Digits)
        && text.glued(at)
        && matches!(text.before(at, 1), "." | ",")
        && text.is(at.saturating_sub(2), Sort::Digits)
    {
        return None;
    }
    let mut n = number::number(text, at, reading.marks).filter(|n| !n.article || text.len() == 1)?;
    if n.digits {
        let minus = text.before(at, 1) == "-" && text.glued(at) && (at < 2 || !text.glued(at - 1));
        if minus {
            n.value = -n.value;
            n.from -= 1;
        }
    }
    if !(n.digits && n.value < 0.0) && matches!(text.before(at, 1), "min" | "minus" | "negative") {
        n.value = -n.value;
        n.from -= 1;
    }
    if text.word(n.to) == "%" {
        n.to += 1;
    }
    Some(n)
}

/// A measure: the value in the base unit and its English name.
fn measure(text: &Text<'_>, n: &Number) -> Option<(f64, &'static str, usize)> {
    let word = text.word(n.to);
    let (times, unit) = match word {
        "g" | "gr" | "gram" | "grams" | "gramme" => (1.0, "gram"),
        "kg" | "kilo" | "kilos" | "kilogram" | "kilograms" | "kgs" => (1000.0, "gram"),
        "mg" | "milligram" | "milligrams" => (0.001, "gram"),
        "ons" => (100.0, "gram"),
        "pond" => (500.0, "gram"),
        "pound" | "pounds" | "lb" | "lbs" => (1.0, "pound"),
        "ounce" | "ounces" | "oz" => (1.0, "ounce"),
        "cup" | "cups" => (1.0, "cup"),
        "liter" | "liters" | "litre" | "litres" | "l" | "ltr" => (1.0, "litre"),
        "km" | "kilometer" | "kilometers" => (1000.0, "metre"),
        "m" | "meter" | "meters" | "metre" | "metres" => (1.0, "metre"),
        "cm" | "centimeter" | "centimeters" => (0.01, "metre"),
        "mm" => (0.001, "metre"),
        _ => return None,
    };
    Some((n.value * times, unit, n.to + 1))
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
