//! Where a request is in its life: one struct for each stage, with exactly what exists in it.

use super::{Content, Grant, Identity, Order};
use crate::domain::approval::Decision;
use crate::domain::{FieldKey, Instant, ItemId, LocalMoment, Private, Trouble};
use serde::{Deserialize, Serialize};

/// Where a request is in its life.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Being understood.
    Draft(Draft),
    /// Frozen, and waiting for people with a mandate.
    AwaitingApproval(AwaitingApproval),
    /// Agreed or free, and on its way to the provider.
    Approved(Approved),
    /// The provider has it and has not said a word.
    HandedOver(Handed),
    /// The provider is at work, or waits.
    InProgress(InProgress),
    /// Done by the provider; the requester has not said so yet.
    Resolved(Resolved),
    /// The end.
    Closed(Closed),
}

/// Being understood: what is known so far and what it waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What was understood.
    pub content: Content,
    /// What it waits for.
    pub waits: Waits,
    /// Since when.
    pub since: Instant,
    /// Whether the unanswered question was repeated.
    pub reminded: bool,
    /// The order as it was before a change took it back here; its number and token stay.
    pub before: Option<Identity>,
}

/// What a draft waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// The answer to "Verzoek maken?".
    Offer,
    /// Which of these items is meant.
    Item(Vec<ItemId>),
    /// This field.
    Field(FieldKey),
    /// *Klopt*, or silence until then; without a time silence is not enough.
    Confirmation(Option<Instant>),
}

/// Waiting for people with a mandate.
#[derive(Clone, Debug, PartialEq)]
pub struct AwaitingApproval {
    /// What they decide about.
    pub order: Order,
    /// What was decided so far.
    pub decisions: Vec<Decision>,
    /// Since when.
    pub since: Instant,
    /// The last reminder, as [`super::timer`] numbers them; 0 for none.
    pub reminders: u8,
}

/// On its way to the provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Approved {
    /// What is to be sent.
    pub order: Order,
    /// By whose decision.
    pub grant: Grant,
    /// How far the hand-over is.
    pub submission: Submission,
}

/// How far a hand-over is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
    /// It leaves at that time; until then a decision can be taken back.
    Waiting {
        /// When it leaves.
        until: Instant,
    },
    /// Ready for the courier.
    Queued {
        /// Counted from 1.
        attempt: u32,
        /// Since when.
        since: Instant,
    },
    /// The point of no return: committed before the provider is called.
    Sending {
        /// Counted from 1.
        attempt: u32,
        /// Since when.
        since: Instant,
    },
    /// The provider may have it; looked up by our own reference.
    Uncertain {
        /// Counted from 1.
        attempt: u32,
        /// Since when.
        since: Instant,
        /// How often it was looked up; after the last the SPOC decides.
        lookups: u8,
    },
    /// The SPOC has the form and carries it to the provider.
    ByHand {
        /// Counted from 1.
        attempt: u32,
        /// Since when.
        since: Instant,
        /// When the SPOC was last reminded.
        reminded: Option<Instant>,
    },
    /// The provider surely does not have it.
    NotDelivered {
        /// Counted from 1.
        attempt: u32,
        /// Since when.
        since: Instant,
        /// Why; `None` once it was erased.
        why: Option<Trouble>,
        /// When the courier tries again by itself; `None` when a person must.
        retry_at: Option<Instant>,
    },
}

impl Submission {
    /// Whether nothing has left yet, so that a change still counts.
    pub fn before_sending(&self) -> bool {
        match self {
            Self::Waiting { .. } | Self::Queued { .. } | Self::NotDelivered { .. } => true,
            // Once the SPOC has the form, only the SPOC knows whether it left.
            Self::Sending { .. } | Self::Uncertain { .. } | Self::ByHand { .. } => false,
        }
    }
}

/// The provider has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Handed {
    /// What was sent.
    pub order: Order,
    /// By whose decision.
    pub grant: Grant,
    /// When, and what the provider calls it.
    pub sent: Sent,
    /// Whether its silence was brought to the SPOC.
    pub chased: bool,
    /// Since when a cancellation waits for the provider's answer.
    pub cancelling: Option<Instant>,
}

/// One successful hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// When.
    pub at: Instant,
    /// The attempt that succeeded.
    pub attempt: u32,
    /// Whether it went to the outbox folder only.
    pub dry_run: bool,
    /// The provider's own number, once known.
    pub number: Option<String>,
    /// Whether the order's photos and files did not come along and are sent by themselves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub files_follow: bool,
}

/// The provider is at work, or waits.
#[derive(Clone, Debug, PartialEq)]
pub struct InProgress {
    /// What was handed over.
    pub handed: Handed,
    /// What the provider said last.
    pub progress: Progress,
    /// The same in the provider's own word.
    pub theirs: Option<Private>,
    /// Who said it, or who comes.
    pub who: Option<Private>,
}

/// What a provider says about an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Received.
    Received,
    /// Work has begun.
    Working,
    /// Planned for a day or moment.
    Planned(LocalMoment),
    /// Waits for the organisation.
    WaitsForUs,
    /// Waits for somebody else.
    WaitsForOthers,
    /// Something that nobody has told Loket the meaning of; the provider's own word is shown.
    Unknown,
}

/// Done by the provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// What was handed over.
    pub handed: Handed,
    /// Since when.
    pub since: Instant,
}

/// The end.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// How it ended.
    pub outcome: Ending,
    /// When.
    pub at: Instant,
    /// What was frozen last, if it came so far.
    pub order: Option<Order>,
    /// By whose decision it went out, if it came so far.
    pub grant: Option<Grant>,
    /// The hand-over, if it came so far.
    pub sent: Option<Sent>,
}

/// How a request ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Done, and the requester said so or let it be.
    Fulfilled,
    /// An approver said no.
    Declined,
    /// Cancelled by the requester or the SPOC.
    Cancelled,
    /// The source message was deleted before anything was sent.
    Withdrawn,
    /// Nobody answered or decided in time.
    Expired,
    /// It was no request.
    NoRequest,
    /// The provider will not do it.
    Rejected,
}
