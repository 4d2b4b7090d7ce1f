//! Parts of one: *½*, *een kwart*, *twee derde*, *three twenty-firsts*, and what they are added to.

use super::{Marks, Number, ordinal, scale, spelled};
use crate::intake::text::Text;

vocabulary! {
    /// ½ and its like.
    pub(super) fn sign(word) -> f64 {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "⅕" => 0.2,
        "⅖" => 0.4,
        "⅗" => 0.6,
        "⅘" => 0.8,
        "⅙" => 1.0 / 6.0,
        "⅚" => 5.0 / 6.0,
        "⅛" => 0.125,
        "⅜" => 0.375,
        "⅝" => 0.625,
        "⅞" => 0.875,
    }
}

/// The fraction that begins at a token, and the token after it.
pub(super) fn fraction(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    read(text, at, false)
}

/// The same, where *and* may stand above the line: *one hundred and thirty fifths*.
pub(super) fn joining(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    read(text, at, true)
}

fn read(text: &Text<'_>, at: usize, joins: bool) -> Option<(f64, usize)> {
    let word = text.word(at);
    if let Some(value) = sign(word) {
        return Some((value, at + 1));
    }
    if let Some(value) = joined(word) {
        return Some((value, at + 1));
    }
    let article = matches!(word, "a" | "an" | "een" | "n" | "one");
    if article && matches!(text.word(at + 1), "half" | "halve") {
        return Some((0.5, at + 2));
    }
    if article && let Some((below, to)) = denominator(text, step(text, at + 1)) {
        return Some((1.0 / below, to));
    }
    if !super::may_begin(word) || !reaches_below(text, at) {
        return None;
    }
    // The longest denominator wins: "three twenty-firsts" are three of 21.
    for end in at + 1..at + 11 {
        let Some(above) = spelled::within(text, at, end, joins).filter(|above| above.to >= end - 1) else { break };
        let Some((below, to)) = denominator(text, step(text, end)).filter(|_| above.to == end) else { continue };
        let one = to.checked_sub(1).map(|last| text.word(last)).is_some_and(|last| !plural(last));
        let rank = one && below < 10.0 && above.value >= 20.0 && above.value % 10.0 == 0.0 && !dutch(text.word(to - 1));
        return (!rank && above.value > 0.0).then_some((above.value / below, to));
    }
    None
}

/// Whether a word that may be a denominator ends the number words here; most texts are sifted out by it.
fn reaches_below(text: &Text<'_>, at: usize) -> bool {
    let (mut plain, mut joins) = (1, 0);
    for here in at + 1..at + 12 {
        let word = text.word(here);
        let below = ["th", "ths", "rd", "rds", "st", "sts", "nds", "de", "den", "ste", "sten", "ter", "ters", "kwart"];
        if word == "halves" || below.iter().any(|end| word.ends_with(end)) {
            return true;
        }
        if matches!(word, "and" | "en") {
            joins += 1;
        } else if scale::hundred(word) || scale::big(word).is_some() {
            plain = 0;
        } else if word != "-" {
            plain += 1;
            // So many ones in a row are a row of numbers.
            if plain > 3 || super::compound::one_word(word).is_none() {
                return false;
            }
        }
        if joins > 2 {
            return false;
        }
    }
    false
}

/// A hyphen between numerator and denominator is stepped over.
fn step(text: &Text<'_>, at: usize) -> usize {
    at + usize::from(text.word(at) == "-")
}

fn plural(word: &str) -> bool {
    word.ends_with('s') || word.ends_with("en")
}

fn dutch(word: &str) -> bool {
    word.ends_with("de") || word.ends_with("ste") || word == "kwart"
}

/// *driekwart*, *tweederde*: a fraction of one word.
fn joined(word: &str) -> Option<f64> {
    if word == "driekwart" {
        return Some(0.75);
    }
    if !(word.ends_with("de") || word.ends_with("ste")) || ordinal::ordinal_word(word).is_some() {
        return None;
    }
    ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"].iter().zip(1_u8..).find_map(
        |(above, n)| {
            let below = ordinal::ordinal_word(word.strip_prefix(above)?).filter(|below| *below > 2)?;
            Some(f64::from(n) / f64::from(below))
        },
    )
}

/// *fifth*, *derde*, *quarters*, *twenty-firsts*, *one hundred fifth*: how many parts there are, and the token after it.
fn denominator(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let word = text.word(at);
    match word {
        "kwart" | "quarter" | "quarters" => return Some((4.0, at + 1)),
        "halves" => return Some((2.0, at + 1)),
        _ => {}
    }
    let single = |word: &str| {
        ordinal::scale_ordinal(word)
            .or_else(|| ordinal::ordinal_word(word).map(f64::from))
            .or_else(|| {
                let stem = word.strip_suffix('s').or_else(|| word.strip_suffix('n'))?;
                ordinal::scale_ordinal(stem).or_else(|| ordinal::ordinal_word(stem).map(f64::from))
            })
            .filter(|below| *below > 2.0)
    };
    if let Some(below) = single(word) {
        return Some((below, at + 1));
    }
    let unit = |word: &str| {
        ordinal::ordinal_word(word).or_else(|| ordinal::ordinal_word(word.strip_suffix('s')?)).map(f64::from)
    };
    // twenty-firsts
    if let Some(tens) = super::small(word).filter(|tens| (20..100).contains(tens)) {
        let ones = step(text, at + 1);
        let below = unit(text.word(ones)).filter(|ones| *ones < 10.0)?;
        return Some((f64::from(tens) + below, ones + 1));
    }
    // one hundred fifth
    if word == "one" {
        let big = text.word(at + 1);
        let by = if scale::hundred(big) { 100.0 } else { scale::big(big)? };
        let below = unit(text.word(at + 2)).filter(|ones| *ones < by)?;
        return Some((by + below, at + 3));
    }
    None
}

/// Adds what follows with *and*: *two and a half*, *zes en een kwart*, *five million and three quarters*, *300 and two dozen*.
pub(super) fn add(text: &Text<'_>, n: &mut Number, by: f64, marks: Marks) {
    if !matches!(text.word(n.to), "en" | "and") {
        return;
    }
    let at = n.to + 1;
    let bare = match text.word(at) {
        "half" | "halve" => Some((0.5, at + 1)),
        "kwart" | "quarter" => Some((0.25, at + 1)),
        _ => None,
    };
    let bare = bare.filter(|_| free_of_clock(text, at + 1));
    if let Some((mut part, mut to)) = fraction(text, at).or(bare) {
        if let Some(scaled) = scale::big(text.word(to)) {
            if by > 1.0 {
                part *= scaled;
            } else {
                n.value = (n.value + part) * scaled;
                part = 0.0;
            }
            to += 1;
        } else {
            part *= by;
        }
        n.value = tidy(n.value + part);
        n.to = to;
        n.broken = true;
        n.article = false;
    } else if let Some(count) = spelled::within(text, at, at + 3, false)
        && scale::dozen(text.word(count.to), marks)
        && n.value >= 12.0
    {
        n.value += count.value * 12.0;
        n.to = count.to + 1;
    }
}

/// *en half vier*, *and quarter past*: a time and no part.
fn free_of_clock(text: &Text<'_>, at: usize) -> bool {
    super::small(text.word(at)).is_none()
        && !matches!(text.word(at), "past" | "to" | "voor" | "over" | "na")
        && !text.is(at, crate::intake::text::Sort::Digits)
}

/// Takes out what binary fractions add, such as 16399999.999999998.
pub(super) fn tidy(value: f64) -> f64 {
    if value.abs() < 1.0 || value.abs() > 1e12 {
        return value;
    }
    let near = (value * 1e6).round() / 1e6;
    if (near - value).abs() < value.abs() * 1e-12 { near } else { value }
}
