//! Photos and files: what becomes part of the order, and what follows it.

use super::draft::{Side, changeable, what_is_missing};
use super::must_speak_for;
use crate::domain::file::{self, Kept, Loss, State};
use crate::domain::request::content::Along;
use crate::domain::request::{Content, Draft, Event, Facts, Refusal, Request, Reread, Said, Stage, Waits};
use crate::domain::{Private, Span};

/// A message with photos or files that changes the order no more: they follow it. Without any it says nothing that Loket must keep.
pub(super) fn send_along(
    request: &Request,
    said: Said,
    held_back: Vec<Span>,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    if said.files.is_empty() || request.is_closed() {
        return Ok(vec![]);
    }
    must_speak_for(request, facts)?;
    let known = said.message.is_some() && request.said.iter().any(|known| known.message == said.message);
    Ok(if known { vec![] } else { vec![Event::SentAlong { said, held_back }] })
}

/// Files that were here at once become part of what is asked for. `earlier` is how many the request has already.
pub(super) fn add(content: &mut Content, said: &Said, earlier: usize) {
    let here = (earlier..).zip(&said.files).filter_map(|(file, given)| {
        Some(Along { file: u16::try_from(file).ok()?, sha256: given.kept.as_ref()?.sha256.clone() })
    });
    content.files.extend(here);
}

/// A file is here. While the order can change it becomes part of it, so that a yes is to it as well; later it follows the order.
pub(super) fn keep(request: &Request, file: u16, kept: Kept, facts: &Facts<'_>) -> Vec<Event> {
    if !is(request, file, &State::Wanted) || request.is_closed() {
        return vec![];
    }
    if request.weight() + kept.size > file::ALL {
        return vec![Event::FileLost { file, why: Loss::TooMuch, by: None }];
    }
    let drafting = matches!(request.stage, Stage::Draft(_));
    let changeable = changeable(request).filter(|(content, _)| drafting || !content.danger);
    let reread = changeable.map(|(content, _)| {
        let mut changed = content.clone();
        changed.files.push(Along { file, sha256: kept.sha256.clone() });
        let waits = match &request.stage {
            Stage::Draft(Draft { waits: Waits::Offer, .. }) => Waits::Offer,
            _ => what_is_missing(&changed, &Side::of(&request.origin, facts), facts),
        };
        Reread { content: Box::new(changed), waits }
    });
    let name = request.files.get(usize::from(file)).map_or_else(Private::erased, |filed| filed.given.name.clone());
    vec![Event::FileKept { file, name, kept, reread }]
}

/// A file cannot go along.
pub(super) fn lose(request: &Request, file: u16, why: Loss) -> Vec<Event> {
    let open = is(request, file, &State::Wanted) && !request.is_closed();
    if open { vec![Event::FileLost { file, why, by: None }] } else { vec![] }
}

/// Whoever asked, or a SPOC, says whether a file of an unusual sort goes along.
pub(super) fn allow(request: &Request, file: u16, yes: bool, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    if request.is_closed() {
        return Err(Refusal::Closed);
    }
    let Some(by) = facts.actor.account().cloned() else { return Err(Refusal::NotYours) };
    Ok(match (is(request, file, &State::Doubtful), yes) {
        (true, true) => vec![Event::FileAllowed { file, by }],
        (true, false) => vec![Event::FileLost { file, why: Loss::Unwanted, by: Some(by) }],
        (false, _) => vec![],
    })
}

fn is(request: &Request, file: u16, state: &State) -> bool {
    request.files.get(usize::from(file)).is_some_and(|filed| filed.state == *state)
}
