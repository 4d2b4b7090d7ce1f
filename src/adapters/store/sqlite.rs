//! SQLite: one writer that commits groups, and a few readers beside it.
//!
//! Every commit waits for the disk once. Units that arrive while it waits share the next commit. One that fails is undone
//! alone, and nobody is answered before the commit that holds its unit is on disk.

use super::dialect::{Arg, Cell, Dialect, Done, Row, Step, Text, WriteError};
use super::migration::{self, Migration};
use crate::ports::StoreError;
use async_trait::async_trait;
use futures::TryStreamExt as _;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteRow, SqliteSynchronous,
};
use sqlx::{
    Arguments as _, AssertSqlSafe, ConnectOptions as _, Connection as _, Either, Executor as _, Row as _, ValueRef as _,
};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// The first release without the WAL-reset bug, which loses committed transactions.
const OLDEST: (u32, u32, u32) = (3, 51, 3);
/// The most units that share a commit.
const GROUP: usize = 64;
/// How many units of one shape run as one text. Each such text keeps its own compiled statements, so it is one number only.
const TOGETHER: usize = 8;
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
    place: String,
}

struct Job {
    steps: Vec<Step>,
    answer: oneshot::Sender<Result<Vec<Done>, WriteError>>,
}

impl Sqlite {
    /// Opens the file, or `:memory:`, and applies what migrations it lacks. After a question mark may stand how long another
    /// process may hold the file (`busy_timeout`, milliseconds) and how large it may grow (`max_page_count`, pages of 4 KiB).
    pub(super) async fn open(place: &str) -> Result<Self, StoreError> {
        let (path, settings) = place.split_once('?').unwrap_or((place, ""));
        let memory = path == ":memory:";
        let place = if memory { "the database in memory".to_owned() } else { format!("the database {path}") };
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
        StoreError::Unavailable { what: format!("{} was closed", self.place), mend: "start the program again".into() }
    }
}

/// Applies the settings of a URL.
fn set(mut options: SqliteConnectOptions, settings: &str) -> Result<SqliteConnectOptions, StoreError> {
    for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        options = match (name, value.parse::<u32>()) {
            ("busy_timeout", Ok(millis)) => options.busy_timeout(Duration::from_millis(millis.into())),
            ("max_page_count", Ok(pages)) => options.pragma("max_page_count", pages.to_string()),
            _ => {
                return Err(StoreError::Unavailable {
                    what: format!("the database URL has the setting {setting}"),
                    mend: "leave it out, or write busy_timeout=MILLISECONDS or max_page_count=PAGES".into(),
                });
            }
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

/// The one task that writes. It owns its connection, so that no caller can leave a transaction open.
struct Writer {
    options: SqliteConnectOptions,
    place: String,
    /// `None` after a fault that the connection may not have survived; the next group opens another.
    connection: Option<SqliteConnection>,
    texts: Texts,
}

impl Writer {
    async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut group = Vec::new();
        while jobs.recv_many(&mut group, GROUP).await > 0 {
            self.commit(std::mem::take(&mut group)).await;
        }
        if let Some(connection) = self.connection {
            // Closing folds the write-ahead log into the file; that it did not work is found at the next opening.
            let _ = connection.close().await;
        }
    }

    async fn commit(&mut self, jobs: Vec<Job>) {
        let (steps, answers): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.steps, job.answer)).unzip();
        let results = match self.transact(&steps).await {
            Ok(results) => results,
            Err(error) => {
                let fault = unavailable(&error, &self.place);
                steps.iter().map(|_| Err(WriteError::Store(again(&fault)))).collect()
            }
        };
        for (answer, result) in answers.into_iter().zip(results) {
            // A caller that was dropped meanwhile does not want the answer; its unit stands all the same.
            let _ = answer.send(result);
        }
    }

    /// Runs the units in one transaction. An error means that none of them was committed.
    async fn transact(&mut self, units: &[Vec<Step>]) -> Result<Vec<Result<Vec<Done>, WriteError>>, sqlx::Error> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        let result = group(&mut connection, &mut self.texts, units, &self.place).await;
        let whole = match &result {
            Ok(_) => true,
            // The fault may have ended the transaction already, or it never began; anything else costs the connection.
            Err(_) => match sqlx::raw_sql("rollback").execute(&mut connection).await {
                Ok(_) => true,
                Err(error) => primary_code(&error) == Some(1),
            },
        };
        self.connection = whole.then_some(connection);
        result
    }
}

/// Commits the units together. When one of them fails they are all undone and done again one by one, each in a savepoint of
/// its own: that is rare, and savepoints for everybody cost more.
async fn group(
    connection: &mut SqliteConnection,
    texts: &mut Texts,
    units: &[Vec<Step>],
    place: &str,
) -> Result<Vec<Result<Vec<Done>, WriteError>>, sqlx::Error> {
    match together(connection, texts, units, place).await? {
        Ok(done) => Ok(done.into_iter().map(Ok).collect()),
        Err(error) if units.len() == 1 => Ok(vec![Err(error)]),
        Err(_) => one_by_one(connection, texts, units, place).await,
    }
}

async fn together(
    connection: &mut SqliteConnection,
    texts: &mut Texts,
    units: &[Vec<Step>],
    place: &str,
) -> Result<Result<Vec<Vec<Done>>, WriteError>, sqlx::Error> {
    // Immediate, because a transaction that begins by reading loses to another writer without waiting.
    sqlx::raw_sql("begin immediate").execute(&mut *connection).await?;
    let shapes: Vec<Shape> = units.iter().map(|steps| shape(steps)).collect();
    let mut order: Vec<usize> = (0..units.len()).collect();
    // Units of one shape run as one text. They wait at the same time, so none of them depends on another.
    order.sort_by(|one, other| shapes[*one].cmp(&shapes[*other]));
    let mut all: Vec<Vec<Done>> = units.iter().map(|_| Vec::new()).collect();
    let mut rest = order.as_slice();
    while let Some(first) = rest.first() {
        let same = rest.iter().take(TOGETHER).take_while(|unit| shapes[**unit] == shapes[*first]).count();
        let (now, later) = rest.split_at(if same == TOGETHER { TOGETHER } else { 1 });
        let steps: Vec<&Step> = now.iter().flat_map(|unit| &units[*unit]).collect();
        let text = texts.of(&steps, &shapes[*first], now.len(), "");
        match run(connection, text, 0, &steps, place).await {
            Ok(done) => {
                let mut done = done.into_iter();
                for unit in now {
                    all[*unit] = done.by_ref().take(units[*unit].len()).collect();
                }
            }
            Err(error) => {
                // A full disk or the like may have ended the transaction already.
                return match sqlx::raw_sql("rollback").execute(&mut *connection).await {
                    Err(fault) if primary_code(&fault) != Some(1) => Err(fault),
                    _ => Ok(Err(error)),
                };
            }
        }
        rest = later;
    }
    sqlx::raw_sql("commit").execute(&mut *connection).await?;
    Ok(Ok(all))
}

async fn one_by_one(
    connection: &mut SqliteConnection,
    texts: &mut Texts,
    units: &[Vec<Step>],
    place: &str,
) -> Result<Vec<Result<Vec<Done>, WriteError>>, sqlx::Error> {
    sqlx::raw_sql("begin immediate; savepoint unit").execute(&mut *connection).await?;
    let mut results = Vec::with_capacity(units.len());
    for unit in units {
        let steps: Vec<&Step> = unit.iter().collect();
        // The savepoint of the unit before ends with the text of the next one.
        let text = texts.of(&steps, &shape(unit), 1, "release unit; savepoint unit");
        let result = run(connection, text, 2, &steps, place).await;
        if result.is_err() {
            sqlx::raw_sql("rollback to unit").execute(&mut *connection).await?;
        }
        results.push(result);
    }
    sqlx::raw_sql("commit").execute(&mut *connection).await?;
    Ok(results)
}

/// Runs steps in one go, because each statement on its own would cost a hop to the connection's thread. The first statements
/// of the text, so many as `skip` says, are not among the steps.
async fn run(
    connection: &mut SqliteConnection,
    text: Arc<str>,
    skip: usize,
    steps: &[&Step],
    place: &str,
) -> Result<Vec<Done>, WriteError> {
    let args = bind(steps.iter().flat_map(|step| step.args.iter().cloned()));
    let mut done: Vec<Done> = Vec::with_capacity(steps.len() + skip);
    let mut rows = Vec::new();
    let mut failed = None;
    {
        // The text is put together from constants; values are bound.
        let mut results = connection.fetch_many(sqlx::query_with(AssertSqlSafe(text), args));
        loop {
            match results.try_next().await {
                Ok(Some(Either::Right(row))) => match cells(&row) {
                    Ok(row) => rows.push(row),
                    Err(error) => failed = Some(error),
                },
                Ok(Some(Either::Left(end))) => {
                    done.push(Done { changed: end.rows_affected(), rows: std::mem::take(&mut rows) });
                }
                Ok(None) => break,
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
    }
    done.drain(..skip.min(done.len()));
    // A step that was refused comes before a later one that failed because of it.
    for (step, done) in steps.iter().zip(&done) {
        step.judge(done)?;
    }
    match failed {
        None => Ok(done),
        Some(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(WriteError::Refused(super::dialect::Refusal::Conflict))
        }
        Some(error) => Err(WriteError::Store(unavailable(&error, place))),
    }
}

/// The statements of a unit, each by where it stands, which is quicker than by what it says.
type Shape = Vec<usize>;

fn shape(steps: &[Step]) -> Shape {
    steps.iter().map(|step| step.text.sqlite.as_ptr().addr()).collect()
}

/// The texts of whole units, by the statements that they are put together from. There are as many as units have shapes.
#[derive(Default)]
struct Texts(HashMap<(Shape, usize, &'static str), Arc<str>>);

impl Texts {
    /// The text of these steps, which are those of so many units of that shape, after a prefix.
    fn of(&mut self, steps: &[&Step], shape: &Shape, units: usize, prefix: &'static str) -> Arc<str> {
        let text = self.0.entry((shape.clone(), units, prefix)).or_insert_with(|| {
            let mut text = String::from(prefix);
            let mut bound = 0;
            for step in steps {
                text.push_str("; ");
                renumber(&mut text, step.text.sqlite, bound);
                bound += step.args.len();
            }
            text.trim_start_matches("; ").into()
        });
        Arc::clone(text)
    }
}

/// Appends a statement with its parameters counted on from `by`, as those of a text that holds several must be.
fn renumber(text: &mut String, statement: &str, by: usize) {
    let mut parts = statement.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = part.split_at(digits);
        let number = number.parse::<usize>().map_or(0, |number| number + by);
        // Writing to a text cannot fail.
        let _ = write!(text, "${number}{rest}");
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

async fn check_version(connection: &mut SqliteConnection, place: &str) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()")
        .fetch_one(connection)
        .await
        .map_err(|error| unavailable(&error, place))?;
    if new_enough(&version) {
        return Ok(());
    }
    Err(StoreError::Unavailable {
        what: format!("this program holds SQLite {version}, which can lose committed work"),
        mend: "build it with SQLite 3.51.3 or newer".into(),
    })
}

fn new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next()) >= OLDEST
}

/// Applies what is missing, each migration in a transaction of its own together with its record.
async fn migrate(connection: &mut SqliteConnection, place: &str) -> Result<(), StoreError> {
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

/// What happened and what to do about it, for people who run the program.
fn unavailable(error: &sqlx::Error, place: &str) -> StoreError {
    let (what, mend) = match primary_code(error) {
        Some(5 | 6) => ("is locked by another process", "stop the other process that uses the file"),
        Some(8) => ("cannot be written", "give this user the right to write the file and its folder"),
        Some(13) => ("cannot grow: the disk is full", "free some space on the disk"),
        Some(14) => ("cannot be opened", "make its folder, and give this user the right to write in it"),
        Some(11) => ("is damaged", "stop the program and restore a backup"),
        Some(26) => ("is not a database", "name another file, or restore a backup"),
        Some(10) => ("cannot be read or written by the system", "look at the disk and its messages"),
        _ => {
            return StoreError::Unavailable {
                what: format!("{place} did not do what was asked: {error}"),
                mend: "look at the file and at the messages of the system, then start the program again".into(),
            };
        }
    };
    StoreError::Unavailable { what: format!("{place} {what}"), mend: mend.into() }
}

/// The same error for everybody whose unit was in the group.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Unavailable { what, mend } => StoreError::Unavailable { what: what.clone(), mend: mend.clone() },
        StoreError::Inconsistent { table, what } => StoreError::Inconsistent { table, what: what.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_stand_together_count_their_parameters_on() {
        let mut text = String::new();
        renumber(&mut text, "select $1, $12, $2", 3);
        assert_eq!(text, "select $4, $15, $5");
    }

    #[tokio::test]
    async fn the_linked_sqlite_does_not_lose_committed_work() {
        let mut connection = SqliteConnectOptions::new().in_memory(true).connect().await.unwrap();
        check_version(&mut connection, "the database").await.unwrap();
        assert!(new_enough("3.51.3") && new_enough("3.52.0") && new_enough("4.0.0"));
        assert!(!new_enough("3.51.2") && !new_enough("3.40.1") && !new_enough("nonsense"));
    }
}
