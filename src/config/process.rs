//! `loket.toml`: the settings of the process itself.

use super::known::Known;
use super::problem::Problem;
use super::reader::{Node, Table};
use super::values;
use crate::domain::OrganisationId;
use chrono::Duration;
use std::collections::BTreeSet;
use std::net::SocketAddr;

/// How a public address may look.
const ADDRESS: &str = "address = \"https://loket.example.org\"";

/// The settings of the process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Where everything is kept. `LOKET_DATABASE` goes before it.
    pub database: Database,
    /// Where the pages, `/healthz` and `/readyz` answer; `None` where nobody serves them.
    pub listen: Option<SocketAddr>,
    /// The address by which people reach the pages, without a stroke at its end; what Loket listens on unless it is written.
    pub address: Option<String>,
    /// For so many hours a personal link to the pages works.
    pub link_hours: i64,
    /// The folder in which dry runs leave what would have been sent.
    pub outbox: String,
    /// How often the channels are looked through for messages that were missed.
    pub backfill: Duration,
    /// How often the providers are asked for news.
    pub poll: Duration,
    /// How log lines look.
    pub log_format: LogFormat,
    /// How much is logged.
    pub log_level: LogLevel,
    /// Who is asked what a doubtful message means; nobody unless it is written.
    pub second_opinion: Option<SecondOpinion>,
}

/// An endpoint that speaks OpenAI's chat completions, and what it may hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondOpinion {
    /// The address below which `/chat/completions` stands, without a login.
    pub url: String,
    /// The model.
    pub model: String,
    /// The name of the secret that is sent as a bearer token.
    pub token: Option<String>,
    /// The organisations of which messages may go there; `None` means all.
    pub organisations: Option<BTreeSet<OrganisationId>>,
}

impl SecondOpinion {
    /// Whether it is asked about messages of that organisation.
    pub fn hears(&self, organisation: &OrganisationId) -> bool {
        self.organisations.as_ref().is_none_or(|named| named.contains(organisation))
    }

    /// Whether messages stay within this machine.
    pub fn is_here(&self) -> bool {
        values::host_of(&self.url).is_some_and(values::is_loopback)
    }

    /// Whether nobody on the way can read along.
    pub fn is_protected(&self) -> bool {
        values::is_protected(&self.url)
    }
}

impl Process {
    /// The address by which people reach the pages, where Loket listens on that one.
    pub fn page_address(&self, listening: SocketAddr) -> String {
        self.address.clone().unwrap_or_else(|| format!("http://{listening}"))
    }
}

impl Default for Process {
    fn default() -> Self {
        Self {
            database: Database::Url("sqlite:loket.db".into()),
            listen: None,
            address: None,
            link_hours: 12,
            outbox: "outbox".into(),
            backfill: Duration::minutes(10),
            poll: Duration::minutes(2),
            log_format: LogFormat::Text,
            log_level: LogLevel::Info,
            second_opinion: None,
        }
    }
}

/// Which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A URL without a password.
    Url(String),
    /// The name of the secret that holds the whole URL.
    Secret(String),
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// Only what went wrong.
    Error,
    /// And what may go wrong.
    Warn,
    /// And what happened.
    Info,
    /// And how.
    Debug,
}

impl LogLevel {
    /// The word in the file and for the filter of the log.
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }
}

pub(super) fn read(table: &Table<'_>, known: &Known) -> Process {
    let mut process = Process::default();
    if let Some(found) = table.get("database").and_then(|node| database(&node)) {
        process.database = found;
    }
    if let Some(found) = table.get("listen").and_then(|node| listen(&node)) {
        process.listen = found;
    }
    // Nobody can go to an address that means every address of this machine.
    let everywhere = process.listen.is_some_and(|listen| listen.ip().is_unspecified());
    let written = if everywhere { table.need("address", ADDRESS) } else { table.get("address") };
    process.address = written.and_then(|node| address(&node));
    if let Some(found) = table.get("link_hours").and_then(|node| node.integer(1, 168)) {
        process.link_hours = found;
    }
    if let Some(found) = table.get("outbox").and_then(|node| node.text()) {
        process.outbox = found;
    }
    if let Some(found) = table.get("backfill").and_then(|node| interval(&node)) {
        process.backfill = found;
    }
    if let Some(found) = table.get("poll").and_then(|node| interval(&node)) {
        process.poll = found;
    }
    let formats = [("text", LogFormat::Text), ("json", LogFormat::Json)];
    if let Some(found) = table.get("log_format").and_then(|node| node.one_of(&formats)) {
        process.log_format = found;
    }
    let levels = [LogLevel::Error, LogLevel::Warn, LogLevel::Info, LogLevel::Debug].map(|level| (level.code(), level));
    if let Some(found) = table.get("log_level").and_then(|node| node.one_of(&levels)) {
        process.log_level = found;
    }
    process.second_opinion =
        table.get("second_opinion").and_then(|node| node.table()).and_then(|table| second_opinion(&table, known));
    process
}

fn second_opinion(table: &Table<'_>, known: &Known) -> Option<SecondOpinion> {
    let url = table
        .need("url", "url = \"http://127.0.0.1:11434/v1\"")
        .and_then(|node| values::web_address(&node, ("token", "opinion")));
    let model = table.need("model", "model = \"qwen2.5:7b\"").and_then(|node| node.text());
    let token = table.get("token").map(|node| values::secret_name(&node, "token", "opinion"));
    let organisations = table.get("organisations").map(|node| {
        let named: BTreeSet<OrganisationId> = node
            .list("[\"linde\"]")
            .iter()
            .filter_map(|node| known.organisation(node))
            .map(OrganisationId::new)
            .collect();
        // An empty list would read as all or as nobody; whoever wants nobody leaves the table out.
        if named.is_empty() && node.value().as_array().is_some_and(|list| list.is_empty()) {
            node.empty();
        }
        named
    });
    // A token that cannot be read must not lead to messages being sent without one.
    let token = match token {
        Some(name) => Some(name?),
        None => None,
    };
    Some(SecondOpinion { url: url?, model: model?, token, organisations })
}

/// A length of time that is not nothing: a loop without a pause would ask forever.
fn interval(node: &Node<'_>) -> Option<Duration> {
    let found = values::duration(node)?;
    if found < Duration::seconds(1) {
        node.problem(Problem::BadDuration(node.text()?));
        return None;
    }
    Some(found)
}

fn database(node: &Node<'_>) -> Option<Database> {
    if node.shape() == super::problem::Shape::Table {
        return values::secret_name(node, "database", "database").map(Database::Secret);
    }
    let url = node.text()?;
    let server = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
    // The part before the last @ is the login; a colon in it starts a password, and so does a parameter of that name.
    let has_password = server.is_some_and(|rest| {
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        rest.contains("password=")
            || authority.rsplit_once('@').is_some_and(|(login, _)| login.contains(':'))
            || rest.rsplit_once('@').is_some_and(|(login, _)| login.contains(':'))
    });
    if has_password {
        node.problem(Problem::PlainSecret { key: "database", name: "database" });
        None
    } else if server.is_some() || url.strip_prefix("sqlite:").is_some_and(|path| !path.is_empty()) {
        Some(Database::Url(url))
    } else {
        node.problem(Problem::BadDatabase);
        None
    }
}

fn listen(node: &Node<'_>) -> Option<Option<SocketAddr>> {
    let text = node.text()?;
    if text == "none" {
        return Some(None);
    }
    let address = text.parse().ok();
    if address.is_none() {
        node.problem(Problem::BadListen(text));
    }
    address.map(Some)
}

/// A public address. What follows the host is kept, so that pages may stand below another site.
fn address(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]%".contains(c);
    if text.chars().all(plain) && values::host_of(&text).is_some() {
        return Some(text.trim_end_matches('/').to_owned());
    }
    node.problem(Problem::BadUrl(text));
    None
}
