//! Forms: one field of free words each.

use super::message::{Action, Form};
use super::view::View;

/// The form that a button opens; `None` for a button that opens none.
pub fn form(view: &View<'_>, action: &Action) -> Option<Form> {
    let (title, label, example) = match action {
        Action::Amend(_) => (view.say("form-amend"), view.say("form-amend-label"), view.say("form-amend-example")),
        Action::DeclineBecause(..) => {
            (view.say("form-because"), view.say("form-because-label"), view.say("form-because-example"))
        }
        Action::NotSolved(_) => {
            (view.say("form-unsolved"), view.say("form-unsolved-label"), view.say("form-unsolved-example"))
        }
        _ => return None,
    };
    Some(Form { action: action.clone(), title: title.text(), label: label.text(), example: example.text() })
}
