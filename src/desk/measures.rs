//! How the desk is doing, in numbers: counted where it happens, and written by a pure function as Prometheus reads it.

use super::Desk;
use crate::domain::request::Event;
use crate::intake::Outcome;
use crate::ports::{Depth, StoreError, Traffic};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// What was counted since the start. Restarting begins at 0, which whoever reads counters knows.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    acted: AtomicU64,
    asked: AtomicU64,
    silent: AtomicU64,
    agreed: AtomicU64,
    declined: AtomicU64,
    taken_back: AtomicU64,
}

impl Tally {
    /// A message was read.
    pub(super) fn read(&self, outcome: Outcome) {
        let counter = match outcome {
            Outcome::Act => &self.acted,
            Outcome::Ask => &self.asked,
            Outcome::Silent => &self.silent,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Events were committed.
    pub(super) fn decided(&self, decisions: &Decisions) {
        let [agreed, declined, taken_back] = decisions.0;
        self.agreed.fetch_add(agreed, Ordering::Relaxed);
        self.declined.fetch_add(declined, Ordering::Relaxed);
        self.taken_back.fetch_add(taken_back, Ordering::Relaxed);
    }

    fn figures(&self) -> Tallied {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Tallied {
            understood: [("act", read(&self.acted)), ("ask", read(&self.asked)), ("silent", read(&self.silent))],
            decisions: [
                ("agreed", read(&self.agreed)),
                ("declined", read(&self.declined)),
                ("taken-back", read(&self.taken_back)),
            ],
        }
    }
}

/// The decisions of people among some events: yes, no, taken back.
pub(super) struct Decisions([u64; 3]);

impl Decisions {
    pub(super) fn among(events: &[Event]) -> Self {
        let count = |wanted: fn(&Event) -> bool| events.iter().filter(|event| wanted(event)).count() as u64;
        Self([
            count(|event| matches!(event, Event::Agreed { .. })),
            count(|event| matches!(event, Event::Declined { .. })),
            count(|event| matches!(event, Event::TakenBack { .. })),
        ])
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tallied {
    understood: [(&'static str, u64); 3],
    decisions: [(&'static str, u64); 3],
}

/// Everything that is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Figures {
    version: &'static str,
    outbox: Vec<Depth>,
    open: Vec<(String, u64)>,
    traffic: Traffic,
    tallied: Tallied,
}

/// Every metric by name, with its type and what it says.
pub const NAMES: [(&str, &str, &str); 12] = [
    ("loket_info", "gauge", "The version that runs."),
    ("loket_outbox_effects", "gauge", "Effects that wait to be carried out or were given up."),
    (
        "loket_outbox_oldest_seconds",
        "gauge",
        "Age of the oldest effect whose moment has come and that is not carried out.",
    ),
    ("loket_requests_open", "gauge", "Open requests by stage."),
    ("loket_gateway_up", "gauge", "1 while a session with the chat platform is alive."),
    ("loket_gateway_sessions_total", "counter", "Sessions with the chat platform that began."),
    ("loket_chat_requests_total", "counter", "Requests sent to the chat platform."),
    ("loket_chat_limited_total", "counter", "Answers of the chat platform that asked for patience (429)."),
    ("loket_chat_invalid_total", "counter", "Requests that the chat platform counts as invalid."),
    (
        "loket_events_missed_total",
        "counter",
        "Events that could not be read, or came faster than they could be handled.",
    ),
    ("loket_decisions_total", "counter", "Decisions of people with a mandate."),
    ("loket_messages_total", "counter", "Messages by what was understood from them."),
];

const LANES: [&str; 5] = ["chat", "approvers", "spoc", "answers", "provider"];

/// The text. Labels are words of Loket's own.
fn text(figures: &Figures) -> String {
    let mut out = String::new();
    for (name, kind, help) in NAMES {
        let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in samples(name, figures) {
            let _ = writeln!(out, "{name}{labels} {value}");
        }
    }
    out
}

fn samples(name: &str, figures: &Figures) -> Vec<(String, String)> {
    let plain = |value: u64| vec![(String::new(), value.to_string())];
    let by = |label: &str, counts: &[(&'static str, u64)]| {
        counts.iter().map(|(word, count)| (format!("{{{label}=\"{word}\"}}"), count.to_string())).collect()
    };
    let traffic = &figures.traffic;
    match name {
        "loket_info" => vec![(format!("{{version=\"{}\"}}", figures.version), "1".into())],
        "loket_outbox_effects" => effects(&figures.outbox),
        "loket_outbox_oldest_seconds" => oldest(&figures.outbox),
        "loket_requests_open" => {
            figures.open.iter().map(|(stage, count)| (format!("{{stage=\"{stage}\"}}"), count.to_string())).collect()
        }
        "loket_gateway_up" => plain(u64::from(traffic.connected)),
        "loket_gateway_sessions_total" => plain(traffic.sessions),
        "loket_chat_requests_total" => plain(traffic.sent),
        "loket_chat_limited_total" => plain(traffic.limited),
        "loket_chat_invalid_total" => plain(traffic.invalid),
        "loket_events_missed_total" => {
            by("why", &[("undecodable", traffic.undecodable), ("overflown", traffic.overflown)])
        }
        "loket_decisions_total" => by("outcome", &figures.tallied.decisions),
        "loket_messages_total" => by("outcome", &figures.tallied.understood),
        _ => vec![],
    }
}

/// Every lane and state, also those in which there is nothing: an alert on what is missing says nothing.
fn effects(outbox: &[Depth]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for lane in LANES {
        for state in ["waiting", "given-up"] {
            let found = outbox.iter().find(|depth| depth.lane == lane && depth.state == state);
            let count = found.map_or(0, |depth| depth.count);
            all.push((format!("{{lane=\"{lane}\",state=\"{state}\"}}"), count.to_string()));
        }
    }
    all
}

fn oldest(outbox: &[Depth]) -> Vec<(String, String)> {
    let of = |lane: &str| {
        let waiting = outbox.iter().find(|depth| depth.lane == lane && depth.state == "waiting");
        waiting.map_or(0, |depth| depth.oldest / 1000)
    };
    LANES.iter().map(|lane| (format!("{{lane=\"{lane}\"}}"), of(lane).to_string())).collect()
}

impl Desk {
    /// The numbers as they are now.
    pub(super) async fn figures(&self) -> Result<String, StoreError> {
        let figures = Figures {
            version: env!("CARGO_PKG_VERSION"),
            outbox: self.store.depths(self.clock.now()).await?,
            open: self.store.open_by_stage().await?,
            traffic: self.platform.as_ref().map(|platform| platform.traffic()).unwrap_or_default(),
            tallied: self.tally.figures(),
        };
        Ok(text(&figures))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_prometheus_reads() {
        let figures = Figures {
            version: "0.1.0",
            outbox: vec![
                Depth { lane: "provider".into(), state: "waiting".into(), count: 3, oldest: 61_500 },
                Depth { lane: "spoc".into(), state: "given-up".into(), count: 1, oldest: 0 },
            ],
            open: vec![("draft".into(), 2)],
            traffic: Traffic { connected: true, limited: 4, undecodable: 5, ..Traffic::default() },
            tallied: Tally::default().figures(),
        };
        let told = text(&figures);
        for line in [
            "loket_info{version=\"0.1.0\"} 1",
            "loket_outbox_effects{lane=\"provider\",state=\"waiting\"} 3",
            "loket_outbox_effects{lane=\"spoc\",state=\"given-up\"} 1",
            "loket_outbox_effects{lane=\"chat\",state=\"waiting\"} 0",
            "loket_outbox_oldest_seconds{lane=\"provider\"} 61",
            "loket_requests_open{stage=\"draft\"} 2",
            "loket_gateway_up 1",
            "loket_chat_limited_total 4",
            "loket_events_missed_total{why=\"undecodable\"} 5",
            "loket_decisions_total{outcome=\"agreed\"} 0",
            "loket_messages_total{outcome=\"silent\"} 0",
        ] {
            assert!(told.lines().any(|own| own == line), "{line}\n{told}");
        }
        for (name, ..) in NAMES {
            assert!(!samples(name, &figures).is_empty(), "{name} is named and never written");
        }
    }
}
