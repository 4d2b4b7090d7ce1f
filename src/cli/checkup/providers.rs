//! Whether whoever does the work can be reached as configured. Nothing is handed over.

use super::super::provider::{Findings, examine};
use super::Notes;
use crate::config::{Loaded, Process};
use crate::domain::register::{Mode, ProviderSettings};
use crate::ports::{Checked, Grade};
use crate::render::Voice;

pub(super) async fn check(loaded: &Loaded, voice: Voice<'_>) -> Vec<Checked> {
    let looks = loaded.register.providers.values().map(|settings| one(settings, &loaded.process, voice));
    futures::future::join_all(looks).await.into_iter().flatten().collect()
}

async fn one(settings: &ProviderSettings, process: &Process, voice: Voice<'_>) -> Vec<Checked> {
    let mut notes = Notes::new(voice);
    if settings.by_hand() {
        notes.add(Grade::Note, notes.say("check-by-hand").said("name", &settings.name).text());
        return notes.lines;
    }
    let mut findings = Findings::kept(voice);
    // What cannot be shown in a terminal is kept here, so that nothing fails but the connection itself.
    let _ = examine(settings, process, &mut findings).await;
    for mut found in findings.into_lines() {
        // While it is rehearsed nothing depends on the connection yet.
        if settings.mode == Mode::DryRun && found.grade == Grade::Stuck {
            found.grade = Grade::Warning;
        }
        found.text = voice.say("check-of").said("name", &settings.name).own("what", found.text).text();
        notes.lines.push(found);
    }
    notes.lines
}
