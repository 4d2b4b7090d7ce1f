//! The quarter for whoever pays: a picture, and the tables of the workbook.

use super::html::rich;
use super::layout::{Frame, foot, other, page, places};
use super::links::Links;
use crate::domain::Instant;
use crate::domain::report::Quarter;
use crate::render::chart::Picture;
use crate::render::quarter::{tables, title};
use crate::render::table::{Cell, Table, hours};
use crate::render::view::{View, named};
use maud::{Markup, PreEscaped, html};

/// What the page shows.
#[derive(Debug)]
pub struct Ledger<'a> {
    /// Where one may go.
    pub links: Links<'a>,
    /// The numbers.
    pub quarter: &'a Quarter,
    /// The picture of them, where there is anything to draw.
    pub picture: Option<&'a Picture>,
    /// Until when the personal link works.
    pub until: Instant,
}

/// The quarter as a page.
pub fn quarter(view: &View<'_>, ledger: &Ledger<'_>) -> String {
    let (organisation, title) = (named(&view.organisation.name), title(view, ledger.quarter));
    let of = ledger.quarter.of;
    let frame = Frame {
        voice: view.voice(),
        title: view.say("page-title").rich("page", title.clone()).rich("organisation", organisation.clone()).text(),
        organisation: Some(organisation),
        places: places(view, &ledger.links, &ledger.links.quarter(of)),
        elsewhere: ledger.links.here([], other(view.lang)),
        foot: foot(view, ledger.until),
    };
    let before = ledger.links.quarter(of.before());
    let main = html! {
        h1 { (rich(&title)) }
        p.turn { a href=(before) { (view.say("quarter-to-previous").text()) } }
        @if let Some(picture) = ledger.picture {
            // Drawn by Loket itself, with every word in it escaped (`chart::svg`).
            figure.picture role="img" aria-label=(picture.alt) { (PreEscaped(&picture.svg)) }
        }
        @for (index, table) in tables(view, ledger.quarter).iter().enumerate() { (shown(view, index, table)) }
        p.small { (view.say("quarter-hours").text()) }
        @if !ledger.quarter.spent.is_empty() { p.small { (view.say("quarter-money-note").text()) } }
    };
    page(&frame, &main)
}

fn shown(view: &View<'_>, index: usize, table: &Table) -> Markup {
    let id = format!("table-{index}");
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (table.name) }
            table.numbers {
                thead {
                    tr {
                        @for (index, column) in table.columns.iter().enumerate() {
                            th.figure[figures(table, index)] scope="col" { (column.heading) }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (column, cell) in table.columns.iter().zip(row) {
                                td.figure[is_figure(cell)] data-head=(column.heading) { (value(view, cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a column holds figures.
fn figures(table: &Table, column: usize) -> bool {
    table.rows.iter().filter_map(|row| row.get(column)).any(is_figure)
}

fn is_figure(cell: &Cell) -> bool {
    match cell {
        Cell::Empty | Cell::Text(_) => false,
        Cell::Number(_) | Cell::Euros(_) | Cell::Day(_) | Cell::Moment(_) | Cell::Duration(_) | Cell::Percent(_) => {
            true
        }
    }
}

/// A value as people read it.
fn value(view: &View<'_>, cell: &Cell) -> Markup {
    match cell {
        Cell::Empty => html! { span aria-hidden="true" { "–" } span.unseen { (view.say("page-nothing").text()) } },
        Cell::Text(text) => html! { bdi { (text) } },
        Cell::Number(number) => html! { (number) },
        Cell::Euros(cents) => html! { (view.euros(*cents)) },
        Cell::Day(day) => html! { (view.day(*day)) },
        Cell::Moment(moment) => html! { (view.moment(crate::domain::LocalMoment::At(*moment))) },
        Cell::Duration(minutes) => html! { (hours(*minutes)) },
        Cell::Percent(share) => html! { (share / 100) "%" },
    }
}
