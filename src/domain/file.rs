//! Photos and files that people send along with their words, and that a provider sends back. What is in them stands in a table of its own,
//! at the event that says they were kept; here is only what a decision can be bound to.

use super::{Instant, Private, Span};
use serde::{Deserialize, Serialize};

/// A file may have so many bytes.
pub const LARGEST: u64 = 10 * 1024 * 1024;
/// All files of one request may have so many bytes.
pub const ALL: u64 = 25 * 1024 * 1024;
/// So many files are taken of one request.
pub const MOST: usize = 20;

/// A photo or file as it was sent along, before anybody looked into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// The sender's own name for it.
    pub name: Private,
    /// Bytes, as the platform or the mail says.
    pub size: u64,
    /// The media type, as the platform or the mail says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Where it can be fetched; `None` for what came as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Place>,
    /// What is kept of it, where it was here at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

/// Where a platform keeps a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The platform's identity of it.
    pub id: String,
    /// The address, good for a while.
    pub url: Private,
}

/// What sort of file it is, by what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// A photo.
    Jpeg,
    /// A picture, such as a screenshot.
    Png,
    /// A picture.
    Webp,
    /// A document.
    Pdf,
    /// Anything else: goes along only when somebody says so, and nothing is known of what it gives away.
    Other,
}

impl Media {
    /// By its first bytes; a name and a media type can say anything.
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::Webp,
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Pdf,
            _ => Self::Other,
        }
    }

    /// By what the sender's side says: whether it is worth fetching unasked.
    pub fn said(media_type: Option<&str>, name: &str) -> Self {
        let bare = media_type.and_then(|said| said.split(';').next()).map(|said| said.trim().to_ascii_lowercase());
        match bare.as_deref() {
            Some("image/jpeg" | "image/jpg" | "image/pjpeg") => Self::Jpeg,
            Some("image/png") => Self::Png,
            Some("image/webp") => Self::Webp,
            Some("application/pdf") => Self::Pdf,
            Some("application/octet-stream") | None => Self::named(name),
            Some(_) => Self::Other,
        }
    }

    fn named(name: &str) -> Self {
        match ending(name).as_deref() {
            Some("jpg" | "jpeg") => Self::Jpeg,
            Some("png") => Self::Png,
            Some("webp") => Self::Webp,
            Some("pdf") => Self::Pdf,
            _ => Self::Other,
        }
    }

    /// The media type under which it goes on.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Other => "application/octet-stream",
        }
    }

    /// Whether it can be shown as it is.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }

    /// The ending of its name, without the dot; another file keeps a harmless one of its own.
    pub fn ending(self, name: &str) -> String {
        match self {
            Self::Jpeg => "jpg".into(),
            Self::Png => "png".into(),
            Self::Webp => "webp".into(),
            Self::Pdf => "pdf".into(),
            Self::Other => ending(name).unwrap_or_else(|| "bin".into()),
        }
    }
}

/// The ending of a name in small letters, where it is a short plain word.
fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let plain = (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| ending.to_ascii_lowercase())
}

/// A file as it is kept and passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What it is.
    pub media: Media,
    /// Bytes, as kept.
    pub size: u64,
    /// SHA-256 of what is kept, in hexadecimal.
    pub sha256: String,
    /// Whether something about the place or the device was taken out of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cleaned: bool,
}

/// Why a file is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// It is larger than one file may be.
    TooLarge,
    /// The request has as much as it may have.
    TooMuch,
    /// It could not be fetched.
    Unreachable,
    /// It is no picture or document although it says so, or it is damaged.
    Damaged,
    /// Nobody wants it to go along.
    Unwanted,
}

impl Loss {
    /// The text by which words are chosen.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::TooMuch => "too-much",
            Self::Unreachable => "unreachable",
            Self::Damaged => "damaged",
            Self::Unwanted => "unwanted",
        }
    }
}

/// How it stands with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is being fetched.
    Wanted,
    /// It is none of the usual sorts: somebody must say that it goes along.
    Doubtful,
    /// It is here, kept at the event of that sequence.
    Kept {
        /// The event.
        seq: u64,
        /// Its place among the files of that event.
        place: u16,
        /// What is here.
        kept: Kept,
    },
    /// It does not go along.
    Lost {
        /// Why.
        why: Loss,
    },
}

/// Whose file it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The requester's: sent with that message, counted from 0.
    Ours {
        /// Which.
        said: u16,
    },
    /// The provider's.
    Theirs,
}

/// A file of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// What was sent.
    pub given: Enclosure,
    /// Whose it is.
    pub side: Side,
    /// When it was sent.
    pub at: Instant,
    /// How it stands.
    pub state: State,
    /// The event by which it and the others of its message were all settled: those go on together.
    pub batch: Option<u64>,
    /// Where the words of its message go on with it: what of them stays inside. `None` where they are part of something else.
    pub caption: Option<Vec<Span>>,
}

impl Filed {
    /// A file of the requester's, before anything was done about it. What cannot be taken is known at once.
    pub fn sent(given: Enclosure, said: u16, at: Instant, earlier: usize) -> Self {
        let sort = Media::said(given.media_type.as_deref(), given.name.or_empty());
        let state = if given.size > LARGEST {
            State::Lost { why: Loss::TooLarge }
        } else if earlier >= MOST {
            State::Lost { why: Loss::TooMuch }
        } else if sort == Media::Other {
            State::Doubtful
        } else {
            State::Wanted
        };
        Self { given, side: Side::Ours { said }, at, state, batch: None, caption: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_it_says_what_it_is() {
        assert_eq!(Media::of(b"\xff\xd8\xff\xe0rest"), Media::Jpeg);
        assert_eq!(Media::of(b"RIFF\0\0\0\0WEBPVP8 "), Media::Webp);
        assert_eq!(Media::of(b"%PDF-1.7"), Media::Pdf);
        for other in [&b""[..], b"<svg/>", b"PK\x03\x04", b"RIFF\0\0\0\0WAVE"] {
            assert_eq!(Media::of(other), Media::Other);
        }
    }

    #[test]
    fn names_and_types_only_say_what_is_worth_fetching() {
        assert_eq!(Media::said(Some("image/JPEG; charset=binary"), "x"), Media::Jpeg);
        assert_eq!(Media::said(None, "Foto.JPG"), Media::Jpeg);
        assert_eq!(Media::said(Some("text/html"), "foto.jpg"), Media::Other);
        assert_eq!(Media::Other.ending("lijst.xlsx"), "xlsx");
        assert_eq!(Media::Other.ending("../../etc/passwd"), "bin");
        assert_eq!(Media::Jpeg.ending("virus.exe"), "jpg");
    }
}
