//! The one value that holds everything, and its clock.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::faults::Faults;
use super::interactions::Interaction;
use super::limits::Limits;
use super::sessions::Gateway;
use super::state::{Call, Channel, Flight, Id, Kind, Message, Person, Server, intent, permission};

/// Milliseconds between 1970 and the first moment of Discord's own epoch.
const DISCORD_EPOCH: i64 = 1_420_070_400_000;

/// Everything.
pub struct World {
    pub base: String,
    pub token: String,
    pub application: Id,
    /// The bot's own account.
    pub bot: Id,
    pub owner: Id,
    /// Privileged intents switched on in the portal.
    pub portal_intents: u64,
    pub people: BTreeMap<Id, Person>,
    pub servers: BTreeMap<Id, Server>,
    pub channels: BTreeMap<Id, Channel>,
    pub messages: BTreeMap<Id, Message>,
    pub deleted: BTreeMap<Id, Message>,
    /// Registered commands; key 0 holds the global ones.
    pub commands: BTreeMap<Id, Vec<Value>>,
    pub interactions: BTreeMap<Id, Interaction>,
    pub files: HashMap<String, (String, Vec<u8>)>,
    /// What `enforce_nonce` compares with.
    pub nonces: HashMap<String, Id>,
    /// Typing indicators shown by the bot, by channel.
    pub typing: HashMap<Id, usize>,
    /// Bodies Discord would refuse. A test's end asserts that it is empty.
    pub violations: Vec<String>,
    /// Where the fake itself answered otherwise than Discord's description says.
    pub doubts: Vec<String>,
    pub calls: Vec<Call>,
    pub flight: Flight,
    pub gateway: Gateway,
    pub limits: Limits,
    pub faults: Faults,
    now: i64,
    last_id: Id,
}

impl World {
    pub fn new(base: String, now: i64) -> Self {
        let mut world = Self {
            base,
            token: String::new(),
            application: 0,
            bot: 0,
            owner: 0,
            portal_intents: intent::PRIVILEGED,
            people: BTreeMap::new(),
            servers: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            deleted: BTreeMap::new(),
            commands: BTreeMap::new(),
            interactions: BTreeMap::new(),
            files: HashMap::new(),
            nonces: HashMap::new(),
            typing: HashMap::new(),
            violations: Vec::new(),
            doubts: Vec::new(),
            calls: Vec::new(),
            flight: Flight::default(),
            gateway: Gateway::default(),
            limits: Limits::default(),
            faults: Faults::default(),
            now,
            last_id: 0,
        };
        world.bot = world.new_person("Loket", true);
        // Old applications have the id of their bot user; newer ones too.
        world.application = world.bot;
        world.owner = world.new_person("Beheerder", false);
        world.token = format!("loopback.{}.token", world.bot);
        world
    }

    /// The fake's present time in milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Sets the fake's clock; ids keep increasing even when it goes back.
    pub fn set_now(&mut self, now: i64) {
        self.now = now;
    }

    /// The next snowflake. Every one takes a millisecond, so two messages never share a timestamp.
    pub fn next_id(&mut self) -> Id {
        self.now += 1;
        let stamp = u64::try_from(self.now - DISCORD_EPOCH).unwrap_or(0) << 22;
        self.last_id = stamp.max(self.last_id + 1);
        self.last_id
    }

    pub fn new_person(&mut self, name: &str, bot: bool) -> Id {
        let id = self.next_id();
        let person = Person { id, name: name.to_owned(), bot, locale: "nl".to_owned(), closed_dm: false };
        self.people.insert(id, person);
        id
    }

    /// The channel, which a test that names it must have made.
    pub fn channel(&self, id: Id) -> &Channel {
        self.channels.get(&id).unwrap_or_else(|| panic!("there is no channel {id} in this world"))
    }

    /// The message, deleted or not.
    pub fn message(&self, id: Id) -> &Message {
        let found = self.messages.get(&id).or_else(|| self.deleted.get(&id));
        found.unwrap_or_else(|| panic!("there never was a message {id} in this world"))
    }

    /// The messages people can see in a channel, oldest first, without Discord's own notices.
    pub fn talk(&self, channel: Id) -> Vec<&Message> {
        let ids = self.channels.get(&channel).map(|c| c.messages.as_slice()).unwrap_or_default();
        ids.iter().filter_map(|id| self.messages.get(id)).filter(|m| matches!(m.kind, 0 | 19 | 20 | 23)).collect()
    }

    /// What the bot may do in a channel. Threads follow their parent.
    pub fn bot_permissions(&self, channel: &Channel) -> u64 {
        let Some(server) = channel.server.and_then(|id| self.servers.get(&id)) else { return permission::USUAL };
        let Some(member) = server.members.get(&self.bot) else { return 0 };
        let mut allowed = 0;
        for role in &server.roles {
            // The role with the server's own id is @everyone.
            if role.id == server.id || member.roles.contains(&role.id) {
                allowed |= role.permissions;
            }
        }
        let parent = channel.parent.and_then(|id| self.channels.get(&id));
        allowed & !channel.denied & !parent.map_or(0, |p| p.denied)
    }

    /// Whether the bot is told of what happens in a channel.
    pub fn bot_sees(&self, channel: &Channel) -> bool {
        let allowed = self.bot_permissions(channel);
        let member = channel.people.contains(&self.bot) || allowed & permission::MANAGE_THREADS != 0;
        allowed & permission::VIEW_CHANNEL != 0 && (channel.kind != Kind::PrivateThread || member)
    }

    /// Calls whose method and path fit, such as `POST /channels/*/messages`.
    pub fn calls_to(&self, pattern: &str) -> Vec<&Call> {
        self.calls.iter().filter(|call| super::faults::fits(pattern, &call.method, &call.path)).collect()
    }
}
