//! Any bytes as a message: read as a new request, as an answer to each field, and as a line of both line interfaces. Values must
//! stand in the text.
#![no_main]

use chrono::TimeZone as _;
use libfuzzer_sys::fuzz_target;
use loket::config::{self, Folder};
use loket::domain::FieldKey;
use loket::domain::register::Topic;
use loket::intake::{Heard, Reader, extract, lines};
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let pack = Folder::embedded("office").expect("the starter pack");
    Reader::new(&config::load(&pack).expect("a sound pack").register.catalogue, &[])
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let text: String = text.chars().take(4_000).collect();
    let zone = chrono_tz::Europe::Amsterdam;
    // The first byte moves the moment over a year, so that both changes of the clock come by.
    let hour = i64::from(bytes.first().copied().unwrap_or_default()) * 34;
    let now = zone.with_ymd_and_hms(2026, 1, 1, 9, 0, 0).unwrap() + chrono::Duration::hours(hour);
    let heard = Heard { text: &text, now, topic: Topic::Facility, addressed: bytes.len() % 2 == 0 };
    let read = READER.read(&heard);
    for request in &read.requests {
        if let Some(place) = &request.place {
            let span = place.span.expect("a place has its words");
            assert_eq!(span.words(&text), Some(place.value.as_str()));
        }
    }
    let _ = READER.why(&heard);
    for field in ["place", "when", "quantity", "amount", "item"] {
        let _ = READER.answer(&heard, Some(&FieldKey::new(field)));
    }
    let _ = extract::extract(&text, "nl", now.naive_local());
    let _ = lines::understand_line(&READER, &text);
});
