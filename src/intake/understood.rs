//! What was heard, and what a message was taken to mean: each value with the words it came from.

use super::when::Recurring;
use crate::domain::local_time::OddTime;
use crate::domain::register::Topic;
use crate::domain::{Found, ItemId, Kind, Lang, Money, Span, Urgency, When};

/// What was heard, and where.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The words as typed.
    pub text: &'a str,
    /// When it was said, in the organisation's zone.
    pub now: chrono::DateTime<chrono_tz::Tz>,
    /// What the channel is about.
    pub topic: Topic,
    /// It was said to Loket: a mention, a direct message, the ticket reaction or a command.
    pub addressed: bool,
}

/// What to do with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Open a card.
    Act,
    /// Ask once whether it is a request.
    Ask,
    /// Say nothing.
    Silent,
}

impl Outcome {
    /// The word of the interfaces: `act`, `ask` or `silent`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Ask => "ask",
            Self::Silent => "silent",
        }
    }
}

/// What a message means.
#[derive(Clone, Debug, PartialEq)]
pub struct Understanding {
    /// Its language.
    pub lang: Lang,
    /// What to do with it.
    pub outcome: Outcome,
    /// The probability that it asks something of a provider.
    pub confidence: f64,
    /// What it asks, in the order of the words; what it would ask when the outcome is silent.
    pub requests: Vec<Understood>,
    /// A second opinion changed something about it.
    pub advised: bool,
}

/// Something that spoke for or against a message asking for something.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What it is.
    pub what: Spoke,
    /// What it adds to the log-odds; below zero it spoke against.
    pub weight: f64,
}

/// What spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoke {
    /// A sign, by its key in the locale files.
    Sign(&'static str),
    /// A word of the message.
    Word(Span),
}

/// One request in a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// Its kind.
    pub kind: Found<Kind>,
    /// The catalogue item.
    pub item: Option<Found<ItemId>>,
    /// How far the item is ahead of the next one.
    pub item_margin: f64,
    /// Whether it is ahead far enough not to ask which is meant.
    pub sure_of_item: bool,
    /// Whether the item is named in words of the catalogue, and not only likely by the way it is said.
    pub names_item: bool,
    /// Other items that fit, best first.
    pub alternatives: Vec<ItemId>,
    /// When.
    pub when: Option<Found<When>>,
    /// How often something is said to happen or asked for, which is never turned into one date.
    pub recurring: Option<Found<Recurring>>,
    /// How often it is to come, as typed, where that is asked for and not only told.
    pub standing: Option<Found<String>>,
    /// The wished time does not exist or exists twice, since the clock is changed.
    pub odd_time: Option<OddTime>,
    /// How many.
    pub quantity: Option<Found<u32>>,
    /// Where, as typed, without article or preposition.
    pub place: Option<Found<String>>,
    /// Another place that the message names.
    pub place_also: Option<Found<String>>,
    /// Two places between which the message leaves it, as typed: worth asking.
    pub place_torn: Option<Found<String>>,
    /// An amount named as cost, budget or quote.
    pub amount: Option<Found<Money>>,
    /// How much haste.
    pub urgency: Found<Urgency>,
    /// People may be hurt or things be lost; it never waits.
    pub danger: bool,
    /// The part of the message that it was read from.
    pub span: Span,
    /// Health reasons and other personal details, which are held back from the provider.
    pub private: Vec<Span>,
}
