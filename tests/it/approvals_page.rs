//! The page for administrators on approvals: its configuration is taken, and its commands answer as printed there.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str = include_str!("../../docs/approvals.md");

/// The fenced blocks, each with what stands behind its fence.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(name), None) => open = Some((name, String::new())),
            (None, Some((name, mut text))) => {
                writeln!(text, "{line}").unwrap();
                open = Some((name, text));
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn run(line: &str, folder: &Path) -> String {
    let words = line.strip_prefix("loket ").expect("only our own program is run").split_whitespace();
    let output = Command::new(env!("CARGO_BIN_EXE_loket"))
        .args(words)
        .env("LOKET_CONFIG", folder)
        .env("LANG", "en_GB.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .output()
        .unwrap();
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_example_is_taken_and_answers_as_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    copy(&root.join("config/examples/office"), folder.path());
    copy(&root.join("config/catalogue"), &folder.path().join("catalogue"));
    let linde = folder.path().join("organisations/linde.toml");
    let mut ran = 0;
    for (name, text) in blocks(PAGE) {
        match name {
            "toml mandates.toml" | "toml policy.toml" => {
                fs::write(folder.path().join(name.trim_start_matches("toml ")), text).unwrap();
            }
            // A part of the organisation's file, as it stands in the pack.
            "toml" => {
                assert!(fs::read_to_string(&linde).unwrap().contains(&text), "the pack says otherwise than {text}")
            }
            "console" => {
                let mut printed = String::new();
                for command in text.lines().filter_map(|line| line.strip_prefix("$ ")) {
                    writeln!(printed, "$ {command}\n{}", run(command, folder.path()).trim_end()).unwrap();
                    ran += 1;
                }
                assert_eq!(printed, text, "the page says otherwise; it should read:\n{printed}");
            }
            other => panic!("nobody knows how to try a block of {other:?}"),
        }
    }
    assert!(ran > 5, "the page has commands");
}
