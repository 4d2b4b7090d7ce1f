//! Bills about no order: they live with the organisation until somebody says what they are.

use super::Billed;
use crate::domain::AccountId;
use crate::domain::approval::{Decision, Outcome, Question, evaluate, open_step};
use crate::domain::journal::OrganisationEvent;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Facts, Refusal};
use crate::domain::{Instant, ItemId, Kind, PersonId, Private, ProviderCode, RequestId};
use serde::{Deserialize, Serialize};

/// A bill, or a line of one, about no order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    /// The event that recorded it.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// Whose bill.
    pub provider: ProviderCode,
    /// What it asks for.
    pub invoice: Billed,
    /// What it is for, in the provider's words.
    pub what: Private,
    /// The question to the approvers, once it was asked.
    pub put: Option<Put>,
    /// Who agreed so far.
    pub agreed: Vec<Decision>,
    /// What became of it.
    pub end: Option<BillEnd>,
    /// When that was said.
    pub ended_at: Option<Instant>,
}

/// A question to the approvers about a bill without an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The request of whoever probably asked for it.
    pub asked: Option<RequestId>,
    /// Whose entry that is, so that they do not decide about it.
    pub parties: Vec<PersonId>,
    /// As which service the rules are asked about it.
    pub item: ItemId,
}

/// What became of a bill without an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillEnd {
    /// It is about that request.
    To(RequestId),
    /// It was agreed to afterwards.
    Afterwards,
    /// It was declined.
    Declined,
    /// It goes back to the provider.
    Dropped,
}

/// The bills without an order, oldest first, with what became of each.
pub fn bills(events: &[Recorded<OrganisationEvent>]) -> Vec<Loose> {
    let mut bills: Vec<Loose> = Vec::new();
    for recorded in events {
        let mut change = |seq: u64, change: &dyn Fn(&mut Loose)| {
            if let Ok(at) = bills.binary_search_by_key(&seq, |one| one.seq) {
                bills.get_mut(at).into_iter().for_each(change);
            }
        };
        match &recorded.event {
            OrganisationEvent::BilledWithoutOrder { provider, invoice, what, .. } => bills.push(Loose {
                seq: recorded.seq,
                at: recorded.at,
                provider: provider.clone(),
                invoice: invoice.clone(),
                what: what.clone(),
                put: None,
                agreed: vec![],
                end: None,
                ended_at: None,
            }),
            OrganisationEvent::BillPut { bill, asked, parties, item, .. } => change(*bill, &|one| {
                one.put = Some(Put { asked: *asked, parties: parties.clone(), item: item.clone() });
                one.agreed.clear();
            }),
            OrganisationEvent::BillAgreed { bill, decision } => change(*bill, &|one| one.agreed.push(decision.clone())),
            OrganisationEvent::BillSettled { bill, how, .. } => change(*bill, &|one| {
                one.end = Some(how.clone());
                one.ended_at = Some(recorded.at);
            }),
            // A line that has an order stands with its request, and nothing else is about bills.
            _ => {}
        }
    }
    bills
}

/// A decision of the actor about a bill that was put to the approvers: the events that follow, or why it does not count. The rules are
/// asked as about an order of that amount, so that what is agreed to afterwards needs no fewer people than before.
pub fn decide(bill: &Loose, yes: bool, facts: &Facts<'_>) -> Result<Vec<OrganisationEvent>, Refusal> {
    let (Some(put), None) = (&bill.put, &bill.end) else { return Err(Refusal::AlreadyDecided { number: None }) };
    let (Some(account), Some(person)) = (facts.actor.account(), facts.actor.person()) else {
        return Err(Refusal::NoMandate { why: None });
    };
    let verdict = evaluate(&facts.register.policy, &facts.register.mandates, &question(bill, put, facts));
    let mandate = verdict.seat_for(person, &bill.agreed);
    let Some(seat) = mandate else {
        let why = verdict.excluded.iter().find(|excluded| excluded.person == *person).map(|excluded| excluded.why);
        return Err(Refusal::NoMandate { why });
    };
    if bill.agreed.iter().any(|known| known.person == *person) && yes {
        return Ok(vec![]);
    }
    let behalf = (seat != person).then(|| seat.clone());
    let decision = Decision {
        person: person.clone(),
        behalf,
        account: account.clone(),
        at: facts.now,
        via: crate::domain::approval::Via::Button,
        evidence: None,
    };
    let settled = |how| OrganisationEvent::BillSettled { bill: bill.seq, how, by: account.clone() };
    let mut events = vec![OrganisationEvent::BillAgreed { bill: bill.seq, decision: decision.clone() }];
    if !yes {
        return Ok(vec![settled(BillEnd::Declined)]);
    }
    let agreed: Vec<Decision> = bill.agreed.iter().cloned().chain([decision]).collect();
    if open_step(verdict.steps(), &agreed).is_none() {
        events.push(settled(BillEnd::Afterwards));
    }
    Ok(events)
}

/// Puts a bill to the approvers; where the rules need nobody for so much it is settled by them.
pub fn put(bill: &Loose, put: Put, by: &AccountId, facts: &Facts<'_>) -> (Vec<OrganisationEvent>, Outcome) {
    let outcome = evaluate(&facts.register.policy, &facts.register.mandates, &question(bill, &put, facts)).outcome;
    let Put { asked, parties, item } = put;
    let mut events = vec![OrganisationEvent::BillPut { bill: bill.seq, asked, parties, item, by: by.clone() }];
    if outcome == Outcome::Free {
        events.push(OrganisationEvent::BillSettled { bill: bill.seq, how: BillEnd::Afterwards, by: by.clone() });
    }
    (events, outcome)
}

/// What the rules are asked about a bill.
fn question<'a>(bill: &'a Loose, put: &'a Put, facts: &'a Facts<'_>) -> Question<'a> {
    Question {
        organisation: &facts.organisation.id,
        provider: &bill.provider,
        item: &put.item,
        kind: Kind::Request,
        amount: Some(bill.invoice.amount),
        urgency: crate::domain::Urgency::Normal,
        parties: &put.parties,
        absences: facts.absences,
        on: facts.today(),
        basis: facts.organisation.basis,
        vat_rate: facts.register.catalogue.item(&put.item).map_or(2100, |item| item.vat_rate),
        asks: None,
        confirmed: false,
        open: true,
        ledger: facts.ledger,
    }
}

/// Who may decide about a bill that was put, by its open step.
pub fn deciders(bill: &Loose, facts: &Facts<'_>) -> Vec<PersonId> {
    let Some(put) = &bill.put else { return vec![] };
    let verdict = evaluate(&facts.register.policy, &facts.register.mandates, &question(bill, put, facts));
    let steps = verdict.steps();
    open_step(steps, &bill.agreed).and_then(|at| steps.get(at)).map(|step| step.of.clone()).unwrap_or_default()
}
