//! How much haste a request has, and its signs. Their weights are learned, see [`model`](super::model).

use super::cues::Cue;
use super::recognise::Signs;
use super::text::Text;
use crate::domain::{Kind, LocalMoment, Span, Urgency, When};
use chrono::NaiveDateTime;

/// So soon that somebody must begin now.
const SOON: chrono::TimeDelta = chrono::TimeDelta::hours(4);

/// The reasons for haste, with their values. The order is that of [`SIGNS`].
pub(crate) fn reasons(
    text: &Text<'_>,
    signs: &Signs,
    kind: Kind,
    when: Option<&When>,
    now: NaiveDateTime,
) -> [f64; SIGNS.len()] {
    let on = |yes: bool| f64::from(u8::from(yes));
    let today = when.is_some_and(|when| match when.from {
        LocalMoment::Day(day) => day == now.date(),
        LocalMoment::At(at) => at.date() == now.date(),
    });
    let soon = when.is_some_and(|when| match when.from {
        LocalMoment::At(at) => at >= now && at - now <= SOON,
        LocalMoment::Day(_) => false,
    });
    let exclaimed = (0..text.len()).filter(|at| text.word(*at) == "!").count();
    let trouble = signs.has(Cue::Fault) || signs.has(Cue::Danger);
    [
        1.0,
        on(signs.has(Cue::Haste)),
        on(signs.count[Cue::Haste as usize] >= 2),
        on(signs.has(Cue::Danger)),
        on(signs.count[Cue::Danger as usize] >= 2),
        on(signs.has(Cue::Leisure)),
        on(exclaimed == 1),
        on(exclaimed >= 2),
        on((0..text.len()).any(|at| text.word(at).len() > 3 && text.shouted(at))),
        on(today),
        on(today && trouble),
        on(soon),
        on(kind == Kind::Incident),
        on(matches!(kind, Kind::Question | Kind::Complaint)),
    ]
}

/// What the reasons are called.
pub(crate) const SIGNS: [&str; 14] = [
    "bias",
    "haste",
    "haste again",
    "danger",
    "danger again",
    "no haste",
    "exclaimed",
    "exclaimed again",
    "shouted",
    "for today",
    "trouble, for today",
    "within hours",
    "incident",
    "question or complaint",
];

/// Whether people may be hurt.
pub(crate) fn danger(signs: &Signs) -> bool {
    signs.has(Cue::Danger) && !signs.has(Cue::Leisure)
}

/// How much haste.
pub(crate) fn urgency(signs: &Signs, haste: f64) -> Urgency {
    if signs.has(Cue::Leisure) {
        Urgency::Low
    } else if danger(signs) || haste > 0.0 {
        Urgency::High
    } else {
        Urgency::Normal
    }
}

/// The words that say so.
pub(crate) fn urgency_span(text: &Text<'_>, signs: &Signs, urgency: Urgency) -> Option<Span> {
    let cue = match urgency {
        Urgency::Low => Cue::Leisure,
        Urgency::High if signs.has(Cue::Haste) => Cue::Haste,
        Urgency::High => Cue::Danger,
        Urgency::Normal => return None,
    };
    signs.first[cue as usize].map(|(from, to)| {
        let (start, end) = text.bytes(from, to);
        Span::new(start, end)
    })
}
