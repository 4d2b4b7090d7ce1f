//! Trouble tickets of TMF621 and how they are asked for. A part of a list is answered 206, its length stands in `X-Total-Count`; both
//! are used where they are told and not relied upon.

use super::super::http::{Call, Failure, Http, Reply, moment as clock};
use super::record::{Attached, Found, found, identity};
use crate::domain::file::{LARGEST, Media};
use crate::domain::mail::MailFile;
use crate::domain::register::PatchForm;
use crate::domain::webhook::{HookKey, call_id};
use crate::domain::{Instant, Trouble};
use crate::ports::{Clock, ProviderError};
use reqwest::Method;
use reqwest::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many records are asked for at once.
const PAGE: usize = 100;
/// A list that goes on for longer is none that was meant.
const PAGES: usize = 30;
/// So many identities are named in one query, which is part of an address.
const AT_ONCE: usize = 40;
/// What is read of tickets that are too long with everything in them: all that is used but their photos and files.
const LEAN: &str = "id,externalId,externalIdentifier,name,description,status,expectedResolutionDate,relatedParty,creationDate,\
                    lastUpdate,troubleTicketRelationship,note";
/// Where tickets are, below the configured address.
const TICKETS: &str = "troubleTicket";

/// The interface, with what signs our calls.
pub(super) struct Api {
    pub(super) http: Http,
    pub(super) key: HookKey,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) patch: PatchForm,
}

/// What asking for one ticket came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    There(Box<Found>),
    /// It is not.
    Gone,
    /// It may not be seen.
    Hidden,
}

/// What is to be different about a ticket.
pub(super) struct Wanted<'w> {
    /// The identity of the change, the same at each attempt.
    pub(super) id: &'w str,
    /// The status that it shall have.
    pub(super) status: Option<&'static str>,
    /// What is said on it.
    pub(super) note: Value,
    /// Photos and files that come to it.
    pub(super) files: Vec<Value>,
}

/// Records of a list.
struct List {
    records: Vec<Value>,
    /// Whether it was read to its end, or as far as was wanted.
    whole: bool,
    /// The moment of the server.
    now: Option<Instant>,
}

type Asked<'a> = [(&'a str, String)];

impl Api {
    pub(super) fn server(&self) -> &str {
        self.http.server()
    }

    pub(super) async fn make(&self, id: &str, ticket: &Value) -> Result<Reply, Failure> {
        self.http.send(self.signed(Method::POST, &[TICKETS], "application/json", id, ticket)).await
    }

    /// Changes a ticket in one call, since between reading and writing somebody else may change it, too.
    pub(super) async fn change(&self, number: &str, wanted: &Wanted<'_>) -> Result<Reply, Failure> {
        let (kind, body) = match self.patch {
            PatchForm::Json => ("application/json-patch+json", steps(wanted)),
            PatchForm::Merge => ("application/merge-patch+json", difference(wanted)),
        };
        self.http.send(self.signed(Method::PATCH, &[TICKETS, number], kind, wanted.id, &body)).await
    }

    /// A call that changes something, with the signature that tells that it is ours and when it was made.
    fn signed(&self, method: Method, place: &[&str], kind: &'static str, id: &str, body: &Value) -> Call {
        let body = body.to_string().into_bytes();
        let (id, at) = (call_id(id), self.clock.now().timestamp().to_string());
        let signature = self.key.sign(&id, &at, &body);
        let call = Call::new(method, place.iter().copied()).body(kind, body);
        let headers = [("webhook-id", id), ("webhook-timestamp", at), ("webhook-signature", signature)];
        headers.into_iter().fold(call, |call, (name, value)| match HeaderValue::from_str(&value) {
            Ok(value) => call.header(HeaderName::from_static(name), value),
            // Letters, digits and signs of base64 always fit.
            Err(_) => call,
        })
    }

    /// Asks for tickets whole, and for less of each where that is too long: photos may stand in the ticket itself.
    async fn get(&self, call: Call) -> Result<Reply, Failure> {
        match self.http.send(call.clone()).await {
            Err(failure) if failure.is_too_long() => self.http.send(call.query("fields", LEAN)).await,
            reply => reply,
        }
    }

    /// A photo or file of a ticket; of one that is not wanted, does not go on or cannot be had only the name. An error where it may come yet.
    pub(super) async fn file(&self, file: &Attached, wanted: bool, may_come: bool) -> Result<MailFile, ProviderError> {
        let goes_on = Media::said(file.media_type.as_deref(), &file.name) != Media::Other && file.size <= LARGEST;
        let content = match file.content() {
            _ if !wanted || !goes_on => vec![],
            Some(content) => content,
            None => match self.http.fetch(&file.url).await {
                Err(error) if may_come => return Err(error),
                fetched => fetched.ok().flatten().unwrap_or_default(),
            },
        };
        let media_type = file.media_type.clone().unwrap_or_default();
        let size = file.size.max(content.len() as u64);
        Ok(MailFile { name: file.name.clone(), media_type, size, content })
    }

    /// A ticket by its identity.
    pub(super) async fn one(&self, number: &str) -> Result<Seen, ProviderError> {
        match self.get(Call::new(Method::GET, [TICKETS, number])).await {
            Ok(reply) => match found(&reply.json()?) {
                Some(found) => Ok(Seen::There(Box::new(found))),
                None => Err(reply.unexpected("id")),
            },
            Err(failure) if matches!(failure.status, Some(404 | 410)) => Ok(Seen::Gone),
            Err(failure) if failure.status == Some(403) => Ok(Seen::Hidden),
            Err(failure) => Err(failure.error),
        }
    }

    /// Those of the tickets that a list tells, and the moment of the server. What it leaves out is looked at one by one, and so are all
    /// of them where the filter is not understood.
    pub(super) async fn standing(
        &self,
        numbers: &[&str],
    ) -> Result<(BTreeMap<String, Found>, Option<Instant>), ProviderError> {
        let (mut all, mut now) = (BTreeMap::new(), None);
        for some in numbers.chunks(AT_ONCE) {
            // A filter that is ignored would go through everything there is.
            let list = match self.list(&[("id", some.join(","))], 2, |_| false).await {
                Ok(list) => list,
                Err(failure) if failure.status == Some(400) || failure.is_too_long() => continue,
                Err(failure) => return Err(failure.error),
            };
            now = now.or(list.now);
            let ours = list.records.iter().filter_map(found).filter(|one| numbers.contains(&one.id.as_str()));
            all.extend(ours.map(|one| (one.id.clone(), one)));
        }
        Ok((all, now))
    }

    /// The tickets that bear that reference of ours.
    pub(super) async fn with_external(&self, reference: &str) -> Result<Vec<Found>, ProviderError> {
        let list = self.list(&[("externalId", reference.to_owned())], PAGES, |_| false).await?;
        // A filter may be ignored, so that each is compared: nobody else's ticket is ever taken for ours.
        let ours: Vec<Found> = list.records.iter().filter_map(found).filter(|one| one.bears(reference)).collect();
        if ours.is_empty() && !list.whole { Err(self.endless()) } else { Ok(ours) }
    }

    /// The tickets since a moment, and whether these are all of them.
    pub(super) async fn since(&self, moment: Instant, pages: usize) -> Result<(Vec<Found>, bool), ProviderError> {
        let asked = [
            ("creationDate.gt", moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            ("sort", "-creationDate".to_owned()),
        ];
        let list = match self.list(&asked, pages, |all| older(all, moment)).await {
            // Not every system can compare or sort.
            Err(failure) if failure.status == Some(400) => self.list(&[], pages, |_| false).await?,
            list => list?,
        };
        Ok((list.records.iter().filter_map(found).collect(), list.whole))
    }

    /// Asks for a page of tickets by our reference.
    pub(super) async fn may_look(&self) -> Result<(), Failure> {
        self.list(&[("externalId", "loket".to_owned())], 1, |_| true).await.map(|_| ())
    }

    /// Reads a list page by page, at most so many pages, until it ends or there is enough.
    async fn list(&self, asked: &Asked<'_>, pages: usize, enough: impl Fn(&[Value]) -> bool) -> Result<List, Failure> {
        let mut list = List { records: vec![], whole: false, now: None };
        let (mut known, mut read) = (BTreeSet::new(), 0);
        for _ in 0..pages {
            let paging = [("offset", read.to_string()), ("limit", PAGE.to_string())];
            let call = Call::new(Method::GET, [TICKETS]);
            let call = asked.iter().chain(&paging).fold(call, |call, (name, value)| call.query(name, value.as_str()));
            let reply = self.get(call).await?;
            list.now = list.now.or(clock(&reply.headers));
            let records = records(&reply).map_err(|error| Failure { status: None, error })?;
            let before = known.len();
            for (id, record) in &records {
                if known.insert(id.clone()) {
                    list.records.push(record.clone());
                }
            }
            read += records.len();
            let fresh = known.len() > before;
            let total = reply.headers.get("x-total-count").and_then(|total| total.to_str().ok()?.trim().parse().ok());
            // Without a count only a page that brings nothing new tells that this was all.
            list.whole = match total {
                Some(total) => known.len() >= total || read == 0,
                None => !fresh && reply.status.as_u16() != 206,
            } || enough(&list.records);
            if list.whole || !fresh {
                break;
            }
        }
        Ok(list)
    }

    pub(super) fn endless(&self) -> ProviderError {
        let said = format!("> {} records", PAGES * PAGE);
        ProviderError::NeedsPerson { why: Trouble::WebUnexpected { server: self.server().to_owned(), said } }
    }
}

/// The records of a page, each with its identity.
fn records(reply: &Reply) -> Result<Vec<(String, Value)>, ProviderError> {
    if reply.status.as_u16() == 204 {
        return Ok(vec![]);
    }
    let page = reply.json()?;
    let items = page.as_array().ok_or_else(|| reply.unexpected("list"))?;
    let each = |item: &Value| Some((identity(item)?, item.clone()));
    items.iter().map(|item| each(item).ok_or_else(|| reply.unexpected("id"))).collect()
}

/// A change as single steps.
fn steps(wanted: &Wanted<'_>) -> Value {
    let status = wanted.status.map(|status| json!({"op": "replace", "path": "/status", "value": status}));
    let note = json!({"op": "add", "path": "/note/-", "value": wanted.note});
    let files = wanted.files.iter().map(|file| json!({"op": "add", "path": "/attachment/-", "value": file}));
    status.into_iter().chain([note]).chain(files).collect()
}

/// A change as what is different.
fn difference(wanted: &Wanted<'_>) -> Value {
    let mut change = json!({"note": [wanted.note]});
    if let Some(status) = wanted.status {
        change["status"] = json!(status);
    }
    if !wanted.files.is_empty() {
        change["attachment"] = json!(wanted.files);
    }
    change
}

/// Whether what was read, newest first, has passed that moment. A list that is not in order never has.
fn older(all: &[Value], moment: Instant) -> bool {
    let made: Vec<Option<Instant>> = all.iter().map(|one| found(one).and_then(|one| one.created)).collect();
    let in_order = made.windows(2).all(|two| matches!(two, [Some(one), Some(next)] if one >= next));
    in_order && made.last().copied().flatten().is_some_and(|last| last < moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_one_call_in_either_form() {
        let wanted =
            Wanted { id: "A-1.c1", status: Some("cancelled"), note: json!({"text": "hoeft niet"}), files: vec![] };
        assert_eq!(steps(&wanted)[0], json!({"op": "replace", "path": "/status", "value": "cancelled"}));
        assert_eq!(steps(&wanted)[1]["path"], "/note/-");
        assert_eq!(difference(&wanted), json!({"status": "cancelled", "note": [{"text": "hoeft niet"}]}));
        let said = Wanted { status: None, ..wanted };
        assert_eq!((steps(&said).as_array().map(Vec::len), difference(&said).get("status")), (Some(1), None));
    }

    #[test]
    fn a_list_out_of_order_never_ends_early() {
        let at = |hour: u32| json!({"id": "x", "creationDate": format!("2026-11-27T{hour:02}:00:00Z")});
        let moment = "2026-11-27T10:00:00Z".parse().unwrap();
        assert!(older(&[at(12), at(9)], moment));
        assert!(!older(&[at(12), at(11)], moment) && !older(&[at(8), at(12), at(9)], moment));
        assert!(!older(&[at(12), json!({"id": "x"})], moment) && !older(&[], moment));
    }
}
