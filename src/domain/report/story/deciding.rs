//! Who decided about it, and how long it took them.

use super::Step;
use crate::domain::approval::Decision;
use crate::domain::request::{Event, StageName};
use crate::domain::{Basis, Instant, Money, PersonId};

/// The decisions about a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deciding {
    /// When people were first asked to decide; `None` when nobody was needed.
    pub card_at: Option<Instant>,
    /// Every yes and no, in order, also those that were taken back or overtaken by a change.
    pub opinions: Vec<Opinion>,
    /// Every time that the rules were met, in order; all but the last are void.
    pub grants: Vec<Granted>,
}

/// One person's yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// Which.
    pub yes: bool,
    /// The revision on the card.
    pub revision: u32,
    /// Who.
    pub person: PersonId,
    /// For whom, where it was for somebody who was away.
    pub behalf: Option<PersonId>,
    /// When.
    pub at: Instant,
    /// Since when people were asked.
    pub asked_at: Instant,
    /// Whether it is about a bill for what was done already: no decision about an order.
    pub afterwards: bool,
}

/// The rules were met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// When.
    pub at: Instant,
    /// Since when people had been asked.
    pub asked_at: Instant,
    /// By whose decisions, with whom they stood in for; empty when nobody was needed.
    pub by: Vec<(PersonId, Option<PersonId>)>,
    /// The rule.
    pub rule: Option<String>,
    /// Whose own authority it rests on.
    pub own: Option<PersonId>,
    /// The amount that it covers.
    pub ceiling: Option<Money>,
    /// What the decision before covers, where this one is about a later price of an order that the provider has.
    pub raises: Option<Option<Money>>,
    /// When the order leaves.
    pub leaves_at: Instant,
    /// When it was taken back or overtaken by a change.
    pub void_at: Option<Instant>,
}

impl Granted {
    /// What it adds to what was agreed before, in cents on a basis at a VAT rate; `None` where nobody knows the price.
    pub fn added_cents(&self, basis: Basis, vat_rate: u16) -> Option<i64> {
        let cents = |money: Money| money.on_basis(basis, vat_rate).cents;
        let before = self.raises.flatten().map_or(0, cents);
        self.ceiling.map(|ceiling| cents(ceiling).saturating_sub(before))
    }

    /// Whether nobody's decision was needed, not even the requester's own.
    pub fn is_free(&self) -> bool {
        self.by.is_empty() && self.own.is_none()
    }
}

impl Deciding {
    pub(super) fn heed(&mut self, step: &Step<'_>) {
        let steps = step.after.order().is_some_and(|order| !order.steps().is_empty());
        match step.event {
            Event::Settled { .. } | Event::Reassessed { .. } if steps => {
                self.card_at = self.card_at.or(Some(step.at));
            }
            Event::Agreed { revision, decision } => self.opinions.push(opinion(true, *revision, decision, step)),
            Event::Declined { revision, decision } => self.opinions.push(opinion(false, *revision, decision, step)),
            Event::Granted { grant, leaves_at } => self.grants.push(Granted {
                at: step.at,
                asked_at: asked_at(step),
                by: grant.by.iter().map(|one| (one.person.clone(), one.behalf.clone())).collect(),
                rule: grant.rule.clone(),
                own: grant.own.clone(),
                ceiling: grant.ceiling,
                raises: step.before.and_then(|before| before.raises),
                leaves_at: *leaves_at,
                void_at: None,
            }),
            _ => self.void(step),
        }
    }

    /// What goes back from being approved was granted for nothing.
    fn void(&mut self, step: &Step<'_>) {
        let was = step.before.map(|before| before.stage);
        let open = matches!(
            step.after.stage,
            crate::domain::request::Stage::Draft(_) | crate::domain::request::Stage::AwaitingApproval(_)
        );
        let price =
            matches!(step.event, Event::TakenBack { .. }) && step.before.is_some_and(|before| before.price_stands);
        let void = (was == Some(StageName::Approved) && open) || price;
        if let Some(grant) = self.grants.last_mut().filter(|_| void) {
            grant.void_at = Some(step.at);
        }
    }

    /// The grant that counts: the last, unless it was void; a later price that was is as if it had never been.
    pub fn grant(&self) -> Option<&Granted> {
        let counts = |grant: &&Granted| grant.void_at.is_none() || grant.raises.is_none();
        self.grants.iter().rfind(counts).filter(|grant| grant.void_at.is_none())
    }

    /// Every no to the order or to a later price of it, in order.
    pub fn refusals(&self) -> impl Iterator<Item = &Opinion> {
        self.opinions.iter().filter(|opinion| !opinion.yes && !opinion.afterwards)
    }
}

fn asked_at(step: &Step<'_>) -> Instant {
    step.before.and_then(|before| before.asked_since).unwrap_or(step.at)
}

fn opinion(yes: bool, revision: u32, decision: &Decision, step: &Step<'_>) -> Opinion {
    Opinion {
        yes,
        revision,
        person: decision.person.clone(),
        behalf: decision.behalf.clone(),
        at: step.at,
        asked_at: asked_at(step),
        afterwards: step.before.is_some_and(|before| before.billing),
    }
}
