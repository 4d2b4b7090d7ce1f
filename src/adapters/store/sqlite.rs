//! SQLite: one writer that commits groups, and a few readers beside it.
//!
//! Every commit waits for the disk once. Units that arrive while it waits share the next commit. One that fails is undone
//! alone, and nobody is answered before the commit that holds its unit is on disk.

mod writer;

use super::dialect::{Arg, Cell, Dialect, Done, Row, Step, Text, WriteError};
use super::migration::{self, Migration};
use crate::ports::{Database, Fault, StoreError, Unavailable};
use async_trait::async_trait;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteRow, SqliteSynchronous,
};
use sqlx::{Arguments as _, ConnectOptions as _, Connection as _, Row as _, ValueRef as _};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use writer::{Job, Texts, Writer};

/// The first release without the WAL-reset bug, which loses committed transactions.
const OLDEST: (u32, u32, u32) = (3, 51, 3);
/// Units that may wait for the writer before their senders wait too.
const QUEUE: usize = 1024;
const READERS: u32 = 4;
/// How long another process may hold the file before it is an error.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open SQLite file.
pub(super) struct Sqlite {
    writer: mpsc::Sender<Job>,
    /// `None` for a database in memory, which only the writer's connection can see.
    readers: Option<SqlitePool>,
    place: Database,
}

impl Sqlite {
    /// Opens the file, or `:memory:`, and applies what migrations it lacks. After a question mark may stand how long another
    /// process may hold the file (`busy_timeout`, milliseconds) and how large it may grow (`max_page_count`, pages of 4 KiB).
    pub(super) async fn open(place: &str) -> Result<Self, StoreError> {
        let (path, settings) = place.split_once('?').unwrap_or((place, ""));
        let memory = path == ":memory:";
        let place = if memory { Database::Memory } else { Database::File(path.to_owned()) };
        let options = if memory {
            SqliteConnectOptions::new().in_memory(true)
        } else {
            SqliteConnectOptions::new().filename(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal)
        };
        let options = set(options.busy_timeout(PATIENCE), settings)?
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .statement_cache_capacity(128)
            .row_buffer_size(256)
            .disable_statement_logging();
        let readers = (!memory).then(|| {
            SqlitePoolOptions::new()
                .max_connections(READERS)
                .test_before_acquire(false)
                .acquire_timeout(PATIENCE)
                .connect_lazy_with(options.clone().pragma("query_only", "on"))
        });
        // The writer's savepoints are kept in memory and its pages are not read again between the units of a group; the log is
        // folded into the file every 16 MiB, so that a page that many units touch is copied once.
        let options =
            options.pragma("temp_store", "memory").pragma("cache_size", "-16384").pragma("wal_autocheckpoint", "4096");
        let fault = |error| unavailable(&error, &place);
        let mut connection = options.connect().await.map_err(fault)?;
        check_version(&mut connection, &place).await?;
        migrate(&mut connection, &place).await?;
        let (writer, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(
            Writer { options, place: place.clone(), connection: Some(connection), texts: Texts::default() }.run(jobs),
        );
        Ok(Self { writer, readers, place })
    }

    fn stopped(&self) -> StoreError {
        Unavailable::Fault { database: self.place.clone(), fault: Fault::Closed }.into()
    }
}

/// Applies the settings of a URL.
fn set(mut options: SqliteConnectOptions, settings: &str) -> Result<SqliteConnectOptions, StoreError> {
    for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        options = match (name, value.parse::<u32>()) {
            ("busy_timeout", Ok(millis)) => options.busy_timeout(Duration::from_millis(millis.into())),
            ("max_page_count", Ok(pages)) => options.pragma("max_page_count", pages.to_string()),
            _ => return Err(Unavailable::Setting(setting.to_owned()).into()),
        };
    }
    Ok(options)
}

#[async_trait]
impl Dialect for Sqlite {
    async fn read(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        let Some(readers) = &self.readers else {
            return match self.write(vec![Step::new(text, args)]).await {
                Ok(done) => Ok(done.into_iter().flat_map(|done| done.rows).collect()),
                Err(WriteError::Store(error)) => Err(error),
                Err(WriteError::Refused(_)) => Err(self.stopped()),
            };
        };
        let fault = |error| unavailable(&error, &self.place);
        let rows = sqlx::query_with(text.sqlite, bind(args)).fetch_all(readers).await.map_err(fault)?;
        rows.iter().map(cells).collect::<Result<_, _>>().map_err(fault)
    }

    async fn write(&self, steps: Vec<Step>) -> Result<Vec<Done>, WriteError> {
        let (answer, answered) = oneshot::channel();
        let gone = || WriteError::Store(self.stopped());
        self.writer.send(Job { steps, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

fn bind(args: impl IntoIterator<Item = Arg>) -> SqliteArguments {
    let mut bound = SqliteArguments::default();
    for arg in args {
        // Texts and integers have no form that could not be bound.
        let _ = match arg {
            Arg::Text(text) => bound.add(text),
            Arg::Big(big) => bound.add(big),
        };
    }
    bound
}

fn cells(row: &SqliteRow) -> Result<Row, sqlx::Error> {
    let cell = |index| {
        let raw = row.try_get_raw(index)?;
        if raw.is_null() {
            Ok(Cell::Null)
        } else if <String as sqlx::Type<sqlx::Sqlite>>::compatible(&raw.type_info()) {
            row.try_get(index).map(Cell::Text)
        } else {
            row.try_get(index).map(Cell::Big)
        }
    };
    (0..row.len()).map(cell).collect::<Result<_, _>>().map(Row::new)
}

async fn check_version(connection: &mut SqliteConnection, place: &Database) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()")
        .fetch_one(connection)
        .await
        .map_err(|error| unavailable(&error, place))?;
    if new_enough(&version) {
        return Ok(());
    }
    Err(Unavailable::OldSqlite(version).into())
}

fn new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next()) >= OLDEST
}

/// Applies what is missing, each migration in a transaction of its own together with its record.
async fn migrate(connection: &mut SqliteConnection, place: &Database) -> Result<(), StoreError> {
    let fault = |error| unavailable(&error, place);
    sqlx::raw_sql(migration::CREATE_TABLE).execute(&mut *connection).await.map_err(fault)?;
    loop {
        let mut transaction = connection.begin_with("begin immediate").await.map_err(fault)?;
        // Read inside the transaction, because another process may be migrating the same file.
        let applied: Vec<(String, String)> =
            sqlx::query_as(migration::APPLIED).fetch_all(&mut *transaction).await.map_err(fault)?;
        let text = |migration: &Migration| migration.sqlite;
        let Some(next) = migration::pending(&applied, text)?.first() else {
            return transaction.rollback().await.map_err(fault);
        };
        sqlx::raw_sql(next.sqlite).execute(&mut *transaction).await.map_err(fault)?;
        let record = sqlx::query(migration::RECORD).bind(next.name).bind(migration::checksum(next.sqlite));
        record.execute(&mut *transaction).await.map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
    }
}

/// The primary result code of SQLite.
fn primary_code(error: &sqlx::Error) -> Option<u32> {
    let sqlx::Error::Database(error) = error else { return None };
    error.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}

/// What was the matter, by SQLite's result code.
fn unavailable(error: &sqlx::Error, place: &Database) -> StoreError {
    let fault = match primary_code(error) {
        Some(5 | 6) => Fault::Locked,
        Some(8) => Fault::NotWritable,
        Some(10) => Fault::Disk,
        Some(11) => Fault::Damaged,
        Some(13) => Fault::DiskFull,
        Some(14) => Fault::NotOpened,
        Some(26) => Fault::NoDatabase,
        _ => Fault::Other(error.to_string()),
    };
    Unavailable::Fault { database: place.clone(), fault }.into()
}

/// The same error for everybody whose unit was in the group.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Unavailable(why) => StoreError::Unavailable(why.clone()),
        StoreError::Inconsistent { table, what } => StoreError::Inconsistent { table, what: what.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_linked_sqlite_does_not_lose_committed_work() {
        let mut connection = SqliteConnectOptions::new().in_memory(true).connect().await.unwrap();
        check_version(&mut connection, &Database::Memory).await.unwrap();
        assert!(new_enough("3.51.3") && new_enough("3.52.0") && new_enough("4.0.0"));
        assert!(!new_enough("3.51.2") && !new_enough("3.40.1") && !new_enough("nonsense"));
    }
}
