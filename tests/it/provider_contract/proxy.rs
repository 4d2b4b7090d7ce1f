//! A line between a connector and its server that fails as it is told, one call after the other. It looks at bytes only, so that any
//! server may stand behind it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// What happens to one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    Through,
    /// The line breaks before the server hears of it.
    DropBefore,
    /// The line breaks while the server listens.
    CutInRequest,
    /// It is carried out and the line breaks.
    LoseReply,
    /// It is carried out and nothing is heard of it any more.
    KeepReply,
    /// Something else answers, and the server hears of nothing.
    Answer(String),
}

/// An answer with a status line, headers (each with its line end) and a body.
pub fn answer(status: &str, headers: &str, body: &str) -> Fault {
    let length = body.len();
    Fault::Answer(format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"))
}

pub struct Proxy {
    pub port: u16,
    faults: Arc<Mutex<VecDeque<Fault>>>,
    carried: Arc<Semaphore>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            port: listener.local_addr().unwrap().port(),
            faults: Arc::default(),
            carried: Arc::new(Semaphore::new(0)),
            heard: Arc::default(),
        };
        let (faults, carried, heard) =
            (Arc::clone(&proxy.faults), Arc::clone(&proxy.carried), Arc::clone(&proxy.heard));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let fault = faults.lock().unwrap().pop_front().unwrap_or(Fault::Through);
                let (carried, heard) = (Arc::clone(&carried), Arc::clone(&heard));
                tokio::spawn(async move { line(client, server, fault, &carried, &heard).await });
            }
        });
        proxy
    }

    /// The faults of the next calls; those after them go through.
    pub fn next(&self, faults: impl IntoIterator<Item = Fault>) {
        *self.faults.lock().unwrap() = faults.into_iter().collect();
    }

    /// Waits until the server has carried out a call whose reply is lost or kept.
    pub async fn carried(&self) {
        self.carried.acquire().await.unwrap().forget();
    }

    /// The heads of the calls that something else answered.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn line(
    mut client: TcpStream,
    server: SocketAddr,
    fault: Fault,
    carried: &Semaphore,
    heard: &Mutex<Vec<String>>,
) -> Option<()> {
    match fault {
        Fault::Through => {
            let mut server = TcpStream::connect(server).await.ok()?;
            copy_bidirectional(&mut client, &mut server).await.ok()?;
        }
        Fault::DropBefore => {}
        Fault::CutInRequest => {
            let request = request(&mut client).await?;
            let mut server = TcpStream::connect(server).await.ok()?;
            server.write_all(&request[..request.len() - request.len() / 4]).await.ok()?;
            server.shutdown().await.ok()?;
        }
        Fault::LoseReply | Fault::KeepReply => {
            let request = request(&mut client).await?;
            let mut server = TcpStream::connect(server).await.ok()?;
            server.write_all(&request).await.ok()?;
            let mut first = [0];
            server.read_exact(&mut first).await.ok()?;
            carried.add_permits(1);
            if fault == Fault::KeepReply {
                // Until the other side has given up.
                let _ = client.read(&mut first).await;
            }
        }
        Fault::Answer(text) => {
            let request = request(&mut client).await?;
            heard.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
            client.write_all(text.as_bytes()).await.ok()?;
            client.shutdown().await.ok()?;
        }
    }
    Some(())
}

/// One whole request.
async fn request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut some = [0; 4096];
        let read = client.read(&mut some).await.ok()?;
        bytes.extend_from_slice(&some[..read]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .and_then(|length| length.trim().parse::<usize>().ok())
                .unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                return Some(bytes);
            }
        }
        if read == 0 {
            return None;
        }
    }
}
