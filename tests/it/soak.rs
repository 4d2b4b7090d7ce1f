//! Four weeks at ten times a busy office's load, through the real desk and a database on disk: from day to day memory and open files stay
//! what they were once the database's caches are full. A weekly overview raises the mark by one or two megabytes, of which the program
//! itself holds nothing afterwards: docs/progress.md says what was measured.
//!
//! It measures the process, so it is run alone, and prints a line a day. The allocator gets one arena: with one for each thread, pieces
//! that were given back lie about in several, and the process looks larger than what it holds.
//!
//! ```sh
//! MALLOC_ARENA_MAX=1 cargo test --test it -- soak::weeks --ignored --nocapture --test-threads 1
//! ```
//!
//! `LOKET_CASES` is the number of days, 28 unless it says otherwise. The chat and the provider keep nothing, so that what grows is Loket.

use crate::sieve::Sieve;
use crate::world::{LINDE, account, cases};
use async_trait::async_trait;
use chrono::{Datelike, Duration, NaiveDate, Weekday};
use loket::adapters::clock::{ManualClock, SystemEntropy};
use loket::adapters::store;
use loket::config::{self, Folder};
use loket::desk::{Desk, House};
use loket::domain::calendar::instant_of;
use loket::domain::register::Mode;
use loket::domain::request::{Request, Slot, Stage, fold};
use loket::domain::{AccountId, MessageRef, OrganisationId};
use loket::ports::{
    Certainty, Chat, Clock, CommandCall, Handover, Heard, Input, InteractionToken, Mark, Pressed, Provider,
    ProviderError, Reacted, Receipt, Store,
};
use loket::render::Words;
use loket::render::message::Action;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Requests and other messages on a working day: a busy office of seventy people has fifteen and a hundred and fifty.
const REQUESTS: usize = 150;
const CHATTER: usize = 1_500;
/// A step of the clock on a working day, from eight to six.
const STEPS: usize = 60;

const ASKED: [&str; 6] = [
    "de kraan in de pantry boven lekt",
    "de lamp bij de receptie is stuk",
    "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?",
    "het toilet op de eerste verdieping is verstopt",
    "kan iemand de prullenbakken in de kantine legen?",
    "de deur van de fietsenstalling klemt",
];
const SAID: [&str; 5] = [
    "goedemorgen allemaal",
    "wie gaat er mee lunchen?",
    "ik ben er om kwart over",
    "dank je wel, tot morgen!",
    "heeft iemand de notulen van dinsdag?",
];
const PEOPLE: [&str; 3] = ["alice", "carla", "dirk"];

/// A provider that takes every order and counts them.
#[derive(Default)]
struct Counter {
    orders: AtomicU64,
}

#[async_trait]
impl Provider for Counter {
    fn certainty(&self) -> Certainty {
        Certainty::Searchable
    }

    async fn submit(&self, _: &Handover) -> Result<Receipt, ProviderError> {
        self.orders.fetch_add(1, Ordering::Relaxed);
        Ok(Receipt::default())
    }

    async fn find(&self, _: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        Ok(vec![])
    }
}

struct Office {
    desk: Desk,
    store: Arc<dyn Store>,
    clock: Arc<ManualClock>,
    chat: Arc<Sieve>,
    provider: Arc<Counter>,
    /// Messages that began a request, by when somebody says that it is done.
    begun: Vec<Heard>,
    folder: tempfile::TempDir,
}

impl Office {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut register = config::load(&Folder::embedded("office").unwrap()).unwrap().register;
        for provider in register.providers.values_mut() {
            provider.mode = Mode::Live;
            provider.pace = u16::MAX;
        }
        let start = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap().and_hms_opt(7, 0, 0).unwrap();
        let clock = Arc::new(ManualClock::at(instant_of(chrono_tz::Europe::Amsterdam, start)));
        let url = format!("sqlite:{}", folder.path().join("soak.db").display());
        let store = store::open(&url, Arc::new(SystemEntropy)).await.unwrap();
        let (chat, provider) = (Arc::new(Sieve::default()), Arc::new(Counter::default()));
        let connector = |code: &loket::domain::ProviderCode| (code.clone(), Arc::clone(&provider) as Arc<dyn Provider>);
        let connectors = register.providers.keys().map(connector).collect();
        let house = House::new(register, Arc::new(Words::new()), connectors);
        let desk = Desk::new(
            Arc::clone(&store),
            Arc::clone(&chat) as Arc<dyn Chat>,
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::new(SystemEntropy),
            house,
        );
        desk.settle_in().await.unwrap();
        Self { desk, store, clock, chat, provider, begun: Vec::new(), folder }
    }

    async fn handle(&self, input: Input) {
        self.desk.handle(input).await.unwrap();
    }

    async fn passes(&self, by: Duration) {
        self.clock.advance(by);
        self.desk.drain().await.unwrap();
    }

    async fn says(&self, nth: usize, text: &str) -> Heard {
        let who = PEOPLE[nth % PEOPLE.len()];
        let heard = Heard {
            at: self.chat.message(&"local:facilitair".into()),
            parent: None,
            server: None,
            author: account(who),
            author_name: who.to_owned(),
            text: format!("{text} ({nth})"),
            mentions_us: false,
            reply_to: None,
            attachments: vec![],
            written_at: self.clock.now(),
            edited_at: None,
        };
        self.handle(Input::Heard(heard.clone())).await;
        heard
    }

    fn token(&self) -> InteractionToken {
        let id = self.chat.posts.fetch_add(1, Ordering::Relaxed);
        InteractionToken { id: format!("local:i{id}"), token: String::new(), at: self.clock.now() }
    }

    async fn presses(&self, who: &AccountId, at: &MessageRef, action: Action) {
        let (by, by_name) = (who.clone(), "somebody".to_owned());
        let pressed = Pressed { action, by, by_name, at: at.clone(), token: self.token(), locale: None };
        self.handle(Input::Pressed(pressed)).await;
    }

    async fn commands(&self, name: &str, options: &[(&str, &str)]) {
        let call = CommandCall {
            name: name.to_owned(),
            options: options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            by: account("sanne"),
            by_name: "Sanne".to_owned(),
            channel: "local:spoc".into(),
            server: None,
            token: self.token(),
            locale: Some("nl".into()),
        };
        self.handle(Input::Command(call)).await;
    }

    async fn of(&self, heard: &Heard) -> Vec<Request> {
        let organisation = OrganisationId::new(LINDE);
        let mut found = Vec::new();
        for (_, id, _) in self.store.by_message(&heard.at.message).await.unwrap() {
            let loaded = self.store.load(&organisation, id).await.unwrap().unwrap();
            found.extend(fold(id, &organisation, loaded.events).unwrap());
        }
        found
    }

    /// Whoever must act on what began from a message does so, one step.
    async fn goes_on(&self, heard: &Heard) {
        for request in self.of(heard).await {
            match &request.stage {
                Stage::Draft(_) => self.presses(&heard.author, &heard.at, Action::Confirm(request.id)).await,
                Stage::AwaitingApproval(_) => {
                    let cards = request.posts.at.iter().rev();
                    let card =
                        cards.filter(|(slot, _)| matches!(slot, Slot::Approval(_))).map(|(_, at)| at.clone()).next();
                    if let Some(at) = card {
                        let reacted = Reacted { at, by: account("bob"), mark: Mark::Yes, placed: true, message: None };
                        self.handle(Input::Reacted(reacted)).await;
                    }
                }
                Stage::Resolved(_) => self.presses(&heard.author, &heard.at, Action::Solved(request.id)).await,
                _ => {
                    if let Some(number) = request.number() {
                        self.commands("status", &[("id", &number.to_string()), ("state", "done")]).await;
                    }
                }
            }
        }
    }

    /// A working day from eight to six, then the night.
    async fn works(&mut self, day: usize) {
        self.passes(Duration::hours(1)).await;
        for step in 0..STEPS {
            for nth in spread(CHATTER, step) {
                self.says(nth, SAID[nth % SAID.len()]).await;
            }
            for nth in spread(REQUESTS, step) {
                let heard = self.says(day * REQUESTS + nth, ASKED[nth % ASKED.len()]).await;
                self.begun.push(heard);
            }
            self.passes(Duration::minutes(10)).await;
            // The oldest go on, and are over after some steps.
            let old: Vec<Heard> = self.begun.iter().take(8).cloned().collect();
            for heard in &old {
                for _ in 0..5 {
                    self.goes_on(heard).await;
                    self.passes(Duration::zero()).await;
                }
            }
            self.begun.drain(..old.len());
            if step % 6 == 0 {
                self.commands("open", &[]).await;
                self.commands("today", &[]).await;
            }
        }
        self.passes(Duration::hours(13)).await;
    }
}

/// Which of so many things of a day happen in a step.
fn spread(all: usize, step: usize) -> std::ops::Range<usize> {
    all * step / STEPS..all * (step + 1) / STEPS
}

/// What a process holds, `self` or a number: resident memory in kilobytes, and open files.
pub fn held(process: &str) -> (u64, usize) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let memory = line.trim().trim_end_matches(" kB").parse().unwrap();
    (memory, std::fs::read_dir(format!("/proc/{process}/fd")).unwrap().count())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes and measures the process: run it alone, as its first lines say"]
async fn weeks_of_ten_busy_offices_leave_memory_and_handles_as_they_were() {
    let days: usize = cases(28).try_into().unwrap();
    assert!(days > 21, "the first weeks are no measure");
    let mut office = Office::open().await;
    let mut measured = Vec::new();
    for day in 0..days {
        let weekday = office.clock.now().with_timezone(&chrono_tz::Europe::Amsterdam).weekday();
        if matches!(weekday, Weekday::Sat | Weekday::Sun) {
            office.passes(Duration::hours(24)).await;
        } else {
            office.works(day).await;
        }
        let (memory, files) = held("self");
        println!(
            "day {day} ({weekday}): {memory} kB, {files} files, {} orders, {} kB on disk",
            office.provider.orders.load(Ordering::Relaxed),
            std::fs::metadata(office.folder.path().join("soak.db")).unwrap().len() / 1024,
        );
        measured.push((memory, files));
    }
    let orders = office.provider.orders.load(Ordering::Relaxed);
    assert!(orders > 100, "the office was at work: {orders}");
    // A week later, with at least one weekly overview in between.
    let (early, late) = (measured[days - 8], measured[days - 1]);
    assert!(late.0 < early.0 + early.0 / 20, "memory grows: {measured:?}");
    // On the days between two overviews nothing grows at all.
    let (after, before) = (measured[days - 5], measured[days - 2]);
    assert!(before.0 < after.0 + 512, "memory grows from day to day: {measured:?}");
    assert!(late.1 <= early.1, "files stay open: {measured:?}");
    office.store.verify(&OrganisationId::new(LINDE)).await.unwrap();
}
