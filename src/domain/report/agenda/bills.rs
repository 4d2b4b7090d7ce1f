//! What of a provider's bills is to be talked about.

use super::About;
use crate::domain::invoice::loose::{BillEnd, Loose, bills};
use crate::domain::invoice::{Billed, Measure, Outcome, outcome};
use crate::domain::journal::OrganisationEvent;
use crate::domain::report::Story;
use crate::domain::request::event::Recorded;
use crate::domain::{Instant, Money, ProviderCode, RequestId};

/// A request of which the bills are not what was agreed. It stays on the agenda until a credit or a decision makes it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billing {
    /// Which.
    pub about: About,
    /// What was billed in all, credits taken off, on the organisation's basis.
    pub billed: Money,
    /// What is the matter with it; never that it fits.
    pub what: Outcome,
    /// When the last of its bills came.
    pub at: Instant,
}

impl Billing {
    /// The bills of a story laid beside what was agreed, as one line of the sum: what the first took too much, a credit may have given back.
    pub(super) fn of(story: &Story, measure: &Measure) -> Option<Self> {
        let last = story.costs.bills.last()?;
        let billed = story.costs.billed(measure.basis).filter(|billed| billed.cents != 0)?;
        let sum = Billed { number: None, line: 0, amount: billed, date: None, file: None };
        let what = outcome(&story.costs.agreed, [], &sum, measure);
        (!what.fits()).then(|| Self { about: About::of(story), billed, what, at: last.at })
    }
}

/// A line that stood on a bill once more, since the meeting before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// About which request.
    pub request: RequestId,
    /// The line.
    pub invoice: Billed,
    /// When that bill came.
    pub at: Instant,
}

/// The lines that a provider billed once more since then.
pub(super) fn repeats(events: &[Recorded<OrganisationEvent>], provider: &ProviderCode, since: Instant) -> Vec<Repeat> {
    let mut found = Vec::new();
    for recorded in events.iter().filter(|recorded| recorded.at >= since) {
        if let OrganisationEvent::BillRead { provider: whose, repeated, .. } = &recorded.event
            && whose == provider
        {
            let repeat = |one: &crate::domain::invoice::Repeated| Repeat {
                request: one.request,
                invoice: one.invoice.clone(),
                at: recorded.at,
            };
            found.extend(repeated.iter().map(repeat));
        }
    }
    found
}

/// A provider's bills without an order: those of which nobody has said what they are, and those that went back since then.
pub(super) fn orderless(events: &[Recorded<OrganisationEvent>], provider: &ProviderCode, since: Instant) -> Vec<Loose> {
    let talked_about = |bill: &Loose| match bill.end {
        None => true,
        Some(BillEnd::Declined | BillEnd::Dropped) => bill.ended_at.is_some_and(|at| at >= since),
        Some(BillEnd::To(_) | BillEnd::Afterwards) => false,
    };
    bills(events).into_iter().filter(|bill| bill.provider == *provider && talked_about(bill)).collect()
}
