//! The agenda of the meeting with one provider.

use super::{Reader, nothing};
use crate::desk::{Desk, DeskError, House};
use crate::ports::{Page, PageStatus};
use crate::render::page::agenda::{Sheet, agenda};

impl Desk {
    pub(super) async fn agenda_page(&self, house: &House, reader: &Reader<'_>, code: &str) -> Result<Page, DeskError> {
        let (view, organisation) = (&reader.view, reader.view.organisation);
        let theirs = house.register.providers_of(organisation);
        // A provider of somebody else's is nobody's business here.
        let Some(provider) = theirs.into_iter().find(|provider| provider.code.as_str() == code) else {
            return Ok(nothing(reader));
        };
        let loaded = self.store.load_organisation(&organisation.id).await?;
        let found = self.agenda_of(house, organisation, &provider.code, &loaded.events, view.now).await?;
        let sheet = Sheet { links: reader.links("../../"), agenda: &found, provider, until: reader.pass.until };
        Ok(Page::html(PageStatus::Shown, agenda(view, &sheet)))
    }
}
