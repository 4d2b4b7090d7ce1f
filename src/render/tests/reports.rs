//! The agenda, the quarter and the export, with words that would like to be something else.

use crate::domain::invoice::loose::{BillEnd, Loose};
use crate::domain::invoice::{Billed, Outcome};
use crate::domain::report::agenda::{
    About, Agenda, Billing, Broken, Cost, Dispute, Given, NoteLine, Overdue, Quarrel, Question, Repeat, Side, Tally,
    Wants,
};
use crate::domain::report::quarter::{Flow, ProviderQuarter, Share, Trend};
use crate::domain::report::week::{Recurring, Score};
use crate::domain::report::{Kept, Month, Note, Quarter, QuarterOf, Spend, story};
use crate::domain::request::command::Via;
use crate::domain::request::{Command, Rating};
use crate::domain::service::{Clocks, Goal, Target};
use crate::domain::talks::{Point, Promise, Promiser};
use crate::domain::{Basis, Instant, Kind, LocalMoment, Money, Number, Private, RequestId};
use crate::render::agenda::{Reader, agenda, mail, sections};
use crate::render::page::Links;
use crate::render::page::agenda::{Sheet, agenda as page};
use crate::render::page::quarter::{Ledger, quarter as quarter_page};
use crate::render::samples::{Story, on_paper};
use crate::render::table::Cell;
use crate::render::{View, export, quarter};
use chrono::Duration;
use std::collections::BTreeMap;

/// Words that would like to be markup, a mention, a formula, or a line of their own.
const HOSTILE: &str =
    "=1+1 <script>alert(1)</script>\n2026-9999 verzonnen **dik** @everyone [hier](https://x.example) \u{202e}mo";

fn id(n: u32) -> RequestId {
    RequestId(uuid::Uuid::from_u128(u128::from(n) + 1))
}

fn about(n: u32, item: &str) -> About {
    About {
        id: id(n),
        number: Some(Number { year: 2026, sequence: n }),
        theirs: Some(HOSTILE.into()),
        kind: Some(Kind::Incident),
        item: Some(item.into()),
        really: None,
        place: Some(Private::new(HOSTILE)),
        known: true,
    }
}

fn point(seq: u64, at: Instant, settled: Option<&str>) -> Point {
    Point {
        seq,
        provider: "facilitair".into(),
        text: Private::new(HOSTILE),
        request: None,
        at,
        by: "local:sanne".into(),
        settled: settled.map(|outcome| (Some(Private::new(outcome)), at)),
    }
}

fn billed(cents: i64) -> Billed {
    let amount = Money { cents, basis: Basis::Excl };
    Billed { number: Some(HOSTILE.into()), line: 4, amount, date: None, file: None }
}

fn orderless(seq: u64, at: Instant, end: Option<BillEnd>) -> Loose {
    Loose {
        seq,
        at,
        provider: "facilitair".into(),
        invoice: billed(4_500),
        what: Private::new(HOSTILE),
        put: None,
        agreed: vec![],
        ended_at: end.as_ref().map(|_| at),
        end,
    }
}

fn spend(asked: i64, billed: i64) -> Spend {
    Spend { asked, bills: 2, billed, without_order: 4_500, afterwards: 1_250 }
}

fn fault(item: &str, n: u32) -> Recurring {
    Recurring { item: item.into(), place: format!("Pantry {n} <b>"), in_90_days: n + 2, in_14_days: 1 }
}

/// As much of everything as anybody has, and more than fits on paper.
pub fn busy(now: Instant, count: u32) -> Agenda {
    let since = now - Duration::days(7);
    let clocks = Clocks { ours: Duration::hours(30), provider: Duration::hours(100), ..Clocks::default() };
    let each = || (1..=count).map(|n| about(n, "fac.plumbing"));
    let broken = || Broken {
        goal: Goal::Solution,
        term: Target::Time(Duration::hours(16)),
        target: Duration::hours(16),
        used: Duration::minutes(1290),
        clause: "DVO 4.2".into(),
    };
    let overdue = move |side| {
        move |about| {
            let broken = if side == Side::Theirs { vec![broken()] } else { vec![] };
            Overdue { about, side, due_at: Some(now - Duration::days(2)), broken, clocks }
        }
    };
    let mut overdues: Vec<Overdue> = each().map(overdue(Side::Theirs)).collect();
    overdues.extend(each().map(overdue(Side::Ours)));
    let day = |text: &str| LocalMoment::Day(text.parse().unwrap());
    let kinds = [Kept::Broken, Kept::Moved, Kept::Open, Kept::Kept];
    let given = |(about, kept): (About, &Kept)| Given {
        about,
        moment: day("2026-05-12"),
        due: now,
        kept: *kept,
        instead: (*kept == Kept::Moved).then(|| day("2026-05-19")),
    };
    let wants = [
        Wants::Reminder(2),
        Wants::Sign,
        Wants::Cancellation,
        Wants::Answer,
        Wants::Us,
        Wants::Confirmation,
        Wants::Untold,
    ];
    let question = |(about, wants): (About, &Wants)| {
        let theirs = matches!(wants, Wants::Reminder(_) | Wants::Sign | Wants::Cancellation);
        Question { about, side: if theirs { Side::Theirs } else { Side::Ours }, wants: *wants, since }
    };
    let quarrels = [Quarrel::Reopened(3), Quarrel::Complaint, Quarrel::Rejected, Quarrel::Poor];
    let dispute = |(about, what): (About, &Quarrel)| Dispute { about, at: since, what: *what };
    let note =
        |about| NoteLine { about, note: Note { at: since, by: "local:sanne".into(), text: Private::new(HOSTILE) } };
    let euros = |cents| Money { cents, basis: Basis::Excl };
    let cost = |about| Cost { about, asked: euros(48_000), agreed: Some(euros(15_000)), at: since };
    let above = || Outcome::Above { over: euros(5_000), ceiling: euros(15_000) };
    let billing = |about| Billing { about, billed: euros(20_000), what: above(), at: since };
    let repeat = |about: About| Repeat { request: about.id, invoice: billed(15_000), at: since };
    let promise = |n: u32| Promise {
        seq: n.into(),
        promiser: Promiser::Provider,
        provider: "facilitair".into(),
        what: Private::new(HOSTILE),
        due: "2026-05-12".parse().unwrap(),
        source: Some(Private::new(HOSTILE)),
        request: Some(id(n)),
        at: since,
        settled: None,
    };
    Agenda {
        since,
        tally: Tally { handed: 12, ended: 9, theirs: 14, ours: 3 },
        overdue: overdues,
        given: each().zip(kinds.iter().cycle()).map(given).collect(),
        promises: (1..=count).map(promise).collect(),
        disputes: each().zip(quarrels.iter().cycle()).map(dispute).collect(),
        questions: each().zip(wants.iter().cycle()).map(question).collect(),
        costs: each().map(cost).collect(),
        bills: each().map(billing).collect(),
        repeats: each().map(repeat).collect(),
        orderless: (1..=count).map(|n| orderless(n.into(), since, None)).collect(),
        spent: BTreeMap::from([(Month { year: 2026, month: 5 }, spend(48_000, 20_000))]),
        recurring: (1..=count).map(|n| fault("fac.plumbing", n)).collect(),
        discussed: (1..=count).map(|n| point(n.into(), since, Some(HOSTILE))).collect(),
        carried: (1..=count).map(|n| point(n.into(), since - Duration::days(9), None)).collect(),
        fresh: (1..=count).map(|n| point(n.into(), since, None)).collect(),
        notes: each().map(note).collect(),
        named: each().map(|about| (about.id, about)).collect(),
    }
}

/// A quarter with some of everything.
pub fn full_quarter() -> Quarter {
    let of = QuarterOf { year: 2026, quarter: 2 };
    let clocks = Clocks {
        ours: Duration::hours(41),
        requester: Duration::hours(12),
        provider: Duration::hours(310),
        ..Clocks::default()
    };
    let ratings = BTreeMap::from([(Rating::Good, 21), (Rating::Fair, 4), (Rating::Poor, 2)]);
    let trend = |before, months| Trend { before, months };
    let score = |met, missed| Score { met, missed, late: 1, running: 2 };
    let weeks = (14..=26).map(|week| {
        let flow = Flow { new: week % 7 + 3, ended: week % 5 + 3, open: week % 11 + 4 };
        (crate::domain::calendar::IsoWeek { year: 2026, week }, flow)
    });
    let provider = ProviderQuarter {
        handed_over: 61,
        covered: 48,
        extras: 11,
        granted_cents: 421_050,
        on_quote: 2,
        clocks,
        scores: BTreeMap::from([(Goal::Reaction, score(40, 3)), (Goal::Solution, score(31, 9))]),
        ratings: ratings.clone(),
    };
    Quarter {
        of,
        ended: BTreeMap::from([
            (crate::domain::request::Ending::Fulfilled, 58),
            (crate::domain::request::Ending::Cancelled, 4),
        ]),
        trends: BTreeMap::from([
            (Some("fac.plumbing".into()), trend(18, [6, 9, 7])),
            (Some("fac.furniture".into()), trend(7, [3, 2, 5])),
            (Some("ict.<b>weg</b>".into()), trend(12, [4, 4, 9])),
            (None, trend(1, [0, 1, 0])),
        ]),
        share: Share { free: 44, own: 3, agreed: 12, declined: 2 },
        clocks,
        providers: BTreeMap::from([("facilitair".into(), provider)]),
        spent: BTreeMap::from([
            (("facilitair".into(), Month { year: 2026, month: 4 }), spend(421_050, 390_000)),
            (("facilitair".into(), Month { year: 2026, month: 6 }), spend(0, -30_000)),
        ]),
        ratings,
        recurring: vec![fault("fac.plumbing", 4), fault("fac.leaver", 9)],
        weeks: weeks.collect(),
    }
}

fn links() -> Links<'static> {
    Links { pass: "AbC-_9", lang: None, up: "../../" }
}

fn page_of(view: &View<'_>, agenda: &Agenda) -> String {
    let provider = &view.register.providers[&"facilitair".into()];
    page(view, &Sheet { links: links(), agenda, provider, until: view.now })
}

#[test]
fn hostile_words_stay_words_on_the_page_in_the_mail_and_in_the_chat() {
    let story = Story::tap();
    let view = story.view();
    let agenda = busy(story.now, 3);
    let provider = &story.register.providers[&"facilitair".into()];
    let html = page_of(&view, &agenda);
    let mail = mail(&view, &agenda, provider);
    for markup in [&html, &mail.html] {
        assert!(!markup.contains("<script") && markup.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{markup}");
        assert!(!markup.contains('\u{202e}'), "nothing turns the direction of writing");
    }
    let lines: Vec<&str> = mail.text.lines().collect();
    assert!(
        !lines.iter().any(|line| line.starts_with("2026-9999")),
        "nobody writes a line of their own: {}",
        mail.text
    );
    assert!(!mail.subject.contains('\n'));
    let message = super::super::agenda::agenda(&view, &agenda, provider, None, true);
    let own = message.card.iter().flat_map(|card| &card.facts).flat_map(|(_, value)| &value.0);
    for piece in own {
        if let crate::render::message::Piece::Own(text) | crate::render::message::Piece::Strong(text) = piece {
            assert!(!text.contains("script") && !text.contains("@everyone"), "their words are theirs: {text}");
        }
    }
    assert!(message.buttons.len() <= 5 && message.buttons.iter().all(|row| row.len() <= 5), "what a message can hold");
}

#[test]
fn paper_has_room_for_so_many_rows_and_says_how_many_are_left() {
    let story = Story::tap();
    let html = page_of(&story.view(), &busy(story.now, 40));
    let list = html.split_once("<main").unwrap().1;
    let rows = list.matches("<li").count() - list.matches("<li class=\"beyond\"").count();
    assert!(rows <= 47, "{rows} rows on two sheets");
    assert!(html.matches("class=\"paper\"").count() >= 8, "each part says what is left out");
    assert!(html.matches("class=\"beyond\"").count() > 200, "and the screen shows all of it");
}

#[test]
fn the_provider_reads_no_notes_no_names_and_of_what_is_confidential_its_service_alone() {
    let story = Story::tap();
    let view = story.view();
    let mut agenda = busy(story.now, 2);
    agenda.overdue = vec![Overdue { about: about(7, "fac.leaver"), ..agenda.overdue[0].clone() }];
    agenda.disputes =
        vec![Dispute { about: About { known: false, ..about(8, "fac.plumbing") }, ..agenda.disputes[0].clone() }];
    agenda.named.insert(id(1), about(1, "fac.leaver"));
    let outward = agenda.clone().outward();
    let parts = sections(&view, &outward, &"facilitair".into(), Reader::Outside);
    let late = &parts[0].rows[0];
    assert_eq!((late.what.plain().as_str(), late.state.is_empty(), &late.theirs), ("Uitdiensttreding", true, &None));
    let all: Vec<String> = parts.iter().flat_map(|part| &part.rows).map(|row| row.line(&view).plain()).collect();
    assert!(!all.iter().any(|line| line.contains("2026-0008")), "what the provider never got: {all:?}");
    assert!(!all.iter().any(|line| line.contains("Sanne")), "{all:?}");
    let about_leaver = all.iter().filter(|line| line.starts_with("2026-0001 Uitdienst")).count();
    assert_eq!(about_leaver, 2, "a promise and a bill about it are its number and service: {all:?}");
    let inside = sections(&view, &agenda, &"facilitair".into(), Reader::Inside);
    assert!(
        inside.iter().any(|part| part.rows.iter().any(|row| row.state.plain().contains("Sanne"))),
        "notes stay inside"
    );
}

#[test]
fn what_was_billed_is_told_by_what_is_the_matter_and_the_provider_reads_no_sums() {
    let story = Story::tap();
    let view = story.view();
    let mut agenda = busy(story.now, 1);
    agenda.costs = vec![];
    let unknown = About { known: false, ..about(8, "fac.plumbing") };
    let secret = about(9, "fac.leaver");
    let given = agenda.bills[0].clone();
    agenda.bills.push(Billing { about: unknown, what: Outcome::NotAgreed, ..given.clone() });
    agenda.bills.push(Billing { about: secret, what: Outcome::Unpriced, ..given });
    agenda.repeats.push(Repeat { request: id(8), ..agenda.repeats[0].clone() });
    agenda.orderless.push(orderless(7, story.now, Some(BillEnd::Dropped)));
    let costs = |agenda: &Agenda, reader| {
        let parts = sections(&view, agenda, &"facilitair".into(), reader);
        let part = parts.into_iter().find(|part| part.heading == "Kosten").expect("there are bills");
        part.rows.iter().map(|row| row.line(&view).plain()).collect::<Vec<_>>()
    };
    let inside = costs(&agenda, Reader::Inside);
    let above = "€ 200,00 excl. btw gefactureerd; € 50,00 excl. btw boven wat is afgesproken (tot € 150,00 excl. btw)";
    assert!(inside[0].starts_with("2026-0001 (") && inside[0].ends_with(above), "{inside:?}");
    assert!(inside[1].contains("2026-0008") && inside[1].contains("geen akkoord op gegeven"), "{inside:?}");
    assert_eq!(inside[2], "2026-0009 Uitdiensttreding", "what is confidential is its number and service");
    assert!(inside[3].contains("2026-0001") && inside[3].contains("is nog eens gefactureerd"), "{inside:?}");
    assert!(inside[5].contains("€ 45,00 excl. btw") && inside[5].ends_with("geen opdracht bekend"), "{inside:?}");
    assert!(inside[6].ends_with("geen opdracht bekend, gaat terug"), "{inside:?}");
    let outside = costs(&agenda.clone().outward(), Reader::Outside);
    assert_eq!(outside.len(), inside.len() - 2, "what the provider never got is not named: {outside:?}");
    assert!(!outside.iter().any(|line| line.contains("2026-0008")), "{outside:?}");
    let provider = &story.register.providers[&"facilitair".into()];
    let sums = "In mei: € 200,00 gefactureerd, € 480,00 vooraf akkoord, € 12,50 achteraf akkoord (excl. btw).";
    assert!(on_paper(&super::super::agenda::agenda(&view, &agenda, provider, None, false)).contains(sums));
    assert!(page_of(&view, &agenda).contains(&sums.replace("€ ", "€\u{a0}")), "an amount stays with its sign");
    let mail = mail(&view, &agenda, provider);
    assert!(mail.text.contains(above) && !mail.text.contains("In mei"), "{}", mail.text);
}

#[test]
fn the_same_numbers_stand_on_the_page_and_in_the_workbook() {
    let story = Story::tap();
    let view = story.view();
    let quarter = full_quarter();
    let picture = crate::render::chart::picture(view.voice(), &quarter::chart(&view, &quarter)).expect("a picture");
    let html =
        quarter_page(&view, &Ledger { links: links(), quarter: &quarter, picture: Some(&picture), until: story.now });
    assert!(html.contains("2e kwartaal 2026") && html.contains("€ 4.210,50") && html.contains("310:00"), "{html}");
    assert!(!html.contains("<b>weg"), "an item's identity is a word too");
    assert!(html.contains("Kosten per maand, excl. btw") && html.contains("€ -300,00"), "a credit is below nothing");
    assert!(html.contains("met creditnota’s eraf"), "and it is said how they count");
    let book = quarter::book(&view, &quarter);
    let numbers = book.tables.iter().flat_map(|table| &table.rows).flatten();
    for cell in numbers {
        if let Cell::Number(number) = cell {
            assert!(html.contains(&format!(">{number}<")), "{number} stands on the page too");
        }
    }
    let message = on_paper(&quarter::message(&view, &quarter, None, vec![]));
    for words in [
        "50 verzoeken (kwartaal ervoor: 38)",
        "47 van 61 (77%)",
        "wij 41:00, aanvragers 12:00, uitvoerders 310:00",
        "€ 4.210,50 buiten het contract (11 opdrachten), 48 in het contract, 2 op offerte",
        "Gefactureerd, excl. btw",
        "€ 3.600,00 gefactureerd (zonder opdracht: € 90,00), € 4.210,50 vooraf akkoord, € 25,00 achteraf akkoord",
        "21 tevreden, 4 gaat wel, 2 niet tevreden",
    ] {
        assert!(message.contains(words), "{words}: {message}");
    }
}

#[test]
fn a_row_of_an_export_says_who_agreed_and_hides_what_is_confidential() {
    let chairs = Story::chairs().sent();
    let told = story(id(40), chairs.organisation(), &chairs.events).unwrap().unwrap();
    let (view, columns) = (chairs.view(), export::columns(&chairs.view()));
    let row = export::row(&view, &told);
    assert_eq!(row.len(), columns.len(), "a value below each heading");
    let value = |heading: &str| row[columns.iter().position(|column| column.heading == heading).unwrap()].clone();
    assert_eq!(value("Nummer"), Cell::text("2026-0041"));
    assert_eq!(value("Akkoord van"), Cell::text("Bob"));
    assert_eq!(value("Maximum"), Cell::Euros(48_000));
    assert_eq!(value("Hun nummer"), Cell::text("BF-7781"));
    assert_eq!(value("Aan zet"), Cell::text("uitvoerder"));
    let secret = crate::domain::report::Story { item: Some("fac.leaver".into()), ..told };
    let row = export::row(&view, &secret);
    assert_eq!(row, vec![Cell::text("2026-0041"), Cell::text("Aanvraag"), Cell::text("Uitdiensttreding")]);
}

#[test]
fn the_message_of_the_week_is_short_and_has_what_is_settled_in_the_meeting() {
    let story = Story::tap().does("alice", Command::Confirm);
    let _ = Via::Button;
    let view = story.view();
    let provider = &story.register.providers[&"facilitair".into()];
    let empty = on_paper(&agenda(&view, &Agenda::default(), provider, None, false));
    assert!(empty.contains("Niets te bespreken met Brink Facilitair"), "{empty}");
    let full = agenda(&view, &busy(story.now, 12), provider, None, true);
    let labels: Vec<&str> = full.buttons.iter().flatten().map(|button| button.label.as_str()).collect();
    assert_eq!(labels.iter().filter(|label| label.starts_with("Besproken")).count(), 10);
    assert_eq!(labels.iter().filter(|label| label.starts_with("Niet nagekomen")).count(), 4);
    let card = full.card.unwrap();
    assert!(card.facts.iter().all(|(_, value)| value.plain().lines().count() <= 6), "five of each, and how many more");
}
