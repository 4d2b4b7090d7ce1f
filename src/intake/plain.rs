//! Numbers as `extract` gives them: with their sign, as a ratio, and without what only looks like one.

use super::measure;
use super::number::{self, Marks, Number};
use super::text::{Sort, Text};
use super::when::Reading;

/// The number at a token with its sign.
pub(super) fn number(text: &Text<'_>, at: usize, reading: &Reading<'_>) -> Option<Number> {
    let marks = reading.marks;
    let decimals = text.is(at, Sort::Digits)
        && text.glued(at)
        && text.before(at, 1) == "."
        && text.is(at.saturating_sub(2), Sort::Digits);
    if decimals {
        return None;
    }
    let mut n = number::number(text, at, marks).or_else(|| vague(text, at)).filter(|n| counts(text, n))?;
    if let Some((value, to)) = ratio(text, &n, marks).or_else(|| apart(text, &n)) {
        n = Number { value, to, ..n };
    }
    signed(text, &mut n);
    if matches!(text.word(n.to), "%") {
        n.to += 1;
    }
    Some(n)
}

/// `-12`, `minus twelve`, `min twaalf`.
fn signed(text: &Text<'_>, n: &mut Number) {
    let (at, before) = (n.from, text.before(n.from, 1));
    let bare = at == 1 && n.to == text.len();
    let minus = before == "-" && n.digits && (bare || (text.glued(at) && (at < 2 || !text.glued(at - 1))));
    if minus || matches!(before, "min" | "minus" | "negative" | "negatief") {
        n.value = -n.value;
        n.from -= 1;
    }
}

/// Whether a number is said: an article is none, *die ene* and *which one* are none, and *180ml* is a measure.
fn counts(text: &Text<'_>, n: &Number) -> bool {
    let one = n.to == n.from + 1 && text.word(n.from) == "one";
    let pointed = matches!(text.before(n.from, 1), "the" | "this" | "that" | "which" | "each" | "every" | "no" | "any");
    if one && pointed {
        return false;
    }
    let bare = text.len() == 1 && text.word(n.from) == "een";
    let glued = n.digits && text.glued(n.to) && text.is(n.to, Sort::Word) && measure::unit(text.word(n.to)).is_some();
    (!n.article || bare) && !glued
}

/// *een paar*, *a few*, *gros*: words that stand for a number where nothing better is said.
fn vague(text: &Text<'_>, at: usize) -> Option<Number> {
    let article = usize::from(matches!(text.word(at), "a" | "een"));
    let value = match text.word(at + article) {
        "nil" | "none" if text.len() == 1 => 0.0,
        "single" => 1.0,
        "pair" | "paar" | "koppel" | "duo" => 2.0,
        "few" | "enkele" => 3.0,
        "gros" | "gross" => 144.0,
        "half" | "halve" if text.before(at, 1) == "than" || text.before(at, 1) == "dan" => 0.5,
        _ => return None,
    };
    let broken = value == 0.5;
    Some(Number { value, from: at, to: at + article + 1, digits: false, broken, article: false })
}

/// *1 over 3*, *two out of five*, *1 in 20*, *één op drie*, *2 van de 5*.
fn ratio(text: &Text<'_>, n: &Number, marks: Marks) -> Option<(f64, usize)> {
    if n.broken {
        return None;
    }
    let (word, next) = (text.word(n.to), text.word(n.to + 1));
    let skip = match (marks, word, next) {
        (Marks::English, "out", "of") => 2,
        (Marks::English, "over", _) => 1,
        (Marks::English, "in", _) if n.value == 1.0 => 1,
        (Marks::Dutch, "op", "de" | "elke") => 2,
        (Marks::Dutch, "op", _) => 1,
        (Marks::Dutch, "van", "de") => 2,
        (Marks::Dutch, "gedeeld", "door") => 2,
        _ => return None,
    };
    let below = number::number(text, n.to + skip, marks).filter(|below| !below.broken && !below.article)?;
    let divides = matches!(word, "over" | "gedeeld");
    // "2 op 3 maart", "1 op kamer 2.14" and "6 over 2 weken" are no parts.
    let rank = number::ordinal(text, n.to + skip).is_some() || super::when::is_month(text.word(below.to));
    let timed = divides && !super::when::is_free_of_unit(text.word(below.to));
    let dated = matches!(text.word(below.to), "-" | "/" | ":");
    (below.value > 1.0 && (divides || below.value > n.value) && !rank && !timed && !dated)
        .then(|| (n.value / below.value, below.to))
}

/// *3 en 30*: the ones before the tens, as it is said in Dutch, where nothing else stands in the text.
fn apart(text: &Text<'_>, n: &Number) -> Option<(f64, usize)> {
    let tens = text.digits(2).filter(|_| text.len() == 3 && text.word(1) == "en" && n.digits && n.to == 1)?;
    (tens % 10 == 0 && (20..100).contains(&tens) && (1.0..10.0).contains(&n.value))
        .then(|| (f64::from(tens) + n.value, 3))
}

#[cfg(test)]
mod tests {
    use crate::intake::extract::{What, extract};

    fn numbers(raw: &str, locale: &str) -> Vec<f64> {
        let moment = chrono::NaiveDate::from_ymd_opt(2026, 5, 6).unwrap().and_time(chrono::NaiveTime::MIN);
        let found = extract(raw, locale, moment);
        found.iter().filter(|m| m.what == What::Number).filter_map(|m| m.value).collect()
    }

    #[test]
    fn signs_belong_to_the_number() {
        assert_eq!(numbers("het is min acht", "nl-NL"), [-8.0]);
        assert_eq!(numbers("-4,5", "nl-NL"), [-4.5]);
        assert_eq!(numbers("minus 17", "en-GB"), [-17.0]);
        assert_eq!(numbers("rij 3-4", "nl-NL"), [3.0, 4.0]);
    }

    #[test]
    fn ratios_are_one_number() {
        assert_eq!(numbers("één op vier lampen", "nl-NL"), [0.25]);
        assert_eq!(numbers("2 van de 8", "nl-NL"), [0.25]);
        assert_eq!(numbers("one out of eight", "en-GB"), [0.125]);
        // A date behind it is none.
        assert_eq!(numbers("2 op 8 maart", "nl-NL"), [2.0, 8.0]);
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for raw in ["de 250ml flesjes", "een stoel", "an apple", "the one over there"] {
            assert_eq!(numbers(raw, "en-GB"), [] as [f64; 0], "{raw}");
        }
        assert_eq!(numbers("een", "nl-NL"), [1.0]);
        assert_eq!(numbers("a few", "en-GB"), [3.0]);
    }
}
