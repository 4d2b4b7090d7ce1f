//! Prices that the provider names later. The order is with the provider already, so that what people decide stands beside the stage.

use super::super::costs::{Afterwards, Before, Bill, CameTo, First, Quoted};
use super::super::{Approved, AwaitingApproval, Declined, Event, Grant, Order, Request, Stage, Submission};
use crate::domain::Instant;
use crate::domain::approval::Decision;
use crate::domain::effect::Telling;

/// Applies what is about a price beside the stage; gives back every other event.
pub(super) fn apply(request: &mut Request, event: Event, at: Instant) -> Option<Event> {
    let seq = request.version - 1;
    if let Event::Quoted { amount, covered, of, .. } = event {
        request.costs.quotes.push(Quoted { seq, amount, covered, at });
        // A later price overtakes the one that people were asked about. What went first is asked about until the price is put to them.
        if !request.costs.is_first() {
            request.costs.open = None;
        }
        if let Some(of) = of {
            request.costs.offered.remove(&of);
        }
        return None;
    }
    if let Event::Invoiced { invoice, .. } = event {
        request.costs.bills.push(Bill { seq, at, invoice });
        return None;
    }
    if let Event::PricePut { order } = event {
        let billed = order.quote.is_some_and(|quote| quote.bill.is_some());
        let beside = match &request.stage {
            Stage::HandedOver(_) | Stage::InProgress(_) => true,
            Stage::Resolved(_) | Stage::Closed(_) => billed,
            Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) => false,
        };
        if !beside {
            return Some(Event::PricePut { order });
        }
        request.rebuffed.clear();
        request.costs.froze(&order);
        request.costs.before = None;
        request.costs.open = waits(*order, vec![], at);
        return None;
    }
    if let Event::WentFirst { grant, leaves_at } = event {
        return went_first(request, grant, leaves_at, at);
    }
    if let (Event::PriceLapsed, Some(asked)) = (&event, request.costs.asked()) {
        request.costs.lapsed.insert(seq, asked);
    }
    match request.costs.open.take() {
        Some(open) => decided(request, *open, event, at),
        None => taken_back(request, event, at),
    }
}

/// What an event comes to while a decision about a price is open.
fn decided(request: &mut Request, mut open: AwaitingApproval, event: Event, at: Instant) -> Option<Event> {
    let revision = open.order.identity.revision;
    match event {
        Event::Agreed { revision: on, decision } if on == revision => open.decisions.push(decision),
        Event::TakenBack { person } => open.decisions.retain(|decision| decision.person != person),
        Event::Limited { order } => {
            request.rebuffed.clear();
            request.costs.froze(&order);
            open = AwaitingApproval { order: *order, decisions: Vec::new(), ..open };
        }
        Event::Reassessed { verdict } => {
            request.rebuffed.clear();
            open = super::reassessed(open, verdict, at);
        }
        Event::Reminded { step } => open.reminders = step,
        Event::Declined { revision: on, decision } if on == revision => {
            request.declined = Some(Declined { revision, decision, why: None });
            request.costs.heard_of_first(CameTo::Refused(at));
            return None;
        }
        Event::PriceLapsed => {
            request.costs.heard_of_first(CameTo::Lapsed(at));
            return None;
        }
        Event::AgreedFirst { grant } => {
            *grant_of(&mut request.stage)? = grant;
            request.costs.heard_of_first(CameTo::Agreed(at));
            return None;
        }
        Event::ApprovedAfterwards { bill, grant } => {
            request.costs.afterwards.push(Afterwards { bill, grant });
            // Who agrees to what it was billed at agrees that it was done.
            request.costs.heard_of_first(CameTo::Agreed(at));
            return None;
        }
        Event::Granted { grant, leaves_at } => {
            let seq = request.version - 1;
            let (order, grant) = swap(&mut request.stage, open.order, grant)?;
            request.costs.before = Some(Box::new(Before { seq, order, grant, until: leaves_at }));
            // Who agrees to the price of the whole agrees that it was done.
            request.costs.heard_of_first(CameTo::Agreed(at));
            return None;
        }
        other => {
            request.costs.open = Some(Box::new(open));
            return Some(other);
        }
    }
    request.costs.open = Some(Box::new(open));
    None
}

/// An order goes although people have not agreed yet: what they are asked stands beside the stage.
fn went_first(request: &mut Request, grant: Grant, leaves_at: Instant, at: Instant) -> Option<Event> {
    let Stage::AwaitingApproval(waiting) = &request.stage else { return Some(Event::WentFirst { grant, leaves_at }) };
    let open = Box::new(waiting.clone());
    let (order, submission) = (waiting.order.clone(), Submission::Waiting { until: leaves_at });
    request.stage = Stage::Approved(Approved { order, grant, submission });
    request.costs.open = Some(open);
    request.costs.first = Some(First { since: at, came_to: CameTo::Asked });
    None
}

/// By whose decision it goes or went.
fn grant_of(stage: &mut Stage) -> Option<&mut Grant> {
    match stage {
        Stage::Approved(stage) => Some(&mut stage.grant),
        Stage::HandedOver(handed) => Some(&mut handed.grant),
        Stage::InProgress(stage) => Some(&mut stage.handed.grant),
        Stage::Resolved(stage) => Some(&mut stage.handed.grant),
        Stage::Closed(stage) => stage.grant.as_mut(),
        Stage::Draft(_) | Stage::AwaitingApproval(_) => None,
    }
}

fn waits(order: Order, decisions: Vec<Decision>, since: Instant) -> Option<Box<AwaitingApproval>> {
    Some(Box::new(AwaitingApproval { order, decisions, since, reminders: 0 }))
}

/// A yes to a price that is taken back while the provider does not know of it: it waits again, and what was agreed before stands.
fn taken_back(request: &mut Request, event: Event, at: Instant) -> Option<Event> {
    let Event::TakenBack { person } = &event else { return Some(event) };
    let Some(before) = request.costs.before.take() else { return Some(event) };
    let (order, grant) = swap(&mut request.stage, before.order, before.grant)?;
    let decisions = grant.by.into_iter().filter(|decision| decision.person != *person).collect();
    request.costs.withdrawn.push(before.seq);
    request.costs.open = waits(order, decisions, at);
    None
}

/// The provider knows of a price that was agreed to, or a person sees to that: it cannot be taken back any more.
pub(super) fn told(request: &mut Request, what: Telling) {
    if matches!(what, Telling::Agree { .. }) {
        request.costs.before = None;
    }
}

/// Puts another order and grant in the place of those that the provider has; gives what stood there.
fn swap(stage: &mut Stage, order: Order, grant: Grant) -> Option<(Order, Grant)> {
    let handed = match stage {
        Stage::HandedOver(handed) => handed,
        Stage::InProgress(stage) => &mut stage.handed,
        Stage::Resolved(stage) => &mut stage.handed,
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) | Stage::Closed(_) => return None,
    };
    Some((std::mem::replace(&mut handed.order, order), std::mem::replace(&mut handed.grant, grant)))
}
