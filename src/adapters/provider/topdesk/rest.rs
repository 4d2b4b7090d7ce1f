//! TOPdesk's records and how they are asked for. A list that is empty is answered 204 without a body, one that goes on 206.

use super::super::http::{Call, Failure, Http, Reply, moment as clock};
use super::text::{bare, moment, plain, quoted};
use crate::domain::Instant;
use crate::domain::file::Media;
use crate::domain::mail::MailFile;
use crate::domain::register::TopdeskAccount;
use crate::ports::{HandedFile, ProviderError};
use reqwest::{Method, Url};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// So many records are asked for at once.
const PAGE: usize = 100;
/// A list that goes on for longer is none that was meant.
const PAGES: usize = 30;
/// So many numbers are named in one query, which is part of an address.
const AT_ONCE: usize = 40;
/// What is asked for of each incident in a list; all fields would be slow.
const FIELDS: &str = "id,number,briefDescription,processingStatus,completed,closed,onHold,targetDate,operator,creationDate,modificationDate";

/// The interface, with who asks.
pub(super) struct Rest {
    http: Http,
    account: TopdeskAccount,
    me: OnceLock<Me>,
}

/// Who Loket is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Me {
    pub(super) id: String,
    pub(super) name: String,
}

/// An incident as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Incident {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) external: String,
    pub(super) brief: String,
    /// The words of it, when they were asked for.
    pub(super) request: String,
    pub(super) status: String,
    pub(super) completed: bool,
    pub(super) closed: bool,
    pub(super) on_hold: bool,
    pub(super) archived: bool,
    pub(super) target: Option<Instant>,
    pub(super) operator: String,
    pub(super) created: Option<Instant>,
    pub(super) modified: Option<Instant>,
}

/// What asking for one incident came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    There(Box<Incident>),
    /// It is not.
    Gone,
    /// It may not be seen.
    Hidden,
}

/// Something that was said on an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Action {
    pub(super) id: String,
    pub(super) at: Option<Instant>,
    /// Whether the caller may not see it; `None` where that was not told.
    pub(super) private: Option<bool>,
    /// Empty for a file alone.
    pub(super) words: String,
    pub(super) file: Option<Attached>,
    /// The identity of who said it; empty where that was not told.
    pub(super) by: String,
    pub(super) who: String,
}

/// A file in the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attached {
    pub(super) name: String,
    /// Where it can be fetched.
    url: String,
}

/// Records of a list.
struct List {
    records: Vec<Value>,
    /// Whether it was read to its end, or as far as was wanted.
    whole: bool,
    /// The moment of the server.
    now: Option<Instant>,
}

/// Names of the parameters for where a page begins and how long it is.
type Paging = (&'static str, &'static str);
const INCIDENTS: Paging = ("pageStart", "pageSize");
const TRAIL: Paging = ("start", "page_size");

impl Rest {
    pub(super) fn new(http: Http, account: TopdeskAccount) -> Self {
        Self { http, account, me: OnceLock::new() }
    }

    pub(super) fn server(&self) -> &str {
        self.http.server()
    }

    /// The place of incidents: the two sorts of account have different ones.
    fn incidents<'p>(&self, rest: &[&'p str]) -> Vec<&'p str> {
        let root: &[&str] = match self.account {
            TopdeskAccount::Operator => &["tas", "api", "incidents"],
            TopdeskAccount::Person => &["tas", "api", "requester", "incidents"],
        };
        root.iter().chain(rest).copied().collect()
    }

    pub(super) async fn make(&self, body: &Value) -> Result<Reply, Failure> {
        self.http.send(Call::new(Method::POST, self.incidents(&[])).json(body)).await
    }

    pub(super) async fn change(&self, number: &str, body: &Value) -> Result<Reply, Failure> {
        self.http.send(Call::new(Method::PATCH, self.incidents(&["number", number])).json(body)).await
    }

    /// The names of the files that hang at an incident.
    pub(super) async fn file_names(&self, number: &str) -> Result<BTreeSet<String>, ProviderError> {
        let place = self.incidents(&["number", number, "attachments"]);
        match self.list(&place, TRAIL, &[], PAGES, |_| false).await {
            Ok(list) => Ok(list.records.iter().map(|one| text(&one["fileName"])).collect()),
            Err(failure) => Err(failure.error),
        }
    }

    /// Hangs a file at an incident, for its caller to see.
    pub(super) async fn attach(&self, number: &str, file: &HandedFile) -> Result<Reply, Failure> {
        let place = self.incidents(&["number", number, "attachments"]);
        self.http.send(Call::new(Method::POST, place).form(file, &[("invisibleForCaller", "false")])).await
    }

    /// A file of the trail; of one that is not wanted, does not go on or cannot be had only the name. An error where it may come yet.
    pub(super) async fn file(&self, file: &Attached, wanted: bool, may_come: bool) -> Result<MailFile, ProviderError> {
        let goes_on = wanted && Media::said(None, &file.name) != Media::Other;
        let fetched = if goes_on { self.http.fetch(&file.url).await } else { Ok(None) };
        let content = match fetched {
            Err(error) if may_come => return Err(error),
            fetched => fetched.ok().flatten().unwrap_or_default(),
        };
        let media_type = Media::of(&content).media_type().to_owned();
        Ok(MailFile { name: file.name.clone(), media_type, size: content.len() as u64, content })
    }

    async fn get(&self, place: &[&str]) -> Result<(Value, Reply), Failure> {
        let call = Call::new(Method::GET, place.iter().copied()).query("dateFormat", "iso8601");
        let reply = self.http.send(call).await?;
        let value = reply.json().map_err(|error| Failure { status: None, error })?;
        Ok((value, reply))
    }

    /// An incident by its identity.
    pub(super) async fn by_id(&self, id: &str) -> Result<Seen, ProviderError> {
        self.one(&["id", id]).await
    }

    /// An incident by its number.
    pub(super) async fn by_number(&self, number: &str) -> Result<Seen, ProviderError> {
        self.one(&["number", number]).await
    }

    async fn one(&self, place: &[&str]) -> Result<Seen, ProviderError> {
        match self.get(&self.incidents(place)).await {
            Ok((value, reply)) => match incident(&value) {
                Some(incident) => Ok(Seen::There(Box::new(incident))),
                None => Err(reply.unexpected("incident")),
            },
            Err(failure) if failure.status == Some(404) => Ok(Seen::Gone),
            Err(failure) if failure.status == Some(403) => Ok(Seen::Hidden),
            Err(failure) => Err(failure.error),
        }
    }

    /// Those of the numbers that a list tells, by their bare form, and the moment of the server. What it leaves out (archived ones, or
    /// all of them where the filter is not understood) is looked at one by one.
    pub(super) async fn standing(
        &self,
        numbers: &[&str],
    ) -> Result<(BTreeMap<String, Incident>, Option<Instant>), ProviderError> {
        let wanted: BTreeSet<String> = numbers.iter().map(|number| bare(number)).collect();
        let (mut found, mut now) = (BTreeMap::new(), None);
        for some in numbers.chunks(AT_ONCE) {
            let query: Vec<String> = some.iter().map(|number| format!("number=={}", quoted(number))).collect();
            let asked = [("query", query.join(",")), ("fields", FIELDS.to_owned())];
            // A filter that is ignored would go through everything there is.
            let list = match self.list(&self.incidents(&[]), INCIDENTS, &asked, 2, |_| false).await {
                Ok(list) => list,
                Err(failure) if failure.status == Some(400) => continue,
                Err(failure) => return Err(failure.error),
            };
            now = now.or(list.now);
            let ours = list.records.iter().filter_map(incident).filter(|one| wanted.contains(&bare(&one.number)));
            found.extend(ours.map(|one| (bare(&one.number), one)));
        }
        Ok((found, now))
    }

    /// The incidents whose external number is that one.
    pub(super) async fn with_external(&self, external: &str) -> Result<Vec<Incident>, ProviderError> {
        let asked = [
            ("query", format!("externalNumber=={}", quoted(external))),
            ("all", "true".to_owned()),
            ("fields", "id,number,externalNumber".to_owned()),
        ];
        let list = self.list(&self.incidents(&[]), INCIDENTS, &asked, PAGES, |_| false).await?;
        // A filter may be ignored, so that each is compared.
        let found: Vec<Incident> =
            list.records.iter().filter_map(incident).filter(|one| one.external == external).collect();
        if found.is_empty() && !list.whole { Err(self.endless()) } else { Ok(found) }
    }

    /// The incidents since a moment, the newest first, and whether these are all of them.
    pub(super) async fn since(&self, moment: Instant, pages: usize) -> Result<(Vec<Incident>, bool), ProviderError> {
        let fields = match self.account {
            TopdeskAccount::Operator => "id,number,externalNumber,briefDescription,creationDate",
            TopdeskAccount::Person => "id,number,briefDescription,request,creationDate",
        };
        let asked = [
            ("query", format!("creationDate=gt={}", moment.format("%Y-%m-%dT%H:%M:%SZ"))),
            ("sort", "creationDate:desc".to_owned()),
            ("fields", fields.to_owned()),
        ];
        let list = self.list(&self.incidents(&[]), INCIDENTS, &asked, pages, |all| older(all, moment)).await?;
        Ok((list.records.iter().filter_map(incident).collect(), list.whole))
    }

    /// What was said on an incident, the oldest first; `None` when there is no such incident.
    pub(super) async fn trail(&self, number: &str) -> Result<Option<Vec<Action>>, ProviderError> {
        let place = self.incidents(&["number", number, "progresstrail"]);
        match self.list(&place, TRAIL, &[], PAGES, |_| false).await {
            Ok(list) => {
                let mut actions: Vec<Action> = list.records.iter().filter_map(action).collect();
                if actions.first().map(|one| one.at) > actions.last().map(|one| one.at) {
                    actions.reverse();
                }
                Ok(Some(actions))
            }
            Err(failure) if failure.status == Some(404) => Ok(None),
            Err(failure) => Err(failure.error),
        }
    }

    /// Reads a list page by page, at most so many pages, until it ends or there is enough.
    async fn list(
        &self,
        place: &[&str],
        (start, size): Paging,
        asked: &[(&str, String)],
        pages: usize,
        enough: impl Fn(&[Value]) -> bool,
    ) -> Result<List, Failure> {
        let mut list = List { records: vec![], whole: false, now: None };
        let mut known = BTreeSet::new();
        let ask = |begin: usize| -> Vec<(String, String)> {
            let paging = [(start, begin.to_string()), (size, PAGE.to_string()), ("dateFormat", "iso8601".to_owned())];
            paging.into_iter().chain(asked.iter().cloned()).map(|(name, value)| (name.to_owned(), value)).collect()
        };
        let (mut query, mut read) = (ask(0), 0);
        for _ in 0..pages {
            let call = Call::new(Method::GET, place.iter().copied());
            let reply = self.http.send(query.iter().fold(call, |call, (name, value)| call.query(name, value))).await?;
            list.now = list.now.or(clock(&reply.headers));
            if reply.status.as_u16() == 204 {
                list.whole = true;
                break;
            }
            let value = reply.json().map_err(|error| Failure { status: None, error })?;
            let wrong = |said| Failure { status: None, error: reply.unexpected(said) };
            let items = value.as_array().ok_or_else(|| wrong("list"))?;
            let before = known.len();
            for item in items {
                let id = item["id"].as_str().ok_or_else(|| wrong("id"))?;
                if known.insert(id.to_owned()) {
                    list.records.push(item.clone());
                }
            }
            list.whole = reply.status.as_u16() != 206 || enough(&list.records);
            // A page that brings nothing new would go on so for ever.
            if list.whole || known.len() == before {
                break;
            }
            read += items.len();
            query = self.next(&reply).unwrap_or_else(|| ask(read));
        }
        Ok(list)
    }

    /// The parameters of the next page as the server names them. Its address counts for nothing else: only on the same host, and then
    /// at the same place.
    fn next(&self, reply: &Reply) -> Option<Vec<(String, String)>> {
        let next = reply.headers.get("x-next-page-url")?.to_str().ok()?;
        let next = Url::parse(next).ok()?;
        let host = next.host_str()?;
        let name = next.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let query: Vec<(String, String)> = next.query_pairs().into_owned().collect();
        (name == self.server() && !query.is_empty()).then_some(query)
    }

    pub(super) fn endless(&self) -> ProviderError {
        let said = format!("> {} records", PAGES * PAGE);
        let why = crate::domain::Trouble::WebUnexpected { server: self.server().to_owned(), said };
        ProviderError::NeedsPerson { why }
    }

    /// Who Loket is, which does not change while it runs.
    pub(super) async fn me(&self) -> Result<Me, Failure> {
        if let Some(me) = self.me.get() {
            return Ok(me.clone());
        }
        let me = self.current(self.account).await?;
        // Two that ask at once hear the same.
        let _ = self.me.set(me.clone());
        Ok(me)
    }

    /// Who Loket is as that sort of account; an account of the other sort is refused.
    pub(super) async fn current(&self, account: TopdeskAccount) -> Result<Me, Failure> {
        let sort = match account {
            TopdeskAccount::Operator => "operators",
            TopdeskAccount::Person => "persons",
        };
        let (value, reply) = self.get(&["tas", "api", sort, "current"]).await?;
        let names = ["dynamicName", "name", "tasLoginName", "loginName", "email"];
        let name = names.iter().map(|name| text(&value[*name])).find(|name| !name.is_empty()).unwrap_or_default();
        let id = text(&value["id"]);
        if id.is_empty() {
            return Err(Failure { status: None, error: reply.unexpected("id") });
        }
        Ok(Me { id, name })
    }

    /// Whether there is a person with that mail address.
    pub(super) async fn knows(&self, email: &str) -> Result<bool, Failure> {
        let asked = [("query", format!("email=={}", quoted(email))), ("fields", "id,email".to_owned())];
        let list = self.list(&["tas", "api", "persons"], TRAIL, &asked, PAGES, |_| false).await?;
        Ok(list.records.iter().any(|person| text(&person["email"]).eq_ignore_ascii_case(email)))
    }

    /// Asks for a page of incidents, with the field for our reference for those who may use it.
    pub(super) async fn may_look(&self) -> Result<(), Failure> {
        let mut asked = vec![("fields", "id,number".to_owned())];
        if self.account == TopdeskAccount::Operator {
            asked = vec![("query", "externalNumber=='loket'".to_owned()), ("fields", "id,externalNumber".to_owned())];
        }
        self.list(&self.incidents(&[]), INCIDENTS, &asked, 1, |_| true).await.map(|_| ())
    }
}

/// Whether what was read, newest first, has passed that moment. A list that is not in order never has.
fn older(all: &[Value], moment: Instant) -> bool {
    let made: Vec<Option<Instant>> = all.iter().map(|one| when(&one["creationDate"])).collect();
    let in_order = made.windows(2).all(|two| matches!(two, [Some(one), Some(next)] if one >= next));
    in_order && made.last().copied().flatten().is_some_and(|last| last < moment)
}

/// An incident in an answer.
pub(super) fn incident(value: &Value) -> Option<Incident> {
    let (id, number) = (text(&value["id"]), text(&value["number"]));
    let flag = |name: &str| value[name].as_bool() == Some(true);
    let name = |field: &str| match &value[field] {
        Value::String(name) => name.trim().to_owned(),
        other => text(&other["name"]),
    };
    (!id.is_empty() && !number.is_empty()).then(|| Incident {
        id,
        number,
        external: text(&value["externalNumber"]),
        brief: text(&value["briefDescription"]),
        request: plain(&text(&value["request"])),
        status: name("processingStatus"),
        completed: flag("completed"),
        closed: flag("closed"),
        on_hold: flag("onHold"),
        archived: flag("archived"),
        target: when(&value["targetDate"]),
        operator: name("operator"),
        created: when(&value["creationDate"]),
        modified: when(&value["modificationDate"]),
    })
}

/// An entry of the trail: words, a file, or both.
fn action(value: &Value) -> Option<Action> {
    let words = text(&value["plainText"]);
    let words = if words.is_empty() { plain(&text(&value["memoText"])) } else { words };
    let by = [&value["operator"], &value["person"]].into_iter().find(|one| one.is_object()).unwrap_or(&Value::Null);
    let at = when(&value["entryDate"]).or_else(|| when(&value["creationDate"]));
    let id = text(&value["id"]);
    let file = Attached { name: text(&value["fileName"]), url: text(&value["downloadUrl"]) };
    let file = Some(file).filter(|file| !file.name.is_empty());
    (!id.is_empty() && (!words.is_empty() || file.is_some())).then(|| Action {
        id,
        at,
        private: value["invisibleForCaller"].as_bool(),
        words,
        file,
        by: text(&by["id"]),
        who: text(&by["name"]),
    })
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn when(value: &Value) -> Option<Instant> {
    moment(value.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_incident_and_an_entry_are_read_with_whatever_is_missing() {
        let bare = incident(&json!({"id": "a", "number": "I 2611 007"})).unwrap();
        assert_eq!((bare.status.as_str(), bare.completed, bare.target), ("", false, None));
        assert_eq!(incident(&json!({"id": "a"})), None);
        assert_eq!(incident(&json!([1])), None);
        let entry = action(&json!({"id": "x", "memoText": "<b>ja</b>", "operator": null})).unwrap();
        assert_eq!((entry.words.as_str(), entry.private, entry.by.as_str()), ("ja", None, ""));
        let photo = action(&json!({"id": "x", "fileName": "foto.jpg"})).unwrap();
        assert_eq!((photo.words.as_str(), photo.file.unwrap().name.as_str()), ("", "foto.jpg"));
        assert_eq!(action(&json!({"id": "x", "fileName": " "})), None);
    }

    #[test]
    fn a_list_out_of_order_never_ends_early() {
        let at = |hour: u32| json!({"creationDate": format!("2026-11-27T{hour:02}:00:00Z")});
        let moment = moment("2026-11-27T10:00:00Z").unwrap();
        assert!(older(&[at(12), at(9)], moment));
        assert!(!older(&[at(12), at(11)], moment) && !older(&[at(8), at(12), at(9)], moment));
        assert!(!older(&[at(12), json!({})], moment) && !older(&[], moment));
    }
}
