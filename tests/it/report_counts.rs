//! Every number of an agenda, a quarter and an export equals a recount. The recount looks at the raw events again for each question and knows
//! nothing of the folds.

use crate::lives::{Life, lived, office, registers, scripts, start};
use crate::recount::{Past, named, served, tried};
use chrono::{Datelike, Duration};
use loket::domain::calendar::IsoWeek;
use loket::domain::journal::OrganisationEvent;
use loket::domain::report::agenda::{Quarrel, Side, Wants};
use loket::domain::report::{Agenda, AgendaFold, Kept, Quarter, QuarterFold, QuarterOf, Story, Window, story};
use loket::domain::request::event::Recorded;
use loket::domain::request::summary::waits_for;
use loket::domain::request::{Ending, Event, Progress, Rating, Request, Stage, WaitsFor};
use loket::domain::service::{Clocks, Goal};
use loket::domain::talks::Promiser;
use loket::domain::{Basis, Instant, Kind, Money, Number, Private, ProviderCode};
use loket::render::table::Cell;
use loket::render::{View, Words, export};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn brink() -> ProviderCode {
    "facilitair".into()
}

/// What is said for the meetings: with which provider, and what; after how many seconds.
#[derive(Clone, Debug)]
enum Word {
    Point,
    PointSettled(u64),
    Promise(i64),
    PromiseSettled(u64, bool),
    Sent,
}

fn talks() -> impl Strategy<Value = Vec<(bool, Word, i64)>> {
    let word = prop_oneof![
        3 => Just(Word::Point),
        2 => (0_u64..20).prop_map(Word::PointSettled),
        2 => (0_i64..30).prop_map(Word::Promise),
        2 => (0_u64..20, any::<bool>()).prop_map(|(seq, kept)| Word::PromiseSettled(seq, kept)),
        2 => Just(Word::Sent),
    ];
    prop::collection::vec((prop::bool::weighted(0.8), word, 0_i64..500_000), 0..20)
}

fn journal(words: &[(bool, Word, i64)]) -> Vec<Recorded<OrganisationEvent>> {
    let mut at = start();
    let by = || "local:sanne".into();
    let mut events = Vec::new();
    for (ours, word, pause) in words {
        at += Duration::seconds(*pause);
        let provider: ProviderCode = if *ours { brink() } else { "ict".into() };
        let event = match word {
            Word::Point => {
                OrganisationEvent::PointRaised { provider, text: Private::new("punt"), request: None, by: by() }
            }
            Word::PointSettled(point) => OrganisationEvent::PointSettled { point: *point, outcome: None, by: by() },
            Word::Promise(days) => OrganisationEvent::PromiseMade {
                promiser: Promiser::Us,
                provider,
                what: Private::new("iets"),
                due: at.date_naive() + Duration::days(*days),
                source: None,
                request: None,
                by: by(),
            },
            Word::PromiseSettled(promise, kept) => {
                OrganisationEvent::PromiseSettled { promise: *promise, kept: *kept, by: by() }
            }
            Word::Sent => OrganisationEvent::AgendaSent { provider, by: by() },
        };
        events.push(Recorded { seq: events.len() as u64, at, event });
    }
    events
}

/// Since when things are new, word by word as it was decided.
fn new_since(events: &[Recorded<OrganisationEvent>], now: Instant) -> Instant {
    let sent: Vec<Instant> = events
        .iter()
        .filter(|one| matches!(&one.event, OrganisationEvent::AgendaSent { provider, .. } if *provider == brink()))
        .map(|one| one.at)
        .collect();
    let held = sent.iter().filter(|at| **at + Duration::days(3) <= now).max().copied();
    let since = match (held, sent.first()) {
        (Some(held), _) => held,
        (None, Some(first)) => *first - Duration::days(7),
        (None, None) => now - Duration::days(7),
    };
    since.max(now - Duration::days(90))
}

/// The lives that the provider could have to do with.
fn theirs<'p, 'a>(pasts: &'p [Past<'a>]) -> Vec<&'p Past<'a>> {
    pasts.iter().filter(|past| past.states.iter().any(|state| state.order().is_some())).collect()
}

fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = values.into_iter().collect();
    all.sort();
    all
}

/// Each of them is wished for by the end of Friday 6 March.
fn due() -> Instant {
    "2026-03-06T23:00:00Z".parse().unwrap()
}

fn there(request: &Request) -> bool {
    matches!(request.stage, Stage::HandedOver(_) | Stage::InProgress(_))
}

fn check_agenda(
    agenda: &Agenda,
    pasts: &[Past<'_>],
    events: &[Recorded<OrganisationEvent>],
    now: Instant,
) -> Result<(), TestCaseError> {
    let since = new_since(events, now);
    prop_assert_eq!(agenda.since, since);
    let pasts = theirs(pasts);
    let new = |at: Instant| at >= since;
    let open = |past: &Past<'_>| past.closed().is_none();

    let handed = pasts.iter().flat_map(|past| past.delivered().into_iter().map(|index| past.at(index)));
    prop_assert_eq!(agenda.tally.handed as usize, handed.filter(|at| new(*at)).count());
    let ended = pasts.iter().filter(|past| past.closed().is_some_and(|(at, _)| new(at))).count();
    prop_assert_eq!(agenda.tally.ended as usize, ended);
    let stands = |past: &&&Past<'_>| there(past.last()) || matches!(past.last().stage, Stage::Resolved(_));
    let with = pasts.iter().filter(stands).map(|past| waits_for(past.last()));
    let (theirs, ours): (Vec<_>, Vec<_>) = with.partition(|whom| *whom == WaitsFor::Provider);
    prop_assert_eq!((agenda.tally.theirs as usize, agenda.tally.ours as usize), (theirs.len(), ours.len()));

    // Overdue: by the wish, or by an agreed time.
    let late = |past: &Past<'_>, goal| matches!(tried(past, goal), Some(("late", ..)));
    let mut expected = Vec::new();
    for past in pasts.iter().filter(|past| open(past) && !matches!(past.last().stage, Stage::Resolved(_))) {
        let broken = Goal::ALL.into_iter().filter(|goal| late(past, *goal)).count();
        if due() < now || broken > 0 {
            let mine = waits_for(past.last()) != WaitsFor::Provider;
            let mut clocks = Clocks::default();
            for (from, to, whom, others) in past.parts() {
                book(&mut clocks, whom, others, to - from);
            }
            expected.push((
                past.number(),
                mine,
                due() < now,
                broken,
                clocks.ours,
                clocks.requester,
                clocks.provider + clocks.others,
            ));
        }
    }
    let counted = agenda.overdue.iter().map(|one| {
        let clocks = one.clocks;
        let mine = one.side == Side::Ours;
        (
            one.about.number,
            mine,
            one.due_at.is_some(),
            one.broken.len(),
            clocks.ours,
            clocks.requester,
            clocks.provider + clocks.others,
        )
    });
    prop_assert_eq!(sorted(counted), sorted(expected));

    // The days that the provider named.
    let mut expected = Vec::new();
    for past in &pasts {
        for one in named(past) {
            let needless = one.kept == Kept::Moved && one.last && !open(past);
            if !needless && one.came.is_none_or(new) {
                expected.push((past.number(), one.day, one.kept));
            }
        }
    }
    let counted = agenda.given.iter().map(|one| (one.about.number, one.moment.day(), one.kept));
    prop_assert_eq!(sorted(counted), sorted(expected));
    check_disputes(agenda, &pasts, since)?;
    check_questions(agenda, &pasts, now)?;
    let notes = pasts.iter().flat_map(|past| {
        past.find(|event| matches!(event, Event::Noted { .. })).into_iter().map(|index| past.at(index))
    });
    prop_assert_eq!(agenda.notes.len(), notes.filter(|at| new(*at)).count());
    check_talks(agenda, events, since)
}

fn book(clocks: &mut Clocks, whom: WaitsFor, others: bool, time: Duration) {
    match (whom, others) {
        (WaitsFor::Provider, true) => clocks.others += time,
        (WaitsFor::Provider, false) => clocks.provider += time,
        (WaitsFor::Requester, _) => clocks.requester += time,
        (WaitsFor::Approvers | WaitsFor::Spoc | WaitsFor::Loket, _) => clocks.ours += time,
        (WaitsFor::Nobody, _) => {}
    }
}

fn check_disputes(agenda: &Agenda, pasts: &[&Past<'_>], since: Instant) -> Result<(), TestCaseError> {
    let mut expected: Vec<(Option<Number>, Quarrel)> = Vec::new();
    for past in pasts {
        let open = past.closed().is_none();
        let times = |matches: &dyn Fn(&Event) -> bool| {
            past.find(matches).into_iter().map(|index| past.at(index)).collect::<Vec<_>>()
        };
        let reopened = times(&|event| matches!(event, Event::Reopened { .. }));
        if reopened.last().is_some_and(|at| open || *at >= since) {
            expected.push((past.number(), Quarrel::Reopened(reopened.len() as u32)));
        }
        if past.closed().is_some_and(|(at, how)| how == Ending::Rejected && at >= since) {
            expected.push((past.number(), Quarrel::Rejected));
        }
        let last = past.events.iter().rev().find_map(|one| match &one.event {
            Event::Rated { rating, .. } => Some((*rating, one.at)),
            _ => None,
        });
        if last.is_some_and(|(rating, at)| rating == Rating::Poor && at >= since) {
            expected.push((past.number(), Quarrel::Poor));
        }
    }
    let counted = agenda.disputes.iter().map(|one| (one.about.number, one.what));
    prop_assert_eq!(sorted(counted), sorted(expected));
    Ok(())
}

fn check_questions(agenda: &Agenda, pasts: &[&Past<'_>], now: Instant) -> Result<(), TestCaseError> {
    let mut expected: Vec<(Option<Number>, Side, Wants)> = Vec::new();
    for past in pasts.iter().filter(|past| there(past.last())) {
        let heard = past.events.iter().rev().find(|one| match &one.event {
            Event::Progressed { progress, .. } => *progress != Progress::Received,
            Event::Remarked { .. } | Event::ConfirmationWanted { .. } | Event::Resolved { .. } => true,
            _ => false,
        });
        let heard = heard.map(|one| one.at);
        let after = |at: Instant| heard.is_none_or(|heard| heard < at);
        let times = |matches: &dyn Fn(&Event) -> bool| {
            past.find(matches).into_iter().map(|index| past.at(index)).collect::<Vec<_>>()
        };
        let told = past.events.iter().rev().find_map(|one| match &one.event {
            Event::Progressed { progress, .. } => Some(progress.clone()),
            _ => None,
        });
        let wants = match waits_for(past.last()) {
            WaitsFor::Approvers => Some((Side::Ours, Wants::Confirmation)),
            WaitsFor::Requester => Some((Side::Ours, Wants::Answer)),
            WaitsFor::Spoc if told == Some(Progress::WaitsForUs) => Some((Side::Ours, Wants::Us)),
            WaitsFor::Spoc => Some((Side::Ours, Wants::Untold)),
            WaitsFor::Loket | WaitsFor::Nobody => None,
            WaitsFor::Provider => {
                let cancelled = times(&|event| matches!(event, Event::CancelAsked { .. }));
                let urged =
                    times(&|event| matches!(event, Event::Urged { .. })).into_iter().filter(|at| after(*at)).count();
                let (sent, _, answered) = past.contact().expect("the provider has it");
                let settings = past.provider().expect("a provider");
                let patience = past.at(sent) + past.organisation().deadlines.acknowledgement;
                let silent = answered.is_none() && now >= settings.hours.next_open(patience);
                if cancelled.last().is_some_and(|at| after(*at)) {
                    Some((Side::Theirs, Wants::Cancellation))
                } else if urged > 0 {
                    Some((Side::Theirs, Wants::Reminder(urged as u32)))
                } else {
                    silent.then_some((Side::Theirs, Wants::Sign))
                }
            }
        };
        expected.extend(wants.map(|(side, wants)| (past.number(), side, wants)));
    }
    let counted = agenda.questions.iter().map(|one| (one.about.number, one.side, one.wants));
    prop_assert_eq!(sorted(counted), sorted(expected));
    Ok(())
}

fn check_talks(agenda: &Agenda, events: &[Recorded<OrganisationEvent>], since: Instant) -> Result<(), TestCaseError> {
    let (mut discussed, mut carried, mut fresh, mut promises) = (vec![], vec![], vec![], vec![]);
    for one in events {
        match &one.event {
            OrganisationEvent::PointRaised { provider, .. } if *provider == brink() => {
                match settled_point(events, one.seq) {
                    Some(at) if at >= since => discussed.push(one.seq),
                    Some(_) => {}
                    None if one.at >= since => fresh.push(one.seq),
                    None => carried.push(one.seq),
                }
            }
            OrganisationEvent::PromiseMade { provider, .. } if *provider == brink() => {
                let at = settled_promise(events, one.seq);
                if at.is_none_or(|at| at >= since) {
                    promises.push(one.seq);
                }
            }
            _ => {}
        }
    }
    let of = |points: &[loket::domain::talks::Point]| sorted(points.iter().map(|point| point.seq));
    prop_assert_eq!(of(&agenda.discussed), discussed);
    prop_assert_eq!(of(&agenda.carried), carried);
    prop_assert_eq!(of(&agenda.fresh), fresh);
    prop_assert_eq!(sorted(agenda.promises.iter().map(|promise| promise.seq)), promises);
    Ok(())
}

fn settled_point(events: &[Recorded<OrganisationEvent>], seq: u64) -> Option<Instant> {
    let says = |one: &&Recorded<OrganisationEvent>| {
        one.seq > seq && matches!(one.event, OrganisationEvent::PointSettled { point, .. } if point == seq)
    };
    events.iter().rev().find(says).map(|one| one.at)
}

fn settled_promise(events: &[Recorded<OrganisationEvent>], seq: u64) -> Option<Instant> {
    let says = |one: &&Recorded<OrganisationEvent>| {
        one.seq > seq && matches!(one.event, OrganisationEvent::PromiseSettled { promise, .. } if promise == seq)
    };
    events.iter().rev().find(says).map(|one| one.at)
}

fn cents(money: Money) -> i64 {
    // The office counts without VAT; chairs are at 21 per cent.
    if money.basis == Basis::Incl { (money.cents * 10_000 + 6_050) / 12_100 } else { money.cents }
}

fn check_quarter(quarter: &Quarter, pasts: &[Past<'_>], of: QuarterOf, now: Instant) -> Result<(), TestCaseError> {
    let zone = chrono_tz::Europe::Amsterdam;
    let at = |text: String| {
        let day: chrono::NaiveDate = text.parse().unwrap();
        loket::domain::calendar::instant_of(zone, day.and_hms_opt(0, 0, 0).unwrap())
    };
    let first = |year: i32, quarter: u32| at(format!("{year}-{:02}-01", quarter * 3 - 2));
    let next = if of.quarter == 4 { first(of.year + 1, 1) } else { first(of.year, of.quarter + 1) };
    let before = if of.quarter == 1 { first(of.year - 1, 4) } else { first(of.year, of.quarter - 1) };
    let from = first(of.year, of.quarter);
    let within = |at: Instant| from <= at && at < next;
    let real: Vec<&Past<'_>> = pasts.iter().filter(|past| past.began().is_some()).collect();

    let mut months = [0; 3];
    for at in real.iter().filter_map(|past| past.began()).filter(|at| within(*at)) {
        months[(at.with_timezone(&zone).month0() % 3) as usize] += 1;
    }
    prop_assert_eq!(quarter.new_in().months, months);
    let earlier = real.iter().filter(|past| past.began().is_some_and(|at| before <= at && at < from)).count();
    prop_assert_eq!(quarter.new_in().before as usize, earlier);
    prop_assert_eq!(quarter.categories().values().map(|trend| trend.total()).sum::<u32>(), months.iter().sum::<u32>());
    let ended = real.iter().filter(|past| past.closed().is_some_and(|(at, _)| within(at))).count();
    prop_assert_eq!(quarter.ended.values().sum::<u32>() as usize, ended);

    let (mut free, mut own, mut agreed, mut no) = (0, 0, 0, 0);
    let (mut covered, mut extras, mut money, mut quotes) = (0, 0, 0, 0);
    for past in &real {
        for index in past.grants().into_iter().filter(|index| within(past.at(*index))) {
            let Event::Granted { grant, .. } = &past.events[index].event else { unreachable!() };
            match (&grant.own, grant.by.is_empty()) {
                (Some(_), _) => own += 1,
                (None, true) => free += 1,
                (None, false) => agreed += 1,
            }
            match grant.ceiling.map(cents) {
                Some(0) => covered += 1,
                Some(cents) => (extras, money) = (extras + 1, money + cents),
                None => quotes += 1,
            }
        }
        no += past.refusals().into_iter().filter(|index| within(past.at(*index))).count() as u32;
    }
    let share = quarter.share;
    prop_assert_eq!((share.free, share.own, share.agreed, share.declined), (free, own, agreed, no));
    let brink = quarter.providers.get(&brink()).cloned().unwrap_or_default();
    prop_assert_eq!(
        (brink.covered, brink.extras, brink.granted_cents, brink.on_quote),
        (covered, extras, money, quotes)
    );
    let handed = real.iter().flat_map(|past| past.delivered().into_iter().map(|index| past.at(index)));
    prop_assert_eq!(brink.handed_over as usize, handed.filter(|at| within(*at)).count());

    let (mut clocks, mut at_brink) = (Clocks::default(), Clocks::default());
    for past in &real {
        for (start, to, whom, others) in past.parts() {
            let time = served(&past.organisation().hours, start.max(from), to.min(next));
            book(&mut clocks, whom, others, time);
            if past.states.iter().any(|state| state.order().is_some()) {
                book(&mut at_brink, whom, others, time);
            }
        }
    }
    prop_assert_eq!(quarter.clocks, clocks);
    prop_assert_eq!(brink.clocks, at_brink);
    check_scores(&brink, &real, &within)?;
    let mut ratings: BTreeMap<Rating, u32> = BTreeMap::new();
    for past in &real {
        let last = past.events.iter().rev().find_map(|one| match &one.event {
            Event::Rated { rating, .. } => Some((*rating, one.at)),
            _ => None,
        });
        if let Some((rating, _)) = last.filter(|(_, at)| within(*at)) {
            *ratings.entry(rating).or_default() += 1;
        }
    }
    prop_assert_eq!(&quarter.ratings, &ratings);
    check_weeks(quarter, &real, (from, next), now)
}

fn check_scores(
    brink: &loket::domain::report::quarter::ProviderQuarter,
    pasts: &[&Past<'_>],
    within: &dyn Fn(Instant) -> bool,
) -> Result<(), TestCaseError> {
    for goal in Goal::ALL {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for past in pasts {
            let Some((what, _, _, _, at)) = tried(past, goal) else { continue };
            if at.is_none_or(within) {
                *counts.entry(what).or_default() += 1;
            }
        }
        let count = |what: &str| counts.get(what).copied().unwrap_or_default();
        let score = brink.scores.get(&goal).copied().unwrap_or_default();
        prop_assert_eq!(
            (score.met, score.missed, score.late, score.running),
            (count("met"), count("missed"), count("late"), count("running"))
        );
    }
    Ok(())
}

fn check_weeks(
    quarter: &Quarter,
    pasts: &[&Past<'_>],
    (from, to): (Instant, Instant),
    now: Instant,
) -> Result<(), TestCaseError> {
    let zone = chrono_tz::Europe::Amsterdam;
    let week = |at: Instant| IsoWeek::of(at.with_timezone(&zone).date_naive());
    let within = |at: Instant| from <= at && at < to;
    for (of, flow) in &quarter.weeks {
        let new = pasts.iter().filter(|past| past.began().is_some_and(|at| within(at) && week(at) == *of)).count();
        let ended =
            pasts.iter().filter(|past| past.closed().is_some_and(|(at, _)| within(at) && week(at) == *of)).count();
        let end = Window::week(zone, *of).unwrap().to.min(to);
        let open = pasts
            .iter()
            .filter(|past| past.began().is_some_and(|at| at < end) && past.closed().is_none_or(|(at, _)| at >= end));
        prop_assert_eq!(
            (flow.new as usize, flow.ended as usize, flow.open as usize),
            (new, ended, open.count()),
            "{}",
            of
        );
    }
    let began = pasts.iter().filter(|past| past.began().is_some_and(|at| within(at) && at < now)).count();
    prop_assert_eq!(quarter.weeks.values().map(|flow| flow.new).sum::<u32>() as usize, began, "every week is there");
    Ok(())
}

fn check_row(view: &View<'_>, told: &Story, past: &Past<'_>) -> Result<(), TestCaseError> {
    let columns = export::columns(view);
    let row = export::row(view, told);
    prop_assert_eq!(row.len(), columns.len());
    let value =
        |heading: &str| row[columns.iter().position(|column| column.heading == heading).expect(heading)].clone();
    let local = |at: Option<Instant>| Cell::from(at.map(|at| at.with_timezone(&view.organisation.zone).naive_local()));
    let times = |matches: &dyn Fn(&Event) -> bool| {
        past.find(matches).into_iter().map(|index| past.at(index)).collect::<Vec<_>>()
    };
    prop_assert_eq!(value("Nummer"), Cell::text(past.number().map(|number| number.to_string()).unwrap_or_default()));
    prop_assert_eq!(value("Begonnen"), local(Some(past.at(0))));
    prop_assert_eq!(
        value("Vastgelegd"),
        local(times(&|event| matches!(event, Event::Settled { .. })).first().copied())
    );
    prop_assert_eq!(value("Gewenst"), local(Some(due())));
    prop_assert_eq!(value("Doorgestuurd"), local(past.delivered().first().map(|index| past.at(*index))));
    prop_assert_eq!(value("Eerste reactie"), local(past.contact().and_then(|(_, _, answered)| answered)));
    prop_assert_eq!(
        value("Uitgevoerd"),
        local(times(&|event| matches!(event, Event::Resolved { .. })).last().copied())
    );
    prop_assert_eq!(value("Afgerond"), local(past.closed().map(|(at, _)| at)));
    let number = |count: usize| Cell::Number(count as i64);
    prop_assert_eq!(value("Rappels"), number(times(&|event| matches!(event, Event::Urged { .. })).len()));
    prop_assert_eq!(value("Niet opgelost"), number(times(&|event| matches!(event, Event::Reopened { .. })).len()));
    let mut clocks = Clocks::default();
    for (from, to, whom, others) in past.parts() {
        book(&mut clocks, whom, others, served(&past.organisation().hours, from, to));
    }
    let minutes = |time: Duration| Cell::Duration(time.num_minutes());
    prop_assert_eq!(value("Tijd bij ons"), minutes(clocks.ours));
    prop_assert_eq!(value("Tijd bij aanvrager"), minutes(clocks.requester));
    prop_assert_eq!(value("Tijd bij uitvoerder"), minutes(clocks.provider + clocks.others));
    let grant = past
        .find(|event| matches!(event, Event::Granted { .. }))
        .last()
        .copied()
        .filter(|last| past.grants().contains(last));
    let grant = grant.map(|index| match &past.events[index].event {
        Event::Granted { grant, .. } => (past.at(index), grant.ceiling),
        _ => unreachable!(),
    });
    prop_assert_eq!(value("Akkoord op"), local(grant.map(|(at, _)| at)));
    prop_assert_eq!(
        value("Maximum"),
        grant.and_then(|(_, ceiling)| ceiling).map_or(Cell::Empty, |money| Cell::Euros(money.cents))
    );
    for (goal, heading) in [(Goal::Reaction, "Reactie op tijd"), (Goal::Solution, "Klaar op tijd")] {
        let expected = match tried(past, goal).map(|(what, ..)| what) {
            Some("met") => Cell::text("ja"),
            Some("missed") => Cell::text("nee"),
            Some("late") => Cell::text("te laat"),
            Some(_) => Cell::text("loopt"),
            None => Cell::Empty,
        };
        prop_assert_eq!(value(heading), expected);
    }
    let kind = past.states.iter().rev().find_map(Request::content).map(|content| content.kind.value);
    let kind = kind.map(|kind| if kind == Kind::Incident { "Melding" } else { "Aanvraag" });
    prop_assert_eq!(value("Soort"), Cell::text(kind.unwrap_or_default()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::world::cases(128), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_of_an_agenda_a_quarter_and_an_export_equals_a_recount(
        holds in 0_usize..2,
        scripts in prop::collection::vec(scripts(), 1..6),
        talks in talks(),
        quarter in 1_u32..5,
        later in 0_i64..4_000_000,
    ) {
        let register = &registers()[holds];
        let organisation = office(register);
        let lives: Vec<Life<'_>> = (1..).zip(scripts).map(|(number, script)| lived(register, number, script)).collect();
        let events = journal(&talks);
        let last = events.last().map_or(start(), |one| one.at);
        let end = lives.iter().map(|life| life.now).max().unwrap().max(last);
        let now = end + Duration::seconds(later);
        let stories: Vec<Story> =
            lives.iter().map(|life| story(life.id(), organisation, &life.journal).unwrap().unwrap()).collect();
        let pasts: Vec<Past<'_>> = lives.iter().map(|life| Past::of(life, now)).collect();

        let provider = brink();
        let mut fold = AgendaFold::new(register, organisation, &provider, &events, now);
        stories.iter().for_each(|story| fold.count(story));
        check_agenda(&fold.done(), &pasts, &events, now)?;

        let of = QuarterOf::new(2026, quarter).unwrap();
        let mut fold = QuarterFold::new(register, organisation, of, now).unwrap();
        stories.iter().for_each(|story| fold.count(story));
        check_quarter(&fold.done(), &pasts, of, now)?;

        let words = Words::new();
        let view = View::new(&words, register, organisation, organisation.lang, now);
        for (story, past) in stories.iter().zip(&pasts).filter(|(story, _)| !story.only_offered()) {
            check_row(&view, story, past)?;
        }
    }
}
