//! `loket doctor`: what an accepted configuration still lacks.

use super::{Stop, load_or_starter, no_output};
use crate::config::{Finding, Severity, findings, opinion_findings, page_findings};
use crate::render::Voice;
use clap::Args as ClapArgs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Also succeeds when something is stuck.
    #[arg(long)]
    lenient: bool,
}

pub(super) async fn doctor(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let given = config.is_some();
    let loaded = load_or_starter(config, voice)?;
    let mut out = anstream::stdout().lock();
    let mut stuck = false;
    let now = crate::ports::Clock::now(&crate::adapters::clock::SystemClock);
    let zone = loaded.register.organisations.values().next().map_or(chrono_tz::Europe::Amsterdam, |one| one.zone);
    let mut lines = Vec::new();
    let mut found = findings(&loaded.register, now.with_timezone(&zone).date_naive());
    found.extend(opinion_findings(&loaded));
    found.extend(page_findings(&loaded));
    found.sort_by_key(Finding::severity);
    for finding in found {
        let mark = match finding.severity() {
            Severity::Stuck => "✗",
            Severity::Warning => "!",
            Severity::Note => "·",
        };
        stuck |= finding.severity() == Severity::Stuck;
        lines.push(format!("{mark} {}", finding.sentence(voice)));
    }
    for problem in unset_secrets(&loaded, voice) {
        stuck = true;
        lines.push(format!("✗ {problem}"));
    }
    let end = match (lines.is_empty(), given) {
        (true, _) => voice.say("all-well"),
        (false, true) => voice.say("doctor-legend"),
        (false, false) => voice.say("doctor-example"),
    };
    lines.push(end.text());
    for line in lines {
        writeln!(out, "{line}").map_err(|error| no_output(voice, &error))?;
    }
    Ok(if stuck && !args.lenient { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Secrets that the configuration names and the environment does not have.
fn unset_secrets(loaded: &crate::config::Loaded, voice: Voice<'_>) -> Vec<String> {
    loaded
        .secrets()
        .into_iter()
        .filter_map(|name| crate::config::secret::read(name, |variable| std::env::var_os(variable)).err())
        .map(|error| error.sentence(voice))
        .collect()
}
