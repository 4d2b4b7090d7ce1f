//! Service levels: whose time passes, what was agreed with a provider, and what came of it. Every number is a fold over a request's
//! journal; a breach is counted when somebody asks, and nothing is recorded while it happens.

mod clocks;
mod levels;
mod measure;

pub use clocks::Clocks;
pub use levels::{Agreed, Impact, Levels, Norm, OffHours, Priorities, Priority, Starts, Subject, Target};
pub use measure::{Measured, Standing, Trial, Until, warning};

use serde::{Deserialize, Serialize};

/// What an agreed time is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The provider's first sign of life.
    Reaction,
    /// The provider says that it is done.
    Solution,
}

impl Goal {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Reaction, Self::Solution];

    /// The word by which locale files and exports know it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reaction => "reaction",
            Self::Solution => "solution",
        }
    }
}
