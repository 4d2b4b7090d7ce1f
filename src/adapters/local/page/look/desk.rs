//! The provider's side: what arrived, as it would arrive, and a form to answer it.

use super::talk::files;
use super::{Look, fields};
use crate::adapters::local::{Order, Said, Written};
use crate::domain::{Instant, ProviderCode};
use maud::{Markup, html};

/// The orders of a provider, newest first, as places to go to.
pub(super) fn orders(look: &Look<'_>, code: &ProviderCode) -> Markup {
    let orders = look.page.platform.office.orders(code);
    let firsts: Vec<&Order> = orders.iter().filter(|order| !order.later).collect();
    html! {
        h2 { (look.voice.say("try-orders").text()) }
        @if firsts.is_empty() { p.none { (look.voice.say("try-no-orders").text()) } }
        ul {
            @for order in firsts.iter().rev() {
                @let here = look.here.place == order.order;
                li {
                    a href=(look.here.at(&order.order)) aria-current=[here.then_some("page")] {
                        span { (order.number) " · " bdi { (title(&order.subject)) } }
                    }
                }
            }
        }
    }
}

/// The subject of the order that is looked at.
pub(super) fn heading(look: &Look<'_>, code: &ProviderCode) -> String {
    let orders = look.page.platform.office.orders(code);
    match orders.into_iter().find(|order| order.reference == look.here.place) {
        Some(order) => {
            look.voice.say("try-order").own("number", order.number).own("subject", title(&order.subject)).text()
        }
        None => look.voice.say("try-orders").text(),
    }
}

/// A subject without the reference at its beginning, which the mail itself shows.
fn title(subject: &str) -> &str {
    let rest = subject.strip_prefix("[#").and_then(|rest| rest.split_once("] ")).map(|(_, rest)| rest);
    rest.unwrap_or(subject)
}

/// What this desk is.
pub(super) fn about(look: &Look<'_>, name: &str) -> Markup {
    html! { (look.voice.say("try-provider-about").own("name", name).text()) }
}

/// Something in the story of an order.
enum Event {
    Arrived(Order),
    Answered(Said),
}

impl Event {
    fn at(&self) -> Instant {
        match self {
            Self::Arrived(order) => order.at,
            Self::Answered(said) => said.at,
        }
    }
}

/// What arrived about an order, what was answered, and the form to answer it.
pub(super) fn desk(look: &Look<'_>, code: &ProviderCode) -> Markup {
    let office = &look.page.platform.office;
    let place = &look.here.place;
    let arrived = office.orders(code).into_iter().filter(|order| order.order == *place).map(Event::Arrived);
    let answered = office.said(code).into_iter().filter(|said| said.order == *place).map(Event::Answered);
    let mut story: Vec<Event> = arrived.chain(answered).collect();
    story.sort_by_key(Event::at);
    html! {
        div #talk role="log" aria-live="polite" tabindex="0" aria-label=(look.voice.say("try-talk").text()) {
            @if story.is_empty() { p.none #nobody { (look.voice.say("try-no-orders-yet").text()) } }
            @for (at, event) in story.iter().enumerate() {
                @match event {
                    Event::Arrived(order) => { (mail(look, at, order)) }
                    Event::Answered(said) => { (own(look, at, said)) }
                }
            }
        }
        @if !story.is_empty() { (form(look)) }
        (letters(look))
    }
}

/// A mail as it arrives.
fn mail(look: &Look<'_>, at: usize, order: &Order) -> Markup {
    let id = format!("e{at}");
    html! {
        article.msg.mail id=(id) aria-labelledby={ (id) "-by" } {
            p.by id={ (id) "-by" } { b { bdi { (order.subject) } } " " (look.time(order.at)) }
            pre { (order.body) }
            (files(look, &order.files, &[("mail", order.reference.as_str())]))
        }
    }
}

/// What the provider answered.
fn own(look: &Look<'_>, at: usize, said: &Said) -> Markup {
    let id = format!("e{at}");
    html! {
        article.msg.mine id=(id) aria-labelledby={ (id) "-by" } {
            p.by id={ (id) "-by" } { b { (look.here.seat.name()) } " " (look.time(said.at)) }
            p.words {
                @if let Some(status) = &said.status { strong { (status) } " " }
                @if let Some(planned) = said.planned { (look.view.moment(planned)) " " }
                @if let Some(text) = &said.text { (crate::render::page::html::rich(&crate::render::message::Rich::said(text.as_str()))) }
            }
        }
    }
}

/// Everything that a provider may answer. Which button is pressed says what is meant.
fn form(look: &Look<'_>) -> Markup {
    let press = |what: &'static str, label: String| html! { button type="submit" name="do" value=(what) { (label) } };
    let label = |what: &'static str| look.voice.say("try-answer-button").pick("what", what).text();
    html! {
        div.compose #compose {
            form.answering #say method="post" action="answer" enctype="multipart/form-data" data-resets aria-label=(look.voice.say("try-answer-form").text()) {
                (fields(look))
                label for="text" { (look.voice.say("try-own-words").text()) }
                textarea #text name="text" rows="2" maxlength="2000" autocomplete="off" {}
                span.photo {
                    label for="photo" { (look.voice.say("try-photo").text()) }
                    input #photo type="file" name="photo" multiple accept="image/*,application/pdf";
                }
                div.row {
                    (press("say", label("say")))
                    (press("received", label("received")))
                    (press("working", label("working")))
                    (press("done", label("done")))
                    (press("refused", label("refused")))
                }
                div.row {
                    span.field {
                        label for="when" { (look.voice.say("try-when").text()) }
                        input #when type="text" name="when" maxlength="100" autocomplete="off" placeholder=(look.voice.say("try-when-example").text());
                    }
                    (press("planned", label("planned")))
                    span.field {
                        label for="amount" { (look.voice.say("try-amount").text()) }
                        input #amount type="text" name="amount" maxlength="20" inputmode="decimal" autocomplete="off";
                    }
                    (press("quote", label("quote")))
                }
            }
        }
    }
}

/// Letters to people without chat, which nobody else on the page reads.
fn letters(look: &Look<'_>) -> Markup {
    let letters: Vec<Written> = look.page.platform.office.letters();
    html! {
        @if !letters.is_empty() {
            details.letters #letters {
                summary { (look.voice.say("try-letters").count("count", i64::try_from(letters.len()).unwrap_or(i64::MAX)).text()) }
                @for letter in letters.iter().rev() {
                    div.msg.mail {
                        p.by { b { bdi { (letter.subject) } } " " bdi { (letter.to) } " " (look.time(letter.at)) }
                        pre { (letter.body) }
                    }
                }
            }
        }
    }
}
