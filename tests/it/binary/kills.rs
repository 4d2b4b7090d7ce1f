//! The kill campaign: the real binary dies without warning, again and again, mostly at the worst moment: right after the fake has
//! applied a call and before the answer, or right after the order's file appeared. At the end everything is counted.
//!
//! `LOKET_KILLS=1000 cargo test --test it -- --nocapture binary::kills` is the long form; `LOKET_SEED` throws other dice. The
//! campaign is cut into seasons, each with an office and a database of its own: the program signs in at most 200 times a day, and a
//! season stays below. A naive courier goes through the same kills, so that it is known that they find what they look for.

use super::{Office, Process, naive};
use crate::loopback::{Discord, Id};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Kills in a season.
const SEASON: usize = 20;
/// Requests written for each kill.
const ASKED: usize = 3;
/// How long a life lasts at most when the aim does not come up.
const LIFE: Duration = Duration::from_secs(5);
/// How long the last life may take to finish everything.
const REST: Duration = Duration::from_secs(120);

/// What is asked for, by whom and where: faults that settle by themselves, and orders that need a yes.
const WISHES: [(&str, [&str; 2], &str); 4] = [
    ("facilitair", ["alice", "carla"], "de kraan in de pantry boven lekt, er staat een plas op de vloer"),
    ("facilitair", ["alice", "sanne"], "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?"),
    ("ict", ["carla", "sanne"], "de printer bij de receptie print niet meer"),
    ("merel-huisvesting", ["nora", "wouter"], "het toilet op de tweede verdieping is verstopt"),
];

/// Dice that fall the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new() -> Self {
        Self(number("LOKET_SEED").unwrap_or(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or(0)
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var_os(variable)?.into_string().ok()?.parse().ok()
}

/// How many kills were asked for.
pub fn size(usual: usize) -> usize {
    number("LOKET_KILLS").and_then(|kills| usize::try_from(kills).ok()).unwrap_or(usual)
}

/// A blow that falls once.
#[derive(Clone)]
pub struct Blow {
    victim: Arc<Process>,
    struck: Arc<AtomicBool>,
}

impl Blow {
    pub fn at(victim: &Arc<Process>) -> Self {
        Self { victim: Arc::clone(victim), struck: Arc::default() }
    }

    pub fn strike(&self) {
        if !self.struck.swap(true, Ordering::AcqRel) {
            self.victim.kill();
        }
    }

    pub fn has_struck(&self) -> bool {
        self.struck.load(Ordering::Acquire)
    }
}

/// What the kills are aimed at.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Aim {
    Call(&'static str),
    Order,
    Chance,
}

const AIMS: [(Aim, usize); 8] = [
    (Aim::Call("POST /channels/*/messages"), 5),
    (Aim::Call("POST /channels/*/messages"), 5),
    (Aim::Call("POST /channels/*/messages/*/threads"), 3),
    (Aim::Call("PATCH /channels/**"), 4),
    (Aim::Call("PUT /channels/**"), 2),
    (Aim::Order, 3),
    (Aim::Order, 3),
    (Aim::Chance, 1),
];

/// What came of it.
#[derive(Debug, Default)]
struct Tally {
    kills: usize,
    aimed: BTreeMap<String, usize>,
    requests: usize,
    lost: Vec<String>,
    posts_twice: Vec<String>,
    orders_twice: Vec<String>,
}

/// A word that stands in one message only, and so in one order.
fn mark(nth: usize) -> String {
    let letters = b"bcdfghjkmnprstvw";
    let mut word = String::from("(zq");
    for place in [256, 16, 1] {
        word.push(char::from(letters[nth / place % 16]));
    }
    word + ")"
}

/// Posts of the bot that stand twice in one channel, by their first words; and posts under one key.
pub fn repeated(discord: &Discord) -> Vec<String> {
    discord.read(|world| {
        let (mut words, mut keys) = (BTreeMap::new(), BTreeMap::new());
        for message in world.messages.values().filter(|m| m.author == world.bot && m.ephemeral_to.is_none()) {
            let first = message.earlier.first().cloned().unwrap_or_else(|| message.text());
            if !first.is_empty() {
                *words.entry(format!("{} {first}", message.channel)).or_insert(0) += 1;
            }
            if let Some(nonce) = &message.nonce {
                *keys.entry(nonce.to_string()).or_insert(0) += 1;
            }
        }
        words.into_iter().chain(keys).filter(|(_, count)| *count > 1).map(|(what, _)| what).collect()
    })
}

/// The buyers say yes to every card on which the signs stand.
pub fn approve_all(office: &Office) {
    for (channel, buyer) in [("goedkeuringen", "bob"), ("merel-goedkeuringen", "nora")] {
        let (channel, buyer) = (office.id(channel), office.id(buyer));
        let waiting: Vec<Id> = office.discord.read(|world| {
            let ready = |id: Id| ["✅", "❌"].iter().all(|sign| world.reactors(id, sign).contains(&world.bot));
            let all = world.own_talk(channel).into_iter().map(|m| m.id);
            all.filter(|id| ready(*id) && !world.reactors(*id, "✅").contains(&buyer)).collect()
        });
        for card in waiting {
            office.discord.reacts(buyer, card, "✅");
        }
    }
}

struct Season {
    office: Office,
    /// What was written, with its mark.
    said: Vec<(Id, String)>,
}

impl Season {
    fn ask(&mut self, dice: &mut Dice, wish: Option<usize>) {
        let (channel, people, text) = WISHES[wish.unwrap_or_else(|| dice.throw(WISHES.len()))];
        let mark = mark(self.said.len());
        let message = self.office.says(people[dice.throw(2)], channel, &format!("{text} {mark}"));
        self.said.push((message, mark));
    }

    /// One life, which ends with a kill.
    async fn live(&mut self, dice: &mut Dice, process: &Arc<Process>, mut asked: usize, tally: &mut Tally) {
        let (aim, most) = AIMS[dice.throw(AIMS.len())];
        let nth = 1 + dice.throw(most);
        let blow = Blow::at(process);
        let over = Arc::new(AtomicBool::new(false));
        let mut watcher = None;
        match aim {
            Aim::Call(pattern) => {
                let blow = blow.clone();
                self.office.discord.on_call(pattern, nth, move |_| blow.strike());
            }
            Aim::Order => {
                let (blow, over, orders) = (blow.clone(), Arc::clone(&over), self.office.orders_folder());
                let wanted = super::order_files(&orders).len() + nth;
                watcher = Some(std::thread::spawn(move || {
                    while !over.load(Ordering::Acquire) {
                        if super::order_files(&orders).len() >= wanted {
                            return blow.strike();
                        }
                        std::thread::sleep(Duration::from_millis(1));
                    }
                }));
            }
            Aim::Chance => {}
        }
        let limit = if aim == Aim::Chance { Duration::from_millis(dice.throw(1_500) as u64) } else { LIFE };
        let since = Instant::now();
        while !blow.has_struck() && since.elapsed() < limit {
            if asked > 0 && self.office.discord.read(|world| world.gateway.online() > 0) {
                // A card with signs, when those are aimed at.
                let wish = (asked == 1 && aim == Aim::Call("PUT /channels/**")).then_some(1);
                self.ask(dice, wish);
                asked -= 1;
            }
            approve_all(&self.office);
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        let aimed = blow.has_struck();
        process.kill();
        over.store(true, Ordering::Release);
        if let Some(watcher) = watcher {
            watcher.join().unwrap();
        }
        self.office.discord.heals();
        while asked > 0 {
            self.ask(dice, None);
            asked -= 1;
        }
        tally.kills += 1;
        *tally
            .aimed
            .entry(if aimed { format!("{aim:?}") } else { "at no moment in particular".into() })
            .or_default() += 1;
    }

    /// The last life: until everything is done, or for as long as patience lasts.
    async fn rest(&self) {
        let _last = self.office.reopens(false);
        let since = Instant::now();
        while since.elapsed() < REST {
            approve_all(&self.office);
            let done = self.office.requests().iter().filter(|(_, _, stage)| stage == "handed-over").count();
            if done >= self.said.len() && self.office.waiting() == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn count(&self, tally: &mut Tally) {
        let (orders, rows) = (self.office.orders(), self.office.requests());
        for (message, mark) in &self.said {
            let cards = self.office.discord.read(|world| {
                let thread = world.thread_of(*message)?;
                Some(world.own_talk(thread).into_iter().filter(|m| !m.embeds.is_empty()).count())
            });
            match cards.unwrap_or(0) {
                0 => tally.lost.push(format!("{mark}: no card")),
                1 => {}
                many => tally.posts_twice.push(format!("{mark}: {many} cards")),
            }
            match orders.iter().filter(|(_, text)| text.contains(mark)).count() {
                0 => {
                    let row = rows.iter().find(|(id, ..)| id == message);
                    tally.lost.push(format!("{mark}: no order; {row:?}"));
                }
                1 => {}
                many => tally.orders_twice.push(format!("{mark}: {many} orders")),
            }
        }
        tally.posts_twice.extend(repeated(&self.office.discord));
        tally.requests += self.said.len();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_the_worst_moments_nothing_is_lost_and_nothing_happens_twice() {
    let kills = size(24);
    let mut dice = Dice::new();
    let mut tally = Tally::default();
    while tally.kills < kills {
        let office = Office::furnish("1 s", None).await;
        office.discord.limits(false);
        let mut season = Season { office, said: Vec::new() };
        let mut process = season.office.opens().await;
        for nth in 0..SEASON.min(kills - tally.kills) {
            if nth > 0 {
                process = season.office.reopens(dice.throw(4) == 0);
            }
            season.live(&mut dice, &process, ASKED, &mut tally).await;
        }
        season.rest().await;
        season.count(&mut tally);
        assert_eq!(season.office.discord.violations(), Vec::<String>::new());
        println!(
            "{} kills over {} requests: {} lost, {} posts twice, {} orders twice; struck {:?}",
            tally.kills,
            tally.requests,
            tally.lost.len(),
            tally.posts_twice.len(),
            tally.orders_twice.len(),
            tally.aimed,
        );
        let wrong = tally.lost.len() + tally.posts_twice.len() + tally.orders_twice.len();
        assert_eq!(wrong, 0, "{tally:#?}\n{}", process.log().lines().rev().take(200).collect::<Vec<_>>().join("\n"));
    }
    // Without this the numbers above would say nothing.
    let (struck, posts, orders) = naive::campaign(&mut dice, kills.clamp(5, 20)).await;
    println!("the naive courier: {struck} kills, {posts} posts twice, {orders} orders twice");
    assert!(struck > 0);
    assert_eq!((posts, orders), (struck, struck), "each kill between sending and recording shows");
}
