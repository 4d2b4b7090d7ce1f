//! Mail that comes in: from providers about orders, back from mail systems, and from colleagues. A mail moves something only when it carries
//! our reference, or a number that the provider is known by, and comes from where the provider writes from. Anything else is shown to the
//! SPOC and moves nothing. A mail never approves.

use super::act::{Acted, Along};
use super::bills::{Given, users_of};
use super::files::{Received, naming, received};
use super::house::Letterbox;
use super::news::{room, unless_fatal};
use super::understand::{self, begins_another, command_of, content};
use super::{Desk, DeskError, House, unit};
use crate::domain::approval::ledger::EMPTY;
use crate::domain::effect::{Effect, Telling};
use crate::domain::file;
use crate::domain::journal::{Astray, OrganisationEvent};
use crate::domain::mail::{Mail, MailSender};
use crate::domain::provider::Answer;
use crate::domain::register::{Connector, Organisation, Person, ProviderSettings, TheirApproval, Topic};
use crate::domain::request::command::Beginning;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Actor, Command, Event, Facts, Origin, Request, Requester, Said, decide, fold};
use crate::domain::{AccountId, Instant, Number, OrganisationId, Private, ProviderCode, RequestId, Token, Trouble};
use crate::intake::{self, letter};
use crate::ports::{CommitError, InboxKey, Unit};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// Mails read at once.
const BATCH: u32 = 50;
/// So many mails an hour that fit nothing are shown to an organisation; a flood stays in the mailbox, and the SPOC is told that once.
const SHOWN_AN_HOUR: u64 = 20;

/// What a colleague's mail answers.
enum Answered {
    /// A request of theirs that is open.
    Own(Box<Request>),
    /// A request of somebody else's.
    NotTheirs,
    /// Nothing of ours.
    Nothing,
}

/// A request that a mail is about.
type Meant = (OrganisationId, RequestId);

impl Desk {
    /// Reads every mailbox up to its end; says how many mails there were.
    pub async fn read_mailboxes(&self) -> Result<usize, DeskError> {
        let house = self.house();
        let mut read = 0;
        for inbox in &house.letterboxes {
            read += unless_fatal(self.read_mailbox(&house, inbox).await)?;
        }
        Ok(read)
    }

    async fn read_mailbox(&self, house: &House, inbox: &Letterbox) -> Result<usize, DeskError> {
        let name = format!("mailbox:{}", inbox.mailbox.name());
        let mut read = 0;
        loop {
            let mark = self.store.mark(&name).await?;
            let batch = match inbox.mailbox.after(mark.as_deref(), BATCH).await {
                Ok(batch) => batch,
                Err(error) => {
                    tracing::warn!(mailbox = inbox.mailbox.name(), %error, "a mailbox could not be read");
                    self.unheard(&name, inbox.mailbox.name(), error).await;
                    return Ok(read);
                }
            };
            self.unheard.heard(&name);
            for (mail, after) in &batch.mails {
                match Box::pin(self.take_mail(house, inbox, mail)).await {
                    // One damaged journal must not keep everybody else's mail.
                    Err(DeskError::Inconsistent(error)) => {
                        tracing::error!(mail.key, %error, "a mail meets a damaged journal; run `loket verify`");
                    }
                    taken => taken?,
                }
                // Once it is recorded: dying before reads it again, and the inbox knows it.
                self.store.set_mark(&name, after).await?;
                read += 1;
            }
            if batch.mails.is_empty()
                && batch.mark != mark
                && let Some(first) = &batch.mark
            {
                self.store.set_mark(&name, first).await?;
            }
            // One that gives neither mails nor another mark would be asked for ever.
            if !batch.more || (batch.mails.is_empty() && batch.mark == mark) {
                return Ok(read);
            }
        }
    }

    /// One mail finds its request, or is set aside.
    pub async fn take_mail(&self, house: &House, inbox: &Letterbox, mail: &Mail) -> Result<(), DeskError> {
        let key = inbox_key(mail);
        if mail.sender == MailSender::Ourselves || self.store.seen(&key).await? {
            return Ok(());
        }
        if mail.sender == MailSender::Bounce {
            return self.came_back(house, inbox, mail, key).await;
        }
        let meant = self.meant(house, inbox, mail).await?;
        if self.takes_bills(house, inbox, mail).await? && meant.is_empty() {
            // What else such a mail says is about the bill.
            let organisation = whose(house, inbox, mail, &meant).map(|(organisation, _)| organisation);
            return match organisation {
                Some(organisation) => self.pass(&organisation, &Along::inbox(key)).await,
                None => Ok(()),
            };
        }
        if meant.is_empty()
            && mail.sender == MailSender::Person
            && mail.authentic != Some(false)
            && let Some((organisation, person)) = colleague(house, mail, self.clock.now())
        {
            return self.colleague_writes(house, inbox, organisation, person, mail, key).await;
        }
        let [one] = meant.as_slice() else {
            let why = match (meant.is_empty(), mail.damaged) {
                (true, true) => Astray::Damaged,
                (true, false) => Astray::Nothing,
                (false, _) => Astray::Several,
            };
            return self.set_aside(house, inbox, mail, why, &meant, key).await;
        };
        let (organisation, id) = one;
        let Some((request, _)) = self.load(organisation, *id).await? else {
            return self.set_aside(house, inbox, mail, Astray::Nothing, &[], key).await;
        };
        // While its organisation is not configured nobody knows the provider; the SPOC gets it when that is back.
        let (Some(configured), Some(settings)) = (house.organisation(organisation), provider_of(house, &request))
        else {
            return self.set_aside(house, inbox, mail, Astray::Nothing, &meant, key).await;
        };
        if !settings.writes_from(&mail.from) || !inbox.providers.contains(&settings.code) {
            return self.set_aside(house, inbox, mail, Astray::Sender, &meant, key).await;
        }
        if mail.authentic == Some(false) {
            return self.set_aside(house, inbox, mail, Astray::Forged, &meant, key).await;
        }
        let came = received(&mail.attachments, room(&request));
        let answer = answer(settings, configured, &request, mail, &came);
        let empty = answer.text.is_none() && answer.status.is_none() && !answer.automatic && answer.files.is_empty();
        if mail.damaged || empty {
            // It is about this request, and what it says must be looked up in the mailbox.
            return self.set_aside(house, inbox, mail, Astray::Damaged, &meant, key).await;
        }
        if !request.may_be_answered() {
            // It is about something that never left, so that only a person can make sense of it.
            return self.set_aside(house, inbox, mail, Astray::Nothing, &meant, key).await;
        }
        match self.hear_answer(organisation, *id, answer, came.bodies, key.clone()).await? {
            Acted::Refused(_) => {
                // It went back between the two; the refusal took the key.
                let late = InboxKey(format!("{}:late", key.0));
                self.set_aside(house, inbox, mail, Astray::Nothing, &meant, late).await
            }
            Acted::Done | Acted::Seen | Acted::Missing => Ok(()),
        }
    }

    /// Takes the bills that a provider mailed; says whether there were any. A file that is none stays what it is.
    async fn takes_bills(&self, house: &House, inbox: &Letterbox, mail: &Mail) -> Result<bool, DeskError> {
        let sender = known_sender(house, inbox, mail).filter(|_| mail.authentic != Some(false) && !mail.damaged);
        let Some(provider) = sender.and_then(|code| house.register.providers.get(code)) else { return Ok(false) };
        let mut found = false;
        for file in mail.attachments.iter().filter(|file| !file.content.is_empty()) {
            let Ok(bill) = intake::invoice::bill(&file.content) else { continue };
            found = true;
            self.take_bill(house, &bill, &Given { provider, by: None }).await?;
        }
        Ok(found)
    }

    /// A colleague writes: about an open request of theirs when it answers one, else something new. It is read as any message is, and
    /// decides nothing.
    async fn colleague_writes(
        &self,
        house: &House,
        inbox: &Letterbox,
        organisation: &Organisation,
        person: &Person,
        mail: &Mail,
        key: InboxKey,
    ) -> Result<(), DeskError> {
        let Some(reader) = house.reader(&organisation.id) else { return Ok(()) };
        let account = AccountId::mail(&mail.from);
        let came = received(&mail.attachments, file::ALL);
        let actor = Actor::Account { account: account.clone(), person: Some(person.id.clone()) };
        let visible = letter::visible(&mail.text);
        let now = mail.at.with_timezone(&organisation.zone);
        let read = |text: &str| {
            let heard = intake::Heard { text: understand::cut(text), now, topic: Topic::General, addressed: true };
            reader.read(&heard)
        };
        let answered = match self.answered_by(organisation, person, &account, mail).await? {
            Answered::Own(request) if begins_another(&request, &read(&visible)) => None,
            Answered::Own(request) => Some(*request),
            Answered::Nothing => None,
            Answered::NotTheirs => return self.set_aside(house, inbox, mail, Astray::Nothing, &[], key).await,
        };
        if let Some(request) = answered {
            let asked = request.asks();
            let heard = intake::Heard { text: understand::cut(&visible), now, topic: Topic::General, addressed: true };
            let answer = reader.answer(&heard, asked.as_ref());
            let text = Private::new(understand::cut(&visible));
            let said = Said { message: None, by: account, at: mail.at, text, files: came.files };
            let command = command_of(&request, &answer, asked.as_ref(), said);
            let facts = Facts {
                now: self.clock.now(),
                register: &house.register,
                organisation,
                // Only whether it changes anything is asked here.
                absences: &[],
                ledger: &EMPTY,
                actor: actor.clone(),
                fresh: self.fresh(request.id),
            };
            if decide(&request, command.clone(), &facts).is_ok_and(|events| !events.is_empty()) {
                let along = Along { bodies: came.bodies, ..Along::inbox(key) };
                return self.act(&organisation.id, request.id, &actor, &command, &along).await.map(|_| ());
            }
            if answer.intent == intake::Intent::Thanks {
                return self.pass(&organisation.id, &Along::inbox(key)).await;
            }
            // It changes nothing that Loket understands, so that a person reads it.
            let meant = [(organisation.id.clone(), request.id)];
            return self.set_aside(house, inbox, mail, Astray::Nothing, &meant, key).await;
        }
        // The subject of an answer to somebody else's mail is that mail's.
        let new = mail.answers.is_empty();
        let text = if new { format!("{}\n{visible}", mail.subject.trim()) } else { visible };
        let understood = read(&text);
        let quiet = match understood.outcome {
            intake::Outcome::Act => false,
            // Whoever writes to Loket first means something by it; there is a question before anything leaves.
            intake::Outcome::Ask => !new,
            intake::Outcome::Silent => true,
        };
        if quiet || understood.requests.is_empty() {
            return self.set_aside(house, inbox, mail, Astray::Nothing, &[], key).await;
        }
        let origin = Origin {
            requester: Requester {
                account: Some(account.clone()),
                person: Some(person.id.clone()),
                name: Private::new(&person.name),
            },
            registered_by: None,
            source: None,
            direct: false,
            lang: understood.lang,
            at: mail.at,
            configuration: house.register.revision.clone(),
        };
        let said = Said {
            message: None,
            by: account,
            at: mail.at,
            text: Private::new(understand::cut(&text)),
            files: came.files,
        };
        let begin = |one| Beginning {
            origin: origin.clone(),
            said: said.clone(),
            content: content(one, understood.confidence),
            sure: true,
            follows: None,
        };
        let beginnings = understood.requests.iter().map(begin).collect();
        let along = Along { bodies: came.bodies, ..Along::inbox(key.clone()) };
        if let Err(refusal) = self.begin(&organisation.id, &actor, beginnings, &along).await? {
            tracing::info!(organisation.id = %organisation.id, %refusal, "a colleague's mail was not taken as a request");
            // The refusal may have taken the key.
            let refused = InboxKey(format!("{}:refused", key.0));
            return self.set_aside(house, inbox, mail, Astray::Nothing, &[], refused).await;
        }
        Ok(())
    }

    /// The request of somebody that their mail answers: the one whose number is in its subject, or whose letter it answers. A mail that
    /// answers anything else answers nothing of ours.
    async fn answered_by(
        &self,
        organisation: &Organisation,
        person: &Person,
        account: &AccountId,
        mail: &Mail,
    ) -> Result<Answered, DeskError> {
        let named = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).parse::<Number>().ok();
        let mut ids: Vec<RequestId> = mail.answers.iter().filter_map(|id| letter_about(id)).collect();
        if let Some(number) = mail.subject.split_whitespace().find_map(named) {
            let known = self.store.by_number(&organisation.id, number).await?;
            ids = known.into_iter().chain(ids).collect();
        }
        for id in ids {
            let Some((request, _)) = self.load(&organisation.id, id).await? else { continue };
            let theirs = request.is_of(account)
                || request.origin.requester.person.as_ref() == Some(&person.id)
                || person.accounts.iter().any(|own| request.is_of(own));
            return Ok(match theirs {
                // What ended is asked for anew.
                true if request.is_closed() => Answered::Nothing,
                true => Answered::Own(Box::new(request)),
                false => Answered::NotTheirs,
            });
        }
        Ok(Answered::Nothing)
    }

    /// The requests that a mail may be about: by our references where it was delivered, in what it answers and in its subject; else by
    /// those in its text; else by the provider's own number in the subject.
    async fn meant(&self, house: &House, inbox: &Letterbox, mail: &Mail) -> Result<Vec<Meant>, DeskError> {
        let plus = mail.recipients.iter().filter_map(|address| letter::plus_token(address));
        let answered = mail.answers.iter().flat_map(|id| letter::references(id, ""));
        let subject = letter::references(&mail.subject, "");
        let strong = plus.chain(answered.chain(subject).filter_map(|reference| token_of(&reference)));
        let found = self.by_tokens(strong).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        let found = self.by_tokens(letter::references("", &mail.text).iter().filter_map(|text| token_of(text))).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        let mut found = BTreeSet::new();
        for code in &inbox.providers {
            let Some(settings) = house.register.providers.get(code).filter(|known| known.writes_from(&mail.from))
            else {
                continue;
            };
            for number in letter::their_numbers(&mail.subject, number_form(settings)) {
                found.extend(self.store.by_ticket(code, &number).await?);
            }
        }
        Ok(found.into_iter().collect())
    }

    async fn by_tokens(&self, tokens: impl Iterator<Item = String>) -> Result<Vec<Meant>, DeskError> {
        let mut found = BTreeSet::new();
        for token in tokens {
            found.extend(self.store.by_token(&Token(token)).await?);
        }
        Ok(found.into_iter().collect())
    }

    /// A mail of ours that could not be delivered: known by its identity, which is unguessable, so that the mail system need not be known.
    /// It takes back the order that it carried, or what was told about one.
    async fn came_back(&self, house: &House, inbox: &Letterbox, mail: &Mail, key: InboxKey) -> Result<(), DeskError> {
        let said: String = letter::visible(&mail.text).chars().take(300).collect();
        let why = Trouble::Returned { said };
        let carried = mail.answers.iter().find_map(|id| letter::carried(id));
        let mut meant = vec![];
        if let Some(carried) = &carried {
            meant = self.by_tokens(std::iter::once(carried.token.clone())).await?;
        }
        let (Some(carried), [(organisation, id)]) = (carried, meant.as_slice()) else {
            return self.set_aside(house, inbox, mail, Astray::Bounced, &meant, key).await;
        };
        let Some(loaded) = self.store.load(organisation, *id).await? else {
            return self.set_aside(house, inbox, mail, Astray::Bounced, &meant, key).await;
        };
        let Some(request) = fold(*id, organisation, loaded.events.clone())? else { return Ok(()) };
        let command = match carried.told {
            _ if mail.authentic == Some(false) => None,
            None => request.rests_on(carried.attempt).then_some(Command::Return { attempt: carried.attempt, why }),
            Some((word, seq)) => {
                let what = telling_of(&word, seq, &loaded.events);
                what.map(|what| Command::NotTold { what, certain: true, why: Some(why) })
            }
        };
        match command {
            Some(command) => {
                self.act(organisation, *id, &Actor::Provider, &command, &Along::inbox(key)).await.map(|_| ())
            }
            None => self.set_aside(house, inbox, mail, Astray::Bounced, &meant, key).await,
        }
    }

    /// Keeps a mail that moved nothing and asks the SPOC. What may concern more than one organisation is shown to none of them in full.
    async fn set_aside(
        &self,
        house: &House,
        inbox: &Letterbox,
        mail: &Mail,
        why: Astray,
        meant: &[Meant],
        key: InboxKey,
    ) -> Result<(), DeskError> {
        let Some((organisation, alone)) = whose(house, inbox, mail, meant) else {
            tracing::warn!(
                mailbox = inbox.mailbox.name(),
                "a mail stays in the mailbox: nobody's SPOC could sort it out"
            );
            return Ok(());
        };
        let now = self.clock.now();
        let hour = now.format("%Y-%m-%dT%H").to_string();
        // What is about a request is never too much.
        let counts = meant.is_empty() && known_sender(house, inbox, mail).is_none();
        let shown = if counts { self.store.count(&format!("astray:{organisation}"), &hour).await? } else { 0 };
        if shown > SHOWN_AN_HOUR + 1 {
            tracing::warn!(mailbox = inbox.mailbox.name(), "a mail that fits no request stays in the mailbox");
            return self.pass(&organisation, &Along::inbox(key)).await;
        }
        let flood = shown > SHOWN_AN_HOUR;
        let text = |text: &str| {
            if alone && !flood { Private::new(understand::cut(text)) } else { Private::erased() }
        };
        let provider = sender_of(house, inbox, mail);
        let names: Vec<String> = mail.attachments.iter().map(|file| file.name.clone()).collect();
        let event = OrganisationEvent::MailSetAside {
            key: mail.key.clone(),
            provider,
            from: text(&mail.from),
            subject: text(&mail.subject),
            text: text(&naming(letter::visible(&mail.text), &names)),
            why: if flood { Astray::Flood } else { why },
            among: meant.iter().filter(|(of, _)| *of == organisation).map(|(_, id)| *id).collect(),
        };
        loop {
            // Its end is enough, so that the thousandth mail costs no more than the first.
            let head = self.store.organisation_head(&organisation).await?;
            let effect = Effect::Stray { mail: head.next };
            let change = unit::of_organisation(head, vec![(event.clone(), vec![effect])], now);
            let mut unit = Unit { inbox: Some(key.clone()), ..Unit::new(organisation.clone(), now) };
            unit.changes.push(change);
            match self.commit(unit).await {
                Ok(_) | Err(CommitError::Seen) => {
                    self.ring();
                    return Ok(());
                }
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// The only colleague of all organisations who has that address.
fn colleague<'h>(house: &'h House, mail: &Mail, now: Instant) -> Option<(&'h Organisation, &'h Person)> {
    let account = AccountId::mail(&mail.from);
    let mut found = house.register.organisations.values().filter_map(|organisation| {
        let today = now.with_timezone(&organisation.zone).date_naive();
        organisation.person_of(&account, today).map(|person| (organisation, person))
    });
    found.next().filter(|_| found.next().is_none())
}

/// What a provider's mail says.
fn answer(
    settings: &ProviderSettings,
    organisation: &Organisation,
    request: &Request,
    mail: &Mail,
    came: &Received,
) -> Answer {
    let mut visible = letter::visible(&mail.text);
    if visible.trim().is_empty() {
        // What was only passed on has no words of its own.
        visible.clone_from(&mail.text);
    }
    let status = letter::status_in(&mail.subject, &visible, &settings.statuses);
    // What the provider's own system or the SPOC said is not overruled by the subject of a mail.
    let unknown = request.sent().is_none_or(|sent| sent.number.is_none());
    let by_system = matches!(settings.connector, Connector::Rt { .. } | Connector::Topdesk { .. } | Connector::Rest(_));
    let mut numbers = letter::their_numbers(&mail.subject, number_form(settings));
    let number = if unknown && !by_system && numbers.len() == 1 { numbers.pop() } else { None };
    let proposes = letter::proposal(&visible, mail.at.with_timezone(&organisation.zone));
    let machine = matches!(mail.sender, MailSender::Responder | MailSender::Bulk);
    let asks = letter::asks(&visible) && !machine;
    let wants_approval =
        settings.their_approval == TheirApproval::Mail && letter::wants_approval(&mail.subject, &visible);
    Answer {
        automatic: machine && letter::is_receipt(&mail.subject, &visible, &settings.statuses),
        wants_approval,
        status: status.as_ref().map(|(status, _)| *status),
        theirs: status.map(|(_, theirs)| theirs),
        number,
        planned: None,
        asks,
        proposes,
        files: came.files.clone(),
        text: Some(naming(visible, &came.left))
            .filter(|text| !text.trim().is_empty())
            .map(|text| Private::new(understand::cut(&text))),
        who: mail.from_name.as_deref().map(|name| Private::new(letter::writer(name))),
    }
}

/// The organisation whose SPOC sorts a mail out, and whether it can concern no other. One that is configured no more is told when it is back.
fn whose(house: &House, inbox: &Letterbox, mail: &Mail, meant: &[Meant]) -> Option<(OrganisationId, bool)> {
    let all: BTreeSet<&OrganisationId> = meant.iter().map(|(organisation, _)| organisation).collect();
    if let Some(first) = all.first() {
        return Some(((*first).clone(), all.len() == 1));
    }
    if let Some((own, _)) = colleague(house, mail, mail.at) {
        return Some((own.id.clone(), true));
    }
    let uses = |organisation: &&Organisation| {
        let theirs = |code: &ProviderCode| users_of(&house.register, code).any(|one| one.id == organisation.id);
        inbox.providers.iter().any(theirs)
    };
    let users: Vec<&Organisation> = house.register.organisations.values().filter(uses).collect();
    let mut written_to = users.iter().filter(|organisation| {
        let own = organisation.mail.as_ref().map(|mailbox| bare_address(&mailbox.from));
        own.is_some_and(|own| mail.recipients.contains(&own))
    });
    match (written_to.next(), written_to.next()) {
        (Some(one), None) => Some((one.id.clone(), true)),
        _ => users.first().map(|first| (first.id.clone(), users.len() == 1)),
    }
}

/// The address in `Loket <loket@example.org>`, in lower case.
fn bare_address(from: &str) -> String {
    let address = from.rsplit_once('<').map_or(from, |(_, rest)| rest.trim_end_matches('>'));
    address.trim().to_lowercase()
}

/// The provider of the mailbox that writes from the address of a mail.
fn known_sender<'b>(house: &House, inbox: &'b Letterbox, mail: &Mail) -> Option<&'b ProviderCode> {
    let writes =
        |code: &&ProviderCode| house.register.providers.get(*code).is_some_and(|known| known.writes_from(&mail.from));
    inbox.providers.iter().find(writes)
}

/// The request that a letter of ours is about, by the identity of its mail.
fn letter_about(id: &str) -> Option<RequestId> {
    id.split(['.', '@']).next()?.parse().ok()
}

/// What was told, by the word and the event in the identity of its mail; `None` when nothing of the kind was.
fn telling_of(word: &str, seq: u64, events: &[Recorded]) -> Option<Telling> {
    let event = events.iter().find(|recorded| recorded.seq == seq).map(|recorded| &recorded.event)?;
    match (word, event) {
        ("cancel", Event::CancelAsked { .. }) => Some(Telling::Cancel { seq }),
        ("reopen", Event::Reopened { .. }) => Some(Telling::Reopen { seq }),
        ("answer", Event::Answered { .. }) => Some(Telling::Answer { seq }),
        ("urge", Event::Urged { .. }) => Some(Telling::Urge { seq }),
        ("files", Event::FileKept { .. } | Event::FileLost { .. } | Event::SentAlong { .. }) => {
            Some(Telling::Files { seq })
        }
        ("agree", Event::Granted { .. }) => Some(Telling::Agree { seq }),
        ("refuse", Event::Declined { .. }) => Some(Telling::Refuse { seq }),
        _ => None,
    }
}

fn sender_of(house: &House, inbox: &Letterbox, mail: &Mail) -> ProviderCode {
    let first = inbox.providers.first();
    known_sender(house, inbox, mail).or(first).cloned().unwrap_or_else(|| ProviderCode::new(""))
}

fn provider_of<'h>(house: &'h House, request: &Request) -> Option<&'h ProviderSettings> {
    house.register.providers.get(&request.order()?.provider)
}

fn number_form(settings: &ProviderSettings) -> Option<&crate::domain::provider::NumberForm> {
    match &settings.connector {
        crate::domain::register::Connector::Manual { number, .. } => number.as_ref(),
        _ => None,
    }
}

/// The unguessable part of a whole reference.
fn token_of(reference: &str) -> Option<String> {
    reference.rsplit('-').next().map(str::to_uppercase)
}

/// A mail is the same when it says the same: some systems give two mails one identity, and a mailbox that was restored gives an old mail a
/// new number.
fn inbox_key(mail: &Mail) -> InboxKey {
    let mut hash = Sha256::new();
    for part in [mail.message_id.as_deref().unwrap_or_default(), &mail.from, &mail.subject, &mail.text] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    for id in &mail.answers {
        hash.update((id.len() as u64).to_be_bytes());
        hash.update(id.as_bytes());
    }
    hash.update(mail.at.timestamp_millis().to_be_bytes());
    let hash = hash.finalize();
    InboxKey(hash.iter().take(16).fold("mail:".to_owned(), |text, byte| text + &format!("{byte:02x}")))
}
