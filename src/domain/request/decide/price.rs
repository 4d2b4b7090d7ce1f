//! Prices that the provider names once it has the order. What people agreed to covers some; any other one stops the order, and the right
//! people are asked as for an order of its own.

use super::approval::question_of;
use super::draft::Side;
use super::follow::arrived;
use crate::domain::approval::{Outcome, Verdict, evaluate};
use crate::domain::effect::Telling;
use crate::domain::register::{Role, TheirApproval};
use crate::domain::request::{
    Circumstances, Event, Facts, Grant, Identity, Order, Quote, Refusal, Request, Stage, Submission,
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
        let order = priced(request, order, amount, facts).ok_or(Refusal::NotNow)?;
        events.extend(put(order, facts));
    }
    Ok(events)
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
fn priced(request: &Request, order: &Order, amount: Money, facts: &Facts<'_>) -> Option<Order> {
    let quote = Quote { amount, before: order.verdict.ceiling, kind: order.content.kind.value };
    let mut priced = Order {
        identity: Identity { revision: request.costs.revision + 1, ..order.identity.clone() },
        estimate: Some(amount),
        limit: None,
        quote: Some(quote),
        circumstances: Circumstances { last: facts.ledger.comparable(), ..order.circumstances.clone() },
        ..order.clone()
    };
    let side = Side::of(&request.origin, facts);
    priced.verdict = verdict(&mut priced, &side, facts)?;
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
