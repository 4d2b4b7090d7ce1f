//! Phrases of every list, found in one pass over the flat line.

use super::text::{Text, folded};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::HashMap;

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

/// An automaton over phrases, each with one or more meanings.
pub(crate) struct Lexicon<T> {
    automaton: Option<AhoCorasick>,
    tags: Vec<Vec<T>>,
}

/// Collects phrases. `lek*` matches words that begin so, `*storing` words that end so.
pub(crate) struct LexiconBuilder<T> {
    patterns: Vec<String>,
    tags: Vec<Vec<T>>,
    index: HashMap<String, usize>,
}

impl<T: Copy + PartialEq> LexiconBuilder<T> {
    /// Begins without phrases.
    pub fn new() -> Self {
        Self { patterns: Vec::new(), tags: Vec::new(), index: HashMap::new() }
    }

    /// Adds a phrase with a meaning.
    pub fn add(&mut self, phrase: &str, tag: T) {
        let trimmed = phrase.trim();
        let (open_start, body) = trimmed.strip_prefix('*').map_or((false, trimmed), |rest| (true, rest));
        let (open_end, body) = body.strip_suffix('*').map_or((false, body), |rest| (true, rest));
        let flat = folded(body);
        if flat.is_empty() {
            return;
        }
        let pattern = format!("{}{flat}{}", if open_start { "" } else { " " }, if open_end { "" } else { " " });
        let at = *self.index.entry(pattern.clone()).or_insert_with(|| {
            self.patterns.push(pattern);
            self.tags.push(Vec::new());
            self.tags.len() - 1
        });
        if !self.tags[at].contains(&tag) {
            self.tags[at].push(tag);
        }
    }

    /// Builds the automaton.
    pub fn build(self) -> Lexicon<T> {
        // Only absurd sizes make this fail; then nothing is found rather than anything broken.
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&self.patterns).ok();
        Lexicon { automaton, tags: self.tags }
    }
}

impl<T: Copy> Lexicon<T> {
    /// Every phrase in the text.
    pub fn find(&self, text: &Text<'_>, mut each: impl FnMut(Hit<T>)) {
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(text.flat.as_str()) {
            let bytes = text.flat.as_bytes();
            let start = found.start() + usize::from(bytes.get(found.start()) == Some(&b' '));
            let end = found.end() - usize::from(bytes.get(found.end() - 1) == Some(&b' '));
            let (from, last) = (text.owner(start), text.owner(end.saturating_sub(1)));
            if from == usize::MAX || last == usize::MAX {
                continue;
            }
            let phrase = found.pattern().as_u32();
            for tag in &self.tags[found.pattern().as_usize()] {
                each(Hit { tag: *tag, phrase, from, to: last + 1 });
            }
        }
    }
}
