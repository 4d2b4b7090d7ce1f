//! TOPdesk's incidents (API 4.2.6, by its published schema). An operator's account and a person's have different addresses, rights and
//! fields: only an operator may set the external number, so that for a person our reference stands in the words alone.

mod news;
mod rest;
mod text;

use super::common::{made_already, names, said};
use super::http::{Failure, Http};
use crate::domain::Trouble;
use crate::domain::provider::StatusWords;
use crate::domain::register::{HttpServer, TopdeskAccount};
use crate::ports::{Bulletin, Certainty, Handover, Health, Provider, ProviderError, Purpose, Receipt, Ticket};
use async_trait::async_trait;
use base64::Engine as _;
use chrono::Duration;
use chrono_tz::Tz;
use rest::{Incident, Rest, Seen};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

/// The field for our reference.
const FIELD: &str = "externalNumber";
/// So many pages of what was made lately are looked through.
const LATELY: usize = 20;

/// Where and as whom incidents are made.
#[derive(Clone, Debug)]
pub struct TopdeskSettings {
    /// The installation, without `/tas`.
    pub server: HttpServer,
    /// As which of the two sorts of account.
    pub account: TopdeskAccount,
    /// Login name.
    pub user: String,
    /// The application password.
    pub password: SecretString,
    /// The mail address of the person for whom an operator registers.
    pub caller: Option<String>,
    /// What the words of this installation mean; tells which of them are an end.
    pub statuses: StatusWords,
    /// The zone in which dates are told to people.
    pub zone: Tz,
}

/// Makes incidents in TOPdesk and hears what is said about them.
pub struct TopdeskProvider {
    rest: Rest,
    account: TopdeskAccount,
    caller: Option<String>,
    statuses: StatusWords,
    zone: Tz,
}

impl TopdeskProvider {
    /// A connector to an installation; no call takes longer than `limit`. The error is for the administrator.
    pub fn new(settings: TopdeskSettings, limit: std::time::Duration) -> Result<Self, Trouble> {
        let TopdeskSettings { server, account, user, password, caller, statuses, zone } = settings;
        let pair = format!("{user}:{}", password.expose_secret());
        let pair = base64::engine::general_purpose::STANDARD.encode(pair);
        let http = Http::new(&server, Some(SecretString::from(format!("Basic {pair}"))), limit)?;
        Ok(Self { rest: Rest::new(http, account), account, caller, statuses, zone })
    }

    fn is_operator(&self) -> bool {
        self.account == TopdeskAccount::Operator
    }

    /// Makes the incident and reads it back, since a field that an account may not set is dropped without a word.
    async fn order(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let (brief, body) = text::fitted(handover);
        let mut incident = json!({ "briefDescription": brief, "request": text::html(&body) });
        if self.is_operator() {
            incident[FIELD] = json!(text::external(&handover.reference));
            incident["callerLookup"] = json!({ "email": self.caller });
        }
        let reply = self.rest.make(&incident).await.map_err(|failure| failure.error)?;
        let made = rest::incident(&reply.json()?).ok_or_else(|| reply.unexpected("id"))?;
        let unverified = |said| Trouble::Unverified { number: made.number.clone(), said };
        let why = match self.rest.by_id(&made.id).await.map_err(|error| made_already(error, unverified))? {
            Seen::There(read) if read.id != made.id => unverified(read.number),
            Seen::There(read) if self.bears(&read, &handover.reference) => return Ok(receipt(read.number)),
            Seen::There(read) if self.is_operator() => {
                Trouble::FieldLost { field: FIELD.to_owned(), number: read.number }
            }
            Seen::There(_) => unverified("request".to_owned()),
            Seen::Gone => unverified("404".to_owned()),
            Seen::Hidden => unverified("403".to_owned()),
        };
        Err(ProviderError::NeedsPerson { why })
    }

    /// Whether an incident that was read whole bears our reference where this account can put it.
    fn bears(&self, incident: &Incident, reference: &str) -> bool {
        match self.account {
            TopdeskAccount::Operator => incident.external == text::external(reference),
            TopdeskAccount::Person => worded(incident, reference),
        }
    }

    /// Says something on the incident for its caller to read, and sees whether it stands there.
    async fn tell(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let number = numbered(handover)?;
        if !handover.files.is_empty() {
            // An attempt that broke off may have left some of them, and each has a name of its own.
            let there = self.rest.file_names(&number).await?;
            for file in handover.files.iter().filter(|file| !there.contains(&file.name)) {
                self.rest.attach(&number, file).await.map_err(|failure| failure.error)?;
            }
        }
        let mut action = json!({ "action": text::html(&handover.body) });
        if self.is_operator() {
            action["actionInvisibleForCaller"] = json!(false);
        }
        self.rest.change(&number, &action).await.map_err(|failure| failure.error)?;
        let unverified = |said| Trouble::Unverified { number: number.clone(), said };
        let found = self.told(handover, &number).await.map_err(|error| made_already(error, unverified))?;
        let missing = || ProviderError::NeedsPerson { why: unverified("progresstrail".to_owned()) };
        found.into_iter().next().ok_or_else(missing)
    }

    /// The incidents of an order. What was made lately is looked through where there is no field, and also where the field does not
    /// help: one that was dropped is found by the words.
    async fn ordered(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        let mut found = Vec::new();
        if self.is_operator() {
            found = self.rest.with_external(&text::external(&handover.reference)).await?;
        }
        if found.is_empty() {
            // The order may have been tried at once and its clock may differ from ours.
            let since = handover.at - Duration::days(1);
            let (made, whole) = self.rest.since(since, LATELY).await?;
            found = made.into_iter().filter(|one| worded(one, &handover.reference)).collect();
            // For a person nothing else tells whether it is there, so that half a look is none.
            if found.is_empty() && !whole && !self.is_operator() {
                return Err(self.rest.endless());
            }
        }
        Ok(found.into_iter().map(|one| receipt(one.number)).collect())
    }

    /// The incident once for each time that this was said on it.
    async fn told(&self, handover: &Handover, number: &str) -> Result<Vec<Receipt>, ProviderError> {
        let Some(trail) = self.rest.trail(number).await? else { return Ok(vec![]) };
        let me = self.rest.me().await?;
        // An answer may quote us, so that it counts only in our own words.
        let ours = trail.iter().filter(|one| one.by.is_empty() || one.by == me.id);
        let ours = ours.filter(|one| names(&one.words, &handover.reference));
        Ok(ours.map(|_| receipt(number.to_owned())).collect())
    }
}

#[async_trait]
impl Provider for TopdeskProvider {
    /// For a person, too: the account sees its own incidents alone, the reference stands in the short description, and a look that does
    /// not reach back to the order's own day is an error rather than a "no".
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
        self.bulletin(mark, open).await
    }

    async fn health(&self) -> Result<Health, ProviderError> {
        let me = match self.rest.me().await {
            Ok(me) => me,
            Err(failure) => {
                return Ok(Health { identity: None, faults: vec![self.stranger(failure).await?] });
            }
        };
        let mut faults = Vec::new();
        if let Err(failure) = self.rest.may_look().await {
            faults.push(self.closed(failure)?);
        }
        if let Some(caller) = self.caller.as_deref().filter(|_| self.is_operator()) {
            match self.rest.knows(caller).await {
                Ok(true) => {}
                Ok(false) => faults
                    .push(Trouble::CallerUnknown { server: self.rest.server().to_owned(), caller: caller.to_owned() }),
                Err(failure) => faults.push(found(failure.error)?),
            }
        }
        Ok(Health { identity: Some(me.name), faults })
    }
}

impl TopdeskProvider {
    /// Why nobody is there as the account that was configured: one of the other sort is refused as well.
    async fn stranger(&self, failure: Failure) -> Result<Trouble, ProviderError> {
        let other = match self.account {
            TopdeskAccount::Operator => TopdeskAccount::Person,
            TopdeskAccount::Person => TopdeskAccount::Operator,
        };
        if matches!(failure.status, Some(403 | 404)) && self.rest.current(other).await.is_ok() {
            let account = match other {
                TopdeskAccount::Operator => "operator",
                TopdeskAccount::Person => "person",
            };
            return Ok(Trouble::AccountSort { server: self.rest.server().to_owned(), account: account.to_owned() });
        }
        found(failure.error)
    }

    /// Why incidents cannot be looked at.
    fn closed(&self, failure: Failure) -> Result<Trouble, ProviderError> {
        if self.is_operator() && failure.status == Some(400) {
            return Ok(Trouble::FieldClosed { field: FIELD.to_owned(), said: said(&failure.error) });
        }
        found(failure.error)
    }
}

/// What a person must mend is a finding; anything else says nothing about the installation.
fn found(error: ProviderError) -> Result<Trouble, ProviderError> {
    match error {
        ProviderError::NeedsPerson { why } | ProviderError::Rejected { why } => Ok(why),
        error @ (ProviderError::Retry { .. } | ProviderError::Unknown { .. }) => Err(error),
    }
}

fn receipt(number: String) -> Receipt {
    Receipt { number: Some(number), dry_run: false }
}

/// Whether an incident names a reference in its words.
fn worded(incident: &Incident, reference: &str) -> bool {
    names(&incident.brief, reference) || names(&incident.request, reference)
}

/// The incident's number that the provider gave.
fn numbered(handover: &Handover) -> Result<String, ProviderError> {
    let number = handover.number.as_deref().unwrap_or("–");
    let missing = || ProviderError::NeedsPerson { why: Trouble::NumberNeeded { number: number.to_owned() } };
    text::number(number).ok_or_else(missing)
}
