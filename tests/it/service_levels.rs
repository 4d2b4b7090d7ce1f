//! Agreed times, whose time passes, and what happens outside the provider's hours.

use crate::world::{LINDE, World, account};
use chrono::{Duration, NaiveDate, NaiveTime};
use loket::domain::calendar::instant_of;
use loket::domain::register::{Register, Role};
use loket::domain::report::story;
use loket::domain::request::{Request, Stage, Submission};
use loket::domain::service::{Goal, OffHours, Standing, Trial};
use loket::domain::{Instant, Urgency};
use loket::ports::{Heard, Mark};
use loket::render::message::Action;

/// A fault with no haste in it: at Brink it is to have a reaction in 4 hours and to be solved in 3 days (DVO 9.2).
const TAP: &str = "de kraan in de pantry boven lekt een beetje";
const FLOOD: &str = "SPOED: de kraan in de pantry boven is afgebroken en het water blijft stromen";
const CHAIRS: &str = "graag 12 extra stoelen in zaal Eik vrijdag om 13 uur";

/// An instant of 2026 by the clocks of the office.
fn at(text: &str) -> Instant {
    instant_of(chrono_tz::Europe::Amsterdam, format!("2026-{text}:00").parse().unwrap())
}

/// Time passes until then.
async fn until(world: &World, text: &str) {
    let now = loket::ports::Clock::now(&*world.clock);
    world.advance(at(text) - now).await;
}

/// The words of every post in a channel.
fn told(world: &World, channel: &str) -> Vec<String> {
    world.news(channel).into_iter().map(|posted| posted.text).collect()
}

/// The SPOC's lines about an agreed time.
fn warnings(world: &World) -> Vec<String> {
    told(world, "spoc").into_iter().filter(|text| text.contains("volgens afspraak")).collect()
}

async fn status(world: &World, state: &str) {
    let number = world.number().await.to_string();
    world.commands("sanne", "status", &[("id", &number), ("state", state)]).await;
}

/// The tap of Tuesday morning, handed over at 9:14 with the number that Brink gave it.
async fn handed_over(world: &World) -> Heard {
    let heard = world.says("alice", "facilitair", TAP).await;
    world.advance(Duration::minutes(2)).await;
    assert!(matches!(world.request().await.stage, Stage::HandedOver(_)), "{:?}", world.request().await.stage);
    heard
}

/// How it stands with an agreed time, by the journal.
async fn standing(world: &World, goal: Goal) -> (Standing, i64) {
    let request = world.request().await;
    let register = world.desk.house().register.clone();
    let organisation = &register.organisations[&LINDE.into()];
    let loaded = world.store.load(&LINDE.into(), request.id).await.unwrap().unwrap();
    let told = story(request.id, organisation, &loaded.events).unwrap().unwrap();
    let agreed = register.agreed_on(request.order().unwrap()).unwrap();
    let now = loket::ports::Clock::now(&*world.clock);
    let measured = Trial::of_story(&told, agreed, goal).unwrap().at(now);
    (measured.standing, measured.used.num_minutes())
}

#[tokio::test]
async fn the_spoc_is_told_once_before_the_time_to_react_is_used_up() {
    let world = World::open().await;
    handed_over(&world).await;
    until(&world, "03-03T12:10").await;
    assert_eq!(warnings(&world), Vec::<String>::new(), "three quarters of four hours are not used");
    until(&world, "03-03T12:15").await;
    let told = warnings(&world);
    assert_eq!(told.len(), 1, "{told:?}");
    let number = world.number().await.to_string();
    for part in [number.as_str(), "Brink Facilitair reageert", "om 13:14", "DVO 9.2", "59 minuten"] {
        assert!(told[0].contains(part), "{part}: {}", told[0]);
    }
    assert_eq!(told[0].lines().count(), 1, "one line: {}", told[0]);
    until(&world, "03-03T16:00").await;
    assert_eq!(warnings(&world).len(), 1, "told once");
    assert_eq!(standing(&world, Goal::Reaction).await, (Standing::Late, 6 * 60 + 46));
    status(&world, "working").await;
    assert_eq!(standing(&world, Goal::Reaction).await, (Standing::Missed, 6 * 60 + 46));
    world.ends().await;
}

#[tokio::test]
async fn who_answers_in_time_is_not_complained_of() {
    let world = World::open().await;
    handed_over(&world).await;
    until(&world, "03-03T10:14").await;
    status(&world, "working").await;
    until(&world, "03-03T17:00").await;
    assert_eq!(warnings(&world), Vec::<String>::new());
    assert_eq!(standing(&world, Goal::Reaction).await, (Standing::Met, 60));
    world.ends().await;
}

#[tokio::test]
async fn the_clock_stands_still_while_we_must_act_and_after_its_hours() {
    let world = World::open().await;
    handed_over(&world).await;
    until(&world, "03-03T10:14").await;
    status(&world, "waits-for-us").await;
    // They wait for us until Thursday noon; of three days, until Friday 18:00, one hour is used.
    until(&world, "03-05T12:00").await;
    assert_eq!(warnings(&world), Vec::<String>::new());
    assert_eq!(standing(&world, Goal::Solution).await, (Standing::Running, 60));
    status(&world, "working").await;
    // Tuesday 9:14 to Friday 18:00 are 41:46 hours of 7:00 to 18:00; three quarters are 31:19, of which one is used. From Thursday noon
    // they are used on Tuesday at 9:19, after six hours of Thursday and eleven of Friday and Monday each.
    until(&world, "03-06T18:00").await;
    assert_eq!(warnings(&world), Vec::<String>::new(), "our own delay is not theirs");
    until(&world, "03-10T09:18").await;
    assert_eq!(warnings(&world), Vec::<String>::new());
    until(&world, "03-10T09:20").await;
    let told = warnings(&world);
    assert!(told.len() == 1 && told[0].contains("klaar") && told[0].contains("DVO 9.2"), "{told:?}");
    let (standing, used) = standing(&world, Goal::Solution).await;
    assert_eq!((standing, used), (Standing::Running, 60 + (6 + 11 + 11) * 60 + 140));
    world.ends().await;
}

#[tokio::test]
async fn what_is_not_solved_after_all_runs_on_and_what_we_want_no_more_does_not() {
    let world = World::open().await;
    let heard = handed_over(&world).await;
    until(&world, "03-03T10:14").await;
    status(&world, "done").await;
    assert_eq!(standing(&world, Goal::Solution).await, (Standing::Met, 60));
    until(&world, "03-04T09:00").await;
    let post = world.thread(&heard).pop().unwrap();
    world.submits("alice", &post.at, Action::NotSolved(world.request().await.id), "hij lekt weer").await;
    until(&world, "03-04T10:00").await;
    assert_eq!(standing(&world, Goal::Solution).await, (Standing::Running, 120));
    let number = world.number().await.to_string();
    world.commands("alice", "cancel", &[("id", &number)]).await;
    until(&world, "03-20T10:00").await;
    assert_eq!(warnings(&world), Vec::<String>::new());
    assert_eq!(standing(&world, Goal::Solution).await, (Standing::Lapsed, 120));
    world.ends().await;
}

#[tokio::test]
async fn a_rehearsal_has_no_agreed_times() {
    let world = World::with(|register| {
        register.providers.values_mut().for_each(|one| one.mode = loket::domain::register::Mode::DryRun);
    })
    .await;
    world.says("alice", "facilitair", TAP).await;
    world.advance(Duration::minutes(2)).await;
    until(&world, "03-12T17:00").await;
    assert_eq!(warnings(&world), Vec::<String>::new());
    world.ends().await;
}

/// Brink keeps what comes in the evening until it opens.
fn holds(register: &mut Register) {
    register.providers.values_mut().for_each(|provider| provider.levels.off_hours = OffHours::Hold);
}

fn leaves(request: &Request) -> Option<Instant> {
    match &request.stage {
        Stage::Approved(approved) => match approved.submission {
            Submission::Waiting { until } => Some(until),
            _ => None,
        },
        _ => None,
    }
}

#[tokio::test]
async fn what_is_approved_in_the_evening_leaves_at_opening_and_the_requester_reads_when() {
    let world = World::with(holds).await;
    until(&world, "03-03T20:00").await;
    let heard = world.says("alice", "facilitair", CHAIRS).await;
    world.advance(Duration::minutes(2)).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    world.advance(Duration::hours(2)).await;
    assert!(world.provider.orders().is_empty(), "it waits for the morning");
    assert_eq!(leaves(&world.request().await), Some(at("03-04T07:00")));
    let thread = world.thread_text(&heard);
    let line = "Brink Facilitair is nu dicht. Het gaat op woensdag 4 maart om 07:00 door, als ze weer open zijn.";
    assert!(thread.contains("Akkoord van Bob") && thread.matches(line).count() >= 2, "{thread}");
    until(&world, "03-04T07:00").await;
    assert_eq!(world.provider.orders().len(), 1);
    assert!(world.thread_text(&heard).contains("Doorgestuurd naar Brink Facilitair"));
    world.ends().await;
}

#[tokio::test]
async fn a_yes_can_be_taken_back_until_what_is_held_leaves() {
    let world = World::with(holds).await;
    until(&world, "03-03T20:00").await;
    world.says("alice", "facilitair", CHAIRS).await;
    world.advance(Duration::minutes(2)).await;
    let card = world.approval_card();
    world.reacts("bob", &card.at, Mark::Yes).await;
    until(&world, "03-03T23:00").await;
    world.unreacts("bob", &card.at, Mark::Yes).await;
    until(&world, "03-04T12:00").await;
    assert!(world.provider.orders().is_empty());
    assert!(matches!(world.request().await.stage, Stage::AwaitingApproval(_)));
    world.ends().await;
}

#[tokio::test]
async fn what_needs_nobody_is_held_as_well_and_what_cannot_wait_is_not() {
    let world = World::with(holds).await;
    until(&world, "03-07T11:00").await;
    let heard = world.says("alice", "facilitair", TAP).await;
    world.advance(Duration::minutes(2)).await;
    assert!(world.provider.orders().is_empty(), "on Saturday nobody is there");
    assert!(
        world.thread_text(&heard).contains("Het gaat op maandag 9 maart om 07:00 door"),
        "{}",
        world.thread_text(&heard)
    );
    until(&world, "03-09T07:00").await;
    assert_eq!(world.provider.orders().len(), 1);
    world.ends().await;

    for text in [FLOOD, "ik ruik gas in de kelder"] {
        let world = World::with(holds).await;
        until(&world, "03-07T11:00").await;
        world.says("alice", "facilitair", text).await;
        world.advance(Duration::minutes(2)).await;
        let request = world.request().await;
        let content = request.content().unwrap();
        assert!(content.danger || content.urgency.value == Urgency::High, "{text}: {content:?}");
        if matches!(request.stage, Stage::Draft(_)) {
            world.ends_with_leftovers().await;
            continue;
        }
        assert_eq!(world.provider.orders().len(), 1, "{text}: {:?}", request.stage);
        world.ends().await;
    }
}

#[tokio::test]
async fn outside_its_hours_what_cannot_wait_shows_the_duty_number_and_that_somebody_called() {
    let world = World::open().await;
    until(&world, "03-03T21:00").await;
    let heard = world.says("alice", "facilitair", FLOOD).await;
    let card = world
        .thread(&heard)
        .into_iter()
        .find(|posted| posted.text.contains("088 000 02 24"))
        .expect("a number to call");
    assert!(
        card.text.contains("Brink Facilitair is nu dicht. Kan het niet wachten? Bel 088 000 02 24"),
        "{}",
        card.text
    );
    let id = world.request().await.id;
    let called = || world.presses("alice", &card.at, Action::DutyCalled(id));
    let refused = world.presses("dirk", &card.at, Action::DutyCalled(id)).await;
    assert!(!refused.is_empty() && world.request().await.course.called.is_none(), "a bystander says nothing for alice");
    world.advance(Duration::minutes(10)).await;
    called().await;
    world.advance(Duration::minutes(10)).await;
    called().await;
    let request = world.request().await;
    let noted = request.course.called.clone().expect("the call is on record");
    assert_eq!((noted.by, noted.at), (account("alice"), at("03-03T21:10")), "once, as it was first said");
    let spoc = told(&world, "spoc");
    let lines: Vec<_> =
        spoc.iter().filter(|text| text.contains("de storingsdienst van Brink Facilitair gebeld")).collect();
    assert!(lines.len() == 1 && lines[0].contains("om 21:10"), "{spoc:?}");
    let shown = world.thread(&heard)[0].text.clone();
    assert!(shown.contains("om 21:10 de storingsdienst") && !shown.contains("druk daarna"), "{shown}");
    assert_eq!(world.provider.orders().len(), 1, "it is registered all the same");
    world.ends().await;
}

#[tokio::test]
async fn the_order_says_that_somebody_called_and_when() {
    let world = World::with(holds).await;
    until(&world, "03-03T21:00").await;
    let heard = world.says("alice", "facilitair", &format!("heel dringend!! {CHAIRS}, dit kan niet wachten")).await;
    let id = world.request().await.id;
    assert_eq!(world.request().await.content().unwrap().urgency.value, Urgency::High);
    let card = world.thread(&heard)[0].at.clone();
    world.presses("alice", &card, Action::DutyCalled(id)).await;
    world.advance(Duration::minutes(2)).await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    until(&world, "03-04T06:59").await;
    assert!(world.provider.orders().is_empty(), "an order is no urgent fault: it waits for the morning");
    until(&world, "03-04T07:00").await;
    let body = world.provider.orders()[0].body.clone();
    assert!(
        body.contains("Al gebeld: Alice Vermeer heeft uw storingsdienst gebeld op dinsdag 3 maart om 21:00"),
        "{body}"
    );
    world.ends().await;
}

#[tokio::test]
async fn within_its_hours_nobody_is_sent_to_the_duty_number() {
    let world = World::open().await;
    let heard = world.says("alice", "facilitair", FLOOD).await;
    assert!(!world.thread_text(&heard).contains("is nu dicht"), "{}", world.thread_text(&heard));
    world.ends().await;
}

#[tokio::test]
async fn the_week_tells_everybody_what_is_late_and_the_spocs_who_decided_and_what_was_agreed() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    world.says("alice", "facilitair", CHAIRS).await;
    world.advance(Duration::minutes(2)).await;
    until(&world, "03-03T11:14").await;
    world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
    world.advance(Duration::minutes(2)).await;
    // Four hours for a reaction pass; the chairs were wished for on Friday.
    until(&world, "03-05T12:00").await;
    status(&world, "working").await;
    until(&world, "03-09T08:05").await;
    let (everybody, spocs) = (told(&world, "weekoverzicht"), told(&world, "spoc"));
    let number = world.number().await.to_string();
    let everybody = &everybody[0];
    assert!(everybody.contains("1 nieuw verzoek") && everybody.contains(&number), "{everybody}");
    for secret in ["Bob", "Alice", "€", "DVO", "reageer"] {
        assert!(!everybody.contains(secret), "{secret}: {everybody}");
    }
    let spocs = spocs.iter().find(|text| text.contains("1 nieuw verzoek")).expect("a digest for the SPOCs");
    for part in
        ["Bob de Wit: 1", "€ 150,00", "0 van 1 op tijd gereageerd", "DVO 9.3", "afgesproken 4 uur", "het langst 2 uur"]
    {
        assert!(spocs.contains(part), "{part}: {spocs}");
    }
    // From the yes at 11:16 on Tuesday to Thursday noon Brink had 6:44, 11 and 5 hours.
    assert!(spocs.contains("na 22 u 44 min"), "{spocs}");
    world.ends().await;
}

#[tokio::test]
async fn a_fault_that_keeps_coming_back_is_told_while_it_is_news() {
    let world = World::open().await;
    world.desk.settle_in().await.unwrap();
    for day in ["03-03T10:00", "03-05T10:00"] {
        until(&world, day).await;
        world.says("alice", "facilitair", TAP).await;
        world.advance(Duration::minutes(2)).await;
    }
    until(&world, "03-09T08:05").await;
    let week = told(&world, "weekoverzicht");
    assert!(week[0].contains("Pantry") && week[0].contains("2 keer in drie maanden"), "{}", week[0]);
    until(&world, "03-16T08:05").await;
    let week = told(&world, "weekoverzicht");
    assert!(!week[1].contains("keer in drie maanden"), "old news: {}", week[1]);
    world.ends().await;
}

#[tokio::test]
async fn without_a_channel_of_their_own_spocs_read_the_week_in_person() {
    let world = World::with(|register| {
        let linde = register.organisations.get_mut(&LINDE.into()).unwrap();
        linde.channels.retain(|channel| channel.role != loket::domain::register::ChannelRole::Spoc);
        assert_eq!(linde.with_role(Role::Spoc, NaiveDate::from_ymd_opt(2026, 3, 3).unwrap()).count(), 1);
        linde.digest.time = NaiveTime::from_hms_opt(8, 0, 0).unwrap();
    })
    .await;
    world.desk.settle_in().await.unwrap();
    until(&world, "03-09T08:05").await;
    assert_eq!(world.posts("dm-sanne").len(), 1);
    let told_in_person = told(&world, "dm-sanne").remove(0);
    assert!(told_in_person.contains("Week 10") && told_in_person.contains("Mandaten"), "{told_in_person}");
    assert_eq!(told(&world, "weekoverzicht")[0].lines().count(), 1, "an empty week is one line");
    world.ends().await;
}

#[tokio::test]
async fn who_smells_gas_hears_what_to_do_before_anything_is_asked() {
    let world = World::open().await;
    let heard = world.says("alice", "facilitair", "het ruikt hier naar gas").await;
    let offer = world.posts("facilitair").into_iter().find(|post| post.text.contains("Zal ik dit doorgeven")).unwrap();
    assert!(offer.text.starts_with("Gevaar? Bel eerst 112"), "{}", offer.text);
    assert!(
        !world.posts("spoc").iter().any(|post| post.text.contains("gevaar gemeld")),
        "nobody has said that it is so"
    );
    let request = world.request().await;
    world.presses("alice", &offer.at, Action::Accept(request.id)).await;
    assert!(world.posts("spoc").iter().any(|post| post.text.contains("gevaar gemeld")), "now the SPOC is told");
    assert!(world.thread_text(&heard).contains("112"));
    let offer = world.posts("facilitair").into_iter().find(|post| post.at == offer.at).unwrap();
    assert!(!offer.text.contains("112"), "it stands in the thread now: {}", offer.text);
    world.ends_with_leftovers().await;
}
