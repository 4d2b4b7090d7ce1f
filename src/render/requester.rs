//! What the requester's side is told and asked.

use super::card::{confirm_buttons, ended, note, progress, state};
use super::message::{Action, Button, Message, Piece, Rich, Style};
use super::view::{View, lines, said};
use super::words::{clean, clip};
use super::{price, provider, service};
use crate::domain::FieldKey;
use crate::domain::catalogue::{Field, FieldKind};
use crate::domain::request::content::{AMOUNT, DETAILS, EITHER, PLACE, QUANTITY, VAT, WHEN};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Ending, Event, Rating, Request, Sent, Stage, Waits};

/// At most so many items are offered as buttons.
const CHOICES: usize = 5;

/// The one open question; the requester must act, so that they are notified.
pub fn question(view: &View<'_>, request: &Request, again: bool) -> Message {
    let Stage::Draft(draft) = &request.stage else {
        return Message { text: state(view, request), ..Message::default() };
    };
    if matches!(draft.waits, Waits::Confirmation(Some(_))) {
        // Answered before the question went out: nobody need act.
        return Message { text: state(view, request), ..Message::default() };
    }
    let (question, buttons) = match &draft.waits {
        Waits::Item(items) => item_question(view, request, items),
        Waits::Field(key) => (field_question(view, request, key), Vec::new()),
        Waits::Offer => (view.say("offer").done(), Vec::new()),
        Waits::Confirmation(_) => (view.say("ask-confirm").done(), confirm_buttons(view, request)),
    };
    let question = if again { view.say("ask-again").rich("question", question).done() } else { question };
    let notify = view.requester_accounts(request);
    Message { text: addressed(view, request, question), buttons, notify, ..Message::default() }
}

/// The text with the requester's name in front, where they have an account.
pub(super) fn addressed(view: &View<'_>, request: &Request, text: Rich) -> Rich {
    let who = match &request.origin.requester.account {
        Some(account) => Rich(vec![Piece::Person(account.clone())]),
        None => view.requester(request),
    };
    view.say("addressed").rich("who", who).rich("text", text).done()
}

fn item_question(view: &View<'_>, request: &Request, items: &[crate::domain::ItemId]) -> (Rich, Vec<Vec<Button>>) {
    let known = items.iter().filter_map(|id| view.register.catalogue.item(id));
    let row: Vec<Button> = known
        .take(CHOICES)
        .map(|item| Button {
            action: Action::Choose(request.id, item.id.clone()),
            label: clip(&clean(item.name.in_lang(view.lang)), 70),
            style: Style::Secondary,
        })
        .collect();
    if row.is_empty() {
        return (view.say("ask-item-unknown").done(), Vec::new());
    }
    (view.say("ask-item").done(), vec![row])
}

fn field_question(view: &View<'_>, request: &Request, key: &FieldKey) -> Rich {
    let content = request.content();
    let item = content.and_then(|content| view.item(content));
    let field: Option<&Field> = item.and_then(|item| item.fields.iter().find(|field| field.key == *key));
    let own = field.and_then(|field| field.ask.as_ref()).map(|ask| clean(ask.in_lang(view.lang)));
    if let Some(ask) = own.filter(|ask| !ask.is_empty()) {
        return said(clip(&ask, 300));
    }
    let kind = request.kind().map_or("request", crate::domain::Kind::code);
    match (key.as_str(), field.map(|field| &field.kind)) {
        (PLACE, _) if let Some(either) = content.and_then(|content| content.extra.get(EITHER)) => {
            view.say("ask-place-either").said("places", &clip(&clean(either.value.or_empty()), 100)).done()
        }
        (PLACE, _) | (_, Some(FieldKind::Place)) => view.say("ask-place").pick("kind", kind).done(),
        (WHEN, _) | (_, Some(FieldKind::When)) => view.say("ask-when").pick("kind", kind).done(),
        (QUANTITY, _) | (_, Some(FieldKind::Quantity)) => view.say("ask-quantity").done(),
        (AMOUNT, _) | (_, Some(FieldKind::Amount)) => view.say("ask-amount").done(),
        (VAT, _) => {
            let amount = content.and_then(|content| content.amount.as_ref());
            let amount = amount.map(|amount| view.euros(amount.value.cents)).unwrap_or_default();
            view.say("ask-vat").own("amount", amount).done()
        }
        (DETAILS, _) => view.say("ask-details").done(),
        (_, Some(FieldKind::Choice(choices))) => {
            let words = choices.values().take(12).map(|choice| said(clip(choice.in_lang(view.lang), 60))).collect();
            view.say("ask-choice").rich("choices", view.either(words)).done()
        }
        (other, _) => view.say("ask-other").said("field", &clip(other, 60)).done(),
    }
}

/// What an event means to the requester's side.
pub fn status(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let mut message = Message { text: state(view, request), ..Message::default() };
    let Some(recorded) = event else { return finish(view, request, message) };
    match &recorded.event {
        Event::TakenBack { person } => {
            message.text = view.say("status-taken-back").rich("who", view.person(person)).done();
        }
        Event::Quoted { amount, note: words, .. } => {
            let words = note(view, words.as_ref()).unwrap_or_default();
            message.text = price::covered(view, request, *amount, words);
        }
        Event::PricePut { order } => message.text = price::put(view, request, order),
        Event::Declined { revision, decision } => {
            message.text = price::declined(view, request, *revision, view.decider(decision));
        }
        // The provider has the order already.
        Event::Granted { grant, .. } if request.sent().is_some() => message.text = price::granted(view, request, grant),
        Event::Granted { grant, leaves_at } | Event::WentFirst { grant, leaves_at } => {
            let say = match (view.is_held(request, *leaves_at), grant.by.is_empty()) {
                (true, true) => view.say("state-held"),
                (true, false) => view.say("status-held"),
                (false, _) => view.say("status-granted"),
            };
            let say = say.rich("who", view.deciders(&grant.by)).rich("ceiling", view.ceiling(grant.ceiling));
            message.text = say.own("at", view.at(*leaves_at)).rich("provider", view.provider_name(request)).done();
            message = with_duty(view, request, message);
        }
        Event::Reasoned { person, why } => {
            let words = note(view, Some(why));
            let head = view.say("status-reasoned").rich("who", view.person(person)).done();
            message.text = lines(std::iter::once(head).chain(words));
        }
        Event::Delivered { sent, .. } => {
            message.text = delivered(view, request, sent);
            message = with_duty(view, request, message);
        }
        Event::Remarked { text, who, asks, .. } => {
            return finish(view, request, provider::remark(view, request, text, who.as_ref(), *asks));
        }
        Event::Answered { .. } => {
            message.text = view.say("status-answered").rich("provider", view.provider_name(request)).done();
        }
        Event::Urged { count, .. } => {
            let say = view.say("status-urged").rich("provider", view.provider_name(request));
            message.text = say.own("count", count.to_string()).done();
        }
        Event::HeldUp => {
            let kind = view.say("kind-low").pick("kind", request.kind().map_or("request", crate::domain::Kind::code));
            let say = view.say("status-held-up").rich("provider", view.provider_name(request));
            message.text = say.own("kind", kind.text()).done();
        }
        Event::Progressed { progress: said_now, note: words, number, theirs, who, .. } => {
            let head = progress(view, request, said_now, (theirs.as_ref(), who.as_ref()));
            let number = number.as_deref().map(|number| their_number(view, number));
            message.text = lines(std::iter::once(head).chain(number).chain(note(view, words.as_ref())));
        }
        Event::Resolved { note: words, .. } => return resolved(view, request, recorded, words.as_ref()),
        Event::CancelAsked { .. } => {
            message.text = view.say("status-cancel-asked").rich("provider", view.provider_name(request)).done();
        }
        Event::Reopened { .. } => {
            message.text = view.say("status-reopened").rich("provider", view.provider_name(request)).done();
        }
        Event::Closed { outcome, by, .. } => {
            if let Stage::Closed(closed) = &request.stage {
                // The event itself tells by whom and why, also where the caller has no journal.
                let alone = std::slice::from_ref(recorded);
                let view = if view.history.is_empty() { view.with_history(alone) } else { *view };
                let silent = *outcome == Ending::Fulfilled && by.is_none();
                let again = silent.then(|| view.say("status-again").done());
                // Whoever waited in vain must know what helps.
                let undecided = *outcome == Ending::Expired && closed.order.is_some();
                let now_what = undecided.then(|| view.say("status-undecided").rich("who", view.spocs()).done());
                message.text = lines(std::iter::once(ended(&view, request, closed, true)).chain(again).chain(now_what));
                if *outcome == Ending::Fulfilled && request.origin.requester.account.is_some() {
                    message.text = lines([message.text, view.say("ask-rating").done()]);
                    message.buttons = rating_buttons(&view, request);
                }
            }
        }
        _ => {}
    }
    finish(view, request, message)
}

/// One tap: how content the requester is.
fn rating_buttons(view: &View<'_>, request: &Request) -> Vec<Vec<Button>> {
    let button = |rating: Rating| {
        let label = view.say("button-rating").pick("rating", rating.code());
        view.button(label, Style::Secondary, Action::Rate(request.id, rating))
    };
    vec![Rating::ALL.into_iter().map(button).collect()]
}

/// With the duty number below, while the provider is closed and it cannot wait.
fn with_duty(view: &View<'_>, request: &Request, message: Message) -> Message {
    let Some((text, buttons)) = service::duty(view, request) else { return message };
    let rows = Some(buttons).filter(|buttons| !buttons.is_empty());
    let buttons = message.buttons.into_iter().chain(rows).collect();
    Message { text: lines([message.text, text]), buttons, ..message }
}

/// The requester is asked whether it is solved, and told what silence means.
fn resolved(
    view: &View<'_>,
    request: &Request,
    recorded: &Recorded,
    words: Option<&crate::domain::Private>,
) -> Message {
    let head = view.say("status-resolved").rich("provider", view.provider_name(request)).done();
    let closes = recorded.at + view.organisation.deadlines.auto_close;
    let question = view.say("ask-solved").own("at", view.at(closes)).done();
    let text = lines([head].into_iter().chain(note(view, words)).chain([question]));
    let message = Message {
        text: addressed(view, request, text),
        buttons: view.solved_buttons(request.id),
        notify: view.requester_accounts(request),
        ..Message::default()
    };
    finish(view, request, message)
}

fn delivered(view: &View<'_>, request: &Request, sent: &Sent) -> Rich {
    if sent.dry_run {
        return view.say("state-rehearsed").done();
    }
    let provider = view.provider(request);
    let head = view.say("status-delivered").rich("provider", view.provider_name(request)).done();
    let number = sent.number.as_deref().map(|number| their_number(view, number));
    let remark = provider.and_then(|provider| provider.remark.as_ref());
    let remark = remark.map(|remark| said(clip(remark.in_lang(view.lang), 300)));
    lines(std::iter::once(head).chain(number).chain(remark))
}

fn their_number(view: &View<'_>, number: &str) -> Rich {
    view.say("status-their-number").said("number", &clip(number, 60)).done()
}

/// The number in front, the rehearsal below, and *Gebeld* for a requester without chat.
fn finish(view: &View<'_>, request: &Request, message: Message) -> Message {
    let number = request.number();
    let text = match number {
        Some(number) => view.say("about").strong("number", number.to_string()).rich("text", message.text).done(),
        None => message.text,
    };
    let mut buttons = message.buttons;
    if request.origin.requester.account.is_none() {
        buttons.push(vec![view.button(view.say("button-called"), Style::Secondary, Action::CalledBack(request.id))]);
    }
    let text = lines([text].into_iter().chain(view.rehearsal(request)));
    Message { text, buttons, ..message }
}
