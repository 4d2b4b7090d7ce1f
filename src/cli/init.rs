//! `loket init`: a first configuration from a few answers or from a starter pack, and what to click in Discord.

mod ask;
mod place;

use super::{Stop, environment, no_output};
use crate::adapters::clock::SystemClock;
use crate::adapters::discord::needs;
use crate::config::starter::{self, Like};
use crate::config::{self, Folder, TextFile};
use crate::domain::Lang;
use crate::ports::Clock as _;
use crate::render::{Voice, Words};
use clap::Args as ClapArgs;
use std::io::{IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where the configuration goes when nothing is said.
const FOLDER: &str = "loket";

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder to write; it must be empty or not there yet.
    folder: Option<PathBuf>,
    /// Write the example of an office or a municipality, without questions.
    #[arg(long, value_name = "office|municipality")]
    template: Option<String>,
    /// Add what is missing to a folder that is not empty; what stands there is never overwritten.
    #[arg(long)]
    force: bool,
}

/// What is to be written, and for whom the rest is said.
struct Plan {
    files: Vec<TextFile>,
    /// In which language the administrator reads on.
    lang: Lang,
    /// The number of the application, where it is known.
    application: Option<String>,
}

pub(super) fn init(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let folder = args.folder.clone().or(config).unwrap_or_else(|| FOLDER.into());
    let template = args.template.as_deref().map(|name| like(name, voice)).transpose()?;
    // Before anything is asked: nobody answers twenty questions to hear that the folder is taken.
    place::check(&folder, args.force, voice)?;
    let token = environment("DISCORD_TOKEN").and_then(|token| needs::application_of(&token));
    let plan = match template {
        Some(like) => Plan { files: pack(like, voice)?, lang: voice.lang(), application: token },
        None => asked(token, voice)?,
    };
    let words = Words::new();
    let voice = Voice::new(&words, plan.lang);
    let written = place::write(&folder, &plan.files, args.force, voice)?;
    tell(&folder, &plan, &written, voice)?;
    Ok(ExitCode::SUCCESS)
}

fn like(name: &str, voice: Voice<'_>) -> Result<Like, Stop> {
    Like::from_code(name).ok_or_else(|| super::unknown(voice, "template", name, config::packs::NAMES.join(", ")))
}

fn pack(like: Like, voice: Voice<'_>) -> Result<Vec<TextFile>, Stop> {
    match Folder::embedded(like.code()) {
        Some(folder) => Ok(folder.read().0),
        None => Err(Stop::failed(voice.say("no-starter-pack").text())),
    }
}

/// Asks what it needs to know in the terminal.
fn asked(application: Option<String>, voice: Voice<'_>) -> Result<Plan, Stop> {
    if !std::io::stdin().is_terminal() {
        return Err(Stop::wrong(voice.say("init-no-terminal").text()));
    }
    let (input, output) = (std::io::stdin().lock(), anstream::stdout().lock());
    let words = Words::new();
    let (answers, application) = ask::Dialogue::new(input, output, &words, voice.lang()).answers(application)?;
    let today = SystemClock.now().with_timezone(&chrono_tz::Europe::Amsterdam).date_naive();
    let files = starter::files(&answers, today, Voice::new(&words, answers.lang));
    Ok(Plan { files, lang: answers.lang, application })
}

/// What was written, what is still to be filled in, what to click, and what comes next.
fn tell(folder: &Path, plan: &Plan, written: &place::Written, voice: Voice<'_>) -> Result<(), Stop> {
    let shown = folder.display().to_string();
    let mut lines = Vec::new();
    if written.new.is_empty() {
        lines.push(voice.say("init-nothing-new").text());
    } else {
        let files = written.new.join(", ");
        lines.push(voice.say("init-written").own("folder", &shown).own("files", files).text());
    }
    if !written.stands.is_empty() {
        lines.push(voice.say("init-stands").own("files", written.stands.join(", ")).text());
    }
    // What a remark says about such names is nothing to fill in.
    let is_open = |text: &str| text.lines().any(|line| !line.starts_with('#') && line.contains("\"local:"));
    let open = plan.files.iter().find(|file| file.name.starts_with("organisations/") && is_open(&file.text));
    if let Some(file) = open {
        lines.push(voice.say("init-fill-in").own("file", &file.name).text());
    }
    lines.push(String::new());
    let application = plan.application.as_deref().unwrap_or("APPLICATION_ID");
    let link = needs::invite_link(application);
    lines.push(voice.say("init-portal").own("link", link).text());
    if plan.application.is_none() {
        lines.push(voice.say("init-portal-application").text());
    }
    let permissions: Vec<String> = needs::Permission::ALL
        .into_iter()
        .map(|permission| voice.say("permission").pick("name", permission.code()).text())
        .collect();
    lines.push(voice.say("init-permissions").own("permissions", voice.all(&permissions)).text());
    lines.push(String::new());
    lines.push(voice.say("init-next").own("folder", shown).text());
    let mut out = anstream::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{line}")).map_err(|error| no_output(voice, &error))
}
