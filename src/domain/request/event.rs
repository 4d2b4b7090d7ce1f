//! What happened to a request. The journal holds these, each stored as `{"type","v",…}`.

use super::{Content, Ending, Follows, Grant, Order, Origin, Progress, Said, Sent, Slot, Waits};
use crate::domain::approval::{Decision, Exclusion, Verdict};
use crate::domain::effect::Telling;
use crate::domain::file::{Enclosure, Kept, Loss};
use crate::domain::invoice::Billed;
use crate::domain::provider::Proposal;
use crate::domain::service::Goal;
use crate::domain::{
    AccountId, ChannelId, FieldKey, Instant, ItemId, MessageRef, Money, PersonId, Private, RequestId, Span, Trouble,
};
use serde::{Deserialize, Serialize};

/// One thing that happened to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A message or command was taken as a request, or offered as one.
    Drafted {
        /// How it began.
        origin: Origin,
        /// The first message.
        said: Said,
        /// What was understood.
        content: Box<Content>,
        /// What it waits for.
        waits: Waits,
    },
    /// The requester's side said something more.
    Told {
        /// The message.
        said: Said,
        /// What is understood now.
        content: Box<Content>,
        /// What it waits for.
        waits: Waits,
    },
    /// A message was edited.
    Edited {
        /// Which of the messages, counted from 0.
        message: u16,
        /// Its new words.
        text: Private,
        /// What is understood now.
        content: Box<Content>,
        /// What it waits for.
        waits: Waits,
    },
    /// A person chose the item from a list.
    ItemChosen {
        /// Who.
        by: AccountId,
        /// Which.
        item: ItemId,
        /// What is understood now.
        content: Box<Content>,
        /// What it waits for.
        waits: Waits,
    },
    /// The offer "Verzoek maken?" was accepted, or the rules changed what the draft waits for.
    Accepted {
        /// Who; `None` when the rules changed.
        by: Option<AccountId>,
        /// What it waits for.
        waits: Waits,
    },
    /// The open question was repeated.
    Asked {
        /// Which field; `None` for the item.
        field: Option<FieldKey>,
    },
    /// The content was frozen and the policy asked; this revision is what people decide about.
    Settled {
        /// The frozen order.
        order: Box<Order>,
        /// Who confirmed it; `None` when it settled by silence.
        by: Option<AccountId>,
    },
    /// A person with a mandate said yes.
    Agreed {
        /// The revision that was on the card.
        revision: u32,
        /// The decision.
        decision: Decision,
    },
    /// A person took a yes back.
    TakenBack {
        /// Whose.
        person: PersonId,
    },
    /// A person with a mandate said no.
    Declined {
        /// The revision that was on the card.
        revision: u32,
        /// The decision.
        decision: Decision,
    },
    /// The reason for a no, given afterwards.
    Reasoned {
        /// Who.
        person: PersonId,
        /// The words.
        why: Private,
    },
    /// Somebody who may decide it lowered the maximum: a new revision, on which people decide anew.
    Limited {
        /// The order with its lower maximum.
        order: Box<Order>,
    },
    /// A SPOC recorded what the provider asks for it.
    Quoted {
        /// The price of the whole.
        amount: Money,
        /// What was said about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Private>,
        /// Whether people had agreed to as much already.
        covered: bool,
        /// Who recorded it.
        by: AccountId,
        /// The event in which the provider named it, where it was taken over from there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<u64>,
    },
    /// That price is more than anybody agreed to: a new revision, on which people decide.
    PricePut {
        /// The order at that price.
        order: Box<Order>,
    },
    /// Nobody decided about the price in time; what was agreed before stands.
    PriceLapsed,
    /// The provider billed something for it.
    Invoiced {
        /// One line of a bill.
        invoice: Billed,
        /// Who recorded it; `None` when it came by mail.
        by: Option<AccountId>,
    },
    /// The people who may decide agreed to a bill although the work was done already.
    ApprovedAfterwards {
        /// The event that recorded the bill.
        bill: u64,
        /// By whose decision, and up to which amount in all.
        grant: Grant,
    },
    /// A rule lets an urgent fault go at once; the people who may decide are asked afterwards.
    WentFirst {
        /// The rule, and nobody's decision.
        grant: Grant,
        /// When it leaves.
        leaves_at: Instant,
    },
    /// The people who may decide agreed to what had gone already.
    AgreedFirst {
        /// By whose decision.
        grant: Grant,
    },
    /// The rules are met; it leaves at that time.
    Granted {
        /// By whose decision.
        grant: Grant,
        /// When it leaves.
        leaves_at: Instant,
    },
    /// The policy was asked anew while the order waited for people, because mandates or rules have changed.
    Reassessed {
        /// What it says now.
        verdict: Verdict,
    },
    /// Somebody was reminded that nobody has decided.
    Reminded {
        /// Who, as [`step`](super::timer::step) numbers them.
        step: u8,
    },
    /// Somebody whose reaction does not count was told so, once.
    Rebuffed {
        /// Who.
        account: AccountId,
        /// Why; `None` for somebody without any mandate.
        why: Option<Exclusion>,
    },
    /// Somebody who reacted to a card that is decided, void or sent was told so, once.
    TooLate {
        /// Who.
        account: AccountId,
        /// The revision on the card.
        revision: u32,
        /// For what.
        late: Late,
    },
    /// Ready for the courier.
    Queued {
        /// Counted from 1.
        attempt: u32,
        /// Who asked for it again; `None` when by itself.
        by: Option<AccountId>,
    },
    /// The point of no return, committed before the provider is called.
    SendingBegun {
        /// Counted from 1.
        attempt: u32,
    },
    /// The provider has it.
    Delivered {
        /// The hand-over.
        sent: Sent,
        /// Who carried it there, where a person did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<AccountId>,
    },
    /// The provider may have it.
    BecameUncertain {
        /// Counted from 1.
        attempt: u32,
    },
    /// It was looked up by our reference and not found.
    NotFound {
        /// How often by now.
        lookups: u8,
    },
    /// The provider surely does not have it.
    NotDelivered {
        /// Counted from 1.
        attempt: u32,
        /// Why; `None` once it was erased.
        #[serde(with = "crate::domain::trouble::private")]
        why: Option<Trouble>,
        /// When the courier tries again by itself.
        retry_at: Option<Instant>,
    },
    /// The provider, or the SPOC for it, told how it stands.
    Progressed {
        /// What it said.
        progress: Progress,
        /// The provider's own number, when told.
        number: Option<String>,
        /// A remark for the requester.
        note: Option<Private>,
        /// Who recorded it; `None` when the provider's own system did.
        by: Option<AccountId>,
        /// The status in the provider's own word.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        theirs: Option<Private>,
        /// Who said it, or who comes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Private>,
    },
    /// The provider said something that moves nothing by itself.
    Remarked {
        /// The words.
        text: Private,
        /// Who said them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Private>,
        /// Whether they ask the requester's side something.
        asks: bool,
        /// What they seem to change about the order.
        #[serde(default, skip_serializing_if = "Proposal::is_empty")]
        proposes: Proposal,
    },
    /// The requester's side answered the provider's question.
    Answered {
        /// The message.
        said: Said,
        /// What of it stays inside.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        held_back: Vec<Span>,
    },
    /// The requester's side sent a photo or file along although the order can change no more: it is sent on to the provider.
    SentAlong {
        /// The message.
        said: Said,
        /// What of its words stays inside.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        held_back: Vec<Span>,
    },
    /// Somebody wants a file of an unusual sort to go along.
    FileAllowed {
        /// Which of the request's files, counted from 0.
        file: u16,
        /// Who.
        by: AccountId,
    },
    /// A photo or file is here, without what it gives away about places.
    FileKept {
        /// Which of the request's files, counted from 0.
        file: u16,
        /// The sender's own name for it once more: what is here goes with it when it is erased.
        name: Private,
        /// What is here.
        kept: Kept,
        /// What is understood now and what it waits for, where it becomes part of the order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reread: Option<Reread>,
    },
    /// A file does not go along.
    FileLost {
        /// Which of the request's files, counted from 0.
        file: u16,
        /// Why.
        why: Loss,
        /// Who did not want it; `None` when nobody chose so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<AccountId>,
    },
    /// The provider sent photos or files.
    FilesCame {
        /// Which; all of them are here.
        files: Vec<Enclosure>,
        /// Who sent them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Private>,
    },
    /// The provider wants our buyer to agree once more, by its own procedure.
    ConfirmationWanted {
        /// The amount that it names.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// Its words, where it asked by mail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Private>,
        /// Whether people agreed to as much here; else it is another quote, and nothing to confirm.
        covered: bool,
    },
    /// The buyer was reminded of that.
    ConfirmationReminded,
    /// The buyer has confirmed it with the provider.
    Confirmed {
        /// Who says so.
        by: AccountId,
    },
    /// The provider's number became known, or is another one now.
    Numbered {
        /// The number.
        number: String,
    },
    /// The mail that carried the order came back: the provider does not have it after all.
    Returned {
        /// What the mail system said.
        #[serde(with = "crate::domain::trouble::private")]
        why: Option<Trouble>,
    },
    /// The provider cannot be reached: the requester was told that it goes by itself.
    HeldUp,
    /// The memory was put back from a backup: what happened to the request after that moment, nobody here knows.
    Recalled {
        /// When the backup was taken.
        known_until: Instant,
    },
    /// The SPOC was given the form to carry to the provider.
    FormGiven {
        /// Counted from 1.
        attempt: u32,
    },
    /// The SPOC was reminded that nothing was recorded about the form.
    FormReminded,
    /// The provider has more than one order with our reference.
    FoundTwice {
        /// Its own numbers.
        numbers: Vec<String>,
    },
    /// The provider's silence was brought to the SPOC.
    Chased,
    /// A cancellation waits for the provider's answer.
    CancelAsked {
        /// Who.
        by: AccountId,
        /// Why.
        why: Option<Private>,
    },
    /// The provider says that it is done.
    Resolved {
        /// The provider's own number, when told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// A remark for the requester.
        note: Option<Private>,
        /// Who recorded it.
        by: Option<AccountId>,
    },
    /// The requester says that it is not.
    Reopened {
        /// Who.
        by: AccountId,
        /// In which words.
        note: Option<Private>,
    },
    /// The end.
    Closed {
        /// How.
        outcome: Ending,
        /// Who, where a person ended it.
        by: Option<AccountId>,
        /// Why, where a person said so.
        why: Option<Private>,
        /// The provider's own number, when told with the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// The provider was told about an order that it has.
    ProviderTold {
        /// What.
        what: Telling,
        /// Who told it by telephone or knows that it arrived; `None` when Loket did.
        by: Option<AccountId>,
    },
    /// The provider was not told, or nobody knows whether it was; Loket does not try again by itself.
    NotTold {
        /// What.
        what: Telling,
        /// Whether it surely did not arrive.
        certain: bool,
        /// Why; `None` when Loket itself broke off, or once it was erased.
        #[serde(with = "crate::domain::trouble::private")]
        why: Option<Trouble>,
    },
    /// A SPOC wants it told again.
    ToldAgain {
        /// What.
        what: Telling,
        /// Who.
        by: AccountId,
    },
    /// The thread or direct conversation exists.
    ConversationOpened {
        /// Where.
        channel: ChannelId,
    },
    /// A post of Loket's that will be edited or reacted to stands.
    Posted {
        /// Which.
        slot: Slot,
        /// Where.
        at: MessageRef,
    },
    /// It was begun because another one had ended without the trouble being over.
    Followed {
        /// Which.
        follows: Follows,
    },
    /// Something was said in the conversation that may be about another request in it as well; the writer is asked.
    Unclear {
        /// The message.
        said: Said,
        /// The requests that may be meant, in the order in which they are offered.
        among: Vec<RequestId>,
    },
    /// The writer said which request was meant by what was unclear.
    Assigned {
        /// Which.
        to: RequestId,
    },
    /// Its question waits until another one in the conversation is answered, or its turn has come.
    QuestionHeld {
        /// Whether it waits.
        held: bool,
    },
    /// The requester without chat was told by telephone.
    CalledBack {
        /// Who called.
        by: AccountId,
    },
    /// The provider is reminded of an order that it has (*rappel*).
    Urged {
        /// Who asked for it.
        by: AccountId,
        /// How often by now, this time included.
        count: u32,
    },
    /// Something was written down about it for inside, in the weekly meeting or at any other time.
    Noted {
        /// Who.
        by: AccountId,
        /// The words.
        text: Private,
    },
    /// A SPOC said what it really is, after it was frozen: that counts in reports and is learned from, and changes no order.
    Corrected {
        /// Who.
        by: AccountId,
        /// The service that it should have been.
        item: ItemId,
    },
    /// The requester said how content they are.
    Rated {
        /// Who.
        by: AccountId,
        /// How content.
        rating: Rating,
    },
    /// An agreed time of the provider's runs out; the SPOC was told once.
    NormNear {
        /// Which.
        goal: Goal,
        /// When it is used up, as it looked then.
        due: Instant,
    },
    /// Somebody called the provider's duty number about it.
    DutyCalled {
        /// Who says so.
        by: AccountId,
    },
}

/// What is understood once more, and what it waits for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reread {
    /// What is understood now.
    pub content: Box<Content>,
    /// What it waits for.
    pub waits: Waits,
}

/// How content the requester is with what became of it: one tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Not.
    Poor,
    /// So so.
    Fair,
    /// Content.
    Good,
}

impl Rating {
    /// Every value, the best first.
    pub const ALL: [Self; 3] = [Self::Good, Self::Fair, Self::Poor];

    /// The text by which it is kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Poor => "poor",
        }
    }

    /// Reads what [`Rating::code`] wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rating| rating.code() == code)
    }
}

/// For what somebody is too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Late {
    /// It is decided.
    Decided,
    /// The card is void.
    Void,
    /// A yes was taken back although the order is on its way.
    Sent,
}

/// An event with its place in the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded<E = Event> {
    /// Counted from 0 within the stream.
    pub seq: u64,
    /// When it was committed.
    pub at: Instant,
    /// What happened.
    pub event: E,
}
