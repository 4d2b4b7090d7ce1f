//! How each open ticket stood when it was last seen, for systems that have no cursor without gaps: small enough to be kept as a text.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// So many tickets are remembered; more would be read whole each time, and nothing told twice.
const REMEMBERED: usize = 2_000;
/// The first word of a mark, for the day on which its form changes.
const FORM: &str = "t1";

/// How a ticket stood when it was last seen, in small: enough to see that something is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Was {
    /// Seconds since 1970.
    pub(super) modified: i64,
    pub(super) status: u32,
    pub(super) target: u16,
    pub(super) operator: u16,
}

/// Where to go on: how each open ticket stood, by a short form of its number. It holds no more than the tickets that are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark(pub(super) BTreeMap<u32, Was>);

impl Mark {
    /// `None` for anything that this connector did not write.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        if words.next() != Some(FORM) {
            return None;
        }
        let hex = |part: Option<&str>| i64::from_str_radix(part?, 16).ok();
        let one = |word: &str| {
            let (number, modified) = (word.get(..8), word.get(24..));
            let was = Was {
                modified: hex(modified)?,
                status: hex(word.get(8..16))?.try_into().ok()?,
                target: hex(word.get(16..20))?.try_into().ok()?,
                operator: hex(word.get(20..24))?.try_into().ok()?,
            };
            Some((hex(number)?.try_into().ok()?, was))
        };
        words.map(one).collect::<Option<_>>().map(Self)
    }

    pub(super) fn write(&self) -> String {
        let mut text = FORM.to_owned();
        for (number, was) in self.0.iter().take(REMEMBERED) {
            let Was { modified, status, target, operator } = was;
            // Writing to a text cannot fail.
            let _ = write!(text, " {number:08x}{status:08x}{target:04x}{operator:04x}{:x}", (*modified).max(0));
        }
        text
    }
}

/// A few bits of a text that differ when the text does.
pub(super) fn small(text: &str) -> u32 {
    Sha256::digest(text).iter().take(4).fold(0, |all, byte| all << 8 | u32::from(*byte))
}

pub(super) fn smaller(text: &str) -> u16 {
    (small(text) >> 16) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written_and_anything_else_is_none() {
        let was = Was { modified: 1_795_000_000, status: 7, target: 0xffff, operator: 0 };
        let mark = Mark([(1, was), (u32::MAX, Was { modified: 0, ..was })].into());
        assert_eq!(Mark::read(&mark.write()), Some(mark));
        assert_eq!(Mark::read("t1"), Some(Mark::default()));
        for text in
            ["", "1", "t1 ", "t1 x", "t2", "t1 0000000100000007ffff0000", "t1 é000000100000007ffff00006b", "t1 -1"]
        {
            assert_eq!(Mark::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_mark_stays_small() {
        let was = Was { modified: i64::from(u32::MAX), status: u32::MAX, target: u16::MAX, operator: u16::MAX };
        let mark = Mark((0..10_000).map(|number| (number, was)).collect());
        assert!(mark.write().len() <= 3 + REMEMBERED * 33, "{}", mark.write().len());
    }
}
