//! Which path is whose.

use serde_json::{Value, json};

use super::super::payloads;
use super::super::world::World;
use super::{Ask, Outcome, channels, guilds, interactions, messages, no_route, number, ok, refuse};

pub fn route(world: &mut World, ask: &Ask<'_>) -> Outcome {
    match (ask.method, ask.parts.as_slice()) {
        ("GET", ["gateway"]) => ok(json!({"url": gateway_url(world)})),
        ("GET", ["gateway", "bot"]) => {
            let budget = world.gateway.identify_budget;
            let left = budget.saturating_sub(world.gateway.identifies);
            let limit = json!({"total": budget, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1});
            ok(json!({"url": gateway_url(world), "shards": 1, "session_start_limit": limit}))
        }
        ("GET", ["users", "@me"]) => ok(payloads::own_user(world)),
        ("GET", ["users", "@me", "guilds"]) => guilds::mine(world),
        ("POST", ["users", "@me", "channels"]) => channels::direct(world, ask),
        ("GET", ["users", who]) => {
            let who = number(who)?;
            let known = world.people.contains_key(&who);
            if known { ok(payloads::user(world, who)) } else { Err(refuse(404, 10013, "Unknown User")) }
        }
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => ok(payloads::application(world)),
        (_, ["applications", app, "commands", rest @ ..]) => guilds::commands(world, ask, app, None, rest),
        (_, ["applications", app, "guilds", guild, "commands", rest @ ..]) => {
            let guild = number(guild)?;
            guilds::commands(world, ask, app, Some(guild), rest)
        }
        (_, ["guilds", guild, rest @ ..]) => guilds::route(world, ask, number(guild)?, rest),
        (_, ["channels", channel, "messages", rest @ ..]) => messages::route(world, ask, number(channel)?, rest),
        (_, ["channels", channel, rest @ ..]) => channels::route(world, ask, number(channel)?, rest),
        ("POST", ["interactions", id, token, "callback"]) => interactions::callback(world, ask, number(id)?, token),
        (_, ["webhooks", app, token, rest @ ..]) => interactions::webhook(world, ask, number(app)?, token, rest),
        _ => Err(no_route(world, ask)),
    }
}

fn gateway_url(world: &World) -> Value {
    json!(world.base.replacen("http", "ws", 1) + "/gateway")
}
