//! `loket try`: the real desk, store, courier and scheduler behind a chat page on loopback. Nothing leaves the computer: providers are
//! played on the same page.

use super::discord::completed;
use super::run::{start_logging, told_to_stop};
use super::{Stop, load, unknown, web, words};
use crate::adapters::clock::{MovableClock, SystemClock, SystemEntropy};
use crate::adapters::local::page::{self, Behind, BindError, Page, Settings};
use crate::adapters::local::{KeepError, Kept, Platform};
use crate::adapters::store;
use crate::config::process::LogLevel;
use crate::config::{Folder, Loaded};
use crate::desk::erasing::TIMER;
use crate::desk::house::PageLinks;
use crate::desk::{Desk, DeskError, House};
use crate::domain::calendar::instant_of;
use crate::domain::provider::StatusWords;
use crate::domain::register::{Connector, Mode, Register, Topic};
use crate::domain::{Instant, Lang, LocalMoment, OrganisationId};
use crate::intake;
use crate::ports::{Chat, Clock, CommandCall, Completion, Input, Store, fresh_token};
use crate::render::message::{Action, Form};
use crate::render::{Voice, Words};
use async_trait::async_trait;
use chrono::{Duration, NaiveDate};
use clap::Args as ClapArgs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The example to try: office or municipality; without it the configuration folder, else the office.
    #[arg(long)]
    template: Option<String>,
    /// Keeps everything in that folder, and goes on from it the next time.
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// The port on 127.0.0.1; a free one when it is left out.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The language of the page: nl or en; the page can change it.
    #[arg(long)]
    language: Option<String>,
    /// Opens the page in the browser.
    #[arg(long)]
    open: bool,
}

/// So many deadlines are looked at for the next that shows something.
const AHEAD: u32 = 64;
/// The templates that one can try.
const TEMPLATES: [&str; 2] = ["office", "municipality"];
/// What stands in a template's place for a configuration of one's own.
const OWN: &str = "configuration";
/// What is kept bears names of its own, so that no real database is ever taken for it.
const DATABASE: &str = "try.db";
const CHAT: &str = "try-chat.jsonl";
const TEMPLATE: &str = "try-template";
/// How long a personal link to the board works, by the clock of the page; whoever tries moves it by days.
const LINK: Duration = Duration::days(30);
/// How often the desk looks for what has fallen due. The page shows seconds.
const LOOK: std::time::Duration = std::time::Duration::from_secs(1);
/// How often what waits for people is looked at anew while time is moved, as the running desk does.
const ANEW: Duration = Duration::hours(1);
/// So many moments at which something falls due are stopped at on the way to another time; far more than two weeks hold.
const STOPS: usize = 5_000;

pub(super) async fn tryout(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let lang = language(args, voice)?;
    let words = Arc::new(Words::new());
    let voice = Voice::new(&words, lang);
    let listener = page::bind(args.port.unwrap_or_default()).await.map_err(|error| refused(args, &error, voice))?;
    let port = listener.local_addr().map_err(|error| refused(args, &BindError::Other(error), voice))?.port();
    // The temporary folder goes with this function, at the latest.
    let (folder, _temporary) = folder(args, voice)?;
    let template = template(args, config.as_deref(), &folder, voice)?;
    let own = template == OWN;
    let mut loaded = configuration(&template, config, voice)?;
    loaded.process.log_level = LogLevel::Error;
    start_logging(&loaded.process);
    let kept = if args.keep.is_some() { Kept::at(&folder.join(CHAT)) } else { Ok(Kept::nothing()) };
    let kept = kept.map_err(|error| not_kept(&folder, &error, voice))?;
    if args.keep.is_some() {
        std::fs::write(folder.join(TEMPLATE), &template).map_err(|error| not_kept(&folder, &error.into(), voice))?;
    }
    let clock = Arc::new(MovableClock::from(kept.reached().unwrap_or_else(|| beginning(own))));
    let entropy = Arc::new(SystemEntropy);
    let url = format!("sqlite:{}", folder.join(DATABASE).display());
    let store = store::open(&url, entropy.clone()).await;
    let store = store.map_err(|error| Stop::failed(words::store(voice, &error)))?;
    // What a personal link leads to has a port of its own, as it has when Loket runs.
    let board = page::bind(0).await.map_err(|error| refused(args, &error, voice))?;
    let links = PageLinks { address: board_address(&board, args, voice)?, life: LINK };
    let pages = web::serve(Some(board), Arc::clone(&store), Arc::clone(&words));
    let (tried, platform, register) = open(loaded, kept, &clock, store, &words, (lang, links));
    pages.open(&tried.desk);
    tried.settle().await.map_err(|error| Stop::failed(words::desk(voice, &error)))?;
    let settings = Settings {
        behind: Arc::clone(&tried) as Arc<dyn Behind>,
        platform,
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        register: Arc::new(register),
        words: Arc::clone(&words),
        lang,
        token: fresh_token(entropy.as_ref()).0,
        port,
        tour: !own,
    };
    let page = Arc::new(Page::new(settings));
    let address = page.address();
    let line = voice.say("try-at").own("address", address.as_str()).text();
    let mut out = anstream::stdout().lock();
    // A terminal that went away ends the showing, not the program.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    drop(out);
    if args.open && !opened(&address) {
        eprintln!("{}", voice.say("try-not-opened").text());
    }
    tokio::select! {
        ended = page::serve(listener, page) => ended.map_err(|error| refused(args, &BindError::Other(error), voice))?,
        () = tried.keeps_time() => {}
        () = told_to_stop() => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn language(args: &Args, voice: Voice<'_>) -> Result<Lang, Stop> {
    match args.language.as_deref() {
        Some("nl") => Ok(Lang::Nl),
        Some("en") => Ok(Lang::En),
        Some(other) => Err(unknown(voice, "lang", other, "nl, en")),
        None => Ok(voice.lang()),
    }
}

/// Where the board is.
fn board_address(listener: &TcpListener, args: &Args, voice: Voice<'_>) -> Result<String, Stop> {
    let at = listener.local_addr().map_err(|error| refused(args, &BindError::Other(error), voice))?;
    Ok(format!("http://{at}"))
}

fn refused(args: &Args, error: &BindError, voice: Voice<'_>) -> Stop {
    let why = match error {
        BindError::Taken => "taken",
        BindError::NotAllowed => "not-allowed",
        BindError::Other(_) => "other",
    };
    let told = voice.say("try-port").own("port", args.port.unwrap_or_default().to_string()).pick("why", why);
    Stop::wrong(told.own("said", error.to_string()).text())
}

/// Where everything is kept; a temporary folder where nothing is.
fn folder(args: &Args, voice: Voice<'_>) -> Result<(PathBuf, Option<tempfile::TempDir>), Stop> {
    match &args.keep {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|error| not_kept(folder, &error.into(), voice))?;
            Ok((folder.clone(), None))
        }
        None => {
            let made = tempfile::Builder::new().prefix("loket-try-").tempdir();
            let no_folder = |error: std::io::Error| voice.say("demo-no-folder").own("said", error.to_string()).text();
            let folder = made.map_err(|error| Stop::failed(no_folder(error)))?;
            Ok((folder.path().to_path_buf(), Some(folder)))
        }
    }
}

fn not_kept(folder: &Path, error: &KeepError, voice: Voice<'_>) -> Stop {
    let why = match error {
        KeepError::Disk(_) => "disk",
        KeepError::InUse => "in-use",
        KeepError::Line(_) => "line",
    };
    let told = voice.say("try-not-kept").own("folder", folder.display().to_string()).pick("why", why);
    Stop::wrong(told.own("file", CHAT).own("said", error.to_string()).text())
}

/// Which example is tried, or [`OWN`]. What was kept is of one configuration and is gone on with in no other.
fn template(args: &Args, config: Option<&Path>, folder: &Path, voice: Voice<'_>) -> Result<String, Stop> {
    let asked = args.template.clone();
    if let Some(other) = asked.as_deref().filter(|asked| !TEMPLATES.contains(asked)) {
        let told = voice.say("try-template").own("given", other).own("known", TEMPLATES.join(", "));
        return Err(Stop::wrong(told.text()));
    }
    let before = std::fs::read_to_string(folder.join(TEMPLATE)).ok().map(|text| text.trim().to_owned());
    let own = config.map(|_| OWN.to_owned());
    let now = asked.or(own).or_else(|| before.clone()).unwrap_or_else(|| "office".to_owned());
    match before {
        Some(before) if now != before => {
            let told = voice.say("try-other-template").own("folder", folder.display().to_string());
            Err(Stop::wrong(told.own("template", before).text()))
        }
        Some(_) | None => Ok(now),
    }
}

/// What is tried.
fn configuration(template: &str, config: Option<PathBuf>, voice: Voice<'_>) -> Result<Loaded, Stop> {
    let folder = if template == OWN { config.map(Folder::on_disk) } else { Folder::embedded(template) };
    load(&folder.ok_or_else(|| Stop::wrong(voice.say("no-folder").text()))?, voice)
}

/// When it begins: an example on a working morning of the year of its mandates, so that it is the same for everybody; one's own
/// configuration now.
fn beginning(own: bool) -> Instant {
    if own {
        return SystemClock.now();
    }
    let morning = NaiveDate::from_ymd_opt(2026, 3, 3).and_then(|day| day.and_hms_opt(9, 12, 0));
    instant_of(chrono_tz::Europe::Amsterdam, morning.unwrap_or_default())
}

/// Everybody is reached on the page: providers take what is handed over to them there, and their words are those that people use.
fn on_the_page(register: &mut Register) {
    for provider in register.providers.values_mut().filter(|provider| !provider.by_hand()) {
        provider.mode = Mode::Live;
        provider.connector = Connector::File { folder: String::new() };
        provider.statuses = std::mem::take(&mut provider.statuses).over(StatusWords::plain());
    }
}

fn open(
    loaded: Loaded,
    kept: Kept,
    clock: &Arc<MovableClock>,
    store: Arc<dyn Store>,
    words: &Arc<Words>,
    (lang, links): (Lang, PageLinks),
) -> (Arc<Tried>, Platform, Register) {
    let mut register = loaded.register;
    on_the_page(&mut register);
    let time: Arc<dyn Clock> = Arc::clone(clock) as Arc<dyn Clock>;
    let platform = kept.goes_on(&time);
    let office = &platform.office;
    let connectors = register.providers.keys().map(|code| (code.clone(), office.connector(code))).collect();
    let written = register.organisations.values().filter(|organisation| organisation.mail.is_some());
    let mailers = written.map(|organisation| (organisation.id.clone(), office.letterbox())).collect();
    let house = House::new(register.clone(), Arc::clone(words), connectors).with_mailers(mailers);
    let house = house.with_pages(Some(links));
    let chat: Arc<dyn Chat> = Arc::new(platform.chat.clone());
    let desk = Arc::new(Desk::new(Arc::clone(&store), chat, time, Arc::new(SystemEntropy), house));
    let (clock, words) = (Arc::clone(clock), Arc::clone(words));
    (Arc::new(Tried { desk, store, clock, words, lang, turn: Mutex::new(()) }), platform, register)
}

/// Opens the page in the browser; says whether that was begun.
fn opened(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

/// The desk behind the page. One thing happens after the other, so that whoever acted sees what came of it.
struct Tried {
    desk: Arc<Desk>,
    store: Arc<dyn Store>,
    clock: Arc<MovableClock>,
    words: Arc<Words>,
    lang: Lang,
    turn: Mutex<()>,
}

impl Tried {
    fn told(&self, done: Result<(), DeskError>) -> Result<(), String> {
        done.map_err(|error| words::desk(Voice::new(&self.words, self.lang), &error))
    }

    async fn settle(&self) -> Result<(), DeskError> {
        self.desk.settle_in().await?;
        self.desk.drain().await
    }

    /// Does what falls due, for as long as the program runs.
    async fn keeps_time(&self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let _turn = self.turn.lock().await;
            if let Err(error) = self.desk.drain().await {
                tracing::error!(%error, "what is due waits");
            }
        }
    }

    /// Stops at every moment at which something falls due.
    async fn passes(&self, to: Instant) -> Result<(), DeskError> {
        let mut looked = self.clock.now();
        for _ in 0..STOPS {
            self.desk.drain().await?;
            let now = self.clock.now();
            if now - looked >= ANEW {
                self.desk.reassess().await?;
                looked = now;
            }
            match self.store.next_wake().await? {
                // What is due and waits all the same must not keep time from passing.
                Some(next) if next <= now => self.clock.set((now + Duration::minutes(1)).min(to)),
                Some(next) if next < to => self.clock.set(next),
                Some(_) | None => break,
            }
            if self.clock.now() >= to {
                break;
            }
        }
        self.clock.set(to);
        self.desk.tidy().await?;
        self.desk.reassess().await?;
        self.desk.drain().await
    }
}

#[async_trait]
impl Behind for Tried {
    async fn take(&self, input: Input) -> Result<(), String> {
        let _turn = self.turn.lock().await;
        let done = match self.desk.handle(input).await {
            Ok(()) => self.desk.drain().await,
            Err(error) => Err(error),
        };
        self.told(done)
    }

    async fn ask_providers(&self) -> Result<(), String> {
        let _turn = self.turn.lock().await;
        let done = match self.desk.ask_providers().await {
            Ok(_) => self.desk.drain().await,
            Err(error) => Err(error),
        };
        self.told(done)
    }

    async fn wait_until(&self, to: Instant) -> Result<(), String> {
        let _turn = self.turn.lock().await;
        let done = self.passes(to).await;
        self.told(done)
    }

    async fn next_moment(&self) -> Option<Instant> {
        let wake = self.store.next_wake().await.ok().flatten()?;
        // Of the nightly look at what is past its time nobody sees anything.
        let ahead = self.store.due(wake + Duration::days(400), AHEAD).await.ok()?;
        let unseen = ahead.iter().any(|row| row.kind == TIMER && row.due_at == wake);
        if !unseen {
            return Some(wake);
        }
        ahead.iter().find(|row| row.kind != TIMER).map(|row| row.due_at)
    }

    async fn complete(&self, call: &CommandCall, option: &str, typed: &str) -> Vec<Completion> {
        completed(&self.desk, call, option, typed).await
    }

    fn form(&self, action: &Action, locale: &str) -> Option<Form> {
        self.desk.form(action, Some(locale))
    }

    fn moment(&self, organisation: &OrganisationId, text: &str) -> Option<LocalMoment> {
        let house = self.desk.house();
        let reader = house.reader(organisation)?;
        let now = self.clock.now().with_timezone(&house.organisation(organisation)?.zone);
        let heard = intake::Heard { text, now, topic: Topic::General, addressed: true };
        reader.answer(&heard, Some(&"when".into())).values.when.map(|when| when.value.from)
    }
}
