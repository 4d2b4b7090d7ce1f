//! SQLite: one writer that commits groups, and a few readers beside it.
//!
//! Every commit waits for the disk once. Units that arrive while it waits share the next commit, each in a savepoint of its own:
//! one that fails is undone alone, and nobody is answered before the commit that holds its unit is on disk.
//!
//! The writer is a thread that owns its connection; a unit costs one hop there and back, however many statements it has.
//! A short read costs none: in the write-ahead mode it waits for no writer, so it is done where it is asked for.

pub(super) mod backup;
mod connection;
mod inspect;
mod readers;
mod writer;

use super::dialect::{Arg, Dialect, Done, Row, Step, Taker, Text, WriteError};
use crate::ports::{Database, Fault, StoreError, Unavailable};
pub(super) use inspect::inspect;

use async_trait::async_trait;
use connection::Settings;
use readers::Readers;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use writer::{Job, Writer};

/// Units that may wait for the writer before their senders wait too.
const QUEUE: usize = 1024;

/// An open SQLite file.
pub(super) struct Sqlite {
    writer: mpsc::Sender<Job>,
    /// `None` for a database in memory, which only the writer's connection can see.
    readers: Option<Arc<Readers>>,
    place: Database,
    settings: Settings,
}

impl Sqlite {
    /// Opens the file, or `:memory:`, and applies what migrations it lacks. After a question mark may stand how long another
    /// process may hold the file (`busy_timeout`, milliseconds) and how large it may grow (`max_page_count`, pages of 4 KiB).
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let settings = Settings::of(url)?;
        let (place, memory) = (settings.place(), settings.in_memory());
        let readers = (!memory).then(|| Arc::new(Readers::new(settings.clone())));
        let (writer, jobs) = mpsc::channel(QUEUE);
        let own = settings.clone();
        let opening = tokio::task::spawn_blocking(move || Writer::open(own)?.start(jobs));
        opening.await.map_err(|_| stopped(&place))??;
        Ok(Self { writer, readers, place, settings })
    }
}

/// Every writer overwrites what it deletes, but pages that were moved about may hold older copies, and so may the log.
fn scrub(file: &rusqlite::Connection, whole: bool) -> rusqlite::Result<()> {
    if whole {
        file.execute_batch("vacuum")?;
    }
    // It says in a row whether somebody was in the way, and waits for them as long as the connection has patience.
    let busy: i64 = file.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(connection::busy()) }
}

fn stopped(place: &Database) -> StoreError {
    Unavailable::Fault { database: place.clone(), fault: Fault::Closed }.into()
}

#[async_trait]
impl Dialect for Sqlite {
    async fn read(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        if let Some(readers) = &self.readers {
            return match readers.at_once(text.sqlite, &args) {
                // Another process holds the file. That is waited for where nobody else has to wait too.
                Err(error) if connection::is_locked(&error) => self.scan(text, args).await,
                result => result.map_err(|error| connection::unavailable(&error, &self.place)),
            };
        }
        match self.write(vec![Step::new(text, args)]).await {
            Ok(done) => Ok(done.into_iter().flat_map(|done| done.rows).collect()),
            Err(WriteError::Store(error)) => Err(error),
            Err(WriteError::Refused(_)) => Err(stopped(&self.place)),
        }
    }

    async fn scan(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        let Some(readers) = self.readers.clone() else { return self.read(text, args).await };
        let reading = tokio::task::spawn_blocking(move || readers.patiently(text.sqlite, &args));
        let result = reading.await.map_err(|_| stopped(&self.place))?;
        result.map_err(|error| connection::unavailable(&error, &self.place))
    }

    async fn each(&self, text: Text, args: Vec<Arg>, mut take: Taker) -> Result<(), StoreError> {
        let Some(readers) = self.readers.clone() else {
            return self.scan(text, args).await?.into_iter().try_for_each(take);
        };
        let reading = tokio::task::spawn_blocking(move || {
            let mut taken = Ok(());
            let read = readers.each(text.sqlite, &args, |row| {
                if taken.is_ok() {
                    taken = take(row);
                }
            });
            read.map(|()| taken)
        });
        let result = reading.await.map_err(|_| stopped(&self.place))?;
        result.map_err(|error| connection::unavailable(&error, &self.place))?
    }

    async fn scrub(&self, whole: bool) -> Result<(), StoreError> {
        let settings = self.settings.clone();
        if settings.in_memory() {
            return Ok(());
        }
        let scrubbing = tokio::task::spawn_blocking(move || settings.writer().and_then(|file| scrub(&file, whole)));
        let result = scrubbing.await.map_err(|_| stopped(&self.place))?;
        result.map_err(|error| connection::unavailable(&error, &self.place))
    }

    async fn write(&self, steps: Vec<Step>) -> Result<Vec<Done>, WriteError> {
        let (answer, answered) = oneshot::channel();
        let gone = || WriteError::Store(stopped(&self.place));
        self.writer.send(Job { steps, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}
