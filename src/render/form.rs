//! Forms: one field of free words each.

use super::message::{Action, Form};
use super::view::View;
use super::words::Words;
use crate::domain::Lang;

/// The form that a button opens; `None` for a button that opens none.
pub fn form(view: &View<'_>, action: &Action) -> Option<Form> {
    form_in(view.words, view.lang, action)
}

/// The same where nothing but the button is known: a form must open at once, before anything is loaded. Its words therefore
/// address nobody.
pub fn form_in(words: &Words, lang: Lang, action: &Action) -> Option<Form> {
    let (title, label, example) = match action {
        Action::Amend(_) => {
            (words.say(lang, "form-amend"), words.say(lang, "form-amend-label"), words.say(lang, "form-amend-example"))
        }
        Action::DeclineBecause(..) => (
            words.say(lang, "form-because"),
            words.say(lang, "form-because-label"),
            words.say(lang, "form-because-example"),
        ),
        Action::Limit(..) => {
            (words.say(lang, "form-limit"), words.say(lang, "form-limit-label"), words.say(lang, "form-limit-example"))
        }
        Action::Carried(_) => (
            words.say(lang, "form-carried"),
            words.say(lang, "form-carried-label"),
            words.say(lang, "form-carried-example"),
        ),
        Action::Belongs(..) => (
            words.say(lang, "form-belongs"),
            words.say(lang, "form-belongs-label"),
            words.say(lang, "form-belongs-example"),
        ),
        Action::NotSolved(_) => (
            words.say(lang, "form-unsolved"),
            words.say(lang, "form-unsolved-label"),
            words.say(lang, "form-unsolved-example"),
        ),
        Action::Note(_) => {
            (words.say(lang, "form-note"), words.say(lang, "form-note-label"), words.say(lang, "form-note-example"))
        }
        Action::Stand(_) => {
            (words.say(lang, "form-stand"), words.say(lang, "form-stand-label"), words.say(lang, "form-stand-example"))
        }
        Action::Correct(_) => (
            words.say(lang, "form-correct"),
            words.say(lang, "form-correct-label"),
            words.say(lang, "form-correct-example"),
        ),
        Action::Cancel(_) => (
            words.say(lang, "form-cancel"),
            words.say(lang, "form-cancel-label"),
            words.say(lang, "form-cancel-example"),
        ),
        Action::Discussed(..) => (
            words.say(lang, "form-discussed"),
            words.say(lang, "form-discussed-label"),
            words.say(lang, "form-discussed-example"),
        ),
        _ => return None,
    };
    Some(Form { action: action.clone(), title: title.text(), label: label.text(), example: example.text() })
}
