//! Everything about one request as JSON, for an auditor or for another program. The names of its fields are a promise, written down in
//! `docs/export.md`: they may be added to, never changed.

use super::order::{self, Rendered};
use super::view::View;
use crate::domain::effect::Telling;
use crate::domain::file::{Filed, Side, State};
use crate::domain::report::week::measured;
use crate::domain::report::{Afterwards, Answer, Granted, Opinion, Quoted, Story};
use crate::domain::request::costs::{Bill, First};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Progress, Request, Said};
use crate::domain::service::{Clocks, Measured, Standing, Target};
use crate::domain::{AccountId, Instant, Money, PersonId, Private};
use chrono::SecondsFormat;
use serde_json::{Map, Value, json};

/// Which form the fields have.
const FORM: &str = "loket.dossier.1";

/// What a dossier is made of.
#[derive(Clone, Copy, Debug)]
pub struct Dossier<'a> {
    /// The request as it is.
    pub request: &'a Request,
    /// Its story.
    pub story: &'a Story,
    /// Its journal.
    pub events: &'a [Recorded],
}

/// The dossier, with an end of line.
pub fn dossier(view: &View<'_>, of: &Dossier<'_>) -> String {
    let value = json!({
        "form": FORM,
        "made_at": instant(view.now),
        "organisation": { "id": view.organisation.id.as_str(), "name": view.organisation.name },
        "request": request(view, of),
        "times": times(of.story),
        "clock_minutes": clocks(view, of.story),
        "agreed_times": agreed(view, of.story),
        "words": words(view, of),
        "files": of.request.files.iter().map(filed).collect::<Vec<_>>(),
        "decisions": decisions(view, of),
        "grants": of.story.deciding.grants.iter().map(|grant| granted(view, grant)).collect::<Vec<_>>(),
        "went_first": of.story.costs.first.map(went_first),
        "prices": of.story.costs.quotes.iter().map(priced).collect::<Vec<_>>(),
        "bills": of.story.costs.bills.iter().map(billed).collect::<Vec<_>>(),
        "agreed_afterwards": of.story.costs.afterwards.iter().map(|one| afterwards(view, one)).collect::<Vec<_>>(),
        "hand_overs": hand_overs(view, of),
        "told_provider": told(view, of),
        "heard_from_provider": heard(view, of),
        "notes": notes(view, of),
        "promised_days": promised(view, of.story),
        "journal": of.events.iter().map(journaled).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&value).unwrap_or_else(|_| value.to_string());
    text + "\n"
}

fn request(view: &View<'_>, of: &Dossier<'_>) -> Value {
    let (request, story) = (of.request, of.story);
    let item = |item: &crate::domain::ItemId| {
        let name = view.register.catalogue.item(item).map(|item| item.name.in_lang(view.lang));
        json!({ "id": item.as_str(), "name": name })
    };
    let provider = story.provider.as_ref().map(
        |code| json!({ "code": code.as_str(), "name": view.name_of(code).plain(), "number": story.handing.number }),
    );
    let requester = &story.requester;
    json!({
        "id": request.id.to_string(),
        "number": story.number.map(|number| number.to_string()),
        "reference": request.order().map(|order| order.reference(view.organisation)),
        "revision": request.order().map(|order| order.identity.revision),
        "fingerprint": request.order().map(|order| order.fingerprint.as_str()),
        "kind": story.kind.map(crate::domain::Kind::code),
        "item": story.item.as_ref().map(item),
        "corrected_item": story.caring.item.as_ref().map(item),
        "confidential": super::export::is_confidential(view, story),
        "provider": provider,
        "requester": {
            "account": requester.account.as_ref().map(AccountId::as_str),
            "person": requester.person.as_ref().map(PersonId::as_str),
            "name": private(&requester.name),
        },
        "registered_by": story.registered_by.as_ref().map(AccountId::as_str),
        "place": story.place.as_ref().map(private),
        "urgency": story.urgency.code(),
        "danger": story.danger,
        "stage": story.stage.code(),
        "waits_for": story.waits_for.code(),
        "rehearsal": story.is_rehearsal(),
        "follows": request.follows.as_ref().map(|follows| follows.number.to_string()),
        "estimate": story.costs.estimate.map(money),
        "ceiling": story.costs.ceiling.map(money),
        "vat_rate": story.costs.vat_rate,
        "reminders": story.caring.urged.iter().map(|at| instant(*at)).collect::<Vec<_>>(),
        "rating": story.caring.rated.map(|(rating, at)| json!({ "value": rating.code(), "at": instant(at) })),
    })
}

fn times(story: &Story) -> Value {
    let times = &story.times;
    let at = |at: Option<Instant>| at.map(instant);
    json!({
        "opened_at": instant(times.opened_at),
        "settled_at": at(times.settled_first),
        "wished_until": at(times.due_at),
        "asked_approvers_at": at(story.deciding.card_at),
        "sent_at": at(story.handing.sent_at()),
        "answered_at": at(story.handing.answered_at),
        "resolved_at": at(times.resolved_at),
        "reopened_at": times.reopened.iter().map(|at| instant(*at)).collect::<Vec<_>>(),
        "closed_at": at(times.closed.as_ref().map(|closing| closing.at)),
        "ending": times.closed.as_ref().map(|closing| closing.ending),
        "closed_by": times.closed.as_ref().and_then(|closing| closing.by.as_ref()).map(AccountId::as_str),
    })
}

/// How long each side had to act, in whole minutes: by the clock on the wall, and within the organisation's own hours.
fn clocks(view: &View<'_>, story: &Story) -> Value {
    let hours = &view.organisation.hours;
    let of = |clocks: Clocks| {
        json!({
            "ours": clocks.ours.num_minutes(),
            "requester": clocks.requester.num_minutes(),
            "provider": clocks.provider.num_minutes(),
            "others": clocks.others.num_minutes(),
        })
    };
    let service = Clocks::of(&story.waiting.stretches, view.now, |from, to| hours.between(from, to));
    json!({ "whole": of(story.waiting.clocks(view.now)), "service": of(service) })
}

/// What was agreed with the provider, and what came of it.
fn agreed(view: &View<'_>, story: &Story) -> Vec<Value> {
    let standing = |standing| match standing {
        Standing::Met => "met",
        Standing::Missed => "missed",
        Standing::Late => "late",
        Standing::Running => "running",
        Standing::Lapsed => "lapsed",
    };
    let one = |(one, clause): (Measured, &str)| {
        json!({
            "goal": one.goal.code(),
            "clause": clause,
            "target_days": match one.term {
                Target::Days(days) => Some(days),
                Target::Time(_) => None,
            },
            "target_minutes": one.target.num_minutes(),
            "used_minutes": one.used.num_minutes(),
            "standing": standing(one.standing),
            "due_at": one.due.map(instant),
            "decided_at": one.decided_at.map(instant),
        })
    };
    measured(story, view.register, view.now).into_iter().map(one).collect()
}

/// Everything that the requester's side said.
fn words(view: &View<'_>, of: &Dossier<'_>) -> Vec<Value> {
    of.request.said.iter().map(|said| spoken(view, said)).collect()
}

fn spoken(view: &View<'_>, said: &Said) -> Value {
    json!({
        "at": instant(said.at),
        "by": account(view, &said.by),
        "text": private(&said.text),
        "channel": said.message.as_ref().map(|at| at.channel.as_str()),
        "message": said.message.as_ref().map(|at| at.message.as_str()),
    })
}

/// A photo or file, as both sides sent them: not what is in it, but what tells it from every other.
fn filed(filed: &Filed) -> Value {
    let (stands, kept, why) = match &filed.state {
        State::Wanted => ("wanted", None, None),
        State::Doubtful => ("doubtful", None, None),
        State::Kept { kept, .. } => ("kept", Some(kept), None),
        State::Lost { why } => ("lost", None, Some(why)),
    };
    json!({
        "at": instant(filed.at),
        "side": match filed.side {
            Side::Ours { .. } => "ours",
            Side::Theirs => "provider",
        },
        "name": private(&filed.given.name),
        "state": stands,
        "why": why,
        "media_type": kept.map(|kept| kept.media.media_type()),
        "size": kept.map(|kept| kept.size),
        "sha256": kept.map(|kept| kept.sha256.as_str()),
        "cleaned": kept.map(|kept| kept.cleaned),
    })
}

/// Every yes and no, with what it rested on.
fn decisions(view: &View<'_>, of: &Dossier<'_>) -> Vec<Value> {
    let decided = of.events.iter().filter_map(|recorded| match &recorded.event {
        Event::Agreed { revision, decision } => Some((recorded, true, *revision, decision)),
        Event::Declined { revision, decision } => Some((recorded, false, *revision, decision)),
        _ => None,
    });
    let asked = |seq: usize| of.story.deciding.opinions.get(seq).map(|opinion: &Opinion| instant(opinion.asked_at));
    decided
        .enumerate()
        .map(|(place, (recorded, yes, revision, decision))| {
            json!({
                "seq": recorded.seq,
                "yes": yes,
                "revision": revision,
                "by": person(view, &decision.person),
                "on_behalf_of": decision.behalf.as_ref().map(|behalf| person(view, behalf)),
                "account": decision.account.as_str(),
                "via": decision.via,
                "asked_at": asked(place),
                "at": instant(decision.at),
                "evidence": decision.evidence.as_ref().map(|evidence| bare(serde_json::to_value(evidence).unwrap_or_default())),
            })
        })
        .collect()
}

/// By whose decisions.
fn deciders(view: &View<'_>, by: &[(PersonId, Option<PersonId>)]) -> Vec<Value> {
    let one = |(decider, behalf): &(PersonId, Option<PersonId>)| json!({ "by": person(view, decider), "on_behalf_of": behalf.as_ref().map(|behalf| person(view, behalf)) });
    by.iter().map(one).collect()
}

/// A price that the provider named later.
fn priced(quote: &Quoted) -> Value {
    let (came_to, at) = match quote.came_to {
        Answer::Agreed => ("agreed", None),
        Answer::Asked => ("asked", None),
        Answer::Refused(at) => ("refused", Some(at)),
        Answer::Overtaken => ("overtaken", None),
    };
    json!({ "at": instant(quote.at), "amount": money(quote.amount), "came_to": came_to, "refused_at": at.map(instant) })
}

/// A line that the provider billed.
fn billed(bill: &Bill) -> Value {
    json!({
        "seq": bill.seq,
        "at": instant(bill.at),
        "invoice": bill.invoice.number,
        "line": bill.invoice.line,
        "date": bill.invoice.date.map(|date| date.to_string()),
        "amount": money(bill.invoice.amount),
    })
}

/// What was agreed to only when the work was done.
fn afterwards(view: &View<'_>, one: &Afterwards) -> Value {
    json!({
        "at": instant(one.at),
        "by": deciders(view, &one.by),
        "ceiling": one.ceiling.map(money),
        "stood": one.stood.map(money),
    })
}

/// That it went before people agreed, and what they said of it since.
fn went_first(first: First) -> Value {
    let (came_to, answered) = (first.came_to.code(), first.came_to.at());
    json!({ "at": instant(first.since), "came_to": came_to, "answered_at": answered.map(instant) })
}

fn granted(view: &View<'_>, grant: &Granted) -> Value {
    json!({
        "at": instant(grant.at),
        "by": deciders(view, &grant.by),
        "rule": grant.rule,
        "own_authority": grant.own.as_ref().map(|own| person(view, own)),
        "ceiling": grant.ceiling.map(money),
        "leaves_at": instant(grant.leaves_at),
        "void_at": grant.void_at.map(instant),
    })
}

/// Each time that it arrived, with the words that were handed over.
fn hand_overs(view: &View<'_>, of: &Dossier<'_>) -> Vec<Value> {
    let order = order::order(view.words, view.register, view.organisation, of.request);
    let sent = of.events.iter().filter_map(|recorded| match &recorded.event {
        Event::Delivered { sent, by } => Some((recorded, sent, by)),
        _ => None,
    });
    sent.map(|(recorded, sent, by)| {
        json!({
            "seq": recorded.seq,
            "at": instant(sent.at),
            "attempt": sent.attempt,
            "rehearsal": sent.dry_run,
            "number": sent.number,
            "carried_by": by.as_ref().map(|by| account(view, by)),
            "subject": order.as_ref().map(|order| order.subject.as_str()),
            "body": order.as_ref().map(|order| order.body.as_str()),
        })
    })
    .collect()
}

/// What the provider was told about it later, word for word, and whether it knows.
fn told(view: &View<'_>, of: &Dossier<'_>) -> Vec<Value> {
    let asks = of.events.iter().filter_map(|recorded| {
        let seq = recorded.seq;
        let what = match &recorded.event {
            Event::CancelAsked { .. } => Telling::Cancel { seq },
            Event::Reopened { .. } => Telling::Reopen { seq },
            Event::Answered { .. } => Telling::Answer { seq },
            Event::Urged { .. } => Telling::Urge { seq },
            Event::FileKept { .. } | Event::FileLost { .. } | Event::SentAlong { .. }
                if of.request.batches().contains(&seq) =>
            {
                Telling::Files { seq }
            }
            _ => return None,
        };
        Some((recorded, what))
    });
    let known = |what: Telling| {
        of.events.iter().rev().find_map(|recorded| match &recorded.event {
            Event::ProviderTold { what: told, .. } if *told == what => Some(Some(recorded.at)),
            Event::NotTold { what: told, .. } if *told == what => Some(None),
            _ => None,
        })
    };
    asks.map(|(recorded, what)| {
        let words = order::telling(view.words, view.register, view.organisation, of.request, what, recorded);
        let Rendered { subject, body } = words.unwrap_or(Rendered { subject: String::new(), body: String::new() });
        json!({
            "seq": recorded.seq,
            "what": what,
            "asked_at": instant(recorded.at),
            "told_at": known(what).flatten().map(instant),
            "subject": subject,
            "body": body,
        })
    })
    .collect()
}

/// What the provider said, by its system or by mail, or the SPOC for it.
fn heard(view: &View<'_>, of: &Dossier<'_>) -> Vec<Value> {
    let said =
        |recorded: &Recorded, progress: Option<&Progress>, parts: [Option<&Private>; 3], by: Option<&AccountId>| {
            let [text, status, who] = parts;
            json!({
                "seq": recorded.seq,
                "at": instant(recorded.at),
                "progress": progress,
                "text": text.map(private),
                "status": status.map(private),
                "who": who.map(private),
                "recorded_by": by.map(|by| account(view, by)),
            })
        };
    let events = of.events.iter().filter_map(|recorded| match &recorded.event {
        Event::Progressed { progress, note, by, theirs, who, .. } => {
            Some(said(recorded, Some(progress), [note.as_ref(), theirs.as_ref(), who.as_ref()], by.as_ref()))
        }
        Event::Remarked { text, who, .. } => Some(said(recorded, None, [Some(text), None, who.as_ref()], None)),
        Event::ConfirmationWanted { text, .. } => Some(said(recorded, None, [text.as_ref(), None, None], None)),
        Event::Resolved { note, by, .. } => Some(said(recorded, None, [note.as_ref(), None, None], by.as_ref())),
        _ => None,
    });
    events.collect()
}

fn notes(view: &View<'_>, of: &Dossier<'_>) -> Vec<Value> {
    let note = |note: &crate::domain::report::Note| json!({ "at": instant(note.at), "by": account(view, &note.by), "text": private(&note.text) });
    of.story.caring.notes.iter().map(note).collect()
}

fn promised(view: &View<'_>, story: &Story) -> Vec<Value> {
    let one = |promise: &crate::domain::report::Promised| {
        json!({
            "said_at": instant(promise.said_at),
            "day": promise.moment.iso(),
            "kept": super::agenda::kept_code(promise.kept(view.now)),
        })
    };
    story.promised.iter().map(one).collect()
}

/// An event as the journal keeps it, with its texts where they belong.
fn journaled(recorded: &Recorded) -> Value {
    let event = serde_json::to_value(&recorded.event).unwrap_or_default();
    json!({ "seq": recorded.seq, "at": instant(recorded.at), "event": bare(event) })
}

/// The same value with each private text as the text itself; `null` where it was erased.
pub(super) fn bare(value: Value) -> Value {
    match value {
        Value::Object(map) => match private_text(&map) {
            Some(text) => text,
            None => Value::Object(map.into_iter().map(|(key, value)| (key, bare(value))).collect()),
        },
        Value::Array(all) => Value::Array(all.into_iter().map(bare).collect()),
        other => other,
    }
}

fn private_text(map: &Map<String, Value>) -> Option<Value> {
    let only = map.len() == 1;
    map.get("$private").filter(|_| only).cloned()
}

fn account(view: &View<'_>, account: &AccountId) -> Value {
    let known = view.organisation.people.values().find(|person| person.has(account));
    json!({ "account": account.as_str(), "name": known.map(|person| person.name.as_str()) })
}

fn person(view: &View<'_>, id: &PersonId) -> Value {
    let known = view.organisation.people.get(id);
    json!({ "id": id.as_str(), "name": known.map(|person| person.name.as_str()) })
}

fn private(text: &Private) -> Value {
    text.text().map_or(Value::Null, Value::from)
}

fn money(money: Money) -> Value {
    json!({ "cents": money.cents, "basis": money.basis })
}

pub(super) fn instant(at: Instant) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
