//! Why the database did not do what was asked, as values: the sentences for people stand in the locale files.

/// Why a unit was not committed; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A stream, digest or claim has changed since it was loaded: load and decide again.
    #[error("the stream has changed since it was loaded")]
    Conflict,
    /// The platform's event was handled before.
    #[error("the event was handled before")]
    Seen,
    /// This instance lost the lease under which it writes.
    #[error("another instance has taken over")]
    Superseded,
    /// The database did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be used for now, or not as it is.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// A row that cannot have been written by Loket.
    #[error("table {table} holds a row that does not fit: {what}; run `loket verify` and restore a backup")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which row and why.
        what: String,
    },
}

/// Why a database cannot be used, with the facts that somebody needs to mend it; never a secret. What it displays is for logs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// The database did not do what was asked.
    #[error("{database}: {fault}")]
    Fault {
        /// Which one.
        database: Database,
        /// What was the matter.
        fault: Fault,
    },
    /// The URL begins with something unknown; the rest of it may hold a password.
    #[error("the database URL begins with {0:?}")]
    Scheme(String),
    /// The URL of an SQLite file has an unknown setting.
    #[error("the database URL has the setting {0}")]
    Setting(String),
    /// The URL of a server cannot be read; nothing of it is shown, since it may hold a password.
    #[error("the database URL cannot be read")]
    Url,
    /// The program is built with a version of SQLite that can lose committed work.
    #[error("this program holds SQLite {0}")]
    OldSqlite(String),
    /// A migration that this program does not know: a newer release made it.
    #[error("the database has migration {0} of a newer release")]
    Newer(String),
    /// A migration that is not the one this program has under that name.
    #[error("migration {0} of the database differs from that of this program")]
    Differs(String),
    /// Another instance writes now.
    #[error("another instance has taken over")]
    TakenOver,
    /// The row is not as it was when it was loaded.
    #[error("the row has changed meanwhile")]
    Changed,
}

/// A database, as people may call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// In memory.
    Memory,
    /// A file.
    File(String),
    /// On a server.
    Server {
        /// Its name.
        name: String,
        /// Host and port.
        at: String,
    },
}

impl std::fmt::Display for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Memory => f.write_str("the database in memory"),
            Self::File(path) => write!(f, "the database {path}"),
            Self::Server { name, at } => write!(f, "the database {name} at {at}"),
        }
    }
}

/// What may be the matter with a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its connection was closed, or work on it broken off.
    Closed,
    /// Another process holds the file.
    Locked,
    /// The file or its folder may not be written.
    NotWritable,
    /// No room on the disk.
    DiskFull,
    /// The file cannot be opened.
    NotOpened,
    /// The file is damaged.
    Damaged,
    /// The file is something else.
    NoDatabase,
    /// The system cannot read or write the disk.
    Disk,
    /// Nobody answers at that address.
    Unreachable,
    /// The certificate or the way of encrypting is not to be trusted.
    Untrusted,
    /// All our connections are in use.
    NoConnection,
    /// The user or the password is not right.
    LogIn,
    /// No database of that name.
    Missing,
    /// The user may not do that.
    Rights,
    /// The server takes no more connections.
    Connections,
    /// It took too long.
    Slow,
    /// The server is being started or stopped.
    Restarting,
    /// The server only lets read.
    ReadOnly,
    /// Anything else, in the database's own words.
    Other(String),
}

impl Fault {
    /// By which the locale files choose their sentence, and logs name it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Locked => "locked",
            Self::NotWritable => "not-writable",
            Self::DiskFull => "disk-full",
            Self::NotOpened => "not-opened",
            Self::Damaged => "damaged",
            Self::NoDatabase => "no-database",
            Self::Disk => "disk",
            Self::Unreachable => "unreachable",
            Self::Untrusted => "untrusted",
            Self::NoConnection => "no-connection",
            Self::LogIn => "log-in",
            Self::Missing => "missing",
            Self::Rights => "rights",
            Self::Connections => "connections",
            Self::Slow => "slow",
            Self::Restarting => "restarting",
            Self::ReadOnly => "read-only",
            Self::Other(_) => "other",
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Other(said) => f.write_str(said),
            named => f.write_str(named.code()),
        }
    }
}
