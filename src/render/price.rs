//! Prices that the provider names later: as approvers decide on them, and as the others read what came of it.

use super::approvers::about;
use super::card::note;
use super::message::{Action, Message, Rich, Style, Tone};
use super::spoc::{subject, to_spoc};
use super::view::{View, lines};
use crate::domain::Money;
use crate::domain::request::costs::{Asked, CameTo};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Grant, Order, Quote, Request};

/// *offerte € 480,00 (was maximaal € 150,00)*, as label and value, where the order is at such a price.
pub(super) fn fact(view: &View<'_>, order: &Order) -> Option<(String, Rich)> {
    let quote = order.quote.as_ref()?;
    Some((view.say("label-price").text(), was(view, quote)))
}

fn was(view: &View<'_>, quote: &Quote) -> Rich {
    let amount = view.money(quote.amount);
    match quote.before {
        Some(before) if before.cents > 0 => {
            view.say("price-was").strong("amount", amount).own("before", view.money(before)).done()
        }
        Some(_) => view.say("price-was-included").strong("amount", amount).done(),
        None => view.say("price-was-unknown").strong("amount", amount).done(),
    }
}

/// What stands above the facts of a card on which people decide about a price.
pub(super) fn wanted(view: &View<'_>, request: &Request, quote: &Quote) -> Rich {
    if quote.bill.is_some() {
        return super::invoice::wanted(view, request, quote.amount);
    }
    view.say("price-wanted").rich("provider", view.provider_name(request)).rich("price", was(view, quote)).done()
}

/// The card of a price that is decided or asked no more, beside the order that is in force.
pub(super) fn past(view: &View<'_>, request: &Request, revision: u32) -> (Tone, Rich) {
    let billed = request.costs.put.get(&revision).and_then(|quote| quote.bill);
    let agreed = request.costs.afterwards.iter().find(|one| Some(one.bill) == billed);
    if let Some(agreed) = agreed {
        return (Tone::Good, super::invoice::approved(view, &agreed.grant));
    }
    let declined = request.declined.as_ref().filter(|declined| declined.revision == revision);
    let Some(declined) = declined else { return (Tone::Faded, view.say("price-void").done()) };
    let say = view.say("price-declined").rich("who", view.decider(&declined.decision));
    let head = say.own("at", view.at(declined.decision.at)).rich("stands", stands(view, request)).done();
    let why = note(view, declined.why.as_ref().filter(|_| !view.confidential(request)));
    (Tone::Bad, lines(std::iter::once(head).chain(why)))
}

/// What was agreed before and still is: *tot € 150,00 excl. btw*.
fn stands(view: &View<'_>, request: &Request) -> Rich {
    view.ceiling(request.grant().and_then(|grant| grant.ceiling))
}

/// Where a request stands while people decide about its price.
pub(super) fn state(view: &View<'_>, request: &Request) -> Option<Rich> {
    let open = request.costs.open.as_ref().filter(|_| !request.costs.is_afterwards())?;
    let amount = open.order.quote.map(|quote| view.money(quote.amount)).unwrap_or_default();
    let provider = view.provider_name(request);
    Some(match open.open_step() {
        Some(step) => {
            let who = view.either(view.seats(step, &open.order.verdict));
            view.say("state-price").rich("provider", provider).own("amount", amount).rich("who", who).done()
        }
        None => view
            .say("state-price-nobody")
            .rich("provider", provider)
            .own("amount", amount)
            .rich("who", view.spocs())
            .done(),
    })
}

/// What people said about an order that went before they agreed, as label and value.
pub(super) fn first(view: &View<'_>, request: &Request) -> Option<(String, Rich)> {
    let first = request.costs.first?;
    let say = |key, at| view.say(key).own("at", view.at(at)).done();
    let value = match first.came_to {
        CameTo::Asked => match request.costs.open.as_ref().and_then(|open| Some((open, open.open_step()?))) {
            Some((open, step)) => {
                view.say("first-asked").rich("who", view.either(view.seats(step, &open.order.verdict))).done()
            }
            None => view.say("first-nobody").rich("who", view.spocs()).done(),
        },
        CameTo::Agreed(at) => {
            let who = request.grant().map(|grant| view.deciders(&grant.by)).unwrap_or_default();
            view.say("first-agreed").rich("who", who).own("at", view.at(at)).done()
        }
        CameTo::Refused(at) => say("first-refused", at),
        CameTo::Lapsed(at) => say("first-lapsed", at),
    };
    Some((view.say("label-first").text(), value))
}

/// The requester's side: a price that is covered already.
pub(super) fn covered(view: &View<'_>, request: &Request, amount: Money, words: Rich) -> Rich {
    let say = view.say("status-price-covered").rich("provider", view.provider_name(request));
    let head = say.own("amount", view.money(amount)).rich("stands", stands(view, request)).done();
    lines([head, words])
}

/// The requester's side: somebody must decide about a price first.
pub(super) fn put(view: &View<'_>, request: &Request, order: &Order) -> Rich {
    let amount = order.quote.map(|quote| view.money(quote.amount)).unwrap_or_default();
    view.say("status-price-put").rich("provider", view.provider_name(request)).own("amount", amount).done()
}

/// The requester's side: the price is agreed to.
pub(super) fn granted(view: &View<'_>, request: &Request, grant: &Grant) -> Rich {
    let ceiling = view.ceiling(grant.ceiling);
    let provider = view.provider_name(request);
    if grant.by.is_empty() {
        return view.say("status-price-free").rich("provider", provider).rich("ceiling", ceiling).done();
    }
    let say = view.say("status-price-granted").rich("who", view.deciders(&grant.by)).rich("ceiling", ceiling);
    say.rich("provider", provider).done()
}

/// The requester's side: the price is declined.
pub(super) fn declined(view: &View<'_>, request: &Request, revision: u32, who: Rich) -> Rich {
    let amount = put_at(view, request, revision);
    let say = view.say("status-price-declined").rich("who", who).own("amount", amount);
    say.rich("stands", stands(view, request)).rich("spoc", view.spocs()).done()
}

/// The price that was put to people on the card of that revision.
fn put_at(view: &View<'_>, request: &Request, revision: u32) -> String {
    request.costs.put.get(&revision).map(|quote| view.money(quote.amount)).unwrap_or_default()
}

/// To the SPOC: the price was declined, and what can be done now.
pub fn refused(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let Some(Event::Declined { revision, decision }) = event.map(|recorded| &recorded.event) else {
        return to_spoc(view, request, [super::card::state(view, request)]);
    };
    let why = super::invoice::because(view, request, *revision);
    if request.costs.put.get(revision).is_some_and(|quote| quote.bill.is_some()) {
        let say = view.say("spoc-afterwards-refused").rich("who", view.decider(decision));
        let say = say.own("amount", put_at(view, request, *revision)).rich("provider", view.provider_name(request));
        let next = view.say("spoc-afterwards-next").rich("provider", view.provider_name(request)).done();
        let parts = std::iter::once(say.done()).chain(why).chain([subject(view, request), next]);
        return to_spoc(view, request, parts);
    }
    if !request.costs.put.contains_key(revision) {
        let say = view.say("spoc-first-refused").rich("who", view.decider(decision));
        let head = say.rich("provider", view.provider_name(request)).done();
        let parts = std::iter::once(head).chain(why).chain([subject(view, request)]);
        return to_spoc(view, request, parts);
    }
    let say = view.say("spoc-price-refused").rich("who", view.decider(decision));
    let say = say.own("amount", put_at(view, request, *revision)).rich("provider", view.provider_name(request));
    let head = say.rich("stands", stands(view, request)).done();
    let parts = std::iter::once(head).chain(why).chain([subject(view, request), view.say("spoc-price-next").done()]);
    to_spoc(view, request, parts)
}

/// To the SPOC: nobody decided about the price, the bill or what went first.
pub fn lapsed(view: &View<'_>, request: &Request) -> Message {
    let provider = || view.provider_name(request);
    match request.costs.lapsed.values().next_back() {
        Some(Asked::First) => {
            let head = view.say("spoc-first-lapsed").rich("provider", provider()).done();
            return to_spoc(view, request, [head, subject(view, request)]);
        }
        Some(Asked::Bill) => {
            let head = view.say("spoc-afterwards-lapsed").rich("provider", provider()).done();
            let next = view.say("spoc-afterwards-next").rich("provider", provider()).done();
            return to_spoc(view, request, [head, subject(view, request), next]);
        }
        Some(Asked::Price) | None => {}
    }
    let amount = request.costs.quotes.last().map(|quote| view.money(quote.amount)).unwrap_or_default();
    let say = view.say("spoc-price-lapsed").rich("provider", view.provider_name(request)).own("amount", amount);
    let head = say.rich("stands", stands(view, request)).done();
    to_spoc(view, request, [head, subject(view, request), view.say("spoc-price-next").done()])
}

/// What a price that was just recorded came to, for whoever recorded it.
pub fn recorded(view: &View<'_>, request: &Request) -> Message {
    let text = |text| Message { text: about(view, request, text), ..Message::default() };
    let Some(quote) = request.costs.quotes.last() else { return super::answer::saved(view) };
    let amount = || view.money(quote.amount);
    let head = match request.waiting() {
        Some(waiting) if waiting.order.quote.is_some() => match waiting.open_step() {
            Some(step) => {
                let who = view.either(view.seats(step, &waiting.order.verdict));
                view.say("quoted-put").own("amount", amount()).rich("who", who).done()
            }
            None => view.say("quoted-nobody").own("amount", amount()).done(),
        },
        _ if quote.covered => {
            view.say("quoted-covered").own("amount", amount()).rich("stands", stands(view, request)).done()
        }
        _ => view.say("quoted-granted").own("amount", amount()).rich("stands", stands(view, request)).done(),
    };
    let unknown = quote.amount.basis == crate::domain::Basis::Unknown;
    text(lines([head].into_iter().chain(unknown.then(|| view.say("quoted-vat").done()))))
}

/// The amount was not understood.
pub fn unknown_amount(view: &View<'_>, given: &str) -> Message {
    super::who::unknown_amount(view, given)
}

/// *Overnemen*, for a price or a day in the provider's words.
pub(super) fn adopt(view: &View<'_>, request: &Request, seq: u64) -> super::message::Button {
    view.button(view.say("button-adopt"), Style::Primary, Action::Adopt(request.id, seq))
}

/// One line of the story.
pub(super) fn story(view: &View<'_>, request: &Request, recorded: &Recorded) -> Option<Rich> {
    let provider = || view.provider_name(request);
    Some(match &recorded.event {
        Event::Quoted { amount, note: words, by, .. } => {
            let say = view.say("story-quoted").rich("provider", provider()).own("amount", view.money(*amount));
            lines(std::iter::once(say.rich("who", view.account(by)).done()).chain(note(view, words.as_ref())))
        }
        Event::PricePut { order } => {
            let amount = order.quote.map(|quote| view.money(quote.amount)).unwrap_or_default();
            let revision = order.identity.revision.to_string();
            view.say("story-price-put").own("amount", amount).own("revision", revision).done()
        }
        Event::PriceLapsed => match request.costs.lapsed_at(recorded.seq) {
            Some(Asked::First) => view.say("story-first-lapsed").done(),
            Some(Asked::Bill) => view.say("story-afterwards-lapsed").done(),
            Some(Asked::Price) | None => view.say("story-price-lapsed").done(),
        },
        Event::WentFirst { .. } => view.say("story-went-first").done(),
        Event::AgreedFirst { grant } => view.say("story-agreed-first").rich("who", view.deciders(&grant.by)).done(),
        _ => return None,
    })
}
