//! How what people do is given to the desk, and what it answers is shown to them alone.

use super::Page;
use super::here::{Doing, Here};
use super::memory::Aside;
use crate::domain::MessageRef;
use crate::ports::{CommandCall, Heard, Input, InteractionToken, Pressed};
use crate::render::message::{Action, Message};

/// A command of whoever looks, where they look; `None` for a provider, who has no chat.
pub(super) fn call(page: &Page, here: &Here<'_>, base: &str, options: Vec<(String, String)>) -> Option<CommandCall> {
    let resident = here.resident()?;
    Some(CommandCall {
        name: base.to_owned(),
        options,
        by: resident.account.clone(),
        by_name: resident.name.clone(),
        channel: here.channel(),
        server: page.town.server(&resident.organisation).cloned(),
        token: InteractionToken { id: String::new(), token: String::new(), at: page.clock.now() },
        locale: Some(here.locale().to_owned()),
    })
}

/// A button that whoever looks presses.
pub(super) fn pressed(page: &Page, here: &Here<'_>, action: &Action, at: &MessageRef) -> Option<Pressed> {
    let resident = here.resident()?;
    Some(Pressed {
        action: action.clone(),
        by: resident.account.clone(),
        by_name: resident.name.clone(),
        at: at.clone(),
        token: page.platform.chat.interaction(),
        locale: Some(here.locale().to_owned()),
    })
}

/// What was heard, on the server of whoever said it.
pub(super) fn on_server(page: &Page, here: &Here<'_>, heard: Heard) -> Heard {
    let server = here.resident().and_then(|resident| page.town.server(&resident.organisation));
    let server = heard.server.clone().and(server.cloned());
    Heard { server, ..heard }
}

/// Gives an input to the desk. What it answers is shown to whoever did it, below what they did.
pub(super) async fn give(page: &Page, here: &Here<'_>, input: Input, after: String) {
    let (interaction, at) = match &input {
        Input::Pressed(pressed) | Input::Submitted { pressed, .. } => {
            (Some(pressed.token.id.clone()), Some(pressed.at.clone()))
        }
        Input::Command(call) => (Some(call.token.id.clone()), None),
        Input::Take { token, .. } => (Some(token.id.clone()), None),
        Input::Heard(_) | Input::Edited(_) | Input::Deleted { .. } | Input::Reacted(_) => (None, None),
    };
    let taken = page.behind.take(input).await;
    if !page.went(taken) {
        return;
    }
    let (Some(interaction), Some(resident)) = (interaction, here.resident()) else { return };
    for reply in page.platform.chat.answers(&interaction) {
        if reply.message == Message::default() {
            continue;
        }
        let aside = Aside {
            number: page.platform.chat.draws(),
            to: resident.account.clone(),
            channel: here.channel(),
            after: after.clone(),
            message: Message::default(),
            at: page.clock.now(),
        };
        page.memory().shows(reply, at.as_ref(), aside);
    }
    page.platform.chat.ring();
}

/// The address to which an act leads, with what is to be told of it.
pub(super) fn told(here: &Here<'_>, what: &'static str) -> String {
    let bare = Here { doing: Doing::default(), ..here.clone() };
    bare.with(&[("told", what)])
}
