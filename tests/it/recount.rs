//! Every number of a week equals a recount. The recount is slow and knows nothing of the fold: it looks at the raw events again for each
//! question, and counts service hours day by day from a calendar of its own.

mod days;

use crate::lives::{Life, linde, lived, office, registers, scripts, start};
use chrono::{Days, Duration, NaiveDate, NaiveTime, TimeZone};
use loket::domain::calendar::{IsoWeek, ServiceHours};
use loket::domain::register::{Organisation, ProviderSettings, Register};
use loket::domain::report::week::{Spread, Week};
use loket::domain::report::{Kept, Stretch, Window, fold_week, story};
use loket::domain::request::event::Recorded;
use loket::domain::request::summary::waits_for;
use loket::domain::request::{Ending, Event, Progress, Request, Sent, Stage, Waits, WaitsFor, fold};
use loket::domain::service::{Clocks, Goal, OffHours, Starts, Target};
use loket::domain::{Basis, Instant, Kind, LocalMoment, Number, Urgency};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The days of 2026 on which Dutch offices are closed, from the almanac.
const HOLIDAYS: [&str; 9] = [
    "2026-01-01",
    "2026-04-05",
    "2026-04-06",
    "2026-04-27",
    "2026-05-14",
    "2026-05-24",
    "2026-05-25",
    "2026-12-25",
    "2026-12-26",
];

/// One life, looked at again and again.
pub(crate) struct Past<'a> {
    pub(crate) register: &'a Register,
    pub(crate) events: &'a [Recorded],
    /// The request after each event.
    pub(crate) states: Vec<Request>,
    pub(crate) now: Instant,
}

/// A part of the time between two events: from when to when, who had to act, and whether the provider waited for somebody else.
pub(crate) type Part = (Instant, Instant, WaitsFor, bool);

impl<'a> Past<'a> {
    pub(crate) fn of(life: &'a Life<'_>, now: Instant) -> Self {
        let state = |end: usize| fold(life.id(), &linde(), life.journal[..=end].to_vec()).unwrap().unwrap();
        let states = (0..life.journal.len()).map(state).collect();
        Self { register: life.register, events: &life.journal, states, now }
    }

    pub(crate) fn at(&self, index: usize) -> Instant {
        self.events[index].at
    }

    /// Where people said no to the order or to a price of it; a no to a bill for what was done is another thing.
    pub(crate) fn refusals(&self) -> Vec<usize> {
        let about_a_bill = |index: usize| self.states[index - 1].costs.is_billing();
        let said = self.find(|event| matches!(event, Event::Declined { .. })).into_iter();
        said.filter(|index| !about_a_bill(*index)).collect()
    }

    pub(crate) fn last(&self) -> &Request {
        self.states.last().unwrap()
    }

    pub(crate) fn organisation(&self) -> &Organisation {
        office(self.register)
    }

    pub(crate) fn find(&self, matches: impl Fn(&Event) -> bool) -> Vec<usize> {
        (0..self.events.len()).filter(|index| matches(&self.events[*index].event)).collect()
    }

    pub(crate) fn began(&self) -> Option<Instant> {
        let begun = |request: &Request| match &request.stage {
            Stage::Draft(draft) => draft.waits != Waits::Offer,
            Stage::Closed(_) => false,
            _ => true,
        };
        self.states.iter().position(begun).map(|index| self.at(index))
    }

    pub(crate) fn closed(&self) -> Option<(Instant, Ending)> {
        self.events.iter().find_map(|recorded| match &recorded.event {
            Event::Closed { outcome, .. } => Some((recorded.at, *outcome)),
            _ => None,
        })
    }

    pub(crate) fn number(&self) -> Option<Number> {
        self.states.iter().rev().find_map(Request::number)
    }

    /// Hand-overs that did not come back.
    pub(crate) fn delivered(&self) -> Vec<usize> {
        let came_back = |index: usize| {
            let next = self.find(|event| matches!(event, Event::Delivered { .. } | Event::Returned { .. }));
            let next = next.into_iter().find(|other| *other > index);
            next.is_some_and(|next| matches!(self.events[next].event, Event::Returned { .. }))
        };
        let sent = self.find(|event| matches!(event, Event::Delivered { .. }));
        sent.into_iter().filter(|index| !came_back(*index)).collect()
    }

    /// Who had to act between one event and the next, all along. What came back was never the provider's.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for (index, state) in self.states.iter().enumerate() {
            let to = self.events.get(index + 1).map_or(self.now, |next| next.at);
            let mut whom = waits_for(state);
            let bounced = self.find(|event| matches!(event, Event::Returned { .. })).into_iter().any(|returned| {
                let sent = self.find(|event| matches!(event, Event::Delivered { .. }));
                sent.into_iter().rev().find(|sent| *sent < returned).is_some_and(|sent| sent <= index)
                    && index < returned
            });
            if bounced && whom == WaitsFor::Provider {
                whom = WaitsFor::Loket;
            }
            let others = matches!(&state.stage, Stage::InProgress(stage) if stage.progress == Progress::WaitsForOthers);
            if whom != WaitsFor::Nobody && self.at(index) < to {
                parts.push((self.at(index), to, whom, others && whom == WaitsFor::Provider));
            }
        }
        parts
    }

    /// When people were asked about what was decided at an event.
    pub(crate) fn asked(&self, decided: usize) -> Instant {
        let steps = |index: usize| self.states[index].order().is_some_and(|order| !order.steps().is_empty());
        let asks = |index: &usize| match &self.events[*index].event {
            Event::Settled { .. } => true,
            Event::TakenBack { .. } => matches!(self.states[index - 1].stage, Stage::Approved(_)),
            Event::Reassessed { .. } => !steps(index - 1) && steps(*index),
            _ => false,
        };
        (0..decided).rev().find(asks).map_or(self.at(decided), |index| self.at(index))
    }

    /// The grants that nothing took back.
    pub(crate) fn grants(&self) -> Vec<usize> {
        let approved = |index: usize| matches!(self.states[index].stage, Stage::Approved(_));
        let open = |index: usize| matches!(self.states[index].stage, Stage::Draft(_) | Stage::AwaitingApproval(_));
        let void = |grant: usize| (grant + 1..self.events.len()).any(|later| approved(later - 1) && open(later));
        let granted = self.find(|event| matches!(event, Event::Granted { .. }));
        granted.into_iter().filter(|grant| !void(*grant)).collect()
    }

    /// The first sign of life after the hand-over that counts, and since when it is known to be there.
    pub(crate) fn contact(&self) -> Option<(usize, Option<Instant>, Option<Instant>)> {
        let sent = *self.delivered().last()?;
        let alive = |event: &Event| match event {
            Event::Progressed { progress, by, who, note, .. } => {
                *progress != Progress::Received || by.is_some() || who.is_some() || note.is_some()
            }
            Event::Remarked { .. } | Event::ConfirmationWanted { .. } | Event::Resolved { .. } => true,
            Event::Closed { outcome, .. } => *outcome == Ending::Rejected,
            _ => false,
        };
        let known = |event: &Event| match event {
            Event::Delivered { sent: Sent { number, .. }, .. } => number.is_some(),
            Event::Numbered { .. } | Event::Progressed { .. } => true,
            other => alive(other),
        };
        let first = |matches: &dyn Fn(&Event) -> bool| {
            (sent..self.events.len()).find(|index| matches(&self.events[*index].event)).map(|index| self.at(index))
        };
        Some((sent, first(&known), first(&alive)))
    }

    /// When it was done: the last word of the provider's that nobody contradicted, else the requester's own.
    pub(crate) fn solved(&self) -> Option<Instant> {
        let mut solved = None;
        for recorded in self.events {
            match &recorded.event {
                Event::Resolved { .. } => solved = Some(recorded.at),
                Event::Reopened { .. } => solved = None,
                Event::Closed { outcome: Ending::Fulfilled, .. } => solved = solved.or(Some(recorded.at)),
                _ => {}
            }
        }
        solved
    }

    pub(crate) fn provider(&self) -> Option<&ProviderSettings> {
        let order = self.states.iter().rev().find_map(Request::order)?;
        self.register.providers.get(&order.provider)
    }
}

/// The service time between two instants, day by day.
pub(crate) fn served(hours: &ServiceHours, from: Instant, to: Instant) -> Duration {
    let local = |at: Instant| at.with_timezone(&hours.zone).date_naive();
    let mut sum = Duration::zero();
    let mut day = local(from);
    while from < to && day <= local(to) {
        if let Some((opens, closes)) = opening(hours, day) {
            let instant = |time: NaiveTime| hours.zone.from_local_datetime(&day.and_time(time)).unwrap().to_utc();
            let (opens, closes) = (instant(opens).max(from), instant(closes).min(to));
            if opens < closes {
                sum += closes - opens;
            }
        }
        day = day + Days::new(1);
    }
    sum
}

fn opening(hours: &ServiceHours, day: NaiveDate) -> Option<(NaiveTime, NaiveTime)> {
    use chrono::Datelike;
    let holiday = hours.dutch_holidays && HOLIDAYS.contains(&day.to_string().as_str());
    let shut = holiday || hours.closed.contains(&day);
    hours.days.get(&(day.weekday().num_days_from_monday() as u8)).copied().filter(|_| !shut)
}

/// What was agreed about a goal, with its clause, read from the settings line by line.
fn agreed(past: &Past<'_>, goal: Goal) -> Option<(Target, String)> {
    let content = past.states.iter().rev().find_map(Request::content)?;
    let item = &content.item.as_ref()?.value;
    let priority = match (content.danger, content.urgency.value) {
        (true, _) => 1,
        // What these lives ask for stops one person only.
        (false, Urgency::High) => 3,
        (false, Urgency::Normal | Urgency::Low) => 4,
    };
    let norm = past.provider()?.levels.norms.iter().find(|norm| {
        let item = norm.items.is_empty()
            || norm.items.iter().any(|pattern| {
                pattern == item.as_str()
                    || pattern.strip_suffix('.').is_some_and(|_| item.as_str().starts_with(pattern))
            });
        item && (norm.kinds.is_empty() || norm.kinds.contains(&content.kind.value))
            && (norm.priorities.is_empty() || norm.priorities.iter().any(|one| one.number() == priority))
    })?;
    let target = if goal == Goal::Reaction { norm.reaction } else { norm.solution };
    Some((target?, norm.clause.clone()))
}

/// What came of an agreed time: what is counted, the agreed time, the time used, the clause, and when it was decided.
pub(crate) fn tried(
    past: &Past<'_>,
    goal: Goal,
) -> Option<(&'static str, Duration, Duration, String, Option<Instant>)> {
    let (target, clause) = agreed(past, goal)?;
    let (sent, received, answered) = past.contact()?;
    let settings = past.provider()?;
    let hours = &settings.hours;
    let begins = if settings.levels.starts == Starts::Sent { Some(past.at(sent)) } else { received };
    let asked = past.find(|event| matches!(event, Event::CancelAsked { .. })).last().map(|index| past.at(*index));
    let closed = past.closed().map(|(at, _)| at);
    let (reached, ended) = match goal {
        Goal::Reaction => (answered, closed),
        Goal::Solution => (past.solved(), asked.or(closed)),
    };
    let end = reached.or(ended).unwrap_or(past.now);
    let target = match target {
        Target::Time(time) => time,
        Target::Days(count) => {
            let start = begins.unwrap_or_default();
            let mut day = start.with_timezone(&hours.zone).date_naive();
            let mut left = count;
            while left > 0 {
                day = day + Days::new(1);
                left -= u16::from(opening(hours, day).is_some());
            }
            let closes = hours.zone.from_local_datetime(&day.and_time(opening(hours, day).unwrap().1)).unwrap();
            served(hours, start, closes.to_utc())
        }
    };
    let mut used = Duration::zero();
    for (from, to, whom, others) in past.parts() {
        let counts = whom == WaitsFor::Provider && !(settings.levels.others_pause && others);
        if let Some(begins) = begins.filter(|_| counts) {
            used += served(hours, from.max(begins), to.min(end));
        }
    }
    let what = match (reached, ended, used > target) {
        (Some(_), _, false) => "met",
        (Some(_), _, true) | (None, Some(_), true) => "missed",
        (None, Some(_), false) => return None,
        (None, None, true) => "late",
        (None, None, false) => "running",
    };
    Some((what, target, used, clause, reached.or(ended)))
}

/// A day that the provider named: which, what came of it, when that was known, and whether it is the last one.
pub(crate) struct Named {
    pub(crate) day: NaiveDate,
    pub(crate) kept: Kept,
    pub(crate) came: Option<Instant>,
    pub(crate) last: bool,
}

/// The days that the provider named, in order.
pub(crate) fn named(past: &Past<'_>) -> Vec<Named> {
    let zone = past.organisation().zone;
    let midnight =
        |day: NaiveDate| zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest().unwrap().to_utc();
    let planned = |index: usize| match &past.events[index].event {
        Event::Progressed { progress: Progress::Planned(LocalMoment::Day(day)), .. } => Some(*day),
        _ => None,
    };
    let due = |day: NaiveDate| midnight(day + Days::new(1));
    let met = |promise: usize, day: NaiveDate, before: usize| {
        (promise + 1..before).find(|index| match &past.events[*index].event {
            Event::Resolved { .. } => past.at(*index) < due(day),
            Event::Progressed { progress: Progress::Working, .. } => {
                midnight(day) <= past.at(*index) && past.at(*index) < due(day)
            }
            _ => false,
        })
    };
    // Another day, or the end, comes in its place; a promise that was kept is not moved any more.
    let moved = |promise: usize, day: NaiveDate| {
        (promise + 1..past.events.len()).find(|index| {
            let ends = matches!(past.events[*index].event, Event::Closed { .. } | Event::Returned { .. });
            (ends || planned(*index).is_some_and(|other| other != day)) && met(promise, day, *index).is_none()
        })
    };
    let mut made: Vec<(usize, NaiveDate)> = Vec::new();
    for index in 0..past.events.len() {
        let Some(day) = planned(index) else { continue };
        let again = made.last().is_some_and(|(promise, known)| {
            *known == day && moved(*promise, *known).is_none_or(|moved| moved >= index)
        });
        if !again {
            made.push((index, day));
        }
    }
    let one = |(place, (promise, day)): (usize, &(usize, NaiveDate))| {
        let moved = moved(*promise, *day);
        let until = made.get(place + 1).map_or(past.events.len(), |(next, _)| *next);
        let (kept, came) = if let Some(met) = met(*promise, *day, moved.unwrap_or(until)) {
            (Kept::Kept, Some(past.at(met)))
        } else if let Some(moved) = moved.filter(|moved| past.at(*moved) < due(*day)) {
            (Kept::Moved, Some(past.at(moved)))
        } else if due(*day) <= past.now {
            (Kept::Broken, Some(due(*day)))
        } else {
            (Kept::Open, None)
        };
        Named { day: *day, kept, came, last: place + 1 == made.len() }
    };
    made.iter().enumerate().map(one).collect()
}

/// The days that the provider named that end in the window, by what came of them.
fn promises(past: &Past<'_>, window: Window) -> BTreeMap<Kept, u32> {
    let zone = past.organisation().zone;
    let due = |day: NaiveDate| {
        zone.from_local_datetime(&(day + Days::new(1)).and_time(NaiveTime::MIN)).earliest().unwrap().to_utc()
    };
    let mut counted = BTreeMap::new();
    for one in named(past).into_iter().filter(|one| window.from <= due(one.day) && due(one.day) < window.to) {
        *counted.entry(one.kept).or_default() += 1;
    }
    counted
}

/// Number, middle and longest of times in minutes.
fn spread(mut minutes: Vec<i64>) -> (usize, Option<i64>, Option<i64>) {
    minutes.sort_unstable();
    (minutes.len(), minutes.get(minutes.len() / 2).copied(), minutes.last().copied())
}

fn spread_of(spread: &Spread) -> (usize, Option<i64>, Option<i64>) {
    (spread.len(), spread.median(), spread.longest())
}

/// The week as it was counted, against the same counted anew.
fn check(week: &Week, pasts: &[Past<'_>], window: Window) -> Result<(), TestCaseError> {
    let within = |at: Instant| window.from <= at && at < window.to;
    let real: Vec<&Past<'_>> = pasts.iter().filter(|past| past.began().is_some()).collect();
    let new = real.iter().filter(|past| past.began().is_some_and(within)).count();
    prop_assert_eq!(week.new as usize, new, "new");
    for ending in [
        Ending::Fulfilled,
        Ending::Declined,
        Ending::Cancelled,
        Ending::Withdrawn,
        Ending::Expired,
        Ending::NoRequest,
        Ending::Rejected,
    ] {
        let counted =
            real.iter().filter(|past| past.closed().is_some_and(|(at, how)| within(at) && how == ending)).count();
        prop_assert_eq!(week.closed.get(&ending).copied().unwrap_or(0) as usize, counted, "{:?}", ending);
    }
    days::check(week, &real, window)?;
    open(week, &real)?;
    decided(week, &real, window)?;
    providers(week, &real, window)?;
    recurring(week, &real, window)?;
    clocks(week, &real, window)
}

fn open(week: &Week, pasts: &[&Past<'_>]) -> Result<(), TestCaseError> {
    let open: Vec<&&Past<'_>> = pasts.iter().filter(|past| past.closed().is_none()).collect();
    prop_assert_eq!(week.open.total() as usize, open.len());
    for whom in WaitsFor::ALL {
        let waiting: Vec<&&&Past<'_>> = open.iter().filter(|past| waits_for(past.last()) == whom).collect();
        let since = |past: &Past<'_>| {
            let parts = past.parts();
            let same = parts.iter().rev().take_while(|(_, _, other, _)| *other == whom);
            // What has just begun has no part yet.
            same.last().map_or(past.now, |(from, ..)| *from)
        };
        let longest = waiting.iter().map(|past| (since(past), past.number())).min();
        let counted = week.open.waits.get(&whom);
        prop_assert_eq!(counted.map_or(0, |waiters| waiters.count) as usize, waiting.len(), "{:?}", whom);
        let told = counted.map(|waiters| (waiters.longest.1, waiters.longest.0));
        prop_assert_eq!(told, longest, "{:?}", whom);
    }
    // Each of them is wished for by the end of Friday 6 March.
    let due: Instant = "2026-03-06T23:00:00Z".parse().unwrap();
    let mut overdue: Vec<Number> = open.iter().filter(|past| due < past.now).filter_map(|past| past.number()).collect();
    overdue.sort_unstable();
    prop_assert_eq!(&week.open.overdue, &overdue);
    let stuck = |past: &&&&Past<'_>| {
        matches!(past.last().stage, Stage::Approved(_)) && waits_for(past.last()) == WaitsFor::Spoc
    };
    let mut stuck: Vec<Number> = open.iter().filter(stuck).filter_map(|past| past.number()).collect();
    stuck.sort_unstable();
    prop_assert_eq!(&week.open.stuck, &stuck);
    Ok(())
}

fn decided(week: &Week, pasts: &[&Past<'_>], window: Window) -> Result<(), TestCaseError> {
    let within = |at: Instant| window.from <= at && at < window.to;
    let (mut times, mut free, mut own) = (Vec::new(), 0, 0);
    let mut people: BTreeMap<String, (u32, u32, Vec<i64>)> = BTreeMap::new();
    for past in pasts {
        let hours = &past.organisation().hours;
        let took = |index: usize| served(hours, past.asked(index), past.at(index)).num_minutes();
        for index in past.grants().into_iter().filter(|index| within(past.at(*index))) {
            let Event::Granted { grant, .. } = &past.events[index].event else { unreachable!() };
            match (grant.by.is_empty(), &grant.own) {
                (_, Some(_)) => own += 1,
                (true, None) => free += 1,
                (false, None) => times.push(took(index)),
            }
            for decision in &grant.by {
                let said = |event: &Event| matches!(event, Event::Agreed { decision: other, .. } if other.person == decision.person);
                let said = past.find(said).into_iter().rev().find(|said| *said < index).unwrap();
                let person = people.entry(decision.person.to_string()).or_default();
                person.0 += 1;
                person.2.push(took(said));
            }
        }
        for index in past.refusals().into_iter().filter(|index| within(past.at(*index))) {
            let Event::Declined { decision, .. } = &past.events[index].event else { unreachable!() };
            times.push(took(index));
            let person = people.entry(decision.person.to_string()).or_default();
            person.1 += 1;
            person.2.push(took(index));
        }
    }
    prop_assert_eq!(week.decided.free, free);
    prop_assert_eq!(week.decided.own.values().sum::<u32>(), own);
    prop_assert_eq!(spread_of(&week.decided.times), spread(times));
    let counted =
        week.decided.by.iter().map(|(person, one)| (person.to_string(), (one.yes, one.no, spread_of(&one.times))));
    let counted: BTreeMap<_, _> = counted.collect();
    let expected: BTreeMap<_, _> =
        people.into_iter().map(|(person, (yes, no, times))| (person, (yes, no, spread(times)))).collect();
    prop_assert_eq!(counted, expected);
    Ok(())
}

fn providers(week: &Week, pasts: &[&Past<'_>], window: Window) -> Result<(), TestCaseError> {
    let within = |at: Instant| window.from <= at && at < window.to;
    let brink = week.providers.get(&"facilitair".into()).cloned().unwrap_or_default();
    prop_assert!(week.providers.keys().all(|code| code.as_str() == "facilitair"));
    let handed = pasts.iter().flat_map(|past| past.delivered().into_iter().map(|index| past.at(index)));
    prop_assert_eq!(brink.handed_over as usize, handed.filter(|at| within(*at)).count());
    let (mut cents, mut quotes) = (0, 0);
    let mut scores: BTreeMap<(Goal, &str), u32> = BTreeMap::new();
    let mut lines = Vec::new();
    let mut promised: BTreeMap<Kept, u32> = BTreeMap::new();
    for past in pasts {
        for index in past.grants().into_iter().filter(|index| within(past.at(*index))) {
            let Event::Granted { grant, .. } = &past.events[index].event else { unreachable!() };
            if grant.by.is_empty() && grant.own.is_none() {
                continue;
            }
            match grant.ceiling {
                // The office counts without VAT, at 21 per cent or 9 for what is eaten; chairs are at 21.
                Some(money) if money.basis == Basis::Incl => cents += (money.cents * 10_000 + 6_050) / 12_100,
                Some(money) => cents += money.cents,
                None => quotes += 1,
            }
        }
        for goal in [Goal::Reaction, Goal::Solution] {
            let Some((what, target, used, clause, at)) = tried(past, goal) else { continue };
            if at.is_some_and(|at| !within(at)) {
                continue;
            }
            *scores.entry((goal, what)).or_default() += 1;
            if what == "missed" || what == "late" {
                lines.push((past.number(), goal, what, target, used, clause));
            }
        }
        for (kept, count) in promises(past, window) {
            *promised.entry(kept).or_default() += count;
        }
    }
    prop_assert_eq!((brink.granted_cents, brink.on_quote), (cents, quotes));
    prop_assert_eq!(brink.promised, promised);
    let mut counted: BTreeMap<(Goal, &str), u32> = BTreeMap::new();
    for (goal, score) in &brink.norms.scores {
        for (what, count) in
            [("met", score.met), ("missed", score.missed), ("late", score.late), ("running", score.running)]
        {
            if count > 0 {
                counted.insert((*goal, what), count);
            }
        }
    }
    prop_assert_eq!(counted, scores);
    let told = [("missed", &brink.norms.missed), ("late", &brink.norms.late)];
    let told = told.into_iter().flat_map(|(what, lines)| lines.iter().map(move |line| (what, line)));
    let mut told: Vec<_> =
        told.map(|(what, line)| (line.number, line.goal, what, line.target, line.used, line.clause.clone())).collect();
    told.sort();
    lines.sort();
    prop_assert_eq!(told, lines);
    Ok(())
}

fn recurring(week: &Week, pasts: &[&Past<'_>], window: Window) -> Result<(), TestCaseError> {
    let mut told: BTreeMap<String, Vec<Instant>> = BTreeMap::new();
    for past in pasts {
        let Some(content) = past.states.iter().rev().find_map(Request::content) else { continue };
        let ended = past.closed().map(|(_, how)| how);
        if content.kind.value != Kind::Incident || matches!(ended, Some(Ending::NoRequest | Ending::Withdrawn)) {
            continue;
        }
        // The lives name the pantry in two ways, and Loket knows the place by the name of the register.
        let place = content.place.as_ref().unwrap().value.or_empty().trim().to_lowercase();
        told.entry(place).or_default().extend(past.began());
    }
    let mut expected = Vec::new();
    for times in told.values() {
        let since = |days| {
            times.iter().filter(|at| window.to - Duration::days(days) <= **at && **at < window.to).count() as u32
        };
        let fresh = times.iter().any(|at| window.from <= *at && *at < window.to);
        if fresh && (since(14) >= 2 || since(90) >= 3) {
            expected.push((since(90), since(14)));
        }
    }
    expected.sort_unstable();
    let mut counted: Vec<_> = week.recurring.iter().map(|fault| (fault.in_90_days, fault.in_14_days)).collect();
    counted.sort_unstable();
    prop_assert_eq!(counted, expected);
    Ok(())
}

fn clocks(week: &Week, pasts: &[&Past<'_>], window: Window) -> Result<(), TestCaseError> {
    let mut expected = Clocks::default();
    for past in pasts {
        for (from, to, whom, others) in past.parts() {
            let time = served(&past.organisation().hours, from.max(window.from), to.min(window.to));
            match (whom, others) {
                (WaitsFor::Provider, true) => expected.others += time,
                (WaitsFor::Provider, false) => expected.provider += time,
                (WaitsFor::Requester, _) => expected.requester += time,
                (WaitsFor::Approvers | WaitsFor::Spoc | WaitsFor::Loket, _) => expected.ours += time,
                (WaitsFor::Nobody, _) => {}
            }
        }
    }
    prop_assert_eq!(week.clocks, expected);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::world::cases(192), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_of_a_week_equals_a_recount(
        holds in 0_usize..2,
        scripts in prop::collection::vec(scripts(), 1..7),
        week in 0_u32..17,
        later in 0_i64..2_000_000,
    ) {
        let register = &registers()[holds];
        let lives: Vec<Life<'_>> = (1..).zip(scripts).map(|(number, script)| lived(register, number, script)).collect();
        let end = lives.iter().map(|life| life.now).max().unwrap();
        let now = end + Duration::seconds(later);
        let window = Window::week(office(register).zone, IsoWeek { year: 2026, week: 10 + week }).unwrap();
        let stories = lives.iter().map(|life| story(life.id(), office(register), &life.journal).unwrap().unwrap());
        let counted = fold_week(stories, register, office(register), window, now);
        let pasts: Vec<Past<'_>> = lives.iter().map(|life| Past::of(life, now)).collect();
        check(&counted, &pasts, window)?;
    }

    /// Whose time it was: all of it is booked, once, and none of it on the provider while somebody else had to act.
    #[test]
    fn the_clocks_hold_the_whole_time_and_nothing_of_ours_is_the_provider_s(
        holds in 0_usize..2,
        script in scripts(),
        later in 0_i64..2_000_000,
    ) {
        let register = &registers()[holds];
        let life = lived(register, 1, script);
        let now = life.now + Duration::seconds(later);
        let told = story(life.id(), office(register), &life.journal).unwrap().unwrap();
        let end = told.times.closed.as_ref().map_or(now, |closing| closing.at);
        prop_assert_eq!(told.waiting.clocks(now).total(), end - life.journal[0].at, "all of it, once");
        for pair in told.waiting.stretches.windows(2) {
            prop_assert_eq!(pair[0].to, Some(pair[1].from), "without gaps");
        }
        let past = Past::of(&life, now);
        let theirs = |stretch: &Stretch| stretch.whom == WaitsFor::Provider;
        for (from, to, whom, _) in past.parts().into_iter().filter(|(_, _, whom, _)| *whom != WaitsFor::Provider) {
            let booked = told.waiting.stretches.iter().filter(|stretch| theirs(stretch));
            for stretch in booked {
                let overlap = stretch.from.max(from) < stretch.to.unwrap_or(now).min(to);
                prop_assert!(!overlap, "{whom:?} had to act from {from} to {to}, and it is booked on the provider");
            }
        }
        let settings = &register.providers[&"facilitair".into()];
        let spent = past.parts().into_iter().filter(|(_, _, whom, _)| *whom == WaitsFor::Provider);
        let spent = spent.map(|(from, to, ..)| served(&settings.hours, from, to)).fold(Duration::zero(), |sum, one| sum + one);
        for goal in Goal::ALL {
            let Some((_, _, used, _, _)) = tried(&past, goal) else { continue };
            prop_assert!(used <= spent, "more is held against the provider than it had");
        }
        // Of an order that is held nothing is booked on the provider before it has it.
        if settings.levels.off_hours == OffHours::Hold && past.delivered().is_empty() {
            prop_assert!(!told.waiting.stretches.iter().any(theirs));
        }
    }
}

#[test]
fn random_lives_reach_what_is_counted() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for case in 0..400 {
        let script = scripts().new_tree(&mut runner).unwrap().current();
        let life = lived(&registers()[case % 2], 1, script);
        let told = story(life.id(), office(life.register), &life.journal).unwrap().unwrap();
        let past = Past::of(&life, life.now);
        let mut see = |what, whether: bool| *seen.entry(what).or_default() += u32::from(whether);
        see("approved", told.deciding.grant().is_some_and(|grant| !grant.by.is_empty()));
        see("handed over", !told.handing.sent.is_empty());
        see("answered", told.handing.answered_at.is_some());
        see("solved", told.times.solved_at.is_some());
        see("came back", life.journal.iter().any(|one| matches!(one.event, Event::Returned { .. })));
        see("promised", !told.promised.is_empty());
        see(
            "missed",
            [Goal::Reaction, Goal::Solution]
                .iter()
                .any(|goal| matches!(tried(&past, *goal), Some(("missed" | "late", ..)))),
        );
        see(
            "met",
            [Goal::Reaction, Goal::Solution].iter().any(|goal| matches!(tried(&past, *goal), Some(("met", ..)))),
        );
        see("waited for others", told.waiting.clocks(life.now).others > Duration::zero());
        see("only offered", told.only_offered());
        see("began late", life.journal[0].at > start() + Duration::days(30));
    }
    for (what, times) in &seen {
        assert!(*times >= 4, "{what}: {times} of 400 lives: {seen:?}");
    }
}
