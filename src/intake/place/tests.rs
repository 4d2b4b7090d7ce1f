//! Where a message says that something is.

use super::*;
use proptest::prelude::*;

fn places(raw: &str) -> (Option<String>, Option<String>) {
    let text = Text::new(raw);
    let taken = vec![false; text.len()];
    let emphasis = vec![1.0; text.len()];
    let own = [Place { name: "De Linde".to_owned(), also: vec!["Lindehuis".to_owned()] }];
    let Rules { chosen: best, rival: also, .. } = Places::new(&own).rules(&text, &taken, &emphasis);
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
fn what_is_broken_itself_says_not_where() {
    for text in ["de wc is verstopt", "het toilet loopt over", "the loo is blocked"] {
        assert_eq!(chosen(text).0, None, "{text}");
    }
    let where_it_is = chosen("de wc op de tweede verdieping is verstopt").0;
    assert!(where_it_is.is_some_and(|place| place.ends_with("tweede verdieping")));
}

#[test]
fn a_second_place_is_kept_so_that_it_can_be_asked_for() {
    let (best, also) = places("er is gelekt in de kantine, en in de keuken ook");
    assert_eq!(best.as_deref(), Some("kantine"));
    assert_eq!(also.as_deref(), Some("keuken"));
    assert_eq!(places("het lekt in de keuken").1, None);
}

#[test]
fn a_message_that_leaves_it_between_two_places_says_so() {
    let torn = |raw: &str| {
        let text = Text::new(raw);
        let (taken, emphasis) = (vec![false; text.len()], vec![1.0; text.len()]);
        let model = crate::intake::model::Model::shipped();
        let places = Places::new(&[]);
        let choice = places.choose(&text, &places.rules(&text, &taken, &emphasis), &taken, &emphasis, &model.places);
        choice.torn.map(|(from, to)| {
            let (start, end) = text.bytes(from, to);
            raw[start..end].to_owned()
        })
    };
    for (text, words) in [
        ("de kraan in de keuken of de pantry lekt", Some("keuken of de pantry")),
        ("kan iemand de lamp in kamer 2.14 of kamer 2.16 nakijken?", Some("kamer 2.14 of kamer 2.16")),
        ("the lamp in the kitchen or in the lobby is broken", Some("kitchen or in the lobby")),
        ("er is gelekt in de kantine, en in de keuken ook", None),
        ("de kraan in de keuken lekt, of is dat al gemeld?", None),
    ] {
        assert_eq!(torn(text).as_deref(), words, "{text}");
    }
}

/// The place of a message by the learned choice, and the one that may be meant as well.
fn chosen(raw: &str) -> (Option<String>, Option<String>) {
    let text = Text::new(raw);
    let (taken, emphasis) = (vec![false; text.len()], vec![1.0; text.len()]);
    let own = [Place { name: "De Linde".to_owned(), also: vec![] }];
    let model = crate::intake::model::Model::shipped();
    let places = Places::new(&own);
    let choice = places.choose(&text, &places.rules(&text, &taken, &emphasis), &taken, &emphasis, &model.places);
    let words = |found: Located| {
        let (start, end) = text.bytes(found.from, found.to);
        raw[start..end].to_owned()
    };
    (choice.best.map(words), choice.also.map(words))
}

#[test]
fn places_that_stand_in_no_list_are_found_by_what_was_learned() {
    for (raw, want) in [
        ("Er lekt water uit het plafond van de sterilisatiepost", "sterilisatiepost"),
        ("printer op de redactievloer doet niks meer", "redactievloer"),
        ("the tap in the vestry drips", "vestry"),
        ("het slot van de volière is stuk", "volière"),
    ] {
        assert_eq!(place(raw), None, "the rules know {raw}");
        assert_eq!(chosen(raw).0.as_deref(), Some(want), "{raw}");
    }
}

#[test]
fn what_the_rules_know_stays_found_and_own_places_win() {
    assert_eq!(chosen("de koffie op de derde verdieping is op").0.as_deref(), Some("derde verdieping"));
    assert_eq!(chosen("de deur van De Linde klemt, die naast de kantine").0.as_deref(), Some("De Linde"));
    assert_eq!(chosen("Mag ik een nieuw toetsenbord? Het oude is van tafel gevallen").0, None);
}

#[test]
fn of_two_places_joined_by_or_neither_swallows_the_other() {
    let (best, also) = chosen("stoel kapot bij de balie of bij de receptie, weet niet meer");
    assert_eq!((best.as_deref(), also.as_deref()), (Some("balie"), Some("receptie")));
    let (best, also) = chosen("in de kantine lekt het, of was het in de keuken?");
    assert_eq!((best.as_deref(), also.as_deref()), (Some("kantine"), Some("keuken")));
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
        for found in place(&raw).into_iter().chain(chosen(&raw).0) {
            prop_assert!(raw.contains(&found));
        }
    }
}
