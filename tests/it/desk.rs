//! Commands, registering for a colleague, and the weekly digest.

use crate::world::{LINDE, World, account, stage};
use chrono::Duration;
use loket::domain::register::Role;
use loket::domain::request::Stage;
use loket::render::message::Action;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";

#[tokio::test]
async fn a_spoc_sees_everything_open_and_a_requester_only_their_own() {
    let world = World::open().await;
    world.says("alice", "facilitair", TAP).await;
    world.advance(Duration::minutes(2)).await;
    let number = world.number().await.to_string();
    assert!(world.commands("sanne", "open", &[]).await.contains(&number));
    assert!(world.commands("alice", "open", &[]).await.contains(&number));
    assert!(!world.commands("bob", "open", &[]).await.contains(&number), "bob did not ask for it");
    assert!(!world.commands("bob", "show", &[("id", &number)]).await.contains("kraan"));
    assert!(world.commands("sanne", "show", &[("id", &number)]).await.contains("kraan"));
    world.ends().await;
}

#[tokio::test]
async fn a_list_turns_its_pages_by_a_button() {
    let world = World::open().await;
    for room in 1..=13 {
        world.says("alice", "facilitair", &format!("de lamp in kamer {room} is kapot")).await;
    }
    assert_eq!(world.requests().await.len(), 13);
    let token = world.chat.interaction();
    let call = loket::ports::CommandCall {
        name: "open".into(),
        options: vec![],
        by: account("sanne"),
        by_name: "sanne".into(),
        channel: "local:spoc".into(),
        server: None,
        token: token.clone(),
        locale: None,
    };
    world.handle(loket::ports::Input::Command(call)).await;
    let shown = world.chat.answers(&token.id).remove(0);
    let next =
        shown.message.buttons.into_iter().flatten().map(|button| button.action).next_back().expect("a next page");
    let place = loket::domain::MessageRef { channel: "local:spoc".into(), message: "local:0".into() };
    let second = world.presses("sanne", &place, next).await.remove(0);
    assert!(second.replace, "the page is turned in place");
    world.ends().await;
}

#[tokio::test]
async fn only_a_spoc_records_what_the_provider_says() {
    let world = World::open().await;
    world.says("alice", "facilitair", TAP).await;
    world.advance(Duration::minutes(2)).await;
    let number = world.number().await.to_string();
    world.commands("bob", "status", &[("id", &number), ("state", "done")]).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    world.commands("sanne", "status", &[("id", &number), ("state", "planned"), ("date", "morgen 10 uur")]).await;
    let request = world.request().await;
    let Stage::InProgress(progress) = &request.stage else { panic!("{:?}", request.stage) };
    let planned = loket::domain::request::Progress::Planned(loket::domain::LocalMoment::At(
        "2026-03-04T10:00:00".parse().unwrap(),
    ));
    assert_eq!(progress.progress, planned);
    world.ends().await;
}

#[tokio::test]
async fn a_spoc_registers_for_a_colleague_who_walked_in() {
    let world = World::open().await;
    world.commands("sanne", "request", &[("text", TAP), ("for", "local:dirk")]).await;
    let request = world.request().await;
    assert_eq!(request.origin.requester.account, Some(account("dirk")));
    assert_eq!(request.origin.registered_by, Some(account("sanne")));
    assert!(!world.posts("dm-dirk").is_empty(), "the colleague hears of it in chat");
    let refused = world.commands("alice", "request", &[("text", TAP), ("for", "local:dirk")]).await;
    assert!(!refused.is_empty());
    assert_eq!(world.requests().await.len(), 1, "only a SPOC registers for others");
    world.ends().await;
}

#[tokio::test]
async fn a_colleague_without_chat_is_written_to_or_called() {
    for mailbox in [true, false] {
        let world = World::open().await;
        let mailer = mailbox.then(|| world.has_mailbox());
        world.commands("sanne", "request", &[("text", TAP), ("name", "Joop Smit")]).await;
        let request = world.request().await;
        assert_eq!(request.origin.requester.account, None);
        let card = world.posts("dm-sanne")[0].at.clone();
        world.presses("sanne", &card, Action::Confirm(request.id)).await;
        let told: Vec<String> = world.posts("dm-sanne").into_iter().map(|posted| posted.text).collect();
        let called = told.iter().any(|text| text.contains("Nog even bellen met Joop Smit: 088 000 01 31"));
        if let Some(mailer) = mailer {
            let letters = mailer.letters.lock().unwrap().clone();
            assert_eq!(letters.len(), 1, "{letters:?}");
            assert_eq!(letters[0].to, "joop@linde.example.org");
            assert!(letters[0].body.contains("Doorgestuurd naar Brink Facilitair"), "{}", letters[0].body);
            assert!(!called);
        } else {
            assert!(called, "{told:?}");
        }
        world.ends().await;
    }
}

#[tokio::test]
async fn an_approver_who_registered_it_does_not_approve_it() {
    let world = World::with(|register| {
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.people.get_mut(&"bob".into()).unwrap().roles.insert(Role::Spoc);
    })
    .await;
    let order = "graag 12 extra stoelen in zaal Eik vrijdag om 13 uur";
    world.commands("bob", "request", &[("text", order), ("for", "local:dirk")]).await;
    let request = world.request().await;
    let card = world.posts("dm-dirk")[0].at.clone();
    world.presses("dirk", &card, Action::Confirm(request.id)).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, loket::ports::Mark::Yes).await;
    world.advance(Duration::minutes(5)).await;
    assert!(world.provider.orders().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn a_colleague_s_message_becomes_a_request_by_the_ticket_mark() {
    let world = World::open().await;
    let heard = world.says("dirk", "algemeen", "in de hal is het licht uit").await;
    assert!(world.requests().await.is_empty(), "nobody turned to Loket");
    world.tickets("alice", &heard).await;
    world.tickets("bob", &heard).await;
    let request = world.request().await;
    assert_eq!(request.origin.requester.account, Some(account("dirk")));
    world.ends().await;
}

/// *Maak er een verzoek van*, chosen by somebody on a message; gives what that person was told.
async fn takes(world: &World, who: &str, heard: &loket::ports::Heard) -> String {
    let token = world.chat.interaction();
    let take = loket::ports::Input::Take { heard: heard.clone(), by: account(who), token: token.clone() };
    world.handle(take).await;
    let told: Vec<String> =
        world.chat.answers(&token.id).iter().map(|reply| loket::adapters::local::plain(&reply.message)).collect();
    told.join("\n")
}

#[tokio::test]
async fn anybody_makes_a_request_of_a_message_in_any_channel_that_loket_sees() {
    for channel in ["facilitair", "algemeen", "goedkeuringen", "spoc", "weekoverzicht"] {
        let world = World::open().await;
        let heard = world.says("dirk", channel, "in de hal is het licht uit").await;
        let already = world.requests().await.len();
        let told = takes(&world, "alice", &heard).await;
        let request = world.request().await;
        assert_eq!(request.origin.requester.account, Some(account("dirk")), "{channel}: it is the writer's");
        if already == 0 {
            assert!(told.contains("Genoteerd"), "{channel}: {told}");
            assert_eq!(request.origin.registered_by, Some(account("alice")), "{channel}");
        }
        takes(&world, "bob", &heard).await;
        world.tickets("bob", &heard).await;
        assert_eq!(world.requests().await.len(), 1, "{channel}: once, whoever takes it up as well");
        world.ends().await;
    }
}

#[tokio::test]
async fn a_message_in_a_channel_that_nobody_listed_is_taken_where_the_writer_s_organisation_is_clear() {
    // Two organisations share the server: Bob is known to be of De Linde, Dirk is of nobody's register.
    for (who, server, taken) in
        [("bob", "local:linde", true), ("dirk", "local:linde", false), ("bob", "local:elsewhere", false)]
    {
        let world = World::open().await;
        let mut heard = world.says(who, "tuin", "in de hal is het licht uit").await;
        heard.server = Some(server.into());
        assert!(world.requests().await.is_empty(), "nobody turned to Loket");
        let told = takes(&world, "alice", &heard).await;
        assert_eq!(world.requests().await.len(), usize::from(taken), "{who} on {server}: {told}");
        assert!(!told.is_empty(), "whoever chose the command hears what came of it");
        world.ends().await;
    }
}

#[tokio::test]
async fn chat_that_somebody_takes_up_waits_for_a_word_of_the_writer() {
    let world = World::open().await;
    let heard = world.says("dirk", "algemeen", "zoals besproken").await;
    takes(&world, "dirk", &heard).await;
    let request = world.request().await;
    assert_eq!(request.origin.registered_by, None, "it was the writer");
    world.advance(Duration::hours(1)).await;
    assert_eq!(stage(&world.request().await), "draft", "silence settles nothing that was hardly understood");
    assert!(world.provider.orders().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn administrators_are_told_in_their_direct_conversation_and_nobody_else_is() {
    let world = World::open().await;
    let sentences = |lang| match lang {
        loket::domain::Lang::Nl => vec!["De map mist een dienst.".to_owned()],
        loket::domain::Lang::En => vec!["The folder lacks a service.".to_owned()],
    };
    world.desk.tell_administrators(&sentences).await;
    let told = world.posts("dm-sanne");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].text.contains("niet in gebruik genomen") && told[0].text.contains("De map mist een dienst."));
    for other in ["dm-bob", "dm-alice", "spoc", "facilitair"] {
        assert!(world.posts(other).is_empty(), "{other}");
    }
    world.ends().await;

    let world = World::with(|register| {
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.people.get_mut(&"sanne".into()).unwrap().until = Some("2026-03-01".parse().unwrap());
    })
    .await;
    world.desk.tell_administrators(&sentences).await;
    assert!(world.posts("dm-sanne").is_empty(), "whoever left hears nothing");
    world.ends().await;
}

#[tokio::test]
async fn the_digest_comes_once_a_week_and_after_an_outage_only_the_newest_is_posted_marked_late() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    world.says("alice", "facilitair", TAP).await;
    // From Tuesday 9:12 to Monday 8:05: just after the moment of the digest.
    world.advance(Duration::days(5) + Duration::hours(22) + Duration::minutes(53)).await;
    assert_eq!(world.news("weekoverzicht").len(), 1);
    world.advance(Duration::hours(1)).await;
    assert_eq!(world.news("weekoverzicht").len(), 1, "once");
    world.advance(Duration::days(28)).await;
    let posts = world.news("weekoverzicht");
    assert_eq!(posts.len(), 2, "only the newest after an outage");
    let journal = world.store.load_organisation(&LINDE.into()).await.unwrap();
    let due: Vec<(u32, bool, bool)> = journal
        .events
        .iter()
        .filter_map(|recorded| match &recorded.event {
            loket::domain::journal::OrganisationEvent::DigestDue { week, posted, late, .. } => {
                Some((week.week, *posted, *late))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        due,
        vec![(10, true, false), (11, false, true), (12, false, true), (13, false, true), (14, true, true)],
        "every missed week has its row"
    );
    world.ends().await;
}

#[tokio::test]
async fn a_second_request_in_a_conversation_with_one_person_is_a_request_of_its_own() {
    let world = World::open().await;
    let first = world.says("alice", "dm-alice", TAP).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(stage(&world.request().await), "handed-over");
    world.says("alice", "dm-alice", "de printer op de eerste verdieping is kapot").await;
    assert_eq!(world.requests().await.len(), 2, "nothing gets lost in a conversation");
    world.answers_in("alice", &first, "dank je wel!").await;
    assert_eq!(world.requests().await.len(), 2, "and thanks are thanks");
    world.ends().await;
}

#[tokio::test]
async fn what_was_handled_long_ago_is_forgotten_and_the_request_is_still_one() {
    let world = World::open().await;
    let told = world.says("alice", "facilitair", TAP).await;
    let key = loket::ports::InboxKey(format!("message:{}", told.at.message));
    assert_eq!(world.desk.tidy().await.unwrap(), 0, "nothing is old yet");
    assert!(world.store.seen(&key).await.unwrap());
    world.advance(Duration::days(31)).await;
    let before = world.store.load(&LINDE.into(), world.request().await.id).await.unwrap();
    assert!(world.desk.tidy().await.unwrap() > 0);
    assert!(!world.store.seen(&key).await.unwrap());
    assert_eq!(
        world.store.load(&LINDE.into(), world.request().await.id).await.unwrap(),
        before,
        "the journal is not touched"
    );
    world.handle(loket::ports::Input::Heard(told)).await;
    assert_eq!(world.requests().await.len(), 1, "a message that became a request is known by its link");
    world.ends().await;
}

#[tokio::test]
async fn whoami_gives_a_block_to_paste() {
    let world = World::open().await;
    let block = world.commands("dirk", "whoami", &[]).await;
    assert!(block.contains("[[person]]") && block.contains("local:dirk"), "{block}");
    world.ends().await;
}
