//! From decided events to one transaction: rows, timers, effects and links follow from the events alone.

use crate::domain::approval::Commitment;
use crate::domain::effect::{Effect, Notice, effects_of};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{Organisation, Register};
use crate::domain::request::files::kept_by;
use crate::domain::request::{Event, Inconsistent, Request, Slot, Summary, TimerKind, event::Recorded, evolve, timers};
use crate::domain::{Instant, MessageRef, RequestId};
use crate::ports::{Body, Change, Fired, Head, Link, LinkKind, NewEffect, NewEvent, StreamId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Applies events to a request and says what the store must keep.
pub(crate) fn change(
    id: RequestId,
    (register, organisation): (&Register, &Organisation),
    before: Option<Request>,
    head: Head,
    events: Vec<Event>,
    at: Instant,
) -> Result<Change, Inconsistent> {
    let old_commitment = before.as_ref().and_then(Request::commitment);
    let old_timers = before.as_ref().map(|request| timers(request, register, organisation)).unwrap_or_default();
    let mut request = before;
    let mut effects = Vec::new();
    let mut links = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let recorded = Recorded { seq: head.next + index as u64, at, event: event.clone() };
        links.extend(links_of(event));
        let after = evolve(id, &organisation.id, request.clone(), recorded.clone())?;
        let planned = effects_of(request.as_ref(), &after, &recorded);
        effects.extend(planned.into_iter().enumerate().map(|(place, planned)| NewEffect {
            lane: planned.effect.lane(),
            position: i64::try_from(recorded.seq).unwrap_or(i64::MAX / 100) * 100 + i64::try_from(place).unwrap_or(99),
            effect: planned.effect,
            at: planned.at,
            in_doubt: None,
        }));
        request = Some(after);
    }
    let request = request.ok_or(Inconsistent { id, seq: head.next })?;
    if request.held {
        // Decided together with what would have asked: the question is asked when it is its turn.
        effects.retain(|planned: &NewEffect| {
            !matches!(planned.effect, Effect::Post { notice: Notice::Question { .. }, .. })
        });
    }
    let new_timers = timers(&request, register, organisation);
    let (set_timers, clear_timers) = moved(&old_timers, &new_timers);
    let commitment = became(old_commitment, request.commitment());
    let summary = Some(Summary::of(&request, organisation));
    let events = events.into_iter().map(NewEvent::Request).collect();
    Ok(Change {
        stream: StreamId::Request(id),
        head,
        events,
        summary,
        set_timers,
        clear_timers,
        effects,
        links,
        commitment,
        bodies: vec![],
    })
}

/// What is in the files that events keep, from what is at hand, by its SHA-256.
pub(crate) fn bodies(head: &Head, events: &[Event], at_hand: &BTreeMap<String, Arc<[u8]>>) -> Vec<Body> {
    let of = |(seq, event): (u64, &Event)| {
        let kept = (0..).zip(kept_by(event).into_iter().map(|(kept, _)| at_hand.get(&kept.sha256).cloned()));
        kept.filter_map(move |(place, bytes)| Some(Body { seq, place, bytes: bytes? })).collect::<Vec<_>>()
    };
    (head.next..).zip(events).flat_map(of).collect()
}

/// The commitment that must be kept anew; an order that is a draft again commits nobody.
fn became(old: Option<Commitment>, new: Option<Commitment>) -> Option<Commitment> {
    match (old, new) {
        (old, Some(new)) => (old.as_ref() != Some(&new)).then_some(new),
        (Some(old), None) => Some(Commitment { void: true, ..old }),
        (None, None) => None,
    }
}

/// A request as it is after those events.
pub(crate) fn after(
    id: RequestId,
    organisation: &Organisation,
    before: Option<Request>,
    head: &Head,
    events: &[Event],
    at: Instant,
) -> Result<Option<Request>, Inconsistent> {
    (head.next..).zip(events).try_fold(before, |request, (seq, event)| {
        evolve(id, &organisation.id, request, Recorded { seq, at, event: event.clone() }).map(Some)
    })
}

/// The deadlines that differ.
fn moved(
    old: &BTreeMap<TimerKind, Instant>,
    new: &BTreeMap<TimerKind, Instant>,
) -> (Vec<(String, Instant)>, Vec<String>) {
    let set = new
        .iter()
        .filter(|(kind, at)| old.get(kind) != Some(at))
        .map(|(kind, at)| (kind.code().to_owned(), *at))
        .collect();
    let clear = old.keys().filter(|kind| !new.contains_key(kind)).map(|kind| kind.code().to_owned()).collect();
    (set, clear)
}

/// A timer that fired without consequence is set anew where the current settings want it later, else its row goes.
pub(crate) fn rearm(
    request: &Request,
    (register, organisation): (&Register, &Organisation),
    head: Head,
    fired: &Fired,
    now: Instant,
) -> Change {
    let due = TimerKind::from_code(&fired.0.kind).and_then(|kind| {
        let due = timers(request, register, organisation).get(&kind).copied()?;
        // What was missed and must not be made up for at night waits until somebody is there.
        Some(if kind.keeps_hours() && due <= now { organisation.hours.next_open(now) } else { due })
    });
    put_off(request.id, head, &fired.0.kind, due.filter(|due| *due > now))
}

/// What the organisation's stream gains: events, each with the effects that follow from it.
pub(super) fn of_organisation(head: Head, events: Vec<(OrganisationEvent, Vec<Effect>)>, at: Instant) -> Change {
    let mut effects = Vec::new();
    let mut new = Vec::new();
    for (seq, (event, wanted)) in (head.next..).zip(events) {
        for (place, effect) in (0..).zip(wanted) {
            let position = i64::try_from(seq).unwrap_or(i64::MAX / 200) * 100 + place;
            effects.push(NewEffect { lane: effect.lane(), position, effect, at, in_doubt: None });
        }
        new.push(NewEvent::Organisation(event));
    }
    Change {
        stream: StreamId::Organisation,
        head,
        events: new,
        summary: None,
        set_timers: vec![],
        clear_timers: vec![],
        effects,
        links: vec![],
        commitment: None,
        bodies: vec![],
    }
}

/// An effect that follows from no event: the moment tells it from others of its stream and, where several can come at once, the part.
/// Nothing is added to the journal, so that its end need not be known.
pub(super) fn without_event(stream: StreamId, effect: Effect, part: i64, at: Instant) -> Change {
    let position = (at.timestamp_millis() << 20) | part;
    let effect = NewEffect { lane: effect.lane(), position, effect, at, in_doubt: None };
    Change { stream, effects: vec![effect], ..of_organisation(Head::default(), vec![], at) }
}

/// A deadline is put off, or dropped, although nothing happened to the request.
pub(crate) fn put_off(id: RequestId, head: Head, kind: &str, until: Option<Instant>) -> Change {
    Change {
        stream: StreamId::Request(id),
        head,
        events: vec![],
        summary: None,
        set_timers: until.map(|until| (kind.to_owned(), until)).into_iter().collect(),
        clear_timers: vec![],
        effects: vec![],
        links: vec![],
        commitment: None,
        bodies: vec![],
    }
}

/// The messages by which a request is found again.
fn links_of(event: &Event) -> Vec<Link> {
    let said = |at: &Option<MessageRef>| at.clone().map(|at| Link { at, kind: LinkKind::Said });
    match event {
        Event::Drafted { said: first, .. } => said(&first.message).into_iter().collect(),
        Event::Told { said: more, .. } | Event::Unclear { said: more, .. } | Event::SentAlong { said: more, .. } => {
            said(&more.message).into_iter().collect()
        }
        Event::Posted { slot, at } => vec![post_link(*slot, at)],
        _ => vec![],
    }
}

fn post_link(slot: Slot, at: &MessageRef) -> Link {
    Link { at: at.clone(), kind: LinkKind::Post(slot) }
}
