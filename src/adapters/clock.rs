//! The wall clock and the system's source of randomness: the only places that read them.

use crate::domain::Instant;
use crate::ports::{Clock, Entropy};

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> Instant {
        truncate(chrono::Utc::now())
    }
}

/// An instant as it is stored: whole milliseconds.
pub fn truncate(at: Instant) -> Instant {
    chrono::DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at)
}

/// The system's source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Without randomness tokens could be guessed; no supported system comes here after it has booted.
            tracing::error!(%error, "the system gives no random numbers; stopping is the only safe answer");
            std::process::abort();
        }
    }
}

/// A clock that stands still until it is moved: for the demonstration, and for tests.
#[derive(Debug)]
pub struct ManualClock(std::sync::Mutex<Instant>);

impl ManualClock {
    /// A clock that stands at that instant.
    pub fn at(now: Instant) -> Self {
        Self(std::sync::Mutex::new(truncate(now)))
    }

    /// Moves the clock on.
    pub fn advance(&self, by: chrono::Duration) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = truncate(*now + by);
    }

    /// Sets the clock.
    pub fn set(&self, to: Instant) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = truncate(to);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A clock that goes on at the pace of real time from whatever moment it is set to: for trying Loket, where nobody wants to wait for
/// Monday and a minute still has to be a minute.
#[derive(Debug)]
pub struct MovableClock(std::sync::Mutex<(Instant, std::time::Instant)>);

impl MovableClock {
    /// A clock that goes on from that instant.
    pub fn from(start: Instant) -> Self {
        Self(std::sync::Mutex::new((truncate(start), std::time::Instant::now())))
    }

    /// Sets the clock; it goes on from there. It never goes back: what has happened stays in the past.
    pub fn set(&self, to: Instant) {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let now = reached(&state);
        *state = (truncate(to).max(now), std::time::Instant::now());
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Instant {
        reached(&self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

/// Where a clock is that was set to an instant some time ago.
fn reached((set, since): &(Instant, std::time::Instant)) -> Instant {
    let gone = chrono::Duration::from_std(since.elapsed()).unwrap_or(chrono::Duration::zero());
    truncate(set.checked_add_signed(gone).unwrap_or(*set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_movable_clock_goes_on_from_where_it_is_set_and_never_back() {
        let start = chrono::DateTime::from_timestamp_millis(1_000_000).unwrap();
        let clock = MovableClock::from(start);
        assert!(clock.now() >= start);
        clock.set(start + chrono::Duration::days(14));
        let later = clock.now();
        assert!(later >= start + chrono::Duration::days(14));
        clock.set(start);
        assert!(clock.now() >= later);
    }
}
