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
    /// A mailbox cannot be read.
    #[error("the mailbox on {server} cannot be read: {said}")]
    MailboxServer {
        /// The server's name and port.
        server: String,
        /// What it or the connection said.
        said: String,
    },
    /// The server of a mailbox has no encryption to offer.
    #[error("{server} offers no STARTTLS for the mailbox")]
    MailboxUnprotected {
        /// Its name and port.
        server: String,
    },
    /// The folder of a mailbox is not there, or not for this user.
    #[error("{server} has no folder {folder}")]
    MailboxFolder {
        /// The server's name and port.
        server: String,
        /// The folder.
        folder: String,
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
    /// The provider has not answered for hours.
    #[error("the provider does not answer")]
    Silence,
    /// The mail came back.
    #[error("the mail came back: {said}")]
    Returned {
        /// What the mail system said.
        said: String,
    },
    /// A person carries it there: these are the words.
    #[error("a person tells it")]
    ByHand {
        /// The words.
        said: String,
    },
    /// No connection to a web server came about; nothing was sent.
    #[error("{server} cannot be reached: {said}")]
    WebUnreachable {
        /// Its name.
        server: String,
        /// What the connection said.
        said: String,
    },
    /// A web server gave no answer in time.
    #[error("{server} is silent")]
    WebSilence {
        /// Its name.
        server: String,
    },
    /// A web server asks for patience.
    #[error("{server} is busy: {said}")]
    WebBusy {
        /// Its name.
        server: String,
        /// Its answer.
        said: String,
    },
    /// A web server failed, or the connection to it.
    #[error("{server} failed: {said}")]
    WebBroken {
        /// Its name.
        server: String,
        /// What it or the connection said.
        said: String,
    },
    /// A web server refuses what it is asked.
    #[error("{server} refuses: {said}")]
    WebRefused {
        /// Its name.
        server: String,
        /// Its answer.
        said: String,
    },
    /// A web server knows Loket's account no more.
    #[error("{server} refuses the log-in")]
    WebLogIn {
        /// Its name.
        server: String,
    },
    /// Loket's account may not do what is needed.
    #[error("{server} does not allow it: {said}")]
    WebForbidden {
        /// Its name.
        server: String,
        /// Its answer.
        said: String,
    },
    /// A web server answers something else than its interface promises.
    #[error("{server} gave an unexpected answer: {said}")]
    WebUnexpected {
        /// Its name.
        server: String,
        /// What it was.
        said: String,
    },
    /// An address that nothing can be done with.
    #[error("the address {url} cannot be used: {said}")]
    WebAddress {
        /// The address.
        url: String,
        /// What is wrong with it.
        said: String,
    },
    /// An address that leads into the own network and was not expected to.
    #[error("{host} lies within the own network")]
    WebInside {
        /// The host.
        host: String,
    },
    /// Credentials would go to a public server in the clear.
    #[error("{host} is called without encryption")]
    WebUnprotected {
        /// The host.
        host: String,
    },
    /// There is no such queue, or Loket may not make tickets in it.
    #[error("no tickets can be made in queue {queue}: {said}")]
    Queue {
        /// Its name.
        queue: String,
        /// What the provider's system said.
        said: String,
    },
    /// The queue has no field for our reference, or Loket may not see it.
    #[error("queue {queue} has no field {field}")]
    FieldMissing {
        /// The name of the field.
        field: String,
        /// The queue.
        queue: String,
    },
    /// The ticket was made, and the field for our reference does not hold it.
    #[error("ticket {number} was made without our reference in field {field}")]
    FieldLost {
        /// The name of the field.
        field: String,
        /// The ticket's number.
        number: String,
    },
    /// The field for our reference cannot be used.
    #[error("the field {field} cannot be used: {said}")]
    FieldClosed {
        /// The name of the field.
        field: String,
        /// What the provider's system said.
        said: String,
    },
    /// The person for whom Loket registers is not known there.
    #[error("{server} knows no caller {caller}")]
    CallerUnknown {
        /// The server.
        server: String,
        /// The mail address of the person.
        caller: String,
    },
    /// A key for signatures is none.
    #[error("the secret of {key} is no key for signatures")]
    SigningKey {
        /// The key of the configuration.
        key: String,
    },
    /// The account is of another sort than was configured.
    #[error("the account on {server} is of the sort {account}")]
    AccountSort {
        /// The server.
        server: String,
        /// What it is, by the word for the configuration.
        account: String,
    },
    /// What was made or said cannot be read back.
    #[error("ticket {number} cannot be read back: {said}")]
    Unverified {
        /// The ticket's number.
        number: String,
        /// What the provider's system said.
        said: String,
    },
    /// The provider's own number is needed, and it is missing or not one of this system's.
    #[error("no number of the provider's system: {number}")]
    NumberNeeded {
        /// What stands in its place.
        number: String,
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
