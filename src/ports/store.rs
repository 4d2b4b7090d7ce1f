//! The memory of the house. One [`Unit`] is one transaction: journal, request row, timers, outbox and inbox together.

use super::fault::{CommitError, StoreError};
use super::measures::Depth;
use crate::domain::approval::{Absence, Commitment, Ledger};
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::Lane;
use crate::domain::journal::OrganisationEvent;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Slot, StageName, Summary, Tally, WaitsFor};
use crate::domain::{
    AccountId, ChannelId, Instant, ItemId, Kind, MessageId, MessageRef, Number, OrganisationId, ProviderCode,
    RequestId, Token,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod outbox;

pub use outbox::{Claimed, EffectState, NewEffect, Outcome, Settled};

/// A journal within an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StreamId {
    /// Of one request.
    Request(RequestId),
    /// Of the organisation itself.
    Organisation,
}

/// The end of a journal: the next sequence and the hash of the last row. A commit that does not know the newest end conflicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Head {
    /// The sequence of the next event; 0 for an empty journal.
    pub next: u64,
    /// SHA-256 of the last row, which holds the hash of the one before it; zeros for an empty journal.
    pub hash: [u8; 32],
}

/// A journal as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded<E = Event> {
    /// Its events, from the first on or from the one that was asked for.
    pub events: Vec<Recorded<E>>,
    /// Its end.
    pub head: Head,
}

/// The identity of a platform's event: the same one twice changes nothing. Starts with the platform's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InboxKey(pub String);

/// An event to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum NewEvent {
    /// To a request.
    Request(Event),
    /// To an organisation.
    Organisation(OrganisationEvent),
}

/// What one stream gains.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which.
    pub stream: StreamId,
    /// Its end as loaded.
    pub head: Head,
    /// Further events, in order.
    pub events: Vec<NewEvent>,
    /// The request's row as it is afterwards; `None` for an organisation's stream.
    pub summary: Option<Summary>,
    /// Deadlines that are new or moved.
    pub set_timers: Vec<(String, Instant)>,
    /// Deadlines that are no more.
    pub clear_timers: Vec<String>,
    /// Effects to be carried out.
    pub effects: Vec<NewEffect>,
    /// Messages that belong to the request.
    pub links: Vec<Link>,
    /// What it commits the organisation to, where that changed.
    pub commitment: Option<Commitment>,
    /// What is in the files that its events keep.
    pub bodies: Vec<Body>,
}

/// What is in a file, with the event that keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    /// The event.
    pub seq: u64,
    /// The place among the files of that event, counted from 0.
    pub place: u16,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// Without the bytes, which are many and private.
impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Body")
            .field("seq", &self.seq)
            .field("place", &self.place)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// A message that belongs to a request, by which it is found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The message.
    pub at: MessageRef,
    /// What it is to the request.
    pub kind: LinkKind,
}

/// What a message is to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// The requester's side said it.
    Said,
    /// Loket's own post at that slot.
    Post(Slot),
}

/// Private texts that go for good. What is left in the journal are their identity and a keyed hash without its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Of which stream.
    pub stream: StreamId,
    /// Of which event; `None` for all of the stream's.
    pub seq: Option<u64>,
}

/// A digest that fell due: exactly one row for each organisation, audience and week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestRow {
    /// Who reads it.
    pub audience: String,
    /// The week.
    pub week: IsoWeek,
    /// Whether it is posted.
    pub posted: bool,
    /// Whether it is late.
    pub late: bool,
}

/// A timer that a unit handles; its row goes when it still has that due time and the unit sets no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired(pub TimerRow);

/// One atomic change.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Whose.
    pub organisation: OrganisationId,
    /// The moment.
    pub at: Instant,
    /// The platform's event that it handles.
    pub inbox: Option<InboxKey>,
    /// The timer that it handles.
    pub fired: Option<Fired>,
    /// The effect that it settles.
    pub settled: Option<Settled>,
    /// What the streams gain.
    pub changes: Vec<Change>,
    /// The digests that fell due.
    pub digests: Vec<DigestRow>,
    /// The account that was just offered a request, so that it is not offered another soon.
    pub nudged: Option<AccountId>,
    /// The stream whose effects that were given up, or that wait for another attempt, are tried again now.
    pub revived: Option<StreamId>,
    /// Whether every post of the organisation that waits for another attempt is tried now.
    pub woken: bool,
    /// The version of the ledger on which a decision that spends rests; a conflict when somebody spent meanwhile.
    pub spends: Option<u64>,
    /// Texts that go for good.
    pub erased: Vec<Erased>,
    /// An account of which it need not be known any more when it was offered a request.
    pub forgotten: Vec<AccountId>,
}

impl Unit {
    /// A unit that changes nothing yet.
    pub fn new(organisation: OrganisationId, at: Instant) -> Self {
        Self {
            organisation,
            at,
            inbox: None,
            fired: None,
            settled: None,
            changes: Vec::new(),
            digests: Vec::new(),
            nudged: None,
            revived: None,
            woken: false,
            spends: None,
            erased: Vec::new(),
            forgotten: Vec::new(),
        }
    }
}

/// What a commit came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The new ends of the changed streams, in the order of the unit's changes.
    pub heads: Vec<Head>,
}

/// This memory was put back from a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// When the backup was taken: what was done outside after that is not known here.
    pub taken: Instant,
    /// When Loket first ran with it; `None` before.
    pub again: Option<Instant>,
    /// Whether everything that was said in between has been heard again.
    pub caught_up: bool,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TimerRow {
    /// Whose.
    pub organisation: OrganisationId,
    /// Of which stream.
    pub stream: StreamId,
    /// Which, as [`TimerKind::code`](crate::domain::request::TimerKind::code) or a name of the organisation's stream.
    pub kind: String,
    /// When.
    pub due_at: Instant,
}

/// Which requests a list shows. What is empty shows everything open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenFilter {
    /// Of that provider.
    pub provider: Option<ProviderCode>,
    /// In that stage (closed ones only when asked for).
    pub stage: Option<StageName>,
    /// Of that item.
    pub item: Option<ItemId>,
    /// Where that party must act.
    pub waits_for: Option<WaitsFor>,
    /// Asked by that account.
    pub requester: Option<AccountId>,
    /// Wished for before that instant.
    pub due_before: Option<Instant>,
    /// In which these words stand.
    pub text: Option<Sought>,
}

/// Words to look for: at the beginning of the number (with or without #), and in every private text of a request, whatever the case
/// of its letters as far as the database knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// The words, as typed.
    pub text: String,
    /// Requests of these items are found by their number alone.
    pub by_number_only: Vec<ItemId>,
}

/// Where a list goes on: after that request, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The last one shown, by when it began.
    pub opened_at: Instant,
    /// And by its identity.
    pub id: RequestId,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which request.
    pub id: RequestId,
    /// Its row.
    pub summary: Summary,
}

/// An open request that a provider has or may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedTo {
    /// Whose.
    pub organisation: OrganisationId,
    /// Which.
    pub id: RequestId,
    /// The number for people.
    pub number: Option<Number>,
    /// The unguessable part of the reference.
    pub token: Token,
    /// The provider's own number, once known.
    pub ticket: Option<String>,
}

/// The right to act as the one instance that holds the gateway, or whatever the name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The name.
    pub name: String,
    /// Counted up at each change of holder; checked in each write.
    pub epoch: i64,
    /// When it ends unless renewed.
    pub until: Instant,
}

/// The memory. Calls may be dropped (cancelled) without harm to later ones.
#[async_trait]
pub trait Store: Send + Sync {
    /// Commits a unit, all or nothing, durably when it returns.
    async fn commit(&self, unit: Unit) -> Result<Committed, CommitError>;

    /// Whether a platform's event was handled.
    async fn seen(&self, key: &InboxKey) -> Result<bool, StoreError>;

    /// Forgets at most so many handled events that are older than an instant; gives how many. Journals are not touched.
    async fn prune_inbox(&self, before: Instant, limit: u32) -> Result<u64, StoreError>;

    /// The journal of a request; `None` when there is none.
    async fn load(&self, organisation: &OrganisationId, id: RequestId) -> Result<Option<Loaded>, StoreError>;

    /// What is in a file of a request, by the event that keeps it and its place there; `None` once it was erased.
    async fn file(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
        seq: u64,
        place: u16,
    ) -> Result<Option<Vec<u8>>, StoreError>;

    /// The journal of an organisation; empty at first.
    async fn load_organisation(&self, organisation: &OrganisationId) -> Result<Loaded<OrganisationEvent>, StoreError>;

    /// The journal of an organisation from that event on, with the end of the whole: for whoever knows what stands before. Without a
    /// single event from there on the end is that of an empty journal.
    async fn organisation_since(
        &self,
        organisation: &OrganisationId,
        from: u64,
    ) -> Result<Loaded<OrganisationEvent>, StoreError>;

    /// The end of an organisation's journal, for whoever adds to it without having to know what stands there.
    async fn organisation_head(&self, organisation: &OrganisationId) -> Result<Head, StoreError>;

    /// The request with that number.
    async fn by_number(&self, organisation: &OrganisationId, number: Number) -> Result<Option<RequestId>, StoreError>;

    /// The requests with that unguessable part in their reference: one, or none.
    async fn by_token(&self, token: &Token) -> Result<Vec<(OrganisationId, RequestId)>, StoreError>;

    /// The requests with that number of a provider's, newest first, closed ones too; at most 25.
    async fn by_ticket(
        &self,
        provider: &ProviderCode,
        number: &str,
    ) -> Result<Vec<(OrganisationId, RequestId)>, StoreError>;

    /// The open requests that a provider has or may have, over all organisations.
    async fn handed_to(&self, provider: &ProviderCode) -> Result<Vec<HandedTo>, StoreError>;

    /// Up to where something outside was read: a mailbox, or a provider's news.
    async fn mark(&self, name: &str) -> Result<Option<String>, StoreError>;

    /// Records up to where it was read.
    async fn set_mark(&self, name: &str, value: &str) -> Result<(), StoreError>;

    /// The requests to which a message belongs, newest first.
    async fn by_message(&self, message: &MessageId) -> Result<Vec<(OrganisationId, RequestId, LinkKind)>, StoreError>;

    /// The requests that are talked about in a channel, newest first, closed ones too; at most 25.
    async fn in_conversation(
        &self,
        channel: &ChannelId,
    ) -> Result<Vec<(OrganisationId, RequestId, StageName)>, StoreError>;

    /// A page of a list, newest first. The cost of a list of open ones does not grow with the number of closed requests.
    async fn list(
        &self,
        organisation: &OrganisationId,
        filter: &OpenFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError>;

    /// How many requests are open and how many of these are late at `now`, by who must act; a party that has none is left out.
    async fn tally(&self, organisation: &OrganisationId, now: Instant) -> Result<Vec<Tally>, StoreError>;

    /// The numbers of open requests that begin with a text, newest first, for completion.
    async fn complete_number(
        &self,
        organisation: &OrganisationId,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError>;

    /// Posts of ours at open requests on which an edit or a reaction may be missed: approval cards, offers, and source messages.
    async fn watched(&self) -> Result<Vec<(OrganisationId, RequestId, Link)>, StoreError>;

    /// The next number of a year; never given twice.
    async fn next_number(&self, organisation: &OrganisationId, year: i32) -> Result<Number, StoreError>;

    /// Deadlines that have passed, oldest first.
    async fn due(&self, now: Instant, limit: u32) -> Result<Vec<TimerRow>, StoreError>;

    /// The first deadline of all, or the first moment at which an effect may be carried out, whichever comes first.
    async fn next_wake(&self) -> Result<Option<Instant>, StoreError>;

    /// Every deadline of a stream.
    async fn timers_of(&self, organisation: &OrganisationId, stream: StreamId) -> Result<Vec<TimerRow>, StoreError>;

    /// Claims effects whose moment has come, whose lane has no earlier one waiting, and which nobody else holds; `but` names a lane
    /// whose effects still have to wait.
    async fn claim(
        &self,
        now: Instant,
        until: Instant,
        limit: u32,
        but: Option<Lane>,
    ) -> Result<Vec<Claimed>, StoreError>;

    /// Effects that wait or were given up, oldest first.
    async fn effects(&self, organisation: &OrganisationId, limit: u32) -> Result<Vec<EffectState>, StoreError>;

    /// The effects of a stream that wait or were given up, in their order.
    async fn effects_of(&self, organisation: &OrganisationId, stream: StreamId)
    -> Result<Vec<EffectState>, StoreError>;

    /// The requests of which an effect was given up, or was tried in vain and waits since before an instant.
    async fn stuck(&self, organisation: &OrganisationId, before: Instant) -> Result<Vec<RequestId>, StoreError>;

    /// When an account was last offered a request.
    async fn last_nudge(
        &self,
        organisation: &OrganisationId,
        account: &AccountId,
    ) -> Result<Option<Instant>, StoreError>;

    /// What an organisation committed: settled since then, or granted since `month`; and the last grant of an item in a kind.
    async fn ledger(
        &self,
        organisation: &OrganisationId,
        since: Instant,
        month: Instant,
        like: Option<(&ItemId, Kind)>,
    ) -> Result<Ledger, StoreError>;

    /// The newest digest of an audience.
    async fn last_digest(&self, organisation: &OrganisationId, audience: &str) -> Result<Option<IsoWeek>, StoreError>;

    /// The requests to which something happened between two instants (the first inclusive), by identity, after one of them. The cost
    /// does not grow with what happened before or after.
    async fn touched(
        &self,
        organisation: &OrganisationId,
        from: Instant,
        to: Instant,
        after: Option<RequestId>,
        limit: u32,
    ) -> Result<Vec<RequestId>, StoreError>;

    /// The absences of an organisation that are not over on that day, by their first day and the person.
    async fn absences(&self, organisation: &OrganisationId, today: NaiveDate) -> Result<Vec<Absence>, StoreError>;

    /// SHA-256 over the heads of all streams of an organisation, by stream.
    async fn anchor(&self, organisation: &OrganisationId) -> Result<[u8; 32], StoreError>;

    /// The requests of that kind that ended at an instant or before and still hold texts, those that ended first.
    async fn past(
        &self,
        organisation: &OrganisationId,
        kind: Option<Kind>,
        horizon: Instant,
        limit: u32,
    ) -> Result<Vec<RequestId>, StoreError>;

    /// Sees to it that what was erased is gone from the disk as well, as far as the database can: old pages and the log of what was
    /// written. `whole` writes the database anew, which takes its time and holds up others.
    async fn scrub(&self, whole: bool) -> Result<(), StoreError>;

    /// Verifies the hash chains of an organisation and that every journal folds to its row; gives the number of rows read.
    async fn verify(&self, organisation: &OrganisationId) -> Result<u64, StoreError>;

    /// What is in the outbox, by lane and state.
    async fn depths(&self, now: Instant) -> Result<Vec<Depth>, StoreError>;

    /// How many requests are open, by stage, over all organisations.
    async fn open_by_stage(&self) -> Result<Vec<(String, u64)>, StoreError>;

    /// What stands in the way of taking this memory for the present one: it was put back from a backup.
    async fn restored(&self) -> Result<Option<Restored>, StoreError>;

    /// Notes how far the way back is. The first time that Loket runs, everything that waits to be done outside is put in doubt since the
    /// backup, and numbers that may have been given meanwhile are left out; all in one transaction.
    async fn set_restored(&self, restored: &Restored) -> Result<(), StoreError>;

    /// The last message up to which a channel was back-filled.
    async fn backfilled(&self, channel: &ChannelId) -> Result<Option<MessageId>, StoreError>;

    /// Records up to which message a channel was back-filled.
    async fn set_backfilled(&self, channel: &ChannelId, message: &MessageId) -> Result<(), StoreError>;

    /// Counts one more of something within a window (a day, say) and gives the count; older windows are forgotten.
    async fn count(&self, name: &str, window: &str) -> Result<u64, StoreError>;

    /// Takes or renews a lease; `None` while another holder has it.
    async fn lease(&self, name: &str, holder: &str, now: Instant, until: Instant) -> Result<Option<Lease>, StoreError>;
}
