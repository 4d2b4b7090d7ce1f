//! Weeks, months, quarters, years, seasons and week-ends that are named in a word or a figure.

use super::*;
use crate::domain::calendar::IsoWeek;

/// A period of whole days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// What it is: a week, a month; `Day` for a stretch of days.
    pub grain: Grain,
    /// The token after the last.
    pub to: usize,
}

/// A period from its bounds.
pub(super) fn whole((from, until): (NaiveDate, NaiveDate), grain: Grain, to: usize) -> Option<Period> {
    Some(Period { from, until, grain, to })
}

/// The period that is named at a token. `bare` accepts a month name or a year alone.
pub(super) fn period(r: &Reading<'_>, at: usize, bare: bool) -> Option<Period> {
    if !r.opens(at) {
        return None;
    }
    r.periods[usize::from(bare)].at(at, &r.depth, || {
        let plainly = figures(r, at)
            .or_else(|| edge::edge(r, at))
            .or_else(|| turned(r, at))
            .or_else(|| numbered(r, at))
            .or_else(|| weekend_alone(r, at))
            .or_else(|| month(r, at, bare))
            .or_else(|| in_season(r, at))
            .or_else(|| year_alone(r, at, bare));
        let said = periods::said(r, at).filter(|said| plainly.is_none_or(|plain| said.to > plain.to));
        said.or(plainly)
    })
}

/// 02/2013, 2016-11, 11 -2016
fn figures(r: &Reading<'_>, at: usize) -> Option<Period> {
    let t = r.text;
    if !t.is(at, Sort::Digits) || r.chat || t.glued(at) && !matches!(t.before(at, 1), "(" | ":" | "<" | ">") {
        return None;
    }
    let dotted = t.word(at + 1) == "." && t.word(at).len() == 4;
    if !matches!(t.word(at + 1), "/" | "-") && !dotted {
        return None;
    }
    // A third figure makes it a day.
    if t.glued(at + 3) && matches!(t.word(at + 3), "/" | "-" | ".") && t.is(at + 4, Sort::Digits) {
        return None;
    }
    let month_at = |at: usize| t.digits(at).filter(|m| (1..=12).contains(m) && t.word(at).len() <= 2);
    let (year, month) = match (year::digits(r, at + 2), year::digits(r, at)) {
        (Some(year), _) => (year, month_at(at)?),
        (_, Some(year)) => {
            let tight = t.glued(at + 1) && t.glued(at + 2);
            (year, month_at(at + 2).filter(|_| tight || t.word(at + 2).len() == 2 && !dotted)?)
        }
        _ => return None,
    };
    whole(of_month(NaiveDate::from_ymd_opt(year, month, 1)?, 0)?, Grain::Month, at + 3)
}

/// *volgende week*, *this month*, *afgelopen zomer*, *komend weekend*, *next March*.
fn turned(r: &Reading<'_>, at: usize) -> Option<Period> {
    let t = r.text;
    let today = r.today();
    let (turned, to) = weekday::turn_at(r, at)?;
    if r.english() && t.word(at) == "as" {
        return None;
    }
    let by = turned.signum();
    let word = t.word(to);
    if words::is_weekend(word) || word == "week" && matches!(t.word(to + 1), "end" | "ends") {
        let shift = match turned {
            2 | 0 => 0,
            other => other.signum(),
        };
        return whole(weekend(today, shift)?, Grain::Day, to + 1 + usize::from(word == "week"));
    }
    if let Some((from, until)) = words::season(word) {
        return whole(season_of(today, from, until, by)?, Grain::Day, to + 1);
    }
    if matches!(word, "season" | "seasons" | "seizoen") {
        return whole(running_season(today, by)?, Grain::Day, to + 1);
    }
    // "this may take longer"
    let modal = word == "may" && !t.tokens[to].capital && t.is(to + 1, Sort::Word) && r.english();
    if let Some((named, _)) = words::month(word).filter(|_| !modal) {
        let (mut from, _) = of_month(NaiveDate::from_ymd_opt(today.year(), named, 1)?, 0)?;
        if by > 0 && from <= today {
            from = from.checked_add_months(Months::new(12))?;
        } else if by < 0 && from >= today.with_day(1)? {
            from = from.checked_sub_months(Months::new(12))?;
        }
        return whole((from, month_from(from, 1)?), Grain::Month, to + 1);
    }
    let skip = usize::from(matches!(word, "calendar" | "kalender" | "fiscal" | "hele" | "whole"));
    let word = t.word(to + skip);
    let (grain, times, false) = words::unit(word)? else { return None };
    if grain == Grain::Year && times > 1 {
        let size = i32::try_from(times).ok()?;
        return words::is_single(word).then(|| whole(of_years(today, size, by)?, grain, to + skip + 1)).flatten();
    }
    if grain < Grain::Week || times != 1 || !words::is_single(word) {
        return None;
    }
    if grain == Grain::Year
        && let Some((named, _)) = words::month(t.word(to + 1))
    {
        let year = today.year() + i32::try_from(by).ok()?;
        return whole(of_month(NaiveDate::from_ymd_opt(year, named, 1)?, 0)?, Grain::Month, to + 2);
    }
    whole(of_grain(today, grain, by)?, grain, to + skip + 1)
}

/// *week 14*, *wk 23*, *Q3 2018*, *18q4*.
fn numbered(r: &Reading<'_>, at: usize) -> Option<Period> {
    let t = r.text;
    match t.word(at) {
        "week" | "wk" | "weeknr" | "weeknummer" | "w" => {
            let mut to = at + 1;
            while matches!(t.word(to), "." | "nr" | "nummer" | "number" | "#") && to < at + 3 {
                to += 1;
            }
            let week = t
                .digits(to)
                .filter(|n| (1..=53).contains(n) && t.word(to).len() <= 2 && (t.word(at) != "w" || t.glued(to)))?;
            to += 1;
            let skip = usize::from(matches!(t.word(to), "van" | "of" | "," | "-" | "in"));
            let year = year::digits(r, to + skip);
            let monday = self::week(r, week, year)?;
            let to = if year.is_some() { to + skip + 1 } else { to };
            whole((monday, monday.checked_add_days(Days::new(7))?), Grain::Week, to)
        }
        "q" | "k" if t.glued(at + 1) && (t.word(at) == "q" || t.tokens[at].capital) => {
            let nth = t.digits(at + 1).filter(|n| (1..=4).contains(n) && t.word(at + 1).len() == 1)?;
            quarter(r, nth, at + 2)
        }
        _ if t.is(at, Sort::Digits) => {
            // 2018 Q3, 18q4, 2016 K1
            let year = match t.word(at).len() {
                4 => year::digits(r, at)?,
                2 if t.glued(at + 1) => year::short(t.digits(at)?)?,
                _ => return None,
            };
            let to = at + 1 + usize::from(matches!(t.word(at + 1), "-" | ","));
            if !matches!(t.word(to), "q" | "k") || !t.glued(to + 1) {
                return None;
            }
            let nth = t.digits(to + 1).filter(|n| (1..=4).contains(n) && t.word(to + 1).len() == 1)?;
            whole(quarter_of(year, nth)?, Grain::Quarter, to + 2)
        }
        _ => None,
    }
}

/// The Monday of a week by its number: of this year, or of the next where it has passed.
pub(super) fn week(r: &Reading<'_>, week: u32, year: Option<i32>) -> Option<NaiveDate> {
    let today = r.today();
    if let Some(year) = year {
        return IsoWeek { year, week }.monday();
    }
    let year = today.iso_week().year();
    let monday = IsoWeek { year, week }.monday()?;
    if monday.checked_add_days(Days::new(7))? <= today {
        return IsoWeek { year: year + 1, week }.monday();
    }
    Some(monday)
}

fn weekend_alone(r: &Reading<'_>, at: usize) -> Option<Period> {
    let t = r.text;
    match t.word(at) {
        word if words::is_weekend(word) => {
            // "het weekend van 11-12 april": the dates say it better.
            if matches!(t.word(at + 1), "van" | "of") && t.is(at + 2, Sort::Digits) {
                return None;
            }
            whole(weekend(r.today(), 0)?, Grain::Day, at + 1)
        }
        "eow" | "weekafsluiting" => {
            let (monday, _) = of_grain(r.today(), Grain::Week, 0)?;
            let friday = monday.checked_add_days(Days::new(4))?;
            whole((friday, friday.succ_opt()?), Grain::Day, at + 1)
        }
        _ => None,
    }
}

/// Words before a month that show that it is one: *in may* against *it may*.
const LEADS: &[&str] = &[
    "in", "op", "van", "of", "sinds", "since", "vanaf", "from", "eind", "begin", "tot", "until", "voor", "before",
    "by", "after", "na", "half", "late", "early", "per", "this", "for", "during", "mid", "through", "to", "till",
];

fn month(r: &Reading<'_>, at: usize, bare: bool) -> Option<Period> {
    let t = r.text;
    let (from, to) = named_month(r, at)?;
    // "June 31" is no day, and no month either.
    let beyond = t.digits(at + 1).is_some_and(|dom| (29..=31).contains(&dom)) && t.word(at + 1).len() == 2;
    if beyond && to == at + 1 {
        return None;
    }
    let word = t.word(at);
    let sure = words::month(word).is_some_and(|(_, sure)| sure) || word == "march" && t.tokens[at].capital;
    let alone = !r.chat && t.len() == 1;
    // Jan-Feb, maart - mei
    let joined = |at: usize| at + usize::from(t.word(at) == "-");
    let ranged = lead::hyphened(r, to) || t.word(to) == "-";
    let ranged = ranged && words::month(t.word(joined(to))).is_some() || at > 0 && lead::hyphened(r, at);
    let in_may = matches!(t.before(at, 1), "in" | "since") && !t.is(to, Sort::Word);
    let led = LEADS.contains(&t.before(at, 1)) && (word != "may" || t.tokens[at].capital || in_may);
    // "It may take …": a modal verb follows its subject.
    let further =
        matches!(t.word(to), "to" | "till" | "until" | "through" | "tot") && words::month(t.word(to + 1)).is_some();
    let ranged = ranged || further;
    let modal = word == "may" && at > 0 && to == at + 1 && t.is(to, Sort::Word) && !led && !further;
    (!modal && (bare || to > at + 1 || sure || led || alone || ranged))
        .then(|| whole(of_month(from, 0)?, Grain::Month, to))
        .flatten()
}

/// A month with its year, or the one to come: its first day.
pub(super) fn named_month(r: &Reading<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let t = r.text;
    // 2016 juni, 2016, nov
    if let Some(year) = year::digits(r, at) {
        let to = at + 1 + usize::from(matches!(t.word(at + 1), "," | "-" | "/"));
        let (named, _) = words::month(t.word(to))?;
        if t.is(to + 1, Sort::Digits) {
            return None;
        }
        return Some((NaiveDate::from_ymd_opt(year, named, 1)?, to + 1));
    }
    let (named, _) = words::month(t.word(at))?;
    let mut to = at + 1;
    to += usize::from(
        t.word(to) == "." && t.glued(to) && t.word(at).len() <= 4 && !t.tokens.get(to + 1).is_some_and(|n| n.capital),
    );
    let skip = usize::from(matches!(t.word(to), "van" | "of" | "," | "in" | "-" | "/"));
    if let Some((year, end)) = year::year(r, to + skip) {
        return Some((NaiveDate::from_ymd_opt(year, named, 1)?, end));
    }
    // augustus 99, April of 87
    let to = to + usize::from(matches!(t.word(to), "of" | "van") && skip > 0);
    if let Some(two) = t.digits(to).filter(|two| t.word(to).len() == 2 && *two > 31 && !r.chat) {
        return Some((NaiveDate::from_ymd_opt(year::short(two)?, named, 1)?, to + 1));
    }
    let year_word = |e: usize| matches!(t.word(e), "jaar" | "year");
    if let Some((turned, end)) = weekday::turn_at(r, to + skip).filter(|(_, e)| year_word(*e)) {
        let year = r.today().year() + i32::try_from(turned.signum()).ok()?;
        return Some((NaiveDate::from_ymd_opt(year, named, 1)?, end + 1));
    }
    let year = r.today().year() + i32::from(named < r.today().month());
    Some((NaiveDate::from_ymd_opt(year, named, 1)?, at + 1))
}

/// The quarter of a year.
pub(super) fn quarter_of(year: i32, nth: u32) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, 3 * nth.checked_sub(1)? + 1, 1)?;
    Some((from, month_from(from, 3)?))
}

/// The year of a quarter without one: this, or the next where it has passed.
pub(super) fn coming_quarter(r: &Reading<'_>, nth: u32) -> Option<i32> {
    let year = r.today().year();
    let (_, until) = quarter_of(year, nth)?;
    Some(if until <= r.today() { year + 1 } else { year })
}

/// A quarter with its year, else the one to come.
fn quarter(r: &Reading<'_>, nth: u32, at: usize) -> Option<Period> {
    let skip = usize::from(matches!(r.text.word(at), "van" | "of" | "," | "in" | "-"));
    let (year, to) = year::year(r, at + skip).unwrap_or((coming_quarter(r, nth)?, at));
    whole(quarter_of(year, nth)?, Grain::Quarter, to)
}

/// The season in which a day lies, so many of them away.
fn running_season(day: NaiveDate, by: i64) -> Option<(NaiveDate, NaiveDate)> {
    let starts: Vec<NaiveDate> = (-1..=1)
        .flat_map(|year| [(3, 20), (6, 21), (9, 23), (12, 21)].map(|(m, d)| (day.year() + year, m, d)))
        .filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day))
        .collect();
    let here = i64::try_from(starts.iter().rposition(|start| *start <= day)?).ok()? + by;
    let at = |index: i64| usize::try_from(index).ok().and_then(|index| starts.get(index)).copied();
    Some((at(here)?, at(here + 1)?))
}

fn in_season(r: &Reading<'_>, at: usize) -> Option<Period> {
    let t = r.text;
    let (from, until) = words::season(t.word(at))?;
    let skip = usize::from(matches!(t.word(at + 1), "van" | "of" | "in"));
    if let Some((year, to)) = year::year(r, at + 1 + skip) {
        return whole(season_of(NaiveDate::from_ymd_opt(year, from, 22)?, from, until, 0)?, Grain::Day, to);
    }
    let noun = matches!(t.before(at, 1), "de" | "the" | "in") && !matches!(t.word(at), "fall" | "spring");
    noun.then(|| whole(season_of(r.today(), from, until, 0)?, Grain::Day, at + 1)).flatten()
}

/// Words before a year that show that it is one.
const BEFORE_YEARS: &[&str] = &[
    "in", "sinds", "since", "van", "vanaf", "from", "before", "after", "voor", "na", "tot", "until", "jaar", "of",
    "during", "tijdens", "by", "through", "the", "en", "and", "tussen", "between", "tegen", "till", "than", "dan",
    "is", "sedert", "to",
];

/// (in) 2018, het jaar 2018
fn year_alone(r: &Reading<'_>, at: usize, bare: bool) -> Option<Period> {
    let t = r.text;
    let whole_year =
        |year: i32, to: usize| whole(of_grain(NaiveDate::from_ymd_opt(year, 1, 1)?, Grain::Year, 0)?, Grain::Year, to);
    if matches!(t.word(at), "jaar" | "year") {
        let (year, to) = year::year(r, at + 1)?;
        return whole_year(year, to);
    }
    let led = || BEFORE_YEARS.contains(&t.before(at, 1));
    if r.chat && !(bare && led()) {
        return None;
    }
    if !t.is(at, Sort::Digits) {
        // In words only where nothing else could be meant.
        let (year, to) = year::year(r, at)
            .filter(|_| led() && matches!(t.before(at, 1), "in" | "van" | "tot" | "sinds" | "since" | "from" | "of"))?;
        return whole_year(year, to);
    }
    let year = year::digits(r, at)?;
    let figure = t.glued(at + 1) && matches!(t.word(at + 1), "," | "." | "/" | "%" | "€") && t.is(at + 2, Sort::Digits);
    let counted = words::unit(t.word(at + 1)).is_some();
    if t.glued(at) && t.before(at, 1) != "(" && t.before(at, 1) != "-" || figure || counted {
        return None;
    }
    let ranged = t.word(at + 1) == "-" && year::digits(r, at + 2).is_some()
        || t.before(at, 1) == "-" && at >= 2 && year::digits(r, at - 2).is_some();
    (led() || bare && !r.chat || ranged).then(|| whole_year(year, at + 1)).flatten()
}
