//! What a substitute is told in person: for whom they stand in and what waits, and that it is over.

use super::super::{Desk, DeskError, House};
use super::Did;
use super::posts::failed;
use crate::domain::approval::absence::{Absence, Absences};
use crate::domain::register::{ChannelRole, Organisation};
use crate::domain::request::decide::may_stand_in;
use crate::domain::request::{Actor, Facts, Request};
use crate::domain::{AccountId, PersonId, RequestId, journal};
use crate::ports::{ChatError, Claimed};
use crate::render;
use crate::render::message::Message;
use chrono::NaiveDate;

impl Desk {
    /// Tells a substitute for whom they stand in and what waits for them, as it is now.
    pub(super) async fn stand_in(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        person: &PersonId,
        instead_of: &PersonId,
        from: NaiveDate,
    ) -> Result<Did, DeskError> {
        let now = self.clock.now();
        let absences = self.absences(organisation, now).await?;
        let stands = |absence: &&Absence| {
            absence.person == *instead_of && absence.from == from && absence.substitute.as_ref() == Some(person)
        };
        // It was changed before anybody was told.
        let Some(absence) = absences.iter().find(stands) else { return Ok(Did::Done) };
        let view = house.view(organisation, organisation.lang, now);
        let waiting = if absence.covers(view.today()) {
            self.waits_for(house, organisation, person, instead_of, &absences).await?
        } else {
            vec![]
        };
        let message = render::absence::stand_in(&view, absence, &waiting);
        self.tell_person(house, organisation, claim, person, message).await
    }

    /// Tells somebody that they stand in no more.
    pub(super) async fn stand_down(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        person: &PersonId,
        instead_of: &PersonId,
    ) -> Result<Did, DeskError> {
        let now = self.clock.now();
        let view = house.view(organisation, organisation.lang, now);
        let absences = self.absences(organisation, now).await?;
        if Absences(&absences).substitute_of(instead_of, view.today()) == Some(person) {
            return Ok(Did::Done);
        }
        let message = render::absence::stand_down(&view, instead_of);
        self.tell_person(house, organisation, claim, person, message).await
    }

    /// Tells somebody that another person noted them as away or as back, as it is now.
    pub(super) async fn noted_away(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        (person, from): (&PersonId, NaiveDate),
        by: &AccountId,
    ) -> Result<Did, DeskError> {
        let view = house.view(organisation, organisation.lang, self.clock.now());
        let loaded = self.store.load_organisation(&organisation.id).await?;
        let is_it = |absence: &&Absence| absence.person == *person && absence.from == from;
        let standing = journal::absences(&loaded.events);
        let message = match standing.iter().find(is_it) {
            Some(absence) => {
                let stands_in: Vec<&Absence> = Absences(&standing).stands_in(person, absence).collect();
                render::absence::noted_away(&view, absence, &stands_in, by)
            }
            None => render::absence::noted_back(&view, by),
        };
        self.tell_person(house, organisation, claim, person, message).await
    }

    /// The orders on which a substitute may decide now because somebody is away, oldest first.
    async fn waits_for(
        &self,
        house: &House,
        organisation: &Organisation,
        person: &PersonId,
        instead_of: &PersonId,
        absences: &[Absence],
    ) -> Result<Vec<Request>, DeskError> {
        let mut waiting = Vec::new();
        for id in self.undecided(&organisation.id).await?.into_iter().rev() {
            let Some((request, _)) = self.load(&organisation.id, id).await? else { continue };
            let facts = Facts {
                // Who is told of what waits; what they may still spend is looked at when they decide.
                ledger: &crate::domain::approval::ledger::EMPTY,
                now: self.clock.now(),
                register: &house.register,
                organisation,
                absences,
                actor: Actor::Loket,
                fresh: self.fresh(RequestId(uuid::Uuid::nil())),
            };
            if may_stand_in(&request, person, instead_of, &facts) {
                waiting.push(request);
            }
        }
        Ok(waiting)
    }

    /// Tells one person directly; where that is refused the SPOC's channel is told, so that nothing waits unseen.
    async fn tell_person(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        person: &PersonId,
        message: Message,
    ) -> Result<Did, DeskError> {
        let account = organisation.people.get(person).and_then(|person| person.accounts.first());
        if let Some(account) = account {
            let said = match self.chat.open_direct(account).await {
                Ok(channel) => self.place(claim, &channel, &message, &[], None).await.map(|_| ()),
                Err(error) => Err(error),
            };
            match said {
                Ok(()) => return Ok(Did::Done),
                Err(ChatError::Gone { why } | ChatError::Missing { why } | ChatError::Refused { why }) => {
                    tracing::warn!(effect.key = %claim.key(), why, "a substitute cannot be told in person");
                }
                Err(error) => return Ok(Did::Failed(error)),
            }
        }
        let Some(spoc) = organisation.channel_for(ChannelRole::Spoc) else { return Ok(self.no_channel()) };
        let view = house.view(organisation, organisation.lang, self.clock.now());
        let message = render::absence::unreachable(&view, person, message);
        match self.place(claim, &spoc.id, &message, &[], None).await {
            Ok(_) => {
                self.channel_takes(&organisation.id, &spoc.id).await?;
                Ok(Did::Done)
            }
            Err(error) => Ok(failed(error, &spoc.id)),
        }
    }
}
