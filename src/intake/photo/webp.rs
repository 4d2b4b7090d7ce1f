//! WebP: chunks in a RIFF file (RFC 9649).

use super::{Damaged, take, turned};

const HEAD: usize = 12;
/// Bits of the extended head that announce Exif and XMP.
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;
/// What decides what is seen: the picture in either form, its see-through part, its colours, and the frames of a moving one.
const SHOWN: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"];

/// The picture alone, with the way it is turned.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Damaged> {
    let size = take(bytes, 4, 4)?;
    let size = usize::try_from(u32::from_le_bytes([size[0], size[1], size[2], size[3]])).map_err(|_| Damaged)?;
    // What is behind the end that the file itself names is none of it.
    let bytes = take(bytes, 0, size.checked_add(8).ok_or(Damaged)?)?;
    let mut kept = take(bytes, 0, HEAD)?.to_vec();
    let mut at = HEAD;
    let mut turn = None;
    while at < bytes.len() {
        let head = take(bytes, at, 8)?;
        let length = usize::try_from(u32::from_le_bytes([head[4], head[5], head[6], head[7]])).map_err(|_| Damaged)?;
        let name: [u8; 4] = [head[0], head[1], head[2], head[3]];
        let content = take(bytes, at + 8, length)?;
        at += 8 + length + length % 2;
        if SHOWN.contains(&&name) {
            chunk(&mut kept, name, content);
        } else if &name == b"EXIF" && turn.is_none() {
            turn = turned::of(content.strip_prefix(b"Exif\0\0").unwrap_or(content));
        }
    }
    if kept.len() == HEAD {
        return Err(Damaged);
    }
    // Only the extended form can say how it is turned.
    let extended = kept.get(HEAD..HEAD + 4) == Some(b"VP8X");
    let turn = turn.filter(|turn| *turn != 1 && extended);
    if let Some(turn) = turn {
        chunk(&mut kept, *b"EXIF", &turned::exif(turn));
    }
    // The head announces what is there.
    if extended && let Some(flags) = kept.get_mut(HEAD + 8) {
        *flags = (*flags & !(EXIF | XMP)) | if turn.is_some() { EXIF } else { 0 };
    }
    let size = u32::try_from(kept.len() - 8).map_err(|_| Damaged)?;
    kept.splice(4..8, size.to_le_bytes());
    Ok(kept)
}

fn chunk(kept: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    kept.extend(name);
    kept.extend(u32::try_from(content.len()).unwrap_or_default().to_le_bytes());
    kept.extend(content);
    kept.extend(std::iter::repeat_n(0, content.len() % 2));
}
