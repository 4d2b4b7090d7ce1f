//! Values that a message may hold, and where in the message they stand.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// A language in which Loket speaks and understands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

impl Lang {
    /// `nl` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in that language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
        }
    }
}

/// What sort of request it is (ITIL).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something is broken or failing (*melding*).
    Incident,
    /// Something is to be provided, changed or done (*aanvraag*).
    Request,
    /// Information is wanted from the provider (*vraag*).
    Question,
    /// About service already delivered (*klacht*).
    Complaint,
}

impl Kind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [Self; 4] = [Self::Incident, Self::Request, Self::Question, Self::Complaint];

    /// The word of the interfaces: `incident`, `request`, `question` or `complaint`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Request => "request",
            Self::Question => "question",
            Self::Complaint => "complaint",
        }
    }
}

/// How much haste the text itself shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    /// The writer says that it can wait.
    Low,
    /// Nothing is said about haste.
    #[default]
    Normal,
    /// Haste or danger is said or clearly implied.
    High,
}

impl Urgency {
    /// The word of the interfaces: `low`, `normal` or `high`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

/// A wished day or moment in the organisation's own zone; never an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LocalMoment {
    /// A day and a time of day.
    At(NaiveDateTime),
    /// A whole day.
    Day(NaiveDate),
}

impl LocalMoment {
    /// The day, with or without a time.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::At(moment) => moment.date(),
            Self::Day(day) => day,
        }
    }

    /// `2026-03-05` or `2026-03-05T14:00`.
    pub fn iso(self) -> String {
        match self {
            Self::At(moment) => moment.format("%Y-%m-%dT%H:%M").to_string(),
            Self::Day(day) => day.format("%Y-%m-%d").to_string(),
        }
    }
}

/// What the wished moment means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WhenRole {
    /// At that moment or on that day.
    On,
    /// At the latest.
    By,
    /// Starting then.
    From,
}

impl WhenRole {
    /// The word of the interfaces: `on`, `by` or `from`.
    pub fn code(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::By => "by",
            Self::From => "from",
        }
    }
}

/// The day, moment or period that is asked for, as a person would say it (the end is inclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// The day or moment, or the first of a period.
    pub from: LocalMoment,
    /// The last day or the end time of a real period.
    pub to: Option<LocalMoment>,
    /// Whether it is a moment, a deadline or a start.
    pub role: WhenRole,
}

impl When {
    /// What a further wish makes of this one. A day alone is another day at the same time and in the same role: *nee, vrijdag* after
    /// *donderdag om half een*. Anything that says more takes its place.
    pub fn corrected(self, by: Self) -> Self {
        let (LocalMoment::Day(day), None, WhenRole::On) = (by.from, by.to, by.role) else { return by };
        if self.to.is_some_and(|to| to.day() != self.from.day()) {
            return by;
        }
        let moved = |moment: LocalMoment| match moment {
            LocalMoment::At(at) => LocalMoment::At(day.and_time(at.time())),
            LocalMoment::Day(_) => LocalMoment::Day(day),
        };
        Self { from: moved(self.from), to: self.to.map(moved), role: self.role }
    }
}

/// Where in what was said a value stands: byte offsets, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The message, counted from 0 in the order in which the request's messages came.
    pub message: u16,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span in the first message.
    pub fn new(start: usize, end: usize) -> Self {
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { message: 0, start: clip(start), end: clip(end) }
    }

    /// The words in the text of that message, or `None` where the span does not fit it.
    pub fn words(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }
}

/// A value together with where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The words it was read from; `None` when a person chose it from a known list or the channel implies it.
    pub span: Option<Span>,
}

impl<T> Found<T> {
    /// A value read from words.
    pub fn at(value: T, start: usize, end: usize) -> Self {
        Self { value, span: Some(Span::new(start, end)) }
    }

    /// A value chosen from a known list.
    pub fn chosen(value: T) -> Self {
        Self { value, span: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> LocalMoment {
        LocalMoment::Day(NaiveDate::from_ymd_opt(2026, 3, day).unwrap())
    }

    fn at(of: u32, hour: u32) -> LocalMoment {
        LocalMoment::At(day(of).day().and_hms_opt(hour, 30, 0).unwrap())
    }

    fn wish(from: LocalMoment, to: Option<LocalMoment>, role: WhenRole) -> When {
        When { from, to, role }
    }

    #[test]
    fn another_day_alone_keeps_the_time_and_what_it_is_for() {
        let friday = wish(day(6), None, WhenRole::On);
        let noon = wish(at(5, 12), None, WhenRole::On);
        assert_eq!(noon.corrected(friday), wish(at(6, 12), None, WhenRole::On));
        let hours = wish(at(5, 12), Some(at(5, 14)), WhenRole::On);
        assert_eq!(hours.corrected(friday), wish(at(6, 12), Some(at(6, 14)), WhenRole::On));
        assert_eq!(wish(day(5), None, WhenRole::By).corrected(friday), wish(day(6), None, WhenRole::By));
    }

    #[test]
    fn what_says_more_than_a_day_takes_the_place_of_what_was_said() {
        let noon = wish(at(5, 12), None, WhenRole::On);
        let days = wish(day(5), Some(day(9)), WhenRole::On);
        for more in [wish(day(6), None, WhenRole::By), wish(at(6, 9), None, WhenRole::On), days] {
            assert_eq!(noon.corrected(more), more);
        }
        let friday = wish(day(6), None, WhenRole::On);
        assert_eq!(days.corrected(friday), friday, "one day instead of several");
    }
}
