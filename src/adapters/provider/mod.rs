//! Connectors to providers, by code.

pub mod email;
pub mod file;
mod smtp;

use crate::domain::register::{Connector, MailServer, Mode, ProviderSettings, Register};
use crate::domain::{OrganisationId, ProviderCode, Trouble};
use crate::ports::{Mailer, Provider};
use email::{EmailMailer, EmailProvider};
use file::FileProvider;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

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

/// Makes the connector of every configured provider. A provider in dry-run writes to the outbox folder, whatever its connector.
/// One error for each provider that cannot be reached as configured.
pub fn connect<E>(register: &Register, outbox: &Path, secrets: Secrets<'_, E>) -> Made<ProviderCode, dyn Provider, E> {
    let mut connectors = BTreeMap::new();
    let mut problems = Vec::new();
    for settings in register.providers.values() {
        match connector(settings, outbox, secrets) {
            Ok(connector) => {
                connectors.insert(settings.code.clone(), connector);
            }
            Err(why) => problems.push(Misconfigured { file: format!("providers/{}.toml", settings.code), why }),
        }
    }
    if problems.is_empty() { Ok(connectors) } else { Err(problems) }
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
    Ok(match (settings.mode, &settings.connector) {
        (Mode::DryRun, _) => Arc::new(FileProvider::new(outbox.join(settings.code.as_str()), true)),
        (Mode::Live, Connector::File { folder }) => Arc::new(FileProvider::new(folder.into(), false)),
        (Mode::Live, Connector::Email { to, from, server }) => {
            let password = password(server, secrets)?;
            Arc::new(EmailProvider::new(to, from, server.clone(), password).map_err(Unreachable::Settings)?)
        }
        // Nothing of it is carried by a program; what is rehearsed is.
        (Mode::Live, Connector::Manual { .. }) => {
            Arc::new(FileProvider::new(outbox.join(settings.code.as_str()), false))
        }
        (Mode::Live, Connector::Rt { .. } | Connector::Topdesk { .. } | Connector::Rest { .. }) => {
            Arc::new(FileProvider::new(outbox.join(settings.code.as_str()), true))
        }
    })
}
