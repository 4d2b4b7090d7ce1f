//! Measurements, each beside a plain one of the same run, because only ratios say something on a machine that others use too.
//! Not part of the suite: `cargo test --release --test it store_speed -- --ignored --nocapture --test-threads 1`.

use super::samples::{Counted, linde, message_to_card, request_id};
use loket::adapters::store;
use loket::ports::{OpenFilter, Store};
use std::sync::Arc;
use std::time::Instant;

const ROUNDS: usize = 5;
const PRODUCERS: u64 = 64;
const EACH: u64 = 50;

fn per_second(count: u64, since: Instant) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / since.elapsed().as_secs_f64()
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// One row in one durable transaction, as plain as it gets.
fn bare_inserts(folder: &std::path::Path) -> f64 {
    let connection = rusqlite::Connection::open(folder.join("bare.db")).unwrap();
    connection.execute_batch("pragma journal_mode = wal; pragma synchronous = full").unwrap();
    connection.execute_batch("create table if not exists t (id integer primary key, body text not null)").unwrap();
    let since = Instant::now();
    let mut insert = connection.prepare("insert into t (body) values (?1)").unwrap();
    for _ in 0..2000 {
        insert
            .execute([
                "a body of about a hundred characters, as a row of a request would be, give or take a few of them",
            ])
            .unwrap();
    }
    per_second(2000, since)
}

async fn units(store: &Arc<dyn Store>, from: u64) -> f64 {
    let prepared: Vec<Vec<_>> = (0..PRODUCERS)
        .map(|producer| (0..EACH).map(|n| message_to_card(from + producer * EACH + n)).collect())
        .collect();
    let since = Instant::now();
    let producers = prepared.into_iter().map(|units| {
        let store = Arc::clone(store);
        tokio::spawn(async move {
            for unit in units {
                store.commit(unit).await.unwrap();
            }
        })
    });
    for producer in producers.collect::<Vec<_>>() {
        producer.await.unwrap();
    }
    per_second(PRODUCERS * EACH, since)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn units_of_many_producers_beside_bare_inserts() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("loket.db").display());
    let store = store::open(&url, Arc::new(Counted::default())).await.unwrap();
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS as u64 {
        bare.push(bare_inserts(folder.path()));
        ours.push(units(&store, round * PRODUCERS * EACH).await);
    }
    let ratio = median(ours.iter().zip(&bare).map(|(ours, bare)| ours / bare).collect());
    println!("bare inserts/s {:.0}, units/s {:.0}, ratio {ratio:.2}", median(bare), median(ours));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn units_of_many_producers_on_postgresql() {
    let Some(place) = super::store_contract::Place::postgres().await else { return };
    let store = place.open().await;
    let mut ours = Vec::new();
    for round in 0..ROUNDS as u64 {
        ours.push(units(&store, round * PRODUCERS * EACH).await);
    }
    println!("units/s on PostgreSQL {:.0}", median(ours));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn open_lists_at_a_million_requests_beside_ten_thousand() {
    for open in [500_u64, 5_000] {
        let mut figures = Vec::new();
        for requests in [10_000_u64, 1_000_000] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("loket.db");
            let store = store::open(&format!("sqlite:{}", file.display()), Arc::new(Counted::default())).await.unwrap();
            fill(&file, requests, open);
            let list = async |times: u32| {
                for _ in 0..times {
                    assert_eq!(store.list(&linde(), &OpenFilter::default(), None, 50).await.unwrap().len(), 50);
                }
            };
            list(200).await;
            let mut rounds = Vec::new();
            for _ in 0..ROUNDS {
                let since = Instant::now();
                list(400).await;
                rounds.push(since.elapsed().as_secs_f64() / 400.0 * 1e6);
            }
            figures.push(median(rounds));
        }
        let ratio = figures[1] / figures[0];
        println!("{open} open: {:.0} µs of 10,000, {:.0} µs of 1,000,000, ratio {ratio:.2}", figures[0], figures[1]);
    }
}

/// Rows of requests alone, of which so many are open, spread evenly.
fn fill(file: &std::path::Path, requests: u64, open: u64) {
    let mut connection = rusqlite::Connection::open(file).unwrap();
    let transaction = connection.transaction().unwrap();
    let sql =
        "insert into request values ('linde', ?1, 1, ?2, ?3, 'requester', 'incident', 'fac.plumbing', 'facilitair',
        'normal', 'discord:7', 'discord:500', null, ?4, ?4, ?5)";
    {
        let mut insert = transaction.prepare(sql).unwrap();
        for n in 0..requests {
            let is_open = n % (requests / open) == 0;
            let (id, number) = (request_id(n).to_string(), format!("2026-{n:04}"));
            let (stage, opened) = (if is_open { "draft" } else { "closed" }, i64::try_from(n).unwrap());
            let closed = (!is_open).then_some(opened);
            insert.execute(rusqlite::params![id, number, stage, opened, closed]).unwrap();
        }
    }
    transaction.commit().unwrap();
}
