//! A price that the provider names for an order it has: within what was agreed nothing happens, above it the right people decide first.

use crate::world::{World, stage, two_must_agree};
use chrono::Duration;
use loket::adapters::local::Posted;
use loket::domain::mail::Mail;
use loket::domain::register::{Register, TheirApproval};
use loket::domain::request::{Event, Request, Stage};
use loket::domain::{Basis, Money};
use loket::ports::{Clock as _, Heard, Mark};
use loket::render::message::Action;

const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";

fn excl(euros: i64) -> Money {
    Money { cents: euros * 100, basis: Basis::Excl }
}

fn brink_writes(register: &mut Register) {
    for provider in register.providers.values_mut() {
        provider.senders = vec!["brink.example".into()];
    }
}

/// Twelve chairs for € 150 that Bob agreed to; the provider has the order.
async fn ordered(change: impl FnOnce(&mut Register)) -> (World, Heard, String) {
    let world = World::with(|register| {
        brink_writes(register);
        change(register);
    })
    .await;
    let asked = world.says("alice", "facilitair", CHAIRS).await;
    let request = world.request().await;
    world.presses("alice", &world.thread(&asked)[0].at.clone(), Action::Confirm(request.id)).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    if stage(&world.request().await) == "awaiting-approval" {
        world.reacts("carla", &card.at, Mark::Yes).await;
    }
    world.advance(Duration::minutes(2)).await;
    let request = world.request().await;
    assert_eq!((stage(&request), ceiling(&request)), ("handed-over", Some(excl(150))));
    let number = request.number().unwrap().to_string();
    (world, asked, number)
}

fn ceiling(request: &Request) -> Option<Money> {
    request.grant().and_then(|grant| grant.ceiling)
}

fn cards(world: &World) -> Vec<Posted> {
    let all = world.posts("goedkeuringen").into_iter();
    all.filter(|post| post.message.as_ref().is_some_and(|message| message.card.is_some())).collect()
}

fn told(world: &World) -> Vec<String> {
    world.provider.tellings().into_iter().map(|(_, told)| format!("{}\n{}", told.subject, told.body)).collect()
}

fn last(world: &World, channel: &str) -> String {
    world.posts(channel).pop().map(|post| post.text).unwrap_or_default()
}

async fn quotes(world: &World, number: &str, amount: &str) -> String {
    world.commands("sanne", "quote", &[("id", number), ("amount", amount)]).await
}

#[tokio::test]
async fn a_price_within_what_was_agreed_is_recorded_and_nobody_need_do_anything() {
    let (world, asked, number) = ordered(|_| {}).await;
    let answer = quotes(&world, &number, "€ 140 excl. btw").await;
    assert!(answer.contains("past binnen wat is afgesproken"), "{answer}");
    assert!(
        world.thread_text(&asked).contains("noemt € 140,00 excl. btw. Dat past binnen"),
        "{}",
        world.thread_text(&asked)
    );
    assert_eq!(cards(&world).len(), 1, "nobody is asked again");
    assert!(told(&world).is_empty(), "and the provider hears nothing");
    let request = world.request().await;
    assert_eq!((ceiling(&request), request.costs.quotes.len()), (Some(excl(150)), 1));
    let before = world.thread(&asked).len();
    quotes(&world, &number, "140 excl btw").await;
    assert_eq!(world.thread(&asked).len(), before, "the same once more is no news");
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(shown.contains("noemt € 140,00 excl. btw, vastgelegd door Sanne Bakker"), "{shown}");
    world.ends().await;
}

#[tokio::test]
async fn a_price_above_it_stops_until_the_right_person_agrees_and_then_the_provider_is_told() {
    let (world, asked, number) = ordered(|_| {}).await;
    let answer = quotes(&world, &number, "480 euro excl btw").await;
    assert!(answer.contains("Bob de Wit beslist"), "{answer}");
    let card = world.approval_card();
    assert!(card.text.contains("€ 480,00 excl. btw (was maximaal € 150,00 excl. btw)"), "{}", card.text);
    assert!(card.text.contains("versie 2") && card.text.contains("tot € 480,00"), "{}", card.text);
    assert!(world.thread_text(&asked).contains("Daar wordt eerst over beslist"), "{}", world.thread_text(&asked));
    let open = world.commands("sanne", "open", &[]).await;
    assert!(open.contains("wacht op akkoord"), "{open}");
    // Carla's mandate ends at € 250, and Alice asked for it herself.
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.reacts("alice", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(150)));
    assert!(told(&world).is_empty());
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert!(told(&world).is_empty(), "the yes can still be taken back");
    world.advance(Duration::minutes(2)).await;
    let request = world.request().await;
    assert_eq!((stage(&request), ceiling(&request)), ("handed-over", Some(excl(480))));
    let told = told(&world);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].contains("Wij gaan akkoord") && told[0].contains("akkoord tot € 480,00 excl. btw, door Bob"),
        "{}",
        told[0]
    );
    assert!(
        world.thread_text(&asked).contains("Akkoord van Bob de Wit, tot € 480,00"),
        "{}",
        world.thread_text(&asked)
    );
    assert_eq!(world.thread_text(&asked).matches("Het gaat om").count(), 1, "nothing leaves a second time");
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_price_that_is_declined_leaves_what_was_agreed_and_the_spoc_decides_what_next() {
    let (world, asked, number) = ordered(|_| {}).await;
    quotes(&world, &number, "480 excl btw").await;
    let card = world.approval_card();
    let request = world.request().await;
    let action = Action::DeclineBecause(request.id, 2);
    world.submits("bob", &card.at, action, "vraag elders een prijs").await;
    world.advance(Duration::minutes(2)).await;
    let request = world.request().await;
    assert_eq!((stage(&request), ceiling(&request)), ("handed-over", Some(excl(150))));
    let told = told(&world);
    assert!(told.len() == 1 && told[0].contains("Wij gaan niet akkoord"), "{told:#?}");
    assert!(told[0].contains("€ 480,00") && told[0].contains("tot € 150,00"), "{}", told[0]);
    assert!(!told[0].contains("elders"), "the reason stays inside");
    let spoc = last(&world, "spoc");
    assert!(spoc.contains("Bob de Wit gaat niet akkoord") && spoc.contains("vraag elders"), "{spoc}");
    assert!(
        world.thread_text(&asked).contains("Geen akkoord van Bob de Wit op € 480,00"),
        "{}",
        world.thread_text(&asked)
    );
    let shown = world.chat.message(&card.at).unwrap().text;
    assert!(shown.contains("Niet akkoord van Bob de Wit") && shown.contains("tot € 150,00"), "{shown}");
    // What comes too late changes nothing; what the provider asks anew is a new question.
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(150)));
    quotes(&world, &number, "300 excl btw").await;
    let other = world.approval_card();
    assert!(other.at != card.at && other.text.contains("versie 3"), "{}", other.text);
    world.reacts("bob", &other.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(300)));
    quotes(&world, &number, "400 excl btw").await;
    world.reacts("bob", &world.approval_card().at, Mark::No).await;
    let week = world.commands("sanne", "digest", &[]).await;
    assert!(week.contains("Bob de Wit: 4"), "two yes and two no: {week}");
    world.ends().await;
}

#[tokio::test]
async fn a_yes_to_a_price_is_taken_back_before_the_provider_is_told_and_not_after() {
    let (world, _, number) = ordered(|_| {}).await;
    quotes(&world, &number, "480 excl btw").await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::seconds(30)).await;
    world.unreacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(150)));
    assert!(told(&world).is_empty());
    assert!(world.chat.message(&card.at).unwrap().text.contains("Met ✅"), "the card is open again");
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(told(&world).len(), 1);
    world.unreacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(480)), "they know it now");
    assert!(last(&world, "goedkeuringen").contains("al onderweg"), "{}", last(&world, "goedkeuringen"));
    world.ends().await;
}

#[tokio::test]
async fn a_price_needs_four_eyes_where_the_order_does_and_a_lower_maximum_is_a_new_card() {
    let (world, _, number) = ordered(two_must_agree).await;
    quotes(&world, &number, "200 excl btw").await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(150)), "one of two");
    world.replies("carla", &card.at, "tot 180 euro").await;
    let lower = world.approval_card();
    assert_ne!(lower.at, card.at);
    assert!(world.replies("carla", &lower.at, "tot 100 euro").await.text.contains("100"));
    assert_eq!(world.approval_card().at, lower.at, "less than stands already is no maximum but a no");
    world.reacts("bob", &lower.at, Mark::Yes).await;
    world.reacts("carla", &lower.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(180)));
    assert!(told(&world)[0].contains("akkoord tot € 180,00"), "{}", told(&world)[0]);
    world.ends().await;
}

fn mail(world: &World, text: &str) -> Mail {
    let order = world.provider.orders()[0].clone();
    Mail {
        from: "planning@brink.example".into(),
        recipients: vec![format!("loket+{}@delinde.example", order.token.to_lowercase())],
        subject: "Uw aanvraag".into(),
        text: text.into(),
        at: world.clock.now(),
        ..Mail::default()
    }
}

fn adopt(post: &Posted) -> Action {
    let buttons = post.message.iter().flat_map(|message| message.buttons.iter().flatten());
    let mut adopts = buttons.map(|button| button.action.clone()).filter(|action| matches!(action, Action::Adopt(..)));
    adopts.next().expect("a button Overnemen")
}

#[tokio::test]
async fn a_price_in_the_provider_s_mail_is_put_to_the_approvers_by_one_button_and_by_nobody_else() {
    let (world, _, _) = ordered(|_| {}).await;
    world.mailbox.receives(mail(&world, "Goedemiddag,\nDe kosten bedragen € 480 excl. btw."));
    world.asks_around().await;
    let post = world.posts("spoc").pop().unwrap();
    assert!(post.text.contains("€ 480,00 excl. btw"), "{}", post.text);
    assert_eq!(cards(&world).len(), 1, "a mail asks nobody by itself");
    let refused = world.presses("carla", &post.at, adopt(&post)).await;
    assert_eq!(refused.len(), 1, "only the SPOC takes it over");
    world.presses("sanne", &post.at, adopt(&post)).await;
    let card = world.approval_card();
    assert!(card.text.contains("€ 480,00 excl. btw (was maximaal € 150,00 excl. btw)"), "{}", card.text);
    world.presses("sanne", &post.at, adopt(&post)).await;
    assert_eq!(cards(&world).len(), 2, "once");
    world.ends().await;
}

#[tokio::test]
async fn the_buyer_may_confirm_a_price_in_the_portal_once_it_is_agreed_to_here() {
    let (world, _, _) = ordered(|register| {
        for provider in register.providers.values_mut() {
            provider.their_approval = TheirApproval::Mail;
        }
    })
    .await;
    world.mailbox.receives(mail(&world, "Graag uw akkoord: de kosten bedragen € 480 excl. btw."));
    world.asks_around().await;
    let post = world.posts("goedkeuringen").pop().unwrap();
    assert!(post.text.contains("Bevestig dit niet"), "{}", post.text);
    world.presses("bob", &post.at, adopt(&post)).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    let confirm = world.posts("goedkeuringen").pop().unwrap();
    assert!(confirm.text.contains("Al goedgekeurd tot € 480,00"), "{}", confirm.text);
    let request = world.request().await;
    world.presses("bob", &confirm.at, Action::Confirmed(request.id)).await;
    assert!(world.request().await.unconfirmed.is_none());
    world.ends().await;
}

#[tokio::test]
async fn what_the_contract_does_not_pay_for_is_asked_also_at_a_fault_that_needs_nobody() {
    let world = World::open().await;
    let asked = world.says("dirk", "facilitair", "de kraan in de pantry boven lekt, er ligt water op de vloer").await;
    world.advance(Duration::minutes(2)).await;
    let request = world.request().await;
    assert_eq!((stage(&request), request.grant().unwrap().by.len()), ("handed-over", 0));
    let number = request.number().unwrap().to_string();
    let answer = quotes(&world, &number, "390 excl btw").await;
    assert!(answer.contains("Bob de Wit beslist"), "{answer}");
    let card = world.approval_card();
    assert!(card.text.contains("was in het pakket"), "{}", card.text);
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(390)));
    assert!(told(&world)[0].contains("akkoord tot € 390,00"), "{:?}", told(&world));
    assert!(world.thread_text(&asked).contains("€ 390,00"));
    world.ends().await;
}

#[tokio::test]
async fn small_extras_pass_by_the_rules_and_are_told_all_the_same() {
    let world = World::open().await;
    world.says("dirk", "facilitair", "de kraan in de pantry boven lekt, er ligt water op de vloer").await;
    world.advance(Duration::minutes(2)).await;
    let number = world.number().await.to_string();
    let answer = quotes(&world, &number, "60 excl btw").await;
    assert!(answer.contains("geen akkoord voor nodig"), "{answer}");
    world.advance(Duration::minutes(2)).await;
    assert!(cards(&world).is_empty(), "up to € 75 nobody need agree");
    assert_eq!(ceiling(&world.request().await), Some(excl(60)));
    assert!(told(&world)[0].contains("akkoord tot € 60,00"), "{:?}", told(&world));
    world.ends().await;
}

#[tokio::test]
async fn nobody_decides_in_time_and_what_was_agreed_before_stands() {
    let (world, _, number) = ordered(|_| {}).await;
    quotes(&world, &number, "480 excl btw").await;
    let card = world.approval_card();
    world.advance(Duration::hours(5)).await;
    assert!(
        last(&world, "goedkeuringen").contains("op een beslissing"),
        "people are reminded: {}",
        last(&world, "goedkeuringen")
    );
    world.advance(Duration::days(20)).await;
    let request = world.request().await;
    assert!(request.costs.open.is_none());
    assert_eq!((stage(&request), ceiling(&request)), ("handed-over", Some(excl(150))));
    assert!(last(&world, "spoc").contains("niet op tijd beslist"), "{}", last(&world, "spoc"));
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(150)), "too late");
    world.ends().await;
}

#[tokio::test]
async fn another_price_voids_the_card_of_the_one_before() {
    let (world, _, number) = ordered(|_| {}).await;
    quotes(&world, &number, "480 excl btw").await;
    let first = world.approval_card();
    quotes(&world, &number, "440 excl btw").await;
    let second = world.approval_card();
    assert!(world.chat.message(&first.at).unwrap().text.contains("Vervallen"));
    world.reacts("bob", &first.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(150)), "a yes on the void card is to nothing");
    quotes(&world, &number, "130 excl btw").await;
    assert!(world.chat.message(&second.at).unwrap().text.contains("Vervallen"));
    world.reacts("bob", &second.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(150)));
    world.ends().await;
}

#[tokio::test]
async fn a_price_stops_an_order_that_has_not_left() {
    let world = World::open().await;
    let asked = world.says("alice", "facilitair", CHAIRS).await;
    let request = world.request().await;
    world.presses("alice", &world.thread(&asked)[0].at.clone(), Action::Confirm(request.id)).await;
    let first = world.approval_card();
    world.reacts("bob", &first.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "approved");
    let number = world.number().await.to_string();
    quotes(&world, &number, "480 excl btw").await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    assert!(world.provider.orders().is_empty(), "it waits for a decision about the price");
    let card = world.approval_card();
    assert_ne!(card.at, first.at);
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders()[0].body.contains("akkoord tot € 480,00"), "{}", world.provider.orders()[0].body);
    assert!(told(&world).is_empty(), "the order itself says it");
    world.ends().await;
}

#[tokio::test]
async fn what_is_done_has_no_price_beforehand_and_a_price_that_waited_for_it_is_void() {
    let (world, asked, number) = ordered(|_| {}).await;
    quotes(&world, &number, "480 excl btw").await;
    let card = world.approval_card();
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    assert!(world.chat.message(&card.at).unwrap().text.contains("Vervallen"));
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(150)));
    let answer = quotes(&world, &number, "500 excl btw").await;
    assert!(answer.contains("al uitgevoerd"), "{answer}");
    assert!(world.thread_text(&asked).contains("Is het opgelost?"));
    world.ends().await;
}

#[tokio::test]
async fn only_the_spoc_records_a_price_and_an_amount_without_vat_is_said_to_be_one() {
    let (world, _, number) = ordered(|_| {}).await;
    let refused = world.commands("alice", "quote", &[("id", &number), ("amount", "480")]).await;
    assert!(refused.contains("Sanne"), "{refused}");
    let answer = quotes(&world, &number, "veel te veel").await;
    assert!(answer.contains("geen bedrag"), "{answer}");
    assert!(world.request().await.costs.quotes.is_empty());
    let answer = quotes(&world, &number, "160").await;
    assert!(answer.contains("btw niet genoemd") && answer.contains("met het hoogste"), "{answer}");
    let vat = [("id", number.as_str()), ("amount", "160"), ("vat", "incl")];
    let answer = world.commands("sanne", "quote", &vat).await;
    assert!(answer.contains("past binnen"), "€ 160 with VAT is less than € 150 without: {answer}");
    world.ends().await;
}

#[tokio::test]
async fn a_decision_about_a_price_survives_a_restart_at_every_step() {
    let (mut world, _, number) = ordered(|_| {}).await;
    quotes(&world, &number, "480 excl btw").await;
    world.restarts().await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.restarts().await;
    world.advance(Duration::minutes(5)).await;
    world.restarts().await;
    world.advance(Duration::hours(1)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(480)));
    assert_eq!(told(&world).len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_withdrawn_mandate_counts_at_once_and_the_card_comes_when_somebody_may() {
    let (mut world, _, number) = ordered(|_| {}).await;
    let bob = |register: &mut Register| register.mandates.retain(|one| one.person.as_str() != "bob");
    world.reconfigures(bob);
    let answer = quotes(&world, &number, "480 excl btw").await;
    assert!(answer.contains("niemand die daar akkoord"), "{answer}");
    assert!(last(&world, "spoc").contains("mag nu niemand akkoord"), "{}", last(&world, "spoc"));
    assert_eq!(cards(&world).len(), 1);
    world.reconfigures(|register| {
        for mandate in &mut register.mandates {
            mandate.terms.maximum = None;
        }
    });
    world.desk.reassess().await.unwrap();
    world.drain().await;
    let card = world.approval_card();
    assert!(card.text.contains("Carla Jansen") && card.text.contains("€ 480,00"), "{}", card.text);
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(ceiling(&world.request().await), Some(excl(480)));
    let request = world.request().await;
    assert!(matches!(&request.stage, Stage::HandedOver(_)));
    let loaded = world.store.load(&"linde".into(), request.id).await.unwrap().unwrap();
    let granted = loaded.events.iter().filter(|recorded| matches!(recorded.event, Event::Granted { .. })).count();
    assert_eq!(granted, 2, "the order and its price");
    world.ends().await;
}
