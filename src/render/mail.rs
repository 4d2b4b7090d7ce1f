//! A message as a mail, for people without chat.

use super::message::{Message, Piece, Rich};
use super::order::Rendered;
use super::view::View;
use super::words::{clean, clip};
use crate::domain::request::Request;

/// A message about a request as a mail. Buttons are left out: whoever has none answers in words.
pub fn mail(view: &View<'_>, request: &Request, message: &Message) -> Rendered {
    let organisation = clip(&clean(&view.organisation.name), 80);
    let heading = words(view, &view.heading(request));
    let subject = view.say("mail-subject").own("organisation", organisation).own("title", heading).text();
    Rendered { subject: clean(&subject), body: plain(view, message) }
}

/// A message as plain text, with people by the name that the register has for them.
pub fn plain(view: &View<'_>, message: &Message) -> String {
    let mut parts = Vec::new();
    if !message.text.is_empty() {
        parts.push(words(view, &message.text));
    }
    if let Some(card) = &message.card {
        parts.push(words(view, &card.title));
        if !card.body.is_empty() {
            parts.push(words(view, &card.body));
        }
        let facts: Vec<String> = card.facts.iter().map(|(label, value)| line(view, label, value)).collect();
        if !facts.is_empty() {
            parts.push(facts.join("\n"));
        }
        if !card.footer.is_empty() {
            parts.push(words(view, &card.footer));
        }
    }
    parts.join("\n\n")
}

fn line(view: &View<'_>, label: &str, value: &Rich) -> String {
    // What takes several lines begins below its label, each line set in, so that none passes for another fact.
    let value = words(view, value);
    let value = if value.contains('\n') { format!("\n  {}", value.replace('\n', "\n  ")) } else { value };
    let line = view.say("order-line").own("label", label).own("value", value).text();
    line.replace(" \n", "\n")
}

fn words(view: &View<'_>, rich: &Rich) -> String {
    rich.0
        .iter()
        .map(|piece| match piece {
            Piece::Person(account) => {
                let named = view.account(account);
                let by_name = matches!(named.0.as_slice(), [Piece::Said(_)]);
                if by_name { named.plain() } else { Rich(vec![piece.clone()]).plain() }
            }
            other => Rich(vec![other.clone()]).plain(),
        })
        .collect()
}
