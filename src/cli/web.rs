//! Ties the desk to the web adapter. Loket listens from its start on, so that health is known while another instance is at work; pages
//! come once the desk is open.

use super::Stop;
use crate::adapters::web::{self, BindError, Limits};
use crate::config::Process;
use crate::desk::Desk;
use crate::ports::{HookCall, Hooks, Page, PageCall, PageError, Pages, Store, Taken};
use crate::render::{Voice, Words};
use async_trait::async_trait;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock, Weak};
use tokio::net::TcpListener;

/// The desk as the pages see it: not there until it is opened.
pub struct PageDesk {
    store: Arc<dyn Store>,
    desk: OnceLock<Weak<Desk>>,
}

impl PageDesk {
    /// Pages that are not there yet, over that store.
    pub fn new(store: Arc<dyn Store>) -> Arc<Self> {
        Arc::new(Self { store, desk: OnceLock::new() })
    }

    /// From now on pages are given.
    pub fn open(&self, desk: &Arc<Desk>) {
        let _ = self.desk.set(Arc::downgrade(desk));
    }
}

#[async_trait]
impl Pages for PageDesk {
    async fn page(&self, call: PageCall) -> Result<Page, PageError> {
        let desk = self.desk.get().and_then(Weak::upgrade).ok_or(PageError::NotYet)?;
        desk.page(call).await
    }

    async fn measures(&self) -> Result<String, PageError> {
        let desk = self.desk.get().and_then(Weak::upgrade).ok_or(PageError::NotYet)?;
        desk.measures().await
    }

    async fn ready(&self) -> bool {
        match self.desk.get().and_then(Weak::upgrade) {
            Some(desk) => desk.ready().await,
            // Standing by is being ready to take over.
            None => self.store.next_wake().await.is_ok(),
        }
    }
}

#[async_trait]
impl Hooks for PageDesk {
    async fn hook(&self, call: HookCall<'_>) -> Taken {
        match self.desk.get().and_then(Weak::upgrade) {
            Some(desk) => desk.hook(call).await,
            None => Taken::NotNow,
        }
    }
}

/// Takes the address to listen on, if the configuration names one.
pub(super) async fn listen(
    process: &Process,
    voice: Voice<'_>,
) -> Result<(Option<TcpListener>, Option<SocketAddr>), Stop> {
    let Some(address) = process.listen else { return Ok((None, None)) };
    let listener = web::bind(address).await.map_err(|error| refused(address, &error, voice))?;
    // Port 0 leaves the choice to the system.
    let listening = listener.local_addr().unwrap_or(address);
    tracing::info!(address = %listening, "pages are served");
    Ok((Some(listener), Some(listening)))
}

/// Answers from now on, if there is somewhere to answer.
pub(super) fn serve(listener: Option<TcpListener>, store: Arc<dyn Store>, words: Arc<Words>) -> Arc<PageDesk> {
    let pages = PageDesk::new(store);
    if let Some(listener) = listener {
        let port: Arc<dyn Pages> = Arc::clone(&pages) as Arc<dyn Pages>;
        let hooks: Arc<dyn Hooks> = Arc::clone(&pages) as Arc<dyn Hooks>;
        tokio::spawn(web::serve(listener, port, hooks, words, Limits::default()));
    }
    pages
}

fn refused(address: SocketAddr, error: &BindError, voice: Voice<'_>) -> Stop {
    let why = match error {
        BindError::Taken => "taken",
        BindError::NotAllowed => "not-allowed",
        BindError::NotHere => "not-here",
        BindError::Other(_) => "other",
    };
    let told = voice.say("listen-refused").own("address", address.to_string()).pick("why", why);
    Stop::wrong(told.own("said", error.to_string()).text())
}
