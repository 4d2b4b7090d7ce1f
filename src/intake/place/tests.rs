//! Where a message says that something is.

use super::*;
use proptest::prelude::*;

fn places(raw: &str) -> (Option<String>, Option<String>) {
    let text = Text::new(raw);
    let taken = vec![false; text.len()];
    let emphasis = vec![1.0; text.len()];
    let own = [Place { name: "De Linde".to_owned(), also: vec!["Lindehuis".to_owned()] }];
    let (best, also) = Places::new(&own).find(&text, &taken, &emphasis);
    let words = |found: Located| {
        let (start, end) = text.bytes(found.from, found.to);
        raw[start..end].to_owned()
    };
    (best.map(words), also.map(words))
}

fn place(raw: &str) -> Option<String> {
    places(raw).0
}

#[test]
fn rooms_are_found_by_number_letter_and_name() {
    for (raw, want) in [
        ("de beamer in lokaal 3.11 knippert", "lokaal 3.11"),
        ("Kan de verwarming in B1.17 omhoog?", "B1.17"),
        ("lek in hal 4, graag snel", "hal 4"),
        ("de bel van trap C doet het niet, zit naast trap C", "trap C"),
        ("geluid valt weg in zaal Erasmus", "zaal Erasmus"),
        ("the projector in room 12 hums", "room 12"),
        ("no heating in Studio 3", "Studio 3"),
        ("stoel stuk bij bureau 4.02-c", "bureau 4.02-c"),
        ("Gebouw D, vleugel West is koud", "Gebouw D, vleugel West"),
        ("het lekt boven in de mediatheek", "mediatheek"),
    ] {
        assert_eq!(place(raw).as_deref(), Some(want), "{raw}");
    }
}

#[test]
fn the_nouns_before_an_english_place_belong_to_it() {
    for (raw, want) in [
        ("a pipe drips in the pottery studio", "pottery studio"),
        ("the light in the whole north corridor is off", "north corridor"),
        ("a tap runs in the volunteers' kitchen", "volunteers' kitchen"),
        ("mud everywhere in the goods entrance", "goods entrance"),
    ] {
        assert_eq!(place(raw).as_deref(), Some(want), "{raw}");
    }
}

#[test]
fn what_a_place_stands_in_belongs_to_it() {
    for (raw, want) in [
        ("de lamp in de gang op de derde verdieping is stuk", "gang op de derde verdieping"),
        ("het slot van de deur knelt, bij de balie van Burgerzaken", "balie van Burgerzaken"),
        ("onder het afdak lekt het, in de keuken naast lokaal 7", "keuken naast lokaal 7"),
        ("er ligt glas bij de container op het schoolplein", "container op het schoolplein"),
        ("the kitchen next to the front office smells", "kitchen next to the front office"),
        ("radiator koud in de kamer van wethouder Jansen", "kamer van wethouder Jansen"),
    ] {
        assert_eq!(place(raw).as_deref(), Some(want), "{raw}");
    }
}

#[test]
fn floors_streets_departments_and_own_places_are_places() {
    for (raw, want) in [
        ("de koffie op 4 is op", "4"),
        ("papier op bij Financiën", "Financiën"),
        ("ruit kapot aan de Dorpsstraat", "Dorpsstraat"),
        ("de poort van De Linde klemt", "De Linde"),
        ("zeep bijvullen op alle verdiepingen", "alle verdiepingen"),
        ("het is koud bij team Toezicht", "team Toezicht"),
    ] {
        assert_eq!(place(raw).as_deref(), Some(want), "{raw}");
    }
}

#[test]
fn words_that_only_look_like_places_are_none() {
    for raw in [
        "mag ik een nieuwe kamerplant",
        "versie 3.20 van het programma crasht",
        "graag 3 stoelen erbij",
        "kan Nienke bij Inkoop een account krijgen",
        "my desk is broken",
        "de voortgang is traag",
        "wij zitten met acht man in het pand",
    ] {
        assert_eq!(place(raw), None, "{raw}");
    }
}

#[test]
fn the_place_that_is_not_meant_gives_way() {
    assert_eq!(place("niet in de kantine maar in de keuken lekt het").as_deref(), Some("keuken"));
    assert_eq!(place("it is not in the lobby but in the garage").as_deref(), Some("garage"));
    // Something that does not work is no denial of the place.
    assert_eq!(place("de wifi werkt niet in de kantine").as_deref(), Some("kantine"));
}

#[test]
fn a_second_place_is_kept_so_that_it_can_be_asked_for() {
    let (best, also) = places("er is gelekt in de kantine, en in de keuken ook");
    assert_eq!(best.as_deref(), Some("kantine"));
    assert_eq!(also.as_deref(), Some("keuken"));
    assert_eq!(places("het lekt in de keuken").1, None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn any_words_at_all_are_searched_without_harm(
        words in proptest::collection::vec(
            prop_oneof![
                Just("in"), Just("op"), Just("de"), Just("van"), Just("kamer"), Just("hal"), Just("2.14"), Just("B"),
                Just("Noord"), Just("verdieping"), Just("1e"), Just(","), Just("naast"), Just("lift"), Just("the"),
                Just("room"), Just("next"), Just("to"), Just("'"), Just("&"), Just("niet"), Just("maar"), Just("-"),
            ],
            0..30,
        ),
        spaced in any::<bool>(),
    ) {
        let raw = words.join(if spaced { " " } else { "" });
        if let Some(found) = place(&raw) {
            prop_assert!(raw.contains(&found));
        }
    }
}
