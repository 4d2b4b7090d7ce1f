//! Numbers that are written as one word: *zeven*, *drieëntwintig*, *tweehonderdzestien*, *twentyfive*.

use crate::intake::vocabulary::{holds, holds_one};

vocabulary! {
    /// Numbers of one simple word.
    pub(crate) fn small(word) -> u32 {
        "nul" | "zero" => 0,
        "een" | "one" | "eentje" | "an" | "a" => 1,
        "twee" | "two" | "tweetal" => 2,
        "drie" | "three" | "drietal" => 3,
        "vier" | "four" | "viertal" => 4,
        "vijf" | "five" | "vijftal" => 5,
        "zes" | "six" | "zestal" => 6,
        "zeven" | "seven" | "zevental" => 7,
        "acht" | "eight" | "achttal" => 8,
        "negen" | "nine" | "negental" => 9,
        "tien" | "ten" | "tiental" => 10,
        "elf" | "eleven" => 11,
        "twaalf" | "twelve" => 12,
        "dertien" | "thirteen" => 13,
        "veertien" | "fourteen" => 14,
        "vijftien" | "fifteen" => 15,
        "zestien" | "sixteen" => 16,
        "zeventien" | "seventeen" => 17,
        "achttien" | "eighteen" => 18,
        "negentien" | "nineteen" => 19,
        "twintig" | "twenty" | "twintigtal" => 20,
        "dertig" | "thirty" | "dertigtal" => 30,
        "veertig" | "forty" | "fourty" | "veertigtal" => 40,
        "vijftig" | "fifty" | "vijftigtal" => 50,
        "zestig" | "sixty" => 60,
        "zeventig" | "seventy" => 70,
        "tachtig" | "eighty" => 80,
        "negentig" | "ninety" => 90,
        "honderd" | "hundred" | "honderdtal" => 100,
        "duizend" | "thousand" => 1000,
    }
}

/// The value of one word, simple or compound.
pub(super) fn one_word(word: &str) -> Option<f64> {
    small(word).map(f64::from).or_else(|| dutch(word)).or_else(|| english(word))
}

/// Dutch numbers of one long word: *drieendertig*, *tweehonderdzestien*, *twaalfduizend*, *vijfmiljoen*.
pub(super) fn dutch(word: &str) -> Option<f64> {
    if word.len() < 6 || word.len() > 64 || !word.is_ascii() || !is_counted(word) {
        return None;
    }
    for (scale, by) in [("miljard", 1e9), ("miljoen", 1e6), ("duizend", 1e3)] {
        if let Some((left, right)) = word.split_once(scale) {
            let left = if left.is_empty() { 1.0 } else { below_thousand(left)? };
            let right = right.strip_prefix("en").filter(|rest| part(rest).is_some()).unwrap_or(right);
            let right = if right.is_empty() { 0.0 } else { part(right)? };
            return (right < by).then_some(left * by + right);
        }
    }
    below_thousand(word)
}

/// Whether a word is a number or holds the tens or the scale of one; the others need not be taken apart.
fn is_counted(word: &str) -> bool {
    let parts = |rest: &[u8]| -> &'static [&'static str] {
        match rest {
            [b't', ..] => &["tig", "ty"],
            [b'h', ..] => &["honderd"],
            [b'd', ..] => &["duizend"],
            [b'm', ..] => &["miljoen", "miljard"],
            _ => &[],
        }
    };
    holds_one(word, parts) || small(word).is_some()
}

fn part(word: &str) -> Option<f64> {
    dutch(word).or_else(|| below_thousand(word))
}

fn below_thousand(word: &str) -> Option<f64> {
    if let Some((left, right)) = word.split_once("honderd") {
        let left = if left.is_empty() { 1.0 } else { below_hundred(left)? };
        let right = if right.is_empty() {
            0.0
        } else {
            below_hundred(right).or_else(|| below_hundred(right.strip_prefix("en")?))?
        };
        return Some(left * 100.0 + right);
    }
    below_hundred(word)
}

fn below_hundred(word: &str) -> Option<f64> {
    if let Some(value) = small(word) {
        return (value < 100 && !matches!(word, "a" | "an")).then_some(f64::from(value));
    }
    for (at, _) in word.match_indices("en") {
        let (ones, tens) = (&word[..at], &word[at + 2..]);
        if let (Some(ones), Some(tens)) = (small(ones), small(tens))
            && (1..10).contains(&ones)
            && (20..100).contains(&tens)
        {
            return Some(f64::from(tens + ones));
        }
    }
    None
}

/// *twentyfive*: the tens and the ones without the hyphen.
fn english(word: &str) -> Option<f64> {
    if !holds(word, "ty") {
        return None;
    }
    let at = word.find("ty").filter(|at| *at >= 3)? + 2;
    let (tens, ones) = (small(word.get(..at)?)?, small(word.get(at..)?)?);
    ((20..100).contains(&tens) && (1..10).contains(&ones)).then(|| f64::from(tens + ones))
}

/// *tweeënhalf*, *drieeneenhalve*, *anderhalf*: wholes and a half in one word.
pub(super) fn and_half(word: &str) -> Option<f64> {
    if matches!(word, "anderhalf" | "anderhalve") {
        return Some(1.5);
    }
    let stem = word.strip_suffix("half").or_else(|| word.strip_suffix("halve"))?;
    let stem = stem.strip_suffix("eneen").or_else(|| stem.strip_suffix("en"))?;
    Some(below_thousand(stem)? + 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_dutch_words_are_taken_apart() {
        for (word, want) in [
            ("negenennegentig", 99.0),
            ("honderdelf", 111.0),
            ("honderdenvier", 104.0),
            ("elfhonderd", 1100.0),
            ("zevenduizendveertien", 7014.0),
            ("drieentwintigduizendvijfhonderd", 23_500.0),
            ("tweemiljoendriehonderdduizend", 2_300_000.0),
        ] {
            assert_eq!(one_word(word), Some(want), "{word}");
        }
        for word in ["enen", "tientig", "duizendpoot", "honderdje", "verenigen", "zelfstandig"] {
            assert_eq!(one_word(word), None, "{word}");
        }
    }

    #[test]
    fn a_half_may_hang_on_the_word() {
        assert_eq!(and_half("vierenhalf"), Some(4.5));
        assert_eq!(and_half("zeveneneenhalve"), Some(7.5));
        assert_eq!(and_half("anderhalve"), Some(1.5));
        assert_eq!(and_half("behalve"), None);
    }
}
