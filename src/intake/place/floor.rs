//! Floors: *2e*, *op de tweede verdieping*, *begane grond*, *Floor 2*, *boven*, *op 3*, *alle etages*.

use super::Located;
use super::lead::lead;
use crate::intake::number::ordinal;
use crate::intake::text::{Sort, Text};

word_list! {
    pub(super) fn floor_word(word) {
        "verdieping" | "verd" | "etage" | "et" | "floor" | "fl" | "verdiep" | "verdiepingen" | "level" | "etages" |
        "floors" | "levels"
    }
}

/// *Boven*, *downstairs*: another floor than the one that everybody is on.
pub(super) fn storey(word: &str) -> bool {
    matches!(word, "boven" | "beneden" | "upstairs" | "downstairs")
}

word_list! {
    /// Words that go on after *boven*: it leads to nothing.
    fn after_storey(word) {
        "op" | "bij" | "in" | "is" | "zijn" | "has" | "have" | "are" | "was" | "waren" | "doet" | "doen" | "gaat" | "gaan" |
        "kan" | "kunnen" | "moet" | "moeten" | "mag" | "wil" | "willen" | "kapot" | "stuk" | "leeg" | "vol" | "verstopt" |
        "uit" | "aan" | "iemand" | "ook" | "weer" | "al" | "nog" | "niet" | "geen" | "komen" | "en" | "graag" | "aub" |
        "svp" | "please" | "again" | "broken" | "empty" | "and" | "er" | "zit" | "needs" | "need" | "keeps" | "wordt" |
        "hebben" | "heeft" | "vallen" | "lekken" | "werken" | "hangen" | "staan" | "liggen"
    }
}

/// *2e*, *op de tweede verdieping*, *begane grond*, *Floor 2*, *boven*.
pub(super) fn floor(text: &Text<'_>, at: usize) -> Option<Located> {
    let led = || lead(text, at);
    match (text.word(at), text.word(at + 1)) {
        ("begane" | "bg", "grond") | ("ground" | "top", "floor") => {
            return Some(Located { from: at, to: at + 2, score: 1.4 + led() * 0.4 });
        }
        ("bg" | "bgg" | "souterrain", _) => return Some(Located { from: at, to: at + 1, score: 1.0 + led() * 0.4 }),
        ("floor" | "level" | "verdieping" | "etage", _) if text.is(at + 1, Sort::Digits) => {
            return Some(Located { from: at, to: at + 2, score: 1.6 + led() * 0.3 });
        }
        ("alle" | "all" | "elke" | "every" | "iedere", next) if floor_word(next) => {
            return Some(Located { from: at, to: at + 2, score: 1.6 + led() * 0.3 });
        }
        ("onze" | "our" | "jullie", next) if floor_word(next) && lead(text, at) >= 0.9 => {
            return Some(Located { from: at, to: at + 2, score: 1.2 });
        }
        (word, next) if storey(word) => {
            // "Boven de balie" leads to another place, "naar boven" goes there.
            let led = matches!(text.before(at, 1), "naar" | "zelf" | "te" | "from" | "van" | "tot" | "to");
            let ends = !text.is(at + 1, Sort::Word) && !text.is(at + 1, Sort::Digits) && !text.glued(at + 1)
                || matches!(next, "." | "," | "!" | "?" | ")");
            let alone = !led && (ends || verb(next) || after_storey(next));
            return alone.then_some(Located { from: at, to: at + 1, score: 1.0 });
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
    if let Some(found) = bare(text, at) {
        return Some(found);
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
        return Some(Located { from: at, to: to + 1 + dot, score: 1.7 + led() * 0.4 });
    }
    // "2e" alone: after "op de", or as a bare mark of place.
    let digits = text.is(at, Sort::Digits);
    let next = text.word(to);
    let free = !text.is(to, Sort::Word) || free(next);
    let placed =
        matches!(text.before(at, 1), "de") && matches!(text.before(at, 2), "op" | "naar" | "van" | "vd" | "boven");
    let phrase = placed && super::lead::preposition(next);
    if nth <= 9
        && (placed && (free || phrase)
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

pub(super) fn followed_by_floor(text: &Text<'_>, at: usize) -> bool {
    let skip = at + if matches!(text.word(at), "op" | "on" | "in" | "van" | "of") { 1 } else { 0 };
    let skip = skip + usize::from(matches!(text.word(skip), "de" | "the"));
    ordinal(text, skip)
        .is_some_and(|(nth, to)| nth < 20 && (floor_word(text.word(to)) || text.word(skip + 1) == "e" || skip > at))
        || matches!(text.word(skip), "floor" | "begane" | "boven" | "beneden")
}

/// *op 3*, *on 2 near the lift*: a floor by its number alone, where nothing is counted.
fn bare(text: &Text<'_>, at: usize) -> Option<Located> {
    let number = text.digits(at).filter(|number| *number <= 12 && !text.glued(at))?;
    let next = text.word(at + 1);
    let stands = matches!(text.before(at, 1), "op" | "on") && number.to_string() == text.word(at);
    let glued = text.glued(at + 1) && !matches!(next, "." | "," | "?" | "!" | ")" | ":" | ";");
    let more = text.glued(at + 1) && text.glued(at + 2);
    let counted = text.is(at + 1, Sort::Word) && !free(next) && !super::lead::preposition(next) && !verb(next);
    (stands && !glued && !more && !counted && !text.is(at + 1, Sort::Digits)).then_some(Located {
        from: at,
        to: at + 1,
        score: 1.25,
    })
}

word_list! {
    /// Words that go on after a floor: it was no number of something.
    fn free(word) {
        "" | "\n" | "is" | "zijn" | "was" | "waren" | "doet" | "doen" | "geeft" | "staat" | "staan" | "ook" | "aan" |
        "weer" | "zit" | "zitten" | "ligt" | "valt" | "en" | "al" | "heeft" | "hebben" | "werkt" | "werken" | "gaat" |
        "gaan" | "wil" | "lekt" | "niet" | "loopt" | "kan" | "kunnen" | "graag" | "hangt" | "hangen" | "die" | "dat" |
        "met" | "als" | "want" | "maar" | "voor" | "piept" | "blijft" | "print" | "stinkt" | "uit" | "er" | "nog" |
        "wordt" | "worden" | "moet" | "moeten" | "de" | "het" | "has" | "are" | "and" | "does" | "doesnt" | "isnt" |
        "wont" | "again" | "please" | "prints" | "expired" | "smells" | "leaks" | "verhuizen" | "the" | "sinds" |
        "since"
    }
}

/// Dutch and English verbs of the third person, which no count goes before.
fn verb(word: &str) -> bool {
    word.len() >= 4 && word.ends_with('t') && !word.ends_with("cht")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Option<String> {
        let text = Text::new(raw);
        let found = (0..text.len()).find_map(|at| floor(&text, at))?;
        let (start, end) = text.bytes(found.from, found.to);
        Some(raw[start..end].to_owned())
    }

    #[test]
    fn floors_are_found_by_number_and_by_word() {
        for (raw, want) in [
            ("het lekt op de vierde verdieping", "vierde verdieping"),
            ("toner op 5 is leeg", "5"),
            ("the fridge on 4 smells", "4"),
            ("zeep op alle etages bijvullen", "alle etages"),
            ("op de 3e bij de trap", "3e"),
            ("begane grond, links", "begane grond"),
            ("de koffieautomaat boven lekt", "boven"),
            ("wifi ligt eruit boven", "boven"),
            ("kan er boven iemand komen dweilen?", "boven"),
            ("the tap downstairs is dripping", "downstairs"),
        ] {
            assert_eq!(read(raw).as_deref(), Some(want), "{raw}");
        }
        for raw in [
            "op 3 stoelen",
            "op 4 mei",
            "op 5-6",
            "op 2.30 uur",
            "de 3e keer",
            "boven de balie",
            "boven verwachting",
            "naar beneden, graag",
        ] {
            assert_eq!(read(raw), None, "{raw}");
        }
    }
}
