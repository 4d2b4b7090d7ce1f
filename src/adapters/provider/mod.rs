//! Connectors to providers, by code.

pub mod email;
pub mod file;
mod smtp;

use crate::domain::register::{Connector, Mode, ProviderSettings, Register};
use crate::domain::{OrganisationId, ProviderCode};
use crate::ports::{Mailer, Provider};
use email::{EmailMailer, EmailProvider};
use file::FileProvider;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Looks up a named secret: the error says which variable to set, never the value.
pub type Secrets<'a> = &'a dyn Fn(&str) -> Result<SecretString, String>;

/// Makes the connector of every configured provider. A provider in dry-run writes to the outbox folder, whatever its connector.
/// The errors are sentences for the administrator, one for each provider that cannot be reached as configured.
pub fn connect(
    register: &Register,
    outbox: &Path,
    secrets: Secrets<'_>,
) -> Result<BTreeMap<ProviderCode, Arc<dyn Provider>>, Vec<String>> {
    let mut connectors = BTreeMap::new();
    let mut problems = Vec::new();
    for settings in register.providers.values() {
        match connector(settings, outbox, secrets) {
            Ok(connector) => {
                connectors.insert(settings.code.clone(), connector);
            }
            Err(problem) => problems.push(format!("providers/{}.toml: {problem}", settings.code)),
        }
    }
    if problems.is_empty() { Ok(connectors) } else { Err(problems) }
}

/// Makes the mailbox of every organisation that has one. The errors are sentences for the administrator.
pub fn mailers(
    register: &Register,
    secrets: Secrets<'_>,
) -> Result<BTreeMap<OrganisationId, Arc<dyn Mailer>>, Vec<String>> {
    let mut mailers: BTreeMap<OrganisationId, Arc<dyn Mailer>> = BTreeMap::new();
    let mut problems = Vec::new();
    for organisation in register.organisations.values() {
        let Some(mailbox) = &organisation.mail else { continue };
        let made = mailbox
            .server
            .password
            .as_deref()
            .map(secrets)
            .transpose()
            .and_then(|password| EmailMailer::new(&mailbox.from, mailbox.server.clone(), password));
        match made {
            Ok(mailer) => {
                mailers.insert(organisation.id.clone(), Arc::new(mailer));
            }
            Err(problem) => problems.push(format!("organisations/{}.toml: {problem}", organisation.id)),
        }
    }
    if problems.is_empty() { Ok(mailers) } else { Err(problems) }
}

fn connector(settings: &ProviderSettings, outbox: &Path, secrets: Secrets<'_>) -> Result<Arc<dyn Provider>, String> {
    Ok(match (settings.mode, &settings.connector) {
        (Mode::DryRun, _) => Arc::new(FileProvider::new(outbox.join(settings.code.as_str()), true)),
        (Mode::Live, Connector::File { folder }) => Arc::new(FileProvider::new(folder.into(), false)),
        (Mode::Live, Connector::Email { to, from, server }) => {
            let password = server.password.as_deref().map(secrets).transpose()?;
            Arc::new(EmailProvider::new(to, from, server.clone(), password)?)
        }
    })
}
