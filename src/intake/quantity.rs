//! How many of the thing that is asked for.

use super::number::{Marks, number};
use super::text::{Sort, Text};

/// A count with its noun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// How many.
    pub count: u32,
    /// The first token.
    pub from: usize,
    /// The token after the number.
    pub to: usize,
    /// How well it fits.
    pub score: f32,
}

/// People: they count for lunches and guest accounts, not for chairs that break.
fn people(word: &str) -> bool {
    matches!(
        word,
        "personen"
            | "persoon"
            | "pers"
            | "p"
            | "man"
            | "mensen"
            | "gasten"
            | "deelnemers"
            | "bezoekers"
            | "collegas"
            | "people"
            | "persons"
            | "guests"
            | "participants"
            | "attendees"
            | "visitors"
            | "pax"
            | "colleagues"
            | "plekken"
            | "plaatsen"
            | "couverts"
            | "inwoners"
            | "raadsleden"
            | "seats"
            | "places"
            | "stagiairs"
            | "stagiaires"
            | "interns"
            | "trainees"
            | "medewerkers"
            | "werkplekken"
            | "kinderen"
            | "kids"
            | "children"
            | "leerlingen"
            | "vrijwilligers"
            | "volunteers"
            | "studenten"
            | "students"
            | "employees"
            | "starters"
            | "users"
            | "gebruikers"
    )
}

fn pieces(word: &str) -> bool {
    matches!(word, "stuks" | "stuk" | "st" | "x" | "pieces" | "pcs" | "maal" | "keer" | "exemplaren" | "copies")
}

/// Nouns that are counted in other meanings.
fn other(word: &str) -> bool {
    matches!(
        word,
        "keer"
            | "times"
            | "time"
            | "uur"
            | "u"
            | "h"
            | "hours"
            | "hour"
            | "minuten"
            | "minutes"
            | "min"
            | "mins"
            | "dagen"
            | "days"
            | "dag"
            | "day"
            | "weken"
            | "weeks"
            | "week"
            | "maanden"
            | "months"
            | "maand"
            | "month"
            | "jaar"
            | "jaren"
            | "years"
            | "year"
            | "graden"
            | "degrees"
            | "graad"
            | "seconden"
            | "seconds"
            | "sec"
            | "km"
            | "meter"
            | "m"
            | "cm"
            | "mm"
            | "kg"
            | "gram"
            | "grams"
            | "liter"
            | "ltr"
            | "l"
            | "gb"
            | "mb"
            | "tb"
            | "procent"
            | "percent"
            | "%"
            | "euro"
            | "euros"
            | "eur"
            | "cent"
            | "kwartier"
            | "pm"
            | "am"
            | "e"
            | "de"
            | "th"
            | "st"
            | "nd"
            | "rd"
            | "ste"
            | "inch"
            | "watt"
            | "volt"
            | "ampere"
            | "werkdagen"
            | "working"
            | "business"
            | "dgn"
            | "wk"
            | "grams-papier"
            | "verdieping"
            | "floor"
            | "en"
            | "and"
            | "of"
            | "or"
            | "is"
            | "was"
            | "om"
            | "op"
            | "in"
            | "van"
            | "the"
            | "het"
            | "een"
            | "a"
            | "to"
            | "naar"
            | "on"
            | "at"
            | "voor"
            | "for"
            | "per"
            | "with"
            | "met"
            | "niet"
            | "not"
            | "doet"
            | "ook"
            | "er"
            | "geeft"
            | "staat"
            | "cents"
            | "hoog"
            | "breed"
            | "lang"
            | "secs"
    )
}

/// Words after which a number is a name, not a count.
fn names(word: &str) -> bool {
    matches!(
        word,
        "kamer"
            | "zaal"
            | "room"
            | "loket"
            | "werkplek"
            | "desk"
            | "error"
            | "fout"
            | "code"
            | "foutcode"
            | "storing"
            | "ticket"
            | "melding"
            | "nummer"
            | "nr"
            | "number"
            | "no"
            | "prio"
            | "versie"
            | "version"
            | "windows"
            | "office"
            | "wk"
            | "week"
            | "groep"
            | "group"
            | "gebouw"
            | "building"
            | "hal"
            | "lift"
            | "floor"
            | "verdieping"
            | "laadpaal"
            | "printer"
            | "kostenplaats"
            | "artikel"
            | "art"
            | "lijn"
            | "kanaal"
            | "schijf"
            | "type"
            | "model"
            | "toestel"
            | "ext"
            | "phase"
            | "fase"
            | "stap"
            | "step"
            | "op"
            | "level"
            | "pagina"
            | "page"
            | "poort"
            | "port"
            | "tussen"
            | "between"
            | "van"
            | "from"
            | "balie"
            | "user"
            | "user id"
            | "budget"
            | "max"
            | "ordernummer"
            | "pc"
            | "around"
            | "rond"
            | "om"
            | "at"
            | "#"
    )
}

/// The count that is asked for. `taken` are tokens of dates, amounts and places; `knows` says whether a word belongs to the item.
pub(crate) fn quantity(
    text: &Text<'_>,
    taken: &[bool],
    marks: Marks,
    emphasis: &[f32],
    incident: bool,
    mut knows: impl FnMut(usize) -> bool,
) -> Option<Counted> {
    let mut best: Option<Counted> = None;
    let mut at = 0;
    while at < text.len() {
        if taken.get(at).copied().unwrap_or(false)
            || (text.glued(at) && !matches!(text.before(at, 1), "(" | ":" | "\"" | "-" | "," | "+"))
            || text.is(at, Sort::Mark)
        {
            at += 1;
            continue;
        }
        let Some(n) = number(text, at, marks) else {
            at += 1;
            continue;
        };
        let next = n.to.max(at + 1);
        if let Some(found) = weigh(text, &n, taken, incident, &mut knows) {
            let score = found.score * emphasis.get(at).copied().unwrap_or(1.0).max(0.5);
            if best.is_none_or(|b| score > b.score) {
                best = Some(Counted { score, ..found });
            }
        }
        at = next;
    }
    best.filter(|found| found.score >= 0.7)
}

fn weigh(
    text: &Text<'_>,
    n: &super::number::Number,
    taken: &[bool],
    incident: bool,
    knows: &mut impl FnMut(usize) -> bool,
) -> Option<Counted> {
    let count = n.count().filter(|count| *count > 0 && *count < 100_000)?;
    if n.article
        || names(text.before(n.from, 1))
            && !matches!(text.before(n.from, 1), "op" | "van" | "from" | "max" | "om" | "printer" | "at")
    {
        return None;
    }
    if matches!(text.word(n.from + 1), "paar" | "couple") || matches!(text.word(n.from), "paar" | "couple") {
        return None;
    }
    let mut noun = n.to;
    let mut score = 0.0;
    // "1 van de 3" and fractions
    if pieces(text.word(noun)) && text.word(noun) != "keer" {
        if text.word(noun) == "x"
            && matches!(
                text.word(noun + 1),
                "geprobeerd"
                    | "per"
                    | "gevraagd"
                    | "gemeld"
                    | "gebeld"
                    | "op"
                    | "opnieuw"
                    | "herstart"
                    | "deze"
                    | "this"
                    | "tried"
                    | "in"
                    | ""
            )
        {
            return None;
        }
        score += 1.2;
        noun += 1;
        if matches!(text.word(n.to), "maal" | "stuk") && text.word(noun).is_empty() {
            return None;
        }
    } else if other(text.word(noun)) {
        return None;
    }
    // Adjectives between the number and the noun.
    let mut steps = 0;
    while steps < 3 && adjective(text, noun) {
        noun += 1;
        steps += 1;
    }
    if other(text.word(noun)) && steps > 0 {
        return None;
    }
    let counted = text.is(noun, Sort::Word) && !taken.get(noun).copied().unwrap_or(false);
    let word = text.word(noun);
    let own = counted && (knows(noun) || (text.is(noun + 1, Sort::Word) && plural(word) && knows(noun + 1)));
    if own {
        score += 1.8;
    } else if counted && people(word) {
        score += if incident { 0.0 } else { 1.3 };
    } else if counted && plural(word) && !incident {
        score += 1.0;
    }
    if count == 1 && !own && score < 1.5 {
        score -= 0.4;
    }
    if incident && !own {
        return None;
    }
    if matches!(
        text.before(n.from, 1),
        "eerste"
            | "first"
            | "laatste"
            | "last"
            | "nog"
            | "binnen"
            | "within"
            | "over"
            | "after"
            | "na"
            | "sinds"
            | "al"
            | "zijn"
            | "with"
            | "met"
            | "zn"
    ) && !own
    {
        score -= 0.5;
    }
    if (1..=3).any(|back| matches!(text.before(n.from, back), "waarvan" | "which" | "whom" | "incl" | "inclusief")) {
        score -= 1.5;
    }
    (score > 0.0).then_some(Counted { count, from: n.from, to: n.to, score })
}

fn adjective(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    matches!(
        word,
        "nieuwe"
            | "extra"
            | "grote"
            | "kleine"
            | "draadloze"
            | "losse"
            | "oude"
            | "new"
            | "additional"
            | "spare"
            | "large"
            | "small"
            | "standing"
            | "folding"
            | "more"
            | "office"
            | "belegde"
            | "vegetarische"
            | "warme"
            | "koude"
            | "zwarte"
            | "witte"
            | "zit"
            | "sta"
            | "double"
            | "dubbele"
            | "wireless"
            | "visitor"
            | "second"
            | "replacement"
            | "ergonomische"
            | "ergonomic"
            | "lege"
            | "stuks"
            | "sets"
            | "usb"
            | "temporary"
            | "tijdelijke"
            | "leen"
            | "old"
            | "paper"
            | "door"
            | "parking"
            | "loan"
            | "reserve"
            | "lange"
            | "ronde"
            | "round"
            | "houten"
    ) || (text.is(at, Sort::Mark) && matches!(text.word(at), "×"))
}

fn plural(word: &str) -> bool {
    word.len() >= 3
        && (word.ends_with('s') || word.ends_with("en") || word.ends_with("tje"))
        && !matches!(
            word,
            "tussen"
                | "hebben"
                | "willen"
                | "this"
                | "does"
                | "alles"
                | "soms"
                | "kunnen"
                | "moeten"
                | "komen"
                | "gaan"
                | "thanks"
                | "worden"
                | "samen"
                | "boven"
                | "beneden"
                | "open"
                | "even"
                | "eens"
                | "graags"
                | "straks"
                | "langs"
        )
}
