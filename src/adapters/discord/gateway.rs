//! Keeps a session with the gateway alive: signs in within a budget, watches over it, and begins anew when it is dead.

use super::hooks::Hooks;
use super::queue::{Call, Rest};
use super::session::{Ear, Ended, Session, Start, start};
use crate::ports::ChatError;
use reqwest::Method;
use secrecy::SecretString;
use serenity::gateway::ConnectionStage;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Discord withdraws a token after 1,000 sign-ins a day.
const IDENTIFIES: u64 = 200;

/// How long Loket waits for Discord before it does something about it.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// To connect and sign in.
    pub connect: Duration,
    /// For an event or an answered heartbeat: three times Discord's interval.
    pub quiet: Duration,
    /// Before the second attempt; doubled at each further one.
    pub backoff: Duration,
    /// Between two looks at what may have been missed.
    pub backfill: Duration,
    /// For the answer to a request.
    pub request: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(45),
            quiet: Duration::from_secs(130),
            backoff: Duration::from_secs(5),
            backfill: Duration::from_secs(300),
            request: Duration::from_secs(20),
        }
    }
}

/// Why the adapter stopped for good. Starting again does not help before somebody did something. What it displays is for logs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiscordError {
    /// The token is wrong or was withdrawn (4004).
    #[error("Discord does not accept the token")]
    BadToken,
    /// The message content intent is off (4014).
    #[error("the message content intent is off")]
    IntentsNotAllowed,
    /// Discord changed its intents (4013).
    #[error("Discord does not know these intents")]
    InvalidIntents,
    /// One session does not do (4011).
    #[error("one session does not do for so many servers")]
    TooManyServers,
    /// The address of the interface is wrong.
    #[error("no address of an interface: {0}")]
    Interface(String),
    /// The address of the gateway is wrong.
    #[error("no address of a gateway: {0}")]
    Gateway(String),
    /// A defect of Loket.
    #[error("a part of the connection broke: {0}")]
    Broken(String),
    /// The HTTP client cannot be made.
    #[error("no HTTP client: {0}")]
    Client(String),
}

/// Keeps one session alive.
pub(super) struct Keeper {
    pub(super) rest: Arc<Rest>,
    pub(super) hooks: Hooks,
    pub(super) ear: Ear,
    pub(super) token: SecretString,
    pub(super) base: String,
    pub(super) proxied: bool,
    pub(super) gateway: Option<String>,
    pub(super) patience: Patience,
}

/// Where the gateway is, and how many sessions Discord wants for this bot.
struct Address {
    url: String,
    shards: u64,
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    /// It never signed in.
    NeverReady,
    /// It was alive, and then serenity wanted to sign in anew or nothing was heard any more.
    Lost,
}

impl Keeper {
    /// Runs until something is wrong that only a person can mend.
    pub(super) async fn run(&self) -> DiscordError {
        let mut failures = 0_u32;
        loop {
            if failures > 0 {
                let wait = self.patience.backoff.saturating_mul(1 << (failures - 1).min(7));
                tracing::info!(seconds = wait.as_secs(), "waiting before signing in again");
                sleep(wait).await;
            }
            let address = match self.address().await {
                Ok(Ok(address)) => address,
                Ok(Err(wait)) => {
                    tracing::warn!(seconds = wait.as_secs(), "the gateway cannot be asked for yet");
                    sleep(wait).await;
                    failures = failures.saturating_add(1);
                    continue;
                }
                Err(fatal) => return fatal,
            };
            self.allowed().await;
            let began = Instant::now();
            let ready_before = self.ear.ready.load(Ordering::Acquire);
            let start_with = Start {
                token: self.token.clone(),
                base: self.base.clone(),
                proxied: self.proxied,
                gateway: address.url,
                ear: self.ear.clone(),
            };
            let over = match start(start_with, self.patience.connect).await {
                Some(session) => match self.watch(session, ready_before).await {
                    Ok(over) => over,
                    Err(fatal) => return fatal,
                },
                None => Over::NeverReady,
            };
            self.rest.counters.connected.store(false, Ordering::Relaxed);
            // A session that lived for a while and was lost is worth an attempt at once.
            failures = match over {
                Over::Lost if began.elapsed() >= self.patience.backoff * 6 => 0,
                _ => failures.saturating_add(1),
            };
            if over == Over::NeverReady && address.shards > 1 {
                return DiscordError::TooManyServers;
            }
            match over {
                Over::Lost => tracing::warn!("the session with Discord is lost; signing in again"),
                Over::NeverReady if failures == 5 => tracing::error!(
                    "Discord's gateway has not let Loket in five times in a row; look at https://discordstatus.com, and whether \
                     there is a newer version of Loket"
                ),
                Over::NeverReady => tracing::warn!("the gateway did not let Loket in"),
            }
        }
    }

    /// Where the gateway is; the inner error says how long to wait. Asks before signing in, so that a wrong token and a spent
    /// number of sign-ins cost nothing.
    async fn address(&self) -> Result<Result<Address, Duration>, DiscordError> {
        let call = |path: &str| Call::new(Method::GET, 0, "gateway", path.to_owned());
        let known = self.rest.call(call("/users/@me")).await;
        if self.rest.is_stopped() {
            return Err(DiscordError::BadToken);
        }
        let told = match known {
            Ok(_) => self.rest.call(call("/gateway/bot")).await,
            Err(failure) => Err(failure),
        };
        let told = match told {
            Err(failure) if matches!(failure.error, ChatError::Gone { .. }) => self.rest.call(call("/gateway")).await,
            other => other,
        };
        let told = match told {
            Ok(told) => told,
            Err(_) if self.rest.is_stopped() => return Err(DiscordError::BadToken),
            Err(failure) => {
                let ChatError::Retry { after, .. } = failure.error else { return Ok(Err(self.patience.backoff)) };
                return Ok(Err(after.unwrap_or(self.patience.backoff)));
            }
        };
        let limit = &told["session_start_limit"];
        if limit["remaining"].as_u64() == Some(0) {
            let wait = Duration::from_millis(limit["reset_after"].as_u64().unwrap_or(3_600_000).max(1_000));
            tracing::error!(
                seconds = wait.as_secs(),
                "Discord allows no more sign-ins today; Loket waits and keeps what it has"
            );
            return Ok(Err(wait));
        }
        let address = self.gateway.clone().or_else(|| told["url"].as_str().map(str::to_owned));
        match address {
            Some(url) if url.starts_with("ws://") || url.starts_with("wss://") => {
                Ok(Ok(Address { url, shards: told["shards"].as_u64().unwrap_or(1) }))
            }
            Some(url) => Err(DiscordError::Gateway(url)),
            None => Ok(Err(self.patience.backoff)),
        }
    }

    /// Waits until today's budget allows one more sign-in.
    async fn allowed(&self) {
        loop {
            match self.hooks.identifies.count().await {
                Ok(count) if count <= IDENTIFIES => return,
                Ok(count) => {
                    tracing::error!(
                        count,
                        "Loket signed in too often today and waits, so that Discord does not withdraw the token; \
                         look for what makes it restart"
                    );
                    sleep(Duration::from_secs(3_600)).await;
                }
                Err(why) => {
                    // Without the count a crash loop could spend the token, so the answer is no.
                    tracing::error!(%why, "the number of sign-ins cannot be counted; Loket waits before it signs in");
                    sleep(Duration::from_secs(60)).await;
                }
            }
        }
    }

    /// Watches a session until it is over. Serenity would sign in again by itself, as often as it likes, so a session that wants to
    /// is ended, and begun again within the budget.
    async fn watch(&self, mut session: Session, ready_before: u64) -> Result<Over, DiscordError> {
        let mut alive = Instant::now();
        let mut seen = (self.ear.heard.load(Ordering::Acquire), None);
        let mut counted = ready_before + 1;
        let mut was_ready = false;
        loop {
            let ended = tokio::select! {
                ended = &mut session.ended => Some(ended.unwrap_or(Ended::Other)),
                () = self.rest.unauthorised.notified() => Some(Ended::BadToken),
                () = sleep(self.patience.quiet.min(Duration::from_millis(1_000)) / 4) => None,
            };
            let ready = self.ear.ready.load(Ordering::Acquire);
            let over = if ready > ready_before { Over::Lost } else { Over::NeverReady };
            match ended {
                Some(Ended::BadToken) => return Err(DiscordError::BadToken),
                Some(Ended::InvalidIntents) => return Err(DiscordError::InvalidIntents),
                Some(Ended::IntentsNotAllowed) => return Err(DiscordError::IntentsNotAllowed),
                Some(Ended::Other) => return Ok(over),
                None => {}
            }
            if ready > counted {
                // Serenity was faster than we looked: it counts all the same.
                counted = ready;
                if !matches!(self.hooks.identifies.count().await, Ok(count) if count <= IDENTIFIES) {
                    return Ok(over);
                }
            }
            let pulse = session.pulse().await;
            let now = (self.ear.heard.load(Ordering::Acquire), pulse.latency);
            if now != seen {
                seen = now;
                alive = Instant::now();
            }
            let limit = if ready > ready_before { self.patience.quiet } else { self.patience.connect };
            if alive.elapsed() > limit {
                tracing::warn!(seconds = limit.as_secs(), "Discord is silent");
                return Ok(over);
            }
            was_ready |= ready > ready_before && pulse.stage == Some(ConnectionStage::Connected);
            // Serenity notes this stage only when it gives a connection up, and a fresh connection has the other one.
            let anew = match pulse.stage {
                Some(ConnectionStage::Identifying) => true,
                Some(ConnectionStage::Disconnected) => was_ready,
                None => was_ready,
                _ => false,
            };
            if anew {
                return Ok(over);
            }
        }
    }
}
