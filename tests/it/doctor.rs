//! `loket doctor` and `/setup-check`: what an administrator hears before something gets stuck, and what helps.

use crate::binary::Office;
use crate::loopback::permission;
use crate::samples::{Growing, at, drafted, effect, linde, unit};
use crate::world::World;
use async_trait::async_trait;
use loket::adapters::clock::SystemEntropy;
use loket::adapters::store;
use loket::domain::Lang;
use loket::domain::effect::Lane;
use loket::ports::{Checked, Checkup, CommandCall, Grade, Input, Outcome, Settled, Unit};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What was said, and the exit code.
type Told = (String, Option<i32>);

async fn doctor(office: &Office, arguments: &[&str], environment: &[(&str, &str)]) -> Told {
    office.keeps_time();
    let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
    command.arg("doctor").arg("--config").arg(office.config()).args(arguments).current_dir(office.path());
    command.env_clear().env("LANG", "nl_NL.UTF-8").stdin(Stdio::null()).envs(office.discord.environment());
    command.envs(environment.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
}

#[track_caller]
fn says(told: &str, parts: &[&str]) {
    for part in parts {
        assert!(told.contains(part), "{part}\n--- in\n{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_right_is_said_area_by_area_and_nothing_was_changed_by_looking() {
    let office = Office::furnish("1 s", None).await;
    let (told, code) = doctor(&office, &[], &[]).await;
    assert_eq!(code, Some(0), "{told}");
    says(
        &told,
        &[
            "Configuratie\n",
            "· Brink Facilitair: ",
            "Discord\n",
            "✓ De Message Content Intent staat aan.",
            "✓ De klok loopt gelijk met die van Discord.",
            "✓ De Linde Accountants: alle 6 kanalen met alle rechten.",
            "✓ De Linde Accountants: goedkeurders, vervangers en SPOC (3) zijn op de server.",
            "✓ Merel Advocaten: alle 4 kanalen met alle rechten.",
            "– De rondreis van een mail is niet geprobeerd; geef --mail.",
            "· SQLite 3.",
            "de database is nog leeg en ontstaat bij de eerste start",
            "✗ 0 blokkeert",
        ],
    );
    let link = told.split("uitnodigen met ").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(link.contains(&format!("permissions={}", loket::adapters::discord::needs::PERMISSIONS)), "{link}");
    assert!(!office.path().join("loket.db").exists(), "nothing was made");
    let changed = office.discord.read(|world| world.calls.iter().any(|call| call.method != "GET"));
    assert!(!changed, "Discord was only asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_that_is_wrong_in_discord_is_named_with_its_mend() {
    let office = Office::furnish("1 s", None).await;
    let discord = &office.discord;
    discord.revokes_permission(office.id("goedkeuringen"), permission::ADD_REACTIONS | permission::EMBED_LINKS);
    discord.revokes_permission(office.id("spoc"), permission::VIEW_CHANNEL);
    discord.removes_member(office.id("linde"), office.id("bob"));
    discord.portal_intents(0);
    let (told, code) = doctor(&office, &[], &[]).await;
    assert_eq!(code, Some(1), "{told}");
    let channel = format!(
        "discord:{} (goedkeurders) ontbreekt: Links insluiten (Embed Links) en Reacties toevoegen",
        office.id("goedkeuringen")
    );
    says(
        &told,
        &[
            &channel,
            &format!("discord:{} (SPOC) is er niet, of de bot mag het niet zien", office.id("spoc")),
            "✗ De Linde Accountants: Bob de Wit is niet op de server",
            "✗ Discord laat Loket nog geen berichten lezen.",
            "✗ 4 blokkeert",
        ],
    );
    let (told, code) = doctor(&office, &["--lenient"], &[]).await;
    assert_eq!(code, Some(0), "{told}");

    let (told, code) = doctor(&office, &["--json"], &[("DISCORD_TOKEN", "hunter2.an.old.one")]).await;
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let stuck: Vec<&str> = told["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["severity"] == "stuck")
        .map(|one| one["what"].as_str().unwrap())
        .collect();
    assert_eq!((code, stuck.len()), (Some(1), 1), "{stuck:?}");
    assert!(stuck[0].starts_with("Discord accepteert de token niet.") && !told.to_string().contains("hunter2"));
    assert_eq!(told["counts"]["stuck"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_with_a_mandate_is_counted_and_one_that_nobody_has_is_stuck() {
    let office = Office::furnish("1 s", None).await;
    let (discord, server) = (&office.discord, office.id("linde"));
    let (buyers, nobody) = (discord.role(server, "Inkopers"), discord.role(server, "Leeg"));
    discord.gives_role(server, office.id("bob"), buyers);
    office.configures("mandates.toml", |text| {
        let text = text.replacen("person = \"bob\"", &format!("role = \"discord:{buyers}\""), 1);
        text.replacen("person = \"carla\"", &format!("role = \"discord:{nobody}\""), 1)
    });
    let (told, code) = doctor(&office, &[], &[]).await;
    assert_eq!(code, Some(1), "{told}");
    says(
        &told,
        &[
            &format!(
                "✓ De Linde Accountants: de rol discord:{buyers} met een mandaat heeft één persoon uit het register."
            ),
            &format!("✗ De Linde Accountants: niemand uit het register heeft de rol discord:{nobody}"),
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_the_bot_is_named_with_the_invitation() {
    let office = Office::furnish("1 s", None).await;
    office.discord.change(|world| {
        let bot = world.bot;
        for server in world.servers.values_mut() {
            server.members.remove(&bot);
        }
    });
    let (told, code) = doctor(&office, &[], &[]).await;
    assert_eq!(code, Some(1));
    says(
        &told,
        &[
            "✗ De Linde Accountants: de bot is niet op server discord:",
            "https://discord.com/oauth2/authorize?client_id=",
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_discord_is_skipped_by_name_and_silence_of_discord_hides_nothing_else() {
    let office = Office::furnish("1 s", None).await;
    let (told, code) = doctor(&office, &[], &[("DISCORD_TOKEN", "")]).await;
    assert_eq!(code, Some(0), "{told}");
    says(&told, &["– Geen DISCORD_TOKEN, dus niet bekeken: de token, de intents", "Computer en database\n"]);

    let (told, code) = doctor(&office, &[], &[("LOKET_DISCORD_API", "http://127.0.0.1:9")]).await;
    assert_eq!(code, Some(0), "{told}");
    says(&told, &["! Discord geeft geen bruikbaar antwoord", "· SQLite 3."]);

    let (told, code) = doctor(&office, &[], &[("LOKET_DISCORD_API", "wherever")]).await;
    assert_eq!(code, Some(1), "{told}");
    says(&told, &["✗ LOKET_DISCORD_API = \"wherever\" is geen adres"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_secret_a_provider_out_of_reach_and_a_place_that_cannot_be_written_are_found_together() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let connector = format!(
        "kind = \"rt\"\nurl = \"http://127.0.0.1:{port}\"\nqueue = \"F\"\ntoken = {{ secret = \"rt\" }}\nallow = [\"127.0.0.1\"]"
    );
    let office = Office::furnish("1 s", Some(&connector)).await;
    let (told, code) = doctor(&office, &[], &[("LOKET_DATABASE", "sqlite:/proc/nowhere/loket.db")]).await;
    assert_eq!(code, Some(1));
    says(&told, &["✗ het geheim \"rt\" is er niet; zet LOKET_SECRET_RT", "✗ /proc/nowhere is niet te beschrijven"]);
    let (told, code) = doctor(&office, &[], &[("LOKET_SECRET_RT", "hunter2hunter2")]).await;
    assert_eq!(code, Some(1));
    says(&told, &[&format!("✗ Brink Facilitair: 127.0.0.1:{port} is niet te bereiken"), "Controleer url"]);
    assert!(!told.contains("hunter2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_looked_at_and_a_damaged_one_is_said_to_be() {
    let office = Office::furnish("1 s", None).await;
    let file = office.path().join("own.db");
    let url = format!("sqlite:{}", file.display());
    let store = loket::adapters::store::open(&url, Arc::new(loket::adapters::clock::SystemEntropy)).await.unwrap();
    drop(store);
    let (told, code) = doctor(&office, &[], &[("LOKET_DATABASE", &url)]).await;
    assert_eq!(code, Some(0), "{told}");
    says(&told, &["✓ De database is heel (quick_check).", "migraties toegepast"]);

    // Somebody's copy went wrong half-way.
    let mut bytes = std::fs::read(&file).unwrap();
    let (from, to) = (bytes.len() / 2, bytes.len());
    bytes[from..to].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    let (told, code) = doctor(&office, &[], &[("LOKET_DATABASE", &url)]).await;
    assert_eq!(code, Some(1), "{told}");
    says(&told, &["beschadigd"]);

    std::fs::write(&file, "no database at all, though it is long enough to look like one").unwrap();
    let (told, code) = doctor(&office, &[], &[("LOKET_DATABASE", &url)]).await;
    assert_eq!(code, Some(1), "{told}");
    says(&told, &["is geen database"]);
    let (told, code) = doctor(&office, &[], &[("LOKET_DATABASE", "mysql://nobody:hunter2@db/loket")]).await;
    assert_eq!(code, Some(1), "{told}");
    says(&told, &["✗ De URL van de database begint met \"mysql\""]);
    assert!(!told.contains("hunter2"));
}

// ---- mail that goes round

/// What was sent by SMTP is found by IMAP, unless it gets lost.
struct PostOffice {
    smtp: u16,
    imap: u16,
}

async fn post_office() -> PostOffice {
    let mails: Arc<Mutex<Vec<String>>> = Arc::default();
    let smtp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let imap = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let office = PostOffice { smtp: smtp.local_addr().unwrap().port(), imap: imap.local_addr().unwrap().port() };
    let sent = Arc::clone(&mails);
    tokio::spawn(async move {
        while let Ok((stream, _)) = smtp.accept().await {
            let sent = Arc::clone(&sent);
            tokio::spawn(async move { takes(stream, &sent).await });
        }
    });
    tokio::spawn(async move {
        while let Ok((stream, _)) = imap.accept().await {
            let mails = Arc::clone(&mails);
            tokio::spawn(async move { gives(stream, &mails).await });
        }
    });
    office
}

async fn takes(stream: TcpStream, sent: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 localhost\r\n").await?;
    let (mut line, mut text) = (String::new(), None::<String>);
    while {
        line.clear();
        stream.read_line(&mut line).await? > 0
    } {
        let answer = match (&mut text, line.trim_end()) {
            (Some(mail), ".") => {
                sent.lock().unwrap().push(std::mem::take(mail));
                text = None;
                "250 taken"
            }
            (Some(mail), _) => {
                mail.push_str(&line);
                continue;
            }
            (None, "DATA") => {
                text = Some(String::new());
                "354 go ahead"
            }
            (None, word) if word.starts_with("EHLO") => "250-localhost\r\n250 AUTH PLAIN",
            (None, word) if word.starts_with("AUTH") => "235 welcome",
            (None, "QUIT") => "221 bye",
            (None, _) => "250 ok",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

async fn gives(stream: TcpStream, mails: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"* OK ready\r\n").await?;
    let mut line = String::new();
    while {
        line.clear();
        stream.read_line(&mut line).await? > 0
    } {
        let Some((tag, command)) = line.trim_end().split_once(' ') else { return Ok(()) };
        let (command, kept) = (command.to_uppercase(), mails.lock().unwrap().clone());
        let said = if command.starts_with("EXAMINE") {
            format!("* {} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT {}] ok\r\n", kept.len(), kept.len() + 1)
        } else if let Some(range) = command.strip_prefix("UID SEARCH UID ") {
            let first: usize = range.split(':').next().unwrap().parse().unwrap_or(1);
            let found: Vec<String> = (first..=kept.len()).map(|uid| uid.to_string()).collect();
            format!("* SEARCH {}\r\n", found.join(" "))
        } else if command.contains("RFC822.SIZE") {
            let uids = command.trim_start_matches("UID FETCH ").split(' ').next().unwrap().to_owned();
            uids.split(',').map(|uid| format!("* {uid} FETCH (UID {uid} RFC822.SIZE 100)\r\n")).collect()
        } else if let Some(rest) = command.strip_prefix("UID FETCH ") {
            let uid: usize = rest.split(' ').next().unwrap().parse().unwrap();
            let mail = &kept[uid - 1];
            let date = "INTERNALDATE \"12-May-2026 10:00:00 +0200\"";
            format!("* {uid} FETCH (UID {uid} {date} BODY[] {{{}}}\r\n{mail})\r\n", mail.len())
        } else {
            String::new()
        };
        stream.write_all(format!("{said}{tag} OK done\r\n").as_bytes()).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_goes_out_and_comes_in_again() {
    let post = post_office().await;
    let office = Office::furnish("1 s", None).await;
    let server = |port: u16, secret: &str| {
        format!(
            "host = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\nuser = \"loket@linde.example\"\npassword = {{ secret = \"{secret}\" }}\n"
        )
    };
    office.configures("organisations/linde.toml", |text| {
        format!("{text}\n[mail]\nfrom = \"loket@linde.example\"\n[mail.server]\n{}", server(post.smtp, "smtp"))
    });
    let secrets = [("LOKET_SECRET_SMTP", "hunter2"), ("LOKET_SECRET_IMAP", "hunter2")];
    let (told, code) = doctor(&office, &["--mail"], &secrets).await;
    assert_eq!(code, Some(0), "{told}");
    says(&told, &["· De Linde Accountants: de proefmail aan loket@linde.example is weg; er is geen postvak"]);

    office.configures("providers/facilitair.toml", |text| format!("{text}\n[inbox]\n{}", server(post.imap, "imap")));
    let (told, code) = doctor(&office, &["--mail"], &secrets).await;
    assert_eq!(code, Some(0), "{told}");
    says(&told, &["✓ De Linde Accountants: de proefmail aan loket@linde.example is weg en weer binnen."]);
    assert!(!told.contains("hunter2"));
}

// ---- in chat

/// Finds what it was told to find.
struct Finds(Vec<Checked>);

#[async_trait]
impl Checkup for Finds {
    async fn look(&self, lang: Lang) -> Vec<Checked> {
        assert_eq!(lang, Lang::Nl);
        self.0.clone()
    }
}

/// What somebody reads after the command, one text after the other.
async fn asks(world: &World, who: &str) -> Vec<String> {
    let token = world.chat.interaction();
    let call = CommandCall {
        name: "setup-check".into(),
        options: vec![],
        by: crate::world::account(who),
        by_name: who.to_owned(),
        channel: "local:spoc".into(),
        server: None,
        token: token.clone(),
        locale: Some("nl".into()),
    };
    world.handle(Input::Command(call)).await;
    let told = || world.chat.answers(&token.id);
    // The look goes on by itself; in this runtime it needs only to get its turn.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    told().iter().map(|reply| loket::adapters::local::plain(&reply.message)).collect()
}

fn found(grade: Grade, text: &str) -> Checked {
    Checked { grade, text: text.into() }
}

#[tokio::test]
async fn an_administrator_reads_in_chat_what_is_stuck_and_nobody_else_does() {
    let mut lines =
        vec![found(Grade::Well, "De klok loopt gelijk."), found(Grade::Warning, "Merel heeft *geen* kanaal.")];
    lines.push(found(Grade::Stuck, "Bob is niet op de server."));
    let world = World::with_checkup(Arc::new(Finds(lines))).await;
    let told = asks(&world, "alice").await;
    assert_eq!(told, ["Dit is voor beheerders."]);
    let told = asks(&world, "sanne").await;
    assert_eq!(told[0], "Ik kijk het na; dat duurt hoogstens een halve minuut.");
    let end = "✗ 1 blokkeert · ! 1 let op · – 0 overgeslagen · · 0 ter informatie · ✓ 1 in orde";
    assert_eq!(told[1], format!("✗ Bob is niet op de server.\n! Merel heeft *geen* kanaal.\n{end}"));
}

#[tokio::test]
async fn however_much_is_stuck_the_answer_fits_in_a_message() {
    let lines = (0..200).map(|nth| found(Grade::Stuck, &format!("{nth} {}", "kapot ".repeat(60)))).collect();
    let world = World::with_checkup(Arc::new(Finds(lines))).await;
    let told = asks(&world, "sanne").await;
    assert!(told[1].chars().count() < 2_000 && told[1].contains("loket doctor noemt ze allemaal"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_is_said_to_who_looks_the_set_up_over() {
    let office = Office::furnish("1 s", None).await;
    let url = format!("sqlite:{}", office.path().join("loket.db").display());
    let store = store::open(&url, Arc::new(SystemEntropy)).await.unwrap();
    let mut change = Growing::new(1).change(at(0), vec![drafted(at(0), "x")]);
    change.effects = vec![effect(Lane::Spoc, 1, at(0))];
    store.commit(unit(at(0), change)).await.unwrap();
    let claim = store.claim(at(1), at(30), 1, None).await.unwrap().remove(0);
    let settled = Settled { claim, outcome: Outcome::GaveUp { why: "closed".into() } };
    store.commit(Unit { settled: Some(settled), ..Unit::new(linde(), at(2)) }).await.unwrap();
    let (told, _) = doctor(&office, &[], &[]).await;
    says(&told, &[&format!("Bij {} is van 1 bericht het plaatsen opgegeven.", linde())]);
}
