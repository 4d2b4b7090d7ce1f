//! What is given up for good reaches a person once, and stays to be seen until it is mended.

use super::{CHAIRS, TAP, asked, texts};
use crate::world::{LINDE, World};
use chrono::Duration;
use loket::domain::ChannelId;
use loket::domain::register::{Register, Role};
use loket::ports::Mark;

fn channel(name: &str) -> ChannelId {
    ChannelId(format!("local:{name}"))
}

fn told(world: &World, channel: &str) -> Vec<String> {
    texts(world, channel).into_iter().filter(|text| text.contains("kon ik niet plaatsen")).collect()
}

async fn hours(world: &World, so_many: i64) {
    for _ in 0..so_many / 2 {
        world.advance(Duration::hours(2)).await;
    }
}

fn carla_alone_administers(register: &mut Register) {
    let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
    for person in linde.people.values_mut() {
        person.roles.remove(&Role::Administrator);
    }
    linde.people.get_mut(&"carla".into()).unwrap().roles.insert(Role::Administrator);
}

#[tokio::test]
async fn what_the_platform_calls_malformed_is_told_the_spoc_once_and_comes_by_command() {
    let world = World::open().await;
    world.chat.refuses(&channel("goedkeuringen"));
    asked(&world, "alice", CHAIRS).await;
    let number = world.number().await.to_string();
    let first = told(&world, "spoc");
    assert_eq!(first.len(), 1, "{first:?}");
    for part in [&number, "de kaart voor goedkeurders", "the message is malformed", "/opnieuw", "[Opnieuw sturen]"] {
        assert!(first[0].contains(part), "{part} in {}", first[0]);
    }
    // Reminders of the same card fail the same way, and say nothing new.
    hours(&world, 48).await;
    assert_eq!(told(&world, "spoc").len(), 1);
    world.chat.opens(&channel("goedkeuringen"));
    world.commands("sanne", "resend", &[("id", &number)]).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!((world.provider.orders().len(), told(&world, "spoc").len()), (1, 1));
    world.ends().await;
}

#[tokio::test]
async fn what_fails_again_after_it_was_sent_again_is_told_again() {
    let world = World::open().await;
    world.chat.refuses(&channel("goedkeuringen"));
    asked(&world, "alice", CHAIRS).await;
    let number = world.number().await.to_string();
    for times in 2..4 {
        world.advance(Duration::minutes(1)).await;
        world.commands("sanne", "resend", &[("id", &number)]).await;
        assert_eq!(told(&world, "spoc").len(), times);
    }
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn where_the_spoc_s_own_channel_is_closed_it_is_told_in_person() {
    let world = World::open().await;
    world.chat.refuses(&channel("goedkeuringen"));
    world.chat.closes(&channel("spoc"));
    asked(&world, "alice", CHAIRS).await;
    assert_eq!(told(&world, "dm-sanne").len(), 1);
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_weekly_overview_that_its_channel_refuses_for_a_week_reaches_the_spocs_in_person() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    world.says("alice", "facilitair", TAP).await;
    world.chat.closes(&channel("weekoverzicht"));
    // From Tuesday to Monday, just after the moment of the overview.
    world.advance(Duration::days(5) + Duration::hours(23)).await;
    assert!(world.news("weekoverzicht").is_empty());
    hours(&world, 4).await;
    let open = world.commands("sanne", "open", &[]).await;
    assert!(
        open.contains("Nog niet gelukt") && open.contains("het weekoverzicht"),
        "a SPOC sees that it waits: {open}"
    );
    assert!(world.commands("sanne", "today", &[]).await.contains("het weekoverzicht"));
    assert!(!world.commands("alice", "open", &[]).await.contains("het weekoverzicht"), "the SPOC's concern");
    hours(&world, 24 * 7).await;
    let sent: Vec<_> =
        texts(&world, "dm-sanne").into_iter().filter(|text| text.contains("een week lang niet")).collect();
    assert_eq!(sent.len(), 1, "{:?}", texts(&world, "dm-sanne"));
    assert!(sent[0].contains("Week 10:"), "the overview itself: {}", sent[0]);
    world.chat.opens(&channel("weekoverzicht"));
    hours(&world, 4).await;
    assert!(!world.commands("sanne", "open", &[]).await.contains("het weekoverzicht"));
    let posts = world.news("weekoverzicht");
    assert!(posts.iter().all(|post| !post.text.contains("Week 10:")), "it is not posted as well: {posts:?}");
    world.ends().await;
}

#[tokio::test]
async fn an_alarm_that_reaches_nobody_stands_in_the_spoc_s_lists_until_the_channel_is_mended() {
    let world = World::with(|register| {
        // Somebody else may mend it, and cannot be reached either.
        carla_alone_administers(register);
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.deadlines.approval_expiry = Duration::days(60);
    })
    .await;
    for closed in ["spoc", "goedkeuringen", "dm-sanne", "dm-carla"] {
        world.chat.closes(&channel(closed));
    }
    asked(&world, "alice", CHAIRS).await;
    hours(&world, 24 * 8).await;
    let given_up = world.store.effects(&LINDE.into(), 50).await.unwrap();
    assert!(given_up.iter().any(|effect| effect.given_up), "nobody tries for ever: {given_up:#?}");
    for list in ["open", "today"] {
        let seen = world.commands("sanne", list, &[]).await;
        assert!(seen.contains("de melding dat een kanaal niets meer aanneemt"), "{list}: {seen}");
    }
    for closed in ["spoc", "goedkeuringen", "dm-sanne", "dm-carla"] {
        world.chat.opens(&channel(closed));
    }
    asked(&world, "alice", "kunnen we 20 extra stoelen in zaal Eik krijgen, maandag om 13 uur?").await;
    hours(&world, 4).await;
    let seen = world.commands("sanne", "open", &[]).await;
    assert!(!seen.contains("de melding dat een kanaal"), "{seen}");
    let own = world.store.effects_of(&LINDE.into(), loket::ports::StreamId::Organisation).await.unwrap();
    assert!(own.is_empty(), "{own:#?}");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn where_the_administrators_cannot_be_reached_the_spocs_are() {
    let world = World::with(carla_alone_administers).await;
    world.chat.closes(&channel("spoc"));
    world.chat.closes(&channel("dm-carla"));
    world.commands("sanne", "request", &[("text", TAP), ("name", "Joop Smit")]).await;
    asked(&world, "alice", "@loket er komt rook uit de meterkast, brand op de eerste verdieping!").await;
    let heard = texts(&world, "dm-sanne");
    assert!(heard.iter().any(|text| text.contains("kan ik niets meer plaatsen")), "{heard:?}");
    world.ends_with_leftovers().await;
}
