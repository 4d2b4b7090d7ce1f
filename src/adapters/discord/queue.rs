//! The one way to Discord's REST interface: paced, patient, and careful with what an error means.
//!
//! Requests are sent with our own HTTP client and not through serenity's, because serenity drops the headers of an error, and with
//! them how long Discord wants us to wait.

use super::files::{self, Upload};
use super::wire;
use crate::domain::Instant as Moment;
use crate::ports::{ChatError, Platform, Traffic};
use reqwest::{Method, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// Discord allows 50 requests a second in all.
const STEP: Duration = Duration::from_micros(1_000_000 / 45);
/// How many may go out at once after a silence.
const BURST: u32 = 5;
/// Discord shuts out an address after 10,000 invalid requests within ten minutes; we stop long before.
const INVALID: usize = 1_000;
const WINDOW: Duration = Duration::from_secs(600);
/// A longer wait than this is handed back to the caller, so that it does not hold up the others.
const PATIENCE: Duration = Duration::from_secs(15);
/// Files take their time on a slow line; words have less.
const UPLOAD: Duration = Duration::from_secs(60);
/// How often one request is repeated after Discord asked for patience.
const REPEATS: u32 = 4;

/// One request.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) method: Method,
    /// The path below `/api/v10`.
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
    /// What goes along with the body.
    files: Vec<Upload>,
    /// Requests in one lane go out one by one: a channel, or a server.
    lane: u64,
    /// Limits are per lane and per sort of request.
    sort: &'static str,
}

impl Call {
    /// A request about a channel or server.
    pub(super) fn new(method: Method, lane: wire::Snowflake, sort: &'static str, path: String) -> Self {
        Self { method, path, query: Vec::new(), body: None, files: Vec::new(), lane, sort }
    }

    /// With a body.
    pub(super) fn body(mut self, body: impl Into<Value>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// With files beside the body.
    pub(super) fn files(mut self, files: Vec<Upload>) -> Self {
        self.files = files;
        self
    }

    /// With a parameter, whose value needs no encoding.
    pub(super) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// What may be done next.
    pub(super) error: ChatError,
    /// Discord's own code, 0 when it gave none.
    pub(super) code: i64,
}

impl From<Failure> for ChatError {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

fn retry(after: Option<Duration>, why: impl Into<String>) -> Failure {
    Failure { error: ChatError::Retry { after, why: why.into() }, code: 0 }
}

#[derive(Default)]
struct Lane {
    not_before: HashMap<&'static str, Instant>,
}

#[derive(Default)]
struct Pace {
    /// When the next request is due, were there no burst.
    next: Option<Instant>,
    /// All wait until then: a global limit.
    paused: Option<Instant>,
    /// When the last invalid requests were made.
    invalid: VecDeque<Instant>,
}

/// What the queue has seen, for metrics and tests.
#[derive(Debug, Default)]
pub struct Counters {
    /// Requests sent.
    pub sent: AtomicU64,
    /// Answers that asked for patience.
    pub limited: AtomicU64,
    /// Invalid requests as Discord counts them: 401, 403 and 429.
    pub invalid: AtomicU64,
    /// Events of a known kind that could not be read.
    pub undecodable: AtomicU64,
    /// Events dropped because the desk was too far behind; the back-fill finds them again.
    pub overflown: AtomicU64,
    /// Sessions that began.
    pub sessions: AtomicU64,
    /// Whether a session is alive.
    pub connected: AtomicBool,
}

impl Platform for Counters {
    fn traffic(&self) -> Traffic {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Traffic {
            connected: self.connected.load(Ordering::Relaxed),
            sessions: read(&self.sessions),
            sent: read(&self.sent),
            limited: read(&self.limited),
            invalid: read(&self.invalid),
            undecodable: read(&self.undecodable),
            overflown: read(&self.overflown),
        }
    }
}

/// The queue in front of Discord's REST interface.
pub(super) struct Rest {
    client: reqwest::Client,
    base: String,
    token: SecretString,
    lanes: Mutex<HashMap<u64, Arc<tokio::sync::Mutex<Lane>>>>,
    pace: Mutex<Pace>,
    stopped: AtomicBool,
    /// What time it was at Discord at the last answer, as it wrote it.
    time: Mutex<Option<String>>,
    /// Told once when the token is refused.
    pub(super) unauthorised: Notify,
    pub(super) counters: Arc<Counters>,
}

/// Builds an HTTP client with limits to every wait; reqwest itself has none.
pub(super) fn client(connect: Duration, total: Duration) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(connect)
        .timeout(total)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("DiscordBot (https://loket.example, ", env!("CARGO_PKG_VERSION"), ")"))
        .build()
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rest {
    /// A queue for one token.
    pub(super) fn new(client: reqwest::Client, base: &str, token: SecretString, counters: Arc<Counters>) -> Self {
        Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
            token,
            lanes: Mutex::default(),
            pace: Mutex::default(),
            stopped: AtomicBool::new(false),
            time: Mutex::default(),
            unauthorised: Notify::new(),
            counters,
        }
    }

    /// Sends a request when its turn has come and gives the answer's body.
    pub(super) async fn call(&self, call: Call) -> Result<Value, Failure> {
        let lane = self.lane(call.lane);
        let mut lane = lane.lock().await;
        let mut repeats = 0;
        loop {
            if let Some(at) = lane.not_before.get(call.sort).copied() {
                wait(at, "this channel is at its limit").await?;
            }
            self.turn().await?;
            let answer = self.send(&call, true).await;
            let limit = match &answer {
                Ok(answer) => answer.rest,
                Err(_) => None,
            };
            match limit {
                Some(until) => drop(lane.not_before.insert(call.sort, until)),
                None => drop(lane.not_before.remove(call.sort)),
            }
            let answer = answer?;
            let Some(limit) = answer.limited else { return answer.read(&call.method).await };
            repeats += 1;
            if repeats > REPEATS || limit > PATIENCE {
                return Err(retry(Some(limit), "Discord asks for patience"));
            }
        }
    }

    /// Sends at once, outside the queue: the answers to interactions, which have three seconds and limits of their own.
    pub(super) async fn at_once(&self, call: Call) -> Result<Value, Failure> {
        if self.is_stopped() {
            return Err(stopped());
        }
        let answer = self.send(&call, false).await?;
        match answer.limited {
            Some(limit) => Err(retry(Some(limit), "Discord asks for patience")),
            None => answer.read(&call.method).await,
        }
    }

    /// What time it was at Discord at the last answer, to the second.
    pub(super) fn told_time(&self) -> Option<Moment> {
        let told = held(&self.time).clone()?;
        chrono::DateTime::parse_from_rfc2822(&told).ok().map(|at| at.to_utc())
    }

    /// Whether Discord refused the token; nothing is sent any more.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    fn lane(&self, id: u64) -> Arc<tokio::sync::Mutex<Lane>> {
        let mut lanes = held(&self.lanes);
        if lanes.len() > 4_096 && !lanes.contains_key(&id) {
            // A lane that nobody waits in and whose limits are over is as good as new.
            let now = Instant::now();
            lanes.retain(|_, lane| {
                Arc::strong_count(lane) > 1
                    || lane.try_lock().is_ok_and(|lane| lane.not_before.values().any(|until| *until > now))
            });
        }
        Arc::clone(lanes.entry(id).or_default())
    }

    /// Waits for a place among the requests of all lanes.
    async fn turn(&self) -> Result<(), Failure> {
        loop {
            if self.is_stopped() {
                return Err(stopped());
            }
            let now = Instant::now();
            let due = {
                let mut pace = held(&self.pace);
                while pace.invalid.front().is_some_and(|at| now.duration_since(*at) > WINDOW) {
                    pace.invalid.pop_front();
                }
                if pace.invalid.len() >= INVALID {
                    let over = pace.invalid.front().map(|at| (*at + WINDOW).duration_since(now));
                    return Err(retry(over, "paused: too many requests were refused in the last ten minutes"));
                }
                match pace.paused {
                    Some(until) if until > now => Err(until),
                    _ => {
                        let earliest = now.checked_sub(STEP * BURST).unwrap_or(now);
                        let due = pace.next.map_or(earliest, |next| next.max(earliest)) + STEP;
                        pace.next = Some(due);
                        Ok(due)
                    }
                }
            };
            match due {
                Ok(due) => {
                    sleep_until(due).await;
                    return Ok(());
                }
                // Everybody waits for the end of a global limit, and takes a place again after it.
                Err(until) => wait(until, "Discord's limit for all requests is reached").await?,
            }
        }
    }

    async fn send(&self, call: &Call, counted: bool) -> Result<Answer, Failure> {
        let mut url = format!("{}/api/v10{}", self.base, call.path);
        for (nth, (name, value)) in call.query.iter().enumerate() {
            url.push(if nth == 0 { '?' } else { '&' });
            url.push_str(name);
            url.push('=');
            url.push_str(value);
        }
        let mut request = self.client.request(call.method.clone(), url);
        let mut secret = reqwest::header::HeaderValue::from_str(&format!("Bot {}", self.token.expose_secret()))
            .map_err(|_| refused("the token holds a character that no token has"))?;
        secret.set_sensitive(true);
        request = request.header(reqwest::header::AUTHORIZATION, secret);
        if let (Some(body), false) = (&call.body, call.files.is_empty()) {
            let form = files::form(body, &call.files).map_err(|_| refused("the files cannot be written"))?;
            request = request.timeout(UPLOAD).multipart(form);
        } else if let Some(body) = &call.body {
            let bytes = serde_json::to_vec(body).map_err(|_| refused("the body cannot be written as JSON"))?;
            request = request.header(reqwest::header::CONTENT_TYPE, "application/json").body(bytes);
        } else {
            request = request.header(reqwest::header::CONTENT_LENGTH, 0);
        }
        self.counters.sent.fetch_add(1, Ordering::Relaxed);
        let response = request.send().await.map_err(|error| unsent(error, &call.method))?;
        let status = response.status();
        let rest = bucket_end(&response);
        *held(&self.time) = header(&response, "date");
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS) {
            let shared = header(&response, "x-ratelimit-scope").is_some_and(|scope| scope == "shared");
            if !shared {
                self.count_invalid();
            }
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.counters.limited.fetch_add(1, Ordering::Relaxed);
            return Ok(self.limited(response, counted).await);
        }
        Ok(Answer { response: Some(response), limited: None, rest }).and_then(|answer| self.authorised(answer, status))
    }

    /// A refused token stops everything: each further attempt only counts against us. A refused interaction does not.
    fn authorised(&self, answer: Answer, status: StatusCode) -> Result<Answer, Failure> {
        let interaction = answer.response.as_ref().is_some_and(|response| {
            let path = response.url().path();
            path.contains("/webhooks/") || path.contains("/interactions/")
        });
        if status == StatusCode::UNAUTHORIZED && !interaction {
            if !self.stopped.swap(true, Ordering::AcqRel) {
                tracing::error!(
                    "Discord does not accept the token any more; nothing is sent until Loket is started with a new one"
                );
            }
            self.unauthorised.notify_one();
            return Err(stopped());
        }
        Ok(answer)
    }

    /// Reads how long to wait; a global limit holds for all.
    async fn limited(&self, response: Response, counted: bool) -> Answer {
        let seconds = |text: Option<String>| text.and_then(|text| text.trim().parse::<f64>().ok());
        let from_header = seconds(header(&response, "retry-after"));
        let reset = seconds(header(&response, "x-ratelimit-reset-after"));
        let mut global = header(&response, "x-ratelimit-global").is_some()
            || header(&response, "x-ratelimit-scope").is_some_and(|scope| scope == "global");
        let bytes = response.bytes().await.unwrap_or_default();
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        global |= body["global"].as_bool().unwrap_or_default();
        // The body is the finest, the header is rounded up. Without either it is a wall in front of Discord.
        let seconds = body["retry_after"].as_f64().or(from_header).or(reset).unwrap_or(60.0);
        let limit = Duration::from_secs_f64(seconds.clamp(0.05, 86_400.0)) + Duration::from_millis(50);
        let until = Instant::now() + limit;
        if global && counted {
            let mut pace = held(&self.pace);
            pace.paused = Some(pace.paused.map_or(until, |old| old.max(until)));
        }
        Answer { response: None, limited: Some(limit), rest: Some(until) }
    }

    fn count_invalid(&self) {
        self.counters.invalid.fetch_add(1, Ordering::Relaxed);
        let mut pace = held(&self.pace);
        pace.invalid.push_back(Instant::now());
        if pace.invalid.len() == INVALID {
            tracing::error!(
                "Discord refused {INVALID} requests within ten minutes; Loket pauses before its address is shut out. \
                 Look at its permissions in the channels."
            );
        }
    }
}

fn stopped() -> Failure {
    Failure {
        error: ChatError::Retry { after: Some(WINDOW), why: "Discord does not accept the token".into() },
        code: 0,
    }
}

fn refused(why: impl Into<String>) -> Failure {
    Failure { error: ChatError::Refused { why: why.into() }, code: 0 }
}

async fn wait(until: Instant, why: &str) -> Result<(), Failure> {
    let left = until.saturating_duration_since(Instant::now());
    if left > PATIENCE {
        return Err(retry(Some(left), why));
    }
    sleep_until(until).await;
    Ok(())
}

fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// When this sort of request may go out again, if this was the last one allowed.
fn bucket_end(response: &Response) -> Option<Instant> {
    if header(response, "x-ratelimit-remaining")?.trim() != "0" {
        return None;
    }
    let seconds: f64 = header(response, "x-ratelimit-reset-after")?.trim().parse().ok()?;
    (seconds.is_finite() && seconds > 0.0).then(|| Instant::now() + Duration::from_secs_f64(seconds.min(3_600.0)))
}

/// Whether sending the same again gives the same, so that an unknown outcome is simply tried again.
fn repeatable(method: &Method) -> bool {
    *method != Method::POST
}

/// An error before an answer. It never holds the address, which may hold an interaction's secret.
fn unsent(error: reqwest::Error, method: &Method) -> Failure {
    let error = error.without_url();
    if error.is_builder() {
        return refused("the request cannot be built");
    }
    let why = if error.is_timeout() { "no answer in time" } else { "the connection failed" };
    if error.is_connect() || repeatable(method) {
        retry(None, why)
    } else {
        Failure { error: ChatError::Unknown { why: why.into() }, code: 0 }
    }
}

struct Answer {
    response: Option<Response>,
    limited: Option<Duration>,
    rest: Option<Instant>,
}

impl Answer {
    async fn read(self, method: &Method) -> Result<Value, Failure> {
        let Some(response) = self.response else { return Ok(Value::Null) };
        let status = response.status();
        let bytes = match response.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return Err(unsent(error, method)),
        };
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if status.is_success() {
            return Ok(body);
        }
        Err(judged(status, &body, method))
    }
}

/// What an answer means for the next attempt.
fn judged(status: StatusCode, body: &Value, method: &Method) -> Failure {
    let code = body["code"].as_i64().unwrap_or_default();
    // The message is Discord's fixed sentence for the code; the detail names fields, never what stood in them.
    let said: String = body["message"].as_str().unwrap_or_default().chars().take(120).collect();
    let mut why = format!("{} ({code}) {said}", status.as_u16());
    let places = fields(&body["errors"]);
    if !places.is_empty() {
        why.push_str(" at ");
        why.push_str(&places.join(", "));
    }
    let minutes = |n: u64| Some(Duration::from_secs(60 * n));
    let error = match (status.as_u16(), code) {
        // Too many edits of an old message, too many threads: both pass.
        (_, 30_046 | 160_006 | 40_062) => ChatError::Retry { after: minutes(10), why },
        (404, 10_008) => ChatError::Missing { why },
        (400, 50_007 | 50_083 | 160_005) => ChatError::Gone { why },
        (408, _) => ChatError::Retry { after: None, why },
        (401 | 403 | 404 | 410, 1..) if code != 40_333 => ChatError::Gone { why },
        // Without a code it is not Discord that answers but something before it.
        (403 | 404, 0) => ChatError::Retry { after: minutes(1), why },
        (500.., _) if repeatable(method) => ChatError::Retry { after: None, why },
        (500.., _) => ChatError::Unknown { why },
        _ => ChatError::Refused { why },
    };
    Failure { error, code }
}

/// The paths of the fields that Discord objects to.
fn fields(errors: &Value) -> Vec<String> {
    fn walk(value: &Value, path: &str, out: &mut Vec<String>) {
        let Value::Object(map) = value else { return };
        for (key, inner) in map {
            if out.len() >= 8 {
                return;
            }
            if key == "_errors" {
                let code = inner[0]["code"].as_str().unwrap_or_default();
                out.push(format!("{path} {code}").trim().to_owned());
            } else {
                let deeper = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(inner, &deeper, out);
            }
        }
    }
    let mut out = Vec::new();
    walk(errors, "", &mut out);
    out
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
