//! Lists of words that are asked for in constant time: most words of a message are in none of them, and each is asked for in many.

/// Words and what each means.
pub(crate) struct Vocabulary<T, W = &'static str> {
    /// For each bucket where its entries begin; one more for the end.
    starts: Vec<u32>,
    entries: Vec<(W, T)>,
    /// How long its words are, in bytes.
    lengths: std::ops::Range<usize>,
    /// For each length of a word the first and the last letters that words of that length have: a word that differs is not in it,
    /// and no table need be fetched from memory to know that.
    edges: [u64; LENGTHS],
}

/// Longer words count as one length.
const LENGTHS: usize = 24;

impl<T, W: AsRef<str>> Vocabulary<T, W> {
    /// Prepares a list. Of a word that stands in it twice the first meaning counts.
    pub fn new(words: impl IntoIterator<Item = (W, T)>) -> Self {
        let mut entries: Vec<(W, T)> = words.into_iter().collect();
        // Four buckets a word, so that most other words meet an empty one.
        let buckets = (entries.len() * 4).next_power_of_two();
        entries.sort_by_key(|(word, _)| bucket(word.as_ref(), buckets));
        let starts =
            (0..=buckets).map(|wanted| entries.partition_point(|(word, _)| bucket(word.as_ref(), buckets) < wanted));
        let starts = starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect();
        let longest = entries.iter().map(|(word, _)| word.as_ref().len()).max().map_or(0, |longest| longest + 1);
        let shortest = entries.iter().map(|(word, _)| word.as_ref().len()).min().unwrap_or_default();
        let mut edges = [0; LENGTHS];
        for (word, _) in &entries {
            let (length, first, last) = edge(word.as_ref());
            edges[length] |= 1 << first | 1 << last;
        }
        Self { starts, entries, lengths: shortest..longest, edges }
    }

    /// How long its words are; no length at all where there are none.
    pub fn lengths(&self) -> std::ops::Range<usize> {
        self.lengths.clone()
    }

    /// All words.
    pub fn words(&self) -> impl Iterator<Item = &W> {
        self.entries.iter().map(|(word, _)| word)
    }

    /// What a word means.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&T> {
        self.entry(word).map(|(_, meaning)| meaning)
    }

    /// Whether a word of that length with such a first and last letter is in the list.
    fn may_hold(&self, word: &str) -> bool {
        let (length, first, last) = edge(word);
        self.edges[length] >> first & self.edges[length] >> last & 1 != 0
    }

    /// A word as it stands in the list, and what it means.
    #[inline]
    pub fn entry(&self, word: &str) -> Option<&(W, T)> {
        if self.may_hold(word) { self.find(word) } else { None }
    }

    fn find(&self, word: &str) -> Option<&(W, T)> {
        let at = bucket(word, self.starts.len() - 1);
        let (from, to) = (*self.starts.get(at)?, *self.starts.get(at + 1)?);
        let same = self.entries.get(from as usize..to as usize).unwrap_or_default();
        same.iter().find(|(other, _)| other.as_ref() == word)
    }
}

impl Vocabulary<Vec<&'static str>> {
    /// Words with several others each, in their order.
    pub fn grouped(pairs: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        let mut pairs: Vec<(&'static str, &'static str)> = pairs.into_iter().collect();
        pairs.sort_by_key(|(word, _)| *word);
        let same = pairs.chunk_by(|one, other| one.0 == other.0);
        Self::new(same.filter_map(|same| Some((same.first()?.0, same.iter().map(|(_, other)| *other).collect()))))
    }
}

/// Endings of words, of two letters and more.
pub(crate) struct Endings {
    by_last_two: Vocabulary<Vec<&'static str>>,
}

impl Endings {
    /// Prepares a list.
    pub fn new(endings: &'static [&'static str]) -> Self {
        let last_two = |ending: &'static str| ending.get(ending.len().checked_sub(2)?..);
        let pairs = endings.iter().filter_map(|ending| Some((last_two(ending)?, *ending)));
        Self { by_last_two: Vocabulary::grouped(pairs) }
    }

    /// The endings that a word has, in the order of the list.
    pub fn of(&self, word: &str) -> impl Iterator<Item = &'static str> {
        let last_two = word.len().checked_sub(2).and_then(|at| word.get(at..));
        let alike = last_two.and_then(|last| self.by_last_two.get(last)).into_iter().flatten();
        alike.copied().filter(move |ending| word.ends_with(ending))
    }
}

/// The length of a word, a bit for its first letter, and one for its last.
fn edge(word: &str) -> (usize, u32, u32) {
    let bytes = word.as_bytes();
    let letter = |byte: Option<&u8>| byte.map_or(0, |byte| u32::from(*byte & 31));
    (bytes.len().min(LENGTHS - 1), letter(bytes.first()), 32 + letter(bytes.last()))
}

/// The bucket of a word, by its length and a few of its letters: reading them all would take longer than a rare mistake.
fn bucket(word: &str, buckets: usize) -> usize {
    let bytes = word.as_bytes();
    let letter = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(*byte));
    let (last, middle) = (letter(bytes.len().wrapping_sub(1)), letter(bytes.len() / 2));
    let mixed = (bytes.len() | letter(0) << 8 | letter(1) << 16 | middle << 24 | last << 32)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 40) & (buckets - 1)
}

/// A function from a word to what it means: `vocabulary! { fn month(word) -> (u32, bool) { "mei" | "may" => (5, true), } }`.
/// With `in TABLE` before the arrow the list itself is there as well.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($word:ident) in $table:ident -> $of:ty { $($($is:literal)|+ => $means:expr),* $(,)? }) => {
        $(#[$meta])*
        $vis static $table: std::sync::LazyLock<$crate::intake::vocabulary::Vocabulary<$of>> =
            std::sync::LazyLock::new(|| {
                let words: &[(&'static str, $of)] = &[$($(($is, $means)),+),*];
                $crate::intake::vocabulary::Vocabulary::new(words.iter().copied())
            });
        fn $name($word: &str) -> Option<$of> {
            $table.get($word).copied()
        }
    };
    ($($(#[$meta:meta])* $vis:vis fn $name:ident($word:ident) -> $of:ty { $($($is:literal)|+ => $means:expr),* $(,)? })*) => { $(
        $(#[$meta])*
        $vis fn $name($word: &str) -> Option<$of> {
            static WORDS: std::sync::LazyLock<$crate::intake::vocabulary::Vocabulary<$of>> =
                std::sync::LazyLock::new(|| {
                    let words: &[(&'static str, $of)] = &[$($(($is, $means)),+),*];
                    $crate::intake::vocabulary::Vocabulary::new(words.iter().copied())
                });
            WORDS.get($word).copied()
        }
    )* };
}

/// A function that says whether a word is one of a list: `word_list! { fn lift(word) { "lift" | "liften" } }`.
macro_rules! word_list {
    ($($(#[$meta:meta])* $vis:vis fn $name:ident($word:ident) { $($is:literal)|+ })*) => { $(
        $(#[$meta])*
        $vis fn $name($word: &str) -> bool {
            static WORDS: std::sync::LazyLock<$crate::intake::vocabulary::Vocabulary<()>> =
                std::sync::LazyLock::new(|| $crate::intake::vocabulary::Vocabulary::new([$(($is, ())),+]));
            WORDS.get($word).is_some()
        }
    )* };
}

/// Whether a word holds one of several parts; `begun` names those that begin with the letters ahead, so that most places are
/// passed with one look.
pub(crate) fn holds_one(word: &str, begun: impl Fn(&[u8]) -> &'static [&'static str]) -> bool {
    let bytes = word.as_bytes();
    (0..bytes.len()).any(|at| {
        let rest = bytes.get(at..).unwrap_or_default();
        begun(rest).iter().any(|part| rest.starts_with(part.as_bytes()))
    })
}

/// Whether a word holds a part; for parts of a few letters a plain comparison is faster than a search that prepares itself.
pub(crate) fn holds(word: &str, part: &str) -> bool {
    word.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    vocabulary! {
        fn leg(word) -> u32 { "poot" | "poten" => 4, "been" => 2 }
    }
    word_list! {
        fn chair(word) { "stoel" | "kruk" | "zetel" }
    }

    #[test]
    fn a_word_is_found_by_all_its_letters() {
        assert_eq!(
            (leg("poot"), leg("poten"), leg("been"), leg("bean"), leg("")),
            (Some(4), Some(4), Some(2), None, None)
        );
        assert!(chair("kruk") && !chair("krik") && !chair("krukken"));
    }

    #[test]
    fn every_word_of_a_list_is_found_whatever_its_length_and_first_letter() {
        let words: Vec<String> =
            (0..80).flat_map(|length| ["", "a", "z", "é", "½"].map(|c| c.repeat(length))).collect();
        let all = Vocabulary::new(words.iter().map(|word| (word.as_str(), ())));
        assert!(words.iter().all(|word| all.get(word).is_some()));
        assert!(all.get("az").is_none());
        assert!(Vocabulary::<(), &str>::new([]).get("").is_none());
    }

    #[test]
    fn the_first_meaning_of_a_word_counts() {
        let twice = Vocabulary::new([("bank", 1), ("kruk", 3), ("bank", 2)]);
        assert_eq!(twice.get("bank"), Some(&1));
    }

    #[test]
    fn parts_of_words_are_found_where_they_stand() {
        assert!(holds("negentig", "tig") && holds("tig", "tig") && !holds("ti", "tig") && !holds("tigerr", "tgr"));
    }
}
