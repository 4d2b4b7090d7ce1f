//! Ring 1: the pure core alone. Given events, when a command comes, then events or a refusal; and what must hold in every life.

use chrono::Duration;
use loket::config::{self, Folder};
use loket::domain::approval::{Absence, Absences, Exclusion, Matches, Require, Rule, Step};
use loket::domain::effect::Telling;
use loket::domain::file::Loss;
use loket::domain::register::Register;
use loket::domain::request::command::{Beginning, Report, Via};
use loket::domain::request::costs::CameTo;
use loket::domain::request::{
    Actor, Command, Content, Ending, Event, Facts, Fresh, Late, Origin, Progress, Rating, Reading, Refusal, Request,
    Requester, Said, Stage, Submission, Summary, TimerKind, Waits, WaitsFor, decide, event::Recorded, evolve, fold,
    open, timers,
};
use loket::domain::{
    Basis, Found, Instant, Kind, Lang, MessageRef, Money, Number, OrganisationId, Private, RequestId, Span, Token,
    Trouble, Urgency,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

fn register() -> &'static Register {
    static REGISTER: OnceLock<Register> = OnceLock::new();
    REGISTER.get_or_init(|| {
        let mut register = config::load(&Folder::embedded("office").unwrap()).unwrap().register;
        let matches = Matches { kinds: vec![Kind::Incident], urgency: vec![Urgency::High], ..Matches::default() };
        let require = Require::Steps(vec![Step { need: 1, of: vec![] }]);
        let first = Rule { name: "Spoed eerst".into(), matches, per_month: None, require, afterwards: true };
        register.policy.insert(0, first);
        register
    })
}

fn start() -> Instant {
    "2026-03-03T08:12:00Z".parse().unwrap()
}

pub(crate) fn content(item: &str, kind: Kind, quantity: u32, place: Option<&str>) -> Content {
    Content {
        kind: Found::chosen(kind),
        item: Some(Found::chosen(item.into())),
        alternatives: vec![],
        when: Some(Found::chosen(loket::domain::When {
            from: loket::domain::LocalMoment::Day("2026-03-06".parse().unwrap()),
            to: None,
            role: loket::domain::WhenRole::On,
        })),
        quantity: Some(Found::chosen(quantity)),
        place: place.map(|place| Found::chosen(Private::new(place))),
        amount: None,
        urgency: Found::chosen(Urgency::Normal),
        danger: false,
        extra: BTreeMap::new(),
        held_back: vec![],
        about: Span::new(0, 3),
        confirmed: BTreeSet::new(),
        confidence: 95,
        files: vec![],
    }
}

/// One life: a request, its journal and the clock.
struct Life {
    request: Request,
    journal: Vec<Recorded>,
    now: Instant,
    absences: &'static [Absence],
}

fn id() -> RequestId {
    RequestId(uuid::Uuid::from_u128(7))
}

fn linde() -> OrganisationId {
    "linde".into()
}

pub(crate) fn person(who: &str) -> Actor {
    let known = register().organisations[&linde()].people.contains_key(&who.into());
    Actor::Account { account: format!("local:{who}").as_str().into(), person: known.then(|| who.into()) }
}

fn facts(actor: Actor, now: Instant, absences: &'static [Absence]) -> Facts<'static> {
    Facts {
        now,
        register: register(),
        organisation: &register().organisations[&linde()],
        absences,
        actor,
        fresh: Fresh { id: id(), number: Number { year: 2026, sequence: 41 }, token: Token::new("0123456789ABCDEF") },
        ledger: &loket::domain::approval::ledger::EMPTY,
    }
}

fn said(text: &str, number: u32) -> Said {
    Said {
        message: Some(MessageRef {
            channel: "local:facilitair".into(),
            message: format!("local:{number}").as_str().into(),
        }),
        by: "local:alice".into(),
        at: start(),
        text: Private::new(text),
        files: vec![],
    }
}

fn beginning(content: Content, sure: bool) -> Beginning {
    Beginning {
        origin: Origin {
            requester: Requester {
                account: Some("local:alice".into()),
                person: Some("alice".into()),
                name: Private::new("Alice"),
            },
            registered_by: None,
            source: said("kraan", 1).message,
            direct: false,
            lang: Lang::Nl,
            at: start(),
            configuration: register().revision.clone(),
        },
        said: said("kraan", 1),
        content,
        sure,
        follows: None,
    }
}

impl Life {
    fn begins(content: Content, sure: bool) -> Self {
        let events = open(beginning(content, sure), &facts(person("alice"), start(), &[])).unwrap();
        let mut life: Option<Self> = None;
        for event in events {
            let seq = life.as_ref().map_or(0, |life| life.request.version);
            let recorded = Recorded { seq, at: start(), event };
            let before = life.as_ref().map(|life| life.request.clone());
            let request = evolve(id(), &linde(), before, recorded.clone()).unwrap();
            let mut journal = life.map(|life| life.journal).unwrap_or_default();
            journal.push(recorded);
            life = Some(Self { request, journal, now: start(), absences: &[] });
        }
        life.unwrap()
    }

    fn when(&mut self, actor: Actor, command: Command) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.request, command, &facts(actor, self.now, self.absences))?;
        for event in &events {
            let recorded = Recorded { seq: self.request.version, at: self.now, event: event.clone() };
            self.request = evolve(id(), &linde(), Some(self.request.clone()), recorded.clone())
                .expect("everything that is decided can be applied");
            self.journal.push(recorded);
        }
        Ok(events)
    }

    fn later(&mut self, by: Duration) {
        self.now += by;
    }

    fn revision(&self) -> u32 {
        self.request.order().map_or(1, |order| order.identity.revision)
    }
}

fn chairs() -> Content {
    content("fac.room-setup", Kind::Request, 12, Some("zaal Eik"))
}

fn tap() -> Content {
    content("fac.plumbing", Kind::Incident, 1, Some("pantry"))
}

fn burst() -> Content {
    Content { urgency: Found::chosen(Urgency::High), ..tap() }
}

fn agree(life: &Life) -> Command {
    Command::Agree { revision: life.revision(), via: Via::Button }
}

#[test]
fn a_fault_passes_without_anybody_and_leaves_at_once() {
    let mut life = Life::begins(tap(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    let Stage::Approved(approved) = &life.request.stage else { panic!("{:?}", life.request.stage) };
    assert!(matches!(approved.submission, Submission::Queued { attempt: 1, .. }));
    assert!(approved.grant.by.is_empty());
}

#[test]
fn silence_settles_a_sure_draft_only_when_its_time_is_up() {
    let mut life = Life::begins(tap(), true);
    let fire = Command::Fire { timer: TimerKind::Settle };
    assert_eq!(life.when(Actor::Loket, fire.clone()), Ok(vec![]), "too early");
    life.later(Duration::seconds(60));
    assert!(!life.when(Actor::Loket, fire).unwrap().is_empty());
    assert_eq!(life.request.number().unwrap().to_string(), "2026-0041");
}

#[test]
fn nobody_confirms_what_is_still_fetched_and_no_silence_does() {
    let mut life = Life::begins(tap(), true);
    let more = Said { files: vec![crate::samples::enclosure()], ..said("met foto", 2) };
    life.when(person("alice"), Command::Tell { said: more, reading: Box::default() }).unwrap();
    assert_eq!(life.when(person("alice"), Command::Confirm), Err(Refusal::FileOnItsWay));
    let due = timers(&life.request, register(), &register().organisations[&linde()]);
    assert!(!due.contains_key(&TimerKind::Settle), "{due:?}");
    life.when(Actor::Loket, Command::LoseFile { file: 0, why: Loss::Unreachable }).unwrap();
    let due = timers(&life.request, register(), &register().organisations[&linde()]);
    assert!(due.contains_key(&TimerKind::Settle), "{due:?}");
    life.when(person("alice"), Command::Confirm).unwrap();
}

#[test]
fn what_went_first_and_is_cancelled_while_people_are_asked_was_agreed_to_by_nobody() {
    let cancelled = |sent: bool| {
        let mut life = Life::begins(burst(), true);
        life.when(person("alice"), Command::Confirm).unwrap();
        assert_eq!(life.request.costs.first.unwrap().came_to, CameTo::Asked);
        if sent {
            life.later(Duration::seconds(60));
            life.when(Actor::Loket, Command::Fire { timer: TimerKind::Leave }).ok();
            life.when(Actor::Loket, Command::BeginSending { attempt: 1 }).unwrap();
            life.when(Actor::Loket, Command::Delivered { attempt: 1, dry_run: false, number: None }).unwrap();
        }
        life.when(person("sanne"), Command::Cancel { why: None }).unwrap();
        if sent {
            let ended = Report::Ended(Ending::Cancelled);
            life.when(person("sanne"), Command::Report { report: ended, number: None, note: None }).unwrap();
        }
        assert!(life.request.is_closed(), "{:?}", life.request.stage);
        life.request.costs.first.map(|first| first.came_to)
    };
    assert_eq!(cancelled(false), None, "it never went");
    assert!(matches!(cancelled(true), Some(CameTo::Lapsed(_))));
}

#[test]
fn danger_never_waits() {
    let life = Life::begins(Content { danger: true, ..tap() }, true);
    assert!(matches!(life.request.stage, Stage::Approved(_)), "{:?}", life.request.stage);
}

#[test]
fn an_order_waits_for_a_mandate_and_the_requester_has_none() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    let refused = life.when(person("alice"), agree(&life)).unwrap_err();
    assert_eq!(refused, Refusal::NoMandate { why: Some(Exclusion::Party) });
    let stranger = life.when(person("eve"), agree(&life)).unwrap_err();
    assert_eq!(stranger, Refusal::NoMandate { why: None });
    life.when(person("bob"), agree(&life)).unwrap();
    let grant = life.request.grant().expect("granted");
    assert_eq!(grant.by[0].person, "bob".into());
    assert_eq!(grant.ceiling, life.request.order().unwrap().estimate, "the ceiling is what stood on the card");
}

#[test]
fn the_same_yes_twice_changes_nothing_and_a_late_one_is_told_so() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    life.when(person("bob"), agree(&life)).unwrap();
    assert_eq!(life.when(person("bob"), agree(&life)), Ok(vec![]));
    let number = life.request.number();
    assert_eq!(life.when(person("carla"), agree(&life)), Err(Refusal::AlreadyDecided { number }));
}

#[test]
fn a_changed_order_voids_the_card_and_wants_a_new_yes() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    let reading = Reading { quantity: Some(Found::at(14, 0, 2)), ..Reading::default() };
    let more = Command::Tell { said: said("maak er 14 van", 2), reading: Box::new(reading) };
    life.when(person("alice"), more).unwrap();
    assert_eq!(
        life.when(person("bob"), Command::Agree { revision: 1, via: Via::Button }),
        Err(Refusal::Outdated { shown: 1, current: 2 })
    );
    life.when(person("alice"), Command::Confirm).unwrap();
    assert_eq!(life.revision(), 2);
    assert_eq!(life.request.number().unwrap().to_string(), "2026-0041", "the number stays");
    life.when(person("bob"), agree(&life)).unwrap();
    let content = &life.request.order().unwrap().content;
    assert_eq!(content.quantity.as_ref().map(|quantity| quantity.value), Some(14));
}

#[test]
fn a_yes_can_be_taken_back_until_sending_and_not_after() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    life.when(person("bob"), agree(&life)).unwrap();
    assert_eq!(life.when(person("bob"), Command::TakeBack { revision: 1 }).unwrap().len(), 1);
    assert!(matches!(life.request.stage, Stage::AwaitingApproval(_)));
    life.when(person("bob"), agree(&life)).unwrap();
    life.later(Duration::seconds(60));
    life.when(Actor::Loket, Command::Fire { timer: TimerKind::Leave }).unwrap();
    life.when(Actor::Loket, Command::BeginSending { attempt: 1 }).unwrap();
    let explained = life.when(person("bob"), Command::TakeBack { revision: 1 }).unwrap();
    assert!(matches!(explained.as_slice(), [Event::TooLate { late: Late::Sent, .. }]), "{explained:?}");
    assert_eq!(life.when(person("bob"), Command::TakeBack { revision: 1 }), Ok(vec![]), "once");
    assert!(matches!(&life.request.stage, Stage::Approved(approved) if !approved.submission.before_sending()));
}

fn limit(life: &Life, euros: i64, basis: Basis) -> Command {
    Command::Limit { revision: life.revision(), ceiling: Money { cents: euros * 100, basis }, via: Via::Reply }
}

#[test]
fn a_lowered_maximum_is_another_order_that_nobody_agreed_to_yet() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    let before = life.request.order().unwrap().clone();
    life.when(person("bob"), limit(&life, 100, Basis::Unknown)).unwrap();
    let lower = life.request.order().unwrap().clone();
    assert_eq!(lower.identity.revision, 2);
    assert_eq!(lower.identity.number, before.identity.number);
    assert_eq!((&lower.content, lower.estimate), (&before.content, before.estimate), "it is the same thing");
    assert_ne!(lower.fingerprint, before.fingerprint, "but not the same to agree to");
    let old = Command::Agree { revision: 1, via: Via::Button };
    assert_eq!(life.when(person("bob"), old), Err(Refusal::Outdated { shown: 1, current: 2 }));
    life.when(person("bob"), agree(&life)).unwrap();
    assert_eq!(life.request.grant().unwrap().ceiling, Some(Money { cents: 10_000, basis: Basis::Excl }));
}

#[test]
fn a_maximum_is_lowered_by_who_may_decide_and_only_lowered() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    let ceiling = life.request.order().unwrap().verdict.ceiling;
    for who in ["alice", "eve"] {
        let told = life.when(person(who), limit(&life, 100, Basis::Excl)).unwrap();
        assert!(matches!(told.as_slice(), [Event::Rebuffed { .. }]), "{who}: {told:?}");
    }
    for euros in [150, 151] {
        assert_eq!(life.when(person("bob"), limit(&life, euros, Basis::Excl)), Err(Refusal::NotLower { ceiling }));
    }
    assert_eq!(life.when(person("bob"), limit(&life, 0, Basis::Excl)), Err(Refusal::NoAmount));
    // With VAT in it the same amount is less, and without it is more.
    assert!(life.when(person("bob"), limit(&life, 150, Basis::Incl)).is_ok());
    let present = life.request.order().unwrap().verdict.ceiling;
    assert_eq!(life.when(person("bob"), limit(&life, 125, Basis::Excl)), Err(Refusal::NotLower { ceiling: present }));
}

#[test]
fn words_decide_nothing_and_give_the_reason_afterwards() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    let said = |why: Option<&str>| Command::Decline { revision: 1, via: Via::Reply, why: why.map(Private::new) };
    assert_eq!(life.when(person("bob"), Command::Agree { revision: 1, via: Via::Reply }), Err(Refusal::OnlyBySign));
    assert_eq!(life.when(person("bob"), said(Some("te duur"))), Err(Refusal::OnlyBySign));
    life.when(person("bob"), Command::Decline { revision: 1, via: Via::Reaction, why: None }).unwrap();
    let told = life.when(person("carla"), said(Some("te duur"))).unwrap();
    assert!(matches!(told.as_slice(), [Event::TooLate { late: Late::Decided, .. }]), "{told:?}");
    assert_eq!(life.when(person("bob"), said(None)), Ok(vec![]));
    assert_eq!(life.when(person("bob"), said(Some("te duur"))).unwrap().len(), 1);
    assert_eq!(life.when(person("bob"), said(Some("te duur"))), Ok(vec![]));
    let no = Command::Decline { revision: 1, via: Via::Reaction, why: None };
    assert_eq!(life.when(person("bob"), no), Ok(vec![]), "the same no found again");
}

#[test]
fn a_reaction_without_mandate_is_answered_once() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    let yes = Command::Agree { revision: 1, via: Via::Reaction };
    assert_eq!(life.when(person("eve"), yes.clone()).unwrap().len(), 1);
    assert_eq!(life.when(person("eve"), yes), Ok(vec![]));
    assert!(matches!(life.request.stage, Stage::AwaitingApproval(_)));
}

#[test]
fn an_uncertain_order_is_never_repeated_by_itself_when_nobody_can_look() {
    let mut life = Life::begins(tap(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    life.when(Actor::Loket, Command::BeginSending { attempt: 1 }).unwrap();
    life.when(Actor::Loket, Command::Uncertain { attempt: 1 }).unwrap();
    for _ in 0..3 {
        life.when(Actor::Loket, Command::NotFound { certain: false }).unwrap();
    }
    let queued = |event: &Recorded| matches!(event.event, Event::Queued { attempt: 2, .. });
    assert!(!life.journal.iter().any(queued));
    assert_eq!(life.when(person("alice"), Command::Resend), Err(Refusal::SpocOnly));
    life.when(person("sanne"), Command::Resend).unwrap();
    assert!(life.journal.iter().any(queued));
}

#[test]
fn a_deleted_message_withdraws_what_was_not_sent_and_nothing_else() {
    let mut life = Life::begins(chairs(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    let gone = Command::Delete { message: said("", 1).message.unwrap() };
    life.when(Actor::Loket, gone.clone()).unwrap();
    assert!(matches!(&life.request.stage, Stage::Closed(closed) if closed.outcome == Ending::Withdrawn));
    assert_eq!(life.when(Actor::Loket, gone), Ok(vec![]));
}

#[test]
fn an_offer_costs_one_word() {
    let mut life = Life::begins(tap(), false);
    let Stage::Draft(draft) = &life.request.stage else { panic!() };
    assert_eq!(draft.waits, Waits::Offer);
    assert_eq!(life.when(person("bob"), Command::Accept), Err(Refusal::NotYours));
    life.when(person("alice"), Command::Discard).unwrap();
    assert!(life.request.is_closed());
}

// What must hold in every life.

pub(crate) fn actors() -> impl Strategy<Value = Actor> {
    prop_oneof![
        Just(person("alice")),
        Just(person("bob")),
        Just(person("carla")),
        Just(person("sanne")),
        Just(person("eve")),
        Just(Actor::Loket),
    ]
}

pub(crate) fn commands() -> impl Strategy<Value = Command> {
    let via = prop_oneof![Just(Via::Button), Just(Via::Reaction), Just(Via::Reply)];
    prop_oneof![
        4 => Just(Command::Confirm),
        1 => Just(Command::Accept),
        1 => Just(Command::Discard),
        6 => (1_u32..4, via.clone()).prop_map(|(revision, via)| Command::Agree { revision, via }),
        3 => (1_u32..4, 1_i64..60_000, via.clone()).prop_map(|(revision, cents, via)| {
            Command::Limit { revision, ceiling: Money { cents, basis: Basis::Unknown }, via }
        }),
        1 => (1_u32..4, via).prop_map(|(revision, via)| Command::Decline { revision, via, why: None }),
        2 => (1_u32..4).prop_map(|revision| Command::TakeBack { revision }),
        1 => Just(Command::Cancel { why: None }),
        2 => Just(Command::Reassess),
        2 => Just(Command::Resend),
        2 => (0_u64..30, any::<bool>()).prop_map(|(seq, certain)| Command::NotTold {
            what: Telling::Cancel { seq }, certain, why: None,
        }),
        1 => (0_u64..30).prop_map(|seq| Command::ProviderTold { what: Telling::Cancel { seq } }),
        4 => (1_u32..4).prop_map(|attempt| Command::BeginSending { attempt }),
        3 => (1_u32..4).prop_map(|attempt| Command::Delivered { attempt, dry_run: false, number: None }),
        2 => (1_u32..4).prop_map(|attempt| Command::Uncertain { attempt }),
        1 => any::<bool>().prop_map(|certain| Command::NotFound { certain }),
        1 => (1_u32..4).prop_map(|attempt| Command::NotDelivered {
            attempt, why: Trouble::Told { said: "vol".into() }, retry_at: None,
        }),
        1 => Just(Command::Report { report: Report::Progress(Progress::Working), number: None, note: None }),
        1 => Just(Command::Report { report: Report::Done, number: None, note: None }),
        1 => Just(Command::Solved),
        2 => Just(Command::Urge),
        1 => Just(Command::Rate { rating: Rating::Fair }),
        1 => Just(Command::Note { text: Private::new("besproken") }),
        1 => Just(Command::Correct { item: "fac.plumbing".into() }),
        1 => Just(Command::NotSolved { note: None }),
        1 => Just(Command::Delete { message: said("", 1).message.unwrap() }),
        4 => (0..TimerKind::ALL.len()).prop_map(|at| Command::Fire { timer: TimerKind::ALL[at] }),
        3 => (1_u32..20).prop_map(|quantity| Command::Tell {
            said: said("nog iets", 9),
            reading: Box::new(Reading { quantity: Some(Found::at(quantity, 0, 2)), ..Reading::default() }),
        }),
        1 => (1_u32..20).prop_map(|quantity| Command::Edit {
            message: said("", 1).message.unwrap(),
            text: Private::new(format!("{quantity} stoelen")),
            content: Box::new(content("fac.room-setup", Kind::Request, quantity, Some("zaal"))),
        }),
    ]
}

/// Who may be away at a time: nobody, or Bob and perhaps Carla, with each sort of substitute.
fn absences() -> &'static [Vec<Absence>] {
    static ABSENCES: OnceLock<Vec<Vec<Absence>>> = OnceLock::new();
    ABSENCES.get_or_init(|| {
        let away = |person: &str, from: &str, substitute: Option<&str>| Absence {
            person: person.into(),
            from: from.parse().unwrap(),
            until: "2026-03-10".parse().unwrap(),
            substitute: substitute.map(Into::into),
        };
        vec![
            vec![],
            vec![away("bob", "2026-03-03", Some("sanne"))],
            vec![away("bob", "2026-03-03", Some("carla"))],
            vec![away("bob", "2026-03-03", Some("alice"))],
            vec![away("bob", "2026-03-04", Some("sanne")), away("carla", "2026-03-03", Some("sanne"))],
            vec![away("bob", "2026-03-03", None), away("carla", "2026-03-03", None)],
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::world::cases(512), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_life_breaks_the_promises(
        which in 0..3_usize,
        sure in any::<bool>(),
        steps in prop::collection::vec((actors(), commands(), 0_i64..90_000, 0..absences().len()), 1..60),
    ) {
        let order = which == 0;
        let mut life = Life::begins([chairs(), tap(), burst()][which].clone(), sure);
        for (actor, command, seconds, away) in steps {
            life.later(Duration::seconds(seconds));
            life.absences = &absences()[away];
            let closed = life.request.is_closed();
            let asked = life.request.waiting().is_some();
            let decided = life.when(actor.clone(), command.clone());
            if closed {
                // Of what went first people are asked on after it was done, and nothing else of it moves.
                let on_the_question = |event: &Event| asked && matches!(event, Event::Agreed { .. } | Event::TakenBack { .. } | Event::Declined { .. } | Event::Limited { .. }
                    | Event::Reminded { .. } | Event::Reassessed { .. } | Event::PriceLapsed | Event::AgreedFirst { .. } | Event::ApprovedAfterwards { .. });
                let beside = |event: &Event| matches!(event, Event::Rebuffed { .. } | Event::TooLate { .. } | Event::Reasoned { .. } | Event::CalledBack { .. }
                    | Event::Noted { .. } | Event::Corrected { .. } | Event::Rated { .. } | Event::ProviderTold { .. } | Event::NotTold { .. } | Event::ToldAgain { .. });
                let moved = decided.iter().flatten().any(|event| !beside(event) && !on_the_question(event));
                prop_assert!(!moved, "a closed request moved: {decided:?}");
            }
            // The same decision twice yields no events, except that time passes for timers and failed sending goes on.
            if decided.is_ok() && matches!(command, Command::Agree { .. } | Command::Confirm | Command::Discard | Command::Delete { .. } | Command::Cancel { .. }) {
                let again = life.when(actor, command);
                prop_assert!(again.as_ref().map_or(true, Vec::is_empty), "decided twice: {again:?}");
            }
            for event in decided.iter().flatten() {
                if let Event::Agreed { decision, .. } | Event::Declined { decision, .. } = event {
                    let today = life.now.with_timezone(&chrono_tz::Europe::Amsterdam).date_naive();
                    let mandated = register().mandates.iter().any(|mandate| mandate.person == *decision.seat());
                    prop_assert!(mandated, "a decision without a mandate");
                    let stands_in = |holder| Absences(life.absences).substitute_of(holder, today) == Some(&decision.person);
                    prop_assert!(decision.behalf.as_ref().is_none_or(stands_in), "nobody asked them to stand in");
                    prop_assert!(decision.person != "alice".into(), "the requester decided");
                }
            }
            if let Some(grant) = life.request.grant() {
                let seats: BTreeSet<_> = grant.by.iter().map(|decision| decision.seat()).collect();
                prop_assert_eq!(seats.len(), grant.by.len(), "one mandate counted twice");
                prop_assert!(grant.by.iter().all(|decision| decision.person != "alice".into()), "the requester approved");
                let small = grant.ceiling.is_some_and(|ceiling| ceiling.cents <= 7_500);
                prop_assert!(!order || small || !grant.by.is_empty(), "an order left without anybody's decision");
            }
            if let Some(first) = life.request.costs.first {
                let asked = life.request.waiting().is_some();
                prop_assert!(first.came_to != CameTo::Asked || asked, "it went first, and nobody is asked any more");
                let agreed = life.journal.iter().any(|one| matches!(one.event, Event::Agreed { .. }));
                prop_assert!(!matches!(first.came_to, CameTo::Agreed(_)) || agreed, "nobody said so");
            }
            if let (Some(order), Some(grant)) = (life.request.order(), life.request.grant()) {
                prop_assert!(grant.by.iter().all(|decision| decision.via != Via::Reply), "words decided");
                if let Some(limit) = &order.limit {
                    prop_assert_eq!(grant.ceiling, Some(limit.ceiling), "more was granted than the lowered maximum");
                    prop_assert!(order.estimate.is_none_or(|estimate| limit.ceiling.cents < estimate.cents));
                }
            }
            if let Some(order) = life.request.order() {
                prop_assert_eq!(&order.fingerprint, &order.proper_fingerprint());
            }
            let waits = Summary::of(&life.request, &register().organisations[&linde()]).waits_for;
            let untold = !life.request.untold.is_empty() && !life.request.is_closed();
            prop_assert!(!untold || waits == WaitsFor::Spoc, "the provider does not know, and nobody is to act");
            let organisation = &register().organisations[&linde()];
            let due = timers(&life.request, register(), organisation);
            let asks = |kind: &TimerKind| life.request.waiting().is_some()
                && matches!(kind, TimerKind::ApprovalReminder | TimerKind::ApprovalWidening | TimerKind::ApprovalEscalation | TimerKind::ApprovalExpiry);
            prop_assert!(!life.request.is_closed() || due.keys().all(asks), "a closed request has deadlines: {due:?}");
        }
        let folded = fold(id(), &linde(), life.journal.clone()).unwrap().unwrap();
        prop_assert_eq!(&folded, &life.request);
        // What was sent is what was decided on: the fingerprint at the last yes is the one that left.
        let mut agreed: Option<u32> = None;
        for recorded in &life.journal {
            match &recorded.event {
                Event::Agreed { revision, .. } => agreed = Some(*revision),
                Event::Settled { order, .. } => {
                    let free = order.verdict.outcome == loket::domain::approval::Outcome::Free;
                    agreed = free.then_some(order.identity.revision);
                }
                Event::Limited { .. } => agreed = None,
                Event::SendingBegun { .. } if order => prop_assert!(agreed.is_some(), "sent without a yes on that revision"),
                _ => {}
            }
        }
    }
}

#[test]
fn what_the_provider_was_not_told_is_the_spoc_s_to_mend_and_nobody_else_s() {
    let mut life = Life::begins(tap(), true);
    life.when(person("alice"), Command::Confirm).unwrap();
    life.when(Actor::Loket, Command::BeginSending { attempt: 1 }).unwrap();
    life.when(Actor::Loket, Command::Delivered { attempt: 1, dry_run: false, number: None }).unwrap();
    let seq = life.request.version;
    life.when(person("alice"), Command::Cancel { why: None }).unwrap();
    let what = Telling::Cancel { seq };
    let failed = Command::NotTold { what, certain: true, why: None };
    assert_eq!(life.when(Actor::Loket, failed.clone()).unwrap().len(), 1);
    assert_eq!(life.when(Actor::Loket, failed.clone()), Ok(vec![]), "it is known");
    assert!(matches!(&life.request.stage, Stage::HandedOver(handed) if handed.cancelling.is_some()));
    assert_eq!(life.when(person("alice"), Command::Resend), Err(Refusal::SpocOnly));
    life.when(person("sanne"), Command::Resend).unwrap();
    assert!(life.request.untold.is_empty(), "it is on its way again");
    life.when(Actor::Loket, failed.clone()).unwrap();
    let ended = Report::Ended(Ending::Cancelled);
    life.when(Actor::Provider, Command::Report { report: ended, number: None, note: None }).unwrap();
    assert!(life.request.untold.is_empty(), "they know it after all");
    assert_eq!(life.when(Actor::Loket, failed), Ok(vec![]));
}
