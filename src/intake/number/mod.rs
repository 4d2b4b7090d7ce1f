//! Numbers in digits and in words, Dutch and English.
//!
//! [`digits`] reads `1.250,50`, [`spelled`] *tweehonderd en zes*, [`compound`] the single words of it, [`fraction`] parts of
//! one, [`scale`] what multiplies, [`mod@ordinal`] ranks.

mod compound;
mod digits;
mod fraction;
mod ordinal;
pub(crate) mod range;
mod scale;
mod spelled;

pub(crate) use compound::small;
pub(crate) use ordinal::{ordinal, ordinal_word, rank};

use super::memo::Memo;
use super::text::{Sort, Text};
use super::vocabulary::holds_one;
use std::cell::Cell;

/// How a number is written with digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    /// 1.400,50
    Dutch,
    /// 1,400.50
    English,
}

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// Its value.
    pub value: f64,
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// It is written with digits.
    pub digits: bool,
    /// It has a decimal part or a fraction.
    pub broken: bool,
    /// It is only an article: *een*, *a*.
    pub article: bool,
}

impl Number {
    /// The value as a count, where it is one.
    pub fn count(&self) -> Option<u32> {
        let whole = !self.broken && self.value.fract() == 0.0 && self.value >= 0.0 && self.value <= 1e9;
        // The range was checked, so that nothing is lost.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        whole.then_some(self.value as u32)
    }
}

/// The numbers and ranks that were read in a text, by token: every part of the grammar asks for them.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    dutch: Memo<Number>,
    english: Memo<Number>,
    spelled: Memo<spelled::Spelled>,
    ranks: Memo<(f64, usize)>,
    /// How many words were looked at, for the test that it grows with the text and no faster.
    steps: Cell<u32>,
}

impl Numbers {
    fn step(&self) {
        self.steps.set(self.steps.get().saturating_add(1));
    }
}

/// The number that begins at a token.
pub(crate) fn number(text: &Text<'_>, at: usize, marks: Marks) -> Option<Number> {
    if at >= text.len() {
        return None;
    }
    let known = if marks == Marks::Dutch { &text.numbers.dutch } else { &text.numbers.english };
    known.at(at, || read(text, at, marks))
}

fn read(text: &Text<'_>, at: usize, marks: Marks) -> Option<Number> {
    if text.is(at, Sort::Digits) {
        return in_digits(text, at, marks);
    }
    let part =
        |value: f64, to: usize, digits: bool| Number { value, from: at, to, digits, broken: true, article: false };
    if let Some(value) = fraction::sign(text.word(at)) {
        return Some(part(value, at + 1, true));
    }
    // .77
    let stands = !text.glued(at) || text.before(at, 1) == "-";
    if matches!(text.word(at), "." | ",") && text.is(at + 1, Sort::Digits) && text.glued(at + 1) && stands {
        let value: f64 = format!("0.{}", text.word(at + 1)).parse().ok()?;
        let mut n = part(value, at + 2, true);
        digits::power(text, &mut n);
        scale::apply(text, &mut n, marks);
        return Some(n);
    }
    if matches!(text.word(at), "point" | "komma") && text.is(at + 1, Sort::Digits) {
        let value: f64 = format!("0.{}", text.word(at + 1)).parse().ok()?;
        return Some(part(value, at + 2, true));
    }
    in_words(text, at, marks)
}

fn in_digits(text: &Text<'_>, at: usize, marks: Marks) -> Option<Number> {
    let mut n = digits::plain(text, at, marks)?;
    if let Some(part) = fraction::sign(text.word(n.to)) {
        n.value += part;
        n.to += 1;
        n.broken = true;
    }
    digits::slashed(text, &mut n);
    digits::power(text, &mut n);
    if !n.broken && text.word(n.to) == "point" {
        decimals(text, &mut n);
    }
    let by = scale::apply(text, &mut n, marks);
    add_on(text, &mut n, by, marks);
    fraction::add(text, &mut n, by, marks);
    Some(n)
}

/// Multiplies by the scale words that stand apart from the number: *75 USD million*. Whether there were any.
pub(crate) fn rescale(text: &Text<'_>, n: &mut Number, marks: Marks) -> bool {
    scale::big(text.word(n.to)).is_some() && scale::apply(text, n, marks) > 1.0
}

/// *4 thousand 3 hundred and 21*: smaller numbers after a scale belong to it.
fn add_on(text: &Text<'_>, n: &mut Number, by: f64, marks: Marks) {
    if by < 100.0 || n.broken {
        return;
    }
    let skip = n.to + usize::from(matches!(text.word(n.to), "en" | "and"));
    let next = if text.is(skip, Sort::Digits) { digits::plain(text, skip, marks) } else { None };
    if let Some(mut more) = next.filter(|more| !more.broken && more.value < by && more.value > 0.0) {
        let smaller = scale::apply(text, &mut more, marks);
        if more.value < by {
            add_on(text, &mut more, smaller, marks);
            n.value += more.value;
            n.to = more.to;
        }
    } else if let Some(more) = spelled::spelled(text, skip).filter(|more| more.value < by && more.value > 0.0)
        && !matches!(text.word(skip), "een" | "a" | "an")
    {
        n.value += more.value;
        n.to = more.to;
    }
}

/// Whether a number may begin with that word; most words are sifted out here.
pub(crate) fn may_begin(word: &str) -> bool {
    small(word).is_some()
        || begins(word)
        || (word.len() >= 6
            && holds_one(word, |rest| match rest {
                [b't', ..] => &["tig", "tien", "ty"],
                [b'h', ..] => &["honderd", "half", "halve"],
                [b'd', ..] => &["duizend", "derde"],
                [b'm', ..] => &["miljoen"],
                [b'v', ..] => &["vierde", "vijfde"],
                _ => &[],
            }))
}

word_list! {
    /// Words other than numbers with which one may begin.
    fn begins(word) {
        "half" | "halve" | "driekwart" | "dozijn" | "quarter" | "kwart" | "naught" | "nought" | "a" | "an" | "een" | "n"
    }
}

/// Whether a mark is a part of one: *½*.
pub(crate) fn is_part(mark: &str) -> bool {
    fraction::sign(mark).is_some()
}

/// Whether a word is the rank of a scale: *duizendste*.
pub(crate) fn is_scale_rank(word: &str) -> bool {
    ordinal::scale_ordinal(word).is_some()
}

fn in_words(text: &Text<'_>, at: usize, marks: Marks) -> Option<Number> {
    let word = text.word(at);
    if !text.is(at, Sort::Word) || !may_begin(word) {
        return None;
    }
    let plain = |value: f64, to: usize| Number { value, from: at, to, digits: false, broken: false, article: false };
    if let Some(n) = collective(text, at) {
        return Some(n);
    }
    if let Some(value) = compound::and_half(word) {
        let mut n = Number { broken: true, ..plain(value, at + 1) };
        scale::apply(text, &mut n, marks);
        return Some(n);
    }
    let half_scale = matches!(word, "quarter" | "kwart" | "half") && scale::big(text.word(at + 1)).is_some();
    if half_scale {
        let mut n = Number { broken: true, ..plain(if word == "half" { 0.5 } else { 0.25 }, at + 1) };
        scale::apply(text, &mut n, marks);
        return Some(n);
    }
    if matches!(word, "naught" | "nought") {
        let mut n = plain(0.0, at + 1);
        decimals(text, &mut n);
        return Some(n);
    }
    if let Some((value, to)) = fraction::fraction(text, at).or_else(|| fraction::joining(text, at)) {
        let mut n = Number { broken: true, ..plain(value, to) };
        // two thirds of a million
        let of = usize::from(matches!(text.word(to), "of" | "van"));
        let of = of + usize::from(of > 0 && matches!(text.word(to + of), "a" | "een"));
        if scale::big(text.word(to + of)).is_some() {
            n.to += of;
        }
        scale::apply(text, &mut n, marks);
        return Some(n);
    }
    let whole = spelled::spelled(text, at)?;
    let article = whole.to == at + 1 && matches!(word, "een" | "a" | "an" | "n");
    let mut n = Number { article: article && !is_stressed(text, at), ..plain(whole.value, whole.to) };
    let mut by = whole.scale;
    if !n.article {
        by *= scale::apply(text, &mut n, marks);
    }
    decimals(text, &mut n);
    if n.broken && !n.article {
        scale::apply(text, &mut n, marks);
    }
    if !n.broken {
        fraction::add(text, &mut n, if by >= 1000.0 { by } else { 1.0 }, marks);
    }
    // one over three
    if text.word(n.to) == "over" && marks == Marks::English && !n.article {
        over(text, &mut n);
    }
    Some(n)
}

/// *a dozen*, *een half dozijn*, *a couple of*, *een gros*.
fn collective(text: &Text<'_>, at: usize) -> Option<Number> {
    let plain = |value: f64, to: usize| {
        let to = to + usize::from(text.word(to) == "of");
        Some(Number { value, from: at, to, digits: false, broken: false, article: false })
    };
    let article = usize::from(matches!(text.word(at), "een" | "a" | "an"));
    let half = usize::from(matches!(text.word(at + article), "half" | "halve"));
    let inner = article + half + usize::from(half > 0 && text.word(at + article + half) == "a");
    match text.word(at + inner) {
        "dozijn" | "dozen" if article + half > 0 || text.word(at) == "dozijn" => {
            plain(if half > 0 { 6.0 } else { 12.0 }, at + inner + 1)
        }
        "paar" | "couple" if article > 0 && half == 0 => plain(2.0, at + 2),
        "gros" | "gross" if article > 0 && half == 0 => plain(144.0, at + 2),
        _ => None,
    }
}

/// *one over three*: a part, and no time of the clock or the calendar.
fn over(text: &Text<'_>, n: &mut Number) {
    let at = n.to + 1;
    let below = spelled::spelled(text, at)
        .map(|below| (below.value, below.to))
        .or_else(|| text.digits(at).map(|digits| (f64::from(digits), at + 1)));
    if let Some((below, end)) =
        below.filter(|(below, end)| *below > 0.0 && super::when::is_free_of_unit(text.word(*end)))
    {
        n.value /= below;
        n.to = end;
        n.broken = true;
    }
}

/// *twee komma vijf*, *two point seventy-one*.
fn decimals(text: &Text<'_>, n: &mut Number) {
    if !matches!(text.word(n.to), "komma" | "point") {
        return;
    }
    let mut places = String::new();
    let mut end = n.to + 1;
    if text.is(end, Sort::Digits) && text.word(end).len() <= 9 {
        places.push_str(text.word(end));
        end += 1;
    }
    while places.is_empty() || (end - n.to < 12 && !text.is(n.to + 1, Sort::Digits)) {
        let word = text.word(end);
        let digit = match word {
            "nought" | "naught" | "oh" => 0.0,
            "a" | "an" => break,
            word => match compound::one_word(word).filter(|value| *value < 100.0) {
                Some(value) => value,
                None => break,
            },
        };
        end += 1;
        // "seventy-one" is two places, and so is "eleven".
        let ones = text.word(end + usize::from(text.word(end) == "-"));
        let ones = small(ones).filter(|ones| (1..10).contains(ones) && digit >= 20.0 && digit % 10.0 == 0.0);
        if let Some(ones) = ones {
            end += 1 + usize::from(text.word(end) == "-");
            places.push_str(&(digit + f64::from(ones)).to_string());
        } else {
            places.push_str(&digit.to_string());
        }
    }
    if let Ok(part) = format!("0.{places}").parse::<f64>()
        && !places.is_empty()
    {
        n.value += part;
        n.to = end;
        n.broken = true;
        n.article = false;
    }
}

/// *één* is a number, *een* an article.
fn is_stressed(text: &Text<'_>, at: usize) -> bool {
    let (start, end) = text.bytes(at, at + 1);
    let typed = &text.raw[start..end];
    typed.contains(['é', 'É', '\u{301}'])
}

#[cfg(test)]
mod tests;
