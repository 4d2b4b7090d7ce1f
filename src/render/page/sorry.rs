//! Pages that say why there is no page. They name no organisation and no request: whoever sees them may be anybody.

use super::layout::{Frame, code, other, page};
use crate::domain::Lang;
use crate::render::message::Rich;
use crate::render::words::{Voice, Words};
use maud::html;

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorry {
    /// The personal link is none, or not theirs any more.
    NoPass,
    /// The personal link was one and has expired.
    Expired,
    /// There is nothing at that address.
    Nothing,
    /// Pages are read; nothing else can be done with them.
    ReadOnly,
    /// Loket is starting, or its memory does not answer.
    NotNow,
}

/// The page that says so.
pub fn sorry(words: &Words, lang: Lang, why: Sorry) -> String {
    let voice = Voice::new(words, lang);
    let (title, text) = match why {
        Sorry::NoPass => (voice.say("sorry-no-pass"), voice.say("sorry-no-pass-mend")),
        Sorry::Expired => (voice.say("sorry-expired"), voice.say("sorry-expired-mend")),
        Sorry::Nothing => (voice.say("sorry-nothing"), voice.say("sorry-nothing-mend")),
        Sorry::ReadOnly => (voice.say("sorry-read-only"), voice.say("sorry-read-only-mend")),
        Sorry::NotNow => (voice.say("sorry-not-now"), voice.say("sorry-not-now-mend")),
    };
    let title: Rich = title.done();
    let frame = Frame {
        voice,
        title: title.plain(),
        organisation: None,
        places: Vec::new(),
        elsewhere: format!("?lang={}", code(other(lang))),
        foot: Vec::new(),
    };
    page(&frame, &html! { h1 { (super::html::rich(&title)) } p { (super::html::rich(&text.done())) } })
}
