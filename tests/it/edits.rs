//! A message is edited: the requests that began from it follow its words, and what was said later stays.

use crate::world::{World, stage};
use loket::domain::request::{Ending, Request, Stage};
use loket::ports::Input;
use loket::render::message::Action;

const BOTH: &str = "de kraan in de pantry lekt en kunnen jullie ook 12 stoelen klaarzetten in zaal Eik vrijdag?";
const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";

fn item(request: &Request) -> String {
    request.content().and_then(|content| content.item.as_ref()).map(|item| item.value.to_string()).unwrap_or_default()
}

/// The open requests by item, and how many of each are wanted.
async fn open(world: &World) -> Vec<(String, Option<u32>)> {
    let mut all: Vec<_> = world
        .requests()
        .await
        .iter()
        .filter(|request| !request.is_closed())
        .map(|request| (item(request), request.content().unwrap().quantity.as_ref().map(|found| found.value)))
        .collect();
    all.sort();
    all
}

fn wanted(all: &[(&str, Option<u32>)]) -> Vec<(String, Option<u32>)> {
    all.iter().map(|(item, count)| ((*item).to_owned(), *count)).collect()
}

#[tokio::test]
async fn each_request_of_an_edited_message_is_read_again_from_its_own_part() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", BOTH).await;
    assert_eq!(open(&world).await, wanted(&[("fac.plumbing", None), ("fac.room-setup", Some(12))]));
    world.edits(&told, &BOTH.replace("12", "20")).await;
    assert_eq!(open(&world).await, wanted(&[("fac.plumbing", None), ("fac.room-setup", Some(20))]));
    assert_eq!(world.requests().await.len(), 2, "none became the other, and none began anew");
    let turned = "kunnen jullie 20 stoelen klaarzetten in zaal Eik vrijdag? En de kraan in de pantry lekt ook";
    world.edits(&told, turned).await;
    assert_eq!(open(&world).await, wanted(&[("fac.plumbing", None), ("fac.room-setup", Some(20))]));
    assert_eq!(world.requests().await.len(), 2, "the order of the words does not matter");
    world.ends().await;
}

#[tokio::test]
async fn what_an_edit_takes_out_is_withdrawn_with_a_word_and_the_rest_stays() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", BOTH).await;
    world.edits(&told, "de kraan in de pantry lekt").await;
    assert_eq!(open(&world).await, wanted(&[("fac.plumbing", None)]));
    let said = world.thread_text(&told);
    assert!(said.contains("Het bericht is gewijzigd en vraagt hier niet meer om"), "{said}");
    world.ends().await;
}

#[tokio::test]
async fn what_an_edit_adds_begins_once() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", "de kraan in de pantry lekt").await;
    let edited = world.chat.edits(&told, BOTH);
    world.handle(Input::Edited(edited.clone())).await;
    assert_eq!(open(&world).await, wanted(&[("fac.plumbing", None), ("fac.room-setup", Some(12))]));
    // Found again by the back-fill.
    world.handle(Input::Edited(edited)).await;
    assert_eq!(world.requests().await.len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn a_message_edited_into_chat_takes_its_draft_back_and_edited_again_begins_anew() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", TAP).await;
    world.edits(&told, "fijn weekend allemaal!").await;
    let request = world.request().await;
    assert!(matches!(&request.stage, Stage::Closed(closed) if closed.outcome == Ending::Withdrawn), "{request:#?}");
    let said = world.thread_text(&told);
    assert!(said.contains("Het bericht is gewijzigd"), "{said}");
    world.edits(&told, TAP).await;
    assert_eq!(open(&world).await, wanted(&[("fac.plumbing", None)]), "asked for again");
    world.ends().await;
}

#[tokio::test]
async fn an_edit_into_chat_is_found_by_the_back_fill_too() {
    let mut world = World::open().await;
    let told = world.says("alice", "facilitair", TAP).await;
    let edited = world.chat.edits(&told, "laat maar, hij doet het weer");
    world.restarts().await;
    world.handle(Input::Edited(edited.clone())).await;
    world.handle(Input::Edited(edited)).await;
    assert!(world.request().await.is_closed());
    assert_eq!(
        world.thread_text(&told).matches("Het bericht is gewijzigd en vraagt").count(),
        2,
        "the card and one word"
    );
    world.ends().await;
}

#[tokio::test]
async fn an_edit_into_chat_voids_the_approvers_card_and_stops_nothing_that_was_sent() {
    let world = World::open().await;
    let asked = world.says("alice", "facilitair", CHAIRS).await;
    let request = world.request().await;
    let card = world.thread(&asked)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    let card = world.approval_card();
    world.edits(&asked, "fijn weekend allemaal!").await;
    assert_eq!(stage(&world.request().await), "closed");
    world.reacts("bob", &card.at, loket::ports::Mark::Yes).await;
    world.advance(chrono::Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty(), "a yes on it buys nothing");
    world.ends().await;

    let world = World::open().await;
    let told = world.says("alice", "facilitair", TAP).await;
    let request = world.request().await;
    let card = world.thread(&told)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    world.edits(&told, "fijn weekend allemaal!").await;
    assert_eq!(
        stage(&world.request().await),
        "handed-over",
        "the provider is on its way; only a word of cancelling stops it"
    );
    world.ends().await;
}

#[tokio::test]
async fn an_edit_takes_nothing_back_that_was_said_later() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", BOTH).await;
    let chairs = world.requests().await.into_iter().find(|request| item(request) == "fac.room-setup").unwrap();
    world.answers("alice", &told, "maak er 20 stoelen van").await;
    world.edits(&told, &BOTH.replace("klaarzetten", "neerzetten")).await;
    assert_eq!(open(&world).await, wanted(&[("fac.plumbing", None), ("fac.room-setup", Some(20))]));
    assert!(world.requests().await.iter().any(|request| request.id == chairs.id));
    world.ends().await;
}

#[tokio::test]
async fn an_answer_is_corrected_by_editing_it() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", "kan iemand de kraan repareren, die lekt").await;
    assert!(world.request().await.asks().is_some(), "where is asked");
    let answer = world.answers("alice", &told, "2.14").await;
    let place = |request: &Request| {
        request.content().unwrap().place.as_ref().and_then(|found| found.value.text()).map(str::to_owned)
    };
    assert_eq!(place(&world.request().await).as_deref(), Some("2.14"));
    world.edits(&answer, "2.15").await;
    assert_eq!(place(&world.request().await).as_deref(), Some("2.15"), "the correction counts");
    world.edits(&told, "kan iemand de kraan in de hal repareren, die lekt").await;
    assert_eq!(place(&world.request().await).as_deref(), Some("2.15"), "and the words before it do not take it back");
    world.ends().await;
}
