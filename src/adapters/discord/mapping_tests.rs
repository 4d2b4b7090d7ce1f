//! Payloads as Discord sends them.

use super::*;
use crate::adapters::discord::wire::Emoji;
use serde_json::json;

fn places() -> Places {
    let places = Places::default();
    places.introduce(Me { user: 900, application: 901 });
    places.learn_server(
        &json!({
            "id": "4",
            "channels": [{"id": "5", "type": 0, "parent_id": "3"}],
            "threads": [{"id": "6", "type": 11, "parent_id": "5"}],
            "roles": [{"id": "4"}, {"id": "77", "tags": {"bot_id": "900"}}, {"id": "78", "tags": {"bot_id": "1"}}],
        }),
        Some(900),
    );
    places
}

fn message(change: impl FnOnce(&mut Value)) -> Message {
    let mut told = json!({
        "id": "1573851091961905152", "channel_id": "6", "guild_id": "4", "type": 0, "content": "de kraan lekt",
        "author": {"id": "7", "username": "anneke_1", "global_name": "Anneke"}, "member": {"nick": "Anneke (balie)"},
        "mentions": [], "mention_roles": [], "attachments": [], "edited_timestamp": null,
    });
    change(&mut told);
    serde_json::from_value(told).unwrap()
}

fn text(content: &str) -> String {
    let message = message(|told| {
        told["content"] = content.into();
        told["mentions"] = json!([{"id": "8", "username": "bob", "global_name": "Bob de Bouwer"}]);
    });
    heard(&message, Place::default(), &places()).unwrap().text
}

#[test]
fn a_message_in_a_thread_names_its_channel_and_the_shown_name() {
    let places = places();
    let heard = heard(&message(|_| {}), places.known(6).unwrap(), &places).unwrap();
    assert_eq!(heard.at, wire::place(6, 1_573_851_091_961_905_152));
    assert_eq!((heard.parent, heard.server), (Some(wire::channel(5)), Some(wire::server(4))));
    assert_eq!(heard.author_name, "Anneke (balie)");
    assert_eq!(heard.written_at.to_rfc3339(), "2026-11-22T00:02:21.063+00:00");
    assert_eq!(places.known(5).unwrap().above, None, "a category is no channel above");
}

#[test]
fn nobody_but_people_is_heard() {
    let places = places();
    let silent: [fn(&mut Value); 7] = [
        |told| told["author"]["bot"] = true.into(),
        |told| told["author"]["system"] = true.into(),
        |told| told["author"]["id"] = "900".into(),
        |told| told["webhook_id"] = "12".into(),
        |told| told["type"] = 18.into(),
        |told| told["author"] = Value::Null,
        |told| told["content"] = Value::Null,
    ];
    for change in silent {
        assert_eq!(heard(&message(change), Place::default(), &places), None);
    }
}

#[test]
fn the_words_read_as_a_reader_sees_them() {
    for (sent, seen) in [
        ("<@900> de kraan lekt", "de kraan lekt"),
        ("<@!900>, de kraan lekt", "de kraan lekt"),
        ("<@&77> de kraan lekt", "de kraan lekt"),
        ("hoi <@900> de kraan lekt", "hoi de kraan lekt"),
        ("vraag het <@8>, of <@9>", "vraag het @Bob de Bouwer, of @9"),
        ("<:kraan:123> lekt <a:hoi:5>", ":kraan: lekt :hoi:"),
        ("3 < 5 > 2 <b> <@x> <:x>", "3 < 5 > 2 <b> <@x> <:x>"),
        ("é<<@8>", "é<@Bob de Bouwer"),
    ] {
        assert_eq!(text(sent), seen, "{sent}");
    }
    // The cost does not grow faster than the text.
    assert_eq!(text(&"<".repeat(4_000)).len(), 4_000);
}

#[test]
fn a_mention_is_ours_by_name_or_by_role_but_not_in_a_reply() {
    let places = places();
    let mentions = |change: fn(&mut Value)| heard(&message(change), Place::default(), &places).unwrap().mentions_us;
    assert!(mentions(|told| told["content"] = "<@900> hoi".into()));
    assert!(mentions(|told| told["mention_roles"] = json!(["77"])));
    assert!(!mentions(|told| told["mention_roles"] = json!(["78"])));
    assert!(!mentions(|told| told["mentions"] = json!([{"id": "900", "username": "loket"}])));
}

#[test]
fn a_reply_and_an_edit_are_known_and_a_forwarded_message_answers_nothing() {
    let places = places();
    let seen = |change: fn(&mut Value)| heard(&message(change), Place::default(), &places).unwrap();
    let reply = seen(|told| {
        told["type"] = 19.into();
        told["message_reference"] = json!({"type": 0, "message_id": "33", "channel_id": "6"});
        told["edited_timestamp"] = "2026-11-21T23:50:00.123456+00:00".into();
    });
    assert_eq!(reply.reply_to, Some(wire::message(33)));
    assert_eq!(reply.edited_at.unwrap().timestamp_subsec_micros(), 123_000);
    let forwarded = seen(|told| told["message_reference"] = json!({"type": 1, "message_id": "33"}));
    assert_eq!(forwarded.reply_to, None);
}

#[test]
fn marks_count_in_every_variant_and_lookalikes_do_not() {
    let mark = |name: &str| mark_of(&Emoji { id: None, name: Some(name.into()) });
    for yes in ["✅", "✅\u{fe0f}", "☑️", "✔️", "✔"] {
        assert_eq!(mark(yes), Some(Mark::Yes), "{yes}");
    }
    for no in ["❌", "❎", "✖️"] {
        assert_eq!(mark(no), Some(Mark::No), "{no}");
    }
    assert_eq!((mark("🎫"), mark("🎟️")), (Some(Mark::Ticket), Some(Mark::Ticket)));
    for nothing in ["👍", "👍🏽", "🟢", "", "white_check_mark"] {
        assert_eq!(mark(nothing), None, "{nothing}");
    }
    assert_eq!(mark_of(&Emoji { id: Some(5), name: Some("✅".into()) }), None, "a server's own sign");
}

#[test]
fn a_reaction_of_a_program_or_our_own_is_not_told() {
    let me = Some(Me { user: 900, application: 901 });
    let told = |user: &str, bot: bool| {
        json!({"user_id": user, "channel_id": "6", "message_id": "33", "emoji": {"name": "✅"},
            "member": {"user": {"id": user, "bot": bot}}})
    };
    let expected =
        Reacted { at: wire::place(6, 33), by: wire::account(7), mark: Mark::Yes, placed: false, message: None };
    assert_eq!(reacted(&told("7", false), false, me), Some(expected));
    assert_eq!(reacted(&told("7", true), true, me), None);
    assert_eq!(reacted(&told("900", false), true, me), None);
}

#[test]
fn a_deletion_of_many_is_one_each() {
    let gone = |id| Input::Deleted { at: wire::place(6, id) };
    assert_eq!(deleted(&json!({"id": "1", "channel_id": "6"})), [gone(1)]);
    assert_eq!(deleted(&json!({"ids": ["1", 2, "x"], "channel_id": "6"})), [gone(1), gone(2)]);
    assert_eq!(deleted(&json!({"id": "1"})), []);
}
