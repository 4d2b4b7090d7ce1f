//! A week.

use super::{Reader, nothing};
use crate::desk::{Desk, DeskError, House};
use crate::domain::calendar::IsoWeek;
use crate::ports::{Page, PageStatus};
use crate::render::page::week::{Seven, week};

impl Desk {
    pub(super) async fn week_page(&self, house: &House, reader: &Reader<'_>, text: &str) -> Result<Page, DeskError> {
        let (view, organisation) = (&reader.view, reader.view.organisation);
        let Some(of) = IsoWeek::read(text, view.today()) else { return Ok(nothing(reader)) };
        let digest = self.week_shown(house, organisation, view, of, None).await?;
        let seven = Seven { links: reader.links("../../"), week: of, digest: &digest, until: reader.pass.until };
        Ok(Page::html(PageStatus::Shown, week(view, &seven)))
    }
}
