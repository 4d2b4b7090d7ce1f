//! What stands before a place: prepositions, articles, and what narrows it.

use super::words;
use crate::intake::language;
use crate::intake::number::ordinal_word;
use crate::intake::text::{Sort, Text};

word_list! {
    /// Whether a word is an article or what stands in its place.
    pub(super) fn article(word) {
        "de" | "het" | "the" | "onze" | "our" | "ons" | "mijn" | "my" | "mn" | "jullie" | "your" | "t" | "den" | "een" |
        "a" | "an" | "dat" | "die" | "deze" | "this" | "that" | "hele" | "heel" | "whole" | "entire"
    }
}

word_list! {
    /// Whether a word says where the next words are.
    pub(super) fn preposition(word) {
        "in" | "op" | "bij" | "aan" | "naast" | "boven" | "achter" | "onder" | "tegenover" | "near" | "inside" |
        "outside" | "behind" | "above" | "at" | "by" | "opposite" | "buiten" | "binnen" | "voor" | "vr" | "rond" |
        "langs" | "tussen" | "vanuit" | "uit" | "on" | "under" | "next" | "across" | "vanaf" | "into" | "along" |
        "beside" | "below" | "between" | "through" | "over"
    }
}

/// How strongly the word before says that a place follows: the word before the article counts.
pub(super) fn lead(text: &Text<'_>, at: usize) -> f32 {
    let mut back = 1;
    let mut bonus = 0.0;
    while article(text.before(at, back)) && back < 4 {
        bonus = 0.3;
        back += 1;
    }
    match text.before(at, back) {
        "to" if text.before(at, back + 1) == "next" => 1.3 + bonus,
        "of" if text.before(at, back + 1) == "front" => 1.3 + bonus,
        "naar" | "to" => 0.7 + bonus,
        word if preposition(word) => 1.0 + bonus,
        // "the key of the back door" is about that door.
        "for" | "of" | "van" | "from" | "vd"
            if ["sleutel", "sleutels", "key", "keys", "slot", "lock", "kraan", "raam"]
                .contains(&text.before(at, back + 1)) =>
        {
            1.0 + bonus
        }
        "for" | "of" | "van" | "from" | "vd" => 0.6 + bonus,
        "beamer" | "printer" | "lamp" | "lift" | "deur" | "raam" | "naambordje" | "stopcontact" | "airco"
        | "printers" | "lampen" | "kraan" | "toestel" | "zonwering" | "scherm" | "noodverlichting" | "verlichting"
        | "radiator" | "spots" | "spotje" | "keet" => 1.0,
        ":" | "," | "(" | "-" => 0.5,
        _ => bonus * 0.6,
    }
}

/// Steps left over what narrows a place: *heren-wc*, *3e gang*, *nieuwe pand*, *archive reading room*.
pub(super) fn modifiers(text: &Text<'_>, from: usize) -> usize {
    let known = known_modifiers(text, from);
    let english = if words::english(text.word(from)) { noun_phrase(text, from) } else { from };
    // "cv-kast": the hyphen joins.
    let joined = text.is(from, Sort::Word)
        && text.glued(from)
        && from > 0
        && text.is(from - 1, Sort::Word)
        && !function(text.before(from, 1));
    known.min(english).min(if joined { from - 1 } else { from })
}

fn known_modifiers(text: &Text<'_>, from: usize) -> usize {
    let mut start = from;
    for _ in 0..2 {
        let Some(before) = start.checked_sub(1) else { break };
        let word = text.word(before);
        if matches!(word, "e" | "ste" | "de" | "th" | "st" | "nd" | "rd")
            && text.glued(before)
            && before > 0
            && text.is(before - 1, Sort::Digits)
        {
            start = before - 1;
            continue;
        }
        let name = text.tokens[before].capital
            && before > 0
            && !text.ends_sentence(before - 1)
            && !crate::intake::recognise::starts_sentence(text, before)
            && text.is(before, Sort::Word)
            && !function(word);
        if !(ordinal_word(word).is_some() || words::kept(word) || name) {
            break;
        }
        start = before;
    }
    start
}

/// The nouns before an English head, up to the article or preposition that begins the phrase: *garden* hall.
fn noun_phrase(text: &Text<'_>, from: usize) -> usize {
    let mut start = from;
    while from - start < 3 && start > 0 {
        // The mark of "the volunteers' room" stands by itself.
        if text.word(start - 1) == "'" || text.word(start - 1).is_empty() && text.is(start - 1, Sort::Mark) {
            start -= 1;
            continue;
        }
        let word = text.word(start - 1);
        if !text.is(start - 1, Sort::Word) || function(word) || language::common(word).is_some() || word.len() < 2 {
            break;
        }
        start -= 1;
    }
    if (start..from).any(|at| matches!(text.word(at), "year" | "years" | "endless" | "former")) {
        return from;
    }
    let before = text.before(start, 1);
    let opens = start == 0 || matches!(before, "," | "(" | ":" | "\n") || text.ends_sentence(start - 1);
    let begun =
        article(before) || preposition(before) || matches!(before, "any" | "of" | "to" | "from" | "for" | "all");
    let shared = words::dutch_too(text.word(from)) && start == 0;
    if begun || (opens && !shared && (from - start == 1 || before == ",")) {
        // "the whole west gallery" is the west gallery.
        while start < from
            && matches!(text.word(start), "new" | "whole" | "entire" | "same" | "other" | "wrong" | "nearest")
        {
            start += 1;
        }
        return start;
    }
    from
}

/// Words that are no part of a name.
pub(super) fn function(word: &str) -> bool {
    article(word) || preposition(word) || joining(word)
}

word_list! {
    /// Other small words that are no part of a name.
    pub(super) fn joining(word) {
        "van" | "en" | "of" | "is" | "we" | "i" | "ik" | "kan" | "can" | "graag" | "please" | "hoi" | "hi" | "ict" | "it" |
        "for" | "naar" | "to" | "and" | "or" | "from" | "all" | "any"
    }
}

/// "not in the hall but in the kitchen": the place that is not meant.
pub(super) fn denied(text: &Text<'_>, from: usize, to: usize) -> bool {
    // "not in the cellar either"
    if (1..=4).any(|back| text.before(from, back + 1) == "ook" && text.before(from, back) == "niet") {
        return true;
    }
    let not = (1..=3).any(|back| matches!(text.before(from, back), "niet" | "not" | "geen" | "no"))
        && !(1..=3).any(|back| matches!(text.before(from, back), "." | "," | "\n" | "!" | "?"));
    let skip = to + usize::from(text.word(to) == ",");
    let turns = matches!(text.word(skip), "maar" | "but" | "wel" | "doch");
    let where_else = (skip + 1..skip + 4).any(|at| preposition(text.word(at)) || article(text.word(at)));
    not && turns && where_else
}
