//! What a SPOC waits for, and the weekly overviews, over the histories of five hundred organisations: the same work beside ten thousand
//! requests and beside a million. A request with its whole journal is played once through a real desk and copied from there, so that what
//! is read is what was really written; what ended long ago has the first and the last event of its journal, and no texts any more.

use super::sieve::Sieve;
use super::{Nowhere, median, peak};
use loket::adapters::clock::{ManualClock, SystemEntropy};
use loket::adapters::local::LocalChat;
use loket::adapters::picture::Pictures;
use loket::adapters::sheet::Sheets;
use loket::adapters::store;
use loket::config::{self, Folder};
use loket::desk::house::{PageLinks, Workshop};
use loket::desk::{Desk, House};
use loket::domain::pass::{Pass, PassKey};
use loket::domain::register::{ChannelRole, Mode, Register, Role};
use loket::domain::{AccountId, ChannelId, OrganisationId, RequestId};
use loket::ports::{
    Chat, Clock, CommandCall, Input, InteractionToken, PageCall, PageStatus, Pages as _, Pressed, Provider, Store, What,
};
use loket::render::Words;
use loket::render::message::Action;
use rusqlite::types::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

const ORGANISATIONS: usize = 500;
/// One organisation in five is large: its open requests fill more than a page.
const LARGE: usize = 5;
/// What is open, and as much ended in the week before.
const OPEN: [usize; 2] = [30, 5];
const SIZES: [usize; 2] = [10_000, 1_000_000];
const CALLS: usize = 6_000;
/// The week is over, and nobody has looked yet.
const MONDAY: &str = "2026-03-16T06:30:00Z";
const DIGESTS: &str = "2026-03-16T07:00:30Z";

fn name(index: usize) -> String {
    format!("office-{index:03}")
}

/// The office of the example, five hundred times, each with its own channels and mandates.
fn register() -> Register {
    let mut register = config::load(&Folder::embedded("office").expect("the pack")).expect("sound").register;
    let template = register.organisations[&OrganisationId::new("linde")].clone();
    let mandates: Vec<_> =
        register.mandates.iter().filter(|mandate| mandate.terms.organisation == template.id).cloned().collect();
    for provider in register.providers.values_mut() {
        provider.mode = Mode::Live;
    }
    register.organisations.clear();
    register.mandates.clear();
    for index in 0..ORGANISATIONS {
        let mut organisation = template.clone();
        organisation.id = OrganisationId::new(name(index));
        organisation.reference = format!("O{index}");
        for channel in &mut organisation.channels {
            channel.id = ChannelId(format!("{}-{index}", channel.id));
        }
        for mandate in &mandates {
            let mut mandate = mandate.clone();
            mandate.terms.organisation = organisation.id.clone();
            register.mandates.push(mandate);
        }
        register.organisations.insert(organisation.id.clone(), organisation);
    }
    register
}

fn house(register: Register) -> House {
    let connectors =
        register.providers.keys().map(|code| (code.clone(), Arc::new(Nowhere) as Arc<dyn Provider>)).collect();
    let workshop = Workshop { draw: Arc::new(Pictures::new()), bind: Arc::new(Sheets) };
    let pages = PageLinks { address: "http://localhost".to_owned(), life: chrono::Duration::days(30) };
    House::new(register, Arc::new(Words::new()), connectors).with_workshop(Some(workshop)).with_pages(Some(pages))
}

fn clock(at: &str) -> Arc<ManualClock> {
    Arc::new(ManualClock::at(at.parse().expect("an instant")))
}

async fn opened(file: &Path) -> Arc<dyn Store> {
    store::open(&format!("sqlite:{}", file.display()), Arc::new(SystemEntropy)).await.expect("the store")
}

/// Rows of one request, as they stand in the tables.
struct Story {
    journal: Vec<Vec<Value>>,
    texts: Vec<Vec<Value>>,
    request: Vec<Value>,
    columns: Vec<String>,
}

fn rows(connection: &rusqlite::Connection, sql: &str) -> (Vec<String>, Vec<Vec<Value>>) {
    let mut statement = connection.prepare(sql).expect("a statement");
    let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let count = columns.len();
    let read = statement.query_map([], |row| (0..count).map(|at| row.get::<_, Value>(at)).collect());
    (columns, read.expect("rows").map(|row| row.expect("a row")).collect())
}

impl Story {
    /// The only request of a database.
    fn of(file: &Path) -> Self {
        let connection = rusqlite::Connection::open(file).expect("a database");
        let (columns, mut request) = rows(&connection, "select * from request");
        assert_eq!(request.len(), 1, "one request was played");
        let (_, journal) = rows(
            &connection,
            "select organisation, stream, seq, at, type, v, body, hash from journal where stream <> 'organisation' order by seq",
        );
        let (_, texts) = rows(&connection, "select organisation, stream, seq, id, salt, body from private_value");
        Self { journal, texts, request: request.remove(0), columns }
    }

    fn place(&self, column: &str) -> usize {
        self.columns.iter().position(|known| known == column).expect("a column")
    }

    fn text(&self, column: &str) -> String {
        match &self.request[self.place(column)] {
            Value::Text(text) => text.clone(),
            other => panic!("{column} is {other:?}"),
        }
    }
}

/// A leaking tap from the first word to the end; as it is once the provider has it, and as it is when it is solved.
async fn played(folder: &Path) -> (Story, Story) {
    let file = folder.join("story.db");
    let mut register = config::load(&Folder::embedded("office").expect("the pack")).expect("sound").register;
    for provider in register.providers.values_mut() {
        provider.mode = Mode::Live;
    }
    let clock = clock("2026-03-10T08:12:00Z");
    let chat = LocalChat::new(Arc::clone(&clock) as Arc<dyn Clock>);
    let port: Arc<dyn Chat> = Arc::new(chat.clone());
    let time: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
    let desk = Desk::new(opened(&file).await, port, time, Arc::new(SystemEntropy), house(register));
    let said = "de kraan in de pantry boven lekt, er ligt water op de vloer";
    let heard = chat.says(&"local:alice".into(), &"local:facilitair".into(), said);
    let at = heard.at.clone();
    desk.handle(Input::Heard(heard)).await.expect("heard");
    for _ in 0..6 {
        clock.advance(chrono::Duration::minutes(10));
        desk.drain().await.expect("settled");
    }
    let handed = Story::of(&file);
    assert_eq!(handed.text("stage"), "handed-over");
    let (id, number) = (handed.text("id").parse::<RequestId>().expect("an identity"), handed.text("number"));
    let (spoc, room) = ("local:sanne".into(), "local:spoc".into());
    desk.handle(Input::Command(call("status", &[("id", &number), ("state", "done")], spoc, room))).await.expect("done");
    desk.drain().await.expect("told");
    let token = chat.interaction();
    let by = "local:alice".into();
    let solved = Pressed { action: Action::Solved(id), by, by_name: "Alice".into(), at, token, locale: None };
    desk.handle(Input::Pressed(solved)).await.expect("solved");
    desk.drain().await.expect("shown");
    let ended = Story::of(&file);
    assert_eq!(ended.text("stage"), "closed");
    (handed, ended)
}

fn call(name: &str, options: &[(&str, &str)], by: AccountId, channel: ChannelId) -> CommandCall {
    let token =
        InteractionToken { id: "local-0".into(), token: String::new(), at: MONDAY.parse().expect("an instant") };
    let options = options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let (name, by_name, locale) = (name.to_owned(), String::new(), Some("nl".to_owned()));
    CommandCall { name, options, by, by_name, channel, server: None, token, locale }
}

/// Copies the two stories until there are so many requests.
fn fill(file: &Path, requests: usize, handed: &Story, ended: &Story) {
    let mut connection = rusqlite::Connection::open(file).expect("a database");
    connection.execute_batch("pragma cache_size = -200000; pragma foreign_keys = off").expect("pragmas");
    let transaction = connection.transaction().expect("a transaction");
    let places: Vec<String> = (1..=ended.columns.len()).map(|place| format!("?{place}")).collect();
    let sql = format!("insert into request ({}) values ({})", ended.columns.join(", "), places.join(", "));
    {
        let mut put_request = transaction.prepare(&sql).expect("a statement");
        let mut put_event = transaction
            .prepare("insert into journal (organisation, stream, seq, at, type, v, body, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
            .expect("a statement");
        let mut put_text = transaction
            .prepare(
                "insert into private_value (organisation, stream, seq, id, salt, body) values (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .expect("a statement");
        let present = |index: usize| OPEN[usize::from(!index.is_multiple_of(LARGE))];
        let recent: usize = (0..ORGANISATIONS).map(|index| 2 * present(index)).sum();
        let past = requests.saturating_sub(recent) / ORGANISATIONS;
        let mut made = 0_usize;
        for index in 0..ORGANISATIONS {
            let organisation = name(index);
            for nth in 0..2 * present(index) + past {
                made += 1;
                let (story, events) = match nth {
                    _ if nth >= 2 * present(index) => (ended, vec![0, ended.journal.len() - 1]),
                    _ if nth < present(index) => (handed, (0..handed.journal.len()).collect()),
                    _ => (ended, (0..ended.journal.len()).collect()),
                };
                let recent = nth < 2 * present(index);
                // In the week itself, minutes apart; what is past ended between half a year and four years ago.
                let minutes = if recent { nth } else { 260_000 + (nth * 1_048) % 1_900_000 };
                let earlier = i64::try_from(minutes).expect("small") * 60_000;
                let stream = Value::Text(format!("{made:032x}"));
                let mut row = story.request.clone();
                for (column, value) in [
                    ("organisation", Value::Text(organisation.clone())),
                    ("id", stream.clone()),
                    ("version", Value::Integer(i64::try_from(events.len()).expect("small"))),
                    ("number", Value::Text(format!("2026-{:04}", nth + 1))),
                    ("token", Value::Text(format!("T{made}"))),
                    ("ticket", Value::Null),
                    ("conversation", Value::Text(format!("local:thread-{made}"))),
                ] {
                    row[story.place(column)] = value;
                }
                for column in ["opened_at", "changed_at", "closed_at", "due_at"] {
                    if let Value::Integer(at) = &mut row[story.place(column)] {
                        *at -= earlier;
                    }
                }
                put_request.execute(rusqlite::params_from_iter(row)).expect("a request");
                for (seq, event) in events.iter().enumerate() {
                    let mut row = story.journal[*event].clone();
                    row[0] = Value::Text(organisation.clone());
                    row[1] = stream.clone();
                    row[2] = Value::Integer(i64::try_from(seq).expect("small"));
                    if let Value::Integer(at) = &mut row[3] {
                        *at -= earlier;
                    }
                    put_event.execute(rusqlite::params_from_iter(row)).expect("an event");
                }
                for text in story.texts.iter().filter(|_| recent) {
                    let mut row = text.clone();
                    row[0] = Value::Text(organisation.clone());
                    row[1] = stream.clone();
                    put_text.execute(rusqlite::params_from_iter(row)).expect("a text");
                }
            }
        }
    }
    transaction.commit().expect("committed");
}

/// The desk of five hundred organisations over a database.
struct Counter {
    desk: Desk,
    chat: Arc<Sieve>,
    passes: Vec<String>,
    rooms: Vec<(AccountId, ChannelId)>,
}

async fn counter(file: &Path, at: &str) -> Counter {
    let register = register();
    let key = PassKey::new([7; 32]);
    let store = opened(file).await;
    store.set_mark("web-key", &key.text()).await.expect("a key");
    let (mut passes, mut rooms) = (Vec::new(), Vec::new());
    for organisation in register.organisations.values().step_by(LARGE) {
        let day = "2026-03-16".parse().expect("a day");
        let spoc = organisation.with_role(Role::Spoc, day).next().expect("a SPOC").accounts[0].clone();
        let until = "2026-04-01T00:00:00Z".parse().expect("an instant");
        passes.push(Pass { organisation: organisation.id.clone(), account: spoc.clone(), until }.seal(&key));
        rooms.push((spoc, organisation.channel_for(ChannelRole::Spoc).expect("a room").id.clone()));
    }
    let chat = Arc::new(Sieve::default());
    let port: Arc<dyn Chat> = Arc::clone(&chat) as Arc<dyn Chat>;
    let desk = Desk::new(store, port, clock(at) as Arc<dyn Clock>, Arc::new(SystemEntropy), house(register));
    Counter { desk, chat, passes, rooms }
}

impl Counter {
    async fn board(&self, nth: usize) -> f64 {
        let pass = self.passes[nth * 37 % self.passes.len()].clone();
        let since = Instant::now();
        let asked = PageCall { pass, what: What::Board { given: vec![] }, lang: None, preferred: None };
        let page = self.desk.page(asked).await.expect("a page");
        let took = since.elapsed().as_secs_f64() * 1e6;
        assert_eq!(page.status, PageStatus::Shown);
        assert!(String::from_utf8_lossy(&page.body).contains("rel=\"next\""), "more than a page");
        took
    }

    async fn open(&self, nth: usize) -> f64 {
        let (spoc, room) = self.rooms[nth * 37 % self.rooms.len()].clone();
        let asked = call("open", &[], spoc, room);
        let before = self.chat.answers.load(Ordering::Relaxed);
        let since = Instant::now();
        self.desk.handle(Input::Command(asked)).await.expect("a list");
        let took = since.elapsed().as_secs_f64() * 1e6;
        assert_eq!(self.chat.answers.load(Ordering::Relaxed), before + 1);
        took
    }
}

/// The middle and the 99th percentile.
fn spread(mut took: Vec<f64>) -> (f64, f64) {
    took.sort_by(f64::total_cmp);
    let late = took[took.len() * 99 / 100];
    (median(took), late)
}

/// The board, `/open` and the overviews.
pub(super) async fn desk() {
    let folder = tempfile::tempdir().expect("a folder");
    let (handed, ended) = played(folder.path()).await;
    let mut files: Vec<PathBuf> = Vec::new();
    for requests in SIZES {
        let file = folder.path().join(format!("{requests}.db"));
        drop(opened(&file).await);
        fill(&file, requests, &handed, &ended);
        let counter = counter(&file, "2026-03-09T09:00:00Z").await;
        counter.desk.settle_in().await.expect("settled");
        counter.desk.drain().await.expect("introduced");
        files.push(file);
    }
    let (few, many) = (counter(&files[0], MONDAY).await, counter(&files[1], MONDAY).await);
    let mut took: [[Vec<f64>; 2]; 2] = Default::default();
    let sizes = [&few, &many];
    // One call after the other and each size as often first, so that a busy moment of the machine meets both alike.
    for nth in 0..CALLS + 400 {
        for turn in 0..2 {
            let size = (nth + turn) % 2;
            let (board, list) = (sizes[size].board(nth / 2).await, sizes[size].open(nth / 2).await);
            if nth >= 400 {
                took[0][size].push(board);
                took[1][size].push(list);
            }
        }
    }
    for (what, [few, many]) in ["the board", "/open"].into_iter().zip(took) {
        let ((middle, late), (middle_many, late_many)) = (spread(few), spread(many));
        println!(
            "{what} of one of {ORGANISATIONS} organisations: 99th percentile {late:.0} µs of 10,000 requests, {late_many:.0} µs of \
             1,000,000 (ratio {:.2}); median {middle:.0} and {middle_many:.0} µs (ratio {:.2})",
            late_many / late,
            middle_many / middle
        );
    }
    drop((few, many));
    let mut runs = Vec::new();
    for file in &files {
        // A process of its own, since the most that a process ever held is told for the whole of it.
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program).arg("digest-run").arg(file).output().expect("a run");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
        let told: Vec<f64> = told.split_whitespace().map(|figure| figure.parse().expect("a figure")).collect();
        runs.push((told[0], told[1], told[2]));
    }
    let [(took, before, peak), (took_many, before_many, peak_many)] = runs[..] else { panic!("two runs") };
    println!(
        "the weekly overviews of {ORGANISATIONS} organisations in one run: {took:.1} s beside 10,000 requests, {took_many:.1} s beside \
         1,000,000; peak resident memory {peak:.1} and {peak_many:.1} MB (ratio {:.2}), {before:.1} and {before_many:.1} MB before it",
        peak_many / peak
    );
}

/// All overviews of a Monday, in a process of their own; prints the seconds, the megabytes before and the most.
pub(super) async fn digests(file: &Path) {
    let counter = counter(file, DIGESTS).await;
    counter.desk.settle_in().await.expect("settled");
    let before = peak().unwrap_or_default();
    let since = Instant::now();
    counter.desk.drain().await.expect("posted");
    let took = since.elapsed().as_secs_f64();
    // For everybody, and for the SPOCs.
    let posts = counter.chat.posts.load(Ordering::Relaxed);
    assert_eq!(posts, 2 * ORGANISATIONS as u64, "an overview in each of two channels");
    println!("{took} {before} {}", peak().unwrap_or_default());
}
