//! What must be done outside once an event is committed. Effects are data: identifiers only, no text; the words are made
//! when the effect is carried out.

use super::approval::Exclusion;
use super::calendar::IsoWeek;
use super::request::{Late, Refusal, Slot};
use super::{AccountId, ChannelId, Instant, Lang, MessageRef, PersonId, RequestId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

mod plan;

pub use plan::effects_of;

/// One thing to do outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Effect {
    /// Opens a thread under the source message, or the conversation with one person.
    OpenConversation,
    /// Posts a message.
    Post {
        /// Who reads it.
        to: Audience,
        /// What it says.
        notice: Notice,
    },
    /// Shows a post again as the request is now.
    Refresh {
        /// Which post.
        slot: Slot,
    },
    /// Places ✅ and ❌ under the card, so that a reaction is one click.
    Mark {
        /// Which post.
        slot: Slot,
    },
    /// Fetches a photo or file that somebody sent along.
    Fetch {
        /// Which of the request's files, counted from 0.
        file: u16,
    },
    /// Hands the order to the provider.
    Submit {
        /// Counted from 1.
        attempt: u32,
    },
    /// Looks whether the provider has the order.
    LookUp {
        /// The attempt that became uncertain.
        attempt: u32,
    },
    /// Looks whether an order that was sent more than once has arrived more than once.
    Sweep,
    /// Hears what the provider said about an order before its number was known.
    CatchUp,
    /// Tells the provider something about an order that it has.
    Tell {
        /// What.
        what: Telling,
    },
    /// Writes to the provider's own SPOC what it was told again and again.
    Escalate {
        /// The event that reminds it.
        seq: u64,
    },
    /// Says that a channel refuses what Loket posts, to whoever can mend it.
    Alarm {
        /// Which.
        channel: ChannelId,
    },
    /// Says in a channel what Loket reads and keeps.
    Introduce {
        /// Which.
        channel: ChannelId,
    },
    /// Tells a substitute for whom they stand in, and what waits for them now.
    StandIn {
        /// Who stands in.
        person: PersonId,
        /// Who is away.
        instead_of: PersonId,
        /// The first day of the absence.
        from: NaiveDate,
    },
    /// Tells somebody that another person noted them as away, or as back.
    NotedAway {
        /// Who.
        person: PersonId,
        /// The first day of the absence.
        from: NaiveDate,
        /// Who noted it.
        by: AccountId,
    },
    /// Tells the SPOC what a bill that came by mail comes to.
    Bill {
        /// The event that read it.
        read: u64,
    },
    /// Asks the people who may decide about a bill without an order.
    LooseBill {
        /// The event that recorded it.
        bill: u64,
    },
    /// Tells the SPOC what they decided about it.
    LooseSettled {
        /// The event that recorded it.
        bill: u64,
    },
    /// Asks the SPOC where a mail belongs that fits no request.
    Stray {
        /// The event that set it aside.
        mail: u64,
    },
    /// Tells somebody that they stand in no more.
    StandDown {
        /// Who stood in.
        person: PersonId,
        /// For whom.
        instead_of: PersonId,
    },
    /// Writes the agenda of the weekly meeting to the provider's own SPOC.
    Agenda {
        /// The event that says so.
        seq: u64,
    },
    /// Answers a message in the channel in which it stands. It follows from no event, since nothing changed.
    Answer {
        /// Below which message.
        at: MessageRef,
        /// In whose language.
        lang: Lang,
        /// With what.
        what: Answer,
    },
    /// Takes back what Loket itself posted and wrote down about a request of which the texts are gone.
    TakeBack,
    /// Tells the SPOC what of a stream was given up, as it is when it is told.
    Unposted,
    /// Posts the digest of a week.
    Digest {
        /// The week.
        week: WeekKey,
        /// Whether it should have been posted earlier.
        late: bool,
        /// Who reads it.
        #[serde(default)]
        readers: Readers,
    },
}

/// What somebody is answered who changed nothing by what they said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Answer {
    /// A guest may not order here, and who can.
    Guest,
    /// How requests of their own stand, as it is when it is posted.
    How {
        /// Which.
        among: Vec<RequestId>,
    },
    /// Words about a card decide nothing; which sign does.
    Press {
        /// About which request.
        request: RequestId,
        /// What the words said.
        said: InWords,
    },
    /// What hinders a remark below a card.
    Hindered {
        /// About which request.
        request: RequestId,
        /// What.
        why: Refusal,
    },
}

/// What somebody said in words who may decide about a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InWords {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Yes, up to an amount, where that is not understood.
    Limit,
}

/// Who reads a digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// Everybody in the channel for it: it names no one and no amounts.
    #[default]
    Everybody,
    /// The SPOCs.
    Spocs,
}

impl Readers {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Everybody, Self::Spocs];

    /// The text by which the rows of due digests name them.
    pub fn audience(self) -> &'static str {
        match self {
            Self::Everybody => "organisation",
            Self::Spocs => "spoc",
        }
    }
}

/// An ISO week in an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekKey {
    /// The ISO year.
    pub year: i32,
    /// 1 to 53.
    pub week: u32,
}

impl From<IsoWeek> for WeekKey {
    fn from(week: IsoWeek) -> Self {
        Self { year: week.year, week: week.week }
    }
}

impl From<WeekKey> for IsoWeek {
    fn from(key: WeekKey) -> Self {
        Self { year: key.year, week: key.week }
    }
}

/// Who reads a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The requester's thread or direct conversation; for people without chat the mail, else the SPOC's list.
    Conversation,
    /// As a reply under the source message.
    Source,
    /// The approvers' channel.
    Approvers,
    /// The SPOC's channel.
    Spoc,
}

/// What a post says. The values are read from the request when it is carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Notice {
    /// "Verzoek maken? Ja / Nee".
    Offer,
    /// The card.
    Card,
    /// The open question.
    Question {
        /// Whether it is asked again.
        again: bool,
    },
    /// The frozen card for the approvers.
    ApprovalCard {
        /// Of which revision.
        revision: u32,
    },
    /// Approvers, please.
    ApprovalReminder,
    /// To whoever may decide as well.
    ApprovalWidening,
    /// To the SPOC: nobody decided.
    ApprovalEscalation,
    /// To the SPOC: nobody may decide this.
    NobodyMay,
    /// To somebody whose reaction does not count.
    Rebuff {
        /// Who.
        account: AccountId,
        /// Why.
        why: Option<Exclusion>,
    },
    /// To somebody who is too late.
    TooLate {
        /// Who.
        account: AccountId,
        /// For what.
        late: Late,
    },
    /// To the requester: a file does not go along, or whether it shall.
    File {
        /// Which of the request's files, counted from 0.
        file: u16,
    },
    /// To the requester: the files that the provider sent, as the event with that sequence says.
    FilesCame {
        /// The event.
        seq: u64,
    },
    /// To the SPOC at once: danger.
    Danger,
    /// To the SPOC: this is to come again and again.
    Standing,
    /// Which request is meant by what the event with that sequence kept.
    Which {
        /// The event.
        seq: u64,
    },
    /// What the event with that sequence means, to the requester's side.
    Status {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: the provider may have it; is looked up.
    Uncertain,
    /// To the SPOC: it was not found; decide.
    UncertainDecide,
    /// To the SPOC: not delivered.
    NotDelivered,
    /// To the SPOC: the provider is silent.
    Unacknowledged,
    /// To the SPOC: the form to carry to the provider.
    Form {
        /// The attempt.
        attempt: u32,
    },
    /// To the SPOC: nothing was recorded about the form.
    FormReminder,
    /// To the SPOC: what the provider's words seem to change, as the event with that sequence says.
    Proposal {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: a status in words that nobody has explained yet.
    UnknownStatus {
        /// The event.
        seq: u64,
    },
    /// To whoever agreed: the provider wants it confirmed once more, as the event with that sequence says.
    Confirmation {
        /// The event.
        seq: u64,
    },
    /// To the same: it still does.
    ConfirmationReminder,
    /// To whoever agreed, else the SPOC: the provider wants a yes to what nobody agreed to, as the event with that sequence says.
    OtherQuote {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: the price was declined, as the event with that sequence says.
    PriceRefused {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: nobody decided about the price in time.
    PriceLapsed,
    /// To the SPOC: a bill was agreed to afterwards, as the event with that sequence says.
    Afterwards {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: more than one order with our reference.
    FoundTwice {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: the provider was not told, as the event with that sequence says.
    NotTold {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: an agreed time of the provider's runs out, as the event with that sequence says.
    NormNear {
        /// The event.
        seq: u64,
    },
    /// To the SPOC: somebody called the duty number, as the event with that sequence says.
    DutyCalled {
        /// The event.
        seq: u64,
    },
}

impl Notice {
    /// The event that it words; `None` for what is read from the request alone.
    pub fn event(&self) -> Option<u64> {
        match self {
            Self::Status { seq }
            | Self::NotTold { seq }
            | Self::Proposal { seq }
            | Self::UnknownStatus { seq }
            | Self::Confirmation { seq }
            | Self::OtherQuote { seq }
            | Self::PriceRefused { seq }
            | Self::Afterwards { seq }
            | Self::FoundTwice { seq }
            | Self::NormNear { seq }
            | Self::DutyCalled { seq }
            | Self::FilesCame { seq } => Some(*seq),
            Self::Offer
            | Self::Card
            | Self::Question { .. }
            | Self::ApprovalCard { .. }
            | Self::ApprovalReminder
            | Self::ApprovalWidening
            | Self::ApprovalEscalation
            | Self::NobodyMay
            | Self::Rebuff { .. }
            | Self::TooLate { .. }
            | Self::Danger
            | Self::Standing
            | Self::File { .. }
            | Self::Which { .. }
            | Self::Uncertain
            | Self::UncertainDecide
            | Self::NotDelivered
            | Self::Form { .. }
            | Self::FormReminder
            | Self::PriceLapsed
            | Self::ConfirmationReminder
            | Self::Unacknowledged => None,
        }
    }
}

/// What a provider is told about an order that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Telling {
    /// We want it no more.
    Cancel {
        /// The event that asks for it.
        seq: u64,
    },
    /// It is not solved.
    Reopen {
        /// The event that says so.
        seq: u64,
    },
    /// The answer to a question of the provider's.
    Answer {
        /// The event that holds it.
        seq: u64,
    },
    /// Photos and files that came after the order was frozen.
    Files {
        /// The event that settled the last of them.
        seq: u64,
    },
    /// A reminder: we wait for it.
    Urge {
        /// The event that asks for it.
        seq: u64,
    },
    /// We agree to its price.
    Agree {
        /// The event that granted it.
        seq: u64,
    },
    /// We do not agree to its price.
    Refuse {
        /// The event that declined it.
        seq: u64,
    },
}

/// The queue in which an effect waits: within one, effects of a stream are carried out in order. Each audience has its own, so that
/// a channel which refuses everything holds up nobody who reads another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// Posts and edits where the requester reads them.
    Chat,
    /// Posts and edits for the approvers.
    Approvers,
    /// Posts for the SPOC.
    Spoc,
    /// Answers to people who changed nothing. What they asked is of the moment, so that nothing else waits for it.
    Answers,
    /// The provider.
    Provider,
}

impl Effect {
    /// The queue in which it waits.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Post { to: Audience::Approvers, .. }
            | Self::Refresh { slot: Slot::Approval(_) }
            | Self::Mark { slot: Slot::Approval(_) }
            | Self::StandIn { .. }
            | Self::NotedAway { .. }
            | Self::LooseBill { .. }
            | Self::StandDown { .. } => Lane::Approvers,
            Self::Post { to: Audience::Spoc, .. }
            | Self::Refresh { slot: Slot::Form(_) }
            | Self::Digest { readers: Readers::Spocs, .. }
            | Self::Alarm { .. }
            | Self::Unposted
            | Self::Bill { .. }
            | Self::LooseSettled { .. }
            | Self::Stray { .. } => Lane::Spoc,
            Self::OpenConversation
            | Self::Fetch { .. }
            | Self::TakeBack
            | Self::Post { to: Audience::Conversation | Audience::Source, .. }
            | Self::Refresh { .. }
            | Self::Mark { .. }
            | Self::Introduce { .. }
            | Self::Digest { .. } => Lane::Chat,
            Self::Answer { .. } => Lane::Answers,
            Self::Submit { .. }
            | Self::LookUp { .. }
            | Self::Sweep
            | Self::CatchUp
            | Self::Tell { .. }
            | Self::Escalate { .. }
            | Self::Agenda { .. } => Lane::Provider,
        }
    }
}

/// An effect and the earliest moment for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What.
    pub effect: Effect,
    /// Not before.
    pub at: Instant,
}
