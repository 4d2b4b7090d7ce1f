//! The page of one request.

use super::{Reader, nothing};
use crate::desk::listing::undelivered;
use crate::desk::{Desk, DeskError};
use crate::domain::Number;
use crate::domain::request::fold;
use crate::ports::{Page, PageStatus};
use crate::render::page::request::{Whole, request};

impl Desk {
    pub(super) async fn request_page(&self, reader: &Reader<'_>, number: &str) -> Result<Page, DeskError> {
        let organisation = &reader.view.organisation.id;
        let Ok(number) = number.parse::<Number>() else { return Ok(nothing(reader)) };
        let Some(id) = self.store.by_number(organisation, number).await? else { return Ok(nothing(reader)) };
        let Some(loaded) = self.store.load(organisation, id).await? else { return Ok(nothing(reader)) };
        let Some(folded) = fold(id, organisation, loaded.events.clone())? else { return Ok(nothing(reader)) };
        let waiting = self.in_vain(organisation, id).await?;
        let waiting: Vec<_> = waiting.iter().map(undelivered).collect();
        let whole = Whole {
            links: reader.links("../"),
            request: &folded,
            events: &loaded.events,
            waiting: &waiting,
            until: reader.pass.until,
        };
        Ok(Page::html(PageStatus::Shown, request(&reader.view, &whole)))
    }
}
