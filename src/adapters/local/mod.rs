//! A chat platform in memory: channels, threads, messages, marks and answers as plain data. The demonstration plays on it, and
//! so do the tests, which look at the world and not at calls.

mod state;
pub mod terminal;

pub use state::{Answered, LocalChat, Observer, Posted, plain};
