//! What a provider's mail says. Pure, and deny by default: a number, a status or a proposal is only read where the words leave no doubt,
//! since what is read here is shown to people as the provider's own.
//!
//! [`mod@visible`] leaves out what is quoted and signed, [`reference`](mod@reference) finds our own references and [`number`] the
//! provider's, [`status`] how it stands, [`question`] whether something is asked,
//! [`receipt`] what only a machine says, [`approval`] whether our buyer is asked once more, [`mod@proposal`] what seems to change,
//! [`mod@writer`] who wrote it. Each reads a line or a sentence at a time, so that the work grows with the length of the text and no faster.

mod approval;
mod lines;
mod number;
mod proposal;
mod question;
mod receipt;
mod reference;
mod status;
#[cfg(test)]
mod tests;
mod visible;
mod writer;

pub use approval::wants_approval;
pub use number::their_numbers;
pub use proposal::proposal;
pub use question::asks;
pub use receipt::is_receipt;
pub use reference::{Carried, carried, plus_token, references};
pub use status::status_in;
pub use visible::visible;
pub use writer::writer;
