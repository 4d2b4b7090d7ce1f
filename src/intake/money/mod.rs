//! Amounts of money with their currency: [`mod@currency`] knows the names, [`budget`] the euros that a message names.

mod budget;
mod currency;

pub(super) use budget::basis;
pub(crate) use budget::euros;

use super::number::range::{self, Bound};
use super::number::{self, Marks, Number, number};
use super::text::{Sort, Text};
use currency::currency;

/// An amount or a range of amounts in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amount {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// The value; for a range the lower end, where there is one.
    pub low: Option<f64>,
    /// The upper end of a range, or the value itself.
    pub high: Option<f64>,
    /// ISO 4217, or the name of a currency that has none here.
    pub unit: &'static str,
    /// It was said as one value.
    pub exact: bool,
}

/// Whether a currency is named at all; where none is, there is no amount to look for.
pub(crate) fn named(text: &Text<'_>) -> bool {
    (0..text.len()).any(|at| currency(text, at).is_some())
}

/// The amount that begins at a token.
pub(crate) fn amount(text: &Text<'_>, at: usize, marks: Marks) -> Option<Amount> {
    bounded(text, at, marks).or_else(|| between(text, at, marks, false)).or_else(|| single(text, at, marks))
}

/// One value: `€ 340`, `12,50 euro`, `20 dollar 43 cents`.
fn single(text: &Text<'_>, at: usize, marks: Marks) -> Option<Amount> {
    let starts = text.is(at, Sort::Digits) || number::may_begin(text.word(at)) || matches!(text.word(at), "." | ",");
    leading(text, at, marks).or_else(|| if starts { trailing(text, at, marks) } else { None })
}

/// The sign or code before the number: `€ 340`, `USD 12.50`.
fn leading(text: &Text<'_>, at: usize, marks: Marks) -> Option<Amount> {
    let unit = currency(text, at).filter(|unit| !unit.hundredths() || unit.code == "SEN")?;
    let mark = text.is(at, Sort::Mark) || text.word(at + 1) == "$";
    let n = counted(text, unit.to, marks, unit.code).filter(|n| n.digits || (mark && !n.article))?;
    // "2 euro 14 stoelen": a name leads only where nothing stands before it.
    let named = !unit.leads && (text.glued(unit.to) || text.is(at.wrapping_sub(1), Sort::Digits));
    if named || currency(text, n.to).is_some_and(|next| !next.hundredths() && next.to == n.to + 1 && !unit.leads) {
        return None;
    }
    let (to, more) = cents(text, n.to, marks, false);
    Some(plain(at, to, (n.value + more) * unit.each, unit.code))
}

/// The number of an amount: nobody writes tenths of cents, so that three digits behind either mark are thousands.
pub(super) fn counted(text: &Text<'_>, at: usize, marks: Marks, code: &str) -> Option<Number> {
    let n = number(text, at, marks)?;
    let thousands =
        code == "EUR" && n.broken && n.to == at + 3 && text.is(at + 2, Sort::Digits) && text.word(at + 2).len() == 3;
    let other = if marks == Marks::Dutch { Marks::English } else { Marks::Dutch };
    Some(if thousands && text.word(at) != "0" { number(text, at, other).unwrap_or(n) } else { n })
}

/// The name or sign behind the number: `12,50 euro`, `20 dollar 43 cents`.
fn trailing(text: &Text<'_>, at: usize, marks: Marks) -> Option<Amount> {
    let n = number(text, at, marks)?;
    let mut unit_at = dashes(text, n.to).unwrap_or(n.to);
    if text.word(unit_at) == "-" && text.glued(unit_at) && text.is(unit_at + 1, Sort::Word) {
        unit_at += 1;
    }
    let unit = currency(text, unit_at)?;
    let n = counted(text, at, marks, unit.code).filter(|again| again.to == n.to).unwrap_or(n);
    // "a 2 euro coin" is no price.
    if matches!(text.word(unit.to), "munt" | "muntje" | "coin" | "muntstuk") {
        return None;
    }
    if unit.hundredths() {
        let letter = text.word(unit_at) == "c" && !text.glued(unit_at);
        return (!letter).then(|| plain(at, unit.to, n.value, unit.code));
    }
    // "a $300 contract", "3 USD50 cards": the sign belongs to what follows it.
    let next = text.is(unit.to, Sort::Digits);
    let sign = text.is(unit_at, Sort::Mark) || text.word(unit_at + 1) == "$";
    if next && unit.leads && ((n.article && sign) || (text.glued(unit.to) && !text.glued(unit_at))) {
        return None;
    }
    if n.article && !matches!(text.word(at), "a" | "an" | "een") {
        return None;
    }
    // "a grand opening" is no thousand dollars, and a nickel pan no five cents.
    if matches!(text.word(unit_at), "grand" | "nickel") && text.is(unit.to, Sort::Word) {
        return None;
    }
    // 75 USD million
    let mut whole = Number { to: unit.to, digits: true, ..n };
    let scaled = text.is(unit.to, Sort::Word) && number::rescale(text, &mut whole, marks);
    if scaled {
        return Some(plain(at, whole.to, whole.value * unit.each, unit.code));
    }
    let (to, more) = cents(text, unit.to, marks, true);
    Some(plain(at, to, (n.value + more) * unit.each, unit.code))
}

/// `,-` and `,--`: the token after them.
fn dashes(text: &Text<'_>, at: usize) -> Option<usize> {
    if !(text.word(at) == "," && text.glued(at) && text.word(at + 1) == "-" && text.glued(at + 1)) {
        return None;
    }
    Some(at + 2 + usize::from(text.word(at + 2) == "-" && text.glued(at + 2)))
}

/// Cents after whole euros: `en 43c`, `43 cents`, `43`.
fn cents(text: &Text<'_>, at: usize, marks: Marks, after_word: bool) -> (usize, f64) {
    if let Some(end) = dashes(text, at) {
        return (end, 0.0);
    }
    let joined = matches!(text.word(at), "en" | "and");
    let skip = at + usize::from(joined);
    let Some(n) = number(text, skip, marks).filter(|n: &Number| !n.article && !n.broken && n.value < 100.0) else {
        return (at, 0.0);
    };
    match currency(text, n.to) {
        Some(unit) if unit.hundredths() => return (unit.to, n.value / 100.0),
        Some(_) => return (at, 0.0),
        None => {}
    }
    let stop = text.word(n.to);
    let last = n.to >= text.len() || (n.to + 1 == text.len() && stop == ".");
    let ends = last || matches!(stop, "," | "?" | "!" | ")") || (stop == "." && !text.glued(n.to + 1));
    let two = n.digits && text.word(skip).len() == 2 && n.to == skip + 1;
    let free = !text.is(n.to, Sort::Word) && !matches!(stop, "%" | "/" | "-" | ":") && (stop != "." || ends);
    let fits = if joined {
        ends && n.value >= 1.0 && n.value.fract() == 0.0
    } else if n.digits {
        two && ((after_word && free) || (last && text.glued(at.wrapping_sub(1))))
    } else {
        after_word && ends && n.value >= 10.0
    };
    if fits { (n.to, n.value / 100.0) } else { (at, 0.0) }
}

fn plain(from: usize, to: usize, value: f64, unit: &'static str) -> Amount {
    Amount { from, to, low: Some(value), high: Some(value), unit, exact: true }
}

/// `10-20 euro`, `tussen € 10 en € 20`, `from 10 to 20 dollars`.
fn between(text: &Text<'_>, at: usize, marks: Marks, led: bool) -> Option<Amount> {
    if !led && let Some(skip) = range::led(text, at) {
        return between(text, skip, marks, true).map(|found| Amount { from: at, ..found });
    }
    let at = range::about(text, at);
    let first = single(text, at, marks);
    let (low, next, unit) = match &first {
        Some(found) => (found.low?, found.to, Some(found.unit)),
        None => {
            let n = number(text, at, marks).filter(|n| !n.article)?;
            (n.value, n.to, None)
        }
    };
    let second = range::about(text, range::between(text, next, led)?);
    let other = single(text, second, marks).filter(|s| s.unit != "CENT" || unit == Some("CENT"));
    let (high, to, unit2) = match other {
        Some(found) => (found.high?, found.to, Some(found.unit)),
        None => {
            let n = number(text, second, marks).filter(|n| n.digits && unit.is_some())?;
            (n.value, dashes(text, n.to).unwrap_or(n.to), None)
        }
    };
    let unit = unit2.or(unit)?;
    (high > low).then_some(Amount { from: at, to, low: Some(low), high: Some(high), unit, exact: false })
}

/// `minder dan 7 euro`, `minstens € 1,42`.
fn bounded(text: &Text<'_>, at: usize, marks: Marks) -> Option<Amount> {
    let Bound { lower, to } = range::bound(text, at)?;
    // "over 5 euro" is English only; "over" says when in Dutch.
    if text.word(at) == "over" && marks == Marks::Dutch {
        return None;
    }
    let found = single(text, range::about(text, to), marks)?;
    Some(if lower {
        Amount { from: at, high: None, exact: false, ..found }
    } else {
        Amount { from: at, low: None, exact: false, ..found }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(raw: &str, marks: Marks) -> Option<(Option<f64>, Option<f64>, &'static str)> {
        let text = Text::new(raw);
        (0..text.len()).find_map(|at| amount(&text, at, marks)).map(|found| (found.low, found.high, found.unit))
    }

    #[test]
    fn one_value_is_read_with_its_currency() {
        for (raw, value, unit) in [
            ("€ 2.375,-", 2375.0, "EUR"),
            ("19,95 euro", 19.95, "EUR"),
            ("3 ton", 0.0, ""),
            ("€ 1,5 mln", 1_500_000.0, "EUR"),
            ("vijfendertig euro", 35.0, "EUR"),
            ("8 euro 60", 8.6, "EUR"),
            ("twee tientjes", 20.0, "EUR"),
            ("90 Zweedse kronen", 90.0, "SEK"),
            ("14 MEUR", 14_000_000.0, "EUR"),
            ("15k€", 15_000.0, "EUR"),
            ("35 cent", 35.0, "CENT"),
        ] {
            let want = (!unit.is_empty()).then_some((Some(value), Some(value), unit));
            assert_eq!(first(raw, Marks::Dutch), want, "{raw}");
        }
        for (raw, value, unit) in [
            ("a $250 voucher", 250.0, "USD"),
            ("65 GBP million", 65_000_000.0, "GBP"),
            ("six pounds and 20 pence", 6.2, "GBP"),
            ("C$ 1,200.50", 1200.5, "CAD"),
            ("3 grand", 3000.0, "USD"),
        ] {
            assert_eq!(first(raw, Marks::English), Some((Some(value), Some(value), unit)), "{raw}");
        }
        assert_eq!(first("a grand opening", Marks::English), None);
    }

    #[test]
    fn three_digits_are_thousands_of_euros_behind_either_mark() {
        let euros = |value: f64| Some((Some(value), Some(value), "EUR"));
        assert_eq!(first("€2.300 set aside", Marks::English), euros(2300.0));
        assert_eq!(first("2,300 euro", Marks::Dutch), euros(2300.0));
        assert_eq!(first("€ 2.30", Marks::English), euros(2.3));
        // A coin is no price.
        assert_eq!(first("zo groot als een 2 euro munt", Marks::Dutch), None);
    }

    #[test]
    fn ranges_and_limits_are_read() {
        for (raw, low, high) in [
            ("tussen de 30 en 45 euro", Some(30.0), Some(45.0)),
            ("€ 30 tot € 45", Some(30.0), Some(45.0)),
            ("30 à 45 euro", Some(30.0), Some(45.0)),
            ("hooguit 45 euro", None, Some(45.0)),
            ("niet minder dan 30 euro", Some(30.0), None),
        ] {
            assert_eq!(first(raw, Marks::Dutch), Some((low, high, "EUR")), "{raw}");
        }
    }
}
