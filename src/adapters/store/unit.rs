//! A unit as the steps of one transaction. Everything that can go wrong is a count that differs, so that one list of steps
//! means the same on both databases.

use super::dialect::{Arg, Expect, Refusal, Step};
use super::journal::{VERSION, chain, hex, seal};
use super::{row, statement};
use crate::domain::PersonId;
use crate::domain::journal::OrganisationEvent;
use crate::ports::{Change, Entropy, Head, NewEvent, Outcome, Settled, StoreError, Unit};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::Arc;

/// The steps of a unit, and the ends of the changed streams once they are done.
pub(super) fn steps(unit: &Unit, entropy: &dyn Entropy) -> Result<(Vec<Step>, Vec<Head>), StoreError> {
    let mut plan = Plan { organisation: unit.organisation.as_str(), at: unit.at.timestamp_millis(), ..Plan::default() };
    if let Some(key) = &unit.inbox {
        let args = vec![key.0.as_str().into(), plan.at.into()];
        plan.steps.push(Step::expecting(statement::PUT_INBOX, args, Expect::Changed(1), Refusal::Seen));
    }
    if let Some(settled) = &unit.settled {
        plan.steps.push(settle(settled));
    }
    if let Some(stream) = unit.revived {
        let args = vec![plan.organisation.into(), row::stream_text(stream).into(), plan.at.into()];
        plan.steps.push(Step::new(statement::REVIVE, args));
    }
    if unit.woken {
        plan.steps.push(Step::new(statement::WAKE, vec![plan.organisation.into(), plan.at.into()]));
    }
    let heads = unit.changes.iter().map(|change| plan.change(unit, change, entropy)).collect::<Result<_, _>>()?;
    if let Some(fired) = &unit.fired {
        // Before the deadlines that are set, so that one that was set anew stays.
        let timer = &fired.0;
        let args = vec![
            timer.organisation.as_str().into(),
            row::stream_text(timer.stream).into(),
            timer.kind.as_str().into(),
            timer.due_at.timestamp_millis().into(),
        ];
        plan.steps.push(Step::new(statement::TAKE_TIMER, args));
    }
    plan.write_rows();
    for digest in &unit.digests {
        let args = vec![
            plan.organisation.into(),
            digest.audience.as_str().into(),
            i64::from(digest.week.year).into(),
            i64::from(digest.week.week).into(),
            i64::from(digest.posted).into(),
            i64::from(digest.late).into(),
        ];
        plan.steps.push(Step::expecting(statement::PUT_DIGEST, args, Expect::Changed(1), Refusal::Conflict));
    }
    for gone in &unit.erased {
        let mut args = vec![plan.organisation.into(), row::stream_text(gone.stream).into()];
        args.extend(gone.seq.map(sequence));
        let (texts, files) = match gone.seq {
            Some(_) => (statement::ERASE_EVENT, statement::ERASE_FILES_OF_EVENT),
            None => (statement::ERASE_STREAM, statement::ERASE_FILES),
        };
        plan.steps.push(Step::new(files, args.clone()));
        plan.steps.push(Step::new(texts, args));
    }
    for account in &unit.forgotten {
        plan.steps.push(Step::new(statement::FORGET_NUDGE, vec![plan.organisation.into(), account.as_str().into()]));
    }
    if let Some(version) = unit.spends {
        let args = vec![plan.organisation.into(), sequence(version)];
        plan.steps.push(Step::expecting(statement::SPEND, args, Expect::Changed(1), Refusal::Conflict));
    }
    if let Some(account) = &unit.nudged {
        let args = vec![plan.organisation.into(), account.as_str().into(), plan.at.into()];
        plan.steps.push(Step::new(statement::PUT_NUDGE, args));
    }
    Ok((plan.steps, heads))
}

#[derive(Default)]
struct Plan<'a> {
    organisation: &'a str,
    at: i64,
    steps: Vec<Step>,
    private: Vec<Value>,
    cleared: Vec<Value>,
    timers: Vec<Value>,
    effects: Vec<Value>,
    links: Vec<Value>,
    /// After the effects that they are about.
    doubts: Vec<Step>,
}

impl Plan<'_> {
    fn change(&mut self, unit: &Unit, change: &Change, entropy: &dyn Entropy) -> Result<Head, StoreError> {
        let stream = row::stream_text(change.stream);
        let mut head = change.head;
        if head.next > 0 {
            let args =
                vec![self.organisation.into(), stream.as_str().into(), sequence(head.next), hex(&head.hash).into()];
            self.steps.push(Step::expecting(statement::CHECK_HEAD, args, Expect::Rows(1), Refusal::Conflict));
        }
        for event in &change.events {
            let sealed = match event {
                NewEvent::Request(event) => seal(event, entropy)?,
                NewEvent::Organisation(event) => seal(event, entropy)?,
            };
            let hash = chain(&head.hash, self.organisation, &stream, head.next, unit.at, &sealed.body);
            let args = vec![
                self.organisation.into(),
                stream.as_str().into(),
                sequence(head.next),
                self.at.into(),
                sealed.kind.into(),
                VERSION.into(),
                sealed.body.into(),
                hex(&hash).into(),
            ];
            self.steps.push(Step::expecting(statement::PUT_EVENT, args, Expect::Changed(1), Refusal::Conflict));
            let apart = sealed.apart.into_iter();
            self.private.extend(apart.map(|apart| json!([stream, head.next, apart.id, apart.salt, apart.body])));
            head = Head { next: head.next + 1, hash };
            if let NewEvent::Organisation(event) = event {
                self.absence(event);
            }
        }
        for body in &change.bodies {
            let place = [sequence(body.seq), i64::from(body.place).into(), Arg::Bytes(Arc::clone(&body.bytes))];
            let args = [self.organisation.into(), stream.as_str().into()].into_iter().chain(place).collect();
            self.steps.push(Step::new(statement::PUT_FILE, args));
        }
        if let Some(summary) = &change.summary {
            let mut args = vec![self.organisation.into(), stream.as_str().into(), sequence(head.next)];
            args.extend(row::summary_args(summary));
            self.steps.push(Step::new(statement::PUT_REQUEST, args));
        }
        if let Some(commitment) = &change.commitment {
            let mut args = vec![self.organisation.into()];
            args.extend(row::commitment_args(commitment)?);
            self.steps.push(Step::new(statement::PUT_COMMITMENT, args));
        }
        self.cleared.extend(change.clear_timers.iter().map(|kind| json!([stream, kind])));
        self.timers.extend(change.set_timers.iter().map(|(kind, at)| json!([stream, kind, at.timestamp_millis()])));
        for new in &change.effects {
            let body = row::effect_text(&new.effect)?;
            let at = new.at.timestamp_millis();
            self.effects.push(json!([stream, row::lane_text(new.lane), new.position, body, at]));
            if let Some(since) = new.in_doubt {
                let place = vec![self.organisation.into(), stream.as_str().into(), row::lane_text(new.lane).into()];
                let rest = [new.position.into(), since.timestamp_millis().into()];
                self.doubts.push(Step::new(statement::DOUBT_EFFECT, place.into_iter().chain(rest).collect()));
            }
        }
        let links = change.links.iter();
        self.links
            .extend(links.map(|link| json!([stream, link.at.message, link.at.channel, row::link_text(link.kind)])));
        Ok(head)
    }

    /// Keeps the table of absences as the journal has it.
    fn absence(&mut self, event: &OrganisationEvent) {
        let named = |person: &PersonId| vec![self.organisation.into(), person.as_str().into()];
        match event {
            OrganisationEvent::AwayFrom { person, from, until, substitute, .. } => {
                let (from, until) = (from.to_string(), until.to_string());
                let with = |more: Vec<Arg>| named(person).into_iter().chain(more).collect();
                let cut = with(vec![from.as_str().into()]);
                let cleared = with(vec![from.as_str().into(), until.as_str().into()]);
                let substitute = Arg::Text(substitute.as_ref().map(|substitute| substitute.as_str().to_owned()));
                let put = with(vec![from.into(), until.into(), substitute]);
                self.steps.push(Step::new(statement::CUT_ABSENCES, cut));
                self.steps.push(Step::new(statement::CLEAR_ABSENCES, cleared));
                self.steps.push(Step::new(statement::PUT_ABSENCE, put));
            }
            OrganisationEvent::Back { person, from, .. } => {
                let args = named(person).into_iter().chain([from.to_string().into()]).collect();
                self.steps.push(Step::new(statement::END_ABSENCE, args));
            }
            // The table holds absences alone.
            _ => {}
        }
    }

    /// The small rows of all changes, one statement for each table, after the journal and the request that they refer to.
    fn write_rows(&mut self) {
        let at = Arg::from(self.at);
        let tables = [
            (statement::PUT_PRIVATE, std::mem::take(&mut self.private), None),
            (statement::CLEAR_TIMERS, std::mem::take(&mut self.cleared), None),
            (statement::PUT_TIMERS, last_of_each(std::mem::take(&mut self.timers)), None),
            (statement::PUT_EFFECTS, std::mem::take(&mut self.effects), Some(at)),
            (statement::PUT_LINKS, last_of_each(std::mem::take(&mut self.links)), None),
        ];
        for (text, rows, third) in tables {
            if !rows.is_empty() {
                let mut args = vec![Value::Array(rows).to_string().into(), self.organisation.into()];
                args.extend(third);
                self.steps.push(Step::new(text, args));
            }
        }
        self.steps.append(&mut self.doubts);
    }
}

fn sequence(next: u64) -> Arg {
    i64::try_from(next).unwrap_or(i64::MAX).into()
}

/// The last of the rows with the same first two columns: PostgreSQL refuses to touch a row twice in one statement.
fn last_of_each(mut rows: Vec<Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    rows.reverse();
    rows.retain(|row| seen.insert((row[0].to_string(), row[1].to_string())));
    rows.reverse();
    rows
}

/// A claim that is no longer ours changes no row.
fn settle(settled: &Settled) -> Step {
    let claim = &settled.claim;
    let mut args = vec![
        claim.organisation.as_str().into(),
        row::stream_text(claim.stream).into(),
        row::lane_text(claim.lane).into(),
        claim.position.into(),
        i64::from(claim.attempt).into(),
    ];
    let text = match &settled.outcome {
        Outcome::Done => statement::SETTLE_DONE,
        Outcome::Retry { at, why, certain } => {
            let why = why.replace('\0', "\u{fffd}");
            args.extend([at.timestamp_millis().into(), why.into(), i64::from(*certain).into()]);
            statement::SETTLE_RETRY
        }
        Outcome::GaveUp { why } => {
            args.push(why.replace('\0', "\u{fffd}").into());
            statement::SETTLE_GAVE_UP
        }
    };
    Step::expecting(text, args, Expect::Changed(1), Refusal::Conflict)
}
