//! Photos and files: what goes along under which name, what does not and why, and what the provider sent.

use super::figures::amount;
use super::message::{Action, Message, Rich, Style};
use super::view::{View, lines, said};
use super::words::{clean, clip};
use crate::domain::Number;
use crate::domain::file::{Filed, Loss, Side, State};
use crate::domain::request::event::Recorded;
use crate::domain::request::files::{Here, fitting};
use crate::domain::request::{Event, Order, Request};

/// So many files are named in a line; the rest is counted.
const NAMED: usize = 6;

/// The name under which others get a file: our number and its rank, since people put into names what is nobody's business.
pub fn name(number: Number, here: &Here<'_>) -> String {
    let ending = here.kept.media.ending(here.filed.given.name.or_empty());
    format!("{number}-{}.{ending}", here.file + 1)
}

/// The same of several.
pub fn named<'a>(number: Number, files: Vec<Here<'a>>) -> Vec<(Here<'a>, String)> {
    files.into_iter().map(|here| (here, name(number, &here))).collect()
}

/// What goes along with an order, and what is too much for its provider.
pub(super) fn told(view: &View<'_>, request: &Request, order: &Order) -> Option<(String, Rich)> {
    line(view, request.among(&order.content), view.register.takes_files(&order.provider), order.identity.number)
}

/// The files that follow an order, as a line.
pub(super) fn batch(view: &View<'_>, files: Vec<Here<'_>>, order: &Order) -> Option<String> {
    let (label, list) = line(view, files, view.register.takes_files(&order.provider), order.identity.number)?;
    Some(view.say("order-line").own("label", label).own("value", list.plain()).text())
}

fn line(view: &View<'_>, files: Vec<Here<'_>>, room: u64, number: Number) -> Option<(String, Rich)> {
    if files.is_empty() {
        return None;
    }
    let (fit, left) = fitting(files, room);
    let list = |files: Vec<Here<'_>>| {
        let names = files.iter().map(|here| format!("{} ({})", name(number, here), size(view, here.kept.size)));
        Rich::own(names.collect::<Vec<_>>().join(", "))
    };
    let along = (!fit.is_empty()).then(|| list(fit));
    let left = (!left.is_empty()).then(|| view.say("files-left").rich("files", list(left)).done());
    Some((view.say("label-files").text(), lines(along.into_iter().chain(left))))
}

/// What a requester sees of the files, by the names that they gave them.
pub(super) fn shown(view: &View<'_>, request: &Request) -> Option<(String, Rich)> {
    let ours = |filed: &&Filed| matches!(filed.side, Side::Ours { .. });
    let there = |filed: &&Filed| matches!(filed.state, State::Wanted | State::Kept { .. });
    let files: Vec<&Filed> = request.files.iter().filter(ours).filter(there).collect();
    if files.is_empty() {
        return None;
    }
    let one = |filed: &&Filed| match &filed.state {
        State::Wanted => view.say("file-coming").rich("name", own_name(filed)).done(),
        _ => own_name(filed),
    };
    let mut named: Vec<Rich> = files.iter().take(NAMED).map(one).collect();
    let more = files.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(view.say("files-more").many("count", more).done());
    }
    Some((view.say("label-files").text(), Rich::joined(named, ", ")))
}

fn own_name(filed: &Filed) -> Rich {
    said(clip(&clean(filed.given.name.text().unwrap_or("…")), 60))
}

/// To the requester: a file does not go along, or whether it shall.
pub(super) fn notice(view: &View<'_>, request: &Request, file: u16) -> Message {
    let Some(filed) = request.files.get(usize::from(file)) else { return Message::default() };
    let notify = view.requester_accounts(request);
    match &filed.state {
        State::Doubtful => {
            let text = view.say("file-doubtful").rich("name", own_name(filed));
            let text = text.rich("provider", view.provider_name(request)).done();
            let button = |key, style, yes| view.button(view.say(key), style, Action::Enclose(request.id, file, yes));
            let buttons = vec![vec![
                button("button-file-yes", Style::Secondary, true),
                button("button-file-no", Style::Secondary, false),
            ]];
            Message { text, buttons, notify, ..Message::default() }
        }
        State::Lost { why } => Message { text: lost(view, filed, *why), notify, ..Message::default() },
        State::Wanted | State::Kept { .. } => {
            Message { text: view.say("file-taken").rich("name", own_name(filed)).done(), ..Message::default() }
        }
    }
}

fn lost(view: &View<'_>, filed: &Filed, why: Loss) -> Rich {
    view.say("file-lost").pick("why", why.code()).rich("name", own_name(filed)).done()
}

/// To the requester: the provider sent files; they hang at the message.
pub(super) fn came(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let count = match event.map(|recorded| &recorded.event) {
        Some(Event::FilesCame { files, .. }) => files.len(),
        _ => 0,
    };
    let text = view.say("files-came").rich("provider", view.provider_name(request));
    Message { text: text.many("count", count).done(), ..Message::default() }
}

/// What a file is, for who cannot see it; nobody has looked at what it shows.
pub fn alt(view: &View<'_>, request: &Request, here: &Here<'_>) -> String {
    let whose = match here.filed.side {
        Side::Theirs => "theirs",
        Side::Ours { .. } => "ours",
    };
    let say = view.say("file-alt").pick("whose", whose).rich("provider", view.provider_name(request));
    say.rich("number", view.number(request.number())).text()
}

/// What happened to files, for the story of a request; `None` for what only Loket needs.
pub(super) fn story(view: &View<'_>, request: &Request, event: &Event) -> Option<Rich> {
    let name = |file: u16| request.files.get(usize::from(file)).map(own_name).unwrap_or_default();
    Some(match event {
        Event::SentAlong { said, .. } => {
            let say = view.say("story-sent-along").rich("who", view.account(&said.by));
            say.many("count", said.files.len()).done()
        }
        Event::FileKept { file, .. } => view.say("story-file-kept").rich("name", name(*file)).done(),
        Event::FileLost { file, why, .. } => lost(view, request.files.get(usize::from(*file))?, *why),
        Event::FileAllowed { file, by } => {
            view.say("story-file-allowed").rich("who", view.account(by)).rich("name", name(*file)).done()
        }
        Event::FilesCame { files, .. } => {
            let say = view.say("story-files-came").rich("provider", view.provider_name(request));
            say.many("count", files.len()).done()
        }
        _ => return None,
    })
}

/// *1,2 MB*, *340 kB*.
fn size(view: &View<'_>, bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1_000).max(1));
    }
    let hundredths = i64::try_from(bytes / 10_000).unwrap_or(i64::MAX);
    format!("{} MB", amount(view.lang, hundredths))
}
