//! The files of a request: what was sent, what is here, and what does not go along.

use crate::domain::Instant;
use crate::domain::file::{Enclosure, Filed, Side, State};
use crate::domain::request::{Event, Request, Said};

/// Applies what is about files alone; gives back every event that moves something else as well.
pub(super) fn apply(request: &mut Request, event: Event, at: Instant) -> Option<Event> {
    match event {
        Event::FileAllowed { file, .. } => set(request, file, State::Wanted),
        Event::FileLost { file, why, .. } => {
            set(request, file, State::Lost { why });
            settled(request, file);
        }
        Event::FilesCame { files, .. } => {
            let seq = request.version - 1;
            for (place, given) in (0..).zip(files) {
                let Some(kept) = given.kept.clone() else { continue };
                let state = State::Kept { seq, place, kept };
                request.files.push(Filed { given, side: Side::Theirs, at, state, batch: None, caption: None });
            }
        }
        Event::SentAlong { said, held_back } => {
            let earlier = request.files.len();
            enclosed(request, &said, at);
            for filed in request.files.iter_mut().skip(earlier) {
                filed.caption = Some(held_back.clone());
            }
            request.said.push(said);
        }
        Event::FileKept { file, ref kept, ref reread, .. } => {
            let seq = request.version - 1;
            set(request, file, State::Kept { seq, place: 0, kept: kept.clone() });
            settled(request, file);
            return reread.is_some().then_some(event);
        }
        Event::Told { ref said, .. } | Event::Answered { ref said, .. } => {
            enclosed(request, said, at);
            return Some(event);
        }
        other => return Some(other),
    }
    None
}

/// The files of the message that is said next.
fn enclosed(request: &mut Request, said: &Said, at: Instant) {
    let index = u16::try_from(request.said.len()).unwrap_or(u16::MAX);
    let files = of(&said.files, index, request.version - 1, request.files.len(), at);
    request.files.extend(files);
}

/// The files of a message, in the order in which they came.
pub(super) fn of(given: &[Enclosure], said: u16, seq: u64, earlier: usize, at: Instant) -> Vec<Filed> {
    let filed = |(place, given): (u16, &Enclosure)| match &given.kept {
        Some(kept) => {
            let state = State::Kept { seq, place, kept: kept.clone() };
            Filed { given: given.clone(), side: Side::Ours { said }, at, state, batch: Some(seq), caption: None }
        }
        None => Filed::sent(given.clone(), said, at, earlier + usize::from(place)),
    };
    (0..).zip(given).map(filed).collect()
}

/// Once nothing of its message is being fetched any more, what is here of it goes on together.
fn settled(request: &mut Request, file: u16) {
    let Some(side) = request.files.get(usize::from(file)).map(|filed| filed.side.clone()) else { return };
    let waits = |filed: &Filed| filed.side == side && filed.state == State::Wanted;
    if request.files.iter().any(waits) {
        return;
    }
    let seq = request.version - 1;
    let fresh = |filed: &&mut Filed| matches!(filed.state, State::Kept { .. }) && filed.batch.is_none();
    for filed in request.files.iter_mut().filter(|filed| filed.side == side).filter(fresh) {
        filed.batch = Some(seq);
    }
}

fn set(request: &mut Request, file: u16, state: State) {
    if let Some(filed) = request.files.get_mut(usize::from(file)) {
        filed.state = state;
    }
}
