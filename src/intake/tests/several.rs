//! Several requests in one message, and one that only looks like several.

use super::*;

#[test]
fn two_things_in_one_message_are_two_requests() {
    let understanding =
        read(&reader(), "De kraan in de keuken lekt. En kunnen jullie ook 12 stoelen in de grote zaal klaarzetten?");
    let items: Vec<&str> =
        understanding.requests.iter().filter_map(|r| r.item.as_ref().map(|i| i.value.as_str())).collect();
    assert_eq!(items, ["fac.plumbing", "fac.room-setup"]);
}

/// For each request of a message its item, and how many and where.
fn asked(text: &str) -> Vec<(String, Option<u32>, Option<String>)> {
    let understanding = read(&reader(), text);
    let one = |r: crate::intake::Understood| {
        for span in [r.place.as_ref().and_then(|p| p.span), r.when.as_ref().and_then(|w| w.span)].into_iter().flatten()
        {
            assert!(span.words(text).is_some(), "{text}: a span points into the whole message");
        }
        if let Some(place) = &r.place {
            assert_eq!(place.span.and_then(|span| span.words(text)), Some(place.value.as_str()), "{text}");
        }
        (r.item.unwrap().value.to_string(), r.quantity.map(|q| q.value), r.place.map(|p| p.value))
    };
    understanding.requests.into_iter().map(one).collect()
}

fn is(item: &str, quantity: Option<u32>, place: Option<&str>) -> (String, Option<u32>, Option<String>) {
    (item.to_owned(), quantity, place.map(str::to_owned))
}

#[test]
fn each_of_two_requests_has_its_own_values() {
    let stories = [
        (
            "de kraan op de sportzolder lekt en kunnen jullie ook 8 stoelen neerzetten in zaal Beuk?",
            vec![is("fac.plumbing", None, Some("sportzolder")), is("fac.room-setup", Some(8), Some("zaal Beuk"))],
        ),
        (
            "toilet verstopt. En de lamp in kamer 7 is kapot",
            vec![is("fac.plumbing", None, None), is("fac.lighting", None, Some("kamer 7"))],
        ),
        (
            "the sink is blocked and I also need a new badge for Noor",
            vec![is("fac.plumbing", None, None), is("fac.access-pass", None, None)],
        ),
        (
            "De lamp in kamer 3 is kapot. De lamp in de hal knippert ook",
            vec![is("fac.lighting", None, Some("kamer 3")), is("fac.lighting", None, Some("hal"))],
        ),
        (
            "1. de wc in de hal is verstopt\n2. de printer op de gang doet het niet\n3. graag een nieuwe badge voor Noor",
            vec![
                is("fac.plumbing", None, Some("hal")),
                is("ict.printer", None, Some("gang")),
                is("fac.access-pass", None, None),
            ],
        ),
    ];
    for (text, wanted) in stories {
        assert_eq!(asked(text), wanted, "{text}");
    }
    let two = read(&reader(), "de wc in de hal is verstopt en kun je ook taart regelen voor 10 personen vrijdag?");
    let kinds: Vec<(Kind, bool)> = two.requests.iter().map(|r| (r.kind.value, r.when.is_some())).collect();
    assert_eq!(kinds, [(Kind::Incident, false), (Kind::Request, true)], "the fault is not wished for Friday");
    let urgent =
        read(&reader(), "Er hangt brandlucht in de keuken! En kunnen jullie ook 8 stoelen in zaal Beuk zetten?");
    let danger: Vec<bool> = urgent.requests.iter().map(|r| r.danger).collect();
    assert_eq!(danger, [true, false], "chairs are no danger, and go the ordinary way");
}

#[test]
fn what_stands_in_front_counts_for_each() {
    let text = "Graag donderdag in zaal Beuk: 8 stoelen en een beamer";
    assert_eq!(
        asked(text),
        [is("fac.room-setup", Some(8), Some("zaal Beuk")), is("ict.meeting-room", None, Some("zaal Beuk"))]
    );
    for one in read(&reader(), text).requests {
        assert_eq!(one.when.map(|when| when.value.from), Some(day(5, 7)));
    }
    let asks = "Donderdag in zaal Beuk graag 8 stoelen en kun je ook een lunch voor 8 personen regelen?";
    assert_eq!(
        asked(asks),
        [is("fac.room-setup", Some(8), Some("zaal Beuk")), is("fac.catering", Some(8), Some("zaal Beuk"))]
    );
}

#[test]
fn one_request_is_never_split() {
    for text in [
        "De douche op de sportzolder lekt. Het is dringend",
        "De douche op de sportzolder lekt. Graag voor vrijdag, dank alvast!",
        "De airco in kamer 4 maakt herrie en lekt",
        "Laptop van Noor start niet op. Het scherm blijft zwart",
        "De wifi ligt eruit en mijn laptop krijgt geen verbinding",
        "De deur zit op slot en ik heb een sleutel nodig",
        "De lift staat stil en het alarm gaat af",
        "Graag 8 stoelen en 3 tafels in zaal Beuk",
        "Koffie en broodjes voor 8 man graag, vrijdag in zaal Beuk",
        "Lost my badge between the station and the office, can you block it and make me a new one?",
        "Voor de open dag: lage banken, zitzakken en een rode loper graag",
        "Could someone look at the lift? It stopped on the second floor and smells burnt",
    ] {
        assert_eq!(read(&reader(), text).requests.len(), 1, "{text}");
    }
}
