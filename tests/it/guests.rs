//! Guests report faults and order nothing, however their words came to be an order.

use crate::world::{LINDE, World, account, stage};
use loket::domain::register::{Register, Role};
use loket::ports::Input;
use loket::render::message::Action;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";
const REFUSED: &str = "Als gast";

/// De Linde, in which Dirk is a guest.
async fn with_guest() -> World {
    World::with(takes_dirk_in).await
}

fn takes_dirk_in(register: &mut Register) {
    let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
    let mut dirk = linde.people.values().next().unwrap().clone();
    dirk.id = "dirk".into();
    dirk.accounts = vec![account("dirk")];
    dirk.roles = [Role::Guest].into();
    dirk.until = None;
    linde.people.insert(dirk.id.clone(), dirk);
}

fn refusals(world: &World, channel: &str) -> usize {
    world.posts(channel).iter().filter(|posted| posted.text.contains(REFUSED)).count()
}

#[tokio::test]
async fn a_clear_order_of_a_guest_is_answered_with_one_sentence_and_chat_with_none() {
    let world = with_guest().await;
    let asked = world.says("dirk", "facilitair", CHAIRS).await;
    world.handle(Input::Heard(asked)).await;
    assert!(world.requests().await.is_empty());
    assert_eq!(refusals(&world, "facilitair"), 1, "once, also when the message is found again");
    assert!(world.posts("facilitair")[0].text.contains("Sanne"), "{:?}", world.posts("facilitair"));
    world.says("dirk", "facilitair", "fijn weekend allemaal!").await;
    world.says("dirk", "algemeen", CHAIRS).await;
    assert_eq!(world.posts("facilitair").len() + world.posts("algemeen").len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn the_fault_beside_an_order_of_a_guest_is_taken() {
    let world = with_guest().await;
    world
        .says(
            "dirk",
            "facilitair",
            "de kraan in de pantry lekt en kunnen jullie ook 12 stoelen klaarzetten in zaal Eik?",
        )
        .await;
    let request = world.request().await;
    assert_eq!(request.content().unwrap().item.as_ref().unwrap().value.as_str(), "fac.plumbing");
    assert_eq!(refusals(&world, "facilitair"), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_guest_s_fault_is_not_edited_into_an_order() {
    let world = with_guest().await;
    let told = world.says("dirk", "facilitair", TAP).await;
    assert_eq!(world.requests().await.len(), 1, "a guest may report a fault");
    world.edits(&told, CHAIRS).await;
    assert!(world.request().await.is_closed(), "the fault is asked for no more");
    assert_eq!(refusals(&world, "facilitair"), 1);
    world.advance(chrono::Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn what_an_edit_adds_to_a_guest_s_fault_is_not_ordered() {
    let world = with_guest().await;
    let told = world.says("dirk", "facilitair", "de kraan in de pantry lekt").await;
    world.edits(&told, "de kraan in de pantry lekt en kunnen jullie ook 12 stoelen klaarzetten in zaal Eik?").await;
    assert_eq!(stage(&world.request().await), "draft");
    assert_eq!(refusals(&world, "facilitair"), 1);
    world.ends().await;
}

#[tokio::test]
async fn nobody_makes_an_order_of_a_guest_s_message() {
    let world = with_guest().await;
    let asked = world.says("dirk", "algemeen", CHAIRS).await;
    world.tickets("alice", &asked).await;
    assert!(world.requests().await.is_empty(), "not by the ticket mark");
    assert_eq!(refusals(&world, "algemeen"), 1, "whoever placed the mark turned to Loket");
    let token = world.chat.interaction();
    world.handle(Input::Take { heard: asked, by: account("alice"), token: token.clone() }).await;
    assert!(world.requests().await.is_empty(), "not by the message command");
    let answers = world.chat.answers(&token.id);
    assert!(loket::adapters::local::plain(&answers[0].message).contains("verzoek van een gast"), "{answers:?}");
    let answer = world.commands("sanne", "request", &[("text", CHAIRS), ("for", "local:dirk")]).await;
    assert!(world.requests().await.is_empty(), "not by a SPOC");
    assert!(answer.contains("verzoek van een gast"), "{answer}");
    world.ends().await;
}

#[tokio::test]
async fn who_became_a_guest_meanwhile_orders_nothing_by_silence_or_by_a_yes() {
    let mut world = World::open().await;
    let asked = world.says("dirk", "facilitair", CHAIRS).await;
    assert_eq!(stage(&world.request().await), "draft");
    world.reconfigures(takes_dirk_in);
    world.advance(chrono::Duration::minutes(5)).await;
    assert_eq!(stage(&world.request().await), "draft", "silence freezes nothing");
    let card = world.thread(&asked)[0].at.clone();
    let answered = world.presses("dirk", &card, Action::Confirm(world.request().await.id)).await;
    assert_eq!(stage(&world.request().await), "draft");
    assert!(loket::adapters::local::plain(&answered[0].message).contains(REFUSED), "{answered:?}");
    world.ends().await;
}

#[tokio::test]
async fn the_sentence_to_a_guest_survives_the_death_of_the_program() {
    let mut world = with_guest().await;
    let told = world.says_unseen("dirk", "facilitair", CHAIRS).await;
    assert_eq!(refusals(&world, "facilitair"), 0, "nothing is posted before it is committed");
    world.restarts().await;
    world.handle(Input::Heard(told)).await;
    assert_eq!(refusals(&world, "facilitair"), 1);
    // The same where an edit made an order of a fault.
    let fault = world.says("dirk", "facilitair", TAP).await;
    world.edits_unseen(&fault, CHAIRS).await;
    world.restarts().await;
    world.drain().await;
    assert_eq!(refusals(&world, "facilitair"), 2);
    world.ends().await;
}
