//! How like a message is to the examples of each catalogue item: complement naive Bayes (Rennie and others, 2003) over the
//! features of the examples. It counts instead of training, so that a new example counts at once.

use super::features::{Feature, features};
use super::text::Text;

/// What is added to each count, so that what was never seen does not decide alone.
const SMOOTHING: f32 = 0.3;
/// Buckets of the table, as a power of two.
const BUCKETS: u32 = 1 << 17;
/// Stands for the feature itself among its entries.
const ITSELF: u16 = u16::MAX;

/// One fact about a feature.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The upper half of the feature's hash; the lower half is its bucket.
    tag: u16,
    /// The item, or [`ITSELF`].
    item: u16,
    /// What the feature adds for the item; for itself how telling it is.
    gain: f32,
}

/// A feature of one example.
#[derive(Clone, Copy, Debug)]
struct Seen {
    hash: u32,
    weight: f32,
    item: u16,
    piece: bool,
}

/// The examples of a catalogue, counted.
pub(crate) struct Likeness {
    /// For each bucket where its entries begin; one more for the end.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    /// For each item what each feature adds to it whether it knows it or not.
    size: Vec<f32>,
}

impl Likeness {
    /// Counts examples, each with the index of its item.
    pub fn new<'a>(items: usize, examples: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut seen: Vec<Seen> = Vec::new();
        let mut documents: Vec<u32> = Vec::new();
        let mut count = 0_u32;
        let mut lengths: Vec<usize> = Vec::new();
        for (item, example) in examples {
            let item = u16::try_from(item).unwrap_or(ITSELF - 1);
            let from = seen.len();
            seen.extend(counted(example, item));
            documents.extend(seen.get(from..).unwrap_or_default().iter().map(|one| one.hash));
            lengths.push(seen.len() - from);
            count += 1;
        }
        documents.sort_unstable();
        // A feature that is in few examples says more than one that is in many.
        let telling = |hash: u32| {
            let first = documents.partition_point(|other| *other < hash);
            let after = documents.partition_point(|other| *other <= hash);
            (float(count as usize + 1) / float(after - first + 1)).ln() + 1.0
        };
        let mut at = 0;
        for length in &lengths {
            let example = seen.get_mut(at..at + length).unwrap_or_default();
            for one in example.iter_mut() {
                one.weight *= telling(one.hash);
            }
            let norm = example.iter().map(|one| one.weight * one.weight).sum::<f32>().sqrt().max(1e-6);
            for one in example {
                one.weight /= norm;
            }
            at += length;
        }
        seen.sort_unstable_by_key(|one| (one.hash, one.item));
        Self::table(items, &seen, telling)
    }

    fn table(items: usize, seen: &[Seen], telling: impl Fn(u32) -> f32) -> Self {
        let mut own = vec![0.0_f32; items];
        let mut all = 0.0_f32;
        let mut kinds = 0_usize;
        let mut rows: Vec<(u32, Entry)> = Vec::new();
        let mut rest = seen;
        while let Some(Seen { hash, piece, .. }) = rest.first().copied() {
            let (same, later) = rest.split_at(rest.partition_point(|one| one.hash == hash));
            rest = later;
            // A piece of one example's word says no more than the word; there are many of them.
            if piece && same.len() == 1 {
                continue;
            }
            let total: f32 = same.iter().map(|one| one.weight).sum();
            let idf = telling(hash);
            let (bucket, tag) = place(hash);
            rows.push((bucket, Entry { tag, item: ITSELF, gain: idf }));
            for of_item in same.chunk_by(|one, other| one.item == other.item) {
                let Some(Seen { item, .. }) = of_item.first().copied() else { continue };
                let here: f32 = of_item.iter().map(|one| one.weight).sum();
                let gain = ((total + SMOOTHING) / (total - here).max(0.0).mul_add(1.0, SMOOTHING)).ln() * idf;
                rows.push((bucket, Entry { tag, item, gain }));
                if let Some(sum) = own.get_mut(usize::from(item)) {
                    *sum += here;
                }
            }
            all += total;
            kinds += 1;
        }
        // Stable, so that the facts about one feature stay together.
        rows.sort_by_key(|(bucket, _)| *bucket);
        let mut starts = Vec::with_capacity(BUCKETS as usize + 1);
        let mut at = 0_usize;
        for bucket in 0..=BUCKETS {
            while rows.get(at).is_some_and(|(other, _)| *other < bucket) {
                at += 1;
            }
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        let size = own.iter().map(|own| (all - own + SMOOTHING * float(kinds)).max(1e-6).ln()).collect();
        Self { starts, entries: rows.into_iter().map(|(_, entry)| entry).collect(), size }
    }

    /// How like the items some features of a message are, in standard deviations above the mean of all items; all zeros where
    /// nothing is known. `emphasis` weighs each token.
    pub fn like(&self, features: &[Feature], emphasis: &[f32]) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.size.len()];
        let mut known = 0.0;
        for feature in features.iter().filter(|feature| feature.plain) {
            let weight = emphasis.get(feature.at as usize).copied().unwrap_or(1.0);
            for entry in self.about(feature.hash) {
                if entry.item == ITSELF {
                    known += weight * entry.gain;
                } else if let Some(score) = scores.get_mut(usize::from(entry.item)) {
                    *score += weight * entry.gain;
                }
            }
        }
        for (score, size) in scores.iter_mut().zip(&self.size) {
            *score += known * size;
        }
        standardise(&mut scores);
        scores
    }

    /// The token whose features speak most for an item.
    pub fn strongest(&self, features: &[Feature], item: usize) -> Option<usize> {
        let mut best = (0.0_f32, None);
        for of_token in features.chunk_by(|one, other| one.at == other.at) {
            let plain = of_token.iter().filter(|feature| feature.plain);
            let gain: f32 = plain
                .flat_map(|feature| self.about(feature.hash))
                .filter(|entry| usize::from(entry.item) == item)
                .map(|entry| entry.gain)
                .sum();
            if gain > best.0 {
                best = (gain, of_token.first().map(|feature| feature.at as usize));
            }
        }
        best.1
    }

    fn about(&self, hash: u32) -> impl Iterator<Item = &Entry> {
        let (bucket, tag) = place(hash);
        let start = |bucket: u32| self.starts.get(bucket as usize).map_or(0, |start| *start as usize);
        let entries = self.entries.get(start(bucket)..start(bucket + 1)).unwrap_or_default();
        entries.iter().filter(move |entry| entry.tag == tag)
    }
}

fn place(hash: u32) -> (u32, u16) {
    (hash & (BUCKETS - 1), u16::try_from(hash >> 16).unwrap_or(u16::MAX))
}

/// The plain features of an example, each once, weighed by how often it occurs.
fn counted(example: &str, item: u16) -> Vec<Seen> {
    let text = Text::new(example);
    let mut found: Vec<Feature> = features(&text, 0..text.len()).into_iter().filter(|feature| feature.plain).collect();
    found.sort_unstable_by_key(|feature| feature.hash);
    let same = found.chunk_by(|one, other| one.hash == other.hash);
    same.filter_map(|same| {
        let Feature { hash, piece, .. } = *same.first()?;
        Some(Seen { hash, weight: 1.0 + float(same.len()).ln(), item, piece })
    })
    .collect()
}

fn standardise(scores: &mut [f32]) {
    let count = float(scores.len().max(1));
    let mean = scores.iter().sum::<f32>() / count;
    let spread = (scores.iter().map(|score| (score - mean) * (score - mean)).sum::<f32>() / count).sqrt();
    for score in scores {
        *score = if spread > 1e-6 { (*score - mean) / spread } else { 0.0 };
    }
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

    fn likeliest(likeness: &Likeness, raw: &str) -> usize {
        let text = Text::new(raw);
        let scores = likeness.like(&features(&text, 0..text.len()), &[]);
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
        let before = Likeness::new(3, examples.iter().copied());
        examples.push((2, "de wiebelende hangmat is scheef"));
        let after = Likeness::new(3, examples.iter().copied());
        assert_eq!(likeliest(&after, "mijn hangmat is scheef"), 2);
        assert_eq!(likeliest(&before, "de kranen lekken"), 0);
    }

    #[test]
    fn nothing_known_is_like_nothing() {
        let likeness = Likeness::new(2, [(0, "kraan"), (1, "lamp")].into_iter());
        let text = Text::new("xyzzy 12");
        let features = features(&text, 0..text.len());
        assert_eq!(likeness.like(&features, &[]), [0.0, 0.0]);
        assert_eq!(likeness.strongest(&features, 0), None);
    }
}
