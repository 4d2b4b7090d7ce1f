//! What is spent, as whoever pays reads it: a story through the desk, and every number beside a recount from the events.

use crate::core;
use crate::lives::{Life, lived, office, registers, scripts, start};
use crate::meeting::{Office, text_of};
use crate::recount::Past;
use chrono::{Datelike, Duration, NaiveDate};
use loket::adapters::local::plain;
use loket::domain::approval::Via;
use loket::domain::invoice::loose::BillEnd;
use loket::domain::invoice::{Billed, Outcome};
use loket::domain::journal::OrganisationEvent;
use loket::domain::report::{AgendaFold, Month, QuarterFold, QuarterOf, Spend, Story, story};
use loket::domain::request::command::Report;
use loket::domain::request::event::Recorded;
use loket::domain::request::{Actor, Command, Ending, Event, Request, Stage, TimerKind};
use loket::domain::{Basis, Instant, Money, Number, Private, ProviderCode};
use loket::ports::{Mark, What};
use loket::render::message::{Action, Message};
use loket::render::table::Cell;
use loket::render::{View, Words, export};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn button(message: &Message, word: &str) -> Action {
    let found = message.buttons.iter().flatten().find(|button| button.label.contains(word));
    found.unwrap_or_else(|| panic!("no button {word}: {}", plain(message))).action.clone()
}

/// Twelve chairs for € 150 that Bob agreed to; gives the number.
async fn chairs(office: &Office) -> String {
    let world = &office.world;
    let asked =
        world.says("alice", "facilitair", "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?").await;
    let request = world.request().await;
    world.presses("alice", &world.thread(&asked)[0].at.clone(), Action::Confirm(request.id)).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    world.number().await.to_string()
}

async fn invoice(office: &Office, options: &[(&str, &str)]) -> Message {
    // A long story of deep calls is more than the stack of a test holds, where nothing is optimised.
    Box::pin(office.answer("sanne", "spoc", "invoice", options)).await
}

/// What the agenda says about costs.
async fn costs(office: &Office) -> String {
    Box::pin(office.part("Kosten")).await
}

async fn quarter(office: &Office) -> String {
    plain(&Box::pin(office.answer("sanne", "spoc", "quarter", &[("quarter", "2026-Q1")])).await)
}

/// The overview of this week, as SPOCs read it.
async fn week(office: &Office) -> String {
    plain(&Box::pin(office.answer("sanne", "spoc", "digest", &[])).await)
}

/// Sanne puts a bill to Bob, who decides.
async fn put(office: &Office, told: &Message, mark: Mark) {
    let at = office.world.requests().await[0].origin.source.clone().unwrap();
    office.world.presses("sanne", &at, button(told, "Achteraf")).await;
    office.world.reacts("bob", &office.world.approval_card().at, mark).await;
}

/// The cell of an export under a heading.
async fn exported(office: &Office, heading: &str) -> String {
    let options = [("format", "csv"), ("closed", "true")];
    let message = Box::pin(office.answer("sanne", "spoc", "export", &options)).await;
    let text = text_of(&message.files[0]);
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(|line| line.split(';').collect::<Vec<_>>());
    let (headings, row) = (lines.next().unwrap(), lines.next().unwrap());
    let place = headings.iter().position(|one| one.trim_matches('"') == heading);
    row[place.unwrap_or_else(|| panic!("no {heading} in {headings:?}"))].trim_matches('"').to_owned()
}

#[tokio::test]
async fn whoever_pays_reads_what_was_agreed_billed_and_agreed_to_afterwards() {
    let office = Office::open().await;
    let world = &office.world;
    let number = Box::pin(chairs(&office)).await;
    assert_eq!(exported(&office, "Gefactureerd, excl. btw").await, "", "nothing was billed yet");

    // Billed for more than was agreed, by an invoice of the month before.
    let options = [("id", number.as_str()), ("amount", "242 incl btw"), ("number", "F1"), ("date", "2026-02-28")];
    let told = invoice(&office, &options).await;
    let shown = costs(&office).await;
    let above = "€ 200,00 excl. btw gefactureerd; € 50,00 excl. btw boven wat is afgesproken (tot € 150,00 excl. btw)";
    assert!(shown.contains(&number) && shown.contains(above), "{shown}");
    assert_eq!(exported(&office, "Gefactureerd, excl. btw").await, "200,00");

    // Agreed to afterwards there is nothing to talk about, and it is never counted as agreed before.
    put(&office, &told, Mark::Yes).await;
    assert_eq!(costs(&office).await, "", "it was made right");
    let agenda = plain(&Box::pin(office.agenda()).await);
    let february = "In februari: € 200,00 gefactureerd, € 0,00 vooraf akkoord, € 0,00 achteraf akkoord (excl. btw).";
    let march = "In maart: € 0,00 gefactureerd, € 150,00 vooraf akkoord, € 50,00 achteraf akkoord (excl. btw).";
    assert!(agenda.contains(february) && agenda.contains(march), "{agenda}");
    assert_eq!(exported(&office, "Maximum").await, "150,00", "what was agreed before stays what it was");
    assert_eq!(exported(&office, "Achteraf akkoord tot, excl. btw").await, "200,00");

    // Something comes back, and something comes that nobody ordered.
    invoice(&office, &[("id", &number), ("amount", "-30 excl btw"), ("number", "C1"), ("date", "2026-03-02")]).await;
    let glass = [("what", "Glas gezet"), ("amount", "75 excl btw"), ("number", "F9"), ("provider", "facilitair")];
    let loose = invoice(&office, &glass).await;
    let shown = costs(&office).await;
    assert!(shown.contains("Glas gezet") && shown.contains("€ 75,00 excl. btw (F9), geen opdracht bekend"), "{shown}");
    assert_eq!(exported(&office, "Gefactureerd, excl. btw").await, "170,00", "the credit is taken off");
    let told = week(&office).await;
    assert!(told.contains("Brink Facilitair: € 75,00 excl. btw (F9), nog te beoordelen"), "{told}");
    let told = quarter(&office).await;
    let line = "€ 245,00 gefactureerd (zonder opdracht: € 75,00), € 150,00 vooraf akkoord, € 50,00 achteraf akkoord";
    assert!(told.contains(line), "{told}");
    let (_, page) = Box::pin(office.page("sanne", "spoc", What::Quarter { quarter: "2026-1".into() })).await;
    let table = page.split("Kosten per maand, excl. btw").nth(1).expect("a table").split("</table>").next().unwrap();
    for words in ["februari", "maart", "€ 200,00", "€ 45,00", "€ 245,00", "€ 75,00", "€ 50,00"] {
        assert!(table.contains(words), "{words}: {table}");
    }

    // What goes back is owed to nobody.
    let at = world.requests().await[0].origin.source.clone().unwrap();
    world.presses("sanne", &at, button(&loose, "Gaat terug")).await;
    assert!(costs(&office).await.contains("geen opdracht bekend, gaat terug"), "the provider is told so");
    let told = quarter(&office).await;
    assert!(told.contains("€ 170,00 gefactureerd (zonder opdracht: € 0,00)"), "{told}");
    assert!(week(&office).await.contains("Brink Facilitair: € 75,00 excl. btw (F9), gaat terug"));
    world.advance(Duration::days(9)).await;
    assert_eq!(costs(&office).await, "", "that was last week");
    let told = week(&office).await;
    assert!(!told.contains("F9"), "that was last week: {told}");
    office.world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_bill_that_is_too_high_stays_on_the_agenda_until_a_credit_makes_it_right() {
    let office = Office::open().await;
    let world = &office.world;
    let number = Box::pin(chairs(&office)).await;
    let told = invoice(&office, &[("id", &number), ("amount", "200 excl btw"), ("number", "F1")]).await;
    let listed = week(&office).await;
    assert!(listed.contains(&format!("{number}: € 200,00 excl. btw, afgesproken € 150,00 excl. btw")), "{listed}");
    put(&office, &told, Mark::No).await;
    world.advance(Duration::days(14)).await;
    assert!(costs(&office).await.contains("€ 50,00 excl. btw boven"), "however long it takes");
    let told = quarter(&office).await;
    assert!(told.contains("€ 200,00 gefactureerd") && told.contains("€ 0,00 achteraf akkoord"), "{told}");
    assert!(told.contains("0 van 1 (0%)"), "a no to a bill is no decision about an order: {told}");
    invoice(&office, &[("id", &number), ("amount", "-50 excl btw"), ("number", "C1")]).await;
    assert_eq!(costs(&office).await, "");
    office.world.ends_with_leftovers().await;
}

/// What happens to the money of a request.
#[derive(Clone, Debug)]
enum Deed {
    Quoted(Money),
    Billed(Billed, bool),
    /// The last bill is put to those who may decide.
    Put,
    /// Bob says yes to whatever is open.
    Yes,
    No,
    TakenBack,
    Does(Actor, Command),
}

fn amounts(from: i64) -> impl Strategy<Value = Money> {
    let basis = prop_oneof![Just(Basis::Excl), Just(Basis::Incl), Just(Basis::Unknown)];
    (from..90_000_i64, basis).prop_map(|(cents, basis)| Money { cents, basis })
}

fn bills() -> impl Strategy<Value = Billed> {
    let days = prop::option::of(
        (0_u64..200).prop_map(|day| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(day)),
    );
    (amounts(-30_000), days, 0_u32..900).prop_map(|(amount, date, number)| Billed {
        number: Some(format!("F{number}")),
        line: 0,
        amount,
        date,
        file: None,
    })
}

/// What follows on each other at once; alone these rarely meet.
fn turns() -> impl Strategy<Value = Vec<Deed>> {
    let decided = prop_oneof![
        3 => Just(vec![Deed::Yes]),
        1 => Just(vec![Deed::No]),
        2 => Just(vec![Deed::Yes, Deed::TakenBack]),
        1 => Just(vec![Deed::Yes, Deed::TakenBack, Deed::Yes]),
    ];
    let asked = prop_oneof![
        1 => amounts(10_000).prop_map(|amount| vec![Deed::Quoted(amount)]),
        2 => bills().prop_map(|bill| vec![Deed::Billed(bill, false), Deed::Put]),
    ];
    prop_oneof![
        2 => (asked, decided).prop_map(|(asked, decided)| asked.into_iter().chain(decided).collect()),
        3 => deeds().prop_map(|deed| vec![deed]),
    ]
}

fn deeds() -> impl Strategy<Value = Deed> {
    let done = Command::Report { report: Report::Done, number: None, note: None };
    prop_oneof![
        3 => amounts(1).prop_map(Deed::Quoted),
        5 => (bills(), any::<bool>()).prop_map(|(bill, by_mail)| Deed::Billed(bill, by_mail)),
        4 => Just(Deed::Put),
        5 => Just(Deed::Yes),
        2 => Just(Deed::No),
        2 => Just(Deed::TakenBack),
        1 => Just(Deed::Does(core::person("sanne"), done)),
        1 => (0..TimerKind::ALL.len()).prop_map(|at| Deed::Does(Actor::Loket, Command::Fire { timer: TimerKind::ALL[at] })),
        1 => (core::actors(), core::commands()).prop_map(|(actor, command)| Deed::Does(actor, command)),
    ]
}

/// A usual beginning, and what is then asked and billed, each after so many seconds.
type Script = (crate::lives::Script, usize, Vec<(Deed, i64)>);

fn costly() -> impl Strategy<Value = Script> {
    let pauses = prop_oneof![Just(0_i64), 0_i64..4_000, 0_i64..400_000];
    let deeds = prop::collection::vec((turns(), pauses), 1..20).prop_map(|turns| {
        let at_once = |(deeds, pause): (Vec<Deed>, i64)| {
            deeds.into_iter().enumerate().map(move |(place, deed)| (deed, if place == 0 { pause } else { 1 }))
        };
        turns.into_iter().flat_map(at_once).collect()
    });
    (scripts(), 4_usize..8, deeds)
}

fn spends(register: &loket::domain::register::Register, number: u32, (script, kept, deeds): Script) -> Life<'_> {
    let (begins, content, sure, steps) = script;
    let mut life = lived(register, number, (begins, content, sure, steps.into_iter().take(kept).collect()));
    for (deed, seconds) in deeds {
        life.now += Duration::seconds(seconds);
        let open = life.request.waiting().map(|waiting| waiting.order.identity.revision);
        let (actor, command) = match (deed, open) {
            (Deed::Quoted(amount), _) => (core::person("sanne"), Command::Quote { amount, note: None }),
            (Deed::Billed(bill, true), _) => (Actor::Provider, Command::Bill(bill)),
            (Deed::Billed(bill, false), _) => (core::person("sanne"), Command::Bill(bill)),
            (Deed::Put, _) => match life.request.costs.bills.last() {
                Some(bill) => (core::person("sanne"), Command::PutBill { bill: bill.seq }),
                None => continue,
            },
            (Deed::Yes, Some(revision)) => (core::person("bob"), Command::Agree { revision, via: Via::Button }),
            (Deed::No, Some(revision)) => {
                (core::person("bob"), Command::Decline { revision, via: Via::Button, why: None })
            }
            (Deed::TakenBack, _) => {
                let revision = life.request.order().map_or(1, |order| order.identity.revision);
                (core::person("bob"), Command::TakeBack { revision })
            }
            (Deed::Yes | Deed::No, None) => continue,
            (Deed::Does(actor, command), _) => (actor, command),
        };
        life.does(actor, command);
    }
    life
}

/// What is said about bills without an order: whose, what it asks for, and what becomes of which.
#[derive(Clone, Debug)]
enum Word {
    Billed(bool, Billed),
    Settled(u64, BillEnd),
}

fn words() -> impl Strategy<Value = Vec<(Word, i64)>> {
    let ends = prop_oneof![
        1 => Just(BillEnd::To(crate::samples::request_id(1))),
        2 => Just(BillEnd::Afterwards),
        1 => Just(BillEnd::Declined),
        1 => Just(BillEnd::Dropped),
    ];
    let word = prop_oneof![
        3 => (prop::bool::weighted(0.8), bills()).prop_map(|(ours, bill)| Word::Billed(ours, bill)),
        2 => (0_u64..12, ends).prop_map(|(seq, how)| Word::Settled(seq, how)),
    ];
    prop::collection::vec((word, 0_i64..900_000), 0..12)
}

fn brink() -> ProviderCode {
    "facilitair".into()
}

fn journal(words: Vec<(Word, i64)>) -> Vec<Recorded<OrganisationEvent>> {
    let mut at = start();
    let mut events = Vec::new();
    for (word, pause) in words {
        at += Duration::seconds(pause);
        let event = match word {
            Word::Billed(ours, invoice) => OrganisationEvent::BilledWithoutOrder {
                provider: if ours { brink() } else { "ict".into() },
                invoice,
                what: Private::new("iets"),
                by: None,
            },
            Word::Settled(bill, how) => OrganisationEvent::BillSettled { bill, how, by: "local:sanne".into() },
        };
        events.push(Recorded { seq: events.len() as u64, at, event });
    }
    events
}

/// Without VAT, at 21 per cent, rounded as invoices are.
fn cents(money: Money) -> i64 {
    match money.basis {
        Basis::Incl => money.cents.signum() * ((money.cents.abs() * 10_000 + 6_050) / 12_100),
        Basis::Excl | Basis::Unknown => money.cents,
    }
}

fn day(at: Instant) -> NaiveDate {
    at.with_timezone(&chrono_tz::Europe::Amsterdam).date_naive()
}

fn billed_on(invoice: &Billed, came: Instant) -> NaiveDate {
    match invoice.date {
        Some(date) if date < day(came) => date,
        _ => day(came),
    }
}

/// What was agreed when it was not called off, in cents.
fn granted(request: &Request) -> Option<i64> {
    let off = matches!(&request.stage, Stage::Closed(closed) if closed.outcome != Ending::Fulfilled);
    request.grant().filter(|_| !off).and_then(|grant| grant.ceiling).map(cents)
}

/// The amounts that were agreed to afterwards until an event.
fn later(past: &Past<'_>, until: usize) -> Option<i64> {
    past.events[..until].iter().rev().find_map(|one| match &one.event {
        Event::ApprovedAfterwards { grant, .. } => grant.ceiling.map(cents),
        _ => None,
    })
}

fn sum(past: &Past<'_>) -> Option<i64> {
    let all = past.events.iter().filter_map(|one| match &one.event {
        Event::Invoiced { invoice, .. } => Some(cents(invoice.amount)),
        _ => None,
    });
    all.fold(None, |sum, cents| Some(sum.unwrap_or_default() + cents))
}

/// What was spent, day by day: the day, and what it adds.
fn recount(pasts: &[Past<'_>], events: &[Recorded<OrganisationEvent>]) -> Vec<(ProviderCode, NaiveDate, Spend)> {
    let mut all = Vec::new();
    for past in pasts {
        let stands = past.grants();
        for (index, one) in past.events.iter().enumerate() {
            let on = day(one.at);
            match &one.event {
                Event::Granted { grant, .. } => {
                    let withdrawn = past.last().costs.withdrawn.contains(&one.seq);
                    let before = past.states[index - 1].grant().and_then(|grant| grant.ceiling).map_or(0, cents);
                    if let Some(ceiling) = grant.ceiling.filter(|_| stands.contains(&index) && !withdrawn) {
                        all.push((brink(), on, Spend { asked: cents(ceiling) - before, ..Spend::default() }));
                    }
                }
                Event::Invoiced { invoice, .. } => {
                    let spend = Spend { bills: 1, billed: cents(invoice.amount), ..Spend::default() };
                    all.push((brink(), billed_on(invoice, one.at), spend));
                }
                Event::ApprovedAfterwards { grant, .. } => {
                    let stood = granted(&past.states[index - 1]).max(later(past, index)).unwrap_or_default();
                    let more = (grant.ceiling.map_or(0, cents) - stood).max(0);
                    all.push((brink(), on, Spend { afterwards: more, ..Spend::default() }));
                }
                _ => {}
            }
        }
    }
    for (seq, came, provider, invoice, end) in loose(events) {
        let amount = cents(invoice.amount);
        if end.as_ref().is_none_or(|(how, _)| *how == BillEnd::Afterwards) {
            let spend = Spend { bills: 1, billed: amount, without_order: amount, ..Spend::default() };
            all.push((provider.clone(), billed_on(&invoice, came), spend));
        }
        if let Some((BillEnd::Afterwards, at)) = end {
            all.push((provider, day(at), Spend { afterwards: amount, ..Spend::default() }));
        }
        assert!(seq < 12);
    }
    all
}

type Loose = (u64, Instant, ProviderCode, Billed, Option<(BillEnd, Instant)>);

/// The bills without an order, with the last that was said of each.
fn loose(events: &[Recorded<OrganisationEvent>]) -> Vec<Loose> {
    let mut all = Vec::new();
    for (place, one) in events.iter().enumerate() {
        let OrganisationEvent::BilledWithoutOrder { provider, invoice, .. } = &one.event else { continue };
        let end = events[place..].iter().rev().find_map(|later| match &later.event {
            OrganisationEvent::BillSettled { bill, how, .. } if *bill == one.seq => Some((how.clone(), later.at)),
            _ => None,
        });
        all.push((one.seq, one.at, provider.clone(), invoice.clone(), end));
    }
    all
}

fn by_month(
    all: &[(ProviderCode, NaiveDate, Spend)],
    within: impl Fn(&ProviderCode, NaiveDate) -> bool,
) -> BTreeMap<(ProviderCode, Month), Spend> {
    let mut sums: BTreeMap<(ProviderCode, Month), Spend> = BTreeMap::new();
    for (provider, day, spend) in all.iter().filter(|(provider, day, _)| within(provider, *day)) {
        let month = Month { year: day.year(), month: day.month() };
        let sum = sums.entry((provider.clone(), month)).or_default();
        sum.asked += spend.asked;
        sum.bills += spend.bills;
        sum.billed += spend.billed;
        sum.without_order += spend.without_order;
        sum.afterwards += spend.afterwards;
    }
    sums.retain(|_, sum| *sum != Spend::default());
    sums
}

/// What is the matter with the bills of a request; nothing where they are right.
fn objection(past: &Past<'_>) -> Option<(&'static str, i64)> {
    let total = sum(past).filter(|total| *total != 0)?;
    let tolerance = cents(past.organisation().invoice_tolerance);
    let limit = granted(past.last()).max(later(past, past.events.len()));
    match limit {
        _ if total < 0 => Some(("no credit", 0)),
        None if past.last().grant().is_some() && !is_off(past.last()) => Some(("unpriced", 0)),
        None => Some(("not agreed", 0)),
        Some(limit) => (total > limit + tolerance).then_some(("above", total - limit)),
    }
}

fn is_off(request: &Request) -> bool {
    matches!(&request.stage, Stage::Closed(closed) if closed.outcome != Ending::Fulfilled)
}

fn objected(what: &Outcome) -> (&'static str, i64) {
    match what {
        Outcome::Above { over, .. } => ("above", over.cents),
        Outcome::Unpriced => ("unpriced", 0),
        Outcome::NotAgreed => ("not agreed", 0),
        Outcome::NoCredit { .. } => ("no credit", 0),
        other @ (Outcome::Fits | Outcome::Afterwards | Outcome::Twice | Outcome::Again { .. }) => {
            panic!("nothing to talk about: {other:?}")
        }
    }
}

fn check_row(view: &View<'_>, told: &Story, past: &Past<'_>) -> Result<(), TestCaseError> {
    let (columns, row) = (export::columns(view), export::row(view, told));
    prop_assert_eq!(row.len(), columns.len());
    let value =
        |heading: &str| row[columns.iter().position(|column| column.heading == heading).expect(heading)].clone();
    let euros = |cents: Option<i64>| cents.map_or(Cell::Empty, Cell::Euros);
    prop_assert_eq!(value("Gefactureerd, excl. btw"), euros(sum(past)));
    prop_assert_eq!(value("Achteraf akkoord tot, excl. btw"), euros(later(past, past.events.len())));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::world::cases(128), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_amount_of_a_quarter_an_agenda_and_an_export_equals_a_recount(
        scripts in prop::collection::vec(costly(), 1..5),
        words in words(),
        quarter in 1_u32..4,
        later in 0_i64..4_000_000,
    ) {
        let register = &registers()[0];
        let organisation = office(register);
        let lives: Vec<Life<'_>> = (1..).zip(scripts).map(|(number, script)| spends(register, number, script)).collect();
        let events = journal(words);
        let last = events.last().map_or(start(), |one| one.at);
        let now = lives.iter().map(|life| life.now).max().unwrap().max(last) + Duration::seconds(later);
        let stories: Vec<Story> =
            lives.iter().map(|life| story(life.id(), organisation, &life.journal).unwrap().unwrap()).collect();
        let pasts: Vec<Past<'_>> = lives.iter().map(|life| Past::of(life, now)).collect();
        let all = recount(&pasts, &events);

        let of = QuarterOf::new(2026, quarter).unwrap();
        let mut fold = QuarterFold::new(register, organisation, of, now).unwrap();
        stories.iter().for_each(|story| fold.count(story));
        fold.count_loose(&events);
        let counted = fold.done();
        let months = [quarter * 3 - 2, quarter * 3 - 1, quarter * 3];
        let within = |_: &ProviderCode, day: NaiveDate| day.year() == 2026 && months.contains(&day.month());
        prop_assert_eq!(&counted.spent, &by_month(&all, within));
        let asked: i64 = counted.spent.values().map(|spend| spend.asked).sum();
        prop_assert_eq!(counted.granted_cents(), asked, "two tables of one page say the same");

        let provider = brink();
        let mut fold = AgendaFold::new(register, organisation, &provider, &events, now);
        stories.iter().for_each(|story| fold.count(story));
        let agenda = fold.done();
        let this = day(now);
        let first = this.with_day(1).unwrap();
        let before = first.pred_opt().unwrap().with_day(1).unwrap();
        let end = first + chrono::Months::new(1);
        let lately = |whose: &ProviderCode, day: NaiveDate| *whose == provider && before <= day && day < end;
        let expected: BTreeMap<Month, Spend> =
            by_month(&all, lately).into_iter().map(|((_, month), spend)| (month, spend)).collect();
        prop_assert_eq!(&agenda.spent, &expected);
        let mut matters: Vec<(Option<Number>, (&str, i64))> =
            pasts.iter().filter_map(|past| Some((past.number(), objection(past)?))).collect();
        let mut told: Vec<_> = agenda.bills.iter().map(|one| (one.about.number, objected(&one.what))).collect();
        matters.sort();
        told.sort();
        prop_assert_eq!(told, matters);
        let open = loose(&events).into_iter().filter(|(.., whose, _, end)| {
            *whose == provider
                && match end {
                    None => true,
                    Some((BillEnd::Declined | BillEnd::Dropped, at)) => *at >= agenda.since,
                    Some((BillEnd::To(_) | BillEnd::Afterwards, _)) => false,
                }
        });
        let listed: Vec<u64> = agenda.orderless.iter().map(|one| one.seq).collect();
        prop_assert_eq!(listed, open.map(|(seq, ..)| seq).collect::<Vec<_>>());

        let words = Words::new();
        let view = View::new(&words, register, organisation, organisation.lang, now);
        for (story, past) in stories.iter().zip(&pasts).filter(|(story, _)| !story.only_offered()) {
            check_row(&view, story, past)?;
        }
    }
}

#[test]
fn random_lives_reach_every_amount_that_is_counted() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..300 {
        let script = costly().new_tree(&mut runner).unwrap().current();
        let life = spends(&registers()[0], 1, script);
        let told = story(life.id(), office(life.register), &life.journal).unwrap().unwrap();
        let past = Past::of(&life, life.now);
        let mut see = |what, whether: bool| *seen.entry(what).or_default() += u32::from(whether);
        let matter = objection(&past).map(|(what, _)| what);
        let is = |matches: &dyn Fn(&Event) -> bool| !past.find(matches).is_empty();
        see("a price was agreed to", told.deciding.grants.iter().any(|grant| grant.raises.is_some()));
        see("a price was taken back", !life.request.costs.withdrawn.is_empty());
        see("a bill was declined", told.deciding.opinions.iter().any(|one| one.afterwards && !one.yes));
        see("agreed afterwards", is(&|event| matches!(event, Event::ApprovedAfterwards { .. })));
        see("agreed afterwards twice", told.costs.afterwards.len() > 1);
        see("agreed afterwards for more than before", told.costs.afterwards.iter().any(|one| one.stood.is_some()));
        see("credited", told.costs.bills.iter().any(|bill| bill.invoice.amount.cents < 0));
        see("above", matter == Some("above"));
        see("not agreed", matter == Some("not agreed"));
        see("more credited than billed", matter == Some("no credit"));
        see("right", sum(&past).is_some_and(|total| total > 0) && matter.is_none());
    }
    for (what, times) in &seen {
        assert!(*times >= 3, "{what}: {times} of 300 lives: {seen:?}");
    }
}
