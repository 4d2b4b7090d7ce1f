//! Parts of the day: *'s ochtends*, *in the evening*, *this morning*, *laat in de middag*.

use super::*;

/// A part of the day, and whether its first or last half is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartSaid {
    pub part: Part,
    pub late: Option<bool>,
    pub to: usize,
}

/// *early* is `false`, *late* is `true`.
fn half(word: &str) -> Option<bool> {
    match word {
        "early" | "vroeg" | "vroege" | "earlier" => Some(false),
        "late" | "laat" | "later" => Some(true),
        _ => None,
    }
}

/// *'s ochtends*, *in de middag*, *in the evening*, and bare words after a day.
pub(super) fn day_part(r: &Reading<'_>, at: usize, after_day: bool) -> Option<PartSaid> {
    let mut said = phrase(r, at, after_day)?;
    // dinsdagmiddag laat
    if after_day && let Some(late) = half(r.text.word(said.to)).filter(|_| said.late.is_none()) {
        let ends = r.text.is(said.to + 1, Sort::Word) && words::part(r.text.word(said.to + 1)).is_some();
        if !ends && !r.chat {
            said.late = Some(late);
            said.to += 1;
        }
    }
    Some(said)
}

fn phrase(r: &Reading<'_>, at: usize, after_day: bool) -> Option<PartSaid> {
    let t = r.text;
    let said = |part: Part, late: Option<bool>, to: usize| Some(PartSaid { part, late, to });
    match t.word(at) {
        "s" => {
            words::part(t.word(at + 1)).filter(|_| t.word(at + 1).ends_with('s')).and_then(|p| said(p, None, at + 2))
        }
        "in" | "during" | "tijdens" | "gedurende" => {
            let mut skip = at + 1;
            let article = matches!(t.word(skip), "de" | "the" | "het");
            skip += usize::from(article);
            let late = half(t.word(skip));
            skip += usize::from(late.is_some());
            if t.word(skip) == "loop" && t.word(skip + 1) == "van" {
                skip += 2 + usize::from(t.word(skip + 2) == "de");
            }
            // the early hours of the morning
            if matches!(t.word(skip), "hours" | "uren" | "uurtjes") && matches!(t.word(skip + 1), "of" | "van") {
                skip += 2 + usize::from(matches!(t.word(skip + 2), "de" | "the"));
            }
            if t.word(skip) == "lunch" && t.word(at) != "in" && !r.chat {
                return said(Part::Lunch, None, skip + 1);
            }
            let open = article || !r.chat && r.english();
            words::part(t.word(skip)).filter(|_| open).and_then(|p| said(p, late, skip + 1))
        }
        // eind van de middag, at the end of the morning
        "eind" | "einde" | "end" | "begin" | "start"
            if matches!(t.word(at + 1), "van" | "of") && matches!(t.word(at + 2), "de" | "the") =>
        {
            let late = !matches!(t.word(at), "begin" | "start");
            words::part(t.word(at + 3)).and_then(|p| said(p, Some(late), at + 4))
        }
        // Tuesday AM
        "am" | "pm" if after_day && r.english() => {
            said(if t.word(at) == "am" { Part::Morning } else { Part::Afternoon }, None, at + 1)
        }
        // afternoon at 7
        "morning" | "afternoon" | "evening"
            if !r.chat && (t.is(at + 1, Sort::Digits) || t.word(at + 1) == "at" && t.is(at + 2, Sort::Digits)) =>
        {
            words::part(t.word(at)).and_then(|p| said(p, None, at + 1))
        }
        "at" if t.word(at + 1) == "night" => said(Part::Night, None, at + 2),
        "at" if after_day && t.word(at + 1) == "lunch" => said(Part::Lunch, None, at + 2),
        "lunch" if after_day && !r.chat => said(Part::Lunch, None, at + 1),
        "lunchtijd" | "lunchtime" => said(Part::Lunch, None, at + 1),
        word if half(word).is_some() && (after_day || !r.chat) => {
            let late = half(word);
            let here = match t.word(at + 1) {
                "in" => phrase(r, at + 1, after_day)?,
                next => said(words::part(next).filter(|_| next != "morgen")?, None, at + 2)?,
            };
            said(here.part, late, here.to)
        }
        word if after_day => words::part(word).and_then(|p| said(p, None, at + 1)),
        word if matches!(word, "ochtends" | "morgens" | "middags" | "avonds" | "nachts") => {
            words::part(word).and_then(|p| said(p, None, at + 1))
        }
        _ => None,
    }
}

/// *this morning*, *deze namiddag*, *late last night*: the day and its part.
pub(super) fn this_part(r: &Reading<'_>, at: usize) -> Option<(NaiveDate, PartSaid)> {
    let t = r.text;
    let late = half(t.word(at)).filter(|_| !r.chat);
    let skip = at + usize::from(late.is_some());
    // late tonight
    if let Some((days, Some(part))) = words::relative(t.word(skip)).filter(|_| late.is_some()) {
        return Some((r.today().checked_add_signed(Duration::days(days))?, PartSaid { part, late, to: skip + 1 }));
    }
    let days = match t.word(skip) {
        "this" | "deze" => 0,
        "last" | "afgelopen" | "vorige" => -1,
        "laatste" if !r.chat => -1,
        "next" | "volgende" | "komende" => 1,
        _ => return None,
    };
    let late = late.or(half(t.word(skip + 1)));
    let skip = skip + usize::from(half(t.word(skip + 1)).is_some());
    let word = t.word(skip + 1);
    let part = words::part(word).filter(|_| word != "morgen" || days == 0)?;
    Some((r.today().checked_add_signed(Duration::days(days))?, PartSaid { part, late, to: skip + 2 }))
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::{mean, mean_alone};

    #[test]
    fn dutch_parts_of_the_day() {
        mean(
            Lang::Nl,
            &[
                ("vrijdagochtend", "2026-05-08 06:00..2026-05-08 12:00"),
                ("morgen in de middag", "2026-05-07 12:00..2026-05-07 18:00"),
                ("vanavond", "2026-05-06 18:00..2026-05-07 00:00"),
                ("vrijdag laat in de ochtend", "2026-05-08 10:00..2026-05-08 12:00"),
                ("vrijdag vroeg in de middag", "2026-05-08 12:00..2026-05-08 14:00"),
                ("dinsdag laat in de middag", "2026-05-12 15:00..2026-05-12 18:00"),
                ("deze namiddag", "2026-05-06 15:00..2026-05-06 18:00"),
                ("eind van de middag", "2026-05-06 15:00..2026-05-06 18:00"),
                ("morgen begin van de middag", "2026-05-07 12:00..2026-05-07 14:00"),
                ("morgen in de namiddag om 4 uur", "2026-05-07 16:00"),
            ],
        );
        mean_alone(
            Lang::Nl,
            &[
                ("deze namiddag", "2026-05-06 12:00..2026-05-06 18:00"),
                ("ik kom deze namiddag", "2026-05-06 15:00..2026-05-06 18:00"),
            ],
        );
    }
}
