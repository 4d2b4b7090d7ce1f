//! Periods that are said in several words: *de eerste week van maart*, *rest of the year*, *tweede helft van 2025*.
//!
//! A new one is a line: how it is said, and which days it covers. Periods of a word or a figure are in [`period`].

use super::period::whole;
use super::rule::Caught;
use super::*;

static RULES: &[Rule<Period>] = &[
    // deze maand van 4 tot 22, van 3 t/m 9 volgende maand
    Rule {
        says: "{turn} maand|month van|from|tussen|between|,? de|the? {count} tot|to|en|and|-|until|through de|the? {count}",
        means: days_of,
    },
    Rule {
        says: "van|from|tussen|between? de|the? {count} tot|to|en|and|-|until|till|til|through de|the? {count} in|van|of? {turn} maand|month",
        means: days_of,
    },
    // volgend jaar de derde week, next year week 3
    Rule { says: "{turn} jaar|year in? de|the? {nth} week", means: |r, c| ranked_in_year(r, c) },
    Rule { says: "de|the? {nth} week {turn} jaar|year", means: |r, c| ranked_in_year(r, c) },
    // week 27 van vorig jaar
    Rule {
        says: "week|wk {count} van|of|in? {turn} jaar|year",
        means: |r, c| week_from(period::week(r, c.number().filter(|nth| *nth <= 53)?, Some(turned_year(r, c)?))?, c.to),
    },
    // volgende werkweek, this working week
    Rule { says: "{turn} werkweek|workweek", means: working_week },
    Rule { says: "{turn} working|work week", means: working_week },
    // de week van 8 maart, the week of October 6th, week beginning Monday
    Rule { says: "w / c {day}", means: |r, c| week_with(r, c.day()?, c.to) },
    Rule { says: "week|wk van|of|from de|the? {day}", means: |r, c| week_with(r, c.day()?, c.to) },
    Rule {
        says: "week starting|beginning|beginnend|vanaf|commencing on|op? the|de? {day}",
        means: |r, c| week_with(r, c.day()?, c.to),
    },
    // eerste week van maart, 3rd week of 2018, the second last week of October
    Rule { says: "{nth} week|wk van|of|in de|het|the? {period}", means: |_, c| ranked_week(c, c.number()?, false) },
    Rule { says: "{nth} week|wk van|of|in de|the? {month}", means: |r, c| week_of_month(r, c) },
    Rule { says: "laatste|last week|wk van|of|in de|het|the? {period}", means: |_, c| ranked_week(c, 1, true) },
    Rule {
        says: "{nth} last|laatste week|wk van|of|in de|het|the? {period}",
        means: |_, c| ranked_week(c, c.number()?, true),
    },
    Rule {
        says: "{nth} week|wk van|of|in de|het|the? {unit}",
        means: |r, c| week_of_running(r, c, c.number()?, false),
    },
    Rule { says: "laatste|last week|wk van|of|in de|het|the? {unit}", means: |r, c| week_of_running(r, c, 1, true) },
    Rule { says: "voorlaatste week|wk van|in de|het? {period}", means: |_, c| ranked_week(c, 2, true) },
    Rule { says: "een na laatste week|wk van|in de|het? {period}", means: |_, c| ranked_week(c, 2, true) },
    // het weekend van 23 maart
    Rule {
        says: "weekend|weekeinde|wkend van|of|in de|the? {day}",
        means: |_, c| whole(weekend(c.day()?, 0)?, Grain::Day, c.to),
    },
    // het laatste weekend van oktober
    Rule { says: "laatste|last weekend|weekeinde|wkend van|of|in de|the? {period}", means: |_, c| last_weekend(c) },
    Rule { says: "laatste|last week end van|of|in de|the? {period}", means: |_, c| last_weekend(c) },
    Rule { says: "{nth} weekend|weekeinde|wkend van|of|in de|the? {period}", means: |_, c| nth_weekend(c) },
    // de eerste drie dagen van mei, the last four months of 2021
    Rule { says: "eerste|first {count} {unit} van|of|in de|het|the? {period}", means: |_, c| part_of(c, false) },
    Rule { says: "laatste|last {count} {unit} van|of|in de|het|the? {period}", means: |_, c| part_of(c, true) },
    // the 9th month of next year
    Rule { says: "{nth} maand|month van|of|in het|the? {period}", means: nth_month },
    // derde kwartaal van 2020, the 4th qtr, Q3 dit jaar
    Rule {
        says: "{nth} kwartaal|quarter|qtr van|of|in|, het|the? {year}?",
        means: |r, c| quarter(c, c.year().or_else(|| period::coming_quarter(r, c.number()?))?),
    },
    Rule {
        says: "{nth} kwartaal|quarter|qtr {year}?",
        means: |r, c| quarter(c, c.year().or_else(|| period::coming_quarter(r, c.number()?))?),
    },
    Rule {
        says: "{nth} kwartaal|quarter|qtr van|of|in? {turn} jaar|year",
        means: |r, c| quarter(c, turned_year(r, c)?),
    },
    Rule {
        says: "q|k {count} van|of|in? {turn} jaar|year",
        means: |r, c| if r.text.glued(c.from + 1) { quarter(c, turned_year(r, c)?) } else { None },
    },
    Rule {
        says: "{turn} jaar|year in? het|the? {nth} kwartaal|quarter|qtr",
        means: |r, c| quarter(c, turned_year(r, c)?),
    },
    Rule { says: "{year} het|the {nth} kwartaal|quarter|qtr", means: |_, c| quarter(c, c.year()?) },
    Rule {
        says: "kwartaal|quarter {count} van|of|in? {year}?",
        means: |r, c| quarter(c, c.year().or_else(|| period::coming_quarter(r, c.number()?))?),
    },
    // tweede helft van 2025, first half of March, H2 2019
    Rule { says: "{nth} helft|half van|of|in de|the? {period}", means: |_, c| half(c.period()?, c.number()?, c.to) },
    Rule {
        says: "h {count} van|of|in? {year}",
        means: |r, c| if r.text.glued(c.from + 1) { half_year(c) } else { None },
    },
    Rule { says: "{year} -? h {count}", means: |r, c| if r.text.glued(c.to - 1) { half_year(c) } else { None } },
    // jaren zeventig, the nineties, the 1990s, jaren '70
    Rule { says: "jaren {year}", means: |_, c| decade(c.year()?, c.to) },
    Rule { says: "jaren '? {count}", means: |_, c| decade(short_decade(c.number()?)?, c.to) },
    Rule { says: "jaren nul", means: |_, c| decade(2000, c.to) },
    Rule { says: "{year} ' s", means: |r, c| if r.chat { None } else { decade(c.year()?, c.to) } },
    Rule { says: "{year} s", means: |r, c| if r.chat { None } else { decade(c.year()?, c.to) } },
    Rule {
        says: "the|in '? {count} s",
        means: |r, c| {
            if r.chat || r.text.is(c.to, Sort::Digits) { None } else { decade(short_decade(c.number()?)?, c.to) }
        },
    },
    Rule { says: "noughties", means: |_, c| decade(2000, c.to) },
    Rule { says: "two thousands", means: |_, c| decade(2000, c.to) },
    Rule { says: "twenty tens", means: |_, c| decade(2010, c.to) },
    Rule { says: "two thousand and? tens", means: |_, c| decade(2010, c.to) },
    Rule { says: "twenties", means: |_, c| decade(2020, c.to) },
    Rule { says: "sixties", means: |_, c| decade(1960, c.to) },
    Rule { says: "seventies", means: |_, c| decade(1970, c.to) },
    Rule { says: "eighties", means: |_, c| decade(1980, c.to) },
    Rule { says: "nineties", means: |_, c| decade(1990, c.to) },
    // 21e eeuw, the 19th century
    Rule { says: "{nth} eeuw|century", means: century },
    // de rest van de week, rest of the day
    Rule {
        says: "rest van|of de|het|the|my|mijn|deze|dit|this? {unit}",
        means: |r, c| rest(r, of_grain(r.today(), c.unit()?, 0)?, c),
    },
    Rule {
        says: "remainder|remaining|restant of|van? de|het|the|my|mijn|deze|dit|this? {unit}",
        means: |r, c| rest(r, of_grain(r.today(), c.unit()?, 0)?, c),
    },
    Rule { says: "rest the {unit}", means: |r, c| rest(r, of_grain(r.today(), c.unit()?, 0)?, c) },
    Rule {
        says: "rest van|of de|the? huidige|current {unit}",
        means: |r, c| rest(r, of_grain(r.today(), c.unit()?, 0)?, c),
    },
    Rule { says: "rest van|of {period}", means: |r, c| rest(r, (c.period()?.from, c.period()?.until), c) },
    Rule { says: "rest van|of vandaag|today", means: |r, c| rest(r, of_grain(r.today(), Grain::Day, 0)?, c) },
    // later deze week, earlier this year, eerder deze maand
    Rule { says: "later|verderop {turn} {unit}", means: later },
    Rule { says: "later|verderop in de|the|het? {unit}", means: |r, c| if r.chat { None } else { later(r, c) } },
    Rule { says: "earlier|eerder {turn} {unit}", means: earlier },
    Rule { says: "earlier|eerder in de|the|het? {unit}", means: |r, c| if r.chat { None } else { earlier(r, c) } },
    Rule { says: "year|jaar to|tot date|nu", means: |r, c| until_now(r, of_grain(r.today(), Grain::Year, 0)?.0, c) },
    Rule { says: "month|maand to|tot date|nu", means: |r, c| until_now(r, of_grain(r.today(), Grain::Month, 0)?.0, c) },
    Rule { says: "ytd", means: |r, c| until_now(r, of_grain(r.today(), Grain::Year, 0)?.0, c) },
    // the year after next, de week na de volgende
    Rule { says: "{unit} after the? next", means: |r, c| after_next(r, c, 2) },
    Rule { says: "{unit} na de|het? volgende", means: |r, c| after_next(r, c, 2) },
    Rule { says: "{unit} before last", means: |r, c| after_next(r, c, -2) },
    Rule { says: "{month} after the? next", means: |r, c| month_after_next(r, c) },
    Rule { says: "weekend after the? next", means: |r, c| whole(weekend(r.today(), 2)?, Grain::Day, c.to) },
    Rule { says: "weekend na het? volgende", means: |r, c| whole(weekend(r.today(), 2)?, Grain::Day, c.to) },
    // de hele week, all week, my week, that same year
    Rule { says: "hele|heel|all|whole|gehele {unit}", means: running_whole },
    Rule { says: "all|whole of? the {unit}", means: running_whole },
    Rule { says: "mijn|my|onze|our {unit}", means: |r, c| if r.chat { None } else { running_whole(r, c) } },
    Rule {
        says: "same|zelfde|dezelfde|datzelfde|that {unit}",
        means: |r, c| if r.chat { None } else { running_whole(r, c) },
    },
    Rule { says: "in the year|month|week|quarter", means: |r, c| if r.chat { None } else { last_word(r, c) } },
    // maart over een jaar, March in 2 years
    Rule { says: "{month} over|in {length}", means: month_later },
];

static TABLE: LazyLock<Table<Period>> = LazyLock::new(|| Table::new(&[feast::FEAST_WEEKENDS, RULES]));

/// The period that several words at a token name.
pub(super) fn said(r: &Reading<'_>, at: usize) -> Option<Period> {
    TABLE.read(r, at).map(|(period, _)| period)
}

/// The rules, for those who ask how they begin.
pub(super) fn table() -> &'static Table<Period> {
    &TABLE
}

fn days_of(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let month = month_from(r.today(), c.turn()?.signum())?;
    let (from, last) = (month.with_day(c.number()?)?, month.with_day(c.second()?)?);
    (from < last).then(|| whole((from, last.succ_opt()?), Grain::Day, c.to)).flatten()
}

fn ranked_in_year(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let (from, until) = of_grain(r.today(), Grain::Year, c.turn()?.signum())?;
    week_from(nth_week(from, until, c.number()?, false)?, c.to)
}

fn week_with(r: &Reading<'_>, day: NaiveDate, to: usize) -> Option<Period> {
    // Who counts months first has weeks that begin on Sunday.
    let day = if r.us && day.weekday() == Weekday::Sun { day.succ_opt()? } else { day };
    whole(of_grain(day, Grain::Week, 0)?, Grain::Week, to)
}

fn week_from(monday: NaiveDate, to: usize) -> Option<Period> {
    whole((monday, monday.checked_add_days(Days::new(7))?), Grain::Week, to)
}

fn ranked_week(c: &Caught, nth: u32, from_end: bool) -> Option<Period> {
    let period = c.period().filter(|period| period.grain >= Grain::Month && nth <= 53)?;
    week_from(nth_week(period.from, period.until, nth, from_end)?, c.to)
}

fn working_week(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let (monday, _) = of_grain(r.today(), Grain::Week, c.turn()?.signum())?;
    whole((monday, monday.checked_add_days(Days::new(5))?), Grain::Day, c.to)
}

fn week_of_month(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let (from, until) = of_month(r.coming(c.month()?, 1)?, 0)?;
    week_from(nth_week(from, until, c.number()?, false)?, c.to)
}

fn week_of_running(r: &Reading<'_>, c: &Caught, nth: u32, from_end: bool) -> Option<Period> {
    let (from, until) = of_grain(r.today(), c.unit().filter(|unit| *unit >= Grain::Month)?, 0)?;
    week_from(nth_week(from, until, nth, from_end)?, c.to)
}

fn last_weekend(c: &Caught) -> Option<Period> {
    let period = c.period().filter(|period| period.grain >= Grain::Month)?;
    let sunday = before(period.until, Weekday::Sun)?;
    whole((sunday.pred_opt()?, sunday.succ_opt()?), Grain::Day, c.to)
}

fn nth_weekend(c: &Caught) -> Option<Period> {
    let period = c.period().filter(|period| period.grain >= Grain::Month)?;
    let first = after(period.from.pred_opt()?, Weekday::Sat)?;
    let saturday =
        first.checked_add_days(Days::new(7 * u64::from(c.number().filter(|n| *n <= 53)?.checked_sub(1)?)))?;
    whole((saturday, saturday.checked_add_days(Days::new(2))?), Grain::Day, c.to)
}

/// The first or last few units of a period.
fn part_of(c: &Caught, from_end: bool) -> Option<Period> {
    let (period, unit) = (c.period()?, c.unit().filter(|unit| *unit >= Grain::Day)?);
    let length = length::plain(f64::from(c.number()?), unit, c.to)?;
    if from_end {
        let until = if unit == Grain::Week {
            nth_week(period.from, period.until, 1, true)?.checked_add_days(Days::new(7))?
        } else {
            period.until
        };
        return whole((length.shift(midnight(until), -1.0)?.date(), until), unit, c.to);
    }
    let from = if unit == Grain::Week { nth_week(period.from, period.until, 1, false)? } else { period.from };
    whole((from, length.shift(midnight(from), 1.0)?.date()), unit, c.to)
}

fn nth_month(_: &Reading<'_>, c: &Caught) -> Option<Period> {
    let year = c.period().filter(|period| period.grain == Grain::Year)?;
    let first = NaiveDate::from_ymd_opt(year.from.year(), c.number()?, 1)?;
    whole(of_month(first, 0)?, Grain::Month, c.to)
}

fn quarter(c: &Caught, year: i32) -> Option<Period> {
    let nth = c.number().filter(|nth| (1..=4).contains(nth))?;
    whole(period::quarter_of(year, nth)?, Grain::Quarter, c.to)
}

fn turned_year(r: &Reading<'_>, c: &Caught) -> Option<i32> {
    r.today().year().checked_add(i32::try_from(c.turn()?.signum()).ok()?)
}

fn half(period: Period, nth: u32, to: usize) -> Option<Period> {
    let middle = match period.grain {
        Grain::Year => month_from(period.from, 6)?,
        Grain::Month => period.from.with_day(16)?,
        _ => return None,
    };
    match nth {
        1 => whole((period.from, middle), Grain::Day, to),
        2 => whole((middle, period.until), Grain::Day, to),
        _ => None,
    }
}

fn half_year(c: &Caught) -> Option<Period> {
    let (from, until) = of_grain(NaiveDate::from_ymd_opt(c.year()?, 1, 1)?, Grain::Year, 0)?;
    half(Period { from, until, grain: Grain::Year, to: c.to }, c.number()?, c.to)
}

fn decade(year: i32, to: usize) -> Option<Period> {
    whole(of_years(NaiveDate::from_ymd_opt(year, 1, 1)?, 10, 0)?, Grain::Year, to)
}

/// *jaren zeventig* are those of the last century, *jaren twintig* of this one.
fn short_decade(tens: u32) -> Option<i32> {
    (tens.is_multiple_of(10) && tens <= 90)
        .then(|| i32::try_from(if tens <= 20 { 2000 + tens } else { 1900 + tens }).ok())
        .flatten()
}

fn century(_: &Reading<'_>, c: &Caught) -> Option<Period> {
    let first = 100 * (i32::try_from(c.number().filter(|n| *n <= 30)?).ok()? - 1);
    whole(of_years(NaiveDate::from_ymd_opt(first, 1, 1)?, 100, 0)?, Grain::Year, c.to)
}

fn rest(r: &Reading<'_>, (from, until): (NaiveDate, NaiveDate), c: &Caught) -> Option<Period> {
    // The rest of a day has hours.
    if from.succ_opt() == Some(until) {
        return None;
    }
    (until > r.today()).then(|| whole((r.today(), until), Grain::Day, c.to)).flatten()
}

fn until_now(r: &Reading<'_>, from: NaiveDate, c: &Caught) -> Option<Period> {
    (from < r.today()).then(|| whole((from, r.today()), Grain::Day, c.to)).flatten()
}

/// What is left of a period; in a bare text not before its second half.
fn later(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let (from, until) = running(r, c)?;
    if r.chat {
        return rest(r, (from, until), c);
    }
    whole((middle(from, until)?.max(r.today()), until), Grain::Day, c.to)
}

fn earlier(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let (from, until) = running(r, c)?;
    if r.chat {
        return until_now(r, from, c);
    }
    let half = middle(from, until)?.min(r.today());
    (from < half).then(|| whole((from, half), Grain::Day, c.to)).flatten()
}

/// Where the second half of a week, a month or a year begins.
pub(super) fn middle(from: NaiveDate, until: NaiveDate) -> Option<NaiveDate> {
    match (until - from).num_days() {
        ..=7 => from.checked_add_days(Days::new(3)),
        8..=31 => from.with_day(16),
        32..=92 => month_from(from, 1)?.with_day(16),
        _ => month_from(from, 6),
    }
}

fn running(r: &Reading<'_>, c: &Caught) -> Option<(NaiveDate, NaiveDate)> {
    if c.turn().is_some_and(|turn| turn != 0) {
        return None;
    }
    of_grain(r.today(), c.unit().filter(|unit| *unit >= Grain::Week)?, 0)
}

fn running_whole(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let unit = c.unit().filter(|unit| *unit >= Grain::Week)?;
    words::is_single(r.text.word(c.to - 1)).then(|| whole(of_grain(r.today(), unit, 0)?, unit, c.to)).flatten()
}

fn last_word(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let (unit, ..) = words::unit(r.text.word(c.to - 1))?;
    // "in the year 1950" is another year.
    if r.text.is(c.to, Sort::Digits) || matches!(r.text.word(c.to), "of" | "after" | "before" | "to") {
        return None;
    }
    whole(of_grain(r.today(), unit, 0)?, unit, c.to)
}

fn after_next(r: &Reading<'_>, c: &Caught, by: i64) -> Option<Period> {
    let unit = c.unit().filter(|unit| *unit >= Grain::Week)?;
    whole(of_grain(r.today(), unit, by)?, unit, c.to)
}

fn month_after_next(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let coming = r.coming(c.month()?, 28)?.with_day(1)?;
    whole(of_month(coming.checked_add_months(Months::new(12))?, 0)?, Grain::Month, c.to)
}

fn month_later(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let length = c.length().filter(|length| length.grain == Grain::Year)?;
    let year = length.shift(r.now, 1.0)?.year();
    whole(of_month(NaiveDate::from_ymd_opt(year, c.month()?, 1)?, 0)?, Grain::Month, c.to)
}

#[cfg(test)]
pub(super) fn patterns() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.says).chain(feast::FEAST_WEEKENDS.iter().map(|rule| rule.says))
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::{mean, mean_alone};

    #[test]
    fn periods_of_a_bare_text() {
        mean_alone(
            Lang::En,
            &[
                ("in the 1980s", "1980-01-01..1990-01-01"),
                ("in the 1980's", "1980-01-01..1990-01-01"),
                ("the noughties", "2000-01-01..2010-01-01"),
                ("the remainder of the week", "2026-05-06..2026-05-11"),
                ("2027/4", "2027-04-01 month"),
                ("2027-H2", "2027-07-01..2028-01-01"),
                ("the past two decades", "2000-01-01..2020-01-01"),
                ("later this year", "2026-07-01..2027-01-01"),
                ("earlier in the week", "2026-05-04..2026-05-06"),
                ("4 till 12 of this month", "2026-05-04..2026-05-13"),
            ],
        );
    }

    #[test]
    fn dutch_periods_of_several_words() {
        mean(
            Lang::Nl,
            &[
                ("de week van 8 juni", "2026-06-08 week"),
                ("de eerste week van september", "2026-08-31 week"),
                ("het laatste weekend van mei", "2026-05-30..2026-06-01"),
                ("de eerste drie dagen van juni", "2026-06-01..2026-06-04"),
                ("derde kwartaal van 2027", "2027-07-01 quarter"),
                ("tweede helft van 2027", "2027-07-01..2028-01-01"),
                ("de rest van de week", "2026-05-06..2026-05-11"),
                ("later deze maand", "2026-05-06..2026-06-01"),
                ("de week na de volgende", "2026-05-18 week"),
                ("week 8 van volgend jaar", "2027-02-22 week"),
                ("de voorlaatste week van juni", "2026-06-15 week"),
                ("het weekend van 20 juni", "2026-06-20..2026-06-22"),
                ("volgende week om 10 uur", "2026-05-11 week"),
                ("volgende week in de ochtend", "2026-05-11 week"),
                ("volgende werkweek", "2026-05-11..2026-05-16"),
                ("laatste week van juli", "2026-07-27 week"),
                ("van 12 tot 20 volgende maand", "2026-06-12..2026-06-21"),
            ],
        );
    }

    #[test]
    fn english_periods_of_several_words() {
        mean(
            Lang::En,
            &[
                ("the week of June 9th", "2026-06-08 week"),
                ("the 3rd week of 2027", "2027-01-18 week"),
                ("H2 2027", "2027-07-01..2028-01-01"),
                ("the last two weeks of 2026", "2026-12-21..2027-01-04"),
                ("the month after next", "2026-07-01 month"),
                ("w/c June 1", "2026-06-01 week"),
                ("the third week next year", "2027-01-18 week"),
                ("the rest of the year", "2026-05-06..2027-01-01"),
            ],
        );
    }
}
