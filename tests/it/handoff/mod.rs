//! Hand-off: rehearsals, what a person carries, a provider that does not answer, and what providers say.

mod answers;
mod by_hand;
mod down;
mod enclosures;
mod facts;
mod hooks;
mod letters;
mod rehearsal;
mod their_approval;

pub(crate) use letters::by_mail;

use crate::world::World;
use loket::ports::Heard;
use loket::render::message::Action;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";

/// Somebody asks for something free and confirms it, so that it leaves at once.
pub(crate) async fn asked(world: &World, who: &str, text: &str) -> Heard {
    let heard = world.says(who, "facilitair", text).await;
    let card = world.thread(&heard).remove(0);
    let buttons = card.message.iter().flat_map(|message| message.buttons.iter().flatten());
    let confirm = buttons.map(|button| button.action.clone()).find(|action| matches!(action, Action::Confirm(_)));
    world.presses(who, &card.at, confirm.expect("a card with Klopt")).await;
    heard
}

/// The texts of Loket in a channel, cards and all.
fn texts(world: &World, channel: &str) -> Vec<String> {
    world.posts(channel).into_iter().map(|posted| posted.text).collect()
}

/// The newest text of Loket in a channel.
fn last(world: &World, channel: &str) -> String {
    texts(world, channel).pop().unwrap_or_default()
}
