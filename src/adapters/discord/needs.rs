//! What Loket needs of a Discord server and of the developer portal. Both follow from what the adapter does: every sort of request has
//! its permissions here and every kind of event its intent, and what is asked for is all of these together and nothing else.

use crate::domain::register::ChannelRole;

/// Something that an administrator allows a bot in a server or channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// Sees the channel at all.
    ViewChannel,
    /// Posts in a channel.
    SendMessages,
    /// Opens a thread under a message.
    CreatePublicThreads,
    /// Opens a thread that only those who are asked can see.
    CreatePrivateThreads,
    /// Posts in a thread, wakes one, and brings somebody into one.
    SendMessagesInThreads,
    /// Shows a card.
    EmbedLinks,
    /// Hangs the picture of a week at a message.
    AttachFiles,
    /// Places ✅ and ❌ under a card.
    AddReactions,
    /// Reads what was said before.
    ReadMessageHistory,
}

use Permission::{
    AddReactions, AttachFiles, CreatePrivateThreads, CreatePublicThreads, EmbedLinks, ReadMessageHistory, SendMessages,
    SendMessagesInThreads, ViewChannel,
};

impl Permission {
    /// All of them, in the order in which Discord lists them.
    pub const ALL: [Self; 9] = [
        ViewChannel,
        SendMessages,
        CreatePublicThreads,
        CreatePrivateThreads,
        SendMessagesInThreads,
        EmbedLinks,
        AttachFiles,
        AddReactions,
        ReadMessageHistory,
    ];

    /// Its place in Discord's bit field.
    pub const fn bit(self) -> u64 {
        1 << match self {
            AddReactions => 6,
            ViewChannel => 10,
            SendMessages => 11,
            EmbedLinks => 14,
            AttachFiles => 15,
            ReadMessageHistory => 16,
            CreatePublicThreads => 35,
            CreatePrivateThreads => 36,
            SendMessagesInThreads => 38,
        }
    }

    /// What Loket needs in a channel that has that role.
    pub fn in_channel(role: ChannelRole) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |permission| match permission {
            ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory => true,
            CreatePublicThreads | CreatePrivateThreads | SendMessagesInThreads => {
                matches!(role, ChannelRole::Requests | ChannelRole::Mentions)
            }
            AddReactions => role == ChannelRole::Approvers,
            AttachFiles => matches!(role, ChannelRole::Spoc | ChannelRole::Digest),
        })
    }

    /// The word by which sentences choose its name.
    pub fn code(self) -> &'static str {
        match self {
            ViewChannel => "view-channel",
            SendMessages => "send-messages",
            CreatePublicThreads => "create-public-threads",
            CreatePrivateThreads => "create-private-threads",
            SendMessagesInThreads => "send-messages-in-threads",
            EmbedLinks => "embed-links",
            AttachFiles => "attach-files",
            AddReactions => "add-reactions",
            ReadMessageHistory => "read-message-history",
        }
    }
}

/// A sort of request, by method and name, and what it needs in the channel that it is about.
type Use = (&'static str, &'static str, &'static [Permission]);

/// Every sort of request that the adapter makes.
const USES: [Use; 22] = [
    ("GET", "me", &[]),
    ("GET", "gateway", &[]),
    ("GET", "server", &[]),
    ("GET", "member", &[]),
    ("GET", "channel", &[ViewChannel]),
    ("GET", "threads", &[ViewChannel]),
    ("GET", "read", &[ViewChannel, ReadMessageHistory]),
    ("GET", "read-one", &[ViewChannel, ReadMessageHistory]),
    ("GET", "reactions", &[ViewChannel, ReadMessageHistory]),
    ("GET", "thread-member", &[ViewChannel]),
    ("PUT", "thread-member", &[SendMessagesInThreads]),
    ("PUT", "commands", &[]),
    ("PUT", "mark", &[AddReactions, ReadMessageHistory]),
    ("PATCH", "edit", &[ViewChannel]),
    // The bot's own posts alone, which needs no right to manage those of others.
    ("DELETE", "remove", &[ViewChannel]),
    ("PATCH", "channel", &[SendMessagesInThreads]),
    ("POST", "thread", &[CreatePublicThreads, CreatePrivateThreads, ReadMessageHistory]),
    ("POST", "post", &[ViewChannel, SendMessages, SendMessagesInThreads, EmbedLinks, AttachFiles]),
    // What follows is between the bot and one person; channels have no say in it.
    ("POST", "direct", &[]),
    ("POST", "callback", &[]),
    ("POST", "answer", &[]),
    ("PATCH", "answer", &[]),
];

/// The kinds of events that Loket listens to, each with the intent without which Discord does not tell of it.
pub(super) const EVENTS: [(&str, u64); 14] = [
    ("READY", 0),
    ("INTERACTION_CREATE", 0),
    ("GUILD_CREATE", GUILDS),
    ("CHANNEL_CREATE", GUILDS),
    ("CHANNEL_UPDATE", GUILDS),
    ("THREAD_CREATE", GUILDS),
    ("THREAD_UPDATE", GUILDS),
    ("THREAD_LIST_SYNC", GUILDS),
    // Without the content a message comes in empty.
    ("MESSAGE_CREATE", GUILD_MESSAGES | DIRECT_MESSAGES | MESSAGE_CONTENT),
    ("MESSAGE_UPDATE", GUILD_MESSAGES | DIRECT_MESSAGES | MESSAGE_CONTENT),
    ("MESSAGE_DELETE", GUILD_MESSAGES | DIRECT_MESSAGES),
    ("MESSAGE_DELETE_BULK", GUILD_MESSAGES),
    ("MESSAGE_REACTION_ADD", GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS),
    ("MESSAGE_REACTION_REMOVE", GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS),
];

const GUILDS: u64 = 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
const DIRECT_MESSAGES: u64 = 1 << 12;
const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
/// The one that must be switched on in the developer portal.
const MESSAGE_CONTENT: u64 = 1 << 15;

/// The permissions that the invite link asks for, as Discord's bit field.
pub const PERMISSIONS: u64 = {
    let (mut all, mut at) = (0, 0);
    while at < USES.len() {
        all |= bits(USES[at].2);
        at += 1;
    }
    all
};

/// The intents of a session, as Discord's bit field.
pub const INTENTS: u64 = {
    let (mut all, mut at) = (0, 0);
    while at < EVENTS.len() {
        all |= EVENTS[at].1;
        at += 1;
    }
    all
};

const fn bits(permissions: &[Permission]) -> u64 {
    let (mut all, mut at) = (0, 0);
    while at < permissions.len() {
        all |= permissions[at].bit();
        at += 1;
    }
    all
}

/// The link by which an administrator brings the bot into a server; `application` is the number of the application.
pub fn invite_link(application: &str) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&permissions={PERMISSIONS}\
         &scope=bot%20applications.commands"
    )
}

/// The number of the application, which the first part of a bot's token holds; `None` where it is no such token.
pub fn application_of(token: &str) -> Option<String> {
    use base64::Engine as _;
    let first = token.trim().split('.').next()?.trim_end_matches('=');
    let bytes = base64::engine::general_purpose::STANDARD_NO_PAD.decode(first).ok()?;
    let number = String::from_utf8(bytes).ok()?;
    is_number(&number).then_some(number)
}

/// Whether a text can be a number of Discord's: a server, channel, account or application.
pub fn is_number(text: &str) -> bool {
    (15..=20).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<u64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every request that the sources make: method and sort.
    fn made() -> BTreeSet<(String, String)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/adapters/discord");
        let mut found = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.to_string_lossy().ends_with("tests.rs") || path.ends_with("needs.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for call in text.split("Call::new(Method::").skip(1) {
                let method = call.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap();
                let sort = call.split('"').nth(1).unwrap();
                found.insert((method.to_owned(), sort.to_owned()));
            }
        }
        found
    }

    #[test]
    fn every_request_that_the_adapter_makes_says_what_it_needs() {
        let known: BTreeSet<_> = USES.map(|(method, sort, _)| (method.to_owned(), sort.to_owned())).into();
        let made = made();
        assert!(made.len() > 10, "{made:?}");
        let unknown: Vec<_> = made.difference(&known).collect();
        assert!(unknown.is_empty(), "add these to USES with the permissions that they need: {unknown:?}");
        let left: Vec<_> = known.difference(&made).collect();
        assert!(left.is_empty(), "nothing makes these any more: {left:?}");
    }

    #[test]
    fn what_is_asked_for_is_what_is_used() {
        assert_eq!(PERMISSIONS, bits(&Permission::ALL));
        assert_eq!(PERMISSIONS, 377_957_239_872);
        let codes: BTreeSet<&str> = Permission::ALL.into_iter().map(Permission::code).collect();
        assert_eq!(codes.len(), Permission::ALL.len());
    }

    #[test]
    fn the_link_and_the_number_in_a_token_are_read_as_discord_writes_them() {
        assert_eq!(
            invite_link("123456789012345678"),
            "https://discord.com/oauth2/authorize?client_id=123456789012345678&permissions=377957239872\
             &scope=bot%20applications.commands"
        );
        assert_eq!(application_of("MTIzNDU2Nzg5MDEyMzQ1Njc4.Gx.secret").as_deref(), Some("123456789012345678"));
        for wrong in ["", "hunter2", "aGFsbG8.x.y", "....", "MTIz.x.y"] {
            assert_eq!(application_of(wrong), None, "{wrong}");
        }
    }
}
