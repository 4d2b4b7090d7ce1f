//! What people do: join, speak, reply, edit, delete, react; and what administrators do to the bot.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::Discord;
use super::events::Post;
use super::payloads;
use super::sessions::Place;
use super::state::{Attachment, Channel, Id, Kind, Member, Person, Role, Server, permission};
use super::world::World;

/// A file that hangs at a message.
#[derive(Clone, Debug)]
pub struct Upload<'a> {
    pub name: &'a str,
    pub content_type: &'a str,
    pub bytes: &'a [u8],
}

impl World {
    /// Refuses what a person could not do; a story that tries is wrong, not the bot.
    fn must_see(&self, who: Id, channel: Id) {
        let channel = self.channel(channel);
        let name = self.people.get(&who).map_or("nobody", |p| p.name.as_str());
        if let Some(server) = channel.server.and_then(|id| self.servers.get(&id)) {
            assert!(server.members.contains_key(&who), "{name} is not a member of {}", server.name);
        }
        let inside = channel.people.contains(&who);
        let closed = matches!(channel.kind, Kind::PrivateThread | Kind::Direct);
        assert!(!closed || inside, "{name} is not in the conversation {}", channel.id);
    }

    fn add_member(&mut self, server: Id, who: Id) {
        let joined = self.now();
        let member = Member { user: who, roles: Vec::new(), nick: None, joined, timed_out_until: None };
        self.server_mut(server).members.insert(who, member);
    }

    fn server_mut(&mut self, id: Id) -> &mut Server {
        self.servers.get_mut(&id).unwrap_or_else(|| panic!("there is no server {id} in this world"))
    }
}

impl Discord {
    /// A server with the bot in it.
    pub fn server(&self, name: &str, locale: &str) -> Id {
        self.change(|world| {
            let (id, role) = (world.next_id(), world.next_id());
            // The administrator gave the bot a role of its own; @everyone alone would not let it open threads.
            let everyone = permission::VIEW_CHANNEL | permission::SEND_MESSAGES | permission::READ_MESSAGE_HISTORY;
            let roles = vec![
                Role { id, name: "@everyone".into(), permissions: everyone },
                Role { id: role, name: "Loket".into(), permissions: permission::USUAL },
            ];
            let (bot, owner) = (world.bot, world.owner);
            let server =
                Server { id, name: name.into(), locale: locale.into(), owner, roles, members: BTreeMap::new() };
            world.servers.insert(id, server);
            world.add_member(id, owner);
            world.add_member(id, bot);
            world.server_mut(id).members.entry(bot).and_modify(|m| m.roles.push(role));
            let told = payloads::server_created(world, id);
            world.gateway.dispatch("GUILD_CREATE", told, Place::Server, false);
            id
        })
    }

    /// The bot comes (back) to a server it was thrown out of.
    pub fn invites_bot(&self, server: Id) {
        self.change(|world| {
            let (bot, role) =
                (world.bot, world.server_mut(server).roles.iter().find(|r| r.name == "Loket").map(|r| r.id));
            world.add_member(server, bot);
            world.server_mut(server).members.entry(bot).and_modify(|m| m.roles.extend(role));
            let told = payloads::server_created(world, server);
            world.gateway.dispatch("GUILD_CREATE", told, Place::Server, false);
        });
    }

    /// A text channel.
    pub fn channel(&self, server: Id, name: &str) -> Id {
        self.change(|world| {
            let id = world.next_id();
            let channel = Channel {
                id,
                server: Some(server),
                kind: Kind::Text,
                name: name.into(),
                parent: None,
                owner: world.owner,
                people: BTreeSet::new(),
                archived: false,
                locked: false,
                archive_minutes: 0,
                created: world.now(),
                archive_changed: 0,
                denied: 0,
                messages: Vec::new(),
            };
            world.channels.insert(id, channel);
            world.tell_channel(id, "CHANNEL_CREATE");
            id
        })
    }

    /// A new person who is a member of the server.
    pub fn person(&self, server: Id, name: &str) -> Id {
        let who = self.change(|world| world.new_person(name, false));
        self.joins(server, who);
        who
    }

    /// Another bot that is a member of the server.
    pub fn other_bot(&self, server: Id, name: &str) -> Id {
        let who = self.change(|world| world.new_person(name, true));
        self.joins(server, who);
        who
    }

    pub fn joins(&self, server: Id, who: Id) {
        self.change(|world| {
            world.add_member(server, who);
            let mut told = payloads::member(world, &world.servers[&server].members[&who]);
            told["guild_id"] = json!(server.to_string());
            world.gateway.dispatch("GUILD_MEMBER_ADD", told, Place::Server, false);
        });
    }

    /// The language of a person's client, such as `en-GB`.
    pub fn speaks(&self, who: Id, locale: &str) {
        self.change_person(who, |person| person.locale = locale.to_owned());
    }

    /// Closes or opens a person's direct messages.
    pub fn closes_dm(&self, who: Id, closed: bool) {
        self.change_person(who, |person| person.closed_dm = closed);
    }

    fn change_person(&self, who: Id, change: impl FnOnce(&mut Person)) {
        self.change(|world| {
            world.people.entry(who).and_modify(change);
        });
    }

    pub fn role(&self, server: Id, name: &str) -> Id {
        self.change(|world| {
            let id = world.next_id();
            world.server_mut(server).roles.push(Role { id, name: name.into(), permissions: 0 });
            id
        })
    }

    pub fn gives_role(&self, server: Id, who: Id, role: Id) {
        self.change(|world| {
            world.server_mut(server).members.entry(who).and_modify(|m| m.roles.push(role));
            world.tell_member(server, who);
        });
    }

    pub fn takes_role(&self, server: Id, who: Id, role: Id) {
        self.change(|world| {
            world.server_mut(server).members.entry(who).and_modify(|m| m.roles.retain(|r| *r != role));
            world.tell_member(server, who);
        });
    }

    /// Leaves, or is thrown out; the bot itself too.
    pub fn removes_member(&self, server: Id, who: Id) {
        self.change(|world| {
            world.server_mut(server).members.remove(&who);
            if who == world.bot {
                let told = json!({"id": server.to_string()});
                world.gateway.dispatch("GUILD_DELETE", told, Place::Server, false);
            } else {
                let told = json!({"guild_id": server.to_string(), "user": payloads::user(world, who)});
                world.gateway.dispatch("GUILD_MEMBER_REMOVE", told, Place::Server, false);
            }
        });
    }

    /// Takes permissions from the bot in a channel and its threads; `permission::VIEW_CHANNEL` hides it.
    pub fn revokes_permission(&self, channel: Id, permissions: u64) {
        self.change(|world| {
            if let Some(found) = world.channels.get_mut(&channel) {
                found.denied |= permissions;
            }
            world.tell_channel(channel, "CHANNEL_UPDATE");
        });
    }

    /// Gives back what `revokes_permission` took.
    pub fn restores_permissions(&self, channel: Id) {
        self.change(|world| {
            if let Some(found) = world.channels.get_mut(&channel) {
                found.denied = 0;
            }
            world.tell_channel(channel, "CHANNEL_UPDATE");
        });
    }

    pub fn deletes_channel(&self, channel: Id) {
        self.change(|world| world.delete_channel(channel));
    }

    /// Archives a thread, as a moderator or time would.
    pub fn archives(&self, thread: Id) {
        self.change(|world| {
            world.next_id();
            let now = world.now();
            if let Some(found) = world.channels.get_mut(&thread) {
                found.archived = true;
                found.archive_changed = now;
            }
            world.tell_channel(thread, "THREAD_UPDATE");
        });
    }

    /// A person opens a thread under a message, before the bot could.
    pub fn opens_thread(&self, who: Id, message: Id, name: &str) -> Id {
        self.change(|world| {
            let parent = world.message(message).channel;
            world.open_thread(parent, Kind::PublicThread, name, who, Some(message), 1440)
        })
    }

    /// A person opens a private thread; only who is added sees it.
    pub fn opens_private_thread(&self, who: Id, channel: Id, name: &str) -> Id {
        self.change(|world| world.open_thread(channel, Kind::PrivateThread, name, who, None, 1440))
    }

    /// Adds someone to a thread; the bot too.
    pub fn adds_to_thread(&self, thread: Id, who: Id) {
        self.change(|world| world.thread_people(thread, who, true));
    }

    /// Says something; mentions are written `<@id>`.
    pub fn says(&self, who: Id, channel: Id, text: &str) -> Id {
        self.posts(who, Post { channel, content: text.into(), ..Post::default() })
    }

    /// Says something to the bot alone.
    pub fn says_directly(&self, who: Id, text: &str) -> Id {
        let channel = self.change(|world| world.direct(who));
        self.says(who, channel, text)
    }

    /// Replies to a message where it stands.
    pub fn replies(&self, who: Id, message: Id, text: &str) -> Id {
        let channel = self.read(|world| world.message(message).channel);
        self.posts(who, Post { channel, content: text.into(), reply_to: Some(message), ..Post::default() })
    }

    /// Says something with files, which the fake serves itself.
    pub fn says_with(&self, who: Id, channel: Id, text: &str, uploads: &[Upload<'_>]) -> Id {
        let attachments = self.change(|world| uploads.iter().map(|upload| store(world, channel, upload)).collect());
        self.posts(who, Post { channel, content: text.into(), attachments, ..Post::default() })
    }

    /// A webhook (another integration) says something.
    pub fn webhook_says(&self, channel: Id, name: &str, text: &str) -> Id {
        self.change(|world| {
            let webhook = world.new_person(name, true);
            let content = text.to_owned();
            world.post(Post { channel, author: webhook, webhook: Some(webhook), content, ..Post::default() })
        })
    }

    /// One of Discord's own notices, such as 6 "pinned a message" or 7 "joined the server".
    pub fn notice(&self, who: Id, channel: Id, kind: u8) -> Id {
        self.posts(who, Post { channel, kind, ..Post::default() })
    }

    fn posts(&self, who: Id, mut post: Post) -> Id {
        self.change(|world| {
            world.must_see(who, post.channel);
            post.author = who;
            world.post(post)
        })
    }

    pub fn edits(&self, message: Id, text: &str) {
        self.change(|world| {
            assert!(world.messages.contains_key(&message), "message {message} is gone or never was");
            world.alter(message, true, |m| {
                m.content = text.to_owned();
                m.mentions = super::events::mentioned(text);
            });
        });
    }

    /// Discord adds a link preview: an update that is no edit, and that names only what changed.
    pub fn previews(&self, message: Id, url: &str) {
        self.change(|world| world.preview(message, json!({"type": "link", "url": url})));
    }

    pub fn deletes(&self, message: Id) {
        self.change(|world| {
            assert!(world.messages.contains_key(&message), "message {message} is gone or never was");
            world.delete(message);
        });
    }

    pub fn reacts(&self, who: Id, message: Id, emoji: &str) {
        self.change(|world| {
            assert!(world.messages.contains_key(&message), "message {message} is gone or never was");
            world.must_see(who, world.message(message).channel);
            assert!(world.react(message, who, emoji), "{emoji} by {who} is on message {message} already");
        });
    }

    pub fn unreacts(&self, who: Id, message: Id, emoji: &str) {
        self.change(|world| assert!(world.unreact(message, who, emoji), "there is no {emoji} by {who} on {message}"));
    }
}

fn store(world: &mut World, channel: Id, upload: &Upload<'_>) -> Attachment {
    let id = world.next_id();
    let path = format!("/attachments/{channel}/{id}/{}", upload.name);
    world.files.insert(path.clone(), (upload.content_type.to_owned(), upload.bytes.to_vec()));
    Attachment {
        id,
        filename: upload.name.to_owned(),
        content_type: Some(upload.content_type.to_owned()),
        description: None,
        size: upload.bytes.len(),
        path,
    }
}
