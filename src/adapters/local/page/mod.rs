//! The local platform in a browser: a chat page on loopback, without an account anywhere. It shows what stands on the platform, and turns
//! what people do there into inputs, as Discord's adapter does; nothing is decided here.
//!
//! Read in this order: [`town`] (who and where), [`here`] (which address is which view), `serve` (what is let in at all), `acts` and
//! `rear` (what one may do), `command` (what is typed behind a slash), then `look/`, which is HTML alone.
//!
//! The HTML stands here and not in `render/`: it is the client of a platform, with menus, drafts and dialogs, and no text of the domain.
//! What the domain says, in messages and cards, is shown by `render::page::html`.

mod acts;
mod command;
mod here;
mod look;
mod memory;
mod rear;
mod serve;
mod tour;
mod town;

pub use serve::{BindError, bind, serve};

use super::Platform;
use crate::domain::register::Register;
use crate::domain::{Instant, Lang, LocalMoment, OrganisationId};
use crate::ports::{Clock, CommandCall, Completion, Input};
use crate::render::commands::CommandTexts;
use crate::render::message::{Action, Form};
use crate::render::{View, Words};
use async_trait::async_trait;
use here::Here;
use memory::Memory;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use town::Town;

/// What the page asks of what stands behind it. What went wrong comes back as a sentence in the language of the program's start.
#[async_trait]
pub trait Behind: Send + Sync {
    /// Handles what somebody did, and everything that is due then.
    async fn take(&self, input: Input) -> Result<(), String>;

    /// Asks the providers what is new, and does everything that is due then.
    async fn ask_providers(&self) -> Result<(), String>;

    /// Lets time pass: everything that falls due on the way happens in its order and at its moment.
    async fn wait_until(&self, to: Instant) -> Result<(), String>;

    /// The next moment at which something falls due.
    async fn next_moment(&self) -> Option<Instant>;

    /// Choices for an option of a command that is being typed.
    async fn complete(&self, call: &CommandCall, option: &str, typed: &str) -> Vec<Completion>;

    /// The form that a button opens; `None` for a button that acts at once.
    fn form(&self, action: &Action, locale: &str) -> Option<Form>;

    /// A day or moment in plain words, as that organisation would mean it now.
    fn moment(&self, organisation: &OrganisationId, text: &str) -> Option<LocalMoment>;
}

/// What a page is made with.
pub struct Settings {
    /// What stands behind it.
    pub behind: Arc<dyn Behind>,
    /// The chat and the providers' offices.
    pub platform: Platform,
    /// The time on the page.
    pub clock: Arc<dyn Clock>,
    /// The configuration that is tried.
    pub register: Arc<Register>,
    /// The words of both languages.
    pub words: Arc<Words>,
    /// The language of an address that names none.
    pub lang: Lang,
    /// The unguessable part of the address: whoever knows it may look and act.
    pub token: String,
    /// The port that the page has.
    pub port: u16,
    /// Whether the tour fits the configuration.
    pub tour: bool,
}

/// The page.
pub struct Page {
    behind: Arc<dyn Behind>,
    platform: Platform,
    clock: Arc<dyn Clock>,
    register: Arc<Register>,
    words: Arc<Words>,
    lang: Lang,
    token: String,
    port: u16,
    town: Town,
    tour: bool,
    memory: Mutex<Memory>,
}

impl Page {
    /// A page over what is given.
    pub fn new(settings: Settings) -> Self {
        let Settings { behind, platform, clock, register, words, lang, token, port, tour } = settings;
        let town = Town::of(&register, clock.now().date_naive());
        let memory = Mutex::new(Memory::new(platform.chat.newest(), tour));
        Self { behind, platform, clock, register, words, lang, token, port, town, tour, memory }
    }

    /// The whole address of the page, without a view.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The context of dates and times for whoever looks; `None` for a configuration without organisations, which is not accepted.
    fn view(&self, here: &Here<'_>) -> Option<View<'_>> {
        let own = here.resident().and_then(|resident| self.register.organisations.get(&resident.organisation));
        let organisation = own.or_else(|| self.register.organisations.values().next())?;
        Some(View::new(&self.words, &self.register, organisation, here.lang, self.clock.now()))
    }

    /// The commands as somebody's organisation has them.
    fn commands(&self, here: &Here<'_>) -> CommandTexts {
        let own = here.resident().and_then(|resident| self.register.organisations.get(&resident.organisation));
        CommandTexts::built_in(&self.words, own.map_or(here.lang, |organisation| organisation.lang))
    }

    /// Keeps what went wrong until something goes right; says whether it went right.
    fn went(&self, result: Result<(), String>) -> bool {
        let right = result.is_ok();
        self.memory().trouble = result.err();
        right
    }
}
