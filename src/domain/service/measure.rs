//! What came of an agreed time: how much of it the provider has used, and when it is used up.

use super::{Agreed, Goal, Levels, Starts};
use crate::domain::Instant;
use crate::domain::calendar::ServiceHours;
use crate::domain::report::Story;
use crate::domain::request::{Contact, Request, Stage, Stretch, WaitsFor};
use chrono::Duration;

/// Until when a provider's time counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// It goes on, at least now and then.
    Now,
    /// It reached the goal.
    Reached(Instant),
    /// The request ended otherwise.
    Ended(Instant),
}

/// One goal of one request, as far as its clock needs it.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'a> {
    goal: Goal,
    stretches: &'a [Stretch],
    start: Option<Instant>,
    until: Until,
    levels: &'a Levels,
    hours: &'a ServiceHours,
    target: super::Target,
}

/// How it stands with an agreed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Reached in time.
    Met,
    /// Reached too late, or ended after the time was used up.
    Missed,
    /// Not reached, and the time is used up.
    Late,
    /// Not reached, and there is time left.
    Running,
    /// The request ended before its time was used up: nothing can be said.
    Lapsed,
}

/// An agreed time with what was used of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// About what.
    pub goal: Goal,
    /// What was agreed.
    pub term: super::Target,
    /// The service time that it comes to.
    pub target: Duration,
    /// The service time that the provider used.
    pub used: Duration,
    /// What that comes to.
    pub standing: Standing,
    /// When it is used up if the provider goes on having to act; `None` where the clock stands still.
    pub due: Option<Instant>,
    /// When it was decided; `None` while it is not.
    pub decided_at: Option<Instant>,
}

impl<'a> Trial<'a> {
    /// The trial of an open request; `None` when nothing was agreed, or nothing has really gone to the provider.
    pub fn of(request: &'a Request, agreed: Agreed<'a>, goal: Goal) -> Option<Self> {
        let sent = request.sent()?;
        if sent.dry_run || request.order()?.circumstances.rehearsal {
            return None;
        }
        let contact = &request.course.contact;
        let cancelling = match &request.stage {
            Stage::HandedOver(handed) => handed.cancelling,
            Stage::InProgress(stage) => stage.handed.cancelling,
            _ => None,
        };
        let until = match (&request.stage, goal, contact.answered_at, cancelling) {
            (_, Goal::Reaction, Some(at), _) => Until::Reached(at),
            (Stage::Resolved(resolved), Goal::Solution, ..) => Until::Reached(resolved.since),
            // What was solved before it ended is known from the journal only; here nothing runs any more.
            (Stage::Closed(closed), ..) => Until::Ended(closed.at),
            (_, Goal::Solution, _, Some(asked)) => Until::Ended(asked),
            _ => Until::Now,
        };
        Self::new(&request.course.waiting.stretches, contact, agreed, goal, until)
    }

    /// The trial of a story, over its whole life; `None` as above.
    pub fn of_story(story: &'a Story, agreed: Agreed<'a>, goal: Goal) -> Option<Self> {
        if !story.handing.is_real() {
            return None;
        }
        let solved = story.times.solved_at;
        let ended = story.times.closed.as_ref().map(|closed| closed.at);
        // What we want no more need not be done in time.
        let ended = if goal == Goal::Solution { story.handing.cancel_asked_at.or(ended) } else { ended };
        let until = match (goal, story.handing.answered_at, solved, ended) {
            (Goal::Reaction, Some(at), ..) | (Goal::Solution, _, Some(at), _) => Until::Reached(at),
            (_, _, _, Some(at)) => Until::Ended(at),
            _ => Until::Now,
        };
        let handing = &story.handing;
        let contact = Contact {
            sent_at: handing.sent.last().copied(),
            received_at: handing.received_at,
            answered_at: handing.answered_at,
        };
        Self::new(&story.waiting.stretches, &contact, agreed, goal, until)
    }

    fn new(stretches: &'a [Stretch], contact: &Contact, agreed: Agreed<'a>, goal: Goal, until: Until) -> Option<Self> {
        let (levels, hours) = (&agreed.provider.levels, &agreed.provider.hours);
        let target = agreed.norm?.target(goal)?;
        let start = match levels.starts {
            Starts::Sent => contact.sent_at,
            Starts::Received => contact.received_at,
        };
        Some(Self { goal, stretches, start, until, levels, hours, target })
    }

    /// How it stands at `now`.
    pub fn at(&self, now: Instant) -> Measured {
        let end = match self.until {
            Until::Now => now,
            Until::Reached(at) | Until::Ended(at) => at,
        };
        let used = self.used(end);
        let target = self.target();
        let over = used > target;
        let standing = match (self.until, over) {
            (Until::Reached(_), false) => Standing::Met,
            (Until::Reached(_) | Until::Ended(_), true) => Standing::Missed,
            (Until::Ended(_), false) => Standing::Lapsed,
            (Until::Now, true) => Standing::Late,
            (Until::Now, false) => Standing::Running,
        };
        let decided_at = match self.until {
            Until::Now => None,
            Until::Reached(at) | Until::Ended(at) => Some(at),
        };
        Measured { goal: self.goal, term: self.target, target, used, standing, due: self.uses_up(target), decided_at }
    }

    /// The agreed service time; of days it depends on when the clock started.
    fn target(&self) -> Duration {
        self.target.from(self.start.unwrap_or_default(), self.hours)
    }

    /// The service time that the provider used until an instant.
    fn used(&self, end: Instant) -> Duration {
        let Some(start) = self.start else { return Duration::zero() };
        let mine = self.stretches.iter().filter(|stretch| self.counts(stretch));
        let spans = mine.map(|stretch| (stretch.from.max(start), stretch.to.map_or(end, |to| to.min(end))));
        spans.map(|(from, to)| self.hours.between(from, to)).fold(Duration::zero(), |sum, one| sum + one)
    }

    /// Whether the provider's clock runs in a stretch.
    fn counts(&self, stretch: &Stretch) -> bool {
        stretch.whom == WaitsFor::Provider && !(self.levels.others_pause && stretch.provider_waits_for_others)
    }

    /// The instant at which so much is used, if the provider goes on having to act; `None` where its clock stands still.
    fn uses_up(&self, time: Duration) -> Option<Instant> {
        let running = self.stretches.last().filter(|last| last.to.is_none() && self.counts(last))?;
        let from = running.from.max(self.start?);
        if self.until != Until::Now {
            return None;
        }
        let left = time - self.used(from);
        Some(if left <= Duration::zero() { from } else { self.hours.after(from, left) })
    }
}

/// When the SPOC is to be told that an agreed time runs out; `None` where the clock stands still, or it was told already.
pub fn warning(request: &Request, agreed: Agreed<'_>, goal: Goal) -> Option<Instant> {
    if request.course.warned.contains(&goal) {
        return None;
    }
    let trial = Trial::of(request, agreed, goal)?;
    let part = trial.target() * i32::from(agreed.provider.levels.warn_at) / 100;
    trial.uses_up(part)
}
