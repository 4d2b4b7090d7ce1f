//! Whole numbers of several words: *seven hundred and nine*, *drie en dertig*, *two million three hundred thousand*.

use super::{Marks, compound, fraction, scale};
use crate::intake::text::Text;

/// A number of more tokens is no number that people write.
const MOST: usize = 16;

/// A whole number in words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelled {
    pub value: f64,
    /// The token after the last.
    pub to: usize,
    /// The scale word that it ends with (*million*), or one: a fraction behind it is a part of that.
    pub scale: f64,
}

/// The number in words that begins at a token.
pub(super) fn spelled(text: &Text<'_>, at: usize) -> Option<Spelled> {
    if at >= text.len() {
        return None;
    }
    text.numbers.spelled.at(at, || within(text, at, text.len().min(at + MOST), true))
}

/// The same, of tokens before `end` only; `joins` says whether *and* may stand in it.
pub(super) fn within(text: &Text<'_>, at: usize, end: usize, joins: bool) -> Option<Spelled> {
    let mut state = Spelling { total: 0.0, current: 0.0, room: f64::INFINITY, scale: 1.0, top: f64::INFINITY };
    let mut to = at;
    while to < end {
        text.numbers.step();
        let joined = to > at && joins && matches!(text.word(to), "and" | "en");
        let dash = to > at && state.room == 10.0 && text.word(to) == "-" && to + 1 < end;
        let here = to + usize::from(joined || dash);
        if here >= end || (joined && begins_another(text, here)) {
            break;
        }
        let word = text.word(here);
        let taken = if to == at { state.start(text, at) } else { state.next(text, here, joined, to - at) };
        if !taken || (dash && compound::small(word).is_none_or(|value| value >= 10)) {
            break;
        }
        to = here + 1;
        if joined && state.room == 0.0 && (20.0..100.0).contains(&state.current) && to == at + 3 {
            // "drie en dertig" is complete.
            break;
        }
    }
    (to > at).then_some(Spelled { value: state.total + state.current, to, scale: state.scale })
}

/// *and a half*, *and two dozen*: what follows is added to the whole, and is no part of its words.
fn begins_another(text: &Text<'_>, at: usize) -> bool {
    fraction::fraction(text, at).is_some_and(|(value, _)| value < 1.0)
        || within(text, at, at + 3, false).is_some_and(|count| scale::dozen(text.word(count.to), Marks::English))
}

struct Spelling {
    total: f64,
    current: f64,
    /// What may still be added stays below this.
    room: f64,
    scale: f64,
    /// The scale of the last scale word.
    top: f64,
}

impl Spelling {
    fn start(&mut self, text: &Text<'_>, at: usize) -> bool {
        let word = text.word(at);
        if matches!(word, "a" | "an") {
            self.current = 1.0;
            self.room = 0.0;
            return true;
        }
        match word {
            "duizend" | "thousand" => self.scaled(1e3),
            _ => {
                let Some(value) = compound::one_word(word) else { return false };
                self.add(value);
            }
        }
        true
    }

    fn next(&mut self, text: &Text<'_>, here: usize, joined: bool, read: usize) -> bool {
        let word = text.word(here);
        if scale::hundred(word) {
            let fits = !joined && (1.0..100.0).contains(&self.current);
            if fits {
                self.current *= 100.0;
                self.room = 100.0;
                self.scale = 1.0;
            }
            return fits;
        }
        if let Some(by) = scale::big(word) {
            if joined || (self.current == 0.0 && self.total == 0.0) {
                return false;
            }
            self.scaled(by);
            return true;
        }
        let Some(value) = compound::one_word(word).filter(|value| *value > 0.0) else { return false };
        if matches!(word, "a" | "an") || (word == "een" && self.room == 10.0) {
            return false;
        }
        // "drie en dertig", as some still write it.
        if joined && read == 1 && self.total == 0.0 && (1.0..10.0).contains(&self.current) && word.ends_with("tig") {
            self.current += value;
            self.room = 0.0;
            return (20.0..100.0).contains(&value);
        }
        // "one twenty two", as people say it.
        if !joined
            && read == 1
            && self.total == 0.0
            && (1.0..10.0).contains(&self.current)
            && word.ends_with("ty")
            && compound::small(text.word(here + 1)).is_some_and(|ones| (1..10).contains(&ones))
        {
            self.current = self.current * 100.0 + value;
            self.room = 10.0;
            return true;
        }
        let fits = value < self.room && (self.room > 10.0 || !joined);
        if fits && read > 0 && self.room.is_finite() {
            self.add(value);
            return true;
        }
        false
    }

    fn add(&mut self, value: f64) {
        self.current += value;
        self.scale = 1.0;
        self.room = if value >= 1000.0 && value % 1000.0 == 0.0 {
            1000.0
        } else if value >= 100.0 && value % 100.0 == 0.0 {
            100.0
        } else if (20.0..100.0).contains(&value) && value % 10.0 == 0.0 {
            10.0
        } else {
            0.0
        };
    }

    fn scaled(&mut self, by: f64) {
        if self.current == 0.0 && self.total > 0.0 {
            // "three thousand millions"
            self.total *= by;
        } else if by > self.top {
            self.total = (self.total + self.current) * by;
        } else {
            self.total += self.current.max(1.0) * by;
        }
        self.current = 0.0;
        self.room = by;
        self.top = by;
        self.scale = by;
    }
}
