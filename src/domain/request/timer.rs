//! What must happen later. The deadlines of a request follow from its state alone, so that the rows in the database can be
//! compared with it, and nothing is ever set in one place and forgotten in another.

use super::{AwaitingApproval, Content, Request, Stage, Submission, Waits};
use crate::domain::calendar::instant_of;
use crate::domain::register::{Organisation, Register};
use crate::domain::service::{Goal, warning};
use crate::domain::{Instant, LocalMoment, WhenRole};
use chrono::{Days, Duration, NaiveTime};
use std::collections::BTreeMap;

/// A deadline of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimerKind {
    /// A complete draft settles by silence.
    Settle,
    /// An unanswered question is repeated.
    QuestionReminder,
    /// A draft that nobody answers expires.
    QuestionExpiry,
    /// The approvers are reminded.
    ApprovalReminder,
    /// Whoever may decide as well is asked.
    ApprovalWidening,
    /// The SPOC is told that nobody decided.
    ApprovalEscalation,
    /// An undecided request expires.
    ApprovalExpiry,
    /// An approved order leaves.
    Leave,
    /// A failed hand-over is tried again.
    Retry,
    /// The buyer is reminded that the provider waits for a confirmation.
    Confirmation,
    /// The SPOC is reminded of a form about which nothing was recorded.
    Form,
    /// The provider's silence is brought to the SPOC.
    Acknowledgement,
    /// A resolved request closes by silence.
    AutoClose,
    /// The time in which the provider reacts runs out.
    NormReaction,
    /// The time in which it is done runs out.
    NormSolution,
}

impl TimerKind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::Settle,
        Self::QuestionReminder,
        Self::QuestionExpiry,
        Self::ApprovalReminder,
        Self::ApprovalWidening,
        Self::ApprovalEscalation,
        Self::ApprovalExpiry,
        Self::Leave,
        Self::Retry,
        Self::Confirmation,
        Self::Form,
        Self::Acknowledgement,
        Self::AutoClose,
        Self::NormReaction,
        Self::NormSolution,
    ];

    /// The text by which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Settle => "settle",
            Self::QuestionReminder => "question-reminder",
            Self::QuestionExpiry => "question-expiry",
            Self::ApprovalReminder => "approval-reminder",
            Self::ApprovalWidening => "approval-widening",
            Self::ApprovalEscalation => "approval-escalation",
            Self::ApprovalExpiry => "approval-expiry",
            Self::Leave => "leave",
            Self::Retry => "retry",
            Self::Confirmation => "confirmation",
            Self::Form => "form",
            Self::Acknowledgement => "acknowledgement",
            Self::AutoClose => "auto-close",
            Self::NormReaction => "norm-reaction",
            Self::NormSolution => "norm-solution",
        }
    }

    /// Whether it waits until somebody is there when its moment was missed.
    pub fn keeps_hours(self) -> bool {
        matches!(
            self,
            Self::ApprovalReminder
                | Self::ApprovalWidening
                | Self::ApprovalEscalation
                | Self::ApprovalExpiry
                | Self::Form
                | Self::Confirmation
        )
    }

    /// Reads what [`TimerKind::code`] wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How the reminders of an undecided order are numbered. The numbers stand in journals and keep their meaning, so that the step
/// that came later into being has the highest one.
pub mod step {
    /// To the people who were asked first.
    pub const APPROVERS: u8 = 1;
    /// To the SPOC, the last.
    pub const SPOC: u8 = 2;
    /// To whoever may decide as well, between the two.
    pub const OTHERS: u8 = 3;
}

/// Shorter than this the time that is left is not divided: nobody decides faster for being asked every few minutes.
const SHORTEST: Duration = Duration::hours(1);

/// The next reminder of an undecided order: after a quarter, a half and three quarters of the service hours that are left until it is
/// needed, and never later than the organisation's own deadlines.
fn next_reminder(waiting: &AwaitingApproval, organisation: &Organisation) -> Option<(TimerKind, Instant)> {
    let (hours, wait) = (&organisation.hours, &organisation.deadlines);
    if waiting.order.steps().is_empty() {
        return None;
    }
    let since = waiting.since;
    let quarter = needed_by(&waiting.order.content, organisation)
        .filter(|needed| *needed > since)
        .map(|needed| hours.between(since, needed).max(SHORTEST) / 4);
    let at_most = |own: Duration, quarters: i32| quarter.map_or(own, |quarter| own.min(quarter * quarters));
    let reminder = at_most(wait.approval_reminder, 1);
    let escalation = at_most(hours.between(since, hours.next_open(since + wait.approval_escalation)), 3);
    let (kind, after) = match waiting.reminders {
        // Asking people on holiday again helps nobody; the SPOC may find somebody.
        0 if waiting.is_unattended() => (TimerKind::ApprovalEscalation, reminder),
        0 => (TimerKind::ApprovalReminder, reminder),
        step::APPROVERS if !waiting.others().is_empty() => {
            (TimerKind::ApprovalWidening, (reminder + escalation.max(reminder)) / 2)
        }
        step::APPROVERS | step::OTHERS => (TimerKind::ApprovalEscalation, escalation),
        _ => return None,
    };
    Some((kind, hours.next_open(hours.after(since, after))))
}

/// The moment by which an order must be decided to be of use: when the day or moment begins for which it is wished, or ends by which.
fn needed_by(content: &Content, organisation: &Organisation) -> Option<Instant> {
    let when = &content.when.as_ref()?.value;
    let local = match (when.from, when.role) {
        (LocalMoment::At(moment), _) => moment,
        (LocalMoment::Day(day), WhenRole::By) => day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN),
        (LocalMoment::Day(day), WhenRole::On | WhenRole::From) => day.and_time(NaiveTime::MIN),
    };
    Some(instant_of(organisation.zone, local))
}

/// What the provider wants confirmed is brought up as often as an undecided order is.
fn confirmation(request: &Request, organisation: &Organisation) -> Option<(TimerKind, Instant)> {
    let unconfirmed = request.unconfirmed?;
    let (hours, wait) = (&organisation.hours, &organisation.deadlines);
    let next = match unconfirmed.reminded {
        None => hours.after(unconfirmed.since, wait.approval_reminder),
        Some(last) => last + wait.approval_escalation,
    };
    Some((TimerKind::Confirmation, hours.next_open(next)))
}

/// The SPOC is told before an agreed time of the provider's is used up. The clock stands still while others must act, so that these
/// move with every turn.
fn norms(request: &Request, register: &Register) -> Vec<(TimerKind, Instant)> {
    if !matches!(request.stage, Stage::HandedOver(_) | Stage::InProgress(_)) {
        return Vec::new();
    }
    let Some(agreed) = request.order().and_then(|order| register.agreed_on(order)) else { return Vec::new() };
    let kinds = [(TimerKind::NormReaction, Goal::Reaction), (TimerKind::NormSolution, Goal::Solution)];
    kinds.into_iter().filter_map(|(kind, goal)| Some((kind, warning(request, agreed, goal)?))).collect()
}

/// What is brought up about an open decision, and when it is too late for it.
fn decision(waiting: &AwaitingApproval, organisation: &Organisation) -> Vec<(TimerKind, Instant)> {
    let expiry = organisation.hours.next_open(waiting.since + organisation.deadlines.approval_expiry);
    std::iter::once((TimerKind::ApprovalExpiry, expiry)).chain(next_reminder(waiting, organisation)).collect()
}

/// The same for a price that waits beside the stage.
fn price(request: &Request, organisation: &Organisation) -> Vec<(TimerKind, Instant)> {
    request.costs.open.as_ref().map(|open| decision(open, organisation)).unwrap_or_default()
}

/// What an order waits for on its way out.
fn leaving(submission: &Submission, organisation: &Organisation) -> Option<(TimerKind, Instant)> {
    match submission {
        Submission::Waiting { until } => Some((TimerKind::Leave, *until)),
        Submission::NotDelivered { retry_at: Some(at), .. } => Some((TimerKind::Retry, *at)),
        // A form that was forgotten is as good as no request, so that the SPOC is reminded until something is recorded.
        Submission::ByHand { since, reminded, .. } => {
            let last = reminded.unwrap_or(*since);
            Some((TimerKind::Form, organisation.hours.next_open(last + organisation.deadlines.acknowledgement)))
        }
        Submission::Queued { .. }
        | Submission::Sending { .. }
        | Submission::Uncertain { .. }
        | Submission::NotDelivered { retry_at: None, .. } => None,
    }
}

/// Every deadline of a request, under the current settings.
pub fn timers(request: &Request, register: &Register, organisation: &Organisation) -> BTreeMap<TimerKind, Instant> {
    let wait = &organisation.deadlines;
    let mut due: BTreeMap<TimerKind, Instant> = norms(request, register).into_iter().collect();
    match &request.stage {
        // It waits for the question before it, which has deadlines of its own.
        Stage::Draft(_) if request.held => {}
        Stage::Draft(draft) => {
            due.insert(TimerKind::QuestionExpiry, draft.since + wait.question_expiry);
            match &draft.waits {
                Waits::Offer => {}
                // Nobody confirms by silence what is not here yet.
                Waits::Confirmation(Some(_)) if request.fetches() => {}
                Waits::Confirmation(Some(at)) => {
                    due.insert(TimerKind::Settle, *at);
                }
                Waits::Item(_) | Waits::Field(_) | Waits::Confirmation(None) => {
                    if !draft.reminded {
                        let reminder = organisation.hours.after(draft.since, wait.question_reminder);
                        due.insert(TimerKind::QuestionReminder, reminder);
                    }
                }
            }
        }
        Stage::AwaitingApproval(waiting) => due.extend(decision(waiting, organisation)),
        Stage::Approved(approved) => {
            // What went first is asked about while it is on its way, too.
            due.extend(price(request, organisation));
            due.extend(leaving(&approved.submission, organisation));
        }
        Stage::HandedOver(handed) => {
            due.extend(confirmation(request, organisation));
            due.extend(price(request, organisation));
            // Who named a price has answered.
            if !handed.chased && !handed.sent.dry_run && request.costs.quotes.is_empty() {
                let chase = organisation.hours.next_open(handed.sent.at + wait.acknowledgement);
                due.insert(TimerKind::Acknowledgement, chase);
            }
        }
        Stage::InProgress(_) => {
            due.extend(confirmation(request, organisation));
            due.extend(price(request, organisation));
        }
        Stage::Closed(_) if request.costs.is_first() => due.extend(price(request, organisation)),
        Stage::Closed(_) => {}
        Stage::Resolved(resolved) => {
            due.extend(price(request, organisation));
            due.insert(TimerKind::AutoClose, resolved.since + wait.auto_close);
        }
    }
    due
}
