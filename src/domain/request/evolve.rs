//! Applies events. Mechanical: no rule stands here.

mod files;
mod price;

use super::{
    Approved, AwaitingApproval, Care, Closed, Costs, Course, Declined, Draft, Ending, Event, Handed, Identity,
    InProgress, Kept, Order, Posts, Progress, Recalled, Request, Reread, Resolved, Stage, Submission, Unconfirmed,
    Untold, Waits, course, event::Recorded,
};
use crate::domain::approval::{Decision, Verdict};
use crate::domain::{Instant, OrganisationId, RequestId};
use std::collections::BTreeMap;

/// The journal holds an event that cannot have happened in that stage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq} of request {id} does not fit its stage")]
pub struct Inconsistent {
    /// Whose journal.
    pub id: RequestId,
    /// Which event.
    pub seq: u64,
}

/// Folds a whole journal; `None` when it is empty.
pub fn fold(
    id: RequestId,
    organisation: &OrganisationId,
    events: impl IntoIterator<Item = Recorded>,
) -> Result<Option<Request>, Inconsistent> {
    events.into_iter().try_fold(None, |request, recorded| evolve(id, organisation, request, recorded).map(Some))
}

/// Applies one event.
pub fn evolve(
    id: RequestId,
    organisation: &OrganisationId,
    request: Option<Request>,
    recorded: Recorded,
) -> Result<Request, Inconsistent> {
    let Recorded { seq, at, event } = recorded;
    let inconsistent = Inconsistent { id, seq };
    let Some(mut request) = request else {
        return match event {
            Event::Drafted { origin, said, content, waits } => Ok(Request {
                id,
                organisation: organisation.clone(),
                origin,
                files: files::of(&said.files, 0, seq, 0, at),
                said: vec![said],
                posts: Posts::default(),
                rebuffed: Vec::new(),
                late: Vec::new(),
                declined: None,
                follows: None,
                kept: Vec::new(),
                untold: Vec::new(),
                asked: None,
                care: Care::default(),
                proposed: BTreeMap::new(),
                unconfirmed: None,
                costs: Costs::default(),
                held_up: false,
                recalled: None,
                doubles: Vec::new(),
                held: false,
                course: Course::default(),
                version: seq + 1,
                changed_at: at,
                stage: Stage::Draft(Draft { content: *content, waits, since: at, reminded: false, before: None }),
            })
            .map(|request| turned(request, at)),
            _ => Err(inconsistent),
        };
    };
    if seq != request.version {
        return Err(inconsistent);
    }
    request.version = seq + 1;
    request.changed_at = at;
    request.course.note(&event, at);
    applied(request, event, at).map(|request| turned(request, at)).ok_or(inconsistent)
}

/// The same request, with the time from now on booked on whoever must act.
fn turned(mut request: Request, at: Instant) -> Request {
    course::turn(&mut request, at);
    request
}

/// The request with the event applied; `None` when it cannot have happened.
fn applied(mut request: Request, event: Event, at: Instant) -> Option<Request> {
    let Some(event) = files::apply(&mut request, event, at) else { return Some(request) };
    let Some(event) = apply_beside(&mut request, event, at) else { return Some(request) };
    let Some(event) = price::apply(&mut request, event, at) else { return Some(request) };
    if matches!(event, Event::Queued { .. }) {
        // What is found of another attempt is news.
        request.doubles.clear();
    }
    if settles_recall(&request.stage, &event) {
        request.recalled = None;
    }
    if let Event::Declined { revision, decision } = &event {
        request.declined = Some(Declined { revision: *revision, decision: decision.clone(), why: None });
    }
    if matches!(
        event,
        Event::Settled { .. } | Event::Limited { .. } | Event::PricePut { .. } | Event::Reassessed { .. }
    ) {
        // Who does not count is told so once on each card, and once under what the rules say now.
        request.rebuffed.clear();
    }
    if let Event::Settled { order, .. } | Event::Limited { order } | Event::PricePut { order } = &event {
        request.costs.froze(order);
    }
    if matches!(event, Event::Settled { .. }) {
        // What is asked anew did not go yet.
        request.costs.first = None;
    }
    if let Event::Closed { outcome: Ending::Fulfilled, by: Some(by), .. } = &event {
        request.costs.solved = Some((by.clone(), at));
    }
    request.stage = move_stage(request.stage, &mut request.said, event, at)?;
    request.drop_moot_price(at);
    let untold = std::mem::take(&mut request.untold);
    request.untold = untold.into_iter().filter(|untold| !request.is_moot(untold.what)).collect();
    // What no longer waits for an answer has no question that could wait.
    request.held &= request.open_question().is_some();
    Some(request)
}

/// Applies what does not touch the stage; gives back every other event.
fn apply_beside(request: &mut Request, event: Event, at: Instant) -> Option<Event> {
    match event {
        Event::ConversationOpened { channel } => request.posts.conversation = Some(channel),
        Event::Posted { slot, at } => {
            request.posts.at.insert(slot, at);
        }
        Event::Rebuffed { account, .. } => request.rebuffed.push(account),
        Event::TooLate { account, revision, late } => request.late.push((account, revision, late)),
        Event::Reasoned { why, .. } => {
            if let Some(declined) = &mut request.declined {
                declined.why = Some(why);
            }
        }
        Event::Followed { follows } => request.follows = Some(follows),
        Event::Unclear { said, among } => request.kept.push(Kept { seq: request.version - 1, said, among }),
        Event::Assigned { .. } => request.kept.clear(),
        Event::NotTold { what, certain, why } => {
            request.untold.retain(|untold| untold.what != what);
            request.untold.push(Untold { seq: request.version - 1, what, since: at, certain, why });
            price::told(request, what);
        }
        Event::ProviderTold { what, .. } | Event::ToldAgain { what, .. } => {
            request.untold.retain(|untold| untold.what != what);
            price::told(request, what);
        }
        Event::Remarked { asks, proposes, .. } => {
            if asks {
                request.asked = Some(request.version - 1);
            }
            if let Some(moment) = proposes.planned {
                request.proposed.insert(request.version - 1, moment);
            }
            if let Some(amount) = proposes.amount {
                request.costs.offered.insert(request.version - 1, amount);
            }
        }
        Event::Answered { said, .. } => {
            request.asked = None;
            request.said.push(said);
        }
        Event::ConfirmationWanted { amount, covered: true, .. } => {
            request.unconfirmed = Some(Unconfirmed { since: at, reminded: None, amount });
        }
        // What was to be confirmed is overtaken by another quote.
        Event::ConfirmationWanted { covered: false, amount, .. } => {
            request.unconfirmed = None;
            if let Some(amount) = amount {
                request.costs.offered.insert(request.version - 1, amount);
            }
        }
        Event::ConfirmationReminded => {
            if let Some(unconfirmed) = &mut request.unconfirmed {
                unconfirmed.reminded = Some(at);
            }
        }
        Event::Confirmed { .. } => request.unconfirmed = None,
        Event::HeldUp => request.held_up = true,
        Event::Recalled { known_until } => {
            let referenced = match &request.stage {
                Stage::Draft(draft) => Some(draft.before.is_some()),
                Stage::AwaitingApproval(_) | Stage::Approved(_) => Some(true),
                Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => None,
            };
            request.recalled = referenced.map(|referenced| Recalled { known_until, referenced });
        }
        Event::FoundTwice { numbers } => request.doubles = numbers,
        Event::QuestionHeld { held } => {
            request.held = held;
            if let Stage::Draft(draft) = &mut request.stage {
                // The time to answer counts from the question.
                draft.since = request.changed_at;
            }
        }
        // What they come to is on the clock already.
        Event::CalledBack { .. } | Event::Noted { .. } | Event::NormNear { .. } | Event::DutyCalled { .. } => {}
        Event::Urged { .. } => request.care.urged.push(at),
        Event::Corrected { item, .. } => request.care.item = Some(item),
        Event::Rated { rating, .. } => request.care.rating = Some(rating),
        other => return Some(other),
    }
    None
}

/// Whether an event says what became of an order in the time that was lost with the memory: it was looked up, a person had it sent or
/// carried, the provider has it, or it is over.
fn settles_recall(stage: &Stage, event: &Event) -> bool {
    let looked_up = |stage: &Stage| {
        matches!(stage, Stage::Approved(approved)
            if matches!(approved.submission, Submission::Uncertain { .. } | Submission::ByHand { .. }))
    };
    match event {
        Event::Queued { by, .. } => by.is_some() || looked_up(stage),
        Event::Delivered { .. } | Event::Closed { .. } => true,
        _ => false,
    }
}

/// The stage after an event; `None` when it cannot have happened.
fn move_stage(stage: Stage, said: &mut Vec<super::Said>, event: Event, at: Instant) -> Option<Stage> {
    match event {
        Event::Told { said: more, content, waits } => {
            said.push(more);
            redrafted(&stage, *content, waits, at)
        }
        Event::Edited { message, text, content, waits } => {
            said.get_mut(usize::from(message))?.text = text;
            redrafted(&stage, *content, waits, at)
        }
        Event::ItemChosen { content, waits, .. } => redrafted(&stage, *content, waits, at),
        Event::FileKept { reread: Some(Reread { content, waits }), .. } => redrafted(&stage, *content, waits, at),
        Event::Accepted { waits, .. } => match stage {
            Stage::Draft(draft) => Some(Stage::Draft(Draft { waits, since: at, reminded: false, ..draft })),
            _ => None,
        },
        Event::Asked { .. } => match stage {
            Stage::Draft(draft) => Some(Stage::Draft(Draft { reminded: true, ..draft })),
            _ => None,
        },
        Event::Settled { order, .. } => match stage {
            Stage::Draft(_) => Some(Stage::AwaitingApproval(AwaitingApproval {
                order: *order,
                decisions: Vec::new(),
                since: at,
                reminders: 0,
            })),
            _ => None,
        },
        // The time to decide goes on: that an approver grants less is no reason for the requester to wait longer.
        Event::Limited { order } => match stage {
            Stage::AwaitingApproval(waiting) => {
                Some(Stage::AwaitingApproval(AwaitingApproval { order: *order, decisions: Vec::new(), ..waiting }))
            }
            _ => None,
        },
        // The provider does not have it yet, so that it waits for people once more.
        Event::PricePut { order } => {
            let before = match &stage {
                Stage::AwaitingApproval(_) => true,
                Stage::Approved(approved) => approved.submission.before_sending(),
                _ => false,
            };
            let waiting = AwaitingApproval { order: *order, decisions: Vec::new(), since: at, reminders: 0 };
            before.then_some(Stage::AwaitingApproval(waiting))
        }
        Event::Agreed { decision, .. } => match stage {
            Stage::AwaitingApproval(mut waiting) => {
                waiting.decisions.push(decision);
                Some(Stage::AwaitingApproval(waiting))
            }
            _ => None,
        },
        Event::TakenBack { person } => taken_back(stage, &person, at),
        Event::Declined { .. } => matches!(stage, Stage::AwaitingApproval(_)).then_some(stage),
        Event::Reassessed { verdict } => match stage {
            Stage::AwaitingApproval(waiting) => Some(Stage::AwaitingApproval(reassessed(waiting, verdict, at))),
            _ => None,
        },
        Event::Reminded { step } => match stage {
            Stage::AwaitingApproval(waiting) => {
                Some(Stage::AwaitingApproval(AwaitingApproval { reminders: step, ..waiting }))
            }
            _ => None,
        },
        Event::Granted { grant, leaves_at } => match stage {
            Stage::AwaitingApproval(waiting) => Some(Stage::Approved(Approved {
                order: waiting.order,
                grant,
                submission: Submission::Waiting { until: leaves_at },
            })),
            _ => None,
        },
        Event::Queued { .. }
        | Event::SendingBegun { .. }
        | Event::BecameUncertain { .. }
        | Event::NotFound { .. }
        | Event::FormGiven { .. }
        | Event::FormReminded
        | Event::NotDelivered { .. } => submission_moved(stage, event, at),
        Event::Delivered { sent, .. } => match stage {
            Stage::Approved(Approved { order, grant, .. }) => {
                Some(Stage::HandedOver(Handed { order, grant, sent, chased: false, cancelling: None }))
            }
            _ => None,
        },
        Event::Returned { why } => match stage {
            Stage::HandedOver(Handed { order, grant, sent, .. }) => {
                let attempt = sent.attempt;
                let submission = Submission::NotDelivered { attempt, since: at, why, retry_at: None };
                Some(Stage::Approved(Approved { order, grant, submission }))
            }
            _ => None,
        },
        Event::Chased => match stage {
            Stage::HandedOver(handed) => Some(Stage::HandedOver(Handed { chased: true, ..handed })),
            _ => None,
        },
        Event::Progressed { progress, number, theirs, who, .. } => {
            let mut handed = handed(stage)?;
            handed.sent.number = number.or(handed.sent.number);
            Some(Stage::InProgress(InProgress { handed, progress, theirs, who }))
        }
        Event::Numbered { number } => renumbered(stage, number),
        Event::CancelAsked { .. } => match stage {
            Stage::HandedOver(handed) => Some(Stage::HandedOver(Handed { cancelling: Some(at), ..handed })),
            Stage::InProgress(mut stage) => {
                stage.handed.cancelling = Some(at);
                Some(Stage::InProgress(stage))
            }
            _ => None,
        },
        Event::Resolved { number, .. } => {
            let mut handed = handed(stage)?;
            handed.sent.number = number.or(handed.sent.number);
            Some(Stage::Resolved(Resolved { handed, since: at }))
        }
        Event::Reopened { .. } => match stage {
            Stage::Resolved(resolved) => {
                let (handed, progress) = (resolved.handed, Progress::Received);
                Some(Stage::InProgress(InProgress { handed, progress, theirs: None, who: None }))
            }
            _ => None,
        },
        Event::Closed { outcome, number, .. } => {
            let (order, grant, sent) = remains(stage)?;
            let sent = sent.map(|sent| super::Sent { number: number.or(sent.number), ..sent });
            Some(Stage::Closed(Closed { outcome, at, order, grant, sent }))
        }
        Event::Drafted { .. }
        | Event::ConversationOpened { .. }
        | Event::Posted { .. }
        | Event::Rebuffed { .. }
        | Event::TooLate { .. }
        | Event::Reasoned { .. }
        | Event::Followed { .. }
        | Event::Unclear { .. }
        | Event::Assigned { .. }
        | Event::ProviderTold { .. }
        | Event::NotTold { .. }
        | Event::ToldAgain { .. }
        | Event::QuestionHeld { .. }
        | Event::Remarked { .. }
        | Event::Answered { .. }
        | Event::HeldUp
        | Event::Recalled { .. }
        | Event::ConfirmationWanted { .. }
        | Event::ConfirmationReminded
        | Event::Confirmed { .. }
        | Event::FoundTwice { .. }
        | Event::NormNear { .. }
        | Event::DutyCalled { .. }
        | Event::Quoted { .. }
        | Event::Invoiced { .. }
        | Event::ApprovedAfterwards { .. }
        | Event::WentFirst { .. }
        | Event::AgreedFirst { .. }
        | Event::PriceLapsed
        | Event::CalledBack { .. }
        | Event::Urged { .. }
        | Event::Noted { .. }
        | Event::Corrected { .. }
        | Event::Rated { .. }
        | Event::SentAlong { .. }
        | Event::FileAllowed { .. }
        | Event::FileKept { .. }
        | Event::FileLost { .. }
        | Event::FilesCame { .. } => None,
    }
}

/// A change takes a request that was not yet sent back to being understood; its identity stays.
fn redrafted(stage: &Stage, content: super::Content, waits: Waits, at: Instant) -> Option<Stage> {
    let before: Option<Identity> = match stage {
        Stage::Draft(draft) => draft.before.clone(),
        Stage::AwaitingApproval(waiting) => Some(waiting.order.identity.clone()),
        Stage::Approved(approved) if approved.submission.before_sending() => Some(approved.order.identity.clone()),
        Stage::Approved(_) | Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => {
            return None;
        }
    };
    Some(Stage::Draft(Draft { content, waits, since: at, reminded: false, before }))
}

/// People who may decide from now on have as long for it as others had.
fn reassessed(waiting: AwaitingApproval, verdict: Verdict, at: Instant) -> AwaitingApproval {
    let begins = waiting.order.steps().is_empty();
    let order = Order { verdict, ..waiting.order };
    if begins && !order.steps().is_empty() {
        return AwaitingApproval { order, since: at, reminders: 0, ..waiting };
    }
    AwaitingApproval { order, ..waiting }
}

fn taken_back(stage: Stage, person: &crate::domain::PersonId, at: Instant) -> Option<Stage> {
    let without = |decisions: Vec<Decision>| decisions.into_iter().filter(|decision| decision.person != *person);
    match stage {
        Stage::AwaitingApproval(waiting) => Some(Stage::AwaitingApproval(AwaitingApproval {
            decisions: without(waiting.decisions).collect(),
            ..waiting
        })),
        Stage::Approved(approved) if approved.submission.before_sending() => {
            Some(Stage::AwaitingApproval(AwaitingApproval {
                order: approved.order,
                decisions: without(approved.grant.by).collect(),
                since: at,
                reminders: 0,
            }))
        }
        _ => None,
    }
}

fn submission_moved(stage: Stage, event: Event, at: Instant) -> Option<Stage> {
    let Stage::Approved(approved) = stage else { return None };
    let submission = match (event, &approved.submission) {
        (Event::Queued { attempt, .. }, _) => Submission::Queued { attempt, since: at },
        (Event::SendingBegun { attempt }, Submission::Queued { .. }) => Submission::Sending { attempt, since: at },
        (Event::BecameUncertain { attempt }, Submission::Sending { .. }) => {
            Submission::Uncertain { attempt, since: at, lookups: 0 }
        }
        (Event::NotFound { lookups }, Submission::Uncertain { attempt, since, .. }) => {
            Submission::Uncertain { attempt: *attempt, since: *since, lookups }
        }
        (Event::FormGiven { attempt }, Submission::Queued { .. }) => {
            Submission::ByHand { attempt, since: at, reminded: None }
        }
        (Event::FormReminded, Submission::ByHand { attempt, since, .. }) => {
            Submission::ByHand { attempt: *attempt, since: *since, reminded: Some(at) }
        }
        (Event::NotDelivered { attempt, why, retry_at }, Submission::Sending { .. } | Submission::Uncertain { .. }) => {
            Submission::NotDelivered { attempt, since: at, why, retry_at }
        }
        _ => return None,
    };
    Some(Stage::Approved(Approved { submission, ..approved }))
}

/// The same stage with another number of the provider's.
fn renumbered(stage: Stage, number: String) -> Option<Stage> {
    let named = |mut handed: Handed| {
        handed.sent.number = Some(number);
        handed
    };
    Some(match stage {
        Stage::HandedOver(handed) => Stage::HandedOver(named(handed)),
        Stage::InProgress(stage) => Stage::InProgress(InProgress { handed: named(stage.handed), ..stage }),
        Stage::Resolved(stage) => Stage::Resolved(Resolved { handed: named(stage.handed), ..stage }),
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) | Stage::Closed(_) => return None,
    })
}

/// The hand-over of a stage that has one.
fn handed(stage: Stage) -> Option<Handed> {
    match stage {
        Stage::HandedOver(handed) => Some(handed),
        Stage::InProgress(stage) => Some(stage.handed),
        Stage::Resolved(stage) => Some(stage.handed),
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) | Stage::Closed(_) => None,
    }
}

/// What a closed request keeps of the stage it ends; `None` when it had ended already.
#[allow(clippy::type_complexity, reason = "three optional parts of one struct, used once")]
fn remains(stage: Stage) -> Option<(Option<Order>, Option<super::Grant>, Option<super::Sent>)> {
    match stage {
        Stage::Draft(_) => Some((None, None, None)),
        Stage::AwaitingApproval(waiting) => Some((Some(waiting.order), None, None)),
        Stage::Approved(approved) => Some((Some(approved.order), Some(approved.grant), None)),
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => {
            let handed = handed(stage)?;
            Some((Some(handed.order), Some(handed.grant), Some(handed.sent)))
        }
        Stage::Closed(_) => None,
    }
}
