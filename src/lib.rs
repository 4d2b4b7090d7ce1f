//! Loket: the service counter in the team chat.
//!
//! Read in this order: [`domain`], [`intake`].

pub mod domain;
pub mod intake;
