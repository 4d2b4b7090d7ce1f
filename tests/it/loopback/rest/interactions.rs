//! Answers to interactions: the callback, edits of the original response, follow-ups.

use serde_json::{Value, json};

use super::super::interactions::{ANSWER_WITHIN, FirstAnswer, Interaction, TOKEN_LIFE_MILLIS};
use super::super::payloads;
use super::super::state::{Id, Message, flag};
use super::super::world::World;
use super::messages::{apply_edit, post_of};
use super::{Ask, Outcome, Refusal, nothing, number, ok, refuse, unknown_message};

pub fn callback(world: &mut World, ask: &Ask<'_>, id: Id, token: &str) -> Outcome {
    let unknown = || refuse(404, 10062, "Unknown interaction");
    let interaction = world.interactions.get(&id).filter(|i| i.token == token).ok_or_else(unknown)?.clone();
    if interaction.answer.is_some() {
        return Err(refuse(400, 40060, "Interaction has already been acknowledged."));
    }
    // Measured when it is served, so that a delay on the way counts.
    let after = interaction.asked.elapsed();
    if after > ANSWER_WITHIN {
        return Err(unknown());
    }
    let kind = ask.body["type"].as_u64().unwrap_or(0);
    let fits = match interaction.kind {
        2 => matches!(kind, 4 | 5 | 9),
        3 => matches!(kind, 4 | 5 | 6 | 7 | 9),
        4 => kind == 8,
        // A form opened by a button may also update that button's message.
        5 => matches!(kind, 4 | 5) || matches!(kind, 6 | 7) && interaction.message.is_some(),
        _ => false,
    };
    if !fits {
        let wrong = format!("callback type {kind} does not answer an interaction of type {}", interaction.kind);
        world.violations.push(format!("{} {}: {wrong}", ask.method, ask.call.path));
        return Err(refuse(400, 50035, &wrong));
    }
    let data = ask.body["data"].clone();
    let original = match kind {
        4 => Some(respond(world, ask, &interaction, &data)),
        5 => {
            let flags = data["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL | flag::LOADING;
            Some(respond(world, ask, &interaction, &json!({"flags": flags, "allowed_mentions": {"parse": []}})))
        }
        6 => interaction.message,
        7 => {
            if let Some(message) = interaction.message {
                apply_edit(world, message, &data, ask.files);
            }
            interaction.message
        }
        _ => None,
    };
    if let Some(found) = world.interactions.get_mut(&id) {
        found.answer = Some(FirstAnswer { kind, data, after });
        found.original = original;
    }
    if ask.call.query("with_response") != Some("true") {
        return nothing();
    }
    let shown = original.map(|m| payloads::message(world, world.message(m)));
    let resource = json!({"type": kind, "message": shown});
    ok(json!({"interaction": {"id": id.to_string(), "type": interaction.kind}, "resource": resource}))
}

/// Posts an answer where the interaction happened.
fn respond(world: &mut World, ask: &Ask<'_>, interaction: &Interaction, data: &Value) -> Id {
    let mut post = post_of(world, data, ask.files, interaction.channel);
    post.interaction = Some(interaction.id);
    post.webhook = Some(world.application);
    if post.flags & flag::EPHEMERAL != 0 {
        post.ephemeral_to = Some(interaction.user);
    }
    if interaction.kind == 2 {
        post.kind = 20;
    } else {
        post.reply_to = interaction.message;
    }
    world.post(post)
}

pub fn webhook(world: &mut World, ask: &Ask<'_>, app: Id, token: &str, rest: &[&str]) -> Outcome {
    let unknown = || refuse(404, 10015, "Unknown Webhook");
    if app != world.application {
        return Err(unknown());
    }
    let found = world.interactions.values().find(|i| i.token == token).ok_or_else(unknown)?;
    let interaction = found.clone();
    if interaction.answer.is_none() {
        return Err(unknown());
    }
    if world.now() - interaction.created > TOKEN_LIFE_MILLIS {
        return Err(refuse(401, 50027, "Invalid Webhook Token"));
    }
    match (ask.method, rest) {
        ("POST", []) => follow_up(world, ask, &interaction),
        ("GET", ["messages", which]) => {
            let id = target(world, &interaction, which)?;
            ok(payloads::message(world, world.message(id)))
        }
        ("PATCH", ["messages", which]) => {
            let id = target(world, &interaction, which)?;
            edit(world, ask, &interaction, id)
        }
        ("DELETE", ["messages", which]) => {
            let id = target(world, &interaction, which)?;
            world.delete(id);
            nothing()
        }
        _ => Err(refuse(405, 0, "405: Method Not Allowed")),
    }
}

/// The message a path names, when it belongs to this interaction and still exists.
fn target(world: &World, interaction: &Interaction, which: &str) -> Result<Id, Refusal> {
    let id = if which == "@original" { interaction.original } else { Some(number(which)?) };
    let own = |id: &Id| interaction.original == Some(*id) || interaction.followups.contains(id);
    id.filter(own).filter(|id| world.messages.contains_key(id)).ok_or_else(unknown_message)
}

fn edit(world: &mut World, ask: &Ask<'_>, interaction: &Interaction, id: Id) -> Outcome {
    apply_edit(world, id, ask.body, ask.files);
    if let Some(message) = world.messages.get_mut(&id) {
        message.flags &= !flag::LOADING;
    }
    if let (Some(found), true) = (world.interactions.get_mut(&interaction.id), interaction.original == Some(id)) {
        found.edits.push(ask.body.clone());
    }
    ok(payloads::message(world, world.message(id)))
}

fn follow_up(world: &mut World, ask: &Ask<'_>, interaction: &Interaction) -> Outcome {
    let original = interaction.original.and_then(|m| world.messages.get(&m));
    let waiting = |m: &Message| m.flags & flag::LOADING != 0;
    // The first follow-up after a deferred answer takes the place of "… is thinking".
    if let Some(id) = original.filter(|m| waiting(m)).map(|m| m.id) {
        return edit(world, ask, interaction, id);
    }
    let mut post = post_of(world, ask.body, ask.files, interaction.channel);
    post.interaction = Some(interaction.id);
    post.webhook = Some(world.application);
    post.reply_to = interaction.original;
    if post.flags & flag::EPHEMERAL != 0 {
        post.ephemeral_to = Some(interaction.user);
    }
    let id = world.post(post);
    if let Some(found) = world.interactions.get_mut(&interaction.id) {
        found.followups.push(id);
    }
    ok(payloads::message(world, world.message(id)))
}
