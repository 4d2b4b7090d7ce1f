//! The Discord adapter against a Discord of the tests' own: what the desk is told, what people see, and what goes wrong.

use crate::loopback::{Discord as Fake, Fault, Gate, Id};
use async_trait::async_trait;
use loket::adapters::discord::{
    Asked, Backfill, Commands, Completer, Discord, DiscordError, DiscordSettings, Forms, Hooks, IdentifyBudget, Inputs,
    Patience, Watched, WatchedCard, WatchedSource,
};
use loket::domain::{AccountId, ChannelId, Instant, MessageId, MessageRef, RequestId, RoleId, ServerId};
use loket::ports::{
    Chat, ChatError, Clock, Completion, Heard, Input, InteractionToken, Mark, PostKey, Pressed, Reacted, Reply,
};
use loket::render::commands::CommandTexts;
use loket::render::message::{Action, Button, Card, Form, Message, Piece, Rich, Style, Tone};
use secrecy::SecretString;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

/// A desk that remembers what it was asked.
#[derive(Default)]
pub struct Desk {
    channels: Mutex<Vec<ChannelId>>,
    watched: Mutex<Watched>,
    reached: Mutex<HashMap<ChannelId, MessageId>>,
    identifies: AtomicU64,
    /// Whether completing hangs.
    stuck: Mutex<bool>,
}

#[async_trait]
impl Completer for Desk {
    async fn complete(&self, asked: &Asked) -> Vec<Completion> {
        if *self.stuck.lock().unwrap() {
            std::future::pending::<()>().await;
        }
        vec![Completion { label: format!("2026-0041 {}", asked.option), value: format!("2026-{}", asked.typed) }]
    }
}

impl Forms for Desk {
    fn form(&self, action: &Action, _: Option<&str>) -> Option<Form> {
        let form = |title: &str| Form {
            action: action.clone(),
            title: title.into(),
            label: "Wat klopt er niet?".into(),
            example: "om 3 uur".into(),
        };
        matches!(action, Action::Amend(_)).then(|| form("Aanpassen"))
    }
}

#[async_trait]
impl IdentifyBudget for Desk {
    async fn count(&self) -> Result<u64, String> {
        Ok(self.identifies.fetch_add(1, Ordering::AcqRel) + 1)
    }
}

#[async_trait]
impl Backfill for Desk {
    async fn channels(&self) -> Result<Vec<ChannelId>, String> {
        Ok(self.channels.lock().unwrap().clone())
    }

    async fn watched(&self) -> Result<Watched, String> {
        Ok(self.watched.lock().unwrap().clone())
    }

    async fn reached(&self, channel: &ChannelId) -> Result<Option<MessageId>, String> {
        Ok(self.reached.lock().unwrap().get(channel).cloned())
    }

    async fn set_reached(&self, channel: &ChannelId, message: &MessageId) -> Result<(), String> {
        self.reached.lock().unwrap().insert(channel.clone(), message.clone());
        Ok(())
    }
}

impl Commands for Desk {
    fn texts(&self, _: &ServerId) -> Option<CommandTexts> {
        Some(CommandTexts::built_in(&loket::render::Words::new(), loket::domain::Lang::Nl))
    }
}

/// The clock of the fake.
pub struct FakeClock(pub Fake);

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        let millis = self.0.read(|world| world.now());
        chrono::DateTime::from_timestamp_millis(millis).unwrap()
    }
}

/// A fake Discord with one server, one channel and one person, and the adapter running against it.
pub struct Story {
    pub discord: Fake,
    desk: Arc<Desk>,
    server: Id,
    pub channel: Id,
    pub anneke: Id,
    pub chat: Arc<dyn Chat>,
    inputs: Inputs,
    running: JoinHandle<Result<(), DiscordError>>,
}

pub fn impatient() -> Patience {
    Patience {
        connect: Duration::from_secs(10),
        quiet: Duration::from_secs(30),
        backoff: Duration::from_millis(200),
        backfill: Duration::from_secs(600),
        request: Duration::from_secs(2),
    }
}

fn settings(discord: &Fake) -> DiscordSettings {
    DiscordSettings {
        token: SecretString::from(discord.token()),
        api: Some(discord.base()),
        gateway: Some(discord.gateway_url()),
    }
}

pub fn connect(discord: &Fake, desk: &Arc<Desk>, patience: Patience) -> Discord {
    let hooks = Hooks {
        clock: Arc::new(FakeClock(discord.clone())),
        completer: desk.clone(),
        forms: desk.clone(),
        identifies: desk.clone(),
        backfill: desk.clone(),
        commands: desk.clone(),
    };
    Discord::connect(settings(discord), hooks, patience).unwrap()
}

impl Story {
    pub async fn begin() -> Self {
        Self::with(impatient(), |_| {}).await
    }

    async fn with(patience: Patience, before: impl FnOnce(&Fake)) -> Self {
        let discord = Fake::start().await;
        let server = discord.server("Linde", "nl");
        let channel = discord.channel(server, "facilitair");
        let anneke = discord.person(server, "Anneke");
        before(&discord);
        let desk = Arc::new(Desk::default());
        desk.channels.lock().unwrap().push(channel_id(channel));
        let adapter = connect(&discord, &desk, patience);
        let running = tokio::spawn(adapter.run);
        let story =
            Self { discord, desk, server, channel, anneke, chat: adapter.chat, inputs: adapter.inputs, running };
        story.discord.online().await;
        story.registered().await;
        story.settled().await;
        story
    }

    /// Until the commands are there.
    async fn registered(&self) {
        let pattern = "PUT /applications/*/guilds/*/commands";
        self.discord
            .wait_until("the commands", |world| world.calls_to(pattern).iter().any(|call| call.status == Some(200)))
            .await;
    }

    /// Until the first back-fill has looked at the channel.
    async fn settled(&self) {
        self.discord.wait_until("a back-fill", |world| !world.calls_to("GET /channels/*/messages").is_empty()).await;
    }

    pub async fn next(&mut self) -> Input {
        tokio::time::timeout(Duration::from_secs(20), self.inputs.recv()).await.expect("an input").expect("a desk")
    }

    /// The next message heard.
    async fn heard(&mut self) -> Heard {
        match self.next().await {
            Input::Heard(heard) => heard,
            other => panic!("{other:?}"),
        }
    }

    pub async fn post(&self, message: &Message, key: &str) -> MessageRef {
        self.chat.post(&channel_id(self.channel), message, None, &PostKey(key.into())).await.unwrap()
    }
}

impl Drop for Story {
    fn drop(&mut self) {
        self.running.abort();
    }
}

pub fn channel_id(id: Id) -> ChannelId {
    ChannelId(format!("discord:{id}"))
}

pub fn account(id: Id) -> AccountId {
    AccountId(format!("discord:{id}"))
}

pub fn at(channel: Id, message: Id) -> MessageRef {
    MessageRef { channel: channel_id(channel), message: MessageId(format!("discord:{message}")) }
}

pub fn number(text: &str) -> Id {
    text.strip_prefix("discord:").unwrap().parse().unwrap()
}

pub fn words(text: &str) -> Message {
    Message { text: Rich::own(text), ..Message::default() }
}

fn request() -> RequestId {
    RequestId(uuid::Uuid::from_u128(41))
}

pub fn card() -> Message {
    let button = |action, label: &str, style| Button { action, label: label.into(), style };
    Message {
        text: Rich::own("Klopt dit?"),
        card: Some(Card {
            title: Rich::own("Melding"),
            tone: Tone::Neutral,
            body: Rich::said("de kraan **lekt** @everyone"),
            facts: vec![("Waar".into(), Rich::said("pantry"))],
            footer: Rich::own("Loket"),
        }),
        buttons: vec![vec![
            button(Action::Confirm(request()), "Klopt", Style::Success),
            button(Action::Amend(request()), "Aanpassen", Style::Secondary),
        ]],
        ..Message::default()
    }
}

#[tokio::test]
async fn a_message_reaches_the_desk_and_the_answer_stands_in_a_thread() {
    let mut story = Story::begin().await;
    let said = story.discord.says(story.anneke, story.channel, "De kraan in de pantry lekt");
    let heard = story.heard().await;
    assert_eq!(heard.at, at(story.channel, said));
    assert_eq!(heard.text, "De kraan in de pantry lekt");
    assert_eq!((heard.author, heard.author_name.as_str()), (account(story.anneke), "Anneke"));
    assert_eq!(heard.server, Some(ServerId(format!("discord:{}", story.server))));
    assert_eq!((heard.parent, heard.reply_to, heard.mentions_us), (None, None, false));

    let thread = story.chat.open_thread(&heard.at, "Kraan lekt").await.unwrap();
    let again = story.chat.open_thread(&heard.at, "Kraan lekt").await.unwrap();
    assert_eq!(thread, again, "the thread that exists counts as made");
    let posted = story.chat.post(&thread, &card(), None, &PostKey("k1".into())).await.unwrap();
    let repeated = story.chat.post(&thread, &card(), None, &PostKey("k1".into())).await.unwrap();
    assert_eq!(posted, repeated, "the same key is the same message");

    let shown = story.discord.message(number(posted.message.as_str()));
    assert_eq!(shown.text(), "Klopt dit?\nMelding\nde kraan \\*\\*lekt\\*\\* \\@everyone\nWaar: pantry\nLoket");
    assert_eq!(shown.buttons(), ["Klopt", "Aanpassen"]);
    assert!(shown.pings.is_empty());

    // What is said in the thread names the channel above it.
    story.discord.says(story.anneke, number(thread.as_str()), "verdieping 2");
    let heard = story.heard().await;
    assert_eq!((heard.at.channel, heard.parent), (thread, Some(channel_id(story.channel))));
    story.discord.assert_clean();
}

#[tokio::test]
async fn a_card_in_a_sleeping_thread_is_brought_up_to_date() {
    let story = Story::begin().await;
    let said = story.discord.says(story.anneke, story.channel, "De kraan lekt");
    let thread = story.chat.open_thread(&at(story.channel, said), "Kraan").await.unwrap();
    let posted = story.chat.post(&thread, &card(), None, &PostKey("a".into())).await.unwrap();
    story.discord.archives(number(thread.as_str()));
    story.chat.edit(&posted, &words("Doorgestuurd")).await.unwrap();
    assert_eq!(story.discord.message(number(posted.message.as_str())).text(), "Doorgestuurd");
    story.discord.archives(number(thread.as_str()));
    story.chat.mark(&posted, Mark::Yes).await.unwrap();
    assert_eq!(story.discord.reactors(number(posted.message.as_str()), "✅"), [story.discord.bot()]);
}

#[tokio::test]
async fn a_desk_that_is_far_behind_gets_all_in_order_and_keeps_nobody_waiting() {
    let mut story = Story::begin().await;
    let posted = story.post(&card(), "a").await;
    // More than wait for the desk at once.
    let said: Vec<Id> =
        (0..400).map(|nth| story.discord.says(story.anneke, story.channel, &format!("bericht {nth}"))).collect();
    let pressed = story.discord.presses(story.anneke, number(posted.message.as_str()), "Klopt");
    let answers = story
        .discord
        .wait_for("the button to be deferred", |world| {
            let answers = world.answers(pressed);
            answers.first.is_some().then_some(answers)
        })
        .await;
    let first = answers.first.unwrap();
    assert!(first.is_deferred() && first.after < Duration::from_secs(3), "{:?}", first.after);
    let mut heard = Vec::new();
    let mut buttons = 0;
    while heard.len() < said.len() || buttons == 0 {
        match story.next().await {
            Input::Heard(message) => heard.push(number(message.at.message.as_str())),
            Input::Pressed(_) => buttons += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(heard, said);
    assert_eq!(buttons, 1);
}

#[tokio::test]
async fn only_who_must_act_is_notified() {
    let story = Story::begin().await;
    let message = Message {
        text: Rich(vec![Piece::Person(account(story.anneke)), Piece::Own(" wil koffie".into())]),
        ..Message::default()
    };
    let silent = story.post(&message, "a").await;
    let loud = story.post(&Message { notify: vec![account(story.anneke)], ..message }, "b").await;
    assert!(story.discord.message(number(silent.message.as_str())).pings.is_empty());
    assert_eq!(story.discord.message(number(loud.message.as_str())).pings, [story.anneke]);
    story.discord.assert_clean();
}

#[tokio::test]
async fn programs_webhooks_and_announcements_are_not_heard() {
    let mut story = Story::begin().await;
    let other = story.discord.other_bot(story.server, "Statusbot");
    story.discord.says(other, story.channel, "de kraan lekt");
    story.discord.webhook_says(story.channel, "Anneke", "de kraan lekt");
    story.discord.notice(story.anneke, story.channel, 6);
    story.post(&words("van ons"), "a").await;
    let said = story.discord.says(story.anneke, story.channel, "echt waar");
    assert_eq!(story.heard().await.at, at(story.channel, said));
}

#[tokio::test]
async fn edits_deletions_replies_and_mentions_are_told() {
    let mut story = Story::begin().await;
    let bot = story.discord.bot();
    let said = story.discord.says(story.anneke, story.channel, &format!("<@{bot}> de kraan lekt"));
    let heard = story.heard().await;
    assert!(heard.mentions_us);
    assert_eq!(heard.text, "de kraan lekt");
    story.discord.previews(said, "https://example.org");
    story.discord.edits(said, "de kraan lekt niet meer");
    match story.next().await {
        Input::Edited(heard) => {
            assert_eq!(heard.text, "de kraan lekt niet meer");
            assert!(heard.edited_at.is_some());
        }
        other => panic!("{other:?}"),
    }
    let reply = story.discord.replies(story.anneke, said, "of toch wel");
    let heard = story.heard().await;
    assert_eq!((heard.at, heard.reply_to), (at(story.channel, reply), Some(at(story.channel, said).message)));
    story.discord.deletes(said);
    assert_eq!(story.next().await, Input::Deleted { at: at(story.channel, said) });
}

#[tokio::test]
async fn a_reply_to_a_card_names_it_and_is_found_between_what_holds_it_back_and_what_lets_it_go() {
    let mut story = Story::begin().await;
    let posted = story.post(&card(), "a").await;
    let card = number(posted.message.as_str());
    story.discord.replies(story.anneke, card, "akkoord");
    let heard = story.heard().await;
    assert_eq!((heard.at.channel, heard.reply_to), (channel_id(story.channel), Some(posted.message.clone())));
    let reached = story.discord.says(story.anneke, story.channel, "zo");
    story.heard().await;
    story.desk.reached.lock().unwrap().insert(channel_id(story.channel), at(story.channel, reached).message);
    story.desk.watched.lock().unwrap().cards = vec![WatchedCard { at: posted.clone(), counted: vec![] }];
    let joris = story.discord.person(story.server, "Joris");
    story.discord.loses_events(true);
    story.discord.reacts(story.anneke, card, "✅");
    story.discord.replies(story.anneke, card, "tot 250");
    story.discord.says(story.anneke, story.channel, "iets anders");
    story.discord.reacts(joris, card, "❌");
    story.discord.forgets_sessions();
    story.discord.loses_events(false);
    story.discord.invalidates_sessions(false);
    let mut kinds = Vec::new();
    for _ in 0..4 {
        kinds.push(match story.next().await {
            Input::Heard(heard) => heard.text,
            Input::Reacted(reacted) => format!("{:?} {}", reacted.mark, reacted.placed),
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(kinds, ["iets anders", "No true", "tot 250", "Yes true"]);
}

#[tokio::test]
async fn reactions_are_told_in_order_and_a_ticket_brings_the_message() {
    let mut story = Story::begin().await;
    let posted = story.post(&card(), "a").await;
    let (message, reacted) = (number(posted.message.as_str()), |mark, placed| {
        Input::Reacted(Reacted { at: posted.clone(), by: account(story.anneke), mark, placed, message: None })
    });
    let expected = [reacted(Mark::Yes, true), reacted(Mark::Yes, false), reacted(Mark::No, true)];
    story.chat.mark(&posted, Mark::Yes).await.unwrap();
    story.discord.reacts(story.anneke, message, "👍");
    story.discord.reacts(story.anneke, message, "✅");
    story.discord.unreacts(story.anneke, message, "✅");
    story.discord.reacts(story.anneke, message, "❌");
    for input in expected {
        assert_eq!(story.next().await, input);
    }
    let said = story.discord.says(story.anneke, story.channel, "stoel kapot");
    story.heard().await;
    story.discord.reacts(story.anneke, said, "🎫");
    match story.next().await {
        Input::Reacted(Reacted { mark: Mark::Ticket, message: Some(heard), .. }) => {
            assert_eq!(heard.text, "stoel kapot")
        }
        other => panic!("{other:?}"),
    }
    story.discord.assert_clean();
}

#[tokio::test]
async fn a_button_is_deferred_at_once_and_answered_later() {
    let mut story = Story::begin().await;
    let posted = story.post(&card(), "a").await;
    let pressed = story.discord.presses(story.anneke, number(posted.message.as_str()), "Klopt");
    let Input::Pressed(Pressed { action, by, token, locale, at: on, .. }) = story.next().await else { panic!() };
    assert_eq!((action, by, &on), (Action::Confirm(request()), account(story.anneke), &posted));
    assert_eq!(locale.as_deref(), Some("nl"));
    assert!(story.discord.answers(pressed).first.is_some(), "deferred before the desk is told");

    story.chat.answer(&token, &Reply { message: words("alleen voor jou"), replace: false }).await.unwrap();
    let followups = story.discord.answers(pressed).followups;
    assert_eq!((followups[0].text().as_str(), followups[0].ephemeral_to), ("alleen voor jou", Some(story.anneke)));
    story.chat.answer(&token, &Reply { message: words("Bevestigd"), replace: true }).await.unwrap();
    let shown = story.discord.message(number(posted.message.as_str()));
    assert_eq!((shown.text().as_str(), shown.buttons().len()), ("Bevestigd", 0));
    story.discord.assert_clean();
}

#[tokio::test]
async fn a_form_opens_from_the_button_alone_and_its_words_arrive() {
    let mut story = Story::begin().await;
    let posted = story.post(&card(), "a").await;
    let opened = story.discord.presses(story.anneke, number(posted.message.as_str()), "Aanpassen");
    let answers = story.discord.answered(opened).await;
    assert_eq!(answers.form.unwrap()["title"], "Aanpassen");
    story.discord.submits_form(opened, &[("text", "om 3 uur")]);
    match story.next().await {
        Input::Submitted { pressed, text } => {
            assert_eq!((text.as_str(), pressed.action), ("om 3 uur", Action::Amend(request())));
            assert_eq!(pressed.at, posted);
            story.chat.answer(&pressed.token, &Reply { message: words("Aangepast"), replace: false }).await.unwrap();
        }
        other => panic!("{other:?}"),
    }
    assert!(story.discord.violations().is_empty());
}

#[tokio::test]
async fn a_command_arrives_by_its_base_name_and_is_answered_to_one_person() {
    let mut story = Story::begin().await;
    story.discord.speaks(story.anneke, "nl");
    let asked = story.discord.types(story.anneke, story.channel, "/toon", &[("id", "2026-0041".into())]);
    let Input::Command(call) = story.next().await else { panic!() };
    assert_eq!((call.name.as_str(), call.option("id")), ("show", Some("2026-0041")));
    story.chat.answer(&call.token, &Reply { message: words("Kraan lekt"), replace: false }).await.unwrap();
    let answers = story.discord.answers(asked);
    assert_eq!(answers.text(), "Kraan lekt");
    assert!(answers.first.unwrap().is_ephemeral());

    let said = story.discord.says(story.anneke, story.channel, "de lamp is stuk");
    story.heard().await;
    story.discord.uses_on_message(story.anneke, "Maak er een verzoek van", said);
    match story.next().await {
        Input::Take { heard, by, .. } => {
            assert_eq!((heard.text.as_str(), by), ("de lamp is stuk", account(story.anneke)));
        }
        other => panic!("{other:?}"),
    }
    story.discord.assert_clean();
}

#[tokio::test]
async fn completing_is_answered_directly_and_empty_when_late() {
    let story = Story::begin().await;
    let choices = story.discord.completes(story.anneke, story.channel, "/show", &[("id", "00".into())]).await;
    assert_eq!(choices, [("2026-0041 id".to_owned(), "2026-00".into())]);
    *story.desk.stuck.lock().unwrap() = true;
    let choices = story.discord.completes(story.anneke, story.channel, "/show", &[("id", "00".into())]).await;
    assert!(choices.is_empty());
    story.discord.assert_clean();
}

#[tokio::test]
async fn an_expired_interaction_and_a_missing_message_are_gone() {
    let story = Story::begin().await;
    let token = InteractionToken { id: "discord:1".into(), token: "5:nonsense".into(), at: Instant::default() };
    let answered = story.chat.answer(&token, &Reply { message: words("x"), replace: false }).await;
    assert!(matches!(answered, Err(ChatError::Gone { .. })), "{answered:?}");
    let edited = story.chat.edit(&at(story.channel, 5), &words("x")).await;
    assert!(matches!(edited, Err(ChatError::Missing { .. })), "{edited:?}");
    let elsewhere = MessageRef { channel: "local:facility".into(), message: "local:1".into() };
    assert!(matches!(story.chat.edit(&elsewhere, &words("x")).await, Err(ChatError::Gone { .. })));
    let nothing = story.chat.post(&channel_id(story.channel), &Message::default(), None, &PostKey("a".into())).await;
    assert!(matches!(nothing, Err(ChatError::Refused { .. })));
}

#[tokio::test]
async fn an_unknown_outcome_is_found_again() {
    let story = Story::begin().await;
    let since = FakeClock(story.discord.clone()).now();
    story.discord.fails("POST /channels/*/messages", 1, Fault::CutAfter);
    let key = PostKey("a".into());
    let posted = story.chat.post(&channel_id(story.channel), &card(), None, &key).await;
    assert!(matches!(posted, Err(ChatError::Unknown { .. })), "{posted:?}");
    let found = story.chat.find(&channel_id(story.channel), &card(), since).await.unwrap().expect("it was posted");
    assert_eq!(story.discord.own_messages(story.channel)[0].id, number(found.message.as_str()));
    assert_eq!(story.chat.find(&channel_id(story.channel), &words("anders"), since).await.unwrap(), None);
    let later = since + chrono::TimeDelta::hours(1);
    assert_eq!(story.chat.find(&channel_id(story.channel), &card(), later).await.unwrap(), None);
}

#[tokio::test]
async fn errors_say_what_may_be_done_next() {
    let story = Story::begin().await;
    let channel = channel_id(story.channel);
    let post = |key: &'static str| {
        let (chat, channel) = (story.chat.clone(), channel.clone());
        async move { chat.post(&channel, &words("x"), None, &PostKey(key.into())).await }
    };
    let path = "POST /channels/*/messages";
    story.discord.fails(path, 1, Fault::Status(500));
    assert!(matches!(post("a").await, Err(ChatError::Unknown { .. })));
    story.discord.fails(path, 1, Fault::Hang);
    assert!(matches!(post("b").await, Err(ChatError::Unknown { .. })));
    story.discord.fails(path, 1, Fault::Refuse(403, 50_013));
    assert!(matches!(post("c").await, Err(ChatError::Gone { .. })));
    story.discord.fails(path, 1, Fault::Refuse(400, 50_035));
    assert!(matches!(post("d").await, Err(ChatError::Refused { .. })));
    let posted = post("e").await.unwrap();
    story.discord.fails("PATCH /channels/*/messages/*", 1, Fault::Refuse(400, 30_046));
    assert!(matches!(story.chat.edit(&posted, &words("y")).await, Err(ChatError::Retry { after: Some(_), .. })));
    story.discord.fails("PATCH /channels/*/messages/*", 1, Fault::Status(502));
    assert!(matches!(story.chat.edit(&posted, &words("y")).await, Err(ChatError::Retry { .. })));
}

#[tokio::test]
async fn many_posts_at_once_hit_no_limit_and_go_one_by_one() {
    let story = Story::begin().await;
    let second = story.discord.channel(story.server, "ict");
    let mut posts = Vec::new();
    for nth in 0..24 {
        let (chat, to) = (story.chat.clone(), channel_id(if nth % 2 == 0 { story.channel } else { second }));
        posts.push(tokio::spawn(async move {
            chat.post(&to, &words(&format!("bericht {nth}")), None, &PostKey(format!("k{nth}"))).await
        }));
    }
    for post in posts {
        post.await.unwrap().unwrap();
    }
    assert_eq!(story.discord.own_messages(story.channel).len(), 12);
    assert_eq!(story.discord.own_messages(second).len(), 12);
    assert_eq!(story.discord.most_in_flight(story.channel), 1);
    story.discord.assert_clean();
}

#[tokio::test]
async fn who_left_is_no_member_and_a_conversation_is_the_same_twice() {
    let story = Story::begin().await;
    let server = ServerId(format!("discord:{}", story.server));
    assert_eq!(story.chat.roles_of(&server, &account(story.anneke)).await, Ok(Some(BTreeSet::new())));
    let buyers = story.discord.role(story.server, "Inkopers");
    story.discord.gives_role(story.server, story.anneke, buyers);
    let roles = BTreeSet::from([RoleId(format!("discord:{buyers}"))]);
    assert_eq!(story.chat.roles_of(&server, &account(story.anneke)).await, Ok(Some(roles)));
    let direct = story.chat.open_direct(&account(story.anneke)).await.unwrap();
    assert_eq!(story.chat.open_direct(&account(story.anneke)).await.unwrap(), direct);
    let private =
        story.chat.open_private(&channel_id(story.channel), "Vertrouwelijk", &account(story.anneke)).await.unwrap();
    let again =
        story.chat.open_private(&channel_id(story.channel), "Vertrouwelijk", &account(story.anneke)).await.unwrap();
    assert_eq!(private, again);
    let bob = story.discord.person(story.server, "Bob");
    let other = story.chat.open_private(&channel_id(story.channel), "Vertrouwelijk", &account(bob)).await.unwrap();
    assert_ne!(private, other, "nobody is let into somebody else's confidential thread");
    story.discord.removes_member(story.server, story.anneke);
    assert_eq!(story.chat.roles_of(&server, &account(story.anneke)).await, Ok(None));
}

#[tokio::test]
async fn nothing_is_missed_when_the_connection_drops_and_is_resumed() {
    let mut story = Story::begin().await;
    story.discord.drops();
    let said = story.discord.says(story.anneke, story.channel, "tijdens de storing");
    assert_eq!(story.heard().await.at, at(story.channel, said));
    story.discord.online().await;
    assert_eq!(story.desk.identifies.load(Ordering::Acquire), 1, "resumed, not signed in again");
}

#[tokio::test]
async fn what_was_missed_without_a_session_is_found_by_the_back_fill() {
    let mut story = Story::begin().await;
    // What is known before the trouble: a message, a card that waits, and how far the channel was read.
    let early = story.discord.says(story.anneke, story.channel, "de kraan lekt");
    story.heard().await;
    let other = story.discord.says(story.anneke, story.channel, "de lamp is stuk");
    story.heard().await;
    let posted = story.post(&card(), "a").await;
    let waiting = number(posted.message.as_str());
    story.discord.reacts(story.anneke, waiting, "❌");
    story.next().await;
    let reached = at(story.channel, waiting).message;
    story.desk.reached.lock().unwrap().insert(channel_id(story.channel), reached);
    *story.desk.watched.lock().unwrap() = Watched {
        sources: vec![
            WatchedSource { at: at(story.channel, early), edited_at: None },
            WatchedSource { at: at(story.channel, other), edited_at: None },
        ],
        cards: vec![WatchedCard { at: posted.clone(), counted: vec![(account(story.anneke), Mark::No)] }],
    };
    story.discord.loses_events(true);
    story.discord.edits(early, "de kraan lekt en ook de douche");
    story.discord.deletes(other);
    let late = story.discord.says(story.anneke, story.channel, "tijdens de storing");
    story.discord.reacts(story.anneke, late, "🎫");
    story.discord.unreacts(story.anneke, waiting, "❌");
    story.discord.reacts(story.anneke, waiting, "✅");
    story.discord.forgets_sessions();
    story.discord.loses_events(false);
    story.discord.invalidates_sessions(false);

    let mut kinds = Vec::new();
    for _ in 0..7 {
        kinds.push(match story.next().await {
            Input::Edited(heard) => format!("edited {}", heard.text),
            Input::Deleted { at } => format!("deleted {}", number(at.message.as_str()) == other),
            Input::Heard(heard) => format!("heard {}", heard.text),
            Input::Reacted(reacted) => format!("{:?} {}", reacted.mark, reacted.placed),
            other => panic!("{other:?}"),
        });
        if kinds.last().is_some_and(|kind| kind == "Yes true") {
            break;
        }
    }
    kinds.dedup();
    assert_eq!(
        kinds,
        [
            "edited de kraan lekt en ook de douche",
            "deleted true",
            "heard tijdens de storing",
            "Ticket true",
            "No false",
            "Yes true",
        ]
    );
    // The mark moves once the desk asks for more, and not before.
    let mark = |story: &Story| story.desk.reached.lock().unwrap()[&channel_id(story.channel)].clone();
    assert_eq!(number(mark(&story).as_str()), waiting);
    let fresh = story.discord.says(story.anneke, story.channel, "weer gewoon");
    assert_eq!(story.heard().await.at, at(story.channel, fresh));
    story.discord.assert_clean();
}

#[tokio::test]
async fn a_hanging_gateway_is_given_up_and_tried_again() {
    let patience = Patience { connect: Duration::from_millis(800), ..impatient() };
    let story = Story::with(patience, |discord| {
        discord.gate(Gate::Hang);
        let discord = discord.clone();
        tokio::spawn(async move {
            discord.wait_until("two attempts", |world| world.gateway.attempts >= 2).await;
            discord.gate(Gate::Open);
        });
    })
    .await;
    assert!(story.discord.read(|world| world.gateway.attempts) >= 2);
}

#[tokio::test]
async fn a_silent_gateway_is_left_and_signed_in_to_anew() {
    let patience = Patience { quiet: Duration::from_millis(1_500), ..impatient() };
    let mut story = Story::with(patience, |_| {}).await;
    story.discord.goes_silent(true);
    let said = story.discord.says(story.anneke, story.channel, "hoort iemand mij?");
    story.discord.wait_until("a second sign-in", |world| world.gateway.attempts >= 2).await;
    story.discord.goes_silent(false);
    assert_eq!(story.heard().await.at, at(story.channel, said));
}

async fn refused(code: u16) -> (Fake, DiscordError) {
    let discord = Fake::start().await;
    discord.refuses_identify(code);
    let desk = Arc::new(Desk::default());
    let adapter = connect(&discord, &desk, impatient());
    let ended = tokio::time::timeout(Duration::from_secs(20), adapter.run).await.expect("it ends").unwrap_err();
    (discord, ended)
}

#[tokio::test]
async fn a_refused_sign_in_ends_with_what_to_click() {
    for (code, expected) in
        [(4004, DiscordError::BadToken), (4013, DiscordError::InvalidIntents), (4014, DiscordError::IntentsNotAllowed)]
    {
        let (discord, ended) = refused(code).await;
        assert_eq!(ended, expected);
        assert_eq!(discord.read(|world| world.gateway.attempts), 1, "no second attempt");
    }
}

#[tokio::test]
async fn a_wrong_token_is_seen_before_signing_in() {
    let discord = Fake::start().await;
    let desk = Arc::new(Desk::default());
    let hooks = Hooks {
        clock: Arc::new(FakeClock(discord.clone())),
        completer: desk.clone(),
        forms: desk.clone(),
        identifies: desk.clone(),
        backfill: desk.clone(),
        commands: desk.clone(),
    };
    let wrong = DiscordSettings { token: SecretString::from("wrong"), ..settings(&discord) };
    let adapter = Discord::connect(wrong, hooks, impatient()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), adapter.run).await.expect("it ends");
    assert_eq!(ended, Err(DiscordError::BadToken));
    assert_eq!(discord.read(|world| world.gateway.attempts), 0);
    assert_eq!(desk.identifies.load(Ordering::Acquire), 0);
    let posted = adapter.chat.post(&channel_id(1), &words("x"), None, &PostKey("a".into())).await;
    assert!(matches!(posted, Err(ChatError::Retry { .. })), "kept for when the token is right: {posted:?}");
}

#[tokio::test]
async fn a_gateway_that_sends_us_away_each_time_is_not_asked_too_often() {
    let discord = Fake::start().await;
    let desk = Arc::new(Desk { identifies: AtomicU64::new(197), ..Desk::default() });
    discord.refuses_identify(4009);
    let adapter = connect(&discord, &desk, Patience { backoff: Duration::from_millis(10), ..impatient() });
    let again = discord.clone();
    let running = tokio::spawn(adapter.run);
    let stubborn = tokio::spawn(async move {
        loop {
            let before = again.read(|world| world.gateway.identifies);
            again.wait_until("another", |world| world.gateway.identifies > before).await;
            again.refuses_identify(4009);
        }
    });
    discord.wait_until("three attempts", |world| world.gateway.identifies >= 3).await;
    // 198, 199 and 200 were allowed; whoever asks for 201 waits.
    let spent = async {
        while desk.identifies.load(Ordering::Acquire) < 201 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), spent).await.expect("the budget is asked");
    assert_eq!(discord.read(|world| world.gateway.identifies), 3);
    assert!(!running.is_finished());
    running.abort();
    stubborn.abort();
}
