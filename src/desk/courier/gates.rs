//! The gates to the providers, as this instance knows them. What they remember is worth nothing after a restart: the next call tells.

use crate::domain::gate::{Admission, Gate};
use crate::domain::register::ProviderSettings;
use crate::domain::{Instant, ProviderCode};
use crate::ports::ProviderError;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The gate of each provider.
#[derive(Default)]
pub(crate) struct Gates(Mutex<HashMap<ProviderCode, Gate>>);

impl Gates {
    /// Whether something may be handed to that provider now.
    pub(super) fn admit(&self, provider: &ProviderSettings, now: Instant) -> Admission {
        self.with(&provider.code, |gate| gate.admit(now, provider.pace))
    }

    /// Learns from a call: whoever refuses has answered.
    pub(in crate::desk) fn learn<T>(&self, provider: &ProviderCode, result: &Result<T, ProviderError>, now: Instant) {
        self.with(provider, |gate| match result {
            Err(ProviderError::Retry { .. } | ProviderError::Unknown { .. }) => gate.failed(now),
            Ok(_) | Err(ProviderError::Rejected { .. } | ProviderError::NeedsPerson { .. }) => gate.answered(),
        })
    }

    /// Until when a provider that does not answer is left alone; looking takes nobody's turn.
    pub(in crate::desk) fn rests(&self, provider: &ProviderCode, now: Instant) -> Option<Instant> {
        self.with(provider, |gate| gate.rests(now))
    }

    fn with<T>(&self, provider: &ProviderCode, act: impl FnOnce(&mut Gate) -> T) -> T {
        let mut gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        act(gates.entry(provider.clone()).or_default())
    }
}
