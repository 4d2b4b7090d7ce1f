//! One expression: a day, a part of it and a time, in any order.

use super::away::Away;
use super::part::PartSaid;
use super::*;

/// The pieces of one expression.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expr {
    /// The token after the last.
    pub to: usize,
    pub day: Option<NaiveDate>,
    pub period: Option<(NaiveDate, NaiveDate, Grain)>,
    pub part: Option<Part>,
    /// The last half of the part is meant, or the first.
    pub late: Option<bool>,
    pub clock: Option<Clock>,
    /// A moment counted from now.
    pub exact: Option<(NaiveDateTime, Grain)>,
    pub stretch: Option<(NaiveDateTime, NaiveDateTime, Grain)>,
    pub role: Option<WhenRole>,
    /// The day was named by its weekday, so that a date may follow.
    pub weekday_only: bool,
    /// The day has no year yet, so that one may follow the time.
    pub yearless: bool,
    /// It holds more than a time of day.
    pub words: bool,
}

impl Expr {
    fn empty(&self) -> bool {
        self.day.is_none()
            && self.period.is_none()
            && self.part.is_none()
            && self.clock.is_none()
            && self.exact.is_none()
            && self.stretch.is_none()
    }

    /// The one day that is named.
    pub fn named(&self) -> Option<NaiveDate> {
        self.day.or_else(|| self.period.filter(|(a, b, _)| (*b - *a).num_days() == 1).map(|(a, _, _)| a))
    }

    /// The moment or period.
    pub fn value(&self, r: &Reading<'_>) -> Option<Value> {
        if let Some((from, to, grain)) = self.stretch {
            return Some(Value::Interval(from, to, grain));
        }
        if let Some((moment, grain)) = self.exact {
            let Some(clock) = self.clock else { return Some(Value::Point(moment, grain)) };
            let (time, next) = clock.resolve(self.part)?;
            let day = if next { moment.date().succ_opt()? } else { moment.date() };
            return Some(Value::Point(day.and_time(time), clock.grain));
        }
        if let Some((from, until, grain)) = self.period
            && self.clock.is_none()
            && self.part.is_none()
        {
            return Some(match grain {
                Grain::Day if (until - from).num_days() == 1 => Value::Point(midnight(from), Grain::Day),
                Grain::Week | Grain::Month | Grain::Quarter | Grain::Year if is_one(from, until, grain) => {
                    Value::Point(midnight(from), grain)
                }
                _ => Value::Interval(midnight(from), midnight(until), grain),
            });
        }
        let (named, today) = (self.named(), r.today());
        if let Some(clock) = self.clock {
            let (time, next) = clock.resolve(self.part)?;
            let day = named.unwrap_or(today);
            let day = if next { day.succ_opt()? } else { day };
            let moment = day.and_time(time);
            // A time that has passed today is tomorrow's.
            // One that has just passed is told of, where nobody asks for anything.
            let told = if r.chat { Duration::zero() } else { Duration::minutes(30) };
            let passed = named.is_none() && self.part.is_none() && moment + told < r.now;
            let moment = if passed { moment.checked_add_days(Days::new(1))? } else { moment };
            return Some(Value::Point(moment, clock.grain));
        }
        if let Some(part) = self.part {
            let day = named.unwrap_or(today);
            let (mut from, mut until) = part.hours();
            match self.late {
                Some(true) if part == Part::Morning => from = 10,
                Some(false) if part == Part::Afternoon => until = 14,
                Some(true) => from = u32::midpoint(from, until),
                Some(false) => until = u32::midpoint(from, until),
                None => {}
            }
            let at = |hour: u32| if hour == 24 { day.succ_opt().map(midnight) } else { day.and_hms_opt(hour, 0, 0) };
            return Some(Value::Interval(at(from)?, at(until)?, Grain::Hour));
        }
        named.map(|day| Value::Point(midnight(day), Grain::Day))
    }

    fn take_part(&mut self, said: PartSaid) {
        (self.part, self.late) = (Some(said.part), said.late);
    }
}

/// Whether a period is one unit and not a stretch of several.
fn is_one(from: NaiveDate, until: NaiveDate, grain: Grain) -> bool {
    of_grain(from, grain, 0) == Some((from, until))
}

/// Reads one expression without range or role words. `loose` accepts a bare hour first, as after *om*.
pub(super) fn expr(r: &Reading<'_>, at: usize, loose: bool) -> Option<Expr> {
    if !r.opens(at) {
        return None;
    }
    r.exprs[usize::from(loose)].at(at, &r.depth, || {
        let mut e = Expr { to: at, ..Expr::default() };
        let (mut next, mut loose) = (at, loose);
        for _ in 0..6 {
            r.step();
            let here = if e.empty() { next } else { joiner(r, next, &mut loose) };
            if !r.opens(here) {
                break;
            }
            let Some(to) = piece(r, &mut e, here, &mut loose) else { break };
            (next, e.to) = (to, to);
            if e.stretch.is_some() {
                break;
            }
        }
        (!e.empty()).then_some(e)
    })
}

/// Adds the piece that stands at a token, and gives the token after it.
fn piece(r: &Reading<'_>, e: &mut Expr, here: usize, loose: &mut bool) -> Option<usize> {
    let t = r.text;
    let begun = !e.empty();
    // "the last two weeks of May" says more than "the last two weeks", and "Easter weekend" more than "Easter".
    let longer = period::period(r, here, false).filter(|_| !begun);
    // "two months from today on Tuesday" is a day of several words.
    let day_beyond = |to: usize| days::said(r, here).is_some_and(|day| day.to > to);
    if !begun
        && let Some((away, to)) = away::away(r, here).filter(|(_, to)| longer.is_none_or(|p| p.to <= *to))
        && !day_beyond(to)
    {
        match away {
            Away::At(moment, grain) => e.exact = Some((moment, grain)),
            Away::Within(moment, grain) => (e.exact, e.role) = (Some((moment, grain)), Some(WhenRole::By)),
            Away::Stretch(from, until, grain) => e.stretch = Some((from, until, grain)),
        }
        e.words = true;
        return Some(to);
    }
    // "volgende week om tien uur": a colleague means the week; else it is a week and a time, each for itself.
    if e.period.is_some() && e.named().is_none() {
        let clock = clock::clock(r, here, *loose).map(|(_, to)| zone_name(r, to));
        let part = || part::day_part(r, here, false).map(|said| said.to);
        return clock.or_else(part).filter(|_| r.chat);
    }
    if e.clock.is_none() {
        // "9.30" right after a day is a time.
        let prepared = *loose || (begun && (e.day.is_some() || e.part.is_some()) && decimal_clock(r, here));
        let clock = clock::clock(r, here, prepared).filter(|_| !date_beats_clock(r, here));
        if let Some((clock, to)) = clock.filter(|_| e.exact.is_none() || *loose || clock_is_sure(clock)) {
            e.clock = Some(clock);
            *loose = false;
            return Some(zone_name(r, to));
        }
    }
    if e.exact.is_some() {
        return None;
    }
    // at 7 in 3 years
    if e.clock.is_some()
        && e.named().is_none()
        && e.part.is_none()
        && !r.chat
        && let Some((Away::At(moment, Grain::Day), to)) = away::away(r, here)
    {
        (e.exact, e.words) = (Some((moment, Grain::Day)), true);
        return Some(to);
    }
    // de ochtend van 15 februari
    if !begun && let Some(part) = words::part(t.word(here)).filter(|_| matches!(t.word(here + 1), "of" | "van")) {
        let skip = here + 2 + usize::from(matches!(t.word(here + 2), "de" | "the" | "this" | "deze"));
        if let Some(day) = date::day(r, skip).or_else(|| date::day(r, here + 2)) {
            (e.day, e.part, e.words) = (Some(day.date), Some(part), true);
            return Some(day.to);
        }
    }
    if e.part.is_none()
        && let Some(said) = part::day_part(r, here, (e.day.is_some() || timed(r, e)) && t.word(here) != "morgen")
    {
        e.take_part(said);
        return Some(said.to);
    }
    if e.day.is_none() && e.period.is_none() {
        if let Some(day) = date::day(r, here).filter(|day| longer.is_none_or(|period| period.to <= day.to)) {
            e.day = Some(day.date);
            e.weekday_only = day.weekday.is_some();
            let dated = |at: usize| words::month(t.word(at)).is_some() || matches!(t.word(at), "/" | "-");
            e.yearless = !e.weekday_only && (here..day.to).any(dated);
            e.yearless &= !(here..day.to).any(|at| year::digits(r, at).is_some());
            e.part = e.part.or(day.part);
            e.words = true;
            return Some(day.to);
        }
        if let Some((day, said)) = part::this_part(r, here) {
            e.day = Some(day);
            e.take_part(said);
            e.words = true;
            return Some(said.to);
        }
        if let Some(period) = longer {
            e.period = Some((period.from, period.until, period.grain));
            e.words = true;
            return Some(period.to);
        }
        return None;
    }
    let date = e.day.filter(|_| begun)?;
    if e.weekday_only {
        // woensdagmiddag volgende week, Wednesday at ten next week
        if let Some((turned, end)) = weekday::turn_at(r, here).filter(|(_, end)| matches!(t.word(*end), "week" | "wk"))
        {
            let weeks = if turned == 2 { 1 } else { turned.max(-1) };
            (e.day, e.weekday_only) = (in_week(r.today(), weeks, date.weekday()), false);
            return Some(end + 1);
        }
        // "vrijdag 10:00 uur 20 maart" and "1:30 am Za. 21 sept": a date after the weekday says it better.
        let better = date::day(r, here).filter(|day| day.weekday.is_none() && t.is(here, Sort::Digits))?;
        if better.date != date {
            e.day = Some(better.date);
            e.weekday_only = false;
            return Some(better.to);
        }
        return None;
    }
    // 18 juli, vr: the weekday confirms the date, or says of which year it is
    if e.yearless
        && let Some((named, sure)) = words::weekday(t.word(here))
        && (sure || matches!(t.before(here, 1), "," | "("))
    {
        let years = [0, 1, -1].into_iter().filter_map(|by| date.with_year(date.year() + by));
        let fits = years.into_iter().find(|day| day.weekday() == named)?;
        (e.day, e.yearless) = (Some(fits), false);
        return Some(here + 1);
    }
    // Oct 26 11:00:09 2023
    if e.yearless && e.clock.is_some() {
        e.day = Some(date.with_year(year::digits(r, here)?)?);
        e.yearless = false;
        return Some(here + 1);
    }
    None
}

/// Outside of chat a part may follow a time: *half past seven afternoon*.
fn timed(r: &Reading<'_>, e: &Expr) -> bool {
    !r.chat && e.clock.is_some_and(|clock| !clock.halved)
}

/// A clock that needs no *om* before it.
fn clock_is_sure(clock: Option<(Clock, usize)>) -> bool {
    clock.is_some_and(|(clock, _)| clock.grain < Grain::Hour || clock.sure)
}

/// Steps over the name of a time zone: what is read stays the time that was said.
fn zone_name(r: &Reading<'_>, at: usize) -> usize {
    let t = r.text;
    let named = matches!(
        t.word(at),
        "cet"
            | "cest"
            | "gmt"
            | "utc"
            | "bst"
            | "est"
            | "edt"
            | "cst"
            | "cdt"
            | "mst"
            | "pst"
            | "pdt"
            | "pt"
            | "ist"
            | "jst"
    );
    if named && (t.shouted(at) || !r.chat) { at + 1 } else { at }
}

/// Steps over words that join the pieces of an expression.
fn joiner(r: &Reading<'_>, at: usize, loose: &mut bool) -> usize {
    let t = r.text;
    let mut here = at;
    for _ in 0..3 {
        match t.word(here) {
            "at" if t.word(here + 1) == "night" => break,
            "om" | "at" | "@" | "rond" | "around" | "about" | "omstreeks" | "ca" => {
                *loose = true;
                here += 1;
            }
            "," | "op" | "on" | "(" | "of" | "van" | "∙" | "*" => here += 1,
            "-" if !t.glued(here) => here += 1,
            "." | "-" | ":" if !r.chat && t.glued(here) && t.glued(here + 1) && t.word(here + 2) == ":" => here += 1,
            "de" | "the" if matches!(t.before(here, 1), "op" | "on" | "," | "rond" | "around") => here += 1,
            "t" if t.glued(here) && t.glued(here + 1) && t.is(here + 1, Sort::Digits) => here += 1,
            _ => break,
        }
    }
    here
}

fn decimal_clock(r: &Reading<'_>, at: usize) -> bool {
    let t = r.text;
    t.is(at, Sort::Digits)
        && t.word(at + 1) == "."
        && t.glued(at + 1)
        && t.is(at + 2, Sort::Digits)
        && t.word(at + 2).len() == 2
}

/// `10 maart` and `10-12-2014` are dates although a bare hour would fit.
fn date_beats_clock(r: &Reading<'_>, at: usize) -> bool {
    r.text.is(at, Sort::Digits) && date::day(r, at).is_some_and(|day| day.to > at + 1)
}
