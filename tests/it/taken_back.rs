//! The bot's own posts at Discord, found again and taken back when somebody's data must go.

use std::time::Duration;

use chrono::TimeDelta;
use loket::ports::{ChatError, Clock as _, PostKey};

use crate::discord_adapter::{FakeClock, Story, at, card, channel_id, number, words};

#[tokio::test]
async fn the_bot_finds_its_own_posts_of_a_time_and_nobody_else_s() {
    let story = Story::begin().await;
    let clock = FakeClock(story.discord.clone());
    story.post(&words("van vorige maand"), "old").await;
    story.discord.advance(Duration::from_secs(3600));
    let from = clock.now();
    story.discord.says(story.anneke, story.channel, "De kraan lekt bij kamer 2.14");
    let posted = story.post(&card(), "a").await;
    story.discord.advance(Duration::from_secs(60));
    let to = clock.now();
    story.discord.advance(Duration::from_secs(3600));
    story.post(&words("van later"), "new").await;

    let found = story.chat.own_posts(&channel_id(story.channel), from, to).await.unwrap();
    assert_eq!(found.iter().map(|own| &own.at).collect::<Vec<_>>(), [&posted]);
    assert!(found[0].text.contains("Klopt dit?"), "{}", found[0].text);
    assert!(found[0].text.contains("pantry"), "what the card says is read as well: {}", found[0].text);
}

#[tokio::test]
async fn own_posts_are_found_through_a_busy_channel() {
    let story = Story::begin().await;
    let clock = FakeClock(story.discord.clone());
    let from = clock.now() - TimeDelta::seconds(1);
    let mut posted = Vec::new();
    for nth in 0..3 {
        posted.push(story.post(&words(&format!("antwoord {nth}")), &format!("k{nth}")).await);
        for said in 0..130 {
            story.discord.says(story.anneke, story.channel, &format!("bericht {nth} {said}"));
        }
    }
    let to = clock.now() + TimeDelta::seconds(1);
    let found = story.chat.own_posts(&channel_id(story.channel), from, to).await.unwrap();
    assert_eq!(found.into_iter().map(|own| own.at).collect::<Vec<_>>(), posted);
}

#[tokio::test]
async fn an_own_post_is_taken_back_also_from_a_sleeping_thread_and_once_is_enough() {
    let story = Story::begin().await;
    let said = story.discord.says(story.anneke, story.channel, "De kraan lekt");
    let thread = story.chat.open_thread(&at(story.channel, said), "Kraan").await.unwrap();
    let posted = story.chat.post(&thread, &card(), None, &PostKey("a".into())).await.unwrap();
    story.discord.archives(number(thread.as_str()));

    story.chat.remove(&posted).await.unwrap();
    assert!(story.discord.is_deleted(number(posted.message.as_str())));
    assert!(matches!(story.chat.remove(&posted).await, Err(ChatError::Missing { .. })), "it is gone already");
    let of_anneke = story.chat.remove(&at(story.channel, said)).await;
    assert!(matches!(of_anneke, Err(ChatError::Gone { .. })), "what others wrote is not the bot's: {of_anneke:?}");
    assert!(!story.discord.is_deleted(said));
}
