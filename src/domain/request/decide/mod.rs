//! The rules: what a command comes to, given the state and the facts.
//!
//! The same command twice yields no events. What is not allowed yields a [`Refusal`], which is worded for people elsewhere.

mod approval;
mod care;
mod draft;
mod files;
mod follow;
mod hear;
mod hours;
mod limit;
mod price;
mod submission;

pub use approval::may_stand_in;

use super::command::Beginning;
use super::timer::step;
use super::{Command, Ending, Event, Facts, Refusal, Request, Slot, Stage, TimerKind};
use crate::domain::register::Role;
use crate::domain::service::Goal;
use crate::domain::{MessageRef, Private};

/// What begins a request comes to.
pub fn open(beginning: Beginning, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    draft::open(beginning, facts)
}

/// What a command to an existing request comes to.
pub fn decide(request: &Request, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Tell { said, reading } => draft::tell(request, said, &reading, facts),
        Command::Edit { message, text, content } => draft::edit(request, &message, text, *content, facts),
        // Whoever could delete the message could edit it: both count the same.
        Command::Delete { message } | Command::Recant { message } => Ok(delete(request, &message, facts)),
        Command::KeepFile { file, kept } => Ok(files::keep(request, file, kept, facts)),
        Command::LoseFile { file, why } => Ok(files::lose(request, file, why)),
        Command::AllowFile { file, yes } => files::allow(request, file, yes, facts),
        Command::Accept => draft::accept(request, facts),
        Command::Confirm => draft::confirm(request, facts),
        Command::Discard => draft::discard(request, facts),
        Command::ChooseItem { item } => draft::choose_item(request, item, facts),
        Command::Agree { revision, via } => approval::agree(request, revision, via, facts),
        Command::Decline { revision, via, why } => approval::decline(request, revision, via, why, facts),
        Command::Limit { revision, ceiling, via } => limit::limit(request, revision, ceiling, via, facts),
        Command::TakeBack { revision } => Ok(approval::take_back(request, revision, facts)),
        Command::Reassess => Ok(approval::reassess(request, facts)),
        Command::Cancel { why } => cancel(request, why, facts),
        Command::Recall { known_until } => Ok(submission::recall(request, known_until)),
        Command::Resend => submission::resend(request, facts),
        Command::BeginSending { attempt } => submission::begin(request, attempt),
        Command::Delivered { attempt, dry_run, number } => {
            submission::delivered(request, attempt, dry_run, number, facts)
        }
        Command::Uncertain { attempt } => submission::uncertain(request, attempt),
        Command::NotFound { certain } => submission::not_found(request, certain),
        Command::NotDelivered { attempt, why, retry_at } => submission::not_delivered(request, attempt, why, retry_at),
        Command::ProviderTold { what } => Ok(submission::provider_told(request, what, facts)),
        Command::NotTold { what, certain, why } => Ok(submission::not_told(request, what, certain, why)),
        Command::Report { report, number, note } => follow::report(request, report, number, note, facts),
        Command::Hear(answer) => hear::hear(request, *answer, facts),
        Command::Answer { said, held_back } => hear::answer(request, said, held_back, facts),
        Command::Confirmed => hear::confirmed(request, facts),
        Command::Quote { amount, note } => price::quote(request, amount, note, facts),
        Command::Bill(invoice) => price::bill(request, invoice, facts),
        Command::PutBill { bill } => price::put_bill(request, bill, facts),
        Command::Adopt { seq } => hear::adopt(request, seq, facts),
        Command::Attach { text, who } => hear::attach(text, who, facts),
        Command::Return { attempt, why } => Ok(hear::returned(request, attempt, why)),
        Command::HoldUp => Ok(submission::hold_up(request)),
        Command::GiveForm { attempt } => submission::give_form(request, attempt),
        Command::Carried { number } => submission::carried(request, number, facts),
        Command::FoundTwice { numbers } => Ok(submission::found_twice(request, numbers)),
        Command::Solved => follow::solved(request, facts),
        Command::NotSolved { note } => follow::not_solved(request, note, facts),
        Command::Fire { timer } => Ok(fire(request, timer, facts)),
        Command::RecordConversation { channel } => {
            let known = request.posts.conversation.is_some();
            Ok(if known { vec![] } else { vec![Event::ConversationOpened { channel }] })
        }
        Command::RecordPost { slot, at } => Ok(record_post(request, slot, at)),
        Command::Keep { said, among } => follow::keep(request, said, among),
        Command::Assign { to } => follow::assign(request, to, facts),
        Command::CalledBack => match facts.actor.account() {
            Some(by) if facts.has_role(Role::Spoc) => Ok(vec![Event::CalledBack { by: by.clone() }]),
            Some(_) | None => Err(Refusal::SpocOnly),
        },
        Command::Urge => care::urge(request, facts),
        Command::Note { text } => care::note(text, facts),
        Command::Correct { item } => care::correct(request, item, facts),
        Command::Rate { rating } => care::rate(request, rating, facts),
        Command::DutyCalled => hours::duty_called(request, facts),
    }
}

/// Whether a decision of the actor on that revision would count now.
pub fn may_decide(request: &Request, revision: u32, facts: &Facts<'_>) -> Result<(), Refusal> {
    approval::may_decide(request, revision, facts)
}

fn record_post(request: &Request, slot: Slot, at: MessageRef) -> Vec<Event> {
    if request.posts.at.get(&slot) == Some(&at) { vec![] } else { vec![Event::Posted { slot, at }] }
}

/// Whether the actor asked for it, registered it, or is a SPOC.
fn may_speak_for(request: &Request, facts: &Facts<'_>) -> bool {
    facts.has_role(Role::Spoc) || facts.actor.account().is_some_and(|account| request.is_of(account))
}

fn must_speak_for(request: &Request, facts: &Facts<'_>) -> Result<(), Refusal> {
    if may_speak_for(request, facts) { Ok(()) } else { Err(Refusal::NotYours) }
}

fn end(outcome: Ending, facts: &Facts<'_>) -> Event {
    Event::Closed { outcome, by: facts.actor.account().cloned(), why: None, number: None }
}

/// The source message was deleted, or no longer asks for it: that withdraws it as long as nothing was sent.
fn delete(request: &Request, message: &MessageRef, facts: &Facts<'_>) -> Vec<Event> {
    let source = request.origin.source.as_ref().is_some_and(|source| source.message == message.message);
    let unsent = match &request.stage {
        Stage::Draft(_) | Stage::AwaitingApproval(_) => true,
        Stage::Approved(approved) => approved.submission.before_sending(),
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => false,
    };
    if source && unsent { vec![end(Ending::Withdrawn, facts)] } else { vec![] }
}

fn cancel(request: &Request, why: Option<Private>, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    let by = facts.actor.account().cloned();
    match &request.stage {
        Stage::Draft(_) | Stage::AwaitingApproval(_) => {
            Ok(vec![Event::Closed { outcome: Ending::Cancelled, by, why, number: None }])
        }
        Stage::Approved(approved) if approved.submission.before_sending() => {
            Ok(vec![Event::Closed { outcome: Ending::Cancelled, by, why, number: None }])
        }
        Stage::Approved(_) => Err(Refusal::AlreadySent { at: None }),
        Stage::HandedOver(handed) => Ok(ask_cancel(handed.cancelling.is_some(), by, why)),
        Stage::InProgress(stage) => Ok(ask_cancel(stage.handed.cancelling.is_some(), by, why)),
        Stage::Resolved(_) => Err(Refusal::NotNow),
        Stage::Closed(closed) if closed.outcome == Ending::Cancelled => Ok(vec![]),
        Stage::Closed(_) => Err(Refusal::Closed),
    }
}

fn ask_cancel(asked: bool, by: Option<crate::domain::AccountId>, why: Option<Private>) -> Vec<Event> {
    match by {
        Some(by) if !asked => vec![Event::CancelAsked { by, why }],
        Some(_) | None => vec![],
    }
}

/// A deadline has passed. Everything is checked again, since the row may be older than the last change.
fn fire(request: &Request, timer: TimerKind, facts: &Facts<'_>) -> Vec<Event> {
    let due = super::timers(request, facts.register, facts.organisation).get(&timer).copied();
    if due.is_none_or(|due| due > facts.now) {
        return vec![];
    }
    // Missed by day it is not made up for at night.
    if timer.keeps_hours() && facts.organisation.hours.next_open(facts.now) > facts.now {
        return vec![];
    }
    match timer {
        TimerKind::Settle => draft::settle_by_silence(request, facts),
        TimerKind::QuestionReminder => draft::ask_again(request),
        TimerKind::ApprovalExpiry if request.costs.open.is_some() => vec![Event::PriceLapsed],
        TimerKind::QuestionExpiry | TimerKind::ApprovalExpiry => vec![end(Ending::Expired, facts)],
        TimerKind::ApprovalReminder => vec![Event::Reminded { step: step::APPROVERS }],
        TimerKind::ApprovalWidening => vec![Event::Reminded { step: step::OTHERS }],
        TimerKind::ApprovalEscalation => vec![Event::Reminded { step: step::SPOC }],
        TimerKind::Leave | TimerKind::Retry => submission::queue_again(request, None),
        TimerKind::Confirmation => vec![Event::ConfirmationReminded],
        TimerKind::Form => vec![Event::FormReminded],
        TimerKind::Acknowledgement => vec![Event::Chased],
        TimerKind::NormReaction => hours::near(request, Goal::Reaction, facts),
        TimerKind::NormSolution => hours::near(request, Goal::Solution, facts),
        TimerKind::AutoClose => vec![end(Ending::Fulfilled, facts)],
    }
}
