//! What a request may cost, and the prices that the provider named for it. Invoices have their place here.

use super::Step;
use crate::domain::request::Event;
use crate::domain::{Instant, Money};

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
            _ if step.after.waiting().is_none() => self.answer(Answer::Overtaken),
            _ => {}
        }
    }

    /// What comes of the price about which people are asked, if there is one.
    fn answer(&mut self, answer: Answer) {
        if let Some(last) = self.quotes.last_mut().filter(|last| last.came_to == Answer::Asked) {
            last.came_to = answer;
        }
    }
}
