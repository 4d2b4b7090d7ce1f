//! What a request costs beside what was agreed at first: prices that the provider named later, what it billed, and who decided about it.

use super::{AwaitingApproval, Ending, Grant, Order, Quote, Request, Stage};
use crate::domain::invoice::{Billed, sum};
use crate::domain::{AccountId, Basis, Instant, Money};
use std::collections::BTreeMap;

/// Prices that were named after the order was frozen, and what became of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    /// What the provider asks for it, as a SPOC recorded it; oldest first.
    pub quotes: Vec<Quoted>,
    /// Amounts that the provider named in its words, by the event, for a SPOC to take over.
    pub offered: BTreeMap<u64, Money>,
    /// The decision about a price that is beside the stage: the provider has the order already.
    pub open: Option<Box<AwaitingApproval>>,
    /// The prices that were ever put to people, by the revision of the card.
    pub put: BTreeMap<u32, Quote>,
    /// What stood before the last price was agreed to, while that can still be taken back.
    pub before: Option<Box<Before>>,
    /// Yeses to a price that were taken back before the provider was told, by the event that granted it.
    pub withdrawn: Vec<u64>,
    /// The last revision that was frozen; a price that was declined used one up too.
    pub revision: u32,
    /// What the provider billed, oldest first.
    pub bills: Vec<Bill>,
    /// What people agreed to although the work was done already, oldest first.
    pub afterwards: Vec<Afterwards>,
    /// It went before people agreed, as a rule lets an urgent fault.
    pub first: Option<First>,
    /// What nobody decided in time, by the event that says so.
    pub lapsed: BTreeMap<u64, Asked>,
    /// Who said last that it is solved, and when: the requester's word that it was done.
    pub solved: Option<(AccountId, Instant)>,
}

/// What people are asked to decide beside the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// An order that went before anybody agreed.
    First,
    /// A price that the provider named.
    Price,
    /// What the provider billed.
    Bill,
}

/// What went before anybody agreed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First {
    /// When.
    pub since: Instant,
    /// What people said about it since.
    pub came_to: CameTo,
}

/// What people said about what had gone already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameTo {
    /// They are asked.
    Asked,
    /// They agreed.
    Agreed(Instant),
    /// Somebody who may decide does not agree.
    Refused(Instant),
    /// Nobody decided in time.
    Lapsed(Instant),
}

/// One line of the provider's bills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// The event that recorded it.
    pub seq: u64,
    /// When it was recorded.
    pub at: Instant,
    /// What it asks for.
    pub invoice: Billed,
}

/// An agreement that came after the work: never one of those that it should have had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Afterwards {
    /// The event that recorded the bill.
    pub bill: u64,
    /// By whose decision, and up to which amount in all.
    pub grant: Grant,
}

/// One price of the provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The event that recorded it.
    pub seq: u64,
    /// The price of the whole.
    pub amount: Money,
    /// Whether people had agreed to as much already.
    pub covered: bool,
    /// When it was recorded.
    pub at: Instant,
}

/// The order and the grant before a price was agreed to.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// The event that granted the price.
    pub seq: u64,
    /// The order with the amount of before.
    pub order: Order,
    /// By whose decision that was.
    pub grant: Grant,
    /// Until when the yes to the price can be taken back.
    pub until: Instant,
}

impl CameTo {
    /// The word by which exports and the locale files know it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Agreed(_) => "agreed",
            Self::Refused(_) => "refused",
            Self::Lapsed(_) => "lapsed",
        }
    }

    /// When that was; `None` while they are asked.
    pub fn at(self) -> Option<Instant> {
        match self {
            Self::Asked => None,
            Self::Agreed(at) | Self::Refused(at) | Self::Lapsed(at) => Some(at),
        }
    }
}

impl Costs {
    /// Keeps that a revision was frozen.
    pub(super) fn froze(&mut self, order: &Order) {
        self.revision = order.identity.revision;
        if let Some(quote) = &order.quote {
            self.put.insert(order.identity.revision, *quote);
        }
    }

    /// What people are asked beside the stage, if anything.
    pub fn asked(&self) -> Option<Asked> {
        let open = self.open.as_ref()?;
        Some(match open.order.quote {
            None => Asked::First,
            Some(quote) if quote.bill.is_some() => Asked::Bill,
            Some(_) => Asked::Price,
        })
    }

    /// Whether what is open is about a bill, so that nothing waits for it.
    pub fn is_billing(&self) -> bool {
        self.asked() == Some(Asked::Bill)
    }

    /// Whether what is open is about an order that went before anybody agreed.
    pub fn is_first(&self) -> bool {
        self.asked() == Some(Asked::First)
    }

    /// Whether nothing waits for what is open: people are asked about what happened already.
    pub fn is_afterwards(&self) -> bool {
        matches!(self.asked(), Some(Asked::First | Asked::Bill))
    }

    /// What nobody decided in time, as the event of that number says.
    pub fn lapsed_at(&self, seq: u64) -> Option<Asked> {
        self.lapsed.get(&seq).copied()
    }

    /// What people say about an order that went first; what was said before stands.
    pub(super) fn heard_of_first(&mut self, came_to: CameTo) {
        if let Some(first) = self.first.as_mut().filter(|first| first.came_to == CameTo::Asked) {
            first.came_to = came_to;
        }
    }

    /// What was billed in all, credits taken off, on a basis.
    pub fn billed(&self, basis: Basis, vat_rate: u16) -> Option<Money> {
        (!self.bills.is_empty()).then(|| sum(self.bills.iter().map(|bill| bill.invoice.amount), basis, vat_rate))
    }

    /// Whether the price decision that is open is of that revision.
    pub fn is_open(&self, revision: u32) -> bool {
        self.open.as_ref().is_some_and(|open| open.order.identity.revision == revision)
    }
}

impl Request {
    /// The decision that is open: about the order, or about a price that the provider named for it.
    pub fn waiting(&self) -> Option<&AwaitingApproval> {
        match &self.stage {
            Stage::AwaitingApproval(waiting) => Some(waiting),
            _ => self.costs.open.as_deref(),
        }
    }

    /// The frozen order of a revision, among the one in force and those that wait.
    pub fn order_at(&self, revision: u32) -> Option<&Order> {
        let waits = self.waiting().map(|waiting| &waiting.order);
        // Of what went first both hold the same revision, and what people are asked says who may decide now.
        waits.into_iter().chain(self.order()).find(|order| order.identity.revision == revision)
    }

    /// A decision about a price holds only while the provider works at that price: what is done, or off, is another question.
    pub(super) fn drop_moot_price(&mut self, at: Instant) {
        let Some(asked) = self.costs.asked() else { return };
        let holds = match (asked, &self.stage) {
            (_, Stage::Draft(_) | Stage::AwaitingApproval(_)) => false,
            (Asked::First, Stage::Closed(closed)) => closed.outcome == Ending::Fulfilled,
            (Asked::First, _) => true,
            (Asked::Bill, stage) => !matches!(stage, Stage::Approved(_)),
            (Asked::Price, Stage::HandedOver(handed)) => handed.cancelling.is_none(),
            (Asked::Price, Stage::InProgress(stage)) => stage.handed.cancelling.is_none(),
            (Asked::Price, Stage::Approved(_) | Stage::Resolved(_) | Stage::Closed(_)) => false,
        };
        if holds {
            return;
        }
        self.costs.open = None;
        if asked == Asked::First {
            self.nobody_is_asked(at);
        }
    }

    /// Nobody decides any more about what went first: it did not go, or it went and nobody agreed.
    fn nobody_is_asked(&mut self, at: Instant) {
        let went = match &self.stage {
            Stage::Draft(_) => false,
            Stage::Closed(closed) => closed.sent.is_some(),
            _ => true,
        };
        match went {
            true => self.costs.heard_of_first(CameTo::Lapsed(at)),
            false => self.costs.first = None,
        }
    }
}
