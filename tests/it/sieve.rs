//! A chat for measuring the rest: the soak and the benchmark share it.

use async_trait::async_trait;
use loket::domain::{AccountId, ChannelId, Instant, MessageRef, RoleId, ServerId};
use loket::ports::{Chat, ChatError, InteractionToken, Mark, PostKey, Reply};
use loket::render::message::Message;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

/// A chat that takes everything and keeps nothing.
#[derive(Default)]
pub struct Sieve {
    /// How many messages were posted.
    pub posts: AtomicU64,
    /// How many commands and buttons were answered.
    pub answers: AtomicU64,
}

impl Sieve {
    /// The next message in a channel.
    pub fn message(&self, channel: &ChannelId) -> MessageRef {
        let id = self.posts.fetch_add(1, Ordering::Relaxed);
        MessageRef { channel: channel.clone(), message: format!("local:{id}").as_str().into() }
    }
}

#[async_trait]
impl Chat for Sieve {
    async fn open_thread(&self, under: &MessageRef, _: &str) -> Result<ChannelId, ChatError> {
        Ok(format!("{}-thread", under.message.as_str()).as_str().into())
    }

    async fn open_private(&self, channel: &ChannelId, _: &str, with: &AccountId) -> Result<ChannelId, ChatError> {
        Ok(format!("{}-{with}", channel.as_str()).as_str().into())
    }

    async fn open_direct(&self, with: &AccountId) -> Result<ChannelId, ChatError> {
        Ok(format!("local:dm-{with}").as_str().into())
    }

    async fn post(
        &self,
        to: &ChannelId,
        _: &Message,
        _: Option<&MessageRef>,
        _: &PostKey,
    ) -> Result<MessageRef, ChatError> {
        Ok(self.message(to))
    }

    async fn find(&self, _: &ChannelId, _: &Message, _: Instant) -> Result<Option<MessageRef>, ChatError> {
        Ok(None)
    }

    async fn edit(&self, _: &MessageRef, _: &Message) -> Result<(), ChatError> {
        Ok(())
    }

    async fn mark(&self, _: &MessageRef, _: Mark) -> Result<(), ChatError> {
        Ok(())
    }

    async fn answer(&self, _: &InteractionToken, _: &Reply) -> Result<(), ChatError> {
        self.answers.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn roles_of(&self, _: &ServerId, _: &AccountId) -> Result<Option<BTreeSet<RoleId>>, ChatError> {
        Ok(Some(BTreeSet::new()))
    }
}
