//! The weekly digest: exactly one row a week, at most one post, and the newest only after an outage.

use super::{Desk, DeskError, House, absences};
use crate::domain::calendar::IsoWeek;
use crate::domain::digest::{Digest, OpenNow, digest, due_weeks, newest_due};
use crate::domain::effect::{Effect, Lane};
use crate::domain::journal::{self, OrganisationEvent};
use crate::domain::register::Organisation;
use crate::domain::{Instant, OrganisationId};
use crate::ports::{
    Change, CommitError, DigestRow, Fired, Listed, NewEffect, NewEvent, OpenFilter, StreamId, TimerRow, Unit,
};
use chrono::Duration;

/// The name of the digest's deadline in an organisation's stream.
pub(super) const TIMER: &str = "digest";
/// Who reads the digest; later issues may add audiences.
const AUDIENCE: &str = "organisation";
/// A digest that comes later than this after its moment is marked late.
const LATE: Duration = Duration::hours(1);

impl Desk {
    /// Journals the configuration in force where it is new to an organisation, and sees to it that each has the deadline of its next
    /// digest. Called at start and after a new configuration.
    pub async fn settle_in(&self) -> Result<(), DeskError> {
        self.recall().await?;
        let house = self.house();
        for organisation in house.register.organisations.values() {
            // After a conflict somebody else wrote to the stream, so it is looked at again.
            while !self.settle_in_at(&house, organisation).await? {}
            self.remember_references(organisation).await?;
            self.learn_corrections(&organisation.id).await?;
        }
        self.reassess().await
    }

    async fn settle_in_at(&self, house: &House, organisation: &Organisation) -> Result<bool, DeskError> {
        let now = self.clock.now();
        let loaded = self.store.load_organisation(&organisation.id).await?;
        let known = loaded.events.iter().rev().find_map(|recorded| match &recorded.event {
            OrganisationEvent::ConfigurationAccepted { revision } => Some(revision),
            OrganisationEvent::DigestDue { .. }
            | OrganisationEvent::AwayFrom { .. }
            | OrganisationEvent::AbsenceBegan { .. }
            | OrganisationEvent::Back { .. }
            | OrganisationEvent::ChannelRefused { .. }
            | OrganisationEvent::MailSetAside { .. }
            | OrganisationEvent::MailSettled { .. }
            | OrganisationEvent::PromiseMade { .. }
            | OrganisationEvent::PromiseSettled { .. }
            | OrganisationEvent::PointRaised { .. }
            | OrganisationEvent::PointSettled { .. }
            | OrganisationEvent::AgendaSent { .. }
            | OrganisationEvent::ExampleKept { .. }
            | OrganisationEvent::ChannelMended { .. } => None,
        });
        let revision = &house.register.revision;
        let accepted = (known != Some(revision))
            .then(|| NewEvent::Organisation(OrganisationEvent::ConfigurationAccepted { revision: revision.clone() }));
        let armed = self.store.timers_of(&organisation.id, StreamId::Organisation).await?;
        let away = armed.iter().any(|row| row.kind == absences::TIMER);
        let armed = armed.iter().any(|row| row.kind == TIMER);
        let next = newest_due(now, organisation).filter(|_| !armed).map(|(_, next)| (TIMER.to_owned(), next));
        let absent = journal::absences(&loaded.events);
        let absence = self.absence_timer(house, &organisation.id, &absent, now).await?.filter(|_| !away);
        let next: Vec<_> = next.into_iter().chain(absence).collect();
        if accepted.is_none() && next.is_empty() {
            return Ok(true);
        }
        let mut unit = Unit::new(organisation.id.clone(), now);
        unit.changes.push(Change {
            stream: StreamId::Organisation,
            head: loaded.head,
            events: accepted.into_iter().collect(),
            summary: None,
            set_timers: next,
            clear_timers: vec![],
            effects: vec![],
            links: vec![],
            commitment: None,
        });
        match self.store.commit(unit).await {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The moment of a digest has come.
    pub(super) async fn digest_due(&self, row: TimerRow) -> Result<(), DeskError> {
        let house = self.house();
        let now = self.clock.now();
        let Some(organisation) = house.organisation(&row.organisation) else {
            // It is planned anew when the organisation is configured again; left due it would be looked at without end.
            let unit = Unit { fired: Some(Fired(row.clone())), ..Unit::new(row.organisation, now) };
            return match self.store.commit(unit).await {
                Ok(_) | Err(CommitError::Conflict) => Ok(()),
                Err(error) => Err(error.into()),
            };
        };
        let Some((newest, next)) = newest_due(now, organisation) else { return Ok(()) };
        let last = self.store.last_digest(&organisation.id, AUDIENCE).await?;
        let weeks = due_weeks(last, newest);
        let anchor = hex(&self.store.anchor(&organisation.id).await?);
        let loaded = self.store.load_organisation(&organisation.id).await?;
        let mut unit = Unit::new(organisation.id.clone(), now);
        let mut change = Change {
            stream: StreamId::Organisation,
            head: loaded.head,
            events: vec![],
            summary: None,
            set_timers: vec![(TIMER.to_owned(), next)],
            clear_timers: vec![],
            effects: vec![],
            links: vec![],
            commitment: None,
        };
        let late = now - row.due_at > LATE;
        for week in weeks {
            let posted = week == newest;
            let position = i64::try_from(loaded.head.next).unwrap_or(i64::MAX / 200) + change.events.len() as i64;
            change.events.push(NewEvent::Organisation(OrganisationEvent::DigestDue {
                week: week.into(),
                posted,
                late: late || !posted,
                anchor: anchor.clone(),
            }));
            unit.digests.push(DigestRow { audience: AUDIENCE.to_owned(), week, posted, late: late || !posted });
            if posted {
                let effect = Effect::Digest { week: week.into(), late };
                change.effects.push(NewEffect {
                    lane: Lane::Chat,
                    position: position * 100,
                    effect,
                    at: now,
                    in_doubt: None,
                });
            }
        }
        unit.fired = Some(Fired(row));
        unit.changes.push(change);
        match self.store.commit(self.doubted(unit)).await {
            // After a conflict the row is still there, and the next tick decides again.
            Ok(_) | Err(CommitError::Conflict) => {
                self.ring();
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The digest of a week, folded from the journal.
    pub(super) async fn fold_week(
        &self,
        organisation: &Organisation,
        week: IsoWeek,
        now: Instant,
    ) -> Result<Digest, DeskError> {
        let start = |week: IsoWeek| {
            week.monday().map(|monday| {
                crate::domain::calendar::instant_of(organisation.zone, monday.and_time(chrono::NaiveTime::MIN))
            })
        };
        let (Some(from), Some(to)) = (start(week), week.next().and_then(start)) else { return Ok(Digest::default()) };
        let events = self.store.events_between(&organisation.id, from, to).await?;
        let open = self.everything(&organisation.id, &OpenFilter::default()).await?;
        let open = open.into_iter().map(|listed| OpenNow {
            number: listed.summary.number,
            stage: listed.summary.stage,
            waits_for: listed.summary.waits_for,
            due_at: listed.summary.due_at,
        });
        Ok(digest(events.iter().map(|(id, recorded)| (*id, recorded)), open, now))
    }

    /// Every request that a filter lets through, page by page.
    pub(super) async fn everything(
        &self,
        organisation: &OrganisationId,
        filter: &OpenFilter,
    ) -> Result<Vec<Listed>, DeskError> {
        let mut all: Vec<Listed> = Vec::new();
        loop {
            let after = all.last().map(|last| crate::ports::Cursor { opened_at: last.summary.opened_at, id: last.id });
            let page = self.store.list(organisation, filter, after, 500).await?;
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page);
        }
    }

    /// The anchor that the newest digest of a week printed.
    pub(super) async fn anchor_of(&self, organisation: &OrganisationId, week: IsoWeek) -> Result<String, DeskError> {
        let loaded = self.store.load_organisation(organisation).await?;
        let found = loaded.events.iter().rev().find_map(|recorded| match &recorded.event {
            OrganisationEvent::DigestDue { week: of, anchor, .. } if IsoWeek::from(*of) == week => Some(anchor.clone()),
            _ => None,
        });
        Ok(found.unwrap_or_default())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
