//! What the folder says, and what it leaves open.

use super::Notes;
use crate::adapters::clock::SystemClock;
use crate::config::coverage::{Coverage, coverage, unfulfilled};
use crate::config::{Loaded, Severity, findings, opinion_findings, page_findings, secret};
use crate::ports::{Checked, Clock as _, Grade};
use crate::render::Voice;

pub(super) fn check(loaded: &Loaded, voice: Voice<'_>) -> Vec<Checked> {
    let mut notes = Notes::new(voice);
    let register = &loaded.register;
    let zone = register.organisations.values().next().map_or(chrono_tz::Europe::Amsterdam, |one| one.zone);
    let today = SystemClock.now().with_timezone(&zone).date_naive();
    let found = findings(register, today).into_iter().chain(opinion_findings(loaded)).chain(page_findings(loaded));
    for finding in found {
        let grade = match finding.severity() {
            Severity::Stuck => Grade::Stuck,
            Severity::Warning => Grade::Warning,
            Severity::Note => Grade::Note,
        };
        notes.add(grade, finding.sentence(voice));
    }
    for name in loaded.secrets() {
        if let Err(error) = secret::read(name, |variable| std::env::var_os(variable)) {
            notes.add(Grade::Stuck, error.sentence(voice));
        }
    }
    for (organisation, items) in unfulfilled(register) {
        let items: Vec<String> = items.iter().map(ToString::to_string).collect();
        let told = notes.say("check-nobody-does").own("organisation", organisation).own("items", voice.all(&items));
        notes.add(Grade::Stuck, told.text());
    }
    for (provider, covered) in coverage(register) {
        covers(&mut notes, &provider, &covered);
    }
    notes.lines
}

fn covers(notes: &mut Notes<'_>, provider: &str, covered: &Coverage) {
    let wants: Vec<String> = covered.wants.iter().map(|(field, count)| format!("{field} ({count})")).collect();
    let told = notes.say("check-coverage").own("provider", provider);
    let told = told.own("items", covered.items.len().to_string()).own("wants", notes.voice.all(&wants));
    let grade = if covered.unfilled.is_empty() { Grade::Note } else { Grade::Stuck };
    if covered.unfilled.is_empty() {
        notes.add(grade, told.text());
        return;
    }
    let missing: Vec<String> = covered.unfilled.iter().map(|(item, field)| format!("{item} ({field})")).collect();
    let told = notes.say("check-not-covered").own("provider", provider).own("fields", notes.voice.all(&missing));
    notes.add(grade, told.text());
}
