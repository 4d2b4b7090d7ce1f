//! Tables of values, before any file format: an export, the sheets of a quarter, a dossier. What a value is stays known until it is
//! written, so that an amount is an amount and a day is a day in whatever program opens the file.

pub mod csv;

use crate::domain::{Instant, Lang};
use chrono::{NaiveDate, NaiveDateTime};

/// Tables that go out together; in a workbook each is a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The tables, in the order of their sheets.
    pub tables: Vec<Table>,
    /// The language that decides how dates look.
    pub lang: Lang,
    /// When it was made; the same values made at the same moment give the same bytes.
    pub made_at: Instant,
}

/// Rows below headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it is called: the name of its sheet, of which the first 31 characters are shown.
    pub name: String,
    /// Its columns, from left to right.
    pub columns: Vec<Column>,
    /// Its rows. A row may be shorter than the headings; what is missing is empty.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// How wide it is shown, in characters. Nothing is cut off by it.
    pub width: u16,
}

impl Column {
    /// A column of that width, and never narrower than its heading.
    pub fn new(heading: impl Into<String>, width: u16) -> Self {
        let heading = heading.into();
        // The sign that opens the filter stands beside the heading.
        let least = u16::try_from(heading.chars().count().min(60)).unwrap_or(60) + 3;
        Self { heading, width: width.max(least) }
    }
}

/// One value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known, or nothing applies.
    #[default]
    Empty,
    /// Words, of whomever. They stay words: nothing in them is ever calculated.
    Text(String),
    /// A count.
    Number(i64),
    /// An amount in whole cents of the euro; what is credited is negative.
    Euros(i64),
    /// A day.
    Day(NaiveDate),
    /// A moment on the organisation's own clock; shown to the minute.
    Moment(NaiveDateTime),
    /// A length of time in minutes.
    Duration(i64),
    /// A share in hundredths of a per cent: 10000 is the whole.
    Percent(i64),
}

impl Cell {
    /// Words, or nothing where there are none.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// How large a part is of a whole; nothing when there is no whole.
    pub fn share(part: i64, whole: i64) -> Self {
        if whole == 0 {
            return Self::Empty;
        }
        let hundredths = i128::from(part) * 10_000 / i128::from(whole);
        Self::Percent(i64::try_from(hundredths).unwrap_or(if hundredths < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl From<Option<NaiveDate>> for Cell {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }
}

impl From<Option<NaiveDateTime>> for Cell {
    fn from(moment: Option<NaiveDateTime>) -> Self {
        moment.map_or(Self::Empty, Self::Moment)
    }
}

/// *26:30*: hours and minutes, with as many hours as there are.
pub fn hours(minutes: i64) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_empty_and_the_largest_numbers_do_not_overflow() {
        assert_eq!(Cell::share(11, 12), Cell::Percent(9_166));
        assert_eq!(Cell::share(0, 0), Cell::Empty);
        assert_eq!(Cell::share(i64::MAX, 1), Cell::Percent(i64::MAX));
        assert_eq!(Cell::share(i64::MIN, 1), Cell::Percent(i64::MIN));
        assert_eq!(Cell::share(i64::MIN, i64::MIN), Cell::Percent(10_000));
    }

    #[test]
    fn a_column_is_never_narrower_than_its_heading() {
        assert_eq!(Column::new("Leverdatum", 4).width, 13);
        assert_eq!(Column::new("Wat", 40).width, 40);
        assert_eq!(Column::new("x".repeat(500), 0).width, 63);
    }

    #[test]
    fn a_length_of_time_counts_on_past_a_day() {
        assert_eq!(hours(1_590), "26:30");
        assert_eq!(hours(0), "0:00");
        assert_eq!(hours(-45), "-0:45");
        assert_eq!(hours(i64::MIN), "-153722867280912930:08");
    }
}
