//! The tables of a quarter. The page and the workbook show the same ones, so that nobody compares two different numbers.

use crate::domain::report::quarter::{ProviderQuarter, Trend, category};
use crate::domain::report::week::Recurring;
use crate::domain::report::{Quarter, Spend};
use crate::domain::request::Rating;
use crate::domain::service::{Clocks, Goal};
use crate::domain::{ItemId, ProviderCode};
use crate::render::figures::basis_code;
use crate::render::table::{Book, Cell, Column, Table};
use crate::render::view::View;
use crate::render::words::{clean, clip};
use chrono::Duration;
use std::collections::BTreeMap;

/// So many faults are named.
const FAULTS: usize = 15;

/// Every table of the quarter, the numbers that matter most first; none is empty.
pub fn tables(view: &View<'_>, quarter: &Quarter) -> Vec<Table> {
    let all = [
        headline(view, quarter),
        services(view, quarter),
        providers(view, quarter),
        money(view, quarter),
        recurring(view, quarter),
        weeks(view, quarter),
    ];
    all.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// The same as a workbook.
pub fn book(view: &View<'_>, quarter: &Quarter) -> Book {
    Book { tables: tables(view, quarter), lang: view.lang, made_at: view.now }
}

/// The few numbers to begin with, each with what it is.
pub fn headline(view: &View<'_>, quarter: &Quarter) -> Table {
    let (all, share, clocks) = (quarter.new_in(), quarter.share, quarter.clocks);
    let row = |label: String, value: Cell| vec![Cell::text(label), value];
    let ended: u32 = quarter.ended.values().sum();
    let spent = quarter.spent_in_all();
    let afterwards = view.say("quarter-afterwards-basis").pick("basis", basis_code(view.organisation.basis)).text();
    let mut rows = vec![
        row(view.say("quarter-new").text(), number(all.total())),
        row(view.say("quarter-before").text(), number(all.before)),
        row(view.say("quarter-ended").text(), number(ended)),
        row(view.say("quarter-decided").text(), number(share.all())),
        row(view.say("quarter-unasked").text(), number(share.unasked())),
        row(view.say("quarter-unasked-share").text(), Cell::share(share.unasked().into(), share.all().into())),
        row(view.say("quarter-declined").text(), number(share.declined)),
        row(view.say("quarter-ours").text(), time(clocks.ours)),
        row(view.say("quarter-requesters").text(), time(clocks.requester)),
        row(view.say("quarter-theirs").text(), time(clocks.provider + clocks.others)),
        row(view.say("quarter-granted").text(), Cell::Euros(quarter.granted_cents())),
        row(billed_label(view), Cell::Euros(spent.billed)),
        row(afterwards, Cell::Euros(spent.afterwards)),
    ];
    rows.extend(Rating::ALL.map(|rating| {
        let count = quarter.ratings.get(&rating).copied().unwrap_or_default();
        row(view.say("quarter-rating").pick("rating", rating.code()).text(), number(count))
    }));
    let columns =
        vec![Column::new(view.say("quarter-what").text(), 44), Column::new(view.say("quarter-value").text(), 16)];
    Table { name: view.say("quarter-headline").text(), columns, rows }
}

/// What was asked, by category and service, month by month; after each category its services.
fn services(view: &View<'_>, quarter: &Quarter) -> Table {
    let mut columns =
        vec![Column::new(view.say("quarter-category").text(), 16), Column::new(view.say("quarter-service").text(), 30)];
    columns.extend(quarter.of.months().map(|month| Column::new(view.month(month), 10)));
    columns.push(Column::new(view.say("quarter-total").text(), 10));
    columns.push(Column::new(view.say("quarter-previous").text(), 10));
    columns.push(Column::new(view.say("quarter-change").text(), 10));
    let mut rows = Vec::new();
    let mut categories: Vec<(String, Trend)> = quarter.categories().into_iter().collect();
    // What is not known stands last.
    categories.sort_by_key(|(code, _)| code.is_empty());
    for (code, sum) in categories {
        let name = category_name(view, &code);
        rows.push(trend(&name, &view.say("quarter-all").text(), sum));
        let mut inside: Vec<(&Option<ItemId>, &Trend)> =
            quarter.trends.iter().filter(|(item, _)| category(item.as_ref()) == code && item.is_some()).collect();
        inside.sort_by_key(|(_, trend)| std::cmp::Reverse((trend.total(), trend.before)));
        rows.extend(
            inside.into_iter().filter_map(|(item, one)| Some(trend(&name, &service(view, item.as_ref()?), *one))),
        );
    }
    Table { name: view.say("quarter-services").text(), columns, rows }
}

fn trend(category: &str, service: &str, trend: Trend) -> Vec<Cell> {
    let mut row = vec![Cell::text(category), Cell::text(service)];
    row.extend(trend.months.map(number));
    let (total, before) = (i64::from(trend.total()), i64::from(trend.before));
    row.extend([Cell::Number(total), Cell::Number(before), Cell::Number(total - before)]);
    row
}

/// What each provider did.
fn providers(view: &View<'_>, quarter: &Quarter) -> Table {
    let column = |say: crate::render::words::Say<'_>| Column::new(say.text(), 12);
    let columns = vec![
        Column::new(view.say("quarter-provider").text(), 24),
        column(view.say("quarter-handed")),
        column(view.say("quarter-covered")),
        column(view.say("quarter-extras")),
        column(view.say("quarter-extras-cost")),
        column(view.say("quarter-on-quote")),
        column(view.say("quarter-their-time")),
        column(view.say("quarter-our-time")),
        column(view.say("quarter-reaction")),
        column(view.say("quarter-solution")),
        column(view.say("quarter-content")),
    ];
    let rows = quarter.providers.iter().map(|(code, done)| {
        vec![
            Cell::text(provider_name(view, code)),
            number(done.handed_over),
            number(done.covered),
            number(done.extras),
            Cell::Euros(done.granted_cents),
            number(done.on_quote),
            time(done.clocks.provider + done.clocks.others),
            time(ours(done.clocks)),
            kept(done, Goal::Reaction),
            kept(done, Goal::Solution),
            content(done),
        ]
    });
    Table { name: view.say("quarter-providers").text(), columns, rows: rows.collect() }
}

/// What was agreed to, billed and agreed to afterwards, by provider and month; after each provider its sum.
fn money(view: &View<'_>, quarter: &Quarter) -> Table {
    let column = |say: crate::render::words::Say<'_>| Column::new(say.text(), 14);
    let columns = vec![
        Column::new(view.say("quarter-provider").text(), 24),
        column(view.say("quarter-month")),
        column(view.say("quarter-asked")),
        column(view.say("quarter-billed")),
        column(view.say("quarter-bills")),
        column(view.say("quarter-without-order")),
        column(view.say("quarter-afterwards")),
    ];
    let mut rows = Vec::new();
    for (code, sum) in by_provider(quarter) {
        let name = provider_name(view, code);
        let own = quarter.spent.iter().filter(|((whose, _), _)| whose == code);
        rows.extend(own.map(|((_, month), spend)| spent(&name, view.month(month.month), *spend)));
        rows.push(spent(&name, view.say("quarter-total").text(), sum));
    }
    let name = view.say("quarter-money").pick("basis", basis_code(view.organisation.basis)).text();
    Table { name, columns, rows }
}

fn spent(provider: &str, month: String, spend: Spend) -> Vec<Cell> {
    vec![
        Cell::text(provider),
        Cell::text(month),
        Cell::Euros(spend.asked),
        Cell::Euros(spend.billed),
        number(spend.bills),
        Cell::Euros(spend.without_order),
        Cell::Euros(spend.afterwards),
    ]
}

/// What was spent with each provider in the whole quarter.
pub(super) fn by_provider(quarter: &Quarter) -> BTreeMap<&ProviderCode, Spend> {
    let mut sums: BTreeMap<&ProviderCode, Spend> = BTreeMap::new();
    for ((code, _), spend) in &quarter.spent {
        let sum = sums.entry(code).or_default();
        *sum = sum.and(*spend);
    }
    sums
}

/// *Gefactureerd, excl. btw*
pub(super) fn billed_label(view: &View<'_>) -> String {
    view.say("quarter-billed-basis").pick("basis", basis_code(view.organisation.basis)).text()
}

fn provider_name(view: &View<'_>, code: &ProviderCode) -> String {
    clip(&clean(&view.name_of(code).plain()), 60)
}

fn ours(clocks: Clocks) -> Duration {
    clocks.ours + clocks.requester
}

/// How many of the agreed times that were decided were kept.
fn kept(done: &ProviderQuarter, goal: Goal) -> Cell {
    let score = done.scores.get(&goal).copied().unwrap_or_default();
    Cell::share(score.met.into(), (score.met + score.missed).into())
}

/// Faults that kept coming back. A confidential service is left out, since its place would tell too much.
fn recurring(view: &View<'_>, quarter: &Quarter) -> Table {
    let columns = vec![
        Column::new(view.say("quarter-service").text(), 30),
        Column::new(view.say("quarter-place").text(), 30),
        Column::new(view.say("quarter-times").text(), 10),
    ];
    let open = |fault: &&Recurring| !view.register.catalogue.item(&fault.item).is_some_and(|item| item.confidential);
    let rows = quarter.recurring.iter().filter(open).take(FAULTS).map(|fault| {
        let place = Cell::text(clip(&clean(&fault.place), 60));
        vec![Cell::text(service(view, &fault.item)), place, number(fault.in_90_days)]
    });
    Table { name: view.say("quarter-recurring").text(), columns, rows: rows.collect() }
}

/// How many of those who said so are content.
fn content(done: &ProviderQuarter) -> Cell {
    let all: u32 = done.ratings.values().sum();
    let good = done.ratings.get(&Rating::Good).copied().unwrap_or_default();
    Cell::share(good.into(), all.into())
}

fn weeks(view: &View<'_>, quarter: &Quarter) -> Table {
    let columns = vec![
        Column::new(view.say("quarter-week").text(), 12),
        Column::new(view.say("quarter-week-new").text(), 10),
        Column::new(view.say("quarter-week-ended").text(), 10),
        Column::new(view.say("quarter-week-open").text(), 10),
    ];
    let rows = quarter.weeks.iter().map(|(week, flow)| {
        vec![Cell::text(week.to_string()), number(flow.new), number(flow.ended), number(flow.open)]
    });
    Table { name: view.say("quarter-weeks").text(), columns, rows: rows.collect() }
}

/// The name of a service; one that is gone from the catalogue is called by its identity.
pub(in crate::render) fn service(view: &View<'_>, item: &ItemId) -> String {
    let name = view.register.catalogue.item(item).map_or(item.as_str(), |item| item.name.in_lang(view.lang));
    clip(&clean(name), 60)
}

/// The name of a category: what stands before the first dot of its items, where nobody gave it a name.
pub(super) fn category_name(view: &View<'_>, code: &str) -> String {
    let known: BTreeMap<&str, &'static str> = [("fac", "fac"), ("ict", "ict"), ("", "none")].into();
    match known.get(code) {
        Some(code) => view.say("quarter-category-name").pick("category", code).text(),
        None => clip(&clean(code), 30),
    }
}

fn number(count: u32) -> Cell {
    Cell::Number(count.into())
}

fn time(time: Duration) -> Cell {
    Cell::Duration(time.num_minutes())
}
