//! Any text whatever gives a body that a strict reader accepts.

use super::*;
use crate::domain::RequestId;
use crate::render::File;
use crate::render::message::Action;
use proptest::prelude::*;

const NOWHERE: ServerOf<'static> = &|_| None;

fn units(value: &Value) -> usize {
    let text = value.as_str().unwrap();
    text.encode_utf16().count().max(text.chars().count())
}

/// Discord's published limits, read as narrowly as they can be.
fn strict(body: &Map<String, Value>, create: bool) {
    let empty = Vec::new();
    let content = body.get("content").map(|value| value.as_str().unwrap()).unwrap_or_default();
    assert_eq!(content, content.trim());
    assert!(units(&content.into()) <= 2_000);
    let embeds = body.get("embeds").map(|all| all.as_array().unwrap()).unwrap_or(&empty);
    let rows = body.get("components").map(|all| all.as_array().unwrap()).unwrap_or(&empty);
    let files = body.get("attachments").map(|all| all.as_array().unwrap()).unwrap_or(&empty);
    assert!(!content.is_empty() || !embeds.is_empty() || !files.is_empty(), "an empty message");
    let mut names = HashSet::new();
    for (nth, file) in files.iter().enumerate() {
        assert_eq!(file["id"], nth.to_string());
        let name = file["filename"].as_str().unwrap();
        assert!((1..=100).contains(&name.len()) && names.insert(name), "{name}");
        assert!(name.chars().all(|sign| sign.is_ascii_alphanumeric() || "._-".contains(sign)), "{name}");
        assert!(file.get("description").is_none_or(|text| (1..=1_024).contains(&units(text))));
    }
    for picture in embeds.iter().filter_map(|embed| embed.get("image")) {
        assert!(names.contains(picture["url"].as_str().unwrap().strip_prefix("attachment://").unwrap()));
    }
    if create {
        for key in ["embeds", "components", "attachments"] {
            assert!(body.get(key).is_none_or(|all| !all.as_array().unwrap().is_empty()));
        }
    }
    assert!(embeds.len() <= 1);
    for embed in embeds {
        let mut total = 0;
        for (key, limit) in [("title", 256), ("description", 4_096)] {
            if let Some(text) = embed.get(key) {
                assert!((1..=limit).contains(&units(text)), "{key}");
                assert!(shows(text.as_str().unwrap()), "{key} shows nothing");
                total += units(text);
            }
        }
        if let Some(footer) = embed.get("footer") {
            assert!((1..=2_048).contains(&units(&footer["text"])));
            total += units(&footer["text"]);
        }
        if let Some(fields) = embed.get("fields") {
            assert!((1..=25).contains(&fields.as_array().unwrap().len()));
            for field in fields.as_array().unwrap() {
                assert!((1..=256).contains(&units(&field["name"])));
                assert!((1..=1_024).contains(&units(&field["value"])));
                assert!(shows(field["name"].as_str().unwrap()) && shows(field["value"].as_str().unwrap()));
                total += units(&field["name"]) + units(&field["value"]);
            }
        }
        assert!((usize::from(embed.get("image").is_none())..=6_000).contains(&total), "total {total}");
    }
    assert!(rows.len() <= 5);
    let mut codes = HashSet::new();
    for row in rows {
        let buttons = row["components"].as_array().unwrap();
        assert!((1..=5).contains(&buttons.len()));
        for button in buttons {
            assert!((1..=80).contains(&units(&button["label"])));
            assert!((1..=100).contains(&units(&button["custom_id"])));
            assert!(codes.insert(button["custom_id"].as_str().unwrap().to_owned()), "a code twice");
        }
    }
    let mentions = &body["allowed_mentions"];
    assert_eq!(mentions["parse"], json!([]));
    let users = mentions["users"].as_array().unwrap();
    assert!(users.len() <= 100);
    for user in users {
        assert!(content.contains(&format!("<@{}>", user.as_str().unwrap())), "notified without a mention");
    }
}

fn cases() -> u32 {
    std::env::var_os("LOKET_CASES").and_then(|text| text.to_str()?.parse().ok()).unwrap_or(256)
}

/// Words with everything that has ever broken a text box in them.
fn nasty() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        4 => "\\PC{0,12}",
        2 => any::<String>(),
        3 => prop::sample::select(vec![
            "👩‍👩‍👧‍👦", "🇳🇱", "e\u{301}", "\u{202e}", "\u{200b}", "\n", " ", "**", "`", "```", "||", "[a](http://b)", "<@1>", "@everyone",
            "<t:1:R>", "# ", "- ", "> ", "1. ", "\\", "discord.gg/x", "﷽", "\u{1f}", "\r\n", "\u{2028}", "\u{3164}",
        ]).prop_map(str::to_owned),
        1 => (0_usize..3_000).prop_map(|n| "x".repeat(n)),
        1 => (0_usize..1_500).prop_map(|n| "🚰".repeat(n)),
        1 => (0_usize..3_000).prop_map(|n| format!("a{}", "\u{301}".repeat(n))),
    ];
    prop::collection::vec(bits, 0..6).prop_map(|parts| parts.concat())
}

fn person() -> impl Strategy<Value = AccountId> {
    prop_oneof![
        (1_u64..200).prop_map(wire::account),
        Just(AccountId::from("local:alice")),
        any::<u64>().prop_map(wire::account)
    ]
}

fn rich() -> impl Strategy<Value = Rich> {
    let piece = prop_oneof![
        3 => nasty().prop_map(Piece::Said),
        2 => nasty().prop_map(Piece::Own),
        1 => nasty().prop_map(Piece::Strong),
        1 => person().prop_map(Piece::Person),
        1 => (1_u64.., 1_u64..).prop_map(|(a, b)| Piece::Link(wire::place(a, b))),
        1 => (nasty(), nasty()).prop_map(|(text, end)| Piece::Url { text, address: format!("https://loket.example/{end}") }),
    ];
    prop::collection::vec(piece, 0..5).prop_map(Rich)
}

fn card() -> impl Strategy<Value = Card> {
    (rich(), rich(), prop::collection::vec((nasty(), rich()), 0..32), rich())
        .prop_map(|(title, body, facts, footer)| Card { title, tone: Tone::Good, body, facts, footer })
}

fn button() -> impl Strategy<Value = Button> {
    let action = prop_oneof![
        any::<u128>().prop_map(|id| Action::Confirm(RequestId(uuid::Uuid::from_u128(id)))),
        Just(Action::Solved(RequestId(uuid::Uuid::nil()))),
        nasty().prop_map(|cursor| Action::Page { cursor }),
    ];
    (action, nasty()).prop_map(|(action, label)| Button { action, label, style: Style::Primary })
}

fn file() -> impl Strategy<Value = File> {
    let media_type = prop::sample::select(vec![File::PNG, File::CSV, "no type", ""]);
    (nasty(), media_type, nasty()).prop_map(|(name, media_type, alt)| File::new(name, media_type, b"x".as_slice(), alt))
}

fn any_message() -> impl Strategy<Value = Message> {
    (
        rich(),
        prop::option::of(card()),
        prop::collection::vec(prop::collection::vec(button(), 0..8), 0..8),
        prop::collection::vec(person(), 0..130),
        prop::collection::vec(file(), 0..4),
    )
        .prop_map(|(text, card, buttons, notify, files)| Message { text, card, buttons, notify, files })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_message_is_within_every_limit(message in any_message()) {
        match (create(&message, NOWHERE), edit(&message, NOWHERE)) {
            (Some(new), Some(replaced)) => {
                strict(&new, true);
                strict(&replaced, false);
                prop_assert!(same(&Value::Object(new.clone()), &replaced));
            }
            (None, None) => {}
            _ => prop_assert!(false, "one of them shows nothing"),
        }
    }

    #[test]
    fn somebodys_words_hold_no_markup(text in nasty()) {
        let written = fit(&Rich::said(text.clone()), Ground::Full, 100_000, NOWHERE);
        let mut plain = String::new();
        let mut chars = written.chars();
        while let Some(c) = chars.next() {
            if c == '\\' {
                plain.extend(chars.next());
                continue;
            }
            prop_assert!(!"`*_~|[]<>@#:".contains(c), "{c} is active in {written}");
            plain.push(c);
        }
        let cleaned = super::super::text::clean(&text);
        if !plain.is_empty() {
            prop_assert_eq!(plain.as_str(), cleaned.trim());
        }
    }

    #[test]
    fn a_form_and_a_thread_name_are_within_their_limits(title in nasty(), label in nasty(), example in nasty()) {
        let made = form(&Form { action: Action::Amend(RequestId(uuid::Uuid::nil())), title: title.clone(), label, example });
        prop_assert!((1..=45).contains(&units(&made["title"])));
        let input = &made["components"][0]["components"][0];
        prop_assert!((1..=45).contains(&units(&input["label"])));
        prop_assert!(input.get("placeholder").is_none_or(|text| (1..=100).contains(&units(text))));
        prop_assert!((1..=100).contains(&units(&thread_name(&title).into())));
    }
}

#[test]
fn the_card_of_a_leaking_tap_looks_like_this() {
    let id = RequestId(uuid::Uuid::from_u128(1));
    let message = Message {
        text: Rich(vec![Piece::Person(AccountId::from("discord:7")), Piece::Own(", klopt dit?".into())]),
        card: Some(Card {
            title: Rich::own("Melding"),
            tone: Tone::Neutral,
            body: Rich::said("de kraan *lekt*"),
            facts: vec![("Waar".into(), Rich::said("keuken")), ("Wanneer".into(), Rich::default())],
            footer: Rich::default(),
        }),
        buttons: vec![
            vec![Button { action: Action::Confirm(id), label: "Klopt".into(), style: Style::Success }],
            vec![],
        ],
        notify: vec![AccountId::from("discord:7")],
        files: vec![],
    };
    assert_eq!(
        Value::Object(create(&message, NOWHERE).unwrap()),
        json!({
            "content": "<@7>, klopt dit?",
            "embeds": [{
                "color": 0x4F_6D_8F,
                "title": "Melding",
                "description": r"de kraan \*lekt\*",
                "fields": [{"name": "Waar", "value": "keuken", "inline": false}, {"name": "Wanneer", "value": "–", "inline": false}],
            }],
            "components": [{"type": 1, "components": [
                {"type": 2, "style": 3, "label": "Klopt", "custom_id": "confirm:00000000000000000000000000000001"},
            ]}],
            "allowed_mentions": {"parse": [], "users": ["7"], "replied_user": false},
        })
    );
}

#[test]
fn whoever_must_act_is_named_in_the_text_even_when_it_is_full() {
    let message = Message {
        text: Rich::own("x".repeat(3_000)),
        notify: vec![AccountId::from("discord:7"), AccountId::from("discord:7"), AccountId::from("local:bob")],
        ..Message::default()
    };
    let body = create(&message, NOWHERE).unwrap();
    strict(&body, true);
    assert!(body["content"].as_str().unwrap().ends_with("… <@7>"));
    assert_eq!(body["allowed_mentions"]["users"], json!(["7"]));
}

#[test]
fn nothing_to_show_is_no_message() {
    assert!(create(&Message { text: Rich::said("\u{200b} \n"), ..Message::default() }, NOWHERE).is_none());
    let cleared = edit(&Message { text: Rich::own("klaar"), ..Message::default() }, NOWHERE).unwrap();
    assert_eq!((&cleared["embeds"], &cleared["components"]), (&json!([]), &json!([])));
}
