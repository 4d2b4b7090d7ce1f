//! What was spent this month decides who must agree now, and what the approver sees beside the amount.

use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::approval::{Hours, Matches, Require, Rule, Step};
use loket::domain::budget::CategoryBudget;
use loket::domain::register::{Register, Splitting};
use loket::domain::request::Request;
use loket::domain::{Basis, Kind, Money};
use loket::ports::{Heard, Mark};
use loket::render::message::Action;

fn euro(amount: i64) -> Money {
    Money { cents: amount * 100, basis: Basis::Excl }
}

/// A rule for orders that comes before all others.
fn first(register: &mut Register, name: &str, matches: Matches, per_month: Option<Money>, require: Require) {
    let matches = Matches { kinds: vec![Kind::Request], ..matches };
    register.policy.insert(0, Rule { name: name.into(), matches, per_month, require, afterwards: false });
}

/// Somebody asks for chairs and says that the card is right. A chair costs € 12.50.
async fn chairs(world: &World, who: &str, how_many: u32) -> Heard {
    let asked = format!("kunnen we {how_many} extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?");
    let asked = world.says(who, "facilitair", &asked).await;
    let all = world.requests().await;
    let request = all.iter().find(|request| request.origin.source.as_ref() == Some(&asked.at)).expect("a request");
    let card = world.thread(&asked)[0].at.clone();
    world.presses(who, &card, Action::Confirm(request.id)).await;
    asked
}

/// The request that was settled last.
async fn newest(world: &World) -> Request {
    world.requests().await.into_iter().max_by_key(Request::number).expect("a request")
}

#[tokio::test]
async fn a_monthly_budget_lets_small_orders_pass_until_it_is_spent_and_anew_next_month() {
    let world = World::with(|register| {
        let small = Matches { up_to: Some(euro(160)), ..Matches::default() };
        first(register, "Kleine orders", small, Some(euro(300)), Require::Nothing);
    })
    .await;
    for _ in 0..2 {
        chairs(&world, "alice", 12).await;
        assert_eq!(stage(&newest(&world).await), "handed-over");
    }
    chairs(&world, "alice", 12).await;
    assert_eq!(stage(&newest(&world).await), "awaiting-approval", "300 of 300 is spent");
    assert_eq!(world.provider.orders().len(), 2);
    world.advance(Duration::days(29)).await;
    chairs(&world, "alice", 12).await;
    assert_eq!(stage(&newest(&world).await), "handed-over", "April has a budget of its own");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn two_orders_at_the_same_moment_do_not_both_spend_the_last_of_the_budget() {
    let world = World::with(|register| {
        let small = Matches { up_to: Some(euro(160)), ..Matches::default() };
        first(register, "Kleine orders", small, Some(euro(200)), Require::Nothing);
    })
    .await;
    let mut asked = Vec::new();
    for who in ["alice", "dirk", "emma", "finn"] {
        let asked_for = "kunnen we 12 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?";
        asked.push((who, world.says(who, "facilitair", asked_for).await));
    }
    let presses = asked.iter().map(|(who, heard)| {
        let card = world.thread(heard)[0].at.clone();
        let world = &world;
        async move {
            let all = world.requests().await;
            let own = all.iter().find(|request| request.origin.source.as_ref() == Some(&heard.at)).unwrap();
            world.presses(who, &card, Action::Confirm(own.id)).await;
        }
    });
    futures::future::join_all(presses).await;
    world.drain().await;
    let free = world.requests().await.iter().filter(|request| stage(request) == "handed-over").count();
    assert_eq!(free, 1, "150 fits into 200 once");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn who_has_own_authority_orders_at_once_and_nobody_is_said_to_have_agreed() {
    let world = World::with(|register| {
        let own = Matches { requesters: vec!["bob".into()], up_to: Some(euro(200)), ..Matches::default() };
        first(register, "Bob zelf", own, Some(euro(300)), Require::Own);
    })
    .await;
    let asked = chairs(&world, "bob", 12).await;
    let request = newest(&world).await;
    assert_eq!(stage(&request), "handed-over");
    let grant = request.grant().unwrap();
    assert_eq!((grant.by.len(), grant.own.clone()), (0, Some("bob".into())));
    let number = request.number().unwrap().to_string();
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(shown.contains("eigen bevoegdheid"), "{shown}");
    let order = &world.provider.orders()[0];
    assert!(order.body.contains("op eigen bevoegdheid van Bob de Wit"), "{}", order.body);
    let thread = world.thread_text(&asked);
    assert!(!thread.contains("Akkoord van") && !order.body.contains("akkoord"), "{thread}\n{}", order.body);
    // Alice has no such authority, and neither has Bob when somebody else asks in his name.
    chairs(&world, "alice", 12).await;
    assert_eq!(stage(&newest(&world).await), "awaiting-approval");
    // What he spends himself counts; the rest needs somebody else.
    chairs(&world, "bob", 13).await;
    assert_eq!(stage(&newest(&world).await), "awaiting-approval");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_mandate_with_a_monthly_maximum_ends_when_it_is_used_up() {
    let world = World::with(|register| {
        let bob = register.mandates.iter_mut().find(|one| one.person.as_str() == "bob").unwrap();
        bob.terms.per_month = Some(euro(400));
    })
    .await;
    chairs(&world, "alice", 30).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1);
    chairs(&world, "alice", 12).await;
    let card = world.approval_card();
    assert!(!card.text.contains("Bob de Wit, graag"), "{}", card.text);
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1, "375 of 400 is used");
    let answers: Vec<String> = world.posts("goedkeuringen").into_iter().map(|post| post.text).collect();
    assert!(answers.iter().any(|text| text.contains("deze maand")), "{answers:#?}");
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn orders_that_pass_the_threshold_together_are_shown_as_belonging_together() {
    let world = World::with(|register| {
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        linde.splitting = Some(Splitting { threshold: euro(250), days: 14 });
    })
    .await;
    chairs(&world, "alice", 12).await;
    assert!(!world.approval_card().text.contains("samen met"));
    let first = newest(&world).await.number().unwrap();
    world.advance(Duration::days(3)).await;
    chairs(&world, "alice", 12).await;
    let card = world.approval_card().text;
    assert!(card.contains(&format!("samen met {first} is dit € 300,00")), "{card}");
    // Another colleague's order, or one much later, has nothing to do with it.
    chairs(&world, "dirk", 12).await;
    assert!(!world.approval_card().text.contains("samen met"));
    world.advance(Duration::days(12)).await;
    chairs(&world, "emma", 12).await;
    assert!(!world.approval_card().text.contains("samen met"));
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_card_begins_with_the_money_and_says_what_it_cost_last_time() {
    let world = World::open().await;
    chairs(&world, "alice", 12).await;
    let card = world.approval_card();
    assert!(!card.text.contains("Vorige keer"), "{}", card.text);
    let (cost, what) = (card.text.find("extra, ").unwrap(), card.text.find("stoelen in zaal").unwrap());
    assert!(cost < what, "{}", card.text);
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    let before = newest(&world).await.number().unwrap();
    chairs(&world, "dirk", 20).await;
    let card = world.approval_card();
    assert!(card.text.contains("Vorige keer"), "{}", card.text);
    assert!(card.text.contains(&format!("€ 150,00 excl. btw ({before}")), "{}", card.text);
    world.ends().await;
}

#[tokio::test]
async fn the_weekly_overview_says_what_is_left_of_the_months_budgets() {
    let world = World::with(|register| {
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        let budget = |category: &str, euros: i64| CategoryBudget {
            category: category.into(),
            name: None,
            per_month: Money { cents: euros * 100, basis: Basis::Excl },
        };
        linde.budgets = vec![budget("fac.room-setup", 500), budget("fac.catering.", 80)];
    })
    .await;
    chairs(&world, "alice", 12).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    let week = async || world.commands("sanne", "digest", &[]).await;
    let told = week().await;
    assert!(told.contains("nog € 350,00 excl. btw van € 500,00 excl. btw"), "{told}");
    assert!(told.contains("fac.catering.: nog € 80,00 excl. btw van € 80,00 excl. btw"), "{told}");
    // Another month has a budget of its own, and the week of before keeps the month of its last day.
    world.advance(Duration::days(31)).await;
    let told = week().await;
    assert!(told.contains("nog € 500,00 excl. btw van € 500,00 excl. btw"), "{told}");
    let told = world.commands("sanne", "digest", &[("week", "10")]).await;
    assert!(told.contains("nog € 350,00 excl. btw van € 500,00 excl. btw"), "{told}");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_rule_for_the_evening_holds_for_what_settles_in_the_evening_whenever_it_is_decided() {
    let world = World::with(|register| {
        let evening = Matches { hours: Some(Hours::Outside), ..Matches::default() };
        let carla = Require::Steps(vec![Step { need: 1, of: vec!["carla".into()] }]);
        first(register, "Avond", evening, None, carla);
    })
    .await;
    chairs(&world, "alice", 12).await;
    assert!(world.approval_card().text.contains("Bob de Wit"), "by day anybody with a mandate");
    world.reacts("carla", &world.approval_card().at, Mark::No).await;
    world.advance(Duration::hours(12)).await;
    chairs(&world, "alice", 12).await;
    let card = world.approval_card();
    assert!(!card.text.contains("Bob de Wit") && card.text.contains("Avond"), "{}", card.text);
    world.advance(Duration::hours(12)).await;
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty(), "the morning makes it no other order");
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn what_costs_nothing_goes_on_after_others_have_spent() {
    let world = World::with(|register| {
        let small = Matches { up_to: Some(euro(160)), ..Matches::default() };
        first(register, "Kleine orders", small, Some(euro(300)), Require::Nothing);
    })
    .await;
    chairs(&world, "alice", 12).await;
    world.says("dirk", "facilitair", "de kraan in de pantry boven lekt, er ligt water op de vloer").await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(stage(&newest(&world).await), "handed-over");
    assert_eq!(world.provider.orders().len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn whether_vat_is_in_it_is_asked_when_it_decides_who_must_agree_and_only_then() {
    // Up to € 75 without VAT nobody need agree; € 80 with VAT is less than that, € 80 without is more.
    for (answer, expected) in
        [("inclusief btw", "handed-over"), ("zonder btw", "awaiting-approval"), ("geen idee", "awaiting-approval")]
    {
        let world = World::open().await;
        let asked = "kunnen we 6 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur? Het mag maximaal 80 euro kosten";
        let asked = world.says("alice", "facilitair", asked).await;
        assert!(world.thread_text(&asked).contains("€ 80,00 met of zonder btw?"), "{}", world.thread_text(&asked));
        world.answers("alice", &asked, answer).await;
        let (card, id) = (world.thread(&asked)[0].clone(), world.request().await.id);
        assert!(!card.text.contains("Vat"), "{}", card.text);
        world.presses("alice", &card.at, Action::Confirm(id)).await;
        assert_eq!(stage(&world.request().await), expected, "{answer}: {}", world.thread_text(&asked));
        world.ends_with_leftovers().await;
    }
    let world = World::open().await;
    let asked = "kunnen we 6 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur? Het mag maximaal 60 euro kosten";
    let asked = world.says("alice", "facilitair", asked).await;
    assert!(!world.thread_text(&asked).contains("btw?"), "{}", world.thread_text(&asked));
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn own_authority_is_used_by_its_holder_alone() {
    let world = World::with(|register| {
        let own = Matches { requesters: vec!["bob".into()], up_to: Some(euro(200)), ..Matches::default() };
        first(register, "Bob zelf", own, Some(euro(300)), Require::Own);
    })
    .await;
    let asked = "kunnen we 12 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?";
    let asked = world.says("bob", "facilitair", asked).await;
    let (card, id) = (world.thread(&asked)[0].at.clone(), world.request().await.id);
    world.presses("sanne", &card, Action::Confirm(id)).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval", "a SPOC does not commit on Bob's authority");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn taking_a_yes_back_in_the_evening_makes_it_no_order_of_the_evening() {
    let world = World::with(|register| {
        let any = |need| Require::Steps(vec![Step { need, of: vec![] }]);
        first(register, "Overdag", Matches::default(), None, any(2));
        first(register, "Avond", Matches { hours: Some(Hours::Outside), ..Matches::default() }, None, any(1));
    })
    .await;
    chairs(&world, "alice", 12).await;
    // Half a minute before the office closes.
    world.advance(Duration::seconds(8 * 3600 + 17 * 60 + 30)).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.reacts("carla", &card.at, Mark::Yes).await;
    assert_eq!(stage(&newest(&world).await), "approved");
    world.advance(Duration::seconds(40)).await;
    world.unreacts("bob", &card.at, Mark::Yes).await;
    world.desk.reassess().await.unwrap();
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty(), "one of two is left");
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn when_somebody_else_spent_the_budget_those_who_must_decide_now_are_called() {
    let world = World::with(|register| {
        let carla = Require::Steps(vec![Step { need: 1, of: vec!["carla".into()] }]);
        first(register, "Met budget", Matches::default(), Some(euro(200)), carla);
    })
    .await;
    chairs(&world, "alice", 12).await;
    let one = world.approval_card();
    chairs(&world, "dirk", 12).await;
    let two = world.approval_card();
    world.reacts("carla", &one.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    let shown = world.chat.message(&two.at).unwrap().text;
    assert!(shown.contains("Bestellingen") && !shown.contains("Met budget"), "{shown}");
    let called = world.posts("goedkeuringen").pop().unwrap();
    assert!(called.at != two.at && called.text.contains("@bob"), "an edited card calls nobody: {called:?}");
    world.reacts("bob", &two.at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn what_stood_still_for_want_of_money_goes_when_the_month_has_room_for_it() {
    let world = World::with(|register| {
        first(register, "Vrij", Matches::default(), Some(euro(200)), Require::Nothing);
        register.policy.truncate(1);
    })
    .await;
    world.advance(Duration::days(20)).await;
    chairs(&world, "alice", 12).await;
    let asked = chairs(&world, "dirk", 12).await;
    assert_eq!(world.posts("spoc").len(), 1, "nobody may, and the SPOC is told");
    assert!(world.posts("spoc")[0].text.contains("maandbudget"), "{}", world.posts("spoc")[0].text);
    world.advance(Duration::days(5)).await;
    world.desk.reassess().await.unwrap();
    assert_eq!(world.provider.orders().len(), 1);
    world.advance(Duration::days(5)).await;
    world.desk.reassess().await.unwrap();
    world.advance(Duration::minutes(5)).await;
    assert_eq!(world.provider.orders().len(), 2);
    assert!(world.thread_text(&asked).contains("Doorgestuurd"), "{}", world.thread_text(&asked));
    world.ends_with_leftovers().await;
}
