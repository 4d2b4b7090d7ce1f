//! How many of the thing that is asked for.

mod words;

use super::number::{Marks, Number, number};
use super::text::{Sort, Text};
use words::{asks, between, diet, names, people, pieces, plural, unit, wants};

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

/// What is known of the request whose count is sought.
#[derive(Clone, Copy)]
pub(crate) struct Sought<'a> {
    /// Tokens of dates, amounts and places.
    pub taken: &'a [bool],
    /// How digits are written.
    pub marks: Marks,
    /// How much each token says.
    pub emphasis: &'a [f32],
    /// Something is broken, so that only what is broken counts.
    pub incident: bool,
    /// The item is for people: a lunch, a room, passes.
    pub for_people: bool,
}

/// From this score on a number is a count.
const ENOUGH: f32 = 0.7;
/// So many different things are a list, of which no single count is asked.
const LIST: usize = 3;
/// So many words may stand between a number and its noun.
const REACH: usize = 4;

/// The count that is asked for. `knows` says whether a word belongs to the item.
pub(crate) fn quantity(text: &Text<'_>, sought: &Sought<'_>, mut knows: impl FnMut(usize) -> bool) -> Option<Counted> {
    let mut best: Option<Counted> = None;
    let mut things: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let taken = sought.taken.get(at).copied().unwrap_or(false);
        let glued = text.glued(at) && !matches!(text.before(at, 1), "(" | ":" | "\"" | "-" | "," | "+" | "±" | "~");
        let Some(n) = (!taken && !glued && !text.is(at, Sort::Mark)).then(|| number(text, at, sought.marks)).flatten()
        else {
            at += 1;
            continue;
        };
        let next = n.to.max(at + 1);
        if let Some((found, noun)) = weigh(text, &n, sought, &mut knows).filter(|(found, _)| found.score >= ENOUGH) {
            let listed = text.is(n.to, Sort::Word) && !pieces(text.word(n.to)) && plural(text.word(noun));
            if listed && !things.iter().any(|other| text.word(*other) == text.word(noun)) {
                things.push(noun);
            }
            let score = found.score * sought.emphasis.get(at).copied().unwrap_or(1.0).max(0.5);
            if best.is_none_or(|best| score > best.score) {
                best = Some(Counted { score, ..found });
            }
        }
        at = next;
    }
    best.filter(|_| things.len() < LIST)
}

/// How well a number fits, and the token of its noun.
fn weigh(
    text: &Text<'_>,
    n: &Number,
    sought: &Sought<'_>,
    knows: &mut impl FnMut(usize) -> bool,
) -> Option<(Counted, usize)> {
    let count = n.count().filter(|count| *count > 0 && *count < 100_000)?;
    let before = text.before(n.from, 1);
    let vague = matches!(text.word(n.from + 1), "paar" | "couple") || matches!(text.word(n.from), "paar" | "couple");
    let exempt = LOOSE.contains(&before) || of_so_many(text, n.from) || text.is(n.to, Sort::Word) && knows(n.to);
    let named = names(before) && !exempt;
    // "one more charger" counts, "one of them" does not.
    let article = n.article && !(text.word(n.from) == "one" && text.word(n.to) == "more");
    let eats = diet(text.word(n.to)) || pieces(text.word(n.to)) && diet(text.word(n.to + 1));
    if article || vague || named || eats && sought.for_people {
        return None;
    }
    // "drie van de vijf" counts neither, and "7-Zip" is a name.
    let out_of = matches!(text.before(n.from, 2), "van" | "of" | "op")
        && matches!(before, "de" | "the")
        && (3..=4).any(|back| super::number::small(text.before(n.from, back)).is_some());
    let name = n.digits && text.word(n.to) == "-" && text.glued(n.to) && text.glued(n.to + 1);
    // "van half 5 tot 7" is a time.
    let until = matches!(before, "tot" | "to" | "until" | "en" | "and" | "-")
        && count <= 24
        && (2..=4)
            .any(|back| matches!(text.before(n.from, back), "van" | "from" | "half" | "tussen" | "between" | "vanaf"));
    // "one spilled coffee too many"
    let too_many =
        (1..=4).any(|on| matches!((text.word(n.to + on - 1), text.word(n.to + on)), ("too", "many") | ("te", "veel")));
    // "feesttenten (3x6)" are so large, "broken in two pieces" counts what is left, "ten noorden van" is a direction.
    let size =
        n.digits && matches!(text.word(n.to), "x" | "×") && text.is(n.to + 1, Sort::Digits) && text.glued(n.to + 1);
    let broken = before == "in" && matches!(text.word(n.to), "pieces" | "parts" | "halves" | "stukken" | "delen");
    let direction = text.word(n.from) == "ten" && matches!(text.word(n.to), "noorden" | "zuiden" | "oosten" | "westen");
    // "only one plaster", "nog maar 2 rollen": so many are left.
    let left = before == "only" && !matches!(text.before(n.from, 2), "need" | "want")
        || before == "maar" && text.before(n.from, 2) == "nog";
    if out_of || name || until || too_many || size || broken || direction || left {
        return None;
    }
    let mut score = 0.0;
    let mut at = n.to;
    if pieces(text.word(at)) {
        score += 1.2;
        at += 1;
        // "3x geprobeerd" counts how often, "maal" multiplies.
        let how_often = matches!(text.word(n.to), "x" | "×" | "maal")
            && !text.is(at, Sort::Digits)
            && (noun(text, at, sought, knows).is_none()
                || matches!(before, "al" | "alweer" | "already" | "nu" | "weer" | "again")
                || matches!(text.word(at), "fout" | "verkeerd" | "wrong" | "verkeerde" | "foute" | "mis"));
        if how_often || (text.word(n.to) == "stuk" && count > 1) {
            return None;
        }
    } else if unit(text.word(at)) || text.word(at) == "bar" && !plural(text.word(at + 1)) {
        return None;
    } else if before == "of" && matches!(text.before(n.from, 2), "stuk" | "stuks" | "man") {
        // een stuk of 10
        score += 1.2;
    }
    let of = of_them(text, at);
    // "het gaat om zes werkplekken", "een voorraad van 24 rollen", "reken op 3 vakken"
    let about = of_so_many(text, n.from);
    // "statafels (8)"
    let behind = before == "(" && text.word(at) == ")" && n.from >= 2 && knows(n.from - 2);
    let pointed = matches!(before, "deze" | "these" | "alle" | "all");
    // "alle 3 de werkplekken"
    if pointed && matches!(text.word(at), "de" | "the" | "onze" | "our") {
        at += 1;
    }
    let found = noun(text, of.unwrap_or(at), sought, knows);
    let own = behind || matches!(found, Some((_, Noun::Own)));
    let word = found.map_or("", |(at, _)| text.word(at));
    score += match found {
        _ if own => 1.8,
        Some((_, Noun::People)) if sought.for_people => 1.5,
        Some((_, Noun::People)) if !sought.incident && served(text, n.from) && asked(text, n) => 1.0,
        Some((_, Noun::People)) => 0.3,
        Some((_, Noun::Plural)) if !sought.incident => {
            if about || asked(text, n) {
                1.0
            } else {
                0.4
            }
        }
        _ if of.is_some() => 1.1,
        None if pointed && !sought.incident => 1.0,
        _ if (wants(text.word(at)) || alone(text, at)) && !sought.incident => 1.0,
        // "carré voor 16"
        None if sought.for_people && matches!(before, "voor" | "for") && closes(text, at) => 1.0,
        // "1 ordner", "1 toetsenbord" as a fragment of its own
        _ if count == 1 && n.digits && text.is(at, Sort::Word) && between(text.word(at)) && starts(text, n.from) => 1.3,
        _ => 0.0,
    };
    let year = n.digits && (1980..2060).contains(&count) && n.to == n.from + 1 && text.word(n.from).len() == 4;
    if year || (sought.incident && !own && of.is_none()) {
        return None;
    }
    if count == 1 && !own && score < 1.5 {
        score -= 0.4;
    }
    // "could we have four cords" asks.
    let had = matches!(before, "have" | "hebben")
        && (2..=3).any(|back| matches!(text.before(n.from, back), "could" | "can" | "may" | "to"));
    if AFTER.contains(&before) && !had && !own {
        score -= 0.5;
    }
    if (LOOSE.contains(&before) && !about || matches!(before, "half" | "tot" | "to")) && !own && !people(word) {
        score -= 0.8;
    }
    if part_of_another(text, n.from) {
        score -= 1.5;
    }
    let noun = found.map_or(at, |(at, _)| at);
    (score > 0.0).then_some((Counted { count, from: n.from, to: n.to, score }, noun))
}

/// *het gaat om zes werkplekken*, *een voorraad van 24 rollen*, *reken op 3 vakken*: words that lead to the count.
fn of_so_many(text: &Text<'_>, at: usize) -> bool {
    matches!(
        (text.before(at, 2), text.before(at, 1)),
        ("gaat" | "gaan", "om")
            | ("reken" | "rekenen", "op")
            | ("voorraad" | "aantal" | "totaal" | "set" | "stock" | "supply", "van" | "of")
    )
}

/// *er 5 nieuwe*, *nog 2 bij*, *2 more as from Thursday*: nothing that they count is named behind.
fn alone(text: &Text<'_>, at: usize) -> bool {
    let next = text.word(at + 1);
    let verb = matches!(next, "moeten" | "kunnen" | "komen" | "besteld" | "zetten" | "krijgen" | "worden" | "willen");
    let ends = !text.is(at + 1, Sort::Word) && !text.is(at + 1, Sort::Digits);
    match text.word(at) {
        "nieuwe" | "extra" => ends || verb,
        "more" => ends || matches!(next, "as" | "please" | "from" | "by" | "before" | "of"),
        "bij" => ends || verb,
        _ => false,
    }
}

/// *voor zo'n 30*, *for about 30*: whom it is for.
fn served(text: &Text<'_>, at: usize) -> bool {
    let rough =
        matches!(text.before(at, 1), "about" | "ca" | "circa" | "ongeveer" | "zon" | "around" | "max" | "." | "the");
    matches!(text.before(at, 1 + usize::from(rough)), "voor" | "for" | "with" | "ca")
}

/// Whether a phrase ends here: a mark, or a word that begins the next one.
fn closes(text: &Text<'_>, at: usize) -> bool {
    !text.is(at, Sort::Word) && !text.is(at, Sort::Digits)
        || matches!(text.word(at), "in" | "op" | "at" | "on" | "plus" | "en" | "and" | "om" | "bij" | "met" | "with")
}

/// Words before a name that may stand before a count as well.
const LOOSE: [&str; 9] = ["op", "van", "from", "max", "om", "printer", "at", "around", "rond"];

/// Words after which a number seldom counts what is asked for.
const AFTER: [&str; 21] = [
    "eerste", "first", "laatste", "last", "binnen", "within", "over", "after", "na", "sinds", "al", "zijn", "with",
    "met", "zn", "komen", "hebben", "have", "expect", "only", "slechts",
];

/// What kind of noun a number has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Noun {
    /// It belongs to the item.
    Own,
    People,
    Plural,
}

/// The noun of a number: the nearest word that the item knows, else people, else a plural.
fn noun(
    text: &Text<'_>,
    from: usize,
    sought: &Sought<'_>,
    knows: &mut impl FnMut(usize) -> bool,
) -> Option<(usize, Noun)> {
    let mut plain = None;
    let mut words = 0;
    let mut at = from;
    while words < REACH && at < text.len() {
        if text.is(at, Sort::Digits) && text.is(at + 1, Sort::Word) && text.glued(at + 1) && words > 0 {
            // "two 16A sockets"
            at += 2;
            continue;
        }
        if matches!(text.word(at), "×" | "\"" | "-") {
            at += 1;
            continue;
        }
        let free = !sought.taken.get(at).copied().unwrap_or(false);
        if !text.is(at, Sort::Word) || !free {
            break;
        }
        let word = text.word(at);
        if knows(at) {
            return Some((at, Noun::Own));
        }
        // "two visitor spots" are spots.
        if people(word) && !(plural(text.word(at + 1)) && text.is(at + 1, Sort::Word) && !people(text.word(at + 1))) {
            return Some((at, Noun::People));
        }
        if unit(word) && words > 0 {
            break;
        }
        if plain.is_none() && plural(word) && !people(word) {
            plain = Some((at, Noun::Plural));
        } else if plain.is_some() || !(between(word) || text.glued(at + 1) && text.is(at + 1, Sort::Word)) {
            break;
        }
        words += 1;
        at += 1;
    }
    plain
}

/// *4 of them*, *3 van de lampjes*: the token after the words of the part.
fn of_them(text: &Text<'_>, at: usize) -> Option<usize> {
    match (text.word(at), text.word(at + 1)) {
        ("of", "them" | "these" | "those" | "us") | ("van", "die" | "deze" | "ons") => Some(at + 2),
        ("of", "the" | "our") | ("van", "de" | "onze") => Some(at + 2),
        ("ervan", _) => Some(at + 1),
        _ => None,
    }
    .filter(|_| !text.is(at + 2, Sort::Digits) && super::number::small(text.word(at + 2)).is_none())
}

/// Whether the sentence around a number asks for something, or the number begins it.
fn asked(text: &Text<'_>, n: &Number) -> bool {
    const FAR: usize = 24;
    let back = (1..FAR).map_while(|back| n.from.checked_sub(back)).take_while(|at| !text.ends_sentence(*at));
    let ahead = (n.to..n.to + FAR).take_while(|at| *at < text.len() && !text.ends_sentence(*at));
    starts(text, n.from) || back.chain(ahead).any(|at| asks(text.word(at)))
}

fn starts(text: &Text<'_>, at: usize) -> bool {
    at == 0 || text.ends_sentence(at - 1) || matches!(text.before(at, 1), "," | ":" | "-" | "*" | "\n" | "(" | "+")
}

/// *waarvan 3 vega en 1 glutenvrij*, *including two vegans*: a part of what was counted before.
fn part_of_another(text: &Text<'_>, at: usize) -> bool {
    (1..=7).map_while(|back| at.checked_sub(back)).take_while(|at| !text.ends_sentence(*at)).any(|at| {
        matches!(text.word(at), "waarvan" | "which" | "whom" | "incl" | "inclusief" | "including" | "waaronder")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(raw: &str, known: &[&str], incident: bool, for_people: bool) -> Option<u32> {
        let text = Text::new(raw);
        let sought = Sought { taken: &[], marks: Marks::Dutch, emphasis: &[], incident, for_people };
        quantity(&text, &sought, |at| known.contains(&text.word(at))).map(|found| found.count)
    }

    #[test]
    fn the_count_of_the_thing_is_found_behind_adjectives() {
        assert_eq!(count("graag 7 hoge zwarte krukken", &["krukken"], false, false), Some(7));
        assert_eq!(count("two sturdy 16A cables please", &["cables"], false, false), Some(2));
        assert_eq!(count("bekers, 300 stuks", &[], false, false), Some(300));
        assert_eq!(count("kun je er 4 bijbestellen", &[], false, false), Some(4));
        assert_eq!(count("8 dozen handschoenen graag", &["handschoenen"], false, false), Some(8));
    }

    #[test]
    fn what_is_counted_may_be_left_out_or_stand_before() {
        assert_eq!(count("nieuwe bekers, een stuk of 30", &["bekers"], false, false), Some(30));
        assert_eq!(count("kunnen er 5 nieuwe besteld worden", &[], false, false), Some(5));
        assert_eq!(count("er moeten er nog 2 bij", &[], false, false), Some(2));
        assert_eq!(count("only four seats, we need 2 more from Thursday", &[], false, false), Some(2));
        assert_eq!(count("statafels (8) en een podium", &["statafels"], false, false), Some(8));
        assert_eq!(count("four bar stools please", &["stools"], false, false), Some(4));
        assert_eq!(count("een voorraad van 24 rollen graag", &["rollen"], false, false), Some(24));
        assert_eq!(count("hij is lang, reken op 3 vakken", &["vakken"], false, false), Some(3));
        assert_eq!(count("twee feesttenten (3x6) op het veld graag", &["feesttenten"], false, false), Some(2));
        assert_eq!(count("could we have four extension cords", &[], false, false), Some(4));
        assert_eq!(count("can I get one more charger", &["charger"], false, false), Some(1));
        assert_eq!(count("in de hal 80 stoelen in rijen", &["stoelen"], false, false), Some(80));
    }

    #[test]
    fn other_numbers_are_no_count() {
        for raw in ["ik heb het 3x geprobeerd", "kamer 12", "de versie van 2019", "loket 4 graag", "een stuk of wat"] {
            assert_eq!(count(raw, &[], false, false), None, "{raw}");
        }
        for raw in [
            "de percelen ten noorden van de weg graag toevoegen",
            "three things for our new colleague please",
            "only one plaster in the kit, please refill it",
            "my badge is in two pieces, can I have a new one",
        ] {
            assert_eq!(count(raw, &["plaster", "percelen", "badge", "kit"], false, false), None, "{raw}");
        }
        // People count only where the item is for them.
        assert_eq!(count("we zitten met 9 man in de kou", &[], true, false), None);
        assert_eq!(count("broodjes voor 9 man", &[], false, true), Some(9));
    }

    #[test]
    fn parts_and_lists_are_not_the_count() {
        assert_eq!(count("lunch voor 14 personen, waarvan 2 vega en 1 halal", &[], false, true), Some(14));
        assert_eq!(count("lunch, 14 man. 3 vega, 1 glutenvrij", &[], false, true), Some(14));
        assert_eq!(count("drinks for around 60 people", &[], false, true), Some(60));
        assert_eq!(count("lunch voor 9 personen. 2x glutenvrij", &[], false, true), Some(9));
        assert_eq!(count("al 4x buitengesloten", &[], false, false), None);
        assert_eq!(count("graag 5 krukken, 2 kapstokken en 3 lampen", &[], false, false), None);
        assert_eq!(count("5 van de stoelen wiebelen", &["stoelen"], true, false), Some(5));
    }
}
