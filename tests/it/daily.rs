//! The SPOC's daily acts: a reminder on the ticket, a note, a correction that is learned from, the list of the day, promises, and how
//! content the requester is.

use crate::world::{World, account, stage};
use chrono::Duration;
use loket::domain::catalogue::CatalogueItem;
use loket::domain::register::{MailSecurity, MailServer, Mailbox, TheirSpoc};
use loket::domain::request::{Rating, Request};
use loket::domain::talks::{self, Promiser};
use loket::domain::{OrganisationId, ProviderCode};
use loket::ports::{Heard, Purpose};
use loket::render::message::Action;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";

/// A provider has an order for a tap.
async fn handed_over() -> (World, Heard) {
    let world = World::with(|register| {
        for provider in register.providers.values_mut() {
            provider.spoc = Some(TheirSpoc { name: "Joost van Dam".into(), email: "joost@brink.example".into() });
        }
        let server = MailServer {
            host: "mail.linde.example".into(),
            port: 587,
            security: MailSecurity::StartTls,
            user: None,
            password: None,
            authority: None,
        };
        let linde = register.organisations.get_mut(&OrganisationId::new("linde")).unwrap();
        linde.mail = Some(Mailbox { from: "loket@linde.example".into(), server });
    })
    .await;
    let heard = asks(&world, "alice", TAP).await;
    (world, heard)
}

async fn asks(world: &World, who: &str, text: &str) -> Heard {
    let heard = world.says(who, "facilitair", text).await;
    let card = world.thread(&heard).remove(0);
    let request = request_of(world, &heard).await;
    world.presses(who, &card.at, Action::Confirm(request.id)).await;
    heard
}

async fn request_of(world: &World, heard: &Heard) -> Request {
    let all = world.requests().await;
    all.into_iter().find(|request| request.origin.source.as_ref() == Some(&heard.at)).expect("a request began here")
}

fn buttons(world: &World, heard: &Heard) -> Vec<String> {
    let posts = world.thread(heard);
    let messages = posts.iter().filter_map(|posted| posted.message.as_ref());
    messages.flat_map(|message| message.buttons.iter().flatten().map(|button| button.label.clone())).collect()
}

#[tokio::test]
async fn a_reminder_goes_out_once_a_service_day_on_the_same_ticket() {
    let (world, heard) = handed_over().await;
    world.advance(Duration::days(1)).await;
    let number = world.number().await.to_string();
    let answer = world.commands("sanne", "chase", &[("id", &number)]).await;
    assert!(answer.contains("Brink Facilitair krijgt nu een rappel"), "{answer}");

    let told = world.provider.tellings();
    let [(1, told)] = told.as_slice() else { panic!("told once: {told:?}") };
    assert_eq!(told.purpose, Purpose::Urge);
    assert_eq!(told.order, world.provider.orders()[0].reference, "it is about the order that they have");
    assert!(told.body.contains(&format!("Wij wachten nog op {number}")), "{}", told.body);
    assert!(told.body.contains("Bij u bekend sinds"), "{}", told.body);
    assert!(world.thread_text(&heard).contains("Brink Facilitair is eraan herinnerd."));

    let again = world.commands("sanne", "chase", &[("id", &number)]).await;
    assert!(again.contains("is al een rappel gestuurd"), "{again}");
    assert_eq!(world.provider.tellings().len(), 1);

    let next_day = Duration::days(1);
    world.advance(next_day).await;
    let second = world.commands("sanne", "chase", &[("id", &number)]).await;
    assert!(second.contains("Joost van Dam krijgt hem ook."), "{second}");
    let told = world.provider.tellings();
    assert_eq!(told.len(), 2);
    assert!(told.iter().any(|(_, told)| told.body.contains("Dit is onze tweede herinnering.")), "{told:?}");
    assert_eq!(world.request().await.care.urged.len(), 2, "counted and dated");
    world.ends().await;
}

#[tokio::test]
async fn without_a_mailbox_nobody_says_that_their_spoc_gets_a_letter() {
    let (mut world, _) = handed_over().await;
    world.reconfigures(|register| {
        register.organisations.values_mut().for_each(|organisation| organisation.mail = None);
    });
    let number = world.number().await.to_string();
    for _ in 0..2 {
        world.advance(Duration::days(1)).await;
        let answer = world.commands("sanne", "chase", &[("id", &number)]).await;
        assert!(answer.contains("krijgt nu een rappel") && !answer.contains("Joost van Dam"), "{answer}");
    }
    world.ends().await;
}

#[tokio::test]
async fn the_second_reminder_also_reaches_their_spoc_by_mail() {
    let (world, _) = handed_over().await;
    let mailer = world.has_mailbox();
    let number = world.number().await.to_string();
    for _ in 0..2 {
        world.advance(Duration::days(1)).await;
        world.commands("sanne", "chase", &[("id", &number)]).await;
    }
    let letters = mailer.letters.lock().unwrap().clone();
    let [letter] = letters.as_slice() else { panic!("one letter: {letters:?}") };
    assert_eq!(letter.to, "joost@brink.example");
    assert!(letter.body.contains("Dit is onze tweede herinnering.") && letter.subject.contains(&number), "{letter:?}");
    world.ends().await;
}

#[tokio::test]
async fn only_a_spoc_reminds_writes_down_and_sees_the_list() {
    let (world, _) = handed_over().await;
    let number = world.number().await.to_string();
    let id = world.request().await.id;
    for (command, options) in [
        ("chase", vec![("id", number.as_str())]),
        ("note", vec![("id", number.as_str()), ("text", "geheim")]),
        ("note", vec![("text", "geheim"), ("provider", "facilitair")]),
        ("today", vec![]),
        ("promise", vec![("who", "us"), ("what", "x"), ("until", "vrijdag"), ("id", number.as_str())]),
    ] {
        let answer = world.commands("alice", command, &options).await;
        assert!(answer.contains("Dit kan alleen"), "/{command}: {answer}");
    }
    let card = world.posts("facilitair");
    assert!(card.is_empty(), "the answers are for the asker alone");
    let at = world.requests().await[0].origin.source.clone().unwrap();
    for action in [Action::Urge(id), Action::Done(id)] {
        let answer = world.presses("alice", &at, action).await;
        assert!(loket::adapters::local::plain(&answer[0].message).contains("Dit kan alleen"));
    }
    assert_eq!(stage(&world.request().await), "handed-over");
    assert!(world.provider.tellings().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn the_story_has_the_daily_acts_and_shows_what_they_did() {
    let (world, heard) = handed_over().await;
    let request = world.request().await;
    let (id, number) = (request.id, world.number().await.to_string());
    let at = request.origin.source.clone().unwrap();
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    for label in ["Rappel", "Stand", "Klaar", "Notitie", "Corrigeren", "Annuleren"] {
        assert!(shown.contains(&format!("[{label}]")), "{label} is on it: {shown}");
    }
    assert!(!world.commands("alice", "show", &[("id", &number)]).await.contains("[Rappel]"), "not for the requester");

    let noted = world.submits("sanne", &at, Action::Note(id), "besproken met Joost").await;
    assert!(noted[0].replace, "the story is shown again where it stood");
    assert!(loket::adapters::local::plain(&noted[0].message).contains("notitie van Sanne"), "{noted:?}");
    assert!(!world.thread_text(&heard).contains("besproken met Joost"), "a note stays inside");

    world.submits("sanne", &at, Action::Stand(id), "wacht op onderdelen, komt volgende week").await;
    assert!(world.thread_text(&heard).contains("wacht op"), "{}", world.thread_text(&heard));
    let nothing = world.submits("sanne", &at, Action::Stand(id), "tja").await;
    assert!(loket::adapters::local::plain(&nothing[0].message).contains("haal ik geen stand"));
    world.submits("sanne", &at, Action::Stand(id), "gepland voor donderdag").await;
    assert!(world.thread_text(&heard).contains("donderdag 5 maart"), "{}", world.thread_text(&heard));

    world.presses("sanne", &at, Action::Done(id)).await;
    assert_eq!(stage(&world.request().await), "resolved");
    world.ends().await;
}

#[tokio::test]
async fn a_correction_is_an_example_from_then_on() {
    let strange = "het klotst achter het paneel in de gang";
    let (mut world, _) = handed_over().await;
    let heard = world.tickets_new("bob", strange).await;
    let request = request_of(&world, &heard).await;
    let plumbing = "fac.plumbing";
    let before = request.content().and_then(|content| content.item.clone()).map(|item| item.value);
    assert_ne!(before.as_ref().map(|item| item.as_str()), Some(plumbing), "else there is nothing to learn");
    let name = |item: &CatalogueItem| item.name.nl.clone();
    let item = world.desk.house().register.catalogue.item(&plumbing.into()).map(name).unwrap();
    world.submits("sanne", &heard.at, Action::Correct(request.id), &item).await;
    let corrected = request_of(&world, &heard).await;
    assert_eq!(corrected.content().unwrap().item.as_ref().unwrap().value.as_str(), plumbing);

    world.restarts().await;
    world.desk.settle_in().await.unwrap();
    let next = world.tickets_new("carla", "het klotst weer achter het paneel in de gang").await;
    let understood = request_of(&world, &next).await.content().unwrap().item.clone().unwrap().value;
    assert_eq!(understood.as_str(), plumbing, "the same words are understood now");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_list_of_the_day_names_what_to_talk_about_and_nothing_else() {
    let (world, heard) = handed_over().await;
    let number = world.number().await.to_string();
    assert!(world.commands("sanne", "today", &[]).await.contains("Niets voor vandaag"));

    world.commands("sanne", "status", &[("id", &number), ("date", "donderdag"), ("number", "F-7")]).await;
    assert!(world.commands("sanne", "today", &[]).await.contains("Niets voor vandaag"), "Thursday is not today");
    world.advance(Duration::days(2)).await;
    let today = world.commands("sanne", "today", &[]).await;
    assert!(today.contains("voor vandaag toegezegd") && today.contains(&number) && today.contains("F-7"), "{today}");
    assert!(today.contains("Joost van Dam"), "{today}");

    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    assert!(world.commands("sanne", "today", &[]).await.contains("Niets voor vandaag"), "it is done");
    assert!(world.thread_text(&heard).contains("Is het"), "{}", world.thread_text(&heard));
    world.ends().await;
}

#[tokio::test]
async fn a_promise_is_on_the_list_on_its_day_and_is_kept_or_not() {
    let (world, _) = handed_over().await;
    let number = world.number().await.to_string();
    let answer = world
        .commands(
            "sanne",
            "promise",
            &[
                ("who", "provider"),
                ("what", "de kraan is vervangen"),
                ("until", "vrijdag"),
                ("id", &number),
                ("source", "telefoon"),
            ],
        )
        .await;
    assert!(answer.contains("Brink Facilitair: de kraan is vervangen, uiterlijk vrijdag 6 maart"), "{answer}");
    assert!(world.commands("sanne", "today", &[]).await.contains("Niets voor vandaag"));
    world.advance(Duration::days(6)).await;
    let today = world.commands("sanne", "today", &[]).await;
    assert!(today.contains("de kraan is vervangen") && today.contains("Te laat."), "{today}");
    assert!(today.contains("telefoon"), "with its source: {today}");

    let loaded = world.store.load_organisation(&OrganisationId::new("linde")).await.unwrap();
    let promise = talks::promises(&loaded.events).remove(0);
    assert_eq!((promise.promiser, promise.provider), (Promiser::Provider, ProviderCode::new("facilitair")));
    let at = world.request().await.origin.source.clone().unwrap();
    world.presses("alice", &at, Action::Kept("linde".into(), promise.seq)).await;
    world.presses("sanne", &at, Action::Broken("linde".into(), promise.seq)).await;
    world.presses("sanne", &at, Action::Kept("linde".into(), promise.seq)).await;
    let loaded = world.store.load_organisation(&OrganisationId::new("linde")).await.unwrap();
    let settled = talks::promises(&loaded.events).remove(0).settled;
    assert_eq!(settled.map(|(kept, _)| kept), Some(false), "the first word of a SPOC stands");
    assert!(!world.commands("sanne", "today", &[]).await.contains("de kraan is vervangen"));
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn the_requester_says_in_one_tap_how_it_went() {
    let (world, heard) = handed_over().await;
    let id = world.request().await.id;
    let number = world.number().await.to_string();
    world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
    let last = world.thread(&heard).pop().unwrap();
    world.presses("alice", &last.at, Action::Solved(id)).await;
    assert!(buttons(&world, &heard).iter().any(|label| label.contains("Tevreden")), "{:?}", buttons(&world, &heard));
    let foreign = world.presses("bob", &last.at, Action::Rate(id, Rating::Poor)).await;
    assert!(loket::adapters::local::plain(&foreign[0].message).contains("alleen aan wie het verzoek deed"));
    let thanks = world.presses("alice", &last.at, Action::Rate(id, Rating::Good)).await;
    assert!(loket::adapters::local::plain(&thanks[0].message).contains("Genoteerd"));
    assert_eq!(world.request().await.care.rating, Some(Rating::Good));
    assert_eq!(world.request().await.origin.requester.account, Some(account("alice")));
    world.ends().await;
}

#[tokio::test]
async fn a_long_list_is_turned_page_by_page_with_its_filters() {
    let world = World::open().await;
    for n in 0..23 {
        asks(&world, "alice", &format!("de kraan in de pantry boven lekt alweer, dat is keer {n}")).await;
        world.clock.advance(Duration::minutes(20));
    }
    let all = world.requests().await.len();
    assert!(all >= 21, "enough for three pages: {all}");
    let mut page = world.answers_of("sanne", "open", &[("provider", "facilitair"), ("waits", "provider")]).await;
    let (mut seen, mut pages) = (std::collections::BTreeSet::new(), 0);
    let at = world.requests().await[0].origin.source.clone().unwrap();
    loop {
        pages += 1;
        let text = loket::adapters::local::plain(&page);
        for request in world.requests().await {
            let number = request.number().map(|number| number.to_string()).unwrap_or_default();
            if text.contains(&number) {
                assert!(seen.insert(number), "no request stands on two pages");
            }
        }
        let next = page.buttons.iter().flatten().find(|button| button.label == "Volgende");
        let Some(next) = next.map(|button| button.action.clone()) else { break };
        page = world.presses("sanne", &at, next).await.remove(0).message;
    }
    assert_eq!((pages, seen.len()), (all.div_ceil(10), all));
    let first = page.buttons.iter().flatten().find(|button| button.label == "Naar het begin").expect("a way back");
    let back = world.presses("sanne", &at, first.action.clone()).await.remove(0);
    assert!(back.replace && loket::adapters::local::plain(&back.message).contains("Volgende"));
    let other = world.answers_of("sanne", "open", &[("provider", "ict")]).await;
    assert!(loket::adapters::local::plain(&other).contains("Er staat niets open."));
    world.ends_with_leftovers().await;
}
