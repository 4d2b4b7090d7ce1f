//! The question which of several requests in a conversation is meant, with a button for each.

use super::message::{Action, Button, Message, Piece, Rich, Style};
use super::view::View;
use super::words::{clean, clip};
use crate::domain::RequestId;
use crate::domain::request::{Event, Request};

/// So many are offered; who means another answers on its card.
const OFFERED: usize = 10;
/// Buttons in a row.
const ROW: usize = 5;

/// Asks which request is meant by what the event with that sequence kept; once that was said, tells which. `requests` are the
/// others in the conversation, as far as they are at hand.
pub fn which(view: &View<'_>, keeper: &Request, seq: u64, requests: &[Request]) -> Message {
    let Some(kept) = keeper.kept.iter().find(|kept| kept.seq == seq) else {
        return Message { text: noted(view, seq, requests), ..Message::default() };
    };
    let known = |id: &RequestId| requests.iter().find(|request| request.id == *id);
    let buttons: Vec<Button> = (1..)
        .zip(kept.among.iter().take(OFFERED))
        .filter_map(|(nth, id)| {
            let title = clip(&title(view, known(id)?), 60);
            let label = view.say("which-choice").own("nth", nth.to_string()).said("title", &title).text();
            Some(Button { action: Action::About(keeper.id, seq, *id), label, style: Style::Secondary })
        })
        .collect();
    let who = Rich(vec![Piece::Person(kept.said.by.clone())]);
    Message {
        text: view.say("addressed").rich("who", who).rich("text", view.say("which").done()).done(),
        buttons: buttons.chunks(ROW).map(<[Button]>::to_vec).collect(),
        notify: vec![kept.said.by.clone()],
        ..Message::default()
    }
}

/// Under which request it was put down.
fn noted(view: &View<'_>, seq: u64, requests: &[Request]) -> Rich {
    let to = view.history.iter().filter(|recorded| recorded.seq > seq).find_map(|recorded| match &recorded.event {
        Event::Assigned { to } => Some(*to),
        _ => None,
    });
    match requests.iter().find(|request| Some(request.id) == to) {
        Some(request) => view.say("which-noted").said("title", &clip(&title(view, request), 60)).done(),
        None => view.say("saved").done(),
    }
}

/// Number, service and place: enough to tell one from another.
fn title(view: &View<'_>, request: &Request) -> String {
    let heading = view.heading(request).plain();
    let place = request.content().and_then(|content| content.place.as_ref()).filter(|_| !view.confidential(request));
    match place.map(|found| clean(found.value.or_empty())).filter(|place| !place.is_empty()) {
        Some(place) => view.say("which-title").own("heading", heading).said("place", &clip(&place, 30)).text(),
        None => heading,
    }
}
