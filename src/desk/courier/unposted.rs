//! What is given up for good: the SPOC hears of it once, and it stays to be seen until it is sent again.

use super::super::listing::undelivered;
use super::super::{Desk, DeskError, House, unit};
use super::posts::place_for;
use super::{Did, Errand};
use crate::domain::effect::{Audience, Effect};
use crate::domain::register::{ChannelRole, Organisation, Role};
use crate::domain::{ChannelId, OrganisationId};
use crate::ports::{ChatError, Claimed, EffectState, Outcome, StreamId};
use crate::render;
use crate::render::message::Message;

impl Desk {
    /// Settles what is given up. Of a stream the SPOC is told the first time: the others stand beside it by the time they look.
    pub(super) async fn give_up(&self, claim: &Claimed, outcome: Outcome) -> Result<(), DeskError> {
        // Two of a stream that are given up at once would each be the first.
        let _alone = self.giving_up.lock().await;
        let others = self.store.effects_of(&claim.organisation, claim.stream).await?;
        let told = others.iter().any(|other| other.given_up || other.effect == Effect::Unposted);
        let now = self.clock.now();
        let changes = if told || claim.effect == Effect::Unposted {
            vec![]
        } else {
            vec![unit::without_event(claim.stream, Effect::Unposted, 0, now)]
        };
        self.settle_with(claim, outcome, changes).await
    }

    /// Tells the SPOC what of a request was given up.
    pub(super) async fn tell_unposted(&self, errand: &Errand<'_>) -> Result<Did, DeskError> {
        let given_up = self.given_up(&errand.claim.organisation, errand.claim.stream).await?;
        if given_up.is_empty() {
            return Ok(Did::Done);
        }
        let view = self.view(errand, errand.organisation.lang);
        let message = render::spoc::unposted(&view, &errand.request, given_up.iter().map(undelivered));
        let channel = place_for(errand, Audience::Spoc).map(|place| place.channel);
        self.tell_spoc(errand.organisation, errand.claim, channel, &message).await
    }

    /// The same of what belongs to the organisation as a whole.
    pub(super) async fn tell_own_unposted(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
    ) -> Result<Did, DeskError> {
        let given_up = self.given_up(&organisation.id, StreamId::Organisation).await?;
        if given_up.is_empty() {
            return Ok(Did::Done);
        }
        let view = house.view(organisation, organisation.lang, self.clock.now());
        let message = render::spoc::own_unposted(&view, given_up.iter().map(undelivered));
        let channel = organisation.channel_for(ChannelRole::Spoc).map(|channel| channel.id.clone());
        self.tell_spoc(organisation, claim, channel, &message).await
    }

    /// In the channel for it; where that is closed or missing, in person.
    async fn tell_spoc(
        &self,
        organisation: &Organisation,
        claim: &Claimed,
        channel: Option<ChannelId>,
        message: &Message,
    ) -> Result<Did, DeskError> {
        if let Some(channel) = channel {
            match self.place(claim, &channel, message, &[], None).await {
                Ok(_) => {
                    self.channel_takes(&organisation.id, &channel).await?;
                    return Ok(Did::Done);
                }
                Err(ChatError::Gone { why }) => self.channel_refuses(&organisation.id, &channel, &why).await?,
                Err(error) => return Ok(Did::Failed(error)),
            }
        }
        self.tell_in_person(organisation, claim, message, &[Role::Spoc, Role::Administrator]).await
    }

    async fn given_up(&self, organisation: &OrganisationId, stream: StreamId) -> Result<Vec<EffectState>, DeskError> {
        let mut effects = self.store.effects_of(organisation, stream).await?;
        effects.retain(|effect| effect.given_up && effect.effect != Effect::Unposted);
        Ok(effects)
    }
}
