//! How like a message is to the examples of each catalogue item: complement naive Bayes (Rennie and others, 2003) over the
//! features of the examples. It counts instead of training, so that a new example counts at once.

use super::features::{Feature, features};
use super::text::Text;
use std::ops::Range;

/// What is added to each count, so that what was never seen does not decide alone.
const SMOOTHING: f32 = 0.3;
/// Buckets of the table, as a power of two.
const BUCKETS: u32 = 1 << 16;
/// So many floats are added side by side; what is added for all items has room for a whole number of them.
const SIDE: usize = 8;
/// The numbers of a row before its facts.
const HEAD: usize = 2;
/// No gain is larger; some thousands of examples give less than 30.
const LARGEST: f32 = 64.0;

/// The examples of a catalogue, counted.
pub(crate) struct Likeness {
    /// For each bucket a bit for each [`mark`] of its rows: most features of a message are in none, which this says without their
    /// rows.
    marks: Vec<u16>,
    /// For each bucket where its rows begin; one more for the end.
    starts: Vec<u32>,
    /// One row for each feature, so that asking for it costs one place in memory: the other half of its hash and how many facts
    /// it has, how telling it is, and the facts. A fact is what the feature adds for an item, in small steps, with the item in its
    /// last bits: four bytes for each, and still as fine as a float. A row of many facts is full instead: what the feature adds for
    /// each item, as a float, since a whole row is added faster than a fact for one item in four.
    rows: Vec<u32>,
    /// How many bits of a fact hold the item.
    bits: u32,
    /// For each item what each feature adds to it whether it knows it or not.
    size: Vec<f32>,
}

/// What some tokens say about each item; how much each of them counts is said later.
pub(crate) struct Gains {
    /// How many items there is room for.
    room: usize,
    /// For each token its gain for each item.
    of_tokens: Vec<f32>,
    /// For each token how telling its known features are together.
    telling: Vec<f32>,
}

impl Gains {
    /// Takes over what a token of others says.
    pub fn take(&mut self, token: usize, others: &Self, other: usize) {
        let room = self.room;
        let own = self.of_tokens.get_mut(token * room..(token + 1) * room);
        if let (Some(own), Some(gains)) = (own, others.of_tokens.get(other * room..(other + 1) * room)) {
            own.copy_from_slice(gains);
        }
        if let (Some(own), Some(telling)) = (self.telling.get_mut(token), others.telling.get(other)) {
            *own = *telling;
        }
    }

    /// The token whose features speak most for an item.
    pub fn strongest(&self, item: usize) -> Option<usize> {
        let mut best = (0.0_f32, None);
        for (token, of_token) in self.of_tokens.chunks_exact(self.room).enumerate() {
            if let Some(gain) = of_token.get(item).filter(|gain| **gain > best.0) {
                best = (*gain, Some(token));
            }
        }
        best.1
    }
}

/// A feature of one example: what it is, in which example, and how often it occurs there.
#[derive(Clone, Copy)]
struct Seen {
    hash: u32,
    example: u16,
    times: u8,
    piece: bool,
}

impl Likeness {
    /// Counts examples, each with the index of its item; those of one item stand together. `cut` is shown each as it was cut.
    pub fn new<'a>(
        items: usize,
        examples: impl Iterator<Item = (usize, &'a str)> + Clone,
        mut cut: impl FnMut(&Text<'_>),
    ) -> Self {
        // A word of n bytes has fewer than 3n features. What is reserved and never written to takes no memory.
        let most: usize = examples.clone().map(|(_, example)| 3 * (example.len() + 1)).sum();
        let mut seen: Vec<Seen> = Vec::with_capacity(most);
        let mut item_of: Vec<u16> = Vec::new();
        for (item, example) in examples.take(usize::from(u16::MAX)) {
            let number = u16::try_from(item_of.len()).unwrap_or(u16::MAX);
            let text = Text::new(example);
            count(&text, number, &mut seen);
            cut(&text);
            item_of.push(u16::try_from(item).unwrap_or(u16::MAX));
        }
        seen.sort_unstable_by_key(|one| (u64::from(one.hash) << 16) | u64::from(one.example));
        // A feature that is in few examples says more than one that is in many.
        let telling = |same: &[Seen]| (float(item_of.len() + 1) / float(same.len() + 1)).ln() + 1.0;
        let mut norms = vec![0.0_f32; item_of.len()];
        for same in seen.chunk_by(|one, other| one.hash == other.hash) {
            let telling = telling(same);
            for one in same {
                if let Some(norm) = norms.get_mut(usize::from(one.example)) {
                    *norm += (one.often() * telling).powi(2);
                }
            }
        }
        norms.iter_mut().for_each(|norm| *norm = norm.sqrt().max(1e-6));
        let weight = |one: &Seen, telling: f32| {
            one.often() * telling / norms.get(usize::from(one.example)).copied().unwrap_or(1.0)
        };
        let item = |one: &Seen| item_of.get(usize::from(one.example)).copied().unwrap_or(u16::MAX);
        Self::table(items, &seen, telling, weight, item)
    }

    fn table(
        items: usize,
        seen: &[Seen],
        telling: impl Fn(&[Seen]) -> f32,
        weight: impl Fn(&Seen, f32) -> f32,
        item: impl Fn(&Seen) -> u16,
    ) -> Self {
        // A piece of one example's word says no more than the word; there are many of them.
        let kept = || {
            let same = seen.chunk_by(|one, other| one.hash == other.hash);
            same.filter(|same| same.len() > 1 || same.first().is_some_and(|one| !one.piece))
        };
        let by_item = |one: &Seen, other: &Seen| item(one) == item(other);
        let length = kept().map(|same| HEAD + length(same.chunk_by(by_item).count(), items)).sum();
        let mut table = Self {
            marks: vec![0; BUCKETS as usize],
            starts: Vec::with_capacity(BUCKETS as usize + 1),
            rows: Vec::with_capacity(length),
            bits: items.next_power_of_two().ilog2(),
            size: Vec::new(),
        };
        let mut own = vec![0.0_f32; items];
        let (mut all, mut kinds) = (0.0_f32, 0_usize);
        for same in kept() {
            let Some(hash) = same.first().map(|one| one.hash) else { continue };
            let telling = telling(same);
            let total: f32 = same.iter().map(|one| weight(one, telling)).sum();
            table.begin(hash >> 16);
            if let Some(marks) = table.marks.get_mut((hash >> 16) as usize) {
                *marks |= mark(hash);
            }
            let facts = same.chunk_by(by_item).count();
            table.rows.extend([(hash << 16) | u32::try_from(facts).unwrap_or(u32::MAX), telling.to_bits()]);
            let (begin, full) = (table.rows.len(), is_full(facts, items));
            if full {
                table.rows.resize(begin + room(items), 0);
            }
            for of_item in same.chunk_by(by_item) {
                let Some(item) = of_item.first().map(&item) else { continue };
                let here: f32 = of_item.iter().map(|one| weight(one, telling)).sum();
                let gain = ((total + SMOOTHING) / ((total - here).max(0.0) + SMOOTHING)).ln() * telling;
                let fact = table.fact(gain, item);
                let gain = steps(fact >> table.bits) * table.step();
                if !full {
                    table.rows.push(fact);
                } else if let Some(slot) = table.rows.get_mut(begin + usize::from(item)) {
                    *slot = gain.to_bits();
                }
                if let Some(sum) = own.get_mut(usize::from(item)) {
                    *sum += here;
                }
            }
            all += total;
            kinds += 1;
        }
        table.begin(BUCKETS);
        table.size = own.iter().map(|own| (all - own + SMOOTHING * float(kinds)).max(1e-6).ln()).collect();
        table
    }

    /// What one step of a gain is worth.
    fn step(&self) -> f32 {
        LARGEST / float(1 << (u32::BITS - self.bits))
    }

    fn fact(&self, gain: f32, item: u16) -> u32 {
        // A gain that is not negative and below the largest has fewer steps than there are.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let steps = (gain / self.step()).round() as u32;
        steps.min(u32::MAX >> self.bits) << self.bits | u32::from(item)
    }

    /// Says that what comes now belongs to that bucket.
    fn begin(&mut self, bucket: u32) {
        let here = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.starts.resize((bucket as usize + 1).max(self.starts.len()), here);
    }

    /// Room for what so many tokens say.
    pub fn gains(&self, tokens: usize) -> Gains {
        let room = room(self.size.len());
        Gains { room, of_tokens: vec![0.0; tokens * room], telling: vec![0.0; tokens] }
    }

    /// Adds what features say, each to the gains of its token.
    pub fn hear(&self, gains: &mut Gains, features: &[Feature]) {
        let (items, room) = (self.size.len(), gains.room);
        let (step, bits, item) = (self.step(), self.bits, (1 << self.bits) - 1);
        // First where each feature would stand: places that do not wait for each other are fetched from memory together.
        let plain = features.iter().filter(|feature| feature.plain);
        let mut places: Vec<(Feature, u32, &[u32])> = Vec::with_capacity(features.len());
        places.extend(plain.filter_map(|feature| Some((*feature, 0, self.bucket(feature.hash)?))));
        places.iter_mut().for_each(|(_, head, rows)| *head = rows.first().copied().unwrap_or_default());
        for (Feature { hash, at, .. }, head, rows) in places {
            let Some((telling, facts)) = about(hash, head, rows, items) else { continue };
            let token = at as usize;
            let Some(of_token) = gains.of_tokens.get_mut(token * room..(token + 1) * room) else { continue };
            if facts.len() == room {
                for (gain, more) in of_token.as_chunks_mut::<SIDE>().0.iter_mut().zip(facts.as_chunks::<SIDE>().0) {
                    *gain = std::array::from_fn(|at| gain[at] + f32::from_bits(more[at]));
                }
            } else {
                for fact in facts {
                    if let Some(gain) = of_token.get_mut((fact & item) as usize) {
                        *gain += steps(fact >> bits) * step;
                    }
                }
            }
            if let Some(slot) = gains.telling.get_mut(token) {
                *slot += telling;
            }
        }
    }

    /// The gains of some tokens when they are read on their own; `first` are the features of the first of them, which has none
    /// before it any more, as the features of token nought.
    pub fn within(&self, gains: &Gains, tokens: &Range<usize>, first: &[Feature]) -> Gains {
        let mut own = self.gains(tokens.len());
        for token in 1..tokens.len() {
            own.take(token, gains, tokens.start + token);
        }
        self.hear(&mut own, first);
        own
    }

    /// How like the items a message is, in standard deviations above the mean of all items; all zeros where nothing is known.
    /// `emphasis` weighs each token.
    pub fn like(&self, gains: &Gains, emphasis: &[f32]) -> Vec<f32> {
        let weight = |token: usize| emphasis.get(token).copied().unwrap_or(1.0);
        let mut scores = vec![0.0_f32; gains.room];
        for (token, of_token) in gains.of_tokens.chunks_exact(gains.room).enumerate() {
            let weight = weight(token);
            for (score, gain) in scores.iter_mut().zip(of_token) {
                *score += weight * gain;
            }
        }
        scores.truncate(self.size.len());
        let known: f32 = gains.telling.iter().enumerate().map(|(token, telling)| weight(token) * telling).sum();
        for (score, size) in scores.iter_mut().zip(&self.size) {
            *score += known * size;
        }
        standardise(&mut scores);
        scores
    }

    /// The rows of a feature's bucket, where it may be among them.
    fn bucket(&self, hash: u32) -> Option<&[u32]> {
        let bucket = (hash >> 16) as usize;
        if self.marks.get(bucket)? & mark(hash) == 0 {
            return None;
        }
        let (from, to) = (*self.starts.get(bucket)? as usize, *self.starts.get(bucket + 1)? as usize);
        self.rows.get(from..to)
    }
}

/// One of 16 bits, by the half of a hash that does not choose the bucket.
fn mark(hash: u32) -> u16 {
    1 << (hash & 15)
}

/// Whether a row of so many facts is full.
fn is_full(facts: usize, items: usize) -> bool {
    facts * 4 > items
}

/// How many numbers so many facts take.
fn length(facts: usize, items: usize) -> usize {
    if is_full(facts, items) { room(items) } else { facts }
}

/// The room for what is added for all items.
fn room(items: usize) -> usize {
    items.max(1).next_multiple_of(SIDE)
}

/// How telling a feature is, and its facts; `head` is the first number of its bucket.
fn about(hash: u32, mut head: u32, mut rows: &[u32], items: usize) -> Option<(f32, &[u32])> {
    loop {
        let facts = HEAD..HEAD + length((head & 0xffff) as usize, items);
        if head >> 16 == hash & 0xffff {
            return Some((f32::from_bits(*rows.get(1)?), rows.get(facts)?));
        }
        rows = rows.get(facts.end..)?;
        head = *rows.first()?;
    }
}

impl Seen {
    /// The weight of how often it occurs.
    fn often(self) -> f32 {
        1.0 + f32::from(self.times).ln()
    }
}

/// Adds the plain features of an example, each once.
fn count(text: &Text<'_>, number: u16, seen: &mut Vec<Seen>) {
    let mut found: Vec<Feature> = features(text, 0..text.len()).into_iter().filter(|feature| feature.plain).collect();
    found.sort_unstable_by_key(|feature| feature.hash);
    seen.extend(found.chunk_by(|one, other| one.hash == other.hash).filter_map(|same| {
        let Feature { hash, piece, .. } = *same.first()?;
        Some(Seen { hash, example: number, times: u8::try_from(same.len()).unwrap_or(u8::MAX), piece })
    }));
}

fn standardise(scores: &mut [f32]) {
    let count = float(scores.len().max(1));
    let mean = scores.iter().sum::<f32>() / count;
    let spread = (scores.iter().map(|score| (score - mean) * (score - mean)).sum::<f32>() / count).sqrt();
    for score in scores {
        *score = if spread > 1e-6 { (*score - mean) / spread } else { 0.0 };
    }
}

fn steps(count: u32) -> f32 {
    // What a float cannot hold of it is less than its last digit.
    #[allow(clippy::cast_precision_loss)]
    let count = count as f32;
    count
}

fn float(count: usize) -> f32 {
    // Counts of examples and features lie far below the precision of a float.
    #[allow(clippy::cast_precision_loss)]
    let count = count as f32;
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(likeness: &Likeness, text: &Text<'_>) -> Gains {
        let mut gains = likeness.gains(text.len());
        likeness.hear(&mut gains, &features(text, 0..text.len()));
        gains
    }

    fn likeliest(likeness: &Likeness, raw: &str) -> usize {
        let text = Text::new(raw);
        let scores = likeness.like(&heard(likeness, &text), &[]);
        (0..scores.len()).max_by(|one, other| scores[*one].total_cmp(&scores[*other])).unwrap()
    }

    #[test]
    fn one_new_example_counts_at_once() {
        let mut examples = vec![
            (0, "de kraan lekt"),
            (0, "afvoer verstopt"),
            (1, "lamp kapot"),
            (1, "het licht doet het niet"),
            (2, "nieuwe stoel"),
        ];
        let before = Likeness::new(3, examples.iter().copied(), |_| ());
        examples.push((2, "de wiebelende hangmat is scheef"));
        let after = Likeness::new(3, examples.iter().copied(), |_| ());
        assert_eq!(likeliest(&after, "mijn hangmat is scheef"), 2);
        assert_eq!(likeliest(&before, "de kranen lekken"), 0);
    }

    #[test]
    fn few_facts_and_many_say_the_same() {
        let words =
            ["kraan", "lamp", "stoel", "deur", "lift", "raam", "sleutel", "bord", "kast", "plant", "muis", "pas"];
        let examples: Vec<(usize, String)> =
            words.iter().enumerate().map(|(item, word)| (item, format!("{word} alweer kapot"))).collect();
        let likeness =
            Likeness::new(words.len(), examples.iter().map(|(item, example)| (*item, example.as_str())), |_| ());
        for (item, word) in words.iter().enumerate() {
            assert_eq!(likeliest(&likeness, &format!("alweer een {word} kapot")), item, "{word}");
        }
    }

    #[test]
    fn nothing_known_is_like_nothing() {
        let likeness = Likeness::new(2, [(0, "kraan"), (1, "lamp")].into_iter(), |_| ());
        let text = Text::new("xyzzy 12");
        let gains = heard(&likeness, &text);
        assert_eq!(likeness.like(&gains, &[]), [0.0, 0.0]);
        assert_eq!(gains.strongest(0), None);
    }
}
