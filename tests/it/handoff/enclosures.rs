//! Photos and files: from a colleague's message to the provider, and back into the thread.

use super::asked;
use super::letters::by_mail;
use crate::meeting::Office;
use crate::world::{LINDE, World, stage};
use chrono::Duration;
use loket::domain::file::Media;
use loket::domain::mail::{Mail, MailFile};
use loket::domain::provider::News;
use loket::domain::request::{Event, Stage};
use loket::ports::{Attached, Clock as _, Erased, Handover, Heard, Input, StreamId, Unit};
use loket::render::message::Action;
use sha2::{Digest as _, Sha256};

const PHOTO: &[u8] = include_bytes!("../../data/photos/turned.jpg");
const SCREENSHOT: &[u8] = include_bytes!("../../data/photos/turned.png");
const TAP: &str = "De kraan in de pantry op de 2e lekt, kan iemand komen?";
const CHAIRS: &str = "Graag 20 stoelen extra in zaal 2.14 op vrijdag 13 maart";

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// Somebody writes with files, in a channel or where they wrote before.
async fn sends(world: &World, who: &str, channel: &str, text: &str, files: &[Attached]) -> Heard {
    let heard = world.chat.says_with(&format!("local:{who}").as_str().into(), &channel.into(), text, None, files);
    world.desk.handle(Input::Heard(heard.clone())).await.unwrap();
    world.drain().await;
    heard
}

/// The channel of the thread under a message.
fn thread(world: &World, heard: &Heard) -> String {
    world.thread(heard)[0].at.channel.as_str().to_owned()
}

/// Presses the first button in the thread that does such a thing.
async fn presses(world: &World, who: &str, heard: &Heard, wanted: impl Fn(&Action) -> bool) {
    let found = world.thread(heard).into_iter().rev().find_map(|posted| {
        let rows = posted.message.iter().flat_map(|message| message.buttons.iter().flatten());
        let action = rows.map(|button| button.action.clone()).find(|action| wanted(action))?;
        Some((posted.at, action))
    });
    let (at, action) = found.expect("such a button");
    world.presses(who, &at, action).await;
}

fn names(handover: &Handover) -> Vec<&str> {
    handover.files.iter().map(|file| file.name.as_str()).collect()
}

#[tokio::test]
async fn a_photo_goes_along_without_its_place_and_under_our_own_name() {
    let world = World::open().await;
    let photo = world.chat.picks("IMG_0042 bij Femke thuis.jpg", PHOTO.to_vec());
    let heard = sends(&world, "alice", "local:facilitair", TAP, &[photo]).await;
    let card = world.thread_text(&heard);
    assert!(card.contains("Bijlagen: IMG_0042 bij Femke thuis.jpg"), "the card names what came: {card}");
    presses(&world, "alice", &heard, |action| matches!(action, Action::Confirm(_))).await;
    let order = world.provider.orders().remove(0);
    let number = world.number().await;
    assert_eq!(names(&order), [format!("{number}-1.jpg")]);
    assert!(order.body.contains(&format!("{number}-1.jpg (1 kB)")), "{}", order.body);
    assert!(!order.body.contains("Femke thuis"), "a name is nobody's business: {}", order.body);
    let (file, bytes) = (&order.files[0], &order.files[0].bytes);
    assert!(file.media == Media::Jpeg && bytes.starts_with(&[0xff, 0xd8]) && !holds(bytes, "KANARIE"));
    world.ends().await;
}

#[tokio::test]
async fn what_is_too_large_for_the_provider_stays_and_the_order_says_so() {
    let world = World::with(|register| register.providers.values_mut().for_each(|provider| provider.files = 1)).await;
    let photo = world.chat.picks("kraan.jpg", PHOTO.to_vec());
    let heard = sends(&world, "alice", "local:facilitair", TAP, &[photo]).await;
    presses(&world, "alice", &heard, |action| matches!(action, Action::Confirm(_))).await;
    let order = world.provider.orders().remove(0);
    assert!(order.files.is_empty());
    assert!(order.body.contains("te groot om mee te sturen: "), "{}", order.body);
    world.ends().await;
}

#[tokio::test]
async fn nobody_confirms_what_is_not_here_yet_and_what_cannot_be_fetched_is_said() {
    let world = World::open().await;
    let gone = Attached { id: "local:file-none".into(), ..world.chat.picks("weg.jpg", PHOTO.to_vec()) };
    let large = Attached { size: 11 * 1024 * 1024, ..world.chat.picks("film.png", SCREENSHOT.to_vec()) };
    let broken = world.chat.picks("half.jpg", PHOTO[..300].to_vec());
    let heard = sends(&world, "alice", "local:facilitair", TAP, &[gone, large, broken]).await;
    let said = world.thread_text(&heard);
    assert!(said.contains("weg.jpg kon ik niet ophalen"), "{said}");
    assert!(said.contains("film.png gaat niet mee: een bestand mag hooguit 10 MB zijn"), "{said}");
    assert!(said.contains("half.jpg is beschadigd"), "{said}");
    assert!(!said.contains("Bijlagen:"), "{said}");
    // It goes on without them by itself.
    world.advance(Duration::minutes(3)).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    assert!(world.provider.orders()[0].files.is_empty());
    world.ends().await;
}

#[tokio::test]
async fn a_photo_that_comes_later_is_asked_about_anew() {
    let world = World::open().await;
    let heard = sends(&world, "alice", "local:facilitair", CHAIRS, &[]).await;
    presses(&world, "alice", &heard, |action| matches!(action, Action::Confirm(_))).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    let first = world.request().await.order().unwrap().fingerprint.clone();
    let plan = world.chat.picks("plattegrond.png", SCREENSHOT.to_vec());
    sends(&world, "alice", &thread(&world, &heard), "zo moeten ze staan", &[plan]).await;
    assert_eq!(stage(&world.request().await), "draft", "the card is void");
    let void = last_card(&world);
    assert!(void.contains("wordt aangepast") || void.contains("vervallen"), "{void}");
    world.advance(Duration::minutes(3)).await;
    let request = world.request().await;
    let order = request.order().unwrap().clone();
    assert_eq!((stage(&request), order.identity.revision), ("awaiting-approval", 2));
    assert_ne!(order.fingerprint, first, "a yes is to the photo as well");
    assert!(last_card(&world).contains("-1.png"), "{}", last_card(&world));
    let shown = world.presses("bob", &world.approval_card().at, Action::Preview(request.id)).await;
    let [file] = shown[0].message.files.as_slice() else { panic!("who decides sees what it is about") };
    assert!(file.is_picture() && !holds(&file.bytes, "KANARIE"));
    world.ends().await;
}

/// The newest card in the approvers' channel.
fn last_card(world: &World) -> String {
    let cards = world.chat.messages(&"local:goedkeuringen".into());
    cards.iter().rev().find(|posted| posted.message.as_ref().is_some_and(|m| m.card.is_some())).unwrap().text.clone()
}

#[tokio::test]
async fn a_file_of_an_unusual_sort_waits_for_a_yes() {
    let world = World::open().await;
    let table = world.chat.picks("namen.xlsx", b"PK\x03\x04 anything".to_vec());
    let script = world.chat.picks("run.exe", b"MZ".to_vec());
    let heard = sends(&world, "alice", "local:facilitair", TAP, &[table, script]).await;
    let said = world.thread_text(&heard);
    assert!(said.contains("namen.xlsx is geen foto of pdf") && said.contains("[Meesturen] [Niet meesturen]"), "{said}");
    presses(&world, "bob", &heard, |action| matches!(action, Action::Enclose(_, 0, true))).await;
    assert!(!world.thread_text(&heard).contains("Bijlagen:"), "whoever did not ask says nothing about it");
    presses(&world, "alice", &heard, |action| matches!(action, Action::Enclose(_, 0, true))).await;
    presses(&world, "alice", &heard, |action| matches!(action, Action::Enclose(_, 1, false))).await;
    assert!(world.thread_text(&heard).contains("Bijlagen: namen.xlsx"), "{}", world.thread_text(&heard));
    presses(&world, "alice", &heard, |action| matches!(action, Action::Confirm(_))).await;
    let order = world.provider.orders().remove(0);
    assert_eq!(names(&order), [format!("{}-1.xlsx", world.number().await)]);
    assert_eq!((order.files[0].media, &*order.files[0].bytes), (Media::Other, &b"PK\x03\x04 anything"[..]));
    world.ends().await;
}

#[tokio::test]
async fn what_comes_after_the_order_left_follows_it_once_with_its_words() {
    let mut world = World::open().await;
    let heard = asked(&world, "alice", TAP).await;
    let here = thread(&world, &heard);
    let photos =
        [("een.jpg", PHOTO), ("twee.png", SCREENSHOT)].map(|(name, bytes)| world.chat.picks(name, bytes.to_vec()));
    sends(&world, "alice", &here, "hier zie je het, bel me op 06-12345678", &photos).await;
    let tellings = world.provider.tellings();
    let [(times, told)] = tellings.as_slice() else { panic!("one telling: {tellings:?}") };
    let number = world.number().await;
    assert_eq!((*times, names(told)), (1, vec![&*format!("{number}-1.jpg"), &*format!("{number}-2.png")]));
    assert!(told.body.contains("> hier zie je het"), "{}", told.body);
    assert!(!told.body.contains("06-12345678"), "a private number stays inside: {}", told.body);
    // Anybody else's picture in the thread is talk.
    let other = world.chat.picks("kat.jpg", PHOTO.to_vec());
    sends(&world, "bob", &here, "haha", &[other]).await;
    world.restarts().await;
    world.drain().await;
    assert_eq!(world.provider.tellings().len(), 1);
    let story = world.commands("sanne", "show", &[("id", &number.to_string())]).await;
    assert!(story.contains("stuurde 2 bestanden na"), "{story}");
    world.ends().await;
}

#[tokio::test]
async fn a_picture_without_a_word_belongs_to_what_its_writer_just_said() {
    let world = World::open().await;
    let heard = sends(&world, "alice", "local:facilitair", TAP, &[]).await;
    let photo = world.chat.picks("lek.jpg", PHOTO.to_vec());
    sends(&world, "alice", "local:facilitair", "", &[photo]).await;
    assert!(world.thread_text(&heard).contains("Bijlagen: lek.jpg"), "{}", world.thread_text(&heard));
    let cat = world.chat.picks("kat.jpg", PHOTO.to_vec());
    sends(&world, "bob", "local:facilitair", "", &[cat]).await;
    assert!(!world.thread_text(&heard).contains("kat.jpg"));
    assert_eq!(world.request().await.files.len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn what_the_provider_sends_hangs_in_the_thread() {
    let world = World::open().await;
    let heard = asked(&world, "alice", TAP).await;
    let order = world.provider.orders().remove(0);
    let photo = MailFile {
        name: "IMG_7.jpg".into(),
        media_type: "image/jpeg".into(),
        size: PHOTO.len() as u64,
        content: PHOTO.to_vec(),
    };
    let page = MailFile { name: "track.html".into(), media_type: "text/html".into(), size: 9, content: vec![] };
    let news = News {
        key: "1".into(),
        at: world.clock.now(),
        reference: Some(order.reference.clone()),
        text: Some("Deze kraan is besteld.".into()),
        files: vec![photo, page],
        ..News::default()
    };
    world.provider.says(news);
    world.asks_around().await;
    let said = world.thread_text(&heard);
    assert!(
        said.contains("Deze kraan is besteld.") && said.contains("Brink Facilitair stuurde een bestand mee:"),
        "{said}"
    );
    assert!(said.contains("📎 track.html"), "what stays there is named: {said}");
    let files: Vec<_> =
        world.thread(&heard).into_iter().filter_map(|posted| posted.message).flat_map(|m| m.files).collect();
    let [file] = files.as_slice() else { panic!("one picture: {files:?}") };
    assert!(
        file.is_picture() && !holds(&file.bytes, "KANARIE") && file.name == format!("{}-1.jpg", world.number().await)
    );
    world.ends().await;
}

#[tokio::test]
async fn a_colleague_s_mail_brings_its_photos() {
    let world = World::with(by_mail).await;
    let _letters = world.has_mailbox();
    let photo = |name: &str, content: &[u8]| MailFile {
        name: name.into(),
        media_type: "image/jpeg".into(),
        size: content.len() as u64,
        content: content.to_vec(),
    };
    let email = world.desk.house().register.organisations[&LINDE.into()]
        .people
        .values()
        .find_map(|person| person.email.clone())
        .expect("a colleague with an address");
    world.mailbox.receives(Mail {
        message_id: Some("a@b".into()),
        from: email,
        recipients: vec!["loket@delinde.example".into()],
        subject: "Lekkende kraan".into(),
        text: TAP.into(),
        at: world.clock.now(),
        attachments: vec![photo("een.jpg", PHOTO), photo("half.jpg", &PHOTO[..200])],
        ..Mail::default()
    });
    world.asks_around().await;
    let request = world.request().await;
    assert_eq!(request.along().len(), 1, "{:?}", request.files);
    world.advance(Duration::minutes(3)).await;
    assert_eq!(names(&world.provider.orders()[0]), [format!("{}-1.jpg", world.number().await)]);
    world.ends().await;
}

#[tokio::test]
async fn what_is_erased_is_gone_with_its_pictures() {
    let world = World::open().await;
    let photo = world.chat.picks("lek.jpg", PHOTO.to_vec());
    let heard = sends(&world, "alice", "local:facilitair", TAP, &[photo]).await;
    presses(&world, "alice", &heard, |action| matches!(action, Action::Discard(_))).await;
    let request = world.request().await;
    let here = request.here().next().map(|here| (here.seq, here.place)).expect("it was fetched");
    let read = async || world.store.file(&LINDE.into(), request.id, here.0, here.1).await.unwrap();
    assert!(read().await.is_some());
    let gone = Erased { stream: StreamId::Request(request.id), seq: None };
    let unit = Unit { erased: vec![gone], ..Unit::new(LINDE.into(), world.clock.now()) };
    world.store.commit(unit).await.unwrap();
    assert!(read().await.is_none());
    assert!(world.store.verify(&LINDE.into()).await.is_ok());
    let Stage::Closed(_) = world.request().await.stage else { panic!("closed") };
    let events = world.store.load(&LINDE.into(), request.id).await.unwrap().unwrap().events;
    let named = events.iter().filter_map(|one| match &one.event {
        Event::FileKept { name, .. } => name.text(),
        _ => None,
    });
    assert_eq!(named.count(), 0);
}

#[tokio::test]
async fn the_dossier_says_which_files_there_were() {
    let office = Office::open().await;
    let world = &office.world;
    let photo = world.chat.picks("lek.jpg", PHOTO.to_vec());
    let heard = sends(world, "alice", "local:facilitair", TAP, &[photo]).await;
    presses(world, "alice", &heard, |action| matches!(action, Action::Confirm(_))).await;
    let number = world.number().await.to_string();
    let answer = Box::pin(office.answer("sanne", "spoc", "export", &[("id", &number)])).await;
    let dossier: serde_json::Value = serde_json::from_slice(&answer.files[0].bytes).unwrap();
    let sent = &world.provider.orders()[0].files[0];
    let file = &dossier["files"][0];
    for (field, value) in [("name", "lek.jpg"), ("side", "ours"), ("state", "kept"), ("media_type", "image/jpeg")] {
        assert_eq!(file[field], value);
    }
    let hash: String = Sha256::digest(&sent.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(file["sha256"], hash, "it is the one that the provider has");
    assert_eq!(file["size"], sent.bytes.len());
    office.world.ends().await;
}
