//! The fake's own tests, with the real client: what it tells, what it refuses, how it breaks.

mod faults;
mod gateway;
mod interactions;
mod rest;

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
