//! The words that say where: configured places, rooms, floors, and everyday places such as *pantry op de tweede*.
//!
//! [`mod@floor`], [`room`] and [`group`] read single places, [`mod@lead`] what stands before one, [`grow`] what it stands in; these are
//! rules. [`choose`] has learned among which phrases to choose, [`signs`] what it goes by.

mod choose;
mod floor;
mod group;
mod grow;
mod lead;
mod room;
mod signs;
mod words;

use super::lexicon::{Lexicon, LexiconBuilder};
use super::text::{Sort, Text};
use crate::domain::register::Place;
pub(crate) use choose::{Chooser, PlaceLesson, learn};
use floor::{floor, followed_by_floor};
use grow::grown;
use lead::{lead, modifiers};
use room::{room_name, room_number};
pub(crate) use signs::Rules;
use words::{FIXTURES, HEADS, SURE};

/// From this score on words count as a place.
const SURE_ENOUGH: f32 = 0.9;
/// A second place that is less than this behind the first may be the one that is meant.
const RIVAL: f32 = 0.25;
/// Places of the organisation's own have such a score, and a pair of room numbers: nothing learned changes them.
const OWN: f32 = 4.0;
/// More places in one message are not compared, so that the work stays linear.
const MOST: usize = 48;

/// A place that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// How sure it is that this is the place meant.
    pub score: f32,
}

/// Which place a message means.
pub(crate) struct Choice {
    /// The place.
    pub best: Option<Located>,
    /// Another one that may be meant as well.
    pub also: Option<Located>,
    /// The words from one to the other where the message leaves it between them: *in zaal Eik of Iep*.
    pub torn: Option<(usize, usize)>,
}

/// The words for places, prepared.
pub(crate) struct Places {
    own: Lexicon<()>,
    heads: Lexicon<()>,
}

impl Places {
    /// Prepares the organisation's own places beside the everyday ones.
    pub fn new(places: &[Place]) -> Self {
        let mut own = LexiconBuilder::new();
        for place in places {
            own.add(&place.name, ());
            for also in &place.also {
                own.add(also, ());
            }
        }
        let mut heads = LexiconBuilder::new();
        for head in HEADS.iter().chain(FIXTURES) {
            heads.add(head, ());
        }
        Self { own: own.build(), heads: heads.build() }
    }

    /// The place of a message, and a second one that may be meant as well: one of the organisation's own by its name, any other by
    /// the learned choice. `taken` are tokens that belong to dates and amounts.
    pub fn choose(
        &self,
        text: &Text<'_>,
        rules: &Rules,
        taken: &[bool],
        emphasis: &[f32],
        chooser: &Chooser,
    ) -> Choice {
        let Rules { chosen, rival, .. } = *rules;
        let (best, also) = if chosen.is_some_and(|best| best.score >= OWN) {
            (chosen, rival)
        } else {
            let (best, also) = chooser.choose(text, rules, taken, emphasis);
            let apart = |one: &Located, other: &Located| one.to <= other.from || other.to <= one.from;
            let rivals = [chosen, rival].into_iter().flatten();
            let doubted = || rival.and(best).and_then(|best| rivals.clone().find(|other| apart(&best, other)));
            // Few learned from say "boven", and nobody says it without meaning it.
            let storey = chosen.filter(|found| found.to - found.from == 1 && floor::storey(text.word(found.from)));
            (best.or(storey), also.or_else(doubted))
        };
        let torn = best.and_then(|best| {
            let within = (best.from..best.to).any(|at| or(text.word(at))).then_some((best.from, best.to));
            let beside = || rules.others.iter().chain(also.iter()).find_map(|other| torn(text, &best, other));
            within.or_else(beside).or_else(|| after_or(text, &best))
        });
        Choice { best, also, torn }
    }

    /// What the rules find: the best place, a rival, and every candidate.
    pub fn rules(&self, text: &Text<'_>, taken: &[bool], emphasis: &[f32]) -> Rules {
        let mut all = self.candidates(text, taken);
        let others = all.clone();
        // A place that holds another is the better one: "toilets on the first floor".
        let inner: Vec<Located> = all.clone();
        for found in &mut all {
            for other in &inner {
                let longer = (found.to - found.from) > (other.to - other.from);
                if found.from <= other.from && other.to <= found.to && longer {
                    found.score = found.score.max(other.score + 0.3);
                }
            }
        }
        let free = |found: &Located| !(found.from..found.to).all(|at| taken.get(at).copied().unwrap_or(false));
        all.retain(|found| found.score >= SURE_ENOUGH && free(found) && !lead::denied(text, found.from, found.to));
        for found in &mut all {
            let weight = emphasis.get(found.from).copied().unwrap_or(1.0);
            found.score *= weight.max(0.5);
            // The earlier of two equals, the longer of two that overlap.
            found.score += 0.12 * small((found.to - found.from).min(6)) - 0.004 * small(found.from.min(100));
        }
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.from.cmp(&b.from)));
        let best = all.first().copied();
        let also = best.and_then(|best| {
            all.iter()
                .copied()
                .find(|other| (other.to <= best.from || best.to <= other.from) && best.score - other.score < RIVAL)
        });
        Rules { chosen: best, rival: also, others }
    }

    /// Every place that may be meant; of equal ones that overlap all are kept.
    fn candidates(&self, text: &Text<'_>, taken: &[bool]) -> Vec<Located> {
        let mut all: Vec<Located> = Vec::new();
        self.own.find(text, |hit| {
            let (from, to) = (hit.from, hit.to);
            all.push(grown(text, Located { from, to, score: 6.0 + 0.1 * small(to - from) }, taken));
        });
        self.heads.find(text, |hit| {
            if let Some(found) = head(text, hit.from, hit.to, taken) {
                all.push(found);
            }
        });
        for at in 0..text.len() {
            if taken.get(at).copied().unwrap_or(false) {
                continue;
            }
            if let Some(found) = room_number(text, at)
                .or_else(|| floor(text, at))
                .or_else(|| compound(text, at, taken))
                .or_else(|| group::department(text, at))
                .or_else(|| group::named(text, at))
            {
                all.push(grown(text, found, taken));
            }
        }
        all.truncate(MOST);
        all
    }
}

/// *Of* in Dutch, *or* in English; *of* in English only says what belongs to what, which its reader has to tell.
fn or(word: &str) -> bool {
    matches!(word, "of" | "or")
}

/// The words of two places with *of* and hardly more between them.
fn torn(text: &Text<'_>, one: &Located, other: &Located) -> Option<(usize, usize)> {
    let (first, second) = if one.from < other.from { (one, other) } else { (other, one) };
    let mut between = first.to..second.from;
    let parts = between.next().is_some_and(|at| or(text.word(at)));
    let joins =
        |at: usize| matches!(text.word(at), "in" | "op" | "bij" | "de" | "het" | "the" | "at" | "on" | "toch" | "was");
    (parts && between.len() <= 2 && between.all(joins)).then_some((first.from, second.to))
}

/// *In de keuken of de pantry*: what leads to the word before *of* says that it is a place, whether or not that word alone would.
fn after_or(text: &Text<'_>, best: &Located) -> Option<(usize, usize)> {
    let back = |at: usize, is: fn(&str) -> bool| at.checked_sub(1).filter(|at| is(text.word(*at)));
    let article = |word: &str| matches!(word, "de" | "het" | "the");
    let mut at = best.from;
    at = back(at, article).unwrap_or(at);
    at = back(at, lead::preposition).unwrap_or(at);
    let parts = back(at, or)?;
    // A name of at most four words and marks: "kamer 2.14".
    let named = |at: &usize| text.is(*at, Sort::Word) || text.is(*at, Sort::Digits) || text.word(*at) == ".";
    let led = |at: &usize| back(back(*at, article).unwrap_or(*at), lead::preposition).is_some();
    let other = (parts.saturating_sub(4)..parts).rev().take_while(named).find(led)?;
    Some((other, best.to))
}

fn small(n: usize) -> f32 {
    // Token counts are small; nothing is lost.
    #[allow(clippy::cast_precision_loss)]
    let n = n as f32;
    n
}

/// A place word with what belongs to it.
fn head(text: &Text<'_>, from: usize, to: usize, taken: &[bool]) -> Option<Located> {
    let begin = modifiers(text, from);
    let lead = lead(text, begin).max(lead(text, from));
    let word = text.word(to - 1);
    let first = text.word(from);
    let alone = to - from == 1;
    // A lift is a place only where something is beside it.
    let beside = matches!(text.before(from, 2), "naast" | "to" | "bij" | "opposite" | "tegenover" | "by")
        || matches!(text.before(from, 1), "naast" | "bij");
    if matches!(word, "lift" | "lifts" | "liften") && !beside {
        return None;
    }
    // "desk phone", "counter PCs": the next word is the thing.
    if alone
        && matches!(
            text.word(to),
            "phone"
                | "chair"
                | "manager"
                | "key"
                | "kast"
                | "pc"
                | "pcs"
                | "drawer"
                | "lamp"
                | "hours"
                | "feet"
                | "metres"
        )
    {
        return None;
    }
    let named = words::named(word) || ["zaal", "kamer", "ruimte"].iter().any(|tail| word.ends_with(tail));
    // "in Lab 2" is a name, "in the hall 3 chairs" counts.
    let bare = lead::preposition(text.before(begin, 1)) || begin == 0;
    let (mut end, bonus) = room_name(text, to, taken, named || bare);
    // "2nd floor Canon" is a printer there.
    if floor::floor_word(word) && begin < from {
        end = to;
    }
    // "ambulante-ingang", "serverkast-hoek": the hyphen joins.
    if text.is(end, Sort::Word) && text.glued(end) && end == to {
        end += 1;
    }
    let plain = Located { from: begin, to: end, score: 0.0 };
    let big = grown(text, plain, taken);
    let grew = big.to > end;
    let modified = begin < from || bonus > 0.0;
    let narrowed = text.word(begin);
    if matches!(first, "desk" | "floor") && begin < from && matches!(narrowed, "standing" | "service" | "help" | "new")
    {
        return None;
    }
    // Teams and departments are places only where something is with them, the floor of a room none at all.
    let at_place = matches!(text.before(begin, 1), "bij" | "at" | "near" | "naast" | "op" | "in")
        || (matches!(text.before(begin, 1), "de" | "the")
            && matches!(text.before(begin, 2), "op" | "bij" | "in" | "at"));
    if (matches!(first, "team" | "afdeling") && !at_place)
        || (first == "floor" && begin == from && bonus == 0.0)
        || (matches!(first, "locker" | "lockers") && bonus == 0.0)
        || (first == "station" && lead < 0.9)
        || (matches!(first, "dames" | "heren") && lead < 0.95 && !followed_by_floor(text, to))
    {
        return None;
    }
    // "my desk" says less where than whose.
    let own = matches!(text.before(from, 1), "my" | "mijn" | "mn");
    if own && matches!(first, "desk" | "bureau" | "werkplek" | "kamer" | "room" | "office" | "plek") {
        return None;
    }
    let whole = matches!(text.before(begin, 1), "heel" | "whole" | "hele" | "entire")
        || matches!(text.before(begin, 2), "heel" | "whole" | "hele");
    let floored = followed_by_floor(text, to);
    let vague = alone && words::vague(first);
    if vague && !modified && !grew && !floored && !whole {
        return None;
    }
    let fixture = alone && words::fixture(first) && !words::head(first);
    if fixture && (!grew || lead < 0.95) {
        return None;
    }
    if alone && words::thing(first) && lead < 0.95 {
        return None;
    }
    // A toilet is a place only where one is singled out.
    if matches!(word, "wc" | "wcs" | "toilet") && !modified && !grew && !floored && lead < 0.9 {
        return None;
    }
    let weak = alone && words::weak(first);
    if weak && lead < 0.85 && !modified && !floored && !grew && from > 0 {
        return None;
    }
    if first == "desk" && bonus == 0.0 && begin == from {
        return None;
    }
    let whole = matches!(text.before(begin, 2), "heel") && matches!(text.before(begin, 1), "het" | "de");
    let start = if whole { begin - 2 } else { begin };
    let opening =
        if begin == 0 || matches!(text.before(begin, 1), "." | "\n" | "!" | "?" | ":" | ">") { 0.3 } else { 0.0 };
    let base = if weak { 0.4 } else { 0.9 };
    let modified = if begin < from { 0.4 } else { 0.0 };
    Some(Located { from: start, score: base + lead * 0.7 + bonus + opening + modified + big.score, ..big })
}

/// *commissiekamer*, *zuidkant*, *Kerkstraat*.
fn compound(text: &Text<'_>, at: usize, taken: &[bool]) -> Option<Located> {
    if !text.is(at, Sort::Word) || words::head(text.word(at)) {
        return None;
    }
    let word = text.word(at);
    let tail = words::tail(word, 3)?;
    if words::not_place(word) {
        return None;
    }
    let lead = lead(text, at);
    let street = matches!(tail, "straat" | "laan" | "kade" | "gracht" | "plein" | "singel" | "dijk" | "hof" | "park");
    let named = street
        || SURE.contains(&tail)
        || tail.ends_with("zaal")
        || matches!(tail, "kamer" | "ruimte" | "balie" | "lokaal" | "kantoor" | "huis" | "studio" | "lab");
    let (end, bonus) = if named { room_name(text, at + 1, taken, false) } else { (at + 1, 0.0) };
    let thing = matches!(tail, "deur" | "kast" | "poort" | "lift" | "bureau" | "baan" | "meet" | "winkel" | "bad");
    let opening = (at == 0 || text.ends_sentence(at - 1)) && !thing;
    if !SURE.contains(&tail) && lead < 0.9 && !opening && !followed_by_floor(text, at + 1) && bonus == 0.0 {
        return None;
    }
    // A street in small letters is seldom an address.
    let base = if street && !text.tokens[at].capital { 0.4 } else { 0.9 };
    Some(Located { from: modifiers(text, at), to: end, score: base + lead * 0.6 + bonus })
}

/// Where a bare answer to "where?" begins: after *in*, *op de*, *the*.
pub(crate) fn bare(text: &Text<'_>) -> usize {
    let mut at = 0;
    while at < 4
        && matches!(
            text.word(at),
            "in" | "op"
                | "bij"
                | "de"
                | "het"
                | "the"
                | "at"
                | "on"
                | "ja"
                | "yes"
                | ","
                | "naast"
                | "is"
                | "dat"
                | "its"
                | "it"
                | "t"
        )
    {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests;
