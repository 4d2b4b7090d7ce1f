//! The JSON Discord shows of people, servers, channels and messages.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};

use super::state::{Attachment, Channel, Id, Kind, Member, Message, Role, Server, flag, intent, permission};
use super::world::World;

/// A time as Discord writes it.
pub fn stamp(millis: i64) -> Value {
    let time = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    json!(time.to_rfc3339_opts(SecondsFormat::Millis, false))
}

fn id(id: Id) -> Value {
    json!(id.to_string())
}

fn ids<'a>(ids: impl IntoIterator<Item = &'a Id>) -> Value {
    json!(ids.into_iter().map(Id::to_string).collect::<Vec<_>>())
}

pub fn user(world: &World, who: Id) -> Value {
    let person = world.people.get(&who);
    let (name, bot) = person.map_or(("Verwijderde gebruiker", false), |p| (p.name.as_str(), p.bot));
    json!({
        "id": id(who), "username": name.to_lowercase().replace(' ', "."), "global_name": name, "discriminator": "0",
        "avatar": null, "bot": bot, "system": false, "public_flags": 0, "flags": 0, "banner": null, "accent_color": null,
        "avatar_decoration_data": null, "collectibles": null, "primary_guild": null,
    })
}

pub fn own_user(world: &World) -> Value {
    let mut own = user(world, world.bot);
    own["mfa_enabled"] = json!(true);
    own["verified"] = json!(true);
    own["email"] = Value::Null;
    own["locale"] = json!("en-US");
    own
}

/// Flags that tell which privileged intents the portal grants.
pub fn application_flags(world: &World) -> u64 {
    let granted =
        [(intent::GUILD_PRESENCES, 1 << 13), (intent::GUILD_MEMBERS, 1 << 15), (intent::MESSAGE_CONTENT, 1 << 19)];
    granted.iter().filter(|(intent, _)| world.portal_intents & intent != 0).map(|(_, flag)| flag).sum()
}

pub fn application(world: &World) -> Value {
    json!({
        "id": id(world.application), "name": "Loket", "icon": null, "description": "", "bot_public": false,
        "bot_require_code_grant": false, "verify_key": "00".repeat(32), "team": null, "owner": user(world, world.owner),
        "flags": application_flags(world), "flags_new": application_flags(world).to_string(), "bot": user(world, world.bot), "summary": "", "type": null,
        "integration_types_config": {"0": {}}, "redirect_uris": [], "interactions_endpoint_url": null,
        "approximate_guild_count": world.servers.len(), "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
        "role_connections_verification_url": null, "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
    })
}

pub fn role(role: &Role, position: usize) -> Value {
    json!({
        "id": id(role.id), "name": role.name, "color": 0, "hoist": false, "managed": false, "mentionable": false,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "icon": null,
        "unicode_emoji": null, "permissions": role.permissions.to_string(), "position": position, "flags": 0, "description": null,
    })
}

pub fn roles(server: &Server) -> Value {
    Value::Array(server.roles.iter().enumerate().map(|(at, r)| role(r, at)).collect())
}

/// A member without the user, as messages carry it.
pub fn bare_member(member: &Member) -> Value {
    json!({
        "roles": ids(&member.roles), "nick": member.nick, "avatar": null, "banner": null, "deaf": false, "mute": false,
        "flags": 0, "pending": false, "joined_at": stamp(member.joined), "premium_since": null,
        "communication_disabled_until": member.timed_out_until.map(stamp), "avatar_decoration_data": null,
    })
}

pub fn member(world: &World, member: &Member) -> Value {
    let mut value = bare_member(member);
    value["user"] = user(world, member.user);
    value
}

pub fn server(world: &World, server: &Server) -> Value {
    let mut value = json!({
        "id": id(server.id), "name": server.name, "owner_id": id(server.owner), "afk_timeout": 300, "widget_enabled": false,
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0, "roles": roles(server),
        "emojis": [], "features": [], "mfa_level": 0, "system_channel_flags": 0, "max_members": 500_000, "premium_tier": 0,
        "premium_subscription_count": 0, "preferred_locale": server.locale, "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50, "nsfw": false, "nsfw_level": 0, "stickers": [],
        "premium_progress_bar_enabled": false, "region": "rotterdam", "approximate_member_count": server.members.len(),
        "approximate_presence_count": world.gateway.online(),
    });
    let unset = [
        "icon",
        "splash",
        "discovery_splash",
        "home_header",
        "afk_channel_id",
        "widget_channel_id",
        "application_id",
        "system_channel_id",
        "rules_channel_id",
        "max_presences",
        "vanity_url_code",
        "description",
        "banner",
        "public_updates_channel_id",
        "safety_alerts_channel_id",
        "incidents_data",
    ];
    for key in unset {
        value[key] = Value::Null;
    }
    value
}

/// What GUILD_CREATE carries: the server with its channels, threads and people.
pub fn server_created(world: &World, which: Id) -> Value {
    let found = &world.servers[&which];
    let mut value = server(world, found);
    let inside = |threads: bool| -> Vec<Value> {
        let all = world.channels.values().filter(|c| c.server == Some(which) && c.kind.is_thread() == threads);
        all.filter(|c| world.bot_sees(c) && !c.archived).map(|c| channel(world, c)).collect()
    };
    value["channels"] = Value::Array(inside(false));
    value["threads"] = Value::Array(inside(true));
    value["members"] = Value::Array(found.members.values().map(|m| member(world, m)).collect());
    value["joined_at"] = stamp(found.members[&world.bot].joined);
    value["large"] = json!(false);
    value["unavailable"] = json!(false);
    value["member_count"] = json!(found.members.len());
    for key in ["voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] {
        value[key] = json!([]);
    }
    value
}

pub fn channel(world: &World, channel: &Channel) -> Value {
    let last = channel.messages.last().map(|m| m.to_string());
    if channel.kind == Kind::Direct {
        let others = channel.people.iter().filter(|p| **p != world.bot).map(|p| user(world, *p));
        return json!({
            "id": id(channel.id), "type": 1, "last_message_id": last, "flags": 0, "recipients": others.collect::<Vec<_>>(),
        });
    }
    let mut value = json!({
        "id": id(channel.id), "type": channel.kind.number(), "guild_id": channel.server.map(|s| s.to_string()), "name": channel.name,
        "parent_id": channel.parent.map(|p| p.to_string()), "last_message_id": last, "rate_limit_per_user": 0, "flags": 0,
        "permissions": world.bot_permissions(channel).to_string(),
    });
    if channel.kind.is_thread() {
        value["owner_id"] = id(channel.owner);
        value["message_count"] = json!(channel.messages.len());
        value["total_message_sent"] = json!(channel.messages.len());
        value["member_count"] = json!(channel.people.len().min(50));
        value["thread_metadata"] = json!({
            "archived": channel.archived, "auto_archive_duration": channel.archive_minutes, "locked": channel.locked,
            "archive_timestamp": stamp(channel.archive_changed), "create_timestamp": stamp(channel.created),
        });
        if channel.kind == Kind::PrivateThread {
            value["thread_metadata"]["invitable"] = json!(false);
        }
        if channel.people.contains(&world.bot) {
            value["member"] = thread_member(channel, world.bot);
        }
    } else {
        value["position"] = json!(0);
        value["nsfw"] = json!(false);
        value["topic"] = Value::Null;
        let overwrite = json!({"id": id(world.bot), "type": 1, "allow": "0", "deny": channel.denied.to_string()});
        value["permission_overwrites"] = if channel.denied == 0 { json!([]) } else { json!([overwrite]) };
    }
    value
}

pub fn thread_member(channel: &Channel, who: Id) -> Value {
    json!({"id": id(channel.id), "user_id": id(who), "join_timestamp": stamp(channel.created), "flags": 0})
}

/// Where a file can be fetched for a while.
pub fn address(base: &str, file: &Attachment) -> String {
    format!("{base}{}?ex=0&is=0&hm=0", file.path)
}

pub fn attachment(world: &World, file: &Attachment) -> Value {
    let url = address(&world.base, file);
    let mut value = json!({
        "id": id(file.id), "filename": file.filename, "size": file.size, "url": url, "proxy_url": url, "flags": 0,
    });
    // Absent, not null, where there is none.
    if let Some(kind) = &file.content_type {
        value["content_type"] = json!(kind);
    }
    if let Some(text) = &file.description {
        value["description"] = json!(text);
    }
    value
}

/// `✅` or `name:id` as an emoji object.
pub fn emoji(key: &str) -> Value {
    match key.rsplit_once(':') {
        Some((name, number)) => json!({"id": number, "name": name, "animated": false}),
        None => json!({"id": null, "name": key}),
    }
}

/// A message as REST shows it: without server and member.
pub fn message(world: &World, message: &Message) -> Value {
    let mut value = plain_message(world, message);
    if let Some(answered) = message.reply_to {
        let channel = world
            .messages
            .get(&answered)
            .or_else(|| world.deleted.get(&answered))
            .map_or(message.channel, |m| m.channel);
        let server = world.channels.get(&channel).and_then(|c| c.server).map(|s| s.to_string());
        value["message_reference"] =
            json!({"type": 0, "message_id": id(answered), "channel_id": id(channel), "guild_id": server});
        // Null says "was deleted"; one level deep, as at Discord.
        value["referenced_message"] = world.messages.get(&answered).map_or(Value::Null, |m| plain_message(world, m));
    }
    if message.flags & flag::HAS_THREAD != 0
        && let Some(thread) = world.channels.get(&message.id)
    {
        value["thread"] = channel(world, thread);
    }
    value
}

fn plain_message(world: &World, message: &Message) -> Value {
    let mut value = Map::new();
    let author = match message.webhook {
        Some(webhook) if message.author == webhook && webhook != world.application => json!({
            "id": id(webhook), "username": world.people.get(&webhook).map(|p| p.name.clone()), "discriminator": "0000",
            "avatar": null, "bot": true, "global_name": null, "public_flags": 0,
        }),
        _ => user(world, message.author),
    };
    let reactions: Vec<Value> = message.reactions.iter().filter(|r| !r.users.is_empty()).map(|r| json!({
        "emoji": emoji(&r.emoji), "count": r.users.len(), "count_details": {"burst": 0, "normal": r.users.len()},
        "me": r.users.contains(&world.bot), "me_burst": false, "burst_me": false, "burst_count": 0, "burst_colors": [],
    })).collect();
    let fields = json!({
        "id": id(message.id), "channel_id": id(message.channel), "type": message.kind, "author": author,
        "content": message.content, "timestamp": stamp(message.created), "edited_timestamp": message.edited.map(stamp),
        "tts": false, "mention_everyone": false, "mentions": message.mentions.iter().map(|m| user(world, *m)).collect::<Vec<_>>(),
        "mention_roles": [], "attachments": message.loose().map(|a| attachment(world, a)).collect::<Vec<_>>(),
        "embeds": message.embeds, "components": message.components, "flags": message.flags, "pinned": false,
    });
    value.extend(fields.as_object().cloned().unwrap_or_default());
    if !reactions.is_empty() {
        value.insert("reactions".into(), Value::Array(reactions));
    }
    if let Some(webhook) = message.webhook {
        value.insert("webhook_id".into(), id(webhook));
    }
    if message.author == world.bot {
        value.insert("application_id".into(), id(world.application));
    }
    if let Some(interaction) = message.interaction.and_then(|i| world.interactions.get(&i)) {
        let mut about = json!({
            "id": id(interaction.id), "type": interaction.kind, "user": user(world, interaction.user),
            "authorizing_integration_owners": {"0": interaction.server.map_or("0".into(), |s| s.to_string())},
        });
        let mut pressed = about.clone();
        pressed["type"] = json!(3);
        pressed["interacted_message_id"] = id(interaction.message.unwrap_or(message.id));
        match interaction.kind {
            3 => about = pressed,
            // A form came from a button; which interaction that was is not kept here, and nobody reads it.
            5 => about["triggering_interaction_metadata"] = pressed,
            _ => {}
        }
        value.insert("interaction_metadata".into(), about);
    }
    Value::Object(value)
}

/// A message as the gateway tells it: with server and member.
pub fn told_message(world: &World, which: &Message) -> Value {
    let mut value = message(world, which);
    // For one person's eyes only: Discord then names neither server nor member.
    let seen_by_all = which.ephemeral_to.is_none();
    let server = world.channels.get(&which.channel).and_then(|c| c.server).filter(|_| seen_by_all);
    if let Some(server) = server {
        value["guild_id"] = id(server);
        let found = world.servers.get(&server).and_then(|s| s.members.get(&which.author));
        if let (Some(found), None) = (found, which.webhook) {
            value["member"] = bare_member(found);
        }
    }
    value
}

/// A message at the moment of posting: only then does Discord repeat the nonce; it does not keep it.
pub fn with_nonce(mut shown: Value, message: &Message) -> Value {
    if let Some(nonce) = &message.nonce {
        shown["nonce"] = nonce.clone();
    }
    shown
}

/// A channel as interactions carry it.
pub fn partial_channel(world: &World, which: &Channel) -> Value {
    let mut value = channel(world, which);
    value["permissions"] = json!(permission::USUAL.to_string());
    value
}
