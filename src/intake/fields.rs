//! What a message is about, and what it asks as one request.

use super::cues::Cue;
use super::recognise::{Context, Signs};
use super::{Knowledge, Message, NAMED, Reader, SURE_OF_ITEM, for_people, hasty, private, taken};
use super::{catalogue, haste, kind, model, place, quantity, standing, wish};
use crate::domain::register::Topic;
use crate::domain::{Found, ItemId, Kind, Lang, Span};
use crate::intake::understood::Understood;

/// What a message is about: enough to tell whether anything is asked.
pub(super) struct Gist {
    /// What the other stages found that matters for that.
    pub context: Context,
    /// What its words add under each head of the learned tables.
    pub words: [f64; model::HEADS],
    /// Its kind, if it asks something.
    pub kind: Kind,
    /// The item that fits best.
    pub item: Option<Found<ItemId>>,
    /// The items that fit, best first.
    ranked: Vec<catalogue::Scored>,
    /// For each token whether it belongs to a date or an amount.
    taken: Vec<bool>,
    /// The places that the rules see.
    rules: place::Rules,
    /// What is counted, apart from the place that the rules choose.
    counted: Option<quantity::Counted>,
}

impl Reader {
    /// What a message is about.
    pub(super) fn gist(&self, message: &Message<'_>) -> Gist {
        let Message { text, signs, mentions, dates, heard, .. } = message;
        let Knowledge { matcher, model, .. } = &*self.knowledge;
        let taken = taken(text, dates, message.amount);
        let rules = self.places.rules(text, &taken, &signs.emphasis);
        // The words of a place say where, less often what: "naast de lift".
        let mut weighed = signs.emphasis.clone();
        if let Some(found) = rules.chosen {
            for slot in weighed.get_mut(found.from..found.to).into_iter().flatten() {
                *slot *= 0.6;
            }
        }
        let ranked = matcher.rank(mentions, heard.topic, &weighed);
        let best = ranked.first().copied();
        let entry = best.and_then(|best| matcher.entries.get(best.item));
        let named = best.zip(entry).map(|(best, entry)| {
            let (start, end) = text.bytes(best.from, best.to);
            Found { value: entry.id.clone(), span: Some(Span::new(start, end)) }
        });
        let item = named.or_else(|| self.fallback(heard.topic, signs, best.is_none()));
        let item_at = best.map_or(usize::MAX, |best| best.from);
        let words = model.words(&message.told);
        let usual = entry.map_or(&[][..], |entry| entry.kinds.as_slice());
        let kind = model.kind(&words, |kind| kind::reasons(signs, item_at, kind, usual));
        // As a sign it must not depend on what was learned, as the kind does.
        let counted = self.counted(message, best, &taken, rules.chosen, false);
        let now = heard.now.naive_local();
        let context = Context {
            item: best.map_or(0.0, |best| best.score),
            item_at,
            like: best.map_or(0.0, |best| best.like),
            ahead: margin(&ranked),
            on_topic: best.is_some_and(|best| best.ranked > best.score),
            topic: heard.topic,
            place: rules.chosen.is_some(),
            when: dates.iter().any(|dated| wish::ahead(dated, now)),
            quantity: counted.is_some(),
            amount: message.amount.is_some(),
        };
        Gist { context, words, kind, item, ranked, taken, rules, counted }
    }

    /// What a message asks, read as one request.
    pub(super) fn fields(&self, message: &Message<'_>, gist: Gist) -> Understood {
        let Message { text, signs, dates, heard, .. } = message;
        let Knowledge { matcher, model, .. } = &*self.knowledge;
        let Gist { words, kind, item, ranked, taken, rules, .. } = gist;
        let now = heard.now.naive_local();
        let best = ranked.first().copied();
        let found_at = |from: usize, to: usize| {
            let (start, end) = text.bytes(from, to);
            Span::new(start, end)
        };
        let named_at = |from: usize, to: usize| {
            let span = found_at(from, to);
            Found { value: span.words(heard.text).unwrap_or_default().to_owned(), span: Some(span) }
        };
        let ruled = rules.chosen;
        let place::Choice { best: place, also, torn } =
            self.places.choose(text, &rules, &taken, &signs.emphasis, &model.places);
        // "The kitchen of the school" is one place.
        let parted = |from: usize, to: usize| message.lang == Lang::Nl || (from..to).any(|at| text.word(at) == "or");
        let torn = torn.filter(|(from, to)| parted(*from, *to));
        let incident = matches!(kind, Kind::Incident | Kind::Complaint);
        let edges = |found: Option<place::Located>| found.map(|found| (found.from, found.to));
        let counted = if incident || edges(place) != edges(ruled) {
            self.counted(message, best, &taken, place, incident)
        } else {
            gist.counted
        };
        let for_people =
            best.and_then(|best| matcher.entries.get(best.item)).is_some_and(|entry| for_people(&entry.id));
        let sought = wish::Sought {
            now,
            emphasis: &signs.emphasis,
            asked: &message.asked,
            kind,
            for_people,
            haste: hasty(signs),
        };
        let wished = wish::wished(text, dates, &sought, model);
        let haste = haste::reasons(text, signs, kind, wished.as_ref().map(|wished| &wished.when), now);
        let urgency = haste::urgency(signs, model.haste(&words, &haste));
        let alternatives = ranked
            .iter()
            .skip(1)
            .take(3)
            .filter(|other| best.is_some_and(|best| other.ranked > best.ranked * 0.5))
            .filter_map(|other| matcher.entries.get(other.item).map(|entry| entry.id.clone()))
            .collect();
        let standing = standing::order(text, signs, dates, kind);
        let often = standing.or_else(|| dates.iter().find_map(|d| Some((d.recurring?, d.from, d.to))));
        let margin = margin(&ranked);
        Understood {
            kind: Found::chosen(kind),
            item,
            item_margin: f64::from(margin),
            sure_of_item: margin >= SURE_OF_ITEM,
            names_item: best.is_some_and(|best| best.score >= NAMED),
            alternatives,
            recurring: often.map(|(recurring, from, to)| Found { value: recurring, span: Some(found_at(from, to)) }),
            standing: standing.map(|(_, from, to)| named_at(from, to)),
            odd_time: wished.and_then(|w| w.when.odd_time(heard.now.timezone())),
            when: wished.map(|w| Found { value: w.when, span: Some(found_at(w.from, w.to)) }),
            quantity: counted.map(|c| Found { value: c.count, span: Some(found_at(c.from, c.to)) }),
            place: place.map(|p| named_at(p.from, p.to)),
            place_also: also.map(|p| named_at(p.from, p.to)),
            place_torn: torn.map(|(from, to)| named_at(from, to)),
            amount: message.amount.map(|(money, from, to)| Found { value: money, span: Some(found_at(from, to)) }),
            urgency: Found { value: urgency, span: haste::urgency_span(text, signs, urgency) },
            danger: haste::danger(signs),
            span: found_at(0, text.len()),
            private: private::spans(text),
        }
    }

    /// How many of the item are meant, apart from the words of a place; an incident counts otherwise.
    fn counted(
        &self,
        message: &Message<'_>,
        item: Option<catalogue::Scored>,
        taken: &[bool],
        place: Option<place::Located>,
        incident: bool,
    ) -> Option<quantity::Counted> {
        let entry = item.and_then(|item| self.knowledge.matcher.entries.get(item.item));
        let mut taken = taken.to_vec();
        let place = place.map_or(0..0, |found| found.from..found.to);
        taken.get_mut(place).into_iter().flatten().for_each(|slot| *slot = true);
        let sought = quantity::Sought {
            taken: &taken,
            marks: message.marks,
            emphasis: &message.signs.emphasis,
            incident,
            for_people: entry.is_some_and(|entry| for_people(&entry.id)),
        };
        let speaks = |at: usize| item.is_some_and(|item| message.mentions.speak_for(at, item.item));
        quantity::quantity(&message.text, &sought, speaks)
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

/// How far the best item is ahead of the next one.
fn margin(ranked: &[catalogue::Scored]) -> f32 {
    match ranked {
        [one, two, ..] => one.ranked - two.ranked,
        [one] => one.ranked,
        [] => 0.0,
    }
}
