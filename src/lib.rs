//! Loket: the service counter in the team chat.
//!
//! Read in this order: [`domain`], [`intake`], [`render`], [`ports`].

pub mod domain;
pub mod intake;
pub mod ports;
pub mod render;
