//! The week when somebody asks for it: the digest of the SPOCs for whoever asks alone.

use super::message::{Message, Rich};
use super::view::{View, lines};
use super::words::clip;

/// The digest without the hash over the journals where none was drawn up: only a week that fell due has one.
pub fn shown(message: Message, anchor: &str) -> Message {
    match message.card {
        Some(mut card) if anchor.is_empty() => {
            card.footer = Rich::default();
            Message { card: Some(card), ..message }
        }
        card => Message { card, ..message },
    }
}

/// The same with the way to its page.
pub fn with_page(message: Message, page: Option<Rich>) -> Message {
    Message { text: lines(std::iter::once(message.text).chain(page)), ..message }
}

/// The words name no week that has begun.
pub fn unknown(view: &View<'_>, given: &str) -> Message {
    Message { text: view.say("week-unknown").said("given", &clip(given, 40)).done(), ..Message::default() }
}
