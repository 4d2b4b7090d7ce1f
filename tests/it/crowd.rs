//! A mailbox that many write to: thousands of mails, most of them astray, forged, doubled, broken or from machines, go from a real server
//! through the desk. Whatever reaches a request was written about it. `LOKET_CASES` says how many; ten thousand take some minutes:
//! `LOKET_CASES=10000 cargo test --test it -- crowd --nocapture`, with what `.ci/servers/mail` prints in the environment.

use crate::handoff::{asked, by_mail};
use crate::mailbox::servers;
use crate::world::{LINDE, World, cases};
use loket::desk::house::Letterbox;
use loket::domain::RequestId;
use std::collections::BTreeMap;
use std::time::Instant;

const USER: &str = "loket-flood";
/// Who asks, in turn.
const PEOPLE: [&str; 4] = ["alice", "dirk", "carla", "bob"];
/// A provider writes so many mails about all there is for one order of ours.
const MAILS_PER_ORDER: u32 = 200;

/// An order that somebody may answer: which request, its reference and the address for answers.
struct Sent {
    request: RequestId,
    reference: String,
    address: String,
}

/// Throws dice that fall the same in each run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

/// Every mail about an order says which one in a word of its own; twice, so that a figure that fell out makes it no word about another.
fn word(which: usize, number: u32) -> String {
    format!("woord{which}is{which}van{number}.")
}

fn letter(number: u32, from: &str, to: &str, subject: &str, more: &str, text: &str) -> Vec<u8> {
    format!(
        "From: Servicedesk <{from}>\nTo: {to}\nSubject: {subject}\nMessage-ID: <{number}@crowd.example>\n{more}\nBeste,\n\n{text}\n\nMet vriendelijke groet,\nJoost\n"
    )
    .into()
}

/// The mail of that number, about one of these orders or none.
fn mail(number: u32, orders: &[Sent], dice: &mut Dice) -> Vec<u8> {
    let which = dice.throw(orders.len());
    let (own, other) = (&orders[which], &orders[(which + 1) % orders.len()]);
    let text = format!("De monteur neemt iets mee: {}", word(which, number));
    let about = format!("RE: [#{}] Melding", own.reference);
    let desk = "servicedesk@brink.example";
    match number % 10 {
        0 | 1 => letter(number, desk, &own.address, &about, "", &text),
        2 => letter(number, "iemand@elders.example", &own.address, &about, "", &text),
        3 => letter(number, desk, "loket@delinde.example", "Nieuwsbrief", "", "Onze openingstijden in de zomer."),
        4 => letter(number, desk, &own.address, &format!("{about} en [#{}]", other.reference), "", "Beide zijn klaar."),
        5 => letter(number, desk, &own.address, &about, "Auto-Submitted: auto-replied\n", "Ik ben met vakantie."),
        6 => letter(
            number,
            desk,
            "loket+0000000000000000@delinde.example",
            "RE: [#LINDE-2026-9999-0000000000000000]",
            "",
            &text,
        ),
        7 => letter(1, desk, &own.address, &about, "", "De mail met dit kenmerk kwam al eens."),
        8 => (0..200 + dice.throw(2_000)).map(|_| u8::try_from(dice.throw(256)).unwrap()).collect(),
        _ => {
            let mut raw = letter(number, desk, &own.address, &about, "", &text);
            for _ in 0..1 + dice.throw(8) {
                let at = dice.throw(raw.len());
                match dice.throw(4) {
                    0 => raw[at] = u8::try_from(dice.throw(256)).unwrap(),
                    1 => drop(raw.drain(at..(at + dice.throw(40)).min(raw.len()))),
                    2 => raw.insert(at, [b'\n', b'"', b'<', b'=', b'(', b';', 0][dice.throw(7)]),
                    _ => raw.truncate(raw.len() - dice.throw(raw.len() / 4)),
                }
                if raw.is_empty() {
                    break;
                }
            }
            raw
        }
    }
}

/// Resident memory of the process in kB, where the system says so.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or_default()
}

#[tokio::test]
async fn a_crowd_of_mails_reaches_only_the_requests_that_it_is_about() {
    let Some(servers) = servers() else { return };
    let world = World::with(by_mail).await;
    let all = cases(1_000);
    let many = 4 + all / MAILS_PER_ORDER;
    for (nth, who) in (0..many).zip(PEOPLE.iter().cycle()) {
        asked(&world, who, &format!("De kraan in kamer 2.{nth:02} lekt, kan iemand komen?")).await;
        // What somebody says within ten minutes may belong to what they said before.
        world.advance(chrono::Duration::minutes(5)).await;
    }
    let mut orders = Vec::new();
    for request in world.requests().await {
        let token = &request.order().expect("it was handed over").identity.token.0;
        let sent = world.provider.orders().into_iter().find(|order| order.token == *token).unwrap();
        let address = format!("loket+{}@delinde.example", token.to_lowercase());
        orders.push(Sent { request: request.id, reference: sent.reference, address });
    }
    assert_eq!(orders.len(), usize::try_from(many).unwrap());
    let mailbox = servers.emptied(USER);
    let providers = world.house().register.providers.keys().cloned().collect();
    let letterbox = Letterbox { mailbox, providers };
    world.desk.replace_house(world.house().with_letterboxes(vec![letterbox], std::time::Duration::from_secs(120)));
    world.desk.read_mailboxes().await.unwrap();

    let (mut dice, since) = (Dice(0x9e37_79b9_7f4a_7c15), Instant::now());
    let mut proper = 0;
    // Read in ten parts, so that the memory of the second and of the last can be laid side by side.
    let mut memory = Vec::new();
    for part in 0..10 {
        for number in all * part / 10..all * (part + 1) / 10 {
            servers.put(USER, &format!("{number:06}.crowd"), &mail(number, &orders, &mut dice));
            proper += u32::from(number % 10 < 2);
        }
        world.desk.read_mailboxes().await.unwrap();
        world.drain().await;
        memory.push((since.elapsed().as_secs(), resident()));
        world.advance(chrono::Duration::hours(1)).await;
    }
    println!("{all} mails about {many} orders; seconds and resident kB after each tenth: {memory:?}");

    let mut found: BTreeMap<usize, u32> = BTreeMap::new();
    for (which, sent) in orders.iter().enumerate() {
        let events = world.store.load(&LINDE.into(), sent.request).await.unwrap().unwrap().events;
        let told = serde_json::to_string(&events.iter().map(|one| &one.event).collect::<Vec<_>>()).unwrap();
        for part in told.split("woord").skip(1) {
            let Some((about, rest)) = part.split_once("van") else { continue };
            let Some((about, _)) = about.split_once("is").filter(|(one, other)| one == other) else { continue };
            let Ok(about) = about.parse::<usize>() else { continue };
            assert_eq!(about, which, "a mail about another request: …{}", &rest[..rest.len().min(60)]);
            let number: Option<u32> = rest.split_once('.').and_then(|(number, _)| number.parse().ok());
            if number.is_some_and(|number| number % 10 < 2) {
                *found.entry(which).or_default() += 1;
            }
        }
    }
    assert_eq!(found.values().sum::<u32>(), proper, "each proper answer reached its request once: {found:?}");
    let again = world.desk.read_mailboxes().await.unwrap();
    assert_eq!(again, 0, "nothing is read twice");
    world.ends_with_leftovers().await;
}
