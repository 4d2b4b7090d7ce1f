//! What a provider bills, and what that comes to beside what was agreed. Loket advises and never pays.
//!
//! [`outcome`] compares one line with its order; [`sort`] finds the orders of a whole bill and makes three short lists of it; [`likely`]
//! proposes who may have asked for what has no order, and [`loose`] keeps what became of that.

pub mod likely;
pub mod loose;
pub mod sort;

use super::request::costs::CameTo;
use super::request::{Ending, Request, Stage};
use super::{Basis, Money, RequestId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// One line of a bill, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillLine {
    /// The line of the file, or of the invoice, counted from 1.
    pub line: u32,
    /// The number of its invoice, where several stand in one file.
    pub invoice: Option<String>,
    /// Words that may name an order: our number, our whole reference, the provider's own number.
    pub references: Vec<String>,
    /// What was done, in the provider's words.
    pub what: String,
    /// How many, as it stands there.
    pub quantity: Option<String>,
    /// What it costs; below nothing for a credit.
    pub amount: Money,
    /// When it was done.
    pub date: Option<NaiveDate>,
    /// Whom it is billed to, where lines of several customers stand together.
    pub customer: Option<String>,
}

/// A bill, as it was read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// The provider's number of it.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// Who sends it, as it says itself.
    pub supplier: Option<String>,
    /// To whom, as it says itself.
    pub customer: Option<String>,
    /// Its lines, in their order.
    pub lines: Vec<BillLine>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// A line that could not be read, or a sum that is not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The line of the file; 0 for the whole.
    pub line: u32,
    /// Why.
    pub why: Flaw,
}

/// What is wrong with a line of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// There is no amount in it.
    NoAmount,
    /// What stands in the place of the amount is none.
    BadAmount,
    /// The sum that the bill names is not that of its lines.
    Sum,
}

/// Why a file is no bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoBill {
    /// There is nothing in it.
    Empty,
    /// It is larger than any bill, or has more lines.
    TooLarge,
    /// It is no text.
    NotText,
    /// No column of it is an amount.
    NoColumns,
    /// It is no invoice or credit note in UBL.
    NotUbl,
    /// It breaks off or is badly nested, at that line.
    Broken {
        /// The line.
        line: u32,
    },
    /// It is in another currency than the euro.
    Currency(String),
}

impl Bill {
    /// What makes it the same bill, whatever its file is called and however it is written: SHA-256 over what its lines say.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        };
        add(&plain(self.number.as_deref().unwrap_or_default()));
        add(&self.date.map(|date| date.to_string()).unwrap_or_default());
        for line in &self.lines {
            add(&line.line.to_string());
            add(&plain(line.invoice.as_deref().unwrap_or_default()));
            line.references.iter().for_each(|reference| add(&plain(reference)));
            add(&plain(&line.what));
            add(&format!("{}{:?}", line.amount.cents, line.amount.basis));
        }
        hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// The sum of its lines on a basis, at a VAT rate.
    pub fn total(&self, basis: Basis, vat_rate: u16) -> Money {
        sum(self.lines.iter().map(|line| line.amount), basis, vat_rate)
    }
}

/// Capitals without spaces: people write a number in many ways.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// The sum of amounts on one basis.
pub fn sum(amounts: impl IntoIterator<Item = Money>, basis: Basis, vat_rate: u16) -> Money {
    let cents = amounts.into_iter().map(|amount| amount.on_basis(basis, vat_rate).cents);
    Money { cents: cents.fold(0, i64::saturating_add), basis }
}

/// One line of a bill, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billed {
    /// The provider's number of the invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The line of the file; 0 when it was recorded by hand.
    pub line: u32,
    /// What it costs; below nothing for a credit.
    pub amount: Money,
    /// The date of the invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// The fingerprint of the bill that it stood in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// A line of a bill that was recorded before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// About which request.
    pub request: RequestId,
    /// As it stands in this bill.
    pub invoice: Billed,
}

impl Billed {
    /// Whether it is the same line of the same invoice: also where one was recorded by hand and the other stood in the file.
    pub fn is_same(&self, other: &Self) -> bool {
        let number = |one: &Self| one.number.as_deref().map(plain);
        match (number(self), number(other)) {
            (Some(one), Some(two)) => {
                let by_hand = (self.line == 0 || other.line == 0) && self.amount == other.amount;
                one == two && (self.line == other.line || by_hand)
            }
            (None, None) => {
                self.line == other.line
                    && self.file == other.file
                    && self.amount == other.amount
                    && self.date == other.date
            }
            _ => false,
        }
    }
}

/// What was agreed about an order, as a bill is compared with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// Whether the order was granted and did not end without being done.
    pub granted: bool,
    /// The maximum; `None` when nobody named an amount.
    pub ceiling: Option<Money>,
    /// Up to which amount people agreed afterwards.
    pub afterwards: Option<Money>,
    /// The item's VAT rate in hundredths of a per cent.
    pub vat_rate: u16,
}

impl Agreed {
    /// What was agreed about a request.
    pub fn about(request: &Request) -> Self {
        let off = matches!(&request.stage, Stage::Closed(closed) if closed.outcome != Ending::Fulfilled);
        // What went first is agreed to when somebody says so, and not by having gone.
        let agreed = request.costs.first.is_none_or(|first| matches!(first.came_to, CameTo::Agreed(_)));
        Self {
            granted: request.grant().is_some() && agreed && !off,
            ceiling: request.grant().and_then(|grant| grant.ceiling),
            afterwards: request.costs.afterwards.last().and_then(|one| one.grant.ceiling),
            vat_rate: request.order().map_or(0, |order| order.circumstances.vat_rate),
        }
    }

    /// What was agreed to beforehand; `None` when nobody agreed, or named an amount.
    pub fn before(&self) -> Option<Money> {
        self.ceiling.filter(|_| self.granted)
    }

    /// Up to which amount in all people agreed, before or afterwards, on a basis.
    pub fn allowed(&self, basis: Basis) -> Option<Money> {
        let on = |amount: Money| amount.on_basis(basis, self.vat_rate).cents;
        let cents = self.before().map(on).max(self.afterwards.map(on))?;
        Some(Money { cents, basis })
    }
}

/// How amounts of an organisation are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The basis.
    pub basis: Basis,
    /// So much above the maximum is let pass.
    pub tolerance: Money,
}

/// What a line of a bill comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is within what was agreed.
    Fits,
    /// It is within what people agreed to afterwards, and not within what they agreed to before.
    Afterwards,
    /// With what was billed before it is more than was agreed.
    Above {
        /// By so much.
        over: Money,
        /// What was agreed.
        ceiling: Money,
    },
    /// The order was granted and nobody named an amount.
    Unpriced,
    /// Nobody agreed to the order, or it was off.
    NotAgreed,
    /// The same line of the same invoice was recorded before.
    Twice,
    /// The order was billed in full before.
    Again {
        /// So much was billed before.
        before: Money,
    },
    /// More comes back than was ever billed.
    NoCredit {
        /// So much was billed before.
        before: Money,
    },
}

impl Outcome {
    /// Whether there is nothing to say about it.
    pub fn fits(&self) -> bool {
        matches!(self, Self::Fits | Self::Afterwards)
    }
}

/// Compares a line with its order. `before` is what was billed for it earlier.
pub fn outcome<'a>(
    agreed: &Agreed,
    before: impl IntoIterator<Item = &'a Billed>,
    bill: &Billed,
    measure: &Measure,
) -> Outcome {
    let before: Vec<&Billed> = before.into_iter().collect();
    if before.iter().any(|known| known.is_same(bill)) {
        return Outcome::Twice;
    }
    let on = |amount: Money| amount.on_basis(measure.basis, agreed.vat_rate).cents;
    let money = |cents| Money { cents, basis: measure.basis };
    let earlier = before.iter().map(|bill| on(bill.amount)).fold(0, i64::saturating_add);
    let total = earlier.saturating_add(on(bill.amount));
    if bill.amount.cents < 0 {
        // What comes back is right as long as it was billed.
        return if total < 0 { Outcome::NoCredit { before: money(earlier) } } else { Outcome::Fits };
    }
    let ceiling = agreed.before().map(on);
    let Some(limit) = agreed.allowed(measure.basis).map(|allowed| allowed.cents) else {
        return if agreed.granted { Outcome::Unpriced } else { Outcome::NotAgreed };
    };
    let passes = |limit: i64| total <= limit.saturating_add(on(measure.tolerance));
    if passes(limit) {
        return if ceiling.is_some_and(passes) { Outcome::Fits } else { Outcome::Afterwards };
    }
    if limit > 0 && earlier >= limit {
        return Outcome::Again { before: money(earlier) };
    }
    Outcome::Above { over: money(total - limit), ceiling: money(limit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro(amount: i64) -> Money {
        Money { cents: amount * 100, basis: Basis::Excl }
    }

    fn bill(number: &str, line: u32, amount: Money) -> Billed {
        Billed { number: Some(number.into()), line, amount, date: None, file: None }
    }

    const MEASURE: Measure = Measure { basis: Basis::Excl, tolerance: Money { cents: 0, basis: Basis::Excl } };

    fn agreed(ceiling: Option<i64>) -> Agreed {
        Agreed { granted: true, ceiling: ceiling.map(euro), afterwards: None, vat_rate: 2100 }
    }

    #[test]
    fn a_line_is_compared_on_the_organisation_s_basis_with_what_was_billed_before() {
        let order = agreed(Some(150));
        let first = bill("F1", 1, euro(100));
        assert_eq!(outcome(&order, [], &first, &MEASURE), Outcome::Fits);
        let rest = bill("F2", 1, Money { cents: 6_050, basis: Basis::Incl });
        assert_eq!(outcome(&order, [&first], &rest, &MEASURE), Outcome::Fits, "€ 60.50 with VAT is € 50 without");
        let more = bill("F2", 2, euro(1));
        let over = Outcome::Above { over: euro(1), ceiling: euro(150) };
        assert_eq!(outcome(&order, [&first], &bill("F2", 1, euro(51)), &MEASURE), over);
        assert_eq!(outcome(&order, [&first, &rest], &more, &MEASURE), Outcome::Again { before: euro(150) });
        let let_pass = Measure { tolerance: euro(5), ..MEASURE };
        assert_eq!(outcome(&order, [&first], &bill("F2", 1, euro(55)), &let_pass), Outcome::Fits);
    }

    #[test]
    fn the_same_line_is_known_however_its_number_is_written_and_by_whom_it_was_recorded() {
        let order = agreed(Some(500));
        let by_hand = bill("F 2026-1", 0, euro(100));
        assert_eq!(outcome(&order, [&by_hand], &bill("f2026-1", 7, euro(100)), &MEASURE), Outcome::Twice);
        assert_eq!(outcome(&order, [&by_hand], &bill("f2026-1", 7, euro(90)), &MEASURE), Outcome::Fits);
        assert_eq!(outcome(&order, [&by_hand], &bill("F2026-2", 0, euro(100)), &MEASURE), Outcome::Fits);
        let nameless = Billed { number: None, ..by_hand };
        assert_eq!(outcome(&order, [&nameless], &nameless.clone(), &MEASURE), Outcome::Twice);
    }

    #[test]
    fn what_nobody_agreed_to_is_said_and_what_was_agreed_afterwards_is_called_that() {
        let declined = Agreed { granted: false, ..agreed(Some(150)) };
        assert_eq!(outcome(&declined, [], &bill("F1", 1, euro(100)), &MEASURE), Outcome::NotAgreed);
        assert_eq!(outcome(&agreed(None), [], &bill("F1", 1, euro(100)), &MEASURE), Outcome::Unpriced);
        let covered = agreed(Some(0));
        let over = Outcome::Above { over: euro(40), ceiling: euro(0) };
        assert_eq!(outcome(&covered, [], &bill("F1", 1, euro(40)), &MEASURE), over);
        for order in [declined, agreed(Some(150)), agreed(None)] {
            let afterwards = Agreed { afterwards: Some(euro(200)), ..order };
            assert_eq!(outcome(&afterwards, [], &bill("F1", 1, euro(200)), &MEASURE), Outcome::Afterwards);
        }
    }

    #[test]
    fn credits_count_and_nothing_comes_back_that_was_never_billed() {
        let order = agreed(Some(100));
        let (billed, credit) = (bill("F1", 1, euro(100)), bill("C1", 1, euro(-100)));
        assert_eq!(outcome(&order, [&billed], &credit, &MEASURE), Outcome::Fits);
        assert_eq!(outcome(&order, [&billed, &credit], &bill("F2", 1, euro(100)), &MEASURE), Outcome::Fits);
        assert_eq!(outcome(&order, [], &credit, &MEASURE), Outcome::NoCredit { before: euro(0) });
    }

    #[test]
    fn a_bill_is_the_same_however_its_words_are_spaced() {
        let line = BillLine {
            line: 1,
            invoice: None,
            references: vec!["2026-0041".into()],
            what: "Stoelen  leveren".into(),
            quantity: None,
            amount: euro(100),
            date: None,
            customer: None,
        };
        let one = Bill { number: Some("F 1".into()), lines: vec![line.clone()], ..Bill::default() };
        let other = BillLine { what: "stoelen leveren".into(), ..line.clone() };
        let two = Bill { number: Some("f1".into()), lines: vec![other], ..Bill::default() };
        assert_eq!(one.fingerprint(), two.fingerprint());
        let dearer = BillLine { amount: euro(101), ..line };
        assert_ne!(one.fingerprint(), Bill { lines: vec![dearer], ..one.clone() }.fingerprint());
    }
}
