//! What is counted of how the house is doing.

/// What the chat platform's connection has seen since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Whether a session is alive.
    pub connected: bool,
    /// Sessions that began.
    pub sessions: u64,
    /// Requests sent.
    pub sent: u64,
    /// Answers that asked for patience (429).
    pub limited: u64,
    /// Invalid requests as the platform counts them.
    pub invalid: u64,
    /// Events of a known kind that could not be read.
    pub undecodable: u64,
    /// Events that were left to the back-fill because the desk was too far behind.
    pub overflown: u64,
}

/// A connection that says what it has seen.
pub trait Platform: Send + Sync {
    /// Up to now.
    fn traffic(&self) -> Traffic;
}

/// A part of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depth {
    /// The lane: chat, approvers, spoc or provider.
    pub lane: String,
    /// waiting or given-up.
    pub state: String,
    /// How many effects.
    pub count: u64,
    /// The oldest of those whose moment has come, in milliseconds since it was committed.
    pub oldest: u64,
}
