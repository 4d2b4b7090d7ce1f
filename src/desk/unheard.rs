//! Providers and mailboxes that cannot be asked: an answer that nobody reads is lost for as long, so that somebody is told.

use super::Desk;
use crate::domain::Instant;
use crate::ports::ProviderError;
use crate::render;
use chrono::Duration;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Somebody is told after so long; what passes by itself is nobody's business.
const PATIENCE: Duration = Duration::minutes(15);

/// Since when each could not be asked, and whether somebody was told.
#[derive(Default)]
pub(super) struct Unheard(Mutex<HashMap<String, (Instant, bool)>>);

impl Unheard {
    /// It answered.
    pub(super) fn heard(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }

    /// It did not; whether somebody must be told now.
    fn failed(&self, name: &str, now: Instant) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, told) = known.entry(name.to_owned()).or_insert((now, false));
        let tells = !*told && now - *since >= PATIENCE;
        *told |= tells;
        tells
    }
}

impl Desk {
    /// Tells administrators, once, that answers are not heard, and why; the log says it each time.
    pub(super) async fn unheard(&self, name: &str, shown: &str, error: ProviderError) {
        let (ProviderError::Retry { why, .. }
        | ProviderError::Unknown { why }
        | ProviderError::Rejected { why }
        | ProviderError::NeedsPerson { why }) = error;
        if self.unheard.failed(name, self.clock.now()) {
            self.say_to_administrators(&|view| render::provider::unheard(view, shown, &why)).await;
        }
    }
}
