//! Amounts in whole cents with their VAT basis, and prices.

use serde::{Deserialize, Serialize};

/// Whether VAT is in an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Without VAT.
    Excl,
    /// With VAT.
    Incl,
    /// Not said.
    #[default]
    Unknown,
}

/// An amount of euros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Whole cents.
    pub cents: i64,
    /// Whether VAT is in it.
    pub basis: Basis,
}

impl Money {
    /// An amount of which the basis was not said.
    pub fn unknown_basis(cents: i64) -> Self {
        Self { cents, basis: Basis::Unknown }
    }

    /// The same amount on another basis at a VAT rate in hundredths of a per cent (2100 is 21 %).
    ///
    /// An unknown basis is read as the dearer of the two, so that no limit is passed by leaving the basis out.
    pub fn on_basis(self, basis: Basis, vat_rate: u16) -> Self {
        let hundred = 10_000_i64;
        let rate = i64::from(vat_rate);
        let cents = match (self.basis, basis) {
            (Basis::Excl | Basis::Unknown, Basis::Incl) => divide(self.cents.saturating_mul(hundred + rate), hundred),
            (Basis::Incl, Basis::Excl) => divide(self.cents.saturating_mul(hundred), hundred + rate),
            (Basis::Excl | Basis::Unknown, Basis::Excl | Basis::Unknown)
            | (Basis::Incl, Basis::Incl | Basis::Unknown) => self.cents,
        };
        Self { cents, basis }
    }

    /// Whether it is more than another amount, both on one basis at a VAT rate.
    pub fn exceeds(self, other: Self, basis: Basis, vat_rate: u16) -> bool {
        self.on_basis(basis, vat_rate).cents > other.on_basis(basis, vat_rate).cents
    }
}

/// Divides and rounds half away from zero, as invoices do.
fn divide(cents: i64, by: i64) -> i64 {
    let half = by / 2;
    if cents >= 0 { (cents + half) / by } else { (cents - half) / by }
}

/// What a catalogue item costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "price")]
pub enum Price {
    /// The contract pays for it.
    Included,
    /// A fixed price for each piece.
    Fixed(Money),
    /// About this much for each piece.
    Estimate(Money),
    /// Nobody knows yet; exceeds every limit and is never shown as free.
    #[default]
    Unknown,
}

impl Price {
    /// What `quantity` pieces cost, or `None` when nobody knows.
    pub fn times(self, quantity: u32) -> Option<Money> {
        match self {
            Self::Included => Some(Money { cents: 0, basis: Basis::Excl }),
            Self::Fixed(each) | Self::Estimate(each) => {
                Some(Money { cents: each.cents.saturating_mul(i64::from(quantity)), basis: each.basis })
            }
            Self::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_convert_between_bases_and_round_as_invoices_do() {
        let excl = Money { cents: 10_000, basis: Basis::Excl };
        assert_eq!(excl.on_basis(Basis::Incl, 2100), Money { cents: 12_100, basis: Basis::Incl });
        let incl = Money { cents: 999, basis: Basis::Incl };
        assert_eq!(incl.on_basis(Basis::Excl, 2100), Money { cents: 826, basis: Basis::Excl });
    }

    #[test]
    fn an_unknown_basis_counts_as_the_dearer_one() {
        assert_eq!(Money::unknown_basis(10_000).on_basis(Basis::Incl, 2100).cents, 12_100);
        assert_eq!(Money::unknown_basis(10_000).on_basis(Basis::Excl, 2100).cents, 10_000);
    }

    #[test]
    fn an_unknown_price_has_no_total() {
        assert_eq!(Price::Unknown.times(3), None);
        assert_eq!(Price::Included.times(3).map(|money| money.cents), Some(0));
    }
}
