//! A provider in dry-run gets nothing, everybody sees that, and going live sends nothing from before.

use super::{TAP, asked};
use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::register::{Mode, Register};

fn rehearse(register: &mut Register) {
    register.providers.values_mut().for_each(|provider| provider.mode = Mode::DryRun);
}

fn live(register: &mut Register) {
    register.providers.values_mut().for_each(|provider| provider.mode = Mode::Live);
}

/// The files that were written instead of being sent.
fn written(world: &World) -> Vec<String> {
    let folder = world.folder.path().join("outbox/facilitair");
    let files = std::fs::read_dir(folder).into_iter().flatten();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn a_rehearsal_is_written_down_and_says_so_everywhere() {
    let world = World::with(rehearse).await;
    let heard = asked(&world, "alice", TAP).await;
    assert!(world.provider.orders().is_empty(), "nothing left");
    let files = written(&world);
    assert_eq!(files.len(), 1);
    assert!(files[0].contains("[PROEF]") && files[0].contains("PROEF: er is niets naar Brink Facilitair gestuurd"));
    for post in world.thread(&heard) {
        assert!(post.text.contains("PROEF: er is niets naar Brink Facilitair gestuurd"), "{}", post.text);
    }
    world.ends().await;
}

#[tokio::test]
async fn going_live_sends_nothing_from_before() {
    let mut world = World::with(rehearse).await;
    let order =
        world.says("alice", "facilitair", "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?").await;
    world.presses("alice", &world.thread(&order)[0].at.clone(), confirm(&world).await).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.reconfigures(live);
    let card = world.approval_card();
    assert!(card.text.contains("PROEF"), "{}", card.text);
    world.reacts("bob", &card.at, loket::ports::Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    assert!(world.provider.orders().is_empty(), "it was settled as a rehearsal and stays one");
    assert_eq!(written(&world).len(), 1);

    // Not even that it is off is told to a provider who never had it.
    let number = world.number().await.to_string();
    world.commands("alice", "cancel", &[("id", &number)]).await;
    assert!(world.provider.tellings().is_empty());
    assert_eq!(written(&world).len(), 2);

    asked(&world, "dirk", TAP).await;
    assert_eq!(world.provider.orders().len(), 1, "what is asked from now on is sent");
    world.ends().await;
}

async fn confirm(world: &World) -> loket::render::message::Action {
    loket::render::message::Action::Confirm(world.request().await.id)
}

#[tokio::test]
async fn whoever_decides_can_read_word_for_word_what_would_leave() {
    let world = World::open().await;
    let order = world
        .says(
            "alice",
            "facilitair",
            "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen? bel 06 12345678",
        )
        .await;
    world.presses("alice", &world.thread(&order)[0].at.clone(), confirm(&world).await).await;
    let card = world.approval_card();
    let id = world.request().await.id;
    let shown = world.presses("bob", &card.at, loket::render::message::Action::Preview(id)).await;
    let shown = loket::adapters::local::plain(&shown[0].message);
    world.reacts("bob", &card.at, loket::ports::Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    let sent = &world.provider.orders()[0];
    assert!(!sent.body.contains("12345678"));
    let lines = |text: &str| {
        text.lines().map(str::trim).filter(|line| line.starts_with('>')).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(!lines(&sent.body).is_empty());
    assert_eq!(lines(&shown), lines(&sent.body), "the words are the same");
    assert!(shown.contains(&sent.reference));
    world.ends().await;
}
