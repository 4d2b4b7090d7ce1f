//! Makes the learned tables from labelled messages. Pure and deterministic: the same messages give the same tables.
//!
//! Both heads are logistic regressions with a quadratic penalty, fitted coordinate by coordinate: each step solves for one weight
//! under the quadratic bound of the logistic loss (Böhning and Lindsay, 1988), so that the loss never rises and no step size has to
//! be tuned. Words that lean to one side are held back less.

use super::features::Feature;
use super::model::{BUCKETS, HEADS, Model, probability, share};
use super::{Heard, Reader, haste, kind, place, recognise, wish};
use crate::domain::{ItemId, Kind, When, WhenRole};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Passes over all weights; more change nothing that matters.
const SWEEPS: usize = 80;
/// The penalty on each weight, as the inverse variance of what is believed before anything is seen, of a word that is e times as
/// common on one side as on the other.
const PENALTY: f64 = 1.5;
/// The same for the words that tell the kinds apart.
const KIND_PENALTY: f64 = 1.0;
/// The same for the words that say that there is haste, and what a date is for, of which there are fewer examples.
const REST_PENALTY: f64 = 2.0;
/// Between these a word's leaning makes its penalty lighter or heavier.
const LEANS: (f64, f64) = (0.05, 4.0);
/// A feature of fewer messages than this is chance.
const SEEN_IN: usize = 2;

/// A labelled message.
#[derive(Clone, Debug)]
pub struct Lesson<'a> {
    /// The message.
    pub heard: Heard<'a>,
    /// For a request its kind and its item; `None` where nothing is asked of a provider.
    pub wanted: Option<(Kind, ItemId)>,
    /// What else a request says; `None` where nobody labelled it.
    pub fields: Option<Fields<'a>>,
}

/// What a labelled request says beside kind and item.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    /// The date that is wished for, if one is.
    pub when: Option<When>,
    /// Whether it has haste.
    pub urgent: bool,
    /// The words that say where, if any do.
    pub place: Option<&'a str>,
}

/// The tables, as they are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The content of `words.bin`.
    pub words: Vec<u8>,
    /// The content of `places.bin`.
    pub places: Vec<u8>,
    /// The content of `weights.tsv`.
    pub weights: String,
}

impl Learned {
    pub(super) fn model(&self) -> Model {
        Model::new(self.words.clone().into(), self.places.clone().into(), &self.weights)
    }
}

/// Learns all heads. The reader supplies signs and features; its own tables do not matter.
pub fn learn(reader: &Reader, lessons: &[Lesson<'_>]) -> Learned {
    let mut request = Rows::new(recognise::SIGNS.len());
    let mut kinds: [Rows; 4] = std::array::from_fn(|_| Rows::new(kind::SIGNS.len()));
    let mut hastes = Rows::new(haste::SIGNS.len());
    let mut deadlines = Rows::new(wish::SIGNS.len());
    let mut wishes = Rows::new(wish::SIGNS.len());
    let mut places = Vec::new();
    for lesson in lessons {
        let evidence = reader.evidence(&lesson.heard, lesson.wanted.as_ref(), lesson.fields.as_ref());
        let counts = counted(&evidence.features);
        if lesson.wanted.is_some()
            && let Some(fields) = &lesson.fields
        {
            places.push(reader.place_lesson(&lesson.heard, fields.place));
            for date in &evidence.dates {
                let wished = fields.when.filter(|when| date.is(when, &lesson.heard));
                wishes.push(&date.signs, &counted(&date.around), wished.is_some());
                if let Some(when) = wished.filter(|when| when.role != WhenRole::From) {
                    deadlines.push(&date.signs, &counted(&date.around), when.role == WhenRole::By);
                }
            }
            hastes.push(&evidence.haste, &counts, fields.urgent);
        }
        if let Some((wanted, _)) = &lesson.wanted {
            for ((rows, reasons), kind) in kinds.iter_mut().zip(&evidence.kinds).zip(Kind::ALL) {
                rows.push(reasons, &counts, kind == *wanted);
            }
        }
        request.push(&evidence.signs, &counts, lesson.wanted.is_some());
    }
    let request = request.fit(PENALTY);
    let kinds = kinds.map(|rows| rows.fit(KIND_PENALTY));
    let rest = [hastes, deadlines, wishes].map(|rows| rows.fit(REST_PENALTY));
    let mut words = vec![0_u8; BUCKETS as usize * HEADS];
    let mut scales = [0.0; HEADS];
    for (head, (fitted, scale)) in std::iter::once(&request).chain(&kinds).chain(&rest).zip(&mut scales).enumerate() {
        *scale = fitted.pack(head, &mut words);
    }
    let (places, worth) = place::learn(places);
    Learned { words, places, weights: written(&scales, worth, &request.dense, &kinds, &rest) }
}

fn written(scales: &[f64; HEADS], places: f64, request: &[f64], kinds: &[Fitted; 4], rest: &[Fitted; 3]) -> String {
    let mut text = String::from(
        "Learned from tests/data/understanding by the command that CONTRIBUTING.md names; not to be edited by hand.\n",
    );
    // Writing to a text cannot fail.
    let _ = write!(text, "words\tscale");
    for scale in scales {
        let _ = write!(text, "\t{scale:.6}");
    }
    let _ = writeln!(text, "\nplaces\tscale\t{places:.6}");
    for (name, weight) in recognise::SIGNS.iter().zip(request) {
        let _ = writeln!(text, "request\t{name}\t{weight:.3}");
    }
    let names = [("haste", &haste::SIGNS[..]), ("deadline", &wish::SIGNS[..]), ("wished", &wish::SIGNS[..])];
    for ((table, signs), fitted) in names.into_iter().zip(rest) {
        for (name, weight) in signs.iter().zip(&fitted.dense) {
            let _ = writeln!(text, "{table}\t{name}\t{weight:.3}");
        }
    }
    for (at, name) in kind::SIGNS.iter().enumerate() {
        let _ = write!(text, "kind\t{name}");
        for fitted in kinds {
            let _ = write!(text, "\t{:.3}", fitted.dense.get(at).copied().unwrap_or_default());
        }
        text.push('\n');
    }
    text
}

/// How much of each bucket there is.
fn counted(features: &[Feature]) -> BTreeMap<u32, f64> {
    let share = share(features);
    let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
    for feature in features {
        *counts.entry(feature.hash & (BUCKETS - 1)).or_default() += share;
    }
    counts
}

/// Labelled rows, by column, as the fitting goes through them.
struct Rows {
    labels: Vec<bool>,
    /// For each sign the rows in which it is present, with its value.
    dense: Vec<Vec<(u32, f64)>>,
    /// The same for the buckets of features.
    sparse: BTreeMap<u32, Vec<(u32, f64)>>,
}

struct Fitted {
    dense: Vec<f64>,
    sparse: BTreeMap<u32, f64>,
}

impl Fitted {
    /// Writes the words' weights as steps under one head of the table; gives what a step is worth.
    fn pack(&self, head: usize, words: &mut [u8]) -> f64 {
        let largest = self.sparse.values().fold(0.0_f64, |most, weight| most.max(weight.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        for (bucket, weight) in &self.sparse {
            if let Some(byte) = words.get_mut(*bucket as usize * HEADS + head) {
                // The scale was chosen so that the quotient fits.
                #[allow(clippy::cast_possible_truncation)]
                let small = (weight / scale).round().clamp(-127.0, 127.0) as i8;
                [*byte] = small.to_ne_bytes();
            }
        }
        scale
    }
}

impl Rows {
    fn new(signs: usize) -> Self {
        Self { labels: vec![], dense: vec![vec![]; signs], sparse: BTreeMap::new() }
    }

    fn push(&mut self, signs: &[f64], counts: &BTreeMap<u32, f64>, label: bool) {
        let row = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        for (column, value) in self.dense.iter_mut().zip(signs).filter(|(_, value)| **value != 0.0) {
            column.push((row, *value));
        }
        for (bucket, value) in counts {
            self.sparse.entry(*bucket).or_default().push((row, *value));
        }
        self.labels.push(label);
    }

    /// How far a feature leans to one side: its log-ratio, squared. What is as common on both sides is held back most, so that the
    /// many words that say nothing do not share in what the telling ones say (Wang and Manning, 2012, as a penalty).
    fn leaning(&self, column: &[(u32, f64)]) -> f64 {
        let count = |rows: usize| u32::try_from(rows).map_or(f64::MAX, f64::from);
        let on = |row: &u32| self.labels.get(*row as usize).copied().unwrap_or(false);
        let all = count(self.labels.iter().filter(|label| **label).count());
        let with = count(column.iter().filter(|(row, _)| on(row)).count());
        let share = |with: f64, of: f64| (with + 1.0) / (of + 2.0);
        let ratio = share(with, all) / share(count(column.len()) - with, count(self.labels.len()) - all);
        ratio.ln().powi(2).clamp(LEANS.0, LEANS.1)
    }

    fn fit(mut self, penalty: f64) -> Fitted {
        let sparse: Vec<(u32, Vec<(u32, f64)>)> =
            std::mem::take(&mut self.sparse).into_iter().filter(|(_, column)| column.len() >= SEEN_IN).collect();
        let penalties: Vec<f64> = sparse.iter().map(|(_, column)| penalty / self.leaning(column)).collect();
        let mut margins = vec![0.0_f64; self.labels.len()];
        let mut dense = vec![0.0; self.dense.len()];
        let mut weights = vec![0.0; sparse.len()];
        for _ in 0..SWEEPS {
            for (at, (column, weight)) in self.dense.iter().zip(&mut dense).enumerate() {
                // The first sign is always there: it says how common requests are and is not held back.
                step(column, weight, if at == 0 { 1e-6 } else { 1.0 }, &self.labels, &mut margins);
            }
            for (((_, column), weight), penalty) in sparse.iter().zip(&mut weights).zip(&penalties) {
                step(column, weight, *penalty, &self.labels, &mut margins);
            }
        }
        Fitted { dense, sparse: sparse.iter().map(|(bucket, _)| *bucket).zip(weights).collect() }
    }
}

/// Moves one weight to where the bound on the loss is least.
fn step(column: &[(u32, f64)], weight: &mut f64, penalty: f64, labels: &[bool], margins: &mut [f64]) {
    let (mut slope, mut bend) = (penalty * *weight, penalty);
    for (row, value) in column {
        let (Some(margin), Some(label)) = (margins.get(*row as usize), labels.get(*row as usize)) else { continue };
        slope += (probability(*margin) - f64::from(u8::from(*label))) * value;
        bend += 0.25 * value * value;
    }
    let moved = -slope / bend;
    *weight += moved;
    for (row, value) in column {
        if let Some(margin) = margins.get_mut(*row as usize) {
            *margin += moved * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_requests_have_is_learned_to_speak_for_them() {
        let mut rows = Rows::new(2);
        for at in 0..40 {
            let yes = at % 2 == 0;
            rows.push(&[1.0, f64::from(u8::from(yes))], &[(if yes { 7 } else { 9 }, 1.0)].into(), yes);
        }
        let fitted = rows.fit(3.0);
        assert!(fitted.dense[1] > 0.3, "{:?}", fitted.dense);
        assert!(fitted.sparse[&7] > 0.2 && fitted.sparse[&9] < -0.2, "{:?}", fitted.sparse);
    }
}
