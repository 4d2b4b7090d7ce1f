//! What a provider should know about an order that it has, and was not told.

use super::{Ending, Request, Stage};
use crate::domain::effect::Telling;
use crate::domain::{Instant, Trouble};

/// Something that did not get through, or of which nobody knows whether it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    /// The event that says so.
    pub seq: u64,
    /// What.
    pub what: Telling,
    /// Since when.
    pub since: Instant,
    /// Whether it surely did not arrive.
    pub certain: bool,
    /// Why; `None` when Loket itself broke off, or once it was erased.
    pub why: Option<Trouble>,
}

impl Request {
    /// Whether it no longer matters that the provider hears something: it has said itself that it is done or off.
    pub fn is_moot(&self, what: Telling) -> bool {
        match (&self.stage, what) {
            // What was asked wants its answer also when it is said to be done.
            (Stage::Resolved(_), Telling::Cancel { .. } | Telling::Reopen { .. } | Telling::Urge { .. }) => true,
            (Stage::Closed(closed), Telling::Cancel { .. }) => {
                matches!(closed.outcome, Ending::Cancelled | Ending::Rejected)
            }
            (_, Telling::Agree { seq }) if self.costs.withdrawn.contains(&seq) => true,
            (
                Stage::Closed(_),
                Telling::Reopen { .. } | Telling::Answer { .. } | Telling::Files { .. } | Telling::Urge { .. },
            ) => true,
            (Stage::Closed(_), Telling::Agree { .. } | Telling::Refuse { .. }) => true,
            _ => false,
        }
    }
}
