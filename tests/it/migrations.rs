//! The migrations of both databases are the same in name and outcome, survive being killed half-way, and keep rows.

use super::store_contract::Place;
use loket::adapters::store::migration::{ALL, checksum};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Tables with their columns as (name, type, not null), read from the text of the migrations of a dialect.
fn columns(texts: impl Iterator<Item = &'static str>) -> BTreeMap<String, Vec<(String, String, bool)>> {
    let mut tables = BTreeMap::new();
    let mut table = None;
    for line in texts.flat_map(str::lines).map(str::trim).filter(|line| !line.starts_with("--")) {
        if let Some(added) = line.strip_prefix("alter table ") {
            let (name, column) = added.split_once(" add column ").unwrap();
            let mut words = column.split(' ');
            let (column_name, kind) = (words.next().unwrap(), words.next().unwrap().trim_end_matches(';'));
            let columns: &mut Vec<_> = tables.entry(name.to_owned()).or_default();
            columns.push((column_name.to_owned(), kind.to_owned(), column.contains("not null")));
            continue;
        }
        if let Some(name) = line.strip_prefix("create table ") {
            table = Some(name.trim_end_matches(" (").to_owned());
            continue;
        }
        if line.starts_with(')') {
            table = None;
        }
        let keys = ["primary key (", "foreign key (", "unique ("];
        if let Some(table) =
            table.as_ref().filter(|_| !line.is_empty() && !keys.iter().any(|key| line.starts_with(key)))
        {
            let line = line.trim_end_matches(',').replace(" collate \"C\"", "");
            let mut words = line.split(' ');
            let (name, kind) = (words.next().unwrap(), words.next().unwrap());
            let required = line.contains("not null") || line.contains("primary key");
            let columns: &mut Vec<_> = tables.entry(table.clone()).or_default();
            columns.push((name.to_owned(), kind.to_owned(), required));
        }
    }
    tables
}

#[test]
fn both_databases_have_the_same_migrations_and_the_program_knows_all_of_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let known: Vec<String> = ALL.iter().map(|migration| format!("{}.sql", migration.name)).collect();
    for dialect in ["sqlite", "postgres"] {
        let folder = std::fs::read_dir(root.join(dialect)).unwrap();
        let mut files: Vec<String> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        assert_eq!(files, known, "{dialect}");
    }
}

#[test]
fn both_databases_end_with_the_same_columns_of_text_bigint_and_bytes() {
    let sqlite = columns(ALL.iter().map(|migration| migration.sqlite));
    let postgres = columns(ALL.iter().map(|migration| migration.postgres));
    assert_eq!(sqlite, postgres);
    assert_eq!(sqlite.len(), 18);
    for (table, columns) in &sqlite {
        let bytes = table == "file";
        let fits = |kind: &str| kind == "text" || kind == "bigint" || (bytes && kind == "bytea");
        assert!(columns.iter().all(|(_, kind, _)| fits(kind)), "{table}");
        let by_name = ["inbox", "backfill", "lease", "counter", "mark"].contains(&table.as_str());
        assert_eq!(columns[0].0 == "organisation", !by_name, "{table}");
    }
}

#[test]
fn the_columns_read_from_the_files_are_those_that_the_database_makes() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    ALL.iter().for_each(|migration| connection.execute_batch(migration.sqlite).unwrap());
    for (table, columns) in columns(ALL.iter().map(|migration| migration.sqlite)) {
        let mut info =
            connection.prepare("select name, lower(type), \"notnull\" or pk > 0 from pragma_table_info(?1)").unwrap();
        let rows = info.query_map([&table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        let made: Vec<(String, String, bool)> = rows.map(|row| row.unwrap()).collect();
        assert_eq!(made, columns, "{table}");
    }
}

/// Every primary key starts with the organisation, apart from the five tables that say why not.
#[test]
fn primary_keys_start_with_the_organisation() {
    for migration in ALL {
        for text in [migration.sqlite, migration.postgres] {
            for key in text.lines().map(str::trim).filter(|line| line.starts_with("primary key (")) {
                assert!(key.starts_with("primary key (organisation"), "{}: {key}", migration.name);
            }
            for key in text.lines().map(str::trim).filter(|line| line.starts_with("foreign key (")) {
                assert!(key.starts_with("foreign key (organisation, "), "{}: {key}", migration.name);
            }
        }
    }
}

#[tokio::test]
async fn a_database_that_stopped_at_any_migration_with_rows_is_brought_up_to_date() {
    for applied in 0..=ALL.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loket.db");
        {
            let connection = rusqlite::Connection::open(&path).unwrap();
            connection.execute_batch("create table migration (name text primary key, checksum text not null)").unwrap();
            for migration in &ALL[..applied] {
                connection.execute_batch(migration.sqlite).unwrap();
                let record = "insert into migration (name, checksum) values (?1, ?2)";
                connection.execute(record, [migration.name, &checksum(migration.sqlite)]).unwrap();
                connection.execute_batch(sample_rows(migration.name)).unwrap();
            }
        }
        let url = format!("sqlite:{}", path.display());
        let entropy = std::sync::Arc::new(super::samples::Counted::default());
        drop(loket::adapters::store::open(&url, entropy).await.unwrap());
        let connection = rusqlite::Connection::open(&path).unwrap();
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count("select count(*) from migration"), i64::try_from(ALL.len()).unwrap());
        assert_eq!(
            count("select count(*) from lease"),
            i64::from(ALL[..applied].iter().any(|migration| migration.name == "0004_duty"))
        );
        if applied > 0 {
            assert_eq!(count("select count(*) from journal"), 1, "the rows of before are still there");
        }
    }
}

#[tokio::test]
async fn the_same_on_postgresql() {
    for applied in 0..=ALL.len() {
        let Some(place) = Place::postgres().await else { return };
        place.tamper("create table migration (name text primary key, checksum text not null)").await;
        for migration in &ALL[..applied] {
            let sum = checksum(migration.postgres);
            let record = format!("insert into migration values ('{}', '{sum}')", migration.name);
            place.tamper(migration.postgres).await;
            place.tamper(&format!("{}; {record}", sample_rows(migration.name))).await;
        }
        let before = place.everything().await;
        drop(place.open().await);
        let after = place.everything().await;
        let rows = |all: &[(String, String)], table: &str| all.iter().filter(|(name, _)| name == table).count();
        assert_eq!(rows(&after, "migration"), ALL.len());
        for (table, row) in before {
            // A later migration may have added columns at the end.
            let kept = |(name, now): &&(String, String)| *name == table && now.starts_with(row.trim_end_matches(')'));
            assert!(after.iter().any(|row| kept(&row)), "{table} lost {row}");
        }
    }
}

#[tokio::test]
async fn the_columns_read_from_the_files_are_those_that_postgresql_makes() {
    let Some(place) = Place::postgres().await else { return };
    drop(place.open().await);
    place
        .tamper(
            "create table made as select table_name::text as made_in, column_name::text as made_name, data_type::text as made_type, \
                (is_nullable = 'NO')::text as made_required from information_schema.columns where table_schema = current_schema() \
                and table_name <> 'migration'",
        )
        .await;
    let made: BTreeSet<String> =
        place.everything().await.into_iter().filter(|(table, _)| table == "made").map(|(_, row)| row).collect();
    let columns = columns(ALL.iter().map(|migration| migration.postgres));
    let expected: BTreeSet<String> = columns
        .iter()
        .flat_map(|(table, columns)| {
            columns.iter().map(move |(name, kind, required)| format!("({table},{name},{kind},{required})"))
        })
        .collect();
    assert_eq!(made, expected);
}

/// A row for each table of a migration, as that release would have written it.
fn sample_rows(name: &str) -> &'static str {
    match name {
        "0001_journal" => {
            "insert into journal values ('linde', 'organisation', 0, 1, 'configuration_accepted', 1, '{}', '00');
             insert into private_value values ('linde', 'organisation', 0, 'a', 'b', 'c');"
        }
        "0002_request" => {
            "insert into request values ('linde', 'a', 1, '2026-0001', 'draft', 'requester', 'incident', null, null,
                'normal', null, null, null, 1, 1, null);
             insert into link values ('linde', 'a', 'discord:1', 'discord:2', 'said');"
        }
        "0003_work" => {
            "insert into timer values ('linde', 'a', 'settle', 1);
             insert into outbox values ('linde', 'a', 'chat', 0, '{}', 'waiting', 1, 1, 0, 0, null, null);
             insert into inbox values ('discord:1', 1);"
        }
        "0004_duty" => {
            "insert into digest values ('linde', 'spoc', 2026, 9, 1, 0);
             insert into nudge values ('linde', 'discord:7', 1);
             insert into sequence values ('linde', 2026, 41);
             insert into backfill values ('discord:2', 'discord:1');
             insert into lease values ('writer', 'a', 1, 1);
             insert into counter values ('identify', '2026-03-02', 1);"
        }
        "0006_absence" => "insert into absence values ('linde', 'bob', '2026-03-09', '2026-03-16', null);",
        "0005_doubt" => "insert into outbox values ('linde', 'b', 'chat', 0, '{}', 'waiting', 1, 1, 2, 0, 1, 'x', 1);",
        "0007_commitment" => {
            "insert into commitment values ('linde', 'a', '2026-0001', 'discord:7', null, 'facilitair', 'fac.furniture', 'request',
                10000, 'excl', 2100, 1, null, 'small', '[]', 0);
             insert into ledger values ('linde', 1);"
        }
        "0008_answer" => "insert into mark values ('discord:1', '7:12');",
        "0009_file" => "insert into file values ('linde', 'organisation', 0, 0, 'ab');",
        other => panic!("write sample rows for {other}"),
    }
}

#[tokio::test]
async fn a_migration_that_fails_half_way_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loket.db");
    // A table in the way of the second statement of the first migration.
    rusqlite::Connection::open(&path).unwrap().execute_batch("create table private_value (x text)").unwrap();
    let url = format!("sqlite:{}", path.display());
    let open = || loket::adapters::store::open(&url, std::sync::Arc::new(super::samples::Counted::default()));
    assert!(open().await.is_err());
    let connection = rusqlite::Connection::open(&path).unwrap();
    let journals = "select count(*) from sqlite_master where name = 'journal'";
    assert_eq!(connection.query_row(journals, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    connection.execute_batch("drop table private_value").unwrap();
    drop(connection);
    open().await.unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loket.db");
    let url = format!("sqlite:{}", path.display());
    let open = || loket::adapters::store::open(&url, std::sync::Arc::new(super::samples::Counted::default()));
    drop(open().await.unwrap());
    let newer = "insert into migration (name, checksum) values ('9999_future', 'x')";
    rusqlite::Connection::open(&path).unwrap().execute_batch(newer).unwrap();
    let refused = open().await.err().unwrap().to_string();
    assert!(refused.contains("9999_future") && refused.contains("newer release"), "{refused}");
}
