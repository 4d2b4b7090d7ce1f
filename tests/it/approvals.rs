//! Who decides, on what, and by which sign.

use crate::world::{World, stage, two_must_agree};
use chrono::Duration;
use loket::domain::Price;
use loket::domain::approval::Mandate;
use loket::domain::catalogue::Catalogue;
use loket::ports::{Heard, Mark};
use loket::render::message::Action;

async fn chairs(world: &World, how_many: u32) -> Heard {
    let asked = format!("kunnen we {how_many} extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?");
    let asked = world.says("alice", "facilitair", &asked).await;
    let request = world.request().await;
    let card = world.thread(&asked)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    asked
}

#[tokio::test]
async fn a_yes_by_button_counts_like_a_reaction_and_is_known_as_a_button() {
    let world = World::open().await;
    chairs(&world, 12).await;
    let (card, id) = (world.approval_card(), world.request().await.id);
    let own = world.presses("alice", &card.at, Action::Agree(id, 1)).await;
    assert_eq!(own.len(), 1, "she is told, and she alone");
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.presses("bob", &card.at, Action::Agree(id, 1)).await;
    let request = world.request().await;
    assert_eq!(stage(&request), "approved");
    // What is looked for on the card afterwards are reactions: a button must not seem to have been taken back.
    assert_eq!(request.reactions_counted(1), Some(vec![]));
    world.advance(Duration::seconds(61)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_lower_price_in_the_catalogue_lends_nobody_a_mandate_for_the_amount_on_the_card() {
    let mut world = World::open().await;
    chairs(&world, 30).await;
    let card = world.approval_card();
    world.reconfigures(|register| {
        let items: Vec<_> = register
            .catalogue
            .items()
            .cloned()
            .map(|mut item| {
                if item.id.as_str() == "fac.room-setup" {
                    item.price = Price::Included;
                }
                item
            })
            .collect();
        register.catalogue = Catalogue::new(items).unwrap();
    });
    // Carla may approve up to € 250; the card says € 375.
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty());
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(world.request().await.reactions_counted(1).map(|accounts| accounts.len()), Some(1));
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_corrected_typing_error_does_not_take_back_what_was_said_later() {
    let world = World::open().await;
    let asked = chairs(&world, 12).await;
    world.answers("alice", &asked, "maak er 20 stoelen van").await;
    world.edits(&asked, "kunnen we 12 extra stoelen in zaal Eik krijgen aub, vrijdag om 13 uur?").await;
    let content = world.request().await.content().cloned().unwrap();
    assert_eq!(content.quantity.map(|found| found.value), Some(20));
    world.ends().await;
}

#[tokio::test]
async fn an_order_that_nobody_may_decide_gets_its_card_when_a_mandate_is_written_down() {
    let mut world = World::open().await;
    let kept = std::cell::RefCell::new(vec![]);
    world.reconfigures(|register| kept.borrow_mut().append(&mut register.mandates));
    chairs(&world, 12).await;
    assert!(world.posts("goedkeuringen").is_empty());
    world.advance(Duration::days(2)).await;
    world.reconfigures(|register| register.mandates.append(&mut kept.borrow_mut()));
    world.desk.settle_in().await.unwrap();
    world.drain().await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1);
    assert_eq!(world.posts("goedkeuringen").iter().filter(|post| post.text.contains("Zaalinrichting")).count(), 1);
    world.ends().await;
}

#[tokio::test]
async fn when_the_last_mandate_is_withdrawn_the_card_says_so_and_the_spoc_hears_it_once() {
    let mut world = World::open().await;
    chairs(&world, 12).await;
    let card = world.approval_card();
    let kept = std::cell::RefCell::new(vec![]);
    world.reconfigures(|register| kept.borrow_mut().append(&mut register.mandates));
    for _ in 0..3 {
        world.desk.reassess().await.unwrap();
        world.drain().await;
    }
    let told = world.posts("spoc");
    assert_eq!(told.len(), 1, "{told:#?}");
    let shown = world.chat.message(&card.at).unwrap();
    assert!(shown.text.contains("niemand akkoord"), "{}", shown.text);
    assert!(!shown.text.contains("Akkoord tot"), "{}", shown.text);
    world.reconfigures(|register| register.mandates.append(&mut kept.borrow_mut()));
    world.desk.reassess().await.unwrap();
    world.drain().await;
    let shown = world.chat.message(&card.at).unwrap();
    assert!(!shown.text.contains("niemand akkoord"), "{}", shown.text);
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn whose_mandate_ended_before_the_others_agreed_is_not_named_as_one_who_did() {
    let mut world = World::with(|register| {
        two_must_agree(register);
        let bob = register.mandates.iter().find(|mandate| mandate.person == "bob".into()).unwrap().clone();
        register.mandates.push(Mandate { person: "sanne".into(), ..bob });
    })
    .await;
    chairs(&world, 12).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.reconfigures(|register| register.mandates.retain(|mandate| mandate.person != "bob".into()));
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.reacts("sanne", &card.at, Mark::Yes).await;
    let request = world.request().await;
    let by: Vec<&str> = request.grant().unwrap().by.iter().map(|decision| decision.person.as_str()).collect();
    assert_eq!(by, ["carla", "sanne"]);
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_decision_keeps_what_it_rested_on_whatever_is_configured_later() {
    let mut world = World::open().await;
    chairs(&world, 12).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    let mut revision = None;
    world.reconfigures(|register| {
        revision = Some(register.revision.clone());
        register.revision = "another".into();
        register.mandates.retain(|one| one.person.as_str() != "bob");
        register.policy.last_mut().unwrap().name = "Anders".into();
    });
    world.restarts().await;
    let request = world.request().await;
    let decision = &request.grant().unwrap().by[0];
    let evidence = decision.evidence.as_ref().expect("evidence");
    assert_eq!(evidence.card.as_ref(), Some(&card.at));
    assert_eq!(evidence.fingerprint, request.order().unwrap().fingerprint);
    assert_eq!(evidence.rule.as_ref().map(|rule| rule.name.as_str()), Some("Bestellingen"));
    let document = evidence.mandate.as_ref().and_then(|mandate| mandate.terms.document.as_deref());
    assert_eq!(document, Some("Procuratieregeling 2026, artikel 4"));
    assert_eq!(Some(&evidence.configuration), revision.as_ref());
    world.advance(Duration::minutes(5)).await;
    world.ends().await;
}

#[tokio::test]
async fn who_got_an_entry_after_asking_decides_on_it_with_none_of_their_accounts() {
    let mut world = World::open().await;
    let asked = world.says("erik", "facilitair", "kunnen we 12 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?");
    let asked = asked.await;
    let id = world.request().await.id;
    world.presses("erik", &world.thread(&asked)[0].at.clone(), Action::Confirm(id)).await;
    world.reconfigures(|register| {
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        let mut erik = linde.people[&"bob".into()].clone();
        erik.id = "erik".into();
        erik.accounts = vec!["local:erik".into(), "local:erik-2".into()];
        linde.people.insert("erik".into(), erik);
        let bob = register.mandates[0].clone();
        register.mandates.push(Mandate { person: "erik".into(), ..bob });
    });
    let card = world.approval_card();
    for account in ["erik", "erik-2"] {
        world.reacts(account, &card.at, Mark::Yes).await;
        assert_eq!(stage(&world.request().await), "awaiting-approval", "{account}");
    }
    world.ends().await;
}
