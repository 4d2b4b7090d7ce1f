//! `/channels/{id}/messages…`: posting, reading, editing, deleting and reacting.

use serde_json::{Value, json};

use super::super::events::Post;
use super::super::payloads;
use super::super::state::{Attachment, Channel, Id, Kind, Message, flag, permission};
use super::super::world::World;
use super::{Ask, File, Outcome, Refusal, nothing, number, ok, refuse, unknown_channel, unknown_message};

/// How long `enforce_nonce` remembers: Discord says "a few minutes".
const NONCE_MEMORY_MILLIS: i64 = 5 * 60 * 1000;
/// Discord's limit of different emojis on one message.
const EMOJIS_PER_MESSAGE: usize = 20;

pub fn route(world: &mut World, ask: &Ask<'_>, channel: Id, rest: &[&str]) -> Outcome {
    seen(world, channel)?;
    match (ask.method, rest) {
        ("GET", []) => list(world, ask, channel),
        ("POST", []) => create(world, ask, channel),
        ("GET", [message]) => {
            let message = find(world, channel, number(message)?)?;
            ok(shown(world, message))
        }
        ("PATCH", [message]) => edit(world, ask, channel, number(message)?),
        ("DELETE", [message]) => delete(world, channel, number(message)?),
        ("POST", [message, "threads"]) => super::channels::thread_from(world, ask, channel, number(message)?),
        (_, [message, "reactions", rest @ ..]) => reactions(world, ask, channel, number(message)?, rest),
        _ => Err(super::no_route(world, ask)),
    }
}

/// The channel, when the bot may see it.
pub fn seen(world: &World, id: Id) -> Result<&Channel, Refusal> {
    let channel = world.channels.get(&id).ok_or_else(unknown_channel)?;
    let member =
        channel.server.is_none_or(|s| world.servers.get(&s).is_some_and(|s| s.members.contains_key(&world.bot)));
    if member && world.bot_sees(channel) { Ok(channel) } else { Err(refuse(403, 50001, "Missing Access")) }
}

/// Refuses when the bot lacks a permission in a channel.
pub fn require(world: &World, channel: Id, needed: u64) -> Result<(), Refusal> {
    let allowed = world.channels.get(&channel).map_or(0, |c| world.bot_permissions(c));
    if allowed & needed == needed { Ok(()) } else { Err(refuse(403, 50013, "Missing Permissions")) }
}

fn find(world: &World, channel: Id, id: Id) -> Result<&Message, Refusal> {
    let found = world.messages.get(&id).filter(|m| m.channel == channel && m.ephemeral_to.is_none());
    found.ok_or_else(unknown_message)
}

/// A message as the bot may read it over REST.
fn shown(world: &World, message: &Message) -> Value {
    let mut value = payloads::message(world, message);
    let granted = world.portal_intents & super::super::state::intent::MESSAGE_CONTENT != 0;
    if !granted && world.hides_content(message) {
        super::super::sessions::hide_content(&mut value);
    }
    value
}

fn list(world: &World, ask: &Ask<'_>, channel: Id) -> Outcome {
    let limit = match ask.call.query("limit") {
        Some(text) => number(text)? as usize,
        None => 50,
    };
    if !(1..=100).contains(&limit) {
        return Err(refuse(400, 50035, "Invalid Form Body: limit must be from 1 to 100"));
    }
    if require(world, channel, permission::READ_MESSAGE_HISTORY).is_err() {
        return ok(json!([]));
    }
    let ids = &seen(world, channel)?.messages;
    let bound = |key: &str| ask.call.query(key).map(number).transpose();
    let (before, after, around) = (bound("before")?, bound("after")?, bound("around")?);
    let chosen: Vec<Id> = if let Some(after) = after {
        let start = ids.partition_point(|id| *id <= after);
        ids[start..].iter().take(limit).copied().collect()
    } else if let Some(around) = around {
        let middle = ids.partition_point(|id| *id < around);
        let start = middle.saturating_sub(limit / 2);
        ids[start..].iter().take(limit).copied().collect()
    } else {
        let end = before.map_or(ids.len(), |b| ids.partition_point(|id| *id < b));
        ids[end.saturating_sub(limit)..end].to_vec()
    };
    // Newest first, whichever way was asked.
    let found = chosen.iter().rev().filter_map(|id| world.messages.get(id)).map(|m| shown(world, m));
    ok(Value::Array(found.collect()))
}

fn create(world: &mut World, ask: &Ask<'_>, channel: Id) -> Outcome {
    let found = seen(world, channel)?;
    let (kind, locked) = (found.kind, found.locked);
    let needed = if kind.is_thread() { permission::SEND_MESSAGES_IN_THREADS } else { permission::SEND_MESSAGES };
    require(world, channel, needed)?;
    if locked {
        require(world, channel, permission::MANAGE_THREADS)?;
    }
    if ask.body["embeds"].as_array().is_some_and(|e| !e.is_empty()) {
        require(world, channel, permission::EMBED_LINKS)?;
    }
    if !ask.files.is_empty() {
        require(world, channel, permission::ATTACH_FILES)?;
    }
    let closed = found_closed(world, channel);
    if kind == Kind::Direct && closed {
        return Err(refuse(403, 50007, "Cannot send messages to this user"));
    }
    let nonce = ask.body.get("nonce").filter(|n| !n.is_null()).cloned();
    if let (Some(nonce), true) = (&nonce, ask.body["enforce_nonce"] == true) {
        let now = world.now();
        let same = world.nonces.get(&nonce.to_string()).and_then(|id| world.messages.get(id));
        if let Some(same) = same.filter(|m| now - m.created < NONCE_MEMORY_MILLIS) {
            return ok(payloads::with_nonce(payloads::message(world, same), same));
        }
    }
    let reply_to = match ask.body["message_reference"]["message_id"].as_str() {
        Some(text) => {
            let answered = number(text)?;
            let exists = find(world, channel, answered).is_ok();
            let may_be_gone = ask.body["message_reference"]["fail_if_not_exists"] == false;
            if !exists && !may_be_gone {
                return Err(refuse(400, 50035, "Invalid Form Body: Unknown message"));
            }
            exists.then_some(answered)
        }
        None => None,
    };
    let mut post = post_of(world, ask.body, ask.files, channel);
    post.reply_to = reply_to;
    post.nonce = nonce.clone();
    // Only answers to interactions can be for one person's eyes.
    post.flags &= !flag::EPHEMERAL;
    let id = world.post(post);
    if let Some(nonce) = nonce {
        world.nonces.insert(nonce.to_string(), id);
    }
    let message = world.message(id);
    ok(payloads::with_nonce(payloads::message(world, message), message))
}

fn found_closed(world: &World, channel: Id) -> bool {
    let people = world.channels.get(&channel).map(|c| c.people.clone()).unwrap_or_default();
    people.iter().any(|who| world.people.get(who).is_some_and(|p| p.closed_dm))
}

/// The post a message body of the bot stands for.
pub fn post_of(world: &mut World, body: &Value, files: &[File], channel: Id) -> Post {
    let list = |key: &str| body[key].as_array().cloned().unwrap_or_default();
    Post {
        channel,
        author: world.bot,
        content: body["content"].as_str().unwrap_or_default().to_owned(),
        embeds: list("embeds"),
        components: list("components"),
        flags: body["flags"].as_u64().unwrap_or(0),
        attachments: stored(world, channel, files, &body["attachments"]),
        allowed_mentions: Some(body["allowed_mentions"].clone()),
        ..Post::default()
    }
}

/// Puts uploaded files where the fake serves them.
pub fn stored(world: &mut World, channel: Id, files: &[File], described: &Value) -> Vec<Attachment> {
    let mut kept = Vec::new();
    for file in files {
        let id = world.next_id();
        let entry = described.as_array().into_iter().flatten().find(|entry| {
            let index = entry["id"].as_u64().or_else(|| entry["id"].as_str().and_then(|s| s.parse().ok()));
            index.is_some() && index == file.index
        });
        let path = format!("/attachments/{channel}/{id}/{}", file.name);
        let kind = file.content_type.clone();
        world.files.insert(
            path.clone(),
            (kind.clone().unwrap_or_else(|| "application/octet-stream".into()), file.bytes.clone()),
        );
        kept.push(Attachment {
            id,
            filename: file.name.clone(),
            content_type: kind,
            description: entry.and_then(|e| e["description"].as_str()).map(str::to_owned),
            size: file.bytes.len(),
            path,
        });
    }
    kept
}

/// Applies the body of an edit: only what is named changes.
pub fn apply_edit(world: &mut World, id: Id, body: &Value, files: &[File]) {
    let channel = world.message(id).channel;
    let added = stored(world, channel, files, &body["attachments"]);
    let text = |key: &str| body.get(key).map(|v| v.as_str().unwrap_or_default().to_owned());
    let list = |key: &str| body.get(key).map(|v| v.as_array().cloned().unwrap_or_default());
    world.alter(id, true, |message| {
        if let Some(content) = text("content") {
            message.mentions = super::super::events::mentioned(&content);
            message.content = content;
        }
        if let Some(embeds) = list("embeds") {
            message.embeds = embeds;
        }
        if let Some(components) = list("components") {
            message.components = components;
        }
        if let Some(flags) = body["flags"].as_u64() {
            // Only the hiding of embeds can be changed afterwards.
            message.flags = (message.flags & !flag::SUPPRESS_EMBEDS) | (flags & flag::SUPPRESS_EMBEDS);
        }
        if let Some(kept) = list("attachments") {
            let number = |k: &Value| k["id"].as_u64().or_else(|| k["id"].as_str()?.parse().ok());
            let keeps = |id: Id| kept.iter().any(|k| number(k) == Some(id));
            message.attachments.retain(|a| keeps(a.id));
        } else if !added.is_empty() {
            // Since version 10 of the interface an edit with files names all that shall be there, also by saying nothing.
            message.attachments.clear();
        }
        message.attachments.extend(added);
    });
}

fn edit(world: &mut World, ask: &Ask<'_>, channel: Id, id: Id) -> Outcome {
    let message = find(world, channel, id)?;
    if message.author != world.bot {
        return Err(refuse(403, 50005, "Cannot edit a message authored by another user"));
    }
    let left =
        |key: &str, now: bool| ask.body.get(key).map_or(now, |v| v.as_array().is_some_and(|list| !list.is_empty()));
    let text =
        ask.body.get("content").map_or(!message.content.is_empty(), |c| c.as_str().is_some_and(|c| !c.is_empty()));
    let more = left("embeds", !message.embeds.is_empty()) || left("components", !message.components.is_empty());
    let files = left("attachments", !message.attachments.is_empty()) || !ask.files.is_empty();
    if !(text || more || files) {
        return Err(refuse(400, 50006, "Cannot send an empty message"));
    }
    refuse_archived(world, channel)?;
    apply_edit(world, id, ask.body, ask.files);
    ok(payloads::message(world, world.message(id)))
}

fn refuse_archived(world: &World, channel: Id) -> Result<(), Refusal> {
    if seen(world, channel)?.archived { Err(refuse(400, 50083, "Thread is archived")) } else { Ok(()) }
}

fn delete(world: &mut World, channel: Id, id: Id) -> Outcome {
    if find(world, channel, id)?.author != world.bot {
        if seen(world, channel)?.kind == Kind::Direct {
            return Err(refuse(403, 50003, "Cannot execute action on a DM channel"));
        }
        require(world, channel, permission::MANAGE_MESSAGES)?;
    }
    world.delete(id);
    nothing()
}

fn reactions(world: &mut World, ask: &Ask<'_>, channel: Id, id: Id, rest: &[&str]) -> Outcome {
    let message = find(world, channel, id)?;
    let bot = world.bot;
    match (ask.method, rest) {
        ("GET", [emoji]) => {
            let limit = ask.call.query("limit").map_or(Ok(25), number)? as usize;
            if !(1..=100).contains(&limit) {
                return Err(refuse(400, 50035, "Invalid Form Body: limit must be from 1 to 100"));
            }
            let after = ask.call.query("after").map_or(Ok(0), number)?;
            let reaction = message.reactions.iter().find(|r| r.emoji == *emoji);
            let mut users: Vec<Id> = reaction.map(|r| r.users.clone()).unwrap_or_default();
            users.sort_unstable();
            let page = users.into_iter().filter(|u| *u > after).take(limit);
            ok(Value::Array(page.map(|u| payloads::user(world, u)).collect()))
        }
        ("PUT", [emoji, "@me"]) => {
            if emoji.is_empty() || emoji.is_ascii() && !emoji.contains(':') {
                return Err(refuse(400, 10014, "Unknown Emoji"));
            }
            let known = message.reactions.iter().any(|r| r.emoji == *emoji);
            if !known && message.reactions.len() >= EMOJIS_PER_MESSAGE {
                return Err(refuse(400, 30010, "Maximum number of reactions reached (20)"));
            }
            refuse_archived(world, channel)?;
            let needed = if known { 0 } else { permission::ADD_REACTIONS };
            require(world, channel, permission::READ_MESSAGE_HISTORY | needed)?;
            world.react(id, bot, emoji);
            nothing()
        }
        ("DELETE", [emoji, "@me"]) => {
            world.unreact(id, bot, emoji);
            nothing()
        }
        ("DELETE", [emoji, who]) => {
            require(world, channel, permission::MANAGE_MESSAGES)?;
            let who = number(who)?;
            world.unreact(id, who, emoji);
            nothing()
        }
        ("DELETE", rest) if rest.len() < 2 => {
            require(world, channel, permission::MANAGE_MESSAGES)?;
            world.clear_reactions(id, rest.first().copied());
            nothing()
        }
        _ => Err(super::no_route(world, ask)),
    }
}
