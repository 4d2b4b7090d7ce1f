//! What a provider says about an order, as its connector or its mail brought it. The words of its own system are kept beside what they
//! mean, so that nobody has to trust the translation.

use super::{Instant, LocalMoment, Private};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How an order stands at a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Received, nobody has begun.
    Received,
    /// Planned.
    Planned,
    /// Being worked on.
    Working,
    /// Waits for the organisation.
    WaitsForUs,
    /// Waits for somebody else.
    WaitsForOthers,
    /// Done.
    Resolved,
    /// The provider will not do it.
    Rejected,
    /// Off, at the organisation's wish.
    Cancelled,
}

impl Status {
    /// Every status with the word for it in the configuration.
    pub const CODES: [(&'static str, Self); 8] = [
        ("received", Self::Received),
        ("planned", Self::Planned),
        ("working", Self::Working),
        ("waits-for-us", Self::WaitsForUs),
        ("waits-for-others", Self::WaitsForOthers),
        ("resolved", Self::Resolved),
        ("rejected", Self::Rejected),
        ("cancelled", Self::Cancelled),
    ];
}

/// What the words of a provider's system mean; lower case, without spaces around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusWords(pub BTreeMap<String, Status>);

impl StatusWords {
    /// What a word of theirs means; `None` when nobody has said so.
    pub fn read(&self, theirs: &str) -> Option<Status> {
        self.0.get(theirs.trim().to_lowercase().as_str()).copied()
    }
}

/// One thing that a provider said, in its own words, as a connector read it. Only what is known to be public stands here: a remark
/// among the provider's people never leaves the connector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Unique within the provider: the same one twice changes nothing.
    pub key: String,
    /// When it was said there.
    pub at: Instant,
    /// The whole reference of ours that was found with it, when one was.
    pub reference: Option<String>,
    /// The provider's own number.
    pub number: Option<String>,
    /// The status in the provider's own word, when it changed.
    pub status: Option<String>,
    /// When somebody comes or it will be done, when that was said in a field of its own.
    pub planned: Option<LocalMoment>,
    /// Public words, without what they quote.
    pub text: Option<String>,
    /// Who said it, or who comes.
    pub who: Option<String>,
}

/// The same once it is known what it means: what a request hears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// How it stands; `None` when nothing about that was said, or not in words that are known.
    pub status: Option<Status>,
    /// The status in the provider's own word.
    pub theirs: Option<String>,
    /// The provider's own number.
    pub number: Option<String>,
    /// When it is planned, as a field of its own said.
    pub planned: Option<LocalMoment>,
    /// Public words.
    pub text: Option<Private>,
    /// Who said it, or who comes.
    pub who: Option<Private>,
    /// Whether it asks the requester's side something.
    pub asks: bool,
    /// What its words seem to change about the order.
    pub proposes: Proposal,
    /// Whether a machine said it: that it arrived is all that it tells.
    pub automatic: bool,
}

/// What the words of a provider seem to change. It is shown to people and never applied by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// An amount that was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<super::Money>,
    /// Another day or moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<LocalMoment>,
}

impl Proposal {
    /// Whether nothing is proposed.
    pub fn is_empty(&self) -> bool {
        self.amount.is_none() && self.planned.is_none()
    }
}

/// The form of a provider's numbers: `#` stands for a digit, `@` for a letter, anything else for itself; spaces do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberForm(pub String);

impl NumberForm {
    /// Whether a number has this form.
    pub fn fits(&self, number: &str) -> bool {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let (form, number): (Vec<char>, Vec<char>) = (bare(&self.0), bare(number));
        let same = |(form, given): (&char, &char)| match form {
            '#' => given.is_ascii_digit(),
            '@' => given.is_alphabetic(),
            other => other == given,
        };
        form.len() == number.len() && form.iter().zip(&number).all(same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_number_allows_what_looks_like_it() {
        let form = NumberForm("I #### ###".into());
        assert!(form.fits("I 2611 007") && form.fits("i2611007"));
        assert!(!form.fits("M 2611 007") && !form.fits("I 2611 0071") && !form.fits(""));
        assert!(NumberForm("@@-##".into()).fits("ab-12"));
    }

    #[test]
    fn their_words_are_read_without_regard_to_case_and_unknown_ones_are_not_guessed() {
        let words = StatusWords([("in behandeling".to_owned(), Status::Working)].into());
        assert_eq!(words.read(" In Behandeling "), Some(Status::Working));
        assert_eq!(words.read("in behandeling genomen"), None);
    }
}
