//! What stands before and between the ends of a range: *minder dan*, *at least*, *tussen … en …*, *2-7*.

use crate::intake::text::{Sort, Text};

/// Which end of a range a phrase names, where its number begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    /// It is the lower end.
    pub lower: bool,
    /// The token after the phrase.
    pub to: usize,
}

/// The phrase that names one end of a range: *minder dan*, *at most*, *maximaal*.
pub(crate) fn bound(text: &Text<'_>, at: usize) -> Option<Bound> {
    let (lower, skip) = match (text.word(at), text.word(at + 1), text.word(at + 2)) {
        ("niet" | "no" | "not", "minder" | "lager" | "less" | "lower" | "fewer", "dan" | "than") => (true, 3),
        ("niet" | "no" | "not", "meer" | "hoger" | "more" | "higher", "dan" | "than") => (false, 3),
        ("minder" | "lager" | "kleiner" | "goedkoper" | "less" | "lower" | "cheaper" | "fewer", "dan" | "than", _) => {
            (false, 2)
        }
        ("meer" | "hoger" | "groter" | "duurder" | "more" | "higher" | "over", "dan" | "than", _) => (true, 2),
        ("at" | "ten", "least" | "minste", _) => (true, 2),
        ("at" | "ten", "most" | "hoogste", _) | ("up", "to", _) => (false, 2),
        ("onder" | "under" | "below" | "max" | "maximaal" | "maximum" | "hooguit" | "hoogstens", ..) => (false, 1),
        ("minstens" | "minimaal" | "minimum" | "boven" | "above" | "over" | "exceeding" | "exceeds", ..) => (true, 1),
        _ => return None,
    };
    let to = at + skip;
    let article = usize::from(matches!(text.word(to), "de" | "the") || text.word(to) == "." && text.glued(to));
    Some(Bound { lower, to: to + article })
}

/// The token after *tussen*, *from*, *van*: the two ends follow.
pub(crate) fn led(text: &Text<'_>, at: usize) -> Option<usize> {
    matches!(text.word(at), "tussen" | "between" | "vanaf" | "from" | "van")
        .then(|| at + 1 + usize::from(matches!(text.word(at + 1), "de" | "the")))
}

/// The token after the mark or word between two ends; *and* only counts after *between*.
pub(crate) fn between(text: &Text<'_>, at: usize, led: bool) -> Option<usize> {
    match text.word(at) {
        "-" => Some(at + 1),
        "tot" | "to" | "until" | "à" => Some(at + 1 + usize::from(text.word(at + 1) == "en")),
        "a" if text.is(at + 1, Sort::Digits) && text.is(at.saturating_sub(1), Sort::Digits) => Some(at + 1),
        "en" | "and" if led => Some(at + 1),
        _ => None,
    }
}

/// The token after *ongeveer*, *about*, *~*; the same token where none stands.
pub(crate) fn about(text: &Text<'_>, at: usize) -> usize {
    let mut to = at;
    while to < at + 2
        && matches!(
            text.word(to),
            "ongeveer"
                | "circa"
                | "ca"
                | "rond"
                | "ruim"
                | "bijna"
                | "zon"
                | "precies"
                | "exact"
                | "about"
                | "around"
                | "approximately"
                | "roughly"
                | "nearly"
                | "almost"
                | "exactly"
                | "~"
                | "±"
        )
    {
        to += 1;
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_range_are_told_apart() {
        for (raw, lower, to) in [
            ("niet minder dan 4", true, 3),
            ("not more than 4", false, 3),
            ("up to 4", false, 2),
            ("hooguit 4", false, 1),
            ("minimaal 4", true, 1),
            ("boven de 4", true, 2),
        ] {
            assert_eq!(bound(&Text::new(raw), 0), Some(Bound { lower, to }), "{raw}");
        }
        assert_eq!(bound(&Text::new("niet vandaag"), 0), None);
        assert_eq!(between(&Text::new("3 en 4"), 1, false), None);
        assert_eq!(between(&Text::new("3 en 4"), 1, true), Some(2));
        assert_eq!(about(&Text::new("ongeveer 9"), 0), 1);
    }
}
