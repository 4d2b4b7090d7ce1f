//! The two locale files belong together, and to the sources.

use crate::domain::Lang;
use crate::render::words::{DUTCH, ENGLISH};
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};

/// Key to its variables and the keys that it refers to.
fn entries(source: &str) -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let mut entries: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    let mut key = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let begins =
            line.split_once(" = ").filter(|(name, _)| name.starts_with(|first: char| first.is_ascii_lowercase()));
        if let Some((name, _)) = begins {
            assert!(!entries.contains_key(name), "{name} stands there twice");
            key = name.to_owned();
            entries.insert(key.clone(), Default::default());
        }
        let Some((variables, references)) = entries.get_mut(&key) else { continue };
        for part in line.split('{').skip(1) {
            let word: String = part.trim_start().chars().take_while(|letter| !" }".contains(*letter)).collect();
            match word.strip_prefix('$') {
                Some(variable) => variables.insert(variable.to_owned()),
                None => references.insert(word),
            };
        }
    }
    entries
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

/// Every key that `render` says, with the file, and every text in quotes anywhere that could be one.
fn said() -> (BTreeMap<String, String>, BTreeSet<String>) {
    let (mut said, mut quoted) = (BTreeMap::new(), BTreeSet::new());
    for (name, source) in sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        quoted.extend(source.split('"').map(str::to_owned));
        if !name.contains("/render/") {
            continue;
        }
        for call in source.split("say(").skip(1) {
            if let Some(rest) = call.trim_start_matches("lang, ").strip_prefix('"') {
                said.insert(rest.split('"').next().unwrap().to_owned(), name.clone());
            }
        }
    }
    // Labels may stand in a table, apart from the call, and outside `render`.
    let labels: Vec<String> = quoted.iter().filter(|text| text.starts_with("label-")).cloned().collect();
    said.extend(labels.into_iter().map(|label| (label, "a table of labels".to_owned())));
    (said, quoted)
}

#[test]
fn both_files_are_sound_and_hold_no_placeholder_of_ours() {
    for source in [DUTCH, ENGLISH] {
        assert!(FluentResource::try_new(source.to_owned()).is_ok());
        assert!(!source.chars().any(|letter| ('\u{E000}'..='\u{F8FF}').contains(&letter)));
    }
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let (dutch, english) = (entries(DUTCH), entries(ENGLISH));
    assert_eq!(dutch.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
    for key in dutch.keys() {
        // English has one way of saying you.
        let without_formal = |mut variables: BTreeSet<String>| {
            variables.remove("formal");
            variables
        };
        assert_eq!(without_formal(variables(&dutch, key)), without_formal(variables(&english, key)), "{key}");
    }
}

/// The variables of a sentence and of the sentences within it.
fn variables(entries: &BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>, key: &str) -> BTreeSet<String> {
    let Some((own, references)) = entries.get(key) else { return BTreeSet::new() };
    own.iter().cloned().chain(references.iter().flat_map(|inner| variables(entries, inner))).collect()
}

#[test]
fn every_key_that_is_said_exists_and_none_is_left_over() {
    let entries = entries(DUTCH);
    let (said, quoted) = said();
    for (key, file) in &said {
        assert!(entries.contains_key(key), "{file} says {key}, which no locale file has");
    }
    let referred: BTreeSet<&String> = entries.values().flat_map(|(_, references)| references).collect();
    for reference in &referred {
        assert!(entries.contains_key(*reference), "a sentence refers to {reference}, which does not exist");
    }
    let unused: Vec<&String> = entries.keys().filter(|key| !quoted.contains(*key) && !referred.contains(key)).collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
}

#[test]
fn no_screen_says_leverancier() {
    assert!(!DUTCH.lines().filter(|line| !line.starts_with('#')).any(|line| line.contains("leverancier")));
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
