//! `loket demo --quarter --pictures`: what stands in the README as pictures, taken by the program with a browser of this computer.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// An empty place with a folder for programs.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::create_dir(place.path("programs")).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// A browser that writes down what it was asked, and does that.
    fn browser(&self, name: &str, does: &str) {
        let script = format!(
            "#!/bin/sh\nfor asked in \"$@\"; do echo \"$asked\" >>{asked}; done\n\
             for asked in \"$@\"; do case \"$asked\" in --screenshot=*) kept=${{asked#--screenshot=}};; esac; done\n{does}\n",
            asked = self.path("asked").display(),
        );
        let program = self.path("programs").join(name);
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Plays two weeks of the quarter.
    fn plays(&self, more: &[&str]) -> (String, Option<i32>) {
        let output = Command::new(env!("CARGO_BIN_EXE_loket"))
            .args(["demo", "--quarter", "--weeks", "2", "--folder", "reports", "--pictures", "pictures"])
            .args(more)
            .current_dir(self.0.path())
            .env_clear()
            .env("LANG", "nl_NL.UTF-8")
            .env("PATH", format!("{}:/usr/bin:/bin", self.path("programs").display()))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
    }
}

/// A picture to take for one: sixteen by twelve pixels.
fn photo() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/photos/turned.png")
}

#[test]
fn the_digest_the_agenda_and_the_quarter_become_pictures_by_day_and_by_night() {
    let place = Place::new();
    place.browser("chromium", &format!("cat {} >\"$kept\"", photo().display()));
    let (told, code) = place.plays(&[]);
    assert_eq!(code, Some(0), "{told}");
    let wanted: Vec<String> = ["linde", "waterhoek"]
        .iter()
        .flat_map(|whose| {
            ["agenda-dark", "agenda", "digest", "quarter-dark", "quarter"].map(|what| format!("{whose}-{what}.png"))
        })
        .collect();
    assert_eq!(place.names("pictures"), wanted);
    assert!(wanted.iter().all(|name| told.contains(&format!("pictures/{name}"))), "{told}");
    let digest = fs::read(place.path("pictures/linde-digest.png")).unwrap();
    let drawn = fs::read(place.path("reports/linde/week.png")).unwrap();
    assert_eq!(digest[..24], drawn[..24], "it is as large as it was drawn");
    assert!(digest.len() * 2 < drawn.len(), "{} of {}", digest.len(), drawn.len());
    let asked = fs::read_to_string(place.path("asked")).unwrap();
    let asked: Vec<&str> = asked.lines().collect();
    let times = |what: &str| asked.iter().filter(|line| **line == what).count();
    assert_eq!(times("--headless"), 8);
    // The browser counts the dark colours as 0 and the light ones as 1.
    assert_eq!(
        (times("--blink-settings=preferredColorScheme=0"), times("--blink-settings=preferredColorScheme=1")),
        (4, 4)
    );
    for page in ["linde/agenda-facilitair", "linde/quarter", "waterhoek/agenda-facilitair", "waterhoek/quarter"] {
        let address = format!("file://{}/reports/{page}.html", place.0.path().canonicalize().unwrap().display());
        assert_eq!(times(&address), 2, "{address} {asked:#?}");
    }
    let profile = asked.iter().find_map(|line| line.strip_prefix("--user-data-dir=")).unwrap();
    assert!(!PathBuf::from(profile).parent().unwrap().exists(), "nothing is left of the browser's own files");
}

#[test]
fn without_a_browser_nothing_is_played_or_written() {
    let place = Place::new();
    let nowhere = place.path("programs").join("none").display().to_string();
    let (told, code) = place.plays(&["--browser", &nowhere]);
    assert_eq!(code, Some(2));
    assert_eq!(
        told,
        format!(
            "{nowhere} is hier niet te vinden of niet uit te voeren; wijs met --browser een Chromium of Chrome aan. Er is niets geschreven.\n"
        )
    );
    let output = Command::new(env!("CARGO_BIN_EXE_loket"))
        .args(["demo", "--quarter", "--lang", "en", "--pictures", "pictures"])
        .current_dir(place.0.path())
        .env_clear()
        .env("PATH", place.path("programs"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "No browser was found here that can take the pictures; install Chromium or Chrome, or name one with --browser PROGRAM. Nothing was written.\n"
    );
    assert_eq!(place.names("."), ["programs"]);
}

#[test]
fn a_browser_that_gives_something_else_leaves_no_picture_at_all() {
    let place = Place::new();
    // The first pictures are good ones.
    let does =
        format!("case \"$*\" in *quarter.html) echo no >\"$kept\";; *) cat {} >\"$kept\";; esac", photo().display());
    place.browser("mine", &does);
    let (told, code) = place.plays(&["--browser", "mine"]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("mine maakte geen afbeelding van reports/linde/quarter.html"), "{told}");
    assert!(place.names("pictures").is_empty());
}
