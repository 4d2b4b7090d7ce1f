//! What the clause around a date says of it: that something is asked, told, explained, or due.

use super::text::Text;
use super::when::Dated;

/// The words around a date up to the next marks. *Zaterdag is er een feest, kan de zaal vrijdag leeg?* asks in its second clause.
fn clause<'t>(text: &'t Text<'_>, dated: &Dated) -> impl Iterator<Item = usize> + 't {
    const FAR: usize = 16;
    let ends = |at: &usize| text.ends_sentence(*at) || matches!(text.word(*at), "," | ";" | ":" | "(" | ")");
    let (from, to) = (dated.from, dated.to);
    let back = (1..FAR).map_while(move |back| from.checked_sub(back)).take_while(move |at| !ends(at));
    let ahead = (to..text.len().min(to + FAR)).take_while(move |at| !ends(at));
    back.chain(ahead)
}

/// Whether the clause asks.
pub(super) fn asks(text: &Text<'_>, dated: &Dated) -> bool {
    clause(text, dated).any(|at| asking(text.word(at)))
}

/// *It started on Monday*, *er is donderdag een versie geïnstalleerd*: the clause tells what has happened, and asks nothing.
pub(super) fn over(text: &Text<'_>, dated: &Dated) -> bool {
    let has = |is: fn(&str) -> bool| clause(text, dated).any(|at| is(text.word(at)));
    let helper =
        |word: &str| matches!(word, "is" | "zijn" | "heeft" | "hebben" | "heb" | "ben" | "has" | "have" | "ive");
    !has(asking) && (has(happened) || has(helper) && has(participle))
}

/// *Geïnstalleerd*, *verplaatst*, *installed*: the form of a verb with *heeft* or *has*.
fn participle(word: &str) -> bool {
    let dutch = ["ge", "ver", "be", "ont", "her"].iter().any(|begin| word.starts_with(begin));
    word.len() >= 6 && (dutch && (word.ends_with('d') || word.ends_with('t')) || word.ends_with("ed"))
}

/// *Uiterlijk 24 april*, *no later than Friday*, *Friday at the latest*: nobody says so of another date than the one that is wished
/// for. Behind a mark the words are about what comes next: *voor Koningsdag, uiterlijk 24 april*.
pub(super) fn at_the_latest(text: &Text<'_>, dated: &Dated) -> bool {
    let marked = |at: &usize| text.ends_sentence(*at) || text.word(*at) == ",";
    let before = (1..=2).map_while(|back| dated.from.checked_sub(back)).take_while(|at| !marked(at));
    let behind = (dated.to..dated.to + 3).take_while(|at| !marked(at));
    before.chain(dated.from..dated.to).chain(behind).any(|at| latest(text.word(at)))
}

word_list! {
    fn latest(word) { "uiterlijk" | "latest" | "later" | "deadline" | "ultimo" }
}

word_list! {
    /// Verbs of what has happened.
    fn happened(word) {
        "was" | "waren" | "had" | "hadden" | "werd" | "werden" | "ging" | "gingen" | "kwam" | "kwamen" | "begon" |
        "gebeurd" | "gebeurde" | "deed" | "deden" | "zei" | "zeiden" | "vroeg" | "viel" | "stond" | "zat" | "hing" |
        "were" | "did" | "didnt" | "wasnt" | "werent" | "started" | "began" | "happened" | "went" | "came" | "said" |
        "told" | "broke" | "stopped" | "arrived" | "fell" | "gave" | "got" | "asked" | "ordered" | "reported"
    }
}

word_list! {
    fn asking(word) {
        "kan" | "kunnen" | "kun" | "kunt" | "zou" | "zouden" | "mag" | "mogen" | "wil" | "willen" | "wilt" | "graag" |
        "aub" | "svp" | "please" | "can" | "could" | "would" | "may" | "need" | "needs" | "nodig" | "moet" | "moeten" |
        "liefst" | "must" | "like" | "ajb" | "pls"
    }
}

/// *Want om 1 uur is de bespreking*: it tells why, and when something else is.
pub(super) fn reason(text: &Text<'_>, at: usize) -> bool {
    const FAR: usize = 6;
    (1..=FAR)
        .map_while(|back| at.checked_sub(back))
        .take_while(|at| !text.ends_sentence(*at) && text.word(*at) != ",")
        .any(|at| matches!(text.word(at), "want" | "because" | "omdat" | "aangezien"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::intake::when::{self, Reading};

    fn of(raw: &str, is: fn(&Text<'_>, &Dated) -> bool) -> Vec<bool> {
        let now = chrono::NaiveDate::from_ymd_opt(2026, 5, 6).unwrap().and_hms_opt(10, 15, 0).unwrap();
        let text = Text::new(raw);
        when::find(&Reading::new(&text, now, Lang::Nl, false, true)).iter().map(|dated| is(&text, dated)).collect()
    }

    #[test]
    fn the_clause_of_a_date_asks_or_tells_of_the_past() {
        assert_eq!(of("zaterdag is er een feest, kan de zaal vrijdag leeg?", asks), [false, true]);
        assert_eq!(of("er is donderdag een nieuwe versie geïnstalleerd", over), [true]);
        assert_eq!(of("it started on Monday, can you come on Friday", over), [true, false]);
        assert_eq!(of("kan het donderdag geïnstalleerd worden", over), [false]);
    }

    #[test]
    fn who_says_at_the_latest_means_it() {
        let flags = of("voor Koningsdag, uiterlijk 24 april, want de 30e zijn we weg", at_the_latest);
        assert_eq!(flags, [false, true, false]);
        assert_eq!(of("on Friday at the latest", at_the_latest), [true]);
    }
}
