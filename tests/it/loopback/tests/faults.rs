//! Limits, faults, kills and waiting.

use super::*;

#[tokio::test]
async fn an_answer_that_never_came_back_is_not_sent_twice() {
    let (discord, _, channel, _) = small().await;
    let http = http(&discord);
    discord.fails("POST /channels/*/messages", 1, Fault::CutAfter);
    let struck = Arc::new(std::sync::Mutex::new(0));
    let seen = struck.clone();
    let looking = discord.clone();
    discord.on_call("POST /channels/*/messages", 1, move |_| *seen.lock().unwrap() = looking.messages(channel).len());
    let send = || {
        let message = words("een").nonce(Nonce::String("abc-2".into())).enforce_nonce(true);
        ChannelId::new(channel).send_message(&http, message)
    };
    assert!(matches!(send().await, Err(serenity::Error::Http(HttpError::Request(_)))));
    assert_eq!(*struck.lock().unwrap(), 1, "the hook runs after the message exists and before the answer");
    send().await.unwrap();
    assert_eq!(discord.messages(channel).len(), 1);
}

/// Not a test of its own: the process that the next test kills. It posts once, and is done when it got its answer.
#[tokio::test]
#[ignore = "only as the child of another test"]
#[allow(clippy::disallowed_methods)]
async fn child_that_posts_once() {
    let Ok(order) = std::env::var("LOOPBACK_CHILD") else { return };
    let [base, token, channel, nonce] = order.split(' ').collect::<Vec<_>>()[..] else { panic!("{order}") };
    let http = HttpBuilder::new(token).proxy(base).ratelimiter_disabled(true).build();
    let message = words("besteld");
    let message = match nonce {
        "-" => message,
        nonce => message.nonce(Nonce::String(nonce.into())).enforce_nonce(true),
    };
    ChannelId::new(channel.parse().unwrap()).send_message(http, message).await.unwrap();
}

#[tokio::test]
async fn a_process_killed_between_effect_and_answer_shows_who_posts_twice() {
    let (discord, _, channel, _) = small().await;
    for (nonce, expected) in [("-", 2), ("n-1", 1)] {
        let before = discord.messages(channel).len();
        let spawn = || {
            let order = format!("{} {} {channel} {nonce}", discord.base(), discord.token());
            let mut child = std::process::Command::new(std::env::current_exe().unwrap());
            let child = child.args(["--exact", "--ignored", "loopback::tests::faults::child_that_posts_once"]);
            child.env("LOOPBACK_CHILD", order).stdout(std::process::Stdio::null()).spawn().unwrap()
        };
        let victim = Arc::new(std::sync::Mutex::new(spawn()));
        let (aimed, struck) = (victim.clone(), discord.clone());
        let (to, killed) = tokio::sync::oneshot::channel();
        discord.on_call("POST /channels/*/messages", 1, move |_| {
            let mut child = aimed.lock().unwrap();
            child.kill().unwrap();
            child.wait().unwrap();
            to.send(struck.messages(channel).len()).unwrap();
        });
        assert_eq!(killed.await.unwrap(), before + 1, "it was posted before the process died");
        let mut again = spawn();
        assert!(tokio::task::spawn_blocking(move || again.wait().unwrap()).await.unwrap().success());
        assert_eq!(discord.messages(channel).len(), before + expected, "nonce {nonce}");
    }
}

#[tokio::test]
async fn files_can_be_missing_slow_endless_or_elsewhere() {
    let (discord, _, channel, anneke) = small().await;
    let upload = super::super::verbs::Upload { name: "foto.png", content_type: "image/png", bytes: b"png" };
    let message = discord.says_with(anneke, channel, "kijk", &[upload]);
    let url = format!("{}{}", discord.base(), discord.message(message).attachments[0].path);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    discord.fails("GET /attachments/**", 1, Fault::Status(404));
    assert_eq!(client.get(&url).send().await.unwrap().status(), 404);
    discord.fails("GET /attachments/**", 1, Fault::Redirect("http://169.254.169.254/".into()));
    assert_eq!(client.get(&url).send().await.unwrap().status(), 302);
    discord.fails("GET /attachments/**", 1, Fault::Endless);
    let mut endless = client.get(&url).send().await.unwrap();
    let mut taken = 0;
    while taken < 1_000_000 {
        taken += endless.chunk().await.unwrap().expect("there is always more").len();
    }
    drop(endless);
    discord.fails("GET /attachments/**", 1, Fault::Cut);
    assert!(client.get(&url).send().await.is_err());
    assert_eq!(client.get(&url).send().await.unwrap().bytes().await.unwrap(), "png");
}

#[tokio::test]
async fn limits_answer_429_with_the_time_to_wait() {
    let (discord, _, channel, _) = small().await;
    // So slow that the test ends before any window does.
    discord.limit_scale(1000.0);
    let client = reqwest::Client::builder().build().unwrap();
    let send = |channel: Id| {
        let url = format!("{}/api/v10/channels/{channel}/messages", discord.base());
        let body = json!({"content": "a", "allowed_mentions": {"parse": []}}).to_string();
        let request = client.post(url).header("authorization", format!("Bot {}", discord.token()));
        request.header("content-type", "application/json").body(body).send()
    };
    for left in (0..5).rev() {
        let answer = send(channel).await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["x-ratelimit-remaining"], left.to_string().as_str());
    }
    let refused = send(channel).await.unwrap();
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    let body: serde_json::Value = serde_json::from_slice(&refused.bytes().await.unwrap()).unwrap();
    assert_eq!(body["global"], false);
    assert_eq!(discord.messages(channel).len(), 5);
    // Another channel has its own bucket.
    let server = discord.read(|w| w.channel(channel).server.unwrap());
    assert_eq!(send(discord.channel(server, "ander")).await.unwrap().status(), 200);
    assert_eq!(discord.read(|w| (w.limits.too_many, w.limits.invalid)), (1, 1));
}

#[tokio::test]
async fn the_global_limit_counts_all_channels_together() {
    let (discord, server, channel, _) = small().await;
    discord.limit_scale(1000.0);
    discord.change(|w| w.limits.global = 2);
    let http = http(&discord);
    let other = discord.channel(server, "ander");
    ChannelId::new(channel).send_message(&http, words("een")).await.unwrap();
    ChannelId::new(other).send_message(&http, words("twee")).await.unwrap();
    assert_eq!(code(ChannelId::new(other).send_message(&http, words("drie")).await).0, 429);
    assert_eq!(discord.messages(other).len(), 1);
}

#[tokio::test]
async fn faults_strike_where_they_are_aimed() {
    let (discord, _, channel, _) = small().await;
    let http = http(&discord);
    let place = ChannelId::new(channel);
    discord.fails("POST /channels/*/messages", 1, Fault::Status(502));
    discord.fails("POST /channels/*/messages", 1, Fault::Refuse(400, 30046));
    assert_eq!(code(place.send_message(&http, words("een")).await).0, 502);
    assert_eq!(code(place.send_message(&http, words("een")).await), (400, 30046));
    discord.fails("POST /channels/*/messages", 1, Fault::HangAfter);
    let patient = tokio::time::timeout(Duration::from_millis(50), place.send_message(&http, words("twee")));
    assert!(patient.await.is_err());
    assert_eq!(discord.messages(channel).len(), 1, "it was posted, though nobody was told");
    discord.slow("**", Duration::from_millis(20));
    let both = tokio::join!(place.send_message(&http, words("drie")), place.send_message(&http, words("vier")));
    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(discord.most_in_flight(channel), 2);
}

#[tokio::test]
async fn a_hook_before_a_call_sees_the_world_as_it_was() {
    let (discord, _, channel, _) = small().await;
    let (to, mut from) = tokio::sync::mpsc::unbounded_channel();
    for (nth, to) in [(1, to.clone()), (2, to)] {
        let world = discord.clone();
        discord.before_call("POST /channels/*/messages", nth, move |call| {
            to.send((call.number, world.messages(channel).len())).unwrap();
        });
    }
    for text in ["een", "twee", "drie"] {
        ChannelId::new(channel).send_message(http(&discord), words(text)).await.unwrap();
    }
    assert_eq!((from.recv().await, from.recv().await, from.recv().await), (Some((1, 0)), Some((2, 1)), None));
}

#[tokio::test]
async fn waiting_in_vain_tells_what_did_happen() {
    let (discord, _, channel, anneke) = small().await;
    discord.says(anneke, channel, "hallo?");
    discord.set_patience(Duration::from_millis(1));
    let waiting = discord.clone();
    let vain = tokio::spawn(async move { waiting.hears(channel, "antwoord").await }).await.unwrap_err();
    let told = *vain.into_panic().downcast::<String>().unwrap();
    assert!(told.contains("\"antwoord\"") && told.contains("hallo?"), "{told}");
}
