//! Ranks: *4e*, *vierde*, *twenty first*, *honderdeerste*.

use super::{Marks, compound, digits, spelled};
use crate::intake::text::{Sort, Text};
use crate::intake::vocabulary::holds;

/// The ordinal number at a token and the token after it: *4e*, *4de*, *4th*, *vierde*, *fourth*, *twenty first*.
pub(crate) fn ordinal(text: &Text<'_>, at: usize) -> Option<(u32, usize)> {
    let (value, to) = rank(text, at)?;
    // The range is checked, and ranks are whole.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (value <= 4e9).then_some((value as u32, to))
}

/// The same without an upper limit: *de biljoenste*.
pub(crate) fn rank(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    if at >= text.len() {
        return None;
    }
    text.numbers.ranks.at(at, || read(text, at))
}

fn read(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let word = text.word(at);
    if text.is(at, Sort::Word)
        && !super::may_begin(word)
        && !["de", "te", "st", "th", "nd", "rd"].iter().any(|end| word.ends_with(end))
    {
        return None;
    }
    if text.is(at, Sort::Digits) {
        return in_digits(text, at);
    }
    if let Some(value) = scale_ordinal(word).or_else(|| ordinal_word(word).map(f64::from)) {
        return Some((value, at + 1));
    }
    // "a millionth" is a part, "a second" is no rank at all.
    if matches!(word, "a" | "an") || (word == "een" && super::scale::big(text.word(at + 1)).is_none()) {
        return None;
    }
    let prefix = spelled::spelled(text, at).filter(|prefix| prefix.value >= 1.0)?;
    let skip = prefix.to + usize::from(matches!(text.word(prefix.to), "and" | "en" | "-"));
    let last = text.word(skip);
    // one million and fifth, twenty first
    if let Some(rest) = ordinal_word(last).filter(|_| scale_ordinal(last).is_none()).map(f64::from) {
        let tail = prefix.value % 100.0;
        let fits = (tail == 0.0 && rest < 100.0)
            || (tail >= 20.0 && tail % 10.0 == 0.0 && rest < 10.0)
            || (last == "hundredth" && (1.0..100.0).contains(&tail));
        let value = if last == "hundredth" { prefix.value * 100.0 } else { prefix.value + rest };
        return fits.then_some((value, skip + 1));
    }
    let by = scale_ordinal(last).filter(|_| skip == prefix.to && last != "duizendste")?;
    Some((prefix.value * by, skip + 1))
}

fn in_digits(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let ends = |to: usize| matches!(text.word(to), "e" | "de" | "ste" | "st" | "nd" | "rd" | "th") && text.glued(to);
    if ends(at + 1) {
        return Some((f64::from(text.digits(at)?), at + 2));
    }
    if !matches!(text.word(at + 1), "." | ",") {
        return None;
    }
    // 1.000ste, 1,000th
    let marks = if text.word(at + 1) == "." { Marks::Dutch } else { Marks::English };
    let n = digits::plain(text, at, marks).filter(|n| !n.broken && n.to > at + 1 && ends(n.to))?;
    Some((n.value, n.to + 1))
}

vocabulary! {
    /// *duizendste*, *millionth*: the ordinals of the scale words.
    pub(super) fn scale_ordinal(word) -> f64 {
        "duizendste" | "thousandth" => 1e3,
        "miljoenste" | "millionth" => 1e6,
        "miljardste" | "billionth" => 1e9,
        "biljoenste" | "trillionth" => 1e12,
        "triljoenste" => 1e18,
    }
}

/// Ordinals of one word.
pub(crate) fn ordinal_word(word: &str) -> Option<u32> {
    simple(word).or_else(|| english(word)).or_else(|| dutch(word))
}

vocabulary! {
    fn simple(word) -> u32 {
        "eerste" | "first" => 1,
        "tweede" | "second" => 2,
        "derde" | "third" => 3,
        "vierde" | "fourth" => 4,
        "vijfde" | "fifth" => 5,
        "zesde" | "sixth" => 6,
        "zevende" | "seventh" => 7,
        "achtste" | "eighth" => 8,
        "negende" | "ninth" => 9,
        "tiende" | "tenth" => 10,
        "elfde" | "eleventh" => 11,
        "twaalfde" | "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        "fortieth" => 40,
        "fiftieth" => 50,
        "sixtieth" => 60,
        "seventieth" => 70,
        "eightieth" => 80,
        "ninetieth" => 90,
        "hundredth" => 100,
    }
}

/// *thirtyfirst*: the tens and the ones without the hyphen.
fn english(word: &str) -> Option<u32> {
    if !holds(word, "ty") {
        return None;
    }
    let at = word.find("ty").filter(|at| *at >= 3)? + 2;
    let tens = compound::small(word.get(..at)?).filter(|tens| (20..100).contains(tens))?;
    simple(word.get(at..)?).filter(|ones| *ones < 10).map(|ones| tens + ones)
}

/// *dertiende*, *twintigste*, *eenentwintigste*, *honderdste*, *honderdeerste*.
fn dutch(word: &str) -> Option<u32> {
    if word.len() < 7 {
        return None;
    }
    for (last, value) in [("eerste", 1), ("derde", 3)] {
        if let Some(stem) = word.strip_suffix(last) {
            let stem = stem.strip_suffix("en").unwrap_or(stem);
            return whole(stem).filter(|stem| *stem >= 100 && stem % 100 == 0).map(|stem| stem + value);
        }
    }
    let stem = word.strip_suffix("ste").or_else(|| word.strip_suffix("de"))?;
    whole(stem).filter(|value| *value >= 13)
}

fn whole(stem: &str) -> Option<u32> {
    let value = compound::small(stem).map(f64::from).or_else(|| compound::dutch(stem))?;
    // Ranks beyond that are read as products of a scale word.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (value < 4e9).then_some(value as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(raw: &str) -> Option<(f64, usize)> {
        rank(&Text::new(raw), 0)
    }

    #[test]
    fn ranks_are_read_in_digits_and_words() {
        for (raw, want) in [
            ("7e", 7.0),
            ("12de", 12.0),
            ("3rd", 3.0),
            ("2.000ste", 2000.0),
            ("negentiende", 19.0),
            ("zesenveertigste", 46.0),
            ("honderdeerste", 101.0),
            ("tweehonderdderde", 203.0),
            ("vier miljoenste", 4e6),
            ("eighty second", 82.0),
            ("eighty-second", 82.0),
            ("eightysecond", 82.0),
            ("one hundred and third", 103.0),
            ("six billionth", 6e9),
        ] {
            assert_eq!(ranked(raw).map(|found| found.0), Some(want), "{raw}");
        }
        for raw in ["7", "zeven", "gelijkvloerse", "a third", "honderd"] {
            assert_eq!(ranked(raw), None, "{raw}");
        }
    }
}
