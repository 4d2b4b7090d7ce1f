//! Photos and files on their way in: what is kept of them, and what is in them.

use super::{Desk, DeskError};
use crate::domain::Private;
use crate::domain::file::{Enclosure, Kept, LARGEST, Loss, MOST, Media};
use crate::domain::mail::MailFile;
use crate::domain::request::Request;
use crate::domain::request::files::{Here, fitting};
use crate::intake::photo::{self, Clean};
use crate::ports::HandedFile;
use crate::render;
use crate::render::file::File;
use crate::render::message::Message;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is in files, by their SHA-256.
pub(super) type Bodies = BTreeMap<String, Arc<[u8]>>;

/// A file as it is kept and passed on, and what is in it; the loss when it is damaged.
pub(super) fn kept(bytes: Vec<u8>) -> Result<(Kept, Arc<[u8]>), Loss> {
    let Clean { media, bytes, cleaned } = photo::clean(bytes).map_err(|_| Loss::Damaged)?;
    let sha256 = Sha256::digest(&bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    let size = bytes.len() as u64;
    Ok((Kept { media, size, sha256, cleaned }, bytes.into()))
}

/// What came with a mail or with news.
#[derive(Default)]
pub(super) struct Received {
    /// Photos and documents that are kept.
    pub(super) files: Vec<Enclosure>,
    /// What is in them.
    pub(super) bodies: Bodies,
    /// The names of the others, which stay where they are.
    pub(super) left: Vec<String>,
}

/// Takes the photos and documents that fit into so many bytes together.
pub(super) fn received(files: &[MailFile], mut room: u64) -> Received {
    let mut all = Received::default();
    for file in files {
        let known = Media::of(&file.content) != Media::Other && file.content.len() as u64 <= LARGEST;
        let taken = (known && all.files.len() < MOST).then(|| kept(file.content.clone()).ok()).flatten();
        let Some((kept, bytes)) = taken.filter(|(kept, _)| kept.size <= room) else {
            all.left.push(file.name.clone());
            continue;
        };
        room -= kept.size;
        all.bodies.insert(kept.sha256.clone(), bytes);
        let (name, media_type) = (Private::new(&file.name), Some(file.media_type.clone()));
        all.files.push(Enclosure { name, size: file.size, media_type, from: None, kept: Some(kept) });
    }
    all
}

/// The words with the names of the files that stay where they are.
pub(super) fn naming(words: String, names: &[String]) -> String {
    if names.is_empty() {
        return words;
    }
    let names: Vec<&str> = names.iter().map(String::as_str).take(10).collect();
    format!("{}\n📎 {}", words.trim_end(), names.join(", ")).trim_start().to_owned()
}

impl Desk {
    /// What is in those files, under the names by which others get them. What was erased is left out.
    pub(super) async fn handed(&self, request: &Request, files: Vec<Here<'_>>) -> Result<Vec<HandedFile>, DeskError> {
        let Some(number) = request.number() else { return Ok(vec![]) };
        let mut handed = Vec::new();
        for here in files {
            if let Some(bytes) = self.store.file(&request.organisation, request.id, here.seq, here.place).await? {
                let name = render::attachments::name(number, &here);
                handed.push(HandedFile { name, media: here.kept.media, bytes: bytes.into() });
            }
        }
        Ok(handed)
    }

    /// A message with those files at it. What does not fit is named in the words alone.
    pub(super) async fn hang(
        &self,
        view: &render::View<'_>,
        request: &Request,
        files: Vec<Here<'_>>,
        message: Message,
    ) -> Result<Message, DeskError> {
        let mut hung = message.files;
        for here in fitting(files, File::ROOM as u64).0.into_iter().take(File::MOST) {
            let alt = render::attachments::alt(view, request, &here);
            let file = |one: HandedFile| File::new(one.name, one.media.media_type(), one.bytes, alt.clone());
            hung.extend(self.handed(request, vec![here]).await?.into_iter().map(file));
        }
        Ok(Message { files: hung, ..message })
    }
}
