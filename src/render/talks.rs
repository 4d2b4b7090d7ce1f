//! Promises and points for the weekly meeting, as lists and answers show them.

use super::daily::quoted;
use super::message::{Action, Button, Message, Rich, Style};
use super::view::View;
use super::words::{clean, clip};
use crate::domain::OrganisationId;
use crate::domain::register::ProviderSettings;
use crate::domain::talks::{Promise, Promiser};
use chrono::NaiveDate;

fn text(text: Rich) -> Message {
    Message { text, ..Message::default() }
}

/// A promise in a line: who, what, by when, from which source, kept or not.
pub fn promise(view: &View<'_>, promise: &Promise) -> Rich {
    let say = view.say("promise-line").rich("who", promiser(view, promise.promiser, view.name_of(&promise.provider)));
    let line = say.rich("what", quoted(view, &promise.what, 120)).own("due", view.day(promise.due)).done();
    let line = match &promise.source {
        Some(source) => view.say("promise-source").rich("line", line).rich("source", quoted(view, source, 60)).done(),
        None => line,
    };
    let state = match promise.settled {
        Some((true, _)) => "kept",
        Some((false, _)) => "broken",
        None if promise.is_late(view.today()) => "late",
        None => return line,
    };
    view.say("promise-state").rich("line", line).pick("state", state).done()
}

/// *Nagekomen* and *Niet nagekomen* of an open promise, with enough of its words to know which one is meant.
pub fn promise_buttons(view: &View<'_>, organisation: &OrganisationId, promise: &Promise) -> Vec<Button> {
    let what = clip(&clean(promise.what.text().unwrap_or_default()), 28);
    let label = |key: super::words::Say<'_>| key.own("what", what.clone()).text();
    let button = |label, style, action| Button { action, label, style };
    vec![
        button(label(view.say("button-kept")), Style::Success, Action::Kept(organisation.clone(), promise.seq)),
        button(label(view.say("button-broken")), Style::Danger, Action::Broken(organisation.clone(), promise.seq)),
    ]
}

fn promiser(view: &View<'_>, promiser: Promiser, provider: Rich) -> Rich {
    match promiser {
        Promiser::Provider => provider,
        Promiser::Us => view.say("promise-us").done(),
    }
}

/// A promise was written down.
pub fn promised(view: &View<'_>, who: Promiser, provider: &ProviderSettings, what: &str, due: NaiveDate) -> Message {
    let who = promiser(view, who, view.name_of(&provider.code));
    let say = view.say("promise-noted").rich("who", who).said("what", &clip(what, 120));
    text(say.own("due", view.day(due)).done())
}

/// A point was written down for the next meeting.
pub fn raised(view: &View<'_>, provider: &ProviderSettings) -> Message {
    text(view.say("point-noted").rich("provider", view.name_of(&provider.code)).done())
}

/// There is more than one provider, and none was named.
pub fn which_provider(view: &View<'_>) -> Message {
    let names = view.register.providers_of(view.organisation).into_iter().map(|one| view.name_of(&one.code)).collect();
    text(view.say("which-provider").rich("names", view.either(names)).done())
}
