//! Years: *2019*, *'99*, *nineteen eighty six*, *tweeduizend achttien*.

use super::*;

/// The year from 1900 to 2099 in digits at a token.
pub(super) fn digits(r: &Reading<'_>, at: usize) -> Option<i32> {
    if r.text.word(at).len() != 4 {
        return None;
    }
    r.text.digits(at).filter(|year| (1900..2100).contains(year)).and_then(|year| i32::try_from(year).ok())
}

/// A year of two digits: from 50 on of the last century.
pub(super) fn short(two: u32) -> Option<i32> {
    i32::try_from(if two < 50 { 2000 + two } else { 1900 + two }).ok()
}

/// The year at a token in any form, and the token after it.
pub(super) fn year(r: &Reading<'_>, at: usize) -> Option<(i32, usize)> {
    let t = r.text;
    if let Some(year) = digits(r, at) {
        return Some((year, at + 1));
    }
    if t.word(at) == "'" && t.glued(at + 1) && t.word(at + 1).len() == 2 {
        return Some((short(t.digits(at + 1)?)?, at + 2));
    }
    if !t.is(at, Sort::Word) {
        return None;
    }
    in_words(r, at)
}

fn in_words(r: &Reading<'_>, at: usize) -> Option<(i32, usize)> {
    let t = r.text;
    let word = t.word(at);
    if !number::may_begin(word) {
        return None;
    }
    // negentiennegenennegentig
    for (head, hundreds) in [("zestien", 16), ("zeventien", 17), ("achttien", 18), ("negentien", 19), ("twintig", 20)] {
        if let Some(rest) = word.strip_prefix(head).and_then(below_hundred) {
            return Some((hundreds * 100 + rest, at + 1));
        }
    }
    let n = number(t, at, r.marks).filter(|n| !n.digits && !n.article)?;
    let value = i32::try_from(n.count()?).ok()?;
    if (1000..2100).contains(&value) {
        return Some((value, n.to));
    }
    // nineteen oh one
    let zero = usize::from(matches!(t.word(n.to), "zero" | "oh" | "nul"));
    let ones = small(t.word(n.to + 1)).filter(|ones| zero > 0 && (1..10).contains(ones) && (16..=20).contains(&value));
    if let Some(ones) = ones.and_then(|ones| i32::try_from(ones).ok()) {
        return Some((value * 100 + ones, n.to + 2));
    }
    // nineteen eighty six, negentien zevenentachtig
    let rest = number(t, n.to, r.marks).filter(|n| !n.digits && !n.article)?;
    let tens = i32::try_from(rest.count()?).ok()?;
    // Counted only within the range: thirty million times a hundred is more than a number holds.
    ((16..=20).contains(&value) && (10..100).contains(&tens)).then(|| (value * 100 + tens, rest.to))
}

fn below_hundred(word: &str) -> Option<i32> {
    let value = small(word).filter(|_| word.len() > 2).or_else(|| {
        word.match_indices("en").find_map(|(at, _)| {
            let (ones, tens) = (small(&word[..at])?, small(&word[at + 2..])?);
            ((1..10).contains(&ones) && (20..100).contains(&tens)).then_some(ones + tens)
        })
    })?;
    i32::try_from(value).ok().filter(|value| (1..100).contains(value))
}

#[cfg(test)]
mod tests {
    use crate::domain::Lang;
    use crate::intake::text::Text;
    use crate::intake::when::{Reading, find};

    #[test]
    fn a_number_beyond_every_year_is_no_year_and_does_no_harm() {
        let now = chrono::NaiveDate::from_ymd_opt(2026, 5, 6).unwrap().and_hms_opt(10, 15, 0).unwrap();
        for raw in ["dertig miljoen zestien", "thirty million sixteen", "twee miljard negentien"] {
            let text = Text::new(raw);
            assert!(find(&Reading::new(&text, now, Lang::Nl, false, false)).is_empty(), "{raw}");
        }
    }
}
