//! `loket person`: what Loket knows of somebody, to show it, to hand it out, and to erase it.

use super::{Stop, database, load, no_folder, no_output, no_store, which, words};
use crate::adapters::clock::SystemClock;
use crate::adapters::provider;
use crate::config::{Folder, Loaded};
use crate::desk::export::whole;
use crate::desk::person::{Elsewhere, Known, Meant, Own, erase as erase_texts, identify, know, organisation_events};
use crate::domain::register::{Connector, Organisation};
use crate::ports::{Clock as _, Provider, Store};
use crate::render::dossier::{Dossier, dossier};
use crate::render::person::{Part, Portrait, portrait};
use crate::render::{View, Voice, Words};
use clap::{Args as ClapArgs, Subcommand};
use secrecy::SecretString;
use std::io::{BufRead as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// So many numbers are named in a row.
const NAMED: usize = 20;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show in words what Loket knows of somebody.
    Show(WhoArgs),
    /// Write everything about somebody to a file, as JSON.
    Export(ExportArgs),
    /// Erase what somebody said, and what was written about their requests.
    Erase(EraseArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct WhoArgs {
    /// An account (discord:123…), a mail address, a name, or an entry of the organisation's file.
    #[arg(value_name = "ACCOUNT|NAME|MAIL")]
    who: String,
    /// The organisation; may be left out where there is one.
    #[arg(long)]
    organisation: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    of: WhoArgs,
    /// The file to write; nothing may stand there yet. `-` writes to standard output.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct EraseArgs {
    #[command(flatten)]
    of: WhoArgs,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Leave requests that are open as they are, and erase the rest.
    #[arg(long)]
    leave_open: bool,
}

/// What every one of the commands begins with.
struct Counter<'a> {
    loaded: Loaded,
    store: Arc<dyn Store>,
    voice: Voice<'a>,
}

pub(super) async fn person(config: Option<PathBuf>, command: &Command, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let Some(folder) = config else { return Err(no_folder(voice)) };
    let loaded = load(&Folder::on_disk(&folder), voice)?;
    let store = database::existing(&loaded, voice).await?;
    let counter = Counter { loaded, store, voice };
    match command {
        Command::Show(args) => counter.show(args).await,
        Command::Export(args) => counter.export(args).await,
        Command::Erase(args) => counter.erase(args).await,
    }
}

impl Counter<'_> {
    fn organisation(&self, args: &WhoArgs) -> Result<&Organisation, Stop> {
        which::organisation(self.loaded.register.organisations.values(), args.organisation.as_deref(), self.voice)
    }

    async fn known(&self, organisation: &Organisation, who: &str) -> Result<Known, Stop> {
        let failed = |error| Stop::failed(words::desk(self.voice, &error));
        let nobody = || Stop::wrong(self.voice.say("person-nobody").own("given", who).text());
        let subject = match identify(self.store.as_ref(), organisation, who).await.map_err(failed)? {
            Meant::One(subject) => *subject,
            Meant::Nobody => return Err(nobody()),
            Meant::Several(all) => {
                let told = self.voice.say("person-several").own("given", who).own("known", self.voice.any(&all));
                return Err(Stop::wrong(told.text()));
            }
        };
        let in_register = subject.person.is_some();
        let known = know(self.store.as_ref(), organisation, subject).await.map_err(failed)?;
        if known.is_empty() && !in_register { Err(nobody()) } else { Ok(known) }
    }

    async fn show(&self, args: &WhoArgs) -> Result<ExitCode, Stop> {
        let organisation = self.organisation(args)?;
        let known = self.known(organisation, &args.who).await?;
        self.print(&self.described(organisation, &args.who, &known))
    }

    fn print(&self, lines: &[String]) -> Result<ExitCode, Stop> {
        let mut out = anstream::stdout().lock();
        let written = lines.iter().try_for_each(|line| writeln!(out, "{line}")).and_then(|()| out.flush());
        written.map(|()| ExitCode::SUCCESS).map_err(|error| no_output(self.voice, &error))
    }

    /// What is known, a sentence for each sort of thing that there is.
    fn described(&self, organisation: &Organisation, who: &str, known: &Known) -> Vec<String> {
        let voice = self.voice;
        let mut lines = vec![voice.say("person-of").own("who", who).own("organisation", &organisation.name).text()];
        if let Some(entry) = known.subject.person.as_ref().and_then(|id| organisation.people.get(id)) {
            let file = format!("organisations/{}.toml", organisation.id);
            let told = voice.say("person-entry").own("id", entry.id.as_str()).own("name", &entry.name);
            lines.push(told.own("file", file).text());
        }
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        if !known.requests.is_empty() {
            let texts = known.requests.iter().map(|own| own.texts).sum::<usize>();
            let told = voice.say("person-requests").count("all", count(known.requests.len()));
            let told = told.count("open", count(known.open().count())).count("texts", count(texts));
            lines.push(told.own("numbers", numbers(known.requests.iter().map(|own| own.number))).text());
        }
        let said: Vec<&Elsewhere> = known.elsewhere.iter().filter(|one| !one.share.said.is_empty()).collect();
        if !said.is_empty() {
            let told = voice.say("person-said").count("requests", count(said.len()));
            lines.push(told.own("numbers", numbers(said.iter().map(|one| one.number))).text());
        }
        let decided = known
            .elsewhere
            .iter()
            .fold((0, 0), |(yes, no), one| (yes + i64::from(one.share.agreed), no + i64::from(one.share.declined)));
        if decided != (0, 0) {
            lines.push(voice.say("person-decided").count("yes", decided.0).count("no", decided.1).text());
        }
        if !known.absences.is_empty() {
            lines.push(voice.say("person-absences").count("count", count(known.absences.len())).text());
        }
        if !known.of_organisation.is_empty() {
            lines.push(voice.say("person-notes").count("count", count(known.of_organisation.len())).text());
        }
        let mentioned = known.elsewhere.iter().filter(|one| one.mentioned).count();
        if mentioned > 0 {
            lines.push(voice.say("person-mentioned").count("requests", count(mentioned)).text());
        }
        if known.is_empty() {
            lines.push(voice.say("person-nothing").text());
        }
        lines
    }

    async fn export(&self, args: &ExportArgs) -> Result<ExitCode, Stop> {
        let organisation = self.organisation(&args.of)?;
        let known = self.known(organisation, &args.of.who).await?;
        let words = Words::new();
        let now = SystemClock.now();
        let view = View::new(&words, &self.loaded.register, organisation, organisation.lang, now);
        let failed = |error| Stop::failed(words::desk(self.voice, &error));
        let mut dossiers = Vec::new();
        for own in &known.requests {
            let Some(found) = whole(self.store.as_ref(), organisation, own.id).await.map_err(failed)? else { continue };
            let of = Dossier { request: &found.request, story: &found.story, events: &found.events };
            dossiers.push(dossier(&view.with_history(&found.events), &of));
        }
        let mut elsewhere = Vec::new();
        for one in known.elsewhere.iter().filter(|one| !one.share.is_empty()) {
            let loaded =
                self.store.load(&organisation.id, one.id).await.map_err(|error| no_store(self.voice, &error))?;
            let Some(loaded) = loaded else { continue };
            let (words, rest): (Vec<_>, Vec<_>) =
                loaded.events.into_iter().partition(|recorded| one.share.said.contains(&recorded.seq));
            let named = rest.into_iter().filter(|recorded| known.subject.is_named(&recorded.event)).collect();
            elsewhere.push(Part { number: one.number, words, named });
        }
        let events = organisation_events(self.store.as_ref(), organisation, &known).await.map_err(failed)?;
        let text = portrait(
            &view,
            &Portrait {
                subject: &known.subject,
                entry: known.subject.person.as_ref().and_then(|id| organisation.people.get(id)),
                dossiers,
                elsewhere,
                organisation: events,
                absences: &known.absences,
                nudged: known.nudged,
            },
        );
        if args.output == Path::new("-") {
            let mut out = std::io::stdout().lock();
            let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            return written.map(|()| ExitCode::SUCCESS).map_err(|error| no_output(self.voice, &error));
        }
        self.write(&args.output, &text)?;
        self.print(&[self.voice.say("person-exported").own("file", args.output.display().to_string()).text()])
    }

    /// Only whoever runs the command may read it, and nothing is overwritten.
    fn write(&self, path: &Path, text: &str) -> Result<(), Stop> {
        let refused = |error: &std::io::Error| {
            let told = self.voice.say("person-file").own("file", path.display().to_string());
            Stop::wrong(told.own("said", error.to_string()).text())
        };
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Temporary files are for their owner alone; it gets its name once it is whole.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| refused(&error))?;
        file.write_all(text.as_bytes()).map_err(|error| refused(&error))?;
        file.persist_noclobber(path).map(|_| ()).map_err(|error| refused(&error.error))
    }

    async fn erase(&self, args: &EraseArgs) -> Result<ExitCode, Stop> {
        let organisation = self.organisation(&args.of)?;
        let known = self.known(organisation, &args.of.who).await?;
        let open: Vec<&Own> = known.open().collect();
        if !open.is_empty() && !args.leave_open {
            let told = self.voice.say("person-open").own("numbers", numbers(open.iter().map(|own| own.number)));
            return Err(Stop::wrong(told.text()));
        }
        let mut preview = self.described(organisation, &args.of.who, &known);
        preview.extend(self.what_goes(&known));
        preview.extend(self.what_stays(organisation, &known));
        self.print(&preview)?;
        if !args.yes && !self.agreed()? {
            return Err(Stop::wrong(self.voice.say("person-not-erased").text()));
        }
        let failed = |error| Stop::failed(words::desk(self.voice, &error));
        let gone = erase_texts(self.store.as_ref(), organisation, &known, SystemClock.now()).await.map_err(failed)?;
        let files = self.forget_files(&known).await;
        let told = self.voice.say("person-erased").count("texts", i64::from(gone.texts));
        let mut lines = vec![told.count("requests", i64::from(gone.requests)).count("files", i64::from(files)).text()];
        if gone.requests > 0 {
            lines.push(self.voice.say("person-posts").text());
        }
        // A second time too, in case that somebody was in the way at the first.
        if let Err(error) = self.store.scrub(true).await {
            let said = words::store(self.voice, &error);
            self.print(&lines)?;
            return Err(Stop::failed(self.voice.say("person-not-scrubbed").own("said", said).text()));
        }
        self.print(&lines)
    }

    fn what_goes(&self, known: &Known) -> Vec<String> {
        let wanted = known.to_erase();
        let nothing = wanted.requests.is_empty() && wanted.events.is_empty() && wanted.of_organisation.is_empty();
        if nothing {
            return vec![self.voice.say("person-goes-nothing").text()];
        }
        vec![self.voice.say("person-goes").text()]
    }

    /// What stays, and why.
    fn what_stays(&self, organisation: &Organisation, known: &Known) -> Vec<String> {
        let voice = self.voice;
        let mut lines = vec![voice.say("person-stays").text()];
        for own in known.requests.iter().filter(|own| own.closed) {
            let Some((code, number)) = &own.handed else { continue };
            let provider = self.loaded.register.providers.get(code).map_or(code.as_str(), |provider| &provider.name);
            let theirs = number.as_deref().or(own.reference.as_deref()).unwrap_or_default();
            lines.push(voice.say("person-stays-provider").own("provider", provider).own("number", theirs).text());
        }
        if known.subject.person.is_some() {
            let file = format!("organisations/{}.toml", organisation.id);
            lines.push(voice.say("person-stays-entry").own("file", file).text());
        }
        let waiting = known.elsewhere.iter().filter(|one| !one.closed && !one.share.said.is_empty());
        let waiting = numbers(waiting.map(|one| one.number));
        if !waiting.is_empty() {
            lines.push(voice.say("person-stays-open").own("numbers", waiting).text());
        }
        lines.push(voice.say("person-stays-outside").text());
        lines
    }

    /// Asks; whatever is no yes is a no.
    fn agreed(&self) -> Result<bool, Stop> {
        let mut out = anstream::stdout().lock();
        let asked = write!(out, "{} ", self.voice.say("person-sure").text()).and_then(|()| out.flush());
        asked.map_err(|error| no_output(self.voice, &error))?;
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        read.map_err(|error| Stop::failed(self.voice.say("person-no-answer").own("said", error.to_string()).text()))?;
        Ok(matches!(line.trim().to_lowercase().as_str(), "j" | "ja" | "y" | "yes"))
    }

    /// Orders that stand in folders of Loket's own go at once; whatever cannot go now is taken by the running Loket with the posts.
    async fn forget_files(&self, known: &Known) -> u32 {
        let outbox = Path::new(&self.loaded.process.outbox);
        let register = &self.loaded.register;
        let mut folders: Vec<Arc<dyn Provider>> = provider::rehearsals(register, outbox).into_values().collect();
        // A folder needs no secret.
        let none = |_: &str| Err::<SecretString, ()>(());
        let live = register.providers.values().filter(|one| matches!(one.connector, Connector::File { .. }));
        folders.extend(live.filter_map(|one| provider::connect_one(one, outbox, &none).ok()));
        let mut files = 0;
        for reference in known.requests.iter().filter(|own| own.closed).filter_map(|own| own.reference.as_deref()) {
            for folder in &folders {
                files += folder.forget(reference).await.unwrap_or_default();
            }
        }
        files
    }
}

/// `2026-0041, 2026-0042`, and dots where there are more.
fn numbers(all: impl Iterator<Item = Option<crate::domain::Number>>) -> String {
    let mut named: Vec<String> =
        all.map(|number| number.map_or_else(|| "–".to_owned(), |number| number.to_string())).take(NAMED + 1).collect();
    if named.len() > NAMED {
        named.truncate(NAMED);
        named.push("…".to_owned());
    }
    named.join(", ")
}
