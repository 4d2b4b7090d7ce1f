//! What can happen in the world, and what the gateway tells of it. Verbs and REST routes both end here.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::payloads;
use super::sessions::Place;
use super::state::{Attachment, Channel, Id, Kind, Message, Reaction, flag};
use super::world::World;

/// A message to be posted.
#[derive(Clone, Debug, Default)]
pub struct Post {
    pub channel: Id,
    pub author: Id,
    pub webhook: Option<Id>,
    pub kind: u8,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub flags: u64,
    pub attachments: Vec<Attachment>,
    pub nonce: Option<Value>,
    pub reply_to: Option<Id>,
    /// None lets every mention through, as for people.
    pub allowed_mentions: Option<Value>,
    pub ephemeral_to: Option<Id>,
    pub interaction: Option<Id>,
}

impl World {
    /// Tells an event of a channel to whoever may see that channel.
    fn tell(&mut self, channel: Id, kind: &str, data: Value, content_hidden: bool) {
        let channel = self.channel(channel);
        let place = if channel.kind == Kind::Direct { Place::Direct } else { Place::Server };
        if self.bot_sees(channel) {
            self.gateway.dispatch(kind, data, place, content_hidden);
        }
    }

    /// Whether Discord keeps a message's text from a bot without the message content intent.
    pub fn hides_content(&self, message: &Message) -> bool {
        let direct = self.channels.get(&message.channel).is_some_and(|c| c.kind == Kind::Direct);
        !(direct || message.author == self.bot || message.mentions.contains(&self.bot))
    }

    pub fn post(&mut self, post: Post) -> Id {
        let id = self.next_id();
        let channel = self.channel(post.channel).clone();
        let mentions = mentioned(&post.content);
        let mut pings: Vec<Id> = match &post.allowed_mentions {
            None => mentions.clone(),
            Some(allowed) => mentions.iter().copied().filter(|who| lets_through(allowed, *who)).collect(),
        };
        let replied = post.allowed_mentions.as_ref().is_none_or(|a| a["replied_user"] == true);
        if let (Some(answered), true) = (post.reply_to.and_then(|m| self.messages.get(&m)), replied) {
            pings.push(answered.author);
        }
        pings.dedup();
        let shown_mentions = if post.allowed_mentions.is_some() { pings.clone() } else { mentions };
        let message = Message {
            id,
            channel: post.channel,
            author: post.author,
            webhook: post.webhook,
            kind: if post.kind == 0 && post.reply_to.is_some() { 19 } else { post.kind },
            content: post.content,
            embeds: post.embeds.into_iter().map(dressed_embed).collect(),
            components: dressed_components(post.components),
            flags: post.flags,
            attachments: post.attachments,
            nonce: post.nonce,
            created: self.now(),
            edited: None,
            reply_to: post.reply_to,
            mentions: shown_mentions,
            pings: pings.clone(),
            reactions: Vec::new(),
            ephemeral_to: post.ephemeral_to,
            interaction: post.interaction,
            earlier: Vec::new(),
        };
        let seen_by_all = message.ephemeral_to.is_none();
        self.messages.insert(id, message);
        self.hang_pictures(id);
        if seen_by_all {
            let archived = channel.archived;
            if let Some(channel) = self.channels.get_mut(&post.channel) {
                channel.messages.push(id);
                channel.archived = false;
                if channel.kind.is_thread() {
                    channel.people.insert(post.author);
                    // Who is mentioned in a thread is taken into it.
                    channel.people.extend(pings);
                }
            }
            if archived {
                self.tell_channel(post.channel, "THREAD_UPDATE");
            }
        }
        let message = &self.messages[&id];
        let told = payloads::with_nonce(payloads::told_message(self, message), message);
        let hidden = self.hides_content(message);
        // Ephemeral answers reach the bot as events as well.
        self.tell(post.channel, "MESSAGE_CREATE", told, hidden);
        id
    }

    /// Changes a message by `change` and tells it; `edited` says whether it counts as edited by its author.
    pub fn alter(&mut self, id: Id, edited: bool, change: impl FnOnce(&mut Message)) {
        let now = {
            // An edit takes its own millisecond, so that two edits can be told apart.
            self.next_id();
            self.now()
        };
        let Some(message) = self.messages.get_mut(&id) else { return };
        let before = message.text();
        change(message);
        message.embeds = std::mem::take(&mut message.embeds).into_iter().map(dressed_embed).collect();
        message.components = dressed_components(std::mem::take(&mut message.components));
        if edited {
            message.edited = Some(now);
            message.earlier.push(before);
        }
        self.hang_pictures(id);
        let message = &self.messages[&id];
        let (channel, told, hidden) =
            (message.channel, payloads::told_message(self, message), self.hides_content(message));
        self.tell(channel, "MESSAGE_UPDATE", told, hidden);
    }

    /// Gives cards the addresses of the pictures that they ask for by name.
    fn hang_pictures(&mut self, id: Id) {
        let base = self.base.clone();
        let Some(message) = self.messages.get_mut(&id) else { return };
        let mut missing = Vec::new();
        for image in message.embeds.iter_mut().filter_map(|embed| embed.get_mut("image")) {
            let Some(name) = image["url"].as_str().and_then(|url| url.strip_prefix("attachment://")) else { continue };
            match message.attachments.iter().find(|file| file.filename == name) {
                Some(file) => {
                    let url = payloads::address(&base, file);
                    *image = json!({"url": url, "proxy_url": url, "width": 960, "height": 600});
                }
                None => missing.push(format!("a card shows {name}, which does not hang at its message")),
            }
        }
        self.violations.extend(missing);
    }

    /// Adds an embed that nobody wrote, and tells only that.
    pub fn preview(&mut self, id: Id, embed: Value) {
        let Some(message) = self.messages.get_mut(&id) else { return };
        message.embeds.push(embed);
        let (channel, embeds) = (message.channel, message.embeds.clone());
        let server = self.channel(channel).server.map(|s| s.to_string());
        let mut told = json!({"id": id.to_string(), "channel_id": channel.to_string(), "embeds": embeds});
        if server.is_some() {
            told["guild_id"] = json!(server);
        }
        self.tell(channel, "MESSAGE_UPDATE", told, false);
    }

    pub fn delete(&mut self, id: Id) {
        let Some(message) = self.messages.remove(&id) else { return };
        let channel = message.channel;
        self.deleted.insert(id, message);
        let Some(found) = self.channels.get_mut(&channel) else { return };
        found.messages.retain(|m| *m != id);
        let mut told = json!({"id": id.to_string(), "channel_id": channel.to_string()});
        if let Some(server) = found.server {
            told["guild_id"] = json!(server.to_string());
        }
        self.tell(channel, "MESSAGE_DELETE", told, false);
    }

    /// False when it was there already.
    pub fn react(&mut self, id: Id, who: Id, emoji: &str) -> bool {
        let Some(message) = self.messages.get_mut(&id) else { return false };
        match message.reactions.iter_mut().find(|r| r.emoji == emoji) {
            Some(reaction) if reaction.users.contains(&who) => return false,
            Some(reaction) => reaction.users.push(who),
            None => message.reactions.push(Reaction { emoji: emoji.to_owned(), users: vec![who] }),
        }
        let told = self.told_reaction(id, who, emoji, true);
        let channel = self.messages[&id].channel;
        self.tell(channel, "MESSAGE_REACTION_ADD", told, false);
        true
    }

    /// False when it was not there.
    pub fn unreact(&mut self, id: Id, who: Id, emoji: &str) -> bool {
        let Some(message) = self.messages.get_mut(&id) else { return false };
        let found = message.reactions.iter_mut().find(|r| r.emoji == emoji && r.users.contains(&who));
        let Some(reaction) = found else { return false };
        reaction.users.retain(|u| *u != who);
        message.reactions.retain(|r| !r.users.is_empty());
        let told = self.told_reaction(id, who, emoji, false);
        let channel = self.messages[&id].channel;
        self.tell(channel, "MESSAGE_REACTION_REMOVE", told, false);
        true
    }

    /// Takes all reactions away, or all of one emoji.
    pub fn clear_reactions(&mut self, id: Id, emoji: Option<&str>) {
        let Some(message) = self.messages.get_mut(&id) else { return };
        message.reactions.retain(|r| emoji.is_some_and(|e| r.emoji != e));
        let channel = message.channel;
        let server = self.channel(channel).server.map(|s| s.to_string());
        let mut told = json!({"channel_id": channel.to_string(), "message_id": id.to_string(), "guild_id": server});
        let kind = match emoji {
            Some(emoji) => {
                told["emoji"] = payloads::emoji(emoji);
                "MESSAGE_REACTION_REMOVE_EMOJI"
            }
            None => "MESSAGE_REACTION_REMOVE_ALL",
        };
        self.tell(channel, kind, told, false);
    }

    fn told_reaction(&self, id: Id, who: Id, emoji: &str, added: bool) -> Value {
        let message = &self.messages[&id];
        let channel = self.channel(message.channel);
        let mut told = json!({
            "user_id": who.to_string(), "channel_id": channel.id.to_string(), "message_id": id.to_string(),
            "emoji": payloads::emoji(emoji), "burst": false, "type": 0,
        });
        if let Some(server) = channel.server {
            told["guild_id"] = json!(server.to_string());
            let member = self.servers.get(&server).and_then(|s| s.members.get(&who));
            if let (Some(member), true) = (member, added) {
                told["member"] = payloads::member(self, member);
            }
        }
        if added {
            told["message_author_id"] = json!(message.author.to_string());
            told["burst_colors"] = json!([]);
        }
        told
    }

    /// Opens a thread; from a message, it gets that message's id.
    pub fn open_thread(&mut self, parent: Id, kind: Kind, name: &str, by: Id, from: Option<Id>, minutes: u64) -> Id {
        let id = from.unwrap_or_else(|| self.next_id());
        let server = self.channel(parent).server;
        let thread = Channel {
            id,
            server,
            kind,
            name: name.to_owned(),
            parent: Some(parent),
            owner: by,
            people: BTreeSet::from([by]),
            archived: false,
            locked: false,
            archive_minutes: minutes,
            created: self.now(),
            archive_changed: self.now(),
            denied: 0,
            messages: Vec::new(),
        };
        self.channels.insert(id, thread);
        let mut told = payloads::channel(self, self.channel(id));
        told["newly_created"] = json!(true);
        self.tell(id, "THREAD_CREATE", told, false);
        if let Some(starter) = from {
            self.alter(starter, false, |m| m.flags |= flag::HAS_THREAD);
            self.post(Post { channel: id, author: by, kind: 21, reply_to: Some(starter), ..Post::default() });
        }
        id
    }

    /// Tells a channel's or thread's new state.
    pub fn tell_channel(&mut self, id: Id, kind: &str) {
        let told = payloads::channel(self, self.channel(id));
        self.tell(id, kind, told, false);
    }

    /// Removes a channel or thread with all that was said in it.
    pub fn delete_channel(&mut self, id: Id) {
        let kind = if self.channel(id).kind.is_thread() { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
        self.tell_channel(id, kind);
        let Some(channel) = self.channels.remove(&id) else { return };
        for message in channel.messages {
            if let Some(message) = self.messages.remove(&message) {
                self.deleted.insert(message.id, message);
            }
        }
    }

    /// Archives the threads whose time is up, as Discord does by itself.
    pub fn archive_idle_threads(&mut self) {
        let now = self.now();
        let idle = |c: &&Channel| {
            let last = c.messages.last().and_then(|m| self.messages.get(m)).map_or(c.created, |m| m.created);
            let since = now - last.max(c.archive_changed);
            c.kind.is_thread() && !c.archived && since >= i64::try_from(c.archive_minutes).unwrap_or(0) * 60_000
        };
        let idle: Vec<Id> = self.channels.values().filter(idle).map(|c| c.id).collect();
        for id in idle {
            if let Some(thread) = self.channels.get_mut(&id) {
                thread.archived = true;
                thread.archive_changed = now;
            }
            self.tell_channel(id, "THREAD_UPDATE");
        }
    }

    /// Adds someone to a thread or takes someone out.
    pub fn thread_people(&mut self, id: Id, who: Id, inside: bool) {
        let Some(thread) = self.channels.get_mut(&id) else { return };
        let changed = if inside { thread.people.insert(who) } else { thread.people.remove(&who) };
        if !changed {
            return;
        }
        if inside && who == self.bot {
            // For the bot the thread comes into being now.
            self.tell_channel(id, "THREAD_CREATE");
        }
        let thread = self.channel(id);
        let mut told = json!({
            "id": id.to_string(), "guild_id": thread.server.map(|s| s.to_string()), "member_count": thread.people.len(),
        });
        if inside {
            told["added_members"] = json!([payloads::thread_member(thread, who)]);
        } else {
            told["removed_member_ids"] = json!([who.to_string()]);
        }
        self.tell(id, "THREAD_MEMBERS_UPDATE", told, false);
    }

    /// The direct conversation between the bot and a person; made when new.
    pub fn direct(&mut self, who: Id) -> Id {
        let found = self.channels.values().find(|c| c.kind == Kind::Direct && c.people.contains(&who));
        if let Some(channel) = found {
            return channel.id;
        }
        let id = self.next_id();
        let channel = Channel {
            id,
            server: None,
            kind: Kind::Direct,
            name: String::new(),
            parent: None,
            owner: self.bot,
            people: BTreeSet::from([self.bot, who]),
            archived: false,
            locked: false,
            archive_minutes: 0,
            created: self.now(),
            archive_changed: 0,
            denied: 0,
            messages: Vec::new(),
        };
        self.channels.insert(id, channel);
        id
    }

    /// Tells a member's new roles or nickname.
    pub fn tell_member(&mut self, server: Id, who: Id) {
        let Some(member) = self.servers.get(&server).and_then(|s| s.members.get(&who)) else { return };
        let mut told = payloads::member(self, member);
        told["guild_id"] = json!(server.to_string());
        self.gateway.dispatch("GUILD_MEMBER_UPDATE", told, Place::Server, false);
    }
}

/// Discord adds the kind to each embed it gets.
fn dressed_embed(mut embed: Value) -> Value {
    if embed.get("type").is_none() {
        embed["type"] = json!("rich");
    }
    embed
}

/// Discord numbers the components and leaves out what was null or empty.
fn dressed_components(rows: Vec<Value>) -> Vec<Value> {
    let mut next = 0;
    rows.into_iter().map(|row| dressed_component(row, &mut next)).collect()
}

fn dressed_component(mut component: Value, next: &mut u64) -> Value {
    *next += 1;
    if component.get("id").and_then(Value::as_u64).is_none() {
        component["id"] = json!(*next);
    }
    if let Some(inner) = component["components"].as_array_mut() {
        for part in inner {
            *part = dressed_component(part.take(), next);
        }
    }
    if component["type"] == 3 {
        for key in ["min_values", "max_values"] {
            if component[key].is_null() {
                component[key] = json!(1);
            }
        }
    }
    if let Some(keys) = component.as_object_mut() {
        keys.retain(|_, value| !value.is_null());
    }
    component
}

/// The people named in a text, each once.
pub fn mentioned(text: &str) -> Vec<Id> {
    let mut found = Vec::new();
    for part in text.split("<@").skip(1) {
        let Some((inside, _)) = part.split_once('>') else { continue };
        if let Ok(id) = inside.trim_start_matches('!').parse::<Id>()
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

fn lets_through(allowed: &Value, who: Id) -> bool {
    let holds = |key: &str, text: &str| allowed[key].as_array().is_some_and(|list| list.iter().any(|v| v == text));
    holds("parse", "users") || holds("users", &who.to_string())
}
