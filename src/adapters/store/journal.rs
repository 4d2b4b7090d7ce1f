//! How an event becomes a row of the journal and back: private texts kept apart, rows chained by their hashes.

use crate::domain::Instant;
use crate::domain::request::event::Recorded;
use crate::ports::{Entropy, StoreError};
use hmac::{Hmac, Mac as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// The version in which events are written now.
pub const VERSION: i64 = 1;

/// The key by which [`Private`](crate::domain::Private) marks its place.
const MARK: &str = "$private";

/// A private text apart from its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// By which the event names it, random.
    pub id: String,
    /// The key of the hash that the event holds: without it a short text could be guessed from its hash.
    pub salt: String,
    /// The text.
    pub body: String,
}

/// An event as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The name of its variant.
    pub kind: String,
    /// The JSON with its version and without private texts.
    pub body: String,
    /// The private texts.
    pub apart: Vec<Apart>,
}

/// Makes an event ready to be stored.
pub fn seal<E: Serialize>(event: &E, entropy: &dyn Entropy) -> Result<Sealed, StoreError> {
    let unfit = |what: String| StoreError::Inconsistent { table: "journal", what };
    let mut value =
        serde_json::to_value(event).map_err(|error| unfit(format!("an event has no JSON form: {error}")))?;
    let mut apart = Vec::new();
    take_apart(&mut value, entropy, &mut apart);
    let Value::Object(map) = &mut value else { return Err(unfit("an event is not a JSON object".into())) };
    map.insert("v".into(), VERSION.into());
    let kind = map.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Sealed { kind, body: value.to_string(), apart })
}

fn take_apart(value: &mut Value, entropy: &dyn Entropy, apart: &mut Vec<Apart>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(text)) = map.get(MARK) {
                let mut random = [0; 26];
                entropy.fill(&mut random);
                let (id, salt) = (hex(&random[..10]), hex(&random[10..]));
                // PostgreSQL has no place for the zero character; nobody can type it.
                let body = text.replace('\0', "\u{fffd}");
                let mac = mac(&salt, &body);
                map.insert(MARK.into(), json!({ "id": id, "mac": mac }));
                apart.push(Apart { id, salt, body });
            } else {
                map.values_mut().for_each(|value| take_apart(value, entropy, apart));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|value| take_apart(value, entropy, apart)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// HMAC-SHA-256 of a text with the salt's hexadecimal form as key, in hexadecimal.
fn mac(salt: &str, text: &str) -> String {
    // A key of any length is taken, so that the error cannot occur; an empty hash would fail `loket verify`.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(salt.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// A row of the journal as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its place.
    pub seq: u64,
    /// When it was committed.
    pub at: Instant,
    /// The name of the variant.
    pub kind: String,
    /// The version in which it was written.
    pub v: i64,
    /// The JSON without private texts.
    pub body: String,
    /// The hash of the row, in hexadecimal.
    pub hash: String,
}

/// Puts the texts back and reads the event. A text that is gone was erased.
pub fn unseal<E: DeserializeOwned>(
    stored: Stored,
    texts: &mut HashMap<String, Apart>,
) -> Result<Recorded<E>, StoreError> {
    let Stored { seq, at, kind, v, body, .. } = stored;
    let unfit = |what: String| StoreError::Inconsistent { table: "journal", what: format!("event {seq}: {what}") };
    let value: Value = serde_json::from_str(&body).map_err(|error| unfit(error.to_string()))?;
    let Value::Object(map) = value else { return Err(unfit("it is not a JSON object".into())) };
    let mut value = Value::Object(upgrade(&kind, v, map).map_err(unfit)?);
    put_back(&mut value, texts);
    let event = serde_json::from_value(value).map_err(|error| unfit(error.to_string()))?;
    Ok(Recorded { seq, at, event })
}

fn put_back(value: &mut Value, texts: &mut HashMap<String, Apart>) {
    match value {
        Value::Object(map) => {
            if let Some(mark) = map.get_mut(MARK) {
                let text = mark.get("id").and_then(Value::as_str).and_then(|id| texts.remove(id));
                *mark = text.map_or(Value::Null, |apart| Value::String(apart.body));
            } else {
                map.values_mut().for_each(|value| put_back(value, texts));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|value| put_back(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Brings an event that an earlier release wrote to the present form. Each change of a stored form gets an arm here and
/// keeps its fixture; a version from the future is refused.
pub fn upgrade(kind: &str, v: i64, mut body: Map<String, Value>) -> Result<Map<String, Value>, String> {
    match v {
        VERSION => {
            body.remove("v");
            Ok(body)
        }
        _ => Err(format!("{kind} has version {v}, which this release does not know")),
    }
}

/// Every private text that an event names must be the one that was written, where it was not erased.
pub fn proves(body: &str, texts: &HashMap<String, Apart>) -> bool {
    fn walk(value: &Value, texts: &HashMap<String, Apart>) -> bool {
        match value {
            Value::Object(map) => match map.get(MARK) {
                Some(mark) => {
                    let part = |name| mark.get(name).and_then(Value::as_str);
                    match (part("id"), part("mac")) {
                        (Some(id), Some(proof)) => {
                            texts.get(id).is_none_or(|apart| mac(&apart.salt, &apart.body) == proof)
                        }
                        _ => mark.is_null(),
                    }
                }
                None => map.values().all(|value| walk(value, texts)),
            },
            Value::Array(items) => items.iter().all(|value| walk(value, texts)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        }
    }
    serde_json::from_str(body).is_ok_and(|value| walk(&value, texts))
}

/// The hash of a row: SHA-256 over the hash before it and everything that the row says. Each text goes in with its length,
/// so that nothing can be moved from one column to the next.
pub fn chain(before: &[u8; 32], organisation: &str, stream: &str, seq: u64, at: Instant, body: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    for text in [organisation, stream] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.update(seq.to_be_bytes());
    hash.update(at.timestamp_millis().to_be_bytes());
    hash.update((body.len() as u64).to_be_bytes());
    hash.update(body.as_bytes());
    hash.finalize().into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

/// Reads the 32 bytes that [`hex`] wrote.
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Private;
    use crate::domain::request::Event;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    fn entropy() -> Counting {
        Counting(1.into())
    }

    fn reasoned(why: Private) -> Event {
        Event::Reasoned { person: "anna".into(), why }
    }

    fn stored(sealed: &Sealed) -> Stored {
        let (kind, body) = (sealed.kind.clone(), sealed.body.clone());
        Stored { seq: 3, at: Instant::default(), kind, v: VERSION, body, hash: String::new() }
    }

    fn texts(sealed: &Sealed) -> HashMap<String, Apart> {
        sealed.apart.iter().map(|apart| (apart.id.clone(), apart.clone())).collect()
    }

    #[test]
    fn a_private_text_is_kept_apart_and_put_back() {
        let event = reasoned(Private::new("het is te duur"));
        let sealed = seal(&event, &entropy()).unwrap();
        assert!(!sealed.body.contains("duur"), "{}", sealed.body);
        assert_eq!(sealed.kind, "reasoned");
        assert!(sealed.body.contains("\"v\":1"));
        assert_eq!(sealed.apart.len(), 1);
        assert_eq!(
            unseal(stored(&sealed), &mut texts(&sealed)).unwrap(),
            Recorded { seq: 3, at: Instant::default(), event }
        );
    }

    #[test]
    fn a_text_that_is_gone_was_erased_and_stays_so_when_written_again() {
        let sealed = seal(&reasoned(Private::new("weg")), &entropy()).unwrap();
        let read: Recorded = unseal(stored(&sealed), &mut HashMap::new()).unwrap();
        assert_eq!(read.event, reasoned(Private::erased()));
        let again = seal(&read.event, &entropy()).unwrap();
        assert!(again.apart.is_empty());
        assert_eq!(unseal::<Event>(stored(&again), &mut HashMap::new()).unwrap().event, reasoned(Private::erased()));
    }

    #[test]
    fn another_text_under_the_same_name_is_noticed_and_an_erased_one_is_not() {
        let sealed = seal(&reasoned(Private::new("ja")), &entropy()).unwrap();
        let mut texts = texts(&sealed);
        assert!(proves(&sealed.body, &texts));
        texts.values_mut().for_each(|apart| apart.body = "nee".into());
        assert!(!proves(&sealed.body, &texts));
        assert!(proves(&sealed.body, &HashMap::new()));
    }

    #[test]
    fn a_version_from_the_future_is_refused() {
        let sealed = seal(&Event::Chased, &entropy()).unwrap();
        let newer = Stored { v: 2, ..stored(&sealed) };
        let refused = unseal::<Event>(newer, &mut HashMap::new()).unwrap_err().to_string();
        assert!(refused.contains("chased has version 2"), "{refused}");
    }

    #[test]
    fn every_part_of_a_row_moves_its_hash() {
        let at = Instant::default();
        let of = |organisation, stream, seq, at, body| chain(&[0; 32], organisation, stream, seq, at, body);
        let hash = of("linde", "a", 0, at, "{}");
        let later = at + chrono::Duration::milliseconds(1);
        let others = [
            of("lind", "ea", 0, at, "{}"),
            of("linde", "b", 0, at, "{}"),
            of("linde", "a", 1, at, "{}"),
            of("linde", "a", 0, later, "{}"),
            of("linde", "a", 0, at, "{ }"),
            chain(&[1; 32], "linde", "a", 0, at, "{}"),
        ];
        for other in others {
            assert_ne!(hash, other);
        }
        assert_eq!(unhex(&hex(&hash)), Some(hash));
        assert_eq!(unhex("zz"), None);
    }
}
