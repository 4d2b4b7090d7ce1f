//! What the provider is reminded of again also goes to its own SPOC, who has no account here.

use super::super::{Desk, DeskError};
use super::posts::key_of;
use super::{Did, Errand, backoff};
use crate::domain::effect::Telling;
use crate::ports::{Letter, ProviderError};
use crate::render;

impl Desk {
    /// Writes the same words to the provider's SPOC, where one is known and the organisation has a mailbox to write from.
    pub(super) async fn escalate(&self, errand: &Errand<'_>, seq: u64) -> Result<Did, DeskError> {
        let (house, request) = (errand.house, &errand.request);
        let what = Telling::Urge { seq };
        let settings = request.order().and_then(|order| house.register.providers.get(&order.provider));
        let spoc = settings.and_then(|settings| settings.spoc.as_ref());
        let event = errand.events.iter().find(|recorded| recorded.seq == seq);
        let (Some(spoc), Some(mailer), Some(event)) = (spoc, house.mailers.get(&errand.organisation.id), event) else {
            return Ok(Did::Done);
        };
        // Nobody knows whether an attempt without an outcome arrived, and a SPOC who reads the same twice loses nothing but trust.
        if errand.claim.in_doubt || request.is_moot(what) {
            return Ok(Did::Done);
        }
        let words = render::telling(&house.words, &house.register, errand.organisation, request, what, event);
        let Some(words) = words else { return Ok(Did::Done) };
        let letter = Letter {
            to: spoc.email.clone(),
            subject: words.subject,
            body: words.body,
            html: None,
            reference: format!("{}.{}", request.id, key_of(&errand.claim.key()).0),
            at: event.at,
        };
        Ok(match mailer.send(&letter).await {
            Ok(()) | Err(ProviderError::Unknown { .. }) => Did::Done,
            Err(ProviderError::Retry { why, .. }) => {
                let at = self.clock.now() + backoff(errand.claim.attempt + 3);
                Did::Later { at, why: why.to_string(), certain: true }
            }
            Err(ProviderError::Rejected { why } | ProviderError::NeedsPerson { why }) => Did::GaveUp(why.to_string()),
        })
    }
}
