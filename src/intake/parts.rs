//! Several requests in one message: where it parts, and what each part says.
//!
//! A part begins only where both sides, read on their own, name something else that is asked for or fails, and a word, a line or a
//! place of its own says that the second is not about the first. Everything else belongs to what stands before it: one request
//! that is split in two costs more than a second one that is overlooked.

use super::Understood;
use super::cues::{CUES, Cue};
use super::recognise::Signs;
use super::text::{Sort, Text};
use super::vocabulary::Vocabulary;
use crate::domain::{Found, Kind, Span};
use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

/// More than so many places to part are not looked at.
const MOST: usize = 24;
/// More requests than that in one message are no list but a story.
const PARTS: usize = 6;

/// So many words at least make a clause.
const CLAUSE: usize = 4;
/// So many at least say something whole.
const WHOLE: usize = 3;

/// How a piece is joined to what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// A new sentence.
    Sentence,
    /// A new line that is marked as one of a list.
    Line,
    /// *en*, *and*, *plus*.
    And,
    /// A comma or a semicolon.
    Comma,
}

/// A piece of the message that may begin a part.
#[derive(Clone, Debug)]
struct Piece {
    /// The first token after the joint.
    from: usize,
    /// The token after the last.
    to: usize,
    /// The token at which its sentence ends.
    rest: usize,
    joint: Joint,
}

/// What a stretch of the message says when it is read on its own.
#[derive(Debug)]
pub(crate) struct Alone<'a> {
    /// The items that it may name: the best, and those that fit about as well.
    pub items: Vec<usize>,
    /// The item is something of ICT.
    pub ict: bool,
    /// Something is asked for.
    pub asks: bool,
    /// Something that can be done is named.
    pub deed: bool,
    /// Something fails or has run out.
    pub fails: bool,
    /// The thing is named with an article, a count, or at the beginning: not only how it fares.
    pub thing: bool,
    /// A number of its own is named: *4 stoelen*.
    pub counts: bool,
    /// Where; it is looked for where it is asked for.
    pub place: LazyCell<Option<String>, Box<dyn FnOnce() -> Option<String> + 'a>>,
    /// A word of addition: *ook*, *daarnaast*.
    pub adds: bool,
    /// It begins with such a word.
    pub adds_first: bool,
    /// It begins with *en* or *and*.
    pub and_first: bool,
    /// How many words it has.
    pub words: usize,
}

impl Alone<'_> {
    fn live(&self) -> bool {
        self.asks || self.fails
    }
}

/// The parts of a message, in order, as ranges of tokens; and what stands before a list and counts for each of its lines.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Division {
    lead: Option<Range<usize>>,
    parts: Vec<Range<usize>>,
}

/// Where a message parts; `None` when it is one request. `named` says whether a stretch names anything of the catalogue at all.
pub(crate) fn divide<'a>(
    text: &Text<'_>,
    signs: &Signs,
    named: impl Fn(&Range<usize>) -> bool,
    alone: impl Fn(&Range<usize>) -> Option<Alone<'a>>,
) -> Option<Division> {
    let pieces = pieces(text, signs);
    // Most messages name one thing; there is nothing to part.
    pieces.iter().filter(|piece| named(&(piece.from..piece.to))).nth(1)?;
    listed(text, &pieces, &alone).or_else(|| clauses(text, &pieces, &named, &alone))
}

fn clauses<'a>(
    text: &Text<'_>,
    pieces: &[Piece],
    named: &impl Fn(&Range<usize>) -> bool,
    alone: &impl Fn(&Range<usize>) -> Option<Alone<'a>>,
) -> Option<Division> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (before, piece) in pieces.iter().zip(pieces.iter().skip(1)) {
        if parts.len() + 1 >= PARTS || !named(&(piece.from..piece.to)) || !named(&(start..before.to)) {
            continue;
        }
        let Some(left) = alone(&(start..before.to)) else { continue };
        let own = |to: usize, rest: bool| {
            let Some(alone) = alone(&(piece.from..to)) else { return false };
            // A word of addition says in so many words that something else comes.
            let said = alone.adds_first && piece.joint == Joint::Sentence
                || alone.adds && alone.asks && piece.joint != Joint::Comma && left.live();
            if said && joined(&left, &alone, piece.joint, rest) {
                return true;
            }
            left.thing
                && left.live()
                && alone.thing
                && (alone.live() || alone.deed && left.asks && piece.joint == Joint::And)
                && joined(&left, &alone, piece.joint, rest)
        };
        let parts_here = own(piece.to, false) || piece.rest > piece.to && own(piece.rest, true);
        if parts_here {
            parts.push(start..before.to);
            start = piece.from;
        }
    }
    if parts.is_empty() {
        return None;
    }
    parts.push(start..text.len());
    Some(Division { lead: None, parts })
}

/// Whether the second of two clauses is about something else than the first, and not its cause, its consequence or the wish
/// that follows from it. `rest`: the second was read to the end of its sentence, since its first piece says too little.
fn joined(left: &Alone<'_>, right: &Alone<'_>, joint: Joint, rest: bool) -> bool {
    let elsewhere = || match (&*left.place, &*right.place) {
        (Some(one), Some(other)) => apart(one, other),
        _ => false,
    };
    let same = left.items.first() == right.items.first();
    let other = right.items.iter().all(|item| !left.items.contains(item));
    // A comma alone only goes on: "scherm hangt erbij".
    if joint == Joint::Comma {
        return other && right.asks && right.adds;
    }
    if !other {
        return same && right.words >= CLAUSE && (left.fails, left.asks) == (right.fails, right.asks) && elsewhere();
    }
    // Of another trade, where both sides say something whole: "de lift is stuk en de wifi ligt eruit".
    let trade = joint == Joint::And && left.ict != right.ict && left.words.min(right.words) >= WHOLE;
    match (left.asks, right.asks) {
        // "De deur zit op slot en ik heb een sleutel nodig" is one; with "ook", or about something of another trade, it is not.
        (false, true) => {
            let apart = left.ict != right.ict || right.counts;
            right.adds || joint == Joint::Line || joint == Joint::And && !rest && apart || elsewhere()
        }
        // A wish that only goes on names no place of its own: "graag eentje met lichtjes".
        (true, true) => trade || right.adds || right.and_first || joint == Joint::Line || elsewhere(),
        // A second trouble is often the first one seen from elsewhere, unless it has a place of its own.
        (_, false) => {
            // "A dirty sink and a sticky floor" is no second clause.
            trade && left.fails && right.fails
                || right.adds_first
                || joint == Joint::Line
                || right.and_first && (left.ict != right.ict || right.place.is_some())
                || right.words >= CLAUSE && elsewhere()
        }
    }
}

/// Whether two places have no word in common.
fn apart(one: &str, other: &str) -> bool {
    let words = |place: &str| -> Vec<String> {
        let place = place.to_lowercase();
        let words = place.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.filter(|word| !FRAME.contains(word)).map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && one.iter().all(|word| !other.contains(word))
}

/// Words of a place that say little about which one it is.
#[rustfmt::skip] // One word a line would make pages of it.
const FRAME: &[&str] = &[
    "de", "het", "een", "the", "a", "op", "in", "bij", "van", "naast", "on", "at", "of", "kamer", "zaal", "room",
    "verdieping", "floor", "etage",
];

/// A list under a heading: "morgen in zaal Eik: 12 stoelen en een beamer", or lines with marks. What stands before it counts for each.
fn listed<'a>(
    text: &Text<'_>,
    pieces: &[Piece],
    alone: &impl Fn(&Range<usize>) -> Option<Alone<'a>>,
) -> Option<Division> {
    let lines = pieces.iter().filter(|piece| piece.joint == Joint::Line).count();
    let from = if lines >= 2 { pieces.iter().find(|piece| piece.joint == Joint::Line)?.from } else { heading(text)? };
    // A heading that names the thing itself is explained by its list, not divided by it.
    if from == 0 && lines < 2 || alone(&(0..from)).is_some_and(|lead| lead.thing) {
        return None;
    }
    let mut parts: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    let sentence_end = pieces.iter().find(|piece| piece.to > from).map_or(from, |piece| piece.rest);
    let mut last = from;
    let inside = pieces.iter().filter(|piece| piece.to > from && (lines < 2 || piece.joint == Joint::Line));
    for (index, piece) in inside.enumerate() {
        let begin = piece.from.max(from);
        let end = if lines >= 2 { line_end(pieces, begin, text.len()) } else { piece.to };
        // Beside a heading in the same sentence each thing is counted; else it is the description of one: "lage banken, zitzakken".
        if lines < 2
            && (piece.to > sentence_end || index > 0 && piece.joint == Joint::Sentence || !counted(text, begin))
        {
            return None;
        }
        let other = |items: &[usize], others: &[usize]| items.iter().all(|item| !others.contains(item));
        match alone(&(begin..end)).filter(|said| said.thing) {
            Some(said) if parts.iter().all(|(_, others)| other(&said.items, others)) => {
                parts.push((begin..end, said.items));
            }
            _ if index == 0 => return None,
            _ => {
                if let Some((range, _)) = parts.last_mut() {
                    range.end = end;
                }
            }
        }
        last = last.max(end);
    }
    if parts.len() < 2 || parts.len() > PARTS {
        return None;
    }
    let mut parts: Vec<Range<usize>> = parts.into_iter().map(|(range, _)| range).collect();
    if let Some(range) = parts.last_mut() {
        range.end = range.end.max(if last >= text.len() { text.len() } else { last });
    }
    Some(Division { lead: (from > 0).then_some(0..from), parts })
}

/// Whether a count or an article begins there: *12 stoelen*, *een beamer*.
fn counted(text: &Text<'_>, at: usize) -> bool {
    const ARTICLES: &[&str] =
        &["een", "n", "a", "an", "twee", "drie", "vier", "vijf", "zes", "two", "three", "four", "five", "six"];
    text.is(at, Sort::Digits) || ARTICLES.contains(&text.word(at))
}

/// The token at which the next line of the list begins.
fn line_end(pieces: &[Piece], begin: usize, end: usize) -> usize {
    pieces.iter().find(|piece| piece.joint == Joint::Line && piece.from > begin).map_or(end, |next| next.from)
}

/// The token after a colon that opens a list.
fn heading(text: &Text<'_>) -> Option<usize> {
    let at = (1..text.len()).find(|at| text.word(*at) == ":" && !text.is(at + 1, Sort::Mark))?;
    // Not the colon of a time or of a smiley.
    (!text.glued(at + 1) && at + 1 < text.len()).then_some(at + 1)
}

/// The pieces of a message: sentences, and what stands between commas and joining words.
fn pieces(text: &Text<'_>, signs: &Signs) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for sentence in signs.sentences.iter().filter(|sentence| !sentence.quoted) {
        let (mark, begin) = list_mark(text, sentence.from);
        if begin >= sentence.to {
            // "1." is cut off as if it were a sentence; the line that it marks comes next.
            continue;
        }
        let first_of_line = mark < begin && (mark == 0 || text.word(mark - 1) == "\n");
        let mut joint = if first_of_line { Joint::Line } else { Joint::Sentence };
        let mut from = begin;
        let mut at = from;
        while at < sentence.to {
            let next = match text.word(at) {
                "en" | "and" | "plus" | "&" | "+" if at > from => Joint::And,
                // "Also, could we …": what opens a sentence is no piece.
                "," | ";" if !text.glued(at + 1) && at > from + 1 => Joint::Comma,
                _ => {
                    at += 1;
                    continue;
                }
            };
            out.push(Piece { from, to: at, rest: sentence.to, joint });
            from = at + 1;
            joint = next;
            // ", en" is one joint.
            if next == Joint::Comma && matches!(text.word(from), "en" | "and") {
                from += 1;
                joint = Joint::And;
            }
            at = from;
        }
        out.push(Piece { from, to: sentence.to, rest: sentence.to, joint });
    }
    out.retain(|piece| piece.from < piece.to);
    out.truncate(MOST);
    out
}

/// Where the mark before a line of a list stands (`-`, `*`, `1.`, `2)`), and the token after it; both are the same where there is none.
fn list_mark(text: &Text<'_>, at: usize) -> (usize, usize) {
    let numbered = |at: usize| {
        text.is(at, Sort::Digits) && text.glued(at + 1) && matches!(text.word(at + 1), "." | ")") && !text.glued(at + 2)
    };
    match text.word(at) {
        "-" | "*" if !text.glued(at + 1) => (at, at + 1),
        _ if numbered(at) => (at, at + 2),
        _ if at >= 2 && numbered(at - 2) => (at - 2, at),
        _ => (at, at),
    }
}

/// Words that add something to what was said.
#[rustfmt::skip] // One word a line would make pages of it.
const ADDING: &[&str] = &[
    " ook ", " bovendien ", " tevens ", " trouwens ", " nog iets ", " also ", " as well ", " too ", " besides ",
    " another thing ", " one more thing ", " additionally ", " likewise ",
];

/// Words that do so where they open a sentence.
const OPENING: &[&str] =
    &[" verder ", " daarnaast ", " o ja ", " oh ja ", " oja ", " ten tweede ", " oh and ", " btw ", " by the way "];

/// Words before a thing: it is named, and not only felt.
#[rustfmt::skip] // One word a line would make pages of it.
const BEFORE: &[&str] = &[
    "de", "het", "een", "n", "t", "the", "a", "an", "my", "mijn", "mn", "m", "onze", "ons", "our", "your", "jullie", "die",
    "deze", "dit", "dat", "this", "that", "these", "those", "geen", "no", "some", "any", "wat", "enkele", "paar", "new",
    "nieuw", "nieuwe", "extra", "nog", "meer", "more", "another", "andere", "alle", "all", "both", "twee", "drie", "vier",
    "vijf", "zes", "two", "three", "four", "five", "six", "voor", "for", "iets", "order", "arrange", "book", "get", "need",
    "bestel", "bestellen", "regel", "reserveer",
];

/// Words that say how a thing fares.
static FAULTS: LazyLock<Vocabulary<()>> = LazyLock::new(|| {
    let lists = CUES.iter().filter(|(cue, _)| matches!(cue, Cue::Fault | Cue::Lack | Cue::Trouble));
    Vocabulary::new(lists.flat_map(|(_, phrases)| phrases.iter().map(|phrase| (*phrase, ()))))
});

/// What a stretch of words says about itself; `items` are those that it may name and whether they are of ICT, `stands` is where
/// the words of the first of them stand.
pub(crate) fn describe<'a>(
    text: Text<'a>,
    signs: Signs,
    items: Vec<(usize, bool)>,
    stands: &[Range<usize>],
    place: impl FnOnce(&Text<'_>, &Signs) -> Option<String> + 'a,
) -> Alone<'a> {
    let opening = match text.word(0) {
        "en" | "and" | "oh" | "o" | "-" | "*" => 1,
        _ => 0,
    };
    let fault_only = |at: &Range<usize>| at.len() == 1 && FAULTS.get(text.word(at.start)).is_some();
    let named = |at: &Range<usize>| {
        at.start <= opening + 1
            || (1..=3).any(|back| {
                at.start.checked_sub(back).is_some_and(|before| {
                    BEFORE.contains(&text.word(before))
                        || text.is(before, Sort::Digits)
                        || back == 1 && text.is(before, Sort::Mark)
                })
            })
    };
    let thing = stands.iter().any(|at| !fault_only(at) && named(at));
    let numbered = |at: &Range<usize>| {
        let before = |back: usize| at.start.checked_sub(back);
        (1..=2).filter_map(before).any(|at| {
            let number = text.digits(at).or_else(|| super::number::small(text.word(at)));
            number.is_some_and(|number| number >= 2) && !text.glued(at) && !text.glued(at + 1)
        })
    };
    let counts = stands.iter().any(numbered);
    let fails = signs.has(Cue::Fault) || signs.has(Cue::Lack);
    let ask = [Cue::Ask, Cue::Please, Cue::Need, Cue::Order].iter().any(|cue| signs.has(*cue));
    let one_of = |at: usize, all: &[&str]| {
        let line = text.flat_bytes(at).0.checked_sub(1).and_then(|start| text.flat.get(start..)).unwrap_or_default();
        let letter = line.as_bytes().get(1);
        all.iter().any(|words| words.as_bytes().get(1) == letter && line.starts_with(words))
    };
    let first = (0..text.len().min(3)).any(|at| one_of(at, ADDING) || one_of(at, OPENING));
    let adds = first || (3..text.len()).any(|at| one_of(at, ADDING));
    Alone {
        thing,
        ict: items.first().is_some_and(|(_, ict)| *ict),
        items: items.into_iter().map(|(item, _)| item).collect(),
        asks: ask,
        deed: signs.has(Cue::Deed),
        fails,
        counts,
        words: signs.words,
        // "Het stopcontact doet het ook niet" adds a symptom; "kun je ook een stoel regelen" adds a wish.
        adds: first || adds && ask,
        adds_first: first,
        and_first: matches!(text.word(0), "en" | "and"),
        place: LazyCell::new(Box::new(move || place(&text, &signs))),
    }
}

/// Reads each part on its own, as `alone` does. What stands in front of all of them counts for each that says nothing else.
pub(crate) fn read(
    alone: impl Fn(&Range<usize>) -> Understood,
    text: &Text<'_>,
    division: &Division,
    whole: &Understood,
) -> Vec<Understood> {
    let one = |range: &Range<usize>| -> Understood {
        let (start, end) = text.bytes(range.start, range.end);
        let mut understood = alone(range);
        moved(&mut understood, start);
        understood.span = Span::new(start, end);
        understood
    };
    let lead = division.lead.as_ref().map(one);
    let mut parts: Vec<Understood> = division.parts.iter().map(one).collect();
    let front = lead.clone().or_else(|| parts.first().map(in_front));
    for (index, part) in parts.iter_mut().enumerate() {
        // Whatever is held back of the message is held back of each part that quotes it.
        part.private.clone_from(&whole.private);
        if index == 0 && lead.is_none() {
            continue;
        }
        let Some(front) = &front else { continue };
        let asked = lead.is_some() || part.kind.value == Kind::Request;
        if part.when.is_none() && part.recurring.is_none() && asked {
            part.when.clone_from(&front.when);
            part.odd_time = front.odd_time;
            part.recurring.clone_from(&front.recurring);
            part.standing.clone_from(&front.standing);
        }
        if part.place.is_none() && part.place_also.is_none() && asked {
            part.place.clone_from(&front.place);
            part.place_also.clone_from(&front.place_also);
            part.place_torn.clone_from(&front.place_torn);
        }
        if lead.is_some() {
            // A bare line of a list neither asks nor fails by itself.
            part.kind = whole.kind.clone();
            if front.urgency.span.is_some() {
                part.urgency = front.urgency.clone();
            }
        }
    }
    // Danger that only the whole message tells is never lost.
    if whole.danger
        && parts.iter().all(|part| !part.danger)
        && let Some(first) = parts.first_mut()
    {
        first.danger = true;
        first.urgency = whole.urgency.clone();
    }
    parts
}

/// What the first part says before it names its thing: "morgen in zaal Eik graag 12 stoelen, en ook een beamer".
fn in_front(first: &Understood) -> Understood {
    let named = first.item.as_ref().and_then(|found| found.span).map_or(0, |span| span.start);
    let mut front = first.clone();
    let before = |span: Option<Span>| span.is_some_and(|span| span.end <= named);
    front.when = front.when.filter(|found| before(found.span));
    front.recurring = front.recurring.filter(|found| before(found.span));
    front.standing = front.standing.filter(|found| before(found.span));
    front.odd_time = front.odd_time.filter(|_| front.when.is_some());
    // Where something fails says nothing about where something else is wanted.
    front.place = front.place.filter(|found| before(found.span) && first.kind.value == Kind::Request);
    front.place_also = front.place_also.filter(|_| front.place.is_some());
    front.place_torn = front.place_torn.filter(|_| front.place.is_some());
    front
}

/// Spans of a part become spans of the message.
fn moved(understood: &mut Understood, by: usize) {
    fn shift<T>(found: &mut Option<Found<T>>, by: usize) {
        if let Some(span) = found.as_mut().and_then(|found| found.span.as_mut()) {
            *span = Span::new(span.start as usize + by, span.end as usize + by);
        }
    }
    let urgency = understood.urgency.clone();
    let mut urgency = Some(urgency);
    shift(&mut urgency, by);
    understood.urgency = urgency.unwrap_or_else(|| understood.urgency.clone());
    shift(&mut understood.item, by);
    shift(&mut understood.when, by);
    shift(&mut understood.recurring, by);
    shift(&mut understood.standing, by);
    shift(&mut understood.quantity, by);
    shift(&mut understood.place, by);
    shift(&mut understood.place_also, by);
    shift(&mut understood.place_torn, by);
    shift(&mut understood.amount, by);
}
