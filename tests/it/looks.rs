//! What is looked up over a long time keeps nobody waiting.

use crate::world::{World, account};
use async_trait::async_trait;
use loket::adapters::picture::Pictures;
use loket::desk::house::Workshop;
use loket::ports::{Bind, CommandCall, Heard, Input, Inputs, PaperError};
use loket::render::table::Book;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};

/// Whoever binds waits until he may.
#[derive(Default)]
struct Held {
    begun: Notify,
    may: Notify,
}

#[async_trait]
impl Bind for Held {
    async fn xlsx(&self, _: Book) -> Result<Vec<u8>, PaperError> {
        self.begun.notify_one();
        self.may.notified().await;
        Ok(b"PK".to_vec())
    }
}

struct Line(mpsc::Receiver<Input>);

#[async_trait]
impl Inputs for Line {
    async fn next(&mut self) -> Option<Input> {
        self.0.recv().await
    }
}

fn export(world: &World) -> CommandCall {
    CommandCall {
        name: "export".into(),
        options: vec![],
        by: account("sanne"),
        by_name: "sanne".into(),
        channel: "local:spoc".into(),
        server: None,
        token: world.chat.interaction(),
        locale: Some("nl".into()),
    }
}

#[tokio::test]
async fn a_colleague_has_a_card_while_an_export_is_still_being_made() {
    let world = World::open().await;
    world.says("dirk", "facilitair", "de lamp bij de receptie is stuk").await;
    let held = Arc::new(Held::default());
    let workshop = Workshop { draw: Arc::new(Pictures::new()), bind: Arc::clone(&held) as Arc<dyn Bind> };
    world.desk.replace_house(world.house().with_workshop(Some(workshop)));
    let (send, line) = mpsc::channel(8);
    let running = tokio::spawn(Arc::clone(&world.desk).run(Line(line)));
    let wait = |what: &'static str| move |_| panic!("{what}");

    let call = export(&world);
    send.send(Input::Command(call.clone())).await.unwrap();
    tokio::time::timeout(Duration::from_secs(60), held.begun.notified()).await.unwrap_or_else(wait("no export"));
    let heard: Heard = world.chat.says(&account("alice"), &"local:facilitair".into(), "de kraan in de pantry lekt");
    send.send(Input::Heard(heard.clone())).await.unwrap();
    let card = async {
        while world.chat.thread_of(&heard.at).is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), card).await.unwrap_or_else(wait("she waited for the export"));
    assert!(world.chat.answers(&call.token.id).is_empty(), "it is still being made");

    held.may.notify_one();
    drop(send);
    running.await.unwrap().unwrap();
    let answers = world.chat.answers(&call.token.id);
    assert_eq!(
        *answers[0].message.files[0].bytes, *b"PK",
        "what was asked for comes, also when nothing else does any more"
    );
}

#[tokio::test]
async fn the_week_of_one_provider_holds_what_it_fulfils_and_nothing_else() {
    let world = World::open().await;
    for (channel, text) in [("facilitair", "de kraan in de pantry lekt"), ("ict", "de wifi doet het niet op de tweede")]
    {
        let heard = world.says("alice", channel, text).await;
        world.advance(chrono::Duration::minutes(11)).await;
        assert!(world.chat.thread_of(&heard.at).is_some(), "{text}");
    }
    let bill = [("what", "voorrijkosten"), ("amount", "45 euro ex btw"), ("number", "F9"), ("provider", "ict")];
    world.commands("sanne", "invoice", &bill).await;
    let week = async |options: &[(&str, &str)]| world.commands("sanne", "digest", options).await;
    let (both, facility, ict) =
        (week(&[]).await, week(&[("provider", "facilitair")]).await, week(&[("provider", "ict")]).await);
    assert!(both.contains("2 nieuwe verzoeken") && both.contains("Mandaten"), "{both}");
    assert!(facility.contains("Brink Facilitair: maandag") && facility.contains("1 nieuw verzoek"), "{facility}");
    assert!(!facility.contains("Kade ICT") && !facility.contains("F9"), "{facility}");
    assert!(ict.contains("Kade ICT") && ict.contains("(F9)"), "{ict}");
    assert!(!ict.contains("Mandaten"), "the organisation's own concern: {ict}");
    assert!(!world.commands("alice", "digest", &[("provider", "ict")]).await.contains("Kade"), "SPOCs alone");
    assert!(
        week(&[("provider", "niemand")]).await.contains("Om wie gaat het? Kies Brink Facilitair of Kade ICT"),
        "an unknown one is asked about"
    );
    world.ends_with_leftovers().await;
}
