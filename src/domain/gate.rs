//! How fast a provider is called on, and when it is left alone because it does not answer.

use super::Instant;
use chrono::Duration;
use std::collections::VecDeque;

/// So many failures within [`WITHIN`] close the gate.
const FAILURES: usize = 5;
/// The time within which failures count together.
const WITHIN: Duration = Duration::minutes(2);
/// How long it stays closed at first; doubled at each failed attempt up to [`LONGEST`].
const SHORTEST: Duration = Duration::minutes(1);
/// How long it stays closed at most before somebody tries again.
const LONGEST: Duration = Duration::minutes(15);

/// The gate to one provider. While it is closed, one hand-over at a time tries whether it answers again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    failures: VecDeque<Instant>,
    closed: Option<Closed>,
    /// Not before this the next one goes.
    next: Option<Instant>,
    /// The place of the last one that was put off by the pace.
    tail: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Closed {
    until: Instant,
    pause: Duration,
}

/// Whether a hand-over may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Now.
    Go,
    /// Later, by the pace.
    Wait(Instant),
    /// Later: the provider does not answer.
    Down(Instant),
}

impl Gate {
    /// Asks to hand something over. `pace` is how many a minute may go at most.
    pub fn admit(&mut self, now: Instant, pace: u16) -> Admission {
        if let Some(closed) = &mut self.closed {
            if now < closed.until {
                return Admission::Down(closed.until);
            }
            // This one tries; the others wait for what it finds.
            closed.until = now + closed.pause;
            return Admission::Go;
        }
        let between = Duration::milliseconds(60_000 / i64::from(pace.max(1)));
        match self.next.filter(|next| *next > now) {
            Some(next) => {
                // Each has a moment of its own, so that they do not all come back at once.
                let place = self.tail.filter(|tail| *tail >= next).map_or(next, |tail| tail + between);
                self.tail = Some(place);
                Admission::Wait(place)
            }
            None => {
                self.next = Some(now + between);
                Admission::Go
            }
        }
    }

    /// Until when nobody should call, while it does not answer.
    pub fn rests(&self, now: Instant) -> Option<Instant> {
        self.closed.map(|closed| closed.until).filter(|until| *until > now)
    }

    /// The provider answered, whatever it said.
    pub fn answered(&mut self) {
        self.failures.clear();
        self.closed = None;
    }

    /// It did not.
    pub fn failed(&mut self, now: Instant) {
        if let Some(closed) = &mut self.closed {
            closed.pause = (closed.pause * 2).min(LONGEST);
            closed.until = now + closed.pause;
            return;
        }
        self.failures.push_back(now);
        while self.failures.front().is_some_and(|first| now - *first > WITHIN) {
            self.failures.pop_front();
        }
        if self.failures.len() >= FAILURES {
            self.closed = Some(Closed { until: now + SHORTEST, pause: SHORTEST });
            self.failures.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::default() + Duration::seconds(seconds)
    }

    #[test]
    fn five_failures_in_two_minutes_close_it_and_one_tries_at_a_time() {
        let mut gate = Gate::default();
        for second in 0..4 {
            gate.failed(at(second));
        }
        assert_eq!(gate.admit(at(4), 600), Admission::Go, "four are not enough");
        gate.failed(at(4));
        assert_eq!(gate.admit(at(5), 600), Admission::Down(at(64)));
        assert_eq!((gate.rests(at(5)), gate.rests(at(64))), (Some(at(64)), None));
        assert_eq!(gate.admit(at(64), 600), Admission::Go, "one tries");
        assert_eq!(gate.admit(at(64), 600), Admission::Down(at(124)), "the others wait for what it finds");
        gate.failed(at(65));
        assert_eq!(gate.admit(at(70), 600), Admission::Down(at(185)), "each time in vain it is left alone longer");
        assert_eq!(gate.admit(at(185), 600), Admission::Go);
        gate.answered();
        assert_eq!(gate.admit(at(186), 600), Admission::Go);
    }

    #[test]
    fn failures_far_apart_close_nothing_and_the_pause_has_an_end() {
        let mut gate = Gate::default();
        for minute in 0..50 {
            gate.failed(at(minute * 60));
            assert!(gate.closed.is_none());
        }
        for second in 0..5 {
            gate.failed(at(10_000 + second));
        }
        for round in 0..20 {
            gate.failed(at(20_000 + round));
        }
        assert_eq!(gate.admit(at(20_020), 60), Admission::Down(at(20_019) + LONGEST));
    }

    #[test]
    fn the_pace_lets_so_many_through_a_minute_and_gives_each_a_moment_of_its_own() {
        let mut gate = Gate::default();
        assert_eq!(gate.admit(at(0), 30), Admission::Go);
        assert_eq!(gate.admit(at(0), 30), Admission::Wait(at(2)));
        assert_eq!(gate.admit(at(0), 30), Admission::Wait(at(4)));
        assert_eq!(gate.admit(at(2), 30), Admission::Go);
        assert_eq!(gate.admit(at(4), 30), Admission::Go);
        let gone = (5..605).filter(|second| gate.admit(at(*second), 30) == Admission::Go).count();
        assert!((299..=301).contains(&gone), "{gone} in ten minutes");
    }
}
