//! The euros that a message names as cost, budget or quote, and whether VAT is in them.

use super::{amount, dashes};
use crate::domain::{Basis, Money};
use crate::intake::number::{Marks, number};
use crate::intake::text::{Sort, Text};

word_list! {
    /// Words for paying, behind which an amount has cents or is said of each.
    fn paid(word) {
        "rekening" | "factuur" | "invoice" | "bill" | "paid" | "pay" | "betaald" | "betaalden" | "betalen" | "offerte" |
        "quote" | "huur" | "bedrag" | "richtbedrag"
    }
}

/// How far from an amount the words about VAT may stand.
const NEAR: usize = 7;

/// The euros that a message names as cost, budget or quote, with their tokens. The first full one counts.
pub(crate) fn euros(text: &Text<'_>, marks: Marks) -> Option<(Money, usize, usize)> {
    let mut at = if super::named(text) { 0 } else { text.len() };
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
        // No amount begins in the middle of a number in words.
        let words = text.is(at, Sort::Word).then(|| number(text, at, marks)).flatten();
        at = words.map_or(at + 1, |n| n.to.max(at + 1));
    }
    (0..text.len()).find_map(|at| unsigned(text, at, marks))
}

/// "budget max 12,50 pp": an amount without a sign.
fn unsigned(text: &Text<'_>, at: usize, marks: Marks) -> Option<(Money, usize, usize)> {
    let led = matches!(
        text.word(at),
        "budget" | "max" | "maximaal" | "kosten" | "cost" | "costs" | "kost" | "prijs" | "price"
    ) || paid(text.word(at));
    if !led {
        return each_with_cents(text, at, marks);
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
    let n = number(text, skip, marks).filter(|n| n.digits)?;
    let to = dashes(text, n.to).unwrap_or(n.to);
    let each = matches!(text.word(to), "pp" | "pm" | "pst" | "each" | "apiece")
        || (text.word(to) == "p" && text.word(to + 1) == ".")
        || (text.word(to) == "per" && matches!(text.word(to + 1), "persoon" | "stuk" | "person" | "head" | "piece"));
    let taxed = basis(text, skip, to) != Basis::Unknown;
    // "a bill of 186,50": whole cents are money behind a word for paying.
    let cents = n.broken && n.to == skip + 3 && text.word(skip + 2).len() == 2 && paid(text.word(at));
    let named = matches!(text.word(at), "budget") || to > n.to || taxed || cents;
    let goes_on = matches!(text.word(to), "voor" | "for" | "is" | "en" | "and" | "in" | "all" | "max" | "graag");
    let counted = text.is(to, Sort::Word) && !each && !taxed && !goes_on;
    ((each || named) && (!counted || cents) && !text.word(to).starts_with('%'))
        .then(|| money(text, n.value * 100.0, at, to))
        .flatten()
}

/// "12,50 pp": whole cents for each are money without any word for it.
fn each_with_cents(text: &Text<'_>, at: usize, marks: Marks) -> Option<(Money, usize, usize)> {
    if !text.is(at, Sort::Digits) || text.word(at + 2).len() != 2 || text.glued(at) {
        return None;
    }
    let n = number(text, at, marks).filter(|n| n.broken && n.to == at + 3)?;
    let each = matches!(text.word(n.to), "pp" | "pst")
        || (text.word(n.to) == "per" && matches!(text.word(n.to + 1), "persoon" | "person" | "head"))
        || (text.word(n.to) == "p" && text.word(n.to + 1) == "." && text.word(n.to + 2) == "p");
    each.then(|| money(text, n.value * 100.0, at, n.to)).flatten()
}

fn money(text: &Text<'_>, cents: f64, from: usize, to: usize) -> Option<(Money, usize, usize)> {
    if !(0.0..1e13).contains(&cents) {
        return None;
    }
    // The range was checked.
    #[allow(clippy::cast_possible_truncation)]
    let cents = cents.round() as i64;
    Some((Money { cents, basis: basis(text, from, to) }, from, to))
}

/// *ex btw*, *incl. 21% btw*, *zonder btw*, *plus VAT*: before or behind the amount, in the same sentence.
pub(in crate::intake) fn basis(text: &Text<'_>, from: usize, to: usize) -> Basis {
    let behind = (to..to + NEAR).take_while(|at| !ends(text, *at));
    let before = (from.saturating_sub(4)..from).rev().take_while(|at| !ends(text, *at) && text.word(*at) != ",");
    behind.chain(before).find_map(|at| said(text, at)).unwrap_or(Basis::Unknown)
}

fn ends(text: &Text<'_>, at: usize) -> bool {
    // The point of "excl." ends no sentence.
    at >= text.len() || (text.ends_sentence(at) && !matches!(text.before(at, 1), "ex" | "exc" | "inc"))
}

/// The basis that is said at a token: the word for with or without, and VAT at most three tokens behind it.
fn said(text: &Text<'_>, at: usize) -> Option<Basis> {
    let tax = |at: usize| matches!(text.word(at), "btw" | "vat" | "tax" | "omzetbelasting");
    let near = (at + 1..at + 5).any(tax);
    match text.word(at) {
        "exbtw" | "exclbtw" => Some(Basis::Excl),
        "inclbtw" => Some(Basis::Incl),
        "ex" | "exc" | "excl" | "exclusief" | "excluding" | "exclusive" => {
            // "75 euro ex" means VAT to everybody; "excl. bezorging" does not.
            let bare = (at + 1..at + 3).all(|at| !text.is(at, Sort::Word) || tax(at));
            (near || bare).then_some(Basis::Excl)
        }
        "zonder" | "without" | "plus" | "before" | "+" => near_only(text, at).then_some(Basis::Excl),
        "inc" | "incl" | "inclusief" | "including" | "inclusive" => near.then_some(Basis::Incl),
        "met" | "with" => near_only(text, at).then_some(Basis::Incl),
        _ => None,
    }
}

/// VAT right behind a word that says many other things as well.
fn near_only(text: &Text<'_>, at: usize) -> bool {
    let percent = usize::from(text.is(at + 1, Sort::Digits)) + usize::from(text.word(at + 2) == "%");
    matches!(text.word(at + 1 + percent), "btw" | "vat")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Option<(i64, Basis)> {
        euros(&Text::new(raw), Marks::Dutch).map(|(money, ..)| (money.cents, money.basis))
    }

    #[test]
    fn vat_is_read_before_and_behind_the_amount() {
        for (raw, cents, basis) in [
            ("mag 60 euro kosten, ex btw", 6000, Basis::Excl),
            ("€ 310,- excl. 21% btw", 31_000, Basis::Excl),
            ("budget 85 ex btw", 8500, Basis::Excl),
            ("48 euro ex", 4800, Basis::Excl),
            ("exclusief btw € 500", 50_000, Basis::Excl),
            ("€ 500 zonder btw", 50_000, Basis::Excl),
            ("€ 500 + btw", 50_000, Basis::Excl),
            ("€ 605 inclusief btw", 60_500, Basis::Incl),
            ("€ 605 (incl. VAT)", 60_500, Basis::Incl),
            ("€ 605 met 21% btw", 60_500, Basis::Incl),
        ] {
            assert_eq!(read(raw), Some((cents, basis)), "{raw}");
        }
    }

    #[test]
    fn other_things_that_come_extra_are_no_vat() {
        for raw in ["€ 45 excl. bezorgkosten", "€ 45 incl. montage", "45 euro met korting", "€ 45. Verder ex btw graag"]
        {
            assert_eq!(read(raw), Some((4500, Basis::Unknown)), "{raw}");
        }
    }

    #[test]
    fn an_amount_without_a_sign_needs_a_word_for_money() {
        assert_eq!(read("budget max 14,50 pp"), Some((1450, Basis::Unknown)));
        assert_eq!(read("budget is 1,2k"), Some((120_000, Basis::Unknown)));
        assert_eq!(read("budget 1,2k voor 3 kasten"), Some((120_000, Basis::Unknown)));
        assert_eq!(read("graag lunch, 13,75 pp"), Some((1375, Basis::Unknown)));
        assert_eq!(read("een factuur van 96,40"), Some((9640, Basis::Unknown)));
        assert_eq!(read("max 14 personen"), None);
        assert_eq!(read("we zijn met 14"), None);
    }
}
