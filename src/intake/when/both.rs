//! Days that are named beside each other: two in a row are one stretch, from a colleague also where either will do; and the days
//! of a week that is named.

use super::calc::after;
use super::expr::expr;
use super::lead::{article, separator};
use super::range::whole_days;
use super::*;

/// *16 en 17 juni*, *di en wo*, *ma of di*, *25 or 26 January*: from the first to the last.
pub(super) fn both(r: &Reading<'_>, from: usize, start: usize) -> Option<Dated> {
    let t = r.text;
    // Outside of chat nobody knows whether either will do.
    let joined = |to: usize| matches!(t.word(to), "en" | "and") || r.chat && matches!(t.word(to), "of" | "or" | "&");
    // morgen en overmorgen, 4 mei en 5 mei
    if let Some(first) = date::day(r, start).filter(|day| joined(day.to)) {
        let second = expr(r, article(r, first.to + 1), false).filter(|second| second.clock.is_none());
        let last = second.and_then(|second| Some((second.day?, second.to)));
        if let Some((last, to)) = last.filter(|(last, _)| first.date.succ_opt() == Some(*last)) {
            return whole_days(r, from, to, first.date, last);
        }
    }
    let first = side(r, start)?;
    let slashed = r.chat && first.named.is_some() && t.word(first.to) == "/";
    let next = article(r, (joined(first.to) || slashed).then_some(first.to + 1)?);
    let second = date::day(r, next).map(|day| (day.date, day.to, day.weekday.is_some()));
    let (last, to) = match (second, side(r, next)) {
        (Some((date, to, false)), _) => (date, to),
        // de 22e en de 23e: the next ones, whatever follows.
        (_, Some(side)) if first.ranked && side.ranked && side.named.is_none() => {
            let number = side.number?;
            let coming = |months: i64| month_from(r.today().with_day(1)?, months)?.with_day(number);
            ((0..3).filter_map(coming).find(|day| *day > r.today())?, side.to)
        }
        // Two bare weekdays: the next ones.
        (alone, Some(side)) => {
            let begin = after(r.today(), first.named?)?;
            (begin.succ_opt().filter(|day| Some(day.weekday()) == side.named)?, alone.map_or(side.to, |(_, to, _)| to))
        }
        _ => return None,
    };
    let begin = last.pred_opt()?;
    let fits = first.named.is_none_or(|named| begin.weekday() == named)
        && first.number.is_none_or(|number| begin.day() == number);
    fits.then(|| whole_days(r, from, to, begin, last)).flatten()
}

/// *wk 49 van ma t/m wo*, *maandag tot en met woensdag in week 49*: some days of a week.
pub(super) fn of_week(r: &Reading<'_>, from: usize, start: usize) -> Option<Dated> {
    let t = r.text;
    let named = |at: usize| words::weekday(t.word(at)).map(|(day, _)| day);
    let days = |at: usize| -> Option<(Weekday, Weekday, usize)> {
        let next = separator(r, at + 1, true, true).or_else(|| (t.word(at + 1) == "/").then_some(at + 2))?;
        Some((named(at)?, named(next)?, next + 1))
    };
    let week = |at: usize| period::period(r, at, false).filter(|period| period.grain == Grain::Week);
    let (week, (first, last, end), to) = if named(start).is_some() {
        let days = days(start)?;
        let at = days.2 + usize::from(matches!(t.word(days.2), "in" | "van" | "of"));
        let week = week(article(r, at))?;
        (week, days, week.to)
    } else {
        let week = week(start)?;
        let at = week.to + usize::from(t.word(week.to) == ",");
        let days = days(at + usize::from(matches!(t.word(at), "van" | "from" | "op" | "on")))?;
        (week, days, days.2)
    };
    let day = |day: Weekday| week.from.checked_add_days(Days::new(day.num_days_from_monday().into()));
    (first != last && end <= to).then(|| whole_days(r, from, to, day(first)?, day(last)?)).flatten()
}

/// The first of the two: a weekday, a day of the month, or both.
struct Side {
    named: Option<Weekday>,
    number: Option<u32>,
    ranked: bool,
    to: usize,
}

fn side(r: &Reading<'_>, at: usize) -> Option<Side> {
    let t = r.text;
    let named = words::weekday(t.word(at)).map(|(day, _)| day);
    let mut to = at + usize::from(named.is_some());
    to += usize::from(named.is_some() && matches!(t.word(to), "de" | "the"));
    let ranked = ordinal(t, to).filter(|_| t.is(to, Sort::Digits));
    let number = ranked.or_else(|| {
        t.digits(to)
            .filter(|_| t.word(to).len() <= 2 && !t.glued(to) && !t.glued(to + 1))
            .map(|number| (number, to + 1))
    });
    let number = number.filter(|(number, _)| (1..=31).contains(number));
    let to = number.map_or(to, |(_, to)| to);
    (named.is_some() || number.is_some()).then_some(Side {
        named,
        ranked: ranked.is_some(),
        number: number.map(|(number, _)| number),
        to,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::mean;
    use crate::domain::Lang;

    #[test]
    fn days_of_a_week_stand_before_it_or_behind() {
        mean(
            Lang::Nl,
            &[
                ("wk 24 van ma t/m wo", "2026-06-08..2026-06-11"),
                ("week 24, do en vr", "2026-06-11..2026-06-13"),
                ("maandag tot en met woensdag in week 24", "2026-06-08..2026-06-11"),
                ("di t/m do van week 24", "2026-06-09..2026-06-12"),
            ],
        );
        mean(Lang::En, &[("week 24 from Tuesday to Thursday", "2026-06-09..2026-06-12")]);
    }

    #[test]
    fn two_days_in_a_row_are_one_stretch() {
        mean(
            Lang::Nl,
            &[
                ("16 en 17 juni", "2026-06-16..2026-06-18"),
                ("di en wo een extra beveiliger", "2026-05-12..2026-05-14"),
                ("di en wo volgende week", "2026-05-12..2026-05-14"),
                ("ma of di", "2026-05-11..2026-05-13"),
                ("wo 27 of do 28 mei", "2026-05-27..2026-05-29"),
                ("de 22e en de 23e tien man", "2026-05-22..2026-05-24"),
                ("donderdag of vrijdag", "2026-05-07..2026-05-09"),
                ("morgen en overmorgen", "2026-05-07..2026-05-09"),
                ("4 juni en 5 juni", "2026-06-04..2026-06-06"),
                // Others are two wishes, and what is counted is no day.
                ("2 of 3 stoelen", "nothing"),
                ("maandag of vrijdag", "2026-05-11"),
            ],
        );
        mean(
            Lang::En,
            &[
                ("on 25 or 26 January", "2027-01-25..2027-01-27"),
                ("Tuesday or Wednesday is fine", "2026-05-12..2026-05-14"),
                ("1 or 2 people", "nothing"),
            ],
        );
    }
}
