//! Room numbers and the names behind a word for a room: *2.14*, *B1.07*, *lokaal 12*, *hal Noord*.

use super::Located;
use super::lead::{function, lead};
use crate::intake::text::{Sort, Text};

/// `2.14`, `B1.07`, `12`, `3-04`, `A3`: the token after it.
pub(super) fn code(text: &Text<'_>, at: usize) -> Option<usize> {
    let mut here = at;
    if text.is(here, Sort::Word)
        && text.word(here).len() <= 2
        && text.is(here + 1, Sort::Digits)
        && text.glued(here + 1)
    {
        here += 1;
    }
    if !text.is(here, Sort::Digits) || text.word(here).len() > 4 {
        return None;
    }
    if matches!(text.word(here + 1), "e" | "de" | "ste") && text.glued(here + 1) {
        return None;
    }
    here += 1;
    while matches!(text.word(here), "." | "-")
        && text.glued(here)
        && text.is(here + 1, Sort::Digits)
        && text.glued(here + 1)
        && here < at + 6
    {
        here += 2;
    }
    // 2.12b, 2.12-b
    let letter = here + usize::from(text.word(here) == "-" && text.glued(here));
    if text.is(letter, Sort::Word) && text.glued(letter) && text.word(letter).len() == 1 && text.word(letter) != "x" {
        here = letter + 1;
    }
    Some(here)
}

/// `2.14` and `B1.07` where no amount, date or version can be meant.
pub(super) fn room_number(text: &Text<'_>, at: usize) -> Option<Located> {
    let letter = text.is(at, Sort::Word)
        && text.word(at).len() == 1
        && text.tokens[at].capital
        && text.is(at + 1, Sort::Digits)
        && text.glued(at + 1);
    let digits = if letter { at + 1 } else { at };
    if !text.is(digits, Sort::Digits) || (!letter && text.glued(at) && !matches!(text.before(at, 1), "(" | "-" | "/")) {
        return None;
    }
    let whole = text.word(digits).len() <= 2;
    let dotted = matches!(text.word(digits + 1), "." | "-")
        && text.glued(digits + 1)
        && text.is(digits + 2, Sort::Digits)
        && text.glued(digits + 2)
        && text.word(digits + 2).len() == 2
        && (text.word(digits + 1) == "." || letter);
    let further = (matches!(text.word(digits + 3), "." | "," | "/" | ":")
        && text.is(digits + 4, Sort::Digits)
        && text.glued(digits + 4)
        && text.glued(digits + 3))
        || matches!(
            text.word(digits + 3),
            "euro"
                | "eur"
                | "uur"
                | "u"
                | "h"
                | "%"
                | "pp"
                | "p"
                | "gb"
                | "mb"
                | "m"
                | "km"
                | "meter"
                | "cm"
                | "am"
                | "pm"
        )
        || matches!(
            text.before(at, 1),
            "€" | "$"
                | "versie"
                | "version"
                | "v"
                | "max"
                | "om"
                | "a"
                | "x"
                | "is"
                | "was"
                | "ben"
                | "ipv"
                | "dan"
                | "than"
        );
    // "at 3.30" is a time, "at 3.04" a room; "9.00" is hardly ever a room, and behind capitals stands a version.
    let minutes = text.word(digits + 2);
    let time = minutes == "00" || (text.before(at, 1) == "at" && minutes.ends_with(['0', '5']));
    let version = at > 0 && text.shouted(at - 1) && !letter;
    if !whole || !dotted || further || time || version {
        return None;
    }
    let led = lead(text, at);
    let mut to = digits + 3;
    if text.is(to, Sort::Word) && text.glued(to) && text.word(to).len() == 1 {
        to += 1;
    }
    // 1.20 naar 2.08
    if matches!(text.word(to), "naar" | "to")
        && let Some(second) = room_number(text, to + 1)
    {
        // Where from and where to belong together; nothing else may part them.
        return Some(Located { from: at, to: second.to, score: 5.0 });
    }
    Some(Located { from: at, to, score: 1.5 + led * 0.5 })
}

word_list! {
    /// Words that tell two rooms of one name apart.
    fn side(word) {
        "noord" | "zuid" | "oost" | "west" | "north" | "south" | "east" | "links" | "rechts" | "boven" | "beneden" |
        "achter" | "directeur" | "directie" | "burgemeester" | "wethouder" | "secretaris" | "griffier"
    }
}

/// The number, letter or name behind a word for a room, and how much surer it makes the place. `named` words (*kamer*,
/// *room*) take any number; behind others a number may count what comes next.
pub(super) fn room_name(text: &Text<'_>, at: usize, taken: &[bool], named: bool) -> (usize, f32) {
    if taken.get(at).copied().unwrap_or(false) && !named {
        return (at, 0.0);
    }
    if let Some(end) = code(text, at).filter(|end| named || !counts(text, *end)) {
        return (end, 0.9);
    }
    let mut end = at;
    if matches!(text.word(at), "de" | "the") && text.tokens.get(at).is_some_and(|t| t.capital) {
        end += 1;
    }
    let mut names = 0;
    while names < 2
        && text.is(end, Sort::Word)
        && text.tokens[end].capital
        && !text.glued(end)
        && !taken.get(end).copied().unwrap_or(false)
        && !function(text.word(end))
    {
        end += 1;
        names += 1;
    }
    // "vleugel c", "suite 5b", "rooms Delft and Gouda"
    if names == 1
        && matches!(text.word(end), "en" | "and")
        && text.is(end + 1, Sort::Word)
        && text.tokens[end + 1].capital
        && matches!(text.before(at, 1), "rooms" | "kamers" | "zalen")
    {
        return (end + 2, 0.9);
    }
    if names == 0
        && text.is(at, Sort::Word)
        && text.word(at).len() == 1
        && !matches!(text.word(at), "n" | "t" | "s" | "k" | "m" | "a" | "i" | "u")
    {
        return (at + 1, 0.6);
    }
    // A bare side ends the phrase: "trappenhuis zuid", but not "kamer boven de hal".
    if names == 0 && side(text.word(at)) && !super::lead::article(text.word(at + 1)) && !text.is(at + 1, Sort::Digits) {
        let name = matches!(text.word(at), "wethouder" | "burgemeester")
            && text.is(at + 1, Sort::Word)
            && text.tokens[at + 1].capital;
        return (at + 1 + usize::from(name), 0.5);
    }
    if names > 0 { (end, 0.8) } else { (at, 0.0) }
}

/// Whether the number before that token counts a noun: *3 stoelen*, *4 new chairs*.
fn counts(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    let plural = |word: &str| {
        word.len() > 3 && (word.ends_with("en") || (word.ends_with('s') && !word.ends_with("is")))
            || matches!(word, "x" | "stuks" | "uur" | "euro" | "man" | "pcs")
    };
    text.is(at, Sort::Word)
        && (plural(word)
            || (!super::lead::preposition(word) && plural(text.word(at + 1)) && text.is(at + 1, Sort::Word)))
        && !matches!(word, "hangt" | "is" | "was" | "does" | "staan" | "zijn" | "doen" | "gaan")
}
