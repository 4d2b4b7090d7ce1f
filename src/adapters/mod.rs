//! The outside world: each adapter implements a port, and none uses another.

mod authority;
pub mod browser;
pub mod clock;
pub mod discord;
pub mod local;
pub mod mailbox;
pub mod opinion;
pub mod picture;
pub mod provider;
pub mod sheet;
pub mod store;
pub mod web;
