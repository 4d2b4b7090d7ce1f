//! Why something is not done: typed, and worded kindly in the reader's language by `render`.

use crate::domain::approval::Exclusion;
use crate::domain::{Instant, Money, Number};
use serde::{Deserialize, Serialize};

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Only the requester or a SPOC may do this.
    #[error("only the requester or a SPOC may do this")]
    NotYours,
    /// Only a SPOC may do this.
    #[error("only a SPOC may do this")]
    SpocOnly,
    /// A photo or file is still being fetched.
    #[error("a file is still being fetched")]
    FileOnItsWay,
    /// Guests may report faults, not order.
    #[error("guests may report faults, not order")]
    GuestMayNotOrder,
    /// The same, told to somebody who orders on behalf of a guest.
    #[error("guests may report faults, and nobody orders in their name")]
    NotForGuest,
    /// The decision does not count.
    #[error("the decision does not count: {why:?}")]
    NoMandate {
        /// Why; `None` for somebody without any mandate.
        why: Option<Exclusion>,
    },
    /// The platform does not say which roles somebody has, on which the decision may rest.
    #[error("the platform does not say which roles somebody has")]
    RolesUnknown,
    /// The card shows an older revision.
    #[error("the card shows revision {shown}, the current one is {current}")]
    Outdated {
        /// On the card.
        shown: u32,
        /// In force.
        current: u32,
    },
    /// Somebody else decided before.
    #[error("already decided")]
    AlreadyDecided {
        /// The number of the request.
        number: Option<Number>,
    },
    /// Words decide nothing; the signs under the card do.
    #[error("words decide nothing")]
    OnlyBySign,
    /// The maximum can only be lowered.
    #[error("not below the present maximum")]
    NotLower {
        /// The present one; `None` while nobody knows the price.
        ceiling: Option<Money>,
    },
    /// No amount was named that could be a maximum.
    #[error("no amount above nothing was named")]
    NoAmount,
    /// So much was agreed to already: who wants to grant no more than that declines.
    #[error("not above what was agreed before")]
    NotAbove {
        /// What was agreed before.
        ceiling: Money,
    },
    /// The work is done, so that a price is agreed to no more; a bill can be, afterwards.
    #[error("the work is done")]
    WorkDone,
    /// The provider's numbers look otherwise.
    #[error("the provider's numbers look like {form}")]
    NumberForm {
        /// What they look like: `#` stands for a digit, `@` for a letter.
        form: String,
    },
    /// It was sent, so that only a cancellation helps.
    #[error("already sent")]
    AlreadySent {
        /// When, if that is certain.
        at: Option<Instant>,
    },
    /// Something must be known first.
    #[error("something is still missing")]
    Incomplete,
    /// There is nothing to do this to in this stage.
    #[error("not possible in this stage")]
    NotNow,
    /// It ended.
    #[error("the request is closed")]
    Closed,
    /// The provider was reminded today.
    #[error("reminded at {at} already")]
    Urged {
        /// When.
        at: Instant,
    },
    /// Nothing really went to the provider, so that there is nothing to remind it of.
    #[error("nothing went to the provider")]
    Rehearsal,
    /// Only who asked for it says how content they are.
    #[error("only the requester rates it")]
    RequesterOnly,
}
