//! Stories of colleagues' messages, read with the starter catalogue.

use super::extract::{Bound, What, extract};
use super::lines::{extract_line, understand_line};
use super::{Answer, Grain, Heard, Intent, Outcome, Reader, Understanding};
use crate::domain::catalogue::{Catalogue, CatalogueItem, Recognise};
use crate::domain::local_time::OddTime;
use crate::domain::register::{Place, Topic};
use crate::domain::{Bilingual, FieldKey, ItemId, Kind, Lang, LocalMoment, Price, ProviderCode, Urgency, WhenRole};
use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use serde::Deserialize;
use std::collections::HashMap;

mod lines;
mod several;

#[derive(Deserialize)]
struct Pack {
    #[serde(default)]
    item: Vec<Item>,
    #[serde(default)]
    examples: Vec<Examples>,
}

#[derive(Deserialize)]
struct Examples {
    item: String,
    texts: Vec<String>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    name: Bilingual,
    kinds: Vec<Kind>,
    provider: String,
    recognise: Recognise,
}

/// The starter packs, as far as reading needs them.
fn starter() -> Catalogue {
    let packs = [
        include_str!("../../config/catalogue/facility.toml"),
        include_str!("../../config/catalogue/facility-examples.toml"),
        include_str!("../../config/catalogue/ict.toml"),
        include_str!("../../config/catalogue/ict-examples.toml"),
    ]
    .map(|text| toml::from_str::<Pack>(text).unwrap());
    let mut examples: HashMap<String, Vec<String>> = HashMap::new();
    let mut all = Vec::new();
    for pack in packs {
        all.extend(pack.item);
        for more in pack.examples {
            examples.entry(more.item).or_default().extend(more.texts);
        }
    }
    let items = all.into_iter().map(|mut item| {
        item.recognise.examples.extend(examples.remove(&item.id).unwrap_or_default());
        item
    });
    let items = items.map(|item| CatalogueItem {
        id: ItemId::new(item.id),
        name: item.name,
        recognise: item.recognise,
        kinds: item.kinds,
        provider: ProviderCode::new(item.provider),
        price: Price::Unknown,
        repair_price: Price::Included,
        vat_rate: 2100,
        fields: Vec::new(),
        lead_days: None,
        tip: None,
        duty_number: None,
        impact: Default::default(),
        clause: None,
        confidential: false,
    });
    Catalogue::new(items).unwrap()
}

fn reader() -> Reader {
    Reader::new(&starter(), &[])
}

/// Wednesday 6 May 2026, a quarter past ten in the morning.
fn now() -> chrono::DateTime<chrono_tz::Tz> {
    chrono_tz::Europe::Amsterdam.with_ymd_and_hms(2026, 5, 6, 10, 15, 0).unwrap()
}

fn heard(text: &str, topic: Topic) -> Heard<'_> {
    Heard { text, now: now(), topic, addressed: false }
}

fn why(reader: &Reader, text: &str) -> Vec<super::Reason> {
    reader.why(&heard(text, Topic::General))
}

fn read(reader: &Reader, text: &str) -> Understanding {
    reader.read(&heard(text, Topic::General))
}

fn day(month: u32, day: u32) -> LocalMoment {
    LocalMoment::Day(NaiveDate::from_ymd_opt(2026, month, day).unwrap())
}

fn at(month: u32, day: u32, hour: u32, minute: u32) -> LocalMoment {
    LocalMoment::At(NaiveDate::from_ymd_opt(2026, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap())
}

#[test]
fn what_asks_nothing_is_passed_over_in_a_channel_and_all_else_is_read_as_ever() {
    let reader = reader();
    for (text, silent) in [
        ("de kraan in de pantry boven lekt", false),
        ("graag vrijdag 12 stoelen in zaal Eik, en ook een beamer", false),
        ("lekker weertje vandaag, wie gaat er mee lunchen om 12 uur?", true),
    ] {
        let (read, heard) = (read(&reader, text), reader.listen(&heard(text, Topic::General)));
        assert_eq!(heard.requests.is_empty(), silent, "{text}");
        assert!(!read.requests.is_empty());
        let requests = if silent { read.requests.clone() } else { heard.requests.clone() };
        assert_eq!(Understanding { requests, ..heard }, read, "{text}");
    }
}

#[test]
fn plain_reports_and_wishes_are_heard_and_matched() {
    let reader = reader();
    for (text, kind, item) in [
        ("In de heren is de afvoer van de wasbak verstopt geraakt", Kind::Incident, "fac.plumbing"),
        ("Ruit van de zijdeur is gebarsten", Kind::Incident, "fac.glass"),
        ("The tap in the pantry keeps dripping", Kind::Incident, "fac.plumbing"),
        ("graag een extra telefoonnummer op de belgroep van Vergunningen", Kind::Request, "ict.phone"),
        ("Excel freezes whenever I open the budget sheet", Kind::Incident, "ict.software-fault"),
        ("Please book parking for two visitors next Thursday morning", Kind::Request, "fac.parking"),
        ("Kunnen jullie een sleutel laten bijmaken voor de berging?", Kind::Request, "fac.key"),
        ("Mijn vpn verbinding valt om de tien minuten weg", Kind::Incident, "ict.network"),
        ("The catering for Monday's meeting never showed up. We paid for 20 lunches!", Kind::Complaint, "fac.catering"),
        ("@facilitair hoe laat gaat het pand open op zaterdag?", Kind::Question, "fac.other"),
    ] {
        let understanding = read(&reader, text);
        let first = &understanding.requests[0];
        assert!(understanding.confidence >= 0.5, "{text}: {:.2} {:?}", understanding.confidence, why(&reader, text));
        assert_eq!(first.item.as_ref().map(|i| i.value.as_str()), Some(item), "{text}");
        assert_eq!(first.kind.value, kind, "{text}");
    }
}

#[test]
fn chat_among_colleagues_is_left_alone() {
    let reader = reader();
    for text in [
        "Wie heeft er zin om vanmiddag een rondje te wandelen?",
        "Ik neem morgen appeltaart mee, wie lust er een stuk?",
        "Laat maar, na een herstart doet de scanner het weer",
        "Gisteren aangevraagd, maar heb nog niks gehoord over die sleutel",
        "Zeg Petra, heb je die offerte van de koffieleverancier nog?",
        "Just rebooted and the dock is recognised again, sorry for the noise",
        "Reminder: submit your expenses by Friday",
        "If we ever move to a bigger office I want a window seat",
        "Jan gaat met pensioen, vrijdag borrel in de kantine vanaf 16 uur",
        "Bij mij thuis is de verwarming ook stuk, de monteur komt zaterdag",
    ] {
        let understanding = read(&reader, text);
        assert_ne!(understanding.outcome, Outcome::Act, "{text}: {:?}", why(&reader, text));
        assert!(understanding.confidence < 0.5, "{text}: {:.2} {:?}", understanding.confidence, why(&reader, text));
    }
}

#[test]
fn what_is_said_to_loket_is_never_met_with_silence() {
    let reader = reader();
    let said = Heard { addressed: true, ..heard("de printer", Topic::General) };
    assert_ne!(reader.read(&said).outcome, Outcome::Silent);
}

#[test]
fn the_wished_date_is_chosen_among_the_dates() {
    let reader = reader();
    for (text, from, to, role) in [
        ("Kan er voor vrijdag iemand naar de deur van kamer 4.11 kijken? Hij klemt", day(5, 8), None, WhenRole::By),
        ("Please deliver 12 chairs to room 0.07 by Monday noon", at(5, 11, 12, 0), None, WhenRole::By),
        ("Kunnen jullie om half drie een koerier naar Zutphen sturen?", at(5, 6, 14, 30), None, WhenRole::On),
        (
            "Kunnen jullie volgende week dinsdag tussen 9 en 11 de airco op 2.05 nakijken?",
            at(5, 12, 9, 0),
            Some(at(5, 12, 11, 0)),
            WhenRole::On,
        ),
        ("Binnen 3 werkdagen graag 4 nieuwe headsets", day(5, 11), None, WhenRole::By),
        ("Vanaf 1 juni graag 2 parkeerplaatsen voor onze gasten", day(6, 1), None, WhenRole::From),
        ("Graag op Hemelvaartsdag de verwarming in de sportzaal lager", day(5, 14), None, WhenRole::On),
        ("Van 18 t/m 22 mei willen wij graag twee extra bureaus", day(5, 18), Some(day(5, 22)), WhenRole::On),
        ("Over twee weken begint onze stagiair, graag voor die tijd een account", day(5, 20), None, WhenRole::By),
        ("Kan de lamp in de hal uiterlijk vandaag vervangen worden?", day(5, 6), None, WhenRole::By),
        ("Please fix the lamp in the hall by EOD", day(5, 6), None, WhenRole::By),
        ("Kan er volgende week om 10 uur iemand naar de kraan kijken?", day(5, 11), Some(day(5, 17)), WhenRole::On),
        (
            "Kan de lamp in de hal donderdag tussen 9 en 12 vervangen worden?",
            at(5, 7, 9, 0),
            Some(at(5, 7, 12, 0)),
            WhenRole::On,
        ),
        ("Graag op 19 en 20 mei extra stoelen in zaal 2", day(5, 19), Some(day(5, 20)), WhenRole::On),
        ("De raad komt donderdag 28 mei. Zaal graag de dag ervoor ombouwen", day(5, 27), None, WhenRole::On),
        ("De raad komt 28 mei, de tafels moeten een week eerder in de hal staan", day(5, 21), None, WhenRole::By),
        ("New starter on 2 June, please have her laptop ready by the Friday before", day(5, 29), None, WhenRole::By),
        ("We need two parking spots the day after tomorrow", day(5, 8), None, WhenRole::On),
        (
            "Visitors come on 2 June. Could the lamp in the hall be fixed Friday after lunch?",
            day(5, 8),
            None,
            WhenRole::On,
        ),
        ("Over twee weken (wo 20 mei dus) hebben we een extra bureau nodig", day(5, 20), None, WhenRole::On),
        (
            "Graag morgen voor 12 uur een nieuwe muis want om 1 uur is de bespreking",
            at(5, 7, 12, 0),
            None,
            WhenRole::By,
        ),
        ("Om vijf uur is het daar donker. Kan de lamp in de hal voor vrijdag gemaakt?", day(5, 8), None, WhenRole::By),
    ] {
        let understanding = read(&reader, text);
        let when = understanding.requests[0].when.clone().map(|found| found.value);
        let when = when.unwrap_or_else(|| panic!("{text}: no date"));
        assert_eq!((when.from, when.to, when.role), (from, to, role), "{text}");
    }
}

#[test]
fn since_when_something_fails_is_no_wish() {
    let reader = reader();
    for text in ["De lamp in de gang is al sinds maandag stuk", "Yesterday the lift got stuck, and again this morning"]
    {
        assert_eq!(read(&reader, text).requests[0].when, None, "{text}");
    }
}

#[test]
fn as_soon_as_possible_is_haste_and_no_date() {
    let first = read(&reader(), "Graag z.s.m. iemand, de voordeur gaat niet meer op slot").requests[0].clone();
    assert_eq!(first.when, None);
    assert_eq!(first.urgency.value, Urgency::High);
    let patient = read(&reader(), "De klok in de hal loopt achter, geen haast").requests[0].clone();
    assert_eq!(patient.urgency.value, Urgency::Low);
}

#[test]
fn danger_shows() {
    let first = read(&reader(), "Er komen vonken uit het stopcontact in de werkplaats!").requests[0].clone();
    assert!(first.danger);
    assert_eq!(first.item.map(|i| i.value), Some(ItemId::from("fac.electrical")));
}

#[test]
fn a_plain_statement_of_a_few_words_in_a_channel_for_it_is_heard() {
    let reader = reader();
    let outcome = |text: &str| reader.read(&heard(text, Topic::Facility)).outcome;
    for curt in [
        "het is hier 16 graden",
        "koffie is op",
        "wc verstopt",
        "boven is het ijskoud",
        "lunch voor 12 om 12 uur vrijdag",
    ] {
        assert_ne!(outcome(curt), Outcome::Silent, "{curt}");
    }
    for chat in ["16 graden en zon, heerlijk", "koffie staat klaar", "wc is weer vrij", "lunch was lekker"] {
        assert_eq!(outcome(chat), Outcome::Silent, "{chat}");
    }
}

#[test]
fn two_things_joined_by_and_are_two_where_both_say_something_whole() {
    let reader = reader();
    let items = |text: &str| -> Vec<String> {
        let requests = read(&reader, text).requests.into_iter();
        requests.filter_map(|one| Some(one.item?.value.as_str().to_owned())).collect()
    };
    for (text, two) in [
        ("de lift is stuk en de wifi ligt eruit", ["fac.lift", "ict.network"]),
        ("de kraan lekt en graag 4 stoelen in zaal Eik", ["fac.plumbing", "fac.room-setup"]),
        ("lamp kapot op 2.14 en graag 12 lunches voor vrijdag", ["fac.lighting", "fac.catering"]),
        ("de wc is verstopt en kunnen we vrijdag 20 broodjes krijgen?", ["fac.plumbing", "fac.catering"]),
    ] {
        assert_eq!(items(text), two, "{text}");
    }
    for one in ["de deur zit op slot en ik heb een sleutel nodig", "de kraan lekt en de vloer is nat"] {
        assert_eq!(items(one).len(), 1, "{one}");
    }
}

#[test]
fn what_was_read_as_a_time_is_no_place() {
    let read = read(&reader(), "de monteur mag tussen 2 en 4 komen, de kraan lekt");
    assert_eq!(read.requests[0].place, None);
    assert!(read.requests[0].when.is_some());
}

#[test]
fn nobody_who_sounds_an_alarm_is_met_with_silence() {
    let reader = reader();
    for alarm in [
        "ik ruik gas in de kelder",
        "ik ruik gas",
        "ik ruik hier gas",
        "het ruikt hier naar gas",
        "ruikt iemand anders ook gas?",
        "volgens mij is het gas wat we hier ruiken",
        "lunch om 12. gevaarlijk lekker. ik ruik gas",
        "is dat een gaslucht op de gang?",
        "I smell gas",
        "does anyone else smell something like gas",
        "vonken uit de printer",
        "Brand in de keuken!",
        "de lift zit vast tussen 2 en 3, er zit iemand in!",
        "lift 2 doet niets meer en ik zit er met twee collega's in vast",
        "we zitten vast, de lift gaat niet meer open",
        "the lift stopped between floors and somebody is stuck inside",
        "we're stuck in the lift, two of us",
    ] {
        let read = read(&reader, alarm);
        assert!(read.requests.iter().any(|one| one.danger), "{alarm}");
        let hours = alarm.contains("tussen") && read.requests.iter().any(|one| one.when.is_some());
        assert!(!hours, "floors are no hours: {alarm}");
        assert_ne!(read.outcome, Outcome::Silent, "{alarm}");
    }
    for chat in [
        "Reminder: fire drill Thursday at ten, leave by the nearest exit",
        "die brandlucht was mijn tosti, niks aan de hand",
        "nee hoor, ik ruik geen gas",
        "met die nieuwe auto gas geven, heerlijk",
    ] {
        assert_eq!(read(&reader, chat).outcome, Outcome::Silent, "{chat}");
    }
}

#[test]
fn a_lift_or_a_room_with_nobody_shut_in_is_no_danger() {
    let reader = reader();
    for plain in [
        "de lift zit vast, er zit gelukkig niemand in",
        "de lift zit vast op 3, ik kan niet met de kar naar boven",
        "in zaal 2 zit iemand in de weg, kan die tafel eruit?",
        "gisteren zat ik nog in de lift met de nieuwe directeur",
        "de lift doet het niet, iemand staat in de hal te wachten",
        "three people were stuck inside yesterday, the lift runs again but rattles",
    ] {
        assert!(read(&reader, plain).requests.iter().all(|one| !one.danger), "{plain}");
    }
}

#[test]
fn places_are_named_as_typed() {
    let reader = reader();
    for (text, place) in [
        ("In de pantry op de begane grond lekt de vaatwasser", "pantry op de begane grond"),
        ("Onze printer op kamer B2.14 print alleen nog strepen", "kamer B2.14"),
        ("the window in the ladies on 1 won't close", "ladies on 1"),
        ("Kan iemand het digibord in lokaal 12 aan de praat krijgen?", "lokaal 12"),
        ("wifi in vleugel B valt weg", "vleugel B"),
        ("Team Zorg verhuist van 1.10 naar 3.02, graag hulp", "1.10 naar 3.02"),
    ] {
        let found = read(&reader, text).requests[0].place.clone();
        assert_eq!(found.map(|f| f.value).as_deref(), Some(place), "{text}");
    }
}

#[test]
fn the_organisations_own_places_outrank_everyday_words() {
    let own = Place { name: "Het Nest".into(), also: vec!["nest".into()] };
    let reader = Reader::new(&starter(), &[own]);
    let found = read(&reader, "De koffieautomaat bij de keuken van het nest geeft storing").requests[0].place.clone();
    assert!(found.is_some_and(|f| f.value.contains("nest")));
}

#[test]
fn counts_and_amounts_are_those_of_the_wish() {
    let reader = reader();
    let order =
        read(&reader, "Graag taart voor 25 personen op 9 juni om 15:00, kosten max 75 euro").requests[0].clone();
    assert_eq!(order.quantity.map(|q| q.value), Some(25));
    assert_eq!(order.amount.map(|a| a.value.cents), Some(7500));
    let fault = read(&reader, "error 31 op de printer, al 3 keer uit en aan gezet").requests[0].clone();
    assert_eq!(fault.quantity, None);
    let dutch = read(&reader, "Offerte graag voor drie bureaus, budget € 1.250,-").requests[0].clone();
    assert_eq!(dutch.quantity.map(|q| q.value), Some(3));
    assert_eq!(dutch.amount.map(|a| a.value.cents), Some(125_000));
}

#[test]
fn what_is_said_beside_a_request_is_told_from_requests_and_chat() {
    use super::Aside::{Adds, AsksHow, Other, Over};
    let reader = reader();
    for (text, wanted) in [
        ("is er al iets bekend over de lamp?", AsksHow),
        ("any news on my monitor?", AsksHow),
        ("laat maar, hij doet het weer", Over),
        ("never mind, works again", Over),
        ("oh het is in kamer 7", Adds),
        ("and it is on the second floor", Adds),
        ("oh wat leuk, gefeliciteerd!", Other),
        ("doet het nog steeds niet", Other),
        ("de lamp in kamer 7 is kapot", Other),
        ("wie gaat er mee lunchen?", Other),
    ] {
        assert_eq!(reader.aside(&heard(text, Topic::Facility)), wanted, "{text}");
    }
}

#[test]
fn health_stays_out_of_what_goes_to_the_provider() {
    let text = "Ik heb een hernia, dus graag een zit-stabureau";
    let first = read(&reader(), text).requests[0].clone();
    let held: Vec<&str> = first.private.iter().filter_map(|span| span.words(text)).collect();
    assert_eq!(held, ["Ik heb een hernia"]);
}

#[test]
fn every_value_points_at_its_words() {
    let reader = reader();
    for text in [
        "Kàn er vóór vrijdag 😀 iemand naar de kraan in de café-keuken kijken? max €\u{a0}50",
        "👩‍👩‍👧 drie stoelen graag in de zaal “Ë” om half drie…",
        "e\u{301}\u{301}\u{301} ﬁ İstanbul ß lekkage",
        "\u{202e}kapotte lamp\u{202c} in kamer 2.14",
        "",
        "?",
    ] {
        for request in read(&reader, text).requests {
            let spans = [
                Some(request.span),
                request.item.and_then(|f| f.span),
                request.when.and_then(|f| f.span),
                request.place.and_then(|f| f.span),
                request.quantity.and_then(|f| f.span),
                request.amount.and_then(|f| f.span),
                request.urgency.span,
            ];
            for span in spans.into_iter().flatten() {
                assert!(span.words(text).is_some(), "{text:?}: {span:?}");
            }
        }
    }
}

#[test]
fn endless_messages_are_read_to_a_limit() {
    let reader = reader();
    for part in ["voor ", "1.", "half ", "tussen 1 en 2 ", "é", "kan iemand ", "'", "€"] {
        let text = part.repeat(20_000);
        let understanding = read(&reader, &text);
        assert!(understanding.requests.iter().all(|r| r.span.end <= 6 * 1024), "{part}");
    }
}

fn answer(reader: &Reader, text: &str, asked: Option<&str>) -> Answer {
    reader.answer(&heard(text, Topic::Facility), asked.map(FieldKey::from).as_ref())
}

#[test]
fn short_replies_are_read_for_what_they_want() {
    let reader = reader();
    for (text, intent) in [
        ("ja hoor", Intent::Yes),
        ("Klopt!", Intent::Yes),
        ("nee dat is niet goed", Intent::No),
        ("laat maar, hoeft niet meer", Intent::Cancel),
        ("akkoord, doe maar", Intent::Agree),
        ("niet akkoord", Intent::No),
        ("hij doet het weer", Intent::Solved),
        ("nee, werkt nog niet", Intent::NotSolved),
        ("dank je wel", Intent::Thanks),
        ("het gaat om de achterste", Intent::Other),
        ("still broken", Intent::NotSolved),
        ("never mind", Intent::Cancel),
    ] {
        assert_eq!(answer(&reader, text, None).intent, intent, "{text}");
    }
}

#[test]
fn a_bare_reply_fills_the_field_that_was_asked_for() {
    let reader = reader();
    assert_eq!(answer(&reader, "12", Some("quantity")).values.quantity.map(|q| q.value), Some(12));
    assert_eq!(answer(&reader, "twaalf stuks", Some("quantity")).values.quantity.map(|q| q.value), Some(12));
    assert_eq!(
        answer(&reader, "kamer 2.14", Some("place")).values.place.map(|p| p.value).as_deref(),
        Some("kamer 2.14")
    );
    assert_eq!(answer(&reader, "bij de bode", Some("place")).values.place.map(|p| p.value).as_deref(), Some("bode"));
    assert_eq!(answer(&reader, "morgen", Some("when")).values.when.map(|w| w.value.from), Some(day(5, 7)));
    assert!(answer(&reader, "elke vrijdag", Some("when")).values.when.is_none());
    assert!(answer(&reader, "zo snel mogelijk", Some("when")).values.when.is_none());
    assert_eq!(answer(&reader, "75,50", Some("amount")).values.amount.map(|a| a.value.cents), Some(7550));
    let friday = |text: &str| answer(&reader, text, None).values.when.map(|when| (when.value.from, when.value.role));
    for text in
        ["nee, alleen deze vrijdag", "doe toch maar vrijdag", "sorry, ik bedoelde vrijdag", "no, just this Friday"]
    {
        assert_eq!(friday(text), Some((day(5, 8), WhenRole::On)), "{text}");
    }
    for text in ["vrijdag was hij er nog", "2.14", "elke vrijdag"] {
        assert_eq!(friday(text), None, "{text}");
    }
    let free = answer(&reader, "Voor Els de Boer, team Zorg", Some("who"));
    assert_eq!(free.values.text.map(|t| t.value).as_deref(), Some("Voor Els de Boer, team Zorg"));
}

#[test]
fn the_language_of_the_message_is_told() {
    let reader = reader();
    assert_eq!(read(&reader, "lamp in de gang is stuk").lang, Lang::Nl);
    assert_eq!(read(&reader, "the hall lamp is broken").lang, Lang::En);
}

#[test]
fn a_standing_order_is_never_one_date() {
    let reader = reader();
    let first =
        &read(&reader, "Kunnen jullie voortaan elke vrijdag om 15:00 de kantine extra schoonmaken?").requests[0];
    assert_eq!(first.when, None);
    let recurring = first.recurring.as_ref().expect("a standing order").value;
    assert_eq!((recurring.every, recurring.unit, recurring.on), (1, Grain::Week, Some(chrono::Weekday::Fri)));
    let often = |text: &str| read(&reader, text).requests[0].standing.clone().map(|found| found.value);
    for (text, words) in [
        ("Kunnen jullie voortaan elke vrijdag om 15:00 de kantine extra schoonmaken?", Some("elke vrijdag om 15:00")),
        ("Graag vanaf april op maandag en elke donderdag fruit voor 20 personen", Some("elke donderdag")),
        ("Could we have fruit for 20 people on Mondays and Thursdays?", Some("on Mondays and Thursdays")),
        ("Lunch voor 12 in zaal Eik graag, elke dinsdag", Some("elke dinsdag")),
        ("De wifi in zaal Eik valt elke dag uit", None),
        ("Mag de printer een wachtwoord krijgen dat niet elke maand verloopt?", None),
        ("Kunnen jullie de prullenbakken legen? Wij doen dat nu elke dag zelf", None),
        ("Graag voor 1 mei de jaarlijkse controle van de blussers", None),
    ] {
        assert_eq!(often(text).as_deref(), words, "{text}");
    }
    let once = &read(&reader, "Kunnen jullie vrijdag om 15:00 de kantine extra schoonmaken?").requests[0];
    assert!(once.when.is_some() && once.recurring.is_none());
}

#[test]
fn a_time_that_the_clock_skips_or_repeats_is_told() {
    let reader = reader();
    let odd = |text: &str| read(&reader, text).requests[0].odd_time;
    assert_eq!(odd("Graag op 25 oktober om 02:30 de server herstarten"), Some(OddTime::Twice));
    assert_eq!(odd("Graag op 28 maart 2027 om 02:30 de server herstarten"), Some(OddTime::Never));
    assert_eq!(odd("Graag op 25 oktober om 12:30 de server herstarten"), None);
}
