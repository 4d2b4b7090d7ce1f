//! Which kind of request a message is.

use super::cues::Cue;
use super::recognise::Signs;
use crate::domain::Kind;

/// The kind, by the signs and by what the item usually is.
pub(crate) fn kind(signs: &Signs, usual: &[Kind]) -> Kind {
    let asks = signs.has(Cue::Ask) || signs.has(Cue::Please);
    let first = usual.first().copied().unwrap_or(Kind::Request);
    let mut incident = 0.0;
    let mut request = 0.3;
    let mut question = 0.0;
    let mut complaint = 0.0;
    for (rank, kind) in usual.iter().enumerate() {
        let bonus = match rank {
            0 => 0.9,
            1 => 0.3,
            _ => 0.0,
        };
        match kind {
            Kind::Incident => incident += bonus,
            Kind::Request => request += bonus,
            Kind::Question => question += bonus * 0.5,
            Kind::Complaint => complaint += bonus * 0.8,
        }
    }
    if !usual.contains(&Kind::Incident) {
        incident -= 1.2;
    }
    if !usual.contains(&Kind::Complaint) {
        complaint -= 0.8;
    }
    incident += match signs.count[Cue::Fault as usize] {
        0 => 0.0,
        1 => 1.5,
        2 => 1.9,
        _ => 2.2,
    };
    if signs.has(Cue::Danger) {
        incident += 0.6;
    }
    if signs.has(Cue::Lack) {
        if first == Kind::Request {
            request += 0.9;
        } else {
            incident += 0.7;
        }
    }
    if signs.has(Cue::Trouble) {
        incident += 0.2;
    }
    if signs.has(Cue::Need) {
        request += 0.8;
    }
    if signs.has(Cue::Order) {
        request += 0.5;
    }
    if asks {
        request += 0.7;
    }
    if signs.has(Cue::Please) {
        request += 0.3;
    }
    if signs.has(Cue::Deed) && asks {
        request += 0.4;
    }
    complaint += match signs.count[Cue::Complaint as usize] {
        0 => -1.0,
        1 => 1.7,
        2 => 2.6,
        _ => 3.2,
    };
    // A question wants to know; it does not want a thing done.
    let informs = signs.sentences.iter().any(|s| s.has(Cue::Inform) && s.question && !s.quoted && !s.has(Cue::Please));
    if informs {
        question += 2.1;
        if signs.has(Cue::Provider) {
            question += 0.7;
        }
        if signs.has(Cue::Deed) || signs.has(Cue::Need) {
            question -= 0.8;
        }
        if signs.has(Cue::Fault) {
            question -= 0.7;
        }
        if signs.has(Cue::Please) || signs.has(Cue::Order) {
            question -= 0.8;
        }
    } else if signs.question
        && signs.has(Cue::Provider)
        && !signs.has(Cue::Deed)
        && !signs.has(Cue::Please)
        && !signs.has(Cue::Fault)
    {
        question += 1.2;
    } else {
        question -= 1.0;
    }
    let scores = [
        (Kind::Incident, incident),
        (Kind::Request, request),
        (Kind::Question, question),
        (Kind::Complaint, complaint),
    ];
    let mut best = (first, f64::NEG_INFINITY);
    for (kind, score) in scores {
        if score > best.1 {
            best = (kind, score);
        }
    }
    best.0
}
