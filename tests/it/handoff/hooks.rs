//! Signed events of providers, over real HTTP: each is a hint that makes the desk ask soon, and nothing that it says is believed.

use super::{TAP, asked};
use crate::world::{World, stage};
use chrono::Duration;
use loket::adapters::web::{Limits, bind, serve};
use loket::domain::provider::{News, Status, StatusWords};
use loket::domain::webhook::HookKey;
use loket::ports::{Clock as _, Heard, Hooks, Pages};
use loket::render::Words;
use std::collections::BTreeMap;
use std::sync::Arc;

const OLD: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEW: &str = "whsec_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const STRANGE: &str = "whsec_AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
const BODY: &str = r#"{"eventType":"TroubleTicketStatusChangeEvent","event":{"troubleTicket":{"status":"resolved"}}}"#;

/// A world in which a provider has an order and may send events.
struct Hall {
    world: World,
    heard: Heard,
    reference: String,
    address: String,
    server: Counter,
}

/// Closes with its story.
struct Counter(tokio::task::JoinHandle<()>);

impl Drop for Counter {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn key(text: &str) -> HookKey {
    HookKey::from_text(text).unwrap()
}

impl Hall {
    async fn open() -> Self {
        let world = World::with(|register| {
            let words = StatusWords(BTreeMap::from([("resolved".to_owned(), Status::Resolved)]));
            register.providers.values_mut().for_each(|provider| provider.statuses = words.clone());
        })
        .await;
        let heard = asked(&world, "alice", TAP).await;
        let reference = world.provider.orders()[0].reference.clone();
        world.asks_around().await;
        let mut hall =
            Self { world, heard, reference, address: String::new(), server: Counter(tokio::spawn(async {})) };
        hall.serves().await;
        hall
    }

    /// The counter opens over the desk as it is now.
    async fn serves(&mut self) {
        let keys = BTreeMap::from([("facilitair".into(), vec![key(OLD), key(NEW)])]);
        self.world.desk.replace_house(self.world.house().with_hooks(keys));
        let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        self.address = format!("http://{}", listener.local_addr().unwrap());
        let (pages, hooks) =
            (Arc::clone(&self.world.desk) as Arc<dyn Pages>, Arc::clone(&self.world.desk) as Arc<dyn Hooks>);
        self.server = Counter(tokio::spawn(serve(listener, pages, hooks, Arc::new(Words::new()), Limits::default())));
    }

    fn says(&self, number: &str) {
        let (at, reference) = (self.world.clock.now(), Some(self.reference.clone()));
        let news = News { key: number.into(), at, reference, number: Some("TT-1".into()), ..News::default() };
        self.world.provider.says(News { status: Some("resolved".into()), ..news });
    }

    /// An event as it is signed now; gives the status.
    async fn knocks(&self, id: &str, secret: &str) -> u16 {
        self.sends("facilitair", id, 0, &key_signs(secret), BODY.as_bytes().to_vec()).await
    }

    /// An event at so many seconds from now, with signatures that are made of identity and moment.
    async fn sends(
        &self,
        code: &str,
        id: &str,
        seconds: i64,
        sign: &dyn Fn(&str, &str) -> String,
        body: Vec<u8>,
    ) -> u16 {
        let at = (self.world.clock.now() + Duration::seconds(seconds)).timestamp().to_string();
        let request = client()
            .post(format!("{}/hooks/{code}", self.address))
            .header("webhook-id", id)
            .header("webhook-timestamp", &at)
            .header("webhook-signature", sign(id, &at))
            .body(body);
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        assert_eq!(answer.text().await.unwrap(), "", "nobody is told more than a status");
        status
    }

    /// Whether the desk asks because of a hint now, and what follows happens.
    async fn follows(&self) -> Option<loket::domain::Instant> {
        let next = self.world.desk.follow_hints().await.unwrap();
        self.world.drain().await;
        next
    }

    async fn stage(&self) -> String {
        stage(&self.world.request().await).to_owned()
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build().unwrap()
}

fn key_signs(secret: &str) -> impl Fn(&str, &str) -> String {
    let key = key(secret);
    move |id, at| key.sign(id, at, BODY.as_bytes())
}

#[tokio::test]
async fn a_signed_event_moves_the_request_within_one_reading() {
    let hall = Hall::open().await;
    hall.says("1");
    hall.follows().await;
    assert_eq!(hall.stage().await, "handed-over", "nobody asks without a hint");
    assert_eq!(hall.knocks("msg_1", OLD).await, 204);
    hall.follows().await;
    assert_eq!(hall.stage().await, "resolved");
    assert!(hall.world.thread_text(&hall.heard).contains("Brink Facilitair"));
    hall.world.ends().await;
}

#[tokio::test]
async fn what_an_event_says_is_not_believed() {
    let hall = Hall::open().await;
    // It says that the ticket is resolved; the provider's system, asked, says nothing.
    assert_eq!(hall.knocks("msg_1", OLD).await, 204);
    hall.follows().await;
    assert_eq!(hall.stage().await, "handed-over");
    hall.world.ends().await;
}

#[tokio::test]
async fn forged_and_stale_events_do_nothing_and_an_unknown_address_is_none() {
    let hall = Hall::open().await;
    hall.says("1");
    let good = key_signs(OLD);
    let body = || BODY.as_bytes().to_vec();
    assert_eq!(hall.knocks("msg_1", STRANGE).await, 401);
    assert_eq!(hall.sends("facilitair", "msg_2", 0, &|_, _| String::new(), body()).await, 401);
    assert_eq!(hall.sends("facilitair", "msg_3", 0, &good, b"{}".to_vec()).await, 401, "another body");
    assert_eq!(hall.sends("facilitair", "msg_4", -301, &good, body()).await, 400);
    assert_eq!(hall.sends("facilitair", "msg_5", 301, &good, body()).await, 400);
    assert_eq!(hall.sends("ict", "msg_6", 0, &good, body()).await, 404, "it sends none");
    assert_eq!(hall.sends("nobody", "msg_7", 0, &good, body()).await, 404);
    assert_eq!(hall.sends("facilitair", "msg_8", 0, &good, vec![b' '; 65 * 1024]).await, 413);
    let read = client().get(format!("{}/hooks/facilitair", hall.address)).send().await.unwrap();
    assert_eq!((read.status().as_u16(), read.headers()["allow"].to_str().unwrap()), (405, "POST"));
    hall.follows().await;
    assert_eq!(hall.stage().await, "handed-over", "none of them was a hint");
    hall.world.ends().await;
}

#[tokio::test]
async fn while_keys_change_either_is_good() {
    let hall = Hall::open().await;
    assert_eq!(hall.knocks("msg_1", OLD).await, 204);
    assert_eq!(hall.knocks("msg_2", NEW).await, 204);
    let both = |id: &str, at: &str| format!("v1,AAAA {} {}", key_signs(STRANGE)(id, at), key_signs(NEW)(id, at));
    assert_eq!(hall.sends("facilitair", "msg_3", 0, &both, BODY.as_bytes().to_vec()).await, 204);
    hall.follows().await;
    hall.world.ends().await;
}

#[tokio::test]
async fn a_replayed_event_is_answered_and_does_nothing_also_after_a_restart() {
    let mut hall = Hall::open().await;
    assert_eq!(hall.knocks("msg_1", OLD).await, 204);
    hall.follows().await;
    hall.says("1");
    assert_eq!(hall.knocks("msg_1", OLD).await, 204);
    hall.follows().await;
    assert_eq!(hall.stage().await, "handed-over");
    hall.world.restarts().await;
    hall.serves().await;
    assert_eq!(hall.knocks("msg_1", OLD).await, 204);
    hall.follows().await;
    assert_eq!(hall.stage().await, "handed-over", "it is remembered for longer than it is fresh");
    assert_eq!(hall.knocks("msg_2", OLD).await, 204);
    hall.follows().await;
    assert_eq!(hall.stage().await, "resolved");
    hall.world.ends().await;
}

#[tokio::test]
async fn a_flood_of_hints_is_one_reading_and_the_next_keeps_the_pace() {
    let mut hall = Hall::open().await;
    hall.world.reconfigures(|register| register.providers.values_mut().for_each(|provider| provider.pace = 2));
    hall.serves().await;
    for number in 0..30 {
        assert_eq!(hall.knocks(&format!("msg_{number}"), OLD).await, 204);
    }
    assert_eq!(hall.follows().await, None, "all of them were one hint");
    hall.says("1");
    assert_eq!(hall.knocks("msg_late", OLD).await, 204);
    let next = hall.follows().await;
    assert_eq!(next, Some(hall.world.clock.now() + Duration::seconds(30)), "two a minute");
    assert_eq!(hall.stage().await, "handed-over");
    hall.world.advance(Duration::seconds(30)).await;
    assert_eq!(hall.follows().await, None);
    assert_eq!(hall.stage().await, "resolved");
    hall.world.ends().await;
}
