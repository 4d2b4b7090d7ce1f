//! Random lives of requests at an organisation whose providers are live and have agreed times: what reports must count.

use crate::core;
use crate::samples::request_id;
use chrono::Duration;
use loket::config::{self, Folder};
use loket::domain::approval::{Via, ledger};
use loket::domain::effect::Telling;
use loket::domain::provider::Answer;
use loket::domain::register::{Mode, Organisation, Register};
use loket::domain::request::command::{Beginning, Report};
use loket::domain::request::{
    Actor, Command, Content, Event, Facts, Fresh, Origin, Progress, Rating, Request, Requester, Said, TimerKind,
    decide, event::Recorded, evolve, open,
};
use loket::domain::service::{OffHours, Starts};
use loket::domain::{
    Found, Instant, Kind, Lang, LocalMoment, MessageRef, Number, OrganisationId, Private, RequestId, Token, Trouble,
    Urgency,
};
use proptest::prelude::*;
use std::sync::OnceLock;

pub(crate) fn linde() -> OrganisationId {
    "linde".into()
}

/// The office with everything live; the second has a provider that holds orders, counts from the receipt and pauses for others.
pub(crate) fn registers() -> &'static [Register; 2] {
    static REGISTERS: OnceLock<[Register; 2]> = OnceLock::new();
    REGISTERS.get_or_init(|| {
        let office = || {
            let mut register = config::load(&Folder::embedded("office").unwrap()).unwrap().register;
            register.providers.values_mut().for_each(|provider| provider.mode = Mode::Live);
            register
        };
        let mut other = office();
        for provider in other.providers.values_mut() {
            provider.levels.off_hours = OffHours::Hold;
            provider.levels.starts = Starts::Received;
            provider.levels.others_pause = true;
        }
        [office(), other]
    })
}

pub(crate) fn office(register: &Register) -> &Organisation {
    &register.organisations[&linde()]
}

/// Monday 2 March 2026, 9:12 in Amsterdam.
pub(crate) fn start() -> Instant {
    "2026-03-02T08:12:00Z".parse().unwrap()
}

/// One request as it lived.
pub(crate) struct Life<'a> {
    pub(crate) register: &'a Register,
    pub(crate) request: Request,
    pub(crate) journal: Vec<Recorded>,
    pub(crate) now: Instant,
    number: u32,
}

impl<'a> Life<'a> {
    pub(crate) fn begins(register: &'a Register, number: u32, at: Instant, content: Content, sure: bool) -> Self {
        let said = said(1, at);
        let origin = Origin {
            requester: Requester {
                account: Some("local:alice".into()),
                person: Some("alice".into()),
                name: Private::new("Alice"),
            },
            registered_by: None,
            source: said.message.clone(),
            direct: false,
            lang: Lang::Nl,
            at,
            configuration: register.revision.clone(),
        };
        let beginning = Beginning { origin, said, content, sure, follows: None };
        let events = open(beginning, &facts(register, core::person("alice"), at, number)).unwrap();
        let mut journal: Vec<Recorded> = Vec::new();
        let mut request = None;
        for event in events {
            let recorded = Recorded { seq: journal.len() as u64, at, event };
            request = Some(evolve(id(number), &linde(), request, recorded.clone()).unwrap());
            journal.push(recorded);
        }
        Self { register, request: request.unwrap(), journal, now: at, number }
    }

    pub(crate) fn does(&mut self, actor: Actor, command: Command) -> Vec<Event> {
        let facts = facts(self.register, actor, self.now, self.number);
        let events = decide(&self.request, command, &facts).unwrap_or_default();
        for event in &events {
            let recorded = Recorded { seq: self.request.version, at: self.now, event: event.clone() };
            let request = self.request.clone();
            self.request = evolve(id(self.number), &linde(), Some(request), recorded.clone()).unwrap();
            self.journal.push(recorded);
        }
        events
    }

    pub(crate) fn id(&self) -> RequestId {
        id(self.number)
    }
}

fn id(number: u32) -> RequestId {
    request_id(number.into())
}

fn facts(register: &Register, actor: Actor, now: Instant, number: u32) -> Facts<'_> {
    Facts {
        now,
        register,
        organisation: office(register),
        absences: &[],
        actor,
        fresh: Fresh {
            id: id(number),
            number: Number { year: 2026, sequence: number },
            token: Token::new("0123456789ABCDEF"),
        },
        ledger: &ledger::EMPTY,
    }
}

fn said(number: u32, at: Instant) -> Said {
    let message = format!("local:{number}");
    Said {
        message: Some(MessageRef { channel: "local:facilitair".into(), message: message.as_str().into() }),
        by: "local:alice".into(),
        at,
        text: Private::new("de kraan lekt"),
        files: vec![],
    }
}

/// What is asked for: a fault with more or less haste at one of three places, or chairs that somebody must approve.
pub(crate) fn contents() -> impl Strategy<Value = Content> {
    let urgencies = prop_oneof![Just(Urgency::Low), Just(Urgency::Normal), Just(Urgency::High)];
    let places = prop_oneof![Just(None), Just(Some("pantry")), Just(Some(" Pantry ")), Just(Some("hal"))];
    let faults = (urgencies.clone(), places, prop::bool::weighted(0.1)).prop_map(|(urgency, place, danger)| Content {
        urgency: Found::chosen(urgency),
        danger,
        ..core::content("fac.plumbing", Kind::Incident, 1, place.or(Some("zolder")))
    });
    let chairs = (1_u32..60, urgencies).prop_map(|(quantity, urgency)| Content {
        urgency: Found::chosen(urgency),
        ..core::content("fac.room-setup", Kind::Request, quantity, Some("zaal Eik"))
    });
    prop_oneof![2 => faults, 3 => chairs]
}

fn progresses() -> impl Strategy<Value = Progress> {
    prop_oneof![
        Just(Progress::Received),
        Just(Progress::Working),
        Just(Progress::WaitsForUs),
        Just(Progress::WaitsForOthers),
        (2_u32..29).prop_map(|day| Progress::Planned(LocalMoment::Day(format!("2026-03-{day:02}").parse().unwrap()))),
    ]
}

/// What happens to it, with who does it: the usual way on more often than everything else.
pub(crate) fn deeds() -> impl Strategy<Value = (Actor, Command)> {
    let sanne = || core::person("sanne");
    let on = prop_oneof![
        (1_u32..4).prop_map(|attempt| (Actor::Loket, Command::BeginSending { attempt })),
        (1_u32..4, any::<bool>()).prop_map(|(attempt, numbered)| {
            let number = numbered.then(|| "BF-1".to_owned());
            (Actor::Loket, Command::Delivered { attempt, dry_run: false, number })
        }),
        Just((Actor::Loket, Command::Fire { timer: TimerKind::Leave })),
        Just((core::person("bob"), Command::Agree { revision: 1, via: Via::Button })),
        Just((core::person("alice"), Command::Confirm)),
    ];
    let heard = (progresses(), any::<bool>(), any::<bool>()).prop_map(move |(progress, by_system, numbered)| {
        let number = numbered.then(|| "BF-2".to_owned());
        let actor = if by_system { Actor::Provider } else { sanne() };
        (actor, Command::Report { report: Report::Progress(progress), number, note: None })
    });
    let asks = any::<bool>().prop_map(|asks| {
        let text = Some(Private::new("Welke kraan is het?"));
        (Actor::Provider, Command::Hear(Box::new(Answer { text, asks, ..Answer::default() })))
    });
    let answers = (2_u32..9)
        .prop_map(|number| (core::person("alice"), Command::Answer { said: said(number, start()), held_back: vec![] }));
    let returns = (1_u32..3)
        .prop_map(|attempt| (Actor::Loket, Command::Return { attempt, why: Trouble::Told { said: "vol".into() } }));
    let untold = (0_u64..30)
        .prop_map(|seq| (Actor::Loket, Command::NotTold { what: Telling::Reopen { seq }, certain: true, why: None }));
    prop_oneof![
        8 => on,
        4 => heard,
        2 => asks,
        1 => answers,
        1 => returns,
        1 => untold,
        1 => Just((core::person("alice"), Command::DutyCalled)),
        1 => Just((core::person("alice"), Command::NotSolved { note: None })),
        1 => Just((core::person("sanne"), Command::Report { report: Report::Done, number: None, note: None })),
        1 => (0..TimerKind::ALL.len()).prop_map(|at| (Actor::Loket, Command::Fire { timer: TimerKind::ALL[at] })),
        1 => (0..Rating::ALL.len()).prop_map(|at| (core::person("alice"), Command::Rate { rating: Rating::ALL[at] })),
        6 => (core::actors(), core::commands()),
    ]
}

/// When it begins, what it is about, and what happens to it after how many seconds.
pub(crate) type Script = (i64, Content, bool, Vec<((Actor, Command), i64)>);

pub(crate) fn scripts() -> impl Strategy<Value = Script> {
    let pauses = prop_oneof![Just(0_i64), 0_i64..4_000, 0_i64..90_000];
    let steps = prop::collection::vec((deeds(), pauses), 1..40);
    // What is counted happens late in a life, so that most lives go the usual way first, some of it or all.
    let usual = (prop_oneof![1 => 0_usize..5, 2 => Just(5)], prop_oneof![Just(120_i64), Just(90_000)]);
    let lives = (0_i64..8_000_000, contents(), prop::bool::weighted(0.8), usual, steps);
    lives.prop_map(|(begins, content, sure, (far, leaves), steps)| {
        let steps = usual_way(leaves).into_iter().take(far).chain(steps).collect();
        (begins, content, sure, steps)
    })
}

/// Confirmed, agreed to, left after so many seconds, and handed over.
fn usual_way(leaves: i64) -> [((Actor, Command), i64); 5] {
    [
        ((core::person("alice"), Command::Confirm), 60),
        ((core::person("bob"), Command::Agree { revision: 1, via: Via::Button }), 1_800),
        ((Actor::Loket, Command::Fire { timer: TimerKind::Leave }), leaves),
        ((Actor::Loket, Command::BeginSending { attempt: 1 }), 5),
        ((Actor::Loket, Command::Delivered { attempt: 1, dry_run: false, number: None }), 5),
    ]
}

pub(crate) fn lived(register: &Register, number: u32, (begins, content, sure, steps): Script) -> Life<'_> {
    let mut life = Life::begins(register, number, start() + Duration::seconds(begins), content, sure);
    for ((actor, command), seconds) in steps {
        life.now += Duration::seconds(seconds);
        life.does(actor, command);
    }
    life
}
