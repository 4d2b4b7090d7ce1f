//! Words with one typing error: each longer word is known by itself and with each of its letters left out.

use super::features::folded;

/// The words of a catalogue as they may be mistyped.
pub(crate) struct Typing {
    /// The words that are long enough.
    words: Vec<Box<str>>,
    /// Their spellings, by hash.
    spellings: Vec<Spelling>,
    /// A bit for each of the last bits of their hashes: most words of a message are like none, which this says without a search.
    marks: Vec<u64>,
}

/// The last bits of a hash that choose its mark.
const MARKS: u32 = 1 << 18;

#[derive(Clone, Copy)]
struct Spelling {
    hash: u32,
    word: u16,
    /// The letter that is left out; none is where it is the first, which nobody mistypes.
    cut: u8,
}

/// Shorter words are too like each other.
const SHORTEST: usize = 6;
/// Longer words of a message are none of the catalogue's.
const LONGEST: usize = 32;

impl Typing {
    /// Prepares words. Of two that share a spelling the first is meant.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let long = words.filter(|word| word.len() >= SHORTEST && word.len() <= usize::from(u8::MAX) && word.is_ascii());
        let words: Vec<Box<str>> = long.take(usize::from(u16::MAX)).map(Box::from).collect();
        let mut spellings = Vec::with_capacity(words.iter().map(|word| word.len()).sum());
        for (word, number) in words.iter().zip(0_u16..) {
            for cut in 0..u8::try_from(word.len()).unwrap_or(u8::MAX) {
                spellings.push(Spelling { hash: folded(without(word, cut)), word: number, cut });
            }
        }
        spellings.sort_by_key(|spelling| spelling.hash);
        let mut marks = vec![0; MARKS as usize / 64];
        for Spelling { hash, .. } in &spellings {
            let (at, bit) = mark(*hash);
            marks[at] |= bit;
        }
        Self { words, spellings, marks }
    }

    /// The word that is meant by one with at most one letter too many, too few or wrong.
    pub fn meant(&self, word: &str) -> Option<&str> {
        if word.len() < SHORTEST || word.len() > LONGEST || !word.is_ascii() {
            return None;
        }
        (0..u8::try_from(word.len()).unwrap_or(u8::MAX)).find_map(|cut| {
            let meant = self.spelt(word, cut)?;
            // In a short word another letter makes another word.
            let swapped = meant.len() == word.len() && word.len() < 8;
            let near = meant.as_bytes().first() == word.as_bytes().first() && meant.len().abs_diff(word.len()) <= 1;
            (near && !swapped).then_some(meant)
        })
    }

    /// The first word that has the spelling of a word without one of its letters.
    fn spelt(&self, word: &str, cut: u8) -> Option<&str> {
        let wanted = folded(without(word, cut));
        let (at, bit) = mark(wanted);
        if self.marks.get(at)? & bit == 0 {
            return None;
        }
        let from = self.spellings.partition_point(|spelling| spelling.hash < wanted);
        let alike = self.spellings.get(from..)?.iter().take_while(|spelling| spelling.hash == wanted);
        alike
            .filter_map(|spelling| Some((self.words.get(usize::from(spelling.word))?, spelling.cut)))
            .find(|(other, left_out)| without(other, *left_out).eq(without(word, cut)))
            .map(|(other, _)| other.as_ref())
    }
}

/// Where the mark of a hash stands, and which bit it is.
fn mark(hash: u32) -> (usize, u64) {
    let place = hash & (MARKS - 1);
    (place as usize / 64, 1 << (place % 64))
}

/// The letters of a word without one; all of them where it is the first.
fn without(word: &str, cut: u8) -> impl Iterator<Item = u8> {
    word.bytes().enumerate().filter(move |(at, _)| cut == 0 || *at != usize::from(cut)).map(|(_, byte)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_is_forgiven_and_two_are_not() {
        let typing = Typing::new(["stoelen", "verwarming", "kraan"].into_iter());
        for word in ["verwaming", "verwarmming", "verwerming", "verwarming"] {
            assert_eq!(typing.meant(word), Some("verwarming"), "{word}");
        }
        for word in ["vrwaming", "werwarming", "verwa", "stoeken", "kraam"] {
            assert_eq!(typing.meant(word), None, "{word}");
        }
    }
}
