//! The one integration binary, so that it links once: a file for each story.

#![allow(missing_docs, reason = "stories are read as prose")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on must fail")]

mod approvals;
mod approvals_page;
mod architecture;
mod aside;
mod away;
mod binary;
mod catch_up;
mod converse;
mod core;
mod daily;
mod delivery;
mod desk;
mod discord_adapter;
mod doctor;
mod edits;
mod gaps;
mod guests;
mod handoff;
mod init;
mod journal_forms;
mod life;
mod loopback;
mod mail;
mod mailbox;
mod migrations;
mod money;
mod operations;
mod opinion;
mod permissions;
mod promises;
mod provider_check;
mod provider_contract;
mod replies;
mod restoring;
mod samples;
mod store_contract;
mod storm;
mod understanding;
mod who_may;
mod world;
