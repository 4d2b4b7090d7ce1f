//! The week as the SPOCs read it.

use super::html::{card, rich};
use super::layout::{Frame, foot, other, page, places};
use super::links::Links;
use crate::domain::Instant;
use crate::domain::calendar::IsoWeek;
use crate::render::message::{Message, Rich};
use crate::render::view::{View, named};
use maud::html;

/// What the page shows.
#[derive(Debug)]
pub struct Seven<'a> {
    /// Where one may go.
    pub links: Links<'a>,
    /// Which week.
    pub week: IsoWeek,
    /// The digest of it.
    pub digest: &'a Message,
    /// Until when the personal link works.
    pub until: Instant,
}

/// The week as a page.
pub fn week(view: &View<'_>, seven: &Seven<'_>) -> String {
    let organisation = named(&view.organisation.name);
    let heading = seven.digest.card.as_ref().map(|card| card.title.clone());
    let title = heading.unwrap_or_else(|| Rich::own(seven.week.to_string()));
    let frame = Frame {
        voice: view.voice(),
        title: view.say("page-title").rich("page", title.clone()).rich("organisation", organisation.clone()).text(),
        organisation: Some(organisation),
        places: places(view, &seven.links, &seven.links.week(seven.week)),
        elsewhere: seven.links.here([], other(view.lang)),
        foot: foot(view, seven.until),
    };
    let main = html! {
        h1 { (rich(&title)) }
        @if let Some(before) = seven.week.previous() {
            p.turn { a href=(seven.links.week(before)) { (view.say("week-to-previous").text()) } }
        }
        @if !seven.digest.text.is_empty() { p { (rich(&seven.digest.text)) } }
        @if let Some(shown) = &seven.digest.card { (card(shown)) }
    };
    page(&frame, &main)
}
