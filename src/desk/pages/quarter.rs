//! A quarter.

use super::{Reader, nothing};
use crate::desk::{Desk, DeskError, House};
use crate::domain::report::QuarterOf;
use crate::ports::{Page, PageStatus};
use crate::render;
use crate::render::page::quarter::{Ledger, quarter};

impl Desk {
    pub(super) async fn quarter_page(&self, house: &House, reader: &Reader<'_>, text: &str) -> Result<Page, DeskError> {
        let (view, organisation) = (&reader.view, reader.view.organisation);
        let Some(of) = QuarterOf::read(text) else { return Ok(nothing(reader)) };
        let Some(found) = self.quarter_of(house, organisation, of, view.now).await? else { return Ok(nothing(reader)) };
        let picture = render::chart::picture(view.voice(), &render::quarter::chart(view, &found));
        let ledger = Ledger {
            links: reader.links("../../"),
            quarter: &found,
            picture: picture.as_ref(),
            until: reader.pass.until,
        };
        Ok(Page::html(PageStatus::Shown, quarter(view, &ledger)))
    }
}
