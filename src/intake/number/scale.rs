//! Words and letters that multiply: *duizend*, *mln*, *k*, *dozijn*.

use super::{Marks, Number, fraction};
use crate::intake::text::{Sort, Text};

vocabulary! {
    /// What a scale word of three or more zeros multiplies by.
    pub(super) fn big(word) -> f64 {
        "duizend" | "duizenden" | "thousand" | "thousands" => 1e3,
        "lakh" | "lakhs" | "lac" | "lacs" | "lkh" | "lkhs" => 1e5,
        "miljoen" | "miljoenen" | "million" | "millions" | "mln" | "mil" | "mio" => 1e6,
        "crore" | "crores" | "koti" => 1e7,
        "miljard" | "miljarden" | "mld" | "mrd" | "billion" | "billions" | "bln" => 1e9,
        "biljoen" | "biljoenen" | "trillion" | "trillions" | "tln" => 1e12,
        "biljard" | "quadrillion" | "quadrillions" => 1e15,
        "triljoen" => 1e18,
    }
}

/// Whether a word means a hundred.
pub(super) fn hundred(word: &str) -> bool {
    matches!(word, "honderd" | "hundred" | "hundreds")
}

/// Whether a word means twelve. In Dutch *dozen* are boxes.
pub(super) fn dozen(word: &str, marks: Marks) -> bool {
    matches!(word, "dozijn" | "dozijnen" | "dozens" | "doz" | "dozs" | "dz" | "dzs")
        || (word == "dozen" && marks == Marks::English)
}

/// The letter right behind digits: `10k`, `1.2M`. Those that name other things as well (*5G*, *kamer 2b*) need a fraction.
fn letter(text: &Text<'_>, n: &Number) -> Option<f64> {
    let token = text.tokens.get(n.to)?;
    let alone = !text.glued(n.to + 1) || text.is(n.to + 1, Sort::Mark);
    match text.word(n.to) {
        "k" if token.glued || ((token.capital || n.broken) && alone) => Some(1e3),
        "mm" if token.shout => Some(1e6),
        "m" if token.capital && (token.glued || n.broken) => Some(1e6),
        "b" if n.broken && token.glued => Some(1e9),
        "g" if n.broken && token.capital => Some(1e9),
        "t" if n.broken && token.capital => Some(1e12),
        _ => None,
    }
}

/// *5 duizend*, *2 million*, *10k*, *2 dozijn*: what the number was multiplied by.
pub(super) fn apply(text: &Text<'_>, n: &mut Number, marks: Marks) -> f64 {
    let mut all = 1.0;
    loop {
        let word = text.word(n.to);
        let by = big(word)
            .or_else(|| (n.digits && all == 1.0).then(|| letter(text, n)).flatten())
            .or_else(|| (n.digits && hundred(word)).then_some(1e2))
            .or_else(|| dozen(word, marks).then_some(12.0));
        let Some(by) = by else { return all };
        n.value = fraction::tidy(n.value * by);
        all *= by;
        n.to += 1;
    }
}
