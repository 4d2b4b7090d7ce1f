//! One life of serenity's client, on a thread and a runtime of its own.
//!
//! Serenity starts a task per event. On a runtime with one thread tasks first run in the order in which they were started, and ours
//! hand over in their first step: so the order of arrival is kept. The own thread also keeps the heart beating while the rest of
//! the program is busy, and lets everything be dropped at once when serenity hangs while it connects.

use super::needs::{EVENTS, INTENTS};
use super::queue::{Counters, client};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use serenity::async_trait;
use serenity::client::{Context, RawEventHandler};
use serenity::gateway::{ConnectionStage, GatewayError, ShardManager};
use serenity::http::HttpBuilder;
use serenity::model::event::Event;
use serenity::model::gateway::GatewayIntents;
use serenity::model::id::ShardId;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot};

/// What a session tells, in order.
pub(super) struct Told {
    /// The kind of event.
    pub(super) kind: String,
    /// Its payload.
    pub(super) value: Value,
}

/// Where a session's events go.
#[derive(Clone)]
pub(super) struct Ear {
    pub(super) events: mpsc::Sender<Told>,
    /// Interactions do not wait behind messages: they have three seconds.
    pub(super) interactions: mpsc::UnboundedSender<Value>,
    pub(super) counters: Arc<Counters>,
    /// Asks for a back-fill when something was missed.
    pub(super) missed: Arc<Notify>,
    /// Counts everything that was heard, as a sign of life.
    pub(super) heard: Arc<AtomicU64>,
    /// How often a session began.
    pub(super) ready: Arc<AtomicU64>,
}

impl Ear {
    fn hear(&self, event: Event) {
        self.heard.fetch_add(1, Ordering::AcqRel);
        let told = match event {
            Event::Unknown(unknown) if !EVENTS.iter().any(|(kind, _)| *kind == unknown.kind) => return,
            Event::Unknown(unknown) => {
                // Serenity could not read it. Our own reading asks for less, so it may succeed; else the back-fill finds it.
                self.counters.undecodable.fetch_add(1, Ordering::AcqRel);
                tracing::warn!(kind = %unknown.kind, "an event could not be read in full");
                self.missed.notify_one();
                Told { kind: unknown.kind, value: unknown.value }
            }
            Event::InteractionCreate(created) => {
                let mut value = serde_json::to_value(&created).unwrap_or_default();
                value["type"] = u8::from(created.interaction.kind()).into();
                Told { kind: "INTERACTION_CREATE".into(), value }
            }
            event => {
                let Some(told) = written(&event) else { return };
                told
            }
        };
        if told.kind == "READY" {
            self.ready.fetch_add(1, Ordering::AcqRel);
            self.counters.sessions.fetch_add(1, Ordering::Relaxed);
            self.counters.connected.store(true, Ordering::Relaxed);
        }
        if told.kind == "INTERACTION_CREATE" {
            let _ = self.interactions.send(told.value);
        } else if let Err(mpsc::error::TrySendError::Full(_)) = self.events.try_send(told) {
            self.counters.overflown.fetch_add(1, Ordering::AcqRel);
            self.missed.notify_one();
        }
    }
}

/// An event that Loket listens to, as JSON; `None` for the others, which are not written at all.
fn written(event: &Event) -> Option<Told> {
    let wanted = matches!(
        event,
        Event::Ready(_)
            | Event::Resumed(_)
            | Event::MessageCreate(_)
            | Event::MessageUpdate(_)
            | Event::MessageDelete(_)
            | Event::MessageDeleteBulk(_)
            | Event::ReactionAdd(_)
            | Event::ReactionRemove(_)
            | Event::GuildCreate(_)
            | Event::ChannelCreate(_)
            | Event::ChannelUpdate(_)
            | Event::ThreadCreate(_)
            | Event::ThreadUpdate(_)
            | Event::ThreadListSync(_)
    );
    if !wanted {
        return None;
    }
    let mut whole = serde_json::to_value(event).ok()?;
    let kind = whole["t"].as_str()?.to_owned();
    Some(Told { kind, value: whole["d"].take() })
}

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _: Context, event: Event) {
        // Without a pause in between, so that the order stays.
        self.hear(event);
    }
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// 4004.
    BadToken,
    /// 4013.
    InvalidIntents,
    /// 4014.
    IntentsNotAllowed,
    /// Anything else: try again.
    Other,
}

/// A running session; it ends when this is dropped.
pub(super) struct Session {
    pub(super) manager: Arc<ShardManager>,
    pub(super) ended: oneshot::Receiver<Ended>,
    _stop: oneshot::Sender<()>,
}

/// What a session needs to begin.
pub(super) struct Start {
    pub(super) token: SecretString,
    pub(super) base: String,
    pub(super) proxied: bool,
    pub(super) gateway: String,
    pub(super) ear: Ear,
}

/// Begins a session; `None` when it did not come about within the limit.
pub(super) async fn start(start: Start, limit: Duration) -> Option<Session> {
    let (made, making) = oneshot::channel();
    let (end, ended) = oneshot::channel();
    let (stop, stopping) = oneshot::channel();
    let thread = std::thread::Builder::new().name("loket-gateway".into()).spawn(move || {
        let outcome = live(start, made, stopping).unwrap_or(Ended::Other);
        let _ = end.send(outcome);
    });
    if thread.is_err() {
        return None;
    }
    let manager = tokio::time::timeout(limit, making).await.ok()?.ok()?;
    Some(Session { manager, ended, _stop: stop })
}

fn live(
    start: Start,
    made: oneshot::Sender<Arc<ShardManager>>,
    stopping: oneshot::Receiver<()>,
) -> Result<Ended, std::io::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        let running = async {
            let Ok(http) = client(Duration::from_secs(5), Duration::from_secs(10)) else { return Ended::Other };
            let mut http = HttpBuilder::new(start.token.expose_secret()).client(http).ratelimiter_disabled(true);
            if start.proxied {
                http = http.proxy(start.base);
            }
            let intents = GatewayIntents::from_bits_truncate(INTENTS);
            let building = serenity::client::ClientBuilder::new_with_http(http.build(), intents);
            let Ok(mut client) = building.raw_event_handler(start.ear).await else { return Ended::Other };
            *client.ws_url.lock().await = start.gateway;
            if made.send(Arc::clone(&client.shard_manager)).is_err() {
                return Ended::Other;
            }
            match client.start().await {
                Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => Ended::BadToken,
                Err(serenity::Error::Gateway(GatewayError::InvalidGatewayIntents)) => Ended::InvalidIntents,
                Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)) => Ended::IntentsNotAllowed,
                _ => Ended::Other,
            }
        };
        tokio::select! {
            ended = running => ended,
            _ = stopping => Ended::Other,
        }
    });
    // Drops every task, also one that hangs.
    runtime.shutdown_background();
    Ok(ended)
}

/// What is seen of a session from outside.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pulse {
    /// Whether serenity knows a connection at all.
    pub(super) there: bool,
    /// The latest round trip of a heartbeat; a new value is a new sign of life.
    pub(super) latency: Option<Duration>,
    /// How far the connection is.
    pub(super) stage: Option<ConnectionStage>,
}

impl Session {
    /// Looks how the session is doing.
    pub(super) async fn pulse(&self) -> Pulse {
        match self.manager.runners.lock().await.get(&ShardId(0)) {
            Some(runner) => Pulse { there: true, latency: runner.latency, stage: Some(runner.stage) },
            None => Pulse::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ear(room: usize) -> (Ear, mpsc::Receiver<Told>, mpsc::UnboundedReceiver<Value>) {
        let (events, told) = mpsc::channel(room);
        let (interactions, pressed) = mpsc::unbounded_channel();
        let ear = Ear {
            events,
            interactions,
            counters: Arc::default(),
            missed: Arc::default(),
            heard: Arc::default(),
            ready: Arc::default(),
        };
        (ear, told, pressed)
    }

    fn event(kind: &str, value: Value) -> Event {
        serde_json::from_value(json!({"t": kind, "d": value})).unwrap()
    }

    #[test]
    fn an_event_that_serenity_cannot_read_is_counted_and_still_passed_on() {
        let (ear, mut told, _pressed) = ear(8);
        // A message of a kind to come, with a poll that has another form.
        let odd = json!({"id": "5", "channel_id": "6", "type": 0, "content": "de kraan lekt", "poll": "new"});
        let odd = event("MESSAGE_CREATE", odd);
        assert!(matches!(odd, Event::Unknown(_)));
        ear.hear(odd);
        assert_eq!(told.try_recv().unwrap().value["content"], "de kraan lekt");
        assert_eq!(ear.counters.undecodable.load(Ordering::Acquire), 1);
        ear.hear(event("SOMETHING_NEW", json!({})));
        assert!(told.try_recv().is_err());
        assert_eq!(ear.counters.undecodable.load(Ordering::Acquire), 1);
        assert_eq!(ear.heard.load(Ordering::Acquire), 2, "both are signs of life");
    }

    #[test]
    fn what_no_longer_fits_is_left_to_the_back_fill() {
        let (ear, mut told, _pressed) = ear(1);
        for id in ["1", "2"] {
            ear.hear(event("MESSAGE_DELETE", json!({"id": id, "channel_id": "6"})));
        }
        assert_eq!(told.try_recv().unwrap().value["id"], "1");
        assert_eq!(ear.counters.overflown.load(Ordering::Acquire), 1);
        assert!(futures::FutureExt::now_or_never(ear.missed.notified()).is_some());
    }
}
