//! Days named by their date: *18/3*, *3 maart 2015*, *March 3rd*.

use super::*;

/// A day that was named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    /// The day.
    pub date: NaiveDate,
    /// The part of the day that the same word holds.
    pub part: Option<Part>,
    /// The token after the last.
    pub to: usize,
    /// It was named by a weekday alone, so that a date may follow.
    pub weekday: Option<Weekday>,
}

pub(super) fn plain(date: NaiveDate, to: usize) -> Option<Day> {
    Some(Day { date, part: None, to, weekday: None })
}

/// The day that is named at a token.
pub(super) fn day(r: &Reading<'_>, at: usize) -> Option<Day> {
    if !r.opens(at) || r.text.is(at, Sort::Mark) {
        return None;
    }
    r.days.at(at, &r.depth, || {
        let plainly = relative(r, at)
            .or_else(|| numeric(r, at))
            .or_else(|| month_date(r, at))
            .or_else(|| weekday::turned(r, at))
            .or_else(|| weekday::by_weekday(r, at))
            .or_else(|| nth::day_of_month(r, at));
        // The construct that takes more words says it better.
        let said = days::said(r, at).filter(|said| plainly.is_none_or(|plain| said.to > plain.to));
        said.or(plainly)
    })
}

/// *morgen*, *overmorgen*, *gisteravond*.
fn relative(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let word = t.word(at);
    let (days, part) = words::relative(word)?;
    // "goede morgen", "'s morgens" and "in de morgen" are no tomorrow.
    let before = t.before(at, 1);
    if word == "morgen" && matches!(before, "goede" | "goeie" | "s" | "de" | "elke" | "iedere" | "late" | "vroege") {
        return None;
    }
    let date = r.today().checked_add_signed(Duration::days(days))?;
    Some(Day { date, part, to: at + 1, weekday: None })
}

/// 31-10-1974, 18/3, 2014-07-18, 31.10.74
pub(super) fn numeric(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    let first = t.digits(at)?;
    // 2027-03-28/2027-03-29
    let interval = t.before(at, 1) == "/" && t.word(at).len() == 4 && matches!(t.before(at, 3), ":" | "-");
    if t.glued(at) && matches!(t.before(at, 1), "." | "," | "/" | ":" | "€" | "$") && !interval {
        return None;
    }
    // 133-03-03-2020 is a number, and so is 20-30-12; 10/1-11/7 are two dates.
    let two_dates = t.before(at, 3) == "/" && t.word(at + 1) == "/";
    let run_on = t.glued(at) && t.before(at, 1) == "-" && t.glued(at - 1) && t.is(at.saturating_sub(2), Sort::Digits);
    if run_on && !two_dates {
        return None;
    }
    if matches!(t.before(at, 1 + usize::from(t.before(at, 1) == ":")), "version" | "versie" | "release" | "v") {
        return None;
    }
    if let Some(found) = run_together(r, at) {
        return Some(found);
    }
    let mark = t.word(at + 1);
    if !matches!(mark, "/" | "-" | ".") || !t.is(at + 2, Sort::Digits) {
        return None;
    }
    let tight = t.glued(at + 1) && t.glued(at + 2);
    // "2 / 15" is a date where nothing else is said.
    let spaced = !r.chat && !t.glued(at + 1) && !t.glued(at + 2) && t.len() == 3 && mark != ".";
    if !tight && !spaced {
        return None;
    }
    let second = t.digits(at + 2)?;
    let third = (t.word(at + 3) == mark && t.glued(at + 3) && t.glued(at + 4)).then(|| t.digits(at + 4)).flatten();
    let lengths = (t.word(at).len(), t.word(at + 2).len(), t.word(at + 4).len());
    if lengths.0 == 4 {
        // 2014-07-18
        let (year, mut month, mut day) = (i32::try_from(first).ok()?, second, third?);
        if month > 12 && day <= 12 {
            std::mem::swap(&mut month, &mut day);
        }
        return plain(NaiveDate::from_ymd_opt(year, month, day)?, at + 5);
    }
    if lengths.0 > 2 || lengths.1 > 2 {
        // 02/2013 is a month, not a day.
        return None;
    }
    let comma = (t.word(at + 3) == "," && year::digits(r, at + 4).is_some()).then(|| year::digits(r, at + 4)).flatten();
    let (mut day, mut month) = if r.us && mark != "." { (second, first) } else { (first, second) };
    if month > 12 && day <= 12 {
        std::mem::swap(&mut day, &mut month);
    }
    if let Some(year) = third {
        let year = match lengths.2 {
            4 => i32::try_from(year).ok()?,
            2 => i32::try_from(if year < 50 { 2000 + year } else { 1900 + year }).ok()?,
            _ => return None,
        };
        return plain(NaiveDate::from_ymd_opt(year, month, day)?, at + 5);
    }
    if let Some(year) = comma.filter(|_| mark != ".") {
        return plain(NaiveDate::from_ymd_opt(year, month, day)?, at + 5);
    }
    // on 4.22
    if mark == "." && third.is_none() && !r.chat && matches!(t.before(at, 1), "on" | "op") && !t.is(at + 3, Sort::Word)
    {
        let (mut day, mut month) = if r.us { (second, first) } else { (first, second) };
        if month > 12 && day <= 12 {
            std::mem::swap(&mut day, &mut month);
        }
        return plain(r.coming(month, day)?, at + 3);
    }
    // Without a year: a full stop is a decimal or a clock, and "3/4" alone may be a fraction; "10-12" needs two fitting halves.
    if mark == "." || (t.word(at + 3) == "." && t.glued(at + 3) && t.is(at + 4, Sort::Digits) && t.glued(at + 4)) {
        return None;
    }
    if mark == "-" && (r.chat || lengths.1 < 2 && r.us) {
        // "tussen 10-12 uur", "2-4 stoelen": not in chat, unless a weekday goes before.
        let named = words::weekday(t.before(at, 1)).is_some()
            || matches!(t.before(at, 1), "op" | "on" | "datum" | "voor" | "per" | "vanaf" | "uiterlijk")
                && lengths.0 + lengths.1 >= 3
            // Nobody counts from more to less; "kamer 14-3" is a room.
            || r.chat && day > 12 && !t.glued(at) && !numbered(t.before(at, 1));
        let followed = t.is(at + 3, Sort::Word)
            && (words::unit(t.word(at + 3)).is_some()
                || t.word(at + 3) == "u"
                || words::month(t.word(at + 3)).is_some());
        if !named || followed {
            return None;
        }
    }
    if mark == "-"
        && (words::unit(t.word(at + 3)).is_some()
            || matches!(t.word(at + 3), "u" | "am" | "pm" | "%")
            || words::month(t.word(at + 3)).is_some())
    {
        return None;
    }
    let date = r.coming(month, day)?;
    if mark == "-" && hours_of_day(r, at, date, (first, second)) {
        return None;
    }
    plain(date, at + 3)
}

word_list! {
    /// What bears a number: the figures after it are its name.
    fn numbered(word) {
        "kamer" | "kamers" | "lokaal" | "zaal" | "ruimte" | "werkplek" | "plek" | "bureau" | "kast" | "kastje" | "locker" | "vak" |
        "box" | "paal" | "laadpaal" | "parkeerplaats" | "plaats" | "printer" | "nummer" | "nr" | "huisnummer" | "artikel" |
        "versie" | "room" | "rooms" | "desk" | "workplace" | "space" | "cabinet" | "number" | "no" | "version" | "article"
    }
}

/// *maandag 9-12* are hours where the ninth of December is no Monday, and so are those of *from 10-4*.
fn hours_of_day(r: &Reading<'_>, at: usize, date: NaiveDate, (first, second): (u32, u32)) -> bool {
    let t = r.text;
    if first > 24 || second > 24 || first == second {
        return false;
    }
    let before = t.before(at, 1 + usize::from(t.before(at, 1) == ","));
    if let Some((named, _)) = words::weekday(before) {
        let told = date.with_year(date.year() - 1).filter(|day| (r.today() - *day).num_days() < 30);
        return date.weekday() != named && told.is_none_or(|day| day.weekday() != named);
    }
    let ranged =
        matches!(t.word(at + 3), "tot" | "to" | "until" | "till" | "t" | "-" | "en" | "and" | "in" | "van" | "of");
    !r.chat && matches!(before, "from" | "van" | "tussen" | "between") && !ranged
}

/// 20161016, 2016 10 16, 10 31 1974: figures without marks. A colleague's six or eight figures are a number of something.
fn run_together(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    if r.chat || t.glued(at) && t.before(at, 1) != "-" {
        return None;
    }
    let whole = t.digits(at)?;
    if t.word(at).len() == 8 {
        let year = i32::try_from(whole / 10_000).ok().filter(|year| (1900..2100).contains(year))?;
        return plain(NaiveDate::from_ymd_opt(year, whole / 100 % 100, whole % 100)?, at + 1);
    }
    let lengths = [t.word(at).len(), t.word(at + 1).len(), t.word(at + 2).len()];
    let (one, two, three) = (whole, t.digits(at + 1)?, t.digits(at + 2)?);
    if (at + 1..at + 3).any(|at| t.glued(at)) {
        return None;
    }
    let (year, month, day) = match lengths {
        [4, 2, 2] => (one, two, three),
        [2, 2, 4] if r.us && one <= 12 => (three, one, two),
        [2, 2, 4] => (three, two, one),
        _ => return None,
    };
    let year = i32::try_from(year).ok().filter(|year| (1900..2100).contains(year))?;
    plain(NaiveDate::from_ymd_opt(year, month, day)?, at + 3)
}

/// *3 maart 2015*, *18de juli*, *March 3rd, 2015*, *the 3rd of March*.
pub(super) fn month_date(r: &Reading<'_>, at: usize) -> Option<Day> {
    let t = r.text;
    // $12 is a price, the day comes after it.
    if t.is(at, Sort::Digits) && matches!(t.before(at, 1), "$" | "€" | "£") {
        return None;
    }
    // 2012/Aug/10, 2018 March 18
    if let Some(year) = year::digits(r, at).filter(|_| !r.chat) {
        let skip = |at: usize| at + usize::from(matches!(t.word(at), "/" | "-" | ","));
        let (month, _) = words::month(t.word(skip(at + 1)))?;
        let last = skip(skip(at + 1) + 1);
        let (dom, end) = ordinal(t, last).or_else(|| t.digits(last).map(|dom| (dom, last + 1)))?;
        return plain(NaiveDate::from_ymd_opt(year, month, dom)?, end);
    }
    // Day first.
    let first = t
        .digits(at)
        .filter(|_| t.word(at).len() <= 2)
        .map(|dom| (dom, at + 1))
        .filter(|_| ordinal(t, at).is_none())
        .or_else(|| ordinal(t, at))
        .or_else(|| number(t, at, r.marks).filter(|n| !n.digits && !n.article).and_then(|n| Some((n.count()?, n.to))));
    if let Some((dom, mut to)) = first.filter(|(dom, _)| (1..=31).contains(dom)) {
        while matches!(t.word(to), "of" | "van" | "." | "-" | "de" | "/")
            && (!matches!(t.word(to), "." | "/") || t.glued(to))
            && (t.word(to) != "-" || t.glued(to))
            && to < at + 5
        {
            to += 1;
        }
        if let Some((month, sure)) = words::month(t.word(to)) {
            let modal = t.word(to) == "may" && !t.tokens[to].capital && !r.english()
                || matches!(t.word(to), "march") && !t.tokens[to].capital && !r.english();
            let minute = t.word(to) == "sec";
            // "One may ask" is no first of May.
            let modal = modal || t.word(to) == "may" && !t.tokens[to].capital && t.is(at, Sort::Word) && to == at + 1;
            if sure || !(modal || minute) {
                return with_year(r, month, dom, to + 1);
            }
        }
        if let Some((turned, end)) =
            weekday::turn_at(r, to).filter(|(_, end)| matches!(t.word(*end), "maand" | "month"))
        {
            let base = month_from(r.today(), if turned == 2 { 1 } else { turned.max(-1) })?;
            return plain(base.with_day(dom)?, end + 1);
        }
    }
    // Month first.
    let (named, _) = words::month(t.word(at))?;
    let mut to = at + 1;
    while (matches!(t.word(to), "the" | "." | "-" | "de" | "/") || t.word(to) == "," && ordinal(t, to + 1).is_some())
        && to < at + 3
    {
        to += 1;
    }
    // Dec31, but no "mar3" of a colleague.
    if t.glued(to) && !matches!(t.before(to, 1), "." | "-" | "/") && r.chat {
        return None;
    }
    let (dom, end) = ordinal(t, to)
        .or_else(|| t.digits(to).filter(|_| t.word(to).len() <= 2).map(|dom| (dom, to + 1)))
        .or_else(|| {
            // May twenty nine
            let n = number(t, to, r.marks).filter(|n| !n.digits && !n.article && !r.chat)?;
            Some((n.count().filter(|dom| (1..=31).contains(dom))?, n.to))
        })?;
    let clock =
        (matches!(t.word(end), ":" | "." | "u") && t.glued(end) && t.is(end + 1, Sort::Digits) && t.glued(end + 1))
            || matches!(t.word(end), "am" | "pm" | "uur" | "%");
    // "half oktober 1 licentie": in Dutch the day does not follow its month, so that a colleague counts something.
    let counts = r.chat && !r.english() && t.is(to, Sort::Digits) && t.is(end, Sort::Word) && !t.glued(end);
    if !(1..=31).contains(&dom) || clock || counts {
        return None;
    }
    with_year(r, named, dom, end)
}

pub(super) fn with_year(r: &Reading<'_>, month: u32, dom: u32, to: usize) -> Option<Day> {
    let t = r.text;
    let mut end = to;
    end += usize::from(
        t.word(end) == "."
            && t.glued(end)
            && !t.tokens.get(end + 1).is_some_and(|next| next.capital && next.sort == Sort::Word),
    );
    let dotted = end;
    while matches!(t.word(end), "," | "-" | "of" | "in" | "'" | "/") && end < dotted + 2 {
        end += 1;
    }
    let old = t
        .digits(end)
        .filter(|_| t.word(end).len() == 4 && !r.chat && !matches!(t.word(end + 1), "uur" | "u" | "h"))
        .filter(|y| *y >= 1000);
    if let Some(year) = old.and_then(|year| i32::try_from(year).ok()) {
        // 2570 BE, of the Buddhist era
        let buddhist = t.word(end + 1) == "be" && t.shouted(end + 1) && year > 2400;
        if buddhist {
            return plain(NaiveDate::from_ymd_opt(year - 543, month, dom)?, end + 2);
        }
        return plain(NaiveDate::from_ymd_opt(year, month, dom)?, end + 1);
    }
    if let Some((year, after)) = year::year(r, end).or_else(|| year::year(r, dotted)) {
        return plain(NaiveDate::from_ymd_opt(year, month, dom)?, after);
    }
    // 10 augustus 88 na Christus, 88 AD
    let era = |at: usize| match (t.word(at), t.word(at + 1)) {
        ("ad" | "ce", _) => Some(at + 1),
        ("na", "christus" | "chr") => Some(at + 2),
        _ => None,
    };
    if let Some((year, to)) = t.digits(end).filter(|y| *y < 3000 && !r.chat).and_then(|y| Some((y, era(end + 1)?))) {
        return plain(NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, dom)?, to);
    }
    // 31-Oct-74, 15 April of 87
    let two = t.digits(end).filter(|two| t.word(end).len() == 2 && end > dotted && *two > 31 && !r.chat);
    if let Some(two) = two {
        return plain(NaiveDate::from_ymd_opt(year::short(two)?, month, dom)?, end + 1);
    }
    // 18 Jul 14, but not "18 juli 14 uur"
    if let Some(year) = t.digits(dotted).filter(|_| t.word(dotted).len() == 2 && !r.chat) {
        let clock = matches!(t.word(dotted + 1), "uur" | "u" | ":" | "." | "h" | "am" | "pm" | "o" | "-" | "oclock")
            || t.is(dotted + 1, Sort::Word);
        if !clock && (13..=99).contains(&year) && !t.before(dotted, 0).starts_with('0') {
            let year = i32::try_from(if year < 50 { 2000 + year } else { 1900 + year }).ok()?;
            return plain(NaiveDate::from_ymd_opt(year, month, dom)?, dotted + 1);
        }
    }
    if let Some(years) = weekday::turn_at(r, end).filter(|(_, e)| matches!(t.word(*e), "jaar" | "year")) {
        let by = if years.0 == 2 { 1 } else { years.0.max(-1) };
        return plain(NaiveDate::from_ymd_opt(r.today().year() + i32::try_from(by).ok()?, month, dom)?, years.1 + 1);
    }
    plain(r.coming(month, dom)?, if dotted > to && to + 1 == dotted { dotted } else { to })
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::{mean, mean_alone};

    #[test]
    fn dates_of_a_bare_text() {
        mean_alone(Lang::Nl, &[("op 22.6", "2026-06-22")]);
        mean_alone(
            Lang::En,
            &[
                ("on 6.22", "2026-06-22"),
                ("June 3 2570 BE", "2027-06-03"),
                ("on the 17 from 2pm to 4pm", "2026-05-17 14:00..2026-05-17 16:00"),
            ],
        );
    }

    #[test]
    fn dutch_dates() {
        mean(
            Lang::Nl,
            &[
                ("18/6", "2026-06-18"),
                ("3 juli", "2026-07-03"),
                ("18-06-2027", "2027-06-18"),
                ("dat is 18-6", "2026-06-18"),
                ("de lamp in kamer 18-6", "nothing"),
                ("2-4 stoelen", "nothing"),
                ("eenentwintig september", "2026-09-21"),
                ("op 5 jan.", "2027-01-05"),
                ("2026-07-01", "2026-07-01"),
                ("3 maart tweeduizend achtentwintig", "2028-03-03"),
                ("overmorgen", "2026-05-08"),
            ],
        );
    }

    #[test]
    fn english_dates() {
        mean(
            Lang::En,
            &[
                ("July 3rd, 2027", "2027-07-03"),
                ("the 3rd of July", "2026-07-03"),
                ("18 Jun", "2026-06-18"),
                ("May twenty-first", "2026-05-21"),
                ("tmrw", "2026-05-07"),
            ],
        );
    }
}
