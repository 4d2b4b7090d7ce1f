//! Systems that speak TMF621 (TM Forum Trouble Ticket Management, version 4, and version 5 as far as it is read): each order is a trouble
//! ticket that bears our reference as its `externalId`, what is told later is a note on it. Whatever changes something is signed as
//! Standard Webhooks.

mod api;
mod news;
mod record;

use super::common::{fitted, made_already, names, said};
use super::http::Http;
use crate::domain::provider::News;
use crate::domain::register::{HttpServer, NotesShown, PatchForm};
use crate::domain::webhook::HookKey;
use crate::domain::{Instant, Trouble};
use crate::ports::{
    Bulletin, Certainty, Clock, HandedFile, Handover, Health, Provider, ProviderError, Purpose, Receipt, Ticket,
};
use api::{Api, Seen, Wanted};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Duration, SecondsFormat};
use chrono_tz::Tz;
use record::{Found, Note, found, number};
use reqwest::header::{AUTHORIZATION, HeaderName};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::sync::Arc;

/// The field for our reference.
const FIELD: &str = "externalId";
/// So many characters of a ticket's name are written; the standard names no limit, and systems have one.
const NAME: usize = 100;
/// So many pages of what was made lately are looked through.
const LATELY: usize = 20;

/// Where and as whom tickets are made, with the secrets themselves.
#[derive(Clone)]
pub struct RestAccess {
    /// The address above `/troubleTicket`.
    pub server: HttpServer,
    /// What opens it.
    pub token: SecretString,
    /// The header in which the token stands; `Authorization: Bearer …` without one.
    pub header: Option<String>,
    /// The key with which our calls are signed, as `whsec_…`.
    pub signing: SecretString,
    /// The name under which Loket writes notes.
    pub author: String,
    /// What sort of ticket is made.
    pub ticket_type: String,
    /// Who we are as a customer there.
    pub party: Option<String>,
    /// How a ticket is changed.
    pub patch: PatchForm,
    /// Which notes are passed on.
    pub notes: NotesShown,
    /// The zone in which dates are told to people.
    pub zone: Tz,
    /// Says when a call is signed.
    pub clock: Arc<dyn Clock>,
}

/// Makes trouble tickets and hears what is said about them.
pub struct RestProvider {
    api: Api,
    author: String,
    ticket_type: String,
    party: Option<String>,
    notes: NotesShown,
    zone: Tz,
    files: news::Files,
}

impl RestProvider {
    /// A connector to a system; no call takes longer than `limit`. The error is for the administrator.
    pub fn new(access: RestAccess, limit: std::time::Duration) -> Result<Self, Trouble> {
        let RestAccess { server, token, header, signing, author, ticket_type, party, patch, notes, zone, clock } =
            access;
        let form = |said: &str| Trouble::WebAddress { url: server.url.clone(), said: said.to_owned() };
        let secret = match header {
            Some(name) => (name.parse::<HeaderName>().map_err(|_| form("header"))?, token),
            None => (AUTHORIZATION, SecretString::from(format!("Bearer {}", token.expose_secret()))),
        };
        let key = HookKey::from_text(signing.expose_secret())
            .ok_or_else(|| Trouble::SigningKey { key: "signing".to_owned() })?;
        let http = Http::opened(&server, Some(secret), limit)?;
        Ok(Self {
            api: Api { http, key, clock, patch },
            author,
            ticket_type,
            party,
            notes,
            zone,
            files: news::Files::default(),
        })
    }

    /// Makes the ticket and reads it back, since a field that a system does not know is dropped without a word.
    async fn order(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let reply =
            self.api.make(&handover.reference, &self.ticket(handover)).await.map_err(|failure| failure.error)?;
        let made = found(&reply.json()?).ok_or_else(|| reply.unexpected("id"))?;
        let unverified = |said| Trouble::Unverified { number: made.id.clone(), said };
        let why = match self.api.one(&made.id).await.map_err(|error| made_already(error, unverified))? {
            Seen::There(read) if read.id != made.id => unverified(read.id),
            Seen::There(read) if read.bears(&handover.reference) => return Ok(receipt(read.id)),
            Seen::There(read) => Trouble::FieldLost { field: FIELD.to_owned(), number: read.id },
            Seen::Gone => unverified("404".to_owned()),
            Seen::Hidden => unverified("403".to_owned()),
        };
        Err(ProviderError::NeedsPerson { why })
    }

    /// An order as a ticket. Its first note is our reference alone: by it the name is learned under which our notes stand there, and the
    /// list of notes exists to which later ones are added.
    fn ticket(&self, handover: &Handover) -> Value {
        let (name, description) = fitted(handover, NAME);
        let (severity, priority) = urgency(handover.priority);
        let mut ticket = json!({
            FIELD: handover.reference,
            "name": name,
            "description": description,
            "ticketType": self.ticket_type,
            "severity": severity,
            "channel": { "id": "loket", "name": "Loket" },
            "note": [self.note(first_words(&handover.reference), handover.at)],
            // Also an empty one: later ones are added to it.
            "attachment": attachments(handover),
        });
        if let Some(priority) = priority {
            ticket["priority"] = json!(priority);
        }
        if let Some(wanted) = handover.wanted {
            ticket["requestedResolutionDate"] = json!(wanted.to_rfc3339_opts(SecondsFormat::Secs, true));
        }
        if let Some(party) = &self.party {
            ticket["relatedParty"] =
                json!([{ "id": party, "name": party, "role": "customer", "@referredType": "Organization" }]);
        }
        ticket
    }

    fn note(&self, text: String, at: Instant) -> Value {
        json!({ "author": self.author, "date": at.to_rfc3339_opts(SecondsFormat::Secs, true), "text": text })
    }

    /// Says something on the ticket, and sees whether it stands there. A cancellation and a reopening change the status as well, where
    /// the system lets them.
    async fn tell(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let number = numbered(handover)?;
        let status = match handover.purpose {
            Purpose::Cancel => Some("cancelled"),
            Purpose::Reopen => Some("inProgress"),
            Purpose::Order | Purpose::Answer | Purpose::Files | Purpose::Urge | Purpose::Agree | Purpose::Refuse => {
                None
            }
        };
        let note = self.note(handover.body.clone(), handover.at);
        let files = attachments(handover);
        let wanted = Wanted { id: &handover.reference, status, note: note.clone(), files: files.clone() };
        let mut sent = self.api.change(&number, &wanted).await;
        if let Err(failure) = &sent
            && matches!(failure.error, ProviderError::Rejected { .. })
            && failure.status != Some(404)
            && status.is_some()
        {
            // A change is made as a whole or not at all: what may not be set from here is said in words alone.
            let id = format!("{}-note", handover.reference);
            sent = self.api.change(&number, &Wanted { id: &id, status: None, note, files }).await;
        }
        sent.map_err(|failure| failure.error)?;
        let unverified = |said| Trouble::Unverified { number: number.clone(), said };
        let found = self.told(handover, &number).await.map_err(|error| made_already(error, unverified))?;
        let missing = || ProviderError::NeedsPerson { why: unverified("note".to_owned()) };
        found.into_iter().next().ok_or_else(missing)
    }

    /// The tickets of an order. What was made lately is looked through where the field does not help: one that was dropped is found by
    /// the words. Half a look is none.
    async fn ordered(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        let mut found = self.api.with_external(&handover.reference).await?;
        if found.is_empty() {
            // The order may have been tried at once and its clock may differ from ours.
            let (made, whole) = self.api.since(handover.at - Duration::days(1), LATELY).await?;
            found = made.into_iter().filter(|one| one.externals.is_empty() && worded(one, handover)).collect();
            if found.is_empty() && !whole {
                return Err(self.api.endless());
            }
        }
        Ok(found.into_iter().map(|one| receipt(one.number().to_owned())).collect())
    }

    /// The ticket once for each time that this was said on it.
    async fn told(&self, handover: &Handover, number: &str) -> Result<Vec<Receipt>, ProviderError> {
        let Seen::There(found) = self.api.one(number).await? else { return Ok(vec![]) };
        // An answer may quote us, so that it counts only in our own words.
        let ours = |note: &&Note| {
            let said = names(&note.text, &handover.reference);
            said && (self.is_ours(&found, note, &handover.order) || note.text.trim() == handover.body.trim())
        };
        Ok(found.notes().iter().filter(ours).map(|_| receipt(found.number().to_owned())).collect())
    }

    /// Whether a note is Loket's: by the name under which it writes, or by the one that the system gave to the order's first note.
    fn is_ours(&self, found: &Found, note: &Note, order: &str) -> bool {
        let first = first_words(order);
        let given = found.notes().iter().find(|one| one.text == first).map(|one| one.author.as_str());
        !note.author.is_empty() && (note.author == self.author || given == Some(note.author.as_str()))
            || note.text == first
    }
}

/// The photos and files of what is handed over, as attachments that hold their own content.
fn attachments(handover: &Handover) -> Vec<Value> {
    let file = |file: &HandedFile| {
        json!({
            "name": file.name,
            "attachmentType": if file.media.is_picture() { "picture" } else { "document" },
            "mimeType": file.media.media_type(),
            "size": { "amount": file.bytes.len(), "units": "byte" },
            "content": STANDARD.encode(&file.bytes),
        })
    };
    handover.files.iter().map(file).collect()
}

#[async_trait]
impl Provider for RestProvider {
    fn certainty(&self) -> Certainty {
        Certainty::Searchable
    }

    async fn submit(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        if handover.purpose == Purpose::Order { self.order(handover).await } else { self.tell(handover).await }
    }

    async fn find(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        if handover.purpose == Purpose::Order {
            self.ordered(handover).await
        } else {
            self.told(handover, &numbered(handover)?).await
        }
    }

    fn tells(&self) -> bool {
        true
    }

    async fn news(&self, mark: Option<&str>, open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        if open.is_empty() {
            // Whoever has nothing there still hears that it may not come in any more.
            self.api.may_look().await.map_err(|failure| failure.error)?;
        }
        self.bulletin(mark, open).await
    }

    async fn history(&self, ticket: &Ticket) -> Result<Vec<News>, ProviderError> {
        self.told_so_far(ticket).await
    }

    /// The standard has no place that tells who is logged in, so that what is told is the name under which Loket writes.
    async fn health(&self) -> Result<Health, ProviderError> {
        let failure = match self.api.may_look().await {
            Ok(()) => return Ok(Health { identity: Some(self.author.clone()), faults: vec![] }),
            Err(failure) => failure,
        };
        let fault = match failure.error {
            error @ ProviderError::Rejected { .. } if failure.status == Some(400) => {
                Trouble::FieldClosed { field: FIELD.to_owned(), said: said(&error) }
            }
            ProviderError::NeedsPerson { why } | ProviderError::Rejected { why } => why,
            error @ (ProviderError::Retry { .. } | ProviderError::Unknown { .. }) => return Err(error),
        };
        Ok(Health { identity: None, faults: vec![fault] })
    }
}

/// Severity and priority in the words of TMF621. A severity is always needed there.
fn urgency(priority: Option<u8>) -> (&'static str, Option<&'static str>) {
    match priority {
        Some(1) => ("Critical", Some("Critical")),
        Some(2) => ("Major", Some("High")),
        Some(3) => ("Minor", Some("Medium")),
        Some(_) => ("Minor", Some("Low")),
        None => ("Minor", None),
    }
}

/// The first note of an order.
fn first_words(reference: &str) -> String {
    format!("[#{reference}]")
}

/// Whether a ticket names the order's reference in its words.
fn worded(found: &Found, handover: &Handover) -> bool {
    names(&found.name, &handover.reference) || names(&found.description, &handover.reference)
}

fn receipt(number: String) -> Receipt {
    Receipt { number: Some(number), dry_run: false }
}

/// The ticket's number that the provider gave.
fn numbered(handover: &Handover) -> Result<String, ProviderError> {
    let given = handover.number.as_deref().unwrap_or("–");
    let missing = || ProviderError::NeedsPerson { why: Trouble::NumberNeeded { number: given.to_owned() } };
    number(given).ok_or_else(missing)
}
