//! A look at a database from outside: nothing is made, migrated or changed, so that it may be asked of one that is in use.

use super::migration::{self, Migration};
use super::{postgres, sqlite};
use crate::ports::{StoreError, Unavailable};
use std::collections::BTreeSet;
use std::time::Duration;

/// What a database looks like.
#[derive(Debug, Default)]
pub struct Inspected {
    /// The program that keeps it, with its version.
    pub engine: String,
    /// Whether Loket has been here: without it the first start makes everything.
    pub begun: bool,
    /// Migrations that were applied, and all that this program knows.
    pub migrations: (usize, usize),
    /// Why the migrations do not fit this program.
    pub misfit: Option<StoreError>,
    /// Whether the database found its own pages whole; `None` where that takes too long, or where it cannot be asked.
    pub whole: Option<bool>,
    /// Who stands in for somebody on that day or later: organisation and person.
    pub substitutes: BTreeSet<(String, String)>,
    /// How much each organisation has given up, where it has.
    pub given_up: Vec<(String, i64)>,
}

/// Looks at the database of a URL; `today` as 2026-05-14. Pages are checked for no longer than the limit.
pub async fn inspect(url: &str, today: &str, limit: Duration) -> Result<Inspected, StoreError> {
    if let Some(path) = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) {
        return sqlite::inspect(path, today.to_owned(), limit).await;
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return postgres::inspect(url, today.to_owned()).await;
    }
    let scheme: String = url.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
    Err(Unavailable::Scheme(scheme).into())
}

impl Inspected {
    /// With what was applied.
    pub(super) fn applied(mut self, applied: &[(String, String)], text: fn(&Migration) -> &'static str) -> Self {
        self.begun = !applied.is_empty();
        self.migrations = (applied.len(), migration::ALL.len());
        self.misfit = migration::pending(applied, text).err();
        self
    }
}

/// Who stands in, in both dialects.
pub(super) const SUBSTITUTES: &str =
    "select organisation, substitute from absence where until_day > $1 and substitute is not null";

/// What was given up, in both dialects.
pub(super) const GIVEN_UP: &str =
    "select organisation, count(*) from outbox where state = 'given-up' group by organisation order by organisation";
