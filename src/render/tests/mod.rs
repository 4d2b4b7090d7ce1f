//! What people read, told as stories.

mod lives;
mod locales;
mod orders;
mod parts;
mod reports;
mod untrusted;
mod weeks;

use super::message::{Message, Piece, Rich};

/// Every text of a message.
pub(super) fn texts(message: &Message) -> Vec<Rich> {
    let mut texts = vec![message.text.clone()];
    if let Some(card) = &message.card {
        texts.extend([card.title.clone(), card.body.clone(), card.footer.clone()]);
        texts.extend(card.facts.iter().flat_map(|(label, value)| [Rich::own(label.as_str()), value.clone()]));
    }
    texts.extend(message.buttons.iter().flatten().map(|button| Rich::own(button.label.as_str())));
    texts
}

/// The words that pass for Loket's own.
pub(super) fn own_words(message: &Message) -> String {
    let own = |piece: &Piece| match piece {
        Piece::Own(text) | Piece::Strong(text) => Some(format!("{text}\n")),
        Piece::Said(_) | Piece::Person(_) | Piece::Link(_) | Piece::Url { .. } => None,
    };
    texts(message).iter().flat_map(|text| &text.0).filter_map(own).collect()
}
