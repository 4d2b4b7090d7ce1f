//! What Loket itself posted and wrote down about a request of which the texts are gone: that goes too. What people wrote in the chat is
//! theirs and the platform's.

use super::super::{Desk, DeskError};
use super::{Did, Errand};
use crate::domain::person::is_erased;
use crate::domain::register::ChannelRole;
use crate::domain::request::{Stage, fold};
use crate::domain::{ChannelId, Instant, MessageRef, Number};
use crate::ports::{ChatError, OwnPost, ProviderError};
use chrono::Duration;
use std::collections::BTreeSet;

/// What is said about a request after its end comes within this time.
const AFTERTHOUGHT: Duration = Duration::days(2);
/// As many as the memory names of one conversation: there may be more, which are not known here.
const MANY: usize = 25;

impl Desk {
    /// Removes the files in the outbox, the posts whose place is known, and those that are found in the channels by the number. A second
    /// time it finds nothing.
    pub(super) async fn take_back(&self, errand: &Errand<'_>) -> Result<Did, DeskError> {
        // Nothing was erased after all, or it was begun anew: what stands is wanted.
        if !is_erased(&errand.request) || !errand.request.is_closed() {
            return Ok(Did::Done);
        }
        if let Some(later) = self.forget_files(errand).await {
            return Ok(later);
        }
        let places = match self.own_places(errand).await? {
            Ok(places) => places,
            Err(error) => return Ok(Did::Failed(error)),
        };
        for at in &places {
            match self.chat.remove(at).await {
                Ok(()) | Err(ChatError::Missing { .. }) => {}
                // What is closed to us is out of our reach; it must not hold up the rest.
                Err(ChatError::Gone { why } | ChatError::Refused { why }) => {
                    tracing::warn!(effect.key = %errand.claim.key(), message = %at.message, why, "a post about an erased request stays");
                }
                Err(error) => return Ok(Did::Failed(error)),
            }
        }
        Ok(Did::Done)
    }

    /// The order in the outbox folder, and what was told about it; `Some` when that must be tried again.
    async fn forget_files(&self, errand: &Errand<'_>) -> Option<Did> {
        let order = errand.request.order()?;
        let reference = order.reference(errand.organisation);
        let connectors = [&errand.house.connectors, &errand.house.rehearsals];
        for connector in connectors.into_iter().filter_map(|all| all.get(&order.provider)) {
            if let Err(error) = connector.forget(&reference).await {
                let why = match error {
                    ProviderError::Retry { .. } | ProviderError::Unknown { .. } => "the outbox folder refuses",
                    ProviderError::Rejected { .. } | ProviderError::NeedsPerson { .. } => return None,
                };
                let at = self.clock.now() + super::backoff(errand.claim.attempt);
                return Some(Did::Later { at, why: why.to_owned(), certain: true });
            }
        }
        None
    }

    /// Where our own posts about it stand.
    async fn own_places(&self, errand: &Errand<'_>) -> Result<Result<BTreeSet<MessageRef>, ChatError>, DeskError> {
        let request = &errand.request;
        let mut places: BTreeSet<MessageRef> = request.posts.at.values().cloned().collect();
        let (from, to) = (request.origin.at, ended(errand) + AFTERTHOUGHT);
        let mut channels: Vec<ChannelId> = [ChannelRole::Approvers, ChannelRole::Spoc]
            .into_iter()
            .filter_map(|role| errand.organisation.channel_for(role))
            .map(|channel| channel.id.clone())
            .collect();
        if let Some(conversation) = &request.posts.conversation {
            if self.is_all_erased(errand, conversation).await? {
                match self.ours(conversation, from, to).await {
                    Ok(own) => places.extend(own.into_iter().map(|post| post.at)),
                    Err(error) => return Ok(Err(error)),
                }
            } else {
                channels.push(conversation.clone());
            }
        }
        let Some(number) = request.number() else { return Ok(Ok(places)) };
        for channel in channels {
            match self.ours(&channel, from, to).await {
                Ok(own) => places.extend(own.into_iter().filter(|post| is_about(post, number)).map(|post| post.at)),
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(places))
    }

    /// Our posts in a channel; none where it is closed to us.
    async fn ours(&self, channel: &ChannelId, from: Instant, to: Instant) -> Result<Vec<OwnPost>, ChatError> {
        match self.chat.own_posts(channel, from, to).await {
            Err(ChatError::Gone { .. } | ChatError::Missing { .. } | ChatError::Refused { .. }) => Ok(vec![]),
            found => found,
        }
    }

    /// Whether nothing else is talked about in a conversation than requests whose texts are gone.
    async fn is_all_erased(&self, errand: &Errand<'_>, conversation: &ChannelId) -> Result<bool, DeskError> {
        // Without a thread the conversation is a channel for everybody.
        if errand.house.register.channel(conversation).is_some() {
            return Ok(false);
        }
        let all = self.store.in_conversation(conversation).await?;
        if all.len() >= MANY {
            return Ok(false);
        }
        for (organisation, id, _) in all {
            let Some(loaded) = self.store.load(&organisation, id).await? else { continue };
            if fold(id, &organisation, loaded.events)?.is_some_and(|request| !is_erased(&request)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// When it ended.
fn ended(errand: &Errand<'_>) -> Instant {
    match &errand.request.stage {
        Stage::Closed(closed) => closed.at,
        _ => errand.request.changed_at,
    }
}

/// Whether a post names that request and no other: a list of many is of all of them.
fn is_about(post: &OwnPost, number: Number) -> bool {
    let words = post.text.split(|letter: char| !letter.is_ascii_digit() && letter != '-');
    let named: BTreeSet<(i32, u32)> =
        words.filter_map(|word| word.parse::<Number>().ok()).map(|number| (number.year, number.sequence)).collect();
    named == BTreeSet::from([(number.year, number.sequence)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_about_a_request_when_it_names_it_alone() {
        let number = Number { year: 2026, sequence: 41 };
        let post = |text: &str| OwnPost {
            at: MessageRef { channel: "x:1".into(), message: "x:2".into() },
            text: text.to_owned(),
        };
        assert!(is_about(&post("#2026-0041: nog niet beslist (2026-0041)"), number));
        for other in ["", "geen nummer", "#2026-0042", "2026-0041 en 2026-0042", "12026-0041"] {
            assert!(!is_about(&post(other), number), "{other}");
        }
    }
}
