//! The quarter of an organisation, and the files that are made of numbers.

use super::{Desk, DeskError, House};
use crate::domain::Instant;
use crate::domain::register::Organisation;
use crate::domain::report::{Quarter, QuarterFold, QuarterOf};
use crate::render::chart::Picture;
use crate::render::file::File;
use crate::render::table::Book;

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
        self.each_story(organisation, (since, now), |story| fold.count(story)).await?;
        Ok(Some(fold.done()))
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
