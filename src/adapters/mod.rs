//! The real ones behind the ports. Adapters never use each other.
//! The outside world: each adapter fulfils a port, and none uses another.

pub mod discord;
pub mod store;
