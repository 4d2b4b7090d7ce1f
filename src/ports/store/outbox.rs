//! Effects on their way: as they are written down, claimed by a courier, and settled.

use super::StreamId;
use crate::domain::effect::{Effect, Lane};
use crate::domain::{Instant, OrganisationId};

/// An effect to be carried out. Its key is organisation, stream, lane and position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEffect {
    /// The queue: within one lane of a stream, effects are carried out in the order of their positions.
    pub lane: Lane,
    /// Sequence of the event × 100 + index within its effects.
    pub position: i64,
    /// What to do.
    pub effect: Effect,
    /// Not before.
    pub at: Instant,
    /// Since when it may have been carried out already although nothing is known of it; `None` as a rule.
    pub in_doubt: Option<Instant>,
}

/// What became of a claimed effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The claimed effect.
    pub claim: Claimed,
    /// What became of it.
    pub outcome: Outcome,
}

/// What becomes of an effect after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Carried out, or not needed any more: the row goes.
    Done,
    /// Another attempt, not before.
    Retry {
        /// When.
        at: Instant,
        /// Why, without secrets or message text; empty where nothing is the matter and it only waits for its turn.
        why: String,
        /// Whether this attempt surely came to nothing.
        certain: bool,
    },
    /// It stays visible as given up, and no longer holds up its lane.
    GaveUp {
        /// Why, without secrets or message text.
        why: String,
    },
}

/// A claimed effect: nobody else carries it out until the lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Whose.
    pub organisation: OrganisationId,
    /// Of which stream.
    pub stream: StreamId,
    /// In which queue.
    pub lane: Lane,
    /// Its place in the queue.
    pub position: i64,
    /// What to do.
    pub effect: Effect,
    /// Counted from 1, this claim included.
    pub attempt: u32,
    /// When it was first claimed; this claim, for the first attempt.
    pub first_at: Instant,
    /// Whether an earlier attempt may have been carried out although nobody recorded it: its process died or its answer was lost.
    pub in_doubt: bool,
    /// The end of the lease.
    pub until: Instant,
}

impl Claimed {
    /// The stable key: organisation, stream, lane and position.
    pub fn key(&self) -> String {
        let stream = match self.stream {
            StreamId::Request(id) => id.to_string(),
            StreamId::Organisation => "organisation".to_owned(),
        };
        format!("{}/{stream}/{:?}/{}", self.organisation, self.lane, self.position)
    }
}

/// An effect that waits or was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectState {
    /// Of which stream.
    pub stream: StreamId,
    /// What to do.
    pub effect: Effect,
    /// Attempts so far.
    pub attempts: u32,
    /// Whether it was given up.
    pub given_up: bool,
    /// The last error.
    pub why: Option<String>,
    /// Since when it waits.
    pub since: Instant,
}
