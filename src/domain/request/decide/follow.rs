//! After the hand-over: what the provider says, and whether the requester agrees. And what is said of which it is not clear to
//! which request it belongs.

use super::{end, may_speak_for, must_speak_for, price, submission};
use crate::domain::register::Role;
use crate::domain::request::command::{Actor, Report};
use crate::domain::request::{Ending, Event, Facts, Progress, Refusal, Request, Said, Sent, Stage, Submission, Untold};
use crate::domain::{Private, RequestId};

pub(super) fn report(
    request: &Request,
    report: Report,
    number: Option<String>,
    note: Option<Private>,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    match facts.actor {
        Actor::Account { .. } if !facts.has_role(Role::Spoc) => return Err(Refusal::SpocOnly),
        Actor::Account { .. } | Actor::Loket | Actor::Provider => {}
    }
    let mut events = arrived(request, number.clone(), facts)?;
    let by = facts.actor.account().cloned();
    if report == Report::Progress(Progress::Received) {
        // Whoever says that the provider has received it has spoken with them.
        let told = |untold: &Untold| Event::ProviderTold { what: untold.what, by: by.clone() };
        events.extend(request.untold.iter().map(told));
        events.extend(request.untold.iter().find_map(|untold| price::confirmable(request, untold.what, facts)));
    }
    events.push(match report {
        Report::Progress(progress) => Event::Progressed { progress, number, note, by, theirs: None, who: None },
        Report::Done => Event::Resolved { number, note, by },
        Report::Ended(outcome) => Event::Closed { outcome, by, why: note, number },
    });
    Ok(events)
}

/// A report about an order that was not known to have arrived shows that it did.
pub(super) fn arrived(request: &Request, number: Option<String>, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    match &request.stage {
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => Ok(vec![]),
        Stage::Approved(approved) => match approved.submission {
            Submission::Uncertain { attempt, .. }
            | Submission::ByHand { attempt, .. }
            | Submission::NotDelivered { attempt, .. } => {
                let sent = Sent { at: facts.now, attempt, dry_run: false, number, files_follow: false };
                Ok(submission::handed(request, sent, facts.actor.account().cloned(), facts))
            }
            // The provider's own answer proves it, whatever became of the connection.
            Submission::Sending { attempt, .. } if facts.actor == Actor::Provider => {
                let sent = Sent { at: facts.now, attempt, dry_run: false, number, files_follow: false };
                Ok(submission::handed(request, sent, None, facts))
            }
            Submission::Waiting { .. } | Submission::Queued { .. } | Submission::Sending { .. } => Err(Refusal::NotNow),
        },
        Stage::Draft(_) | Stage::AwaitingApproval(_) => Err(Refusal::NotNow),
        Stage::Closed(_) => Err(Refusal::Closed),
    }
}

/// The requester (or the SPOC) says that it is solved: before the hand-over that takes it back, afterwards it ends well.
pub(super) fn solved(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    match &request.stage {
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => Ok(vec![end(Ending::Fulfilled, facts)]),
        Stage::Closed(_) => Ok(vec![]),
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) => super::cancel(request, None, facts),
    }
}

pub(super) fn not_solved(request: &Request, note: Option<Private>, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    if !may_speak_for(request, facts) {
        return Err(Refusal::NotYours);
    }
    match (&request.stage, facts.actor.account()) {
        (Stage::Resolved(_), Some(by)) => Ok(vec![Event::Reopened { by: by.clone(), note }]),
        (Stage::Closed(_), _) => Err(Refusal::Closed),
        _ => Ok(vec![]),
    }
}

/// Keeps a message until its writer has said which request it is about.
pub(super) fn keep(request: &Request, said: Said, among: Vec<RequestId>) -> Result<Vec<Event>, Refusal> {
    if request.is_closed() {
        return Err(Refusal::Closed);
    }
    let known = said.message.is_some() && request.kept.iter().any(|kept| kept.said.message == said.message);
    Ok(if known { vec![] } else { vec![Event::Unclear { said, among }] })
}

/// The writer, or who may speak for the request, says which one was meant.
pub(super) fn assign(request: &Request, to: RequestId, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(first) = request.kept.first() else { return Ok(vec![]) };
    if facts.actor.account() != Some(&first.said.by) {
        must_speak_for(request, facts)?;
    }
    if !first.among.contains(&to) {
        return Err(Refusal::NotNow);
    }
    Ok(vec![Event::Assigned { to }])
}
