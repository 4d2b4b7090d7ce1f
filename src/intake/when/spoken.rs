//! Whole expressions of several parts: *for 10 days from 18 December*, *two weeks after Easter*, *na de lunch*, *z.s.m.*
//!
//! A new one is a line: how it is said, and what it means.

use super::rule::Caught;
use super::*;

/// What one means, and the role it has.
type Said = (Value, Option<WhenRole>);

static RULES: &[Rule<Said>] = &[
    // nu, right now. In chat they only say haste.
    Rule { says: "right|just? now", means: now },
    Rule { says: "nu|atm|momenteel|currently", means: now },
    Rule { says: "at|op the|dit|this|het moment|time", means: now },
    Rule { says: "at present|minute", means: now },
    Rule { says: "at the present|minute time?", means: now },
    Rule { says: "at the minute", means: now },
    Rule {
        says: "till|to|until date",
        // "up to date" and "equal to date 1" are no dates.
        means: |r, c| {
            let other =
                matches!(r.text.before(c.from, 1), "up" | "equal" | "equals" | "than") || r.text.is(c.to, Sort::Digits);
            (!r.chat && !other).then(|| (Value::Before(midnight(r.today()), Grain::Day), None))
        },
    },
    Rule {
        says: "tot op heden",
        means: |r, _| if r.chat { None } else { Some((Value::Before(midnight(r.today()), Grain::Day), None)) },
    },
    // de rest van de dag
    Rule {
        says: "rest van|of de|the|my|mijn|deze|this|onze? huidige|current? dag|day|vandaag|today",
        means: rest_of_day,
    },
    // end of the day: its last minute, for who asks for a moment
    Rule { says: "at|op? the|het? eod|cob", means: |r, _| day_end(r, r.today()) },
    Rule { says: "at|op? the|het? eind|einde|end van|of de|the? dag|day", means: |r, _| day_end(r, r.today()) },
    Rule { says: "at|op? the|het? eind|einde|end van|of de|the? {day}", means: |r, c| day_end(r, c.day()?) },
    // volgende week tussen woensdag en vrijdag
    Rule {
        says: "{turn} week van|from|tussen|between|,? {weekday} tot|to|en|and|-|until|through {weekday}",
        means: days_of_week,
    },
    // as soon as possible: from now on
    Rule { says: "asap|zsm|z.s.m.", means: soon },
    Rule { says: "z . s . m", means: soon },
    Rule { says: "zo snel|spoedig|gauw mogelijk", means: soon },
    Rule { says: "as soon as possible", means: soon },
    // for 10 days from 18 December, 4pm for 30 mins, een week vanaf morgen
    Rule {
        says: "for|gedurende|voor {length} ,? from|starting|vanaf|beginning|startend on|at|from|op|om? {value}",
        means: lasting,
    },
    Rule { says: "{length} starting|beginning|startend|beginnend on|at|from|op|om|vanaf? {value}", means: lasting },
    Rule { says: "from|vanaf|van|op|om|on|at? {value} for|gedurende|lang {length}", means: lasting },
    // wait for 5 minutes, zet een timer van een half uur
    Rule { says: "wait|wacht|timer|wekker|alarm for|voor|van|of|gedurende? {length}", means: waiting },
    Rule { says: "give it {length}", means: waiting },
    // now + 40 minutes
    Rule { says: "now|nu + {length}", means: waiting },
    // between now and Friday, from March until now
    Rule { says: "tussen|between nu|now en|and {value}", means: from_now },
    Rule { says: "van|vanaf|from nu|now tot|to|until|till {value}", means: from_now },
    Rule {
        says: "van|vanaf|from|tussen|between|sinds? {value} tot|to|until|till|en|and nu|now|vandaag|today|heden|date",
        means: to_now,
    },
    Rule {
        says: "van|vanaf|from|tussen|between|sinds? {value} tot|to|until|till|en|and the? current date|moment|day",
        means: to_now,
    },
    // na de lunch, after work
    Rule { says: "na|after de|the? lunch", means: |r, _| hours(r, 13, 17) },
    Rule { says: "na|after de|the? school", means: |r, _| hours(r, 15, 21) },
    Rule { says: "na|after het|the? werk|work", means: |r, _| hours(r, 17, 21) },
    Rule {
        says: "tijdens|during|in|binnen de|the? werkuren|kantooruren|kantoortijden|kantoortijd",
        means: |r, _| hours(r, 8, 18),
    },
    Rule { says: "tijdens|during|in|within the? business|working|office hours", means: |r, _| hours(r, 8, 18) },
];

static TABLE: LazyLock<Table<Said>> = LazyLock::new(|| Table::new(&[RULES]));

/// The whole expression at a token.
pub(super) fn at(r: &Reading<'_>, at: usize) -> Option<Dated> {
    let rule = TABLE.read(r, at);
    let moved = moved(r, at).filter(|(_, to)| rule.as_ref().is_none_or(|(_, end)| to > end));
    let ((value, role), to) = moved.or(rule)?;
    let timed = matches!(grain_of(value), Grain::Second | Grain::Minute | Grain::Hour);
    let past = end_of(value) <= r.now && role.is_none();
    Some(Dated { from: at, to, value, role, dated: true, timed, past, by_part: false, recurring: None })
}

/// The rules, for those who ask how they begin.
pub(super) fn table() -> &'static Table<Said> {
    &TABLE
}

fn now(r: &Reading<'_>, _: &Caught) -> Option<Said> {
    (!r.chat).then_some((Value::Point(r.now, Grain::Second), None))
}

fn days_of_week(r: &Reading<'_>, c: &Caught) -> Option<Said> {
    // Two days that are joined by "en" alone are two wishes.
    let led = matches!(r.text.word(c.from + 2), "van" | "from" | "tussen" | "between");
    let joined = matches!(r.text.before(c.to, 2), "en" | "and");
    if joined && !led {
        return None;
    }
    let week = of_grain(r.today(), Grain::Week, c.turn()?.signum())?.0;
    let dotted = usize::from(r.text.before(c.to, 1) == ".");
    let last = words::weekday(r.text.before(c.to, 1 + dotted))?.0;
    let (from, until) = (in_week(week, 0, c.weekday()?)?, in_week(week, 0, last)?.succ_opt()?);
    (from < until).then_some((Value::Interval(midnight(from), midnight(until), Grain::Day), None))
}

fn day_end(r: &Reading<'_>, day: NaiveDate) -> Option<Said> {
    Some((Value::Point(day.and_hms_opt(23, 59, 0)?, Grain::Minute), None)).filter(|_| !r.chat)
}

fn rest_of_day(r: &Reading<'_>, _: &Caught) -> Option<Said> {
    Some((Value::Interval(r.now, midnight(r.today().succ_opt()?), Grain::Minute), None))
}

fn soon(r: &Reading<'_>, _: &Caught) -> Option<Said> {
    (!r.chat).then_some((Value::After(r.now, Grain::Second), Some(WhenRole::From)))
}

fn lasting(r: &Reading<'_>, c: &Caught) -> Option<Said> {
    let (start, length) = (start_of(c.value()?), c.length()?);
    // "vrijdag voor 2 dagen" is rare in chat, "voor 10 minuten" is how long something may take.
    if r.chat && length.grain < Grain::Hour {
        return None;
    }
    let grain = length.fine.min(grain_of(c.value()?));
    Some((Value::Interval(start, length.shift(start, 1.0)?, grain), None))
}

fn waiting(r: &Reading<'_>, c: &Caught) -> Option<Said> {
    let length = c.length().filter(|_| !r.chat)?;
    length.away(r.now, 1.0).map(|(moment, fine)| (Value::Point(moment, fine), None))
}

fn from_now(r: &Reading<'_>, c: &Caught) -> Option<Said> {
    let end = end_of(c.value()?);
    (end > r.now && !r.chat).then_some((Value::Interval(r.now, end, grain_of(c.value()?)), None))
}

fn to_now(r: &Reading<'_>, c: &Caught) -> Option<Said> {
    let start = start_of(c.value()?);
    let grain = grain_of(c.value()?);
    let end = if grain >= Grain::Day { midnight(r.today()) } else { r.now };
    // "between 22 January and now": the last one, not the next.
    let start = match grain {
        _ if start < end => start,
        Grain::Day | Grain::Month => range::shift_years(start, -1)?,
        Grain::Minute | Grain::Hour => start.checked_sub_days(Days::new(1))?,
        _ => return None,
    };
    (start < end && !r.chat).then_some((Value::Interval(start, end, grain), None))
}

fn hours(r: &Reading<'_>, from: u32, until: u32) -> Option<Said> {
    let at = |hour| r.today().and_hms_opt(hour, 0, 0);
    if r.chat {
        return None;
    }
    Some((Value::Interval(at(from)?, at(until)?, Grain::Hour), None))
}

/// *twee weken na Pasen*, *15 minutes from 1 pm*, *more than three days before the 4th of May*.
fn moved(r: &Reading<'_>, at: usize) -> Option<(Said, usize)> {
    let t = r.text;
    let more = matches!(
        (t.word(at), t.word(at + 1)),
        ("more" | "meer" | "less" | "minder" | "eerder" | "later", "than" | "dan")
    );
    let less = more && matches!(t.word(at), "less" | "minder" | "eerder");
    let start = if more { at + 2 } else { at + usize::from(matches!(t.word(at), "over" | "in" | "binnen" | "within")) };
    let length = length::total(r, start).filter(|length| !length.working)?;
    let sign = match t.word(length.to) {
        "since" if r.chat => return None,
        "na" | "after" | "from" | "vanaf" | "following" | "since" => 1.0,
        "voor" | "before" | "prior" | "eerder" => -1.0,
        _ => return None,
    };
    let skip =
        length.to + 1 + usize::from(matches!(t.word(length.to + 1), "de" | "het" | "the" | "to" | "dan" | "right"));
    let base = expr::expr(r, skip, false).filter(|e| e.words || (e.clock.is_some() && length.grain <= Grain::Hour));
    let (anchor, to) = match base {
        Some(base) => match last_time(r, skip, &base).filter(|_| sign > 0.0) {
            Some(day) if length.shift(midnight(day), sign)?.date() >= r.today() => {
                (Value::Point(midnight(day), Grain::Day), base.to)
            }
            _ => (base.value(r)?, base.to),
        },
        None if matches!(t.word(skip), "now" | "nu") => (Value::Point(r.now, Grain::Second), skip + 1),
        None => return None,
    };
    if matches!(anchor, Value::Interval(..)) {
        return None;
    }
    let moment = length.shift(start_of(anchor), sign)?;
    let fine = if length.fine == Grain::Day && grain_of(anchor) >= Grain::Day { Grain::Day } else { Grain::Minute };
    let value = match (more, (sign < 0.0) != less) {
        (false, _) => Value::Point(moment, fine),
        (true, true) => Value::Before(moment, fine),
        (true, false) => Value::After(moment, fine),
    };
    Some(((value, None), to))
}

/// The last time of a day that comes every year. *Twee weken na Pasen* counts from it while what is counted lies ahead.
fn last_time(r: &Reading<'_>, at: usize, said: &Expr) -> Option<NaiveDate> {
    let day = said.day.filter(|_| said.clock.is_none() && said.part.is_none())?;
    if let Some((feast, _)) = feast::named(r, at).filter(|(_, to)| *to == said.to) {
        return feast.before(r.today());
    }
    day.with_year(day.year() - 1).filter(|_| said.yearless)
}

#[cfg(test)]
pub(super) fn patterns() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.says)
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::{mean, mean_alone};

    #[test]
    fn whole_expressions_of_a_bare_text() {
        mean_alone(
            Lang::Nl,
            &[
                ("wacht 10 minuten", "2026-05-06 10:25"),
                ("zet een timer van een half uur", "2026-05-06 10:45"),
                ("vrijdag + 2 weken", "2026-05-22"),
            ],
        );
        mean_alone(
            Lang::En,
            &[
                ("set a timer for 90 seconds", "2026-05-06 10:16"),
                ("end of tomorrow", "2026-05-07 23:59"),
                ("now + 20 minutes", "2026-05-06 10:35"),
                ("next Monday -3 days", "2026-05-08"),
                ("between January 12 and now", "2026-01-12..2026-05-06"),
                ("March to date", "2026-03-01..2026-05-06"),
                ("for two days, from June 3", "2026-06-03..2026-06-05"),
                ("on June 9 from 9:15 for two hours", "2026-06-09 09:15..2026-06-09 11:15"),
                ("next week from Tue to Thu.", "2026-05-12..2026-05-15"),
            ],
        );
    }

    #[test]
    fn dutch_whole_expressions() {
        mean(
            Lang::Nl,
            &[
                ("twee weken na Pasen 2027", "2027-04-11"),
                ("zes weken na Pasen", "2026-05-17"),
                ("twee weken na Pasen", "2027-04-11"),
                ("een jaar na 1 maart", "2027-03-01"),
                ("vanaf 1 juni gedurende 10 dagen", "2026-06-01..2026-06-11"),
                ("volgende week tussen dinsdag en donderdag", "2026-05-12..2026-05-15"),
                ("de rest van de dag", "2026-05-06 10:15..2026-05-07 00:00"),
                ("drie dagen voor 1 juli", "2026-06-28"),
            ],
        );
    }

    #[test]
    fn english_whole_expressions() {
        mean(
            Lang::En,
            &[
                ("15 minutes from 1 pm", "2026-05-06 13:15"),
                ("June 1 for two weeks", "2026-06-01..2026-06-15"),
                ("a week starting tomorrow", "2026-05-07..2026-05-14"),
            ],
        );
    }
}
