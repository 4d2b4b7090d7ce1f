//! What was committed lately: the fold that monthly budgets, the last comparable order and the eye for split orders rest on.

use crate::domain::{AccountId, Instant, ItemId, Kind, Money, Number, PersonId, ProviderCode, RequestId};
use serde::{Deserialize, Serialize};

/// An order that costs money, or may, as it counts towards budgets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// Which request.
    pub request: RequestId,
    /// Its number.
    pub number: Number,
    /// Who asked.
    pub requester: Option<AccountId>,
    /// The requester's entry in the register.
    pub person: Option<PersonId>,
    /// Who fulfils it.
    pub provider: ProviderCode,
    /// What was asked for.
    pub item: ItemId,
    /// Which kind of request.
    pub kind: Kind,
    /// What it may cost; `None` when nobody knows.
    pub amount: Option<Money>,
    /// The item's VAT rate in hundredths of a per cent.
    pub vat_rate: u16,
    /// When it was settled.
    pub settled_at: Instant,
    /// When it was granted; `None` while it waits for people.
    pub granted_at: Option<Instant>,
    /// The rule under which it was settled.
    pub rule: Option<String>,
    /// Whose mandates were used; empty when nobody was needed.
    pub mandates: Vec<PersonId>,
    /// Whether it was declined, cancelled or withdrawn, so that it commits nobody.
    pub void: bool,
}

/// The commitments of an organisation since the first day that matters, without the request that is decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// How often was spent, checked when a decision that spends is committed; `None` when the ledger was not read.
    pub version: Option<u64>,
    /// From when on budgets count: the first moment of this month in the organisation's zone.
    pub month: Instant,
    /// The commitments, oldest first.
    pub commitments: Vec<Commitment>,
    /// The last commitment to the item that is decided about, in the same kind of request, however long ago.
    pub last: Option<Commitment>,
}

/// No commitments at all.
pub static EMPTY: Ledger = Ledger { version: None, month: Instant::UNIX_EPOCH, commitments: Vec::new(), last: None };

/// A monthly budget and what is used of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// The most in a month, on the organisation's basis.
    pub limit: Money,
    /// What was committed before this order.
    pub spent: Money,
}

impl Budget {
    /// What is left, never below nothing.
    pub fn left(&self) -> Money {
        Money { cents: (self.limit.cents - self.spent.cents).max(0), ..self.limit }
    }

    /// Whether so much more fits.
    pub fn covers(&self, amount: Money) -> bool {
        self.spent.cents.saturating_add(amount.cents) <= self.limit.cents
    }
}

/// Orders of one requester to one provider that together pass the threshold although this one alone may not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// The other orders, oldest first.
    pub others: Vec<Number>,
    /// What all of them come to with this one, on the organisation's basis.
    pub total: Money,
    /// Within how many days.
    pub days: u16,
}

/// What the last comparable order came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparable {
    /// Its number.
    pub number: Number,
    /// What was agreed, or billed once it is done.
    pub amount: Money,
    /// When it was granted.
    pub at: Instant,
}

impl Ledger {
    /// What was granted this month, of the commitments that `counts` selects, on a basis.
    pub fn spent(&self, basis: crate::domain::Basis, counts: impl Fn(&Commitment) -> bool) -> Money {
        let this_month = self
            .commitments
            .iter()
            .filter(|one| !one.void && one.granted_at.is_some_and(|at| at >= self.month) && counts(one));
        let cents = this_month
            .filter_map(|one| one.amount.map(|amount| amount.on_basis(basis, one.vat_rate).cents))
            .fold(0_i64, i64::saturating_add);
        Money { cents, basis }
    }

    /// Whether an order, together with those of the same requester to the same provider since then, passes a threshold.
    pub fn split(&self, order: &Commitment, threshold: Money, days: u16, basis: crate::domain::Basis) -> Option<Split> {
        let since = order.settled_at - chrono::Duration::days(days.into());
        let others: Vec<&Commitment> = self
            .commitments
            .iter()
            .filter(|one| {
                !one.void
                    && one.request != order.request
                    && one.provider == order.provider
                    && one.settled_at > since
                    && same_requester(one, order)
            })
            .collect();
        let cents = |one: &Commitment| one.amount.map_or(0, |amount| amount.on_basis(basis, one.vat_rate).cents);
        let own = cents(order);
        let total = others.iter().fold(own, |total, one| total.saturating_add(cents(one)));
        let threshold = threshold.on_basis(basis, order.vat_rate);
        let split = !others.is_empty() && own > 0 && total > threshold.cents && own <= threshold.cents;
        split.then(|| Split {
            others: others.iter().map(|one| one.number).collect(),
            total: Money { cents: total, basis },
            days,
        })
    }

    /// The same without what was granted after that moment.
    #[must_use]
    pub fn until(mut self, last: Instant) -> Self {
        self.commitments.retain(|one| one.granted_at.is_some_and(|at| at <= last));
        self
    }

    /// What the last order of the same item came to, as far as that is known.
    pub fn comparable(&self) -> Option<Comparable> {
        let last = self.last.as_ref()?;
        let amount = last.amount.filter(|amount| amount.cents > 0)?;
        Some(Comparable { number: last.number, amount, at: last.granted_at? })
    }
}

/// People with an entry are the same by it, others by their account.
fn same_requester(one: &Commitment, other: &Commitment) -> bool {
    match (&one.person, &other.person) {
        (Some(one), Some(other)) => one == other,
        _ => one.requester.is_some() && one.requester == other.requester,
    }
}
