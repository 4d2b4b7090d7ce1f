//! What the adapter asks of the desk while it serves: small questions, each behind a trait of its own.

use crate::domain::{AccountId, ChannelId, Instant, MessageId, MessageRef, ServerId};
use crate::ports::{Clock, Completion, Input, Mark};
use crate::render::commands::CommandTexts;
use crate::render::message::{Action, Form};
use async_trait::async_trait;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Notify, mpsc};

/// What somebody is typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The command's base name.
    pub command: String,
    /// The option's base name.
    pub option: String,
    /// What was typed so far.
    pub typed: String,
    /// Who.
    pub by: AccountId,
    /// In which channel.
    pub channel: ChannelId,
    /// In which server.
    pub server: Option<ServerId>,
    /// The language of the person's client, when known.
    pub locale: Option<String>,
}

/// Completes what somebody is typing. It only reads; an answer that takes longer than two seconds is left out.
#[async_trait]
pub trait Completer: Send + Sync {
    /// At most 25 choices, the best first.
    async fn complete(&self, asked: &Asked) -> Vec<Completion>;
}

/// Gives the form that a button opens. It is built from the button alone, without the database.
pub trait Forms: Send + Sync {
    /// The form, or `None` when the button acts at once.
    fn form(&self, action: &Action, locale: Option<&str>) -> Option<Form>;
}

/// Counts how often Loket signed in today, over restarts: Discord withdraws a token that signs in too often.
#[async_trait]
pub trait IdentifyBudget: Send + Sync {
    /// Counts one more and gives today's count.
    async fn count(&self) -> Result<u64, String>;
}

/// A message whose changes matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedSource {
    /// Where it stands.
    pub at: MessageRef,
    /// When it was last edited, as far as is known.
    pub edited_at: Option<Instant>,
}

/// A card that waits for a reaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedCard {
    /// Where it stands.
    pub at: MessageRef,
    /// The reactions that are known and count; one that is not there any more was taken back.
    pub counted: Vec<(AccountId, Mark)>,
}

/// What must be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Messages of requesters.
    pub sources: Vec<WatchedSource>,
    /// Cards that wait for a decision.
    pub cards: Vec<WatchedCard>,
}

/// What the back-fill reads and how far it came.
#[async_trait]
pub trait Backfill: Send + Sync {
    /// The request channels and the known conversations with one person.
    async fn channels(&self) -> Result<Vec<ChannelId>, String>;

    /// People who may have written in a conversation with Loket alone that it does not know yet.
    async fn people(&self) -> Result<Vec<AccountId>, String> {
        Ok(vec![])
    }

    /// What must be read again.
    async fn watched(&self) -> Result<Watched, String>;

    /// The last message up to which a channel or thread was read.
    async fn reached(&self, channel: &ChannelId) -> Result<Option<MessageId>, String>;

    /// Records it; called when the desk has handled every message up to there.
    async fn set_reached(&self, channel: &ChannelId, message: &MessageId) -> Result<(), String>;

    /// Everything that was missed is handled.
    fn caught_up(&self) {}
}

/// Gives the texts of the commands for a server; `None` for a server without an organisation.
pub trait Commands: Send + Sync {
    /// In the language of the server's organisation.
    fn texts(&self, server: &ServerId) -> Option<CommandTexts>;
}

/// What the adapter asks of the desk.
#[derive(Clone)]
pub struct Hooks {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Completes what is typed.
    pub completer: Arc<dyn Completer>,
    /// Gives forms.
    pub forms: Arc<dyn Forms>,
    /// Counts sign-ins.
    pub identifies: Arc<dyn IdentifyBudget>,
    /// What to read again.
    pub backfill: Arc<dyn Backfill>,
    /// Texts of the commands.
    pub commands: Arc<dyn Commands>,
}

#[derive(Default)]
struct Progress {
    given: AtomicU64,
    done: AtomicU64,
    moved: Notify,
}

/// What happened, in order. Asking for the next says that the one before was handled: only then is the back-fill's mark moved.
pub struct Inputs {
    receiver: mpsc::Receiver<Input>,
    progress: Arc<Progress>,
    open: bool,
}

impl Inputs {
    /// The next input; `None` when the adapter has ended.
    pub async fn recv(&mut self) -> Option<Input> {
        if std::mem::take(&mut self.open) {
            self.progress.done.fetch_add(1, Ordering::AcqRel);
            self.progress.moved.notify_waiters();
        }
        let input = self.receiver.recv().await;
        self.open = input.is_some();
        input
    }
}

/// Where the parts of the adapter put what they saw.
#[derive(Clone)]
pub(super) struct Outlet {
    sender: mpsc::Sender<Input>,
    progress: Arc<Progress>,
}

/// The desk has gone away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DeskGone;

/// A queue of that many inputs to the desk.
pub(super) fn to_the_desk(most: usize) -> (Outlet, Inputs) {
    let (sender, receiver) = mpsc::channel(most);
    let progress = Arc::new(Progress::default());
    (Outlet { sender, progress: Arc::clone(&progress) }, Inputs { receiver, progress, open: false })
}

impl Outlet {
    /// Puts one in when there is room.
    pub(super) async fn put(&self, input: Input) -> Result<(), DeskGone> {
        let place = self.sender.reserve().await.map_err(|_| DeskGone)?;
        self.progress.given.fetch_add(1, Ordering::AcqRel);
        place.send(input);
        Ok(())
    }

    /// Waits until the desk has handled all that was put in before.
    pub(super) async fn handled(&self) -> Result<(), DeskGone> {
        let until = self.progress.given.load(Ordering::Acquire);
        loop {
            let moved = self.progress.moved.notified();
            tokio::pin!(moved);
            moved.as_mut().enable();
            if self.progress.done.load(Ordering::Acquire) >= until {
                return Ok(());
            }
            tokio::select! {
                () = moved => {}
                () = self.sender.closed() => return Err(DeskGone),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::discord::wire;
    use futures::FutureExt;

    fn deleted(id: u64) -> Input {
        Input::Deleted { at: wire::place(1, id) }
    }

    #[tokio::test]
    async fn the_mark_waits_for_the_desk_to_ask_for_the_next() {
        let (outlet, mut inputs) = to_the_desk(8);
        outlet.put(deleted(1)).await.unwrap();
        outlet.put(deleted(2)).await.unwrap();
        let waiting = outlet.handled();
        tokio::pin!(waiting);
        assert!(waiting.as_mut().now_or_never().is_none());
        inputs.recv().await.unwrap();
        inputs.recv().await.unwrap();
        assert!(waiting.as_mut().now_or_never().is_none(), "the second is taken, not handled");
        assert!(Box::pin(inputs.recv()).now_or_never().is_none());
        assert_eq!(waiting.as_mut().now_or_never(), Some(Ok(())));
        drop(inputs);
        assert_eq!(outlet.put(deleted(3)).await, Err(DeskGone));
    }
}
