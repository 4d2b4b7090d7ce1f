//! A simulator of TOPdesk, made from the published schema of its incidents (API 4.2.6) and from what two clients do: nobody has compared it
//! with a real installation. Operators and persons have different places, rights and fields; an empty list is 204 without a body and a
//! list that goes on 206; archived incidents are left out; numbers hold spaces; private remarks are among what an operator sees.

use super::{Deed, Desk, Kept, LIMIT, Side, WITH_PHOTO, Web, photo};
use async_trait::async_trait;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use chrono::{DateTime, Utc};
use loket::adapters::provider::topdesk::{TopdeskProvider, TopdeskSettings};
use loket::domain::provider::StatusWords;
use loket::domain::register::{Connector, HttpServer, TopdeskAccount};
use loket::ports::Provider;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// 27 November 2026, 10:00 UTC.
const BEGIN: i64 = 1_795_773_600;
pub const CALLER: &str = "spoc@linde.example";
pub const PASSWORD: &str = "abcde-fghij-klmno";

/// How it misbehaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    #[default]
    Usual,
    /// Every incident is found by every query.
    IgnoresFilters,
    /// A field that the account may not set is dropped without a word.
    DropsFields,
    /// The next page is said to be on another machine, and to be another one.
    NextElsewhere,
    /// Whether a remark is private is not told.
    Discreet,
    /// The external number cannot be searched.
    ClosedField,
    /// Lists cannot be filtered.
    NoFilters,
}

#[derive(Clone, Debug, Default)]
pub struct Incident {
    pub number: String,
    pub brief: String,
    pub request: String,
    pub external: Option<String>,
    pub status: String,
    pub completed: bool,
    pub closed: bool,
    pub on_hold: bool,
    pub archived: bool,
    pub target: Option<i64>,
    pub operator: Option<&'static str>,
    gone: bool,
    hidden: bool,
    merged: Option<usize>,
    mine: bool,
    created: i64,
    modified: i64,
    trail: Vec<Entry>,
    files: Vec<(String, Vec<u8>)>,
}

#[derive(Clone, Debug)]
struct Entry {
    html: String,
    private: bool,
    by: &'static str,
    at: i64,
    /// Which of the incident's files it is; then it has no words.
    file: Option<usize>,
}

#[derive(Default)]
struct Inside {
    manner: Manner,
    clock: i64,
    incidents: Vec<Incident>,
    heard: Vec<(String, Value)>,
}

#[derive(Clone)]
pub struct Sim {
    address: SocketAddr,
    account: TopdeskAccount,
    inside: Arc<Mutex<Inside>>,
}

impl Sim {
    pub async fn start(account: TopdeskAccount, manner: Manner) -> Self {
        let inside = Arc::new(Mutex::new(Inside { manner, clock: BEGIN, ..Inside::default() }));
        let router = axum::Router::new().fallback(serve).with_state(Arc::clone(&inside));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, account, inside }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    pub fn behaves(&self, manner: Manner) {
        self.inside().manner = manner;
    }

    /// Incidents of other people, so many.
    pub fn others(&self, number: usize) {
        let mut inside = self.inside();
        for other in 0..number {
            inside.clock += 1;
            let external = Some(format!("ANDERS-{other}"));
            inside.make(Incident {
                brief: "Iets anders".into(),
                request: "ander".into(),
                external,
                ..Incident::default()
            });
        }
    }

    /// What its people do with an incident, beyond the deeds of the contract.
    pub fn does(&self, number: &str, deed: impl FnOnce(&mut Incident)) {
        let mut inside = self.inside();
        inside.clock += 1;
        let now = inside.clock;
        let incident = inside.incidents.iter_mut().find(|one| one.number == number).unwrap();
        deed(incident);
        incident.modified = now;
    }

    /// As many seconds pass.
    pub fn passes(&self, seconds: i64) {
        self.inside().clock += seconds;
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.inside().clock, 0).unwrap()
    }

    /// Method, path and body of each call so far, which is then forgotten.
    pub fn heard(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.inside().heard)
    }

    pub fn connect(&self, port: u16, limit: Duration, user: &str, caller: &str) -> Arc<dyn Provider> {
        let server =
            HttpServer { url: format!("http://127.0.0.1:{port}"), authority: None, allow: vec!["127.0.0.1".into()] };
        let (account, user, caller) = (self.account, user.to_owned(), Some(caller.to_owned()));
        let password = "topdesk".to_owned();
        let connector = Connector::Topdesk {
            server: server.clone(),
            account,
            user: user.clone(),
            password,
            caller: caller.clone(),
        };
        let statuses = StatusWords::usual_for(&connector);
        let zone = chrono_tz::Europe::Amsterdam;
        let password = PASSWORD.to_owned().into();
        let settings = TopdeskSettings { server, account, user, password, caller, statuses, zone };
        Arc::new(TopdeskProvider::new(settings, limit).unwrap())
    }

    fn user(&self) -> &'static str {
        match self.account {
            TopdeskAccount::Operator => "operator",
            TopdeskAccount::Person => "person",
        }
    }
}

#[async_trait]
impl Side for Sim {
    fn connector(&self) -> Arc<dyn Provider> {
        self.through(self.address.port(), LIMIT)
    }

    async fn kept(&self, reference: &str) -> Vec<Kept> {
        let inside = self.inside();
        let text = |one: &Incident| as_people_see(&one.request);
        let ours = inside.incidents.iter().filter(|one| text(one).contains(reference));
        ours.map(|one| Kept { number: Some(one.number.clone()), subject: one.brief.clone(), text: text(one) }).collect()
    }

    fn subject(&self) -> usize {
        80
    }
}

#[async_trait]
impl Web for Sim {
    fn address(&self) -> SocketAddr {
        self.address
    }

    fn through(&self, port: u16, limit: Duration) -> Arc<dyn Provider> {
        self.connect(port, limit, self.user(), CALLER)
    }

    fn no_number(&self) -> &'static str {
        "I 2611/007"
    }

    fn stranger(&self) -> Arc<dyn Provider> {
        self.connect(self.address.port(), LIMIT, "nobody", CALLER)
    }
}

#[async_trait]
impl Desk for Sim {
    async fn deed(&self, number: &str, deed: Deed) {
        let at = self.inside().clock + 1;
        let into = match &deed {
            Deed::MergeInto(other) => self.inside().incidents.iter().position(|one| &one.number == other),
            _ => None,
        };
        let entry = |text: &str, private| Entry { html: as_html(text), private, by: "agent", at, file: None };
        let with = |incident: &mut Incident, name: &str, private| {
            incident.trail.push(entry(WITH_PHOTO, private));
            incident.trail.push(Entry { file: Some(incident.files.len()), ..entry("", private) });
            incident.files.push((name.to_owned(), photo(name)));
        };
        self.does(number, |incident| match deed {
            Deed::Photo(name) => with(incident, name, false),
            Deed::HiddenPhoto(name) => with(incident, name, true),
            Deed::Reply(text) => incident.trail.push(entry(&text, false)),
            Deed::Comment(text) => incident.trail.push(entry(&text, true)),
            Deed::Status(status) => {
                incident.status = status.to_owned();
                incident.completed = status == "resolved";
            }
            Deed::Due(day) => {
                incident.target = Some(format!("{day}T12:00:00Z").parse::<DateTime<Utc>>().unwrap().timestamp());
            }
            Deed::MergeInto(_) => incident.merged = into,
            Deed::Hide => incident.hidden = true,
            Deed::Fumble(times) => incident.trail.extend((0..times).map(|_| entry("GEHEIM gerommel", true))),
        });
    }

    async fn files(&self, number: &str) -> Vec<(String, Vec<u8>)> {
        let inside = self.inside();
        inside.incidents.iter().find(|one| one.number == number).map(|one| one.files.clone()).unwrap_or_default()
    }

    fn takes_files_later(&self) -> bool {
        true
    }

    async fn public(&self, number: &str, reference: &str) -> Vec<String> {
        let inside = self.inside();
        let incident = inside.incidents.iter().find(|one| one.number == number).unwrap();
        let said = incident.trail.iter().filter(|one| one.by == "loket" && !one.private);
        said.map(|one| as_people_see(&one.html)).filter(|text| text.contains(reference)).collect()
    }
}

fn as_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br/>")
}

/// What a screen shows of limited HTML: markup that is not escaped would be gone.
fn as_people_see(html: &str) -> String {
    let mut text = String::new();
    for (index, part) in html.replace("<br/>", "\n").split('<').enumerate() {
        text.push_str(if index == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) });
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

/// Status, body (nothing where it is null) and the address of the next page.
struct Answer(u16, Value, Option<String>);

fn message(status: u16, text: &str) -> Answer {
    Answer(status, json!([{"message": text}]), None)
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
    let path = url.path().replace("%20", " ");
    let heard = (format!("{} {path}", parts.method), serde_json::from_slice(&body).unwrap_or_default());
    inside.heard.push(heard);
    if let Some(bytes) = account(&parts.headers).and_then(|account| inside.file(account, &path)) {
        return bytes.into_response();
    }
    let Answer(status, answer, next) = match account(&parts.headers) {
        Some(account) => inside.answer(account, &parts.method, &path, &query, &body),
        None => message(401, "Unauthorized"),
    };
    let status = StatusCode::from_u16(status).unwrap();
    let mut response =
        if answer.is_null() { status.into_response() } else { (status, axum::Json(answer)).into_response() };
    let now = DateTime::from_timestamp(inside.clock, 0).unwrap().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    response.headers_mut().insert(header::DATE, now.parse().unwrap());
    if let Some(next) = next {
        let host = parts.headers.get(header::HOST).unwrap().to_str().unwrap();
        let next = match inside.manner {
            Manner::NextElsewhere => format!("http://127.0.0.1:1{path}?pageStart=9999&fields=id"),
            _ => format!("http://{host}{path}?{next}"),
        };
        let next = next.replace(' ', "%20");
        response.headers_mut().insert("x-next-page-url", next.parse().unwrap());
    }
    response
}

/// The file of a form, visible for the caller.
fn uploaded(body: &[u8]) -> Option<(String, Vec<u8>)> {
    let place = |of: &[u8], what: &[u8]| of.windows(what.len()).position(|window| window == what);
    let boundary = &body[..place(body, b"\r\n")?];
    let mut parts = Vec::new();
    let mut rest = body;
    while let Some(at) = place(&rest[1..], boundary) {
        parts.push(&rest[boundary.len() + 2..at + 1 - 2]);
        rest = &rest[at + 1..];
    }
    let split = |part: &[u8]| {
        let end = place(part, b"\r\n\r\n")?;
        Some((String::from_utf8(part[..end].to_vec()).ok()?, part[end + 4..].to_vec()))
    };
    let parts: Vec<(String, Vec<u8>)> = parts.into_iter().filter_map(split).collect();
    let seen = parts.iter().any(|(head, value)| head.contains("name=\"invisibleForCaller\"") && value == b"false");
    let (head, bytes) = parts.into_iter().find(|(head, _)| head.contains("name=\"file\""))?;
    let name = head.split("filename=\"").nth(1)?.split('"').next()?.to_owned();
    seen.then_some((name, bytes))
}

fn account(headers: &HeaderMap) -> Option<TopdeskAccount> {
    let pair = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let pair = base64::engine::general_purpose::STANDARD.decode(pair).ok()?;
    match String::from_utf8(pair).ok()?.strip_suffix(&format!(":{PASSWORD}"))? {
        "operator" => Some(TopdeskAccount::Operator),
        "person" => Some(TopdeskAccount::Person),
        _ => None,
    }
}

impl Inside {
    fn make(&mut self, incident: Incident) -> usize {
        let index = self.incidents.len();
        let number = format!("I 2611 {:03}", index + 1);
        let (created, status) = (self.clock, "Geregistreerd".to_owned());
        self.incidents.push(Incident { number, status, created, modified: created, mine: true, ..incident });
        index
    }

    fn answer(&mut self, account: TopdeskAccount, method: &Method, path: &str, query: &Query, body: &Bytes) -> Answer {
        let steps: Vec<&str> = path.trim_start_matches("/tas/api/").split('/').collect();
        let operator = account == TopdeskAccount::Operator;
        let steps = match (operator, steps.as_slice()) {
            (true, ["incidents", rest @ ..]) | (false, ["requester", "incidents", rest @ ..]) => rest,
            (true, ["operators", "current"]) => {
                return Answer(200, json!({"id": "op-loket", "dynamicName": "Loket"}), None);
            }
            (false, ["persons", "current"]) => {
                return Answer(200, json!({"id": "pe-loket", "dynamicName": "Loket"}), None);
            }
            (true, ["persons"]) => return persons(query),
            _ => return message(403, "Forbidden"),
        };
        let value: Value = serde_json::from_slice(body).unwrap_or_default();
        match (method.as_str(), steps) {
            ("POST", []) => self.create(operator, &value),
            ("GET", []) => self.list(operator, query),
            ("GET", ["id" | "number", name]) => match self.find(name) {
                Ok(index) => Answer(200, self.record(index, query), None),
                Err(answer) => answer,
            },
            ("PATCH", ["number", number]) => match self.find(number) {
                Ok(index) => self.say(operator, index, &value, query),
                Err(answer) => answer,
            },
            ("GET", ["number", number, "attachments"]) => match self.find(number) {
                Ok(index) => {
                    let one = |(at, (name, bytes)): (usize, &(String, Vec<u8>))| json!({"id": format!("file-{at}"), "fileName": name, "size": bytes.len()});
                    let all: Vec<Value> = self.incidents[index].files.iter().enumerate().map(one).collect();
                    if all.is_empty() { Answer(204, Value::Null, None) } else { Answer(200, json!(all), None) }
                }
                Err(answer) => answer,
            },
            ("POST", ["number", number, "attachments"]) => match (self.find(number), uploaded(body)) {
                (Ok(index), Some(file)) => {
                    self.clock += 1;
                    let (at, incident) = (self.clock, &mut self.incidents[index]);
                    let file_at = Some(incident.files.len());
                    incident.trail.push(Entry { html: String::new(), private: false, by: "loket", at, file: file_at });
                    incident.modified = at;
                    incident.files.push(file);
                    Answer(200, json!({"id": "file"}), None)
                }
                (Ok(_), None) => message(400, "No file"),
                (Err(answer), _) => answer,
            },
            ("GET", ["number", number, "progresstrail"]) => match self.find(number) {
                Ok(index) => self.trail(operator, index, query),
                Err(answer) => answer,
            },
            _ => message(404, "Not Found"),
        }
    }

    /// A file of an incident, which a person may have where it is public.
    fn file(&self, account: TopdeskAccount, path: &str) -> Option<Vec<u8>> {
        let path = path.strip_suffix("/download")?;
        let rest = match account {
            TopdeskAccount::Operator => path.strip_prefix("/tas/api/incidents/id/")?,
            TopdeskAccount::Person => path.strip_prefix("/tas/api/requester/incidents/id/")?,
        };
        let (incident, file) = rest.split_once("/attachments/")?;
        let incident = &self.incidents[self.find(incident).ok()?];
        incident.files.get(file.parse::<usize>().ok()?).map(|(_, bytes)| bytes.clone())
    }

    fn find(&self, name: &str) -> Result<usize, Answer> {
        let found = (0..self.incidents.len()).find(|index| self.incidents[*index].number == name || id(*index) == name);
        match found {
            Some(index) if self.incidents[index].hidden => Err(message(403, "Forbidden")),
            Some(index) if !self.incidents[index].gone => Ok(self.incidents[index].merged.unwrap_or(index)),
            _ => Err(message(404, "Not Found")),
        }
    }

    fn create(&mut self, operator: bool, value: &Value) -> Answer {
        let open = ["briefDescription", "request", "callType", "category", "subcategory", "object", "location"];
        let known = ["externalNumber", "callerLookup", "externalLink", "priority", "targetDate", "processingStatus"];
        let Some(fields) = value.as_object() else { return message(400, "no object") };
        for name in fields.keys().filter(|name| !open.contains(&name.as_str())) {
            if !known.contains(&name.as_str()) {
                return message(400, &format!("The field {name} does not exist"));
            }
            if !operator && self.manner != Manner::DropsFields {
                return message(403, &format!("The field {name} may not be set"));
            }
        }
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let external = text("externalNumber");
        if text("briefDescription").chars().count() > 80 || external.chars().count() > 60 {
            return message(400, "The value is too long");
        }
        if operator && value["callerLookup"] != json!({"email": CALLER}) {
            return message(400, "No caller could be found");
        }
        let external = Some(external).filter(|_| operator && self.manner != Manner::DropsFields);
        self.clock += 1;
        let (brief, request) = (text("briefDescription"), text("request"));
        let index = self.make(Incident { brief, request, external, ..Incident::default() });
        Answer(201, self.record(index, &vec![]), None)
    }

    fn say(&mut self, operator: bool, index: usize, value: &Value, query: &Query) -> Answer {
        for name in value.as_object().unwrap().keys() {
            match (name.as_str(), operator) {
                ("action", _) | ("actionInvisibleForCaller", true) => {}
                ("actionInvisibleForCaller", false) => return message(403, "may not be set"),
                _ => return message(400, "does not exist"),
            }
        }
        self.clock += 1;
        let private = value["actionInvisibleForCaller"] == true;
        let html = value["action"].as_str().unwrap().to_owned();
        self.incidents[index].trail.push(Entry { html, private, by: "loket", at: self.clock, file: None });
        self.incidents[index].modified = self.clock;
        Answer(200, self.record(index, query), None)
    }

    fn record(&self, index: usize, query: &Query) -> Value {
        let one = &self.incidents[index];
        let when = |at: i64| moment(at, query);
        json!({
            "id": id(index), "number": one.number, "briefDescription": one.brief,
            "request": format!("27-11-2026 11:00 Loket: \n{}", one.request),
            "externalNumber": one.external.clone().unwrap_or_default(),
            "processingStatus": {"id": "ps", "name": one.status}, "completed": one.completed, "closed": one.closed,
            "onHold": one.on_hold, "archived": one.archived, "targetDate": one.target.map(when),
            "operator": one.operator.map(|name| json!({"id": "op", "name": name})),
            "creationDate": when(one.created), "modificationDate": when(one.modified),
        })
    }

    fn list(&self, operator: bool, query: &Query) -> Answer {
        let known = ["query", "fields", "sort", "all", "pageStart", "pageSize", "dateFormat"];
        let strange = query.iter().any(|(name, _)| !known.contains(&name.as_str()) || (name == "all" && !operator));
        let asked = get(query, "query").unwrap_or_default();
        let fields: Vec<&str> = get(query, "fields").unwrap_or_default().split(',').collect();
        let closed = asked.contains("externalNumber") && self.manner == Manner::ClosedField;
        let unfiltered = !asked.is_empty() && self.manner == Manner::NoFilters;
        if strange || closed || unfiltered || (!operator && fields.contains(&"externalNumber")) {
            return message(400, "The query is not valid");
        }
        let all = get(query, "all") == Some("true");
        let fits = |index: &usize| {
            let one = &self.incidents[*index];
            let there = (all || !one.archived) && !one.gone && !one.hidden && one.merged.is_none();
            there && (operator || one.mine) && (self.manner == Manner::IgnoresFilters || meets(one, asked))
        };
        let mut found: Vec<usize> = (0..self.incidents.len()).filter(fits).collect();
        if get(query, "sort") == Some("creationDate:desc") {
            found.reverse();
        }
        let told = |index: usize| {
            let mut record = self.record(index, query);
            record.as_object_mut().unwrap().retain(|name, _| fields.contains(&name.as_str()));
            record
        };
        page(found.into_iter().map(told), query, ("pageStart", "pageSize", 10, 10_000))
    }

    fn trail(&self, operator: bool, index: usize, query: &Query) -> Answer {
        let incident = id(index);
        let told = |(at, one): (usize, &Entry)| {
            let loket = if operator { "op-loket" } else { "pe-loket" };
            let (id, name) = if one.by == "loket" { (loket, "Loket") } else { ("op-agent", "Agent Desk") };
            let by = json!({"id": id, "name": name});
            let person = !operator && one.by == "loket";
            let mut entry = json!({
                "id": format!("{}-{at}", self.incidents[index].number), "memoText": one.html,
                "plainText": as_people_see(&one.html), "entryDate": moment(one.at, query), "invisibleForCaller": one.private,
                "operator": if person { Value::Null } else { by.clone() }, "person": if person { by } else { Value::Null },
            });
            if let Some(file) = one.file {
                let root = if operator { "/tas/api/incidents" } else { "/tas/api/requester/incidents" };
                let host = if self.manner == Manner::NextElsewhere { "http://127.0.0.1:1" } else { "" };
                entry["fileName"] = json!(self.incidents[index].files[file].0);
                entry["downloadUrl"] = json!(format!("{host}{root}/id/{incident}/attachments/{file}/download"));
            }
            if self.manner == Manner::Discreet {
                entry.as_object_mut().unwrap().remove("invisibleForCaller");
            }
            entry
        };
        let trail = self.incidents[index].trail.iter().enumerate().filter(|(_, one)| operator || !one.private);
        let entries: Vec<Value> = trail.map(told).rev().collect();
        page(entries.into_iter(), query, ("start", "page_size", 10, 100))
    }
}

fn id(index: usize) -> String {
    format!("00000000-0000-4000-8000-{index:012}")
}

fn moment(at: i64, query: &Query) -> String {
    let at = DateTime::from_timestamp(at, 0).unwrap();
    let iso = get(query, "dateFormat") == Some("iso8601");
    at.format(if iso { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S.000+0000" }).to_string()
}

/// The little of FIQL that is understood: one of several values, or later than a moment.
fn meets(one: &Incident, asked: &str) -> bool {
    if let Some(since) = asked.strip_prefix("creationDate=gt=") {
        return one.created > since.parse::<DateTime<Utc>>().unwrap().timestamp();
    }
    let says = |part: &str| {
        let (name, value) = part.split_once("==").unwrap();
        let value = value.trim_matches('\'');
        match name {
            "number" => one.number == value,
            "externalNumber" => one.external.as_deref() == Some(value),
            other => panic!("{other}"),
        }
    };
    asked.is_empty() || asked.split(',').any(says)
}

fn persons(query: &Query) -> Answer {
    let found = get(query, "query") == Some(&format!("email=='{CALLER}'"));
    // In another case, as people write it down.
    let person = json!({"id": "p", "email": "SPOC@linde.example"});
    page(found.then_some(person).into_iter(), query, ("start", "page_size", 10, 100))
}

fn page(
    all: impl Iterator<Item = Value>,
    query: &Query,
    (start, size, usual, most): (&str, &str, usize, usize),
) -> Answer {
    let number = |name: &str, otherwise| get(query, name).map_or(otherwise, |value| value.parse::<usize>().unwrap());
    let (begin, length) = (number(start, 0), number(size, usual));
    if length > most {
        return message(400, "the page is too long");
    }
    let all: Vec<Value> = all.collect();
    let some: Vec<&Value> = all.iter().skip(begin).take(length).collect();
    if some.is_empty() {
        return Answer(204, Value::Null, None);
    }
    let end = begin + some.len();
    if end == all.len() {
        return Answer(200, json!(some), None);
    }
    let rest =
        query.iter().map(|(name, value)| if name == start { (name, end.to_string()) } else { (name, value.clone()) });
    let mut next = reqwest::Url::parse("http://x/").unwrap();
    next.query_pairs_mut().extend_pairs(rest);
    Answer(206, json!(some), next.query().map(str::to_owned))
}
