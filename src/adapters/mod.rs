//! The real ones behind the ports. Adapters never use each other.

pub mod store;
