//! Everything that can be looked at before something gets stuck: for `loket doctor`, and for an administrator in chat.
//!
//! What needs the network runs side by side, each within its own time, so that one server that does not answer hides nothing else.

mod configuration;
mod discord;
mod machine;
mod mail;
mod providers;

use super::{Stop, load};
use crate::config::{Folder, Loaded};
use crate::domain::Lang;
use crate::ports::{Checked, Checkup, Grade};
use crate::render::words::Say;
use crate::render::{Voice, Words};
use async_trait::async_trait;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How long one area may take.
const LIMIT: Duration = Duration::from_secs(30);
/// The same where a mail has to arrive.
const MAIL_LIMIT: Duration = Duration::from_secs(120);

/// What is looked at, in the order in which it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Area {
    /// The folder, the mandates, the catalogue and the secrets.
    Configuration,
    /// The token, the intents, the servers, the channels and the people.
    Discord,
    /// Whoever does the work.
    Providers,
    /// A letter that goes round.
    Mail,
    /// Clock, disk, database and versions.
    Machine,
}

impl Area {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Discord => "discord",
            Self::Providers => "providers",
            Self::Mail => "mail",
            Self::Machine => "machine",
        }
    }
}

/// What was found in one area.
pub(super) struct Section {
    pub(super) area: Area,
    pub(super) lines: Vec<Checked>,
}

/// Lines of one area while they are found.
struct Notes<'v> {
    voice: Voice<'v>,
    lines: Vec<Checked>,
}

impl<'v> Notes<'v> {
    fn new(voice: Voice<'v>) -> Self {
        Self { voice, lines: Vec::new() }
    }

    fn say(&self, key: &'static str) -> Say<'v> {
        self.voice.say(key)
    }

    fn add(&mut self, grade: Grade, text: impl Into<String>) {
        self.lines.push(Checked { grade, text: text.into() });
    }
}

/// Looks everything over; `mail` also sends a letter.
pub(super) async fn look(loaded: &Loaded, mail: bool, voice: Voice<'_>) -> Vec<Section> {
    let seen = machine::database(loaded, voice).await;
    let (discord, providers, letter) = tokio::join!(
        bounded(LIMIT, voice, discord::check(loaded, &seen, voice)),
        bounded(LIMIT, voice, providers::check(loaded, voice)),
        bounded(MAIL_LIMIT, voice, mail::check(loaded, mail, voice)),
    );
    let sections = [
        (Area::Configuration, configuration::check(loaded, voice)),
        (Area::Discord, discord),
        (Area::Providers, providers),
        (Area::Mail, letter),
        (Area::Machine, machine::check(loaded, seen, voice)),
    ];
    sections.into_iter().map(|(area, lines)| Section { area, lines }).collect()
}

/// What does not come in time is said to have taken too long.
async fn bounded(limit: Duration, voice: Voice<'_>, check: impl Future<Output = Vec<Checked>>) -> Vec<Checked> {
    match tokio::time::timeout(limit, check).await {
        Ok(lines) => lines,
        Err(_) => {
            let text = voice.say("check-too-long").own("seconds", limit.as_secs().to_string()).text();
            vec![Checked { grade: Grade::Warning, text }]
        }
    }
}

/// The look that an administrator asks for in chat: at the folder as it is now, whatever is in force.
pub(super) struct InChat {
    folder: PathBuf,
    words: Arc<Words>,
}

impl InChat {
    pub(super) fn over(folder: PathBuf) -> Arc<dyn Checkup> {
        Arc::new(Self { folder, words: Arc::new(Words::new()) })
    }
}

#[async_trait]
impl Checkup for InChat {
    async fn look(&self, lang: Lang) -> Vec<Checked> {
        let voice = Voice::new(&self.words, lang);
        match load(&Folder::on_disk(&self.folder), voice) {
            Ok(loaded) => look(&loaded, false, voice).await.into_iter().flat_map(|section| section.lines).collect(),
            Err(Stop { lines, .. }) => lines.into_iter().map(|text| Checked { grade: Grade::Stuck, text }).collect(),
        }
    }
}
