//! Ends, beginnings and middles: *eind van de maand*, *begin maart*, *half mei*, *EOD*.

use super::period::whole;
use super::*;

/// Which edge of a period is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Start,
    Middle,
    End,
    /// *early next month*, *begin volgend jaar*: the first half.
    Early,
    /// *late this week*, *eind deze maand*: the second half.
    Late,
}

/// Edges of one word: *EOD*, *end of business* as colleagues type them.
const SHORT: &[(&str, Side, Grain)] = &[
    ("eod", Side::End, Grain::Day),
    ("cob", Side::End, Grain::Day),
    ("eom", Side::End, Grain::Month),
    ("bom", Side::Start, Grain::Month),
    ("eoy", Side::End, Grain::Year),
    ("boy", Side::Start, Grain::Year),
    ("eoq", Side::End, Grain::Quarter),
    ("maandeinde", Side::End, Grain::Month),
    ("jaareinde", Side::End, Grain::Year),
    ("maandultimo", Side::End, Grain::Month),
];

/// The words of a side.
fn side(r: &Reading<'_>, at: usize) -> Option<Side> {
    let t = r.text;
    let turned =
        weekday::turn_at(r, at + 1).is_some_and(|(_, to)| words::unit(t.word(to)).is_some_and(|u| u.0 >= Grain::Week));
    Some(match t.word(at) {
        "early" | "vroeg" | "begin" if turned && !r.chat => Side::Early,
        "late" | "laat" | "eind" if turned && !r.chat => Side::Late,
        // "start in the next decade"
        "start" | "begin" | "beginning" | "end" if t.word(at + 1) == "in" && r.english() => return None,
        "eind" | "einde" | "end" | "ultimo" | "uiteinde" => Side::End,
        "begin" | "beginning" | "start" | "early" | "vroeg" => Side::Start,
        "midden" | "half" | "medio" | "mid" | "middle" | "halverwege" | "halfweg" => Side::Middle,
        "late" | "later" | "laat" if words::month(t.word(at + 1)).is_some() || t.word(at + 1) == "in" => Side::End,
        _ => return None,
    })
}

/// The edge that is named at a token.
pub(super) fn edge(r: &Reading<'_>, at: usize) -> Option<Period> {
    let t = r.text;
    if let Some((word, which, grain)) = SHORT.iter().find(|(word, ..)| *word == t.word(at)) {
        // "the boy" is somebody.
        if *word == "boy" && !t.shouted(at) {
            return None;
        }
        let (from, until) = of_grain(r.today(), *grain, 0)?;
        return cut(r, Period { from, until, grain: *grain, to: at + 1 }, *which);
    }
    let which = side(r, at)?;
    let mut to = at + 1;
    while matches!(t.word(to), "van" | "of" | "de" | "the" | "vd" | "v" | "/" | "d" | "het" | "in" | "around" | "-")
        && to < at + 5
    {
        to += 1;
    }
    let joined = to > at + 1;
    // "a meeting beginning January 7th" begins on a day.
    if words::month(t.word(to)).is_some() && date::month_date(r, to).is_some() {
        return None;
    }
    let inner = inner(r, to, joined)?;
    if inner.grain == Grain::Day && (inner.until - inner.from).num_days() == 1 {
        return (which == Side::End).then_some(inner);
    }
    cut(r, inner, which)
}

/// The days of a period at one of its edges. A colleague who says *eind van de week* means its Friday, *eind van de maand*
/// the last day; the stretch that others make of it is for those who only ask for values.
fn cut(r: &Reading<'_>, p: Period, side: Side) -> Option<Period> {
    let plus = |days: u64| p.from.checked_add_days(Days::new(days));
    let days = (p.until - p.from).num_days();
    let one = |day: NaiveDate| whole((day, day.succ_opt()?), Grain::Day, p.to);
    if p.grain == Grain::Day && days <= 1 {
        return Some(p);
    }
    let stretch = |from: NaiveDate, until: NaiveDate| whole((from, until), Grain::Day, p.to);
    if let Side::Early | Side::Late = side {
        let middle = periods::middle(p.from, p.until)?;
        return if side == Side::Early { stretch(p.from, middle) } else { stretch(middle, p.until) };
    }
    match (p.grain, side) {
        (Grain::Week, Side::End) if r.chat => one(plus(4)?),
        (Grain::Week, Side::Start) if r.chat => one(p.from),
        (Grain::Week, Side::End) => stretch(plus(4)?, p.until),
        (Grain::Week, Side::Start) => stretch(p.from, plus(3)?),
        (Grain::Month, _) if !r.chat => match side {
            Side::Start | Side::Early => stretch(p.from, plus(10)?),
            Side::Middle => stretch(plus(10)?, plus(20)?),
            Side::End | Side::Late => stretch(plus(20)?, p.until),
        },
        (Grain::Year, _) if !r.chat => match side {
            Side::Start | Side::Early => stretch(p.from, month_from(p.from, 3)?),
            Side::Middle => stretch(month_from(p.from, 4)?, month_from(p.from, 8)?),
            Side::End | Side::Late => stretch(month_from(p.from, 8)?, p.until),
        },
        (_, Side::End | Side::Late) => one(p.until.pred_opt()?),
        (_, Side::Start | Side::Early) => one(p.from),
        (_, Side::Middle) => one(plus(u64::try_from(days / 2).ok()?.saturating_sub(1))?),
    }
}

/// The period inside *eind van …*.
fn inner(r: &Reading<'_>, at: usize, joined: bool) -> Option<Period> {
    let t = r.text;
    let today = r.today();
    if matches!(t.word(at), "dag" | "day" | "business" | "vandaag" | "today") {
        let to = at + 1 + usize::from(t.word(at) == "business" && t.word(at + 1) == "day");
        return joined.then(|| whole((today, today.succ_opt()?), Grain::Day, to)).flatten();
    }
    if let Some((grain, 1, false)) =
        words::unit(t.word(at)).filter(|_| joined || matches!(t.word(at), "maand" | "week"))
        && grain >= Grain::Week
        && !t.is(at + 1, Sort::Digits)
    {
        return whole(of_grain(today, grain, 0)?, grain, at + 1);
    }
    if side(r, at).is_some() {
        return None;
    }
    period::period(r, at, true)
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::{mean, mean_alone};

    #[test]
    fn halves_of_periods() {
        mean_alone(
            Lang::Nl,
            &[("begin volgend jaar", "2027-01-01..2027-07-01"), ("eind deze maand", "2026-05-16..2026-06-01")],
        );
        mean_alone(
            Lang::En,
            &[("late next week", "2026-05-14..2026-05-18"), ("early next month", "2026-06-01..2026-06-16")],
        );
    }

    #[test]
    fn dutch_edges_of_periods() {
        mean(
            Lang::Nl,
            &[
                ("eind van de week", "2026-05-08"),
                ("eind volgende maand", "2026-06-30"),
                ("begin juni", "2026-06-01"),
                ("half juni", "2026-06-15"),
                ("EOD", "2026-05-06"),
            ],
        );
    }
}
