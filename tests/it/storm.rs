//! Any text at all: invalid, giant, right-to-left, piled with marks. No panic, and everything that follows can be shown.

use crate::world::World;
use loket::ports::Input;
use proptest::prelude::*;

fn cases() -> u32 {
    std::env::var_os("LOKET_CASES").and_then(|text| text.into_string().ok()?.parse().ok()).unwrap_or(150)
}

/// Words that mean something, between which anything may stand.
const WORDS: [&str; 16] = [
    "kraan",
    "lekt",
    "graag",
    "12 stoelen",
    "vrijdag half drie",
    "€ 1.250,-",
    "kunnen we",
    "@everyone",
    "kapot",
    "broken",
    "please",
    "tomorrow at 3pm",
    "in zaal Eik",
    "z.s.m.",
    "[link](https://x.example)",
    "brand!",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => (0..WORDS.len()).prop_map(|at| WORDS[at].to_owned()),
        2 => any::<String>(),
        1 => "[\u{202A}-\u{202E}\u{2066}-\u{2069}\u{200B}-\u{200F}]{0,8}",
        1 => (1_usize..3_000).prop_map(|many| "a\u{0301}\u{0327}".repeat(many)),
        1 => "[0-9.,:/€-]{0,40}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.join(" "))
}

#[test]
fn any_message_leads_to_no_panic_and_to_cards_that_can_be_shown() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(World::open());
    let config = ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let result = runner.run(&(texts(), texts()), |(first, then)| {
        runtime.block_on(async {
            let heard = world.chat.says(&"local:alice".into(), &"local:facilitair".into(), &format!("@loket {first}"));
            world.desk.handle(Input::Heard(heard.clone())).await.unwrap();
            world.drain().await;
            if world.chat.thread_of(&heard.at).is_some() {
                world.answers("alice", &heard, &then).await;
            }
        });
        Ok(())
    });
    result.unwrap();
    runtime.block_on(async {
        for posted in world.chat.everything() {
            assert!(posted.author.is_some() || posted.message.is_some());
        }
    });
}
