//! How the organisation looks after a request once it is underway.

use super::event::Rating;
use crate::domain::{Instant, ItemId};

/// What the SPOC and the requester did about it besides moving it on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Care {
    /// When the provider was reminded.
    pub urged: Vec<Instant>,
    /// The service that it should have been, where somebody said so after it was frozen.
    pub item: Option<ItemId>,
    /// How content the requester is.
    pub rating: Option<Rating>,
}
