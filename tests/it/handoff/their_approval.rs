//! A provider that wants our buyer to agree once more: who agreed gets one line, our clock runs, and another amount is another quote.

use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::mail::Mail;
use loket::domain::register::{Register, TheirApproval};
use loket::ports::{Clock as _, Mark};
use loket::render::message::Action;

fn wants(theirs: TheirApproval) -> impl FnOnce(&mut Register) {
    move |register| {
        for provider in register.providers.values_mut() {
            provider.their_approval = theirs.clone();
            provider.senders = vec!["brink.example".into()];
        }
    }
}

/// Chairs that Bob agreed to are with the provider.
async fn agreed(theirs: TheirApproval) -> World {
    let world = World::with(wants(theirs)).await;
    let order =
        world.says("alice", "facilitair", "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?").await;
    let request = world.request().await;
    world.presses("alice", &world.thread(&order)[0].at.clone(), Action::Confirm(request.id)).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    world
}

fn last(world: &World) -> loket::adapters::local::Posted {
    world.posts("goedkeuringen").pop().unwrap()
}

#[tokio::test]
async fn in_a_portal_whoever_agreed_is_asked_to_confirm_and_reminded_until_they_say_so() {
    let world = agreed(TheirApproval::Portal { link: Some("https://portaal.brink.example".into()) }).await;
    let post = last(&world);
    assert!(
        post.text.contains("Al goedgekeurd tot €") && post.text.contains("https://portaal.brink.example"),
        "{}",
        post.text
    );
    assert!(post.message.as_ref().unwrap().notify.iter().any(|account| account.as_str() == "local:bob"));
    assert!(world.commands("sanne", "open", &[]).await.contains("wacht op akkoord"), "our own clock runs");
    world.advance(Duration::hours(6)).await;
    assert!(last(&world).text.contains("wacht sinds"), "{}", last(&world).text);

    let request = world.request().await;
    let refused = world.presses("alice", &post.at, Action::Confirmed(request.id)).await;
    assert_eq!(refused.len(), 1, "who did not agree cannot say so");
    world.presses("bob", &post.at, Action::Confirmed(request.id)).await;
    assert!(world.request().await.unconfirmed.is_none());
    let before = world.posts("goedkeuringen").len();
    world.advance(Duration::days(3)).await;
    assert_eq!(world.posts("goedkeuringen").len(), before, "and nobody is asked again");
    world.ends().await;
}

#[tokio::test]
async fn a_mail_that_asks_to_agree_again_is_bound_to_its_request_and_another_amount_is_another_quote() {
    let world = agreed(TheirApproval::Mail).await;
    let order = world.provider.orders()[0].clone();
    let mail = |text: &str| Mail {
        from: "workflow@brink.example".into(),
        recipients: vec![format!("loket+{}@delinde.example", order.token.to_lowercase())],
        subject: "Ter goedkeuring".into(),
        text: text.into(),
        at: world.clock.now(),
        ..Mail::default()
    };
    world.mailbox.receives(mail("Graag uw akkoord op deze bestelling."));
    world.asks_around().await;
    assert!(last(&world).text.contains("Al goedgekeurd tot €"), "{}", last(&world).text);
    assert!(world.request().await.unconfirmed.is_some());

    world.mailbox.receives(mail("Graag uw akkoord: de kosten bedragen € 4.300 excl. btw."));
    world.asks_around().await;
    let told = last(&world);
    assert!(told.text.contains("Bevestig dit niet") && told.text.contains("4.300"), "{}", told.text);
    let buttons: Vec<Action> =
        told.message.unwrap().buttons.into_iter().flatten().map(|button| button.action).collect();
    assert!(matches!(buttons.as_slice(), [Action::Adopt(..)]), "there is nothing to confirm: {buttons:?}");
    assert!(world.request().await.unconfirmed.is_none());
    let before = world.posts("goedkeuringen").len();
    world.advance(Duration::days(2)).await;
    assert_eq!(world.posts("goedkeuringen").len(), before, "and nobody is reminded to");
    world.ends().await;
}

#[tokio::test]
async fn without_such_a_step_nothing_is_asked() {
    let world = agreed(TheirApproval::None).await;
    assert!(!world.posts("goedkeuringen").iter().any(|post| post.text.contains("Al goedgekeurd")));
    world.ends().await;
}
