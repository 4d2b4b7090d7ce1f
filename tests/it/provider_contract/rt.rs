//! Request Tracker: the contract against the stand-in and against a real one, and what only one of them can show.

use super::proxy::{Proxy, answer};
use super::stub::{Manner, Stub};
use super::{Deed, Desk, Kept, LIMIT, Side, WITH_PHOTO, Web, about, class, order, photo};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use loket::adapters::provider::rt::{RtProvider, RtSettings};
use loket::domain::Trouble;
use loket::domain::register::HttpServer;
use loket::ports::{Provider, ProviderError, Purpose, Ticket};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use reqwest::Method;
use serde_json::{Value, json};
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// A real one, as `.ci/servers/rt` starts it.
pub struct Real {
    address: SocketAddr,
    /// Of Loket's own account.
    pub token: String,
    sees_comments: String,
    only_looks: String,
    agent: String,
    database: String,
}

impl Real {
    /// `None` when there is none, which is said past the capture of the test runner.
    fn here() -> Option<Self> {
        static TOLD: std::sync::Once = std::sync::Once::new();
        let real = Self::found();
        if real.is_none() {
            let line = b"skipped: provider contract on Request Tracker (LOKET_TEST_RT is not set)\n";
            TOLD.call_once(|| std::io::stderr().write_all(line).unwrap());
        }
        real
    }

    /// The one that the environment names.
    #[allow(clippy::disallowed_methods, reason = "only the environment knows the server")]
    pub fn found() -> Option<Self> {
        let url = std::env::var("LOKET_TEST_RT").ok()?;
        let get = |name: &str| std::env::var(format!("LOKET_TEST_RT_{name}")).unwrap();
        Some(Self {
            address: url.trim_start_matches("http://").parse().unwrap(),
            token: get("TOKEN"),
            sees_comments: get("SEES_COMMENTS"),
            only_looks: get("ONLY_LOOKS"),
            agent: get("AGENT"),
            database: get("DATABASE"),
        })
    }

    fn connect(&self, port: u16, limit: Duration, token: &str, queue: &str) -> Arc<dyn Provider> {
        let server =
            HttpServer { url: format!("http://127.0.0.1:{port}"), authority: None, allow: vec!["127.0.0.1".into()] };
        let (queue, field, token) = (queue.to_owned(), "ExternalRef".to_owned(), token.to_owned().into());
        let zone = chrono_tz::Europe::Amsterdam;
        Arc::new(RtProvider::new(RtSettings { server, queue, field, token, zone }, limit).unwrap())
    }

    fn as_account(&self, token: &str, queue: &str) -> Arc<dyn Provider> {
        self.connect(self.address.port(), LIMIT, token, queue)
    }

    /// What an agent does by the server's own interface.
    pub async fn does(&self, method: Method, place: String, body: Value) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("http://{}/REST/2.0/{place}", self.address);
        let call = client
            .request(method, url)
            .header("Authorization", format!("token {}", self.agent))
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let response = call.send().await.unwrap();
        let (status, said) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success() && !said.contains("Denied") && !said.contains("not"), "{place}: {status} {said}");
    }

    /// What stands on a ticket, in order: the kind of each transaction, who did it, and its words where it has some.
    pub fn history(&self, number: &str) -> Vec<(String, String, String)> {
        let owner = "(select Name from Users where id = x.NewValue and x.Field = 'Owner')";
        let sql = format!(
            "select x.Type, u.Name, cast(coalesce(a.Content, {owner}, x.NewValue, '') as blob), a.ContentEncoding \
             from Transactions x join Users u on u.id = x.Creator \
             left join Attachments a on a.TransactionId = x.id and a.ContentType = 'text/plain' \
             where x.ObjectType = 'RT::Ticket' and x.ObjectId = ?1 \
             and x.Type in ('Create', 'Correspond', 'Comment', 'Set', 'Status') order by x.id, a.id"
        );
        let database = self.database();
        let mut statement = database.prepare(&sql).unwrap();
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, decoded(row.get(2)?, row.get(3)?)));
        statement.query_map([number], read).unwrap().map(Result::unwrap).collect()
    }

    fn database(&self) -> rusqlite::Connection {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let database = rusqlite::Connection::open_with_flags(&self.database, flags).unwrap();
        database.busy_timeout(LIMIT).unwrap();
        database
    }

    /// Rows of the server's own database: number, subject and text of what was said in that way and names the reference.
    fn rows(&self, kind: &str, reference: &str) -> Vec<(u64, String, String)> {
        let database = self.database();
        let sql = "select t.id, t.Subject, cast(a.Content as blob), a.ContentEncoding from Tickets t \
            join Transactions x on x.ObjectType = 'RT::Ticket' and x.ObjectId = t.id and x.Type = ?1 \
            join Attachments a on a.TransactionId = x.id where instr(cast(a.Content as blob), cast(?2 as blob)) order by a.id";
        let mut statement = database.prepare(sql).unwrap();
        let read = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?, decoded(row.get(2)?, row.get(3)?)))
        };
        statement.query_map([kind, reference], read).unwrap().map(Result::unwrap).collect()
    }
}

/// Words as they were written, from the form in which the database keeps them.
fn decoded(mut text: Vec<u8>, coding: Option<String>) -> String {
    if coding.as_deref() == Some("quoted-printable") {
        text = quoted_printable_decode(&text).unwrap();
    }
    String::from_utf8(text).unwrap()
}

#[async_trait]
impl Side for Real {
    fn connector(&self) -> Arc<dyn Provider> {
        self.as_account(&self.token, "Facilitair")
    }

    async fn kept(&self, reference: &str) -> Vec<Kept> {
        let each =
            |(number, subject, text): (u64, String, String)| Kept { number: Some(number.to_string()), subject, text };
        self.rows("Create", reference).into_iter().map(each).collect()
    }

    fn subject(&self) -> usize {
        200
    }
}

#[async_trait]
impl Web for Real {
    fn address(&self) -> SocketAddr {
        self.address
    }

    fn through(&self, port: u16, limit: Duration) -> Arc<dyn Provider> {
        self.connect(port, limit, &self.token, "Facilitair")
    }

    fn stranger(&self) -> Arc<dyn Provider> {
        self.as_account(&format!("{}x", self.token), "Facilitair")
    }
}

#[async_trait]
impl Desk for Real {
    async fn deed(&self, number: &str, deed: Deed) {
        let place = format!("ticket/{number}");
        let words = |text: String| json!({"Content": text, "ContentType": "text/plain"});
        let with = |name: &str| {
            let content = STANDARD.encode(photo(name));
            let kind = if name.ends_with(".jpg") { "image/jpeg" } else { "application/octet-stream" };
            let file = json!({"FileName": name, "FileType": kind, "FileContent": content});
            json!({"Content": WITH_PHOTO, "ContentType": "text/plain", "Attachments": [file]})
        };
        let change = match deed {
            Deed::Photo(name) => return self.does(Method::POST, format!("{place}/correspond"), with(name)).await,
            Deed::HiddenPhoto(name) => return self.does(Method::POST, format!("{place}/comment"), with(name)).await,
            Deed::Reply(text) => return self.does(Method::POST, format!("{place}/correspond"), words(text)).await,
            Deed::Comment(text) => return self.does(Method::POST, format!("{place}/comment"), words(text)).await,
            Deed::Status(status) => json!({"Status": status}),
            Deed::Due(day) => json!({"Due": format!("{day} 12:00:00")}),
            Deed::MergeInto(other) => json!({"MergeInto": other}),
            Deed::Hide => json!({"Queue": "Elders"}),
            Deed::Fumble(times) => {
                for time in 0..times.div_ceil(5) {
                    let (number, more) = ((time * 2 + 1).to_string(), (time * 2 + 2).to_string());
                    let change = json!({
                        "Priority": number, "FinalPriority": more, "TimeLeft": number, "TimeEstimated": more,
                        "Subject": format!("Onderwerp {number}"),
                    });
                    self.does(Method::PUT, place.clone(), change).await;
                }
                return;
            }
        };
        self.does(Method::PUT, place, change).await;
    }

    async fn files(&self, number: &str) -> Vec<(String, Vec<u8>)> {
        let database = self.database();
        let sql = "select a.Filename, cast(a.Content as blob), a.ContentEncoding from Attachments a \
            join Transactions x on x.id = a.TransactionId where x.ObjectType = 'RT::Ticket' and x.ObjectId = ?1 \
            and a.Filename is not null and a.Filename <> '' order by a.id";
        let mut statement = database.prepare(sql).unwrap();
        let read = |row: &rusqlite::Row<'_>| {
            let (content, coding): (Vec<u8>, Option<String>) = (row.get(1)?, row.get(2)?);
            let content = match coding.as_deref() {
                Some("base64") => base64_decode(&content).unwrap(),
                Some("quoted-printable") => quoted_printable_decode(&content).unwrap(),
                _ => content,
            };
            Ok((row.get(0)?, content))
        };
        statement.query_map([number], read).unwrap().map(Result::unwrap).collect()
    }

    async fn public(&self, number: &str, reference: &str) -> Vec<String> {
        let ours = self.rows("Correspond", reference).into_iter();
        ours.filter(|(ticket, ..)| ticket.to_string() == number).map(|(.., text)| text).collect()
    }
}

/// Each story of the contract, on the stand-in and on a real one.
macro_rules! stories {
    ($($name:ident: $($story:ident)::+;)*) => {
        mod on_a_stand_in {
            use super::super::{self as contract, stub::{Manner, Stub}};
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                contract::$($story)::+(&Stub::start(Manner::Usual).await).await;
            })*
        }

        mod on_a_real_one {
            use super::super as contract;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(real) = super::Real::here() {
                    contract::$($story)::+(&real).await;
                }
            })*
        }
    };
}

stories! {
    an_order_arrives_once_and_is_found: orders;
    a_repeat_is_never_hidden: repeats;
    any_text_arrives_as_it_was_written: texts;
    every_fault_ends_in_one_ticket: faults::handing_over;
    a_server_that_is_late_or_gone_is_told_apart: faults::late_and_gone;
    patience_is_passed_on: faults::patience;
    looking_may_always_be_tried_again: faults::looking;
    wrong_credentials_are_noticed: faults::credentials;
    redirects_are_not_followed: faults::redirects;
    what_is_told_later_stands_on_the_ticket: tellings::telling;
    a_telling_with_a_lost_answer_is_found: tellings::losing;
    without_a_ticket_nobody_is_told: tellings::nowhere;
    photos_go_along_or_follow_once: tellings::enclosing;
    what_is_public_is_heard_once: news::hearing;
    photos_of_the_provider_come_once: news::enclosing;
    nothing_is_missed_among_much: news::much;
    tickets_out_of_sight_are_noticed: news::losing_sight;
}

#[tokio::test]
async fn a_filter_that_is_ignored_adopts_no_strangers_ticket() {
    for manner in [Manner::IgnoresFilters, Manner::IgnoresFiltersAndFields] {
        let stub = Stub::start(Manner::Usual).await;
        let others = if manner == Manner::IgnoresFilters { 250 } else { 20 };
        stub.others(20);
        let (connector, order) = (stub.connector(), order());
        stub.behaves(manner);
        assert_eq!(connector.find(&order).await, Ok(vec![]), "{manner:?}");
        let mut numbers = Vec::new();
        for _ in 0..2 {
            numbers.push(connector.submit(&order).await.unwrap().number);
            stub.others(others);
            let found = connector.find(&order).await.unwrap();
            let found: Vec<_> = found.into_iter().map(|one| one.number).collect();
            assert_eq!(found, numbers, "{manner:?}: each of ours, on whatever page");
        }
    }
}

#[tokio::test]
async fn a_field_that_is_dropped_is_noticed_and_the_ticket_named() {
    let stub = Stub::start(Manner::DropsFields).await;
    let (connector, order) = (stub.connector(), order());
    let health = connector.health().await.unwrap();
    assert!(matches!(health.faults.as_slice(), [Trouble::FieldMissing { field, .. }] if field == "ExternalRef"));
    let outcome = connector.submit(&order).await;
    let Err(ProviderError::NeedsPerson { why: Trouble::FieldLost { field, number } }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((field.as_str(), Some(number)), ("ExternalRef", stub.kept(&order.reference).await[0].number.clone()));
    assert_eq!(connector.find(&order).await.unwrap().len(), 1, "its words give it away");
}

#[tokio::test]
async fn a_success_that_is_none_is_noticed() {
    let stub = Stub::start(Manner::Usual).await;
    let (connector, order) = (stub.connector(), order());
    let number = connector.submit(&order).await.unwrap().number.unwrap();
    stub.behaves(Manner::DeniesKindly);
    let outcome = connector.submit(&about(&order, &number, Purpose::Cancel, "c1")).await;
    assert!(
        matches!(&outcome, Err(ProviderError::NeedsPerson { why: Trouble::Unverified { number: named, said } })
            if *named == number && said.contains("Permission Denied")),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn an_answer_that_is_kept_after_a_later_one_was_heard_is_heard_too() {
    let stub = Stub::start(Manner::Usual).await;
    let (connector, order) = (stub.connector(), order());
    let number = connector.submit(&order).await.unwrap().number.unwrap();
    let open = [Ticket { reference: order.reference.clone(), number: number.clone() }];
    let mark = connector.news(None, &[]).await.unwrap().mark;
    let slow = stub.begins_to_reply(&number);
    stub.deed(&number, Deed::Reply("vlot".into())).await;
    let first = connector.news(mark.as_deref(), &open).await.unwrap();
    stub.has_replied(slow, "traag");
    let then = connector.news(first.mark.as_deref(), &open).await.unwrap();
    assert!(then.news.iter().any(|one| one.text.as_deref() == Some("traag")), "{then:?}");
}

#[tokio::test]
async fn an_account_without_a_name_knows_its_own_words_all_the_same() {
    let stub = Stub::start(Manner::Nameless).await;
    let connector = stub.connect(stub.address().port(), LIMIT, "loket", "ExternalRef");
    let order = order();
    let number = connector.submit(&order).await.unwrap().number.unwrap();
    let mark = connector.news(None, &[]).await.unwrap().mark;
    let open = [Ticket { reference: order.reference.clone(), number: number.clone() }];
    let telling = about(&order, &number, Purpose::Answer, "a1");
    assert_eq!(class(&connector.submit(&telling).await), "done");
    stub.deed(&number, Deed::Reply("van hen".into())).await;
    let news = connector.news(mark.as_deref(), &open).await.unwrap().news;
    assert_eq!(news.iter().filter_map(|one| one.text.clone()).collect::<Vec<_>>(), ["van hen"]);
    assert_eq!(news[0].who.as_deref(), Some("agent"));
}

#[tokio::test]
async fn an_account_that_lost_its_rights_says_nothing_about_tickets() {
    let stub = Stub::start(Manner::Usual).await;
    let proxy = Proxy::to(stub.address()).await;
    let connector = stub.through(proxy.port, LIMIT);
    let open = [Ticket { reference: "LINDE-2026-0001-X".into(), number: "1".into() }];
    let mark = connector.news(None, &[]).await.unwrap().mark;
    let forbidden = || answer("403 Forbidden", "", "{\"message\":\"Forbidden\"}");
    let nothing = || answer("200 OK", "Date: Fri, 27 Nov 2026 01:40:30 GMT\r\n", "{\"items\":[],\"total\":0}");
    let me = answer("200 OK", "", "{\"Name\":\"loket\"}");
    proxy.next([nothing(), nothing(), me, nothing(), forbidden(), forbidden()]);
    let outcome = connector.news(mark.as_deref(), &open).await;
    assert!(matches!(&outcome, Err(ProviderError::NeedsPerson { why: Trouble::Queue { .. } })), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_and_fields_that_are_missing_are_named_by_a_real_one() {
    let Some(real) = Real::here() else { return };
    let order = order();
    let looks = real.as_account(&real.only_looks, "Facilitair");
    let health = looks.health().await.unwrap();
    assert_eq!(health.identity.as_deref(), Some("looks"));
    assert!(matches!(health.faults.as_slice(), [Trouble::Queue { said, .. }] if said == "CreateTicket"), "{health:?}");
    let outcome = looks.submit(&order).await;
    assert!(matches!(&outcome, Err(ProviderError::NeedsPerson { why: Trouble::Queue { .. } })), "{outcome:?}");
    assert!(real.kept(&order.reference).await.is_empty());

    let nowhere = real.as_account(&real.token, "Nergens");
    assert!(matches!(nowhere.health().await.unwrap().faults.as_slice(), [Trouble::Queue { .. }, ..]));
    assert_eq!(class(&nowhere.submit(&order).await), "person");

    let bare = real.as_account(&real.token, "Kaal");
    assert!(matches!(bare.health().await.unwrap().faults.as_slice(), [Trouble::FieldMissing { .. }]));
    let outcome = bare.submit(&order).await;
    let kept = real.kept(&order.reference).await;
    assert!(
        matches!(&outcome, Err(ProviderError::NeedsPerson { why: Trouble::FieldLost { number, .. } })
            if Some(number) == kept[0].number.as_ref()),
        "{outcome:?}"
    );
    assert_eq!(bare.find(&order).await.unwrap().len(), 1, "its words give it away");

    let number = real.connector().submit(&super::order()).await.unwrap().number.unwrap();
    let telling = about(&order, &number, Purpose::Cancel, "c1");
    let outcome = looks.submit(&telling).await;
    assert!(matches!(class(&outcome), "rejected" | "person"), "{outcome:?}");
    assert!(real.public(&number, &telling.reference).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_may_see_private_words_passes_none_on() {
    let Some(real) = Real::here() else { return };
    let (connector, order) = (real.as_account(&real.sees_comments, "Facilitair"), order());
    assert_eq!(connector.health().await.unwrap().faults, []);
    let number = connector.submit(&order).await.unwrap().number.unwrap();
    let mark = connector.news(None, &[]).await.unwrap().mark;
    real.deed(&number, Deed::Comment("GEHEIM".into())).await;
    real.deed(&number, Deed::Reply("openbaar".into())).await;
    real.deed(&number, Deed::Comment("GEHEIM".into())).await;
    let open = [Ticket { reference: order.reference.clone(), number }];
    let news = connector.news(mark.as_deref(), &open).await.unwrap().news;
    assert_eq!(news.iter().filter_map(|one| one.text.as_deref()).collect::<Vec<_>>(), ["openbaar"]);
    assert!(!format!("{news:?}").contains("GEHEIM"));
}
