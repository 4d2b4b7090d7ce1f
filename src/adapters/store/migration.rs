//! The migrations, embedded. `migrations/README.md` holds the rules.

use super::journal::hex;
use crate::ports::{StoreError, Unavailable};
use sha2::{Digest as _, Sha256};

/// One migration in both dialects.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The name of its files.
    pub name: &'static str,
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration {
            name: $name,
            sqlite: include_str!(concat!("../../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

/// Every migration, in the order in which they are applied.
pub const ALL: &[Migration] = migrations![
    "0001_journal",
    "0002_request",
    "0003_work",
    "0004_duty",
    "0005_doubt",
    "0006_absence",
    "0007_commitment",
    "0008_answer",
    "0009_file"
];

/// The table that remembers what was applied. Not a migration, because it must be there before the first.
pub(super) const CREATE_TABLE: &str =
    "create table if not exists migration (name text primary key, checksum text not null)";
pub(super) const APPLIED: &str = "select name, checksum from migration order by name";
pub(super) const RECORD: &str = "insert into migration (name, checksum) values ($1, $2)";

/// SHA-256 of a migration's text, in hexadecimal.
pub fn checksum(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The migrations that are still to be applied, given those that were. Anything that does not fit is refused, because a
/// database that differs from what the program knows would be damaged by it.
pub(super) fn pending(
    applied: &[(String, String)],
    text: fn(&Migration) -> &'static str,
) -> Result<&'static [Migration], StoreError> {
    for (index, (name, sum)) in applied.iter().enumerate() {
        let Some(migration) = ALL.get(index).filter(|migration| migration.name == name) else {
            return Err(Unavailable::Newer(name.clone()).into());
        };
        if checksum(text(migration)) != *sum {
            return Err(Unavailable::Differs(name.clone()).into());
        }
    }
    Ok(ALL.get(applied.len()..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied() -> Vec<(String, String)> {
        ALL.iter().map(|migration| (migration.name.to_owned(), checksum(migration.sqlite))).collect()
    }

    #[test]
    fn what_was_applied_is_not_applied_again() {
        assert_eq!(pending(&[], |m| m.sqlite).unwrap().len(), ALL.len());
        assert_eq!(pending(&applied()[..1], |m| m.sqlite).unwrap()[0].name, ALL[1].name);
        assert!(pending(&applied(), |m| m.sqlite).unwrap().is_empty());
    }

    #[test]
    fn a_changed_or_unknown_migration_is_refused_with_the_mend() {
        let mut changed = applied();
        changed[0].1 = checksum("another text");
        let refused = pending(&changed, |m| m.sqlite).unwrap_err().to_string();
        assert!(refused.contains("0001_journal") && refused.contains("differs"), "{refused}");
        let mut newer = applied();
        newer.push(("9999_future".into(), String::new()));
        let refused = pending(&newer, |m| m.sqlite).unwrap_err().to_string();
        assert!(refused.contains("newer release"), "{refused}");
    }
}
