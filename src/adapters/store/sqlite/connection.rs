//! A connection: how it is opened, how a statement runs on it, and what its errors mean to people.

use super::super::dialect::{Arg, Cell, Done, Row};
use super::super::migration;
use crate::ports::{Database, Fault, StoreError, Unavailable};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, ffi, params};
use std::time::Duration;

/// The first release without the WAL-reset bug, which loses committed transactions.
const OLDEST: i32 = 3_051_003;
/// How long another process may hold the file before it is an error.
const PATIENCE: Duration = Duration::from_secs(5);
/// More than there are statements, so that each is compiled once for a connection.
const STATEMENTS: usize = 128;

/// What a database URL says.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    path: String,
    pub(super) patience: Duration,
    most_pages: Option<u32>,
}

impl Settings {
    /// Reads what stands after the scheme.
    pub(super) fn of(url: &str) -> Result<Self, StoreError> {
        let (path, settings) = url.split_once('?').unwrap_or((url, ""));
        let mut read = Self { path: path.to_owned(), patience: PATIENCE, most_pages: None };
        for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
            let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
            match (name, value.parse::<u32>()) {
                ("busy_timeout", Ok(millis)) => read.patience = Duration::from_millis(millis.into()),
                ("max_page_count", Ok(pages)) => read.most_pages = Some(pages),
                _ => return Err(Unavailable::Setting(setting.to_owned()).into()),
            }
        }
        Ok(read)
    }

    pub(super) fn in_memory(&self) -> bool {
        self.path == ":memory:"
    }

    /// How the database is named to people.
    pub(super) fn place(&self) -> Database {
        if self.in_memory() { Database::Memory } else { Database::File(self.path.clone()) }
    }

    /// A connection that writes.
    pub(super) fn writer(&self) -> rusqlite::Result<Connection> {
        let connection = self.connect()?;
        connection.busy_timeout(self.patience)?;
        if !self.in_memory() {
            connection.execute_batch("pragma journal_mode = wal")?;
        }
        // The writer's savepoints are kept in memory, and its cache holds the pages of a whole group, but not many more: a
        // commit after a page was split walks over all of them. The log is folded into the file every 16 MiB, so that a page
        // that many units touch is copied once. What is deleted is overwritten, since it may be what people wrote.
        connection.execute_batch(
            "pragma secure_delete = on; pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -8192; \
             pragma wal_autocheckpoint = 4096",
        )?;
        if let Some(pages) = self.most_pages {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        Ok(connection)
    }

    /// A connection that only reads, and does not wait for another process.
    pub(super) fn reader(&self) -> rusqlite::Result<Connection> {
        let connection = self.connect()?;
        connection.busy_timeout(Duration::ZERO)?;
        // There may be several, and a report walks through the whole file with each of them: what they keep would be as much as Loket
        // itself holds. The operating system has the pages at hand.
        connection.execute_batch("pragma query_only = on; pragma cache_size = -512")?;
        Ok(connection)
    }

    /// A connection that changes nothing, not even by being there; only to a file that exists.
    pub(super) fn onlooker(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(self.patience)?;
        Ok(connection)
    }

    /// Where the file is.
    pub(super) fn path(&self) -> &std::path::Path {
        std::path::Path::new(&self.path)
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        // Without `SQLITE_OPEN_URI`: a path is a path, whatever it looks like.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    }
}

/// Runs one statement to its end.
pub(super) fn run(connection: &Connection, text: &str, args: &[Arg]) -> rusqlite::Result<Done> {
    let mut rows = Vec::new();
    let changed = each(connection, text, args, |row| rows.push(row))?;
    Ok(Done { rows, changed })
}

/// The same, handing over one row after the other; says how many it changed.
pub(super) fn each(
    connection: &Connection,
    text: &str,
    args: &[Arg],
    mut take: impl FnMut(Row),
) -> rusqlite::Result<u64> {
    let mut statement = connection.prepare_cached(text)?;
    for (index, arg) in args.iter().enumerate() {
        match arg {
            Arg::Text(text) => statement.raw_bind_parameter(index + 1, text.as_deref())?,
            Arg::Big(big) => statement.raw_bind_parameter(index + 1, big)?,
            Arg::Bytes(bytes) => statement.raw_bind_parameter(index + 1, bytes.as_ref())?,
        }
    }
    let width = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        take((0..width).map(|index| cell(row, index)).collect::<Result<_, _>>().map(Row::new)?);
    }
    drop(rows);
    Ok(if statement.readonly() { 0 } else { connection.changes() })
}

fn cell(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<Cell> {
    match row.get_ref(index)? {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(big) => Ok(Cell::Big(big)),
        ValueRef::Text(_) => row.get(index).map(Cell::Text),
        ValueRef::Blob(bytes) => Ok(Cell::Bytes(bytes.to_vec())),
        other @ ValueRef::Real(_) => {
            Err(rusqlite::Error::InvalidColumnType(index, "a column".into(), other.data_type()))
        }
    }
}

/// Refuses a library that can lose committed work.
pub(super) fn check_version() -> Result<(), StoreError> {
    if new_enough(rusqlite::version_number()) {
        return Ok(());
    }
    Err(Unavailable::OldSqlite(rusqlite::version().to_owned()).into())
}

fn new_enough(version: i32) -> bool {
    version >= OLDEST
}

/// Applies what is missing, each migration in a transaction of its own together with its record.
pub(super) fn migrate(connection: &mut Connection, place: &Database) -> Result<(), StoreError> {
    let fault = |error| unavailable(&error, place);
    connection.execute_batch(migration::CREATE_TABLE).map_err(fault)?;
    loop {
        let behaviour = rusqlite::TransactionBehavior::Immediate;
        let transaction = connection.transaction_with_behavior(behaviour).map_err(fault)?;
        // Read inside the transaction, because another process may be migrating the same file.
        let applied = applied(&transaction).map_err(fault)?;
        let Some(next) = migration::pending(&applied, |migration| migration.sqlite)?.first() else {
            return transaction.rollback().map_err(fault);
        };
        transaction.execute_batch(next.sqlite).map_err(fault)?;
        let record = params![next.name, migration::checksum(next.sqlite)];
        transaction.execute(migration::RECORD, record).map_err(fault)?;
        transaction.commit().map_err(fault)?;
    }
}

pub(super) fn applied(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    connection.prepare(migration::APPLIED)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Somebody else holds what was asked for.
pub(super) fn busy() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None)
}

/// Whether somebody else holds what was asked for.
pub(super) fn is_locked(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked))
}

/// Whether a unique key was taken.
pub(super) fn is_taken(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    matches!(code, Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY))
}

/// What was the matter, by SQLite's result code.
pub(super) fn unavailable(error: &rusqlite::Error, place: &Database) -> StoreError {
    let fault = match error.sqlite_error().map(|error| error.extended_code & 0xff) {
        Some(ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED) => Fault::Locked,
        Some(ffi::SQLITE_READONLY) => Fault::NotWritable,
        Some(ffi::SQLITE_FULL) => Fault::DiskFull,
        Some(ffi::SQLITE_CANTOPEN) => Fault::NotOpened,
        Some(ffi::SQLITE_CORRUPT) => Fault::Damaged,
        Some(ffi::SQLITE_NOTADB) => Fault::NoDatabase,
        Some(ffi::SQLITE_IOERR) => Fault::Disk,
        _ => Fault::Other(error.to_string()),
    };
    Unavailable::Fault { database: place.clone(), fault }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linked_sqlite_does_not_lose_committed_work() {
        check_version().unwrap();
        assert!(new_enough(3_051_003) && new_enough(3_052_000) && new_enough(4_000_000));
        assert!(!new_enough(3_051_002) && !new_enough(3_040_001) && !new_enough(0));
    }

    /// How a statement is carried out, step by step.
    fn plan(connection: &Connection, text: &str) -> Vec<String> {
        let mut statement = connection.prepare(&format!("explain query plan {text}")).unwrap();
        (1..=statement.parameter_count()).for_each(|index| statement.raw_bind_parameter(index, 1).unwrap());
        let mut rows = statement.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            steps.push(row.get(3).unwrap());
        }
        steps
    }

    #[test]
    fn what_is_open_is_found_without_going_through_what_has_ended() {
        let connection = Connection::open_in_memory().unwrap();
        super::super::super::migration::ALL.iter().for_each(|one| connection.execute_batch(one.sqlite).unwrap());
        let all = super::super::super::statement::ALL;
        let of_open: Vec<_> = all.iter().filter(|(_, text)| text.sqlite.contains("closed_at is null")).collect();
        assert!(of_open.len() > 5);
        for (name, text) in of_open {
            let through_all = |step: &String| {
                let of_one = step.ends_with("PRIMARY KEY (organisation=?)");
                of_one || (step.starts_with("SCAN ") && !step.contains("INDEX request_"))
            };
            let steps = plan(&connection, text.sqlite);
            assert!(!steps.iter().any(through_all), "{name}: {steps:?}");
        }
    }

    #[test]
    fn a_number_that_nobody_wrote_as_text_or_bigint_is_refused() {
        let connection = Connection::open_in_memory().unwrap();
        assert_eq!(run(&connection, "select ?1, ?2", &["a".into(), 7.into()]).unwrap().rows.len(), 1);
        assert!(run(&connection, "select 0.5", &[]).is_err());
    }
}
