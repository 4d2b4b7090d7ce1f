//! Channels and conversations that refuse what is posted.

use super::{CHAIRS, TAP, asked, texts};
use crate::world::{LINDE, World, account, stage};
use chrono::Duration;
use loket::domain::ChannelId;
use loket::domain::catalogue::{Catalogue, CatalogueItem};
use loket::domain::register::Role;
use loket::domain::request::Slot;
use loket::ports::Mark;
use loket::render::message::Action;

const APPROVERS: &str = "goedkeuringen";
const MORE_CHAIRS: &str = "kunnen we 20 extra stoelen in zaal Eik krijgen, maandag om 13 uur?";

fn channel(name: &str) -> ChannelId {
    ChannelId(format!("local:{name}"))
}

/// The posts that say that a channel refuses everything.
fn alarms(world: &World, channel: &str) -> Vec<String> {
    texts(world, channel).into_iter().filter(|text| text.contains("kan ik niets meer plaatsen")).collect()
}

/// A world in which approvals do not expire while the story goes on.
async fn patient() -> World {
    World::with(|register| {
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.deadlines.approval_expiry = Duration::days(60);
    })
    .await
}

#[tokio::test]
async fn a_channel_that_refuses_is_told_of_once_and_when_it_is_mended_everything_comes_in_order() {
    let world = World::open().await;
    world.chat.closes(&channel(APPROVERS));
    let first = asked(&world, "alice", CHAIRS).await;
    let second = asked(&world, "alice", MORE_CHAIRS).await;
    for _ in 0..20 {
        world.advance(Duration::minutes(13)).await;
    }
    let told = alarms(&world, "spoc");
    assert_eq!(told.len(), 1, "once for the channel, not for each post: {told:?}");
    assert!(told[0].contains("goedkeurders") && told[0].contains(APPROVERS), "which: {}", told[0]);
    assert!(told[0].contains("recht om het kanaal te zien"), "and what mends it: {}", told[0]);
    // Nobody else waits for it: a third request goes its way, and so do the conversations of these two.
    let tap = asked(&world, "carla", TAP).await;
    assert_eq!(world.provider.orders().len(), 1);
    assert!(world.thread_text(&tap).contains("Doorgestuurd"));
    world.answers("alice", &first, "maak er 14 stoelen van").await;
    assert!(world.thread_text(&first).contains("14"), "{}", world.thread_text(&first));
    let request = world.requests().await.remove(2);
    world.presses("alice", &world.thread(&first)[0].at.clone(), Action::Confirm(request.id)).await;

    world.chat.opens(&channel(APPROVERS));
    world.advance(Duration::hours(1)).await;
    let texts: Vec<_> = world.posts(APPROVERS).into_iter().map(|card| (card.at, card.text)).collect();
    let open: Vec<_> = texts.iter().filter(|(_, text)| text.contains("[Akkoord]")).collect();
    assert_eq!(open.len(), 2, "{texts:#?}");
    assert!(open.iter().any(|(_, text)| text.contains("versie 2")), "the newest of the first");
    assert!(texts.iter().all(|(_, text)| !text.contains("Vervallen")), "what was overtaken is skipped: {texts:#?}");
    for (at, _) in open {
        world.reacts("bob", at, Mark::Yes).await;
    }
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 3);
    assert!(world.thread_text(&second).contains("Akkoord van Bob de Wit"));
    assert_eq!(alarms(&world, "spoc").len(), 1);

    // Another failure is another period.
    world.chat.closes(&channel(APPROVERS));
    asked(&world, "alice", "kunnen we 16 extra stoelen in zaal Eik krijgen, dinsdag om 13 uur?").await;
    assert_eq!(alarms(&world, "spoc").len(), 2);
    world.chat.opens(&channel(APPROVERS));
    world.advance(Duration::hours(1)).await;
    world.ends().await;
}

#[tokio::test]
async fn a_success_in_a_mended_channel_wakes_all_that_waits_for_it() {
    let world = World::open().await;
    world.chat.closes(&channel(APPROVERS));
    asked(&world, "alice", CHAIRS).await;
    for _ in 0..8 {
        world.advance(Duration::minutes(30)).await;
    }
    world.chat.opens(&channel(APPROVERS));
    asked(&world, "alice", MORE_CHAIRS).await;
    let cards = world.posts(APPROVERS).into_iter().filter(|card| card.text.contains("[Akkoord]")).count();
    assert_eq!(cards, 2, "nobody waits for an hour to pass");
    world.ends().await;
}

/// The approvers get another channel.
fn moves(world: &mut World) {
    world.reconfigures(|register| {
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.channels.iter_mut().filter(|known| known.id == channel(APPROVERS)).for_each(|known| {
            known.id = channel("akkoord");
        });
    });
}

#[tokio::test]
async fn another_channel_in_the_configuration_gets_what_waited() {
    let mut world = World::open().await;
    world.chat.closes(&channel(APPROVERS));
    asked(&world, "alice", CHAIRS).await;
    moves(&mut world);
    world.advance(Duration::hours(1)).await;
    let card = world.posts("akkoord").into_iter().find(|card| card.text.contains("[Akkoord]")).unwrap();
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_card_in_a_channel_that_is_no_more_holds_up_nothing_in_the_new_one() {
    let mut world = World::open().await;
    let heard = asked(&world, "alice", CHAIRS).await;
    world.chat.closes(&channel(APPROVERS));
    moves(&mut world);
    world.answers("alice", &heard, "maak er 14 stoelen van").await;
    let request = world.request().await;
    world.presses("alice", &world.thread(&heard)[0].at.clone(), Action::Confirm(request.id)).await;
    let cards = texts(&world, "akkoord");
    assert!(cards.len() == 1 && cards[0].contains("versie 2"), "{cards:?}");
    assert!(alarms(&world, "spoc").is_empty(), "nobody misses the old one");
    world.ends().await;
}

#[tokio::test]
async fn a_request_channel_that_takes_posts_again_is_told_of_anew_when_it_fails_anew() {
    let world = World::open().await;
    for failures in 1..=2 {
        world.chat.closes(&channel("facilitair"));
        let heard = world.says("alice", "facilitair", TAP).await;
        assert!(world.thread(&heard).is_empty());
        assert_eq!(alarms(&world, "spoc").len(), failures);
        assert!(texts(&world, "spoc").iter().any(|text| text.contains("Nog even bellen met Alice")), "she must hear");
        world.chat.opens(&channel("facilitair"));
        world.advance(Duration::minutes(2)).await;
        let told = texts(&world, "facilitair").into_iter().filter(|text| text.contains("Doorgestuurd")).count();
        assert_eq!(told, failures, "and hears it herself once that is possible");
    }
    world.ends().await;
}

#[tokio::test]
async fn when_the_spoc_s_own_channel_refuses_the_administrators_hear_of_it_in_person() {
    for administrators in [true, false] {
        let world = World::with(|register| {
            let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
            for person in linde.people.values_mut() {
                person.roles.remove(&Role::Administrator);
            }
            if administrators {
                linde.people.get_mut(&"carla".into()).unwrap().roles.insert(Role::Administrator);
            }
            register.mandates.clear();
        })
        .await;
        world.chat.closes(&channel("spoc"));
        asked(&world, "alice", CHAIRS).await;
        world.advance(Duration::hours(2)).await;
        let who = if administrators { "dm-carla" } else { "dm-sanne" };
        let told = alarms(&world, who);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("SPOC-kanaal"), "{}", told[0]);
        world.chat.opens(&channel("spoc"));
        world.advance(Duration::hours(1)).await;
        assert!(texts(&world, "spoc").iter().any(|text| text.contains("mag nu niemand akkoord op geven")));
        world.ends().await;
    }
}

#[tokio::test]
async fn both_the_approvers_and_the_spoc_s_channel_refused_is_told_in_person_for_each() {
    let world = World::open().await;
    world.chat.closes(&channel(APPROVERS));
    world.chat.closes(&channel("spoc"));
    asked(&world, "alice", CHAIRS).await;
    assert_eq!(alarms(&world, "dm-sanne").len(), 2, "{:?}", alarms(&world, "dm-sanne"));
    world.chat.opens(&channel(APPROVERS));
    world.chat.opens(&channel("spoc"));
    world.advance(Duration::hours(1)).await;
    world.ends().await;
}

#[tokio::test]
async fn a_post_older_than_its_patience_is_given_up_visibly_and_comes_anew_by_command() {
    let world = patient().await;
    world.chat.closes(&channel(APPROVERS));
    asked(&world, "alice", CHAIRS).await;
    let number = world.number().await.to_string();
    world.advance(Duration::hours(1)).await;
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(shown.contains("Nog niet gelukt") && shown.contains("de kaart voor goedkeurders"), "{shown}");
    assert!(world.commands("sanne", "open", &[]).await.contains("nog niet alles geplaatst"));
    assert!(!world.commands("alice", "open", &[]).await.contains("nog niet alles geplaatst"), "the SPOC's concern");
    for _ in 0..200 {
        world.advance(Duration::hours(2)).await;
    }
    let left = world.store.effects(&LINDE.into(), 10).await.unwrap();
    assert!(left.iter().any(|effect| effect.given_up), "{left:?}");
    let shown = world.commands("sanne", "show", &[("id", &number)]).await;
    assert!(shown.contains("Niet gelukt") && shown.contains("/opnieuw"), "{shown}");
    world.chat.opens(&channel(APPROVERS));
    world.commands("alice", "resend", &[("id", &number)]).await;
    assert!(world.posts(APPROVERS).is_empty(), "only a SPOC sends again");
    assert!(world.commands("sanne", "resend", &[("id", &number)]).await.contains("Genoteerd"));
    let card = world.approval_card();
    assert!(!world.commands("sanne", "open", &[]).await.contains("nog niet alles geplaatst"));
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_reminder_puts_back_a_card_that_somebody_deleted() {
    let world = World::open().await;
    asked(&world, "alice", CHAIRS).await;
    let old = world.approval_card();
    world.chat.deletes(&old.at);
    for _ in 0..48 {
        world.advance(Duration::hours(1)).await;
    }
    let posts = texts(&world, APPROVERS);
    assert_eq!(posts.len(), 2, "the card and the reminder: {posts:?}");
    let card = world.approval_card();
    assert!(card.text.contains("[Akkoord]") && card.marks.contains(&(Mark::No, None)));
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_card_that_is_gone_while_people_decide_is_put_back_and_any_other_is_let_go() {
    let world = World::open().await;
    let heard = asked(&world, "alice", CHAIRS).await;
    let (approval, own) = (world.approval_card(), world.thread(&heard)[0].clone());
    world.chat.deletes(&own.at);
    world.reacts("bob", &approval.at, Mark::Yes).await;
    world.chat.deletes(&approval.at);
    world.unreacts("bob", &approval.at, Mark::Yes).await;
    let card = world.approval_card();
    assert_ne!(card.at, approval.at, "people must decide again, and on a card");
    assert!(world.thread_text(&heard).contains("teruggenomen"), "what must be known is told all the same");
    world.reacts("bob", &card.at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;
}

#[tokio::test]
async fn a_conversation_that_is_gone_reaches_the_colleague_by_letter_or_by_a_call() {
    for (who, written) in [("bob", true), ("alice", false)] {
        let world = World::open().await;
        let mailer = world.has_mailbox();
        let heard = asked(&world, who, TAP).await;
        let thread = world.chat.thread_of(&heard.at).unwrap();
        let number = world.number().await.to_string();
        world.chat.closes(&thread);
        world.commands("sanne", "status", &[("id", &number), ("state", "planned"), ("date", "morgen 10 uur")]).await;
        let letters = mailer.letters.lock().unwrap().clone();
        let calls: Vec<_> = texts(&world, "spoc").into_iter().filter(|text| text.contains("Nog even bellen")).collect();
        assert_eq!(
            (letters.len(), calls.len()),
            (usize::from(written), usize::from(!written)),
            "{letters:?} {calls:?}"
        );
        let told = letters.first().map_or_else(|| calls[0].clone(), |letter| letter.body.clone());
        assert!(told.contains("gepland") && told.contains("10:00"), "{told}");
        if !written {
            let post = world.posts("spoc").pop().unwrap();
            world.presses("sanne", &post.at, Action::CalledBack(world.request().await.id)).await;
            assert!(post.text.contains("[Gebeld]"), "{}", post.text);
            assert!(world.commands("sanne", "show", &[("id", &number)]).await.contains("heeft gebeld"));
        }
        // Once the conversation is there again, it is where one talks.
        world.chat.opens(&thread);
        world.commands("sanne", "status", &[("id", &number), ("state", "done")]).await;
        assert!(world.thread_text(&heard).contains("Is het opgelost?"));
        world.ends().await;
    }
}

#[tokio::test]
async fn closed_direct_messages_bring_card_and_question_to_the_spoc_who_calls() {
    let world = World::open().await;
    world.chat.closes(&channel("dm-dirk"));
    world.commands("sanne", "request", &[("text", "@loket de wc is verstopt"), ("for", "local:dirk")]).await;
    let told = texts(&world, "spoc");
    assert!(told.iter().all(|text| text.contains("Nog even bellen met")), "{told:#?}");
    assert!(told.iter().any(|text| text.contains("[Geen verzoek]")), "the card: {told:#?}");
    assert!(told.iter().any(|text| text.contains("Waar is het precies?")), "the question: {told:#?}");
    let request = world.request().await;
    assert!(request.posts.at.contains_key(&Slot::Card), "the card stands where somebody sees it");
    assert_eq!(request.origin.requester.account, Some(account("dirk")));
    assert_eq!(stage(&request), "draft");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn a_confidential_matter_whose_private_thread_is_refused_moves_to_a_direct_conversation() {
    let world = World::with(|register| {
        let items: Vec<_> = register.catalogue.items().cloned().collect();
        let confidential = items.into_iter().map(|item| CatalogueItem { confidential: true, ..item });
        register.catalogue = Catalogue::new(confidential).unwrap();
    })
    .await;
    world.chat.closes(&channel("facilitair"));
    world.says("alice", "facilitair", TAP).await;
    assert_eq!(world.posts("dm-alice").len(), 1, "the card");
    world.ends().await;
}

#[tokio::test]
async fn danger_does_not_wait_for_a_channel_to_be_mended() {
    let world = World::open().await;
    world.chat.closes(&channel("spoc"));
    world.says("alice", "facilitair", "@loket er komt rook uit de meterkast, brand op de eerste verdieping!").await;
    assert!(world.request().await.content().unwrap().danger);
    let told = texts(&world, "dm-sanne");
    assert!(told.iter().any(|text| text.contains("Er is gevaar gemeld")), "{told:?}");
    assert_eq!(alarms(&world, "dm-sanne").len(), 1);
    world.advance(Duration::minutes(2)).await;
    world.ends().await;
}

#[tokio::test]
async fn a_reminder_posts_a_card_that_never_stood() {
    let world = patient().await;
    world.chat.closes(&channel(APPROVERS));
    asked(&world, "alice", CHAIRS).await;
    for _ in 0..8 {
        world.advance(Duration::days(1)).await;
    }
    let left = world.store.effects(&LINDE.into(), 10).await.unwrap();
    assert!(left.iter().any(|effect| effect.given_up), "the card was given up: {left:?}");
    world.chat.opens(&channel(APPROVERS));
    world.advance(Duration::hours(1)).await;
    let posts = world.posts(APPROVERS);
    assert_eq!(posts.len(), 2, "{posts:#?}");
    assert_eq!(world.approval_card().at, posts[0].at);
    assert!(posts[1].text.contains("wacht sinds"), "{}", posts[1].text);
    world.reacts("bob", &posts[0].at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    assert_eq!(world.provider.orders().len(), 1);
    // What was given up stands by now, so that trying it again finds nothing to do.
    let number = world.number().await.to_string();
    world.commands("sanne", "resend", &[("id", &number)]).await;
    assert_eq!(world.posts(APPROVERS).len(), 2);
    world.ends().await;
}

#[tokio::test]
async fn a_configuration_without_the_organisation_loses_nothing_of_it() {
    let mut world = World::open().await;
    let heard = world.says("alice", "facilitair", TAP).await;
    let linde = std::cell::RefCell::new(None);
    world.clock.advance(Duration::minutes(2));
    world.desk.tick().await.unwrap();
    world.reconfigures(|register| *linde.borrow_mut() = register.organisations.remove(&LINDE.into()));
    world.drain().await;
    assert!(world.provider.orders().is_empty());
    world.reconfigures(|register| {
        register.organisations.insert(LINDE.into(), linde.take().unwrap());
    });
    world.advance(Duration::hours(1)).await;
    assert_eq!(world.provider.orders().len(), 1);
    assert!(world.thread_text(&heard).contains("Doorgestuurd"));
    world.ends().await;
}
