//! What is said under a card on which people decide: yes, no, or up to how much. Words decide nothing there; they are understood so
//! that whoever says them hears which sign counts.

use super::answer::{Intent, any, intent, opens};
use super::language;
use super::money::{self, amount, basis};
use super::number::{Marks, number};
use super::text::{Sort, Text};
use crate::domain::{Lang, Money};

/// A remark under a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// *akkoord*, *ok doe maar*, *prima*.
    Agree,
    /// *niet akkoord, want …*, *nee, te duur*: with the reason, where there is one.
    Decline(Option<String>),
    /// *tot 250*, *max 250 ex btw*, *akkoord tot € 250*.
    Limit(Money),
    /// A maximum without an amount that can be read.
    NoAmount,
    /// Words that may be a reason.
    Words,
    /// Questions, thanks, and nothing.
    Other,
}

/// Phrases that say no, wherever they stand in a short remark.
const NO: &[&str] = &[
    "niet akkoord",
    "geen akkoord",
    "niet mee eens",
    "te duur",
    "veel te veel",
    "afgewezen",
    "afgekeurd",
    "doen we niet",
    "niet doen",
    "liever niet",
    "kan niet",
    "mag niet",
    "not approved",
    "not agreed",
    "dont approve",
    "do not approve",
    "cannot approve",
    "cant approve",
    "too expensive",
    "too much",
    "declined",
    "rejected",
    "rather not",
];
/// Beginnings that say no and no more: what follows them is the reason.
const BARE_NO: &[&str] = &[
    "niet akkoord",
    "geen akkoord",
    "not approved",
    "not agreed",
    "declined",
    "rejected",
    "afgewezen",
    "afgekeurd",
    "nee",
    "neen",
    "no",
    "nope",
];
/// Words between a no and its reason.
const BECAUSE: &[&str] = &["want", "omdat", "because", "since", "as"];
/// Words of people who talk about a yes and do not give one.
const UNSURE: &[&str] = &[
    "wacht", "wachten", "wie", "moet", "nodig", "nog niet", "vraag", "waiting", "wait", "who", "needs", "not yet",
    "should",
];
/// Words for a maximum, the longer ones first. *tot* alone also says until when.
const MOST: &[&str] = &[
    "niet meer dan",
    "niet hoger dan",
    "niet boven de",
    "niet boven",
    "ten hoogste",
    "op zijn hoogst",
    "no more than",
    "not more than",
    "at most",
    "up to",
    "onder de",
    "onder",
    "below",
    "under",
    "maximaal",
    "maximum",
    "hoogstens",
    "max",
    "hooguit",
    "limit",
    "limiet",
    "tot",
];
/// Words that may stand between a maximum and its amount.
const BETWEEN: &[&str] =
    &["een", "bedrag", "van", "is", "of", "an", "a", "amount", "ca", "circa", ":", ".", "en", "met", "to"];
/// Words behind a bare number that leave it an amount.
const BEHIND: &[&str] = &[
    "ex",
    "exc",
    "excl",
    "exclusief",
    "excluding",
    "inc",
    "incl",
    "inclusief",
    "including",
    "btw",
    "vat",
    "zonder",
    "met",
    "plus",
    "without",
    "with",
    "exbtw",
    "exclbtw",
    "inclbtw",
    "en",
    "and",
    "dan",
    "then",
    "is",
    "graag",
    "please",
    "aub",
    "hoor",
    "prima",
    "akkoord",
    "ok",
    "oke",
    "fine",
    "niet",
    "not",
    "maar",
    "but",
    "ivm",
    "want",
    "because",
    "all",
    "totaal",
    "total",
    "als",
    "if",
    "blijft",
    "stays",
    "max",
    "maximaal",
    "tops",
];
/// So many tokens at most are no more than a yes.
const SHORT: usize = 9;

/// What a remark under a card says.
pub fn remark(raw: &str) -> Remark {
    let text = Text::new(raw);
    if text.len() == 0 || raw.contains('?') {
        return Remark::Other;
    }
    let limit = limit(&text);
    if let Some(Remark::Limit(_)) = limit {
        return limit.unwrap_or(Remark::Other);
    }
    if any(&text, NO) || opens(&text, BARE_NO) || intent(&text) == Intent::No {
        return Remark::Decline(reason(&text));
    }
    if let Some(limit) = limit {
        return limit;
    }
    let agrees = matches!(intent(&text), Intent::Agree | Intent::Yes);
    if agrees && text.len() <= SHORT && !any(&text, UNSURE) { Remark::Agree } else { words(&text) }
}

fn words(text: &Text<'_>) -> Remark {
    if intent(text) == Intent::Thanks { Remark::Other } else { Remark::Words }
}

/// The amount in the answer to the question up to how much.
pub fn limit_named(raw: &str) -> Option<Money> {
    let text = Text::new(raw);
    if let Some(Remark::Limit(money)) = limit(&text) {
        return Some(money);
    }
    let marks = marks(&text);
    money::euros(&text, marks)
        .map(|(money, ..)| money)
        .or_else(|| (0..text.len()).find_map(|at| named(&text, at, marks)))
}

fn marks(text: &Text<'_>) -> Marks {
    if language::language(text).0 == Lang::En { Marks::English } else { Marks::Dutch }
}

/// The maximum that is named, if one is.
fn limit(text: &Text<'_>) -> Option<Remark> {
    let marks = marks(text);
    let mut unread = None;
    for at in 0..text.len() {
        let Some((words, length)) = MOST.iter().find_map(|words| Some((*words, stands(text, at, words)?))) else {
            continue;
        };
        let mut next = at + length;
        while next < at + length + 4 && BETWEEN.contains(&text.word(next)) {
            next += 1;
        }
        if let Some(money) = named(text, next, marks) {
            return Some(Remark::Limit(money));
        }
        // "tot morgen" and "onder de tafel" name no maximum at all.
        let sure = !matches!(words, "tot" | "onder" | "onder de" | "under" | "below" | "up to" | "limit" | "limiet");
        if sure && next >= text.len().saturating_sub(3) {
            unread = Some(Remark::NoAmount);
        }
    }
    // "250 max"
    let last = (0..text.len()).rev().find(|at| text.is(*at, Sort::Word))?;
    if unread.is_some() && matches!(text.word(last), "max" | "maximaal" | "tops") {
        let before = (0..last).find_map(|at| named(text, at, marks));
        return before.map(Remark::Limit).or(unread);
    }
    unread
}

/// How many tokens a phrase takes that begins at a token.
fn stands(text: &Text<'_>, at: usize, phrase: &str) -> Option<usize> {
    let mut length = 0;
    for word in phrase.split(' ') {
        if text.word(at + length) != word {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// The euros that begin at a token. A bare number is an amount only where nothing behind it says of what else.
fn named(text: &Text<'_>, at: usize, marks: Marks) -> Option<Money> {
    if let Some(found) = amount(text, at, marks) {
        let value = found.high.or(found.low).filter(|_| !of_each(text, found.to))?;
        return match found.unit {
            "EUR" => money(text, value * 100.0, found.from, found.to),
            "CENT" => money(text, value, found.from, found.to),
            _ => None,
        };
    }
    let n = number(text, at, marks).filter(|n| n.digits && !n.article)?;
    let n = money::counted(text, at, marks, "EUR").filter(|again| again.to == n.to).unwrap_or(n);
    let next = text.word(n.to);
    let counted = text.is(n.to, Sort::Word) && !BEHIND.contains(&next);
    // A time, a date, a percentage, a range.
    let other = match next {
        ":" | "/" | "%" | "–" | "x" | "×" => true,
        "-" => text.is(n.to + 1, Sort::Digits),
        _ => false,
    };
    if counted || other || (next == "." && text.glued(n.to) && text.is(n.to + 1, Sort::Digits)) {
        return None;
    }
    money(text, n.value * 100.0, n.from, n.to)
}

fn money(text: &Text<'_>, cents: f64, from: usize, to: usize) -> Option<Money> {
    if !(0.0..1e13).contains(&cents) {
        return None;
    }
    // The range was checked.
    #[allow(clippy::cast_possible_truncation)]
    let cents = cents.round() as i64;
    Some(Money { cents, basis: basis(text, from, to) })
}

/// Whether an amount is said of each piece or person: that is no maximum of the whole.
fn of_each(text: &Text<'_>, to: usize) -> bool {
    matches!(text.word(to), "per" | "p" | "pp" | "pst" | "pm" | "each" | "apiece" | "ieder" | "elk")
}

/// The words behind the no, without *want*; `None` when nothing is left.
fn reason(text: &Text<'_>) -> Option<String> {
    let mut at = BARE_NO.iter().find_map(|words| stands(text, 0, words)).unwrap_or(0);
    while at < text.len() && (text.is(at, Sort::Mark) || text.is(at, Sort::Break) || BECAUSE.contains(&text.word(at))) {
        at += 1;
    }
    let (start, _) = (at < text.len()).then(|| text.bytes(at, at + 1))?;
    let words = text.raw.get(start..)?.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Basis;

    fn euros(amount: i64, basis: Basis) -> Remark {
        Remark::Limit(Money { cents: amount * 100, basis })
    }

    #[test]
    fn a_yes_in_words_is_known() {
        for raw in [
            "akkoord",
            "Akkoord!",
            "ok doe maar",
            "prima",
            "Prima, doe maar",
            "ja",
            "ga maar door, akkoord",
            "approved",
            "go ahead",
            "fine by me",
            "👍",
        ] {
            assert_eq!(remark(raw), Remark::Agree, "{raw}");
        }
        for raw in [
            "akkoord?",
            "wacht op akkoord van Bob",
            "wie moet hier akkoord geven",
            "bedankt",
            "lekker weer",
            "tot morgen!",
            "ik kom tot 12 uur",
            "onder de tafel ligt er nog een",
            "",
        ] {
            assert!(matches!(remark(raw), Remark::Other | Remark::Words), "{raw}");
        }
    }

    #[test]
    fn a_maximum_is_read_with_its_basis() {
        for (raw, expected) in [
            ("tot 250", euros(250, Basis::Unknown)),
            ("max 250 ex btw", euros(250, Basis::Excl)),
            ("akkoord tot € 250", euros(250, Basis::Unknown)),
            ("akkoord, maar niet meer dan 250 euro incl. btw", euros(250, Basis::Incl)),
            ("€ 375 is te veel, max € 250", euros(250, Basis::Unknown)),
            ("tot 1.250,-", euros(1250, Basis::Unknown)),
            ("up to 250 is fine", euros(250, Basis::Unknown)),
            ("nee, te duur, tot 200", euros(200, Basis::Unknown)),
            ("250 max", euros(250, Basis::Unknown)),
            ("akkoord als het onder de 250 blijft", euros(250, Basis::Unknown)),
        ] {
            assert_eq!(remark(raw), expected, "{raw}");
        }
        for raw in ["max een beetje", "maximaal", "hoogstens zoveel"] {
            assert_eq!(remark(raw), Remark::NoAmount, "{raw}");
        }
        for raw in [
            "max € 12,50 per persoon",
            "tot € 12,50 p.p.",
            "max 12,50 pp",
            "up to €12.50 each",
            "tot 5 maart",
            "tot 12:00",
            "max 14 personen kunnen erin",
            "tot 12-3",
        ] {
            assert!(!matches!(remark(raw), Remark::Limit(_)), "{raw}: {:?}", remark(raw));
        }
    }

    #[test]
    fn a_no_brings_its_reason() {
        for (raw, why) in [
            ("niet akkoord, want er staan nog stoelen in de kelder", Some("er staan nog stoelen in de kelder")),
            ("nee, te duur", Some("te duur")),
            ("te duur", Some("te duur")),
            ("geen akkoord", None),
            ("not approved because we have some", Some("we have some")),
        ] {
            assert_eq!(remark(raw), Remark::Decline(why.map(str::to_owned)), "{raw}");
        }
    }

    #[test]
    fn a_form_needs_the_amount_alone() {
        for (raw, cents) in [("250", 25_000), ("€ 99,50", 9_950), ("tot 250", 25_000), ("200 euro", 20_000)] {
            assert_eq!(limit_named(raw).map(|money| money.cents), Some(cents), "{raw}");
        }
        for raw in ["veel minder", "", "2 stoelen"] {
            assert_eq!(limit_named(raw), None, "{raw}");
        }
    }
}
