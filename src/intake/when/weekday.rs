//! Days named by their weekday: *vrijdag*, *komende vrijdag*, *vrijdag volgende week*.

use super::*;

/// *komende vrijdag*, *volgende week woensdag*, *next Friday*, *deze week do*.
pub(super) fn turned(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let today = r.today();
    let (turned, mut to) = turn_at(r, at)?;
    if matches!(t.word(to), "dag" | "day") && !r.chat && turned != 0 && !matches!(t.word(to + 1), "van" | "of" | "in") {
        return plain(today.checked_add_signed(Duration::days(turned.signum()))?, to + 1);
    }
    if let Some(rest) = matches!(t.word(to), "week" | "wk" | "weeks").then_some(to + 1) {
        let skip = rest + usize::from(matches!(t.word(rest), "op" | "on" | "," | "de" | "s"));
        let (named, part) = words::weekday(t.word(skip))
            .map(|(d, _)| (d, None))
            .or_else(|| words::weekday_part(t.word(skip)).map(|(d, p)| (d, Some(p))))?;
        let weeks = if turned == 2 { 1 } else { turned.max(-1) };
        let date = in_week(today, weeks, named)?;
        return Some(Day {
            date,
            part,
            to: date_after_weekday(r, skip + 1, named).map_or(skip + 1, |d| d.to),
            weekday: None,
        });
    }
    let (named, part) = words::weekday(t.word(to))
        .map(|(d, _)| (d, None))
        .or_else(|| words::weekday_part(t.word(to)).map(|(d, p)| (d, Some(p))))?;
    to += 1;
    if let Some(exact) = date_after_weekday(r, to, named) {
        return Some(Day { part, ..exact });
    }
    let date = match turned {
        1 => {
            // "volgende vrijdag" is that of the next week; "following Friday" the same.
            in_week(today, 1, named)?
        }
        // "deze maandag" that has passed is the next one, where nobody tells a story.
        0 => in_week(today, 0, named).filter(|day| r.chat || *day >= today).or_else(|| in_week(today, 1, named))?,
        2 => after(today, named)?,
        _ => before(today, named)?,
    };
    Some(Day { date, part, to, weekday: Some(named) })
}

/// A turning word, *a.s.* among them, and the token after it.
pub(super) fn turn_at(r: &Reading<'_>, at: usize) -> Option<(i64, usize)> {
    let t = r.text;
    if t.word(at) == "a" && t.word(at + 1) == "." && t.word(at + 2) == "s" {
        return Some((2, at + 3 + usize::from(t.word(at + 3) == "." && t.glued(at + 3))));
    }
    if t.word(at) == "as" && !r.english() {
        return Some((2, at + 1));
    }
    words::turn(t.word(at)).map(|turned| (turned, at + 1))
}

pub(super) fn by_weekday(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let today = r.today();
    if let Some((named, part)) = words::weekday_part(t.word(at)) {
        let exact = date_after_weekday(r, at + 1, named);
        return Some(Day {
            date: exact.map_or(after(today, named), |d| Some(d.date))?,
            part: Some(part),
            to: exact.map_or(at + 1, |d| d.to),
            weekday: Some(named),
        });
    }
    let (named, sure) = words::weekday(t.word(at))?;
    let dotted = usize::from(t.word(at + 1) == "." && t.glued(at + 1) && !sure && !t.glued(at + 2));
    let to = at + 1 + dotted;
    if let Some(exact) = date_after_weekday(r, to, named) {
        return Some(exact);
    }
    if !sure && !short_fits(r, at, to, dotted > 0) {
        return None;
    }
    // vrijdag volgende week, Friday next week, Friday after next
    if let Some((turned, end)) =
        turn_at(r, to + usize::from(matches!(t.word(to), "of" | "van") || t.word(to) == "," && !r.chat))
            .filter(|(_, end)| matches!(t.word(*end), "week" | "wk"))
    {
        let weeks = if turned == 2 { 1 } else { turned.max(-1) };
        return plain(in_week(today, weeks, named)?, end + 1);
    }
    if let Some(week) = matches!(t.word(to), "wk" | "week").then(|| period::period(r, to, false)).flatten() {
        let date = week.from.checked_add_days(Days::new(u64::from(named.num_days_from_monday())))?;
        return plain(date, week.to);
    }
    if t.word(to) == "after" && t.word(to + 1) == "next" {
        return plain(after(today, named)?.checked_add_days(Days::new(7))?, to + 2);
    }
    if t.word(to) == "week" && sure && r.english() && !t.is(to + 1, Sort::Digits) {
        return plain(after(today, named)?.checked_add_days(Days::new(7))?, to + 1);
    }
    Some(Day { date: after(today, named)?, part: None, to, weekday: Some(named) })
}

/// Whether *do*, *ma*, *sun* … stand where a day stands.
pub(super) fn short_fits(r: &Reading<'_>, at: usize, to: usize, dotted: bool) -> bool {
    let t = r.text;
    let word = t.word(at);
    if r.english() && word.len() == 3 && t.len() <= 2 && word != "don" && word != "zon" {
        return true;
    }
    if word.len() >= 3 && !matches!(word, "zat" | "zon" | "sun" | "sat" | "don" | "maan" | "vrij" | "din") {
        // "we'd" is no Wednesday.
        let (start, end) = t.bytes(at, at + 1);
        if t.raw.get(start..end).is_some_and(|typed| typed.len() > word.len()) {
            return false;
        }
        return !matches!(word, "wed" | "mon") || t.tokens[at].capital || prepared(t.before(at, 1));
    }
    if dotted && (at == 0 || prepared(t.before(at, 1)) || to >= t.len() || t.is(to, Sort::Digits)) {
        return true;
    }
    let next = t.word(to);
    let clock = t.is(to, Sort::Digits)
        || matches!(next, "om" | "tussen" | "vanaf" | "at" | "half" | "kwart" | "wk")
        || (matches!(next, "voor" | "na" | "tot" | "before" | "after" | "until" | "by")
            && (t.is(to + 1, Sort::Digits) || matches!(t.word(to + 1), "half" | "kwart" | "noon")));
    let part_next = words::part(next).is_some();
    match word {
        // "do" and "so" occur everywhere in English, "zo" and "di" in Dutch.
        "do" if r.english() => false,
        "zo" => prepared(t.before(at, 1)) && (clock || part_next),
        "ma" | "wo" | "vr" | "za" | "do" | "di" => {
            prepared(t.before(at, 1)) || clock || part_next || turn_at(r, to).is_some_and(|(_, e)| t.word(e) == "week")
        }
        "sun" | "sat" => t.tokens[at].capital && (prepared(t.before(at, 1)) || clock || t.len() <= 2),
        _ => clock || (prepared(t.before(at, 1)) && t.tokens[at].capital),
    }
}

word_list! {
    pub(super) fn prepared(word) {
        "voor" | "op" | "on" | "by" | "before" | "vanaf" | "uiterlijk" | "tot" | "until" | "from" | "after" | "na" |
        "en" | "and" | "m" | "tegen" | "week" | "komende" | "volgende" | "next" | "this" | "deze" | "last" |
        "aanstaande" | "sinds" | "-" | "(" | "till" | "per" | "of" | "elke"
    }
}

/// `7 sept`, `18/3`, `de 27e`, `10` after a weekday.
pub(super) fn date_after_weekday(r: &Reading<'_>, at: usize, named: Weekday) -> Option<Day> {
    let t = r.text;
    let mut to = at + usize::from(t.word(at) == ",");
    to += usize::from(t.word(to) == "(");
    let article = matches!(t.word(to), "de" | "the" | "den");
    to += usize::from(article);
    if to < at + 1 && t.glued(to) {
        return None;
    }
    if let Some(mut found) = date::numeric(r, to).or_else(|| date::month_date(r, to)) {
        // "zondag 10 februari": the year in which the weekday fits, where none was said.
        if found.date.weekday() != named && year::digits(r, found.to - 1).is_none() {
            let near = [-1, 1]
                .into_iter()
                .filter_map(|by| found.date.with_year(found.date.year() + by))
                .find(|d| d.weekday() == named);
            // A day that went by this week may still be told of.
            let told = if r.chat { 0 } else { 14 };
            found.date = near.filter(|d| (r.today() - *d).num_days() <= told).unwrap_or(found.date);
        }
        return Some(found);
    }
    // A bare or ordinal day of the month: the next one that falls on that weekday.
    let (dom, end, ordinal_form) = match ordinal(t, to).filter(|_| t.is(to, Sort::Digits) || article) {
        Some((dom, end)) => (dom, end, true),
        None => (t.digits(to).filter(|_| t.word(to).len() <= 2 && to == at || article)?, to + 1, false),
    };
    if !(1..=31).contains(&dom) {
        return None;
    }
    if !ordinal_form {
        let next = t.word(end);
        let clock =
            matches!(next, "uur" | "u" | "h" | "am" | "pm" | ":" | "." | "%" | "a" | "p" | "oclock" | "-" | "tot")
                && (t.glued(end) || matches!(next, "uur" | "am" | "pm" | "oclock" | "u" | "tot" | "-"));
        let counted = t.is(end, Sort::Word)
            && !matches!(
                next,
                "en" | "and" | "om" | "at" | "t" | "of" | "voor" | "graag" | "van" | "in" | "is" | "we" | "dan"
            );
        let dot_end = next == "." && !t.glued(end + 1);
        if (clock && !dot_end) || counted {
            return None;
        }
    }
    let today = r.today();
    // Of this month, also when it went by; else the next that falls on that weekday.
    if let Some(date) = today.with_day(dom).filter(|date| date.weekday() == named && !r.chat) {
        return plain(date, end);
    }
    let mut probe = today;
    for _ in 0..400 {
        if probe.day() == dom && probe.weekday() == named {
            return plain(probe, end);
        }
        probe = probe.succ_opt()?;
    }
    None
}

/// Whether a word is the name of a weekday.
pub(crate) fn is_weekday(word: &str) -> bool {
    words::weekday(word).is_some()
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::mean;

    #[test]
    fn dutch_weekdays() {
        mean(
            Lang::Nl,
            &[
                ("vrijdag", "2026-05-08"),
                ("komende woensdag", "2026-05-13"),
                ("volgende week dinsdag", "2026-05-12"),
                ("deze week vrijdag", "2026-05-08"),
                ("a.s. maandag", "2026-05-11"),
                ("dinsdag a.s.", "2026-05-12"),
                ("vrijdag volgende week", "2026-05-15"),
                ("vrijdagmiddag 14u", "2026-05-08 14:00"),
                ("wo 13 mei", "2026-05-13"),
                ("vrijdagmiddag volgende week", "2026-05-15 12:00..2026-05-15 18:00"),
                ("dinsdag om 10 uur volgende week", "2026-05-12 10:00"),
                ("18 mei, ma", "2026-05-18"),
                ("18 mei (dinsdag)", "2027-05-18"),
            ],
        );
    }

    #[test]
    fn english_weekdays() {
        mean(
            Lang::En,
            &[
                ("Friday", "2026-05-08"),
                ("next week Tuesday", "2026-05-12"),
                ("Monday morning", "2026-05-11 06:00..2026-05-11 12:00"),
                ("this Friday", "2026-05-08"),
                ("Tuesday of next week", "2026-05-12"),
            ],
        );
    }
}
