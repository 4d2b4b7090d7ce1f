//! Connectors to providers, by code.

mod common;
pub mod email;
pub mod file;
pub mod http;
mod mark;
pub mod rest;
pub mod rt;
mod smtp;
pub mod topdesk;

use crate::adapters::clock::SystemClock;
use crate::domain::register::{Connector, MailServer, Mode, ProviderSettings, Register};
use crate::domain::webhook::HookKey;
use crate::domain::{OrganisationId, ProviderCode, Trouble};
use crate::ports::{Mailer, Provider};
use email::{EmailMailer, EmailProvider};
use file::FileProvider;
use rest::{RestAccess, RestProvider};
use rt::{RtProvider, RtSettings};
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use topdesk::{TopdeskProvider, TopdeskSettings};

/// Looks up a named secret: the error says what is missing, never the value.
pub type Secrets<'a, E> = &'a dyn Fn(&str) -> Result<SecretString, E>;

/// Why somebody cannot be reached as configured, for the administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreachable<E> {
    /// A secret cannot be had.
    Secret(E),
    /// The settings cannot be used.
    Settings(Trouble),
}

/// The same, with the file of the configuration that says how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misconfigured<E> {
    /// The file, relative to the folder.
    pub file: String,
    /// Why.
    pub why: Unreachable<E>,
}

/// What was made for each, or who cannot be reached.
pub type Made<K, P, E> = Result<BTreeMap<K, Arc<P>>, Vec<Misconfigured<E>>>;

/// Where each provider's rehearsals are written: a folder of its own in the outbox.
pub fn rehearsals(register: &Register, outbox: &Path) -> BTreeMap<ProviderCode, Arc<dyn Provider>> {
    let folder =
        |code: &ProviderCode| Arc::new(FileProvider::new(outbox.join(code.as_str()), true)) as Arc<dyn Provider>;
    register.providers.keys().map(|code| (code.clone(), folder(code))).collect()
}

/// Makes the connector of every configured provider that is live and is reached by a program. One error for each provider that cannot be reached as configured.
pub fn connect<E>(register: &Register, outbox: &Path, secrets: Secrets<'_, E>) -> Made<ProviderCode, dyn Provider, E> {
    let mut connectors = BTreeMap::new();
    let mut problems = Vec::new();
    for settings in register.providers.values() {
        if settings.mode == Mode::DryRun || settings.by_hand() {
            continue;
        }
        match connector(settings, outbox, secrets) {
            Ok(connector) => {
                connectors.insert(settings.code.clone(), connector);
            }
            Err(why) => problems.push(Misconfigured { file: format!("providers/{}.toml", settings.code), why }),
        }
    }
    if problems.is_empty() { Ok(connectors) } else { Err(problems) }
}

/// Makes the connector of one provider whatever its mode, for a first try.
pub fn connect_one<E>(
    settings: &ProviderSettings,
    outbox: &Path,
    secrets: Secrets<'_, E>,
) -> Result<Arc<dyn Provider>, Misconfigured<E>> {
    connector(settings, outbox, secrets)
        .map_err(|why| Misconfigured { file: format!("providers/{}.toml", settings.code), why })
}

/// The keys with which events may be signed, of every provider that is live and sends some. One error for each whose keys cannot be had.
pub fn hooks<E>(
    register: &Register,
    secrets: Secrets<'_, E>,
) -> Result<BTreeMap<ProviderCode, Vec<HookKey>>, Vec<Misconfigured<E>>> {
    let mut all = BTreeMap::new();
    let mut problems = Vec::new();
    for settings in register.providers.values().filter(|settings| settings.mode == Mode::Live) {
        match hook_keys(settings, secrets) {
            Ok(keys) if keys.is_empty() => {}
            Ok(keys) => {
                all.insert(settings.code.clone(), keys);
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

/// The keys with which events of one provider may be signed; none where it sends none.
pub fn hook_keys<E>(settings: &ProviderSettings, secrets: Secrets<'_, E>) -> Result<Vec<HookKey>, Misconfigured<E>> {
    let Connector::Rest(rest) = &settings.connector else { return Ok(vec![]) };
    let key = |name: &String| {
        let text = secrets(name).map_err(Unreachable::Secret)?;
        let unusable = || Unreachable::Settings(Trouble::SigningKey { key: "hooks".to_owned() });
        HookKey::from_text(text.expose_secret()).ok_or_else(unusable)
    };
    let file = || format!("providers/{}.toml", settings.code);
    rest.hooks.iter().map(key).collect::<Result<_, _>>().map_err(|why| Misconfigured { file: file(), why })
}

/// Makes the mailbox of every organisation that has one. One error for each that cannot be used.
pub fn mailers<E>(register: &Register, secrets: Secrets<'_, E>) -> Made<OrganisationId, dyn Mailer, E> {
    let mut mailers: BTreeMap<OrganisationId, Arc<dyn Mailer>> = BTreeMap::new();
    let mut problems = Vec::new();
    for organisation in register.organisations.values() {
        let Some(mailbox) = &organisation.mail else { continue };
        let made = password(&mailbox.server, secrets).and_then(|password| {
            EmailMailer::new(&mailbox.from, mailbox.server.clone(), password).map_err(Unreachable::Settings)
        });
        match made {
            Ok(mailer) => {
                mailers.insert(organisation.id.clone(), Arc::new(mailer));
            }
            Err(why) => problems.push(Misconfigured { file: format!("organisations/{}.toml", organisation.id), why }),
        }
    }
    if problems.is_empty() { Ok(mailers) } else { Err(problems) }
}

fn password<E>(server: &MailServer, secrets: Secrets<'_, E>) -> Result<Option<SecretString>, Unreachable<E>> {
    server.password.as_deref().map(secrets).transpose().map_err(Unreachable::Secret)
}

fn connector<E>(
    settings: &ProviderSettings,
    outbox: &Path,
    secrets: Secrets<'_, E>,
) -> Result<Arc<dyn Provider>, Unreachable<E>> {
    Ok(match &settings.connector {
        Connector::File { folder } => Arc::new(FileProvider::new(folder.into(), false)),
        Connector::Email { to, from, server } => {
            let password = password(server, secrets)?;
            Arc::new(EmailProvider::new(to, from, server.clone(), password).map_err(Unreachable::Settings)?)
        }
        // A person carries it, so that nothing is ever given to this one.
        Connector::Manual { .. } => Arc::new(FileProvider::new(outbox.join(settings.code.as_str()), true)),
        Connector::Rt { server, queue, field, token } => {
            let rt = RtSettings {
                server: server.clone(),
                queue: queue.clone(),
                field: field.clone(),
                token: secrets(token).map_err(Unreachable::Secret)?,
                zone: settings.hours.zone,
            };
            Arc::new(RtProvider::new(rt, http::LIMIT).map_err(Unreachable::Settings)?)
        }
        Connector::Topdesk { server, account, user, password, caller } => {
            let topdesk = TopdeskSettings {
                server: server.clone(),
                account: *account,
                user: user.clone(),
                password: secrets(password).map_err(Unreachable::Secret)?,
                caller: caller.clone(),
                statuses: settings.statuses.clone(),
                zone: settings.hours.zone,
            };
            Arc::new(TopdeskProvider::new(topdesk, http::LIMIT).map_err(Unreachable::Settings)?)
        }
        Connector::Rest(rest) => {
            let access = RestAccess {
                server: rest.server.clone(),
                token: secrets(&rest.token).map_err(Unreachable::Secret)?,
                header: rest.header.clone(),
                signing: secrets(&rest.signing).map_err(Unreachable::Secret)?,
                author: rest.author.clone(),
                ticket_type: rest.ticket_type.clone(),
                party: rest.party.clone(),
                patch: rest.patch,
                notes: rest.notes,
                zone: settings.hours.zone,
                clock: Arc::new(SystemClock),
            };
            Arc::new(RestProvider::new(access, http::LIMIT).map_err(Unreachable::Settings)?)
        }
    })
}
