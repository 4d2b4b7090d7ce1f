//! After a backup was put back: what was done outside since it was taken is known to nobody here, and must not be done a second time.
//!
//! The backup itself says that it is one, so that nobody can forget it. At the first start with it
//!
//! * every request that had not been handed over is told so ([`Command::Recall`]): before its order leaves it is looked up, and where no
//!   look-up can tell, the SPOC decides;
//! * everything that waits to be done is in doubt: posts are looked for before they are posted again, what a provider was to be told is
//!   looked up or brought to the SPOC;
//! * numbers that may have been given are left out.
//!
//! What was said in between is heard again by the back-fill and from the mailboxes. A request that begins from it may have been made
//! and ordered before, under a reference that is lost: it is told the same. What follows from it before everything is caught up, and from
//! deadlines that passed in between, is in doubt like the rest.
//!
//! No event could say all this afterwards, and no setting: it is a fact of the memory, so it stands in the memory.

use super::act::Along;
use super::{Desk, DeskError};
use crate::domain::Instant;
use crate::domain::request::{Actor, Command, StageName};
use crate::ports::{CommitError, Committed, Cursor, OpenFilter, Restored, Unit};
use std::sync::{Mutex, PoisonError};

/// Requests that are told at a time.
const PAGE: u32 = 200;

/// What the desk keeps in mind of a restoring.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<Option<Restored>>);

impl Memory {
    fn get(&self) -> Option<Restored> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, restored: Restored) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(restored);
    }
}

impl Desk {
    /// Looks whether the memory was put back from a backup, and puts in doubt what must be. Dying half-way does it again.
    pub(super) async fn recall(&self) -> Result<(), DeskError> {
        let Some(restored) = self.store.restored().await? else { return Ok(()) };
        if restored.again.is_some() {
            self.memory.set(restored);
            return Ok(());
        }
        tracing::warn!(backup.taken = %restored.taken, "this memory was put back from a backup; what may have left since is looked up");
        for organisation in self.house().register.organisations.keys() {
            for stage in [StageName::Draft, StageName::AwaitingApproval, StageName::Approved] {
                let filter = OpenFilter { stage: Some(stage), ..OpenFilter::default() };
                let mut after = None;
                loop {
                    let page = self.store.list(organisation, &filter, after, PAGE).await?;
                    for listed in &page {
                        let command = Command::Recall { known_until: restored.taken };
                        self.act(organisation, listed.id, &Actor::Loket, &command, &Along::default()).await?;
                    }
                    let Some(last) = page.last() else { break };
                    after = Some(Cursor { opened_at: last.summary.opened_at, id: last.id });
                }
            }
        }
        let resumed = Restored { again: Some(self.clock.now()), ..restored };
        self.store.set_restored(&resumed).await?;
        self.memory.set(resumed);
        Ok(())
    }

    /// Everything that was said in between has been heard again.
    pub(super) async fn recalled(&self) -> Result<(), DeskError> {
        match self.memory.get() {
            Some(restored) if !restored.caught_up => {
                let restored = Restored { caught_up: true, ..restored };
                self.store.set_restored(&restored).await?;
                self.memory.set(restored);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// When the backup was taken, for a request that begins from something said before Loket ran again: it may have been made before.
    pub(super) fn may_have_begun(&self, said: Instant) -> Option<Instant> {
        let restored = self.memory.get()?;
        restored.again.is_some_and(|again| said < again).then_some(restored.taken)
    }

    /// Commits a unit; the one way in which the desk does.
    pub(super) async fn commit(&self, unit: Unit) -> Result<Committed, CommitError> {
        self.store.commit(self.doubted(unit)).await
    }

    /// The unit with its effects in doubt, where it follows from something that was heard or fell due in between.
    fn doubted(&self, mut unit: Unit) -> Unit {
        let Some(restored) = self.memory.get() else { return unit };
        let overdue = |again: Instant| unit.fired.as_ref().is_some_and(|fired| fired.0.due_at < again);
        if !restored.caught_up || restored.again.is_some_and(overdue) {
            for effect in unit.changes.iter_mut().flat_map(|change| &mut change.effects) {
                effect.in_doubt = Some(restored.taken);
            }
        }
        unit
    }
}
