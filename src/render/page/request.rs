//! One request: what was asked, what was decided, how it was handed over, and what happened when.

use super::html::{self, rich};
use super::layout::{Frame, foot, other, page, places};
use super::links::Links;
use crate::domain::request::Request;
use crate::domain::request::event::Recorded;
use crate::domain::{Instant, request::Stage};
use crate::render::message::{Card, Rich};
use crate::render::undelivered::{Undelivered, undelivered};
use crate::render::view::{View, named};
use crate::render::{answer, card};
use maud::{Markup, html};

/// The longest words of a request that are shown; a chat message is hardly ever longer.
const WORDS: usize = 6000;

/// What the page of a request shows.
#[derive(Debug)]
pub struct Whole<'a> {
    /// Where one may go.
    pub links: Links<'a>,
    /// The request as it is.
    pub request: &'a Request,
    /// Its journal.
    pub events: &'a [Recorded],
    /// What did not get through.
    pub waiting: &'a [Undelivered<'a>],
    /// Until when the personal link works.
    pub until: Instant,
}

/// The parts of a request that have a heading of their own, as labels and values.
struct Parts {
    card: Card,
    decisions: Vec<(String, Rich)>,
    handover: Vec<(String, Rich)>,
}

/// What can be said of a request, part by part. The view has its history.
fn parts(view: &View<'_>, request: &Request) -> Parts {
    let shown = card::card(view, request).card;
    let mut facts = request.content().map(|content| card::asked(view, request, content, WORDS)).unwrap_or_default();
    facts.push(answer::asker(view, request));
    let card = shown.map(|card| Card { facts, ..card });
    let mut decisions = card::decided(view, request);
    decisions.extend(answer::own(view, request));
    decisions.extend(answer::rule(view, request));
    let mut handover = Vec::new();
    if request.order().is_some() {
        handover.push((view.say("label-to").text(), view.provider_name(request)));
    }
    handover.extend(card::their_number(view, request));
    handover.extend(answer::reference(view, request));
    if let Some(sent) = request.sent() {
        handover.push((view.say("page-handed-over").text(), Rich::own(view.stamp(sent.at))));
    }
    Parts { card: card.unwrap_or_else(|| empty(view, request)), decisions, handover }
}

/// A card that says only what it is about.
fn empty(view: &View<'_>, request: &Request) -> Card {
    let tone = crate::render::message::Tone::default();
    Card { title: view.heading(request), tone, body: Rich::default(), facts: Vec::new(), footer: Rich::default() }
}

/// The page of a request.
pub fn request(view: &View<'_>, whole: &Whole<'_>) -> String {
    let view = view.with_history(whole.events);
    let parts = parts(&view, whole.request);
    let (organisation, title) = (named(&view.organisation.name), parts.card.title.clone());
    let frame = Frame {
        voice: view.voice(),
        title: view.say("page-title").rich("page", title.clone()).rich("organisation", organisation.clone()).text(),
        organisation: Some(organisation),
        places: places(&view, &whole.links, ""),
        elsewhere: whole.links.here([], other(view.lang)),
        foot: foot(&view, whole.until),
    };
    let main = html! {
        h1 { (rich(&title)) }
        (waiting(&view, whole.waiting))
        (html::card(&parts.card))
        (part(view.say("page-decisions").text(), "decisions", &parts.decisions))
        (part(view.say("page-handover").text(), "handover", &parts.handover))
        (story(&view, whole))
    };
    page(&frame, &main)
}

/// Whether these words stand anywhere on the page of a request: what is held back there must not be found either.
pub fn shows(view: &View<'_>, request: &Request, events: &[Recorded], words: &str) -> bool {
    let view = view.with_history(events);
    let parts = parts(&view, request);
    let wanted = words.to_lowercase();
    let holds = |text: &Rich| text.plain().to_lowercase().contains(&wanted);
    let facts = [&parts.card.facts, &parts.decisions, &parts.handover];
    let told = |recorded: &Recorded| answer::story(&view, request, recorded).is_some_and(|told| holds(&told));
    [&parts.card.title, &parts.card.body].into_iter().any(holds)
        || facts.into_iter().flatten().any(|(_, value)| holds(value))
        || events.iter().any(told)
}

fn part(heading: String, id: &str, facts: &[(String, Rich)]) -> Markup {
    html! {
        @if !facts.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { (heading) }
                (html::facts(facts))
            }
        }
    }
}

/// What did not get through stands first: somebody must do something about it.
fn waiting(view: &View<'_>, waiting: &[Undelivered<'_>]) -> Markup {
    html! {
        @if !waiting.is_empty() {
            ul.alarm { @for one in waiting { li { (rich(&undelivered(view, one))) } } }
        }
    }
}

/// What happened, oldest first.
fn story(view: &View<'_>, whole: &Whole<'_>) -> Markup {
    let told = whole.events.iter().filter_map(|recorded| {
        let told = answer::story(view, whole.request, recorded)?;
        let local = recorded.at.with_timezone(&view.organisation.zone);
        Some(html! {
            li {
                time datetime=(local.format("%Y-%m-%dT%H:%M:%S%:z")) { (view.stamp(recorded.at)) }
                div { (rich(&told)) }
            }
        })
    });
    let ended = matches!(whole.request.stage, Stage::Closed(_));
    html! {
        section aria-labelledby="story" {
            h2 #story { (view.say("page-story").text()) }
            ol.story.ended[ended] { @for line in told { (line) } }
        }
    }
}
