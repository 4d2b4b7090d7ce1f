//! TOPdesk: the contract against the simulator, as an operator and as a person, and the manners that only TOPdesk has. None of it was
//! tried against a real installation.

use super::proxy::{Proxy, answer};
use super::topdesk_sim::{CALLER, Manner, Sim};
use super::{Deed, Desk, LIMIT, Side, Web, about, class, order};
use loket::domain::Trouble;
use loket::domain::provider::News;
use loket::domain::register::TopdeskAccount::{self, Operator, Person};
use loket::ports::{Bulletin, Handover, Provider, ProviderError, Purpose, Ticket};
use std::sync::Arc;
use std::time::Duration;

/// Each story of the contract, for both sorts of account.
macro_rules! stories {
    ($($name:ident: $($story:ident)::+;)*) => {
        stories!(as_an_operator Operator $($name: $($story)::+;)*);
        stories!(as_a_person Person $($name: $($story)::+;)*);
    };
    ($account:ident $sort:ident $($name:ident: $($story:ident)::+;)*) => {
        mod $account {
            use super::super::{self as contract, topdesk_sim::{Manner, Sim}};
            use loket::domain::register::TopdeskAccount;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                contract::$($story)::+(&Sim::start(TopdeskAccount::$sort, Manner::Usual).await).await;
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
}

const BOTH: [TopdeskAccount; 2] = [Operator, Person];

/// A simulator with one order in it, of which nothing was said yet.
struct Round {
    sim: Sim,
    connector: Arc<dyn Provider>,
    order: Handover,
    number: String,
    mark: Option<String>,
}

impl Round {
    async fn begin(account: TopdeskAccount) -> Self {
        let sim = Sim::start(account, Manner::Usual).await;
        let (connector, order) = (sim.connector(), order());
        let number = connector.submit(&order).await.unwrap().number.unwrap();
        let mut round = Self { sim, connector, order, number, mark: None };
        assert_eq!(round.hears().await, []);
        round
    }

    fn open(&self) -> [Ticket; 1] {
        [Ticket { reference: self.order.reference.clone(), number: self.number.clone() }]
    }

    async fn hears(&mut self) -> Vec<News> {
        // Longer than it takes for a change to have settled.
        self.sim.passes(60);
        let Bulletin { news, mark } = self.connector.news(self.mark.as_deref(), &self.open()).await.unwrap();
        self.mark = mark;
        news
    }

    async fn statuses(&mut self) -> Vec<String> {
        self.hears().await.into_iter().filter_map(|one| one.status).collect()
    }

    async fn texts(&mut self) -> Vec<String> {
        self.hears().await.into_iter().filter_map(|one| one.text).collect()
    }
}

#[tokio::test]
async fn each_account_sets_only_the_fields_that_it_may() {
    for account in BOTH {
        let sim = Sim::start(account, Manner::Usual).await;
        let order = order();
        sim.connector().submit(&order).await.unwrap();
        let (place, sent) = sim.heard().into_iter().next().unwrap();
        let mut fields: Vec<String> = sent.as_object().unwrap().keys().cloned().collect();
        fields.sort();
        if account == Operator {
            assert_eq!(place, "POST /tas/api/incidents");
            assert_eq!(fields, ["briefDescription", "callerLookup", "externalNumber", "request"]);
            assert_eq!(
                (&sent["externalNumber"], &sent["callerLookup"]["email"]),
                (&order.reference.into(), &CALLER.into())
            );
        } else {
            assert_eq!(place, "POST /tas/api/requester/incidents");
            assert_eq!(fields, ["briefDescription", "request"]);
        }
    }
}

#[tokio::test]
async fn a_reference_that_was_dropped_is_noticed_and_the_incident_named() {
    let sim = Sim::start(Operator, Manner::DropsFields).await;
    let (connector, order) = (sim.connector(), order());
    let outcome = connector.submit(&order).await;
    let Err(ProviderError::NeedsPerson { why: Trouble::FieldLost { field, number } }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((field.as_str(), Some(number)), ("externalNumber", sim.kept(&order.reference).await[0].number.clone()));
    assert_eq!(connector.find(&order).await.unwrap().len(), 1, "its words give it away");
    // A person sets none, so that nothing can be dropped.
    let sim = Sim::start(Person, Manner::DropsFields).await;
    assert_eq!(class(&sim.connector().submit(&order).await), "done");
}

#[tokio::test]
async fn a_filter_that_is_ignored_adopts_no_strangers_incident() {
    for account in BOTH {
        let sim = Sim::start(account, Manner::IgnoresFilters).await;
        let (connector, order) = (sim.connector(), order());
        sim.others(250);
        assert_eq!(connector.find(&order).await, Ok(vec![]), "{account:?}");
        let number = connector.submit(&order).await.unwrap().number;
        sim.others(250);
        let found = connector.find(&order).await.unwrap();
        assert_eq!(found.into_iter().map(|one| one.number).collect::<Vec<_>>(), [number], "{account:?}: on any page");
    }
}

#[tokio::test]
async fn the_next_page_is_asked_for_on_the_same_machine_alone() {
    for manner in [Manner::Usual, Manner::NextElsewhere] {
        let sim = Sim::start(Person, manner).await;
        let (connector, order) = (sim.connector(), order());
        connector.submit(&order).await.unwrap();
        sim.others(250);
        sim.heard();
        assert_eq!(connector.find(&order).await.unwrap().len(), 1, "{manner:?}");
        assert_eq!(sim.heard().len(), 3, "{manner:?}: three pages of a hundred");
    }
}

#[tokio::test]
async fn half_a_look_is_no_answer_and_a_look_back_to_the_day_of_the_order_is_one() {
    let sim = Sim::start(Person, Manner::Usual).await;
    sim.others(2_100);
    let old = order();
    assert_eq!(class(&sim.connector().find(&old).await), "person", "nobody knows what lies further back");
    sim.passes(3 * 86_400);
    let fresh = Handover { at: sim.now(), ..order() };
    assert_eq!(sim.connector().find(&fresh).await, Ok(vec![]));
}

#[tokio::test]
async fn an_archived_incident_is_found_and_not_made_again() {
    let round = Round::begin(Operator).await;
    round.sim.does(&round.number, |one| one.archived = true);
    assert_eq!(round.connector.find(&round.order).await.unwrap().len(), 1);
}

#[tokio::test]
async fn only_what_is_known_to_be_public_is_passed_on() {
    for account in BOTH {
        let mut round = Round::begin(account).await;
        let (sim, number) = (round.sim.clone(), round.number.clone());
        sim.deed(&number, Deed::Comment("GEHEIM: lastige klant".into())).await;
        assert_eq!(round.hears().await, [], "{account:?}");
        sim.behaves(Manner::Discreet);
        sim.deed(&number, Deed::Reply("misschien openbaar".into())).await;
        let heard = round.texts().await;
        if account == Operator {
            assert_eq!(heard, Vec::<String>::new(), "an operator sees private ones, too, so that this one may be one");
        } else {
            assert_eq!(heard, ["misschien openbaar"], "a person is given nothing else");
        }
        sim.behaves(Manner::Usual);
        sim.deed(&number, Deed::Reply("We komen & gaan <i>morgen</i>".into())).await;
        assert!(round.texts().await.contains(&"We komen & gaan <i>morgen</i>".to_owned()), "{account:?}");
    }
}

#[tokio::test]
async fn incidents_out_of_sight_are_told_once() {
    for account in BOTH {
        for (word, forbidden) in [("archived", false), ("forbidden", true)] {
            let mut round = Round::begin(account).await;
            if forbidden {
                round.sim.deed(&round.number, Deed::Hide).await;
            } else {
                round.sim.does(&round.number, |one| one.archived = true);
            }
            assert_eq!(round.statuses().await, [word], "{account:?}");
            assert_eq!(round.hears().await, [], "{account:?}: once");
        }
        let mut round = Round::begin(account).await;
        let other = round.connector.submit(&order()).await.unwrap().number.unwrap();
        round.sim.does(&other, |one| one.status.clear());
        round.sim.deed(&round.number, Deed::MergeInto(other.clone())).await;
        let heard = round.hears().await;
        let told: Vec<_> = heard.iter().map(|one| (one.number.as_ref(), one.reference.as_ref())).collect();
        assert_eq!(told, [(Some(&other), Some(&round.order.reference))], "{account:?}: {heard:?}");
        assert_eq!(round.hears().await, [], "{account:?}: once");
        // And one that never was there.
        round.number = "I 2611 999".into();
        assert_eq!(round.statuses().await, ["not found"], "{account:?}");
        assert_eq!(round.hears().await, [], "{account:?}: once");
    }
}

#[tokio::test]
async fn whether_it_is_done_says_the_flag_and_then_the_name() {
    let mut round = Round::begin(Operator).await;
    let (sim, number) = (round.sim.clone(), round.number.clone());
    let named = |name: &'static str, completed: bool, closed: bool, on_hold: bool| {
        sim.does(&number, |one| {
            (one.status, one.completed, one.closed, one.on_hold) = (name.to_owned(), completed, closed, on_hold);
        });
    };
    let mut told = Vec::new();
    for (name, completed, closed, on_hold) in [
        ("In behandeling", false, false, false),
        ("In behandeling", false, false, true),
        ("Wacht op gebruiker", false, false, true),
        ("Klaargezet bij balie", true, false, false),
        ("Geannuleerd", true, false, false),
        ("Klaargezet bij balie", true, true, false),
        ("Klaargezet bij balie", false, false, false),
        ("In behandeling", false, false, false),
    ] {
        named(name, completed, closed, on_hold);
        told.extend(round.statuses().await);
    }
    let expected = [
        "In behandeling",
        "on hold",
        "Wacht op gebruiker",
        "completed",
        "Geannuleerd",
        "closed",
        "Klaargezet bij balie",
        "In behandeling",
    ];
    assert_eq!(told, expected, "also one that comes back");
}

#[tokio::test]
async fn who_comes_and_when_is_told_when_it_changes() {
    let mut round = Round::begin(Person).await;
    round.sim.does(&round.number, |one| (one.operator, one.target) = (Some("M. de Boer"), Some(1_799_928_000)));
    let heard = round.hears().await;
    let told: Vec<_> = heard.iter().map(|one| (one.who.as_deref(), one.planned.map(|when| when.iso()))).collect();
    assert_eq!(told, [(Some("M. de Boer"), Some("2027-01-14T13:00".into()))]);
    round.sim.deed(&round.number, Deed::Comment("GEHEIM".into())).await;
    assert_eq!(round.hears().await, [], "neither is told again");
}

#[tokio::test]
async fn a_round_costs_one_call_and_one_more_for_what_changed() {
    let mut round = Round::begin(Operator).await;
    round.hears().await;
    round.sim.heard();
    round.hears().await;
    let calls: Vec<String> = round.sim.heard().into_iter().map(|(call, _)| call).collect();
    assert_eq!(calls, ["GET /tas/api/incidents"]);
    round.sim.deed(&round.number, Deed::Reply("ja".into())).await;
    assert_eq!(round.texts().await, ["ja"]);
    let calls: Vec<String> = round.sim.heard().into_iter().map(|(call, _)| call).collect();
    let trail = format!("GET /tas/api/incidents/number/{}/progresstrail", round.number);
    assert_eq!(calls, ["GET /tas/api/incidents".to_owned(), trail]);
    assert!(round.mark.unwrap().len() < 60, "one incident, a few letters");
}

#[tokio::test]
async fn what_was_said_before_much_else_stands_on_a_later_page_of_the_trail() {
    let mut round = Round::begin(Operator).await;
    round.sim.deed(&round.number, Deed::Reply("we komen morgen".into())).await;
    round.sim.deed(&round.number, Deed::Fumble(250)).await;
    assert_eq!(round.texts().await, ["we komen morgen"]);
}

#[tokio::test]
async fn lists_that_cannot_be_filtered_are_done_without() {
    let mut round = Round::begin(Person).await;
    round.sim.behaves(Manner::NoFilters);
    round.sim.deed(&round.number, Deed::Reply("ja".into())).await;
    assert_eq!(round.texts().await, ["ja"]);
    assert_eq!(round.hears().await, []);
}

#[tokio::test]
async fn a_change_in_the_second_of_another_is_not_missed() {
    let mut round = Round::begin(Operator).await;
    round.sim.deed(&round.number, Deed::Reply("eerste".into())).await;
    let Bulletin { news, mark } = round.connector.news(round.mark.as_deref(), &round.open()).await.unwrap();
    assert_eq!(news.len(), 1);
    round.sim.passes(-1);
    round.sim.deed(&round.number, Deed::Reply("tweede".into())).await;
    round.mark = mark;
    assert!(round.texts().await.contains(&"tweede".to_owned()));
}

#[tokio::test]
async fn a_server_that_asks_for_patience_is_left_alone() {
    let sim = Sim::start(Operator, Manner::Usual).await;
    let proxy = Proxy::to(sim.address()).await;
    let connector = sim.through(proxy.port, LIMIT);
    let open = [Ticket { reference: "LINDE-2026-0001-X".into(), number: "I 2611 001".into() }];
    let mark = connector.news(None, &[]).await.unwrap().mark;
    sim.heard();
    proxy.next([answer("429 Too Many Requests", "Retry-After: 90\r\n", "")]);
    let outcome = connector.news(mark.as_deref(), &open).await;
    assert!(
        matches!(&outcome, Err(ProviderError::Retry { after: Some(after), .. }) if *after == Duration::from_secs(90)),
        "{outcome:?}"
    );
    assert_eq!(sim.heard(), [], "and nothing else is asked");
}

#[tokio::test]
async fn what_stands_in_the_way_is_found_before_an_order_is_lost_on_it() {
    let sim = Sim::start(Operator, Manner::Usual).await;
    let port = sim.address().port();
    let faults = |connector: Arc<dyn Provider>| async move { connector.health().await.unwrap().faults };
    let unknown = faults(sim.connect(port, LIMIT, "operator", "niemand@linde.example")).await;
    assert!(matches!(unknown.as_slice(), [Trouble::CallerUnknown { caller, .. }] if caller == "niemand@linde.example"));
    let other = faults(sim.connect(port, LIMIT, "person", CALLER)).await;
    assert!(matches!(other.as_slice(), [Trouble::AccountSort { account, .. }] if account == "person"), "{other:?}");
    let person = Sim::start(Person, Manner::Usual).await;
    let other = faults(person.connect(person.address().port(), LIMIT, "operator", CALLER)).await;
    assert!(matches!(other.as_slice(), [Trouble::AccountSort { account, .. }] if account == "operator"), "{other:?}");
    sim.behaves(Manner::ClosedField);
    let closed = faults(sim.connector()).await;
    assert!(
        matches!(closed.as_slice(), [Trouble::FieldClosed { field, .. }] if field == "externalNumber"),
        "{closed:?}"
    );
}

#[tokio::test]
async fn a_number_with_spaces_is_one_step_of_an_address() {
    let round = Round::begin(Person).await;
    assert_eq!(round.number, "I 2611 001");
    let telling = about(&round.order, &round.number, Purpose::Cancel, "c1");
    round.sim.heard();
    round.connector.submit(&telling).await.unwrap();
    let (call, sent) = round.sim.heard().into_iter().next().unwrap();
    assert_eq!(call, "PATCH /tas/api/requester/incidents/number/I 2611 001");
    assert_eq!(sent.as_object().unwrap().keys().collect::<Vec<_>>(), ["action"], "a person may set nothing else");
}

#[tokio::test]
async fn a_file_on_another_machine_is_told_by_its_name_and_never_fetched() {
    let mut round = Round::begin(Operator).await;
    round.sim.behaves(Manner::NextElsewhere);
    round.sim.deed(&round.number, Deed::Photo("kraan.jpg")).await;
    let heard = round.hears().await;
    let files: Vec<_> = heard.iter().flat_map(|one| &one.files).collect();
    assert!(matches!(files.as_slice(), [file] if file.name == "kraan.jpg" && file.content.is_empty()), "{files:?}");
}
