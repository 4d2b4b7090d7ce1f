//! Who left the server, and what is thin about who may decide.

use super::Desk;
use crate::domain::approval::gaps::{Gap, gaps};
use crate::domain::register::{Organisation, Person, Register};
use crate::domain::{OrganisationId, PersonId, RoleId};
use crate::ports::ChatError;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// Who was found to have left, by organisation, and on which day that was asked.
pub(super) type Departed = Mutex<BTreeMap<OrganisationId, (NaiveDate, BTreeSet<PersonId>)>>;

impl Desk {
    /// What is thin about who may decide, today.
    pub(super) async fn gaps(&self, register: &Register, organisation: &Organisation) -> Vec<Gap> {
        let today = self.clock.now().with_timezone(&organisation.zone).date_naive();
        let left = self.departed(register, organisation, today).await;
        gaps(register, organisation, today, &left)
    }

    /// The people with a mandate who are surely not on any server of the organisation. Asked once a day at most: a digest that is
    /// tried again and again must not become a storm of questions.
    async fn departed(&self, register: &Register, organisation: &Organisation, today: NaiveDate) -> BTreeSet<PersonId> {
        let known = || self.departed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((day, left)) = known().get(&organisation.id)
            && *day == today
        {
            return left.clone();
        }
        let holders: BTreeSet<&PersonId> = register
            .mandates
            .iter()
            .filter(|mandate| mandate.terms.organisation == organisation.id)
            .filter(|mandate| mandate.terms.in_force(today))
            .map(|mandate| &mandate.person)
            .collect();
        let mut left = BTreeSet::new();
        for person in holders.into_iter().filter_map(|person| organisation.people.get(person)) {
            if person.in_service(today) && self.has_left(organisation, person).await {
                left.insert(person.id.clone());
            }
        }
        known().insert(organisation.id.clone(), (today, left.clone()));
        left
    }

    /// Whether the platform says of every account that it is on none of the servers. What cannot be told is no departure.
    async fn has_left(&self, organisation: &Organisation, person: &Person) -> bool {
        let roles = self.roles_of(organisation, person).await;
        if let Err(error) = &roles {
            tracing::warn!(person.id = %person.id, %error, "whether an approver is still on the server is not known");
        }
        matches!(roles, Ok(None))
    }

    /// The roles of all accounts of a person together, as the platform says now; `None` for who is on none of the servers. Of somebody
    /// without an account there it says nothing, and they have none.
    pub(super) async fn roles_of(
        &self,
        organisation: &Organisation,
        person: &Person,
    ) -> Result<Option<BTreeSet<RoleId>>, ChatError> {
        let mut all = organisation.meets(person).next().is_none().then(BTreeSet::new);
        for (server, account) in organisation.meets(person) {
            if let Some(roles) = self.chat.roles_of(server, account).await? {
                all.get_or_insert_default().extend(roles);
            }
        }
        Ok(all)
    }
}
