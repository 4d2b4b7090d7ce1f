//! A mailbox over IMAP. [`imap`] leads the conversation, [`mime`] takes a mail apart, [`html`] finds the words of a page and [`parse`]
//! what the head says. Nothing in the mailbox is ever changed: it is examined, and mails are peeked at.

mod html;
mod imap;
mod mime;
mod parse;
#[cfg(test)]
mod tests;

pub use parse::mail as read;

use crate::domain::Trouble;
use crate::domain::mail::Mail;
use crate::domain::register::Inbox;
use crate::ports::{Batch, Mailbox, ProviderError};
use async_trait::async_trait;
use imap::{Found, Imap, Loaded, Session};
use secrecy::SecretString;
use std::sync::Arc;

/// Makes the mailbox of a configuration. The error is for the administrator.
pub fn connect(inbox: &Inbox, password: Option<SecretString>) -> Result<Arc<dyn Mailbox>, Trouble> {
    Ok(Arc::new(ImapMailbox::new(inbox, password)?))
}

/// In another life of a folder, mails that are older by so many seconds than the newest that was read are not read again.
const AGAIN: i64 = 2 * 24 * 3600;
/// So many bytes of mails are in memory at once.
const AT_ONCE: u64 = 32 * 1024 * 1024;

/// A folder on an IMAP server, read with one connection for each call.
pub struct ImapMailbox {
    name: String,
    imap: Imap,
}

impl ImapMailbox {
    /// A folder and the password of its user. The error is for the administrator.
    pub fn new(inbox: &Inbox, password: Option<SecretString>) -> Result<Self, Trouble> {
        let user = inbox.server.user.as_ref().map(|user| format!("{user}@")).unwrap_or_default();
        let name = format!("{user}{}/{}", inbox.server.host, inbox.folder);
        Ok(Self { name, imap: Imap::new(inbox, password)? })
    }

    async fn read(&self, session: &mut Session, mark: Option<&str>, limit: u32) -> Result<Batch, ProviderError> {
        let folder = self.imap.examine(session).await?;
        let Some(mark) = mark else {
            let last = self.imap.last(session, &folder).await?;
            let mark = Mark { validity: folder.validity, last, newest: None, floor: None };
            return Ok(Batch { mark: Some(mark.to_string()), ..Batch::default() });
        };
        let validity = folder.validity;
        let mut at = match Mark::read(mark) {
            Some(known) if known.validity == validity => known,
            // Numbers of another life of the folder mean nothing any more. What came in before is known by when that was; where no mail
            // was ever read there is nothing to go by but the end.
            Some(Mark { newest: None, .. }) => {
                Mark { validity, last: self.imap.last(session, &folder).await?, newest: None, floor: None }
            }
            known => {
                let newest = known.and_then(|known| known.newest);
                Mark { validity, last: 0, newest, floor: newest.map(|newest| newest - AGAIN) }
            }
        };
        let found = self.imap.above(session, at.last).await?;
        let most = usize::try_from(limit.max(1)).unwrap_or(usize::MAX);
        let sizes = self.imap.sizes(session, found.get(..most).unwrap_or(&found)).await?;
        let sizes = sizes.get(..fitting(&sizes)).unwrap_or(&sizes);
        let mut mails = Vec::new();
        for found in sizes.iter().copied() {
            // One that was removed in the meantime is passed over.
            let Some(loaded) = self.imap.load(session, found).await? else { continue };
            let received = loaded.received.map(|at| at.timestamp());
            at = Mark { last: found.uid, newest: at.newest.max(received), ..at };
            let old = received.zip(at.floor).is_some_and(|(received, floor)| received < floor);
            if !old {
                mails.push((self.mail(&at, found, &loaded), at.to_string()));
            }
        }
        // What was passed over at the end is passed over for good.
        at.last = sizes.last().map_or(at.last, |last| last.uid);
        let more = found.len() > sizes.len();
        if !more {
            at.floor = None;
        }
        Ok(Batch { mails, mark: Some(at.to_string()), more })
    }

    fn mail(&self, mark: &Mark, found: Found, loaded: &Loaded) -> Mail {
        let key = format!("{}:{}:{}", self.name, mark.validity, found.uid);
        if found.large() {
            parse::head_only(key, &loaded.bytes, loaded.received)
        } else {
            parse::mail(key, &loaded.bytes, loaded.received)
        }
    }
}

#[async_trait]
impl Mailbox for ImapMailbox {
    fn name(&self) -> &str {
        &self.name
    }

    async fn after(&self, mark: Option<&str>, limit: u32) -> Result<Batch, ProviderError> {
        let mut session = self.imap.log_in().await?;
        let batch = self.read(&mut session, mark, limit).await;
        imap::farewell(session).await;
        batch
    }
}

/// How many of these mails are loaded at once: one in any case, and no more than so many bytes together, since all of them are in memory.
fn fitting(sizes: &[Found]) -> usize {
    let mut weight: u64 = 0;
    let fits = |(index, found): &(usize, &Found)| {
        weight += found.loaded();
        *index == 0 || weight <= AT_ONCE
    };
    sizes.iter().enumerate().take_while(fits).count()
}

/// How far a folder was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    /// The life of the folder within which numbers count.
    validity: u32,
    /// The number of the last mail.
    last: u32,
    /// When the newest mail that was read had been received, in seconds since 1970; `None` before the first.
    newest: Option<i64>,
    /// In a new life of the folder, until its end was reached: mails received before this were read in the life before.
    floor: Option<i64>,
}

impl Mark {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (validity, last) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let mut seconds = || parts.next().and_then(|seconds| seconds.parse().ok());
        Some(Self { validity, last, newest: seconds(), floor: seconds() })
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.validity, self.last)?;
        let Some(newest) = self.newest else { return Ok(()) };
        write!(f, ":{newest}")?;
        self.floor.map_or(Ok(()), |floor| write!(f, ":{floor}"))
    }
}
