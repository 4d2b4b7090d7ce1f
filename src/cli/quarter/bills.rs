//! What the providers of a simulated quarter bill: mostly what was agreed, now and then more, and once in a while what nobody ordered.

use super::town::{Act, Town};
use crate::desk::DeskError;
use crate::domain::request::Request;
use crate::domain::{Basis, Money, Number, ProviderCode};

/// A bill as the SPOC gives it in.
#[derive(Clone, Debug)]
pub(super) struct Bill {
    /// For which request; `None` for what nobody ordered.
    request: Option<Number>,
    provider: ProviderCode,
    /// As it stands on paper.
    number: String,
    amount: Money,
}

impl Town {
    /// What is done and costs something is billed some days later.
    pub(super) fn bill(&mut self, request: &Request) {
        let (Some(order), Some(number)) = (request.order(), request.number()) else { return };
        let Some(agreed) = order.estimate.filter(|agreed| agreed.cents > 0) else { return };
        let per_cent = match self.prices.below(100) {
            0..8 => 108 + i64::try_from(self.prices.below(30)).unwrap_or_default(),
            8..16 => 88 + i64::try_from(self.prices.below(10)).unwrap_or_default(),
            _ => 100,
        };
        self.sends(&order.provider, Some(number), Money { cents: agreed.cents * per_cent / 100, ..agreed });
        if self.prices.percent(8) {
            let cents = 4_500 + 500 * i64::try_from(self.prices.below(20)).unwrap_or_default();
            self.sends(&order.provider, None, Money { cents, basis: Basis::Excl });
        }
    }

    fn sends(&mut self, provider: &ProviderCode, request: Option<Number>, amount: Money) {
        self.billed += 1;
        let bill = Bill { request, provider: provider.clone(), number: format!("F-{:04}", self.billed), amount };
        let pause = self.prices.minutes(2 * 1_440, 8 * 1_440);
        let at = self.working_time(self.now() + pause);
        self.later(at, Act::Bills(bill));
    }

    /// The SPOC gives a bill in as it came.
    pub(super) async fn gives_in(&mut self, bill: &Bill) -> Result<(), DeskError> {
        let Some((spoc, room)) = self.spoc() else { return Ok(()) };
        let vat = if bill.amount.basis == Basis::Incl { "incl" } else { "excl" };
        let amount = format!("€ {},{:02} {vat}. btw", bill.amount.cents / 100, bill.amount.cents % 100);
        let (id, what) = (bill.request.map(|number| number.to_string()), self.word("play-unordered"));
        let about = id.as_deref().map_or(("what", what.as_str()), |id| ("id", id));
        let provider = ("provider", bill.provider.as_str());
        let options = [about, provider, ("amount", amount.as_str()), ("number", bill.number.as_str())];
        self.command(&spoc, &room, "invoice", &options).await.map(|_| ())
    }
}
