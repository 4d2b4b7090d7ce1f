//! The learned tables: how much each sign and each word of a message speaks for a request, and which kind it is.
//!
//! They are made by [`learn`](super::learn) from the project's own labelled messages and ship with the program: `weights.tsv`
//! holds the signs by name, as log-odds, and `words.bin` eight signed bytes for each bucket of the [`features`](super::features):
//! for a request, for each kind, for haste, and of the words around a date for a deadline and for being wished for.
//! `places.bin` belongs to the choice of the [`place`](super::place).

use super::features::Feature;
use super::place::Chooser;
use super::{haste, kind, recognise, wish};
use crate::domain::Kind;
use std::borrow::Cow;

/// Buckets of the words' table, as a power of two.
pub(crate) const BUCKETS: u32 = 1 << 18;
/// The heads: is it a request, one for each kind, has it haste, is the wished date a deadline, and is a date wished for.
pub(crate) const HEADS: usize = 8;
/// The head for haste.
pub(crate) const HASTE: usize = 5;
/// The head for deadlines.
pub(crate) const DEADLINE: usize = 6;
/// The head for dates that are wished for.
pub(crate) const WISHED: usize = 7;
/// What all words of a message together weigh against the signs, by the length of their vector.
pub(crate) const TEXT: f64 = 6.0;
/// How far a message starts nearer to a request when it was said to Loket. It is no learned weight: the labelled messages were
/// written to colleagues.
const ADDRESSED: f64 = 1.5;
/// What corrects for the labelled messages, of which more ask for something than in a channel: their contrast sets show every
/// thing that one may ask for beside one line of chat about it.
const RARER: f64 = -0.1;
/// What corrects for labelled messages of which few have haste: to wait with something urgent costs more than the other mistake.
const HASTIER: f64 = 0.5;

/// So many rows fit into the lanes in which they are added.
const SOME: usize = 256;
/// Every other byte.
const LANES: u64 = 0x00ff_00ff_00ff_00ff;
/// What makes a signed byte one that is not below nothing, 128 above what it was.
const RAISED: u64 = 0x8080_8080_8080_8080;

/// What is learned.
pub(crate) struct Model {
    words: Cow<'static, [u8]>,
    /// What a step of one is worth, for each head.
    scales: [f64; HEADS],
    request: [f64; recognise::SIGNS.len()],
    kinds: [[f64; kind::SIGNS.len()]; 4],
    haste: [f64; haste::SIGNS.len()],
    deadline: [f64; wish::SIGNS.len()],
    wished: [f64; wish::SIGNS.len()],
    /// The choice of the place.
    pub places: Chooser,
}

impl Model {
    /// The tables that ship with the program.
    pub fn shipped() -> Self {
        Self::new(
            include_bytes!("model/words.bin").as_slice().into(),
            include_bytes!("model/places.bin").as_slice().into(),
            include_str!("model/weights.tsv"),
        )
    }

    /// Tables as [`learn`](super::learn) writes them. What is not there weighs nothing.
    pub fn new(words: Cow<'static, [u8]>, places: Cow<'static, [u8]>, weights: &str) -> Self {
        let mut worth = 0.0;
        let mut model = Self {
            places: Chooser::new(Cow::Borrowed(&[]), 0.0),
            words,
            scales: [0.0; _],
            request: [0.0; _],
            kinds: [[0.0; _]; 4],
            haste: [0.0; _],
            deadline: [0.0; _],
            wished: [0.0; _],
        };
        for line in weights.lines() {
            let mut cells = line.split('\t');
            let (Some(table), Some(sign)) = (cells.next(), cells.next()) else { continue };
            let mut numbers = cells.filter_map(|cell| cell.parse::<f64>().ok());
            match table {
                "words" => model.scales = std::array::from_fn(|_| numbers.next().unwrap_or_default()),
                "places" => worth = numbers.next().unwrap_or_default(),
                "request" => set(&mut model.request, &recognise::SIGNS, sign, numbers.next()),
                "haste" => set(&mut model.haste, &haste::SIGNS, sign, numbers.next()),
                "deadline" => set(&mut model.deadline, &wish::SIGNS, sign, numbers.next()),
                "wished" => set(&mut model.wished, &wish::SIGNS, sign, numbers.next()),
                "kind" => {
                    if let Some(at) = kind::SIGNS.iter().position(|name| *name == sign) {
                        for (weights, weight) in model.kinds.iter_mut().zip(numbers) {
                            weights[at] = weight;
                        }
                    }
                }
                _ => {}
            }
        }
        model.places = Chooser::new(places, worth);
        model
    }

    /// What a feature adds under each head, in steps.
    fn word(&self, feature: &Feature) -> [i8; HEADS] {
        let (rows, _) = self.words.as_chunks::<HEADS>();
        rows.get((feature.hash & (BUCKETS - 1)) as usize).map_or([0; HEADS], |row| row.map(u8::cast_signed))
    }

    /// What the words of a message add to the log-odds of each head.
    pub fn words(&self, features: &[Feature]) -> [f64; HEADS] {
        let (rows, _) = self.words.as_chunks::<HEADS>();
        let mut steps = [0_i32; HEADS];
        for some in features.chunks(SOME) {
            // The heads of a row side by side in two numbers, each with room to grow and raised so that none is below nothing.
            let (mut even, mut odd) = (0_u64, 0_u64);
            for feature in some {
                let row = rows.get((feature.hash & (BUCKETS - 1)) as usize).unwrap_or(&[0; HEADS]);
                let raised = u64::from_le_bytes(*row) ^ RAISED;
                even += raised & LANES;
                odd += raised >> 8 & LANES;
            }
            let lowered = i32::try_from(some.len()).unwrap_or_default() * 128;
            for (head, sum) in steps.iter_mut().enumerate() {
                let lane = if head % 2 == 0 { even } else { odd } >> (head / 2 * 16) & 0xffff;
                *sum += i32::try_from(lane).unwrap_or_default() - lowered;
            }
        }
        let share = share(features);
        std::array::from_fn(|head| f64::from(steps[head]) * self.scales[head] * share)
    }

    /// The log-odds that something is asked, by the signs and by the words.
    pub fn request(&self, signs: &[f64; recognise::SIGNS.len()], words: &[f64; HEADS], addressed: bool) -> f64 {
        RARER + weighed(signs, &self.request) + words[0] + if addressed { ADDRESSED } else { 0.0 }
    }

    /// The log-odds of haste.
    pub fn haste(&self, words: &[f64; HEADS], reasons: &[f64; haste::SIGNS.len()]) -> f64 {
        HASTIER + weighed(reasons, &self.haste) + words[HASTE]
    }

    /// The log-odds that a date is a deadline, by the words around it and its signs.
    pub fn deadline(&self, around: &[Feature], reasons: &[f64; wish::SIGNS.len()]) -> f64 {
        weighed(reasons, &self.deadline) + self.words(around)[DEADLINE]
    }

    /// The log-odds that a date is the one that is wished for, by the words around it and its signs.
    pub fn wished(&self, around: &[Feature], reasons: &[f64; wish::SIGNS.len()]) -> f64 {
        weighed(reasons, &self.wished) + self.words(around)[WISHED]
    }

    /// What each sign that is present adds to the log-odds of a request.
    pub fn of_signs(&self, signs: &[f64; recognise::SIGNS.len()]) -> impl Iterator<Item = (&'static str, f64)> {
        let each = recognise::SIGNS.iter().zip(signs).zip(&self.request);
        each.filter(|((_, value), _)| **value != 0.0).map(|((name, value), weight)| (*name, value * weight))
    }

    /// What each token adds to the log-odds of a request, in their order.
    pub fn of_tokens(&self, features: &[Feature]) -> Vec<(usize, f64)> {
        let worth = share(features) * self.scales[0];
        features
            .chunk_by(|one, other| one.at == other.at)
            .filter_map(|same| {
                let sum: f64 = same.iter().map(|feature| f64::from(self.word(feature)[0])).sum();
                Some((same.first()?.at as usize, sum * worth))
            })
            .collect()
    }

    /// The likeliest kind; `reasons` gives the reasons for each.
    pub fn kind(&self, words: &[f64; HEADS], reasons: impl Fn(Kind) -> [f64; kind::SIGNS.len()]) -> Kind {
        let mut best = (Kind::Request, f64::NEG_INFINITY);
        for ((weights, kind), words) in self.kinds.iter().zip(Kind::ALL).zip(&words[1..HASTE]) {
            let signs = weighed(&reasons(kind), weights);
            if signs + words > best.1 {
                best = (kind, signs + words);
            }
        }
        best.0
    }
}

/// What one feature of a message counts for: all of them together have the same length in a long message and a short one.
pub(crate) fn share(features: &[Feature]) -> f64 {
    // Features are at most some tens of thousands.
    #[allow(clippy::cast_precision_loss)]
    let count = features.len().max(1) as f64;
    TEXT / count.sqrt()
}

fn weighed(values: &[f64], weights: &[f64]) -> f64 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// Sets the weight of a sign by its name; a name of another version is passed over.
fn set(weights: &mut [f64], names: &[&str], sign: &str, weight: Option<f64>) {
    if let Some(slot) = names.iter().position(|name| *name == sign).and_then(|at| weights.get_mut(at)) {
        *slot = weight.unwrap_or_default();
    }
}

/// Log-odds as a probability.
pub(crate) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}
