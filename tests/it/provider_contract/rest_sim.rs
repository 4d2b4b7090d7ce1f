//! A simulator of a system that speaks TMF621, made from the published standard (version 4) and from how systems depart from it: nobody
//! has compared it with a real one. It refuses whatever changes something and is not signed as Standard Webhooks say.

use super::{Deed, Desk, Kept, LIMIT, Side, WITH_PHOTO, Web, photo};
use async_trait::async_trait;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use chrono::{DateTime, Utc};
use loket::adapters::clock::ManualClock;
use loket::adapters::provider::rest::{RestAccess, RestProvider};
use loket::domain::register::{HttpServer, NotesShown, PatchForm};
use loket::domain::webhook::{HookKey, Signed, Unfit};
use loket::ports::Provider;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// 27 November 2026, 10:00 UTC.
pub const BEGIN: i64 = 1_795_773_600;
pub const TOKEN: &str = "abcdef-ghijkl-mnopqr";
pub const SIGNING: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ROOT: &str = "/tmf-api/troubleTicket/v4/troubleTicket";

/// How it misbehaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    #[default]
    Usual,
    /// Every ticket is found by every query.
    IgnoresFilters,
    /// Our reference is dropped without a word.
    DropsReference,
    /// Notes bear the name of the account, whatever name was given.
    RenamesAuthors,
    /// The status may not be set from outside.
    GuardsStatus,
    /// What is said is taken and lost.
    LosesNotes,
    /// Lists can be asked for by our reference alone.
    FewFilters,
    /// Lists hold no notes, tell no length, and have twenty records a page at most.
    Terse,
    /// When a ticket changed is not told.
    Timeless,
    /// What is in a file stands in the ticket itself.
    Inline,
    /// Files are on another machine.
    FilesElsewhere,
    /// What is in files cannot be had.
    FilesBroken,
    /// Our reference cannot be searched.
    ClosedField,
}

#[derive(Clone, Debug, Default)]
pub struct Ticket {
    pub number: String,
    pub external: Option<String>,
    pub name: String,
    pub description: String,
    pub status: String,
    pub due: Option<String>,
    pub who: Option<&'static str>,
    pub gone: bool,
    pub sent: Value,
    hidden: bool,
    merged: Option<usize>,
    created: i64,
    modified: i64,
    notes: Vec<Note>,
    files: Vec<Value>,
}

#[derive(Clone, Debug)]
struct Note {
    author: String,
    text: String,
    at: i64,
    private: bool,
}

/// A call as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardCall {
    pub call: String,
    /// `webhook-id`, where there was one.
    pub id: String,
    /// `webhook-timestamp`, likewise.
    pub at: String,
    pub body: Value,
}

#[derive(Default)]
struct Inside {
    manner: Manner,
    clock: i64,
    tickets: Vec<Ticket>,
    heard: Vec<HeardCall>,
}

#[derive(Clone)]
pub struct Sim {
    address: SocketAddr,
    patch: PatchForm,
    inside: Arc<Mutex<Inside>>,
}

impl Sim {
    pub async fn start(patch: PatchForm, manner: Manner) -> Self {
        let inside = Arc::new(Mutex::new(Inside { manner, clock: BEGIN, ..Inside::default() }));
        let router = axum::Router::new().fallback(serve).with_state(Arc::clone(&inside));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, patch, inside }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    pub fn behaves(&self, manner: Manner) {
        self.inside().manner = manner;
    }

    /// Tickets of other people, so many.
    pub fn others(&self, number: usize) {
        let mut inside = self.inside();
        for other in 0..number {
            inside.clock += 1;
            let external = Some(format!("ANDERS-{other}"));
            inside.make(Ticket { name: "Iets anders".into(), external, ..Ticket::default() });
        }
    }

    /// What its people do with a ticket, beyond the deeds of the contract.
    pub fn does(&self, number: &str, deed: impl FnOnce(&mut Ticket)) {
        let mut inside = self.inside();
        inside.clock += 1;
        let now = inside.clock;
        let ticket = inside.tickets.iter_mut().find(|one| one.number == number).unwrap();
        deed(ticket);
        ticket.modified = now;
    }

    /// A file on a ticket, however large.
    pub fn holds(&self, number: &str, name: &str, bytes: &[u8]) {
        let file = attachment(name, bytes, false);
        self.does(number, |ticket| ticket.files.push(file));
    }

    /// As many seconds pass.
    pub fn passes(&self, seconds: i64) {
        self.inside().clock += seconds;
    }

    pub fn ticket(&self, number: &str) -> Ticket {
        self.inside().tickets.iter().find(|one| one.number == number).unwrap().clone()
    }

    /// The calls so far, which are then forgotten.
    pub fn heard(&self) -> Vec<HeardCall> {
        std::mem::take(&mut self.inside().heard)
    }

    pub fn access(&self, port: u16) -> RestAccess {
        let url = format!("http://127.0.0.1:{port}/tmf-api/troubleTicket/v4");
        RestAccess {
            server: HttpServer { url, authority: None, allow: vec!["127.0.0.1".into()] },
            token: TOKEN.to_owned().into(),
            header: None,
            signing: SIGNING.to_owned().into(),
            author: "Loket".into(),
            ticket_type: "incident".into(),
            party: Some("KL-1042".into()),
            patch: self.patch,
            notes: NotesShown::Unmarked,
            zone: chrono_tz::Europe::Amsterdam,
            clock: Arc::new(ManualClock::at(DateTime::from_timestamp(BEGIN, 0).unwrap())),
        }
    }

    pub fn with(&self, change: impl FnOnce(&mut RestAccess)) -> Arc<dyn Provider> {
        let mut access = self.access(self.address.port());
        change(&mut access);
        Arc::new(RestProvider::new(access, LIMIT).unwrap())
    }
}

#[async_trait]
impl Side for Sim {
    fn connector(&self) -> Arc<dyn Provider> {
        self.through(self.address.port(), LIMIT)
    }

    async fn kept(&self, reference: &str) -> Vec<Kept> {
        let inside = self.inside();
        let ours = inside.tickets.iter().filter(|one| one.description.contains(reference));
        let kept = |one: &Ticket| Kept {
            number: Some(one.number.clone()),
            subject: one.name.clone(),
            text: one.description.clone(),
        };
        ours.map(kept).collect()
    }

    fn subject(&self) -> usize {
        100
    }
}

#[async_trait]
impl Web for Sim {
    fn address(&self) -> SocketAddr {
        self.address
    }

    fn through(&self, port: u16, limit: Duration) -> Arc<dyn Provider> {
        Arc::new(RestProvider::new(self.access(port), limit).unwrap())
    }

    fn stranger(&self) -> Arc<dyn Provider> {
        self.with(|access| access.token = "verkeerd".to_owned().into())
    }
}

#[async_trait]
impl Desk for Sim {
    async fn deed(&self, number: &str, deed: Deed) {
        let at = self.inside().clock + 1;
        let into = match &deed {
            Deed::MergeInto(other) => self.inside().tickets.iter().position(|one| &one.number == other),
            _ => None,
        };
        let note = |text: &str, private| Note { author: "Agent Desk".into(), text: text.to_owned(), at, private };
        let with = |ticket: &mut Ticket, name: &str, private| {
            ticket.notes.push(note(WITH_PHOTO, private));
            ticket.files.push(attachment(name, &photo(name), private));
        };
        self.does(number, |ticket| match deed {
            Deed::Photo(name) => with(ticket, name, false),
            Deed::HiddenPhoto(name) => with(ticket, name, true),
            Deed::Reply(text) => ticket.notes.push(note(&text, false)),
            Deed::Comment(text) => ticket.notes.push(note(&text, true)),
            Deed::Status(status) => status.clone_into(&mut ticket.status),
            Deed::Due(day) => ticket.due = Some(format!("{day}T14:00:00+02:00")),
            Deed::MergeInto(_) => ticket.merged = into,
            Deed::Hide => ticket.hidden = true,
            Deed::Fumble(times) => ticket.notes.extend((0..times).map(|_| note("GEHEIM gerommel", true))),
        });
    }

    async fn files(&self, number: &str) -> Vec<(String, Vec<u8>)> {
        let read = |file: Value| {
            let text = |name: &str| file[name].as_str().expect("a field of an attachment").to_owned();
            let bytes = base64::engine::general_purpose::STANDARD.decode(text("content")).unwrap();
            assert_eq!(
                (file["size"]["amount"].as_u64(), text("mimeType")),
                (Some(bytes.len() as u64), "image/jpeg".into())
            );
            (text("name"), bytes)
        };
        self.ticket(number).files.into_iter().map(read).collect()
    }

    async fn public(&self, number: &str, reference: &str) -> Vec<String> {
        let ticket = self.ticket(number);
        let said = ticket.notes.iter().filter(|one| one.author != "Agent Desk" && !one.private);
        said.map(|one| one.text.clone()).filter(|text| text.contains(reference)).collect()
    }
}

/// A file as it is kept.
fn attachment(name: &str, bytes: &[u8], private: bool) -> Value {
    let kind = if name.ends_with(".jpg") { "image/jpeg" } else { "application/octet-stream" };
    let content = base64::engine::general_purpose::STANDARD.encode(bytes);
    let size = json!({"amount": bytes.len(), "units": "byte"});
    json!({"name": name, "mimeType": kind, "size": size, "content": content, "isPrivate": private})
}

/// Status, body (nothing where it is null) and how long the whole list is.
struct Answer(u16, Value, Option<usize>);

fn message(status: u16, text: &str) -> Answer {
    Answer(status, json!({"code": "60", "reason": "error", "message": text}), None)
}

type Query = Vec<(String, String)>;

fn get<'q>(query: &'q Query, name: &str) -> Option<&'q str> {
    query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

async fn serve(State(inside): State<Arc<Mutex<Inside>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, 1 << 24).await else { return StatusCode::BAD_REQUEST.into_response() };
    let mut inside = inside.lock().unwrap();
    let url = reqwest::Url::parse(&format!("http://x{}", parts.uri)).unwrap();
    let query: Query = url.query_pairs().into_owned().collect();
    let value: Value = serde_json::from_slice(&body).unwrap_or_default();
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let step = url.path().strip_prefix(ROOT).map(|rest| rest.trim_start_matches('/').to_owned());
    let call = format!("{} {}", parts.method, step.as_deref().unwrap_or("elsewhere"));
    let (id, at) = (text("webhook-id").to_owned(), text("webhook-timestamp").to_owned());
    inside.heard.push(HeardCall { call, id, at, body: value.clone() });
    let reads = parts.method == axum::http::Method::GET;
    if inside.manner == Manner::FilesBroken && url.path().starts_with("/files/") {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    if let Some(bytes) = inside.file(url.path()).filter(|_| knows(&parts.headers)) {
        return bytes.into_response();
    }
    let Answer(status, answer, total) = if !knows(&parts.headers) {
        message(401, "Unauthorized")
    } else if !reads && !signed(&parts.headers, &body) {
        message(401, "not signed")
    } else {
        match (parts.method.as_str(), step.as_deref()) {
            ("POST", Some("")) => inside.create(&value),
            ("GET", Some("")) => inside.list(&query),
            ("GET", Some(number)) => inside.found(number, &query),
            ("PATCH", Some(number)) => inside.patch(number, text("content-type"), &value),
            _ => message(404, "Not Found"),
        }
    };
    let status = StatusCode::from_u16(status).unwrap();
    let mut response =
        if answer.is_null() { status.into_response() } else { (status, axum::Json(answer)).into_response() };
    let now = DateTime::from_timestamp(inside.clock, 0).unwrap().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    response.headers_mut().insert(header::DATE, now.parse().unwrap());
    if let Some(total) = total.filter(|_| inside.manner != Manner::Terse) {
        response.headers_mut().insert("x-total-count", total.into());
    }
    response
}

fn knows(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    text("authorization") == Some(&format!("Bearer {TOKEN}")) || text("x-api-key") == Some(TOKEN)
}

/// Whether a call is signed with the key that both have.
fn signed(headers: &HeaderMap, body: &[u8]) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (id, timestamp) = (text("webhook-id"), text("webhook-timestamp"));
    let call = Signed { id, timestamp, signatures: text("webhook-signature"), body };
    let keys = [HookKey::from_text(SIGNING).unwrap()];
    // The program itself signs by the real clock, which is not this one's.
    call.check(&keys, DateTime::from_timestamp(BEGIN, 0).unwrap()) != Err(Unfit::Forged)
}

impl Inside {
    fn make(&mut self, ticket: Ticket) -> usize {
        let index = self.tickets.len();
        let number = format!("TT-{:04}", index + 1);
        let (created, status) = (self.clock, "acknowledged".to_owned());
        self.tickets.push(Ticket { number, status, created, modified: created, ..ticket });
        index
    }

    fn find(&self, number: &str) -> Result<usize, Answer> {
        match self.tickets.iter().position(|one| one.number == number) {
            Some(index) if self.tickets[index].hidden => Err(message(403, "Forbidden")),
            Some(index) if !self.tickets[index].gone => Ok(self.tickets[index].merged.unwrap_or(index)),
            _ => Err(message(404, "Not Found")),
        }
    }

    fn found(&self, number: &str, query: &Query) -> Answer {
        match self.find(number) {
            Ok(index) => Answer(200, chosen(self.record(index, true), query), None),
            Err(answer) => answer,
        }
    }

    /// A file of a ticket.
    fn file(&self, path: &str) -> Option<Vec<u8>> {
        let (number, file) = path.strip_prefix("/files/")?.split_once('/')?;
        let ticket = &self.tickets[self.find(number).ok()?];
        let content = ticket.files.get(file.parse::<usize>().ok()?)?["content"].as_str()?;
        base64::engine::general_purpose::STANDARD.decode(content).ok()
    }

    fn create(&mut self, value: &Value) -> Answer {
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let needed = ["description", "severity", "ticketType"];
        if let Some(missing) = needed.iter().find(|name| text(name).is_none_or(|text| text.is_empty())) {
            return message(400, &format!("{missing} is missing"));
        }
        let name = text("name").unwrap_or_default();
        if name.chars().count() > 100 {
            return message(400, "The name is too long");
        }
        let external = text("externalId").filter(|_| self.manner != Manner::DropsReference);
        self.clock += 1;
        let description = text("description").unwrap();
        let sent = value.clone();
        let index = self.make(Ticket { name, description, external, sent, ..Ticket::default() });
        for note in value["note"].as_array().into_iter().flatten() {
            self.note(index, note);
        }
        self.tickets[index].files = value["attachment"].as_array().expect("a list").clone();
        Answer(201, self.record(index, true), None)
    }

    fn note(&mut self, index: usize, note: &Value) {
        let text = |name: &str| note[name].as_str().unwrap().to_owned();
        let author = if self.manner == Manner::RenamesAuthors { "api-linde".to_owned() } else { text("author") };
        if self.manner != Manner::LosesNotes {
            let at = self.clock;
            self.tickets[index].notes.push(Note { author, text: text("text"), at, private: false });
        }
    }

    fn patch(&mut self, number: &str, kind: &str, value: &Value) -> Answer {
        let index = match self.find(number) {
            Ok(index) => index,
            Err(answer) => return answer,
        };
        let (mut status, mut notes, mut files) = (None, Vec::new(), Vec::new());
        match (kind, value) {
            ("application/json-patch+json", Value::Array(steps)) => {
                for step in steps {
                    match (step["op"].as_str().unwrap(), step["path"].as_str().unwrap()) {
                        ("replace", "/status") => status = step["value"].as_str(),
                        ("add", "/note/-") => notes.push(step["value"].clone()),
                        ("add", "/attachment/-") => files.push(step["value"].clone()),
                        other => return message(400, &format!("{other:?}")),
                    }
                }
            }
            ("application/merge-patch+json", Value::Object(fields)) => {
                status = fields.get("status").and_then(Value::as_str);
                notes.extend(fields["note"].as_array().unwrap().iter().cloned());
                files.extend(fields.get("attachment").and_then(Value::as_array).into_iter().flatten().cloned());
            }
            _ => return message(415, "Unsupported Media Type"),
        }
        let ended = matches!(self.tickets[index].status.as_str(), "cancelled" | "closed");
        if status.is_some() && (ended || self.manner == Manner::GuardsStatus) {
            return message(409, "The status cannot be changed");
        }
        self.clock += 1;
        for note in notes {
            self.note(index, &note);
        }
        let ticket = &mut self.tickets[index];
        ticket.files.extend(files);
        if let Some(status) = status {
            status.clone_into(&mut ticket.status);
        }
        ticket.modified = self.clock;
        Answer(200, self.record(index, true), None)
    }

    fn record(&self, index: usize, whole: bool) -> Value {
        let one = &self.tickets[index];
        let note = |(at, note): (usize, &Note)| {
            let mut told = json!({
                "id": format!("{at}"), "author": note.author, "text": note.text, "date": moment(note.at),
            });
            if note.private {
                told["isPrivate"] = json!(true);
            }
            told
        };
        let notes: Vec<Value> = one.notes.iter().enumerate().map(note).collect();
        let host = if self.manner == Manner::FilesElsewhere { "http://127.0.0.1:1" } else { "" };
        let file = |(at, file): (usize, &Value)| {
            let mut told = file.clone();
            told["id"] = json!(format!("F{at}"));
            if self.manner != Manner::Inline {
                told.as_object_mut().unwrap().remove("content");
                told["url"] = json!(format!("{host}/files/{}/{at}", one.number));
            }
            told
        };
        let files: Vec<Value> = one.files.iter().enumerate().map(file).collect();
        let who = one.who.map(|name| json!({"id": "p", "name": name, "role": "technician"}));
        let mut record = json!({
            "id": one.number, "href": format!("{ROOT}/{}", one.number), "externalId": one.external, "name": one.name,
            "description": one.description, "status": one.status, "expectedResolutionDate": one.due,
            "relatedParty": who.into_iter().collect::<Vec<_>>(),
            "creationDate": moment(one.created), "lastUpdate": moment(one.modified), "note": notes,
            "attachment": files,
        });
        let fields = record.as_object_mut().unwrap();
        if !whole && self.manner == Manner::Terse {
            fields.remove("note");
        }
        if self.manner == Manner::Timeless {
            fields.remove("lastUpdate");
        }
        record
    }

    fn list(&self, query: &Query) -> Answer {
        let few = self.manner == Manner::FewFilters;
        let known: &[&str] = if few {
            &["externalId", "offset", "limit"]
        } else {
            &["externalId", "id", "creationDate.gt", "sort", "offset", "limit", "fields"]
        };
        let closed = self.manner == Manner::ClosedField && get(query, "externalId").is_some();
        if closed || query.iter().any(|(name, _)| !known.contains(&name.as_str())) {
            return message(400, "The filter is not known");
        }
        let fits = |index: &usize| {
            let one = &self.tickets[*index];
            let there = !one.gone && !one.hidden && one.merged.is_none();
            there && (self.manner == Manner::IgnoresFilters || meets(one, query))
        };
        let mut found: Vec<usize> = (0..self.tickets.len()).filter(fits).collect();
        if get(query, "sort") == Some("-creationDate") {
            found.reverse();
        }
        let number = |name: &str| get(query, name).map_or(0, |value| value.parse::<usize>().unwrap());
        let most = if self.manner == Manner::Terse { 20 } else { 100 };
        let some = found.iter().skip(number("offset")).take(number("limit").min(most));
        let some: Vec<Value> = some.map(|index| chosen(self.record(*index, false), query)).collect();
        let whole = number("offset") + some.len() >= found.len() || self.manner == Manner::Terse;
        Answer(if whole { 200 } else { 206 }, json!(some), Some(found.len()))
    }
}

/// Of a record only the fields that were asked for.
fn chosen(mut record: Value, query: &Query) -> Value {
    if let Some(fields) = get(query, "fields") {
        record.as_object_mut().unwrap().retain(|name, _| fields.split(',').any(|field| field == name));
    }
    record
}

fn moment(at: i64) -> String {
    DateTime::from_timestamp(at, 0).unwrap().format("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

fn meets(one: &Ticket, query: &Query) -> bool {
    query.iter().all(|(name, value)| match name.as_str() {
        "externalId" => one.external.as_ref() == Some(value),
        "id" => value.split(',').any(|id| id == one.number),
        "creationDate.gt" => one.created > value.parse::<DateTime<Utc>>().unwrap().timestamp(),
        _ => true,
    })
}
