//! What the SPOCs of both sides agree on in their weekly meeting: promises and points, as the journal of the organisation has them.

use super::journal::OrganisationEvent;
use super::request::event::Recorded;
use super::{AccountId, Instant, Private, ProviderCode, RequestId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Who promised something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promiser {
    /// The provider.
    Provider,
    /// The organisation.
    Us,
}

impl Promiser {
    /// The text by which it is chosen and kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Us => "us",
        }
    }
}

/// Somebody said that something will be so by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The event that holds it, by which it is settled.
    pub seq: u64,
    /// Who promised.
    pub promiser: Promiser,
    /// With which provider it was agreed.
    pub provider: ProviderCode,
    /// What.
    pub what: Private,
    /// The last day on which it is kept.
    pub due: NaiveDate,
    /// Where it was said: a mail, the telephone, the meeting.
    pub source: Option<Private>,
    /// The request that it is about.
    pub request: Option<RequestId>,
    /// Since when.
    pub at: Instant,
    /// Whether it was kept, and when somebody said so.
    pub settled: Option<(bool, Instant)>,
}

impl Promise {
    /// Whether nobody has said that it was kept although its day is over.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.settled.is_none() && self.due < today
    }
}

/// Something to talk about with a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The event that raised it, by which it is settled.
    pub seq: u64,
    /// With whom.
    pub provider: ProviderCode,
    /// What.
    pub text: Private,
    /// The request that it is about.
    pub request: Option<RequestId>,
    /// Since when.
    pub at: Instant,
    /// Who raised it.
    pub by: AccountId,
    /// What it came to, and when.
    pub settled: Option<(Option<Private>, Instant)>,
}

/// Every promise, the oldest first.
pub fn promises(events: &[Recorded<OrganisationEvent>]) -> Vec<Promise> {
    let mut promises: Vec<Promise> = Vec::new();
    for recorded in events {
        match &recorded.event {
            OrganisationEvent::PromiseMade { promiser, provider, what, due, source, request, .. } => {
                promises.push(Promise {
                    seq: recorded.seq,
                    promiser: *promiser,
                    provider: provider.clone(),
                    what: what.clone(),
                    due: *due,
                    source: source.clone(),
                    request: *request,
                    at: recorded.at,
                    settled: None,
                });
            }
            OrganisationEvent::PromiseSettled { promise, kept, .. } => {
                if let Some(known) = promises.iter_mut().find(|known| known.seq == *promise) {
                    known.settled = Some((*kept, recorded.at));
                }
            }
            _ => {}
        }
    }
    promises
}

/// Every point, the oldest first.
pub fn points(events: &[Recorded<OrganisationEvent>]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for recorded in events {
        match &recorded.event {
            OrganisationEvent::PointRaised { provider, text, request, by } => points.push(Point {
                seq: recorded.seq,
                provider: provider.clone(),
                text: text.clone(),
                request: *request,
                at: recorded.at,
                by: by.clone(),
                settled: None,
            }),
            OrganisationEvent::PointSettled { point, outcome, .. } => {
                if let Some(known) = points.iter_mut().find(|known| known.seq == *point) {
                    known.settled = Some((outcome.clone(), recorded.at));
                }
            }
            _ => {}
        }
    }
    points
}

/// What somebody's word about a promise comes to; nothing where somebody has said so before: the first word stands.
pub fn settle_promise(
    events: &[Recorded<OrganisationEvent>],
    promise: u64,
    kept: bool,
    by: &AccountId,
) -> Option<OrganisationEvent> {
    let open = promises(events).iter().any(|one| one.seq == promise && one.settled.is_none());
    open.then(|| OrganisationEvent::PromiseSettled { promise, kept, by: by.clone() })
}

/// What it comes to that a point was talked about; nothing where it was before.
pub fn settle_point(
    events: &[Recorded<OrganisationEvent>],
    point: u64,
    outcome: Option<&Private>,
    by: &AccountId,
) -> Option<OrganisationEvent> {
    let open = points(events).iter().any(|one| one.seq == point && one.settled.is_none());
    open.then(|| OrganisationEvent::PointSettled { point, outcome: outcome.cloned(), by: by.clone() })
}
