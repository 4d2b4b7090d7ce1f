//! Which words of a message say where: a learned choice among all its phrases.
//!
//! Each phrase of up to [`LONGEST`](super::signs::LONGEST) tokens gets a score, the sum of what its beginning, its end, its words and its whole say, each
//! as a weight learned from labelled messages; that no place is meant has a score of its own. The lists of words and their rules
//! ([`Places::rules`](super::Places::rules)) take part as signs: the phrase that they choose is nearly always a place, and what is
//! learned is when they miss one, when it is another, and where it begins and ends.

use super::Located;
use super::signs::{Rules, Seen};
use crate::intake::text::Text;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Buckets of the table, as a power of two.
const BUCKETS: u32 = 1 << 17;
/// A second place that is at least so likely, beside the first, may be the one that is meant.
const RIVAL: f32 = 0.3;
/// A place is chosen where it is at least so likely beside none: to ask for what was said costs more than a line too many on a card.
const DOUBT: f32 = 0.5;
/// Passes over all lessons; more change nothing that matters.
const SWEEPS: usize = 16;
/// How far a weight moves at first: little, so that what the rules know is unlearned only where many lessons say so.
const STEP: f32 = 0.1;
/// How much each pass takes from a weight.
const SHRINK: f32 = 0.003;

/// The learned choice.
pub(crate) struct Chooser {
    steps: Cow<'static, [u8]>,
    scale: f32,
}

impl Chooser {
    /// The table as it is stored, and what a step of it is worth.
    pub fn new(steps: Cow<'static, [u8]>, scale: f64) -> Self {
        // A step is a small number of six digits.
        #[allow(clippy::cast_possible_truncation)]
        Self { steps, scale: scale as f32 }
    }

    /// What a feature weighs, in steps. A table of another size than it should have weighs nothing.
    fn weights(&self) -> impl Fn(u32) -> i32 {
        let steps = self.steps.first_chunk::<{ BUCKETS as usize }>().unwrap_or(&[0; BUCKETS as usize]);
        |hash| i32::from(steps[(hash & (BUCKETS - 1)) as usize].cast_signed())
    }

    /// The likeliest place, where one is likelier than none, and another one that may be meant as well.
    pub(super) fn choose(
        &self,
        text: &Text<'_>,
        rules: &Rules,
        taken: &[bool],
        emphasis: &[f32],
    ) -> (Option<Located>, Option<Located>) {
        let seen = Seen::new(text, rules, taken, emphasis);
        let mut scores = seen.scores(self.weights());
        scores.none *= self.scale;
        for (.., score) in &mut scores.spans {
            *score *= self.scale;
        }
        let (none, shares) = scores.shares();
        let mut best: Option<(usize, usize, f32)> = None;
        // "De wc is verstopt" says what, and of which nothing.
        let bare = |from: usize, to: usize| to - from == 1 && fixture(text.word(from));
        // "Tussen 2 en 4" is a time, once it was read as one.
        let when =
            |from: usize, to: usize| taken.get(from..to).is_some_and(|of_date| of_date.iter().all(|taken| *taken));
        for ((from, to, _), share) in scores.spans.iter().zip(&shares) {
            if bare(*from, *to) || when(*from, *to) {
                continue;
            }
            if *share > best.map_or(none * DOUBT, |(.., most)| most) {
                best = Some((*from, *to, *share));
            }
        }
        let located = |(from, to, score): (usize, usize, f32)| Located { from, to, score };
        let also = best.and_then(|(begin, end, most)| {
            let apart = scores
                .spans
                .iter()
                .zip(&shares)
                .filter(|((from, to, _), _)| (*to <= begin || end <= *from) && !when(*from, *to));
            let other = apart.max_by(|one, other| one.1.total_cmp(other.1))?;
            let ((from, to, _), share) = other;
            (*share > RIVAL * most).then_some((*from, *to, *share))
        });
        (best.map(located), also.map(located))
    }
}

word_list! {
    /// What is broken or empty itself, where nothing says which of them.
    fn fixture(word) {
        "wc" | "wcs" | "toilet" | "toiletten" | "toilets" | "plee" | "loo" | "douche" | "douches" | "shower" | "showers"
    }
}

/// A labelled message for learning: its words, what the rules find, and the place that is right.
pub(crate) struct PlaceLesson<'a> {
    pub text: Text<'a>,
    pub rules: Rules,
    pub taken: Vec<bool>,
    pub emphasis: Vec<f32>,
    pub place: Option<&'a str>,
}

/// Learns the choice: the likelihood of the right phrases is raised step by step, each weight in steps that grow smaller the more it
/// has moved (AdaGrad). The order of the lessons is always the same, so the table is too.
pub(crate) fn learn(lessons: Vec<PlaceLesson<'_>>) -> (Vec<u8>, f64) {
    let mut weights = vec![0.0_f32; BUCKETS as usize];
    let mut moved = vec![1e-3_f32; BUCKETS as usize];
    let mut sum = vec![0.0_f32; BUCKETS as usize];
    let slot = |hash: u32| (hash & (BUCKETS - 1)) as usize;
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut state = 0x9e37_79b9_u32;
    for sweep in 0..SWEEPS {
        for at in (1..order.len()).rev() {
            state = state.wrapping_mul(0x0019_660d).wrapping_add(0x3c6e_f35f);
            order.swap(at, (state >> 8) as usize % (at + 1));
        }
        for lesson in order.iter().filter_map(|at| lessons.get(*at)) {
            let seen = Seen::new(&lesson.text, &lesson.rules, &lesson.taken, &lesson.emphasis);
            let scores = seen.scores(|hash| weights[slot(hash)]);
            let (none, mut shares) = scores.shares();
            let right: Vec<bool> = scores
                .spans
                .iter()
                .map(|(from, to, _)| lesson.place.is_some_and(|place| same(&lesson.text, *from, *to, place)))
                .collect();
            let known: f32 = shares.iter().zip(&right).filter(|(_, right)| **right).map(|(share, _)| share).sum();
            if lesson.place.is_some() && known <= 0.0 {
                continue;
            }
            // What is right less what was thought: the slope of the likelihood.
            for (share, right) in shares.iter_mut().zip(&right) {
                *share = if *right { *share / known } else { 0.0 } - *share;
            }
            let none = f32::from(u8::from(lesson.place.is_none())) - none;
            let mut slope: BTreeMap<u32, f32> = BTreeMap::new();
            seen.mixture(&scores.spans, &shares, none, |hash, share| {
                *slope.entry(hash & (BUCKETS - 1)).or_default() += share;
            });
            for (hash, slope) in slope {
                let at = hash as usize;
                moved[at] += slope * slope;
                weights[at] += STEP * slope / moved[at].sqrt();
            }
        }
        weights.iter_mut().for_each(|weight| *weight *= 1.0 - SHRINK);
        // The mean of the later passes is steadier than the last one.
        if sweep >= SWEEPS / 2 {
            sum.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let largest = sum.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
    // The scale was chosen so that the quotient fits.
    #[allow(clippy::cast_possible_truncation)]
    let steps = sum.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()).collect();
    // As many passes as were added up.
    #[allow(clippy::cast_precision_loss)]
    let passes = (SWEEPS - SWEEPS / 2) as f32;
    (steps, f64::from(scale / passes))
}

/// Whether a phrase is the labelled place, an article before it left out.
fn same(text: &Text<'_>, from: usize, to: usize, place: &str) -> bool {
    let (start, end) = text.bytes(from, to);
    let phrase = text.raw.get(start..end).unwrap_or_default();
    bare(phrase) == bare(place)
}

fn bare(phrase: &str) -> &str {
    let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    let articles = ["de ", "het ", "'t ", "een ", "the ", "a ", "an ", "our ", "onze ", "ons "];
    articles.iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(phrase)
}
