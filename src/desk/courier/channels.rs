//! Channels that refuse what Loket posts: whoever can mend it is told once, and once it is mended everything that waited comes at once.

use super::super::{Desk, DeskError, House, unit};
use super::Did;
use super::posts::key_of;
use crate::domain::effect::Effect;
use crate::domain::journal::{
    OrganisationEvent, channel_mended, channel_refused, note_channels, owes_introduction, refusing,
};
use crate::domain::register::{ChannelRole, Organisation, Role};
use crate::domain::{ChannelId, OrganisationId};
use crate::ports::{ChatError, Claimed, CommitError, Head, Loaded, StreamId, Unit};
use crate::render;
use crate::render::message::Message;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What each organisation's journal says of its channels, as far as it was read.
#[derive(Default)]
pub(crate) struct Channels(Mutex<BTreeMap<OrganisationId, Loaded<OrganisationEvent>>>);

impl Channels {
    fn known(&self) -> MutexGuard<'_, BTreeMap<OrganisationId, Loaded<OrganisationEvent>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// What the journal of an organisation says of its channels, with the journal's end. Each post asks for it, so that only what was
    /// written since the last time is read.
    pub(super) async fn of_channels(
        &self,
        organisation: &OrganisationId,
    ) -> Result<Loaded<OrganisationEvent>, DeskError> {
        let known = self.channels.known().get(organisation).cloned();
        let mut known = known.unwrap_or(Loaded { events: vec![], head: Head::default() });
        // The last event that was read is read again: the journal's end is known by it.
        let read = self.store.organisation_since(organisation, known.head.next.saturating_sub(1)).await?;
        let next = known.head.next;
        note_channels(&mut known.events, read.events.into_iter().filter(|one| one.seq >= next));
        known.head = read.head;
        self.channels.known().insert(organisation.clone(), known.clone());
        Ok(known)
    }

    /// A channel refused a post: the first time, somebody is told.
    pub(super) async fn channel_refuses(
        &self,
        organisation: &OrganisationId,
        channel: &ChannelId,
        why: &str,
    ) -> Result<(), DeskError> {
        let loaded = self.of_channels(organisation).await?;
        let Some(event) = channel_refused(&loaded.events, channel, why, self.clock.now()) else { return Ok(()) };
        tracing::error!(organisation.id = %organisation, channel.id = %channel, why, "a channel refuses what is posted");
        let alarm = Effect::Alarm { channel: channel.clone() };
        self.note(organisation, loaded, event, Some(alarm), false).await
    }

    /// A channel took a post: when it refused others before, they are tried now.
    pub(super) async fn channel_takes(
        &self,
        organisation: &OrganisationId,
        channel: &ChannelId,
    ) -> Result<(), DeskError> {
        let loaded = self.of_channels(organisation).await?;
        match channel_mended(&loaded.events, channel) {
            Some(event) => {
                let owed = owes_introduction(&loaded.events, channel);
                let introduce = owed.then(|| Effect::Introduce { channel: channel.clone() });
                self.note(organisation, loaded, event, introduce, true).await
            }
            None => Ok(()),
        }
    }

    /// Remembers that what Loket reads and keeps was said in a channel.
    pub(super) async fn note_introduced(
        &self,
        organisation: &OrganisationId,
        channel: &ChannelId,
    ) -> Result<(), DeskError> {
        let loaded = self.of_channels(organisation).await?;
        let event = OrganisationEvent::ChannelIntroduced { channel: channel.clone() };
        self.note(organisation, loaded, event, None, false).await
    }

    /// Records it with what is to be done about it; `woken` lets everything that waits be tried at once.
    async fn note(
        &self,
        organisation: &OrganisationId,
        loaded: Loaded<OrganisationEvent>,
        event: OrganisationEvent,
        effect: Option<Effect>,
        woken: bool,
    ) -> Result<(), DeskError> {
        let now = self.clock.now();
        let change = unit::of_organisation(loaded.head, vec![(event, effect.into_iter().collect())], now);
        // What the organisation itself gave up may have been for that channel.
        let revived = woken.then_some(StreamId::Organisation);
        let unit = Unit { changes: vec![change], woken, revived, ..Unit::new(organisation.clone(), now) };
        match self.commit(unit).await {
            // After a conflict somebody else wrote to the organisation just now, mostly the same; else the next post tells.
            Ok(_) | Err(CommitError::Conflict) => {
                self.ring();
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Says that a channel refuses what is posted: in the SPOC's channel, or to the administrators where it is that one.
    pub(super) async fn alarm(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        channel: &ChannelId,
    ) -> Result<Did, DeskError> {
        let loaded = self.of_channels(&organisation.id).await?;
        let Some((_, why)) = refusing(&loaded.events).get(channel).copied() else { return Ok(Did::Done) };
        let view = house.view(organisation, organisation.lang, self.clock.now());
        let message = render::spoc::channel_refuses(&view, channel, why);
        if let Some(spoc) = organisation.channel_for(ChannelRole::Spoc).filter(|spoc| spoc.id != *channel) {
            match self.place(claim, &spoc.id, &message, &[], None).await {
                Ok(_) => {
                    self.channel_takes(&organisation.id, &spoc.id).await?;
                    return Ok(Did::Done);
                }
                Err(ChatError::Gone { why }) => self.channel_refuses(&organisation.id, &spoc.id, &why).await?,
                Err(error) => return Ok(Did::Failed(error)),
            }
        }
        self.tell_in_person(organisation, claim, &message, &[Role::Administrator, Role::Spoc]).await
    }

    /// Tells the people of the first role of which anybody can be told, by direct message.
    pub(super) async fn tell_in_person(
        &self,
        organisation: &Organisation,
        claim: &Claimed,
        message: &Message,
        roles: &[Role],
    ) -> Result<Did, DeskError> {
        let today = self.clock.now().with_timezone(&organisation.zone).date_naive();
        let mut hindered = None;
        for role in roles {
            let mut told = false;
            for account in organisation.with_role(*role, today).filter_map(|person| person.accounts.first()) {
                let key = key_of(&format!("{}/{account}", claim.key()));
                let said = match self.chat.open_direct(account).await {
                    Ok(channel) => self.chat.post(&channel, message, None, &key).await.map(|_| ()),
                    Err(error) => Err(error),
                };
                match said {
                    Ok(()) => told = true,
                    Err(error) => hindered = Some(error),
                }
            }
            if told {
                return Ok(Did::Done);
            }
        }
        Ok(hindered.map_or_else(|| Did::GaveUp("there is nobody to tell".into()), Did::Failed))
    }
}
