//! The organisation's own facts: who, where, by which rules. Read from the configuration folder and replaced as a whole.

use super::approval::roles::RoleMandate;
use super::approval::{Mandate, Rule, covers};
use super::budget::CategoryBudget;
use super::calendar::ServiceHours;
use super::catalogue::Catalogue;
use super::provider::{NumberForm, StatusWords};
use super::retention::Retention;
use super::service::Levels;
use super::{
    AccountId, Basis, Bilingual, ChannelId, ItemId, Lang, Money, OrganisationId, PersonId, ProviderCode, RevisionHash,
    ServerId,
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
            || self.mandates.iter().any(|one| one.per_month.is_some() && one.organisation == organisation.id)
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

/// A provider: how it is reached and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSettings {
    /// Its code, never reused.
    pub code: ProviderCode,
    /// The name that people see; screens never say "leverancier".
    pub name: String,
    /// Whether anything really leaves.
    pub mode: Mode,
    /// How requests get there.
    pub connector: Connector,
    /// When it works.
    pub hours: ServiceHours,
    /// What people may call when it cannot wait.
    pub duty_number: Option<String>,
    /// Said to people about this provider.
    pub remark: Option<Bilingual>,
    /// The mailbox in which its answers arrive.
    pub inbox: Option<Inbox>,
    /// Addresses, or whole domains (`rijnland.example`), from which it writes. Mail from anywhere else changes nothing.
    pub senders: Vec<String>,
    /// What the words of its system mean, the organisation's own beside those that are usual for the connector.
    pub statuses: StatusWords,
    /// So many hand-overs a minute at most.
    pub pace: u16,
    /// So many bytes of photos and files it takes with one order.
    pub files: u64,
    /// The subject of orders, instead of the usual one.
    pub subject: Option<Template>,
    /// The text of orders, instead of the usual one.
    pub layout: Option<Template>,
    /// Whether it wants orders approved once more by its own procedure.
    pub their_approval: TheirApproval,
    /// Within what time it reacts and is done, and what becomes of orders outside its hours.
    pub levels: Levels,
    /// Who speaks for it in the weekly meeting; no chat account is needed.
    pub spoc: Option<TheirSpoc>,
}

/// The single point of contact on the provider's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TheirSpoc {
    /// The name that people use.
    pub name: String,
    /// Where the agenda and the second reminder go.
    pub email: String,
}

/// A provider's own approval step, in which our buyer confirms what our rules have granted already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TheirApproval {
    /// None: our order counts as approval.
    #[default]
    None,
    /// It asks by mail.
    Mail,
    /// It waits in its portal.
    Portal {
        /// Where.
        link: Option<String>,
    },
}

impl ProviderSettings {
    /// Whether a person carries orders to it.
    pub fn by_hand(&self) -> bool {
        matches!(self.connector, Connector::Manual { .. })
    }

    /// Whether photos and files cannot be part of an order there and are put to it afterwards.
    pub fn takes_files_later(&self) -> bool {
        matches!(self.connector, Connector::Topdesk { .. })
    }

    /// Whether it writes from that address (in lower case).
    pub fn writes_from(&self, address: &str) -> bool {
        let domain = address.rsplit_once('@').map(|(_, domain)| domain);
        self.senders.iter().any(|sender| sender == address || domain == Some(sender.as_str()))
    }
}

/// Whether anything really leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// What would be sent is written to the outbox folder.
    #[default]
    DryRun,
    /// It is sent.
    Live,
}

/// How requests reach a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connector {
    /// A file for each request in a folder.
    File {
        /// The folder, created when missing.
        folder: String,
    },
    /// A mail for each request.
    Email {
        /// The provider's intake address.
        to: String,
        /// The fixed mailbox from which Loket writes.
        from: String,
        /// The mail server.
        server: MailServer,
    },
    /// A form that the SPOC carries to the provider.
    Manual {
        /// The provider's web form.
        link: Option<String>,
        /// What its numbers look like.
        number: Option<NumberForm>,
    },
    /// A ticket in Request Tracker, by its REST 2.0 interface.
    Rt {
        /// The web address of the installation, without `/REST/2.0`.
        server: HttpServer,
        /// The queue in which tickets are made.
        queue: String,
        /// The custom field that holds our reference.
        field: String,
        /// The name of the secret that holds the token.
        token: String,
    },
    /// An incident in TOPdesk.
    Topdesk {
        /// The web address of the installation, without `/tas`.
        server: HttpServer,
        /// As which of TOPdesk's two sorts of account.
        account: TopdeskAccount,
        /// Login name.
        user: String,
        /// The name of the secret that holds the application password.
        password: String,
        /// The mail address of the person in TOPdesk for whom an operator registers.
        caller: Option<String>,
    },
    /// A trouble ticket in the words of TMF621, signed as Standard Webhooks.
    Rest(Box<RestSettings>),
}

/// How a system is reached that speaks TMF621 (TM Forum Trouble Ticket Management).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestSettings {
    /// The web address above `/troubleTicket`.
    pub server: HttpServer,
    /// The name of the secret that opens it.
    pub token: String,
    /// The header in which the token stands; `Authorization: Bearer …` without one.
    pub header: Option<String>,
    /// The name of the secret with which our calls are signed.
    pub signing: String,
    /// The names of the secrets with which its events may be signed; none: no events are taken.
    pub hooks: Vec<String>,
    /// The name under which Loket writes notes.
    pub author: String,
    /// What sort of ticket is made.
    pub ticket_type: String,
    /// Who we are as a customer there.
    pub party: Option<String>,
    /// How a ticket is changed.
    pub patch: PatchForm,
    /// Which notes are passed on.
    pub notes: NotesShown,
}

/// In which of the two standard ways a record is changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PatchForm {
    /// By single steps (RFC 6902): adding a note can remove none.
    #[default]
    Json,
    /// By what is different (RFC 7396), of a system that adds the notes of a change to those that are there.
    Merge,
}

/// Which notes on a ticket are passed on. The standard knows no private ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotesShown {
    /// All but those that bear a mark of being private.
    #[default]
    Unmarked,
    /// Only those that bear a mark of being public.
    Marked,
}

/// As whom Loket works in TOPdesk: the two have other rights, fields and addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TopdeskAccount {
    /// A self-service account, as a client organisation normally gets.
    Person,
    /// An operator's account.
    Operator,
}

/// A web server of a provider's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpServer {
    /// Its address, without a slash at the end.
    pub url: String,
    /// A file with the certificate authority, when it is not a public one.
    pub authority: Option<String>,
    /// Host names that may lie within the own network although they are not public.
    pub allow: Vec<String>,
}

/// A mailbox that Loket reads, over IMAP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// The server.
    pub server: MailServer,
    /// The folder.
    pub folder: String,
}

/// A text with places between braces, such as `{number}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(pub String);

impl Template {
    /// The names that may stand in a subject.
    pub const SUBJECT: [&'static str; 5] = ["number", "kind", "item", "place", "organisation"];
    /// The names that may stand in a text; the last three take lines of their own.
    pub const LAYOUT: [&'static str; 10] =
        ["number", "kind", "item", "place", "organisation", "requester", "agreement", "opening", "facts", "words"];

    /// The names between braces.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut rest = self.0.as_str();
        while let Some((_, after)) = rest.split_once('{') {
            let (name, further) = after.split_once('}').unwrap_or((after, ""));
            names.push(name);
            rest = further;
        }
        names
    }

    /// What an order's text cannot do without: the words that were said, and what was agreed to.
    pub fn lacks(&self) -> Option<&'static str> {
        let names = self.names();
        if !names.contains(&"words") {
            return Some("words");
        }
        (!names.contains(&"facts") && !names.contains(&"agreement")).then_some("agreement")
    }

    /// The text with its places filled in one go, so that what is filled in is never read as a place.
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let mut filled = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, further) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(&value(name));
            rest = further;
        }
        filled + rest
    }
}

/// A mailbox from which Loket writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Its address.
    pub from: String,
    /// The mail server.
    pub server: MailServer,
}

/// A server that takes mail (SMTP) or keeps it (IMAP).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    /// Host name, as in its certificate.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Login name, when the server wants one.
    pub user: Option<String>,
    /// The name of the secret that holds the password (`LOKET_SECRET_…`).
    pub password: Option<String>,
    /// A file with the certificate authority, when it is not a public one.
    pub authority: Option<String>,
}

/// How a mail connection is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS after STARTTLS; refused when the server does not offer it.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// Nothing; only accepted for a loopback address.
    None,
}
