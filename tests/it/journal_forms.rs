//! The stored form of every event, in every version ever released, is still read as the event that it was.

use super::samples::{
    EVENT_NAMES, ORGANISATION_EVENT_NAMES, event_name, every_event, every_organisation_event, organisation_event_name,
};
use loket::adapters::store::journal::{Apart, Stored, VERSION, seal, unseal};
use loket::domain::Instant;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/events")
}

/// A fixture holds the stored `event` and its private `texts` by identity.
fn read<E: DeserializeOwned>(name: &str, v: i64) -> E {
    let path = folder().join(format!("{name}.v{v}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("write the fixture {}", path.display()));
    let fixture: Value = serde_json::from_str(&text).unwrap();
    let texts = fixture["texts"].as_object().unwrap().iter().map(|(id, body)| {
        let apart = Apart { id: id.clone(), salt: String::new(), body: body.as_str().unwrap().to_owned() };
        (id.clone(), apart)
    });
    let mut texts: HashMap<_, _> = texts.collect();
    let body = fixture["event"].to_string();
    let stored = Stored { seq: 0, at: Instant::default(), kind: name.to_owned(), v, body, hash: String::new() };
    let event = unseal(stored, &mut texts).unwrap().event;
    assert!(texts.is_empty(), "{name} uses every text of its fixture");
    event
}

#[test]
fn every_event_of_version_1_is_read_as_it_was_written() {
    for event in every_event() {
        assert_eq!(read::<loket::domain::request::Event>(event_name(&event), 1), event);
    }
    for event in every_organisation_event() {
        assert_eq!(read::<loket::domain::journal::OrganisationEvent>(organisation_event_name(&event), 1), event);
    }
}

#[test]
fn there_is_a_fixture_for_every_event_and_an_event_for_every_fixture() {
    let mut files: Vec<String> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let names = EVENT_NAMES.iter().chain(ORGANISATION_EVENT_NAMES);
    let mut expected: Vec<String> = names.map(|name| format!("{name}.v{VERSION}.json")).collect();
    expected.sort();
    assert_eq!(files, expected);
}

/// What is written now has the form of the newest fixture, apart from what is drawn at random.
#[test]
fn what_is_written_now_has_the_form_of_the_newest_fixture() {
    let entropy = super::samples::Counted::default();
    let mut sealed: Vec<_> = every_event().iter().map(|event| seal(event, &entropy).unwrap()).collect();
    sealed.extend(every_organisation_event().iter().map(|event| seal(event, &entropy).unwrap()));
    for sealed in sealed {
        let fixture = std::fs::read_to_string(folder().join(format!("{}.v{VERSION}.json", sealed.kind))).unwrap();
        let fixture: Value = serde_json::from_str(&fixture).unwrap();
        let written: Value = serde_json::from_str(&sealed.body).unwrap();
        assert_eq!(blank(written), blank(fixture["event"].clone()), "{}: a new form is a new version", sealed.kind);
    }
}

/// The same value with identities and hashes left out.
fn blank(mut value: Value) -> Value {
    match &mut value {
        Value::Object(map) if map.contains_key("$private") => return Value::from("private"),
        Value::Object(map) => map.values_mut().for_each(|value| *value = blank(value.take())),
        Value::Array(items) => items.iter_mut().for_each(|value| *value = blank(value.take())),
        _ => {}
    }
    value
}
