//! What can begin at each token, found once for a text: most words of a message have nothing to do with time.

use super::*;
use crate::intake::language;
use crate::intake::text::Token;
use crate::intake::vocabulary::{Vocabulary, holds_one};

/// What can begin at a token. It may promise too much, never too little.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opens {
    /// A whole expression, with the words before it that say what it is.
    pub whole: bool,
    /// A day, a period, a time, a length or any other slot of a rule.
    pub piece: bool,
}

/// The first words of all rules.
static RULES: LazyLock<Vocabulary<Opens>> = LazyLock::new(|| {
    let both = Opens { whole: true, piece: true };
    let pieces = days::table().words().chain(periods::table().words()).chain(away::table().words());
    let pieces = pieces.chain(feast::table().words()).map(|word| (word, both));
    let around = spoken::table().words().chain(recur::table().words()).chain(lead::table().words());
    Vocabulary::new(pieces.chain(around.map(|word| (word, Opens { whole: true, piece: false }))))
});

word_list! {
    /// Words with which code, and no rule, begins a piece: edges of periods, weeks by number, times of day, lengths.
    fn by_code(word) {
        "eod" | "cob" | "eom" | "bom" | "eoy" | "boy" | "eoq" | "maandeinde" | "jaareinde" | "maandultimo" | "eind" |
        "einde" | "end" | "ultimo" | "uiteinde" | "begin" | "beginning" | "start" | "early" | "earlier" | "vroeg" |
        "vroege" | "midden" | "half" | "halve" | "medio" | "mid" | "middle" | "halverwege" | "halfweg" | "late" |
        "later" | "laat" | "a" | "an" | "as" | "n" | "een" | "week" | "wk" | "weeknr" | "weeknummer" | "w" | "q" |
        "k" | "eow" | "weekafsluiting" | "weekend" | "weekends" | "weekeinde" | "weekeind" | "wkend" | "weekendje" |
        "lente" | "voorjaar" | "spring" | "zomer" | "summer" | "herfst" | "najaar" | "autumn" | "fall" | "winter" |
        "noon" | "middaguur" | "midday" | "noonish" | "midnight" | "middernacht" | "midmorgen" | "midmorning" |
        "midmiddag" | "midafternoon" | "op" | "kwart" | "quarter" | "kwartier" | "kwartiertje" | "enen" | "tweeen" |
        "drieen" | "vieren" | "vijven" | "zessen" | "zevenen" | "achten" | "negenen" | "tienen" | "elven" |
        "twaalven" | "s" | "in" | "during" | "tijdens" | "gedurende" | "at" | "lunch" | "lunchtijd" | "lunchtime" |
        "enkele" | "several" | "few" | "paar" | "couple" | "pair" | "halfuur" | "halfuurtje" | "driekwartier" |
        "uurtje" | "weekje" | "dagje" | "maandje" | "point" | "komma" | "am" | "pm"
    }
}

/// What can begin with the small words of either language, found once: every other word of a message is one of them.
static SMALL: LazyLock<Vocabulary<Opens>> =
    LazyLock::new(|| Vocabulary::new(language::SMALL.words().map(|word| (*word, with(word)))));

/// What can begin at each token of a text.
pub(super) fn opens(text: &Text<'_>) -> Vec<Opens> {
    let opens = |(at, token): (usize, &Token)| {
        let word = text.word(at);
        match token.sort {
            Sort::Digits => Opens { whole: true, piece: true },
            Sort::Break | Sort::Link => Opens::default(),
            Sort::Mark => Opens {
                whole: matches!(word, "@" | "." | "," | "½" | "¼" | "¾" | "+" | "-" | ">" | "<" | "'"),
                piece: rules(word).piece || matches!(word, "." | "," | "'") || number::is_part(word),
            },
            Sort::Word => SMALL.get(word).copied().unwrap_or_else(|| with(word)),
        }
    };
    let mut all: Vec<Opens> = text.tokens.iter().enumerate().map(opens).collect();
    // From the end on: how far away the next token is that tells of time.
    let mut away = usize::MAX;
    for (at, (opens, token)) in all.iter_mut().zip(&text.tokens).enumerate().rev() {
        let (word, begins) = (text.word(at), opens.whole || opens.piece);
        let leads = begins && leads(text, at);
        if leads && away > NEAR {
            *opens = Opens::default();
        }
        let tells = match token.sort {
            Sort::Digits => true,
            Sort::Word => !leads && (begins || IN_RULES.get(word).is_some() || after_small(word)),
            Sort::Mark => !leads && begins,
            _ => false,
        };
        away = if tells { 1 } else { away.saturating_add(1) };
    }
    all
}

/// So many tokens after a small word stands the first one that tells of time, where the small word begins a date at all.
const NEAR: usize = 4;

/// Whether a token is a small word or a mark that may begin a date and mostly does not: *in de kamer*, *voor een collega*.
fn leads(text: &Text<'_>, at: usize) -> bool {
    match text.word(at) {
        // Alone it is an hour: *om een*.
        "een" => text.is(at + 1, Sort::Word),
        word => small(word),
    }
}

word_list! {
    fn small(word) {
        "de" | "het" | "the" | "den" | "a" | "an" | "in" | "op" | "on" | "van" | "of" | "met" | "to" | "for" | "voor" |
        "over" | "at" | "from" | "om" | "by" | "na" | "niet" | "not" | "no" | "that" | "meer" | "all" | "new" |
        "mijn" | "my" | "our" | "onze" | "or" | "," | "." | "'"
    }
}

word_list! {
    /// What code, and no rule, reads after a small word.
    fn after_small(word) {
        "loop" | "lunch" | "hours" | "uren" | "uurtjes" | "paar" | "couple" | "pair"
    }
}

/// The words of all rules but the small ones.
static IN_RULES: LazyLock<Vocabulary<()>> = LazyLock::new(|| {
    let all = days::table().all_words().chain(periods::table().all_words()).chain(away::table().all_words());
    let all = all.chain(feast::table().all_words()).chain(spoken::table().all_words());
    let all = all.chain(recur::table().all_words()).chain(lead::table().all_words());
    Vocabulary::new(all.filter(|word| !small(word) && *word != "een").map(|word| (word, ())))
});

fn rules(word: &str) -> Opens {
    RULES.get(word).copied().unwrap_or_default()
}

/// What can begin with a word.
fn with(word: &str) -> Opens {
    let (rules, named) = (rules(word), named(word) || clock_words::half_in_one(word).is_some());
    Opens {
        whole: named || rules.whole || words::begins(word) || in_one_word(word),
        piece: named
            || rules.piece
            || by_code(word)
            || words::unit(word).is_some()
            || words::relative(word).is_some()
            || words::weekday_part(word).is_some()
            || number::is_scale_rank(word),
    }
}

/// Numbers, ranks, weekdays, months, parts of the day and turns.
fn named(word: &str) -> bool {
    number::may_begin(word)
        || words::weekday(word).is_some()
        || words::month(word).is_some()
        || words::turn(word).is_some()
        || words::part(word).is_some()
        || number::ordinal_word(word).is_some()
}

/// *dinsdagmiddag*, *maandagochtendvergadering*: a day or a part of it may be in the word.
fn in_one_word(word: &str) -> bool {
    word.len() > 7
        && holds_one(word, |rest| match rest {
            [b'd', ..] => &["dag"],
            [b'o', ..] => &["ochtend"],
            [b'm', ..] => &["morgen", "middag"],
            [b'a', ..] => &["avond"],
            [b'n', ..] => &["nacht"],
            _ => &[],
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words at which something may begin.
    fn begin(raw: &str) -> Vec<String> {
        let text = Text::new(raw);
        let all = opens(&text);
        let begins = |at: &usize| all[*at].whole || all[*at].piece;
        (0..text.len()).filter(begins).map(|at| text.word(at).to_owned()).collect()
    }

    #[test]
    fn a_small_word_begins_something_only_near_a_word_of_dates() {
        assert!(begin("de kast in de gang van het gebouw, voor de collega").is_empty());
        assert_eq!(begin("voor vrijdag"), ["voor", "vrijdag"]);
        assert!(begin("kom om een").contains(&"een".to_owned()), "an hour of its own");
        assert!(begin("op of voor de dag na morgen").contains(&"op".to_owned()));
    }
}
