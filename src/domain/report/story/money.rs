//! What a request may cost, what the provider asked and billed for it, and what people agreed to afterwards.

use super::Step;
use crate::domain::invoice::{Agreed, sum};
use crate::domain::request::Event;
use crate::domain::request::costs::{Bill, First};
use crate::domain::{Basis, Instant, Money, PersonId};

/// Amounts of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// What it may cost, as it was frozen last; `None` when nobody knows.
    pub estimate: Option<Money>,
    /// The amount that the last decision covers.
    pub ceiling: Option<Money>,
    /// The item's VAT rate in hundredths of a per cent, as it was frozen last.
    pub vat_rate: u16,
    /// The prices that the provider named, oldest first.
    pub quotes: Vec<Quoted>,
    /// What the provider billed, oldest first; a credit is below nothing.
    pub bills: Vec<Bill>,
    /// What people agreed to although the work was done, oldest first; never one of the decisions beforehand.
    pub afterwards: Vec<Afterwards>,
    /// It went before people agreed, and what they said since.
    pub first: Option<First>,
    /// What a bill is compared with, as it stands.
    pub agreed: Agreed,
}

/// An agreement that came after the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Afterwards {
    /// When.
    pub at: Instant,
    /// By whose decisions, with whom they stood in for; empty when the rules needed nobody.
    pub by: Vec<(PersonId, Option<PersonId>)>,
    /// Up to which amount in all.
    pub ceiling: Option<Money>,
    /// Up to which amount people had agreed until then, before or afterwards.
    pub stood: Option<Money>,
}

impl Afterwards {
    /// What it adds to what was agreed until then, in cents on a basis at a VAT rate.
    pub fn added_cents(&self, basis: Basis, vat_rate: u16) -> i64 {
        let cents = |money: Option<Money>| money.map_or(0, |money| money.on_basis(basis, vat_rate).cents);
        cents(self.ceiling).saturating_sub(cents(self.stood)).max(0)
    }
}

/// A price that the provider named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The price of the whole.
    pub amount: Money,
    /// When it was recorded.
    pub at: Instant,
    /// What came of it.
    pub came_to: Answer,
}

/// What came of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// As much was agreed before, or is now.
    Agreed,
    /// People are asked.
    Asked,
    /// Somebody said no, or nobody decided in time; since when.
    Refused(Instant),
    /// Another price came, or the question was not needed any more.
    Overtaken,
}

impl Costs {
    pub(super) fn heed(&mut self, step: &Step<'_>) {
        if let Some(order) = step.after.order() {
            self.estimate = order.estimate;
            self.vat_rate = order.circumstances.vat_rate;
        }
        if let Some(grant) = step.after.grant() {
            self.ceiling = grant.ceiling;
        }
        match step.event {
            Event::Quoted { amount, covered, .. } => {
                self.answer(Answer::Overtaken);
                let came_to = if *covered { Answer::Agreed } else { Answer::Asked };
                self.quotes.push(Quoted { amount: *amount, at: step.at, came_to });
            }
            Event::Granted { .. } => self.answer(Answer::Agreed),
            Event::Declined { .. } | Event::PriceLapsed => self.answer(Answer::Refused(step.at)),
            Event::TakenBack { .. } if step.after.waiting().is_some_and(|waiting| waiting.order.quote.is_some()) => {
                if let Some(last) = self.quotes.last_mut() {
                    last.came_to = Answer::Asked;
                }
            }
            // People are asked about a bill now, in the place of the price.
            Event::PricePut { order } if order.quote.is_some_and(|quote| quote.bill.is_some()) => {
                self.answer(Answer::Overtaken);
            }
            Event::Invoiced { .. } => {
                let recorded = step.after.costs.bills.last().cloned();
                self.bills.extend(recorded.map(|bill| Bill { at: step.at, ..bill }));
            }
            Event::ApprovedAfterwards { grant, .. } => self.afterwards.push(Afterwards {
                at: step.at,
                by: grant.by.iter().map(|one| (one.person.clone(), one.behalf.clone())).collect(),
                ceiling: grant.ceiling,
                stood: self.agreed.allowed(step.organisation.basis),
            }),
            Event::AgreedFirst { grant } => self.afterwards.push(Afterwards {
                at: step.at,
                by: grant.by.iter().map(|one| (one.person.clone(), one.behalf.clone())).collect(),
                ceiling: grant.ceiling,
                stood: self.agreed.allowed(step.organisation.basis),
            }),
            _ if step.after.waiting().is_none() => self.answer(Answer::Overtaken),
            _ => {}
        }
        self.first = step.after.costs.first;
        self.agreed = Agreed::about(step.after);
    }

    /// What was billed in all, credits taken off, on a basis; `None` when nothing was.
    pub fn billed(&self, basis: Basis) -> Option<Money> {
        (!self.bills.is_empty()).then(|| sum(self.bills.iter().map(|bill| bill.invoice.amount), basis, self.vat_rate))
    }

    /// What comes of the price about which people are asked, if there is one.
    fn answer(&mut self, answer: Answer) {
        if let Some(last) = self.quotes.last_mut().filter(|last| last.came_to == Answer::Asked) {
            last.came_to = answer;
        }
    }
}
