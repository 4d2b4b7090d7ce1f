//! Discord, by serenity's gateway and Loket's own REST queue.
//!
//! ```text
//! session (serenity, own thread) ─► pump ─────────┐
//!                     └► interactions (deferred) ─┼─► Inputs ─► desk
//! backfill (REST) ────────────────────────────────┘
//! desk ─► Chat ─► queue (paced) ─► Discord
//! ```

mod backfill;
pub mod bodies;
mod chat;
mod directs;
mod fetch;
mod files;
mod gateway;
mod hooks;
pub mod inspect;
mod interactions;
mod mapping;
pub mod needs;
mod places;
mod pump;
mod queue;
mod registration;
mod session;
mod text;
mod view;
mod wire;

pub use gateway::{DiscordError, Patience};
pub use hooks::{
    Asked, Backfill, Commands, Completer, Forms, Hooks, IdentifyBudget, Inputs, Watched, WatchedCard, WatchedSource,
};
pub use queue::Counters;

use crate::ports::Chat;
use futures::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

const DISCORD: &str = "https://discord.com";
/// Inputs that may wait for the desk.
const INPUTS: usize = 256;
/// Events that may wait while the desk is behind; beyond this the back-fill takes over.
const EVENTS: usize = 10_000;

/// How to reach Discord.
#[derive(Clone)]
pub struct DiscordSettings {
    /// The bot's token.
    pub token: SecretString,
    /// Replaces `https://discord.com`: `http://host:port`.
    pub api: Option<String>,
    /// Replaces the gateway that the interface names: `ws://host:port/path`.
    pub gateway: Option<String>,
}

/// The adapter, ready to run.
pub struct Discord {
    /// Posts, edits and reads.
    pub chat: Arc<dyn Chat>,
    /// What happens, in order.
    pub inputs: Inputs,
    /// Serves until something is wrong that only a person can mend; must be awaited or spawned.
    pub run: BoxFuture<'static, Result<(), DiscordError>>,
    /// What was sent and missed, for metrics.
    pub counters: Arc<Counters>,
}

impl Discord {
    /// Prepares the adapter; nothing is sent before `run` is awaited or the chat is used.
    pub fn connect(settings: DiscordSettings, hooks: Hooks, patience: Patience) -> Result<Self, DiscordError> {
        // A token read from a file often ends in a line end.
        let token = SecretString::from(settings.token.expose_secret().trim());
        let base = settings.api.clone().unwrap_or_else(|| DISCORD.to_owned());
        let base = base.trim_end_matches('/').to_owned();
        match reqwest::Url::parse(&base) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {}
            _ => return Err(DiscordError::Interface(base)),
        }
        let client = queue::client(Duration::from_secs(5).min(patience.request), patience.request)
            .map_err(|error| DiscordError::Client(error.without_url().to_string()))?;
        let counters = Arc::new(Counters::default());
        let files = fetch::Files::new(client.clone(), settings.api.as_deref().map(|_| base.as_str()));
        let rest = Arc::new(queue::Rest::new(client, &base, token.clone(), Arc::clone(&counters)));
        let places = Arc::new(places::Places::default());
        let missed = Arc::new(Notify::new());
        let (outlet, inputs) = hooks::to_the_desk(INPUTS);
        let (events, heard) = mpsc::channel(EVENTS);
        let (interactions, pressed) = mpsc::unbounded_channel();
        let ear = session::Ear {
            events,
            interactions,
            counters: Arc::clone(&counters),
            missed: Arc::clone(&missed),
            heard: Arc::new(AtomicU64::new(0)),
            ready: Arc::new(AtomicU64::new(0)),
        };
        let keeper = gateway::Keeper {
            rest: Arc::clone(&rest),
            hooks: hooks.clone(),
            ear,
            token,
            base,
            proxied: settings.api.is_some(),
            gateway: settings.gateway,
            patience,
        };
        let pump = pump::Pump {
            rest: Arc::clone(&rest),
            places: Arc::clone(&places),
            hooks: hooks.clone(),
            outlet: outlet.clone(),
            missed: Arc::clone(&missed),
        };
        let filler = backfill::Filler {
            rest: Arc::clone(&rest),
            places: Arc::clone(&places),
            hooks: hooks.clone(),
            outlet: outlet.clone(),
            missed,
            every: patience.backfill,
            directs: directs::Directs::default(),
        };
        let front = interactions::Front { rest: Arc::clone(&rest), places: Arc::clone(&places), hooks, outlet };
        let chat: Arc<dyn Chat> = Arc::new(chat::DiscordChat { rest, places, files });
        Ok(Self { chat, inputs, run: Box::pin(serve(keeper, pump, heard, filler, front, pressed)), counters })
    }
}

/// Runs all parts until one ends; dropping the future stops them.
async fn serve(
    keeper: gateway::Keeper,
    pump: pump::Pump,
    events: mpsc::Receiver<session::Told>,
    filler: backfill::Filler,
    front: interactions::Front,
    mut interactions: mpsc::UnboundedReceiver<serde_json::Value>,
) -> Result<(), DiscordError> {
    let mut parts: JoinSet<Option<DiscordError>> = JoinSet::new();
    // The keeper holds the ends that the other parts listen to. Were it dropped with its own task, they would end in that moment too,
    // and one of them might be met first: the reason would be lost. So it lives here until the first end is known.
    let keeper = Arc::new(keeper);
    let at_work = Arc::clone(&keeper);
    parts.spawn(async move { Some(at_work.run().await) });
    parts.spawn(async move {
        pump.run(events).await;
        None
    });
    parts.spawn(async move {
        filler.run().await;
        None
    });
    parts.spawn(async move {
        let mut serving = JoinSet::new();
        while let Some(told) = interactions.recv().await {
            while serving.try_join_next().is_some() {}
            let front = front.clone();
            serving.spawn(async move { front.serve(told).await });
        }
        None
    });
    let first = parts.join_next().await;
    drop(keeper);
    match first {
        Some(Ok(Some(fatal))) => Err(fatal),
        Some(Err(broken)) => Err(DiscordError::Broken(broken.to_string())),
        // The desk is gone: there is nobody left to serve.
        _ => Ok(()),
    }
}
