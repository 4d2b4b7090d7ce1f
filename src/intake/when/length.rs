//! Lengths of time: *twee uur*, *anderhalve dag*, *an hour and a half*, *1 dag, 2 uur en 5 minuten*.

use super::*;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length {
    months: i64,
    days: i64,
    seconds: i64,
    /// Only working days count.
    pub working: bool,
    /// The first unit that was said, and how many of it.
    pub grain: Grain,
    /// How many of the first unit.
    pub value: f64,
    /// How finely a moment that lies so far away is known: hours and less give a moment, more gives a day.
    pub fine: Grain,
    /// The token after the last.
    pub to: usize,
}

impl Length {
    fn of(value: f64, grain: Grain, working: bool, to: usize) -> Option<Self> {
        if !value.is_finite() || value.abs() > 1e6 {
            return None;
        }
        // The range was checked.
        #[allow(clippy::cast_possible_truncation)]
        let whole = |unit: f64| (value * unit).round() as i64;
        let broken = value.fract() != 0.0;
        let mut length = Self { months: 0, days: 0, seconds: 0, working, grain, value, fine: Grain::Day, to };
        match grain {
            Grain::Second => (length.seconds, length.fine) = (whole(1.0), Grain::Second),
            Grain::Minute => (length.seconds, length.fine) = (whole(60.0), Grain::Minute),
            Grain::Hour => (length.seconds, length.fine) = (whole(3600.0), Grain::Minute),
            Grain::Day if broken => (length.seconds, length.fine) = (whole(86_400.0), Grain::Minute),
            Grain::Week if broken => (length.seconds, length.fine) = (whole(604_800.0), Grain::Minute),
            Grain::Day => length.days = whole(1.0),
            Grain::Week => length.days = whole(7.0),
            Grain::Month => length.months = whole(1.0),
            Grain::Quarter => length.months = whole(3.0),
            Grain::Year => length.months = whole(12.0),
        }
        Some(length)
    }

    /// A moment moved by the length: months first, then days, then seconds.
    pub fn shift(self, from: NaiveDateTime, sign: f64) -> Option<NaiveDateTime> {
        if self.working {
            return working_days(from.date(), sign * self.value).map(midnight);
        }
        let back = sign < 0.0;
        let months = Months::new(u32::try_from(self.months.unsigned_abs()).ok()?);
        let moved =
            if back != (self.months < 0) { from.checked_sub_months(months)? } else { from.checked_add_months(months)? };
        let rest = Duration::try_days(self.days)?.checked_add(&Duration::try_seconds(self.seconds)?)?;
        if back { moved.checked_sub_signed(rest) } else { moved.checked_add_signed(rest) }
    }

    /// The moment so far away: a day, unless hours or less were said.
    pub fn away(self, from: NaiveDateTime, sign: f64) -> Option<(NaiveDateTime, Grain)> {
        let moment = self.shift(from, sign)?;
        Some(if self.fine == Grain::Day { (midnight(moment.date()), Grain::Day) } else { (moment, self.fine) })
    }

    /// Whether it is one unit and no more.
    pub fn single(self) -> bool {
        u8::from(self.months != 0) + u8::from(self.days != 0) + u8::from(self.seconds != 0) <= 1
    }
}

/// A length of one or more units. Units grow finer; outside of chat they may come in any order.
pub(super) fn total(r: &Reading<'_>, at: usize) -> Option<Length> {
    if !r.opens(at) {
        return None;
    }
    r.lengths.at(at, &r.depth, || {
        let (value, grain, working, to) = length(r, at)?;
        let mut sum = Length::of(value, grain, working, to)?;
        if working {
            return Some(sum);
        }
        let mut units = [Some(grain), None, None, None, None, None];
        let mut finest = grain;
        for slot in 1..units.len() {
            let skip = joined(r, sum.to);
            let Some((value, grain, false, to)) = length(r, skip) else { break };
            let listed = !r.chat && skip > sum.to && !units.contains(&Some(grain));
            if !(grain < finest || listed) {
                break;
            }
            let next = Length::of(value, grain, false, to)?;
            sum.months += next.months;
            sum.days += next.days;
            sum.seconds += next.seconds;
            (sum.fine, sum.to) = (sum.fine.min(next.fine), to);
            finest = finest.min(grain);
            units[slot] = Some(grain);
        }
        Some(sum)
    })
}

/// Steps over *en* and a comma.
fn joined(r: &Reading<'_>, at: usize) -> usize {
    let mut skip = at;
    while matches!(r.text.word(skip), "en" | "and" | "," | "&") && skip < at + 2 {
        skip += 1;
    }
    skip
}

/// *een paar*, *a few*, *enkele*: small numbers without a figure.
pub(super) fn few(r: &Reading<'_>, at: usize) -> Option<Number> {
    let t = r.text;
    let plain =
        |value: f64, to: usize| Some(Number { value, from: at, to, digits: false, broken: false, article: false });
    let article = usize::from(matches!(t.word(at), "a" | "een"));
    let of = |to: usize| to + usize::from(t.word(to) == "of");
    match t.word(at + article) {
        "enkele" | "several" | "few" => plain(3.0, at + article + 1),
        "paar" | "couple" | "pair" => plain(2.0, of(at + article + 1)),
        "n" if article == 0 && (t.glued(at) || at > 0) => {
            Some(Number { value: 1.0, from: at, to: at + 1, digits: false, broken: false, article: true })
        }
        _ => None,
    }
}

/// Lengths that are no number with a unit: minutes, and how many words they take.
fn fixed(r: &Reading<'_>, at: usize) -> Option<(f64, usize)> {
    let t = r.text;
    let of_hour = |to: usize| match (t.word(to), t.word(to + 1), t.word(to + 2)) {
        ("of", "an", "hour") => Some(to + 3),
        ("van", "een", "uur") => Some(to + 3),
        _ => None,
    };
    Some(match (t.word(at), t.word(at + 1), t.word(at + 2)) {
        ("halfuur" | "halfuurtje", ..) => (30.0, at + 1),
        ("kwartier" | "kwartiertje", ..) => (15.0, at + 1),
        ("driekwartier", ..) => (45.0, at + 1),
        ("quarter", "hour", _) => (15.0, at + 2),
        ("quarter", ..) => (15.0, of_hour(at + 1)?),
        ("three" | "3", "quarters" | "quarter", _) => (45.0, of_hour(at + 2)?),
        ("drie" | "3", "kwart", "uur") => (45.0, at + 3),
        ("drie", "kwartier", _) => (45.0, at + 2),
        _ => return None,
    })
}

/// One number with its unit: how many, of what, whether of working days, and the token after it.
pub(super) fn length(r: &Reading<'_>, at: usize) -> Option<(f64, Grain, bool, usize)> {
    let t = r.text;
    let skip = at
        + usize::from(
            matches!(t.word(at), "een" | "a" | "an" | "n")
                && matches!(
                    t.word(at + 1),
                    "half" | "halve" | "kwart" | "kwartier" | "kwartiertje" | "halfuur" | "halfuurtje" | "quarter"
                ),
        );
    if let Some((minutes, to)) = fixed(r, skip) {
        return Some((minutes, Grain::Minute, false, to));
    }
    if matches!(t.word(skip), "half" | "halve") {
        let next = skip + 1 + usize::from(matches!(t.word(skip + 1), "a" | "an"));
        let (grain, times, working) = words::unit(t.word(next))?;
        #[allow(clippy::cast_precision_loss)]
        return Some((0.5 * times as f64, grain, working, next + 1));
    }
    if matches!(t.word(skip), "uurtje" | "weekje" | "dagje" | "maandje") {
        let (grain, ..) = words::unit(t.word(skip))?;
        return Some((1.0, grain, false, skip + 1));
    }
    // "two quarters" is half a year, not two fourths.
    if let Some(count) = small(t.word(at)).filter(|count| *count > 0)
        && matches!(t.word(at + 1), "quarters" | "quarter" | "qtrs" | "qtr")
        && !matches!(t.word(at), "a" | "an")
    {
        return Some((f64::from(count), Grain::Quarter, false, at + 2));
    }
    let mut n = few(r, at).or_else(|| number(t, at, r.marks))?;
    if t.word(n.to) == "-" && t.glued(n.to) && t.is(n.to + 1, Sort::Word) {
        n.to += 1;
    }
    // in 2 and a half hours
    if matches!(t.word(n.to), "and" | "en")
        && matches!(t.word(n.to + 1), "a" | "an" | "een")
        && matches!(t.word(n.to + 2), "half" | "halve")
        && !n.article
    {
        n.value += 0.5;
        n.to += 3;
    }
    let working = matches!(t.word(n.to), "business" | "working" | "work");
    let more = usize::from(
        working
            || matches!(
                t.word(n.to),
                "hele" | "volle" | "whole" | "full" | "more" | "less" | "fewer" | "additional" | "extra"
            ),
    );
    // three quarters of an hour
    let more = more
        + match (t.word(n.to + more), t.word(n.to + more + 1)) {
            ("of", "an" | "a") | ("van", "een") if n.broken => 2,
            ("of" | "van", _) if n.broken => 1,
            ("of", _) => 1,
            _ => 0,
        };
    let (grain, times, counted) =
        words::unit(t.word(n.to + more)).or_else(|| short_unit(r, n.to).filter(|_| n.digits))?;
    let mut end = n.to + more + 1;
    #[allow(clippy::cast_precision_loss)]
    let mut value = n.value * times as f64;
    // an hour and a half, een uur en een kwartier
    let article = usize::from(matches!(t.word(end + 1), "a" | "een"));
    let half = matches!(t.word(end + 1 + article), "half" | "halve");
    // "een dag en half drie" names a time.
    let clock = article == 0 && t.is(end + 2, Sort::Word);
    if matches!(t.word(end), "and" | "en") && half && !clock {
        value += 0.5;
        end += 2 + article;
    }
    Some((value, grain, counted || working, end))
}

/// Units of one letter or one mark after digits: *15'*, *2u*, *3d*.
fn short_unit(r: &Reading<'_>, at: usize) -> Option<(Grain, i64, bool)> {
    let t = r.text;
    let found = match t.word(at) {
        // "the 1970s" are years.
        "s" if t.word(at.saturating_sub(1)).len() == 4 && year::digits(r, at.saturating_sub(1)).is_some() => {
            return None;
        }
        "s" if matches!(t.word(at.saturating_sub(1)), "20" | "30" | "40" | "50" | "60" | "70" | "80" | "90")
            && t.before(at, 2) == "the" =>
        {
            return None;
        }
        "s" => Grain::Second,
        "\"" if r.text.glued(at) && !r.chat => Grain::Second,
        "\"" if t.glued(at) && !r.chat => Grain::Second,
        "'" if t.glued(at) && !r.chat && !t.glued(at + 1) => Grain::Minute,
        "m" if t.glued(at) && !r.chat => Grain::Minute,
        "u" | "h" => Grain::Hour,
        "d" => Grain::Day,
        "w" if t.glued(at) && !r.chat => Grain::Week,
        "mo" if t.glued(at) && !r.chat => Grain::Month,
        "j" | "jr" | "y" if !r.chat => Grain::Year,
        _ => return None,
    };
    Some((found, 1, false))
}

/// A length for those who ask for lengths only: how many, of what, and the token after it, summed in the finest unit.
pub(crate) fn duration(r: &Reading<'_>, at: usize) -> Option<(f64, Grain, usize)> {
    if !r.opens(at) {
        return None;
    }
    let (value, grain, _, to) = length(r, at)?;
    let mut more: Vec<(f64, Grain)> = Vec::new();
    let mut end = to;
    for _ in 0..5 {
        let coarser = more.last().map_or(grain, |(_, finest)| *finest);
        let Some((value, finer, false, last)) = length(r, joined(r, end)).filter(|(_, g, ..)| *g < coarser) else {
            break;
        };
        more.push((value, finer));
        end = last;
    }
    // "1 hour and thirty", "2 uur tien"
    let finer = match grain {
        Grain::Hour => Some(Grain::Minute),
        Grain::Minute => Some(Grain::Second),
        _ => None,
    };
    if let Some(finer) = finer.filter(|_| more.is_empty()) {
        let skip = to + usize::from(matches!(r.text.word(to), "en" | "and"));
        let n = number(r.text, skip, r.marks).filter(|n| !n.article && !n.broken && n.value < 60.0);
        if let Some(n) = n.filter(|n| is_free_of_unit(r.text.word(n.to)) && n.to >= r.text.len()) {
            more.push((n.value, finer));
            end = n.to;
        }
    }
    let Some((_, finest)) = more.last().copied() else { return Some((value, grain, to)) };
    if finest == Grain::Month && grain == Grain::Year {
        let months: f64 = more.iter().map(|(value, _)| value).sum();
        return Some((value * 12.0 + months, Grain::Month, end));
    }
    let total: f64 = more.iter().chain([&(value, grain)]).map(|(value, grain)| value * seconds(*grain)).sum();
    Some((total / seconds(finest), finest, end))
}

fn seconds(grain: Grain) -> f64 {
    match grain {
        Grain::Second => 1.0,
        Grain::Minute => 60.0,
        Grain::Hour => 3600.0,
        Grain::Day => 86_400.0,
        Grain::Week => 604_800.0,
        Grain::Month => 2_592_000.0,
        Grain::Quarter => 7_776_000.0,
        Grain::Year => 31_536_000.0,
    }
}

/// Whether a word is the name of a month.
pub(crate) fn is_month(word: &str) -> bool {
    words::month(word).is_some()
}

/// Whether a word is no unit of time.
pub(crate) fn is_free_of_unit(word: &str) -> bool {
    words::unit(word).is_none()
}

/// So many of one unit.
pub(super) fn plain(value: f64, grain: Grain, to: usize) -> Option<Length> {
    Length::of(value, grain, false, to)
}
