//! Nothing gets lost at the outside edge: what a provider, a channel or a person could not be told is tried again where that is
//! safe, and brought to somebody who can mend it where it is not.

mod channels;
mod given_up;
mod letters;
mod tellings;

use crate::world::World;
use loket::ports::Heard;
use loket::render::message::Action;

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
const CHAIRS: &str = "kunnen we vrijdag om 13 uur 12 extra stoelen in zaal Eik krijgen?";

/// Somebody asks for something and confirms it.
async fn asked(world: &World, who: &str, text: &str) -> Heard {
    let heard = world.says(who, "facilitair", text).await;
    let request = world.requests().await.remove(0);
    let card = world.thread(&heard)[0].at.clone();
    world.presses(who, &card, Action::Confirm(request.id)).await;
    heard
}

/// The texts of Loket in a channel.
fn texts(world: &World, channel: &str) -> Vec<String> {
    world.posts(channel).into_iter().map(|posted| posted.text).collect()
}
