//! From what `intake/` read to what the core keeps and decides. Pure, so that any text can be tried without a database.

use crate::domain::request::command::Beginning;
use crate::domain::request::content::{Content, DETAILS, Reading};
use crate::domain::request::{Command, Origin, Request, Said, Stage, Waits};
use crate::domain::{FieldKey, Found, Private, Span};
use crate::intake::{Answer, Intent, Outcome, Understanding, Understood};
use crate::ports::Heard;
use std::collections::{BTreeMap, BTreeSet};

/// Longer messages are cut before they are read; nobody asks for anything after so many characters.
const READ_AT_MOST: usize = 4_000;

/// The content of a request that was understood from one message.
pub fn content(understood: &Understood, confidence: f64) -> Content {
    Content {
        kind: understood.kind.clone(),
        item: understood.item.clone(),
        alternatives: understood.alternatives.clone(),
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
pub fn reading(answer: &Answer, asked: Option<&FieldKey>, text: &str) -> Reading {
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
        held_back: vec![],
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

/// The part of a message that is read.
pub fn cut(text: &str) -> &str {
    match text.char_indices().nth(READ_AT_MOST) {
        Some((at, _)) => text.get(..at).unwrap_or_default(),
        None => text,
    }
}

/// One beginning for each request that the message holds.
pub fn beginnings(origin: &Origin, heard: &Heard, understood: &Understanding, sure: bool) -> Vec<Beginning> {
    // A doubtful message is offered as one request; several cards for something that may be chat would be noise.
    let count = if sure { understood.requests.len() } else { 1 };
    understood
        .requests
        .iter()
        .take(count)
        .map(|one| Beginning {
            origin: origin.clone(),
            said: said(heard),
            content: content(one, understood.confidence),
            sure,
        })
        .collect()
}

/// A message as a request keeps it.
pub fn said(heard: &Heard) -> Said {
    Said {
        message: Some(heard.at.clone()),
        by: heard.author.clone(),
        at: heard.written_at,
        text: Private::new(heard.text.clone()),
    }
}

/// Whether words in a conversation are a request of their own: the one that is talked about can take no more, or, in a
/// conversation with one person, they are about something else.
pub fn begins_another(request: &Request, understood: &Understanding) -> bool {
    if understood.outcome != Outcome::Act {
        return false;
    }
    let takes_words = match &request.stage {
        Stage::Draft(_) | Stage::AwaitingApproval(_) => true,
        Stage::Approved(approved) => approved.submission.before_sending(),
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => false,
    };
    let item = |content: &Content| content.item.as_ref().map(|item| item.value.clone());
    let same = understood
        .requests
        .iter()
        .any(|one| one.item.as_ref().map(|item| item.value.clone()) == request.content().and_then(item));
    !takes_words || (request.origin.direct && !same)
}

/// The field that a request asks about now.
pub fn asked_field(request: &Request) -> Option<FieldKey> {
    match &request.stage {
        Stage::Draft(draft) => match &draft.waits {
            Waits::Field(field) => Some(field.clone()),
            Waits::Item(_) => Some("item".into()),
            Waits::Offer | Waits::Confirmation(_) => None,
        },
        _ => None,
    }
}

/// What a word in the conversation wants of a request in its stage.
pub fn command_of(request: &Request, answer: &Answer, asked: Option<&FieldKey>, heard: &Heard) -> Command {
    let reading = reading(answer, asked, cut(&heard.text));
    let note = || Some(Private::new(heard.text.clone()));
    let offered = matches!(&request.stage, Stage::Draft(draft) if draft.waits == Waits::Offer);
    let confirming = matches!(&request.stage, Stage::Draft(draft) if matches!(draft.waits, Waits::Confirmation(_)));
    let resolved = matches!(request.stage, Stage::Resolved(_));
    match answer.intent {
        Intent::Solved => Command::Solved,
        Intent::Cancel => Command::Cancel { why: note() },
        Intent::Yes | Intent::Agree if offered => Command::Accept,
        Intent::No if offered => Command::Discard,
        Intent::Yes | Intent::Agree if confirming && reading.is_empty() => Command::Confirm,
        Intent::Yes if resolved => Command::Solved,
        Intent::No | Intent::NotSolved if resolved => Command::NotSolved { note: note() },
        Intent::Yes | Intent::No | Intent::NotSolved | Intent::Agree | Intent::Thanks | Intent::Other => {
            Command::Tell { said: said(heard), reading: Box::new(reading) }
        }
    }
}
