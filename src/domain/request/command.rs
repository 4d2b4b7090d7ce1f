//! What people, time and the provider want of a request, and the facts that a decision rests on.

use super::{Content, Ending, Follows, Origin, Progress, Rating, Reading, Said, Slot, TimerKind};
pub use crate::domain::approval::Via;
use crate::domain::approval::{Absence, Ledger};
use crate::domain::effect::Telling;
use crate::domain::file::{Kept, Loss};
use crate::domain::invoice::Billed;
use crate::domain::provider::Answer;
use crate::domain::register::{Organisation, Register, Role};
use crate::domain::{
    AccountId, ChannelId, Instant, ItemId, MessageRef, Money, Number, PersonId, Private, RequestId, Span, Token,
    Trouble,
};
use chrono::NaiveDate;

/// What is wanted of a request that exists.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The requester's side said something more.
    Tell {
        /// The message.
        said: Said,
        /// What it says.
        reading: Box<Reading>,
    },
    /// A message was edited.
    Edit {
        /// Which message.
        message: MessageRef,
        /// Its new words.
        text: Private,
        /// What the whole conversation says now.
        content: Box<Content>,
    },
    /// A message was edited and no longer asks for it.
    Recant {
        /// Which message.
        message: MessageRef,
    },
    /// The message was deleted.
    Delete {
        /// Which message.
        message: MessageRef,
    },
    /// A photo or file of that place is here.
    KeepFile {
        /// Which of the request's files, counted from 0.
        file: u16,
        /// What is here.
        kept: Kept,
    },
    /// A photo or file of that place cannot go along.
    LoseFile {
        /// Which of the request's files, counted from 0.
        file: u16,
        /// Why.
        why: Loss,
    },
    /// Somebody says whether a file of an unusual sort goes along.
    AllowFile {
        /// Which of the request's files, counted from 0.
        file: u16,
        /// Whether it does.
        yes: bool,
    },
    /// *Ja* to the offer.
    Accept,
    /// *Klopt*.
    Confirm,
    /// *Geen verzoek*.
    Discard,
    /// An item was chosen from a list.
    ChooseItem {
        /// Which.
        item: ItemId,
    },
    /// ✅ on the card of a revision.
    Agree {
        /// The revision on the card.
        revision: u32,
        /// Reaction or button.
        via: Via,
    },
    /// ❌ on the card of a revision.
    Decline {
        /// The revision on the card.
        revision: u32,
        /// Reaction or button.
        via: Via,
        /// The reason, where it was given at once.
        why: Option<Private>,
    },
    /// *Tot …*: the card of a revision is to grant no more than that.
    Limit {
        /// The revision on the card.
        revision: u32,
        /// The new maximum; without a basis it is that of the card.
        ceiling: Money,
        /// Button or reply.
        via: Via,
    },
    /// The ✅ on the card was removed.
    TakeBack {
        /// The revision on the card.
        revision: u32,
    },
    /// The requester or a SPOC wants it no more.
    Cancel {
        /// Why.
        why: Option<Private>,
    },
    /// Mandates or rules may have changed while it waits for people.
    Reassess,
    /// The memory was put back from a backup that was taken then.
    Recall {
        /// When it was taken.
        known_until: Instant,
    },
    /// A SPOC wants it sent again: the order, or what the provider was not told about it.
    Resend,
    /// The courier is about to call the provider.
    BeginSending {
        /// The attempt of the outbox row.
        attempt: u32,
    },
    /// The provider has it.
    Delivered {
        /// The attempt.
        attempt: u32,
        /// Whether it went to the outbox folder only.
        dry_run: bool,
        /// The provider's own number, when told.
        number: Option<String>,
    },
    /// The provider may have it.
    Uncertain {
        /// The attempt.
        attempt: u32,
    },
    /// A look-up by our reference found nothing.
    NotFound {
        /// Whether the look-up is certain, so that sending again is safe.
        certain: bool,
    },
    /// The provider surely does not have it.
    NotDelivered {
        /// The attempt.
        attempt: u32,
        /// Why.
        why: Trouble,
        /// When the courier may try again; `None` when a person must act.
        retry_at: Option<Instant>,
    },
    /// The provider was told about an order that it has.
    ProviderTold {
        /// What.
        what: Telling,
    },
    /// The provider was not told, and will not be by itself.
    NotTold {
        /// What.
        what: Telling,
        /// Whether it surely did not arrive.
        certain: bool,
        /// Why; `None` when Loket itself broke off.
        why: Option<Trouble>,
    },
    /// The provider, or the SPOC for it, tells how it stands.
    Report {
        /// What it says.
        report: Report,
        /// The provider's own number.
        number: Option<String>,
        /// A remark for the requester.
        note: Option<Private>,
    },
    /// The provider's system or mail says something.
    Hear(Box<Answer>),
    /// The requester's side answers the provider's question.
    Answer {
        /// The message.
        said: Said,
        /// What of it stays inside.
        held_back: Vec<Span>,
    },
    /// The buyer has confirmed the order with the provider.
    Confirmed,
    /// A SPOC records what the provider asks for it.
    Quote {
        /// The price of the whole.
        amount: Money,
        /// What was said about it.
        note: Option<Private>,
    },
    /// The provider billed something for it.
    Bill(Billed),
    /// A SPOC puts a bill above what was agreed to the people who may decide.
    PutBill {
        /// The event that recorded it.
        bill: u64,
    },
    /// A SPOC takes over a day or a price that the provider named.
    Adopt {
        /// In which event.
        seq: u64,
    },
    /// A SPOC puts words of the provider's with the request.
    Attach {
        /// The words.
        text: Private,
        /// Who wrote them.
        who: Option<Private>,
    },
    /// The mail that carried the order came back.
    Return {
        /// The attempt that it was.
        attempt: u32,
        /// What the mail system said.
        why: Trouble,
    },
    /// The provider cannot be reached for now.
    HoldUp,
    /// The SPOC is about to get the form to carry to the provider.
    GiveForm {
        /// The attempt of the outbox row.
        attempt: u32,
    },
    /// The SPOC has carried it to the provider.
    Carried {
        /// The provider's own number, where one was given.
        number: Option<String>,
    },
    /// The provider has more than one order with our reference.
    FoundTwice {
        /// Its own numbers.
        numbers: Vec<String>,
    },
    /// The requester says that it is solved.
    Solved,
    /// The requester says that it is not.
    NotSolved {
        /// In which words.
        note: Option<Private>,
    },
    /// A deadline has passed.
    Fire {
        /// Which.
        timer: TimerKind,
    },
    /// The conversation exists.
    RecordConversation {
        /// Where.
        channel: ChannelId,
    },
    /// A post stands.
    RecordPost {
        /// Which.
        slot: Slot,
        /// Where.
        at: MessageRef,
    },
    /// Something was said in the conversation that may be about another request in it as well.
    Keep {
        /// The message.
        said: Said,
        /// The requests that may be meant, in the order in which they are offered.
        among: Vec<RequestId>,
    },
    /// What was unclear is about that request.
    Assign {
        /// Which.
        to: RequestId,
    },
    /// A SPOC told the requester by telephone.
    CalledBack,
    /// A SPOC wants the provider reminded.
    Urge,
    /// A SPOC writes something down about it.
    Note {
        /// The words.
        text: Private,
    },
    /// A SPOC says what it really is.
    Correct {
        /// The service.
        item: ItemId,
    },
    /// The requester says how content they are.
    Rate {
        /// How content.
        rating: Rating,
    },
    /// The requester's side, or a SPOC, called the provider's duty number.
    DutyCalled,
}

impl Command {
    /// Whether somebody decides with it on a card, so that it rests on a mandate.
    pub fn decides(&self) -> bool {
        matches!(self, Self::Agree { .. } | Self::Decline { .. } | Self::Limit { .. })
    }
}

/// What a provider says about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// How it stands.
    Progress(Progress),
    /// Done.
    Done,
    /// The provider will not do it, or agreed to the cancellation.
    Ended(Ending),
}

/// What began, for [`super::open`].
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    /// How it began.
    pub origin: Origin,
    /// The first message.
    pub said: Said,
    /// What was understood.
    pub content: Content,
    /// Whether Loket is sure enough to open a card, or only offers to.
    pub sure: bool,
    /// What it follows, and where that was talked about.
    pub follows: Option<(Follows, Option<ChannelId>)>,
}

/// Who or what acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody with an account, and their entry in the register where there is one.
    Account {
        /// The account.
        account: AccountId,
        /// The entry.
        person: Option<PersonId>,
    },
    /// Time, the courier or the configuration.
    Loket,
    /// The provider's own system.
    Provider,
}

impl Actor {
    /// The account, for people.
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Account { account, .. } => Some(account),
            Self::Loket | Self::Provider => None,
        }
    }

    /// The entry in the register, for people who have one.
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Account { person, .. } => person.as_ref(),
            Self::Loket | Self::Provider => None,
        }
    }
}

/// Values that cannot be derived, drawn before deciding. What is not used is lost, so numbers may have gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// The identity of a request that begins.
    pub id: RequestId,
    /// The number of a request that settles.
    pub number: Number,
    /// The token of a request that settles.
    pub token: Token,
}

/// The facts that a decision rests on, loaded before it.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The moment of the decision.
    pub now: Instant,
    /// The configuration in force.
    pub register: &'a Register,
    /// The organisation of the request.
    pub organisation: &'a Organisation,
    /// Who is away, and who stands in.
    pub absences: &'a [Absence],
    /// Who or what acts.
    pub actor: Actor,
    /// Values that cannot be derived.
    pub fresh: Fresh,
    /// What the organisation committed lately, this request left out.
    pub ledger: &'a Ledger,
}

impl Facts<'_> {
    /// The day in the organisation's zone.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.organisation.zone).date_naive()
    }

    /// Whether the actor has a role today.
    pub fn has_role(&self, role: Role) -> bool {
        let today = self.today();
        self.actor
            .person()
            .and_then(|person| self.organisation.people.get(person))
            .is_some_and(|person| person.in_service(today) && person.roles.contains(&role))
    }
}
