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
    /// It was written as a time of 24 hours and may be one of 12, where a range says so: *3:30 to 6 pm*.
    pub half_open: bool,
    /// *am* or *pm* was said.
    pub halved: bool,
}

impl Clock {
    pub(super) fn new(hour: u32, minute: u32, grain: Grain, sure: bool) -> Self {
        Self {
            hour,
            minute,
            second: 0,
            sure: sure || hour > 12 || hour == 0,
            grain,
            named: hour,
            half_open: false,
            halved: false,
        }
    }

    /// The time, with the half of the day taken from the part of the day, else as offices speak: 1 to 6 is afternoon.
    pub(super) fn resolve(mut self, day_part: Option<Part>) -> Option<(NaiveTime, bool)> {
        if !self.sure {
            match day_part {
                Some(Part::Afternoon | Part::LateAfternoon | Part::Lunch) if self.hour < 9 => self.hour += 12,
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
                Some(Part::Afternoon | Part::LateAfternoon) if (1..9).contains(&self.hour) => self.hour += 12,
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
    let t = r.text;
    match t.word(at) {
        "am" => Some((false, at + 1)),
        "pm" => Some((true, at + 1)),
        // 3 in the AM
        "in" if t.word(at + 1) == "the" && matches!(t.word(at + 2), "am" | "pm") => {
            Some((t.word(at + 2) == "pm", at + 3))
        }
        half @ ("a" | "p") => {
            let dot = usize::from(t.word(at + 1) == "." && t.glued(at + 1));
            let m = at + 1 + dot;
            if t.word(m) == "m" && (dot == 1 || t.glued(m) || !r.chat) {
                let end = if dot == 1 && t.word(m + 1) == "." && t.glued(m + 1) { m + 2 } else { m + 1 };
                return Some((half == "p", end));
            }
            // 3p, 9a
            let alone = t.glued(at) && !(t.glued(at + 1) && (t.is(at + 1, Sort::Word) || t.is(at + 1, Sort::Digits)));
            (alone && (half == "p" || !r.chat && at >= 2)).then_some((half == "p", at + 1))
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
    if !r.opens(at) {
        return None;
    }
    r.clocks[usize::from(loose)].at(at, &r.depth, || {
        named_time(r, at)
            .or_else(|| offset_clock(r, at).and_then(|(clock, to)| finish(r, clock, to)))
            .or_else(|| plural(r, at, loose))
            .or_else(|| run_together(r, at, loose))
            .or_else(|| {
                let hour = hour_at(r, at)?;
                if r.text.is(at, Sort::Digits)
                    && r.text.glued(at)
                    && matches!(r.text.before(at, 1), "€" | "$" | "£" | "#")
                {
                    return None;
                }
                match with_minutes(r, at, hour, loose) {
                    Figures::Time(clock, to) => Some((clock, to)),
                    Figures::Other => None,
                    Figures::None => hour_alone(r, at, hour, loose),
                }
            })
    })
}

/// *noon*, *middernacht*, *half drie*, *midmorgen*.
fn named_time(r: &Reading<'_>, at: usize) -> Option<(Clock, usize)> {
    let t = r.text;
    let sharp = |hour: u32, to: usize| Some((Clock::new(hour, 0, Grain::Hour, true), to));
    match (t.word(at), t.word(at + 1), t.word(at + 2)) {
        ("noon" | "middaguur" | "midday" | "noonish", ..) => sharp(12, at + 1),
        ("midnight" | "middernacht", ..) => sharp(0, at + 1),
        ("mid", "day", _) => sharp(12, at + 2),
        ("mid", "night", _) => sharp(0, at + 2),
        ("midmorgen" | "midmorning", ..) => sharp(10, at + 1),
        ("midmiddag" | "midafternoon", ..) => sharp(14, at + 1),
        ("mid", "morning", _) => sharp(10, at + 2),
        ("mid", "afternoon", _) => sharp(14, at + 2),
        ("halverwege", "de", "ochtend" | "morgen") => sharp(10, at + 3),
        ("halverwege", "de", "middag") => sharp(14, at + 3),
        // een uur of elf
        ("een" | "n" | "uurtje", "uur" | "of", _) if t.word(at + 1 + usize::from(t.word(at) != "uurtje")) == "of" => {
            let to = at + 2 + usize::from(t.word(at) != "uurtje");
            let hour = hour_at(r, to).filter(|hour| (1..=24).contains(hour) && bare_fits(r, to + 1))?;
            Some((Clock::new(hour, 0, Grain::Hour, false), to + 1))
        }
        ("op", "de", "middag") if !r.chat => sharp(12, at + 3),
        ("middag", ..) if !r.chat && t.len() == 1 => sharp(12, at + 1),
        ("half", ..) => {
            let (hour, past, to) = half_past(r, at)?;
            let before = if hour == 1 { 12 } else { hour.checked_sub(1)? };
            let (hour, named) = if past { (hour, hour) } else { (before, before % 12 + 1) };
            finish(r, Clock { named, ..Clock::new(hour, 30, Grain::Minute, false) }, to)
        }
        (word, ..) => {
            let hour = half_in_one(word)?;
            finish(r, Clock { named: hour % 12 + 1, ..Clock::new(hour, 30, Grain::Minute, false) }, at + 1)
        }
    }
}

/// *voor drieën*, *tegen achten*.
fn plural(r: &Reading<'_>, at: usize, loose: bool) -> Option<(Clock, usize)> {
    let hour = plural_hour(r.text.word(at))?;
    let led = loose || matches!(r.text.before(at, 1), "voor" | "na" | "tegen" | "bij" | "rond" | "tot");
    led.then(|| finish(r, Clock::new(hour, 0, Grain::Hour, false), at + 1)).flatten()
}

/// *815 pm*, *at 1030*, *0730*: hour and minute run together.
fn run_together(r: &Reading<'_>, at: usize, loose: bool) -> Option<(Clock, usize)> {
    let t = r.text;
    // 0730-0930
    let ranged = t.before(at, 1) == "-" && t.before(at, 2).len() == 4 && t.before(at, 2).starts_with('0') && !r.chat;
    let whole = t.digits(at).filter(|_| matches!(t.word(at).len(), 3 | 4) && (!t.glued(at) || ranged))?;
    let (hour, minute) = (whole / 100, whole % 100);
    if minute >= 60 || hour > 24 {
        return None;
    }
    let to = ish(r, at + 1);
    if let Some((afternoon, end)) = meridiem(r, to).filter(|_| (1..=12).contains(&hour)) {
        let clock = Clock::new(with_meridiem(hour, afternoon)?, minute, Grain::Minute, true);
        return Some((Clock { halved: true, ..clock }, end));
    }
    let zero = t.word(at).starts_with('0');
    let told = loose && (!r.chat || minute % 5 == 0 && matches!(t.before(at, 1), "om" | "at" | "@"));
    let other = t.glued(to) && !matches!(t.word(to), "." | "," | "?" | "!" | ")") || year::digits(r, at).is_some();
    let fits = told && !other && bare_fits(r, to) || zero && !r.chat && t.word(at).len() == 4 && t.word(to) == "-";
    fits.then(|| finish(r, Clock::new(hour, minute, Grain::Minute, zero), to)).flatten()
}

/// What figures with a mark between them are.
enum Figures {
    /// A time.
    Time(Clock, usize),
    /// Something else: a room, a number.
    Other,
    /// There is no mark.
    None,
}

/// *14:30*, *14:30:05*, *14.30 uur*, *14u30*.
fn with_minutes(r: &Reading<'_>, at: usize, hour: u32, loose: bool) -> Figures {
    let t = r.text;
    let mark = t.word(at + 1);
    let shaped = t.is(at, Sort::Digits)
        && matches!(mark, ":" | "." | "h" | "u")
        && t.glued(at + 1)
        && t.is(at + 2, Sort::Digits)
        && t.glued(at + 2)
        && t.word(at + 2).len() == 2;
    if !shaped {
        return Figures::None;
    }
    let other = if matches!(mark, "u" | "h") { Figures::None } else { Figures::Other };
    let further = matches!(t.word(at + 3), "." | "," | "/" | "-")
        && t.glued(at + 3)
        && t.is(at + 4, Sort::Digits)
        && t.glued(at + 4);
    let fits = mark == ":" || !further || t.word(at + 3) == "-";
    let Some(minute) = t.digits(at + 2).filter(|minute| *minute < 60 && fits) else { return other };
    let mut to = at + 3;
    let zero = t.word(at).len() == 2 && t.word(at).starts_with('0');
    let mut clock = Clock::new(hour, minute, Grain::Minute, zero || (!r.chat && mark != "u"));
    clock.half_open = !zero && (1..=12).contains(&hour);
    if mark == ":" && t.word(to) == ":" && t.glued(to) && t.is(to + 1, Sort::Digits) {
        let Some(second) = t.digits(to + 1).filter(|second| *second < 60) else { return other };
        (clock.second, clock.grain) = (second, Grain::Second);
        to += 2;
    }
    to = ish(r, to);
    let worded = hour_word(r, to);
    to += usize::from(worded);
    if let Some((afternoon, end)) = meridiem(r, to) {
        let Some(hour) = with_meridiem(hour, afternoon) else { return other };
        return Figures::Time(Clock { hour, sure: true, half_open: false, halved: true, ..clock }, end);
    }
    if matches!(t.word(to), "%" | "percent" | "procent" | "pct" | "euro" | "km" | "kg" | "m" | "x" | "gb" | "v") {
        return Figures::Other;
    }
    // 0.15 and 2.14 are rooms in the mouth of colleagues, unless "om" goes before.
    let said = mark != "." || worded;
    let round = minute.is_multiple_of(5);
    let told = matches!(t.before(at, 1), "om" | "at") || round && matches!(t.before(at, 1), "voor" | "by" | "tegen");
    let room = r.chat && mark == "." && !said && hour < 7 && !told;
    let named = r.chat
        && mark == "."
        && matches!(
            t.before(at, 1),
            "tijd" | "," | "aanvang" | "start" | "inloop" | "time" | "open" | "arriving" | "arrival" | "aankomst" | "-"
        )
        && (hour >= 10 || hour >= 7 && matches!(t.word(to), "-" | "tot" | "to" | "t"))
        && minute % 5 == 0;
    if (said || loose || named) && !room { Figures::Time(clock, to) } else { other }
}

/// *3 pm*, *14 uur 30*, *five thirty*, *om 3*.
fn hour_alone(r: &Reading<'_>, at: usize, hour: u32, loose: bool) -> Option<(Clock, usize)> {
    let t = r.text;
    let digits = t.is(at, Sort::Digits);
    let after = ish(r, at + 1);
    if digits && t.glued(at) && matches!(t.before(at, 1), "%" | "_" | "&" | "=") {
        return None;
    }
    if let Some((afternoon, end)) = meridiem(r, after).filter(|_| (1..=12).contains(&hour)) {
        let clock = Clock::new(with_meridiem(hour, afternoon)?, 0, Grain::Hour, true);
        return Some((Clock { halved: true, ..clock }, end));
    }
    if !digits && matches!(t.word(at), "een" | "a") && t.word(at + 1) != "uur" {
        return None;
    }
    // "loket 1 tot en met 4", "kamer 6 t/m 9"
    let through = [["tot", "en", "met"], ["t", "/", "m"]]
        .iter()
        .any(|words| words.iter().rev().enumerate().all(|(back, word)| t.before(at, back + 1) == *word));
    let counted_from = at.checked_sub(4).is_some_and(|from| t.is(from, Sort::Digits) && !hour_word(r, from + 1));
    if r.chat && through && counted_from && !matches!(t.before(at, 5), "van" | "from" | "tussen" | "om") {
        return None;
    }
    // "een uur te laat" is how much, "om een uur" is when.
    let led = loose
        || matches!(
            t.before(at, 1),
            "om" | "voor" | "tot" | "na" | "rond" | "vanaf" | "tegen" | "tussen" | "en" | "half"
        );
    if r.chat && t.word(at) == "een" && !led {
        return None;
    }
    if hour_word(r, at + 1) {
        return worded_hour(r, at, hour, loose);
    }
    // five thirty, nine fifteen
    if !digits
        && (1..=12).contains(&hour)
        && let Some((minute, to)) = minute_words(r, at + 1)
    {
        return finish(r, Clock::new(hour, minute, Grain::Minute, false), to);
    }
    // at 3 15
    if loose && digits && !r.chat && hour <= 24 && !t.glued(at) && t.word(at + 1).len() == 2 && !t.glued(at + 1) {
        let minute = t.digits(at + 1).filter(|minute| *minute < 60 && at + 2 >= t.len());
        if let Some(minute) = minute {
            return Some((Clock::new(hour, minute, Grain::Minute, false), at + 2));
        }
    }
    if (1..=12).contains(&hour) && !t.glued(at) && parted(r, at + 1) {
        return Some((Clock::new(hour, 0, Grain::Hour, false), at + 1));
    }
    if after > at + 1 && !r.chat {
        return Some((Clock::new(hour, 0, Grain::Hour, false), after));
    }
    (loose && hour <= 24 && !t.glued(at) && bare_fits(r, at + 1))
        .then(|| (Clock::new(hour, 0, Grain::Hour, false), at + 1))
}

/// *14 uur (30)*, *14u*, *10 o'clock*, *tien uur dertig*.
fn worded_hour(r: &Reading<'_>, at: usize, hour: u32, loose: bool) -> Option<(Clock, usize)> {
    let t = r.text;
    if !(t.glued(at + 1) || matches!(t.word(at + 1), "uur" | "oclock" | "u") || loose) {
        return None;
    }
    let to = at + 2;
    let open = !unit_follows(r, to + 1);
    // "15 uur 29 min" is how long something takes.
    if t.is(to, Sort::Digits) && matches!(t.word(to + 1), "min" | "minuten" | "minutes" | "mins" | "sec") {
        return None;
    }
    let figures = t.digits(to).filter(|m| *m < 60 && *m % 5 == 0 && t.word(to).len() == 2 && !hour_word(r, to + 1));
    let minute = figures.or_else(|| small(t.word(to)).filter(|m| (5..60).contains(m) && t.is(to, Sort::Word)));
    // "om 9 uur 25 broodjes" counts, "9 uur 25 in de hal" does not.
    let things = r.chat && t.is(to + 1, Sort::Word) && !clock_words::free(t.word(to + 1)) && t.word(to + 1).len() > 3;
    let (clock, to) = match minute.filter(|_| open && !things) {
        Some(minute) => (Clock::new(hour, minute, Grain::Minute, false), to + 1),
        None => (Clock::new(hour, 0, Grain::Hour, false), to),
    };
    if let Some((afternoon, end)) = meridiem(r, to) {
        return Some((Clock { hour: with_meridiem(hour, afternoon)?, sure: true, halved: true, ..clock }, end));
    }
    Some((clock, to))
}

/// A part of the day follows, so that a bare number is an hour: *8 this evening*, *3 in the morning*, *9 vanavond*.
fn parted(r: &Reading<'_>, at: usize) -> bool {
    let t = r.text;
    let at = at + usize::from(t.word(at) == "," && !r.chat);
    let bare_day = words::relative(t.word(at)).is_some_and(|(days, part)| {
        part.is_some() || words::part(t.word(at + 1)).is_some() || (days > 0 && r.english() && at + 1 >= t.len())
    });
    !r.chat && (bare_day || (t.word(at), t.word(at + 1)) == ("at", "night"))
        || t.word(at) == "s" && words::part(t.word(at + 1)).is_some()
        || r.english() && matches!((t.word(at), t.word(at + 1)), ("in", "the")) && words::part(t.word(at + 2)).is_some()
        || !r.chat && t.word(at) == "in" && t.word(at + 1) == "de" && words::part(t.word(at + 2)).is_some()
        || !r.chat && matches!(t.word(at), "this" | "deze") && words::part(t.word(at + 1)).is_some()
        || !r.chat && (t.word(at), t.word(at + 1), t.word(at + 2)) == ("in", "the", "am")
}

/// Steps over *-ish*.
fn ish(r: &Reading<'_>, at: usize) -> usize {
    at + usize::from(matches!(r.text.word(at), "ish" | "isch"))
}

/// Adds `uur`, `o'clock`, `am`, `pm` after a time in words.
pub(super) fn finish(r: &Reading<'_>, mut clock: Clock, mut to: usize) -> Option<(Clock, usize)> {
    if hour_word(r, to) && !r.text.is(to, Sort::Digits) {
        to += 1;
    }
    if let Some((afternoon, end)) = meridiem(r, to) {
        clock.hour = with_meridiem(clock.hour, afternoon)?;
        (clock.sure, clock.halved) = (true, true);
        to = end;
    }
    Some((clock, to))
}

pub(super) fn unit_follows(r: &Reading<'_>, at: usize) -> bool {
    words::unit(r.text.word(at)).is_some()
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::{mean, mean_alone};

    #[test]
    fn times_of_a_bare_text() {
        mean_alone(
            Lang::En,
            &[
                ("11 at night", "2026-05-06 23:00"),
                ("ten oh five", "2026-05-06 10:05"),
                ("afternoon at 4", "2026-05-06 16:00"),
                ("three quarters past 2pm", "2026-05-06 14:45"),
                ("Monday PM", "2026-05-11 12:00..2026-05-11 18:00"),
            ],
        );
    }

    #[test]
    fn dutch_times_of_day() {
        mean(
            Lang::Nl,
            &[
                ("om half drie", "2026-05-06 14:30"),
                ("kwart voor negen", "2026-05-07 08:45"),
                ("14u", "2026-05-06 14:00"),
                ("om 14u30", "2026-05-06 14:30"),
                ("tien over half vijf", "2026-05-06 16:40"),
                ("vrijdag 9.30 uur", "2026-05-08 09:30"),
                ("om half een", "2026-05-06 12:30"),
                ("morgen tegen drieën", "<2026-05-07 15:00"),
                ("9 uur 's avonds", "2026-05-06 21:00"),
                ("3 uur 's nachts", "2026-05-06 03:00"),
            ],
        );
    }

    #[test]
    fn english_times_of_day() {
        mean(
            Lang::En,
            &[
                ("at 3 pm", "2026-05-06 15:00"),
                ("quarter past six", "2026-05-06 18:15"),
                ("tomorrow at noon", "2026-05-07 12:00"),
                ("half past two", "2026-05-06 14:30"),
                ("Friday 17:15", "2026-05-08 17:15"),
                ("8 in the evening", "2026-05-06 20:00"),
                ("ten to four", "2026-05-06 15:50"),
            ],
        );
    }
}
