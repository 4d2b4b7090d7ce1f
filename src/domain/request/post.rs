//! Where Loket's own posts about a request stand.

use crate::domain::{ChannelId, MessageRef};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A post that is edited or reacted to later, so that its place must be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// The card in the requester's conversation.
    Card,
    /// The offer "Verzoek maken?".
    Offer,
    /// The card in the approvers' channel for that revision.
    Approval(u32),
    /// The question which request is meant by what the event with that sequence kept.
    Which(u64),
    /// The form for the SPOC to carry to the provider, by the attempt.
    Form(u32),
}

impl Slot {
    /// The text by which it is stored: `card`, `offer`, `approval-2`, `which-12` or `form-1`.
    pub fn code(self) -> String {
        match self {
            Self::Card => "card".into(),
            Self::Offer => "offer".into(),
            Self::Approval(revision) => format!("approval-{revision}"),
            Self::Which(seq) => format!("which-{seq}"),
            Self::Form(attempt) => format!("form-{attempt}"),
        }
    }

    /// Reads what [`Slot::code`] wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "card" => Some(Self::Card),
            "offer" => Some(Self::Offer),
            _ => match code.split_once('-')? {
                ("approval", revision) => revision.parse().ok().map(Self::Approval),
                ("which", seq) => seq.parse().ok().map(Self::Which),
                ("form", attempt) => attempt.parse().ok().map(Self::Form),
                _ => None,
            },
        }
    }
}

impl Serialize for Slot {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.code())
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let code = String::deserialize(d)?;
        Self::from_code(&code).ok_or_else(|| serde::de::Error::custom(format!("unknown post {code}")))
    }
}

/// Where Loket's posts about a request stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posts {
    /// The thread or direct conversation, once it exists.
    pub conversation: Option<ChannelId>,
    /// The posts that are edited or reacted to.
    pub at: BTreeMap<Slot, MessageRef>,
}

impl Posts {
    /// Which post a message is.
    pub fn slot_of(&self, message: &MessageRef) -> Option<Slot> {
        self.at.iter().find(|(_, at)| at.message == message.message).map(|(slot, _)| *slot)
    }
}
