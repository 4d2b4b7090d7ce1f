//! The words of a message as numbered features: words, pairs of neighbours, and pieces of words, so that *kapotte* shares
//! most of its features with *kapot* and a typing error costs only a few.

use super::recognise::Signs;
use super::text::{Sort, Text};

/// A feature of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Feature {
    /// What it is, as a hash; two features that share one are rare and do little harm.
    pub hash: u32,
    /// The token at which it stands.
    pub at: u32,
    /// It is made of letters alone, without marks, numbers or the edges of the message.
    pub plain: bool,
    /// It is a piece of a word.
    pub piece: bool,
}

/// Longer words are cut here; nobody types them on purpose.
const LONGEST: usize = 40;
/// Shorter words have no pieces; they are known as a whole.
const WITH_PIECES: usize = 4;
/// How long the pieces of a word are, in bytes.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;

/// What a feature is made of; each sort has its own numbers.
#[derive(Clone, Copy)]
enum Made {
    Word = 1,
    Pair = 2,
    Piece = 3,
    Near = 4,
    Skip = 5,
    Frame = 6,
    Opening = 7,
    Sign = 8,
}

/// The features of some tokens of a message, in their order; the same feature may come again. Those of one token stand together:
/// the word, it with the one before, and its pieces.
pub(crate) fn features(text: &Text<'_>, range: std::ops::Range<usize>) -> Vec<Feature> {
    let mut found = Vec::with_capacity(range.len() * 14);
    let mut before = ("^", false);
    for token in range.clone() {
        let word = text.word(token);
        let plain = text.is(token, Sort::Word);
        // Which number it is matters to others; here it matters that there is one.
        let word = if text.is(token, Sort::Digits) { "0" } else { word };
        let at = u32::try_from(token).unwrap_or(u32::MAX);
        found.push(Feature { hash: hash(Made::Word, &[word]), at, plain, piece: false });
        found.push(Feature { hash: hash(Made::Pair, &[before.0, word]), at, plain: plain && before.1, piece: false });
        if plain {
            pieces(word, at, &mut found);
        }
        before = (word, plain);
    }
    let at = u32::try_from(range.end.saturating_sub(1)).unwrap_or(u32::MAX);
    found.push(Feature { hash: hash(Made::Pair, &[before.0, "$"]), at, plain: false, piece: false });
    found
}

/// The features of a word whatever stands before it.
pub(crate) fn alone(word: &str, at: u32) -> Vec<Feature> {
    let mut found = vec![Feature { hash: hash(Made::Word, &[word]), at, plain: true, piece: false }];
    pieces(word, at, &mut found);
    found
}

fn pieces(word: &str, at: u32, found: &mut Vec<Feature>) {
    if word.len() < WITH_PIECES {
        return;
    }
    // The edges of a word belong to its first and last pieces.
    let mut padded = [0; LONGEST + 2];
    let length = word.len().min(LONGEST);
    let Some(padded) = padded.get_mut(..length + 2) else { return };
    padded[0] = b'<';
    padded[1..=length].copy_from_slice(&word.as_bytes()[..length]);
    padded[length + 1] = b'>';
    for length in PIECES {
        let pieces = padded.windows(length);
        found.extend(pieces.map(|piece| Feature { hash: piece_hash(piece), at, plain: true, piece: true }));
    }
}

/// What the learned tables see of a message: its features, each once however often it comes, and how it is put together: words with
/// one left out between them, the small words and marks as the frame in which the others stand, how each sentence opens, and which
/// signs stand in one sentence.
pub(crate) fn told(text: &Text<'_>, signs: &Signs, things: &[bool], features: &[Feature]) -> Vec<Feature> {
    let mut all = Once::new(features.len() + text.len() * 4 + 16);
    let shown = |at: usize| if text.is(at, Sort::Digits) { "0" } else { text.word(at) };
    let framed = |at: usize| {
        let small = !text.is(at, Sort::Word) || super::language::common(text.word(at)).is_some();
        if small {
            shown(at)
        } else if things.get(at).copied().unwrap_or(false) {
            "#"
        } else if text.tokens.get(at).is_some_and(|token| token.capital) && at > 0 && !text.ends_sentence(at - 1) {
            "@"
        } else {
            "*"
        }
    };
    let frame: Vec<&str> = (0..text.len()).map(framed).collect();
    let last = signs.sentences.len().saturating_sub(1);
    let mut sentences = signs.sentences.iter().enumerate().peekable();
    let of_tokens = features.chunk_by(|one, other| one.at == other.at);
    for (at, of_token) in of_tokens.enumerate() {
        of_token.iter().for_each(|feature| all.add(*feature));
        let token = u32::try_from(at).unwrap_or(u32::MAX);
        let mut add = |hash: u32| all.add(Feature { hash, at: token, plain: false, piece: false });
        if let Some(earlier) = at.checked_sub(2) {
            add(hash(Made::Skip, &[shown(earlier), shown(at)]));
        }
        for words in [3, 4] {
            if let Some(frame) = (at + 1).checked_sub(words).and_then(|from| frame.get(from..=at)) {
                add(hash(Made::Frame, frame));
            }
        }
        while let Some((nth, sentence)) = sentences.next_if(|(_, sentence)| sentence.from == at) {
            let end = if sentence.question { "?" } else { "." };
            add(hash(Made::Opening, &[shown(at), end]));
            add(hash(Made::Opening, &[shown(at), shown(at + 1), end]));
            let place = if nth == 0 { 0 } else { 1 + u32::from(nth == last) };
            let own: Vec<u32> = (0..u64::BITS).filter(|cue| sentence.cues & (1 << cue) != 0).collect();
            let marks = place * 2 + u32::from(sentence.question);
            for (nth, cue) in own.iter().enumerate() {
                add(mixed(start(Made::Sign) ^ (cue * 8 + marks).wrapping_mul(0x9e37_79b1)));
                for other in own.iter().skip(nth + 1) {
                    let pair = (cue * 64 + other + 64) * 8 + u32::from(sentence.question);
                    add(mixed(start(Made::Sign) ^ pair.wrapping_mul(0x9e37_79b1)));
                }
            }
        }
    }
    all.features
}

/// Features in their order, of each the first.
struct Once {
    features: Vec<Feature>,
    /// The hashes that came, each at the first free place from its own on.
    seen: Vec<u32>,
}

impl Once {
    /// Room for so many features and more.
    fn new(most: usize) -> Self {
        Self { features: Vec::with_capacity(most), seen: vec![0; (most * 2).next_power_of_two()] }
    }

    fn add(&mut self, feature: Feature) {
        if self.features.len() * 4 >= self.seen.len() * 3 {
            self.grow();
        }
        if self.is_new(feature.hash) {
            self.features.push(feature);
        }
    }

    fn is_new(&mut self, hash: u32) -> bool {
        // Nothing is lost: a feature of number nought counts as number one.
        let wanted = hash.max(1);
        let last = self.seen.len() - 1;
        let mut at = wanted as usize & last;
        loop {
            match self.seen.get_mut(at) {
                Some(slot) if *slot == 0 => {
                    *slot = wanted;
                    return true;
                }
                Some(slot) if *slot != wanted => at = (at + 1) & last,
                _ => return false,
            }
        }
    }

    fn grow(&mut self) {
        self.seen = vec![0; self.seen.len() * 2];
        for at in 0..self.features.len() {
            self.is_new(self.features[at].hash);
        }
    }
}

/// So many words on each side of a phrase say what it is.
const NEARBY: usize = 10;

/// The words around a phrase, up to the ends of its sentence, each with its side; those beside it also with their place; and the
/// phrase's own first word.
pub(crate) fn around(text: &Text<'_>, phrase: std::ops::Range<usize>) -> Vec<Feature> {
    let mut found = Vec::with_capacity(4 * NEARBY);
    let mut add = |parts: &[&str], at: usize| {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        found.push(Feature { hash: hash(Made::Near, parts), at, plain: false, piece: false });
    };
    let shown = |at: usize| if text.is(at, Sort::Digits) { "0" } else { text.word(at) };
    let places = ["1", "2"];
    let left = (1..=NEARBY).map_while(|back| phrase.start.checked_sub(back)).take_while(|at| !text.ends_sentence(*at));
    for (place, at) in left.enumerate() {
        add(&["<", shown(at)], at);
        if let Some(place) = places.get(place) {
            add(&["<", place, shown(at)], at);
        }
    }
    let right = (phrase.end..text.len()).take(NEARBY).take_while(|at| !text.ends_sentence(*at));
    for (place, at) in right.enumerate() {
        add(&[">", shown(at)], at);
        if let Some(place) = places.get(place) {
            add(&[">", place, shown(at)], at);
        }
    }
    add(&["=", shown(phrase.start)], phrase.start);
    found
}

/// FNV-1a over bytes.
pub(super) fn folded(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(BASIS, step)
}

/// FNV-1a over the parts, with a mark between them.
fn hash(made: Made, parts: &[&str]) -> u32 {
    let mut state = start(made);
    for part in parts {
        state = part.bytes().fold(state, step);
        state = step(state, 0);
    }
    mixed(state)
}

fn piece_hash(piece: &[u8]) -> u32 {
    mixed(piece.iter().copied().fold(start(Made::Piece), step))
}

/// Where FNV-1a begins.
const BASIS: u32 = 0x811c_9dc5;

fn start(made: Made) -> u32 {
    step(BASIS, made as u8)
}

fn step(state: u32, byte: u8) -> u32 {
    (state ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// Spreads the bits, since tables take the lowest ones.
pub(super) fn mixed(mut state: u32) -> u32 {
    state ^= state >> 15;
    state = state.wrapping_mul(0x2c1b_3c6d);
    state ^ (state >> 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(raw: &str) -> std::collections::HashSet<u32> {
        let text = Text::new(raw);
        features(&text, 0..text.len()).into_iter().map(|feature| feature.hash).collect()
    }

    #[test]
    fn a_typing_error_keeps_part_of_the_features_and_another_word_none() {
        let (good, typo, other) = (hashes("verwarming"), hashes("verwaming"), hashes("stopcontact"));
        let shared = good.intersection(&typo).count();
        assert!(shared > 8, "{shared}");
        assert!(good.intersection(&other).count() <= 1);
    }

    #[test]
    fn numbers_are_one_feature_and_places_are_kept() {
        assert_eq!(hashes("12 stoelen"), hashes("300 stoelen"));
        let text = Text::new("de lamp");
        let last = features(&text, 0..text.len()).last().copied().map(|feature| feature.at);
        assert_eq!(last, Some(1));
    }

    #[test]
    fn of_each_feature_the_first_is_left_however_many_come() {
        let feature = |hash: u32, at: u32| Feature { hash, at, plain: true, piece: false };
        let mut all = Once::new(1);
        (0..2000).for_each(|at| all.add(feature(at % 700, at)));
        let first: Vec<Feature> = (0..700).map(|at| feature(at, at)).filter(|feature| feature.hash != 1).collect();
        let left: Vec<Feature> = all.features.into_iter().filter(|feature| feature.hash != 1).collect();
        assert_eq!(left, first);
    }
}
