//! Standing orders: whether something is asked for again and again (*elke vrijdag fruit*), or only told that it happens (*elke dag valt
//! de wifi uit*, *een wachtwoord dat niet elke maand verloopt*).

use super::cues::Cue;
use super::recognise::Signs;
use super::text::{Sort, Text};
use super::when::{Dated, Grain, Recurring};
use crate::domain::Kind;

word_list! {
    /// A clause in which how often is told, denied, or the reason.
    fn tells(word) {
        "niet" | "geen" | "nooit" | "not" | "never" | "nu" | "now" | "steeds" | "telkens" | "always" | "omdat" | "want"
            | "doordat" | "zodat" | "because" | "since" | "dat" | "die" | "which" | "that" | "who" | "als" | "dont" | "doesnt"
    }
}

word_list! {
    /// Who does something, in a clause of its own.
    fn subject(word) {
        "ik" | "wij" | "we" | "ze" | "zij" | "hij" | "het" | "er" | "iemand" | "i" | "they" | "he" | "she" | "it" | "there"
            | "somebody" | "someone"
    }
}

/// A clause that says hardly more than how often.
const BARE: usize = 4;

/// The first recurrence that is asked for. What comes by the hour or by the year is told: the yearly drill is one drill.
pub(crate) fn order(text: &Text<'_>, signs: &Signs, dates: &[Dated], kind: Kind) -> Option<(Recurring, usize, usize)> {
    if kind != Kind::Request {
        return None;
    }
    let days =
        |recurring: &Recurring| matches!(recurring.unit, Grain::Day | Grain::Week | Grain::Month | Grain::Quarter);
    let (at, first, recurring) = dates.iter().enumerate().find_map(|(at, dated)| {
        let recurring = dated.recurring.filter(days)?;
        is_asked(text, signs, dates, dated).then_some((at, dated, recurring))
    })?;
    // "Mondays and Thursdays" is one order.
    let joined = |to: usize, next: &&Dated| {
        next.recurring.is_some() && next.from == to + 1 && matches!(text.word(to), "en" | "and" | "," | "&" | "/")
    };
    let mut to = first.to;
    while let Some(next) = dates.iter().skip(at + 1).find(|next| joined(to, next)) {
        to = next.to;
    }
    Some((recurring, first.from, to))
}

fn is_asked(text: &Text<'_>, signs: &Signs, dates: &[Dated], dated: &Dated) -> bool {
    let within = |sentence: &&super::recognise::Sentence| sentence.from <= dated.from && dated.from < sentence.to;
    let Some(sentence) = signs.sentences.iter().find(within) else { return false };
    let asking = [Cue::Ask, Cue::Please, Cue::Need, Cue::Order];
    if !asking.iter().any(|cue| sentence.has(*cue)) {
        return false;
    }
    let parts = |at: &usize| text.is(*at, Sort::Mark) && matches!(text.word(*at), "," | ";" | ":" | "(" | "–");
    let from = (sentence.from..dated.from).rev().find(parts).map_or(sentence.from, |at| at + 1);
    let to = (dated.to..sentence.to).find(parts).unwrap_or(sentence.to);
    let dating = |at: &usize| dates.iter().any(|one| one.from <= *at && *at < one.to);
    let mut words = (from..to).filter(|at| text.is(*at, Sort::Word) && !dating(at));
    if (from..dated.from).any(|at| tells(text.word(at))) {
        return false;
    }
    let asks_here = asking.iter().any(|cue| {
        signs.first.get(*cue as usize).copied().flatten().is_some_and(|(begin, _)| (from..to).contains(&begin))
    });
    asks_here || (words.clone().count() <= BARE && !words.any(|at| subject(text.word(at))))
}
