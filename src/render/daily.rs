//! The SPOC's daily acts: the buttons on a request's story, what a reminder came to, and the list of the day.

use super::answer::listed;
use super::message::{Action, Button, Card, Message, Rich, Style, Tone};
use super::view::{View, lines, said};
use super::words::clip;
use crate::domain::request::{Request, Stage, Submission, Summary};
use crate::domain::talks::Promise;
use crate::domain::today::{Matter, Today};
use crate::domain::{ProviderCode, RequestId};
use std::collections::BTreeMap;

/// So many requests are named under one matter; the rest is counted.
const NAMED: usize = 12;

/// What a SPOC may do about a request where it is now; `waiting` says that something about it did not get through in the chat.
pub fn acts(view: &View<'_>, request: &Request, waiting: bool) -> Vec<Vec<Button>> {
    let id = request.id;
    let button = |key, action| view.button(key, Style::Secondary, action);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let real = request.sent().is_none_or(|sent| !sent.dry_run);
    let underway = matches!(request.stage, Stage::HandedOver(_) | Stage::InProgress(_));
    if underway && real {
        first.push(view.button(view.say("button-urge"), Style::Primary, Action::Urge(id)));
        first.push(button(view.say("button-stand"), Action::Stand(id)));
        first.push(view.button(view.say("button-done"), Style::Success, Action::Done(id)));
    }
    first.push(button(view.say("button-note"), Action::Note(id)));
    second.push(button(view.say("button-correct"), Action::Correct(id)));
    let undelivered = match &request.stage {
        Stage::Approved(approved) => {
            matches!(approved.submission, Submission::NotDelivered { .. } | Submission::Uncertain { .. })
        }
        _ => false,
    };
    if undelivered || waiting || !request.untold.is_empty() {
        second.push(button(view.say("button-resend"), Action::Resend(id)));
    }
    if !matches!(request.stage, Stage::Resolved(_) | Stage::Closed(_)) {
        second.push(view.button(view.say("button-cancel"), Style::Danger, Action::Cancel(id)));
    }
    vec![first, second]
}

/// The provider is being reminded.
pub fn urged(view: &View<'_>, request: &Request) -> Message {
    // A letter wants a mailbox to write from.
    let again = !request.care.urged.is_empty() && view.organisation.mail.is_some();
    let spoc = view.provider(request).and_then(|provider| provider.spoc.as_ref()).filter(|_| again);
    let told = view.say("urged").rich("provider", view.provider_name(request)).done();
    let also = spoc.map(|spoc| view.say("urged-spoc").said("who", &clip(&spoc.name, 60)).done());
    Message { text: lines(std::iter::once(told).chain(also)), ..Message::default() }
}

/// The words behind *Stand* say nothing that can be recorded.
pub fn no_standing(view: &View<'_>, given: &str) -> Message {
    Message { text: view.say("stand-unclear").said("given", &clip(given, 60)).done(), ..Message::default() }
}

/// The list of the day, provider by provider, the most pressing first.
pub fn today(
    view: &View<'_>,
    lists: &BTreeMap<ProviderCode, Today>,
    requests: &BTreeMap<RequestId, Request>,
    promises: &[Promise],
) -> Message {
    if lists.is_empty() {
        return Message { text: view.say("today-none").done(), ..Message::default() };
    }
    let mut facts: Vec<(String, Rich)> = Vec::new();
    let mut buttons: Vec<Vec<Button>> = Vec::new();
    for (code, list) in lists {
        let provider = view.name_of(code).plain();
        for (matter, ids) in &list.requests {
            let label =
                view.say("today-matter").own("provider", provider.clone()).own("matter", matter_of(view, *matter));
            let named = ids.iter().take(NAMED).filter_map(|id| requests.get(id)).map(|request| line(view, request));
            facts.push((label.text(), lines(named.chain(more(view, ids.len())))));
        }
        let due: Vec<&Promise> = promises.iter().filter(|promise| list.promises.contains(&promise.seq)).collect();
        if !due.is_empty() {
            let label =
                view.say("today-matter").own("provider", provider).own("matter", view.say("today-promises").text());
            let named = due.iter().take(NAMED).map(|promise| super::talks::promise(view, promise));
            facts.push((label.text(), lines(named.chain(more(view, due.len())))));
            buttons.extend(
                due.iter()
                    .take(4_usize.saturating_sub(buttons.len()))
                    .map(|promise| super::talks::promise_buttons(view, &view.organisation.id, promise)),
            );
        }
    }
    let spocs = their_spocs(view, lists);
    Message {
        card: Some(Card {
            title: view.say("today-title").own("day", view.day(view.today())).done(),
            tone: Tone::Attention,
            body: spocs,
            facts,
            footer: view.say("today-footer").done(),
        }),
        buttons,
        ..Message::default()
    }
}

/// With whom to talk about it, where that is known.
fn their_spocs(view: &View<'_>, lists: &BTreeMap<ProviderCode, Today>) -> Rich {
    let known = lists.keys().filter_map(|code| {
        let spoc = view.register.providers.get(code)?.spoc.as_ref()?;
        let who = view.say("today-spoc").rich("provider", view.name_of(code)).said("who", &clip(&spoc.name, 60));
        Some(who.said("email", &clip(&spoc.email, 100)).done())
    });
    lines(known)
}

fn matter_of(view: &View<'_>, matter: Matter) -> String {
    view.say("today-kind").pick("matter", matter.code()).text()
}

/// A request as a list shows it, with the provider's own number, by which its SPOC knows it.
fn line(view: &View<'_>, request: &Request) -> Rich {
    let row = listed(view, &Summary::of(request, view.organisation));
    match request.sent().and_then(|sent| sent.number.as_deref()) {
        Some(number) => view.say("today-line").rich("row", row).said("number", &clip(number, 40)).done(),
        None => row,
    }
}

fn more(view: &View<'_>, count: usize) -> Option<Rich> {
    let left = count.saturating_sub(NAMED);
    (left > 0).then(|| view.say("digest-more").many("count", left).done())
}

/// Somebody's words in quotation marks, cut short.
pub(super) fn quoted(view: &View<'_>, words: &crate::domain::Private, most: usize) -> Rich {
    words.text().map(|text| said(clip(text, most))).unwrap_or_else(|| view.say("erased").done())
}
