//! *Tot …*: somebody who may decide an order grants less than it may cost, before anybody decides.

use super::approval::{answer, covering, open_card, question_of};
use super::draft::Side;
use crate::domain::approval::{Verdict, Via};
use crate::domain::request::{Event, Facts, Identity, Limit, Order, Refusal, Request};
use crate::domain::{Basis, Money};

/// Lowers the maximum. It makes a new revision, so that every yes from now on is to the lower amount and to nothing else.
///
/// Who may decide stays as it was: the rules are asked about what it may cost, and that does not change because somebody grants less.
/// Else a rule that wants four eyes above an amount could be avoided by naming a lower one first, and a mandate that does not reach
/// would be lent by whoever lowers.
pub(super) fn limit(
    request: &Request,
    revision: u32,
    ceiling: Money,
    via: Via,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    let waiting = match open_card(request, revision) {
        Ok(waiting) => waiting,
        Err(refusal) => return answer(request, refusal, revision, via, facts),
    };
    let (by, _, _) = match covering(request, waiting, via, facts) {
        Ok(covering) => covering,
        Err(refusal) => return answer(request, refusal, revision, via, facts),
    };
    if ceiling.cents <= 0 {
        return Err(Refusal::NoAmount);
    }
    let order = &waiting.order;
    let side = Side::of(&request.origin, facts);
    let Some(question) = question_of(&waiting.order, &side, facts) else { return Err(Refusal::NotNow) };
    let present = order.verdict.ceiling;
    // "Up to 250" under a card that says "€ 375 excl." is excl. as well; the new card says so before anybody agrees.
    let basis = match (ceiling.basis, present.map(|present| present.basis)) {
        (Basis::Unknown, Some(Basis::Unknown) | None) => question.basis,
        (Basis::Unknown, Some(known)) => known,
        (known, _) => known,
    };
    let ceiling = Money { basis, ..ceiling };
    let compared = |money: Money| money.on_basis(question.basis, question.vat_rate).cents;
    let agreed = request.grant().and_then(|grant| grant.ceiling);
    if let Some(agreed) = agreed.filter(|agreed| compared(ceiling) <= compared(*agreed)) {
        return Err(Refusal::NotAbove { ceiling: agreed });
    }
    if present.is_some_and(|present| compared(ceiling) >= compared(present)) {
        return Err(Refusal::NotLower { ceiling: present });
    }
    let mut lower = Order {
        identity: Identity { revision: request.costs.revision + 1, ..order.identity.clone() },
        verdict: Verdict { ceiling: Some(ceiling), ..order.verdict.clone() },
        limit: Some(Limit { ceiling, by }),
        ..order.clone()
    };
    lower.fingerprint = lower.proper_fingerprint();
    Ok(vec![Event::Limited { order: Box::new(lower) }])
}
