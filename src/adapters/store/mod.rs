//! The memory of the house in SQLite or PostgreSQL.
//!
//! Read in this order: [`dialect`] (what a database must do), [`statement`] (every SQL text), [`journal`] (events as rows),
//! `unit` (a commit as steps), `sqlite` and `postgres` (who runs them).

pub mod backup;
pub mod dialect;
pub mod inspect;
pub mod journal;
pub mod migration;
mod postgres;
mod row;
mod sqlite;
pub mod statement;
mod unit;
mod verify;

use crate::domain::approval::{Absence, Ledger};
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::Lane;
use crate::domain::journal::OrganisationEvent;
use crate::domain::request::{Event, StageName, Tally};
use crate::domain::{
    AccountId, ChannelId, Instant, ItemId, Kind, MessageId, MessageRef, Number, OrganisationId, ProviderCode,
    RequestId, Token,
};
use crate::ports::{
    Claimed, CommitError, Committed, Cursor, Depth, EffectState, Entropy, HandedTo, Head, InboxKey, Lease, Link,
    LinkKind, Listed, Loaded, OpenFilter, Restored, Store, StoreError, StreamId, TimerRow, Unavailable, Unit,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use dialect::{Arg, Dialect, Expect, Refusal, Row, Step, Text, WriteError};
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use verify::Anchor;

/// The name of the lease that each write checks, once this instance holds it.
pub const WRITER: &str = "writer";

/// Opens the database of a URL (`sqlite:loket.db`, `sqlite::memory:`, `postgres://…`), applies what migrations it lacks.
pub async fn open(url: &str, entropy: Arc<dyn Entropy>) -> Result<Arc<dyn Store>, StoreError> {
    if let Some(path) = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) {
        return Ok(Arc::new(SqlStore::new(sqlite::Sqlite::open(path).await?, entropy)));
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Arc::new(SqlStore::new(postgres::Postgres::open(url).await?, entropy)));
    }
    // Only the scheme is named: what follows may hold a password.
    let scheme: String = url.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
    Err(Unavailable::Scheme(scheme).into())
}

/// The file in which the database of a URL would be, where there is none yet. A server is not asked.
pub fn lacking(url: &str) -> Option<std::path::PathBuf> {
    let file = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    let path = std::path::PathBuf::from(file.split_once('?').map_or(file, |(path, _)| path));
    (path.as_os_str() != ":memory:" && !path.exists()).then_some(path)
}

/// The store over any database that can run its statements.
pub struct SqlStore<D: Dialect> {
    database: D,
    entropy: Arc<dyn Entropy>,
    /// The epoch of the last lease under [`WRITER`]; 0 while it never had one. It is kept when the lease is lost, so that
    /// what is written after that is refused.
    epoch: AtomicI64,
}

impl<D: Dialect> SqlStore<D> {
    fn new(database: D, entropy: Arc<dyn Entropy>) -> Self {
        Self { database, entropy, epoch: AtomicI64::new(0) }
    }

    async fn read(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        self.database.read(text, args).await
    }

    /// Requests by organisation and identity.
    async fn requests(&self, text: Text, args: Vec<Arg>) -> Result<Vec<(OrganisationId, RequestId)>, StoreError> {
        let request = |row: Row| {
            let mut row = row.of("request");
            let (organisation, id) = (row.text()?.as_str().into(), row.text()?);
            Ok((organisation, row::request_id(&id, &row)?))
        };
        self.read(text, args).await?.into_iter().map(request).collect()
    }

    async fn first(&self, text: Text, args: Vec<Arg>) -> Result<Option<Row>, StoreError> {
        Ok(self.read(text, args).await?.into_iter().next())
    }

    /// Steps under the writer's lease, if this instance ever had it.
    async fn write(&self, mut steps: Vec<Step>) -> Result<Vec<dialect::Done>, WriteError> {
        let epoch = self.epoch.load(Ordering::Acquire);
        if epoch == 0 {
            return self.database.write(steps).await;
        }
        let args = vec![WRITER.into(), epoch.into()];
        steps.insert(0, Step::expecting(statement::CHECK_LEASE, args, Expect::Rows(1), Refusal::Superseded));
        let mut done = self.database.write(steps).await?;
        done.remove(0);
        Ok(done)
    }

    /// One statement that writes outside a unit, and its rows.
    async fn write_one(&self, text: Text, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        match self.write(vec![Step::new(text, args)]).await {
            Ok(done) => Ok(done.into_iter().flat_map(|done| done.rows).collect()),
            Err(WriteError::Store(error)) => Err(error),
            Err(WriteError::Refused(_)) => Err(Unavailable::TakenOver.into()),
        }
    }

    async fn journal<E: DeserializeOwned>(
        &self,
        organisation: &OrganisationId,
        stream: StreamId,
        from: u64,
    ) -> Result<Loaded<E>, StoreError> {
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let args = vec![organisation.as_str().into(), row::stream_text(stream).into(), from.into()];
        let (stored, mut texts) = verify::parts(self.read(statement::LOAD, args).await?)?;
        let head = verify::head(&stored)?;
        let events =
            stored.into_iter().map(|stored| journal::unseal(stored, &mut texts)).collect::<Result<Vec<_>, _>>()?;
        Ok(Loaded { events, head })
    }
}

fn millis(at: Instant) -> Arg {
    at.timestamp_millis().into()
}

fn page(limit: u32) -> Arg {
    i64::from(limit).into()
}

/// The pattern of a text that holds another one as it stands. PostgreSQL takes no zero character in a text.
fn containing(text: &str) -> String {
    let literal = text.replace('\0', "").replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{literal}%")
}

/// What a number would begin with; a text that is no beginning of a number finds none.
fn beginning(text: &str) -> String {
    let text = text.replace('\0', "");
    let number = text.trim().trim_start_matches('#');
    // Every number begins with nothing.
    if number.is_empty() { "#".to_owned() } else { number.to_owned() }
}

/// Items as `|a|b|`; no identity of an item holds a bar.
fn listed_items(items: &[ItemId]) -> String {
    items.iter().fold("|".to_owned(), |list, item| list + item.as_str() + "|")
}

fn no_row() -> StoreError {
    Row::new(Vec::new()).unfit("it gave no row")
}

#[async_trait]
impl<D: Dialect> Store for SqlStore<D> {
    async fn commit(&self, unit: Unit) -> Result<Committed, CommitError> {
        let (steps, heads) = unit::steps(&unit, &*self.entropy)?;
        if !steps.is_empty() {
            self.write(steps).await?;
        }
        Ok(Committed { heads })
    }

    async fn seen(&self, key: &InboxKey) -> Result<bool, StoreError> {
        Ok(self.first(statement::SEEN, vec![key.0.as_str().into()]).await?.is_some())
    }

    async fn prune_inbox(&self, before: Instant, limit: u32) -> Result<u64, StoreError> {
        let rows = self.write_one(statement::PRUNE_INBOX, vec![millis(before), page(limit)]).await?;
        Ok(rows.len() as u64)
    }

    async fn load(&self, organisation: &OrganisationId, id: RequestId) -> Result<Option<Loaded>, StoreError> {
        let loaded = self.journal::<Event>(organisation, StreamId::Request(id), 0).await?;
        Ok(Some(loaded).filter(|loaded| !loaded.events.is_empty()))
    }

    async fn file(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
        seq: u64,
        place: u16,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let stream = row::stream_text(StreamId::Request(id));
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        let args = vec![organisation.as_str().into(), stream.into(), seq.into(), i64::from(place).into()];
        self.first(statement::FILE, args).await?.map(|row| row.of("file").bytes()).transpose()
    }

    async fn load_organisation(&self, organisation: &OrganisationId) -> Result<Loaded<OrganisationEvent>, StoreError> {
        self.journal(organisation, StreamId::Organisation, 0).await
    }

    async fn organisation_since(
        &self,
        organisation: &OrganisationId,
        from: u64,
    ) -> Result<Loaded<OrganisationEvent>, StoreError> {
        self.journal(organisation, StreamId::Organisation, from).await
    }

    async fn organisation_head(&self, organisation: &OrganisationId) -> Result<Head, StoreError> {
        let args = vec![organisation.as_str().into(), row::stream_text(StreamId::Organisation).into()];
        self.first(statement::HEAD, args).await?.map_or(Ok(Head::default()), verify::head_of)
    }

    async fn by_number(&self, organisation: &OrganisationId, number: Number) -> Result<Option<RequestId>, StoreError> {
        let args = vec![organisation.as_str().into(), number.to_string().into()];
        let Some(row) = self.first(statement::BY_NUMBER, args).await? else { return Ok(None) };
        let mut row = row.of("request");
        let id = row.text()?;
        row::request_id(&id, &row).map(Some)
    }

    async fn by_token(&self, token: &Token) -> Result<Vec<(OrganisationId, RequestId)>, StoreError> {
        self.requests(statement::BY_TOKEN, vec![token.as_str().into()]).await
    }

    async fn by_ticket(
        &self,
        provider: &ProviderCode,
        number: &str,
    ) -> Result<Vec<(OrganisationId, RequestId)>, StoreError> {
        self.requests(statement::BY_TICKET, vec![provider.as_str().into(), number.into()]).await
    }

    async fn handed_to(&self, provider: &ProviderCode) -> Result<Vec<HandedTo>, StoreError> {
        let rows = self.read(statement::HANDED_TO, vec![provider.as_str().into()]).await?;
        rows.into_iter().map(row::handed_to).collect()
    }

    async fn mark(&self, name: &str) -> Result<Option<String>, StoreError> {
        let Some(row) = self.first(statement::MARK, vec![name.into()]).await? else { return Ok(None) };
        row.of("mark").text().map(Some)
    }

    async fn set_mark(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.write_one(statement::PUT_MARK, vec![name.into(), value.into()]).await.map(|_| ())
    }

    async fn by_message(&self, message: &MessageId) -> Result<Vec<(OrganisationId, RequestId, LinkKind)>, StoreError> {
        let rows = self.read(statement::BY_MESSAGE, vec![message.as_str().into()]).await?;
        let link = |row: Row| {
            let mut row = row.of("link");
            let (organisation, id, kind) = (row.text()?.as_str().into(), row.text()?, row.text()?);
            Ok((organisation, row::request_id(&id, &row)?, row::link(&kind, &row)?))
        };
        rows.into_iter().map(link).collect()
    }

    async fn in_conversation(
        &self,
        channel: &ChannelId,
    ) -> Result<Vec<(OrganisationId, RequestId, StageName)>, StoreError> {
        let rows = self.read(statement::IN_CONVERSATION, vec![channel.as_str().into()]).await?;
        let request = |row: Row| {
            let mut row = row.of("request");
            let (organisation, id, stage) = (row.text()?.as_str().into(), row.text()?, row.text()?);
            Ok((organisation, row::request_id(&id, &row)?, row::stage(&stage, &row)?))
        };
        rows.into_iter().map(request).collect()
    }

    async fn list(
        &self,
        organisation: &OrganisationId,
        filter: &OpenFilter,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError> {
        let closed = filter.stage == Some(StageName::Closed);
        let text = if closed { statement::LIST_CLOSED } else { statement::LIST_OPEN };
        // The first page begins after the end of time, so that one text with one index serves every page.
        let (opened_at, id) = after
            .map_or((i64::MAX, "~".to_owned()), |after| (after.opened_at.timestamp_millis(), after.id.to_string()));
        let args = vec![
            organisation.as_str().into(),
            opened_at.into(),
            id.into(),
            filter.provider.as_ref().map(|provider| provider.0.clone()).into(),
            filter.stage.map(|stage| stage.code().to_owned()).into(),
            filter.item.as_ref().map(|item| item.0.clone()).into(),
            filter.waits_for.map(|waits_for| waits_for.code().to_owned()).into(),
            filter.requester.as_ref().map(|requester| requester.0.clone()).into(),
            filter.due_before.map(|before| before.timestamp_millis()).into(),
            filter.text.as_ref().map(|sought| containing(&sought.text)).into(),
            filter.text.as_ref().map(|sought| beginning(&sought.text)).into(),
            filter.text.as_ref().map(|sought| listed_items(&sought.by_number_only)).into(),
            page(limit),
        ];
        self.database.scan(text, args).await?.into_iter().map(|row| row::listed(&mut row.of("request"))).collect()
    }

    async fn tally(&self, organisation: &OrganisationId, now: Instant) -> Result<Vec<Tally>, StoreError> {
        let rows = self.database.scan(statement::TALLY, vec![organisation.as_str().into(), millis(now)]).await?;
        rows.into_iter().map(row::tally).collect()
    }

    async fn complete_number(
        &self,
        organisation: &OrganisationId,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError> {
        let args = vec![organisation.as_str().into(), prefix.replace('\0', "").into(), page(limit)];
        let rows = self.database.scan(statement::COMPLETE_NUMBER, args).await?;
        rows.into_iter().map(|row| row::listed(&mut row.of("request"))).collect()
    }

    async fn watched(&self) -> Result<Vec<(OrganisationId, RequestId, Link)>, StoreError> {
        let link = |row: Row| {
            let mut row = row.of("link");
            let (organisation, id) = (row.text()?.as_str().into(), row.text()?);
            let at = MessageRef { channel: row.text()?.as_str().into(), message: row.text()?.as_str().into() };
            let kind = row.text()?;
            Ok((organisation, row::request_id(&id, &row)?, Link { at, kind: row::link(&kind, &row)? }))
        };
        self.database.scan(statement::WATCHED, Vec::new()).await?.into_iter().map(link).collect()
    }

    async fn next_number(&self, organisation: &OrganisationId, year: i32) -> Result<Number, StoreError> {
        let args = vec![organisation.as_str().into(), i64::from(year).into()];
        let row = self.write_one(statement::NEXT_NUMBER, args).await?.into_iter().next().ok_or_else(no_row)?;
        let mut row = row.of("sequence");
        let last = row.big()?;
        Ok(Number { year, sequence: row::count(last, &row)? })
    }

    async fn due(&self, now: Instant, limit: u32) -> Result<Vec<TimerRow>, StoreError> {
        self.read(statement::DUE, vec![millis(now), page(limit)]).await?.into_iter().map(row::timer).collect()
    }

    async fn next_wake(&self) -> Result<Option<Instant>, StoreError> {
        let mut row = self.first(statement::NEXT_WAKE, Vec::new()).await?.ok_or_else(no_row)?;
        let (timer, effect) = (row.maybe_big()?, row.maybe_big()?);
        timer.into_iter().chain(effect).min().map(|at| row::instant(at, &row)).transpose()
    }

    async fn timers_of(&self, organisation: &OrganisationId, stream: StreamId) -> Result<Vec<TimerRow>, StoreError> {
        let args = vec![organisation.as_str().into(), row::stream_text(stream).into()];
        self.read(statement::TIMERS_OF, args).await?.into_iter().map(row::timer).collect()
    }

    async fn claim(
        &self,
        now: Instant,
        until: Instant,
        limit: u32,
        but: Option<Lane>,
    ) -> Result<Vec<Claimed>, StoreError> {
        let but = but.map_or("", row::lane_text);
        let rows = self.write_one(statement::CLAIM, vec![millis(now), millis(until), page(limit), but.into()]).await?;
        let mut claimed = rows.into_iter().map(row::claimed).collect::<Result<Vec<_>, _>>()?;
        claimed.sort_by_key(|(since, claimed)| (*since, claimed.position));
        Ok(claimed.into_iter().map(|(_, claimed)| claimed).collect())
    }

    async fn effects(&self, organisation: &OrganisationId, limit: u32) -> Result<Vec<EffectState>, StoreError> {
        let rows = self.database.scan(statement::EFFECTS, vec![organisation.as_str().into(), page(limit)]).await?;
        rows.into_iter().map(row::effect_state).collect()
    }

    async fn effects_of(
        &self,
        organisation: &OrganisationId,
        stream: StreamId,
    ) -> Result<Vec<EffectState>, StoreError> {
        let args = vec![organisation.as_str().into(), row::stream_text(stream).into()];
        self.read(statement::EFFECTS_OF, args).await?.into_iter().map(row::effect_state).collect()
    }

    async fn stuck(&self, organisation: &OrganisationId, before: Instant) -> Result<Vec<RequestId>, StoreError> {
        let rows = self.read(statement::STUCK, vec![organisation.as_str().into(), millis(before)]).await?;
        let request = |row: Row| {
            let mut row = row.of("outbox");
            let id = row.text()?;
            row::request_id(&id, &row)
        };
        rows.into_iter().map(request).collect()
    }

    async fn last_nudge(
        &self,
        organisation: &OrganisationId,
        account: &AccountId,
    ) -> Result<Option<Instant>, StoreError> {
        let args = vec![organisation.as_str().into(), account.as_str().into()];
        let Some(row) = self.first(statement::LAST_NUDGE, args).await? else { return Ok(None) };
        let mut row = row.of("nudge");
        let at = row.big()?;
        row::instant(at, &row).map(Some)
    }

    async fn ledger(
        &self,
        organisation: &OrganisationId,
        since: Instant,
        month: Instant,
        like: Option<(&ItemId, Kind)>,
    ) -> Result<Ledger, StoreError> {
        let name = organisation.as_str();
        // The version first: what is spent while the rest is read makes the decision a conflict, never a mistake.
        let version = match self.first(statement::LEDGER, vec![name.into()]).await? {
            None => 0,
            Some(row) => {
                let mut row = row.of("ledger");
                let version = row.big()?;
                row::count(version, &row)?
            }
        };
        let rows = self.read(statement::COMMITMENTS, vec![name.into(), millis(since), millis(month)]).await?;
        let commitments = rows.into_iter().map(row::commitment).collect::<Result<_, _>>()?;
        let last = match like {
            None => None,
            Some((item, kind)) => {
                let args = vec![name.into(), item.as_str().into(), kind.code().into()];
                self.first(statement::LAST_COMMITMENT, args).await?.map(row::commitment).transpose()?
            }
        };
        Ok(Ledger { version: Some(version), month, commitments, last })
    }

    async fn last_digest(&self, organisation: &OrganisationId, audience: &str) -> Result<Option<IsoWeek>, StoreError> {
        let args = vec![organisation.as_str().into(), audience.into()];
        let Some(row) = self.first(statement::LAST_DIGEST, args).await? else { return Ok(None) };
        let mut row = row.of("digest");
        let (year, week) = (row.big()?, row.big()?);
        Ok(Some(IsoWeek { year: row::count(year, &row)?, week: row::count(week, &row)? }))
    }

    async fn touched(
        &self,
        organisation: &OrganisationId,
        from: Instant,
        to: Instant,
        after: Option<RequestId>,
        limit: u32,
    ) -> Result<Vec<RequestId>, StoreError> {
        let after = after.map(|after| after.to_string()).unwrap_or_default();
        let args = vec![organisation.as_str().into(), millis(from), millis(to), after.into(), page(limit)];
        let request = |row: Row| {
            let mut row = row.of("journal");
            let id = row.text()?;
            row::request_id(&id, &row)
        };
        self.database.scan(statement::TOUCHED, args).await?.into_iter().map(request).collect()
    }

    async fn absences(&self, organisation: &OrganisationId, today: NaiveDate) -> Result<Vec<Absence>, StoreError> {
        let args = vec![organisation.as_str().into(), today.to_string().into()];
        self.read(statement::ABSENCES, args).await?.into_iter().map(row::absence).collect()
    }

    async fn anchor(&self, organisation: &OrganisationId) -> Result<[u8; 32], StoreError> {
        // There is an end for every request that ever was, and a hash of them all needs none of them for long.
        let anchor = Arc::new(Mutex::new(Anchor::default()));
        let own = Arc::clone(&anchor);
        let take = move |row| own.lock().unwrap_or_else(PoisonError::into_inner).add(row);
        self.database.each(statement::HEADS, vec![organisation.as_str().into()], Box::new(take)).await?;
        let anchor = anchor.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(anchor.done())
    }

    async fn past(
        &self,
        organisation: &OrganisationId,
        kind: Option<Kind>,
        horizon: Instant,
        limit: u32,
    ) -> Result<Vec<RequestId>, StoreError> {
        let kind = kind.map(|kind| kind.code().to_owned());
        let args = vec![organisation.as_str().into(), kind.into(), millis(horizon), page(limit)];
        let request = |row: Row| {
            let mut row = row.of("request");
            let id = row.text()?;
            row::request_id(&id, &row)
        };
        self.database.scan(statement::PAST, args).await?.into_iter().map(request).collect()
    }

    async fn scrub(&self, whole: bool) -> Result<(), StoreError> {
        self.database.scrub(whole).await
    }

    async fn verify(&self, organisation: &OrganisationId) -> Result<u64, StoreError> {
        verify::verify(&self.database, organisation).await
    }

    async fn depths(&self, now: Instant) -> Result<Vec<Depth>, StoreError> {
        let depth = |row: Row| {
            let mut row = row.of("outbox");
            let (lane, state, count) = (row.text()?, row.text()?, row.big()?);
            let since = row.maybe_big()?;
            let oldest = since.map_or(0, |since| now.timestamp_millis().saturating_sub(since).max(0));
            Ok(Depth { lane, state, count: row::count(count, &row)?, oldest: row::count(oldest, &row)? })
        };
        self.database.scan(statement::DEPTHS, vec![millis(now)]).await?.into_iter().map(depth).collect()
    }

    async fn open_by_stage(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let stage = |row: Row| {
            let mut row = row.of("request");
            let (stage, count) = (row.text()?, row.big()?);
            Ok((stage, row::count(count, &row)?))
        };
        self.database.scan(statement::OPEN_BY_STAGE, Vec::new()).await?.into_iter().map(stage).collect()
    }

    async fn restored(&self) -> Result<Option<Restored>, StoreError> {
        let Some(text) = self.mark(backup::MARK).await? else { return Ok(None) };
        let unfit = |error: serde_json::Error| Row::new(Vec::new()).of("mark").unfit(error.to_string());
        serde_json::from_str(&text).map(Some).map_err(unfit)
    }

    async fn set_restored(&self, restored: &Restored) -> Result<(), StoreError> {
        let first = self.restored().await?.is_some_and(|before| before.again.is_none()) && restored.again.is_some();
        let mut steps = Vec::new();
        if first {
            steps.push(Step::new(statement::DOUBT_ALL, vec![millis(restored.taken)]));
            steps.push(Step::new(statement::SKIP_NUMBERS, Vec::new()));
        }
        steps.push(Step::new(statement::PUT_MARK, vec![backup::MARK.into(), backup::mark_text(restored)?.into()]));
        match self.write(steps).await {
            Ok(_) => Ok(()),
            Err(WriteError::Store(error)) => Err(error),
            Err(WriteError::Refused(_)) => Err(Unavailable::TakenOver.into()),
        }
    }

    async fn backfilled(&self, channel: &ChannelId) -> Result<Option<MessageId>, StoreError> {
        let Some(row) = self.first(statement::BACKFILLED, vec![channel.as_str().into()]).await? else {
            return Ok(None);
        };
        Ok(Some(row.of("backfill").text()?.as_str().into()))
    }

    async fn set_backfilled(&self, channel: &ChannelId, message: &MessageId) -> Result<(), StoreError> {
        let args = vec![channel.as_str().into(), message.as_str().into()];
        self.write_one(statement::PUT_BACKFILLED, args).await.map(|_| ())
    }

    async fn count(&self, name: &str, window: &str) -> Result<u64, StoreError> {
        let rows = self.write_one(statement::COUNT, vec![name.into(), window.into()]).await?;
        let mut row = rows.into_iter().next().ok_or_else(no_row)?.of("counter");
        let counted = row.big()?;
        row::count(counted, &row)
    }

    async fn lease(&self, name: &str, holder: &str, now: Instant, until: Instant) -> Result<Option<Lease>, StoreError> {
        let args = vec![name.into(), holder.into(), millis(now), millis(until)];
        // Not under the lease itself: taking it back must be possible after it was lost.
        let done = self.database.write(vec![Step::new(statement::LEASE, args)]).await;
        let rows = match done {
            Ok(done) => done.into_iter().flat_map(|done| done.rows).next(),
            Err(WriteError::Store(error)) => return Err(error),
            Err(WriteError::Refused(_)) => None,
        };
        let Some(row) = rows else { return Ok(None) };
        let mut row = row.of("lease");
        let (epoch, ends_at) = (row.big()?, row.big()?);
        if name == WRITER && self.epoch.swap(epoch, Ordering::AcqRel) != epoch {
            let release = Step::new(statement::RELEASE_CLAIMS, vec![millis(now)]);
            if let Err(WriteError::Store(error)) = self.database.write(vec![release]).await {
                return Err(error);
            }
        }
        Ok(Some(Lease { name: name.to_owned(), epoch, until: row::instant(ends_at, &row)? }))
    }
}
