//! A mail that fits no request, as the SPOC sees it.

use super::message::{Action, Button, Message, Piece, Rich, Style};
use super::view::{View, lines};
use super::words::{clean, clean_lines, clip};
use crate::domain::Private;
use crate::domain::journal::{Astray, OrganisationEvent};

/// What came in, why it moved nothing, and what may be done with it. `mail` is the sequence of the event that set it aside; `numbers` are
/// those of the requests that may be meant.
pub fn stray(view: &View<'_>, mail: u64, event: &OrganisationEvent, numbers: &[String]) -> Message {
    let OrganisationEvent::MailSetAside { provider, from, subject, text, why, .. } = event else {
        return Message::default();
    };
    let said = |text: &Private, most| clip(&clean(text.text().unwrap_or_default()), most);
    let (from, subject) = (said(from, 100), said(subject, 150));
    let hidden = from.is_empty() && subject.is_empty();
    let file = format!("providers/{provider}.toml");
    let head = match why {
        Astray::Flood => view.say("stray-flood").rich("provider", view.name_of(provider)).done(),
        _ if hidden => view.say("stray-hidden").rich("provider", view.name_of(provider)).done(),
        Astray::Nothing => view.say("stray-nothing").said("who", &from).said("subject", &subject).done(),
        Astray::Several => {
            let numbers = numbers.join(", ");
            view.say("stray-several").said("who", &from).said("subject", &subject).own("numbers", numbers).done()
        }
        Astray::Damaged => view.say("stray-damaged").said("who", &from).said("subject", &subject).done(),
        Astray::Sender => {
            let say = view.say("stray-sender").said("address", &from).said("file", &file);
            say.rich("provider", view.name_of(provider)).own("numbers", numbers.join(", ")).done()
        }
        Astray::Forged => {
            let say = view.say("stray-forged").said("address", &from).own("numbers", numbers.join(", "));
            say.rich("provider", view.name_of(provider)).done()
        }
        Astray::Bounced if numbers.is_empty() => view.say("stray-bounced-unknown").said("subject", &subject).done(),
        Astray::Bounced => view.say("stray-bounced").own("numbers", numbers.join(", ")).done(),
    };
    let words = clip(&clean_lines(text.text().unwrap_or_default()), 600);
    let words = (!words.is_empty()).then(|| Rich(vec![Piece::Said(words)]));
    let message = super::spoc::called(view, lines(std::iter::once(head).chain(words)));
    if *why == Astray::Flood || hidden {
        return message;
    }
    Message { buttons: vec![buttons(view, mail)], ..message }
}

fn buttons(view: &View<'_>, mail: u64) -> Vec<Button> {
    let organisation = view.organisation.id.clone();
    vec![
        view.button(view.say("button-belongs"), Style::Primary, Action::Belongs(organisation.clone(), mail)),
        view.button(view.say("button-drop"), Style::Secondary, Action::Drop(organisation, mail)),
    ]
}

/// What became of it, in the answer to whoever pressed.
pub fn settled(view: &View<'_>, number: Option<&str>) -> Message {
    let text = match number {
        Some(number) => view.say("stray-bound").own("number", number).done(),
        None => view.say("stray-dropped").done(),
    };
    Message { text, ..Message::default() }
}

/// It was dealt with before.
pub fn known(view: &View<'_>) -> Message {
    Message { text: view.say("stray-known").done(), ..Message::default() }
}
