//! Request Tracker's records and how they are asked for.

use super::super::http::{Call, Failure, Http, Reply, moment};
use crate::domain::Instant;
use crate::domain::file::{self, Media};
use crate::domain::mail::MailFile;
use crate::ports::ProviderError;
use chrono::DateTime;
use mail_parser::decoders::{base64::base64_decode, html::html_to_text};
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// So large a file is read at most, in bytes: in base64 it is a third longer, and must fit into one answer.
const READ_FILE: u64 = 7 * 1024 * 1024;
/// The most that Request Tracker gives on one page.
const PAGE: usize = 100;
/// A search that goes on for longer is none that was meant.
const PAGES: usize = 100;

/// The interface, with who asks.
pub(super) struct Rest {
    http: Http,
    /// The account by the number in its token.
    user: Option<u64>,
    me: OnceLock<String>,
}

/// A ticket as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) id: u64,
    pub(super) status: String,
    /// Names and values of its custom fields; `None` where a list did not tell them.
    fields: Option<Vec<(String, String)>>,
}

impl Found {
    /// Whether a field holds exactly that.
    pub(super) fn holds(&self, field: &str, value: &str) -> bool {
        self.fields.iter().flatten().any(|(name, held)| name == field && held.trim() == value)
    }

    /// Whether a field holds anything.
    pub(super) fn fills(&self, field: &str) -> bool {
        self.fields.iter().flatten().any(|(name, held)| name == field && !held.trim().is_empty())
    }

    pub(super) fn tells_fields(&self) -> bool {
        self.fields.is_some()
    }
}

/// What asking for one ticket came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// It is there; with another number than was asked for when it was merged.
    There(Found),
    /// It is not.
    Gone(String),
    /// It may not be seen.
    Hidden(String),
}

/// A transaction: one thing that happened to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Transaction {
    pub(super) id: u64,
    pub(super) ticket: u64,
    pub(super) kind: String,
    pub(super) field: String,
    pub(super) new: String,
    pub(super) who: String,
    pub(super) at: Instant,
}

/// A queue as the account sees it.
pub(super) struct Queue {
    /// Whether tickets may be made in it.
    pub(super) open: bool,
    /// The names of the fields of its tickets.
    pub(super) fields: BTreeSet<String>,
}

impl Rest {
    pub(super) fn new(http: Http, user: Option<u64>) -> Self {
        Self { http, user, me: OnceLock::new() }
    }

    pub(super) fn server(&self) -> &str {
        self.http.server()
    }

    fn call(method: Method, place: &[&str]) -> Call {
        Call::new(method, ["REST", "2.0"].into_iter().chain(place.iter().copied()))
    }

    pub(super) async fn post(&self, place: &[&str], body: &Value) -> Result<Reply, Failure> {
        self.http.send(Self::call(Method::POST, place).json(body)).await
    }

    async fn get(&self, place: &[&str], query: &[(&str, &str)]) -> Result<(Value, Reply), Failure> {
        let call = query.iter().fold(Self::call(Method::GET, place), |call, (name, value)| call.query(name, *value));
        let reply = self.http.send(call).await?;
        let value = reply.json().map_err(|error| Failure { status: None, error })?;
        Ok((value, reply))
    }

    pub(super) async fn ticket(&self, number: u64) -> Result<Seen, ProviderError> {
        match self.get(&["ticket", &number.to_string()], &[]).await {
            Ok((value, reply)) => found(&value).map(Seen::There).ok_or_else(|| reply.unexpected("ticket")),
            Err(failure) if failure.status == Some(404) => Ok(Seen::Gone(super::said(&failure.error))),
            Err(failure) if failure.status == Some(403) => Ok(Seen::Hidden(super::said(&failure.error))),
            Err(failure) => Err(failure.error),
        }
    }

    /// A queue by its name or number.
    pub(super) async fn queue(&self, name: &str) -> Result<Queue, Failure> {
        let (value, _) = self.get(&["queue", name], &[]).await?;
        let open = list(&value["_hyperlinks"]).any(|link| link["ref"] == "create");
        let fields = list(&value["TicketCustomFields"]).map(|field| text(&field["name"])).collect();
        Ok(Queue { open, fields })
    }

    /// The right that a ticket of our own in that queue shows to be missing.
    pub(super) async fn right_missing(&self, queue: &str) -> Result<Option<&'static str>, ProviderError> {
        let query = format!("Creator = '__CurrentUser__' AND Queue = {}", quoted(queue));
        let newest = [("query", query.as_str()), ("orderby", "id"), ("order", "DESC"), ("per_page", "1")];
        let (value, _) = self.get(&["tickets"], &newest).await?;
        let Some(number) = list(&value["items"]).find_map(|item| id(&item["id"])) else { return Ok(None) };
        let (ticket, _) = self.get(&["ticket", &number.to_string()], &[]).await?;
        let speaks = list(&ticket["_hyperlinks"]).any(|link| link["ref"] == "correspond");
        Ok((!speaks).then_some("ReplyToTicket"))
    }

    /// The tickets that a query finds, whatever else the server adds to them.
    pub(super) async fn tickets(&self, query: &str) -> Result<Vec<Found>, ProviderError> {
        let mut all = Vec::<Found>::new();
        for page in 1..=PAGES {
            let page = page.to_string();
            let asked = [
                ("query", query),
                ("fields", "Status,CustomFields"),
                ("orderby", "id"),
                ("per_page", "100"),
                ("page", page.as_str()),
            ];
            let (value, reply) = self.get(&["tickets"], &asked).await?;
            let items = value["items"].as_array().ok_or_else(|| reply.unexpected("tickets"))?;
            let fresh: Vec<Found> =
                items.iter().filter_map(found).filter(|ticket| all.iter().all(|known| known.id != ticket.id)).collect();
            // A page behind the last one is the first one again, so that only something new says that there may be more.
            let done = fresh.is_empty();
            all.extend(fresh);
            if done || value["total"].as_u64().is_some_and(|total| all.len() as u64 >= total) {
                return Ok(all);
            }
        }
        Err(self.endless())
    }

    /// The transactions of tickets that a query finds, by their identities: from the oldest after `after` on, so that none is missed
    /// and none comes twice, however many are made meanwhile.
    pub(super) async fn transactions(&self, query: &str, after: u64) -> Result<Vec<Transaction>, ProviderError> {
        let mut all = Vec::new();
        let mut last = after;
        for _ in 0..PAGES {
            let (page, _) = self.page(&format!("({query}) AND id > {last}"), "ASC").await?;
            let fresh: Vec<Transaction> = page.into_iter().filter(|one| one.id > last).collect();
            let Some(newest) = fresh.iter().map(|one| one.id).max() else { return Ok(all) };
            last = newest;
            all.extend(fresh);
        }
        Err(self.endless())
    }

    /// The newest transactions that a query finds, at most a page, and the moment of the server.
    pub(super) async fn newest(&self, query: &str) -> Result<(Vec<Transaction>, Option<Instant>), ProviderError> {
        self.page(query, "DESC").await
    }

    async fn page(&self, query: &str, order: &str) -> Result<(Vec<Transaction>, Option<Instant>), ProviderError> {
        let query = format!("ObjectType = 'RT::Ticket' AND {query}");
        let asked = [
            ("query", query.as_str()),
            ("fields", "Type,Field,NewValue,ObjectId,Creator,Created"),
            ("orderby", "id"),
            ("order", order),
            ("per_page", "100"),
        ];
        let (value, reply) = self.get(&["transactions"], &asked).await?;
        let items = value["items"].as_array().ok_or_else(|| reply.unexpected("transactions"))?;
        let read = |item| transaction(item).ok_or_else(|| reply.unexpected("transaction"));
        Ok((items.iter().map(read).collect::<Result<_, _>>()?, moment(&reply.headers)))
    }

    fn endless(&self) -> ProviderError {
        let why = crate::domain::Trouble::WebUnexpected {
            server: self.server().to_owned(),
            said: format!("> {} records", PAGES * PAGE),
        };
        ProviderError::NeedsPerson { why }
    }

    /// The words of a transaction: its plain texts, else what its pages say. Files that hang on it are left out.
    pub(super) async fn words(&self, transaction: u64) -> Result<String, ProviderError> {
        Ok(self.parts(transaction).await?.0)
    }

    /// The same with the photos and documents that hang on it.
    pub(super) async fn said(&self, transaction: u64) -> Result<(String, Vec<MailFile>), ProviderError> {
        let (words, parts) = self.parts(transaction).await?;
        Ok((words, self.files(list(&parts["items"])).await?))
    }

    async fn parts(&self, transaction: u64) -> Result<(String, Value), ProviderError> {
        let place = ["transaction", &transaction.to_string(), "attachments"];
        let fields = [("fields", "ContentType,Filename,ContentLength"), ("per_page", "100")];
        let (value, _) = self.get(&place, &fields).await?;
        let of = |kind: &str| -> Vec<u64> {
            let fits =
                |part: &&Value| text(&part["ContentType"]).starts_with(kind) && text(&part["Filename"]).is_empty();
            list(&value["items"]).filter(fits).filter_map(|part| id(&part["id"])).collect()
        };
        let (plain, pages) = (of("text/plain"), of("text/html"));
        let mut words = Vec::new();
        for part in if plain.is_empty() { &pages } else { &plain } {
            let said = String::from_utf8_lossy(&self.content(*part).await?).into_owned();
            words.push(if plain.is_empty() { html_to_text(&said) } else { said });
        }
        Ok((words.join("\n\n").trim().to_owned(), value))
    }

    /// The files among the parts of a transaction; of those that do not go on only the name.
    async fn files<'v>(&self, parts: impl Iterator<Item = &'v Value>) -> Result<Vec<MailFile>, ProviderError> {
        let mut files = Vec::new();
        for part in parts.filter(|part| !text(&part["Filename"]).is_empty()).take(file::MOST) {
            let (name, media_type) = (text(&part["Filename"]), text(&part["ContentType"]));
            let size = id(&part["ContentLength"]).unwrap_or_default();
            let goes_on = Media::said(Some(&media_type), &name) != Media::Other && size <= READ_FILE;
            let content = match id(&part["id"]).filter(|_| goes_on) {
                Some(part) => self.content(part).await?,
                None => vec![],
            };
            files.push(MailFile { name, media_type, size, content });
        }
        Ok(files)
    }

    /// What is in a part.
    async fn content(&self, part: u64) -> Result<Vec<u8>, ProviderError> {
        let (value, _) = self.get(&["attachment", &part.to_string()], &[]).await?;
        let coded: Vec<u8> = text(&value["Content"]).bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        Ok(base64_decode(&coded).unwrap_or_default())
    }

    /// The account's name, which transactions bear; `None` while nothing tells it, and then the account has said nothing yet.
    pub(super) async fn me(&self) -> Result<Option<String>, ProviderError> {
        if let Some(me) = self.me.get() {
            return Ok(Some(me.clone()));
        }
        let found = match self.user {
            Some(user) => match self.get(&["user", &user.to_string()], &[]).await {
                Ok((value, _)) => Some(text(&value["Name"])),
                Err(failure) if matches!(failure.status, Some(403 | 404)) => None,
                Err(failure) => return Err(failure.error),
            },
            None => None,
        };
        let name = match found.filter(|name| !name.is_empty()) {
            Some(name) => Some(name),
            None => self.newest("Creator = '__CurrentUser__'").await?.0.first().map(|one| one.who.clone()),
        };
        if let Some(name) = &name {
            // Two that ask at once hear the same.
            let _ = self.me.set(name.clone());
        }
        Ok(name)
    }

    /// How a user is called, by name or number; `None` for nobody.
    pub(super) async fn person(&self, user: &str) -> Result<Option<String>, ProviderError> {
        match self.get(&["user", user], &[]).await {
            Ok((value, _)) => {
                let (name, real) = (text(&value["Name"]), text(&value["RealName"]));
                let called = if real.is_empty() { name.clone() } else { real };
                Ok((name != "Nobody" && !called.is_empty()).then_some(called))
            }
            // Who may not look people up still knows their log-in name, but not what a number stands for.
            Err(failure) if matches!(failure.status, Some(400..=499)) && failure.status != Some(401) => {
                Ok(user.parse::<u64>().is_err().then(|| user.to_owned()))
            }
            Err(failure) => Err(failure.error),
        }
    }
}

/// A text for a query, in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// An identity, which some answers give as a text.
pub(super) fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn found(value: &Value) -> Option<Found> {
    let fields = value["CustomFields"].as_array().map(|fields| {
        let each = |field: &Value| {
            let name = text(&field["name"]);
            list(&field["values"]).map(|held| (name.clone(), text(held))).collect::<Vec<_>>()
        };
        fields.iter().flat_map(each).collect()
    });
    Some(Found { id: id(&value["id"])?, status: text(&value["Status"]), fields })
}

fn transaction(value: &Value) -> Option<Transaction> {
    Some(Transaction {
        id: id(&value["id"])?,
        ticket: id(&value["ObjectId"])?,
        kind: text(&value["Type"]),
        field: text(&value["Field"]),
        new: text(&value["NewValue"]),
        who: text(&value["Creator"]["id"]),
        at: DateTime::parse_from_rfc3339(value["Created"].as_str()?).ok()?.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_in_a_query_cannot_end_its_quotes() {
        assert_eq!(quoted("x' OR 'a'='a"), r"'x\' OR \'a\'=\'a'");
        assert_eq!(quoted(r"x\"), r"'x\\'");
    }

    #[test]
    fn a_moment_is_read_with_its_offset_and_a_reference_is_compared_whole() {
        let at = |created: &str| {
            transaction(&json!({"id": "7", "ObjectId": 1, "Created": created})).map(|one| one.at.to_rfc3339())
        };
        assert_eq!(at("2026-11-27T01:38:57Z"), Some("2026-11-27T01:38:57+00:00".into()));
        assert_eq!(at("2026-11-27T02:38:57+01:00"), Some("2026-11-27T01:38:57+00:00".into()));
        assert_eq!(at("2026-11-27 02:38:57"), None);
        let ticket = found(&json!({"id": 1, "CustomFields": [{"name": "ExternalRef", "values": ["A-1"]}]})).unwrap();
        assert!(ticket.holds("ExternalRef", "A-1"));
        assert!(!ticket.holds("ExternalRef", "A-10") && !ticket.holds("ExternalRef", "A") && !ticket.holds("X", "A-1"));
    }
}
