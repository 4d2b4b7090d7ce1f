//! Which kind of request a message is: a softmax over its signs and over what the item usually is.

use super::cues::Cue;
use super::recognise::Signs;
use crate::domain::Kind;

/// The signs that tell the kinds apart. The order is that of [`WEIGHTS`].
pub(crate) fn features(signs: &Signs, item_at: usize) -> [f64; WEIGHTS.len()] {
    let on = |yes: bool| f64::from(u8::from(yes));
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
    ]
}

/// What the usual kinds of the item add: the likeliest, the second, any further one, and one that is not listed.
pub(crate) const USUAL: [f64; 4] = [1.61, 0.75, -0.24, -1.33];

/// The weights of the signs for incident, request, question and complaint.
pub(crate) const WEIGHTS: [[f64; 4]; 27] = [
    [0.52, 0.01, -1.02, -0.31],
    [1.30, -0.27, -0.50, 0.27],
    [0.66, -0.17, -0.09, -0.20],
    [1.04, -0.27, -0.47, 0.30],
    [0.25, 0.50, -0.00, -0.15],
    [-0.37, 0.87, 0.05, -0.14],
    [-0.12, 0.86, -0.00, -0.54],
    [-0.11, 0.68, -0.18, -0.39],
    [0.06, 0.69, -0.76, -0.19],
    [-0.64, 1.27, 0.02, -0.25],
    [-0.38, 1.18, -0.20, -0.20],
    [-0.21, -0.14, -0.23, 0.48],
    [0.25, 0.64, -0.51, -0.38],
    [-0.60, -0.25, -0.17, 2.01],
    [-0.54, -0.60, -0.07, 2.21],
    [0.12, -0.20, -0.03, -0.18],
    [-0.52, -0.92, 2.25, -0.11],
    [-0.42, 0.08, 1.10, -0.06],
    [-0.28, 0.13, 0.80, -0.04],
    [-0.19, 0.47, 0.39, 0.13],
    [-0.50, 0.40, 0.82, -0.32],
    [-0.75, 0.59, 0.73, -0.27],
    [1.18, -0.27, -0.28, -0.04],
    [-0.06, 0.02, -0.02, 0.37],
    [-0.84, 0.89, 0.29, -0.04],
    [0.86, -0.37, -0.43, 0.34],
    [-0.06, 0.40, -0.07, -0.07],
];

/// The kind, by the signs and by what the item usually is.
pub(crate) fn kind(signs: &Signs, item_at: usize, usual: &[Kind]) -> Kind {
    let values = features(signs, item_at);
    let mut best = (usual.first().copied().unwrap_or(Kind::Request), f64::NEG_INFINITY);
    for (column, kind) in Kind::ALL.into_iter().enumerate() {
        let mut score = match usual.iter().position(|other| *other == kind) {
            _ if usual.is_empty() => 0.0,
            Some(0) => USUAL[0],
            Some(1) => USUAL[1],
            Some(_) => USUAL[2],
            None => USUAL[3],
        };
        for (value, weights) in values.iter().zip(WEIGHTS.iter()) {
            score += value * weights[column];
        }
        if score > best.1 {
            best = (kind, score);
        }
    }
    best.0
}
