//! What is said in the channel about one's own request, beside its thread.

use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::request::{Ending, Request, Stage};
use loket::ports::Input;

const TAP: &str = "de kraan lekt, kan iemand komen kijken?";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";
const LAPTOP: &str = "my laptop does not start any more, the screen stays black";

fn place(request: &Request) -> Option<String> {
    request.content().unwrap().place.as_ref().and_then(|found| found.value.text()).map(str::to_owned)
}

#[tokio::test]
async fn what_is_added_in_the_channel_soon_after_fills_the_request() {
    let world = World::open().await;
    world.says("alice", "facilitair", TAP).await;
    assert_eq!(place(&world.request().await), None);
    world.advance(Duration::minutes(1)).await;
    world.says("alice", "facilitair", "oh het is in kamer 12").await;
    assert_eq!(place(&world.request().await).as_deref(), Some("kamer 12"));
    world.ends().await;
}

#[tokio::test]
async fn what_is_added_by_others_or_later_or_is_chat_changes_nothing() {
    let world = World::open().await;
    world.says("alice", "facilitair", TAP).await;
    let before = world.request().await.said.len();
    world.says("bob", "facilitair", "oh het is in kamer 12").await;
    world.says("alice", "facilitair", "oh leuk, gefeliciteerd!").await;
    world.says("alice", "facilitair", "en vrijdag taart van mij, ik ben jarig").await;
    world.says("alice", "algemeen", "oh het is in kamer 12").await;
    assert_eq!(world.request().await.said.len(), before);
    world.advance(Duration::minutes(11)).await;
    world.says("alice", "facilitair", "oh het is in kamer 12").await;
    assert_eq!((world.request().await.said.len(), place(&world.request().await)), (before, None));
    world.ends().await;
}

#[tokio::test]
async fn never_mind_in_the_channel_withdraws_the_only_request_that_began_there() {
    for words in ["laat maar, doet het weer", "never mind, works again"] {
        let world = World::open().await;
        world.says("alice", "facilitair", TAP).await;
        world.says("bob", "facilitair", words).await;
        assert!(!world.request().await.is_closed(), "it is not Bob's");
        world.says("alice", "facilitair", words).await;
        let request = world.request().await;
        assert!(matches!(&request.stage, Stage::Closed(closed) if closed.outcome == Ending::Cancelled), "{words}");
        world.ends().await;
    }
}

#[tokio::test]
async fn at_the_provider_it_becomes_the_question_to_cancel() {
    let world = World::open().await;
    world.says("alice", "facilitair", "de kraan in de pantry boven lekt, er staat een plas op de vloer").await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    world.says("alice", "facilitair", "laat maar, hoeft niet meer").await;
    let request = world.request().await;
    assert!(matches!(&request.stage, Stage::HandedOver(handed) if handed.cancelling.is_some()), "{request:#?}");
    world.ends().await;
}

#[tokio::test]
async fn with_two_fresh_requests_never_mind_is_met_with_silence() {
    let world = World::open().await;
    world.says("alice", "facilitair", TAP).await;
    world.says("alice", "facilitair", CHAIRS).await;
    let posts = world.posts("facilitair").len();
    world.says("alice", "facilitair", "laat maar").await;
    assert!(world.requests().await.iter().all(|request| !request.is_closed()));
    assert_eq!(world.posts("facilitair").len(), posts);
    world.ends().await;
}

#[tokio::test]
async fn a_request_of_its_own_begins_a_new_one() {
    let world = World::open().await;
    world.says("alice", "facilitair", TAP).await;
    world.says("alice", "facilitair", CHAIRS).await;
    assert_eq!(world.requests().await.len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn who_asks_how_it_stands_gets_one_line_and_begins_nothing() {
    let world = World::open().await;
    world.says("alice", "facilitair", "de kraan in de pantry boven lekt, er staat een plas op de vloer").await;
    world.advance(Duration::days(1)).await;
    let number = world.number().await.to_string();
    world.commands("sanne", "status", &[("id", &number), ("state", "planned"), ("date", "vrijdag 10 uur")]).await;
    let asked = world.says("alice", "facilitair", "is er al iets bekend over de kraan?").await;
    world.handle(Input::Heard(asked)).await;
    let posts = world.posts("facilitair");
    assert_eq!(posts.len(), 1, "once, also when it is found again");
    let text = &posts[0].text;
    assert!(text.contains(&number) && text.contains("vrijdag 6 maart") && text.lines().count() == 1, "{text}");
    world.says("bob", "facilitair", "is er al iets bekend over de kraan?").await;
    world.says("alice", "facilitair", "is er al iets bekend over de lift?").await;
    assert_eq!(world.posts("facilitair").len(), 1, "Bob asked for nothing, and nobody for a lift");
    assert_eq!(world.requests().await.len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn several_that_fit_are_listed() {
    let world = World::open().await;
    world.says("alice", "facilitair", "de kraan in de pantry boven lekt, er staat een plas op de vloer").await;
    world.says("alice", "ict", LAPTOP).await;
    assert_eq!(world.requests().await.len(), 2, "{:#?}", world.requests().await);
    world.advance(Duration::hours(5)).await;
    world.says("alice", "ict", "any news on my laptop?").await;
    let one = world.posts("ict").pop().unwrap().text;
    assert_eq!(one.lines().count(), 1, "{one}");
    world.says("alice", "ict", "any news yet?").await;
    let both = world.posts("ict").pop().unwrap().text;
    assert_eq!(both.lines().count(), 2, "{both}");
    world.ends().await;
}

#[tokio::test]
async fn what_the_program_died_before_saying_is_said_after_it_comes_back_and_once() {
    let mut world = World::open().await;
    world.says("alice", "facilitair", "de kraan in de pantry boven lekt, er staat een plas op de vloer").await;
    world.advance(Duration::days(1)).await;
    let number = world.number().await.to_string();
    let asked = world.says_unseen("alice", "facilitair", "is er al iets bekend over de kraan?").await;
    assert!(world.posts("facilitair").is_empty(), "nothing is posted before it is committed");
    world.restarts().await;
    // The platform tells the same message again, as it does after a gap.
    world.handle(Input::Heard(asked)).await;
    let told = world.posts("facilitair");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].text.contains(&number), "{}", told[0].text);
    world.ends().await;
}

#[tokio::test]
async fn an_answer_of_which_nobody_heard_stands_once_and_none_waits_for_a_closed_channel() {
    let world = World::open().await;
    world.says("alice", "facilitair", "de kraan in de pantry boven lekt, er staat een plas op de vloer").await;
    world.advance(Duration::days(1)).await;
    world.chat.loses_answer(&"local:facilitair".into());
    world.says("alice", "facilitair", "is er al iets bekend over de kraan?").await;
    world.advance(Duration::minutes(1)).await;
    assert_eq!(world.posts("facilitair").len(), 1);
    world.chat.closes(&"local:facilitair".into());
    world.says("alice", "facilitair", "is er al iets bekend over de kraan?").await;
    world.chat.opens(&"local:facilitair".into());
    world.advance(Duration::hours(3)).await;
    assert_eq!(world.posts("facilitair").len(), 1, "nobody waits for it any more");
    world.ends().await;
}
