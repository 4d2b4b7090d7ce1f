//! The narrow waist between what is asked and who answers: texts, values, steps and rows. A database is whatever can run
//! these; everything else in the store is written once.

use crate::ports::{CommitError, StoreError};
use async_trait::async_trait;
use std::sync::Arc;

/// One statement in both dialects. Most are the same text; see the `statements!` macro for what differs.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// As SQLite reads it.
    pub sqlite: &'static str,
    /// As PostgreSQL reads it.
    pub postgres: &'static str,
}

/// A value that is bound. Columns are text, bigint or bytes, so these are all there are.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A text or null.
    Text(Option<String>),
    /// A bigint or null.
    Big(Option<i64>),
    /// What is in a file.
    Bytes(Arc<[u8]>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Arg {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(big: i64) -> Self {
        Self::Big(Some(big))
    }
}

impl From<Option<i64>> for Arg {
    fn from(big: Option<i64>) -> Self {
        Self::Big(big)
    }
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Null.
    Null,
    /// A text.
    Text(String),
    /// A bigint.
    Big(i64),
    /// What is in a file.
    Bytes(Vec<u8>),
}

/// A row that was read; takes its cells from left to right.
#[derive(Clone, Debug)]
pub struct Row {
    table: &'static str,
    cells: std::vec::IntoIter<Cell>,
}

impl Row {
    /// A row with these cells. The table is named in errors.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { table: "of a query", cells: cells.into_iter() }
    }

    /// Names the table for errors.
    pub fn of(self, table: &'static str) -> Self {
        Self { table, ..self }
    }

    /// The row cannot have been written by Loket.
    pub fn unfit(&self, what: impl Into<String>) -> StoreError {
        StoreError::Inconsistent { table: self.table, what: what.into() }
    }

    /// The next cell, a text.
    pub fn text(&mut self) -> Result<String, StoreError> {
        self.maybe_text()?.ok_or_else(|| self.unfit("a text is missing"))
    }

    /// The next cell, a text or null.
    pub fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        match self.cells.next() {
            Some(Cell::Text(text)) => Ok(Some(text)),
            Some(Cell::Null) => Ok(None),
            Some(Cell::Big(_) | Cell::Bytes(_)) | None => Err(self.unfit("something else stands where a text belongs")),
        }
    }

    /// The next cell, a bigint.
    pub fn big(&mut self) -> Result<i64, StoreError> {
        self.maybe_big()?.ok_or_else(|| self.unfit("a number is missing"))
    }

    /// The next cell, a bigint or null.
    pub fn maybe_big(&mut self) -> Result<Option<i64>, StoreError> {
        match self.cells.next() {
            Some(Cell::Big(big)) => Ok(Some(big)),
            Some(Cell::Null) => Ok(None),
            Some(Cell::Text(_) | Cell::Bytes(_)) | None => {
                Err(self.unfit("something else stands where a number belongs"))
            }
        }
    }

    /// The next cell, bytes.
    pub fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        match self.cells.next() {
            Some(Cell::Bytes(bytes)) => Ok(bytes),
            Some(Cell::Null | Cell::Text(_) | Cell::Big(_)) | None => Err(self.unfit("bytes are missing")),
        }
    }
}

/// What a step must come to, else the whole unit is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Whatever it comes to.
    Any,
    /// So many rows written.
    Changed(u64),
    /// So many rows read.
    Rows(u64),
}

/// What it means when a step does not come to what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something has changed since it was loaded.
    Conflict,
    /// Handled before.
    Seen,
    /// The lease was lost.
    Superseded,
}

/// One statement of a unit.
#[derive(Clone, Debug)]
pub struct Step {
    /// The statement.
    pub text: Text,
    /// Its values.
    pub args: Vec<Arg>,
    /// What it must come to.
    pub expect: Expect,
    /// What it means when it does not.
    pub refusal: Refusal,
}

impl Step {
    /// A step that may come to anything.
    pub fn new(text: Text, args: Vec<Arg>) -> Self {
        Self { text, args, expect: Expect::Any, refusal: Refusal::Conflict }
    }

    /// A step that must come to that.
    pub fn expecting(text: Text, args: Vec<Arg>, expect: Expect, refusal: Refusal) -> Self {
        Self { text, args, expect, refusal }
    }

    /// Holds what came against what was expected.
    pub fn judge(&self, done: &Done) -> Result<(), WriteError> {
        let met = match self.expect {
            Expect::Any => true,
            Expect::Changed(rows) => done.changed == rows,
            Expect::Rows(rows) => done.rows.len() as u64 == rows,
        };
        if met { Ok(()) } else { Err(WriteError::Refused(self.refusal)) }
    }
}

/// What a step came to.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Rows written.
    pub changed: u64,
    /// Rows read.
    pub rows: Vec<Row>,
}

/// Why a unit was undone.
#[derive(Debug)]
pub enum WriteError {
    /// A step did not come to what was expected, or a unique key was taken.
    Refused(Refusal),
    /// The database did not take it.
    Store(StoreError),
}

impl From<WriteError> for CommitError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(Refusal::Conflict) => Self::Conflict,
            WriteError::Refused(Refusal::Seen) => Self::Seen,
            WriteError::Refused(Refusal::Superseded) => Self::Superseded,
            WriteError::Store(error) => Self::Store(error),
        }
    }
}

/// What takes the rows of a long list, one after the other.
pub type Taker = Box<dyn FnMut(Row) -> Result<(), StoreError> + Send>;

/// A database that the store can stand on.
#[async_trait]
pub trait Dialect: Send + Sync + 'static {
    /// Reads a few rows with one statement.
    async fn read(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError>;

    /// Reads with one statement that may pass over many rows, and so must not hold up others meanwhile.
    async fn scan(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        self.read(text, args).await
    }

    /// The same for a list that grows with every request: each row is handed over, and none is kept where the database can do so.
    async fn each(&self, text: Text, args: Vec<Arg>, take: Taker) -> Result<(), StoreError> {
        self.scan(text, args).await?.into_iter().try_for_each(take)
    }

    /// Takes what was deleted off the disk, as far as the database can; `whole` writes everything anew.
    async fn scrub(&self, whole: bool) -> Result<(), StoreError>;

    /// Runs steps in one transaction, all or nothing, durable when it returns. The caller may be dropped at any moment.
    async fn write(&self, steps: Vec<Step>) -> Result<Vec<Done>, WriteError>;
}
