//! Service levels: whose time passes, what was agreed with a provider, and what came of it. Every number is a fold over a request's
//! journal; nothing is counted while it happens.

mod clocks;

pub use clocks::Clocks;
