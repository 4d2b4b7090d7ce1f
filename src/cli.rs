//! The command line: arguments in, one of the programs below, an exit code out.

mod backup;
mod checkup;
mod database;
mod demo;
pub mod discord;
mod doctor;
mod export;
mod health;
mod help;
mod init;
mod invoice;
mod language;
mod paper;
mod person;
mod policy;
mod provider;
mod quarter;
mod run;
mod tryout;
pub mod web;
mod which;
mod who;
mod words;

use crate::config::{self, Folder, Loaded};
use crate::domain::Lang;
use crate::ports::StoreError;
use crate::render::{Voice, Words};
use clap::{Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The service counter in the team chat.
#[derive(Debug, Parser)]
#[command(name = "loket", version, about, max_term_width = 100)]
pub struct Cli {
    /// The configuration folder.
    #[arg(long, global = true, env = "LOKET_CONFIG", value_name = "DIR")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the counter; uses Discord when DISCORD_TOKEN is set.
    Run,
    /// Play a leaking tap and an order of chairs through the whole life, in the terminal.
    Demo(demo::Args),
    /// Try the counter on a chat page of this computer: without an account, and nothing leaves it.
    Try(tryout::Args),
    /// Write a first configuration, and say what to click in Discord.
    Init(init::Args),
    /// Check configuration and mandates, and say what to mend.
    Doctor(doctor::Args),
    /// Show what would be understood from a message, and from which words.
    Understand(language::UnderstandArgs),
    /// Show the dates, numbers and amounts in a text.
    Extract(language::ExtractArgs),
    /// Questions about the approval rules.
    #[command(subcommand)]
    Policy(policy::Command),
    /// The connection to a provider.
    #[command(subcommand)]
    Provider(provider::Command),
    /// Who may approve something, and how to reach them.
    WhoMay(who::Args),
    /// Write requests to a spreadsheet, or everything about one of them.
    Export(export::Args),
    /// Read a provider's bill and lay it beside the orders; nothing is recorded.
    Invoice(invoice::Args),
    /// What Loket knows of somebody: show it, hand it out, erase it.
    #[command(subcommand)]
    Person(person::Command),
    /// Verify the hash chains of the journals.
    Verify,
    /// Ask a running Loket whether it is alive; exit code 0 when it is.
    Health(health::Args),
    /// Questions about the configuration.
    #[command(subcommand)]
    Config(paper::ConfigCommand),
    /// Print the completions of a shell.
    Completions(paper::CompletionsArgs),
    /// Print the manual page.
    Man,
    /// Copy the database into a new file, also while Loket runs.
    Backup(backup::BackupArgs),
    /// Put a backup where no database is yet.
    Restore(backup::RestoreArgs),
    /// Say of a database that was put back by other means that it was, so that nothing is sent twice.
    Restored(backup::RestoredArgs),
}

/// Runs the program; what went wrong is one sentence on standard error.
pub async fn main() -> ExitCode {
    let words = Words::new();
    let voice = Voice::new(&words, system_lang());
    let cli = match help::parsed(&words, voice) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let result = match cli.command {
        Command::Run => run::run(cli.config, voice).await,
        Command::Demo(args) => demo::demo(&args, voice).await,
        Command::Doctor(args) => doctor::doctor(cli.config, &args, voice).await,
        Command::Understand(args) => language::understand(cli.config, &args, voice),
        Command::Extract(args) => language::extract(&args, voice),
        Command::Policy(policy::Command::Test(args)) => policy::test(cli.config, &args, voice),
        Command::Provider(provider::Command::Check(args)) => provider::check(cli.config, &args, voice).await,
        Command::WhoMay(args) => who::ask(cli.config, &args, voice),
        Command::Export(args) => export::export(cli.config, &args, voice).await,
        Command::Invoice(args) => invoice::read(cli.config, &args, voice).await,
        Command::Person(command) => person::person(cli.config, &command, voice).await,
        Command::Verify => run::verify(cli.config, voice).await,
        Command::Health(args) => health::health(cli.config, &args, voice).await,
        Command::Completions(args) => paper::completions(&args, voice),
        Command::Config(paper::ConfigCommand::Reference) => paper::reference(voice),
        Command::Man => paper::manual(voice),
        Command::Backup(args) => backup::backup(cli.config, &args, voice).await,
        Command::Restore(args) => backup::restore(cli.config, &args, voice).await,
        Command::Restored(args) => backup::restored(cli.config, &args, voice).await,
        Command::Try(args) => tryout::tryout(cli.config, &args, voice).await,
        Command::Init(args) => init::init(cli.config, &args, voice),
    };
    match result {
        Ok(code) => code,
        Err(stop) => {
            let mut out = anstream::stderr().lock();
            for line in &stop.lines {
                let _ = writeln!(out, "{line}");
            }
            ExitCode::from(stop.code)
        }
    }
}

/// Why the program stops: sentences for people, and the exit code.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) lines: Vec<String>,
    pub(crate) code: u8,
}

impl Stop {
    /// Something went wrong.
    pub(crate) fn failed(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], code: 1 }
    }

    /// The arguments or the configuration are not right, told in one text.
    pub(crate) fn wrong(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], code: 2 }
    }
}

/// A value of an argument that is not one of those known.
fn unknown(voice: Voice<'_>, what: &'static str, given: &str, known: impl Into<String>) -> Stop {
    Stop::wrong(voice.say("unknown-value").pick("what", what).own("given", given).own("known", known).text())
}

/// What was to be shown cannot be written.
fn no_output(voice: Voice<'_>, error: &std::io::Error) -> Stop {
    Stop::failed(voice.say("no-output").own("said", error.to_string()).text())
}

/// No configuration folder was named.
fn no_folder(voice: Voice<'_>) -> Stop {
    Stop::wrong(voice.say("no-folder").text())
}

/// The database does not answer.
fn no_store(voice: Voice<'_>, error: &StoreError) -> Stop {
    Stop::failed(words::store(voice, error))
}

/// The language of the command line and the logs: Dutch where `LC_ALL`, `LC_MESSAGES` or `LANG` says so.
fn system_lang() -> Lang {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| environment(name).filter(|text| !text.is_empty()));
    match set {
        Some(locale) if locale.to_lowercase().starts_with("nl") => Lang::Nl,
        Some(_) | None => Lang::En,
    }
}

/// Reads a variable; only the command line does.
fn environment(name: &str) -> Option<String> {
    std::env::var_os(name)?.into_string().ok()
}

/// The configuration of a folder, or of the embedded starter pack where none is given.
fn load_or_starter(folder: Option<PathBuf>, voice: Voice<'_>) -> Result<Loaded, Stop> {
    let folder = match folder {
        Some(path) => Folder::on_disk(path),
        None => starter(voice)?,
    };
    load(&folder, voice)
}

fn starter(voice: Voice<'_>) -> Result<Folder, Stop> {
    Folder::embedded("office").ok_or_else(|| Stop::failed(voice.say("no-starter-pack").text()))
}

/// The configuration of a folder; all problems at once.
fn load(folder: &Folder, voice: Voice<'_>) -> Result<Loaded, Stop> {
    config::load(folder).map_err(|problems| {
        let mut lines = problems.sentences(voice);
        lines.push(voice.say("to-mend").own("count", lines.len().to_string()).text());
        Stop { lines, code: 2 }
    })
}
