//! The shell around the pure core: an [`Input`] comes in, what belongs to it is loaded, the rules decide, and one transaction
//! keeps what follows. Nothing is done outside before it is committed; the [`courier`] does it afterwards.
//!
//! Read in this order: [`house`], [`act`], [`hear`], `converse`, [`react`], [`press`], [`commands`], [`courier`], [`scheduler`], [`run`].

mod absences;
pub mod act;
mod again;
mod agendas;
mod aside;
pub(crate) mod bills;
pub mod commands;
mod converse;
pub mod courier;
pub mod digests;
pub mod edits;
pub mod erasing;
pub mod export;
mod files;
pub mod hear;
mod hints;
pub mod house;
mod learn;
mod listing;
mod mail;
pub mod measures;
mod members;
mod money;
mod news;
mod opinion;
pub mod pages;
pub mod person;
pub mod press;
mod quarters;
pub mod react;
mod recall;
mod remark;
mod roles;
pub mod run;
pub mod scheduler;
mod stories;
mod strays;
mod turns;
pub mod understand;
mod unheard;
mod unit;

pub use house::House;

use crate::domain::request::Actor;
use crate::domain::{AccountId, Instant, OrganisationId, PersonId, RequestId};
use crate::ports::{
    Chat, Checkup, Clock, CommitError, Entropy, Input, InteractionToken, Platform, Reply, Store, StoreError,
    Unavailable,
};
use std::sync::{Arc, RwLock};
use tokio::sync::{Notify, watch};

/// The application: takes an [`Input`], commits what follows.
pub struct Desk {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) chat: Arc<dyn Chat>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    house: RwLock<Arc<House>>,
    /// Wakes the courier after each commit that may have left something to do.
    bell: Notify,
    /// Wakes the scheduler likewise.
    clock_bell: Notify,
    /// Whether what was missed while nobody listened is handled.
    caught_up: watch::Sender<bool>,
    /// Whether a budget was spent from, or who has which roles has changed, since everything that waits was looked at.
    spent: std::sync::atomic::AtomicBool,
    /// Who left the server, as it was last asked.
    departed: members::Departed,
    /// Who has the roles that mandates name, as the platform said last.
    roles: roles::Known,
    /// Which providers answer, and how fast they are called on.
    gates: courier::Gates,
    /// Which providers said that there is something to ask.
    hints: hints::Hints,
    /// Which providers and mailboxes could not be asked lately.
    unheard: unheard::Unheard,
    /// What the organisations' journals say of their channels.
    channels: courier::channels::Channels,
    /// Held while the key of personal links is made, so that it is made once.
    key_making: tokio::sync::Mutex<()>,
    /// Held while something is given up, so that the SPOC is told of a stream once.
    giving_up: tokio::sync::Mutex<()>,
    /// Who looks over the set-up; nobody in a trial.
    checkup: Option<Arc<dyn Checkup>>,
    /// Whether the memory was put back from a backup.
    memory: recall::Memory,
    /// What was counted since the start.
    tally: measures::Tally,
    /// Who says what the connection to the chat platform has seen.
    platform: Option<Arc<dyn Platform>>,
}

/// Why an input could not be handled. It was not lost: the same input again is safe.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another instance writes now.
    #[error("another instance has taken over")]
    Superseded,
    /// A journal does not fold.
    #[error(transparent)]
    Inconsistent(#[from] crate::domain::request::Inconsistent),
    /// The stream changed under us again and again.
    #[error("request {0} changes faster than it can be decided; the input is taken again later")]
    Busy(RequestId),
}

impl From<CommitError> for DeskError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Store(error) => Self::Store(error),
            CommitError::Superseded => Self::Superseded,
            // These two are handled where they can occur; here they can only mean that the row is not as expected.
            CommitError::Conflict | CommitError::Seen => Self::Store(Unavailable::Changed.into()),
        }
    }
}

impl Desk {
    /// A desk over its ports, under a configuration.
    pub fn new(
        store: Arc<dyn Store>,
        chat: Arc<dyn Chat>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        house: House,
    ) -> Self {
        Self {
            store,
            chat,
            clock,
            entropy,
            house: RwLock::new(Arc::new(house)),
            bell: Notify::new(),
            clock_bell: Notify::new(),
            caught_up: watch::Sender::new(false),
            spent: std::sync::atomic::AtomicBool::new(false),
            departed: members::Departed::default(),
            roles: roles::Known::default(),
            gates: courier::Gates::default(),
            hints: hints::Hints::default(),
            unheard: unheard::Unheard::default(),
            channels: courier::channels::Channels::default(),
            key_making: tokio::sync::Mutex::default(),
            giving_up: tokio::sync::Mutex::default(),
            checkup: None,
            memory: recall::Memory::default(),
            tally: measures::Tally::default(),
            platform: None,
        }
    }

    /// The same with somebody who looks over the set-up when an administrator asks.
    pub fn with_checkup(self, checkup: Arc<dyn Checkup>) -> Self {
        Self { checkup: Some(checkup), ..self }
    }

    /// The same with a connection that says what it has seen.
    pub fn with_platform(self, platform: Arc<dyn Platform>) -> Self {
        Self { platform: Some(platform), ..self }
    }

    /// The configuration in force.
    pub fn house(&self) -> Arc<House> {
        Arc::clone(&self.house.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Replaces the configuration as a whole; it counts from the next decision on.
    pub fn replace_house(&self, mut house: House) {
        house.register.appoint(&self.known_roles());
        self.change_house(|_| house);
        self.ring();
    }

    /// Makes another configuration of the one in force.
    fn change_house(&self, change: impl FnOnce(&House) -> House) {
        let mut house = self.house.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *house = Arc::new(change(&house));
    }

    /// What was missed while nobody listened is handled: deadlines may come, and orders leave.
    pub fn caught_up(&self) {
        if !self.caught_up.send_replace(true) {
            self.ring();
        }
    }

    /// Something was committed that may have left something to do.
    pub(crate) fn ring(&self) {
        self.bell.notify_one();
        self.clock_bell.notify_one();
    }

    /// Handles one input: when it returns, what follows is committed. The same input twice changes nothing.
    pub async fn handle(&self, input: Input) -> Result<(), DeskError> {
        // What waits for it carries a pointer along, and not the room of all that an input may come to.
        Box::pin(self.handled(input)).await
    }

    async fn handled(&self, input: Input) -> Result<(), DeskError> {
        let answer = match input {
            Input::Heard(heard) => self.hear(heard).await.map(|()| None)?,
            Input::Edited(heard) => self.edited(heard).await.map(|()| None)?,
            Input::Deleted { at } => self.deleted(at).await.map(|()| None)?,
            Input::Reacted(reacted) => self.reacted(reacted).await.map(|()| None)?,
            Input::Pressed(pressed) => {
                let token = pressed.token.clone();
                self.pressed(pressed, None).await?.map(|reply| (token, reply))
            }
            Input::Submitted { pressed, text } => {
                let token = pressed.token.clone();
                self.pressed(pressed, Some(text)).await?.map(|reply| (token, reply))
            }
            Input::Command(call) => {
                let token = call.token.clone();
                let reply = match call.name.as_str() {
                    "setup-check" => self.check_setup(&call).await,
                    _ => Some(self.command(call).await?),
                };
                reply.map(|reply| (token, reply))
            }
            Input::Take { heard, by, token } => Some((token, self.take(heard, by).await?)),
        };
        if let Some((token, reply)) = answer {
            self.answer(&token, &reply).await;
        }
        Ok(())
    }

    /// Answers an interaction. It promises nothing: what was decided is committed already.
    async fn answer(&self, token: &InteractionToken, reply: &Reply) {
        if let Err(error) = self.chat.answer(token, reply).await {
            tracing::warn!(interaction.id = %token.id, %error, "an answer to an interaction was not shown");
        }
    }

    /// The actor behind an account in an organisation, today.
    fn actor(&self, house: &House, organisation: &OrganisationId, account: &AccountId, now: Instant) -> Actor {
        let person = house.register.organisations.get(organisation).and_then(|organisation| {
            let today = now.with_timezone(&organisation.zone).date_naive();
            organisation.person_of(account, today).map(|person| person.id.clone())
        });
        Actor::Account { account: account.clone(), person }
    }
}

/// The name by which an organisation's own person or a platform account is shown.
pub(crate) fn name_of(house: &House, organisation: &OrganisationId, person: Option<&PersonId>) -> Option<String> {
    let people = &house.register.organisations.get(organisation)?.people;
    people.get(person?).map(|person| person.name.clone())
}
