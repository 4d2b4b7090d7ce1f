//! What happens to an organisation as a whole. Its stream stands beside those of its requests.

use super::RevisionHash;
use super::effect::WeekKey;
use serde::{Deserialize, Serialize};

/// One thing that happened to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OrganisationEvent {
    /// A configuration was accepted.
    ConfigurationAccepted {
        /// Its hash.
        revision: RevisionHash,
    },
    /// The digest of a week fell due.
    DigestDue {
        /// The week.
        week: WeekKey,
        /// Whether it is posted: only the newest of several missed weeks is.
        posted: bool,
        /// Whether it should have been posted earlier.
        late: bool,
        /// SHA-256 over the heads of all streams, in hexadecimal: printed in the digest, so that the journal is anchored outside.
        anchor: String,
    },
}
