//! A whole expression: its lead, its range, and what follows it.

use super::expr::expr;
use super::lead::{Lead, article, lead};
use super::range::range;
use super::*;

/// The expression that begins at a token, with its role and its range.
pub(super) fn at(r: &Reading<'_>, at: usize) -> Option<Dated> {
    let t = r.text;
    if t.word(at).is_empty() || t.is(at, Sort::Break) || t.is(at, Sort::Link) {
        return None;
    }
    if let Some(found) = recur::at(r, at) {
        return Some(found);
    }
    let plainly = plain_at(r, at).map(|found| added(r, found).unwrap_or(found));
    // Constructs of a whole expression: the one that takes more words says it better.
    let said =
        spoken::at(r, at).filter(|said| plainly.is_none_or(|plain| said.to > plain.to || is_day_end(r, said, plain)));
    said.or(plainly)
}

/// *end of tomorrow* is the last minute of the day that it names as well.
fn is_day_end(r: &Reading<'_>, said: &Dated, plain: Dated) -> bool {
    said.to == plain.to
        && matches!(said.value, Value::Point(at, Grain::Minute) if (at.hour(), at.minute()) == (23, 59))
        && !r.chat
}

/// *next Tuesday +10 days*, *vrijdag + 2 weken*: outside of chat a sign and a length move what was said.
fn added(r: &Reading<'_>, found: Dated) -> Option<Dated> {
    let t = r.text;
    let sign = match t.word(found.to) {
        _ if r.chat || t.glued(found.to) => return None,
        "+" => 1.0,
        // A range has space on both sides of its dash or on none.
        "-" if t.glued(found.to + 1) => -1.0,
        _ => return None,
    };
    let length = length::total(r, found.to + 1)?;
    let Value::Point(from, grain @ (Grain::Second | Grain::Minute | Grain::Hour | Grain::Day)) = found.value else {
        return None;
    };
    let value = Value::Point(length.shift(from, sign)?, grain.min(length.fine));
    Some(Dated { to: length.to, value, past: end_of(value) <= r.now, ..found })
}

/// A lead with its expression or range, or one without a lead.
fn plain_at(r: &Reading<'_>, at: usize) -> Option<Dated> {
    let t = r.text;
    if let Some((kind, next)) = lead(r, at) {
        let start = article(r, next);
        // Most of what follows *voor*, *in* or *van* is no date at all.
        let opens = r.opens(start);
        let ranged = opens && matches!(kind, Lead::Between | Lead::Range | Lead::From | Lead::At);
        if ranged && let Some(found) = range(r, at, start, kind == Lead::Between, true) {
            return Some(found);
        }
        if opens && !matches!(kind, Lead::Range | Lead::Between) {
            let loose = start == next || matches!(t.word(start - 1), "om" | "at" | "uiterlijk" | "rond");
            let counted = matches!(t.word(start), "over" | "in" | "binnen" | "within");
            if (kind == Lead::At || !counted || kind == Lead::By)
                && let Some(found) = between_bounds(r, at, start, kind)
            {
                return Some(found);
            }
            if (kind == Lead::At || !counted || kind == Lead::By)
                && let Some(e) = expr(r, start, loose)
                && (e.exact.is_none() || e.role.is_none())
            {
                return finish(r, at, e, Some(kind));
            }
        }
        // A few of these words begin an expression themselves: "na 2 weken", "kwart voor" does not.
        if !matches!(t.word(at), "tegen" | "vr" | "at" | "na" | "after" | "in") {
            return None;
        }
    }
    if let Some(found) = range(r, at, at, false, false) {
        return Some(found);
    }
    let e = expr(r, at, false)?;
    finish(r, at, e, None)
}

/// *later than 9:30 but before 11:00*: two bounds make a range.
fn between_bounds(r: &Reading<'_>, at: usize, start: usize, kind: Lead) -> Option<Dated> {
    if kind != Lead::After {
        return None;
    }
    let first = expr(r, start, true)?;
    matches!(r.text.word(first.to), "but" | "maar").then(|| range(r, at, start, false, true)).flatten()
}

/// Adds what follows a single expression: *ma voor 10u*, *vrijdag tussen 2 en 4*, *11 uur op zijn laatst*.
fn finish(r: &Reading<'_>, from: usize, mut e: Expr, kind: Option<Lead>) -> Option<Dated> {
    let t = r.text;
    let mut kind = kind;
    let by_day = e.exact.is_some_and(|(_, grain)| grain == Grain::Day);
    if e.clock.is_none() && (e.day.is_some() || e.part.is_some() || by_day) {
        let skip = e.to + usize::from(matches!(t.word(e.to), "," | "("));
        if let Some((inner, next)) = lead(r, skip) {
            let start = article(r, next);
            let ranged = matches!(inner, Lead::Between | Lead::Range | Lead::From | Lead::At);
            if ranged
                && let Some(found) = range(r, from, start, inner == Lead::Between, true).filter(|f| f.timed && !f.dated)
            {
                return on_day(r, from, &e, found);
            }
            if !matches!(inner, Lead::Range | Lead::Between)
                && let Some((clock, to)) = clock::clock(r, start, true)
                && date::day(r, start).is_none_or(|day| day.to == start + 1)
            {
                (e.clock, e.to) = (Some(clock), to);
                if inner != Lead::At {
                    kind = Some(inner);
                }
            }
        } else if let Some(found) = range(r, from, skip, false, true).filter(|found| found.timed && !found.dated) {
            return on_day(r, from, &e, found);
        } else if t.word(skip) == "for"
            && let Some((clock, to)) = clock::clock(r, skip + 1, false)
        {
            // on Saturday for 9am
            (e.clock, e.to) = (Some(clock), to);
        }
    }
    let mut to = e.to;
    if let Some((role, end)) = trailing(r, to) {
        kind = Some(role);
        to = end;
    }
    // "from 10 to 30 min" changes a number, not a time.
    let bare = e.clock.is_some_and(|clock| !clock.halved && clock.grain == Grain::Hour)
        && e.day.is_none()
        && t.is(to.saturating_sub(1), Sort::Digits);
    if bare && kind == Some(Lead::From) && matches!(t.word(to), "to" | "naar" | "tot") && t.is(to + 1, Sort::Digits) {
        return None;
    }
    // Said alone *deze namiddag* is all of the afternoon, as Duckling has it; in a sentence its later half, as the Dutch have it.
    if !r.chat && e.part == Some(Part::LateAfternoon) && from == 0 && to >= t.len() {
        e.part = Some(Part::Afternoon);
    }
    let said = e.value(r)?;
    let kind = kind.filter(|kind| *kind != Lead::At);
    // on 14 February from 9:30 for seven hours
    if !r.chat
        && matches!(kind, None | Some(Lead::From))
        && matches!(t.word(to), "for" | "gedurende")
        && let (Value::Point(start, Grain::Minute | Grain::Hour), Some(length)) = (said, length::total(r, to + 1))
    {
        let value = Value::Interval(start, length.shift(start, 1.0)?, length.fine.min(Grain::Hour));
        return Some(Dated {
            from,
            to: length.to,
            value,
            role: None,
            dated: e.words || e.day.is_some(),
            timed: true,
            past: end_of(value) <= r.now,
            by_part: false,
            recurring: None,
        });
    }
    let (value, role) = with_role(r, &e, said, kind);
    let until_then = matches!(kind, Some(Lead::By | Lead::Until | Lead::Through));
    Some(Dated {
        from,
        to,
        value,
        role,
        dated: e.words || e.day.is_some() || e.period.is_some() || e.exact.is_some() || e.stretch.is_some(),
        timed: e.clock.is_some() || matches!(e.exact, Some((_, Grain::Minute | Grain::Second | Grain::Hour))),
        past: kind == Some(Lead::Since) || end_of(said) <= r.now && !until_then,
        by_part: e.part.is_some() && e.clock.is_none(),
        recurring: None,
    })
}

/// Roles that are said after an expression.
static TRAILING: LazyLock<Table<Lead>> = LazyLock::new(|| Table::new(&[TRAILS]));

static TRAILS: &[Rule<Lead>] = &[
    Rule { says: "op zijn|zn|het laatst", means: |_, _| Some(Lead::By) },
    Rule { says: "at the latest", means: |_, _| Some(Lead::By) },
    Rule { says: "latest", means: |_, _| Some(Lead::By) },
    Rule { says: "of|or eerder|earlier|before|ervoor|sooner", means: |_, _| Some(Lead::By) },
    Rule { says: "op zijn|zn|het vroegst", means: |_, _| Some(Lead::From) },
    Rule { says: "at the earliest", means: |_, _| Some(Lead::From) },
    Rule { says: "of|or|en|and later|after|erna|daarna|greater|verder|thereafter", means: |_, _| Some(Lead::From) },
];

fn trailing(r: &Reading<'_>, at: usize) -> Option<(Lead, usize)> {
    // "before 2010 or after 2018" are two bounds.
    TRAILING.read(r, at).filter(|(_, to)| r.text.is(at, Sort::Word) && !r.text.is(*to, Sort::Digits))
}

/// The value and the role that a lead makes of what was said.
fn with_role(r: &Reading<'_>, e: &Expr, said: Value, kind: Option<Lead>) -> (Value, Option<WhenRole>) {
    let (start, end, grain) = (start_of(said), end_of(said), grain_of(said));
    let long = grain > Grain::Day || matches!(said, Value::Interval(..));
    match kind {
        // "voor eind juni" and "t/m vrijdag" include their last day; a colleague hears the day that was named.
        Some(Lead::By | Lead::Until) if matches!(said, Value::Interval(..)) && !r.chat && e.part.is_none() => {
            (Value::Before(end, grain), Some(WhenRole::By))
        }
        Some(Lead::By | Lead::Until) => (Value::Before(start, grain), Some(WhenRole::By)),
        Some(Lead::Through) if r.chat => (Value::Before(start, grain), Some(WhenRole::By)),
        Some(Lead::Through) => (Value::Before(end, grain), Some(WhenRole::By)),
        Some(Lead::After) if long && e.part.is_none() => (Value::After(end, grain), Some(WhenRole::From)),
        Some(Lead::Beyond) => (Value::After(end, grain), Some(WhenRole::From)),
        Some(Lead::From | Lead::Since | Lead::After) => (Value::After(start, grain), Some(WhenRole::From)),
        _ if e.role == Some(WhenRole::By) => (Value::Before(start, grain), Some(WhenRole::By)),
        _ => (said, None),
    }
}

/// Puts a range of times on a day.
fn on_day(r: &Reading<'_>, from: usize, e: &Expr, found: Dated) -> Option<Dated> {
    let day = e.day.or_else(|| e.exact.map(|(moment, _)| moment.date())).unwrap_or(r.today());
    let Value::Interval(mut a, mut b, grain) = found.value else { return None };
    // "tonight from 7 to 8"
    if matches!(e.part, Some(Part::Evening | Part::Night)) && a.hour() < 12 && b.hour() <= 12 && a.hour() > 3 {
        let half = Duration::hours(12);
        (a, b) = (a.checked_add_signed(half)?, if b.hour() < 12 { b.checked_add_signed(half)? } else { b });
    }
    let end_day = if b.time() <= a.time() { day.succ_opt()? } else { day };
    let value = Value::Interval(day.and_time(a.time()), end_day.and_time(b.time()), grain);
    Some(Dated { from, value, dated: true, past: end_of(value) <= r.now, ..found })
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::{mean, mean_alone};

    #[test]
    fn limits_of_a_bare_text() {
        mean_alone(
            Lang::En,
            &[
                ("after or equal to 6/1/2026", "2026-06-01>"),
                ("later than or on 6/1/2026", "2026-06-01>"),
                ("sooner than 2028", "<2028-01-01"),
                ("beginning June 7th", "2026-06-07>"),
            ],
        );
    }

    #[test]
    fn dutch_deadlines_and_starts() {
        mean(
            Lang::Nl,
            &[
                ("uiterlijk vrijdag", "<2026-05-08"),
                ("voor 1 juni", "<2026-06-01"),
                ("vanaf maandag", "2026-05-11>"),
                ("met ingang van 1 juli", "2026-07-01>"),
                ("na 17.00 uur", "2026-05-06 17:00>"),
                ("t/m 20 mei", "<2026-05-20"),
                ("vrijdag voor 12 uur", "<2026-05-08 12:00"),
                ("11 uur op zijn laatst", "<2026-05-06 11:00"),
                ("niet eerder dan dinsdag", "2026-05-12>"),
                ("m.i.v. 1 juni", "2026-06-01>"),
            ],
        );
    }

    #[test]
    fn english_deadlines_and_starts() {
        mean(
            Lang::En,
            &[
                ("by Friday", "<2026-05-08"),
                ("no later than June 1", "<2026-06-01"),
                ("from Monday", "2026-05-11>"),
                ("as of July 1", "2026-07-01>"),
                ("by 5 pm on Thursday", "<2026-05-07 17:00"),
                ("Monday at the latest", "<2026-05-11"),
            ],
        );
    }
}
