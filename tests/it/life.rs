//! Ring 2: whole lives on the real desk and the real store, with a chat and a provider that obey the story.

use crate::world::{Planned, World, stage};
use chrono::Duration;
use loket::domain::request::{Ending, Slot, Stage};
use loket::ports::{Certainty, Mark};
use loket::render::message::Action;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";

/// A leaking tap, told and confirmed.
async fn tap_told(world: &World) -> loket::ports::Heard {
    let told = world.says("alice", "facilitair", TAP).await;
    let request = world.request().await;
    let card = world.thread(&told)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    told
}

/// Twelve chairs, asked for and confirmed.
async fn chairs_asked(world: &World) -> loket::ports::Heard {
    let asked = world.says("alice", "facilitair", CHAIRS).await;
    let request = world.request().await;
    let card = world.thread(&asked)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    asked
}

#[tokio::test]
async fn a_leaking_tap_goes_from_a_message_to_closed_without_anybody_s_approval() {
    let world = World::open().await;
    let told = tap_told(&world).await;
    let orders = world.provider.orders();
    assert_eq!(orders.len(), 1, "the provider has it");
    assert!(orders[0].body.contains("kraan in de pantry boven lekt"), "{}", orders[0].body);
    assert!(world.posts("goedkeuringen").is_empty(), "nobody was asked to approve a fault");
    let number = world.number().await.to_string();
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    let asked = world.thread(&told).last().unwrap().at.clone();
    world.presses("alice", &asked, Action::Solved(world.request().await.id)).await;
    let request = world.request().await;
    assert!(matches!(&request.stage, Stage::Closed(closed) if closed.outcome == Ending::Fulfilled));
    world.ends().await;
}

#[tokio::test]
async fn an_order_of_chairs_leaves_after_a_reaction_by_a_buyer_and_carries_the_ceiling() {
    let world = World::open().await;
    chairs_asked(&world).await;
    assert!(world.provider.orders().is_empty(), "nothing leaves before somebody may decide");
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert!(world.provider.orders().is_empty(), "the yes can still be taken back");
    world.advance(Duration::seconds(61)).await;
    let orders = world.provider.orders();
    assert_eq!(orders.len(), 1);
    assert!(orders[0].body.contains("Bob de Wit"), "the order says who approved: {}", orders[0].body);
    assert!(orders[0].body.contains('€'), "the ceiling travels along: {}", orders[0].body);
    world.ends().await;
}

#[tokio::test]
async fn the_requester_s_own_yes_is_answered_kindly_and_changes_nothing() {
    let world = World::open().await;
    chairs_asked(&world).await;
    let card = world.approval_card();
    let before = world.posts("goedkeuringen").len();
    world.reacts("alice", &card.at, Mark::Yes).await;
    world.reacts("alice", &card.at, Mark::Yes).await;
    assert_eq!(world.posts("goedkeuringen").len(), before + 1, "answered once");
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.ends().await;
}

#[tokio::test]
async fn a_changed_order_makes_a_new_card_and_voids_the_old_one() {
    let world = World::open().await;
    let asked = chairs_asked(&world).await;
    let first = world.approval_card();
    world.answers("alice", &asked, "maak er 20 stoelen van").await;
    let request = world.request().await;
    let card = world.thread(&asked)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    let second = world.approval_card();
    assert_ne!(first.at, second.at, "a new card");
    world.reacts("bob", &first.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty(), "a yes on the old card buys nothing");
    world.reacts("bob", &second.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders()[0].body.contains("20"), "{}", world.provider.orders()[0].body);
    world.ends().await;
}

#[tokio::test]
async fn a_card_that_nobody_recorded_is_voided_when_the_order_changed_before_it_was_found() {
    let mut world = World::open().await;
    world.chat.loses_answer(&"local:goedkeuringen".into());
    let asked = chairs_asked(&world).await;
    let lost = world.posts("goedkeuringen").remove(0);
    assert!(world.request().await.posts.at.keys().all(|slot| *slot != Slot::Approval(1)), "nobody knows of the card");
    world.answers("alice", &asked, "maak er 20 stoelen van").await;
    world.restarts().await;
    world.advance(Duration::seconds(20)).await;
    let void = world.chat.message(&lost.at).unwrap();
    assert!(void.text.contains("Vervallen"), "{}", void.text);
    assert!(void.message.unwrap().buttons.is_empty(), "there is nothing left to press");
    world.reacts("bob", &lost.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty(), "a yes on it buys nothing");
    let posts = world.posts("goedkeuringen");
    let cards = posts.iter().filter(|posted| posted.message.as_ref().is_some_and(|message| message.card.is_some()));
    assert_eq!(cards.count(), 2, "the new card, and the void one once");
    world.ends().await;
}

#[tokio::test]
async fn taking_the_yes_back_within_the_minute_stops_the_order() {
    let world = World::open().await;
    chairs_asked(&world).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::seconds(30)).await;
    world.unreacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(10)).await;
    assert!(world.provider.orders().is_empty());
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.ends().await;
}

#[tokio::test]
async fn a_no_declines_at_once_and_the_reason_reaches_the_requester() {
    let world = World::open().await;
    let asked = chairs_asked(&world).await;
    let card = world.approval_card();
    let request = world.request().await;
    world.submits("bob", &card.at, Action::DeclineBecause(request.id, 1), "te duur dit kwartaal").await;
    assert!(matches!(&world.request().await.stage, Stage::Closed(closed) if closed.outcome == Ending::Declined));
    assert!(world.thread_text(&asked).contains("te duur dit kwartaal"), "{}", world.thread_text(&asked));
    world.ends().await;
}

#[tokio::test]
async fn ordinary_chat_is_met_with_silence() {
    let world = World::open().await;
    for chat in ["goedemorgen allemaal!", "haha mooi", "dank je wel, top geregeld", "wie gaat er mee lunchen?"] {
        let heard = world.says("alice", "facilitair", chat).await;
        assert!(world.thread(&heard).is_empty(), "{chat}");
    }
    assert!(world.requests().await.is_empty());
    assert!(world.posts("facilitair").is_empty());
    world.ends().await;
}

#[tokio::test]
async fn silence_settles_a_clear_fault_by_itself() {
    let world = World::open().await;
    world.says("alice", "facilitair", TAP).await;
    assert!(world.provider.orders().is_empty());
    world.advance(Duration::seconds(61)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn no_request_takes_the_card_back() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", TAP).await;
    let request = world.request().await;
    let card = world.thread(&told)[0].at.clone();
    world.presses("alice", &card, Action::Discard(request.id)).await;
    world.advance(Duration::hours(1)).await;
    assert!(world.provider.orders().is_empty());
    assert!(world.request().await.is_closed());
    world.ends().await;
}

#[tokio::test]
async fn what_is_missing_is_asked_in_the_thread_and_taken_from_plain_words() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", "@loket de wc is verstopt").await;
    let text = world.thread_text(&told);
    assert!(text.to_lowercase().contains("waar"), "asks where: {text}");
    world.answers("alice", &told, "begane grond bij de receptie").await;
    let request = world.request().await;
    let place = request.content().unwrap().place.as_ref().expect("a place").value.or_empty().to_owned();
    assert!(place.contains("receptie") || place.contains("begane grond"), "{place}");
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_deleted_message_withdraws_the_request_and_says_so() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", TAP).await;
    world.deletes(&told).await;
    world.advance(Duration::hours(1)).await;
    assert!(world.provider.orders().is_empty());
    assert!(matches!(&world.request().await.stage, Stage::Closed(closed) if closed.outcome == Ending::Withdrawn));
    world.ends().await;
}

#[tokio::test]
async fn an_edited_message_is_read_again() {
    let world = World::open().await;
    let asked = world.says("alice", "facilitair", CHAIRS).await;
    world.edits(&asked, "kunnen we vrijdag om 13 uur 16 extra stoelen in zaal Eik krijgen?").await;
    let request = world.request().await;
    assert_eq!(request.content().unwrap().quantity.as_ref().map(|quantity| quantity.value), Some(16));
    world.ends().await;
}

#[tokio::test]
async fn the_same_message_twice_is_one_request() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", TAP).await;
    for _ in 0..3 {
        world.handle(loket::ports::Input::Heard(told.clone())).await;
    }
    assert_eq!(world.requests().await.len(), 1);
    assert_eq!(world.thread(&told).len(), 1, "one card");
    world.ends().await;
}

#[tokio::test]
async fn an_unreachable_provider_gets_it_later_and_once() {
    let world = World::open().await;
    world.provider.plans([Planned::Unreachable, Planned::Unreachable]);
    tap_told(&world).await;
    assert!(world.provider.orders().is_empty());
    world.advance(Duration::minutes(1)).await;
    world.advance(Duration::minutes(1)).await;
    assert_eq!(world.provider.orders().len(), 1);
    assert_eq!(world.provider.most_often(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_adopted() {
    let world = World::open().await;
    world.provider.plans([Planned::LoseAnswer]);
    tap_told(&world).await;
    assert_eq!(stage(&world.request().await), "approved", "nobody knows yet");
    world.advance(Duration::seconds(31)).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    assert_eq!(world.provider.most_often(), 1, "never sent twice");
    world.ends().await;
}

#[tokio::test]
async fn a_blind_provider_is_never_repeated_and_the_spoc_decides() {
    let world = World::open().await;
    world.provider.is(Certainty::Blind);
    world.provider.plans([Planned::LoseCall]);
    tap_told(&world).await;
    let told: Vec<String> = world.posts("spoc").into_iter().map(|posted| posted.text).collect();
    assert!(!told.is_empty(), "the SPOC is told at once");
    for _ in 0..10 {
        world.advance(Duration::minutes(10)).await;
    }
    assert!(world.provider.orders().is_empty());
    let number = world.number().await.to_string();
    world.commands("sanne", "resend", &[("id", &number)]).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_refused_order_is_shown_to_the_spoc_and_can_be_sent_again() {
    let world = World::open().await;
    world.provider.plans([Planned::Reject("het adres bestaat niet")]);
    tap_told(&world).await;
    let told: Vec<String> = world.posts("spoc").into_iter().map(|posted| posted.text).collect();
    assert!(told.iter().any(|text| text.contains("het adres bestaat niet")), "{told:?}");
    let number = world.number().await.to_string();
    world.commands("sanne", "resend", &[("id", &number)]).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_silent_provider_is_brought_to_the_spoc_once() {
    let world = World::open().await;
    tap_told(&world).await;
    // That an agreed time is nearly over is another matter.
    let told = || world.posts("spoc").into_iter().filter(|posted| !posted.text.contains("volgens afspraak")).count();
    let before = told();
    for _ in 0..5 {
        world.advance(Duration::days(1)).await;
    }
    assert_eq!(told(), before + 1);
    world.ends().await;
}

#[tokio::test]
async fn nobody_who_may_decide_means_nobody_and_the_spoc_is_told() {
    let world = World::with(|register| register.mandates.clear()).await;
    chairs_asked(&world).await;
    assert!(world.posts("goedkeuringen").is_empty());
    assert_eq!(world.posts("spoc").len(), 1);
    world.advance(Duration::days(1)).await;
    assert!(world.provider.orders().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn a_withdrawn_mandate_counts_at_once() {
    let mut world = World::open().await;
    chairs_asked(&world).await;
    world.reconfigures(|register| register.mandates.retain(|mandate| mandate.person != "bob".into()));
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty());
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn everything_survives_a_restart_at_every_step() {
    let mut world = World::open().await;
    let asked = world.says("alice", "facilitair", CHAIRS).await;
    world.restarts().await;
    let request = world.request().await;
    let card = world.thread(&asked)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    world.restarts().await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.restarts().await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 1);
    assert_eq!(world.provider.most_often(), 1);
    world.ends().await;
}

#[tokio::test]
async fn not_solved_reopens_and_the_provider_is_told_on_the_same_order() {
    let world = World::open().await;
    let told = tap_told(&world).await;
    let number = world.number().await.to_string();
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    let asked = world.thread(&told).last().unwrap().at.clone();
    let request = world.request().await;
    world.submits("alice", &asked, Action::NotSolved(request.id), "hij druppelt nog steeds").await;
    assert_eq!(stage(&world.request().await), "in-progress");
    let received = world.provider.received.lock().unwrap().clone();
    let reopened = received.values().find(|(_, told)| told.order != told.reference).expect("told the provider");
    assert!(reopened.1.body.contains("druppelt nog steeds"), "{}", reopened.1.body);
    assert_eq!(world.provider.orders().len(), 1, "no second order");
    world.ends().await;
}

/// A tap that was mended, or so the provider says, and that closed by silence.
async fn tap_closed(world: &World) -> loket::ports::Heard {
    let told = tap_told(world).await;
    let number = world.number().await.to_string();
    world.commands("sanne", "status", &[("id", &number), ("state", "working"), ("number", "BF-77")]).await;
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    world.advance(Duration::days(30)).await;
    assert_eq!(stage(&world.request().await), "closed");
    told
}

#[tokio::test]
async fn still_broken_after_the_end_begins_a_new_request_that_names_the_old_one() {
    let world = World::open().await;
    let told = tap_closed(&world).await;
    let old = world.request().await;
    let number = old.number().unwrap().to_string();
    world.answers("alice", &told, "dank je wel!").await;
    assert_eq!(world.requests().await.len(), 1, "thanks are thanks");
    world.answers("alice", &told, "hij lekt nog steeds, is nog niet gemaakt").await;
    let new = world.requests().await.remove(0);
    assert_eq!(new.follows.as_ref().map(|follows| follows.request), Some(old.id));
    assert_eq!(new.posts.conversation, old.posts.conversation, "it is talked about in the same thread");
    let card =
        world.thread(&told).into_iter().find(|posted| Some(&posted.at) == new.posts.at.get(&Slot::Card)).unwrap();
    assert!(card.text.contains(&format!("Vervolg op: {number}")), "{}", card.text);
    world.presses("alice", &card.at, Action::Confirm(new.id)).await;
    let order = world.provider.orders().into_iter().find(|order| order.body.contains("nog steeds")).unwrap();
    assert!(order.body.contains(&format!("Vervolg op: {number}")) && order.body.contains("BF-77"), "{}", order.body);
    assert!(order.body.contains("pantry"), "where it is need not be said again: {}", order.body);
    let new = world.requests().await.remove(0).number().unwrap().to_string();
    assert_ne!(new, number);
    assert!(world.commands("alice", "show", &[("id", &new)]).await.contains(&number));
    world.ends().await;
}

#[tokio::test]
async fn not_yet_on_a_request_that_closed_begins_one_new_request_however_often_it_is_pressed() {
    let world = World::open().await;
    let told = tap_closed(&world).await;
    let old = world.request().await;
    let asked = world.thread(&told).into_iter().find(|posted| posted.text.contains("Is het opgelost?")).unwrap();
    for words in ["hij druppelt nog", "en nu nog harder"] {
        world.submits("alice", &asked.at, Action::NotSolved(old.id), words).await;
    }
    let refused = world.submits("dirk", &asked.at, Action::NotSolved(old.id), "bij ons ook").await;
    assert_eq!(refused.len(), 1, "it is not Dirk's to open again");
    let all = world.requests().await;
    assert_eq!(all.len(), 2, "one new request");
    assert_eq!(all[0].follows.as_ref().map(|follows| follows.request), Some(old.id));
    assert_eq!(all[0].said.len(), 2, "what was said later is told to it");
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn a_cancel_after_sending_waits_for_the_provider() {
    let world = World::open().await;
    tap_told(&world).await;
    let number = world.number().await.to_string();
    world.commands("alice", "cancel", &[("id", &number)]).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    world.commands("sanne", "status", &[("id", &number), ("state", "cancelled")]).await;
    assert!(matches!(&world.request().await.stage, Stage::Closed(closed) if closed.outcome == Ending::Cancelled));
    world.ends().await;
}
