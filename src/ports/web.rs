//! The pages that people read in a browser, and the numbers that machines read. The web adapter asks, the desk answers; asking changes nothing.

use crate::domain::Lang;
use async_trait::async_trait;

/// Gives pages.
#[async_trait]
pub trait Pages: Send + Sync {
    /// The page that was asked for, or the one that says why there is none: who has no business here learns nothing else.
    async fn page(&self, call: PageCall) -> Result<Page, PageError>;

    /// How the house is doing, in numbers for machines, as Prometheus reads them (`text/plain; version=0.0.4`). Nothing in them names a
    /// person, a message or a request.
    async fn measures(&self) -> Result<String, PageError>;

    /// Whether pages can be given now: the memory answers.
    async fn ready(&self) -> bool;
}

/// What somebody asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct PageCall {
    /// The secret part of the personal link, as it stood in the address.
    pub pass: String,
    /// Which page.
    pub what: What,
    /// The language that the address asks for.
    pub lang: Option<Lang>,
    /// The language that the browser would like best.
    pub preferred: Option<Lang>,
}

/// Shows nothing of the pass, so that no log holds it by accident.
impl std::fmt::Debug for PageCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageCall").field("what", &self.what).field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// A page. Another one wants a variant here, an arm in `desk::pages` and a route in `adapters::web`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Everything that is open.
    Board {
        /// The filters by the names that `/open` has for them (`provider`, `stage`, `item`, `waits`, `overdue`, `mine`, `text`), and
        /// `after`, where the list goes on. Names that mean nothing are ignored.
        given: Vec<(String, String)>,
    },
    /// The whole story of one request.
    Request {
        /// Its number, as it stood in the address.
        number: String,
    },
    /// The agenda of the weekly meeting with a provider.
    Agenda {
        /// The provider's code, as it stood in the address.
        provider: String,
    },
    /// A week.
    Week {
        /// Which, as it stood in the address: `2026-W10`.
        week: String,
    },
    /// A quarter.
    Quarter {
        /// Which, as it stood in the address: `2026-1`.
        quarter: String,
    },
}

/// A page, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Whether it is what was asked for.
    pub status: PageStatus,
    /// What the body is: `text/html; charset=utf-8`.
    pub media_type: &'static str,
    /// Its bytes.
    pub body: Vec<u8>,
    /// The name of the file in which it is kept; `None` for what is shown.
    pub file: Option<String>,
}

impl Page {
    /// A page to look at.
    pub fn html(status: PageStatus, text: String) -> Self {
        Self { status, media_type: "text/html; charset=utf-8", body: text.into_bytes(), file: None }
    }
}

/// Whether a page is what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageStatus {
    /// It is.
    Shown,
    /// There is no such page, or not for whoever asks: these are not told apart.
    Missing,
}

/// Why no page can be given now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Loket is starting, or another instance is at work.
    #[error("the desk is not open yet")]
    NotYet,
    /// Something failed; for the log, without texts of people.
    #[error("no page can be made: {0}")]
    Failed(String),
}

/// Takes events of providers.
#[async_trait]
pub trait Hooks: Send + Sync {
    /// An event came in. It is believed only in that there may be something to ask.
    async fn hook(&self, call: HookCall<'_>) -> Taken;
}

/// An event as it came in.
#[derive(Clone, Copy)]
pub struct HookCall<'a> {
    /// The provider's code, as it stood in the address.
    pub provider: &'a str,
    /// The identity of the event.
    pub id: &'a str,
    /// Its moment, in seconds since 1970.
    pub timestamp: &'a str,
    /// Its signatures, with spaces between them.
    pub signatures: &'a str,
    /// Its body.
    pub body: &'a [u8],
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was taken, now or before.
    Well,
    /// No such provider sends events.
    Nobody,
    /// Nobody who may signed it.
    Forged,
    /// It was signed at another time.
    Stale,
    /// It cannot be kept now; again later.
    NotNow,
}
