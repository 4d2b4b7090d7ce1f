//! Who has the roles that mandates name. The platform is asked: about everybody from time to time, so that cards name the right people,
//! and about those on whom a decision rests at the moment at which it is made. What it said is kept, so that a restart forgets nothing.

use super::{Desk, DeskError, unit};
use crate::domain::approval::roles::Roles;
use crate::domain::approval::{Absences, Decision};
use crate::domain::journal::{self, OrganisationEvent};
use crate::domain::request::{Actor, Command, Request};
use crate::domain::{Instant, OrganisationId, PersonId, RequestId};
use crate::ports::{CommitError, Fired, TimerRow, Unit};
use chrono::Duration;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

/// The name of the deadline at which everybody is asked about.
pub(super) const TIMER: &str = "roles";

/// How often.
const AGAIN: Duration = Duration::hours(1);

/// The roles of everybody, as the platform said last.
pub(super) type Known = Mutex<BTreeMap<OrganisationId, Roles>>;

impl Desk {
    /// Takes from the journal who had which roles.
    pub(super) async fn recall_roles(&self, organisation: &OrganisationId) -> Result<(), DeskError> {
        if self.house().register.mandated_roles(organisation).is_empty() {
            return Ok(());
        }
        let found = journal::roles(&self.store.load_organisation(organisation).await?.events);
        self.known_roles().insert(organisation.clone(), found);
        self.appoint();
        Ok(())
    }

    /// Everybody is asked about, so that who got a role stands on the cards and who lost it does not.
    pub(super) async fn roles_due(&self, row: TimerRow) -> Result<(), DeskError> {
        let house = self.house();
        let now = self.clock.now();
        let wanted = !house.register.mandated_roles(&row.organisation).is_empty();
        if let Some(organisation) = house.organisation(&row.organisation).filter(|_| wanted) {
            let today = now.with_timezone(&organisation.zone).date_naive();
            let people = organisation.people.values().filter(|person| person.in_service(today));
            let people = people.map(|person| person.id.clone()).collect();
            self.ask_roles(&organisation.id, &people).await?;
        }
        let head = self.store.load_organisation(&row.organisation).await?.head;
        let mut change = unit::of_organisation(head, vec![], now);
        change.set_timers.extend(wanted.then(|| (TIMER.to_owned(), now + AGAIN)));
        let mut unit = Unit { fired: Some(Fired(row.clone())), ..Unit::new(row.organisation, now) };
        unit.changes.push(change);
        match self.commit(unit).await {
            // After a conflict the row is still there, and the next tick asks again.
            Ok(_) | Err(CommitError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether it is sure who has the roles on which a decision rests: those of who decides, of whom they stand in for, and of who
    /// decided before. Other commands rest on none.
    pub(super) async fn roles_are_sure(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
        actor: &Actor,
        command: &Command,
    ) -> Result<bool, DeskError> {
        let Some(person) = actor.person().filter(|_| command.decides()) else { return Ok(true) };
        if self.house().register.mandated_roles(organisation).is_empty() {
            return Ok(true);
        }
        let request = self.load(organisation, id).await?.map(|(request, _)| request);
        let waiting = request.as_ref().and_then(Request::waiting);
        let earlier = waiting.map(|waiting| waiting.decisions.as_slice()).unwrap_or_default();
        self.deciders_are_sure(organisation, person, earlier).await
    }

    /// The same for a person and those who decided before.
    pub(super) async fn deciders_are_sure(
        &self,
        organisation: &OrganisationId,
        person: &PersonId,
        earlier: &[Decision],
    ) -> Result<bool, DeskError> {
        let house = self.house();
        let Some(configured) = house.organisation(organisation) else { return Ok(true) };
        if house.register.mandated_roles(organisation).is_empty() {
            return Ok(true);
        }
        let now = self.clock.now();
        let today = now.with_timezone(&configured.zone).date_naive();
        let absences = self.absences(configured, now).await?;
        let decided = earlier.iter().flat_map(|decision| [&decision.person, decision.seat()]);
        let stood_in_for = Absences(&absences).stood_in_for(person, today);
        let people = std::iter::once(person).chain(stood_in_for).chain(decided).cloned().collect();
        let unknown = self.ask_roles(organisation, &people).await?;
        Ok(!unknown.iter().any(|person| self.house().register.rests_on_roles(organisation, person)))
    }

    /// Asks the platform about these people and keeps what is new; gives those of whom it said nothing.
    async fn ask_roles(
        &self,
        id: &OrganisationId,
        people: &BTreeSet<PersonId>,
    ) -> Result<BTreeSet<PersonId>, DeskError> {
        let house = self.house();
        let Some(organisation) = house.organisation(id) else { return Ok(BTreeSet::new()) };
        let mandated = house.register.mandated_roles(id);
        let (mut found, mut unknown) = (Roles::new(), BTreeSet::new());
        for person in people.iter().filter_map(|person| organisation.people.get(person)) {
            match self.roles_of(organisation, person).await {
                Ok(roles) => {
                    let named = roles.into_iter().flatten().filter(|role| mandated.contains(role)).collect();
                    found.insert(person.id.clone(), named);
                }
                Err(error) => {
                    tracing::warn!(person.id = %person.id, %error, "which roles somebody has is not known");
                    unknown.insert(person.id.clone());
                }
            }
        }
        self.keep_roles(id, found, self.clock.now()).await?;
        Ok(unknown)
    }

    /// Keeps which roles people have where that is new; the mandates follow at once.
    async fn keep_roles(&self, organisation: &OrganisationId, found: Roles, now: Instant) -> Result<(), DeskError> {
        let known = self.known_roles().get(organisation).cloned().unwrap_or_default();
        if found.iter().all(|(person, roles)| known.get(person) == Some(roles)) {
            return Ok(());
        }
        loop {
            let loaded = self.store.load_organisation(organisation).await?;
            let mut known = journal::roles(&loaded.events);
            let new = found.iter().filter(|(person, roles)| known.get(*person) != Some(*roles));
            let new = new.map(|(person, roles)| {
                let event = OrganisationEvent::RolesFound { person: person.clone(), roles: roles.clone() };
                (event, vec![])
            });
            let mut unit = Unit::new(organisation.clone(), now);
            unit.changes.push(unit::of_organisation(loaded.head, new.collect(), now));
            match self.commit(unit).await {
                Ok(_) => {}
                Err(CommitError::Conflict) => continue,
                Err(error) => return Err(error.into()),
            }
            known.extend(found);
            self.known_roles().insert(organisation.clone(), known);
            self.appoint();
            // Everything that waits is looked at again: somebody may or may no longer decide about it.
            self.spent.store(true, Ordering::Release);
            self.ring();
            return Ok(());
        }
    }

    pub(super) fn known_roles(&self) -> std::sync::MutexGuard<'_, BTreeMap<OrganisationId, Roles>> {
        self.roles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The mandates of roles go to those who have them.
    fn appoint(&self) {
        let roles = self.known_roles().clone();
        self.change_house(|house| house.appointed(&roles));
    }
}
