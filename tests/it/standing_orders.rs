//! What is to come again and again: it is asked for without a date, agreed to without a known price, and the SPOC hears of it.

use crate::world::{World, stage};
use loket::domain::MessageRef;
use loket::domain::request::Request;
use loket::render::message::Action;

const EVERY_FRIDAY: &str = "kunnen we elke vrijdag 12 extra stoelen in zaal Eik krijgen?";

async fn card_of(world: &World, said: &loket::ports::Heard) -> (Request, MessageRef, String) {
    let request = world.requests().await.pop().unwrap();
    let card = world.thread(said).remove(0);
    (request, card.at, card.text)
}

#[tokio::test]
async fn an_order_for_every_friday_is_not_asked_when_and_tells_the_spoc_what_to_agree() {
    let world = World::open().await;
    let said = world.says("alice", "facilitair", EVERY_FRIDAY).await;
    let (request, card, text) = card_of(&world, &said).await;
    assert!(text.contains("Hoe vaak: elke vrijdag"), "{text}");
    assert!(!text.contains("Wanneer"), "no one date: {text}");
    assert!(text.contains("per keer"), "{text}");
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    // Bob may agree to single orders of that size; what nobody knows the end of is above every maximum here.
    assert!(world.posts("goedkeuringen").is_empty());
    let told: Vec<String> = world.posts("spoc").into_iter().map(|posted| posted.text).collect();
    assert!(told.iter().any(|text| text.contains("mag nu niemand")), "{told:?}");
    let to_spoc = || world.posts("spoc").into_iter().filter(|posted| posted.text.contains("steeds terugkomen")).count();
    assert_eq!(to_spoc(), 1, "{told:?}");
    world.answers("alice", &said, "maak er 14 van").await;
    assert_eq!(to_spoc(), 1, "once");
    // Once it is a single order, there is a price and somebody who may agree to it.
    world.answers("alice", &said, "nee, alleen vrijdag 6 maart").await;
    let (request, ..) = card_of(&world, &said).await;
    assert!(!request.content().unwrap().repeats());
    world.ends().await;
}

#[tokio::test]
async fn a_reply_makes_it_a_standing_order_or_a_single_one() {
    let world = World::open().await;
    let said = world.says("alice", "facilitair", "kunnen we 12 extra stoelen in zaal Eik krijgen?").await;
    assert!(world.thread(&said).iter().any(|posted| posted.text.contains("anneer")), "{:?}", world.thread(&said));
    world.answers("alice", &said, "elke vrijdag").await;
    let (_, _, text) = card_of(&world, &said).await;
    assert!(text.contains("Hoe vaak: elke vrijdag"), "{text}");
    world.answers("alice", &said, "nee, alleen vrijdag 6 maart").await;
    let (_, _, text) = card_of(&world, &said).await;
    assert!(text.contains("Wanneer: ") && !text.contains("Hoe vaak"), "{text}");
    world.ends().await;
}

#[tokio::test]
async fn how_often_something_fails_is_no_order() {
    let world = World::open().await;
    let said = world.says("alice", "ict", "de wifi in zaal Eik valt elke dag uit").await;
    let (_, _, text) = card_of(&world, &said).await;
    assert!(!text.contains("Hoe vaak"), "{text}");
    world.ends().await;
}

#[tokio::test]
async fn an_edit_that_takes_the_every_away_asks_for_the_date() {
    let world = World::open().await;
    let said = world.says("alice", "facilitair", EVERY_FRIDAY).await;
    let edited = world.chat.edits(&said, "kunnen we 12 extra stoelen in zaal Eik krijgen?");
    world.handle(loket::ports::Input::Edited(edited)).await;
    let (_, _, text) = card_of(&world, &said).await;
    assert!(!text.contains("Hoe vaak"), "{text}");
    world.ends().await;
}
