//! JPEG: segments, scans, the end (ITU-T T.81, annex B). Kept are the segments that decide what is seen.

use super::{Damaged, take, turned};

const START: [u8; 2] = [0xff, 0xd8];
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// The picture alone, with the way it is turned.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Damaged> {
    if take(bytes, 0, 2)? != START {
        return Err(Damaged);
    }
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(START);
    let mut at = 2;
    let mut seen = false;
    // JFIF stands first where it stands at all, and what is kept of Exif behind it.
    let mut turn = None;
    let mut body = Vec::new();
    loop {
        let (marker, after) = marker(bytes, at)?;
        at = after;
        match marker {
            END if seen => break,
            END => return Err(Damaged),
            // Markers without length: of their own, and restarts that strayed.
            0x01 | 0xd0..=0xd7 => continue,
            0x00 | 0xff | 0xd8 => return Err(Damaged),
            _ => {}
        }
        let length = take(bytes, at, 2)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let segment = take(bytes, at, length)?;
        let content = segment.get(2..).ok_or(Damaged)?;
        at += length;
        if marker == 0xe1 && turn.is_none() {
            turn = content.strip_prefix(b"Exif\0\0").and_then(turned::of);
        }
        if shows(marker, content) {
            let to = if marker == 0xe0 && body.is_empty() { &mut kept } else { &mut body };
            to.extend([0xff, marker]);
            to.extend(segment);
        }
        if marker == SCAN {
            seen = true;
            let end = scan(bytes, at)?;
            body.extend(bytes.get(at..end).ok_or(Damaged)?);
            at = end;
        }
    }
    if let Some(turn) = turn.filter(|turn| *turn != 1) {
        let exif = turned::exif(turn);
        let length = u16::try_from(exif.len() + 8).map_err(|_| Damaged)?;
        kept.extend([0xff, 0xe1]);
        kept.extend(length.to_be_bytes());
        kept.extend(b"Exif\0\0");
        kept.extend(exif);
    }
    kept.extend(body);
    kept.extend([0xff, END]);
    Ok(kept)
}

/// Whether a segment decides what is seen: tables, frames and scans, and of the rest the density, the colour profile and the colour model.
fn shows(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        0xe1 | 0xe3..=0xed | 0xef | 0xfe => false,
        _ => true,
    }
}

/// The next marker and what is behind it. Fill bytes may stand before it, and nothing else.
fn marker(bytes: &[u8], mut at: usize) -> Result<(u8, usize), Damaged> {
    if *bytes.get(at).ok_or(Damaged)? != 0xff {
        return Err(Damaged);
    }
    while *bytes.get(at).ok_or(Damaged)? == 0xff {
        at += 1;
    }
    Ok((bytes[at], at + 1))
}

/// The end of what is scanned: the next marker that is neither a stuffed byte nor a restart.
fn scan(bytes: &[u8], mut at: usize) -> Result<usize, Damaged> {
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(0xff), Some(0x00 | 0xd0..=0xd7)) => at += 2,
            (Some(0xff), Some(0xff)) => at += 1,
            (Some(0xff), Some(_)) => return Ok(at),
            (Some(_), Some(_)) => at += 1,
            // Cut off while it was sent.
            (Some(_), None) | (None, _) => return Err(Damaged),
        }
    }
}
