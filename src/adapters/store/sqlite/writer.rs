//! The one thread that writes.

use super::super::dialect::{Done, Refusal, Step, WriteError};
use super::connection::{Settings, check_version, is_taken, migrate, run, unavailable};
use crate::ports::{Database, Fault, StoreError, Unavailable};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

/// The most units that share a commit.
const GROUP: usize = 64;

type Answer = Result<Vec<Done>, WriteError>;

/// A unit that waits for the writer.
pub(super) struct Job {
    pub(super) steps: Vec<Step>,
    pub(super) answer: oneshot::Sender<Answer>,
}

/// It owns its connection, so that no caller can leave a transaction open.
pub(super) struct Writer {
    settings: Settings,
    place: Database,
    /// `None` after a fault that the connection may not have survived; the next group opens another.
    connection: Option<Connection>,
}

impl Writer {
    /// Opens the file and brings it up to date.
    pub(super) fn open(settings: Settings) -> Result<Self, StoreError> {
        let place = settings.place();
        check_version()?;
        let mut connection = settings.writer().map_err(|error| unavailable(&error, &place))?;
        migrate(&mut connection, &place)?;
        Ok(Self { settings, place, connection: Some(connection) })
    }

    /// Writes until nobody can send any more.
    pub(super) fn start(self, jobs: mpsc::Receiver<Job>) -> Result<(), StoreError> {
        let place = self.place.clone();
        let thread = std::thread::Builder::new().name("loket-writer".into()).spawn(move || self.run(jobs));
        let fault = |error: std::io::Error| Fault::Other(error.to_string());
        thread.map(|_| ()).map_err(|error| Unavailable::Fault { database: place, fault: fault(error) }.into())
    }

    fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut group = Vec::with_capacity(GROUP);
        while jobs.blocking_recv_many(&mut group, GROUP) > 0 {
            let results = self.commit(&group);
            for (job, result) in group.drain(..).zip(results) {
                // A caller that was dropped meanwhile does not want the answer; its unit stands all the same.
                let _ = job.answer.send(result);
            }
        }
    }

    /// Commits a group, and says only then what its units came to.
    fn commit(&mut self, group: &[Job]) -> Vec<Answer> {
        let connection = match self.connection.take() {
            Some(connection) => Ok(connection),
            None => self.settings.writer(),
        };
        let result = connection.and_then(|connection| {
            let result = transact(&connection, group, &self.place);
            if result.is_err() && !connection.is_autocommit() {
                // Where even this does not work, the connection goes, and the transaction with it.
                let _ = connection.execute_batch("rollback");
            }
            self.connection = connection.is_autocommit().then_some(connection);
            result
        });
        result.unwrap_or_else(|error| {
            let fault = || WriteError::Store(unavailable(&error, &self.place));
            group.iter().map(|_| Err(fault())).collect()
        })
    }
}

/// Runs the units in one transaction. An error means that none of them was committed.
fn transact(connection: &Connection, group: &[Job], place: &Database) -> rusqlite::Result<Vec<Answer>> {
    let bare = |text: &str| run(connection, text, &[]).map(|_| ());
    // Immediate, because a transaction that begins by reading loses to another writer without waiting.
    bare("begin immediate")?;
    let mut answers = Vec::with_capacity(group.len());
    for job in group {
        bare("savepoint unit")?;
        let answer = match unit(connection, &job.steps) {
            Ok(done) => Ok(done),
            // A full disk or the like has ended the transaction, and the units before this one with it.
            Err(Undone::Failed(error)) if connection.is_autocommit() => return Err(error),
            Err(undone) => {
                bare("rollback to unit")?;
                Err(undone.tell(place))
            }
        };
        bare("release unit")?;
        answers.push(answer);
    }
    bare("commit")?;
    Ok(answers)
}

/// Why a unit is undone.
enum Undone {
    Refused(WriteError),
    Failed(rusqlite::Error),
}

impl Undone {
    fn tell(self, place: &Database) -> WriteError {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Failed(error) if is_taken(&error) => WriteError::Refused(Refusal::Conflict),
            Self::Failed(error) => WriteError::Store(unavailable(&error, place)),
        }
    }
}

fn unit(connection: &Connection, steps: &[Step]) -> Result<Vec<Done>, Undone> {
    let mut all = Vec::with_capacity(steps.len());
    for step in steps {
        let done = run(connection, step.text.sqlite, &step.args).map_err(Undone::Failed)?;
        step.judge(&done).map_err(Undone::Refused)?;
        all.push(done);
    }
    Ok(all)
}
