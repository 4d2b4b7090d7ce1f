//! The state of the local chat and its two sides: what people do, and what Loket does through the port.

use super::keep::{Ledger, Line};
use crate::domain::{AccountId, ChannelId, Instant, MessageId, MessageRef, ServerId};
use crate::ports::{Attached, Chat, ChatError, Clock, Heard, InteractionToken, Mark, OwnPost, PostKey, Reply};
use crate::render::message::Message;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The chat platform in memory. Cheap to clone; all clones share one state.
#[derive(Clone)]
pub struct LocalChat {
    state: Arc<Mutex<State>>,
    clock: Arc<dyn Clock>,
    bell: Bell,
}

/// Counts what changed, for those who show it.
pub(super) type Bell = Arc<watch::Sender<u64>>;

/// What an observer is told of Loket's side, for showing it as it happens.
pub type Observer = Box<dyn Fn(&Posted, bool) + Send + Sync>;

#[derive(Default)]
struct State {
    next: u64,
    messages: BTreeMap<u64, Posted>,
    threads: BTreeMap<String, Thread>,
    private: BTreeMap<ChannelId, Private>,
    keys: BTreeMap<String, MessageRef>,
    answers: Vec<Answered>,
    gone: BTreeSet<ChannelId>,
    losing: BTreeSet<ChannelId>,
    absent: BTreeSet<AccountId>,
    observer: Option<Observer>,
    files: BTreeMap<String, Vec<u8>>,
    ledger: Arc<Ledger>,
}

/// A thread under a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The message.
    pub under: MessageRef,
    /// The thread itself.
    pub channel: ChannelId,
    /// What it is called.
    pub name: String,
}

/// A thread that one person sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private {
    /// The thread itself.
    pub channel: ChannelId,
    /// The channel in which it was opened.
    pub parent: ChannelId,
    /// Who sees it.
    pub with: AccountId,
    /// What it is called.
    pub name: String,
}

/// A message that stands in a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Photos and files that hang at it.
    #[serde(default)]
    pub attachments: Vec<Attached>,
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
        Self { state: Arc::default(), clock, bell: Arc::default() }
    }

    /// A platform that goes on from what was kept, and keeps what changes.
    pub(super) fn kept(clock: Arc<dyn Clock>, lines: &[Line], ledger: Arc<Ledger>) -> Self {
        let chat = Self::new(clock);
        let mut state = chat.state();
        lines.iter().for_each(|line| state.reads(line));
        state.ledger = ledger;
        drop(state);
        chat
    }

    /// Counts up whenever something changed.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    /// The bell that rings then.
    pub(super) fn bell(&self) -> Bell {
        Arc::clone(&self.bell)
    }

    /// The number of the newest thing on the platform.
    pub fn newest(&self) -> u64 {
        self.state().next
    }

    /// Tells somebody of everything that Loket posts (`false`) or edits (`true`).
    pub fn observe(&self, observer: Observer) {
        self.state().observer = Some(observer);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that something changed.
    pub(super) fn ring(&self) {
        self.bell.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// A person writes. Gives what the desk hears.
    pub fn says(&self, author: &AccountId, channel: &ChannelId, text: &str) -> Heard {
        self.says_with(author, channel, text, None, &[])
    }

    /// A person answers a message. Gives what the desk hears.
    pub fn replies(&self, author: &AccountId, to: &MessageRef, text: &str) -> Heard {
        self.says_with(author, &to.channel, text, Some(to.message.clone()), &[])
    }

    /// A person writes, perhaps in answer to a message and with files. Gives what the desk hears.
    pub fn says_with(
        &self,
        author: &AccountId,
        channel: &ChannelId,
        text: &str,
        reply_to: Option<MessageId>,
        attachments: &[Attached],
    ) -> Heard {
        let (now, attachments) = (self.clock.now(), attachments.to_vec());
        let at = {
            let mut state = self.state();
            let at = state.place(channel, Some(author), text, None, reply_to.clone(), now);
            state.change(&at, |posted| posted.attachments.clone_from(&attachments));
            at
        };
        self.ring();
        Heard { reply_to, attachments, ..self.heard(author, &at, text) }
    }

    /// A person's message as the desk would hear it now; `None` for one of Loket's, or one that is gone.
    pub fn heard_at(&self, at: &MessageRef) -> Option<Heard> {
        let posted = self.message(at)?;
        let author = posted.author.as_ref()?;
        Some(Heard {
            reply_to: posted.reply_to.clone(),
            attachments: posted.attachments.clone(),
            written_at: posted.posted_at,
            ..self.heard(author, at, &posted.text)
        })
    }

    /// A person changes the words of a message. Gives what the desk hears.
    pub fn edits(&self, heard: &Heard, text: &str) -> Heard {
        self.state().change(&heard.at, |posted| {
            text.clone_into(&mut posted.text);
            posted.edits += 1;
        });
        self.ring();
        Heard { text: text.to_owned(), edited_at: Some(self.clock.now()), ..heard.clone() }
    }

    /// A message is removed.
    pub fn deletes(&self, at: &MessageRef) {
        let mut state = self.state();
        let gone: Vec<u64> =
            state.messages.iter().filter(|(_, one)| one.at == *at).map(|(number, _)| *number).collect();
        for number in gone {
            state.messages.remove(&number);
            state.ledger.add(&Line::Gone(number));
        }
        drop(state);
        self.ring();
    }

    /// A person places or removes a mark.
    pub fn marks(&self, by: &AccountId, at: &MessageRef, mark: Mark, placed: bool) {
        let entry = (mark, Some(by.clone()));
        self.state().change(at, |posted| {
            if placed {
                posted.marks.insert(entry);
            } else {
                posted.marks.remove(&entry);
            }
        });
        self.ring();
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
        self.state().threads.get(under.message.as_str()).map(|thread| thread.channel.clone())
    }

    /// The threads that were opened under messages of a channel, oldest first.
    pub fn threads_in(&self, channel: &ChannelId) -> Vec<Thread> {
        let state = self.state();
        let mut threads: Vec<Thread> =
            state.threads.values().filter(|thread| thread.under.channel == *channel).cloned().collect();
        threads.sort_by_key(|thread| number_of(&thread.under.message));
        threads
    }

    /// The channel to which a thread belongs.
    pub fn parent(&self, channel: &ChannelId) -> Option<ChannelId> {
        self.state().parent_of(channel)
    }

    /// Whether only one person sees a thread.
    pub fn is_private(&self, channel: &ChannelId) -> bool {
        self.state().private.contains_key(channel)
    }

    /// The threads that only one person sees.
    pub fn private_of(&self, account: &AccountId) -> Vec<Private> {
        self.state().private.values().filter(|private| private.with == *account).cloned().collect()
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

    /// What is in a file that a person picked.
    pub fn picked(&self, id: &str) -> Option<Vec<u8>> {
        self.state().files.get(id).cloned()
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
        InteractionToken { id: format!("local-{}", self.draws()), token: String::new(), at: self.clock.now() }
    }

    /// A number that nothing else on the platform has, higher than all before it.
    pub(super) fn draws(&self) -> u64 {
        let mut state = self.state();
        state.next += 1;
        state.ledger.add(&Line::Number(state.next));
        state.next
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

/// The number in a message's identity: it counts up over the whole platform.
pub(super) fn number_of(message: &MessageId) -> u64 {
    message.as_str().rsplit(':').next().and_then(|number| number.parse().ok()).unwrap_or_default()
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
            attachments: Vec::new(),
        };
        self.ledger.add(&Line::Message(self.next, Box::new(posted.clone())));
        self.messages.insert(self.next, posted);
        at
    }

    /// Changes a message that is there.
    fn change(&mut self, at: &MessageRef, how: impl FnOnce(&mut Posted)) {
        let Some((number, posted)) = self.messages.iter_mut().find(|(_, posted)| posted.at == *at) else { return };
        let before = posted.clone();
        how(posted);
        if *posted != before {
            self.ledger.add(&Line::Message(*number, Box::new(posted.clone())));
        }
    }

    /// Takes over what was kept.
    fn reads(&mut self, line: &Line) {
        match line {
            Line::Message(number, posted) => {
                self.next = self.next.max(*number);
                self.messages.insert(*number, (**posted).clone());
            }
            Line::Gone(number) => drop(self.messages.remove(number)),
            Line::Thread(thread) => {
                self.threads.insert(thread.under.message.0.clone(), thread.clone());
            }
            Line::Private(private) => drop(self.private.insert(private.channel.clone(), private.clone())),
            Line::Key(key, at) => drop(self.keys.insert(key.clone(), at.clone())),
            Line::Number(number) => self.next = self.next.max(*number),
            Line::Clock(_) | Line::Order(_) | Line::Said(_) | Line::Written(_) => {}
        }
    }

    fn find(&mut self, at: &MessageRef) -> Option<&mut Posted> {
        self.messages.values_mut().find(|posted| posted.at == *at)
    }

    fn parent_of(&self, channel: &ChannelId) -> Option<ChannelId> {
        let public = self.threads.values().find(|thread| thread.channel == *channel);
        let private = || self.private.get(channel).map(|private| private.parent.clone());
        public.map(|thread| thread.under.channel.clone()).or_else(private)
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
