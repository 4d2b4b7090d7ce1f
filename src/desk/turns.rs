//! One question at a time: of the drafts that one person talks about in one conversation at most one asks. The others wait, and the
//! next one asks in the very transaction in which the one before it no longer does, so that none is forgotten.

use super::unit;
use super::{Desk, DeskError};
use crate::domain::register::{Organisation, Register};
use crate::domain::request::{Event, Request};
use crate::domain::{Instant, RequestId};
use crate::ports::{Change, Head};
use std::collections::BTreeSet;

impl Desk {
    /// Adds to a decision that its question waits, where another one stands already.
    pub(super) async fn hold(
        &self,
        organisation: &Organisation,
        before: Option<&Request>,
        after: &Request,
        events: &mut Vec<Event>,
    ) -> Result<(), DeskError> {
        let begins = after.asks().is_some() && before.is_none_or(|before| before.asks().is_none());
        if begins && self.others(organisation, after).await?.iter().any(|(other, _)| other.asks().is_some()) {
            events.push(Event::QuestionHeld { held: true });
        }
        Ok(())
    }

    /// The change by which the next question is asked, where a decision ends the one that stood.
    pub(super) async fn next_turn(
        &self,
        (register, organisation): (&Register, &Organisation),
        before: &Request,
        after: &Request,
        now: Instant,
    ) -> Result<Option<Change>, DeskError> {
        if before.asks().is_none() || after.asks().is_some() {
            return Ok(None);
        }
        let others = self.others(organisation, after).await?;
        if others.iter().any(|(other, _)| other.asks().is_some()) {
            return Ok(None);
        }
        let waiting = others.into_iter().filter(|(other, _)| other.held);
        let Some((next, head)) = waiting.min_by_key(|(other, _)| (other.origin.at, other.id)) else { return Ok(None) };
        let events = vec![Event::QuestionHeld { held: false }];
        Ok(Some(unit::change(next.id, (register, organisation), Some(next), head, events, now)?))
    }

    /// The other open requests of the same person in the same conversation. Before it is opened they are known by the message from
    /// which they began.
    async fn others(&self, organisation: &Organisation, request: &Request) -> Result<Vec<(Request, Head)>, DeskError> {
        let mut ids: BTreeSet<RequestId> = BTreeSet::new();
        if let Some(source) = &request.origin.source {
            let links = self.store.by_message(&source.message).await?;
            ids.extend(links.into_iter().filter(|(owner, ..)| *owner == organisation.id).map(|(_, id, _)| id));
        }
        let direct = request.origin.source.as_ref().filter(|_| request.origin.direct).map(|source| &source.channel);
        if let Some(conversation) = request.posts.conversation.as_ref().or(direct) {
            let there = self.store.in_conversation(conversation).await?;
            ids.extend(there.into_iter().filter(|(owner, ..)| *owner == organisation.id).map(|(_, id, _)| id));
        }
        ids.remove(&request.id);
        let mut others = Vec::new();
        for id in ids {
            let Some((other, head)) = self.load(&organisation.id, id).await? else { continue };
            if !other.is_closed() && other.origin.requester.account == request.origin.requester.account {
                others.push((other, head));
            }
        }
        Ok(others)
    }
}
