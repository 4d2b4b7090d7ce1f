//! Where one writes: a message, an answer, a change of one's own words, or a command.

use super::super::town::Resident;
use super::{Look, fields};
use crate::domain::{MessageId, MessageRef};
use crate::render::words::{clean, clip};
use maud::{Markup, html};

/// The longest message, as on the real platform.
const LONGEST: usize = 2_000;

/// The field to write in.
pub(super) fn compose(look: &Look<'_>, resident: &Resident) -> Markup {
    let doing = &look.here.doing;
    let message = |message: &MessageId| {
        let at = MessageRef { channel: look.here.channel(), message: message.clone() };
        look.page.platform.chat.message(&at)
    };
    let own = |message: &crate::adapters::local::Posted| message.author.as_ref() == Some(&resident.account);
    let edited = doing.edit.as_ref().and_then(message).filter(own);
    let answered = doing.reply.as_ref().and_then(message);
    let text = edited.as_ref().map(|posted| posted.text.clone()).or_else(|| doing.draft.clone()).unwrap_or_default();
    let label = match (&edited, &answered) {
        (Some(_), _) => look.voice.say("try-change").text(),
        (None, Some(posted)) => {
            let words = clip(&clean(&posted.text), 60);
            look.voice.say("try-answer-to").own("words", words).text()
        }
        (None, None) => look.voice.say("try-write").own("name", resident.name.as_str()).text(),
    };
    let busy = edited.is_some() || answered.is_some();
    let begins = busy || doing.draft.is_some();
    html! {
        div.compose #compose {
            form #say method="post" action="say" enctype="multipart/form-data" data-resets {
                (fields(look))
                @if let Some(posted) = &edited { input type="hidden" name="edit" value=(posted.at.message); }
                @if let Some(posted) = &answered { input type="hidden" name="reply" value=(posted.at.message); }
                label for="text" { (label) }
                @if busy { " " a href=(look.here.address()) { (look.voice.say("try-never-mind").text()) } }
                textarea #text name="text" rows="2" maxlength=(LONGEST) autocomplete="off" aria-describedby="hint"
                    autofocus[begins] { (text) }
                div #choices role="listbox" aria-label=(look.voice.say("try-choices").text()) hidden {}
                div.row {
                    button type="submit" { (look.voice.say("try-send").text()) }
                    @if edited.is_none() {
                        span.photo {
                            label for="photo" { (look.voice.say("try-photo").text()) }
                            input #photo type="file" name="photo" multiple accept="image/*,application/pdf";
                        }
                    }
                    a href=(look.here.with(&[("command", "?")])) { (look.voice.say("try-commands").text()) }
                }
                p.small #hint { (look.voice.say("try-hint").text()) }
            }
        }
    }
}
