//! The one task that writes.

use super::super::dialect::{Done, Refusal, Step, WriteError};
use super::{again, bind, cells, primary_code, unavailable};
use crate::ports::Database;
use futures::TryStreamExt as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Either, Executor as _};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The most units that share a commit.
const GROUP: usize = 64;
/// How many units of one shape run as one text. Each such text keeps its own compiled statements, so it is one number only.
const TOGETHER: usize = 8;

/// A unit that waits for the writer.
pub(super) struct Job {
    pub(super) steps: Vec<Step>,
    pub(super) answer: oneshot::Sender<Result<Vec<Done>, WriteError>>,
}

/// The one task that writes. It owns its connection, so that no caller can leave a transaction open.
pub(super) struct Writer {
    pub(super) options: SqliteConnectOptions,
    pub(super) place: Database,
    /// `None` after a fault that the connection may not have survived; the next group opens another.
    pub(super) connection: Option<SqliteConnection>,
    pub(super) texts: Texts,
}

impl Writer {
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
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
    place: &Database,
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
    place: &Database,
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
    place: &Database,
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
    place: &Database,
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
            Err(WriteError::Refused(Refusal::Conflict))
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
pub(super) struct Texts(HashMap<(Shape, usize, &'static str), Arc<str>>);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_stand_together_count_their_parameters_on() {
        let mut text = String::new();
        renumber(&mut text, "select $1, $12, $2", 3);
        assert_eq!(text, "select $4, $15, $5");
    }
}
