//! Ties the desk to Discord: what the adapter asks while it serves is answered from the store and the configuration.

use crate::adapters::discord::{
    Asked, Backfill, Commands, Completer, Forms, Hooks, IdentifyBudget, Watched, WatchedCard, WatchedSource,
};
use crate::desk::Desk;
use crate::domain::register::ChannelRole;
use crate::domain::request::{Request, Slot, fold};
use crate::domain::{AccountId, ChannelId, MessageId, OrganisationId, RequestId, ServerId};
use crate::ports::{Clock, CommandCall, Completion, InteractionToken, LinkKind, Mark, Store};
use crate::render::commands::CommandTexts;
use crate::render::message::{Action, Form};
use async_trait::async_trait;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock, Weak};

/// The desk as the adapter sees it. The adapter is made first, since the desk posts through it.
pub struct Desks {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    desk: OnceLock<Weak<Desk>>,
}

impl Desks {
    /// Answers from that store; until [`Desks::open`] is called, only what needs no desk.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { store, clock, desk: OnceLock::new() })
    }

    /// From now on questions are answered.
    pub fn open(&self, desk: &Arc<Desk>) {
        let _ = self.desk.set(Arc::downgrade(desk));
    }

    fn desk(&self) -> Option<Arc<Desk>> {
        self.desk.get()?.upgrade()
    }

    async fn load(&self, organisation: &OrganisationId, id: RequestId) -> Result<Option<Request>, String> {
        let loaded = self.store.load(organisation, id).await.map_err(|error| error.to_string())?;
        let Some(loaded) = loaded else { return Ok(None) };
        fold(id, organisation, loaded.events).map_err(|error| error.to_string())
    }
}

/// Everything that the adapter asks.
pub fn sign_in(desks: &Arc<Desks>) -> Hooks {
    Hooks {
        clock: Arc::clone(&desks.clock),
        completer: Arc::clone(desks) as Arc<dyn Completer>,
        forms: Arc::clone(desks) as Arc<dyn Forms>,
        identifies: Arc::clone(desks) as Arc<dyn IdentifyBudget>,
        backfill: Arc::clone(desks) as Arc<dyn Backfill>,
        commands: Arc::clone(desks) as Arc<dyn Commands>,
    }
}

#[async_trait]
impl Completer for Desks {
    async fn complete(&self, asked: &Asked) -> Vec<Completion> {
        let Some(desk) = self.desk() else { return vec![] };
        let call = CommandCall {
            name: asked.command.clone(),
            options: vec![],
            by: asked.by.clone(),
            by_name: String::new(),
            channel: asked.channel.clone(),
            server: asked.server.clone(),
            token: InteractionToken { id: String::new(), token: String::new(), at: self.clock.now() },
            locale: asked.locale.clone(),
        };
        completed(&desk, &call, &asked.option, &asked.typed).await
    }
}

/// Choices for an option of a command, whatever the platform.
pub(super) async fn completed(desk: &Desk, call: &CommandCall, option: &str, typed: &str) -> Vec<Completion> {
    match option {
        "id" => desk.complete(call, typed).await,
        "item" => desk.complete_item(call, typed),
        "provider" => desk.complete_provider(call, typed),
        _ => vec![],
    }
}

impl Forms for Desks {
    fn form(&self, action: &Action, locale: Option<&str>) -> Option<Form> {
        self.desk()?.form(action, locale)
    }
}

#[async_trait]
impl IdentifyBudget for Desks {
    async fn count(&self) -> Result<u64, String> {
        let day = self.clock.now().format("%Y-%m-%d").to_string();
        self.store.count("identify", &day).await.map_err(|error| error.to_string())
    }
}

#[async_trait]
impl Backfill for Desks {
    async fn channels(&self) -> Result<Vec<ChannelId>, String> {
        let Some(desk) = self.desk() else { return Ok(vec![]) };
        let house = desk.house();
        // Where the cards stand people reply to them; of anything else that is said there only a mention counts.
        let read = |role| !matches!(role, ChannelRole::Digest);
        let configured = house.register.organisations.values().flat_map(|organisation| &organisation.channels);
        let mut channels: Vec<ChannelId> =
            configured.filter(|channel| read(channel.role)).map(|channel| channel.id.clone()).collect();
        // Discord has no list of conversations with one person: those in which something is open are known by what was said there.
        for (_, _, link) in self.store.watched().await.map_err(|error| error.to_string())? {
            let channel = &link.at.channel;
            if link.kind != LinkKind::Said || channels.contains(channel) || house.register.channel(channel).is_some() {
                continue;
            }
            if self.reached(channel).await?.is_none() {
                self.set_reached(channel, &link.at.message).await?;
            }
            channels.push(channel.clone());
        }
        Ok(channels)
    }

    async fn people(&self) -> Result<Vec<AccountId>, String> {
        let Some(desk) = self.desk() else { return Ok(vec![]) };
        let house = desk.house();
        let mut accounts = BTreeSet::new();
        for organisation in house.register.organisations.values() {
            let today = self.clock.now().with_timezone(&organisation.zone).date_naive();
            let here = organisation.people.values().filter(|person| person.in_service(today));
            accounts.extend(here.flat_map(|person| &person.accounts).cloned());
        }
        Ok(accounts.into_iter().collect())
    }

    async fn watched(&self) -> Result<Watched, String> {
        let mut watched = Watched::default();
        for (organisation, id, link) in self.store.watched().await.map_err(|error| error.to_string())? {
            match link.kind {
                LinkKind::Said => watched.sources.push(WatchedSource { at: link.at, edited_at: None }),
                LinkKind::Post(Slot::Approval(revision)) => {
                    let Some(request) = self.load(&organisation, id).await? else { continue };
                    if let Some(accounts) = request.reactions_counted(revision) {
                        let counted = accounts.into_iter().map(|account| (account.clone(), Mark::Yes)).collect();
                        watched.cards.push(WatchedCard { at: link.at, counted });
                    }
                }
                LinkKind::Post(Slot::Card | Slot::Offer | Slot::Which(_) | Slot::Form(_)) => {}
            }
        }
        Ok(watched)
    }

    async fn reached(&self, channel: &ChannelId) -> Result<Option<MessageId>, String> {
        self.store.backfilled(channel).await.map_err(|error| error.to_string())
    }

    async fn set_reached(&self, channel: &ChannelId, message: &MessageId) -> Result<(), String> {
        self.store.set_backfilled(channel, message).await.map_err(|error| error.to_string())
    }

    fn caught_up(&self) {
        if let Some(desk) = self.desk() {
            desk.caught_up();
        }
    }
}

impl Commands for Desks {
    fn texts(&self, server: &ServerId) -> Option<CommandTexts> {
        let desk = self.desk()?;
        let house = desk.house();
        let organisation = house.register.on_server(server).next()?;
        Some(CommandTexts::built_in(&house.words, organisation.lang))
    }
}
