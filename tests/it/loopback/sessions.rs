//! The gateway's memory: sessions with their sequence, who is connected, and how events are mistreated.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::state::intent;

/// How many sessions without a connection are kept for RESUME.
const SESSIONS_KEPT: usize = 3;

/// What a connection task is told to do.
#[derive(Clone, Debug)]
pub enum Out {
    Frame(Value),
    /// A close frame with this code.
    Close(u16),
    /// The TCP connection ends without a word.
    Drop,
}

/// How new connections are met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    #[default]
    Open,
    /// Answered 503.
    Refuse,
    /// Accepted, and never answered.
    Hang,
}

/// What a client that identified gets, whether it is connected or not.
#[derive(Debug)]
pub struct Session {
    pub intents: u64,
    pub sequence: u64,
    /// Everything sent, for RESUME.
    pub log: Vec<Value>,
    pub connection: Option<u64>,
}

/// The server's side of all gateway connections.
#[derive(Debug)]
pub struct Gateway {
    pub sessions: BTreeMap<String, Session>,
    pub connections: BTreeMap<u64, UnboundedSender<Out>>,
    pub gate: Gate,
    /// Heartbeats get no ACK, and nothing else is sent either.
    pub silent: bool,
    /// Connections that have not had their HELLO yet.
    pub unwelcomed: Vec<u64>,
    /// Events happen, but nobody is told.
    pub lost: bool,
    pub shuffle: Option<Shuffle>,
    pub heartbeat_interval: u64,
    /// Closes the next IDENTIFY with this code.
    pub refuse_identify: Option<u16>,
    /// The next RESUME is answered "invalid session".
    pub refuse_resume: bool,
    pub identifies: usize,
    /// How many are allowed a day; the one after it costs the token (4004).
    pub identify_budget: usize,
    pub resumes: usize,
    pub readies: usize,
    pub heartbeats: usize,
    /// Connections that were tried, whether accepted or not.
    pub attempts: usize,
    /// Connections that were accepted.
    pub accepted: usize,
    /// Close codes the client sent.
    pub closed_by_client: Vec<u16>,
    /// Every event that happened, told or not, by name.
    pub happened: Vec<String>,
    pub last_identify: Value,
    next_connection: u64,
    next_session: u64,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: BTreeMap::new(),
            connections: BTreeMap::new(),
            gate: Gate::Open,
            silent: false,
            unwelcomed: Vec::new(),
            lost: false,
            shuffle: None,
            // Long enough that only tests which ask for it see one.
            heartbeat_interval: 41_250,
            refuse_identify: None,
            refuse_resume: false,
            identifies: 0,
            identify_budget: 1000,
            resumes: 0,
            readies: 0,
            heartbeats: 0,
            attempts: 0,
            accepted: 0,
            closed_by_client: Vec::new(),
            happened: Vec::new(),
            last_identify: Value::Null,
            next_connection: 0,
            next_session: 0,
        }
    }
}

/// Where an event happens; decides which intent it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Server,
    Direct,
}

impl Gateway {
    pub fn connect(&mut self, to: UnboundedSender<Out>) -> u64 {
        self.next_connection += 1;
        self.accepted += 1;
        self.connections.insert(self.next_connection, to);
        self.next_connection
    }

    /// Says HELLO to those who wait for it, unless silence was asked for.
    pub fn welcome(&mut self) {
        if self.silent {
            return;
        }
        let hello = json!({"op": 10, "d": {"heartbeat_interval": self.heartbeat_interval}});
        for connection in self.unwelcomed.drain(..) {
            if let Some(to) = self.connections.get(&connection) {
                let _ = to.send(Out::Frame(hello.clone()));
            }
        }
    }

    pub fn disconnect(&mut self, connection: u64) {
        self.connections.remove(&connection);
        for session in self.sessions.values_mut() {
            if session.connection == Some(connection) {
                session.connection = None;
            }
        }
    }

    pub fn new_session(&mut self, intents: u64, connection: u64) -> String {
        self.next_session += 1;
        // Sessions of processes that were killed would gather every event for ever; Discord forgets them in minutes.
        let gone: Vec<String> =
            self.sessions.iter().filter(|(_, s)| s.connection.is_none()).map(|(n, _)| n.clone()).collect();
        for name in gone.iter().take(gone.len().saturating_sub(SESSIONS_KEPT)) {
            self.sessions.remove(name);
        }
        // Padded, so that the order of the names is the order of time.
        let name = format!("session-{:08}", self.next_session);
        let session = Session { intents, sequence: 0, log: Vec::new(), connection: Some(connection) };
        self.sessions.insert(name.clone(), session);
        name
    }

    /// How many clients are connected and past their READY or RESUMED.
    pub fn online(&self) -> usize {
        self.sessions.values().filter(|s| s.connection.is_some()).count()
    }

    /// Says the same to every connection.
    pub fn tell_all(&mut self, out: &Out) {
        for connection in self.connections.values() {
            // A connection that just ended is cleaned up by its own task.
            let _ = connection.send(out.clone());
        }
    }

    /// Sends one event to one session, numbered and kept for RESUME.
    pub fn dispatch_to(&mut self, session: &str, kind: &str, data: Value) {
        let silent = self.silent;
        let Some(session) = self.sessions.get_mut(session) else { return };
        session.sequence += 1;
        let frame = json!({"op": 0, "t": kind, "s": session.sequence, "d": data});
        session.log.push(frame.clone());
        let connection = session.connection.and_then(|id| self.connections.get(&id));
        if let (Some(connection), false) = (connection, silent) {
            let _ = connection.send(Out::Frame(frame));
        }
    }

    /// An event of the world: to every session whose intents ask for it.
    pub fn dispatch(&mut self, kind: &str, data: Value, place: Place, content_hidden: bool) {
        self.happened.push(kind.to_owned());
        if self.lost {
            return;
        }
        let kind = kind.to_owned();
        // An interaction is answered or not; a person does not press once and count as three.
        let once = kind == "INTERACTION_CREATE";
        let due = match &mut self.shuffle {
            Some(shuffle) if !once => shuffle.take_in((kind, data, place, content_hidden)),
            _ => vec![(kind, data, place, content_hidden)],
        };
        self.deliver(due);
    }

    /// Ends the mistreatment and delivers what it still held back.
    pub fn calm(&mut self) {
        let due = self.shuffle.take().map(Shuffle::drain).unwrap_or_default();
        self.deliver(due);
    }

    fn deliver(&mut self, events: Vec<Event>) {
        for (kind, data, place, content_hidden) in events {
            let names: Vec<String> = self.sessions.keys().cloned().collect();
            for name in names {
                let intents = self.sessions[&name].intents;
                if !wanted(&kind, place, intents) {
                    continue;
                }
                let mut data = data.clone();
                if content_hidden && intents & intent::MESSAGE_CONTENT == 0 {
                    hide_content(&mut data);
                }
                self.dispatch_to(&name, &kind, data);
            }
        }
    }
}

/// Empties what needs the message content intent.
pub fn hide_content(message: &mut Value) {
    for (key, empty) in [("content", json!("")), ("embeds", json!([])), ("attachments", json!([]))] {
        message[key] = empty;
    }
    message["components"] = json!([]);
}

fn wanted(kind: &str, place: Place, intents: u64) -> bool {
    let needed = match (kind, place) {
        ("INTERACTION_CREATE", _) => return true,
        (k, Place::Server) if k.starts_with("MESSAGE_REACTION") => intent::GUILD_MESSAGE_REACTIONS,
        (k, Place::Direct) if k.starts_with("MESSAGE_REACTION") => intent::DIRECT_MESSAGE_REACTIONS,
        (k, Place::Server) if k.starts_with("MESSAGE_") => intent::GUILD_MESSAGES,
        (k, Place::Direct) if k.starts_with("MESSAGE_") => intent::DIRECT_MESSAGES,
        (k, _) if k.starts_with("GUILD_MEMBER_") => intent::GUILD_MEMBERS,
        _ => intent::GUILDS,
    };
    intents & needed != 0
}

type Event = (String, Value, Place, bool);

/// Delivers each event nought to three times, out of order, the same way for the same seed.
#[derive(Debug)]
pub struct Shuffle {
    state: u64,
    most: u64,
    held: Vec<Event>,
}

impl Shuffle {
    /// `most` copies at most of each event; the least is nought.
    pub fn new(seed: u64, most: u64) -> Self {
        Self { state: seed.wrapping_mul(2).wrapping_add(1), most, held: Vec::new() }
    }

    fn roll(&mut self, sides: u64) -> u64 {
        // Xorshift: enough for mixing, and the same on every machine.
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % sides
    }

    fn take_in(&mut self, event: Event) -> Vec<Event> {
        let copies = self.roll(self.most + 1);
        for _ in 0..copies {
            self.held.push(event.clone());
        }
        let mut due = Vec::new();
        while !self.held.is_empty() && self.roll(2) == 0 {
            due.push(self.draw());
        }
        due
    }

    fn draw(&mut self) -> Event {
        let which = self.roll(self.held.len() as u64) as usize;
        self.held.swap_remove(which)
    }

    fn drain(mut self) -> Vec<Event> {
        let mut due = Vec::new();
        while !self.held.is_empty() {
            due.push(self.draw());
        }
        due
    }
}
