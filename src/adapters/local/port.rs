//! The local platform as Loket uses it, through the port of every chat platform.

use super::chat::LocalChat;
use super::keep::Line;
use super::state::{Answered, Posted, Private, Thread};
use crate::domain::{AccountId, ChannelId, Instant, MessageRef, RoleId, ServerId};
use crate::ports::{Attached, Chat, ChatError, InteractionToken, Mark, OwnPost, PostKey, Reply};
use crate::render::message::Message;
use async_trait::async_trait;
use std::collections::BTreeSet;

/// The plain form of a message: text, card, files and buttons, one below the other.
pub fn plain(message: &Message) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |text: String| {
        if !text.trim().is_empty() {
            lines.push(text);
        }
    };
    add(message.text.plain());
    if let Some(card) = &message.card {
        add(card.title.plain());
        add(card.body.plain());
        for (label, value) in &card.facts {
            add(format!("{label}: {}", value.plain()));
        }
        add(card.footer.plain());
    }
    for file in &message.files {
        add(file.line());
    }
    for row in &message.buttons {
        add(row.iter().map(|button| format!("[{}]", button.label)).collect::<Vec<_>>().join(" "));
    }
    lines.join("\n")
}

#[async_trait]
impl Chat for LocalChat {
    async fn fetch(&self, file: &Attached, most: u64) -> Result<Vec<u8>, ChatError> {
        let state = self.state();
        let bytes = state.files.get(&file.id).filter(|bytes| bytes.len() as u64 <= most);
        bytes.cloned().ok_or_else(|| ChatError::Refused { why: "there is no such file".into() })
    }

    async fn open_thread(&self, under: &MessageRef, name: &str) -> Result<ChannelId, ChatError> {
        let mut state = self.state();
        state.must_be_open(&under.channel)?;
        if state.find(under).is_none() {
            return Err(ChatError::Missing { why: "the message is gone".into() });
        }
        if let Some(thread) = state.threads.get(under.message.as_str()) {
            return Ok(thread.channel.clone());
        }
        let channel = ChannelId(format!("{}#{}", under.channel, under.message.as_str().trim_start_matches("local:")));
        let thread = Thread { under: under.clone(), channel: channel.clone(), name: name.to_owned() };
        state.ledger.add(&Line::Thread(thread.clone()));
        state.threads.insert(under.message.0.clone(), thread);
        drop(state);
        self.ring();
        Ok(channel)
    }

    async fn open_private(&self, parent: &ChannelId, name: &str, with: &AccountId) -> Result<ChannelId, ChatError> {
        let mut state = self.state();
        state.must_be_open(parent)?;
        let channel = ChannelId(format!("{parent}#private-{with}-{name}"));
        if !state.private.contains_key(&channel) {
            let (parent, with, name) = (parent.clone(), with.clone(), name.to_owned());
            let private = Private { channel: channel.clone(), parent, with, name };
            state.ledger.add(&Line::Private(private.clone()));
            state.private.insert(channel.clone(), private);
        }
        drop(state);
        self.ring();
        Ok(channel)
    }

    async fn open_direct(&self, with: &AccountId) -> Result<ChannelId, ChatError> {
        let channel = ChannelId(format!("local:dm-{}", with.as_str().trim_start_matches("local:")));
        self.state().must_be_open(&channel)?;
        Ok(channel)
    }

    async fn post(
        &self,
        to: &ChannelId,
        message: &Message,
        reply_to: Option<&MessageRef>,
        key: &PostKey,
    ) -> Result<MessageRef, ChatError> {
        let now = self.clock.now();
        let mut state = self.state();
        state.must_be_open(to)?;
        if state.putting_off.remove(to) {
            return Err(ChatError::Retry { after: None, why: "busy".to_owned() });
        }
        if state.refusing.contains(to) {
            return Err(ChatError::Refused { why: "the message is malformed".into() });
        }
        if let Some(known) = state.keys.get(&key.0) {
            return Ok(known.clone());
        }
        let reply_to = reply_to.map(|at| at.message.clone());
        let at = state.place(to, None, &plain(message), Some(message.clone()), reply_to, now);
        state.ledger.add(&Line::Key(key.0.clone(), at.clone()));
        state.keys.insert(key.0.clone(), at.clone());
        state.tell(&at, false);
        self.ring();
        if state.losing.remove(to) {
            return Err(ChatError::Unknown { why: "the answer was lost".into() });
        }
        Ok(at)
    }

    async fn find(
        &self,
        channel: &ChannelId,
        message: &Message,
        since: Instant,
    ) -> Result<Option<MessageRef>, ChatError> {
        let state = self.state();
        let same = |posted: &&Posted| {
            posted.at.channel == *channel && posted.posted_at >= since && posted.message.as_ref() == Some(message)
        };
        Ok(state.messages.values().rev().take(100).find(same).map(|posted| posted.at.clone()))
    }

    async fn edit(&self, at: &MessageRef, message: &Message) -> Result<(), ChatError> {
        let mut state = self.state();
        state.must_be_open(&at.channel)?;
        let Some(posted) = state.find(at) else { return Err(ChatError::Missing { why: "the message is gone".into() }) };
        if posted.message.as_ref() == Some(message) {
            return Ok(());
        }
        state.change(at, |posted| {
            posted.text = plain(message);
            posted.message = Some(message.clone());
            posted.edits += 1;
        });
        state.tell(at, true);
        self.ring();
        Ok(())
    }

    async fn own_posts(&self, channel: &ChannelId, from: Instant, to: Instant) -> Result<Vec<OwnPost>, ChatError> {
        self.state().must_be_open(channel)?;
        let ours = |posted: &Posted| posted.author.is_none() && (from..=to).contains(&posted.posted_at);
        let own = |posted: Posted| OwnPost { at: posted.at, text: posted.text };
        Ok(self.messages(channel).into_iter().filter(ours).map(own).collect())
    }

    async fn remove(&self, at: &MessageRef) -> Result<(), ChatError> {
        self.state().must_be_open(&at.channel)?;
        if self.message(at).is_none_or(|posted| posted.author.is_some()) {
            return Err(ChatError::Missing { why: "the message is gone".into() });
        }
        self.deletes(at);
        Ok(())
    }

    async fn mark(&self, at: &MessageRef, mark: Mark) -> Result<(), ChatError> {
        let mut state = self.state();
        state.must_be_open(&at.channel)?;
        if state.find(at).is_none() {
            return Err(ChatError::Missing { why: "the message is gone".into() });
        }
        state.change(at, |posted| {
            posted.marks.insert((mark, None));
        });
        self.ring();
        Ok(())
    }

    async fn answer(&self, token: &InteractionToken, reply: &Reply) -> Result<(), ChatError> {
        self.state().answers.push(Answered { interaction: token.id.clone(), reply: reply.clone() });
        Ok(())
    }

    async fn roles_of(&self, _server: &ServerId, account: &AccountId) -> Result<Option<BTreeSet<RoleId>>, ChatError> {
        let state = self.state();
        if state.silent {
            return Err(ChatError::Retry { after: None, why: "nobody answers".into() });
        }
        let there = !state.absent.contains(account);
        Ok(there.then(|| state.roles.get(account).cloned().unwrap_or_default()))
    }
}
