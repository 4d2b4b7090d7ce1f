//! Departments as places: *bij Burgerzaken*, *team Belastingen*, *bij juridische zaken*.

use super::Located;
use super::lead::function;
use crate::intake::text::{Sort, Text};

/// Names of departments that are written small as well.
fn department_word(word: &str) -> bool {
    matches!(
        word,
        "financien"
            | "burgerzaken"
            | "communicatie"
            | "hr"
            | "personeelszaken"
            | "inkoop"
            | "secretariaat"
            | "griffie"
            | "vth"
            | "repro"
            | "handhaving"
            | "vergunningen"
            | "belastingen"
            | "planning"
            | "administratie"
            | "boekhouding"
            | "salarisadministratie"
            | "loonadministratie"
            | "finance"
            | "marketing"
            | "sales"
            | "directie"
            | "management"
    ) || (word.len() > 7
        && ["zaken", "administratie", "domein", "beheer", "dienst"].iter().any(|end| word.ends_with(end)))
}

/// Somebody who works in a department.
fn person(word: &str) -> bool {
    [
        "medewerker",
        "stagiair",
        "stagiaire",
        "adviseur",
        "collega",
        "intern",
        "colleague",
        "jurist",
        "ambtenaar",
        "trainee",
    ]
    .iter()
    .any(|tail| word.ends_with(tail))
}

/// *in De Schakel*, *naast de deur van De Kolk*: a house or room that bears a name with an article.
pub(super) fn named(text: &Text<'_>, at: usize) -> Option<Located> {
    let capital = |at: usize| text.is(at, Sort::Word) && text.tokens[at].capital;
    let led = matches!(text.before(at, 1), "in" | "bij" | "naast" | "achter" | "voor" | "tegenover" | "van" | "near");
    let found = led && matches!(text.word(at), "de" | "het" | "the") && capital(at) && capital(at + 1) && at > 0;
    found.then_some(Located { from: at, to: at + 2, score: if text.before(at, 1) == "van" { 1.1 } else { 1.5 } })
}

/// The department at a token, after *bij*, *at* or *naar*.
pub(super) fn department(text: &Text<'_>, at: usize) -> Option<Located> {
    let lead = text.before(at, 1);
    let article = matches!(lead, "de" | "het" | "the");
    let lead = if article { text.before(at, 2) } else { lead };
    if !matches!(lead, "bij" | "naar" | "at" | "op" | "in" | "near") || !text.is(at, Sort::Word) {
        return None;
    }
    let score = if lead == "naar" { 0.95 } else { 1.2 };
    // "Nienke bij Inkoop" says who, not where.
    let whose = at.checked_sub(2 + usize::from(article)).is_some_and(|who| {
        let name = text.tokens[who].capital && !crate::intake::recognise::starts_sentence(text, who);
        text.is(who, Sort::Word) && (name && !text.shouted(who) || person(text.word(who)))
    });
    if whose {
        return None;
    }
    let word = text.word(at);
    // juridische zaken, sociale zaken
    if matches!(text.word(at + 1), "zaken" | "zorg" | "domein") && (word.ends_with('e') || text.tokens[at].capital) {
        return Some(Located { from: at, to: at + 2, score });
    }
    if department_word(word) && (matches!(lead, "bij" | "naar" | "at" | "near") || word.ends_with("administratie")) {
        return Some(Located { from: at, to: at + 1, score });
    }
    // In capitals it is an abbreviation of a department; a single name is a colleague.
    let short = text.shouted(at) && word.len() <= 4 && lead == "bij" && !function(word);
    let two = text.tokens[at].capital
        && text.is(at + 1, Sort::Word)
        && text.tokens[at + 1].capital
        && lead == "bij"
        && department_word(text.word(at + 1));
    if two {
        return Some(Located { from: at, to: at + 2, score });
    }
    short.then_some(Located { from: at, to: at + 1, score: 1.0 })
}
