//! Standing orders: *elke vrijdag*, *om de twee weken*, *every other Monday*. They are never one date.

use super::rule::Caught;
use super::*;

/// How often something is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// Every so many units.
    pub every: u32,
    /// The unit.
    pub unit: Grain,
    /// On that weekday.
    pub on: Option<Weekday>,
    /// On working days only.
    pub working: bool,
}

static RULES: &[Rule<Recurring>] = &[
    // elke vrijdag, every Monday, op vrijdagen, on Fridays
    Rule { says: "elke|iedere|every|each {weekday}", means: |_, c| weekly(1, c.weekday()?) },
    Rule {
        says: "elke|iedere|every|each {nth} {weekday} van|of de|the maand|month",
        means: |_, c| on(1, Grain::Month, c.weekday()?),
    },
    Rule {
        says: "elke|iedere|every|each laatste|last {weekday} van|of de|the maand|month",
        means: |_, c| on(1, Grain::Month, c.weekday()?),
    },
    Rule { says: "op|on {weekday}", means: plural },
    Rule { says: "s {weekday}", means: plural },
    Rule { says: "{weekday}", means: plural },
    Rule { says: "om de {weekday}", means: |_, c| weekly(2, c.weekday()?) },
    Rule { says: "every other|second {weekday}", means: |_, c| weekly(2, c.weekday()?) },
    Rule { says: "elke|iedere|every|each {weekday} en|and|& {weekday}", means: |_, c| weekly(1, c.weekday()?) },
    // elke dag, every 2 weeks, om de drie maanden
    Rule { says: "elke|elk|iedere|ieder|every|each {unit}", means: |_, c| every(1, c.unit()?) },
    Rule { says: "elke|iedere|every|each {count} {unit}", means: |_, c| every(c.number()?, c.unit()?) },
    Rule { says: "om de {count} {unit}", means: |_, c| every(c.number()?, c.unit()?) },
    Rule { says: "om de andere? {unit}", means: |_, c| every(2, c.unit()?) },
    Rule { says: "every other|second {unit}", means: |_, c| every(2, c.unit()?) },
    Rule { says: "elke|iedere ochtend|middag|avond|nacht|morgen", means: |_, _| every(1, Grain::Day) },
    Rule { says: "every|each morning|afternoon|evening|night", means: |_, _| every(1, Grain::Day) },
    // op werkdagen, every weekday
    Rule {
        says: "elke|iedere|op|every|on|each werkdag|werkdagen|workday|workdays|weekday|weekdays",
        means: |_, _| workdays(),
    },
    Rule { says: "every|each working|business day", means: |_, _| workdays() },
    Rule { says: "doordeweeks", means: |_, _| workdays() },
    Rule { says: "elke|ieder|elk|every|each weekend|weekeinde", means: |_, _| weekly(1, Weekday::Sat) },
    // dagelijks, weekly
    Rule { says: "dagelijks|daily", means: |_, _| every(1, Grain::Day) },
    Rule { says: "wekelijks|weekly", means: |_, _| every(1, Grain::Week) },
    Rule { says: "tweewekelijks|biweekly|fortnightly|veertiendaags", means: |_, _| every(2, Grain::Week) },
    Rule { says: "maandelijks|monthly", means: |_, _| every(1, Grain::Month) },
    Rule { says: "jaarlijks|yearly|annually", means: |_, _| every(1, Grain::Year) },
];

static TABLE: LazyLock<Table<Recurring>> = LazyLock::new(|| Table::new(&[RULES]));

/// The rules, for those who ask how they begin.
pub(super) fn table() -> &'static Table<Recurring> {
    &TABLE
}

/// The standing order at a token, with its time of day.
pub(super) fn at(r: &Reading<'_>, at: usize) -> Option<Dated> {
    let (recurring, mut to) = named(r, at)?;
    let first = match recurring.on {
        Some(weekday) => after(r.today(), weekday)?,
        None if recurring.working => working_days(r.today(), 1.0)?,
        None => r.today(),
    };
    let part = part::day_part(r, to, true);
    to = part.map_or(to, |said| said.to);
    let skip = to + usize::from(matches!(r.text.word(to), "om" | "at" | "@"));
    let clock = clock::clock(r, skip, skip > to).and_then(|(clock, end)| {
        let (time, _) = clock.resolve(part.map(|said| said.part))?;
        Some((time, clock.grain, end))
    });
    let value = match clock {
        Some((time, grain, end)) => {
            to = end;
            Value::Point(first.and_time(time), grain)
        }
        None => Value::Point(midnight(first), Grain::Day),
    };
    let timed = clock.is_some();
    Some(Dated {
        from: at,
        to,
        value,
        role: None,
        dated: true,
        timed,
        past: false,
        by_part: false,
        recurring: Some(recurring),
    })
}

fn named(r: &Reading<'_>, at: usize) -> Option<(Recurring, usize)> {
    let t = r.text;
    // elke vrijdagmiddag
    if matches!(t.word(at), "elke" | "iedere")
        && let Some((weekday, _)) = words::weekday_part(t.word(at + 1))
    {
        return weekly(1, weekday).map(|recurring| (recurring, at + 2));
    }
    TABLE.read(r, at)
}

fn on(every: u32, unit: Grain, weekday: Weekday) -> Option<Recurring> {
    Some(Recurring { every, unit, on: Some(weekday), working: false })
}

fn weekly(every: u32, weekday: Weekday) -> Option<Recurring> {
    on(every, Grain::Week, weekday)
}

fn every(every: u32, unit: Grain) -> Option<Recurring> {
    // "elk uur" is a standing order, "elke seconde" a manner of speaking.
    (unit >= Grain::Hour).then_some(Recurring { every, unit, on: None, working: false })
}

fn workdays() -> Option<Recurring> {
    Some(Recurring { every: 1, unit: Grain::Day, on: None, working: true })
}

/// *op maandagen*, *'s maandags*, *on Mondays*: the plural alone makes it a standing order.
fn plural(r: &Reading<'_>, c: &Caught) -> Option<Recurring> {
    let word = r.text.word(c.to - 1);
    // "Monday's hearing" is one Monday's.
    let (start, end) = r.text.bytes(c.to - 1, c.to);
    let owner = r.text.raw.get(start..end).is_some_and(|typed| typed.contains(['\'', '’']));
    let many = !owner && word.len() > 5;
    let many = many && (word.ends_with("dagen") || word.ends_with("days") || word.ends_with("dags"));
    // "two Mondays later" counts them.
    let counted =
        r.text.is(c.from.wrapping_sub(1), Sort::Digits) || number(r.text, c.from.wrapping_sub(1), r.marks).is_some();
    (many && !counted).then(|| weekly(1, c.weekday()?)).flatten()
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::mean;

    #[test]
    fn dutch_standing_orders() {
        mean(
            Lang::Nl,
            &[
                ("elke vrijdag", "every 1 week Fri from 2026-05-08"),
                ("iedere dinsdag om 9:30", "every 1 week Tue from 2026-05-12 09:30"),
                ("om de twee weken", "every 2 week from 2026-05-06"),
                ("op werkdagen", "every 1 day working from 2026-05-07"),
                ("elke eerste maandag van de maand", "every 1 month Mon from 2026-05-11"),
                ("maandelijks", "every 1 month from 2026-05-06"),
                ("op maandagen", "every 1 week Mon from 2026-05-11"),
                ("elke donderdagmiddag", "every 1 week Thu from 2026-05-07"),
            ],
        );
    }

    #[test]
    fn english_standing_orders() {
        mean(
            Lang::En,
            &[
                ("every other Monday", "every 2 week Mon from 2026-05-11"),
                ("every 3 months", "every 3 month from 2026-05-06"),
                ("on Fridays", "every 1 week Fri from 2026-05-08"),
                ("weekly", "every 1 week from 2026-05-06"),
                ("every Tuesday and Thursday at 9 am", "every 1 week Tue from 2026-05-12 09:00"),
            ],
        );
    }
}
