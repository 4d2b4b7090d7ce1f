//! Where one may go: the people one can be, and the channels, threads and conversations that each of them sees.

use super::super::here::Seat;
use super::super::town::{Resident, bare, direct};
use super::{Look, channel_name, role};
use crate::domain::ChannelId;
use maud::{Markup, html};

/// So many of the newest threads of a channel are listed.
const THREADS: usize = 8;

/// The people and providers as whom one can look.
pub(super) fn people(look: &Look<'_>) -> Markup {
    let town = &look.page.town;
    let residents = town.residents.iter().map(Seat::Resident);
    let providers = town.providers.iter().map(|(code, name)| Seat::Provider(code, name));
    html! {
        nav.people #people data-live aria-label=(look.voice.say("try-people").text()) {
            ul {
                @for seat in residents.chain(providers) {
                    @let here = seat.code() == look.here.seat.code();
                    li {
                        a href=(look.here.seen_by(&seat, town, &look.page.platform.chat)) aria-current=[here.then_some("true")] {
                            b { (first_name(&seat)) }
                            small { (part(look, &seat)) }
                        }
                    }
                }
            }
        }
    }
}

fn first_name(seat: &Seat<'_>) -> String {
    match seat {
        Seat::Resident(resident) => resident.name.clone(),
        Seat::Provider(_, name) => (*name).to_owned(),
    }
}

/// What somebody is: their part, and their organisation where it is not the first one.
fn part(look: &Look<'_>, seat: &Seat<'_>) -> String {
    match seat {
        Seat::Resident(resident) => {
            let part = look.voice.say("try-part").pick("part", resident.part.code()).text();
            let first = look.page.town.residents.first().map(|one| &one.organisation);
            match look.page.register.organisations.get(&resident.organisation) {
                Some(other) if Some(&other.id) != first => format!("{part}, {}", other.name),
                Some(_) | None => part,
            }
        }
        Seat::Provider(..) => look.voice.say("try-part").pick("part", "provider").text(),
    }
}

/// The places of whoever looks.
pub(super) fn places(look: &Look<'_>) -> Markup {
    html! {
        nav.places #places data-live aria-label=(look.voice.say("try-places").text()) {
            @match look.here.seat {
                Seat::Resident(resident) => { (of_resident(look, resident)) }
                Seat::Provider(code, _) => { (super::desk::orders(look, code)) }
            }
        }
    }
}

fn of_resident(look: &Look<'_>, resident: &Resident) -> Markup {
    let chat = &look.page.platform.chat;
    let own = direct(&resident.account);
    html! {
        h2 { (look.voice.say("try-channels").text()) }
        ul {
            @for channel in look.page.town.channels(resident) {
                li {
                    (place(look, &channel.id, &channel_name(channel.id.as_str())))
                    @let threads = chat.threads_in(&channel.id);
                    @let private: Vec<_> = chat.private_of(&resident.account).into_iter().filter(|one| one.parent == channel.id).collect();
                    @if !threads.is_empty() || !private.is_empty() {
                        ul {
                            @for thread in threads.iter().rev().take(THREADS) { li { (place(look, &thread.channel, &thread.name)) } }
                            @for thread in &private {
                                @let name = look.voice.say("try-private").own("name", thread.name.as_str()).text();
                                li { (place(look, &thread.channel, &name)) }
                            }
                        }
                    }
                }
            }
        }
        h2 { (look.voice.say("try-direct").text()) }
        ul { li { (place(look, &own, &look.voice.say("try-loket").text())) } }
    }
}

/// A way to a place, with how much is new there.
fn place(look: &Look<'_>, channel: &ChannelId, name: &str) -> Markup {
    let here = look.here.place == channel.as_str();
    let (fresh, asks) = if here { (0, false) } else { look.unread(channel) };
    html! {
        a.new[fresh > 0] href=(look.here.at(channel.as_str())) aria-current=[here.then_some("page")] {
            span { (name) }
            @if fresh > 0 {
                span.count.asks[asks] {
                    (fresh)
                    span.unseen {
                        " "
                        (look.voice.say("try-unread").count("count", i64::try_from(fresh).unwrap_or(i64::MAX)).pick("asks", if asks { "yes" } else { "no" }).text())
                    }
                }
            }
        }
    }
}

/// The name of the place that is looked at.
pub(super) fn heading(look: &Look<'_>) -> String {
    let Some(resident) = look.here.resident() else { return String::new() };
    let here = look.here.channel();
    let chat = &look.page.platform.chat;
    if here == direct(&resident.account) {
        return look.voice.say("try-with-loket").text();
    }
    if let Some(private) = chat.private_of(&resident.account).into_iter().find(|one| one.channel == here) {
        return look.voice.say("try-private").own("name", private.name).text();
    }
    match chat.parent(&here) {
        Some(parent) => {
            let threads = chat.threads_in(&parent);
            threads
                .into_iter()
                .find(|one| one.channel == here)
                .map_or_else(|| bare(here.as_str()).to_owned(), |one| one.name)
        }
        None => channel_name(here.as_str()),
    }
}

/// What the place that is looked at is for, and the way up from a thread.
pub(super) fn about(look: &Look<'_>) -> Markup {
    let Some(resident) = look.here.resident() else { return html! {} };
    let here = look.here.channel();
    let channels = look.page.town.channels(resident);
    match (channels.iter().find(|channel| channel.id == here), look.page.platform.chat.parent(&here)) {
        (Some(channel), _) => html! { (role(look, channel)) },
        (None, Some(parent)) => {
            let name = channel_name(parent.as_str());
            html! { a href=(look.here.at(parent.as_str())) { (look.voice.say("try-up").own("channel", name).text()) } }
        }
        (None, None) => html! { (look.voice.say("try-direct-about").text()) },
    }
}
