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
