//! A message becomes a draft. Pure, deterministic, offline; every value points at the words it came from.
//!
//! The stages, each in its own file: [`text`] cuts, [`language`] tells Dutch from English, [`when`], [`number`], [`money`]
//! and [`place`] find values, [`catalogue`] finds the item, [`recognise`] weighs whether anything is asked, [`kind`] says
//! what kind, [`wish`] and [`quantity`] choose what is meant. [`answer`] reads replies, [`extract`] and [`lines`] serve the
//! two line interfaces. [`letter`] reads the mails of providers. [`opinion`] asks somebody else where the reading is in doubt.

#[macro_use]
mod vocabulary;

mod alarm;
mod answer;
mod aside;
mod catalogue;
mod clause;
mod cues;
pub mod extract;
mod features;
mod fields;
mod haste;
pub mod invoice;
mod kind;
mod language;
pub mod learn;
pub mod letter;
mod lexicon;
mod likeness;
pub mod lines;
mod measure;
mod memo;
mod model;
mod money;
pub mod naming;
mod number;
pub mod opinion;
mod parts;
pub mod photo;
mod place;
mod plain;
mod private;
mod quantity;
mod recognise;
mod remark;
mod standing;
mod text;
mod through;
mod typing;
mod understood;
mod when;
mod wish;

#[cfg(test)]
mod tests;

use crate::domain::catalogue::Catalogue;
use crate::domain::register::Place;
use crate::domain::{FieldKey, ItemId, Kind, Lang, Money, Span};
use cues::Cue;
use features::Feature;
use fields::Gist;
use model::Model;
use recognise::Signs;
use std::ops::Range;
use std::sync::Arc;
use text::Text;
use when::Reading;
pub use when::{Grain, Recurring};

pub use answer::{Answer, Intent, Values};
pub use aside::Aside;
pub use remark::{Remark, limit_named, remark};
pub use through::through;
pub use understood::{Heard, Outcome, Reason, Spoke, Understanding, Understood};

/// From this probability on a card opens.
const ACT: f64 = 0.8;
/// An item that is less far ahead of the next one is right in four of ten messages only, and worth a question.
const SURE_OF_ITEM: f32 = 0.6;
/// A part of a message names its item clearly from this score on.
const CLEARLY: f32 = 1.6;
/// A message names its item in words of the catalogue from this score on; below it only sounds like it.
const NAMED: f32 = 0.8;
/// Items that are less far behind the best may be meant as well.
const AHEAD: f32 = 0.4;
/// From this probability on Loket asks whether it is a request: more than even, since a channel in which a bot keeps asking is
/// muted, and who was not heard says it once more.
const NUDGE: f64 = 0.57;

/// From this probability on it asks where people may be hurt: a question too many is a small thing beside an alarm that nobody heard.
const ALARM: f64 = 0.2;

/// Items that are ordered by the number of people.
const FOR_PEOPLE: [&str; 5] = ["fac.catering", "fac.room-setup", "fac.access-pass", "ict.account-new", "fac.furniture"];

/// What reading needs of a catalogue, whichever organisation reads: its words and examples, and the learned tables.
pub struct Knowledge {
    matcher: catalogue::Matcher,
    recogniser: recognise::Recogniser,
    model: Model,
}

impl Knowledge {
    /// Prepares a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        Self {
            matcher: catalogue::Matcher::new(catalogue),
            recogniser: recognise::Recogniser::new(),
            model: Model::shipped(),
        }
    }

    /// The same with other tables than those that ship with the program.
    pub fn taught(self, learned: &learn::Learned) -> Self {
        Self { model: learned.model(), ..self }
    }
}

/// Reads messages against one configuration. Built once, never changed, shared freely.
pub struct Reader {
    knowledge: Arc<Knowledge>,
    places: place::Places,
}

impl Reader {
    /// Prepares a catalogue and the organisation's places.
    pub fn new(catalogue: &Catalogue, places: &[Place]) -> Self {
        Self::with(Arc::new(Knowledge::new(catalogue)), places)
    }

    /// Prepares the organisation's places over what is known of the catalogue.
    pub fn with(knowledge: Arc<Knowledge>, places: &[Place]) -> Self {
        Self { knowledge, places: place::Places::new(places) }
    }

    /// Reads a new message, and what it would ask if it asked anything.
    pub fn read(&self, heard: &Heard<'_>) -> Understanding {
        self.understand(heard, false)
    }

    /// Reads what is said in a channel: most of it asks nothing, and then nothing more is looked for.
    pub fn listen(&self, heard: &Heard<'_>) -> Understanding {
        self.understand(heard, true)
    }

    fn understand(&self, heard: &Heard<'_>, hush: bool) -> Understanding {
        let message = self.message(heard);
        let gist = self.gist(&message);
        let values = recognise::reasons(&message.signs, &gist.context);
        let log_odds = self.knowledge.model.request(&values, &gist.words, heard.addressed);
        let confidence = model::probability(log_odds);
        let outcome = if confidence >= ACT && gist.item.is_some() {
            Outcome::Act
        } else if confidence >= asks_from(&message.signs) || heard.addressed {
            Outcome::Ask
        } else {
            Outcome::Silent
        };
        let requests = match outcome {
            Outcome::Silent if hush => Vec::new(),
            Outcome::Silent => vec![self.fields(&message, gist)],
            Outcome::Ask | Outcome::Act => self.requests(&message, gist),
        };
        Understanding { lang: message.lang, outcome, confidence, requests, advised: false }
    }

    /// What a message asks: as one request, or part by part.
    fn requests(&self, message: &Message<'_>, gist: Gist) -> Vec<Understood> {
        let whole = self.fields(message, gist);
        let division = parts::divide(
            &message.text,
            &message.signs,
            |range| message.mentions.names(range),
            |range| self.alone(message, range),
        );
        let parts =
            division.map(|division| parts::read(|range| self.part(message, range), &message.text, &division, &whole));
        parts.filter(|parts| parts.len() > 1).unwrap_or_else(|| vec![whole])
    }

    /// Why a message is taken as a request or not: each sign and each word that says anything, the weightiest first.
    pub fn why(&self, heard: &Heard<'_>) -> Vec<Reason> {
        let evidence = self.evidence(heard, None, None);
        let text = Text::new(heard.text);
        let model = &self.knowledge.model;
        let signs = model.of_signs(&evidence.signs).map(|(key, weight)| Reason { what: Spoke::Sign(key), weight });
        let shown = |token: &usize| text.is(*token, text::Sort::Word) || text.is(*token, text::Sort::Digits);
        let tokens = model.of_tokens(&evidence.features).into_iter().filter(|(token, _)| shown(token));
        let words = tokens.map(|(token, weight)| {
            let (start, end) = text.bytes(token, token + 1);
            Reason { what: Spoke::Word(Span::new(start, end)), weight }
        });
        let mut all: Vec<Reason> = signs.chain(words).filter(|reason| reason.weight.abs() >= 0.05).collect();
        all.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
        all
    }

    /// What speaks for and against, for learning: with the right kind, item and date, where they are known.
    fn evidence(
        &self,
        heard: &Heard<'_>,
        wanted: Option<&(Kind, ItemId)>,
        fields: Option<&learn::Fields<'_>>,
    ) -> Evidence {
        let message = self.message(heard);
        let gist = self.gist(&message);
        let item = wanted.map(|(_, item)| item).or(gist.item.as_ref().map(|found| &found.value));
        let kind = wanted.map_or(gist.kind, |(kind, _)| *kind);
        let entry = item.and_then(|item| self.knowledge.matcher.entries.iter().find(|entry| entry.id == *item));
        let usual: &[Kind] = entry.map_or(&[], |entry| &entry.kinds);
        let now = heard.now.naive_local();
        let when = fields.and_then(|fields| fields.when.as_ref());
        let sought = wish::Sought {
            now,
            emphasis: &message.signs.emphasis,
            asked: &message.asked,
            kind,
            for_people: item.is_some_and(for_people),
            haste: hasty(&message.signs),
        };
        Evidence {
            signs: recognise::reasons(&message.signs, &gist.context),
            kinds: Kind::ALL.map(|kind| kind::reasons(&message.signs, gist.context.item_at, kind, usual).to_vec()),
            haste: haste::reasons(&message.text, &message.signs, kind, when, now),
            dates: wish::candidates(&message.text, &message.dates, &sought),
            features: message.told,
        }
    }

    /// A labelled message for learning which words say where.
    fn place_lesson<'a>(&self, heard: &Heard<'a>, place: Option<&'a str>) -> place::PlaceLesson<'a> {
        let message = self.message(heard);
        let taken = taken(&message.text, &message.dates, message.amount);
        let emphasis = message.signs.emphasis;
        let rules = self.places.rules(&message.text, &taken, &emphasis);
        place::PlaceLesson { text: Text::new(heard.text), rules, taken, emphasis, place }
    }

    /// Reads a reply in a request's conversation; `asked` is the field that Loket asked for.
    pub fn answer(&self, heard: &Heard<'_>, asked: Option<&FieldKey>) -> Answer {
        answer::answer(self, heard, asked)
    }

    /// What is found once for a whole message.
    fn message<'a>(&self, heard: &Heard<'a>) -> Message<'a> {
        let text = Text::new(heard.text);
        let signs = self.knowledge.recogniser.signs(&text);
        let features = features::features(&text, 0..text.len());
        let mentions = self.knowledge.matcher.mentions(&text, &features);
        Self::found(*heard, text, signs, mentions, &features)
    }

    fn found<'a>(
        heard: Heard<'a>,
        text: Text<'a>,
        signs: Signs,
        mentions: catalogue::Mentions,
        features: &[Feature],
    ) -> Message<'a> {
        let (lang, _) = language::language(&text);
        let told = features::told(&text, &signs, &mentions.things(), features);
        let reading = Reading::new(&text, heard.now.naive_local(), lang, false, true);
        let (dates, marks) = (when::find(&reading), reading.marks);
        let amount = money::euros(&text, marks);
        let asked = asked_tokens(&text, &signs);
        Message { text, lang, signs, told, mentions, dates, marks, amount, asked, heard }
    }

    /// The words, the signs and what speaks for an item in a stretch of a message that is read on its own.
    fn stretch<'a>(&self, message: &Message<'a>, range: &Range<usize>) -> (Text<'a>, Signs, catalogue::Mentions) {
        let Knowledge { matcher, recogniser, .. } = &*self.knowledge;
        let (start, end) = message.text.bytes(range.start, range.end);
        let text = Text::new(message.heard.text.get(start..end).unwrap_or_default());
        if message.text.holds(&text, range) {
            let signs = recogniser.signs_within(&text, &message.signs, range);
            (text, signs, matcher.within(&message.text, &message.mentions, range))
        } else {
            let mentions = matcher.mentions(&text, &features::features(&text, 0..text.len()));
            let signs = recogniser.signs(&text);
            (text, signs, mentions)
        }
    }

    /// Reads a part of a message as one request.
    fn part(&self, message: &Message<'_>, range: &Range<usize>) -> Understood {
        let (text, signs, mentions) = self.stretch(message, range);
        let features = features::features(&text, 0..text.len());
        let heard = Heard { text: text.raw, ..message.heard };
        let part = Self::found(heard, text, signs, mentions, &features);
        let gist = self.gist(&part);
        self.fields(&part, gist)
    }

    /// What a stretch of a message says when it is read on its own, where that may name something.
    fn alone<'a>(&'a self, message: &Message<'a>, range: &Range<usize>) -> Option<parts::Alone<'a>> {
        let matcher = &self.knowledge.matcher;
        let (text, signs, mentions) = self.stretch(message, range);
        let ranked = matcher.rank(&mentions, message.heard.topic, &signs.emphasis);
        let best = ranked.first().filter(|best| best.score >= CLEARLY)?;
        let ict = |item: usize| matcher.entries.get(item).is_some_and(|entry| entry.id.as_str().starts_with("ict."));
        let near = |one: &&catalogue::Scored| best.ranked - one.ranked < AHEAD;
        let items = ranked.iter().take_while(near).map(|one| (one.item, ict(one.item))).collect();
        let stands = mentions.of(best.item);
        Some(parts::describe(text, signs, items, &stands, |text, signs| {
            let found = self.places.rules(text, &vec![false; text.len()], &signs.emphasis).chosen?;
            let (start, end) = text.bytes(found.from, found.to);
            Some(text.raw.get(start..end).unwrap_or_default().to_owned())
        }))
    }
}

/// From which probability on a message is asked about.
fn asks_from(signs: &Signs) -> f64 {
    match haste::danger(signs) {
        // Who smells gas or is shut in is asked however improbable it is that something is wanted.
        _ if signs.alarm => 0.0,
        true => ALARM,
        false => NUDGE,
    }
}

/// For each token whether it belongs to a date or an amount.
fn taken(text: &Text<'_>, dates: &[when::Dated], amount: Option<(Money, usize, usize)>) -> Vec<bool> {
    let mut taken = vec![false; text.len()];
    let amount = amount.map(|(_, from, to)| (from, to));
    for (from, to) in dates.iter().map(|dated| (dated.from, dated.to)).chain(amount) {
        let end = to.min(taken.len());
        for slot in taken.get_mut(from..end).into_iter().flatten() {
            *slot = true;
        }
    }
    taken
}

/// Whether the words say that there is haste, or that people may be hurt.
fn hasty(signs: &recognise::Signs) -> bool {
    signs.has(cues::Cue::Haste) || signs.has(cues::Cue::Danger)
}

/// Whether an item is ordered by the number of people.
fn for_people(item: &ItemId) -> bool {
    FOR_PEOPLE.contains(&item.as_str())
}

/// For each token whether its sentence asks for something.
fn asked_tokens(text: &Text<'_>, signs: &Signs) -> Vec<bool> {
    let mut asked = vec![false; text.len()];
    for sentence in &signs.sentences {
        let asks =
            [Cue::Ask, Cue::Please, Cue::Need, Cue::Order].iter().any(|cue| sentence.has(*cue)) || sentence.question;
        let must = |at: usize| matches!(text.word(at), "moet" | "moeten" | "must");
        let asks = asks || (sentence.from..sentence.to).any(must);
        for slot in asked.get_mut(sentence.from..sentence.to).into_iter().flatten() {
            *slot = asks;
        }
    }
    asked
}

/// What is found once for a whole message, before its parts are read.
struct Message<'a> {
    heard: Heard<'a>,
    text: Text<'a>,
    lang: Lang,
    signs: Signs,
    /// What the learned tables see of its words.
    told: Vec<Feature>,
    mentions: catalogue::Mentions,
    dates: Vec<when::Dated>,
    /// How its numbers are written.
    marks: number::Marks,
    amount: Option<(Money, usize, usize)>,
    /// For each token whether its sentence asks for something.
    asked: Vec<bool>,
}

/// What speaks for and against a message.
pub(crate) struct Evidence {
    /// The values of [`recognise::SIGNS`].
    signs: [f64; recognise::SIGNS.len()],
    /// For each kind the values of [`kind::SIGNS`].
    kinds: [Vec<f64>; 4],
    /// The values of [`haste::SIGNS`].
    haste: [f64; haste::SIGNS.len()],
    /// The dates that may be wished for.
    dates: Vec<wish::Candidate>,
    /// The features of its words.
    features: Vec<Feature>,
}
