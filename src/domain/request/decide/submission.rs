//! The hand-over: queued, sending, then sent, uncertain or not delivered.

use super::{hear, price};
use crate::domain::effect::Telling;
use crate::domain::register::{Connector, ProviderSettings, Role, TheirApproval};
use crate::domain::request::{Approved, Event, Facts, Refusal, Request, Sent, Stage, Submission, Untold};
use crate::domain::{AccountId, Instant, Trouble};

/// How often an uncertain hand-over is looked up before the SPOC decides.
pub(crate) const LOOKUPS: u8 = 3;

fn approved(request: &Request) -> Result<&Approved, Refusal> {
    match &request.stage {
        Stage::Approved(approved) => Ok(approved),
        Stage::Closed(_) => Err(Refusal::Closed),
        _ => Err(Refusal::NotNow),
    }
}

/// The attempt that a submission is at; 0 when none has begun.
fn attempt_of(submission: &Submission) -> u32 {
    match submission {
        Submission::Waiting { .. } => 0,
        Submission::Queued { attempt, .. }
        | Submission::Sending { attempt, .. }
        | Submission::Uncertain { attempt, .. }
        | Submission::ByHand { attempt, .. }
        | Submission::NotDelivered { attempt, .. } => *attempt,
    }
}

pub(super) fn queue_again(request: &Request, by: Option<AccountId>) -> Vec<Event> {
    match &request.stage {
        Stage::Approved(approved) => {
            vec![Event::Queued { attempt: attempt_of(&approved.submission) + 1, by }]
        }
        _ => vec![],
    }
}

pub(super) fn resend(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    if !facts.has_role(Role::Spoc) {
        return Err(Refusal::SpocOnly);
    }
    if let (false, Some(by)) = (request.untold.is_empty(), facts.actor.account()) {
        let again = |untold: &Untold| Event::ToldAgain { what: untold.what, by: by.clone() };
        return Ok(request.untold.iter().map(again).collect());
    }
    match &approved(request)?.submission {
        Submission::Uncertain { .. } | Submission::NotDelivered { .. } | Submission::ByHand { .. } => {
            Ok(queue_again(request, facts.actor.account().cloned()))
        }
        Submission::Waiting { .. } | Submission::Queued { .. } => Ok(vec![]),
        Submission::Sending { .. } => Err(Refusal::AlreadySent { at: None }),
    }
}

pub(super) fn begin(request: &Request, attempt: u32) -> Result<Vec<Event>, Refusal> {
    match &approved(request)?.submission {
        Submission::Queued { attempt: queued, .. } if *queued == attempt => Ok(vec![Event::SendingBegun { attempt }]),
        _ => Err(Refusal::NotNow),
    }
}

pub(super) fn delivered(
    request: &Request,
    attempt: u32,
    dry_run: bool,
    number: Option<String>,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    let sent = Sent { at: facts.now, attempt, dry_run, number, files_follow: false };
    match &request.stage {
        Stage::Approved(approved) => match &approved.submission {
            Submission::Sending { .. } | Submission::Uncertain { .. } => Ok(handed(request, sent, None, facts)),
            Submission::Waiting { .. }
            | Submission::Queued { .. }
            | Submission::ByHand { .. }
            | Submission::NotDelivered { .. } => Err(Refusal::NotNow),
        },
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => Ok(vec![]),
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Closed(_) => Err(Refusal::NotNow),
    }
}

pub(super) fn uncertain(request: &Request, attempt: u32) -> Result<Vec<Event>, Refusal> {
    match &approved(request)?.submission {
        Submission::Sending { attempt: sending, .. } if *sending == attempt => {
            Ok(vec![Event::BecameUncertain { attempt }])
        }
        _ => Ok(vec![]),
    }
}

/// A look-up found nothing: after the last one a certain connector sends once more, for any other the SPOC decides.
pub(super) fn not_found(request: &Request, certain: bool) -> Result<Vec<Event>, Refusal> {
    match &approved(request)?.submission {
        Submission::Uncertain { attempt, lookups, .. } => {
            let lookups = lookups.saturating_add(1);
            let mut events = vec![Event::NotFound { lookups }];
            if lookups >= LOOKUPS && certain {
                events.push(Event::Queued { attempt: attempt + 1, by: None });
            }
            Ok(events)
        }
        _ => Ok(vec![]),
    }
}

pub(super) fn not_delivered(
    request: &Request,
    attempt: u32,
    why: Trouble,
    retry_at: Option<Instant>,
) -> Result<Vec<Event>, Refusal> {
    match &approved(request)?.submission {
        Submission::Sending { attempt: sending, .. } if *sending == attempt => {
            let waits = retry_at.is_some() && !request.held_up;
            let failed = Event::NotDelivered { attempt, why: Some(why), retry_at };
            Ok(std::iter::once(failed).chain(waits.then_some(Event::HeldUp)).collect())
        }
        _ => Ok(vec![]),
    }
}

/// The provider heard what it was told about an order that it has.
pub(super) fn provider_told(request: &Request, what: Telling, facts: &Facts<'_>) -> Vec<Event> {
    if request.sent().is_none() {
        return vec![];
    }
    std::iter::once(Event::ProviderTold { what, by: None }).chain(price::confirmable(request, what, facts)).collect()
}

/// What was told later did not arrive, or nobody knows whether it did: a person must act.
pub(super) fn not_told(request: &Request, what: Telling, certain: bool, why: Option<Trouble>) -> Vec<Event> {
    let known = request.untold.iter().any(|untold| untold.what == what);
    let matters = request.sent().is_some() && !request.is_moot(what) && !known;
    if matters { vec![Event::NotTold { what, certain, why }] } else { vec![] }
}

/// The provider has it, however that became known. One in whose portal our buyer must agree once more waits for that from now on.
pub(super) fn handed(request: &Request, sent: Sent, by: Option<AccountId>, facts: &Facts<'_>) -> Vec<Event> {
    let provider = request.order().and_then(|order| facts.register.providers.get(&order.provider));
    let portal = provider.is_some_and(|provider| matches!(provider.their_approval, TheirApproval::Portal { .. }));
    let agreed = request.grant().filter(|grant| portal && !sent.dry_run && !grant.by.is_empty());
    let confirm = agreed.and_then(|grant| hear::theirs_to_confirm(request, grant.ceiling, None, facts));
    let files_follow = provider.is_some_and(ProviderSettings::takes_files_later) && !sent.dry_run;
    let sent = Sent { files_follow, ..sent };
    std::iter::once(Event::Delivered { sent, by }).chain(confirm).collect()
}

/// The provider cannot be reached and this order was not even tried: the requester is told once.
pub(super) fn hold_up(request: &Request) -> Vec<Event> {
    let waits =
        matches!(&request.stage, Stage::Approved(approved) if matches!(approved.submission, Submission::Queued { .. }));
    if waits && !request.held_up { vec![Event::HeldUp] } else { vec![] }
}

/// The memory was put back: of what had not been handed over by then nobody knows whether it was meanwhile.
pub(super) fn recall(request: &Request, known_until: Instant) -> Vec<Event> {
    let open = match &request.stage {
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) => true,
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => false,
    };
    let known = request.recalled.is_some_and(|recalled| recalled.known_until == known_until);
    if open && !known { vec![Event::Recalled { known_until }] } else { vec![] }
}

/// The SPOC gets the form: from now on only the SPOC knows whether it left.
pub(super) fn give_form(request: &Request, attempt: u32) -> Result<Vec<Event>, Refusal> {
    match &approved(request)?.submission {
        Submission::Queued { attempt: queued, .. } if *queued == attempt => Ok(vec![Event::FormGiven { attempt }]),
        _ => Err(Refusal::NotNow),
    }
}

/// The SPOC has carried the form to the provider.
pub(super) fn carried(request: &Request, number: Option<String>, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let (true, Some(by)) = (facts.has_role(Role::Spoc), facts.actor.account()) else { return Err(Refusal::SpocOnly) };
    let number = number.map(|number| number.trim().to_owned()).filter(|number| !number.is_empty());
    let provider = request.order().and_then(|order| facts.register.providers.get(&order.provider));
    if let (Some(Connector::Manual { number: Some(form), .. }), Some(given)) =
        (provider.map(|provider| &provider.connector), &number)
        && !form.fits(given)
    {
        return Err(Refusal::NumberForm { form: form.0.clone() });
    }
    match &request.stage {
        Stage::Approved(approved) => match approved.submission {
            Submission::ByHand { attempt, .. } => {
                let sent = Sent { at: facts.now, attempt, dry_run: false, number, files_follow: false };
                Ok(handed(request, sent, Some(by.clone()), facts))
            }
            _ => Err(Refusal::NotNow),
        },
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => {
            let known = request.sent().and_then(|sent| sent.number.as_ref());
            let other = number.filter(|number| known != Some(number));
            Ok(other.map(|number| Event::Numbered { number }).into_iter().collect())
        }
        Stage::Draft(_) | Stage::AwaitingApproval(_) => Err(Refusal::NotNow),
        Stage::Closed(_) => Err(Refusal::Closed),
    }
}

/// More than one order with our reference was found: a person must sort that out, whatever became of ours.
pub(super) fn found_twice(request: &Request, numbers: Vec<String>) -> Vec<Event> {
    let known = request.doubles == numbers && !numbers.is_empty();
    if known { vec![] } else { vec![Event::FoundTwice { numbers }] }
}
