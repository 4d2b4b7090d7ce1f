//! What is known of one person, straight from the memory: for showing it, handing it out, and erasing it.

use super::DeskError;
use super::erasing::{BATCH, Gone, Wanted, erasing};
use crate::domain::approval::Absence;
use crate::domain::journal::{Erasing, OrganisationEvent, absences};
use crate::domain::person::{Share, Subject, same, texts};
use crate::domain::register::{Organisation, Person};
use crate::domain::request::event::Recorded;
use crate::domain::request::{StageName, fold};
use crate::domain::{AccountId, Instant, Number, ProviderCode, RequestId};
use crate::ports::{CommitError, Cursor, Listed, OpenFilter, Store};
use std::collections::BTreeSet;

/// So many requests are named at a time.
const PAGE: u32 = 500;
/// How often a batch is made anew when somebody wrote meanwhile.
const ATTEMPTS: usize = 16;

/// A request that they made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Which.
    pub id: RequestId,
    /// Its number, once it was settled.
    pub number: Option<Number>,
    /// Whether it has ended.
    pub closed: bool,
    /// When it began.
    pub opened_at: Instant,
    /// How many texts of it are still there.
    pub texts: usize,
    /// What the provider has it under, where it has it: who, and its own number.
    pub handed: Option<(ProviderCode, Option<String>)>,
    /// The reference that the provider was given.
    pub reference: Option<String>,
}

/// What they did in a request of somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Which.
    pub id: RequestId,
    /// Its number.
    pub number: Option<Number>,
    /// Whether it has ended.
    pub closed: bool,
    /// Their part in it.
    pub share: Share,
    /// Whether texts in it speak of them.
    pub mentioned: bool,
}

/// Everything that is known of a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Who.
    pub subject: Subject,
    /// The requests that they made, the oldest first.
    pub requests: Vec<Own>,
    /// Those of others in which they had a part or are spoken of.
    pub elsewhere: Vec<Elsewhere>,
    /// Events of the organisation with texts about them.
    pub of_organisation: Vec<u64>,
    /// When they were or will be away, or stand in.
    pub absences: Vec<Absence>,
    /// When they were last offered a request.
    pub nudged: Option<Instant>,
    /// How many events of the organisation name them.
    pub named: usize,
}

impl Known {
    /// Whether Loket knows nothing at all.
    pub fn is_empty(&self) -> bool {
        let Self { subject: _, requests, elsewhere, of_organisation, absences, nudged, named } = self;
        requests.is_empty()
            && elsewhere.is_empty()
            && of_organisation.is_empty()
            && absences.is_empty()
            && nudged.is_none()
            && *named == 0
    }

    /// The requests of theirs that are open.
    pub fn open(&self) -> impl Iterator<Item = &Own> {
        self.requests.iter().filter(|own| !own.closed)
    }

    /// What erasing takes away. Words of theirs in requests of others that are open wait until these have ended: people are still at work
    /// with them.
    pub fn to_erase(&self) -> Wanted {
        let gone = |own: &&Own| own.closed && own.texts > 0;
        let said = self.elsewhere.iter().filter(|one| one.closed);
        Wanted {
            requests: self.requests.iter().filter(gone).map(|own| own.id).collect(),
            events: said.flat_map(|one| one.share.said.iter().map(|seq| (one.id, *seq))).collect(),
            of_organisation: self.of_organisation.clone(),
            forgotten: self.nudged.map(|_| self.subject.accounts.iter().cloned().collect()).unwrap_or_default(),
        }
    }
}

/// Who is meant, or why that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// This one.
    One(Box<Subject>),
    /// Several of that name: their accounts or entries.
    Several(Vec<String>),
    /// Nobody that Loket knows.
    Nobody,
}

/// Finds who is meant by an account, an entry of the register, a mail address or a name.
pub async fn identify(store: &dyn Store, organisation: &Organisation, given: &str) -> Result<Meant, DeskError> {
    let given = given.trim();
    let is_entry = |person: &&Person| {
        let account = |account: &AccountId| account.as_str() == given || number_of(account) == Some(given);
        let mail = person.email.as_deref().is_some_and(|mail| same(mail, given));
        person.id.as_str() == given || person.accounts.iter().any(account) || mail || same(&person.name, given)
    };
    let entries: Vec<&Person> = organisation.people.values().filter(is_entry).collect();
    match entries.as_slice() {
        [person] => return Ok(Meant::One(Box::new(of_entry(person)))),
        [] => {}
        several => return Ok(Meant::Several(several.iter().map(|person| person.id.to_string()).collect())),
    }
    if given.contains('@') && !given.contains(char::is_whitespace) {
        let mail = given.to_lowercase();
        return Ok(Meant::One(Box::new(Subject {
            accounts: [AccountId::mail(&mail)].into(),
            marks: [mail.clone()].into(),
            mails: [mail].into(),
            ..Subject::default()
        })));
    }
    from_requests(store, organisation, given).await
}

/// The part of an account after the platform's name.
fn number_of(account: &AccountId) -> Option<&str> {
    account.as_str().split_once(':').map(|(_, number)| number)
}

fn of_entry(person: &Person) -> Subject {
    let mut subject = Subject {
        accounts: person.accounts.iter().cloned().collect(),
        person: Some(person.id.clone()),
        name: Some(person.name.clone()),
        ..Subject::default()
    };
    subject.marks.extend(whole_name(&person.name));
    subject.marks.extend(person.phone.as_deref().map(str::to_lowercase));
    if let Some(mail) = &person.email {
        subject.accounts.insert(AccountId::mail(mail));
        subject.mails.insert(mail.to_lowercase());
        subject.marks.insert(mail.to_lowercase());
    }
    subject
}

/// A name of one word is a word of many.
fn whole_name(name: &str) -> Option<String> {
    name.trim().contains(char::is_whitespace).then(|| name.trim().to_lowercase())
}

/// Somebody without an entry: known by the account or the name under which requests were made.
async fn from_requests(store: &dyn Store, organisation: &Organisation, given: &str) -> Result<Meant, DeskError> {
    let mut accounts = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut nameless = false;
    let mut by_account = false;
    for listed in all(store, organisation).await? {
        let Some(loaded) = store.load(&organisation.id, listed.id).await? else { continue };
        let Some(request) = fold(listed.id, &organisation.id, loaded.events.iter().cloned())? else { continue };
        let requester = &request.origin.requester;
        let name = requester.name.text();
        let account = requester.account.as_ref();
        let is = |account: &AccountId| account.as_str() == given || number_of(account) == Some(given);
        by_account |= account.is_some_and(is);
        if account.is_some_and(is) || name.is_some_and(|name| same(name, given)) {
            accounts.extend(account.cloned());
            nameless |= account.is_none() && requester.person.is_none();
            names.extend(name.and_then(whole_name));
        }
        // Who never asked for anything may have said something all the same.
        accounts.extend(request.said.iter().map(|said| &said.by).filter(|by| is(by)).cloned());
    }
    let name = (!by_account && nameless).then(|| given.to_owned());
    if accounts.is_empty() && name.is_none() {
        return Ok(Meant::Nobody);
    }
    if accounts.len() + usize::from(name.is_some()) > 1 {
        return Ok(Meant::Several(accounts.iter().map(ToString::to_string).chain(name).collect()));
    }
    Ok(Meant::One(Box::new(Subject { accounts, name, marks: names, ..Subject::default() })))
}

/// Looks through everything of an organisation. Journals are loaded one at a time and dropped.
pub async fn know(store: &dyn Store, organisation: &Organisation, subject: Subject) -> Result<Known, DeskError> {
    let mut known = Known::default();
    for listed in all(store, organisation).await? {
        let Some(loaded) = store.load(&organisation.id, listed.id).await? else { continue };
        let Some(request) = fold(listed.id, &organisation.id, loaded.events.iter().cloned())? else { continue };
        let (id, number, closed) = (listed.id, request.number(), request.is_closed());
        if subject.asked(&request.origin) {
            let left = loaded.events.iter().map(|recorded| texts(&recorded.event).len()).sum();
            let order = request.order();
            known.requests.push(Own {
                id,
                number,
                closed,
                opened_at: request.origin.at,
                texts: left,
                handed: order.zip(request.sent()).map(|(order, sent)| (order.provider.clone(), sent.number.clone())),
                reference: order.map(|order| order.reference(organisation)),
            });
            continue;
        }
        let share = subject.share(&request, &loaded.events);
        let mentioned = subject.is_mentioned(&loaded.events);
        if !share.is_empty() || mentioned {
            known.elsewhere.push(Elsewhere { id, number, closed, share, mentioned });
        }
    }
    known.requests.sort_by_key(|own| own.opened_at);
    let own: BTreeSet<RequestId> = known.requests.iter().map(|own| own.id).collect();
    let events = store.load_organisation(&organisation.id).await?.events;
    known.of_organisation = subject.of_organisation(&events, &own);
    known.named = events.iter().filter(|recorded| concerns(&subject, recorded)).count();
    let theirs = |absence: &Absence| {
        let person = subject.person.as_ref();
        person == Some(&absence.person) || (person.is_some() && person == absence.substitute.as_ref())
    };
    known.absences = absences(&events).into_iter().filter(theirs).collect();
    for account in &subject.accounts {
        known.nudged = known.nudged.max(store.last_nudge(&organisation.id, account).await?);
    }
    known.subject = subject;
    Ok(known)
}

/// Whether an event of the organisation was their doing or is about their absence.
fn concerns(subject: &Subject, recorded: &Recorded<OrganisationEvent>) -> bool {
    let is = |account: &AccountId| subject.is(account);
    let person = |person| subject.person.as_ref() == Some(person);
    match &recorded.event {
        OrganisationEvent::AwayFrom { person: away, substitute, by, .. } => {
            person(away) || substitute.as_ref().is_some_and(person) || is(by)
        }
        OrganisationEvent::AbsenceBegan { person: named, .. } | OrganisationEvent::RolesFound { person: named, .. } => {
            person(named)
        }
        OrganisationEvent::Back { person: away, by, .. } => person(away) || is(by),
        OrganisationEvent::PromiseMade { by, .. }
        | OrganisationEvent::PromiseSettled { by, .. }
        | OrganisationEvent::PointRaised { by, .. }
        | OrganisationEvent::PointSettled { by, .. }
        | OrganisationEvent::AgendaSent { by, .. }
        | OrganisationEvent::ExampleKept { by, .. }
        | OrganisationEvent::BillPut { by, .. }
        | OrganisationEvent::BillSettled { by, .. }
        | OrganisationEvent::MailSettled { by, .. } => is(by),
        OrganisationEvent::BillRead { by, .. } | OrganisationEvent::BilledWithoutOrder { by, .. } => {
            by.as_ref().is_some_and(is)
        }
        OrganisationEvent::BillAgreed { decision, .. } => is(&decision.account) || person(&decision.person),
        OrganisationEvent::ConfigurationAccepted { .. }
        | OrganisationEvent::DigestDue { .. }
        | OrganisationEvent::ChannelRefused { .. }
        | OrganisationEvent::ChannelEntered { .. }
        | OrganisationEvent::ChannelIntroduced { .. }
        | OrganisationEvent::ChannelMended { .. }
        | OrganisationEvent::MailSetAside { .. }
        | OrganisationEvent::TextsErased { .. } => false,
    }
}

/// The events of the organisation that concern somebody or hold texts about them.
pub async fn organisation_events(
    store: &dyn Store,
    organisation: &Organisation,
    known: &Known,
) -> Result<Vec<Recorded<OrganisationEvent>>, DeskError> {
    let events = store.load_organisation(&organisation.id).await?.events;
    let wanted = |recorded: &Recorded<OrganisationEvent>| {
        known.of_organisation.contains(&recorded.seq) || concerns(&known.subject, recorded)
    };
    Ok(events.into_iter().filter(wanted).collect())
}

/// Erases what can go, some requests at a time; a second time there is nothing left to do.
pub async fn erase(
    store: &dyn Store,
    organisation: &Organisation,
    known: &Known,
    now: Instant,
) -> Result<Gone, DeskError> {
    let all = known.to_erase();
    let mut gone = Gone::default();
    let mut batches: Vec<Wanted> = all
        .requests
        .chunks(BATCH as usize)
        .map(|requests| Wanted { requests: requests.to_vec(), ..Wanted::default() })
        .collect();
    batches.push(Wanted { requests: Vec::new(), ..all });
    for wanted in batches {
        let some = batch(store, organisation, &wanted, now).await?;
        gone.requests += some.requests;
        gone.texts += some.texts;
    }
    Ok(gone)
}

async fn batch(
    store: &dyn Store,
    organisation: &Organisation,
    wanted: &Wanted,
    now: Instant,
) -> Result<Gone, DeskError> {
    for _ in 0..ATTEMPTS {
        let erasing = erasing(store, &organisation.id, wanted, Erasing::Asked, now).await?;
        let Some((unit, gone)) = erasing else { return Ok(Gone::default()) };
        match store.commit(unit).await {
            Ok(_) => return Ok(gone),
            // Loket itself wrote meanwhile.
            Err(CommitError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(CommitError::Conflict.into())
}

/// Every request, open and ended.
async fn all(store: &dyn Store, organisation: &Organisation) -> Result<Vec<Listed>, DeskError> {
    let mut all = Vec::new();
    for stage in [None, Some(StageName::Closed)] {
        let filter = OpenFilter { stage, ..OpenFilter::default() };
        let mut after = None;
        loop {
            let page = store.list(&organisation.id, &filter, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(Cursor { opened_at: last.summary.opened_at, id: last.id });
            all.extend(page);
        }
    }
    Ok(all)
}
