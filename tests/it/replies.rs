//! What is said under the card of the approvers and beside it: words decide nothing, and nobody is left without an answer.

use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::approval::{Require, Step};
use loket::domain::request::Ending;
use loket::domain::{Basis, MessageRef, Money};
use loket::ports::{Heard, Mark};
use loket::render::message::{Action, Piece};

/// Alice's order of chairs at € 12,50, which waits for Bob, and up to € 250 for Carla.
async fn chairs(world: &World, how_many: u32) -> Heard {
    let asked = format!("kunnen we {how_many} extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?");
    let asked = world.says("alice", "facilitair", &asked).await;
    let id = world.request().await.id;
    let card = world.thread(&asked)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(id)).await;
    asked
}

/// What stands in the approvers' channel as answers to that message.
fn answers_to(world: &World, heard: &Heard) -> Vec<String> {
    let everything = world.chat.everything().into_iter();
    everything
        .filter(|posted| posted.author.is_none() && posted.reply_to.as_ref() == Some(&heard.at.message))
        .map(|posted| posted.text)
        .collect()
}

fn links(world: &World, heard: &Heard, to: &MessageRef) -> bool {
    let everything = world.chat.everything().into_iter();
    everything
        .filter(|posted| posted.reply_to.as_ref() == Some(&heard.at.message))
        .filter_map(|posted| posted.message)
        .any(|message| message.text.0.contains(&Piece::Link(to.clone())))
}

fn shown(world: &World, at: &MessageRef) -> String {
    world.chat.message(at).unwrap().text
}

fn naming(world: &World, who: &str) -> Vec<String> {
    let posts = world.posts("goedkeuringen").into_iter().map(|posted| posted.text);
    posts
        .filter(|text| text.contains(&format!("@{who} ")))
        .filter(|text| !text.contains("graag een beslissing"))
        .collect()
}

#[tokio::test]
async fn a_yes_in_words_under_the_card_decides_nothing_and_is_answered_with_the_sign() {
    let world = World::open().await;
    chairs(&world, 30).await;
    let card = world.approval_card();
    for words in ["akkoord", "ok doe maar", "prima"] {
        let said = world.replies("bob", &card.at, words).await;
        let answers = answers_to(&world, &said);
        assert_eq!(answers.len(), 1, "{words}");
        assert!(answers[0].contains("Druk op ✅"), "{}", answers[0]);
        assert!(links(&world, &said, &card.at));
    }
    world.advance(Duration::minutes(5)).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    assert!(world.provider.orders().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn a_yes_in_words_is_answered_once_also_where_chat_failed_or_the_answer_to_the_post_was_lost() {
    let world = World::open().await;
    chairs(&world, 30).await;
    let card = world.approval_card();
    for (words, answer) in [("akkoord", "Druk op ✅"), ("tot 900", "Het maximum is nu al")] {
        world.chat.puts_off(&card.at.channel);
        let said = world.replies("bob", &card.at, words).await;
        assert_eq!(answers_to(&world, &said), Vec::<String>::new(), "{words}");
        world.advance(Duration::minutes(1)).await;
        let answers = answers_to(&world, &said);
        assert!(answers.len() == 1 && answers[0].contains(answer), "{words}: {answers:?}");
    }
    world.chat.loses_answer(&card.at.channel);
    let again = world.replies("bob", &card.at, "doe maar").await;
    world.advance(Duration::hours(1)).await;
    assert_eq!(answers_to(&world, &again).len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn the_same_reply_twice_is_answered_once_and_other_talk_is_not() {
    let world = World::open().await;
    chairs(&world, 30).await;
    let card = world.approval_card();
    let said = world.replies("bob", &card.at, "akkoord").await;
    world.handle(loket::ports::Input::Heard(said.clone())).await;
    assert_eq!(answers_to(&world, &said).len(), 1);
    for words in ["wie weet hoeveel stoelen er nog staan?", "bedankt", "ik kijk er morgen naar", "tot vrijdag!"] {
        let said = world.replies("bob", &card.at, words).await;
        assert_eq!(answers_to(&world, &said), Vec::<String>::new(), "{words}");
    }
    let beside = world.says("bob", "goedkeuringen", "akkoord").await;
    assert_eq!(answers_to(&world, &beside), Vec::<String>::new(), "it replies to nothing");
    assert_eq!(world.requests().await.len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn up_to_an_amount_makes_a_new_card_whose_yes_grants_no_more() {
    let world = World::open().await;
    chairs(&world, 30).await;
    let old = world.approval_card();
    assert!(old.text.contains("375"), "{}", old.text);
    world.replies("bob", &old.at, "akkoord tot € 250").await;
    let new = world.approval_card();
    assert_ne!(new.at, old.at);
    assert!(new.text.contains("akkoord tot € 250,00 excl. btw"), "{}", new.text);
    assert!(new.text.contains("verlaagd naar € 250,00 excl. btw door Bob"), "{}", new.text);
    let void = shown(&world, &old.at);
    assert!(void.contains("Vervallen") && void.contains("Bob") && void.contains("250"), "{void}");
    assert!(!void.contains("[Akkoord]"), "{void}");
    assert_eq!(stage(&world.request().await), "awaiting-approval", "words decided nothing");
    // A yes on the old card is to another amount.
    world.reacts("bob", &old.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.reacts("bob", &new.at, Mark::Yes).await;
    let request = world.request().await;
    let ceiling = Some(Money { cents: 25_000, basis: Basis::Excl });
    assert_eq!(request.grant().unwrap().ceiling, ceiling);
    let decided = shown(&world, &new.at);
    assert!(decided.contains("Akkoord van Bob") && decided.contains("tot € 250,00"), "{decided}");
    assert!(decided.contains("door Bob"), "{decided}");
    let void = world.chat.message(&old.at).unwrap().message.unwrap().card.unwrap();
    assert!(void.body.0.contains(&Piece::Link(new.at.clone())), "the old card names the one that counts: {void:?}");
    assert!(!void.body.plain().contains("Akkoord van"), "and borrows nothing from it");
    world.advance(Duration::minutes(5)).await;
    let orders = world.provider.orders();
    assert_eq!(orders.len(), 1);
    assert!(orders[0].body.contains("akkoord tot € 250,00 excl. btw, door Bob"), "{}", orders[0].body);
    assert!(!orders[0].body.contains("375"), "{}", orders[0].body);
    world.ends().await;
}

#[tokio::test]
async fn a_maximum_that_is_not_lower_or_no_amount_gets_a_clear_sentence() {
    let world = World::open().await;
    chairs(&world, 30).await;
    let card = world.approval_card();
    for (words, answer) in [
        ("tot 375", "Het maximum is nu al € 375,00"),
        ("max 500 ex btw", "Het maximum is nu al € 375,00"),
        ("tot 0 euro", "geen bedrag"),
        ("maximaal een beetje", "geen bedrag"),
    ] {
        let said = world.replies("bob", &card.at, words).await;
        let answers = answers_to(&world, &said);
        assert!(answers.len() == 1 && answers[0].contains(answer), "{words}: {answers:?}");
    }
    assert_eq!(world.request().await.order().unwrap().identity.revision, 1);
    // The same amount with VAT in it is less.
    world.replies("bob", &card.at, "max 375 incl btw").await;
    let order = world.request().await.order().cloned().unwrap();
    assert_eq!(order.verdict.ceiling, Some(Money { cents: 37_500, basis: Basis::Incl }));
    world.ends().await;
}

#[tokio::test]
async fn who_may_not_decide_lowers_nothing_and_is_told_once_a_card() {
    let world = World::open().await;
    chairs(&world, 30).await;
    let card = world.approval_card();
    for words in ["tot 250", "akkoord", "nee, te duur"] {
        world.replies("carla", &card.at, words).await;
        world.replies("alice", &card.at, words).await;
    }
    assert_eq!(naming(&world, "carla").len(), 1, "{:#?}", world.posts("goedkeuringen"));
    assert_eq!(naming(&world, "alice").len(), 1);
    assert_eq!(world.request().await.order().unwrap().identity.revision, 1);
    world.replies("bob", &card.at, "tot 300").await;
    // Lowering lends nobody a mandate for what it may cost.
    world.reacts("carla", &world.approval_card().at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    assert_eq!(naming(&world, "carla").len(), 2, "a new card is answered anew");
    world.ends().await;
}

#[tokio::test]
async fn the_button_asks_for_the_amount_and_does_the_same() {
    let world = World::open().await;
    chairs(&world, 30).await;
    let (card, id) = (world.approval_card(), world.request().await.id);
    assert!(card.text.contains("[Tot …]"), "{}", card.text);
    let form = world.desk.form(&Action::Limit(id, 1), Some("nl")).unwrap();
    assert_eq!(form.title, "Maximum verlagen");
    let told = world.submits("bob", &card.at, Action::Limit(id, 1), "veel minder").await;
    assert!(told[0].message.text.plain().contains("geen bedrag"), "{told:?}");
    let told = world.submits("carla", &card.at, Action::Limit(id, 1), "200").await;
    assert!(told[0].message.text.plain().contains("telt hier niet mee"), "{told:?}");
    assert!(world.submits("bob", &card.at, Action::Limit(id, 1), "€ 200").await.is_empty());
    assert_ne!(world.approval_card().at, card.at);
    assert_eq!(world.request().await.order().unwrap().verdict.ceiling.map(|ceiling| ceiling.cents), Some(20_000));
    let told = world.submits("bob", &card.at, Action::Limit(id, 1), "100").await;
    assert!(told[0].message.text.plain().contains("vervallen"), "{told:?}");
    world.ends().await;
}

#[tokio::test]
async fn a_lowered_maximum_stays_lowered_when_the_rules_are_asked_anew_and_a_yes_is_taken_back() {
    let mut world = World::open().await;
    chairs(&world, 30).await;
    world.replies("bob", &world.approval_card().at, "tot 250").await;
    let card = world.approval_card();
    let kept = std::cell::RefCell::new(vec![]);
    world.reconfigures(|register| kept.borrow_mut().append(&mut register.mandates));
    world.desk.reassess().await.unwrap();
    world.drain().await;
    world.reconfigures(|register| register.mandates.append(&mut kept.borrow_mut()));
    world.desk.reassess().await.unwrap();
    world.drain().await;
    assert!(shown(&world, &card.at).contains("akkoord tot € 250,00"), "{}", shown(&world, &card.at));
    world.restarts().await;
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.unreacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(world.request().await.grant().unwrap().ceiling.map(|ceiling| ceiling.cents), Some(25_000));
    world.ends().await;
}

#[tokio::test]
async fn a_changed_order_is_decided_at_its_own_amount_again() {
    let world = World::open().await;
    let asked = chairs(&world, 30).await;
    world.replies("bob", &world.approval_card().at, "tot 250").await;
    world.answers("alice", &asked, "maak er 40 stoelen van").await;
    world.advance(Duration::minutes(2)).await;
    let card = world.approval_card();
    assert!(card.text.contains("akkoord tot € 500,00"), "{}", card.text);
    assert!(!card.text.contains("verlaagd"), "{}", card.text);
    world.ends().await;
}

#[tokio::test]
async fn a_reply_after_the_no_gives_the_reason_and_before_it_the_sign() {
    let world = World::open().await;
    let asked = chairs(&world, 30).await;
    let card = world.approval_card();
    let early = world.replies("bob", &card.at, "niet akkoord, want er staan er nog in de kelder").await;
    assert!(answers_to(&world, &early)[0].contains("Druk op ❌"));
    assert!(links(&world, &early, &card.at));
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.reacts("bob", &card.at, Mark::No).await;
    assert_eq!(stage(&world.request().await), "closed");
    world.replies("carla", &card.at, "nee, te duur").await;
    assert!(!shown(&world, &card.at).contains("te duur"), "it was not her no");
    world.replies("bob", &card.at, "niet akkoord, want er staan er nog in de kelder").await;
    assert!(shown(&world, &card.at).contains("“er staan er nog in de kelder”"), "{}", shown(&world, &card.at));
    assert!(shown(&world, &card.at).contains("Niet akkoord, door Bob de Wit om 09:12"), "{}", shown(&world, &card.at));
    let told = world.thread_text(&asked);
    assert!(told.contains("De reden van Bob de Wit:\n“er staan er nog in de kelder”"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn any_words_of_whoever_just_said_no_are_the_reason_but_a_question_is_not() {
    let world = World::open().await;
    chairs(&world, 30).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::No).await;
    world.replies("bob", &card.at, "weet iemand of er nog staan?").await;
    world.replies("bob", &card.at, "er staan er nog twaalf in de kelder").await;
    world.replies("bob", &card.at, "en koffie haal ik zelf wel").await;
    let card = shown(&world, &card.at);
    assert!(card.contains("“er staan er nog twaalf in de kelder”"), "{card}");
    world.ends().await;
}

#[tokio::test]
async fn a_yes_in_the_requester_s_thread_points_whoever_may_decide_to_the_card() {
    let world = World::open().await;
    let asked = chairs(&world, 30).await;
    let card = world.approval_card();
    let said = world.answers("bob", &asked, "ok doe maar").await;
    assert!(answers_to(&world, &said)[0].contains("Druk op ✅"));
    assert!(links(&world, &said, &card.at));
    let amount = world.answers("bob", &asked, "akkoord tot 250").await;
    assert!(answers_to(&world, &amount)[0].contains("op de kaart"));
    for who in ["alice", "carla", "dirk"] {
        let said = world.answers(who, &asked, "akkoord").await;
        assert_eq!(answers_to(&world, &said), Vec::<String>::new(), "{who}");
    }
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.reacts("bob", &card.at, Mark::Yes).await;
    let late = world.answers("bob", &asked, "akkoord").await;
    assert_eq!(answers_to(&world, &late), Vec::<String>::new(), "there is nothing left to press");
    world.ends().await;
}

#[tokio::test]
async fn a_requester_s_own_yes_still_confirms() {
    let world = World::open().await;
    let asked =
        world.says("alice", "facilitair", "kunnen we 30 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?").await;
    world.answers("alice", &asked, "akkoord").await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.ends().await;
}

#[tokio::test]
async fn who_comes_too_late_is_told_once_who_decided() {
    let world = World::open().await;
    chairs(&world, 12).await;
    let (card, id) = (world.approval_card(), world.request().await.id);
    world.reacts("bob", &card.at, Mark::Yes).await;
    let version = world.request().await.version;
    for _ in 0..2 {
        world.reacts("bob", &card.at, Mark::Yes).await;
    }
    assert_eq!(world.request().await.version, version, "his own yes once more is nothing new");
    for _ in 0..2 {
        world.reacts("carla", &card.at, Mark::No).await;
        world.replies("carla", &card.at, "tot 100").await;
    }
    let told = naming(&world, "carla");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("al over beslist") && told[0].contains("Akkoord van Bob"), "{}", told[0]);
    let button = world.presses("carla", &card.at, Action::Decline(id, 1)).await;
    assert!(button[0].message.text.plain().contains("Akkoord van Bob"), "{button:?}");
    assert_eq!(stage(&world.request().await), "approved");
    world.ends().await;
}

#[tokio::test]
async fn taking_a_yes_back_once_it_is_on_its_way_explains_how_to_cancel() {
    let world = World::open().await;
    chairs(&world, 12).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    for _ in 0..2 {
        world.unreacts("bob", &card.at, Mark::Yes).await;
    }
    world.unreacts("carla", &card.at, Mark::Yes).await;
    let told = naming(&world, "bob");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("/annuleer 2026-0001"), "{}", told[0]);
    assert!(naming(&world, "carla").is_empty());
    assert_eq!(stage(&world.request().await), "handed-over");
    world.ends().await;
}

#[tokio::test]
async fn a_no_declines_at_once_also_after_the_yes_of_another() {
    let world = World::with(|register| {
        let rule = register.policy.iter_mut().find(|rule| rule.name == "Bestellingen").unwrap();
        rule.require = Require::Steps(vec![Step { need: 2, of: vec![] }]);
    })
    .await;
    chairs(&world, 12).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.reacts("carla", &card.at, Mark::No).await;
    let request = world.request().await;
    assert_eq!(request.declined.as_ref().map(|declined| declined.decision.person.as_str()), Some("carla"));
    let loket::domain::request::Stage::Closed(closed) = &request.stage else { panic!("{:?}", request.stage) };
    assert_eq!(closed.outcome, Ending::Declined);
    assert!(shown(&world, &card.at).contains("Niet akkoord, door Carla"), "{}", shown(&world, &card.at));
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty());
    world.ends().await;
}
