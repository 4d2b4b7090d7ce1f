//! Channels, threads and direct conversations.

use serde_json::{Value, json};

use super::super::payloads;
use super::super::state::{Channel, Id, Kind, flag, permission};
use super::super::world::World;
use super::messages::{require, seen};
use super::{Ask, Outcome, nothing, number, ok, refuse, unknown_message};

pub fn route(world: &mut World, ask: &Ask<'_>, id: Id, rest: &[&str]) -> Outcome {
    let channel = seen(world, id)?;
    match (ask.method, rest) {
        ("GET", []) => ok(payloads::channel(world, channel)),
        ("PATCH", []) => change(world, ask, id),
        ("DELETE", []) => {
            let shown = payloads::channel(world, channel);
            if channel.kind.is_thread() {
                require(world, id, permission::MANAGE_THREADS)?;
                world.delete_channel(id);
            }
            ok(shown)
        }
        ("POST", ["typing"]) => {
            *world.typing.entry(id).or_default() += 1;
            nothing()
        }
        ("POST", ["threads"]) => thread(world, ask, id),
        ("GET", ["threads", "archived", which]) => archived(world, ask, id, which),
        ("GET", ["users", "@me", "threads", "archived", "private"]) => archived(world, ask, id, "private"),
        ("GET", ["thread-members"]) => {
            ok(Value::Array(channel.people.iter().map(|who| payloads::thread_member(channel, *who)).collect()))
        }
        (method, ["thread-members", who]) => {
            if !channel.kind.is_thread() {
                return Err(refuse(404, 10003, "Unknown Channel"));
            }
            let who = if *who == "@me" { world.bot } else { number(who)? };
            thread_person(world, method, id, who)
        }
        _ => Err(super::no_route(world, ask)),
    }
}

fn thread_person(world: &mut World, method: &str, id: Id, who: Id) -> Outcome {
    let thread = seen(world, id)?;
    let member = thread.server.and_then(|s| world.servers.get(&s)).is_some_and(|s| s.members.contains_key(&who));
    match method {
        "GET" if thread.people.contains(&who) => ok(payloads::thread_member(thread, who)),
        "GET" => Err(refuse(404, 10007, "Unknown Member")),
        _ if thread.archived => Err(refuse(400, 50083, "Thread is archived")),
        "PUT" if !member => Err(refuse(403, 50001, "Missing Access")),
        "PUT" => {
            require(world, id, permission::SEND_MESSAGES_IN_THREADS)?;
            world.thread_people(id, who, true);
            nothing()
        }
        "DELETE" => {
            if who != world.bot {
                require(world, id, permission::MANAGE_THREADS)?;
            }
            world.thread_people(id, who, false);
            nothing()
        }
        _ => Err(refuse(405, 0, "405: Method Not Allowed")),
    }
}

fn change(world: &mut World, ask: &Ask<'_>, id: Id) -> Outcome {
    let thread = seen(world, id)?;
    if !thread.kind.is_thread() {
        return Err(refuse(403, 50013, "Missing Permissions"));
    }
    if thread.owner != world.bot || ask.body.get("locked").is_some() {
        require(world, id, permission::MANAGE_THREADS)?;
    }
    let reopens = ask.body["archived"] == false;
    if thread.archived && !reopens {
        return Err(refuse(400, 50083, "Thread is archived"));
    }
    world.next_id();
    let now = world.now();
    if let Some(thread) = world.channels.get_mut(&id) {
        if let Some(name) = ask.body["name"].as_str() {
            thread.name = name.to_owned();
        }
        if let Some(archived) = ask.body["archived"].as_bool() {
            thread.archived = archived;
            thread.archive_changed = now;
        }
        if let Some(locked) = ask.body["locked"].as_bool() {
            thread.locked = locked;
        }
        if let Some(minutes) = ask.body["auto_archive_duration"].as_u64() {
            thread.archive_minutes = minutes;
        }
    }
    world.tell_channel(id, "THREAD_UPDATE");
    ok(payloads::channel(world, world.channel(id)))
}

/// A thread under a message.
pub fn thread_from(world: &mut World, ask: &Ask<'_>, parent: Id, message: Id) -> Outcome {
    let channel = seen(world, parent)?;
    if channel.kind != Kind::Text {
        return Err(refuse(400, 50024, "Cannot execute action on this channel type"));
    }
    let found = world.messages.get(&message).filter(|m| m.channel == parent).ok_or_else(unknown_message)?;
    if found.flags & flag::HAS_THREAD != 0 || world.channels.contains_key(&message) {
        return Err(refuse(400, 160_004, "A thread has already been created for this message"));
    }
    require(world, parent, permission::CREATE_PUBLIC_THREADS | permission::READ_MESSAGE_HISTORY)?;
    let (name, minutes, bot) = (name_of(ask), minutes_of(ask), world.bot);
    let id = world.open_thread(parent, Kind::PublicThread, &name, bot, Some(message), minutes);
    created(world, id)
}

fn thread(world: &mut World, ask: &Ask<'_>, parent: Id) -> Outcome {
    if seen(world, parent)?.kind != Kind::Text {
        return Err(refuse(400, 50024, "Cannot execute action on this channel type"));
    }
    // Without a type Discord makes a private thread, for historic reasons.
    let (kind, needed) = match ask.body["type"].as_u64() {
        Some(11) => (Kind::PublicThread, permission::CREATE_PUBLIC_THREADS),
        None | Some(12) => (Kind::PrivateThread, permission::CREATE_PRIVATE_THREADS),
        Some(_) => return Err(refuse(400, 50035, "Invalid Form Body: type must be 11 or 12")),
    };
    require(world, parent, needed)?;
    let (name, minutes, bot) = (name_of(ask), minutes_of(ask), world.bot);
    let id = world.open_thread(parent, kind, &name, bot, None, minutes);
    created(world, id)
}

fn created(world: &World, id: Id) -> Outcome {
    Ok(super::Done { status: 201, body: payloads::channel(world, world.channel(id)) })
}

fn name_of(ask: &Ask<'_>) -> String {
    ask.body["name"].as_str().unwrap_or_default().to_owned()
}

fn minutes_of(ask: &Ask<'_>) -> u64 {
    ask.body["auto_archive_duration"].as_u64().unwrap_or(1440)
}

/// A list of threads with the bot's own memberships.
pub fn threads(world: &World, found: &[&Channel]) -> Value {
    let joined = found.iter().filter(|t| t.people.contains(&world.bot));
    json!({
        "has_more": false,
        "threads": found.iter().map(|t| payloads::channel(world, t)).collect::<Vec<_>>(),
        "members": joined.map(|t| payloads::thread_member(t, world.bot)).collect::<Vec<_>>(),
    })
}

fn archived(world: &World, ask: &Ask<'_>, parent: Id, which: &str) -> Outcome {
    require(world, parent, permission::READ_MESSAGE_HISTORY)?;
    let kind = if which == "private" { Kind::PrivateThread } else { Kind::PublicThread };
    let limit = ask.call.query("limit").map_or(Ok(50), number)? as usize;
    let before = ask.call.query("before");
    let before = before.and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok()).map(|t| t.timestamp_millis());
    let inside = |c: &&Channel| c.parent == Some(parent) && c.kind == kind && c.archived;
    let mut found: Vec<&Channel> = world.channels.values().filter(inside).collect();
    found.retain(|c| before.is_none_or(|b| c.archive_changed < b));
    found.sort_by_key(|c| std::cmp::Reverse(c.archive_changed));
    let more = found.len() > limit;
    found.truncate(limit);
    let mut value = threads(world, &found);
    value["has_more"] = json!(more);
    ok(value)
}

pub fn direct(world: &mut World, ask: &Ask<'_>) -> Outcome {
    let who = ask.body["recipient_id"].as_str().unwrap_or_default();
    let who = number(who)?;
    if !world.people.contains_key(&who) || who == world.bot {
        return Err(refuse(400, 50033, "Invalid Recipient(s)"));
    }
    let id = world.direct(who);
    ok(payloads::channel(world, world.channel(id)))
}
