//! Servers, their people and roles, and the registered commands.

use serde_json::{Value, json};

use super::super::payloads;
use super::super::state::{Channel, Id, Server};
use super::super::world::World;
use super::channels::threads;
use super::{Ask, Outcome, Refusal, nothing, number, ok, refuse};

pub fn mine(world: &World) -> Outcome {
    let joined = world.servers.values().filter(|s| s.members.contains_key(&world.bot));
    ok(Value::Array(joined.map(|s| json!({
        "id": s.id.to_string(), "name": s.name, "icon": null, "banner": null, "owner": false, "features": [],
        "permissions": super::super::state::permission::USUAL.to_string(),
    })).collect()))
}

fn joined(world: &World, id: Id) -> Result<&Server, Refusal> {
    let server = world.servers.get(&id).ok_or_else(|| refuse(404, 10004, "Unknown Guild"))?;
    if server.members.contains_key(&world.bot) { Ok(server) } else { Err(refuse(403, 50001, "Missing Access")) }
}

pub fn route(world: &mut World, ask: &Ask<'_>, id: Id, rest: &[&str]) -> Outcome {
    let server = joined(world, id)?;
    match (ask.method, rest) {
        ("GET", []) => ok(payloads::server(world, server)),
        ("GET", ["roles"]) => ok(payloads::roles(server)),
        ("GET", ["channels"]) => {
            let inside = world.channels.values().filter(|c| c.server == Some(id) && !c.kind.is_thread());
            ok(Value::Array(inside.map(|c| payloads::channel(world, c)).collect()))
        }
        ("GET", ["threads", "active"]) => {
            let open = |c: &&Channel| c.server == Some(id) && c.kind.is_thread() && !c.archived && world.bot_sees(c);
            ok(threads(world, &world.channels.values().filter(open).collect::<Vec<_>>()))
        }
        ("GET", ["members"]) => {
            let limit = ask.call.query("limit").map_or(Ok(1), number)? as usize;
            let after = ask.call.query("after").map_or(Ok(0), number)?;
            let page = server.members.values().filter(|m| m.user > after).take(limit.min(1000));
            ok(Value::Array(page.map(|m| payloads::member(world, m)).collect()))
        }
        ("GET", ["members", who]) => {
            let who = number(who)?;
            match server.members.get(&who) {
                Some(member) => ok(payloads::member(world, member)),
                None if world.people.contains_key(&who) => Err(refuse(404, 10007, "Unknown Member")),
                None => Err(refuse(404, 10013, "Unknown User")),
            }
        }
        _ => Err(super::no_route(world, ask)),
    }
}

/// `/applications/{id}/commands…` and the same per server.
pub fn commands(world: &mut World, ask: &Ask<'_>, app: &str, server: Option<Id>, rest: &[&str]) -> Outcome {
    if number(app)? != world.application {
        return Err(refuse(403, 20012, "You are not authorized to perform this action on this application"));
    }
    if let Some(server) = server {
        joined(world, server)?;
    }
    // Global ones stand under the number no server has.
    let key = server.unwrap_or(0);
    match (ask.method, rest) {
        ("GET", []) => {
            let mut list = world.commands.get(&key).cloned().unwrap_or_default();
            if ask.call.query("with_localizations") != Some("true") {
                list.iter_mut().for_each(without_translations);
            }
            ok(json!(list))
        }
        ("GET", [which]) => match world.commands.get(&key).and_then(|list| list.iter().find(|c| c["id"] == *which)) {
            Some(command) => ok(command.clone()),
            None => Err(refuse(404, 10063, "Unknown application command")),
        },
        ("PUT", []) => {
            let old = world.commands.remove(&key).unwrap_or_default();
            let mut fresh = Vec::new();
            for body in ask.body.as_array().into_iter().flatten() {
                let same = old.iter().find(|o| o["name"] == body["name"] && kind(o) == kind(body));
                let id = same.and_then(|o| o["id"].as_str()?.parse().ok()).unwrap_or_else(|| world.next_id());
                fresh.push(registered(world, server, id, body));
            }
            world.commands.insert(key, fresh.clone());
            ok(json!(fresh))
        }
        ("POST", []) => {
            let list = world.commands.entry(key).or_default();
            list.retain(|o| !(o["name"] == ask.body["name"] && kind(o) == kind(ask.body)));
            let id = world.next_id();
            let fresh = registered(world, server, id, ask.body);
            world.commands.entry(key).or_default().push(fresh.clone());
            Ok(super::Done { status: 201, body: fresh })
        }
        ("DELETE", [which]) => {
            let list = world.commands.entry(key).or_default();
            let before = list.len();
            list.retain(|o| o["id"] != *which);
            if list.len() < before { nothing() } else { Err(refuse(404, 10063, "Unknown application command")) }
        }
        _ => Err(refuse(405, 0, "405: Method Not Allowed")),
    }
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

/// Leaves out what was null or empty, as Discord's answer does.
fn tidy(value: &mut Value) {
    if let Some(keys) = value.as_object_mut() {
        keys.retain(|_, v| !v.is_null() && !v.as_array().is_some_and(Vec::is_empty));
    }
    for key in ["options", "choices"] {
        value.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten().for_each(tidy);
    }
}

/// A list of commands comes without translations unless they are asked for.
fn without_translations(value: &mut Value) {
    if let Some(keys) = value.as_object_mut() {
        keys.remove("name_localizations");
        keys.remove("description_localizations");
    }
    for option in value.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
        without_translations(option);
    }
}

fn registered(world: &World, server: Option<Id>, id: Id, body: &Value) -> Value {
    let mut value = body.clone();
    value["id"] = json!(id.to_string());
    value["application_id"] = json!(world.application.to_string());
    value["version"] = json!(id.to_string());
    value["type"] = json!(kind(body));
    tidy(&mut value);
    if value.get("default_member_permissions").is_none() {
        value["default_member_permissions"] = Value::Null;
    }
    if value.get("description").is_none() {
        value["description"] = json!("");
    }
    if let Some(server) = server {
        value["guild_id"] = json!(server.to_string());
    }
    value
}
