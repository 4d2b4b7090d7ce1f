//! Request Tracker, by its REST 2.0 interface. A success there is not always one, so that what was written is read back; and times are
//! read in the account's own zone, so that what is new is told by the identities of transactions alone.

mod news;
mod rest;
mod search;

use super::common::{made_already, said};
use super::http::{Http, Reply};
use crate::domain::Trouble;
use crate::domain::provider::News;
use crate::domain::register::HttpServer;
use crate::ports::{
    Bulletin, Certainty, HandedFile, Handover, Health, Provider, ProviderError, Purpose, Receipt, Ticket,
};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono_tz::Tz;
use rest::{Rest, Seen};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::time::Duration;

/// So many bytes of a subject are kept by Request Tracker; the rest it drops without a word.
const SUBJECT: usize = 200;

/// Where and as whom tickets are made.
#[derive(Clone, Debug)]
pub struct RtSettings {
    /// The installation, without `/REST/2.0`.
    pub server: HttpServer,
    /// The queue.
    pub queue: String,
    /// The custom field that holds our reference.
    pub field: String,
    /// The account's token.
    pub token: SecretString,
    /// The zone in which dates are told to people.
    pub zone: Tz,
}

/// Makes tickets in Request Tracker and hears what is said about them.
pub struct RtProvider {
    rest: Rest,
    queue: String,
    field: String,
    zone: Tz,
}

impl RtProvider {
    /// A connector to a queue; no call takes longer than `limit`. The error is for the administrator.
    pub fn new(settings: RtSettings, limit: Duration) -> Result<Self, Trouble> {
        let RtSettings { server, queue, field, token, zone } = settings;
        let authorization = SecretString::from(format!("token {}", token.expose_secret()));
        let http = Http::new(&server, Some(authorization), limit)?;
        Ok(Self { rest: Rest::new(http, user_of(&token)), queue, field, zone })
    }

    /// Makes the ticket and sees whether our reference stuck: an unknown field is dropped without a word.
    async fn order(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let (subject, body) = fitted(handover);
        let ticket = json!({
            "Queue": self.queue,
            "Subject": subject,
            "Content": body,
            "ContentType": "text/plain",
            "CustomFields": { &self.field: handover.reference },
        });
        let ticket = with_files(ticket, handover);
        let made = self.rest.post(&["ticket"], &ticket).await.map_err(|failure| match failure {
            // Nothing is wrong with the log-in: the queue is unknown or closed to the account.
            failure if failure.status == Some(403) => ProviderError::NeedsPerson {
                why: Trouble::Queue { queue: self.queue.clone(), said: said(&failure.error) },
            },
            failure => failure.error,
        })?;
        let number = number_of(&made)?;
        let unverified = |said| Trouble::Unverified { number: number.to_string(), said };
        let why = match self.rest.ticket(number).await.map_err(|error| made_already(error, unverified))? {
            Seen::There(ticket) if ticket.id == number && ticket.holds(&self.field, &handover.reference) => {
                return Ok(Receipt { number: Some(number.to_string()), dry_run: false });
            }
            Seen::There(ticket) if ticket.id == number => {
                Trouble::FieldLost { field: self.field.clone(), number: number.to_string() }
            }
            Seen::There(ticket) => unverified(format!("EffectiveId = {}", ticket.id)),
            Seen::Hidden(said) | Seen::Gone(said) => unverified(said),
        };
        Err(ProviderError::NeedsPerson { why })
    }

    /// Says something on the ticket for its requestors to read, and sees whether it stands there.
    async fn tell(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let number = numbered(handover)?;
        let place = number.to_string();
        let words = with_files(json!({ "Content": handover.body, "ContentType": "text/plain" }), handover);
        let reply = self.rest.post(&["ticket", &place, "correspond"], &words).await.map_err(|failure| failure.error)?;
        let unverified = |said| Trouble::Unverified { number: place.clone(), said };
        let found = self.told(handover, number).await.map_err(|error| made_already(error, unverified))?;
        found.into_iter().next().ok_or_else(|| {
            let said =
                String::from_utf8_lossy(&reply.body).chars().filter(|letter| !letter.is_control()).take(200).collect();
            ProviderError::NeedsPerson { why: unverified(said) }
        })
    }
}

#[async_trait]
impl Provider for RtProvider {
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
            self.told(handover, numbered(handover)?).await
        }
    }

    fn tells(&self) -> bool {
        true
    }

    async fn news(&self, mark: Option<&str>, open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        self.bulletin(mark, open).await
    }

    async fn history(&self, ticket: &Ticket) -> Result<Vec<News>, ProviderError> {
        self.told_so_far(ticket).await
    }

    async fn health(&self) -> Result<Health, ProviderError> {
        let identity = match self.rest.me().await {
            Ok(identity) => identity,
            // Nothing to wait for: a person must mend it, and that is a finding.
            Err(ProviderError::NeedsPerson { why }) => return Ok(Health { identity: None, faults: vec![why] }),
            Err(error) => return Err(error),
        };
        Ok(Health { identity, faults: self.faults().await? })
    }
}

impl RtProvider {
    /// What of the queue, its field and the account's rights is missing.
    async fn faults(&self) -> Result<Vec<Trouble>, ProviderError> {
        let closed = |said: String| Trouble::Queue { queue: self.queue.clone(), said };
        let queue = match self.rest.queue(&self.queue).await {
            Ok(queue) => queue,
            Err(failure) => {
                return match failure.error {
                    ProviderError::NeedsPerson { why: why @ Trouble::WebLogIn { .. } } => Ok(vec![why]),
                    error @ (ProviderError::NeedsPerson { .. } | ProviderError::Rejected { .. }) => {
                        Ok(vec![closed(said(&error))])
                    }
                    error => Err(error),
                };
            }
        };
        let mut faults = Vec::new();
        if !queue.open {
            faults.push(closed("CreateTicket".into()));
        }
        if !queue.fields.contains(&self.field) {
            faults.push(Trouble::FieldMissing { field: self.field.clone(), queue: self.queue.clone() });
        }
        // Whether it may be seen and spoken on shows on a ticket of our own alone.
        if let Some(right) = self.rest.right_missing(&self.queue).await? {
            faults.push(Trouble::WebForbidden { server: self.rest.server().to_owned(), said: right.to_owned() });
        }
        Ok(faults)
    }
}

/// What is said with the photos and files that belong to it.
fn with_files(mut said: Value, handover: &Handover) -> Value {
    if !handover.files.is_empty() {
        let file = |file: &HandedFile| {
            let content = STANDARD.encode(&file.bytes);
            json!({ "FileName": file.name, "FileType": file.media.media_type(), "FileContent": content })
        };
        said["Attachments"] = handover.files.iter().map(file).collect();
    }
    said
}

/// The user to whom a token belongs: `1-35-…` is user 35.
fn user_of(token: &SecretString) -> Option<u64> {
    token.expose_secret().split('-').nth(1)?.parse().ok()
}

/// The ticket's number that the provider gave.
fn numbered(handover: &Handover) -> Result<u64, ProviderError> {
    let number = handover.number.as_deref().unwrap_or("–");
    let missing = || ProviderError::NeedsPerson { why: Trouble::NumberNeeded { number: number.to_owned() } };
    number.trim().trim_start_matches('#').parse().map_err(|_| missing())
}

fn number_of(made: &Reply) -> Result<u64, ProviderError> {
    rest::id(&made.json()?["id"]).ok_or_else(|| made.unexpected("id"))
}

/// Subject and text as they fit: a subject that is too long stands in full above the text, and keeps our reference.
fn fitted(handover: &Handover) -> (String, String) {
    let subject: String =
        handover.subject.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if subject.len() <= SUBJECT {
        return (subject, handover.body.clone());
    }
    let clip =
        |room: usize| format!("{}…", &subject[..subject.floor_char_boundary(room.saturating_sub('…'.len_utf8()))]);
    let whole = clip(SUBJECT);
    let tail = format!(" {}", handover.reference);
    let short = if whole.contains(&handover.reference) || tail.len() > SUBJECT / 2 {
        whole
    } else {
        clip(SUBJECT - tail.len()) + &tail
    };
    (short, format!("{subject}\n\n{}", handover.body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handover(subject: &str) -> Handover {
        Handover {
            reference: "LINDE-2026-0041-ABC".into(),
            order: "LINDE-2026-0041-ABC".into(),
            subject: subject.into(),
            body: "kraan".into(),
            token: "ABC".into(),
            purpose: Purpose::Order,
            files: vec![],
            priority: None,
            wanted: None,
            number: None,
            attempt: 1,
            at: crate::domain::Instant::default(),
        }
    }

    #[test]
    fn a_subject_that_is_too_long_keeps_the_reference_and_stands_in_full_in_the_text() {
        let long = format!("{} LINDE-2026-0041-ABC", "é".repeat(400));
        let (subject, body) = fitted(&handover(&long));
        assert!((SUBJECT - 1..=SUBJECT).contains(&subject.len()), "{subject}");
        assert!(subject.ends_with("é… LINDE-2026-0041-ABC"), "{subject}");
        assert_eq!(body, format!("{long}\n\nkraan"));
        assert_eq!(fitted(&handover("Kraan\r\nlekt")), ("Kraan  lekt".into(), "kraan".into()));
        let early = format!("LINDE-2026-0041-ABC {}", "x".repeat(400));
        assert!(fitted(&handover(&early)).0.ends_with("xx…"));
    }

    #[test]
    fn a_number_is_digits_alone() {
        let with = |number: &str| numbered(&Handover { number: Some(number.into()), ..handover("x") });
        assert_eq!(with(" #41 "), Ok(41));
        for wrong in ["", "41/comment", "../1", "I 2611 007"] {
            assert!(matches!(with(wrong), Err(ProviderError::NeedsPerson { .. })), "{wrong}");
        }
        assert!(numbered(&handover("x")).is_err());
    }

    #[test]
    fn the_token_names_its_user() {
        assert_eq!(user_of(&SecretString::from("1-35-abcdef")), Some(35));
        assert_eq!(user_of(&SecretString::from("abcdef")), None);
    }
}
