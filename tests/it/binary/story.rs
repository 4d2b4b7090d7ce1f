//! A whole day of the real binary: a fault, an order, a SPOC at work, and a requester who is content.

use super::Office;
use crate::introductions::is_introduction;
use serde_json::json;
use std::time::Duration;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";

#[tokio::test(flavor = "multi_thread")]
async fn the_real_binary_takes_a_fault_and_an_order_from_a_message_to_the_end() {
    let office = Office::furnish("6 s", None).await;
    let discord = office.discord.clone();
    let loket = office.opens().await;
    let (alice, bob, sanne) = (office.id("alice"), office.id("bob"), office.id("sanne"));

    // A fault: a thread, a card, one press, and the provider has it.
    let tap = office.says("alice", "facilitair", TAP);
    let (thread, card) = office.card(tap, "Klopt").await;
    let pressed = discord.presses(alice, card.id, "Klopt");
    discord.wait_until("an acknowledgement", |world| world.answers(pressed).first.is_some()).await;
    let acknowledged = discord.answers(pressed).first.unwrap().after;
    assert!(acknowledged < Duration::from_secs(3), "{acknowledged:?}");
    let order = office.order("plas op de vloer").await;
    assert!(order.contains("Alice Vermeer"), "{order}");
    let number = office.stage(tap, "handed-over").await;
    assert!(order.contains(&number), "{order}");
    let mut cards = discord.own_messages(office.id("goedkeuringen")).into_iter().map(|post| post.text());
    assert!(cards.all(|text| is_introduction(&text)), "nobody approves a fault");

    // An order: nothing leaves before a buyer said yes, and then with the ceiling.
    let chairs = office.says("alice", "facilitair", CHAIRS);
    let (_, card) = office.card(chairs, "Klopt").await;
    discord.presses(alice, card.id, "Klopt");
    let asked = office.approval("stoelen").await;
    assert_eq!(office.orders().len(), 1, "nothing leaves before somebody may decide");
    discord.reacts(bob, asked.id, "✅");
    let order = office.order("stoelen").await;
    assert!(order.contains("Bob de Wit") && order.contains('€'), "{order}");
    office.stage(chairs, "handed-over").await;

    // The SPOC: a list, ids that complete, one request, and what the provider says.
    let spoc = office.id("spoc");
    let listed = discord.types(sanne, spoc, "open", &[]);
    let list = discord.answered(listed).await.text();
    assert!(list.contains(&number), "{list}");
    let choices = discord.completes(sanne, spoc, "show", &[("id", json!(&number[..6]))]).await;
    assert_eq!(choices.len(), 2, "{choices:?}");
    assert!(choices.iter().any(|(_, value)| *value == json!(number)), "{choices:?}");
    let shown = discord.types(sanne, spoc, "show", &[("id", json!(number))]);
    let shown = discord.answered(shown).await.text();
    assert!(shown.contains("Alice Vermeer"), "{shown}");
    let done = discord.types(sanne, spoc, "status", &[("id", json!(number)), ("state", json!("done"))]);
    discord.answered(done).await;

    // Everybody may ask who may decide; the service completes by its words.
    let choices = discord.completes(alice, spoc, "who-may", &[("item", json!("kof"))]).await;
    assert!(choices.iter().any(|(_, value)| *value == json!("fac.coffee")), "{choices:?}");
    let asked = discord.types(alice, spoc, "who-may", &[("item", json!("koffie")), ("amount", json!("300"))]);
    let may = discord.answered(asked).await.text();
    assert!(may.contains(&format!("Bob de Wit (<@{bob}>")), "{may}");

    // The requester is content.
    let asked = discord
        .wait_for("the question whether it is solved", |world| {
            world.own_talk(thread).into_iter().rev().find(|m| m.buttons().iter().any(|b| b == "Opgelost")).cloned()
        })
        .await;
    discord.presses(alice, asked.id, "Opgelost");
    office.stage(tap, "closed").await;

    // The week is over, and Carla left the server: the digest comes by itself, and says so.
    let carla = office.id("carla");
    discord.change(|world| {
        world.servers.values_mut().for_each(|server| drop(server.members.remove(&carla)));
    });
    office.hastens_the_digest();
    let public = discord
        .wait_for("the weekly digest", |world| {
            let posts = world.own_talk(office.id("weekoverzicht"));
            posts.into_iter().find(|post| !is_introduction(&post.text())).cloned()
        })
        .await;
    assert!(public.text().contains("Week") && !public.text().contains("Carla"), "{}", public.text());
    // Who may decide is for the SPOC to read.
    let digest = discord
        .wait_for("the digest for the SPOC", |world| {
            world
                .own_talk(office.id("spoc"))
                .into_iter()
                .find(|post| post.text().contains("heeft een mandaat"))
                .cloned()
        })
        .await;
    assert!(
        digest.text().contains("Carla Jansen heeft een mandaat, maar is niet meer op de server"),
        "{}",
        digest.text()
    );
    assert!(!digest.text().contains("Bob de Wit heeft een mandaat, maar"), "{}", digest.text());
    super::until("an empty outbox", || (office.waiting() == 0).then_some(())).await;
    if let Some(path) = std::env::var_os("LOKET_TRANSCRIPT") {
        std::fs::write(path, transcript(&office, &[tap, chairs])).unwrap();
    }
    discord.assert_clean();
    let log = loket.log();
    assert!(!log.contains("ERROR"), "{log}");
}

/// Everything that stands in the channels and folders at the end, for the README.
fn transcript(office: &Office, asked: &[crate::loopback::Id]) -> String {
    let mut places = vec![("#facilitair", office.id("facilitair"))];
    for message in asked {
        places.push(("#facilitair, thread", office.discord.thread_of(*message).unwrap()));
    }
    places.extend(
        [("#goedkeuringen", "goedkeuringen"), ("#weekoverzicht", "weekoverzicht")]
            .map(|(shown, name)| (shown, office.id(name))),
    );
    let orders = office.orders().into_iter().map(|(_, order)| format!("  {}", order.replace('\n', "\n  ")));
    let orders: Vec<String> = orders.collect();
    format!("{}\n\nthe provider's folder\n{}", office.transcript(&places), orders.join("\n"))
}
