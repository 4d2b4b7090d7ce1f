//! Nobody commits the organisation who may not: random lives with eight deciders, and every order in which things can meet.
//!
//! The checks here know nothing of how the rules are written: who may is counted anew from mandates, absences and parties.

use chrono::{Duration, NaiveDate};
use loket::config::{self, Folder};
use loket::domain::approval::{Absence, Decision, Mandate, Matches, Require, Rule, Step, Terms, ledger};
use loket::domain::catalogue::Catalogue;
use loket::domain::register::{Organisation, Person, Register};
use loket::domain::request::command::{Beginning, Via};
use loket::domain::request::event::Recorded;
use loket::domain::request::{
    Actor, Command, Content, Ending, Event, Facts, Fresh, Origin, Request, Requester, Said, Stage, TimerKind, decide,
    evolve, fold, open,
};
use loket::domain::{
    Basis, Found, Instant, Kind, Lang, LocalMoment, MessageRef, Money, Number, OrganisationId, PersonId, Private,
    RequestId, Span, Token, Urgency, When, WhenRole,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

const DECIDERS: [&str; 8] = ["d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7"];

fn euro(amount: i64) -> Money {
    Money { cents: amount * 100, basis: Basis::Excl }
}

fn linde() -> OrganisationId {
    "linde".into()
}

/// The office with eight deciders: d0 to d3 up to € 200, d4 to d7 up to € 1,000; above € 100 two of them.
fn register() -> &'static Arc<Register> {
    static REGISTER: OnceLock<Arc<Register>> = OnceLock::new();
    REGISTER.get_or_init(|| {
        let mut register = config::load(&Folder::embedded("office").unwrap()).unwrap().register;
        let office = register.organisations.get_mut(&linde()).unwrap();
        office.splitting = None;
        for who in DECIDERS {
            office.people.insert(who.into(), decider(who));
        }
        register.mandates = DECIDERS.iter().enumerate().map(|(at, who)| mandate(who, [200, 1000][at / 4])).collect();
        let any = |need| Require::Steps(vec![Step { need, of: vec![] }]);
        let up_to = |limit| Matches { up_to: limit, ..Matches::default() };
        register.policy = vec![
            Rule {
                name: "one".into(),
                matches: up_to(Some(euro(100))),
                per_month: None,
                require: any(1),
                afterwards: false,
            },
            Rule { name: "two".into(), matches: up_to(None), per_month: None, require: any(2), afterwards: false },
        ];
        // What items are recognised by is of no use here, and every life that changes a mandate copies the register.
        let items = register.catalogue.items().cloned().map(|mut item| {
            item.recognise.examples.clear();
            item
        });
        register.catalogue = Catalogue::new(items.collect::<Vec<_>>()).unwrap();
        Arc::new(register)
    })
}

fn decider(who: &str) -> Person {
    Person {
        id: who.into(),
        name: who.to_uppercase(),
        accounts: vec![format!("local:{who}").as_str().into()],
        email: None,
        phone: None,
        roles: BTreeSet::new(),
        until: None,
    }
}

fn mandate(who: &str, maximum: i64) -> Mandate {
    Mandate {
        person: who.into(),
        role: None,
        terms: Terms {
            organisation: linde(),
            providers: vec![],
            items: vec![],
            kinds: vec![],
            maximum: Some(euro(maximum)),
            per_month: None,
            from: "2026-01-01".parse().unwrap(),
            until: None,
            document: None,
        },
    }
}

fn start() -> Instant {
    "2026-03-03T08:12:00Z".parse().unwrap()
}

fn chairs(quantity: u32) -> Content {
    let friday = LocalMoment::Day("2026-03-06".parse().unwrap());
    Content {
        kind: Found::chosen(Kind::Request),
        item: Some(Found::chosen("fac.room-setup".into())),
        alternatives: vec![],
        when: Some(Found::chosen(When { from: friday, to: None, role: WhenRole::On })),
        quantity: Some(Found::chosen(quantity)),
        place: Some(Found::chosen(Private::new("zaal Eik"))),
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

fn source() -> MessageRef {
    MessageRef { channel: "local:facilitair".into(), message: "local:1".into() }
}

fn id() -> RequestId {
    RequestId(uuid::Uuid::from_u128(7))
}

fn person(who: &str) -> Actor {
    let known = register().organisations[&linde()].people.contains_key(&who.into());
    Actor::Account { account: format!("local:{who}").as_str().into(), person: known.then(|| who.into()) }
}

/// A request in a world in which mandates and absences change.
struct Life {
    register: Arc<Register>,
    absences: Vec<Absence>,
    request: Request,
    journal: Vec<Recorded>,
    now: Instant,
}

impl Life {
    /// Somebody asks for so many chairs at € 12.50 and says that the card is right.
    fn begins(requester: &str, quantity: u32) -> Self {
        let account: loket::domain::AccountId = format!("local:{requester}").as_str().into();
        let Actor::Account { person: entry, .. } = person(requester) else { unreachable!() };
        let said = Said {
            message: Some(source()),
            by: account.clone(),
            at: start(),
            text: Private::new("stoelen"),
            files: vec![],
        };
        let beginning = Beginning {
            origin: Origin {
                requester: Requester { account: Some(account), person: entry, name: Private::new("x") },
                registered_by: None,
                source: Some(source()),
                direct: false,
                lang: Lang::Nl,
                at: start(),
                configuration: register().revision.clone(),
            },
            said,
            content: chairs(quantity),
            sure: true,
            follows: None,
        };
        let facts = facts(register(), &[], person(requester), start());
        let events = open(beginning, &facts).unwrap();
        let mut request = None;
        let mut journal = Vec::new();
        for (seq, event) in (0..).zip(events) {
            let recorded = Recorded { seq, at: start(), event };
            request = Some(evolve(id(), &linde(), request, recorded.clone()).unwrap());
            journal.push(recorded);
        }
        let register = Arc::clone(register());
        let mut life = Self { register, absences: vec![], request: request.unwrap(), journal, now: start() };
        life.when(person(requester), Command::Confirm);
        life
    }

    fn when(&mut self, actor: Actor, command: Command) -> Vec<Event> {
        let facts = facts(&self.register, &self.absences, actor, self.now);
        let Ok(events) = decide(&self.request, command, &facts) else { return vec![] };
        for event in &events {
            let recorded = Recorded { seq: self.request.version, at: self.now, event: event.clone() };
            self.request = evolve(id(), &linde(), Some(self.request.clone()), recorded.clone()).unwrap();
            self.journal.push(recorded);
        }
        self.holds(&events);
        events
    }

    /// The card that people look at.
    fn revision(&self) -> u32 {
        let waits = self.request.waiting().map(|waiting| &waiting.order);
        waits.or(self.request.order()).map_or(1, |order| order.identity.revision)
    }

    /// Whether the event of that sequence took a grant back.
    fn took_back(&self, seq: u64) -> bool {
        let upto = |end: u64| {
            let events = self.journal.iter().take_while(|recorded| recorded.seq < end).cloned();
            fold(id(), &linde(), events).unwrap().unwrap().costs.withdrawn.len()
        };
        upto(seq + 1) > upto(seq)
    }

    fn office(&self) -> &Organisation {
        &self.register.organisations[&linde()]
    }

    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.office().zone).date_naive()
    }

    /// What must hold after every command: a grant rests on enough people who may, each once, none of them a party.
    fn holds(&self, events: &[Event]) {
        for event in events {
            // Who stands in must do so when they decide; their decision stands when the holder is back.
            if let Event::Agreed { decision: Decision { person, behalf: Some(holder), .. }, .. } = event {
                let stands_in = self.absences.iter().any(|absence| {
                    absence.person == *holder
                        && absence.substitute.as_ref() == Some(person)
                        && absence.covers(self.today())
                });
                assert!(stands_in, "{person} decided for {holder}, who is not away");
            }
        }
        let Some(Event::Granted { grant, .. }) = events.iter().find(|event| matches!(event, Event::Granted { .. }))
        else {
            return;
        };
        let order = self.request.order().expect("a grant is about an order");
        let amount = order.estimate.expect("chairs have a price").cents;
        let shown = order.limit.as_ref().map_or(amount, |limit| limit.ceiling.cents);
        assert_eq!(grant.ceiling.map(|ceiling| ceiling.cents), Some(shown), "more was granted than was on the card");
        let need = if amount <= 10_000 { 1 } else { 2 };
        let people: BTreeSet<&PersonId> = grant.by.iter().map(|decision| &decision.person).collect();
        let seats: BTreeSet<&PersonId> = grant.by.iter().map(Decision::seat).collect();
        assert!(people.len() >= need && seats.len() >= need, "{grant:?} is not enough for {amount} cents");
        let requester = self.request.origin.requester.person.as_ref();
        for decision in &grant.by {
            assert_ne!(Some(&decision.person), requester, "the requester approved");
            assert_ne!(Some(decision.seat()), requester, "the requester's mandate was used");
            let covers = self.register.mandates.iter().any(|one| {
                one.person == *decision.seat() && one.terms.maximum.is_none_or(|maximum| amount <= maximum.cents)
            });
            assert!(covers, "{decision:?} without a mandate for {amount} cents");
            let on_this = self.journal.iter().any(|recorded| {
                matches!(&recorded.event, Event::Agreed { revision, decision: known }
                    if *revision == order.identity.revision && known.person == decision.person)
            });
            assert!(on_this, "{decision:?} was about another revision");
        }
    }

    /// What must hold at the end: one outcome at most, what left is what was granted, and the journal tells the whole story.
    fn ends(&self) {
        let count = |wanted: fn(&Event) -> bool| self.journal.iter().filter(|one| wanted(&one.event)).count();
        let sent = count(|event| matches!(event, Event::Delivered { .. }));
        let refused = count(|event| matches!(event, Event::Closed { outcome, .. } if *outcome != Ending::Fulfilled));
        assert!(sent + refused <= 1, "{sent} deliveries and {refused} refusals");
        let mut granted: Option<(u32, String)> = None;
        let mut frozen: Option<(u32, String)> = None;
        let mut handed = false;
        for recorded in &self.journal {
            match &recorded.event {
                // Beside an order that was sent stands only the decision about its price.
                Event::Limited { order } | Event::PricePut { order } if handed => {
                    assert_eq!(order.fingerprint, order.proper_fingerprint(), "the hash is of another price");
                }
                Event::Settled { order, .. } | Event::Limited { order } | Event::PricePut { order } => {
                    frozen = Some((order.identity.revision, order.fingerprint.clone()));
                    granted = None;
                    assert_eq!(order.fingerprint, order.proper_fingerprint(), "the hash is of another content");
                }
                Event::Delivered { .. } => handed = true,
                Event::Granted { .. } | Event::TakenBack { .. } if handed => {}
                Event::Granted { .. } => granted.clone_from(&frozen),
                Event::TakenBack { .. } => granted = None,
                Event::SendingBegun { .. } => {
                    assert!(granted.is_some(), "sent without a grant");
                    assert_eq!(granted, frozen, "another content left than was granted");
                }
                _ => {}
            }
        }
        let folded = fold(id(), &linde(), self.journal.clone()).unwrap().unwrap();
        assert_eq!(folded, self.request);
    }
}

fn facts<'a>(register: &'a Register, absences: &'a [Absence], actor: Actor, now: Instant) -> Facts<'a> {
    Facts {
        now,
        register,
        organisation: &register.organisations[&linde()],
        actor,
        fresh: Fresh { id: id(), number: Number { year: 2026, sequence: 41 }, token: Token::new("0123456789ABCDEF") },
        absences,
        ledger: &ledger::EMPTY,
    }
}

/// What may happen to an order.
#[derive(Clone, Debug)]
enum Happens {
    Agree(usize, bool),
    Decline(usize),
    TakeBack(usize),
    Edit(u32),
    Confirm,
    Mandate(usize, bool),
    Away(usize, usize),
    Back(usize),
    Reassess,
    Limit(usize, i64),
    Fire(usize),
    HandOver,
    Quote(i64),
    Wait(i64),
    Restart,
}

impl Life {
    fn step(&mut self, step: &Happens, requester: &str) {
        match *step {
            Happens::Agree(who, stale) => {
                let revision = if stale { self.revision().saturating_sub(1).max(1) } else { self.revision() };
                let command = Command::Agree { revision, via: Via::Reaction };
                self.when(person(DECIDERS[who]), command.clone());
                // The platform tells everything twice sooner or later.
                let again = self.when(person(DECIDERS[who]), command);
                assert!(!again.iter().any(|event| matches!(event, Event::Agreed { .. })), "counted twice");
            }
            Happens::Decline(who) => {
                let command = Command::Decline { revision: self.revision(), via: Via::Reaction, why: None };
                self.when(person(DECIDERS[who]), command);
            }
            Happens::TakeBack(who) => {
                self.when(person(DECIDERS[who]), Command::TakeBack { revision: self.revision() });
            }
            Happens::Edit(quantity) => {
                let text = Private::new(format!("{quantity} stoelen"));
                let content = Box::new(chairs(quantity));
                self.when(person(requester), Command::Edit { message: source(), text, content });
            }
            Happens::Confirm => {
                self.when(person(requester), Command::Confirm);
            }
            Happens::Mandate(who, has) => {
                let mandates = &mut Arc::make_mut(&mut self.register).mandates;
                mandates.retain(|one| one.person.as_str() != DECIDERS[who]);
                if has {
                    mandates.push(mandate(DECIDERS[who], [200, 1000][who / 4]));
                }
            }
            Happens::Away(who, substitute) => {
                let today = self.today();
                self.absences.retain(|absence| absence.person.as_str() != DECIDERS[who]);
                self.absences.push(Absence {
                    person: DECIDERS[who].into(),
                    from: today,
                    until: today + Duration::days(3),
                    substitute: Some(DECIDERS[substitute].into()).filter(|_| substitute != who),
                });
            }
            Happens::Back(who) => self.absences.retain(|absence| absence.person.as_str() != DECIDERS[who]),
            Happens::Reassess => {
                self.when(Actor::Loket, Command::Reassess);
            }
            Happens::Limit(who, amount) => {
                let command = Command::Limit { revision: self.revision(), ceiling: euro(amount), via: Via::Button };
                self.when(person(DECIDERS[who]), command);
            }
            Happens::Fire(at) => {
                self.when(Actor::Loket, Command::Fire { timer: TimerKind::ALL[at % TimerKind::ALL.len()] });
            }
            Happens::HandOver => {
                self.now += Duration::seconds(61);
                self.when(Actor::Loket, Command::Fire { timer: TimerKind::Leave });
                let attempt = 1;
                self.when(Actor::Loket, Command::BeginSending { attempt });
                self.when(Actor::Loket, Command::Delivered { attempt, dry_run: false, number: None });
            }
            Happens::Quote(amount) => {
                self.when(person("sanne"), Command::Quote { amount: euro(amount), note: None });
            }
            Happens::Wait(seconds) => self.now += Duration::seconds(seconds),
            Happens::Restart => self.request = fold(id(), &linde(), self.journal.clone()).unwrap().unwrap(),
        }
    }
}

fn steps() -> impl Strategy<Value = Happens> {
    let who = 0..DECIDERS.len();
    prop_oneof![
        8 => (who.clone(), prop::bool::weighted(0.15)).prop_map(|(who, stale)| Happens::Agree(who, stale)),
        1 => who.clone().prop_map(Happens::Decline),
        3 => who.clone().prop_map(Happens::TakeBack),
        2 => (5_u32..40).prop_map(Happens::Edit),
        2 => Just(Happens::Confirm),
        3 => (who.clone(), any::<bool>()).prop_map(|(who, has)| Happens::Mandate(who, has)),
        3 => (who.clone(), who.clone()).prop_map(|(who, substitute)| Happens::Away(who, substitute)),
        2 => who.clone().prop_map(Happens::Back),
        3 => Just(Happens::Reassess),
        1 => (who, 20_i64..400).prop_map(|(who, amount)| Happens::Limit(who, amount)),
        1 => (0..TimerKind::ALL.len()).prop_map(Happens::Fire),
        2 => Just(Happens::HandOver),
        3 => (20_i64..1_200).prop_map(Happens::Quote),
        2 => (0_i64..100_000).prop_map(Happens::Wait),
        1 => Just(Happens::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::world::cases(10_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_no_history_does_an_order_go_without_enough_people_who_may(
        requester in prop_oneof![Just("alice"), Just("d1"), Just("d5")],
        quantity in 5_u32..40,
        steps in prop::collection::vec(steps(), 1..30),
    ) {
        let mut life = Life::begins(requester, quantity);
        for step in &steps {
            life.step(step, requester);
        }
        life.ends();
    }
}

/// Every order in which up to six of these meet: one decider's mandate goes, somebody else stands in for them, the requester changes
/// the order, they agree and take it back, another declines, time runs out, and the courier comes.
#[test]
fn in_every_order_of_six_things_what_is_delivered_is_what_was_agreed_to_and_there_is_one_outcome() {
    let happens: [&[Happens]; 9] = [
        &[Happens::Edit(6), Happens::Confirm],
        &[Happens::Agree(4, false)],
        &[Happens::Agree(4, true)],
        &[Happens::Decline(5)],
        &[Happens::TakeBack(4)],
        &[Happens::Mandate(4, false), Happens::Reassess],
        &[Happens::Away(4, 6), Happens::Reassess, Happens::Agree(6, false)],
        &[Happens::Wait(15 * 86_400), Happens::Fire(expiry())],
        &[Happens::HandOver],
    ];
    let mut seen = [0_usize; 3];
    let mut order = Vec::new();
    every_order(happens.len(), 6, &mut order, &mut |order| {
        let mut life = Life::begins("alice", 8);
        for at in order {
            for step in happens[*at] {
                life.step(step, "alice");
            }
        }
        life.ends();
        seen[match &life.request.stage {
            Stage::HandedOver(_) => 0,
            Stage::Closed(_) => 1,
            _ => 2,
        }] += 1;
    });
    assert!(seen.iter().all(|count| *count > 1_000), "each outcome is met: {seen:?}");
}

/// Every order in which up to five of these meet after the hand-over: whatever comes first, the provider may never go further than the
/// card said on which enough people agreed, and what was taken back or declined leaves what stood before.
#[test]
fn in_every_order_of_five_things_a_price_grants_no_more_than_stood_on_its_card() {
    let happens: [&[Happens]; 9] = [
        &[Happens::Quote(150)],
        &[Happens::Quote(700)],
        &[Happens::Quote(90)],
        &[Happens::Agree(4, false)],
        &[Happens::Agree(5, false)],
        &[Happens::Agree(5, true), Happens::Decline(6)],
        &[Happens::TakeBack(4)],
        &[Happens::Limit(5, 120)],
        &[Happens::Mandate(4, false), Happens::Reassess],
    ];
    let mut seen: BTreeMap<i64, usize> = BTreeMap::new();
    let mut order = Vec::new();
    every_order(happens.len(), 5, &mut order, &mut |order| {
        let mut life = Life::begins("alice", 8);
        life.step(&Happens::Agree(0, false), "alice");
        life.step(&Happens::HandOver, "alice");
        assert!(matches!(life.request.stage, Stage::HandedOver(_)));
        for at in order {
            for step in happens[*at] {
                life.step(step, "alice");
            }
        }
        life.ends();
        let ceiling = life.request.grant().and_then(|grant| grant.ceiling).expect("chairs have a price").cents;
        let mut stands = vec![10_000];
        for recorded in &life.journal {
            match &recorded.event {
                Event::Granted { grant, .. } if recorded.seq > 5 => stands.push(grant.ceiling.unwrap().cents),
                // It takes a whole grant back only while that is the last word about the price.
                Event::TakenBack { .. } if stands.len() > 1 && life.took_back(recorded.seq) => drop(stands.pop()),
                _ => {}
            }
        }
        assert_eq!(Some(&ceiling), stands.last(), "{order:?}");
        *seen.entry(ceiling).or_default() += 1;
    });
    let all: Vec<i64> = seen.keys().copied().collect();
    assert_eq!(all, [10_000, 12_000, 15_000, 70_000], "each outcome is met: {seen:?}");
}

fn expiry() -> usize {
    TimerKind::ALL.iter().position(|kind| *kind == TimerKind::ApprovalExpiry).unwrap()
}

fn every_order(of: usize, most: usize, order: &mut Vec<usize>, visit: &mut impl FnMut(&[usize])) {
    if !order.is_empty() {
        visit(order);
    }
    if order.len() == most {
        return;
    }
    for next in 0..of {
        if !order.contains(&next) {
            order.push(next);
            every_order(of, most, order, visit);
            order.pop();
        }
    }
}

/// Names, pictures and letters that look alike prove nothing: what counts is the number of the account.
#[test]
fn who_only_looks_like_a_decider_decides_nothing() {
    let mut life = Life::begins("alice", 8);
    for account in ["local:D4", "local:d4 ", "local:ｄ4", "discord:d4", "local:d\u{200b}4", "webhook:d4"] {
        let actor = Actor::Account { account: account.into(), person: None };
        life.when(actor, Command::Agree { revision: 1, via: Via::Reaction });
        assert!(
            matches!(&life.request.stage, Stage::AwaitingApproval(waiting) if waiting.decisions.is_empty()),
            "{account}"
        );
        let organisation = &register().organisations[&linde()];
        assert!(organisation.person_of(&account.into(), "2026-03-03".parse().unwrap()).is_none(), "{account}");
    }
}
