//! From the first word to a frozen order.

use super::{end, hours, must_speak_for};
use crate::domain::approval::{Commitment, Outcome, Question, Split, Verdict, evaluate};
use crate::domain::budget::touched;
use crate::domain::catalogue::CatalogueItem;
use crate::domain::register::{Mode, Role};
use crate::domain::request::command::Beginning;
use crate::domain::request::content::VAT;
use crate::domain::request::{
    Circumstances, Content, Draft, Ending, Event, Facts, Grant, Identity, Order, Origin, Reading, Refusal, Request,
    Requester, Said, Stage, Waits,
};
use crate::domain::{Basis, Found, ItemId, Kind, MessageRef, Money, PersonId, Price, Private};

/// Silence settles only what was understood at least this well, in per cents.
const SURE: u8 = 80;

pub(super) fn open(beginning: Beginning, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let Beginning { origin, said, mut content, sure, follows } = beginning;
    super::files::add(&mut content, &said, 0);
    no_guest_orders(&origin.requester, &content, facts)?;
    let side = Side::of(&origin, facts);
    let waits = if sure { what_is_missing(&content, &side, facts) } else { Waits::Offer };
    // Danger never waits.
    let settled = if sure && content.danger { settle(&content, None, &side, facts) } else { None };
    let mut events = vec![Event::Drafted { origin, said, content: Box::new(content), waits }];
    if let Some((follows, conversation)) = follows {
        events.push(Event::Followed { follows });
        // It is talked about where the one before it was.
        events.extend(conversation.map(|channel| Event::ConversationOpened { channel }));
    }
    events.extend(settled.unwrap_or_default());
    Ok(events)
}

/// Guests report faults and order nothing, whoever took their words up and however they came to be an order.
fn no_guest_orders(requester: &Requester, content: &Content, facts: &Facts<'_>) -> Result<(), Refusal> {
    let by_account = || facts.organisation.person_of(requester.account.as_ref()?, facts.today());
    let entry = requester.person.as_ref().and_then(|person| facts.organisation.people.get(person));
    let guest = entry.or_else(by_account).filter(|person| person.in_service(facts.today()));
    if content.kind.value != Kind::Request || !guest.is_some_and(|person| person.roles.contains(&Role::Guest)) {
        return Ok(());
    }
    let own = facts.actor.account().is_none() || facts.actor.account() == requester.account.as_ref();
    Err(if own { Refusal::GuestMayNotOrder } else { Refusal::NotForGuest })
}

pub(super) fn tell(request: &Request, said: Said, reading: &Reading, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    let Some((content, asked)) = changeable(request) else {
        return super::files::send_along(request, said, reading.held_back.clone(), facts);
    };
    let message = u16::try_from(request.said.len()).unwrap_or(u16::MAX);
    let mut changed = content.clone();
    changed.take(reading, message, asked.as_ref());
    let drafting = matches!(request.stage, Stage::Draft(_));
    if changed == *content && !drafting {
        if said.files.is_empty() {
            return Ok(vec![]);
        }
        if content.danger {
            // It never waits for a photo: that follows.
            return super::files::send_along(request, said, reading.held_back.clone(), facts);
        }
    }
    super::files::add(&mut changed, &said, request.files.len());
    // In a draft every word of the requester's goes along, also one that fills no field.
    must_speak_for(request, facts)?;
    let waits = what_is_missing(&changed, &Side::of(&request.origin, facts), facts);
    Ok(vec![Event::Told { said, content: Box::new(changed), waits }])
}

pub(super) fn edit(
    request: &Request,
    message: &MessageRef,
    text: Private,
    mut content: Content,
    facts: &Facts<'_>,
) -> Result<Vec<Event>, Refusal> {
    let said = |said: &Said| said.message.as_ref().is_some_and(|at| at.message == message.message);
    let Some(index) = request.said.iter().position(said) else { return Ok(vec![]) };
    let Some((before, _)) = changeable(request) else { return Ok(vec![]) };
    if request.said[index].text == text {
        return Ok(vec![]);
    }
    let message = u16::try_from(index).unwrap_or(u16::MAX);
    // What this very message confirmed may be corrected in it.
    let own = before.confirmed_by(message);
    for key in before.confirmed.iter().filter(|key| !own.contains(key)) {
        keep_confirmed(&mut content, before, key.as_str());
    }
    content.confirmed.clone_from(&before.confirmed);
    content.keep_later(before, message);
    content.files.clone_from(&before.files);
    if content.kind.value != before.kind.value {
        no_guest_orders(&request.origin.requester, &content, facts)?;
    }
    let waits = match &request.stage {
        Stage::Draft(Draft { waits: Waits::Offer, .. }) => Waits::Offer,
        _ => what_is_missing(&content, &Side::of(&request.origin, facts), facts),
    };
    Ok(vec![Event::Edited { message, text, content: Box::new(content), waits }])
}

/// What a person confirmed survives an edit of the words around it.
fn keep_confirmed(content: &mut Content, before: &Content, key: &str) {
    use crate::domain::request::content::{AMOUNT, PLACE, QUANTITY, WHEN};
    match key {
        PLACE => content.place.clone_from(&before.place),
        WHEN => content.when.clone_from(&before.when),
        QUANTITY => content.quantity.clone_from(&before.quantity),
        AMOUNT => content.amount.clone_from(&before.amount),
        "item" => content.item.clone_from(&before.item),
        other => {
            if let Some(found) = before.extra.get(other) {
                content.extra.insert(other.into(), found.clone());
            }
        }
    }
}

pub(super) fn accept(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    match (&request.stage, facts.actor.account()) {
        (Stage::Draft(draft), Some(by)) if draft.waits == Waits::Offer => {
            no_guest_orders(&request.origin.requester, &draft.content, facts)?;
            let waits = what_is_missing(&draft.content, &Side::of(&request.origin, facts), facts);
            Ok(vec![Event::Accepted { by: Some(by.clone()), waits }])
        }
        (Stage::Closed(_), _) => Err(Refusal::Closed),
        _ => Ok(vec![]),
    }
}

pub(super) fn confirm(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    match &request.stage {
        Stage::Draft(draft) => match draft.waits {
            Waits::Confirmation(_) if request.fetches() => Err(Refusal::FileOnItsWay),
            Waits::Confirmation(_) => {
                no_guest_orders(&request.origin.requester, &draft.content, facts)?;
                settle(&draft.content, draft.before.as_ref(), &Side::of(&request.origin, facts), facts)
                    .ok_or(Refusal::Incomplete)
            }
            Waits::Offer | Waits::Item(_) | Waits::Field(_) => Err(Refusal::Incomplete),
        },
        Stage::Closed(_) => Err(Refusal::Closed),
        Stage::AwaitingApproval(_)
        | Stage::Approved(_)
        | Stage::HandedOver(_)
        | Stage::InProgress(_)
        | Stage::Resolved(_) => Ok(vec![]),
    }
}

pub(super) fn discard(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    match &request.stage {
        Stage::Draft(_) => Ok(vec![end(Ending::NoRequest, facts)]),
        Stage::Closed(closed) if closed.outcome == Ending::NoRequest => Ok(vec![]),
        Stage::Closed(_) => Err(Refusal::Closed),
        Stage::AwaitingApproval(_) => super::cancel(request, None, facts),
        Stage::Approved(_) | Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) => Err(Refusal::NotNow),
    }
}

pub(super) fn choose_item(request: &Request, item: ItemId, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    let Some(by) = facts.actor.account().cloned() else { return Err(Refusal::NotYours) };
    let Some((content, _)) = changeable(request) else { return Err(Refusal::NotNow) };
    if facts.register.catalogue.item(&item).is_none() {
        return Err(Refusal::NotNow);
    }
    if content.item.as_ref().is_some_and(|found| found.value == item) && content.confirmed.contains("item") {
        return Ok(vec![]);
    }
    let mut changed = content.clone();
    changed.choose_item(item.clone());
    let waits = what_is_missing(&changed, &Side::of(&request.origin, facts), facts);
    Ok(vec![Event::ItemChosen { by, item, content: Box::new(changed), waits }])
}

pub(super) fn settle_by_silence(request: &Request, facts: &Facts<'_>) -> Vec<Event> {
    let Stage::Draft(draft) = &request.stage else { return vec![] };
    // The rules may have changed since the time was set; what now wants a word of confirmation waits for it.
    let side = Side::of(&request.origin, facts);
    if no_guest_orders(&request.origin.requester, &draft.content, facts).is_err() {
        return vec![Event::Accepted { by: None, waits: Waits::Confirmation(None) }];
    }
    match what_is_missing(&draft.content, &side, facts) {
        Waits::Confirmation(Some(_)) => settle(&draft.content, draft.before.as_ref(), &side, facts).unwrap_or_default(),
        waits @ (Waits::Confirmation(None) | Waits::Item(_) | Waits::Field(_) | Waits::Offer) => {
            vec![Event::Accepted { by: None, waits }]
        }
    }
}

pub(super) fn ask_again(request: &Request) -> Vec<Event> {
    match &request.stage {
        Stage::Draft(Draft { waits: Waits::Field(field), .. }) => vec![Event::Asked { field: Some(field.clone()) }],
        Stage::Draft(_) => vec![Event::Asked { field: None }],
        _ => vec![],
    }
}

/// The content that can still change, and the field that is being asked about.
pub(super) fn changeable(request: &Request) -> Option<(&Content, Option<crate::domain::FieldKey>)> {
    match &request.stage {
        Stage::Draft(draft) => Some((&draft.content, request.asks())),
        Stage::AwaitingApproval(waiting) => Some((&waiting.order.content, None)),
        Stage::Approved(approved) if approved.submission.before_sending() => Some((&approved.order.content, None)),
        Stage::Approved(_) | Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Resolved(_) | Stage::Closed(_) => {
            None
        }
    }
}

/// The requester's side, as the register knows it.
pub(super) struct Side<'a> {
    origin: &'a Origin,
    /// The people who may not decide: who asks or for whom it is, and who registered it.
    pub(super) parties: Vec<PersonId>,
    /// Who asks in person; nobody when somebody else registered it.
    pub(super) asks: Option<&'a PersonId>,
    /// Whether it is they who act now, not somebody who speaks for them.
    pub(super) confirmed: bool,
}

impl<'a> Side<'a> {
    pub(super) fn of(origin: &'a Origin, facts: &Facts<'_>) -> Self {
        let registrar = origin.registered_by.as_ref();
        let registrar = registrar.and_then(|account| facts.organisation.person_of(account, facts.today()));
        let requester = origin.requester.person.as_ref();
        // Who got an entry after they asked is a party with every account of it.
        let account = origin.requester.account.as_ref();
        let now_known = account.and_then(|account| facts.organisation.person_of(account, facts.today()));
        Self {
            origin,
            parties: requester
                .cloned()
                .into_iter()
                .chain(registrar.into_iter().chain(now_known).map(|person| person.id.clone()))
                .collect(),
            asks: requester.filter(|_| origin.registered_by.is_none()),
            // Anybody can write a mail in somebody's name, so that none uses what only they may do.
            confirmed: origin.requester.account.as_ref().is_some_and(|account| !account.is_by_mail())
                && facts.actor.account() == origin.requester.account.as_ref(),
        }
    }
}

/// What a draft with that content waits for.
pub(super) fn what_is_missing(content: &Content, side: &Side<'_>, facts: &Facts<'_>) -> Waits {
    let found = content.item.as_ref().and_then(|found| facts.register.catalogue.item(&found.value));
    let Some(item) = found else { return Waits::Item(content.alternatives.clone()) };
    if let Some(field) = content.missing(item) {
        return Waits::Field(field);
    }
    if vat_matters(content, item, side, facts) {
        return Waits::Field(VAT.into());
    }
    let settles = match verdict_on(content, item, side, facts) {
        Some(verdict) if content.confidence >= SURE => match verdict.outcome {
            Outcome::Pending(_) => true,
            Outcome::Free => item.price_of(content.kind.value) == Price::Included && content.amount.is_none(),
            Outcome::Nobody => false,
        },
        Some(_) | None => false,
    };
    Waits::Confirmation(settles.then(|| facts.now + facts.organisation.deadlines.grace))
}

/// Whether the rules ask for something else when VAT is in the amount that was named than when it is not. Who does not know is asked
/// once; then the dearer reading counts.
fn vat_matters(content: &Content, item: &CatalogueItem, side: &Side<'_>, facts: &Facts<'_>) -> bool {
    let Some(amount) = content.amount.as_ref().filter(|amount| amount.value.basis == Basis::Unknown) else {
        return false;
    };
    if content.knows(&VAT.into()) {
        return false;
    }
    let asked_for = |basis| {
        let mut known = content.clone();
        known.amount = Some(Found { value: Money { basis, ..amount.value }, ..amount.clone() });
        let verdict = verdict_on(&known, item, side, facts)?;
        let needs: Vec<u16> = verdict.steps().iter().map(|step| step.need).collect();
        Some((verdict.rule, needs, verdict.outcome == Outcome::Free))
    };
    asked_for(Basis::Excl) != asked_for(Basis::Incl)
}

/// The policy's verdict today; `None` when the item has no provider.
fn verdict_on(content: &Content, item: &CatalogueItem, side: &Side<'_>, facts: &Facts<'_>) -> Option<Verdict> {
    let provider = facts.register.provider_for(facts.organisation, &item.id)?;
    let question = Question {
        organisation: &facts.organisation.id,
        provider: &provider.code,
        item: &item.id,
        kind: content.kind.value,
        amount: content.cost(item),
        urgency: content.urgency.value,
        parties: &side.parties,
        absences: facts.absences,
        on: facts.today(),
        basis: facts.organisation.basis,
        vat_rate: item.vat_rate,
        asks: side.asks,
        confirmed: side.confirmed,
        open: facts.organisation.hours.open_at(facts.now),
        ledger: facts.ledger,
    };
    Some(evaluate(&facts.register.policy, &facts.register.mandates, &question))
}

/// Freezes the content, asks the policy, and lets go what nobody needs to approve. `None` without item or provider.
fn settle(content: &Content, before: Option<&Identity>, side: &Side<'_>, facts: &Facts<'_>) -> Option<Vec<Event>> {
    let item = facts.register.catalogue.item(&content.item.as_ref()?.value)?;
    let provider = facts.register.provider_for(facts.organisation, &item.id)?;
    let verdict = verdict_on(content, item, side, facts)?;
    let identity = match before {
        Some(before) => Identity { revision: before.revision + 1, ..before.clone() },
        None => Identity { number: facts.fresh.number, token: facts.fresh.token.clone(), revision: 1 },
    };
    let mut order = Order {
        fingerprint: content.fingerprint(identity.token.as_str()),
        limit: None,
        quote: None,
        identity,
        content: content.clone(),
        provider: provider.code.clone(),
        estimate: content.cost(item),
        verdict,
        circumstances: Circumstances {
            vat_rate: item.vat_rate,
            after_hours: !facts.organisation.hours.open_at(facts.now),
            rehearsal: provider.mode == Mode::DryRun,
            split: None,
            last: facts.ledger.comparable(),
            budgets: touched(&facts.organisation.budgets, &item.id, facts.ledger, facts.organisation.basis),
        },
    };
    order.circumstances.split = split(&order, item, side, facts);
    let free = order.verdict.outcome == Outcome::Free;
    let first = order.verdict.afterwards;
    let leaves_at = hours::leaves_at(&order, facts.now, facts);
    let grant = Grant {
        by: vec![],
        rule: order.verdict.rule.clone(),
        own: order.verdict.own.clone(),
        // Nobody agreed to an amount of what goes first.
        ceiling: order.verdict.ceiling.filter(|_| !first),
        at: facts.now,
    };
    let mut events = vec![Event::Settled { order: Box::new(order), by: facts.actor.account().cloned() }];
    if free || first {
        // The grace before settling was the time to think again, so that a free order leaves at once.
        // But where the provider wants it later it waits for that.
        events.push(match first {
            true => Event::WentFirst { grant, leaves_at },
            false => Event::Granted { grant, leaves_at },
        });
        if leaves_at <= facts.now {
            events.push(Event::Queued { attempt: 1, by: None });
        }
    }
    Some(events)
}

/// The requester's other orders with which it passes the organisation's threshold.
fn split(order: &Order, item: &CatalogueItem, side: &Side<'_>, facts: &Facts<'_>) -> Option<Split> {
    let splitting = facts.organisation.splitting.as_ref()?;
    let commitment = Commitment {
        request: facts.fresh.id,
        number: order.identity.number,
        requester: side.origin.requester.account.clone(),
        person: side.origin.requester.person.clone(),
        provider: order.provider.clone(),
        item: item.id.clone(),
        kind: order.content.kind.value,
        amount: order.estimate,
        vat_rate: item.vat_rate,
        settled_at: facts.now,
        granted_at: None,
        rule: None,
        mandates: vec![],
        void: false,
    };
    facts.ledger.split(&commitment, splitting.threshold, splitting.days, facts.organisation.basis)
}
