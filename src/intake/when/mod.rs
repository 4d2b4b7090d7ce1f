//! Dates and times in Dutch and English: a grammar of its own whose work is bounded.
//!
//! [`whole`] reads one expression with the words around it; it asks [`lead`] for roles, [`range`] for ranges and [`expr`]
//! for days, parts of the day and times in any order. Constructs are lines in tables ([`rule`] says how a line is written):
//! days in [`days`], periods in [`periods`], moments counted from now in [`away`], feast days in [`feast`] and [`moon`], standing orders
//! in [`recur`]. [`sieve`] says once what can begin at each token; a rule is in it by itself, code that begins a piece with a word
//! of its own, or reads one behind a small word (*in de loop van*), names that word there. What cannot be said in a line (figures, short weekdays, what may follow a bare hour) is code beside them.

mod away;
mod both;
mod calc;
mod clock;
mod clock_words;
mod date;
mod days;
mod edge;
mod expr;
mod feast;
mod lead;
mod length;
mod memo;
mod moon;
mod nth;
mod part;
mod period;
mod periods;
mod range;
mod recur;
mod rule;
mod sieve;
mod spoken;
#[cfg(test)]
mod tests;
mod value;
mod weekday;
mod whole;
mod words;
mod year;

pub use recur::Recurring;
pub use value::Grain;

pub(crate) use length::{duration, is_free_of_unit, is_month};
pub(crate) use value::{Value, end_of, start_of};
pub(crate) use weekday::is_weekday;

use super::number::{self, Marks, Number, number, ordinal, small};
use super::text::{Sort, Text};
use crate::domain::{Lang, WhenRole};
use calc::*;
use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};
use clock::Clock;
use date::{Day, plain};
use expr::Expr;
use feast::Feast;
use length::Length;
use memo::Kept;
use period::Period;
use rule::{Rule, Table};
use sieve::Opens;
use std::cell::Cell;
use std::sync::LazyLock;
use value::grain_of;
use words::Part;

/// A date expression in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dated {
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
    /// What it means.
    pub value: Value,
    /// The role that words beside it give.
    pub role: Option<WhenRole>,
    /// It names a day, not only a time.
    pub dated: bool,
    /// It names a time of day.
    pub timed: bool,
    /// The words before it are *sinds*, *na*, or it lies in the past.
    pub past: bool,
    /// A part of the day, not a clock time, makes it an interval.
    pub by_part: bool,
    /// It is a standing order, so that `value` is only the first time and never the date that is wished.
    pub recurring: Option<Recurring>,
}

impl Dated {
    /// It names no date that could be kept: a standing order, or only haste as in *zo snel mogelijk*.
    pub fn is_vague(&self) -> bool {
        self.recurring.is_some() || matches!(self.value, Value::After(_, Grain::Second))
    }
}

/// A text that is searched for dates, with what is needed to resolve them.
pub(crate) struct Reading<'a> {
    pub text: &'a Text<'a>,
    pub now: NaiveDateTime,
    pub lang: Lang,
    pub marks: Marks,
    /// Month first in 3/18.
    pub us: bool,
    /// A colleague's message: *op de 3e* is a floor and 2.14 a room.
    pub chat: bool,
    opens: Vec<Opens>,
    /// For each token the slots of rules that are known not to stand there, one bit each.
    refused: Vec<Cell<u16>>,
    days: Kept<Day>,
    periods: [Kept<Period>; 2],
    lengths: Kept<Length>,
    clocks: [Kept<(Clock, usize)>; 2],
    exprs: [Kept<Expr>; 2],
    depth: Cell<u8>,
    steps: Cell<u32>,
}

impl<'a> Reading<'a> {
    /// Prepares a text.
    pub fn new(text: &'a Text<'a>, now: NaiveDateTime, lang: Lang, us: bool, chat: bool) -> Self {
        Self {
            text,
            now,
            lang,
            marks: if lang == Lang::Nl { Marks::Dutch } else { Marks::English },
            us,
            chat,
            opens: sieve::opens(text),
            refused: vec![Cell::new(0); text.len()],
            days: Kept::default(),
            periods: [Kept::default(), Kept::default()],
            lengths: Kept::default(),
            clocks: [Kept::default(), Kept::default()],
            exprs: [Kept::default(), Kept::default()],
            depth: Cell::new(0),
            steps: Cell::new(0),
        }
    }

    fn english(&self) -> bool {
        self.lang == Lang::En
    }

    fn today(&self) -> NaiveDate {
        self.now.date()
    }

    /// Whether a whole expression may begin at a token.
    fn begins(&self, at: usize) -> bool {
        self.opens.get(at).is_some_and(|opens| opens.whole)
    }

    /// Whether a piece of an expression may begin at a token; most are sifted out here.
    fn opens(&self, at: usize) -> bool {
        self.opens.get(at).is_some_and(|opens| opens.piece)
    }

    /// Counts one attempt at a construct.
    fn step(&self) {
        self.steps.set(self.steps.get().saturating_add(1));
    }

    /// The next such day of the year, today included. In chat a date that just passed stays in this year.
    fn coming(&self, month: u32, day: u32) -> Option<NaiveDate> {
        let today = self.today();
        let this = NaiveDate::from_ymd_opt(today.year(), month, day);
        match this {
            Some(date) if date >= today => Some(date),
            Some(date) if self.chat && (today - date).num_days() < 45 => Some(date),
            _ => (1..=8).find_map(|ahead| NaiveDate::from_ymd_opt(today.year() + ahead, month, day)),
        }
    }
}

/// All date expressions of a text, in order, without overlap.
pub(crate) fn find(r: &Reading<'_>) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < r.text.len() {
        r.step();
        match r.begins(at).then(|| whole::at(r, at)).flatten() {
            Some(dated) if dated.to > at => {
                at = dated.to;
                found.push(dated);
            }
            _ => at += 1,
        }
    }
    found
}
