//! Photos and files: fetched once, without what they give away, before the card is shown; and taken out of the memory when they go on.

use super::super::act::{Acted, Along};
use super::super::files::{Bodies, kept};
use super::super::{Desk, DeskError};
use super::{Did, Errand, backoff};
use crate::domain::effect::{Notice, Telling};
use crate::domain::file::{LARGEST, Loss, State};
use crate::domain::request::files::{Here, fitting};
use crate::domain::request::{Actor, Command, Untold};
use crate::ports::{Attached, ChatError, HandedFile, Outcome, Settled};
use crate::render;
use crate::render::message::Message;

/// So often a file is asked for: the card waits for it, so that it is not asked for long.
const ATTEMPTS: u32 = 4;

impl Desk {
    /// Fetches a file from the platform and keeps it with the result, in one transaction.
    pub(super) async fn fetch(&self, errand: &Errand<'_>, file: u16) -> Result<Did, DeskError> {
        let filed = errand.request.files.get(usize::from(file)).filter(|filed| filed.state == State::Wanted);
        let Some(filed) = filed.filter(|_| !errand.request.is_closed()) else { return Ok(Did::Done) };
        let lost = |why| Command::LoseFile { file, why };
        let place = filed.given.from.as_ref().and_then(|place| Some((place.id.clone(), place.url.text()?)));
        let Some((id, url)) = place else { return self.record(errand, lost(Loss::Unreachable)).await };
        let attached = Attached {
            id,
            name: filed.given.name.or_empty().to_owned(),
            url: url.to_owned(),
            size: filed.given.size,
            media_type: filed.given.media_type.clone(),
        };
        let bytes = match self.chat.fetch(&attached, LARGEST).await {
            Ok(bytes) => bytes,
            Err(ChatError::Retry { why, .. } | ChatError::Unknown { why }) if errand.claim.attempt < ATTEMPTS => {
                return Ok(Did::Later { at: self.clock.now() + backoff(errand.claim.attempt), why, certain: true });
            }
            Err(error) => {
                tracing::warn!(effect.key = %errand.claim.key(), %error, "a file could not be fetched");
                return self.record(errand, lost(Loss::Unreachable)).await;
            }
        };
        match kept(bytes) {
            Ok((kept, bytes)) => {
                let bodies = Bodies::from([(kept.sha256.clone(), bytes)]);
                self.record_file(errand, Command::KeepFile { file, kept }, bodies).await
            }
            Err(why) => self.record(errand, lost(why)).await,
        }
    }

    async fn record_file(&self, errand: &Errand<'_>, command: Command, bodies: Bodies) -> Result<Did, DeskError> {
        let settled = Settled { claim: errand.claim.clone(), outcome: Outcome::Done };
        let along = Along { bodies, ..Along::settling(settled) };
        let (organisation, id) = (&errand.claim.organisation, errand.request.id);
        if let Acted::Refused(refusal) = self.act(organisation, id, &Actor::Loket, &command, &along).await? {
            tracing::info!(effect.key = %errand.claim.key(), %refusal, "a file came too late to matter");
        }
        Ok(Did::Settled)
    }

    /// What is in those files, as far as their provider takes them, under the names by which it gets them. What was erased is left out.
    pub(super) async fn along(&self, errand: &Errand<'_>, files: Vec<Here<'_>>) -> Result<Vec<HandedFile>, DeskError> {
        let Some(order) = errand.request.order().filter(|_| !files.is_empty()) else { return Ok(vec![]) };
        let room = errand.house.register.takes_files(&order.provider);
        self.handed(&errand.request, fitting(files, room).0).await
    }

    /// A message with the files that hang at it: those that the provider sent, and those that a person carries to it. What does not fit is
    /// named in the words alone.
    pub(super) async fn with_files(
        &self,
        errand: &Errand<'_>,
        view: &render::View<'_>,
        notice: &Notice,
        message: Message,
    ) -> Result<Message, DeskError> {
        let request = &errand.request;
        let files: Vec<Here<'_>> = match notice {
            Notice::FilesCame { seq } => request.here().filter(|here| here.seq == *seq).collect(),
            Notice::Form { .. } => request.along(),
            Notice::NotTold { seq } => match errand.request.untold.iter().find(|untold| untold.seq == *seq) {
                Some(Untold { what: Telling::Files { seq } | Telling::Answer { seq }, .. }) => request.batch(*seq),
                _ => vec![],
            },
            _ => vec![],
        };
        self.hang(view, request, files, message).await
    }
}
