//! Times of day in digits: *14:30*, *3 pm*, *14u*.

use super::clock_words::*;
use super::*;

/// A time of day as it was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clock {
    /// Hour, 0 to 24.
    pub hour: u32,
    /// Minute.
    pub minute: u32,
    /// Second.
    pub second: u32,
    /// The half of the day is known: `14:30`, `3 pm`, `noon`.
    pub sure: bool,
    /// How fine it was said.
    pub grain: Grain,
    /// The hour that was named: seven in *half zeven*.
    pub named: u32,
}

impl Clock {
    fn new(hour: u32, minute: u32, grain: Grain, sure: bool) -> Self {
        Self { hour, minute, second: 0, sure: sure || hour > 12 || hour == 0, grain, named: hour }
    }

    /// The time, with the half of the day taken from the part of the day, else as offices speak: 1 to 6 is afternoon.
    pub(super) fn resolve(mut self, day_part: Option<Part>) -> Option<(NaiveTime, bool)> {
        if !self.sure {
            match day_part {
                Some(Part::Afternoon | Part::Lunch) if self.hour < 9 => self.hour += 12,
                Some(Part::Evening) if self.hour < 12 && self.hour > 3 => self.hour += 12,
                Some(Part::Evening) if self.hour == 12 => self.hour = 24,
                Some(Part::Night) if (6..12).contains(&self.hour) => self.hour += 12,
                Some(Part::Night) if self.hour == 12 => self.hour = 0,
                Some(Part::Morning) if self.hour == 12 && self.minute > 0 => self.hour = 0,
                None if (1..=6).contains(&self.named) && self.hour < 12 => self.hour += 12,
                _ => {}
            }
        }
        // "7:00 's avonds" is no seven in the morning.
        if self.sure && self.named == self.hour {
            match day_part {
                Some(Part::Afternoon) if (1..9).contains(&self.hour) => self.hour += 12,
                Some(Part::Evening) if (4..12).contains(&self.hour) => self.hour += 12,
                _ => {}
            }
        }
        let next_day = self.hour == 24;
        Some((NaiveTime::from_hms_opt(self.hour % 24, self.minute, self.second)?, next_day))
    }
}

/// `am` or `pm` at a token: whether it is afternoon, and the token after it.
pub(super) fn meridiem(r: &Reading<'_>, at: usize) -> Option<(bool, usize)> {
    match r.text.word(at) {
        "am" => Some((false, at + 1)),
        "pm" => Some((true, at + 1)),
        half @ ("a" | "p") => {
            let dot = usize::from(r.text.word(at + 1) == ".");
            let m = at + 1 + dot;
            if r.text.word(m) != "m" || (dot == 0 && !r.text.glued(m)) {
                // `3p`
                return (half == "p" && r.text.glued(at) && !r.text.glued(at + 1)).then_some((true, at + 1));
            }
            let end = if dot == 1 && r.text.word(m + 1) == "." && r.text.glued(m + 1) { m + 2 } else { m + 1 };
            Some((half == "p", end))
        }
        _ => None,
    }
}

pub(super) fn with_meridiem(hour: u32, afternoon: bool) -> Option<u32> {
    match (hour, afternoon) {
        (12, false) => Some(0),
        (12, true) => Some(12),
        (1..=11, true) => Some(hour + 12),
        (0..=11, false) => Some(hour),
        (13..=23, true) => Some(hour),
        _ => None,
    }
}

/// The word *uur* in its forms, glued or not.
pub(super) fn hour_word(r: &Reading<'_>, at: usize) -> bool {
    match r.text.word(at) {
        "uur" | "hrs" => true,
        "u" | "h" | "hr" => {
            r.text.glued(at) || !r.text.glued(at + 1) || r.text.word(at + 1) == "." || r.text.word(at + 1) == ","
        }
        "oclock" => true,
        _ => false,
    }
}

/// An hour from 0 to 24 in digits or words.
pub(super) fn hour_at(r: &Reading<'_>, at: usize) -> Option<u32> {
    let value = r.text.digits(at).filter(|_| r.text.word(at).len() <= 2).or_else(|| {
        let word = r.text.word(at);
        if matches!(word, "a" | "an" | "een" | "n") && !(word == "een" && matches!(r.text.word(at + 1), "uur" | "u")) {
            None
        } else {
            small(word)
        }
    })?;
    (value <= 24).then_some(value)
}

/// The time that is said at a token. `loose` accepts a bare hour and `9.30`, as after *om* or after a date.
pub(super) fn clock(r: &Reading<'_>, at: usize, loose: bool) -> Option<(Clock, usize)> {
    let t = r.text;
    match t.word(at) {
        "noon" | "middaguur" => return Some((Clock::new(12, 0, Grain::Hour, true), at + 1)),
        "midnight" | "middernacht" => return Some((Clock::new(0, 0, Grain::Hour, true), at + 1)),
        "midday" => return Some((Clock::new(12, 0, Grain::Hour, true), at + 1)),
        "half" => {
            if let Some((hour, past, to)) = half_past(r, at) {
                let hour = if past {
                    hour
                } else if hour == 1 {
                    12
                } else {
                    hour.checked_sub(1)?
                };
                let said = if past { hour } else { hour % 12 + 1 };
                return finish(r, Clock { named: said, ..Clock::new(hour, 30, Grain::Minute, false) }, to);
            }
            return None;
        }
        _ => {}
    }
    if let Some(found) = offset_clock(r, at) {
        return finish(r, found.0, found.1);
    }
    if (loose || matches!(t.before(at, 1), "voor" | "na" | "tegen" | "bij" | "rond" | "tot"))
        && let Some(hour) = plural_hour(t.word(at))
    {
        return finish(r, Clock::new(hour, 0, Grain::Hour, false), at + 1);
    }
    if let Some(whole) = t.digits(at).filter(|_| matches!(t.word(at).len(), 3 | 4)) {
        let (hour, minute) = (whole / 100, whole % 100);
        let (afternoon, end) = meridiem(r, at + 1).filter(|_| (1..=12).contains(&hour) && minute < 60)?;
        return Some((Clock::new(with_meridiem(hour, afternoon)?, minute, Grain::Minute, true), end));
    }
    let hour = hour_at(r, at)?;
    let digits = t.is(at, Sort::Digits);
    if digits && t.glued(at) && matches!(t.before(at, 1), "€" | "$" | "£" | "#") {
        return None;
    }
    // 14:30, 14:30:05, 14.30 uur
    let mark = t.word(at + 1);
    if digits
        && matches!(mark, ":" | "." | "h" | "u")
        && t.glued(at + 1)
        && t.is(at + 2, Sort::Digits)
        && t.glued(at + 2)
        && t.word(at + 2).len() == 2
    {
        let minute = t.digits(at + 2).filter(|m| *m < 60);
        let further = matches!(t.word(at + 3), "." | "," | "/" | "-")
            && t.glued(at + 3)
            && t.is(at + 4, Sort::Digits)
            && t.glued(at + 4);
        if let Some(minute) = minute.filter(|_| mark == ":" || !further || t.word(at + 3) == "-") {
            let mut to = at + 3;
            let two_digits = t.word(at).len() == 2 && t.word(at).starts_with('0') || (!r.chat && mark == ":");
            let mut clock = Clock::new(hour, minute, Grain::Minute, two_digits);
            if mark == ":" && t.word(to) == ":" && t.glued(to) && t.is(to + 1, Sort::Digits) {
                clock.second = t.digits(to + 1).filter(|s| *s < 60)?;
                clock.grain = Grain::Second;
                to += 2;
            }
            let mut said = mark != ".";
            if hour_word(r, to) {
                said = true;
                to += 1;
            }
            if let Some((afternoon, end)) = meridiem(r, to) {
                clock.hour = with_meridiem(hour, afternoon)?;
                clock.sure = true;
                return Some((clock, end));
            }
            // 0.15 and 2.14 are rooms in the mouth of colleagues, unless "om" goes before.
            let told = matches!(t.before(at, 1), "om" | "at" | "voor" | "by" | "tegen");
            let room = r.chat && mark == "." && !said && hour < 7 && !told;
            let named = r.chat
                && mark == "."
                && matches!(t.before(at, 1), "tijd" | "," | "aanvang" | "start" | "inloop" | "time")
                && hour >= 10
                && minute % 5 == 0;
            if (said || loose || named) && !room {
                return Some((clock, to));
            }
        }
        if mark != "u" && mark != "h" {
            return None;
        }
    }
    // 3 pm
    if let Some((afternoon, end)) = meridiem(r, at + 1).filter(|_| (1..=12).contains(&hour)) {
        // "I am": only digits or a number word right before it.
        return Some((Clock::new(with_meridiem(hour, afternoon)?, 0, Grain::Hour, true), end));
    }
    if !digits && matches!(t.word(at), "een" | "a") && t.word(at + 1) != "uur" {
        return None;
    }
    // 14 uur (30), 14u, 10 o'clock
    if hour_word(r, at + 1) {
        let glued = t.glued(at + 1) || t.word(at + 1) == "uur" || t.word(at + 1) == "oclock" || t.word(at + 1) == "u";
        if !glued && !loose {
            return None;
        }
        let mut to = at + 2;
        let mut minute = 0;
        let mut grain = Grain::Hour;
        if let Some(m) =
            t.digits(to).filter(|m| *m < 60 && t.word(to).len() == 2 && *m % 5 == 0 && !hour_word(r, to + 1))
            && !unit_follows(r, to + 1)
        {
            minute = m;
            to += 1;
            grain = Grain::Minute;
        }
        if let Some(m) = small(t.word(to))
            .filter(|m| minute == 0 && (5..60).contains(m) && t.is(to, Sort::Word) && !unit_follows(r, to + 1))
        {
            minute = m;
            to += 1;
            grain = Grain::Minute;
        }
        if let Some((afternoon, end)) = meridiem(r, to) {
            return Some((Clock::new(with_meridiem(hour, afternoon)?, minute, grain, true), end));
        }
        return Some((Clock::new(hour, minute, grain, false), to));
    }
    // five thirty, nine fifteen
    if !digits
        && (1..=12).contains(&hour)
        && let Some((minute, to)) = minute_words(r, at + 1)
    {
        return finish(r, Clock::new(hour, minute, Grain::Minute, false), to);
    }
    let parted = !r.chat
        && words::relative(t.word(at + 1))
            .is_some_and(|(_, part)| part.is_some() || words::part(t.word(at + 2)).is_some());
    if parted && (1..=12).contains(&hour) && !t.glued(at) {
        return Some((Clock::new(hour, 0, Grain::Hour, false), at + 1));
    }
    if loose && hour <= 24 && !t.glued(at) && bare_fits(r, at + 1) {
        return Some((Clock::new(hour, 0, Grain::Hour, false), at + 1));
    }
    None
}

/// Adds `uur`, `o'clock`, `am`, `pm` after a time in words.
pub(super) fn finish(r: &Reading<'_>, mut clock: Clock, mut to: usize) -> Option<(Clock, usize)> {
    if hour_word(r, to) && !r.text.is(to, Sort::Digits) {
        to += 1;
    }
    if let Some((afternoon, end)) = meridiem(r, to) {
        clock.hour = with_meridiem(clock.hour, afternoon)?;
        clock.sure = true;
        to = end;
    }
    Some((clock, to))
}

pub(super) fn unit_follows(r: &Reading<'_>, at: usize) -> bool {
    words::unit(r.text.word(at)).is_some()
}
