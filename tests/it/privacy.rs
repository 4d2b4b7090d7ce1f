//! Privacy: what is known of somebody can be shown, handed out and erased, and goes by itself when its time is over. A canary with
//! unmistakable words goes through the desk, and is found nowhere afterwards.

use crate::world::{LINDE, World, account, stage};
use chrono::Duration;
use loket::desk::erasing::BATCH;
use loket::desk::person::{Known, Meant, erase, identify, know};
use loket::domain::OrganisationId;
use loket::domain::effect::Effect;
use loket::domain::journal::{Erasing, OrganisationEvent};
use loket::domain::register::{Mode, Organisation, Register};
use loket::ports::{Clock as _, Heard};
use loket::render::message::Action;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

/// What nobody else ever writes: a word, a name, a telephone number, a mail address and a secret.
const CANARIES: [&str; 5] = ["kanariekraan7391", "Zwaluwstaart", "06-73917391", "kanarie7391@", "wachtwoord-Kn7391!"];
const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer. kanariekraan7391, bel Quirine Zwaluwstaart op \
    06-73917391 of kanarie7391@linde.example.org, wachtwoord-Kn7391!";

fn linde(world: &World) -> Organisation {
    world.desk.house().organisation(&OrganisationId::new(LINDE)).unwrap().clone()
}

async fn known(world: &World, who: &str) -> Known {
    let linde = linde(world);
    let Meant::One(subject) = identify(world.store.as_ref(), &linde, who).await.unwrap() else {
        panic!("{who} is one person");
    };
    know(world.store.as_ref(), &linde, *subject).await.unwrap()
}

/// Somebody asks for it and confirms it.
async fn asked(world: &World, who: &str, text: &str) -> Heard {
    let heard = world.says(who, "facilitair", text).await;
    let card = world.thread(&heard).remove(0);
    let buttons = card.message.iter().flat_map(|message| message.buttons.iter().flatten());
    let confirm = buttons.map(|button| button.action.clone()).find(|action| matches!(action, Action::Confirm(_)));
    world.presses(who, &card.at, confirm.expect("a card with Klopt")).await;
    heard
}

/// The SPOC says that the newest request is off.
async fn ends_it(world: &World) {
    let request = world.requests().await.remove(0);
    let number = request.number().unwrap().to_string();
    world
        .commands(
            "sanne",
            "status",
            &[("id", &number), ("state", "cancelled"), ("note", "kanariekraan7391 was al dicht")],
        )
        .await;
    world.drain().await;
    assert_eq!(stage(&world.requests().await.remove(0)), "closed");
}

fn rehearse(register: &mut Register) {
    register.providers.values_mut().for_each(|provider| provider.mode = Mode::DryRun);
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(path).unwrap()));
        }
    }
    found
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes()))
}

/// Where the canary still is, by file.
fn traces(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let all = files(folder);
    let each = all.iter().flat_map(|(path, bytes)| {
        CANARIES.into_iter().filter(|canary| holds(bytes, canary)).map(|canary| (path.clone(), canary))
    });
    each.collect()
}

/// What Loket itself wrote in the chat that holds the canary.
fn posted(world: &World) -> Vec<String> {
    let ours = world.chat.everything().into_iter().filter(|posted| posted.author.is_none());
    ours.map(|posted| posted.text).filter(|text| CANARIES.iter().any(|canary| holds(text.as_bytes(), canary))).collect()
}

async fn erased(world: &World) -> Vec<(Erasing, u32, u32)> {
    let events = world.store.load_organisation(&OrganisationId::new(LINDE)).await.unwrap().events;
    let all = events.into_iter().filter_map(|recorded| match recorded.event {
        OrganisationEvent::TextsErased { why, requests, texts } => Some((why, requests, texts)),
        _ => None,
    });
    all.collect()
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_log_holds_what_people_say_also_when_things_go_wrong() {
    let log = Log::default();
    let kept = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || kept.clone())
        .finish();
    // Everything of this test runs on this thread.
    let _guard = tracing::subscriber::set_default(subscriber);
    let world = World::open().await;
    world.provider.plans([
        crate::world::Planned::Unreachable,
        crate::world::Planned::LoseAnswer,
        crate::world::Planned::Reject("kanariekraan7391 hebben wij niet"),
    ]);
    let heard = asked(&world, "alice", TAP).await;
    world.chat.closes(&"local:spoc".into());
    world.answers("alice", &heard, "wachtwoord-Kn7391! en nog iets over kanariekraan7391").await;
    world.edits(&heard, &format!("{TAP} en gauw")).await;
    world.commands("alice", "privacy", &[("id", "kanariekraan7391")]).await;
    world.commands("alice", "show", &[("id", "kanariekraan7391")]).await;
    world.advance(Duration::hours(30)).await;
    let logged = log.0.lock().unwrap().clone();
    let lines = String::from_utf8_lossy(&logged);
    assert!(lines.contains("WARN") || lines.contains("ERROR"), "things went wrong, and were logged: {lines}");
    for canary in CANARIES {
        assert!(!holds(&logged, canary), "{canary} stands in the log");
    }
}

#[tokio::test]
async fn what_is_erased_stands_in_no_file_no_table_no_page_and_no_post() {
    let world = World::with(rehearse).await;
    asked(&world, "alice", TAP).await;
    let number = world.number().await.to_string();
    ends_it(&world).await;
    let heard = asked(&world, "dirk", "de lamp in zaal Eik is stuk").await;
    assert!(!traces(world.folder.path()).is_empty() && !posted(&world).is_empty(), "the canary was everywhere");
    assert!(!files(&world.folder.path().join("outbox")).is_empty());

    let alice = known(&world, "local:alice").await;
    assert_eq!((alice.requests.len(), alice.open().count()), (1, 0));
    let now = world.clock.now();
    let gone = erase(world.store.as_ref(), &linde(&world), &alice, now).await.unwrap();
    assert!(gone.requests == 1 && gone.texts > 3, "{gone:?}");
    world.store.scrub(true).await.unwrap();
    world.drain().await;

    assert_eq!(traces(world.folder.path()), vec![], "raw bytes of the database, its log, and the outbox");
    assert_eq!(posted(&world), Vec::<String>::new(), "Loket's own posts are gone");
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(shown.contains(&number), "that there was a request stays: {shown}");
    for canary in CANARIES {
        assert!(!holds(shown.as_bytes(), canary), "{shown}");
    }
    assert_eq!(erased(&world).await, [(Erasing::Asked, 1, gone.texts)]);
    // Others keep theirs.
    assert!(world.thread(&heard).iter().any(|post| post.text.contains("lamp") || post.text.contains("Eik")));
    let dirk = known(&world, "local:dirk").await;
    assert!(dirk.requests[0].texts > 0);

    // Twice is harmless.
    let again = known(&world, "alice").await;
    assert_eq!(again.requests[0].texts, 0);
    let gone = erase(world.store.as_ref(), &linde(&world), &again, now).await.unwrap();
    assert_eq!((gone.requests, gone.texts), (0, 0));
    assert_eq!(erased(&world).await.len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn an_open_request_keeps_its_words_whoever_asks() {
    let world = World::open().await;
    asked(&world, "alice", TAP).await;
    let alice = known(&world, "Alice Vermeer").await;
    assert_eq!(alice.open().count(), 1);
    assert!(alice.to_erase().requests.is_empty());
    // Even where somebody asks for exactly that.
    let mut forced = alice.clone();
    forced.requests[0].closed = true;
    let gone = erase(world.store.as_ref(), &linde(&world), &forced, world.clock.now()).await.unwrap();
    assert_eq!(gone.requests, 0);
    assert!(known(&world, "alice").await.requests[0].texts > 0);
    world.ends().await;
}

#[tokio::test]
async fn own_words_in_somebody_elses_request_go_and_the_rest_of_it_stays() {
    let world = World::open().await;
    asked(&world, "dirk", "de kraan in de pantry boven lekt").await;
    let number = world.number().await.to_string();
    world.commands("sanne", "note", &[("id", &number), ("text", "kanariekraan7391, zegt Bob de Wit")]).await;
    let sanne = known(&world, "sanne").await;
    assert_eq!(sanne.elsewhere.iter().map(|one| one.share.said.len()).sum::<usize>(), 1);
    assert!(sanne.to_erase().events.is_empty(), "people are still at work with it");
    assert!(known(&world, "bob").await.elsewhere.iter().any(|one| one.mentioned && one.share.said.is_empty()));
    ends_it(&world).await;
    let before = known(&world, "sanne").await;
    let texts = known(&world, "local:dirk").await.requests[0].texts;
    let gone = erase(world.store.as_ref(), &linde(&world), &before, world.clock.now()).await.unwrap();
    assert_eq!((gone.requests, gone.texts), (0, u32::try_from(before.to_erase().events.len()).unwrap()));
    assert!(known(&world, "sanne").await.to_erase().events.is_empty());
    let left = known(&world, "local:dirk").await.requests[0].texts;
    assert_eq!(left, texts - gone.texts as usize, "everything else that was said about it stays");
    assert!(left > 0);
    world.ends().await;
}

#[tokio::test]
async fn texts_go_by_themselves_when_their_time_is_over_by_kind_and_once() {
    let mut world = World::with(|register| {
        let linde = register.organisations.get_mut(&OrganisationId::new(LINDE)).unwrap();
        linde.retention.days = 365;
        linde.retention.by_kind = [(loket::domain::Kind::Incident, 30)].into();
    })
    .await;
    world.desk.settle_in().await.unwrap();
    asked(&world, "alice", TAP).await;
    ends_it(&world).await;
    world.advance(Duration::days(29)).await;
    assert_eq!(erased(&world).await, [], "not before its time");
    world.restarts().await;
    world.desk.settle_in().await.unwrap();
    world.advance(Duration::days(3)).await;
    let [(Erasing::Retention, 1, texts)] = erased(&world).await[..] else { panic!("{:?}", erased(&world).await) };
    assert!(texts > 3);
    assert_eq!(known(&world, "alice").await.requests[0].texts, 0);
    assert_eq!(posted(&world), Vec::<String>::new(), "and so do Loket's own posts");
    world.advance(Duration::days(400)).await;
    assert_eq!(erased(&world).await.len(), 1, "once");
    let effects = world.store.effects(&OrganisationId::new(LINDE), 100).await.unwrap();
    assert!(effects.iter().all(|waiting| waiting.effect != Effect::TakeBack));
    world.ends().await;
}

#[tokio::test]
async fn many_go_in_small_batches() {
    let world = World::with(|register| {
        register.organisations.get_mut(&OrganisationId::new(LINDE)).unwrap().retention.days = 10;
    })
    .await;
    world.desk.settle_in().await.unwrap();
    let all = BATCH + 5;
    for _ in 0..all {
        let heard = world.says("alice", "facilitair", "de kraan in de pantry boven lekt").await;
        world.deletes(&heard).await;
    }
    let open = known(&world, "alice").await.open().count();
    assert_eq!(open, 0, "who deletes the message takes it back");
    for _ in 0..3 {
        world.advance(Duration::days(11)).await;
        world.advance(Duration::seconds(2)).await;
    }
    let erased = erased(&world).await;
    assert!(erased.len() >= 2 && erased.iter().all(|(_, requests, _)| *requests <= BATCH), "{erased:?}");
    assert_eq!(erased.iter().map(|(_, requests, _)| requests).sum::<u32>(), all);
    world.ends().await;
}

#[tokio::test]
async fn anybody_may_ask_what_is_kept() {
    let world = World::open().await;
    asked(&world, "alice", TAP).await;
    let told = world.commands("alice", "privacy", &[]).await;
    for part in ["365 dagen", "1 verzoek", "Sanne Bakker", "De Linde Accountants"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let told = world.commands("dirk", "privacy", &[]).await;
    assert!(told.contains("heb ik geen verzoeken"), "{told}");
    world.ends().await;
}

#[tokio::test]
async fn who_is_meant_is_asked_where_it_is_not_clear() {
    let world = World::open().await;
    asked(&world, "dirk", "de kraan in de pantry boven lekt").await;
    let linde = linde(&world);
    let who = async |given: &str| identify(world.store.as_ref(), &linde, given).await.unwrap();
    for given in ["sanne", "Sanne  bakker", "local:sanne", "SANNE@linde.example.org"] {
        let Meant::One(subject) = who(given).await else { panic!("{given}") };
        assert!(subject.is(&account("sanne")), "{given}");
    }
    assert_eq!(who("kees").await, Meant::Nobody);
    let Meant::One(dirk) = who("local:dirk").await else { panic!("known by a request alone") };
    assert_eq!(dirk.person, None);
    world.ends().await;
}

/// A configuration folder of the office, with the outbox of that world.
fn office(world: &World) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    for (from, to) in [
        ("examples/office", ""),
        ("examples/office/organisations", "organisations"),
        ("examples/office/providers", "providers"),
        ("catalogue", "catalogue"),
    ] {
        let to = folder.path().join(to);
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(config.join(from)).unwrap().flatten() {
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
    let outbox = world.folder.path().join("outbox");
    let process = format!("outbox = {:?}\n", outbox.display().to_string());
    std::fs::write(folder.path().join("loket.toml"), process).unwrap();
    folder
}

/// Runs the program on that world's memory; what it said, and its exit code.
fn loket(world: &World, folder: &Path, arguments: &[&str], typed: &str) -> (String, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_loket"))
        .args(arguments)
        .args(["--organisation", LINDE])
        .current_dir(folder)
        .env_clear()
        .env("LANG", "nl_NL.UTF-8")
        .env("LOKET_CONFIG", folder)
        .env("LOKET_DATABASE", format!("sqlite:{}", world.folder.path().join("world.db").display()))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses before it asks reads nothing.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    let output = child.wait_with_output().unwrap();
    (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_shows_hands_out_and_erases_also_while_loket_holds_the_database() {
    let world = World::with(rehearse).await;
    asked(&world, "alice", TAP).await;
    let folder = office(&world);
    let run = |arguments: &[&str], typed: &str| loket(&world, folder.path(), arguments, typed);

    let (told, code) = run(&["person", "show", "kees"], "");
    assert!(code == Some(2) && told.contains("Loket kent niemand als \"kees\""), "{told}");
    let (told, code) = run(&["person", "show", "alice"], "");
    assert!(code == Some(0) && told.contains("1 eigen verzoek") && told.contains("2026-0001"), "{told}");
    let (told, code) = run(&["person", "erase", "alice", "--yes"], "");
    assert!(code == Some(2) && told.contains("staan nog open: 2026-0001"), "{told}");
    assert!(!traces(world.folder.path()).is_empty());

    ends_it(&world).await;
    let (told, code) = run(&["person", "export", "alice", "--output", "-"], "");
    assert_eq!(code, Some(0), "{told}");
    let handed: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(handed["form"], "loket.person.1");
    assert!(CANARIES.iter().all(|canary| told.contains(canary)), "it is theirs: {told}");
    let (told, code) = run(&["person", "export", "alice", "--output", "alice.json"], "");
    assert!(code == Some(0) && folder.path().join("alice.json").is_file(), "{told}");
    let (told, code) = run(&["person", "export", "alice", "--output", "alice.json"], "");
    assert!(code == Some(2) && told.contains("alice.json kan niet worden geschreven"), "{told}");

    let (told, code) = run(&["person", "erase", "alice"], "nee\n");
    assert!(code == Some(2) && told.contains("Er is niets gewist") && told.contains("Blijven:"), "{told}");
    assert!(!traces(world.folder.path()).is_empty());
    let (told, code) = run(&["person", "erase", "alice"], "ja\n");
    assert!(code == Some(0) && told.contains("Gewist:") && told.contains("van 1 verzoeken"), "{told}");
    assert_eq!(traces(world.folder.path()), vec![], "at once, without the running Loket");
    assert!(!posted(&world).is_empty(), "the posts are for the running Loket");
    world.drain().await;
    assert_eq!(posted(&world), Vec::<String>::new());

    let (told, code) = run(&["person", "erase", "alice", "--yes"], "");
    assert!(code == Some(0) && told.contains("niets meer dat gewist kan worden"), "{told}");
    let (told, code) = run(&["person", "export", "alice", "--output", "-"], "");
    assert!(code == Some(0) && !CANARIES.iter().any(|canary| holds(told.as_bytes(), canary)), "{told}");
    world.ends().await;
}
