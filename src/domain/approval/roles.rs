//! Mandates of roles on the chat platform: whoever has the role, and an entry in the register, holds them.

use super::{Mandate, Outcome, Terms, Verdict};
use crate::domain::register::{Person, Register};
use crate::domain::{OrganisationId, PersonId, RoleId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What whoever has a role may approve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleMandate {
    /// The role on the platform.
    pub role: RoleId,
    /// What the mandate of each holder says.
    pub terms: Terms,
}

/// The roles of people, as the platform said last; only those that a mandate names.
pub type Roles = BTreeMap<PersonId, BTreeSet<RoleId>>;

impl RoleMandate {
    /// The mandate as a person with the role has it, who leaves on that day, if on any.
    fn held_by(&self, person: &PersonId, leaves: Option<NaiveDate>) -> Mandate {
        let until = self.terms.until.into_iter().chain(leaves).min();
        let terms = Terms { until, ..self.terms.clone() };
        Mandate { person: person.clone(), role: Some(self.role.clone()), terms }
    }
}

impl Register {
    /// The roles on which decisions for an organisation may rest.
    pub fn mandated_roles(&self, organisation: &OrganisationId) -> BTreeSet<&RoleId> {
        let own = self.role_mandates.iter().filter(|mandate| mandate.terms.organisation == *organisation);
        own.map(|mandate| &mandate.role).collect()
    }

    /// Whether what somebody may decide depends on their roles: who has mandates in their own name alone may as much without.
    pub fn rests_on_roles(&self, organisation: &OrganisationId, person: &PersonId) -> bool {
        let own = |mandate: &&Mandate| mandate.terms.organisation == *organisation && mandate.person == *person;
        let mut theirs = self.mandates.iter().filter(own).peekable();
        theirs.peek().is_none() || theirs.any(|mandate| mandate.role.is_some())
    }

    /// Gives the mandates of roles to the people who have them, and takes them from everybody else.
    pub fn appoint(&mut self, roles: &BTreeMap<OrganisationId, Roles>) {
        self.mandates.retain(|mandate| mandate.role.is_none());
        for mandate in &self.role_mandates {
            let (Some(organisation), Some(roles)) =
                (self.organisations.get(&mandate.terms.organisation), roles.get(&mandate.terms.organisation))
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
            terms: Terms { items: vec!["fac.".into()], ..named[0].terms.clone() },
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
        assert_eq!((held.person.as_str(), held.terms.until), ("sanne", Some(day("2026-09-01"))));
        assert_eq!(register.mandated_roles(&linde).len(), 1);
        assert!(register.mandated_roles(&"merel".into()).is_empty());
        register.appoint(&BTreeMap::new());
        assert_eq!(register.mandates, named, "what people have in their own name stays");
    }
}
