//! PostgreSQL: a transaction for each unit, and several instances side by side.
//!
//! Every piece of work runs in a task of its own that nobody cancels. A caller may be dropped at any moment, and a
//! transaction that was begun under it would otherwise stay open on a connection that goes back to the pool.

use super::dialect::{Arg, Cell, Dialect, Done, Refusal, Row, Step, Text, WriteError};
use super::inspect::{GIVEN_UP, Inspected, SUBSTITUTES};
use super::migration::{self, Migration};
use crate::ports::{Database, Fault, StoreError, Unavailable};
use async_trait::async_trait;
use futures::TryStreamExt as _;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::{
    Arguments as _, ConnectOptions as _, Connection as _, Either, Executor as _, PgConnection, Row as _, TypeInfo as _,
    ValueRef as _,
};
use std::time::Duration;

const CONNECTIONS: u32 = 16;
/// How long a caller waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// Limits on the server's side: a statement that hangs or a program that hangs inside a transaction must not hold up others.
/// And a commit that is answered is on disk, also where the server's own setting is not to wait.
const SETTINGS: &str = "set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'; \
    select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'";
/// Programs that open the same database at once migrate one after the other. The number only has to be the same for all.
const MIGRATING: &str = "set local statement_timeout = 0; select pg_advisory_xact_lock(5483920174)";

/// An open PostgreSQL database.
pub(super) struct Postgres {
    pool: PgPool,
    place: Database,
}

impl Postgres {
    /// Connects, and applies what migrations the database lacks.
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        // The reason is left out: it may quote a part of the URL, and the URL may hold a password.
        let options = url.parse::<PgConnectOptions>().map_err(|_| Unavailable::Url)?;
        let options = options.application_name("loket").statement_cache_capacity(256).disable_statement_logging();
        let name = options.get_database().unwrap_or_else(|| options.get_username());
        let at = format!("{}:{}", options.get_host(), options.get_port());
        let place = Database::Server { name: name.to_owned(), at };
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .after_connect(|connection, _| Box::pin(async move { connection.execute(SETTINGS).await.map(|_| ()) }))
            .connect_lazy_with(options.clone());
        let opened = Self { pool, place };
        let place = opened.place.clone();
        opened.apart(async move { prepare(&options, &place).await }).await??;
        Ok(opened)
    }

    /// Runs work to its end, whether or not the caller still waits.
    async fn apart<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Result<T, StoreError> {
        let broken_off = || Unavailable::Fault { database: self.place.clone(), fault: Fault::Closed };
        tokio::spawn(work).await.map_err(|_| broken_off().into())
    }
}

/// Connects directly, because a pool waits and then only tells that it waited.
async fn prepare(options: &PgConnectOptions, place: &Database) -> Result<(), StoreError> {
    let fault = |error| unavailable(&error, place);
    let mut connection = options.connect().await.map_err(fault)?;
    migrate(&mut connection, place).await?;
    connection.close().await.map_err(fault)
}

/// A look from outside, with a connection of its own.
pub(super) async fn inspect(url: &str, today: String) -> Result<Inspected, StoreError> {
    let options = url.parse::<PgConnectOptions>().map_err(|_| Unavailable::Url)?;
    let options = options.application_name("loket").disable_statement_logging();
    let name = options.get_database().unwrap_or_else(|| options.get_username()).to_owned();
    let place = Database::Server { name, at: format!("{}:{}", options.get_host(), options.get_port()) };
    let look = async {
        let mut connection = options.connect().await?;
        let version: String = sqlx::query_scalar("show server_version").fetch_one(&mut connection).await?;
        let found = Inspected { engine: format!("PostgreSQL {version}"), ..Inspected::default() };
        let known = |name: &'static str| sqlx::query_scalar::<_, bool>("select to_regclass($1) is not null").bind(name);
        if !known("migration").fetch_one(&mut connection).await? {
            return Ok(found.applied(&[], |migration| migration.postgres));
        }
        let applied: Vec<(String, String)> = sqlx::query_as(migration::APPLIED).fetch_all(&mut connection).await?;
        let mut found = found.applied(&applied, |migration| migration.postgres);
        if known("absence").fetch_one(&mut connection).await? {
            let rows =
                sqlx::query_as::<_, (String, String)>(SUBSTITUTES).bind(today).fetch_all(&mut connection).await?;
            found.substitutes = rows.into_iter().collect();
        }
        if known("outbox").fetch_one(&mut connection).await? {
            found.given_up = sqlx::query_as(GIVEN_UP).fetch_all(&mut connection).await?;
        }
        connection.close().await?;
        Ok(found)
    };
    look.await.map_err(|error: sqlx::Error| unavailable(&error, &place))
}

#[async_trait]
impl Dialect for Postgres {
    async fn read(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        let pool = self.pool.clone();
        let work = async move {
            let rows = sqlx::query_with(text.postgres, bind(args)).fetch_all(&pool).await?;
            rows.iter().map(cells).collect::<Result<_, _>>()
        };
        self.apart(work).await?.map_err(|error: sqlx::Error| unavailable(&error, &self.place))
    }

    async fn scrub(&self, whole: bool) -> Result<(), StoreError> {
        let pool = self.pool.clone();
        // A table that is written anew leaves its old file to the operating system. Neither may stand in a transaction.
        let text = if whole { "vacuum full private_value, file" } else { "vacuum private_value, file" };
        let work = async move { sqlx::raw_sql(text).execute(&pool).await.map(|_| ()) };
        self.apart(work).await?.map_err(|error: sqlx::Error| unavailable(&error, &self.place))
    }

    async fn write(&self, steps: Vec<Step>) -> Result<Vec<Done>, WriteError> {
        let (pool, place) = (self.pool.clone(), self.place.clone());
        self.apart(async move { unit(&pool, steps, &place).await }).await.map_err(WriteError::Store)?
    }
}

async fn unit(pool: &PgPool, steps: Vec<Step>, place: &Database) -> Result<Vec<Done>, WriteError> {
    let fault = |error| refused(&error, place);
    let mut transaction = pool.begin().await.map_err(fault)?;
    let mut all = Vec::with_capacity(steps.len());
    for mut step in steps {
        let args = bind(std::mem::take(&mut step.args));
        let result = run(&mut transaction, step.text, args).await.map_err(fault);
        match result.and_then(|done| step.judge(&done).map(|()| done)) {
            Ok(done) => all.push(done),
            Err(error) => {
                // The connection may be gone; then the server rolls back by itself.
                let _ = transaction.rollback().await;
                return Err(error);
            }
        }
    }
    transaction.commit().await.map_err(fault)?;
    Ok(all)
}

async fn run(connection: &mut PgConnection, text: Text, args: PgArguments) -> Result<Done, sqlx::Error> {
    let mut done = Done::default();
    let mut results = connection.fetch_many(sqlx::query_with(text.postgres, args));
    while let Some(result) = results.try_next().await? {
        match result {
            Either::Left(end) => done.changed += end.rows_affected(),
            Either::Right(row) => done.rows.push(cells(&row)?),
        }
    }
    Ok(done)
}

fn bind(args: Vec<Arg>) -> PgArguments {
    let mut bound = PgArguments::default();
    for arg in args {
        // Texts and integers have no form that could not be bound.
        let _ = match arg {
            Arg::Text(text) => bound.add(text),
            Arg::Big(big) => bound.add(big),
            Arg::Bytes(bytes) => bound.add(bytes.to_vec()),
        };
    }
    bound
}

fn cells(row: &PgRow) -> Result<Row, sqlx::Error> {
    let cell = |index| {
        let raw = row.try_get_raw(index)?;
        if raw.is_null() {
            return Ok(Cell::Null);
        }
        match raw.type_info().name() {
            "INT8" => row.try_get(index).map(Cell::Big),
            "BYTEA" => row.try_get(index).map(Cell::Bytes),
            // A number that stands in a statement itself.
            "INT4" => row.try_get::<i32, _>(index).map(|number| Cell::Big(number.into())),
            _ => row.try_get(index).map(Cell::Text),
        }
    };
    (0..row.len()).map(cell).collect::<Result<_, _>>().map(Row::new)
}

/// Applies what is missing, each migration in a transaction of its own together with its record.
async fn migrate(connection: &mut PgConnection, place: &Database) -> Result<(), StoreError> {
    let fault = |error| unavailable(&error, place);
    loop {
        let mut transaction = connection.begin().await.map_err(fault)?;
        sqlx::raw_sql(MIGRATING).execute(&mut *transaction).await.map_err(fault)?;
        sqlx::raw_sql(migration::CREATE_TABLE).execute(&mut *transaction).await.map_err(fault)?;
        let applied: Vec<(String, String)> =
            sqlx::query_as(migration::APPLIED).fetch_all(&mut *transaction).await.map_err(fault)?;
        let text = |migration: &Migration| migration.postgres;
        let Some(next) = migration::pending(&applied, text)?.first() else {
            return transaction.commit().await.map_err(fault);
        };
        sqlx::raw_sql(next.postgres).execute(&mut *transaction).await.map_err(fault)?;
        let record = sqlx::query(migration::RECORD).bind(next.name).bind(migration::checksum(next.postgres));
        record.execute(&mut *transaction).await.map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
    }
}

/// A unit that met another one is to be decided again; everything else is the database's fault.
fn refused(error: &sqlx::Error, place: &Database) -> WriteError {
    match error {
        sqlx::Error::Database(met) if met.is_unique_violation() => WriteError::Refused(Refusal::Conflict),
        // Two transactions that wait for each other, or that the server could not put in an order.
        sqlx::Error::Database(met) if matches!(met.code().as_deref(), Some("40001" | "40P01")) => {
            WriteError::Refused(Refusal::Conflict)
        }
        _ => WriteError::Store(unavailable(error, place)),
    }
}

/// What was the matter, by PostgreSQL's state code.
fn unavailable(error: &sqlx::Error, place: &Database) -> StoreError {
    let code = match error {
        sqlx::Error::Database(error) => error.code(),
        _ => None,
    };
    let fault = match (error, code.as_deref()) {
        (sqlx::Error::Io(_), _) => Fault::Unreachable,
        (sqlx::Error::Tls(_), _) => Fault::Untrusted,
        (sqlx::Error::PoolTimedOut, _) => Fault::NoConnection,
        (_, Some("28P01" | "28000")) => Fault::LogIn,
        (_, Some("3D000")) => Fault::Missing,
        (_, Some("42501")) => Fault::Rights,
        (_, Some("53100")) => Fault::DiskFull,
        (_, Some("53300")) => Fault::Connections,
        (_, Some("57014")) => Fault::Slow,
        (_, Some("57P01" | "57P02" | "57P03")) => Fault::Restarting,
        (_, Some("25006")) => Fault::ReadOnly,
        // The text of a data error (class 22) may quote the value.
        (sqlx::Error::Database(error), Some(code)) if !code.starts_with("22") => {
            Fault::Other(format!("{code}: {}", error.message()))
        }
        (_, Some(code)) => Fault::Other(code.to_owned()),
        _ => Fault::Other("no state code".to_owned()),
    };
    Unavailable::Fault { database: place.clone(), fault }.into()
}
