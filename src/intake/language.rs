//! Dutch or English, by the small words that either language cannot do without.

use super::text::{Sort, Text};
use super::vocabulary::holds;
use crate::domain::Lang;

/// The language of a text, and whether it shows at all.
pub(crate) fn language(text: &Text<'_>) -> (Lang, bool) {
    let (mut nl, mut en) = (0.0_f32, 0.0_f32);
    for at in 0..text.len() {
        if !text.is(at, Sort::Word) {
            continue;
        }
        match weight(text.word(at)) {
            Some((Lang::Nl, w)) => nl += w,
            Some((Lang::En, w)) => en += w,
            None => shape(text.word(at), &mut nl, &mut en),
        }
    }
    (if en > nl { Lang::En } else { Lang::Nl }, nl + en > 0.9)
}

/// The language of a small word, where it is one.
pub(crate) fn common(word: &str) -> Option<Lang> {
    weight(word).map(|(lang, _)| lang)
}

vocabulary! {
    /// Small words.
    pub(crate) fn weight(word) in SMALL -> (Lang, f32) {
        "de" | "het" | "een" | "en" | "van" | "ik" | "niet" | "dat" | "voor" | "met" | "op" | "aan" | "er" | "zijn" |
        "maar" | "ook" | "naar" | "bij" | "uit" | "om" | "nog" | "wel" | "dan" | "als" | "deze" | "dit" | "kan" |
        "kunnen" | "graag" | "jullie" | "wij" | "heb" | "hebben" | "heeft" | "wordt" | "worden" | "mijn" | "onze" |
        "geen" | "weer" | "iemand" | "moet" | "moeten" | "ff" | "even" | "aub" | "svp" | "ajb" | "hoor" | "toch" |
        "daar" | "hier" | "waar" | "wie" | "hoe" | "zit" | "staat" | "doet" | "doen" | "gaat" | "ligt" | "komt" |
        "mag" | "zou" | "mn" | "zn" | "n" | "t" | "vd" | "je" | "ze" | "hij" | "te" | "tot" | "dus" | "want" | "vanaf" |
        "tussen" | "ons" | "hun" | "al" | "nu" | "zo" | "vandaag" | "morgen" | "gisteren" | "uur" | "bedankt" | "dank" |
        "stuk" | "kapot" | "verstopt" | "nieuwe" | "over" | "door" | "alle" | "veel" | "twee" | "drie" | "vier" |
        "zes" | "kun" | "kunt" | "eens" | "ge" | "den" | "amai" | "moi" | "ben" | "komen" | "gaan" | "zien" | "klaar" |
        "leeg" | "vol" | "werkt" | "zelf" | "ja" | "nee" | "akkoord" | "prima" | "fijne" | "dag" => (Lang::Nl, 1.0),
        "the" | "and" | "to" | "for" | "with" | "you" | "your" | "my" | "our" | "not" | "this" | "that" | "are" |
        "have" | "has" | "can" | "could" | "would" | "please" | "pls" | "someone" | "anyone" | "from" | "there" |
        "its" | "it" | "i" | "im" | "be" | "at" | "by" | "need" | "needs" | "does" | "doesnt" | "dont" | "cant" |
        "wont" | "still" | "again" | "thanks" | "thx" | "before" | "after" | "which" | "what" | "when" | "who" |
        "will" | "were" | "been" | "get" | "got" | "they" | "their" | "he" | "she" | "his" | "her" | "how" | "any" |
        "about" | "every" | "just" | "some" | "down" | "new" | "working" | "broken" | "today" | "tomorrow" |
        "yesterday" | "one" | "two" | "three" | "four" | "five" | "six" | "if" | "but" | "because" | "so" | "yes" |
        "no" | "okay" | "works" | "happy" | "good" | "great" | "morning" | "let" | "lets" | "did" | "us" => (Lang::En, 1.0),
        // Words of both languages say little.
        "a" | "an" | "all" | "out" | "up" => (Lang::En, 0.4),
        "is" | "in" | "we" | "team" | "update" | "of" | "was" | "do" | "on" | "hi" => (Lang::En, 0.0),
    }
}

/// Letters that one language has and the other hardly.
fn shape(word: &str, nl: &mut f32, en: &mut f32) {
    if word.len() < 4 {
        return;
    }
    for (part, weight) in
        [("ij", 0.5), ("aa", 0.5), ("uu", 0.5), ("oe", 0.15), ("sch", 0.4), ("eu", 0.15), ("ui", 0.15), ("ee", 0.05)]
    {
        if holds(word, part) {
            *nl += weight;
        }
    }
    for ending in ["lijk", "heid", "tje", "tjes", "ende", "ingen", "sel"] {
        if word.ends_with(ending) {
            *nl += 0.4;
        }
    }
    for (part, weight) in [("th", 0.35), ("wh", 0.3), ("sh", 0.3), ("ough", 0.5)] {
        if holds(word, part) {
            *en += weight;
        }
    }
    for ending in ["ing", "tion", "ness", "ful", "ly", "ed", "ght"] {
        if word.ends_with(ending) {
            *en += 0.35;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_of_either_language_are_told_apart() {
        for (raw, want) in [
            ("gang boven is donker", Lang::Nl),
            ("the hall light is out", Lang::En),
            ("scanner kapot", Lang::Nl),
            ("Need a spare chair please", Lang::En),
        ] {
            assert_eq!(language(&Text::new(raw)).0, want, "{raw}");
        }
    }
}
