//! The page as HTML. Every word that is shown is escaped by the templates; nothing is written past them but the one style and the one
//! script, which hold nobody's words.

mod clock;
mod compose;
mod desk;
mod dialogs;
mod places;
mod talk;
mod tour;

use super::Page;
use super::here::{Here, Seat};
use super::town::bare;
use crate::domain::register::Channel;
use crate::domain::{ChannelId, Instant, Lang, MessageRef};
use crate::render::message::{Piece, Rich};
use crate::render::{View, Voice};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::sync::LazyLock;

/// The style: that of every page of Loket, and what a chat needs beside it.
pub(super) static STYLE: LazyLock<String> =
    LazyLock::new(|| [include_str!("../../../../render/page/style.css"), include_str!("style.css")].concat());
/// The script: it sends forms without a new page, shows what changed, and completes commands. Without it everything works by forms.
pub(super) const SCRIPT: &str = include_str!("script.js");

/// What a browser shows on the page's tab.
pub(super) const ICON: &str = include_str!("icon.svg");

/// What every part of the page is made with.
pub(super) struct Look<'a> {
    page: &'a Page,
    here: &'a Here<'a>,
    voice: Voice<'a>,
    view: View<'a>,
    now: Instant,
    next: Option<Instant>,
}

/// The whole page; `None` for a configuration without organisations, which is not accepted.
pub(super) async fn page(page: &Page, here: &Here<'_>) -> Option<String> {
    let version = *page.platform.chat.changes().borrow();
    let view = page.view(here)?;
    let next = page.behind.next_moment().await;
    let voice = Voice::new(&page.words, here.lang);
    let look = Look { page, here, voice, view, now: view.now, next };
    page.memory().sees(&here.seat.code(), &here.place, page.platform.chat.newest());
    let command = dialogs::command(&look).await;
    let (heading, about, main) = match here.seat {
        Seat::Resident(resident) => {
            let talk = html! { (talk::talk(&look, resident)) (compose::compose(&look, resident)) };
            (places::heading(&look), places::about(&look), talk)
        }
        Seat::Provider(code, name) => (desk::heading(&look, code), desk::about(&look, name), desk::desk(&look, code)),
    };
    let title = voice.say("try-title").own("place", heading.as_str()).own("who", here.seat.name()).text();
    let body = html! {
        a.skip href="#main" { (voice.say("try-skip").text()) }
        (head(&look))
        (places::people(&look))
        div.grid {
            (places::places(&look))
            main #main tabindex="-1" {
                div #title data-live {
                    h1 { (heading) }
                    p.about { (about) }
                }
                (told(&look))
                (main)
                div #dialogs { (dialogs::form(&look)) (command) }
            }
            (tour::tour(&look))
        }
        p #lost hidden { (voice.say("try-lost").text()) }
    };
    Some(document(here.lang, &title, version, &body))
}

/// What somebody sees who does not know the way in.
pub(super) fn refused(page: &Page) -> String {
    let voice = Voice::new(&page.words, page.lang);
    let body =
        html! { main #main { h1 { (voice.say("try-refused").text()) } p { (voice.say("try-refused-why").text()) } } };
    document(page.lang, &voice.say("try-refused").text(), 0, &body)
}

fn document(lang: Lang, title: &str, version: u64, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(super::here::locale(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow";
                title { (title) }
                link rel="icon" type="image/svg+xml" href="icon.svg";
                style { (PreEscaped(STYLE.as_str())) }
            }
            body.chat data-seen=(version) {
                (body)
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

/// The top of the page: what this is, the clock, and the other language.
fn head(look: &Look<'_>) -> Markup {
    let other = match look.here.lang {
        Lang::Nl => Lang::En,
        Lang::En => Lang::Nl,
    };
    let code = super::here::locale(other);
    html! {
        header.top {
            p.whose { strong { (look.voice.say("try-loket").text()) } span { (look.voice.say("try-nothing-leaves").text()) } }
            (clock::clock(look))
            a.tongue href=(look.here.spoken(other)) lang=(code) hreflang=(code) { (look.voice.say("try-other-language").text()) }
        }
    }
}

/// What came of the last act, for the eye and the ear.
fn told(look: &Look<'_>) -> Markup {
    let trouble = look.page.memory().trouble.clone();
    let loses = look.page.platform.loses().then(|| look.voice.say("try-loses").text());
    let told = look.here.doing.told.map(|what| look.voice.say("try-told").pick("what", what).text());
    html! {
        div #told role="status" {
            @for text in [trouble, loses].into_iter().flatten() { p.alarm { (text) } }
            @if let Some(told) = told { p.told { (told) } }
        }
    }
}

/// Hidden fields that say which view a form belongs to.
fn fields(look: &Look<'_>) -> Markup {
    html! {
        input type="hidden" name="as" value=(look.here.seat.code());
        @if !look.here.place.is_empty() { input type="hidden" name="in" value=(look.here.place); }
        input type="hidden" name="lang" value=(look.here.locale());
    }
}

/// `#facilitair` for a channel.
pub(super) fn channel_name(channel: &str) -> String {
    format!("#{}", bare(channel))
}

/// What a channel is for.
fn role(look: &Look<'_>, channel: &Channel) -> String {
    use crate::domain::register::ChannelRole;
    let role = match channel.role {
        ChannelRole::Requests => "requests",
        ChannelRole::Mentions => "mentions",
        ChannelRole::Approvers => "approvers",
        ChannelRole::Spoc => "spoc",
        ChannelRole::Digest => "digest",
    };
    look.voice.say("try-role").pick("role", role).text()
}

impl Look<'_> {
    /// A text with people by their names and messages by links to them, as the page knows both.
    fn seen(&self, text: &Rich) -> Rich {
        let piece = |piece: &Piece| match piece {
            Piece::Person(account) => Piece::Strong(format!("@{}", self.page.town.name(account))),
            Piece::Link(at) => Piece::Url { text: self.voice.say("try-link").text(), address: self.link(at) },
            Piece::Own(_) | Piece::Strong(_) | Piece::Said(_) | Piece::Url { .. } => piece.clone(),
        };
        Rich(text.0.iter().map(piece).collect())
    }

    /// The address of a message, as whoever looks sees it.
    fn link(&self, at: &MessageRef) -> String {
        format!("{}{}#{}", self.page.address(), self.here.at(at.channel.as_str()), talk::anchor(&at.message))
    }

    /// The time of a message: with its day where that is another one.
    fn time(&self, at: Instant) -> Markup {
        let local = at.with_timezone(&self.view.organisation.zone).naive_local();
        let text =
            if local.date() == self.view.today() { local.format("%H:%M").to_string() } else { self.view.stamp(at) };
        html! { time datetime=(local.format("%Y-%m-%dT%H:%M")) { (text) } }
    }

    /// How many messages in a place are new to whoever looks, and whether one of them asks for them.
    fn unread(&self, place: &ChannelId) -> (usize, bool) {
        let Some(resident) = self.here.resident() else { return (0, false) };
        let seen = self.page.memory().seen(&self.here.seat.code(), place.as_str());
        let messages = self.page.platform.chat.messages(place);
        let fresh = messages.iter().filter(|posted| {
            super::memory::is_new(&posted.at.message, seen) && posted.author.as_ref() != Some(&resident.account)
        });
        let asks = |posted: &&crate::adapters::local::Posted| {
            posted.message.as_ref().is_some_and(|message| message.notify.contains(&resident.account))
        };
        let fresh: Vec<_> = fresh.collect();
        (fresh.len(), fresh.iter().any(asks))
    }
}
