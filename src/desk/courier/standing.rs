//! Posts that stand and are shown anew, marked, or put back where somebody removed them.

use super::super::act::Along;
use super::super::{Desk, DeskError};
use super::posts::{failed, key_of};
use super::{Did, Errand};
use crate::domain::MessageRef;
use crate::domain::register::{Channel, ChannelRole, Organisation};
use crate::domain::request::{Actor, Command, Event, Request, Slot};
use crate::ports::{ChatError, Mark};
use crate::render;
use crate::render::message::Message;

impl Desk {
    /// Shows a post as the request is now. One that is gone has nothing to show; only a card on which people must decide is put back.
    pub(super) async fn refresh(&self, errand: &Errand<'_>, slot: Slot) -> Result<Did, DeskError> {
        let Some(at) = errand.request.posts.at.get(&slot) else { return Ok(Did::Done) };
        let lang = match slot {
            Slot::Card | Slot::Offer | Slot::Which(_) => errand.request.origin.lang,
            Slot::Approval(_) | Slot::Form(_) => errand.organisation.lang,
        };
        let view = self.view(errand, lang);
        let message = match slot {
            Slot::Which(seq) => self.which(errand, &view, seq).await?,
            _ => render::slot(&view, slot, &errand.request),
        };
        match (self.chat.edit(at, &message).await, slot) {
            (Ok(()), _) => Ok(Did::Done),
            (Err(error), Slot::Approval(_)) if is_lost(errand, &error, at) => {
                Ok(self.see_to_card(errand).await?.unwrap_or(Did::Done))
            }
            (Err(error), Slot::Approval(_)) => Ok(failed(error, &at.channel)),
            // What the requester must know comes as a post of its own, which finds another way.
            (Err(ChatError::Missing { why } | ChatError::Gone { why }), _) => {
                tracing::info!(effect.key = %errand.claim.key(), why, "there is nothing left to show anew");
                Ok(Did::Done)
            }
            (Err(error), _) => Ok(Did::Failed(error)),
        }
    }

    /// The question which request is meant, with all that are offered.
    pub(super) async fn which(
        &self,
        errand: &Errand<'_>,
        view: &render::View<'_>,
        seq: u64,
    ) -> Result<Message, DeskError> {
        let mut requests = Vec::new();
        let unclear = errand.events.iter().find(|recorded| recorded.seq == seq).map(|recorded| &recorded.event);
        if let Some(Event::Unclear { among, .. }) = unclear {
            for id in among {
                requests.extend(self.load(&errand.claim.organisation, *id).await?.map(|(request, _)| request));
            }
        }
        Ok(render::which(view, &errand.request, seq, &requests))
    }

    /// Places the marks that make a reaction one click. The buttons do the same, so that nothing waits for what is refused.
    pub(super) async fn mark(&self, request: &Request, slot: Slot) -> Did {
        let Some(at) = request.posts.at.get(&slot) else { return Did::Done };
        for mark in [Mark::Yes, Mark::No] {
            match self.chat.mark(at, mark).await {
                Ok(()) => {}
                Err(ChatError::Retry { after, why }) => return Did::Failed(ChatError::Retry { after, why }),
                Err(ChatError::Unknown { why }) => return Did::Failed(ChatError::Unknown { why }),
                Err(error) => {
                    tracing::warn!(request.id = %request.id, %error, "a card stands without its marks");
                    return Did::Done;
                }
            }
        }
        Did::Done
    }

    /// Sees to it that the card on which people must decide stands: one that somebody deleted, or that never stood, is posted anew.
    /// What it gives hinders that.
    pub(super) async fn see_to_card(&self, errand: &Errand<'_>) -> Result<Option<Did>, DeskError> {
        let Some(waiting) = errand.request.waiting() else { return Ok(None) };
        if waiting.order.steps().is_empty() {
            return Ok(None);
        }
        let slot = Slot::Approval(waiting.order.identity.revision);
        let card = render::slot(&self.view(errand, errand.organisation.lang), slot, &errand.request);
        if let Some(at) = errand.request.posts.at.get(&slot) {
            match self.chat.edit(at, &card).await {
                Ok(()) => return Ok(None),
                Err(error) if is_lost(errand, &error, at) => {}
                Err(error) => return Ok(Some(failed(error, &at.channel))),
            }
        }
        let organisation = errand.organisation;
        let Some(channel) = approvers(organisation) else {
            return Ok(Some(self.no_channel()));
        };
        // The platform knows the key of the card that is gone, so that this one has its own.
        let key = key_of(&format!("{}/card", errand.claim.key()));
        let at = match self.chat.post(&channel.id, &card, None, &key).await {
            Ok(at) => at,
            Err(error) => return Ok(Some(failed(error, &channel.id))),
        };
        let stands = Command::RecordPost { slot, at };
        self.act(&organisation.id, errand.request.id, &Actor::Loket, &stands, &Along::default()).await?;
        Ok(None)
    }
}

/// Where approvers decide.
pub(super) fn approvers(organisation: &Organisation) -> Option<&Channel> {
    let role = |role| organisation.channel_for(role);
    role(ChannelRole::Approvers).or_else(|| role(ChannelRole::Spoc))
}

/// Whether a card is nowhere that anybody could put right: it was deleted, or its channel is closed and is no longer the one.
fn is_lost(errand: &Errand<'_>, error: &ChatError, at: &MessageRef) -> bool {
    match error {
        ChatError::Missing { .. } => true,
        ChatError::Gone { .. } => approvers(errand.organisation).is_none_or(|channel| channel.id != at.channel),
        ChatError::Retry { .. } | ChatError::Unknown { .. } | ChatError::Refused { .. } => false,
    }
}
