//! Loket: the service counter in the team chat.
//!
//! Read in this order: [`domain`], [`intake`], [`render`], [`ports`], [`config`].
//! Read in this order: [`domain`], [`intake`], [`render`], [`ports`], [`adapters`].

pub mod adapters;
pub mod config;
pub mod domain;
pub mod intake;
pub mod ports;
pub mod render;
