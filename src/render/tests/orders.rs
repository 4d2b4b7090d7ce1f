//! What the provider reads, what stays inside, and the rehearsal.

use crate::domain::effect::{Notice, Telling};
use crate::domain::register::{Mode, Template};
use crate::domain::request::{Command, Request, Slot, Stage};
use crate::domain::{Found, Kind, Private, Span};
use crate::render::samples::{CHAIRS, Story, TAP, chairs, on_paper, register, tap, understood};
use crate::render::{Rendered, notice, order, slot, telling};

fn letter(story: &Story) -> Rendered {
    order(&story.words, &story.register, story.organisation(), story.request()).unwrap()
}

fn on_letter(letter: &Rendered) -> String {
    format!("{}\n\n{}", letter.subject, letter.body)
}

#[test]
fn the_order_for_the_chairs() {
    insta::assert_snapshot!(on_letter(&letter(&Story::chairs().sent())), @r"
    [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C] Aanvraag 2026-0041: Meubilair

    Aanvraag 2026-0041 van De Linde Accountants.

    Wat: Meubilair (aanvraag)
    Waar: Vergaderruimte Eik
    Wanneer: uiterlijk donderdag 21 mei
    Hoeveel: 12
    Kosten: akkoord tot € 480,00 excl. btw, door Bob op donderdag 14 mei. Wordt het meer, neem dan eerst contact op.
    Gevraagd door: Alice

    In de woorden van de aanvrager:
    > Kunnen we twaalf stoelen krijgen voor zaal Eik, uiterlijk 21 mei? […].

    Laat dit kenmerk bij uw antwoord in het onderwerp staan:
    [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C]
    ");
}

#[test]
fn the_order_for_the_tap() {
    insta::assert_snapshot!(on_letter(&letter(&Story::tap().sent())), @r"
    [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C] Melding 2026-0041: Sanitair en lekkage

    Melding 2026-0041 van De Linde Accountants.

    Wat: Sanitair en lekkage (melding)
    Waar: Pantry eerste verdieping
    Kosten: in het pakket
    Volgens: DVO 3.2
    Gevraagd door: Alice

    In de woorden van de aanvrager:
    > De kraan in de pantry eerste verdieping lekt, kan iemand kijken?

    Laat dit kenmerk bij uw antwoord in het onderwerp staan:
    [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C]
    ");
}

#[test]
fn the_same_order_is_the_same_text_at_every_attempt() {
    let once = Story::chairs().sent();
    let first = letter(&once);
    assert_eq!(first, letter(&once.wait(600_000)));
}

#[test]
fn a_draft_has_no_order() {
    let story = Story::tap();
    assert_eq!(order(&story.words, &story.register, story.organisation(), story.request()), None);
}

#[test]
fn what_is_held_back_or_internal_never_leaves() {
    let text = "Twaalf stoelen graag, kostenplaats 4711, ik heb rugklachten";
    let mut content = chairs();
    content.about = Span::new(0, text.len());
    content.place = None;
    content.when = None;
    content.quantity = Some(Found::at(12, 0, 6));
    content.extra.insert("cost-centre".into(), Found::at(Private::new("4711"), 35, 39));
    content.held_back = vec![Span::new(41, text.len())];
    let story = Story::begin(text, content).sent();
    let letter = on_letter(&letter(&story));
    assert!(letter.contains("> Twaalf stoelen graag, kostenplaats […], […]"), "{letter}");
    for inside in ["4711", "rugklachten"] {
        assert!(!letter.contains(inside), "{letter}");
    }
    let card = on_paper(&slot(&story.view(), Slot::Approval(1), story.request()));
    assert!(!card.contains("4711") && !card.contains("rugklachten"), "{card}");
}

#[test]
fn a_span_that_splits_a_letter_cuts_more_rather_than_less() {
    let text = "één stoel voor Zoë graag";
    let mut content = understood(Kind::Request, Some("fac.furniture"), text);
    content.quantity = Some(Found::chosen(1));
    let end = text.find("graag").unwrap() - 2;
    content.held_back = vec![Span::new(text.find("Zoë").unwrap(), end)];
    let story = Story::begin(text, content).sent();
    let letter = letter(&story);
    assert!(letter.body.contains("> één stoel voor […] graag"), "{}", letter.body);
}

#[test]
fn only_the_part_that_it_is_about_goes_along() {
    let both = format!("{TAP} En nog iets: mag de muur wit?");
    let story = Story::begin(&both, tap()).sent();
    assert!(!letter(&story).body.contains("muur"));
}

#[test]
fn nobody_writes_a_line_of_the_order_for_us() {
    let text = "Stoel\nKosten: akkoord tot € 10.000,00, door Bob\n[#LINDE-2026-0001-ANDERE]";
    let mut content = understood(Kind::Request, Some("fac.furniture"), text);
    content.quantity = Some(Found::chosen(1));
    content.place = Some(Found::chosen(Private::new("hier\nGevraagd door: Directie")));
    let letter = letter(&Story::begin(text, content).sent());
    assert!(letter.body.lines().any(|line| line == "> Kosten: akkoord tot € 10.000,00, door Bob"));
    assert!(letter.body.lines().any(|line| line == "Waar: hier Gevraagd door: Directie"));
    assert_eq!(letter.body.lines().last(), Some("[#LINDE-2026-0041-7KQ2M9XR4TB6WD1C]"));
    assert_eq!(letter.body.lines().filter(|line| line.starts_with("[#")).count(), 1);
}

#[test]
fn a_provider_reads_orders_in_its_own_form() {
    let mut register = register();
    let own = "Aanvrager: {requester}\nMelding {number} ({kind}): {item}, {place}\nBudget: {agreement}\n\nOmschrijving:\n{words}";
    register.providers.values_mut().for_each(|provider| provider.layout = Some(Template(own.into())));
    let text = "Stoel voor {agreement}\nBudget: akkoord tot € 10.000,00, door Bob";
    let mut content = understood(Kind::Request, Some("fac.furniture"), text);
    content.quantity = Some(Found::chosen(1));
    content.place = Some(Found::chosen(Private::new("hier\nBudget: alles")));
    let story = Story::with(register, text, content, true, "alice").approved();
    insta::assert_snapshot!(on_letter(&letter(&story)), @r"
    [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C] Aanvraag 2026-0041: Meubilair

    Aanvrager: Alice
    Melding 2026-0041 (Aanvraag): Meubilair, hier Budget: alles
    Budget: akkoord tot € 40,00 excl. btw, door Bob op donderdag 14 mei. Wordt het meer, neem dan eerst contact op.

    Omschrijving:
    > Stoel voor {agreement}
    > Budget: akkoord tot € 10.000,00, door Bob

    Laat dit kenmerk bij uw antwoord in het onderwerp staan:
    [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C]
    ");
}

#[test]
fn cancelling_and_reopening_name_the_order() {
    let story = Story::chairs().sent().wait(60);
    let why = Some(Private::new("toch niet nodig"));
    let story = story.does("alice", Command::Cancel { why });
    let event = story.events.last().unwrap();
    let what = Telling::Cancel { seq: event.seq };
    let told = telling(&story.words, &story.register, story.organisation(), story.request(), what, event).unwrap();
    insta::assert_snapshot!(on_letter(&told), @r"
    [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C] Annuleren: Aanvraag 2026-0041: Meubilair [BF-7781]

    Wij willen 2026-0041 annuleren. Wilt u bevestigen dat dit niet meer wordt uitgevoerd?

    > toch niet nodig

    Uw nummer: BF-7781

    Laat dit kenmerk bij uw antwoord in het onderwerp staan:
    [#LINDE-2026-0041-7KQ2M9XR4TB6WD1C.cancel-7]
    ");
    let what = Telling::Reopen { seq: event.seq };
    let told = telling(&story.words, &story.register, story.organisation(), story.request(), what, event).unwrap();
    assert!(told.subject.contains("Nog niet opgelost: Aanvraag 2026-0041"), "{}", told.subject);
}

fn rehearsed(text: &str, content: crate::domain::request::Content) -> Story {
    let mut register = register();
    register.providers.values_mut().for_each(|provider| provider.mode = Mode::DryRun);
    Story::with(register, text, content, true, "alice")
}

#[test]
fn a_rehearsal_says_so_on_everything() {
    const PROEF: &str = "PROEF: er is niets naar Brink Facilitair gestuurd";
    let story = rehearsed(CHAIRS, chairs());
    assert!(on_paper(&notice(&story.view(), &Notice::Card, story.request(), None)).contains(PROEF));
    let story = story.approved();
    for says in [Notice::Card, Notice::Status { seq: 0 }, Notice::ApprovalCard { revision: 1 }] {
        let paper = on_paper(&notice(&story.view(), &says, story.request(), story.events.last()));
        assert!(paper.contains(PROEF), "{paper}");
    }
    let letter = letter(&story);
    assert!(letter.body.starts_with(PROEF) && letter.subject.starts_with("[PROEF] [#LINDE-2026-0041-"));
    let story = story.wait(1).happens(crate::domain::request::Event::Queued { attempt: 1, by: None });
    let story = story.does("loket", Command::BeginSending { attempt: 1 });
    let story = story.does("loket", Command::Delivered { attempt: 1, dry_run: true, number: None });
    for says in [Notice::Card, Notice::Status { seq: 0 }, Notice::ApprovalCard { revision: 1 }] {
        let paper = on_paper(&notice(&story.view(), &says, story.request(), story.events.last()));
        assert!(paper.contains(PROEF) && !paper.contains("Doorgestuurd"), "{paper}");
    }
}

fn leaver() -> Story {
    let text = "Jan de Vries gaat weg per 1 juni, laptop staat op zijn bureau in kamer 12";
    let mut content = understood(Kind::Request, Some("fac.leaver"), text);
    content.place = Some(Found::chosen(Private::new("kamer 12")));
    Story::begin(text, content)
}

#[test]
fn a_confidential_request_shows_approvers_no_free_text() {
    let story = leaver().wait(1).does("alice", Command::Confirm);
    assert!(matches!(story.request().stage, Stage::AwaitingApproval(_)));
    let card = on_paper(&slot(&story.view(), Slot::Approval(1), story.request()));
    assert!(card.contains("Uitdiensttreding") && card.contains("€ 90,00"), "{card}");
    let escalation = on_paper(&notice(&story.view(), &Notice::ApprovalEscalation, story.request(), None));
    for paper in [card, escalation] {
        for inside in ["Jan", "kamer", "juni", "Alice"] {
            assert!(!paper.contains(inside), "{inside} in {paper}");
        }
    }
}

#[test]
fn erased_words_leave_a_mark_and_no_hole() {
    let story = Story::chairs().sent();
    let mut request: Request = story.request().clone();
    request.said.iter_mut().for_each(|said| said.text = Private::erased());
    request.origin.requester.name = Private::erased();
    let card = on_paper(&slot(&story.view(), Slot::Approval(1), &request));
    assert!(card.contains("Wat: (gewist)") && card.contains("Voor: (gewist)"), "{card}");
}

#[test]
fn who_has_no_chat_reads_the_same_in_a_mail() {
    let story = Story::with(register(), TAP, tap(), true, "joop");
    let card = slot(&story.view(), Slot::Card, story.request());
    let mail = crate::render::mail(&story.view(), story.request(), &card);
    insta::assert_snapshot!(on_letter(&mail), @r"
    Melding: Sanitair en lekkage · De Linde Accountants

    Melding: Sanitair en lekkage

    Gaat om 14:31 vanzelf door naar Brink Facilitair, tenzij je op Geen verzoek drukt.
    Tip: draai de stopkraan onder de gootsteen dicht
    Kan het niet wachten? Bel 088 000 02 24.

    Wat: De kraan in de pantry eerste verdieping lekt, kan iemand kijken?
    Waar: Pantry eerste verdieping
    Kosten: in het pakket (DVO 3.2)
    ");
    let question = Story::begin("Kun je helpen?", understood(Kind::Incident, Some("fac.plumbing"), "Kun je helpen?"));
    let asked = notice(&question.view(), &Notice::Question { again: false }, question.request(), None);
    assert_eq!(crate::render::mail(&question.view(), question.request(), &asked).body, "Alice Waar is het precies?");
}
