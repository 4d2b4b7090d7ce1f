//! Absences begin and end by the calendar: their boundaries are deadlines of the organisation's stream. What is set by command stands in
//! `commands::away`.

use super::{Desk, DeskError, House, unit};
use crate::domain::approval::Absence;
use crate::domain::calendar::instant_of;
use crate::domain::effect::Effect;
use crate::domain::journal::{OrganisationEvent, absences};
use crate::domain::register::Organisation;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Actor, Command, StageName, WaitsFor};
use crate::domain::{Instant, OrganisationId, RequestId};
use crate::ports::{CommitError, Fired, OpenFilter, StreamId, TimerRow, Unit};
use chrono::{NaiveDate, NaiveTime};
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::act::Along;

/// The name of the deadline at which the next absence begins or ends.
pub(super) const TIMER: &str = "absence";

impl Desk {
    /// Who is away today or later.
    pub(super) async fn absences(&self, organisation: &Organisation, now: Instant) -> Result<Vec<Absence>, DeskError> {
        let today = now.with_timezone(&organisation.zone).date_naive();
        Ok(self.store.absences(&organisation.id, today).await?)
    }

    /// Asks the policy anew about everything of an organisation that waits for people.
    pub(super) async fn reassess_at(&self, organisation: &OrganisationId) -> Result<(), DeskError> {
        for id in self.undecided(organisation).await? {
            self.act(organisation, id, &Actor::Loket, &Command::Reassess, &Along::default()).await?;
        }
        Ok(())
    }

    /// The requests on which people must decide, or would if anybody might; newest first. Some of them wait for something else.
    pub(super) async fn undecided(&self, organisation: &OrganisationId) -> Result<Vec<RequestId>, DeskError> {
        let at = |stage| OpenFilter { stage: Some(stage), ..OpenFilter::default() };
        let all = [
            OpenFilter { waits_for: Some(WaitsFor::Approvers), ..OpenFilter::default() },
            at(StageName::AwaitingApproval),
            // A price on which nobody may decide.
            OpenFilter { waits_for: Some(WaitsFor::Spoc), ..at(StageName::HandedOver) },
            OpenFilter { waits_for: Some(WaitsFor::Spoc), ..at(StageName::InProgress) },
        ];
        // What went first waits for nobody, so that no party names it.
        let first = [StageName::Approved, StageName::HandedOver, StageName::InProgress, StageName::Resolved].map(at);
        let mut found = BTreeMap::new();
        for (filter, first) in all.into_iter().map(|filter| (filter, false)).chain(first.map(|filter| (filter, true))) {
            let listed = self.everything(organisation, &filter).await?.into_iter();
            for listed in listed.filter(|listed| !first || listed.summary.may_have_gone_first()) {
                found.insert((Reverse(listed.summary.opened_at), Reverse(listed.id)), listed.id);
            }
        }
        Ok(found.into_values().collect())
    }

    /// An absence begins or ends: whoever stands in from now on is told what waits, and the cards show who may decide.
    pub(super) async fn absence_due(&self, row: TimerRow) -> Result<(), DeskError> {
        let house = self.house();
        let now = self.clock.now();
        let mut unit = Unit { fired: Some(Fired(row.clone())), ..Unit::new(row.organisation.clone(), now) };
        // Without its organisation it is planned anew when that is configured again.
        if let Some(organisation) = house.organisation(&row.organisation) {
            let loaded = self.store.load_organisation(&organisation.id).await?;
            let known = absences(&loaded.events);
            let began = known.iter().filter(|absence| {
                let starts = boundary(organisation, absence.from);
                row.due_at <= starts && starts <= now && was_planned(organisation, &loaded.events, absence)
            });
            let began = began.map(|absence| {
                let event = OrganisationEvent::AbsenceBegan { person: absence.person.clone(), from: absence.from };
                (event, stand_in(absence).into_iter().collect())
            });
            let mut change = unit::of_organisation(loaded.head, began.collect(), now);
            change.set_timers.extend(next_boundary(organisation, &known, now).map(|at| (TIMER.to_owned(), at)));
            unit.changes.push(change);
        }
        match self.commit(unit).await {
            Ok(_) => self.ring(),
            // The row is still there, and the next tick decides again.
            Err(CommitError::Conflict) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        if house.organisation(&row.organisation).is_some() { self.reassess_at(&row.organisation).await } else { Ok(()) }
    }

    /// The deadline that stands or falls due first, to be set with a change of the absences.
    pub(super) async fn absence_timer(
        &self,
        house: &House,
        organisation: &OrganisationId,
        known: &[Absence],
        now: Instant,
    ) -> Result<Option<(String, Instant)>, DeskError> {
        let armed = self.store.timers_of(organisation, StreamId::Organisation).await?;
        let armed = armed.into_iter().find(|row| row.kind == TIMER).map(|row| row.due_at);
        let next = house.organisation(organisation).and_then(|configured| next_boundary(configured, known, now));
        Ok(armed.into_iter().chain(next).min().map(|at| (TIMER.to_owned(), at)))
    }
}

/// Telling whoever stands in, where somebody does.
pub(super) fn stand_in(absence: &Absence) -> Option<Effect> {
    let person = absence.substitute.clone()?;
    Some(Effect::StandIn { person, instead_of: absence.person.clone(), from: absence.from })
}

/// When the first day of an absence, or the first day back, begins for people: not before somebody is there.
fn boundary(organisation: &Organisation, day: NaiveDate) -> Instant {
    organisation.hours.next_open(instant_of(organisation.zone, day.and_time(NaiveTime::MIN)))
}

/// The next boundary of a later day.
fn next_boundary(organisation: &Organisation, known: &[Absence], now: Instant) -> Option<Instant> {
    let today = now.with_timezone(&organisation.zone).date_naive();
    let days = known.iter().flat_map(|absence| [absence.from, absence.until]);
    let boundaries = days.filter(|day| *day > today).map(|day| boundary(organisation, day));
    boundaries.filter(|at| *at > now).min()
}

/// Whether an absence was set before its first day: else its substitute was told at once.
fn was_planned(organisation: &Organisation, events: &[Recorded<OrganisationEvent>], absence: &Absence) -> bool {
    events.iter().rev().any(|recorded| match &recorded.event {
        OrganisationEvent::AwayFrom { person, from, .. } => {
            let set = recorded.at.with_timezone(&organisation.zone).date_naive();
            *person == absence.person && *from == absence.from && set < absence.from
        }
        _ => false,
    })
}
