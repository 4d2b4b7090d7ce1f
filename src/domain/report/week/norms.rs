//! The provider's time against what was agreed.

use super::Named;
use crate::domain::Instant;
use crate::domain::register::Register;
use crate::domain::report::{Story, Window};
use crate::domain::service::{Goal, Measured, Standing, Subject, Target, Trial};
use chrono::Duration;
use std::collections::BTreeMap;

/// How it stands with the agreed times of a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Norms {
    /// What was decided in the window, and what is too late now.
    pub scores: BTreeMap<Goal, Score>,
    /// Those that were missed in the window.
    pub missed: Vec<Line>,
    /// Those of which the time is up and that still are not reached, now.
    pub late: Vec<Line>,
}

/// How often an agreed time was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Reached in time.
    pub met: u32,
    /// Reached too late, or ended after the time was up.
    pub missed: u32,
    /// Not reached, and the time is up.
    pub late: u32,
    /// Not reached, and there is time left.
    pub running: u32,
}

impl Score {
    /// Adds another one.
    pub fn add(&mut self, other: Self) {
        self.met += other.met;
        self.missed += other.missed;
        self.late += other.late;
        self.running += other.running;
    }
}

/// One request that took longer than agreed, with the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub number: Named,
    /// What the provider calls it.
    pub theirs: Option<String>,
    /// Which agreed time.
    pub goal: Goal,
    /// What was agreed.
    pub term: Target,
    /// The service time that it comes to.
    pub target: Duration,
    /// The service time that the provider used.
    pub used: Duration,
    /// Where it stands in the agreement.
    pub clause: String,
}

/// What came of each time that was agreed about a request, with where it stands in the agreement; none where nothing was agreed, or nothing
/// really went to the provider.
pub fn measured<'a>(story: &Story, register: &'a Register, now: Instant) -> Vec<(Measured, &'a str)> {
    let (Some(item), Some(kind), Some(provider)) = (&story.item, story.kind, &story.provider) else { return vec![] };
    let subject = Subject { item, kind, urgency: story.urgency, danger: story.danger };
    let Some(agreed) = register.agreed(provider, subject) else { return vec![] };
    let Some(norm) = agreed.norm else { return vec![] };
    let trials = Goal::ALL.into_iter().filter_map(|goal| Trial::of_story(story, agreed, goal));
    trials.map(|trial| (trial.at(now), norm.clause.as_str())).collect()
}

impl Norms {
    pub(in crate::domain::report) fn count(
        &mut self,
        story: &Story,
        register: &Register,
        window: Window,
        now: Instant,
    ) {
        for (measured, clause) in measured(story, register, now) {
            if measured.decided_at.is_none_or(|at| window.holds(at)) {
                self.one(story, &measured, clause);
            }
        }
    }

    fn one(&mut self, story: &Story, measured: &Measured, clause: &str) {
        let line = || Line {
            number: story.number,
            theirs: story.handing.number.clone(),
            goal: measured.goal,
            term: measured.term,
            target: measured.target,
            used: measured.used,
            clause: clause.to_owned(),
        };
        if measured.standing == Standing::Lapsed {
            return;
        }
        let score = self.scores.entry(measured.goal).or_default();
        match measured.standing {
            Standing::Met => score.met += 1,
            Standing::Missed => {
                score.missed += 1;
                self.missed.push(line());
            }
            Standing::Late => {
                score.late += 1;
                self.late.push(line());
            }
            Standing::Running => score.running += 1,
            Standing::Lapsed => {}
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        for (goal, score) in other.scores {
            self.scores.entry(goal).or_default().add(score);
        }
        for (mine, more) in [(&mut self.missed, other.missed), (&mut self.late, other.late)] {
            mine.extend(more);
            mine.sort_by_key(|line| (line.number, line.goal));
        }
    }

    /// Whether nothing was decided and nothing is late.
    pub(super) fn is_quiet(&self) -> bool {
        self.late.is_empty() && self.scores.values().all(|score| score.met + score.missed == 0)
    }
}
