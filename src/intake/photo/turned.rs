//! How a photo is to be turned: the one thing of Exif without which it lies on its side (Exif 2.32, tag 0x0112; TIFF 6.0, section 2).

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// The orientation, 1 to 8, in the first directory of a TIFF block.
pub(super) fn of(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let offset: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let offset = if big { u32::from_be_bytes(offset) } else { u32::from_le_bytes(offset) };
    let first = usize::try_from(offset).ok()?;
    let entries = usize::from(short(first)?);
    let entry = |index: usize| first.checked_add(2)?.checked_add(index.checked_mul(12)?);
    let found = (0..entries).filter_map(entry).find(|at| short(*at) == Some(ORIENTATION))?;
    let turn = short(found + 8).filter(|_| short(found + 2) == Some(SHORT))?;
    u8::try_from(turn).ok().filter(|turn| (1..=8).contains(turn))
}

/// A TIFF block that says that and nothing else.
pub(super) fn exif(turn: u8) -> Vec<u8> {
    let mut block = b"MM\0*\0\0\0\x08\0\x01".to_vec();
    block.extend(ORIENTATION.to_be_bytes());
    block.extend(SHORT.to_be_bytes());
    block.extend([0, 0, 0, 1, 0, turn, 0, 0]);
    block.extend([0, 0, 0, 0]);
    block
}
