//! The one integration binary, so that it links once: a file for each story.

#![allow(missing_docs, reason = "stories are read as prose")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on must fail")]

mod approvals;
mod approvals_page;
mod architecture;
mod aside;
mod away;
mod binary;
mod board;
mod catch_up;
mod converse;
mod core;
mod daily;
mod delivery;
mod desk;
mod digest_calendar;
mod discord_adapter;
mod doctor;
mod edits;
mod files;
mod gaps;
mod guests;
mod handoff;
mod init;
mod invoices;
mod journal_forms;
mod life;
mod lives;
mod loopback;
mod mail;
mod mailbox;
mod meeting;
mod migrations;
mod money;
mod operations;
mod opinion;
mod permissions;
mod privacy;
mod promises;
mod provider_check;
mod provider_contract;
mod quotes;
mod recount;
mod replies;
mod report_counts;
mod restoring;
mod samples;
mod service_levels;
mod spend;
mod store_contract;
mod storm;
mod try_it;
mod understanding;
mod who_may;
mod world;
