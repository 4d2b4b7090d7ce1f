//! A table with a line for each thing that is billed.

use super::columns::{self, Column};
use super::figures::{self, Point};
use super::{LINES, named_in, tidy};
use crate::domain::invoice::{Bill, BillLine, Flaw, NoBill, Unread};
use crate::domain::{Basis, Money};

/// So far down the headings may stand.
const HEADINGS_BY: usize = 30;
/// More columns than any bill.
const COLUMNS: usize = 100;

/// A row with its line in the file.
struct Row {
    line: u32,
    cells: Vec<String>,
}

/// Reads a table.
pub(super) fn bill(text: &str) -> Result<Bill, NoBill> {
    let (rows, head) = [b';', b'\t', b',', b'|']
        .into_iter()
        .filter_map(|separator| {
            let rows = rows(text, separator)?;
            let head = headings(&rows)?;
            Some((rows, head))
        })
        .max_by_key(|(rows, head)| known(&rows.get(*head).map(|row| row.cells.clone()).unwrap_or_default()))
        .ok_or(NoBill::NoColumns)?;
    let doubt = doubt(&rows, head);
    let below = rows.iter().skip(head + 1).filter(|row| !row.cells.iter().all(String::is_empty));
    let figures: Vec<Vec<i64>> = below
        .clone()
        .map(|row| row.cells.iter().map(|cell| figures::cents(cell, doubt).unwrap_or_default()).collect())
        .collect();
    let names = rows.get(head).map(|row| row.cells.as_slice()).unwrap_or_default();
    let columns = columns::read(names, &figures);
    if !columns.iter().flatten().any(|column| matches!(column, Column::Amount(_))) {
        return Err(NoBill::NoColumns);
    }
    let mut bill = Bill::default();
    for row in below {
        take(&mut bill, row, &columns, doubt)?;
        if bill.lines.len() > LINES {
            return Err(NoBill::TooLarge);
        }
    }
    if bill.lines.is_empty() { Err(NoBill::Empty) } else { Ok(bill) }
}

fn rows(text: &str, separator: u8) -> Option<Vec<Row>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        if record.len() > COLUMNS || rows.len() > LINES * 4 {
            return None;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(tidy).collect();
        rows.push(Row { line: u32::try_from(line).unwrap_or(u32::MAX), cells });
    }
    Some(rows)
}

/// How many cells of a row are headings, and whether an amount is among them.
fn known(cells: &[String]) -> usize {
    let found: Vec<Column> = cells.iter().filter_map(|cell| columns::heading(cell)).collect();
    let amount = found.iter().any(|column| matches!(column, Column::Amount(_)));
    if amount && found.len() >= 2 { found.len() } else { 0 }
}

fn headings(rows: &[Row]) -> Option<usize> {
    let best =
        rows.iter().take(HEADINGS_BY).enumerate().max_by_key(|(at, row)| (known(&row.cells), HEADINGS_BY - at))?;
    (known(&best.1.cells) > 0).then_some(best.0)
}

/// Which mark stands before the cents in this table: what its figures say where they leave no doubt, else as in Dutch.
fn doubt(rows: &[Row], head: usize) -> Point {
    let cells = rows.iter().skip(head + 1).flat_map(|row| &row.cells);
    let said: Vec<Point> = cells.filter_map(|cell| figures::point(cell)).collect();
    let dots = said.iter().filter(|point| **point == Point::Dot).count();
    if dots * 2 > said.len() { Point::Dot } else { Point::Comma }
}

fn take(bill: &mut Bill, row: &Row, columns: &[Option<Column>], doubt: Point) -> Result<(), NoBill> {
    let cells = || row.cells.iter().zip(columns).filter(|(cell, _)| !cell.is_empty());
    let of = |wanted: Column| cells().find(|(_, column)| **column == Some(wanted)).map(|(cell, _)| cell.as_str());
    if cells().next().is_none() {
        return Ok(());
    }
    let currency = of(Column::Currency).map(str::to_uppercase);
    if let Some(other) = currency.filter(|code| !matches!(code.as_str(), "EUR" | "€" | "EURO")) {
        return Err(NoBill::Currency(other));
    }
    let orders: Vec<&str> =
        cells().filter(|(_, column)| **column == Some(Column::Order)).map(|(cell, _)| cell.as_str()).collect();
    let what = [of(Column::What), of(Column::Place)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let amount = cells().find_map(|(cell, column)| match column {
        Some(Column::Amount(basis)) => Some((cell, *basis)),
        _ => None,
    });
    // "Total" may stand under the heading of the orders.
    if !orders.iter().any(|order| order.bytes().any(|byte| byte.is_ascii_digit())) && is_sum(row) {
        return check(bill, row, amount, doubt);
    }
    let invoice = of(Column::Invoice).map(str::to_owned);
    bill.number = bill.number.take().or_else(|| invoice.clone());
    bill.date = bill.date.or_else(|| of(Column::InvoiceDate).and_then(figures::date));
    let Some((text, basis)) = amount else {
        // A line of words between the figures is no line of the bill.
        if of(Column::Quantity).is_some() || !orders.is_empty() {
            bill.unread.push(Unread { line: row.line, why: Flaw::NoAmount });
        }
        return Ok(());
    };
    let Some(cents) = figures::cents(text, doubt) else {
        bill.unread.push(Unread { line: row.line, why: Flaw::BadAmount });
        return Ok(());
    };
    let references =
        orders.iter().map(|order| (*order).to_owned()).chain(orders.iter().flat_map(|order| named_in(order)));
    bill.lines.push(BillLine {
        line: row.line,
        invoice,
        references: references.chain(named_in(&what)).collect(),
        what,
        quantity: of(Column::Quantity).map(str::to_owned),
        amount: money(cents, basis),
        date: of(Column::Date).and_then(figures::date),
        customer: of(Column::Customer).map(str::to_owned),
    });
    Ok(())
}

fn money(cents: i64, basis: Basis) -> Money {
    Money { cents, basis }
}

/// A row that only adds up: it is compared and not counted.
fn is_sum(row: &Row) -> bool {
    let first = row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| cell.to_lowercase()).unwrap_or_default();
    let words = ["totaal", "subtotaal", "eindtotaal", "total", "subtotal", "grand", "btw", "vat", "som", "te betalen"];
    words.iter().any(|word| first.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

fn check(bill: &mut Bill, row: &Row, amount: Option<(&String, Basis)>, doubt: Point) -> Result<(), NoBill> {
    let first = row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| cell.to_lowercase()).unwrap_or_default();
    let (Some((text, basis)), true) = (amount, first.starts_with("totaal") || first.starts_with("total")) else {
        return Ok(());
    };
    let sum = bill.lines.iter().map(|line| line.amount.cents).fold(0, i64::saturating_add);
    // Under a heading without VAT, only a row that says more than "Total" may count it.
    let taxed = basis != Basis::Excl || first.contains(' ');
    if figures::cents(text, doubt).is_some_and(|named| named != sum && !(taxed && is_with_vat(named, sum))) {
        bill.unread.push(Unread { line: row.line, why: Flaw::Sum });
    }
    Ok(())
}

/// Whether a sum may be the same with VAT.
fn is_with_vat(named: i64, sum: i64) -> bool {
    let more = named.abs().saturating_sub(sum.abs());
    more > 0 && more <= sum.abs() / 4 + 1
}
