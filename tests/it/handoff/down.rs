//! A provider that cannot be reached, and one that has an order twice.

use super::{TAP, asked, texts};
use crate::world::{Planned, World, stage};
use chrono::Duration;
use loket::ports::Certainty;

#[tokio::test]
async fn a_provider_that_is_down_for_a_week_gets_everything_once_and_the_thread_is_told_once() {
    let world = World::open().await;
    world.provider.plans((0..2_000).map(|_| Planned::Unreachable));
    let mut heard = Vec::new();
    for who in ["alice", "dirk", "femke", "gijs", "hanna", "ivo", "joke", "karel", "lotte"] {
        heard.push(asked(&world, who, TAP).await);
    }
    for _ in 0..7 * 24 {
        world.advance(Duration::hours(1)).await;
    }
    let tried = world.provider.left();
    assert!(2_000 - tried < 9 * 7 * 24, "the gate spares the provider: {} calls", 2_000 - tried);
    assert!(world.provider.orders().is_empty());
    for heard in &heard {
        let told = world.thread_text(heard).matches("even niet bereikbaar; je melding staat klaar").count();
        assert_eq!(told, 1, "{}", world.thread_text(heard));
    }
    world.provider.answers_again();
    world.advance(Duration::hours(1)).await;
    world.advance(Duration::hours(1)).await;
    assert_eq!(world.provider.orders().len(), 9);
    assert_eq!(world.provider.most_often(), 1);
    assert!(world.requests().await.iter().all(|request| stage(request) == "handed-over"));
    // It is looked whether any of them arrived twice.
    world.advance(Duration::days(2)).await;
    world.ends().await;
}

#[tokio::test]
async fn orders_leave_at_the_pace_that_the_provider_can_take() {
    let world = World::with(|register| register.providers.values_mut().for_each(|provider| provider.pace = 2)).await;
    for who in ["alice", "dirk", "femke", "gijs", "hanna", "ivo"] {
        asked(&world, who, TAP).await;
    }
    assert_eq!(world.provider.orders().len(), 1);
    for request in world.requests().await {
        let number = request.number().unwrap().to_string();
        let shown = world.commands("sanne", "show", &[("id", &number)]).await;
        assert!(!shown.contains("Nog niet gelukt"), "it waits for its turn, and nothing is the matter: {shown}");
    }
    world.advance(Duration::seconds(61)).await;
    assert!((2..=3).contains(&world.provider.orders().len()), "{}", world.provider.orders().len());
    for _ in 0..8 {
        world.advance(Duration::seconds(30)).await;
    }
    assert_eq!(world.provider.orders().len(), 6);
    assert!(!texts(&world, "spoc").iter().any(|text| text.contains("bereik")), "nobody is told of an ordinary pause");
    world.ends().await;
}

#[tokio::test]
async fn two_orders_with_one_reference_are_for_a_person() {
    let world = World::open().await;
    world.provider.is(Certainty::Searchable);
    world.provider.plans([Planned::LoseAnswer]);
    world.provider.doubles();
    asked(&world, "alice", TAP).await;
    world.advance(Duration::minutes(1)).await;
    let told = texts(&world, "spoc").pop().unwrap();
    assert!(told.contains("F-1, F-2") && told.contains("zelfde kenmerk"), "{told}");
    assert_eq!(stage(&world.request().await), "approved", "neither is adopted");
    world.advance(Duration::hours(2)).await;
    assert_eq!(world.provider.most_often(), 1, "and nothing is sent again");
    let number = world.number().await.to_string();
    world.commands("sanne", "status", &[("id", &number), ("state", "received"), ("number", "F-1")]).await;
    assert_eq!(stage(&world.request().await), "in-progress");
    world.ends().await;
}

#[tokio::test]
async fn an_order_that_arrives_late_after_it_was_sent_again_is_found() {
    let world = World::open().await;
    world.provider.is(Certainty::Searchable);
    // It is on its way so long that three look-ups find nothing, and it is sent once more.
    world.provider.plans([Planned::LoseCall]);
    asked(&world, "alice", TAP).await;
    world.advance(Duration::minutes(1)).await;
    world.advance(Duration::minutes(2)).await;
    world.advance(Duration::minutes(9)).await;
    assert_eq!(world.provider.orders().len(), 1);
    assert!(!texts(&world, "spoc").iter().any(|text| text.contains("zelfde kenmerk")));
    world.provider.doubles();
    world.advance(Duration::hours(1)).await;
    let told = texts(&world, "spoc").pop().unwrap();
    assert!(told.contains("F-1, F-2"), "{told}");
    world.advance(Duration::hours(24)).await;
    let again = texts(&world, "spoc").iter().filter(|text| text.contains("F-1, F-2")).count();
    assert_eq!(again, 1, "told once");
    world.ends().await;
}
