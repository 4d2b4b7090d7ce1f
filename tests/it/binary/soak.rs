//! Two weeks at ten times a busy office's load through the real binary: the gateway, the queue before Discord, the database and the
//! providers' folders, as they run at an organisation. What the other soak leaves out is Discord's connection, and with it what the
//! library keeps of channels, people and messages.
//!
//! ```sh
//! cargo test --test it -- binary::soak --ignored --nocapture --test-threads 1
//! ```
//!
//! `LOKET_CASES` is the number of requests, 1,500 unless it says otherwise; each comes with ten lines of chat. It prints a line for each
//! tenth. Time is the real one here: the binary sends Discord as much as its own queue allows, so that the weeks take some ten minutes.
//! In the first week the database's writer fills its cache of 8 MB, so that the second one is what is weighed.

use super::kills::approve_all;
use super::{Office, until};
use crate::loopback::{Id, Message, World};
use crate::soak::held;
use crate::world::cases;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// How many requests are under way at once.
const AT_ONCE: usize = 6;
/// Lines of chat for each request.
const CHATTER: usize = 10;
/// By how much memory may grow in the second week, in kilobytes.
const GROWTH: u64 = 4 * 1024;
/// How long those under way may take.
const PATIENCE: Duration = Duration::from_secs(60);

const WISHES: [(&str, [&str; 2], &str); 4] = [
    ("facilitair", ["alice", "carla"], "de kraan in de pantry boven lekt, er staat een plas op de vloer"),
    ("facilitair", ["alice", "sanne"], "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?"),
    ("ict", ["carla", "sanne"], "de printer bij de receptie print niet meer"),
    ("merel-huisvesting", ["nora", "wouter"], "het toilet op de tweede verdieping is verstopt"),
];
const SAID: [&str; 5] = [
    "goedemorgen allemaal",
    "wie gaat er mee lunchen?",
    "ik ben er om kwart over",
    "fijn weekend straks",
    "heeft iemand de notulen van dinsdag?",
];

/// Who is asked whether it is solved, and in which message.
fn asked_of(world: &World, said: &BTreeMap<Id, &str>) -> Vec<(Id, Id)> {
    let question = |id: &Id| {
        let thread = world.thread_of(*id)?;
        let asks = |message: &&Message| message.buttons().iter().any(|button| button == "Opgelost");
        Some((world.messages.get(id)?.author, world.own_talk(thread).into_iter().rev().find(asks)?.id))
    };
    said.keys().filter_map(question).collect()
}

/// Those under way get their decisions, the SPOC says that they are done and whoever asked that it is well, until none is left or
/// patience is.
async fn settles(office: &Office, said: &BTreeMap<Id, &str>, told: &mut BTreeSet<Id>) {
    let (since, mut answered) = (Instant::now(), BTreeSet::new());
    while since.elapsed() < PATIENCE {
        approve_all(office);
        let rows = office.requests();
        for (id, number, _) in rows.iter().filter(|(id, _, stage)| said.contains_key(id) && stage == "handed-over") {
            let Some(number) = number.clone().filter(|_| told.insert(*id)) else { continue };
            let (spoc, room) =
                if said[id].starts_with("merel") { ("nora", "merel-kantoor") } else { ("sanne", "spoc") };
            let typed = [("id", json!(number)), ("state", json!("done"))];
            let typed = office.discord.types(office.id(spoc), office.id(room), "status", &typed);
            office.discord.answered(typed).await;
        }
        for (author, question) in office.discord.read(|world| asked_of(world, said)) {
            // The button stays until the answer to it is there.
            if answered.insert(question) {
                office.discord.presses(author, question, "Opgelost");
            }
        }
        if said.keys().all(|id| rows.iter().any(|(of, _, stage)| of == id && stage == "closed")) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not all of {said:?} became orders: {:?}", office.requests());
}

fn put_away(world: &mut World, said: &[Id]) {
    let threads: Vec<Id> = said.iter().filter_map(|id| world.thread_of(*id)).collect();
    for thread in threads {
        world.channels.get_mut(&thread).unwrap().archive_minutes = 0;
    }
    world.archive_idle_threads();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes and measures a process: run it alone, as its first lines say"]
async fn the_second_week_of_ten_busy_offices_leaves_the_real_binary_as_it_was() {
    let all: usize = cases(1_500).try_into().unwrap();
    assert!(all >= 20, "a tenth of less is no measure");
    let office = Office::furnish("1 s", None).await;
    // A week takes six minutes here. The look through the channels every ten minutes would find ten thousand messages each time, which
    // nowhere are said in that time, and what it held for a moment would be weighed.
    office.configures("loket.toml", |_| "backfill = \"5 s\"\n".to_owned());
    office.discord.limits(false);
    let loket = office.opens().await;
    let (mut measured, mut told, mut weeks, mut asked) = (Vec::new(), BTreeSet::new(), Vec::new(), 0);
    let since = Instant::now();
    while asked < all {
        let mut said = BTreeMap::new();
        for nth in asked..all.min(asked + AT_ONCE) {
            for line in 0..CHATTER {
                // Somebody who asks for nothing: what people add within minutes belongs to their request.
                let who = "bob";
                office.says(who, "facilitair", &format!("{} ({nth}-{line})", SAID[line % SAID.len()]));
            }
            let (channel, people, text) = WISHES[nth % WISHES.len()];
            let message = office.says(people[nth / WISHES.len() % 2], channel, &format!("{text} ({nth})"));
            said.insert(message, channel);
        }
        let before = asked * 10 / all;
        asked += said.len();
        settles(&office, &said, &mut told).await;
        weeks.extend(said.into_keys());
        // A thread in which nothing is said for a week is put away by Discord.
        let quiet = weeks.drain(..weeks.len().saturating_sub(all / 2)).collect::<Vec<_>>();
        office.discord.change(|world| put_away(world, &quiet));
        if asked * 10 / all > before {
            let (memory, files) = held(&loket.id().to_string());
            let orders = office.orders().len();
            println!("{asked} requests, {orders} orders, {:?}: {memory} kB, {files} files", since.elapsed());
            measured.push((memory, files));
        }
    }
    until("an empty outbox", || (office.waiting() == 0).then_some(())).await;
    assert!(office.orders().len() >= all, "each became an order");
    assert_eq!(office.discord.violations(), Vec::<String>::new());
    let (early, late) = (measured[measured.len() / 2 - 1], measured[measured.len() - 1]);
    assert!(late.0 < early.0 + GROWTH, "memory grows: {measured:?}");
    // A connection to Discord may be open at one moment and not at another.
    assert!(late.1 <= early.1 + 4, "files stay open: {measured:?}");
    assert!(!loket.log().contains("ERROR"), "{}", loket.log());
}
