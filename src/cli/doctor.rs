//! `loket doctor`: what an accepted configuration still lacks.

use super::{Stop, load_or_starter};
use crate::config::{Severity, findings};
use crate::domain::Lang;
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

pub(super) async fn doctor(config: Option<PathBuf>, args: &Args, lang: Lang) -> Result<ExitCode, Stop> {
    let given = config.is_some();
    let loaded = load_or_starter(config, lang)?;
    let mut out = anstream::stdout().lock();
    let mut stuck = false;
    let now = crate::ports::Clock::now(&crate::adapters::clock::SystemClock);
    let zone = loaded.register.organisations.values().next().map_or(chrono_tz::Europe::Amsterdam, |one| one.zone);
    let mut lines = Vec::new();
    for finding in findings(&loaded.register, now.with_timezone(&zone).date_naive()) {
        let mark = match finding.severity() {
            Severity::Stuck => "✗",
            Severity::Warning => "!",
            Severity::Note => "·",
        };
        stuck |= finding.severity() == Severity::Stuck;
        lines.push(format!("{mark} {}", finding.sentence(lang)));
    }
    for problem in unset_secrets(&loaded) {
        stuck = true;
        lines.push(format!("✗ {problem}"));
    }
    lines.push(match (lines.is_empty(), given, lang) {
        (true, _, Lang::Nl) => "Alles in orde.".to_owned(),
        (true, _, Lang::En) => "All is well.".to_owned(),
        (false, true, Lang::Nl) => "✗ blokkeert · ! let op · · ter informatie".to_owned(),
        (false, true, Lang::En) => "✗ stuck · ! take care · · for your information".to_owned(),
        (false, false, Lang::Nl) => {
            "Dit is het meegeleverde voorbeeld; geef --config MAP voor je eigen configuratie.".to_owned()
        }
        (false, false, Lang::En) => {
            "This is the built-in example; give --config DIR for your own configuration.".to_owned()
        }
    });
    for line in lines {
        writeln!(out, "{line}").map_err(|error| Stop::failed(error.to_string()))?;
    }
    Ok(if stuck && !args.lenient { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Secrets that the configuration names and the environment does not have.
fn unset_secrets(loaded: &crate::config::Loaded) -> Vec<String> {
    loaded
        .secrets()
        .into_iter()
        .filter_map(|name| crate::config::secret::read(name, |variable| std::env::var_os(variable)).err())
        .map(|error| error.to_string())
        .collect()
}
