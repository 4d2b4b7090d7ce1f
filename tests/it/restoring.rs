//! A backup, a life that went on without it, and the way back: nothing is sent twice, and nothing that was in the backup is lost.

use crate::world::{LINDE, World};
use chrono::Duration;
use loket::adapters::clock::SystemEntropy;
use loket::adapters::store::backup::{self, BackupError};
use loket::domain::request::{Stage, Submission};
use loket::ports::{Certainty, Clock as _, Input, Mark};
use loket::render::message::Action;
use std::sync::Arc;

const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";
const TAP: &str = "de kraan in de pantry boven lekt";

fn url(world: &World, name: &str) -> String {
    format!("sqlite:{}", world.folder.path().join(name).display())
}

/// Takes a backup of the world as it is now, by the moment of its own clock.
async fn backed_up(world: &World) -> std::path::PathBuf {
    let file = world.folder.path().join("copy");
    backup::back_up(&url(world, "world.db"), &file, world.clock.now()).await.unwrap();
    file
}

/// The machine is lost, and the backup is put back on another.
async fn restored(world: &mut World, file: &std::path::Path) {
    for beside in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(world.folder.path().join(format!("world.db{beside}")));
    }
    backup::restore(file, &url(world, "world.db")).await.unwrap();
    world.restarts().await;
    world.desk.settle_in().await.unwrap();
}

async fn settles(world: &World, heard: &loket::ports::Heard, who: &str) {
    let posts = world.thread(heard);
    let (at, action) = posts
        .iter()
        .rev()
        .find_map(|posted| {
            let buttons = posted.message.clone()?.buttons.into_iter().flatten();
            let found = buttons.map(|button| button.action).find(|action| matches!(action, Action::Confirm(_)));
            found.map(|action| (posted.at.clone(), action))
        })
        .unwrap();
    world.presses(who, &at, action).await;
}

/// An order that waited for its approver when the backup was taken, and left afterwards.
async fn left_after_the_backup(certainty: Certainty) -> World {
    let mut world = World::open().await;
    world.provider.is(certainty);
    world.desk.settle_in().await.unwrap();
    let heard = world.says("alice", "facilitair", CHAIRS).await;
    settles(&world, &heard, "alice").await;
    let card = world.approval_card();
    let file = backed_up(&world).await;
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.most_often(), 1, "it left");
    restored(&mut world, &file).await;
    // The ✅ still stands under the card, and the back-fill finds it.
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    world
}

#[tokio::test]
async fn an_order_that_left_after_the_backup_is_looked_up_and_adopted() {
    let world = left_after_the_backup(Certainty::Searchable).await;
    assert!(world.posts("spoc").iter().any(|post| post.text.contains("teruggezet naar de reservekopie")));
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.most_often(), 1, "it was not sent again");
    assert_eq!(world.provider.orders().len(), 1);
    assert!(matches!(world.request().await.stage, Stage::HandedOver(_)), "{:?}", world.request().await.stage);
}

#[tokio::test]
async fn where_nobody_can_look_the_spoc_decides() {
    let world = left_after_the_backup(Certainty::Blind).await;
    // Each look-up plans the next from its own moment.
    for _ in 0..12 {
        world.advance(Duration::minutes(10)).await;
    }
    assert_eq!(world.provider.most_often(), 1, "nothing goes again by itself");
    let request = world.request().await;
    let Stage::Approved(approved) = &request.stage else { panic!("{:?}", request.stage) };
    assert!(matches!(approved.submission, Submission::Uncertain { .. }));
    let decide = |post: &loket::adapters::local::Posted| post.text.contains("kan niet vinden of dit bij");
    let told = world.posts("spoc");
    let texts: Vec<&str> = told.iter().map(|post| post.text.as_str()).collect();
    assert!(told.iter().any(decide), "the SPOC is asked: {texts:?}");

    // The SPOC says that it never arrived: a person's word sends it.
    let number = world.number().await.to_string();
    world.commands("sanne", "resend", &[("id", &number)]).await;
    world.advance(Duration::minutes(1)).await;
    assert_eq!(world.provider.most_often(), 2);
}

#[tokio::test]
async fn where_the_same_reference_is_one_order_it_simply_goes() {
    let world = left_after_the_backup(Certainty::Idempotent).await;
    assert_eq!(world.provider.orders().len(), 1, "one order, by its reference");
    assert!(matches!(world.request().await.stage, Stage::HandedOver(_)));
}

#[tokio::test]
async fn what_began_after_the_backup_and_is_heard_again_never_leaves_by_itself() {
    for certainty in [Certainty::Searchable, Certainty::Idempotent, Certainty::Blind] {
        let mut world = World::open().await;
        world.provider.is(certainty);
        world.desk.settle_in().await.unwrap();
        let file = backed_up(&world).await;
        world.clock.advance(Duration::minutes(1));
        let heard = world.says("alice", "facilitair", TAP).await;
        settles(&world, &heard, "alice").await;
        world.advance(Duration::minutes(2)).await;
        assert_eq!(world.provider.orders().len(), 1, "it left");
        world.clock.advance(Duration::minutes(1));
        restored(&mut world, &file).await;
        world.handle(Input::Heard(heard.clone())).await;
        settles(&world, &heard, "alice").await;
        world.advance(Duration::hours(2)).await;
        // It bears another reference now, so that no look-up could have found it.
        assert_eq!(world.provider.orders().len(), 1, "{certainty:?}: it is one order");
        assert_eq!(world.requests().await.len(), 1);
    }
}

#[tokio::test]
async fn what_begins_after_the_restart_is_as_ever_and_bears_a_number_of_its_own() {
    let mut world = World::open().await;
    world.provider.is(Certainty::Blind);
    world.desk.settle_in().await.unwrap();
    let first = world.says("alice", "facilitair", TAP).await;
    settles(&world, &first, "alice").await;
    world.advance(Duration::minutes(2)).await;
    let file = backed_up(&world).await;
    world.clock.advance(Duration::minutes(1));
    restored(&mut world, &file).await;
    world.clock.advance(Duration::minutes(1));
    let second = world.says("carla", "facilitair", "het licht in de Beuk doet het niet").await;
    settles(&world, &second, "carla").await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 2, "it goes by itself");
    let numbers: Vec<u32> =
        world.requests().await.iter().filter_map(|one| one.number()).map(|number| number.sequence).collect();
    assert_eq!(numbers.len(), 2);
    assert!(numbers.contains(&1) && numbers.iter().any(|number| *number > 100), "{numbers:?}");
}

#[tokio::test]
async fn a_backup_tells_whether_it_is_whole_and_overwrites_nothing() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    world.says("alice", "facilitair", TAP).await;
    let file = backed_up(&world).await;
    let (manifest, verified) = backup::verify(&file).await.unwrap();
    assert_eq!((manifest.taken, manifest.rows["request"]), (world.clock.now(), 1));
    assert!(verified > 0 && manifest.anchors.contains_key(LINDE));
    let own = world.store.anchor(&LINDE.into()).await.unwrap();
    assert_eq!(manifest.anchors[LINDE], own.iter().map(|byte| format!("{byte:02x}")).collect::<String>());

    let again = backup::back_up(&url(&world, "world.db"), &file, world.clock.now()).await;
    assert!(matches!(again, Err(BackupError::Taken(_))), "{again:?}");
    let over = backup::restore(&file, &url(&world, "world.db")).await;
    assert!(matches!(over, Err(BackupError::Taken(_))), "{over:?}");
    let none = backup::back_up(&url(&world, "nowhere.db"), &world.folder.path().join("other"), world.clock.now()).await;
    assert!(matches!(none, Err(BackupError::Nothing(_))), "{none:?}");
    let no_backup = backup::verify(&world.folder.path().join("world.db")).await;
    assert!(matches!(no_backup, Err(BackupError::NoBackup(_))), "{no_backup:?}");

    // A row that was changed by hand is noticed.
    let copy = rusqlite::Connection::open(&file).unwrap();
    copy.execute("update journal set body = replace(body, 'fac.plumbing', 'fac.climate')", []).unwrap();
    copy.execute("delete from link", []).unwrap();
    drop(copy);
    assert!(backup::verify(&file).await.is_err());
    assert!(backup::restore(&file, &url(&world, "other.db")).await.is_err());
    assert!(!world.folder.path().join("other.db").exists(), "nothing half written");
}

#[tokio::test]
async fn a_database_that_was_put_back_by_other_means_is_marked_the_same() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    let taken = world.clock.now();
    backup::mark_restored(&url(&world, "world.db"), taken, Arc::new(SystemEntropy)).await.unwrap();
    let marked = world.store.restored().await.unwrap().unwrap();
    assert_eq!((marked.taken, marked.again), (taken, None));
}
