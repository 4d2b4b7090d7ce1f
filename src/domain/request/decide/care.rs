//! Looking after a request: reminding the provider, writing things down, saying what it really was, and how it was liked.

use super::draft;
use crate::domain::register::Role;
use crate::domain::request::{Ending, Event, Facts, Handed, Rating, Refusal, Request, Stage};
use crate::domain::{AccountId, Instant, ItemId, Private};

/// Reminds the provider of an order that it has: at most once on each of its service days, so that a reminder keeps its weight.
pub(super) fn urge(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let by = spoc(facts)?;
    let handed = match &request.stage {
        Stage::HandedOver(handed) => handed,
        Stage::InProgress(stage) => &stage.handed,
        Stage::Closed(_) => return Err(Refusal::Closed),
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) | Stage::Resolved(_) => {
            return Err(Refusal::NotNow);
        }
    };
    if handed.sent.dry_run {
        return Err(Refusal::Rehearsal);
    }
    if let Some(last) = request.care.urged.last().filter(|last| same_service_day(handed, **last, facts)) {
        return Err(Refusal::Urged { at: *last });
    }
    let count = u32::try_from(request.care.urged.len()).unwrap_or(u32::MAX).saturating_add(1);
    Ok(vec![Event::Urged { by, count }])
}

/// Whether both fall on one service day: what is sent after closing is read on the next one.
fn same_service_day(handed: &Handed, last: Instant, facts: &Facts<'_>) -> bool {
    let hours = facts.register.providers.get(&handed.order.provider).map(|provider| &provider.hours);
    let hours = hours.unwrap_or(&facts.organisation.hours);
    let day = |at: Instant| hours.next_open(at).with_timezone(&hours.zone).date_naive();
    day(last) == day(facts.now)
}

pub(super) fn note(text: Private, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let by = spoc(facts)?;
    let empty = text.text().is_none_or(|text| text.trim().is_empty());
    if empty { Err(Refusal::Incomplete) } else { Ok(vec![Event::Noted { by, text }]) }
}

/// Says what it really is. While it is being understood that changes the draft; what is frozen stays as people decided about it.
pub(super) fn correct(request: &Request, item: ItemId, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let by = spoc(facts)?;
    if matches!(request.stage, Stage::Draft(_)) {
        return draft::choose_item(request, item, facts);
    }
    if facts.register.catalogue.item(&item).is_none() {
        return Err(Refusal::Incomplete);
    }
    let known =
        request.care.item.as_ref().or(request.content().and_then(|content| Some(&content.item.as_ref()?.value)));
    Ok(if known == Some(&item) { vec![] } else { vec![Event::Corrected { by, item }] })
}

/// The requester says how content they are, once it is done; the last word counts.
pub(super) fn rate(request: &Request, rating: Rating, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(by) = facts.actor.account() else { return Err(Refusal::RequesterOnly) };
    if request.origin.requester.account.as_ref() != Some(by) {
        return Err(Refusal::RequesterOnly);
    }
    let done = match &request.stage {
        Stage::Resolved(_) => true,
        Stage::Closed(closed) => closed.outcome == Ending::Fulfilled,
        Stage::Draft(_)
        | Stage::AwaitingApproval(_)
        | Stage::Approved(_)
        | Stage::HandedOver(_)
        | Stage::InProgress(_) => false,
    };
    match done {
        false => Err(Refusal::NotNow),
        true if request.care.rating == Some(rating) => Ok(vec![]),
        true => Ok(vec![Event::Rated { by: by.clone(), rating }]),
    }
}

fn spoc(facts: &Facts<'_>) -> Result<AccountId, Refusal> {
    match facts.actor.account() {
        Some(by) if facts.has_role(Role::Spoc) => Ok(by.clone()),
        Some(_) | None => Err(Refusal::SpocOnly),
    }
}
