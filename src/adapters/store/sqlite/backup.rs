//! Copies of a file, and back.

use super::super::backup::{BackupError, HEADS, MANIFEST, MARK, Manifest, anchor_text, mark_text};
use super::super::dialect::{Arg, Dialect, Done, Row, Step, Text, WriteError};
use super::super::migration;
use super::connection::{self, Settings, check_version, run};
use super::inspect::whole;
use crate::domain::Instant;
use crate::ports::{Database, Fault, Restored, StoreError, Unavailable};
use async_trait::async_trait;
use rusqlite::{Connection, OpenFlags, params};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Tables that say how this copy of the database is used, not what was done.
const BESIDE: [&str; 3] = ["lease", "mark", "migration"];

fn refused(path: &Path, error: &std::io::Error) -> BackupError {
    match error.kind() {
        std::io::ErrorKind::AlreadyExists => BackupError::Taken(path.to_owned()),
        kind => BackupError::File { path: path.to_owned(), said: kind.to_string() },
    }
}

/// The folder in which a file stands.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Copies what is committed now. The copy is made beside its place and appears there whole.
pub(in crate::adapters::store) fn copy(url: &str, to: &Path, now: Instant) -> Result<Manifest, BackupError> {
    let settings = Settings::of(url)?;
    check_version()?;
    let place = settings.place();
    let fault = |error: rusqlite::Error| BackupError::Store(connection::unavailable(&error, &place));
    if settings.in_memory() || !settings.path().exists() {
        return Err(BackupError::Nothing(settings.path().to_owned()));
    }
    if to.exists() {
        return Err(BackupError::Taken(to.to_owned()));
    }
    let beside = tempfile::Builder::new().prefix(".loket-backup-").tempfile_in(folder_of(to));
    let beside = beside.map_err(|error| refused(to, &error))?;
    let source = settings.onlooker().map_err(fault)?;
    up_to_date(&connection::applied(&source).map_err(fault)?)?;
    let name = beside.path().to_string_lossy().into_owned();
    // One read of one moment: in the write-ahead mode it holds up nobody.
    source.execute("vacuum into ?1", [&name]).map_err(fault)?;
    drop(source);
    let copy = Database::File(name.clone());
    let manifest = mark(&beside.path().to_string_lossy(), now).map_err(|error| match error {
        Marked::Sqlite(error) => BackupError::Store(connection::unavailable(&error, &copy)),
        Marked::Store(error) => BackupError::Store(error),
        Marked::Damaged => BackupError::Differs("pages".into()),
    })?;
    beside.as_file().sync_all().map_err(|error| refused(to, &error))?;
    beside.persist_noclobber(to).map_err(|error| refused(to, &error.error))?;
    sync_folder(to);
    Ok(manifest)
}

/// A database of an older release gets its tables when the newer one starts; until then this program knows too little of it.
fn up_to_date(applied: &[(String, String)]) -> Result<(), BackupError> {
    let pending = migration::pending(applied, |migration| migration.sqlite)?;
    if pending.is_empty() { Ok(()) } else { Err(BackupError::Outdated) }
}

enum Marked {
    Sqlite(rusqlite::Error),
    Store(StoreError),
    Damaged,
}

impl From<rusqlite::Error> for Marked {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<StoreError> for Marked {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Writes into the copy what it is, and that nobody holds it.
fn mark(path: &str, now: Instant) -> Result<Manifest, Marked> {
    let copy = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    copy.execute_batch("pragma journal_mode = delete; pragma synchronous = full")?;
    if whole(&copy)? != Some(true) {
        return Err(Marked::Damaged);
    }
    let manifest = count(&copy, env!("CARGO_PKG_VERSION").to_owned(), now)?;
    let text = serde_json::to_string(&manifest).unwrap_or_default();
    let restored = mark_text(&Restored { taken: now, again: None, caught_up: false })?;
    let put = "insert into mark (name, value) values (?1, ?2) on conflict (name) do update set value = excluded.value";
    copy.execute(put, params![MANIFEST, text])?;
    copy.execute(put, params![MARK, restored])?;
    copy.execute("update lease set ends_at = 0", [])?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(manifest)
}

/// What a copy holds.
fn count(copy: &Connection, version: String, taken: Instant) -> Result<Manifest, Marked> {
    let texts =
        |sql: &str| -> rusqlite::Result<Vec<String>> { copy.prepare(sql)?.query_map([], |row| row.get(0))?.collect() };
    let tables =
        texts("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")?;
    let mut rows = BTreeMap::new();
    for table in tables.into_iter().filter(|table| !BESIDE.contains(&table.as_str())) {
        // The names are those of the database's own tables.
        let count: i64 = copy.query_row(&format!("select count(*) from \"{table}\""), [], |row| row.get(0))?;
        rows.insert(table, u64::try_from(count).unwrap_or_default());
    }
    let mut anchors = BTreeMap::new();
    for organisation in texts("select distinct organisation from journal order by organisation")? {
        let heads = run(copy, HEADS.sqlite, &[organisation.as_str().into()])?.rows;
        anchors.insert(organisation, anchor_text(heads)?);
    }
    let migration = texts("select max(name) from migration")?.into_iter().next().unwrap_or_default();
    Ok(Manifest { version, taken, migration, rows, anchors })
}

/// A directory entry is on disk once its folder is. Where that cannot be asked for, the file itself still is.
fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder_of(path)) {
        let _ = folder.sync_all();
    }
}

/// Whether a database may be put there.
pub(in crate::adapters::store) fn vacant(url: &str) -> Result<PathBuf, BackupError> {
    let settings = Settings::of(url)?;
    let path = settings.path().to_owned();
    if settings.in_memory() {
        return Err(BackupError::Nothing(path));
    }
    // A log without its file would be taken for that of the new one.
    for beside in ["", "-wal", "-shm", "-journal"] {
        let path = PathBuf::from(format!("{}{beside}", path.display()));
        if path.exists() {
            return Err(BackupError::Taken(path));
        }
    }
    Ok(path)
}

/// Puts a copy of the backup there.
pub(in crate::adapters::store) fn put(file: &Path, url: &str) -> Result<(), BackupError> {
    let path = vacant(url)?;
    let failed = |error: &std::io::Error| refused(&path, error);
    let folder = folder_of(&path);
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut beside =
        tempfile::Builder::new().prefix(".loket-restore-").tempfile_in(folder).map_err(|error| failed(&error))?;
    let mut from = File::open(file).map_err(|error| refused(file, &error))?;
    std::io::copy(&mut from, beside.as_file_mut()).map_err(|error| failed(&error))?;
    beside.as_file().sync_all().map_err(|error| failed(&error))?;
    beside.persist_noclobber(&path).map_err(|error| failed(&error.error))?;
    sync_folder(&path);
    Ok(())
}

/// A connection that changes nothing, as the store's own verification reads.
pub(in crate::adapters::store) struct Onlooker {
    connection: Mutex<Connection>,
    place: Database,
}

impl Onlooker {
    /// Opens a file that is there.
    pub(in crate::adapters::store) fn open(file: &Path) -> Result<Self, BackupError> {
        check_version()?;
        if !file.is_file() {
            return Err(BackupError::NoBackup(file.to_owned()));
        }
        let place = Database::File(file.display().to_string());
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match Connection::open_with_flags(file, flags) {
            Ok(connection) => Ok(Self { connection: Mutex::new(connection), place }),
            Err(error) => Err(BackupError::Store(connection::unavailable(&error, &place))),
        }
    }

    fn with<T>(&self, look: impl FnOnce(&Connection) -> T) -> T {
        look(&self.connection.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the backup says of itself.
    pub(in crate::adapters::store) fn manifest(&self, file: &Path) -> Result<Manifest, BackupError> {
        let none = || BackupError::NoBackup(file.to_owned());
        let text: String = self
            .with(|connection| {
                connection.query_row("select value from mark where name = ?1", [MANIFEST], |row| row.get(0))
            })
            .map_err(|error| match connection::unavailable(&error, &self.place) {
                StoreError::Unavailable(Unavailable::Fault { fault: Fault::Other(_) | Fault::NoDatabase, .. }) => {
                    none()
                }
                error => BackupError::Store(error),
            })?;
        serde_json::from_str(&text).map_err(|_| none())
    }

    /// What it really holds.
    pub(in crate::adapters::store) fn counted(&self, said: &Manifest) -> Result<Manifest, BackupError> {
        let counted = self.with(|connection| {
            if whole(connection)? != Some(true) {
                return Err(Marked::Damaged);
            }
            count(connection, said.version.clone(), said.taken)
        });
        counted.map_err(|error| match error {
            Marked::Sqlite(error) => BackupError::Store(connection::unavailable(&error, &self.place)),
            Marked::Store(error) => BackupError::Store(error),
            Marked::Damaged => BackupError::Differs("pages".into()),
        })
    }
}

#[async_trait]
impl Dialect for Onlooker {
    async fn read(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        let read = self.with(|connection| run(connection, text.sqlite, &args).map(|done| done.rows));
        read.map_err(|error| connection::unavailable(&error, &self.place))
    }

    async fn scrub(&self, _: bool) -> Result<(), StoreError> {
        Err(Unavailable::Fault { database: self.place.clone(), fault: Fault::ReadOnly }.into())
    }

    async fn write(&self, _: Vec<Step>) -> Result<Vec<Done>, WriteError> {
        let fault = Fault::ReadOnly;
        Err(WriteError::Store(Unavailable::Fault { database: self.place.clone(), fault }.into()))
    }
}
