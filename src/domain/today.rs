//! The short list for the daily contact with a provider's SPOC.

use super::calendar::ServiceHours;
use super::register::{Organisation, Register};
use super::request::{Progress, Request, Stage, Submission};
use super::talks::Promise;
use super::{Instant, LocalMoment, ProviderCode, RequestId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Why a request is on the list; the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// It did not arrive, or nobody knows whether it did.
    NotArrived,
    /// What was said to the provider about it did not get through.
    Untold,
    /// The wished moment is over.
    Late,
    /// It is wished for today.
    Due,
    /// The provider planned it for today or before.
    Promised,
    /// The provider has not said a word for longer than is usual.
    Silent,
}

impl Matter {
    /// The text by which the locale files know it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotArrived => "not-arrived",
            Self::Untold => "untold",
            Self::Late => "late",
            Self::Due => "due",
            Self::Promised => "promised",
            Self::Silent => "silent",
        }
    }
}

/// What to talk about with one provider today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Today {
    /// Each request once, under its most pressing matter.
    pub requests: BTreeMap<Matter, Vec<RequestId>>,
    /// Promises of either side whose day is today or over, by the event that holds each.
    pub promises: Vec<u64>,
}

/// The list of each provider that has anything on it.
pub fn today<'a>(
    requests: impl IntoIterator<Item = &'a Request>,
    promises: &[Promise],
    register: &Register,
    organisation: &Organisation,
    now: Instant,
) -> BTreeMap<ProviderCode, Today> {
    let mut lists: BTreeMap<ProviderCode, Today> = BTreeMap::new();
    let day = now.with_timezone(&organisation.zone).date_naive();
    for request in requests {
        let Some(order) = request.order() else { continue };
        let hours = register.providers.get(&order.provider).map_or(&organisation.hours, |provider| &provider.hours);
        if let Some(matter) = matter(request, organisation, hours, now, day) {
            let list = lists.entry(order.provider.clone()).or_default();
            list.requests.entry(matter).or_default().push(request.id);
        }
    }
    for promise in promises.iter().filter(|promise| promise.settled.is_none() && promise.due <= day) {
        lists.entry(promise.provider.clone()).or_default().promises.push(promise.seq);
    }
    lists
}

fn matter(
    request: &Request,
    organisation: &Organisation,
    hours: &ServiceHours,
    now: Instant,
    day: NaiveDate,
) -> Option<Matter> {
    let handed = match &request.stage {
        Stage::Approved(approved) => {
            let stuck = match approved.submission {
                Submission::Uncertain { .. } | Submission::ByHand { .. } => true,
                Submission::NotDelivered { .. } => true,
                Submission::Waiting { .. } | Submission::Queued { .. } | Submission::Sending { .. } => false,
            };
            return stuck.then_some(Matter::NotArrived);
        }
        Stage::HandedOver(handed) => handed,
        Stage::InProgress(stage) => &stage.handed,
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Resolved(_) | Stage::Closed(_) => return None,
    };
    // Nobody outside knows anything of a rehearsal.
    if handed.sent.dry_run {
        return None;
    }
    if !request.untold.is_empty() {
        return Some(Matter::Untold);
    }
    let wished = handed.order.content.when.as_ref().map(|when| last_day(when.value.to.unwrap_or(when.value.from)));
    let planned = match &request.stage {
        Stage::InProgress(stage) => match &stage.progress {
            Progress::Planned(moment) => Some(last_day(*moment)),
            _ => None,
        },
        _ => None,
    };
    let silent = matches!(request.stage, Stage::HandedOver(_))
        && now >= hours.next_open(handed.sent.at + organisation.deadlines.acknowledgement);
    match (wished, planned) {
        (Some(wished), _) if wished < day => Some(Matter::Late),
        (Some(wished), _) if wished == day => Some(Matter::Due),
        (_, Some(planned)) if planned <= day => Some(Matter::Promised),
        _ => silent.then_some(Matter::Silent),
    }
}

fn last_day(moment: LocalMoment) -> NaiveDate {
    match moment {
        LocalMoment::Day(day) => day,
        LocalMoment::At(at) => at.date(),
    }
}
