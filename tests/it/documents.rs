//! What the documents show is so: their commands are taken by the program, their links lead somewhere, the tests that they name exist.

use crate::world::World;
use loket::config::{self, Folder, TextFile};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Commands that go on until they are stopped, that ask in a terminal, or that another story runs at length: here only that they exist
/// is asked.
const ELSEWHERE: [&str; 6] = ["run", "try", "health", "demo --quarter", "init DIR", "provider check CODE --send-test"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents for readers, each with its path within the project. What is written about each line of the work is none of them.
fn documents() -> Vec<(PathBuf, String)> {
    let mut paths = vec!["README.md".into(), "ARCHITECTURE.md".into(), "config/README.md".into()];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("progress.md") {
                paths.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    let read = |path: PathBuf| (path.clone(), fs::read_to_string(root().join(path)).unwrap());
    paths.into_iter().map(read).collect()
}

/// The commands in a document: whole lines of its blocks, and what stands in its sentences as code.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if inside {
            let line = line.split('#').next().unwrap_or_default().trim().trim_start_matches("$ ");
            let line = line.strip_prefix("cargo run -- ").map_or(line.to_owned(), |rest| format!("loket {rest}"));
            found.extend(line.starts_with("loket ").then_some(line));
        } else {
            let code = line.split('`').skip(1).step_by(2).map(|code| code.replace("DISCORD_TOKEN=… ", ""));
            let code = code.map(|code| code.replace("cargo run -- ", "loket ").replace("\\|", "|"));
            found.extend(code.filter(|code| code.starts_with("loket ") && !code.ends_with("::")));
        }
    }
    found
}

/// A place in which every command that the documents show can be given.
struct Place {
    folder: tempfile::TempDir,
    world: World,
    number: String,
}

impl Place {
    async fn new() -> Self {
        let world = World::open().await;
        world.says("alice", "facilitair", "de kraan in de pantry boven lekt").await;
        world.advance(chrono::Duration::hours(1)).await;
        let number = world.number().await.to_string();
        // What has ended can be erased.
        world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
        world.advance(chrono::Duration::days(10)).await;
        let place = Self { folder: tempfile::tempdir().unwrap(), world, number };
        let bill = format!(
            "nummer;datum;bedrag;btw;omschrijving;opdracht\nF1;2026-03-09;100,00;excl;kraan;{number}\n",
            number = place.number
        );
        fs::write(place.path("rekening.csv"), bill).unwrap();
        let config = place.path("config").display().to_string();
        assert_eq!(place.runs(&["init", "--template", "office", &config]).status.code(), Some(0));
        assert_eq!(place.runs(&["backup", &place.path("backup").display().to_string()]).status.code(), Some(0));
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a word of a documented command stands for.
    fn word(&self, command: &str, word: &str, nth: usize) -> String {
        let new = || self.path(&format!("new-{nth}")).display().to_string();
        match word {
            "DIR" if command.starts_with("init") || command.starts_with("demo") => new(),
            "DIR" => self.path("config").display().to_string(),
            "FILE" if command.starts_with("invoice") => self.path("rekening.csv").display().to_string(),
            "FILE" => new(),
            "CODE" if command.starts_with("export") => "linde".into(),
            "CODE" => "facilitair".into(),
            "DATUM" => "2026-03-03".into(),
            "NUMMER" | "NUMBER" | "2026-0041" => self.number.clone(),
            "…" | "ACCOUNT|NAME|MAIL" => "local:alice".into(),
            _ if word.starts_with("/backups/") && command.contains("--verify") | command.starts_with("restore") => {
                self.path("backup").display().to_string()
            }
            _ if word.starts_with("/backups/") => new(),
            _ => {
                let first = word.split('|').next().unwrap_or_default();
                let shouted = first.len() > 2 && first.chars().all(|letter| letter.is_ascii_uppercase());
                assert!(!shouted, "say here what {word} stands for in: {command}");
                first.to_owned()
            }
        }
    }

    fn runs(&self, arguments: &[&str]) -> Output {
        let restores = arguments.first() == Some(&"restore");
        let database = if restores { self.path("restored.db") } else { self.world.folder.path().join("world.db") };
        let mut child = Command::new(env!("CARGO_BIN_EXE_loket"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("LANG", "nl_NL.UTF-8")
            .env("LOKET_CONFIG", self.path("config"))
            .env("LOKET_DATABASE", format!("sqlite:{}", database.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Whether it is meant is asked by one, and answered; the others do not read it.
        let _ = child.stdin.take().unwrap().write_all("ja\n".as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Gives a command as it is shown; says what is wrong with it.
    fn gives(&self, shown: &str, nth: usize) -> Option<String> {
        let line = shown.strip_prefix("loket ").unwrap();
        let words = shlex::split(line)?;
        let bare = words.iter().all(|word| word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'))
            && !words.iter().any(|word| word.starts_with("--"));
        let elsewhere = ELSEWHERE
            .iter()
            .any(|known| line == *known || !known.contains("DIR") && line.starts_with(&format!("{known} ")));
        let mut given: Vec<String> = words.iter().map(|word| self.word(line, word, nth)).collect();
        if bare && !matches!(line, "demo" | "man" | "verify" | "doctor" | "config reference") || elsewhere {
            given.push("--help".into());
        } else if words[0] == "demo" {
            given.push("--fast".into());
        }
        let output = self.runs(&given.iter().map(String::as_str).collect::<Vec<_>>());
        let said = String::from_utf8_lossy(&output.stderr);
        // 1 says that something was found, such as a token that is not there.
        let taken = matches!(output.status.code(), Some(0 | 1)) && !said.contains("panicked");
        (!taken).then(|| format!("{shown} (as {given:?}): {:?} {said}", output.status.code()))
    }
}

#[tokio::test]
async fn every_command_that_is_shown_is_taken() {
    let place = Place::new().await;
    let shown: BTreeSet<String> = documents().iter().flat_map(|(_, text)| commands(text)).collect();
    assert!(shown.len() > 25, "{shown:#?}");
    let wrong: Vec<String> = shown.iter().enumerate().filter_map(|(nth, shown)| place.gives(shown, nth)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let unknown = place.gives("loket tap --leaking", 0);
    assert!(unknown.is_some(), "what does not exist would be noticed");
}

#[test]
fn every_link_leads_to_a_file_and_every_page_stands_in_the_summary() {
    let mut wrong = String::new();
    let documents = documents();
    for (path, text) in &documents {
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let pictures = ["src=\"", "srcset=\""].into_iter().flat_map(|by| text.split(by).skip(1));
        for target in links.chain(pictures.filter_map(|rest| rest.split('"').next())) {
            let target = target.split('#').next().unwrap_or_default();
            let outside = target.contains("://") || target.is_empty();
            if !outside && !root().join(path).parent().unwrap().join(target).exists() {
                writeln!(wrong, "{}: {target}", path.display()).unwrap();
            }
        }
    }
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    for (path, _) in documents.iter().filter(|(path, _)| path.starts_with("docs") && !path.ends_with("SUMMARY.md")) {
        let name = path.strip_prefix("docs").unwrap().display().to_string();
        if !summary.contains(&format!("({name})")) {
            writeln!(wrong, "SUMMARY.md does not list {name}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The names of all tests and modules, and the texts in which tests can be found.
fn sources() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut functions, mut modules) = (BTreeSet::new(), BTreeSet::new());
    let mut folders = vec![root().join("tests/it"), root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            modules.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let name = |rest: &str| {
                    rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().map(str::to_owned)
                };
                functions.extend(text.split("fn ").skip(1).filter_map(name));
                modules.extend(text.split("mod ").skip(1).filter_map(name));
            }
        }
    }
    (functions, modules)
}

#[test]
fn every_test_that_stands_for_a_defence_or_an_invariant_exists() {
    let (functions, modules) = sources();
    let mut wrong = Vec::new();
    let mut looked = 0;
    for page in ["docs/threats.md", "ARCHITECTURE.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let rows = text
            .lines()
            .filter(|line| line.starts_with("| ") && !line.starts_with("| room") && !line.starts_with("| `"));
        for cell in rows.filter_map(|row| row.trim_end_matches(" |").rsplit(" | ").next()) {
            let names = cell.split('`').skip(1).step_by(2).filter(|name| !name.contains(['/', ' ', '.']));
            for name in names {
                looked += 1;
                let last = name.rsplit("::").next().unwrap_or_default();
                let known = match last.split_once(['…', '*']) {
                    Some((start, _)) => functions.iter().any(|known| known.starts_with(start)),
                    None => functions.contains(last) || modules.contains(last),
                };
                if !known {
                    wrong.push(format!("{page}: {name}"));
                }
            }
        }
    }
    assert!(looked > 60, "{looked}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The blocks of configuration in a document.
fn blocks(text: &str) -> Vec<String> {
    let blocks = text.split("```toml\n").skip(1);
    blocks.filter_map(|rest| Some(rest.split_once("\n```")?.0.to_owned() + "\n")).collect()
}

#[test]
fn every_piece_of_configuration_that_is_shown_is_taken_somewhere() {
    let (mut looked, mut wrong) = (0, Vec::new());
    // The examples on approvals are a whole folder, and have a story of their own.
    for (path, text) in documents().into_iter().filter(|(path, _)| !path.ends_with("approvals.md")) {
        for block in blocks(&text) {
            looked += 1;
            let places = ["providers/facilitair.toml", "organisations/linde.toml", "loket.toml", "providers/new.toml"];
            let taken = |place: &&str| {
                let (mut files, _) = Folder::embedded("office").unwrap().read();
                match files.iter_mut().find(|file| file.name == *place) {
                    Some(file) => file.text.push_str(&block),
                    None => files.push(TextFile { name: (*place).to_owned(), text: block.clone() }),
                }
                let files = files.iter().map(|file| (file.name.as_str(), file.text.as_str()));
                config::load(&Folder::of(files)).is_ok()
            };
            if !places.iter().any(taken) {
                wrong.push(format!("{}: {block}", path.display()));
            }
        }
    }
    assert!(looked > 0);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
