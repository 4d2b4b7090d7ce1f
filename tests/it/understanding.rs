//! The project's own labelled messages: how well those that were never learned from are read, and the making of the learned tables.
//!
//! `LOKET_LEARN=write cargo test --test it -- understanding::learning --nocapture` makes the tables anew from `train-*.jsonl`;
//! `LOKET_LEARN=check` says how well five folds of those files read each other.

use chrono::NaiveDateTime;
use loket::config::{self, Folder};
use loket::domain::catalogue::Catalogue;
use loket::domain::register::Topic;
use loket::domain::{ItemId, Kind, LocalMoment, When, WhenRole};
use loket::intake::learn::{Fields, Learned, Lesson, learn};
use loket::intake::{Heard, Knowledge, Outcome, Reader, Understanding};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone, Debug, Deserialize)]
struct Labelled {
    id: String,
    text: String,
    now: chrono::DateTime<chrono::FixedOffset>,
    channel: String,
    request: bool,
    #[serde(default)]
    urgency: Option<String>,
    #[serde(default)]
    when: Option<Wanted>,
    #[serde(default)]
    place: Option<String>,
    kind: Option<Kind>,
    item: Option<ItemId>,
    #[serde(default)]
    alt_items: Vec<ItemId>,
}

/// The date of a label: a day, or a day and a time.
#[derive(Clone, Debug, Deserialize)]
struct Wanted {
    from: String,
    to: Option<String>,
    role: String,
}

impl Wanted {
    fn when(&self) -> When {
        let moment = |text: &str| match NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M") {
            Ok(at) => LocalMoment::At(at),
            Err(_) => LocalMoment::Day(text.parse().unwrap()),
        };
        let role = match self.role.as_str() {
            "by" => WhenRole::By,
            "from" => WhenRole::From,
            "on" => WhenRole::On,
            other => panic!("no role: {other}"),
        };
        When { from: moment(&self.from), to: self.to.as_deref().map(moment), role }
    }
}

impl Labelled {
    fn heard(&self) -> Heard<'_> {
        let topic = match self.channel.as_str() {
            "facility" => Topic::Facility,
            "ict" => Topic::Ict,
            _ => Topic::General,
        };
        let now = self.now.with_timezone(&chrono_tz::Europe::Amsterdam);
        Heard { text: &self.text, now, topic, addressed: false }
    }

    fn lesson(&self) -> Lesson<'_> {
        Lesson {
            heard: self.heard(),
            wanted: self.kind.zip(self.item.clone()),
            fields: self.urgency.as_deref().filter(|_| self.request).map(|urgency| Fields {
                when: self.when.as_ref().map(Wanted::when),
                urgent: urgency == "high",
                place: self.place.as_deref(),
            }),
        }
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/understanding")
}

/// The files of that beginning, in the order of their names, as one text.
fn files(beginning: &str) -> String {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning)));
    names.sort();
    names.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn lines(text: &str) -> Vec<Labelled> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn catalogue() -> Catalogue {
    config::load(&Folder::embedded("office").unwrap()).unwrap().register.catalogue
}

/// Counts of what was read right.
#[derive(Default)]
struct Score {
    requests: u32,
    chat: u32,
    found: u32,
    false_alarms: u32,
    acted: u32,
    acted_right: u32,
    silent: u32,
    chat_answered: u32,
    kind: u32,
    item: u32,
}

impl Score {
    fn add(&mut self, gold: &Labelled, read: &Understanding) {
        let said = read.confidence >= 0.5;
        let act = read.outcome == Outcome::Act;
        self.acted += u32::from(act);
        if gold.request {
            self.requests += 1;
            self.found += u32::from(said);
            self.acted_right += u32::from(act);
            self.silent += u32::from(read.outcome == Outcome::Silent);
            let first = &read.requests[0];
            self.kind += u32::from(said && Some(first.kind.value) == gold.kind);
            let item = first.item.as_ref().map(|found| &found.value);
            self.item +=
                u32::from(said && (item == gold.item.as_ref() || gold.alt_items.iter().any(|alt| Some(alt) == item)));
        } else {
            self.chat += 1;
            self.false_alarms += u32::from(said);
            self.chat_answered += u32::from(read.outcome != Outcome::Silent);
        }
    }

    fn shares(&self) -> Vec<(&'static str, f64)> {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        let (precision, recall) = (share(self.found, self.found + self.false_alarms), share(self.found, self.requests));
        vec![
            ("f1", 2.0 * precision * recall / (precision + recall).max(1e-9)),
            ("precision", precision),
            ("act precision", share(self.acted_right, self.acted)),
            ("act recall", share(self.acted_right, self.requests)),
            ("silent miss", share(self.silent, self.requests)),
            ("chat answered", share(self.chat_answered, self.chat)),
            ("kind", share(self.kind, self.requests)),
            ("item", share(self.item, self.requests)),
        ]
    }
}

fn shown(shares: &[(&'static str, f64)]) -> String {
    let mut text = String::new();
    for (name, share) in shares {
        let _ = write!(text, "{name} {share:.3}  ");
    }
    text
}

/// A share of a test file and where it must not go below, or for what is bad above.
type Bar = (&'static str, f64);

fn held_out(file: &str, at_least: &[Bar], at_most: &[Bar]) {
    let reader = Reader::new(&catalogue(), &[]);
    let gold = lines(&files(file));
    let mut score = Score::default();
    for line in &gold {
        score.add(line, &reader.read(&line.heard()));
    }
    let shares = score.shares();
    println!("{file}, {} messages: {}", gold.len(), shown(&shares));
    let share = |name: &str| shares.iter().find(|(other, _)| *other == name).unwrap().1;
    for (name, floor) in at_least {
        assert!(share(name) >= *floor, "{file}: {name} fell to {:.3}, below {floor}", share(name));
    }
    for (name, ceiling) in at_most {
        assert!(share(name) <= *ceiling, "{file}: {name} rose to {:.3}, above {ceiling}", share(name));
    }
}

#[test]
fn natural_messages_of_other_offices_that_were_never_learned_from_are_read_well() {
    let at_least = [
        ("f1", 0.95),
        ("precision", 0.93),
        ("act precision", 0.97),
        ("act recall", 0.92),
        ("kind", 0.90),
        ("item", 0.91),
    ];
    held_out("test-offices.", &at_least, &[("silent miss", 0.03), ("chat answered", 0.05)]);
}

#[test]
fn hard_messages_that_were_never_learned_from_are_read_well_enough() {
    let at_least = [
        ("f1", 0.91),
        ("precision", 0.88),
        ("act precision", 0.93),
        ("act recall", 0.80),
        ("kind", 0.88),
        ("item", 0.89),
    ];
    held_out("test.", &at_least, &[("silent miss", 0.06), ("chat answered", 0.095)]);
}

#[test]
fn messages_of_two_more_writers_that_were_never_learned_from_are_read_well() {
    let at_least = [
        ("f1", 0.94),
        ("precision", 0.92),
        ("act precision", 0.96),
        ("act recall", 0.90),
        ("kind", 0.89),
        ("item", 0.88),
    ];
    held_out("test-writers.", &at_least, &[("silent miss", 0.055), ("chat answered", 0.07)]);
}

#[test]
fn labels_name_what_exists_and_no_message_is_both_learned_and_tested() {
    let catalogue = catalogue();
    let (train, test) = (lines(&files("train-")), lines(&files("test")));
    assert!(train.len() >= 1_500 && test.len() >= 300, "{} and {} messages", train.len(), test.len());
    let chat = train.iter().filter(|line| !line.request).count();
    assert!(chat * 10 >= train.len() * 4, "only {chat} of {} messages are no requests", train.len());
    for line in train.iter().chain(&test) {
        assert_eq!(line.request, line.kind.is_some() && line.item.is_some(), "{}", line.id);
        for item in line.item.iter().chain(&line.alt_items) {
            assert!(catalogue.item(item).is_some(), "{}: {item}", line.id);
        }
    }
    let learned: std::collections::HashSet<String> = train.iter().map(|line| line.text.to_lowercase()).collect();
    let both: Vec<&str> =
        test.iter().filter(|line| learned.contains(&line.text.to_lowercase())).map(|line| line.id.as_str()).collect();
    assert!(both.is_empty(), "{both:?}");
}

/// Names the messages that the shipped tables were made from.
fn fingerprint(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    format!("messages\t{}", hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn model_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/intake/model")
}

#[test]
fn learning_is_written_down_and_the_shipped_tables_are_of_these_messages() {
    let train = files("train-");
    let asked = std::env::var_os("LOKET_LEARN").unwrap_or_default();
    let gold = lines(&train);
    if asked == "write" {
        let reader = Reader::new(&catalogue(), &[]);
        let lessons: Vec<Lesson<'_>> = gold.iter().map(Labelled::lesson).collect();
        let Learned { words, places, weights } = learn(&reader, &lessons);
        std::fs::write(model_folder().join("words.bin"), words).unwrap();
        std::fs::write(model_folder().join("places.bin"), places).unwrap();
        std::fs::write(model_folder().join("weights.tsv"), format!("{weights}{}\n", fingerprint(&train))).unwrap();
        println!("{} messages learned; build again to use them", gold.len());
        return;
    }
    if asked == "check" {
        check(&gold);
    }
    let weights = std::fs::read_to_string(model_folder().join("weights.tsv")).unwrap();
    assert!(
        weights.contains(&fingerprint(&train)),
        "the messages changed: make the tables anew with LOKET_LEARN=write"
    );
    assert!(std::fs::metadata(model_folder().join("words.bin")).unwrap().len() < 4 << 20);
}

/// Five folds: each is read with tables made from the other four.
fn check(gold: &[Labelled]) {
    let catalogue = catalogue();
    let reader = Reader::new(&catalogue, &[]);
    let mut score = Score::default();
    for fold in 0..5 {
        let (held, taught): (Vec<_>, Vec<_>) = gold.iter().enumerate().partition(|(at, _)| at % 5 == fold);
        let lessons: Vec<Lesson<'_>> = taught.iter().map(|(_, line)| line.lesson()).collect();
        let knowledge = Knowledge::new(&catalogue).taught(&learn(&reader, &lessons));
        let other = Reader::with(Arc::new(knowledge), &[]);
        for (_, line) in held {
            score.add(line, &other.read(&line.heard()));
        }
    }
    println!("five folds of {} messages: {}", gold.len(), shown(&score.shares()));
}
