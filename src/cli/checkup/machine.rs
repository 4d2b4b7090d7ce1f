//! The machine under it: versions, the database, the disk.

use super::super::{database as configured, words};
use super::Notes;
use crate::adapters::clock::SystemClock;
use crate::adapters::store::inspect::{Inspected, inspect};
use crate::config::Loaded;
use crate::domain::{OrganisationId, PersonId};
use crate::ports::{Checked, Clock as _, Grade, StoreError};
use crate::render::Voice;
use chrono::Datelike as _;
use secrecy::ExposeSecret as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long the pages of a database may be checked.
const CHECK: Duration = Duration::from_secs(20);
/// Less than this and the next backup or busy day may fill the disk.
const LITTLE: u64 = 1 << 30;
/// Less than this and it may be full within the hour.
const NEARLY_NOTHING: u64 = 100 << 20;
/// Data on time zones older than this miss what governments changed since.
const OLD_ZONES: i32 = 2;

/// What the database told.
pub(super) struct Seen {
    /// The address, or the sentence that says why there is none.
    url: Result<secrecy::SecretString, String>,
    looked: Option<Result<Inspected, StoreError>>,
}

impl Seen {
    /// Who stands in for somebody in that organisation.
    pub(super) fn substitutes<'a>(&'a self, organisation: &'a OrganisationId) -> impl Iterator<Item = PersonId> + 'a {
        let found = self.looked.as_ref().and_then(|looked| looked.as_ref().ok());
        let all = found.into_iter().flat_map(|found| &found.substitutes);
        all.filter(|(own, _)| own == organisation.as_str()).map(|(_, person)| person.as_str().into())
    }

    /// The file that holds everything, where there is one.
    fn file(&self) -> Option<PathBuf> {
        let url = self.url.as_ref().ok()?.expose_secret();
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
        let path = path.split('?').next().unwrap_or(path);
        (path != ":memory:").then(|| path.into())
    }
}

/// Looks at the database, which others ask about too.
pub(super) async fn database(loaded: &Loaded, voice: Voice<'_>) -> Seen {
    let url = configured::url(loaded, voice).map_err(|stop| stop.lines.join(" "));
    let today = SystemClock.now().date_naive().to_string();
    let looked = match &url {
        Ok(url) => tokio::time::timeout(CHECK * 2, inspect(url.expose_secret(), &today, CHECK)).await.ok(),
        Err(_) => None,
    };
    Seen { url, looked }
}

pub(super) fn check(loaded: &Loaded, seen: Seen, voice: Voice<'_>) -> Vec<Checked> {
    let mut notes = Notes::new(voice);
    let now = SystemClock.now();
    let zones = chrono_tz::IANA_TZDB_VERSION;
    let told = notes.say("check-versions").own("version", env!("CARGO_PKG_VERSION")).own("zones", zones);
    notes.add(Grade::Note, told.text());
    notes.add(Grade::Note, notes.say("check-revision").own("revision", &*loaded.register.revision.0).text());
    let year: Option<i32> = zones.get(..4).and_then(|year| year.parse().ok());
    if year.is_none_or(|year| now.year() - year > OLD_ZONES) {
        notes.add(Grade::Warning, notes.say("check-old-zones").own("zones", zones).text());
    }
    kept(&mut notes, &seen);
    let outbox = Path::new(&loaded.process.outbox);
    let data = seen.file().map(|file| match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    });
    for folder in data.iter().map(PathBuf::as_path).chain([outbox]) {
        writable(&mut notes, folder);
    }
    if let Some(folder) = data {
        space(&mut notes, &folder);
    }
    notes.lines
}

fn kept(notes: &mut Notes<'_>, seen: &Seen) {
    let looked = match (&seen.url, &seen.looked) {
        (Err(why), _) => return notes.add(Grade::Stuck, why.clone()),
        (Ok(_), None) => return notes.add(Grade::Warning, notes.say("check-database-slow").text()),
        (Ok(_), Some(looked)) => looked,
    };
    match looked {
        Err(error) => notes.add(Grade::Stuck, words::store(notes.voice, error)),
        Ok(found) if !found.begun => {
            notes.add(Grade::Note, notes.say("check-database-new").own("engine", &found.engine).text());
        }
        Ok(found) => {
            let (applied, all) = found.migrations;
            if let Some(misfit) = &found.misfit {
                notes.add(Grade::Stuck, words::store(notes.voice, misfit));
            } else {
                let told = notes.say("check-database").own("engine", &found.engine).own("applied", applied.to_string());
                notes.add(Grade::Well, told.own("all", all.to_string()).text());
            }
            for (organisation, count) in &found.given_up {
                let told = notes.say("check-given-up").own("organisation", organisation).count("count", *count);
                notes.add(Grade::Warning, told.text());
            }
            match found.whole {
                Some(true) => notes.add(Grade::Well, notes.say("check-database-whole").text()),
                Some(false) => notes.add(Grade::Stuck, notes.say("check-database-damaged").text()),
                None => notes.add(Grade::Skipped, notes.say("check-database-unchecked").text()),
            }
        }
    }
}

/// Whether something can be written there, by writing it. A folder that is not there yet is made at the start, in the one above it.
fn writable(notes: &mut Notes<'_>, folder: &Path) {
    let standing = folder.ancestors().find(|above| above.is_dir() || above.as_os_str().is_empty());
    let standing = standing.filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let shown = folder.display().to_string();
    match tempfile::NamedTempFile::new_in(standing) {
        Ok(_) => notes.add(Grade::Well, notes.say("check-writable").own("folder", shown).text()),
        Err(error) => {
            let told = notes.say("check-not-writable").own("folder", shown).own("said", error.kind().to_string());
            notes.add(Grade::Stuck, told.text());
        }
    }
}

fn space(notes: &mut Notes<'_>, folder: &Path) {
    let Some(free) = free(folder) else { return };
    let grade = match free {
        free if free < NEARLY_NOTHING => Grade::Stuck,
        free if free < LITTLE => Grade::Warning,
        _ => Grade::Well,
    };
    let told = if grade == Grade::Well { notes.say("check-space") } else { notes.say("check-little-space") };
    let told = told.own("folder", folder.display().to_string()).own("free", size(free));
    notes.add(grade, told.text());
}

fn size(bytes: u64) -> String {
    match bytes >> 20 {
        megabytes if megabytes < 10 << 10 => format!("{megabytes} MB"),
        megabytes => format!("{} GB", megabytes >> 10),
    }
}

/// Bytes that this user may still write.
#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(folder).ok()?;
    Some(told.f_bavail.saturating_mul(told.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}
