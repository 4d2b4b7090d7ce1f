//! Signed events of providers. One is a hint and nothing more: its provider is asked what is new, soon, and what the event itself says is
//! not even read. However many come, a provider is asked once at a time and no faster than its pace.

use super::act::Along;
use super::news::unless_fatal;
use super::{Desk, DeskError};
use crate::domain::webhook::{Signed, Unfit};
use crate::domain::{Instant, ProviderCode};
use crate::ports::{HookCall, Hooks, InboxKey, Taken};
use async_trait::async_trait;
use chrono::Duration;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// How long a hint waits at least, so that a moment in the past cannot make the loop spin.
const BREATH: std::time::Duration = std::time::Duration::from_millis(50);

/// What is known of the hints of one provider.
#[derive(Clone, Copy, Debug, Default)]
struct Hinted {
    /// Whether there is something to ask.
    waits: bool,
    /// Not before this it is asked again because of a hint.
    next: Option<Instant>,
}

/// The hints that wait. They are worth nothing after a restart, which asks everybody anyway.
#[derive(Default)]
pub(super) struct Hints {
    known: Mutex<BTreeMap<ProviderCode, Hinted>>,
    pub(super) bell: Notify,
}

impl Hints {
    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<ProviderCode, Hinted>) -> T) -> T {
        act(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// There is something to ask.
    fn add(&self, code: &ProviderCode) {
        self.with(|known| known.entry(code.clone()).or_default().waits = true);
        self.bell.notify_one();
    }

    /// It is asked from now on; what comes after this is a hint of its own.
    pub(super) fn answered(&self, code: &ProviderCode) {
        self.with(|known| {
            if let Some(hinted) = known.get_mut(code) {
                hinted.waits = false;
            }
        });
    }

    /// It is left alone until then.
    pub(super) fn rest_until(&self, code: &ProviderCode, at: Instant) {
        self.with(|known| {
            let next = &mut known.entry(code.clone()).or_default().next;
            *next = Some(next.map_or(at, |next| next.max(at)));
        });
    }

    /// Those that wait, and from when on each may be asked.
    fn waiting(&self) -> Vec<(ProviderCode, Option<Instant>)> {
        let waits = |(code, hinted): (&ProviderCode, &Hinted)| hinted.waits.then(|| (code.clone(), hinted.next));
        self.with(|known| known.iter().filter_map(waits).collect())
    }
}

#[async_trait]
impl Hooks for Desk {
    async fn hook(&self, call: HookCall<'_>) -> Taken {
        let house = self.house();
        let code: ProviderCode = call.provider.into();
        let Some(keys) = house.hooks.get(&code) else { return Taken::Nobody };
        let signed = Signed { id: call.id, timestamp: call.timestamp, signatures: call.signatures, body: call.body };
        match signed.check(keys, self.clock.now()) {
            Ok(()) => {}
            Err(unfit) => {
                tracing::warn!(provider.code = %code, why = %unfit, "an event was not taken");
                return match unfit {
                    Unfit::Forged => Taken::Forged,
                    Unfit::Stale => Taken::Stale,
                };
            }
        }
        match self.hint(&code, call.id).await {
            Ok(()) => Taken::Well,
            Err(error) => {
                tracing::error!(provider.code = %code, %error, "an event could not be kept");
                Taken::NotNow
            }
        }
    }
}

impl Desk {
    /// Remembers the event by its identity, also over a restart, and the hint; the same one again is none.
    async fn hint(&self, code: &ProviderCode, id: &str) -> Result<(), DeskError> {
        let key = InboxKey(format!("hook:{code}:{id}"));
        if self.store.seen(&key).await? {
            return Ok(());
        }
        let house = self.house();
        // Handled events are remembered beside some organisation; whose it is does not matter.
        let Some(organisation) = house.register.organisations.keys().next() else { return Ok(()) };
        self.pass(organisation, &Along::inbox(key)).await?;
        self.hints.add(code);
        Ok(())
    }

    /// Asks the providers that gave a hint, one after the other, as far as their pace lets them be asked now; gives the first moment at
    /// which one that waits may be asked.
    pub async fn follow_hints(&self) -> Result<Option<Instant>, DeskError> {
        let house = self.house();
        for (code, next) in self.hints.waiting() {
            let now = self.clock.now();
            let Some((connector, settings)) = house.connectors.get(&code).zip(house.register.providers.get(&code))
            else {
                // Nothing of it is asked any more.
                self.hints.answered(&code);
                continue;
            };
            if let Some(until) = self.gates.rests(&code, now) {
                self.hints.rest_until(&code, until);
            } else if next.is_none_or(|next| next <= now) {
                self.hints.rest_until(&code, now + Duration::milliseconds(60_000 / i64::from(settings.pace.max(1))));
                // Whatever is the matter with one, the others are asked.
                unless_fatal(self.ask_provider(&house, &code, connector.as_ref()).await)?;
            }
        }
        Ok(self.hints.waiting().into_iter().filter_map(|(_, next)| next).min())
    }

    /// Follows hints as they come, for so long.
    pub(super) async fn follow_hints_for(&self, time: std::time::Duration) -> Result<(), DeskError> {
        let over = tokio::time::sleep(time);
        tokio::pin!(over);
        loop {
            let next = self.follow_hints().await?;
            let wait = next.map_or(time, |next| (next - self.clock.now()).to_std().unwrap_or_default().max(BREATH));
            tokio::select! {
                () = &mut over => return Ok(()),
                () = self.hints.bell.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }
}
