//! A chat platform of this computer: channels, threads, messages, marks and answers as plain data, and the offices of the providers
//! beside it. The demonstration and the tests play on it, and look at the world and not at calls; `loket try` shows it to a browser.

mod chat;
mod keep;
mod office;
pub mod page;
mod port;
mod state;
pub mod terminal;

pub use chat::LocalChat;
pub use keep::KeepError;
pub use office::{Office, Order, Said, Written};
pub use port::plain;
pub use state::{Answered, Observer, Posted, Private, Thread};

use crate::domain::Instant;
use crate::ports::Clock;
use keep::{Ledger, Line};
use std::path::Path;
use std::sync::Arc;

/// What was kept of a platform, before it goes on.
pub struct Kept {
    lines: Vec<Line>,
    ledger: Ledger,
}

impl Kept {
    /// Nothing was kept, and nothing will be.
    pub fn nothing() -> Self {
        Self { lines: Vec::new(), ledger: Ledger::nowhere() }
    }

    /// What the file holds; it is made when it is missing.
    pub fn at(path: &Path) -> Result<Self, KeepError> {
        let (ledger, lines) = Ledger::open(path)?;
        Ok(Self { lines, ledger })
    }

    /// The last moment of what was kept.
    pub fn reached(&self) -> Option<Instant> {
        let moment = |line: &Line| match line {
            Line::Message(_, posted) => Some(posted.posted_at),
            Line::Clock(at) => Some(*at),
            Line::Order(order) => Some(order.at),
            Line::Said(said) => Some(said.at),
            Line::Written(letter) => Some(letter.at),
            Line::Gone(_) | Line::Thread(_) | Line::Private(_) | Line::Key(..) | Line::Number(_) => None,
        };
        self.lines.iter().filter_map(moment).max()
    }

    /// The platform goes on under that clock.
    pub fn goes_on(self, clock: &Arc<dyn Clock>) -> Platform {
        let ledger = Arc::new(self.ledger);
        let chat = LocalChat::kept(Arc::clone(clock), &self.lines, Arc::clone(&ledger));
        let office = Office::kept(Arc::clone(clock), &self.lines, Arc::clone(&ledger), chat.bell());
        Platform { chat, office, ledger }
    }
}

/// The chat and the providers' offices.
#[derive(Clone)]
pub struct Platform {
    /// Where people and Loket write.
    pub chat: LocalChat,
    /// Where providers read and answer.
    pub office: Office,
    ledger: Arc<Ledger>,
}

impl Platform {
    /// The clock was moved.
    pub fn moved(&self, now: Instant) {
        self.ledger.add(&Line::Clock(now));
        self.chat.bell().send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Whether something could not be kept.
    pub fn loses(&self) -> bool {
        self.ledger.failed()
    }
}
