//! What a colleague says in a channel about a request of their own, without answering anything: how it stands, that it is over, or
//! something more.

use super::cues::Cue;
use super::recognise::Signs;
use super::text::Text;
use super::{Heard, Intent, Outcome, Reader, answer};
use std::collections::BTreeSet;

/// What such a message wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// *Is er al iets bekend over de kraan?*
    AsksHow,
    /// *Laat maar, doet het weer.*
    Over,
    /// *Oh, het is in kamer 12.*
    Adds,
    /// Something of its own, or nothing at all.
    Other,
}

/// Longer messages tell a story of their own.
const SHORT: usize = 16;

/// Words with which one goes on about what was said.
const GOING_ON: &[&str] = &[
    "en",
    "ook",
    "oh",
    "o",
    "oja",
    "and",
    "also",
    "ps",
    "btw",
    "trouwens",
    "sorry",
    "correctie",
    "correction",
    "graag",
];

/// Phrases with which one does.
const PLACING: &[&str] =
    &[" het is in ", " het is op ", " het gaat om ", " dat is in ", " its in ", " it is in ", " its on ", " thats in "];

/// Signs of talk about something else.
const TALK: &[Cue] = &[
    Cue::Social,
    Cue::Joke,
    Cue::Anyone,
    Cue::Colleague,
    Cue::Greeting,
    Cue::Myself,
    Cue::Private,
    Cue::Meeting,
    Cue::Announce,
    Cue::Hypothetical,
    Cue::Story,
];

/// Words that say nothing about which thing is meant.
const COMMON: &[&str] = &[
    "iets",
    "bekend",
    "over",
    "nieuws",
    "update",
    "status",
    "vraag",
    "melding",
    "verzoek",
    "aanvraag",
    "ticket",
    "request",
    "news",
    "word",
    "mijn",
    "onze",
    "jullie",
    "wanneer",
    "hoe",
    "staat",
    "met",
    "the",
    "any",
    "about",
    "already",
    "what",
    "when",
    "there",
    "nog",
    "kan",
    "kunnen",
    "graag",
    "voor",
    "niet",
    "doet",
    "het",
    "een",
    "van",
    "die",
    "dat",
    "deze",
    "wordt",
    "komt",
    "gaat",
    "from",
    "with",
    "this",
    "that",
    "have",
    "has",
    "weet",
    "iemand",
    "vandaag",
    "gisteren",
    "morgen",
    "today",
    "yesterday",
    "tomorrow",
    "please",
    "alstublieft",
    "someone",
    "could",
];

impl Reader {
    /// What a message in a channel wants of its writer's own requests. What clearly asks for something itself wants nothing of them.
    pub fn aside(&self, heard: &Heard<'_>) -> Aside {
        let text = Text::new(heard.text);
        if text.len() > SHORT * 2 {
            return Aside::Other;
        }
        let signs = self.knowledge.recogniser.signs(&text);
        let few = signs.words <= SHORT;
        let intent = answer::intent(&text);
        let over = matches!(intent, Intent::Cancel | Intent::Solved) && few && !signs.has(Cue::Anyone);
        let chases = signs.has(Cue::Chaser) && few;
        let goes_on = goes_on(&text, &signs).filter(|_| intent == Intent::Other);
        if !chases && !over && goes_on.is_none() {
            return Aside::Other;
        }
        let outcome = self.read(&Heard { addressed: false, ..*heard }).outcome;
        if outcome == Outcome::Act {
            return Aside::Other;
        }
        if chases {
            return Aside::AsksHow;
        }
        if over {
            return Aside::Over;
        }
        let values = self.answer(heard, None).values;
        let brings =
            values.when.is_some() || values.place.is_some() || values.quantity.is_some() || values.amount.is_some();
        let fault = outcome != Outcome::Silent && signs.has(Cue::Fault);
        if !fault && (brings || goes_on == Some(true)) { Aside::Adds } else { Aside::Other }
    }

    /// The words of a message that may name a thing.
    pub fn telling_words(text: &str) -> BTreeSet<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
        parts.map(str::to_lowercase).filter(|word| !COMMON.contains(&word.as_str())).collect()
    }
}

/// Whether a message goes on about what was said before, and whether it asks for something more.
fn goes_on(text: &Text<'_>, signs: &Signs) -> Option<bool> {
    let opens = GOING_ON.contains(&text.word(0)) || PLACING.iter().any(|phrase| text.flat.contains(phrase));
    let talk = TALK.iter().any(|cue| signs.has(*cue));
    (opens && !talk && !signs.question).then(|| signs.has(Cue::Please) || signs.has(Cue::Need))
}
