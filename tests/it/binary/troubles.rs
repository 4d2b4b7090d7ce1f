//! What goes wrong around the real binary: connections, sessions, limits, settings in the portal, and its own death.

use super::kills::Blow;
use super::{Office, Process, until};
use crate::loopback::{Fault, Gate};
use std::sync::Arc;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";

async fn open() -> (Office, Arc<Process>) {
    let office = Office::furnish("1 s", None).await;
    let loket = office.opens().await;
    (office, loket)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_connection_is_resumed_and_nothing_is_missed() {
    let (office, _loket) = open().await;
    office.discord.drops();
    let tap = office.says("alice", "facilitair", TAP);
    office.order("plas op de vloer").await;
    office.stage(tap, "handed-over").await;
    let (identifies, resumes) = office.discord.read(|world| (world.gateway.identifies, world.gateway.resumes));
    assert_eq!(identifies, 1, "a resume costs no sign-in");
    assert!(resumes >= 1);
    office.discord.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_session_is_begun_anew_and_what_happened_meanwhile_is_found() {
    let (office, _loket) = open().await;
    let discord = &office.discord;
    office.says("alice", "facilitair", CHAIRS);
    let asked = office.approval("stoelen").await;
    discord.gate(Gate::Refuse);
    discord.drops();
    discord.forgets_sessions();
    let tap = office.says("carla", "facilitair", TAP);
    discord.reacts(office.id("bob"), asked.id, "✅");
    discord.gate(Gate::Open);
    let order = office.order("stoelen").await;
    assert!(order.contains("Bob de Wit"), "{order}");
    office.order("plas op de vloer").await;
    office.stage(tap, "handed-over").await;
    assert!(discord.read(|world| world.gateway.identifies) >= 2);
    discord.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_for_all_requests_is_waited_for_and_everything_arrives() {
    let (office, _loket) = open().await;
    let discord = &office.discord;
    discord.limit_scale(0.5);
    discord.change(|world| world.limits.global = 1);
    let before = discord.read(|world| world.calls.len());
    let tap = office.says("alice", "facilitair", TAP);
    office.order("plas op de vloer").await;
    office.stage(tap, "handed-over").await;
    until("an empty outbox", || (office.waiting() == 0).then_some(())).await;
    let calls = discord.read(|world| world.calls[before..].to_vec());
    let refused = calls.iter().filter(|call| call.status == Some(429)).count();
    let seen: Vec<String> =
        calls.iter().map(|c| format!("{:?} {} {} {:?}", c.at - calls[0].at, c.method, c.path, c.status)).collect();
    assert!(refused > 0, "the limit was met: {seen:#?}");
    // When the wait is over every channel tries once; a bot that does not wait is refused hundreds of times in that second.
    assert!(refused <= 3 * (calls.len() - refused), "after each refusal the wait is kept: {seen:#?}");
    assert_eq!(discord.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_intent_is_said_with_what_to_click_and_is_the_end() {
    let office = Office::furnish("1 s", None).await;
    office.discord.portal_intents(0);
    let loket = office.starts();
    let status = loket.ends().await;
    assert_eq!(status.code(), Some(1));
    let log = loket.log();
    assert!(log.contains("Message Content Intent") && log.contains("discord.com/developers"), "{log}");
    assert_eq!(office.discord.read(|world| world.gateway.attempts), 1, "no second attempt");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_given_while_the_binary_was_dead_counts_after_its_restart() {
    let (office, loket) = open().await;
    office.says("alice", "facilitair", CHAIRS);
    let asked = office.approval("stoelen").await;
    loket.kill();
    office.discord.reacts(office.id("bob"), asked.id, "✅");
    let tap = office.says("carla", "facilitair", TAP);
    let _again = office.reopens(false);
    let order = office.order("stoelen").await;
    assert!(order.contains("Bob de Wit"), "{order}");
    office.stage(tap, "handed-over").await;
    let cards = office.discord.own_messages(office.id("goedkeuringen"));
    assert_eq!(cards.iter().filter(|card| !card.embeds.is_empty()).count(), 1, "one card: {cards:#?}");
    assert_eq!(office.orders().len(), 2);
    office.discord.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_instance_stands_by_and_takes_over_when_the_first_is_gone() {
    let (office, first) = open().await;
    let second = office.starts();
    until("the second to stand by", || second.log().contains("this one stands by").then_some(())).await;
    assert_eq!(office.discord.read(|world| world.gateway.identifies), 1, "one of them is connected");
    first.kill();
    office.discord.offline().await;
    let tap = office.says("alice", "facilitair", TAP);
    let third = office.reopens(false);
    office.stage(tap, "handed-over").await;
    let alive = [&second, &third].iter().filter(|process| process.status().is_none()).count();
    assert_eq!(alive, 2, "one works, one stands by");
    assert_eq!(office.discord.read(|world| world.gateway.online()), 1);
    assert_eq!(office.orders().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_of_unknown_outcome_is_found_though_its_request_has_moved_on() {
    let (office, loket) = open().await;
    let blow = Blow::at(&loket);
    let aimed = blow.clone();
    office.discord.on_call("POST /channels/*/messages", 1, move |_| aimed.strike());
    let tap = office.says("alice", "facilitair", TAP);
    until("the kill after the card", || blow.has_struck().then_some(())).await;
    let _again = office.reopens_behind_time();
    office.stage(tap, "handed-over").await;
    until("an empty outbox", || (office.waiting() == 0).then_some(())).await;
    let thread = office.discord.thread_of(tap).unwrap();
    let cards = office.discord.own_messages(thread);
    assert_eq!(cards.iter().filter(|card| !card.embeds.is_empty()).count(), 1, "one card: {cards:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_refuses_the_card_is_told_of_and_gets_it_once_that_is_mended() {
    let (office, loket) = open().await;
    let discord = &office.discord;
    let path = format!("POST /channels/{}/messages", office.id("goedkeuringen"));
    discord.fails(&path, usize::MAX, Fault::Refuse(403, 50_013));
    office.says("alice", "facilitair", CHAIRS);
    let spoc = office.id("spoc");
    let alarms = |world: &crate::loopback::World| {
        world.own_talk(spoc).into_iter().filter(|post| post.text().contains("kan ik niets meer plaatsen")).count()
    };
    discord.wait_for("the SPOC to be told", |world| (alarms(world) == 1).then_some(())).await;
    loket.kill();
    discord.heals();
    office.hurries();
    let _again = office.reopens(false);
    let card = office.approval("stoelen").await;
    discord.reacts(office.id("bob"), card.id, "✅");
    let order = office.order("stoelen").await;
    assert!(order.contains("Bob de Wit"), "{order}");
    assert_eq!(discord.read(alarms), 1, "once");
    assert_eq!(discord.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_taken_away_while_the_binary_was_dead_lends_nobody_a_mandate() {
    let office = Office::furnish("1 s", None).await;
    let (discord, server) = (&office.discord, office.id("linde"));
    let buyers = discord.role(server, "Inkopers");
    office
        .configures("mandates.toml", |text| text.replace("person = \"bob\"", &format!("role = \"discord:{buyers}\"")));
    discord.gives_role(server, office.id("bob"), buyers);
    let loket = office.opens().await;
    office.says("alice", "facilitair", CHAIRS);
    let asked = office.approval("stoelen").await;
    // Carla's own mandate ends below the price of so many chairs, so that only the role is left.
    loket.kill();
    discord.reacts(office.id("bob"), asked.id, "✅");
    discord.takes_role(server, office.id("bob"), buyers);
    discord.gives_role(server, office.id("sanne"), buyers);
    let _again = office.reopens(false);
    let told = || {
        discord.own_messages(asked.channel).into_iter().any(|message| message.content.contains("telt hier niet mee"))
    };
    until("a word to Bob", || told().then_some(())).await;
    assert!(office.orders().is_empty(), "nothing was sent");
    discord.reacts(office.id("sanne"), asked.id, "✅");
    let order = office.order("stoelen").await;
    assert!(order.contains("Sanne"), "{order}");
    office.discord.assert_clean();
}
