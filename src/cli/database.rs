//! Which database is meant.

use super::{Stop, environment, load};
use crate::config::process::Database;
use crate::config::{Folder, Loaded, secret};
use crate::render::Voice;
use secrecy::SecretString;
use std::path::PathBuf;

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
