//! What a provider must be told about an order that it has.

use super::{TAP, asked, texts};
use crate::world::{LINDE, Planned, World, stage};
use chrono::Duration;
use loket::domain::Lang;
use loket::domain::request::{Ending, Stage};
use loket::ports::{Certainty, Clock as _};
use loket::render::message::Action;

/// A provider by mail has an order for a tap.
async fn handed_over(world: &World) -> String {
    world.provider.is(Certainty::Blind);
    asked(world, "alice", TAP).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    world.number().await.to_string()
}

/// The posts to the SPOC that say that the provider was not told.
fn alarms(world: &World) -> Vec<String> {
    texts(world, "spoc").into_iter().filter(|text| text.contains("annuleren") || text.contains("cancel")).collect()
}

#[tokio::test]
async fn a_cancellation_that_surely_did_not_arrive_is_tried_again_until_it_does() {
    let world = World::open().await;
    let number = handed_over(&world).await;
    world.provider.plans([Planned::Unreachable, Planned::Unreachable, Planned::Unreachable]);
    world.commands("alice", "cancel", &[("id", &number), ("reason", "al opgelost")]).await;
    assert!(world.provider.tellings().is_empty());
    for _ in 0..3 {
        world.advance(Duration::minutes(1)).await;
    }
    let told = world.provider.tellings();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, 1, "once");
    assert!(told[0].1.body.contains("al opgelost"), "{}", told[0].1.body);
    assert!(alarms(&world).is_empty(), "there was nothing for the SPOC to do");
    assert!(world.commands("sanne", "show", &[("id", &number)]).await.contains("gevraagd om te annuleren"));
    world.ends().await;
}

#[tokio::test]
async fn a_cancellation_of_unknown_outcome_is_not_repeated_and_the_spoc_hears_at_once() {
    for lang in [Lang::Nl, Lang::En] {
        let world = World::with(|register| register.organisations.get_mut(&LINDE.into()).unwrap().lang = lang).await;
        let number = handed_over(&world).await;
        world.provider.plans([Planned::LoseCall]);
        world.commands("alice", "cancel", &[("id", &number)]).await;
        let told = texts(&world, "spoc").pop().unwrap();
        let words = match lang {
            Lang::Nl => ["Het is niet zeker of Brink Facilitair weet", "annuleren", "/opnieuw", "no answer"],
            Lang::En => ["It is not certain that Brink Facilitair knows", "cancel", "/resend", "no answer"],
        };
        assert!(told.contains(&number), "{told}");
        for word in words {
            assert!(told.contains(word), "{word} is not in {told}");
        }
        world.advance(Duration::hours(1)).await;
        world.advance(Duration::days(1)).await;
        assert!(world.provider.tellings().is_empty(), "never blindly");
        let request = world.request().await;
        let Stage::HandedOver(handed) = &request.stage else { panic!("{:?}", request.stage) };
        assert!(handed.cancelling.is_some(), "it still waits for the provider's word");
        assert!(world.commands("sanne", "show", &[("id", &number)]).await.contains("niet zeker"));
        assert!(world.commands("sanne", "open", &[]).await.contains("wacht op de SPOC"));

        world.commands("sanne", "resend", &[("id", &number)]).await;
        let told = world.provider.tellings();
        assert_eq!((told.len(), told[0].0), (1, 1));
        assert_ne!(told[0].1.attempt, 1, "another mail than the first, which a mail system may have seen");
        assert_eq!(world.provider.orders().len(), 1, "the order itself is not sent again");
        assert!(!world.commands("sanne", "open", &[]).await.contains("wacht op de SPOC"));
        world.commands("sanne", "status", &[("id", &number), ("state", "cancelled")]).await;
        assert!(matches!(&world.request().await.stage, Stage::Closed(closed) if closed.outcome == Ending::Cancelled));
        world.ends().await;
    }
}

#[tokio::test]
async fn a_process_that_died_while_it_told_leaves_doubt_that_is_not_repeated_by_mail() {
    for (certainty, repeated) in
        [(Certainty::Blind, false), (Certainty::Searchable, true), (Certainty::Idempotent, true)]
    {
        let mut world = World::open().await;
        let number = handed_over(&world).await;
        world.provider.is(certainty);
        let token = world.chat.interaction();
        let call = loket::ports::CommandCall {
            name: "cancel".into(),
            options: vec![("id".into(), number.clone())],
            by: crate::world::account("alice"),
            by_name: "alice".into(),
            channel: "local:spoc".into(),
            server: None,
            token,
            locale: None,
        };
        world.desk.handle(loket::ports::Input::Command(call)).await.unwrap();
        // The courier takes it, and nothing is heard of it any more.
        let now = world.clock.now();
        let claimed = world.store.claim(now, now + Duration::seconds(90), 16, None).await.unwrap();
        assert!(claimed.iter().any(|claim| matches!(claim.effect, loket::domain::effect::Effect::Tell { .. })));
        world.restarts().await;
        world.advance(Duration::minutes(2)).await;
        assert_eq!(world.provider.tellings().len(), usize::from(repeated), "{certainty:?}");
        assert_eq!(alarms(&world).len(), usize::from(!repeated), "{certainty:?}: {:?}", alarms(&world));
        world.ends().await;
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_is_looked_up_where_that_is_possible() {
    let world = World::open().await;
    let number = handed_over(&world).await;
    world.provider.is(Certainty::Searchable);
    world.provider.plans([Planned::LoseAnswer]);
    world.commands("alice", "cancel", &[("id", &number)]).await;
    world.advance(Duration::minutes(3)).await;
    assert_eq!(world.provider.tellings()[0].0, 1, "it was there, and is not told twice");
    assert!(alarms(&world).is_empty());
    world.ends().await;
}

#[tokio::test]
async fn a_cancellation_that_never_gets_through_ends_with_the_spoc_who_calls() {
    let world = World::open().await;
    let number = handed_over(&world).await;
    world.provider.plans(vec![Planned::Unreachable; 20]);
    world.commands("alice", "cancel", &[("id", &number)]).await;
    for _ in 0..30 {
        world.advance(Duration::minutes(10)).await;
    }
    let told = alarms(&world);
    assert_eq!(told.len(), 1, "once: {told:?}");
    assert!(told[0].contains("Het is niet gelukt om Brink Facilitair te vragen dit te annuleren"), "{}", told[0]);
    assert!(told[0].contains("mail.example:587"), "and why: {}", told[0]);
    assert!(told[0].contains("Bel Brink Facilitair"), "and what helps: {}", told[0]);
    let post = world.posts("spoc").pop().unwrap();
    let request = world.request().await;
    assert_eq!(request.untold.len(), 1);
    let refused = world.presses("alice", &post.at, Action::Arrived(request.id)).await;
    assert_eq!(refused.len(), 1, "only a SPOC says so");
    world.presses("sanne", &post.at, Action::Arrived(request.id)).await;
    let request = world.request().await;
    assert!(request.untold.is_empty());
    assert_eq!(stage(&request), "in-progress");
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(shown.contains("gevraagd om te annuleren, volgens Sanne Bakker"), "{shown}");
    world.ends().await;
}

#[tokio::test]
async fn a_reopening_that_is_refused_is_brought_to_the_spoc_and_told_again_on_demand() {
    let world = World::open().await;
    let number = handed_over(&world).await;
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    world.provider.plans([Planned::Reject("het postvak is vol")]);
    let (id, place) = (world.request().await.id, world.posts("spoc"));
    assert!(place.is_empty());
    let at = world.request().await.posts.at.values().next().cloned().unwrap();
    world.submits("alice", &at, Action::NotSolved(id), "hij druppelt nog").await;
    let told = texts(&world, "spoc").pop().unwrap();
    assert!(
        told.contains("door te geven dat het nog niet is opgelost") && told.contains("het postvak is vol"),
        "{told}"
    );
    assert_eq!(stage(&world.request().await), "in-progress");
    assert_eq!(world.commands("alice", "resend", &[("id", &number)]).await.matches("Genoteerd").count(), 0);
    let post = world.posts("spoc").pop().unwrap();
    world.presses("sanne", &post.at, Action::Resend(id)).await;
    let told = world.provider.tellings();
    assert_eq!(told.len(), 1);
    assert!(told[0].1.body.contains("druppelt nog"), "{}", told[0].1.body);
    world.ends().await;
}

#[tokio::test]
async fn what_the_provider_has_said_itself_need_not_be_told_any_more() {
    let world = World::open().await;
    let number = handed_over(&world).await;
    world.provider.plans([Planned::Unreachable]);
    world.commands("alice", "cancel", &[("id", &number)]).await;
    world.commands("sanne", "status", &[("id", &number), ("state", "cancelled")]).await;
    world.advance(Duration::hours(1)).await;
    assert!(world.provider.tellings().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn the_number_given_along_with_done_is_kept_and_shown() {
    let world = World::open().await;
    let number = handed_over(&world).await;
    world.commands("sanne", "status", &[("id", &number), ("state", "done"), ("number", "BF-77")]).await;
    let request = world.request().await;
    assert_eq!(request.sent().unwrap().number.as_deref(), Some("BF-77"));
    assert!(world.commands("sanne", "show", &[("id", &number)]).await.contains("BF-77"));
    world.commands("sanne", "status", &[("id", &number), ("state", "rejected"), ("number", "BF-78")]).await;
    assert_eq!(world.request().await.sent().unwrap().number.as_deref(), Some("BF-78"), "with the end as well");
    world.ends().await;
}
