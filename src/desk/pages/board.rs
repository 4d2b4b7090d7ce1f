//! The board.

use super::Reader;
use crate::desk::{Desk, DeskError, listing};
use crate::ports::{Cursor, Page, PageStatus};
use crate::render::page::board::{Board, Filters, board};
use chrono::DateTime;

/// Rows on a page.
const PAGE: u32 = 25;

impl Desk {
    pub(super) async fn board_page(&self, reader: &Reader<'_>, given: &[(String, String)]) -> Result<Page, DeskError> {
        let (view, organisation) = (&reader.view, &reader.view.organisation.id);
        let filters = Filters::read(given);
        let filter = listing::filter(|name| filters.get(name), &reader.pass.account, view, true);
        let after = given.iter().rev().find(|(name, _)| name == "after").and_then(|(_, text)| read(text));
        let (rows, next) = self.listed(view, &filter, after, PAGE).await?;
        let stuck = self.store.stuck(organisation, view.now - listing::WAITS_LONG).await?;
        let rows: Vec<_> = rows.into_iter().map(|listed| (listed.summary, stuck.contains(&listed.id))).collect();
        let tally = self.store.tally(organisation, view.now).await?;
        let next = next.map(write);
        let shown = Board {
            links: reader.links(""),
            filters: &filters,
            rows: &rows,
            tally: &tally,
            next: next.as_deref(),
            goes_on: after.is_some(),
            until: reader.pass.until,
        };
        Ok(Page::html(PageStatus::Shown, board(view, &shown)))
    }
}

/// The text of a cursor in an address.
fn write(cursor: Cursor) -> String {
    format!("{}.{}", cursor.opened_at.timestamp_millis(), cursor.id)
}

/// Reads what [`write()`] wrote; anything else begins at the beginning.
fn read(text: &str) -> Option<Cursor> {
    let (millis, id) = text.split_once('.')?;
    Some(Cursor { opened_at: DateTime::from_timestamp_millis(millis.parse().ok()?)?, id: id.parse().ok()? })
}
