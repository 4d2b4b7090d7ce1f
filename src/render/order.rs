//! What a provider is told, as subject and text. The same order gives the same text at every attempt, so that nothing in it
//! depends on the moment of sending.

use super::description::description;
use super::message::Rich;
use super::view::{View, said};
use super::words::{Words, clean, clean_lines, clip};
use crate::domain::Price;
use crate::domain::effect::Telling;
use crate::domain::register::{Mode, Organisation, Register};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Order, Request};

/// A text for the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, with the reference in brackets.
    pub subject: String,
    /// The text; the reference stands in brackets on its last line.
    pub body: String,
}

/// The order; `None` while nothing is frozen.
pub fn order(words: &Words, register: &Register, organisation: &Organisation, request: &Request) -> Option<Rendered> {
    let order = request.order()?;
    let now = request.grant().map_or(request.origin.at, |grant| grant.at);
    let view = View::new(words, register, organisation, organisation.lang, now);
    let mut body = vec![opening(&view, order), String::new()];
    body.extend(facts(&view, request, order));
    body.push(String::new());
    body.push(view.say("order-description").text());
    match description(request, &order.content, view.item(&order.content), usize::MAX) {
        Some(words) => body.extend(quoted(&words)),
        None => body.push(view.say("order-no-description").text()),
    }
    Some(letter(&view, request, order, subject(&view, order), body))
}

/// What the provider is told about an order that it has; `event` asks for it.
pub fn telling(
    words: &Words,
    register: &Register,
    organisation: &Organisation,
    request: &Request,
    what: Telling,
    event: &Recorded,
) -> Option<Rendered> {
    let order = request.order()?;
    let view = View::new(words, register, organisation, organisation.lang, event.at);
    let (head, subject) = match what {
        Telling::Cancel { .. } => ("cancel", subject(&view, order)),
        Telling::Reopen { .. } => ("reopen", subject(&view, order)),
    };
    let subject = view.say("telling-subject").pick("what", head).own("subject", subject).text();
    let mut body = vec![view.say("telling").pick("what", head).own("number", order.identity.number.to_string()).text()];
    let note = match &event.event {
        Event::CancelAsked { why: note, .. } | Event::Reopened { note, .. } => note.as_ref(),
        _ => None,
    };
    // A reason may name what was held back from the order; a confidential request tells nothing beyond the bare fact.
    let note = note.filter(|_| !view.confidential(request)).and_then(|note| note.text());
    if let Some(note) = note.map(clean_lines).filter(|note| !note.is_empty()) {
        body.push(String::new());
        body.extend(quoted(&clip(&note, 2000)));
    }
    if let Some(number) = request.sent().and_then(|sent| sent.number.as_deref()) {
        body.push(String::new());
        body.push(view.say("telling-their-number").own("number", clip(&clean(number), 60)).text());
    }
    Some(letter(&view, request, order, subject, body))
}

fn opening(view: &View<'_>, order: &Order) -> String {
    view.say("order-opening")
        .pick("kind", order.content.kind.value.code())
        .own("number", order.identity.number.to_string())
        .own("organisation", clip(&clean(&view.organisation.name), 100))
        .text()
}

fn subject(view: &View<'_>, order: &Order) -> String {
    let service = view.service(&order.content).unwrap_or_default().plain();
    view.say("order-subject")
        .pick("kind", order.content.kind.value.code())
        .own("number", order.identity.number.to_string())
        .own("item", service)
        .text()
}

fn facts(view: &View<'_>, request: &Request, order: &Order) -> Vec<String> {
    let content = &order.content;
    let mut facts: Vec<(String, Rich)> = Vec::new();
    let service = view.service(content).unwrap_or_default();
    let kind = view.say("kind-low").pick("kind", content.kind.value.code()).text();
    facts.push((view.say("label-what").text(), view.say("order-what").rich("item", service).own("kind", kind).done()));
    facts.extend(super::card::follows(view, request));
    facts.extend(view.fields(content, true));
    if let Some(haste) = super::card::haste(view, content.urgency.value) {
        facts.push((view.say("label-urgency").text(), haste));
    }
    facts.push((view.say("label-cost").text(), agreement(view, request, order)));
    if let Some(clause) = view.item(content).and_then(|item| item.clause.as_deref()) {
        facts.push((view.say("label-clause").text(), said(clip(clause, 80))));
    }
    facts.push((view.say("label-requester").text(), view.requester(request)));
    facts
        .into_iter()
        .map(|(label, value)| view.say("order-line").own("label", label).own("value", value.plain()).text())
        .collect()
}

/// The ceiling with its VAT basis, and by whom and when: what the invoice may not exceed.
fn agreement(view: &View<'_>, request: &Request, order: &Order) -> Rich {
    let item = view.item(&order.content);
    let included = item.is_some_and(|item| item.price_of(order.content.kind.value) == Price::Included)
        && order.content.amount.is_none();
    let Some(grant) = request.grant() else { return view.say("order-not-agreed").done() };
    match (grant.ceiling, grant.by.is_empty()) {
        (Some(money), _) if included && money.cents == 0 => view.say("coverage-included").done(),
        (Some(money), false) => view
            .say("order-agreed")
            .own("amount", view.money(money))
            .rich("who", view.deciders(&grant.by))
            .own("on", view.on_day(grant.at))
            .done(),
        (Some(money), true) if grant.own.is_some() => view
            .say("order-own")
            .own("amount", view.money(money))
            .rich("who", grant.own.as_ref().map(|own| view.person(own)).unwrap_or_default())
            .own("on", view.on_day(grant.at))
            .done(),
        (Some(money), true) => view.say("order-ceiling").own("amount", view.money(money)).done(),
        (None, false) => {
            view.say("order-agreed-quote").rich("who", view.deciders(&grant.by)).own("on", view.on_day(grant.at)).done()
        }
        (None, true) => view.say("order-quote").done(),
    }
}

/// Each line of somebody's words is marked, so that none can pass for a line of the order.
fn quoted(words: &str) -> impl Iterator<Item = String> {
    words.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().into_iter()
}

fn letter(view: &View<'_>, request: &Request, order: &Order, subject: String, mut body: Vec<String>) -> Rendered {
    let reference = format!("[#{}]", order.reference(view.organisation));
    let dry = view.provider(request).is_some_and(|provider| provider.mode == Mode::DryRun);
    let mut subject = format!("{reference} {}", clean(&subject));
    if dry {
        let marker = view.say("rehearsal").rich("provider", view.name_of(&order.provider)).text();
        body.insert(0, marker);
        body.insert(1, String::new());
        subject = view.say("rehearsal-subject").own("subject", subject).text();
    }
    body.push(String::new());
    body.push(view.say("order-reference").text());
    body.push(reference);
    Rendered { subject, body: body.join("\n") }
}
