//! Writes the agenda to the provider's SPOC, as it was when somebody sent it.

use super::super::{Desk, DeskError, House};
use super::posts::key_of;
use super::{Did, backoff};
use crate::domain::Trouble;
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{ChannelRole, Organisation, ProviderSettings, Role};
use crate::ports::{Claimed, Letter, ProviderError};
use crate::render;
use crate::render::message::Message;
use chrono::Duration;

/// For so long a mail that was not taken is tried again; after that the meeting is near, and a person must know.
const PATIENCE: Duration = Duration::hours(4);

impl Desk {
    pub(super) async fn mail_agenda(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        seq: u64,
    ) -> Result<Did, DeskError> {
        let loaded = self.store.load_organisation(&organisation.id).await?;
        let before = loaded.events.partition_point(|recorded| recorded.seq < seq);
        let Some(recorded) = loaded.events.get(before) else { return Ok(Did::Done) };
        let OrganisationEvent::AgendaSent { provider: code, .. } = &recorded.event else { return Ok(Did::Done) };
        let Some(provider) = house.register.providers.get(code) else { return Ok(Did::Done) };
        // What it rests on may have been taken out of the configuration meanwhile.
        let (Some(spoc), Some(mailer), None) = (
            &provider.spoc,
            house.mailers.get(&organisation.id),
            super::super::agendas::no_way(house, organisation, provider),
        ) else {
            return self.agenda_failed(house, organisation, claim, provider, None).await;
        };
        if claim.in_doubt {
            // Nobody knows whether it arrived, and the same twice would be read as carelessness.
            return self.agenda_failed(house, organisation, claim, provider, None).await;
        }
        let events = loaded.events.get(..before).unwrap_or_default();
        let agenda = self.agenda_of(house, organisation, code, events, recorded.at).await?;
        let words = render::agenda::mail(&house.view(organisation, organisation.lang, recorded.at), &agenda, provider);
        let letter = Letter {
            to: spoc.email.clone(),
            subject: words.subject,
            body: words.text,
            html: Some(words.html),
            reference: format!("agenda.{}", key_of(&claim.key()).0),
            at: recorded.at,
        };
        let now = self.clock.now();
        match mailer.send(&letter).await {
            Ok(()) => Ok(Did::Done),
            Err(ProviderError::Retry { why, .. }) if now - claim.first_at < PATIENCE => {
                Ok(Did::Later { at: now + backoff(claim.attempt + 3), why: why.to_string(), certain: true })
            }
            Err(ProviderError::Unknown { why }) => {
                // Whether or not the SPOCs can be told: tried again it might be read twice.
                self.agenda_failed(house, organisation, claim, provider, Some(&why)).await?;
                Ok(Did::Done)
            }
            Err(
                ProviderError::Retry { why, .. } | ProviderError::Rejected { why } | ProviderError::NeedsPerson { why },
            ) => self.agenda_failed(house, organisation, claim, provider, Some(&why)).await,
        }
    }

    /// Says to the SPOCs that it did not arrive, or that nobody knows whether it did.
    async fn agenda_failed(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        provider: &ProviderSettings,
        why: Option<&Trouble>,
    ) -> Result<Did, DeskError> {
        let view = house.view(organisation, organisation.lang, self.clock.now());
        let message: Message = render::agenda::undelivered(&view, provider, why);
        match organisation.channel_for(ChannelRole::Spoc) {
            Some(channel) => self.say_in(organisation, claim, &channel.id, &message).await,
            None => self.tell_in_person(organisation, claim, &message, &[Role::Spoc]).await,
        }
    }
}
