//! What every database must do, as stories. They run on SQLite always, and on PostgreSQL when `LOKET_TEST_POSTGRES` holds
//! the URL of a server on which schemas may be made.

use super::samples::{
    Counted, Growing, at, closed, drafted, effect, enclosure, every_event, every_organisation_event,
    kept as kept_photo, linde, message, message_to_card, request_id, settled, summary, unit,
};
use chrono::Duration;
use loket::adapters::store;
use loket::domain::approval::{Commitment, Ledger, ledger};
use loket::domain::calendar::IsoWeek;
use loket::domain::effect::Lane;
use loket::domain::file::{Enclosure, Kept};
use loket::domain::journal::{OrganisationEvent, absences};
use loket::domain::request::event::Recorded;
use loket::domain::request::{Event, Slot, StageName, Tally, WaitsFor};
use loket::domain::{Basis, Kind, Money, Number, Private};
use loket::ports::{
    Body, Change, Claimed, CommitError, Cursor, Database, DigestRow, Entropy, Erased, Fault, Fired, Head, InboxKey,
    Link, LinkKind, NewEvent, OpenFilter, Outcome, Settled, Sought, Store, StoreError, StreamId, TimerRow, Unavailable,
    Unit,
};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A database of one test.
pub struct Place {
    url: String,
    entropy: Arc<dyn Entropy>,
    folder: Option<tempfile::TempDir>,
}

impl Place {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("loket.db").display());
        Self { url, entropy: Arc::new(Counted::default()), folder: Some(folder) }
    }

    /// A fresh schema on the server, or `None` when there is no server.
    #[allow(clippy::disallowed_methods, reason = "only the environment knows the server")]
    pub async fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        static TOLD: std::sync::Once = std::sync::Once::new();
        let Ok(server) = std::env::var("LOKET_TEST_POSTGRES") else {
            // Past the capture of the test runner, so that nobody thinks that it ran.
            let line = b"skipped: store contract on PostgreSQL (LOKET_TEST_POSTGRES is not set)\n";
            TOLD.call_once(|| std::io::stderr().write_all(line).unwrap());
            return None;
        };
        let schema = format!("loket_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut admin = sqlx::PgConnection::connect(&server).await.unwrap();
        let fresh = format!("drop schema if exists {schema} cascade; create schema {schema}");
        sqlx::raw_sql(AssertSqlSafe(fresh)).execute(&mut admin).await.unwrap();
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options=-csearch_path%3D{schema}");
        Some(Self { url, entropy: Arc::new(Counted::default()), folder: None })
    }

    pub async fn open(&self) -> Arc<dyn Store> {
        store::open(&self.url, Arc::clone(&self.entropy)).await.unwrap()
    }

    fn file(&self) -> Option<std::path::PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().join("loket.db"))
    }

    /// Does what no part of Loket does.
    pub async fn tamper(&self, sql: &str) {
        if let Some(file) = self.file() {
            let connection = rusqlite::Connection::open(file).unwrap();
            connection.execute_batch("pragma foreign_keys = off").unwrap();
            connection.execute_batch(sql).unwrap();
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            let sql = format!("set session_replication_role = replica; {sql}");
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        }
    }

    /// Every row of every table as text, by table.
    pub async fn everything(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        if let Some(file) = self.file() {
            let connection = rusqlite::Connection::open(file).unwrap();
            let mut tables = connection.prepare("select name from sqlite_master where type = 'table'").unwrap();
            let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            for table in tables {
                let mut rows = connection.prepare(&format!("select * from \"{table}\"")).unwrap();
                let width = rows.column_count();
                let mut rows = rows.query([]).unwrap();
                while let Some(row) = rows.next().unwrap() {
                    let cells: Vec<rusqlite::types::Value> = (0..width).map(|cell| row.get(cell).unwrap()).collect();
                    all.push((table.clone(), format!("{cells:?}")));
                }
            }
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            let tables = "select table_name::text from information_schema.tables where table_schema = current_schema()";
            for table in connection.fetch_all(tables).await.unwrap() {
                let table: String = table.get(0);
                let rows = AssertSqlSafe(format!("select t::text from {table} t"));
                for row in connection.fetch_all(sqlx::raw_sql(rows)).await.unwrap() {
                    all.push((table.clone(), row.get(0)));
                }
            }
        }
        all
    }
}

macro_rules! contract {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story(&super::Place::sqlite().await).await;
            })+
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                if let Some(place) = super::Place::postgres().await {
                    super::$story(&place).await;
                }
            })+
        }
    };
}

contract![
    what_is_in_a_file_is_read_back_verified_and_erased_with_its_event,
    what_was_committed_is_read_back_and_nobody_spends_on_an_old_ledger,
    what_was_committed_is_loaded_again_with_its_texts,
    every_event_survives_the_journal,
    the_journal_of_an_organisation_stands_beside_those_of_its_requests,
    the_same_platform_event_twice_changes_nothing,
    old_events_are_forgotten_in_batches_and_journals_stay,
    of_many_who_append_to_one_stream_exactly_one_wins,
    a_unit_that_fails_does_not_hurt_its_neighbours,
    a_unit_is_all_or_nothing,
    effects_are_claimed_in_the_order_of_their_lane,
    an_effect_is_not_claimed_before_its_moment_and_again_after_its_lease,
    who_lost_a_claim_cannot_settle_it,
    a_given_up_effect_stays_visible_and_lets_the_next_one_go,
    an_attempt_without_an_outcome_leaves_doubt_and_a_certain_failure_does_not,
    what_was_given_up_or_waits_is_shown_and_tried_again_on_demand,
    many_couriers_never_hold_the_same_effect,
    deadlines_are_set_moved_cleared_and_handled,
    numbers_are_never_given_twice,
    a_number_that_is_taken_conflicts,
    lists_show_open_requests_newest_first_page_by_page,
    filters_narrow_a_list,
    words_are_found_in_what_is_open_and_never_in_what_is_confidential,
    open_requests_are_counted_by_who_must_act,
    numbers_are_completed_from_open_requests,
    a_request_is_found_by_message_conversation_and_number,
    watched_posts_are_those_of_open_requests,
    a_digest_falls_due_once,
    the_requests_of_a_week_come_each_once_and_page_by_page,
    small_memories_are_kept,
    a_lease_has_one_holder_and_who_lost_it_cannot_write,
    verify_passes_what_was_written_and_reads_all_of_it,
    verify_finds_a_changed_byte,
    verify_finds_a_changed_text,
    verify_finds_removed_and_swapped_rows,
    verify_finds_a_row_that_differs,
    who_is_away_stands_in_a_table_as_in_the_journal,
    an_erased_text_leaves_the_chain_whole,
    what_is_erased_is_gone_for_good_and_only_what_is_past_is_named,
    the_anchor_moves_with_every_stream,
    private_texts_stand_in_one_table_only,
    dropped_calls_leave_no_open_transaction,
    reopening_keeps_everything,
    every_statement_is_understood,
];

async fn grow(store: &dyn Store, request: &mut Growing, seconds: i64, events: Vec<Event>) {
    let change = request.change(at(seconds), events);
    request.head = store.commit(unit(at(seconds), change)).await.unwrap().heads[0];
}

async fn a_request(store: &dyn Store, n: u64, opened: i64) -> Growing {
    let mut request = Growing::new(n);
    grow(store, &mut request, opened, vec![drafted(at(opened), "Er lekt een kraan")]).await;
    request
}

async fn what_was_committed_is_loaded_again_with_its_texts(place: &Place) {
    let store = place.open().await;
    let mut request = Growing::new(1);
    assert_eq!(store.load(&linde(), request.id).await.unwrap(), None);
    grow(&*store, &mut request, 0, vec![drafted(at(0), "Er lekt een \u{1f6b0} \"kraan\" in zaal 2.14\n\\")]).await;
    grow(&*store, &mut request, 5, vec![settled(41), closed()]).await;

    let loaded = store.load(&linde(), request.id).await.unwrap().unwrap();
    assert_eq!(loaded.head, request.head);
    assert_eq!(loaded.head.next, 3);
    let expected: Vec<Recorded> =
        (0..).zip(&request.events).map(|(seq, (at, event))| Recorded { seq, at: *at, event: event.clone() }).collect();
    assert_eq!(loaded.events, expected);
    assert_eq!(store.load(&"other".into(), request.id).await.unwrap(), None, "organisations do not see each other");
}

async fn every_event_survives_the_journal(place: &Place) {
    let store = place.open().await;
    let change = Change {
        events: every_event().into_iter().map(NewEvent::Request).collect(),
        ..Growing::new(1).change(at(0), vec![drafted(at(0), "x")])
    };
    store.commit(unit(at(0), change)).await.unwrap();
    let loaded = store.load(&linde(), request_id(1)).await.unwrap().unwrap();
    assert_eq!(loaded.events.into_iter().map(|recorded| recorded.event).collect::<Vec<_>>(), every_event());
}

fn of_organisation(head: Head) -> Change {
    Change {
        stream: StreamId::Organisation,
        head,
        events: every_organisation_event().into_iter().map(NewEvent::Organisation).collect(),
        summary: None,
        set_timers: vec![("digest".into(), at(50))],
        clear_timers: Vec::new(),
        effects: vec![effect(Lane::Chat, 100, at(0))],
        links: Vec::new(),
        commitment: None,
        bodies: vec![],
    }
}

async fn the_journal_of_an_organisation_stands_beside_those_of_its_requests(place: &Place) {
    let store = place.open().await;
    let empty = store.load_organisation(&linde()).await.unwrap();
    assert_eq!((empty.events.len(), empty.head), (0, Head::default()));
    assert_eq!(store.organisation_head(&linde()).await.unwrap(), Head::default());
    a_request(&*store, 1, 0).await;
    let head = store.commit(unit(at(1), of_organisation(empty.head))).await.unwrap().heads[0];
    let loaded = store.load_organisation(&linde()).await.unwrap();
    assert_eq!(loaded.head, head);
    assert_eq!(store.organisation_head(&linde()).await.unwrap(), head);
    let events: Vec<_> = loaded.events.into_iter().map(|recorded| recorded.event).collect();
    assert_eq!(events, every_organisation_event());
    assert_eq!(store.timers_of(&linde(), StreamId::Organisation).await.unwrap().len(), 1);
    assert_eq!(store.claim(at(1), at(9), 9, None).await.unwrap()[0].stream, StreamId::Organisation);
    assert_eq!(store.verify(&linde()).await.unwrap(), 1 + every_organisation_event().len() as u64);
}

async fn old_events_are_forgotten_in_batches_and_journals_stay(place: &Place) {
    let store = place.open().await;
    for n in 1..=3 {
        store.commit(message_to_card(n)).await.unwrap();
    }
    let rows = store.verify(&linde()).await.unwrap();
    assert_eq!(store.prune_inbox(at(0), 10).await.unwrap(), 0, "none is older than itself");
    assert_eq!(store.prune_inbox(at(1), 2).await.unwrap(), 2);
    assert_eq!(store.prune_inbox(at(1), 2).await.unwrap(), 1);
    assert!(!store.seen(&InboxKey("discord:message:1".into())).await.unwrap());
    assert_eq!(store.verify(&linde()).await.unwrap(), rows);
}

async fn the_same_platform_event_twice_changes_nothing(place: &Place) {
    let store = place.open().await;
    let key = InboxKey("discord:message:1".into());
    assert!(!store.seen(&key).await.unwrap());
    store.commit(message_to_card(1)).await.unwrap();
    assert!(store.seen(&key).await.unwrap());
    let before = place.everything().await;
    // The same message again, decided on the newest state.
    let mut again = message_to_card(2);
    again.inbox = Some(key);
    assert!(matches!(store.commit(again).await, Err(CommitError::Seen)));
    // And as it was: seen comes before the conflict of its stream.
    assert!(matches!(store.commit(message_to_card(1)).await, Err(CommitError::Seen)));
    assert_eq!(place.everything().await, before);
}

async fn of_many_who_append_to_one_stream_exactly_one_wins(place: &Place) {
    let store = place.open().await;
    let mut request = a_request(&*store, 1, 0).await;
    let change = request.change(at(1), vec![settled(1)]);
    let commits = (0..16).map(|_| {
        let (store, change) = (Arc::clone(&store), change.clone());
        tokio::spawn(async move { store.commit(unit(at(1), change)).await })
    });
    let mut won = 0;
    for commit in commits.collect::<Vec<_>>() {
        match commit.await.unwrap() {
            Ok(_) => won += 1,
            Err(CommitError::Conflict) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(store.load(&linde(), request.id).await.unwrap().unwrap().events.len(), 2);

    // The right sequence with another hash is another journal.
    let mut forged = request.change(at(2), vec![Event::CalledBack { by: "discord:10".into() }]);
    forged.summary = None;
    forged.head = Head { next: 2, hash: [7; 32] };
    assert!(matches!(store.commit(unit(at(2), forged.clone())).await, Err(CommitError::Conflict)));
    // So is one that is ahead, and one without events.
    forged.head.next = 9;
    assert!(matches!(store.commit(unit(at(2), forged.clone())).await, Err(CommitError::Conflict)));
    forged.events.clear();
    assert!(matches!(store.commit(unit(at(2), forged)).await, Err(CommitError::Conflict)));
}

async fn a_unit_that_fails_does_not_hurt_its_neighbours(place: &Place) {
    let store = place.open().await;
    store.commit(message_to_card(0)).await.unwrap();
    let commits = (1..=60).map(|n| {
        // Every third is a repetition of what was handled.
        let unit = if n % 3 == 0 { message_to_card(0) } else { message_to_card(n) };
        let store = Arc::clone(&store);
        tokio::spawn(async move { (n, store.commit(unit).await) })
    });
    for commit in commits.collect::<Vec<_>>() {
        let (n, result) = commit.await.unwrap();
        if n % 3 == 0 {
            assert!(matches!(result, Err(CommitError::Seen)), "{n}");
        } else {
            result.unwrap();
            assert!(store.load(&linde(), request_id(n)).await.unwrap().is_some(), "{n}");
        }
    }
    assert_eq!(store.verify(&linde()).await.unwrap(), 41);
    assert_eq!(store.effects(&linde(), 1000).await.unwrap().len(), 41 * 3);
}

async fn a_unit_is_all_or_nothing(place: &Place) {
    let store = place.open().await;
    store.commit(message_to_card(1)).await.unwrap();
    let before = place.everything().await;
    // Everything of a new message, and at its end a digest that fell due before.
    let digest =
        DigestRow { audience: "spoc".into(), week: IsoWeek { year: 2026, week: 9 }, posted: true, late: false };
    let due = || Unit { digests: vec![digest.clone()], ..Unit::new(linde(), at(0)) };
    store.commit(due()).await.unwrap();
    let with_digest = place.everything().await;
    assert_eq!(with_digest.len(), before.len() + 1);
    let doomed = Unit { digests: vec![digest.clone()], nudged: Some("discord:7".into()), ..message_to_card(2) };
    assert!(matches!(store.commit(doomed).await, Err(CommitError::Conflict)));
    assert_eq!(place.everything().await, with_digest);
}

fn lanes(claimed: &[Claimed]) -> Vec<(Lane, i64)> {
    claimed.iter().map(|claimed| (claimed.lane, claimed.position)).collect()
}

async fn settle(store: &dyn Store, claim: &Claimed, outcome: Outcome) -> Result<(), CommitError> {
    let settled = Some(Settled { claim: claim.clone(), outcome });
    store.commit(Unit { settled, ..Unit::new(linde(), at(0)) }).await.map(|_| ())
}

async fn with_effects(store: &dyn Store, n: u64, effects: &[(Lane, i64, i64)]) {
    let mut change = Growing::new(n).change(at(0), vec![drafted(at(0), "x")]);
    change.effects = effects.iter().map(|(lane, position, moment)| effect(*lane, *position, at(*moment))).collect();
    store.commit(unit(at(0), change)).await.unwrap();
}

async fn effects_are_claimed_in_the_order_of_their_lane(place: &Place) {
    let store = place.open().await;
    with_effects(&*store, 1, &[(Lane::Chat, 1, 0), (Lane::Chat, 0, 0), (Lane::Provider, 2, 0)]).await;
    with_effects(&*store, 2, &[(Lane::Chat, 5, 0)]).await;
    let first = store.claim(at(1), at(31), 10, None).await.unwrap();
    assert_eq!(first.len(), 3, "one of each lane");
    assert_eq!(
        lanes(
            &first.iter().filter(|claim| claim.stream == StreamId::Request(request_id(1))).cloned().collect::<Vec<_>>()
        ),
        vec![(Lane::Chat, 0), (Lane::Provider, 2)]
    );
    assert!(first.iter().all(|claim| claim.attempt == 1 && claim.first_at == at(1) && claim.until == at(31)));
    assert_eq!(store.claim(at(2), at(32), 10, None).await.unwrap(), vec![], "the next one waits for the first");
    let head = first.iter().find(|claim| claim.position == 0).unwrap();
    settle(&*store, head, Outcome::Done).await.unwrap();
    assert_eq!(lanes(&store.claim(at(3), at(33), 10, None).await.unwrap()), vec![(Lane::Chat, 1)]);
}

async fn an_effect_is_not_claimed_before_its_moment_and_again_after_its_lease(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.next_wake().await.unwrap(), None);
    with_effects(&*store, 1, &[(Lane::Chat, 0, 10), (Lane::Chat, 1, 0)]).await;
    assert_eq!(store.next_wake().await.unwrap(), Some(at(10)), "not the second, which waits for the first");
    assert_eq!(store.claim(at(9), at(40), 10, None).await.unwrap(), vec![], "and an earlier one holds up a later one");
    let first = store.claim(at(10), at(40), 10, None).await.unwrap().remove(0);
    assert_eq!(store.next_wake().await.unwrap(), Some(at(40)), "the end of the lease");
    assert_eq!(store.claim(at(39), at(69), 10, None).await.unwrap(), vec![]);
    let second = store.claim(at(40), at(70), 10, None).await.unwrap().remove(0);
    assert_eq!((second.attempt, second.first_at, second.until), (2, at(10), at(70)));
    assert_eq!(second.key(), first.key());

    settle(&*store, &second, Outcome::Retry { at: at(100), why: "429".into(), certain: true }).await.unwrap();
    assert_eq!(store.next_wake().await.unwrap(), Some(at(100)));
    assert_eq!(store.effects(&linde(), 9).await.unwrap()[0].why.as_deref(), Some("429"));
    let third = store.claim(at(100), at(130), 10, None).await.unwrap().remove(0);
    assert_eq!((third.attempt, third.first_at), (3, at(10)));
    settle(&*store, &third, Outcome::Done).await.unwrap();
    assert_eq!(store.effects(&linde(), 9).await.unwrap().len(), 1);
}

async fn who_lost_a_claim_cannot_settle_it(place: &Place) {
    let store = place.open().await;
    with_effects(&*store, 1, &[(Lane::Provider, 0, 0)]).await;
    let slow = store.claim(at(0), at(30), 1, None).await.unwrap().remove(0);
    let quick = store.claim(at(30), at(60), 1, None).await.unwrap().remove(0);
    let retry = Outcome::Retry { at: at(1), why: "slow".into(), certain: true };
    assert!(matches!(settle(&*store, &slow, Outcome::Done).await, Err(CommitError::Conflict)));
    assert!(matches!(settle(&*store, &slow, retry.clone()).await, Err(CommitError::Conflict)));
    assert!(matches!(settle(&*store, &slow, Outcome::GaveUp { why: "x".into() }).await, Err(CommitError::Conflict)));
    settle(&*store, &quick, retry).await.unwrap();
    assert!(matches!(settle(&*store, &quick, Outcome::Done).await, Err(CommitError::Conflict)), "settled once");
    let last = store.claim(at(61), at(90), 1, None).await.unwrap().remove(0);
    settle(&*store, &last, Outcome::Done).await.unwrap();
    assert!(matches!(settle(&*store, &last, Outcome::Done).await, Err(CommitError::Conflict)));
}

async fn a_given_up_effect_stays_visible_and_lets_the_next_one_go(place: &Place) {
    let store = place.open().await;
    with_effects(&*store, 1, &[(Lane::Chat, 0, 0), (Lane::Chat, 1, 0)]).await;
    let first = store.claim(at(0), at(30), 9, None).await.unwrap().remove(0);
    settle(&*store, &first, Outcome::GaveUp { why: "channel is gone".into() }).await.unwrap();
    let states = store.effects(&linde(), 9).await.unwrap();
    assert_eq!(states.len(), 2);
    assert_eq!((states[0].given_up, states[0].attempts, states[0].why.as_deref()), (true, 1, Some("channel is gone")));
    assert_eq!((states[1].given_up, states[1].attempts), (false, 0));
    assert_eq!(lanes(&store.claim(at(0), at(30), 9, None).await.unwrap()), vec![(Lane::Chat, 1)]);
}

async fn an_attempt_without_an_outcome_leaves_doubt_and_a_certain_failure_does_not(place: &Place) {
    let store = place.open().await;
    with_effects(&*store, 1, &[(Lane::Provider, 0, 0)]).await;
    let claim = async |seconds| store.claim(at(seconds), at(seconds + 5), 1, None).await.unwrap().remove(0);
    let retry = |certain| Outcome::Retry { at: at(0), why: "x".into(), certain };
    let first = claim(0).await;
    assert!(!first.in_doubt);
    settle(&*store, &first, retry(true)).await.unwrap();
    let second = claim(1).await;
    assert!(!second.in_doubt, "the first surely came to nothing");
    settle(&*store, &second, retry(false)).await.unwrap();
    let third = claim(2).await;
    assert!(third.in_doubt, "nobody knows what became of the second");
    settle(&*store, &third, retry(true)).await.unwrap();
    assert!(claim(3).await.in_doubt, "and a later failure does not tell");
    with_effects(&*store, 2, &[(Lane::Provider, 0, 0)]).await;
    let died = store.claim(at(4), at(5), 9, None).await.unwrap();
    assert_eq!(died.iter().map(|claim| claim.in_doubt).collect::<Vec<_>>(), vec![false]);
    let again = store.claim(at(20), at(30), 9, None).await.unwrap();
    assert!(
        again.iter().all(|claim| claim.in_doubt),
        "a claim that ends without a settlement is an attempt: {again:?}"
    );
}

async fn what_was_given_up_or_waits_is_shown_and_tried_again_on_demand(place: &Place) {
    let store = place.open().await;
    let (one, other) = (StreamId::Request(request_id(1)), StreamId::Request(request_id(2)));
    with_effects(&*store, 1, &[(Lane::Chat, 0, 0), (Lane::Spoc, 1, 0), (Lane::Provider, 2, 0)]).await;
    with_effects(&*store, 2, &[(Lane::Approvers, 0, 0), (Lane::Chat, 1, 500)]).await;
    for claim in store.claim(at(0), at(30), 9, None).await.unwrap() {
        let outcome = match claim.lane {
            Lane::Chat => Outcome::GaveUp { why: "refused".into() },
            _ => Outcome::Retry { at: at(900), why: "closed".into(), certain: true },
        };
        settle(&*store, &claim, outcome).await.unwrap();
    }
    let shown = store.effects_of(&linde(), one).await.unwrap();
    assert_eq!(shown.iter().map(|state| state.given_up).collect::<Vec<_>>(), vec![true, false, false]);
    assert_eq!(shown[0].since, at(0));
    assert_eq!(store.stuck(&linde(), at(-1)).await.unwrap(), vec![request_id(1)], "what gave up, at once");
    assert_eq!(store.stuck(&linde(), at(0)).await.unwrap(), vec![request_id(1), request_id(2)], "what waits, later");

    assert_eq!(store.claim(at(10), at(30), 9, None).await.unwrap(), vec![]);
    store.commit(Unit { revived: Some(one), ..Unit::new(linde(), at(10)) }).await.unwrap();
    let again = store.claim(at(10), at(30), 9, None).await.unwrap();
    let told: Vec<_> = again.iter().map(|claim| (claim.lane, claim.attempt, claim.in_doubt)).collect();
    assert_eq!(told, vec![(Lane::Chat, 1, false), (Lane::Spoc, 2, false)], "the provider's own lane is not touched");
    store.commit(Unit { woken: true, ..Unit::new(linde(), at(11)) }).await.unwrap();
    let woken = store.claim(at(11), at(30), 9, None).await.unwrap();
    assert_eq!(
        woken.iter().map(|claim| (claim.stream, claim.lane)).collect::<Vec<_>>(),
        vec![(other, Lane::Approvers)]
    );
}

async fn many_couriers_never_hold_the_same_effect(place: &Place) {
    let store = place.open().await;
    for n in 0..20 {
        with_effects(&*store, n, &[(Lane::Chat, 0, 0), (Lane::Chat, 1, 0), (Lane::Provider, 0, 0)]).await;
    }
    let couriers = (0..8).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let mut held = Vec::new();
            loop {
                let claimed = store.claim(at(1), at(31), 3, None).await.unwrap();
                if claimed.is_empty() {
                    return held;
                }
                for claim in claimed {
                    held.push(claim.key());
                    settle(&*store, &claim, Outcome::Done).await.unwrap();
                }
            }
        })
    });
    let mut held = Vec::new();
    for courier in couriers.collect::<Vec<_>>() {
        held.extend(courier.await.unwrap());
    }
    // One that another courier just made ready may be left at the end.
    while let Some(claim) = store.claim(at(1), at(31), 1, None).await.unwrap().pop() {
        held.push(claim.key());
        settle(&*store, &claim, Outcome::Done).await.unwrap();
    }
    assert_eq!(held.len(), 60);
    assert_eq!(held.iter().collect::<BTreeSet<_>>().len(), 60);
}

fn timer(n: u64, kind: &str, due: i64) -> TimerRow {
    TimerRow { organisation: linde(), stream: StreamId::Request(request_id(n)), kind: kind.into(), due_at: at(due) }
}

async fn deadlines_are_set_moved_cleared_and_handled(place: &Place) {
    let store = place.open().await;
    let mut request = Growing::new(1);
    let mut change = request.change(at(0), vec![drafted(at(0), "x")]);
    change.set_timers = vec![("settle".into(), at(20)), ("question-expiry".into(), at(90)), ("leave".into(), at(30))];
    request.head = store.commit(unit(at(0), change)).await.unwrap().heads[0];
    assert_eq!(store.next_wake().await.unwrap(), Some(at(20)));
    assert_eq!(store.due(at(19), 9).await.unwrap(), vec![]);
    assert_eq!(store.due(at(90), 2).await.unwrap(), vec![timer(1, "settle", 20), timer(1, "leave", 30)]);

    // Moved and cleared.
    let mut change = request.change(at(1), vec![Event::Asked { field: None }]);
    change.set_timers = vec![("settle".into(), at(40))];
    change.clear_timers = vec!["leave".into()];
    request.head = store.commit(unit(at(1), change)).await.unwrap().heads[0];
    let stream = StreamId::Request(request.id);
    let left = vec![timer(1, "settle", 40), timer(1, "question-expiry", 90)];
    assert_eq!(store.timers_of(&linde(), stream).await.unwrap(), left);

    // Handled too late: it was moved meanwhile, and stays.
    let fire = |due| Some(Fired(timer(1, "settle", due)));
    store.commit(Unit { fired: fire(20), ..Unit::new(linde(), at(40)) }).await.unwrap();
    assert_eq!(store.timers_of(&linde(), stream).await.unwrap(), left);
    // Handled and set anew, even for the same moment.
    let mut change = request.change(at(2), vec![Event::Asked { field: None }]);
    change.set_timers = vec![("settle".into(), at(40))];
    request.head = store.commit(Unit { fired: fire(40), ..unit(at(2), change) }).await.unwrap().heads[0];
    assert_eq!(store.timers_of(&linde(), stream).await.unwrap(), left);
    // Handled.
    store.commit(Unit { fired: fire(40), ..Unit::new(linde(), at(40)) }).await.unwrap();
    assert_eq!(store.timers_of(&linde(), stream).await.unwrap(), vec![timer(1, "question-expiry", 90)]);
    // Handled twice, which is fine.
    store.commit(Unit { fired: fire(40), ..Unit::new(linde(), at(40)) }).await.unwrap();
}

async fn numbers_are_never_given_twice(place: &Place) {
    let store = place.open().await;
    let numbers = (0..32).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.next_number(&linde(), 2026).await.unwrap() })
    });
    let mut given = BTreeSet::new();
    for number in numbers.collect::<Vec<_>>() {
        given.insert(number.await.unwrap());
    }
    assert_eq!(given, (1..=32).map(|sequence| Number { year: 2026, sequence }).collect());
    assert_eq!(store.next_number(&linde(), 2027).await.unwrap(), Number { year: 2027, sequence: 1 });
    assert_eq!(store.next_number(&"other".into(), 2026).await.unwrap(), Number { year: 2026, sequence: 1 });
}

async fn a_number_that_is_taken_conflicts(place: &Place) {
    let store = place.open().await;
    let mut first = a_request(&*store, 1, 0).await;
    grow(&*store, &mut first, 1, vec![settled(7)]).await;
    let mut second = a_request(&*store, 2, 0).await;
    let change = second.change(at(1), vec![settled(7)]);
    assert!(matches!(store.commit(unit(at(1), change)).await, Err(CommitError::Conflict)));
}

async fn lists_show_open_requests_newest_first_page_by_page(place: &Place) {
    let store = place.open().await;
    for n in 0..25 {
        // Five at each moment, so that the identity must break ties.
        let mut request = a_request(&*store, n, i64::try_from(n / 5).unwrap()).await;
        if n % 5 == 4 {
            grow(&*store, &mut request, 50, vec![closed()]).await;
        }
    }
    let expected: Vec<_> = (0..25).rev().filter(|n| n % 5 != 4).map(request_id).collect();
    let filter = OpenFilter::default();
    let mut shown = Vec::new();
    let mut after = None;
    loop {
        let page = store.list(&linde(), &filter, after, 7).await.unwrap();
        assert!(page.len() <= 7);
        let Some(last) = page.last() else { break };
        after = Some(Cursor { opened_at: last.summary.opened_at, id: last.id });
        shown.extend(page.into_iter().map(|listed| listed.id));
    }
    assert_eq!(shown, expected);
    assert_eq!(store.list(&"other".into(), &filter, None, 7).await.unwrap(), vec![]);
    let ended = OpenFilter { stage: Some(StageName::Closed), ..filter };
    assert_eq!(store.list(&linde(), &ended, None, 99).await.unwrap().len(), 5);
}

async fn filters_narrow_a_list(place: &Place) {
    let store = place.open().await;
    a_request(&*store, 1, 0).await;
    let mut second = a_request(&*store, 2, 1).await;
    let mut change = second.change(at(2), vec![settled(41)]);
    let mut row = change.summary.clone().unwrap();
    row.due_at = Some(at(500));
    row.requester = Some("discord:77".into());
    row.item = Some("fac.keys".into());
    change.summary = Some(row.clone());
    store.commit(unit(at(2), change)).await.unwrap();
    let none = OpenFilter::default;
    let only_second = [
        OpenFilter { provider: Some("facilitair".into()), ..none() },
        OpenFilter { stage: Some(StageName::AwaitingApproval), ..none() },
        OpenFilter { item: Some("fac.keys".into()), ..none() },
        OpenFilter { waits_for: Some(WaitsFor::Approvers), ..none() },
        OpenFilter { requester: Some("discord:77".into()), ..none() },
        OpenFilter { due_before: Some(at(501)), ..none() },
        OpenFilter { provider: Some("facilitair".into()), due_before: Some(at(501)), ..none() },
    ];
    for filter in only_second {
        let listed = store.list(&linde(), &filter, None, 9).await.unwrap();
        assert_eq!(listed.len(), 1, "{filter:?}");
        assert_eq!(listed[0].id, second.id, "{filter:?}");
        assert_eq!(listed[0].summary, row, "every column comes back");
    }
    let nobody = [
        OpenFilter { provider: Some("ict".into()), ..none() },
        OpenFilter { stage: Some(StageName::Closed), ..none() },
        OpenFilter { due_before: Some(at(500)), ..none() },
        OpenFilter { requester: Some("discord:77".into()), item: Some("fac.plumbing".into()), ..none() },
    ];
    for filter in nobody {
        assert_eq!(store.list(&linde(), &filter, None, 9).await.unwrap(), vec![], "{filter:?}");
    }
    assert_eq!(store.list(&linde(), &none(), None, 9).await.unwrap().len(), 2);
}

async fn words_are_found_in_what_is_open_and_never_in_what_is_confidential(place: &Place) {
    let store = place.open().await;
    let said = ["De Kraan lekt, 100% zeker", "de lamp_kap is stuk", "De KRAAN druppelt", "kraan dicht, café É"];
    for (n, text) in (1..).zip(said) {
        let mut request = Growing::new(n);
        let mut change = request.change(at(i64::try_from(n).unwrap()), vec![drafted(at(0), text)]);
        let mut row = change.summary.clone().unwrap();
        // The third is about a service that is confidential.
        row.item = Some(if n == 3 { "ict.leaver" } else { "fac.plumbing" }.into());
        change.summary = Some(row.clone());
        request.head = store.commit(unit(at(0), change)).await.unwrap().heads[0];
        let mut change = request.change(at(9), vec![settled(u32::try_from(n).unwrap() + 40)]);
        change.summary.as_mut().unwrap().item = row.item;
        request.head = store.commit(unit(at(9), change)).await.unwrap().heads[0];
        if n == 4 {
            grow(&*store, &mut request, 10, vec![closed()]).await;
        }
    }
    let find = async |text: &str, stage| {
        let sought = Sought { text: text.to_owned(), by_number_only: vec!["ict.other".into(), "ict.leaver".into()] };
        let filter = OpenFilter { text: Some(sought), stage, ..OpenFilter::default() };
        let listed = store.list(&linde(), &filter, None, 9).await.unwrap();
        listed.into_iter().map(|listed| listed.summary.number.unwrap().sequence).collect::<Vec<_>>()
    };
    assert_eq!(find("kraan", None).await, vec![41], "in any case of letters; neither the confidential nor the closed");
    assert_eq!(find("KRAAN", Some(StageName::Closed)).await, vec![44]);
    assert_eq!(find("café É", Some(StageName::Closed)).await, vec![44]);
    // What means something in a pattern is looked for as it stands.
    for (text, found) in [("0%", vec![41]), ("a%n", vec![]), ("p_k", vec![42]), ("d_ l", vec![]), ("\\", vec![])] {
        assert_eq!(find(text, None).await, found, "{text}");
    }
    for (text, found) in [("2026-0043", vec![43]), ("#2026-004", vec![43, 42, 41]), ("026", vec![]), ("#", vec![])] {
        assert_eq!(find(text, None).await, found, "{text}");
    }
    assert_eq!(find("kraan\0", None).await, vec![41], "a character that no text holds");
    let filter =
        OpenFilter { text: Some(Sought { text: "kraan".into(), ..Sought::default() }), ..OpenFilter::default() };
    assert_eq!(store.list(&linde(), &filter, None, 9).await.unwrap().len(), 2, "nothing is confidential by itself");
    assert_eq!(store.list(&"other".into(), &filter, None, 9).await.unwrap(), vec![]);
}

async fn open_requests_are_counted_by_who_must_act(place: &Place) {
    let store = place.open().await;
    for n in 1..=6 {
        let mut request = a_request(&*store, n, 0).await;
        if n > 2 {
            let mut change = request.change(at(1), vec![settled(u32::try_from(n).unwrap())]);
            change.summary.as_mut().unwrap().due_at = Some(at(i64::try_from(n).unwrap() * 100));
            request.head = store.commit(unit(at(1), change)).await.unwrap().heads[0];
        }
        if n == 6 {
            grow(&*store, &mut request, 2, vec![closed()]).await;
        }
    }
    let tally = store.tally(&linde(), at(401)).await.unwrap();
    assert_eq!(
        tally,
        [
            Tally { waits_for: WaitsFor::Approvers, open: 3, late: 2 },
            Tally { waits_for: WaitsFor::Loket, open: 2, late: 0 },
        ]
    );
    assert_eq!(store.tally(&"other".into(), at(401)).await.unwrap(), vec![]);
}

async fn numbers_are_completed_from_open_requests(place: &Place) {
    let store = place.open().await;
    for (n, sequence) in [(1, 1), (2, 12), (3, 13), (4, 200)] {
        let mut request = a_request(&*store, n, 0).await;
        grow(&*store, &mut request, 1, vec![settled(sequence)]).await;
        if sequence == 13 {
            grow(&*store, &mut request, 2, vec![closed()]).await;
        }
    }
    a_request(&*store, 5, 0).await;
    let complete = async |prefix: &str, limit| {
        let listed = store.complete_number(&linde(), prefix, limit).await.unwrap();
        listed.into_iter().map(|listed| listed.summary.number.unwrap().sequence).collect::<Vec<_>>()
    };
    assert_eq!(complete("2026-00", 9).await, vec![12, 1]);
    assert_eq!(complete("2026", 2).await, vec![200, 12]);
    assert_eq!(complete("", 9).await, vec![200, 12, 1]);
    assert_eq!(complete("2026-0%", 9).await, Vec::<u32>::new());
    assert_eq!(complete("é_", 9).await, Vec::<u32>::new());
}

async fn a_request_is_found_by_message_conversation_and_number(place: &Place) {
    let store = place.open().await;
    let mut first = a_request(&*store, 1, 0).await;
    let opened = Event::ConversationOpened { channel: "discord:600".into() };
    let mut change = first.change(at(1), vec![settled(41), opened.clone()]);
    let card = Slot::Approval(1);
    change.links = vec![
        Link { at: message(1), kind: LinkKind::Said },
        Link { at: message(2), kind: LinkKind::Post(card) },
        // The same link twice in one unit: the last one stands.
        Link { at: message(3), kind: LinkKind::Said },
        Link { at: message(3), kind: LinkKind::Post(Slot::Card) },
    ];
    first.head = store.commit(unit(at(1), change)).await.unwrap().heads[0];
    grow(&*store, &mut first, 2, vec![closed()]).await;
    let mut second = a_request(&*store, 2, 0).await;
    let mut change = second.change(at(1), vec![opened]);
    change.links = vec![Link { at: message(1), kind: LinkKind::Said }];
    store.commit(unit(at(1), change)).await.unwrap();

    let said = |id| (linde(), id, LinkKind::Said);
    assert_eq!(store.by_message(&message(1).message).await.unwrap(), vec![said(second.id), said(first.id)]);
    let post = (linde(), first.id, LinkKind::Post(card));
    assert_eq!(store.by_message(&message(2).message).await.unwrap(), vec![post]);
    let post = (linde(), first.id, LinkKind::Post(Slot::Card));
    assert_eq!(store.by_message(&message(3).message).await.unwrap(), vec![post]);
    assert_eq!(store.by_message(&message(9).message).await.unwrap(), vec![]);
    let there = vec![(linde(), second.id, StageName::Draft), (linde(), first.id, StageName::Closed)];
    assert_eq!(store.in_conversation(&"discord:600".into()).await.unwrap(), there);
    assert_eq!(store.in_conversation(&"discord:601".into()).await.unwrap(), vec![]);
    let number = Number { year: 2026, sequence: 41 };
    assert_eq!(store.by_number(&linde(), number).await.unwrap(), Some(first.id));
    assert_eq!(store.by_number(&"other".into(), number).await.unwrap(), None);
    assert_eq!(store.by_number(&linde(), Number { sequence: 42, ..number }).await.unwrap(), None);
}

async fn watched_posts_are_those_of_open_requests(place: &Place) {
    let store = place.open().await;
    let links =
        [LinkKind::Said, LinkKind::Post(Slot::Offer), LinkKind::Post(Slot::Card), LinkKind::Post(Slot::Approval(2))];
    let mut ended = Growing::new(1);
    for (n, request) in [(10, &mut ended), (20, &mut Growing::new(2))] {
        let mut change = request.change(at(0), vec![drafted(at(0), "x")]);
        change.links = (n..).zip(links).map(|(n, kind)| Link { at: message(n), kind }).collect();
        request.head = store.commit(unit(at(0), change)).await.unwrap().heads[0];
    }
    grow(&*store, &mut ended, 1, vec![closed()]).await;
    let watched = store.watched().await.unwrap();
    let expected = [(20, links[0]), (21, links[1]), (23, links[3])];
    let expected: Vec<_> =
        expected.into_iter().map(|(n, kind)| (linde(), request_id(2), Link { at: message(n), kind })).collect();
    assert_eq!(watched, expected);
}

async fn what_was_committed_is_read_back_and_nobody_spends_on_an_old_ledger(place: &Place) {
    let store = place.open().await;
    let read = async |since: i64, month: i64| {
        store.ledger(&linde(), at(since), at(month), Some((&"fac.furniture".into(), Kind::Request))).await.unwrap()
    };
    assert_eq!(read(0, 0).await, Ledger { version: Some(0), month: at(0), ..ledger::EMPTY.clone() });
    let waits = commitment(1, 10, None);
    let granted =
        Commitment { mandates: vec!["bob".into()], rule: Some("small".into()), ..commitment(2, 20, Some(25)) };
    let void = Commitment { void: true, ..commitment(3, 30, Some(35)) };
    for (n, one) in (1..).zip([&waits, &granted, &void]) {
        let mut request = Growing::new(n);
        let change = request.change(at(0), vec![drafted(at(0), "x")]);
        let change = Change { commitment: Some(one.clone()), ..change };
        request.head = store.commit(unit(at(0), change)).await.unwrap().heads[0];
    }
    let all = read(0, 0).await;
    assert_eq!(all.commitments, [waits.clone(), granted.clone(), void.clone()]);
    assert_eq!(all.last, Some(granted.clone()), "what was cancelled is no example of a price");
    let fault = Some((&"fac.furniture".into(), Kind::Incident));
    assert_eq!(store.ledger(&linde(), at(0), at(0), fault).await.unwrap().last, None, "a repair is no order");
    assert_eq!(read(15, 15).await.commitments, [granted.clone(), void.clone()]);
    assert_eq!(read(25, 26).await.commitments, [void], "settled since, or granted this month");
    assert_eq!(store.ledger(&"other".into(), at(0), at(0), None).await.unwrap().commitments, []);

    let spend = |version| Unit { spends: Some(version), ..Unit::new(linde(), at(0)) };
    store.commit(spend(0)).await.unwrap();
    assert!(matches!(store.commit(spend(0)).await, Err(CommitError::Conflict)), "somebody spent meanwhile");
    assert_eq!(read(0, 0).await.version, Some(1));
    store.commit(spend(1)).await.unwrap();
    assert_eq!(read(0, 0).await.version, Some(2));
}

/// An order of furniture for € 100.
fn commitment(request: u64, settled: i64, granted: Option<i64>) -> Commitment {
    Commitment {
        request: request_id(request),
        number: Number { year: 2026, sequence: 41 },
        requester: Some("discord:7".into()),
        person: None,
        provider: "facilitair".into(),
        item: "fac.furniture".into(),
        kind: Kind::Request,
        amount: Some(Money { cents: 10_000, basis: Basis::Incl }),
        vat_rate: 2100,
        settled_at: at(settled),
        granted_at: granted.map(at),
        rule: None,
        mandates: vec![],
        void: false,
    }
}

async fn a_digest_falls_due_once(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.last_digest(&linde(), "spoc").await.unwrap(), None);
    let row =
        |year, week| DigestRow { audience: "spoc".into(), week: IsoWeek { year, week }, posted: true, late: false };
    let due = |rows: Vec<DigestRow>| Unit { digests: rows, ..Unit::new(linde(), at(0)) };
    store.commit(due(vec![row(2026, 53), row(2026, 9)])).await.unwrap();
    store.commit(due(vec![row(2027, 1)])).await.unwrap();
    assert!(matches!(store.commit(due(vec![row(2027, 2), row(2026, 9)])).await, Err(CommitError::Conflict)));
    assert_eq!(store.last_digest(&linde(), "spoc").await.unwrap(), Some(IsoWeek { year: 2027, week: 1 }));
    assert_eq!(store.last_digest(&linde(), "board").await.unwrap(), None);

    let both = [due(vec![row(2027, 3)]), due(vec![row(2027, 3)])];
    let [one, other] = both.map(|unit| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.commit(unit).await })
    });
    let won = [one.await.unwrap(), other.await.unwrap()].iter().filter(|result| result.is_ok()).count();
    assert_eq!(won, 1);
}

async fn the_requests_of_a_week_come_each_once_and_page_by_page(place: &Place) {
    let store = place.open().await;
    let mut first = a_request(&*store, 1, 0).await;
    let mut second = a_request(&*store, 2, 10).await;
    let third = a_request(&*store, 3, 30).await;
    grow(&*store, &mut first, 20, vec![settled(1), closed()]).await;
    grow(&*store, &mut second, 30, vec![closed()]).await;
    store.commit(unit(at(15), of_organisation(Head::default()))).await.unwrap();
    let touched = async |from, to, after, limit| store.touched(&linde(), at(from), at(to), after, limit).await.unwrap();
    assert_eq!(touched(10, 30, None, 10).await, [first.id, second.id], "the end is exclusive, a request comes once");
    assert_eq!(touched(10, 30, None, 1).await, [first.id]);
    assert_eq!(touched(10, 30, Some(first.id), 1).await, [second.id]);
    assert_eq!(touched(10, 30, Some(second.id), 1).await, []);
    assert_eq!(touched(0, 10, None, 10).await, [first.id]);
    assert_eq!(touched(30, 31, None, 10).await, [second.id, third.id]);
    assert_eq!(store.touched(&"other".into(), at(0), at(99), None, 9).await.unwrap(), []);
}

async fn small_memories_are_kept(place: &Place) {
    let store = place.open().await;
    let account = "discord:7".into();
    assert_eq!(store.last_nudge(&linde(), &account).await.unwrap(), None);
    for moment in [5, 9] {
        let nudged = Some(account.clone());
        store.commit(Unit { nudged, ..Unit::new(linde(), at(moment)) }).await.unwrap();
    }
    assert_eq!(store.last_nudge(&linde(), &account).await.unwrap(), Some(at(9)));
    assert_eq!(store.last_nudge(&"other".into(), &account).await.unwrap(), None);

    let channel = "discord:500".into();
    assert_eq!(store.backfilled(&channel).await.unwrap(), None);
    for message in ["discord:1", "discord:2"] {
        store.set_backfilled(&channel, &message.into()).await.unwrap();
    }
    assert_eq!(store.backfilled(&channel).await.unwrap(), Some("discord:2".into()));

    assert_eq!(store.count("identify", "monday").await.unwrap(), 1);
    assert_eq!(store.count("identify", "monday").await.unwrap(), 2);
    assert_eq!(store.count("mail", "monday").await.unwrap(), 1);
    assert_eq!(store.count("identify", "tuesday").await.unwrap(), 1);
    assert_eq!(store.count("identify", "monday").await.unwrap(), 1, "older windows are forgotten");
    let counts = (0..20).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.count("race", "day").await.unwrap() })
    });
    let mut counted = BTreeSet::new();
    for count in counts.collect::<Vec<_>>() {
        counted.insert(count.await.unwrap());
    }
    assert_eq!(counted, (1..=20).collect());
}

async fn a_lease_has_one_holder_and_who_lost_it_cannot_write(place: &Place) {
    let (here, there) = (place.open().await, place.open().await);
    let held = here.lease("writer", "here", at(0), at(30)).await.unwrap().unwrap();
    assert_eq!(there.lease("writer", "there", at(10), at(40)).await.unwrap(), None);
    let renewed = here.lease("writer", "here", at(20), at(50)).await.unwrap().unwrap();
    assert_eq!((renewed.epoch, renewed.until), (held.epoch, at(50)));
    here.commit(message_to_card(1)).await.unwrap();
    there.commit(message_to_card(2)).await.unwrap();
    assert!(there.lease("schedule", "there", at(20), at(50)).await.unwrap().is_some(), "another name, another lease");

    let taken = there.lease("writer", "there", at(50), at(80)).await.unwrap().unwrap();
    assert!(taken.epoch > held.epoch);
    assert!(matches!(here.commit(message_to_card(3)).await, Err(CommitError::Superseded)));
    assert!(here.claim(at(99), at(120), 9, None).await.is_err());
    assert!(here.next_number(&linde(), 2026).await.is_err());
    assert_eq!(here.lease("writer", "here", at(60), at(90)).await.unwrap(), None);
    assert!(matches!(here.commit(message_to_card(3)).await, Err(CommitError::Superseded)), "still");
    assert_eq!(here.load(&linde(), request_id(3)).await.unwrap(), None);
    there.commit(message_to_card(3)).await.unwrap();

    let back = here.lease("writer", "here", at(80), at(110)).await.unwrap().unwrap();
    assert!(back.epoch > taken.epoch);
    here.commit(message_to_card(4)).await.unwrap();
    assert!(matches!(there.commit(message_to_card(5)).await, Err(CommitError::Superseded)));
}

/// Three requests, of which the second has three events.
async fn a_house(store: &dyn Store) -> Growing {
    a_request(store, 1, 0).await;
    let mut second = a_request(store, 2, 1).await;
    grow(store, &mut second, 2, vec![settled(1)]).await;
    grow(store, &mut second, 3, vec![closed()]).await;
    a_request(store, 3, 4).await;
    second
}

async fn verify_passes_what_was_written_and_reads_all_of_it(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.verify(&linde()).await.unwrap(), 0);
    a_house(&*store).await;
    assert_eq!(store.verify(&linde()).await.unwrap(), 5);
    assert_eq!(store.verify(&"other".into()).await.unwrap(), 0);
}

async fn found(place: &Place, sql: &str, expected: &str) {
    place.tamper(sql).await;
    let store = place.open().await;
    let found = store.verify(&linde()).await.expect_err(sql).to_string();
    assert!(found.contains(expected), "{sql}: {found}");
}

async fn verify_finds_a_changed_byte(place: &Place) {
    let id = a_house(&*place.open().await).await.id;
    let change = |from: &str, to: &str| {
        format!("update journal set body = replace(body, '{from}', '{to}') where stream = '{id}' and seq = 2")
    };
    found(place, &change("cancelled", "fulfilled"), "event 2").await;
    place.tamper(&change("fulfilled", "cancelled")).await;
    assert_eq!(place.open().await.verify(&linde()).await.unwrap(), 5);
    let column = |name: &str| format!("update journal set type = '{name}' where stream = '{id}' and seq = 2");
    found(place, &column("chased"), "columns that differ").await;
    place.tamper(&column("closed")).await;
    found(place, &format!("update journal set at = at + 1 where stream = '{id}' and seq = 1"), "event 1").await;
}

async fn verify_finds_a_changed_text(place: &Place) {
    let id = a_house(&*place.open().await).await.id;
    let change = format!("update private_value set body = 'iets anders' where stream = '{id}' and seq = 2");
    found(place, &change, "a text of event 2").await;
}

async fn verify_finds_removed_and_swapped_rows(place: &Place) {
    let id = a_house(&*place.open().await).await.id;
    let whole = format!("where stream = '{id}'");
    place.tamper("create table kept as select * from journal").await;
    let back = format!("delete from journal {whole}; insert into journal select * from kept {whole}");

    found(place, &format!("delete from journal {whole} and seq = 0"), "event 0").await;
    place.tamper(&back).await;
    found(place, &format!("delete from journal {whole} and seq = 1"), "event 1").await;
    place.tamper(&back).await;
    found(place, &format!("delete from journal {whole} and seq = 2"), "differs from its journal").await;
    place.tamper(&back).await;
    found(place, &format!("delete from journal {whole}"), "no journal").await;
    place.tamper(&back).await;
    let swap = format!(
        "update journal set seq = 99 {whole} and seq = 1; update journal set seq = 1 {whole} and seq = 2;
         update journal set seq = 2 {whole} and seq = 99"
    );
    found(place, &swap, "does not match its hash").await;
    place.tamper(&back).await;
    assert_eq!(place.open().await.verify(&linde()).await.unwrap(), 5);
}

async fn verify_finds_a_row_that_differs(place: &Place) {
    let id = a_house(&*place.open().await).await.id;
    found(place, &format!("update request set stage = 'draft' where id = '{id}'"), "differs from its journal").await;
    found(place, &format!("delete from request where id = '{id}'"), "no row").await;
}

async fn who_is_away_stands_in_a_table_as_in_the_journal(place: &Place) {
    let store = place.open().await;
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let away = |person: &str, from, until, substitute: Option<&str>| {
        NewEvent::Organisation(OrganisationEvent::AwayFrom {
            person: person.into(),
            from: day(from),
            until: day(until),
            substitute: substitute.map(Into::into),
            by: "discord:8".into(),
        })
    };
    let back = |person: &str, from| {
        let (person, from) = (person.into(), day(from));
        NewEvent::Organisation(OrganisationEvent::Back { person, from, by: "discord:8".into() })
    };
    let events = [
        away("bob", 9, 16, Some("carla")),
        away("anna", 9, 10, None),
        // Cuts the one before it, and takes the place of one that would begin within it.
        away("bob", 20, 22, None),
        away("bob", 12, 21, Some("anna")),
        away("carla", 25, 28, None),
        back("carla", 25),
        // The same first day with another end.
        away("bob", 12, 19, None),
        away("bob", 28, 30, None),
    ];
    let mut head = Head::default();
    for event in events {
        let change = Change { events: vec![event], set_timers: vec![], effects: vec![], ..of_organisation(head) };
        head = store.commit(unit(at(1), change)).await.unwrap().heads[0];
        let loaded = store.load_organisation(&linde()).await.unwrap();
        assert_eq!(store.absences(&linde(), day(1)).await.unwrap(), absences(&loaded.events));
    }
    let ahead = |on| {
        let store = &store;
        async move {
            let ahead = store.absences(&linde(), day(on)).await.unwrap();
            ahead.into_iter().map(|absence| absence.from).collect::<Vec<_>>()
        }
    };
    assert_eq!(ahead(11).await, [day(9), day(12), day(28)]);
    assert_eq!(ahead(12).await, [day(12), day(28)], "the first day back is not a day away");
    assert!(store.absences(&"merel".into(), day(1)).await.unwrap().is_empty());
    // What conflicts leaves no row behind.
    let late = Change {
        events: vec![away("dirk", 9, 16, None)],
        set_timers: vec![],
        effects: vec![],
        ..of_organisation(Head::default())
    };
    assert!(matches!(store.commit(unit(at(1), late)).await, Err(CommitError::Conflict)));
    assert_eq!(ahead(1).await, [day(9), day(9), day(12), day(28)]);
    assert_eq!(store.verify(&linde()).await.unwrap(), 8);
    // Who could write into the table could make anybody a substitute.
    let forged = "insert into absence values ('linde', 'dirk', '2026-03-09', '2026-03-16', 'eve')";
    found(place, forged, "differs from the journal of the organisation").await;
}

async fn what_is_erased_is_gone_for_good_and_only_what_is_past_is_named(place: &Place) {
    let store = place.open().await;
    for n in 1..4 {
        let mut request = Growing::new(n);
        grow(&*store, &mut request, 0, vec![drafted(at(0), &format!("kanariekraan{n}"))]).await;
        if n < 3 {
            grow(
                &*store,
                &mut request,
                i64::try_from(n).unwrap() * 10,
                vec![settled(40 + u32::try_from(n).unwrap()), closed()],
            )
            .await;
        }
    }
    let kind = store.list(&linde(), &OpenFilter::default(), None, 9).await.unwrap()[0].summary.kind;
    let other = Kind::ALL.into_iter().find(|other| Some(*other) != kind);
    let past = async |kind, horizon| store.past(&linde(), kind, at(horizon), 9).await.unwrap();
    assert_eq!(past(kind, 9).await, vec![]);
    assert_eq!(past(kind, 10).await, [request_id(1)], "what ended at that very moment");
    assert_eq!(past(kind, 99).await, [request_id(1), request_id(2)], "the open one never");
    assert_eq!(store.past(&linde(), kind, at(99), 1).await.unwrap(), [request_id(1)], "the first to end come first");
    assert_eq!((past(other, 99).await, past(None, 99).await), (vec![], vec![]));

    let gone = |n, seq| Erased { stream: StreamId::Request(request_id(n)), seq };
    let nudged = Unit { nudged: Some("discord:7".into()), ..Unit::new(linde(), at(50)) };
    store.commit(nudged).await.unwrap();
    let erasing = || Unit {
        erased: vec![gone(1, None), gone(2, Some(0))],
        forgotten: vec!["discord:7".into()],
        ..Unit::new(linde(), at(60))
    };
    store.commit(erasing()).await.unwrap();
    store.commit(erasing()).await.unwrap();
    store.scrub(false).await.unwrap();
    store.scrub(true).await.unwrap();
    assert_eq!(store.last_nudge(&linde(), &"discord:7".into()).await.unwrap(), None);
    assert_eq!(past(kind, 99).await, [request_id(2)], "the reason of its end is still there");
    let everything = place.everything().await;
    for (n, there) in [(1, false), (2, false), (3, true)] {
        let words = format!("kanariekraan{n}");
        assert_eq!(everything.iter().any(|(_, row)| row.contains(&words)), there, "{words}");
        if let Some(file) = place.file() {
            for beside in ["", "-wal"] {
                let bytes = std::fs::read(format!("{}{beside}", file.display())).unwrap_or_default();
                let found = bytes.windows(words.len()).any(|window| window == words.as_bytes());
                assert!(there || !found, "{words} stands in the bytes of {beside}");
            }
        }
    }
    assert!(store.verify(&linde()).await.unwrap() > 0, "the chains hold");
}

async fn what_is_in_a_file_is_read_back_verified_and_erased_with_its_event(place: &Place) {
    let store = place.open().await;
    let bytes: Vec<u8> = (0..=255).cycle().take(70_000).chain(*b"kanarie-foto").collect();
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = Kept { size: bytes.len() as u64, sha256, ..kept_photo() };
    let enclosed = |kept: Kept| Enclosure { kept: Some(kept), ..enclosure() };
    let mut request = Growing::new(1);
    let first = request.change(at(0), vec![drafted(at(0), "de kraan lekt")]);
    request.head = store.commit(unit(at(0), first)).await.unwrap().heads[0];
    let came = Event::FilesCame { files: vec![enclosed(kept.clone()), enclosed(kept)], who: None };
    let body = |place| Body { seq: 1, place, bytes: bytes.as_slice().into() };
    let bodies = vec![body(0), body(1)];
    let second = Change { bodies, ..request.change(at(1), vec![came]) };
    store.commit(unit(at(1), second)).await.unwrap();
    let read = async |seq, place| store.file(&linde(), request_id(1), seq, place).await.unwrap();
    assert_eq!((read(1, 0).await, read(1, 1).await), (Some(bytes.clone()), Some(bytes.clone())));
    assert_eq!((read(0, 0).await, read(1, 2).await), (None, None));
    assert_eq!(store.file(&"other".into(), request_id(1), 1, 0).await.unwrap(), None, "another's is not seen");
    assert_eq!(store.verify(&linde()).await.unwrap(), 2);

    place.tamper("delete from file where place = 1").await;
    let found = store.verify(&linde()).await.expect_err("a file is missing").to_string();
    assert!(found.contains("a file of event 1"), "{found}");
    let gone = Erased { stream: StreamId::Request(request_id(1)), seq: Some(1) };
    store.commit(Unit { erased: vec![gone], ..Unit::new(linde(), at(9)) }).await.unwrap();
    assert_eq!(read(1, 0).await, None);
    assert_eq!(store.verify(&linde()).await.unwrap(), 2, "what was erased is missed by nobody");
}

async fn an_erased_text_leaves_the_chain_whole(place: &Place) {
    let store = place.open().await;
    let id = a_house(&*store).await.id;
    let head = store.load(&linde(), id).await.unwrap().unwrap().head;
    place.tamper(&format!("delete from private_value where stream = '{id}' and seq = 2")).await;
    assert_eq!(store.verify(&linde()).await.unwrap(), 5);
    let loaded = store.load(&linde(), id).await.unwrap().unwrap();
    assert_eq!(loaded.head, head);
    match &loaded.events[2].event {
        Event::Closed { why, .. } => assert_eq!(*why, Some(Private::erased())),
        other => panic!("{other:?}"),
    }
}

async fn the_anchor_moves_with_every_stream(place: &Place) {
    let store = place.open().await;
    let mut anchors = BTreeSet::from([store.anchor(&linde()).await.unwrap()]);
    let mut request = a_request(&*store, 1, 0).await;
    assert!(anchors.insert(store.anchor(&linde()).await.unwrap()));
    a_request(&*store, 2, 0).await;
    assert!(anchors.insert(store.anchor(&linde()).await.unwrap()));
    grow(&*store, &mut request, 1, vec![closed()]).await;
    assert!(anchors.insert(store.anchor(&linde()).await.unwrap()));
    store.commit(unit(at(2), of_organisation(Head::default()))).await.unwrap();
    assert!(anchors.insert(store.anchor(&linde()).await.unwrap()));
    assert!(!anchors.insert(store.anchor(&linde()).await.unwrap()), "and stays when nothing happens");
}

async fn private_texts_stand_in_one_table_only(place: &Place) {
    let store = place.open().await;
    let canary = "kanarie-3f9a";
    let mut request = Growing::new(1);
    let mut unit = message_to_card(1);
    unit.changes = vec![request.change(at(0), vec![drafted(at(0), canary)])];
    store.commit(unit).await.unwrap();
    let tables: Vec<String> = place
        .everything()
        .await
        .into_iter()
        .filter(|(_, row)| [canary, "zaal 2.14", "lindegroen", "Femke"].iter().any(|text| row.contains(text)))
        .map(|(table, _)| table)
        .collect();
    assert_eq!(tables, vec!["private_value"; 4]);
}

async fn dropped_calls_leave_no_open_transaction(place: &Place) {
    let store = place.open().await;
    let mut started = Vec::new();
    for n in 1..=200 {
        let store = Arc::clone(&store);
        let call = tokio::spawn(async move {
            let _ = store.commit(message_to_card(n)).await;
            let _ = store.claim(at(1), at(2), 3, None).await;
            let _ = store.load(&linde(), request_id(n)).await;
        });
        // Let it come a little further each time before it is dropped.
        for _ in 0..n % 17 {
            tokio::task::yield_now().await;
        }
        call.abort();
        started.push(call);
    }
    for call in started {
        let _ = call.await;
    }
    for n in 1000..1064 {
        store.commit(message_to_card(n)).await.unwrap();
    }
    store.verify(&linde()).await.unwrap();
    // Whoever comes from outside can write at once.
    place.tamper("update counter set counted = 0").await;
    if place.file().is_none() {
        let mut connection = sqlx::PgConnection::connect(&place.url).await.unwrap();
        let open = "select count(*) from pg_locks l join pg_class c on c.oid = l.relation \
            join pg_namespace s on s.oid = c.relnamespace join pg_stat_activity a on a.pid = l.pid \
            where s.nspname = current_schema() and a.state like 'idle in transaction%'";
        let row = connection.fetch_one(open).await.unwrap();
        assert_eq!(row.get::<i64, _>(0), 0);
    }
}

async fn reopening_keeps_everything(place: &Place) {
    let before = {
        let store = place.open().await;
        store.commit(message_to_card(1)).await.unwrap();
        store.load(&linde(), request_id(1)).await.unwrap()
    };
    let store = place.open().await;
    assert_eq!(store.load(&linde(), request_id(1)).await.unwrap(), before);
    assert_eq!(store.claim(at(1), at(2), 9, None).await.unwrap().len(), 1);
}

async fn every_statement_is_understood(place: &Place) {
    drop(place.open().await);
    assert!(store::statement::ALL.len() > 40);
    if let Some(file) = place.file() {
        let connection = rusqlite::Connection::open(file).unwrap();
        for (name, text) in store::statement::ALL {
            connection.prepare(text.sqlite).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    } else {
        let mut connection = sqlx::PgConnection::connect(&place.url).await.unwrap();
        for (name, text) in store::statement::ALL {
            let prepared = (&mut connection).prepare(sqlx::SqlSafeStr::into_sql_str(text.postgres)).await;
            prepared.map(|_| ()).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[tokio::test]
async fn a_database_in_memory_does_the_same() {
    let store = store::open("sqlite::memory:", Arc::new(Counted::default())).await.unwrap();
    let mut request = a_request(&*store, 1, 0).await;
    grow(&*store, &mut request, 1, vec![settled(1)]).await;
    assert_eq!(store.verify(&linde()).await.unwrap(), 2);
    assert_eq!(summary(&super::samples::folded(request.id, &request.events)).stage, StageName::AwaitingApproval);
    assert_eq!(store.due(at(0) + Duration::days(1), 1).await.unwrap(), vec![]);
}

async fn refusal(url: &str) -> Unavailable {
    let error = store::open(url, Arc::new(Counted::default())).await.err().expect("it opened");
    let StoreError::Unavailable(why) = error else { panic!("{error}") };
    why
}

#[tokio::test]
async fn a_file_that_is_no_database_or_cannot_be_made_is_told_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "these are my notes, and no database at all, not even a little one".repeat(9)).unwrap();
    let fault = |path: &std::path::Path, fault| Unavailable::Fault {
        database: Database::File(path.display().to_string()),
        fault,
    };
    assert_eq!(refusal(&format!("sqlite:{}", file.display())).await, fault(&file, Fault::NoDatabase));
    let nowhere = folder.path().join("none/loket.db");
    assert_eq!(refusal(&format!("sqlite:{}", nowhere.display())).await, fault(&nowhere, Fault::NotOpened));
    assert_eq!(refusal("mysql://anna:geheim@localhost/loket").await, Unavailable::Scheme("mysql".into()));
    assert_eq!(refusal("sqlite::memory:?colour=red").await, Unavailable::Setting("colour=red".into()));
}

#[tokio::test]
async fn a_server_that_cannot_be_used_is_told_without_the_password() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let refused = refusal(&format!("postgres://loket:geheim@127.0.0.1:{closed}/desk")).await;
    let database = Database::Server { name: "desk".into(), at: format!("127.0.0.1:{closed}") };
    assert_eq!(refused, Unavailable::Fault { database, fault: Fault::Unreachable });
    for wrong in ["postgres://loket:geheim@[/desk", "postgres://loket:geheim@host:port/desk"] {
        assert_eq!(refusal(wrong).await, Unavailable::Url);
    }
}

#[tokio::test]
async fn a_file_that_another_process_holds_is_told_and_works_again_afterwards() {
    let place = Place::sqlite().await;
    let url = format!("{}?busy_timeout=50", place.url);
    let store = store::open(&url, Arc::clone(&place.entropy)).await.unwrap();
    let other = rusqlite::Connection::open(place.file().unwrap()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let refused = store.commit(message_to_card(1)).await.unwrap_err();
    let locked = matches!(
        &refused,
        CommitError::Store(StoreError::Unavailable(Unavailable::Fault { fault: Fault::Locked, .. }))
    );
    assert!(locked, "{refused:?}");
    other.execute_batch("rollback").unwrap();
    store.commit(message_to_card(1)).await.unwrap();
}

#[tokio::test]
async fn units_that_share_a_commit_stand_or_fall_each_alone() {
    let place = Place::sqlite().await;
    let store = place.open().await;
    let digest =
        DigestRow { audience: "spoc".into(), week: IsoWeek { year: 2026, week: 9 }, posted: true, late: false };
    store.commit(Unit { digests: vec![digest.clone()], ..Unit::new(linde(), at(0)) }).await.unwrap();
    // While somebody else holds the file they all come to wait, and then share what commits there are.
    let other = rusqlite::Connection::open(place.file().unwrap()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let commits: Vec<_> = (1..=60)
        .map(|n| {
            // Every third has written all that it has to write when its last step fails: that digest fell due before.
            let digests = if n % 3 == 0 { vec![digest.clone()] } else { vec![] };
            let (store, unit) = (Arc::clone(&store), Unit { digests, ..message_to_card(n) });
            tokio::spawn(async move { store.commit(unit).await })
        })
        .collect();
    tokio::task::yield_now().await;
    assert!(!commits.iter().any(tokio::task::JoinHandle::is_finished), "nobody is answered before the commit");
    other.execute_batch("rollback").unwrap();
    for (n, commit) in (1..).zip(commits) {
        let result = commit.await.unwrap();
        let kept = store.load(&linde(), request_id(n)).await.unwrap().is_some();
        match result {
            Ok(_) => assert!(kept && n % 3 != 0, "{n}"),
            Err(CommitError::Conflict) => assert!(!kept && n % 3 == 0, "{n}"),
            Err(other) => panic!("{n}: {other}"),
        }
    }
    assert_eq!(store.verify(&linde()).await.unwrap(), 40);
    assert_eq!(store.effects(&linde(), 1000).await.unwrap().len(), 40 * 3);
}

#[tokio::test]
async fn a_full_disk_is_told_undoes_the_unit_and_works_again_afterwards() {
    let place = Place::sqlite().await;
    let store = store::open(&format!("{}?max_page_count=120", place.url), Arc::clone(&place.entropy)).await.unwrap();
    let mut n = 0;
    let refused = loop {
        n += 1;
        assert!(n < 10_000, "the file never filled up");
        if let Err(error) = store.commit(message_to_card(n)).await {
            break error;
        }
    };
    let full = matches!(
        &refused,
        CommitError::Store(StoreError::Unavailable(Unavailable::Fault { fault: Fault::DiskFull, .. }))
    );
    assert!(full, "{refused:?}");
    assert_eq!(store.load(&linde(), request_id(n)).await.unwrap(), None);
    assert_eq!(store.verify(&linde()).await.unwrap(), n - 1, "everything before stands");
    // With space again (a program without the limit), the same unit goes in.
    place.open().await.commit(message_to_card(n)).await.unwrap();
}
