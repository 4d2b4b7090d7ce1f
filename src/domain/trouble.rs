//! Why an order did not get through to a provider. The connector tells, the journal remembers, `render` words it for people.

use super::Private;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What stood in the way, with the facts that somebody needs to mend it; never a secret. What it displays is for logs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// A folder cannot be written.
    #[error("cannot write to {folder}: {said}")]
    Folder {
        /// Its path.
        folder: String,
        /// What the operating system said.
        said: String,
    },
    /// Loket itself broke off in the middle.
    #[error("broken off: {said}")]
    BrokenOff {
        /// What is known about it.
        said: String,
    },
    /// The mail server could not be dealt with before the text was sent.
    #[error("{server} did not take the mail: {said}")]
    MailServer {
        /// Its name and port.
        server: String,
        /// What it or the connection said.
        said: String,
    },
    /// The mail server was silent before the text was sent.
    #[error("{server} is silent")]
    MailSilence {
        /// Its name and port.
        server: String,
    },
    /// The mail server puts the mail off.
    #[error("{server} puts the mail off: {said}")]
    MailLater {
        /// Its name and port.
        server: String,
        /// Its answer.
        said: String,
    },
    /// The mail server refuses the mail for good.
    #[error("{server} refuses the mail: {said}")]
    MailRefused {
        /// Its name and port.
        server: String,
        /// Its answer.
        said: String,
    },
    /// No answer came after the text was sent.
    #[error("{server} gave no answer after the text: {said}")]
    MailUnanswered {
        /// Its name and port.
        server: String,
        /// What the connection said.
        said: String,
    },
    /// The mail server has no encryption to offer.
    #[error("{server} offers no STARTTLS")]
    MailUnprotected {
        /// Its name and port.
        server: String,
    },
    /// The mail server refuses the log-in.
    #[error("{server} refuses the log-in of {user}")]
    MailLogIn {
        /// Its name and port.
        server: String,
        /// Who logs in.
        user: String,
    },
    /// The mail cannot be put together.
    #[error("the mail cannot be made: {said}")]
    MailForm {
        /// What is wrong with it.
        said: String,
    },
    /// Not a mail address.
    #[error("{key} is not a mail address: {value}")]
    Address {
        /// The key of the configuration.
        key: String,
        /// What stands there.
        value: String,
    },
    /// The certificate of the authority cannot be used.
    #[error("the authority {path} cannot be used: {said}")]
    Authority {
        /// Its file.
        path: String,
        /// What is wrong with it.
        said: String,
    },
    /// In the provider's own words.
    #[error("{said}")]
    Told {
        /// The words.
        said: String,
    },
}

/// Inside an event trouble is a private text, since servers quote addresses; `None` once it was erased. The provider's own words
/// stand there bare, as sentences did before troubles had names.
pub mod private {
    use super::{Deserialize, Deserializer, Private, Serialize, Serializer, Trouble};

    /// Writes it as a private text.
    pub fn serialize<S: Serializer>(trouble: &Option<Trouble>, serializer: S) -> Result<S::Ok, S::Error> {
        let text = match trouble {
            None => return Private::erased().serialize(serializer),
            Some(Trouble::Told { said }) => said.clone(),
            Some(named) => serde_json::to_string(named).map_err(serde::ser::Error::custom)?,
        };
        Private::new(text).serialize(serializer)
    }

    /// Reads it back.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Trouble>, D::Error> {
        let text = Private::deserialize(deserializer)?;
        let told = |text: &str| Trouble::Told { said: text.to_owned() };
        Ok(text.text().map(|text| serde_json::from_str(text).unwrap_or_else(|_| told(text))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::request::Event;
    use serde_json::json;

    fn event(why: serde_json::Value) -> serde_json::Value {
        json!({"type": "not_delivered", "attempt": 1, "why": {"$private": why}, "retry_at": null})
    }

    #[test]
    fn a_trouble_keeps_its_name_and_facts_within_a_private_text() {
        let why = Some(Trouble::MailLogIn { server: "mail.example:587".into(), user: "loket".into() });
        let stored =
            serde_json::to_value(Event::NotDelivered { attempt: 1, why: why.clone(), retry_at: None }).unwrap();
        let text = stored["why"]["$private"].as_str().unwrap().to_owned();
        assert!(text.contains("mail_log_in") && text.contains("loket"), "{text}");
        let read: Event = serde_json::from_value(event(text.into())).unwrap();
        assert_eq!(read, Event::NotDelivered { attempt: 1, why, retry_at: None });
    }

    #[test]
    fn a_sentence_of_earlier_days_is_still_read_and_an_erased_one_is_gone() {
        let read = |why| serde_json::from_value::<Event>(event(why)).unwrap();
        let why = Some(Trouble::Told { said: "mailbox full".into() });
        assert_eq!(read("mailbox full".into()), Event::NotDelivered { attempt: 1, why, retry_at: None });
        assert_eq!(read(json!(null)), Event::NotDelivered { attempt: 1, why: None, retry_at: None });
    }
}
