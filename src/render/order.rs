//! What a provider is told, as subject and text. The same order gives the same text at every attempt, so that nothing in it
//! depends on the moment of sending.

use super::description::{description, shareable, without};
use super::message::{Card, Message, Piece, Rich, Tone};
use super::view::{View, said};
use super::words::{Words, clean, clean_lines, clip};
use crate::domain::Price;
use crate::domain::effect::Telling;
use crate::domain::file::Side;
use crate::domain::register::{Organisation, Register};
use crate::domain::request::content::PLACE;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Grant, Order, Request};

/// A text for the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, with the reference in brackets.
    pub subject: String,
    /// The text; the reference stands in brackets on its last line, of what is told later with a part of its own behind it.
    pub body: String,
}

/// The order; `None` while nothing is frozen.
pub fn order(words: &Words, register: &Register, organisation: &Organisation, request: &Request) -> Option<Rendered> {
    let order = request.order()?;
    let now = request.grant().map_or(request.origin.at, |grant| grant.at);
    let view = View::new(words, register, organisation, organisation.lang, now);
    let words = match description(request, &order.content, view.item(&order.content), usize::MAX) {
        Some(words) => quoted(&words).collect(),
        None => vec![view.say("order-no-description").text()],
    };
    let own = register.providers.get(&order.provider).and_then(|provider| provider.layout.as_ref());
    let body = match own {
        Some(layout) => {
            layout.fill(|place| in_layout(&view, request, order, &words, place)).lines().map(str::to_owned).collect()
        }
        None => {
            let mut body = vec![opening(&view, order), String::new()];
            body.extend(facts(&view, request, order));
            body.extend([String::new(), view.say("order-description").text()]);
            body.extend(words);
            body
        }
    };
    let reference = order.reference(organisation);
    Some(letter(&view, request, order, subject(&view, order), body, &reference))
}

/// The same for people, before it leaves: word for word what would go out, and to whom.
pub fn preview(view: &View<'_>, request: &Request) -> Message {
    let told = order(view.words, view.register, view.organisation, request);
    let (Some(told), Some(frozen)) = (told, request.order()) else {
        return Message { text: super::card::state(view, request), ..Message::default() };
    };
    let text = view.say("preview").rich("provider", view.name_of(&frozen.provider)).done();
    let card = Card {
        title: said(clip(&told.subject, 200)),
        tone: Tone::Neutral,
        body: Rich(vec![Piece::Said(clip(&told.body, 3_500))]),
        facts: Vec::new(),
        footer: Rich::default(),
    };
    Message { text, card: Some(card), ..Message::default() }
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
        Telling::Answer { .. } => ("answer", subject(&view, order)),
        Telling::Files { .. } => ("files", subject(&view, order)),
        Telling::Urge { .. } => ("urge", subject(&view, order)),
        Telling::Agree { .. } => ("agree", subject(&view, order)),
        Telling::Refuse { .. } => ("refuse", subject(&view, order)),
    };
    let mut subject = view.say("telling-subject").pick("what", head).own("subject", subject).text();
    let theirs = request.sent().and_then(|sent| sent.number.as_deref()).map(|number| clip(&clean(number), 60));
    if let Some(number) = &theirs {
        subject = format!("{subject} {}", tag(number));
    }
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
    if let Event::Urged { count, .. } = &event.event {
        body.extend(reminder(&view, request, order, *count));
    }
    if let Some(price) = about_price(&view, request, order, &event.event) {
        body.push(String::new());
        body.push(price);
    }
    if let Telling::Files { seq } = what {
        body.extend(sent_after(&view, request, order, seq));
    }
    if let Event::Answered { said, held_back } = &event.event {
        // It goes to who asked for it, also of a confidential request; what intake held back stays inside.
        let text = said.text.or_empty();
        let told = clean_lines(&without(text, 0..text.len(), held_back));
        body.push(String::new());
        body.extend(quoted(&clip(&told, 4000)));
    }
    if let Some(number) = theirs {
        body.push(String::new());
        body.push(view.say("telling-their-number").own("number", number).text());
    }
    // Its own, since a connector that can look things up looks for it in the words.
    let reference = order.reference_of(organisation, what);
    Some(letter(&view, request, order, subject, body, &reference))
}

/// The files that follow an order, with the words that came with them.
fn sent_after(view: &View<'_>, request: &Request, order: &Order, seq: u64) -> Vec<String> {
    let files = request.batch(seq);
    let caption = files.first().and_then(|here| match here.filed.side {
        Side::Ours { said } => Some((request.said.get(usize::from(said))?, here.filed.caption.as_ref()?)),
        Side::Theirs => None,
    });
    let words = caption.filter(|_| !view.confidential(request)).map(|(said, held_back)| {
        let text = said.text.or_empty();
        clip(&clean_lines(&without(text, 0..text.len(), held_back)), 2000)
    });
    let words = words.filter(|words| !words.is_empty()).map(|words| quoted(&words).collect::<Vec<_>>());
    let list = super::attachments::batch(view, files, order);
    let parts = words.into_iter().chain(list.map(|list| vec![list]));
    parts.flat_map(|part| std::iter::once(String::new()).chain(part)).collect()
}

/// What a reminder rests on: since when they have it, which time it is, and what was agreed.
fn reminder(view: &View<'_>, request: &Request, order: &Order, count: u32) -> Vec<String> {
    let since = request.sent().map(|sent| view.say("urge-since").own("on", view.on_day(sent.at)).text());
    let again = (count > 1).then(|| view.say("urge-again").count("count", i64::from(count)).text());
    let clause = view.item(&order.content).and_then(|item| item.clause.as_deref());
    let clause = clause.map(|clause| view.say("urge-clause").own("clause", clip(&clean(clause), 80)).text());
    let lines: Vec<String> = since.into_iter().chain(again).chain(clause).collect();
    if lines.is_empty() { lines } else { std::iter::once(String::new()).chain(lines).collect() }
}

/// What was decided about the provider's price, in a sentence.
fn about_price(view: &View<'_>, request: &Request, order: &Order, event: &Event) -> Option<String> {
    match event {
        Event::Granted { grant, .. } => {
            let agreement = agreement(view, Some(grant), order);
            Some(view.say("telling-agree").rich("agreement", agreement).text())
        }
        Event::Declined { revision, .. } => {
            let amount = view.money(request.costs.put.get(revision)?.amount);
            let stands = view.ceiling(request.grant().and_then(|grant| grant.ceiling));
            Some(view.say("telling-refuse").own("amount", amount).rich("stands", stands).text())
        }
        _ => None,
    }
}

/// Their number as ticket systems look for it in a subject; without it a mail opens a ticket of its own.
fn tag(number: &str) -> String {
    let figures = number.chars().all(|c| c.is_ascii_digit());
    if figures { format!("[#{number}]") } else { format!("[{number}]") }
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
    let own = view.register.providers.get(&order.provider).and_then(|provider| provider.subject.as_ref());
    if let Some(template) = own {
        return clip(&clean(&template.fill(|place| placed(view, order, place))), 200);
    }
    view.say("order-subject")
        .pick("kind", order.content.kind.value.code())
        .own("number", order.identity.number.to_string())
        .own("item", service)
        .text()
}

/// What stands at a place of a provider's own subject.
fn placed(view: &View<'_>, order: &Order, place: &str) -> String {
    let content = &order.content;
    match place {
        "number" => order.identity.number.to_string(),
        "kind" => view.say("kind").pick("kind", content.kind.value.code()).text(),
        "item" => view.service(content).unwrap_or_default().plain(),
        "place" => {
            let found = content.place.as_ref();
            let shared = found.and_then(|found| shareable(PLACE, found, content, view.item(content)));
            shared.map(clean).unwrap_or_default()
        }
        "organisation" => clean(&view.organisation.name),
        _ => String::new(),
    }
}

/// What stands at a place of a provider's own text. People's words keep their marks, so that no line of theirs passes for one of the order.
fn in_layout(view: &View<'_>, request: &Request, order: &Order, words: &[String], place: &str) -> String {
    match place {
        "opening" => opening(view, order),
        "facts" => facts(view, request, order).join("\n"),
        "words" => words.join("\n"),
        "agreement" => agreement(view, request.grant(), order).plain(),
        "requester" => clean(&view.requester(request).plain()),
        other => placed(view, order, other),
    }
}

fn facts(view: &View<'_>, request: &Request, order: &Order) -> Vec<String> {
    let line =
        |(label, value): (String, Rich)| view.say("order-line").own("label", label).own("value", value.plain()).text();
    fields(view, request, order).into_iter().map(line).collect()
}

/// What the provider is told, field by field.
pub(super) fn fields(view: &View<'_>, request: &Request, order: &Order) -> Vec<(String, Rich)> {
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
    facts.push((view.say("label-cost").text(), agreement(view, request.grant(), order)));
    facts.extend(super::service::told_provider(view, request));
    if let Some(clause) = view.item(content).and_then(|item| item.clause.as_deref()) {
        facts.push((view.say("label-clause").text(), said(clip(clause, 80))));
    }
    facts.push((view.say("label-requester").text(), view.requester(request)));
    facts.extend(super::attachments::told(view, request, order));
    facts
}

/// The ceiling with its VAT basis, and by whom and when: what the invoice may not exceed.
fn agreement(view: &View<'_>, grant: Option<&Grant>, order: &Order) -> Rich {
    let item = view.item(&order.content);
    let included = item.is_some_and(|item| item.price_of(order.content.kind.value) == Price::Included)
        && order.content.amount.is_none();
    // Who agreed meanwhile is named like at any order.
    if order.verdict.afterwards && grant.is_none_or(|grant| grant.by.is_empty()) {
        return view.say("order-first").done();
    }
    let Some(grant) = grant else { return view.say("order-not-agreed").done() };
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

/// The subject begins with the reference of the order, and the text ends with that of what is said in it.
fn letter(
    view: &View<'_>,
    request: &Request,
    order: &Order,
    subject: String,
    mut body: Vec<String>,
    reference: &str,
) -> Rendered {
    let dry = order.circumstances.rehearsal || request.sent().is_some_and(|sent| sent.dry_run);
    let mut subject = format!("[#{}] {}", order.reference(view.organisation), clean(&subject));
    if dry {
        let marker = view.say("rehearsal").rich("provider", view.name_of(&order.provider)).text();
        body.insert(0, marker);
        body.insert(1, String::new());
        subject = view.say("rehearsal-subject").own("subject", subject).text();
    }
    body.push(String::new());
    body.push(view.say("order-reference").text());
    body.push(format!("[#{reference}]"));
    Rendered { subject, body: body.join("\n") }
}
