//! Which database is meant.

use super::{Stop, environment, load, no_store};
use crate::adapters::clock::SystemEntropy;
use crate::adapters::store;
use crate::config::process::Database;
use crate::config::{Folder, Loaded, secret};
use crate::ports::Store;
use crate::render::Voice;
use secrecy::{ExposeSecret as _, SecretString};
use std::path::PathBuf;
use std::sync::Arc;

/// The same where no folder need be given: the environment may name the database alone.
pub(super) fn named(config: Option<PathBuf>, voice: Voice<'_>) -> Result<SecretString, Stop> {
    if let Some(url) = environment("LOKET_DATABASE") {
        return Ok(SecretString::from(url));
    }
    let Some(folder) = config else { return Err(Stop::wrong(voice.say("no-folder").text())) };
    url(&load(&Folder::on_disk(folder), voice)?, voice)
}

/// The database that the environment names, else the configuration.
pub(super) fn url(loaded: &Loaded, voice: Voice<'_>) -> Result<SecretString, Stop> {
    match (environment("LOKET_DATABASE"), &loaded.process.database) {
        (Some(url), _) => Ok(SecretString::from(url)),
        (None, Database::Url(url)) => Ok(SecretString::from(url.clone())),
        (None, Database::Secret(name)) => secret::read(name, |variable| std::env::var_os(variable))
            .map_err(|error| Stop::wrong(error.sentence(voice))),
    }
}

/// The database, made where there is none yet.
pub(super) async fn open(loaded: &Loaded, voice: Voice<'_>) -> Result<Arc<dyn Store>, Stop> {
    let url = url(loaded, voice)?;
    store::open(url.expose_secret(), Arc::new(SystemEntropy)).await.map_err(|error| no_store(voice, &error))
}

/// The database of whoever wants to know what is in it. One that is not there is told: an empty one in its stead would say that all is
/// well where only the folder was wrong.
pub(super) async fn existing(loaded: &Loaded, voice: Voice<'_>) -> Result<Arc<dyn Store>, Stop> {
    there(&url(loaded, voice)?, voice)?;
    open(loaded, voice).await
}

/// Whether a database of that URL is there, as far as that can be seen without a server.
pub(super) fn there(url: &SecretString, voice: Voice<'_>) -> Result<(), Stop> {
    match store::lacking(url.expose_secret()) {
        Some(path) => Err(Stop::wrong(voice.say("database-lacking").own("file", shown(&path)).text())),
        None => Ok(()),
    }
}

/// With its folder, since a path that is not absolute begins where the command was given.
fn shown(path: &std::path::Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}
