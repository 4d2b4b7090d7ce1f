//! A look over the whole set-up, for whoever installed Loket.

use crate::domain::Lang;
use async_trait::async_trait;

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Something is stuck, or will be.
    Stuck,
    /// Something may get stuck.
    Warning,
    /// Could not be looked at, or was not asked for.
    Skipped,
    /// Good to know.
    Note,
    /// As it should be.
    Well,
}

impl Grade {
    /// All, the gravest first.
    pub const ALL: [Self; 5] = [Self::Stuck, Self::Warning, Self::Skipped, Self::Note, Self::Well];

    /// The sign before a line.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Stuck => "✗",
            Self::Warning => "!",
            Self::Skipped => "–",
            Self::Note => "·",
            Self::Well => "✓",
        }
    }

    /// The word for machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stuck => "stuck",
            Self::Warning => "warning",
            Self::Skipped => "skipped",
            Self::Note => "note",
            Self::Well => "well",
        }
    }
}

/// One thing that was looked at: how it stands and what to do, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How it stands.
    pub grade: Grade,
    /// The sentence, without secrets.
    pub text: String,
}

/// Looks everything over. Takes seconds, and ends by itself.
#[async_trait]
pub trait Checkup: Send + Sync {
    /// What was found, in that language.
    async fn look(&self, lang: Lang) -> Vec<Checked>;
}
