//! `loket demo --quarter`: three months of an office and of a municipality, simulated through the real desk; the same seed tells the
//! same story. What stands in the README as pictures comes from here.

mod bills;
mod chance;
mod company;
mod pictures;
mod reports;
mod town;

use super::{Stop, load, words};
use crate::adapters::store;
use crate::config::Folder;
use crate::domain::calendar::instant_of;
use crate::render::Voice;
use chrono::{Days, NaiveDate};
pub(super) use pictures::Camera;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use town::Town;

/// The organisations that are simulated: pack, organisation, requests on a usual day.
const TOWNS: [(&str, &str, u64); 2] = [("office", "linde", 6), ("municipality", "waterhoek", 14)];

/// What is asked for.
pub(super) struct Play {
    /// Where the reports go.
    pub(super) folder: PathBuf,
    /// From which everything that happens follows.
    pub(super) seed: u64,
    /// How many weeks are played; thirteen are the quarter.
    pub(super) weeks: u8,
    /// Who takes pictures of the reports.
    pub(super) camera: Option<Camera>,
}

/// Plays the quarter and writes its reports to a folder.
pub(super) async fn quarter(play: &Play, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    std::fs::create_dir_all(&play.folder).map_err(|error| unwritten(&play.folder, &error, voice))?;
    let mut reports = Vec::new();
    for (pack, organisation, a_day) in TOWNS {
        let (told, written) = self::play(pack, organisation, a_day, play, voice).await?;
        super::demo::show(&told);
        reports.push((organisation, written));
    }
    if let Some(camera) = &play.camera {
        let told = voice.say("demo-pictures").text();
        let taken = camera.takes(&reports, voice).await?;
        super::demo::show(&format!("{told}\n{}", listed(&taken)));
    }
    Ok(ExitCode::SUCCESS)
}

/// The reports cannot be put into that folder.
fn unwritten(folder: &Path, error: &std::io::Error, voice: Voice<'_>) -> Stop {
    let told = voice.say("demo-not-written").own("folder", folder.display().to_string());
    Stop::wrong(told.own("said", error.to_string()).text())
}

fn listed(files: &[PathBuf]) -> String {
    let lines: Vec<String> = files.iter().map(|path| format!("  {}", path.display())).collect();
    lines.join("\n")
}

async fn play(
    pack: &str,
    organisation: &str,
    a_day: u64,
    play: &Play,
    voice: Voice<'_>,
) -> Result<(String, Vec<PathBuf>), Stop> {
    let folder = &play.folder.join(organisation);
    let no_pack = || Stop::failed(voice.say("no-starter-pack").text());
    let loaded = load(&Folder::embedded(pack).ok_or_else(no_pack)?, voice)?;
    std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error, voice))?;
    let entropy = Arc::new(chance::SeededEntropy::new(play.seed));
    let store =
        store::open("sqlite::memory:", entropy).await.map_err(|error| Stop::failed(words::store(voice, &error)))?;
    let morning = |day: NaiveDate| {
        let at = day.and_hms_opt(7, 30, 0).unwrap_or_default();
        instant_of(chrono_tz::Europe::Amsterdam, at)
    };
    let monday = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default();
    let end = monday + Days::new(7 * u64::from(play.weeks));
    // The quarter ends in the middle of its last week.
    let last = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap_or_default().min(end);
    let beginning = morning(monday);
    let mut town = Town::new(loaded.register, organisation.into(), store, beginning, play.seed);
    let failed = |error: crate::desk::DeskError| Stop::failed(words::desk(voice, &error));
    town.desk.settle_in().await.map_err(failed)?;
    town.plan(morning(last), a_day);
    town.live(morning(end)).await.map_err(failed)?;
    let (fulfilled, open) = town.counts().await.map_err(failed)?;
    let written = reports::write(&town, folder, "2026-1").await.map_err(|failure| match failure {
        reports::Failure::Desk(error) => failed(error),
        reports::Failure::Folder(error) => unwritten(folder, &error, voice),
    })?;
    let told = voice.say("demo-quarter").own("organisation", organisation.to_owned());
    let told = told.own("fulfilled", fulfilled.to_string()).own("open", open.to_string());
    Ok((format!("{}\n{}", told.text(), listed(&written)), written))
}

/// Where the reports go unless a folder is named.
pub(super) fn usual_folder() -> PathBuf {
    PathBuf::from("quarter")
}
