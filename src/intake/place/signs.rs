//! What speaks for a phrase to be the place of a message, as numbered features, and the scores that weights of them give.

use super::lead::{article, joining, preposition};
use super::{Located, floor, words};
use crate::intake::features::{self, folded};
use crate::intake::text::{Sort, Text};
use std::ops::{Add, AddAssign};

/// The most tokens of a place.
pub(super) const LONGEST: usize = 8;
/// Longer stretches are not searched, so that the work stays bounded.
const MOST: usize = 250;

/// What counts less in a mixture is left out.
const LEAST: f32 = 1e-5;

/// What a feature is made of; each sort has its own numbers.
#[derive(Clone, Copy)]
enum Made {
    /// At the beginning of a phrase.
    Begin = 1,
    /// At its end.
    End = 2,
    /// At each of its words.
    Inner = 3,
    /// Between two of its words.
    Link = 4,
    /// Of the phrase as a whole.
    Whole = 5,
    /// That none is meant.
    None = 6,
}

/// What the rules found in a message.
#[derive(Clone)]
pub(crate) struct Rules {
    /// What they choose; what is learned from must not depend on what was learned.
    pub chosen: Option<Located>,
    /// Another one that fits nearly as well.
    pub rival: Option<Located>,
    /// All that they see.
    pub others: Vec<Located>,
}

/// How the rules see a token.
#[derive(Clone, Copy)]
struct ByRules {
    /// Which phrase of theirs holds it.
    holds: u32,
    /// Any phrase of theirs begins with it, the chosen one apart.
    begins: bool,
    /// Any of those ends with it.
    ends: bool,
}

/// The phrase that the rules choose holds a token.
const CHOSEN: u32 = 1;
/// Another one of theirs does.
const OTHER: u32 = 2;
/// None does.
const NEITHER: u32 = 3;

/// What small word a token is, if it is one.
struct Plain {
    article: bool,
    preposition: bool,
    joins: bool,
}

impl Plain {
    fn new(word: &str) -> Self {
        let article = article(word);
        let preposition = !article && preposition(word);
        Self { article, preposition, joins: !article && !preposition && joining(word) }
    }

    /// Whether it is no part of a name.
    fn is_function(&self) -> bool {
        self.article || self.preposition || self.joins
    }
}

/// A message as the choice sees it.
pub(super) struct Seen<'t, 'a> {
    text: &'t Text<'a>,
    /// For each token its word as a number.
    words: Vec<u32>,
    /// For each token what sort of word it is.
    sorts: Vec<u32>,
    /// For each token the preposition that leads to it, over articles and what narrows.
    leads: Vec<u32>,
    /// Whether a phrase may begin, go on and end at a token.
    open: Vec<(bool, bool, bool)>,
    /// For each token how much it counts, in thirds.
    emphasis: Vec<u32>,
    /// How the rules see each token.
    by_rules: Vec<ByRules>,
    /// What the rules choose.
    ruled: Option<Located>,
    /// What else the rules see.
    others: &'t [Located],
}

/// What features weigh: while they are learned a fraction, afterwards steps of the table, which add up faster.
pub(super) trait Weight: Copy + Default + Add<Output = Self> + AddAssign {
    /// The sum of some weights.
    fn score(self) -> f32;
}

impl Weight for f32 {
    fn score(self) -> f32 {
        self
    }
}

impl Weight for i32 {
    fn score(self) -> f32 {
        // A phrase has a few hundred features of at most 127 steps, which a float holds to the last one.
        #[allow(clippy::cast_precision_loss)]
        let score = self as f32;
        score
    }
}

/// All scores of a message.
pub(super) struct Scores {
    /// That none is meant.
    pub none: f32,
    /// Each phrase: its first token, the token after the last, and its score.
    pub spans: Vec<(usize, usize, f32)>,
}

impl Scores {
    /// The scores as shares of one: of none, and of each phrase.
    pub fn shares(&self) -> (f32, Vec<f32>) {
        let most = self.spans.iter().fold(self.none, |most, (.., score)| most.max(*score));
        let none = (self.none - most).exp();
        let each: Vec<f32> = self.spans.iter().map(|(.., score)| (score - most).exp()).collect();
        let sum = none + each.iter().sum::<f32>();
        (none / sum, each.into_iter().map(|share| share / sum).collect())
    }
}

impl<'t, 'a> Seen<'t, 'a> {
    pub fn new(text: &'t Text<'a>, rules: &'t Rules, taken: &[bool], emphasis: &[f32]) -> Self {
        let length = text.len().min(MOST);
        let is_taken = |at: usize| taken.get(at).copied().unwrap_or(false);
        let words: Vec<u32> = (0..length).map(|at| folded(shown(text, at).bytes())).collect();
        let plain: Vec<Plain> = (0..length).map(|at| Plain::new(text.word(at))).collect();
        let sorts: Vec<u32> = plain.iter().enumerate().map(|(at, plain)| sort(text, at, plain, is_taken(at))).collect();
        let mut leads = vec![0; length];
        let mut led = 0;
        for (at, (slot, plain)) in leads.iter_mut().zip(&plain).enumerate() {
            *slot = led;
            let word = text.word(at);
            if plain.preposition || matches!(word, "van" | "of" | "vd" | "naar" | "to" | "from" | "for") {
                led = words.get(at).copied().unwrap_or_default();
            } else if !(plain.article || word.ends_with('e') || text.is(at, Sort::Digits) || words::kept(word)) {
                led = 0;
            }
        }
        let open = plain
            .iter()
            .enumerate()
            .map(|(at, plain)| {
                let word = text.word(at);
                let named = text.is(at, Sort::Word) || text.is(at, Sort::Digits);
                let small = text.tokens.get(at).is_some_and(|token| !token.capital);
                // 2.16 is one room, of which no phrase holds the half.
                let halved = |dot: usize| {
                    text.word(dot) == "."
                        && [dot, dot + 1].iter().all(|at| text.glued(*at))
                        && text.is(dot + 1, Sort::Digits)
                };
                let begun = at > 1 && text.is(at - 2, Sort::Digits) && halved(at - 1);
                let begins = named && !(plain.is_function() && small) && !begun || word == "-";
                let parts = matches!(word, "(" | ")" | "[" | "]" | "\"" | ":" | ";" | "@" | "/" | "=" | ">");
                // *bij de balie of bij de receptie* are two places, *the back of the hall* is one.
                let or = word == "or" || (word == "of" && (preposition(text.word(at + 1)) || dutch(text.word(at + 1))));
                let goes_on = !text.ends_sentence(at) && !text.is(at, Sort::Link) && !parts && !or;
                let more = text.is(at, Sort::Digits) && halved(at + 1);
                let ends = named && !(plain.is_function() && small && word.len() > 1) && !more;
                (begins, goes_on, ends)
            })
            .collect();
        // Emphasis is between nothing and one.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let emphasis = (0..length).map(|at| (emphasis.get(at).copied().unwrap_or(1.0) * 3.0) as u32).collect();
        let mut by_rules = vec![ByRules { holds: NEITHER, begins: false, ends: false }; length];
        for found in &rules.others {
            by_rules.iter_mut().take(found.to).skip(found.from).for_each(|token| token.holds = OTHER);
            by_rules.get_mut(found.from).into_iter().for_each(|token| token.begins = true);
            let last = found.to.checked_sub(1).and_then(|last| by_rules.get_mut(last));
            last.into_iter().for_each(|token| token.ends = true);
        }
        if let Some(found) = &rules.chosen {
            by_rules.iter_mut().take(found.to).skip(found.from).for_each(|token| token.holds = CHOSEN);
        }
        Self { text, words, sorts, leads, open, emphasis, by_rules, ruled: rules.chosen, others: &rules.others }
    }

    fn word(&self, at: Option<usize>) -> u32 {
        at.and_then(|at| self.words.get(at)).copied().unwrap_or(7)
    }

    fn sort(&self, at: usize) -> u32 {
        self.sorts.get(at).copied().unwrap_or(3)
    }

    /// The last letters of a word, as a number.
    fn tail(&self, at: usize, letters: usize) -> u32 {
        let word = self.text.word(at).as_bytes();
        folded(word.get(word.len().saturating_sub(letters)..).unwrap_or(word).iter().copied())
    }

    fn by_rules(&self, at: usize) -> ByRules {
        self.by_rules.get(at).copied().unwrap_or(ByRules { holds: NEITHER, begins: false, ends: false })
    }

    fn begin(&self, at: usize, mut add: impl FnMut(u32)) {
        let (word, before, earlier) = (self.word(Some(at)), self.word(at.checked_sub(1)), self.word(at.checked_sub(2)));
        let lead = self.leads.get(at).copied().unwrap_or_default();
        let mut put = |which: u32, parts: [u32; 3]| add(mixed(Made::Begin, which, parts));
        put(0, [self.sort(at), 0, 0]);
        put(1, [word, 0, 0]);
        put(2, [before, 0, 0]);
        put(3, [before, earlier, 0]);
        put(4, [before, word, 0]);
        put(5, [before, self.sort(at), 0]);
        put(6, [lead, self.sort(at), 0]);
        put(7, [self.tail(at, 4), 0, 0]);
        put(8, [lead, self.word(at.checked_sub(3)), 0]);
        put(9, [u32::from(self.ruled.is_some_and(|found| found.from == at)), self.sort(at), 0]);
        put(10, [u32::from(self.by_rules(at).begins), u32::from(self.ruled.is_some()), 0]);
        put(11, [self.emphasis.get(at).copied().unwrap_or_default(), 0, 0]);
        put(12, [at.checked_sub(1).map_or(9, |at| self.sort(at)), self.sort(at), 0]);
        put(13, [u32::from(self.text.glued(at)), self.sort(at), 0]);
    }

    fn end(&self, last: usize, mut add: impl FnMut(u32)) {
        let (word, next) = (self.word(Some(last)), self.word(Some(last + 1)));
        let mut put = |which: u32, parts: [u32; 3]| add(mixed(Made::End, which, parts));
        put(0, [self.sort(last), 0, 0]);
        put(1, [word, 0, 0]);
        put(2, [next, 0, 0]);
        put(3, [next, self.word(Some(last + 2)), 0]);
        put(4, [word, next, 0]);
        put(5, [next, self.sort(last), 0]);
        put(6, [self.sort(last), self.sort(last + 1), 0]);
        put(7, [self.tail(last, 4), 0, 0]);
        put(8, [self.tail(last, 6), 0, 0]);
        put(9, [u32::from(self.ruled.is_some_and(|found| found.to == last + 1)), self.sort(last), 0]);
        put(11, [u32::from(self.text.glued(last + 1)), self.sort(last), self.sort(last + 1)]);
        put(10, [u32::from(self.by_rules(last).ends), u32::from(self.ruled.is_some()), 0]);
    }

    fn inner(&self, at: usize, mut add: impl FnMut(u32)) {
        let mut put = |which: u32, parts: [u32; 3]| add(mixed(Made::Inner, which, parts));
        put(0, [self.sort(at), 0, 0]);
        put(1, [self.word(Some(at)), 0, 0]);
        put(2, [self.by_rules(at).holds, self.sort(at), 0]);
        if self.text.word(at).len() > 4 {
            put(3, [self.tail(at, 3), 0, 0]);
            put(4, [self.tail(at, 4), 0, 0]);
            put(5, [self.tail(at, 5), 0, 0]);
        }
    }

    /// What joins a token to the one before it inside a phrase.
    fn link(&self, at: usize, mut add: impl FnMut(u32)) {
        let before = at.checked_sub(1);
        let mut put = |which: u32, parts: [u32; 3]| add(mixed(Made::Link, which, parts));
        let sorts = [before.map_or(9, |at| self.sort(at)), self.sort(at)];
        put(0, [sorts[0], sorts[1], 0]);
        put(1, [self.word(before), self.word(Some(at)), 0]);
        put(2, [sorts[0], self.word(Some(at)), 0]);
        put(3, [self.word(before), sorts[1], 0]);
        put(4, [u32::from(self.text.glued(at)), sorts[0], sorts[1]]);
    }

    /// What a phrase is as a whole: which sign, and its parts.
    fn whole(&self, from: usize, to: usize, mut put: impl FnMut(u32, [u32; 3])) {
        put(0, [as_number(to - from), 0, 0]);
        let lead = self.leads.get(from).copied().unwrap_or_default();
        put(1, [lead, self.sort(to - 1), as_number((to - from).min(3))]);
        put(2, [self.sort(from), self.sort(to - 1), as_number((to - from).min(3))]);
        let same = |found: &Located| found.from == from && found.to == to;
        let ruled = self.ruled.map_or(1, |found| {
            if same(&found) {
                2
            } else if found.from <= from && to <= found.to {
                if found.from == from { 3 } else { 4 }
            } else if from <= found.from && found.to <= to {
                if found.from == from { 5 } else { 6 }
            } else if to <= found.from {
                7
            } else if found.to <= from {
                8
            } else {
                9
            }
        });
        put(3, [ruled, 0, 0]);
        put(4, [ruled, lead, 0]);
        let both = self.by_rules(from).begins && self.by_rules(to - 1).ends;
        let other = self.others.iter().filter(|found| both && same(found)).map(|found| level(found.score)).max();
        put(5, [other.unwrap_or(99), ruled, 0]);
        if ruled == 2 {
            put(6, [level(self.ruled.map_or(0.0, |found| found.score)), 0, 0]);
            put(7, [self.word(Some(from)), lead, 0]);
        }
        put(8, [depth(from), 0, 0]);
    }

    /// What says that no place is meant.
    fn none(&self, mut add: impl FnMut(u32)) {
        let mut put = |which: u32, parts: [u32; 3]| add(mixed(Made::None, which, parts));
        put(0, [0, 0, 0]);
        put(1, [self.ruled.map_or(99, |found| level(found.score)), 0, 0]);
        put(2, [u32::from(self.others.is_empty()), u32::from(self.ruled.is_some()), 0]);
        for at in 0..self.words.len() {
            put(3, [self.word(Some(at)), 0, 0]);
        }
    }

    pub fn scores<W: Weight>(&self, weight: impl Fn(u32) -> W) -> Scores {
        let length = self.words.len();
        let (mut begins, mut ends) = (vec![W::default(); length], vec![W::default(); length]);
        let (mut inner, mut links) = (vec![W::default(); length], vec![W::default(); length]);
        for (at, (begin, goes_on, end)) in self.open.iter().enumerate() {
            if *begin {
                self.begin(at, |hash| begins[at] += weight(hash));
            }
            if *goes_on {
                self.inner(at, |hash| inner[at] += weight(hash));
                self.link(at, |hash| links[at] += weight(hash));
            }
            if *end {
                self.end(at, |hash| ends[at] += weight(hash));
            }
        }
        // Signs with few values are looked up once and not for each phrase.
        let small = |which: u32, value: u32| weight(mixed(Made::Whole, which, [value, 0, 0]));
        let lengths: [W; LONGEST + 1] = std::array::from_fn(|length| small(0, as_number(length)));
        let mut spans = Vec::with_capacity(length * 4);
        for from in (0..length).filter(|from| self.open[*from].0) {
            let (mut inside, mut between) = (W::default(), W::default());
            let depth = small(8, depth(from));
            for last in (from..length).take(LONGEST).take_while(|last| self.open[*last].1) {
                inside += inner[last];
                between += if last > from { links[last] } else { W::default() };
                if self.open[last].2 {
                    let mut whole = W::default();
                    self.whole(from, last + 1, |which, parts| {
                        whole += match which {
                            0 => lengths[last + 1 - from],
                            8 => depth,
                            _ => weight(mixed(Made::Whole, which, parts)),
                        };
                    });
                    let score = begins[from] + ends[last] + (inside + between) + whole;
                    spans.push((from, last + 1, score.score()));
                }
            }
        }
        let mut none = W::default();
        self.none(|hash| none += weight(hash));
        Scores { none: none.score(), spans }
    }

    /// Every feature with how much it counts in a mixture of phrases: `shares` of each, and of none.
    pub fn mixture(&self, spans: &[(usize, usize, f32)], shares: &[f32], none: f32, mut add: impl FnMut(u32, f32)) {
        let length = self.words.len();
        let (mut begins, mut ends) = (vec![0.0; length], vec![0.0; length]);
        let (mut inner, mut links) = (vec![0.0; length], vec![0.0; length]);
        for ((from, to, _), share) in spans.iter().zip(shares) {
            if share.abs() < LEAST {
                continue;
            }
            begins[*from] += share;
            ends[to - 1] += share;
            inner[*from..*to].iter_mut().for_each(|slot| *slot += share);
            links[from + 1..*to].iter_mut().for_each(|slot| *slot += share);
            self.whole(*from, *to, |which, parts| add(mixed(Made::Whole, which, parts), *share));
        }
        let counts = |share: f32| share.abs() >= LEAST;
        for (at, (((begin, end), inner), link)) in begins.iter().zip(&ends).zip(&inner).zip(&links).enumerate() {
            if counts(*begin) {
                self.begin(at, |hash| add(hash, *begin));
            }
            if counts(*end) {
                self.end(at, |hash| add(hash, *end));
            }
            if counts(*inner) {
                self.inner(at, |hash| add(hash, *inner));
            }
            if counts(*link) {
                self.link(at, |hash| add(hash, *link));
            }
        }
        if none.abs() >= LEAST {
            self.none(|hash| add(hash, none));
        }
    }
}

/// In which part of a message a token stands.
fn depth(at: usize) -> u32 {
    as_number((at / 4).min(9))
}

fn as_number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A word as the choice knows it: of numbers only how long they are.
fn shown<'t>(text: &'t Text<'_>, at: usize) -> &'t str {
    if text.is(at, Sort::Digits) {
        match text.word(at).len() {
            1 => "0",
            2 => "00",
            3 => "000",
            _ => "0000",
        }
    } else {
        text.word(at)
    }
}

/// What sort of word a token is.
fn sort(text: &Text<'_>, at: usize, plain: &Plain, taken: bool) -> u32 {
    let word = text.word(at);
    let capital = text.tokens.get(at).is_some_and(|token| token.capital);
    let begins = at == 0 || text.ends_sentence(at - 1);
    let what = if taken {
        11
    } else if text.is(at, Sort::Digits) {
        12 + u32::try_from(word.len().min(4)).unwrap_or_default()
    } else if !text.is(at, Sort::Word) {
        20 + u32::from(word.bytes().next().unwrap_or_default())
    } else if plain.article {
        300
    } else if plain.preposition {
        301
    } else if plain.joins {
        302
    } else if floor::floor_word(word) {
        303
    } else if words::named(word) {
        304
    } else if words::head(word) {
        305
    } else if words::fixture(word) {
        306
    } else if words::tail(word, 3).is_some() {
        307
    } else if crate::intake::language::common(word).is_some() {
        308
    } else if words::kept(word) {
        309
    } else if word.len() == 1 {
        310
    } else {
        311
    };
    let shape = match (capital, begins, text.shouted(at)) {
        (false, ..) => 0,
        (true, true, _) => 1,
        (true, false, false) => 2,
        (true, false, true) => 3,
    };
    what * 4 + shape
}

/// A Dutch article.
fn dutch(word: &str) -> bool {
    matches!(word, "de" | "het" | "een")
}

/// How sure the rules are, in steps.
fn level(score: f32) -> u32 {
    // Scores of the rules are small and above zero.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let level = (score.clamp(0.0, 4.0) * 3.0) as u32;
    level
}

fn mixed(made: Made, which: u32, parts: [u32; 3]) -> u32 {
    let mut state = (made as u32) * 32 + which;
    for part in parts {
        state = (state.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b1);
    }
    features::mixed(state)
}
