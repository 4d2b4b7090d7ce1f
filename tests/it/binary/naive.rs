//! The known-bad control: a courier that sends and then records, without a key and without an outbox. Under the same kills it must
//! be seen to do things twice; else the kills prove nothing.

use super::kills::{Blow, Dice, repeated};
use super::{Process, until};
use crate::loopback::Discord;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Errands of the naive courier.
const ERRANDS: usize = 60;

/// Not a test of its own: the process that is killed.
#[tokio::test]
#[ignore = "only as the child of another test"]
async fn child_that_sends_and_then_records() {
    let Some(order) = std::env::var_os("LOKET_NAIVE").and_then(|order| order.into_string().ok()) else { return };
    let [base, token, channel, folder] = order.split(' ').collect::<Vec<_>>()[..] else { panic!("{order}") };
    let client = reqwest::Client::builder().build().unwrap();
    for nth in 0..ERRANDS {
        let record = Path::new(folder).join(format!("{nth}.done"));
        if record.exists() {
            continue;
        }
        fs::write(Path::new(folder).join(format!("{nth}-{}.txt", std::process::id())), "besteld").unwrap();
        let body = format!(r#"{{"content":"besteld: {nth}","allowed_mentions":{{"parse":[]}}}}"#);
        let url = format!("{base}/api/v10/channels/{channel}/messages");
        let post = client.post(url).header("authorization", format!("Bot {token}")).body(body);
        let answer = post.header("content-type", "application/json").send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
        fs::write(record, "").unwrap();
    }
}

/// Kills that struck, posts that stand twice, orders that were given twice.
pub async fn campaign(dice: &mut Dice, kills: usize) -> (usize, usize, usize) {
    let discord = Discord::start().await;
    discord.limits(false);
    let server = discord.server("De Linde", "nl");
    let channel = discord.channel(server, "facilitair");
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let order = format!("{} {} {channel} {}", discord.base(), discord.token(), folder.path().display());
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "--ignored", "binary::naive::child_that_sends_and_then_records"]);
        Process::start(command.env("LOKET_NAIVE", order), &folder.path().join("log"))
    };
    let mut struck = 0;
    for _ in 0..kills {
        let process = start();
        let blow = Blow::at(&process);
        let aimed = blow.clone();
        discord.on_call("POST /channels/*/messages", 1 + dice.throw(3), move |_| aimed.strike());
        until("the kill or the end", || (blow.has_struck() || process.status().is_some()).then_some(())).await;
        struck += usize::from(blow.has_struck());
        discord.heals();
    }
    assert!(start().ends().await.success());
    let mut orders: BTreeMap<String, usize> = BTreeMap::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if let Some((nth, _)) = name.split_once('-') {
            *orders.entry(nth.to_owned()).or_default() += 1;
        }
    }
    let more: usize = orders.values().map(|count| count - 1).sum();
    let posts: usize = discord.own_messages(channel).len() - ERRANDS;
    assert_eq!(posts > 0, !repeated(&discord).is_empty(), "the campaign's own count sees it too");
    (struck, posts, more)
}
