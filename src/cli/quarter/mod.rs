//! `loket demo --quarter`: three months of an office and of a municipality, simulated through the real desk; the same seed tells the
//! same story. What stands in the README as pictures comes from here.

mod chance;
mod company;
mod reports;
mod town;

use super::{Stop, load, words};
use crate::adapters::store;
use crate::config::Folder;
use crate::domain::calendar::instant_of;
use crate::render::Voice;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use town::Town;

/// The organisations that are simulated: pack, organisation, requests on a usual day.
const TOWNS: [(&str, &str, u64); 2] = [("office", "linde", 6), ("municipality", "waterhoek", 14)];

/// Plays the quarter and writes its reports to a folder.
pub(super) async fn quarter(folder: &Path, seed: u64, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Stop::failed(voice.say("demo-no-folder").own("said", error.to_string()).text()))?;
    for (pack, organisation, a_day) in TOWNS {
        let played = play(pack, organisation, a_day, seed, &folder.join(organisation), voice).await?;
        super::demo::show(&played);
    }
    Ok(ExitCode::SUCCESS)
}

async fn play(
    pack: &str,
    organisation: &str,
    a_day: u64,
    seed: u64,
    folder: &Path,
    voice: Voice<'_>,
) -> Result<String, Stop> {
    let no_pack = || Stop::failed(voice.say("no-starter-pack").text());
    let loaded = load(&Folder::embedded(pack).ok_or_else(no_pack)?, voice)?;
    std::fs::create_dir_all(folder)
        .map_err(|error| Stop::failed(voice.say("demo-no-folder").own("said", error.to_string()).text()))?;
    let file = tempfile::tempdir()
        .map_err(|error| Stop::failed(voice.say("demo-no-folder").own("said", error.to_string()).text()))?;
    let url = format!("sqlite:{}", file.path().join("quarter.db").display());
    let entropy = Arc::new(chance::SeededEntropy::new(seed));
    let store = store::open(&url, entropy).await.map_err(|error| Stop::failed(words::store(voice, &error)))?;
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).and_then(|day| day.and_hms_opt(7, 30, 0));
    let at = |month, date| instant_of(chrono_tz::Europe::Amsterdam, day(month, date).unwrap_or_default());
    let mut town = Town::new(loaded.register, organisation.into(), store, at(1, 5), seed);
    let failed = |error: crate::desk::DeskError| Stop::failed(words::desk(voice, &error));
    town.desk.settle_in().await.map_err(failed)?;
    town.plan(at(4, 1), a_day);
    town.live(at(4, 6)).await.map_err(failed)?;
    let (fulfilled, open) = town.counts().await.map_err(failed)?;
    let written = reports::write(&town, folder, "2026-1").await.map_err(|failure| match failure {
        reports::Failure::Desk(error) => failed(error),
        reports::Failure::Folder(error) => {
            Stop::failed(voice.say("demo-no-folder").own("said", error.to_string()).text())
        }
    })?;
    let told = voice.say("demo-quarter").own("organisation", organisation.to_owned());
    let told = told.own("fulfilled", fulfilled.to_string()).own("open", open.to_string());
    let files: Vec<String> = written.iter().map(|path| format!("  {}", path.display())).collect();
    Ok(format!("{}\n{}", told.text(), files.join("\n")))
}

/// Where the reports go unless a folder is named.
pub(super) fn usual_folder() -> PathBuf {
    PathBuf::from("quarter")
}
