//! The local platform as people use it: what they write, mark, pick and see.

use super::keep::{Ledger, Line};
use super::state::{Observer, Posted, Private, State, Thread, number_of};
use crate::domain::{AccountId, ChannelId, MessageId, MessageRef, RoleId, ServerId};
use crate::ports::{Attached, Clock, Heard, InteractionToken, Mark, Reply};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The chat platform in memory. Cheap to clone; all clones share one state.
#[derive(Clone)]
pub struct LocalChat {
    state: Arc<Mutex<State>>,
    pub(super) clock: Arc<dyn Clock>,
    bell: Bell,
}

/// Counts what changed, for those who show it.
pub(super) type Bell = Arc<watch::Sender<u64>>;

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

    /// What stands there, locked.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
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
        let mut state = self.state();
        state.gone.remove(channel);
        state.refusing.remove(channel);
    }

    /// A channel takes nothing for being malformed, until it is opened again.
    pub fn refuses(&self, channel: &ChannelId) {
        self.state().refusing.insert(channel.clone());
    }

    /// The next post in a channel is not taken, for the platform is busy.
    pub fn puts_off(&self, channel: &ChannelId) {
        self.state().putting_off.insert(channel.clone());
    }

    /// The next post in a channel stands, but nobody hears of it.
    pub fn loses_answer(&self, channel: &ChannelId) {
        self.state().losing.insert(channel.clone());
    }

    /// A person leaves the server.
    pub fn leaves(&self, account: &AccountId) {
        self.state().absent.insert(account.clone());
    }

    /// A person gets a role, or loses it.
    pub fn has_role(&self, account: &AccountId, role: &RoleId, has: bool) {
        let mut state = self.state();
        let roles = state.roles.entry(account.clone()).or_default();
        if has {
            roles.insert(role.clone());
        } else {
            roles.remove(role);
        }
    }

    /// Nobody says any more who has which roles, or somebody does again.
    pub fn keeps_roles_to_itself(&self, silent: bool) {
        self.state().silent = silent;
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
        let (id, size) = (format!("local:file-{}", self.draws()), bytes.len() as u64);
        self.state().files.insert(id.clone(), bytes);
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

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
