//! The weekly digest: exactly one row a week, at most one post, and the newest only after an outage.

use super::{Desk, DeskError, House, absences, erasing, roles, unit};
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::{Effect, Readers};
use crate::domain::journal::{self, OrganisationEvent};
use crate::domain::register::{Organisation, Register};
use crate::domain::report::week::Faults;
use crate::domain::report::{Due, Week, WeekFold, Window, fall_due, newest_due};
use crate::domain::{Instant, OrganisationId, ProviderCode};
use crate::ports::{
    Change, CommitError, DigestRow, Fired, Listed, NewEffect, NewEvent, OpenFilter, StreamId, TimerRow, Unit,
};

/// The name of the digest's deadline in an organisation's stream.
pub(super) const TIMER: &str = "digest";

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
            self.recall_roles(&organisation.id).await?;
        }
        self.reassess().await
    }

    async fn settle_in_at(&self, house: &House, organisation: &Organisation) -> Result<bool, DeskError> {
        let now = self.clock.now();
        let loaded = self.store.load_organisation(&organisation.id).await?;
        let known = journal::accepted(&loaded.events);
        let revision = &house.register.revision;
        let accepted = (known != Some(revision))
            .then(|| (OrganisationEvent::ConfigurationAccepted { revision: revision.clone() }, vec![]));
        let armed = self.store.timers_of(&organisation.id, StreamId::Organisation).await?;
        let away = armed.iter().any(|row| row.kind == absences::TIMER);
        let asked = armed.iter().any(|row| row.kind == roles::TIMER) && accepted.is_none();
        let asks = !asked && !house.register.mandated_roles(&organisation.id).is_empty();
        let cleaned = armed.iter().any(|row| row.kind == erasing::TIMER);
        let armed = armed.iter().any(|row| row.kind == TIMER);
        let next = newest_due(now, organisation).filter(|_| !armed).map(|(_, next)| (TIMER.to_owned(), next));
        let absent = journal::absences(&loaded.events);
        let absence = self.absence_timer(house, &organisation.id, &absent, now).await?.filter(|_| !away);
        let cleaning = (!cleaned).then(|| (erasing::TIMER.to_owned(), erasing::next_look(organisation, now)));
        let next: Vec<_> = next
            .into_iter()
            .chain(absence)
            .chain(cleaning)
            .chain(asks.then(|| (roles::TIMER.to_owned(), now)))
            .collect();
        let entered = self.to_introduce(organisation, &loaded.events).await?;
        // Whoever could not be told may be in the configuration by now.
        let waiting = self.store.effects_of(&organisation.id, StreamId::Organisation).await?;
        let revived = waiting.iter().any(|effect| effect.given_up).then_some(StreamId::Organisation);
        if accepted.is_none() && next.is_empty() && entered.is_empty() && revived.is_none() {
            return Ok(true);
        }
        let entered = entered.into_iter().map(|channel| {
            let introduce = Effect::Introduce { channel: channel.clone() };
            (OrganisationEvent::ChannelEntered { channel }, vec![introduce])
        });
        let mut change = unit::of_organisation(loaded.head, accepted.into_iter().chain(entered).collect(), now);
        change.set_timers = next;
        let mut unit = Unit { revived, ..Unit::new(organisation.id.clone(), now) };
        unit.changes.push(change);
        match self.commit(unit).await {
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
            return match self.commit(unit).await {
                Ok(_) | Err(CommitError::Conflict) => Ok(()),
                Err(error) => Err(error.into()),
            };
        };
        let Some((newest, next)) = newest_due(now, organisation) else { return Ok(()) };
        let last = self.store.last_digest(&organisation.id, Readers::Everybody.audience()).await?;
        let weeks = fall_due(last, newest, (row.due_at, now));
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
            bodies: vec![],
        };
        for Due { week, posted, late } in weeks {
            let position = i64::try_from(loaded.head.next).unwrap_or(i64::MAX / 200) + change.events.len() as i64;
            change.events.push(NewEvent::Organisation(OrganisationEvent::DigestDue {
                week: week.into(),
                posted,
                late,
                anchor: anchor.clone(),
            }));
            for (place, readers) in (0..).zip(Readers::ALL) {
                let audience = readers.audience().to_owned();
                unit.digests.push(DigestRow { audience, week, posted, late });
                if posted {
                    let effect = Effect::Digest { week: week.into(), late, readers };
                    let (lane, position) = (effect.lane(), position * 100 + place);
                    change.effects.push(NewEffect { lane, position, effect, at: now, in_doubt: None });
                }
            }
        }
        unit.fired = Some(Fired(row));
        unit.changes.push(change);
        match self.commit(unit).await {
            // After a conflict the row is still there, and the next tick decides again.
            Ok(_) | Err(CommitError::Conflict) => {
                self.ring();
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A week, folded from the journal.
    pub(super) async fn fold_week(
        &self,
        register: &Register,
        organisation: &Organisation,
        week: IsoWeek,
        now: Instant,
        about: Option<&ProviderCode>,
    ) -> Result<Week, DeskError> {
        let Some(window) = Window::week(organisation.zone, week) else { return Ok(Week::default()) };
        let mut fold = WeekFold::new(register, organisation, window, now).about(about);
        fold.count_loose(&self.store.load_organisation(&organisation.id).await?.events);
        self.each_story(organisation, (Faults::since(window), now), |story| fold.count(story)).await?;
        Ok(fold.done())
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
