//! From what `intake/` read to what the core keeps and decides. Pure, so that any text can be tried without a database.

use crate::domain::file::{Enclosure, Place};
use crate::domain::request::command::Beginning;
use crate::domain::request::content::{Content, DETAILS, EITHER, Reading, STANDING};
use crate::domain::request::conversation::{Pointing, named};
use crate::domain::request::{Command, Origin, Request, Said, Stage, Waits};
use crate::domain::{FieldKey, Found, Private, RequestId, Span};
use crate::intake::extract::{What, extract};
use crate::intake::{self, Answer, Intent, Outcome, Reader, Understanding, Understood};
use crate::ports::{Attached, Heard};
use std::collections::{BTreeMap, BTreeSet};

/// Longer messages are cut before they are read; nobody asks for anything after so many characters.
const READ_AT_MOST: usize = 4_000;

/// The content of a request that was understood from one message. Where two services fit about as well, neither is taken and
/// the requester is asked which is meant.
pub fn content(understood: &Understood, confidence: f64) -> Content {
    // Danger never waits for an answer.
    let torn = !understood.sure_of_item && !understood.alternatives.is_empty() && !understood.danger;
    let first = understood.item.iter().filter(|_| torn).map(|item| item.value.clone());
    let often = understood.standing.iter().map(|found| (STANDING.into(), private(found)));
    let either = understood.place_torn.iter().map(|found| (EITHER.into(), private(found)));
    Content {
        kind: understood.kind.clone(),
        item: understood.item.clone().filter(|_| !torn),
        alternatives: first.chain(understood.alternatives.iter().cloned()).collect(),
        when: understood.when.clone(),
        quantity: understood.quantity.clone(),
        place: understood.place.as_ref().filter(|_| understood.place_torn.is_none()).map(private),
        amount: understood.amount.clone(),
        urgency: understood.urgency.clone(),
        danger: understood.danger,
        extra: often.chain(either).collect(),
        held_back: understood.private.clone(),
        about: understood.span,
        confirmed: BTreeSet::new(),
        confidence: per_cent(confidence),
        files: Vec::new(),
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
        basis: values.basis,
        urgency: values.urgency.clone(),
        extra: BTreeMap::new(),
        held_back: answer.private.clone(),
    };
    if let Some(often) = &values.standing {
        reading.extra.insert(STANDING.into(), private(often));
    }
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
            follows: None,
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
        files: enclosures(heard),
    }
}

/// The photos and files of a message as a request keeps them.
pub fn enclosures(heard: &Heard) -> Vec<Enclosure> {
    heard.attachments.iter().map(enclosure).collect()
}

/// A photo or file as a request keeps it.
fn enclosure(file: &Attached) -> Enclosure {
    Enclosure {
        name: Private::new(&file.name),
        size: file.size,
        media_type: file.media_type.clone(),
        from: Some(Place { id: file.id.clone(), url: Private::new(&file.url) }),
        kept: None,
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

/// What a word in the conversation wants of a request in its stage.
pub fn command_of(request: &Request, answer: &Answer, asked: Option<&FieldKey>, said: Said) -> Command {
    let reading = reading(answer, asked, cut(said.text.or_empty()));
    let note = || Some(said.text.clone());
    let offered = matches!(&request.stage, Stage::Draft(draft) if draft.waits == Waits::Offer);
    let confirming = matches!(&request.stage, Stage::Draft(draft) if matches!(draft.waits, Waits::Confirmation(_)));
    let resolved = matches!(request.stage, Stage::Resolved(_));
    let asked_by_provider = request.asked.is_some() && answer.intent != Intent::Thanks;
    match answer.intent {
        Intent::Solved => Command::Solved,
        Intent::Cancel => Command::Cancel { why: note() },
        Intent::Yes | Intent::Agree if offered => Command::Accept,
        Intent::No if offered => Command::Discard,
        Intent::Yes | Intent::Agree if confirming && reading.is_empty() => Command::Confirm,
        Intent::Yes if resolved => Command::Solved,
        Intent::No | Intent::NotSolved if resolved => Command::NotSolved { note: note() },
        _ if asked_by_provider => Command::Answer { said, held_back: answer.private.clone() },
        Intent::Yes | Intent::No | Intent::NotSolved | Intent::Agree | Intent::Thanks | Intent::Other => {
            Command::Tell { said, reading: Box::new(reading) }
        }
    }
}

/// So many words at most are only an answer, and tell nothing more.
const SHORT: usize = 4;

/// Whether a message is so short that it can only be an answer.
pub fn is_short(text: &str) -> bool {
    text.split_whitespace().count() <= SHORT
}

/// What a message says about which request it means.
pub fn pointing(text: &str, answer: &Answer) -> Pointing {
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).parse().ok();
    Pointing {
        numbers: text.split_whitespace().filter_map(bare).collect(),
        item: answer.values.item.as_ref().map(|found| found.value.clone()),
        place: answer.values.place.as_ref().map(|found| found.value.clone()),
    }
}

/// The request that an answer to the question which one is meant points at: its rank in the list, its number, or its service in
/// other words. `among` is the list as it was shown.
pub fn chosen(
    heard: &intake::Heard<'_>,
    answer: &Answer,
    reader: &Reader,
    among: &[RequestId],
    open: &[&Request],
) -> Option<RequestId> {
    let mut pointing = pointing(heard.text, answer);
    if is_short(heard.text) {
        if let Some(id) = rank(heard, answer).and_then(|rank| among.get(rank.checked_sub(1)?)) {
            return open.iter().any(|request| request.id == *id).then_some(*id);
        }
        // Two words are seldom a clear request, but here they need only tell one from another.
        let understood = reader.read(heard).requests.into_iter().next().filter(|one| one.names_item);
        pointing.item = pointing.item.or_else(|| understood.and_then(|one| one.item).map(|item| item.value));
    }
    named(open, &pointing)
}

/// *2*, *de tweede*, *nummer 2*.
fn rank(heard: &intake::Heard<'_>, answer: &Answer) -> Option<usize> {
    let digits: String = heard.text.chars().filter(char::is_ascii_digit).collect();
    let words = heard.text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    if words == 1
        && heard.text.trim_matches(|letter: char| !letter.is_alphanumeric()).starts_with(digits.as_str())
        && let Ok(rank) = digits.parse()
    {
        return Some(rank);
    }
    let found = extract(heard.text, answer.lang.code(), heard.now.naive_local());
    let mut ranks =
        found.iter().filter(|one| matches!(one.what, What::Ordinal | What::Number)).filter_map(|one| one.value);
    let rank = ranks.next().filter(|_| ranks.next().is_none())?;
    // Ranks are few, so that the cast neither cuts nor turns.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be 1 to 100")]
    (1.0..=100.0).contains(&rank).then_some(rank as usize)
}
