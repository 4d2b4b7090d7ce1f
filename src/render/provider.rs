//! What a provider says, as people read it, and the form that a person carries to one.

use super::card::note;
use super::description::description;
use super::message::{Action, Card, Message, Piece, Rich, Style, Tone};
use super::order::fields;
use super::price;
use super::requester::addressed;
use super::spoc::{arrived, resend, subject, to_spoc};
use super::trouble::trouble;
use super::view::{View, lines};
use super::words::{clean, clean_lines, clip};
use crate::domain::register::{Connector, TheirApproval};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Request, Stage, Submission};
use crate::domain::{Private, Trouble};

/// Longer words of a provider's are cut in the conversation; the whole stands in the journal.
const LONGEST: usize = 1_500;

/// The provider's words, and by whom where that is known.
pub(super) fn said(view: &View<'_>, request: &Request, text: &Private, who: Option<&Private>, most: usize) -> Rich {
    let provider = view.provider_name(request);
    let head = match who.and_then(Private::text).map(clean).filter(|who| !who.is_empty()) {
        Some(who) => view.say("remark-who").rich("provider", provider).said("who", &clip(&who, 60)).done(),
        None => view.say("remark").rich("provider", provider).done(),
    };
    let words = text.text().map(clean_lines).filter(|words| !words.is_empty());
    let words = words.map(|words| Rich(vec![Piece::Said(clip(&words, most))]));
    lines(std::iter::once(head).chain(words))
}

/// The same for the requester's side, who must act when it is a question.
pub(super) fn remark(view: &View<'_>, request: &Request, text: &Private, who: Option<&Private>, asks: bool) -> Message {
    let words = said(view, request, text, who, LONGEST);
    if !asks {
        return Message { text: words, ..Message::default() };
    }
    let how = view.say("remark-asks").rich("provider", view.provider_name(request)).done();
    Message {
        text: addressed(view, request, lines([words, how])),
        notify: view.requester_accounts(request),
        ..Message::default()
    }
}

/// The form for the SPOC: every field as the provider wants it, ready to copy.
pub fn form(view: &View<'_>, request: &Request, attempt: u32) -> Message {
    let provider = view.provider_name(request);
    let Some(order) = request.order() else {
        return Message { text: super::card::state(view, request), ..Message::default() };
    };
    let open = matches!(
        &request.stage,
        Stage::Approved(approved) if matches!(approved.submission, Submission::ByHand { attempt: at, .. } if at == attempt)
    );
    if !open {
        let done =
            view.say("form-carried-done").rich("provider", provider).rich("state", super::card::state(view, request));
        return Message { text: super::approvers::about(view, request, done.done()), ..Message::default() };
    }
    let link = view.provider(request).and_then(|provider| match &provider.connector {
        Connector::Manual { link, .. } => link.as_deref(),
        _ => None,
    });
    let head = match link {
        Some(link) => view.say("form-by-hand-link").rich("provider", provider).said("link", link).done(),
        None => view.say("form-by-hand").rich("provider", provider).done(),
    };
    let mut facts = fields(view, request, order);
    let words = description(request, &order.content, view.item(&order.content), usize::MAX);
    if let Some(words) = words {
        let label = view.say("label-description").text();
        facts.push((label, Rich(vec![Piece::Said(clip(&words, 900))])));
    }
    facts.push((view.say("label-reference").text(), Rich::own(order.reference(view.organisation))));
    let card = Card {
        title: view.heading(request),
        tone: Tone::Attention,
        body: view.say("form-then").done(),
        facts,
        footer: Rich::default(),
    };
    let sent = view.button(view.say("button-carried"), Style::Success, Action::Carried(request.id));
    Message { card: Some(card), buttons: vec![vec![sent]], ..to_spoc(view, request, [head]) }
}

/// Nothing was recorded about the form.
pub fn form_reminder(view: &View<'_>, request: &Request) -> Message {
    let since = match &request.stage {
        Stage::Approved(approved) => match approved.submission {
            Submission::ByHand { since, .. } => since,
            _ => request.changed_at,
        },
        _ => request.changed_at,
    };
    let head = view.say("form-reminder").rich("provider", view.provider_name(request)).own("since", view.since(since));
    let sent = view.button(view.say("button-carried"), Style::Success, Action::Carried(request.id));
    let buttons = vec![vec![sent, resend(view, request)]];
    Message { buttons, ..to_spoc(view, request, [head.done(), subject(view, request)]) }
}

/// What the provider's words seem to change: shown, never applied by itself.
pub fn proposal(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let Some(Event::Remarked { text, proposes, .. }) = event.map(|recorded| &recorded.event) else {
        return to_spoc(view, request, [super::card::state(view, request)]);
    };
    let provider = || view.provider_name(request);
    let rate = request.order().map_or(0, |order| order.circumstances.vat_rate);
    let amount = proposes.amount.map(|amount| {
        let ceiling = request.grant().and_then(|grant| grant.ceiling);
        let say = match ceiling {
            Some(ceiling) if amount.exceeds(ceiling, view.organisation.basis, rate) => {
                view.say("proposal-above").own("ceiling", view.money(ceiling))
            }
            Some(ceiling) => view.say("proposal-within").own("ceiling", view.money(ceiling)),
            None => view.say("proposal-amount"),
        };
        say.rich("provider", provider()).own("amount", view.money(amount)).done()
    });
    let moment = proposes.planned;
    let planned = moment.map(|moment| {
        view.say("proposal-planned").rich("provider", provider()).strong("when", view.moment(moment)).done()
    });
    let seq = event.map(|recorded| recorded.seq).unwrap_or_default();
    let adopt = (!proposes.is_empty()).then(|| vec![price::adopt(view, request, seq)]);
    // What is confidential stays in the conversation.
    let words = note(view, Some(text).filter(|_| !view.confidential(request)));
    let parts = amount.into_iter().chain(planned).chain(words).chain([subject(view, request)]);
    Message { buttons: adopt.into_iter().collect(), ..to_spoc(view, request, parts) }
}

/// A status that nobody has explained yet.
pub fn unknown_status(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let theirs = match event.map(|recorded| &recorded.event) {
        Some(Event::Progressed { theirs, .. }) => theirs.as_ref().and_then(Private::text).map(clean),
        _ => None,
    };
    let theirs = clip(&theirs.unwrap_or_else(|| "…".to_owned()), 60);
    let file = request.order().map(|order| format!("providers/{}.toml", order.provider)).unwrap_or_default();
    let say = view.say("spoc-unknown-status").rich("provider", view.provider_name(request));
    to_spoc(view, request, [say.said("theirs", &theirs).said("file", &file).done()])
}

/// More than one order with our reference.
pub fn found_twice(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let numbers = match event.map(|recorded| &recorded.event) {
        Some(Event::FoundTwice { numbers }) => numbers.join(", "),
        _ => request.doubles.join(", "),
    };
    let reference = request.order().map(|order| order.reference(view.organisation)).unwrap_or_default();
    let say = view.say("spoc-found-twice").rich("provider", view.provider_name(request));
    let head = say.said("numbers", &clip(&numbers, 100)).said("reference", &reference).done();
    let unsettled = matches!(request.stage, Stage::Approved(_));
    let buttons = if unsettled { vec![vec![arrived(view, request)]] } else { vec![] };
    Message { buttons, ..to_spoc(view, request, [head, subject(view, request)]) }
}

/// To whoever agreed: the provider wants it confirmed by its own procedure.
pub fn confirmation(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let text = match event.map(|recorded| &recorded.event) {
        Some(Event::ConfirmationWanted { text, .. }) => text.as_ref(),
        _ => None,
    };
    let ceiling = view.ceiling(request.grant().and_then(|grant| grant.ceiling));
    let say = view.say("their-approval").rich("ceiling", ceiling).rich("provider", view.provider_name(request));
    let link = view.provider(request).and_then(|provider| match &provider.their_approval {
        TheirApproval::Portal { link } => link.as_deref(),
        TheirApproval::None | TheirApproval::Mail => None,
    });
    let link = link.map(|link| view.say("their-approval-portal").said("link", link).done());
    let words = note(view, text.filter(|_| !view.confidential(request)));
    let parts = [say.done()].into_iter().chain(link).chain(words).chain([view.say("their-approval-done").done()]);
    to_deciders(view, request, parts, true)
}

/// The provider wants a yes to what nobody agreed to: to whoever agreed to something, else to the SPOC.
pub fn other_quote(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let (amount, text) = match event.map(|recorded| &recorded.event) {
        Some(Event::ConfirmationWanted { amount, text, .. }) => (*amount, text.as_ref()),
        _ => (None, None),
    };
    let provider = view.provider_name(request);
    let ceiling = request.grant().filter(|grant| !grant.by.is_empty()).and_then(|grant| grant.ceiling);
    let head = match (amount, ceiling) {
        (Some(amount), Some(ceiling)) => view
            .say("their-approval-other")
            .rich("provider", provider)
            .own("amount", view.money(amount))
            .rich("ceiling", view.ceiling(Some(ceiling))),
        (Some(amount), None) => {
            view.say("their-approval-amount").rich("provider", provider).own("amount", view.money(amount))
        }
        (None, _) => view.say("their-approval-unknown").rich("provider", provider),
    };
    let words = note(view, text.filter(|_| !view.confidential(request)));
    let parts = [head.done()].into_iter().chain(words).chain([subject(view, request)]);
    let agreed = request.grant().is_some_and(|grant| !grant.by.is_empty());
    let message = if agreed { to_deciders(view, request, parts, false) } else { to_spoc(view, request, parts) };
    let seq = event.filter(|_| amount.is_some()).map(|recorded| recorded.seq);
    Message { buttons: seq.map(|seq| vec![price::adopt(view, request, seq)]).into_iter().collect(), ..message }
}

/// It still waits.
pub fn confirmation_reminder(view: &View<'_>, request: &Request) -> Message {
    let since = request.unconfirmed.map_or(request.changed_at, |unconfirmed| unconfirmed.since);
    let ceiling = view.ceiling(request.grant().and_then(|grant| grant.ceiling));
    let say = view.say("their-approval-reminder").rich("provider", view.provider_name(request));
    let text = say.own("since", view.since(since)).rich("ceiling", ceiling).done();
    to_deciders(view, request, [text], true)
}

/// Calls whoever agreed, with *Bevestigd* where that is what they should do.
fn to_deciders(view: &View<'_>, request: &Request, parts: impl IntoIterator<Item = Rich>, button: bool) -> Message {
    let people: Vec<_> =
        request.grant().into_iter().flat_map(|grant| &grant.by).map(|decision| decision.person.clone()).collect();
    let text = lines(parts.into_iter().chain(view.rehearsal(request)));
    let text = super::approvers::about(view, request, text);
    let who = view.calls(&people);
    let text = if who.is_empty() { text } else { view.say("addressed").rich("who", who).rich("text", text).done() };
    let done = view.button(view.say("button-confirmed"), Style::Success, Action::Confirmed(request.id));
    Message {
        text,
        buttons: if button { vec![vec![done]] } else { vec![] },
        notify: view.accounts_of(&people),
        ..Message::default()
    }
}

/// To an administrator: answers are not heard, and why.
pub fn unheard(view: &View<'_>, who: &str, why: &Trouble) -> Message {
    let head = view.say("unheard").said("who", &clip(&clean(who), 80)).done();
    Message { text: lines([head, trouble(view.voice(), why)]), ..Message::default() }
}
