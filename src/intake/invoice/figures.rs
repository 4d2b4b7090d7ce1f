//! Amounts and dates as tables write them: in Dutch and in English, with signs before or behind.

use chrono::{Datelike, NaiveDate};

/// Which mark stands before the cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Comma,
    Dot,
}

/// More than any bill, in cents.
const MOST: i64 = 100_000_000_000;

/// Which mark stands before the cents in a text that leaves no doubt about it.
pub(super) fn point(text: &str) -> Option<Point> {
    let (digits, _) = bare(text)?;
    let (comma, dot) = (digits.rfind(','), digits.rfind('.'));
    let last = match (comma, dot) {
        (Some(comma), Some(dot)) => comma.max(dot),
        (Some(only), None) | (None, Some(only)) => {
            // Three digits behind a single mark may be thousands.
            let behind = digits.len() - only - 1;
            let once = digits.matches([',', '.']).count() == 1;
            if !once || behind == 3 {
                return None;
            }
            only
        }
        (None, None) => return None,
    };
    Some(if digits.as_bytes().get(last) == Some(&b',') { Point::Comma } else { Point::Dot })
}

/// The cents of an amount: `€ 1.250,00`, `1,250.00-`, `(12,50)`, `EUR 1250`, `1.250,-`. `doubt` says which mark stands before the cents
/// where the text alone does not.
pub(super) fn cents(text: &str, doubt: Point) -> Option<i64> {
    let (digits, negative) = bare(text)?;
    let marks = digits.matches([',', '.']).count();
    let point = point(text).unwrap_or(doubt);
    let mark = if point == Point::Comma { ',' } else { '.' };
    let (whole, part) = match digits.rsplit_once(mark) {
        // One that stands there more than once parts thousands.
        Some((whole, part)) if !whole.contains(mark) => (whole, part),
        _ => (digits.as_str(), ""),
    };
    let whole_digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let grouped = marks == 0 || groups(whole);
    if !grouped || whole_digits.len() > 12 || part.len() > 8 || part.contains([',', '.']) {
        return None;
    }
    let euros: i64 = if whole_digits.is_empty() { 0 } else { whole_digits.parse().ok()? };
    // Rounded half away from nothing, as bills do.
    let tenths: String = part.chars().chain("000".chars()).take(3).collect();
    let thousandths: i64 = tenths.parse().ok()?;
    let cents = euros.checked_mul(100)?.checked_add((thousandths + 5) / 10)?;
    let some = !whole_digits.is_empty() || !part.is_empty();
    (some && cents <= MOST).then_some(if negative { -cents } else { cents })
}

/// Whether the digits before the cents are parted in threes, or not at all.
fn groups(whole: &str) -> bool {
    let mut parts = whole.split([',', '.']);
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    rest.iter().all(|part| part.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()))
}

/// Digits and marks alone, and whether the amount is below nothing; `None` when something else stands there.
fn bare(text: &str) -> Option<(String, bool)> {
    let mut rest = text.trim().to_uppercase().replace(['\u{a0}', '\u{202f}', '\'', '’', ' '], "");
    rest = rest.replace(['−', '–', '—'], "-");
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        rest = inner.to_owned();
        negative = true;
    }
    // "1.250,-" has no cents; a minus behind the figure takes it below nothing.
    for dashes in [",-", ",--", ".-", ".--"] {
        if let Some(whole) = rest.strip_suffix(dashes) {
            rest = whole.to_owned();
            break;
        }
    }
    for _ in 0..3 {
        for word in ["€", "EUR", "EURO"] {
            rest = rest.strip_prefix(word).map(str::to_owned).unwrap_or(rest);
            rest = rest.strip_suffix(word).map(str::to_owned).unwrap_or(rest);
        }
        if let Some(after) = rest.strip_prefix('-') {
            rest = after.to_owned();
            negative = true;
        }
        if let Some(before) = rest.strip_suffix('-') {
            rest = before.to_owned();
            negative = true;
        }
        rest = rest.strip_prefix('+').map(str::to_owned).unwrap_or(rest);
        rest = rest.strip_suffix("CR").map(|rest| rest.to_owned()).inspect(|_| negative = true).unwrap_or(rest);
    }
    let fits = !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    (fits && rest.chars().any(|c| c.is_ascii_digit())).then_some((rest, negative))
}

const MONTHS: [[&str; 2]; 12] = [
    ["jan", "jan"],
    ["feb", "feb"],
    ["mrt", "mar"],
    ["apr", "apr"],
    ["mei", "may"],
    ["jun", "jun"],
    ["jul", "jul"],
    ["aug", "aug"],
    ["sep", "sep"],
    ["okt", "oct"],
    ["nov", "nov"],
    ["dec", "dec"],
];

/// A date: `14-03-2026`, `2026-03-14`, `20260314`, `14 maart 2026`, `3/14/2026`. Days come before months where both may be.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().split(['T', ' ']).next().filter(|first| first.len() >= 8).unwrap_or(text.trim());
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str| part.parse::<u32>().ok();
    let named = |part: &str| {
        let wanted = part.get(..3).unwrap_or_default();
        let known = MONTHS.iter().position(|names| names.contains(&wanted));
        known.or_else(|| part.starts_with("maa").then_some(2)).and_then(|at| u32::try_from(at + 1).ok())
    };
    let on = |year: u32, month: u32, day: u32| {
        let year = if year < 100 { year + 2_000 } else { year };
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        (1990..=2200).contains(&date.year()).then_some(date)
    };
    match parts.as_slice() {
        [whole] if whole.len() == 8 => {
            on(number(whole.get(..4)?)?, number(whole.get(4..6)?)?, number(whole.get(6..)?)?)
        }
        [year, month, day] if year.len() == 4 && number(year).is_some() => {
            on(number(year)?, number(month).or_else(|| named(month))?, number(day)?)
        }
        [day, month, year] => match (number(day), number(month), number(year)?) {
            (Some(day), Some(month), year) => on(year, month, day).or_else(|| on(year, day, month)),
            (Some(day), None, year) => on(year, named(month)?, day),
            (None, Some(day), year) => on(year, named(parts.first()?)?, day),
            (None, None, _) => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_both_languages_and_spreadsheets_write_them() {
        for (text, expected) in [
            ("1.250,00", 125_000),
            ("€ 1.250,-", 125_000),
            ("1,250.00", 125_000),
            ("EUR 12,5", 1_250),
            ("-12.50", -1_250),
            ("12,50-", -1_250),
            ("(12,50)", -1_250),
            ("€ -12,50", -1_250),
            ("− 1 250,55", -125_055),
            ("1250", 125_000),
            ("0,005", 1),
            ("12,3456", 1_235),
            ("1.234.567,89", 123_456_789),
            ("1'250.50", 125_050),
            ("12,50 CR", -1_250),
            (",50", 50),
        ] {
            assert_eq!(cents(text, Point::Comma), Some(expected), "{text}");
        }
        for wrong in
            ["", "-", "€", "n.v.t.", "12-03-2026", "1.25.0,00", "12,34,5", "1e9", "1,2.3,4", "9999999999999", "twaalf"]
        {
            assert_eq!(cents(wrong, Point::Comma), None, "{wrong}");
        }
    }

    #[test]
    fn three_digits_behind_one_mark_are_read_as_the_rest_of_the_table_is() {
        assert_eq!((point("1.250"), point("1.250,00"), point("12.5")), (None, Some(Point::Comma), Some(Point::Dot)));
        assert_eq!(cents("1.250", Point::Comma), Some(125_000));
        assert_eq!(cents("1.250", Point::Dot), Some(125));
        assert_eq!(cents("1,250", Point::Dot), Some(125_000));
    }

    #[test]
    fn dates_are_read_as_both_languages_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 14);
        for text in [
            "14-03-2026",
            "14/3/26",
            "2026-03-14",
            "2026-03-14T00:00:00",
            "20260314",
            "14 maart 2026",
            "14 mrt 2026",
            "March 14, 2026",
            "3/14/2026",
            "14.03.2026 00:00",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        for wrong in ["", "maart", "32-01-2026", "14-03", "99999999", "2026", "0-0-0", "14 foo 2026"] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }
}
