//! Newtypes for every identifier, so that none can stand where another is meant.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::sync::Arc;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// Wraps the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text of the identifier.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id!(
    /// A role of the chat platform, with its platform: `discord:1234567890`.
    RoleId
);
text_id!(
    /// An organisation of the configuration, `[a-z0-9.-]+`.
    OrganisationId
);
/// A person of the configuration (approver, SPOC, colleague without chat), `[a-z0-9.-]+`. Shared, since a verdict names everybody with a
/// mandate, and is asked for at every word of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct PersonId(Arc<str>);

impl PersonId {
    /// Wraps the text as it is.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The text of the identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for PersonId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for PersonId {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<PersonId> for String {
    fn from(person: PersonId) -> Self {
        person.as_str().to_owned()
    }
}

text_id!(
    /// An account on a chat platform: `discord:123…` or `local:alice`.
    AccountId
);
text_id!(
    /// A channel or thread on a chat platform: `discord:123…` or `local:facility`.
    ChannelId
);
text_id!(
    /// A message on a chat platform: `discord:123…` or `local:17`.
    MessageId
);
text_id!(
    /// A server (guild) on a chat platform.
    ServerId
);
text_id!(
    /// A catalogue item, such as `fac.plumbing`.
    ItemId
);
text_id!(
    /// A provider, such as `facilitair`.
    ProviderCode
);
text_id!(
    /// A field of a catalogue item, such as `place`.
    FieldKey
);
text_id!(
    /// The unguessable part of the reference that the provider is given: 16 characters of Crockford's base 32 (80 bits).
    Token
);
text_id!(
    /// The hash of an accepted configuration.
    RevisionHash
);

/// The platform of an account, channel, server or role: what stands before its colon.
pub fn platform(id: &str) -> &str {
    id.split_once(':').map_or(id, |(platform, _)| platform)
}

impl AccountId {
    /// Somebody who writes by mail: `mail:` and the beginning of the address's SHA-256. An account stands in journals that cannot be
    /// changed, where an address could never be erased.
    pub fn mail(address: &str) -> Self {
        let hash = Sha256::digest(address.to_lowercase().as_bytes());
        Self(hash.iter().take(16).fold("mail:".to_owned(), |text, byte| text + &format!("{byte:02x}")))
    }

    /// Whether it is somebody's who writes by mail.
    pub fn is_by_mail(&self) -> bool {
        self.0.starts_with("mail:")
    }

    /// Whether it is the one behind that address. Earlier releases wrote the address itself.
    pub fn is_of_mail(&self, address: &str) -> bool {
        let plain = || self.0.strip_prefix("mail:").is_some_and(|own| own == address.to_lowercase());
        *self == Self::mail(address) || plain()
    }
}

/// The internal identity of a request, a UUIDv7; it never changes and is the key everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(#[serde(with = "uuid_text")] pub uuid::Uuid);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_simple().fmt(f)
    }
}

impl std::str::FromStr for RequestId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        uuid::Uuid::try_parse(text).map(Self)
    }
}

mod uuid_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(id: &uuid::Uuid, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(id.as_simple())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<uuid::Uuid, D::Error> {
        let text = String::deserialize(d)?;
        uuid::Uuid::try_parse(&text).map_err(D::Error::custom)
    }
}

/// The number people use, unique per organisation and year: `2026-0041`. Numbers may have gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Number {
    /// The calendar year in the organisation's zone.
    pub year: i32,
    /// Counted from 1 within the year.
    pub sequence: u32,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:04}", self.year, self.sequence)
    }
}

impl std::str::FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, sequence) = text.trim().trim_start_matches('#').split_once('-').ok_or(NotANumber)?;
        let number =
            Self { year: year.parse().map_err(|_| NotANumber)?, sequence: sequence.parse().map_err(|_| NotANumber)? };
        if (1970..=9999).contains(&number.year) && number.sequence > 0 { Ok(number) } else { Err(NotANumber) }
    }
}

/// The text is not a request number of the form `2026-0041`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a request number of the form 2026-0041")]
pub struct NotANumber;

/// Where a message stands: channel (or thread) and message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MessageRef {
    /// The channel or thread that holds the message.
    pub channel: ChannelId,
    /// The message in it.
    pub message: MessageId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_what_it_writes() {
        let number = Number { year: 2026, sequence: 41 };
        assert_eq!(number.to_string(), "2026-0041");
        assert_eq!("#2026-0041".parse(), Ok(number));
        assert_eq!("2026-12345".parse(), Ok(Number { year: 2026, sequence: 12345 }));
        for wrong in ["2026", "2026-0", "x-1", "", "-1-1"] {
            assert_eq!(wrong.parse::<Number>(), Err(NotANumber), "{wrong}");
        }
    }
}
