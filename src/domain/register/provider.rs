//! A provider as it is configured: how it is reached, and what is agreed with it.

use super::{HttpServer, Inbox, MailServer, Template};
use crate::domain::calendar::ServiceHours;
use crate::domain::provider::{NumberForm, StatusWords};
use crate::domain::service::Levels;
use crate::domain::{Bilingual, ProviderCode};

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
