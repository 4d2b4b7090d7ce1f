//! Wrong input to every command, by the real program: one clear sentence, exit code 2, nothing half written, in both languages.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// What was said, and the exit code.
fn loket(folder: &Path, lang: &str, arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
    command.args(arguments).current_dir(folder).env_clear().env("LANG", lang).stdin(Stdio::null());
    let output = command.output().unwrap();
    (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
}

/// A folder with a configuration of one organisation, a file that is none of Loket's, and nothing else.
fn furnished() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (told, code) = loket(folder.path(), "nl", &["init", "config", "--template", "municipality"]);
    assert_eq!(code, Some(0), "{told}");
    std::fs::write(folder.path().join("tekst.txt"), "goedemorgen\n").unwrap();
    folder
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entry = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    std::fs::read_dir(folder).unwrap().map(entry).collect()
}

/// By command: what is wrong with it, and what the sentence must name.
const WRONG: [(&str, &[(&str, &str)]); 21] = [
    ("run", &[("--poort 3", "--poort"), ("extra", "extra"), ("--config nergens", "DISCORD_TOKEN")]),
    (
        "demo",
        &[
            ("--seed abc", "--seed"),
            ("--quarter --weeks 1", "13"),
            ("--quarter --weeks 99", "13"),
            ("--lang de", "nl, en"),
            ("--folder x", "--quarter"),
            ("--quarter --folder tekst.txt", "tekst.txt"),
            ("--quarter --folder uit --pictures tekst.txt --browser /geen/browser", "/geen/browser"),
        ],
    ),
    (
        "try",
        &[
            ("--port 70000", "65535"),
            ("--port abc", "abc"),
            ("--template villa", "municipality"),
            ("--language de", "nl, en"),
            ("--keep tekst.txt", "tekst.txt"),
            ("--config nergens", "nergens"),
        ],
    ),
    ("init", &[("tekst.txt", "tekst.txt"), ("config", "--force"), ("nieuw --template villa", "municipality")]),
    ("doctor", &[("--config nergens", "nergens"), ("--json --json", "--json"), ("--jsn", "--json")]),
    ("understand", &[("--config nergens hallo", "nergens"), ("--jsonl hallo", "--jsonl"), ("--nee hallo", "--nee")]),
    ("extract", &[("--locale fr-FR morgen", "en-GB"), ("--jsonl morgen", "--jsonl"), ("--config", "--config")]),
    (
        "policy",
        &[
            ("", "test"),
            ("tset", "test"),
            ("test", "--item"),
            ("test --config config --item raket", "raket"),
            ("test --config config --item fac.catering --at gisteren", "2026-03-04"),
            ("test --config config --item fac.catering --requester niemand", "niemand"),
        ],
    ),
    ("provider", &[("", "check"), ("check", "CODE"), ("check --config config niemand", "niemand")]),
    (
        "who-may",
        &[
            ("--config config raket", "raket"),
            ("--config config fac.catering veel", "veel"),
            ("--config config fac.catering 100 --organisation elders", "elders"),
            ("--config nergens fac.catering", "nergens"),
        ],
    ),
    (
        "export",
        &[
            ("", "--config"),
            ("--config config", "loket.db"),
            ("--config config --from gisteren", "2026-03-04"),
            ("--config config --format pdf", "csv"),
            ("--config config --request F9", "2026-0041"),
            ("--config config --request 2026-0001 --open", "--request"),
            ("--config config --organisation elders", "elders"),
        ],
    ),
    ("invoice", &[("niets.csv", "niets.csv"), ("config", "config"), ("tekst.txt", "excl.")]),
    (
        "person",
        &[
            ("", "erase"),
            ("show", "ACCOUNT"),
            ("show --config config iemand", "loket.db"),
            ("erase --config config iemand", "loket.db"),
            ("export --config config iemand", "--output"),
        ],
    ),
    ("verify", &[("--config nergens", "nergens"), ("--config config", "loket.db"), ("alles", "alles")]),
    ("health", &[("--address overal", "overal"), ("--config config", "listen"), ("--config nergens", "nergens")]),
    ("config", &[("", "reference"), ("refrence", "reference")]),
    ("completions", &[("", "SHELL"), ("tcsh", "bash")]),
    ("man", &[("loket", "loket")]),
    (
        "backup",
        &[
            ("", "FILE"),
            ("--config config kopie", "loket.db"),
            ("--verify niets", "niets"),
            ("--verify tekst.txt", "tekst.txt"),
        ],
    ),
    ("restore", &[("--config config niets", "niets"), ("--config config tekst.txt", "tekst.txt")]),
    (
        "restored",
        &[
            ("--config config", "--taken"),
            ("--config config --taken gisteren", "gisteren"),
            ("--config config --taken 2026-01-05T10:00", "loket.db"),
        ],
    ),
];

#[test]
fn every_command_answers_wrong_input_with_a_sentence_and_leaves_nothing_behind() {
    let folder = furnished();
    let before = names(folder.path());
    let mut wrong = Vec::new();
    for (command, all) in WRONG {
        for (given, named) in all {
            let arguments: Vec<&str> = std::iter::once(command).chain(given.split_whitespace()).collect();
            let told = ["nl_NL.UTF-8", "en_GB.UTF-8"].map(|lang| loket(folder.path(), lang, &arguments));
            let mut fails = |why: &str| wrong.push(format!("{arguments:?} {why}: {told:?}"));
            for (told, code) in &told {
                if *code != Some(2) {
                    fails("does not end with 2");
                }
                if told.contains("panicked") || told.contains("error:") {
                    fails("is told by the machine");
                }
                // What stands in capitals is named in the reader's language.
                if !named.chars().all(char::is_uppercase) && !told.contains(named) {
                    fails("is not told by name");
                }
            }
            if told[0] == told[1] {
                fails("is told in one language only");
            }
            if names(folder.path()) != before {
                fails("leaves something behind");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_command_is_left_out() {
    let (help, _) = loket(Path::new("."), "en_GB.UTF-8", &["--help"]);
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let commands: BTreeSet<&str> = listed
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert_eq!(WRONG.iter().map(|(command, _)| *command).collect::<BTreeSet<_>>(), commands);
}

/// `/dev/full` takes nothing, as a disk that is full.
#[test]
fn what_cannot_be_written_to_is_named_and_a_file_gives_way_to_a_whole_one_only() {
    let folder = furnished();
    let run = |arguments: &[&str]| loket(folder.path(), "en_GB.UTF-8", arguments);
    let database = format!("sqlite:{}", folder.path().join("loket.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let entropy = std::sync::Arc::new(loket::adapters::clock::SystemEntropy);
    drop(runtime.block_on(loket::adapters::store::open(&database, entropy)).unwrap());
    let old = folder.path().join("oud.csv");
    std::fs::write(&old, "as it was").unwrap();
    // A second name for the same bytes, which would change with them if they were written over.
    let kept = folder.path().join("toen.csv");
    std::fs::hard_link(&old, &kept).unwrap();
    for out in ["/dev/full", "/proc/nergens/uit.csv", "geen/map/uit.csv"] {
        let (told, code) = run(&["export", "--config", "config", "--out", out]);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(out), "{told}");
    }
    let (told, code) = run(&["export", "--config", "config", "--out", "oud.csv"]);
    assert_eq!(code, Some(0), "{told}");
    assert_ne!(std::fs::read_to_string(&old).unwrap(), "as it was");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "as it was", "a whole file takes the place of the old one");
    let left: Vec<String> = names(folder.path()).into_iter().filter(|name| name.starts_with(".tmp")).collect();
    assert_eq!(left, Vec::<String>::new());
}
