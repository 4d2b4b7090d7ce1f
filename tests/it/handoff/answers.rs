//! What a provider's own system says reaches the thread, and what is answered goes back.

use super::{TAP, asked, last};
use crate::world::{World, stage};
use chrono::Duration;
use loket::domain::provider::{News, Status, StatusWords};
use loket::domain::register::Register;
use loket::domain::request::{Progress, Stage};
use loket::domain::{Instant, LocalMoment};
use loket::ports::{Clock as _, Heard};

fn words(register: &mut Register) {
    let words = [("nieuw", Status::Received), ("in behandeling", Status::Working), ("gereed", Status::Resolved)];
    let words: std::collections::BTreeMap<_, _> =
        words.into_iter().map(|(word, status)| (word.to_owned(), status)).collect();
    register.providers.values_mut().for_each(|provider| provider.statuses = StatusWords(words.clone()));
}

/// A provider has an order for a tap.
async fn handed_over() -> (World, Heard, String) {
    let world = World::with(words).await;
    let heard = asked(&world, "alice", TAP).await;
    let reference = world.provider.orders()[0].reference.clone();
    (world, heard, reference)
}

fn news(world: &World, key: &str, reference: &str) -> News {
    let at: Instant = world.clock.now();
    News { key: key.into(), at, reference: Some(reference.into()), number: Some("F-7".into()), ..News::default() }
}

#[tokio::test]
async fn status_number_and_words_reach_the_thread_once() {
    let (world, heard, reference) = handed_over().await;
    world.provider.says(News { status: Some("In behandeling".into()), ..news(&world, "1", &reference) });
    world.asks_around().await;
    world.asks_around().await;
    assert!(world.thread(&heard)[0].text.contains("F-7"), "their number is on the card");
    assert_eq!(
        world.thread_text(&heard).matches("Brink Facilitair is ermee bezig.").count(),
        2,
        "on the card and said once"
    );

    let (text, who) = (Some("De monteur neemt een nieuwe kraan mee.".to_owned()), Some("Joost".to_owned()));
    world.provider.says(News { text, who, ..news(&world, "2", &reference) });
    world.asks_around().await;
    let thread = world.thread_text(&heard);
    assert!(thread.contains("Joost van Brink Facilitair schrijft:"), "{thread}");
    assert!(thread.contains("De monteur neemt een nieuwe kraan mee."), "{thread}");

    world.provider.says(News { status: Some("Gereed".into()), ..news(&world, "3", &reference) });
    world.asks_around().await;
    assert_eq!(stage(&world.request().await), "resolved");
    let story = world.commands("sanne", "show", &[("id", &world.number().await.to_string())]).await;
    assert!(story.contains("Joost van Brink Facilitair schrijft:"), "{story}");
    world.ends().await;
}

#[tokio::test]
async fn a_word_that_nobody_explained_is_shown_as_it_is_and_the_spoc_hears_of_it_once() {
    let (world, heard, reference) = handed_over().await;
    world.provider.says(News { status: Some("Wacht op onderdeel".into()), ..news(&world, "1", &reference) });
    world.asks_around().await;
    assert!(world.thread_text(&heard).contains("Status bij Brink Facilitair: “Wacht op onderdeel”"));
    let told = last(&world, "spoc");
    assert!(told.contains("Wacht op onderdeel") && told.contains("providers/facilitair.toml"), "{told}");
    let before = world.posts("spoc").len();
    world.provider.says(News { status: Some("Wacht op onderdeel".into()), ..news(&world, "2", &reference) });
    world.asks_around().await;
    assert_eq!(world.posts("spoc").len(), before);
    world.ends().await;
}

#[tokio::test]
async fn who_comes_and_when_is_shown() {
    let (world, heard, reference) = handed_over().await;
    let at = LocalMoment::At(chrono::NaiveDate::from_ymd_opt(2026, 3, 5).unwrap().and_hms_opt(10, 30, 0).unwrap());
    world.provider.says(News { planned: Some(at), who: Some("Joost".into()), ..news(&world, "1", &reference) });
    world.asks_around().await;
    let card = &world.thread(&heard)[0].text;
    assert!(card.contains("donderdag 5 maart om 10:30") && card.contains("Joost komt"), "{card}");
    world.ends().await;
}

#[tokio::test]
async fn a_question_of_the_provider_s_is_asked_in_the_thread_and_its_answer_goes_back() {
    let (world, heard, reference) = handed_over().await;
    let text = Some("Om welke kraan gaat het, de linker of de rechter?".to_owned());
    world.provider.says(News { text, ..news(&world, "1", &reference) });
    world.asks_around().await;
    let post = world.thread(&heard).pop().unwrap();
    assert!(post.text.contains("Om welke kraan gaat het") && post.text.contains("Antwoord hier"), "{}", post.text);
    assert_eq!(post.message.unwrap().notify.len(), 1, "who must answer is called");
    assert!(world.commands("sanne", "open", &[]).await.contains("wacht op de aanvrager"));

    world.answers("alice", &heard, "de linker, bel me op 06 12345678 als het niet lukt").await;
    let told = world.provider.tellings();
    assert_eq!(told.len(), 1);
    let body = &told[0].1.body;
    assert!(body.contains("de linker") && !body.contains("12345678"), "private numbers stay inside: {body}");
    assert_eq!(told[0].1.number.as_deref(), Some("F-7"), "it lands in their own order");
    assert!(told[0].1.subject.ends_with("[F-7]"), "by mail it does so by its subject: {}", told[0].1.subject);
    assert!(
        body.ends_with(&format!("[#{}]", told[0].1.reference)),
        "and is found there again by its own reference: {body}"
    );
    assert!(world.thread_text(&heard).contains("Ik geef het door aan Brink Facilitair."));

    world.answers("alice", &heard, "en het is de warme").await;
    assert_eq!(world.provider.tellings().len(), 1, "nobody asked any more");
    world.ends().await;
}

#[tokio::test]
async fn an_amount_or_another_day_in_their_words_is_proposed_and_never_applied() {
    let (world, heard, reference) = handed_over().await;
    let text = Some("Helaas, we komen pas dinsdag 10 maart.".to_owned());
    world.provider.says(News { text, ..news(&world, "1", &reference) });
    world.asks_around().await;
    assert!(world.thread_text(&heard).contains("pas dinsdag 10 maart"));
    assert!(
        !matches!(world.request().await.stage, Stage::InProgress(ref at) if matches!(at.progress, Progress::Planned(_)))
    );
    let post = world.posts("spoc").pop().unwrap();
    assert!(post.text.contains("dinsdag 10 maart") && post.text.contains("Overnemen"), "{}", post.text);
    let request = world.request().await;
    let seq = *request.proposed.keys().next().unwrap();
    let refused = world.presses("alice", &post.at, loket::render::message::Action::Adopt(request.id, seq)).await;
    assert_eq!(refused.len(), 1, "only a SPOC takes it over");
    world.presses("sanne", &post.at, loket::render::message::Action::Adopt(request.id, seq)).await;
    let Stage::InProgress(at) = world.request().await.stage else { panic!("in progress") };
    assert!(matches!(at.progress, Progress::Planned(moment) if moment.day().to_string() == "2026-03-10"));

    let text = Some("Het wordt € 180 meer dan begroot.".to_owned());
    world.provider.says(News { text, ..news(&world, "2", &reference) });
    world.asks_around().await;
    let told = last(&world, "spoc");
    assert!(told.contains("180"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn news_about_an_order_that_is_not_ours_changes_nothing() {
    let (world, heard, _) = handed_over().await;
    let before = world.thread_text(&heard);
    world
        .provider
        .says(News { status: Some("Gereed".into()), ..news(&world, "1", "LINDE-2026-0001-0000000000000000") });
    world.asks_around().await;
    assert_eq!(world.thread_text(&heard), before);
    world.advance(Duration::minutes(5)).await;
    world.ends().await;
}
