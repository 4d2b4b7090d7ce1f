//! Days of the month without its name: *de 24e*, *on the 3rd*.

use super::*;

/// *de 24e*, *on the 3rd*: the next such day of a month.
pub(super) fn day_of_month(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let (one, two) = (t.before(at, 1), t.before(at, 2));
    let article = matches!(one, "de" | "the" | "den");
    let bare = !r.chat && (matches!(one, "op" | "on") || article && matches!(two, "op" | "on" | "for" | "by"));
    let (dom, to) = match ordinal(t, at) {
        Some((dom, to)) => {
            let word = !t.is(at, Sort::Digits);
            // "de tweede" ranks more often than it dates: it takes a preposition.
            if word && (r.chat || !(article && matches!(two, "op" | "on" | "voor" | "per" | "vanaf"))) {
                return None;
            }
            (dom, to)
        }
        None if bare && t.word(at).len() <= 2 => {
            let free = matches!(
                t.word(at + 1),
                "om" | "at" | "terug" | "," | "" | "." | "!" | "?" | "back" | "from" | "between" | "van" | "tussen"
            );
            (t.digits(at).filter(|_| free && !(t.word(at + 1) == "." && t.glued(at + 2)))?, at + 1)
        }
        None => return None,
    };
    if !(1..=31).contains(&dom) || !(article || bare) {
        return None;
    }
    // "op de 3e" is a floor in the mouth of colleagues; what is counted is no date either.
    let dated = matches!(
        two,
        "on" | "by" | "before" | "until" | "per" | "vanaf" | "voor" | "uiterlijk" | "tot" | "from" | "at" | "for"
    );
    let floor = r.chat && dom <= 9 && !dated;
    let next = t.word(to);
    // "vanaf de 15e extra stoelen", "voor de 15e 4 stoelen": what is asked for follows a deadline, and is not what is ranked.
    let due = dated && !matches!(two, "voor" | "for" | "at") || matches!(two, "voor" | "for") && dom > 12;
    if t.is(to, Sort::Digits) && !(r.chat && due && !t.glued(to)) {
        return None;
    }
    let counted = t.is(to, Sort::Word)
        && match (r.chat, due) {
            (true, false) => !follows_date(next),
            (true, true) => is_ranked(next) || is_high_ranked(next),
            (false, _) => is_ranked(next),
        };
    let english_tail = r.english() && next == "of" && words::month(t.word(to + 1)).is_none();
    if floor || counted || english_tail {
        return None;
    }
    let today = r.today();
    let mut date = today.with_day(dom).filter(|date| *date >= today);
    let mut first = today.with_day(1)?;
    for _ in 0..3 {
        if date.is_some() {
            break;
        }
        first = month_from(first, 1)?;
        date = first.with_day(dom);
    }
    plain(date?, to)
}

word_list! {
    /// Words that may follow a day of the month in chat; a noun would be what is counted.
    pub(super) fn follows_date(word) {
        "om" | "at" | "en" | "and" | "of" | "van" | "is" | "was" | "heb" | "hebben" | "komt" | "komen" | "moet" |
        "moeten" | "iemand" | "nog" | "in" | "graag" | "please" | "pls" | "for" | "from" | "to" | "tot" | "t" | "voor" |
        "the" | "de" | "een" | "if" | "als" | "hebt" | "kan" | "kunnen" | "we" | "wij" | "ik" | "i" | "you" | "jullie" |
        "er" | "weer" | "op" | "s" | "with" | "met" | "want" | "dan" | "zijn" | "a" | "an" | "but" | "maar" | "around" |
        "rond" | "because" | "so" | "dus" | "langs" | "terug" | "klaar" | "ready" | "when" | "then" | "that" | "dat" |
        "zodat" | "omdat" | "they" | "he" | "she" | "ze" | "hij" | "zij" | "it" | "het" | "starten" | "begint" |
        "beginnen" | "starts" | "start" | "heeft" | "wordt" | "worden" | "zou" | "mag" | "until" | "till"
    }
}

word_list! {
    /// What is ranked beyond the twelfth, where it is not what is asked for.
    fn is_high_ranked(word) {
        "verjaardag" | "birthday" | "jubileum" | "anniversary" | "editie" | "edition" | "lustrum" | "bijeenkomst" | "les" |
        "sessie" | "session" | "huwelijksdag" | "trouwdag" | "deelnemer" | "collega" | "bezoeker" | "werkplek"
    }
}

/// Nouns that are ranked: *de 3e verdieping*, *the 2nd time*.
pub(super) fn is_ranked(word: &str) -> bool {
    words_of_rank(word) || words::unit(word).is_some() || words::weekday(word).is_some_and(|(_, sure)| sure)
}

pub(super) fn words_of_rank(word: &str) -> bool {
    matches!(
        word,
        "verdieping"
            | "etage"
            | "floor"
            | "keer"
            | "time"
            | "kwartaal"
            | "quarter"
            | "eeuw"
            | "century"
            | "klas"
            | "plaats"
            | "place"
            | "plek"
            | "man"
            | "vrouw"
            | "edition"
            | "editie"
            | "grade"
            | "persoon"
            | "person"
            | "one"
            | "die"
            | "quarters"
            | "cousin"
            | "hand"
            | "helft"
            | "half"
            | "part"
            | "deel"
    )
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::mean;

    #[test]
    fn a_deadline_may_be_followed_by_what_is_asked_for() {
        mean(
            Lang::Nl,
            &[
                ("voor de 15e extra stoelen", "<2026-05-15"),
                ("voor de 15e 4 stoelen", "<2026-05-15"),
                ("vanaf de 8e nieuwe bureaus", "2026-05-08>"),
                // What is ranked is no date.
                ("taart voor de 25e verjaardag", "nothing"),
                ("voor de 3e verdieping", "nothing"),
                ("voor de 2e printer", "nothing"),
            ],
        );
    }
}
