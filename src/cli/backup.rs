//! `loket backup`, `loket restore` and `loket restored`.

use super::{Stop, database, no_output, words};
use crate::adapters::clock::{SystemClock, SystemEntropy};
use crate::adapters::store::backup::{self as store, BackupError, Manifest};
use crate::domain::Instant;
use crate::domain::calendar::instant_of;
use crate::ports::Clock as _;
use crate::render::Voice;
use chrono::NaiveDateTime;
use clap::Args as ClapArgs;
use secrecy::ExposeSecret as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Debug, ClapArgs)]
pub(super) struct BackupArgs {
    /// The file to write; nothing may stand there yet.
    file: PathBuf,
    /// Make nothing, but check that the backup in that file is whole.
    #[arg(long)]
    verify: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct RestoreArgs {
    /// The backup. It is put where the database is configured to be; nothing may stand there yet.
    file: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct RestoredArgs {
    /// When the copy was taken that was put back, such as 2026-11-27T10:00 (Dutch time) or 2026-11-27T09:00:00Z.
    #[arg(long, value_name = "MOMENT")]
    taken: String,
}

pub(super) async fn backup(config: Option<PathBuf>, args: &BackupArgs, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    if args.verify {
        let (manifest, verified) = store::verify(&args.file).await.map_err(|error| stop(voice, &error))?;
        let told = voice.say("backup-whole").own("file", shown(&args.file)).own("verified", verified.to_string());
        return show(voice, vec![told.text(), contents(voice, &manifest)]);
    }
    let url = database::named(config, voice)?;
    let made = store::back_up(url.expose_secret(), &args.file, SystemClock.now()).await;
    let manifest = made.map_err(|error| stop(voice, &error))?;
    let told = voice.say("backup-made").own("file", shown(&args.file));
    show(voice, vec![told.text(), contents(voice, &manifest)])
}

pub(super) async fn restore(config: Option<PathBuf>, args: &RestoreArgs, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let url = database::named(config, voice)?;
    let put = store::restore(&args.file, url.expose_secret()).await;
    let manifest = put.map_err(|error| stop(voice, &error))?;
    let told = voice.say("backup-restored").own("file", shown(&args.file));
    show(voice, vec![told.text(), contents(voice, &manifest), voice.say("backup-next").text()])
}

pub(super) async fn restored(config: Option<PathBuf>, args: &RestoredArgs, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let now = SystemClock.now();
    let taken = moment(&args.taken).filter(|taken| *taken <= now);
    let taken = taken.ok_or_else(|| Stop::wrong(voice.say("backup-no-moment").own("given", &args.taken).text()))?;
    let url = database::named(config, voice)?;
    database::there(&url, voice)?;
    let marked = store::mark_restored(url.expose_secret(), taken, Arc::new(SystemEntropy)).await;
    marked.map_err(|error| stop(voice, &error))?;
    let told = voice.say("backup-marked").own("taken", at(taken));
    show(voice, vec![told.text(), voice.say("backup-next").text()])
}

fn show(voice: Voice<'_>, lines: Vec<String>) -> Result<ExitCode, Stop> {
    let mut out = anstream::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{line}")).map_err(|error| no_output(voice, &error))?;
    Ok(ExitCode::SUCCESS)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// As people say it, in the zone that orders are dated in unless an organisation says otherwise.
fn at(moment: Instant) -> String {
    moment.with_timezone(&chrono_tz::Europe::Amsterdam).format("%Y-%m-%d %H:%M").to_string()
}

fn moment(text: &str) -> Option<Instant> {
    let exact = chrono::DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).ok();
    let local =
        || ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"].iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    exact.or_else(|| Some(instant_of(chrono_tz::Europe::Amsterdam, local()?)))
}

/// When it was taken, and what is in it.
fn contents(voice: Voice<'_>, manifest: &Manifest) -> String {
    let rows: u64 = manifest.rows.values().sum();
    let told = voice.say("backup-holds").own("taken", at(manifest.taken)).own("version", &manifest.version);
    let told = told.own("rows", rows.to_string()).own("requests", count(manifest, "request"));
    let anchors = manifest.anchors.iter().map(|(organisation, anchor)| {
        voice.say("backup-anchor").own("organisation", organisation).own("anchor", anchor).text()
    });
    std::iter::once(told.text()).chain(anchors).collect::<Vec<_>>().join("\n")
}

fn count(manifest: &Manifest, table: &str) -> String {
    manifest.rows.get(table).copied().unwrap_or_default().to_string()
}

/// What stands in the way and what helps. What was asked wrongly ends with 2, what went wrong with 1.
fn stop(voice: Voice<'_>, error: &BackupError) -> Stop {
    let wrong = |say: crate::render::words::Say<'_>| Stop::wrong(say.text());
    match error {
        BackupError::Server => wrong(voice.say("backup-server")),
        BackupError::Nothing(path) => wrong(voice.say("backup-nothing").own("file", shown(path))),
        BackupError::Taken(path) => wrong(voice.say("backup-taken").own("file", shown(path))),
        BackupError::NoBackup(path) => wrong(voice.say("backup-none").own("file", shown(path))),
        BackupError::Outdated => wrong(voice.say("backup-outdated")),
        BackupError::InUse => wrong(voice.say("backup-in-use")),
        BackupError::Differs(what) => Stop::failed(voice.say("backup-differs").own("what", what).text()),
        BackupError::File { path, said } => wrong(voice.say("backup-file").own("file", shown(path)).own("said", said)),
        BackupError::Store(error) => Stop::failed(words::store(voice, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_dutch_time_unless_it_says_otherwise() {
        let at = |text: &str| moment(text).map(|at| at.to_rfc3339());
        assert_eq!(at("2026-11-27T10:00").as_deref(), Some("2026-11-27T09:00:00+00:00"));
        assert_eq!(at("2026-07-01 10:00").as_deref(), Some("2026-07-01T08:00:00+00:00"));
        assert_eq!(at("2026-11-27T10:00:00Z").as_deref(), Some("2026-11-27T10:00:00+00:00"));
        for wrong in ["", "gisteren", "27-11-2026", "2026-13-01T10:00"] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
    }
}
