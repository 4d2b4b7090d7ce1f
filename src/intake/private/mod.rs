//! What the provider need not know: health and family, citizen service numbers, passwords, private phone numbers.

mod codes;

use super::text::Text;
use crate::domain::Span;

word_list! {
    /// Words of illness, body and family circumstances.
    fn personal(word) {
        "zwanger" | "pregnant" | "operatie" | "oogoperatie" | "surgery" | "geopereerd" | "migraine" | "migraines" |
        "hernia" | "rugklachten" | "rugpijn" | "nekklachten" | "nekpijn" | "rsi" | "muisarm" | "burnout" | "burn" |
        "depressie" | "depressed" | "depression" | "kanker" | "cancer" | "chemo" | "ziek" | "ziekte" | "sick" | "ill" |
        "illness" | "revalidatie" | "rehab" | "physio" | "fysio" | "fysiotherapeut" | "huisarts" | "bedrijfsarts" |
        "arts" | "doctor" | "hospital" | "ziekenhuis" | "allergie" | "allergisch" | "allergy" | "allergic" | "astma" |
        "asthma" | "diabetes" | "epilepsie" | "epilepsy" | "handicap" | "disability" | "disabled" | "rolstoel" |
        "wheelchair" | "scheiding" | "divorce" | "overleden" | "miskraam" | "miscarriage" | "slechtziend" |
        "slechthorend" | "medicijnen" | "medication" | "blessure" | "injury" | "gebroken" | "adhd" | "autisme" |
        "autism" | "therapie" | "therapy" | "artrose" | "arthritis" | "reuma"
    }
}

/// Everything that is held back, as spans of the message in their order; they do not overlap.
pub(crate) fn spans(text: &Text<'_>) -> Vec<Span> {
    let mut all = clauses(text);
    all.extend(codes::numbers(text.raw));
    all.extend(codes::passwords(text.raw));
    all.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<Span> = Vec::new();
    for span in all {
        match kept.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => kept.push(span),
        }
    }
    kept
}

/// The clauses that hold such a word, as spans of the message.
fn clauses(text: &Text<'_>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !personal(text.word(at))
            || (text.word(at) == "gebroken"
                && !matches!(text.before(at, 1), "been" | "arm" | "pols" | "enkel" | "heup" | "voet" | "hand"))
        {
            at += 1;
            continue;
        }
        let edge = |i: usize| {
            text.ends_sentence(i)
                || matches!(
                    text.word(i),
                    "," | "(" | ")" | ";" | "want" | "because" | "dus" | "so" | "maar" | "but" | "-"
                )
        };
        let mut from = at;
        while from > 0 && !edge(from - 1) {
            from -= 1;
        }
        let mut to = at + 1;
        while to < text.len() && !edge(to) {
            to += 1;
        }
        let (start, end) = text.bytes(from, to);
        out.push(Span::new(start, end));
        at = to;
    }
    out
}
