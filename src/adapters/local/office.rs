//! The providers' side of the local platform: what was handed over to each lies here as it would arrive, and what is answered here is
//! what the desk is told when it asks for news. Letters to people without chat lie here too.

use super::chat::Bell;
use super::keep::{Ledger, Line};
use crate::domain::mail::MailFile;
use crate::domain::provider::News;
use crate::domain::{Instant, LocalMoment, ProviderCode};
use crate::ports::{
    Bulletin, Certainty, Clock, HandedFile, Handover, Letter, Mailer, Provider, ProviderError, Purpose, Receipt, Ticket,
};
use crate::render::file::File;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The first number that a provider gives an order.
const FIRST_NUMBER: u64 = 1001;

/// The offices of all providers. Cheap to clone; all clones share one state.
#[derive(Clone)]
pub struct Office {
    state: Arc<Mutex<State>>,
    clock: Arc<dyn Clock>,
    ledger: Arc<Ledger>,
    bell: Bell,
}

#[derive(Default)]
struct State {
    orders: Vec<Order>,
    said: Vec<Said>,
    written: Vec<Written>,
}

/// Something that was handed over, as it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// To whom.
    pub provider: ProviderCode,
    /// Its own reference.
    pub reference: String,
    /// The reference of the order that it is about; the same for the order itself.
    pub order: String,
    /// The provider's own number of the order.
    pub number: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Photos and files that came with it.
    #[serde(default)]
    pub files: Vec<File>,
    /// Whether it tells something about an order that is here.
    pub later: bool,
    /// When it arrived.
    pub at: Instant,
}

/// Something that a provider said about an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who.
    pub provider: ProviderCode,
    /// About the order with that reference.
    pub order: String,
    /// How it stands, in the provider's own word.
    pub status: Option<String>,
    /// When somebody comes or it will be done.
    pub planned: Option<LocalMoment>,
    /// In free words.
    pub text: Option<String>,
    /// Photos and files with it.
    #[serde(default)]
    pub files: Vec<File>,
    /// When.
    pub at: Instant,
}

/// A letter to somebody without chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The mail address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The same at every attempt.
    pub reference: String,
    /// When it was written.
    pub at: Instant,
}

impl Office {
    /// Offices that go on from what was kept, and keep what changes.
    pub(super) fn kept(clock: Arc<dyn Clock>, lines: &[Line], ledger: Arc<Ledger>, bell: Bell) -> Self {
        let mut state = State::default();
        for line in lines {
            match line {
                Line::Order(order) => state.orders.push((**order).clone()),
                Line::Said(said) => state.said.push((**said).clone()),
                Line::Written(letter) => state.written.push((**letter).clone()),
                Line::Message(..)
                | Line::Gone(_)
                | Line::Thread(_)
                | Line::Private(_)
                | Line::Key(..)
                | Line::Number(_)
                | Line::Clock(_) => {}
            }
        }
        Self { state: Arc::new(Mutex::new(state)), clock, ledger, bell }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connector through which a provider is reached here.
    pub fn connector(&self, code: &ProviderCode) -> Arc<dyn Provider> {
        Arc::new(Counter { office: self.clone(), code: code.clone() })
    }

    /// What takes letters to people without chat.
    pub fn letterbox(&self) -> Arc<dyn Mailer> {
        Arc::new(self.clone())
    }

    /// Everything that arrived at a provider, oldest first.
    pub fn orders(&self, provider: &ProviderCode) -> Vec<Order> {
        self.state().orders.iter().filter(|order| order.provider == *provider).cloned().collect()
    }

    /// What a provider said, oldest first.
    pub fn said(&self, provider: &ProviderCode) -> Vec<Said> {
        self.state().said.iter().filter(|said| said.provider == *provider).cloned().collect()
    }

    /// The letters to people without chat, oldest first.
    pub fn letters(&self) -> Vec<Written> {
        self.state().written.clone()
    }

    /// A provider says something; the desk hears it when it asks.
    pub fn says(&self, said: Said) {
        self.ledger.add(&Line::Said(Box::new(said.clone())));
        self.state().said.push(said);
        self.ring();
    }

    fn ring(&self) {
        self.bell.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Takes in what was handed over; the same reference twice is one. Gives the provider's number.
    fn takes(&self, provider: &ProviderCode, handover: &Handover) -> String {
        let now = self.clock.now();
        let mut state = self.state();
        let theirs = || state.orders.iter().filter(|order| order.provider == *provider);
        if let Some(known) = theirs().find(|order| order.reference == handover.reference) {
            return known.number.clone();
        }
        let number = match theirs().find(|order| order.reference == handover.order) {
            Some(about) => about.number.clone(),
            None => {
                let letter = provider.as_str().chars().next().map(|first| first.to_uppercase().collect::<String>());
                let count = u64::try_from(theirs().filter(|order| !order.later).count()).unwrap_or_default();
                format!("{}-{}", letter.unwrap_or_default(), FIRST_NUMBER + count)
            }
        };
        let order = Order {
            provider: provider.clone(),
            reference: handover.reference.clone(),
            order: handover.order.clone(),
            number: number.clone(),
            subject: handover.subject.clone(),
            body: handover.body.clone(),
            files: handover.files.iter().map(shown).collect(),
            later: handover.purpose != Purpose::Order,
            at: now,
        };
        self.ledger.add(&Line::Order(Box::new(order.clone())));
        state.orders.push(order);
        drop(state);
        self.ring();
        number
    }
}

/// A file as it lies with an order.
fn shown(file: &HandedFile) -> File {
    File::new(file.name.clone(), file.media.media_type(), Arc::clone(&file.bytes), file.name.clone())
}

/// A file as a provider sends it.
fn sent(file: &File) -> MailFile {
    let content = file.bytes.to_vec();
    MailFile { name: file.name.clone(), media_type: file.media_type.clone(), size: content.len() as u64, content }
}

/// One provider's counter in the offices.
struct Counter {
    office: Office,
    code: ProviderCode,
}

#[async_trait]
impl Provider for Counter {
    fn certainty(&self) -> Certainty {
        Certainty::Idempotent
    }

    async fn submit(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        Ok(Receipt { number: Some(self.office.takes(&self.code, handover)), dry_run: false })
    }

    async fn find(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        let orders = self.office.orders(&self.code);
        let found = orders.into_iter().filter(|order| order.reference == handover.reference);
        Ok(found.map(|order| Receipt { number: Some(order.number), dry_run: false }).collect())
    }

    fn tells(&self) -> bool {
        true
    }

    /// The mark is how much was said before.
    async fn news(&self, mark: Option<&str>, _open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        let told: usize = mark.and_then(|mark| mark.parse().ok()).unwrap_or_default();
        let (said, orders) = (self.office.said(&self.code), self.office.orders(&self.code));
        let number =
            |reference: &str| orders.iter().find(|order| order.reference == reference).map(|one| one.number.clone());
        let news = said.iter().enumerate().skip(told).map(|(at, said)| News {
            key: format!("page-{at}"),
            at: said.at,
            reference: Some(said.order.clone()),
            number: number(&said.order),
            status: said.status.clone(),
            planned: said.planned,
            text: said.text.clone(),
            who: None,
            files: said.files.iter().map(sent).collect(),
        });
        Ok(Bulletin { news: news.collect(), mark: Some(said.len().to_string()) })
    }
}

#[async_trait]
impl Mailer for Office {
    async fn send(&self, letter: &Letter) -> Result<(), ProviderError> {
        let mut state = self.state();
        if state.written.iter().any(|known| known.reference == letter.reference) {
            return Ok(());
        }
        let written = Written {
            to: letter.to.clone(),
            subject: letter.subject.clone(),
            body: letter.body.clone(),
            reference: letter.reference.clone(),
            at: self.clock.now(),
        };
        self.ledger.add(&Line::Written(Box::new(written.clone())));
        state.written.push(written);
        drop(state);
        self.ring();
        Ok(())
    }
}
