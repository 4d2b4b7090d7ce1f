//! The quarter for whoever pays: its tables once, and from them the message, the page and the workbook.

mod message;
mod tables;

pub(in crate::render) use message::title;
pub use message::{chart, message, unknown};
pub(in crate::render) use tables::service as service_name;
pub use tables::{book, headline, tables};
