//! The fake's own tests, with the real client: what it tells, what it refuses, how it breaks.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, ButtonStyle, ChannelId, Client, Command, CommandOptionType, CommandType,
    Context, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateAutocompleteResponse, CreateButton,
    CreateCommand, CreateCommandOption, CreateEmbed, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage, CreateModal, CreateThread,
    EditInteractionResponse, EditMessage, EventHandler, GatewayError, GatewayIntents, GetMessages, GuildId, Http,
    HttpBuilder, HttpError, InputTextStyle, Interaction, Message, MessageId, Nonce, Reaction, ReactionType, UserId,
};
use tokio::task::JoinHandle;

use super::{Discord, Fault, Id, World, permission};

/// A small bot: repeats what is said, answers ✅ and what is pressed, typed or sent.
struct Echo {
    seen: tokio::sync::mpsc::UnboundedSender<String>,
}

fn quiet() -> CreateAllowedMentions {
    CreateAllowedMentions::new()
}

fn words(text: &str) -> CreateMessage {
    CreateMessage::new().content(text).allowed_mentions(quiet())
}

fn shown(text: &str) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(text).allowed_mentions(quiet())
}

#[serenity::async_trait]
impl EventHandler for Echo {
    async fn message(&self, context: Context, message: Message) {
        let regular = message.kind == serenity::all::MessageType::Regular;
        let _ = self.seen.send(format!("{} {}", if regular { "message" } else { "notice" }, message.content));
        if message.author.bot || !regular {
            return;
        }
        let answer = words(&format!("echo: {}", message.content));
        let _ = message.channel_id.send_message(&context.http, answer).await;
    }

    async fn message_update(
        &self,
        _: Context,
        _: Option<Message>,
        _: Option<Message>,
        event: serenity::all::MessageUpdateEvent,
    ) {
        let _ = self.seen.send(format!("edit {}", event.content.unwrap_or_default()));
    }

    async fn message_delete(&self, _: Context, _: ChannelId, message: MessageId, _: Option<GuildId>) {
        let _ = self.seen.send(format!("delete {message}"));
    }

    async fn reaction_add(&self, _: Context, reaction: Reaction) {
        let member = reaction.member.as_ref().map(|m| m.roles.len());
        let _ = self.seen.send(format!("reaction {} {member:?}", reaction.emoji));
    }

    async fn reaction_remove(&self, _: Context, reaction: Reaction) {
        let _ = self.seen.send(format!("unreaction {}", reaction.emoji));
    }

    async fn thread_create(&self, _: Context, thread: serenity::all::GuildChannel) {
        let _ = self.seen.send(format!("thread {}", thread.name));
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let http = &context.http;
        match interaction {
            Interaction::Command(command) if command.data.name == "later" => {
                command.defer_ephemeral(http).await.unwrap();
                let edit = EditInteractionResponse::new().content("klaar").allowed_mentions(quiet());
                command.edit_response(http, edit).await.unwrap();
                let more = CreateInteractionResponseFollowup::new().content("en nog iets").allowed_mentions(quiet());
                command.create_followup(http, more).await.unwrap();
            }
            Interaction::Command(command) => {
                let target = command.data.resolved.messages.values().next().map(|m| m.content.clone());
                let option = command.data.options.first().and_then(|o| o.value.as_str().map(str::to_owned));
                let text = target.or(option).unwrap_or_else(|| command.locale.clone());
                command.create_response(http, CreateInteractionResponse::Message(shown(&text))).await.unwrap();
            }
            Interaction::Autocomplete(typing) => {
                let part = typing.data.autocomplete().map(|o| o.value.to_owned()).unwrap_or_default();
                let choices = vec![AutocompleteChoice::new(format!("{part}…"), format!("{part}-1"))];
                let answer = CreateAutocompleteResponse::new().set_choices(choices);
                typing.create_response(http, CreateInteractionResponse::Autocomplete(answer)).await.unwrap();
            }
            Interaction::Component(pressed) if pressed.data.custom_id == "form" => {
                let input = CreateInputText::new(InputTextStyle::Short, "Reden", "why");
                let form = CreateModal::new("sent", "Waarom").components(vec![CreateActionRow::InputText(input)]);
                pressed.create_response(http, CreateInteractionResponse::Modal(form)).await.unwrap();
            }
            Interaction::Component(pressed) => {
                let answer = CreateInteractionResponse::UpdateMessage(shown("gedaan").components(vec![]));
                pressed.create_response(http, answer).await.unwrap();
            }
            Interaction::Modal(sent) => {
                let ActionRowComponent::InputText(input) = &sent.data.components[0].components[0] else { return };
                let text = input.value.clone().unwrap_or_default();
                sent.create_response(http, CreateInteractionResponse::Message(shown(&text).ephemeral(true)))
                    .await
                    .unwrap();
            }
            _ => {}
        }
    }
}

/// The bot, running.
struct Bot {
    seen: tokio::sync::mpsc::UnboundedReceiver<String>,
    task: JoinHandle<Result<(), serenity::Error>>,
    shards: Arc<serenity::all::ShardManager>,
}

impl Bot {
    async fn start(discord: &Discord) -> Self {
        Self::start_with(discord, GatewayIntents::all()).await
    }

    async fn start_with(discord: &Discord, intents: GatewayIntents) -> Self {
        let (to, seen) = tokio::sync::mpsc::unbounded_channel();
        let builder = serenity::client::ClientBuilder::new_with_http(http_as(discord, &discord.token()), intents);
        let mut client: Client = builder.event_handler(Echo { seen: to }).await.unwrap();
        *client.ws_url.lock().await = discord.gateway_url();
        let shards = client.shard_manager.clone();
        Self { seen, task: tokio::spawn(async move { client.start().await }), shards }
    }

    /// The next thing it saw that begins so.
    async fn saw(&mut self, begin: &str) -> String {
        let search = async {
            loop {
                let text = self.seen.recv().await.expect("the bot runs");
                if text.starts_with(begin) {
                    return text;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), search)
            .await
            .unwrap_or_else(|_| panic!("the bot never saw {begin:?}"))
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn http_as(discord: &Discord, token: &str) -> Http {
    let http = HttpBuilder::new(token).proxy(discord.base()).ratelimiter_disabled(true).build();
    http.set_application_id(discord.read(|world| world.application).into());
    http
}

fn http(discord: &Discord) -> Http {
    http_as(discord, &discord.token())
}

/// A world with one channel and one person.
async fn small() -> (Discord, Id, Id, Id) {
    let discord = Discord::start().await;
    let server = discord.server("Rietveld", "nl");
    let channel = discord.channel(server, "facilitair");
    let anneke = discord.person(server, "Anneke");
    (discord, server, channel, anneke)
}

fn code(outcome: Result<impl Sized, serenity::Error>) -> (u16, isize) {
    match outcome {
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(refused))) => {
            (refused.status_code.as_u16(), refused.error.code)
        }
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("this should have been refused"),
    }
}

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
async fn mentions_ping_only_whom_the_bot_names() {
    let (discord, server, channel, anneke) = small().await;
    let piet = discord.person(server, "Piet");
    let text = format!("<@{anneke}> en <@{piet}>, graag kijken");
    let message = CreateMessage::new().content(text).allowed_mentions(quiet().users([UserId::new(piet)]));
    let sent = ChannelId::new(channel).send_message(http(&discord), message).await.unwrap();
    assert_eq!(discord.message(sent.id.get()).pings, [piet]);
    discord.assert_clean();
}

#[tokio::test]
async fn a_bot_that_is_thrown_out_loses_access_and_gets_it_back() {
    let (discord, server, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    let bot = discord.bot();
    discord.removes_member(server, bot);
    let http = http(&discord);
    assert_eq!(code(ChannelId::new(channel).send_message(&http, words("?")).await), (403, 50001));
    assert_eq!(code(http.get_guild(GuildId::new(server)).await), (403, 50001));
    assert_eq!(discord.read(|w| w.limits.invalid), 2);
    discord.invites_bot(server);
    discord.says(anneke, channel, "welkom terug");
    discord.hears(channel, "echo: welkom terug").await;
    discord.deletes_channel(channel);
    assert_eq!(code(ChannelId::new(channel).send_message(&http, words("?")).await), (404, 10003));
}

#[tokio::test]
async fn the_same_nonce_twice_is_one_message() {
    let (discord, _, channel, _) = small().await;
    let http = http(&discord);
    let send = |text: &'static str| {
        let message = words(text).nonce(Nonce::String("abc-1".into())).enforce_nonce(true);
        ChannelId::new(channel).send_message(&http, message)
    };
    let (first, second) = (send("een").await.unwrap(), send("een").await.unwrap());
    assert_eq!(first.id, second.id);
    assert_eq!(discord.messages(channel).len(), 1);
    // After "a few minutes" Discord has forgotten it.
    discord.advance(Duration::from_secs(600));
    assert_ne!(send("een").await.unwrap().id, first.id);
    assert_eq!(discord.messages(channel).len(), 2);
}

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
            let child = child.args(["--exact", "--ignored", "loopback::tests::child_that_posts_once"]);
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
async fn messages_threads_reactions_and_files_over_rest() {
    let (discord, server, channel, anneke) = small().await;
    let http = http(&discord);
    let place = ChannelId::new(channel);
    let said = discord.says(anneke, channel, "Graag tien stoelen");
    let upload = super::verbs::Upload { name: "foto.png", content_type: "image/png", bytes: b"png" };
    let photo = discord.says_with(anneke, channel, "", &[upload]);

    let found = place.message(&http, photo).await.unwrap();
    let bytes = reqwest::get(&found.attachments[0].url).await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], b"png");

    let button = CreateButton::new("ok:1").label("Klopt").style(ButtonStyle::Success);
    let embed = CreateEmbed::new().title("Stoelen").field("Aantal", "10", true);
    let file = CreateAttachment::bytes(b"a;b".to_vec(), "lijst.csv").description("de lijst");
    let card = words("").embed(embed).components(vec![CreateActionRow::Buttons(vec![button])]).add_file(file);
    let card = place.send_message(&http, card.reference_message((place, MessageId::new(said)))).await.unwrap();
    assert_eq!(card.attachments[0].description.as_deref(), Some("de lijst"));
    let card_id = card.id.get();
    assert_eq!(discord.message(card_id).reply_to, Some(said));
    assert_eq!(discord.message(card_id).buttons(), ["Klopt"]);
    assert_eq!(discord.message(card_id).text(), "Stoelen\nAantal: 10");

    place.edit_message(&http, card_id, EditMessage::new().content("nu wel").allowed_mentions(quiet())).await.unwrap();
    assert_eq!(discord.message(card_id).content, "nu wel");
    assert!(discord.message(card_id).edited.is_some());

    let thread = place.create_thread_from_message(&http, said, CreateThread::new("2026-0001 stoelen")).await.unwrap();
    assert_eq!(discord.thread_of(said), Some(thread.id.get()));
    let again = place.create_thread_from_message(&http, said, CreateThread::new("nog eens")).await;
    assert_eq!(code(again), (400, 160_004));
    let hidden = CreateThread::new("vertrouwelijk").kind(serenity::all::ChannelType::PrivateThread);
    let hidden = place.create_thread(&http, hidden).await.unwrap();
    hidden.id.add_thread_member(&http, UserId::new(anneke)).await.unwrap();
    discord.says(anneke, hidden.id.get(), "tussen ons");
    let active = GuildId::new(server).get_active_threads(&http).await.unwrap();
    assert_eq!(active.threads.len(), 2);
    discord.archives(hidden.id.get());
    let archived = place.get_archived_private_threads(&http, None, None).await.unwrap();
    assert_eq!(archived.threads[0].name, "vertrouwelijk");

    let tick = ReactionType::Unicode("✅".into());
    http.create_reaction(place, card.id, &tick).await.unwrap();
    discord.reacts(anneke, card_id, "✅");
    let users = http.get_reaction_users(place, card.id, &tick, 100, None).await.unwrap();
    assert_eq!(users.len(), 2);
    let next = http.get_reaction_users(place, card.id, &tick, 1, Some(users[0].id.get())).await.unwrap();
    assert_eq!(next[0].id, users[1].id);
    http.delete_reaction_me(place, card.id, &tick).await.unwrap();
    assert_eq!(discord.reactors(card_id, "✅"), [anneke]);

    let direct = UserId::new(anneke).create_dm_channel(&http).await.unwrap();
    direct.send_message(&http, words("alleen voor jou")).await.unwrap();
    assert_eq!(discord.messages(discord.direct_of(anneke).unwrap())[0].content, "alleen voor jou");
    discord.closes_dm(anneke, true);
    assert_eq!(code(direct.send_message(&http, words("nog iets")).await), (403, 50007));

    let guild = http.get_guild(GuildId::new(server)).await.unwrap();
    assert_eq!(guild.preferred_locale, "nl");
    assert_eq!(http.get_channels(guild.id).await.unwrap().len(), 1);
    assert_eq!(http.get_guild_roles(guild.id).await.unwrap().len(), 2);
    assert_eq!(http.get_member(guild.id, UserId::new(anneke)).await.unwrap().user.id.get(), anneke);
    assert_eq!(http.get_current_application_info().await.unwrap().name, "Loket");
    assert!(http.get_bot_gateway().await.unwrap().session_start_limit.remaining > 0);
    discord.removes_member(server, anneke);
    assert_eq!(code(http.get_member(guild.id, UserId::new(anneke)).await), (404, 10007));

    place.delete_message(&http, card_id).await.unwrap();
    assert_eq!(code(place.message(&http, card_id).await), (404, 10008));
    discord.revokes_permission(channel, permission::SEND_MESSAGES);
    assert_eq!(code(place.send_message(&http, words("mag niet")).await), (403, 50013));
    discord.revokes_permission(channel, permission::VIEW_CHANNEL);
    assert_eq!(code(place.message(&http, said).await), (403, 50001));
    discord.assert_clean();
}

#[tokio::test]
async fn a_thread_falls_asleep_and_only_a_message_wakes_it() {
    let (discord, _, channel, anneke) = small().await;
    let http = http(&discord);
    let said = discord.says(anneke, channel, "Graag tien stoelen");
    let open = CreateThread::new("stoelen").auto_archive_duration(serenity::all::AutoArchiveDuration::OneHour);
    let thread = ChannelId::new(channel).create_thread_from_message(&http, said, open).await.unwrap().id;
    let card = thread.send_message(&http, words("kaart")).await.unwrap();
    discord.advance(Duration::from_secs(3600));
    assert!(discord.threads(channel)[0].archived);
    let edit = || EditMessage::new().content("kaart 2").allowed_mentions(quiet());
    assert_eq!(code(thread.edit_message(&http, card.id, edit()).await), (400, 50083));
    let tick = ReactionType::Unicode("✅".into());
    assert_eq!(code(http.create_reaction(thread, card.id, &tick).await), (400, 50083));
    thread.send_message(&http, words("er is nieuws")).await.unwrap();
    thread.edit_message(&http, card.id, edit()).await.unwrap();
    assert_eq!(discord.message(card.id.get()).content, "kaart 2");
}

#[tokio::test]
async fn files_can_be_missing_slow_endless_or_elsewhere() {
    let (discord, _, channel, anneke) = small().await;
    let upload = super::verbs::Upload { name: "foto.png", content_type: "image/png", bytes: b"png" };
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
async fn routes_this_world_does_not_have_are_recorded() {
    let (discord, server, ..) = small().await;
    assert_eq!(code(http(&discord).get_guild_vanity_url(GuildId::new(server)).await).0, 404);
    let unknown = reqwest::Client::builder().build().unwrap().get(format!("{}/api/v10/nowhere", discord.base()));
    let unknown = unknown.header("authorization", format!("Bot {}", discord.token()));
    assert!(unknown.send().await.unwrap().status().is_client_error());
    assert_eq!(discord.violations().len(), 2, "{:?}", discord.violations());
}

#[tokio::test]
async fn back_fill_pages_through_the_history() {
    let (discord, _, channel, anneke) = small().await;
    discord.limits(false);
    let http = http(&discord);
    let ids: Vec<Id> = (0..250).map(|n| discord.says(anneke, channel, &n.to_string())).collect();
    let (mut after, mut found) = (ids[9], Vec::new());
    loop {
        let page = ChannelId::new(channel).messages(&http, GetMessages::new().after(after).limit(100)).await.unwrap();
        let Some(newest) = page.first() else { break };
        after = newest.id.get();
        found.extend(page.iter().rev().map(|m| m.id.get()));
    }
    assert_eq!(found, ids[10..]);
    let before = ChannelId::new(channel).messages(&http, GetMessages::new().before(ids[3]).limit(2)).await.unwrap();
    assert_eq!(before.iter().map(|m| m.id.get()).collect::<Vec<_>>(), [ids[2], ids[1]]);
}

#[tokio::test]
async fn what_discord_would_refuse_is_refused_and_recorded() {
    let (discord, _, channel, _) = small().await;
    discord.limits(false);
    let http = http(&discord);
    let place = ChannelId::new(channel);
    let button = |id: &str| CreateButton::new(id).label("Ja");
    let row = |ids: &[&str]| CreateActionRow::Buttons(ids.iter().map(|id| button(id)).collect());
    let fields = (0..6).map(|n| (format!("veld {n}"), "x".repeat(1024), false));
    let bad = vec![
        (words(&"x".repeat(2001)), "2001 characters"),
        (CreateMessage::new().content("@everyone"), "allowed_mentions"),
        (words(""), "empty"),
        (words("a").embed(CreateEmbed::new().title("x".repeat(257))), "257"),
        (words("a").embed(CreateEmbed::new().fields(fields)), "6000"),
        (words("a").components(vec![row(&["1", "1"])]), "used twice"),
        (words("a").components(vec![row(&["1", "2", "3", "4", "5", "6"])]), "6 components"),
        (words("a").components((0..6).map(|n| row(&[&n.to_string()])).collect()), "6 rows"),
        (words("a").nonce(Nonce::String("x".repeat(26))), "26 characters"),
    ];
    for (message, reason) in bad {
        // Past the client's own checks, as a bot's mistake would be.
        assert_eq!(code(http.send_message(place, vec![], &message).await), (400, 50035), "{reason}");
        let recorded = discord.change(|w| std::mem::take(&mut w.violations)).join("\n");
        assert!(recorded.contains(reason), "{reason:?} is not in {recorded:?}");
    }
    let misspelt = json!({"content": "a", "embed": {}, "allowed_mentions": {"parse": []}});
    assert_eq!(code(http.send_message(place, vec![], &misspelt).await), (400, 50035));
    assert!(discord.violations()[0].contains("unknown key embed"));
    assert!(discord.messages(channel).is_empty());
}

#[tokio::test]
async fn discords_own_description_is_asked_when_present() {
    if !super::openapi::is_present() {
        return;
    }
    let (discord, _, channel, _) = small().await;
    let wrong = json!({"content": "a", "allowed_mentions": {"parse": []}, "flags": "veel"});
    assert_eq!(code(http(&discord).send_message(channel.into(), vec![], &wrong).await), (400, 50035));
    assert!(discord.violations().iter().any(|v| v.contains("OpenAPI")), "{:?}", discord.violations());
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

async fn register(discord: &Discord, server: Id) -> Vec<Command> {
    let option = CreateCommandOption::new(CommandOptionType::String, "wat", "wat te tonen").set_autocomplete(true);
    let commands = vec![
        CreateCommand::new("show").description("toont iets").name_localized("nl", "toon").add_option(option),
        CreateCommand::new("later").description("duurt even"),
        CreateCommand::new("Maak er een verzoek van").kind(CommandType::Message),
    ];
    GuildId::new(server).set_commands(http(discord), commands).await.unwrap()
}

#[tokio::test]
async fn commands_are_registered_typed_completed_and_answered() {
    let (discord, server, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    let first = register(&discord, server).await;
    let again = register(&discord, server).await;
    assert_eq!(first[0].id, again[0].id, "the same command keeps its id");

    let typed = discord.types(anneke, channel, "/toon", &[("wat", json!("alles"))]);
    let answer = discord.answered(typed).await;
    assert_eq!(answer.text(), "alles");
    assert!(answer.first.unwrap().after < Duration::from_secs(3));

    let choices = discord.completes(anneke, channel, "/show", &[("wat", json!("20"))]).await;
    assert_eq!(choices, [("20…".to_owned(), json!("20-1"))]);

    let message = discord.says(anneke, channel, "Graag een whiteboard");
    let used = discord.uses_on_message(anneke, "Maak er een verzoek van", message);
    assert_eq!(discord.answered(used).await.text(), "Graag een whiteboard");

    let later = discord.types(anneke, channel, "/later", &[]);
    let more = |w: &World| Some(w.answers(later)).filter(|a| !a.followups.is_empty());
    let answer = discord.wait_for("the follow-up", more).await;
    let first = answer.first.as_ref().unwrap();
    assert!(first.is_deferred() && first.is_ephemeral());
    assert_eq!(answer.text(), "klaar\nen nog iets");
    assert!(discord.messages(channel).iter().all(|m| m.content != "klaar"), "only Anneke sees it");
    discord.assert_clean();
}

#[tokio::test]
async fn buttons_open_forms_and_update_their_message() {
    let (discord, _, channel, anneke) = small().await;
    let _bot = Bot::start(&discord).await;
    discord.online().await;
    let buttons = vec![CreateButton::new("yes").label("Klopt"), CreateButton::new("form").label("Niet akkoord")];
    let card = words("kaart").components(vec![CreateActionRow::Buttons(buttons)]);
    let card = ChannelId::new(channel).send_message(http(&discord), card).await.unwrap().id.get();

    let pressed = discord.presses(anneke, card, "Niet akkoord");
    let answer = discord.answered(pressed).await;
    assert_eq!(answer.form.unwrap()["title"], "Waarom");
    let sent = discord.submits_form(pressed, &[("Reden", "te duur")]);
    let answer = discord.answered(sent).await;
    assert_eq!(answer.text(), "te duur");
    assert_eq!(answer.original.unwrap().ephemeral_to, Some(anneke));

    let pressed = discord.presses(anneke, card, "yes");
    discord.answered(pressed).await;
    assert_eq!(discord.message(card).content, "gedaan");
    assert!(discord.message(card).buttons().is_empty());
    discord.assert_clean();
}

#[tokio::test]
async fn an_interaction_takes_one_answer_and_its_token_ends() {
    let (discord, server, channel, anneke) = small().await;
    register(&discord, server).await;
    let http = http(&discord);
    let typed = discord.types(anneke, channel, "/later", &[]);
    let token = discord.read(|w| w.interactions[&typed.0].token.clone());
    let answer = json!({"type": 5});
    http.create_interaction_response(typed.0.into(), &token, &answer, vec![]).await.unwrap();
    let late = discord.types(anneke, channel, "/later", &[]);
    let late_token = discord.read(|w| w.interactions[&late.0].token.clone());
    discord.keeps_waiting(late, Duration::from_secs(3));
    assert_eq!(code(http.create_interaction_response(late.0.into(), &late_token, &answer, vec![]).await), (404, 10062));
    let second = http.create_interaction_response(typed.0.into(), &token, &answer, vec![]).await;
    assert_eq!(code(second), (400, 40060));
    let edit = json!({"content": "a", "allowed_mentions": {"parse": []}});
    http.edit_original_interaction_response(&token, &edit, vec![]).await.unwrap();
    discord.advance(Duration::from_secs(15 * 60));
    assert_eq!(code(http.edit_original_interaction_response(&token, &edit, vec![]).await), (401, 50027));
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
