//! What a place stands in: *pantry* **op de 2e**, *balie* **van burgerzaken**, *poort* **van de werf**.

use super::floor::floor;
use super::lead::{article, function};
use super::room::{room_name, room_number};
use super::{Located, words};
use crate::intake::text::{Sort, Text};

/// How often a place may grow, so that a row of places stays bounded.
const STEPS: usize = 2;

/// Steps right over what a place stands in.
pub(super) fn grown(text: &Text<'_>, mut found: Located, taken: &[bool]) -> Located {
    // "boven in de keuken": the kitchen says it better.
    let above = matches!(text.word(found.from), "boven" | "beneden" | "upstairs" | "downstairs");
    if above && matches!(text.word(found.to), "in" | "bij" | "at") {
        return found;
    }
    for _ in 0..STEPS {
        let at = found.to;
        if taken.get(at).copied().unwrap_or(false) && text.is(at, Sort::Digits) {
            break;
        }
        let Some((to, bonus)) = beside(text, &found, taken).or_else(|| linked(text, &found, taken)) else { break };
        found.to = to;
        found.score += bonus;
    }
    found
}

/// A floor, a number or a word right behind it, also after a comma.
fn beside(text: &Text<'_>, found: &Located, taken: &[bool]) -> Option<(usize, f32)> {
    let comma = usize::from(text.word(found.to) == ",");
    let at = found.to + comma;
    let free = |at: usize| !taken.get(at).copied().unwrap_or(false);
    if let Some(next) = floor(text, at)
        .filter(|next| next.from == at && !matches!(text.word(at), "boven" | "beneden" | "-") && next.to > at)
        .or_else(|| room_number(text, at))
        .filter(|next| free(next.from))
    {
        return Some((next.to, 0.4));
    }
    // "Gebouw C, vleugel Oost"
    let after_name = text.is(found.to - 1, Sort::Digits) || text.tokens.get(found.to - 1).is_some_and(|t| t.capital);
    if comma == 1 && after_name && words::named(text.word(at)) {
        let (end, surer) = room_name(text, at + 1, taken, true);
        if surer > 0.0 {
            return Some((end, 0.3));
        }
    }
    // "3rd floor, street side", "plek 14, flexruimte"
    if comma == 1 {
        let numbered = (found.from..found.to).any(|at| text.is(at, Sort::Digits));
        let end = (at + 1..at + 3).find(|end| ends(text, *end))?;
        return (numbered && place_word(text, end - 1) && !function(text.word(at))).then_some((end, 0.3));
    }
    // "pantry 4e"
    if text.is(at, Sort::Digits) && text.word(at + 1) == "e" && text.glued(at + 1) && text.word(at).len() == 1 {
        return Some((at + 2, 0.4));
    }
    let annex =
        matches!(text.word(at), "annex" | "wing" | "entrance" | "lobby" | "kitchen" | "area" | "side" | "corridor")
            || (matches!(text.before(at, 1), "floor")
                && matches!(
                    text.word(at),
                    "loo" | "toilet" | "toilets" | "pantry" | "bathroom" | "printer" | "hallway"
                ));
    let below = matches!(text.word(at), "beneden" | "boven" | "achter") && ends(text, at + 1);
    let behind = matches!(text.word(at), "achter" | "voor") && text.is(at + 1, Sort::Word) && ends(text, at + 1);
    (text.is(at, Sort::Word) && (annex || below || behind)).then_some((at + 1, 0.3))
}

fn ends(text: &Text<'_>, at: usize) -> bool {
    !text.is(at, Sort::Word) && !text.is(at, Sort::Digits)
}

/// A preposition with the place that it leads to: *op de werf*, *naast lokaal B*, *of the counter hall*.
fn linked(text: &Text<'_>, found: &Located, taken: &[bool]) -> Option<(usize, f32)> {
    let at = found.to;
    let mut link = text.word(at);
    let mut inner = at + 1;
    if link == "next" && text.word(inner) == "to" {
        inner += 1;
    } else if link == "," && text.word(inner) == "next" && text.word(inner + 1) == "to" {
        inner += 2;
        link = "next";
    } else if link == "out" && text.word(inner) == "front" {
        return Some((inner + 1, 0.3));
    }
    let with = usize::from(article(text.word(inner)));
    let start = inner + with;
    if taken.get(start).copied().unwrap_or(false) {
        return None;
    }
    let capital = text.is(start, Sort::Word) && text.tokens[start].capital && !function(text.word(start));
    let path = matches!(
        text.before(at, 1),
        "pad"
            | "fietspad"
            | "path"
            | "klapdeur"
            | "deur"
            | "overloop"
            | "trap"
            | "weg"
            | "gang"
            | "corridor"
            | "hallway"
    );
    let whose = matches!(link, "van" | "of" | "vd");
    let fits = match link {
        "op" | "on" | "in" | "aan" | "at" => {
            let number = matches!(link, "on" | "op" | "at")
                && with == 0
                && text.is(start, Sort::Digits)
                && text.word(start).len() == 1
                && !matches!(text.word(start + 1), ":" | "/" | "uur" | "pm" | "am");
            let named = matches!(link, "aan" | "on") && capital && (with > 0 || street(text.word(start)));
            floor(text, start).is_some_and(|f| f.from == start)
                || room_number(text, start).is_some()
                || number
                || named
                || place_at(text, start)
                || (with > 0 && matches!(text.word(start), "achterkant" | "voorkant" | "zijkant" | "back" | "front"))
        }
        "van" | "of" | "vd" => {
            place_at(text, start)
                || text.word(start).ends_with("zaken")
                || capital
                || people(text, start, with > 0)
                || (matches!(text.word(start), "wethouder" | "burgemeester" | "alderman" | "mayor")
                    && text.is(start + 1, Sort::Word))
                || matches!(text.word(start), "sociaal" | "administratie" | "directie" | "secretariaat" | "burgerzaken")
        }
        "bij" | "naast" | "voor" | "tegenover" | "achter" | "near" | "by" | "behind" | "opposite" | "next"
        | "onder" | "boven" => {
            (with > 0 && place_at(text, start))
                || lift(text.word(start))
                || room_number(text, start).is_some()
                || named(text, start)
        }
        "naar" | "to" if path => place_at(text, start) || text.digits(start).is_some(),
        _ => false,
    };
    if !fits {
        return None;
    }
    Some((end_of(text, start, taken, whose), 0.3))
}

/// The token after the place that begins here.
fn end_of(text: &Text<'_>, start: usize, taken: &[bool], whose: bool) -> usize {
    if let Some(found) = floor(text, start).filter(|found| found.from == start) {
        return found.to;
    }
    if let Some(found) = room_number(text, start) {
        return found.to;
    }
    let mut end = start + 1;
    // Adjectives and nouns before the place word: "het oude politiebureau", "the counter hall".
    while end < start + 3 && !place_word(text, end - 1) && place_ahead(text, end) {
        end += 1;
    }
    if matches!(text.word(start), "town" | "city" | "sociaal" | "sports" | "sociale" | "main")
        && text.is(end, Sort::Word)
    {
        end = end.max(start + 2);
    }
    if words::head_pair(text.word(start), text.word(start + 1)) {
        end = end.max(start + 2);
    }
    if text.word(end) == "&" && text.glued(end) && text.glued(end + 1) {
        end += 2;
    }
    let named = words::named(text.word(end - 1));
    let name = room_name(text, end, taken, named).0;
    let role = matches!(text.word(start), "wethouder" | "burgemeester" | "alderman" | "mayor");
    if named || role || (place_word(text, end - 1) && !whose) || text.tokens.get(start).is_some_and(|t| t.capital) {
        end = end.max(name);
    }
    end.min(text.len())
}

/// Whether a place begins at a token, perhaps after one or two words that narrow it.
fn place_at(text: &Text<'_>, at: usize) -> bool {
    place_word(text, at) || place_ahead(text, at + 1)
}

/// Whether the place word comes one or two tokens on, without a word between that would end the phrase.
fn place_ahead(text: &Text<'_>, at: usize) -> bool {
    let joins = |at: usize| {
        text.is(at, Sort::Word) && !function(text.word(at)) && crate::intake::language::common(text.word(at)).is_none()
    };
    let narrows = |word: &str| word.ends_with('e') || super::words::kept(word);
    joins(at.saturating_sub(1))
        && ((place_word(text, at) && (narrows(text.before(at, 1)) || super::words::english(text.word(at))))
            || (joins(at) && place_word(text, at + 1) && super::words::english(text.word(at + 1))))
}

/// *lokaal B*, *trap C*, *locatie Zuid* without an article.
fn named(text: &Text<'_>, at: usize) -> bool {
    words::named(text.word(at)) && room_name(text, at + 1, &[], true).0 > at + 1
}

fn lift(word: &str) -> bool {
    matches!(word, "lift" | "liften" | "lifts")
}

fn street(word: &str) -> bool {
    ["straat", "laan", "weg", "kade", "gracht", "plein", "singel", "markt", "dijk", "street", "road", "lane"]
        .iter()
        .any(|tail| word.ends_with(tail))
}

/// *van de advocaten*, *of the trustees*: whose room it is.
fn people(text: &Text<'_>, at: usize, article: bool) -> bool {
    let word = text.word(at);
    let role =
        ["ster", "teur", "heer", "houder", "rector", "manager", "hoofd", "secretaris", "bestuur", "ploeg", "team"];
    article
        && text.is(at, Sort::Word)
        && word.len() > 4
        && (word.ends_with("aten")
            || word.ends_with("aars")
            || word.ends_with("ners")
            || word.ends_with("ders")
            || word.ends_with("kers")
            || word.ends_with("meester")
            || role.iter().any(|tail| word.ends_with(tail)))
}

/// Whether the word at a token names a place by itself.
pub(super) fn place_word(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    if word.is_empty() || !text.is(at, Sort::Word) {
        return false;
    }
    let two = !text.word(at + 1).is_empty() && words::head_pair(word, text.word(at + 1));
    two || words::head(word) || lift(word) || (words::tail(word, 3).is_some() && !words::not_place(word))
}
