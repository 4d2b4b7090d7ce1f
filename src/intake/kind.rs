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
pub(crate) const USUAL: [f64; 4] = [1.61, 0.83, -0.24, -1.41];

/// The weights of the signs for incident, request, question and complaint.
pub(crate) const WEIGHTS: [[f64; 4]; 27] = [
    [0.63, -0.03, -0.93, -0.48],
    [1.46, -0.28, -0.62, 0.24],
    [0.61, -0.12, -0.09, -0.20],
    [1.10, -0.22, -0.51, 0.23],
    [0.23, 0.55, -0.05, -0.13],
    [-0.41, 0.92, 0.00, -0.11],
    [-0.08, 0.80, 0.01, -0.53],
    [-0.20, 0.76, -0.09, -0.47],
    [-0.09, 0.76, -0.79, -0.07],
    [-0.72, 1.35, -0.01, -0.22],
    [-0.44, 1.24, -0.23, -0.17],
    [-0.16, -0.18, -0.35, 0.60],
    [0.24, 0.60, -0.56, -0.28],
    [-1.11, -0.40, 0.16, 2.35],
    [-0.48, -0.40, -0.19, 2.07],
    [0.21, -0.14, -0.10, -0.26],
    [-0.58, -0.79, 2.14, -0.07],
    [-0.44, 0.14, 1.04, -0.04],
    [-0.27, 0.17, 0.72, -0.03],
    [-0.21, 0.51, 0.26, 0.25],
    [-0.50, 0.36, 1.08, -0.54],
    [-0.79, 0.56, 0.93, -0.39],
    [1.23, -0.24, -0.38, -0.02],
    [-0.04, 0.04, -0.04, 0.35],
    [-0.80, 0.88, 0.36, -0.14],
    [0.78, -0.22, -0.48, 0.31],
    [0.18, 0.23, -0.14, -0.07],
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
