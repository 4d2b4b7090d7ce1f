//! Loket: the service counter in the team chat.
//!
//! Read in this order: [`domain`], [`intake`], [`render`], [`ports`], [`config`], [`adapters`], [`desk`], [`cli`].

pub mod adapters;
pub mod cli;
pub mod config;
pub mod desk;
pub mod domain;
pub mod intake;
pub mod ports;
pub mod render;
