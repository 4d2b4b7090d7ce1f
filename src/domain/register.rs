//! The organisation's own facts: who, where, by which rules. Read from the configuration folder and replaced as a whole.

mod provider;
mod server;
mod template;

pub use provider::{
    Connector, Mode, NotesShown, PatchForm, ProviderSettings, RestSettings, TheirApproval, TheirSpoc, TopdeskAccount,
};
pub use server::{HttpServer, Inbox, MailSecurity, MailServer, Mailbox};
pub use template::Template;

use super::approval::roles::RoleMandate;
use super::approval::{Mandate, Rule, covers};
use super::budget::CategoryBudget;
use super::calendar::ServiceHours;
use super::catalogue::Catalogue;
use super::retention::Retention;
use super::{
    AccountId, Basis, ChannelId, ItemId, Lang, Money, OrganisationId, PersonId, ProviderCode, RevisionHash, ServerId,
    platform,
};
use chrono::{Duration, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is configured, checked as a whole.
#[derive(Clone, Debug)]
pub struct Register {
    /// The hash of the files it was read from.
    pub revision: RevisionHash,
    /// What one may ask for.
    pub catalogue: Catalogue,
    /// The organisations, by identity.
    pub organisations: BTreeMap<OrganisationId, Organisation>,
    /// The providers, by code.
    pub providers: BTreeMap<ProviderCode, ProviderSettings>,
    /// Who may approve what; those of roles among them as far as it is known who has the role.
    pub mandates: Vec<Mandate>,
    /// What whoever has a role may approve.
    pub role_mandates: Vec<RoleMandate>,
    /// The rules, in the order in which they are tried.
    pub policy: Vec<Rule>,
}

impl Register {
    /// The organisation and the role of a configured channel.
    pub fn channel(&self, id: &ChannelId) -> Option<(&Organisation, &Channel)> {
        self.organisations.values().find_map(|organisation| {
            organisation.channels.iter().find(|channel| &channel.id == id).map(|channel| (organisation, channel))
        })
    }

    /// The person of an organisation to whom an account belongs on that day.
    pub fn person_of(&self, account: &AccountId, on: NaiveDate) -> Option<(&Organisation, &Person)> {
        self.organisations
            .values()
            .find_map(|organisation| organisation.person_of(account, on).map(|person| (organisation, person)))
    }

    /// The organisations that live on a server of the chat platform.
    pub fn on_server<'a>(&'a self, server: &'a ServerId) -> impl Iterator<Item = &'a Organisation> {
        self.organisations.values().filter(move |organisation| organisation.servers.contains(server))
    }

    /// Whether decisions for an organisation depend on what it committed lately.
    pub fn counts_money(&self, organisation: &Organisation) -> bool {
        let about = |matches: &super::approval::Matches| {
            matches.organisations.is_empty() || matches.organisations.contains(&organisation.id)
        };
        organisation.splitting.is_some()
            || self.policy.iter().any(|rule| rule.per_month.is_some() && about(&rule.matches))
            || self
                .mandates
                .iter()
                .any(|one| one.terms.per_month.is_some() && one.terms.organisation == organisation.id)
    }

    /// The providers that fulfil anything for an organisation, by name.
    pub fn providers_of(&self, organisation: &Organisation) -> Vec<&ProviderSettings> {
        let theirs = self.catalogue.items().filter_map(|item| self.provider_for(organisation, &item.id));
        let by_name: BTreeMap<&str, &ProviderSettings> =
            theirs.map(|provider| (provider.name.as_str(), provider)).collect();
        by_name.into_values().collect()
    }

    /// How many bytes of files a provider takes with one order.
    pub fn takes_files(&self, provider: &ProviderCode) -> u64 {
        self.providers.get(provider).map_or(0, |provider| provider.files)
    }

    /// Who fulfils an item for an organisation: its own choice for the longest pattern that covers it, else the item's.
    pub fn provider_for(&self, organisation: &Organisation, item: &ItemId) -> Option<&ProviderSettings> {
        let own = organisation
            .providers
            .iter()
            .filter(|(pattern, _)| covers(std::slice::from_ref(*pattern), item))
            .max_by_key(|(prefix, _)| prefix.len())
            .map(|(_, code)| code);
        let code = own.or_else(|| self.catalogue.item(item).map(|item| &item.provider))?;
        self.providers.get(code)
    }
}

/// A client of one or more providers. Channels, people, budgets and data belong to exactly one.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its identity, never reused.
    pub id: OrganisationId,
    /// The name that people and providers see.
    pub name: String,
    /// The short name in references to providers: `LINDE` in `LINDE-2026-0041-…`.
    pub reference: String,
    /// The zone of its dates and times.
    pub zone: Tz,
    /// The language of its approvers' and SPOC channels.
    pub lang: Lang,
    /// Whether people are addressed with *u* rather than *je*.
    pub formal: bool,
    /// The servers on which its channels are.
    pub servers: Vec<ServerId>,
    /// Its channels with their roles.
    pub channels: Vec<Channel>,
    /// Its people with an entry, by identity.
    pub people: BTreeMap<PersonId, Person>,
    /// Its places: rooms, floors, buildings.
    pub places: Vec<Place>,
    /// Its own choice of provider, by identity or prefix (`fac.`) of the item.
    pub providers: BTreeMap<String, ProviderCode>,
    /// The basis on which amounts are compared.
    pub basis: Basis,
    /// When somebody is there.
    pub hours: ServiceHours,
    /// When the weekly digest is posted.
    pub digest: DigestTime,
    /// From where people without chat are written to; `None` where the SPOC calls them.
    pub mail: Option<Mailbox>,
    /// How long things wait.
    pub deadlines: Deadlines,
    /// When several small orders are shown as one large; `None` where nobody looks at that.
    pub splitting: Option<Splitting>,
    /// What may be spent on a category in a month, as people are shown it.
    pub budgets: Vec<CategoryBudget>,
    /// So much more than was agreed a bill may be before it is talked about.
    pub invoice_tolerance: Money,
    /// For how long after closing free text and personal values are kept.
    pub retention: Retention,
}

impl Organisation {
    /// The first channel with that role.
    pub fn channel_for(&self, role: ChannelRole) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.role == role)
    }

    /// The person to whom an account belongs on that day.
    pub fn person_of(&self, account: &AccountId, on: NaiveDate) -> Option<&Person> {
        self.people.values().find(|person| person.has(account) && person.in_service(on))
    }

    /// Where a person may be met: each of their accounts with each server of its platform.
    pub fn meets<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = (&'a ServerId, &'a AccountId)> {
        let shares = |server: &ServerId, account: &AccountId| platform(server.as_str()) == platform(account.as_str());
        person.accounts.iter().flat_map(move |account| {
            self.servers.iter().filter(move |server| shares(server, account)).map(move |server| (server, account))
        })
    }

    /// The people with that role on that day.
    pub fn with_role(&self, role: Role, on: NaiveDate) -> impl Iterator<Item = &Person> {
        self.people.values().filter(move |person| person.roles.contains(&role) && person.in_service(on))
    }
}

/// When orders of one requester to one provider are shown to the approver as belonging together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splitting {
    /// The amount that they pass together.
    pub threshold: Money,
    /// Within how many days.
    pub days: u16,
}

/// A channel that Loket reads or writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// The platform's identity of it.
    pub id: ChannelId,
    /// What it is for.
    pub role: ChannelRole,
    /// What people talk about in it.
    pub topic: Topic,
}

/// What a channel is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChannelRole {
    /// Every message is read.
    Requests,
    /// Only a mention, the ticket reaction or the message command starts a request.
    Mentions,
    /// Cards for approvers.
    Approvers,
    /// The SPOC's own channel.
    Spoc,
    /// Where the weekly digest is posted.
    Digest,
}

/// What people talk about in a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// The building and its services.
    Facility,
    /// Computers and telephones.
    Ict,
    /// Anything.
    #[default]
    General,
}

/// Somebody with an entry: approvers, SPOCs and people without chat need one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Identity, never reused.
    pub id: PersonId,
    /// The name that is shown.
    pub name: String,
    /// Accounts on chat platforms.
    pub accounts: Vec<AccountId>,
    /// Mail address for people without chat.
    pub email: Option<String>,
    /// Telephone, for "nog even bellen".
    pub phone: Option<String>,
    /// What the person does here.
    pub roles: BTreeSet<Role>,
    /// The first day on which the entry counts no more.
    pub until: Option<NaiveDate>,
}

impl Person {
    /// Whether an account, or the address behind it, is theirs.
    pub fn has(&self, account: &AccountId) -> bool {
        self.accounts.contains(account) || self.email.as_deref().is_some_and(|own| account.is_of_mail(own))
    }

    /// Whether the entry counts on that day.
    pub fn in_service(&self, on: NaiveDate) -> bool {
        self.until.is_none_or(|until| on < until)
    }
}

/// What a person does for the organisation. Who may approve follows from mandates alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Sees to the provider's procedures and answers for the register.
    Spoc,
    /// Installed Loket and hears of faults in it.
    Administrator,
    /// May report faults, not order.
    Guest,
}

/// A place of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name that the provider knows.
    pub name: String,
    /// Other words for it.
    pub also: Vec<String>,
}

/// Day and time of the weekly digest in the organisation's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigestTime {
    /// The day of the week after the one that is reported.
    pub weekday: Weekday,
    /// The time of day.
    pub time: NaiveTime,
    /// Whether SPOCs read within what time each person decided; off unless the works council agreed to it.
    pub person_times: bool,
}

/// How long things wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// Until a complete draft settles by silence, and an approved order leaves.
    pub grace: Duration,
    /// Until an unanswered question is repeated once.
    pub question_reminder: Duration,
    /// Until a draft with an unanswered question, or an unanswered offer, expires.
    pub question_expiry: Duration,
    /// Until the approvers are reminded.
    pub approval_reminder: Duration,
    /// Until the SPOC is told that nobody decided.
    pub approval_escalation: Duration,
    /// Until an undecided request expires.
    pub approval_expiry: Duration,
    /// Until the SPOC is told that the provider did not answer.
    pub acknowledgement: Duration,
    /// Until a resolved request closes by silence.
    pub auto_close: Duration,
    /// Between two offers ("Verzoek maken?") to the same person.
    pub nudge_pause: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            grace: Duration::seconds(60),
            question_reminder: Duration::hours(4),
            question_expiry: Duration::days(5),
            approval_reminder: Duration::hours(4),
            approval_escalation: Duration::days(1),
            approval_expiry: Duration::days(14),
            acknowledgement: Duration::days(1),
            auto_close: Duration::days(3),
            nudge_pause: Duration::hours(3),
        }
    }
}
