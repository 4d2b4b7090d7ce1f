//! What does not go as hoped: endings and troubles, as people read them, in both languages.

use super::Life;
use crate::domain::effect::Notice;
use crate::domain::request::command::{Report, Via};
use crate::domain::request::{Command, Event};
use crate::domain::{Lang, Private, Trouble};
use crate::render::message::Piece;
use crate::render::samples::{Story, chairs, tap};
use crate::render::{Voice, Words, trouble};

/// The ways in which the chairs do not come.
fn endings(lang: Lang) -> String {
    let mut life = Life::new(lang);
    let settled = || Story::chairs().wait(1).does("alice", Command::Confirm).wait(30);
    let why = Some(Private::new("er staan er nog twaalf in de kelder"));
    let story = life.status(settled().does("carla", Command::Decline { revision: 1, via: Via::Button, why }));
    life.read(story, Notice::ApprovalCard { revision: 1 });
    let story = life.status(settled().does("alice", Command::Cancel { why: None }));
    life.read(story, Notice::ApprovalCard { revision: 1 });
    let expired = Event::Closed { outcome: crate::domain::request::Ending::Expired, by: None, why: None, number: None };
    let story = life.status(settled().happens(expired));
    life.read(story, Notice::ApprovalCard { revision: 1 });
    let fewer =
        crate::domain::request::Reading { quantity: Some(crate::domain::Found::chosen(10)), ..Default::default() };
    let said = crate::domain::request::Said {
        message: None,
        by: "local:alice".into(),
        at: settled().now,
        text: Private::new("doe er maar tien"),
        files: vec![],
    };
    let story = settled().does("alice", Command::Tell { said, reading: Box::new(fewer) });
    let story = life.read(story, Notice::ApprovalCard { revision: 1 });
    let story = life.read(story, Notice::Card);
    life.read(story.does("alice", Command::Confirm), Notice::ApprovalCard { revision: 2 });
    let story = life.status(Story::chairs().sent().does("alice", Command::Cancel { why: None }));
    let ended = Report::Ended(crate::domain::request::Ending::Rejected);
    let note = Some(Private::new("niet meer leverbaar"));
    life.status(story.does("provider", Command::Report { report: ended, number: None, note }));
    life.done()
}

/// What goes wrong on the way, as the SPOC reads it.
fn troubles(lang: Lang) -> String {
    let mut life = Life::new(lang);
    let mut danger = tap();
    danger.danger = true;
    let story = life.read(Story::begin(crate::render::samples::TAP, danger), Notice::Danger);
    life.read(story, Notice::Card);
    let sending = || {
        let story = Story::tap().approved();
        story.does("loket", Command::BeginSending { attempt: 1 })
    };
    let story = life.read(sending().does("loket", Command::Uncertain { attempt: 1 }), Notice::Uncertain);
    let story = life.read(story, Notice::Card);
    life.read(story, Notice::UncertainDecide);
    let why = Trouble::Told { said: "postbus bestaat niet".into() };
    let failed = Command::NotDelivered { attempt: 1, why, retry_at: None };
    let story = life.read(sending().does("loket", failed), Notice::NotDelivered);
    life.read(story, Notice::Card);
    life.read(Story::tap().sent().wait(3000), Notice::Unacknowledged);
    let mut many = chairs();
    many.quantity = Some(crate::domain::Found::chosen(200));
    let story = Story::begin(crate::render::samples::CHAIRS, many);
    let story = life.read(story, Notice::Card);
    life.read(story.wait(1).does("alice", Command::Confirm), Notice::NobodyMay);
    life.done()
}

#[test]
fn chairs_that_do_not_come_in_dutch() {
    insta::assert_snapshot!(endings(Lang::Nl), @r"
    *2026-0041* · Niet akkoord, door Carla om 15:01.
    “er staan er nog twaalf in de kelder”

    == 2026-0041 · Aanvraag: Meubilair ==
    Niet akkoord, door Carla om 15:01.
    “er staan er nog twaalf in de kelder”
    Kosten: extra, ca. € 480,00 excl. btw (12 × € 40,00)
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Voor: Alice
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Gaat naar: Brink Facilitair

    *2026-0041* · Ingetrokken door Alice om 15:01. Er is niets verstuurd.

    == 2026-0041 · Aanvraag: Meubilair == (faded)
    Ingetrokken door Alice om 15:01. Er is niets verstuurd.
    Kosten: extra, ca. € 480,00 excl. btw (12 × € 40,00)
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Voor: Alice
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Gaat naar: Brink Facilitair

    *2026-0041* · Vervallen om 15:01: niemand heeft op tijd beslist.
    Is het nog nodig? Zeg het dan opnieuw, dan vraag ik het weer. Sanne kan zeggen wie er mag beslissen.

    == 2026-0041 · Aanvraag: Meubilair == (faded)
    Vervallen om 15:01: niemand heeft op tijd beslist.
    Kosten: extra, ca. € 480,00 excl. btw (12 × € 40,00)
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Voor: Alice
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Gaat naar: Brink Facilitair

    == 2026-0041 · Aanvraag: Meubilair == (faded)
    Vervallen: het verzoek wordt aangepast. Er komt een nieuwe kaart.
    Kosten: extra, ca. € 480,00 excl. btw (12 × € 40,00)
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Voor: Alice
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Gaat naar: Brink Facilitair

    == 2026-0041 · Aanvraag: Meubilair ==
    Gaat *om 15:02* vanzelf door naar Bob of Carla voor akkoord, tenzij je op Geen verzoek drukt.
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    doe er maar tien
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 10
    Kosten: extra, ca. € 400,00 excl. btw (10 × € 40,00)
    -- Wat bij […] stond, geef ik niet door.
    [Klopt] [Aanpassen] [Geen verzoek]

    @bob of @carla, graag een beslissing.
    == 2026-0041 (versie 2) · Aanvraag: Meubilair ==
    Met ✅ geef je akkoord tot *€ 400,00 excl. btw*.
    Kosten: extra, ca. € 400,00 excl. btw (10 × € 40,00)
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    doe er maar tien
    Voor: Alice
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 10
    Gaat naar: Brink Facilitair
    Akkoord geldt: tot *€ 400,00 excl. btw*
    Waarom: regel “bestellingen”
    Goedkeurder: Bob of Carla
    -- ✅ akkoord, ❌ niet akkoord. Verandert het verzoek, dan komt er een nieuwe kaart.
    [Akkoord] [Tot …] [Niet akkoord, want …] [Wat gaat eruit?]
    notifies local:bob, local:carla

    *2026-0041* · Ik vraag Brink Facilitair om het te annuleren en laat het weten zodra er antwoord is.

    *2026-0041* · Brink Facilitair voert dit niet uit (om 14:52).
    “niet meer leverbaar”
    ");
}

#[test]
fn chairs_that_do_not_come_in_english() {
    insta::assert_snapshot!(endings(Lang::En), @r"
    *2026-0041* · Not approved by Carla, at 15:01.
    “er staan er nog twaalf in de kelder”

    == 2026-0041 · Order: Furniture ==
    Not approved by Carla, at 15:01.
    “er staan er nog twaalf in de kelder”
    Cost: extra, about €480.00 excl. VAT (12 × €40.00)
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    For: Alice
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 12
    Goes to: Brink Facilitair

    *2026-0041* · Withdrawn by Alice at 15:01. Nothing was sent.

    == 2026-0041 · Order: Furniture == (faded)
    Withdrawn by Alice at 15:01. Nothing was sent.
    Cost: extra, about €480.00 excl. VAT (12 × €40.00)
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    For: Alice
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 12
    Goes to: Brink Facilitair

    *2026-0041* · Expired at 15:01: nobody decided in time.
    Is it still needed? Then say so again, and I will ask once more. Sanne can tell who may decide.

    == 2026-0041 · Order: Furniture == (faded)
    Expired at 15:01: nobody decided in time.
    Cost: extra, about €480.00 excl. VAT (12 × €40.00)
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    For: Alice
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 12
    Goes to: Brink Facilitair

    == 2026-0041 · Order: Furniture == (faded)
    Void: the request is being changed. There will be a new card.
    Cost: extra, about €480.00 excl. VAT (12 × €40.00)
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    For: Alice
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 12
    Goes to: Brink Facilitair

    == 2026-0041 · Order: Furniture ==
    Goes to Bob or Carla for approval by itself *at 15:02*, unless you press Not a request.
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    doe er maar tien
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 10
    Cost: extra, about €400.00 excl. VAT (10 × €40.00)
    -- I do not pass on what stood at […].
    [That's right] [Change] [Not a request]

    @bob or @carla, please decide.
    == 2026-0041 (version 2) · Order: Furniture ==
    With ✅ you give approval up to *€400.00 excl. VAT*.
    Cost: extra, about €400.00 excl. VAT (10 × €40.00)
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    doe er maar tien
    For: Alice
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 10
    Goes to: Brink Facilitair
    Approval covers: up to *€400.00 excl. VAT*
    Why: rule “bestellingen”
    Approver: Bob or Carla
    -- ✅ approve, ❌ decline. If the request changes, there will be a new card.
    [Approve] [Up to …] [Not approved, because …] [What goes out?]
    notifies local:bob, local:carla

    *2026-0041* · I am asking Brink Facilitair to cancel it and will tell you what they answer.

    *2026-0041* · Brink Facilitair will not do this (at 14:52).
    “niet meer leverbaar”
    ");
}

#[test]
fn troubles_in_dutch() {
    insta::assert_snapshot!(troubles(Lang::Nl), @r"
    @sanne *2026-0041* · Er is gevaar gemeld.
    Sanitair en lekkage, van Alice: “De kraan in de pantry eerste verdieping lekt, kan iemand kijken?”
    Gevaar? Bel eerst 112 en daarna 088 000 02 24. Wacht niet op een antwoord hier.
    notifies local:sanne

    == 2026-0041 · Melding: Sanitair en lekkage ==
    Gevaar? Bel eerst 112 en daarna 088 000 02 24. Wacht niet op een antwoord hier.
    Wordt nu doorgestuurd naar Brink Facilitair.
    Heb je 088 000 02 24 gebeld? Druk dan op Er is gebeld; dan staat dat erbij.
    Wat: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Waar: Pantry eerste verdieping
    Kosten: in het pakket (DVO 3.2)
    [Er is gebeld]

    *2026-0041* · Het is niet zeker of dit bij Brink Facilitair is aangekomen. Ik kijk het een paar keer na; er hoeft nu niets te gebeuren.

    == 2026-0041 · Melding: Sanitair en lekkage ==
    Het is niet zeker of het bij Brink Facilitair is aangekomen. Dat wordt nagekeken.
    Wat: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Waar: Pantry eerste verdieping
    Kosten: in het pakket (DVO 3.2)

    @sanne *2026-0041* · Ik kan niet vinden of dit bij Brink Facilitair is aangekomen. Kun je bij hen navragen? Het kenmerk is LINDE-2026-0041-7KQ2M9XR4TB6WD1C.
    [Is aangekomen] [Opnieuw sturen]
    notifies local:sanne

    @sanne *2026-0041* · Dit is niet aangekomen bij Brink Facilitair.
    “postbus bestaat niet”
    Los dit op en stuur het dan opnieuw.
    [Opnieuw sturen] [Is aangekomen]
    notifies local:sanne

    == 2026-0041 · Melding: Sanitair en lekkage ==
    Het is niet aangekomen bij Brink Facilitair. Sanne zoekt het uit.
    Wat: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Waar: Pantry eerste verdieping
    Kosten: in het pakket (DVO 3.2)

    @sanne *2026-0041* · Dit is op donderdag 14 mei om 14:32 doorgestuurd naar Brink Facilitair, maar er is nog geen woord terug. Kun je het navragen? Het kenmerk is LINDE-2026-0041-7KQ2M9XR4TB6WD1C.
    Sanitair en lekkage, van Alice: “De kraan in de pantry eerste verdieping lekt, kan iemand kijken?”
    notifies local:sanne

    == Aanvraag: Meubilair ==
    Druk op Klopt, dan zoekt Sanne uit wie hier akkoord op mag geven.
    Wat: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 200
    Kosten: extra, ca. € 8.000,00 excl. btw (200 × € 40,00)
    -- Wat bij […] stond, geef ik niet door.
    [Klopt] [Aanpassen] [Geen verzoek]

    @sanne *2026-0041* · Meubilair, van Alice: “Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].”
    Hier mag nu niemand akkoord op geven, volgens de regel “bestellingen”:
    • Alice: vraagt het zelf aan
    • Bob: bedrag is hoger dan het mandaat of nog niet bekend
    • Carla: bedrag is hoger dan het mandaat of nog niet bekend
    Pas de mandaten of de regels aan, of laat de aanvrager het verzoek veranderen.
    notifies local:sanne
    ");
}

#[test]
fn troubles_in_english() {
    insta::assert_snapshot!(troubles(Lang::En), @r"
    @sanne *2026-0041* · Danger was reported.
    Plumbing and leaks, from Alice: “De kraan in de pantry eerste verdieping lekt, kan iemand kijken?”
    Danger? Call 112 first, then 088 000 02 24. Do not wait for an answer here.
    notifies local:sanne

    == 2026-0041 · Fault: Plumbing and leaks ==
    Danger? Call 112 first, then 088 000 02 24. Do not wait for an answer here.
    Being sent to Brink Facilitair now.
    Did you call 088 000 02 24? Then press Somebody called, so that it is on record.
    What: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Where: Pantry eerste verdieping
    Cost: in the package (DVO 3.2)
    [Somebody called]

    *2026-0041* · It is not certain that this reached Brink Facilitair. I will look a few times; nothing need be done now.

    == 2026-0041 · Fault: Plumbing and leaks ==
    It is not certain that Brink Facilitair received it. This is being checked.
    What: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Where: Pantry eerste verdieping
    Cost: in the package (DVO 3.2)

    @sanne *2026-0041* · I cannot find out whether this reached Brink Facilitair. Could you ask them? The reference is LINDE-2026-0041-7KQ2M9XR4TB6WD1C.
    [It arrived] [Send again]
    notifies local:sanne

    @sanne *2026-0041* · This did not reach Brink Facilitair.
    “postbus bestaat niet”
    Solve this, then send it again.
    [Send again] [It arrived]
    notifies local:sanne

    == 2026-0041 · Fault: Plumbing and leaks ==
    It did not reach Brink Facilitair. Sanne is looking into it.
    What: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Where: Pantry eerste verdieping
    Cost: in the package (DVO 3.2)

    @sanne *2026-0041* · Sent to Brink Facilitair on Thursday 14 May at 14:32, but not a word yet. Could you ask them? The reference is LINDE-2026-0041-7KQ2M9XR4TB6WD1C.
    Plumbing and leaks, from Alice: “De kraan in de pantry eerste verdieping lekt, kan iemand kijken?”
    notifies local:sanne

    == Order: Furniture ==
    Press That's right and Sanne will find out who may approve this.
    What: Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].
    Where: Vergaderruimte Eik
    When: Thursday 21 May at the latest
    How many: 200
    Cost: extra, about €8,000.00 excl. VAT (200 × €40.00)
    -- I do not pass on what stood at […].
    [That's right] [Change] [Not a request]

    @sanne *2026-0041* · Furniture, from Alice: “Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].”
    Nobody may approve this now, by the rule “bestellingen”:
    • Alice: asked for it
    • Bob: amount above the mandate or not known yet
    • Carla: amount above the mandate or not known yet
    Change the mandates or the rules, or have the requester change the request.
    notifies local:sanne
    ");
}

#[test]
fn a_hand_over_that_failed_names_the_server_and_what_helps() {
    for (lang, helps) in [(Lang::Nl, "Controleer user en password."), (Lang::En, "Check user and password.")] {
        let mut life = Life::new(lang);
        let why = Trouble::MailLogIn { server: "mail.example:587".into(), user: "postbode".into() };
        let failed = Command::NotDelivered { attempt: 1, why, retry_at: None };
        let sending = Story::tap().approved().does("loket", Command::BeginSending { attempt: 1 });
        life.read(sending.does("loket", failed), Notice::NotDelivered);
        let paper = life.done();
        assert!(["mail.example:587", "postbode", helps].iter().all(|fact| paper.contains(fact)), "{paper}");
    }
}

#[test]
fn every_trouble_has_its_own_words_and_servers_keep_theirs() {
    let (said, server) = ("550 **oeps** <@1>".to_owned(), "mail.example:587".to_owned());
    let host = "rt.example".to_owned();
    let all = [
        Trouble::Folder { folder: "/srv/uit".into(), said: said.clone() },
        Trouble::BrokenOff { said: said.clone() },
        Trouble::MailServer { server: server.clone(), said: said.clone() },
        Trouble::MailSilence { server: server.clone() },
        Trouble::MailLater { server: server.clone(), said: said.clone() },
        Trouble::MailRefused { server: server.clone(), said: said.clone() },
        Trouble::MailUnanswered { server: server.clone(), said: said.clone() },
        Trouble::MailUnprotected { server: server.clone() },
        Trouble::MailLogIn { server: server.clone(), user: said.clone() },
        Trouble::MailboxServer { server: server.clone(), said: said.clone() },
        Trouble::MailboxUnprotected { server: server.clone() },
        Trouble::MailboxFolder { server, folder: said.clone() },
        Trouble::MailForm { said: said.clone() },
        Trouble::Address { key: "to".into(), value: said.clone() },
        Trouble::Authority { path: "/etc/ca.pem".into(), said: said.clone() },
        Trouble::WebUnreachable { server: host.clone(), said: said.clone() },
        Trouble::WebSilence { server: host.clone() },
        Trouble::WebBusy { server: host.clone(), said: said.clone() },
        Trouble::WebBroken { server: host.clone(), said: said.clone() },
        Trouble::WebRefused { server: host.clone(), said: said.clone() },
        Trouble::WebLogIn { server: host.clone() },
        Trouble::WebForbidden { server: host.clone(), said: said.clone() },
        Trouble::WebUnexpected { server: host.clone(), said: said.clone() },
        Trouble::WebAddress { url: "https://".into(), said: said.clone() },
        Trouble::WebInside { host: host.clone() },
        Trouble::WebUnprotected { host },
        Trouble::Queue { queue: "Facilitair".into(), said: said.clone() },
        Trouble::FieldMissing { field: "ExternalRef".into(), queue: "Facilitair".into() },
        Trouble::FieldLost { field: "ExternalRef".into(), number: "41".into() },
        Trouble::FieldClosed { field: "externalNumber".into(), said: said.clone() },
        Trouble::CallerUnknown { server: "desk.example".into(), caller: "spoc@linde.example".into() },
        Trouble::SigningKey { key: "signing".into() },
        Trouble::AccountSort { server: "desk.example".into(), account: "person".into() },
        Trouble::Unverified { number: "41".into(), said: said.clone() },
        Trouble::NumberNeeded { number: said.clone() },
        Trouble::Told { said },
    ];
    let words = Words::new();
    for lang in [Lang::Nl, Lang::En] {
        let mut told = std::collections::BTreeSet::new();
        for one in &all {
            let rich = trouble(Voice::new(&words, lang), one);
            assert!(told.insert(rich.plain()), "{one:?}");
            for piece in &rich.0 {
                assert!(matches!(piece, Piece::Said(_)) || !format!("{piece:?}").contains("oeps"), "{rich:?}");
            }
            let facts = [one.to_string().contains("oeps"), rich.plain().contains("oeps")];
            assert_eq!(facts[0], facts[1], "{rich:?}");
        }
    }
}
