//! Connectors to providers, by code.

pub mod email;
pub mod file;

use crate::domain::ProviderCode;
use crate::domain::register::{Connector, Mode, ProviderSettings, Register};
use crate::ports::Provider;
use email::EmailProvider;
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
