//! The week and the quarter of an organisation when somebody asks for them, and the files that are made of numbers.

use super::{Desk, DeskError, House};
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::Readers;
use crate::domain::register::Organisation;
use crate::domain::report::{Quarter, QuarterFold, QuarterOf};
use crate::domain::{Instant, ProviderCode};
use crate::render::chart::Picture;
use crate::render::file::File;
use crate::render::message::Message;
use crate::render::table::Book;
use crate::render::{self, View};

impl Desk {
    /// A quarter, folded from the journal; `None` outside the years that the calendar knows.
    pub(super) async fn quarter_of(
        &self,
        house: &House,
        organisation: &Organisation,
        of: QuarterOf,
        now: Instant,
    ) -> Result<Option<Quarter>, DeskError> {
        let Some(mut fold) = QuarterFold::new(&house.register, organisation, of, now) else { return Ok(None) };
        let since = fold.since();
        fold.count_loose(&self.store.load_organisation(&organisation.id).await?.events);
        self.each_story(organisation, (since, now), |story| fold.count(story)).await?;
        Ok(Some(fold.done()))
    }

    /// A week as the SPOCs read it: of everything, or of what one provider fulfils. Mandates and budgets are the organisation's own.
    pub(super) async fn week_shown(
        &self,
        house: &House,
        organisation: &Organisation,
        view: &View<'_>,
        week: IsoWeek,
        about: Option<&ProviderCode>,
    ) -> Result<Message, DeskError> {
        let mut folded = self.fold_week(&house.register, organisation, week, view.now, about).await?;
        let mut anchor = String::new();
        if about.is_none() {
            folded.gaps = self.gaps(&house.register, organisation).await;
            folded.budgets = self.budgets_in(organisation, week, view.now).await?;
            anchor = self.anchor_of(&organisation.id, week).await?;
        }
        let issue = render::Issue { week, late: false, anchor: &anchor, readers: Readers::Spocs, about };
        Ok(render::week::shown(render::digest(view, &folded, &issue), &anchor))
    }

    /// A picture as a file; without whoever draws it the numbers in words are enough.
    pub(super) async fn drawn(&self, house: &House, name: &str, picture: Picture) -> Option<File> {
        let workshop = house.workshop.as_ref()?;
        match workshop.draw.png(picture.svg).await {
            Ok(png) => Some(File::new(name, File::PNG, png, picture.alt)),
            Err(error) => {
                tracing::error!(%error, "a picture could not be drawn");
                None
            }
        }
    }

    /// A workbook as a file.
    pub(super) async fn bound(&self, house: &House, name: &str, book: Book) -> Option<File> {
        let workshop = house.workshop.as_ref()?;
        match workshop.bind.xlsx(book).await {
            Ok(bytes) => Some(File::new(name, File::XLSX, bytes, "")),
            Err(error) => {
                tracing::error!(%error, "a workbook could not be made");
                None
            }
        }
    }
}
