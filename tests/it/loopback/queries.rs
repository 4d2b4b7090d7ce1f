//! What a test may ask, and how it waits: woken by each change, never by the passing of time.

use std::time::Duration;

use super::Discord;
use super::interactions::{Answers, Handle};
use super::state::{Call, Channel, Id, Kind, Message};
use super::world::World;

impl World {
    /// The thread under a message.
    pub fn thread_of(&self, message: Id) -> Option<Id> {
        self.channels.get(&message).filter(|c| c.kind.is_thread()).map(|c| c.id)
    }

    /// All threads of a channel, oldest first.
    pub fn threads(&self, channel: Id) -> Vec<&Channel> {
        self.channels.values().filter(|c| c.parent == Some(channel)).collect()
    }

    /// The bot's conversation with a person alone, when there is one.
    pub fn direct_of(&self, who: Id) -> Option<Id> {
        self.channels.values().find(|c| c.kind == Kind::Direct && c.people.contains(&who)).map(|c| c.id)
    }

    /// Who put an emoji on a message.
    pub fn reactors(&self, message: Id, emoji: &str) -> Vec<Id> {
        let found = self.messages.get(&message).and_then(|m| m.reactions.iter().find(|r| r.emoji == emoji));
        found.map(|r| r.users.clone()).unwrap_or_default()
    }

    /// What the bot said in a channel, oldest first.
    pub fn own_talk(&self, channel: Id) -> Vec<&Message> {
        self.talk(channel).into_iter().filter(|m| m.author == self.bot).collect()
    }
}

impl Discord {
    pub fn messages(&self, channel: Id) -> Vec<Message> {
        self.read(|world| world.talk(channel).into_iter().cloned().collect())
    }

    /// What the bot said in a channel, oldest first.
    pub fn own_messages(&self, channel: Id) -> Vec<Message> {
        self.read(|world| world.own_talk(channel).into_iter().cloned().collect())
    }

    /// A message, also a deleted one.
    pub fn message(&self, id: Id) -> Message {
        self.read(|world| world.message(id).clone())
    }

    pub fn is_deleted(&self, id: Id) -> bool {
        self.read(|world| world.deleted.contains_key(&id))
    }

    pub fn thread_of(&self, message: Id) -> Option<Id> {
        self.read(|world| world.thread_of(message))
    }

    pub fn threads(&self, channel: Id) -> Vec<Channel> {
        self.read(|world| world.threads(channel).into_iter().cloned().collect())
    }

    pub fn direct_of(&self, who: Id) -> Option<Id> {
        self.read(|world| world.direct_of(who))
    }

    pub fn reactors(&self, message: Id, emoji: &str) -> Vec<Id> {
        self.read(|world| world.reactors(message, emoji))
    }

    pub fn answers(&self, handle: Handle) -> Answers {
        self.read(|world| world.answers(handle))
    }

    /// The bot's account.
    pub fn bot(&self) -> Id {
        self.read(|world| world.bot)
    }

    /// Calls the bot made, by a pattern such as `POST /channels/*/messages`.
    pub fn calls(&self, pattern: &str) -> Vec<Call> {
        self.read(|world| world.calls_to(pattern).into_iter().cloned().collect())
    }

    /// The most calls that were open at once on a channel, reading aside.
    pub fn most_in_flight(&self, channel: Id) -> usize {
        self.read(|world| world.flight.most.get(&channel).copied().unwrap_or(0))
    }

    pub fn violations(&self) -> Vec<String> {
        self.read(|world| world.violations.clone())
    }

    /// The end of a story: nothing was sent that Discord would refuse, and no limit was hit.
    pub fn assert_clean(&self) {
        self.read(|world| {
            assert!(world.doubts.is_empty(), "the fake is not like Discord:\n{}", world.doubts.join("\n"));
            assert!(world.violations.is_empty(), "Discord would refuse:\n{}", world.violations.join("\n"));
            assert_eq!(world.limits.too_many, 0, "calls answered 429");
        });
    }

    /// How long waiting may take before the test fails.
    pub fn set_patience(&self, patience: Duration) {
        *self.inner.patience.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = patience;
    }

    /// Waits until the world shows something, and returns it.
    pub async fn wait_for<T>(&self, what: &str, mut look: impl FnMut(&World) -> Option<T>) -> T {
        let patience = *self.inner.patience.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut changed = self.inner.changed.subscribe();
        let search = async {
            loop {
                changed.borrow_and_update();
                if let Some(found) = self.read(&mut look) {
                    return found;
                }
                // The sender lives in `self`, so this cannot fail.
                let _ = changed.changed().await;
            }
        };
        match tokio::time::timeout(patience, search).await {
            Ok(found) => found,
            Err(_) => panic!("waited {patience:?} in vain for {what}\n{}", self.read(report)),
        }
    }

    pub async fn wait_until(&self, what: &str, mut look: impl FnMut(&World) -> bool) {
        self.wait_for(what, |world| look(world).then_some(())).await;
    }

    /// Until a bot is connected and past its READY or RESUMED.
    pub async fn online(&self) {
        self.wait_until("the bot to be online", |world| world.gateway.online() > 0).await;
    }

    /// Until nobody is connected any more.
    pub async fn offline(&self) {
        self.wait_until("the bot to be offline", |world| world.gateway.connections.is_empty()).await;
    }

    /// Until the bot said something in a channel that contains these words; returns the message.
    pub async fn hears(&self, channel: Id, words: &str) -> Message {
        let said =
            |world: &World| world.own_talk(channel).into_iter().rev().find(|m| m.text().contains(words)).cloned();
        self.wait_for(&format!("{words:?} in channel {channel}"), said).await
    }

    /// Until an interaction shows the person something.
    pub async fn answered(&self, handle: Handle) -> Answers {
        let settled = |world: &World| Some(world.answers(handle)).filter(Answers::is_settled);
        self.wait_for("an answer to the interaction", settled).await
    }
}

/// What helps to see why a wait was in vain.
fn report(world: &World) -> String {
    let mut lines = vec![format!(
        "gateway: {} connected, {} identifies, {} resumes; {} calls; last events: {:?}",
        world.gateway.online(),
        world.gateway.identifies,
        world.gateway.resumes,
        world.calls.len(),
        world.gateway.happened.iter().rev().take(5).collect::<Vec<_>>(),
    )];
    for call in world.calls.iter().rev().take(15).rev() {
        lines.push(format!("  {} {} -> {:?}", call.method, call.path, call.status));
    }
    for channel in world.channels.values() {
        for message in world.talk(channel.id).iter().rev().take(5).rev() {
            let text: String = message.text().chars().take(200).collect();
            lines.push(format!("  [{} {}] {}: {text}", channel.id, channel.name, message.author));
        }
    }
    lines.extend(world.violations.iter().map(|v| format!("  would be refused: {v}")));
    lines.join("\n")
}
