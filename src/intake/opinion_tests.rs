use super::*;
use crate::config::{Folder, load};
use chrono::TimeZone;

fn catalogue() -> Catalogue {
    load(&Folder::embedded("office").unwrap()).unwrap().register.catalogue
}

fn heard(text: &str) -> Heard<'_> {
    let now = chrono_tz::Europe::Amsterdam.with_ymd_and_hms(2026, 5, 6, 10, 15, 0).unwrap();
    Heard { text, now, topic: Topic::Facility, addressed: false }
}

/// A message of which only the words are given: doubtful, and nothing was read in it.
fn doubt(reader: &Reader, heard: &Heard<'_>) -> Understanding {
    let mut understood = reader.read(heard);
    understood.outcome = Outcome::Ask;
    understood.requests.truncate(1);
    for one in &mut understood.requests {
        (one.item, one.place, one.when, one.quantity) = (None, None, None, None);
        (one.sure_of_item, one.alternatives, one.danger) = (false, vec![], false);
    }
    understood
}

const SAID: &str = "Vrijdag komen er 12 man, kan er dan iets geregeld worden in Zaal Eik?";

fn answer(values: &str) -> String {
    format!(r#"{{"request": true, "item": "fac.catering", "kind": "request", {values}}}"#)
}

#[test]
fn what_is_pointed_at_is_read_by_the_own_grammar_and_points_at_its_words() {
    let (catalogue, heard) = (catalogue(), heard(SAID));
    let reader = Reader::new(&catalogue, &[]);
    let told = answer(r#""place": "in zaal eik", "when": "vrijdag", "quantity": 12"#);
    let advised = reader.advised(&heard, &doubt(&reader, &heard), &catalogue, &told).unwrap();
    assert_eq!((advised.outcome, advised.advised), (Outcome::Act, true));
    assert!(advised.confidence <= ADVISED);
    let one = &advised.requests[0];
    assert_eq!(one.item.as_ref().unwrap().value.as_str(), "fac.catering");
    assert_eq!(one.kind.value, Kind::Request);
    let words = |span: Option<Span>| span.unwrap().words(SAID).unwrap();
    assert_eq!(words(one.place.as_ref().unwrap().span), "Zaal Eik");
    assert_eq!(one.place.as_ref().unwrap().value, "Zaal Eik");
    assert_eq!(words(one.when.as_ref().unwrap().span), "Vrijdag");
    assert_eq!(one.when.as_ref().unwrap().value.from.iso(), "2026-05-08");
    assert_eq!((one.quantity.as_ref().unwrap().value, words(one.quantity.as_ref().unwrap().span)), (12, "12"));
}

#[test]
fn what_was_read_already_is_never_replaced() {
    let (catalogue, heard) = (catalogue(), heard(SAID));
    let reader = Reader::new(&catalogue, &[]);
    let mut own = doubt(&reader, &heard);
    own.requests[0].place = Some(Found::chosen("Beuk".to_owned()));
    own.requests[0].quantity = Some(Found::chosen(3));
    let told = answer(r#""place": "Zaal Eik", "when": null, "quantity": 12"#);
    let advised = reader.advised(&heard, &own, &catalogue, &told).unwrap();
    let one = &advised.requests[0];
    assert_eq!((one.place.clone(), one.quantity.clone()), (own.requests[0].place.clone(), Some(Found::chosen(3))));
}

#[test]
fn a_date_is_no_number_of_things_and_a_lie_spoils_the_rest() {
    let (catalogue, heard) = (catalogue(), heard("op 12 mei graag iets in Zaal Eik"));
    let reader = Reader::new(&catalogue, &[]);
    let own = doubt(&reader, &heard);
    let read = |values: &str| reader.advised(&heard, &own, &catalogue, &answer(values));
    assert_eq!(read(r#""place": null, "when": null, "quantity": 12"#), Err(Unbelieved::NotSaid));
    assert_eq!(read(r#""place": "Zaal Beuk", "when": null, "quantity": null"#), Err(Unbelieved::NotSaid));
    assert_eq!(read(r#""place": "aal Eik", "when": null, "quantity": null"#), Err(Unbelieved::NotSaid));
    assert_eq!(read(r#""place": "", "when": " ", "quantity": 0"#).map(|advised| advised.outcome), Ok(Outcome::Act));
    assert_eq!(read(r#""place": null, "when": null, "quantity": null, "approve": true"#), Err(Unbelieved::Form));
}

#[test]
fn a_clear_request_stays_one_and_is_torn_between_its_own_items_only() {
    let (catalogue, heard) = (catalogue(), heard(SAID));
    let reader = Reader::new(&catalogue, &[]);
    let mut own = doubt(&reader, &heard);
    own.outcome = Outcome::Act;
    own.requests[0].item = Some(Found::chosen("fac.room-setup".into()));
    own.requests[0].alternatives = vec!["fac.catering".into()];
    let asked = question(&heard, &own, &catalogue).unwrap();
    assert_eq!(asked.schema["properties"]["item"]["enum"], json!(["fac.room-setup", "fac.catering", null]));
    let read = |told: &str| reader.advised(&heard, &own, &catalogue, told);
    assert_eq!(read(r#"{"request": false}"#), Ok(own.clone()));
    assert_eq!(read(r#"{"request": true, "item": "fac.plumbing"}"#), Err(Unbelieved::Unknown));
    let advised = read(r#"{"request": true, "item": "fac.catering"}"#).unwrap();
    let one = &advised.requests[0];
    assert_eq!((one.item.as_ref().unwrap().value.as_str(), one.sure_of_item), ("fac.catering", true));
    assert_eq!(one.alternatives, ["fac.room-setup".into()]);
    assert!(advised.confidence <= ADVISED, "silence must not settle what somebody else chose");
    own.requests[0].sure_of_item = true;
    assert_eq!(question(&heard, &own, &catalogue), None, "nothing is in doubt");
}

#[test]
fn addresses_and_mentions_are_left_out_and_confidential_matters_are_not_asked_about() {
    let catalogue = catalogue();
    let reader = Reader::new(&catalogue, &[]);
    let text = "<@123> kijk even op https://voorbeeld.example/x?y=z, a < b <@&9> mail p.jansen@voorbeeld.example ok";
    let heard = heard(text);
    let mut own = doubt(&reader, &heard);
    let asked = question(&heard, &own, &catalogue).unwrap();
    for hidden in ["123", "voorbeeld", "jansen", "y=z"] {
        assert!(!asked.message.contains(hidden), "{}", asked.message);
    }
    assert!(asked.message.contains("a < b") && asked.message.contains("kijk even op"), "{}", asked.message);
    assert!(catalogue.item(&"ict.security".into()).unwrap().confidential);
    assert!(!asked.instructions.contains("ict.security"));
    own.requests[0].alternatives = vec!["ict.security".into()];
    assert_eq!(question(&heard, &own, &catalogue), None);
    own.requests[0].alternatives.clear();
    own.requests[0].danger = true;
    assert_eq!(question(&heard, &own, &catalogue), None, "danger never waits");
}
