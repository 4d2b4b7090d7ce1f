//! The weekly overview: a fold over the week's events and the requests that are open.

use super::approval::gaps::Gap;
use super::calendar::IsoWeek;
use super::request::{Ending, Event, StageName, WaitsFor, event::Recorded};
use super::{Instant, Number, PersonId, ProviderCode, RequestId};
use std::collections::{BTreeMap, BTreeSet};

/// One week of an organisation, in numbers and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// Requests that began in the week (offers that nobody took not counted).
    pub new: u32,
    /// Requests that ended in the week, by how.
    pub closed: BTreeMap<Ending, u32>,
    /// Requests handed to each provider in the week.
    pub handed_over: BTreeMap<ProviderCode, u32>,
    /// Who approved how many in the week.
    pub approved_by: BTreeMap<PersonId, u32>,
    /// Orders that nobody needed to approve.
    pub free: u32,
    /// Ceilings granted in the week, in cents, on whatever basis each had.
    pub granted_cents: i64,
    /// Whole minutes from the card to the decision, for each decision of the week.
    pub decision_minutes: Vec<i64>,
    /// Open requests now, by who must act.
    pub waits: BTreeMap<WaitsFor, u32>,
    /// Open requests of which the wished moment has passed.
    pub overdue: Vec<Number>,
    /// Hand-overs that did not arrive or may not have.
    pub stuck: Vec<Number>,
    /// What is thin about who may decide, now.
    pub gaps: Vec<Gap>,
}

/// What the digest needs to know of an open request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNow {
    /// The number, once settled.
    pub number: Option<Number>,
    /// Where it is.
    pub stage: StageName,
    /// Who must act.
    pub waits_for: WaitsFor,
    /// When it is wished for.
    pub due_at: Option<Instant>,
}

/// Folds the events of the week (of any number of requests, in the order of each) and the requests open at `now`.
pub fn digest<'a>(
    events: impl IntoIterator<Item = (RequestId, &'a Recorded)>,
    open: impl IntoIterator<Item = OpenNow>,
    now: Instant,
) -> Digest {
    let mut digest = Digest::default();
    let mut settled: BTreeMap<RequestId, Instant> = BTreeMap::new();
    let mut providers: BTreeMap<RequestId, ProviderCode> = BTreeMap::new();
    let mut offers: BTreeSet<RequestId> = BTreeSet::new();
    for (id, recorded) in events {
        match &recorded.event {
            Event::Drafted { waits: super::request::Waits::Offer, .. } => {
                offers.insert(id);
            }
            Event::Drafted { .. } => digest.new += 1,
            Event::Accepted { by: Some(_), .. } => {
                offers.remove(&id);
                digest.new += 1;
            }
            Event::Settled { order, .. } => {
                settled.insert(id, recorded.at);
                providers.insert(id, order.provider.clone());
            }
            Event::Granted { grant, .. } => {
                if grant.by.is_empty() {
                    digest.free += 1;
                } else {
                    digest.granted_cents += grant.ceiling.map_or(0, |ceiling| ceiling.cents);
                }
                for decision in &grant.by {
                    *digest.approved_by.entry(decision.person.clone()).or_default() += 1;
                }
                if let (Some(at), false) = (settled.get(&id), grant.by.is_empty()) {
                    digest.decision_minutes.push((recorded.at - *at).num_minutes());
                }
            }
            Event::Delivered { .. } => {
                if let Some(provider) = providers.get(&id) {
                    *digest.handed_over.entry(provider.clone()).or_default() += 1;
                }
            }
            Event::Closed { outcome, .. } if !offers.contains(&id) => {
                *digest.closed.entry(*outcome).or_default() += 1;
            }
            _ => {}
        }
    }
    for request in open {
        *digest.waits.entry(request.waits_for).or_default() += 1;
        if let Some(number) = request.number {
            if request.due_at.is_some_and(|due| due < now) {
                digest.overdue.push(number);
            }
            let underway = matches!(request.stage, StageName::Approved | StageName::HandedOver);
            if underway && request.waits_for == WaitsFor::Spoc {
                digest.stuck.push(number);
            }
        }
    }
    digest
}

/// The weeks whose digest is due at `now`, oldest first: every week after `last` that has ended and whose moment has come.
/// Without a `last`, only the newest.
pub fn due_weeks(last: Option<IsoWeek>, newest_due: IsoWeek) -> Vec<IsoWeek> {
    let Some(last) = last else { return vec![newest_due] };
    std::iter::successors(last.next(), |week| week.next()).take_while(|week| *week <= newest_due).take(520).collect()
}

/// The newest week whose digest moment has come at `now`, and the moment of the one after it.
pub fn newest_due(now: Instant, organisation: &super::register::Organisation) -> Option<(IsoWeek, Instant)> {
    let today = now.with_timezone(&organisation.zone).date_naive();
    let moment = |week: IsoWeek| {
        let monday_after = week.next()?.monday()?;
        let offset = i64::from(organisation.digest.weekday.num_days_from_monday());
        let day = monday_after + chrono::Duration::days(offset);
        Some(super::calendar::instant_of(organisation.zone, day.and_time(organisation.digest.time)))
    };
    let mut week = IsoWeek::of(today).previous()?;
    while moment(week)? > now {
        week = week.previous()?;
    }
    Some((week, moment(week.next()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missed_week_is_due_and_the_turn_of_the_year_does_not_skip_one() {
        let week = |year, week| IsoWeek { year, week };
        assert_eq!(due_weeks(Some(week(2026, 52)), week(2027, 1)), vec![week(2026, 53), week(2027, 1)]);
        assert_eq!(due_weeks(None, week(2027, 1)), vec![week(2027, 1)]);
        assert_eq!(due_weeks(Some(week(2027, 1)), week(2027, 1)), vec![]);
    }
}
