//! After an absence: what people did meanwhile counts before what the clock did, and nothing that was promised is forgotten.

use crate::world::{LINDE, World, account};
use async_trait::async_trait;
use chrono::Duration;
use loket::desk::Desk;
use loket::domain::journal::OrganisationEvent;
use loket::domain::request::Stage;
use loket::domain::{OrganisationId, RevisionHash};
use loket::ports::{Input, Inputs, Mark, Reacted};
use loket::render::message::Action;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::Notify;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";
const LAMP: &str = "de lamp boven het bureau in kamer 12 is kapot";

/// What the platform has to tell after an absence: nothing before `begin`, then all of it, then that this was all, then no more
/// until `end`.
struct Missed {
    desk: Arc<Desk>,
    begin: Arc<Notify>,
    inputs: VecDeque<Input>,
    told: bool,
    end: Arc<Notify>,
}

#[async_trait]
impl Inputs for Missed {
    async fn next(&mut self) -> Option<Input> {
        if !self.told {
            self.told = true;
            self.begin.notified().await;
        }
        if let Some(input) = self.inputs.pop_front() {
            return Some(input);
        }
        self.desk.caught_up();
        self.end.notified().await;
        None
    }

    fn catches_up(&self) -> bool {
        true
    }
}

/// Rings when a post of Loket says that.
fn when_posted(world: &World, words: &'static str) -> Arc<Notify> {
    let bell = Arc::new(Notify::new());
    let rings = Arc::clone(&bell);
    world.chat.observe(Box::new(move |posted, _| {
        if posted.text.contains(words) {
            rings.notify_one();
        }
    }));
    bell
}

async fn asked_and_approved(world: &World, text: &str) -> loket::domain::MessageRef {
    let asked = world.says("alice", "facilitair", text).await;
    let card = world.thread(&asked)[0].at.clone();
    let newest = world.requests().await[0].id;
    world.presses("alice", &card, Action::Confirm(newest)).await;
    let card = world.approval_card().at;
    world.reacts("bob", &card, Mark::Yes).await;
    card
}

#[tokio::test]
async fn an_order_of_before_the_absence_waits_for_what_people_did_meanwhile() {
    let mut world = World::open().await;
    let chairs = asked_and_approved(&world, CHAIRS).await;
    // Killed with a card still to post, while the order waits for its minute.
    let tap = world.chat.says(&account("carla"), &"local:facilitair".into(), TAP);
    world.desk.handle(Input::Heard(tap.clone())).await.unwrap();
    world.restarts().await;
    world.chat.marks(&account("bob"), &chairs, Mark::Yes, false);
    world.clock.advance(Duration::minutes(10));
    let withdrawn = Reacted { at: chairs, by: account("bob"), mark: Mark::Yes, placed: false, message: None };
    let inputs = Missed {
        desk: Arc::clone(&world.desk),
        // The card comes although nothing was found yet.
        begin: when_posted(&world, "kraan"),
        inputs: [Input::Reacted(withdrawn)].into(),
        told: false,
        end: world.provider.rings(),
    };
    let running = Arc::clone(&world.desk).run(inputs);
    tokio::time::timeout(std::time::Duration::from_secs(60), running).await.expect("it ends").unwrap();
    // What a courier held at that moment is free again when its lease is over.
    world.advance(Duration::minutes(2)).await;
    let orders: Vec<String> = world.provider.orders().into_iter().map(|order| order.body).collect();
    assert!(orders.iter().any(|order| order.contains("pantry")), "what nobody took back left: {orders:#?}");
    assert!(
        !orders.iter().any(|order| order.contains("stoelen")),
        "a yes that was taken back lets nothing leave: {orders:#?}"
    );
    world.ends().await;
}

#[tokio::test]
async fn a_deadline_of_the_absence_waits_for_what_people_did_meanwhile() {
    let mut world = World::open().await;
    let tap = world.says("alice", "facilitair", TAP).await;
    let lamp = world.chat.says(&account("carla"), &"local:facilitair".into(), LAMP);
    world.desk.handle(Input::Heard(lamp)).await.unwrap();
    world.restarts().await;
    world.chat.deletes(&tap.at);
    // Silence would have settled it by now.
    world.clock.advance(Duration::hours(2));
    let begin = when_posted(&world, "lamp");
    let end = Arc::new(Notify::new());
    let desk = Arc::clone(&world.desk);
    let inputs = Missed {
        desk,
        begin,
        inputs: [Input::Deleted { at: tap.at.clone() }].into(),
        told: false,
        end: Arc::clone(&end),
    };
    let running = tokio::spawn(Arc::clone(&world.desk).run(inputs));
    end.notify_one();
    running.await.unwrap().unwrap();
    // What a courier held at that moment is free again when its lease is over.
    world.advance(Duration::minutes(2)).await;
    let requests = world.requests().await;
    let deleted = requests.iter().find(|request| request.origin.source.as_ref() == Some(&tap.at)).unwrap();
    assert!(matches!(deleted.stage, Stage::Closed(_)), "{:?}", deleted.stage);
    assert_eq!(deleted.number(), None, "silence settled nothing that was taken back");
    let orders: Vec<String> = world.provider.orders().into_iter().map(|order| order.body).collect();
    assert!(!orders.iter().any(|order| order.contains("pantry")), "nobody wants it any more: {orders:#?}");
    world.ends().await;
}

#[tokio::test]
async fn an_organisation_that_is_taken_out_by_mistake_finds_its_requests_going_on() {
    let mut world = World::open().await;
    let tap = world.says("alice", "facilitair", TAP).await;
    let id = world.request().await.id;
    let kept = std::cell::RefCell::new(None);
    world.reconfigures(|register| *kept.borrow_mut() = register.organisations.remove(&OrganisationId::new(LINDE)));
    for _ in 0..48 {
        world.advance(Duration::hours(1)).await;
    }
    assert!(world.provider.orders().is_empty());
    let timers = world.store.timers_of(&LINDE.into(), loket::ports::StreamId::Request(id)).await.unwrap();
    assert!(!timers.is_empty(), "its deadline waits");
    world.reconfigures(|register| {
        register.organisations.extend(kept.borrow_mut().take().map(|linde| (linde.id.clone(), linde)));
    });
    world.advance(Duration::hours(1)).await;
    assert_eq!(world.provider.orders().len(), 1, "{}", world.thread_text(&tap));
    world.ends().await;
}

#[tokio::test]
async fn every_configuration_that_was_accepted_stands_in_the_journal_once() {
    let mut world = World::open().await;
    world.desk.settle_in().await.unwrap();
    world.desk.settle_in().await.unwrap();
    world.reconfigures(|register| register.revision = RevisionHash("second".into()));
    world.desk.settle_in().await.unwrap();
    world.restarts().await;
    world.desk.settle_in().await.unwrap();
    let journal = world.store.load_organisation(&LINDE.into()).await.unwrap();
    let accepted: Vec<&RevisionHash> = journal
        .events
        .iter()
        .filter_map(|recorded| match &recorded.event {
            OrganisationEvent::ConfigurationAccepted { revision } => Some(revision),
            _ => None,
        })
        .collect();
    assert_eq!(accepted.len(), 2, "{accepted:?}");
    assert_eq!(accepted[1].0, "second");
    world.ends().await;
}
