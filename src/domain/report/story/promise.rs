//! The days that a provider named for its work, and what came of them.

use super::Step;
use crate::domain::calendar::instant_of;
use crate::domain::request::summary::end_of;
use crate::domain::request::{Event, Progress};
use crate::domain::{Instant, LocalMoment};
use chrono::NaiveTime;

/// The provider said when it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// When it said so.
    pub said_at: Instant,
    /// The day or moment.
    pub moment: LocalMoment,
    /// When that day begins in the organisation's zone, or the moment.
    pub from: Instant,
    /// When it ends.
    pub due: Instant,
    /// When it named another day instead, or the request ended without it.
    pub moved_at: Option<Instant>,
    /// When it was at work on that day, or done by it.
    pub met_at: Option<Instant>,
}

/// What came of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kept {
    /// Its day has not passed.
    Open,
    /// They were at work on that day, or done by its end.
    Kept,
    /// They named another day before it came, or it was no longer needed.
    Moved,
    /// Its day passed without them.
    Broken,
}

impl Promised {
    /// What has come of it at `now`.
    pub fn kept(&self, now: Instant) -> Kept {
        match (self.met_at, self.moved_at) {
            (Some(_), _) => Kept::Kept,
            (None, Some(moved)) if moved < self.due => Kept::Moved,
            (None, _) if self.due <= now => Kept::Broken,
            (None, _) => Kept::Open,
        }
    }
}

pub(super) fn heed(promised: &mut Vec<Promised>, step: &Step<'_>) {
    let at = step.at;
    match step.event {
        Event::Progressed { progress: Progress::Planned(moment), .. } => {
            // The same day told once more is the same promise.
            if promised.last().is_some_and(|last| last.moment == *moment && last.moved_at.is_none()) {
                return;
            }
            moved(promised, at);
            let zone = step.organisation.zone;
            let due = instant_of(zone, end_of(*moment));
            let from = match moment {
                LocalMoment::At(_) => due,
                LocalMoment::Day(day) => instant_of(zone, day.and_time(NaiveTime::MIN)),
            };
            promised.push(Promised { said_at: at, moment: *moment, from, due, moved_at: None, met_at: None });
        }
        Event::Progressed { progress: Progress::Working, .. } => {
            met(promised, at, |promise| promise.from <= at && at < promise.due);
        }
        Event::Resolved { .. } => met(promised, at, |promise| at < promise.due),
        Event::Closed { .. } | Event::Returned { .. } => moved(promised, at),
        _ => {}
    }
}

fn standing(promised: &mut [Promised]) -> Option<&mut Promised> {
    promised.last_mut().filter(|promise| promise.moved_at.is_none() && promise.met_at.is_none())
}

fn moved(promised: &mut [Promised], at: Instant) {
    if let Some(promise) = standing(promised) {
        promise.moved_at = Some(at);
    }
}

fn met(promised: &mut [Promised], at: Instant, counts: impl Fn(&Promised) -> bool) {
    if let Some(promise) = standing(promised).filter(|promise| counts(promise)) {
        promise.met_at = Some(at);
    }
}
