//! Reads journals, and finds what cannot have been written by Loket.

use super::dialect::{Dialect, Row};
use super::journal::{Apart, Stored, chain, hex, proves, unhex, unseal};
use super::{row, statement};
use crate::domain::journal::{OrganisationEvent, absences};
use crate::domain::request::event::Recorded;
use crate::domain::request::files::kept_by;
use crate::domain::request::summary::{stage_name, waits_for};
use crate::domain::request::{Event, Request, Summary, fold};
use crate::domain::{OrganisationId, RequestId};
use crate::ports::{Head, StoreError, StreamId};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// How many streams are read at a time.
const PAGE: i64 = 500;

/// The two parts of a journal as read: its rows in order, and its private texts by identity.
pub(super) fn parts(rows: Vec<Row>) -> Result<(Vec<Stored>, HashMap<String, Apart>), StoreError> {
    let mut stored = Vec::with_capacity(rows.len());
    let mut texts = HashMap::new();
    for row in rows {
        let mut row = row.of("journal");
        let (part, seq, at) = (row.big()?, row.big()?, row.big()?);
        let kind = row.text()?;
        let v = row.big()?;
        let (body, hash) = (row.text()?, row.text()?);
        if part == 1 {
            texts.insert(kind.clone(), Apart { id: kind, salt: hash, body });
        } else {
            let (seq, at) = (row::count(seq, &row)?, row::instant(at, &row)?);
            stored.push(Stored { seq, at, kind, v, body, hash });
        }
    }
    Ok((stored, texts))
}

/// The end of a journal.
pub(super) fn head(stored: &[Stored]) -> Result<Head, StoreError> {
    let Some(last) = stored.last() else { return Ok(Head::default()) };
    let hash = unhex(&last.hash).ok_or_else(|| unfit(format!("event {} has no hash", last.seq)))?;
    Ok(Head { next: last.seq + 1, hash })
}

/// The end of a journal, from its last row.
pub(super) fn head_of(row: Row) -> Result<Head, StoreError> {
    let mut row = row.of("journal");
    let (seq, hash) = (row.big()?, row.text()?);
    let seq: u64 = row::count(seq, &row)?;
    let hash = unhex(&hash).ok_or_else(|| unfit(format!("event {seq} has no hash")))?;
    Ok(Head { next: seq + 1, hash })
}

fn unfit(what: String) -> StoreError {
    StoreError::Inconsistent { table: "journal", what }
}

/// SHA-256 over the ends of all streams, in the order of their names.
#[derive(Clone, Default)]
pub(super) struct Anchor(Sha256);

impl Anchor {
    /// The end of the next stream.
    pub(super) fn add(&mut self, row: Row) -> Result<(), StoreError> {
        let mut row = row.of("journal");
        let (stream, seq, end) = (row.text()?, row.big()?, row.text()?);
        self.0.update((stream.len() as u64).to_be_bytes());
        self.0.update(stream.as_bytes());
        self.0.update(seq.to_be_bytes());
        self.0.update(end.as_bytes());
        Ok(())
    }

    /// The hash over all that was added.
    pub(super) fn done(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// The anchor over the ends of all streams.
pub(super) fn anchor(rows: Vec<Row>) -> Result<[u8; 32], StoreError> {
    let mut anchor = Anchor::default();
    rows.into_iter().try_for_each(|row| anchor.add(row))?;
    Ok(anchor.done())
}

/// Verifies every journal of an organisation against its hashes, its texts and its row.
pub(super) async fn verify<D: Dialect>(database: &D, organisation: &OrganisationId) -> Result<u64, StoreError> {
    let mut read = 0;
    let mut after = String::new();
    loop {
        let args = vec![organisation.as_str().into(), after.as_str().into(), PAGE.into()];
        let page = database.scan(statement::STREAMS, args).await?;
        let full = i64::try_from(page.len()).is_ok_and(|rows| rows == PAGE);
        for row in page {
            let mut row = row.of("journal");
            after = row.text()?;
            let stream = row::stream(&after, &row)?;
            read += verify_stream(database, organisation, stream, &after).await?;
        }
        if !full {
            break;
        }
    }
    let orphans = database.scan(statement::ORPHANS, vec![organisation.as_str().into()]).await?;
    match orphans.into_iter().next() {
        None => Ok(read),
        Some(row) => {
            let mut row = row.of("journal");
            let id = row.text()?;
            Err(unfit(format!("request {id} has a row and no journal")))
        }
    }
}

/// The table of absences says who may decide for whom, so that no row may stand there which the journal does not have.
async fn verify_absences<D: Dialect>(
    database: &D,
    organisation: &OrganisationId,
    events: &[Recorded<OrganisationEvent>],
) -> Result<(), StoreError> {
    // Every day comes after the empty text, also those of absences that are over.
    let rows = database.scan(statement::ABSENCES, vec![organisation.as_str().into(), "".into()]).await?;
    let stored = rows.into_iter().map(row::absence).collect::<Result<Vec<_>, _>>()?;
    if stored == absences(events) {
        return Ok(());
    }
    Err(StoreError::Inconsistent { table: "absence", what: "it differs from the journal of the organisation".into() })
}

/// Journal and row are read one after the other, so a stream that somebody wrote to in between is read again.
async fn verify_stream<D: Dialect>(
    database: &D,
    organisation: &OrganisationId,
    stream: StreamId,
    name: &str,
) -> Result<u64, StoreError> {
    let load = async || {
        parts(database.scan(statement::LOAD, vec![organisation.as_str().into(), name.into(), 0.into()]).await?)
    };
    loop {
        let (stored, texts) = load().await?;
        let rows = stored.len();
        match verify_journal(database, organisation, stream, name, (stored, texts)).await {
            Err(_) if load().await?.0.len() > rows => {}
            result => return result,
        }
    }
}

async fn verify_journal<D: Dialect>(
    database: &D,
    organisation: &OrganisationId,
    stream: StreamId,
    name: &str,
    (stored, mut texts): (Vec<Stored>, HashMap<String, Apart>),
) -> Result<u64, StoreError> {
    let mut before = [0; 32];
    for (expected, stored) in (0..).zip(&stored) {
        let place = format!("event {} of stream {name}", stored.seq);
        if stored.seq != expected {
            return Err(unfit(format!("event {expected} of stream {name} is missing")));
        }
        let hash = chain(&before, organisation.as_str(), name, stored.seq, stored.at, &stored.body);
        if unhex(&stored.hash) != Some(hash) {
            return Err(unfit(format!("{place} does not match its hash")));
        }
        if !tells(stored) {
            return Err(unfit(format!("{place} has columns that differ from its body")));
        }
        if !proves(&stored.body, &texts) {
            let what = format!("a text of {place} is not the one that was written");
            return Err(StoreError::Inconsistent { table: "private_value", what });
        }
        before = hash;
    }
    let read = stored.len() as u64;
    match stream {
        StreamId::Organisation => {
            let events = stored.into_iter().map(|stored| unseal(stored, &mut texts));
            let events = events.collect::<Result<Vec<Recorded<OrganisationEvent>>, _>>()?;
            verify_absences(database, organisation, &events).await?;
        }
        StreamId::Request(id) => {
            let events = stored.into_iter().map(|stored| unseal::<Event>(stored, &mut texts));
            let events = events.collect::<Result<Vec<Recorded>, _>>()?;
            verify_files(database, organisation, name, &events).await?;
            let request = fold(id, organisation, events).map_err(|error| unfit(error.to_string()))?;
            let request = request.ok_or_else(|| unfit(format!("stream {name} is empty")))?;
            verify_row(database, organisation, id, &request).await?;
        }
    }
    Ok(read)
}

/// What is in each file is what its event says. One is missing only where it was erased, and its name with it.
async fn verify_files<D: Dialect>(
    database: &D,
    organisation: &OrganisationId,
    name: &str,
    events: &[Recorded],
) -> Result<(), StoreError> {
    for recorded in events {
        for (place, (kept, named)) in (0_i64..).zip(kept_by(&recorded.event)) {
            let seq = i64::try_from(recorded.seq).unwrap_or(i64::MAX);
            let args = vec![organisation.as_str().into(), name.into(), seq.into(), place.into()];
            let right = match database.scan(statement::FILE, args).await?.into_iter().next() {
                Some(row) => hex(&Sha256::digest(row.of("file").bytes()?)) == kept.sha256,
                None => named.text().is_none(),
            };
            if !right {
                let what = format!("a file of event {seq} of stream {name} is not the one that was kept");
                return Err(StoreError::Inconsistent { table: "file", what });
            }
        }
    }
    Ok(())
}

/// The columns beside the body are not in the hash, so they must say what it says.
fn tells(stored: &Stored) -> bool {
    let body: Result<serde_json::Value, _> = serde_json::from_str(&stored.body);
    body.is_ok_and(|body| {
        body.get("type").and_then(serde_json::Value::as_str) == Some(&stored.kind)
            && body.get("v").and_then(serde_json::Value::as_i64) == Some(stored.v)
    })
}

/// The journal must fold to the row, apart from what only the organisation's settings can tell.
async fn verify_row<D: Dialect>(
    database: &D,
    organisation: &OrganisationId,
    id: RequestId,
    request: &Request,
) -> Result<(), StoreError> {
    let differs = |what: String| StoreError::Inconsistent { table: "request", what };
    let args = vec![organisation.as_str().into(), id.to_string().into()];
    let Some(row) = database.scan(statement::REQUEST_ROW, args).await?.into_iter().next() else {
        return Err(differs(format!("request {id} has a journal and no row")));
    };
    let mut row = row.of("request");
    let kept = row::listed(&mut row)?.summary;
    let version = row.big()?;
    let folded = summary(request, &kept);
    if kept != folded {
        return Err(differs(format!("request {id} differs from its journal")));
    }
    if i64::try_from(request.version) != Ok(version) {
        return Err(differs(format!("request {id} has {version} events and its journal has {}", request.version)));
    }
    Ok(())
}

/// As [`Summary::of`], with the wished moment as kept: its instant depends on the organisation's zone.
fn summary(request: &Request, kept: &Summary) -> Summary {
    let content = request.content();
    Summary {
        number: request.number(),
        stage: stage_name(&request.stage),
        waits_for: waits_for(request),
        kind: request.kind(),
        item: content.and_then(|content| content.item.as_ref()).map(|item| item.value.clone()),
        provider: request.order().map(|order| order.provider.clone()),
        // Rows of a release that did not keep these get them when something happens to the request.
        token: kept.token.as_ref().and_then(|_| request.token().cloned()),
        ticket: kept.token.as_ref().and_then(|_| request.sent().and_then(|sent| sent.number.clone())),
        urgency: content.map_or_else(Default::default, |content| content.urgency.value),
        requester: request.origin.requester.account.clone(),
        conversation: request.posts.conversation.clone(),
        due_at: kept.due_at,
        opened_at: request.origin.at,
        changed_at: request.changed_at,
        closed_at: match &request.stage {
            crate::domain::request::Stage::Closed(closed) => Some(closed.at),
            _ => None,
        },
    }
}
