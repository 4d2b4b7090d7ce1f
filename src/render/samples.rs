//! A small office and the stories of its requests, told through the real rules.

use super::message::{Message, Tone};
use super::{View, Words};
use crate::domain::approval::ledger::EMPTY;
use crate::domain::approval::{Mandate, Matches, Require, Rule, Step, Terms};
use crate::domain::calendar::ServiceHours;
use crate::domain::catalogue::{Catalogue, CatalogueItem, Field, FieldKind, Recognise};
use crate::domain::provider::StatusWords;
use crate::domain::register::*;
use crate::domain::request::command::{Actor, Beginning, Fresh};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Command, Content, Event, Facts, Origin, Request, Requester, Said, decide, evolve};
use crate::domain::service::{Impact, Levels};
use crate::domain::*;
use chrono::{Duration, NaiveTime};
use std::collections::{BTreeMap, BTreeSet};

/// Thursday 14 May 2026, half past two in the afternoon in Amsterdam.
pub fn noon() -> Instant {
    "2026-05-14T12:30:00Z".parse().unwrap()
}

fn bilingual(nl: &str, en: &str) -> Bilingual {
    Bilingual { nl: nl.into(), en: en.into() }
}

fn euro(amount: i64) -> Money {
    Money { cents: amount * 100, basis: Basis::Excl }
}

fn field(key: &str, kind: FieldKind, required: &[Kind]) -> Field {
    Field { key: key.into(), kind, required: required.to_vec(), ask: None, internal: false }
}

fn item(id: &str, name: Bilingual, kinds: &[Kind], fields: Vec<Field>) -> CatalogueItem {
    CatalogueItem {
        id: id.into(),
        name,
        recognise: Recognise::default(),
        kinds: kinds.to_vec(),
        provider: "facilitair".into(),
        price: Price::Included,
        repair_price: Price::Included,
        vat_rate: 2100,
        fields,
        lead_days: None,
        tip: None,
        duty_number: None,
        clause: None,
        impact: Impact::One,
        confidential: false,
    }
}

fn catalogue() -> Catalogue {
    let place = || field("place", FieldKind::Place, &[Kind::Incident]);
    let colours = [("oak", bilingual("eiken", "oak")), ("black", bilingual("zwart", "black"))];
    let colours = colours.map(|(id, name)| (id.to_owned(), name));
    Catalogue::new([
        CatalogueItem {
            tip: Some(bilingual("draai de stopkraan onder de gootsteen dicht", "close the tap under the sink")),
            clause: Some("DVO 3.2".into()),
            ..item(
                "fac.plumbing",
                bilingual("Sanitair en lekkage", "Plumbing and leaks"),
                &[Kind::Incident],
                vec![place()],
            )
        },
        CatalogueItem {
            price: Price::Estimate(euro(40)),
            ..item(
                "fac.furniture",
                bilingual("Meubilair", "Furniture"),
                &[Kind::Request],
                vec![
                    field("quantity", FieldKind::Quantity, &[Kind::Request]),
                    field("when", FieldKind::When, &[]),
                    field("place", FieldKind::Place, &[]),
                    field("colour", FieldKind::Choice(BTreeMap::from(colours)), &[]),
                    Field { internal: true, ..field("cost-centre", FieldKind::Text, &[]) },
                ],
            )
        },
        CatalogueItem {
            price: Price::Unknown,
            repair_price: Price::Unknown,
            ..item("fac.painting", bilingual("Schilderwerk", "Painting"), &[Kind::Request], vec![])
        },
        CatalogueItem {
            price: Price::Fixed(euro(90)),
            confidential: true,
            ..item(
                "fac.leaver",
                bilingual("Uitdiensttreding", "Leaver"),
                &[Kind::Request],
                vec![field("place", FieldKind::Place, &[])],
            )
        },
    ])
    .unwrap()
}

fn person(id: &str, name: &str, roles: &[Role]) -> (PersonId, Person) {
    let person = Person {
        id: id.into(),
        name: name.into(),
        accounts: if id == "joop" { vec![] } else { vec![format!("local:{id}").as_str().into()] },
        email: None,
        phone: None,
        roles: roles.iter().copied().collect(),
        until: None,
    };
    (id.into(), person)
}

fn organisation() -> Organisation {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    Organisation {
        id: "linde".into(),
        name: "De Linde Accountants".into(),
        reference: "LINDE".into(),
        zone: chrono_tz::Europe::Amsterdam,
        lang: Lang::Nl,
        formal: false,
        servers: vec!["local:linde".into()],
        channels: vec![],
        people: [
            person("alice", "Alice", &[]),
            person("bob", "Bob", &[]),
            person("carla", "Carla", &[]),
            person("joop", "Joop", &[]),
            person("sanne", "Sanne", &[Role::Spoc]),
        ]
        .into(),
        places: vec![],
        providers: BTreeMap::new(),
        basis: Basis::Excl,
        hours: ServiceHours::office(chrono_tz::Europe::Amsterdam, time(8), time(17)),
        digest: DigestTime { weekday: chrono::Weekday::Mon, time: time(8), person_times: false },
        mail: None,
        deadlines: Deadlines::default(),
        splitting: None,
        budgets: vec![],
        invoice_tolerance: Money { cents: 0, basis: Basis::Excl },
        retention: crate::domain::retention::Retention::of_days(365),
    }
}

/// The register of the office.
pub fn register() -> Register {
    let mandate = |person: &str, maximum| Mandate {
        person: person.into(),
        role: None,
        terms: Terms {
            organisation: "linde".into(),
            providers: vec![],
            items: vec![],
            kinds: vec![],
            maximum: Some(euro(maximum)),
            per_month: None,
            from: "2026-01-01".parse().unwrap(),
            until: None,
            document: None,
        },
    };
    let rule = |name: &str, kinds: &[Kind], require| Rule {
        name: name.into(),
        matches: Matches { kinds: kinds.to_vec(), ..Matches::default() },
        per_month: None,
        require,
        afterwards: false,
    };
    let steps = |need| Require::Steps(vec![Step { need, of: vec![] }]);
    Register {
        role_mandates: vec![],
        revision: "r1".into(),
        catalogue: catalogue(),
        organisations: BTreeMap::from([("linde".into(), organisation())]),
        providers: BTreeMap::from([(
            "facilitair".into(),
            ProviderSettings {
                code: "facilitair".into(),
                name: "Brink Facilitair".into(),
                mode: Mode::Live,
                connector: Connector::File { folder: "outbox".into() },
                hours: organisation().hours,
                duty_number: Some("088 000 02 24".into()),
                remark: None,
                inbox: None,
                senders: vec![],
                statuses: StatusWords::default(),
                pace: 30,
                files: 15 * 1024 * 1024,
                subject: None,
                layout: None,
                their_approval: TheirApproval::None,
                spoc: None,
                levels: Levels::default(),
            },
        )]),
        mandates: vec![mandate("alice", 5000), mandate("bob", 1000), mandate("carla", 500)],
        policy: vec![
            rule("storingen", &[Kind::Incident, Kind::Question], Require::Nothing),
            rule("bestellingen", &[Kind::Request], steps(1)),
        ],
    }
}

/// What was understood, as intake would say it: each value with its words.
pub fn understood(kind: Kind, item: Option<&str>, text: &str) -> Content {
    Content {
        kind: Found::chosen(kind),
        item: item.map(|item| Found::chosen(item.into())),
        alternatives: vec![],
        when: None,
        quantity: None,
        place: None,
        amount: None,
        urgency: Found::chosen(Urgency::Normal),
        danger: false,
        extra: BTreeMap::new(),
        held_back: vec![],
        about: Span::new(0, text.len()),
        confirmed: BTreeSet::new(),
        confidence: 95,
        files: vec![],
    }
}

/// A value that was read from these words of the text.
pub fn from_words<T>(text: &str, words: &str, value: T) -> Found<T> {
    let start = text.find(words).unwrap();
    Found::at(value, start, start + words.len())
}

pub const TAP: &str = "De kraan in de pantry eerste verdieping lekt, kan iemand kijken?";

pub fn tap() -> Content {
    Content {
        place: Some(from_words(TAP, "pantry eerste verdieping", Private::new("Pantry eerste verdieping"))),
        ..understood(Kind::Incident, Some("fac.plumbing"), TAP)
    }
}

pub const CHAIRS: &str = "Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? Ik heb rugklachten.";

pub fn chairs() -> Content {
    let by = When { from: LocalMoment::Day("2026-05-21".parse().unwrap()), to: None, role: WhenRole::By };
    let held = from_words(CHAIRS, "Ik heb rugklachten", ()).span.unwrap();
    Content {
        place: Some(from_words(CHAIRS, "zaal Eik", Private::new("Vergaderruimte Eik"))),
        when: Some(from_words(CHAIRS, "uiterlijk 21 mei", by)),
        quantity: Some(from_words(CHAIRS, "twaalf", 12)),
        held_back: vec![held],
        ..understood(Kind::Request, Some("fac.furniture"), CHAIRS)
    }
}

/// A request on its way through its life.
pub struct Story {
    pub words: Words,
    pub register: Register,
    pub absences: Vec<crate::domain::approval::Absence>,
    pub lang: Lang,
    pub now: Instant,
    pub events: Vec<Recorded>,
    request: Option<Request>,
}

impl Story {
    pub fn begin(text: &str, content: Content) -> Self {
        Self::with(register(), text, content, true, "alice")
    }

    pub fn tap() -> Self {
        Self::begin(TAP, tap())
    }

    pub fn chairs() -> Self {
        Self::begin(CHAIRS, chairs())
    }

    pub fn with(register: Register, text: &str, content: Content, sure: bool, who: &str) -> Self {
        let account: Option<AccountId> = (who != "joop").then(|| format!("local:{who}").as_str().into());
        let origin = Origin {
            requester: Requester {
                account: account.clone(),
                person: Some(who.into()),
                name: Private::new(
                    register.organisations[&OrganisationId::from("linde")].people[&who.into()].name.clone(),
                ),
            },
            registered_by: account.is_none().then(|| "local:sanne".into()),
            source: Some(MessageRef { channel: "local:facilitair".into(), message: "local:1".into() }),
            direct: false,
            lang: Lang::Nl,
            at: noon(),
            configuration: "r1".into(),
        };
        let said = Said {
            message: origin.source.clone(),
            by: account.unwrap_or_else(|| "local:sanne".into()),
            at: noon(),
            text: Private::new(text),
            files: vec![],
        };
        let mut story = Self {
            words: Words::new(),
            register,
            absences: vec![],
            lang: Lang::Nl,
            now: noon(),
            events: vec![],
            request: None,
        };
        let facts = story.facts("alice");
        let beginning = Beginning { origin, said, content, sure, follows: None };
        let events = crate::domain::request::open(beginning, &facts).unwrap();
        story.record(events);
        story
    }

    pub fn request(&self) -> &Request {
        self.request.as_ref().unwrap()
    }

    pub fn organisation(&self) -> &Organisation {
        &self.register.organisations[&OrganisationId::from("linde")]
    }

    pub fn view(&self) -> View<'_> {
        View::new(&self.words, &self.register, self.organisation(), self.lang, self.now).with_history(&self.events)
    }

    pub fn wait(mut self, minutes: i64) -> Self {
        self.now += Duration::minutes(minutes);
        self
    }

    pub fn in_english(mut self) -> Self {
        self.lang = Lang::En;
        self
    }

    pub fn formally(mut self) -> Self {
        self.register.organisations.values_mut().for_each(|organisation| organisation.formal = true);
        self
    }

    fn facts<'a>(&'a self, who: &str) -> Facts<'a> {
        Facts {
            now: self.now,
            register: &self.register,
            organisation: self.organisation(),
            absences: &self.absences,
            actor: match who {
                "loket" => Actor::Loket,
                "provider" => Actor::Provider,
                who => Actor::Account { account: format!("local:{who}").as_str().into(), person: Some(who.into()) },
            },
            fresh: Fresh {
                id: RequestId(uuid::Uuid::from_u128(41)),
                number: Number { year: 2026, sequence: 41 },
                token: "7KQ2M9XR4TB6WD1C".into(),
            },
            ledger: &EMPTY,
        }
    }

    pub fn does(mut self, who: &str, command: Command) -> Self {
        let events = decide(self.request(), command, &self.facts(who)).unwrap();
        self.record(events);
        self
    }

    pub fn happens(mut self, event: Event) -> Self {
        self.record(vec![event]);
        self
    }

    fn record(&mut self, events: Vec<Event>) {
        for event in events {
            let seq = u64::try_from(self.events.len()).unwrap();
            let recorded = Recorded { seq, at: self.now, event };
            let id = RequestId(uuid::Uuid::from_u128(41));
            self.request = Some(evolve(id, &"linde".into(), self.request.take(), recorded.clone()).unwrap());
            self.events.push(recorded);
        }
    }

    /// Settled, and agreed by Bob where somebody must.
    pub fn approved(self) -> Self {
        use crate::domain::request::command::Via;
        let settled = self.wait(1).does("alice", Command::Confirm);
        if matches!(settled.request().stage, crate::domain::request::Stage::AwaitingApproval(_)) {
            settled.wait(20).does("bob", Command::Agree { revision: 1, via: Via::Button })
        } else {
            settled
        }
    }

    /// Handed over.
    pub fn sent(self) -> Self {
        let approved = self.approved().wait(1);
        let queued = if matches!(&approved.events.last().unwrap().event, Event::Queued { .. }) {
            approved
        } else {
            approved.happens(Event::Queued { attempt: 1, by: None })
        };
        queued
            .does("loket", Command::BeginSending { attempt: 1 })
            .does("loket", Command::Delivered { attempt: 1, dry_run: false, number: Some("BF-7781".into()) })
    }
}

/// A message as it would look on paper: people are @, emphasis is *, buttons are [ ].
pub fn on_paper(message: &Message) -> String {
    use super::message::{Piece, Rich};
    let rich = |text: &Rich| -> String {
        text.0
            .iter()
            .map(|piece| match piece {
                Piece::Strong(text) => format!("*{text}*"),
                other => Rich(vec![other.clone()]).plain(),
            })
            .collect()
    };
    let mut paper = Vec::new();
    if !message.text.is_empty() {
        paper.push(rich(&message.text));
    }
    if let Some(card) = &message.card {
        paper.push(format!("== {} =={}", rich(&card.title), if card.tone == Tone::Faded { " (faded)" } else { "" }));
        if !card.body.is_empty() {
            paper.push(rich(&card.body));
        }
        paper.extend(card.facts.iter().map(|(label, value)| format!("{label}: {}", rich(value))));
        if !card.footer.is_empty() {
            paper.push(format!("-- {}", rich(&card.footer)));
        }
    }
    for row in &message.buttons {
        paper.push(row.iter().map(|button| format!("[{}]", button.label)).collect::<Vec<_>>().join(" "));
    }
    if !message.notify.is_empty() {
        let names: Vec<&str> = message.notify.iter().map(AccountId::as_str).collect();
        paper.push(format!("notifies {}", names.join(", ")));
    }
    paper.join("\n")
}
