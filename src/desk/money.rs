//! What an organisation committed lately, loaded for decisions that depend on it.

use super::{Desk, DeskError};
use crate::domain::ItemId;
use crate::domain::approval::{Commitment, Ledger};
use crate::domain::calendar::instant_of;
use crate::domain::request::{Event, Facts, Order, Refusal};
use chrono::{Datelike, Duration};

/// What a decision freezes that costs money, or may.
pub(super) fn settled(decided: &Result<Vec<Event>, Refusal>) -> Option<ItemId> {
    let costs = |order: &Order| order.estimate.is_none_or(|amount| amount.cents != 0);
    decided.as_ref().ok()?.iter().find_map(|event| match event {
        Event::Settled { order, .. } if costs(order) => Some(order.content.item.as_ref()?.value.clone()),
        _ => None,
    })
}

/// The version of the ledger that a decision rests on, when it spends and something limits that.
pub(super) fn spends(events: &[Event], facts: &Facts<'_>) -> Option<u64> {
    let granted = events.iter().any(|event| matches!(event, Event::Granted { .. }));
    (granted && facts.register.counts_money(facts.organisation)).then_some(facts.ledger.version)
}

impl Desk {
    /// The organisation's commitments without those of the request that is decided, and the last one of the item.
    pub(super) async fn ledger(
        &self,
        facts: &Facts<'_>,
        item: Option<&ItemId>,
        further: &[Commitment],
    ) -> Result<Ledger, DeskError> {
        let first = facts.today().with_day(1).unwrap_or(facts.today());
        let month = instant_of(facts.organisation.zone, first.and_time(chrono::NaiveTime::MIN));
        let days = facts.organisation.splitting.map_or(0, |splitting| i64::from(splitting.days));
        let since = facts.now - Duration::days(days);
        let mut ledger = self.store.ledger(&facts.organisation.id, since, month, item).await?;
        ledger.commitments.retain(|one| one.request != facts.fresh.id);
        ledger.commitments.extend_from_slice(further);
        ledger.last = ledger.last.filter(|one| one.request != facts.fresh.id);
        Ok(ledger)
    }
}
