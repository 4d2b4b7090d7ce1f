//! The one way to a provider's web server: bounded in time and size, never redirected (that would carry the credentials on), and
//! never led into the own network by a name. What a failure means depends on how far the call came.

pub mod guard;
mod said;

use crate::domain::Trouble;
use crate::domain::register::HttpServer;
use crate::ports::{HandedFile, ProviderError};
use chrono::DateTime;
use guard::{Guard, Inside};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Certificate, Client, Method, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

/// How long a call may take, from the look-up of the name to the last byte of the answer.
pub const LIMIT: Duration = Duration::from_secs(30);
/// No answer that a connector asks for is longer.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// Who asks for more patience than this is asked again by the desk's own pace.
const PATIENCE: Duration = Duration::from_secs(24 * 60 * 60);

/// A provider's web server.
pub struct Http {
    client: Client,
    base: Url,
    server: String,
    secret: Option<SecretString>,
}

/// A call: what is asked of which place below the server's address.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    place: Vec<String>,
    /// A whole address that the server itself named, in the place of one below its own.
    named: Option<Url>,
    query: Vec<(String, String)>,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

impl Call {
    /// A call to a place; its steps may hold anything, a slash in one is a letter of it.
    pub fn new<'s>(method: Method, place: impl IntoIterator<Item = &'s str>) -> Self {
        let place = place.into_iter().map(str::to_owned).collect();
        Self { method, place, named: None, query: vec![], headers: vec![], body: vec![] }
    }

    /// The same with a parameter more.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// The same with a header more.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same with a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().into_bytes())
    }

    /// The same with these bytes as its body.
    #[must_use]
    pub fn body(mut self, kind: &'static str, bytes: Vec<u8>) -> Self {
        self.body = bytes;
        self.header(CONTENT_TYPE, HeaderValue::from_static(kind))
    }

    /// The same with a form that holds one file and some fields. The boundary follows from what is in the file.
    #[must_use]
    pub fn form(mut self, file: &HandedFile, fields: &[(&str, &str)]) -> Self {
        let hash = Sha256::digest(&file.bytes);
        let boundary = hash.iter().take(16).fold("loket-".to_owned(), |text, byte| text + &format!("{byte:02x}"));
        let part =
            |head: String| format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").into_bytes();
        for (name, value) in fields {
            self.body.extend(part(format!("name=\"{name}\"")));
            self.body.extend(value.as_bytes());
            self.body.extend(b"\r\n");
        }
        let kind = file.media.media_type();
        // Loket's own names hold figures, hyphens and an ending alone.
        self.body.extend(part(format!("name=\"file\"; filename=\"{}\"\r\nContent-Type: {kind}", file.name)));
        self.body.extend(file.bytes.iter());
        self.body.extend(format!("\r\n--{boundary}--\r\n").as_bytes());
        match HeaderValue::from_str(&format!("multipart/form-data; boundary={boundary}")) {
            Ok(kind) => self.header(CONTENT_TYPE, kind),
            // Letters and figures always fit.
            Err(_) => self,
        }
    }

    /// Whether it may change something there.
    fn writes(&self) -> bool {
        !self.method.is_safe()
    }
}

/// An answer of the kind that was hoped for.
#[derive(Clone, Debug)]
pub struct Reply {
    /// 200 to 299.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// At most [`LARGEST`] bytes.
    pub body: Vec<u8>,
    server: String,
    writes: bool,
}

impl Reply {
    /// The body as JSON. Something else in its place leaves open whether a writing call was carried out.
    pub fn json(&self) -> Result<Value, ProviderError> {
        serde_json::from_slice(&self.body).map_err(|error| self.unexpected(&error.to_string()))
    }

    /// The error for an answer of another form than the interface promises.
    pub fn unexpected(&self, said: &str) -> ProviderError {
        lost(self.writes, Trouble::WebUnexpected { server: self.server.clone(), said: said::bounded(said) })
    }
}

/// A call that failed, with the status when the server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The status of the answer.
    pub status: Option<u16>,
    /// What it means.
    pub error: ProviderError,
}

impl Failure {
    /// Whether an answer to a reading call was longer than [`LARGEST`].
    pub fn is_too_long(&self) -> bool {
        let answered = self.status.is_some_and(|status| status < 300);
        answered && matches!(&self.error, ProviderError::Retry { why: Trouble::WebUnexpected { .. }, .. })
    }
}

impl From<Failure> for ProviderError {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

impl Http {
    /// A way to that server. `authorization` is the whole value of the header. The error is for the administrator.
    pub fn new(server: &HttpServer, authorization: Option<SecretString>, limit: Duration) -> Result<Self, Trouble> {
        Self::opened(server, authorization.map(|secret| (AUTHORIZATION, secret)), limit)
    }

    /// The same with a secret in a header of another name.
    pub fn opened(
        server: &HttpServer,
        secret: Option<(HeaderName, SecretString)>,
        limit: Duration,
    ) -> Result<Self, Trouble> {
        let form = |said: String| Trouble::WebAddress { url: server.url.clone(), said };
        let base = Url::parse(&server.url).map_err(|error| form(error.to_string()))?;
        let host = base.host_str().ok_or_else(|| form("no host".into()))?.to_owned();
        let guard = Guard::new(&server.allow);
        // A number needs no look-up, so that nobody would ask the guard.
        if guard.refuses_literal(&base) {
            return Err(Trouble::WebInside { host });
        }
        // In the clear, credentials go nowhere but into the own network.
        if base.scheme() != "https" && !guard.knows(&host) {
            return Err(Trouble::WebUnprotected { host });
        }
        let mut builder = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(limit)
            // Shorter, so that a connection that never came about is known for one: nothing was sent then.
            .connect_timeout(limit / 3)
            // A connection that was kept may be closed by the server at the moment of a call, which would look like a lost answer.
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(guard))
            .user_agent(concat!("Loket/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = &server.authority {
            for certificate in authority(path)? {
                builder = builder.add_root_certificate(certificate);
            }
        }
        if let Some((name, secret)) = &secret {
            let mut value = HeaderValue::from_str(secret.expose_secret()).map_err(|_| form(name.to_string()))?;
            value.set_sensitive(true);
            builder = builder.default_headers([(name.clone(), value)].into_iter().collect());
        }
        let client = builder.build().map_err(|error| form(root(&error)))?;
        let name = base.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
        Ok(Self { client, base, server: name, secret: secret.map(|(_, secret)| secret) })
    }

    /// The server's name, with its port when it is not the usual one.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Makes a call once. What fails is told by what may be done next.
    pub async fn send(&self, call: Call) -> Result<Reply, Failure> {
        let writes = call.writes();
        let mut url = call.named.unwrap_or_else(|| self.below(&call.place));
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        let mut request = self.client.request(call.method, url).headers(call.headers.into_iter().collect());
        if !call.body.is_empty() {
            request = request.body(call.body);
        }
        let response =
            request.send().await.map_err(|error| Failure { status: None, error: self.failed(writes, &error) })?;
        let (status, headers) = (response.status(), response.headers().clone());
        match self.read(response).await {
            Ok(body) => self.judge(Reply { status, headers, body, server: self.server.clone(), writes }),
            // What the server decided is known although it could not be read, unless it says that it was done.
            Err(_) if !status.is_success() => {
                self.judge(Reply { status, headers, body: vec![], server: self.server.clone(), writes })
            }
            Err(why) => Err(Failure { status: Some(status.as_u16()), error: lost(writes, why) }),
        }
    }

    /// What stands at an address that the server itself named. `None` where that is on another server, which must not hear our
    /// credentials, and where the server surely does not give it: it is gone, refused or too large. An error may pass.
    pub async fn fetch(&self, address: &str) -> Result<Option<Vec<u8>>, ProviderError> {
        let named = self.base.join(address).ok().filter(|url| url.origin() == self.base.origin());
        let Some(named) = named.filter(|_| !address.is_empty()) else { return Ok(None) };
        let call = Call { named: Some(named), ..Call::new(Method::GET, []) };
        match self.send(call).await {
            Ok(reply) => Ok(Some(reply.body)),
            Err(failure) if failure.is_too_long() => Ok(None),
            Err(failure) => match failure.status {
                Some(408 | 429) => Err(failure.error),
                Some(300..=499) => Ok(None),
                _ => Err(failure.error),
            },
        }
    }

    /// The address of a place below the server's own.
    fn below(&self, place: &[String]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(place);
        }
        url
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<Vec<u8>, Trouble> {
        let mut body = Vec::new();
        let server = || self.server.clone();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > LARGEST => {
                    return Err(Trouble::WebUnexpected { server: server(), said: format!("> {LARGEST} bytes") });
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(body),
                Err(error) if error.is_timeout() => return Err(Trouble::WebSilence { server: server() }),
                Err(error) => return Err(Trouble::WebBroken { server: server(), said: said::bounded(&root(&error)) }),
            }
        }
    }

    /// What a call without an answer means.
    fn failed(&self, writes: bool, error: &reqwest::Error) -> ProviderError {
        let server = self.server.clone();
        let said = said::bounded(&root(error));
        if let Some(Inside { host }) = causes(error).find_map(|cause| cause.downcast_ref::<Inside>()) {
            return ProviderError::NeedsPerson { why: Trouble::WebInside { host: host.clone() } };
        }
        if error.is_builder() {
            return ProviderError::NeedsPerson { why: Trouble::WebUnexpected { server, said } };
        }
        if error.is_connect() {
            return ProviderError::Retry { after: None, why: Trouble::WebUnreachable { server, said } };
        }
        let why = if error.is_timeout() { Trouble::WebSilence { server } } else { Trouble::WebBroken { server, said } };
        lost(writes, why)
    }

    /// What an answer means.
    fn judge(&self, reply: Reply) -> Result<Reply, Failure> {
        let status = reply.status;
        let server = self.server.clone();
        let said = || said::of(status, &reply.body, self.secret.as_ref());
        let person = |why| ProviderError::NeedsPerson { why };
        let error = match status.as_u16() {
            200..=299 => return Ok(reply),
            300..=399 => {
                let to = reply.headers.get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
                person(Trouble::WebUnexpected { server, said: said::bounded(&format!("{status}: {to}")) })
            }
            401 => person(Trouble::WebLogIn { server }),
            403 => person(Trouble::WebForbidden { server, said: said() }),
            429 | 503 => {
                ProviderError::Retry { after: patience(&reply.headers), why: Trouble::WebBusy { server, said: said() } }
            }
            // The server gave up waiting for the rest of the call; who knows what it did with the beginning.
            408 | 500..=599 => lost(reply.writes, Trouble::WebBroken { server, said: said() }),
            _ => ProviderError::Rejected { why: Trouble::WebRefused { server, said: said() } },
        };
        Err(Failure { status: Some(status.as_u16()), error })
    }
}

/// An answer that is lost: harmless where nothing was to change.
fn lost(writes: bool, why: Trouble) -> ProviderError {
    if writes { ProviderError::Unknown { why } } else { ProviderError::Retry { after: None, why } }
}

fn authority(path: &str) -> Result<Vec<Certificate>, Trouble> {
    let useless = |said| Trouble::Authority { path: path.to_owned(), said };
    let pem = std::fs::read(path).map_err(|error| useless(error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| useless(root(&error)))?;
    if certificates.is_empty() { Err(useless("PEM".into())) } else { Ok(certificates) }
}

fn causes<'e>(error: &'e reqwest::Error) -> impl Iterator<Item = &'e (dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |cause: &&'e (dyn std::error::Error + 'static)| (*cause).source())
}

/// The innermost cause: the outer ones repeat the address and say little.
fn root(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

/// How long the server asks to be left alone, in seconds or until a date on its own clock.
fn patience(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let asked = text(RETRY_AFTER)?;
    let wait = match asked.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = DateTime::parse_from_rfc2822(asked).ok()?;
            let now = DateTime::parse_from_rfc2822(text(DATE)?).ok()?;
            (until - now).to_std().unwrap_or_default()
        }
    };
    Some(wait.min(PATIENCE))
}

/// The moment of an answer on the server's own clock.
pub fn moment(headers: &HeaderMap) -> Option<crate::domain::Instant> {
    let text = headers.get(DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(text).ok().map(Into::into)
}
