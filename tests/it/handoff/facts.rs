//! What a connector gets beside the words: how pressing an order is and by when it is wanted, as far as the provider may know.

use super::{TAP, asked};
use crate::world::World;
use loket::domain::catalogue::Catalogue;
use loket::domain::register::Register;
use loket::ports::Handover;

const PARKING: &str = "graag een parkeerplek voor een bezoeker op donderdag 12 maart om 13 uur";

/// When somebody comes is not to be known outside.
fn keeps_when_inside(register: &mut Register) {
    let items = register.catalogue.items().cloned().map(|mut item| {
        item.fields.iter_mut().filter(|field| field.key.as_str() == "when").for_each(|field| field.internal = true);
        item
    });
    register.catalogue = Catalogue::new(items.collect::<Vec<_>>()).unwrap();
}

/// What the provider gets of a message that is confirmed.
async fn order(world: World, text: &str) -> Handover {
    asked(&world, "alice", text).await;
    let order = world.provider.orders().remove(0);
    world.ends().await;
    order
}

#[tokio::test]
async fn the_agreed_priority_and_the_wanted_moment_go_along() {
    let tap = order(World::open().await, TAP).await;
    assert_eq!(tap.wanted, None);
    let parking = order(World::open().await, PARKING).await;
    assert_eq!(parking.wanted.map(|at| at.to_rfc3339()), Some("2026-03-12T12:00:00+00:00".into()));
    let urgent = order(World::open().await, &format!("spoed! {TAP}")).await;
    assert_eq!((parking.priority, urgent.priority < tap.priority), (Some(4), true), "{:?}", urgent.priority);
}

#[tokio::test]
async fn a_moment_that_stays_inside_goes_along_in_no_field_either() {
    let parking = order(World::with(keeps_when_inside).await, PARKING).await;
    assert_eq!(parking.wanted, None);
    assert!(!parking.body.contains("12 maart om 13"), "{}", parking.body);
}
