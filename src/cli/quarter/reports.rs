//! What a simulated quarter leaves behind: the pages as a SPOC would read them through a personal link, the files as a SPOC would be
//! given them, and the picture of the last weekly overview.

use super::town::Town;
use crate::desk::DeskError;
use crate::domain::register::{ChannelRole, Organisation, Role};
use crate::domain::{AccountId, ChannelId, Lang};
use crate::ports::{Page, PageCall, Pages, Reply, What};
use crate::render::message::{Message, Piece};
use std::path::{Path, PathBuf};

/// Why the reports are not all there.
#[derive(Debug)]
pub(super) enum Failure {
    /// The desk.
    Desk(DeskError),
    /// The folder.
    Folder(std::io::Error),
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Folder(error)
    }
}

/// Writes everything; gives the files that were written.
pub(super) async fn write(town: &Town, folder: &Path, quarter: &str) -> Result<Vec<PathBuf>, Failure> {
    let house = town.desk.house();
    let Some(organisation) = house.organisation(&town.organisation) else { return Ok(vec![]) };
    let Some((spoc, room)) = spoc_of(town, organisation) else { return Ok(vec![]) };
    let mut written = Vec::new();
    let mut keep = |name: &str, bytes: &[u8]| -> Result<(), std::io::Error> {
        let path = folder.join(name);
        std::fs::write(&path, bytes)?;
        written.push(path);
        Ok(())
    };
    for (name, message) in overviews(town, organisation) {
        keep(&format!("{name}.txt"), crate::adapters::local::plain(&message).as_bytes())?;
        if let Some(picture) = message.files.first() {
            keep(&format!("{name}.png"), &picture.bytes)?;
        }
    }
    let given = town.command(&spoc, &room, "board", &[]).await?;
    if let Some(pass) = given.iter().find_map(pass_in) {
        let agendas = house.register.providers_of(organisation).into_iter().map(|provider| {
            let code = provider.code.to_string();
            (format!("agenda-{code}"), What::Agenda { provider: code })
        });
        let pages = agendas.chain([
            ("quarter".to_owned(), What::Quarter { quarter: quarter.to_owned() }),
            ("board".to_owned(), What::Board { given: vec![] }),
        ]);
        for (name, what) in pages {
            if let Some(page) = page(town, &pass, what, organisation.lang).await {
                keep(&format!("{name}.html"), &page.body)?;
            }
        }
    }
    for (command, options) in [("export", vec![("closed", "true")]), ("quarter", vec![("quarter", quarter)])] {
        for reply in town.command(&spoc, &room, command, &options).await? {
            for file in &reply.message.files {
                keep(&file.name, &file.bytes)?;
            }
        }
    }
    Ok(written)
}

/// The SPOC's account, and the room in which the SPOC gives commands.
fn spoc_of(town: &Town, organisation: &Organisation) -> Option<(AccountId, ChannelId)> {
    let today = town.now().with_timezone(&organisation.zone).date_naive();
    let account = organisation.with_role(Role::Spoc, today).find_map(|person| person.accounts.first().cloned())?;
    Some((account, organisation.channel_for(ChannelRole::Spoc)?.id.clone()))
}

/// The last weekly overview in each of the rooms that get one.
fn overviews(town: &Town, organisation: &Organisation) -> Vec<(&'static str, Message)> {
    let rooms = [(ChannelRole::Digest, "week"), (ChannelRole::Spoc, "week-spoc")];
    let mut found = Vec::new();
    for (role, name) in rooms {
        let Some(channel) = organisation.channel_for(role) else { continue };
        let posts = town.chat.messages(&channel.id).into_iter().rev().filter_map(|posted| posted.message);
        let mut overviews = posts.filter(|message| {
            let title = message.card.as_ref().map(|card| card.title.plain()).unwrap_or_default();
            title.contains("Week ") || title.contains("week ")
        });
        found.extend(overviews.next().map(|message| (name, message)));
    }
    found
}

/// The secret part of the link in an answer.
fn pass_in(reply: &Reply) -> Option<String> {
    let card = reply.message.card.iter().flat_map(|card| card.body.0.iter());
    let mut pieces = reply.message.text.0.iter().chain(card);
    let address = pieces.find_map(|piece| match piece {
        Piece::Url { address, .. } => Some(address.clone()),
        _ => None,
    })?;
    address.rsplit('/').next().map(str::to_owned)
}

async fn page(town: &Town, pass: &str, what: What, lang: Lang) -> Option<Page> {
    let call = PageCall { pass: pass.to_owned(), what, lang: Some(lang), preferred: None };
    town.desk.page(call).await.ok()
}
