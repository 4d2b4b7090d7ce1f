//! The state of the local chat and its two sides: what people do, and what Loket does through the port.

use crate::domain::{AccountId, ChannelId, Instant, MessageId, MessageRef, ServerId};
use crate::ports::{Attached, Chat, ChatError, Clock, Heard, InteractionToken, Mark, PostKey, Reply};
use crate::render::message::Message;
use async_trait::async_trait;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The chat platform in memory. Cheap to clone; all clones share one state.
#[derive(Clone)]
pub struct LocalChat {
    state: Arc<Mutex<State>>,
    clock: Arc<dyn Clock>,
}

/// What an observer is told of Loket's side, for showing it as it happens.
pub type Observer = Box<dyn Fn(&Posted, bool) + Send + Sync>;

#[derive(Default)]
struct State {
    next: u64,
    messages: BTreeMap<u64, Posted>,
    threads: BTreeMap<String, ChannelId>,
    keys: BTreeMap<String, MessageRef>,
    answers: Vec<Answered>,
    gone: BTreeSet<ChannelId>,
    losing: BTreeSet<ChannelId>,
    absent: BTreeSet<AccountId>,
    observer: Option<Observer>,
    files: BTreeMap<String, Vec<u8>>,
}

/// A message that stands in a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Where.
    pub at: MessageRef,
    /// Who wrote it; `None` for Loket.
    pub author: Option<AccountId>,
    /// What a person wrote, or the plain form of what Loket shows.
    pub text: String,
    /// What Loket shows.
    pub message: Option<Message>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// When it was posted.
    pub posted_at: Instant,
    /// Who placed which mark; `None` for Loket itself.
    pub marks: BTreeSet<(Mark, Option<AccountId>)>,
    /// How often it was edited.
    pub edits: u32,
}

/// An answer to an interaction, seen by one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The interaction.
    pub interaction: String,
    /// What was shown.
    pub reply: Reply,
}

impl LocalChat {
    /// An empty platform under that clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { state: Arc::default(), clock }
    }

    /// Tells somebody of everything that Loket posts (`false`) or edits (`true`).
    pub fn observe(&self, observer: Observer) {
        self.state().observer = Some(observer);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A person writes. Gives what the desk hears.
    pub fn says(&self, author: &AccountId, channel: &ChannelId, text: &str) -> Heard {
        let at = self.state().place(channel, Some(author), text, None, None, self.clock.now());
        self.heard(author, &at, text)
    }

    /// A person answers a message. Gives what the desk hears.
    pub fn replies(&self, author: &AccountId, to: &MessageRef, text: &str) -> Heard {
        let reply_to = Some(to.message.clone());
        let at = self.state().place(&to.channel, Some(author), text, None, reply_to.clone(), self.clock.now());
        Heard { reply_to, ..self.heard(author, &at, text) }
    }

    /// A person changes the words of a message. Gives what the desk hears.
    pub fn edits(&self, heard: &Heard, text: &str) -> Heard {
        if let Some(posted) = self.state().find(&heard.at) {
            text.clone_into(&mut posted.text);
            posted.edits += 1;
        }
        Heard { text: text.to_owned(), edited_at: Some(self.clock.now()), ..heard.clone() }
    }

    /// A message is removed.
    pub fn deletes(&self, at: &MessageRef) {
        self.state().messages.retain(|_, posted| posted.at != *at);
    }

    /// A person places or removes a mark.
    pub fn marks(&self, by: &AccountId, at: &MessageRef, mark: Mark, placed: bool) {
        if let Some(posted) = self.state().find(at) {
            let entry = (mark, Some(by.clone()));
            if placed {
                posted.marks.insert(entry)
            } else {
                posted.marks.remove(&entry)
            };
        }
    }

    /// Closes a channel to Loket, as a revoked permission does.
    pub fn closes(&self, channel: &ChannelId) {
        self.state().gone.insert(channel.clone());
    }

    /// Opens a channel to Loket again.
    pub fn opens(&self, channel: &ChannelId) {
        self.state().gone.remove(channel);
    }

    /// The next post in a channel stands, but nobody hears of it.
    pub fn loses_answer(&self, channel: &ChannelId) {
        self.state().losing.insert(channel.clone());
    }

    /// A person leaves the server.
    pub fn leaves(&self, account: &AccountId) {
        self.state().absent.insert(account.clone());
    }

    /// Everything that stands in a channel, oldest first.
    pub fn messages(&self, channel: &ChannelId) -> Vec<Posted> {
        self.state().messages.values().filter(|posted| posted.at.channel == *channel).cloned().collect()
    }

    /// Everything that stands anywhere, oldest first.
    pub fn everything(&self) -> Vec<Posted> {
        self.state().messages.values().cloned().collect()
    }

    /// The thread under a message.
    pub fn thread_of(&self, under: &MessageRef) -> Option<ChannelId> {
        self.state().threads.get(under.message.as_str()).cloned()
    }

    /// The message at a place.
    pub fn message(&self, at: &MessageRef) -> Option<Posted> {
        self.state().find(at).cloned()
    }

    /// What was answered to an interaction.
    pub fn answers(&self, interaction: &str) -> Vec<Reply> {
        let state = self.state();
        state
            .answers
            .iter()
            .filter(|answer| answer.interaction == interaction)
            .map(|answer| answer.reply.clone())
            .collect()
    }

    /// A person picks a file to attach.
    pub fn picks(&self, name: &str, bytes: Vec<u8>) -> Attached {
        let mut state = self.state();
        state.next += 1;
        let id = format!("local:file-{}", state.next);
        let size = bytes.len() as u64;
        state.files.insert(id.clone(), bytes);
        Attached { url: format!("local://{id}"), id, name: name.to_owned(), size, media_type: None }
    }

    /// A fresh interaction of a person.
    pub fn interaction(&self) -> InteractionToken {
        let mut state = self.state();
        state.next += 1;
        InteractionToken { id: format!("local-{}", state.next), token: String::new(), at: self.clock.now() }
    }

    fn heard(&self, author: &AccountId, at: &MessageRef, text: &str) -> Heard {
        let direct = at.channel.as_str().starts_with("local:dm-");
        let parent = self.state().parent_of(&at.channel);
        Heard {
            at: at.clone(),
            parent,
            server: (!direct).then(|| ServerId::new("local:server")),
            author: author.clone(),
            author_name: capitalised(author.as_str().rsplit(':').next().unwrap_or_default()),
            text: text.to_owned(),
            mentions_us: text.to_lowercase().contains("@loket"),
            reply_to: None,
            attachments: Vec::<Attached>::new(),
            written_at: self.clock.now(),
            edited_at: None,
        }
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

impl State {
    fn place(
        &mut self,
        channel: &ChannelId,
        author: Option<&AccountId>,
        text: &str,
        message: Option<Message>,
        reply_to: Option<MessageId>,
        posted_at: Instant,
    ) -> MessageRef {
        self.next += 1;
        let at = MessageRef { channel: channel.clone(), message: MessageId(format!("local:{}", self.next)) };
        let posted = Posted {
            at: at.clone(),
            author: author.cloned(),
            text: text.to_owned(),
            message,
            reply_to,
            posted_at,
            marks: BTreeSet::new(),
            edits: 0,
        };
        self.messages.insert(self.next, posted);
        at
    }

    fn find(&mut self, at: &MessageRef) -> Option<&mut Posted> {
        self.messages.values_mut().find(|posted| posted.at == *at)
    }

    fn parent_of(&self, channel: &ChannelId) -> Option<ChannelId> {
        let under = self.threads.iter().find(|(_, thread)| *thread == channel).map(|(under, _)| under)?;
        self.messages
            .values()
            .find(|posted| posted.at.message.as_str() == under)
            .map(|posted| posted.at.channel.clone())
    }

    fn must_be_open(&self, channel: &ChannelId) -> Result<(), ChatError> {
        if self.gone.contains(channel) {
            return Err(ChatError::Gone { why: format!("channel {channel} is closed to us") });
        }
        Ok(())
    }
}

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

    async fn open_thread(&self, under: &MessageRef, _name: &str) -> Result<ChannelId, ChatError> {
        let mut state = self.state();
        state.must_be_open(&under.channel)?;
        if state.find(under).is_none() {
            return Err(ChatError::Missing { why: "the message is gone".into() });
        }
        let thread = ChannelId(format!("{}#{}", under.channel, under.message.as_str().trim_start_matches("local:")));
        Ok(state.threads.entry(under.message.0.clone()).or_insert(thread).clone())
    }

    async fn open_private(&self, channel: &ChannelId, name: &str, with: &AccountId) -> Result<ChannelId, ChatError> {
        self.state().must_be_open(channel)?;
        Ok(ChannelId(format!("{channel}#private-{with}-{name}")))
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
        if let Some(known) = state.keys.get(&key.0) {
            return Ok(known.clone());
        }
        let reply_to = reply_to.map(|at| at.message.clone());
        let at = state.place(to, None, &plain(message), Some(message.clone()), reply_to, now);
        state.keys.insert(key.0.clone(), at.clone());
        state.tell(&at, false);
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
        posted.text = plain(message);
        posted.message = Some(message.clone());
        posted.edits += 1;
        state.tell(at, true);
        Ok(())
    }

    async fn mark(&self, at: &MessageRef, mark: Mark) -> Result<(), ChatError> {
        let mut state = self.state();
        state.must_be_open(&at.channel)?;
        match state.find(at) {
            Some(posted) => {
                posted.marks.insert((mark, None));
                Ok(())
            }
            None => Err(ChatError::Missing { why: "the message is gone".into() }),
        }
    }

    async fn answer(&self, token: &InteractionToken, reply: &Reply) -> Result<(), ChatError> {
        self.state().answers.push(Answered { interaction: token.id.clone(), reply: reply.clone() });
        Ok(())
    }

    async fn is_member(&self, _server: &ServerId, account: &AccountId) -> Result<bool, ChatError> {
        Ok(!self.state().absent.contains(account))
    }
}

impl State {
    fn tell(&mut self, at: &MessageRef, edited: bool) {
        let Some(posted) = self.find(at).cloned() else { return };
        if let Some(observer) = &self.observer {
            observer(&posted, edited);
        }
    }
}
