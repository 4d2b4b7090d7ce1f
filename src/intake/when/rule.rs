//! Patterns with slots. A construct is one line in a table: how it is said, what it means, and (in the tests) examples.
//!
//! A pattern is a row of words. `a|b` are two spellings of one word, `the?` may be left out, `{day}` is a slot that another
//! part of the grammar fills. At every place only the rules whose first word stands there are tried, and every slot is
//! filled at most once for a place (see [`super::memo`]), so that the work grows with the length of the text and no faster.

use super::*;
use crate::intake::vocabulary::Vocabulary;
use std::collections::BTreeMap;

/// One construct.
pub(super) struct Rule<M> {
    /// How it is said.
    pub says: &'static str,
    /// What it means; `None` where the values do not fit after all.
    pub means: fn(&Reading<'_>, &Caught) -> Option<M>,
}

/// What a slot holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    Day(NaiveDate),
    Period(Period),
    Length(Length),
    Weekday(Weekday),
    Month(u32),
    Year(i32),
    Number(u32),
    Unit(Grain),
    Turn(i64),
    Feast(Feast),
    Value(Value),
}

/// What the slots of a rule caught, in order, and where its words stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caught {
    items: [Option<Item>; 5],
    count: usize,
    /// The first token of the construct.
    pub from: usize,
    /// The token after its last.
    pub to: usize,
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident: $kind:ident -> $of:ty),* $(,)?) => {
        impl Caught {
            $($(#[$doc])* pub fn $name(&self) -> Option<$of> {
                self.items.iter().flatten().find_map(|item| if let Item::$kind(found) = item { Some(*found) } else { None })
            })*
        }
    };
}
getters! {
    day: Day -> NaiveDate, period: Period -> Period, length: Length -> Length,
    weekday: Weekday -> Weekday, month: Month -> u32, year: Year -> i32, number: Number -> u32, unit: Unit -> Grain,
    turn: Turn -> i64, feast: Feast -> Feast, value: Value -> Value,
}

impl Caught {
    fn take(&mut self, item: Item) {
        if let Some(slot) = self.items.get_mut(self.count) {
            *slot = Some(item);
        }
        self.count += 1;
    }

    /// Gives back all but the first items.
    fn give_back(&mut self, kept: usize) {
        self.items.iter_mut().take(self.count).skip(kept).for_each(|item| *item = None);
        self.count = kept;
    }

    /// The second number: *the second last week* has one, *3/4* two.
    pub fn second(&self) -> Option<u32> {
        self.items.iter().flatten().filter_map(|i| if let Item::Number(n) = i { Some(*n) } else { None }).nth(1)
    }
}

/// The kinds of slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Day,
    Period,
    Length,
    Weekday,
    Month,
    Year,
    Count,
    Ordinal,
    Unit,
    Turn,
    Feast,
    Value,
}

impl Slot {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "day" => Self::Day,
            "period" => Self::Period,
            "length" => Self::Length,
            "weekday" => Self::Weekday,
            "month" => Self::Month,
            "year" => Self::Year,
            "count" => Self::Count,
            "nth" => Self::Ordinal,
            "unit" => Self::Unit,
            "turn" => Self::Turn,
            "feast" => Self::Feast,
            "value" => Self::Value,
            _ => return None,
        })
    }

    /// Whether what stands in the slot is one word or number, so that it never depends on what is being read around it.
    fn is_plain(self) -> bool {
        matches!(self, Self::Weekday | Self::Month | Self::Year | Self::Count | Self::Ordinal | Self::Unit | Self::Turn)
    }

    /// Whether the slot may stand at a token, by what is known.
    fn may_stand(self, r: &Reading<'_>, at: usize) -> bool {
        r.opens(at) && r.refused.get(at).is_none_or(|refused| refused.get() >> self as u16 & 1 == 0)
    }

    /// Fills the slot at a token; that a plain one does not stand there is kept, since many rules ask for it.
    fn fill(self, r: &Reading<'_>, at: usize) -> Option<(Item, usize)> {
        if !self.may_stand(r, at) {
            return None;
        }
        r.step();
        let found = self.read(r, at);
        if let Some(refused) = r.refused.get(at).filter(|_| found.is_none() && self.is_plain()) {
            refused.set(refused.get() | 1 << self as u16);
        }
        found
    }

    fn read(self, r: &Reading<'_>, at: usize) -> Option<(Item, usize)> {
        let t = r.text;
        Some(match self {
            Self::Day => date::day(r, at).map(|d| (Item::Day(d.date), d.to))?,
            Self::Period => period::period(r, at, true).map(|p| (Item::Period(p), p.to))?,
            Self::Length => length::total(r, at).map(|l| (Item::Length(l), l.to))?,
            Self::Weekday => {
                let word = t.word(at);
                let (named, sure) = words::weekday(word)?;
                let dotted = usize::from(!sure && t.word(at + 1) == "." && t.glued(at + 1));
                let fits =
                    sure || word.len() > 2 && (!r.chat || weekday::short_fits(r, at, at + 1 + dotted, dotted > 0));
                (Item::Weekday(Some(named).filter(|_| fits)?), at + 1 + dotted)
            }
            Self::Month => words::month(t.word(at)).map(|(m, _)| (Item::Month(m), at + 1))?,
            Self::Year => year::year(r, at).map(|(y, to)| (Item::Year(y), to))?,
            Self::Count => {
                let n = length::few(r, at).or_else(|| number(t, at, r.marks))?;
                (Item::Number(n.count().filter(|n| (1..=2000).contains(n))?), n.to)
            }
            Self::Ordinal => {
                ordinal(t, at).filter(|(n, _)| (1..=400).contains(n)).map(|(n, to)| (Item::Number(n), to))?
            }
            Self::Unit => {
                words::unit(t.word(at)).filter(|u| u.1 == 1 && !u.2).map(|(g, ..)| (Item::Unit(g), at + 1))?
            }
            Self::Turn => weekday::turn_at(r, at).map(|(n, to)| (Item::Turn(n), to))?,
            Self::Feast => feast::named(r, at).map(|(f, to)| (Item::Feast(f), to))?,
            Self::Value => {
                let e = expr::expr(r, at, true)?;
                (Item::Value(e.value(r)?), e.to)
            }
        })
    }
}

#[derive(Clone, Debug)]
enum Piece {
    Words(Vec<&'static str>, bool),
    Slot(Slot, bool),
}

impl Piece {
    fn words(&self) -> &[&'static str] {
        match self {
            Self::Words(words, _) => words,
            Self::Slot(..) => &[],
        }
    }
}

struct Compiled<M> {
    pieces: Vec<Piece>,
    means: fn(&Reading<'_>, &Caught) -> Option<M>,
}

/// The rules of one kind, by the word or slot with which they begin.
pub(super) struct Table<M> {
    rules: Vec<Compiled<M>>,
    by_word: Vocabulary<Vec<u16>>,
    by_slot: Vec<(Slot, Vec<u16>)>,
}

fn piece(text: &'static str) -> Option<Piece> {
    let (body, optional) = text.strip_suffix('?').map_or((text, false), |body| (body, true));
    if let Some(name) = body.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        return Slot::named(name).map(|slot| Piece::Slot(slot, optional));
    }
    Some(Piece::Words(body.split('|').collect(), optional))
}

impl<M> Table<M> {
    /// Prepares the rules of some tables.
    pub fn new(tables: &[&'static [Rule<M>]]) -> Self {
        let mut by_word: BTreeMap<&'static str, Vec<u16>> = BTreeMap::new();
        let mut compiled: Vec<Compiled<M>> = Vec::new();
        let mut by_slot: Vec<(Slot, Vec<u16>)> = Vec::new();
        for rule in tables.iter().copied().flatten() {
            // A misspelt slot leaves the rule out; a test tells of it.
            let Some(pieces) = rule.says.split(' ').map(piece).collect::<Option<Vec<_>>>() else { continue };
            let index = u16::try_from(compiled.len()).unwrap_or(u16::MAX);
            for first in &pieces {
                let optional = match first {
                    Piece::Words(words, optional) => {
                        for word in words {
                            by_word.entry(word).or_default().push(index);
                        }
                        *optional
                    }
                    Piece::Slot(slot, optional) => {
                        match by_slot.iter_mut().find(|(other, _)| other == slot) {
                            Some((_, list)) => list.push(index),
                            None => by_slot.push((*slot, vec![index])),
                        }
                        *optional
                    }
                };
                if !optional {
                    break;
                }
            }
            compiled.push(Compiled { pieces, means: rule.means });
        }
        Self { rules: compiled, by_word: Vocabulary::new(by_word), by_slot }
    }

    /// The words with which rules begin.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.by_word.words().copied()
    }

    /// All words of the rules, some more than once.
    pub fn all_words(&self) -> impl Iterator<Item = &'static str> {
        self.rules.iter().flat_map(|rule| &rule.pieces).flat_map(Piece::words).copied()
    }

    /// The meaning of the longest rule that fits at a token, and the token after it.
    pub fn read(&self, r: &Reading<'_>, at: usize) -> Option<(M, usize)> {
        let mut best: Option<(M, usize)> = None;
        let mut attempt = |index: u16, first: Option<(Item, usize)>| {
            let Some(rule) = self.rules.get(usize::from(index)) else { return };
            r.step();
            let mut caught = Caught { items: [None; 5], count: 0, from: at, to: at };
            let fitting = match (first, rule.pieces.split_first()) {
                // The slot was filled for all rules that begin with it.
                (Some((item, to)), Some((Piece::Slot(..), rest))) => {
                    caught.take(item);
                    fits(r, rest, to, &mut caught)
                }
                _ => fits(r, &rule.pieces, at, &mut caught),
            };
            if !fitting || best.as_ref().is_some_and(|(_, to)| *to >= caught.to) {
                return;
            }
            if let Some(meaning) = (rule.means)(r, &caught) {
                best = Some((meaning, caught.to));
            }
        };
        for index in self.by_word.get(r.text.word(at)).into_iter().flatten() {
            attempt(*index, None);
        }
        for (slot, indices) in self.by_slot.iter().filter(|(slot, _)| slot.may_stand(r, at)) {
            if let Some(first) = slot.fill(r, at) {
                indices.iter().for_each(|index| attempt(*index, Some(first)));
            }
        }
        best
    }
}

/// Whether the pieces stand at a token; a piece that may be left out is taken where it stands, unless the rest fails.
fn fits(r: &Reading<'_>, pieces: &[Piece], at: usize, caught: &mut Caught) -> bool {
    let Some((first, rest)) = pieces.split_first() else {
        caught.to = at;
        return at > caught.from;
    };
    let (there, optional) = match first {
        Piece::Words(words, optional) => (words.contains(&r.text.word(at)).then_some((None, at + 1)), *optional),
        Piece::Slot(slot, optional) => (slot.fill(r, at).map(|(item, to)| (Some(item), to)), *optional),
    };
    if let Some((item, to)) = there {
        let before = caught.count;
        if let Some(item) = item {
            caught.take(item);
        }
        if fits(r, rest, to, caught) {
            return true;
        }
        caught.give_back(before);
    }
    optional && fits(r, rest, at, caught)
}

/// Whether all slots of a pattern exist.
#[cfg(test)]
pub(super) fn is_sound(says: &'static str) -> bool {
    says.split(' ').all(|text| piece(text).is_some())
}
