//! `loket init`: from nothing to a folder that Loket takes, by the real program.

use loket::config::{Folder, load};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An empty place to work in.
struct Place(tempfile::TempDir);

/// What was said, and the exit code.
type Told = (String, Option<i32>);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn loket(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
        command.args(arguments).current_dir(self.0.path()).env_clear().env("LANG", "nl_NL.UTF-8");
        command.stdin(Stdio::null());
        command
    }

    fn runs(&self, arguments: &[&str]) -> Told {
        told(&mut self.loket(arguments))
    }

    /// Runs it in a terminal and types these lines.
    fn types(&self, arguments: &[&str], lines: &[&str]) -> Told {
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
        let theirs = File::options().read(true).write(true).open(name).unwrap();
        let mut keyboard = File::from(ours);
        let mut command = self.loket(arguments);
        command.stdin(theirs).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        for line in lines {
            keyboard.write_all(format!("{line}\n").as_bytes()).unwrap();
        }
        let output = child.wait_with_output().unwrap();
        (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn told(command: &mut Command) -> Told {
    let output = command.output().unwrap();
    (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
}

fn passes(folder: &Path) {
    assert!(load(&Folder::on_disk(folder)).is_ok(), "{}", folder.display());
}

#[test]
fn a_template_gives_a_folder_that_passes_and_says_what_to_click() {
    for template in ["office", "municipality"] {
        let place = Place::new();
        let (told, code) = place.runs(&["init", "eigen", "--template", template]);
        assert_eq!(code, Some(0), "{told}");
        passes(&place.path("eigen"));
        assert_eq!(place.names(), ["eigen"], "nothing is left beside it");
        let permissions = loket::adapters::discord::needs::PERMISSIONS;
        for part in [
            "Geschreven in eigen: catalogue/facility-examples.toml",
            "\"Message Content Intent\"",
            &format!("client_id=APPLICATION_ID&permissions={permissions}&scope=bot%20applications.commands"),
            "Berichtgeschiedenis lezen",
            "DISCORD_TOKEN=… loket run --config eigen",
            "Nog in te vullen",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        // What it names as the next step finds nothing that blocks, and the step after that misses the token alone.
        let (told, code) = place.runs(&["doctor", "--config", "eigen"]);
        assert_eq!(code, Some(0), "{told}");
        let (told, code) = place.runs(&["run", "--config", "eigen"]);
        assert!(told.contains("DISCORD_TOKEN is niet gezet"), "{told}");
        assert_eq!(code, Some(2));
    }
}

#[test]
fn the_answers_in_a_terminal_become_a_folder() {
    let place = Place::new();
    let answers = [
        "",
        "office",
        "De Linde Accountants",
        "223456789012345678",
        "123456789012345678",
        "123456789012345671",
        "123456789012345672",
        "123456789012345673",
        "123456789012345674",
        "Sanne Bakker",
        "323456789012345671",
        "Bob de Wit",
        "323456789012345672",
        "heel veel",
        "1000",
        "",
        "Brink Facilitair",
        "hand",
        "",
        "",
    ];
    let (told, code) = place.types(&["init", "--config", "eigen"], &answers);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("Dat is geen bedrag"), "{told}");
    assert!(told.contains("client_id=223456789012345678&"), "{told}");
    assert!(!told.contains("Nog in te vullen"), "every number was given: {told}");
    passes(&place.path("eigen"));
    let organisation = std::fs::read_to_string(place.path("eigen/organisations/de-linde-accountants.toml")).unwrap();
    for part in
        ["name = \"De Linde Accountants\"", "id = \"discord:123456789012345671\"", "# Alleen goedkeurders, SPOC's"]
    {
        assert!(organisation.contains(part), "{part}: {organisation}");
    }
    let (told, code) = place.runs(&["run", "--config", "eigen"]);
    assert!(told.contains("DISCORD_TOKEN is niet gezet"), "{told}");
    assert_eq!(code, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_starts_and_meets_discord() {
    let place = Place::new();
    assert_eq!(place.runs(&["init", "--template", "office"]).1, Some(0));
    let discord = crate::loopback::Discord::start().await;
    let mut command = place.loket(&["run", "--config", "loket"]);
    command.envs(discord.environment()).env("DISCORD_TOKEN", "MTIzNDU2Nzg5MDEyMzQ1Njc4.an.old.one");
    let (told, code) = tokio::task::spawn_blocking(move || told(&mut command)).await.unwrap();
    assert!(told.contains("Discord accepteert de token niet"), "{told}");
    assert_eq!(code, Some(1));
}

#[test]
fn without_a_terminal_and_a_template_nobody_can_be_asked() {
    let place = Place::new();
    let (told, code) = place.runs(&["init", "eigen"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("--template office"), "{told}");
    assert!(place.names().is_empty(), "{:?}", place.names());
}

#[test]
fn who_stops_half_way_finds_nothing_written() {
    let place = Place::new();
    // The fourth line is the end of what is typed.
    let (told, code) = place.types(&["init", "eigen"], &["nl", "office", "De Linde\n\u{4}"]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("Afgebroken; er is niets geschreven."), "{told}");
    assert!(place.names().is_empty(), "{:?}", place.names());
}

#[test]
fn what_stands_there_is_never_overwritten() {
    let place = Place::new();
    std::fs::create_dir(place.path("eigen")).unwrap();
    assert_eq!(place.runs(&["init", "eigen", "--template", "office"]).1, Some(0), "an empty folder is no obstacle");
    let policy = place.path("eigen/policy.toml");
    let own = std::fs::read_to_string(&policy).unwrap().replace("75 excl", "60 excl");
    std::fs::write(&policy, &own).unwrap();
    std::fs::remove_file(place.path("eigen/loket.toml")).unwrap();

    let (told, code) = place.runs(&["init", "eigen", "--template", "office"]);
    assert!(told.contains("eigen bestaat al en is niet leeg"), "{told}");
    assert_eq!(code, Some(2));
    assert!(!place.path("eigen/loket.toml").exists());

    let (told, code) = place.runs(&["init", "eigen", "--template", "office", "--force"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("Geschreven in eigen: loket.toml."), "{told}");
    assert!(told.contains("zo gebleven: ") && told.contains("policy.toml"), "{told}");
    assert_eq!(std::fs::read_to_string(&policy).unwrap(), own);

    std::fs::write(&policy, "rules = 1\n").unwrap();
    std::fs::remove_file(place.path("eigen/loket.toml")).unwrap();
    let (told, code) = place.runs(&["init", "eigen", "--template", "office", "--force"]);
    assert!(
        told.contains("Er is niets geschreven: samen met wat er al staat") && told.contains("policy.toml"),
        "{told}"
    );
    assert_eq!(code, Some(2));
    assert!(!place.path("eigen/loket.toml").exists());
}

#[test]
fn wrong_input_is_one_sentence_and_exit_code_2() {
    let place = Place::new();
    std::fs::write(place.path("bestand"), "x").unwrap();
    let (told, code) = place.runs(&["init", "bestand", "--template", "office"]);
    assert_eq!((told.trim(), code), ("bestand is een bestand; noem een map.", Some(2)));
    let (told, code) = place.runs(&["init", "eigen", "--template", "shop"]);
    assert_eq!((told.trim(), code), ("Het voorbeeld \"shop\" is niet bekend; wel: office, municipality.", Some(2)));
    let (told, code) = place.runs(&["init", "bestand/eigen", "--template", "office"]);
    assert_eq!((told.lines().count(), code), (1, Some(2)), "{told}");
    assert_eq!(place.names(), ["bestand"]);
}
