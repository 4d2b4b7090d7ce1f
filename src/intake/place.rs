//! The words that say where: configured places, rooms, floors, and everyday places such as *pantry op de tweede*.

use super::lexicon::{Lexicon, LexiconBuilder};
use super::number::{ordinal, ordinal_word};
use super::place_words::{HEADS, NAMED, NOT_PLACES, TAILS, WEAK};
use super::text::{Sort, Text};
use crate::domain::register::Place;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The same words, to ask for one.
static HEAD_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| HEADS.iter().copied().collect());

/// Place words of two words.
static HEAD_PAIRS: LazyLock<HashSet<(&'static str, &'static str)>> =
    LazyLock::new(|| HEADS.iter().filter_map(|head| head.split_once(' ')).collect());

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
        for head in HEADS {
            heads.add(head, ());
        }
        Self { own: own.build(), heads: heads.build() }
    }

    /// The place of a message. `taken` are tokens that belong to dates and amounts.
    pub fn find(&self, text: &Text<'_>, taken: &[bool], emphasis: &[f32]) -> Option<Located> {
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
                .or_else(|| compound(text, at))
                .or_else(|| department(text, at))
            {
                all.push(grown(text, found, taken));
            }
        }
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
        all.iter()
            .copied()
            .map(|mut found| {
                found.score *= emphasis.get(found.from).copied().unwrap_or(1.0).max(0.5);
                // The earlier of two equals, the longer of two that overlap.
                found.score += 0.12 * small((found.to - found.from).min(6)) - 0.004 * small(found.from.min(100));
                found
            })
            .filter(|found| !(found.from..found.to).all(|at| taken.get(at).copied().unwrap_or(false)))
            .max_by(|a, b| a.score.total_cmp(&b.score).then(b.from.cmp(&a.from)))
            .filter(|found| found.score >= 0.9)
    }
}

fn small(n: usize) -> f32 {
    // Token counts are small; nothing is lost.
    #[allow(clippy::cast_precision_loss)]
    let n = n as f32;
    n
}

/// How strongly the word before says that a place follows: the word before the article counts.
fn led(text: &Text<'_>, at: usize) -> f32 {
    let mut back = 1;
    let mut article = 0.0;
    while matches!(
        text.before(at, back),
        "de" | "het"
            | "the"
            | "onze"
            | "our"
            | "ons"
            | "mijn"
            | "my"
            | "mn"
            | "t"
            | "den"
            | "een"
            | "a"
            | "dat"
            | "die"
    ) && back < 3
    {
        article = 0.3;
        back += 1;
    }
    match text.before(at, back) {
        "in" | "op" | "bij" | "naast" | "boven" | "achter" | "onder" | "tegenover" | "near" | "inside" | "outside"
        | "behind" | "above" | "at" | "by" | "opposite" | "buiten" | "voor" | "vr" | "rond" | "langs" | "tussen"
        | "vanuit" | "uit" | "on" | "under" | "next" | "across" | "naar" | "vanaf" => 1.0 + article,
        "to" if text.before(at, back + 1) == "next" => 1.3 + article,
        "to" | "for" | "of" | "van" | "from" | "vd" => 0.6 + article,
        "beamer" | "printer" | "lamp" | "lift" | "deur" | "raam" | "naambordje" | "stopcontact" | "airco"
        | "printers" | "lampen" | "kraan" => 1.0,
        ":" | "," | "(" | "-" => 0.5,
        _ => article * 0.6,
    }
}

/// A place word with what belongs to it.
fn head(text: &Text<'_>, from: usize, to: usize, taken: &[bool]) -> Option<Located> {
    let begin = modifiers(text, from);
    let lead = led(text, begin).max(led(text, from));
    let word = text.word(to - 1);
    // A lift is a place only where something is beside it, a toilet only where one is singled out.
    let beside = matches!(text.before(from, 2), "naast" | "to" | "bij" | "opposite" | "tegenover" | "by")
        || matches!(text.before(from, 1), "naast" | "bij");
    if matches!(word, "lift" | "lifts" | "liften") && !beside {
        return None;
    }
    let any_toilet = begin == from && !followed_by_floor(text, to) && lead < 0.9;
    if matches!(word, "wc" | "wcs" | "toilet") && any_toilet {
        return None;
    }
    if matches!(text.before(begin, 2), "niet" | "not") || matches!(text.before(begin, 3), "niet" | "not") {
        return None;
    }
    let first = text.word(from);
    // "kamer van koophandel", "desk phone", "office 365", "helpdesk"
    if matches!(text.word(to), "phone" | "chair" | "plant" | "plants" | "manager" | "key" | "kast")
        && to - from == 1
        && !matches!(text.word(to), "plant" | "plants")
    {
        return None;
    }
    let start = begin;
    let mut end = to;
    let mut bonus = 0.0;
    if NAMED.contains(&word) || word.ends_with("zaal") || word.ends_with("kamer") || word.ends_with("ruimte") {
        let (after, found) = room_name(text, to, taken);
        end = after;
        bonus += found;
    }
    let weak = WEAK.contains(&first) && to - from == 1;
    let modified = start < from || bonus > 0.0;
    if weak && lead < 0.95 && !modified && !followed_by_floor(text, to) && from > 0 {
        return None;
    }
    if first == "desk" && (lead < 0.9 || text.before(from, 1) == "my" || bonus == 0.0) {
        return None;
    }
    let opening =
        if from == 0 || matches!(text.before(start, 1), "." | "\n" | "!" | "?" | ":" | ">") { 0.3 } else { 0.0 };
    let base = if weak { 0.4 } else { 0.9 };
    let found = Located {
        from: start,
        to: end,
        score: base + lead * 0.7 + bonus + opening + if start < from { 0.2 } else { 0.0 },
    };
    Some(grown(text, found, taken))
}

/// Steps left over what narrows a place: *heren-wc*, *3e gang*, *nieuwe pand*, *town hall annex*.
fn modifiers(text: &Text<'_>, from: usize) -> usize {
    let mut start = from;
    for _ in 0..2 {
        let Some(before) = start.checked_sub(1) else { break };
        let word = text.word(before);
        if matches!(word, "e" | "ste" | "de" | "th" | "st" | "nd" | "rd")
            && text.glued(before)
            && before > 0
            && text.is(before - 1, Sort::Digits)
        {
            start = before - 1;
            continue;
        }
        let fits = ordinal_word(word).is_some()
            || matches!(
                word,
                "heren"
                    | "dames"
                    | "nieuwe"
                    | "oude"
                    | "grote"
                    | "kleine"
                    | "new"
                    | "old"
                    | "big"
                    | "small"
                    | "large"
                    | "main"
                    | "back"
                    | "front"
                    | "hr"
                    | "or"
                    | "mt"
                    | "flex"
                    | "open"
                    | "desk"
                    | "top"
                    | "youth"
                    | "town"
                    | "records"
                    | "print"
                    | "mayors"
                    | "meeting"
                    | "waiting"
                    | "quiet"
                    | "sports"
                    | "mens"
                    | "ladies"
                    | "womens"
                    | "gents"
                    | "east"
                    | "west"
                    | "north"
                    | "south"
                    | "hr-"
                    | "server"
                    | "archive"
                    | "training"
                    | "conference"
                    | "council"
            )
            || (text.tokens[before].capital
                && before > 0
                && !text.ends_sentence(before - 1)
                && !super::recognise::starts_sentence(text, before)
                && text.is(before, Sort::Word)
                && !is_function(word));
        if !fits {
            break;
        }
        start = before;
    }
    start
}

fn is_function(word: &str) -> bool {
    matches!(
        word,
        "de" | "het"
            | "een"
            | "in"
            | "op"
            | "bij"
            | "van"
            | "en"
            | "of"
            | "is"
            | "the"
            | "a"
            | "our"
            | "we"
            | "i"
            | "ik"
            | "kan"
            | "can"
            | "graag"
            | "please"
            | "hoi"
            | "hi"
            | "ict"
            | "it"
            | "voor"
            | "for"
            | "naar"
            | "to"
            | "aan"
            | "dat"
            | "die"
    )
}

/// The number, letter or name after a room word.
fn room_name(text: &Text<'_>, at: usize, taken: &[bool]) -> (usize, f32) {
    if let Some(end) = code(text, at) {
        return (end, 0.9);
    }
    let mut end = at;
    if matches!(text.word(at), "de" | "the") && text.tokens.get(at).is_some_and(|t| t.capital) {
        end += 1;
    }
    let mut names = 0;
    while names < 2
        && text.is(end, Sort::Word)
        && text.tokens[end].capital
        && !text.glued(end)
        && !taken.get(end).copied().unwrap_or(false)
        && !is_function(text.word(end))
    {
        end += 1;
        names += 1;
    }
    // "vleugel c": one letter
    if names == 0
        && text.is(at, Sort::Word)
        && text.word(at).len() == 1
        && !matches!(text.word(at), "n" | "t" | "s" | "k" | "m" | "a" | "i" | "u")
    {
        return (at + 1, 0.6);
    }
    if names > 0 { (end, 0.8) } else { (at, 0.0) }
}

/// `2.14`, `B1.07`, `12`, `3-04`, `A3`: the token after it.
fn code(text: &Text<'_>, at: usize) -> Option<usize> {
    let mut here = at;
    if text.is(here, Sort::Word)
        && text.word(here).len() <= 2
        && text.is(here + 1, Sort::Digits)
        && text.glued(here + 1)
    {
        here += 1;
    }
    if !text.is(here, Sort::Digits) || text.word(here).len() > 4 {
        return None;
    }
    if matches!(text.word(here + 1), "e" | "de" | "ste") && text.glued(here + 1) {
        return None;
    }
    here += 1;
    while matches!(text.word(here), "." | "-")
        && text.glued(here)
        && text.is(here + 1, Sort::Digits)
        && text.glued(here + 1)
        && here < at + 6
    {
        here += 2;
    }
    if text.is(here, Sort::Word) && text.glued(here) && text.word(here).len() == 1 && text.word(here) != "x" {
        here += 1;
    }
    Some(here)
}

/// `2.14` and `B1.07` where no amount, date or version can be meant.
fn room_number(text: &Text<'_>, at: usize) -> Option<Located> {
    let letter = text.is(at, Sort::Word)
        && text.word(at).len() == 1
        && text.tokens[at].capital
        && text.is(at + 1, Sort::Digits)
        && text.glued(at + 1);
    let digits = if letter { at + 1 } else { at };
    if !text.is(digits, Sort::Digits) || (!letter && text.glued(at) && !matches!(text.before(at, 1), "(" | "-" | "/")) {
        return None;
    }
    let whole = text.word(digits).len() <= 2;
    let dotted = matches!(text.word(digits + 1), "." | "-")
        && text.glued(digits + 1)
        && text.is(digits + 2, Sort::Digits)
        && text.glued(digits + 2)
        && text.word(digits + 2).len() == 2
        && (text.word(digits + 1) == "." || letter);
    let further = (matches!(text.word(digits + 3), "." | "," | "/" | ":")
        && text.is(digits + 4, Sort::Digits)
        && text.glued(digits + 4)
        && text.glued(digits + 3))
        || matches!(
            text.word(digits + 3),
            "euro"
                | "eur"
                | "uur"
                | "u"
                | "h"
                | "%"
                | "pp"
                | "p"
                | "gb"
                | "mb"
                | "m"
                | "km"
                | "meter"
                | "cm"
                | "am"
                | "pm"
        )
        || matches!(text.before(at, 1), "€" | "$" | "versie" | "version" | "v" | "max" | "om" | "at" | "a" | "x");
    if !whole || !dotted || further {
        return None;
    }
    let lead = led(text, at);
    let mut to = digits + 3;
    if text.is(to, Sort::Word) && text.glued(to) && text.word(to).len() == 1 {
        to += 1;
    }
    // 1.20 naar 2.08
    if matches!(text.word(to), "naar" | "to")
        && let Some(second) = room_number(text, to + 1)
    {
        return Some(Located { from: at, to: second.to, score: 3.0 });
    }
    Some(Located { from: at, to, score: 1.5 + lead * 0.5 })
}

fn floor_word(word: &str) -> bool {
    matches!(word, "verdieping" | "verd" | "etage" | "et" | "floor" | "fl" | "verdiep" | "verdiepingen" | "level")
}

/// *2e*, *op de tweede verdieping*, *begane grond*, *Floor 2*, *boven*.
fn floor(text: &Text<'_>, at: usize) -> Option<Located> {
    let lead = led(text, at);
    match (text.word(at), text.word(at + 1)) {
        ("begane" | "bg", "grond") | ("ground" | "top", "floor") => {
            return Some(Located { from: at, to: at + 2, score: 1.4 + lead * 0.4 });
        }
        ("bg" | "bgg" | "souterrain", _) => return Some(Located { from: at, to: at + 1, score: 1.0 + lead * 0.4 }),
        ("floor" | "level" | "verdieping" | "etage", _) if text.is(at + 1, Sort::Digits) => {
            return Some(Located { from: at, to: at + 2, score: 1.6 + lead * 0.3 });
        }
        ("boven" | "beneden" | "upstairs" | "downstairs", _) => {
            let before = text.before(at, 1);
            let noun = matches!(text.word(at + 1), "" | "." | "," | "!" | "?" | ")" | "\n" | "op" | "bij" | "in")
                && !matches!(before, "naar" | "zelf" | "te");
            return noun.then_some(Located { from: at, to: at + 1, score: 1.0 });
        }
        _ => {}
    }
    // -1
    if text.word(at) == "-"
        && text.is(at + 1, Sort::Digits)
        && text.word(at + 1).len() == 1
        && text.glued(at + 1)
        && !text.glued(at)
        && matches!(text.before(at, 1), "op" | "on" | "naar" | "level")
    {
        return Some(Located { from: at, to: at + 2, score: 1.4 });
    }
    let (nth, to) = ordinal(text, at).filter(|(nth, _)| *nth <= 40)?;
    if floor_word(text.word(to)) {
        let dot = usize::from(
            text.word(to) == "verd"
                && text.word(to + 1) == "."
                && text.glued(to + 1)
                && text.is(to + 2, Sort::Word)
                && !text.tokens[to + 2].capital,
        );
        return Some(Located { from: at, to: to + 1 + dot, score: 1.7 + lead * 0.4 });
    }
    // "2e" alone: after "op de", or as a bare mark of place.
    let digits = text.is(at, Sort::Digits);
    let next = text.word(to);
    let free = matches!(
        next,
        "" | "."
            | ","
            | "?"
            | "!"
            | ")"
            | "\n"
            | ":"
            | ";"
            | "is"
            | "doet"
            | "geeft"
            | "staat"
            | "ook"
            | "aan"
            | "weer"
            | "zit"
            | "ligt"
            | "valt"
            | "en"
            | "al"
            | "heeft"
            | "werkt"
            | "gaat"
            | "wil"
            | "lekt"
            | "niet"
            | "loopt"
            | "-"
            | "kan"
            | "graag"
            | "hangt"
            | "die"
            | "dat"
            | "met"
            | "als"
            | "want"
            | "maar"
            | "voor"
    );
    let placed =
        matches!(text.before(at, 1), "de") && matches!(text.before(at, 2), "op" | "naar" | "van" | "vd" | "boven");
    if nth <= 9
        && (placed && free
            || digits
                && text.word(at + 1) == "e"
                && free
                && !matches!(text.before(at, 1), "de" | "het" | "voor" | "elke"))
    {
        return Some(Located { from: at, to, score: if placed { 1.4 } else { 1.2 } });
    }
    if nth <= 9 && matches!(text.before(at, 1), "the") && matches!(text.before(at, 2), "on") && next == "floor" {
        return Some(Located { from: at, to: to + 1, score: 1.7 });
    }
    None
}

fn followed_by_floor(text: &Text<'_>, at: usize) -> bool {
    let skip = at + if matches!(text.word(at), "op" | "on" | "in" | "van" | "of") { 1 } else { 0 };
    let skip = skip + usize::from(matches!(text.word(skip), "de" | "the"));
    ordinal(text, skip)
        .is_some_and(|(nth, to)| nth < 20 && (floor_word(text.word(to)) || text.word(skip + 1) == "e" || skip > at))
        || matches!(text.word(skip), "floor" | "begane" | "boven" | "beneden")
}

/// *commissiekamer*, *zuidkant*, *Kerkstraat*.
fn compound(text: &Text<'_>, at: usize) -> Option<Located> {
    if !text.is(at, Sort::Word) || HEAD_WORDS.contains(text.word(at)) {
        return None;
    }
    let word = text.word(at);
    let joined = !text.glued(at) && at + 1 < text.len();
    let tail = TAILS.iter().find(|tail| word.len() >= tail.len() + 3 && word.ends_with(**tail))?;
    if NOT_PLACES.contains(&word)
        || (matches!(
            *tail,
            "bad"
                | "hal"
                | "pad"
                | "kant"
                | "deur"
                | "gang"
                | "hoek"
                | "poort"
                | "wc"
                | "winkel"
                | "school"
                | "huis"
                | "studio"
                | "gebouw"
                | "room"
        ) && led(text, at) < 0.9
            && !followed_by_floor(text, at + 1))
    {
        return None;
    }
    let _ = joined;
    let lead = led(text, at);
    let street = matches!(*tail, "straat" | "laan" | "kade" | "gracht" | "plein");
    let named = if street && !text.tokens[at].capital { 0.4 } else { 0.9 };
    let (end, bonus) = if matches!(*tail, "zaal" | "kamer" | "ruimte" | "balie") {
        room_name(text, at + 1, &[])
    } else {
        (at + 1, 0.0)
    };
    Some(Located { from: modifiers(text, at), to: end, score: named + lead * 0.6 + bonus })
}

/// *bij Burgerzaken*, *bij juridische zaken*.
fn department(text: &Text<'_>, at: usize) -> Option<Located> {
    let lead = text.before(at, 1);
    if !matches!(lead, "bij" | "naar" | "at") || !text.is(at, Sort::Word) {
        return None;
    }
    let token = text.tokens.get(at)?;
    let mut to = at;
    while to < at + 3 && text.is(to, Sort::Word) && text.tokens[to].capital && !is_function(text.word(to)) {
        to += 1;
    }
    if !token.capital {
        // juridische zaken, sociale zaken
        if matches!(text.word(at + 1), "zaken" | "zorg" | "domein") && text.word(at).ends_with('e') {
            return Some(Located { from: at, to: at + 2, score: 1.2 });
        }
        if matches!(
            text.word(at),
            "financien"
                | "burgerzaken"
                | "communicatie"
                | "hr"
                | "personeelszaken"
                | "inkoop"
                | "secretariaat"
                | "griffie"
                | "vth"
                | "repro"
        ) {
            return Some(Located { from: at, to: at + 1, score: 1.2 });
        }
        return None;
    }
    let score = if lead == "naar" { 0.95 } else { 1.1 };
    (to > at).then_some(Located { from: at, to, score })
}

/// Steps right over what a place stands in: *pantry* **op de 2e**, *balie* **van burgerzaken**, *hal* **begane grond**.
fn grown(text: &Text<'_>, mut found: Located, taken: &[bool]) -> Located {
    for _ in 0..2 {
        let at = found.to;
        if taken.get(at).copied().unwrap_or(false) {
            break;
        }
        // A floor or number right behind it.
        if let Some(next) = floor(text, at)
            .filter(|next| next.from == at && !matches!(text.word(at), "boven" | "beneden" | "-"))
            .or_else(|| room_number(text, at))
            && !taken.get(next.from).copied().unwrap_or(false)
        {
            found.to = next.to;
            found.score += 0.4;
            continue;
        }
        let annex =
            matches!(text.word(at), "annex" | "wing" | "entrance" | "lobby" | "kitchen" | "area" | "side" | "corridor");
        if annex && text.is(at, Sort::Word) {
            found.to = at + 1;
            found.score += 0.3;
            continue;
        }
        let link = text.word(at);
        let article = usize::from(matches!(text.word(at + 1), "de" | "het" | "the" | "onze" | "our" | "t"));
        let inner = at + 1 + article;
        let fits = match link {
            "op" | "on" | "in" | "aan" => {
                floor(text, inner).is_some_and(|f| f.from == inner)
                    || room_number(text, inner).is_some()
                    || (matches!(link, "on" | "op")
                        && text.is(inner, Sort::Digits)
                        && text.word(inner).len() == 1
                        && article == 0
                        && !matches!(text.word(inner + 1), ":" | "/" | "uur"))
                    || (article > 0 && place_word(text, inner))
                    || (article > 0 && link == "aan" && text.tokens.get(inner).is_some_and(|t| t.capital))
            }
            "van" | "of" | "vd" => {
                place_word(text, inner)
                    || text.word(inner).ends_with("zaken")
                    || (text.tokens.get(inner).is_some_and(|t| t.capital && t.sort == Sort::Word) && article == 0)
                    || matches!(
                        text.word(inner),
                        "sociaal" | "administratie" | "directie" | "secretariaat" | "burgerzaken"
                    )
            }
            "bij" | "naast" | "voor" | "tegenover" | "achter" | "near" | "by" | "behind" | "opposite" => {
                article > 0 && place_word(text, inner)
            }
            "next" if text.word(at + 1) == "to" => {
                place_word(text, at + 2 + usize::from(matches!(text.word(at + 2), "the")))
            }
            "," if text.word(at + 1) == "next" && text.word(at + 2) == "to" => true,
            "out" if text.word(at + 1) == "front" => {
                found.to = at + 2;
                break;
            }
            _ => false,
        };
        if !fits {
            break;
        }
        let start = match link {
            "next" => at + 2 + usize::from(matches!(text.word(at + 2), "the")),
            "," => at + 3 + usize::from(matches!(text.word(at + 3), "the")),
            _ => inner,
        };
        let mut end = floor(text, start).filter(|f| f.from == start).map_or(start + 1, |f| f.to);
        if let Some(room) = room_number(text, start) {
            end = room.to;
        }
        if matches!(text.word(start), "town" | "city" | "sociaal" | "sports" | "sociale" | "main")
            && text.is(end, Sort::Word)
        {
            end += 1;
        }
        while end < start + 3
            && text.is(end, Sort::Word)
            && text.tokens[end].capital
            && text.tokens[start].capital
            && !is_function(text.word(end))
        {
            end += 1;
        }
        if HEAD_PAIRS.contains(&(text.word(start), text.word(start + 1))) {
            end = end.max(start + 2);
        }
        if NAMED.contains(&text.word(start)) {
            end = room_name(text, end, taken).0;
        }
        found.to = end;
        found.score += 0.3;
    }
    found
}

fn place_word(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    if word.is_empty() {
        return false;
    }
    let two = !text.word(at + 1).is_empty() && HEAD_PAIRS.contains(&(word, text.word(at + 1)));
    two || HEAD_WORDS.contains(word)
        || (TAILS.iter().any(|tail| word.len() > tail.len() + 3 && word.ends_with(tail)) && !NOT_PLACES.contains(&word))
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
