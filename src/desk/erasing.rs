//! Texts about people go: because somebody wants it so, or because their time is over. One transaction takes the texts of some requests out
//! of the memory, records how many went, and plans the removal of what Loket posted about them.

use super::{Desk, DeskError, unit};
use crate::domain::calendar::instant_of;
use crate::domain::effect::Effect;
use crate::domain::journal::{Erasing, OrganisationEvent};
use crate::domain::person::{past_texts, texts};
use crate::domain::register::Organisation;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Request, fold};
use crate::domain::{AccountId, Instant, Kind, OrganisationId, RequestId};
use crate::ports::{Change, CommitError, Erased, Fired, Head, NewEffect, Store, StreamId, TimerRow, Unit};
use chrono::{Days, Duration, NaiveTime};

/// The name of the deadline at which texts are looked for whose time is over.
pub const TIMER: &str = "retention";
/// The texts of so many requests go in one transaction, so that nobody waits for it.
pub const BATCH: u32 = 50;
/// Between two batches others get their turn.
const BREATH: Duration = Duration::seconds(1);

/// What goes in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Requests of which every text goes.
    pub requests: Vec<RequestId>,
    /// Events of other requests, by request.
    pub events: Vec<(RequestId, u64)>,
    /// Events of the organisation.
    pub of_organisation: Vec<u64>,
    /// Accounts of which it is forgotten when they were offered a request.
    pub forgotten: Vec<AccountId>,
}

/// How much went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// Requests whose texts went.
    pub requests: u32,
    /// Texts in all.
    pub texts: u32,
}

/// The transaction that takes away what is wanted and is still there; `None` when nothing is. Requests that are open keep their texts.
pub async fn erasing(
    store: &dyn Store,
    organisation: &OrganisationId,
    wanted: &Wanted,
    why: Erasing,
    now: Instant,
) -> Result<Option<(Unit, Gone)>, DeskError> {
    let mut unit = Unit::new(organisation.clone(), now);
    let mut gone = Gone::default();
    for id in &wanted.requests {
        let Some(loaded) = store.load(organisation, *id).await? else { continue };
        let left = count(&loaded.events);
        let request = fold(*id, organisation, loaded.events)?.filter(|request| request.is_closed());
        let Some(request) = request.filter(|_| left > 0) else { continue };
        gone.requests += 1;
        gone.texts += left;
        let stream = StreamId::Request(*id);
        unit.erased.push(Erased { stream, seq: None });
        let waiting = store.effects_of(organisation, stream).await?;
        if !waiting.iter().any(|waiting| waiting.effect == Effect::TakeBack) {
            unit.changes.push(taking_back(&request, loaded.head));
        }
    }
    for (id, seq) in &wanted.events {
        let Some(loaded) = store.load(organisation, *id).await? else { continue };
        let left = loaded.events.iter().find(|one| one.seq == *seq).map_or(0, |one| count(std::slice::from_ref(one)));
        gone.texts += left;
        unit.erased.extend((left > 0).then_some(Erased { stream: StreamId::Request(*id), seq: Some(*seq) }));
    }
    let loaded = store.load_organisation(organisation).await?;
    for seq in &wanted.of_organisation {
        let left = loaded.events.iter().find(|one| one.seq == *seq).map_or(0, |one| count(std::slice::from_ref(one)));
        gone.texts += left;
        unit.erased.extend((left > 0).then_some(Erased { stream: StreamId::Organisation, seq: Some(*seq) }));
    }
    unit.forgotten.clone_from(&wanted.forgotten);
    if gone.texts == 0 && unit.forgotten.is_empty() {
        return Ok(None);
    }
    if gone.texts > 0 {
        let event = OrganisationEvent::TextsErased { why, requests: gone.requests, texts: gone.texts };
        unit.changes.push(unit::of_organisation(loaded.head, vec![(event, vec![])], now));
    }
    Ok(Some((unit, gone)))
}

/// How many private texts some events still hold.
fn count<E: serde::Serialize>(events: &[Recorded<E>]) -> u32 {
    let all = events.iter().map(|recorded| texts(&recorded.event).len()).sum::<usize>();
    u32::try_from(all).unwrap_or(u32::MAX)
}

/// The effect stands behind everything that the request's last event planned, and before what a next one would. It may be carried out
/// since that event, so that the clocks of this program and of a running Loket need not agree.
fn taking_back(request: &Request, head: Head) -> Change {
    let last = i64::try_from(head.next.saturating_sub(1)).unwrap_or(i64::MAX / 200);
    let effect = Effect::TakeBack;
    let (lane, position, at) = (effect.lane(), last * 100 + 99, request.changed_at);
    let effects = vec![NewEffect { lane, position, effect, at, in_doubt: None }];
    Change { stream: StreamId::Request(request.id), effects, ..unit::of_organisation(head, vec![], at) }
}

/// The next moment at which texts are looked for whose time is over: in the night, when nobody minds.
pub(super) fn next_look(organisation: &Organisation, now: Instant) -> Instant {
    let night = NaiveTime::from_hms_opt(3, 30, 0).unwrap_or(NaiveTime::MIN);
    let today = now.with_timezone(&organisation.zone).date_naive();
    let days = [Some(today), today.checked_add_days(Days::new(1)), today.checked_add_days(Days::new(2))];
    let nights = days.into_iter().flatten().map(|day| instant_of(organisation.zone, day.and_time(night)));
    nights.into_iter().find(|at| *at > now).unwrap_or(now + Duration::days(1))
}

impl Desk {
    /// The texts of requests that are past their time go, some at a time.
    pub(super) async fn retention_due(&self, row: TimerRow) -> Result<(), DeskError> {
        let house = self.house();
        let now = self.clock.now();
        let Some(organisation) = house.organisation(&row.organisation) else {
            // It is planned anew when the organisation is configured again.
            let unit = Unit { fired: Some(Fired(row.clone())), ..Unit::new(row.organisation, now) };
            return self.kept(unit).await.map(|_| ());
        };
        let (wanted, full) = self.past_their_time(organisation, now).await?;
        let erasing = erasing(self.store.as_ref(), &organisation.id, &wanted, Erasing::Retention, now).await?;
        let erased = erasing.is_some();
        let (mut unit, gone) = erasing.unwrap_or_else(|| (Unit::new(organisation.id.clone(), now), Gone::default()));
        let next = if full && erased { now + BREATH } else { next_look(organisation, now) };
        self.rearm(&mut unit, (TIMER.to_owned(), next)).await?;
        unit.fired = Some(Fired(row));
        if self.kept(unit).await? && erased {
            tracing::info!(requests = gone.requests, texts = gone.texts, "texts went whose time was over");
            // Whoever reads the file at this moment only delays it until the next time.
            if let Err(error) = self.store.scrub(false).await {
                tracing::warn!(%error, "what was erased may still stand in the database's log");
            }
        }
        Ok(())
    }

    /// Sets a deadline of the organisation together with what a unit changes in its stream.
    async fn rearm(&self, unit: &mut Unit, timer: (String, Instant)) -> Result<(), DeskError> {
        if let Some(change) = unit.changes.iter_mut().find(|change| change.stream == StreamId::Organisation) {
            change.set_timers.push(timer);
            return Ok(());
        }
        let head = self.store.load_organisation(&unit.organisation).await?.head;
        let change = unit::of_organisation(head, vec![], unit.at);
        unit.changes.push(Change { set_timers: vec![timer], ..change });
        Ok(())
    }

    /// Commits; false when somebody else wrote meanwhile, so that the deadline comes again.
    async fn kept(&self, unit: Unit) -> Result<bool, DeskError> {
        match self.commit(unit).await {
            Ok(_) => {
                self.ring();
                Ok(true)
            }
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// What is past its time, at most as much as goes at once, and whether there may be more.
    async fn past_their_time(&self, organisation: &Organisation, now: Instant) -> Result<(Wanted, bool), DeskError> {
        let retention = &organisation.retention;
        let mut wanted = Wanted::default();
        for kind in Kind::ALL.into_iter().map(Some).chain([None]) {
            let room = BATCH.saturating_sub(u32::try_from(wanted.requests.len()).unwrap_or(u32::MAX));
            if room > 0 {
                let horizon = retention.horizon(kind, now);
                wanted.requests.extend(self.store.past(&organisation.id, kind, horizon, room).await?);
            }
        }
        let full = wanted.requests.len() >= BATCH as usize;
        let events = self.store.load_organisation(&organisation.id).await?.events;
        let longest = now - Duration::days(retention.longest().into());
        wanted.of_organisation = past_texts(&events, longest);
        // The example that was made of a request's words goes with them.
        wanted.of_organisation.extend(examples_of(&events, &wanted.requests));
        wanted.of_organisation.sort_unstable();
        wanted.of_organisation.dedup();
        Ok((wanted, full))
    }
}

/// The examples that were made of the words of those requests.
fn examples_of<'a>(
    events: &'a [Recorded<OrganisationEvent>],
    requests: &'a [RequestId],
) -> impl Iterator<Item = u64> + 'a {
    events.iter().filter_map(|recorded| match &recorded.event {
        OrganisationEvent::ExampleKept { request, .. } if requests.contains(request) => Some(recorded.seq),
        _ => None,
    })
}
