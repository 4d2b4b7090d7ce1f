//! The real binary with a real Request Tracker, exim and dovecot, by mail and by REST: from a colleague's message to *Opgelost*. The same story
//! is told twice; what the desk does is done in Request Tracker, and what its people and ours see is what is asserted on.
//!
//! `.ci/servers/mail` and, with its variables set, `.ci/servers/rt` start the servers. `LOKET_TRANSCRIPT` names a file beside which each story
//! leaves what it looked like, for `docs/hand-off.md`.

use super::{Office, PATIENCE, Process, until};
use crate::introductions::is_introduction;
use crate::loopback::verbs::Upload;
use crate::loopback::{Id, Message};
use crate::provider_contract::rt::Real;
use crate::provider_contract::{Deed, Desk as _, Side as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";
const PHOTO: &[u8] = include_bytes!("../../data/photos/turned.jpg");
const PRIVATE: &str = "GEHEIM: deze afdeling belt altijd";

/// What `.ci/servers/mail` and `.ci/servers/rt` print, or `None` when that is not set, which is said past the capture of the test runner.
#[allow(clippy::disallowed_methods, reason = "only the environment knows the servers")]
fn servers<const N: usize>(story: &str, names: [&str; N]) -> Option<(Real, [String; N])> {
    let missing: Vec<&str> = names.into_iter().filter(|name| std::env::var(name).is_err()).collect();
    match Real::found().filter(|_| missing.is_empty()) {
        Some(real) => Some((real, names.map(|name| std::env::var(name).unwrap()))),
        None => {
            let first = missing.first().unwrap_or(&"LOKET_TEST_RT");
            let line = format!("skipped: {story} ({first} is not set)\n");
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            None
        }
    }
}

/// As people read it: a mark that stands for itself is written with a backslash before it.
fn shown(message: &Message) -> String {
    message.text().replace('\\', "")
}

/// One order from the message to the end.
struct Story {
    office: Office,
    loket: Arc<Process>,
    desk: Real,
    message: Id,
    thread: Id,
    /// Our reference, with the token.
    reference: String,
    /// The desk's number of the ticket.
    ticket: String,
}

impl Story {
    /// A colleague asks and confirms, a buyer agrees where that is needed, and the desk has it exactly once.
    async fn begins(office: Office, desk: Real, text: &str, buyer: Option<&str>) -> Self {
        office.configures("loket.toml", |_| "poll = \"1 s\"\n".to_owned());
        let loket = office.opens().await;
        let photo = Upload { name: "IMG_2291 bij mij thuis.jpg", content_type: "image/jpeg", bytes: PHOTO };
        let message = office.discord.says_with(office.id("alice"), office.id("facilitair"), text, &[photo]);
        let (thread, card) = office.card(message, "Klopt").await;
        office.discord.presses(office.id("alice"), card.id, "Klopt");
        if let Some(buyer) = buyer {
            let asked = office.approval("stoelen").await;
            office.discord.reacts(office.id(buyer), asked.id, "✅");
        }
        let number = office.stage(message, "handed-over").await;
        let reference = office.reference(&number);
        let mut story = Self { office, loket, desk, message, thread, reference, ticket: String::new() };
        story.ticket = story.found().await;
        story
    }

    /// Where the order stands at the desk; there are no two.
    async fn tickets(&self) -> BTreeSet<String> {
        self.desk.kept(&self.reference).await.into_iter().filter_map(|kept| kept.number).collect()
    }

    async fn found(&self) -> String {
        let since = Instant::now();
        loop {
            let found = self.tickets().await;
            if let Some(number) = found.first() {
                assert_eq!(found.len(), 1, "one ticket: {found:?}");
                return number.clone();
            }
            assert!(since.elapsed() < PATIENCE, "the order did not reach the desk");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The colleague's photo is on the ticket once, without what it gives away; one that the desk sends hangs in the thread.
    async fn exchanges_photos(&self) {
        let files = self.desk.files(&self.ticket).await;
        let [(name, bytes)] = files.as_slice() else { panic!("one photo: {:?}", files.len()) };
        assert!(name.ends_with("-1.jpg") && bytes.starts_with(&[0xff, 0xd8]), "{name}");
        let holds = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"KANARIE");
        assert!(holds(PHOTO) && !holds(bytes));
        let file = json!({"FileName": "detail.jpg", "FileType": "image/jpeg", "FileContent": STANDARD.encode(PHOTO)});
        let said = json!({"Content": "Zie de foto.", "ContentType": "text/plain", "Attachments": [file]});
        self.desk.does(reqwest::Method::POST, format!("ticket/{}/correspond", self.ticket), said).await;
        self.reads("Zie de foto.").await;
        let came = self.reads("Brink Facilitair stuurde een bestand mee:").await;
        assert_eq!(came.attachments.len(), 1, "{:?}", came.attachments);
        let path = came.attachments[0].path.clone();
        let (_, shown) = self.office.discord.read(|world| world.files[&path].clone());
        assert!(shown.starts_with(&[0xff, 0xd8]) && !holds(&shown));
    }

    /// Until those words stand in the conversation; gives the post.
    async fn reads(&self, words: &str) -> Message {
        let look = |world: &crate::loopback::World| {
            world.own_talk(self.thread).into_iter().rev().find(|message| shown(message).contains(words)).cloned()
        };
        self.office.discord.wait_for(&format!("{words:?} in the thread"), look).await
    }

    /// The desk asks, notes something for itself, and the colleague answers in the thread.
    async fn is_asked(&self, question: &str, answer: &str) {
        self.desk.deed(&self.ticket, Deed::Reply(question.to_owned())).await;
        let asked = self.reads(question).await;
        assert!(asked.text().contains("Agent Desk van Brink Facilitair"), "{}", asked.text());
        assert!(asked.text().contains("Antwoord hier"), "as a question: {}", asked.text());
        assert_eq!(asked.pings, [self.office.id("alice")], "who must answer is called");
        self.desk.deed(&self.ticket, Deed::Comment(PRIVATE.to_owned())).await;
        self.office.keeps_time();
        self.office.discord.says(self.office.id("alice"), self.thread, answer);
        self.reads("Ik geef het door aan Brink Facilitair.").await;
        let since = Instant::now();
        while !self
            .desk
            .history(&self.ticket)
            .iter()
            .any(|(kind, _, words)| kind == "Correspond" && words.contains(answer))
        {
            assert!(since.elapsed() < PATIENCE, "the answer is not on the ticket; tickets: {:?}", self.tickets().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(self.tickets().await, BTreeSet::from([self.ticket.clone()]), "it stands on the same ticket");
    }

    /// An agent takes it, says what was done and resolves it; the colleague is content.
    async fn is_resolved(&self, words: &str) {
        let take = self.desk.does(
            reqwest::Method::PUT,
            format!("ticket/{}", self.ticket),
            json!({"Owner": "agent", "Status": "open"}),
        );
        take.await;
        self.desk.deed(&self.ticket, Deed::Reply(words.to_owned())).await;
        self.reads(words).await;
        self.desk.deed(&self.ticket, Deed::Status("resolved")).await;
        let solved = |message: &&Message| message.buttons().iter().any(|button| button == "Opgelost");
        let asked = self.office.discord.wait_for("the question whether it is solved", |world| {
            world.own_talk(self.thread).into_iter().rev().find(solved).cloned()
        });
        let asked = asked.await;
        self.office.discord.presses(self.office.id("alice"), asked.id, "Opgelost");
        self.office.stage(self.message, "closed").await;
        until("an empty outbox", || (self.office.waiting() == 0).then_some(())).await;
    }

    /// What the SPOC reads in `/show`.
    async fn told(&self) -> String {
        let number = self.office.stage(self.message, "closed").await;
        let (sanne, spoc) = (self.office.id("sanne"), self.office.id("spoc"));
        let shown = self.office.discord.types(sanne, spoc, "show", &[("id", json!(number))]);
        self.office.discord.answered(shown).await.text().replace('\\', "")
    }

    /// What must hold at the end of any of them.
    async fn ends(self, way: &str, theirs: &str, story: &[&str]) {
        let told = self.told().await;
        for words in story {
            assert!(told.contains(words), "{words:?} is not in /show:\n{told}");
        }
        let card = shown(&self.office.discord.own_messages(self.thread)[0]);
        assert!(card.contains(&format!("Hun nummer: {theirs}")), "{card}");
        assert_eq!(self.tickets().await.len(), 1);
        let history = self.desk.history(&self.ticket);
        assert!(history.iter().any(|(kind, _, words)| kind == "Comment" && words.contains(PRIVATE)), "{history:?}");
        let said = self.office.discord.read(|world| {
            let all = world.messages.values().chain(world.deleted.values());
            all.map(Message::text).collect::<Vec<_>>()
        });
        assert!(!said.iter().chain([&told]).any(|text| text.contains("GEHEIM")), "a private comment got out");
        let places = [("#facilitair", "facilitair"), ("#goedkeuringen", "goedkeuringen"), ("#spoc", "spoc")];
        let [requests, approvals, spoc] = places.map(|(shown, name)| (shown, self.office.id(name)));
        let mut said = self.office.discord.own_messages(spoc.1).into_iter().map(|post| post.text());
        assert!(said.all(|text| is_introduction(&text)), "{:#?}", self.office.discord.own_messages(spoc.1));
        if let Some(path) = std::env::var_os("LOKET_TRANSCRIPT") {
            let chat = self.office.transcript(&[requests, ("#facilitair, thread", self.thread), approvals, spoc]);
            let theirs = |(kind, who, words): &(String, String, String)| {
                format!("  {kind} by {who}: {}", words.replace('\n', "\n    "))
            };
            let theirs: Vec<String> = history.iter().map(theirs).collect();
            let told = self.office.readable(&told);
            let theirs = format!("Request Tracker, ticket {}\n{}", self.ticket, theirs.join("\n"));
            let text = format!("{chat}\n\n{theirs}\n\n/show\n{told}\n");
            std::fs::write(PathBuf::from(path).with_extension(way), text).unwrap();
        }
        self.office.discord.assert_clean();
        let log = self.loket.log();
        assert!(!log.contains("ERROR") && !log.contains("WARN"), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_becomes_a_ticket_through_mail_and_its_answers_come_back_by_mail() {
    let names = ["SMTP", "IMAP", "CA", "MAIL_PASSWORD", "DESK_ADDRESS"];
    let names = names.map(|name| format!("LOKET_TEST_{name}"));
    let names = names.each_ref().map(String::as_str);
    let Some((desk, [smtp, imap, authority, password, address])) = servers("a real run by mail", names) else { return };
    let server = |at: &str, security: &str| {
        let (host, port) = at.split_once(':').unwrap();
        format!(
            "host = \"{host}\", port = {port}, security = \"{security}\", user = \"loket-desk\", \
             password = {{ secret = \"mail\" }}, authority = \"{authority}\""
        )
    };
    let connector = format!(
        "kind = \"email\"\nto = \"{address}\"\nfrom = \"loket-desk@org.test\"\nserver = {{ {} }}",
        server(&smtp, "starttls")
    );
    let mut office = Office::furnish("6 s", Some(&connector)).await;
    office.keeps_secret("mail", &password);
    let inbox = server(&imap, "tls");
    office.configures("providers/facilitair.toml", |text| {
        format!("senders = [\"desk.test\"]\ninbox = {{ {inbox} }}\n{text}")
    });

    let story = Story::begins(office, desk, CHAIRS, Some("bob")).await;
    let theirs = format!("desk.test #{}", story.ticket);
    let received = story.reads(&format!("Brink Facilitair heeft het ontvangen.\nHun nummer: {theirs}.")).await;
    assert!(!received.text().contains("automatically generated"), "{}", received.text());
    let card = |world: &crate::loopback::World| {
        world.own_talk(story.thread).first().is_some_and(|card| shown(card).contains(&theirs))
    };
    story.office.discord.wait_until("their number on the card", card).await;
    story.exchanges_photos().await;
    story.is_asked("Moeten de stoelen in rijen of langs de wand?", "in rijen van vier graag").await;
    story.is_resolved("De stoelen staan klaar in zaal Eik.").await;
    let shown = [
        "Alice Vermeer",
        "Bob de Wit",
        &theirs,
        "in rijen of langs de wand?",
        "in rijen van vier graag",
        "staan klaar in zaal Eik",
    ];
    story.ends("mail", &theirs, &shown).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_becomes_a_ticket_through_rest_and_its_answers_come_back_by_rest() {
    let Some((desk, [url])) = servers("a real run by REST", ["LOKET_TEST_RT"]) else { return };
    let connector = format!(
        "kind = \"rt\"\nurl = \"{url}\"\nallow = [\"127.0.0.1\"]\nqueue = \"Facilitair\"\ntoken = {{ secret = \"rt\" }}"
    );
    let mut office = Office::furnish("6 s", Some(&connector)).await;
    office.keeps_secret("rt", &desk.token);

    let story = Story::begins(office, desk, TAP, None).await;
    let theirs = story.ticket.clone();
    story.exchanges_photos().await;
    story.is_asked("Om welke kraan gaat het, de linker of de rechter?", "de linker, die bij het raam").await;
    story.is_resolved("De kraan is vervangen.").await;
    let shown = ["Alice Vermeer", &theirs, "de linker of de rechter?", "die bij het raam", "De kraan is vervangen."];
    story.ends("rest", &theirs, &shown).await;
}
