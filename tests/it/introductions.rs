//! What Loket reads and keeps is said once in every channel that it is given.

use crate::world::{LINDE, World};
use chrono::Duration;
use loket::domain::ChannelId;
use loket::domain::register::{Channel, ChannelRole, Topic};

/// Whether a post is what is said once in a channel.
pub fn is_introduction(text: &str) -> bool {
    text.starts_with("Ik ben Loket.") && text.ends_with("/privacy.")
}

/// The posts in a channel that say it.
fn said(world: &World, channel: &str) -> Vec<String> {
    let texts = world.posts(channel).into_iter().map(|post| post.text);
    texts.filter(|text| is_introduction(text)).collect()
}

/// Loket starts, or reads a new configuration.
async fn settles(world: &World) {
    world.desk.settle_in().await.unwrap();
    world.drain().await;
}

#[tokio::test]
async fn each_channel_reads_once_what_it_is_for_and_what_is_read_there() {
    let mut world = World::open().await;
    settles(&world).await;
    let requests = said(&world, "facilitair");
    assert_eq!(requests.len(), 1, "{requests:?}");
    assert!(requests[0].contains("Ik lees mee in dit kanaal"), "{requests:?}");
    assert!(said(&world, "goedkeuringen")[0].contains("waarvoor akkoord nodig is"));
    assert!(said(&world, "spoc")[0].contains("wat de SPOC moet weten"));

    // Neither another start nor another configuration says it again.
    settles(&world).await;
    world.restarts().await;
    settles(&world).await;
    assert_eq!(said(&world, "facilitair").len(), 1);

    world.reconfigures(|register| {
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        let id = ChannelId("local:kantine".into());
        linde.channels.push(Channel { id, role: ChannelRole::Mentions, topic: Topic::General });
    });
    settles(&world).await;
    let new = said(&world, "kantine");
    assert_eq!(new.len(), 1, "a channel that comes later reads it then");
    assert!(new[0].contains("alleen op wat aan mij gericht is"), "{new:?}");
    assert_eq!(said(&world, "facilitair").len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_channel_that_refuses_it_is_reported_and_reads_it_once_it_is_mended() {
    let mut world = World::open().await;
    world.chat.closes(&"local:facilitair".into());
    settles(&world).await;
    assert_eq!(said(&world, "facilitair").len(), 0);
    assert_eq!(said(&world, "goedkeuringen").len(), 1, "it keeps no other channel waiting");
    let alarms = |world: &World| world.posts("spoc").iter().filter(|post| post.text.contains("niets meer")).count();
    assert_eq!(alarms(&world), 1);
    // It is tried at each start and tells the SPOC no more than once.
    world.restarts().await;
    settles(&world).await;
    assert_eq!((said(&world, "facilitair").len(), alarms(&world)), (0, 1));

    world.chat.opens(&"local:facilitair".into());
    world.restarts().await;
    settles(&world).await;
    assert_eq!(said(&world, "facilitair").len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_channel_that_takes_posts_again_reads_it_without_a_restart() {
    let world = World::open().await;
    world.chat.closes(&"local:goedkeuringen".into());
    settles(&world).await;
    world.says("alice", "facilitair", "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?").await;
    world.advance(Duration::hours(1)).await;
    world.chat.opens(&"local:goedkeuringen".into());
    for _ in 0..12 {
        world.advance(Duration::minutes(30)).await;
    }
    assert!(!world.posts("goedkeuringen").is_empty());
    assert_eq!(said(&world, "goedkeuringen").len(), 1);
}

#[tokio::test]
async fn a_lost_answer_does_not_say_it_twice() {
    let world = World::open().await;
    world.chat.loses_answer(&"local:facilitair".into());
    settles(&world).await;
    for _ in 0..6 {
        world.advance(Duration::minutes(5)).await;
    }
    assert_eq!(said(&world, "facilitair").len(), 1);
    world.ends().await;
}

#[test]
fn the_demonstration_begins_with_its_story() {
    let mut demo = std::process::Command::new(env!("CARGO_BIN_EXE_loket"));
    let output = demo.args(["demo", "--fast", "--lang", "nl"]).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(told.contains("Doorgestuurd naar Brink Facilitair"), "{told}");
    assert!(!told.contains("Ik ben Loket."), "what is said once in a channel was said before: {told}");
}
