//! Numbers in digits: groups, the decimal sign of the locale, simple fractions and powers.

use super::{Marks, Number, fraction};
use crate::intake::text::{Sort, Text};

/// Longer digits are no number that people write.
const LONGEST: usize = 40;

/// The digits at a token with their groups and decimals.
pub(super) fn plain(text: &Text<'_>, at: usize, marks: Marks) -> Option<Number> {
    let (group, point) = match marks {
        Marks::Dutch => (".", ","),
        Marks::English => (",", "."),
    };
    let (mut body, mut to) = groups(text, at, group)
        .or_else(|| lakhs(text, at, marks))
        .or_else(|| spaced(text, at))
        .unwrap_or_else(|| (text.word(at).to_owned(), at + 1));
    let grouped = to > at + 1;
    // The other mark may be the decimal one as well: 2.5 in Dutch, 2,5 in English; but 22,24,26 are three numbers.
    let other = !grouped
        && glued_digits(text, to, group)
        && (text.word(to + 1).len() != 3 || text.word(at) == "0")
        && (marks == Marks::Dutch || !(glued_digits(text, to + 2, ",") || text.glued(at) && text.before(at, 1) == ","));
    let broken = glued_digits(text, to, point) || other;
    if broken {
        body.push('.');
        body.push_str(text.word(to + 1));
        to += 2;
    }
    if body.len() > LONGEST {
        return None;
    }
    let value = body.parse().ok()?;
    Some(Number { value, from: at, to, digits: true, broken, article: false })
}

/// Whether a mark and digits follow without a space.
fn glued_digits(text: &Text<'_>, at: usize, mark: &str) -> bool {
    text.word(at) == mark && text.glued(at) && text.is(at + 1, Sort::Digits) && text.glued(at + 1)
}

fn leads_group(word: &str) -> bool {
    word.len() <= 3 && !word.starts_with('0')
}

/// `1.400.000` or `1,400,000`.
fn groups(text: &Text<'_>, at: usize, mark: &str) -> Option<(String, usize)> {
    let mut body = text.word(at).to_owned();
    let mut to = at + 1;
    while leads_group(text.word(at)) && body.len() <= 15 && glued_digits(text, to, mark) && text.word(to + 1).len() == 3
    {
        body.push_str(text.word(to + 1));
        to += 2;
    }
    (to > at + 1).then_some((body, to))
}

/// `12,34,567`: the groups of India.
fn lakhs(text: &Text<'_>, at: usize, marks: Marks) -> Option<(String, usize)> {
    if marks == Marks::Dutch || text.word(at).len() > 2 || text.word(at).starts_with('0') {
        return None;
    }
    let mut body = text.word(at).to_owned();
    let mut to = at + 1;
    while body.len() <= 12 && glued_digits(text, to, ",") && text.word(to + 1).len() == 2 {
        body.push_str(text.word(to + 1));
        to += 2;
    }
    if to == at + 1 || !(glued_digits(text, to, ",") && text.word(to + 1).len() == 3) {
        return None;
    }
    body.push_str(text.word(to + 1));
    Some((body, to + 2))
}

/// `1 234 567`: groups of three after a thin or plain space.
fn spaced(text: &Text<'_>, at: usize) -> Option<(String, usize)> {
    if !leads_group(text.word(at)) {
        return None;
    }
    let mut body = text.word(at).to_owned();
    let mut to = at + 1;
    while body.len() <= 15 && text.is(to, Sort::Digits) && text.word(to).len() == 3 && !text.glued(to) {
        body.push_str(text.word(to));
        to += 1;
    }
    // "lokaal 12 204.5" would be a guess: decimals behind one group are too.
    let guess = to == at + 2 && glued_digits(text, to, ".");
    (to > at + 1 && !guess).then_some((body, to))
}

/// `3/4` and `2 1/2`.
pub(super) fn slashed(text: &Text<'_>, n: &mut Number) {
    let below = |at: usize| {
        let stands = glued_digits(text, at, "/") && !(text.word(at + 2) == "/" && text.glued(at + 2));
        stands.then(|| text.digits(at + 1)).flatten().filter(|below| *below > 0)
    };
    // No part of a date or a telephone number.
    let free = n.from == 0 || !text.glued(n.from) || !matches!(text.before(n.from, 1), "/" | "-");
    if n.broken || !free {
        return;
    }
    if let Some(parts) = below(n.to) {
        n.value /= f64::from(parts);
        n.to += 2;
        n.broken = true;
    } else if let Some(above) = text.digits(n.to).filter(|_| !text.glued(n.to))
        && let Some(parts) = below(n.to + 1).filter(|parts| above > 0 && above < *parts && *parts <= 16)
        && n.value < 1000.0
    {
        n.value += f64::from(above) / f64::from(parts);
        n.to += 3;
        n.broken = true;
    }
}

/// `1.3e6`, `1.3x10^6`, `2^10`: powers.
pub(super) fn power(text: &Text<'_>, n: &mut Number) {
    let exponent = |at: usize| {
        let mut at = at;
        let mut minus = false;
        while matches!(text.word(at), "+" | "-") && text.glued(at) && at < n.to + 6 {
            minus |= text.word(at) == "-";
            at += 1;
        }
        let value = text.digits(at).filter(|value| *value <= 300 && text.glued(at))?;
        let value = i32::try_from(value).ok()?;
        Some((if minus { -value } else { value }, at + 1))
    };
    let glued = |at: usize, mark: &str| text.word(at) == mark && text.glued(at);
    let found = if glued(n.to, "e") && (n.broken || matches!(text.word(n.to + 1), "+" | "-")) {
        exponent(n.to + 1).map(|(by, to)| (n.value * 10_f64.powi(by), to))
    } else if (glued(n.to, "x") || glued(n.to, "×") || glued(n.to, "*"))
        && glued(n.to + 1, "10")
        && glued(n.to + 2, "^")
    {
        exponent(n.to + 3).map(|(by, to)| (n.value * 10_f64.powi(by), to))
    } else if glued(n.to, "^") {
        exponent(n.to + 1).map(|(by, to)| (n.value.powi(by), to))
    } else {
        None
    };
    if let Some((value, to)) = found.filter(|(value, _)| value.is_finite()) {
        n.value = fraction::tidy(value);
        n.to = to;
        n.broken |= value.fract() != 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str, marks: Marks) -> Option<f64> {
        let text = Text::new(raw);
        super::super::number(&text, 0, marks).filter(|n| n.to == text.len()).map(|n| n.value)
    }

    #[test]
    fn the_locale_decides_what_a_mark_means() {
        assert_eq!(read("1.750", Marks::Dutch), Some(1750.0));
        assert_eq!(read("1.750", Marks::English), Some(1.75));
        assert_eq!(read("1,750", Marks::English), Some(1750.0));
        assert_eq!(read("1,750", Marks::Dutch), Some(1.75));
        assert_eq!(read("8.750,25", Marks::Dutch), Some(8750.25));
        assert_eq!(read("8,750.25", Marks::English), Some(8750.25));
    }

    #[test]
    fn groups_fractions_and_powers_are_read() {
        for (raw, want) in [
            ("3 200 500", 3_200_500.0),
            ("45,67,890", 4_567_890.0),
            ("5/8", 0.625),
            ("3 1/2", 3.5),
            ("3½", 3.5),
            ("2.5e4", 25_000.0),
            ("4x10^3", 4000.0),
            ("2^5", 32.0),
            ("2.5k", 2500.0),
            ("7.5M", 7_500_000.0),
            (".75", 0.75),
        ] {
            assert_eq!(read(raw, Marks::English), Some(want), "{raw}");
        }
    }
}
