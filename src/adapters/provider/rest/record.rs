//! A trouble ticket as TMF621 writes it, read with whatever is missing.

use crate::domain::Instant;
use crate::domain::register::NotesShown;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// So many characters of an identity are a number that people can use.
const NUMBER: usize = 100;
/// The roles of people who come.
const WHO_COMES: [&str; 8] =
    ["technician", "engineer", "mechanic", "fieldagent", "fieldengineer", "assignee", "handler", "executor"];

/// A ticket as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) id: String,
    /// The references that it bears: `externalId`, and since version 5 a list.
    pub(super) externals: Vec<String>,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) status: String,
    pub(super) planned: Option<Instant>,
    pub(super) who: String,
    pub(super) created: Option<Instant>,
    pub(super) modified: Option<Instant>,
    /// The ticket into which it went.
    pub(super) merged: Option<String>,
    /// `None` in a list that leaves them out.
    pub(super) notes: Option<Vec<Note>>,
    /// Photos and files, ours among them; `None` where they were left out.
    pub(super) files: Option<Vec<Attached>>,
}

impl Found {
    pub(super) fn bears(&self, reference: &str) -> bool {
        self.externals.iter().any(|one| one == reference)
    }

    /// The number under which it is followed from now on.
    pub(super) fn number(&self) -> &str {
        self.merged.as_deref().unwrap_or(&self.id)
    }

    pub(super) fn files(&self) -> &[Attached] {
        self.files.as_deref().unwrap_or_default()
    }

    pub(super) fn notes(&self) -> &[Note] {
        self.notes.as_deref().unwrap_or_default()
    }
}

/// A photo or file on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attached {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) media_type: Option<String>,
    /// Bytes, where that was told.
    pub(super) size: u64,
    /// What is in it in base64, where that stands in the ticket itself; empty elsewhere.
    content: String,
    /// Where else it can be fetched; empty where that was not told.
    pub(super) url: String,
    /// As of a note.
    private: Option<bool>,
}

impl Attached {
    /// Whether it may be passed on.
    pub(super) fn is_public(&self, shown: NotesShown) -> bool {
        passes(self.private, shown)
    }

    /// What is in it, where that stands in the ticket itself.
    pub(super) fn content(&self) -> Option<Vec<u8>> {
        let coded: Vec<u8> = self.content.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        Some(coded).filter(|coded| !coded.is_empty()).and_then(|coded| STANDARD.decode(coded).ok())
    }
}

/// Something that was said on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) id: String,
    pub(super) at: Option<Instant>,
    pub(super) author: String,
    pub(super) text: String,
    /// Whether it is among the provider's own people; `None` where nothing says so.
    pub(super) private: Option<bool>,
}

impl Note {
    /// Whether it may be passed on.
    pub(super) fn is_public(&self, shown: NotesShown) -> bool {
        passes(self.private, shown)
    }
}

fn passes(private: Option<bool>, shown: NotesShown) -> bool {
    match shown {
        NotesShown::Unmarked => private != Some(true),
        NotesShown::Marked => private == Some(false),
    }
}

/// The identity of a ticket in an answer.
pub(super) fn identity(value: &Value) -> Option<String> {
    Some(text(&value["id"])).filter(|id| !id.is_empty())
}

/// A ticket in an answer; `None` for what has no identity.
pub(super) fn found(value: &Value) -> Option<Found> {
    let id = identity(value)?;
    let later = list(&value["externalIdentifier"]).map(|one| text(&one["id"]));
    let externals = std::iter::once(text(&value["externalId"])).chain(later).filter(|one| !one.is_empty()).collect();
    Some(Found {
        externals,
        name: text(&value["name"]),
        description: text(&value["description"]),
        status: text(&value["status"]),
        planned: when(&value["expectedResolutionDate"]),
        who: who_comes(value),
        created: when(&value["creationDate"]),
        modified: when(&value["lastUpdate"]),
        merged: merged(value).filter(|into| *into != id),
        notes: value["note"].as_array().map(|notes| notes.iter().filter_map(note).collect()),
        files: value["attachment"].as_array().map(|files| files.iter().filter_map(attached).collect()),
        id,
    })
}

fn note(value: &Value) -> Option<Note> {
    let said = text(&value["text"]);
    let author = match &value["author"] {
        Value::Object(author) => author.get("name").map(text).unwrap_or_default(),
        other => text(other),
    };
    let (id, date) = (text(&value["id"]), text(&value["date"]));
    // One without an identity is known by what it is.
    let id = if id.is_empty() { short(&format!("{date}\n{author}\n{said}")) } else { id };
    (!said.is_empty()).then(|| Note { id, at: when(&value["date"]), author, text: said, private: private(value) })
}

fn attached(value: &Value) -> Option<Attached> {
    let name = text(&value["name"]);
    let (id, url, content) = (text(&value["id"]), text(&value["url"]), text(&value["content"]));
    let media_type = Some(text(&value["mimeType"])).filter(|said| !said.is_empty());
    // One without an identity is known by where it is, of which a signature may change, else by what it is.
    let place = url.split(['?', '#']).next().filter(|place| !place.is_empty()).unwrap_or(&content);
    let id = if id.is_empty() { short(&format!("{name}\n{place}")) } else { id };
    let size = value["size"]["amount"].as_u64().unwrap_or_default();
    (!name.is_empty()).then(|| Attached { id, name, media_type, size, content, url, private: private(value) })
}

fn short(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a note says that it is private: systems add that to the standard each in its own way. One mark of it is enough.
fn private(note: &Value) -> Option<bool> {
    let flag = |name: &str| match &note[name] {
        Value::Bool(flag) => Some(*flag),
        Value::String(word) => word.trim().to_lowercase().parse().ok(),
        _ => None,
    };
    let hides = ["isPrivate", "private", "isInternal", "internal"].into_iter().filter_map(flag);
    let shows = ["isPublic", "public"].into_iter().filter_map(flag).map(|shown| !shown);
    let words =
        ["visibility", "accessLevel", "noteType", "attachmentType", "type", "@type"].into_iter().filter_map(|name| {
            let word = text(&note[name]).to_lowercase();
            let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
            match () {
                () if has(&["private", "internal", "worknote", "work_note", "work note", "confidential"]) => Some(true),
                () if has(&["public", "external", "customer"]) => Some(false),
                () => None,
            }
        });
    let marks: Vec<bool> = hides.chain(shows).chain(words).collect();
    (!marks.is_empty()).then(|| marks.contains(&true))
}

fn who_comes(value: &Value) -> String {
    let comes = |party: &&Value| {
        let role: String = text(&party["role"]).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        WHO_COMES.contains(&role.as_str())
    };
    list(&value["relatedParty"]).find(comes).map(|party| text(&party["name"])).unwrap_or_default()
}

fn merged(value: &Value) -> Option<String> {
    let into = |relation: &&Value| {
        let sort: String = text(&relation["relationshipType"]).to_lowercase();
        sort.chars().filter(|c| c.is_alphanumeric()).collect::<String>() == "mergedinto"
    };
    list(&value["troubleTicketRelationship"]).find(into).and_then(|relation| number(&text(&relation["id"])))
}

/// An identity that can be a step of an address and be read aloud; `None` for what can be none.
pub(super) fn number(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('#').trim_start();
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_' | ':');
    let sound = text.chars().count() <= NUMBER && text.chars().all(fits) && text.chars().any(char::is_alphanumeric);
    (sound && !text.starts_with('.')).then(|| text.to_owned())
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A moment with its offset. One without tells no moment, since nobody says of which zone it is.
fn when(value: &Value) -> Option<Instant> {
    let text = value.as_str()?.trim();
    let read = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    read.ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_ticket_is_read_with_whatever_is_missing() {
        let bare = found(&json!({"id": 7})).unwrap();
        assert_eq!((bare.id.as_str(), bare.status.as_str(), bare.notes.as_ref()), ("7", "", None));
        assert_eq!((found(&json!({"name": "x"})), found(&json!([1])), found(&json!(null))), (None, None, None));
        let five = found(&json!({"id": "a", "externalIdentifier": [{"id": "R-1"}, {}]})).unwrap();
        assert!(five.bears("R-1") && !five.bears("R-10") && !five.bears(""));
        let party = json!({"id": "a", "relatedParty": [{"role": "customer", "name": "Linde"}, {"role": "Field Engineer", "name": "Joost"}]});
        assert_eq!(found(&party).unwrap().who, "Joost");
        let gone = json!({"id": "a", "troubleTicketRelationship": [{"relationshipType": "mergedInto", "id": "b"}]});
        assert_eq!(found(&gone).unwrap().number(), "b");
    }

    #[test]
    fn one_mark_of_being_private_is_enough() {
        let of = |mark: Value| {
            let mut note = json!({"id": "1", "text": "x"});
            note.as_object_mut().unwrap().extend(mark.as_object().unwrap().clone());
            super::note(&note).unwrap().private
        };
        for mark in [
            json!({"isPrivate": true}),
            json!({"internal": "true"}),
            json!({"public": false}),
            json!({"visibility": "INTERNAL"}),
            json!({"@type": "WorkNote"}),
            json!({"isPrivate": false, "visibility": "private"}),
        ] {
            assert_eq!(of(mark.clone()), Some(true), "{mark}");
        }
        for mark in [json!({"isPrivate": false}), json!({"visibility": "public"}), json!({"noteType": "customerNote"})]
        {
            assert_eq!(of(mark.clone()), Some(false), "{mark}");
        }
        assert_eq!(of(json!({"@type": "Note"})), None);
        let unmarked = note(&json!({"text": "x"})).unwrap();
        assert!(unmarked.is_public(NotesShown::Unmarked) && !unmarked.is_public(NotesShown::Marked));
    }

    #[test]
    fn a_note_without_an_identity_is_known_by_what_it_is() {
        let one = json!({"date": "2026-11-27T10:00:00Z", "author": {"name": "Agent"}, "text": "ja"});
        assert_eq!(note(&one), note(&one.clone()));
        assert_ne!(note(&one).unwrap().id, note(&json!({"text": "ja"})).unwrap().id);
        assert_eq!(note(&one).unwrap().author, "Agent");
        assert_eq!(note(&json!({"id": "1", "text": " "})), None);
    }

    #[test]
    fn a_number_holds_no_path_and_a_moment_has_a_zone() {
        assert_eq!(number(" #TT-0041 "), Some("TT-0041".into()));
        assert_eq!(number("f81d4fae-7dec"), Some("f81d4fae-7dec".into()));
        for wrong in ["", "–", "1/comment", "../1", "..", "a?1", "a%2f1", "I 2611 007", "a\n1"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
        let at = |text: &str| when(&json!(text)).map(|at| at.to_rfc3339());
        assert_eq!(at("2026-10-25T02:30:00+01:00"), Some("2026-10-25T01:30:00+00:00".into()));
        assert_eq!(at("2026-10-25T02:30:00.000+0200"), Some("2026-10-25T00:30:00+00:00".into()));
        assert_eq!((at("2026-10-25T02:30:00"), at("")), (None, None));
    }
}
