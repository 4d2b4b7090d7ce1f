//! Connections, sessions and events.

use super::*;

#[tokio::test]
async fn a_bot_connects_hears_a_message_and_answers() {
    let (discord, _, channel, anneke) = small().await;
    let mut bot = Bot::start(&discord).await;
    discord.online().await;
    let message = discord.says(anneke, channel, "De kraan lekt");
    let answer = discord.hears(channel, "echo: De kraan lekt").await;
    assert_eq!(answer.author, discord.bot());
    discord.edits(message, "De kraan lekt erg");
    assert_eq!(bot.saw("edit De").await, "edit De kraan lekt erg");
    discord.reacts(anneke, message, "✅");
    assert_eq!(bot.saw("reaction").await, "reaction ✅ Some(0)");
    discord.unreacts(anneke, message, "✅");
    assert_eq!(bot.saw("unreaction").await, "unreaction ✅");
    discord.deletes(message);
    assert_eq!(bot.saw("delete").await, format!("delete {message}"));
    assert_eq!(discord.read(|w| (w.gateway.identifies, w.gateway.resumes)), (1, 0));
    bot.shards.shutdown_all().await;
    discord.offline().await;
    assert_eq!(discord.read(|w| w.gateway.closed_by_client.clone()), [1000]);
    discord.assert_clean();
}

#[tokio::test]
async fn a_dropped_connection_is_resumed_and_nothing_is_missed() {
    let (discord, _, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    discord.says(anneke, channel, "een");
    discord.hears(channel, "echo: een").await;
    discord.drops();
    // Said while nobody is connected: the replay must bring it.
    discord.says(anneke, channel, "twee");
    discord.hears(channel, "echo: twee").await;
    discord.asks_to_reconnect();
    discord.wait_until("the second RESUME", |w| w.gateway.resumes == 2).await;
    discord.says(anneke, channel, "drie");
    discord.hears(channel, "echo: drie").await;
    assert_eq!(discord.read(|w| w.gateway.identifies), 1);
}

#[tokio::test]
async fn lost_events_are_only_found_over_rest() {
    let (discord, _, channel, anneke) = small().await;
    let mut bot = Bot::start(&discord).await;
    discord.online().await;
    discord.loses_events(true);
    let lost = discord.says(anneke, channel, "niet verteld");
    discord.loses_events(false);
    discord.says(anneke, channel, "wel verteld");
    // The first message told is the second said.
    assert_eq!(bot.saw("message").await, "message wel verteld");
    discord.hears(channel, "echo").await;
    let found =
        ChannelId::new(channel).messages(http(&discord), GetMessages::new().after(lost - 1).limit(1)).await.unwrap();
    assert_eq!(found[0].content, "niet verteld");
}

#[tokio::test]
async fn shuffled_events_come_often_or_never_and_the_same_for_a_seed() {
    let heard = async |seed: u64| {
        let (discord, _, channel, anneke) = small().await;
        let mut bot = Bot::start(&discord).await;
        discord.online().await;
        discord.shuffles(seed, 3);
        for number in 0..20 {
            discord.says(anneke, channel, &format!("bericht {number}"));
        }
        discord.calms();
        discord.says(anneke, channel, "einde");
        bot.saw("message einde").await;
        let log = discord.read(|w| w.gateway.sessions.values().next().unwrap().log.clone());
        let anneke_text = anneke.to_string();
        let sent: Vec<String> = log
            .iter()
            .filter(|f| f["t"] == "MESSAGE_CREATE" && f["d"]["author"]["id"] == anneke_text.as_str())
            .map(|f| f["d"]["content"].as_str().unwrap_or_default().to_owned())
            .collect();
        sent
    };
    let (first, again, other) = (heard(7).await, heard(7).await, heard(8).await);
    assert_eq!(first, again);
    assert_ne!(first, other);
    let count = |text: &str| first.iter().filter(|t| *t == text).count();
    let counts: Vec<usize> = (0..20).map(|n| count(&format!("bericht {n}"))).collect();
    assert!(counts.contains(&0) && counts.contains(&3), "{counts:?}");
}

#[tokio::test]
async fn wrong_tokens_and_intents_end_the_client() {
    let (discord, ..) = small().await;
    discord.portal_intents(0);
    let mut bot = Bot::start(&discord).await;
    let ended = (&mut bot.task).await.unwrap();
    assert!(matches!(ended, Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents))), "{ended:?}");
    discord.refuses_identify(4004);
    let mut bot = Bot::start_with(&discord, GatewayIntents::non_privileged()).await;
    let ended = (&mut bot.task).await.unwrap();
    assert!(matches!(ended, Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication))), "{ended:?}");
    let stranger = http_as(&discord, "wrong.token.here");
    assert_eq!(code(stranger.get_current_user().await), (401, 0));
    assert_eq!(discord.read(|w| w.limits.invalid), 1);
}

#[tokio::test]
async fn an_invalid_session_leads_to_a_new_identify_and_forgets_what_was_missed() {
    let (discord, _, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    discord.invalidates_sessions(false);
    discord.says(anneke, channel, "gemist");
    discord.wait_until("a second IDENTIFY", |w| w.gateway.identifies == 2 && w.gateway.online() == 1).await;
    discord.says(anneke, channel, "gehoord");
    discord.hears(channel, "echo: gehoord").await;
    assert_eq!(discord.own_messages(channel).len(), 1);
}

#[tokio::test]
async fn a_resumable_invalid_session_and_a_close_are_resumed_with_everything() {
    let (discord, _, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    discord.invalidates_sessions(true);
    discord.wait_until("the RESUME after op 9", |w| w.gateway.resumes == 1).await;
    discord.closes(4000);
    discord.says(anneke, channel, "intussen");
    discord.hears(channel, "echo: intussen").await;
    assert_eq!(discord.read(|w| (w.gateway.identifies, w.gateway.resumes)), (1, 2));
    assert_eq!(discord.own_messages(channel).len(), 1, "the replay brings each event once");
}

#[tokio::test]
async fn heartbeats_are_acknowledged_and_silence_leads_to_a_new_identify() {
    let (discord, _, channel, anneke) = small().await;
    discord.change(|w| w.gateway.heartbeat_interval = 100);
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    discord.wait_until("three heartbeats", |w| w.gateway.heartbeats >= 3).await;
    assert_eq!(discord.read(|w| w.gateway.identifies), 1, "acknowledged heartbeats keep the connection");
    discord.goes_silent(true);
    discord.says(anneke, channel, "in de stilte");
    // The new connection waits for its HELLO until the silence ends.
    discord.wait_until("the client to try anew", |w| w.gateway.attempts > 1).await;
    discord.goes_silent(false);
    discord.wait_until("a new session", |w| w.gateway.readies == 2).await;
    discord.says(anneke, channel, "weer daar");
    discord.hears(channel, "echo: weer daar").await;
}

#[tokio::test]
async fn a_discord_that_is_down_refuses_and_comes_back() {
    let (discord, _, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    discord.goes_down();
    assert_eq!(code(http(&discord).get_current_user().await).0, 503);
    discord.wait_until("a refused connection", |w| w.gateway.attempts > 1 && w.gateway.accepted == 1).await;
    discord.heals();
    discord.wait_until("the bot to be back", |w| w.gateway.online() == 1).await;
    discord.says(anneke, channel, "weer open");
    discord.hears(channel, "echo: weer open").await;
}

#[tokio::test]
async fn too_many_identifies_cost_the_token() {
    let (discord, ..) = small().await;
    discord.change(|w| w.gateway.identify_budget = 1);
    let _first = Bot::start(&discord).await;
    discord.online().await;
    assert_eq!(http(&discord).get_bot_gateway().await.unwrap().session_start_limit.remaining, 0);
    let mut second = Bot::start(&discord).await;
    let ended = (&mut second.task).await.unwrap();
    assert!(matches!(ended, Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication))), "{ended:?}");
}

#[tokio::test]
async fn two_clients_with_one_token_both_hear_everything() {
    let (discord, _, channel, anneke) = small().await;
    let (mut first, mut second) = (Bot::start(&discord).await, Bot::start(&discord).await);
    discord.wait_until("both", |w| w.gateway.online() == 2).await;
    discord.says(anneke, channel, "hallo");
    assert_eq!(first.saw("message").await, second.saw("message").await);
}

#[tokio::test]
async fn updates_without_text_and_notices_come_too() {
    let (discord, server, channel, anneke) = small().await;
    let mut bot = Bot::start(&discord).await;
    discord.online().await;
    let message = discord.says(anneke, channel, "zie https://example.org");
    discord.previews(message, "https://example.org");
    assert_eq!(bot.saw("edit").await, "edit ");
    assert_eq!(discord.message(message).edited, None);
    discord.notice(anneke, channel, 7);
    assert_eq!(bot.saw("notice").await, "notice ");
    let thread = discord.opens_thread(anneke, message, "een draad");
    assert_eq!(bot.saw("thread").await, "thread een draad");
    let piet = discord.person(server, "Piet");
    let hidden = discord.opens_private_thread(piet, channel, "besloten");
    discord.adds_to_thread(hidden, discord.bot());
    assert_eq!(bot.saw("thread").await, "thread besloten");
    discord.says(piet, hidden, "dit blijft hier");
    discord.hears(hidden, "echo: dit blijft hier").await;
    discord.says(anneke, thread, "en dit ook");
    discord.hears(thread, "echo: en dit ook").await;
    discord.webhook_says(channel, "Statusbord", "alles werkt");
    let robot = discord.other_bot(server, "Robot");
    discord.says(robot, channel, "piep");
    assert_eq!(bot.saw("message piep").await, "message piep");
    assert!(discord.own_messages(channel).iter().all(|m| !m.content.contains("werkt") && !m.content.contains("piep")));
    discord.assert_clean();
}

#[tokio::test]
async fn without_the_content_intent_texts_are_empty() {
    let (discord, _, channel, anneke) = small().await;
    discord.portal_intents(0);
    let mut bot = Bot::start_with(&discord, GatewayIntents::non_privileged()).await;
    discord.online().await;
    discord.says(anneke, channel, "geheim");
    assert_eq!(bot.saw("message").await, "message ");
    let mention = format!("<@{}> hallo", discord.bot());
    discord.says(anneke, channel, &mention);
    assert_eq!(bot.saw("message <@").await, format!("message {mention}"));
    discord.says_directly(anneke, "onder ons");
    assert_eq!(bot.saw("message onder").await, "message onder ons");
}
