//! The restore drill: a backup is taken while the real binary works, the binary goes on and hands orders over, the machine is lost, and
//! the backup is put back.

use super::{Office, until};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};

fn loket(office: &Office, arguments: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_loket"))
        .args(arguments)
        .current_dir(office.path())
        .env_clear()
        .env("LANG", "nl_NL.UTF-8")
        .env("LOKET_DATABASE", format!("sqlite:{}", office.database().display()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
}

/// How often each fault was ordered, by the room in its words.
fn ordered(office: &Office) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (_, text) in office.orders() {
        let room = text.split("kamer ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap_or("?");
        *found.entry(room.trim_end_matches('.').to_owned()).or_default() += 1;
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_put_back_and_no_order_goes_twice() {
    let office = Office::furnish("1 s", None).await;
    let first = office.opens().await;
    let tap = |room: u32| format!("de kraan in kamer {room} lekt, er staat een plas op de vloer");
    let before: Vec<_> = (101..109).map(|room| office.says("alice", "facilitair", &tap(room))).collect();
    office.order("kamer 101").await;
    let (told, code) = loket(&office, &["backup", "copy"]);
    assert_eq!(code, Some(0), "{told}");
    let kept: Vec<_> = {
        let copy = rusqlite::Connection::open(office.path().join("copy")).unwrap();
        let mut rows = copy.prepare("select message from link where kind = 'said'").unwrap();
        rows.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect()
    };
    assert!(!kept.is_empty());
    let after: Vec<_> = (109..113).map(|room| office.says("carla", "facilitair", &tap(room))).collect();
    for room in 101..113 {
        office.order(&format!("kamer {room}")).await;
    }
    first.kill();
    let ordered_before = ordered(&office);
    assert!(ordered_before.values().all(|times| *times == 1), "{ordered_before:?}");

    for beside in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{beside}", office.database().display()));
    }
    let (told, code) = loket(&office, &["backup", "copy", "--verify"]);
    assert_eq!(code, Some(0), "{told}");
    let (told, code) = loket(&office, &["restore", "copy"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("Niets gaat vanzelf nog een keer."), "{told}");
    let (told, code) = loket(&office, &["restore", "copy"]);
    assert_eq!(code, Some(2), "nothing is overwritten: {told}");

    let _second = office.reopens(true);
    let all: Vec<_> = before.into_iter().chain(after).collect();
    // Everything that was said is a request again, that of the lost time too.
    until("every message to be a request", || {
        let requests = office.requests();
        all.iter().all(|message| requests.iter().any(|(id, ..)| id == message)).then_some(())
    })
    .await;
    for message in &kept {
        let id: u64 = message.rsplit(':').next().unwrap().parse().unwrap();
        assert!(office.requests().iter().any(|(found, ..)| *found == id), "nothing of the backup is lost");
    }
    let spoc = office.id("spoc");
    office
        .discord
        .wait_for("the SPOC to be told", |world| {
            world
                .own_talk(spoc)
                .into_iter()
                .find(|post| post.text().contains("teruggezet naar de reservekopie"))
                .map(|_| ())
        })
        .await;
    // A new fault goes its way: whatever was to leave by itself before it would have left too.
    office.says("bob", "facilitair", &tap(200));
    office.order("kamer 200").await;
    let mut ordered_after = ordered(&office);
    assert_eq!(ordered_after.remove("200"), Some(1));
    assert_eq!(ordered_after, ordered_before, "no order went twice");
}

#[test]
fn wrong_input_is_one_sentence_and_exit_code_2() {
    let place = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], database: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_loket"))
            .args(arguments)
            .current_dir(place.path())
            .env_clear()
            .env("LANG", "nl_NL.UTF-8")
            .env("LOKET_DATABASE", database)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
    };
    for (arguments, database, says) in [
        (vec!["backup", "copy"], "sqlite:nowhere.db", "Er is geen database in nowhere.db"),
        (vec!["backup", "copy"], "postgres://loket@db/loket", "maak de kopie met pg_dump"),
        (vec!["backup", "nowhere", "--verify"], "sqlite:x.db", "nowhere is geen reservekopie"),
        (vec!["restore", "nowhere"], "sqlite:x.db", "nowhere is geen reservekopie"),
        (vec!["restored", "--taken", "gisteren"], "sqlite:x.db", "\"gisteren\" is geen moment in het verleden"),
        (vec!["restored", "--taken", "2999-01-01T10:00"], "sqlite:x.db", "is geen moment in het verleden"),
    ] {
        let (told, code) = run(&arguments, database);
        assert_eq!((told.trim().lines().count(), code), (1, Some(2)), "{arguments:?}: {told}");
        assert!(told.contains(says), "{arguments:?}: {told}");
    }
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0, "nothing half written");
}
