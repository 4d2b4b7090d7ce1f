//! Time as an input: deadlines are rows, and one that has passed is handled like anything else.

use super::act::Along;
use super::{Desk, DeskError, absences, erasing, roles, unit};
use crate::domain::RequestId;
use crate::domain::request::{Actor, Command, TimerKind};
use crate::ports::{CommitError, Fired, StreamId, TimerRow, Unit};
use chrono::Duration;
use std::sync::atomic::Ordering;

/// How often what belongs to an organisation that is configured no more is looked at, should it come back.
pub(super) const RETURN: Duration = Duration::hours(1);
/// How many deadlines are taken at once.
const BATCH: u32 = 100;
/// Handled events are remembered for so long. No platform tells one again after days, and a message that became part of a request is
/// known by its link for ever.
const REMEMBERED: Duration = Duration::days(30);
/// So many old ones are forgotten in one transaction, so that nothing else waits for it.
const FORGOTTEN_AT_ONCE: u32 = 500;

impl Desk {
    /// Handles every deadline that has passed; says how many there were.
    pub async fn tick(&self) -> Result<usize, DeskError> {
        if self.spent.swap(false, Ordering::AcqRel) {
            // What is left of a budget decides about everything else that waits under it.
            self.reassess().await?;
        }
        let due = self.store.due(self.clock.now(), BATCH).await?;
        let count = due.len();
        for row in due {
            self.fire(row).await?;
        }
        Ok(count)
    }

    /// Forgets handled events that nobody will tell again; says how many.
    pub async fn tidy(&self) -> Result<u64, DeskError> {
        let before = self.clock.now() - REMEMBERED;
        let mut forgotten = 0;
        loop {
            let some = self.store.prune_inbox(before, FORGOTTEN_AT_ONCE).await?;
            forgotten += some;
            if some < u64::from(FORGOTTEN_AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }

    /// Asks the policy anew about everything that waits for people: after a new configuration, and from time to time, since mandates begin
    /// and end by the calendar.
    pub async fn reassess(&self) -> Result<(), DeskError> {
        let house = self.house();
        for organisation in house.register.organisations.keys() {
            self.reassess_at(organisation).await?;
        }
        Ok(())
    }

    async fn fire(&self, row: TimerRow) -> Result<(), DeskError> {
        let organisation = row.organisation.clone();
        let StreamId::Request(id) = row.stream else {
            return match row.kind.as_str() {
                absences::TIMER => self.absence_due(row).await,
                erasing::TIMER => self.retention_due(row).await,
                roles::TIMER => self.roles_due(row).await,
                _ => self.digest_due(row).await,
            };
        };
        if self.house().organisation(&organisation).is_none() {
            return self.put_off(id, row).await;
        }
        let along = Along { fired: Some(Fired(row.clone())), ..Along::default() };
        match TimerKind::from_code(&row.kind) {
            Some(timer) => {
                self.act(&organisation, id, &Actor::Loket, &Command::Fire { timer }, &along).await.map(|_| ())
            }
            // A deadline of a version that had others: its row goes, the request's own deadlines stand.
            None => self.pass(&organisation, &along).await,
        }
    }

    /// A deadline of an organisation that is configured no more waits, since one that was taken out by mistake comes back.
    async fn put_off(&self, id: RequestId, row: TimerRow) -> Result<(), DeskError> {
        let now = self.clock.now();
        let mut unit = Unit::new(row.organisation.clone(), now);
        if let Some((_, head)) = self.load(&row.organisation, id).await? {
            unit.changes.push(unit::put_off(id, head, &row.kind, Some(now + RETURN)));
        }
        unit.fired = Some(Fired(row));
        match self.commit(unit).await {
            Ok(_) | Err(CommitError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
