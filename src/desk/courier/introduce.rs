//! What Loket reads and keeps is said once in each channel that it was given.

use super::super::{Desk, DeskError, House};
use super::Did;
use crate::domain::ChannelId;
use crate::domain::effect::Effect;
use crate::domain::journal::{OrganisationEvent, is_introduced};
use crate::domain::register::Organisation;
use crate::domain::request::event::Recorded;
use crate::ports::{ChatError, Claimed, StreamId};
use crate::render::privacy::introduction;
use std::collections::BTreeSet;

impl Desk {
    /// The channels of an organisation in which it is still to be said, and nothing waits to say it.
    pub(in crate::desk) async fn to_introduce(
        &self,
        organisation: &Organisation,
        events: &[Recorded<OrganisationEvent>],
    ) -> Result<Vec<ChannelId>, DeskError> {
        let mut new: BTreeSet<&ChannelId> = organisation.channels.iter().map(|channel| &channel.id).collect();
        new.retain(|channel| !is_introduced(events, channel));
        if new.is_empty() {
            return Ok(vec![]);
        }
        let waiting = self.store.effects_of(&organisation.id, StreamId::Organisation).await?;
        for state in &waiting {
            if let Effect::Introduce { channel } = &state.effect {
                new.remove(channel);
            }
        }
        Ok(new.into_iter().cloned().collect())
    }

    /// Says it, and remembers that it was said. A channel that refuses it keeps nothing else waiting: the SPOC is told, and it is said
    /// once the channel takes posts, or at the next start.
    pub(super) async fn introduce(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        channel: &ChannelId,
    ) -> Result<Did, DeskError> {
        let loaded = self.of_channels(&organisation.id).await?;
        let Some(known) = organisation.channels.iter().find(|known| known.id == *channel) else { return Ok(Did::Done) };
        if is_introduced(&loaded.events, channel) {
            return Ok(Did::Done);
        }
        let view = house.view(organisation, organisation.lang, self.clock.now());
        match self.place(claim, channel, &introduction(&view, known.role), &[], None).await {
            Ok(_) => {
                self.channel_takes(&organisation.id, channel).await?;
                self.note_introduced(&organisation.id, channel).await?;
                Ok(Did::Done)
            }
            Err(ChatError::Gone { why }) => {
                self.channel_refuses(&organisation.id, channel, &why).await?;
                Ok(Did::Done)
            }
            Err(error) => Ok(Did::Failed(error)),
        }
    }
}
