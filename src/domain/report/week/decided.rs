//! Who decided, and within what time.

use crate::domain::PersonId;
use crate::domain::calendar::ServiceHours;
use crate::domain::report::{Granted, Story, Window};
use std::collections::BTreeMap;

/// The decisions of a window. A yes that was taken back or overtaken by a change is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Who agreed to how many orders, and within what time.
    pub by: BTreeMap<PersonId, Decider>,
    /// Orders to which nobody need agree.
    pub free: u32,
    /// Orders on the requester's own authority, by person.
    pub own: BTreeMap<PersonId, u32>,
    /// The service time from the card to the yes that sufficed, or to the no.
    pub times: Spread,
}

/// One person's decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decider {
    /// Orders and prices to which they agreed.
    pub yes: u32,
    /// Orders and prices to which they said no.
    pub no: u32,
    /// The service time from the card to their decision.
    pub times: Spread,
}

/// Times, in whole minutes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread(Vec<i64>);

impl Spread {
    /// Adds one.
    pub fn add(&mut self, minutes: i64) {
        let at = self.0.partition_point(|known| *known <= minutes);
        self.0.insert(at, minutes);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The middle one, of an even number the later of the two: one slow decision does not colour the week.
    pub fn median(&self) -> Option<i64> {
        self.0.get(self.0.len() / 2).copied()
    }

    /// The longest.
    pub fn longest(&self) -> Option<i64> {
        self.0.last().copied()
    }
}

impl Decided {
    pub(super) fn count(&mut self, story: &Story, window: Window, hours: &ServiceHours) {
        for grant in story.deciding.grants.iter().filter(|grant| grant.counts_in(window)) {
            self.granted(grant, story, hours);
        }
        for no in story.deciding.refusals().filter(|no| window.holds(no.at)) {
            let minutes = hours.between(no.asked_at, no.at).num_minutes();
            let decider = self.by.entry(no.person.clone()).or_default();
            decider.no += 1;
            decider.times.add(minutes);
            self.times.add(minutes);
        }
    }

    fn granted(&mut self, grant: &Granted, story: &Story, hours: &ServiceHours) {
        if let Some(own) = &grant.own {
            *self.own.entry(own.clone()).or_default() += 1;
            return;
        }
        if grant.by.is_empty() {
            self.free += 1;
            return;
        }
        self.times.add(hours.between(grant.asked_at, grant.at).num_minutes());
        for (person, _) in &grant.by {
            let decider = self.by.entry(person.clone()).or_default();
            decider.yes += 1;
            let said = |opinion: &&crate::domain::report::Opinion| {
                opinion.yes && opinion.person == *person && opinion.at <= grant.at
            };
            if let Some(yes) = story.deciding.opinions.iter().rev().find(said) {
                decider.times.add(hours.between(yes.asked_at, yes.at).num_minutes());
            }
        }
    }
}

impl Granted {
    /// Whether it was granted in a window and still stands.
    pub fn counts_in(&self, window: Window) -> bool {
        window.holds(self.at) && self.void_at.is_none()
    }
}
