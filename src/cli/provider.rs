//! `loket provider check`: the first real connection to a provider, step by step. Nothing is sent unless that is asked for and confirmed.

use super::{Stop, load_or_starter, no_output, unknown, words};
use crate::adapters::clock::{SystemClock, SystemEntropy};
use crate::adapters::mailbox;
use crate::adapters::provider::{self, Misconfigured};
use crate::config::Process;
use crate::config::secret::{self, SecretError};
use crate::domain::register::{Connector, Inbox, MailServer, Mode, ProviderSettings, Register, TopdeskAccount};
use crate::domain::{Lang, Trouble};
use crate::ports::{
    Certainty, Checked, Clock, Grade, Handover, Provider, ProviderError, Purpose, Receipt, fresh_token,
};
use crate::render::{self, Voice, Words};
use clap::{Args as ClapArgs, Subcommand};
use secrecy::SecretString;
use std::io::{BufRead as _, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Connect to a provider, say what stands in the way and what to try next. Nothing is sent.
    Check(Args),
}

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The provider: the name of its file without .toml.
    code: String,
    /// Also send one order that is marked as a test, after a question.
    #[arg(long)]
    send_test: bool,
    /// Do not ask before the test order is sent.
    #[arg(long, requires = "send_test")]
    yes: bool,
}

/// What was found so far.
pub(super) struct Findings<'v> {
    voice: Voice<'v>,
    faults: usize,
    /// Where lines are kept; in the terminal each is shown at once, since a server may take its time.
    kept: Option<Vec<Checked>>,
}

impl<'v> Findings<'v> {
    fn shown(voice: Voice<'v>) -> Self {
        Self { voice, faults: 0, kept: None }
    }

    /// For somebody who shows them later.
    pub(super) fn kept(voice: Voice<'v>) -> Self {
        Self { voice, faults: 0, kept: Some(Vec::new()) }
    }

    /// What was kept.
    pub(super) fn into_lines(self) -> Vec<Checked> {
        self.kept.unwrap_or_default()
    }

    fn line(&mut self, grade: Grade, text: &str) -> Result<(), Stop> {
        if let Some(kept) = &mut self.kept {
            kept.push(Checked { grade, text: text.to_owned() });
            return Ok(());
        }
        let mut out = anstream::stdout().lock();
        writeln!(out, "{} {text}", grade.sign())
            .and_then(|()| out.flush())
            .map_err(|error| no_output(self.voice, &error))
    }

    fn well(&mut self, text: &str) -> Result<(), Stop> {
        self.line(Grade::Well, text)
    }

    fn note(&mut self, text: &str) -> Result<(), Stop> {
        self.line(Grade::Note, text)
    }

    fn fault(&mut self, text: &str) -> Result<(), Stop> {
        self.faults += 1;
        self.line(Grade::Stuck, text)
    }

    /// What is wrong and what helps.
    fn trouble(&mut self, trouble: &Trouble) -> Result<(), Stop> {
        let text = render::trouble(self.voice, trouble).plain();
        match mend(trouble) {
            Some(what) => self.fault(&format!("{text} {}", self.voice.say("provider-mend").pick("what", what).text())),
            None => self.fault(&text),
        }
    }
}

pub(super) async fn check(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let loaded = load_or_starter(config, voice)?;
    let register = &loaded.register;
    let Some(settings) = register.providers.get(&args.code.as_str().into()) else {
        let known: Vec<&str> = register.providers.keys().map(|code| code.as_str()).collect();
        return Err(unknown(voice, "provider", &args.code, known.join(", ")));
    };
    let mut findings = Findings::shown(voice);
    findings.note(&heading(settings, voice))?;
    let connector = examine(settings, &loaded.process, &mut findings).await?;
    let mut sent = false;
    if let Some(connector) = connector.as_deref().filter(|_| args.send_test && findings.faults == 0) {
        sent = confirmed(args, settings, voice)?;
        if sent {
            send_test(settings, register, connector, &mut findings).await?;
        } else {
            findings.note(&voice.say("provider-nothing-sent").text())?;
        }
    }
    let next = match (findings.faults, sent, settings.by_hand(), settings.mode) {
        (1.., ..) => "mend",
        (_, _, true, _) => "by-hand",
        (_, false, ..) => "test",
        (_, true, _, Mode::DryRun) => "live",
        (_, true, _, Mode::Live) => "close",
    };
    findings.note(&voice.say("provider-next").pick("what", next).own("code", args.code.as_str()).text())?;
    Ok(if findings.faults > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Connects to a provider and to the mailbox in which it answers, and says what stands in the way. Nothing is handed over.
pub(super) async fn examine(
    settings: &ProviderSettings,
    process: &Process,
    findings: &mut Findings<'_>,
) -> Result<Option<Arc<dyn Provider>>, Stop> {
    let connector = connect(settings, Path::new(&process.outbox), findings)?;
    if let Some(connector) = &connector {
        health(settings, connector.as_ref(), findings).await?;
    }
    if let Some(inbox) = &settings.inbox {
        open_inbox(settings, inbox, findings).await?;
    }
    open_hooks(settings, process, findings)?;
    Ok(connector)
}

/// Whether events can come in, and where.
fn open_hooks(settings: &ProviderSettings, process: &Process, findings: &mut Findings<'_>) -> Result<(), Stop> {
    match provider::hook_keys(settings, &secret_of) {
        Ok(keys) if keys.is_empty() => Ok(()),
        Ok(_) => match process.listen {
            Some(listening) => {
                let address = format!("{}/hooks/{}", process.page_address(listening), settings.code);
                findings.well(&findings.voice.say("provider-hooks").own("address", address).text())
            }
            None => findings.fault(&findings.voice.say("provider-hooks-deaf").text()),
        },
        Err(problem) => misconfigured(problem, findings),
    }
}

/// Who it is, how it is reached, and whether anything leaves in daily life.
fn heading(settings: &ProviderSettings, voice: Voice<'_>) -> String {
    let (kind, to) = match &settings.connector {
        Connector::File { folder } => ("file", folder.as_str()),
        Connector::Email { to, .. } => ("email", to.as_str()),
        Connector::Manual { link, .. } => ("manual", link.as_deref().unwrap_or("–")),
        Connector::Rt { server, .. } => ("rt", server.url.as_str()),
        Connector::Topdesk { server, account: TopdeskAccount::Person, .. } => ("topdesk-person", server.url.as_str()),
        Connector::Topdesk { server, .. } => ("topdesk-operator", server.url.as_str()),
        Connector::Rest(rest) => ("rest", rest.server.url.as_str()),
    };
    let mode = match settings.mode {
        Mode::DryRun => "dry-run",
        Mode::Live => "live",
    };
    let way = voice.say("provider-way").pick("kind", kind).said("to", to).text();
    voice.say("provider-heading").said("name", &settings.name).own("way", way).pick("mode", mode).text()
}

fn secret_of(name: &str) -> Result<SecretString, SecretError> {
    secret::read(name, |variable| std::env::var_os(variable))
}

/// The real connector, also of a provider that is still rehearsed; `None` where there is none to try.
fn connect(
    settings: &ProviderSettings,
    outbox: &Path,
    findings: &mut Findings<'_>,
) -> Result<Option<Arc<dyn Provider>>, Stop> {
    if settings.by_hand() {
        return Ok(None);
    }
    match provider::connect_one(settings, outbox, &secret_of) {
        Ok(connector) => Ok(Some(connector)),
        Err(problem) => {
            misconfigured(problem, findings)?;
            Ok(None)
        }
    }
}

fn misconfigured(problem: Misconfigured<SecretError>, findings: &mut Findings<'_>) -> Result<(), Stop> {
    for line in words::misconfigured(findings.voice, &[problem]) {
        findings.fault(&line)?;
    }
    Ok(())
}

/// Who Loket is there, and every finding.
async fn health(
    settings: &ProviderSettings,
    connector: &dyn Provider,
    findings: &mut Findings<'_>,
) -> Result<(), Stop> {
    let voice = findings.voice;
    match connector.health().await {
        Ok(health) => {
            match &health.identity {
                Some(identity) => {
                    let told = voice.say("provider-identity").said("identity", identity).said("name", &settings.name);
                    findings.well(&told.text())?;
                }
                None if health.faults.is_empty() => findings.note(&voice.say("provider-no-identity").text())?,
                None => {}
            }
            for fault in &health.faults {
                findings.trouble(fault)?;
            }
            Ok(())
        }
        Err(error) => findings.trouble(why(&error)),
    }
}

/// Logs in to the mailbox in which answers arrive and opens its folder; no mail is read.
async fn open_inbox(settings: &ProviderSettings, inbox: &Inbox, findings: &mut Findings<'_>) -> Result<(), Stop> {
    let MailServer { host, port, password, .. } = &inbox.server;
    let password = password.as_deref().map(secret_of).transpose().map_err(provider::Unreachable::Secret);
    let made = password
        .and_then(|password| mailbox::connect(inbox, password).map_err(provider::Unreachable::Settings))
        .map_err(|why| Misconfigured { file: format!("providers/{}.toml", settings.code), why });
    let made = match made {
        Ok(made) => made,
        Err(problem) => return misconfigured(problem, findings),
    };
    match made.after(None, 1).await {
        Ok(_) => {
            let told = findings.voice.say("provider-inbox").said("folder", &inbox.folder);
            findings.well(&told.own("server", format!("{host}:{port}")).text())
        }
        Err(error) => findings.trouble(why(&error)),
    }
}

/// Whether the test order may leave.
fn confirmed(args: &Args, settings: &ProviderSettings, voice: Voice<'_>) -> Result<bool, Stop> {
    if args.yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Stop::wrong(voice.say("provider-no-terminal").text()));
    }
    let mut out = anstream::stdout().lock();
    write!(out, "{} ", voice.say("provider-confirm").said("name", &settings.name).text())
        .and_then(|()| out.flush())
        .map_err(|error| no_output(voice, &error))?;
    let mut answer = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut answer)
        .map_err(|error| Stop::failed(voice.say("no-input").own("said", error.to_string()).text()))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "j" | "ja" | "y" | "yes"))
}

/// Sends the test order through the real connector and looks for it again.
async fn send_test(
    settings: &ProviderSettings,
    register: &Register,
    connector: &dyn Provider,
    findings: &mut Findings<'_>,
) -> Result<(), Stop> {
    let voice = findings.voice;
    // The provider's people read it, in the language in which orders are written.
    let words = Words::new();
    let lang = register.organisations.values().next().map_or(Lang::Nl, |organisation| organisation.lang);
    let order = test_order(Voice::new(&words, lang));
    let own = |receipt: &Receipt| receipt.number.clone().unwrap_or_else(|| order.reference.clone());
    match connector.submit(&order).await {
        Ok(receipt) => {
            let told = voice.say("provider-sent").own("reference", &order.reference).own("number", own(&receipt));
            findings.well(&told.said("name", &settings.name).text())?;
        }
        Err(error) => {
            findings.trouble(why(&error))?;
            if !matches!(error, ProviderError::Unknown { .. }) {
                return Ok(());
            }
        }
    }
    if connector.certainty() == Certainty::Blind {
        return findings.note(&voice.say("provider-blind").own("reference", &order.reference).text());
    }
    match connector.find(&order).await {
        Ok(found) => match found.as_slice() {
            [one] => findings.well(&voice.say("provider-found").own("number", own(one)).text()),
            others => {
                let told = voice.say("provider-found-other").count("count", i64::try_from(others.len()).unwrap_or(2));
                findings.fault(&told.own("reference", &order.reference).text())
            }
        },
        Err(error) => findings.trouble(why(&error)),
    }
}

/// An order that nobody can take for a real one. Its reference belongs to no request.
fn test_order(voice: Voice<'_>) -> Handover {
    let now = SystemClock.now();
    let token = fresh_token(&SystemEntropy).as_str().to_owned();
    let reference = format!("TEST-{}-{token}", now.format("%Y-%m%d"));
    let title = voice.say("provider-test-title").text();
    Handover {
        order: reference.clone(),
        subject: format!("[#{reference}] {title}"),
        body: format!("{title}\n\n{}\n\n[#{reference}]", voice.say("provider-test-body").text()),
        reference,
        token,
        purpose: Purpose::Order,
        priority: None,
        wanted: None,
        number: None,
        attempt: 1,
        at: now,
        files: vec![],
    }
}

fn why(error: &ProviderError) -> &Trouble {
    let (ProviderError::Retry { why, .. }
    | ProviderError::Unknown { why }
    | ProviderError::Rejected { why }
    | ProviderError::NeedsPerson { why }) = error;
    why
}

/// What helps against a trouble whose own words name no mend, since in daily life it passes by itself.
fn mend(trouble: &Trouble) -> Option<&'static str> {
    match trouble {
        Trouble::WebUnreachable { .. } => Some("web"),
        Trouble::MailServer { .. } | Trouble::MailSilence { .. } | Trouble::MailboxServer { .. } => Some("mail"),
        Trouble::MailUnprotected { .. } | Trouble::MailboxUnprotected { .. } => Some("protection"),
        Trouble::WebSilence { .. }
        | Trouble::WebBusy { .. }
        | Trouble::WebBroken { .. }
        | Trouble::MailLater { .. } => Some("later"),
        Trouble::WebRefused { .. } | Trouble::MailUnanswered { .. } => Some("ask"),
        _ => None,
    }
}
