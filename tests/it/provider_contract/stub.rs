//! A stand-in for Request Tracker with the manners that were measured on a real one: a page behind the last is the first again, totals
//! are often unknown, comments are left out after the page was cut, subjects are cut, merged and deleted tickets are not found. It
//! misbehaves further when it is told to.

use super::{Deed, Desk, Kept, LIMIT, Side, WITH_PHOTO, Web, photo};
use async_trait::async_trait;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use loket::adapters::provider::rt::{RtProvider, RtSettings};
use loket::domain::register::HttpServer;
use loket::ports::Provider;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

const HERE: &str = "http://127.0.0.1/REST/2.0";
const HIDDEN: &str = "Elders";

/// How it misbehaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    #[default]
    Usual,
    /// Every ticket is found by every query.
    IgnoresFilters,
    /// The same, and lists do not tell the fields.
    IgnoresFiltersAndFields,
    /// A field is dropped without a word.
    DropsFields,
    /// What is not allowed is answered like a success.
    DeniesKindly,
    /// Our token says nothing about who we are.
    Nameless,
}

#[derive(Clone, Debug)]
struct Ticket {
    queue: String,
    subject: String,
    field: Option<String>,
    status: String,
    merged: Option<u64>,
}

#[derive(Clone, Debug)]
struct Happened {
    ticket: u64,
    kind: &'static str,
    field: &'static str,
    new: String,
    who: &'static str,
    words: Option<String>,
    files: Vec<(String, Vec<u8>)>,
}

#[derive(Default)]
struct Inside {
    manner: Manner,
    tickets: Vec<Ticket>,
    happened: Vec<Happened>,
}

#[derive(Clone)]
pub struct Stub {
    address: SocketAddr,
    inside: Arc<Mutex<Inside>>,
}

impl Stub {
    pub async fn start(manner: Manner) -> Self {
        let inside = Arc::new(Mutex::new(Inside { manner, ..Inside::default() }));
        let router = axum::Router::new().fallback(serve).with_state(Arc::clone(&inside));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, inside }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    pub fn behaves(&self, manner: Manner) {
        self.inside().manner = manner;
    }

    /// Tickets of other people, so many.
    pub fn others(&self, number: u64) {
        let mut inside = self.inside();
        for other in 0..number {
            inside.make("Facilitair", "Iets anders", Some(format!("ANDERS-{other}")), "van een ander", "agent");
        }
    }

    /// An answer that has its identity and is not kept yet, as while somebody else's database still works on it.
    pub fn begins_to_reply(&self, number: &str) -> usize {
        let ticket = number.parse().unwrap();
        let mut inside = self.inside();
        inside.happened.push(Happened {
            ticket,
            kind: "",
            field: "",
            new: String::new(),
            who: "agent",
            words: None,
            files: vec![],
        });
        inside.happened.len() - 1
    }

    /// Now it is.
    pub fn has_replied(&self, begun: usize, words: &str) {
        let one = &mut self.inside().happened[begun];
        (one.kind, one.words) = ("Correspond", Some(words.to_owned()));
    }

    pub fn connect(&self, port: u16, limit: Duration, token: &str, field: &str) -> Arc<dyn Provider> {
        let server =
            HttpServer { url: format!("http://127.0.0.1:{port}"), authority: None, allow: vec!["127.0.0.1".into()] };
        let (queue, token) = ("Facilitair".to_owned(), token.to_owned().into());
        let zone = chrono_tz::Europe::Amsterdam;
        Arc::new(RtProvider::new(RtSettings { server, queue, field: field.to_owned(), token, zone }, limit).unwrap())
    }
}

#[async_trait]
impl Side for Stub {
    fn connector(&self) -> Arc<dyn Provider> {
        self.through(self.address.port(), LIMIT)
    }

    async fn kept(&self, reference: &str) -> Vec<Kept> {
        let inside = self.inside();
        let made = inside.happened.iter().filter(|one| one.kind == "Create");
        made.filter(|one| one.words.as_ref().is_some_and(|words| words.contains(reference)))
            .map(|one| Kept {
                number: Some(one.ticket.to_string()),
                subject: inside.tickets[one.ticket as usize - 1].subject.clone(),
                text: one.words.clone().unwrap(),
            })
            .collect()
    }

    fn subject(&self) -> usize {
        200
    }
}

#[async_trait]
impl Web for Stub {
    fn address(&self) -> SocketAddr {
        self.address
    }

    fn through(&self, port: u16, limit: Duration) -> Arc<dyn Provider> {
        self.connect(port, limit, "1-35-loket", "ExternalRef")
    }

    fn stranger(&self) -> Arc<dyn Provider> {
        self.connect(self.address.port(), LIMIT, "1-35-wrong", "ExternalRef")
    }
}

#[async_trait]
impl Desk for Stub {
    async fn deed(&self, number: &str, deed: Deed) {
        let (mut inside, id) = (self.inside(), number.parse::<u64>().unwrap());
        let happened = |kind, field, new: &str, words| Happened {
            ticket: id,
            kind,
            field,
            new: new.to_owned(),
            who: "agent",
            words,
            files: vec![],
        };
        let with = |one, name: &str| Happened { files: vec![(name.to_owned(), photo(name))], ..one };
        let one = match deed {
            Deed::Reply(words) => happened("Correspond", "", "", Some(words)),
            Deed::Comment(words) => happened("Comment", "", "", Some(words)),
            Deed::Photo(name) => with(happened("Correspond", "", "", Some(WITH_PHOTO.into())), name),
            Deed::HiddenPhoto(name) => with(happened("Comment", "", "", Some(WITH_PHOTO.into())), name),
            Deed::Status(status) => {
                inside.tickets[id as usize - 1].status = status.to_owned();
                happened("Status", "Status", status, None)
            }
            Deed::Due(day) => happened("Set", "Due", &format!("{day} 12:00:00"), None),
            Deed::MergeInto(other) => {
                inside.tickets[id as usize - 1].merged = Some(other.parse().unwrap());
                happened("AddLink", "MergedInto", &format!("fsck.com-rt://desk.test/ticket/{other}"), None)
            }
            Deed::Hide => {
                inside.tickets[id as usize - 1].queue = HIDDEN.to_owned();
                happened("Set", "Queue", "5", None)
            }
            Deed::Fumble(times) => {
                let many = (1..times).map(|time| happened("Set", "Priority", &time.to_string(), None));
                inside.happened.extend(many);
                happened("Set", "Priority", "0", None)
            }
        };
        inside.happened.push(one);
    }

    async fn files(&self, number: &str) -> Vec<(String, Vec<u8>)> {
        let inside = self.inside();
        let here = inside.happened.iter().filter(|one| one.ticket.to_string() == number);
        here.flat_map(|one| one.files.clone()).collect()
    }

    async fn public(&self, number: &str, reference: &str) -> Vec<String> {
        let inside = self.inside();
        let said = inside.happened.iter().filter(|one| one.kind == "Correspond" && one.ticket.to_string() == number);
        said.filter_map(|one| one.words.clone()).filter(|words| words.contains(reference)).collect()
    }
}

/// The files of what was sent, as Request Tracker wants them.
fn files(said: &Value) -> Vec<(String, Vec<u8>)> {
    let text = |file: &Value, name: &str| file[name].as_str().expect("a required field").to_owned();
    let read = |file: &Value| {
        assert_eq!(text(file, "FileType"), "image/jpeg");
        (text(file, "FileName"), STANDARD.decode(text(file, "FileContent")).unwrap())
    };
    said["Attachments"].as_array().into_iter().flatten().map(read).collect()
}

type Answer = (u16, Value);

async fn serve(State(inside): State<Arc<Mutex<Inside>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, 1 << 24).await else { return StatusCode::BAD_REQUEST.into_response() };
    let authorization = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let known = matches!(authorization, Some("token 1-35-loket" | "token loket"));
    let (status, answer) = if known {
        let query = parts.uri.query().unwrap_or_default();
        let query: Vec<(String, String)> =
            reqwest::Url::parse(&format!("http://x/?{query}")).unwrap().query_pairs().into_owned().collect();
        inside.lock().unwrap().answer(&parts.method, parts.uri.path(), &query, &body)
    } else {
        (401, json!({"message": "Unauthorized"}))
    };
    (StatusCode::from_u16(status).unwrap(), axum::Json(answer)).into_response()
}

fn message(status: u16, text: &str) -> Answer {
    (status, json!({"message": text}))
}

/// What stands behind a word in a query, up to the next space or quote.
fn after(query: &str, word: &str) -> Vec<String> {
    let each = |(at, _): (usize, &str)| {
        let rest = &query[at + word.len()..];
        rest.chars().take_while(|letter| !matches!(letter, ' ' | '\'' | ')')).collect()
    };
    query.match_indices(word).map(each).collect()
}

fn page(all: &[Value], query: &[(String, String)], total: Option<usize>, hidden: impl Fn(&Value) -> bool) -> Answer {
    let get = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let size: usize = get("per_page").and_then(|size| size.parse().ok()).unwrap_or(20).min(100);
    let mut first = (get("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1) - 1) * size;
    if first >= all.len() {
        first = 0;
    }
    let items: Vec<&Value> = all.iter().skip(first).take(size).filter(|item| !hidden(item)).collect();
    (200, json!({"items": items, "count": items.len(), "total": total, "per_page": size}))
}

impl Inside {
    fn make(&mut self, queue: &str, subject: &str, field: Option<String>, words: &str, who: &'static str) -> u64 {
        let subject = subject[..subject.floor_char_boundary(200)].to_owned();
        self.tickets.push(Ticket { queue: queue.into(), subject, field, status: "new".into(), merged: None });
        let ticket = self.tickets.len() as u64;
        let words = Some(words.to_owned());
        self.happened.push(Happened {
            ticket,
            kind: "Create",
            field: "",
            new: String::new(),
            who,
            words,
            files: vec![],
        });
        ticket
    }

    fn answer(&mut self, method: &Method, path: &str, query: &[(String, String)], body: &Bytes) -> Answer {
        let steps: Vec<&str> = path.trim_start_matches("/REST/2.0/").split('/').collect();
        let sql = query.iter().find(|(name, _)| name == "query").map_or("", |(_, sql)| sql);
        match (method.as_str(), steps.as_slice()) {
            ("POST", ["ticket"]) => self.create(&serde_json::from_slice(body).unwrap_or_default()),
            ("POST", ["ticket", number, "correspond"]) => {
                self.correspond(number, &serde_json::from_slice(body).unwrap_or_default())
            }
            ("GET", ["ticket", number]) => self.ticket(number),
            ("GET", ["tickets"]) => self.tickets(sql, query),
            ("GET", ["transactions"]) => self.transactions(sql, query),
            ("GET", ["transaction", number, "attachments"]) => {
                let page = json!({"id": number, "ContentType": "text/html", "Filename": ""});
                let file = json!({"id": "0", "ContentType": "text/plain", "Filename": "bijlage.txt"});
                let plain = json!({"id": number, "ContentType": "text/plain", "Filename": ""});
                let each = |(at, (name, bytes)): (usize, &(String, Vec<u8>))| {
                    let kind = if name.ends_with(".jpg") { "image/jpeg" } else { "application/octet-stream" };
                    let id = format!("{number}{:03}", at + 1);
                    json!({"id": id, "ContentType": kind, "Filename": name, "ContentLength": bytes.len().to_string()})
                };
                let files = &self.happened[number.parse::<usize>().unwrap() - 1].files;
                // With files of its own it has no other.
                let other = if files.is_empty() { vec![file] } else { files.iter().enumerate().map(each).collect() };
                let items: Vec<Value> = [page].into_iter().chain(other).chain([plain]).collect();
                (200, json!({"items": items, "count": items.len(), "total": null}))
            }
            ("GET", ["attachment", number]) if number.len() > 3 => {
                let (one, file) = number.split_at(number.len() - 3);
                let file: usize = file.parse().unwrap();
                let bytes = &self.happened[one.parse::<usize>().unwrap() - 1].files[file - 1].1;
                (200, json!({"Content": lines_of_base64(bytes)}))
            }
            ("GET", ["attachment", number]) => {
                let words = self.happened[number.parse::<usize>().unwrap() - 1].words.clone().unwrap_or_default();
                (200, json!({"Content": lines_of_base64(words.as_bytes())}))
            }
            ("GET", ["user", _]) if self.manner == Manner::Nameless => message(403, "Forbidden"),
            ("GET", ["user", "35" | "loket"]) => (200, json!({"Name": "loket", "RealName": "Loket Desk"})),
            ("GET", ["user", "agent"]) => (200, json!({"Name": "agent", "RealName": "Agent Desk"})),
            ("GET", ["queue", "Facilitair"]) => {
                let fields =
                    if self.manner == Manner::DropsFields { json!([]) } else { json!([{"name": "ExternalRef"}]) };
                (200, json!({"_hyperlinks": [{"ref": "create"}], "TicketCustomFields": fields}))
            }
            ("GET", ["queue", _]) => message(403, "Forbidden"),
            _ => message(404, "Not Found"),
        }
    }

    fn create(&mut self, ticket: &Value) -> Answer {
        let text = |name: &str| ticket[name].as_str().unwrap_or_default().to_owned();
        if text("Queue") != "Facilitair" {
            return message(403, "No permission to create tickets in the queue");
        }
        let field = ticket["CustomFields"]["ExternalRef"].as_str().map(str::to_owned);
        let field = field.filter(|_| self.manner != Manner::DropsFields);
        let number = self.make("Facilitair", &text("Subject"), field, &text("Content"), "loket");
        self.happened.last_mut().unwrap().files = files(ticket);
        (201, json!({"id": number.to_string(), "type": "ticket", "_url": format!("{HERE}/ticket/{number}")}))
    }

    fn correspond(&mut self, number: &str, said: &Value) -> Answer {
        let number: usize = number.parse().unwrap();
        let Some(ticket) = self.tickets.get(number - 1) else { return message(400, "Permission Denied") };
        if self.manner == Manner::DeniesKindly {
            return (200, json!([format!("Ticket {number}: Permission Denied")]));
        }
        let ticket = ticket.merged.unwrap_or(number as u64);
        let words = said["Content"].as_str().map(str::to_owned);
        let kind = "Correspond";
        self.happened.push(Happened {
            ticket,
            kind,
            field: "",
            new: String::new(),
            who: "loket",
            words,
            files: files(said),
        });
        (201, json!(["Correspondence added"]))
    }

    fn record(&self, number: usize) -> Value {
        let ticket = &self.tickets[number - 1];
        let values: Vec<&String> = ticket.field.iter().collect();
        json!({
            "id": number, "Status": ticket.status, "Subject": ticket.subject, "Creator": {"id": "loket"},
            "CustomFields": [{"name": "ExternalRef", "values": values}], "_hyperlinks": [{"ref": "correspond"}],
        })
    }

    fn ticket(&self, number: &str) -> Answer {
        let number: usize = number.parse().unwrap();
        let Some(ticket) = number.checked_sub(1).and_then(|index| self.tickets.get(index)) else {
            return message(404, "Not Found");
        };
        if ticket.queue == HIDDEN {
            return message(403, "Forbidden");
        }
        (200, self.record(ticket.merged.map_or(number, |into| into as usize)))
    }

    fn tickets(&self, sql: &str, query: &[(String, String)]) -> Answer {
        let ignores = matches!(self.manner, Manner::IgnoresFilters | Manner::IgnoresFiltersAndFields);
        let (ids, value) = (after(sql, "id = "), after(sql, "' = '"));
        let fits = |number: usize, ticket: &Ticket| {
            let told = ticket.status != "deleted" && ticket.merged.is_none() && ticket.queue != HIDDEN;
            let ours = sql.contains("__CurrentUser__");
            let meant = ours
                || ids.contains(&number.to_string())
                || (value.len() == 1 && ticket.field.as_ref() == value.first());
            told && (ignores || meant)
        };
        let numbers = (1..=self.tickets.len()).filter(|number| fits(*number, &self.tickets[number - 1]));
        let mut all: Vec<Value> = numbers.map(|number| self.record(number)).collect();
        if self.manner == Manner::IgnoresFiltersAndFields {
            all.iter_mut().for_each(|item| item["CustomFields"] = Value::Null);
        }
        page(&all, query, (!ignores).then_some(all.len()), |_| false)
    }

    fn transactions(&self, sql: &str, query: &[(String, String)]) -> Answer {
        let (places, kinds, since) = (after(sql, "ObjectId = "), after(sql, " Type = '"), after(sql, " id > "));
        let kinds: Vec<String> = kinds.into_iter().chain(after(sql, "(Type = '")).collect();
        let since: usize = since.first().and_then(|id| id.parse().ok()).unwrap_or(0);
        let ours = sql.contains("__CurrentUser__");
        let each = |(index, one): (usize, &Happened)| {
            let fits = index + 1 > since
                && (places.is_empty() || places.contains(&one.ticket.to_string()))
                && (kinds.is_empty() || kinds.iter().any(|kind| kind == one.kind))
                && (!ours || one.who == "loket");
            let created = format!("2026-11-27T{:02}:{:02}:{:02}Z", index / 3600 % 24, index / 60 % 60, index % 60);
            fits.then(|| {
                json!({
                    "id": (index + 1).to_string(), "ObjectId": one.ticket.to_string(), "Type": one.kind, "Field": one.field,
                    "NewValue": one.new, "Creator": {"id": one.who}, "Created": created,
                })
            })
        };
        let mut all: Vec<Value> = self.happened.iter().enumerate().filter_map(each).collect();
        if query.iter().any(|(name, value)| name == "order" && value == "DESC") {
            all.reverse();
        }
        page(&all, query, None, |one| {
            let ticket: usize = one["ObjectId"].as_str().unwrap().parse().unwrap();
            one["Type"] == "Comment" || self.tickets[ticket - 1].queue == HIDDEN
        })
    }
}

/// As Request Tracker writes it: in lines.
fn lines_of_base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (index, three) in bytes.chunks(3).enumerate() {
        let all = three.iter().fold(0u32, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(all >> (18 - 6 * place) & 63) as usize] as char;
            text.push(if place > three.len() { '=' } else { letter });
        }
        if index % 19 == 18 {
            text.push('\n');
        }
    }
    text
}
