//! PNG: chunks with a length, a name and a checksum (W3C PNG, section 5).

use super::{Damaged, take, turned};

const SIGN: usize = 8;
/// What decides what is seen: the picture, its colours, its density, and the frames of a moving one.
const SHOWN: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
    b"cICP", b"hIST", b"acTL", b"fcTL", b"fdAT",
];

/// The picture alone, with the way it is turned.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Damaged> {
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(take(bytes, 0, SIGN)?);
    let mut at = SIGN;
    loop {
        let head = take(bytes, at, 8)?;
        let length = usize::try_from(u32::from_be_bytes([head[0], head[1], head[2], head[3]])).map_err(|_| Damaged)?;
        let name: [u8; 4] = [head[4], head[5], head[6], head[7]];
        let whole = take(bytes, at, length.checked_add(12).ok_or(Damaged)?)?;
        at += whole.len();
        if kept.len() == SIGN && &name != b"IHDR" {
            return Err(Damaged);
        }
        if SHOWN.contains(&&name) {
            kept.extend(whole);
        } else if &name == b"eXIf" {
            let turn = whole.get(8..8 + length).and_then(turned::of);
            if let Some(turn) = turn.filter(|turn| *turn != 1) {
                chunk(&mut kept, b"eXIf", &turned::exif(turn));
            }
        }
        if &name == b"IEND" {
            return Ok(kept);
        }
    }
}

fn chunk(kept: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    kept.extend(u32::try_from(content.len()).unwrap_or_default().to_be_bytes());
    let from = kept.len();
    kept.extend(name);
    kept.extend(content);
    let sum = checksum(kept.get(from..).unwrap_or_default());
    kept.extend(sum.to_be_bytes());
}

/// CRC-32 as PNG wants it (annex D), bit by bit: it is taken over a few dozen bytes.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |rest: u32, byte: &u8| {
        (0..8)
            .fold(rest ^ u32::from(*byte), |rest, _| if rest & 1 == 1 { (rest >> 1) ^ 0xedb8_8320 } else { rest >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}
