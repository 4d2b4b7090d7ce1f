//! Moments and stretches counted from now: *over twee uur*, *3 days ago*, *binnen 2 werkdagen*, *de komende drie dagen*.
//!
//! A new one is a line: how it is said, and what it makes of the length it caught.

use super::rule::Caught;
use super::*;

/// A moment or stretch counted from now.
#[derive(Clone, Copy, Debug)]
pub(super) enum Away {
    /// One moment: *over twee uur*.
    At(NaiveDateTime, Grain),
    /// At the latest then: *binnen 2 werkdagen*.
    Within(NaiveDateTime, Grain),
    /// A stretch: *de komende drie dagen*.
    Stretch(NaiveDateTime, NaiveDateTime, Grain),
}

static RULES: &[Rule<Away>] = &[
    // over twee weken, over zo'n 3 uur, over een half uur
    Rule { says: "over ongeveer|circa|zon|nog|een|krap|de? {length} vanaf? nu|vandaag?", means: dutch_ahead },
    Rule { says: "over {length} vanaf? nu|vandaag?", means: dutch_ahead },
    // in 2 weken tijd, in about three hours, in another week
    // "in twee uur leeg" tells how long it takes.
    Rule { says: "in {length} tijd|time?", means: |r, c| if r.chat && !r.english() { None } else { ahead(r, c) } },
    Rule { says: "in {length} tijd", means: ahead },
    Rule {
        says: "in about|around|approximately|ongeveer|circa|the|de|another|nog|~|zon ~? {length} tijd|time?",
        means: ahead,
    },
    Rule { says: "in|over less|minder than|dan {length}", means: within },
    // in 15, over 20: minutes
    Rule { says: "in|over {count}", means: minutes },
    // binnen 2 werkdagen, within the next 3 days, binnen max. 5 dagen
    Rule {
        says: "binnen|within de|the|een|nu? en|komende|next|max|uiterlijk|volgende|upcoming|coming|aankomende|about|around|ongeveer? .? {length} tijd|time?",
        means: within,
    },
    Rule { says: "binnen|within de|the komende|volgende|next|upcoming|coming|aankomende {length}", means: within },
    Rule { says: "binnen|within {length} vanaf|from nu|now|vandaag|today", means: within },
    Rule { says: "binnen nu en {length}", means: within },
    // na 2 weken: counted from now only where nothing else is told
    Rule { says: "na|after {length}", means: |r, c| if r.chat { None } else { day_ahead(r, c) } },
    Rule { says: "na|after {length} vanaf|from nu|now|vandaag|today", means: ahead },
    // drie dagen geleden, 2 weeks ago, anderhalf jaar terug
    Rule { says: "{length} geleden|ago|earlier|eerder", means: behind },
    Rule {
        says: "{length} terug|back",
        means: |r, c| if c.length()?.grain >= Grain::Day { behind(r, c) } else { None },
    },
    Rule { says: "{length} before|voor|voorheen", means: |r, c| if bare(r, c) { behind(r, c) } else { None } },
    // three days from now, een week later, 15 minuten uit
    Rule { says: "{length} from|vanaf now|nu", means: ahead },
    Rule { says: "{length} from right now", means: to_the_second },
    Rule { says: "{length} from|vanaf right? today|vandaag", means: day_ahead },
    Rule { says: "{length} hence", means: ahead },
    Rule { says: "{length} later|daarna|nadien", means: |r, c| if r.chat { None } else { day_ahead(r, c) } },
    Rule { says: "{length} after|out|uit|na", means: |r, c| if bare(r, c) { ahead(r, c) } else { None } },
    Rule { says: "{length} in de|the toekomst|future", means: |r, c| if r.chat { None } else { ahead(r, c) } },
    // +2 maanden 5 dagen, -3jr
    Rule { says: "+ {length}", means: |r, c| if signed(r, c) { day_ahead(r, c) } else { None } },
    Rule { says: "- {length}", means: |r, c| if signed(r, c) { day_behind(r, c) } else { None } },
    // the past two decades are those of the calendar
    Rule { says: "{turn} {count} decennia|decades", means: decades },
    // komende drie dagen, the past two weeks, last 2 months
    Rule { says: "{turn} {length}", means: stretch },
    Rule { says: "{count} {turn} {unit}", means: counted_first },
    // komend uur, next hour, de laatste minuut
    Rule { says: "{turn} {unit}", means: hour },
];

static TABLE: LazyLock<Table<Away>> = LazyLock::new(|| Table::new(&[RULES]));

/// The moment or stretch that is said at a token, and the token after it.
pub(super) fn away(r: &Reading<'_>, at: usize) -> Option<(Away, usize)> {
    TABLE.read(r, at)
}

/// The rules, for those who ask how they begin.
pub(super) fn table() -> &'static Table<Away> {
    &TABLE
}

fn dutch_ahead(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    // "over three days" is how long something lasts.
    (!r.english()).then(|| ahead(r, c)).flatten()
}

fn ahead(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    moment(r, c, 1.0)
}

fn behind(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    moment(r, c, -1.0)
}

/// As [`ahead`], whatever else is said: *three years from today*, *+2 dagen*.
fn day_ahead(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    c.length()?.away(r.now, 1.0).map(|(moment, fine)| Away::At(moment, fine))
}

fn day_behind(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    c.length()?.away(r.now, -1.0).map(|(moment, fine)| Away::At(moment, fine))
}

fn to_the_second(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    Some(Away::At(c.length()?.shift(r.now, 1.0)?, Grain::Second))
}

/// The moment so far away. Said alone it is known to the next finer unit, as Duckling has it: days to the hour, years to the
/// month. In a sentence, as of a colleague, both name a day.
fn moment(r: &Reading<'_>, c: &Caught, sign: f64) -> Option<Away> {
    let length = c.length()?;
    let (moment, fine) = length.away(r.now, sign)?;
    if !alone(r, c) || fine != Grain::Day || !length.single() || length.working {
        return Some(Away::At(moment, fine));
    }
    let precise = length.shift(r.now, sign)?;
    let about = (c.from..c.to).any(|at| length::few(r, at).is_some_and(|count| !count.article));
    Some(match length.grain {
        Grain::Day if !about => Away::At(precise.date().and_hms_opt(precise.hour(), 0, 0)?, Grain::Hour),
        Grain::Year => Away::At(midnight(precise.date().with_day(1)?), Grain::Month),
        _ => Away::At(moment, fine),
    })
}

/// It is all that a bare text says.
fn alone(r: &Reading<'_>, c: &Caught) -> bool {
    c.from == 0 && bare(r, c)
}

fn minutes(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    let count = c.number().filter(|count| (5..=90).contains(count) && c.from == 0 && bare(r, c))?;
    let length = length::plain(f64::from(count), Grain::Minute, c.to)?;
    length.away(r.now, 1.0).map(|(moment, fine)| Away::At(moment, fine))
}

fn within(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    c.length()?.away(r.now, 1.0).map(|(moment, fine)| Away::Within(moment, fine))
}

/// Nothing follows that it could be counted from.
fn bare(r: &Reading<'_>, c: &Caught) -> bool {
    !r.chat && c.to >= r.text.len()
}

/// A sign stands right before its figure and is no range.
fn signed(r: &Reading<'_>, c: &Caught) -> bool {
    !r.chat && r.text.glued(c.from + 1) && !r.text.is(c.from.wrapping_sub(1), Sort::Digits)
}

fn stretch(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    let (turn, length) = (c.turn()?, c.length()?);
    // "volgende een week" counts nothing; "deze twee weken" is no stretch from now.
    let n = length::few(r, c.from + 1).or_else(|| number(r.text, c.from + 1, r.marks))?;
    if turn == 0 || n.article {
        return None;
    }
    if let Some(last) = upcoming(r, c.from, length) {
        return Some(last);
    }
    stretched(r, turn > 0, length)
}

/// Whole units after the running one, or before it; hours and less count from this moment.
fn stretched(r: &Reading<'_>, ahead: bool, length: Length) -> Option<Away> {
    if length.grain <= Grain::Hour || !length.single() {
        let other = length.shift(r.now, if ahead { 1.0 } else { -1.0 })?;
        return Some(if ahead {
            Away::Stretch(r.now, other, length.grain)
        } else {
            Away::Stretch(other, r.now, length.grain)
        });
    }
    let (start, end) = of_grain(r.today(), length.grain, 0)?;
    Some(if !ahead {
        Away::Stretch(length.shift(midnight(start), -1.0)?, midnight(start), length.grain)
    } else if length.working {
        Away::Stretch(midnight(end), midnight(working_days(r.today(), length.value)?.succ_opt()?), length.grain)
    } else {
        Away::Stretch(midnight(end), length.shift(midnight(end), 1.0)?, length.grain)
    })
}

fn decades(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    let count = i64::from(c.number().filter(|count| *count <= 20)?);
    let turn = c.turn().filter(|turn| *turn != 0)?;
    let (first, last) = if turn > 0 { (1, count + 1) } else { (-count, 0) };
    let start = |by: i64| of_years(r.today(), 10, by).map(|(from, _)| midnight(from));
    Some(Away::Stretch(start(first)?, start(last)?, Grain::Year))
}

fn counted_first(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    let (count, unit) = (f64::from(c.number()?), c.unit()?);
    let turn = c.turn().filter(|turn| *turn != 0 && !r.chat)?;
    // "only 3 next week" counts something else.
    if words::is_single(r.text.word(c.to - 1))
        && count > 1.0
        && matches!(r.text.word(c.to - 2), "next" | "last" | "past")
    {
        return None;
    }
    let length = length::plain(count, unit, c.to)?;
    upcoming(r, c.from + 1, length).or_else(|| stretched(r, turn > 0, length))
}

/// *two upcoming days* of a bare text are the second of them, as Duckling counts and chrono does with all that lies ahead; a
/// colleague means both.
fn upcoming(r: &Reading<'_>, at: usize, length: Length) -> Option<Away> {
    let plain = length.grain >= Grain::Day && length.single() && !length.working && length.value.fract() == 0.0;
    if r.chat || r.text.word(at) != "upcoming" || !plain {
        return None;
    }
    let from = length.shift(midnight(of_grain(r.today(), length.grain, 0)?.0), 1.0)?;
    (of_grain(from.date(), length.grain, 0)?.0 == from.date()).then_some(Away::At(from, length.grain))
}

fn hour(r: &Reading<'_>, c: &Caught) -> Option<Away> {
    let unit = c.unit().filter(|unit| *unit <= Grain::Hour && !r.chat)?;
    let turn = c.turn().filter(|turn| *turn != 0)?;
    // Said alone "komend uur" is the next one of the clock, as "komende maand" is the next one of the calendar.
    if turn > 0 && unit == Grain::Hour && alone(r, c) {
        let next = r.now.checked_add_signed(Duration::hours(1))?;
        return Some(Away::At(next.date().and_hms_opt(next.hour(), 0, 0)?, unit));
    }
    stretched(r, turn > 0, length::plain(1.0, unit, c.to)?)
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
    fn the_last_of_those_ahead() {
        mean_alone(Lang::En, &[("the upcoming three weeks", "2026-05-25 week"), ("2 upcoming days", "2026-05-08")]);
        mean(Lang::En, &[("the upcoming three weeks", "2026-05-11..2026-06-01")]);
    }

    #[test]
    fn known_to_the_next_finer_unit_where_nothing_else_is_said() {
        mean_alone(
            Lang::Nl,
            &[
                ("over 7 dagen", "2026-05-13 10:00"),
                ("14 dagen geleden", "2026-04-22 10:00"),
                ("over een paar dagen", "2026-05-08"),
                ("over 3 jaar", "2029-05-01 month"),
                ("komend uur", "2026-05-06 11:00"),
                ("ik kom over 7 dagen", "2026-05-13"),
                ("ik kom komend uur", "2026-05-06 10:15..2026-05-06 11:15"),
            ],
        );
        mean_alone(Lang::En, &[("3 years from today", "2029-05-06"), ("a day from right now", "2026-05-07 10:15")]);
        mean(Lang::Nl, &[("over 7 dagen", "2026-05-13"), ("over 3 jaar", "2029-05-06")]);
    }

    #[test]
    fn bare_minutes() {
        mean_alone(Lang::Nl, &[("over 20", "2026-05-06 10:35"), ("over minder dan een uur", "<2026-05-06 11:15")]);
    }

    #[test]
    fn dutch_moments_counted_from_now() {
        mean(
            Lang::Nl,
            &[
                ("over een maand", "2026-06-06"),
                ("over anderhalf uur", "2026-05-06 11:45"),
                ("over zo'n drie kwartier", "2026-05-06 11:00"),
                ("binnen 2 werkdagen", "<2026-05-08"),
                ("binnen een half uur", "<2026-05-06 10:45"),
                ("binnen de komende 3 weken", "<2026-05-27"),
                ("drie dagen geleden", "2026-05-03"),
                ("anderhalf jaar terug", "2024-11-06"),
                ("komende drie dagen", "2026-05-07..2026-05-10"),
                ("over 1 dag, 2 uur en 5 minuten", "2026-05-07 12:20"),
            ],
        );
    }

    #[test]
    fn english_moments_counted_from_now() {
        mean(
            Lang::En,
            &[
                ("in an hour and a half", "2026-05-06 11:45"),
                ("in two weeks", "2026-05-20"),
                ("within 3 business days", "<2026-05-11"),
                ("ten minutes ago", "2026-05-06 10:05"),
                ("the past two weeks", "2026-04-20..2026-05-04"),
                ("the coming two quarters", "2026-07-01..2027-01-01"),
                ("a fortnight from now", "2026-05-20"),
            ],
        );
    }
}
