//! Providers and mailboxes that cannot be asked: an answer that nobody reads is lost for as long, so that somebody is told.

use super::{Desk, House};
use crate::domain::Instant;
use crate::domain::register::Role;
use crate::ports::{PostKey, ProviderError};
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
    /// Tells administrators, once, that answers are not heard, and why. It promises nothing: the log says it each time.
    pub(super) async fn unheard(&self, house: &House, name: &str, shown: &str, error: ProviderError) {
        let now = self.clock.now();
        let (ProviderError::Retry { why, .. }
        | ProviderError::Unknown { why }
        | ProviderError::Rejected { why }
        | ProviderError::NeedsPerson { why }) = error;
        if !self.unheard.failed(name, now) {
            return;
        }
        for organisation in house.register.organisations.values() {
            let today = now.with_timezone(&organisation.zone).date_naive();
            for person in organisation.with_role(Role::Administrator, today) {
                let Some(account) = person.accounts.first() else { continue };
                let view = house.view(organisation, organisation.lang, now);
                let message = render::provider::unheard(&view, shown, &why);
                let key = PostKey(format!("unheard-{}", now.timestamp_millis()));
                let told = match self.chat.open_direct(account).await {
                    Ok(channel) => self.chat.post(&channel, &message, None, &key).await.map(|_| ()),
                    Err(error) => Err(error),
                };
                if let Err(error) = told {
                    tracing::warn!(%error, "an administrator could not be told");
                }
            }
        }
    }
}
