//! What would be sent to Discord, without sending it: for whoever wants to see or check the bodies themselves.

use super::view;
use crate::render::message::{Form, Message};
use serde_json::{Map, Value};

/// The body of a new message; `None` when nothing would be shown.
pub fn create(message: &Message) -> Option<Map<String, Value>> {
    view::create(message, &|_| None)
}

/// The body that replaces what a message shows; `None` when nothing would be shown.
pub fn edit(message: &Message) -> Option<Map<String, Value>> {
    view::edit(message, &|_| None)
}

/// The form behind a button.
pub fn form(form: &Form) -> Value {
    view::form(form)
}

/// The name of a thread.
pub fn thread_name(name: &str) -> String {
    view::thread_name(name)
}
