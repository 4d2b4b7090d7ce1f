//! Connections that only read, beside the one that writes.

use super::super::dialect::{Arg, Row};
use super::connection::{Settings, each, run};
use rusqlite::Connection;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Connections that are kept; when all are in use another is opened.
const KEPT: usize = 4;

pub(super) struct Readers {
    settings: Settings,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, idle: Mutex::new(Vec::new()) }
    }

    /// Reads without waiting for anybody.
    pub(super) fn at_once(&self, text: &str, args: &[Arg]) -> rusqlite::Result<Vec<Row>> {
        let connection = self.take()?;
        let rows = run(&connection, text, args)?.rows;
        self.give_back(connection);
        Ok(rows)
    }

    /// Reads, and waits so long as another process may hold the file. Only where it may block.
    pub(super) fn patiently(&self, text: &str, args: &[Arg]) -> rusqlite::Result<Vec<Row>> {
        let connection = self.take()?;
        connection.busy_timeout(self.settings.patience)?;
        let rows = run(&connection, text, args)?.rows;
        connection.busy_timeout(Duration::ZERO)?;
        self.give_back(connection);
        Ok(rows)
    }

    /// The same, handing over one row after the other.
    pub(super) fn each(&self, text: &str, args: &[Arg], take: impl FnMut(Row)) -> rusqlite::Result<()> {
        let connection = self.take()?;
        connection.busy_timeout(self.settings.patience)?;
        each(&connection, text, args, take)?;
        connection.busy_timeout(Duration::ZERO)?;
        self.give_back(connection);
        Ok(())
    }

    fn take(&self) -> rusqlite::Result<Connection> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // A connection that met an error is not given back: the next one is a new one.
        idle.map_or_else(|| self.settings.reader(), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(connection);
        }
    }
}
