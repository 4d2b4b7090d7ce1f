//! Carries events from the gateway to the desk, in order.

use super::hooks::{DeskGone, Hooks, Outlet};
use super::mapping::{by_a_person, deleted, edited_at, heard, reacted};
use super::places::{Me, Place, Places};
use super::queue::{Call, Rest};
use super::registration;
use super::session::Told;
use super::wire::{self, Channel, Message, Snowflake};
use crate::ports::{ChatError, Input, Mark};
use reqwest::Method;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

/// Carries events.
pub(super) struct Pump {
    pub(super) rest: Arc<Rest>,
    pub(super) places: Arc<Places>,
    pub(super) hooks: Hooks,
    pub(super) outlet: Outlet,
    /// Asks for a back-fill.
    pub(super) missed: Arc<Notify>,
}

impl Pump {
    /// Runs until the desk is gone.
    pub(super) async fn run(&self, mut events: mpsc::Receiver<Told>) {
        let mut aside = JoinSet::new();
        while let Some(told) = events.recv().await {
            while aside.try_join_next().is_some() {}
            if self.carry(told, &mut aside).await.is_err() {
                return;
            }
        }
    }

    async fn carry(&self, told: Told, aside: &mut JoinSet<()>) -> Result<(), DeskGone> {
        let value = told.value;
        match told.kind.as_str() {
            "READY" => {
                let user = wire::id_at(&value["user"], "id");
                if let Some(user) = user {
                    let application = wire::id_at(&value["application"], "id").unwrap_or(user);
                    self.places.introduce(Me { user, application });
                }
                self.missed.notify_one();
            }
            "GUILD_CREATE" => {
                self.places.learn_server(&value, self.places.me_now().map(|me| me.user));
                if let Some(server) = wire::id_at(&value, "id") {
                    let (rest, places, hooks) = (self.rest.clone(), self.places.clone(), self.hooks.clone());
                    aside.spawn(async move { register(&rest, &places, &hooks, server).await });
                }
            }
            "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "THREAD_CREATE" | "THREAD_UPDATE" => {
                if let Ok(channel) = serde_json::from_value::<Channel>(value) {
                    self.places.learn(&channel, None);
                }
            }
            "THREAD_LIST_SYNC" => {
                let server = wire::id_at(&value, "guild_id");
                for thread in value["threads"].as_array().into_iter().flatten() {
                    if let Ok(thread) = serde_json::from_value::<Channel>(thread.clone()) {
                        self.places.learn(&thread, server);
                    }
                }
            }
            "MESSAGE_CREATE" => {
                if let Some(message) = self.message(value, true).await {
                    self.outlet.put(Input::Heard(message)).await?;
                }
            }
            "MESSAGE_UPDATE" => {
                // Without a time of editing it is Discord that added the preview of a link.
                if let Some(message) = self.message(value, false).await.filter(|message| message.edited_at.is_some()) {
                    self.outlet.put(Input::Edited(message)).await?;
                }
            }
            "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => {
                for input in deleted(&value) {
                    self.outlet.put(input).await?;
                }
            }
            "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE" => {
                let placed = told.kind == "MESSAGE_REACTION_ADD";
                let Some(mut reacted) = reacted(&value, placed, self.places.me_now()) else { return Ok(()) };
                if reacted.mark == Mark::Ticket && placed {
                    // Reading the message takes a while; the others do not wait for it.
                    let (rest, places, outlet) = (self.rest.clone(), self.places.clone(), self.outlet.clone());
                    aside.spawn(async move {
                        let ids = (wire::id_at(&value, "channel_id"), wire::id_at(&value, "message_id"));
                        if let (Some(channel), Some(message)) = ids {
                            let server = wire::id_at(&value, "guild_id");
                            reacted.message = read(&rest, &places, channel, message, server).await.map(Box::new);
                        }
                        let _ = outlet.put(Input::Reacted(reacted)).await;
                    });
                } else {
                    self.outlet.put(Input::Reacted(reacted)).await?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A message with its place; what cannot be placed now is left to the back-fill.
    async fn message(&self, value: Value, fresh: bool) -> Option<crate::ports::Heard> {
        let message: Message = match serde_json::from_value(value) {
            Ok(message) => message,
            Err(_) => {
                self.missed.notify_one();
                return None;
            }
        };
        if !fresh && edited_at(&message).is_none() {
            return None;
        }
        if message.author.is_some() && !by_a_person(&message, self.places.me_now()) {
            return None;
        }
        if message.author.is_none() || message.content.is_none() {
            return read(&self.rest, &self.places, message.channel_id, message.id, message.guild_id).await;
        }
        let place = placed(&self.rest, &self.places, message.channel_id, message.guild_id).await;
        if place.is_none() {
            self.missed.notify_one();
        }
        heard(&message, place?, &self.places)
    }
}

/// Registers the commands of a server once per run, as soon as it has an organisation; Discord keeps them.
pub(super) async fn register(rest: &Rest, places: &Places, hooks: &Hooks, server: Snowflake) {
    let Some(texts) = hooks.commands.texts(&wire::server(server)) else { return };
    if !places.takes_registration(server) {
        return;
    }
    let registering = async {
        let me = places.me(rest).await?;
        registration::register(rest, me.application, server, &texts).await
    };
    if let Err(failure) = registering.await {
        places.gives_registration_back(server);
        tracing::warn!(server, error = %failure.error, "the commands could not be registered");
    }
}

/// Where a channel belongs; `None` when that cannot be told now. A channel that is closed to us is no thread that we know.
async fn placed(rest: &Rest, places: &Places, channel: Snowflake, server: Option<Snowflake>) -> Option<Place> {
    let bare = Place { server, above: None };
    if let (None, None) = (server, places.known(channel)) {
        return Some(bare);
    }
    match places.find(rest, channel).await {
        Ok(place) => Some(Place { server: server.or(place.server), ..place }),
        Err(failure) if matches!(failure.error, ChatError::Gone { .. }) => Some(bare),
        Err(_) => None,
    }
}

/// Reads a message as it stands now.
pub(super) async fn read(
    rest: &Rest,
    places: &Places,
    channel: Snowflake,
    message: Snowflake,
    server: Option<Snowflake>,
) -> Option<crate::ports::Heard> {
    let call = Call::new(Method::GET, channel, "read-one", format!("/channels/{channel}/messages/{message}"));
    let told = rest.call(call).await.ok()?;
    let found: Message = serde_json::from_value(told).ok()?;
    let place = placed(rest, places, channel, server).await?;
    heard(&found, place, places)
}
