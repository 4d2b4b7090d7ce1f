//! Letters to people without chat.

use super::{TAP, texts};
use crate::world::{FakeMailer, Planned, World};
use chrono::Duration;
use loket::ports::{CommandCall, Input};
use loket::render::message::Action;
use std::sync::Arc;

/// Joop, who has no chat, has a leaking tap; the first thing to be told about it is that it was handed over.
async fn told_by_letter(world: &World, plans: Vec<Planned>) -> Arc<FakeMailer> {
    let mailer = world.has_mailbox();
    mailer.plans(plans);
    world.commands("sanne", "request", &[("text", TAP), ("name", "Joop Smit")]).await;
    let request = world.request().await;
    let card = world.posts("dm-sanne")[0].at.clone();
    world.presses("sanne", &card, Action::Confirm(request.id)).await;
    mailer
}

fn calls(world: &World) -> usize {
    texts(world, "dm-sanne").iter().filter(|text| text.contains("Nog even bellen met Joop Smit")).count()
}

#[tokio::test]
async fn a_letter_that_surely_was_not_taken_is_written_again_before_anybody_must_call() {
    let world = World::open().await;
    let mailer = told_by_letter(&world, vec![Planned::Unreachable, Planned::Unreachable]).await;
    assert_eq!((mailer.letters.lock().unwrap().len(), calls(&world)), (0, 0));
    world.advance(Duration::minutes(2)).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!((mailer.letters.lock().unwrap().len(), calls(&world)), (1, 0));
    world.ends().await;
}

#[tokio::test]
async fn a_letter_that_nobody_takes_ends_in_a_call() {
    let world = World::open().await;
    let mailer = told_by_letter(&world, vec![Planned::Unreachable; 50]).await;
    for _ in 0..30 {
        world.advance(Duration::minutes(10)).await;
    }
    assert_eq!((mailer.letters.lock().unwrap().len(), calls(&world)), (0, 1));
    assert_eq!(*mailer.tried.lock().unwrap(), 5, "a few times");
    world.ends().await;
}

#[tokio::test]
async fn a_letter_of_unknown_outcome_is_not_written_twice() {
    let world = World::open().await;
    // The SPOC's conversation cannot be reached either just then.
    let mailer = told_by_letter(&world, vec![Planned::LoseAnswer]).await;
    for _ in 0..5 {
        world.advance(Duration::minutes(30)).await;
    }
    assert_eq!((mailer.letters.lock().unwrap().len(), calls(&world)), (1, 1));
    world.ends().await;
}

#[tokio::test]
async fn an_unknown_letter_leaves_doubt_although_the_call_could_not_be_posted_at_first() {
    let world = World::open().await;
    let mailer = world.has_mailbox();
    mailer.plans([Planned::LoseAnswer]);
    world.commands("sanne", "request", &[("text", TAP), ("name", "Joop Smit")]).await;
    let request = world.request().await;
    let card = world.posts("dm-sanne")[0].at.clone();
    world.chat.closes(&"local:dm-sanne".into());
    world.chat.closes(&"local:spoc".into());
    world.presses("sanne", &card, Action::Confirm(request.id)).await;
    world.advance(Duration::minutes(30)).await;
    world.chat.opens(&"local:spoc".into());
    world.advance(Duration::hours(1)).await;
    assert_eq!(mailer.letters.lock().unwrap().len(), 1, "one letter, whatever became of it");
    let called = texts(&world, "spoc").iter().filter(|text| text.contains("Nog even bellen met Joop Smit")).count();
    assert_eq!(called, 1, "{:?}", texts(&world, "spoc"));
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_process_that_died_over_a_letter_asks_the_spoc_to_call() {
    let mut world = World::open().await;
    world.has_mailbox();
    world.commands("sanne", "request", &[("text", TAP), ("name", "Joop Smit")]).await;
    world.advance(Duration::minutes(2)).await;
    let number = world.number().await.to_string();
    let call = CommandCall {
        name: "status".into(),
        options: vec![("id".into(), number), ("state".into(), "working".into())],
        by: crate::world::account("sanne"),
        by_name: "sanne".into(),
        channel: "local:spoc".into(),
        server: None,
        token: world.chat.interaction(),
        locale: None,
    };
    world.desk.handle(Input::Command(call)).await.unwrap();
    // The card is shown anew first; then the courier takes the letter, and nothing is heard of it any more.
    world.desk.deliver().await.unwrap();
    let now = loket::ports::Clock::now(&*world.clock);
    assert_eq!(world.store.claim(now, now + Duration::seconds(90), 16, None).await.unwrap().len(), 1);
    world.restarts().await;
    let mailer = world.has_mailbox();
    world.advance(Duration::minutes(2)).await;
    assert!(mailer.letters.lock().unwrap().is_empty());
    assert_eq!(calls(&world), 1);
    world.ends().await;
}
