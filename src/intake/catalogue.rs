//! Which catalogue item a message is about.

use super::features::{self, Feature, features};
use super::lexicon::{Hit, Lexicon, LexiconBuilder, within};
use super::likeness::{Gains, Likeness};
use super::text::{Sort, Text, folded};
use super::typing::Typing;
use super::vocabulary::Vocabulary;
use crate::domain::catalogue::{Catalogue, CatalogueItem};
use crate::domain::register::Topic;
use crate::domain::{ItemId, Kind};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// What a phrase says about an item.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Says {
    /// For the item, with this weight.
    For(u16, f32),
    /// Against it.
    Against(u16),
}

/// An item as the matcher needs it.
pub(crate) struct Entry {
    /// Its identity.
    pub id: ItemId,
    /// Its kinds, likeliest first.
    pub kinds: Vec<Kind>,
    topic: Topic,
}

/// An item that fits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    /// Index into the entries.
    pub item: usize,
    /// How well the catalogue's words and phrases fit.
    pub score: f32,
    /// How like its examples the message is.
    pub like: f32,
    /// How well it fits by all of these and the channel's topic.
    pub ranked: f32,
    /// The words that weigh most, as tokens.
    pub from: usize,
    /// The token after the last of them.
    pub to: usize,
}

/// The catalogue, prepared for matching.
pub(crate) struct Matcher {
    /// The items.
    pub entries: Vec<Entry>,
    phrases: Lexicon<Says>,
    words: Vocabulary<Vec<(u16, f32)>, Box<str>>,
    stems: Vocabulary<Vec<(u16, f32)>, Box<str>>,
    typing: Typing,
    likeness: Likeness,
    usual: Usual,
    dutch: Stemmer,
    english: Stemmer,
}

/// What the words say that come more than once in the examples, found beforehand: most words of a message are among them.
struct Usual {
    /// For each word its number, and where what it says begins and ends.
    words: Vocabulary<(u32, Range<u32>), Box<str>>,
    says: Vec<(u16, f32, u64)>,
    /// What the features of each word say, whatever stands before it; by the number of the word.
    gains: Gains,
}

/// The least score at which the catalogue's words name an item.
const FLOOR: f32 = 0.6;
/// From this likeness to its examples on an item is meant although none of its words is there.
const LIKELY: f32 = 1.8;
/// Shorter words are only known as they stand.
const SHORTEST: usize = 4;
/// From this weight on a word names an item and does not only go with it.
const NAMED: f32 = 0.6;
/// What the topic of the channel adds.
const TOPIC: f32 = 0.6;

word_list! {
    /// Words too common to be found in compounds or by typo.
    fn talk(word) {
        "vandaag" | "morgen" | "gisteren" | "kunnen" | "mensen" | "moeten" | "worden" | "hebben" | "willen" | "zouden" |
        "iemand" | "niemand" | "anders" | "eigenlijk" | "waarschijnlijk" | "misschien" | "altijd" | "nooit" | "overal" |
        "ergens" | "nergens" | "tijdens" | "volgens" | "volgende" | "vorige" | "tussen" | "zonder" | "binnen" |
        "buiten" | "achter" | "boven" | "onder" | "tegen" | "allemaal" | "collega" | "collegas" | "afdeling" |
        "gemeente" | "wethouder" | "burgemeester" | "vergadering" | "overleg" | "afspraak" | "bestelling" | "please" |
        "someone" | "anyone" | "because" | "before" | "should" | "would" | "could" | "thanks" | "morning" |
        "afternoon" | "meeting" | "people" | "office" | "really" | "maandag" | "dinsdag" | "woensdag" | "donderdag" |
        "vrijdag" | "zaterdag" | "zondag" | "november" | "december" | "september" | "oktober" | "februari" | "januari" |
        "augustus" | "bedankt" | "helemaal" | "eindelijk" | "gewoon" | "graag" | "alvast" | "nieuwe" | "kleine" |
        "groene" | "meteen" | "direct" | "straks" | "alleen" | "gebouw" | "terrein" | "besteld" | "bestellen" |
        "beter" | "lekker" | "aankomst" | "aanpassen" | "bewaren" | "mogelijk" | "mogelijkheid" | "stopped" |
        "started" | "reported" | "printed" | "passed" | "looking" | "working" | "nothing" | "something" | "everything" |
        "another"
    }
}

/// Whether a word occurs in every kind of talk.
fn common(word: &str) -> bool {
    talk(word) || super::language::common(word).is_some()
}

impl Matcher {
    /// Prepares a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        let items: Vec<&CatalogueItem> = catalogue.items().collect();
        let dutch = Stemmer::create(Algorithm::Dutch);
        let english = Stemmer::create(Algorithm::English);
        // How many items share a word or phrase makes it weigh less.
        let mut shared: HashMap<String, HashSet<usize>> = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            let named = item.name.nl.split(',').chain(item.name.en.split(','));
            for term in item.recognise.words.iter().chain(&item.recognise.phrases).map(String::as_str).chain(named) {
                shared.entry(folded(term.trim_matches('*'))).or_default().insert(index);
            }
        }
        let mut builder = LexiconBuilder::new();
        let mut words: BTreeMap<String, Vec<(u16, f32)>> = BTreeMap::new();
        let rarity = |flat: &str| {
            #[allow(clippy::cast_precision_loss)]
            let count = shared.get(flat).map_or(1, HashSet::len).max(1) as f32;
            1.0 / count.sqrt()
        };
        for (index, item) in items.iter().enumerate() {
            let at = u16::try_from(index).unwrap_or(u16::MAX);
            // A catch-all gives way to what is named more exactly.
            let weight = |flat: &str| rarity(flat) * if item.id.as_str().ends_with(".other") { 0.6 } else { 1.0 };
            for word in &item.recognise.words {
                let flat = folded(word);
                if flat.contains(' ') {
                    builder.add(word, Says::For(at, 2.4 * weight(&flat)));
                } else if !flat.is_empty() {
                    words.entry(flat.clone()).or_default().push((at, 2.0 * weight(&flat)));
                }
            }
            for phrase in &item.recognise.phrases {
                let flat = folded(phrase.trim_matches('*'));
                #[allow(clippy::cast_precision_loss)]
                let length = flat.split(' ').count().min(5) as f32;
                builder.add(phrase, Says::For(at, (1.7 + 0.5 * length) * weight(&flat)));
            }
            for phrase in &item.recognise.not {
                builder.add(phrase, Says::Against(at));
                // Plurals of a single word speak against it as well.
                if !phrase.contains([' ', '*']) && phrase.len() >= 5 {
                    builder.add(&format!("{phrase}s"), Says::Against(at));
                    builder.add(&format!("{phrase}en"), Says::Against(at));
                }
            }
        }
        let mut stems: BTreeMap<String, Vec<(u16, f32)>> = BTreeMap::new();
        for (word, says) in &words {
            if word.len() >= SHORTEST {
                for stem in [dutch.stem(word), english.stem(word)] {
                    let entry = stems.entry(stem.into_owned()).or_default();
                    for (item, weight) in says {
                        if !entry.iter().any(|(other, _)| other == item) {
                            entry.push((*item, *weight));
                        }
                    }
                }
            }
        }
        let entries = items
            .iter()
            .map(|item| {
                let topic = if item.id.as_str().starts_with("fac.") {
                    Topic::Facility
                } else if item.id.as_str().starts_with("ict.") || item.provider.as_str().contains("ict") {
                    Topic::Ict
                } else {
                    Topic::General
                };
                Entry { id: item.id.clone(), kinds: item.kinds.clone(), topic }
            })
            .collect();
        let examples = items
            .iter()
            .enumerate()
            .flat_map(|(index, item)| item.recognise.examples.iter().map(move |example| (index, example.as_str())));
        // Each word of the examples, and whether it comes more than once.
        let mut usual: FxHashMap<Box<str>, bool> = FxHashMap::default();
        let likeness = Likeness::new(items.len(), examples, |text| {
            for word in (0..text.len()).filter(|at| text.is(*at, Sort::Word)).map(|at| text.word(at)) {
                if let Some(again) = usual.get_mut(word) {
                    *again = true;
                } else {
                    usual.insert(word.into(), false);
                }
            }
        });
        let typing = Typing::new(words.keys().map(String::as_str));
        let (words, stems, phrases) = (kept(words), kept(stems), builder.build());
        let none = Usual { words: Vocabulary::new([]), says: Vec::new(), gains: likeness.gains(0) };
        let matcher = Self { entries, phrases, words, stems, typing, likeness, usual: none, dutch, english };
        let usual = matcher.usual(usual.into_iter().filter(|(_, again)| *again).map(|(word, _)| word));
        Self { usual, ..matcher }
    }

    /// What some words say.
    fn usual(&self, words: impl Iterator<Item = Box<str>>) -> Usual {
        let words: Vec<Box<str>> = words.collect();
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (mut says, mut gains) = (Vec::new(), self.likeness.gains(words.len()));
        let mut read = |(number, word): (usize, Box<str>)| {
            let (from, number) = (says.len(), small(number));
            self.read(&word, |item, weight, key| says.push((item, weight, fingerprint(key))));
            self.likeness.hear(&mut gains, &features::alone(&word, number));
            (word, (number, small(from)..small(says.len())))
        };
        let words = words.into_iter().enumerate().map(&mut read).collect::<Vec<_>>();
        Usual { words: Vocabulary::new(words), says, gains }
    }

    /// Everything in a text that speaks for or against an item, looked up once. `features` are those of the text.
    pub fn mentions(&self, text: &Text<'_>, features: &[Feature]) -> Mentions {
        let mut found = Mentions {
            phrases: Vec::new(),
            words: Vec::new(),
            covered: vec![None; text.len()],
            gains: self.likeness.gains(text.len()),
        };
        self.phrases.find(text, |hit: Hit<Says>| found.phrase(hit));
        let mut unusual = Vec::with_capacity(features.len());
        for of_token in features.chunk_by(|one, other| one.at == other.at) {
            let at = of_token.first().map_or(usize::MAX, |feature| feature.at as usize);
            let Some(word) = Some(at).filter(|at| text.is(*at, Sort::Word)).map(|at| text.word(at)) else { continue };
            let mut say = |item: u16, weight: f32, key: u64| found.words.push((at, item, weight, key));
            if let Some((number, says)) = self.usual.words.get(word) {
                let says = self.usual.says.get(says.start as usize..says.end as usize);
                says.into_iter().flatten().for_each(|(item, weight, key)| say(*item, *weight, *key));
                found.gains.take(at, &self.usual.gains, *number as usize);
                // All but the pair with the word before is known.
                unusual.extend(of_token.get(1));
            } else {
                self.read(word, |item, weight, key| say(item, weight, fingerprint(key)));
                unusual.extend_from_slice(of_token);
            }
        }
        self.likeness.hear(&mut found.gains, &unusual);
        found
    }

    /// What speaks for an item in a stretch of a text that is read on its own: what was found in the whole, where its first word
    /// has none before it any more.
    pub fn within(&self, text: &Text<'_>, mentions: &Mentions, range: &Range<usize>) -> Mentions {
        let mut first = features(text, range.start..range.end.min(range.start + 1));
        first.iter_mut().for_each(|feature| feature.at = 0);
        let words = mentions.words.iter().filter(|(at, ..)| range.contains(at));
        let mut found = Mentions {
            phrases: Vec::new(),
            words: words.map(|(at, item, weight, key)| (at - range.start, *item, *weight, *key)).collect(),
            covered: vec![None; range.len()],
            gains: self.likeness.within(&mentions.gains, range, &first),
        };
        within(&mentions.phrases, range).for_each(|hit| found.phrase(hit));
        found
    }

    /// The items that fit, best first. `emphasis` weighs each token: what is asked counts more than what is told.
    pub fn rank(&self, mentions: &Mentions, topic: Topic, emphasis: &[f32]) -> Vec<Scored> {
        let count = self.entries.len();
        let mut score = vec![0.0_f32; count];
        let mut best = vec![(0.0_f32, 0, 0); count];
        let mut against = vec![0_u32; count];
        let mut seen: Vec<(u16, u32)> = Vec::new();
        let mut first = |item: u16, phrase: u32| {
            let new = !seen.contains(&(item, phrase));
            if new {
                seen.push((item, phrase));
            }
            new
        };
        let mut credit = |item: u16, weight: f32, from: usize, to: usize| {
            let index = usize::from(item);
            let weight = weight * emphasis.get(from).copied().unwrap_or(1.0);
            if let (Some(score), Some(best)) = (score.get_mut(index), best.get_mut(index)) {
                *score += weight;
                if weight > best.0 {
                    *best = (weight, from, to);
                }
            }
        };
        for hit in &mentions.phrases {
            match hit.tag {
                Says::For(item, weight) => {
                    if first(item, hit.phrase) {
                        credit(item, weight, hit.from, hit.to);
                    }
                }
                Says::Against(item) => {
                    if first(item, hit.phrase)
                        && let Some(count) = against.get_mut(usize::from(item))
                    {
                        *count += 1;
                    }
                }
            }
        }
        let mut used: Vec<(u16, u64)> = Vec::new();
        for (at, item, weight, key) in &mentions.words {
            if used.contains(&(*item, *key)) {
                continue;
            }
            used.push((*item, *key));
            // Words inside a phrase of another item weigh less: "wc" in "wc papier".
            let inside = mentions.covered[*at].is_some_and(|other| other != *item);
            credit(*item, if inside { weight * 0.35 } else { *weight }, *at, at + 1);
        }
        let like = self.likeness.like(&mentions.gains, emphasis);
        let mut ranked: Vec<Scored> = (0..count)
            .filter_map(|item| {
                #[allow(clippy::cast_precision_loss)]
                let score = score[item] - 1.6 * (against[item].min(2) as f32);
                let like_it = like.get(item).copied().unwrap_or_default();
                if score < FLOOR && like_it < LIKELY {
                    return None;
                }
                let bonus = if topic != Topic::General && self.entries[item].topic == topic { TOPIC } else { 0.0 };
                let (from, to) = match best[item] {
                    (weight, from, to) if weight > 0.0 => (from, to),
                    _ => mentions.gains.strongest(item).map(|token| (token, token + 1))?,
                };
                // The first words that fit say most; a long story is not to win by its length.
                let ranked = 1.8 * score.max(0.0).sqrt() + like_it + bonus;
                Some(Scored { item, score, like: like_it, ranked, from, to })
            })
            .collect();
        ranked.sort_by(|a, b| b.ranked.total_cmp(&a.ranked).then(a.item.cmp(&b.item)));
        ranked
    }

    /// The items that a word speaks for: as it stands, by its stem, as part of a compound, or with one typing error.
    fn read(&self, word: &str, mut each: impl FnMut(u16, f32, &str)) {
        if let Some(says) = self.words.get(word) {
            for (item, weight) in says {
                each(*item, *weight, word);
            }
            return;
        }
        if word.len() < SHORTEST || common(word) {
            return;
        }
        let stem = self.dutch.stem(word);
        let long = |stem: &str| stem.len() >= 4 || stem.len() + 2 >= word.len() && word.ends_with('s');
        let says = Some(stem.as_ref()).filter(|stem| long(stem)).and_then(|stem| self.stems.get(stem)).or_else(|| {
            let english = self.english.stem(word);
            Some(english.as_ref()).filter(|stem| long(stem)).and_then(|stem| self.stems.get(stem))
        });
        if let Some(says) = says {
            for (item, weight) in says {
                each(*item, *weight * 0.95, stem.as_ref());
            }
            return;
        }
        if self.compound(word, &mut each) {
            return;
        }
        self.typo(word, each);
    }

    /// Dutch compounds: the last part names the thing, the first says of what.
    fn compound(&self, word: &str, each: &mut impl FnMut(u16, f32, &str)) -> bool {
        if word.len() < 7 || word.len() > 48 || !word.is_ascii() {
            return false;
        }
        let mut found = false;
        // The longest head first.
        for cut in 3..=word.len().saturating_sub(4) {
            let (_, tail) = word.split_at(cut);
            if let Some(says) = self.known(tail) {
                for (item, weight) in says {
                    each(*item, *weight * 0.85, tail);
                }
                found = true;
                break;
            }
        }
        for cut in (4..=word.len().saturating_sub(3)).rev() {
            let (head, _) = word.split_at(cut);
            let says = self
                .words
                .get(head)
                .or_else(|| head.strip_suffix('s').and_then(|h| self.words.get(h)))
                .or_else(|| if cut >= 6 { self.known(head) } else { None });
            if let Some(says) = says {
                let part = if found { 0.55 } else { 0.8 };
                for (item, weight) in says {
                    each(*item, *weight * part, head);
                }
                return true;
            }
        }
        found
    }

    /// A part of a compound, with the commonest endings taken off.
    fn known(&self, word: &str) -> Option<&Vec<(u16, f32)>> {
        self.words.get(word).or_else(|| {
            let stem = ["jes", "je", "en", "s", "n"]
                .iter()
                .find_map(|end| word.strip_suffix(end).filter(|stem| stem.len() >= 4))?;
            self.words.get(stem).or_else(|| stem.strip_suffix('t').and_then(|stem| self.words.get(stem)))
        })
    }

    /// A word of the catalogue with one letter too many, too few or wrong.
    fn typo(&self, word: &str, mut each: impl FnMut(u16, f32, &str)) {
        let Some(meant) = self.typing.meant(word) else { return };
        for (item, weight) in self.words.get(meant).into_iter().flatten() {
            each(*item, *weight * 0.75, meant);
        }
    }
}

fn kept(words: BTreeMap<String, Vec<(u16, f32)>>) -> Vocabulary<Vec<(u16, f32)>, Box<str>> {
    Vocabulary::new(words.into_iter().map(|(word, says)| (word.into_boxed_str(), says)))
}

/// A short stand-in for the word of the catalogue that was meant.
fn fingerprint(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What a text holds of the catalogue's words and phrases.
pub(crate) struct Mentions {
    phrases: Vec<Hit<Says>>,
    /// Token, item, weight, and which word was meant.
    words: Vec<(usize, u16, f32, u64)>,
    /// For each token the item of the phrase it stands in.
    covered: Vec<Option<u16>>,
    /// What its features say about each item.
    gains: Gains,
}

impl Mentions {
    fn phrase(&mut self, hit: Hit<Says>) {
        if let Says::For(item, _) = hit.tag
            && hit.to - hit.from > 1
        {
            for slot in self.covered.iter_mut().take(hit.to).skip(hit.from) {
                *slot = Some(item);
            }
        }
        self.phrases.push(hit);
    }

    /// Whether any item is named with some weight among those tokens.
    pub fn names(&self, range: &Range<usize>) -> bool {
        self.words.iter().any(|(at, _, weight, _)| range.contains(at) && *weight >= NAMED)
            || self
                .phrases
                .iter()
                .any(|hit| range.contains(&hit.from) && matches!(hit.tag, Says::For(_, weight) if weight >= NAMED))
    }

    /// Where words and phrases of an item stand.
    pub fn of(&self, item: usize) -> Vec<Range<usize>> {
        let words = self.words.iter().filter(|(_, other, ..)| usize::from(*other) == item).map(|(at, ..)| *at..at + 1);
        let phrases =
            self.phrases.iter().filter(|hit| matches!(hit.tag, Says::For(other, _) if usize::from(other) == item));
        words.chain(phrases.map(|hit| hit.from..hit.to)).collect()
    }

    /// For each token whether it is a word or stands in a phrase of the catalogue.
    pub fn things(&self) -> Vec<bool> {
        let mut things: Vec<bool> = self.covered.iter().map(Option::is_some).collect();
        for (at, _, weight, _) in &self.words {
            if let Some(slot) = things.get_mut(*at).filter(|_| *weight > 0.4) {
                *slot = true;
            }
        }
        things
    }

    /// Whether the word at a token belongs to that item, in any form.
    pub fn speak_for(&self, at: usize, item: usize) -> bool {
        self.words.iter().any(|(token, other, weight, _)| *token == at && usize::from(*other) == item && *weight > 0.4)
    }
}
