//! A letter that goes out and comes in again: the only proof that both ways of mail work.

use super::super::words;
use super::{MAIL_LIMIT, Notes};
use crate::adapters::clock::{SystemClock, SystemEntropy};
use crate::adapters::{mailbox, provider};
use crate::config::Loaded;
use crate::config::secret::{self, SecretError};
use crate::domain::register::{Inbox, Organisation};
use crate::ports::{Checked, Clock as _, Grade, Letter, Mailbox, Mailer, ProviderError, fresh_token};
use crate::render::{self, Voice};
use secrecy::SecretString;
use std::sync::Arc;
use std::time::Duration;

/// Between two looks at the mailbox.
const PAUSE: Duration = Duration::from_secs(2);
/// How long the letter may be under way.
const UNDER_WAY: Duration = Duration::from_secs(90);
/// Mails that are looked through at a time.
const PAGE: u32 = 50;

pub(super) async fn check(loaded: &Loaded, asked: bool, voice: Voice<'_>) -> Vec<Checked> {
    let mut notes = Notes::new(voice);
    let own: Vec<&Organisation> = loaded.register.organisations.values().filter(|one| one.mail.is_some()).collect();
    if !asked {
        notes.add(Grade::Skipped, notes.say("check-mail-not-asked").text());
        return notes.lines;
    }
    if own.is_empty() {
        notes.add(Grade::Skipped, notes.say("check-no-mail").text());
        return notes.lines;
    }
    let mailers = match provider::mailers(&loaded.register, &secret_of) {
        Ok(mailers) => mailers,
        Err(problems) => {
            for line in words::misconfigured(voice, &problems) {
                notes.add(Grade::Stuck, line);
            }
            return notes.lines;
        }
    };
    for organisation in own {
        let Some((mailer, from)) = mailers.get(&organisation.id).zip(organisation.mail.as_ref()) else { continue };
        let round = round(loaded, organisation, mailer.as_ref(), &from.from, voice);
        match tokio::time::timeout(MAIL_LIMIT, round).await {
            Ok(lines) => notes.lines.extend(lines),
            Err(_) => late(&mut notes, organisation),
        }
    }
    notes.lines
}

fn secret_of(name: &str) -> Result<SecretString, SecretError> {
    secret::read(name, |variable| std::env::var_os(variable))
}

fn late(notes: &mut Notes<'_>, organisation: &Organisation) {
    let told = notes.say("check-mail-late").own("organisation", &organisation.name);
    notes.add(Grade::Stuck, told.own("seconds", UNDER_WAY.as_secs().to_string()).text());
}

fn trouble(notes: &mut Notes<'_>, organisation: &Organisation, error: &ProviderError) {
    let (ProviderError::Retry { why, .. }
    | ProviderError::Unknown { why }
    | ProviderError::Rejected { why }
    | ProviderError::NeedsPerson { why }) = error;
    let told = notes.say("check-of").own("name", &organisation.name);
    notes.add(Grade::Stuck, told.own("what", render::trouble(notes.voice, why).plain()).text());
}

/// The mailbox in which mail for that address arrives: that of the same user, else the only one.
fn inbox_of<'a>(loaded: &'a Loaded, address: &str) -> Option<&'a Inbox> {
    let all: Vec<&Inbox> = loaded.register.providers.values().filter_map(|one| one.inbox.as_ref()).collect();
    let own = all.iter().find(|inbox| inbox.server.user.as_deref() == Some(address)).copied();
    own.or_else(|| all.first().copied().filter(|first| all.iter().all(|inbox| inbox.server == first.server)))
}

async fn round(
    loaded: &Loaded,
    organisation: &Organisation,
    mailer: &dyn Mailer,
    address: &str,
    voice: Voice<'_>,
) -> Vec<Checked> {
    let mut notes = Notes::new(voice);
    let mailbox = match inbox_of(loaded, address).map(open) {
        Some(Ok(mailbox)) => Some(mailbox),
        Some(Err(why)) => {
            notes.add(Grade::Stuck, why(voice));
            return notes.lines;
        }
        None => None,
    };
    // From here on what comes in is looked through.
    let mark = match &mailbox {
        Some(mailbox) => match mailbox.after(None, PAGE).await {
            Ok(batch) => batch.mark,
            Err(error) => {
                trouble(&mut notes, organisation, &error);
                return notes.lines;
            }
        },
        None => None,
    };
    let token = fresh_token(&SystemEntropy).as_str().to_lowercase();
    let letter = Letter {
        html: None,
        to: address.to_owned(),
        subject: format!("{} {token}", notes.say("check-mail-subject").text()),
        body: notes.say("check-mail-body").text(),
        reference: format!("check-{token}"),
        at: SystemClock.now(),
    };
    if let Err(error) = mailer.send(&letter).await {
        trouble(&mut notes, organisation, &error);
        return notes.lines;
    }
    let told = |key| notes.say(key).own("organisation", &organisation.name).own("address", address).text();
    let Some(mailbox) = mailbox else {
        let text = told("check-mail-sent");
        notes.add(Grade::Note, text);
        return notes.lines;
    };
    match tokio::time::timeout(UNDER_WAY, arrives(mailbox.as_ref(), mark, &token)).await {
        Ok(Ok(())) => {
            let text = told("check-mail-round");
            notes.add(Grade::Well, text);
        }
        Ok(Err(error)) => trouble(&mut notes, organisation, &error),
        Err(_) => late(&mut notes, organisation),
    }
    notes.lines
}

type Sentence = Box<dyn FnOnce(Voice<'_>) -> String + Send>;

fn open(inbox: &Inbox) -> Result<Arc<dyn Mailbox>, Sentence> {
    let password = inbox.server.password.as_deref().map(secret_of).transpose();
    let password = password.map_err(|error| Box::new(move |voice: Voice<'_>| error.sentence(voice)) as Sentence)?;
    mailbox::connect(inbox, password)
        .map_err(|why| Box::new(move |voice: Voice<'_>| render::trouble(voice, &why).plain()) as Sentence)
}

/// Waits until the letter with that token in its subject is there.
async fn arrives(mailbox: &dyn Mailbox, mut mark: Option<String>, token: &str) -> Result<(), ProviderError> {
    loop {
        let batch = mailbox.after(mark.as_deref(), PAGE).await?;
        if batch.mails.iter().any(|(mail, _)| mail.subject.contains(token)) {
            return Ok(());
        }
        mark = batch.mails.last().map(|(_, after)| after.clone()).or(batch.mark).or(mark);
        tokio::time::sleep(PAUSE).await;
    }
}
