//! What packages bring along: completions for shells, and the manual page.

use super::{Stop, help, no_output, unknown};
use crate::render::{Voice, Words};
use clap::{Args as ClapArgs, Subcommand};
use clap_complete::Shell;
use std::io::Write;
use std::process::ExitCode;

#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    /// The shell: bash, zsh or fish.
    shell: String,
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print what each key of the configuration folder means, and its defaults.
    Reference,
}

pub(super) fn reference(voice: Voice<'_>) -> Result<ExitCode, Stop> {
    print(crate::config::reference::reference().as_bytes(), voice)
}

pub(super) fn completions(args: &CompletionsArgs, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let shell = match args.shell.as_str() {
        "bash" => Shell::Bash,
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        other => return Err(unknown(voice, "shell", other, "bash, zsh, fish")),
    };
    // Made whole first: a reader that went away must not break the generator.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut help::command(&Words::new(), voice.lang()), "loket", &mut text);
    print(&text, voice)
}

/// The manual page of the program, with its commands.
pub(super) fn manual(voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let page = help::manual(&Words::new(), voice).map_err(|error| no_output(voice, &error))?;
    print(page.as_bytes(), voice)
}

fn print(text: &[u8], voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(no_output(voice, &error)),
        _ => Ok(ExitCode::SUCCESS),
    }
}
