//! REST: one door for every call. It logs, limits, checks, lets faults strike, and hands the call to its route.

mod body;
mod channels;
mod guilds;
mod interactions;
mod messages;
mod routes;

use std::time::Instant;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::checks;
use super::faults::{Aim, Fault, When};
use super::limits::Allowance;
use super::line::Cutter;
use super::state::{Call, Id};
use super::world::World;
use super::{Discord, openapi};

pub use body::File;

/// The largest body Discord takes, near enough.
const BODY_LIMIT: usize = 30 * 1024 * 1024;

/// A call on its way to its route.
pub struct Ask<'a> {
    pub method: &'a str,
    pub parts: Vec<&'a str>,
    pub call: &'a Call,
    pub body: &'a Value,
    pub files: &'a [File],
}

/// A successful answer.
pub struct Done {
    pub status: u16,
    pub body: Value,
}

/// A refusal as Discord words it.
#[derive(Debug)]
pub struct Refusal {
    pub status: u16,
    pub code: u64,
    pub message: String,
    pub errors: Value,
}

pub type Outcome = Result<Done, Refusal>;

/// 200 with a body.
pub fn ok(body: Value) -> Outcome {
    Ok(Done { status: 200, body })
}

/// 204.
pub fn nothing() -> Outcome {
    Ok(Done { status: 204, body: Value::Null })
}

pub fn refuse(status: u16, code: u64, message: &str) -> Refusal {
    Refusal { status, code, message: message.to_owned(), errors: Value::Null }
}

pub fn unknown_channel() -> Refusal {
    refuse(404, 10003, "Unknown Channel")
}

pub fn unknown_message() -> Refusal {
    refuse(404, 10008, "Unknown Message")
}

/// What neither this world nor, as far as it knows, Discord has. Recorded, for the bot relied on it.
pub fn no_route(world: &mut World, ask: &Ask<'_>) -> Refusal {
    world.violations.push(format!("{} {}: this world has no such route", ask.method, ask.call.path));
    refuse(404, 0, "404: Not Found")
}

/// Reads a snowflake out of the path.
pub fn number(text: &str) -> Result<Id, Refusal> {
    text.parse().map_err(|_| refuse(400, 50035, &format!("Invalid Form Body: {text} is not a snowflake")))
}

/// Everything that is not the gateway.
pub async fn answer(
    State(discord): State<Discord>,
    ConnectInfo(line): ConnectInfo<Cutter>,
    request: Request,
) -> Response {
    let at = Instant::now();
    let (head, body) = request.into_parts();
    let method = head.method.as_str().to_owned();
    let raw_path = head.uri.path().to_owned();
    let path = body::decoded(raw_path.strip_prefix("/api/v10").unwrap_or(&raw_path));
    let header =
        |name: header::HeaderName| head.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let content_type = header(header::CONTENT_TYPE);
    let authorisation = header(header::AUTHORIZATION);
    let Ok(bytes) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        // The client went away while sending; there is nobody to answer.
        return StatusCode::BAD_REQUEST.into_response();
    };
    let parsed = body::parse(&content_type, &bytes);
    let call = Call {
        number: 0,
        method,
        path,
        query: body::query(head.uri.query().unwrap_or_default()),
        body: parsed.value.clone(),
        files: parsed.files.iter().map(|f| f.name.clone()).collect(),
        at,
        status: None,
        applied: false,
    };
    let channel = writes_to(&call);
    let Entered { call, delay, fault, aims } = discord.change(|world| enter(world, call, channel));
    let _leaving = Leaving { discord: &discord, channel };
    for aim in aims {
        aim(&call);
    }
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    match fault {
        Some(Fault::Status(status)) => {
            finish(&discord, &call, status);
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return (status, json!({"message": status.to_string(), "code": 0}).to_string()).into_response();
        }
        Some(Fault::Refuse(status, code)) => {
            finish(&discord, &call, status);
            return respond(Err(refuse(status, code, "refused by this test")), None, 0);
        }
        Some(Fault::Redirect(to)) => {
            finish(&discord, &call, 302);
            return (StatusCode::FOUND, [(header::LOCATION, to)]).into_response();
        }
        Some(Fault::Endless) => {
            finish(&discord, &call, 200);
            let chunk = || Ok::<_, std::convert::Infallible>(axum::body::Bytes::from_static(&[0; 4096]));
            return Body::from_stream(futures::stream::repeat_with(chunk)).into_response();
        }
        Some(Fault::Hang) => return std::future::pending().await,
        Some(Fault::Cut) => return line.cut(),
        _ => {}
    }
    if let Some(file) = call.path.strip_prefix("/attachments/") {
        let found = discord.read(|world| world.files.get(&format!("/attachments/{file}")).cloned());
        finish(&discord, &call, if found.is_some() { 200 } else { 404 });
        return match found {
            Some((content_type, bytes)) => ([(header::CONTENT_TYPE, content_type)], bytes).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let open = openapi::violations(&call.method, &call.path, parsed.has_body, &parsed.value);
    let (outcome, allowance, aims) = discord.change(|world| serve(world, &call, &parsed, &authorisation, &open));
    if let Ok(done) = &outcome {
        let doubts = openapi::doubts(&call.method, &call.path, done.status, &done.body);
        if !doubts.is_empty() {
            let named = doubts.iter().map(|doubt| format!("{} {}: {doubt}", call.method, call.path));
            discord.change(|world| world.doubts.extend(named));
        }
    }
    for aim in aims {
        aim(&call);
    }
    match fault {
        Some(Fault::HangAfter) => return std::future::pending().await,
        Some(Fault::CutAfter) => return line.cut(),
        _ => {}
    }
    let response = respond(outcome, allowance, discord.read(World::now));
    finish(&discord, &call, response.status().as_u16());
    response
}

/// The channel a changing call is about; interactions and reading do not count.
fn writes_to(call: &Call) -> Option<Id> {
    let mut parts = call.path.trim_matches('/').split('/');
    match (call.method.as_str(), parts.next(), parts.next()) {
        ("GET", ..) => None,
        (_, Some("channels"), Some(id)) => id.parse().ok(),
        _ => None,
    }
}

/// A call that was logged, with what is in store for it.
struct Entered {
    call: Call,
    delay: std::time::Duration,
    fault: Option<Fault>,
    aims: Vec<Aim>,
}

fn enter(world: &mut World, mut call: Call, channel: Option<Id>) -> Entered {
    call.number = world.calls.len() + 1;
    world.calls.push(call.clone());
    if let Some(channel) = channel {
        let now = world.flight.now.entry(channel).or_default();
        *now += 1;
        let most = world.flight.most.entry(channel).or_default();
        *most = (*most).max(*now);
    }
    let (delay, fault) = world.faults.strike(&call.method, &call.path);
    let aims = world.faults.aimed(When::Arrived, &call.method, &call.path);
    Entered { call, delay, fault, aims }
}

/// Ends the count of open calls, also when the client gave up.
struct Leaving<'a> {
    discord: &'a Discord,
    channel: Option<Id>,
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if let Some(channel) = self.channel {
            self.discord.change(|world| {
                let now = world.flight.now.entry(channel).or_default();
                *now = now.saturating_sub(1);
            });
        }
    }
}

fn finish(discord: &Discord, call: &Call, status: u16) {
    discord.change(|world| {
        if matches!(status, 401 | 403 | 429) {
            world.limits.invalid += 1;
        }
        if let Some(logged) = world.calls.get_mut(call.number - 1) {
            logged.status = Some(status);
        }
    });
}

type Served = (Outcome, Option<Allowance>, Vec<Aim>);

fn serve(world: &mut World, call: &Call, body: &body::Body, authorisation: &str, open: &[String]) -> Served {
    let parts: Vec<&str> = call.path.trim_matches('/').split('/').collect();
    // Interaction answers carry their own token in the path, as webhooks do.
    let own_token = matches!(parts.first(), Some(&"interactions" | &"webhooks"));
    if !own_token && authorisation != format!("Bot {}", world.token) && parts.first() != Some(&"gateway") {
        return (Err(refuse(401, 0, "401: Unauthorized")), None, Vec::new());
    }
    let bucket = bucket_of(&call.method, &parts);
    let allowance = world.limits.count(&bucket, !own_token, call.at);
    if let Some(refused) = allowance.as_ref().and_then(|a| a.refused.as_ref()) {
        let mut refusal = refuse(429, 0, "You are being rate limited.");
        refusal.errors = json!({"retry_after": refused.retry_after, "global": refused.global});
        return (Err(refusal), allowance, Vec::new());
    }
    let mut wrong = checks::violations(&call.method, &parts, &body.value, &body.files);
    wrong.extend(open.iter().cloned());
    if let Some(first) = wrong.first() {
        let mut refusal = refuse(400, 50035, "Invalid Form Body");
        refusal.errors = json!({"body": {"_errors": [{"code": "LOOPBACK", "message": first}]}});
        world.violations.extend(wrong.iter().map(|w| format!("{} {}: {w}", call.method, call.path)));
        return (Err(refusal), allowance, Vec::new());
    }
    let ask = Ask { method: &call.method, parts, call, body: &body.value, files: &body.files };
    let outcome = routes::route(world, &ask);
    let applied = outcome.is_ok();
    if let Some(logged) = world.calls.get_mut(call.number - 1) {
        logged.applied = applied;
    }
    let aims = if applied { world.faults.aimed(When::Applied, &call.method, &call.path) } else { Vec::new() };
    (outcome, allowance, aims)
}

/// Method and path with all ids but the first replaced: what shares a limit.
fn bucket_of(method: &str, parts: &[&str]) -> String {
    let mut name = method.to_owned();
    for (at, part) in parts.iter().enumerate() {
        name.push('/');
        let minor = at > 1 && (part.parse::<Id>().is_ok() || parts.get(at - 1) == Some(&"reactions"));
        name.push_str(if minor { "*" } else { part });
    }
    name
}

fn respond(outcome: Outcome, allowance: Option<Allowance>, now: i64) -> Response {
    let (status, body) = match outcome {
        Ok(done) => (done.status, done.body),
        Err(refusal) if refusal.status == 429 => {
            let mut body = refusal.errors;
            body["message"] = json!(refusal.message);
            (429, body)
        }
        Err(refusal) => {
            let mut body = json!({"message": refusal.message, "code": refusal.code});
            if !refusal.errors.is_null() {
                body["errors"] = refusal.errors;
            }
            (refusal.status, body)
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match body {
        Value::Null => status.into_response(),
        body => (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response(),
    };
    if let Some(allowance) = allowance {
        let headers = response.headers_mut();
        let mut set = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        };
        let ascii: String = allowance.bucket.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        set("x-ratelimit-bucket", ascii);
        set("x-ratelimit-limit", allowance.limit.to_string());
        set("x-ratelimit-remaining", allowance.remaining.to_string());
        set("x-ratelimit-reset", format!("{:.3}", now as f64 / 1000.0 + allowance.reset_after));
        set("x-ratelimit-reset-after", format!("{:.3}", allowance.reset_after));
        if let Some(refused) = allowance.refused {
            set("retry-after", format!("{:.3}", refused.retry_after));
            set("x-ratelimit-scope", if refused.global { "global" } else { "user" }.to_owned());
            if refused.global {
                set("x-ratelimit-global", "true".to_owned());
            }
        }
    }
    response
}
