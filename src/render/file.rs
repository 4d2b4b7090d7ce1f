//! Files that go with a message: a picture of the week, an export.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A file that hangs at a message. The first picture of a message with a card is shown in the card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name with an ending, as it is saved. A platform that allows fewer signs replaces the others.
    pub name: String,
    /// What it is, such as [`File::PNG`].
    pub media_type: String,
    /// What is in it.
    #[serde(with = "in_base64")]
    pub bytes: Arc<[u8]>,
    /// The same in words, for who cannot see it; at most 1024 characters are shown.
    pub alt: String,
}

impl File {
    /// So many may hang at one message.
    pub const MOST: usize = 10;
    /// So many bytes may hang at one message, all files together.
    pub const ROOM: usize = 8 * 1024 * 1024;
    /// A picture.
    pub const PNG: &'static str = "image/png";
    /// Comma-separated values.
    pub const CSV: &'static str = "text/csv";
    /// A workbook.
    pub const XLSX: &'static str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /// A dossier for programs.
    pub const JSON: &'static str = "application/json";

    /// A file of these bytes.
    pub fn new(name: impl Into<String>, media_type: &str, bytes: impl Into<Arc<[u8]>>, alt: impl Into<String>) -> Self {
        Self { name: name.into(), media_type: media_type.to_owned(), bytes: bytes.into(), alt: alt.into() }
    }

    /// Whether it can be shown as it is.
    pub fn is_picture(&self) -> bool {
        self.media_type.starts_with("image/")
    }

    /// Whether all of these can hang at one message. Whoever makes large files asks first: a message with more is refused as a whole.
    pub fn fit(files: &[Self]) -> bool {
        files.len() <= Self::MOST && files.iter().map(|file| file.bytes.len()).sum::<usize>() <= Self::ROOM
    }

    /// *week-19.png (34 kB): Nieuw …*, for who sees words only.
    pub fn line(&self) -> String {
        let size = format!("{} ({} kB)", self.name, self.bytes.len().div_ceil(1_000));
        if self.alt.trim().is_empty() { size } else { format!("{size}: {}", self.alt) }
    }
}

/// Without the bytes, which are many and may be private.
impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .field("alt", &self.alt)
            .finish()
    }
}

/// Bytes as text, for who keeps a message.
mod in_base64 {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
    use std::sync::Arc;

    pub(super) fn serialize<S: Serializer>(bytes: &Arc<[u8]>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<[u8]>, D::Error> {
        let text = String::deserialize(from)?;
        STANDARD.decode(text).map(Arc::from).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_too_many_or_too_large_do_not_fit() {
        let file = |size: usize| File::new("a.csv", File::CSV, vec![0; size], "");
        assert!(File::fit(&[]));
        assert!(File::fit(&vec![file(10); File::MOST]) && !File::fit(&vec![file(10); File::MOST + 1]));
        assert!(File::fit(&[file(File::ROOM)]) && !File::fit(&[file(File::ROOM), file(1)]));
    }

    #[test]
    fn a_file_that_was_kept_is_the_same() {
        let file = File::new("week-19.png", File::PNG, b"\x89PNG\0".as_slice(), "Nieuw: 3");
        let kept = serde_json::to_string(&file).unwrap();
        assert_eq!(serde_json::from_str::<File>(&kept).unwrap(), file);
    }

    #[test]
    fn a_file_says_what_it_is_and_not_what_is_in_it() {
        let file = File::new("week-19.png", File::PNG, b"geheim".as_slice(), "Nieuw: 3");
        assert_eq!(file.line(), "week-19.png (1 kB): Nieuw: 3");
        assert_eq!(File { alt: " ".into(), ..file.clone() }.line(), "week-19.png (1 kB)");
        assert!(!format!("{file:?}").contains("103"), "the first byte");
        assert!(file.is_picture() && !File::new("a", File::XLSX, vec![], "").is_picture());
    }
}
