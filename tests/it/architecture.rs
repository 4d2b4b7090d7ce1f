//! The direction of dependencies, the size of rooms, and where words and outside crates may stand. Each invariant of
//! ARCHITECTURE.md that a test can hold is held here.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((name(&path), code_of(&fs::read_to_string(&path).unwrap())));
            }
        }
    }
    let single = root().join("src").join(format!("{folder}.rs"));
    if let Ok(text) = fs::read_to_string(&single) {
        found.push((name(&single), code_of(&text)));
    }
    assert!(!found.is_empty(), "no sources under src/{folder}");
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The code without comments and without the tests at its end: what they name binds nobody.
fn code_of(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Rooms that hold a vocabulary or a grammar rather than logic; DESIGN's soft limit does not fit word lists.
const VOCABULARIES: [&str; 2] = ["src/intake/cues.rs", "src/intake/when/period.rs"];

/// The test files inside `src` are not part of the house.
fn is_test(name: &str) -> bool {
    name.ends_with("tests.rs") || name.ends_with("samples.rs") || name.contains("/tests/")
}

fn refuse(folder: &str, forbidden: &[&str], why: &str) {
    let mut faults = Vec::new();
    for (file, code) in sources(folder).into_iter().filter(|(file, _)| !is_test(file)) {
        for word in forbidden {
            if code.contains(word) {
                faults.push(format!("{file} names {word}"));
            }
        }
    }
    assert!(faults.is_empty(), "{why}:\n{}", faults.join("\n"));
}

const OUTSIDE: [&str; 14] = [
    "tokio",
    "serenity",
    "sqlx",
    "reqwest",
    "tracing",
    "std::fs",
    "std::env",
    "std::net",
    "std::io",
    "getrandom",
    "lettre",
    "rustls",
    "Utc::now",
    "SystemTime::now",
];

#[test]
fn the_core_the_language_and_the_words_are_pure() {
    for room in ["domain", "intake", "render"] {
        refuse(room, &OUTSIDE, "a pure room does no I/O and reads no clock");
    }
}

#[test]
fn dependencies_point_inwards() {
    refuse(
        "domain",
        &[
            "crate::intake",
            "crate::render",
            "crate::ports",
            "crate::desk",
            "crate::adapters",
            "crate::config",
            "crate::cli",
        ],
        "the core knows nothing of the house around it",
    );
    refuse(
        "intake",
        &["crate::render", "crate::ports", "crate::desk", "crate::adapters", "crate::config", "crate::cli"],
        "language knows the core alone",
    );
    refuse(
        "render",
        &["crate::intake", "crate::ports", "crate::desk", "crate::adapters", "crate::config", "crate::cli"],
        "words know the core alone",
    );
    refuse(
        "ports",
        &["crate::intake", "crate::desk", "crate::adapters", "crate::config", "crate::cli"],
        "ports name values only",
    );
    refuse(
        "desk",
        &["crate::adapters", "crate::config", "crate::cli", "serenity", "sqlx"],
        "the desk knows ports, not adapters",
    );
    refuse(
        "config",
        &["crate::intake", "crate::ports", "crate::desk", "crate::adapters", "crate::cli"],
        "the configuration knows the core and the words",
    );
    refuse("adapters", &["crate::desk", "crate::cli"], "adapters are used by the house, they do not use it");
}

#[test]
fn adapters_do_not_use_each_other() {
    let rooms = ["discord", "local", "mailbox", "provider", "store", "web"];
    for room in rooms {
        let others: Vec<String> =
            rooms.iter().filter(|other| **other != room).map(|other| format!("adapters::{other}")).collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        refuse(&format!("adapters/{room}"), &others, "adapters do not use each other");
    }
}

#[test]
fn each_outside_crate_stands_in_its_own_room() {
    for (word, home) in [
        ("serenity::", "src/adapters/discord"),
        ("sqlx::", "src/adapters/store"),
        ("rusqlite::", "src/adapters/store"),
        ("reqwest::", "src/adapters"),
        ("resvg::", "src/adapters/picture"),
        ("use png::", "src/adapters/picture"),
        ("rust_xlsxwriter::", "src/adapters/sheet"),
        ("Utc::now", "src/adapters/clock.rs"),
        ("fluent_bundle::", "src/render"),
        ("maud::", "src/render"),
        ("axum::", "src/adapters/web"),
        ("hyper::", "src/adapters/web"),
    ] {
        for (file, code) in sources("").into_iter().filter(|(file, _)| !is_test(file)) {
            // The chat page of a trial is a client and a server of its own, for one computer.
            let page = matches!(word, "maud::" | "axum::") && file.starts_with("src/adapters/local/page");
            let at_home = page || file.starts_with(home);
            assert!(!code.contains(word) || at_home, "{file} names {word}, which belongs in {home}");
        }
    }
}

#[test]
fn rooms_stay_small_enough_to_hold_in_the_head() {
    let mut large = Vec::new();
    for (file, code) in sources("").into_iter().filter(|(file, _)| !is_test(file)) {
        let lines = code.lines().filter(|line| !line.trim().is_empty()).count();
        if lines > 700 && !VOCABULARIES.contains(&file.as_str()) {
            large.push(format!("{file}: {lines} lines of code"));
        }
    }
    assert!(large.is_empty(), "split these by subject:\n{}", large.join("\n"));
}

/// Small words that Dutch sentences are made of, and that are no English words.
const DUTCH: [&str; 40] = [
    "aan", "al", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "een", "er", "geen", "het", "hier", "ik",
    "is", "je", "kan", "kies", "maar", "met", "mijn", "moet", "naar", "niet", "nog", "of", "om", "ook", "op", "te",
    "uit", "van", "voor", "was", "wat", "wordt", "zijn", "zet",
];

/// Those of the list that are English words too, and count only beside others.
const EITHER: [&str; 6] = ["al", "die", "is", "met", "of", "was"];

/// Whether a text reads as Dutch: three words or more, two of them on the list and one of these no English word.
fn reads_as_dutch(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let listed: Vec<&String> = words.iter().filter(|word| DUTCH.contains(&word.as_str())).collect();
    words.len() >= 3 && listed.len() >= 2 && listed.iter().any(|word| !EITHER.contains(&word.as_str()))
}

/// The texts between quotes in a source file, ordinary and raw.
fn literals(code: &str) -> Vec<String> {
    let letters: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        // A quote in quotes is a character and opens nothing.
        if letters[at..].starts_with(&['\'', '"', '\'']) || letters[at..].starts_with(&['\'', '\\', '"', '\'']) {
            at += if letters[at + 1] == '"' { 3 } else { 4 };
            continue;
        }
        if letters[at] != '"' {
            at += 1;
            continue;
        }
        let hashes = letters[..at].iter().rev().take_while(|letter| **letter == '#').count();
        let raw = at > hashes && letters[at - hashes - 1] == 'r';
        let begin = at + 1;
        at = begin;
        while at < letters.len() {
            let closes = letters[at] == '"'
                && (!raw || letters[at + 1..].iter().take(hashes).filter(|letter| **letter == '#').count() == hashes);
            if closes {
                break;
            }
            at += if letters[at] == '\\' && !raw { 2 } else { 1 };
        }
        found.push(letters[begin..at.min(letters.len())].iter().collect());
        at += 1 + if raw { hashes } else { 0 };
    }
    found
}

#[test]
fn dutch_is_told_from_english_and_from_code() {
    let code = r###"say("De kraan lekt nog"); '"'; raw(r#"zo "staat" het er niet"#); "look at the card"; "\"op\" tijd van de dag""###;
    let dutch: Vec<String> = literals(code).into_iter().filter(|text| reads_as_dutch(text)).collect();
    assert_eq!(dutch, ["De kraan lekt nog", "zo \"staat\" het er niet", "\\\"op\\\" tijd van de dag"]);
    for text in ["what is the matter of it", "select is from die", "een", "label-what", "the request is sent"] {
        assert!(!reads_as_dutch(text), "{text}");
    }
    for text in ["Dit kan alleen de SPOC", "je verzoek is niet verstuurd", "kies een bestand dat er wel is"] {
        assert!(reads_as_dutch(text), "{text}");
    }
}

#[test]
fn words_for_people_stand_in_the_locale_files() {
    // The language room holds what people say, in both languages; nobody reads it.
    let rooms = sources("").into_iter().filter(|(file, _)| !is_test(file) && !file.starts_with("src/intake"));
    let mut faults = Vec::new();
    for (file, code) in rooms {
        faults.extend(
            literals(&code).into_iter().filter(|text| reads_as_dutch(text)).map(|text| format!("{file}: {text}")),
        );
    }
    assert!(faults.is_empty(), "a sentence for people outside locales/:\n{}", faults.join("\n"));
}
