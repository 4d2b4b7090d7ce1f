//! Phrases of a list, found by the word with which each begins.

use super::text::{Text, folded};
use super::vocabulary::Vocabulary;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Where a phrase stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit<T> {
    /// What the phrase means.
    pub tag: T,
    /// Which phrase it was, so that the same one counts once.
    pub phrase: u32,
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
}

/// The hits that lie inside a stretch of the text, as they stand in it when it is read on its own.
pub(crate) fn within<T: Copy>(hits: &[Hit<T>], range: &Range<usize>) -> impl Iterator<Item = Hit<T>> {
    let (start, end) = (range.start, range.end);
    let inside = hits.iter().filter(move |hit| start <= hit.from && hit.to <= end);
    inside.map(move |hit| Hit { from: hit.from - start, to: hit.to - start, ..*hit })
}

/// A phrase behind its first word.
struct Phrase<T> {
    tag: T,
    number: u32,
    /// What follows the first word and its space, up to and with the space that must follow the last, where one must.
    rest: Range<u32>,
    /// How many tokens follow the first.
    more: u16,
    /// The first letter of the rest, where there is one: most phrases go on otherwise.
    letter: Option<u8>,
}

/// Words and the phrases that begin with each, as a range of all phrases.
type Firsts = Vocabulary<Range<u32>, Box<str>>;

/// Words that are known by one edge, which a longer word may share.
struct Edges {
    firsts: Firsts,
    /// For each letter at that edge how long the words with it are, one bit each.
    lengths: [u64; 32],
}

impl Edges {
    fn new(firsts: Firsts, letter: fn(&[u8]) -> Option<&u8>) -> Self {
        let mut lengths = [0; 32];
        for word in firsts.words().map(|word| word.as_bytes()) {
            lengths[slot(letter(word))] |= 1 << word.len().min(LONGEST);
        }
        Self { firsts, lengths }
    }

    /// How long a part of a word of so many bytes with that letter at its edge may be, the shortest first.
    fn lengths(&self, letter: Option<&u8>, most: usize) -> impl Iterator<Item = usize> {
        let mut left = self.lengths[slot(letter)];
        let short = std::iter::from_fn(move || {
            let length = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (length < LONGEST).then_some(length)
        });
        let long = if self.lengths[slot(letter)] >> LONGEST == 0 { 0..0 } else { LONGEST..self.firsts.lengths().end };
        short.chain(long).take_while(move |length| *length <= most)
    }
}

/// Words of so many bytes or more count as one length.
const LONGEST: usize = 63;

/// One of 32 places for a letter.
fn slot(letter: Option<&u8>) -> usize {
    letter.map_or(0, |letter| usize::from(letter & 31))
}

/// Phrases, each with one or more meanings.
pub(crate) struct Lexicon<T> {
    phrases: Vec<Phrase<T>>,
    /// The rests of all phrases.
    rests: String,
    /// Phrases by their whole first word.
    whole: Firsts,
    /// Words that go on: `lek*`.
    begun: Edges,
    /// Phrases by the end of their first word: `*storing`.
    ended: Edges,
    /// Parts of words: `*lek*`.
    inner: Firsts,
}

/// How a phrase begins: which of the tables of a [`Lexicon`] knows it, and by which word.
type First = (u8, String);

const WHOLE: u8 = 0;
const BEGUN: u8 = 1;
const ENDED: u8 = 2;
const INNER: u8 = 3;

/// Collects phrases. `lek*` matches words that begin so, `*storing` words that end so.
pub(crate) struct LexiconBuilder<T> {
    numbers: HashMap<String, u32>,
    /// For each first word what follows it, and the phrase.
    phrases: BTreeMap<First, Vec<(String, u32, T)>>,
}

impl<T: Copy + PartialEq> LexiconBuilder<T> {
    /// Begins without phrases.
    pub fn new() -> Self {
        Self { numbers: HashMap::new(), phrases: BTreeMap::new() }
    }

    /// Adds a phrase with a meaning.
    pub fn add(&mut self, phrase: &str, tag: T) {
        let trimmed = phrase.trim();
        let (open_start, body) = trimmed.strip_prefix('*').map_or((false, trimmed), |rest| (true, rest));
        let (open_end, body) = body.strip_suffix('*').map_or((false, body), |rest| (true, rest));
        let mut flat = folded(body);
        if flat.is_empty() {
            return;
        }
        if !open_end {
            flat.push(' ');
        }
        let (first, rest, place) = match flat.split_once(' ') {
            Some((first, rest)) => (first, rest, if open_start { ENDED } else { WHOLE }),
            None => (flat.as_str(), "", if open_start { INNER } else { BEGUN }),
        };
        let (first, rest) = ((place, first.to_owned()), rest.to_owned());
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(format!("{}{flat}", if open_start { "" } else { " " })).or_insert(next);
        let known = self.phrases.entry(first).or_default();
        if !known.iter().any(|(_, other, said)| *other == number && *said == tag) {
            known.push((rest, number, tag));
        }
    }

    /// Prepares the phrases.
    pub fn build(self) -> Lexicon<T> {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut phrases = Vec::with_capacity(self.phrases.values().map(Vec::len).sum());
        let mut rests = String::with_capacity(self.phrases.values().flatten().map(|(rest, ..)| rest.len()).sum());
        let mut firsts: [Vec<(Box<str>, Range<u32>)>; 4] = Default::default();
        for ((place, first), same) in self.phrases {
            let from = small(phrases.len());
            for (rest, number, tag) in same {
                let more = rest.trim_end_matches(' ').split(' ').filter(|word| !word.is_empty()).count();
                let start = small(rests.len());
                rests.push_str(&rest);
                let more = u16::try_from(more).unwrap_or(u16::MAX);
                let letter = rest.bytes().next();
                phrases.push(Phrase { tag, number, rest: start..small(rests.len()), more, letter });
            }
            if let Some(firsts) = firsts.get_mut(usize::from(place)) {
                firsts.push((first.into_boxed_str(), from..small(phrases.len())));
            }
        }
        let [whole, begun, ended, inner] = firsts.map(Vocabulary::new);
        let (begun, ended) = (Edges::new(begun, <[u8]>::first), Edges::new(ended, <[u8]>::last));
        Lexicon { phrases, rests, whole, begun, ended, inner }
    }
}

impl<T: Copy> Lexicon<T> {
    /// Every phrase in the text, in the order in which they end, of two that end together the longer first.
    pub fn find(&self, text: &Text<'_>, mut each: impl FnMut(Hit<T>)) {
        let mut found: Vec<(usize, usize, Hit<T>)> = Vec::new();
        let tokens = if self.phrases.is_empty() { 0..0 } else { 0..text.len() };
        for at in tokens {
            let (start, end) = text.flat_bytes(at);
            // A phrase that begins with its word takes the space before it as well.
            let mut look = |firsts: &Firsts, from: usize, to: usize, whole: bool| {
                let known = text.flat.get(from..to).and_then(|first| firsts.get(first));
                let Some(phrases) = known.and_then(|known| self.phrases.get(slice(known))) else { return };
                let after = if to == end { to + 1 } else { to };
                let line = text.flat.as_bytes().get(after..).unwrap_or_default();
                for phrase in
                    phrases.iter().filter(|phrase| phrase.letter.is_none_or(|letter| line.first() == Some(&letter)))
                {
                    let rest = self.rests.get(slice(&phrase.rest)).unwrap_or_default();
                    if line.starts_with(rest.as_bytes()) {
                        let hit = Hit {
                            tag: phrase.tag,
                            phrase: phrase.number,
                            from: at,
                            to: at + usize::from(phrase.more) + 1,
                        };
                        found.push((if whole { after + rest.len() } else { to }, from, hit));
                    }
                }
            };
            look(&self.whole, start, end, true);
            let word = text.word(at).as_bytes();
            let begun = self.begun.lengths(word.first(), word.len());
            begun.for_each(|length| look(&self.begun.firsts, start, start + length, false));
            let ended = self.ended.lengths(word.last(), word.len());
            ended.for_each(|length| look(&self.ended.firsts, end - length, end, true));
            let inner = self.inner.lengths().start..self.inner.lengths().end.min(word.len() + 1);
            inner.for_each(|length| {
                (start..=end - length).for_each(|from| look(&self.inner, from, from + length, false));
            });
        }
        found.sort_by_key(|(end, start, _)| (*end, *start));
        found.into_iter().for_each(|(.., hit)| each(hit));
    }
}

fn slice(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], raw: &str) -> Vec<(usize, usize, usize)> {
        let mut builder = LexiconBuilder::new();
        for (tag, phrase) in phrases.iter().enumerate() {
            builder.add(phrase, tag);
        }
        let mut hits = Vec::new();
        builder.build().find(&Text::new(raw), |hit| hits.push((hit.tag, hit.from, hit.to)));
        hits
    }

    #[test]
    fn phrases_of_several_words_stand_as_they_are_said() {
        assert_eq!(found(&["doet het niet", "het"], "de lamp doet het niet, het"), [(1, 3, 4), (0, 2, 5), (1, 6, 7)]);
        assert_eq!(found(&["doet het niet"], "doet het nietig"), []);
    }

    #[test]
    fn a_star_leaves_a_word_open_at_that_side() {
        assert_eq!(found(&["lek*", "*storing", "*uitval*"], "lekkage"), [(0, 0, 1)]);
        assert_eq!(found(&["lek*", "*storing", "*uitval*"], "printerstoring"), [(1, 0, 1)]);
        assert_eq!(found(&["lek*", "*storing", "*uitval*"], "stroomuitvallen"), [(2, 0, 1)]);
        assert_eq!(
            found(&["*storing in de", "op de vloer*"], "netstoring in de hal, nat op de vloertegels"),
            [(0, 0, 3), (1, 6, 9)]
        );
    }

    #[test]
    fn what_ends_together_is_told_longest_first_and_one_phrase_may_mean_two_things() {
        assert_eq!(found(&["niet", "doet het niet", "*t niet"], "doet het niet"), [(1, 0, 3), (2, 1, 3), (0, 2, 3)]);
        assert_eq!(found(&["lek", "lek"], "lek"), [(0, 0, 1), (1, 0, 1)]);
    }
}
