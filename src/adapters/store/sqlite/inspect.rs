//! A look at a file from outside.

use super::super::inspect::{GIVEN_UP, Inspected, SUBSTITUTES};
use super::connection::{self, Settings, check_version};
use super::stopped;
use crate::ports::StoreError;
use rusqlite::Connection;
use std::time::Duration;

/// What a file looks like. One that is not there yet is nothing wrong.
pub(in crate::adapters::store) async fn inspect(
    url: &str,
    today: String,
    limit: Duration,
) -> Result<Inspected, StoreError> {
    let settings = Settings::of(url)?;
    check_version()?;
    let found = Inspected { engine: format!("SQLite {}", rusqlite::version()), ..Inspected::default() };
    let found = found.applied(&[], |migration| migration.sqlite);
    if settings.in_memory() || !settings.path().exists() {
        return Ok(found);
    }
    let place = settings.place();
    let fault = |error: &rusqlite::Error| connection::unavailable(error, &place);
    let connection = settings.onlooker().map_err(|error| fault(&error))?;
    // Checking reads the whole file, which may be large.
    let stop = connection.get_interrupt_handle();
    let looking = tokio::task::spawn_blocking(move || look(&connection, found, &today));
    tokio::pin!(looking);
    let looked = match tokio::time::timeout(limit, &mut looking).await {
        Ok(looked) => looked,
        Err(_) => {
            stop.interrupt();
            looking.await
        }
    };
    looked.map_err(|_| stopped(&place))?.map_err(|error| fault(&error))
}

fn look(connection: &Connection, found: Inspected, today: &str) -> rusqlite::Result<Inspected> {
    let table = |name: &str| {
        let sql = "select exists (select 1 from sqlite_master where type = 'table' and name = ?1)";
        connection.query_row(sql, [name], |row| row.get::<_, bool>(0))
    };
    if !table("migration")? {
        return Ok(found);
    }
    let mut found = found.applied(&connection::applied(connection)?, |migration| migration.sqlite);
    if table("absence")? {
        let mut rows = connection.prepare(&SUBSTITUTES.replace('$', "?"))?;
        let rows = rows.query_map([today], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.substitutes = rows.collect::<rusqlite::Result<_>>()?;
    }
    if table("outbox")? {
        let mut rows = connection.prepare(GIVEN_UP)?;
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.given_up = rows.collect::<rusqlite::Result<_>>()?;
    }
    found.whole = whole(connection)?;
    Ok(found)
}

/// Whether all pages are where they belong; `None` when it was interrupted.
pub(super) fn whole(connection: &Connection) -> rusqlite::Result<Option<bool>> {
    match connection.query_row("pragma quick_check(1)", [], |row| row.get::<_, String>(0)) {
        Ok(said) => Ok(Some(said == "ok")),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) => Ok(None),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => Ok(Some(false)),
        Err(error) => Err(error),
    }
}
