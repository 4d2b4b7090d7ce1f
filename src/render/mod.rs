//! Domain values become messages, mails and digests. Pure; every word comes from the locale files.
//!
//! Read in this order: [`message`], [`words`], [`view`], [`figures`] and [`facts`],
//! then one file per audience, and [`table`] and [`chart`] for what leaves as a file. Words of people and of the configuration
//! stay apart from Loket's own all the way ([`message::Piece::Said`]), so that nobody can write markup or a mention through it.

pub mod absence;
pub mod agenda;
pub mod answer;
pub mod approvers;
pub mod attachments;
pub mod card;
pub mod chart;
pub mod commands;
pub mod daily;
pub mod description;
pub mod digest;
pub mod dossier;
pub mod export;
pub mod facts;
pub mod figures;
pub mod file;
pub mod form;
pub mod gaps;
pub mod invoice;
pub mod mail;
pub mod message;
pub mod order;
pub mod page;
pub mod person;
pub mod plain;
pub mod price;
pub mod privacy;
pub mod provider;
pub mod quarter;
pub mod refusal;
pub mod requester;
pub mod service;
pub mod setup;
pub mod spoc;
pub mod stray;
pub mod table;
pub mod talks;
pub mod trouble;
pub mod undelivered;
pub mod view;
pub mod week;
pub mod which;
pub mod who;
pub mod words;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use digest::{Issue, digest, digest_chart};
pub use file::File;
pub use form::{form, form_in};
pub use mail::mail;
pub use order::{Rendered, order, preview, telling};
pub use plain::{call_back, configuration_refused, thread_name, verdict};
pub use refusal::refusal;
pub use trouble::trouble;
pub use view::View;
pub use which::which;
pub use words::{Voice, Words};

use crate::domain::effect::Notice;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Request, Slot};
use message::Message;

/// What a notice says about a request as it is now. [`Notice::Status`] and [`Notice::NotTold`] want the event with their sequence; without it the state
/// of the request is told instead.
pub fn notice(view: &View<'_>, notice: &Notice, request: &Request, event: Option<&Recorded>) -> Message {
    match notice {
        Notice::Offer => slot(view, Slot::Offer, request),
        Notice::Card => slot(view, Slot::Card, request),
        Notice::Question { again } => requester::question(view, request, *again),
        Notice::Which { seq } => slot(view, Slot::Which(*seq), request),
        Notice::Status { .. } => requester::status(view, request, event),
        Notice::ApprovalCard { revision } => slot(view, Slot::Approval(*revision), request),
        Notice::ApprovalReminder => approvers::reminder(view, request),
        Notice::TooLate { account, late } => approvers::too_late(view, request, account, *late),
        Notice::Rebuff { account, why } => approvers::rebuff(view, request, account, *why),
        Notice::ApprovalWidening => approvers::widening(view, request),
        Notice::ApprovalEscalation => spoc::escalation(view, request),
        Notice::NobodyMay => spoc::nobody_may(view, request),
        Notice::File { file } => attachments::notice(view, request, *file),
        Notice::FilesCame { .. } => attachments::came(view, request, event),
        Notice::Danger => spoc::danger(view, request),
        Notice::Standing => spoc::standing(view, request),
        Notice::Uncertain => spoc::uncertain(view, request),
        Notice::UncertainDecide => spoc::uncertain_decide(view, request),
        Notice::NotDelivered => spoc::not_delivered(view, request),
        Notice::Unacknowledged => spoc::unacknowledged(view, request),
        Notice::NotTold { .. } => spoc::not_told(view, request, event),
        Notice::Form { attempt } => slot(view, Slot::Form(*attempt), request),
        Notice::FormReminder => provider::form_reminder(view, request),
        Notice::Proposal { .. } => provider::proposal(view, request, event),
        Notice::UnknownStatus { .. } => provider::unknown_status(view, request, event),
        Notice::Confirmation { .. } => provider::confirmation(view, request, event),
        Notice::OtherQuote { .. } => provider::other_quote(view, request, event),
        Notice::ConfirmationReminder => provider::confirmation_reminder(view, request),
        Notice::PriceRefused { .. } => price::refused(view, request, event),
        Notice::PriceLapsed => price::lapsed(view, request),
        Notice::Afterwards { .. } => invoice::afterwards(view, request, event),
        Notice::FoundTwice { .. } => provider::found_twice(view, request, event),
        Notice::NormNear { .. } => service::near(view, request, event),
        Notice::DutyCalled { .. } => service::called(view, request, event),
    }
}

/// A post that is shown again whenever the request changes, as the request is now.
pub fn slot(view: &View<'_>, slot: Slot, request: &Request) -> Message {
    match slot {
        Slot::Card => card::card(view, request),
        Slot::Offer => card::offer(view, request),
        Slot::Approval(revision) => approvers::card(view, request, revision),
        Slot::Form(attempt) => provider::form(view, request, attempt),
        // The others in the conversation are not at hand here; with them it is `which`.
        Slot::Which(seq) => which::which(view, request, seq, std::slice::from_ref(request)),
    }
}
