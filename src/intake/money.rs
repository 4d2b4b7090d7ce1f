//! Amounts of money with their currency.

use super::number::{self, Marks, Number, number};
use super::text::{Sort, Text};
use crate::domain::{Basis, Money};

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

/// A currency and whether it stands for hundredths.
fn currency(text: &Text<'_>, at: usize) -> Option<(&'static str, usize)> {
    let (a, b) = (text.word(at), text.word(at + 1));
    let found = match a {
        "€" | "euro" | "euros" | "eur" | "eurie" | "piek" => ("EUR", 1),
        "$" | "dollar" | "dollars" | "usd" | "bucks" | "buck" => ("USD", 1),
        "us" if matches!(b, "$" | "dollar" | "dollars") => ("USD", 2),
        "american" | "amerikaanse" if b.starts_with("dollar") => ("USD", 2),
        "united" if b == "states" && text.word(at + 2).starts_with("dollar") => ("USD", 3),
        "£" | "pound" | "pounds" | "gbp" | "quid" if a != "pound" && a != "pounds" || text.word(at + 1) != "of" => {
            ("GBP", 1)
        }
        "british" | "britse" | "engelse" if matches!(b, "pound" | "pounds" | "ponden") => ("GBP", 2),
        "¥" | "yen" | "jpy" => ("JPY", 1),
        "yuan" | "cny" | "rmb" | "renminbi" => ("CNY", 1),
        "₹" | "rupee" | "rupees" | "inr" | "roepie" | "roepies" => ("INR", 1),
        "chf" | "frank" | "franc" | "francs" | "franken" => ("CHF", 1),
        "sek" => ("SEK", 1),
        "nok" => ("NOK", 1),
        "dkk" => ("DKK", 1),
        "kronor" | "krona" => ("SEK", 1),
        "kroner" | "kronen" => ("DKK", 1),
        "aud" => ("AUD", 1),
        "cad" => ("CAD", 1),
        "hkd" => ("HKD", 1),
        "nzd" => ("NZD", 1),
        "sgd" => ("SGD", 1),
        "krw" | "won" | "₩" => ("KRW", 1),
        "rub" | "roebel" | "roebels" | "ruble" | "rubles" => ("RUB", 1),
        "pln" | "zloty" => ("PLN", 1),
        "try" if text.shouted(at) => ("TRY", 1),
        "mxn" | "peso" | "pesos" => ("MXN", 1),
        "brl" | "reais" | "real" if a != "real" => ("BRL", 1),
        "zar" | "rand" => ("ZAR", 1),
        "aed" | "dirham" | "dirhams" => ("AED", 1),
        "cent" | "cents" | "eurocent" | "ct" | "¢" | "c" | "penny" | "pennies" | "pence" => ("CENT", 1),
        _ => return None,
    };
    Some((found.0, at + found.1))
}

/// The amount that begins at a token.
pub(crate) fn amount(text: &Text<'_>, at: usize, marks: Marks) -> Option<Amount> {
    let word = text.word(at);
    let leads = matches!(
        word,
        "tussen"
            | "between"
            | "vanaf"
            | "from"
            | "van"
            | "minder"
            | "lager"
            | "kleiner"
            | "goedkoper"
            | "less"
            | "lower"
            | "cheaper"
            | "fewer"
            | "niet"
            | "no"
            | "not"
            | "onder"
            | "under"
            | "below"
            | "meer"
            | "hoger"
            | "groter"
            | "duurder"
            | "more"
            | "higher"
            | "over"
            | "boven"
            | "above"
            | "at"
            | "ten"
            | "minstens"
            | "minimaal"
            | "minimum"
    );
    let starts = text.is(at, Sort::Digits) || number::may_begin(word) || matches!(word, "." | ",");
    if !leads && !starts && currency(text, at).is_none() {
        return None;
    }
    bounded(text, at, marks).or_else(|| range(text, at, marks, false)).or_else(|| single(text, at, marks))
}

/// One value: `€ 340`, `12,50 euro`, `20 dollar 43 cents`.
fn single(text: &Text<'_>, at: usize, marks: Marks) -> Option<Amount> {
    // The sign or code before the number.
    if let Some((unit, next)) = currency(text, at).filter(|(unit, _)| *unit != "CENT") {
        let word = text.is(at, Sort::Word);
        if let Some(n) = number(text, next, marks).filter(|n| n.digits || (!word && !n.article)) {
            let glued = text.glued(next)
                || !word
                || matches!(
                    text.word(at),
                    "eur" | "usd" | "gbp" | "euro" | "chf" | "jpy" | "cny" | "aud" | "cad" | "inr"
                );
            if glued {
                let (to, more) = tail(text, n.to, marks, false);
                return Some(plain(at, to, n.value + more, unit));
            }
        }
    }
    let n = number(text, at, marks)?;
    let mut unit_at = n.to;
    // 1.400,- euro
    let dash = dashes(text, unit_at);
    unit_at = dash.unwrap_or(unit_at);
    if text.word(unit_at) == "-" && text.glued(unit_at) && text.is(unit_at + 1, Sort::Word) {
        unit_at += 1;
    }
    let (unit, next) = currency(text, unit_at)?;
    if unit == "CENT" {
        let c = text.word(unit_at) == "c" && !text.glued(unit_at);
        return (!c).then(|| plain(at, next, n.value, "CENT"));
    }
    if n.article && !matches!(text.word(at), "a" | "an" | "een") {
        return None;
    }
    let (to, more) = tail(text, next, marks, true);
    Some(plain(at, to, n.value + more, unit))
}

/// `,-` and `,--`: the token after them.
fn dashes(text: &Text<'_>, at: usize) -> Option<usize> {
    if !(text.word(at) == "," && text.glued(at) && text.word(at + 1) == "-" && text.glued(at + 1)) {
        return None;
    }
    Some(at + 2 + usize::from(text.word(at + 2) == "-" && text.glued(at + 2)))
}

/// Cents after whole euros: `en 43c`, `43 cents`, `43`.
fn tail(text: &Text<'_>, at: usize, marks: Marks, after_word: bool) -> (usize, f64) {
    if let Some(end) = dashes(text, at) {
        return (end, 0.0);
    }
    let joined = matches!(text.word(at), "en" | "and");
    let skip = at + usize::from(joined);
    if let Some(n) = number(text, skip, marks).filter(|n: &Number| !n.article && !n.broken && n.value < 100.0) {
        let cents = matches!(currency(text, n.to), Some(("CENT", _)));
        if cents {
            return (n.to + 1, n.value / 100.0);
        }
        let ends = n.to >= text.len() || matches!(text.word(n.to), "." | "," | "?" | "!" | ")");
        if joined && ends && n.value >= 1.0 && n.value.fract() == 0.0 {
            return (n.to, n.value / 100.0);
        }
        if !n.digits && !joined && after_word && ends && n.value >= 10.0 {
            return (n.to, n.value / 100.0);
        }
        if after_word
            && n.digits
            && !joined
            && text.word(skip).len() == 2
            && !text.is(n.to, Sort::Word)
            && !matches!(text.word(n.to), "%" | "/" | "-" | ":" | ".")
        {
            return (n.to, n.value / 100.0);
        }
    }
    (at, 0.0)
}

fn plain(from: usize, to: usize, value: f64, unit: &'static str) -> Amount {
    let (value, unit) = if unit == "CENT" { (value, "CENT") } else { (value, unit) };
    Amount { from, to, low: Some(value), high: Some(value), unit, exact: true }
}

/// `10-20 euro`, `tussen € 10 en € 20`, `from 10 to 20 dollars`.
fn range(text: &Text<'_>, at: usize, marks: Marks, led: bool) -> Option<Amount> {
    if matches!(text.word(at), "tussen" | "between" | "vanaf" | "from" | "van") && !led {
        let skip = at + 1 + usize::from(matches!(text.word(at + 1), "de" | "the"));
        return range(text, skip, marks, true).map(|found| Amount { from: at, ..found });
    }
    let first = single(text, at, marks);
    let (low, next, unit) = match &first {
        Some(found) if found.exact => (found.low?, found.to, Some(found.unit)),
        _ => {
            let n = number(text, at, marks).filter(|n| !n.article)?;
            (n.value, n.to, None)
        }
    };
    let sep = match text.word(next) {
        "-" | "tot" | "to" | "until" => next + 1,
        "en" | "and" if led => next + 1,
        _ => return None,
    };
    let second = single(text, sep, marks).filter(|s| s.unit != "CENT" || unit == Some("CENT"));
    let (high, to, unit2) = match second {
        Some(found) => (found.high?, found.to, Some(found.unit)),
        None => {
            let n = number(text, sep, marks).filter(|n| n.digits && unit.is_some())?;
            (n.value, n.to, None)
        }
    };
    let unit = unit2.or(unit)?;
    (high > low).then_some(Amount { from: at, to, low: Some(low), high: Some(high), unit, exact: false })
}

/// `minder dan 7 euro`, `minstens € 1,42`.
fn bounded(text: &Text<'_>, at: usize, marks: Marks) -> Option<Amount> {
    let (lower, skip) = match (text.word(at), text.word(at + 1), text.word(at + 2)) {
        ("minder" | "lager" | "kleiner" | "goedkoper" | "less" | "lower" | "cheaper" | "fewer", "dan" | "than", _) => {
            (false, 2)
        }
        ("niet", "meer", "dan") | ("no" | "not", "more", "than") => (false, 3),
        ("onder" | "under" | "below", "de" | "the" | "a", _) => (false, 2),
        ("onder" | "under" | "below", _, _) => (false, 1),
        ("meer" | "hoger" | "groter" | "duurder" | "more" | "higher" | "over", "dan" | "than", _) => (true, 2),
        ("boven" | "over" | "above", "de" | "the" | "a", _) => (true, 2),
        ("at" | "ten", "least" | "minste", _) => (true, 2),
        ("at" | "ten", "most" | "hoogste", _) => (false, 2),
        ("minstens" | "minimaal" | "boven" | "above" | "minimum", _, _) => (true, 1),
        ("over", _, _) if marks == Marks::English => (true, 1),
        _ => return None,
    };
    let found = single(text, at + skip, marks)?;
    Some(if lower {
        Amount { from: at, high: None, exact: false, ..found }
    } else {
        Amount { from: at, low: None, exact: false, ..found }
    })
}

/// The euros that a message names as cost, budget or quote, with their tokens. The first full one counts.
pub(crate) fn euros(text: &Text<'_>, marks: Marks) -> Option<(Money, usize, usize)> {
    let mut at = 0;
    while at < text.len() {
        if let Some(found) = amount(text, at, marks) {
            let value = found.high.or(found.low)?;
            let cents = match found.unit {
                "EUR" => value * 100.0,
                "CENT" => value,
                _ => {
                    at = found.to.max(at + 1);
                    continue;
                }
            };
            return money(text, cents, found.from, found.to);
        }
        at += 1;
    }
    // "budget max 12,50 pp": an amount without a sign.
    for at in 0..text.len() {
        let led = matches!(
            text.word(at),
            "budget" | "max" | "maximaal" | "kosten" | "cost" | "costs" | "kost" | "prijs" | "price"
        );
        if !led {
            continue;
        }
        let mut skip = at + 1;
        while matches!(
            text.word(skip),
            "is" | "van"
                | "of"
                | "max"
                | "maximaal"
                | "maximum"
                | ":"
                | "."
                | "ca"
                | "circa"
                | "about"
                | "ongeveer"
                | "up"
                | "to"
                | "tot"
                | "a"
        ) && skip < at + 4
        {
            skip += 1;
        }
        if let Some(n) = number(text, skip, marks).filter(|n| n.digits) {
            let mut to = n.to;
            to = dashes(text, to).unwrap_or(to);
            let each = matches!(text.word(to), "pp" | "pm" | "pst")
                || (text.word(to) == "p" && text.word(to + 1) == ".")
                || (text.word(to) == "per"
                    && matches!(text.word(to + 1), "persoon" | "stuk" | "person" | "head" | "piece"));
            let named = matches!(text.word(at), "budget") || to > n.to;
            let counted = text.is(to, Sort::Word) && !each;
            if (each || named) && !counted && !text.word(to).starts_with('%') {
                return money(text, n.value * 100.0, at, to);
            }
        }
    }
    None
}

fn money(text: &Text<'_>, cents: f64, from: usize, to: usize) -> Option<(Money, usize, usize)> {
    if !(0.0..1e13).contains(&cents) {
        return None;
    }
    let near: Vec<&str> = (to..to + 4).map(|at| text.word(at)).collect();
    let basis = if near.iter().any(|w| matches!(*w, "excl" | "exclusief" | "ex" | "excluding")) {
        Basis::Excl
    } else if near.iter().any(|w| matches!(*w, "incl" | "inclusief" | "including"))
        && near.iter().any(|w| matches!(*w, "btw" | "vat"))
    {
        Basis::Incl
    } else {
        Basis::Unknown
    };
    // The range was checked.
    #[allow(clippy::cast_possible_truncation)]
    let cents = cents.round() as i64;
    Some((Money { cents, basis }, from, to))
}
