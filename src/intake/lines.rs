//! The line interfaces: one JSON object in, one out. A bad line yields `{"id","error"}` and stops nothing.

use super::extract::{Match, extract};
use super::{Heard, Reader, Understanding, Understood};
use crate::domain::local_time::OddTime;
use crate::domain::register::Topic;
use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A line of `loket understand --jsonl`.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    id: Value,
    text: String,
    now: String,
    #[serde(default)]
    channel: Option<String>,
}

/// A date of the interfaces.
#[derive(Clone, Debug, Serialize)]
pub struct WhenLine {
    /// The day or moment, or the first of a period.
    pub from: String,
    /// The last day or the end time of a period.
    pub to: Option<String>,
    /// `on`, `by` or `from`.
    pub role: &'static str,
}

/// A standing order of the interfaces.
#[derive(Clone, Debug, Serialize)]
pub struct RecurringLine {
    /// Every so many units.
    pub every: u32,
    /// `day`, `week`, `month` …
    pub unit: &'static str,
    /// The weekday, 1 for Monday to 7.
    pub weekday: Option<u32>,
    /// On working days only.
    pub working_days: bool,
}

/// One request as `loket understand --jsonl` writes it.
#[derive(Clone, Debug, Serialize)]
pub struct RequestLine {
    /// Its kind.
    pub kind: Option<&'static str>,
    /// The item's identity.
    pub item: Option<String>,
    /// When.
    pub when: Option<WhenLine>,
    /// A standing order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurring: Option<RecurringLine>,
    /// `never` or `twice`, where the clock is changed over the wished time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odd_time: Option<&'static str>,
    /// How many.
    pub quantity: Option<u32>,
    /// Where, as typed.
    pub place: Option<String>,
    /// Another place that may be the one that is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_also: Option<String>,
    /// Euro cents.
    pub amount_cents: Option<i64>,
    /// `high`, `normal` or `low`.
    pub urgency: &'static str,
}

/// A line that `loket understand --jsonl` writes.
#[derive(Clone, Debug, Serialize)]
pub struct UnderstandLine {
    /// The line's own identity.
    pub id: Value,
    /// Whether something is asked.
    pub request: bool,
    /// `act`, `ask` or `silent`.
    pub outcome: &'static str,
    /// The probability that something is asked.
    pub confidence: f64,
    /// The first request.
    #[serde(flatten)]
    pub first: RequestLine,
    /// `nl` or `en`.
    pub lang: &'static str,
    /// The other requests of the message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<RequestLine>,
}

/// A line that `loket extract --jsonl` writes.
#[derive(Clone, Debug, Serialize)]
pub struct ExtractLine {
    /// The line's own identity.
    pub id: Value,
    /// What was found.
    pub matches: Vec<Match>,
}

#[derive(Serialize)]
struct ErrorLine {
    id: Value,
    error: String,
}

fn request_line(understood: &Understood) -> RequestLine {
    RequestLine {
        kind: Some(understood.kind.value.code()),
        item: understood.item.as_ref().map(|item| item.value.as_str().to_owned()),
        when: understood.when.as_ref().map(|when| WhenLine {
            from: when.value.from.iso(),
            to: when.value.to.map(crate::domain::LocalMoment::iso),
            role: when.value.role.code(),
        }),
        recurring: understood.recurring.as_ref().map(|found| RecurringLine {
            every: found.value.every,
            unit: found.value.unit.code(),
            weekday: found.value.on.map(|day| day.number_from_monday()),
            working_days: found.value.working,
        }),
        odd_time: understood.odd_time.map(OddTime::code),
        quantity: understood.quantity.as_ref().map(|found| found.value),
        place: understood.place.as_ref().map(|found| found.value.clone()),
        place_also: understood.place_also.as_ref().map(|found| found.value.clone()),
        amount_cents: understood.amount.as_ref().map(|found| found.value.cents),
        urgency: understood.urgency.value.code(),
    }
}

/// An understanding as a line.
pub fn line_of(id: Value, understanding: &Understanding) -> UnderstandLine {
    let mut requests = understanding.requests.iter().map(request_line);
    let empty = RequestLine {
        kind: None,
        item: None,
        when: None,
        recurring: None,
        odd_time: None,
        quantity: None,
        place: None,
        place_also: None,
        amount_cents: None,
        urgency: "normal",
    };
    let first = requests.next().unwrap_or(empty);
    UnderstandLine {
        id,
        request: understanding.confidence >= 0.5,
        outcome: understanding.outcome.code(),
        confidence: (understanding.confidence * 10_000.0).round() / 10_000.0,
        first,
        lang: understanding.lang.code(),
        also: requests.collect(),
    }
}

fn error(line: &str, error: String) -> String {
    let id = serde_json::from_str::<Value>(line)
        .ok()
        .and_then(|mut value| value.get_mut("id").map(Value::take))
        .unwrap_or(Value::Null);
    written(&ErrorLine { id, error })
}

fn written(line: &impl Serialize) -> String {
    // These types hold nothing that JSON cannot write.
    serde_json::to_string(line)
        .unwrap_or_else(|problem| format!("{{\"id\":null,\"error\":\"cannot be written: {problem}\"}}"))
}

/// The moment of a line in the zone of the organisation, Europe/Amsterdam when the line comes without configuration.
fn moment(text: &str) -> Result<DateTime<chrono_tz::Tz>, String> {
    let zone = chrono_tz::Europe::Amsterdam;
    if let Ok(at) = DateTime::<FixedOffset>::parse_from_rfc3339(text) {
        // The wall clock that the writer saw counts, whatever zone it was.
        let local = at.naive_local();
        return Ok(match zone.from_local_datetime(&local) {
            chrono::LocalResult::Single(at) | chrono::LocalResult::Ambiguous(at, _) => at,
            chrono::LocalResult::None => at.with_timezone(&zone),
        });
    }
    let local = naive(text)?;
    zone.from_local_datetime(&local)
        .earliest()
        .ok_or_else(|| format!("now: the time {text} does not exist in Europe/Amsterdam"))
}

fn naive(text: &str) -> Result<NaiveDateTime, String> {
    let cut = text.get(..19).unwrap_or(text);
    NaiveDateTime::parse_from_str(cut, "%Y-%m-%dT%H:%M:%S")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M"))
        .or_else(|_| {
            chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(chrono::NaiveTime::MIN))
        })
        .map_err(|_| format!("\"{text}\" is no date and time; write it as 2026-03-05T14:00:00+01:00"))
}

/// Reads one line of `loket understand --jsonl`.
pub fn understand_line(reader: &Reader, line: &str) -> String {
    let asked: Asked = match serde_json::from_str(line) {
        Ok(asked) => asked,
        Err(problem) => return error(line, format!("not a line of understand: {problem}")),
    };
    let now = match moment(&asked.now) {
        Ok(now) => now,
        Err(problem) => return written(&ErrorLine { id: asked.id, error: problem }),
    };
    let topic = match asked.channel.as_deref() {
        Some("facility") => Topic::Facility,
        Some("ict") => Topic::Ict,
        Some("general") | None => Topic::General,
        Some(other) => {
            let problem = format!("channel: \"{other}\" is unknown; use facility, ict or general");
            return written(&ErrorLine { id: asked.id, error: problem });
        }
    };
    let heard = Heard { text: &asked.text, now, topic, addressed: false };
    written(&line_of(asked.id, &reader.read(&heard)))
}

#[derive(Debug, Deserialize)]
struct Sought {
    #[serde(default)]
    id: Value,
    text: String,
    #[serde(default)]
    locale: Option<String>,
    reference: String,
}

/// Reads one line of `loket extract --jsonl`.
pub fn extract_line(line: &str) -> String {
    let sought: Sought = match serde_json::from_str(line) {
        Ok(sought) => sought,
        Err(problem) => return error(line, format!("not a line of extract: {problem}")),
    };
    let reference = match naive(&sought.reference) {
        Ok(reference) => reference,
        Err(problem) => return written(&ErrorLine { id: sought.id, error: format!("reference: {problem}") }),
    };
    let matches = extract(&sought.text, sought.locale.as_deref().unwrap_or("nl-NL"), reference);
    written(&ExtractLine { id: sought.id, matches })
}
