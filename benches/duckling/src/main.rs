//! Texts a second and dates found, by Loket and by the crate `duckling`, over the labelled Dutch messages of this repository.

use chrono::{DateTime, FixedOffset};
use duckling::{Context, DimensionKind, Lang, Locale, Options, parse};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A text, and when it was written.
type Said = (String, DateTime<FixedOffset>);

/// How often both read all texts; the best round of each counts, since others use the machine too.
const ROUNDS: usize = 5;

fn said() -> Vec<Said> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/understanding");
    let mut said = Vec::new();
    for file in ["test.jsonl", "test-offices.jsonl"] {
        let text = std::fs::read_to_string(format!("{folder}/{file}")).expect("the labelled messages");
        for line in text.lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            if line["lang"] == "nl" {
                let text = line["text"].as_str().expect("a text").to_owned();
                said.push((text, line["now"].as_str().expect("a moment").parse().expect("a moment")));
            }
        }
    }
    said
}

/// The least time of a round, and how many texts held a date.
fn timed(said: &[Said], finds: impl Fn(&Said) -> bool) -> (Duration, usize) {
    let mut best = (Duration::MAX, 0);
    for _ in 0..ROUNDS {
        let since = Instant::now();
        let found = said.iter().filter(|said| black_box(finds(said))).count();
        best = best.min((since.elapsed(), found));
    }
    best
}

fn main() {
    let said = said();
    let (locale, options) = (Locale::new(Lang::NL, None), Options::default());
    let ours = timed(&said, |(text, now)| !loket::intake::extract::dates(text, "nl-NL", now.naive_local()).is_empty());
    let theirs = timed(&said, |(text, now)| {
        !parse(text, &locale, &[DimensionKind::Time], &Context::new(*now, locale), &options).is_empty()
    });
    for (name, (time, found)) in [("Loket", ours), ("duckling", theirs)] {
        let each = f64::from(u32::try_from(said.len()).expect("few texts")) / time.as_secs_f64();
        println!("{name}: {each:.0} texts a second, a date in {found} of {}", said.len());
    }
    println!("ratio: {:.1}", theirs.0.as_secs_f64() / ours.0.as_secs_f64());
}
