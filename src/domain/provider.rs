//! What a provider says about an order, as its connector or its mail brought it. The words of its own system are kept beside what they
//! mean, so that nobody has to trust the translation.

use super::file::Enclosure;
use super::mail::MailFile;
use super::register::Connector;
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

    /// What the words that a system comes with mean; none for what has no system of its own.
    pub fn usual_for(connector: &Connector) -> Self {
        let words: &[(&str, Status)] = match connector {
            Connector::Rt { .. } => &RT,
            Connector::Topdesk { .. } => &TOPDESK,
            Connector::Rest(_) => &TMF621,
            Connector::File { .. } | Connector::Email { .. } | Connector::Manual { .. } => &[],
        };
        Self(words.iter().map(|(word, status)| ((*word).to_owned(), *status)).collect())
    }

    /// The words that people use for a status when they speak of one, whatever the system.
    pub fn plain() -> Self {
        let words = PLAIN.iter().chain(&TOPDESK);
        Self(words.map(|(word, status)| ((*word).to_owned(), *status)).collect())
    }

    /// What the longest of these words within a text means; `None` when there is none.
    pub fn within(&self, text: &str) -> Option<Status> {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let found = self.0.iter().filter(|(known, _)| {
            let known: Vec<&str> = known.split(' ').collect();
            words.windows(known.len()).any(|window| window == known)
        });
        found.max_by_key(|(known, _)| known.len()).map(|(_, status)| *status)
    }

    /// These beside other ones, which give way.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self(other.0.into_iter().chain(self.0).collect())
    }
}

/// Request Tracker's own life of a ticket.
const RT: [(&str, Status); 6] = [
    ("new", Status::Received),
    ("open", Status::Working),
    ("stalled", Status::WaitsForOthers),
    ("resolved", Status::Resolved),
    ("rejected", Status::Rejected),
    ("deleted", Status::Cancelled),
];

/// The life of a trouble ticket by TMF621.
const TMF621: [(&str, Status); 10] = [
    ("submitted", Status::Received),
    ("acknowledged", Status::Received),
    ("inprogress", Status::Working),
    ("in progress", Status::Working),
    ("pending", Status::WaitsForUs),
    ("held", Status::WaitsForOthers),
    ("resolved", Status::Resolved),
    ("closed", Status::Resolved),
    ("rejected", Status::Rejected),
    ("cancelled", Status::Cancelled),
];

/// How people say it, beside the words of systems.
const PLAIN: [(&str, Status); 22] = [
    ("klaar", Status::Resolved),
    ("gereed", Status::Resolved),
    ("opgelost", Status::Resolved),
    ("gedaan", Status::Resolved),
    ("gemaakt", Status::Resolved),
    ("done", Status::Resolved),
    ("fixed", Status::Resolved),
    ("solved", Status::Resolved),
    ("ready", Status::Resolved),
    ("mee bezig", Status::Working),
    ("begonnen", Status::Working),
    ("working on it", Status::Working),
    ("started", Status::Working),
    ("wacht op ons", Status::WaitsForUs),
    ("wachten op ons", Status::WaitsForUs),
    ("waiting for us", Status::WaitsForUs),
    ("wacht op", Status::WaitsForOthers),
    ("wachten op", Status::WaitsForOthers),
    ("waiting for", Status::WaitsForOthers),
    ("besteld", Status::WaitsForOthers),
    ("on order", Status::WaitsForOthers),
    ("binnen", Status::Received),
];

/// Each organisation names TOPdesk's states itself; these are the ones that most of them have.
const TOPDESK: [(&str, Status); 79] = [
    ("aangemeld", Status::Received),
    ("geregistreerd", Status::Received),
    ("gemeld", Status::Received),
    ("ontvangen", Status::Received),
    ("nieuw", Status::Received),
    ("logged", Status::Received),
    ("new", Status::Received),
    ("open", Status::Received),
    ("received", Status::Received),
    ("registered", Status::Received),
    ("gepland", Status::Planned),
    ("ingepland", Status::Planned),
    ("afspraak gemaakt", Status::Planned),
    ("planned", Status::Planned),
    ("scheduled", Status::Planned),
    ("appointment made", Status::Planned),
    ("in behandeling", Status::Working),
    ("in uitvoering", Status::Working),
    ("bezig", Status::Working),
    ("heropend", Status::Working),
    ("in bewerking", Status::Working),
    ("onderhanden", Status::Working),
    ("opgepakt", Status::Working),
    ("toegewezen", Status::Working),
    ("being processed", Status::Working),
    ("in process", Status::Working),
    ("in progress", Status::Working),
    ("assigned", Status::Working),
    ("reopened", Status::Working),
    ("wacht op aanmelder", Status::WaitsForUs),
    ("wacht op gebruiker", Status::WaitsForUs),
    ("wacht op klant", Status::WaitsForUs),
    ("wacht op melder", Status::WaitsForUs),
    ("wacht op informatie aanmelder", Status::WaitsForUs),
    ("wacht op reactie aanmelder", Status::WaitsForUs),
    ("wachten op aanmelder", Status::WaitsForUs),
    ("wachten op gebruiker", Status::WaitsForUs),
    ("wachten op klant", Status::WaitsForUs),
    ("wachten op melder", Status::WaitsForUs),
    ("waiting for caller", Status::WaitsForUs),
    ("waiting for customer", Status::WaitsForUs),
    ("waiting for user", Status::WaitsForUs),
    ("awaiting caller", Status::WaitsForUs),
    ("awaiting user", Status::WaitsForUs),
    ("wacht op derden", Status::WaitsForOthers),
    ("wacht op leverancier", Status::WaitsForOthers),
    ("doorgezet naar leverancier", Status::WaitsForOthers),
    ("in de wacht", Status::WaitsForOthers),
    ("wachten op derden", Status::WaitsForOthers),
    ("wachten op leverancier", Status::WaitsForOthers),
    ("on hold", Status::WaitsForOthers),
    ("awaiting supplier", Status::WaitsForOthers),
    ("waiting for supplier", Status::WaitsForOthers),
    ("waiting for third party", Status::WaitsForOthers),
    ("waiting for vendor", Status::WaitsForOthers),
    ("afgehandeld", Status::Resolved),
    ("afgemeld", Status::Resolved),
    ("afgesloten", Status::Resolved),
    ("afgerond", Status::Resolved),
    ("afgewerkt", Status::Resolved),
    ("gereed", Status::Resolved),
    ("gesloten", Status::Resolved),
    ("opgelost", Status::Resolved),
    ("uitgevoerd", Status::Resolved),
    ("voltooid", Status::Resolved),
    ("closed", Status::Resolved),
    ("completed", Status::Resolved),
    ("done", Status::Resolved),
    ("finished", Status::Resolved),
    ("resolved", Status::Resolved),
    ("afgewezen", Status::Rejected),
    ("geweigerd", Status::Rejected),
    ("declined", Status::Rejected),
    ("rejected", Status::Rejected),
    ("geannuleerd", Status::Cancelled),
    ("vervallen", Status::Cancelled),
    ("ingetrokken", Status::Cancelled),
    ("cancelled", Status::Cancelled),
    ("canceled", Status::Cancelled),
];

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
    /// Photos and documents that came with it.
    pub files: Vec<MailFile>,
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
    /// Whether it asks our buyer to agree once more to what was agreed here.
    pub wants_approval: bool,
    /// Photos and documents that came with it, all of them kept.
    pub files: Vec<Enclosure>,
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
    fn the_usual_words_of_a_system_give_way_to_what_the_organisation_says() {
        let rt = Connector::Rt {
            server: crate::domain::register::HttpServer {
                url: "https://rt.example.org".into(),
                authority: None,
                allow: vec![],
            },
            queue: "Facilitair".into(),
            field: "ExternalRef".into(),
            token: "rt".into(),
        };
        let own = StatusWords([("stalled".to_owned(), Status::WaitsForUs)].into());
        let words = own.over(StatusWords::usual_for(&rt));
        assert_eq!(words.read("Stalled"), Some(Status::WaitsForUs));
        assert_eq!(words.read("open"), Some(Status::Working));
        assert_eq!(words.read("deleted"), Some(Status::Cancelled));
        let words = StatusWords(TMF621.iter().map(|(word, status)| ((*word).to_owned(), *status)).collect());
        assert_eq!(words.read("inProgress"), Some(Status::Working), "their words have capitals within");
        assert!(TMF621.iter().all(|(word, _)| *word == word.to_lowercase()));
        assert_eq!(StatusWords::usual_for(&Connector::File { folder: "x".into() }), StatusWords::default());
        assert!(TOPDESK.iter().all(|(word, _)| *word == word.trim().to_lowercase()));
    }

    #[test]
    fn their_words_are_read_without_regard_to_case_and_unknown_ones_are_not_guessed() {
        let words = StatusWords([("in behandeling".to_owned(), Status::Working)].into());
        assert_eq!(words.read(" In Behandeling "), Some(Status::Working));
        assert_eq!(words.read("in behandeling genomen"), None);
    }
}
