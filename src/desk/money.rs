//! What an organisation committed lately, loaded for decisions that depend on it.

use super::{Desk, DeskError};
use crate::domain::approval::{Commitment, Ledger, Outcome};
use crate::domain::budget::{Standing, standing};
use crate::domain::calendar::{IsoWeek, instant_of};
use crate::domain::register::Organisation;
use crate::domain::report::Window;
use crate::domain::request::{Event, Facts, Order, Refusal};
use crate::domain::{Instant, ItemId, Kind, RequestId};
use chrono::{Datelike, Duration};

/// What a decision freezes that depends on money or on people, so that it must be decided anew with the facts about both. They change
/// nothing about what else a draft comes to, and most of what people say settles nothing.
pub(super) fn settled(decided: &Result<Vec<Event>, Refusal>) -> Option<(ItemId, Kind)> {
    let depends =
        |order: &Order| order.verdict.outcome != Outcome::Free || order.estimate.is_none_or(|amount| amount.cents != 0);
    decided.as_ref().ok()?.iter().find_map(|event| match event {
        Event::Settled { order, .. } if depends(order) => {
            Some((order.content.item.as_ref()?.value.clone(), order.content.kind.value))
        }
        Event::PricePut { order } => Some((order.content.item.as_ref()?.value.clone(), order.content.kind.value)),
        _ => None,
    })
}

/// The version of the ledger that a decision rests on, when it spends and something limits that. What costs nothing is decided without
/// a ledger, and spends nothing.
pub(super) fn spends(events: &[Event], facts: &Facts<'_>) -> Option<u64> {
    let spends = |event: &Event| {
        matches!(
            event,
            Event::Granted { .. }
                | Event::WentFirst { .. }
                | Event::AgreedFirst { .. }
                | Event::ApprovedAfterwards { .. }
        )
    };
    let granted = events.iter().any(spends);
    facts.ledger.version.filter(|_| granted && facts.register.counts_money(facts.organisation))
}

impl Desk {
    /// How the budgets stood at the end of a week, or stand now where it has not ended, in the month of its last day.
    pub(super) async fn budgets_in(
        &self,
        organisation: &Organisation,
        week: IsoWeek,
        now: Instant,
    ) -> Result<Vec<Standing>, DeskError> {
        let window = Window::week(organisation.zone, week).filter(|_| !organisation.budgets.is_empty());
        let Some(window) = window else { return Ok(vec![]) };
        let last = now.min(window.to - Duration::seconds(1));
        let ledger = self.ledger(organisation, last, None, None, &[]).await?.until(last);
        Ok(standing(&organisation.budgets, &ledger, organisation.basis))
    }

    /// The organisation's commitments without that of the request that is decided, and the last one that was alike.
    pub(super) async fn ledger(
        &self,
        organisation: &Organisation,
        now: Instant,
        but: Option<RequestId>,
        like: Option<&(ItemId, Kind)>,
        further: &[Commitment],
    ) -> Result<Ledger, DeskError> {
        let today = now.with_timezone(&organisation.zone).date_naive();
        let first = today.with_day(1).unwrap_or(today);
        let month = instant_of(organisation.zone, first.and_time(chrono::NaiveTime::MIN));
        let days = organisation.splitting.map_or(0, |splitting| i64::from(splitting.days));
        let since = now - Duration::days(days);
        let mut ledger =
            self.store.ledger(&organisation.id, since, month, like.map(|(item, kind)| (item, *kind))).await?;
        ledger.commitments.retain(|one| Some(one.request) != but);
        ledger.commitments.extend_from_slice(further);
        ledger.last = ledger.last.filter(|one| Some(one.request) != but);
        Ok(ledger)
    }
}
