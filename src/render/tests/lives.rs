//! The leaking tap and the twelve chairs from the first word to the end, as people read them, in both languages.

mod questions;
mod setbacks;
mod untold;

use crate::domain::approval::Exclusion;
use crate::domain::effect::Notice;
use crate::domain::request::command::{Report, Via};
use crate::domain::request::{Command, Event, Progress, Slot};
use crate::domain::{Instant, Lang, LocalMoment, MessageRef, Private, Trouble};
use crate::render::samples::{Story, on_paper, register, tap};
use crate::render::{answer, notice};

/// What people read of a life, one message below the other.
struct Life {
    lang: Lang,
    formal: bool,
    paper: Vec<String>,
}

impl Life {
    fn new(lang: Lang) -> Self {
        Self { lang, formal: false, paper: vec![] }
    }

    fn read(&mut self, story: Story, says: Notice) -> Story {
        let mut story = story;
        story.lang = self.lang;
        if self.formal {
            story = story.formally();
        }
        let message = notice(&story.view(), &says, story.request(), story.events.last());
        for text in super::texts(&message) {
            assert!(!text.plain().contains("{$") && !text.plain().contains("{ "), "a value is missing: {text:?}");
        }
        self.paper.push(on_paper(&message));
        story
    }

    fn status(&mut self, story: Story) -> Story {
        self.read(story, Notice::Status { seq: 0 })
    }

    fn done(self) -> String {
        self.paper.join("\n\n")
    }
}

fn planned() -> Command {
    let moment = LocalMoment::At("2026-05-15T09:00:00".parse().unwrap());
    let note = Some(Private::new("monteur belt eerst"));
    Command::Report { report: Report::Progress(Progress::Planned(moment)), number: None, note }
}

fn done() -> Command {
    Command::Report { report: Report::Done, number: None, note: None }
}

/// A fault that nobody needs to approve and that costs nothing.
fn tap_life(lang: Lang) -> String {
    let mut life = Life::new(lang);
    let story = life.read(Story::tap(), Notice::Card);
    let story = life.status(story.sent());
    let story = life.read(story, Notice::Card);
    let story = life.status(story.wait(60).does("provider", planned()));
    let story = life.status(story.wait(1440).does("provider", done()));
    let story = life.status(story.wait(5).does("alice", Command::NotSolved { note: None }));
    let story = life.status(story.wait(60).does("provider", done()).does("alice", Command::Solved));
    life.read(story, Notice::Card);
    life.done()
}

/// An order that Bob or Carla must approve, up to a ceiling.
fn chairs_life(lang: Lang) -> String {
    let mut life = Life::new(lang);
    let story = life.read(Story::chairs(), Notice::Card);
    let story = story.wait(1).does("alice", Command::Confirm);
    let story = life.read(story, Notice::ApprovalCard { revision: 1 });
    let at = MessageRef { channel: "local:goedkeuringen".into(), message: "local:9".into() };
    let story = story.does("loket", Command::RecordPost { slot: Slot::Approval(1), at });
    let story = life.read(story.wait(300), Notice::ApprovalReminder);
    let story = life.read(story, Notice::Rebuff { account: "local:alice".into(), why: Some(Exclusion::Party) });
    let story = life.read(story.wait(1440), Notice::ApprovalEscalation);
    let story = story.does("bob", Command::Agree { revision: 1, via: Via::Button });
    let story = life.status(story);
    let story = life.read(story, Notice::ApprovalCard { revision: 1 });
    life.status(story.wait(1).does("bob", Command::TakeBack { revision: 1 }));
    life.done()
}

#[test]
fn the_leaking_tap_in_dutch() {
    insta::assert_snapshot!(tap_life(Lang::Nl), @r"
    == Melding: Sanitair en lekkage ==
    Gaat *om 14:31* vanzelf door naar Brink Facilitair, tenzij je op Geen verzoek drukt.
    Tip: draai de stopkraan onder de gootsteen dicht
    Kan het niet wachten? Bel 088 000 02 24.
    Wat: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Waar: Pantry eerste verdieping
    Kosten: in het pakket (DVO 3.2)
    [Klopt] [Aanpassen] [Geen verzoek]

    *2026-0041* · Doorgestuurd naar Brink Facilitair.
    Hun nummer: BF-7781.

    == 2026-0041 · Melding: Sanitair en lekkage ==
    Doorgestuurd naar Brink Facilitair, om 14:32.
    Wat: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Waar: Pantry eerste verdieping
    Kosten: in het pakket (DVO 3.2)
    Hun nummer: BF-7781

    *2026-0041* · Brink Facilitair heeft het gepland: *vrijdag 15 mei om 09:00*.
    “monteur belt eerst”

    *2026-0041* · @alice Volgens Brink Facilitair is het klaar.
    Is het opgelost? Hoor ik niets, dan sluit ik het op maandag 18 mei om 15:32 af.
    [Opgelost] [Nog niet]
    notifies local:alice

    *2026-0041* · Ik geef aan Brink Facilitair door dat het nog niet is opgelost.

    *2026-0041* · Afgerond om 16:37.
    Hoe is het gegaan? Eén tik is genoeg.
    [🙂 Tevreden] [😐 Gaat wel] [🙁 Niet tevreden]

    == 2026-0041 · Melding: Sanitair en lekkage ==
    Afgerond om 16:37.
    Wat: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Waar: Pantry eerste verdieping
    Kosten: in het pakket (DVO 3.2)
    Hun nummer: BF-7781
    ");
}

#[test]
fn the_leaking_tap_in_english() {
    insta::assert_snapshot!(tap_life(Lang::En), @r"
    == Fault: Plumbing and leaks ==
    Goes to Brink Facilitair by itself *at 14:31*, unless you press Not a request.
    Tip: close the tap under the sink
    Can't it wait? Call 088 000 02 24.
    What: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Where: Pantry eerste verdieping
    Cost: in the package (DVO 3.2)
    [That's right] [Change] [Not a request]

    *2026-0041* · Sent to Brink Facilitair.
    Their number: BF-7781.

    == 2026-0041 · Fault: Plumbing and leaks ==
    Sent to Brink Facilitair at 14:32.
    What: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Where: Pantry eerste verdieping
    Cost: in the package (DVO 3.2)
    Their number: BF-7781

    *2026-0041* · Brink Facilitair has planned it: *Friday 15 May at 09:00*.
    “monteur belt eerst”

    *2026-0041* · @alice Brink Facilitair says that it is done.
    Is it solved? If I hear nothing, I will close it on Monday 18 May at 15:32.
    [Solved] [Not yet]
    notifies local:alice

    *2026-0041* · I am telling Brink Facilitair that it is not solved yet.

    *2026-0041* · Finished at 16:37.
    How did it go? One tap will do.
    [🙂 Content] [😐 So so] [🙁 Not content]

    == 2026-0041 · Fault: Plumbing and leaks ==
    Finished at 16:37.
    What: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Where: Pantry eerste verdieping
    Cost: in the package (DVO 3.2)
    Their number: BF-7781
    ");
}

#[test]
fn twelve_chairs_in_dutch() {
    insta::assert_snapshot!(chairs_life(Lang::Nl), @r"
    == Aanvraag: Meubilair ==
    Gaat *om 14:31* vanzelf door naar Bob of Carla voor akkoord, tenzij je op Geen verzoek drukt.
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Kosten: extra, ca. € 480,00 excl. btw (12 × € 40,00)
    -- Wat bij […] stond, geef ik niet door.
    [Klopt] [Aanpassen] [Geen verzoek]

    @bob of @carla, graag een beslissing.
    == 2026-0041 · Aanvraag: Meubilair ==
    Met ✅ geef je akkoord tot *€ 480,00 excl. btw*.
    Kosten: extra, ca. € 480,00 excl. btw (12 × € 40,00)
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Voor: Alice
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Gaat naar: Brink Facilitair
    Akkoord geldt: tot *€ 480,00 excl. btw*
    Waarom: regel “bestellingen”
    Goedkeurder: Bob of Carla
    -- ✅ akkoord, ❌ niet akkoord. Verandert het verzoek, dan komt er een nieuwe kaart.
    [Akkoord] [Tot …] [Niet akkoord, want …] [Wat gaat eruit?]
    notifies local:bob, local:carla

    @bob of @carla, dit wacht sinds 14:31 op een beslissing: 2026-0041 · Aanvraag: Meubilair.
    De kaart: local:9
    notifies local:bob, local:carla

    *2026-0041* · @alice Bedankt, maar dit telt hier niet mee: je vraagt dit zelf aan. Er is niets veranderd.

    @sanne *2026-0041* · Wacht sinds donderdag 14 mei om 14:31 op akkoord van Bob of Carla; er is nog niet beslist. Kun je dat navragen?
    Meubilair, van Alice: “Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].”
    De kaart: local:9
    notifies local:sanne

    *2026-0041* · Akkoord van Bob, tot *€ 480,00 excl. btw*. Het gaat om 19:32 naar Brink Facilitair.

    == 2026-0041 · Aanvraag: Meubilair ==
    Akkoord van Bob om 19:31, tot *€ 480,00 excl. btw*.
    Gaat om 19:32 weg; wie ✅ weghaalt, neemt het akkoord terug.
    Kosten: extra, ca. € 480,00 excl. btw (12 × € 40,00)
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Voor: Alice
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Gaat naar: Brink Facilitair

    *2026-0041* · Bob heeft het akkoord teruggenomen. Het wacht nu weer.
    ");
}

#[test]
fn twelve_chairs_in_english() {
    insta::assert_snapshot!(chairs_life(Lang::En), @r"
    == Order: Furniture ==
    Goes to Bob or Carla for approval by itself *at 14:31*, unless you press Not a request.
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 12
    Cost: extra, about €480.00 excl. VAT (12 × €40.00)
    -- I do not pass on what stood at […].
    [That's right] [Change] [Not a request]

    @bob or @carla, please decide.
    == 2026-0041 · Order: Furniture ==
    With ✅ you give approval up to *€480.00 excl. VAT*.
    Cost: extra, about €480.00 excl. VAT (12 × €40.00)
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    For: Alice
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 12
    Goes to: Brink Facilitair
    Approval covers: up to *€480.00 excl. VAT*
    Why: rule “bestellingen”
    Approver: Bob or Carla
    -- ✅ approve, ❌ decline. If the request changes, there will be a new card.
    [Approve] [Up to …] [Not approved, because …] [What goes out?]
    notifies local:bob, local:carla

    @bob or @carla, this has been waiting for a decision since 14:31: 2026-0041 · Order: Furniture.
    The card: local:9
    notifies local:bob, local:carla

    *2026-0041* · @alice Thanks, but this does not count here: you asked for it yourself. Nothing has changed.

    @sanne *2026-0041* · Waiting since Thursday 14 May at 14:31 for approval by Bob or Carla; nobody has decided yet. Could you follow this up?
    Furniture, from Alice: “Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].”
    The card: local:9
    notifies local:sanne

    *2026-0041* · Approved by Bob, up to *€480.00 excl. VAT*. It goes to Brink Facilitair at 19:32.

    == 2026-0041 · Order: Furniture ==
    Approved by Bob at 19:31, up to *€480.00 excl. VAT*.
    Leaves at 19:32; removing your ✅ takes the approval back.
    Cost: extra, about €480.00 excl. VAT (12 × €40.00)
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    For: Alice
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 12
    Goes to: Brink Facilitair

    *2026-0041* · Bob took the approval back. It is waiting again.
    ");
}

#[test]
fn the_whole_story_of_the_chairs() {
    let story = Story::chairs().sent().wait(60).does("provider", planned());
    insta::assert_snapshot!(on_paper(&answer::show(&story.view(), story.request(), &story.events, &[])), @r"
    donderdag 14 mei om 14:30: bericht van Alice
    donderdag 14 mei om 14:31: vastgelegd als versie 1, door Alice
    donderdag 14 mei om 14:51: akkoord van Bob
    donderdag 14 mei om 14:52: doorgestuurd naar Brink Facilitair
    donderdag 14 mei om 15:52: Brink Facilitair heeft het gepland: *vrijdag 15 mei om 09:00*.
    “monteur belt eerst”
    == 2026-0041 · Aanvraag: Meubilair ==
    Brink Facilitair heeft het gepland: *vrijdag 15 mei om 09:00*.
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Kosten: extra, ca. € 480,00 excl. btw (12 × € 40,00)
    Akkoord: Bob om 14:51, tot *€ 480,00 excl. btw*
    Hun nummer: BF-7781
    Gevraagd door: Alice
    Kenmerk: LINDE-2026-0041-7KQ2M9XR4TB6WD1C
    Waarom: regel “bestellingen”
    ");
}

#[test]
fn who_has_no_chat_is_called_and_the_spoc_ticks_it_off() {
    let story = Story::with(register(), crate::render::samples::TAP, tap(), true, "joop").wait(1);
    let story = story.does("sanne", Command::Confirm).does("loket", Command::BeginSending { attempt: 1 });
    let story = story.does("loket", Command::Delivered { attempt: 1, dry_run: false, number: None });
    let message = notice(&story.view(), &Notice::Status { seq: 0 }, story.request(), story.events.last());
    insta::assert_snapshot!(on_paper(&message), @r"
    *2026-0041* · Doorgestuurd naar Brink Facilitair.
    [Gebeld]
    ");
}

#[test]
fn the_offer_before_and_after() {
    let offered = || Story::with(register(), crate::render::samples::TAP, tap(), false, "alice");
    let shown = |story: Story| on_paper(&crate::render::slot(&story.view(), Slot::Offer, story.request()));
    assert_eq!(shown(offered()), "Zal ik dit doorgeven aan Brink Facilitair?\n[Ja] [Nee]");
    assert_eq!(shown(offered().does("alice", Command::Accept)), "Staat in het gesprek hieronder.");
    assert_eq!(shown(offered().does("alice", Command::Discard)), "Goed, geen verzoek.");
}

#[test]
fn silence_is_told_with_the_way_back() {
    let story = Story::tap().sent().does("provider", done());
    let closes = story.now + story.organisation().deadlines.auto_close;
    let mut story = story;
    story.now = closes;
    let story = story.happens(Event::Closed {
        outcome: crate::domain::request::Ending::Fulfilled,
        by: None,
        why: None,
        number: None,
    });
    let message = notice(&story.view(), &Notice::Status { seq: 0 }, story.request(), story.events.last());
    insta::assert_snapshot!(on_paper(&message), @r"
    *2026-0041* · Afgesloten om 14:32: er is niets meer over gezegd.
    Speelt het nog? Zeg het dan gewoon opnieuw.
    Hoe is het gegaan? Eén tik is genoeg.
    [🙂 Tevreden] [😐 Gaat wel] [🙁 Niet tevreden]
    ");
}

#[test]
fn a_year_stands_there_only_when_it_is_another() {
    let story = Story::tap();
    let at: Instant = "2027-01-04T08:00:00Z".parse().unwrap();
    assert_eq!(story.view().stamp(at), "maandag 4 januari 2027 om 09:00");
    assert_eq!(story.in_english().view().stamp(at), "Monday 4 January 2027 at 09:00");
}

#[test]
fn a_long_story_shows_its_newest_lines() {
    let mut story = Story::tap().sent();
    for _ in 0..60 {
        story = story.wait(60).does("provider", planned());
    }
    let story = story.does("provider", done());
    let text = answer::show(&story.view(), story.request(), &story.events, &[]).text.plain();
    assert!(text.chars().count() <= 2000 && text.ends_with("Volgens Brink Facilitair is het klaar."), "{text}");
}

#[test]
fn whatever_happens_has_its_words_in_both_languages() {
    use crate::domain::request::{Progress, Stage};
    let report = |progress| Command::Report { report: Report::Progress(progress), number: None, note: None };
    for lang in [Lang::Nl, Lang::En] {
        let mut life = Life::new(lang);
        for progress in [Progress::Received, Progress::Working, Progress::WaitsForUs, Progress::WaitsForOthers] {
            life.status(Story::tap().sent().does("provider", report(progress)));
        }
        let retry_at = Some("2026-05-14T13:00:00Z".parse().unwrap());
        let failed = Command::NotDelivered { attempt: 1, why: Trouble::Told { said: "vol".into() }, retry_at };
        let sending = Story::tap().approved().does("loket", Command::BeginSending { attempt: 1 });
        let story = life.read(sending.does("loket", failed), Notice::Card);
        life.status(story);
        let declined = Story::chairs()
            .wait(1)
            .does("alice", Command::Confirm)
            .does("carla", Command::Decline { revision: 1, via: Via::Reaction, why: None });
        let reasoned = Event::Reasoned { person: "carla".into(), why: Private::new("te duur") };
        let story = life.status(declined.happens(reasoned));
        assert!(matches!(story.request().stage, Stage::Closed(_)));
        let shown = on_paper(&answer::show(&story.view(), story.request(), &story.events, &[]));
        assert!(shown.contains("te duur") && !shown.contains("{$"), "{shown}");
        life.read(Story::chairs().wait(1).does("alice", Command::Discard), Notice::Card);
        let called = Event::CalledBack { by: "local:sanne".into() };
        let story = Story::with(register(), crate::render::samples::TAP, tap(), true, "joop").happens(called);
        let shown = on_paper(&answer::show(&story.view(), story.request(), &story.events, &[]));
        assert!(shown.contains("Joop") && !shown.contains("{$"), "{shown}");
    }
}

#[test]
fn a_question_that_was_answered_meanwhile_calls_nobody() {
    let story = Story::tap();
    let message = notice(&story.view(), &Notice::Question { again: false }, story.request(), None);
    assert!(message.notify.is_empty() && !on_paper(&message).contains('@'), "{}", on_paper(&message));
}

#[test]
fn an_old_card_is_void_and_never_borrows_a_later_decision() {
    let said = crate::domain::request::Said {
        message: None,
        by: "local:alice".into(),
        at: crate::render::samples::noon(),
        text: Private::new("doe er maar tien"),
        files: vec![],
    };
    let fewer =
        crate::domain::request::Reading { quantity: Some(crate::domain::Found::chosen(10)), ..Default::default() };
    let story = Story::chairs()
        .wait(1)
        .does("alice", Command::Confirm)
        .does("alice", Command::Tell { said, reading: Box::new(fewer) })
        .does("alice", Command::Confirm)
        .does("bob", Command::Agree { revision: 2, via: Via::Button });
    let old = |story: &Story| on_paper(&crate::render::slot(&story.view(), Slot::Approval(1), story.request()));
    for paper in [old(&story), old(&story.does("alice", Command::Cancel { why: None }))] {
        assert!(paper.contains("Vervallen: het verzoek is aangepast. Er is een nieuwe kaart."), "{paper}");
        assert!(paper.contains("Hoeveel: 12") && !paper.contains("tien") && !paper.contains("Akkoord van"), "{paper}");
    }
}
