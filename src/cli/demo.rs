//! `loket demo`: one leaking tap and one order of chairs, through the real desk, the real store and the real order text.

use super::quarter::{Camera, Play};
use super::{Stop, load_or_starter, unknown, words};
use crate::adapters::clock::{ManualClock, SystemEntropy};
use crate::adapters::local::{LocalChat, Posted, terminal};
use crate::adapters::{provider, store};
use crate::config::secret::SecretError;
use crate::desk::{Desk, DeskError, House};
use crate::domain::calendar::instant_of;
use crate::domain::register::{Connector, Mode};
use crate::domain::{AccountId, ChannelId, Lang, MessageRef};
use crate::ports::{Chat, Clock, CommandCall, Input, Mark, Pressed, Reacted};
use crate::render::message::Action;
use crate::render::{Voice, Words};
use chrono::{Duration, NaiveDate};
use clap::Args as ClapArgs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Does not pause between the lines.
    #[arg(long)]
    fast: bool,
    /// Plays three months of an office and a municipality instead, and writes their reports to a folder.
    #[arg(long)]
    quarter: bool,
    /// Where the reports of the quarter go.
    #[arg(long, value_name = "DIR", requires = "quarter")]
    folder: Option<PathBuf>,
    /// The seed of the quarter; the same one tells the same story.
    #[arg(long, default_value_t = 2026, requires = "quarter")]
    seed: u64,
    /// Plays so many weeks of the quarter.
    #[arg(long, value_name = "N", default_value_t = 13, requires = "quarter", value_parser = clap::value_parser!(u8).range(2..=13))]
    weeks: u8,
    /// Takes pictures of the digests, the agendas and the quarters too, and puts them there; by a browser of this computer.
    #[arg(long, value_name = "DIR", requires = "quarter")]
    pictures: Option<PathBuf>,
    /// Which browser takes the pictures; without it Chromium or Chrome where one is found.
    #[arg(long, value_name = "PROGRAM", requires = "pictures")]
    browser: Option<PathBuf>,
    /// The language of the story: nl or en; the counter answers in the language it is spoken to.
    #[arg(long)]
    lang: Option<String>,
}

/// The pause after something that wants to be read.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(240);

pub(super) async fn demo(args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let lang = match args.lang.as_deref() {
        Some("nl") => Lang::Nl,
        Some("en") => Lang::En,
        Some(other) => return Err(unknown(voice, "lang", other, "nl, en")),
        None => voice.lang(),
    };
    let words = Arc::new(Words::new());
    if args.quarter {
        let voice = Voice::new(&words, lang);
        let camera = match &args.pictures {
            Some(folder) => Some(Camera::ready(folder, args.browser.as_deref(), voice)?),
            None => None,
        };
        let folder = args.folder.clone().unwrap_or_else(super::quarter::usual_folder);
        let play = Play { folder, seed: args.seed, weeks: args.weeks, camera };
        return super::quarter::quarter(&play, voice).await;
    }
    let no_folder = |error: std::io::Error| voice.say("demo-no-folder").own("said", error.to_string()).text();
    let folder = tempfile::tempdir().map_err(|error| Stop::failed(no_folder(error)))?;
    let story = Story::open(folder.path().to_path_buf(), args.fast, Voice::new(&words, lang)).await;
    let played = story?.play().await;
    played.map_err(|error| Stop::failed(words::desk(voice, &error)))?;
    Ok(ExitCode::SUCCESS)
}

struct Story<'w> {
    desk: Desk,
    chat: LocalChat,
    clock: Arc<ManualClock>,
    outbox: PathBuf,
    shown: Vec<PathBuf>,
    fast: bool,
    voice: Voice<'w>,
}

impl<'w> Story<'w> {
    async fn open(folder: PathBuf, fast: bool, voice: Voice<'w>) -> Result<Self, Stop> {
        let mut loaded = load_or_starter(None, voice)?;
        for provider in loaded.register.providers.values_mut() {
            // Nothing is held back in the demonstration: the orders are really handed over, to a temporary folder.
            provider.mode = Mode::Live;
            provider.connector =
                Connector::File { folder: folder.join("outbox").join(provider.code.as_str()).display().to_string() };
        }
        let morning = NaiveDate::from_ymd_opt(2026, 3, 3).and_then(|day| day.and_hms_opt(9, 12, 0));
        let start = instant_of(chrono_tz::Europe::Amsterdam, morning.unwrap_or_default());
        let clock = Arc::new(ManualClock::at(start));
        let chat = LocalChat::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let outbox = folder.join("outbox");
        let none = |name: &str| Err(SecretError::Missing { name: name.to_owned() });
        let connectors = provider::connect(&loaded.register, &outbox, &none)
            .map_err(|problems| Stop { lines: words::misconfigured(voice, &problems), code: 1 })?;
        let url = format!("sqlite:{}", folder.join("demo.db").display());
        let entropy = Arc::new(SystemEntropy);
        let store = store::open(&url, entropy.clone()).await;
        let store = store.map_err(|error| Stop::failed(words::store(voice, &error)))?;
        let house = House::new(loaded.register, Arc::new(Words::new()), connectors);
        let port: Arc<dyn Chat> = Arc::new(chat.clone());
        let desk = Desk::new(store, port, Arc::clone(&clock) as Arc<dyn Clock>, entropy, house);
        Ok(Self { desk, chat, clock, outbox, shown: Vec::new(), fast, voice })
    }

    async fn play(&mut self) -> Result<(), DeskError> {
        self.desk.settle_in().await?;
        // What is said once in every channel was said before the story begins.
        self.desk.drain().await?;
        self.chat.observe(Box::new(|posted, edited| show(&terminal::posted(posted, edited))));
        self.tap().await?;
        self.chairs().await?;
        self.week().await?;
        self.tell("demo-end");
        Ok(())
    }

    async fn tap(&mut self) -> Result<(), DeskError> {
        self.head("demo-tap");
        let said = self.word("demo-tap-said");
        let source = self.says("alice", "facilitair", &said).await?;
        self.press("alice", &source, |action| matches!(action, Action::Confirm(_))).await?;
        self.mail().await;
        let number = self.number(&source);
        let tomorrow = self.word("demo-tap-date");
        self.command("sanne", "status", &[("id", &number), ("state", "planned"), ("date", &tomorrow)]).await?;
        self.wait(Duration::hours(25), "demo-next-day").await?;
        self.command("sanne", "status", &[("id", &number), ("state", "done")]).await?;
        self.press("alice", &source, |action| matches!(action, Action::Solved(_))).await
    }

    async fn chairs(&mut self) -> Result<(), DeskError> {
        self.head("demo-chairs");
        let said = self.word("demo-chairs-said");
        let source = self.says("alice", "facilitair", &said).await?;
        self.press("alice", &source, |action| matches!(action, Action::Confirm(_))).await?;
        let Some(card) = self.newest("goedkeuringen", |posted| !posted.marks.is_empty()) else { return Ok(()) };
        self.tell("demo-own-order");
        self.mark("alice", &card, Mark::Yes).await?;
        self.mark("bob", &card, Mark::Yes).await?;
        self.wait(Duration::seconds(61), "demo-grace").await?;
        self.mail().await;
        let number = self.number(&source);
        self.command("sanne", "status", &[("id", &number), ("state", "done")]).await?;
        self.press("alice", &source, |action| matches!(action, Action::Solved(_))).await
    }

    async fn week(&mut self) -> Result<(), DeskError> {
        let now = self.clock.now().with_timezone(&chrono_tz::Europe::Amsterdam);
        let monday = NaiveDate::from_ymd_opt(2026, 3, 9).and_then(|day| day.and_hms_opt(8, 0, 0)).unwrap_or_default();
        let until = instant_of(chrono_tz::Europe::Amsterdam, monday) - now.to_utc();
        self.clock.advance(until);
        self.head("demo-monday");
        self.wait(Duration::zero(), "demo-digest").await
    }

    // What people do.

    async fn says(&self, who: &str, channel: &str, text: &str) -> Result<MessageRef, DeskError> {
        let heard = self.chat.says(&account(who), &ChannelId(format!("local:{channel}")), text);
        show(&terminal::person(&format!("#{channel}"), &name(who), text));
        let at = heard.at.clone();
        self.handle(Input::Heard(heard)).await?;
        Ok(at)
    }

    /// Presses the newest button of that sort in the thread under a message.
    async fn press(&self, who: &str, source: &MessageRef, wanted: impl Fn(&Action) -> bool) -> Result<(), DeskError> {
        let Some(thread) = self.chat.thread_of(source) else { return Ok(()) };
        let buttons = self.chat.messages(&thread).into_iter().rev().flat_map(|posted| {
            let message = posted.message.unwrap_or_default();
            let at = posted.at;
            message.buttons.into_iter().flatten().map(move |button| (at.clone(), button))
        });
        let Some((at, button)) = buttons.into_iter().find(|(_, button)| wanted(&button.action)) else { return Ok(()) };
        let what = self.voice.say("demo-presses").own("button", &button.label).text();
        show(&terminal::act(&terminal::channel_name(at.channel.as_str()), &name(who), &what));
        let pressed = Pressed {
            action: button.action,
            by: account(who),
            by_name: name(who),
            at,
            token: self.chat.interaction(),
            locale: None,
        };
        self.handle(Input::Pressed(pressed)).await
    }

    async fn mark(&self, who: &str, at: &MessageRef, mark: Mark) -> Result<(), DeskError> {
        let channel = terminal::channel_name(at.channel.as_str());
        let what = self.voice.say("demo-reacts").own("mark", terminal::mark(mark)).text();
        show(&terminal::act(&channel, &name(who), &what));
        self.chat.marks(&account(who), at, mark, true);
        let reacted = Reacted { at: at.clone(), by: account(who), mark, placed: true, message: None };
        self.handle(Input::Reacted(reacted)).await
    }

    async fn command(&self, who: &str, command: &str, options: &[(&str, &str)]) -> Result<(), DeskError> {
        let typed: Vec<String> = options.iter().map(|(key, value)| format!("{key}:{value}")).collect();
        show(&terminal::act("#spoc", &name(who), &format!("/{command} {}", typed.join(" "))));
        let token = self.chat.interaction();
        let call = CommandCall {
            name: command.to_owned(),
            options: options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            by: account(who),
            by_name: name(who),
            channel: "local:spoc".into(),
            server: None,
            token: token.clone(),
            locale: Some(self.voice.lang().code().to_owned()),
        };
        self.desk.handle(Input::Command(call)).await?;
        for reply in self.chat.answers(&token.id) {
            let shown = crate::adapters::local::plain(&reply.message);
            let only = self.voice.say("demo-alone").own("text", shown).text();
            show(&terminal::remark(&format!("  {only}")));
        }
        self.settle().await
    }

    async fn wait(&self, time: Duration, remark: &'static str) -> Result<(), DeskError> {
        self.tell(remark);
        self.clock.advance(time);
        self.settle().await
    }

    // How it is told.

    async fn handle(&self, input: Input) -> Result<(), DeskError> {
        self.desk.handle(input).await?;
        self.settle().await
    }

    async fn settle(&self) -> Result<(), DeskError> {
        self.desk.drain().await?;
        if !self.fast {
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    fn word(&self, key: &'static str) -> String {
        self.voice.say(key).text()
    }

    fn head(&self, text: &'static str) {
        let now = self.clock.now().with_timezone(&chrono_tz::Europe::Amsterdam);
        show(&format!(
            "\n{}  {}\n",
            terminal::heading(&self.word(text)),
            terminal::remark(&now.format("%d-%m-%Y %H:%M").to_string())
        ));
    }

    fn tell(&self, text: &'static str) {
        show(&terminal::remark(&format!("\n— {}\n", self.word(text))));
    }

    /// Shows what was written for the provider since the last time.
    async fn mail(&mut self) {
        let mut files = Vec::new();
        for provider in ["facilitair", "ict"] {
            if let Ok(entries) = std::fs::read_dir(self.outbox.join(provider)) {
                files.extend(entries.flatten().map(|entry| entry.path()));
            }
        }
        files.retain(|path| !self.shown.contains(path));
        for path in files {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let title = self.word("demo-order");
            show(&terminal::remark(&format!("\n— {title}")));
            for line in text.lines() {
                show(&format!("  │ {line}"));
            }
            show("");
            self.shown.push(path);
            if !self.fast {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    fn newest(&self, channel: &str, wanted: impl Fn(&Posted) -> bool) -> Option<MessageRef> {
        let channel = ChannelId(format!("local:{channel}"));
        self.chat.messages(&channel).into_iter().rev().find(|posted| wanted(posted)).map(|posted| posted.at)
    }

    /// The number on the card in the thread under a message.
    fn number(&self, source: &MessageRef) -> String {
        let Some(thread) = self.chat.thread_of(source) else { return String::new() };
        let words = |posted: Posted| posted.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let trimmed = |word: String| word.trim_matches(|c: char| !c.is_ascii_digit()).to_owned();
        let is_number = |word: &String| word.parse::<crate::domain::Number>().is_ok();
        self.chat.messages(&thread).into_iter().flat_map(words).map(trimmed).find(is_number).unwrap_or_default()
    }
}

fn account(who: &str) -> AccountId {
    AccountId(format!("local:{who}"))
}

fn name(who: &str) -> String {
    let mut chars = who.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// One line of the story. A terminal that went away ends the showing, not the story.
pub(super) fn show(text: &str) {
    let _ = writeln!(anstream::stdout().lock(), "{text}");
}
