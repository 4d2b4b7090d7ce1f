//! Connections: bounded in number and in time, one request each, so that nobody can hold the counter's ear.

use super::routes;
use crate::ports::{Hooks, Pages};
use crate::render::Words;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// The longest head of a request, in bytes; browsers stay far below it.
const HEAD: usize = 16 * 1024;
/// The pause after a connection could not be taken, as when the system has no files left.
const PAUSE: Duration = Duration::from_millis(200);

/// How much is taken on at once, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at the same time; others wait in the system's queue.
    pub connections: usize,
    /// Until the head of a request is complete.
    pub head: Duration,
    /// Until a page is made.
    pub page: Duration,
    /// A whole connection, with a slow reader at its end.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 64,
            head: Duration::from_secs(5),
            page: Duration::from_secs(10),
            whole: Duration::from_secs(30),
        }
    }
}

/// Why an address cannot be listened on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BindError {
    /// Another program does already.
    #[error("the address is taken")]
    Taken,
    /// This user may not.
    #[error("not allowed")]
    NotAllowed,
    /// This machine does not have the address.
    #[error("no address of this machine")]
    NotHere,
    /// Something else, in the system's words.
    #[error("{0}")]
    Other(String),
}

/// Takes an address, so that whatever is wrong with it is known before anything else begins.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => BindError::Taken,
        ErrorKind::PermissionDenied => BindError::NotAllowed,
        ErrorKind::AddrNotAvailable => BindError::NotHere,
        _ => BindError::Other(error.to_string()),
    })
}

/// Answers for as long as the program runs.
pub async fn serve(
    listener: TcpListener,
    pages: Arc<dyn Pages>,
    hooks: Arc<dyn Hooks>,
    words: Arc<Words>,
    limits: Limits,
) {
    let service = TowerToHyperService::new(routes::router(pages, hooks, words, limits.page));
    let free = Arc::new(Semaphore::new(limits.connections));
    loop {
        // The semaphore is never closed.
        let Ok(permit) = Arc::clone(&free).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let service = service.clone();
        tokio::spawn(async move {
            let _ = tokio::time::timeout(limits.whole, answer(stream, service, limits.head)).await;
            drop(permit);
        });
    }
}

/// One request and its answer. What goes wrong with a connection is the browser's affair.
async fn answer(stream: TcpStream, service: TowerToHyperService<axum::Router>, head: Duration) {
    let mut connection = http1::Builder::new();
    connection.timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(HEAD).keep_alive(false);
    if let Err(error) = connection.serve_connection(TokioIo::new(stream), service).await {
        tracing::debug!(%error, "a connection ended early");
    }
}
