//! `loket run`: configuration, database, providers and Discord, put together in this order, so that nothing connects before
//! everything is known to be right.

use super::discord::{Desks, sign_in};
use super::{Stop, checkup, database, environment, load, no_folder, no_store, web, words};
use crate::adapters::clock::{SystemClock, SystemEntropy};
use crate::adapters::discord::{Discord, DiscordSettings, Patience};
use crate::adapters::opinion::Endpoint;
use crate::adapters::picture::Pictures;
use crate::adapters::provider::{Misconfigured, Unreachable};
use crate::adapters::sheet::Sheets;
use crate::adapters::{mailbox, provider};
use crate::config::process::{LogFormat, LogLevel, Process};
use crate::config::secret::{self, SecretError};
use crate::config::{Folder, Loaded, Watch};
use crate::desk::house::{Letterbox, PageLinks, Workshop};
use crate::desk::{Desk, House};
use crate::domain::register::{Mode, Register};
use crate::domain::{Instant, OrganisationId};
use crate::ports::{Clock, Entropy, Inputs, Platform, SecondOpinion, Store, fresh_uuid};
use crate::render::{Voice, Words};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// How often the configuration folder is looked at for changes.
const LOOK: Duration = Duration::from_secs(10);
/// How long the right to be the one instance holds without renewal.
const LEASE: chrono::Duration = chrono::Duration::seconds(15);

pub(super) async fn run(config: Option<PathBuf>, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let Some(token) = environment("DISCORD_TOKEN").filter(|token| !token.trim().is_empty()) else {
        return Err(no_token(voice));
    };
    let Some(folder) = config else { return Err(no_folder(voice)) };
    let watch = Watch::new(Folder::on_disk(&folder));
    let loaded = load(&Folder::on_disk(&folder), voice)?;
    start_logging(&loaded.process);
    let (listener, listening) = web::listen(&loaded.process, voice).await?;
    let store = database::open(&loaded, voice).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let house = build_house(&loaded, listening, voice)?;
    let pages = web::serve(listener, Arc::clone(&store), Arc::clone(&house.words));
    let desks = Desks::new(Arc::clone(&store), Arc::clone(&clock));
    let settings = DiscordSettings {
        token: SecretString::from(token.trim().to_owned()),
        api: environment("LOKET_DISCORD_API"),
        gateway: environment("LOKET_DISCORD_GATEWAY"),
    };
    let patience = Patience {
        backfill: loaded.process.backfill.to_std().unwrap_or(Duration::from_secs(300)),
        ..Patience::default()
    };
    let holder = holder(&SystemEntropy, clock.now());
    wait_for_lease(store.as_ref(), clock.as_ref(), &holder, voice).await?;
    let from_discord = |error| Stop { lines: words::discord(voice, &error), code: 1 };
    let discord = Discord::connect(settings, sign_in(&desks), patience).map_err(from_discord)?;
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let desk = Desk::new(Arc::clone(&store), Arc::clone(&discord.chat), Arc::clone(&clock), entropy, house);
    let counters = Arc::clone(&discord.counters) as Arc<dyn Platform>;
    let desk = Arc::new(desk.with_checkup(checkup::InChat::over(folder)).with_platform(counters));
    desks.open(&desk);
    pages.open(&desk);
    tracing::info!(configuration.revision = %loaded.register.revision, "Loket is open");
    let adapter = discord.run;
    tokio::pin!(adapter);
    let ended = tokio::select! {
        ended = &mut adapter => ended.map_err(from_discord),
        ended = Arc::clone(&desk).run(FromDiscord(discord.inputs)) => match ended {
            // The inputs end because the adapter does; why, it says a moment later.
            Ok(()) => adapter.await.map_err(from_discord),
            Err(error) => Err(Stop::failed(words::desk(voice, &error))),
        },
        ended = keep_lease(store.as_ref(), clock.as_ref(), &holder, voice) => ended,
        () = watch_folder(watch, &desk, listening, voice) => Ok(()),
        () = told_to_stop() => Ok(()),
    };
    ended.map(|()| ExitCode::SUCCESS)
}

/// The adapter's inputs as the desk takes them.
struct FromDiscord(crate::adapters::discord::Inputs);

#[async_trait::async_trait]
impl Inputs for FromDiscord {
    async fn next(&mut self) -> Option<crate::ports::Input> {
        self.0.recv().await
    }

    fn catches_up(&self) -> bool {
        true
    }
}

fn no_token(voice: Voice<'_>) -> Stop {
    Stop { lines: voice.say("no-token").text().lines().map(str::to_owned).collect(), code: 2 }
}

/// The log goes to standard error. What libraries say below a warning stays out, and what serenity says below an error,
/// since both may hold message texts.
pub(super) fn start_logging(process: &Process) {
    let level = match process.log_level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn,serenity=error",
        LogLevel::Info => "warn,serenity=error,loket=info",
        LogLevel::Debug => "warn,serenity=error,loket=debug",
    };
    let builder = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(tracing_subscriber::EnvFilter::new(level));
    // A second subscriber is refused; the first one stays, which is what one wants.
    let _ = match process.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}

/// The database that the environment names, else the configuration.
fn named_secret(name: &str) -> Result<SecretString, SecretError> {
    secret::read(name, |variable| std::env::var_os(variable))
}

/// Everything that the configuration brings. Pages are where Loket has listened since its start, whatever the configuration says now.
fn build_house(loaded: &Loaded, listening: Option<SocketAddr>, voice: Voice<'_>) -> Result<House, Stop> {
    let outbox = Path::new(&loaded.process.outbox);
    let wrong = |problems: Vec<_>| Stop { lines: words::misconfigured(voice, &problems), code: 2 };
    let connectors = provider::connect(&loaded.register, outbox, &named_secret).map_err(wrong)?;
    let mailers = provider::mailers(&loaded.register, &named_secret).map_err(wrong)?;
    let hooks = provider::hooks(&loaded.register, &named_secret).map_err(wrong)?;
    let opinions = opinions(loaded).map_err(|problem| wrong(vec![problem]))?;
    let letterboxes = letterboxes(&loaded.register).map_err(wrong)?;
    let poll = loaded.process.poll.to_std().unwrap_or(LOOK);
    let house = House::new(loaded.register.clone(), Arc::new(Words::new()), connectors)
        .with_rehearsals(provider::rehearsals(&loaded.register, outbox))
        .with_letterboxes(letterboxes, poll)
        .with_hooks(hooks);
    let workshop = Workshop { draw: Arc::new(Pictures::new()), bind: Arc::new(Sheets) };
    let pages = listening.map(|listening| PageLinks {
        address: loaded.process.page_address(listening),
        life: chrono::Duration::hours(loaded.process.link_hours),
    });
    Ok(house.with_mailers(mailers).with_opinions(opinions).with_pages(pages).with_workshop(Some(workshop)))
}

/// Every mailbox in which providers that are live write; several may share one. One error for each that cannot be used.
fn letterboxes(register: &Register) -> Result<Vec<Letterbox>, Vec<Misconfigured<SecretError>>> {
    let mut boxes: Vec<Letterbox> = Vec::new();
    let mut problems = Vec::new();
    for settings in register.providers.values().filter(|settings| settings.mode == Mode::Live) {
        let Some(inbox) = &settings.inbox else { continue };
        let secret = inbox.server.password.as_deref().map(named_secret).transpose().map_err(Unreachable::Secret);
        let made = secret.and_then(|secret| mailbox::connect(inbox, secret).map_err(Unreachable::Settings));
        match made {
            Ok(made) => match boxes.iter_mut().find(|known| known.mailbox.name() == made.name()) {
                Some(shared) => shared.providers.push(settings.code.clone()),
                None => boxes.push(Letterbox { mailbox: made, providers: vec![settings.code.clone()] }),
            },
            Err(why) => problems.push(Misconfigured { file: format!("providers/{}.toml", settings.code), why }),
        }
    }
    if problems.is_empty() { Ok(boxes) } else { Err(problems) }
}

type Opinions = BTreeMap<OrganisationId, Arc<dyn SecondOpinion>>;

/// Who gives a second opinion to which organisation. One that cannot be had for another reason than its secret is left out, since
/// nothing depends on it.
fn opinions(loaded: &Loaded) -> Result<Opinions, Misconfigured<SecretError>> {
    let Some(asked) = &loaded.process.second_opinion else { return Ok(Opinions::new()) };
    let token = asked.token.as_deref().map(named_secret).transpose();
    let token = token.map_err(|why| Misconfigured { file: "loket.toml".into(), why: Unreachable::Secret(why) })?;
    let endpoint = match Endpoint::new(&asked.url, &asked.model, token.as_ref(), Arc::new(SystemClock)) {
        Ok(endpoint) => Arc::new(endpoint) as Arc<dyn SecondOpinion>,
        Err(error) => {
            tracing::error!(%error, "no second opinion can be asked");
            return Ok(Opinions::new());
        }
    };
    let heard = loaded.register.organisations.keys().filter(|id| asked.hears(id));
    Ok(heard.map(|id| (id.clone(), Arc::clone(&endpoint))).collect())
}

/// Waits until this instance is the one that writes.
async fn wait_for_lease(store: &dyn Store, clock: &dyn Clock, holder: &str, voice: Voice<'_>) -> Result<(), Stop> {
    loop {
        let now = clock.now();
        match store.lease("writer", holder, now, now + LEASE).await {
            Ok(Some(_)) => return Ok(()),
            Ok(None) => {
                tracing::info!("another instance is at work; this one stands by");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Err(error) => return Err(no_store(voice, &error)),
        }
    }
}

/// Renews the right to write for as long as the program runs; ends when another instance has it.
async fn keep_lease(store: &dyn Store, clock: &dyn Clock, holder: &str, voice: Voice<'_>) -> Result<(), Stop> {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        let now = clock.now();
        match store.lease("writer", holder, now, now + LEASE).await {
            Ok(Some(_)) => {}
            Ok(None) => return Err(Stop::failed(voice.say("superseded").text())),
            Err(error) => tracing::error!(%error, "the right to write could not be renewed"),
        }
    }
}

/// Names this process among instances on one database. Host and process would not do: in containers both are often the same.
fn holder(entropy: &dyn Entropy, now: Instant) -> String {
    fresh_uuid(entropy, now).to_string()
}

/// Reads the folder again when it has changed. A faulty one changes nothing and is told to the administrator in the log.
async fn watch_folder(mut watch: Watch, desk: &Arc<Desk>, listening: Option<SocketAddr>, voice: Voice<'_>) {
    let mut refused = None;
    loop {
        let asked = hang_up_or(LOOK).await;
        let Some(read) = watch.look(asked) else { continue };
        match read {
            Ok(loaded) => {
                if loaded.register.revision == desk.house().register.revision {
                    refused = None;
                    continue;
                }
                match build_house(&loaded, listening, voice) {
                    Ok(house) => {
                        tracing::info!(configuration.revision = %loaded.register.revision, "a new configuration is in force");
                        desk.replace_house(house);
                        if let Err(error) = desk.settle_in().await {
                            tracing::error!(%error, "the new configuration is in force but not in the journal");
                        }
                    }
                    Err(stop) => {
                        // What is missing may come without a change in the folder.
                        watch.forget();
                        if refused.as_ref() != Some(&stop.lines) {
                            tracing::error!("the new configuration is not taken: {}", stop.lines.join("; "));
                            desk.tell_administrators(&|_| stop.lines.clone()).await;
                            refused = Some(stop.lines);
                        }
                    }
                }
            }
            Err(problems) => {
                let sentences = problems.sentences(voice);
                if refused.as_ref() != Some(&sentences) {
                    for sentence in &sentences {
                        tracing::error!("{sentence}");
                    }
                    let words = Arc::clone(&desk.house().words);
                    desk.tell_administrators(&|lang| problems.sentences(Voice::new(&words, lang))).await;
                    refused = Some(sentences);
                }
            }
        }
    }
}

/// Waits for SIGHUP or that long; whether it was the signal.
async fn hang_up_or(time: Duration) -> bool {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut hang_up) = signal(SignalKind::hangup()) {
            return tokio::time::timeout(time, hang_up.recv()).await.is_ok();
        }
    }
    tokio::time::sleep(time).await;
    false
}

/// Ends on Ctrl-C or SIGTERM. Nothing needs to be finished first: what is committed is done after the next start.
pub(super) async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// `loket verify`: the hash chains of every organisation.
pub(super) async fn verify(config: Option<PathBuf>, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let Some(folder) = config else { return Err(no_folder(voice)) };
    let loaded = load(&Folder::on_disk(&folder), voice)?;
    let store = database::existing(&loaded, voice).await?;
    for organisation in loaded.register.organisations.keys() {
        let rows = store.verify(organisation).await.map_err(|error| no_store(voice, &error))?;
        let told = voice.say("chain-holds").own("organisation", organisation.as_str()).own("rows", rows.to_string());
        println!("{}", told.text());
    }
    Ok(ExitCode::SUCCESS)
}
