//! `loket provider check`: what an administrator reads when a provider is connected for the first time, from the real program.

use crate::provider_contract::rest_sim;
use crate::provider_contract::topdesk_sim::{CALLER, Manner, PASSWORD, Sim};
use crate::provider_contract::{Side as _, Web as _};
use loket::domain::register::{PatchForm, TopdeskAccount};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The example office with a facility company that is reached in another way.
struct Office(tempfile::TempDir);

/// What was said on both outputs, and the exit code.
type Told = (String, Option<i32>);

impl Office {
    fn with(connector: &str) -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
        copy(&root.join("examples/office"), &office.config());
        copy(&root.join("catalogue"), &office.config().join("catalogue"));
        if !connector.is_empty() {
            let file = office.config().join("providers/facilitair.toml");
            std::fs::write(file, format!("name = \"Brink Facilitair\"\n{connector}\n")).unwrap();
        }
        office
    }

    fn config(&self) -> PathBuf {
        self.0.path().join("config")
    }

    fn check(&self, arguments: &[&str], secrets: &[(&str, &str)]) -> Told {
        let output = Command::new(env!("CARGO_BIN_EXE_loket"))
            .args(["provider", "check"])
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .env_clear()
            .env("LANG", "nl_NL.UTF-8")
            .env("LOKET_CONFIG", self.config())
            .envs(secrets.iter().copied())
            .output()
            .unwrap();
        (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
    }

    /// The pages are served there from now on.
    fn listens(&self, address: &str) {
        let file = self.config().join("loket.toml");
        let before = std::fs::read_to_string(&file).unwrap_or_default();
        let lines = before.lines().filter(|line| !line.starts_with("listen"));
        let text = lines.collect::<Vec<_>>().join("\n");
        std::fs::write(file, format!("listen = \"{address}\"\n{text}\n")).unwrap();
    }

    /// What was written for the facility company.
    fn orders(&self) -> Vec<String> {
        let folder = std::fs::read_dir(self.0.path().join("outbox/facilitair"));
        folder.into_iter().flatten().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).unwrap();
        }
    }
}

#[test]
fn a_folder_needs_no_log_in_and_gets_nothing_unless_a_test_is_asked_for_and_confirmed() {
    let office = Office::with("");
    let (told, code) = office.check(&["facilitair"], &[]);
    assert_eq!(
        told,
        "· Brink Facilitair: bestanden in outbox/facilitair; in proef (dry-run), maar hier wordt de echte verbinding geprobeerd.\n\
         · Hier is niets om bij aan te melden.\n\
         · Hierna: loket provider check facilitair --send-test stuurt één proefopdracht.\n"
    );
    assert_eq!((code, office.orders().len()), (Some(0), 0));

    let (told, code) = office.check(&["facilitair", "--send-test"], &[]);
    assert!(told.contains("geef --yes erbij"), "{told}");
    assert_eq!((code, office.orders().len()), (Some(2), 0), "nobody was there to confirm it");

    let (told, code) = office.check(&["facilitair", "--send-test", "--yes"], &[]);
    let orders = office.orders();
    assert_eq!((code, orders.len()), (Some(0), 1), "{told}");
    assert!(orders[0].starts_with("[#TEST-") && orders[0].contains("TEST van Loket, graag sluiten"), "{orders:?}");
    assert!(told.contains("✓ De proefopdracht TEST-") && told.contains("✓ Teruggevonden aan ons kenmerk"), "{told}");
    assert!(told.contains("zet mode = \"live\""), "{told}");
}

#[test]
fn a_provider_that_is_reached_by_hand_has_nothing_to_connect() {
    let office = Office::with("[connector]\nkind = \"manual\"\nlink = \"https://brink.example/formulier\"");
    let (told, code) = office.check(&["facilitair", "--send-test", "--yes"], &[]);
    assert!(told.contains("met de hand, formulier https://brink.example/formulier"), "{told}");
    assert!(told.contains("er is niets te verbinden"), "{told}");
    assert_eq!((code, office.orders().len()), (Some(0), 0));
}

/// A port on which nobody listens.
fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_server_that_refuses_the_connection_is_named_with_what_helps_and_nothing_is_sent() {
    let port = closed_port();
    let connector = format!(
        "[connector]\nkind = \"rt\"\nurl = \"http://127.0.0.1:{port}\"\nqueue = \"Facilitair\"\ntoken = {{ secret = \"rt\" }}\n\
         allow = [\"127.0.0.1\"]\n"
    );
    let office = Office::with(&connector);
    let secret = [("LOKET_SECRET_RT", "1-35-hunter2hunter2")];
    let (told, code) = office.check(&["facilitair", "--send-test", "--yes"], &secret);
    assert!(told.contains(&format!("✗ 127.0.0.1:{port} is niet te bereiken")), "{told}");
    assert!(told.contains("Controleer url, de firewall en het certificaat."), "{told}");
    assert!(told.contains("Herstel eerst wat achter ✗ staat") && !told.contains("proefopdracht"), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
    assert_eq!(code, Some(1));

    let (told, code) = office.check(&["facilitair"], &[]);
    assert!(told.contains("✗ providers/facilitair.toml: het geheim \"rt\" is er niet; zet LOKET_SECRET_RT"), "{told}");
    assert_eq!(code, Some(1));
}

#[test]
fn a_mailbox_for_answers_is_opened_as_well() {
    let port = closed_port();
    let office = Office::with(&format!(
        "[connector]\nkind = \"file\"\nfolder = \"outbox/facilitair\"\n[inbox]\nhost = \"127.0.0.1\"\nport = {port}\n\
         security = \"none\"\nuser = \"loket\"\npassword = {{ secret = \"imap\" }}\n"
    ));
    let (told, code) = office.check(&["facilitair"], &[("LOKET_SECRET_IMAP", "geheim")]);
    assert!(told.contains(&format!("✗ De mailbox op 127.0.0.1:{port} kon niet worden gelezen")), "{told}");
    assert!(told.contains("Controleer host, port en security"), "{told}");
    assert_eq!(code, Some(1));
}

#[test]
fn a_code_that_is_not_known_is_answered_with_those_that_are() {
    let (told, code) = Office::with("").check(&["facilitiar"], &[]);
    assert_eq!(told, "De leverancier \"facilitiar\" is niet bekend; wel: facilitair, ict.\n");
    assert_eq!(code, Some(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_system_is_logged_in_to_and_a_test_order_is_read_back_from_it() {
    let sim = Sim::start(TopdeskAccount::Operator, Manner::Usual).await;
    let connector = |caller: &str| {
        let port = sim.address().port();
        format!(
            "[connector]\nkind = \"topdesk\"\nurl = \"http://127.0.0.1:{port}\"\naccount = \"operator\"\nuser = \"operator\"\n\
             password = {{ secret = \"topdesk\" }}\ncaller = \"{caller}\"\nallow = [\"127.0.0.1\"]\n"
        )
    };
    let secrets = [("LOKET_SECRET_TOPDESK", PASSWORD)];
    let (told, code) = Office::with(&connector(CALLER)).check(&["facilitair", "--send-test", "--yes"], &secrets);
    assert!(told.contains("✓ Aangemeld bij Brink Facilitair als Loket."), "{told}");
    assert!(told.contains("nummer daar: I 2611 001.") && told.contains("onder I 2611 001."), "{told}");
    assert_eq!(code, Some(0));
    assert_eq!(sim.kept("TEST van Loket").await.len(), 1);

    let office = Office::with(&connector("niemand@linde.example"));
    let (told, code) = office.check(&["facilitair", "--send-test", "--yes"], &secrets);
    assert!(told.contains("kent geen aanmelder niemand@linde.example. Verbeter caller"), "{told}");
    assert_eq!((code, sim.kept("TEST van Loket").await.len()), (Some(1), 1), "no second order");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_in_that_is_refused_is_a_finding() {
    let sim = Sim::start(TopdeskAccount::Person, Manner::Usual).await;
    let office = Office::with(&format!(
        "[connector]\nkind = \"topdesk\"\nurl = \"http://127.0.0.1:{}\"\naccount = \"person\"\nuser = \"person\"\n\
         password = {{ secret = \"topdesk\" }}\nallow = [\"127.0.0.1\"]\n",
        sim.address().port()
    ));
    let (told, code) = office.check(&["facilitair"], &[("LOKET_SECRET_TOPDESK", "verkeerd")]);
    assert!(told.contains("weigert de aanmelding van Loket. Controleer de gegevens van het account."), "{told}");
    assert_eq!(code, Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_system_that_speaks_tmf621_is_tried_with_its_signature_and_its_events_have_an_address() {
    let sim = rest_sim::Sim::start(PatchForm::Json, rest_sim::Manner::Usual).await;
    let office = Office::with(&format!(
        "[connector]\nkind = \"rest\"\nurl = \"http://127.0.0.1:{}/tmf-api/troubleTicket/v4\"\ntoken = {{ secret = \"rest\" }}\n\
         signing = {{ secret = \"signing\" }}\nhooks = [{{ secret = \"hook\" }}]\nallow = [\"127.0.0.1\"]\n",
        sim.address().port()
    ));
    let secrets = |signing: &'static str, hook: &'static str| {
        [("LOKET_SECRET_REST", rest_sim::TOKEN), ("LOKET_SECRET_SIGNING", signing), ("LOKET_SECRET_HOOK", hook)]
    };
    let good = secrets(rest_sim::SIGNING, rest_sim::SIGNING);
    let (told, code) = office.check(&["facilitair"], &good);
    assert!(told.contains("TMF621 (REST) op http://127.0.0.1:"), "{told}");
    assert!(told.contains("✗ Er staan hooks, maar Loket luistert nergens. Zet listen in loket.toml"), "{told}");
    assert_eq!(code, Some(1));

    office.listens("127.0.0.1:8080");
    let (told, code) = office.check(&["facilitair", "--send-test", "--yes"], &good);
    assert!(told.contains("✓ Aangemeld bij Brink Facilitair als Loket."), "{told}");
    assert!(told.contains("aangenomen op http://127.0.0.1:8080/hooks/facilitair;"), "{told}");
    assert!(told.contains("nummer daar: TT-0001.") && told.contains("onder TT-0001."), "{told}");
    assert_eq!((code, sim.kept("TEST van Loket").await.len()), (Some(0), 1));

    for (bad, key) in [
        (secrets("hunter2hunter2", rest_sim::SIGNING), "signing"),
        (secrets(rest_sim::SIGNING, "hunter2hunter2"), "hooks"),
    ] {
        let (told, code) = office.check(&["facilitair", "--send-test", "--yes"], &bad);
        assert!(told.contains(&format!("Het geheim bij {key} is geen sleutel voor handtekeningen")), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
        assert_eq!((code, sim.kept("TEST van Loket").await.len()), (Some(1), 1), "no second order");
    }
}
