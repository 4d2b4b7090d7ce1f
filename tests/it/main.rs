//! The one integration binary: a file for each story.

#![allow(missing_docs, reason = "test stories are read as prose")]

mod core;
mod loopback;
