//! The life of a request: stages, commands, events, and the two functions that connect them.
//!
//! [`decide()`] holds every rule and answers with events or a [`Refusal`]; [`evolve()`] applies an event mechanically;
//! [`timers`] and [`effects_of`](super::effect::effects_of) say what must happen later and outside. A stage is a struct with
//! exactly what exists in it, so that what cannot be has no value.

mod asked;
pub mod care;
pub mod command;
pub mod content;
pub mod conversation;
pub mod costs;
pub mod course;
pub mod decide;
pub mod event;
pub mod evolve;
pub mod files;
pub mod order;
pub mod post;
pub mod recalled;
pub mod refusal;
pub mod stage;
pub mod summary;
pub mod timer;
pub mod untold;

pub use care::Care;
pub use command::{Actor, Command, Facts, Fresh};
pub use content::{Content, Reading};
pub use conversation::Kept;
pub use costs::Costs;
pub use course::{Called, Contact, Course, Stretch, Waiting};
pub use decide::{decide, may_decide, open};
pub use event::{Event, Late, Rating, Reread};
pub use evolve::{Inconsistent, evolve, fold};
pub use order::{Circumstances, Grant, Identity, Limit, Order, Quote};
pub use post::{Posts, Slot};
pub use recalled::Recalled;
pub use refusal::Refusal;
pub use stage::{
    Approved, AwaitingApproval, Closed, Draft, Ending, Handed, InProgress, Progress, Resolved, Sent, Stage, Submission,
    Waits,
};
pub use summary::{StageName, Summary, Tally, WaitsFor};
pub use timer::{TimerKind, timers};
pub use untold::Untold;

use super::approval::{Commitment, Decision, Via};
use super::file::{Enclosure, Filed};
use super::{
    AccountId, Basis, FieldKey, Instant, Kind, Lang, LocalMoment, MessageRef, Money, Number, OrganisationId, PersonId,
    Private, RequestId, Token,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing asked for, from the first word to the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Its identity everywhere.
    pub id: RequestId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// How it began.
    pub origin: Origin,
    /// Everything the requester's side said about it, in the order in which it came.
    pub said: Vec<Said>,
    /// Every photo and file that belongs to it, in the order in which they came.
    pub files: Vec<Filed>,
    /// Where Loket's own posts about it stand.
    pub posts: Posts,
    /// Accounts that were told once that their decision does not count.
    pub rebuffed: Vec<AccountId>,
    /// Accounts that were told once, at the card of a revision, that they are too late.
    pub late: Vec<(AccountId, u32, Late)>,
    /// The no that ended it, and the reason where one was given.
    pub declined: Option<Declined>,
    /// The request that ended without the trouble being over.
    pub follows: Option<Follows>,
    /// Messages of which it must still be said which request of the conversation they are about.
    pub kept: Vec<Kept>,
    /// What the provider should know about the order and was not told.
    pub untold: Vec<Untold>,
    /// The event in which the provider asked something that nobody has answered yet.
    pub asked: Option<u64>,
    /// How we looked after it: reminders, what it really was, how content the requester is.
    pub care: Care,
    /// Days that the provider named in its words, by the event, for a SPOC to take over.
    pub proposed: BTreeMap<u64, LocalMoment>,
    /// What the provider wants confirmed by our buyer, while nobody has said that it is.
    pub unconfirmed: Option<Unconfirmed>,
    /// Prices that were named after the order was frozen.
    pub costs: Costs,
    /// Whether the requester was told that the provider cannot be reached.
    pub held_up: bool,
    /// The memory was put back from a backup, and whether the order left in the time that was lost is not settled.
    pub recalled: Option<Recalled>,
    /// The provider's numbers of more than one order with our reference.
    pub doubles: Vec<String>,
    /// Its question waits until another one of the conversation is answered.
    pub held: bool,
    /// Who had to act when, and when the provider had it and answered.
    pub course: Course,
    /// The number of events so far; the sequence of the next one.
    pub version: u64,
    /// When it last changed.
    pub changed_at: Instant,
    /// Where it is in its life.
    pub stage: Stage,
}

/// How a request began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Who asks, or for whom a SPOC registered it.
    pub requester: Requester,
    /// The account that registered it for somebody else.
    pub registered_by: Option<AccountId>,
    /// The message that began it; `None` for a command.
    pub source: Option<MessageRef>,
    /// Whether it began in a conversation with one person alone.
    pub direct: bool,
    /// The language in which Loket was spoken to.
    pub lang: Lang,
    /// When.
    pub at: Instant,
    /// The configuration under which it began.
    pub configuration: super::RevisionHash,
}

/// A no, and its reason once it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declined {
    /// The revision on the card.
    pub revision: u32,
    /// The decision.
    pub decision: Decision,
    /// Why.
    pub why: Option<Private>,
}

/// What a request follows: one that had ended, although it was not solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follows {
    /// Which.
    pub request: RequestId,
    /// Its number.
    pub number: Number,
    /// What the provider called it.
    pub theirs: Option<String>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// The account, for people with chat.
    pub account: Option<AccountId>,
    /// The entry in the register, where there is one.
    pub person: Option<PersonId>,
    /// The name to show and to tell the provider.
    pub name: Private,
}

/// One message about the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Where it stands; `None` for a command.
    pub message: Option<MessageRef>,
    /// Who said it.
    pub by: AccountId,
    /// When.
    pub at: Instant,
    /// The words.
    pub text: Private,
    /// Photos and files that came with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Enclosure>,
}

/// A provider waits until our buyer has agreed by its own procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unconfirmed {
    /// Since when.
    pub since: Instant,
    /// When the buyer was last reminded.
    pub reminded: Option<Instant>,
    /// The amount that it names.
    pub amount: Option<Money>,
}

impl Request {
    /// The frozen order, in the stages that have one.
    pub fn order(&self) -> Option<&Order> {
        match &self.stage {
            Stage::Draft(_) => None,
            Stage::AwaitingApproval(stage) => Some(&stage.order),
            Stage::Approved(stage) => Some(&stage.order),
            Stage::HandedOver(handed) => Some(&handed.order),
            Stage::InProgress(stage) => Some(&stage.handed.order),
            Stage::Resolved(stage) => Some(&stage.handed.order),
            Stage::Closed(stage) => stage.order.as_ref(),
        }
    }

    /// What was understood, in every stage that still knows it.
    pub fn content(&self) -> Option<&Content> {
        match &self.stage {
            Stage::Draft(draft) => Some(&draft.content),
            Stage::AwaitingApproval(_)
            | Stage::Approved(_)
            | Stage::HandedOver(_)
            | Stage::InProgress(_)
            | Stage::Resolved(_)
            | Stage::Closed(_) => self.order().map(|order| &order.content),
        }
    }

    /// The field that is asked about now; `item` for the item itself. A question that waits for its turn was not asked.
    pub fn asks(&self) -> Option<FieldKey> {
        self.open_question().filter(|_| !self.held)
    }

    /// The field that must be asked about, now or when it is its turn.
    pub fn open_question(&self) -> Option<FieldKey> {
        match &self.stage {
            Stage::Draft(draft) => match &draft.waits {
                Waits::Field(field) => Some(field.clone()),
                Waits::Item(_) => Some("item".into()),
                Waits::Offer | Waits::Confirmation(_) => None,
            },
            _ => None,
        }
    }

    /// Whether an account asked for it, or registered it for somebody else.
    pub fn is_of(&self, account: &AccountId) -> bool {
        let origin = &self.origin;
        origin.requester.account.as_ref() == Some(account) || origin.registered_by.as_ref() == Some(account)
    }

    /// The number for people, once it is settled.
    pub fn number(&self) -> Option<Number> {
        match &self.stage {
            Stage::Draft(draft) => draft.before.as_ref().map(|before| before.number),
            Stage::AwaitingApproval(_)
            | Stage::Approved(_)
            | Stage::HandedOver(_)
            | Stage::InProgress(_)
            | Stage::Resolved(_)
            | Stage::Closed(_) => self.order().map(|order| order.identity.number),
        }
    }

    /// The unguessable part of its reference, once it was settled.
    pub fn token(&self) -> Option<&Token> {
        match &self.stage {
            Stage::Draft(draft) => draft.before.as_ref().map(|before| &before.token),
            _ => self.order().map(|order| &order.identity.token),
        }
    }

    /// Which kind of request it is, once understood.
    pub fn kind(&self) -> Option<Kind> {
        self.content().map(|content| content.kind.value)
    }

    /// What it commits the organisation to; `None` before it is settled, and for what the contract pays.
    pub fn commitment(&self) -> Option<Commitment> {
        let order = self.order()?;
        let costs = order.estimate.is_none_or(|amount| amount.cents != 0) || !self.costs.bills.is_empty();
        if !costs {
            return None;
        }
        let afterwards = self.costs.afterwards.last().map(|one| &one.grant);
        let grant = self.grant().or(afterwards);
        let void = match &self.stage {
            // What was off, and was done and agreed to all the same, costs what it costs.
            Stage::Closed(closed) => closed.outcome != Ending::Fulfilled && afterwards.is_none(),
            _ => false,
        };
        let since = match &self.stage {
            Stage::AwaitingApproval(waiting) => Some(waiting.since),
            _ => None,
        };
        Some(Commitment {
            request: self.id,
            number: order.identity.number,
            requester: self.origin.requester.account.clone(),
            person: self.origin.requester.person.clone(),
            provider: order.provider.clone(),
            item: order.content.item.as_ref()?.value.clone(),
            kind: order.content.kind.value,
            amount: self.committed(order),
            vat_rate: order.circumstances.vat_rate,
            settled_at: grant.map(|grant| grant.at).or(since).unwrap_or(self.changed_at),
            granted_at: grant.map(|grant| grant.at),
            rule: grant.map_or(&order.verdict.rule, |grant| &grant.rule).clone(),
            mandates: grant.map(|grant| grant.by.iter().map(|one| one.seat().clone()).collect()).unwrap_or_default(),
            void,
        })
    }

    /// What counts towards budgets: what may be spent, until the provider has billed it. While it is at work the rest may still come.
    fn committed(&self, order: &Order) -> Option<Money> {
        let reserved = order.limit.as_ref().map(|limit| limit.ceiling).or(order.estimate);
        let rate = order.circumstances.vat_rate;
        // On the basis on which it is billed, so that nothing is lost by rounding.
        let mut bases = self.costs.bills.iter().map(|bill| bill.invoice.amount.basis);
        let basis = bases.next().filter(|first| bases.all(|basis| basis == *first)).unwrap_or(Basis::Excl);
        let Some(billed) = self.costs.billed(basis, rate) else { return reserved };
        let done = matches!(self.stage, Stage::Resolved(_) | Stage::Closed(_));
        let more = reserved.filter(|amount| !done && amount.exceeds(billed, Basis::Excl, rate));
        more.or(Some(billed))
    }

    /// By whose decision it went out.
    pub fn grant(&self) -> Option<&Grant> {
        match &self.stage {
            Stage::Draft(_) | Stage::AwaitingApproval(_) => None,
            Stage::Approved(stage) => Some(&stage.grant),
            Stage::HandedOver(handed) => Some(&handed.grant),
            Stage::InProgress(stage) => Some(&stage.handed.grant),
            Stage::Resolved(stage) => Some(&stage.handed.grant),
            Stage::Closed(stage) => stage.grant.as_ref(),
        }
    }

    /// The hand-over, once there was one.
    pub fn sent(&self) -> Option<&Sent> {
        match &self.stage {
            Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) => None,
            Stage::HandedOver(handed) => Some(&handed.sent),
            Stage::InProgress(stage) => Some(&stage.handed.sent),
            Stage::Resolved(stage) => Some(&stage.handed.sent),
            Stage::Closed(stage) => stage.sent.as_ref(),
        }
    }

    /// Who agreed by a reaction on the card of that revision, in whom it counts; `None` when that card is not open any more. A
    /// button leaves nothing behind on the card, so that its absence there takes nothing back.
    pub fn reactions_counted(&self, revision: u32) -> Option<Vec<&AccountId>> {
        let before = self.costs.before.as_ref();
        let (order, decisions) = match (&self.stage, self.waiting()) {
            (_, Some(waiting)) => (&waiting.order, &waiting.decisions),
            (Stage::Approved(approved), _) if approved.submission.before_sending() => {
                (&approved.order, &approved.grant.by)
            }
            // A price that was agreed to, of which the provider does not know yet.
            _ => before.and_then(|_| Some((self.order()?, &self.grant()?.by)))?,
        };
        let current = order.identity.revision == revision;
        let reactions = decisions.iter().filter(|decision| decision.via == Via::Reaction);
        current.then(|| reactions.map(|decision| &decision.account).collect())
    }

    /// Whether a provider can have anything to say about it: it has or may have the order, or had it.
    pub fn may_be_answered(&self) -> bool {
        match &self.stage {
            Stage::Draft(_) | Stage::AwaitingApproval(_) => false,
            Stage::Approved(approved) => {
                !matches!(approved.submission, Submission::Waiting { .. } | Submission::Queued { .. })
            }
            Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => true,
            Stage::Closed(closed) => closed.sent.is_some(),
        }
    }

    /// Whether that attempt is all that the provider knows the order by: it has said nothing yet, and nothing more was said to it.
    pub fn rests_on(&self, attempt: u32) -> bool {
        let silent = self.asked.is_none() && self.costs.quotes.is_empty();
        matches!(&self.stage, Stage::HandedOver(handed)
            if handed.sent.attempt == attempt && handed.cancelling.is_none() && silent)
    }

    /// Whether nothing more will happen.
    pub fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Closed(_))
    }
}
