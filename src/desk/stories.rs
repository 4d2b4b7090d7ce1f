//! The stories that reports count: one request after the other is loaded, counted and dropped, so that no report needs more memory
//! for a longer history.

use super::{Desk, DeskError};
use crate::domain::register::Organisation;
use crate::domain::report::{Story, story};
use crate::domain::{Instant, RequestId};
use crate::ports::{Cursor, OpenFilter};
use chrono::Duration;

/// So many requests are named at a time.
const PAGE: u32 = 500;

impl Desk {
    /// Hands over the story of every request that something happened to between two instants, and of every one that is open at the
    /// second, each once and as it is at the second.
    pub(super) async fn each_story(
        &self,
        organisation: &Organisation,
        (from, now): (Instant, Instant),
        mut count: impl FnMut(&Story) + Send,
    ) -> Result<(), DeskError> {
        // What happened at that very moment is part of it.
        let now = now + Duration::milliseconds(1);
        let mut after = None;
        loop {
            let page = self.store.touched(&organisation.id, from, now, after, PAGE).await?;
            let Some(last) = page.last().copied() else { break };
            after = Some(last);
            for id in page {
                if let Some((story, _)) = self.story(organisation, id, (from, now)).await? {
                    count(&story);
                }
            }
        }
        self.each_sleeping(organisation, (from, now), &mut count).await
    }

    /// The open requests to which nothing happened in that time.
    async fn each_sleeping(
        &self,
        organisation: &Organisation,
        (from, now): (Instant, Instant),
        count: &mut (impl FnMut(&Story) + Send),
    ) -> Result<(), DeskError> {
        let mut after = None;
        loop {
            let page = self.store.list(&organisation.id, &OpenFilter::default(), after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(Cursor { opened_at: last.summary.opened_at, id: last.id });
            // What changed since the first page was read may have been counted.
            let asleep = |at: Instant| at < from || at >= now;
            for listed in page.iter().filter(|listed| asleep(listed.summary.changed_at)) {
                if let Some((story, false)) = self.story(organisation, listed.id, (from, now)).await? {
                    count(&story);
                }
            }
        }
    }

    /// The story of one request as it was before the second instant, and whether anything happened to it between the two.
    pub(super) async fn story(
        &self,
        organisation: &Organisation,
        id: RequestId,
        (from, now): (Instant, Instant),
    ) -> Result<Option<(Story, bool)>, DeskError> {
        let Some(loaded) = self.store.load(&organisation.id, id).await? else { return Ok(None) };
        // What happens while a report is made belongs to the next one.
        let until = loaded.events.iter().position(|recorded| recorded.at >= now).unwrap_or(loaded.events.len());
        let events = loaded.events.get(..until).unwrap_or_default();
        let touched = events.iter().any(|recorded| recorded.at >= from);
        Ok(story(id, organisation, events)?.map(|story| (story, touched)))
    }
}
