//! Workbooks (XLSX) of tables. Made in memory; nothing is read and no file is written.

use crate::domain::Lang;
use crate::ports::{Bind, PaperError};
use crate::render::table::{Book, Cell, Table, hours};
use crate::render::words::clean_lines;
use async_trait::async_trait;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::collections::HashSet;

/// Excel's own limits: rows with the headings, columns, units of UTF-16 in a cell and in the name of a sheet.
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 16_384;
const TEXT: usize = 32_767;
const NAME: usize = 31;
/// Up to here a spreadsheet's own numbers are exact.
const EXACT: u64 = 1 << 53;

/// Makes workbooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sheets;

#[async_trait]
impl Bind for Sheets {
    async fn xlsx(&self, book: Book) -> Result<Vec<u8>, PaperError> {
        let made = tokio::task::spawn_blocking(move || xlsx(&book)).await;
        made.unwrap_or_else(|_| Err(PaperError::Broken { why: "making a workbook ended early".to_owned() }))
    }
}

impl From<XlsxError> for PaperError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            // The library's own sentences may name a sheet, which may be named after a person.
            _ => Self::Broken { why: "the workbook was refused".to_owned() },
        }
    }
}

/// The workbook, on the calling thread.
pub fn xlsx(book: &Book) -> Result<Vec<u8>, PaperError> {
    let mut workbook = Workbook::new();
    // A moment of the library's own would make the same values different bytes.
    if let Ok(made) = ExcelDateTime::from_timestamp(book.made_at.timestamp()) {
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    }
    let looks = Looks::of(book.lang);
    let mut names = HashSet::new();
    for table in &book.tables {
        fill(workbook.add_worksheet(), table, &sheet_name(&table.name, &mut names), &looks)?;
    }
    if book.tables.is_empty() {
        workbook.add_worksheet();
    }
    Ok(workbook.save_to_buffer()?)
}

/// How the sorts of values look.
struct Looks {
    heading: Format,
    text: Format,
    lines: Format,
    number: Format,
    euros: Format,
    day: Format,
    moment: Format,
    duration: Format,
    percent: Format,
}

impl Looks {
    /// Separators of thousands and decimals follow the reader's own program; the order of a date follows the language.
    fn of(lang: Lang) -> Self {
        let look = |pattern: &str| Format::new().set_align(FormatAlign::Top).set_num_format(pattern);
        let day = match lang {
            Lang::Nl => "dd-mm-yyyy",
            Lang::En => "yyyy-mm-dd",
        };
        Self {
            heading: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            text: Format::new().set_align(FormatAlign::Top),
            lines: Format::new().set_align(FormatAlign::Top).set_text_wrap(),
            number: look("0"),
            euros: look(r#""€" #,##0.00;[Red]-"€" #,##0.00"#),
            day: look(day),
            moment: look(&format!("{day} hh:mm")),
            duration: look("[h]:mm"),
            percent: look("0.0%"),
        }
    }
}

fn fill(sheet: &mut Worksheet, table: &Table, name: &str, looks: &Looks) -> Result<(), PaperError> {
    let wide = table.rows.iter().map(Vec::len).max().unwrap_or_default().max(table.columns.len());
    if table.rows.len() >= ROWS || wide > COLUMNS {
        return Err(PaperError::TooLarge);
    }
    sheet.set_name(name)?;
    for (at, column) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, within(&column.heading), &looks.heading)?;
        sheet.set_column_width(at, f64::from(column.width.min(255)))?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            write(sheet, row, column, cell, looks)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last), Ok(rows)) = (table.columns.len().checked_sub(1), u32::try_from(table.rows.len())) {
        sheet.autofilter(0, 0, rows, u16::try_from(last).unwrap_or(u16::MAX))?;
        // A printed list has its headings on each page.
        sheet.set_repeat_rows(0, 0)?.set_landscape();
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, looks: &Looks) -> Result<(), PaperError> {
    let mut number = |value: i64, one: f64, look: &Format| {
        if value.unsigned_abs() > EXACT {
            // Rather words than a number that is not the one.
            return words(sheet, row, column, &value.to_string(), looks);
        }
        #[expect(clippy::cast_precision_loss, reason = "it is small enough to be exact")]
        sheet.write_number_with_format(row, column, value as f64 / one, look)?;
        Ok(())
    };
    match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) => words(sheet, row, column, text, looks),
        Cell::Number(value) => number(*value, 1.0, &looks.number),
        Cell::Euros(cents) => number(*cents, 100.0, &looks.euros),
        Cell::Percent(share) => number(*share, 10_000.0, &looks.percent),
        // A spreadsheet cannot show less than no time.
        Cell::Duration(minutes) if *minutes < 0 => words(sheet, row, column, &hours(*minutes), looks),
        Cell::Duration(minutes) => number(*minutes, 1_440.0, &looks.duration),
        Cell::Day(day) => match date(*day) {
            Some(date) => Ok(sheet.write_datetime_with_format(row, column, &date, &looks.day).map(drop)?),
            None => words(sheet, row, column, &day.to_string(), looks),
        },
        Cell::Moment(moment) => match date_time(*moment) {
            Some(at) => Ok(sheet.write_datetime_with_format(row, column, &at, &looks.moment).map(drop)?),
            None => words(sheet, row, column, &moment.format("%Y-%m-%d %H:%M").to_string(), looks),
        },
    }
}

/// The calendar of spreadsheets runs from 1900 to 9999.
fn date(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| (1900..=9999).contains(year))?;
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

fn date_time(at: NaiveDateTime) -> Option<ExcelDateTime> {
    let hour = u16::try_from(at.hour()).ok()?;
    date(at.date())?.and_hms(hour, u8::try_from(at.minute()).ok()?, 0).ok()
}

/// Words are written as a string, whatever they begin with: only so do they never become a formula, a number or a link.
fn words(sheet: &mut Worksheet, row: u32, column: u16, text: &str, looks: &Looks) -> Result<(), PaperError> {
    let text = within(text);
    if text.is_empty() {
        return Ok(());
    }
    let look = if text.contains('\n') { &looks.lines } else { &looks.text };
    if text.starts_with(['=', '+', '-', '@']) {
        // Stays text even when somebody opens the cell and presses enter.
        sheet.write_string_with_format(row, column, &text, &look.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, &text, look)?;
    }
    Ok(())
}

/// What a cell can hold of a text: no control characters, and not more than fits.
fn within(text: &str) -> String {
    // These two are no characters, and XML does not take them.
    let text: String = clean_lines(text).chars().filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}')).collect();
    cut(&text, TEXT)
}

/// As much as fits, counted as UTF-16, with an ellipsis where something is left off.
fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|letter| {
        used += letter.len_utf16();
        used <= most
    });
    kept.chain(['…']).collect()
}

/// A name that a sheet may have, and that no other has.
fn sheet_name(name: &str, taken: &mut HashSet<String>) -> String {
    let allowed = |letter: char| if matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { letter };
    let name: String = within(name).replace('\n', " ").chars().map(allowed).collect();
    let around = |sign: char| sign.is_whitespace() || sign == '\'';
    let mut nth = 1_u32;
    loop {
        let behind = if nth == 1 { String::new() } else { format!(" ({nth})") };
        let front = cut(name.trim_matches(around), NAME - behind.encode_utf16().count());
        let front = front.trim_matches(around);
        let whole = if front.is_empty() { nth.to_string() } else { format!("{front}{behind}") };
        // Excel keeps this one for itself.
        let free = !whole.eq_ignore_ascii_case("history") && taken.insert(whole.to_lowercase());
        if free {
            return whole;
        }
        nth = nth.saturating_add(1);
    }
}

#[cfg(test)]
mod tests;
