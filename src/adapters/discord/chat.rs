//! The chat port: posts, edits and reads, each safe to call again.

use super::fetch::Files;
use super::files;
use super::mapping::emoji_of;
use super::places::{Me, Place, Places};
use super::queue::{Call, Failure, Rest};
use super::view;
use super::wire::{self, Snowflake};
use crate::domain::{AccountId, ChannelId, Instant, MessageRef, RoleId, ServerId};
use crate::ports::{Attached, Chat, ChatError, InteractionToken, Mark, OwnPost, PostKey, Reply};
use crate::render::File;
use crate::render::message::{Message, Piece, Rich};
use async_trait::async_trait;
use reqwest::Method;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Discord's code for a thread that fell asleep.
const ASLEEP: i64 = 50_083;
/// Discord's code for a message that has a thread already.
const THREAD_EXISTS: i64 = 160_004;
/// Discord's clock and ours may differ this much.
const SKEW: chrono::TimeDelta = chrono::TimeDelta::seconds(5);
/// Archived after a week without a message.
const ARCHIVE_MINUTES: u32 = 10_080;

/// So many messages at a time.
const PAGE: usize = 100;
/// So many pages of a channel at most: ours are found by what they say, and nobody waits for it.
const PAGES: usize = 50;

/// The chat port on Discord.
pub(super) struct DiscordChat {
    pub(super) rest: Arc<Rest>,
    pub(super) places: Arc<Places>,
    pub(super) files: Files,
}

fn gone(why: &str) -> ChatError {
    ChatError::Gone { why: why.to_owned() }
}

fn refused(why: &str) -> ChatError {
    ChatError::Refused { why: why.to_owned() }
}

fn id(text: &str) -> Result<Snowflake, ChatError> {
    wire::snowflake(text).ok_or_else(|| gone("not an identity of Discord"))
}

fn made(answer: &Value) -> Result<Snowflake, ChatError> {
    wire::id_at(answer, "id").ok_or_else(|| ChatError::Unknown { why: "the answer names no identity".into() })
}

/// Discord would refuse the whole message; said here, it is said before all of it was sent.
fn must_fit(message: &Message) -> Result<(), ChatError> {
    if File::fit(&message.files) { Ok(()) } else { Err(refused("the files are too many or too large")) }
}

/// How an interaction was deferred stands before its secret, so that an answer after a restart still goes to the right place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deferred {
    /// "Loket is thinking": that message must be filled in.
    Answer,
    /// Nothing is shown yet: the message with the button can be replaced, or an answer put below it.
    Button,
}

/// Writes the secret of an interaction with how it was deferred.
pub(super) fn sealed(deferred: Deferred, token: &str) -> String {
    let kind = match deferred {
        Deferred::Answer => "5",
        Deferred::Button => "6",
    };
    format!("{kind}:{token}")
}

fn unsealed(token: &str) -> (Deferred, &str) {
    match token.split_once(':') {
        Some(("6", secret)) => (Deferred::Button, secret),
        Some(("5", secret)) => (Deferred::Answer, secret),
        _ => (Deferred::Answer, token),
    }
}

impl DiscordChat {
    /// Looks up the servers of linked messages, as a link needs them. A link without is better than no message.
    async fn prepare(&self, message: &Message) {
        let mut all: Vec<&Rich> = vec![&message.text];
        if let Some(card) = &message.card {
            all.extend([&card.title, &card.body, &card.footer]);
            all.extend(card.facts.iter().map(|(_, value)| value));
        }
        for piece in all.into_iter().flat_map(|rich| &rich.0) {
            if let Piece::Link(at) = piece
                && let Some(channel) = wire::snowflake(at.channel.as_str())
            {
                let _ = self.places.find(&self.rest, channel).await;
            }
        }
    }

    fn server_of(&self, at: &MessageRef) -> Option<Snowflake> {
        self.places.known(wire::snowflake(at.channel.as_str())?)?.server
    }

    async fn new_body(&self, message: &Message) -> Result<Map<String, Value>, ChatError> {
        must_fit(message)?;
        self.prepare(message).await;
        view::create(message, &|at| self.server_of(at)).ok_or_else(|| refused("there is nothing to show"))
    }

    async fn edit_body(&self, message: &Message) -> Result<Map<String, Value>, ChatError> {
        must_fit(message)?;
        self.prepare(message).await;
        view::edit(message, &|at| self.server_of(at)).ok_or_else(|| refused("there is nothing to show"))
    }

    async fn me(&self) -> Result<Me, ChatError> {
        Ok(self.places.me(&self.rest).await?)
    }

    fn learn(&self, told: &Value, above: Option<Snowflake>) {
        let Some(id) = wire::id_at(told, "id") else { return };
        let server = wire::id_at(told, "guild_id").or_else(|| self.places.known(above?)?.server);
        let channel =
            json!({"id": id, "guild_id": server, "parent_id": above, "type": if above.is_some() { 11 } else { 1 }});
        if let Ok(channel) = serde_json::from_value(channel) {
            self.places.learn(&channel, server);
        }
    }
}

/// Everything that is written in a message, wherever Discord has it.
fn written(message: &Value) -> String {
    ["content", "embeds", "components"].map(|part| message[part].to_string()).join(" ")
}

/// The nonce of a post: at most 25 characters, the same at every attempt.
fn nonce(key: &PostKey) -> String {
    if (1..=25).contains(&key.0.len()) && key.0.is_ascii() {
        return key.0.clone();
    }
    Sha256::digest(key.0.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

#[async_trait]
impl Chat for DiscordChat {
    async fn open_thread(&self, under: &MessageRef, name: &str) -> Result<ChannelId, ChatError> {
        let (channel, message) = (id(under.channel.as_str())?, id(under.message.as_str())?);
        let body = json!({"name": view::thread_name(name), "auto_archive_duration": ARCHIVE_MINUTES});
        let path = format!("/channels/{channel}/messages/{message}/threads");
        match self.rest.call(Call::new(Method::POST, channel, "thread", path).body(body)).await {
            Ok(told) => {
                let thread = made(&told)?;
                self.learn(&told, Some(channel));
                Ok(wire::channel(thread))
            }
            // A thread has the identity of the message it hangs under.
            Err(Failure { code: THREAD_EXISTS, .. }) => Ok(wire::channel(message)),
            // The outcome can be seen here: the thread is there or it is not.
            Err(failure @ Failure { error: ChatError::Unknown { .. }, .. }) => {
                let path = format!("/channels/{message}");
                match self.rest.call(Call::new(Method::GET, message, "channel", path)).await {
                    Ok(_) => Ok(wire::channel(message)),
                    Err(Failure { error: ChatError::Gone { .. }, .. }) => {
                        Err(ChatError::Retry { after: None, why: "the thread was not made".into() })
                    }
                    Err(_) => Err(failure.into()),
                }
            }
            Err(failure) => Err(failure.into()),
        }
    }

    async fn open_private(&self, channel: &ChannelId, name: &str, with: &AccountId) -> Result<ChannelId, ChatError> {
        let (above, person) = (id(channel.as_str())?, id(with.as_str())?);
        let name = view::thread_name(name);
        // A private thread has a fresh identity each time, so a thread of that name from an earlier attempt is looked for first.
        let thread = match self.own_private(above, &name, person).await? {
            Some(thread) => thread,
            None => {
                let body =
                    json!({"name": name, "type": 12, "invitable": false, "auto_archive_duration": ARCHIVE_MINUTES});
                let path = format!("/channels/{above}/threads");
                let told = self.rest.call(Call::new(Method::POST, above, "thread", path).body(body)).await?;
                self.learn(&told, Some(above));
                made(&told)?
            }
        };
        let path = format!("/channels/{thread}/thread-members/{person}");
        self.awake(thread, Call::new(Method::PUT, thread, "thread-member", path)).await?;
        Ok(wire::channel(thread))
    }

    async fn fetch(&self, file: &Attached, most: u64) -> Result<Vec<u8>, ChatError> {
        self.files.fetch(file, most).await
    }

    async fn open_direct(&self, with: &AccountId) -> Result<ChannelId, ChatError> {
        let person = id(with.as_str())?;
        let body = json!({"recipient_id": person.to_string()});
        let call = Call::new(Method::POST, person, "direct", "/users/@me/channels".into()).body(body);
        let told = self.rest.call(call).await.map_err(|failure| match failure.error {
            // The same conversation is given each time, so an unknown outcome may simply be tried again.
            ChatError::Unknown { why } => ChatError::Retry { after: None, why },
            error => error,
        })?;
        self.learn(&told, None);
        Ok(wire::channel(made(&told)?))
    }

    async fn post(
        &self,
        to: &ChannelId,
        message: &Message,
        reply_to: Option<&MessageRef>,
        key: &PostKey,
    ) -> Result<MessageRef, ChatError> {
        let channel = id(to.as_str())?;
        let mut body = self.new_body(message).await?;
        body.insert("nonce".into(), nonce(key).into());
        body.insert("enforce_nonce".into(), true.into());
        if let Some(answered) =
            reply_to.filter(|at| at.channel == *to).and_then(|at| wire::snowflake(at.message.as_str()))
        {
            let reference = json!({"message_id": answered.to_string(), "fail_if_not_exists": false});
            body.insert("message_reference".into(), reference);
        }
        let path = format!("/channels/{channel}/messages");
        let call = Call::new(Method::POST, channel, "post", path).body(body).files(files::uploads(&message.files));
        let told = self.rest.call(call).await?;
        Ok(wire::place(channel, made(&told)?))
    }

    async fn find(
        &self,
        channel: &ChannelId,
        message: &Message,
        since: Instant,
    ) -> Result<Option<MessageRef>, ChatError> {
        let channel = id(channel.as_str())?;
        let me = self.me().await?;
        let body = self.new_body(message).await?;
        let call = Call::new(Method::GET, channel, "read", format!("/channels/{channel}/messages")).query("limit", 100);
        let told = self.rest.call(call).await?;
        let since = since - SKEW;
        let found = told.as_array().into_iter().flatten().filter_map(|found| {
            let id = wire::id_at(found, "id")?;
            let ours = wire::id_at(&found["author"], "id") == Some(me.user);
            (ours && wire::made_at(id) >= since && view::same(found, &body)).then_some(id)
        });
        // The oldest that fits is the one of the first attempt.
        Ok(found.min().map(|id| wire::place(channel, id)))
    }

    async fn edit(&self, at: &MessageRef, message: &Message) -> Result<(), ChatError> {
        let (channel, target) = (id(at.channel.as_str())?, id(at.message.as_str())?);
        let body = self.edit_body(message).await?;
        let path = format!("/channels/{channel}/messages/{target}");
        let call = Call::new(Method::PATCH, channel, "edit", path).body(body).files(files::uploads(&message.files));
        self.awake(channel, call).await
    }

    async fn own_posts(&self, channel: &ChannelId, from: Instant, to: Instant) -> Result<Vec<OwnPost>, ChatError> {
        let channel = id(channel.as_str())?;
        let me = self.me().await?;
        let mut after = wire::first_at(from).saturating_sub(1);
        let mut own = Vec::new();
        for _ in 0..PAGES {
            let path = format!("/channels/{channel}/messages");
            let call = Call::new(Method::GET, channel, "read", path).query("limit", PAGE).query("after", after);
            let told = self.rest.call(call).await?;
            let all: Vec<&Value> = told.as_array().into_iter().flatten().collect();
            let known = |found: &&Value| Some((wire::id_at(found, "id")?, (*found).clone()));
            let mut page: Vec<(Snowflake, Value)> = all.iter().filter_map(known).collect();
            page.sort_by_key(|(id, _)| *id);
            let last = page.last().map(|(id, _)| *id);
            let ours = page
                .into_iter()
                .filter(|(id, found)| wire::made_at(*id) <= to && wire::id_at(&found["author"], "id") == Some(me.user));
            own.extend(ours.map(|(id, found)| OwnPost { at: wire::place(channel, id), text: written(&found) }));
            match last {
                Some(last) if all.len() >= PAGE && wire::made_at(last) <= to => after = last,
                _ => break,
            }
        }
        Ok(own)
    }

    async fn remove(&self, at: &MessageRef) -> Result<(), ChatError> {
        let (channel, target) = (id(at.channel.as_str())?, id(at.message.as_str())?);
        let path = format!("/channels/{channel}/messages/{target}");
        self.awake(channel, Call::new(Method::DELETE, channel, "remove", path)).await
    }

    async fn mark(&self, at: &MessageRef, mark: Mark) -> Result<(), ChatError> {
        let (channel, target) = (id(at.channel.as_str())?, id(at.message.as_str())?);
        let path = format!("/channels/{channel}/messages/{target}/reactions/{}/@me", emoji_of(mark));
        self.awake(channel, Call::new(Method::PUT, channel, "mark", path)).await
    }

    async fn answer(&self, token: &InteractionToken, reply: &Reply) -> Result<(), ChatError> {
        let me = self.me().await?;
        let (deferred, secret) = unsealed(&token.token);
        if secret.is_empty() || !secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~+=".contains(&byte)) {
            return Err(gone("the interaction cannot be answered"));
        }
        let hook = format!("/webhooks/{}/{secret}", me.application);
        let call = if deferred == Deferred::Answer || reply.replace {
            let body = self.edit_body(&reply.message).await?;
            Call::new(Method::PATCH, 0, "answer", format!("{hook}/messages/@original")).body(body)
        } else {
            let mut body = self.new_body(&reply.message).await?;
            // Shown to that person alone.
            body.insert("flags".into(), 64.into());
            Call::new(Method::POST, 0, "answer", hook).body(body)
        };
        self.rest.at_once(call.files(files::uploads(&reply.message.files))).await?;
        Ok(())
    }

    async fn roles_of(&self, server: &ServerId, account: &AccountId) -> Result<Option<BTreeSet<RoleId>>, ChatError> {
        let (server, person) = (id(server.as_str())?, id(account.as_str())?);
        let path = format!("/guilds/{server}/members/{person}");
        match self.rest.call(Call::new(Method::GET, server, "member", path)).await {
            Ok(member) => Ok(Some(wire::roles(&member))),
            // Unknown member, unknown user.
            Err(Failure { code: 10_007 | 10_013, .. }) => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    }
}

impl DiscordChat {
    /// Carries out a change that may be repeated. A thread in which nothing was said for a week sleeps, and only a new message wakes
    /// it by itself: for anything else it is woken first.
    async fn awake(&self, channel: Snowflake, call: Call) -> Result<(), ChatError> {
        match self.rest.call(call.clone()).await {
            Err(Failure { code: ASLEEP, .. }) => {}
            other => return other.map(drop).map_err(ChatError::from),
        }
        let wake = Call::new(Method::PATCH, channel, "channel", format!("/channels/{channel}"));
        self.rest.call(wake.body(json!({"archived": false}))).await?;
        self.rest.call(call).await?;
        Ok(())
    }

    /// A private thread of that name from an earlier attempt for that same person. One that anybody else is in, or may have been
    /// in, is never used again: what is said in it is confidential.
    async fn own_private(
        &self,
        above: Snowflake,
        name: &str,
        person: Snowflake,
    ) -> Result<Option<Snowflake>, ChatError> {
        let me = self.me().await?;
        let Place { server: Some(server), .. } = self.places.find(&self.rest, above).await? else { return Ok(None) };
        let path = format!("/guilds/{server}/threads/active");
        let told = self.rest.call(Call::new(Method::GET, server, "threads", path)).await?;
        for thread in told["threads"].as_array().into_iter().flatten() {
            let ours = wire::id_at(thread, "parent_id") == Some(above)
                && wire::id_at(thread, "owner_id") == Some(me.user)
                && thread["type"] == 12
                && thread["name"].as_str() == Some(name);
            let (Some(id), true) = (wire::id_at(thread, "id"), ours) else { continue };
            let members = thread["member_count"].as_u64().unwrap_or(u64::MAX);
            let unused = members <= 1 && thread["message_count"].as_u64() == Some(0);
            if unused || (members <= 2 && self.is_in(id, person).await?) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    async fn is_in(&self, thread: Snowflake, person: Snowflake) -> Result<bool, ChatError> {
        let path = format!("/channels/{thread}/thread-members/{person}");
        match self.rest.call(Call::new(Method::GET, thread, "thread-member", path)).await {
            Ok(_) => Ok(true),
            Err(Failure { error: ChatError::Gone { .. }, .. }) => Ok(false),
            Err(failure) => Err(failure.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_has_at_most_25_characters_and_stays_the_same() {
        assert_eq!(nonce(&PostKey("abc123".into())), "abc123");
        let long = nonce(&PostKey("x".repeat(80)));
        assert_eq!(long, nonce(&PostKey("x".repeat(80))));
        assert_eq!(long.len(), 24);
        assert_ne!(long, nonce(&PostKey("y".repeat(80))));
        assert_eq!(nonce(&PostKey(String::new())).len(), 24);
    }

    #[test]
    fn an_interaction_remembers_how_it_was_deferred() {
        assert_eq!(unsealed(&sealed(Deferred::Button, "aW50.x_y")), (Deferred::Button, "aW50.x_y"));
        assert_eq!(unsealed(&sealed(Deferred::Answer, "abc")), (Deferred::Answer, "abc"));
        assert_eq!(unsealed("abc"), (Deferred::Answer, "abc"));
    }
}
