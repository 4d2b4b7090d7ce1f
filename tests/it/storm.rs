//! Any text at all: invalid, giant, right-to-left, piled with marks. No panic, and everything that follows can be shown.

mod life;
mod rules;
mod texts;

use crate::world::World;
use loket::ports::Input;
use proptest::prelude::*;

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
    let config =
        ProptestConfig { cases: crate::world::cases(150), failure_persistence: None, ..ProptestConfig::default() };
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

/// The same without a database, so that a million fit in minutes: `LOKET_CASES=1000000 cargo test --test it -- storm::on_paper --nocapture`.
#[test]
fn on_paper_any_message_leads_to_no_panic_and_to_nothing_that_would_be_refused() {
    let cases =
        std::env::var_os("LOKET_CASES").and_then(|text| text.into_string().ok()?.parse().ok()).unwrap_or(3_000_u64);
    let town = life::Town::new();
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get) as u64;
    let began = std::time::Instant::now();
    let play = |first: u64| {
        let mut sum = life::Tally::default();
        for seed in (first..cases).step_by(threads as usize) {
            let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| town.play(seed)));
            let tally = match played {
                Ok(Ok(tally)) => tally,
                Ok(Err(why)) => return Err(why),
                Err(_) => return Err(format!("seed {seed} leads to a panic")),
            };
            sum.silent += tally.silent;
            sum.requests += tally.requests;
            sum.sent += tally.sent;
            sum.bodies += tally.bodies;
            if seed % 50_000 == 0 {
                println!("message {seed} after {:?}", began.elapsed());
            }
        }
        Ok(sum)
    };
    let sums: Vec<Result<life::Tally, String>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || play(first))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let mut sum = life::Tally::default();
    for part in sums {
        let part = part.unwrap_or_else(|why| panic!("{why}"));
        sum.silent += part.silent;
        sum.requests += part.requests;
        sum.sent += part.sent;
        sum.bodies += part.bodies;
    }
    println!("{cases} messages in {:?}: {sum:?}", began.elapsed());
    // Much is worth something only while much comes of it.
    assert!(sum.requests > cases / 10 && sum.sent > cases / 50, "{sum:?}");
}

/// The rules by which the papers are judged do judge: each of these is refused.
#[test]
fn the_rules_refuse_what_discord_and_mail_would_not_take() {
    use serde_json::{Value, json};
    let people: std::collections::HashSet<String> = ["101".to_owned()].into();
    let nobody = json!({"parse": [], "users": [], "replied_user": false});
    let said = |content: &str| json!({"content": content, "allowed_mentions": nobody});
    let card = |card: Value| json!({"embeds": [card], "allowed_mentions": nobody});
    let field = |length: usize| json!({"name": "x", "value": "y".repeat(length)});
    let button = json!({"type": 2, "style": 1, "label": "x", "custom_id": "confirm:00000000000000000000000000000001"});
    let wrong = [
        said(""),
        said(&"🚰".repeat(1_001)),
        said(" x"),
        said("links\u{202e}rechts"),
        said("hallo @everyone"),
        said("hallo <@102>"),
        said("[klik](https://kwaad.example)"),
        json!({"content": "x"}),
        json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": []}}),
        json!({"content": "x", "allowed_mentions": {"parse": [], "users": ["101"]}}),
        card(json!({"title": "x".repeat(257)})),
        card(json!({"description": "x".repeat(4_097)})),
        card(json!({"fields": [field(1_025)]})),
        card(json!({"fields": vec![field(1); 26]})),
        card(json!({"fields": vec![field(1_000); 6]})),
        card(json!({"color": 1})),
        json!({"content": "x", "components": [{"type": 1, "components": vec![button.clone(); 6]}], "allowed_mentions": nobody}),
        json!({"content": "x", "components": [{"type": 1, "components": [button.clone(), button]}], "allowed_mentions": nobody}),
    ];
    for body in wrong {
        let Value::Object(body) = body else { unreachable!() };
        assert!(!rules::message(&body, true, &people).is_empty(), "{body:?}");
    }
    let Value::Object(good) =
        json!({"content": r"<@101>, \@everyone", "allowed_mentions": {"parse": [], "users": ["101"]}})
    else {
        unreachable!()
    };
    assert_eq!(rules::message(&good, true, &people), Vec::<String>::new());
    assert!(!rules::mail(b"Subject: x\r\nBcc: a@b\r\n\r\nx").is_empty());
    assert!(!rules::mail("Subject: \u{e9}\r\n\r\nx".as_bytes()).is_empty());
    assert!(!rules::thread(&"x".repeat(101)).is_empty());
}
