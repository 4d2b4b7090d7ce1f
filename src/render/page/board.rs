//! The board: everything of an organisation that is open, who must act, and what is late.

use super::html::rich;
use super::layout::{Frame, foot, other, page, places};
use super::links::Links;
use crate::domain::register::ProviderSettings;
use crate::domain::request::{StageName, Summary, Tally, WaitsFor};
use crate::domain::{Instant, Kind};
use crate::render::answer::Row;
use crate::render::message::Rich;
use crate::render::view::{View, named, said};
use crate::render::words::{clean, clip};
use chrono::NaiveTime;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The filters by their names in addresses, which are those of `/open`.
const NAMES: [&str; 7] = ["provider", "stage", "item", "waits", "overdue", "mine", "text"];
/// The longest value of a filter.
const LONGEST: usize = 100;
/// The stages that can be chosen.
const STAGES: [StageName; 6] = [
    StageName::Draft,
    StageName::AwaitingApproval,
    StageName::Approved,
    StageName::HandedOver,
    StageName::InProgress,
    StageName::Resolved,
];
/// The parties that can be chosen, in the order in which they are counted.
const PARTIES: [WaitsFor; 4] = [WaitsFor::Spoc, WaitsFor::Approvers, WaitsFor::Requester, WaitsFor::Provider];

/// What can be chosen: its value in addresses, and its name.
type Choice = (String, String);

/// What the board is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters(BTreeMap<&'static str, String>);

impl Filters {
    /// Takes what means something; of several values of a name the last one counts.
    pub fn read(given: &[(String, String)]) -> Self {
        let value = |name: &'static str| {
            let (_, value) = given.iter().rev().find(|(key, _)| key == name)?;
            let value: String = clean(value).chars().take(LONGEST).collect();
            let known = match name {
                "stage" => STAGES.iter().any(|stage| stage.code() == value),
                "waits" => PARTIES.iter().any(|party| party.code() == value),
                "overdue" | "mine" => value == "true",
                _ => !value.is_empty(),
            };
            known.then_some((name, value))
        };
        Self(NAMES.into_iter().filter_map(value).collect())
    }

    /// The value of a filter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values, as they stand in an address.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

/// What the board shows.
#[derive(Debug)]
pub struct Board<'a> {
    /// Where one may go.
    pub links: Links<'a>,
    /// What it is narrowed to.
    pub filters: &'a Filters,
    /// A page of the list, newest first.
    pub rows: &'a [Row],
    /// All open requests, by who must act.
    pub tally: &'a [Tally],
    /// Where the list goes on.
    pub next: Option<&'a str>,
    /// Whether the list began before this page.
    pub goes_on: bool,
    /// Until when the personal link works.
    pub until: Instant,
}

/// The board as a page.
pub fn board(view: &View<'_>, board: &Board<'_>) -> String {
    let title = view.say("page-open").text();
    let organisation = named(&view.organisation.name);
    let frame = Frame {
        voice: view.voice(),
        title: view.say("page-title").own("page", title.as_str()).rich("organisation", organisation.clone()).text(),
        organisation: Some(organisation),
        places: places(view, &board.links, &board.links.board([])),
        elsewhere: board.links.here(board.filters.pairs(), other(view.lang)),
        foot: foot(view, board.until),
    };
    let main = html! {
        h1 { (title) }
        (tally(view, board))
        (form(view, board))
        (list(view, board))
        (turns(view, board))
    };
    page(&frame, &main)
}

/// How many wait for whom, each a way to see those alone.
fn tally(view: &View<'_>, board: &Board<'_>) -> Markup {
    let all: u64 = board.tally.iter().map(|tally| tally.open).sum();
    let late: u64 = board.tally.iter().map(|tally| tally.late).sum();
    let open =
        |party: WaitsFor| board.tally.iter().find(|tally| tally.waits_for == party).map_or(0, |tally| tally.open);
    let chosen = |name: &str, value: &str| board.filters.get(name) == Some(value);
    let parties =
        PARTIES.map(|party| (open(party), view.say("page-tally").pick("who", party.code()).text(), party.code()));
    let count = |count: u64, what: &str, address: String, here: bool, late: bool| {
        html! {
            li { a.late[late] href=(address) aria-current=[here.then_some("true")] { strong { (count) } " " (what) } }
        }
    };
    html! {
        ul.tally aria-label=(view.say("page-tally-label").text()) {
            (count(all, &view.say("page-tally-all").text(), board.links.board([]), board.filters.is_empty(), false))
            @for (open, what, code) in &parties {
                (count(*open, what, board.links.board([("waits", *code)]), chosen("waits", code), false))
            }
            (count(late, &view.say("page-tally-late").text(), board.links.board([("overdue", "true")]),
                chosen("overdue", "true"), late > 0))
        }
    }
}

/// The filters. Sending them asks for the same page with another address, and changes nothing.
fn form(view: &View<'_>, board: &Board<'_>) -> Markup {
    let filters = board.filters;
    let stages =
        STAGES.map(|stage| (stage.code().to_owned(), view.say("page-stage").pick("stage", stage.code()).text()));
    let parties =
        PARTIES.map(|party| (party.code().to_owned(), view.say("page-party").pick("who", party.code()).text()));
    let (providers, items) = offered(view);
    html! {
        form.filters method="get" role="search" aria-label=(view.say("page-filters").text()) {
            (select(view, "waits", view.say("page-filter-waits").text(), &parties, filters))
            (select(view, "stage", view.say("page-filter-stage").text(), &stages, filters))
            (select(view, "provider", view.say("page-filter-provider").text(), &providers, filters))
            (select(view, "item", view.say("page-filter-item").text(), &items, filters))
            div.field {
                label for="text" { (view.say("page-filter-text").text()) }
                input #text type="search" name="text" maxlength=(LONGEST) value=(filters.get("text").unwrap_or_default());
            }
            (tick("overdue", view.say("page-filter-overdue").text(), filters))
            (tick("mine", view.say("page-filter-mine").text(), filters))
            @if let Some(lang) = board.links.lang { input type="hidden" name="lang" value=(super::layout::code(lang)); }
            div.act {
                button type="submit" { (view.say("page-filter-show").text()) }
                @if !filters.is_empty() { a href=(board.links.board([])) { (view.say("page-filter-all").text()) } }
            }
        }
    }
}

/// Providers and items of this organisation, with their names: those of others are nobody's business here.
fn offered(view: &View<'_>) -> (Vec<Choice>, Vec<Choice>) {
    let mut providers: BTreeMap<String, String> = BTreeMap::new();
    let mut items = Vec::new();
    for item in view.register.catalogue.items() {
        let Some(ProviderSettings { code, name, .. }) = view.register.provider_for(view.organisation, &item.id) else {
            continue;
        };
        providers.insert(code.to_string(), clip(&clean(name), 60));
        items.push((item.id.to_string(), clip(&clean(item.name.in_lang(view.lang)), 60)));
    }
    let mut providers: Vec<(String, String)> = providers.into_iter().collect();
    providers.sort_by_cached_key(|(_, name)| name.to_lowercase());
    items.sort_by_cached_key(|(_, name)| name.to_lowercase());
    (providers, items)
}

fn select(view: &View<'_>, name: &str, label: String, choices: &[Choice], filters: &Filters) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" { (view.say("page-filter-any").text()) }
                @for (value, label) in choices {
                    option value=(value) selected[filters.get(name) == Some(value)] { (label) }
                }
            }
        }
    }
}

fn tick(name: &str, label: String, filters: &Filters) -> Markup {
    html! {
        div.tick {
            input id=(name) type="checkbox" name=(name) value="true" checked[filters.get(name).is_some()];
            label for=(name) { (label) }
        }
    }
}

/// The list. Its parts name their roles, since a narrow screen shows each row as a block and browsers then forget the table.
fn list(view: &View<'_>, board: &Board<'_>) -> Markup {
    if board.rows.is_empty() {
        let none = if board.filters.is_empty() && !board.goes_on {
            view.say("page-none")
        } else {
            view.say("page-none-found")
        };
        return html! { p.none role="status" { (none.text()) } };
    }
    let heads = heads(view);
    html! {
        table role="table" aria-label=(view.say("page-open").text()) {
            thead role="rowgroup" {
                tr role="row" { @for head in &heads { th role="columnheader" scope="col" { (head) } } }
            }
            tbody role="rowgroup" { @for row in board.rows { (self::row(view, board.links, &heads, row)) } }
        }
    }
}

/// The names of the columns.
fn heads(view: &View<'_>) -> [String; 7] {
    [
        view.say("page-column-number"),
        view.say("page-column-item"),
        view.say("page-column-kind"),
        view.say("page-column-provider"),
        view.say("page-column-waits"),
        view.say("page-column-since"),
        view.say("page-column-wished"),
    ]
    .map(crate::render::words::Say::text)
}

/// A row: never the words of a request, and of a confidential one the number and the service alone.
fn row(view: &View<'_>, links: Links<'_>, heads: &[String; 7], (row, stuck): &Row) -> Markup {
    let item = row.item.as_ref().and_then(|item| view.register.catalogue.item(item));
    let number = match row.number {
        Some(number) => html! { a href=(links.request(number)) { (number) } },
        None => html! { (view.say("open-draft").text()) },
    };
    let service = match item {
        Some(item) => said(clip(item.name.in_lang(view.lang), 80)),
        None => view.say("page-no-item").done(),
    };
    let late = row.due_at.is_some_and(|due| due < view.now) && row.stage != StageName::Closed;
    let confidential = item.is_some_and(|item| item.confidential);
    let [head_number, head_item, head_kind, head_provider, head_waits, head_since, head_wished] = heads;
    html! {
        tr role="row" class=[(late && !confidential).then_some("late")] {
            th role="rowheader" scope="row" data-head=(head_number) { (number) }
            td role="cell" data-head=(head_item) {
                (rich(&service))
                @if *stuck { span.note { (view.say("page-stuck").text()) } }
            }
            @if confidential {
                td.secret role="cell" colspan="5" { (view.say("page-confidential").text()) }
            } @else {
                td.empty[row.kind.is_none()] role="cell" data-head=(head_kind) { (kind(view, row.kind)) }
                td.empty[row.provider.is_none()] role="cell" data-head=(head_provider) { (provider(view, row)) }
                td role="cell" data-head=(head_waits) { (rich(&party(view, row))) }
                td role="cell" data-head=(head_since) { (day(view, row.opened_at)) }
                td.empty[row.due_at.is_none()] role="cell" data-head=(head_wished) {
                    (wished(view, row))
                    @if late { strong.badge { (view.say("page-late").text()) } }
                }
            }
        }
    }
}

/// What stands where there is nothing: a dash for the eye, a word for the ear.
fn nothing(view: &View<'_>) -> Markup {
    html! { span aria-hidden="true" { "–" } span.unseen { (view.say("page-nothing").text()) } }
}

fn kind(view: &View<'_>, kind: Option<Kind>) -> Markup {
    match kind {
        Some(kind) => html! { (view.kind(kind)) },
        None => nothing(view),
    }
}

fn provider(view: &View<'_>, row: &Summary) -> Markup {
    match &row.provider {
        Some(code) => rich(&view.name_of(code)),
        None => nothing(view),
    }
}

/// Who must act; a provider by its own name.
fn party(view: &View<'_>, row: &Summary) -> Rich {
    match &row.provider {
        Some(code) if row.waits_for == WaitsFor::Provider => view.name_of(code),
        _ => view.say("page-party").pick("who", row.waits_for.code()).done(),
    }
}

fn day(view: &View<'_>, at: Instant) -> Markup {
    let day = at.with_timezone(&view.organisation.zone).date_naive();
    html! { time datetime=(day) { (view.day(day)) } }
}

/// The wished day, or the moment where one was named.
fn wished(view: &View<'_>, row: &Summary) -> Markup {
    let Some(due) = row.due_at else { return nothing(view) };
    let local = due.with_timezone(&view.organisation.zone).naive_local();
    // A row knows the end of what was wished; of a whole day that is the midnight after it.
    let whole = if local.time() == NaiveTime::MIN { local.date().pred_opt() } else { None };
    match whole {
        Some(day) => html! { time datetime=(day) { (view.day(day)) } },
        None => html! { time datetime=(local.format("%Y-%m-%dT%H:%M")) { (view.stamp(due)) } },
    }
}

/// The ways to the rest of the list.
fn turns(view: &View<'_>, board: &Board<'_>) -> Markup {
    let next = board.next.map(|next| board.links.board(board.filters.pairs().chain([("after", next)])));
    html! {
        @if board.goes_on || next.is_some() {
            nav.turns aria-label=(view.say("page-turns").text()) {
                ul {
                    @if board.goes_on {
                        li { a href=(board.links.board(board.filters.pairs())) { (view.say("page-first").text()) } }
                    }
                    @if let Some(next) = next { li { a href=(next) rel="next" { (view.say("page-next").text()) } } }
                }
            }
        }
    }
}
