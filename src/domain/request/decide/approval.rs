//! People with a mandate decide, on exactly the revision that was on the card, under the rules of that moment.

use super::draft::Side;
use super::hours;
use crate::domain::PersonId;
use crate::domain::Private;
use crate::domain::approval::{Decision, Evidence, Exclusion, Mandate, Outcome, Question, Step, evaluate, open_step};
use crate::domain::request::command::Via;
use crate::domain::request::{
    AwaitingApproval, Ending, Event, Facts, Grant, Late, Order, Refusal, Request, Slot, Stage,
};

pub(super) fn agree(request: &Request, revision: u32, via: Via, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let waiting = match open_card(request, revision) {
        Ok(waiting) => waiting,
        Err(Refusal::AlreadyDecided { .. }) if agreed_before(request, revision, facts) => return Ok(vec![]),
        Err(refusal) => return answer(request, refusal, revision, via, facts),
    };
    let (decision, steps, rule) = match covering(request, waiting, via, facts) {
        Ok(covering) => covering,
        Err(refusal) => return answer(request, refusal, revision, via, facts),
    };
    if via == Via::Reply {
        return Err(Refusal::OnlyBySign);
    }
    if waiting.decisions.iter().any(|known| known.person == decision.person) {
        return Ok(vec![]);
    }
    let mut decisions = waiting.decisions.clone();
    decisions.push(decision.clone());
    let mut events = vec![Event::Agreed { revision, decision }];
    if open_step(&steps, &decisions).is_none() {
        let verdict = &waiting.order.verdict;
        let grant = Grant { by: counted(&steps, decisions), rule, own: None, ceiling: verdict.ceiling, at: facts.now };
        events.push(granted(request, &waiting.order, grant, facts));
    }
    Ok(events)
}

/// The rules are met: the order leaves, or the price holds, after the time in which a yes can be taken back, and an order not before the
/// provider opens. Of work that is done and billed there is nothing left to think about.
fn granted(request: &Request, order: &Order, grant: Grant, facts: &Facts<'_>) -> Event {
    if let Some(bill) = order.quote.and_then(|quote| quote.bill) {
        return Event::ApprovedAfterwards { bill, grant };
    }
    if request.costs.is_first() && request.costs.is_open(order.identity.revision) {
        return Event::AgreedFirst { grant };
    }
    let thought = facts.now + facts.organisation.deadlines.grace;
    let leaves = !request.costs.is_open(order.identity.revision);
    Event::Granted { grant, leaves_at: if leaves { hours::leaves_at(order, thought, facts) } else { thought } }
}

pub(super) fn decline(
    request: &Request,
    revision: u32,
    via: Via,
    why: Option<Private>,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    if let Some(events) = reason_after(request, revision, why.as_ref(), facts) {
        return Ok(events);
    }
    let waiting = match open_card(request, revision) {
        Ok(waiting) => waiting,
        Err(refusal) => return answer(request, refusal, revision, via, facts),
    };
    let (decision, _, _) = match covering(request, waiting, via, facts) {
        Ok(covering) => covering,
        Err(refusal) => return answer(request, refusal, revision, via, facts),
    };
    if via == Via::Reply {
        return Err(Refusal::OnlyBySign);
    }
    let by = Some(decision.account.clone());
    let mut events = vec![Event::Declined { revision, decision: decision.clone() }];
    if let Some(why) = &why {
        events.push(Event::Reasoned { person: decision.person, why: why.clone() });
    }
    if request.costs.is_open(revision) {
        // A price that is declined ends nothing: what was agreed before stands, and the SPOC sees to the rest.
        return Ok(events);
    }
    events.push(Event::Closed { outcome: Ending::Declined, by, why, number: None });
    Ok(events)
}

/// What whoever declined says about it afterwards: the reason, or the same no once more.
fn reason_after(request: &Request, revision: u32, why: Option<&Private>, facts: &Facts<'_>) -> Option<Vec<Event>> {
    let declined = request.declined.as_ref().filter(|declined| declined.revision == revision)?;
    let person = facts.actor.person().filter(|person| **person == declined.decision.person)?;
    let new = why.filter(|why| declined.why.as_ref() != Some(why));
    Some(new.map(|why| Event::Reasoned { person: person.clone(), why: why.clone() }).into_iter().collect())
}

/// Asks the policy anew about an order that waits for people: mandates begin and end, and administrators mend them. An order that
/// nobody may decide gets its card as soon as somebody may, and the SPOC hears when nobody may any more.
pub(super) fn reassess(request: &Request, facts: &Facts<'_>) -> Vec<Event> {
    let Some(waiting) = request.waiting() else { return vec![] };
    let side = Side::of(&request.origin, facts);
    let Some(question) = question_of(&waiting.order, &side, facts) else { return vec![] };
    let mut verdict = evaluate(&facts.register.policy, &facts.register.mandates, &question);
    if let Some(limit) = &waiting.order.limit {
        // What a person lowered, no rule raises again.
        verdict.ceiling = Some(limit.ceiling);
    }
    // A price does not go first, whatever the rule says of the fault.
    verdict.afterwards &= waiting.order.quote.is_none();
    let stood = &waiting.order.verdict.outcome;
    // A rule that would now let it pass takes nothing away from people who were asked already.
    let frees = verdict.outcome == Outcome::Free;
    let others =
        (&verdict.away, &verdict.substitutes) != (&waiting.order.verdict.away, &waiting.order.verdict.substitutes);
    if (verdict.outcome == *stood && !others) || (frees && matches!(stood, Outcome::Pending(_))) {
        return vec![];
    }
    // The calendar turns at midnight, and nobody is called upon before the morning: then it is asked again. What somebody decides
    // until then counts by the day on which they decide.
    let only_who = matches!((stood, &verdict.outcome), (Outcome::Pending(_), Outcome::Pending(_)));
    if only_who && !facts.organisation.hours.open_at(facts.now) {
        return vec![];
    }
    let (enough, by) = match &verdict.outcome {
        Outcome::Pending(steps) => {
            (open_step(steps, &waiting.decisions).is_none(), counted(steps, waiting.decisions.clone()))
        }
        Outcome::Free => (true, vec![]),
        Outcome::Nobody => (false, vec![]),
    };
    let (rule, own) = (verdict.rule.clone(), verdict.own.clone());
    let grant = Grant { by, rule, own, ceiling: verdict.ceiling, at: facts.now };
    let mut events = vec![Event::Reassessed { verdict }];
    if enough {
        events.push(granted(request, &waiting.order, grant, facts));
    }
    events
}

/// Whether a person may decide now, for somebody who is away, on an order that waits.
pub fn may_stand_in(request: &Request, person: &PersonId, instead_of: &PersonId, facts: &Facts<'_>) -> bool {
    let Some(waiting) = request.waiting() else { return false };
    let side = Side::of(&request.origin, facts);
    let Some(question) = question_of(&waiting.order, &side, facts) else { return false };
    let verdict = evaluate(&facts.register.policy, &facts.register.mandates, &question);
    let decided = |decision: &Decision| decision.person == *person || decision.seat() == instead_of;
    verdict.seats(person).contains(&instead_of) && !waiting.decisions.iter().any(decided)
}

/// Removing the ✅ takes the decision back until the order is being sent.
pub(super) fn take_back(request: &Request, revision: u32, facts: &Facts<'_>) -> Vec<Event> {
    let Some(person) = facts.actor.person() else { return vec![] };
    let decided = |decisions: &[Decision]| decisions.iter().any(|decision| decision.person == *person);
    let of_order = |order: &Order| order.identity.revision == revision;
    let waits = |waiting: &AwaitingApproval| of_order(&waiting.order) && decided(&waiting.decisions);
    let counts = match &request.stage {
        Stage::AwaitingApproval(waiting) => waits(waiting),
        Stage::Approved(approved) => {
            // What goes first does not wait for a yes, so that none can stop it.
            let stops = !approved.order.verdict.afterwards && approved.submission.before_sending();
            request.costs.open.as_deref().is_some_and(waits)
                || (of_order(&approved.order) && stops && decided(&approved.grant.by))
        }
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => {
            // A yes to a price can be taken back until the provider is told.
            let untold = request.costs.before.as_ref().is_some_and(|before| facts.now < before.until);
            let granted = untold && request.order().is_some_and(of_order);
            request.costs.open.as_deref().is_some_and(waits)
                || (granted && request.grant().is_some_and(|grant| decided(&grant.by)))
        }
        Stage::Closed(_) => request.costs.open.as_deref().is_some_and(waits),
        Stage::Draft(_) => false,
    };
    if counts {
        return vec![Event::TakenBack { person: person.clone() }];
    }
    let on_its_way = match &request.stage {
        Stage::Approved(approved) => !approved.submission.before_sending(),
        Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => true,
        Stage::Draft(_) | Stage::AwaitingApproval(_) | Stage::Closed(_) => false,
    };
    let current = request.order().is_some_and(|order| order.identity.revision == revision);
    if on_its_way && current && agreed_before(request, revision, facts) {
        too_late(request, revision, Late::Sent, facts)
    } else {
        vec![]
    }
}

/// Whether a decision of the actor on that revision would count now.
pub(super) fn may_decide(request: &Request, revision: u32, facts: &Facts<'_>) -> Result<(), Refusal> {
    let waiting = open_card(request, revision)?;
    covering(request, waiting, Via::Reply, facts).map(|_| ())
}

/// Tells somebody once, at that card, that it is too late. Who was told there that they do not count hears nothing more: a back-fill
/// finds the same reaction again and again.
fn too_late(request: &Request, revision: u32, late: Late, facts: &Facts<'_>) -> Vec<Event> {
    let Some(account) = facts.actor.account() else { return vec![] };
    let told = request.late.iter().any(|(known, at, what)| (known, *at, *what) == (account, revision, late));
    if told || request.rebuffed.contains(account) {
        return vec![];
    }
    vec![Event::TooLate { account: account.clone(), revision, late }]
}

/// The card that is open for decisions, if it is of that revision.
pub(super) fn open_card(request: &Request, revision: u32) -> Result<&AwaitingApproval, Refusal> {
    let number = request.number();
    // Beside an open card stands the one on which the order was decided before.
    let decided = request.grant().is_some() && request.order().is_some_and(|order| order.identity.revision >= revision);
    match (request.waiting(), &request.stage) {
        (Some(waiting), _) if waiting.order.identity.revision == revision => Ok(waiting),
        (Some(waiting), _) if !decided => {
            Err(Refusal::Outdated { shown: revision, current: waiting.order.identity.revision })
        }
        (_, Stage::Draft(draft)) => {
            let current = draft.before.as_ref().map_or(1, |before| before.revision + 1);
            Err(Refusal::Outdated { shown: revision, current })
        }
        _ => Err(Refusal::AlreadyDecided { number }),
    }
}

/// Whether the actor is one of those on whose yes the order rests; a card that was put later is another question.
fn agreed_before(request: &Request, revision: u32, facts: &Facts<'_>) -> bool {
    let person = facts.actor.person();
    let of_this = request.order().is_some_and(|order| revision <= order.identity.revision);
    of_this && request.grant().is_some_and(|grant| grant.by.iter().any(|decision| Some(&decision.person) == person))
}

/// The decision of the actor and the steps it counts for, under the mandates of this moment.
pub(super) fn covering(
    request: &Request,
    waiting: &AwaitingApproval,
    via: Via,
    facts: &Facts<'_>,
) -> Result<(Decision, Vec<Step>, Option<String>), Refusal> {
    let Some(account) = facts.actor.account() else { return Err(Refusal::NoMandate { why: None }) };
    if request.origin.requester.account.as_ref() == Some(account)
        || request.origin.registered_by.as_ref() == Some(account)
    {
        return Err(Refusal::NoMandate { why: Some(Exclusion::Party) });
    }
    let Some(person) = facts.actor.person() else { return Err(Refusal::NoMandate { why: None }) };
    let side = Side::of(&request.origin, facts);
    let Some(question) = question_of(&waiting.order, &side, facts) else {
        return Err(Refusal::NoMandate { why: Some(Exclusion::OtherScope) });
    };
    let mut verdict = evaluate(&facts.register.policy, &facts.register.mandates, &question);
    if verdict.outcome == Outcome::Free {
        // A rule that would now let it pass does not make a decision of somebody without a mandate count.
        let steps = still_able(waiting.order.steps(), &facts.register.mandates, &question);
        verdict.outcome = Outcome::Pending(steps);
        verdict.rule.clone_from(&waiting.order.verdict.rule);
        verdict.stand_in(&question);
    }
    let Some(seat) = verdict.seat_for(person, &waiting.decisions) else {
        let why = verdict.excluded.iter().find(|excluded| excluded.person == *person).map(|excluded| excluded.why);
        return Err(Refusal::NoMandate { why });
    };
    let behalf = (seat != person).then(|| seat.clone());
    let order = &waiting.order;
    let evidence = Evidence {
        card: request.posts.at.get(&Slot::Approval(order.identity.revision)).cloned(),
        fingerprint: order.fingerprint.clone(),
        rule: facts.register.policy.iter().find(|rule| Some(&rule.name) == verdict.rule.as_ref()).cloned(),
        mandate: facts
            .register
            .mandates
            .iter()
            .find(|one| one.person == *seat && one.objection(&question).is_none())
            .cloned(),
        configuration: facts.register.revision.clone(),
    };
    let evidence = Some(Box::new(evidence));
    let decision = Decision { person: person.clone(), behalf, account: account.clone(), at: facts.now, via, evidence };
    Ok((decision, verdict.steps().to_vec(), verdict.rule))
}

/// The decisions that rest on a mandate which still counts, one for each: where it ended meanwhile it commits nobody, and who gave it is
/// not named as one who did. A substitute's decision stands when the holder is back.
fn counted(steps: &[Step], decisions: Vec<Decision>) -> Vec<Decision> {
    let mut counted: Vec<Decision> = Vec::new();
    for decision in decisions {
        let holds = steps.iter().any(|step| step.of.contains(decision.seat()));
        if holds && !counted.iter().any(|known| known.seat() == decision.seat()) {
            counted.push(decision);
        }
    }
    counted
}

/// What a decision on a frozen order must be covered for: the amount and the provider on the card, whatever the catalogue says
/// today. `None` when its item is configured no more.
pub(super) fn question_of<'a>(order: &'a Order, side: &'a Side<'a>, facts: &'a Facts<'_>) -> Option<Question<'a>> {
    let item = facts.register.catalogue.item(&order.content.item.as_ref()?.value)?;
    Some(Question {
        organisation: &facts.organisation.id,
        provider: &order.provider,
        item: &item.id,
        kind: order.kind(),
        amount: order.estimate,
        urgency: order.content.urgency.value,
        parties: &side.parties,
        absences: facts.absences,
        on: facts.today(),
        basis: facts.organisation.basis,
        vat_rate: item.vat_rate,
        asks: side.asks,
        // Own authority is what somebody says at the time; nothing comes under it later by itself.
        confirmed: false,
        // An order that was settled at night does not come under the rules of the day because the day has begun.
        open: !order.circumstances.after_hours,
        ledger: facts.ledger,
    })
}

/// The steps with those people only whose mandate still covers the question.
fn still_able(steps: &[Step], mandates: &[Mandate], question: &Question<'_>) -> Vec<Step> {
    let able = |person: &PersonId| {
        mandates.iter().any(|mandate| mandate.person == *person && mandate.objection(question).is_none())
    };
    let kept =
        |step: &Step| Step { of: step.of.iter().filter(|person| able(person)).cloned().collect(), ..step.clone() };
    steps.iter().map(kept).collect()
}

/// A refused reaction, and words of somebody who does not count, are answered once with a post; a refused button is answered to the
/// person alone. Other words get their answer below them.
pub(super) fn answer(
    request: &Request,
    refusal: Refusal,
    revision: u32,
    via: Via,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    let late = match (via, &refusal, facts.actor.account()) {
        (Via::Button, ..) => return Err(refusal),
        (_, Refusal::NoMandate { why }, Some(account)) => {
            if request.rebuffed.contains(account) {
                return Ok(vec![]);
            }
            return Ok(vec![Event::Rebuffed { account: account.clone(), why: *why }]);
        }
        (_, Refusal::AlreadyDecided { .. }, _) => Late::Decided,
        (Via::Reaction, Refusal::Outdated { .. }, _) => Late::Void,
        (Via::Reaction, ..) => return Ok(vec![]),
        (Via::Reply, ..) => return Err(refusal),
    };
    Ok(too_late(request, revision, late, facts))
}
