//! What is known of channels: to which server each belongs, and which are threads of which.

use super::queue::{Call, Failure, Rest};
use super::wire::{self, Channel, Snowflake};
use reqwest::Method;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// Beyond this many channels the memory is emptied and filled again by asking.
const MOST: usize = 50_000;

/// Who we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Me {
    /// Our account.
    pub(super) user: Snowflake,
    /// Our application.
    pub(super) application: Snowflake,
}

/// Where a channel belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its server; `None` in a conversation with one person.
    pub(super) server: Option<Snowflake>,
    /// The channel above it, when it is a thread.
    pub(super) above: Option<Snowflake>,
}

/// What the gateway told and REST answered about channels.
#[derive(Default)]
pub(super) struct Places {
    known: Mutex<HashMap<Snowflake, Place>>,
    roles: Mutex<HashSet<Snowflake>>,
    me: OnceLock<Me>,
    /// Servers whose commands were registered in this run.
    registered: Mutex<HashSet<Snowflake>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Places {
    /// Whether the commands of a server are still to be registered in this run; who asks does it.
    pub(super) fn takes_registration(&self, server: Snowflake) -> bool {
        held(&self.registered).insert(server)
    }

    /// It did not come about, so that it is tried again.
    pub(super) fn gives_registration_back(&self, server: Snowflake) {
        held(&self.registered).remove(&server);
    }

    /// Remembers a channel.
    pub(super) fn learn(&self, channel: &Channel, server: Option<Snowflake>) {
        let place =
            Place { server: channel.guild_id.or(server), above: channel.parent_id.filter(|_| channel.is_thread()) };
        let mut known = held(&self.known);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(channel.id, place);
    }

    /// Remembers the channels, threads and our own roles of a server, as the gateway tells them.
    pub(super) fn learn_server(&self, told: &Value, me: Option<Snowflake>) {
        let server = wire::id_at(told, "id");
        for key in ["channels", "threads"] {
            for channel in listed(&told[key]) {
                if let Ok(channel) = serde_json::from_value::<Channel>(channel.clone()) {
                    self.learn(&channel, server);
                }
            }
        }
        for role in listed(&told["roles"]) {
            let ours = wire::id_at(&role["tags"], "bot_id").is_some_and(|bot| Some(bot) == me);
            if let (true, Some(id)) = (ours, wire::id_at(role, "id")) {
                held(&self.roles).insert(id);
            }
        }
    }

    /// Whether a role is the one that Discord made for us; people pick it by mistake when they mention us.
    pub(super) fn is_our_role(&self, role: Snowflake) -> bool {
        held(&self.roles).contains(&role)
    }

    /// What is known of a channel without asking.
    pub(super) fn known(&self, channel: Snowflake) -> Option<Place> {
        held(&self.known).get(&channel).copied()
    }

    /// Where a channel belongs; asked when it is not known.
    pub(super) async fn find(&self, rest: &Rest, channel: Snowflake) -> Result<Place, Failure> {
        if let Some(place) = self.known(channel) {
            return Ok(place);
        }
        let told = rest.call(Call::new(Method::GET, channel, "channel", format!("/channels/{channel}"))).await?;
        if let Ok(channel) = serde_json::from_value::<Channel>(told) {
            self.learn(&channel, None);
        }
        Ok(self.known(channel).unwrap_or_default())
    }

    /// Remembers who we are.
    pub(super) fn introduce(&self, me: Me) {
        let _ = self.me.set(me);
    }

    /// Who we are, when known already.
    pub(super) fn me_now(&self) -> Option<Me> {
        self.me.get().copied()
    }

    /// Who we are; asked when the gateway did not tell yet.
    pub(super) async fn me(&self, rest: &Rest) -> Result<Me, Failure> {
        if let Some(me) = self.me_now() {
            return Ok(me);
        }
        let user = rest.call(Call::new(Method::GET, 0, "me", "/users/@me".into())).await?;
        let user = wire::id_at(&user, "id").unwrap_or_default();
        // An application and its account have had the same identity for years; old ones differ.
        let application = match rest.call(Call::new(Method::GET, 0, "me", "/applications/@me".into())).await {
            Ok(told) => wire::id_at(&told, "id").unwrap_or(user),
            Err(_) => user,
        };
        self.introduce(Me { user, application });
        Ok(Me { user, application })
    }
}

/// A list, or the values of a map: serenity writes some lists as maps by identity.
fn listed(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().collect(),
        Value::Object(map) => map.values().collect(),
        _ => Vec::new(),
    }
}
