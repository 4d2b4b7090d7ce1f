//! Who may approve something, how they are reached, and where there are too few people.

use crate::world::{World, account};
use chrono::Duration;
use loket::domain::approval::{Require, Step};
use loket::domain::register::{Register, Role};
use loket::ports::{CommandCall, Completion};
use std::process::Command;

/// De Linde's people reached in every way.
fn reachable(register: &mut Register) {
    let people = &mut register.organisations.get_mut(&"linde".into()).unwrap().people;
    people.get_mut(&"bob".into()).unwrap().phone = Some("06 0000 0017".into());
    people.get_mut(&"carla".into()).unwrap().email = None;
    register.mandates[0].terms.until = "2027-01-01".parse().ok();
}

#[tokio::test]
async fn a_colleague_hears_who_may_up_to_what_until_when_and_by_which_rule() {
    let world = World::with(reachable).await;
    let told = world.commands("dirk", "who-may", &[("item", "stoelen"), ("amount", "200")]).await;
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].contains("voor € 200,00 excl. btw"), "{told}");
    assert_eq!(lines[1], "Akkoord nodig van een van deze mensen:");
    let bob = "• Bob de Wit (@bob, bob@linde.example.org, 06 0000 0017): tot en met € 1.000,00 excl. btw, \
               nog tot en met donderdag 31 december";
    assert_eq!(lines[2], bob, "{told}");
    assert_eq!(lines[3], "• Carla Jansen (@carla): tot en met € 250,00 excl. btw", "{told}");
    assert_eq!(lines[4], "Volgens de regel Bestellingen.");
    assert_eq!(lines.len(), 5, "{told}");
    world.ends().await;
}

#[tokio::test]
async fn coffee_is_found_in_both_languages_and_by_its_identity() {
    let world = World::open().await;
    let asked = world.commands("dirk", "who-may", &[("item", "koffie"), ("amount", "€ 300 ex btw")]).await;
    assert!(asked.contains("€ 300,00 excl. btw") && asked.contains("Bob de Wit"), "{asked}");
    for item in ["coffee", "fac.coffee"] {
        let same = world.commands("dirk", "who-may", &[("item", item), ("amount", "300 euro excl.")]).await;
        assert_eq!(same, asked, "{item}");
    }
    for item in ["koffie 300", "coffee € 300"] {
        let same = world.commands("dirk", "who-may", &[("item", item)]).await;
        assert_eq!(same, asked, "the amount behind the words counts: {item}");
    }
    world.ends().await;
}

#[tokio::test]
async fn who_does_not_count_is_named_with_the_reason() {
    let world = World::open().await;
    let told = world.commands("dirk", "who-may", &[("item", "fac.furniture"), ("amount", "300")]).await;
    let carla = "• Carla Jansen: bedrag is hoger dan het mandaat of nog niet bekend (tot en met € 250,00 excl. btw)";
    assert!(told.lines().any(|line| line == carla), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn an_approver_who_asks_is_left_out_and_hears_why() {
    let world = World::open().await;
    let told = world.commands("carla", "who-may", &[("item", "fac.furniture"), ("amount", "200")]).await;
    assert!(told.contains("• Bob de Wit (@bob"), "{told}");
    assert!(!told.contains("• Carla"), "{told}");
    assert!(told.contains("Jijzelf: je vraagt het aan, en niemand geeft akkoord op een eigen verzoek"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn when_nobody_may_the_answer_says_so_and_whom_to_ask() {
    let world = World::open().await;
    let told = world.commands("bob", "who-may", &[("item", "fac.furniture"), ("amount", "600")]).await;
    assert!(told.contains("Niemand mag hier akkoord op geven."), "{told}");
    assert!(told.contains("Vraag het aan Sanne Bakker (@sanne, sanne@linde.example.org, 088 000 01 20)."), "{told}");
    assert!(told.contains("Jijzelf") && told.contains("• Carla Jansen: bedrag is hoger"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn without_an_amount_the_price_of_the_catalogue_counts_and_an_unknown_one_is_never_free() {
    let world = World::open().await;
    let catalogue = world.desk.house().register.catalogue.clone();
    let priced = |known: bool| {
        let mut items = catalogue.items().filter(|item| item.id.as_str().starts_with("fac."));
        items.find(|item| item.price_of(item.asked_as()).times(1).is_some() == known).unwrap().id.to_string()
    };
    let told = world.commands("dirk", "who-may", &[("item", &priced(true))]).await;
    assert!(told.contains("prijs in de catalogus") || told.contains("in het pakket"), "{told}");
    let told = world.commands("dirk", "who-may", &[("item", &priced(false))]).await;
    assert!(told.contains("zolang de prijs niet bekend is"), "{told}");
    assert!(told.contains("noem een bedrag") && told.contains("(tot en met € 1.000,00 excl. btw)"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn what_needs_nobody_is_said_and_words_that_mean_nothing_are_asked_about() {
    let world = World::open().await;
    let free = world.commands("dirk", "who-may", &[("item", "fac.furniture"), ("amount", "40")]).await;
    assert!(free.contains("Niemand hoeft akkoord te geven.") && free.contains("Kleine dingen"), "{free}");
    let unknown = world.commands("dirk", "who-may", &[("item", "xyzzy")]).await;
    assert!(unknown.contains("Ik ken geen dienst “xyzzy”") && unknown.contains("Sanne Bakker"), "{unknown}");
    let several = world.commands("dirk", "who-may", &[("item", "screen")]).await;
    assert!(several.contains("[ict.meeting-room]") && several.contains("Kies een van deze"), "{several}");
    let amount = world.commands("dirk", "who-may", &[("item", "koffie"), ("amount", "veel")]).await;
    assert!(amount.contains("“veel” is voor mij geen bedrag"), "{amount}");
    world.ends().await;
}

#[tokio::test]
async fn steps_are_told_one_by_one() {
    let world = World::with(|register| {
        let step = |need, of: &[&str]| Step { need, of: of.iter().map(|name| (*name).into()).collect() };
        register.policy.last_mut().unwrap().require = Require::Steps(vec![step(1, &["carla"]), step(1, &["bob"])]);
    })
    .await;
    let told = world.commands("dirk", "who-may", &[("item", "fac.furniture"), ("amount", "200")]).await;
    assert!(told.contains("Stap 1, akkoord van een van deze mensen:\n• Carla"), "{told}");
    assert!(told.contains("Stap 2, akkoord van een van deze mensen:\n• Bob"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn an_answer_about_many_people_names_the_nearest_and_counts_the_rest() {
    let world = World::with(|register| {
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        let (bob, mandate) = (linde.people[&"bob".into()].clone(), register.mandates[0].clone());
        for at in 0..40_i64 {
            let id = loket::domain::PersonId::new(format!("p{at}"));
            let mut person = bob.clone();
            (person.id, person.name) = (id.clone(), format!("Collega {at}"));
            linde.people.insert(id.clone(), person);
            let mut more = mandate.clone();
            more.person = id;
            // Half of them may, a quarter has too low a mandate, and the others one for something else.
            match at % 4 {
                0 => more.terms.items = vec!["ict.".into()],
                1 => more.terms.maximum.as_mut().unwrap().cents = 1_000,
                _ => {}
            }
            register.mandates.push(more);
        }
    })
    .await;
    let told = world.commands("dirk", "who-may", &[("item", "fac.furniture"), ("amount", "300")]).await;
    assert!(told.chars().count() < 2_000, "{told}");
    assert_eq!(told.matches("• en nog").count(), 2, "{told}");
    assert_eq!(told.matches("(tot en met").count(), 5, "those for whom the amount is too high come first: {told}");
    world.ends().await;
}

#[tokio::test]
async fn an_item_completes_while_one_types() {
    let world = World::open().await;
    let call = CommandCall {
        name: "who-may".into(),
        options: vec![],
        by: account("dirk"),
        by_name: "dirk".into(),
        channel: "local:facilitair".into(),
        server: None,
        token: world.chat.interaction(),
        locale: Some("nl".into()),
    };
    let values = |typed: &str| {
        let shown: Vec<Completion> = world.desk.complete_item(&call, typed);
        assert!(shown.len() <= 25 && shown.iter().all(|choice| choice.label.chars().count() <= 100));
        shown.into_iter().map(|choice| choice.value).collect::<Vec<_>>()
    };
    assert_eq!(values("kof"), ["fac.coffee", "fac.catering"]);
    assert!(values("ict.").iter().all(|item| item.starts_with("ict.")));
    assert_eq!(values("").len(), 25);
    assert_eq!(values("xyzzy"), Vec::<String>::new());
    world.ends().await;
}

/// The week as the SPOC reads it: who may decide is not for everybody.
fn overview(world: &World) -> String {
    let told = world.posts("spoc").into_iter().rev().map(|post| post.text);
    told.into_iter().find(|text| text.contains("Week")).unwrap_or_default()
}

#[tokio::test]
async fn the_weekly_overview_names_the_gaps_and_who_left_the_server() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    world.chat.leaves(&account("carla"));
    world.advance(Duration::days(7)).await;
    let told = overview(&world);
    assert!(told.contains("Mandaten"), "{told}");
    assert!(told.contains("Carla Jansen heeft een mandaat, maar is niet meer op de server"), "{told}");
    assert!(told.contains("vraagt Bob de Wit het zelf aan, dan kan niemand akkoord geven"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn who_is_still_there_with_one_account_or_cannot_be_asked_about_has_not_left() {
    let world = World::with(|register| {
        let people = &mut register.organisations.get_mut(&"linde".into()).unwrap().people;
        people.get_mut(&"carla".into()).unwrap().accounts.push("local:carla-mobile".into());
        people.get_mut(&"bob".into()).unwrap().accounts = vec!["elsewhere:bob".into()];
    })
    .await;
    world.desk.settle_in().await.unwrap();
    world.chat.leaves(&account("carla"));
    world.chat.leaves(&"elsewhere:bob".into());
    world.advance(Duration::days(7)).await;
    let told = overview(&world);
    assert!(told.contains("Mandaten") && !told.contains("niet meer op de server"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn an_overview_without_gaps_says_nothing_of_mandates() {
    let world = World::with(|register| {
        let mandate = register.mandates[0].clone();
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        let people: Vec<_> = linde.people.values().filter(|person| !person.accounts.is_empty()).cloned().collect();
        assert!(people.len() >= 3 && people.iter().any(|person| person.roles.contains(&Role::Spoc)));
        register.mandates = people
            .iter()
            .map(|person| {
                let mut wide = mandate.clone();
                (wide.person, wide.terms.maximum, wide.terms.items) = (person.id.clone(), None, vec![]);
                wide
            })
            .collect();
    })
    .await;
    world.desk.settle_in().await.unwrap();
    world.advance(Duration::days(7)).await;
    let told = overview(&world);
    assert!(told.contains("Week") && !told.contains("Mandaten"), "{told}");
    world.ends().await;
}

/// What the program says in English over its starter pack, and whether it succeeded.
fn loket(arguments: &[&str]) -> (String, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
    let output = command.args(arguments).env_clear().env("LANG", "en_GB.UTF-8").output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (String::from_utf8(told).unwrap(), output.status.success())
}

#[test]
fn the_command_line_answers_the_same_in_words_and_as_json() {
    let asked = ["who-may", "coffee", "300", "--organisation", "linde", "--requester", "carla"];
    let (told, well) = loket(&asked);
    assert!(
        well && told.contains("• Bob de Wit (@bob, bob@linde.example.org): up to and including €1,000.00"),
        "{told}"
    );
    assert!(told.contains("• Carla Jansen: asked for it"), "{told}");
    let (told, well) = loket(&[&asked[..], &["--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert!(well && json["outcome"] == "pending" && json["item"] == "fac.coffee", "{told}");
    let bob = &json["steps"][0]["of"][0];
    assert_eq!((bob["person"].as_str(), bob["up_to_cents"].as_i64()), (Some("bob"), Some(100_000)));
    assert_eq!(bob["accounts"][0], "local:bob");
    assert_eq!(json["excluded"][0], serde_json::json!({"person": "carla", "why": "party"}));
    assert!(json["why"]["nl"].as_str().unwrap().contains("Koffie"), "{told}");
}

#[test]
fn the_command_line_refuses_what_it_does_not_know_and_names_what_may_be_meant() {
    for (arguments, said) in [
        (["who-may", "screen", "300", "--organisation", "linde"], "[ict.meeting-room]"),
        (["who-may", "xyzzy", "300", "--organisation", "linde"], "xyzzy"),
        (["who-may", "coffee", "much", "--organisation", "linde"], "much"),
        (["who-may", "coffee", "300", "--organisation", "lime"], "linde, merel"),
    ] {
        let (told, well) = loket(&arguments);
        assert!(!well && told.contains(said), "{arguments:?}: {told}");
    }
}

#[test]
fn doctor_warns_of_gaps_and_succeeds_all_the_same() {
    let (told, well) = loket(&["doctor"]);
    let warning = "! De Linde Accountants: Bestellingen (fac.), above €250.00 excl. VAT up to and including €1,000.00 excl. VAT: \
                   when Bob de Wit is the one who asks, nobody can approve";
    assert!(well && told.contains(warning), "{told}");
    assert!(told.lines().filter(|line| line.contains("Accountants: Bestellingen")).count() <= 5, "a handful:\n{told}");
}
