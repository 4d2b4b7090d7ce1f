//! What lists and searches know of a request: no free text, so that nothing need be erased here.

use super::{Content, Request, Stage, Submission, Waits};
use crate::domain::calendar::instant_of;
use crate::domain::register::Organisation;
use crate::domain::{AccountId, ChannelId, Instant, ItemId, Kind, LocalMoment, Number, ProviderCode, Token, Urgency};
use chrono::{Days, NaiveDateTime, NaiveTime};

/// The name of a stage, as stored and filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageName {
    /// Being understood.
    Draft,
    /// Waiting for people with a mandate.
    AwaitingApproval,
    /// On its way to the provider.
    Approved,
    /// The provider has it.
    HandedOver,
    /// The provider is at work.
    InProgress,
    /// Done by the provider.
    Resolved,
    /// The end.
    Closed,
}

impl StageName {
    /// Every stage, in the order of a request's life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::AwaitingApproval,
        Self::Approved,
        Self::HandedOver,
        Self::InProgress,
        Self::Resolved,
        Self::Closed,
    ];

    /// The text by which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingApproval => "awaiting-approval",
            Self::Approved => "approved",
            Self::HandedOver => "handed-over",
            Self::InProgress => "in-progress",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Reads what [`StageName::code`] wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// Who must act now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WaitsFor {
    /// The requester: an answer or a confirmation.
    Requester,
    /// People with a mandate.
    Approvers,
    /// The SPOC.
    Spoc,
    /// The provider.
    Provider,
    /// Loket itself, for a short time.
    Loket,
    /// Nobody: it ended.
    Nobody,
}

impl WaitsFor {
    /// Every value.
    pub const ALL: [Self; 6] =
        [Self::Requester, Self::Approvers, Self::Spoc, Self::Provider, Self::Loket, Self::Nobody];

    /// The text by which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Approvers => "approvers",
            Self::Spoc => "spoc",
            Self::Provider => "provider",
            Self::Loket => "loket",
            Self::Nobody => "nobody",
        }
    }

    /// Reads what [`WaitsFor::code`] wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|waits| waits.code() == code)
    }
}

/// How many open requests wait for a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Who must act.
    pub waits_for: WaitsFor,
    /// So many requests.
    pub open: u64,
    /// Of which the wished moment has passed for so many.
    pub late: u64,
}

/// The row of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The number for people, once settled.
    pub number: Option<Number>,
    /// Where it is.
    pub stage: StageName,
    /// Who must act.
    pub waits_for: WaitsFor,
    /// Which kind.
    pub kind: Option<Kind>,
    /// What is asked for.
    pub item: Option<ItemId>,
    /// Who fulfils it.
    pub provider: Option<ProviderCode>,
    /// The unguessable part of the reference, once settled.
    pub token: Option<Token>,
    /// The provider's own number, once known.
    pub ticket: Option<String>,
    /// How much haste.
    pub urgency: Urgency,
    /// Who asked.
    pub requester: Option<AccountId>,
    /// Where it is talked about.
    pub conversation: Option<ChannelId>,
    /// When it is wished for, as the instant at which that day or moment ends.
    pub due_at: Option<Instant>,
    /// When it began.
    pub opened_at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
    /// When it ended.
    pub closed_at: Option<Instant>,
}

impl Summary {
    /// Whether it is of the only sort that a rule may let go before people agree.
    pub fn may_have_gone_first(&self) -> bool {
        self.urgency == Urgency::High && self.kind == Some(Kind::Incident)
    }

    /// The row that belongs to a request.
    pub fn of(request: &Request, organisation: &Organisation) -> Self {
        let content = request.content();
        let due = content.and_then(|content| due_at(content, organisation));
        Self {
            number: request.number(),
            stage: stage_name(&request.stage),
            waits_for: waits_for(request),
            kind: content.map(|content| content.kind.value),
            item: content.and_then(|content| content.item.as_ref()).map(|item| item.value.clone()),
            provider: request.order().map(|order| order.provider.clone()),
            token: request.token().cloned(),
            ticket: request.sent().and_then(|sent| sent.number.clone()),
            urgency: content.map_or(Urgency::Normal, |content| content.urgency.value),
            requester: request.origin.requester.account.clone(),
            conversation: request.posts.conversation.clone(),
            due_at: due,
            opened_at: request.origin.at,
            changed_at: request.changed_at,
            closed_at: match &request.stage {
                Stage::Closed(closed) => Some(closed.at),
                _ => None,
            },
        }
    }
}

/// The instant at which the wished day or moment ends.
pub fn due_at(content: &Content, organisation: &Organisation) -> Option<Instant> {
    let when = &content.when.as_ref()?.value;
    Some(instant_of(organisation.zone, end_of(when.to.unwrap_or(when.from))))
}

/// When a moment has passed: a day at its end.
pub fn end_of(moment: LocalMoment) -> NaiveDateTime {
    match moment {
        LocalMoment::At(moment) => moment,
        LocalMoment::Day(day) => day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN),
    }
}

/// The name of a stage.
pub fn stage_name(stage: &Stage) -> StageName {
    match stage {
        Stage::Draft(_) => StageName::Draft,
        Stage::AwaitingApproval(_) => StageName::AwaitingApproval,
        Stage::Approved(_) => StageName::Approved,
        Stage::HandedOver(_) => StageName::HandedOver,
        Stage::InProgress(_) => StageName::InProgress,
        Stage::Resolved(_) => StageName::Resolved,
        Stage::Closed(_) => StageName::Closed,
    }
}

/// Who must act.
pub fn waits_for(request: &Request) -> WaitsFor {
    if !request.untold.is_empty() && !request.is_closed() {
        // The provider cannot act on what it does not know.
        return WaitsFor::Spoc;
    }
    if let Some(waiting) = request.waiting().filter(|_| !request.costs.is_afterwards()) {
        return if waiting.order.steps().is_empty() { WaitsFor::Spoc } else { WaitsFor::Approvers };
    }
    match &request.stage {
        Stage::Draft(draft) => match draft.waits {
            Waits::Confirmation(Some(_)) => WaitsFor::Loket,
            Waits::Confirmation(None) | Waits::Offer | Waits::Item(_) | Waits::Field(_) => WaitsFor::Requester,
        },
        Stage::AwaitingApproval(_) => WaitsFor::Approvers,
        Stage::Approved(approved) => match approved.submission {
            Submission::Waiting { .. } | Submission::Queued { .. } | Submission::Sending { .. } => WaitsFor::Loket,
            Submission::Uncertain { .. } | Submission::ByHand { .. } => WaitsFor::Spoc,
            Submission::NotDelivered { retry_at: Some(_), .. } => WaitsFor::Loket,
            Submission::NotDelivered { retry_at: None, .. } => WaitsFor::Spoc,
        },
        Stage::HandedOver(_) | Stage::InProgress(_) if request.unconfirmed.is_some() => WaitsFor::Approvers,
        Stage::HandedOver(_) | Stage::InProgress(_) if request.asked.is_some() => WaitsFor::Requester,
        Stage::HandedOver(_) => WaitsFor::Provider,
        Stage::InProgress(stage) => match stage.progress {
            super::Progress::WaitsForUs => WaitsFor::Spoc,
            super::Progress::Received
            | super::Progress::Working
            | super::Progress::Planned(_)
            | super::Progress::Unknown
            | super::Progress::WaitsForOthers => WaitsFor::Provider,
        },
        Stage::Resolved(_) => WaitsFor::Requester,
        Stage::Closed(_) => WaitsFor::Nobody,
    }
}
