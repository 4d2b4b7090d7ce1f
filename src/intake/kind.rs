//! Which kind of request a message is: its signs, and what the item usually is.

use super::cues::Cue;
use super::recognise::Signs;
use crate::domain::Kind;

/// The reasons for and against one kind, with their values. The order is that of [`SIGNS`].
pub(crate) fn reasons(signs: &Signs, item_at: usize, kind: Kind, usual: &[Kind]) -> [f64; SIGNS.len()] {
    let on = |yes: bool| f64::from(u8::from(yes));
    let place = usual.iter().position(|other| *other == kind);
    let has = |cue: Cue| signs.has(cue);
    let any = |test: &dyn Fn(&super::recognise::Sentence) -> bool| signs.sentences.iter().any(|s| !s.quoted && test(s));
    let asks = has(Cue::Ask) || has(Cue::Please);
    let negated = any(&|s| (s.from..s.to).contains(&item_at) && s.has(Cue::Negation) && !s.question);
    let trouble = has(Cue::Fault) || has(Cue::Lack) || negated;
    let informs = any(&|s| s.has(Cue::Inform) && s.question && !s.has(Cue::Please));
    [
        1.0,
        on(has(Cue::Fault)),
        on(signs.count[Cue::Fault as usize] >= 2),
        on(negated),
        on(has(Cue::Lack)),
        on(has(Cue::Lack) && !has(Cue::Fault)),
        on(asks),
        on(asks && !trouble),
        on(has(Cue::Please)),
        on(has(Cue::Need)),
        on(has(Cue::Order)),
        on(has(Cue::Deed)),
        on(has(Cue::Deed) && asks),
        on(has(Cue::Complaint)),
        on(signs.count[Cue::Complaint as usize] >= 2),
        on(has(Cue::Complaint) && asks),
        on(informs),
        on(informs && !has(Cue::Deed) && !has(Cue::Need)),
        on(informs && has(Cue::Provider)),
        on(signs.question && has(Cue::Provider) && !has(Cue::Deed)),
        on(signs.question),
        on(signs.question && !asks),
        on(has(Cue::Danger)),
        on(has(Cue::Thanks)),
        on(any(&|s| s.has(Cue::Ask) && s.question)),
        on(any(&|s| s.has(Cue::Fault) && !s.has(Cue::Ask) && !s.has(Cue::Please))),
        on(any(&|s| s.has(Cue::Fault) && (s.has(Cue::Ask) || s.has(Cue::Please)))),
        on(place == Some(0)),
        on(place == Some(1)),
        on(place.is_some_and(|place| place > 1)),
    ]
}

/// What the reasons are called. Their weights for each kind are learned, see [`model`](super::model).
pub(crate) const SIGNS: [&str; 30] = [
    "bias",
    "fault",
    "several faults",
    "negation with an item",
    "lack",
    "lack, no fault",
    "asks",
    "asks, no trouble",
    "please",
    "needs",
    "orders",
    "deed",
    "deed asked for",
    "complaint",
    "several complaints",
    "complaint and ask",
    "wants to know",
    "only wants to know",
    "wants to know of the provider",
    "question to the provider",
    "question",
    "question, nothing asked",
    "danger",
    "thanks",
    "asks in a question",
    "fault in a statement",
    "fault in an ask",
    "usual for the item",
    "less usual for the item",
    "seldom for the item",
];
