//! What a photo gives away beside the picture is taken out of it: where and when it was taken, with which device, by whom, and the smaller
//! and earlier pictures that cameras and editors hide in it. What is shown stays as it is, bit by bit: nothing is decoded and nothing is
//! drawn anew. Only how it is to be turned, its colours and its size are kept.
//!
//! The formats are walked by hand and to their end. Libraries for such files keep what they do not know, and everything behind the first
//! scan: just there cameras put a second picture, with its place, or a short film.

mod jpeg;
mod png;
mod turned;
mod webp;

use crate::domain::file::Media;

/// It is no picture of the sort that it begins as, or ends before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a file is not what it begins as")]
pub struct Damaged;

/// A file as it is passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    /// What it is.
    pub media: Media,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether something was taken out.
    pub cleaned: bool,
}

/// The same file without what it gives away. Documents and files of other sorts stay as they are.
pub fn clean(bytes: Vec<u8>) -> Result<Clean, Damaged> {
    let media = Media::of(&bytes);
    let left = match media {
        Media::Jpeg => jpeg::clean(&bytes)?,
        Media::Png => png::clean(&bytes)?,
        Media::Webp => webp::clean(&bytes)?,
        Media::Pdf | Media::Other => return Ok(Clean { media, bytes, cleaned: false }),
    };
    let cleaned = left != bytes;
    Ok(Clean { media, bytes: left, cleaned })
}

/// So many bytes at a place, or the file is damaged.
fn take(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Damaged> {
    bytes.get(at..at.checked_add(length).ok_or(Damaged)?).ok_or(Damaged)
}

#[cfg(test)]
mod tests;
