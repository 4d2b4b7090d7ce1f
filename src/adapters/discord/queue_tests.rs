//! The queue against a server that misbehaves.

use super::*;
use axum::Router;
use axum::http::{HeaderMap, Method as Verb, Uri};
use axum::response::{IntoResponse, Json};
use serde_json::json;

/// Status, headers and body of an answer.
type Told = (u16, Vec<(&'static str, &'static str)>, Value);
type Script = Arc<Mutex<VecDeque<Told>>>;

/// A server that answers what it is told, then 200, and a queue in front of it.
async fn against(script: Vec<Told>) -> (Arc<Rest>, Arc<Mutex<Vec<String>>>) {
    let script: Script = Arc::new(Mutex::new(script.into()));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap());
    let log = Arc::clone(&seen);
    let router = Router::new().fallback(move |verb: Verb, uri: Uri, headers: HeaderMap| {
        let (script, log) = (Arc::clone(&script), Arc::clone(&log));
        async move {
            assert_eq!(headers["authorization"], "Bot geheim-token");
            log.lock().unwrap().push(format!("{verb} {uri}"));
            let (status, told, body) =
                script.lock().unwrap().pop_front().unwrap_or((200, Vec::new(), json!({"id": "1"})));
            let mut headers = HeaderMap::new();
            for (name, value) in told {
                headers.insert(name, value.parse().unwrap());
            }
            (axum::http::StatusCode::from_u16(status).unwrap(), headers, Json(body)).into_response()
        }
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = client(Duration::from_secs(2), Duration::from_secs(5)).unwrap();
    (Arc::new(Rest::new(client, &base, SecretString::from("geheim-token"), Arc::default())), seen)
}

fn post(channel: u64) -> Call {
    Call::new(Method::POST, channel, "post", format!("/channels/{channel}/messages")).body(json!({"content": "x"}))
}

fn get(channel: u64) -> Call {
    Call::new(Method::GET, channel, "read", format!("/channels/{channel}/messages")).query("limit", 5).query("after", 7)
}

fn error(code: i64) -> Value {
    json!({"code": code, "message": "Nope", "errors": {"content": {"_errors": [{"code": "TOO_LONG", "message": "x"}]}}})
}

#[tokio::test]
async fn a_limit_is_waited_for_and_the_request_repeated() {
    let limit = |seconds: f64, global: bool| json!({"message": "slow", "retry_after": seconds, "global": global});
    let (rest, seen) = against(vec![(429, vec![("retry-after", "1")], limit(0.2, false))]).await;
    let before = Instant::now();
    assert_eq!(rest.call(post(1)).await, Ok(json!({"id": "1"})));
    assert!(before.elapsed() >= Duration::from_millis(200));
    assert_eq!(seen.lock().unwrap().len(), 2);
    assert_eq!(rest.counters.limited.load(Ordering::Relaxed), 1);
    // A long wait goes back to who asked, with the time; the channel stays closed that long without asking again.
    let (rest, seen) = against(vec![(429, vec![], limit(90.0, false))]).await;
    for _ in 0..3 {
        match rest.call(post(1)).await.unwrap_err().error {
            ChatError::Retry { after: Some(after), .. } => assert!(after > Duration::from_secs(80)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(seen.lock().unwrap().len(), 1);
    assert!(rest.call(post(2)).await.is_ok(), "another channel is open");
}

#[tokio::test]
async fn a_global_limit_holds_for_every_channel() {
    let global = json!({"message": "slow", "retry_after": 0.3, "global": true});
    let (rest, _) = against(vec![(429, vec![("x-ratelimit-global", "true")], global)]).await;
    let first = tokio::spawn({
        let rest = Arc::clone(&rest);
        async move { rest.call(post(1)).await }
    });
    while rest.counters.limited.load(Ordering::Relaxed) == 0 {
        tokio::task::yield_now().await;
    }
    let before = Instant::now();
    while held(&rest.pace).paused.is_none() {
        tokio::task::yield_now().await;
    }
    rest.call(post(2)).await.unwrap();
    assert!(before.elapsed() >= Duration::from_millis(200), "{:?}", before.elapsed());
    first.await.unwrap().unwrap();
    assert_eq!(rest.counters.limited.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn an_emptied_bucket_is_waited_for_before_it_is_hit() {
    let empty = vec![("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-after", "0.25")];
    let (rest, _) = against(vec![(200, empty, json!({}))]).await;
    rest.call(post(1)).await.unwrap();
    let before = Instant::now();
    rest.call(get(1)).await.unwrap();
    assert!(before.elapsed() < Duration::from_millis(200), "reading has a bucket of its own");
    rest.call(post(1)).await.unwrap();
    assert!(before.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn what_an_answer_means_depends_on_its_code() {
    type Judge = fn(&ChatError) -> bool;
    let retry: Judge = |error| matches!(error, ChatError::Retry { .. });
    let unknown: Judge = |error| matches!(error, ChatError::Unknown { .. });
    let missing: Judge = |error| matches!(error, ChatError::Missing { .. });
    let gone: Judge = |error| matches!(error, ChatError::Gone { .. });
    let refused: Judge = |error| matches!(error, ChatError::Refused { .. });
    for (status, body, call, expected) in [
        (403, error(50_001), post(1), gone),
        (403, error(50_013), post(1), gone),
        (404, error(10_003), post(1), gone),
        (404, error(10_008), get(1), missing),
        (403, error(50_007), post(1), gone),
        (400, error(50_083), post(1), gone),
        (400, error(50_035), post(1), refused),
        (403, error(40_333), post(1), refused),
        (400, error(30_046), post(1), retry),
        (403, json!("<html>wall</html>"), post(1), retry),
        (503, json!(null), get(1), retry),
        (503, json!(null), post(1), unknown),
        (500, error(0), post(1), unknown),
    ] {
        let (rest, _) = against(vec![(status, vec![], body)]).await;
        let failure = rest.call(call).await.unwrap_err();
        assert!(expected(&failure.error), "{status}: {failure:?}");
        assert!(!format!("{failure:?}").contains("geheim"), "{failure:?}");
    }
    let (rest, seen) = against(vec![(400, vec![], error(50_035))]).await;
    let failure = rest.call(get(3)).await.unwrap_err();
    assert_eq!(failure.error.to_string(), "refused: 400 (50035) Nope at content TOO_LONG");
    assert_eq!(*seen.lock().unwrap(), ["GET /api/v10/channels/3/messages?limit=5&after=7"]);
}

#[tokio::test]
async fn a_refused_token_stops_everything_but_a_refused_interaction_does_not() {
    let (rest, seen) = against(vec![(401, vec![], error(50_027)), (401, vec![], json!({"code": 0}))]).await;
    let hook = Call::new(Method::POST, 0, "answer", "/webhooks/1/geheim".into()).body(json!({}));
    assert!(matches!(rest.at_once(hook).await.unwrap_err().error, ChatError::Gone { .. }));
    assert!(!rest.is_stopped());
    assert!(matches!(rest.call(post(1)).await.unwrap_err().error, ChatError::Retry { .. }));
    assert!(rest.is_stopped());
    rest.unauthorised.notified().await;
    assert!(rest.call(post(1)).await.is_err());
    assert!(rest.at_once(post(1)).await.is_err());
    assert_eq!(seen.lock().unwrap().len(), 2, "nothing more was sent");
}

#[tokio::test]
async fn it_pauses_long_before_discord_shuts_the_address_out() {
    let (rest, seen) = against(vec![]).await;
    for _ in 0..INVALID - 1 {
        rest.count_invalid();
    }
    rest.call(post(1)).await.unwrap();
    rest.count_invalid();
    match rest.call(post(1)).await.unwrap_err().error {
        ChatError::Retry { after: Some(after), why } => {
            assert!(after <= WINDOW && after > WINDOW - Duration::from_secs(60));
            assert!(why.contains("paused"), "{why}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn all_channels_together_stay_below_discords_pace() {
    let (rest, _) = against(vec![]).await;
    let before = Instant::now();
    let mut all = Vec::new();
    for channel in 1..=40 {
        let rest = Arc::clone(&rest);
        all.push(tokio::spawn(async move { rest.call(post(channel)).await }));
    }
    for one in all {
        one.await.unwrap().unwrap();
    }
    assert!(before.elapsed() >= STEP * (40 - BURST - 1), "{:?}", before.elapsed());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_later_and_no_address_is_told() {
    let client = client(Duration::from_secs(2), Duration::from_secs(5)).unwrap();
    let rest = Rest::new(client, "http://127.0.0.1:9", SecretString::from("geheim-token"), Arc::default());
    let failure = rest.call(post(1)).await.unwrap_err();
    assert_eq!(failure.error, ChatError::Retry { after: None, why: "the connection failed".into() });
    let odd =
        Rest::new(super::client(STEP, STEP).unwrap(), "http://127.0.0.1:9", SecretString::from("a\nb"), Arc::default());
    assert!(matches!(odd.call(post(1)).await.unwrap_err().error, ChatError::Refused { .. }));
}

#[test]
fn lanes_that_nobody_needs_are_forgotten() {
    let rest =
        Rest::new(reqwest::Client::builder().build().unwrap(), "http://x", SecretString::from("t"), Arc::default());
    for id in 0..20_000 {
        drop(rest.lane(id));
    }
    assert!(held(&rest.lanes).len() <= 4_097);
}
