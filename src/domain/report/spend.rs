//! What is spent, by provider and month: agreed to beforehand, billed, and agreed to afterwards. A fold over stories and over the bills
//! without an order; every amount is in cents on the organisation's basis.

use super::Story;
use crate::domain::invoice::loose::{BillEnd, Loose, bills};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{Organisation, Register};
use crate::domain::request::event::Recorded;
use crate::domain::{Instant, Money, ProviderCode};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The VAT rate, in hundredths of a per cent, of what nobody knows the service of.
const USUAL: u16 = 2_100;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month, counted from 1.
    pub month: u32,
}

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The month before it.
    #[must_use]
    pub fn before(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { month: month - 1, ..self },
        }
    }
}

/// What was spent, in cents on the organisation's basis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spend {
    /// The ceilings that were agreed to beforehand, and what later prices added to them. One of an order that was called off stays agreed to.
    pub asked: i64,
    /// Lines that were billed; a credit is one.
    pub bills: u32,
    /// What was billed: what was credited is taken off, and bills without an order are in it.
    pub billed: i64,
    /// The part of that without an order.
    pub without_order: i64,
    /// What was agreed to only when the work was done, as far as it is more than was agreed before.
    pub afterwards: i64,
}

impl Spend {
    /// Whether nothing was spent, nor agreed to.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The same with another one added.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            asked: self.asked.saturating_add(other.asked),
            bills: self.bills.saturating_add(other.bills),
            billed: self.billed.saturating_add(other.billed),
            without_order: self.without_order.saturating_add(other.without_order),
            afterwards: self.afterwards.saturating_add(other.afterwards),
        }
    }
}

/// What was spent, by provider and month.
pub type Spent = BTreeMap<(ProviderCode, Month), Spend>;

/// Counts stories and bills without an order, one after the other.
#[derive(Clone, Debug)]
pub struct SpendFold<'a> {
    register: &'a Register,
    organisation: &'a Organisation,
    spent: Spent,
}

impl<'a> SpendFold<'a> {
    /// Nothing counted yet.
    pub fn new(register: &'a Register, organisation: &'a Organisation) -> Self {
        Self { register, organisation, spent: Spent::new() }
    }

    /// The month of an instant, as the organisation's calendar has it.
    pub fn month_of(&self, at: Instant) -> Month {
        Month::of(self.day(at))
    }

    fn day(&self, at: Instant) -> NaiveDate {
        at.with_timezone(&self.organisation.zone).date_naive()
    }

    /// Counts a story; each once.
    pub fn count(&mut self, story: &Story) {
        let Some(provider) = &story.provider else { return };
        let (basis, rate) = (self.organisation.basis, story.costs.vat_rate);
        for grant in story.deciding.grants.iter().filter(|grant| grant.void_at.is_none()) {
            let asked = grant.added_cents(basis, rate).unwrap_or_default();
            self.add(provider, self.month_of(grant.at), Spend { asked, ..Spend::default() });
        }
        for bill in &story.costs.bills {
            let month = self.month_of_bill(bill.invoice.date, bill.at);
            self.add(provider, month, billed(bill.invoice.amount.on_basis(basis, rate)));
        }
        for one in &story.costs.afterwards {
            let afterwards = one.added_cents(basis, rate);
            self.add(provider, self.month_of(one.at), Spend { afterwards, ..Spend::default() });
        }
    }

    /// Counts the bills without an order in an organisation's own journal until a moment; once.
    pub fn count_loose(&mut self, events: &[Recorded<OrganisationEvent>], now: Instant) {
        let until = events.iter().position(|recorded| recorded.at > now).unwrap_or(events.len());
        for loose in bills(events.get(..until).unwrap_or_default()) {
            self.count_one_loose(&loose);
        }
    }

    /// One that belongs to a request after all is counted there; one that goes back or was declined is owed to nobody.
    fn count_one_loose(&mut self, loose: &Loose) {
        match loose.end {
            Some(BillEnd::To(_) | BillEnd::Declined | BillEnd::Dropped) => return,
            Some(BillEnd::Afterwards) | None => {}
        }
        let item = loose.put.as_ref().and_then(|put| self.register.catalogue.item(&put.item));
        let rate = item.map_or(USUAL, |item| item.vat_rate);
        let amount = loose.invoice.amount.on_basis(self.organisation.basis, rate);
        let spend = Spend { without_order: amount.cents, ..billed(amount) };
        self.add(&loose.provider, self.month_of_bill(loose.invoice.date, loose.at), spend);
        if let (Some(BillEnd::Afterwards), Some(at)) = (&loose.end, loose.ended_at) {
            self.add(&loose.provider, self.month_of(at), Spend { afterwards: amount.cents, ..Spend::default() });
        }
    }

    /// The month of an invoice is that of its date. One that is dated later than it came counts when it came: a number that was reported
    /// does not move, and no report looks for what may still come.
    fn month_of_bill(&self, date: Option<NaiveDate>, at: Instant) -> Month {
        let came = self.day(at);
        Month::of(date.map_or(came, |date| date.min(came)))
    }

    fn add(&mut self, provider: &ProviderCode, month: Month, spend: Spend) {
        if !spend.is_nothing() {
            let sum = self.spent.entry((provider.clone(), month)).or_default();
            *sum = sum.and(spend);
        }
    }

    /// What was counted.
    pub fn done(self) -> Spent {
        self.spent
    }
}

fn billed(amount: Money) -> Spend {
    Spend { bills: 1, billed: amount.cents, ..Spend::default() }
}
