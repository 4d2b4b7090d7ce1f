//! The harness: a small world of colleagues, a desk over a real SQLite file, a provider that obeys the test, and a clock that
//! stands still. Stories use its verbs and look at what stands in the channels. At the end of a story it checks that nothing
//! was left undone.

use crate::introductions::is_introduction;
use async_trait::async_trait;
use chrono::{Duration, NaiveDate};
use loket::adapters::clock::{ManualClock, SystemEntropy};
use loket::adapters::local::{LocalChat, Posted};
use loket::adapters::store;
use loket::config::{self, Folder};
use loket::desk::house::{Letterbox, PageLinks};
use loket::desk::{Desk, House};
use loket::domain::approval::Require;
use loket::domain::calendar::instant_of;
use loket::domain::mail::Mail;
use loket::domain::provider::News;
use loket::domain::register::{Mode, Register};
use loket::domain::request::{Request, Stage, fold};
use loket::domain::{AccountId, ChannelId, MessageRef, Number, OrganisationId, ProviderCode, RequestId, Trouble};
use loket::ports::{
    Batch, Bulletin, Certainty, Chat, Checkup, Clock, CommandCall, Handover, Heard, Input, Letter, Mailbox, Mailer,
    Mark, OpenFilter, Pressed, Provider, ProviderError, Reacted, Receipt, Reply, SecondOpinion, Store, Ticket,
};
use loket::render::Words;
use loket::render::message::{Action, Message};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// The organisation of the stories.
pub const LINDE: &str = "linde";

/// A provider that keeps what it is told and does what the test planned.
#[derive(Default)]
pub struct FakeProvider {
    /// What arrived, by reference: how often, and the last text.
    pub received: Mutex<BTreeMap<String, (u32, Handover)>>,
    planned: Mutex<VecDeque<Planned>>,
    certainty: Mutex<Option<Certainty>>,
    bell: Mutex<Option<Arc<Notify>>>,
    /// Everything that its system has ever said, in order.
    said: Mutex<Vec<News>>,
    /// What it makes of an order besides the first: a second ticket.
    doubled: Mutex<bool>,
}

/// How the provider answers one call.
#[derive(Clone, Debug)]
pub enum Planned {
    /// Takes it.
    Accept,
    /// Refuses it for good.
    Reject(&'static str),
    /// Cannot be reached.
    Unreachable,
    /// Takes it, and the answer is lost.
    LoseAnswer,
    /// Does not take it, and no answer comes.
    LoseCall,
}

impl Planned {
    fn result(&self) -> Result<(), ProviderError> {
        match self {
            Self::Accept => Ok(()),
            Self::Reject(why) => Err(ProviderError::Rejected { why: Trouble::Told { said: (*why).into() } }),
            Self::Unreachable => Err(ProviderError::Retry {
                after: None,
                why: Trouble::MailSilence { server: "mail.example:587".into() },
            }),
            Self::LoseAnswer => {
                Err(ProviderError::Unknown { why: Trouble::Told { said: "the answer was lost".into() } })
            }
            Self::LoseCall => Err(ProviderError::Unknown { why: Trouble::Told { said: "no answer".into() } }),
        }
    }
}

impl FakeProvider {
    /// The answers to the next calls, in order; afterwards everything is accepted.
    pub fn plans(&self, plans: impl IntoIterator<Item = Planned>) {
        self.planned.lock().unwrap().extend(plans);
    }

    /// So many planned answers are left.
    pub fn left(&self) -> usize {
        self.planned.lock().unwrap().len()
    }

    /// It takes everything again.
    pub fn answers_again(&self) {
        self.planned.lock().unwrap().clear();
    }

    /// How far a repeat is safe from now on.
    pub fn is(&self, certainty: Certainty) {
        *self.certainty.lock().unwrap() = Some(certainty);
    }

    /// Its system says something from now on.
    pub fn says(&self, news: News) {
        self.said.lock().unwrap().push(news);
    }

    /// It has every order twice from now on.
    pub fn doubles(&self) {
        *self.doubled.lock().unwrap() = true;
    }

    /// Rings when something arrives.
    pub fn rings(&self) -> Arc<Notify> {
        let bell = Arc::new(Notify::new());
        *self.bell.lock().unwrap() = Some(Arc::clone(&bell));
        bell
    }

    /// The orders that arrived, without what was told about them later.
    pub fn orders(&self) -> Vec<Handover> {
        let received = self.received.lock().unwrap();
        received.values().filter(|(_, told)| told.order == told.reference).map(|(_, told)| told.clone()).collect()
    }

    /// What was told about orders later.
    pub fn tellings(&self) -> Vec<(u32, Handover)> {
        let received = self.received.lock().unwrap();
        received.values().filter(|(_, told)| told.order != told.reference).cloned().collect()
    }

    /// How often the same order arrived, at most.
    pub fn most_often(&self) -> u32 {
        self.received.lock().unwrap().values().map(|(times, _)| *times).max().unwrap_or_default()
    }

    fn take(&self, handover: &Handover) {
        let mut received = self.received.lock().unwrap();
        let entry = received.entry(handover.reference.clone()).or_insert_with(|| (0, handover.clone()));
        entry.0 += 1;
        entry.1 = handover.clone();
        if let Some(bell) = self.bell.lock().unwrap().as_ref() {
            bell.notify_one();
        }
    }
}

#[async_trait]
impl Provider for FakeProvider {
    fn certainty(&self) -> Certainty {
        self.certainty.lock().unwrap().unwrap_or(Certainty::Searchable)
    }

    async fn submit(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let plan = self.planned.lock().unwrap().pop_front().unwrap_or(Planned::Accept);
        if matches!(plan, Planned::Accept | Planned::LoseAnswer) {
            self.take(handover);
        }
        plan.result().map(|()| Receipt::default())
    }

    async fn find(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        // Nobody can look into a mailbox of somebody else's.
        if self.certainty() == Certainty::Blind {
            return Ok(vec![]);
        }
        let twice = usize::from(*self.doubled.lock().unwrap()) + 1;
        let found = self.received.lock().unwrap().get(&handover.reference).map(|_| Receipt::default());
        let numbered = |found: Receipt| {
            (1..=twice).map(move |n| Receipt { number: (twice > 1).then(|| format!("F-{n}")), ..found.clone() })
        };
        Ok(found.into_iter().flat_map(numbered).collect())
    }

    fn tells(&self) -> bool {
        true
    }

    /// The mark is how much was said before; it says the last one again, as some systems do.
    async fn news(&self, mark: Option<&str>, open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        let said = self.said.lock().unwrap();
        let before: usize = mark.map_or(0, |mark| mark.parse().unwrap());
        let known = |news: &News| open.iter().any(|ticket| Some(&ticket.number) == news.number.as_ref());
        let news = said.iter().skip(before.saturating_sub(1));
        let news = news.filter(|news| news.reference.is_some() || known(news)).cloned().collect();
        Ok(Bulletin { news, mark: Some(said.len().to_string()) })
    }
}

/// A mailbox that keeps what comes in.
#[derive(Default)]
pub struct FakeMailbox(Mutex<Vec<Mail>>);

impl FakeMailbox {
    /// A mail arrives.
    pub fn receives(&self, mail: Mail) {
        let mut mails = self.0.lock().unwrap();
        let key = format!("loket@mail.example/INBOX/1:{}", mails.len() + 1);
        mails.push(Mail { key, ..mail });
    }
}

#[async_trait]
impl Mailbox for FakeMailbox {
    fn name(&self) -> &str {
        "loket@mail.example/INBOX"
    }

    async fn after(&self, mark: Option<&str>, limit: u32) -> Result<Batch, ProviderError> {
        let mails = self.0.lock().unwrap();
        let from: usize = mark.map_or(0, |mark| mark.parse().unwrap());
        let upto = mails.len().min(from + limit as usize);
        let found = (from..upto).map(|at| (mails[at].clone(), (at + 1).to_string())).collect();
        Ok(Batch { mails: found, mark: Some(upto.to_string()), more: upto < mails.len() })
    }
}

/// A mailbox that keeps what is sent.
#[derive(Default)]
pub struct FakeMailer {
    /// The letters, oldest first.
    pub letters: Mutex<Vec<Letter>>,
    /// How often the post office was called on, taken or not.
    pub tried: Mutex<u32>,
    planned: Mutex<VecDeque<Planned>>,
}

impl FakeMailer {
    /// The answers to the next letters, in order; afterwards every letter is taken.
    pub fn plans(&self, plans: impl IntoIterator<Item = Planned>) {
        self.planned.lock().unwrap().extend(plans);
    }
}

#[async_trait]
impl Mailer for FakeMailer {
    async fn send(&self, letter: &Letter) -> Result<(), ProviderError> {
        *self.tried.lock().unwrap() += 1;
        let plan = self.planned.lock().unwrap().pop_front().unwrap_or(Planned::Accept);
        if matches!(plan, Planned::Accept | Planned::LoseAnswer) {
            self.letters.lock().unwrap().push(letter.clone());
        }
        plan.result()
    }
}

/// The world of a story.
pub struct World {
    pub desk: Arc<Desk>,
    pub chat: LocalChat,
    pub clock: Arc<ManualClock>,
    pub provider: Arc<FakeProvider>,
    pub mailbox: Arc<FakeMailbox>,
    pub store: Arc<dyn Store>,
    pub folder: tempfile::TempDir,
    register: Register,
}

impl World {
    /// De Linde on Tuesday 3 March 2026, 9:12, with every provider live and obedient.
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// The same, with the configuration changed first.
    pub async fn with(change: impl FnOnce(&mut Register)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pack = Folder::embedded("office").unwrap();
        let mut register = config::load(&pack).unwrap().register;
        for provider in register.providers.values_mut() {
            provider.mode = Mode::Live;
            // Time stands still in a story, and orders do not wait for each other.
            provider.pace = u16::MAX;
        }
        change(&mut register);
        let start = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap().and_hms_opt(9, 12, 0).unwrap();
        let clock = Arc::new(ManualClock::at(instant_of(chrono_tz::Europe::Amsterdam, start)));
        let chat = LocalChat::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let provider = Arc::new(FakeProvider::default());
        let url = format!("sqlite:{}", folder.path().join("world.db").display());
        let store = store::open(&url, Arc::new(SystemEntropy)).await.unwrap();
        let mailbox = Arc::new(FakeMailbox::default());
        let house = house(&register, &provider, &mailbox, folder.path());
        let desk = build(house, &chat, &clock, &store);
        Self { desk: Arc::new(desk), chat, clock, provider, mailbox, store, folder, register }
    }

    /// The same, with somebody who looks over the set-up.
    pub async fn with_checkup(checkup: Arc<dyn Checkup>) -> Self {
        let mut world = Self::open().await;
        let desk = build(world.house(), &world.chat, &world.clock, &world.store);
        world.desk = Arc::new(desk.with_checkup(checkup));
        world
    }

    /// The process dies and comes back: only what was committed is left. The platform and the provider live on.
    pub async fn restarts(&mut self) {
        let url = format!("sqlite:{}", self.folder.path().join("world.db").display());
        self.store = store::open(&url, Arc::new(SystemEntropy)).await.unwrap();
        let desk = build(self.house(), &self.chat, &self.clock, &self.store);
        self.desk = Arc::new(desk);
    }

    /// The configuration changes while the program runs.
    pub fn reconfigures(&mut self, change: impl FnOnce(&mut Register)) {
        change(&mut self.register);
        self.desk.replace_house(self.house());
    }

    /// What the configuration brings, to be changed and put in force.
    pub fn house(&self) -> House {
        house(&self.register, &self.provider, &self.mailbox, self.folder.path())
    }

    /// Providers and mailboxes are asked what is new, and what follows happens.
    pub async fn asks_around(&self) {
        self.desk.ask_providers().await.unwrap();
        self.desk.read_mailboxes().await.unwrap();
        self.drain().await;
    }

    /// De Linde gets a mailbox of its own.
    pub fn has_mailbox(&self) -> Arc<FakeMailer> {
        let mailer = Arc::new(FakeMailer::default());
        let port: Arc<dyn Mailer> = Arc::clone(&mailer) as Arc<dyn Mailer>;
        let house = self.house().with_mailers([(LINDE.into(), port)].into());
        self.desk.replace_house(house);
        mailer
    }

    /// Pages are read at that address from now on.
    pub fn has_pages(&self, address: &str) {
        let pages = PageLinks { address: address.to_owned(), life: Duration::hours(12) };
        self.desk.replace_house(self.house().with_pages(Some(pages)));
    }

    /// De Linde asks for second opinions there.
    pub fn consults(&self, opinion: Arc<dyn SecondOpinion>) {
        let house = self.house().with_opinions([(LINDE.into(), opinion)].into());
        self.desk.replace_house(house);
    }

    /// Does everything that is due.
    pub async fn drain(&self) {
        self.desk.drain().await.unwrap();
    }

    /// Time passes, and everything that falls due happens.
    pub async fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.drain().await;
    }

    // What people do.

    /// Somebody writes in a channel; gives what was heard.
    pub async fn says(&self, who: &str, channel: &str, text: &str) -> Heard {
        let heard = self.chat.says(&account(who), &ChannelId(format!("local:{channel}")), text);
        self.handle(Input::Heard(heard.clone())).await;
        heard
    }

    /// The same, and the program dies before it does anything but keep it.
    pub async fn says_unseen(&self, who: &str, channel: &str, text: &str) -> Heard {
        let heard = self.chat.says(&account(who), &ChannelId(format!("local:{channel}")), text);
        self.desk.handle(Input::Heard(heard.clone())).await.unwrap();
        heard
    }

    /// Somebody changes the words of a message, and the program dies likewise.
    pub async fn edits_unseen(&self, heard: &Heard, text: &str) {
        let edited = self.chat.edits(heard, text);
        self.desk.handle(Input::Edited(edited)).await.unwrap();
    }

    /// Somebody writes in the thread under a message.
    pub async fn answers(&self, who: &str, under: &Heard, text: &str) -> Heard {
        let thread = self.chat.thread_of(&under.at).expect("a thread stands under the message");
        let heard = self.chat.says(&account(who), &thread, text);
        self.handle(Input::Heard(heard.clone())).await;
        heard
    }

    /// Somebody replies to a post.
    pub async fn replies(&self, who: &str, to: &MessageRef, text: &str) -> Heard {
        let heard = self.chat.replies(&account(who), to, text);
        self.handle(Input::Heard(heard.clone())).await;
        heard
    }

    /// Somebody writes below a message in the same channel.
    pub async fn answers_in(&self, who: &str, below: &Heard, text: &str) -> Heard {
        let heard = self.chat.says(&account(who), &below.at.channel, text);
        self.handle(Input::Heard(heard.clone())).await;
        heard
    }

    /// Somebody changes the words of a message.
    pub async fn edits(&self, heard: &Heard, text: &str) {
        let edited = self.chat.edits(heard, text);
        self.handle(Input::Edited(edited)).await;
    }

    /// Somebody deletes a message.
    pub async fn deletes(&self, heard: &Heard) {
        self.chat.deletes(&heard.at);
        self.handle(Input::Deleted { at: heard.at.clone() }).await;
    }

    /// Somebody places a mark.
    pub async fn reacts(&self, who: &str, at: &MessageRef, mark: Mark) {
        self.marks(who, at, mark, true).await;
    }

    /// Somebody removes a mark.
    pub async fn unreacts(&self, who: &str, at: &MessageRef, mark: Mark) {
        self.marks(who, at, mark, false).await;
    }

    async fn marks(&self, who: &str, at: &MessageRef, mark: Mark, placed: bool) {
        self.chat.marks(&account(who), at, mark, placed);
        let reacted = Reacted { at: at.clone(), by: account(who), mark, placed, message: None };
        self.handle(Input::Reacted(reacted)).await;
    }

    /// Somebody marks a colleague's message with 🎫.
    pub async fn tickets(&self, who: &str, heard: &Heard) {
        self.chat.marks(&account(who), &heard.at, Mark::Ticket, true);
        let message = Some(Box::new(heard.clone()));
        let reacted = Reacted { at: heard.at.clone(), by: account(who), mark: Mark::Ticket, placed: true, message };
        self.handle(Input::Reacted(reacted)).await;
    }

    /// Somebody presses a button on a post; gives what was answered to that person alone.
    pub async fn presses(&self, who: &str, at: &MessageRef, action: Action) -> Vec<Reply> {
        let pressed = self.pressed(who, at, action);
        let interaction = pressed.token.id.clone();
        self.handle(Input::Pressed(pressed)).await;
        self.chat.answers(&interaction)
    }

    /// Somebody fills in the form behind a button.
    pub async fn submits(&self, who: &str, at: &MessageRef, action: Action, text: &str) -> Vec<Reply> {
        let pressed = self.pressed(who, at, action);
        let interaction = pressed.token.id.clone();
        self.handle(Input::Submitted { pressed, text: text.to_owned() }).await;
        self.chat.answers(&interaction)
    }

    fn pressed(&self, who: &str, at: &MessageRef, action: Action) -> Pressed {
        Pressed {
            action,
            by: account(who),
            by_name: who.to_owned(),
            at: at.clone(),
            token: self.chat.interaction(),
            locale: None,
        }
    }

    /// Somebody gives a command in the SPOC's channel; gives the answer's plain text.
    pub async fn commands(&self, who: &str, command: &str, options: &[(&str, &str)]) -> String {
        let shown = self.commands_in("spoc", who, command, options).await;
        shown.iter().map(loket::adapters::local::plain).collect::<Vec<_>>().join("\n")
    }

    /// The same as it is shown, with its buttons.
    pub async fn answers_of(&self, who: &str, command: &str, options: &[(&str, &str)]) -> Message {
        self.commands_in("spoc", who, command, options).await.remove(0)
    }

    /// Somebody gives a command in a channel; gives what is shown to them.
    pub async fn commands_in(&self, channel: &str, who: &str, command: &str, options: &[(&str, &str)]) -> Vec<Message> {
        let token = self.chat.interaction();
        let call = CommandCall {
            name: command.to_owned(),
            options: options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            by: account(who),
            by_name: who.to_owned(),
            channel: format!("local:{channel}").as_str().into(),
            server: None,
            token: token.clone(),
            locale: Some("nl".into()),
        };
        self.handle(Input::Command(call)).await;
        self.chat.answers(&token.id).into_iter().map(|reply| reply.message).collect()
    }

    /// Somebody writes where only a mark starts a request, and marks it with 🎫.
    pub async fn tickets_new(&self, who: &str, text: &str) -> Heard {
        let heard = self.says(who, "facilitair", text).await;
        self.tickets(who, &heard).await;
        heard
    }

    /// An input arrives and everything that is due happens.
    pub async fn handle(&self, input: Input) {
        self.desk.handle(input).await.unwrap();
        self.drain().await;
    }

    // What one sees.

    /// The posts of Loket in a channel.
    pub fn posts(&self, channel: &str) -> Vec<Posted> {
        let channel = ChannelId(format!("local:{channel}"));
        self.chat.messages(&channel).into_iter().filter(|posted| posted.author.is_none()).collect()
    }

    /// The same, without what is said once in every channel.
    pub fn news(&self, channel: &str) -> Vec<Posted> {
        self.posts(channel).into_iter().filter(|post| !is_introduction(&post.text)).collect()
    }

    /// The posts of Loket in the thread under a message.
    pub fn thread(&self, under: &Heard) -> Vec<Posted> {
        let Some(thread) = self.chat.thread_of(&under.at) else { return vec![] };
        self.chat.messages(&thread).into_iter().filter(|posted| posted.author.is_none()).collect()
    }

    /// The text of all posts in the thread under a message.
    pub fn thread_text(&self, under: &Heard) -> String {
        let texts: Vec<String> = self.thread(under).into_iter().map(|posted| posted.text).collect();
        texts.join("\n---\n")
    }

    /// The newest card for approvers.
    pub fn approval_card(&self) -> Posted {
        let cards = self.posts("goedkeuringen");
        cards.into_iter().rev().find(|posted| posted.marks.contains(&(Mark::Yes, None))).expect("a card for approvers")
    }

    /// The text of the newest post for approvers that has a card.
    pub fn approval_card_text(&self) -> String {
        let cards = self.posts("goedkeuringen").into_iter().rev();
        let mut cards = cards.filter(|posted| posted.message.as_ref().is_some_and(|message| message.card.is_some()));
        cards.next().expect("a card").text
    }

    /// Every request of De Linde, newest first.
    pub async fn requests(&self) -> Vec<Request> {
        let organisation = OrganisationId::new(LINDE);
        let mut all = Vec::new();
        for id in self.request_ids().await {
            let loaded = self.store.load(&organisation, id).await.unwrap().unwrap();
            all.push(fold(id, &organisation, loaded.events).unwrap().unwrap());
        }
        all
    }

    async fn request_ids(&self) -> Vec<RequestId> {
        let organisation = OrganisationId::new(LINDE);
        let mut ids = Vec::new();
        let closed = OpenFilter { stage: Some(loket::domain::request::StageName::Closed), ..OpenFilter::default() };
        for filter in [OpenFilter::default(), closed] {
            let rows = self.store.list(&organisation, &filter, None, 1000).await.unwrap();
            ids.extend(rows.into_iter().map(|row| row.id));
        }
        ids.sort();
        ids.reverse();
        ids
    }

    /// The only request there is.
    pub async fn request(&self) -> Request {
        let mut all = self.requests().await;
        assert_eq!(all.len(), 1, "exactly one request");
        all.remove(0)
    }

    /// The number of the only request, for commands.
    pub async fn number(&self) -> Number {
        self.request().await.number().expect("a settled request")
    }

    /// The end of a story: nothing waits that could be done, nothing was given up, and every journal verifies.
    pub async fn ends(self) {
        self.drain().await;
        let organisation = OrganisationId::new(LINDE);
        let mut left = self.store.effects(&organisation, 100).await.unwrap();
        // Whether an order that was sent twice arrived twice is looked at long after the story.
        left.retain(|waiting| waiting.effect != loket::domain::effect::Effect::Sweep);
        assert!(left.is_empty(), "effects are left undone: {left:#?}");
        self.ends_with_leftovers().await;
    }

    /// The end of a story in which something stays undone on purpose.
    pub async fn ends_with_leftovers(self) {
        let organisation = OrganisationId::new(LINDE);
        self.store.verify(&organisation).await.unwrap();
        for request in self.requests().await {
            let requester = request.origin.requester.person.clone();
            let own = request
                .grant()
                .into_iter()
                .flat_map(|grant| &grant.by)
                .any(|by| Some(&by.person) == requester.as_ref());
            assert!(!own, "nobody approves an own request");
        }
    }
}

fn house(register: &Register, provider: &Arc<FakeProvider>, mailbox: &Arc<FakeMailbox>, folder: &Path) -> House {
    let connectors = register
        .providers
        .keys()
        .map(|code: &ProviderCode| (code.clone(), Arc::clone(provider) as Arc<dyn Provider>))
        .collect();
    let providers = register.providers.keys().cloned().collect();
    let letterbox = Letterbox { mailbox: Arc::clone(mailbox) as Arc<dyn Mailbox>, providers };
    House::new(register.clone(), Arc::new(Words::new()), connectors)
        .with_rehearsals(loket::adapters::provider::rehearsals(register, &folder.join("outbox")))
        .with_letterboxes(vec![letterbox], std::time::Duration::from_secs(120))
}

fn build(house: House, chat: &LocalChat, clock: &Arc<ManualClock>, store: &Arc<dyn Store>) -> Desk {
    Desk::new(
        Arc::clone(store),
        Arc::new(chat.clone()) as Arc<dyn Chat>,
        Arc::clone(clock) as Arc<dyn Clock>,
        Arc::new(SystemEntropy),
        house,
    )
}

/// The account of a colleague.
pub fn account(who: &str) -> AccountId {
    AccountId(format!("local:{who}"))
}

/// The name of a request's stage.
pub fn stage(request: &Request) -> &'static str {
    match &request.stage {
        Stage::Closed(_) => "closed",
        other => loket::domain::request::summary::stage_name(other).code(),
    }
}

/// Wherever the rules ask somebody, two people must agree.
pub fn two_must_agree(register: &mut Register) {
    for rule in &mut register.policy {
        if let Require::Steps(steps) = &mut rule.require {
            steps.iter_mut().for_each(|step| step.need = 2);
        }
    }
}

/// The size of a campaign: what `LOKET_CASES` says, else this.
pub fn cases(usual: u32) -> u32 {
    std::env::var_os("LOKET_CASES").and_then(|text| text.into_string().ok()?.parse().ok()).unwrap_or(usual)
}
