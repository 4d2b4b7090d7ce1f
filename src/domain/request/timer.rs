//! What must happen later. The deadlines of a request follow from its state alone, so that the rows in the database can be
//! compared with it, and nothing is ever set in one place and forgotten in another.

use super::{Request, Stage, Submission, Waits};
use crate::domain::Instant;
use crate::domain::register::Organisation;
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
    /// The SPOC is told that nobody decided.
    ApprovalEscalation,
    /// An undecided request expires.
    ApprovalExpiry,
    /// An approved order leaves.
    Leave,
    /// A failed hand-over is tried again.
    Retry,
    /// The provider's silence is brought to the SPOC.
    Acknowledgement,
    /// A resolved request closes by silence.
    AutoClose,
}

impl TimerKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Settle,
        Self::QuestionReminder,
        Self::QuestionExpiry,
        Self::ApprovalReminder,
        Self::ApprovalEscalation,
        Self::ApprovalExpiry,
        Self::Leave,
        Self::Retry,
        Self::Acknowledgement,
        Self::AutoClose,
    ];

    /// The text by which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Settle => "settle",
            Self::QuestionReminder => "question-reminder",
            Self::QuestionExpiry => "question-expiry",
            Self::ApprovalReminder => "approval-reminder",
            Self::ApprovalEscalation => "approval-escalation",
            Self::ApprovalExpiry => "approval-expiry",
            Self::Leave => "leave",
            Self::Retry => "retry",
            Self::Acknowledgement => "acknowledgement",
            Self::AutoClose => "auto-close",
        }
    }

    /// Reads what [`TimerKind::code`] wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Every deadline of a request, under the organisation's current settings.
pub fn timers(request: &Request, organisation: &Organisation) -> BTreeMap<TimerKind, Instant> {
    let wait = &organisation.deadlines;
    let mut due = BTreeMap::new();
    match &request.stage {
        // It waits for the question before it, which has deadlines of its own.
        Stage::Draft(_) if request.held => {}
        Stage::Draft(draft) => {
            due.insert(TimerKind::QuestionExpiry, draft.since + wait.question_expiry);
            match &draft.waits {
                Waits::Offer => {}
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
        Stage::AwaitingApproval(waiting) => {
            due.insert(TimerKind::ApprovalExpiry, waiting.since + wait.approval_expiry);
            if waiting.reminders == 0 && !waiting.order.steps().is_empty() {
                let reminder = organisation.hours.after(waiting.since, wait.approval_reminder);
                due.insert(TimerKind::ApprovalReminder, reminder);
            } else if waiting.reminders == 1 {
                let escalation = organisation.hours.next_open(waiting.since + wait.approval_escalation);
                due.insert(TimerKind::ApprovalEscalation, escalation);
            }
        }
        Stage::Approved(approved) => match &approved.submission {
            Submission::Waiting { until } => {
                due.insert(TimerKind::Leave, *until);
            }
            Submission::NotDelivered { retry_at: Some(at), .. } => {
                due.insert(TimerKind::Retry, *at);
            }
            Submission::Queued { .. }
            | Submission::Sending { .. }
            | Submission::Uncertain { .. }
            | Submission::NotDelivered { retry_at: None, .. } => {}
        },
        Stage::HandedOver(handed) => {
            if !handed.chased && !handed.sent.dry_run {
                let chase = organisation.hours.next_open(handed.sent.at + wait.acknowledgement);
                due.insert(TimerKind::Acknowledgement, chase);
            }
        }
        Stage::InProgress(_) | Stage::Closed(_) => {}
        Stage::Resolved(resolved) => {
            due.insert(TimerKind::AutoClose, resolved.since + wait.auto_close);
        }
    }
    due
}
