//! Domain values as columns and back.

use super::dialect::{Arg, Row};
use crate::domain::approval::{Absence, Commitment};
use crate::domain::effect::{Effect, Lane};
use crate::domain::request::{Slot, StageName, Summary, Tally, WaitsFor};
use crate::domain::{Basis, Instant, Kind, Money, RequestId, Token, Urgency};
use crate::ports::{Claimed, EffectState, HandedTo, LinkKind, Listed, StoreError, StreamId, TimerRow};
use chrono::NaiveDate;

/// The word that stands for the stream of an organisation itself.
const ORGANISATION: &str = "organisation";

pub(super) fn stream_text(stream: StreamId) -> String {
    match stream {
        StreamId::Request(id) => id.to_string(),
        StreamId::Organisation => ORGANISATION.to_owned(),
    }
}

pub(super) fn stream(text: &str, row: &Row) -> Result<StreamId, StoreError> {
    match text {
        ORGANISATION => Ok(StreamId::Organisation),
        _ => request_id(text, row).map(StreamId::Request),
    }
}

pub(super) fn request_id(text: &str, row: &Row) -> Result<RequestId, StoreError> {
    text.parse().map_err(|_| row.unfit(format!("{text} is not the identity of a request")))
}

pub(super) fn lane_text(lane: Lane) -> &'static str {
    match lane {
        Lane::Chat => "chat",
        Lane::Approvers => "approvers",
        Lane::Spoc => "spoc",
        Lane::Answers => "answers",
        Lane::Provider => "provider",
    }
}

fn lane(text: &str, row: &Row) -> Result<Lane, StoreError> {
    match text {
        "chat" => Ok(Lane::Chat),
        "approvers" => Ok(Lane::Approvers),
        "spoc" => Ok(Lane::Spoc),
        "answers" => Ok(Lane::Answers),
        "provider" => Ok(Lane::Provider),
        _ => Err(row.unfit(format!("{text} is not a lane"))),
    }
}

pub(super) fn link_text(kind: LinkKind) -> String {
    match kind {
        LinkKind::Said => "said".to_owned(),
        LinkKind::Post(slot) => slot.code(),
    }
}

pub(super) fn link(text: &str, row: &Row) -> Result<LinkKind, StoreError> {
    match text {
        "said" => Ok(LinkKind::Said),
        code => Slot::from_code(code)
            .map(LinkKind::Post)
            .ok_or_else(|| row.unfit(format!("{text} is not what a message can be to a request"))),
    }
}

pub(super) fn instant(millis: i64, row: &Row) -> Result<Instant, StoreError> {
    Instant::from_timestamp_millis(millis).ok_or_else(|| row.unfit(format!("{millis} is not an instant")))
}

pub(super) fn stage(text: &str, row: &Row) -> Result<StageName, StoreError> {
    StageName::from_code(text).ok_or_else(|| row.unfit(format!("{text} is not a stage")))
}

pub(super) fn count<N: TryFrom<i64>>(big: i64, row: &Row) -> Result<N, StoreError> {
    N::try_from(big).map_err(|_| row.unfit(format!("{big} is out of range")))
}

pub(super) fn effect_text(effect: &Effect) -> Result<String, StoreError> {
    serde_json::to_string(effect).map_err(|error| StoreError::Inconsistent {
        table: "outbox",
        what: format!("an effect has no JSON form: {error}"),
    })
}

pub(super) fn effect(text: &str, row: &Row) -> Result<Effect, StoreError> {
    serde_json::from_str(text).map_err(|error| row.unfit(format!("an effect cannot be read: {error}")))
}

/// The columns of a request's row after its identity and version, in the order of the statement that writes them.
pub(super) fn summary_args(summary: &Summary) -> [Arg; 15] {
    let maybe = |text: Option<&str>| Arg::Text(text.map(str::to_owned));
    let moment = |at: Option<Instant>| Arg::Big(at.map(|at| at.timestamp_millis()));
    [
        summary.number.map(|number| number.to_string()).into(),
        summary.stage.code().into(),
        summary.waits_for.code().into(),
        maybe(summary.kind.map(Kind::code)),
        maybe(summary.item.as_ref().map(|item| item.as_str())),
        maybe(summary.provider.as_ref().map(|provider| provider.as_str())),
        maybe(summary.token.as_ref().map(|token| token.as_str())),
        maybe(summary.ticket.as_deref()),
        summary.urgency.code().into(),
        maybe(summary.requester.as_ref().map(|requester| requester.as_str())),
        maybe(summary.conversation.as_ref().map(|conversation| conversation.as_str())),
        moment(summary.due_at),
        moment(Some(summary.opened_at)),
        moment(Some(summary.changed_at)),
        moment(summary.closed_at),
    ]
}

/// The columns of a commitment after its organisation, in the order of the statement that writes them.
pub(super) fn commitment_args(one: &Commitment) -> Result<Vec<Arg>, StoreError> {
    let maybe = |text: Option<&str>| Arg::Text(text.map(str::to_owned));
    let mandates = serde_json::to_string(&one.mandates).map_err(|error| StoreError::Inconsistent {
        table: "commitment",
        what: format!("the mandates have no JSON form: {error}"),
    })?;
    let basis = one.amount.map_or(Basis::Unknown, |amount| amount.basis);
    Ok(vec![
        one.request.to_string().into(),
        one.number.to_string().into(),
        maybe(one.requester.as_ref().map(|requester| requester.as_str())),
        maybe(one.person.as_ref().map(|person| person.as_str())),
        one.provider.as_str().into(),
        one.item.as_str().into(),
        one.kind.code().into(),
        Arg::Big(one.amount.map(|amount| amount.cents)),
        basis_text(basis).into(),
        i64::from(one.vat_rate).into(),
        one.settled_at.timestamp_millis().into(),
        Arg::Big(one.granted_at.map(|at| at.timestamp_millis())),
        one.rule.clone().into(),
        mandates.into(),
        i64::from(one.void).into(),
    ])
}

fn basis_text(basis: Basis) -> &'static str {
    match basis {
        Basis::Excl => "excl",
        Basis::Incl => "incl",
        Basis::Unknown => "unknown",
    }
}

/// A commitment.
pub(super) fn commitment(row: Row) -> Result<Commitment, StoreError> {
    let mut row = row.of("commitment");
    let id = row.text()?;
    let request = request_id(&id, &row)?;
    let number = row.text()?;
    let number = number.parse().map_err(|_| row.unfit(format!("{number} is not a request number")))?;
    let requester = row.maybe_text()?.as_deref().map(Into::into);
    let person = row.maybe_text()?.as_deref().map(Into::into);
    let provider = row.text()?.as_str().into();
    let item = row.text()?.as_str().into();
    let kind = row.text()?;
    let kind = Kind::ALL
        .into_iter()
        .find(|known| known.code() == kind)
        .ok_or_else(|| row.unfit(format!("{kind} is not a kind")))?;
    let cents = row.maybe_big()?;
    let basis = row.text()?;
    let basis = [Basis::Excl, Basis::Incl, Basis::Unknown]
        .into_iter()
        .find(|known| basis_text(*known) == basis)
        .ok_or_else(|| row.unfit(format!("{basis} is not a basis")))?;
    let vat_rate = row.big()?;
    let vat_rate = count(vat_rate, &row)?;
    let settled = row.big()?;
    let settled_at = instant(settled, &row)?;
    let granted_at = row.maybe_big()?.map(|at| instant(at, &row)).transpose()?;
    let rule = row.maybe_text()?;
    let mandates = row.text()?;
    let mandates =
        serde_json::from_str(&mandates).map_err(|error| row.unfit(format!("mandates cannot be read: {error}")))?;
    let void = row.big()? != 0;
    let amount = cents.map(|cents| Money { cents, basis });
    Ok(Commitment {
        request,
        number,
        requester,
        person,
        provider,
        item,
        kind,
        amount,
        vat_rate,
        settled_at,
        granted_at,
        rule,
        mandates,
        void,
    })
}

fn waits_for(row: &mut Row) -> Result<WaitsFor, StoreError> {
    let waits = row.text()?;
    WaitsFor::from_code(&waits).ok_or_else(|| row.unfit(format!("nobody is called {waits}")))
}

/// How many wait for a party.
pub(super) fn tally(row: Row) -> Result<Tally, StoreError> {
    let mut row = row.of("request");
    let waits_for = waits_for(&mut row)?;
    let (open, late) = (row.big()?, row.big()?);
    Ok(Tally { waits_for, open: count(open, &row)?, late: count(late, &row)? })
}

/// A row of a list.
pub(super) fn listed(row: &mut Row) -> Result<Listed, StoreError> {
    let id = row.text()?;
    let id = request_id(&id, row)?;
    let number = match row.maybe_text()? {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| row.unfit(format!("{text} is not a request number")))?),
    };
    let stage_text = row.text()?;
    let stage = stage(&stage_text, row)?;
    let waits_for = waits_for(row)?;
    let kind = match row.maybe_text()? {
        None => None,
        Some(text) => Some(
            Kind::ALL
                .into_iter()
                .find(|kind| kind.code() == text)
                .ok_or_else(|| row.unfit(format!("{text} is not a kind")))?,
        ),
    };
    let item = row.maybe_text()?.as_deref().map(Into::into);
    let provider = row.maybe_text()?.as_deref().map(Into::into);
    let token = row.maybe_text()?.map(Token);
    let ticket = row.maybe_text()?;
    let urgency_text = row.text()?;
    let urgency = [Urgency::Low, Urgency::Normal, Urgency::High]
        .into_iter()
        .find(|urgency| urgency.code() == urgency_text)
        .ok_or_else(|| row.unfit(format!("{urgency_text} is not an urgency")))?;
    let requester = row.maybe_text()?.as_deref().map(Into::into);
    let conversation = row.maybe_text()?.as_deref().map(Into::into);
    let maybe_instant = |row: &mut Row| row.maybe_big()?.map(|at| instant(at, row)).transpose();
    let due_at = maybe_instant(row)?;
    let (opened, changed) = (row.big()?, row.big()?);
    let (opened_at, changed_at) = (instant(opened, row)?, instant(changed, row)?);
    let closed_at = maybe_instant(row)?;
    let summary = Summary {
        number,
        stage,
        waits_for,
        kind,
        item,
        provider,
        token,
        ticket,
        urgency,
        requester,
        conversation,
        due_at,
        opened_at,
        changed_at,
        closed_at,
    };
    Ok(Listed { id, summary })
}

/// An open request that a provider has or may have.
pub(super) fn handed_to(row: Row) -> Result<HandedTo, StoreError> {
    let mut row = row.of("request");
    let (organisation, id) = (row.text()?.as_str().into(), row.text()?);
    let id = request_id(&id, &row)?;
    let number = match row.maybe_text()? {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| row.unfit(format!("{text} is not a request number")))?),
    };
    Ok(HandedTo { organisation, id, number, token: Token(row.text()?), ticket: row.maybe_text()? })
}

/// A deadline.
pub(super) fn timer(row: Row) -> Result<TimerRow, StoreError> {
    let mut row = row.of("timer");
    let organisation = row.text()?.as_str().into();
    let stream_text = row.text()?;
    let stream = stream(&stream_text, &row)?;
    let kind = row.text()?;
    let due = row.big()?;
    Ok(TimerRow { organisation, stream, kind, due_at: instant(due, &row)? })
}

fn day(text: &str, row: &Row) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_| row.unfit(format!("{text} is not a day")))
}

/// Somebody who is away.
pub(super) fn absence(row: Row) -> Result<Absence, StoreError> {
    let mut row = row.of("absence");
    let person = row.text()?.as_str().into();
    let (from, until) = (row.text()?, row.text()?);
    let (from, until) = (day(&from, &row)?, day(&until, &row)?);
    Ok(Absence { person, from, until, substitute: row.maybe_text()?.as_deref().map(Into::into) })
}

/// An effect that waits or was given up.
pub(super) fn effect_state(row: Row) -> Result<EffectState, StoreError> {
    let mut row = row.of("outbox");
    let (stream_text, body) = (row.text()?, row.text()?);
    let (stream, effect) = (stream(&stream_text, &row)?, effect(&body, &row)?);
    let attempts = row.big()?;
    let attempts = count(attempts, &row)?;
    let given_up = row.text()? == "given-up";
    let why = row.maybe_text()?;
    let since = row.big()?;
    Ok(EffectState { stream, effect, attempts, given_up, why, since: instant(since, &row)? })
}

/// A claimed effect, and since when it waits.
pub(super) fn claimed(row: Row) -> Result<(i64, Claimed), StoreError> {
    let mut row = row.of("outbox");
    let organisation = row.text()?.as_str().into();
    let (stream_text, lane_text) = (row.text()?, row.text()?);
    let (stream, lane) = (stream(&stream_text, &row)?, lane(&lane_text, &row)?);
    let position = row.big()?;
    let body = row.text()?;
    let effect = effect(&body, &row)?;
    let attempts = row.big()?;
    let attempt = count(attempts, &row)?;
    let (first, until, since, settled) = (row.big()?, row.big()?, row.big()?, row.big()?);
    let in_doubt = settled < attempts - 1;
    let (first_at, until) = (instant(first, &row)?, instant(until, &row)?);
    Ok((since, Claimed { organisation, stream, lane, position, effect, attempt, first_at, in_doubt, until }))
}
