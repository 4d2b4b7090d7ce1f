//! Systems that speak TMF621: the contract against the simulator, in both forms of a change, and the manners that such systems have. None
//! of it was tried against a real one.

use super::proxy::{Proxy, answer};
use super::rest_sim::{BEGIN, HeardCall, Manner, Sim};
use super::{Deed, Desk, LIMIT, Side, WITH_PHOTO, Web, about, class, order, photo};
use loket::domain::Trouble;
use loket::domain::provider::News;
use loket::domain::register::NotesShown;
use loket::domain::register::PatchForm::{Json, Merge};
use loket::ports::{Bulletin, Handover, Provider, ProviderError, Purpose, Ticket};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Each story of the contract, for both forms of a change.
macro_rules! stories {
    ($($name:ident: $($story:ident)::+;)*) => {
        stories!(by_steps Json $($name: $($story)::+;)*);
        stories!(by_difference Merge $($name: $($story)::+;)*);
    };
    ($form:ident $patch:ident $($name:ident: $($story:ident)::+;)*) => {
        mod $form {
            use super::super::{self as contract, rest_sim::{Manner, Sim}};
            use loket::domain::register::PatchForm;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                contract::$($story)::+(&Sim::start(PatchForm::$patch, Manner::Usual).await).await;
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

/// A simulator with one order in it, of which nothing was said yet.
struct Round {
    sim: Sim,
    connector: Arc<dyn Provider>,
    order: Handover,
    number: String,
    mark: Option<String>,
}

impl Round {
    async fn begin(manner: Manner) -> Self {
        let sim = Sim::start(Json, manner).await;
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

fn changes(heard: Vec<HeardCall>) -> Vec<HeardCall> {
    heard.into_iter().filter(|one| !one.call.starts_with("GET")).collect()
}

#[tokio::test]
async fn an_order_is_a_trouble_ticket_in_the_words_of_the_standard() {
    let sim = Sim::start(Json, Manner::Usual).await;
    let wanted = "2026-12-01T11:00:00Z".parse().unwrap();
    let order = Handover { priority: Some(2), wanted: Some(wanted), ..order() };
    let number = sim.connector().submit(&order).await.unwrap().number.unwrap();
    let sent = sim.ticket(&number).sent;
    assert_eq!((&sent["externalId"], &sent["name"]), (&json!(order.reference), &json!(order.subject)));
    assert_eq!((&sent["description"], &sent["ticketType"]), (&json!(order.body), &json!("incident")));
    assert_eq!((&sent["severity"], &sent["priority"]), (&json!("Major"), &json!("High")));
    assert_eq!(sent["requestedResolutionDate"], "2026-12-01T11:00:00Z");
    assert_eq!(sent["relatedParty"][0]["id"], "KL-1042");
    assert_eq!((&sent["channel"]["id"], &sent["note"][0]["author"]), (&json!("loket"), &json!("Loket")));
    let bare = super::order();
    let number = sim.connector().submit(&bare).await.unwrap().number.unwrap();
    let sent = sim.ticket(&number).sent;
    assert_eq!((&sent["severity"], sent.get("priority")), (&json!("Minor"), None), "a severity is always needed");
    assert_eq!(sent.get("requestedResolutionDate"), None);
}

#[tokio::test]
async fn every_attempt_of_a_change_bears_the_same_identity_and_another_change_another() {
    let sim = Sim::start(Json, Manner::Usual).await;
    let (connector, order) = (sim.connector(), order());
    let number = connector.submit(&order).await.unwrap().number.unwrap();
    connector.submit(&Handover { attempt: 2, ..order.clone() }).await.unwrap();
    connector.submit(&about(&order, &number, Purpose::Answer, "a1")).await.unwrap();
    let heard = sim.heard();
    assert!(heard.iter().any(|one| one.id.is_empty()), "who only reads signs nothing");
    let heard = changes(heard);
    assert!(heard.iter().all(|one| one.at == BEGIN.to_string()), "by our clock: {heard:?}");
    let ids: Vec<String> = heard.into_iter().map(|one| one.id).collect();
    assert_eq!(ids, [order.reference.clone(), order.reference.clone(), format!("{}_a1", order.reference)]);
}

#[tokio::test]
async fn what_is_signed_with_another_key_changes_nothing() {
    let sim = Sim::start(Json, Manner::Usual).await;
    let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned();
    let (connector, order) = (sim.with(|access| access.signing = other.into()), order());
    assert_eq!(class(&connector.submit(&order).await), "person");
    assert!(sim.kept(&order.reference).await.is_empty());
}

#[tokio::test]
async fn the_token_may_stand_in_a_header_of_its_own() {
    let sim = Sim::start(Json, Manner::Usual).await;
    let connector = sim.with(|access| access.header = Some("x-api-key".into()));
    assert_eq!(class(&connector.submit(&order()).await), "done");
}

#[tokio::test]
async fn a_reference_that_was_dropped_is_noticed_and_the_ticket_named() {
    let sim = Sim::start(Json, Manner::DropsReference).await;
    let (connector, order) = (sim.connector(), order());
    let outcome = connector.submit(&order).await;
    let Err(ProviderError::NeedsPerson { why: Trouble::FieldLost { field, number } }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((field.as_str(), Some(number)), ("externalId", sim.kept(&order.reference).await[0].number.clone()));
    assert_eq!(connector.find(&order).await.unwrap().len(), 1, "its words give it away");
    sim.behaves(Manner::FewFilters);
    assert_eq!(connector.find(&order).await.unwrap().len(), 1, "also where nothing can be compared or sorted");
}

#[tokio::test]
async fn a_filter_that_is_ignored_adopts_no_strangers_ticket() {
    let sim = Sim::start(Json, Manner::IgnoresFilters).await;
    let (connector, order) = (sim.connector(), order());
    sim.others(250);
    assert_eq!(connector.find(&order).await, Ok(vec![]));
    let number = connector.submit(&order).await.unwrap().number;
    sim.others(250);
    let found = connector.find(&order).await.unwrap();
    assert_eq!(found.into_iter().map(|one| one.number).collect::<Vec<_>>(), [number], "on any page");
}

#[tokio::test]
async fn pages_are_read_to_their_end_however_short_they_are_and_half_a_look_is_no_answer() {
    let sim = Sim::start(Json, Manner::DropsReference).await;
    let (connector, order) = (sim.connector(), order());
    sim.others(90);
    assert_eq!(class(&connector.submit(&order).await), "person");
    sim.others(90);
    sim.behaves(Manner::Terse);
    assert_eq!(connector.find(&order).await.unwrap().len(), 1, "on a later page of twenty");
    sim.others(400);
    assert_eq!(class(&connector.find(&super::order()).await), "person", "nobody knows what lies further back");
}

#[tokio::test]
async fn a_status_that_may_not_be_set_is_said_in_words_once() {
    let round = Round::begin(Manner::GuardsStatus).await;
    let telling = about(&round.order, &round.number, Purpose::Cancel, "c1");
    round.sim.heard();
    round.connector.submit(&telling).await.unwrap();
    let ids: Vec<String> = changes(round.sim.heard()).into_iter().map(|one| one.id).collect();
    let id = telling.reference.replace('.', "_");
    assert_eq!(ids, [id.clone(), format!("{id}-note")], "what is another call has another identity");
    assert_eq!(round.sim.public(&round.number, &telling.reference).await.len(), 1);
    assert_eq!(round.sim.ticket(&round.number).status, "acknowledged");
}

#[tokio::test]
async fn a_cancellation_cancels_and_a_reopening_reopens() {
    for (purpose, before, after) in
        [(Purpose::Cancel, "inProgress", "cancelled"), (Purpose::Reopen, "resolved", "inProgress")]
    {
        let round = Round::begin(Manner::Usual).await;
        round.sim.deed(&round.number, Deed::Status(before)).await;
        round.connector.submit(&about(&round.order, &round.number, purpose, "x1")).await.unwrap();
        assert_eq!(round.sim.ticket(&round.number).status, after);
    }
}

#[tokio::test]
async fn a_success_that_is_none_is_noticed() {
    let round = Round::begin(Manner::Usual).await;
    round.sim.behaves(Manner::LosesNotes);
    let outcome = round.connector.submit(&about(&round.order, &round.number, Purpose::Answer, "a1")).await;
    assert!(matches!(&outcome, Err(ProviderError::NeedsPerson { why: Trouble::Unverified { .. } })), "{outcome:?}");
}

#[tokio::test]
async fn our_own_words_are_known_by_the_name_that_the_system_gives_us() {
    let mut round = Round::begin(Manner::RenamesAuthors).await;
    let telling = about(&round.order, &round.number, Purpose::Answer, "a1");
    round.connector.submit(&telling).await.unwrap();
    assert_eq!(round.connector.find(&telling).await.unwrap().len(), 1);
    round.sim.deed(&round.number, Deed::Reply("We komen morgen".into())).await;
    assert_eq!(round.texts().await, ["We komen morgen"]);
}

#[tokio::test]
async fn where_only_what_is_marked_as_public_may_be_passed_on_nothing_else_is() {
    let mut round = Round::begin(Manner::Usual).await;
    round.connector = round.sim.with(|access| access.notes = NotesShown::Marked);
    round.sim.deed(&round.number, Deed::Reply("misschien openbaar".into())).await;
    assert_eq!(round.texts().await, Vec::<String>::new());
}

#[tokio::test]
async fn tickets_out_of_sight_are_told_once() {
    for (word, forbidden) in [("not found", false), ("forbidden", true)] {
        let mut round = Round::begin(Manner::Usual).await;
        if forbidden {
            round.sim.deed(&round.number, Deed::Hide).await;
        } else {
            round.sim.does(&round.number, |one| one.gone = true);
        }
        assert_eq!(round.statuses().await, [word]);
        assert_eq!(round.hears().await, [], "once");
    }
    let mut round = Round::begin(Manner::Usual).await;
    let other = round.connector.submit(&order()).await.unwrap().number.unwrap();
    round.sim.does(&other, |one| one.status.clear());
    round.sim.deed(&round.number, Deed::MergeInto(other.clone())).await;
    let heard = round.hears().await;
    let told: Vec<_> = heard.iter().map(|one| (one.number.as_ref(), one.reference.as_ref())).collect();
    assert_eq!(told, [(Some(&other), Some(&round.order.reference))], "{heard:?}");
    assert_eq!(round.hears().await, [], "once");
}

#[tokio::test]
async fn who_comes_and_when_is_told_when_it_changes_in_the_zone_of_people() {
    let mut round = Round::begin(Manner::Usual).await;
    for (due, local) in [
        // The night in which the clock goes back has two o'clock twice.
        ("2026-10-25T00:30:00Z", "2026-10-25T02:30"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T02:30"),
        ("2027-03-28T01:30:00Z", "2027-03-28T03:30"),
    ] {
        round.sim.does(&round.number, |one| (one.who, one.due) = (Some("M. de Boer"), Some(due.to_owned())));
        let heard = round.hears().await;
        let planned: Vec<_> = heard.iter().filter_map(|one| one.planned.map(|when| when.iso())).collect();
        assert_eq!(planned, [local], "{due}");
        assert!(heard.iter().all(|one| one.who.as_deref().is_none_or(|who| who == "M. de Boer")));
    }
    round.sim.deed(&round.number, Deed::Comment("GEHEIM".into())).await;
    assert_eq!(round.hears().await, [], "neither is told again");
}

#[tokio::test]
async fn a_round_costs_one_call_whatever_is_open() {
    let mut round = Round::begin(Manner::Usual).await;
    round.hears().await;
    round.sim.heard();
    round.sim.deed(&round.number, Deed::Reply("ja".into())).await;
    assert_eq!(round.texts().await, ["ja"]);
    assert_eq!(round.sim.heard().len(), 1);
    assert!(round.mark.unwrap().len() < 60, "one ticket, a few letters");
}

#[tokio::test]
async fn nothing_is_missed_of_systems_that_tell_little() {
    for manner in [Manner::FewFilters, Manner::Terse, Manner::Timeless] {
        let mut round = Round::begin(Manner::Usual).await;
        round.sim.behaves(manner);
        round.hears().await;
        round.sim.deed(&round.number, Deed::Reply("ja".into())).await;
        round.sim.deed(&round.number, Deed::Comment("GEHEIM".into())).await;
        round.sim.deed(&round.number, Deed::Status("held")).await;
        let heard = round.hears().await;
        assert_eq!(heard.iter().filter_map(|one| one.text.as_deref()).collect::<Vec<_>>(), ["ja"], "{manner:?}");
        assert_eq!(heard.iter().filter_map(|one| one.status.as_deref()).collect::<Vec<_>>(), ["held"], "{manner:?}");
    }
}

#[tokio::test]
async fn what_was_said_before_the_number_was_known_is_told_in_the_end() {
    let round = Round::begin(Manner::Usual).await;
    round.sim.deed(&round.number, Deed::Reply("We komen morgen".into())).await;
    round.sim.deed(&round.number, Deed::Comment("GEHEIM".into())).await;
    round.sim.deed(&round.number, Deed::Status("inProgress")).await;
    let news = round.connector.history(&round.open()[0]).await.unwrap();
    let told: Vec<_> = news.iter().map(|one| (one.text.as_deref(), one.status.as_deref())).collect();
    assert_eq!(told, [(Some("We komen morgen"), None), (None, Some("inProgress"))]);
}

#[tokio::test]
async fn a_change_in_the_second_of_another_is_not_missed() {
    let mut round = Round::begin(Manner::Usual).await;
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
    let sim = Sim::start(Json, Manner::Usual).await;
    let proxy = Proxy::to(sim.address()).await;
    let connector = sim.through(proxy.port, LIMIT);
    let open = [Ticket { reference: "LINDE-2026-0001-X".into(), number: "TT-0001".into() }];
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
    let sim = Sim::start(Merge, Manner::ClosedField).await;
    let faults = sim.connector().health().await.unwrap().faults;
    assert!(matches!(faults.as_slice(), [Trouble::FieldClosed { field, .. }] if field == "externalId"), "{faults:?}");
    let mut access = sim.access(sim.address().port());
    access.signing = "hunter2-hunter2".to_owned().into();
    let made = loket::adapters::provider::rest::RestProvider::new(access, LIMIT).map(|_| ());
    assert_eq!(made, Err(Trouble::SigningKey { key: "signing".into() }), "and it is not told what it is");
}

#[tokio::test]
async fn a_file_stands_in_the_ticket_or_beside_it_and_is_never_fetched_from_another_machine() {
    for (manner, whole) in [(Manner::Usual, true), (Manner::Inline, true), (Manner::FilesElsewhere, false)] {
        let mut round = Round::begin(manner).await;
        round.sim.deed(&round.number, Deed::Photo("kraan.jpg")).await;
        let heard = round.hears().await;
        let files: Vec<_> = heard.iter().flat_map(|one| &one.files).collect();
        let expected = if whole { photo("kraan.jpg") } else { vec![] };
        assert!(
            matches!(files.as_slice(), [file] if file.name == "kraan.jpg" && file.content == expected),
            "{manner:?}: {files:?}"
        );
    }
}

#[tokio::test]
async fn a_ticket_with_large_photos_in_it_is_read_without_them() {
    let mut round = Round::begin(Manner::Inline).await;
    round.sim.holds(&round.number, "film.mp4", &vec![1; 9 * 1024 * 1024]);
    round.sim.deed(&round.number, Deed::Reply("Het is gemaakt.".into())).await;
    assert_eq!(round.texts().await, ["Het is gemaakt."]);
    let found = round.connector.find(&round.order).await.unwrap();
    assert_eq!(found.len(), 1, "and it is found again");
}

#[tokio::test]
async fn a_file_is_fetched_once_however_often_its_ticket_changes() {
    let mut round = Round::begin(Manner::Usual).await;
    round.sim.deed(&round.number, Deed::Photo("kraan.jpg")).await;
    round.hears().await;
    round.sim.deed(&round.number, Deed::Reply("Morgen.".into())).await;
    round.hears().await;
    round.sim.deed(&round.number, Deed::Reply("Klaar.".into())).await;
    round.hears().await;
    let fetched = round.sim.heard().into_iter().filter(|one| one.call == "GET elsewhere").count();
    assert_eq!(fetched, 1);
}

/// Two orders of which nothing was said yet.
async fn two_orders(sim: &Sim) -> (Arc<dyn Provider>, Vec<Ticket>, Bulletin) {
    let (connector, mut open) = (sim.connector(), Vec::new());
    for order in [order(), order()] {
        let number = connector.submit(&order).await.unwrap().number.unwrap();
        open.push(Ticket { reference: order.reference, number });
    }
    let first = connector.news(None, &open).await.unwrap();
    (connector, open, first)
}

#[tokio::test]
async fn a_file_that_cannot_be_had_keeps_nobody_else_s_news_back_and_is_named_in_the_end() {
    let sim = Sim::start(Json, Manner::FilesBroken).await;
    let (connector, open, first) = two_orders(&sim).await;
    sim.deed(&open[0].number, Deed::Photo("kraan.jpg")).await;
    sim.deed(&open[1].number, Deed::Reply("Morgen.".into())).await;
    let heard = connector.news(first.mark.as_deref(), &open).await.unwrap();
    let texts: Vec<_> = heard.news.iter().filter_map(|one| one.text.as_deref()).collect();
    assert_eq!(texts, ["Morgen."], "the other ticket is heard");
    sim.passes(2 * 60 * 60);
    let named = connector.news(heard.mark.as_deref(), &open).await.unwrap().news;
    let files: Vec<_> = named.iter().flat_map(|one| &one.files).collect();
    assert!(matches!(files.as_slice(), [file] if file.name == "kraan.jpg" && file.content.is_empty()), "{named:?}");
    assert!(named.iter().any(|one| one.text.as_deref() == Some(WITH_PHOTO)), "and its words come");
}

#[tokio::test]
async fn a_photo_is_heard_of_where_another_ticket_s_files_make_the_list_too_long() {
    let sim = Sim::start(Json, Manner::Inline).await;
    let (connector, open, first) = two_orders(&sim).await;
    sim.holds(&open[0].number, "film.mp4", &vec![1; 9 * 1024 * 1024]);
    sim.deed(&open[1].number, Deed::Photo("kraan.jpg")).await;
    let heard = connector.news(first.mark.as_deref(), &open).await.unwrap().news;
    let photos: Vec<_> = heard.iter().flat_map(|one| &one.files).filter(|file| file.name == "kraan.jpg").collect();
    assert!(matches!(photos.as_slice(), [file] if file.content == photo("kraan.jpg")), "{photos:?}");
}
