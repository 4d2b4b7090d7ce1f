//! What is known of a request after the memory was put back from a backup.

use crate::domain::Instant;

/// The memory was put back to what it was before: whether the order left in the time that was lost is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// Up to then everything is known.
    pub known_until: Instant,
    /// Whether the order had its reference by then. One that left without it bears another, and no look-up finds it.
    pub referenced: bool,
}
