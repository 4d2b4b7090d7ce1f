//! An endpoint on loopback that behaves as badly as the story wants.

use loket::adapters::opinion::Endpoint;
use loket::ports::Clock;
use secrecy::SecretString;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How it behaves.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Gives this as its opinion, in the agreed form.
    Says(String),
    /// Answers with this status and body.
    Answers(u16, String),
    /// Takes the question and says nothing.
    Hangs,
    /// Begins an answer and never ends it.
    HangsHalfway,
    /// Closes the connection without a word.
    HangsUp,
    /// Sends so many bytes, of which the first ones are an opinion.
    Floods(usize, String),
    /// Sends on to another address.
    Redirects(String),
}

/// The running stub.
pub struct Stub {
    /// Its address, as it is configured.
    pub url: String,
    /// The questions that arrived: head and body.
    pub asked: Arc<Mutex<Vec<String>>>,
    /// How many bytes of answers were taken from it.
    pub sent: Arc<Mutex<usize>>,
    manner: Arc<Mutex<Manner>>,
}

impl Stub {
    /// Starts it on a free port.
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let stub = Self { url, asked: Arc::default(), sent: Arc::default(), manner: Arc::new(Mutex::new(manner)) };
        let (asked, sent, manner) = (Arc::clone(&stub.asked), Arc::clone(&stub.sent), Arc::clone(&stub.manner));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (asked, sent, manner) = (Arc::clone(&asked), Arc::clone(&sent), Arc::clone(&manner));
                tokio::spawn(async move { serve(stream, &asked, &sent, &manner).await });
            }
        });
        stub
    }

    /// Behaves otherwise from now on.
    pub fn is(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// How many questions arrived.
    pub fn times(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// The adapter in front of it.
    pub fn endpoint(&self, clock: Arc<dyn Clock>) -> Endpoint {
        Endpoint::new(&self.url, "small", Some(&SecretString::from("hunter2")), clock).unwrap()
    }

    /// The same for an endpoint that is expected to hang: the limit is so short that the story does not wait.
    pub fn impatient(&self, clock: Arc<dyn Clock>) -> Endpoint {
        self.endpoint(clock).within(Duration::from_millis(80))
    }
}

/// The agreed form around an opinion.
pub fn chat(opinion: &str) -> String {
    serde_json::json!({"choices": [{"index": 0, "message": {"role": "assistant", "content": opinion}}]}).to_string()
}

async fn serve(mut stream: TcpStream, asked: &Mutex<Vec<String>>, sent: &Mutex<usize>, manner: &Mutex<Manner>) {
    while let Some(question) = read(&mut stream).await {
        asked.lock().unwrap().push(question);
        let manner = manner.lock().unwrap().clone();
        let whole = |status: u16, head: &str, body: &str| {
            format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n{head}\r\n{body}", body.len())
        };
        let answer = match manner {
            Manner::Says(opinion) => whole(200, "", &chat(&opinion)),
            Manner::Answers(status, body) => whole(status, "", &body),
            Manner::Redirects(to) => whole(307, &format!("Location: {to}\r\n"), ""),
            Manner::HangsUp => return,
            Manner::Hangs => return std::future::pending().await,
            Manner::HangsHalfway => {
                stream.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 500\r\n\r\n{\"choices\":").await.unwrap();
                return std::future::pending().await;
            }
            Manner::Floods(bytes, opinion) => {
                // Blanks after a sound answer are sound JSON: only its length is wrong.
                let _ = stream.write_all(format!("HTTP/1.1 200 X\r\nContent-Length: {bytes}\r\n\r\n").as_bytes()).await;
                let mut left = chat(&opinion).into_bytes();
                left.resize(bytes, b' ');
                for chunk in left.chunks(16 * 1024) {
                    if stream.write_all(chunk).await.is_err() {
                        return;
                    }
                    *sent.lock().unwrap() += chunk.len();
                }
                continue;
            }
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// One request: its head, and as much body as it promises.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if body.len() >= length.unwrap_or_default() {
                return Some(text);
            }
        }
        let mut chunk = [0; 16 * 1024];
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}
