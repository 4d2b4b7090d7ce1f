//! Requests as rows of a spreadsheet: one each, every value as what it is. Of a confidential one stand the number, the kind and the service.

use super::digest::ending_code;
use super::figures::basis_code;
use super::file::File;
use super::message::{Message, Rich};
use super::quarter::service_name;
use super::table::{Cell, Column, Table};
use super::view::View;
use super::words::{clean, clip};
use crate::domain::report::week::measured;
use crate::domain::report::{Closing, Granted, Story};
use crate::domain::request::costs::CameTo;
use crate::domain::service::{Clocks, Goal, Standing};
use crate::domain::{Instant, Money, PersonId};
use chrono::Duration;

/// The longest words in a cell: names and places.
const WORDS: usize = 200;

/// An export with these rows.
pub fn table(view: &View<'_>, rows: Vec<Vec<Cell>>) -> Table {
    Table { name: view.say("export-name").text(), columns: columns(view), rows }
}

/// What stands above the columns, in the order of [`row`].
pub fn columns(view: &View<'_>) -> Vec<Column> {
    let narrow = |say: super::words::Say<'_>| Column::new(say.text(), 12);
    let wide = |say: super::words::Say<'_>| Column::new(say.text(), 26);
    let moment = |say: super::words::Say<'_>| Column::new(say.text(), 17);
    let own_basis = basis_code(view.organisation.basis);
    vec![
        narrow(view.say("export-number")),
        narrow(view.say("export-kind")),
        wide(view.say("export-service")),
        wide(view.say("export-provider")),
        narrow(view.say("export-their-number")),
        wide(view.say("export-place")),
        wide(view.say("export-requester")),
        narrow(view.say("export-stage")),
        narrow(view.say("export-waits")),
        moment(view.say("export-opened")),
        moment(view.say("export-settled")),
        moment(view.say("export-wished")),
        wide(view.say("export-approved-by")),
        moment(view.say("export-approved-at")),
        wide(view.say("export-rule")),
        narrow(view.say("export-own")),
        narrow(view.say("export-ceiling")),
        narrow(view.say("export-basis")),
        narrow(view.say("export-quote")),
        narrow(view.say("export-billed").pick("basis", own_basis)),
        narrow(view.say("export-afterwards").pick("basis", own_basis)),
        moment(view.say("export-sent")),
        moment(view.say("export-answered")),
        moment(view.say("export-resolved")),
        moment(view.say("export-closed")),
        narrow(view.say("export-ending")),
        narrow(view.say("export-ours")),
        narrow(view.say("export-requesters")),
        narrow(view.say("export-theirs")),
        narrow(view.say("export-reaction")),
        narrow(view.say("export-solution")),
        narrow(view.say("export-reminders")),
        narrow(view.say("export-reopened")),
        narrow(view.say("export-rating")),
    ]
}

/// One request, as it is at the moment of the view.
pub fn row(view: &View<'_>, story: &Story) -> Vec<Cell> {
    let number = Cell::text(story.number.map(|number| number.to_string()).unwrap_or_default());
    let kind = Cell::text(story.kind.map(|kind| view.kind(kind)).unwrap_or_default());
    let service = Cell::text(story.true_item().map(|item| service_name(view, item)).unwrap_or_default());
    if is_confidential(view, story) {
        return vec![number, kind, service];
    }
    let mut row = vec![number, kind, service];
    row.extend(whose(view, story));
    row.extend(stands(view, story));
    row.extend(granted(view, story));
    row.extend(costs(view, story));
    row.extend(handed(view, story));
    row.extend(clocks(view, story));
    row.extend(norms(view, story));
    row.extend([
        count(story.caring.urged.len()),
        count(story.times.reopened.len()),
        Cell::text(
            story
                .caring
                .rated
                .map(|(rating, _)| view.say("export-rated").pick("rating", rating.code()).text())
                .unwrap_or_default(),
        ),
    ]);
    row
}

/// Whether a request, or what it really is, may be told by number and service alone.
pub fn is_confidential(view: &View<'_>, story: &Story) -> bool {
    let items = story.item.iter().chain(story.caring.item.as_ref());
    items.filter_map(|item| view.register.catalogue.item(item)).any(|item| item.confidential)
}

fn whose(view: &View<'_>, story: &Story) -> [Cell; 4] {
    let name = story.requester.name.text().map(said).unwrap_or_else(|| view.say("erased").text());
    [
        Cell::text(story.provider.as_ref().map(|code| view.name_of(code).plain()).unwrap_or_default()),
        Cell::text(story.handing.number.as_deref().map(said).unwrap_or_default()),
        Cell::text(
            story
                .place
                .as_ref()
                .map(|place| place.text().map(said).unwrap_or_else(|| view.say("erased").text()))
                .unwrap_or_default(),
        ),
        Cell::text(name),
    ]
}

fn stands(view: &View<'_>, story: &Story) -> [Cell; 5] {
    let times = &story.times;
    [
        Cell::text(view.say("export-stage-name").pick("stage", story.stage.code()).text()),
        Cell::text(view.say("export-party").pick("who", story.waits_for.code()).text()),
        moment(view, Some(times.opened_at)),
        moment(view, times.settled_first),
        moment(view, times.due_at),
    ]
}

/// By whose word it went out.
fn granted(view: &View<'_>, story: &Story) -> [Cell; 6] {
    let Some(grant) = story.deciding.grant() else { return went_first(view, story) };
    [
        Cell::text(deciders(view, grant)),
        moment(view, Some(grant.at)),
        Cell::text(grant.rule.as_deref().map(said).unwrap_or_default()),
        Cell::text(grant.own.as_ref().map(|own| person(view, own)).unwrap_or_default()),
        grant.ceiling.map_or(Cell::Empty, |ceiling| Cell::Euros(ceiling.cents)),
        Cell::text(grant.ceiling.map(|ceiling| basis(view, ceiling)).unwrap_or_default()),
    ]
}

/// What went before people agreed: when they did is when they said so, never when it went.
fn went_first(view: &View<'_>, story: &Story) -> [Cell; 6] {
    let mut cells = std::array::from_fn(|_| Cell::Empty);
    let Some(first) = story.costs.first else { return cells };
    let agreed = story.costs.afterwards.iter().find(|one| Some(one.at) == first.came_to.at());
    let by = agreed.map(|one| deciders_of(view, &one.by)).unwrap_or_default();
    let say = view.say("export-first").pick("answer", first.came_to.code());
    cells[0] = Cell::text(say.own("who", by).text());
    if let CameTo::Agreed(at) = first.came_to {
        cells[1] = moment(view, Some(at));
    }
    cells
}

/// The last price that was named, what was billed, and up to which amount it was agreed to afterwards.
fn costs(view: &View<'_>, story: &Story) -> [Cell; 3] {
    let (costs, basis) = (&story.costs, view.organisation.basis);
    let euros = |money: Option<Money>| money.map_or(Cell::Empty, |money| Cell::Euros(money.cents));
    let afterwards = costs.afterwards.last().and_then(|one| one.ceiling);
    [
        euros(costs.quotes.last().map(|quote| quote.amount)),
        euros(costs.billed(basis)),
        euros(afterwards.map(|money| money.on_basis(basis, costs.vat_rate))),
    ]
}

fn deciders(view: &View<'_>, grant: &Granted) -> String {
    if grant.is_free() {
        return view.say("export-free").text();
    }
    deciders_of(view, &grant.by)
}

fn deciders_of(view: &View<'_>, by: &[(PersonId, Option<PersonId>)]) -> String {
    let names = by.iter().map(|(decider, behalf)| match behalf {
        Some(holder) => view.behalf(decider, holder).plain(),
        None => person(view, decider),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn handed(view: &View<'_>, story: &Story) -> [Cell; 5] {
    let closed = story.times.closed.as_ref();
    [
        moment(view, story.handing.sent_at()),
        moment(view, story.handing.answered_at),
        moment(view, story.times.resolved_at),
        moment(view, closed.map(|closing| closing.at)),
        Cell::text(closed.map(|closing| ending(view, closing)).unwrap_or_default()),
    ]
}

/// How long each side had to act, in the organisation's own service hours.
fn clocks(view: &View<'_>, story: &Story) -> [Cell; 3] {
    let hours = &view.organisation.hours;
    let clocks = Clocks::of(&story.waiting.stretches, view.now, |from, to| hours.between(from, to));
    let time = |time: Duration| Cell::Duration(time.num_minutes());
    [time(clocks.ours), time(clocks.requester), time(clocks.provider + clocks.others)]
}

/// Whether the agreed times were kept; empty where nothing was agreed, or where nothing can be said any more.
fn norms(view: &View<'_>, story: &Story) -> [Cell; 2] {
    let all = measured(story, view.register, view.now);
    Goal::ALL.map(|goal| {
        let found = all.iter().find(|(one, _)| one.goal == goal).map(|(one, _)| one.standing);
        let code = match found {
            Some(Standing::Met) => "met",
            Some(Standing::Missed) => "missed",
            Some(Standing::Late) => "late",
            Some(Standing::Running) => "running",
            Some(Standing::Lapsed) | None => return Cell::Empty,
        };
        Cell::text(view.say("export-kept").pick("standing", code).text())
    })
}

fn ending(view: &View<'_>, closing: &Closing) -> String {
    view.say("digest-ending").pick("ending", ending_code(closing.ending)).text()
}

fn basis(view: &View<'_>, money: Money) -> String {
    view.say("export-basis-name").pick("basis", basis_code(money.basis)).text()
}

fn person(view: &View<'_>, id: &PersonId) -> String {
    view.person(id).plain()
}

fn moment(view: &View<'_>, at: Option<Instant>) -> Cell {
    Cell::from(at.map(|at| view.local(at)))
}

fn count(count: usize) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn said(text: &str) -> String {
    clip(&clean(text), WORDS)
}

/// The answer with the file, and whether rows were left out.
pub fn done(view: &View<'_>, rows: usize, cut: bool, file: File) -> Message {
    let head = view.say("export-done").many("count", rows).done();
    let cut = cut.then(|| view.say("export-cut").own("most", rows.to_string()).done());
    Message { text: super::view::lines(std::iter::once(head).chain(cut)), files: vec![file], ..Message::default() }
}

/// Nothing fits the filters.
pub fn none(view: &View<'_>) -> Message {
    text(view.say("export-none").done())
}

/// The file is larger than the platform takes.
pub fn too_large(view: &View<'_>) -> Message {
    text(view.say("export-too-large").done())
}

/// The words of a period are no days.
pub fn unknown_day(view: &View<'_>, given: &str) -> Message {
    super::absence::unknown_day(view, given)
}

/// The answer with the dossier of one request; `page` leads to the page that prints.
pub fn dossier(view: &View<'_>, number: &str, page: Option<Rich>, file: File) -> Message {
    let head = view.say("dossier-done").own("number", number).done();
    Message { text: super::view::lines(std::iter::once(head).chain(page)), files: vec![file], ..Message::default() }
}

fn text(text: Rich) -> Message {
    Message { text, ..Message::default() }
}
