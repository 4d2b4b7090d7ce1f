//! What a request costs beside what was agreed at first: prices that the provider named later, and who decided about them.

use super::{AwaitingApproval, Grant, Order, Quote, Request, Stage};
use crate::domain::{Instant, Money};
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

impl Costs {
    /// Keeps that a revision was frozen.
    pub(super) fn froze(&mut self, order: &Order) {
        self.revision = order.identity.revision;
        if let Some(quote) = &order.quote {
            self.put.insert(order.identity.revision, *quote);
        }
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
        self.order().into_iter().chain(waits).find(|order| order.identity.revision == revision)
    }

    /// A decision about a price holds only while the provider works at that price: what is done, or off, is another question.
    pub(super) fn drop_moot_price(&mut self) {
        let holds = match &self.stage {
            Stage::HandedOver(handed) => handed.cancelling.is_none(),
            Stage::InProgress(stage) => stage.handed.cancelling.is_none(),
            _ => false,
        };
        if !holds {
            self.costs.open = None;
        }
    }
}
