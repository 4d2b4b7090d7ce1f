//! A mail as it came in, taken apart but not yet understood.

use super::Instant;

/// A mail that somebody sent to a mailbox of Loket's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// Unique for ever: mailbox, validity and number of the mail.
    pub key: String,
    /// Its own identity, without angle brackets.
    pub message_id: Option<String>,
    /// The address it says to be from, in lower case; empty when it names none.
    pub from: String,
    /// The name beside it.
    pub from_name: Option<String>,
    /// The addresses it was delivered to or addressed to, in lower case, the envelope's first.
    pub recipients: Vec<String>,
    /// The identities of the mails that it answers, without angle brackets, the nearest first.
    pub answers: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The words: the plain text, or the text of the HTML when there is no plain one. Not yet without quotes.
    pub text: String,
    /// By what it was sent.
    pub sender: MailSender,
    /// What the receiving server found out about the sender's domain; `None` where it did not look.
    pub authentic: Option<bool>,
    /// When it says to be written, else when it was received.
    pub at: Instant,
    /// Files with it.
    pub attachments: Vec<MailFile>,
    /// Whether it could not be taken apart, so that only what was found is here.
    pub damaged: bool,
}

/// By what a mail was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MailSender {
    /// As far as it says, a person.
    #[default]
    Person,
    /// A machine that answers what it received, a ticket system or an out-of-office notice.
    Responder,
    /// A mailing list or anything sent in bulk.
    Bulk,
    /// A mail system that could not deliver what Loket sent.
    Bounce,
    /// Loket itself.
    Ourselves,
}

/// A file with a mail; the bytes of most stay in the mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailFile {
    /// The name, without folders.
    pub name: String,
    /// The media type as it says: `image/jpeg`.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// What is in it, for the few files that are read: photos and documents that go on, and tables that may be a bill. Empty for any other.
    pub content: Vec<u8>,
}
