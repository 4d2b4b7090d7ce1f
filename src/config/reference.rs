//! The reference of the configuration: what each key means, and its defaults as the program has them.

use super::process::{Database, Process};
use crate::domain::register::Deadlines;
use chrono::Duration;
use std::fmt::Write as _;

/// What each key means; written by hand, beside the code that reads it, and held complete by a test.
const MEANING: &str = include_str!("../../config/README.md");

/// The whole reference, as Markdown.
pub fn reference() -> String {
    // The page stands beside other documentation, not beside the file.
    let mut page = MEANING.trim_end().replace("](loket.toml)", "](../config/loket.toml)");
    page.push_str(
        "\n\n## Defaults\n\nAs this version of the program has them.\n\n| file | key | default |\n|---|---|---|\n",
    );
    for (key, value) in process(&Process::default()) {
        let _ = writeln!(page, "| `loket.toml` | `{key}` | `{value}` |");
    }
    for (key, length) in deadlines(&Deadlines::default()) {
        let _ = writeln!(page, "| `organisations/<id>.toml` | `deadlines.{key}` | `\"{}\"` |", said(length));
    }
    page
}

fn process(process: &Process) -> Vec<(&'static str, String)> {
    let quoted = |text: &str| format!("\"{text}\"");
    let database = match &process.database {
        Database::Url(url) => quoted(url),
        Database::Secret(name) => format!("{{ secret = \"{name}\" }}"),
    };
    vec![
        ("database", database),
        ("listen", quoted(&process.listen.map_or("none".to_owned(), |address| address.to_string()))),
        ("outbox", quoted(&process.outbox)),
        ("backfill", quoted(&said(process.backfill))),
        ("poll", quoted(&said(process.poll))),
        ("log_level", quoted(process.log_level.code())),
    ]
}

fn deadlines(deadlines: &Deadlines) -> [(&'static str, Duration); 9] {
    let Deadlines {
        grace,
        question_reminder,
        question_expiry,
        approval_reminder,
        approval_escalation,
        approval_expiry,
        acknowledgement,
        auto_close,
        nudge_pause,
    } = *deadlines;
    [
        ("grace", grace),
        ("question_reminder", question_reminder),
        ("question_expiry", question_expiry),
        ("approval_reminder", approval_reminder),
        ("approval_escalation", approval_escalation),
        ("approval_expiry", approval_expiry),
        ("acknowledgement", acknowledgement),
        ("auto_close", auto_close),
        ("nudge_pause", nudge_pause),
    ]
}

/// A length of time as the files write it.
fn said(length: Duration) -> String {
    let seconds = length.num_seconds();
    match seconds {
        _ if seconds % 86_400 == 0 => format!("{} d", seconds / 86_400),
        _ if seconds % 3_600 == 0 => format!("{} h", seconds / 3_600),
        _ if seconds % 60 == 0 && seconds > 60 => format!("{} min", seconds / 60),
        _ => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every key that the sources ask a table for.
    fn asked() -> BTreeSet<String> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config");
        let mut keys = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() || path.ends_with("tests.rs") || path.ends_with("reference.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for begin in [".get(\"", ".need(\""] {
                keys.extend(text.split(begin).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
        keys
    }

    #[test]
    fn every_key_that_is_read_is_explained() {
        let keys = asked();
        assert!(keys.len() > 60, "{keys:?}");
        let page = reference();
        let words: BTreeSet<&str> =
            page.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect();
        let missing: Vec<_> = keys.iter().filter(|key| !words.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "config/README.md says nothing of {missing:?}");
    }

    #[test]
    fn the_printed_reference_is_current() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md");
        let printed = std::fs::read_to_string(path).unwrap();
        assert!(printed == reference(), "run loket config reference >docs/configuration.md");
    }
}
