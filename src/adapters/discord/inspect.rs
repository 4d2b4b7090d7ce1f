//! What an administrator wants to know before Loket opens: whether the token works, what the portal allows, on which servers the bot
//! is, what it may do in its channels, and who is there. It only reads.

use super::needs::Permission;
use super::queue::{self, Call, Counters, Failure, Rest};
use super::wire::{self, Snowflake};
use super::{DISCORD, DiscordError, DiscordSettings};
use crate::domain::register::ChannelRole;
use crate::domain::{AccountId, ChannelId, Instant, RoleId, ServerId};
use crate::ports::ChatError;
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// Flags of an application: the content of messages, with and without a limit to the number of servers.
const MESSAGE_CONTENT: u64 = 1 << 18 | 1 << 19;
/// Whoever has this permission has all others.
const ADMINISTRATOR: u64 = 1 << 3;

/// Why something cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// Discord does not accept the token.
    BadToken,
    /// It does not exist, or the bot is not let in.
    NotThere,
    /// Discord gave no useful answer; for a person.
    Unanswered(String),
}

/// Who the token belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bot {
    /// The number of its account.
    user: Snowflake,
    /// Its name.
    pub name: String,
    /// The number of its application, for the invite link.
    pub application: String,
    /// Whether the portal lets it read what people write.
    pub reads_messages: bool,
    /// What time it is at Discord, to the second.
    pub time: Option<Instant>,
}

/// A server with what the bot is in it.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its name.
    pub name: String,
    id: Snowflake,
    /// The permissions of everybody and of the bot's own roles together.
    allowed: u64,
    roles: Vec<Snowflake>,
}

/// Looks at a Discord through its REST interface.
pub struct Inspector {
    rest: Rest,
}

impl Inspector {
    /// With that token; no request waits longer than the limit.
    pub fn new(settings: &DiscordSettings, limit: Duration) -> Result<Self, DiscordError> {
        let token = SecretString::from(settings.token.expose_secret().trim());
        let base = settings.api.clone().unwrap_or_else(|| DISCORD.to_owned());
        match reqwest::Url::parse(&base) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {}
            _ => return Err(DiscordError::Interface(base)),
        }
        let client = queue::client(limit.min(Duration::from_secs(5)), limit)
            .map_err(|error| DiscordError::Client(error.without_url().to_string()))?;
        Ok(Self { rest: Rest::new(client, &base, token, Arc::new(Counters::default())) })
    }

    async fn ask(&self, call: Call) -> Result<Value, Unseen> {
        match self.rest.call(call).await {
            Ok(told) => Ok(told),
            Err(_) if self.rest.is_stopped() => Err(Unseen::BadToken),
            Err(Failure { error: ChatError::Gone { .. } | ChatError::Missing { .. }, .. }) => Err(Unseen::NotThere),
            Err(Failure { error, .. }) => Err(Unseen::Unanswered(error.to_string())),
        }
    }

    /// Whose token it is.
    pub async fn bot(&self) -> Result<Bot, Unseen> {
        let user = self.ask(Call::new(Method::GET, 0, "me", "/users/@me".into())).await?;
        let time = self.rest.told_time();
        let application = self.ask(Call::new(Method::GET, 0, "me", "/applications/@me".into())).await?;
        Ok(Bot {
            user: wire::id_at(&user, "id").unwrap_or_default(),
            name: user["username"].as_str().unwrap_or_default().to_owned(),
            application: application["id"].as_str().unwrap_or_default().to_owned(),
            reads_messages: application["flags"].as_u64().unwrap_or_default() & MESSAGE_CONTENT != 0,
            time,
        })
    }

    /// A server that the bot should be on.
    pub async fn server(&self, bot: &Bot, server: &ServerId) -> Result<Server, Unseen> {
        let id = wire::snowflake(server.as_str()).ok_or(Unseen::NotThere)?;
        let told = self.ask(Call::new(Method::GET, id, "server", format!("/guilds/{id}"))).await?;
        let path = format!("/guilds/{id}/members/{}", bot.user);
        let own = self.ask(Call::new(Method::GET, id, "member", path)).await?;
        let mut roles: Vec<Snowflake> = numbers(&own["roles"]);
        // The role of everybody has the number of the server.
        roles.push(id);
        let all = told["roles"].as_array().into_iter().flatten();
        let allowed = all
            .filter(|role| wire::id_at(role, "id").is_some_and(|role| roles.contains(&role)))
            .fold(0, |allowed, role| allowed | bits(&role["permissions"]));
        Ok(Server { name: told["name"].as_str().unwrap_or_default().to_owned(), id, allowed, roles })
    }

    /// What the bot lacks in a channel for what it is to do there; `NotThere` when the channel is not on one of these servers.
    pub async fn lacks(
        &self,
        bot: &Bot,
        servers: &[Server],
        channel: &ChannelId,
        role: ChannelRole,
    ) -> Result<Vec<Permission>, Unseen> {
        let id = wire::snowflake(channel.as_str()).ok_or(Unseen::NotThere)?;
        let told = self.ask(Call::new(Method::GET, id, "channel", format!("/channels/{id}"))).await?;
        let server = wire::id_at(&told, "guild_id").unwrap_or_default();
        let server = servers.iter().find(|known| known.id == server).ok_or(Unseen::NotThere)?;
        let allowed = effective(server, bot.user, &told["permission_overwrites"]);
        Ok(Permission::in_channel(role).filter(|permission| allowed & permission.bit() == 0).collect())
    }

    /// The roles that somebody has on a server; `None` for who is not there.
    pub async fn roles_of(&self, server: &ServerId, account: &AccountId) -> Result<Option<BTreeSet<RoleId>>, Unseen> {
        let (Some(server), Some(person)) = (wire::snowflake(server.as_str()), wire::snowflake(account.as_str())) else {
            return Ok(None);
        };
        let path = format!("/guilds/{server}/members/{person}");
        match self.ask(Call::new(Method::GET, server, "member", path)).await {
            Ok(member) => Ok(Some(wire::roles(&member))),
            Err(Unseen::NotThere) => Ok(None),
            Err(unseen) => Err(unseen),
        }
    }
}

fn numbers(list: &Value) -> Vec<Snowflake> {
    list.as_array().into_iter().flatten().filter_map(|number| number.as_str()?.parse().ok()).collect()
}

/// Discord writes bit fields as text, since they outgrow what JSON numbers hold.
fn bits(value: &Value) -> u64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// What is left of the server's permissions in a channel: first what the channel says of everybody, then of the roles together, then of
/// the bot itself.
fn effective(server: &Server, bot: Snowflake, overwrites: &Value) -> u64 {
    if server.allowed & ADMINISTRATOR != 0 {
        return u64::MAX;
    }
    let said_of = |about: &dyn Fn(Snowflake) -> bool| {
        let all = overwrites.as_array().into_iter().flatten();
        all.filter(|one| wire::id_at(one, "id").is_some_and(about))
            .fold((0, 0), |(deny, allow), one| (deny | bits(&one["deny"]), allow | bits(&one["allow"])))
    };
    let steps = [
        said_of(&|id| id == server.id),
        said_of(&|id| id != server.id && server.roles.contains(&id)),
        said_of(&|id| id == bot),
    ];
    steps.into_iter().fold(server.allowed, |allowed, (deny, allow)| allowed & !deny | allow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn server(allowed: u64) -> Server {
        Server { name: "Linde".into(), id: 1, allowed, roles: vec![7, 1] }
    }

    fn overwrite(id: u64, allow: u64, deny: u64) -> Value {
        json!({"id": id.to_string(), "allow": allow.to_string(), "deny": deny.to_string()})
    }

    #[test]
    fn a_channel_takes_and_gives_in_the_order_of_discord() {
        let (view, send) = (Permission::ViewChannel.bit(), Permission::SendMessages.bit());
        // Closed to everybody, open to the bot's role.
        let private = json!([overwrite(1, 0, view), overwrite(7, view, 0)]);
        assert_eq!(effective(&server(view | send), 9, &private), view | send);
        // Somebody else's role and account change nothing.
        let others = json!([overwrite(8, 0, view), overwrite(5, 0, send)]);
        assert_eq!(effective(&server(view | send), 9, &others), view | send);
        // The bot's own entry has the last word.
        let own = json!([overwrite(7, send, 0), overwrite(9, 0, send)]);
        assert_eq!(effective(&server(view | send), 9, &own), view);
        assert_eq!(effective(&server(ADMINISTRATOR), 9, &own), u64::MAX);
        assert_eq!(effective(&server(view), 9, &Value::Null), view);
    }
}
