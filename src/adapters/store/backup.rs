//! Backups of a SQLite file, taken while Loket writes, and the way back.
//!
//! A backup says in itself that it is one: however it is put back, Loket finds the mark at its next start and takes what may have been
//! done outside after that moment for done with a lost answer (see `desk::recall`). A copy that forgot this could order twice.

use super::journal::hex;
use super::{open, sqlite, statement, verify};
use crate::domain::{Instant, OrganisationId};
use crate::ports::{Clock as _, Entropy, Restored, StoreError, fresh_uuid};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The mark that says how far the way back from a backup is.
pub(super) const MARK: &str = "restored";
/// The mark in a backup that says what is in it.
pub(super) const MANIFEST: &str = "backup";

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of Loket that took it.
    pub version: String,
    /// When it was begun. What was committed by then is in it.
    pub taken: Instant,
    /// The newest migration of the database.
    pub migration: String,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// SHA-256 over the ends of all journals of each organisation, as in its weekly digest.
    pub anchors: BTreeMap<String, String>,
}

/// Why there is no backup, or no restoring.
#[derive(Debug)]
pub enum BackupError {
    /// The database is on a server, which has tools of its own.
    Server,
    /// There is no database to copy.
    Nothing(PathBuf),
    /// Something stands where it should go.
    Taken(PathBuf),
    /// The file is no backup of Loket's.
    NoBackup(PathBuf),
    /// The backup is not what it was when it was taken; what differs.
    Differs(String),
    /// The database is still that of an older release.
    Outdated,
    /// Loket is at work on the database.
    InUse,
    /// The operating system refuses.
    File {
        /// Which file.
        path: PathBuf,
        /// What it said.
        said: String,
    },
    /// The database refuses.
    Store(StoreError),
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The file of a URL.
fn file_of(url: &str) -> Result<&str, BackupError> {
    match url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) {
        Some(path) => Ok(path),
        None if url.starts_with("postgres://") || url.starts_with("postgresql://") => Err(BackupError::Server),
        None => {
            let scheme: String = url.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
            Err(StoreError::from(crate::ports::Unavailable::Scheme(scheme)).into())
        }
    }
}

/// Copies the database of a URL into a new file; nobody who writes waits for it. `now` is the moment at which it begins.
pub async fn back_up(url: &str, to: &Path, now: Instant) -> Result<Manifest, BackupError> {
    let (path, to) = (file_of(url)?.to_owned(), to.to_owned());
    let copying = tokio::task::spawn_blocking(move || sqlite::backup::copy(&path, &to, now));
    copying.await.map_err(|error| BackupError::Differs(error.to_string()))?
}

/// Whether a backup is whole: its pages, its rows, its anchors and every chain of hashes. Gives what is in it, and the rows that were
/// verified.
pub async fn verify(file: &Path) -> Result<(Manifest, u64), BackupError> {
    let onlooker = sqlite::backup::Onlooker::open(file)?;
    let manifest = onlooker.manifest(file)?;
    let found = onlooker.counted(&manifest)?;
    if found.rows != manifest.rows {
        let differs = |(table, rows): &(&String, &u64)| found.rows.get(*table) != Some(*rows);
        let table = manifest.rows.iter().find(differs).map_or("", |(table, _)| table);
        return Err(BackupError::Differs(table.to_owned()));
    }
    if found.anchors != manifest.anchors {
        return Err(BackupError::Differs("journal".into()));
    }
    let mut verified = 0;
    // The tables of another release are not known here; after restoring, `loket verify` looks at them.
    if found.migration == super::migration::ALL.last().map(|newest| newest.name).unwrap_or_default() {
        for organisation in manifest.anchors.keys() {
            verified += verify::verify(&onlooker, &OrganisationId::new(organisation.as_str())).await?;
        }
    }
    Ok((manifest, verified))
}

/// Puts a backup where no database is yet. Nothing is overwritten.
pub async fn restore(file: &Path, url: &str) -> Result<Manifest, BackupError> {
    let path = file_of(url)?;
    sqlite::backup::vacant(path)?;
    let (manifest, _) = verify(file).await?;
    let (file, path) = (file.to_owned(), path.to_owned());
    let putting = tokio::task::spawn_blocking(move || sqlite::backup::put(&file, &path));
    putting.await.map_err(|error| BackupError::Differs(error.to_string()))??;
    Ok(manifest)
}

/// Marks a database that was put back by other means from a copy that was taken then.
pub async fn mark_restored(url: &str, taken: Instant, entropy: Arc<dyn Entropy>) -> Result<(), BackupError> {
    let now = crate::adapters::clock::SystemClock.now();
    let holder = fresh_uuid(entropy.as_ref(), now).to_string();
    let store = open(url, entropy).await?;
    if store.lease(super::WRITER, &holder, now, now).await?.is_none() {
        return Err(BackupError::InUse);
    }
    Ok(store.set_restored(&Restored { taken, again: None, caught_up: false }).await?)
}

/// The text of the mark.
pub(super) fn mark_text(restored: &Restored) -> Result<String, StoreError> {
    serde_json::to_string(restored)
        .map_err(|error| StoreError::Inconsistent { table: "mark", what: format!("it has no JSON form: {error}") })
}

/// The anchors of all organisations in a database, as text.
pub(super) fn anchor_text(rows: Vec<super::dialect::Row>) -> Result<String, StoreError> {
    verify::anchor(rows).map(|hash| hex(&hash))
}

/// The ends of the journals of an organisation.
pub(super) const HEADS: super::dialect::Text = statement::HEADS;
