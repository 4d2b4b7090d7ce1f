//! Words of people and of the configuration never become Loket's own.

use super::{own_words, texts};
use crate::domain::effect::Notice;
use crate::domain::request::command::{Report, Via};
use crate::domain::request::{Command, Progress, Slot};
use crate::domain::{Bilingual, Found, Private, Span};
use crate::render::message::{Message, Piece, Rich};
use crate::render::samples::{CHAIRS, Story, chairs, register};
use crate::render::words::{clean, clean_lines};
use crate::render::{answer, notice, order, slot};
use proptest::prelude::*;

/// A life in which every private field and the configuration's names hold these words; everything that is shown.
fn shown_with(words: &str) -> Vec<Message> {
    let mut register = register();
    register.providers.values_mut().for_each(|provider| provider.name = words.to_owned());
    let organisation = register.organisations.values_mut().next().unwrap();
    organisation.people.values_mut().for_each(|person| person.name = words.to_owned());
    organisation.name = words.to_owned();
    register.policy.iter_mut().for_each(|rule| rule.name = words.to_owned());
    let items = register.catalogue.items().cloned().map(|mut item| {
        let both = Bilingual { nl: words.to_owned(), en: words.to_owned() };
        item.name = both.clone();
        item.tip = Some(both);
        item.clause = Some(words.to_owned());
        item
    });
    register.catalogue = crate::domain::catalogue::Catalogue::new(items.collect::<Vec<_>>()).unwrap();
    let mut content = chairs();
    content.about = Span::new(0, words.len());
    content.held_back = vec![Span::new(1, 3), Span::new(0, 9_999)];
    content.place = Some(Found::chosen(Private::new(words)));
    content.extra.insert("colour".into(), Found::chosen(Private::new(words)));
    content.extra.insert("shelf".into(), Found::at(Private::new(words), 2, 5));
    let mut bare = content.clone();
    bare.held_back.clear();
    let mut messages = Vec::new();
    for content in [content, bare] {
        let draft = Story::with(register.clone(), words, content, true, "alice");
        messages.push(notice(&draft.view(), &Notice::Card, draft.request(), None));
        let settled = draft.wait(1).does("alice", Command::Confirm);
        for says in [
            Notice::ApprovalCard { revision: 1 },
            Notice::ApprovalReminder,
            Notice::ApprovalWidening,
            Notice::ApprovalEscalation,
            Notice::NobodyMay,
            Notice::Danger,
            Notice::Standing,
            Notice::NotDelivered,
            Notice::Unacknowledged,
            Notice::Question { again: true },
        ] {
            messages.push(notice(&settled.view(), &says, settled.request(), settled.events.last()));
        }
        let why = Some(Private::new(words));
        let declined = settled.does("bob", Command::Decline { revision: 1, via: Via::Button, why: why.clone() });
        messages.push(notice(&declined.view(), &Notice::Status { seq: 0 }, declined.request(), declined.events.last()));
        messages.push(slot(&declined.view(), Slot::Approval(1), declined.request()));
        messages.push(answer::show(&declined.view(), declined.request(), &declined.events, &[]));
        messages.push(answer::whoami(&declined.view(), &words.into(), words));
        messages.push(answer::unknown_number(&declined.view(), words));
        let progress =
            Command::Report { report: Report::Progress(Progress::Working), number: Some(words.into()), note: why };
        let sent = Story::with(register.clone(), words, chairs(), true, "alice").sent().does("provider", progress);
        messages.push(notice(&sent.view(), &Notice::Status { seq: 0 }, sent.request(), sent.events.last()));
        messages.push(notice(&sent.view(), &Notice::Card, sent.request(), None));
        assert!(order(&sent.words, &sent.register, sent.organisation(), sent.request()).is_some());
    }
    messages
}

#[test]
fn attacks_stay_in_the_pieces_of_people() {
    for attack in [
        "@everyone <@&99> <@1>",
        "**[klik](https://kwaad.example)** `x` ||y|| # kop",
        "{ $who } { you } { -term } \u{E000}\u{E001}",
        "[knop] *sterk* > citaat\n- lijst",
    ] {
        let mut seen = false;
        for message in shown_with(attack) {
            let own = own_words(&message);
            for part in ["@everyone", "kwaad", "{", "\u{E000}", "citaat", "klik"] {
                assert!(!own.contains(part), "{part} in {own}");
            }
            seen |= texts(&message)
                .iter()
                .flat_map(|text| &text.0)
                .any(|piece| matches!(piece, Piece::Said(said) if said.contains(&clean(attack))));
        }
        assert!(seen, "{attack} is shown nowhere");
    }
}

#[test]
fn direction_marks_and_control_characters_are_gone() {
    let nasty = "ab\u{202E}cd\u{2066}\u{200F}\u{0007}\u{9B}e\u{0}f\u{061C}";
    assert_eq!(clean(nasty), "abcdef");
    assert_eq!(clean(" een \t twee\n\ndrie\u{2028}vier "), "een twee drie vier");
    assert_eq!(clean_lines("een\r\n\r\n twee\u{202E}\n"), "een\ntwee");
    for message in shown_with(nasty) {
        for text in texts(&message) {
            assert!(!text.plain().contains(['\u{202E}', '\u{2066}', '\u{200F}', '\u{7}', '\u{9B}', '\0']), "{text:?}");
        }
    }
}

#[test]
fn long_words_stay_within_the_platforms_limits() {
    for message in shown_with(&"woord ".repeat(3000)) {
        assert!(message.text.plain().chars().count() <= 2000, "{}", message.text.plain().chars().count());
        let Some(card) = message.card else { continue };
        assert!(card.title.plain().chars().count() <= 256);
        assert!(card.facts.len() <= 25);
        assert!(card.facts.iter().all(|(label, value)| label.len() <= 256 && value.plain().chars().count() <= 1024));
        assert!(card.body.plain().chars().count() <= 2000);
        let all: usize = card.facts.iter().map(|(_, value)| value.plain().chars().count()).sum();
        assert!(all + card.body.plain().chars().count() <= 5500, "{all}");
    }
}

/// Words that no locale file holds, so that finding them among Loket's own words shows a leak.
const CANARY: &str = "zqxcanary";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn any_text_ends_among_the_words_of_people(text in "\\PC{0,40}", raw in proptest::collection::vec(any::<char>(), 0..20)) {
        let raw: String = raw.into_iter().collect();
        for message in shown_with(&format!("{CANARY}{text}{raw}{CANARY}")) {
            let own = own_words(&message);
            prop_assert!(!own.contains(CANARY), "{}", own);
            prop_assert!(!own.contains("{$"), "{}", own);
        }
    }

    #[test]
    fn any_span_on_any_text_holds_back_without_panic(text in any::<String>(), start in 0_u32..200, length in 0_u32..200) {
        let mut content = chairs();
        content.about = Span::new(0, text.len());
        let span = Span { message: 0, start, end: start.saturating_add(length) };
        content.held_back = vec![span];
        let story = Story::with(register(), &text, content, true, "alice");
        let said = slot(&story.view(), Slot::Card, story.request());
        prop_assert!(said.card.is_some());
    }
}

#[test]
fn a_sentence_keeps_values_apart_however_they_look() {
    let story = Story::begin(CHAIRS, chairs());
    let rich =
        story.view().say("about").said("number", "\u{E001}{ $text }").rich("text", Rich::said("\u{E000}")).done();
    assert_eq!(
        rich.0,
        vec![Piece::Said("\u{E001}{ $text }".into()), Piece::Own(" · ".into()), Piece::Said("\u{E000}".into())]
    );
}
