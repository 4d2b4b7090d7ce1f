//! Single days: *morgen*, *vrijdag*, *18/3*, *the 3rd of March*, *eerste woensdag van mei*.

use super::words::{Part, month, relative, turn, weekday, weekday_part};
use super::{Grain, Reading, holiday, period};
use crate::intake::number::ordinal;
use crate::intake::text::Sort;
use chrono::{Datelike, Days, Duration, NaiveDate, Weekday};

/// A day that was named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    /// The day.
    pub date: NaiveDate,
    /// The part of the day that the same word holds.
    pub part: Option<Part>,
    /// The token after the last.
    pub to: usize,
    /// It was named by a weekday alone, so that a date may follow.
    pub weekday: Option<Weekday>,
}

fn plain(date: NaiveDate, to: usize) -> Option<Day> {
    Some(Day { date, part: None, to, weekday: None })
}

/// The day that is named at a token.
pub(super) fn day(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let today = r.now.date();
    let word = t.word(at);
    if t.is(at, Sort::Mark) {
        return None;
    }
    // the day after tomorrow, de dag na morgen
    if matches!(word, "day" | "dag") && matches!(t.word(at + 1), "after" | "before" | "na" | "voor") {
        let skip = at + 2 + usize::from(matches!(t.word(at + 2), "de" | "the"));
        if let Some(base) = day(r, skip).filter(|_| t.word(skip) != "dag" && t.word(skip) != "day") {
            let by = if matches!(t.word(at + 1), "after" | "na") { 1 } else { -1 };
            return plain(base.date.checked_add_signed(Duration::days(by))?, base.to);
        }
    }
    if let Some((days, part)) = relative(word) {
        // "goede morgen", "'s morgens" and "in de morgen" are no tomorrow.
        let noun = word == "morgen" && matches!(t.before(at, 1), "goede" | "goeie" | "s" | "de" | "elke" | "iedere");
        if !noun {
            return Some(Day {
                date: today.checked_add_signed(Duration::days(days))?,
                part,
                to: at + 1,
                weekday: None,
            });
        }
    }
    if let Some(found) = numeric(r, at).or_else(|| month_date(r, at)).or_else(|| nth_of(r, at)) {
        return Some(found);
    }
    if let Some((date, to)) = holiday::holiday(r, at) {
        return plain(date, to);
    }
    turned(r, at).or_else(|| by_weekday(r, at)).or_else(|| day_of_month(r, at))
}

/// *komende vrijdag*, *volgende week woensdag*, *next Friday*, *deze week do*.
fn turned(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let today = r.now.date();
    let (turned, mut to) = turn_at(r, at)?;
    if matches!(t.word(to), "dag" | "day") && !r.chat && turned != 0 && !matches!(t.word(to + 1), "van" | "of" | "in") {
        return plain(today.checked_add_signed(Duration::days(turned.signum()))?, to + 1);
    }
    if let Some(rest) = matches!(t.word(to), "week" | "wk" | "weeks").then_some(to + 1) {
        let skip = rest + usize::from(matches!(t.word(rest), "op" | "on" | "," | "de" | "s"));
        let (named, part) = weekday(t.word(skip))
            .map(|(d, _)| (d, None))
            .or_else(|| weekday_part(t.word(skip)).map(|(d, p)| (d, Some(p))))?;
        let weeks = if turned == 2 { 1 } else { turned.max(-1) };
        let date = in_week(today, weeks, named)?;
        return Some(Day {
            date,
            part,
            to: date_after_weekday(r, skip + 1, named).map_or(skip + 1, |d| d.to),
            weekday: None,
        });
    }
    let (named, part) =
        weekday(t.word(to)).map(|(d, _)| (d, None)).or_else(|| weekday_part(t.word(to)).map(|(d, p)| (d, Some(p))))?;
    to += 1;
    if let Some(exact) = date_after_weekday(r, to, named) {
        return Some(Day { part, ..exact });
    }
    let date = match turned {
        1 => {
            // "volgende vrijdag" is that of the next week; "following Friday" the same.
            in_week(today, 1, named)?
        }
        0 => in_week(today, 0, named)?,
        2 => after(today, named)?,
        -1 if r.loose_last => before(today, named)?,
        -1 => in_week(today, -1, named)?,
        _ => before(today, named)?,
    };
    let mut found = Day { date, part, to, weekday: Some(named) };
    if turned == 2
        && matches!(t.word(to), "over")
        && let Some((weeks, end)) = weeks_later(r, to)
    {
        found.date = found.date.checked_add_days(Days::new(7 * weeks))?;
        found.to = end;
    }
    Some(found)
}

/// A turning word, *a.s.* among them, and the token after it.
pub(super) fn turn_at(r: &Reading<'_>, at: usize) -> Option<(i64, usize)> {
    let t = r.text;
    if t.word(at) == "a" && t.word(at + 1) == "." && t.word(at + 2) == "s" {
        return Some((2, at + 3 + usize::from(t.word(at + 3) == "." && t.glued(at + 3))));
    }
    if t.word(at) == "as" && !r.english() {
        return Some((2, at + 1));
    }
    turn(t.word(at)).map(|turned| (turned, at + 1))
}

/// The first such weekday after a day.
pub(super) fn after(day: NaiveDate, named: Weekday) -> Option<NaiveDate> {
    let ahead = (named.num_days_from_monday() + 6 - day.weekday().num_days_from_monday()) % 7 + 1;
    day.checked_add_days(Days::new(u64::from(ahead)))
}

/// The last such weekday before a day.
pub(super) fn before(day: NaiveDate, named: Weekday) -> Option<NaiveDate> {
    let back = (day.weekday().num_days_from_monday() + 6 - named.num_days_from_monday()) % 7 + 1;
    day.checked_sub_days(Days::new(u64::from(back)))
}

/// That weekday of the ISO week so many weeks from the one of `day`.
fn in_week(day: NaiveDate, weeks: i64, named: Weekday) -> Option<NaiveDate> {
    let shift = weeks * 7 + i64::from(named.num_days_from_monday()) - i64::from(day.weekday().num_days_from_monday());
    day.checked_add_signed(Duration::days(shift))
}

/// `over twee weken` after a weekday.
fn weeks_later(r: &Reading<'_>, at: usize) -> Option<(u64, usize)> {
    if !matches!(r.text.word(at), "over" | "in") {
        return None;
    }
    let n = crate::intake::number::number(r.text, at + 1, r.marks)?;
    matches!(r.text.word(n.to), "week" | "weken" | "weeks").then_some(())?;
    Some((u64::from(n.count().filter(|n| *n < 60)?), n.to + 1))
}

fn by_weekday(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let today = r.now.date();
    if let Some((named, part)) = weekday_part(t.word(at)) {
        let exact = date_after_weekday(r, at + 1, named);
        return Some(Day {
            date: exact.map_or(after(today, named), |d| Some(d.date))?,
            part: Some(part),
            to: exact.map_or(at + 1, |d| d.to),
            weekday: Some(named),
        });
    }
    let (named, sure) = weekday(t.word(at))?;
    let dotted = usize::from(t.word(at + 1) == "." && t.glued(at + 1) && !sure && !t.glued(at + 2));
    let to = at + 1 + dotted;
    if let Some(exact) = date_after_weekday(r, to, named) {
        return Some(exact);
    }
    if !sure && !short_fits(r, at, to, dotted > 0) {
        return None;
    }
    // vrijdag volgende week, Friday next week, Friday after next
    if let Some((turned, end)) = turn_at(r, to + usize::from(matches!(t.word(to), "of" | "van")))
        .filter(|(_, end)| matches!(t.word(*end), "week" | "wk"))
    {
        let weeks = if turned == 2 { 1 } else { turned.max(-1) };
        return plain(in_week(today, weeks, named)?, end + 1);
    }
    if let Some(week) = matches!(t.word(to), "wk" | "week").then(|| period::period(r, to, false)).flatten() {
        let date = week.from.checked_add_days(Days::new(u64::from(named.num_days_from_monday())))?;
        return plain(date, week.to);
    }
    if t.word(to) == "after" && t.word(to + 1) == "next" {
        return plain(after(today, named)?.checked_add_days(Days::new(7))?, to + 2);
    }
    if t.word(to) == "week" && sure && r.english() && !t.is(to + 1, Sort::Digits) {
        return plain(after(today, named)?.checked_add_days(Days::new(7))?, to + 1);
    }
    // the Friday after Ascension Day, dinsdag na Pinksteren
    let skip = to + 1 + usize::from(matches!(t.word(to + 1), "de" | "the"));
    if matches!(t.word(to), "na" | "after" | "voor" | "before")
        && let Some((feast, end)) = holiday::holiday(r, skip)
    {
        let date = if matches!(t.word(to), "na" | "after") { after(feast, named) } else { before(feast, named) };
        return plain(date?, end);
    }
    if let Some((weeks, end)) = weeks_later(r, to) {
        let this = if today.weekday() == named { today } else { after(today, named)? };
        return plain(this.checked_add_days(Days::new(7 * weeks))?, end);
    }
    Some(Day { date: after(today, named)?, part: None, to, weekday: Some(named) })
}

/// Whether *do*, *ma*, *sun* … stand where a day stands.
fn short_fits(r: &Reading<'_>, at: usize, to: usize, dotted: bool) -> bool {
    let t = r.text;
    let word = t.word(at);
    if r.english() && word.len() == 3 && t.len() <= 2 && word != "don" && word != "zon" {
        return true;
    }
    if word.len() >= 3 && !matches!(word, "zat" | "zon" | "sun" | "sat" | "don" | "maan" | "vrij" | "din") {
        return !matches!(word, "wed" | "mon") || t.tokens[at].capital || prepared(t.before(at, 1));
    }
    if dotted && (at == 0 || prepared(t.before(at, 1)) || to >= t.len() || t.is(to, Sort::Digits)) {
        return true;
    }
    let next = t.word(to);
    let clock = t.is(to, Sort::Digits)
        || matches!(next, "om" | "tussen" | "vanaf" | "at" | "half" | "kwart" | "wk")
        || (matches!(next, "voor" | "na" | "tot" | "before" | "after" | "until" | "by")
            && (t.is(to + 1, Sort::Digits) || matches!(t.word(to + 1), "half" | "kwart" | "noon")));
    let part_next = super::words::part(next).is_some();
    match word {
        // "do" and "so" occur everywhere in English, "zo" and "di" in Dutch.
        "do" if r.english() => false,
        "zo" => prepared(t.before(at, 1)) && (clock || part_next),
        "ma" | "wo" | "vr" | "za" | "do" | "di" => {
            prepared(t.before(at, 1)) || clock || part_next || turn_at(r, to).is_some_and(|(_, e)| t.word(e) == "week")
        }
        "sun" | "sat" => t.tokens[at].capital && (prepared(t.before(at, 1)) || clock || t.len() <= 2),
        _ => clock || (prepared(t.before(at, 1)) && t.tokens[at].capital),
    }
}

fn prepared(word: &str) -> bool {
    matches!(
        word,
        "voor"
            | "op"
            | "on"
            | "by"
            | "before"
            | "vanaf"
            | "uiterlijk"
            | "tot"
            | "until"
            | "from"
            | "after"
            | "na"
            | "en"
            | "and"
            | "m"
            | "tegen"
            | "week"
            | "komende"
            | "volgende"
            | "next"
            | "this"
            | "deze"
            | "last"
            | "aanstaande"
            | "sinds"
            | "-"
            | "("
            | "till"
            | "per"
            | "of"
            | "elke"
    )
}

/// `7 sept`, `18/3`, `de 27e`, `10` after a weekday.
fn date_after_weekday(r: &Reading<'_>, at: usize, named: Weekday) -> Option<Day> {
    let t = r.text;
    let mut to = at + usize::from(t.word(at) == ",");
    to += usize::from(t.word(to) == "(");
    let article = matches!(t.word(to), "de" | "the" | "den");
    to += usize::from(article);
    if to < at + 1 && t.glued(to) {
        return None;
    }
    if let Some(mut found) = numeric(r, to).or_else(|| month_date(r, to)) {
        // "zondag 10 februari": the year in which the weekday fits, where none was said.
        if found.date.weekday() != named && r.year(found.to - 1).is_none() {
            let near = [-1, 1]
                .into_iter()
                .filter_map(|by| found.date.with_year(found.date.year() + by))
                .find(|d| d.weekday() == named);
            found.date = near.filter(|d| !r.chat || *d >= r.now.date()).unwrap_or(found.date);
        }
        return Some(found);
    }
    // A bare or ordinal day of the month: the next one that falls on that weekday.
    let (dom, end, ordinal_form) = match ordinal(t, to).filter(|_| t.is(to, Sort::Digits) || article) {
        Some((dom, end)) => (dom, end, true),
        None => (t.digits(to).filter(|_| t.word(to).len() <= 2 && to == at || article)?, to + 1, false),
    };
    if !(1..=31).contains(&dom) {
        return None;
    }
    if !ordinal_form {
        let next = t.word(end);
        let clock =
            matches!(next, "uur" | "u" | "h" | "am" | "pm" | ":" | "." | "%" | "a" | "p" | "oclock" | "-" | "tot")
                && (t.glued(end) || matches!(next, "uur" | "am" | "pm" | "oclock" | "u" | "tot" | "-"));
        let counted = t.is(end, Sort::Word)
            && !matches!(
                next,
                "en" | "and" | "om" | "at" | "t" | "of" | "voor" | "graag" | "van" | "in" | "is" | "we" | "dan"
            );
        let dot_end = next == "." && !t.glued(end + 1);
        if (clock && !dot_end) || counted {
            return None;
        }
    }
    let today = r.now.date();
    // Of this month, also when it went by; else the next that falls on that weekday.
    if let Some(date) = today.with_day(dom).filter(|date| date.weekday() == named && !r.chat) {
        return plain(date, end);
    }
    let mut probe = today;
    for _ in 0..400 {
        if probe.day() == dom && probe.weekday() == named {
            return plain(probe, end);
        }
        probe = probe.succ_opt()?;
    }
    None
}

/// 31-10-1974, 18/3, 2014-07-18, 31.10.74
fn numeric(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let first = t.digits(at)?;
    if t.glued(at) && matches!(t.before(at, 1), "." | "," | "/" | ":" | "€" | "$") {
        return None;
    }
    let mark = t.word(at + 1);
    if !matches!(mark, "/" | "-" | ".") || !t.is(at + 2, Sort::Digits) {
        return None;
    }
    let tight = t.glued(at + 1) && t.glued(at + 2);
    if !tight {
        return None;
    }
    let second = t.digits(at + 2)?;
    let third = (t.word(at + 3) == mark && t.glued(at + 3) && t.glued(at + 4)).then(|| t.digits(at + 4)).flatten();
    let lengths = (t.word(at).len(), t.word(at + 2).len(), t.word(at + 4).len());
    if lengths.0 == 4 {
        // 2014-07-18
        let (year, month, day) = (i32::try_from(first).ok()?, second, third?);
        return plain(NaiveDate::from_ymd_opt(year, month, day)?, at + 5);
    }
    if lengths.0 > 2 || lengths.1 > 2 {
        // 02/2013 is a month, not a day.
        return None;
    }
    let comma = (t.word(at + 3) == "," && r.year(at + 4).is_some()).then(|| r.year(at + 4)).flatten();
    let (mut day, mut month) = if r.us && mark != "." { (second, first) } else { (first, second) };
    if month > 12 && day <= 12 {
        std::mem::swap(&mut day, &mut month);
    }
    if let Some(year) = third {
        let year = match lengths.2 {
            4 => i32::try_from(year).ok()?,
            2 => i32::try_from(if year < 50 { 2000 + year } else { 1900 + year }).ok()?,
            _ => return None,
        };
        return plain(NaiveDate::from_ymd_opt(year, month, day)?, at + 5);
    }
    if let Some(year) = comma.filter(|_| mark != ".") {
        return plain(NaiveDate::from_ymd_opt(year, month, day)?, at + 5);
    }
    // Without a year: a full stop is a decimal or a clock, and "3/4" alone may be a fraction; "10-12" needs two fitting halves.
    if mark == "." || (t.word(at + 3) == "." && t.glued(at + 3) && t.is(at + 4, Sort::Digits) && t.glued(at + 4)) {
        return None;
    }
    if mark == "-" && (r.chat || lengths.1 < 2 && r.us) {
        // "tussen 10-12 uur", "2-4 stoelen": not in chat, unless a weekday goes before.
        let named = weekday(t.before(at, 1)).is_some()
            || matches!(t.before(at, 1), "op" | "datum" | "voor" | "per" | "vanaf" | "uiterlijk")
                && lengths.0 + lengths.1 >= 3;
        let followed = t.is(at + 3, Sort::Word)
            && (super::words::unit(t.word(at + 3)).is_some()
                || t.word(at + 3) == "u"
                || super::words::month(t.word(at + 3)).is_some());
        if !named || followed {
            return None;
        }
    }
    if mark == "-"
        && (super::words::unit(t.word(at + 3)).is_some()
            || matches!(t.word(at + 3), "u" | "am" | "pm" | "%")
            || super::words::month(t.word(at + 3)).is_some())
    {
        return None;
    }
    let date = r.coming(month, day)?;
    plain(date, at + 3)
}

/// *3 maart 2015*, *18de juli*, *March 3rd, 2015*, *the 3rd of March*.
fn month_date(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    // Day first.
    let first = t
        .digits(at)
        .filter(|_| t.word(at).len() <= 2)
        .map(|dom| (dom, at + 1))
        .filter(|_| ordinal(t, at).is_none())
        .or_else(|| ordinal(t, at))
        .or_else(|| {
            super::super::number::number(t, at, r.marks)
                .filter(|n| !n.digits && !n.article)
                .and_then(|n| Some((n.count()?, n.to)))
        });
    if let Some((dom, mut to)) = first.filter(|(dom, _)| (1..=31).contains(dom)) {
        while matches!(t.word(to), "of" | "van" | "." | "-" | "de" | "/")
            && (!matches!(t.word(to), "." | "/") || t.glued(to))
            && (t.word(to) != "-" || t.glued(to))
            && to < at + 5
        {
            to += 1;
        }
        if let Some((month, sure)) = month(t.word(to)) {
            let modal = t.word(to) == "may" && !t.tokens[to].capital && !r.english()
                || matches!(t.word(to), "march") && !t.tokens[to].capital && !r.english();
            let minute = t.word(to) == "sec";
            if sure || !(modal || minute) {
                return with_year(r, month, dom, to + 1);
            }
        }
        if let Some((turned, end)) = turn_at(r, to).filter(|(_, end)| matches!(t.word(*end), "maand" | "month")) {
            let base = period::month_from(r.now.date(), if turned == 2 { 1 } else { turned.max(-1) })?;
            return plain(base.with_day(dom)?, end + 1);
        }
    }
    // Month first.
    let (named, _) = month(t.word(at))?;
    let mut to = at + 1;
    while matches!(t.word(to), "the" | "." | "-" | "de") && to < at + 3 {
        to += 1;
    }
    if t.glued(to) && !matches!(t.before(to, 1), "." | "-") {
        return None;
    }
    let (dom, end) =
        ordinal(t, to).or_else(|| t.digits(to).filter(|_| t.word(to).len() <= 2).map(|dom| (dom, to + 1)))?;
    let clock =
        (matches!(t.word(end), ":" | "." | "u") && t.glued(end) && t.is(end + 1, Sort::Digits) && t.glued(end + 1))
            || matches!(t.word(end), "am" | "pm" | "uur" | "%");
    if !(1..=31).contains(&dom) || clock {
        return None;
    }
    with_year(r, named, dom, end)
}

fn with_year(r: &Reading<'_>, month: u32, dom: u32, to: usize) -> Option<Day> {
    let t = r.text;
    let mut end = to;
    end += usize::from(
        t.word(end) == "."
            && t.glued(end)
            && !t.tokens.get(end + 1).is_some_and(|next| next.capital && next.sort == Sort::Word),
    );
    let dotted = end;
    while matches!(t.word(end), "," | "-" | "of" | "in" | "'" | "/") && end < dotted + 2 {
        end += 1;
    }
    let old = t
        .digits(end)
        .filter(|_| t.word(end).len() == 4 && !r.chat && !matches!(t.word(end + 1), "uur" | "u" | "h"))
        .filter(|y| *y >= 1000);
    if let Some(year) = r.year(end).or_else(|| old.and_then(|y| i32::try_from(y).ok())) {
        return plain(NaiveDate::from_ymd_opt(year, month, dom)?, end + 1);
    }
    // 18 Jul 14, but not "18 juli 14 uur"
    if let Some(year) = t.digits(dotted).filter(|_| t.word(dotted).len() == 2 && !r.chat) {
        let clock = matches!(t.word(dotted + 1), "uur" | "u" | ":" | "." | "h" | "am" | "pm" | "o" | "-" | "oclock")
            || t.is(dotted + 1, Sort::Word);
        if !clock && (13..=99).contains(&year) && !t.before(dotted, 0).starts_with('0') {
            let year = i32::try_from(if year < 50 { 2000 + year } else { 1900 + year }).ok()?;
            return plain(NaiveDate::from_ymd_opt(year, month, dom)?, dotted + 1);
        }
    }
    if let Some(years) = turn_at(r, end).filter(|(_, e)| matches!(t.word(*e), "jaar" | "year")) {
        let by = if years.0 == 2 { 1 } else { years.0.max(-1) };
        return plain(NaiveDate::from_ymd_opt(r.now.date().year() + i32::try_from(by).ok()?, month, dom)?, years.1 + 1);
    }
    plain(r.coming(month, dom)?, if dotted > to && to + 1 == dotted { dotted } else { to })
}

/// *eerste woensdag in oktober 2014*, *last Friday of this month*, *derde dinsdag na kerst*.
fn nth_of(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let (nth, to) = match t.word(at) {
        "laatste" | "last" => (0, at + 1),
        _ => ordinal(t, at).filter(|(nth, _)| (1..=5).contains(nth))?,
    };
    let (named, sure) = weekday(t.word(to))?;
    if !sure && t.word(to).len() < 3 {
        return None;
    }
    let link = t.word(to + 1);
    if !matches!(link, "in" | "van" | "of" | "na" | "after" | "uit") {
        // "de tweede zondag": of this month.
        let today = r.now.date();
        let date =
            holiday::nth_weekday(today.year(), today.month(), named, nth).filter(|_| !r.chat && nth > 0 && sure)?;
        return plain(date, to + 1);
    }
    let skip = to + 2 + usize::from(matches!(t.word(to + 2), "de" | "the"));
    if matches!(link, "na" | "after") {
        let base = day(r, skip)?;
        let mut date = base.date;
        for _ in 0..nth {
            date = after(date, named)?;
        }
        return (nth > 0).then(|| plain(date, base.to)).flatten();
    }
    let whole = period::period(r, skip, true).or_else(|| {
        matches!(t.word(skip), "maand" | "month")
            .then(|| period::of_month(r.now.date(), 0))
            .flatten()
            .map(|(from, until)| period::Period { from, until, grain: Grain::Month, to: skip + 1 })
    })?;
    if whole.grain != Grain::Month {
        return None;
    }
    let mut date = holiday::nth_weekday(whole.from.year(), whole.from.month(), named, nth)?;
    if date < r.now.date() && r.year(whole.to.saturating_sub(1)).is_none() && month(t.word(skip)).is_some() {
        date = holiday::nth_weekday(whole.from.year() + 1, whole.from.month(), named, nth)?;
    }
    plain(date, whole.to)
}

/// *de 24e*, *on the 3rd*: the next such day of a month.
fn day_of_month(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let (one, two) = (t.before(at, 1), t.before(at, 2));
    let article = matches!(one, "de" | "the" | "den");
    let bare = !r.chat && matches!(one, "op" | "on");
    let (dom, to) = match ordinal(t, at) {
        Some((dom, to)) => {
            let word = !t.is(at, Sort::Digits);
            // "de tweede" ranks more often than it dates: it takes a preposition.
            if word && (r.chat || !(article && matches!(two, "op" | "on" | "voor" | "per" | "vanaf"))) {
                return None;
            }
            (dom, to)
        }
        None if bare && t.word(at).len() <= 2 => {
            let free = matches!(t.word(at + 1), "om" | "at" | "terug" | "," | "" | "." | "back");
            (t.digits(at).filter(|_| free && !(t.word(at + 1) == "." && t.glued(at + 2)))?, at + 1)
        }
        None => return None,
    };
    if !(1..=31).contains(&dom) || !(article || bare) || t.is(to, Sort::Digits) {
        return None;
    }
    // "op de 3e" is a floor in the mouth of colleagues; what is counted is no date either.
    let dated = matches!(
        two,
        "on" | "by" | "before" | "until" | "per" | "vanaf" | "voor" | "uiterlijk" | "tot" | "from" | "at" | "for"
    );
    let floor = r.chat && dom <= 9 && !dated;
    let next = t.word(to);
    let counted = t.is(to, Sort::Word) && if r.chat { !follows_date(next) } else { is_ranked(next) };
    let english_tail = r.english() && next == "of" && month(t.word(to + 1)).is_none();
    if floor || counted || english_tail {
        return None;
    }
    let today = r.now.date();
    let mut date = today.with_day(dom).filter(|date| *date >= today);
    let mut first = today.with_day(1)?;
    for _ in 0..3 {
        if date.is_some() {
            break;
        }
        first = period::month_from(first, 1)?;
        date = first.with_day(dom);
    }
    plain(date?, to)
}

/// Words that may follow a day of the month in chat; a noun would be what is counted.
fn follows_date(word: &str) -> bool {
    matches!(
        word,
        "om" | "at"
            | "en"
            | "and"
            | "of"
            | "van"
            | "is"
            | "was"
            | "heb"
            | "hebben"
            | "komt"
            | "komen"
            | "moet"
            | "moeten"
            | "iemand"
            | "nog"
            | "in"
            | "graag"
            | "please"
            | "pls"
            | "for"
            | "from"
            | "to"
            | "tot"
            | "t"
            | "voor"
            | "the"
            | "de"
            | "een"
            | "if"
            | "als"
            | "hebt"
            | "kan"
            | "kunnen"
            | "we"
            | "wij"
            | "ik"
            | "i"
            | "you"
            | "jullie"
            | "er"
            | "weer"
            | "op"
            | "s"
            | "with"
            | "met"
            | "want"
            | "dan"
            | "zijn"
            | "a"
            | "an"
            | "but"
            | "maar"
            | "around"
            | "rond"
            | "because"
            | "so"
            | "dus"
            | "langs"
            | "terug"
            | "klaar"
            | "ready"
    )
}

/// Nouns that are ranked: *de 3e verdieping*, *the 2nd time*.
fn is_ranked(word: &str) -> bool {
    words_of_rank(word)
        || super::words::unit(word).is_some()
        || super::words::weekday(word).is_some_and(|(_, sure)| sure)
}

fn words_of_rank(word: &str) -> bool {
    matches!(
        word,
        "verdieping"
            | "etage"
            | "floor"
            | "keer"
            | "time"
            | "kwartaal"
            | "quarter"
            | "eeuw"
            | "century"
            | "klas"
            | "plaats"
            | "place"
            | "plek"
            | "man"
            | "vrouw"
            | "edition"
            | "editie"
            | "grade"
            | "persoon"
            | "person"
            | "one"
            | "die"
            | "quarters"
            | "cousin"
            | "hand"
            | "helft"
            | "half"
            | "part"
            | "deel"
    )
}
