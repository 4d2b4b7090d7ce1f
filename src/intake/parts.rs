//! Several requests in one message: the parts that each name something else.

use super::cues::Cue;
use super::recognise::{Sentence, Signs};
use super::text::Text;
use std::ops::Range;

/// Splits a message where both sides ask or report something about different items; one range when it is one request.
pub(crate) fn split(
    text: &Text<'_>,
    signs: &Signs,
    mut item: impl FnMut(Range<usize>) -> Option<usize>,
) -> Vec<Range<usize>> {
    let live = |s: &Sentence| {
        s.has(Cue::Ask)
            || s.has(Cue::Please)
            || s.has(Cue::Need)
            || s.has(Cue::Order)
            || s.has(Cue::Fault)
            || s.has(Cue::Lack)
    };
    let mut parts: Vec<(Range<usize>, usize)> = Vec::new();
    let said = || signs.sentences.iter().filter(|s| !s.quoted && live(s) && s.to - s.from >= 4);
    // Most messages have one sentence that asks; there is nothing to split.
    let sentences = said().take(if said().nth(1).is_some() { usize::MAX } else { 0 });
    for sentence in sentences {
        let Some(named) = item(sentence.from..sentence.to) else { continue };
        match parts.iter_mut().find(|(_, other)| *other == named) {
            Some((range, _)) => range.end = range.end.max(sentence.to),
            None => parts.push((sentence.from..sentence.to, named)),
        }
        if parts.len() >= 6 {
            break;
        }
    }
    if parts.len() < 2 {
        return std::iter::once(0..text.len()).collect();
    }
    // Two sentences of which only one asks are cause and wish of one request, unless a word of addition joins them.
    let adding = [
        " ook ",
        " verder ",
        " daarnaast ",
        " en o ja ",
        " o ja ",
        " also ",
        " and also ",
        " another thing ",
        " tweede ",
        " 2 ",
        " ten tweede ",
        " besides ",
        " nog iets ",
        " oh and ",
    ]
    .iter()
    .any(|words| text.flat.contains(words));
    if !adding {
        return std::iter::once(0..text.len()).collect();
    }
    parts.into_iter().map(|(range, _)| range).collect()
}
