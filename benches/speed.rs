//! Speed as ratios within one run, because only ratios say something on a machine that others use too.
//!
//! `cargo bench --bench speed` prints: a message in to its committed card, with 64 producers and with one, beside bare single-row
//! inserts of the same run; a page of `/open`, the board and the weekly overviews at a million requests beside ten thousand; reading
//! messages, dates alone, the slowest of many long texts, how long a catalogue takes to be ready and what it leaves in memory; one
//! evaluation of a long policy and the search for its gaps. A name after `--` runs that part alone: `messages`, `lists`, `desk`, `policy` or `reading`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that cannot go on must fail")]

mod desk;
#[path = "../tests/it/sieve.rs"]
mod sieve;

use async_trait::async_trait;
use loket::adapters::clock::{ManualClock, SystemEntropy};
use loket::adapters::local::LocalChat;
use loket::adapters::store;
use loket::config::{self, Folder};
use loket::desk::{Desk, House};
use loket::domain::MessageId;
use loket::domain::catalogue::Catalogue;
use loket::intake::extract::dates;
use loket::intake::{Heard, Reader};
use loket::ports::{Certainty, Chat, Clock, Handover, Input, OpenFilter, Provider, ProviderError, Receipt, Store};
use loket::render::Words;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const ROUNDS: usize = 9;
const PRODUCERS: usize = 64;
const EACH: usize = 60;
const BARE: usize = 2_000;

fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    if let [part, file] = &named[..]
        && part == "digest-run"
    {
        return runtime.block_on(desk::digests(Path::new(file)));
    }
    runtime.block_on(async {
        if wanted("messages") {
            messages_beside_bare_inserts().await;
        }
        if wanted("lists") {
            lists_at_a_million().await;
        }
        if wanted("desk") {
            desk::desk().await;
        }
    });
    if wanted("policy") {
        policy();
    }
    if wanted("reading") {
        reading();
    }
}

/// A question to fifty rules and two hundred mandates, answered by the last rule.
fn policy() {
    use loket::domain::approval::{Mandate, Matches, Question, Require, Rule, Step, Terms, evaluate, gaps, ledger};
    use loket::domain::{Basis, Kind, Money, Urgency};
    let mut register = config::load(&Folder::embedded("office").expect("the pack")).expect("sound").register;
    let euro = |amount: i64| Money { cents: amount * 100, basis: Basis::Excl };
    let items: Vec<String> = register.catalogue.items().map(|item| item.id.to_string()).collect();
    let step = |need| Require::Steps(vec![Step { need, of: vec![] }]);
    register.policy = (0..50_usize)
        .map(|at| {
            let last = at == 49;
            let item = if last { vec![] } else { vec![items[at % items.len()].clone()] };
            let up_to = (!last).then(|| euro(i64::try_from(at).expect("small") * 2 + 1));
            let matches = Matches { items: item, up_to, ..Matches::default() };
            Rule {
                name: format!("rule {at}"),
                matches,
                per_month: None,
                require: step(if last { 2 } else { 1 }),
                afterwards: false,
            }
        })
        .collect();
    register.mandates = (0..200_usize)
        .map(|at| Mandate {
            person: format!("p{at}").as_str().into(),
            role: None,
            terms: Terms {
                organisation: "linde".into(),
                providers: vec![],
                items: if at % 4 == 0 { vec!["fac.".into()] } else { vec![items[at % items.len()].clone()] },
                kinds: vec![],
                maximum: Some(euro(i64::try_from(at).expect("small") * 10)),
                per_month: None,
                from: "2026-01-01".parse().expect("a day"),
                until: None,
                document: None,
            },
        })
        .collect();
    let (organisation, provider, item) = ("linde".into(), "facilitair".into(), "fac.furniture".into());
    let parties = ["p8".into()];
    let question = Question {
        organisation: &organisation,
        provider: &provider,
        item: &item,
        kind: Kind::Request,
        amount: Some(euro(480)),
        urgency: Urgency::Normal,
        parties: &parties,
        on: "2026-03-05".parse().expect("a day"),
        basis: Basis::Excl,
        vat_rate: 2100,
        asks: None,
        confirmed: true,
        absences: &[],
        open: true,
        ledger: &ledger::EMPTY,
    };
    let since = Instant::now();
    for _ in 0..20_000 {
        let verdict = evaluate(&register.policy, &register.mandates, std::hint::black_box(&question));
        assert_eq!(std::hint::black_box(verdict).rule.as_deref(), Some("rule 49"));
    }
    let each = 1e6 / per_second(20_000, since);
    let since = Instant::now();
    let linde = &register.organisations[&organisation];
    let found = gaps::gaps(&register, linde, question.on, &std::collections::BTreeSet::new()).len();
    let gaps = 1e3 / per_second(1, since);
    println!("50 rules and 200 mandates: {each:.1} µs a verdict; their {found} gaps in {gaps:.0} ms");
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

#[expect(clippy::cast_precision_loss, reason = "counts far below the precision of a float")]
fn per_second(count: usize, since: Instant) -> f64 {
    count as f64 / since.elapsed().as_secs_f64()
}

struct Nowhere;

#[async_trait]
impl Provider for Nowhere {
    fn certainty(&self) -> Certainty {
        Certainty::Idempotent
    }

    async fn submit(&self, _: &Handover) -> Result<Receipt, ProviderError> {
        Ok(Receipt::default())
    }

    async fn find(&self, _: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        Ok(vec![])
    }
}

/// One row in one durable transaction, as plain as it gets.
fn bare_inserts(folder: &Path) -> f64 {
    let connection = rusqlite::Connection::open(folder.join("bare.db")).expect("a database");
    connection.execute_batch("pragma journal_mode = wal; pragma synchronous = full").expect("pragmas");
    connection
        .execute_batch("create table if not exists t (id integer primary key, body text not null)")
        .expect("a table");
    let body = "a body of about a hundred characters, as a row of a request would be, give or take a few of them";
    let mut insert = connection.prepare("insert into t (body) values (?1)").expect("a statement");
    let since = Instant::now();
    for _ in 0..BARE {
        insert.execute([body]).expect("an insert");
    }
    per_second(BARE, since)
}

async fn messages_beside_bare_inserts() {
    let folder = tempfile::tempdir().expect("a folder");
    let register = config::load(&Folder::embedded("office").expect("the pack")).expect("the pack is sound").register;
    let clock = Arc::new(ManualClock::at("2026-03-03T08:12:00Z".parse().expect("an instant")));
    let chat = LocalChat::new(Arc::clone(&clock) as Arc<dyn Clock>);
    let url = format!("sqlite:{}", folder.path().join("loket.db").display());
    let store = store::open(&url, Arc::new(SystemEntropy)).await.expect("the store");
    let connectors =
        register.providers.keys().map(|code| (code.clone(), Arc::new(Nowhere) as Arc<dyn Provider>)).collect();
    let house = House::new(register, Arc::new(Words::new()), connectors);
    let port: Arc<dyn Chat> = Arc::new(chat.clone());
    let desk = Arc::new(Desk::new(store, port, clock, Arc::new(SystemEntropy), house));
    let heard = chat.says(
        &"local:alice".into(),
        &"local:facilitair".into(),
        "de kraan in de pantry boven lekt, er ligt water op de vloer",
    );
    let (mut bare, mut many, mut one) = (Vec::new(), Vec::new(), Vec::new());
    // Each figure stands between two of the bare inserts, since the machine may be slower for a while.
    let mut before = bare_inserts(folder.path());
    for round in 0..ROUNDS {
        let since = Instant::now();
        let producers: Vec<_> = (0..PRODUCERS)
            .map(|producer| {
                let (desk, heard) = (Arc::clone(&desk), heard.clone());
                tokio::spawn(async move {
                    for n in 0..EACH {
                        let mut heard = heard.clone();
                        heard.at.message = MessageId(format!("local:{round}-{producer}-{n}"));
                        desk.handle(Input::Heard(heard)).await.expect("committed");
                    }
                })
            })
            .collect();
        for producer in producers {
            producer.await.expect("a producer");
        }
        many.push(per_second(PRODUCERS * EACH, since));
        let between = bare_inserts(folder.path());
        let since = Instant::now();
        for n in 0..500 {
            let mut heard = heard.clone();
            heard.at.message = MessageId(format!("local:{round}-one-{n}"));
            desk.handle(Input::Heard(heard)).await.expect("committed");
        }
        one.push(per_second(500, since));
        let after = bare_inserts(folder.path());
        bare.push((f64::midpoint(before, between), f64::midpoint(between, after)));
        before = after;
    }
    let (beside_many, beside_one): (Vec<f64>, Vec<f64>) = bare.into_iter().unzip();
    let ratio = |ours: &[f64], bare: &[f64]| median(ours.iter().zip(bare).map(|(ours, bare)| ours / bare).collect());
    println!(
        "message in to committed card: {:.0}/s with {PRODUCERS} producers (ratio {:.2}), {:.0}/s with one (ratio {:.2}); bare inserts {:.0}/s",
        median(many.clone()),
        ratio(&many, &beside_many),
        median(one.clone()),
        ratio(&one, &beside_one),
        median(beside_many.clone())
    );
}

async fn lists_at_a_million() {
    let mut figures = Vec::new();
    for requests in [10_000_u64, 1_000_000] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("loket.db");
        let store =
            store::open(&format!("sqlite:{}", file.display()), Arc::new(SystemEntropy)).await.expect("the store");
        fill(&file, requests, 500);
        list(&store, 200).await;
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            let since = Instant::now();
            list(&store, 400).await;
            rounds.push(1e6 / per_second(400, since));
        }
        figures.push(median(rounds));
    }
    let ratio = figures[1] / figures[0];
    println!("a page of /open: {:.0} µs of 10,000, {:.0} µs of 1,000,000 (ratio {ratio:.2})", figures[0], figures[1]);
}

async fn list(store: &Arc<dyn Store>, times: usize) {
    for _ in 0..times {
        let page = store.list(&"linde".into(), &OpenFilter::default(), None, 50).await.expect("a page");
        assert_eq!(page.len(), 50);
    }
}

/// Rows of requests alone, of which so many are open, spread evenly.
fn fill(file: &Path, requests: u64, open: u64) {
    let mut connection = rusqlite::Connection::open(file).expect("a database");
    let transaction = connection.transaction().expect("a transaction");
    let sql =
        "insert into request (organisation, id, version, number, stage, waits_for, kind, item, provider, urgency, requester,
        conversation, opened_at, changed_at, closed_at) values ('linde', ?1, 1, ?2, ?3, 'requester', 'incident', 'fac.plumbing',
        'facilitair', 'normal', 'discord:7', 'discord:500', ?4, ?4, ?5)";
    {
        let mut insert = transaction.prepare(sql).expect("a statement");
        for n in 0..requests {
            let is_open = n % (requests / open) == 0;
            let (id, number) = (format!("{n:032x}"), format!("2026-{:04}", n + 1));
            let (stage, opened) = (if is_open { "draft" } else { "closed" }, i64::try_from(n).expect("small"));
            let closed = (!is_open).then_some(opened);
            insert.execute(rusqlite::params![id, number, stage, opened, closed]).expect("a row");
        }
    }
    transaction.commit().expect("committed");
}

/// Items and examples of a catalogue of usual size.
const ITEMS: usize = 45;
const EXAMPLES: usize = 50;

/// The catalogue that ships with the program, with so many items and so many examples each.
fn usual_catalogue(shipped: &Catalogue) -> Catalogue {
    let items = shipped.items().take(ITEMS).map(|item| {
        let mut item = item.clone();
        item.recognise.examples = item.recognise.examples.iter().cycle().take(EXAMPLES).cloned().collect();
        item
    });
    Catalogue::new(items).expect("each item once")
}

/// The resident memory of this process in MB, where the system tells it.
fn resident() -> Option<f64> {
    memory("VmRSS:")
}

/// The most that it ever was.
fn peak() -> Option<f64> {
    memory("VmHWM:")
}

fn memory(which: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(which))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()? / 1024.0)
}

/// How many a second, the median of some rounds.
fn rate(count: usize, mut all: impl FnMut()) -> f64 {
    all();
    let round = |_| {
        let since = Instant::now();
        all();
        per_second(count, since)
    };
    median((0..ROUNDS).map(round).collect())
}

/// Start-up first, since reading would leave more in memory.
fn reading() {
    let register = config::load(&Folder::embedded("office").expect("the pack")).expect("the pack is sound").register;
    let catalogue = usual_catalogue(&register.catalogue);
    let before = resident();
    let since = Instant::now();
    let reader = Reader::new(&catalogue, &[]);
    let first = since.elapsed().as_secs_f64() * 1e3;
    let after = resident();
    let start = |_| {
        let since = Instant::now();
        std::hint::black_box(Reader::new(&catalogue, &[]));
        since.elapsed().as_secs_f64() * 1e3
    };
    println!(
        "start-up of the catalogue ({ITEMS} items, {EXAMPLES} examples each): {:.1} ms, the first time {first:.1} ms",
        median((0..ROUNDS).map(start).collect())
    );
    match (before, after) {
        (Some(before), Some(after)) => {
            println!("resident memory: {after:.1} MB after start-up, {:.1} MB of it by it", after - before);
        }
        _ => println!("resident memory: this system does not tell"),
    }
    let now = "2026-03-03T08:12:00Z".parse::<loket::domain::Instant>().expect("an instant");
    let now = now.with_timezone(&chrono_tz::Europe::Amsterdam);
    let texts = messages();
    let read = rate(texts.len(), || {
        for text in &texts {
            let heard = Heard { text, now, topic: loket::domain::register::Topic::Facility, addressed: false };
            std::hint::black_box(reader.listen(&heard));
        }
    });
    let dated = rate(texts.len(), || {
        for text in &texts {
            std::hint::black_box(dates(text, "nl-NL", now.naive_local()));
        }
    });
    println!(
        "reading on one core: {read:.0} messages a second with everything on, {dated:.0} texts a second for dates alone"
    );
    slowest(&reader, &texts, now);
}

/// No text of so many characters may take longer than [`MOST_MS`] to read.
const LONG: usize = 4_000;
const MOST_MS: f64 = 5.0;

/// Long texts: the labelled messages in a row, each of many of them over and over, and what makes a grammar try most.
fn slowest(reader: &Reader, texts: &[String], now: chrono::DateTime<chrono_tz::Tz>) {
    let filled = |piece: &str| piece.chars().cycle().take(LONG).collect::<String>();
    let all = texts.join(" ").chars().collect::<Vec<_>>();
    let in_a_row = all.chunks(LONG).map(|chunk| chunk.iter().collect::<String>());
    let repeated = texts.iter().step_by(25).filter(|text| !text.is_empty()).map(|text| filled(&format!("{text} ")));
    let trying = [
        "1 ",
        "1-",
        "1,",
        "12:30 ",
        "de ",
        "een ",
        "een en ",
        "van 1 tot ",
        "tussen 2 en 4 ",
        "ma ",
        "3 mei ",
        "12/3/26 ",
        "de dag na ",
        "een dag na de dag voor ",
        "twee weken na pasen ",
        "eind van de week van de ",
        "volgende week ma of di ",
        "tweehonderdduizendtweehonderd ",
        "half ",
        "kwart voor ",
        "€ 1.250,- ",
        "2.16 ",
        "bij de balie in de hal van ",
        "kamer 1 ",
        "lekkt de kran ",
        "verwarmingsinstallatiestoring",
        "graag ",
        "in 2 dagen en 3 ",
        "elke ",
        "om de twee ",
        "@",
        "\"",
        "\n- ",
    ];
    let trying = trying.iter().map(|piece| filled(piece));
    let (mut most, mut of, mut count) = (0.0_f64, String::new(), 0_u32);
    for text in in_a_row.chain(repeated).chain(trying) {
        let heard = Heard { text: &text, now, topic: loket::domain::register::Topic::Facility, addressed: false };
        // The least of three, since the machine may be busy with something else.
        let once = |_| {
            let since = Instant::now();
            std::hint::black_box(reader.read(&heard));
            since.elapsed().as_secs_f64() * 1e3
        };
        let took = (0..3).map(once).fold(f64::MAX, f64::min);
        count += 1;
        if took > most {
            (most, of) = (took, text.chars().take(40).collect());
        }
    }
    println!(
        "the slowest of {count} texts of {LONG} characters: {most:.2} ms of {MOST_MS:.0} that it may take ({of:?} …)"
    );
}

/// The project's own labelled messages.
fn messages() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/understanding");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the messages").flatten().map(|file| file.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let lines = files.iter().map(|file| std::fs::read_to_string(file).expect("a file of messages"));
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned);
    lines.flat_map(|lines| lines.lines().filter_map(text).collect::<Vec<_>>()).collect()
}
