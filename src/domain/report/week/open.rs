//! What is open, and who must act.

use super::Named;
use crate::domain::report::Story;
use crate::domain::request::WaitsFor;
use crate::domain::{Instant, Number};
use std::collections::BTreeMap;

/// The requests that are open now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// By who must act.
    pub waits: BTreeMap<WaitsFor, Waiters>,
    /// Of which the wished moment has passed, by number.
    pub overdue: Vec<Number>,
    /// Hand-overs that did not arrive, may not have, or lie with the SPOC, by number.
    pub stuck: Vec<Number>,
}

/// What waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiters {
    /// How many.
    pub count: u32,
    /// The one that waits for them longest: its number, and since when it does.
    pub longest: (Named, Instant),
}

impl Open {
    pub(super) fn count(&mut self, story: &Story, now: Instant) {
        if story.is_closed() {
            return;
        }
        let since = story.waiting.since().unwrap_or(story.times.opened_at);
        let one = Waiters { count: 0, longest: (story.number, since) };
        let waiters = self.waits.entry(story.waits_for).or_insert(one);
        waiters.count += 1;
        if (since, story.number) < (waiters.longest.1, waiters.longest.0) {
            waiters.longest = (story.number, since);
        }
        if let Some(number) = story.number {
            if story.times.overdue(now) {
                self.overdue.push(number);
            }
            if story.is_stuck() {
                self.stuck.push(number);
            }
        }
    }

    /// How many.
    pub fn total(&self) -> u32 {
        self.waits.values().map(|waiters| waiters.count).sum()
    }
}
