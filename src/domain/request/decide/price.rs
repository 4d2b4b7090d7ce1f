//! Prices that the provider names once it has the order. What people agreed to covers some; any other one stops the order, and the right
//! people are asked as for an order of its own.

use super::approval::question_of;
use super::draft::Side;
use super::follow::arrived;
use crate::domain::approval::{Outcome, Verdict, evaluate};
use crate::domain::budget::touched;
use crate::domain::effect::Telling;
use crate::domain::invoice::{Agreed, Billed};
use crate::domain::register::{Role, TheirApproval};
use crate::domain::request::{
    Actor, Circumstances, Event, Facts, Grant, Identity, Order, Quote, Refusal, Request, Stage, Submission,
};
use crate::domain::{Kind, Money, Private};

/// A SPOC records what the provider asks for the whole of it.
pub(super) fn quote(
    request: &Request,
    amount: Money,
    note: Option<Private>,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    if !facts.has_role(Role::Spoc) {
        return Err(Refusal::SpocOnly);
    }
    record(request, amount, note, None, facts)
}

/// A price that stands in the provider's own words is taken over from there.
pub(super) fn adopt(request: &Request, seq: u64, amount: Money, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let agreed = request
        .grant()
        .is_some_and(|grant| grant.by.iter().any(|decision| Some(&decision.person) == facts.actor.person()));
    // Who agreed to another amount is asked by the provider to agree to this one, and may say that it is another.
    if !facts.has_role(Role::Spoc) && !agreed {
        return Err(Refusal::SpocOnly);
    }
    record(request, amount, None, Some(seq), facts)
}

fn record(
    request: &Request,
    amount: Money,
    note: Option<Private>,
    of: Option<u64>,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(by) = facts.actor.account().cloned() else { return Err(Refusal::SpocOnly) };
    if amount.cents <= 0 {
        return Err(Refusal::NoAmount);
    }
    let mut events = reached(request, facts)?;
    let Some(order) = request.order() else { return Err(Refusal::NotNow) };
    let waits = request.waiting();
    let granted = request.grant().and_then(|grant| grant.ceiling);
    let rate = order.circumstances.vat_rate;
    let covered = granted.is_some_and(|ceiling| !amount.exceeds(ceiling, facts.organisation.basis, rate));
    let asked = waits.and_then(|waiting| waiting.order.quote).is_some_and(|quote| quote.amount == amount);
    let known = waits.is_none() && covered && request.costs.quotes.last().is_some_and(|last| last.amount == amount);
    if (asked || known) && of.is_none() {
        return Ok(events);
    }
    events.push(Event::Quoted { amount, note, covered, by, of });
    if !covered {
        let quote = Quote { amount, before: order.verdict.ceiling, kind: order.content.kind.value, bill: None };
        let order = priced(request, order, quote, facts).ok_or(Refusal::NotNow)?;
        events.extend(put(order, facts));
    }
    Ok(events)
}

/// The provider bills something: by a SPOC's hand or by mail. Loket records it and pays nothing; the same line twice is one.
pub(super) fn bill(request: &Request, invoice: Billed, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    match facts.actor {
        Actor::Account { .. } if !facts.has_role(Role::Spoc) => return Err(Refusal::SpocOnly),
        Actor::Account { .. } | Actor::Loket | Actor::Provider => {}
    }
    if invoice.amount.cents == 0 {
        return Err(Refusal::NoAmount);
    }
    if request.order().is_none() {
        return Err(Refusal::NotNow);
    }
    if request.costs.bills.iter().any(|known| known.invoice.is_same(&invoice)) {
        return Ok(vec![]);
    }
    Ok(vec![Event::Invoiced { invoice, by: facts.actor.account().cloned() }])
}

/// A SPOC asks the people who may decide about what was billed in all, although the work is done: what they agree to then is agreed to
/// afterwards and never takes the place of what they should have agreed to before.
pub(super) fn put_bill(request: &Request, bill: u64, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(_) = facts.actor.account().filter(|_| facts.has_role(Role::Spoc)) else { return Err(Refusal::SpocOnly) };
    let billed = request.costs.bills.iter().any(|known| known.seq == bill);
    let sent = match &request.stage {
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => billed,
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Approved(_) => false,
    };
    let (true, Some(order)) = (sent, request.order()) else { return Err(Refusal::NotNow) };
    let (basis, rate) = (facts.organisation.basis, order.circumstances.vat_rate);
    let Some(amount) = request.costs.billed(basis, rate).filter(|amount| amount.cents > 0) else {
        return Err(Refusal::NoAmount);
    };
    let open = request.waiting().and_then(|waiting| waiting.order.quote);
    if open.is_some_and(|quote| quote.bill.is_some() && quote.amount == amount) {
        return Ok(vec![]);
    }
    let agreed = Agreed::about(request);
    let allowed = agreed.ceiling.filter(|_| agreed.granted).into_iter().chain(agreed.afterwards);
    if allowed.into_iter().any(|allowed| !amount.exceeds(allowed, basis, rate)) {
        // It was agreed to already.
        return Ok(vec![]);
    }
    let quote = Quote { amount, before: agreed.ceiling, kind: order.content.kind.value, bill: Some(bill) };
    let order = priced(request, order, quote, facts).ok_or(Refusal::NotNow)?;
    let free = order.verdict.outcome == Outcome::Free;
    let (rule, ceiling) = (order.verdict.rule.clone(), order.verdict.ceiling);
    let grant = Grant { by: vec![], rule, own: None, ceiling, at: facts.now };
    let granted = free.then_some(Event::ApprovedAfterwards { bill, grant });
    Ok(std::iter::once(Event::PricePut { order: Box::new(order) }).chain(granted).collect())
}

/// A price shows that the provider has what was uncertain. While it is on its way nobody can have named one.
fn reached(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    match &request.stage {
        Stage::Draft(_) => Err(Refusal::NotNow),
        Stage::Approved(approved) => match approved.submission {
            Submission::Sending { .. } => Err(Refusal::NotNow),
            Submission::Uncertain { .. } | Submission::ByHand { .. } => arrived(request, None, facts),
            Submission::Waiting { .. } | Submission::Queued { .. } | Submission::NotDelivered { .. } => Ok(vec![]),
        },
        Stage::HandedOver(handed) if handed.cancelling.is_some() => Err(Refusal::NotNow),
        Stage::InProgress(stage) if stage.handed.cancelling.is_some() => Err(Refusal::NotNow),
        Stage::AwaitingApproval(_) | Stage::HandedOver(_) | Stage::InProgress(_) => Ok(vec![]),
        Stage::Resolved(_) => Err(Refusal::WorkDone),
        Stage::Closed(_) => Err(Refusal::Closed),
    }
}

/// The order at another price, with what the rules say of it; `None` when its item is configured no more.
fn priced(request: &Request, order: &Order, quote: Quote, facts: &Facts<'_>) -> Option<Order> {
    let item = order.content.item.as_ref()?.value.clone();
    let mut priced = Order {
        identity: Identity { revision: request.costs.revision + 1, ..order.identity.clone() },
        estimate: Some(quote.amount),
        limit: None,
        quote: Some(quote),
        circumstances: Circumstances {
            last: facts.ledger.comparable(),
            budgets: touched(&facts.organisation.budgets, &item, facts.ledger, facts.organisation.basis),
            ..order.circumstances.clone()
        },
        ..order.clone()
    };
    let side = Side::of(&request.origin, facts);
    // An urgent fault went first; what it costs waits for people like any price.
    priced.verdict = Verdict { afterwards: false, ..verdict(&mut priced, &side, facts)? };
    priced.fingerprint = priced.proper_fingerprint();
    Some(priced)
}

/// What the rules say of a price. A rule that frees such requests whatever they cost was made for what the contract pays for, so that
/// they are asked about it once more as about an order.
fn verdict(order: &mut Order, side: &Side<'_>, facts: &Facts<'_>) -> Option<Verdict> {
    let (policy, mandates) = (&facts.register.policy, &facts.register.mandates);
    let verdict = evaluate(policy, mandates, &question_of(order, side, facts)?);
    let rule = policy.iter().find(|rule| Some(&rule.name) == verdict.rule.as_ref());
    let any_amount = rule.is_some_and(|rule| rule.matches.up_to.is_none() && rule.per_month.is_none());
    let Some(quote) = order.quote.as_mut() else { return Some(verdict) };
    if verdict.outcome != Outcome::Free || !any_amount || quote.kind == Kind::Request {
        return Some(verdict);
    }
    quote.kind = Kind::Request;
    Some(evaluate(policy, mandates, &question_of(order, side, facts)?))
}

/// People are asked, or the rules need nobody.
fn put(order: Order, facts: &Facts<'_>) -> Vec<Event> {
    let free = order.verdict.outcome == Outcome::Free;
    let (rule, ceiling) = (order.verdict.rule.clone(), order.verdict.ceiling);
    let grant = Grant { by: vec![], rule, own: None, ceiling, at: facts.now };
    let granted = Event::Granted { grant, leaves_at: facts.now + facts.organisation.deadlines.grace };
    std::iter::once(Event::PricePut { order: Box::new(order) }).chain(free.then_some(granted)).collect()
}

/// What follows when the provider was told that we agree to its price: where our buyer must agree once more by its own procedure, that
/// may be done now.
pub(super) fn confirmable(request: &Request, what: Telling, facts: &Facts<'_>) -> Option<Event> {
    let provider = request.order().and_then(|order| facts.register.providers.get(&order.provider))?;
    let step = provider.their_approval != TheirApproval::None;
    let rehearsed = request.sent().is_none_or(|sent| sent.dry_run);
    let grant = request.grant().filter(|grant| !grant.by.is_empty())?;
    let wanted = step && !rehearsed && matches!(what, Telling::Agree { .. });
    wanted.then_some(Event::ConfirmationWanted { amount: grant.ceiling, text: None, covered: true })
}
