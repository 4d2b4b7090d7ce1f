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
mod cues;
pub mod extract;
mod features;
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
use crate::domain::register::{Place, Topic};
use crate::domain::{FieldKey, Found, ItemId, Kind, Lang, Money, Span};
use cues::Cue;
use features::Feature;
use model::Model;
use recognise::{Context, Signs};
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
const NUDGE: f64 = 0.6;

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

    /// Reads a new message.
    pub fn read(&self, heard: &Heard<'_>) -> Understanding {
        let model = &self.knowledge.model;
        let message = self.message(heard);
        let whole = self.part(&message, 0..message.text.len());
        let values = recognise::reasons(&message.signs, &whole.context);
        let confidence = model::probability(model.request(&values, &whole.words, heard.addressed));
        let outcome = if confidence >= ACT && whole.understood.item.is_some() {
            Outcome::Act
        } else if confidence >= asks_from(&message, &whole.understood) || heard.addressed {
            Outcome::Ask
        } else {
            Outcome::Silent
        };
        let mut requests = Vec::new();
        if outcome != Outcome::Silent
            && let Some(division) = parts::divide(
                &message.text,
                &message.signs,
                |range| message.mentions.names(range),
                |range| self.alone(&message, range),
            )
        {
            requests = parts::read(self, heard, &message.text, &division, &whole.understood);
        }
        if requests.len() < 2 {
            requests = vec![whole.understood];
        }
        Understanding { lang: message.lang, outcome, confidence, requests, advised: false }
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
        let whole = self.part(&message, 0..message.text.len());
        let item = wanted.map(|(_, item)| item).or(whole.understood.item.as_ref().map(|found| &found.value));
        let kind = wanted.map_or(whole.understood.kind.value, |(kind, _)| *kind);
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
            signs: recognise::reasons(&message.signs, &whole.context),
            kinds: Kind::ALL.map(|kind| kind::reasons(&message.signs, whole.context.item_at, kind, usual).to_vec()),
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
    fn message<'a>(&self, heard: &'a Heard<'a>) -> Message<'a> {
        let text = Text::new(heard.text);
        let (lang, _) = language::language(&text);
        let signs = self.knowledge.recogniser.signs(&text);
        let features = features::features(&text, 0..text.len());
        let mentions = self.knowledge.matcher.mentions(&text, &features);
        let told = features::told(&text, &signs, &mentions.things(), &features);
        let reading = Reading::new(&text, heard.now.naive_local(), lang, false, true);
        let (dates, marks) = (when::find(&reading), reading.marks);
        let amount = money::euros(&text, marks);
        let asked = asked_tokens(&text, &signs);
        let private = private::spans(&text);
        Message { text, lang, signs, told, mentions, dates, marks, amount, asked, private, heard }
    }

    /// Reads a message as one request.
    fn one(&self, heard: &Heard<'_>) -> Understood {
        let message = self.message(heard);
        self.part(&message, 0..message.text.len()).understood
    }

    /// What a stretch of a message says when it is read on its own, where that may name something.
    fn alone<'a>(&'a self, message: &Message<'a>, range: &std::ops::Range<usize>) -> Option<parts::Alone<'a>> {
        let Knowledge { matcher, recogniser, .. } = &*self.knowledge;
        let (start, end) = message.text.bytes(range.start, range.end);
        let text = Text::new(message.heard.text.get(start..end).unwrap_or_default());
        let (signs, mentions) = if message.text.holds(&text, range) {
            let signs = recogniser.signs_within(&text, &message.signs, range);
            (signs, matcher.within(&message.text, &message.mentions, range))
        } else {
            let mentions = matcher.mentions(&text, &features::features(&text, 0..text.len()));
            (recogniser.signs(&text), mentions)
        };
        let ranked = matcher.rank(&mentions, message.heard.topic, &signs.emphasis);
        let best = ranked.first().filter(|best| best.score >= CLEARLY)?;
        let ict = |item: usize| matcher.entries.get(item).is_some_and(|entry| entry.id.as_str().starts_with("ict."));
        let near = |one: &&catalogue::Scored| best.ranked - one.ranked < AHEAD;
        let items = ranked.iter().take_while(near).map(|one| (one.item, ict(one.item))).collect();
        let stands = mentions.of(best.item);
        Some(parts::describe(text, signs, items, &stands, |text, signs| {
            let (place, _) = self.places.find(text, &vec![false; text.len()], &signs.emphasis);
            let found = place?;
            let (start, end) = text.bytes(found.from, found.to);
            Some(text.raw.get(start..end).unwrap_or_default().to_owned())
        }))
    }

    /// Reads one request out of some tokens of the message.
    fn part(&self, message: &Message<'_>, range: std::ops::Range<usize>) -> Part {
        let Message { text, lang, signs, mentions, told, dates, heard, .. } = message;
        let Knowledge { matcher, model, .. } = &*self.knowledge;
        let now = heard.now.naive_local();
        let emphasis = limited(&signs.emphasis, &range);
        let inside = |at: usize| range.contains(&at);
        let amount = message.amount.filter(|(_, from, _)| inside(*from));
        let taken = taken(text, dates, amount);
        let places = self.places.choose(text, &taken, &emphasis, &model.places);
        let within_range = |found: Option<place::Located>| found.filter(|found| inside(found.from));
        let (place, also, ruled) = (within_range(places.best), within_range(places.also), within_range(places.ruled));
        // "The kitchen of the school" is one place.
        let parted = |from: usize, to: usize| *lang == Lang::Nl || (from..to).any(|at| text.word(at) == "or");
        let torn = places.torn.filter(|(from, to)| inside(*from) && parted(*from, *to));
        // The words of a place say where, less often what: "naast de lift".
        let mut weighed = emphasis.clone();
        if let Some(found) = ruled {
            for slot in weighed.get_mut(found.from..found.to).into_iter().flatten() {
                *slot *= 0.6;
            }
        }
        let ranked = matcher.rank(mentions, heard.topic, &weighed);
        let best = ranked.first().copied();
        let usual: &[Kind] = best.and_then(|b| matcher.entries.get(b.item)).map_or(&[], |entry| entry.kinds.as_slice());
        let item_at = best.map_or(usize::MAX, |b| b.from);
        let words = model.words(within(told, &range));
        let kind = model.kind(&words, |kind| kind::reasons(signs, item_at, kind, usual));
        let local: Vec<when::Dated> = dates.iter().filter(|d| inside(d.from)).copied().collect();
        let candidates = if local.is_empty() { dates } else { &local };
        let for_people = best.and_then(|b| matcher.entries.get(b.item)).is_some_and(|entry| for_people(&entry.id));
        let haste = hasty(signs);
        let dates_sought =
            wish::Sought { now, emphasis: &signs.emphasis, asked: &message.asked, kind, for_people, haste };
        let wished = wish::wished(text, candidates, &dates_sought, model);
        let item = best.map(|b| b.item);
        let count = |place: Option<place::Located>, incident: bool| {
            let mut taken = taken.clone();
            let places = place.iter().flat_map(|found| found.from..found.to);
            places.for_each(|at| taken.get_mut(at).into_iter().for_each(|slot| *slot = true));
            let (marks, emphasis) = (message.marks, emphasis.as_slice());
            let sought = quantity::Sought { taken: &taken, marks, emphasis, incident, for_people };
            quantity::quantity(text, &sought, |at| item.is_some_and(|item| mentions.speak_for(at, item)))
                .filter(|found| inside(found.from))
        };
        let incident = matches!(kind, Kind::Incident | Kind::Complaint);
        let counted = count(place, incident);
        // As a sign it must not depend on what was learned.
        let same = !incident && place.map(|found| (found.from, found.to)) == ruled.map(|found| (found.from, found.to));
        let counts = if same { counted.is_some() } else { count(ruled, false).is_some() };
        let haste = haste::reasons(text, signs, kind, wished.as_ref().map(|wished| &wished.when), now);
        let (urgency, danger) = haste::urgency(signs, model.haste(&words, &haste));
        let found_at = |from: usize, to: usize| {
            let (start, end) = text.bytes(from, to);
            Span::new(start, end)
        };
        let named_at = |from: usize, to: usize| {
            let span = found_at(from, to);
            Found { value: span.words(heard.text).unwrap_or_default().to_owned(), span: Some(span) }
        };
        let margin = match (ranked.first(), ranked.get(1)) {
            (Some(one), Some(two)) => one.ranked - two.ranked,
            (Some(one), None) => one.ranked,
            _ => 0.0,
        };
        let alternatives = ranked
            .iter()
            .skip(1)
            .take(3)
            .filter(|other| best.is_some_and(|b| other.ranked > b.ranked * 0.5))
            .filter_map(|other| matcher.entries.get(other.item).map(|entry| entry.id.clone()))
            .collect();
        let standing = standing::order(text, signs, &local, kind);
        let fallback = self.fallback(heard.topic, signs, best.is_none());
        let understood = Understood {
            kind: Found::chosen(kind),
            item: best
                .and_then(|b| {
                    matcher
                        .entries
                        .get(b.item)
                        .map(|entry| Found { value: entry.id.clone(), span: Some(found_at(b.from, b.to)) })
                })
                .or(fallback),
            item_margin: f64::from(margin),
            sure_of_item: margin >= SURE_OF_ITEM,
            names_item: best.is_some_and(|b| b.score >= NAMED),
            alternatives,
            recurring: standing
                .or_else(|| local.iter().find_map(|d| Some((d.recurring?, d.from, d.to))))
                .map(|(recurring, from, to)| Found { value: recurring, span: Some(found_at(from, to)) }),
            standing: standing.map(|(_, from, to)| named_at(from, to)),
            odd_time: wished.and_then(|w| w.when.odd_time(heard.now.timezone())),
            when: wished.map(|w| Found { value: w.when, span: Some(found_at(w.from, w.to)) }),
            quantity: counted.map(|c| Found { value: c.count, span: Some(found_at(c.from, c.to)) }),
            place: place.map(|p| named_at(p.from, p.to)),
            place_also: also.map(|p| named_at(p.from, p.to)),
            place_torn: torn.map(|(from, to)| named_at(from, to)),
            amount: amount.map(|(money, from, to)| Found { value: money, span: Some(found_at(from, to)) }),
            urgency: Found { value: urgency, span: haste::urgency_span(text, signs, urgency) },
            danger,
            span: found_at(range.start, range.end),
            private: message.private.clone(),
        };
        let context = Context {
            item: best.map_or(0.0, |b| b.score),
            item_at,
            like: best.map_or(0.0, |b| b.like),
            ahead: margin,
            on_topic: best.is_some_and(|b| b.ranked > b.score),
            topic: heard.topic,
            place: ruled.is_some(),
            when: candidates.iter().any(|dated| wish::ahead(dated, now)),
            quantity: counts,
            amount: amount.is_some(),
        };
        Part { understood, context, words }
    }

    /// The catch-all item of the channel's topic, where something is asked but nothing is named.
    fn fallback(&self, topic: Topic, signs: &Signs, needed: bool) -> Option<Found<ItemId>> {
        let asks = signs.has(Cue::Ask) || signs.has(Cue::Please) || signs.has(Cue::Fault) || signs.has(Cue::Provider);
        let id = match topic {
            Topic::Facility => "fac.other",
            Topic::Ict => "ict.other",
            Topic::General => return None,
        };
        (needed && asks && self.knowledge.matcher.entries.iter().any(|entry| entry.id.as_str() == id))
            .then(|| Found::chosen(ItemId::from(id)))
    }
}

/// From which probability on a message is asked about.
fn asks_from(message: &Message<'_>, understood: &Understood) -> f64 {
    match understood.danger {
        // Who smells gas or is shut in is asked however improbable it is that something is wanted.
        _ if message.signs.alarm => 0.0,
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
    heard: &'a Heard<'a>,
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
    private: Vec<Span>,
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

struct Part {
    understood: Understood,
    context: Context,
    /// What its words add under each head of the learned tables.
    words: [f64; model::HEADS],
}

/// The features inside a range.
fn within<'a>(features: &'a [Feature], range: &std::ops::Range<usize>) -> &'a [Feature] {
    let from = features.partition_point(|feature| (feature.at as usize) < range.start);
    let to = features.partition_point(|feature| (feature.at as usize) < range.end);
    features.get(from..to).unwrap_or_default()
}

/// The emphasis inside a range; outside it words hardly count.
fn limited(emphasis: &[f32], range: &std::ops::Range<usize>) -> Vec<f32> {
    emphasis.iter().enumerate().map(|(at, weight)| if range.contains(&at) { *weight } else { 0.0 }).collect()
}
