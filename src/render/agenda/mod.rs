//! The agenda of the weekly meeting: its sections once, and from them the message, the page and the mail.

pub mod mail;
pub mod message;
mod rows;

pub use mail::{Mail, mail};
pub use message::{Unsent, agenda, sent, told, undelivered};
pub(in crate::render) use message::{spent, tally};
pub(in crate::render) use rows::kept_code;
pub use rows::{Reader, Row, Section, sections};
