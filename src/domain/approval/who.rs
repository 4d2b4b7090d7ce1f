//! Who may decide on something, up to which amount and until when.

use super::{Absence, Exclusion, Ledger, Mandate, Question, Verdict, evaluate};
use crate::domain::catalogue::CatalogueItem;
use crate::domain::register::{Organisation, Register};
use crate::domain::{Basis, Money, PersonId, ProviderCode, Urgency};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The answer to *who may?*: the verdict of the policy, and how far each person's mandate reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoMay {
    /// What the policy comes to.
    pub verdict: Verdict,
    /// How far the mandates reach of those who may decide, and of those for whom the amount is too high.
    pub reach: BTreeMap<PersonId, Reach>,
}

/// How far somebody's mandate reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The largest amount; `None` when the mandate sets none.
    pub maximum: Option<Money>,
    /// The first day on which it counts no more; `None` when it sets none.
    pub until: Option<NaiveDate>,
    /// Where it is laid down.
    pub document: Option<String>,
}

/// What somebody would ask for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The item.
    pub item: &'a CatalogueItem,
    /// Who fulfils it.
    pub provider: &'a ProviderCode,
    /// The amount that was named; the price in the catalogue counts when none was.
    pub named: Option<Money>,
    /// Who would ask, and so does not count.
    pub requester: Option<&'a PersonId>,
    /// The day, in the organisation's zone.
    pub on: NaiveDate,
    /// Whether the organisation is open.
    pub open: bool,
    /// Who is away, and who stands in.
    pub absences: &'a [Absence],
    /// What was committed this month.
    pub ledger: &'a Ledger,
}

impl Wanted<'_> {
    /// The amount that is asked about; one of which the basis was not said means the amount as it would be compared.
    pub fn amount(&self, organisation: &Organisation) -> Option<Money> {
        match self.named {
            Some(money) if money.basis == Basis::Unknown => Some(money.on_basis(organisation.basis, 0)),
            Some(money) => Some(money),
            None => self.item.price_of(self.item.asked_as()).times(1),
        }
    }
}

/// Asks the policy of an organisation who may decide. Only people who are in service that day are considered, as at a decision.
pub fn who_may(register: &Register, organisation: &Organisation, wanted: &Wanted<'_>) -> WhoMay {
    let serves = |mandate: &&Mandate| {
        mandate.terms.organisation == organisation.id
            && organisation.people.get(&mandate.person).is_some_and(|person| person.in_service(wanted.on))
    };
    let mandates: Vec<Mandate> = register.mandates.iter().filter(serves).cloned().collect();
    let parties: Vec<PersonId> = wanted.requester.cloned().into_iter().collect();
    let question = Question {
        organisation: &organisation.id,
        provider: wanted.provider,
        item: &wanted.item.id,
        kind: wanted.item.asked_as(),
        amount: wanted.amount(organisation),
        urgency: Urgency::Normal,
        parties: &parties,
        on: wanted.on,
        basis: organisation.basis,
        vat_rate: wanted.item.vat_rate,
        asks: wanted.requester,
        confirmed: true,
        absences: wanted.absences,
        open: wanted.open,
        ledger: wanted.ledger,
    };
    let verdict = evaluate(&register.policy, &mandates, &question);
    let mut reach: BTreeMap<PersonId, Reach> = BTreeMap::new();
    for mandate in &mandates {
        if !matches!(mandate.objection(&question), None | Some(Exclusion::AboveMaximum)) {
            continue;
        }
        let (maximum, until, document) = (mandate.terms.maximum, mandate.terms.until, mandate.terms.document.clone());
        let further = Reach { maximum, until, document };
        if reach.get(&mandate.person).is_none_or(|known| further.exceeds(known, &question)) {
            reach.insert(mandate.person.clone(), further);
        }
    }
    WhoMay { verdict, reach }
}

impl Reach {
    /// Whether it reaches higher than another or, as high, longer.
    fn exceeds(&self, other: &Self, question: &Question<'_>) -> bool {
        let cents = |reach: &Self| {
            reach.maximum.map_or(i64::MAX, |maximum| maximum.on_basis(question.basis, question.vat_rate).cents)
        };
        let until = |reach: &Self| reach.until.unwrap_or(NaiveDate::MAX);
        (cents(self), until(self)) > (cents(other), until(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Folder, load};
    use crate::domain::Price;
    use crate::domain::approval::{Outcome, Terms};

    fn euro(amount: i64) -> Option<Money> {
        Some(Money { cents: amount * 100, basis: Basis::Excl })
    }

    /// Who may decide on furniture at De Linde, after a change to the mandates.
    fn ask(amount: Option<Money>, change: impl FnOnce(&mut Vec<Mandate>)) -> WhoMay {
        ask_at(None, amount, change)
    }

    /// The same, at another price in the catalogue.
    fn ask_at(price: Option<Price>, amount: Option<Money>, change: impl FnOnce(&mut Vec<Mandate>)) -> WhoMay {
        let mut register = load(&Folder::embedded("office").unwrap()).unwrap().register;
        change(&mut register.mandates);
        let organisation = register.organisations.get(&"linde".into()).unwrap();
        let mut item = register.catalogue.item(&"fac.furniture".into()).unwrap().clone();
        item.price = price.unwrap_or(item.price);
        let wanted = Wanted {
            item: &item,
            provider: &item.provider,
            named: amount,
            requester: None,
            on: "2026-03-05".parse().unwrap(),
            open: true,
            absences: &[],
            ledger: &crate::domain::approval::ledger::EMPTY,
        };
        who_may(&register, organisation, &wanted)
    }

    fn with_maximum(mandate: &Mandate, maximum: Option<Money>) -> Mandate {
        Mandate { terms: Terms { maximum, ..mandate.terms.clone() }, ..mandate.clone() }
    }

    fn reaches(who: &WhoMay) -> Vec<(&str, Option<Money>)> {
        who.reach.iter().map(|(person, reach)| (person.as_str(), reach.maximum)).collect()
    }

    #[test]
    fn everybody_is_shown_by_the_mandate_that_reaches_furthest() {
        let who = ask(euro(300), |mandates| {
            mandates.push(with_maximum(&mandates[0], euro(400)));
        });
        assert_eq!(reaches(&who), [("bob", euro(1000)), ("carla", euro(250))]);
        assert!(matches!(&who.verdict.outcome, Outcome::Pending(steps) if steps[0].of == ["bob".into()]));
        let unlimited = ask(euro(300), |mandates| mandates.push(with_maximum(&mandates[1], None)));
        assert_eq!(reaches(&unlimited), [("bob", euro(1000)), ("carla", None)]);
    }

    #[test]
    fn without_an_amount_the_price_of_one_counts() {
        assert_eq!(ask(None, |_| {}), ask(euro(350), |_| {}));
    }

    #[test]
    fn with_an_unknown_amount_nobody_may_and_everybody_s_limit_is_known() {
        let who = ask_at(Some(Price::Unknown), None, |_| {});
        assert_eq!(who.verdict.outcome, Outcome::Nobody);
        assert_eq!(reaches(&who), [("bob", euro(1000)), ("carla", euro(250))]);
    }

    #[test]
    fn who_is_not_in_the_register_does_not_count() {
        let who = ask(euro(300), |mandates| mandates[0].person = "nobody".into());
        assert_eq!(who.verdict.outcome, Outcome::Nobody);
    }
}
