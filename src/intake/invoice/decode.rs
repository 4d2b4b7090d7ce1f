//! Bytes as text: Excel, bookkeeping programs and mail gateways each have a way of their own, and few say which.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text, by its mark, by its XML declaration, or by what the bytes look like; `None` when they are no text.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => declared(bytes).unwrap_or_else(|| guessed(bytes)),
    };
    let (text, _, _) = encoding.decode(bytes);
    // A picture or an archive is full of what no bill has.
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')).count();
    (odd * 50 <= text.chars().count()).then(|| text.into_owned())
}

/// What an XML declaration says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..200).unwrap_or(bytes);
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let name = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    let encoding = Encoding::for_label(name.as_bytes())?;
    // One that says UTF-16 could not be read as letters.
    (encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let head = bytes.get(..2_000).unwrap_or(bytes);
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let many = head.len() / 4;
    if many > 0 && zeros(1) >= many {
        UTF_16LE
    } else if many > 0 && zeros(0) >= many {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}
