//! An urgent fault goes at once where a rule says so, and the people who may decide are asked afterwards.

use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::approval::{Matches, Require, Rule, Step};
use loket::domain::register::Register;
use loket::domain::request::Event;
use loket::domain::request::costs::CameTo;
use loket::domain::{Kind, Urgency};
use loket::ports::{Heard, Mark};
use loket::render::message::Action;

const BURST: &str = "SPOED: de leiding in de pantry boven is gesprongen, het water spuit eruit!";
const DRIP: &str = "de kraan in de pantry boven druppelt een beetje, geen haast";

fn urgent_first(register: &mut Register) {
    let matches = Matches { kinds: vec![Kind::Incident], urgency: vec![Urgency::High], ..Matches::default() };
    let require = Require::Steps(vec![Step { need: 1, of: vec![] }]);
    let first = Rule { name: "Spoed eerst".into(), matches, per_month: None, require, afterwards: true };
    let others = Matches { kinds: vec![Kind::Incident], ..Matches::default() };
    let asked = Rule {
        name: "Storingen".into(),
        matches: others,
        per_month: None,
        require: Require::Steps(vec![Step { need: 1, of: vec![] }]),
        afterwards: false,
    };
    register.policy.splice(0..0, [first, asked]);
}

async fn asked(world: &World, text: &str) -> Heard {
    let heard = world.says("alice", "facilitair", text).await;
    let card = world.thread(&heard).remove(0);
    let buttons = card.message.iter().flat_map(|message| message.buttons.iter().flatten());
    let confirm = buttons.map(|button| button.action.clone()).find(|action| matches!(action, Action::Confirm(_)));
    if let Some(confirm) = confirm {
        world.presses("alice", &card.at, confirm).await;
    }
    heard
}

fn came_to(request: &loket::domain::request::Request) -> CameTo {
    request.costs.first.expect("it went first").came_to
}

/// The SPOC enters a bill and puts it before whoever may agree to it.
async fn puts_the_bill(world: &World) {
    let number = world.number().await.to_string();
    let told = world.answers_of("sanne", "invoice", &bill(&number)).await;
    let put = told.buttons.iter().flatten().find(|button| matches!(button.action, Action::PutBill(..))).unwrap();
    let at = world.request().await.origin.source.clone().unwrap();
    world.presses("sanne", &at, put.action.clone()).await;
}

fn bill(number: &str) -> [(&str, &str); 3] {
    [("id", number), ("amount", "€ 100 excl. btw"), ("number", "F1")]
}

#[tokio::test]
async fn an_urgent_fault_is_with_the_provider_before_anybody_agreed_and_the_yes_is_called_afterwards() {
    let world = World::with(urgent_first).await;
    let heard = asked(&world, BURST).await;
    let request = world.request().await;
    assert_eq!((stage(&request), came_to(&request)), ("handed-over", CameTo::Asked));
    let grant = request.grant().unwrap();
    assert!(grant.by.is_empty() && grant.ceiling.is_none(), "nobody agreed, and to no amount");
    let order = world.provider.orders().remove(0);
    assert!(order.body.contains("om akkoord wordt achteraf gevraagd"), "{}", order.body);
    assert!(world.thread_text(&heard).contains("ging vanwege spoed alvast door"), "{}", world.thread_text(&heard));
    let card = world.approval_card();
    assert!(card.text.contains("Dit is spoed en gaat alvast naar Brink Facilitair"), "{}", card.text);
    world.reacts("alice", &card.at, Mark::Yes).await;
    assert_eq!(came_to(&world.request().await), CameTo::Asked, "who asked decides nothing, afterwards neither");
    world.reacts("bob", &card.at, Mark::Yes).await;
    let request = world.request().await;
    assert!(matches!(came_to(&request), CameTo::Agreed(_)) && request.waiting().is_none());
    let by = &request.grant().unwrap().by;
    assert!(by.len() == 1 && by[0].evidence.is_some(), "on the record as any decision");
    assert!(world.approval_card_text().contains("achteraf akkoord van Bob"), "{}", world.approval_card_text());
    assert_eq!(world.provider.orders().len(), 1, "it is not sent again");
    assert!(world.provider.tellings().is_empty());
    let story = world.commands("sanne", "show", &[("id", &world.number().await.to_string())]).await;
    assert!(story.contains("Ging vanwege spoed alvast door") && story.contains("Achteraf akkoord: Bob"), "{story}");
    world.ends().await;
}

#[tokio::test]
async fn what_is_not_urgent_waits_for_a_yes_as_ever() {
    let world = World::with(urgent_first).await;
    asked(&world, DRIP).await;
    let request = world.request().await;
    assert_eq!((stage(&request), request.costs.first), ("awaiting-approval", None));
    assert!(world.provider.orders().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn a_no_afterwards_stops_nothing_by_itself_and_the_spoc_hears_of_it() {
    let mut world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    world.restarts().await;
    world.drain().await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::No).await;
    let request = world.request().await;
    assert!(matches!(came_to(&request), CameTo::Refused(_)));
    assert_eq!(stage(&request), "handed-over");
    assert!(world.provider.tellings().is_empty(), "the provider hears nothing of it");
    let told = world.posts("spoc").last().unwrap().text.clone();
    assert!(told.contains("gaat achteraf niet akkoord") && told.contains("annuleren"), "{told}");
    assert!(world.approval_card_text().contains("achteraf niet akkoord"), "{}", world.approval_card_text());
    world.ends().await;
}

#[tokio::test]
async fn nobody_is_forgotten_people_are_reminded_and_in_the_end_the_spoc_is_told() {
    let world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    let before = world.posts("goedkeuringen").len();
    world.advance(Duration::days(2)).await;
    assert!(world.posts("goedkeuringen").len() > before, "somebody is reminded");
    world.advance(Duration::days(20)).await;
    let request = world.request().await;
    assert!(matches!(came_to(&request), CameTo::Lapsed(_)), "{:?}", request.costs.first);
    let told: String = world.posts("spoc").into_iter().map(|posted| posted.text).collect();
    assert!(told.contains("Niemand heeft beslist over wat vanwege spoed al naar Brink Facilitair ging"), "{told}");
    let digest = world.commands("sanne", "digest", &[]).await;
    assert!(digest.contains("ging alvast, door niemand beslist"), "{digest}");
    world.ends().await;
}

#[tokio::test]
async fn a_price_that_is_named_later_is_asked_about_beforehand_and_covers_what_went() {
    let world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    let number = world.number().await.to_string();
    world.commands("sanne", "quote", &[("id", &number), ("amount", "480"), ("vat", "excl")]).await;
    let request = world.request().await;
    let open = request.waiting().expect("people are asked about the price");
    assert!(open.order.quote.is_some());
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    let request = world.request().await;
    assert!(matches!(came_to(&request), CameTo::Agreed(_)), "{:?}", request.costs.first);
    assert_eq!(request.grant().unwrap().ceiling.unwrap().cents, 48_000);
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn where_nobody_may_agree_afterwards_nothing_goes_first() {
    let world = World::with(|register| {
        urgent_first(register);
        register.mandates.clear();
    })
    .await;
    asked(&world, BURST).await;
    let request = world.request().await;
    assert_eq!((stage(&request), request.costs.first), ("awaiting-approval", None));
    assert!(world.provider.orders().is_empty());
    let events = world.store.load(&"linde".into(), request.id).await.unwrap().unwrap().events;
    assert!(!events.iter().any(|one| matches!(one.event, Event::WentFirst { .. })));
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_provider_reads_what_was_agreed_to_when_people_agree_to_its_price() {
    let world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    let number = world.number().await.to_string();
    world.commands("sanne", "quote", &[("id", &number), ("amount", "480 excl btw")]).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    let told: Vec<String> = world.provider.tellings().into_iter().map(|(_, told)| told.body).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("akkoord tot € 480,00 excl. btw, door Bob"), "{}", told[0]);
    assert!(!told[0].contains("achteraf gevraagd"), "it has come: {}", told[0]);
    world.ends().await;
}

#[tokio::test]
async fn the_card_names_who_may_agree_now_when_a_mandate_is_withdrawn() {
    let mut world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    let card = world.approval_card();
    assert!(card.text.contains("Bob de Wit"), "{}", card.text);
    world.reconfigures(|register| register.mandates.retain(|mandate| mandate.person.as_str() != "bob"));
    world.desk.settle_in().await.unwrap();
    world.drain().await;
    assert!(!world.approval_card_text().contains("Bob de Wit"), "{}", world.approval_card_text());
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(came_to(&world.request().await), CameTo::Asked);
    world.reacts("carla", &card.at, Mark::Yes).await;
    assert!(matches!(came_to(&world.request().await), CameTo::Agreed(_)));
    world.ends().await;
}

#[tokio::test]
async fn a_bill_for_what_nobody_agreed_to_is_said_to_be_that() {
    let world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    let number = world.number().await.to_string();
    world.reacts("bob", &world.approval_card().at, Mark::No).await;
    let told = world.commands("sanne", "invoice", &bill(&number)).await;
    assert!(told.contains("hier is geen akkoord op gegeven"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn the_export_and_the_dossier_call_it_afterwards_too() {
    let world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    let number = world.number().await.to_string();
    let files = async |options: &[(&str, &str)]| -> String {
        let message = world.answers_of("sanne", "export", options).await;
        message.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect()
    };
    assert!(files(&[]).await.contains("achteraf gevraagd"));
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    let rows = files(&[]).await;
    assert!(rows.contains("achteraf: Bob de Wit"), "{rows}");
    let dossier: serde_json::Value = serde_json::from_str(&files(&[("id", &number)]).await).unwrap();
    assert_eq!(dossier["went_first"]["came_to"], "agreed", "{dossier}");
    assert_eq!(dossier["grants"], serde_json::json!([]), "and never as granted before");
    world.ends().await;
}

#[tokio::test]
async fn who_agrees_to_the_bill_agrees_that_it_went() {
    let world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    puts_the_bill(&world).await;
    assert_eq!(came_to(&world.request().await), CameTo::Asked, "they are asked about the bill now");
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    assert!(matches!(came_to(&world.request().await), CameTo::Agreed(_)));
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_bill_that_nobody_decides_about_is_called_a_bill() {
    let world = World::with(urgent_first).await;
    asked(&world, BURST).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    let number = world.number().await.to_string();
    puts_the_bill(&world).await;
    world.advance(Duration::days(22)).await;
    let told: String = world.posts("spoc").into_iter().map(|posted| posted.text).collect();
    assert!(told.contains("Niemand heeft beslist over wat Brink Facilitair heeft gefactureerd"), "{told}");
    assert!(!told.contains("over wat vanwege spoed"), "that was agreed to: {told}");
    let story = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(story.contains("Over de rekening is niet op tijd beslist"), "{story}");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_card_says_so_when_nobody_may_agree_any_more() {
    let mut world = World::with(urgent_first).await;
    let heard = asked(&world, BURST).await;
    world.reconfigures(|register| register.mandates.clear());
    world.desk.settle_in().await.unwrap();
    world.drain().await;
    let thread = world.thread_text(&heard);
    assert!(thread.contains("nu mag niemand er akkoord op geven"), "{thread}");
    world.ends_with_leftovers().await;
}
