//! Small parts, refusals, forms and lists.

use crate::domain::approval::Exclusion;
use crate::domain::request::{Command, Refusal, Summary};
use crate::domain::{Basis, Found, Kind, Lang, LocalMoment, Money, Number, When, WhenRole};
use crate::render::message::{Action, Rich};
use crate::render::samples::{Story, on_paper, tap, understood};
use crate::render::{answer, form, refusal, which};

#[test]
fn amounts_are_written_as_each_language_does() {
    let story = Story::tap();
    let written = |cents, basis| story.view().money(Money { cents, basis });
    assert_eq!(written(125_000, Basis::Excl), "€ 1.250,00 excl. btw");
    assert_eq!(written(123_456_789, Basis::Incl), "€ 1.234.567,89 incl. btw");
    assert_eq!(written(5, Basis::Unknown), "€ 0,05 (btw niet genoemd)");
    assert_eq!(written(-99_999, Basis::Excl), "€ -999,99 excl. btw");
    assert_eq!(written(i64::MIN, Basis::Excl), "€ -92.233.720.368.547.758,08 excl. btw");
    let story = story.in_english();
    assert_eq!(story.view().money(Money { cents: 125_000, basis: Basis::Excl }), "€1,250.00 excl. VAT");
}

#[test]
fn moments_and_periods_are_written_in_full() {
    let day = |text: &str| LocalMoment::Day(text.parse().unwrap());
    let at = |text: &str| LocalMoment::At(text.parse().unwrap());
    let when = |from, to, role| When { from, to, role };
    let story = Story::tap();
    let view = story.view();
    for (when, dutch) in [
        (when(day("2026-05-14"), None, WhenRole::On), "donderdag 14 mei"),
        (when(at("2026-05-14T14:30:00"), None, WhenRole::On), "donderdag 14 mei om 14:30"),
        (when(day("2026-05-14"), None, WhenRole::By), "uiterlijk donderdag 14 mei"),
        (when(day("2027-01-04"), None, WhenRole::From), "vanaf maandag 4 januari 2027"),
        (
            when(day("2026-05-14"), Some(day("2026-05-15")), WhenRole::On),
            "van donderdag 14 mei tot en met vrijdag 15 mei",
        ),
        (
            when(at("2026-05-14T14:00:00"), Some(at("2026-05-14T16:00:00")), WhenRole::On),
            "donderdag 14 mei van 14:00 tot 16:00",
        ),
    ] {
        assert_eq!(view.when(&when), dutch);
    }
}

#[test]
fn counts_and_lists_read_naturally() {
    let story = Story::tap();
    let view = story.view();
    let names = |names: &[&str]| names.iter().map(|name| Rich::said(*name)).collect::<Vec<_>>();
    assert_eq!(view.either(names(&["Bob"])).plain(), "Bob");
    assert_eq!(view.either(names(&["Bob", "Carla"])).plain(), "Bob of Carla");
    assert_eq!(view.both(names(&["Bob", "Carla", "Sanne"])).plain(), "Bob, Carla en Sanne");
    for (minutes, dutch) in [(0, "minder dan een minuut"), (1, "1 minuut"), (59, "59 minuten"), (95, "2 uur")] {
        assert_eq!(view.duration(minutes), dutch);
    }
    assert_eq!(view.duration(2880), "2 dagen");
    assert_eq!(Story::tap().in_english().view().duration(60), "1 hour");
}

#[test]
fn the_money_line_never_calls_an_unknown_price_free() {
    let text = "De muur mag wit";
    let unknown = understood(Kind::Request, Some("fac.painting"), text);
    let story = Story::begin(text, unknown.clone());
    assert_eq!(story.view().coverage(&unknown).unwrap().plain(), "op offerte");
    let mut named = unknown;
    named.amount = Some(Found::chosen(Money { cents: 25_000, basis: Basis::Excl }));
    let line = story.view().coverage(&named).unwrap().plain();
    assert_eq!(line, "op offerte; genoemd: hoogstens € 250,00 excl. btw");
    assert_eq!(story.view().coverage(&tap()).unwrap().plain(), "in het pakket (DVO 3.2)");
}

#[test]
fn every_refusal_is_a_kind_sentence() {
    let number = Some(Number { year: 2026, sequence: 41 });
    let all = [
        Refusal::NotYours,
        Refusal::SpocOnly,
        Refusal::GuestMayNotOrder,
        Refusal::NotForGuest,
        Refusal::NoMandate { why: Some(Exclusion::Party) },
        Refusal::NoMandate { why: Some(Exclusion::AboveMaximum) },
        Refusal::NoMandate { why: None },
        Refusal::Outdated { shown: 1, current: 2 },
        Refusal::AlreadyDecided { number },
        Refusal::AlreadySent { at: None },
        Refusal::AlreadySent { at: Some(crate::render::samples::noon()) },
        Refusal::Incomplete,
        Refusal::NotNow,
        Refusal::Closed,
    ];
    let said = |lang| {
        let mut story = Story::tap();
        story.lang = lang;
        let lines: Vec<String> = all.iter().map(|why| on_paper(&refusal(&story.view(), why))).collect();
        lines.join("\n")
    };
    insta::assert_snapshot!(said(Lang::Nl), @r"
    Dit kan alleen wie het verzoek deed, of Sanne.
    Dit kan alleen Sanne.
    Als gast kun je hier storingen melden, maar niets bestellen. Sanne kan helpen.
    Dit is een verzoek van een gast: een gast kan hier storingen melden, maar niets bestellen. Vraag het aan op eigen naam.
    Dit telt hier niet mee: je vraagt dit zelf aan. Er is niets veranderd.
    Dit telt hier niet mee: het bedrag is hoger dan je mandaat of nog niet bekend. Er is niets veranderd.
    Dit telt hier niet mee: je staat hier niet als goedkeurder. Er is niets veranderd.
    Deze kaart is vervallen: het verzoek is aangepast. Kijk op de nieuwste kaart.
    *2026-0041*: hier is al over beslist.
    Het is al onderweg. Is het niet meer nodig? Gebruik dan /annuleer.
    Het is om 14:30 al verstuurd. Is het niet meer nodig? Gebruik dan /annuleer.
    Er ontbreekt nog iets. Geef eerst antwoord op de open vraag, dan kan het door.
    Dat kan nu niet: het verzoek is al verder, of nog niet zover.
    Dit verzoek is afgesloten. Speelt het nog? Zeg het dan gewoon opnieuw.
    ");
    insta::assert_snapshot!(said(Lang::En), @r"
    Only the person who asked can do this, or Sanne.
    Only Sanne can do this.
    As a guest you can report faults here, but not order anything. Sanne can help.
    This is a request by a guest: guests report faults here, but do not order anything. Please ask for it in a name of the organisation.
    This does not count here: you asked for it yourself. Nothing has changed.
    This does not count here: the amount is above your mandate or not known yet. Nothing has changed.
    This does not count here: you are not an approver here. Nothing has changed.
    This card is void: the request was changed. Please look at the newest card.
    *2026-0041*: this was decided already.
    It is on its way already. Is it no longer needed? Then use /cancel.
    It was sent already, at 14:30. Is it no longer needed? Then use /cancel.
    Something is still missing. Please answer the open question first, then it can go on.
    That is not possible now: the request is further on, or not that far yet.
    This request is closed. Is it still going on? Then just say so again.
    ");
}

#[test]
fn forms_fit_the_platform() {
    let id = crate::domain::RequestId(uuid::Uuid::from_u128(1));
    for lang in [Lang::Nl, Lang::En] {
        let mut story = Story::tap();
        story.lang = lang;
        for action in [Action::Amend(id), Action::DeclineBecause(id, 1), Action::NotSolved(id)] {
            let form = form(&story.view(), &action).unwrap();
            assert!(form.title.chars().count() <= 45 && form.label.chars().count() <= 45);
            assert!(form.example.chars().count() <= 100 && !form.example.is_empty());
            assert_eq!(form.action, action);
        }
        assert_eq!(form(&story.view(), &Action::Confirm(id)), None);
    }
}

#[test]
fn the_open_list_shows_who_must_act_and_turns_pages() {
    let chairs = Story::chairs().wait(1).does("alice", crate::domain::request::Command::Confirm);
    let chairs = Summary::of(chairs.request(), chairs.organisation());
    let story = Story::tap().sent().wait(60 * 24 * 10);
    let tap = Summary::of(story.request(), story.organisation());
    let confidential = Summary { item: Some("fac.leaver".into()), ..tap.clone() };
    let page =
        answer::open(&story.view(), &[(chairs, true), (tap, false), (confidential, false)], None, Some("c2"), false);
    insta::assert_snapshot!(on_paper(&page), @r"
    == Open verzoeken ==
    *2026-0041* Meubilair · wacht op akkoord · sinds donderdag 14 mei · te laat · nog niet alles geplaatst
    *2026-0041* Sanitair en lekkage · ligt bij Brink Facilitair · sinds donderdag 14 mei
    *2026-0041* Uitdiensttreding
    [Volgende]
    ");
    assert_eq!(on_paper(&answer::open(&story.view(), &[], None, None, false)), "Er staat niets open.");
}

#[test]
fn whoami_gives_an_entry_that_can_be_pasted() {
    let story = Story::tap();
    let paper = on_paper(&answer::whoami(&story.view(), &"local:77".into(), "Dirk \"DJ\" de Boer"));
    insta::assert_snapshot!(paper, @r#"
    Zo ken ik je hier, bij De Linde Accountants:
    Je staat nog niet in het register; om iets te melden hoeft dat ook niet. Is het toch nodig, dan kan Sanne dit toevoegen:
    [[person]]
    id = "dirk"
    name = 'Dirk "DJ" de Boer'
    accounts = ["local:77"]
    "#);
    let block = paper.split_once("[[person]]").unwrap().1;
    let parsed: toml::Table = format!("[[person]]{block}").parse().unwrap();
    assert_eq!(parsed["person"][0]["name"].as_str(), Some("Dirk \"DJ\" de Boer"));
    let known = on_paper(&answer::whoami(&story.view(), &"local:bob".into(), "bobby"));
    assert!(known.contains("Bob (id: bob)") && !known.contains("[[person]]"), "{known}");
}

#[test]
fn which_request_is_meant_is_asked_with_a_button_for_each_and_noted_when_it_was_said() {
    let story = Story::tap().sent();
    let (id, said) = (story.request().id, story.request().said[0].clone());
    let story = story.does("alice", Command::Keep { said, among: vec![id] });
    let seq = story.request().kept[0].seq;
    let asked = which(&story.view(), story.request(), seq, std::slice::from_ref(story.request()));
    let asked = on_paper(&asked);
    assert!(asked.contains("Over welk verzoek gaat dit? Kies hieronder, of noem het nummer."), "{asked}");
    assert!(asked.contains("1. 2026-0041 · Melding: Sanitair en lekkage"), "{asked}");
    let story = story.does("alice", Command::Assign { to: id });
    let noted = on_paper(&which(&story.view(), story.request(), seq, std::slice::from_ref(story.request())));
    assert!(noted.starts_with("Genoteerd bij 2026-0041 · Melding: Sanitair en lekkage"), "{noted}");
}

#[test]
fn short_answers_are_one_sentence() {
    let story = Story::tap().formally();
    let view = story.view();
    let all = [
        answer::help(&view, true),
        answer::not_allowed(&view),
        answer::saved(&view),
        answer::late(&view),
        answer::unknown_number(&view, "2026-9999"),
        answer::not_understood(&view),
    ];
    insta::assert_snapshot!(all.iter().map(on_paper).collect::<Vec<_>>().join("\n"), @r"
    Zeg hier gewoon wat er is of wat u nodig hebt; ik vraag alleen wat nog ontbreekt.
    /verzoek: een verzoek doen · /status: hoe het ervoor staat · /toon: alles over één verzoek · /annuleer: intrekken · /wie-mag: wie akkoord mag geven · /afwezig: wanneer u er niet bent en wie dan beslist · /wie-ben-ik: hoe Loket u kent
    /open: alles wat openstaat · /vandaag: waarover te bellen · /agenda: het weekoverleg · /bord: alles als webpagina. De rest staat als knop bij /toon.
    Dit is niet voor iedereen. Vraag het aan Sanne.
    Genoteerd.
    Ik ben ermee bezig; het antwoord komt in het gesprek.
    Ik ken geen verzoek 2026-9999. Een nummer ziet er zo uit: 2026-0041.
    Hier haal ik niets nieuws uit. Kunt u het in andere woorden zeggen?
    ");
}

#[test]
fn a_time_on_a_day_on_which_the_clock_is_changed_is_said_to_be_odd() {
    let said = |story: &Story, at: &str| {
        let from = LocalMoment::At(at.parse().unwrap());
        story.view().when(&When { from, to: None, role: WhenRole::On })
    };
    let story = Story::tap();
    assert!(said(&story, "2027-03-28T02:30:00").ends_with("(let op: de klok gaat dan vooruit, die tijd bestaat niet)"));
    assert!(said(&story, "2026-10-25T02:30:00").contains("die tijd komt twee keer voor"));
    assert!(!said(&story, "2026-10-25T03:30:00").contains("let op"));
    assert!(said(&story.in_english(), "2026-10-25T02:30:00").contains("that time comes twice"));
}
