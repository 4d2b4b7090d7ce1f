//! What a request may cost. Quotes and invoices have their place here.

use super::Step;
use crate::domain::Money;
use crate::domain::request::Event;

/// Amounts of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// What it may cost, as it was frozen last; `None` when nobody knows.
    pub estimate: Option<Money>,
    /// The amount that the last decision covers.
    pub ceiling: Option<Money>,
    /// The item's VAT rate in hundredths of a per cent, as it was frozen last.
    pub vat_rate: u16,
}

impl Costs {
    pub(super) fn heed(&mut self, step: &Step<'_>) {
        match step.event {
            Event::Settled { order, .. } | Event::Limited { order } => {
                self.estimate = order.estimate;
                self.vat_rate = order.circumstances.vat_rate;
            }
            Event::Granted { grant, .. } => self.ceiling = grant.ceiling,
            _ => {}
        }
    }
}
