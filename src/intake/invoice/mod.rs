//! A provider's bill from the bytes of a file: a table as spreadsheets and bookkeeping write them (CSV in any dress), or an invoice or
//! credit note in UBL 2.1 as Peppol carries it. Whatever the bytes are, what comes back is a bill or the reason why it is none; what
//! cannot be read of a bill is named with its line.

mod columns;
mod decode;
mod figures;
mod table;
mod ubl;

use crate::domain::invoice::{Bill, NoBill};

/// Larger than any bill, in bytes.
pub const LARGEST: usize = 2 * 1024 * 1024;
/// More lines than any bill that people read.
const LINES: usize = 1_000;
/// The longest words that are kept of a cell, in characters.
const LONG: usize = 300;

/// Reads a bill.
pub fn bill(bytes: &[u8]) -> Result<Bill, NoBill> {
    if bytes.len() > LARGEST {
        return Err(NoBill::TooLarge);
    }
    let text = decode::text(bytes).ok_or(NoBill::NotText)?;
    let text = text.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    if text.trim().is_empty() {
        return Err(NoBill::Empty);
    }
    if text.starts_with('<') { ubl::bill(text) } else { table::bill(text) }
}

/// On one line, without what cannot be seen, and not without end.
fn tidy(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let line: String = shown.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(LONG).collect()
}

/// The words of a text that may name an order: our references and numbers wherever they stand.
fn named_in(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '[' | ']' | '/' | '"'));
    let telling = |word: &&str| word.len() >= 4 && word.chars().any(|c| c.is_ascii_digit());
    words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(telling).take(40).map(tidy).collect()
}

#[cfg(test)]
mod tests;
