//! Several requests in one conversation: a word that may be about two of them is kept until its writer has said which.

use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::RequestId;
use loket::domain::request::{Request, Stage};
use loket::render::message::Action;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const PRINTER: &str = "de printer op de eerste verdieping is kapot";

/// A tap and a printer, both told to Loket in a conversation with one person, and neither confirmed yet.
async fn tap_and_printer(world: &World) -> (RequestId, RequestId) {
    world.says("alice", "dm-alice", TAP).await;
    world.advance(Duration::seconds(1)).await;
    world.says("alice", "dm-alice", PRINTER).await;
    let requests = world.requests().await;
    assert_eq!(requests.len(), 2, "{requests:#?}");
    (requests[1].id, requests[0].id)
}

async fn request(world: &World, id: RequestId) -> Request {
    world.requests().await.into_iter().find(|request| request.id == id).unwrap()
}

async fn is_wished_for(world: &World, id: RequestId) -> bool {
    request(world, id).await.content().unwrap().when.is_some()
}

/// The buttons of the newest post in the conversation.
fn choices(world: &World) -> Vec<(Action, String)> {
    let posted = world.posts("dm-alice").pop().unwrap();
    let buttons = posted.message.unwrap().buttons.into_iter().flatten();
    buttons.map(|button| (button.action, button.label)).collect()
}

#[tokio::test]
async fn a_word_that_may_be_about_two_requests_is_asked_about_and_survives_a_restart() {
    let mut world = World::open().await;
    let (tap, printer) = tap_and_printer(&world).await;
    world.says("alice", "dm-alice", "liefst maandag").await;
    let offered = choices(&world);
    let posted = world.posts("dm-alice").pop().unwrap();
    assert!(posted.text.contains("Over welk verzoek gaat dit?"), "{}", posted.text);
    assert_eq!(offered.len(), 2, "a button for each: {offered:?}");
    assert!(offered[0].1.contains("pantry"), "{offered:?}");
    assert!(!is_wished_for(&world, tap).await && !is_wished_for(&world, printer).await, "nothing was guessed");
    world.restarts().await;
    let at = posted.at.clone();
    world.presses("alice", &at, offered[1].0.clone()).await;
    assert!(is_wished_for(&world, printer).await, "what was kept is told to the one that was meant");
    assert!(!is_wished_for(&world, tap).await);
    let noted = world.chat.message(&at).unwrap();
    assert!(noted.text.starts_with("Genoteerd bij") && noted.message.unwrap().buttons.is_empty());
    let said = request(&world, printer).await.said.len();
    world.presses("alice", &at, offered[0].0.clone()).await;
    assert!(!is_wished_for(&world, tap).await, "it was said already");
    assert_eq!(request(&world, printer).await.said.len(), said);
    world.ends().await;
}

#[tokio::test]
async fn which_one_is_meant_can_be_said_by_rank_or_in_words() {
    for (answer, of_the_tap) in
        [("1", true), ("de tweede", false), ("2", false), ("die printer", false), ("de kraan", true)]
    {
        let world = World::open().await;
        let (tap, printer) = tap_and_printer(&world).await;
        world.says("alice", "dm-alice", "liefst maandag").await;
        world.says("alice", "dm-alice", answer).await;
        let wished = (is_wished_for(&world, tap).await, is_wished_for(&world, printer).await);
        assert_eq!(wished, (of_the_tap, !of_the_tap), "{answer}");
        assert_eq!(world.requests().await.len(), 2, "{answer} is an answer, not a request");
        world.ends().await;
    }
}

#[tokio::test]
async fn which_one_is_meant_can_be_said_by_number() {
    let world = World::open().await;
    let (tap, _) = tap_and_printer(&world).await;
    world.advance(Duration::minutes(2)).await;
    world.says("alice", "dm-alice", "laat maar, hoeft niet meer").await;
    assert_eq!(choices(&world).len(), 2);
    let number = request(&world, tap).await.number().unwrap().to_string();
    world.says("alice", "dm-alice", &format!("{number} bedoel ik")).await;
    let asked = |request: &Request| match &request.stage {
        Stage::HandedOver(handed) => handed.cancelling.is_some(),
        _ => false,
    };
    let cancelled: Vec<_> =
        world.requests().await.iter().filter(|request| asked(request)).map(|request| request.id).collect();
    assert_eq!(cancelled, [tap], "the one whose number was given, and only that one, is called off");
    world.ends().await;
}

#[tokio::test]
async fn who_names_the_thing_is_not_asked() {
    let world = World::open().await;
    let (tap, printer) = tap_and_printer(&world).await;
    let posts = world.posts("dm-alice").len();
    world.says("alice", "dm-alice", "de printer op de eerste verdieping mag ook maandag").await;
    assert!(is_wished_for(&world, printer).await && !is_wished_for(&world, tap).await);
    assert_eq!(world.posts("dm-alice").len(), posts, "nothing was asked");
    world.ends().await;
}

#[tokio::test]
async fn two_unclear_words_are_one_question_and_one_answer_settles_both() {
    let world = World::open().await;
    let (tap, printer) = tap_and_printer(&world).await;
    let before = world.posts("dm-alice").len();
    world.says("alice", "dm-alice", "liefst maandag").await;
    world.says("alice", "dm-alice", "er is haast bij").await;
    assert_eq!(world.posts("dm-alice").len(), before + 1, "at most one question stands");
    world.says("alice", "dm-alice", "de eerste").await;
    let told = request(&world, tap).await;
    assert_eq!(told.said.len(), 3, "both words are told to it: {:?}", told.said);
    assert_eq!(request(&world, printer).await.said.len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn thanks_and_what_others_say_raise_no_question() {
    let world = World::open().await;
    tap_and_printer(&world).await;
    world.advance(Duration::minutes(2)).await;
    let posts = world.posts("dm-alice").len();
    world.says("alice", "dm-alice", "dank je wel!").await;
    world.says("bob", "dm-alice", "liefst maandag").await;
    world.says("alice", "dm-alice", "ik haal even koffie").await;
    assert_eq!(world.posts("dm-alice").len(), posts);
    for request in world.requests().await {
        assert_eq!(stage(&request), "handed-over");
        assert!(request.kept.is_empty());
    }
    world.ends().await;
}

#[tokio::test]
async fn only_the_writer_says_which_one_was_meant() {
    let world = World::open().await;
    let (tap, printer) = tap_and_printer(&world).await;
    world.says("alice", "dm-alice", "liefst maandag").await;
    let posted = world.posts("dm-alice").pop().unwrap();
    let offered = choices(&world);
    let answered = world.presses("dirk", &posted.at, offered[0].0.clone()).await;
    assert_eq!(answered.len(), 1, "Dirk is told why not");
    assert!(!is_wished_for(&world, tap).await && !is_wished_for(&world, printer).await);
    world.ends().await;
}

const INCOMPLETE: &str = "de kraan lekt en kunnen jullie ook stoelen klaarzetten?";

/// The items of the drafts that ask, and of those whose question waits.
async fn asking(world: &World) -> (Vec<String>, Vec<String>) {
    let item = |request: &Request| request.content().unwrap().item.as_ref().unwrap().value.to_string();
    let all = world.requests().await;
    let asks = all.iter().filter(|request| request.asks().is_some()).map(item).collect();
    (asks, all.iter().filter(|request| request.held).map(item).collect())
}

fn one(item: &str) -> Vec<String> {
    vec![item.to_owned()]
}

#[tokio::test]
async fn of_two_incomplete_requests_one_asks_at_a_time_also_after_a_restart() {
    let mut world = World::open().await;
    let told = world.says("alice", "facilitair", INCOMPLETE).await;
    assert_eq!(asking(&world).await, (one("fac.plumbing"), one("fac.room-setup")));
    assert_eq!(world.thread(&told).len(), 3, "two cards and one question: {}", world.thread_text(&told));
    world.restarts().await;
    world.answers("alice", &told, "in de pantry").await;
    assert_eq!(asking(&world).await, (one("fac.room-setup"), vec![]), "the bare answer is that of the one that asked");
    assert_eq!(world.thread(&told).len(), 4, "and now the other one asks: {}", world.thread_text(&told));
    world.ends().await;
}

#[tokio::test]
async fn the_question_that_waits_is_asked_when_the_first_is_withdrawn_or_expires() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", INCOMPLETE).await;
    let tap = world.requests().await.into_iter().find(|request| request.asks().is_some()).unwrap();
    let card = world.thread(&told)[0].at.clone();
    world.presses("alice", &card, Action::Discard(tap.id)).await;
    assert_eq!(asking(&world).await, (one("fac.room-setup"), vec![]));
    world.ends().await;

    let world = World::open().await;
    world.says("alice", "facilitair", INCOMPLETE).await;
    for _ in 0..30 {
        world.advance(Duration::hours(12)).await;
        if asking(&world).await.0 == one("fac.room-setup") {
            break;
        }
    }
    assert_eq!(asking(&world).await, (one("fac.room-setup"), vec![]), "silence ends the first, and not the second");
    world.ends().await;
}

#[tokio::test]
async fn in_a_direct_conversation_one_asks_at_a_time_too() {
    let world = World::open().await;
    world.says("alice", "dm-alice", INCOMPLETE).await;
    assert_eq!(asking(&world).await, (one("fac.plumbing"), one("fac.room-setup")));
    world.says("alice", "dm-alice", "in de pantry").await;
    assert_eq!(asking(&world).await, (one("fac.room-setup"), vec![]));
    world.ends().await;
}

#[tokio::test]
async fn what_others_are_asked_holds_nobody_up() {
    let world = World::open().await;
    world.says("alice", "facilitair", "de kraan lekt").await;
    world.says("bob", "facilitair", "kunnen jullie stoelen klaarzetten?").await;
    assert_eq!(asking(&world).await.0.len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn where_a_message_leaves_it_between_two_places_one_question_settles_it() {
    let world = World::open().await;
    let said = world.says("alice", "facilitair", "de kraan in de keuken of de pantry lekt").await;
    let texts: Vec<String> = world.thread(&said).into_iter().map(|posted| posted.text).collect();
    assert!(texts.iter().any(|text| text.contains("Waar precies: keuken of de pantry?")), "{texts:?}");
    world.answers("alice", &said, "de pantry").await;
    let content = world.request().await.content().unwrap().clone();
    assert_eq!(content.place.unwrap().value.or_empty(), "pantry");
    assert!(content.extra.is_empty(), "nothing of the doubt is left: {:?}", content.extra);
    world.ends().await;
}

#[tokio::test]
async fn another_day_in_a_reply_keeps_the_hour_whatever_was_asked() {
    let world = World::open().await;
    world.says("alice", "dm-alice", "graag lunch donderdag om half een").await;
    let card =
        |world: &World| world.posts("dm-alice").into_iter().find(|posted| posted.text.contains("Wanneer")).unwrap();
    assert!(card(&world).text.contains("donderdag 5 maart om 12:30"), "{}", card(&world).text);
    assert!(world.posts("dm-alice").pop().unwrap().text.contains("Voor hoeveel personen"), "how many is asked for");
    world.says("alice", "dm-alice", "nee, maandag").await;
    assert!(card(&world).text.contains("maandag 9 maart om 12:30"), "{}", card(&world).text);
    world.says("alice", "dm-alice", "8 man").await;
    assert!(world.posts("dm-alice").pop().unwrap().text.contains("Op welke plek"), "the place is asked for");
    world.says("alice", "dm-alice", "nee, vrijdag").await;
    assert!(card(&world).text.contains("vrijdag 6 maart om 12:30"), "{}", card(&world).text);
    world.says("alice", "dm-alice", "uiterlijk dinsdag").await;
    assert!(card(&world).text.contains("uiterlijk dinsdag 10 maart"), "{}", card(&world).text);
    world.ends().await;
}
