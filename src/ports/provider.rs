//! The provider of services. What it is told is rendered before, purely; a connector only carries it.

use crate::domain::file::Media;
use crate::domain::provider::News;
use crate::domain::{Instant, Trouble};
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;

/// What is handed over, ready to carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The reference, unique across organisations, years and installs: `LINDE-2026-0041-TOKEN`. For something told later it
    /// ends in a dot and a suffix that is stable over attempts.
    pub reference: String,
    /// The reference of the order that it is about; equal to `reference` for the order itself.
    pub order: String,
    /// The subject line, with the reference.
    pub subject: String,
    /// The text, with the reference in its last line.
    pub body: String,
    /// Where answers by mail go: the mailbox with the token as a plus-address is made from this.
    pub token: String,
    /// What is handed over.
    pub purpose: Purpose,
    /// How pressing it is by what was agreed with the provider: from 1, which cannot wait, to 4. The text says it in words.
    pub priority: Option<u8>,
    /// When it is wanted at the latest, where that was said and the provider may know. The text says it in words.
    pub wanted: Option<Instant>,
    /// The provider's own number of the order, once it is known.
    pub number: Option<String>,
    /// The attempt, counted from 1.
    pub attempt: u32,
    /// When the order was frozen; the date of the mail, the same at every attempt.
    pub at: Instant,
    /// Photos and files that go along.
    pub files: Vec<HandedFile>,
}

/// A photo or file as a provider gets it.
#[derive(Clone, PartialEq, Eq)]
pub struct HandedFile {
    /// Its name: our number and a rank, never the sender's own words.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// Without the bytes, which are many and private.
impl std::fmt::Debug for HandedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HandedFile").field("name", &self.name).field("bytes", &self.bytes.len()).finish()
    }
}

/// What a hand-over is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The order itself.
    #[default]
    Order,
    /// The organisation wants it no more.
    Cancel,
    /// It is not solved.
    Reopen,
    /// The answer to a question of the provider's.
    Answer,
    /// Photos and files that came after the order.
    Files,
    /// A reminder of an order that it has.
    Urge,
    /// We agree to its price.
    Agree,
    /// We do not agree to its price.
    Refuse,
}

/// What the provider answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The provider's own number, when it told one.
    pub number: Option<String>,
    /// Whether it went to the outbox folder only.
    pub dry_run: bool,
}

/// How far a repeat is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The same reference twice is one order: repeat at once.
    Idempotent,
    /// A look-up by reference is exact: repeat when it finds nothing after the settle time.
    Searchable,
    /// Nobody can tell: a person decides.
    Blind,
}

/// A connector to a provider.
#[async_trait]
pub trait Provider: Send + Sync {
    /// How far a repeat is safe.
    fn certainty(&self) -> Certainty;

    /// Hands over an order, or tells something about one. Committed as `sending` before this is called.
    async fn submit(&self, handover: &Handover) -> Result<Receipt, ProviderError>;

    /// Looks for what was handed over by our reference; the reference is compared on each record that was found, since a filter may
    /// be ignored. More than one is for a person to sort out.
    async fn find(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError>;

    /// Whether the provider's own system can be asked what is new.
    fn tells(&self) -> bool {
        false
    }

    /// What is new since a mark that this connector gave before; without a mark from now on. `open` are the orders that are not
    /// closed: those of which there is no news by the mark may be looked at one by one. Asked again with the same mark, it says at
    /// least the same again.
    async fn news(&self, mark: Option<&str>, open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        let _ = open;
        Ok(Bulletin { news: vec![], mark: mark.map(str::to_owned) })
    }

    /// Everything that its system says about one order so far, for one whose number became known late. What was told before may be
    /// told again.
    async fn history(&self, ticket: &Ticket) -> Result<Vec<News>, ProviderError> {
        let _ = ticket;
        Ok(vec![])
    }

    /// Removes what this connector itself wrote down about the order with that reference, and what was told about it, on a disk of
    /// Loket's own; says how many files. What a provider has is the provider's to remove.
    async fn forget(&self, reference: &str) -> Result<u32, ProviderError> {
        let _ = reference;
        Ok(0)
    }

    /// Who Loket is there, and whether everything that a hand-over needs is allowed and in place; each finding in a sentence's place
    /// as a [`Trouble`]. An error when it cannot be reached at all.
    async fn health(&self) -> Result<Health, ProviderError> {
        Ok(Health::default())
    }
}

/// An order that the provider has, as the connector knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Our whole reference.
    pub reference: String,
    /// The provider's own number.
    pub number: String,
}

/// What is new at a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulletin {
    /// In the order in which it was said.
    pub news: Vec<News>,
    /// Where to go on; kept once all of it is recorded.
    pub mark: Option<String>,
}

/// What a connector finds out about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Who Loket is at the provider, in the provider's words.
    pub identity: Option<String>,
    /// What stands in the way of a hand-over.
    pub faults: Vec<Trouble>,
}

/// A letter to a person without chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The mail address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The same words as HTML, where they are easier to read so.
    pub html: Option<String>,
    /// The same at every attempt; part of the mail's own identity.
    pub reference: String,
    /// The date of the mail, the same at every attempt.
    pub at: Instant,
}

/// Writes to people without chat.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one letter.
    async fn send(&self, letter: &Letter) -> Result<(), ProviderError>;
}

/// What went wrong, by what may be done next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// Surely not carried out; may be tried again.
    #[error("not carried out: {why}")]
    Retry {
        /// Not sooner, when the provider said so.
        after: Option<Duration>,
        /// For the SPOC, who reads it when trying again did not help.
        why: Trouble,
    },
    /// May have been carried out.
    #[error("outcome unknown: {why}")]
    Unknown {
        /// For the log.
        why: Trouble,
    },
    /// The same again fails again.
    #[error("rejected: {why}")]
    Rejected {
        /// For the SPOC.
        why: Trouble,
    },
    /// A person must act first.
    #[error("needs a person: {why}")]
    NeedsPerson {
        /// For the SPOC.
        why: Trouble,
    },
}
