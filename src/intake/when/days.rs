//! Days that are said in several words: *de dag na morgen*, *eerste woensdag van mei*, *derde kerstdag 2027*.
//!
//! A new one is a line: how it is said, and which day it is. Days of one word are in [`words`], figures in [`date`].

use super::rule::Caught;
use super::*;

static RULES: &[Rule<NaiveDate>] = &[
    // the day after tomorrow, de dag voor kerst
    Rule { says: "dag|day na|after|following de|the? {day}", means: |_, c| c.day()?.succ_opt() },
    Rule { says: "dag|day voor|before|preceding de|the? {day}", means: |_, c| c.day()?.pred_opt() },
    Rule {
        says: "dag|day before|ervoor|daarvoor|eerder",
        means: |r, c| if alone(r, c) { r.today().pred_opt() } else { None },
    },
    Rule {
        says: "dag|day after|erna|daarna|later",
        means: |r, c| if alone(r, c) { r.today().succ_opt() } else { None },
    },
    // Monday two weeks from now, two months from today on Tuesday
    Rule {
        says: "{weekday} ,? {length} from|vanaf now|today|nu|vandaag",
        means: |r, c| in_week(c.length()?.shift(r.now, 1.0)?.date(), 0, c.weekday()?),
    },
    Rule {
        says: "{length} from|vanaf now|today|nu|vandaag on|op {weekday}",
        means: |r, c| after(c.length()?.shift(r.now, 1.0)?.date().pred_opt()?, c.weekday()?),
    },
    // volgende werkdag, next business day, de eerstvolgende werkdag
    Rule { says: "{turn} werkdag|workday|weekday", means: working_day },
    Rule { says: "{turn} business|working|work day", means: working_day },
    Rule {
        says: "volgende|next|following|eerstvolgende dag|day",
        means: |r, _| if r.chat { None } else { r.today().succ_opt() },
    },
    Rule {
        says: "vorige|previous|last|past|afgelopen dag|day",
        means: |r, _| if r.chat { None } else { r.today().pred_opt() },
    },
    Rule { says: "my|mijn day|dag", means: |r, _| if r.chat { None } else { Some(r.today()) } },
    Rule { says: "current|todays|huidige date|day|datum|dag", means: |r, _| Some(r.today()) },
    Rule {
        says: "eerste|first dag|day van|of het|the? {turn} {unit}",
        means: |r, c| unit_of(r, c).map(|(from, _)| from),
    },
    // vandaag over een week, vrijdag over twee weken, tomorrow in two weeks
    Rule { says: "vandaag|today|morgen|tomorrow|overmorgen over {length}", means: from_word },
    Rule { says: "{weekday} over|in {length}", means: weekday_later },
    // over twee weken op dinsdag
    Rule {
        says: "over|in {length} op|on {weekday}",
        means: |r, c| {
            let length = c.length().filter(|length| length.grain >= Grain::Week)?;
            in_week(length.shift(r.now, 1.0)?.date(), 0, c.weekday()?)
        },
    },
    Rule { says: "{turn} {weekday} over|in {length}", means: weekday_later },
    Rule { says: "vandaag|morgen|today|tomorrow week", means: |r, c| week_later(r, c) },
    // Friday after next
    Rule { says: "{weekday} after next", means: |r, c| plus(after(r.today(), c.weekday()?)?, 7) },
    Rule { says: "{weekday} na de? volgende", means: |r, c| plus(after(r.today(), c.weekday()?)?, 7) },
    // the Friday after Ascension Day, dinsdag na Pinksteren
    Rule {
        says: "{weekday} na|after de|the? {day}",
        means: |r, c| if c_day_is_far(r, c) { after(c.day()?, c.weekday()?) } else { None },
    },
    Rule {
        says: "{weekday} voor|before de|the? {day}",
        means: |r, c| if c_day_is_far(r, c) { before(c.day()?, c.weekday()?) } else { None },
    },
    // Friday of next week, vrijdag van week 23, dinsdag in de week van 8 maart
    Rule { says: "{weekday} of|van|in|from de|the? {period}", means: weekday_of },
    Rule { says: "{weekday} week|wk {count}", means: |r, c| in_week(numbered_week(r, c.number()?)?, 0, c.weekday()?) },
    Rule {
        says: "week|wk {count} op? {weekday}",
        means: |r, c| in_week(numbered_week(r, c.number()?)?, 0, c.weekday()?),
    },
    // eerste woensdag van mei, the third Tuesday of October 2014
    Rule { says: "{nth} {weekday} van|of|in|uit de|the? {period}", means: |r, c| nth_of(r, c, false) },
    Rule { says: "laatste|last {weekday} van|of|in|uit de|the? {period}", means: |r, c| nth_of(r, c, true) },
    Rule { says: "{nth} last|laatste {weekday} van|of|in de|the? {period}", means: |r, c| nth_of(r, c, true) },
    Rule { says: "een na laatste {weekday} van|of|in de|the? {period}", means: |_, c| from_end(c, 2) },
    Rule { says: "een na laatste dag van|in de|het? {period}", means: |_, c| plus(c.period()?.until, -2) },
    Rule { says: "voorlaatste dag van|in de|het? {period}", means: |_, c| plus(c.period()?.until, -2) },
    Rule { says: "voorlaatste {weekday} van|of|in de|the? {period}", means: |_, c| from_end(c, 2) },
    Rule {
        says: "{nth} {weekday} van|of|in de|the? maand|month",
        means: |r, c| nth_in(of_month(r.today(), 0)?, c.weekday()?, c.number()?, false),
    },
    Rule {
        says: "laatste|last {weekday} van|of|in de|the? maand|month",
        means: |r, c| nth_in(of_month(r.today(), 0)?, c.weekday()?, 1, true),
    },
    Rule { says: "{nth} {weekday} na|after de|the? {day}", means: |_, c| nth_after(c) },
    Rule { says: "{nth} {weekday} voor|before de|the? {day}", means: |_, c| nth_before(c) },
    Rule {
        says: "{nth} {weekday}",
        means: |r, c| {
            if r.chat || c.number()? > 5 {
                None
            } else {
                nth_in(of_month(r.today(), 0)?, c.weekday()?, c.number()?, false)
            }
        },
    },
    // eerste dag van de maand, fifth last day of May, de derde werkdag van juni
    Rule { says: "{nth} dag|day van|of|in de|the? {period}", means: |_, c| day_in(c, false) },
    Rule { says: "{nth} last|laatste dag|day van|of|in de|the? {period}", means: |_, c| day_in(c, true) },
    Rule { says: "laatste|last dag|day van|of|in de|the? {period}", means: |_, c| c.period()?.until.pred_opt() },
    Rule {
        says: "{nth} werkdag|workday van|of|in de|the? {period}",
        means: |_, c| working_in(c.period()?, c.number()?),
    },
    Rule {
        says: "{nth} werkdag|workday van|of|in de|the? {unit}",
        means: |r, c| working_in(running(r, c)?, c.number()?),
    },
    Rule { says: "{nth} business|working day of|in the? {period}", means: |_, c| working_in(c.period()?, c.number()?) },
    Rule {
        says: "{nth} business|working day of|in the? {unit}",
        means: |r, c| working_in(running(r, c)?, c.number()?),
    },
    Rule { says: "laatste|last werkdag|workday van|of|in de|the? {period}", means: |_, c| last_working(c.period()?) },
    Rule {
        says: "laatste|last werkdag|workday van|of|in de|het|the? {unit}",
        means: |r, c| last_working(running(r, c)?),
    },
    Rule { says: "last business|working day of|in the? {period}", means: |_, c| last_working(c.period()?) },
    Rule { says: "last business|working day of|in the? {unit}", means: |r, c| last_working(running(r, c)?) },
    Rule { says: "laatste|last dag|day van|of|in de|het|the? {unit}", means: |r, c| running(r, c)?.until.pred_opt() },
    Rule { says: "eerste|first dag|day van|of|in de|het|the? {unit}", means: |r, c| Some(running(r, c)?.from) },
    Rule {
        says: "{nth} dag|day van|of de|the maand|month",
        means: |r, c| of_month(r.today(), 0)?.0.with_day(c.number()?),
    },
    // de 20e van volgende maand, 20th day of next month
    Rule { says: "{nth} dag|day? of|van|in de|the? {turn} maand|month", means: dom_of },
    Rule { says: "{turn} maand|month op? de|the? {nth}", means: dom_of },
    Rule { says: "{month} de|the {nth}", means: |r, c| r.coming(c.month()?, c.number()?) },
    Rule { says: "{nth} dag|day van|of {month}", means: |r, c| r.coming(c.month()?, c.number()?) },
    Rule { says: "maand|month van|of? {month} de|the? {nth}", means: |r, c| r.coming(c.month()?, c.number()?) },
    Rule {
        says: "ides of {month}",
        means: |r, c| r.coming(c.month()?, if matches!(c.month()?, 3 | 5 | 7 | 10) { 15 } else { 13 }),
    },
    // three Fridays from now, twee maandagen geleden, 2 thursdays back
    Rule { says: "{count} {weekday} from now", means: |r, c| weekdays_away(r, c, 1) },
    Rule { says: "{count} {weekday} vanaf nu", means: |r, c| weekdays_away(r, c, 1) },
    Rule { says: "{count} {weekday} later|hence", means: |r, c| weekdays_away(r, c, 1) },
    Rule { says: "over {count} {weekday}", means: |r, c| weekdays_away(r, c, 1) },
    Rule { says: "{count} {weekday} ago|geleden|back|terug", means: |r, c| weekdays_away(r, c, -1) },
    // the second closest Monday to October 5th
    Rule { says: "closest|nearest|dichtstbijzijnde {weekday} to|bij|van {day}", means: |_, c| closest(c, 1) },
    Rule { says: "{nth} closest {weekday} to {day}", means: |_, c| closest(c, c.number()?) },
];

static TABLE: LazyLock<Table<NaiveDate>> = LazyLock::new(|| Table::new(&[RULES, feast::FEAST_DAYS]));

/// The day that several words at a token name.
pub(super) fn said(r: &Reading<'_>, at: usize) -> Option<Day> {
    TABLE.read(r, at).and_then(|(date, to)| plain(date, to))
}

/// The rules, for those who ask how they begin.
pub(super) fn table() -> &'static Table<NaiveDate> {
    &TABLE
}

/// Nothing more is said, and no colleague says it: *the day before* points back at a day that was named.
fn alone(r: &Reading<'_>, c: &Caught) -> bool {
    !r.chat && (c.to >= r.text.len() || r.text.is(c.to, Sort::Mark))
}

fn plus(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_signed(Duration::days(days))
}

fn working_day(r: &Reading<'_>, c: &Caught) -> Option<NaiveDate> {
    match c.turn()? {
        0 => None,
        turn => working_days(r.today(), if turn > 0 { 1.0 } else { -1.0 }),
    }
}

/// Today or tomorrow, moved by a length.
fn from_word(r: &Reading<'_>, c: &Caught) -> Option<NaiveDate> {
    let (days, _) = words::relative(r.text.word(c.from))?;
    let moved = c.length()?.shift(midnight(plus(r.today(), days)?), 1.0)?;
    Some(moved.date())
}

fn week_later(r: &Reading<'_>, c: &Caught) -> Option<NaiveDate> {
    let (days, _) = words::relative(r.text.word(c.from))?;
    // "vandaag week 12" names a week.
    if r.text.is(c.to, Sort::Digits) || !r.english() {
        return None;
    }
    plus(r.today(), days + 7)
}

/// *vrijdag over twee weken*: today counts where it is that weekday.
fn weekday_later(r: &Reading<'_>, c: &Caught) -> Option<NaiveDate> {
    let length = c.length().filter(|length| length.grain >= Grain::Week && !length.working)?;
    let (today, named) = (r.today(), c.weekday()?);
    let base = if today.weekday() == named && c.turn().is_none() { today } else { after(today, named)? };
    length.shift(midnight(base), 1.0).map(|moment| moment.date())
}

/// The day was named by more than a weekday or a relative word, so that *na* counts from it.
fn c_day_is_far(r: &Reading<'_>, c: &Caught) -> bool {
    let last = r.text.word(c.to - 1);
    words::weekday(last).is_none() && words::relative(last).is_none()
}

fn weekday_of(r: &Reading<'_>, c: &Caught) -> Option<NaiveDate> {
    let period = c.period().filter(|period| period.grain == Grain::Week)?;
    // "woensdag van 2014" and the like name no week.
    let _ = r;
    in_week(period.from, 0, c.weekday()?)
}

fn numbered_week(r: &Reading<'_>, week: u32) -> Option<NaiveDate> {
    period::week(r, week, None)
}

/// The nth such weekday of a stretch of days.
fn nth_in((from, until): (NaiveDate, NaiveDate), named: Weekday, nth: u32, from_end: bool) -> Option<NaiveDate> {
    let weeks = 7 * i64::from(nth.checked_sub(1)?);
    let day =
        if from_end { plus(before(until, named)?, -weeks)? } else { plus(after(from.pred_opt()?, named)?, weeks)? };
    (from <= day && day < until).then_some(day)
}

/// The nth weekday of a month, quarter or year. A month without its year that has passed is next year's.
fn nth_of(r: &Reading<'_>, c: &Caught, from_end: bool) -> Option<NaiveDate> {
    let period = c.period().filter(|period| period.grain >= Grain::Month)?;
    let (named, nth) = (c.weekday()?, c.number().unwrap_or(1));
    let day = nth_in((period.from, period.until), named, nth, from_end)?;
    let bare_month = period.grain == Grain::Month && words::month(r.text.word(c.to - 1)).is_some();
    if day < r.today() && bare_month {
        let from = period.from.checked_add_months(Months::new(12))?;
        return nth_in((from, month_from(from, 1)?), named, nth, from_end);
    }
    Some(day)
}

fn from_end(c: &Caught, nth: u32) -> Option<NaiveDate> {
    let period = c.period().filter(|period| period.grain >= Grain::Month)?;
    nth_in((period.from, period.until), c.weekday()?, nth, true)
}

fn nth_after(c: &Caught) -> Option<NaiveDate> {
    let weeks = i64::from(c.number().filter(|n| *n <= 60)?) - 1;
    plus(after(c.day()?, c.weekday()?)?, 7 * weeks)
}

fn nth_before(c: &Caught) -> Option<NaiveDate> {
    let weeks = i64::from(c.number().filter(|n| *n <= 60)?) - 1;
    plus(before(c.day()?, c.weekday()?)?, -7 * weeks)
}

fn day_in(c: &Caught, from_end: bool) -> Option<NaiveDate> {
    let (period, nth) = (c.period()?, i64::from(c.number()?));
    let day = if from_end { plus(period.until, -nth)? } else { plus(period.from, nth - 1)? };
    (period.from <= day && day < period.until).then_some(day)
}

fn working_in(period: Period, nth: u32) -> Option<NaiveDate> {
    let day = working_days(period.from.pred_opt()?, f64::from(nth))?;
    (day < period.until).then_some(day)
}

fn last_working(period: Period) -> Option<NaiveDate> {
    working_days(period.until, -1.0).filter(|day| *day >= period.from)
}

/// The running week, month, quarter or year.
fn running(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let grain = c.unit().filter(|unit| *unit >= Grain::Week)?;
    let (from, until) = of_grain(r.today(), grain, 0)?;
    Some(Period { from, until, grain, to: c.to })
}

fn unit_of(r: &Reading<'_>, c: &Caught) -> Option<(NaiveDate, NaiveDate)> {
    let grain = c.unit().filter(|unit| *unit >= Grain::Week)?;
    of_grain(r.today(), grain, c.turn()?.signum())
}

fn dom_of(r: &Reading<'_>, c: &Caught) -> Option<NaiveDate> {
    month_from(r.today(), c.turn()?.signum())?.with_day(c.number()?)
}

fn weekdays_away(r: &Reading<'_>, c: &Caught, sign: i64) -> Option<NaiveDate> {
    let (count, named) = (i64::from(c.number().filter(|n| *n <= 500)?), c.weekday()?);
    if r.chat && count < 2 {
        return None;
    }
    let base = if sign > 0 { after(r.today(), named)? } else { before(r.today(), named)? };
    plus(base, 7 * sign * (count - 1))
}

/// The weekday nearest to a day, the second nearest …
fn closest(c: &Caught, nth: u32) -> Option<NaiveDate> {
    let (day, named) = (c.day()?, c.weekday()?);
    let mut found: Vec<NaiveDate> = Vec::new();
    let (mut back, mut ahead) = (before(day.succ_opt()?, named)?, after(day, named)?);
    while found.len() < usize::try_from(nth.min(20)).ok()? {
        if (day - back) <= (ahead - day) {
            found.push(back);
            back = plus(back, -7)?;
        } else {
            found.push(ahead);
            ahead = plus(ahead, 7)?;
        }
    }
    found.last().copied()
}

#[cfg(test)]
pub(super) fn patterns() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.says).chain(feast::FEAST_DAYS.iter().map(|rule| rule.says))
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::mean;

    #[test]
    fn dutch_days_of_several_words() {
        mean(
            Lang::Nl,
            &[
                ("de dag na Koningsdag", "2027-04-28"),
                ("de dag voor hemelvaart", "2026-05-13"),
                ("eerstvolgende werkdag", "2026-05-07"),
                ("vandaag over een week", "2026-05-13"),
                ("vrijdag over twee weken", "2026-05-22"),
                ("over twee weken op dinsdag", "2026-05-19"),
                ("dinsdag na Pinksteren", "2026-05-26"),
                ("vrijdag van week 23", "2026-06-05"),
                ("de eerste maandag van juni", "2026-06-01"),
                ("de laatste vrijdag van de maand", "2026-05-29"),
                ("een na laatste donderdag van juni", "2026-06-18"),
                ("de een na laatste dag van juni", "2026-06-29"),
                ("de derde werkdag van juni", "2026-06-03"),
                ("de laatste dag van het kwartaal", "2026-06-30"),
                ("de 20e van volgende maand", "2026-06-20"),
                ("twee maandagen geleden", "2026-04-27"),
            ],
        );
    }

    #[test]
    fn english_days_of_several_words() {
        mean(
            Lang::En,
            &[
                ("the day after tomorrow", "2026-05-08"),
                ("the third Tuesday of October", "2026-10-20"),
                ("the last business day of the month", "2026-05-29"),
                ("next business day", "2026-05-07"),
                ("three Fridays from now", "2026-05-22"),
                ("the second last day of July", "2026-07-30"),
                ("Friday after next", "2026-05-15"),
                ("the Monday after Pentecost", "2026-05-25"),
            ],
        );
    }
}
