//! Load, decide, commit: the one way in which a request changes.

use super::files::Bodies;
use super::measures::Decisions;
use super::money::{settled, spends};
use super::{Desk, DeskError, unit};
use crate::domain::approval::ledger::EMPTY;
use crate::domain::effect::{Answer, Effect, InWords};
use crate::domain::request::command::{Beginning, Fresh};
use crate::domain::request::{Actor, Command, Event, Facts, Refusal, Request, decide, fold, open};
use crate::domain::{AccountId, Instant, Lang, MessageRef, Number, OrganisationId, RequestId};
use crate::ports::{Change, CommitError, Fired, Head, InboxKey, Settled, StreamId, Unit, fresh_token, fresh_uuid};
use sha2::{Digest as _, Sha256};
use std::sync::atomic::Ordering;

/// How often a decision is made anew when the stream changed meanwhile.
const ATTEMPTS: usize = 16;

/// What goes into the same transaction as the decision.
#[derive(Clone, Debug, Default)]
pub(crate) struct Along {
    /// The platform's event that is handled.
    pub(crate) inbox: Option<InboxKey>,
    /// The timer that is handled.
    pub(crate) fired: Option<Fired>,
    /// The effect that is settled.
    pub(crate) settled: Option<Settled>,
    /// The account that is offered a request.
    pub(crate) nudged: Option<AccountId>,
    /// The request whose effects are tried again.
    pub(crate) revived: Option<RequestId>,
    /// What is in the files that the events keep, by its SHA-256.
    pub(crate) bodies: Bodies,
    /// What the writer of a message is answered below it.
    pub(crate) answer: Option<(MessageRef, Lang, Answer)>,
    /// The message that is answered below it where the command is refused, and what its words said.
    pub(crate) remark: Option<(MessageRef, Lang, InWords)>,
}

impl Along {
    /// Handles a platform's event.
    pub(crate) fn inbox(key: InboxKey) -> Self {
        Self { inbox: Some(key), ..Self::default() }
    }

    /// Settles an effect.
    pub(crate) fn settling(settled: Settled) -> Self {
        Self { settled: Some(settled), ..Self::default() }
    }

    /// The same with an answer below a message.
    pub(crate) fn answering(self, at: &MessageRef, lang: Lang, what: Answer) -> Self {
        Self { answer: Some((at.clone(), lang, what)), ..self }
    }

    /// The same with an answer below a message should the command be refused.
    pub(crate) fn answering_refusal(self, at: &MessageRef, lang: Lang, said: InWords) -> Self {
        Self { remark: Some((at.clone(), lang, said)), ..self }
    }

    /// What goes into the transaction in which nothing but the refusal is kept.
    fn refused(&self, request: RequestId, why: &Refusal) -> Self {
        let Some((at, lang, said)) = &self.remark else { return self.clone() };
        let what = match why {
            Refusal::OnlyBySign => Answer::Press { request, said: *said },
            other => Answer::Hindered { request, why: other.clone() },
        };
        self.clone().answering(at, *lang, what)
    }

    fn is_empty(&self) -> bool {
        self.inbox.is_none()
            && self.answer.is_none()
            && self.fired.is_none()
            && self.settled.is_none()
            && self.nudged.is_none()
            && self.revived.is_none()
    }

    fn unit(&self, organisation: &OrganisationId, at: Instant) -> Unit {
        Unit {
            inbox: self.inbox.clone(),
            fired: self.fired.clone(),
            settled: self.settled.clone(),
            nudged: self.nudged.clone(),
            revived: self.revived.map(StreamId::Request),
            changes: self.answer.iter().map(|answer| answered(answer, at)).collect(),
            ..Unit::new(organisation.clone(), at)
        }
    }
}

/// The answer as an effect of the organisation's; the message tells it from others of the same moment.
fn answered((message, lang, what): &(MessageRef, Lang, Answer), at: Instant) -> Change {
    let effect = Effect::Answer { at: message.clone(), lang: *lang, what: what.clone() };
    let hash = Sha256::digest(message.message.as_str().as_bytes());
    let tail = hash.iter().take(3).fold(0, |tail, byte| (tail << 8) | i64::from(*byte)) >> 4;
    unit::without_event(StreamId::Organisation, effect, tail, at)
}

/// What a command came to.
#[derive(Clone, Debug)]
pub(crate) enum Acted {
    /// It was decided and committed; without events nothing had to change.
    Done,
    /// The rules refuse it.
    Refused(Refusal),
    /// The platform's event, or the effect, was handled before.
    Seen,
    /// There is no such request, or its organisation is configured no more.
    Missing,
}

impl Desk {
    /// Loads a request with the end of its journal.
    pub(crate) async fn load(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
    ) -> Result<Option<(Request, Head)>, DeskError> {
        let Some(loaded) = self.store.load(organisation, id).await? else { return Ok(None) };
        Ok(fold(id, organisation, loaded.events)?.map(|request| (request, loaded.head)))
    }

    /// Decides a command on a request and commits what follows, together with what goes along.
    pub(crate) async fn act(
        &self,
        organisation_id: &OrganisationId,
        id: RequestId,
        actor: &Actor,
        command: &Command,
        along: &Along,
    ) -> Result<Acted, DeskError> {
        if !self.roles_are_sure(organisation_id, id, actor, command).await? {
            return self.refuse(organisation_id, id, along, Refusal::RolesUnknown).await;
        }
        for _ in 0..ATTEMPTS {
            let house = self.house();
            let now = self.clock.now();
            let (Some(organisation), Some((request, head))) =
                (house.organisation(organisation_id), self.load(organisation_id, id).await?)
            else {
                return self.pass(organisation_id, along).await.map(|()| Acted::Missing);
            };
            let (register, actor, fresh) = (&house.register, actor.clone(), self.fresh(id));
            let mut facts = Facts { now, register, organisation, absences: &[], ledger: &EMPTY, actor, fresh };
            let (absences, ledger);
            if request.waiting().is_some() {
                absences = self.absences(organisation, now).await?;
                facts.absences = &absences;
                if register.counts_money(organisation) {
                    ledger = self.ledger(organisation, now, Some(id), None, &[]).await?;
                    facts.ledger = &ledger;
                }
            }
            let mut decided = decide(&request, command.clone(), &facts);
            let (away, spent);
            if let Some(like) = settled(&decided) {
                away = self.absences(organisation, now).await?;
                spent = self.ledger(organisation, now, Some(id), Some(&like), &[]).await?;
                (facts.absences, facts.ledger) = (&away, &spent);
                decided = decide(&request, command.clone(), &facts);
            }
            if wants_number(&decided) {
                facts.fresh.number = self.draw_number(&facts).await?;
                decided = decide(&request, command.clone(), &facts);
            }
            let mut events = match decided {
                Ok(events) => events,
                Err(refusal) => return self.refuse(organisation_id, id, along, refusal).await,
            };
            if events.is_empty() && along.is_empty() {
                return Ok(Acted::Done);
            }
            let decisions = Decisions::among(&events);
            let mut change = along.unit(organisation_id, now);
            change.spends = spends(&events, &facts);
            if !events.is_empty() {
                if let Some(after) = unit::after(id, organisation, Some(request.clone()), &head, &events, now)? {
                    self.hold(organisation, Some(&request), &after, &mut events).await?;
                    change.changes.extend(self.next_turn((register, organisation), &request, &after, now).await?);
                }
                let bodies = unit::bodies(&head, &events, &along.bodies);
                let changed = unit::change(id, (register, organisation), Some(request), head, events, now)?;
                change.changes.push(Change { bodies, ..changed });
            } else if let Some(fired) = &along.fired {
                change.changes.push(unit::rearm(&request, (register, organisation), head, fired, now));
            }
            let spends = change.spends.is_some();
            match self.commit(change).await {
                Ok(_) => {
                    self.spent.fetch_or(spends, Ordering::AcqRel);
                    self.tally.decided(&decisions);
                    self.ring();
                    return Ok(Acted::Done);
                }
                Err(CommitError::Seen) => return Ok(Acted::Seen),
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(DeskError::Busy(id))
    }

    /// Keeps that a command was refused, and what whoever gave it is answered.
    async fn refuse(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
        along: &Along,
        why: Refusal,
    ) -> Result<Acted, DeskError> {
        self.pass(organisation, &along.refused(id, &why)).await.map(|()| Acted::Refused(why))
    }

    /// Begins requests from one message; all of them, or none.
    pub(crate) async fn begin(
        &self,
        organisation_id: &OrganisationId,
        actor: &Actor,
        beginnings: Vec<Beginning>,
        along: &Along,
    ) -> Result<Result<Vec<RequestId>, Refusal>, DeskError> {
        for _ in 0..ATTEMPTS {
            if let Some(begun) = self.try_to_begin(organisation_id, actor, &beginnings, along).await? {
                return Ok(begun);
            }
        }
        Err(CommitError::Conflict.into())
    }

    /// `None` when the organisation spent meanwhile, so that it must be decided anew.
    async fn try_to_begin(
        &self,
        organisation_id: &OrganisationId,
        actor: &Actor,
        beginnings: &[Beginning],
        along: &Along,
    ) -> Result<Option<Result<Vec<RequestId>, Refusal>>, DeskError> {
        let house = self.house();
        let now = self.clock.now();
        let Some(organisation) = house.organisation(organisation_id) else { return Ok(Some(Ok(vec![]))) };
        let mut unit = along.unit(organisation_id, now);
        let mut ids = Vec::new();
        let mut further = Vec::new();
        let mut asked = false;
        for beginning in beginnings {
            let id = RequestId(fresh_uuid(self.entropy.as_ref(), now));
            let (register, actor, fresh) = (&house.register, actor.clone(), self.fresh(id));
            let mut facts = Facts { now, register, organisation, absences: &[], ledger: &EMPTY, actor, fresh };
            let mut decided = open(beginning.clone(), &facts);
            let (away, spent);
            if let Some(like) = settled(&decided) {
                away = self.absences(organisation, now).await?;
                spent = self.ledger(organisation, now, Some(id), Some(&like), &further).await?;
                (facts.absences, facts.ledger) = (&away, &spent);
                decided = open(beginning.clone(), &facts);
            }
            if wants_number(&decided) {
                facts.fresh.number = self.draw_number(&facts).await?;
                decided = open(beginning.clone(), &facts);
            }
            let mut events = match decided {
                Ok(events) => events,
                Err(refusal) => {
                    self.pass(organisation_id, along).await?;
                    return Ok(Some(Err(refusal)));
                }
            };
            if let Some(known_until) = self.may_have_begun(beginning.origin.at) {
                events.insert(1.min(events.len()), Event::Recalled { known_until });
            }
            unit.spends = unit.spends.or_else(|| spends(&events, &facts));
            if let Some(begun) = unit::after(id, organisation, None, &Head::default(), &events, now)? {
                if asked && begun.asks().is_some() {
                    events.push(Event::QuestionHeld { held: true });
                } else {
                    self.hold(organisation, None, &begun, &mut events).await?;
                }
                asked |= begun.asks().is_some();
            }
            let bodies = unit::bodies(&Head::default(), &events, &along.bodies);
            let change = unit::change(id, (register, organisation), None, Head::default(), events, now)?;
            let change = Change { bodies, ..change };
            further.extend(change.commitment.clone());
            unit.changes.push(change);
            ids.push(id);
        }
        let spends = unit.spends.is_some();
        match self.commit(unit).await {
            Ok(_) => {
                self.spent.fetch_or(spends, Ordering::AcqRel);
                self.ring();
                Ok(Some(Ok(ids)))
            }
            Err(CommitError::Seen) => Ok(Some(Ok(vec![]))),
            Err(CommitError::Conflict) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps that an input was handled although it changes no request.
    pub(crate) async fn pass(&self, organisation: &OrganisationId, along: &Along) -> Result<(), DeskError> {
        if along.is_empty() {
            return Ok(());
        }
        let mut unit = along.unit(organisation, self.clock.now());
        if let Some(fired) = &unit.fired
            && matches!(fired.0.stream, StreamId::Organisation)
        {
            unit.fired = None;
        }
        match self.commit(unit).await {
            Ok(_) | Err(CommitError::Seen | CommitError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn fresh(&self, id: RequestId) -> Fresh {
        Fresh { id, number: UNDRAWN, token: fresh_token(self.entropy.as_ref()) }
    }

    async fn draw_number(&self, facts: &Facts<'_>) -> Result<Number, DeskError> {
        use chrono::Datelike;
        Ok(self.store.next_number(&facts.organisation.id, facts.today().year()).await?)
    }
}

/// Stands for a number that is drawn only when a decision uses it, so that chat does not eat up numbers.
const UNDRAWN: Number = Number { year: 0, sequence: 0 };

fn wants_number(decided: &Result<Vec<Event>, Refusal>) -> bool {
    decided.as_ref().is_ok_and(|events| {
        events.iter().any(|event| matches!(event, Event::Settled { order, .. } if order.identity.number == UNDRAWN))
    })
}
