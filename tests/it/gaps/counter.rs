//! Loket in this process: the real desk over SQLite, the real adapter, and a Discord of the tests' own.

use crate::loopback::{Discord as Fake, Id};
use crate::world::{FakeProvider, LINDE};
use async_trait::async_trait;
use chrono::NaiveDate;
use loket::adapters::clock::SystemEntropy;
use loket::adapters::discord::{Backfill, Discord, DiscordSettings, Hooks, Patience, Watched};
use loket::adapters::store;
use loket::cli::discord::{Desks, sign_in};
use loket::config::{self, Folder};
use loket::desk::{Desk, House};
use loket::domain::calendar::instant_of;
use loket::domain::register::{Mode, Register};
use loket::domain::request::{Request, StageName, fold};
use loket::domain::{AccountId, ChannelId, Instant, MessageId, OrganisationId, ServerId};
use loket::ports::{Clock, EffectState, Input, OpenFilter, Provider, Store};
use loket::render::Words;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The people, beside Loket itself.
pub const PEOPLE: [&str; 5] = ["alice", "bob", "carla", "dirk", "sanne"];
const CHANNELS: [&str; 6] = ["facilitair", "ict", "algemeen", "goedkeuringen", "spoc", "weekoverzicht"];

/// The clock of the fake.
struct FakeClock(Fake);

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        chrono::DateTime::from_timestamp_millis(self.0.read(|world| world.now())).unwrap()
    }
}

/// The desk's own answers, and how far the back-fill came.
struct Noted {
    inner: Arc<dyn Backfill>,
    mark: ChannelId,
    reached: watch::Sender<Id>,
}

#[async_trait]
impl Backfill for Noted {
    async fn channels(&self) -> Result<Vec<ChannelId>, String> {
        self.inner.channels().await
    }

    async fn people(&self) -> Result<Vec<AccountId>, String> {
        self.inner.people().await
    }

    async fn watched(&self) -> Result<Watched, String> {
        self.inner.watched().await
    }

    async fn reached(&self, channel: &ChannelId) -> Result<Option<MessageId>, String> {
        self.inner.reached(channel).await
    }

    async fn set_reached(&self, channel: &ChannelId, message: &MessageId) -> Result<(), String> {
        self.inner.set_reached(channel, message).await?;
        if *channel == self.mark {
            self.reached.send_replace(number(message.as_str()));
        }
        Ok(())
    }
}

/// A running Loket; it dies when this is dropped.
struct Running {
    desk: Arc<Desk>,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// The world of a history.
pub struct Counter {
    pub discord: Fake,
    pub provider: Arc<FakeProvider>,
    pub register: Register,
    pub people: BTreeMap<&'static str, Id>,
    pub channels: BTreeMap<&'static str, Id>,
    patience: Patience,
    folder: tempfile::TempDir,
    store: Arc<dyn Store>,
    running: Option<Running>,
    turn: Arc<tokio::sync::Mutex<()>>,
    /// The newest message in the channel of the marks that was handled, as an event or by the back-fill.
    handled: watch::Sender<Id>,
    /// The newest one up to which a whole back-fill has come.
    reached: watch::Sender<Id>,
}

impl Counter {
    /// De Linde on Tuesday 3 March 2037, 9:12, with Loket online. So far ahead, because the fake's identities, which tell when a
    /// message was written, begin at the present and never go back.
    pub async fn open(backfill: Duration) -> Self {
        let discord = Fake::start().await;
        let start = NaiveDate::from_ymd_opt(2037, 3, 3).unwrap().and_hms_opt(9, 12, 0).unwrap();
        discord.set_now(instant_of(chrono_tz::Europe::Amsterdam, start).timestamp_millis());
        discord.limits(false);
        let server = discord.server("De Linde", "nl");
        let channels: BTreeMap<_, _> = CHANNELS.map(|name| (name, discord.channel(server, name))).into();
        let people: BTreeMap<_, _> = PEOPLE.map(|name| (name, discord.person(server, name))).into();
        let mut register = office().register.clone();
        for provider in register.providers.values_mut() {
            provider.mode = Mode::Live;
            // Time moves only between the deeds, and orders do not wait for each other.
            provider.pace = u16::MAX;
        }
        let linde = register.organisations.get_mut(&OrganisationId::new(LINDE)).unwrap();
        linde.servers = vec![ServerId(format!("discord:{server}"))];
        for channel in &mut linde.channels {
            let name = channel.id.as_str().strip_prefix("local:").unwrap().to_owned();
            channel.id = channel_id(channels[name.as_str()]);
        }
        for person in linde.people.values_mut().filter(|person| !person.accounts.is_empty()) {
            person.accounts = vec![account(people[person.id.as_str()])];
        }
        let folder = tempfile::tempdir().unwrap();
        let store = open_store(&folder).await;
        let patience = Patience {
            connect: Duration::from_secs(10),
            quiet: Duration::from_secs(30),
            backoff: Duration::from_millis(5),
            backfill,
            request: Duration::from_secs(5),
        };
        let mut counter = Self {
            discord,
            provider: Arc::default(),
            register,
            people,
            channels,
            patience,
            folder,
            store,
            running: None,
            turn: Arc::default(),
            handled: watch::Sender::new(0),
            reached: watch::Sender::new(0),
        };
        counter.starts().await;
        counter
    }

    fn house(&self) -> House {
        let connect = |code: &_| (Clone::clone(code), Arc::clone(&self.provider) as Arc<dyn Provider>);
        let connectors = self.register.providers.keys().map(connect).collect();
        office().alike(self.register.clone(), connectors)
    }

    fn desk(&self) -> &Arc<Desk> {
        &self.running.as_ref().expect("Loket runs").desk
    }

    /// The process begins: only what was committed is known. Returns when the first back-fill has come round.
    pub async fn starts(&mut self) {
        self.store = open_store(&self.folder).await;
        let clock: Arc<dyn Clock> = Arc::new(FakeClock(self.discord.clone()));
        let desks = Desks::new(Arc::clone(&self.store), Arc::clone(&clock));
        let hooks = sign_in(&desks);
        let noted = Noted {
            inner: Arc::clone(&hooks.backfill),
            mark: channel_id(self.channels["algemeen"]),
            reached: self.reached.clone(),
        };
        let settings = DiscordSettings {
            token: SecretString::from(self.discord.token()),
            api: Some(self.discord.base()),
            gateway: Some(self.discord.gateway_url()),
        };
        let hooks = Hooks { backfill: Arc::new(noted), ..hooks };
        let Discord { chat, mut inputs, run, .. } = Discord::connect(settings, hooks, self.patience).unwrap();
        let entropy = Arc::new(SystemEntropy);
        let desk = Arc::new(Desk::new(Arc::clone(&self.store), chat, clock, entropy, self.house()));
        desks.open(&desk);
        let (serving, handled, turn) = (Arc::clone(&desk), self.handled.clone(), Arc::clone(&self.turn));
        let marks = channel_id(self.channels["algemeen"]);
        let feed = tokio::spawn(async move {
            while let Some(input) = inputs.recv().await {
                let mark = match &input {
                    Input::Heard(heard) if heard.at.channel == marks => number(heard.at.message.as_str()),
                    _ => 0,
                };
                // What falls due while time passes is not carried out by two at once, so that all is done afterwards.
                let _alone = turn.lock().await;
                serving.handle(input).await.unwrap();
                serving.drain().await.unwrap();
                handled.send_if_modified(|known| (mark > *known).then(|| *known = mark).is_some());
            }
        });
        let connection = tokio::spawn(async move { drop(run.await) });
        let before = self.discord.read(|world| world.gateway.readies);
        self.running = Some(Running { desk, tasks: vec![feed, connection] });
        self.discord.wait_until("READY", |world| world.gateway.readies > before).await;
    }

    /// The process dies.
    pub async fn stops(&mut self) {
        self.running = None;
        self.discord.offline().await;
    }

    /// The configuration changes while the program runs.
    pub fn reconfigures(&mut self, change: impl FnOnce(&mut Register)) {
        change(&mut self.register);
        self.desk().replace_house(self.house());
    }

    /// Somebody says a word in passing; it serves as a mark.
    fn mark(&self) -> Id {
        self.discord.says(self.people["sanne"], self.channels["algemeen"], "ok")
    }

    /// Until every event that was told so far is handled.
    pub async fn hears_all(&self) {
        let mark = self.mark();
        wait(&self.handled, mark, "an event to be handled").await;
    }

    /// Until a back-fill that began after now has come round.
    pub async fn finds_all(&self) {
        // One that had begun already may carry the first mark away.
        for _ in 0..2 {
            self.finds_mark(self.mark()).await;
        }
    }

    /// Until a back-fill that read past this mark has come round.
    pub async fn finds_mark(&self, mark: Id) {
        wait(&self.reached, mark, "a back-fill").await;
    }

    /// Leaves a mark where only the back-fill finds it.
    pub fn leaves_mark(&self) -> Id {
        self.mark()
    }

    /// Time passes and everything that falls due happens.
    pub async fn passes(&self, seconds: u64) {
        let _alone = self.turn.lock().await;
        self.desk().drain().await.unwrap();
        self.discord.advance(Duration::from_secs(seconds));
        self.desk().drain().await.unwrap();
        // Shown with a failure: what the platform did not take at once explains an end that comes late.
        println!("left for later: {:?}", self.left().await);
    }

    async fn left(&self) -> Vec<EffectState> {
        self.store.effects(&OrganisationId::new(LINDE), 100).await.unwrap()
    }

    /// Every request of De Linde.
    pub async fn requests(&self) -> Vec<Request> {
        let organisation = OrganisationId::new(LINDE);
        let mut all = Vec::new();
        let closed = OpenFilter { stage: Some(StageName::Closed), ..OpenFilter::default() };
        for filter in [OpenFilter::default(), closed] {
            for row in self.store.list(&organisation, &filter, None, 1000).await.unwrap() {
                let loaded = self.store.load(&organisation, row.id).await.unwrap().unwrap();
                all.push(fold(row.id, &organisation, loaded.events).unwrap().unwrap());
            }
        }
        all
    }

    /// Nothing is left undone, and Discord was sent nothing that it would refuse.
    pub async fn ends(self) {
        let organisation = OrganisationId::new(LINDE);
        let left = self.left().await;
        assert!(left.is_empty(), "effects are left undone: {left:#?}");
        self.store.verify(&organisation).await.unwrap();
        assert!(self.provider.most_often() <= 1, "an order arrived twice");
        self.discord.assert_clean();
    }
}

/// The example's configuration; its readers are built once, since they depend on neither channels nor people.
fn office() -> &'static House {
    static OFFICE: OnceLock<House> = OnceLock::new();
    OFFICE.get_or_init(|| {
        let register = config::load(&Folder::embedded("office").unwrap()).unwrap().register;
        House::new(register, Arc::new(Words::new()), BTreeMap::new())
    })
}

async fn open_store(folder: &tempfile::TempDir) -> Arc<dyn Store> {
    let url = format!("sqlite:{}", folder.path().join("counter.db").display());
    store::open(&url, Arc::new(SystemEntropy)).await.unwrap()
}

async fn wait(sender: &watch::Sender<Id>, mark: Id, what: &str) {
    let mut receiver = sender.subscribe();
    let waited = tokio::time::timeout(Duration::from_secs(20), receiver.wait_for(|id| *id >= mark)).await;
    assert!(waited.is_ok(), "waited in vain for {what}");
}

pub fn channel_id(id: Id) -> ChannelId {
    ChannelId(format!("discord:{id}"))
}

pub fn account(id: Id) -> AccountId {
    AccountId(format!("discord:{id}"))
}

pub fn number(text: &str) -> Id {
    text.strip_prefix("discord:").unwrap().parse().unwrap()
}
