//! Pages for a browser: HTML without scripts and without anything from elsewhere, readable on a telephone, on paper and with a screen
//! reader.
//!
//! Read in this order: [`html`] (texts and cards as HTML, the only place where that is done), [`links`], [`layout`] (what stands around
//! every page), then one file for each page. Every word that is shown is escaped by the templates; nothing here is written past them.

pub mod agenda;
pub mod board;
pub mod html;
pub mod layout;
pub mod links;
pub mod quarter;
pub mod request;
pub mod sorry;
pub mod week;

#[cfg(test)]
mod tests;

pub use layout::style_hash;
pub use links::Links;
pub use sorry::{Sorry, sorry};
