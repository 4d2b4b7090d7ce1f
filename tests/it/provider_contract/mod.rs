//! What every connector must do, as stories that are told against the provider's side: after each fault it is counted there how many
//! tickets bear our reference. They run against the file connector, a stand-in for Request Tracker and simulators of TOPdesk and of TMF621 always,
//! and against a real Request Tracker when `LOKET_TEST_RT` names it (`.ci/servers/rt` starts one).

mod faults;
mod file;
mod news;
mod proxy;
mod rest;
pub mod rest_sim;
pub mod rt;
mod stub;
mod tellings;
mod topdesk;
pub mod topdesk_sim;
mod web;

use async_trait::async_trait;
use loket::domain::Instant;
use loket::ports::{Certainty, Handover, Provider, ProviderError, Purpose};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Longer than any call of a healthy server takes.
pub const LIMIT: Duration = Duration::from_secs(30);

/// A ticket as it stands on the provider's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub number: Option<String>,
    pub subject: String,
    pub text: String,
}

/// A provider's side and the way to it.
#[async_trait]
pub trait Side: Send + Sync {
    fn connector(&self) -> Arc<dyn Provider>;
    /// Looked up on the provider's side, past every connector.
    async fn kept(&self, reference: &str) -> Vec<Kept>;
    /// So many bytes of a subject are kept.
    fn subject(&self) -> usize {
        usize::MAX
    }
}

/// A side that is reached over a network.
#[async_trait]
pub trait Web: Side {
    fn address(&self) -> SocketAddr;
    /// The same connector through another port of this machine.
    fn through(&self, port: u16, limit: Duration) -> Arc<dyn Provider>;
    /// What can be no number of this system.
    fn no_number(&self) -> &'static str {
        "I 2611 007"
    }
    /// The same connector with credentials that are wrong.
    fn stranger(&self) -> Arc<dyn Provider>;
}

/// What people of the provider do with a ticket.
#[derive(Clone, Debug)]
pub enum Deed {
    Reply(String),
    Comment(String),
    /// A file of that name with a few words, for everybody to see.
    Photo(&'static str),
    /// The same among the provider's own people.
    HiddenPhoto(&'static str),
    Status(&'static str),
    /// Noon UTC of that day.
    Due(&'static str),
    MergeInto(String),
    /// Into a queue where Loket sees nothing.
    Hide,
    /// So many changes that nobody outside hears of.
    Fumble(u32),
}

/// A side of which it is heard what is new.
#[async_trait]
pub trait Desk: Web {
    async fn deed(&self, number: &str, deed: Deed);
    /// The public words on a ticket that name that reference.
    async fn public(&self, number: &str, reference: &str) -> Vec<String>;
    /// The files that hang at a ticket, by name, with what is in them.
    async fn files(&self, number: &str) -> Vec<(String, Vec<u8>)>;
    /// Whether an order's own files are put to it afterwards.
    fn takes_files_later(&self) -> bool {
        false
    }
}

/// What the provider's people say with a file of theirs.
pub const WITH_PHOTO: &str = "Zie de bijlage.";

/// What is in such a file.
pub fn photo(name: &str) -> Vec<u8> {
    [b"\xff\xd8\xff\xe0", name.as_bytes(), b"\xff\xd9"].concat()
}

/// An order that no other test has handed over.
pub fn order() -> Handover {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let (run, next) = (std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let token = format!("T{run}N{next}");
    let reference = format!("LINDE-2026-{:04}-{token}", next + 1);
    Handover {
        order: reference.clone(),
        subject: format!("Kraan lekt [{reference}]"),
        body: format!("De kraan in de pantry lekt.\n\nUw kenmerk: {reference}"),
        reference,
        token,
        files: vec![],
        purpose: Purpose::Order,
        priority: None,
        wanted: None,
        number: None,
        attempt: 1,
        at: Instant::default(),
    }
}

/// Something told later about an order.
pub fn about(order: &Handover, number: &str, purpose: Purpose, suffix: &str) -> Handover {
    let reference = format!("{}.{suffix}", order.reference);
    Handover {
        subject: format!("Kraan lekt [{reference}]"),
        body: format!("Het hoeft niet meer: <b>opgelost</b> & één keer.\n\nUw kenmerk: {reference}"),
        reference,
        purpose,
        number: Some(number.to_owned()),
        ..order.clone()
    }
}

/// The class of an outcome alone.
pub fn class<T>(outcome: &Result<T, ProviderError>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(ProviderError::Retry { .. }) => "retry",
        Err(ProviderError::Unknown { .. }) => "unknown",
        Err(ProviderError::Rejected { .. }) => "rejected",
        Err(ProviderError::NeedsPerson { .. }) => "person",
    }
}

/// Orders get there once, whole, and are found again by nothing but their own reference.
pub async fn orders(side: &dyn Side) {
    let (connector, order) = (side.connector(), order());
    assert_eq!(connector.find(&order).await, Ok(vec![]), "an unknown reference finds nothing");
    let receipt = connector.submit(&order).await.unwrap();
    let kept = side.kept(&order.reference).await;
    assert_eq!(kept.len(), 1);
    assert_eq!((&kept[0].subject, &kept[0].text), (&order.subject, &order.body));
    assert_eq!(kept[0].number, receipt.number);
    assert_eq!(connector.find(&order).await, Ok(vec![receipt]));

    let longer = Handover { reference: format!("{}X", order.reference), ..order.clone() };
    let shorter = Handover { reference: order.reference[..order.reference.len() - 1].to_owned(), ..order.clone() };
    for other in [longer, shorter] {
        assert_eq!(connector.find(&other).await, Ok(vec![]), "{} is no {}", order.reference, other.reference);
    }
    assert_eq!(side.kept(&order.reference).await.len(), 1, "looking makes nothing");
}

/// The same reference once more, as after a restart in the middle.
pub async fn repeats(side: &dyn Side) {
    let (connector, order) = (side.connector(), order());
    connector.submit(&order).await.unwrap();
    let again = connector.submit(&Handover { attempt: 2, ..order.clone() }).await;
    assert!(again.is_ok(), "{again:?}");
    let (kept, found) = (side.kept(&order.reference).await.len(), connector.find(&order).await.unwrap().len());
    assert_eq!(kept, found, "all that there is was found");
    match connector.certainty() {
        Certainty::Idempotent => assert_eq!(kept, 1),
        Certainty::Searchable => assert_eq!(kept, 2, "nobody adopts one of two in silence"),
        Certainty::Blind => {}
    }
}

/// Whatever people write arrives as they wrote it.
pub async fn texts(side: &dyn Side) {
    let connector = side.connector();
    let long = "zeer lange omschrijving, ".repeat(400);
    for (subject, text) in [
        ("Één kraan – “lekt” 🚰 漢字", "Größe, é, 🙂, 漢字, \u{202e}om\u{202c}, e\u{301}"),
        (
            "<b>vet</b> &amp; 'q' \"d\" \\ %s $x {y}",
            "<script>alert(1)</script>\n&amp; 'a' = 'a' OR 1=1 -- \\ \" %00 ${x} {{y}}",
        ),
        ("Onderwerp", "regel\n\n  ingesprongen\n\ttab\n. \n-- \n> geciteerd"),
        (long.as_str(), long.as_str()),
    ] {
        let plain = order();
        let order = Handover {
            subject: format!("{subject} [{}]", plain.reference),
            body: format!("{text}\n\nUw kenmerk: {}", plain.reference),
            ..plain
        };
        connector.submit(&order).await.unwrap();
        let kept = side.kept(&order.reference).await;
        assert_eq!(kept.len(), 1, "{subject}");
        if order.subject.len() <= side.subject() {
            assert_eq!((&kept[0].subject, &kept[0].text), (&order.subject, &order.body));
        } else {
            assert!(kept[0].subject.contains(&order.reference), "a cut subject keeps the reference");
            assert!(
                kept[0].text.contains(&order.subject) && kept[0].text.ends_with(&order.body),
                "and nothing is lost"
            );
        }
        assert_eq!(connector.find(&order).await.unwrap().len(), 1, "{subject}");
    }
}
