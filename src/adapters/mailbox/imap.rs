//! The conversation with an IMAP server. Answers to a search or a fetch are read here up to the server's own last word: the library
//! takes a refusal or a broken connection for the end of the list, and mails would be missed.

use crate::adapters::authority;
use crate::domain::register::{Inbox, MailSecurity, MailServer};
use crate::domain::{Instant, Trouble};
use crate::ports::ProviderError;
use async_imap::Client;
use async_imap::error::Error;
use async_imap::imap_proto::{AttributeValue, MailboxDatum, Response, Status};
use chrono::{DateTime, Utc};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long a step of the conversation may take.
const STEP: Duration = Duration::from_secs(30);
/// A mail may take longer, by a second for so many bytes: about half a megabit.
const PACE: u64 = 64 * 1024;
/// Of a larger mail only the head is loaded, in bytes.
const LARGE: u32 = 30 * 1024 * 1024;
/// So much of the head of a large mail, in bytes.
const HEAD: u32 = 256 * 1024;
/// So much of what a server says is passed on, in characters.
const SAID: usize = 200;

/// A connection, protected or not.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

/// A conversation with somebody who is logged in.
pub(super) type Session = async_imap::Session<Box<dyn Wire>>;

/// A server, a user and a folder.
pub(super) struct Imap {
    server: MailServer,
    folder: String,
    password: Option<SecretString>,
    tls: TlsConnector,
}

/// A folder that was opened for reading.
pub(super) struct Folder {
    /// The life of the folder within which numbers count.
    pub(super) validity: u32,
    next: Option<u32>,
}

/// A mail that is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Its number.
    pub(super) uid: u32,
    /// Bytes.
    pub(super) size: u32,
}

impl Found {
    /// So many bytes of it are loaded.
    pub(super) fn loaded(self) -> u64 {
        u64::from(if self.large() { self.size.min(HEAD) } else { self.size })
    }

    /// Whether only its head is loaded.
    pub(super) fn large(self) -> bool {
        self.size > LARGE
    }
}

/// What was loaded of a mail.
pub(super) struct Loaded {
    pub(super) bytes: Vec<u8>,
    pub(super) received: Option<Instant>,
}

impl Imap {
    pub(super) fn new(inbox: &Inbox, password: Option<SecretString>) -> Result<Self, Trouble> {
        let Inbox { server, folder } = inbox.clone();
        let unusable = |error: rustls::Error| Trouble::MailboxServer { server: name(&server), said: error.to_string() };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .with_root_certificates(authority::roots(server.authority.as_deref())?)
            .with_no_client_auth();
        Ok(Self { server, folder, password, tls: TlsConnector::from(Arc::new(config)) })
    }

    /// Connects, protects the connection and logs in.
    pub(super) async fn log_in(&self) -> Result<Session, ProviderError> {
        let mut client = self.connect().await?;
        if self.server.security == MailSecurity::StartTls {
            let answer = within(STEP, client.run_command_and_check_ok("STARTTLS", None)).await;
            match answer {
                Err(Failed::Imap(Error::No(_) | Error::Bad(_))) => {
                    return Err(person(Trouble::MailboxUnprotected { server: self.name() }));
                }
                other => other.map_err(|error| self.failed(&error))?,
            }
            // What the server said beyond its answer was not protected and goes with the old client.
            client = Client::new(self.protect(client.into_inner()).await?);
        }
        let user = self.server.user.clone().unwrap_or_default();
        let password = self.password.as_ref().map(|password| password.expose_secret().to_owned()).unwrap_or_default();
        let refused = || person(Trouble::MailLogIn { server: self.name(), user: user.clone() });
        let logged_in = async { client.login(&user, password).await.map_err(|(error, _)| error) };
        within(STEP, logged_in).await.map_err(|error| match &error {
            Failed::Imap(Error::No(said) | Error::Bad(said)) if !passing(said) => refused(),
            Failed::Imap(Error::Validate(_)) => refused(),
            _ => self.failed(&error),
        })
    }

    /// Connects and hears the server out.
    async fn connect(&self) -> Result<Client<Box<dyn Wire>>, ProviderError> {
        let address = (self.server.host.as_str(), self.server.port);
        let stream = within(STEP, async { Ok(TcpStream::connect(address).await?) }).await;
        let stream: Box<dyn Wire> = Box::new(stream.map_err(|error| self.failed(&error))?);
        let stream = if self.server.security == MailSecurity::Tls { self.protect(stream).await? } else { stream };
        let mut client = Client::new(stream);
        let greeting = within(STEP, async { client.read_response().await?.ok_or(Error::ConnectionLost) }).await;
        let greeting = greeting.map_err(|error| self.failed(&error))?;
        match greeting.parsed() {
            Response::Data { status: Status::Ok, .. } => Ok(client),
            Response::Data { outcome, .. } => Err(self.later(outcome.information.as_deref().unwrap_or("BYE"))),
            _ => Err(self.later("no greeting")),
        }
    }

    async fn protect(&self, stream: Box<dyn Wire>) -> Result<Box<dyn Wire>, ProviderError> {
        let host = ServerName::try_from(self.server.host.clone())
            .map_err(|error| person(Trouble::MailboxServer { server: self.name(), said: error.to_string() }))?;
        let secured = within(STEP, async { Ok(self.tls.connect(host, stream).await?) }).await;
        Ok(Box::new(secured.map_err(|error| self.failed(&error))?))
    }

    /// Opens the folder for reading only.
    pub(super) async fn examine(&self, session: &mut Session) -> Result<Folder, ProviderError> {
        let opened = within(STEP, session.examine(&self.folder)).await.map_err(|error| match &error {
            Failed::Imap(Error::No(said)) if !passing(said) => {
                person(Trouble::MailboxFolder { server: self.name(), folder: self.folder.clone() })
            }
            Failed::Imap(Error::Validate(_)) => {
                person(Trouble::MailboxFolder { server: self.name(), folder: self.folder.clone() })
            }
            _ => self.failed(&error),
        })?;
        let without = || person(Trouble::MailboxServer { server: self.name(), said: "no UIDVALIDITY".to_owned() });
        Ok(Folder { validity: opened.uid_validity.ok_or_else(without)?, next: opened.uid_next })
    }

    /// The number of the last mail that ever was in the folder.
    pub(super) async fn last(&self, session: &mut Session, folder: &Folder) -> Result<u32, ProviderError> {
        match folder.next {
            Some(next) => Ok(next.saturating_sub(1)),
            None => Ok(self.search(session, "*").await?.last().copied().unwrap_or_default()),
        }
    }

    /// The numbers of the mails above one, in order.
    pub(super) async fn above(&self, session: &mut Session, uid: u32) -> Result<Vec<u32>, ProviderError> {
        let Some(first) = uid.checked_add(1) else { return Ok(vec![]) };
        let mut found = self.search(session, &format!("{first}:*")).await?;
        // The star is the last mail there is, so that it is found below the first one asked for as well.
        found.retain(|found| *found >= first);
        Ok(found)
    }

    async fn search(&self, session: &mut Session, range: &str) -> Result<Vec<u32>, ProviderError> {
        let mut found = Vec::new();
        let hear = |response: &Response<'_>| {
            if let Response::MailboxData(MailboxDatum::Search(uids)) = response {
                found.extend(uids);
            }
        };
        self.command(session, &format!("UID SEARCH UID {range}"), STEP, hear).await?;
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The mails with those numbers and their sizes, in order. Of one that is gone, or whose size is not told, it is nothing.
    pub(super) async fn sizes(&self, session: &mut Session, uids: &[u32]) -> Result<Vec<Found>, ProviderError> {
        let mut sizes = BTreeMap::new();
        // Lines have a limit, too.
        for some in uids.chunks(500) {
            let set: Vec<String> = some.iter().map(u32::to_string).collect();
            let command = format!("UID FETCH {} (UID RFC822.SIZE)", set.join(","));
            self.command(session, &command, STEP, |response| sizes.extend(size(response))).await?;
        }
        Ok(uids.iter().map(|uid| Found { uid: *uid, size: sizes.get(uid).copied().unwrap_or_default() }).collect())
    }

    /// Loads a mail, of a large one the head; `None` when it is gone.
    pub(super) async fn load(&self, session: &mut Session, found: Found) -> Result<Option<Loaded>, ProviderError> {
        let section = if found.large() { format!("BODY.PEEK[HEADER]<0.{HEAD}>") } else { "BODY.PEEK[]".to_owned() };
        let command = format!("UID FETCH {} (UID INTERNALDATE {section})", found.uid);
        let patience = STEP + Duration::from_secs(u64::from(found.size.min(LARGE)) / PACE);
        let mut loaded = None;
        let hear = |response: &Response<'_>| {
            if let Some((uid, mail)) = body(response)
                && uid == found.uid
            {
                loaded = Some(mail);
            }
        };
        self.command(session, &command, patience, hear).await?;
        Ok(loaded)
    }

    /// Gives a command and hears everything up to the server's last word about it.
    async fn command(
        &self,
        session: &mut Session,
        command: &str,
        patience: Duration,
        mut hear: impl FnMut(&Response<'_>),
    ) -> Result<(), ProviderError> {
        let conversation = async {
            let tag = session.run_command(command).await?;
            loop {
                let response = session.read_response().await?.ok_or(Error::ConnectionLost)?;
                match response.parsed() {
                    Response::Done { tag: done, status, outcome } if *done == tag => {
                        let said = outcome.information.as_deref().unwrap_or_default().to_owned();
                        return if *status == Status::Ok { Ok(()) } else { Err(Error::No(said)) };
                    }
                    other => hear(other),
                }
            }
        };
        within(patience, conversation).await.map_err(|error| self.failed(&error))
    }

    fn name(&self) -> String {
        name(&self.server)
    }

    fn later(&self, said: &str) -> ProviderError {
        let why = Trouble::MailboxServer { server: self.name(), said: short(said) };
        ProviderError::Retry { after: None, why }
    }

    /// What a failure means where nothing special was expected. Reading changes nothing, so that it may always be tried again, unless
    /// only a person can mend it.
    fn failed(&self, error: &Failed) -> ProviderError {
        match error {
            Failed::Late => ProviderError::Retry { after: None, why: Trouble::MailSilence { server: self.name() } },
            Failed::Imap(Error::Io(error)) => {
                match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                    Some(tls) => person(Trouble::MailboxServer { server: self.name(), said: short(&tls.to_string()) }),
                    // The library quotes what it could not read, and that may be somebody's mail.
                    None if error.kind() == std::io::ErrorKind::Other => self.later("unreadable answer"),
                    None => self.later(&error.to_string()),
                }
            }
            Failed::Imap(Error::No(said) | Error::Bad(said)) => self.later(said),
            Failed::Imap(error @ Error::ConnectionLost) => self.later(&error.to_string()),
            Failed::Imap(_) => self.later("unreadable answer"),
        }
    }
}

/// Takes leave. How that goes no longer matters.
pub(super) async fn farewell(mut session: Session) {
    let _ = tokio::time::timeout(Duration::from_secs(2), session.logout()).await;
}

fn name(server: &MailServer) -> String {
    format!("{}:{}", server.host, server.port)
}

fn person(why: Trouble) -> ProviderError {
    ProviderError::NeedsPerson { why }
}

fn size(response: &Response<'_>) -> Option<(u32, u32)> {
    let Response::Fetch(_, attributes) = response else { return None };
    let (mut uid, mut size) = (None, None);
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(found) => uid = Some(*found),
            AttributeValue::Rfc822Size(found) => size = Some(*found),
            _ => {}
        }
    }
    Some((uid?, size?))
}

fn body(response: &Response<'_>) -> Option<(u32, Loaded)> {
    let Response::Fetch(_, attributes) = response else { return None };
    let (mut uid, mut bytes, mut received) = (None, None, None);
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(found) => uid = Some(*found),
            AttributeValue::BodySection { data, .. } => bytes = data.as_ref().map(|data| data.to_vec()),
            AttributeValue::InternalDate(date) => {
                let read = DateTime::parse_from_str(date.trim(), "%d-%b-%Y %H:%M:%S %z");
                received = read.ok().map(|date| date.with_timezone(&Utc));
            }
            _ => {}
        }
    }
    Some((uid?, Loaded { bytes: bytes?, received }))
}

/// Whether a refusal is one for the moment (RFC 5530).
fn passing(said: &str) -> bool {
    ["UNAVAILABLE", "INUSE", "SERVERBUG", "LIMIT"].iter().any(|code| said.contains(code))
}

/// What a server said, as the library passes it on, in short.
fn short(said: &str) -> String {
    let said = said.split_once("info: Some(\"").map_or(said, |(_, rest)| rest.trim_end_matches(['"', ')']));
    said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SAID).collect()
}

/// A step of the conversation failed.
enum Failed {
    Imap(Error),
    Late,
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T, Error>>) -> Result<T, Failed> {
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result.map_err(Failed::Imap),
        Err(_) => Err(Failed::Late),
    }
}
