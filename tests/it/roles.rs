//! Mandates of roles on the chat platform: who has the role at the moment of a decision counts, and nobody else.

use crate::world::{World, account, stage};
use chrono::Duration;
use loket::domain::approval::roles::RoleMandate;
use loket::domain::approval::{Require, Step, Terms};
use loket::domain::journal::OrganisationEvent;
use loket::domain::register::Register;
use loket::domain::request::Event;
use loket::domain::{Basis, Money, RoleId};
use loket::ports::Mark;
use loket::render::message::Action;

fn buyers() -> RoleId {
    "local:buyers".into()
}

/// At De Linde nobody may approve in their own name; whoever buys may, up to € 5000.
fn by_role(register: &mut Register) {
    register.mandates.retain(|mandate| mandate.terms.organisation != "linde".into());
    register.role_mandates.push(RoleMandate {
        role: buyers(),
        terms: Terms {
            organisation: "linde".into(),
            providers: vec![],
            items: vec![],
            kinds: vec![],
            maximum: Some(Money { cents: 500_000, basis: Basis::Excl }),
            per_month: None,
            from: "2026-01-01".parse().unwrap(),
            until: None,
            document: Some("Besluit 12".into()),
        },
    });
}

fn four_eyes(register: &mut Register) {
    by_role(register);
    for rule in &mut register.policy {
        if matches!(rule.require, Require::Steps(_)) {
            rule.require = Require::Steps(vec![Step { need: 2, of: vec![] }]);
        }
    }
}

async fn with(change: impl FnOnce(&mut Register), buyers_now: &[&str]) -> World {
    let world = World::with(change).await;
    for who in buyers_now {
        world.chat.has_role(&account(who), &buyers(), true);
    }
    world.desk.settle_in().await.unwrap();
    world.advance(Duration::seconds(1)).await;
    world
}

async fn chairs(world: &World) {
    let asked = world.says("alice", "facilitair", "kunnen we 12 extra stoelen in zaal Eik krijgen, vrijdag?").await;
    let request = world.request().await;
    let card = world.thread(&asked)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
}

#[tokio::test]
async fn whoever_has_the_role_decides_and_the_record_says_by_which_role() {
    let world = with(by_role, &["sanne"]).await;
    chairs(&world).await;
    let card = world.approval_card();
    assert!(card.text.contains("Sanne") && !card.text.contains("Bob"), "{}", card.text);
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval", "Bob has no role");
    world.reacts("sanne", &card.at, Mark::Yes).await;
    let request = world.request().await;
    let mandate = request.grant().unwrap().by[0].evidence.as_ref().unwrap().mandate.clone().unwrap();
    assert_eq!((mandate.role, mandate.terms.document.as_deref()), (Some(buyers()), Some("Besluit 12")));
    world.ends().await;
}

#[tokio::test]
async fn the_role_of_this_moment_counts_not_the_one_that_was_known() {
    let world = with(by_role, &["sanne", "bob"]).await;
    chairs(&world).await;
    let card = world.approval_card();
    assert!(card.text.contains("Bob"), "{}", card.text);
    // Bob loses the role, and nobody has asked since.
    world.chat.has_role(&account("bob"), &buyers(), false);
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.advance(Duration::seconds(1)).await;
    assert!(!world.approval_card_text().contains("Bob"), "{}", world.approval_card_text());
    // Carla just got it, and no look-around has seen it yet.
    world.chat.has_role(&account("carla"), &buyers(), true);
    world.reacts("carla", &card.at, Mark::Yes).await;
    assert_eq!(world.request().await.grant().unwrap().by[0].person, "carla".into());
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_yes_of_somebody_who_lost_the_role_meanwhile_does_not_count_beside_the_second() {
    let world = with(four_eyes, &["sanne", "bob", "carla"]).await;
    chairs(&world).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.chat.has_role(&account("bob"), &buyers(), false);
    world.reacts("carla", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval", "one of two");
    world.reacts("sanne", &card.at, Mark::Yes).await;
    let request = world.request().await;
    let by: Vec<&str> = request.grant().unwrap().by.iter().map(|one| one.person.as_str()).collect();
    assert_eq!(by, ["carla", "sanne"]);
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn while_nobody_says_who_has_the_role_nothing_is_decided_and_nothing_is_lost() {
    let world = with(by_role, &["sanne"]).await;
    chairs(&world).await;
    let card = world.approval_card();
    world.chat.keeps_roles_to_itself(true);
    world.reacts("sanne", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    let told = world.presses("sanne", &card.at, Action::Agree(world.request().await.id, 1)).await;
    assert!(told[0].message.text.plain().contains("kan nu niet nagaan"), "{:?}", told[0].message.text);
    world.chat.keeps_roles_to_itself(false);
    // The reaction is still there, and the next look-around finds it.
    world.reacts("sanne", &card.at, Mark::Yes).await;
    assert!(world.request().await.grant().is_some());
    world.ends().await;
}

#[tokio::test]
async fn who_has_a_mandate_in_their_own_name_decides_whatever_is_known_of_roles() {
    let world = with(
        |register| {
            let bob = register.mandates.iter().find(|mandate| mandate.person == "bob".into()).cloned();
            by_role(register);
            register.mandates.extend(bob);
        },
        &["sanne"],
    )
    .await;
    chairs(&world).await;
    world.chat.keeps_roles_to_itself(true);
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    assert!(world.request().await.grant().is_some());
    world.ends().await;
}

#[tokio::test]
async fn a_restart_knows_who_had_the_role_and_a_change_is_kept_once() {
    let mut world = with(by_role, &["sanne"]).await;
    world.chat.keeps_roles_to_itself(true);
    world.restarts().await;
    world.desk.settle_in().await.unwrap();
    chairs(&world).await;
    assert!(world.approval_card().text.contains("Sanne"), "{}", world.approval_card().text);
    world.chat.keeps_roles_to_itself(false);
    world.advance(Duration::hours(5)).await;
    let events = world.store.load_organisation(&"linde".into()).await.unwrap().events;
    let found = events
        .iter()
        .filter(|one| matches!(&one.event, OrganisationEvent::RolesFound { person, .. } if person.as_str() == "sanne"));
    assert_eq!(found.count(), 1, "what is as it was is not written again");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_substitute_decides_no_longer_when_who_is_away_loses_the_role() {
    let world = with(by_role, &["bob"]).await;
    chairs(&world).await;
    world.commands("bob", "away", &[("from", "vandaag"), ("until", "maandag"), ("substitute", "local:carla")]).await;
    let card = world.approval_card();
    world.chat.has_role(&account("bob"), &buyers(), false);
    world.reacts("carla", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.chat.has_role(&account("bob"), &buyers(), true);
    world.advance(Duration::hours(2)).await;
    world.unreacts("carla", &card.at, Mark::Yes).await;
    world.reacts("carla", &world.approval_card().at, Mark::Yes).await;
    let request = world.request().await;
    assert_eq!(request.grant().unwrap().by[0].behalf, Some("bob".into()));
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_requester_never_decides_whatever_the_role_and_nobody_without_an_entry_does() {
    let world = with(by_role, &["alice", "eve"]).await;
    chairs(&world).await;
    let request = world.request().await;
    assert!(request.waiting().unwrap().open_step().is_none(), "Alice asks, and nobody else has the role");
    let events = world.store.load(&"linde".into(), request.id).await.unwrap().unwrap().events;
    assert!(!events.iter().any(|one| matches!(one.event, Event::Agreed { .. })));
    let told: String = world.posts("spoc").into_iter().map(|posted| posted.text).collect();
    assert!(told.contains("niemand"), "the SPOC hears that nobody may: {told}");
    // Somebody gets the role: the card comes by itself.
    world.chat.has_role(&account("sanne"), &buyers(), true);
    world.advance(Duration::hours(2)).await;
    world.reacts("sanne", &world.approval_card().at, Mark::Yes).await;
    assert!(world.request().await.grant().is_some());
    world.ends_with_leftovers().await;
}
