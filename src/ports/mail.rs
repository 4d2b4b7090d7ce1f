//! A mailbox into which providers and colleagues write.

use super::ProviderError;
use crate::domain::mail::Mail;
use async_trait::async_trait;

/// A mailbox that is read. Nothing in it is ever changed or removed: Loket remembers how far it has read.
#[async_trait]
pub trait Mailbox: Send + Sync {
    /// What names it in the store, the same for ever: server and user.
    fn name(&self) -> &str;

    /// The mails after a mark that this mailbox gave before, oldest first, at most `limit`; without a mark those from now on, so that
    /// an old mailbox does not come in as news. The last mark stands after the last mail.
    async fn after(&self, mark: Option<&str>, limit: u32) -> Result<Batch, ProviderError>;
}

/// Some mails of a mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Each with the mark that stands after it.
    pub mails: Vec<(Mail, String)>,
    /// The mark to go on from when there were no mails; the same as the one given, or the first.
    pub mark: Option<String>,
    /// Whether there are more.
    pub more: bool,
}
