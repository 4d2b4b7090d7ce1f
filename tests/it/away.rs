//! Who is away, who decides meanwhile, and how nobody waits for somebody on holiday.

use crate::samples;
use crate::world::{World, stage, two_must_agree};
use chrono::Duration;
use loket::config::{self, Folder};
use loket::domain::approval::{Decision, Outcome, Step, Substitute, Verdict};
use loket::domain::calendar::instant_of;
use loket::domain::register::Role;
use loket::domain::request::{AwaitingApproval, Order, Stage, TimerKind, timers};
use loket::domain::{Found, LocalMoment, PersonId, When, WhenRole};
use loket::ports::{Heard, Mark};
use loket::render::message::{Action, Message};

/// Alice asks for chairs; more than twenty are Bob's to decide alone.
async fn chairs(world: &World, how_many: u32, when: &str) -> Heard {
    let asked = world
        .says("alice", "facilitair", &format!("kunnen we {how_many} extra stoelen in zaal Eik krijgen, {when}?"))
        .await;
    let request = world.requests().await.remove(0);
    let card = world.thread(&asked)[0].at.clone();
    world.presses("alice", &card, Action::Confirm(request.id)).await;
    asked
}

const FRIDAY: &str = "vrijdag om 13 uur";

async fn away(world: &World, who: &str, from: &str, until: &str, substitute: &str) -> String {
    let options = [("from", from), ("until", until), ("substitute", substitute)];
    let given = if substitute.is_empty() { &options[..2] } else { &options[..] };
    world.commands(who, "away", given).await
}

fn told(world: &World, who: &str) -> Vec<String> {
    world.posts(&format!("dm-{who}")).into_iter().map(|posted| posted.text).collect()
}

fn notified(message: &Message) -> Vec<&str> {
    message.notify.iter().map(|account| account.as_str()).collect()
}

#[tokio::test]
async fn who_is_asked_to_stand_in_decides_in_the_name_of_who_is_away_and_within_that_mandate() {
    let world = World::open().await;
    let asked = chairs(&world, 30, FRIDAY).await;
    let card = world.approval_card();
    // € 375 is above her own mandate.
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.unreacts("carla", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    assert!(!card.text.contains("namens"), "{}", card.text);

    let answer = away(&world, "bob", "vandaag", "maandag", "local:carla").await;
    assert!(answer.contains("vanaf dinsdag 3 maart; maandag 9 maart is de eerste dag terug"), "{answer}");
    assert!(answer.contains("Carla Jansen in je plaats"), "{answer}");
    let told = told(&world, "carla");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("Bob de Wit is afwezig vanaf dinsdag 3 maart"), "{}", told[0]);
    assert!(told[0].contains("2026-0001 · Aanvraag: Zaalinrichting, sinds 09:12"), "{}", told[0]);
    let shown = world.chat.message(&card.at).unwrap();
    assert!(shown.text.contains("Bob de Wit (afwezig) of Carla Jansen namens Bob de Wit"), "{}", shown.text);
    assert_eq!(notified(shown.message.as_ref().unwrap()), ["local:carla"], "nobody disturbs who is away");

    world.reacts("carla", &card.at, Mark::Yes).await;
    let request = world.request().await;
    let decision = &request.grant().unwrap().by[0];
    assert_eq!((decision.person.as_str(), decision.behalf.as_ref().unwrap().as_str()), ("carla", "bob"));
    world.advance(Duration::seconds(61)).await;
    let named = "Carla Jansen namens Bob de Wit";
    let shown = world.chat.message(&card.at).unwrap();
    let mail = world.provider.orders()[0].body.clone();
    let number = world.number().await.to_string();
    let story = world.commands("sanne", "show", &[("id", &number)]).await;
    for (what, text) in [("card", shown.text), ("thread", world.thread_text(&asked)), ("order", mail), ("story", story)]
    {
        assert!(text.contains(named), "{what}: {text}");
    }
    world.ends().await;
}

#[tokio::test]
async fn a_no_in_the_name_of_somebody_names_both() {
    let world = World::open().await;
    let asked = chairs(&world, 30, FRIDAY).await;
    away(&world, "bob", "vandaag", "maandag", "local:carla").await;
    world.reacts("carla", &world.approval_card().at, Mark::No).await;
    assert_eq!(stage(&world.request().await), "closed");
    let thread = world.thread_text(&asked);
    assert!(thread.contains("Niet akkoord, door Carla Jansen namens Bob de Wit"), "{thread}");
    world.ends().await;
}

#[tokio::test]
async fn the_limits_of_the_mandate_hold_for_who_stands_in_and_nobody_approves_an_own_request() {
    let world = World::open().await;
    away(&world, "bob", "vandaag", "maandag", "local:alice").await;
    chairs(&world, 30, FRIDAY).await;
    let card = world.approval_card();
    assert!(!card.text.contains("namens"), "Alice asks, so that she stands in for nobody: {}", card.text);
    world.reacts("alice", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    away(&world, "bob", "vandaag", "maandag", "local:carla").await;
    world.advance(Duration::seconds(1)).await;
    let dear =
        world.says("alice", "facilitair", "kunnen we 100 extra stoelen in zaal Eik krijgen, vrijdag om 13 uur?").await;
    let request = world.requests().await.remove(0);
    world.presses("alice", &world.thread(&dear)[0].at, Action::Confirm(request.id)).await;
    // € 1250 is above Bob's € 1000, and with that above what Carla may in his name.
    assert!(world.requests().await[0].order().unwrap().steps().is_empty());
    world.ends().await;
}

#[tokio::test]
async fn who_is_away_may_decide_all_the_same_and_counts_once_with_who_stands_in() {
    let world = World::with(two_must_agree).await;
    chairs(&world, 12, FRIDAY).await;
    let card = world.approval_card();
    away(&world, "bob", "vandaag", "maandag", "local:sanne").await;
    world.reacts("sanne", &card.at, Mark::Yes).await;
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(world.request().await.reactions_counted(1).map(|accounts| accounts.len()), Some(2));
    assert_eq!(stage(&world.request().await), "awaiting-approval", "one mandate, however many hands");
    world.unreacts("sanne", &card.at, Mark::Yes).await;
    world.reacts("carla", &card.at, Mark::Yes).await;
    let request = world.request().await;
    let by: Vec<&str> = request.grant().unwrap().by.iter().map(|decision| decision.person.as_str()).collect();
    assert_eq!(by, ["bob", "carla"]);
    world.advance(Duration::seconds(61)).await;
    world.ends().await;
}

#[tokio::test]
async fn one_person_does_not_decide_twice_as_herself_and_for_another() {
    let world = World::with(two_must_agree).await;
    chairs(&world, 12, FRIDAY).await;
    away(&world, "bob", "vandaag", "maandag", "local:carla").await;
    let card = world.approval_card();
    world.reacts("carla", &card.at, Mark::Yes).await;
    world.presses("carla", &card.at, Action::Agree(world.request().await.id, 1)).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "approved");
    world.advance(Duration::seconds(61)).await;
    world.ends().await;
}

#[tokio::test]
async fn chains_loops_and_what_makes_no_sense_are_refused_in_words() {
    let world = World::with(|register| {
        let linde = register.organisations.get_mut(&"linde".into()).unwrap();
        let mut guest = linde.people[&"alice".into()].clone();
        (guest.id, guest.name) = ("gast".into(), "Gijs Gast".into());
        (guest.accounts, guest.roles) = (vec!["local:gast".into()], [Role::Guest].into());
        linde.people.insert("gast".into(), guest);
        linde.people.get_mut(&"alice".into()).unwrap().until = Some("2026-03-20".parse().unwrap());
    })
    .await;
    away(&world, "bob", "9 maart", "16 maart", "local:carla").await;
    for (who, from, until, substitute, says) in [
        ("carla", "9 maart", "10 maart", "local:carla", "Wie weg is, kan zichzelf niet vervangen"),
        ("carla", "11 maart", "12 maart", "local:bob", "Bob de Wit is zelf afwezig vanaf maandag 9 maart"),
        ("sanne", "13 maart", "20 maart", "local:bob", "Bob de Wit is zelf afwezig"),
        (
            "carla",
            "11 maart",
            "12 maart",
            "local:sanne",
            "Je vervangt zelf Bob de Wit, van maandag 9 maart tot maandag 16 maart",
        ),
        (
            "carla",
            "12 maart",
            "11 maart",
            "",
            "De eerste dag terug (woensdag 11 maart) moet na de eerste dag weg (donderdag 12 maart)",
        ),
        ("carla", "2026-02-01", "2026-03-03", "", "dinsdag 3 maart is al geweest"),
        ("carla", "2026-03-10", "2027-03-12", "", "langer dan een jaar"),
        ("carla", "gisting", "11 maart", "", "Welke dag is “gisting”?"),
        ("carla", "11 maart", "ooit", "", "Welke dag is “ooit”?"),
        ("carla", "11 maart", "", "", "Welke dag is “”?"),
        ("carla", "20 maart", "27 maart", "local:nobody", "ken ik hier niet"),
        ("carla", "20 maart", "27 maart", "Gijs Gast", "een gast beslist niet"),
        ("carla", "20 maart", "27 maart", "joop", "zonder account in de chat"),
        ("carla", "18 maart", "27 maart", "local:alice", "eindigt eerder"),
        ("vreemd", "11 maart", "12 maart", "", "Je staat niet in het register"),
    ] {
        let answer = away(&world, who, from, until, substitute).await;
        assert!(answer.contains(says), "{who} {from} {until} {substitute}: {answer}");
    }
    let absences = world.store.absences(&"linde".into(), "2026-03-03".parse().unwrap()).await.unwrap();
    assert_eq!(absences.len(), 1, "{absences:?}");
    // Who falls ill while standing in may say so, and is told what that means.
    let answer = away(&world, "carla", "11 maart", "12 maart", "").await;
    assert!(answer.contains("Let op: je vervangt Bob de Wit"), "{answer}");
    assert!(world.commands("alice", "back", &[]).await.contains("Je stond niet als afwezig"));
    world.ends().await;
}

#[tokio::test]
async fn days_are_understood_in_words_and_written_out_in_full() {
    let world = World::open().await;
    for (from, until, says) in [
        ("morgen", "vrijdag", "vanaf woensdag 4 maart; vrijdag 6 maart is"),
        ("maandag", "t/m vrijdag", "vanaf maandag 9 maart; zaterdag 14 maart is"),
        ("maandag", "woensdag", "vanaf maandag 9 maart; woensdag 11 maart is"),
        ("volgende week", "16 maart", "vanaf maandag 9 maart; maandag 16 maart is"),
        ("2026-12-21", "2027-01-04", "vanaf maandag 21 december; maandag 4 januari 2027 is"),
    ] {
        let answer = away(&world, "bob", from, until, "").await;
        assert!(answer.contains(says), "{from} {until}: {answer}");
    }
    world.ends().await;
}

#[tokio::test]
async fn a_spoc_may_say_it_for_somebody_else_and_others_may_not() {
    let world = World::open().await;
    chairs(&world, 30, FRIDAY).await;
    let options = [("from", "vandaag"), ("until", "maandag"), ("substitute", "local:carla"), ("for", "local:bob")];
    let answer = world.commands("alice", "away", &options).await;
    assert!(!answer.contains("afwezig vanaf"), "{answer}");
    let herself = [("from", "vandaag"), ("until", "maandag"), ("substitute", "local:sanne"), ("for", "local:bob")];
    let answer = world.commands("sanne", "away", &herself).await;
    assert!(answer.contains("niet zelf de vervanger"), "nobody lends themselves a mandate: {answer}");
    let answer = world.commands("sanne", "away", &options).await;
    assert!(answer.contains("Bob de Wit is afwezig vanaf dinsdag 3 maart"), "{answer}");
    let told = |world: &World| world.posts("dm-bob").into_iter().map(|post| post.text).collect::<Vec<_>>();
    let noted = told(&world);
    assert_eq!(noted.len(), 1, "whom it is about hears of it: {noted:?}");
    for part in ["sanne", "Je bent afwezig vanaf dinsdag 3 maart", "Carla Jansen", "/terug"] {
        assert!(noted[0].contains(part), "{part}: {}", noted[0]);
    }
    assert!(!world.commands("carla", "back", &[("for", "local:bob")]).await.contains("is er weer"));
    world.reacts("carla", &world.approval_card().at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "approved");
    assert!(world.commands("sanne", "back", &[("for", "local:bob")]).await.contains("Bob de Wit is er weer"));
    assert!(told(&world)[1].contains("niet meer als afwezig"), "{:?}", told(&world));
    world.commands("bob", "away", &[("from", "vandaag"), ("until", "maandag")]).await;
    world.commands("bob", "back", &[]).await;
    assert_eq!(told(&world).len(), 2, "what one says oneself one knows");
    world.advance(Duration::seconds(61)).await;
    assert_eq!(world.provider.orders().len(), 1, "what was decided in the name of Bob stands when he is back");
    world.ends().await;
}

#[tokio::test]
async fn who_is_back_decides_again_alone_and_the_card_says_so() {
    let mut world = World::open().await;
    chairs(&world, 30, FRIDAY).await;
    let card = world.approval_card();
    away(&world, "bob", "vandaag", "maandag", "local:carla").await;
    let shown = world.chat.message(&card.at).unwrap();
    assert!(shown.text.contains("Carla Jansen namens Bob de Wit"), "{}", shown.text);
    world.restarts().await;
    let answer = world.commands("bob", "back", &[]).await;
    assert!(answer.contains("Je bent er weer"), "{answer}");
    assert!(told(&world, "carla")[1].contains("hoeft niet meer in plaats van Bob de Wit"));
    let shown = world.chat.message(&card.at).unwrap();
    assert!(!shown.text.contains("namens") && !shown.text.contains("afwezig"), "{}", shown.text);
    assert_eq!(notified(shown.message.as_ref().unwrap()), ["local:bob"]);
    world.reacts("carla", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval");
    world.reacts("bob", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "approved");
    world.advance(Duration::seconds(61)).await;
    world.ends().await;
}

#[tokio::test]
async fn who_is_back_after_midnight_is_called_in_the_morning() {
    let world = World::open().await;
    chairs(&world, 12, "volgende week vrijdag om 13 uur").await;
    away(&world, "bob", "vandaag", "woensdag", "local:carla").await;
    let called = || world.posts("goedkeuringen").into_iter().filter(|post| post.text.contains("@bob")).count();
    world.advance(Duration::hours(18)).await;
    // Wednesday, 3:12, when the program looks around as it does each hour.
    let before = called();
    world.desk.reassess().await.unwrap();
    world.drain().await;
    assert_eq!(called(), before, "nobody is called at night");
    world.advance(Duration::hours(6)).await;
    world.desk.reassess().await.unwrap();
    world.drain().await;
    let card = world.approval_card_text();
    assert!(!card.contains("afwezig"), "{card}");
    assert!(called() > before, "in the morning he is");
    world.ends_with_leftovers().await;
}

#[tokio::test]
async fn an_absence_that_is_planned_begins_in_the_morning_of_its_first_day() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    away(&world, "bob", "maandag", "16 maart", "local:carla").await;
    assert_eq!(told(&world, "carla").len(), 1, "she knows it in advance");
    chairs(&world, 30, "volgende week vrijdag om 13 uur").await;
    let card = world.approval_card();
    world.reacts("carla", &card.at, Mark::Yes).await;
    assert_eq!(stage(&world.request().await), "awaiting-approval", "not before its first day");
    world.advance(Duration::days(5) + Duration::hours(20)).await;
    // Monday, 5:12.
    assert_eq!(told(&world, "carla").len(), 1, "nobody is told at night");
    world.advance(Duration::hours(4)).await;
    let heard = told(&world, "carla");
    assert!(heard.len() == 2 && heard[1].contains("2026-0001"), "{heard:#?}");
    let shown = world.chat.message(&card.at).unwrap();
    assert!(shown.text.contains("Carla Jansen namens Bob de Wit"), "{}", shown.text);
    // And ends by itself.
    world.advance(Duration::days(7)).await;
    let shown = world.chat.message(&card.at).unwrap();
    assert!(!shown.text.contains("namens"), "{}", shown.text);
    assert_eq!(told(&world, "carla").len(), 2);
    world.commands("alice", "cancel", &[("id", "2026-0001")]).await;
    world.drain().await;
    world.ends().await;
}

#[tokio::test]
async fn the_same_command_twice_is_one_absence_and_who_cannot_be_told_in_person_is_told_elsewhere() {
    let world = World::open().await;
    chairs(&world, 30, FRIDAY).await;
    world.chat.closes(&"local:dm-carla".into());
    away(&world, "bob", "vandaag", "maandag", "local:carla").await;
    let spoc = world.posts("spoc");
    assert!(spoc.iter().any(|posted| posted.text.contains("@carla") && posted.text.contains("2026-0001")), "{spoc:#?}");
    away(&world, "bob", "vandaag", "maandag", "local:carla").await;
    let today = "2026-03-03".parse().unwrap();
    assert_eq!(world.store.absences(&"linde".into(), today).await.unwrap().len(), 1);
    world.ends().await;
}

/// What was posted for approvers and the SPOC after the card: when, where, and who is notified.
fn reminders(world: &World) -> Vec<(String, &'static str, Vec<String>)> {
    let mut all = Vec::new();
    for channel in ["goedkeuringen", "spoc"] {
        for posted in world.posts(channel).into_iter().filter(|posted| posted.message.as_ref().unwrap().card.is_none())
        {
            let at = posted.posted_at.with_timezone(&chrono_tz::Europe::Amsterdam).format("%a %H:%M").to_string();
            let notify = notified(posted.message.as_ref().unwrap()).into_iter().map(str::to_owned).collect();
            all.push((at, channel, notify));
        }
    }
    all
}

/// So many hours pass in steps of five minutes.
async fn hours_pass(world: &World, hours: i64) {
    for _ in 0..hours * 12 {
        world.advance(Duration::minutes(5)).await;
    }
}

#[tokio::test]
async fn what_is_needed_soon_is_asked_for_sooner_and_from_more_people_each_time() {
    let world = World::open().await;
    // Carla may decide as well up to € 250, and Sanne in the name of Bob.
    away(&world, "bob", "vandaag", "maandag", "local:sanne").await;
    chairs(&world, 12, "vandaag om 17 uur").await;
    hours_pass(&world, 10).await;
    let heard = reminders(&world);
    let expected = [
        ("Tue 11:12", "goedkeuringen", vec!["local:carla"]),
        ("Tue 13:07", "goedkeuringen", vec!["local:sanne"]),
        ("Tue 15:07", "spoc", vec!["local:sanne"]),
    ];
    let shown: Vec<_> = heard
        .iter()
        .map(|(at, channel, who)| (at.as_str(), *channel, who.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(shown, expected);
    world.commands("alice", "cancel", &[("id", "2026-0001")]).await;
    world.ends().await;
}

#[tokio::test]
async fn where_everybody_is_away_and_nobody_stands_in_the_spoc_hears_it_first() {
    let world = World::open().await;
    away(&world, "bob", "vandaag", "maandag", "").await;
    chairs(&world, 30, FRIDAY).await;
    hours_pass(&world, 6).await;
    let heard = reminders(&world);
    assert_eq!(heard, [("Tue 13:12".to_owned(), "spoc", vec!["local:sanne".to_owned()])]);
    assert!(world.posts("spoc").iter().any(|posted| posted.text.contains("Bob de Wit (afwezig)")));
    world.commands("alice", "cancel", &[("id", "2026-0001")]).await;
    world.ends().await;
}

#[tokio::test]
async fn nobody_is_reminded_at_night_or_in_the_weekend_also_after_an_outage() {
    let world = World::open().await;
    // Friday 16:30.
    world.advance(Duration::days(3) + Duration::minutes(7 * 60 + 18)).await;
    chairs(&world, 30, "maandag om 9 uur").await;
    // Nobody looks at the clock until Saturday morning.
    world.advance(Duration::hours(15)).await;
    assert_eq!(reminders(&world), []);
    hours_pass(&world, 49).await;
    let heard = reminders(&world);
    assert!(!heard.is_empty());
    for (at, ..) in &heard {
        assert!(at.starts_with("Mon 08"), "{heard:?}");
    }
    world.commands("alice", "cancel", &[("id", "2026-0001")]).await;
    world.ends().await;
}

#[tokio::test]
async fn who_waited_in_vain_is_told_what_helps() {
    let world = World::open().await;
    let asked = chairs(&world, 30, "op 30 april").await;
    world.advance(Duration::days(14) + Duration::hours(1)).await;
    assert_eq!(stage(&world.request().await), "closed");
    let thread = world.thread_text(&asked);
    assert!(thread.contains("Is het nog nodig? Zeg het dan opnieuw"), "{thread}");
    assert!(thread.contains("Sanne Bakker"), "{thread}");
    world.ends().await;
}

// The pure parts.

fn waiting(verdict: Verdict, decisions: Vec<Decision>) -> AwaitingApproval {
    let order = Order { verdict, ..samples::order(41) };
    AwaitingApproval { order, decisions, since: samples::at(0), reminders: 0 }
}

fn verdict(need: u16, of: &[&str], away: &[&str], substitutes: &[(&str, &str)]) -> Verdict {
    let people = |names: &[&str]| names.iter().map(|name| (*name).into()).collect();
    let substitutes = substitutes
        .iter()
        .map(|(person, instead_of)| Substitute { person: (*person).into(), instead_of: (*instead_of).into() });
    Verdict {
        outcome: Outcome::Pending(vec![Step { need, of: people(of) }]),
        away: people(away),
        substitutes: substitutes.collect(),
        ..samples::order(41).verdict
    }
}

fn by(person: &str, behalf: Option<&str>) -> Decision {
    Decision { person: person.into(), behalf: behalf.map(Into::into), ..samples::decision() }
}

#[test]
fn who_is_there_is_called_first_and_who_is_away_last() {
    let named =
        |people: Vec<PersonId>| people.into_iter().map(|person| person.to_string()).collect::<Vec<_>>().join(" ");
    let asked = |waiting: AwaitingApproval| (named(waiting.called()), named(waiting.others()));
    let of = &["ann", "bob", "cas"];
    let none: &[(&str, &str)] = &[];
    for (need, away, substitutes, decisions, called, others) in [
        (1, &[][..], none, vec![], "ann bob cas", ""),
        (1, &["bob"], &[("dirk", "bob")], vec![], "ann cas", "dirk"),
        (1, &["bob"], none, vec![], "ann cas", ""),
        (1, of, &[("dirk", "bob"), ("dirk", "cas")], vec![], "dirk", ""),
        (1, of, none, vec![], "ann bob cas", ""),
        // Too few of those who are there.
        (3, &["bob"], &[("dirk", "bob")], vec![], "ann cas dirk", ""),
        (3, &["bob"], &[("dirk", "bob")], vec![by("dirk", Some("bob"))], "ann cas", ""),
        (2, &["bob"], &[("ann", "bob")], vec![by("cas", None)], "ann", ""),
        (2, &["bob"], &[("dirk", "bob")], vec![by("bob", None)], "ann cas", ""),
    ] {
        let shown = asked(waiting(verdict(need, of, away, substitutes), decisions.clone()));
        assert_eq!(shown, (called.to_owned(), others.to_owned()), "{need} {away:?} {substitutes:?} {decisions:?}");
    }
}

#[test]
fn reminders_come_at_fractions_of_the_service_hours_that_are_left_and_never_later_than_set() {
    let register = config::load(&Folder::embedded("office").unwrap()).unwrap().register;
    let organisation = &register.organisations[&"linde".into()];
    let zone = chrono_tz::Europe::Amsterdam;
    let at = |text: &str| instant_of(zone, text.parse().unwrap());
    // Tuesday 3 March 2026; people are there from 8:30 to 17:30.
    let first = |since: &str, needed: Option<When>, reminders: u8| {
        let verdict = verdict(1, &["ann", "bob"], &["bob"], &[("dirk", "bob")]);
        let mut waiting = AwaitingApproval { since: at(since), reminders, ..waiting(verdict, vec![]) };
        waiting.order.content.when = needed.map(Found::chosen);
        let mut request =
            samples::folded(samples::request_id(1), &[(at(since), samples::drafted(at(since), "stoelen"))]);
        request.stage = Stage::AwaitingApproval(waiting);
        let mut due = timers(&request, &register, organisation);
        due.remove(&TimerKind::ApprovalExpiry);
        let (kind, due) = due.pop_first().unwrap();
        assert!(organisation.hours.open_at(due), "{due}");
        (kind, due.with_timezone(&zone).naive_local().to_string())
    };
    let moment = |text: &str| Some(When { from: LocalMoment::At(text.parse().unwrap()), to: None, role: WhenRole::On });
    let day = |text: &str, role| Some(When { from: LocalMoment::Day(text.parse().unwrap()), to: None, role });
    use TimerKind::{ApprovalEscalation as Spoc, ApprovalReminder as Again, ApprovalWidening as Others};
    let tuesday = "2026-03-03T09:30:00";
    for (since, needed, reminders, kind, due) in [
        // Nothing is known, or it is far away: the organisation's own deadlines.
        (tuesday, None, 0, Again, "2026-03-03 13:30:00"),
        (tuesday, moment("2026-05-14T13:00:00"), 0, Again, "2026-03-03 13:30:00"),
        (tuesday, None, 1, Others, "2026-03-03 16:00:00"),
        (tuesday, None, 3, Spoc, "2026-03-04 09:30:00"),
        // Eight hours are left.
        (tuesday, day("2026-03-04", WhenRole::On), 0, Again, "2026-03-03 11:30:00"),
        (tuesday, day("2026-03-03", WhenRole::By), 1, Others, "2026-03-03 13:30:00"),
        (tuesday, moment("2026-03-03T17:30:00"), 3, Spoc, "2026-03-03 15:30:00"),
        // Hardly any time is left, or none in which anybody is there: after a quarter of an hour, as soon as they are.
        (tuesday, moment("2026-03-03T09:40:00"), 0, Again, "2026-03-03 09:45:00"),
        ("2026-03-03T20:00:00", moment("2026-03-04T07:00:00"), 0, Again, "2026-03-04 08:45:00"),
        ("2026-03-06T16:50:00", moment("2026-03-09T09:00:00"), 0, Again, "2026-03-09 08:35:00"),
        // A wish of last week says nothing.
        (tuesday, moment("2026-02-24T13:00:00"), 0, Again, "2026-03-03 13:30:00"),
    ] {
        assert_eq!(first(since, needed, reminders), (kind, due.to_owned()), "{since} {needed:?} {reminders}");
    }
}
