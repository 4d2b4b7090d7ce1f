//! The doors of the house: what the desk needs of the world, and what the world tells the desk.
//!
//! Each port has a real implementation and a fake from the first day. Errors say what may be done next, as values.

mod chat;
mod checkup;
mod fault;
mod input;
mod mail;
mod measures;
mod opinion;
mod paper;
mod provider;
mod store;
mod web;

pub use chat::{Chat, ChatError, Completion, Mark, OwnPost, PostKey, Reply};
pub use checkup::{Checked, Checkup, Grade};
pub use fault::{CommitError, Database, Fault, StoreError, Unavailable};
pub use input::{Attached, CommandCall, Heard, Input, Inputs, InteractionToken, Pressed, Reacted};
pub use mail::{Batch, Mailbox};
pub use measures::{Depth, Platform, Traffic};
pub use opinion::{OpinionError, Question, SecondOpinion};
pub use paper::{Bind, Draw, PaperError};
pub use provider::{
    Bulletin, Certainty, HandedFile, Handover, Health, Letter, Mailer, Provider, ProviderError, Purpose, Receipt,
    Ticket,
};
pub use store::{
    Body, Change, Claimed, Committed, Cursor, DigestRow, EffectState, Erased, Fired, HandedTo, Head, InboxKey, Lease,
    Link, LinkKind, Listed, Loaded, NewEffect, NewEvent, OpenFilter, Outcome, Restored, Settled, Sought, Store,
    StreamId, TimerRow, Unit,
};

pub use web::{HookCall, Hooks, Page, PageCall, PageError, PageStatus, Pages, Taken, What};

use crate::domain::Instant;
use crate::domain::Token;

/// Tells the time. Only the adapter reads the clock.
pub trait Clock: Send + Sync {
    /// Now, truncated to milliseconds.
    fn now(&self) -> Instant;
}

/// Draws what cannot be guessed.
pub trait Entropy: Send + Sync {
    /// Fills the bytes with random ones.
    fn fill(&self, bytes: &mut [u8]);
}

/// A UUIDv7 for that moment (RFC 9562, section 5.7).
pub fn fresh_uuid(entropy: &dyn Entropy, now: Instant) -> uuid::Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// An unguessable token: 80 bits in Crockford's base 32.
pub fn fresh_token(entropy: &dyn Entropy) -> Token {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut random = [0; 16];
    entropy.fill(&mut random);
    Token(random.iter().map(|byte| char::from(DIGITS[usize::from(byte % 32)])).collect())
}
