//! What the provider says, by its own system or by mail: what it moves, what it asks, and what it seems to change.

use super::follow::arrived;
use super::{must_speak_for, price};
use crate::domain::provider::{Answer, Proposal, Status};
use crate::domain::register::Role;
use crate::domain::request::{Ending, Event, Facts, Progress, Refusal, Request, Said, Stage};
use crate::domain::{LocalMoment, Money, Private, Span, Trouble};

/// What an answer of the provider's comes to. What it moves is known words of its system only; everything else it says is passed on as
/// it was said.
pub(super) fn hear(request: &Request, answer: Answer, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    if request.is_closed() {
        // It moves nothing any more, but what a person wrote is read by a person.
        return Ok(remark(&answer).into_iter().collect());
    }
    let mut events = arrived(request, answer.number.clone(), facts)?;
    let came =
        (!answer.files.is_empty()).then(|| Event::FilesCame { files: answer.files.clone(), who: answer.who.clone() });
    let fresh = !events.is_empty();
    if answer.wants_approval {
        // It is for whoever agreed; what else it says moves nothing.
        events.extend(theirs_to_confirm(request, answer.proposes.amount, answer.text, facts));
        events.extend(came);
        return Ok(events);
    }
    let moved = moves(request, &answer, fresh);
    let alone = answer.asks || !answer.proposes.is_empty() || moved.is_none();
    // What only a machine says nobody need read.
    let note = if alone || answer.automatic { None } else { answer.text.clone() };
    let number = answer.number.clone().filter(|number| {
        let known = request.sent().and_then(|sent| sent.number.as_ref());
        known != Some(number) && !fresh
    });
    match moved {
        Some(Move::Progress(progress)) => events.push(Event::Progressed {
            progress,
            number,
            note,
            by: None,
            theirs: answer.theirs.clone().map(Private::new),
            who: answer.who.clone().or_else(|| comes(request)),
        }),
        Some(Move::Resolved) => events.push(Event::Resolved { number, note, by: None }),
        Some(Move::Ended(outcome)) => events.push(Event::Closed { outcome, by: None, why: note, number }),
        None => events.extend(number.map(|number| Event::Numbered { number })),
    }
    // The words and files come before what ends it, so that nobody reads them after the end.
    let at = events.len() - usize::from(matches!(events.last(), Some(Event::Closed { .. })));
    let remark = remark(&answer).filter(|_| alone);
    events.splice(at..at, remark.into_iter().chain(came));
    Ok(events)
}

/// What an answer moves.
enum Move {
    Progress(Progress),
    Resolved,
    Ended(Ending),
}

/// Nothing when it stands like that already.
fn moves(request: &Request, answer: &Answer, fresh: bool) -> Option<Move> {
    let planned = answer.planned.map(Progress::Planned);
    let progress = match (answer.status, &answer.theirs) {
        (Some(Status::Resolved), _) => {
            return (!matches!(request.stage, Stage::Resolved(_))).then_some(Move::Resolved);
        }
        (Some(Status::Rejected), _) => return Some(Move::Ended(Ending::Rejected)),
        (Some(Status::Cancelled), _) => return Some(Move::Ended(Ending::Cancelled)),
        (Some(Status::Received), _) => planned.or(Some(Progress::Received)),
        (Some(Status::Working), _) => planned.or(Some(Progress::Working)),
        (Some(Status::WaitsForUs), _) => Some(Progress::WaitsForUs),
        (Some(Status::WaitsForOthers), _) => Some(Progress::WaitsForOthers),
        // Planned without a day says less than the word itself.
        (Some(Status::Planned), Some(_)) | (None, Some(_)) => planned.or(Some(Progress::Unknown)),
        (Some(Status::Planned), None) => planned.or(Some(Progress::Working)),
        // Who will see to it is worth knowing, also when nothing else has changed.
        (None, None) if answer.who.is_some() && answer.text.is_none() && planned.is_none() => match &request.stage {
            Stage::InProgress(stage) => Some(stage.progress.clone()),
            Stage::HandedOver(_) => Some(Progress::Received),
            _ => None,
        },
        (None, None) => planned.or(answer.automatic.then_some(Progress::Received)),
    }?;
    let same = match &request.stage {
        Stage::InProgress(stage) => {
            let said = stage.theirs.as_ref().and_then(|theirs| theirs.text());
            let word = progress != Progress::Unknown || said == answer.theirs.as_deref();
            // That a machine received it is older news than anything that was said since.
            let who = answer.who.is_none() || answer.text.is_some() || stage.who == answer.who;
            (stage.progress == progress && word && who) || (answer.automatic && progress == Progress::Received)
        }
        // A word that nobody explained takes nothing back.
        Stage::Resolved(_) => {
            answer.automatic || matches!(progress, Progress::Received | Progress::Unknown) || answer.status.is_none()
        }
        // A word that is known to everybody by the hand-over itself.
        Stage::HandedOver(_) => false,
        _ => !fresh,
    };
    (!same).then_some(Move::Progress(progress))
}

/// Who was said to come or to see to it.
fn comes(request: &Request) -> Option<Private> {
    match &request.stage {
        Stage::InProgress(stage) => stage.who.clone(),
        _ => None,
    }
}

/// The provider wants its own yes of our buyer. It is theirs to confirm when people agreed to as much here; anything else is another quote.
pub(super) fn theirs_to_confirm(
    request: &Request,
    amount: Option<Money>,
    text: Option<Private>,
    facts: &Facts<'_>,
) -> Option<Event> {
    let granted = request.grant().filter(|grant| !grant.by.is_empty()).and_then(|grant| grant.ceiling);
    let rate = request.order().map_or(0, |order| order.circumstances.vat_rate);
    let covered = granted.is_some_and(|ceiling| {
        ceiling.cents > 0 && amount.is_none_or(|amount| !amount.exceeds(ceiling, facts.organisation.basis, rate))
    });
    let known = request.unconfirmed.is_some_and(|known| known.amount == amount);
    (!known).then_some(Event::ConfirmationWanted { amount, text, covered })
}

fn remark(answer: &Answer) -> Option<Event> {
    let text = answer.text.clone().filter(|text| !answer.automatic && !text.or_empty().trim().is_empty())?;
    Some(Event::Remarked { text, who: answer.who.clone(), asks: answer.asks, proposes: answer.proposes.clone() })
}

/// The requester's side answers what the provider asked; the first answer counts, and further ones are passed on as well.
pub(super) fn answer(
    request: &Request,
    said: Said,
    held_back: Vec<Span>,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    match &request.stage {
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => {
            let known = said.message.is_some() && request.said.iter().any(|known| known.message == said.message);
            Ok(if known { vec![] } else { vec![Event::Answered { said, held_back }] })
        }
        Stage::Closed(_) => Err(Refusal::Closed),
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) => Err(Refusal::NotNow),
    }
}

/// A SPOC takes over what the provider's words propose: a day, a price, or both.
pub(super) fn adopt(request: &Request, seq: u64, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let (moment, amount) = (request.proposed.get(&seq).copied(), request.costs.offered.get(&seq).copied());
    let price = amount.map(|amount| price::adopt(request, seq, amount, facts));
    match (moment.map(|moment| adopt_day(request, moment, facts)), price) {
        (None, None) => Err(Refusal::NotNow),
        (Some(decided), None) | (None, Some(decided)) => decided,
        // The price comes last: what it stops is as it was told until then.
        (Some(day), Some(price)) => Ok(day?.into_iter().chain(price?).collect()),
    }
}

fn adopt_day(request: &Request, moment: LocalMoment, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    if !facts.has_role(Role::Spoc) {
        return Err(Refusal::SpocOnly);
    }
    let progress = Progress::Planned(moment);
    match &request.stage {
        Stage::InProgress(stage) if stage.progress == progress => Ok(vec![]),
        Stage::HandedOver(_) | Stage::InProgress(_) => Ok(vec![Event::Progressed {
            progress,
            number: None,
            note: None,
            by: facts.actor.account().cloned(),
            theirs: None,
            who: comes(request),
        }]),
        Stage::Closed(_) => Err(Refusal::Closed),
        _ => Err(Refusal::NotNow),
    }
}

/// A SPOC puts words with a request: they are read by people and move nothing.
pub(super) fn attach(text: Private, who: Option<Private>, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    if !facts.has_role(Role::Spoc) {
        return Err(Refusal::SpocOnly);
    }
    Ok(vec![Event::Remarked { text, who, asks: false, proposes: Proposal::default() }])
}

/// The mail that carried the order came back. Once the provider has said something about the order, it has it all the same.
pub(super) fn returned(request: &Request, attempt: u32, why: Trouble) -> Vec<Event> {
    if request.rests_on(attempt) { vec![Event::Returned { why: Some(why) }] } else { vec![] }
}

/// Whoever agreed here, or the SPOC, says that it is confirmed there too.
pub(super) fn confirmed(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let (Some(by), person) = (facts.actor.account(), facts.actor.person()) else { return Err(Refusal::SpocOnly) };
    let agreed = request.grant().is_some_and(|grant| grant.by.iter().any(|one| Some(&one.person) == person));
    if !agreed && !facts.has_role(Role::Spoc) {
        return Err(Refusal::NoMandate { why: None });
    }
    Ok(request.unconfirmed.map(|_| Event::Confirmed { by: by.clone() }).into_iter().collect())
}
