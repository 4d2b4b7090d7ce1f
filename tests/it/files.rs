//! Files in messages: a picture stands in its card once, an export hangs below it, and neither is lost or doubled by what goes wrong.

use crate::discord_adapter::{Story, card, channel_id, number};
use crate::loopback::{Fault, Message as Shown};
use loket::adapters::clock::ManualClock;
use loket::adapters::local::{LocalChat, plain};
use loket::adapters::picture::Pictures;
use loket::adapters::sheet::Sheets;
use loket::domain::Lang;
use loket::ports::{Bind, Chat, ChatError, Clock, Draw, Input, PostKey, Reply};
use loket::render::File;
use loket::render::chart::{Bar, Chart, picture};
use loket::render::message::{Message, Rich};
use loket::render::table::csv::{Separator, csv};
use loket::render::table::{Book, Cell, Column, Table};
use loket::render::words::{Voice, Words};
use std::sync::Arc;

/// A picture of the week, really drawn.
async fn week(name: &str, waiting: u32) -> File {
    let chart = Chart {
        title: "Week 19".into(),
        waiting: vec![Bar { label: "De Kroon".into(), count: waiting }],
        ..Chart::default()
    };
    let words = Words::new();
    let made = picture(Voice::new(&words, Lang::Nl), &chart).unwrap();
    File::new(name, File::PNG, Pictures::new().png(made.svg).await.unwrap(), made.alt)
}

fn table() -> Table {
    Table {
        name: "Verzoeken".into(),
        columns: vec![Column::new("Nummer", 12), Column::new("Wat", 40), Column::new("Bedrag", 12)],
        rows: vec![vec![Cell::text("2026-0041"), Cell::text("=kraan"), Cell::Euros(12_500)]],
    }
}

fn list() -> File {
    File::new("verzoeken.csv", File::CSV, csv(&table(), Separator::Semicolon).into_bytes(), "De open verzoeken")
}

fn with(message: Message, files: Vec<File>) -> Message {
    Message { files, ..message }
}

/// The names of what hangs below a message, and of the pictures in its cards.
fn hanging(shown: &Shown) -> (Vec<&str>, Vec<&str>) {
    (shown.loose().map(|file| &*file.filename).collect(), shown.pictures().map(|file| &*file.filename).collect())
}

#[tokio::test]
async fn a_picture_stands_in_its_card_and_an_export_below_it() {
    let story = Story::begin().await;
    let (picture, list) = (week("week 19.png", 3).await, list());
    let posted = story.post(&with(card(), vec![list.clone(), picture.clone()]), "a").await;
    let shown = story.discord.message(number(posted.message.as_str()));
    assert_eq!(hanging(&shown), (vec!["verzoeken.csv"], vec!["week-19.png"]));
    assert_eq!(shown.buttons(), ["Klopt", "Aanpassen"], "the rest of the message is as ever");
    for (sent, found) in [(&list, &shown.attachments[0]), (&picture, &shown.attachments[1])] {
        assert_eq!(found.description.as_deref(), Some(&*sent.alt));
        assert_eq!(found.content_type.as_deref(), Some(&*sent.media_type));
        let (_, bytes) = story.discord.read(|world| world.files[&found.path].clone());
        assert_eq!(bytes, sent.bytes.to_vec());
    }
    // Without a card, and without a word.
    let posted = story.post(&with(Message::default(), vec![picture]), "b").await;
    assert_eq!(hanging(&story.discord.message(number(posted.message.as_str()))), (vec!["week-19.png"], vec![]));
    story.discord.assert_clean();
}

#[tokio::test]
async fn a_message_with_files_is_posted_once_whatever_happens_to_the_answer() {
    let story = Story::begin().await;
    let since = story.discord.read(|world| chrono::DateTime::from_timestamp_millis(world.now()).unwrap());
    let message = with(card(), vec![week("week-19.png", 3).await, list()]);
    let (channel, key) = (channel_id(story.channel), PostKey("week-19".into()));
    story.discord.fails("POST /channels/*/messages", 1, Fault::CutAfter);
    let posted = story.chat.post(&channel, &message, None, &key).await;
    assert!(matches!(posted, Err(ChatError::Unknown { .. })), "{posted:?}");
    let found = story.chat.find(&channel, &message, since).await.unwrap();
    let again = story.chat.post(&channel, &message, None, &key).await.unwrap();
    assert_eq!(found, Some(again.clone()), "what shows the same is found by its files too");
    assert_eq!(story.discord.own_messages(story.channel).len(), 1);
    let shown = story.discord.message(number(again.message.as_str()));
    assert_eq!(hanging(&shown), (vec!["verzoeken.csv"], vec!["week-19.png"]));
    // Another week, or the same words without files, is another message.
    for other in [vec![week("week-20.png", 3).await, list()], vec![list()], vec![]] {
        assert_eq!(story.chat.find(&channel, &with(card(), other), since).await.unwrap(), None);
    }
    story.discord.assert_clean();
}

#[tokio::test]
async fn an_edit_shows_its_own_files_and_neither_loses_nor_doubles_one() {
    let story = Story::begin().await;
    let posted = story.post(&with(card(), vec![week("week-19.png", 3).await, list()]), "a").await;
    let id = number(posted.message.as_str());
    let newer = with(card(), vec![week("week-19.png", 4).await, list()]);
    for _ in 0..2 {
        story.chat.edit(&posted, &newer).await.unwrap();
        assert_eq!(hanging(&story.discord.message(id)), (vec!["verzoeken.csv"], vec!["week-19.png"]));
    }
    let (_, bytes) = {
        let shown = story.discord.message(id);
        let file = shown.pictures().next().unwrap().path.clone();
        story.discord.read(|world| world.files[&file].clone())
    };
    assert_eq!(bytes, newer.files[0].bytes.to_vec(), "the new picture");
    // The answer to an edit is lost, and it is done again.
    story.discord.fails("PATCH /channels/*/messages/*", 1, Fault::CutAfter);
    assert!(matches!(story.chat.edit(&posted, &newer).await, Err(ChatError::Retry { .. })));
    story.chat.edit(&posted, &newer).await.unwrap();
    assert_eq!(hanging(&story.discord.message(id)), (vec!["verzoeken.csv"], vec!["week-19.png"]));
    // What the message no longer has is gone, and not shown beside it.
    story.chat.edit(&posted, &with(card(), vec![list()])).await.unwrap();
    assert_eq!(hanging(&story.discord.message(id)), (vec!["verzoeken.csv"], vec![]));
    story.chat.edit(&posted, &card()).await.unwrap();
    assert_eq!(hanging(&story.discord.message(id)), (vec![], vec![]));
    story.discord.assert_clean();
}

#[tokio::test]
async fn an_export_is_given_to_whoever_asked() {
    let mut story = Story::begin().await;
    let book = Book { tables: vec![table()], lang: Lang::Nl, made_at: chrono::DateTime::UNIX_EPOCH };
    let bytes = Sheets.xlsx(book).await.unwrap();
    let sheet = File::new("verzoeken.xlsx", File::XLSX, bytes, "De open verzoeken");
    let answer = with(Message { text: Rich::own("Hier is de lijst."), ..Message::default() }, vec![sheet, list()]);

    let asked = story.discord.types(story.anneke, story.channel, "/toon", &[("id", "2026-0041".into())]);
    let Input::Command(call) = story.next().await else { panic!("a command") };
    story.chat.answer(&call.token, &Reply { message: answer.clone(), replace: false }).await.unwrap();
    let given = story.discord.answers(asked).original.expect("the deferred answer is filled in");
    assert_eq!(given.ephemeral_to, Some(story.anneke), "for that person alone");
    assert_eq!(
        (given.text().as_str(), hanging(&given).0),
        ("Hier is de lijst.", vec!["verzoeken.xlsx", "verzoeken.csv"])
    );

    // Behind a button it comes below the message, or in its place.
    let posted = story.post(&card(), "a").await;
    let pressed = story.discord.presses(story.anneke, number(posted.message.as_str()), "Klopt");
    let Input::Pressed(told) = story.next().await else { panic!("a button") };
    story.chat.answer(&told.token, &Reply { message: answer.clone(), replace: false }).await.unwrap();
    let below = &story.discord.answers(pressed).followups[0];
    assert_eq!((below.ephemeral_to, hanging(below).0.len()), (Some(story.anneke), 2));
    for _ in 0..2 {
        story.chat.answer(&told.token, &Reply { message: answer.clone(), replace: true }).await.unwrap();
        assert_eq!(hanging(&story.discord.message(number(posted.message.as_str()))).0.len(), 2);
    }
    story.discord.assert_clean();
}

#[tokio::test]
async fn more_than_a_message_can_carry_is_refused_before_anything_is_sent() {
    let story = Story::begin().await;
    let large = |size: usize| File::new("groot.csv", File::CSV, vec![b'x'; size], "groot");
    for files in [vec![large(1); File::MOST + 1], vec![large(File::ROOM), large(1)]] {
        let channel = channel_id(story.channel);
        let posted = story.chat.post(&channel, &with(card(), files), None, &PostKey("a".into())).await;
        assert!(matches!(posted, Err(ChatError::Refused { .. })), "{posted:?}");
    }
    assert!(story.discord.read(|world| world.calls_to("POST /channels/*/messages").is_empty()));
    // The most that is allowed does arrive, each under a name of its own.
    let most = vec![large(File::ROOM / File::MOST); File::MOST];
    let posted = story.post(&with(card(), most), "b").await;
    let shown = story.discord.message(number(posted.message.as_str()));
    let mut names = hanging(&shown).0;
    names.dedup();
    assert_eq!(names.len(), File::MOST);
    story.discord.assert_clean();
}

#[tokio::test]
async fn the_local_chat_names_each_file_with_what_it_shows() {
    let now = chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(now));
    let chat = LocalChat::new(clock);
    let (channel, picture) = ("local:spoc".into(), week("week-19.png", 3).await);
    let message = with(card(), vec![picture.clone()]);
    let posted = chat.post(&channel, &message, None, &PostKey("a".into())).await.unwrap();
    let size = picture.bytes.len().div_ceil(1_000);
    let line = format!("week-19.png ({size} kB): Week 19. Op wie wordt gewacht: De Kroon 3.");
    assert!(plain(&message).lines().any(|shown| shown == line), "{}", plain(&message));
    assert!(chat.message(&posted).unwrap().text.contains(&line));
    assert_eq!(chat.find(&channel, &message, now).await.unwrap(), Some(posted));
    assert_eq!(chat.find(&channel, &card(), now).await.unwrap(), None);
    let told = loket::adapters::local::terminal::posted(&chat.messages(&channel)[0], false);
    assert!(told.contains("📎 week-19.png"), "{told}");
}
