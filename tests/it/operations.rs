//! What an operator is given: numbers, rules, packages. Each names only what exists.

use crate::world::World;
use loket::desk::measures::NAMES;
use loket::ports::{Mark, Pages as _};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of metrics in a text.
fn named(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.filter(|word| word.starts_with("loket_")).map(str::to_owned).collect()
}

fn loket(arguments: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_loket"))
        .args(arguments)
        .env_clear()
        .env("LANG", "nl_NL.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
}

#[test]
fn dashboard_and_alerts_name_only_metrics_that_exist() {
    let known: BTreeSet<String> = NAMES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    for name in ["docs/operations/grafana.json", "docs/operations/alerts.yaml"] {
        let used = named(&file(name));
        assert!(!used.is_empty(), "{name}");
        let unknown: Vec<_> = used.difference(&known).collect();
        assert!(unknown.is_empty(), "{name} names {unknown:?}");
    }
    serde_json::from_str::<serde_json::Value>(&file("docs/operations/grafana.json")).unwrap();
}

#[tokio::test]
async fn the_numbers_follow_the_story_and_name_nobody() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    let heard = world
        .says("alice", "facilitair", "kunnen we vrijdag om 13 uur 12 stoelen krijgen in zaal Eik? CANARY7391")
        .await;
    world.says("bob", "facilitair", "goedemorgen allemaal").await;
    let told = world.desk.measures().await.unwrap();
    for line in
        ["loket_messages_total{outcome=\"silent\"} 1", "loket_requests_open{stage=\"draft\"} 1", "loket_gateway_up 0"]
    {
        assert!(told.lines().any(|own| own == line), "{line}\n{told}");
    }
    let confirm = world.thread(&heard).into_iter().rev().find_map(|posted| {
        let buttons = posted.message.clone()?.buttons.into_iter().flatten();
        let action = buttons.map(|button| button.action);
        let found = action.into_iter().find(|action| matches!(action, loket::render::message::Action::Confirm(_)));
        found.map(|action| (posted.at, action))
    });
    let (at, action) = confirm.unwrap();
    world.presses("alice", &at, action).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    let told = world.desk.measures().await.unwrap();
    assert!(told.contains("loket_decisions_total{outcome=\"agreed\"} 1"), "{told}");
    for private in ["CANARY7391", "alice", "bob", "linde", "2026-0001", "Brink"] {
        assert!(!told.to_lowercase().contains(&private.to_lowercase()), "{private} stands in the numbers");
    }
}

#[test]
fn every_library_stands_in_the_list_of_licences_with_its_version() {
    let lock: toml::Value = toml::from_str(&file("Cargo.lock")).unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let text = |package: &toml::Value, key: &str| package[key].as_str().unwrap().to_owned();
    let outside = packages.filter(|package| package.get("source").is_some());
    let locked: BTreeSet<_> = outside.map(|package| (text(package, "name"), text(package, "version"))).collect();
    let list = file("THIRD-PARTY.md");
    let rows = list.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| crate"));
    let listed: BTreeSet<_> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            assert!(!cells[3].is_empty(), "{row}");
            (cells[1].to_owned(), cells[2].to_owned())
        })
        .collect();
    assert_eq!(listed, locked, "run packaging/bill licences >THIRD-PARTY.md");
}

#[test]
fn completions_and_the_manual_name_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let (told, code) = loket(&["completions", shell]);
        assert_eq!(code, Some(0));
        assert!(told.contains("doctor") && told.contains("restored"), "{shell}");
    }
    let (told, code) = loket(&["completions", "tcsh"]);
    assert_eq!((told.trim(), code), ("De shell \"tcsh\" is niet bekend; wel: bash, zsh, fish.", Some(2)));
    let (told, code) = loket(&["man"]);
    assert_eq!(code, Some(0));
    assert!(told.contains(".TH loket 1") && told.contains("doctor"), "{told}");
}

#[test]
fn the_unit_explains_each_directive_of_safety_and_gives_no_rights() {
    let unit = file("packaging/loket.service");
    for line in ["NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "DynamicUser=yes"] {
        assert!(unit.lines().any(|own| own == line), "{line}");
    }
    let image = file("Dockerfile");
    // The soak weighs the program as it is started here.
    assert!(unit.contains("MALLOC_ARENA_MAX=2") && image.contains("MALLOC_ARENA_MAX=2"));
    assert!(
        image.contains("USER 10001") && image.contains("CMD [\"loket\", \"health\"]") && image.contains("VOLUME /data")
    );
    for name in ["compose.yaml", "compose.postgres.yaml"] {
        let compose = file(name);
        assert!(compose.contains("read_only: true") && compose.contains("cap_drop: [ALL]"), "{name}");
    }
}

/// A server that says one thing.
async fn says(answer: &'static str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 512]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_the_answer_of_the_running_loket() {
    let well = says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;
    let unwell = says("HTTP/1.1 503 Service Unavailable\r\n\r\n").await;
    let ask = |address: String| tokio::task::spawn_blocking(move || loket(&["health", "--address", &address]));
    assert_eq!(ask(well).await.unwrap(), (String::new(), Some(0)));
    assert_eq!(ask(unwell).await.unwrap().1, Some(1));
    let (told, code) = ask("127.0.0.1:9".into()).await.unwrap();
    assert!(told.contains("Op 127.0.0.1:9 antwoordt geen Loket"), "{told}");
    assert_eq!(code, Some(1));
    let (told, code) = ask("somewhere".into()).await.unwrap();
    assert_eq!((told.lines().count(), code), (1, Some(2)), "{told}");
}
