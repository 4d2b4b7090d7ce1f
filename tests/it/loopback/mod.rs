//! A Discord of the tests' own, in this process, on loopback: the gateway and REST that a bot of this kind needs, with
//! a world behind them that a story can look at and act in.
//!
//! ```ignore
//! let discord = Discord::start().await;
//! let server = discord.server("Rietveld", "nl");
//! let channel = discord.channel(server, "facilitair");
//! let anneke = discord.person(server, "Anneke");
//! // … point a bot at discord.base() and discord.gateway_url(), with discord.token() …
//! discord.online().await;
//! let message = discord.says(anneke, channel, "De kraan in de pantry lekt");
//! let thread = discord.wait_for("a thread", |world| world.thread_of(message)).await;
//! discord.assert_clean();
//! ```
//!
//! | file | what |
//! |---|---|
//! | `state`, `world` | the world as plain data |
//! | `events` | what can happen in it, and what the gateway tells |
//! | `verbs`, `commands` | what people do |
//! | `queries` | what a test may ask, and how it waits |
//! | `troubles` | everything that can go wrong, on demand |
//! | `sessions`, `gateway` | sessions, and the socket |
//! | `rest` | the routes |
//! | `checks`, `openapi` | what Discord would refuse |
//! | `limits`, `faults`, `line` | rate limits, faults, connections that can be cut |
// Not every story uses every verb.
#![allow(dead_code)]
// A broken promise of the fake itself must stop the test at once.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod checks;
mod commands;
mod events;
mod faults;
mod gateway;
mod interactions;
mod limits;
mod line;
mod openapi;
mod payloads;
mod queries;
mod rest;
mod sessions;
mod state;
mod tests;
mod troubles;
pub mod verbs;
mod world;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::sync::watch;

#[allow(unused_imports)]
pub use {
    faults::Fault,
    interactions::{Answers, Handle},
    sessions::Gate,
    state::{Call, Channel, Id, Kind, Message, flag, intent, permission},
    world::World,
};

/// The running fake; clones share one world.
#[derive(Clone)]
pub struct Discord {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    /// Counts changes, so that waiting misses none.
    changed: watch::Sender<u64>,
    base: String,
    patience: Mutex<Duration>,
}

impl Discord {
    /// Starts it on a free port, in the runtime of the caller.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on loopback");
        let base = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        // The world starts at the real time, so that a bot with a real clock finds fresh messages; then it counts by itself.
        #[allow(clippy::disallowed_methods)]
        let now = chrono::Utc::now().timestamp_millis();
        let inner = Inner {
            world: Mutex::new(World::new(base.clone(), now)),
            changed: watch::Sender::new(0),
            base,
            patience: Mutex::new(Duration::from_secs(20)),
        };
        let discord = Self { inner: Arc::new(inner) };
        let router = Router::new()
            .route("/gateway", any(gateway::connect))
            .route("/gateway/", any(gateway::connect))
            .fallback(rest::answer)
            .with_state(discord.clone());
        let service = router.into_make_service_with_connect_info::<line::Cutter>();
        tokio::spawn(async move { axum::serve(line::Lines(listener), service).await });
        discord
    }

    /// What replaces `https://discord.com`.
    pub fn base(&self) -> String {
        self.inner.base.clone()
    }

    /// Where the gateway is.
    pub fn gateway_url(&self) -> String {
        self.inner.base.replacen("http", "ws", 1) + "/gateway"
    }

    /// The only token that is accepted.
    pub fn token(&self) -> String {
        self.read(|world| world.token.clone())
    }

    /// What a child process needs in its environment to find this Discord.
    pub fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("DISCORD_TOKEN", self.token()),
            ("LOKET_DISCORD_API", self.base()),
            ("LOKET_DISCORD_GATEWAY", self.gateway_url()),
        ]
    }

    /// Looks at the world.
    pub fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.inner.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world and wakes who waits for it.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let changed = change(&mut self.inner.world.lock().unwrap_or_else(PoisonError::into_inner));
        self.inner.changed.send_modify(|count| *count += 1);
        changed
    }
}
