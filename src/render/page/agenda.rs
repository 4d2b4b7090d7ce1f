//! The agenda of the meeting with one provider, as a page that is read on a screen and talked over on two sheets of paper.

use super::html::rich;
use super::layout::{Frame, foot, other, page, places};
use super::links::Links;
use crate::domain::Instant;
use crate::domain::register::ProviderSettings;
use crate::domain::report::Agenda;
use crate::render::agenda::{Reader, Row, Section, sections, spent, tally};
use crate::render::message::Rich;
use crate::render::view::{View, named};
use crate::render::words::{clean, clip};
use maud::{Markup, html};

/// So many rows of a part are shown on a screen.
const ROWS: usize = 200;

/// What the page shows.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// Where one may go.
    pub links: Links<'a>,
    /// What to talk about.
    pub agenda: &'a Agenda,
    /// With whom.
    pub provider: &'a ProviderSettings,
    /// Until when the personal link works.
    pub until: Instant,
}

/// The agenda as a page.
pub fn agenda(view: &View<'_>, sheet: &Sheet<'_>) -> String {
    let (organisation, provider) = (named(&view.organisation.name), named(&sheet.provider.name));
    let title = view.say("agenda-title").rich("provider", provider.clone()).own("day", view.day(view.today())).done();
    let frame = Frame {
        voice: view.voice(),
        title: view.say("page-title").rich("page", title.clone()).rich("organisation", organisation.clone()).text(),
        organisation: Some(organisation),
        places: places(view, &sheet.links, &sheet.links.agenda(&sheet.provider.code)),
        elsewhere: sheet.links.here([], other(view.lang)),
        foot: foot(view, sheet.until),
    };
    let parts = sections(view, sheet.agenda, &sheet.provider.code, Reader::Inside);
    let main = html! {
        h1 { (rich(&title)) }
        p.state { (rich(&tally(view, sheet.agenda, &sheet.provider.code))) }
        @for line in spent(view, sheet.agenda) { p.small { (rich(&line)) } }
        @if let Some(spoc) = their_spoc(view, sheet.provider) { p.small { (rich(&spoc)) } }
        @if parts.is_empty() { p.none { (rich(&view.say("agenda-empty").rich("provider", provider).done())) } }
        @for (index, part) in parts.iter().enumerate() { (section(view, sheet, index, part)) }
    };
    page(&frame, &main)
}

/// With whom to talk, where that is known.
fn their_spoc(view: &View<'_>, provider: &ProviderSettings) -> Option<Rich> {
    let spoc = provider.spoc.as_ref()?;
    let say = view.say("today-spoc").rich("provider", named(&provider.name)).rich("who", named(&spoc.name));
    Some(say.said("email", &clip(&clean(&spoc.email), 100)).done())
}

fn section(view: &View<'_>, sheet: &Sheet<'_>, index: usize, part: &Section) -> Markup {
    let (id, left) = (format!("part-{index}"), part.rows.len().saturating_sub(part.paper));
    let more = |count: usize| view.say("digest-more").many("count", count).text();
    let unseen = part.rows.len().saturating_sub(ROWS);
    html! {
        section.part aria-labelledby=(id) {
            h2 id=(id) { (part.heading) @if left > 0 { span.paper { (more(left)) } } }
            ul.points {
                @for (place, row) in part.rows.iter().take(ROWS).enumerate() {
                    li.beyond[place >= part.paper] { (self::row(sheet, part, row)) }
                }
                @if unseen > 0 { li.beyond { span {} (more(unseen)) } }
            }
        }
    }
}

fn row(sheet: &Sheet<'_>, part: &Section, row: &Row) -> Markup {
    html! {
        div.which {
            @if part.ticked { span.box aria-hidden="true" { "☐" } }
            @if let Some(number) = row.number { a href=(sheet.links.request(number)) { (number) } }
            @if let Some(theirs) = &row.theirs { span.theirs { bdi { (clip(&clean(theirs), 40)) } } }
        }
        div.wide[row.state.is_empty()] { (rich(&row.what)) }
        @if !row.state.is_empty() { div.how { (rich(&row.state)) } }
    }
}
