//! Who makes files of what was drawn up: pictures and spreadsheets. Both take tens of milliseconds of work and no waiting, so they see to
//! it themselves that whoever handles messages is not held up.

use crate::render::table::Book;
use async_trait::async_trait;

/// Makes pictures of drawings.
#[async_trait]
pub trait Draw: Send + Sync {
    /// The drawing, an SVG of Loket's own making, as PNG.
    async fn png(&self, svg: String) -> Result<Vec<u8>, PaperError>;
}

/// Makes spreadsheets of tables.
#[async_trait]
pub trait Bind: Send + Sync {
    /// The tables as a workbook (XLSX), each on a sheet of its own.
    async fn xlsx(&self, book: Book) -> Result<Vec<u8>, PaperError>;
}

/// Why there is no file. Trying again gives the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// More rows or columns than a sheet can hold, or a picture larger than anybody can look at.
    #[error("it is too large")]
    TooLarge,
    /// A defect of ours.
    #[error("the file could not be made: {why}")]
    Broken {
        /// For the log; holds nothing of the content.
        why: String,
    },
}
