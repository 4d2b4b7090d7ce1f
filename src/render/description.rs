//! The requester's own words, without what is held back.

use super::words::{clean, clean_lines};
use crate::domain::catalogue::CatalogueItem;
use crate::domain::request::content::{AMOUNT, DETAILS, EITHER, PLACE, QUANTITY, STANDING, WHEN};
use crate::domain::request::{Content, Request};
use crate::domain::{FieldKey, Found, Private, Span};

/// What stands where words were held back.
const HELD_BACK: &str = "[…]";

/// What was said about the request in its first so many messages, one below the other, without what is held back; `None` when
/// nothing is left.
///
/// Of the first message only the part that the request is about is taken. A span that does not fit its text cuts more
/// rather than less.
pub fn description(
    request: &Request,
    content: &Content,
    item: Option<&CatalogueItem>,
    messages: usize,
) -> Option<String> {
    if item.is_some_and(|item| is_internal(item, DETAILS)) {
        return None;
    }
    let cuts = cuts(content, item);
    let told: Vec<String> = request
        .said
        .iter()
        .take(messages)
        .enumerate()
        .filter_map(|(index, said)| {
            let text = said.text.text()?;
            let of_this: Vec<Span> = cuts.iter().filter(|span| usize::from(span.message) == index).copied().collect();
            let part = if index == 0 { about(content.about, text) } else { 0..text.len() };
            let left = clean_lines(&without(text, part, &of_this));
            (!left.is_empty()).then_some(left)
        })
        .collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

/// A value for people outside: `None` when its field is internal or its words are held back.
pub fn shareable<'a>(
    key: &str,
    found: &'a Found<Private>,
    content: &Content,
    item: Option<&CatalogueItem>,
) -> Option<&'a str> {
    let held = found.span.is_some_and(|span| content.held_back.iter().any(|cut| overlaps(span, *cut)));
    if held || item.is_some_and(|item| is_internal(item, key)) {
        return None;
    }
    found.value.text().filter(|text| !clean(text).is_empty())
}

/// Whether a field of the item stays inside the organisation.
pub fn is_internal(item: &CatalogueItem, key: &str) -> bool {
    // How often stays inside with when, and between which places it is with where.
    let key = match key {
        STANDING => WHEN,
        EITHER => PLACE,
        own => own,
    };
    item.fields.iter().any(|field| field.internal && field.key.as_str() == key)
}

/// Whether something that was said does not go along.
pub fn holds_back(content: &Content, item: Option<&CatalogueItem>) -> bool {
    !cuts(content, item).is_empty()
}

/// What is held back: what intake marked, and the words from which internal fields were read.
fn cuts(content: &Content, item: Option<&CatalogueItem>) -> Vec<Span> {
    let mut cuts = content.held_back.clone();
    let internal = |key: &str| item.is_some_and(|item| is_internal(item, key));
    let mut cut = |key: &str, span: Option<Span>| {
        if let Some(span) = span.filter(|_| internal(key)) {
            cuts.push(span);
        }
    };
    cut(PLACE, content.place.as_ref().and_then(|found| found.span));
    cut(WHEN, content.when.as_ref().and_then(|found| found.span));
    cut(QUANTITY, content.quantity.as_ref().and_then(|found| found.span));
    cut(AMOUNT, content.amount.as_ref().and_then(|found| found.span));
    for (key, found) in &content.extra {
        cut(FieldKey::as_str(key), found.span);
    }
    cuts
}

fn overlaps(one: Span, other: Span) -> bool {
    one.message == other.message && one.start < other.end && other.start < one.end
}

fn about(span: Span, text: &str) -> std::ops::Range<usize> {
    let fits = span.message == 0 && span.words(text).is_some_and(|words| !words.trim().is_empty());
    if fits { span.start as usize..span.end as usize } else { 0..text.len() }
}

/// A part of a text in which each cut is replaced; cuts are widened to whole characters.
pub(super) fn without(text: &str, part: std::ops::Range<usize>, cuts: &[Span]) -> String {
    let mut ranges: Vec<(usize, usize)> = cuts
        .iter()
        .map(|cut| (floor(text, cut.start as usize), ceiling(text, cut.end as usize)))
        .filter(|(start, end)| start < end && *start < part.end && *end > part.start)
        .collect();
    ranges.sort_unstable();
    let mut left = String::new();
    let mut at = part.start;
    for (start, end) in ranges {
        if end <= at {
            continue;
        }
        if start > at {
            left.push_str(text.get(at..start).unwrap_or_default());
        }
        if !left.ends_with(HELD_BACK) {
            left.push_str(HELD_BACK);
        }
        at = end;
    }
    left.push_str(text.get(at..part.end).unwrap_or_default());
    left
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceiling(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
