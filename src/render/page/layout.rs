//! What stands around every page: the one style sheet, the way past the head, where one is, and the other language.

use super::html;
use super::links::Links;
use crate::domain::calendar::IsoWeek;
use crate::domain::report::QuarterOf;
use crate::domain::{Instant, Lang};
use crate::render::message::Rich;
use crate::render::view::View;
use crate::render::words::{Voice, clean, clip};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

/// The only style there is. It stands in each page, so that a page needs nothing from anywhere.
pub(super) const STYLE: &str = include_str!("style.css");

/// The style's hash, as a content security policy names it: `sha256-…`.
pub fn style_hash() -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(STYLE)))
}

/// The language as HTML and addresses name it.
pub(super) fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "nl",
        Lang::En => "en",
    }
}

/// The language that is not this one.
pub(super) fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Nl => Lang::En,
        Lang::En => Lang::Nl,
    }
}

/// So many agendas have a place of their own; an organisation has a handful of providers.
const AGENDAS: usize = 6;

/// What stands around a page.
pub(super) struct Frame<'a> {
    /// The reader's language.
    pub(super) voice: Voice<'a>,
    /// Its name in the title of the window.
    pub(super) title: String,
    /// The organisation whose page it is.
    pub(super) organisation: Option<Rich>,
    /// Where one may go, each with its name and whether one is there.
    pub(super) places: Vec<(String, String, bool)>,
    /// The same page in the other language.
    pub(super) elsewhere: String,
    /// Small print, a paragraph each.
    pub(super) foot: Vec<Rich>,
}

/// The whole page.
pub(super) fn page(frame: &Frame<'_>, main: &Markup) -> String {
    let (voice, lang) = (frame.voice, frame.voice.lang());
    let page = html! {
        (DOCTYPE)
        html lang=(code(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow";
                title { (frame.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { (voice.say("page-skip").text()) }
                header {
                    p.whose {
                        strong { (voice.say("page-loket").text()) }
                        @if let Some(organisation) = &frame.organisation { span { (html::rich(organisation)) } }
                    }
                    nav aria-label=(voice.say("page-places").text()) {
                        ul {
                            @for (address, name, here) in &frame.places {
                                li { a href=(address) aria-current=[here.then_some("page")] { (name) } }
                            }
                            li { (language(voice, &frame.elsewhere)) }
                        }
                    }
                }
                main #main tabindex="-1" { (main) }
                @if !frame.foot.is_empty() {
                    footer { @for line in &frame.foot { p { (html::rich(line)) } } }
                }
            }
        }
    };
    page.into_string()
}

/// The way to the other language, in its own words.
fn language(voice: Voice<'_>, address: &str) -> Markup {
    let lang = code(other(voice.lang()));
    html! { a href=(address) lang=(lang) hreflang=(lang) rel="alternate" { (voice.say("page-other-language").text()) } }
}

/// Where one may go: the board, the agenda with each provider, and the quarter. `here` is where one is.
pub(super) fn places(view: &View<'_>, links: &Links<'_>, here: &str) -> Vec<(String, String, bool)> {
    let mut places = vec![(links.board([]), view.say("page-open").text())];
    for provider in view.register.providers_of(view.organisation).into_iter().take(AGENDAS) {
        let name = clip(&clean(&provider.name), 40);
        places.push((links.agenda(&provider.code), view.say("page-agenda").said("provider", &name).text()));
    }
    places.push((links.week(IsoWeek::of(view.today())), view.say("page-week").text()));
    places.push((links.quarter(QuarterOf::at(view.now, view.organisation)), view.say("page-quarter").text()));
    places.into_iter().map(|(address, name)| (address.clone(), name, address == here)).collect()
}

/// When it was read, and until when the link works.
pub(super) fn foot(view: &View<'_>, until: Instant) -> Vec<Rich> {
    let read = view.say("page-read").own("at", view.stamp(view.now)).done();
    vec![read, view.say("page-personal").own("until", view.since(until)).done()]
}
