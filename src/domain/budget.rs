//! Budgets of a category and a month: what is used of each, as cards, answers and overviews show it. They hinder nobody; who decides sees
//! what is left.

use super::approval::ledger::Ledger;
use super::approval::{Commitment, covers};
use super::{Basis, ItemId, Money};
use serde::{Deserialize, Serialize};

/// What may be spent on a category in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryBudget {
    /// The items, by identity or prefix (`fac.catering.`).
    pub category: String,
    /// The name that people see.
    pub name: Option<super::Bilingual>,
    /// The most in a calendar month.
    pub per_month: Money,
}

impl CategoryBudget {
    /// Whether an item belongs to it.
    pub fn covers(&self, item: &ItemId) -> bool {
        covers(std::slice::from_ref(&self.category), item)
    }
}

/// How a budget stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whose: the category of the configuration.
    pub category: String,
    /// The most in a month, on the organisation's basis.
    pub limit: Money,
    /// What was committed: reserved by agreement, and what was billed once that is known.
    pub spent: Money,
}

impl Standing {
    /// What is left; below nothing when more was spent than there was.
    pub fn left(&self) -> Money {
        Money { cents: self.limit.cents.saturating_sub(self.spent.cents), ..self.limit }
    }

    /// The same once so much more is spent.
    #[must_use]
    pub fn with(&self, amount: Money) -> Self {
        let spent = Money { cents: self.spent.cents.saturating_add(amount.cents), ..self.spent };
        Self { spent, ..self.clone() }
    }
}

/// How each budget stands in the month of the ledger, on the organisation's basis. A budget compares at the rate of each order, so that its
/// limit is read on that basis as it is written: a limit on the other basis is converted at the usual rate.
pub fn standing(budgets: &[CategoryBudget], ledger: &Ledger, basis: Basis) -> Vec<Standing> {
    budgets.iter().map(|budget| stands(budget, ledger, basis)).collect()
}

/// The budgets that an item belongs to.
pub fn touched(budgets: &[CategoryBudget], item: &ItemId, ledger: &Ledger, basis: Basis) -> Vec<Standing> {
    budgets.iter().filter(|budget| budget.covers(item)).map(|budget| stands(budget, ledger, basis)).collect()
}

/// Hundredths of a per cent: the rate at which a limit on another basis is read.
const USUAL: u16 = 2_100;

fn stands(budget: &CategoryBudget, ledger: &Ledger, basis: Basis) -> Standing {
    Standing {
        category: budget.category.clone(),
        limit: budget.per_month.on_basis(basis, USUAL),
        spent: ledger.spent(basis, |one: &Commitment| budget.covers(&one.item)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Instant, Kind, Number, RequestId};

    fn euro(amount: i64) -> Money {
        Money { cents: amount * 100, basis: Basis::Excl }
    }

    fn committed(n: u32, item: &str, amount: Option<Money>, granted: bool, void: bool) -> Commitment {
        Commitment {
            request: RequestId(uuid::Uuid::from_u128(n.into())),
            number: Number { year: 2026, sequence: n },
            requester: None,
            person: None,
            provider: "facilitair".into(),
            item: item.into(),
            kind: Kind::Request,
            amount,
            vat_rate: 900,
            settled_at: Instant::UNIX_EPOCH,
            granted_at: granted.then_some(Instant::UNIX_EPOCH),
            rule: None,
            mandates: vec![],
            void,
        }
    }

    #[test]
    fn a_budget_counts_what_was_granted_or_billed_in_its_category_and_nothing_else() {
        let budget = CategoryBudget { category: "fac.catering.".into(), name: None, per_month: euro(500) };
        let lunch = Money { cents: 10_900, basis: Basis::Incl };
        let ledger = Ledger {
            commitments: vec![
                committed(1, "fac.catering.lunch", Some(lunch), true, false),
                committed(2, "fac.catering.drinks", Some(euro(450)), true, false),
                committed(3, "fac.catering.lunch", Some(euro(90)), false, false),
                committed(4, "fac.catering.lunch", Some(euro(80)), true, true),
                committed(5, "fac.catering", Some(euro(70)), true, false),
                committed(6, "fac.furniture", Some(euro(60)), true, false),
                committed(7, "fac.catering.lunch", None, true, false),
            ],
            ..Ledger::default()
        };
        let [stands] = standing(std::slice::from_ref(&budget), &ledger, Basis::Excl).try_into().unwrap();
        assert_eq!((stands.spent, stands.left()), (euro(550), euro(-50)));
        assert_eq!(stands.with(euro(10)).left(), euro(-60));
        assert!(touched(&[budget], &"fac.furniture".into(), &ledger, Basis::Excl).is_empty());
    }
}
