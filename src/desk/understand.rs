//! From what `intake/` read to what the core keeps.

use crate::domain::request::content::{Content, DETAILS, Reading};
use crate::domain::{FieldKey, Found, Private, Span};
use crate::intake::{Answer, Understood};
use std::collections::{BTreeMap, BTreeSet};

/// The content of a request that was understood from one message. Where two services fit about as well, neither is taken and
/// the requester is asked which is meant.
pub(super) fn content(understood: &Understood, confidence: f64) -> Content {
    // Danger never waits for an answer.
    let torn = !understood.sure_of_item && !understood.alternatives.is_empty() && !understood.danger;
    let first = understood.item.iter().filter(|_| torn).map(|item| item.value.clone());
    Content {
        kind: understood.kind.clone(),
        item: understood.item.clone().filter(|_| !torn),
        alternatives: first.chain(understood.alternatives.iter().cloned()).collect(),
        when: understood.when.clone(),
        quantity: understood.quantity.clone(),
        place: understood.place.as_ref().map(private),
        amount: understood.amount.clone(),
        urgency: understood.urgency.clone(),
        danger: understood.danger,
        extra: BTreeMap::new(),
        held_back: understood.private.clone(),
        about: understood.span,
        confirmed: BTreeSet::new(),
        confidence: per_cent(confidence),
    }
}

/// What a further message says, in answer to the open question where there is one.
pub(super) fn reading(answer: &Answer, asked: Option<&FieldKey>, text: &str) -> Reading {
    let values = &answer.values;
    let mut reading = Reading {
        lang: answer.lang,
        kind: values.kind.clone(),
        item: values.item.clone(),
        when: values.when.clone(),
        quantity: values.quantity.clone(),
        place: values.place.as_ref().map(private),
        amount: values.amount.clone(),
        urgency: None,
        extra: BTreeMap::new(),
        held_back: answer.private.clone(),
    };
    // A field of the organisation's own takes the words as they are.
    if let Some(key) = asked
        && !["place", "when", "quantity", "amount", "item", DETAILS].contains(&key.as_str())
        && !text.trim().is_empty()
    {
        reading
            .extra
            .insert(key.clone(), Found { value: Private::new(text.trim()), span: Some(Span::new(0, text.len())) });
    }
    reading
}

fn private(found: &Found<String>) -> Found<Private> {
    Found { value: Private::new(found.value.clone()), span: found.span }
}

fn per_cent(confidence: f64) -> u8 {
    let clipped = (confidence * 100.0).clamp(0.0, 100.0).round();
    // The value lies within 0 and 100, so that the cast neither cuts nor turns.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
    let whole = clipped as u8;
    whole
}
