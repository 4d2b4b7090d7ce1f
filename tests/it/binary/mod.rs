//! Ring 4: the real binary, as a child process, against the loopback Discord, real folders and a real database file. It is told
//! everything by its environment and its configuration folder, and it is killed without a warning.
//!
//! The office is the example pack with its ids replaced, so that what people copy is what is tested.

mod drill;
mod kills;
mod mail;
mod naive;
mod real;
mod soak;
mod story;
mod troubles;

use crate::loopback::{Discord, Id, Message};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a test waits for what must come, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(45);

/// The real present, which the fake must not fall behind: the binary's own clock is the real one.
#[allow(clippy::disallowed_methods)]
fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

/// A child process that dies with its handle.
pub struct Process {
    child: Mutex<Child>,
    log: PathBuf,
}

impl Process {
    /// Starts a command whose output goes to the end of a file.
    pub fn start(command: &mut Command, log: &Path) -> Arc<Self> {
        let open = || fs::OpenOptions::new().create(true).append(true).open(log).unwrap();
        let child = command.stdin(Stdio::null()).stdout(open()).stderr(open()).spawn().unwrap();
        Arc::new(Self { child: Mutex::new(child), log: log.to_owned() })
    }

    /// SIGKILL. When it returns the process is gone.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }

    /// The number by which the system knows it.
    pub fn id(&self) -> u32 {
        self.child.lock().unwrap_or_else(PoisonError::into_inner).id()
    }

    pub fn status(&self) -> Option<ExitStatus> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner).try_wait().unwrap()
    }

    /// Everything it and those before it wrote.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until it ends by itself.
    pub async fn ends(&self) -> ExitStatus {
        until("the end of the process", || self.status()).await
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let log = self.log();
            let lines: Vec<&str> = log.lines().collect();
            let last = lines.len().saturating_sub(60);
            eprintln!("--- the log's last lines ---\n{}", lines[last..].join("\n"));
        }
    }
}

/// Looks again and again, for what has no bell: files, processes and rows of another process.
pub async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(since.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain for {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The files of all providers, without those that are still being written.
fn order_files(folder: &Path) -> Vec<PathBuf> {
    let inside = |provider: &str| fs::read_dir(folder.join(provider)).into_iter().flatten().flatten();
    let all = ["facilitair", "ict"].into_iter().flat_map(inside).map(|entry| entry.path());
    all.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).collect()
}

/// The example office on a loopback Discord, with a folder for its configuration, database and orders.
pub struct Office {
    pub discord: Discord,
    folder: tempfile::TempDir,
    ids: BTreeMap<String, Id>,
    /// What else stands in the binary's environment: its secrets.
    secrets: Vec<(String, String)>,
}

/// Who and what a line of the example names.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split("\"local:").skip(1).filter_map(|rest| rest.split('"').next())
}

impl Office {
    /// Writes the office for Discord. `grace` is the settle time; `connector` replaces the facility company's, which is a folder.
    pub async fn furnish(grace: &str, connector: Option<&str>) -> Self {
        let discord = Discord::start().await;
        discord.set_patience(PATIENCE);
        let folder = tempfile::tempdir().unwrap();
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
        let mut office = Self { discord, folder, ids: BTreeMap::new(), secrets: Vec::new() };
        let mut files = Vec::new();
        let parts = [("examples/office", ""), ("examples/office/organisations", "organisations")];
        let others = [("examples/office/providers", "providers"), ("catalogue", "catalogue")];
        for (from, to) in parts.into_iter().chain(others) {
            fs::create_dir_all(office.config().join(to)).unwrap();
            for path in fs::read_dir(pack.join(from)).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_file() {
                    let to = office.config().join(to).join(path.file_name().unwrap());
                    files.push((to, fs::read_to_string(&path).unwrap()));
                }
            }
        }
        let server = office.discord.server("De Linde", "nl");
        office.ids.insert("linde".into(), server);
        for line in files.iter().flat_map(|(_, text)| text.lines()) {
            for name in named(line) {
                let id = match line {
                    _ if office.ids.contains_key(name) => continue,
                    line if line.starts_with("id = ") => office.discord.channel(server, name),
                    line if line.starts_with("accounts = ") => office.discord.person(server, name),
                    _ => continue,
                };
                office.ids.insert(name.to_owned(), id);
            }
        }
        let orders = office.orders_folder();
        for (path, text) in files {
            // The campaigns hand over more than anybody's desk in a minute.
            let mut text = text.replace("mode = \"dry-run\"", "mode = \"live\"\npace = 600");
            text = text.replace("folder = \"outbox/", &format!("folder = \"{}/", orders.display()));
            text = text.replace("grace = \"60 s\"", &format!("grace = \"{grace}\""));
            if path.ends_with("organisations/merel.toml") {
                text.push_str(&format!("\n[deadlines]\ngrace = \"{grace}\"\n"));
            }
            if let Some(connector) = connector.filter(|_| path.ends_with("providers/facilitair.toml")) {
                let (before, rest) = text.split_once("[connector]").unwrap();
                let (_, after) = rest.split_once("[hours]").unwrap();
                text = format!("{before}[connector]\n{connector}\n\n[hours]{after}");
            }
            for (name, id) in &office.ids {
                text = text.replace(&format!("\"local:{name}\""), &format!("\"discord:{id}\""));
            }
            fs::write(path, text).unwrap();
        }
        office
    }

    /// Where everything of this office lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    /// Writes a file of the configuration anew.
    pub fn configures(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.config().join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, change(text)).unwrap();
    }

    /// A secret that the configuration names.
    pub fn keeps_secret(&mut self, name: &str, value: &str) {
        self.secrets.push((format!("LOKET_SECRET_{}", name.to_uppercase()), value.to_owned()));
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("loket.db")
    }

    /// The id of a person, channel or server of the example.
    pub fn id(&self, name: &str) -> Id {
        *self.ids.get(name).unwrap_or_else(|| panic!("the example office has no {name:?}"))
    }

    /// Starts the binary, and returns at once.
    pub fn starts(&self) -> Arc<Process> {
        self.keeps_time();
        let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
        command.arg("run").arg("--config").arg(self.config()).current_dir(self.folder.path()).env_clear();
        command.envs(self.discord.environment());
        command.envs(self.secrets.iter().map(|(name, value)| (name, value)));
        command.env("LOKET_DATABASE", format!("sqlite:{}", self.database().display()));
        // As the packages start it.
        command.env("MALLOC_ARENA_MAX", "2");
        Process::start(&mut command, &self.folder.path().join("log"))
    }

    /// Starts the binary for the first time, and waits until what is said is heard: before that it is not Loket's business.
    pub async fn opens(&self) -> Arc<Process> {
        let process = self.starts();
        self.discord.online().await;
        let looked = |world: &crate::loopback::World| !world.calls_to("GET /guilds/*/threads/active").is_empty();
        self.discord.wait_until("the first look at the channels", looked).await;
        process
    }

    /// The same after a kill: what only the passing of time would give back is given back at once. The lease of the dead instance
    /// would end after half a minute, its hold on effects after a minute and a half. `late` lets three minutes pass in which the
    /// platform forgets its keys, so that Loket must look for its own posts.
    pub fn reopens(&self, late: bool) -> Arc<Process> {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        database
            .execute_batch(
                "update lease set ends_at = 0; update outbox set at = 0 where claimed = 1 and state = 'waiting'",
            )
            .unwrap();
        if late {
            database.execute_batch("update outbox set first_at = first_at - 180000").unwrap();
            self.discord.change(|world| world.nonces.clear());
        }
        self.starts()
    }

    /// The same, but the effects that were under way wait until the deadlines have been met, and the platform has forgotten its keys.
    pub fn reopens_behind_time(&self) -> Arc<Process> {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        let sql = format!(
            "update lease set ends_at = 0; \
             update outbox set at = {}, first_at = first_at - 180000 where claimed = 1 and state = 'waiting'",
            now() + 3_000
        );
        database.execute_batch(&sql).unwrap();
        self.discord.change(|world| world.nonces.clear());
        self.starts()
    }

    /// What is planned for later is due now; only while the binary does not run.
    pub fn hurries(&self) {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        database.execute_batch("update outbox set at = 0 where state = 'waiting'").unwrap();
    }

    /// The fake's clock follows the real one.
    pub fn keeps_time(&self) {
        let (real, fake) = (now(), self.discord.read(|world| world.now()));
        if real > fake {
            self.discord.set_now(real);
        }
    }

    pub fn says(&self, who: &str, channel: &str, text: &str) -> Id {
        self.keeps_time();
        self.discord.says(self.id(who), self.id(channel), text)
    }

    /// The thread under a message and the card in it, when it shows that button.
    pub async fn card(&self, message: Id, button: &str) -> (Id, Message) {
        self.discord
            .wait_for(&format!("a card with the button {button:?}"), |world| {
                let thread = world.thread_of(message)?;
                let found = world.own_talk(thread).into_iter().find(|m| m.buttons().iter().any(|b| b == button))?;
                Some((thread, found.clone()))
            })
            .await
    }

    /// The card in the approvers' channel on which both signs stand and these words are written.
    pub async fn approval(&self, words: &str) -> Message {
        let channel = self.id("goedkeuringen");
        self.discord
            .wait_for("an approvers' card with ✅ and ❌ placed", |world| {
                let placed = |m: &&Message| ["✅", "❌"].iter().all(|s| world.reactors(m.id, s).contains(&world.bot));
                world.own_talk(channel).into_iter().filter(placed).find(|m| m.text().contains(words)).cloned()
            })
            .await
    }

    pub fn orders_folder(&self) -> PathBuf {
        self.folder.path().join("orders")
    }

    /// The orders in the provider's folders: reference and text.
    pub fn orders(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for path in order_files(&self.orders_folder()) {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path).unwrap_or_default()));
        }
        found
    }

    /// Waits for the order that holds these words.
    pub async fn order(&self, words: &str) -> String {
        let look = || self.orders().into_iter().find(|(_, text)| text.contains(words)).map(|(_, text)| text);
        until(&format!("an order with {words:?}"), look).await
    }

    /// Number and stage of the requests that came from messages, by message, as the database has them now.
    pub fn requests(&self) -> Vec<(Id, Option<String>, String)> {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        let mut rows = database
            .prepare(
                "select l.message, r.number, r.stage from request r join link l \
                 on l.organisation = r.organisation and l.request = r.id where l.kind = 'said'",
            )
            .unwrap();
        rows.query_map([], |row| {
            let message: String = row.get(0)?;
            let id = message.rsplit(':').next().and_then(|id| id.parse().ok()).unwrap_or_default();
            Ok((id, row.get(1)?, row.get(2)?))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect()
    }

    /// The whole reference of an order of De Linde, by which it is known at its provider.
    pub fn reference(&self, number: &str) -> String {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        let sql = "select token from request where organisation = 'linde' and number = ?1";
        let token: String = database.query_row(sql, [number], |row| row.get(0)).unwrap();
        format!("LINDE-{number}-{token}")
    }

    /// How many effects still wait for their moment, which has come.
    pub fn waiting(&self) -> usize {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        let sql = "select count(*) from outbox where state = 'waiting' and at <= ?1";
        // A claimed effect's moment is the end of its claim, a minute and a half away at most.
        database.query_row(sql, [now() + 120_000], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap()
    }

    /// The moment of the next digest has come.
    pub fn hastens_the_digest(&self) {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        let sql = "update timer set due_at = ?1 where kind = 'digest' and organisation = 'linde'";
        assert_eq!(database.execute(sql, [now()]).unwrap(), 1);
    }

    /// Everything that stands in these channels now, for the documentation.
    pub fn transcript(&self, places: &[(&str, Id)]) -> String {
        let mut lines = Vec::new();
        for (name, channel) in places {
            lines.push(format!("\n{name}"));
            for message in self.discord.messages(*channel).into_iter().filter(|message| message.kind != 21) {
                let who = self.discord.read(|world| world.people[&message.author].name.clone());
                let who = who[..1].to_uppercase() + &who[1..];
                lines.push(format!("  {who}: {}", self.readable(&message.text()).replace('\n', "\n         ")));
                let buttons = message.buttons();
                if !buttons.is_empty() {
                    lines.push(format!("         [{}]", buttons.join("] [")));
                }
            }
        }
        lines.join("\n")
    }

    /// As people read it: without marks of format, and with names for mentions.
    pub fn readable(&self, text: &str) -> String {
        let plain = text.replace('\\', "").replace("**", "");
        let people =
            self.discord.read(|world| world.people.values().map(|one| (one.id, one.name.clone())).collect::<Vec<_>>());
        people.iter().fold(plain, |text, (id, name)| text.replace(&format!("<@{id}>"), &format!("@{name}")))
    }

    /// The number and stage of the request that a message became.
    pub async fn stage(&self, message: Id, wanted: &str) -> String {
        let look = || {
            let all = self.requests();
            let found = all.into_iter().find(|(id, _, stage)| *id == message && stage == wanted);
            found.and_then(|(_, number, _)| number)
        };
        until(&format!("the stage {wanted}"), look).await
    }
}
