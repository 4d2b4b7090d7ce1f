//! Mandates of roles on the chat platform: whoever has the role, and an entry in the register, holds them.

use super::{Mandate, Outcome, Verdict};
use crate::domain::register::{Person, Register};
use crate::domain::{Kind, Money, OrganisationId, PersonId, ProviderCode, RoleId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What whoever has a role may approve, from when until when. The fields are those of [`Mandate`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleMandate {
    /// The role on the platform.
    pub role: RoleId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// For which providers; empty means every provider.
    pub providers: Vec<ProviderCode>,
    /// For which items, by identity or prefix (`fac.`); empty means every item.
    pub items: Vec<String>,
    /// For which kinds; empty means every kind.
    pub kinds: Vec<Kind>,
    /// The largest amount of one request; `None` when the document sets none.
    pub maximum: Option<Money>,
    /// The most that each holder may grant on it in a month; `None` when the document sets none.
    pub per_month: Option<Money>,
    /// The first day.
    pub from: NaiveDate,
    /// The first day on which it counts no more.
    pub until: Option<NaiveDate>,
    /// Where it is laid down.
    pub document: Option<String>,
}

/// The roles of people, as the platform said last; only those that a mandate names.
pub type Roles = BTreeMap<PersonId, BTreeSet<RoleId>>;

impl RoleMandate {
    /// The mandate as a person with the role has it, who leaves on that day, if on any.
    fn held_by(&self, person: &PersonId, leaves: Option<NaiveDate>) -> Mandate {
        Mandate {
            person: person.clone(),
            role: Some(self.role.clone()),
            organisation: self.organisation.clone(),
            providers: self.providers.clone(),
            items: self.items.clone(),
            kinds: self.kinds.clone(),
            maximum: self.maximum,
            per_month: self.per_month,
            from: self.from,
            until: self.until.into_iter().chain(leaves).min(),
            document: self.document.clone(),
        }
    }
}

impl Register {
    /// The roles on which decisions for an organisation may rest.
    pub fn mandated_roles(&self, organisation: &OrganisationId) -> BTreeSet<&RoleId> {
        let own = self.role_mandates.iter().filter(|mandate| mandate.organisation == *organisation);
        own.map(|mandate| &mandate.role).collect()
    }

    /// Gives the mandates of roles to the people who have them, and takes them from everybody else.
    pub fn appoint(&mut self, roles: &BTreeMap<OrganisationId, Roles>) {
        self.mandates.retain(|mandate| mandate.role.is_none());
        for mandate in &self.role_mandates {
            let (Some(organisation), Some(roles)) =
                (self.organisations.get(&mandate.organisation), roles.get(&mandate.organisation))
            else {
                continue;
            };
            let holders = roles.iter().filter(|(_, roles)| roles.contains(&mandate.role));
            let holders = holders.filter_map(|(person, _)| organisation.people.get(person));
            self.mandates.extend(holders.map(|person| mandate.held_by(&person.id, person.until)));
        }
    }
}

/// So many people stand in for the holders of a role where nobody can say who they are: with three no rule finds too few.
const STAND_INS: usize = 3;

impl Register {
    /// The register where some people without a name have each role that a mandate names: for questions away from the platform, which
    /// alone knows who has it.
    pub fn supposing_holders(&self, called: impl Fn(&RoleId) -> String) -> Self {
        let mut register = self.clone();
        let mut roles: BTreeMap<OrganisationId, Roles> = BTreeMap::new();
        for (id, organisation) in &mut register.organisations {
            for role in self.mandated_roles(id) {
                for at in 1..=STAND_INS {
                    let person = stand_in(role, at);
                    let entry = Person {
                        id: person.clone(),
                        name: called(role),
                        accounts: vec![],
                        email: None,
                        phone: None,
                        roles: BTreeSet::new(),
                        until: None,
                    };
                    organisation.people.insert(person.clone(), entry);
                    roles.entry(id.clone()).or_default().insert(person, BTreeSet::from([role.clone()]));
                }
            }
        }
        register.appoint(&roles);
        register
    }
}

/// The first is called after the role alone; no entry of a configuration holds a colon.
fn stand_in(role: &RoleId, at: usize) -> PersonId {
    match at {
        1 => PersonId::new(format!("role:{role}")),
        _ => PersonId::new(format!("role:{role}#{at}")),
    }
}

/// Whether a person stands in for holders of a role, who all have an account there.
pub(super) fn is_stand_in(person: &PersonId) -> bool {
    person.as_str().starts_with("role:")
}

/// Whether a person stands in for holders of a role of whom another is named already.
pub fn is_further_stand_in(person: &PersonId) -> bool {
    person.as_str().contains('#')
}

impl Verdict {
    /// The same with one of the people who stand in for holders of a role: it tells the others nothing.
    pub fn naming_roles_once(mut self) -> Self {
        if let Outcome::Pending(steps) = &mut self.outcome {
            steps.iter_mut().for_each(|step| step.of.retain(|person| !is_further_stand_in(person)));
        }
        self.excluded.retain(|excluded| !is_further_stand_in(&excluded.person));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Folder, load};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn whoever_has_the_role_and_an_entry_holds_its_mandate_until_they_leave_or_lose_it() {
        let mut register = load(&Folder::embedded("office").unwrap()).unwrap().register;
        let (named, linde) = (register.mandates.clone(), OrganisationId::from("linde"));
        register.role_mandates = vec![RoleMandate {
            role: "local:buyers".into(),
            organisation: linde.clone(),
            providers: vec![],
            items: vec!["fac.".into()],
            kinds: vec![],
            maximum: None,
            per_month: None,
            from: day("2026-01-01"),
            until: None,
            document: None,
        }];
        let sanne = register.organisations.get_mut(&linde).unwrap().people.get_mut(&"sanne".into()).unwrap();
        sanne.until = Some(day("2026-09-01"));
        let buyers: BTreeSet<RoleId> = ["local:buyers".into()].into();
        let others: BTreeSet<RoleId> = ["local:others".into()].into();
        let seen: Roles = [("sanne", &buyers), ("bob", &others), ("nobody", &buyers)]
            .map(|(who, of)| (who.into(), of.clone()))
            .into();
        let seen = BTreeMap::from([(linde.clone(), seen), ("merel".into(), Roles::new())]);
        register.appoint(&seen);
        let held: Vec<&Mandate> = register.mandates.iter().filter(|mandate| mandate.role.is_some()).collect();
        let [held] = held.as_slice() else { panic!("{held:?}") };
        assert_eq!((held.person.as_str(), held.until), ("sanne", Some(day("2026-09-01"))));
        assert_eq!(register.mandated_roles(&linde).len(), 1);
        assert!(register.mandated_roles(&"merel".into()).is_empty());
        register.appoint(&BTreeMap::new());
        assert_eq!(register.mandates, named, "what people have in their own name stays");
    }
}
