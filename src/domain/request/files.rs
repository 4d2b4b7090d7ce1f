//! What a request says about its photos and files.

use super::event::Recorded;
use super::{Content, Event, Request, Said};
use crate::domain::Private;
use crate::domain::file::{Enclosure, Filed, Kept, Side, State};
use std::collections::BTreeSet;

/// A file that is here, with its place among those of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here<'a> {
    /// Counted from 0 among all files of the request.
    pub file: u16,
    /// What was sent.
    pub filed: &'a Filed,
    /// The event at which it is kept.
    pub seq: u64,
    /// Its place among the files of that event.
    pub place: u16,
    /// What is here.
    pub kept: &'a Kept,
}

impl Request {
    /// Whether a file is still being fetched: until then nothing is frozen, so that nobody agrees to what nobody has seen.
    pub fn fetches(&self) -> bool {
        self.files.iter().any(|filed| filed.state == State::Wanted)
    }

    /// The files that are being fetched, counted from 0.
    pub fn wanted(&self) -> Vec<u16> {
        (0..).zip(&self.files).filter(|(_, filed)| filed.state == State::Wanted).map(|(file, _)| file).collect()
    }

    /// Every file that is here.
    pub fn here(&self) -> impl Iterator<Item = Here<'_>> {
        (0..).zip(&self.files).filter_map(|(file, filed)| match &filed.state {
            State::Kept { seq, place, kept } => Some(Here { file, filed, seq: *seq, place: *place, kept }),
            State::Wanted | State::Doubtful | State::Lost { .. } => None,
        })
    }

    /// Bytes of everything that is here.
    pub fn weight(&self) -> u64 {
        self.here().map(|here| here.kept.size).sum()
    }

    /// The files that are part of the order, or will be.
    pub fn along(&self) -> Vec<Here<'_>> {
        self.content().map(|content| self.among(content)).unwrap_or_default()
    }

    /// The files of such a content that are here.
    pub fn among(&self, content: &Content) -> Vec<Here<'_>> {
        content.files.iter().filter_map(|one| self.here().find(|here| here.file == one.file)).collect()
    }

    /// The requester's files that are no part of the order and go to the provider by themselves.
    fn later(&self) -> impl Iterator<Item = Here<'_>> {
        // What could not come along with the order follows it as well.
        let follow = self.sent().is_some_and(|sent| sent.files_follow);
        let along = self.content().map(|content| content.files.as_slice()).filter(|_| !follow).unwrap_or_default();
        let ours = |here: &Here<'_>| matches!(here.filed.side, Side::Ours { .. });
        self.here().filter(move |here| ours(here) && !along.iter().any(|one| one.file == here.file))
    }

    /// Those of them that go on together, by the event that settled the last of their message.
    pub fn batch(&self, seq: u64) -> Vec<Here<'_>> {
        self.later().filter(|here| here.filed.batch == Some(seq)).collect()
    }

    /// The events that settled files which go to the provider by themselves, once it has the order.
    pub fn batches(&self) -> BTreeSet<u64> {
        self.later().filter_map(|here| here.filed.batch).collect()
    }
}

/// Those that fit into so many bytes together, and those that do not, in their order.
pub fn fitting(files: Vec<Here<'_>>, room: u64) -> (Vec<Here<'_>>, Vec<Here<'_>>) {
    let mut left = room;
    files.into_iter().partition(|here| {
        let fits = here.kept.size <= left;
        left -= if fits { here.kept.size } else { 0 };
        fits
    })
}

/// The event in which a message was said; messages are counted from 0.
pub fn said_in(events: &[Recorded], said: u16) -> Option<(&Recorded, &Said)> {
    let spoken = events.iter().filter_map(|recorded| match &recorded.event {
        Event::Drafted { said, .. }
        | Event::Told { said, .. }
        | Event::Answered { said, .. }
        | Event::SentAlong { said, .. } => Some((recorded, said)),
        _ => None,
    });
    spoken.into_iter().nth(usize::from(said))
}

/// The files that an event itself keeps, in their order, each with the name that is erased with it.
pub fn kept_by(event: &Event) -> Vec<(&Kept, &Private)> {
    fn each(files: &[Enclosure]) -> Vec<(&Kept, &Private)> {
        files.iter().filter_map(|file| Some((file.kept.as_ref()?, &file.name))).collect()
    }
    match event {
        Event::FileKept { kept, name, .. } => vec![(kept, name)],
        Event::Drafted { said, .. }
        | Event::Told { said, .. }
        | Event::Answered { said, .. }
        | Event::SentAlong { said, .. } => each(&said.files),
        Event::FilesCame { files, .. } => each(files),
        _ => vec![],
    }
}
