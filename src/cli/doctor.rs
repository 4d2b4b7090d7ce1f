//! `loket doctor`: everything that can be looked at before something gets stuck.

use super::checkup::{Section, look};
use super::{Stop, load_or_starter, no_output};
use crate::ports::Grade;
use crate::render::Voice;
use clap::Args as ClapArgs;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Also succeeds when something is stuck.
    #[arg(long)]
    lenient: bool,
    /// Also sends a mail to the organisation's own mailbox, and waits until it is there.
    #[arg(long)]
    mail: bool,
    /// One line of JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn doctor(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let given = config.is_some();
    let loaded = load_or_starter(config, voice)?;
    let sections = look(&loaded, args.mail, voice).await;
    let counts = counted(&sections);
    let text = if args.json { json(&sections, &counts) } else { page(&sections, &counts, given, voice) };
    let mut out = anstream::stdout().lock();
    writeln!(out, "{text}").map_err(|error| no_output(voice, &error))?;
    let stuck = counts.get(&Grade::Stuck).is_some_and(|count| *count > 0);
    Ok(if stuck && !args.lenient { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

type Counts = BTreeMap<Grade, usize>;

fn counted(sections: &[Section]) -> Counts {
    let mut counts: Counts = Grade::ALL.into_iter().map(|grade| (grade, 0)).collect();
    for line in sections.iter().flat_map(|section| &section.lines) {
        *counts.entry(line.grade).or_default() += 1;
    }
    counts
}

/// Area by area, in each the gravest first.
fn page(sections: &[Section], counts: &Counts, given: bool, voice: Voice<'_>) -> String {
    let mut lines = Vec::new();
    for section in sections.iter().filter(|section| !section.lines.is_empty()) {
        lines.push(voice.say("check-area").pick("area", section.area.code()).text());
        let mut found: Vec<_> = section.lines.iter().collect();
        found.sort_by_key(|line| line.grade);
        lines.extend(found.into_iter().map(|line| format!("  {} {}", line.grade.sign(), line.text)));
    }
    let count = |grade: Grade| counts.get(&grade).copied().unwrap_or_default().to_string();
    let told = voice.say("check-counts").own("stuck", count(Grade::Stuck)).own("warnings", count(Grade::Warning));
    let told = told.own("skipped", count(Grade::Skipped)).own("notes", count(Grade::Note));
    lines.push(told.own("well", count(Grade::Well)).text());
    if !given {
        lines.push(voice.say("doctor-example").text());
    }
    lines.join("\n")
}

fn json(sections: &[Section], counts: &Counts) -> String {
    let found: Vec<_> = sections
        .iter()
        .flat_map(|section| section.lines.iter().map(move |line| (section.area, line)))
        .map(|(area, line)| serde_json::json!({"area": area.code(), "severity": line.grade.code(), "what": line.text}))
        .collect();
    let counts: serde_json::Map<String, serde_json::Value> =
        counts.iter().map(|(grade, count)| (grade.code().to_owned(), (*count).into())).collect();
    serde_json::json!({"findings": found, "counts": counts}).to_string()
}
