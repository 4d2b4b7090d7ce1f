//! The locale files of both languages belong together, and to the sources.

use crate::domain::Lang;
use crate::render::words::{DUTCH, ENGLISH, Files};
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};

/// The variables of a sentence, and the other sentences in it.
#[derive(Default)]
struct Parts {
    variables: BTreeSet<String>,
    references: BTreeSet<String>,
}

/// Key to its parts.
fn entries(source: &str) -> BTreeMap<String, Parts> {
    let mut entries: BTreeMap<String, Parts> = BTreeMap::new();
    let mut key = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let begins =
            line.split_once(" = ").filter(|(name, _)| name.starts_with(|first: char| first.is_ascii_lowercase()));
        if let Some((name, _)) = begins {
            assert!(!entries.contains_key(name), "{name} stands there twice");
            key = name.to_owned();
            entries.insert(key.clone(), Parts::default());
        }
        let Some(parts) = entries.get_mut(&key) else { continue };
        // A brace that is to be shown stands between quotes.
        for part in line.replace("{\"{\"}", "").replace("{\"}\"}", "").split('{').skip(1) {
            let word: String = part.trim_start().chars().take_while(|letter| !" }".contains(*letter)).collect();
            match word.strip_prefix('$') {
                Some(variable) => parts.variables.insert(variable.to_owned()),
                None => parts.references.insert(word),
            };
        }
    }
    entries
}

/// The entries of all files of a language; a key stands in one of them only.
fn all(files: Files) -> BTreeMap<String, Parts> {
    let mut all = BTreeMap::new();
    for (subject, source) in files {
        for (key, parts) in entries(source) {
            assert!(all.insert(key.clone(), parts).is_none(), "{key} stands in {subject} and in another file");
        }
    }
    all
}

/// Every source file of the program, by path.
fn sources(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().replace('\\', "/");
        if path.is_dir() && !name.ends_with("/tests") {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") && !name.ends_with("/samples.rs") {
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// Every key that is said, with the file, and every text in quotes that could be one.
fn said() -> (BTreeMap<String, String>, BTreeSet<String>) {
    let (mut said, mut quoted) = (BTreeMap::new(), BTreeSet::new());
    for (name, source) in sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        quoted.extend(source.split('"').map(str::to_owned));
        for call in source.split("say(").skip(1) {
            if let Some(rest) = call.trim_start_matches("lang, ").strip_prefix('"') {
                said.insert(rest.split('"').next().unwrap().to_owned(), name.clone());
            }
        }
    }
    // These may stand in a table, apart from the call.
    let tables = ["label-", "command-", "option-", "choice-", "init-"];
    let from_tables = quoted.iter().filter(|text| tables.iter().any(|table| text.starts_with(table)));
    said.extend(from_tables.map(|key| (key.clone(), "a table".to_owned())));
    (said, quoted)
}

#[test]
fn the_files_are_sound_and_hold_no_placeholder_of_ours() {
    for (subject, source) in DUTCH.iter().chain(ENGLISH) {
        assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "{subject}");
        assert!(!source.chars().any(|letter| ('\u{E000}'..='\u{F8FF}').contains(&letter)), "{subject}");
    }
}

#[test]
fn every_file_is_embedded() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    for (lang, files) in [("nl", DUTCH), ("en", ENGLISH)] {
        let mut found: Vec<String> = std::fs::read_dir(root.join(lang))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".ftl", ""))
            .collect();
        found.sort();
        assert_eq!(found, files.iter().map(|(subject, _)| *subject).collect::<Vec<_>>(), "locales/{lang}");
    }
}

#[test]
fn both_languages_have_the_same_keys_and_variables_in_every_file() {
    let (all_dutch, all_english) = (all(DUTCH), all(ENGLISH));
    for ((subject, dutch), (_, english)) in DUTCH.iter().zip(ENGLISH) {
        let keys = |source| entries(source).into_keys().collect::<Vec<_>>();
        assert_eq!(keys(dutch), keys(english), "{subject}.ftl");
    }
    for key in all_dutch.keys() {
        // English has one way of saying you.
        let without_formal = |mut variables: BTreeSet<String>| {
            variables.remove("formal");
            variables
        };
        assert_eq!(
            without_formal(variables(&all_dutch, key)),
            without_formal(variables(&all_english, key)),
            "the variables of {key}"
        );
    }
}

/// The variables of a sentence and of the sentences within it.
fn variables(entries: &BTreeMap<String, Parts>, key: &str) -> BTreeSet<String> {
    let Some(own) = entries.get(key) else { return BTreeSet::new() };
    let inner = own.references.iter().flat_map(|inner| variables(entries, inner));
    own.variables.iter().cloned().chain(inner).collect()
}

#[test]
fn every_key_that_is_said_exists_and_none_is_left_over() {
    for files in [DUTCH, ENGLISH] {
        let entries = all(files);
        let (said, quoted) = said();
        for (key, file) in &said {
            assert!(entries.contains_key(key), "{file} says {key}, which no locale file has");
        }
        let referred: BTreeSet<&String> = entries.values().flat_map(|parts| &parts.references).collect();
        for reference in &referred {
            assert!(entries.contains_key(*reference), "a sentence refers to {reference}, which does not exist");
        }
        // The texts of commands and options are found by their names; the command line has a test of its own that none is left over.
        let named = |key: &&String| key.starts_with("help-") || quoted.contains(*key) || referred.contains(key);
        let unused: Vec<_> = entries.keys().filter(|key| !named(key)).collect();
        assert!(unused.is_empty(), "nothing says {unused:?}");
    }
}

#[test]
fn no_card_says_leverancier() {
    // Administrators, who read the configuration and the terminal, know the word from there.
    let (_, chat) = DUTCH.iter().find(|(subject, _)| *subject == "chat").unwrap();
    assert!(!chat.lines().filter(|line| !line.starts_with('#')).any(|line| line.contains("leverancier")));
}

#[test]
fn a_key_that_does_not_exist_shows_itself() {
    let words = crate::render::Words::new();
    assert_eq!(words.say(Lang::Nl, "no-such-key").text(), "no-such-key");
}

#[test]
fn the_words_are_shared_by_all_workers() {
    fn shared<T: Send + Sync>() {}
    shared::<crate::render::Words>();
}
