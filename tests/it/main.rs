//! The one integration binary: a file for each story.
//! One binary for every story that needs more than one module, so that it links once.

#![allow(missing_docs, reason = "test stories are read as prose")]
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on must fail")]

mod core;
mod journal_forms;
mod loopback;
mod migrations;
mod samples;
mod store_contract;
