//! Bills about no order: the SPOC says whose they are or asks the people who may decide, and those agree afterwards or not.

use super::words::{common_item, content_in};
use crate::desk::act::{Acted, Along};
use crate::desk::courier::Did;
use crate::desk::press::reader_lang;
use crate::desk::unit;
use crate::desk::{Desk, DeskError, House};
use crate::domain::approval::{Absence, Ledger, Outcome};
use crate::domain::effect::Effect;
use crate::domain::invoice::loose::{BillEnd, Loose, Put, bills, decide, deciders, put};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{ChannelRole, Organisation, Role, Topic};
use crate::domain::request::{Actor, Command, Facts, Refusal, Request, fold};
use crate::domain::{Instant, ItemId, OrganisationId, PersonId, RequestId};
use crate::intake::naming::Named;
use crate::ports::{Claimed, CommitError, Head, InboxKey, Pressed, Reply, Unit};
use crate::render;
use crate::render::message::{Action, Message};

/// Somebody who acts on a bill, and where.
struct Desked<'a> {
    house: &'a House,
    organisation: &'a Organisation,
    view: render::View<'a>,
    pressed: &'a Pressed,
    actor: Actor,
    spoc: bool,
}

/// What a decision about a bill rests on.
struct Base {
    now: Instant,
    absences: Vec<Absence>,
    ledger: Ledger,
}

impl Base {
    fn facts<'a>(&'a self, desk: &Desk, house: &'a House, organisation: &'a Organisation, actor: Actor) -> Facts<'a> {
        Facts {
            now: self.now,
            register: &house.register,
            organisation,
            absences: &self.absences,
            ledger: &self.ledger,
            actor,
            fresh: desk.fresh(RequestId(uuid::Uuid::nil())),
        }
    }
}

impl Desk {
    async fn base(&self, organisation: &Organisation) -> Result<Base, DeskError> {
        let now = self.clock.now();
        let absences = self.absences(organisation, now).await?;
        Ok(Base { now, absences, ledger: self.ledger(organisation, now, None, None, &[]).await? })
    }

    /// A button under a bill.
    pub(in crate::desk) async fn pressed_bill(
        &self,
        house: &House,
        pressed: &Pressed,
    ) -> Result<Option<Reply>, DeskError> {
        let id = match &pressed.action {
            Action::PutBill(request, _) | Action::BillTo(request, _) => self.organisation_of(house, *request).await?,
            Action::AskBill(organisation, _)
            | Action::DropBill(organisation, _)
            | Action::AgreeBill(organisation, _)
            | Action::DeclineBill(organisation, _) => Some(organisation.clone()),
            _ => None,
        };
        let Some(organisation) = id.as_ref().and_then(|id| house.organisation(id)) else {
            return Ok(Some(self.short_reply(house, &pressed.by, render::answer::not_understood)));
        };
        let now = self.clock.now();
        let view = house.view(organisation, reader_lang(pressed.locale.as_deref(), organisation.lang), now);
        let person = organisation.person_of(&pressed.by, view.today());
        let spoc = person.is_some_and(|person| person.roles.contains(&Role::Spoc));
        let actor = self.actor(house, &organisation.id, &pressed.by, now);
        let desked = Desked { house, organisation, view, pressed, actor, spoc };
        let (message, replace) = match &pressed.action {
            Action::PutBill(request, bill) => (self.put_bill(&desked, *request, *bill).await?, false),
            Action::BillTo(request, bill) => (self.bill_to(&desked, *request, *bill).await?, false),
            Action::AskBill(_, bill) => (self.ask_bill(&desked, *bill, None).await?, false),
            Action::DropBill(_, bill) => (self.settle_bill(&desked, *bill, BillEnd::Dropped).await?, false),
            Action::AgreeBill(_, bill) => self.decide_bill(&desked, *bill, true).await?,
            Action::DeclineBill(_, bill) => self.decide_bill(&desked, *bill, false).await?,
            _ => (render::answer::not_understood(&desked.view), false),
        };
        Ok(Some(Reply { message, replace }))
    }

    /// A bill above what was agreed is put to the people who may decide about its order.
    async fn put_bill(&self, desked: &Desked<'_>, id: RequestId, bill: u64) -> Result<Message, DeskError> {
        let organisation = &desked.organisation.id;
        let along = Along::inbox(InboxKey(format!("interaction:{}", desked.pressed.token.id)));
        match self.act(organisation, id, &desked.actor, &Command::PutBill { bill }, &along).await? {
            Acted::Refused(refusal) => Ok(render::refusal(&desked.view, &refusal)),
            Acted::Done | Acted::Seen | Acted::Missing => Ok(match self.load(organisation, id).await? {
                Some((request, _)) => render::invoice::put(&desked.view, &request),
                None => render::answer::not_understood(&desked.view),
            }),
        }
    }

    /// A bill without an order about which nothing was said yet, for a SPOC; else what there is to say.
    async fn open_loose(&self, desked: &Desked<'_>, bill: u64) -> Result<Result<(Loose, Head), Message>, DeskError> {
        if !desked.spoc {
            return Ok(Err(render::refusal(&desked.view, &Refusal::SpocOnly)));
        }
        let loaded = self.store.load_organisation(&desked.organisation.id).await?;
        let Some(loose) = bills(&loaded.events).into_iter().find(|one| one.seq == bill) else {
            return Ok(Err(render::answer::not_understood(&desked.view)));
        };
        let known = loose.end.is_some();
        Ok(if known { Err(render::invoice::loose_known(&desked.view, &loose)) } else { Ok((loose, loaded.head)) })
    }

    /// The SPOC says which request a bill is about. What never became an order is asked about as what it is.
    async fn bill_to(&self, desked: &Desked<'_>, id: RequestId, bill: u64) -> Result<Message, DeskError> {
        let loose = match self.open_loose(desked, bill).await? {
            Ok((loose, _)) => loose,
            Err(message) => return Ok(message),
        };
        let organisation = desked.organisation;
        let Some((request, _)) = self.load(&organisation.id, id).await? else {
            return Ok(render::answer::not_understood(&desked.view));
        };
        if request.order().is_none() {
            return self.ask_bill(desked, bill, Some(id)).await;
        }
        // The request first: dying between the two asks again, and its own rules know the line.
        let command = Command::Bill(loose.invoice.clone());
        let acted = self.act(&organisation.id, id, &desked.actor, &command, &Along::default()).await?;
        if let Acted::Refused(refusal) = acted {
            return Ok(render::refusal(&desked.view, &refusal));
        }
        self.settle_bill(desked, bill, BillEnd::To(id)).await?;
        self.billed_message(organisation, &desked.view, id, &loose.invoice).await
    }

    /// Asks the people who may decide about a bill without an order.
    async fn ask_bill(&self, desked: &Desked<'_>, bill: u64, asked: Option<RequestId>) -> Result<Message, DeskError> {
        loop {
            let (loose, head) = match self.open_loose(desked, bill).await? {
                Ok(open) => open,
                Err(message) => return Ok(message),
            };
            let wanted = self.put_of(desked.house, desked.organisation, &loose, asked).await?;
            let base = self.base(desked.organisation).await?;
            let facts = base.facts(self, desked.house, desked.organisation, desked.actor.clone());
            let (events, outcome) = put(&loose, wanted, &desked.pressed.by, &facts);
            let effect = match outcome {
                Outcome::Free => Some(Effect::LooseSettled { bill }),
                Outcome::Pending(_) => Some(Effect::LooseBill { bill }),
                Outcome::Nobody => None,
            };
            if !self.commit_loose(desked.organisation, head, events, effect).await? {
                continue;
            }
            let Some(after) = self.loose(&desked.organisation.id, bill).await? else { continue };
            return Ok(render::invoice::loose_done(&desked.view, &after, &deciders(&after, &facts)));
        }
    }

    /// The question about a bill: who probably asked, and as which service.
    async fn put_of(
        &self,
        house: &House,
        organisation: &Organisation,
        loose: &Loose,
        asked: Option<RequestId>,
    ) -> Result<Put, DeskError> {
        let (mut parties, mut item): (Vec<PersonId>, Option<ItemId>) = (vec![], None);
        if let Some(id) = asked
            && let Some(loaded) = self.store.load(&organisation.id, id).await?
        {
            item = content_in(&loaded.events).and_then(|content| content.item.as_ref()).map(|item| item.value.clone());
            if let Some(request) = fold(id, &organisation.id, loaded.events)? {
                parties = self.parties(organisation, &request);
            }
        }
        let now = self.clock.now().with_timezone(&organisation.zone);
        let named = || {
            let reader = house.reader(&organisation.id)?;
            match reader.named(&house.register.catalogue, loose.what.text()?, Topic::General, now) {
                Named::One(item) => Some(item),
                Named::Several(_) | Named::Unknown => None,
            }
        };
        let theirs = |item: &ItemId| {
            house.register.provider_for(organisation, item).is_some_and(|known| known.code == loose.provider)
        };
        let item = item.or_else(named).filter(theirs);
        let item = item.unwrap_or_else(|| ItemId(common_item(&house.register, &organisation.id, &loose.provider)));
        Ok(Put { asked, parties, item })
    }

    /// The people of a request's side, who do not decide about it.
    fn parties(&self, organisation: &Organisation, request: &Request) -> Vec<PersonId> {
        let today = self.clock.now().with_timezone(&organisation.zone).date_naive();
        let origin = &request.origin;
        let accounts = origin.requester.account.iter().chain(&origin.registered_by);
        let known = accounts.filter_map(|account| organisation.person_of(account, today));
        origin.requester.person.iter().cloned().chain(known.map(|person| person.id.clone())).collect()
    }

    /// Somebody with a mandate agrees afterwards, or does not. The card then shows it.
    async fn decide_bill(&self, desked: &Desked<'_>, bill: u64, yes: bool) -> Result<(Message, bool), DeskError> {
        let organisation = desked.organisation;
        loop {
            let loaded = self.store.load_organisation(&organisation.id).await?;
            let Some(loose) = bills(&loaded.events).into_iter().find(|one| one.seq == bill) else {
                return Ok((render::answer::not_understood(&desked.view), false));
            };
            if loose.end.is_some() {
                return Ok((render::invoice::loose_known(&desked.view, &loose), false));
            }
            if let Some(person) = desked.actor.person()
                && !self.deciders_are_sure(&organisation.id, person, &loose.agreed).await?
            {
                return Ok((render::refusal(&desked.view, &Refusal::RolesUnknown), false));
            }
            let (house, base) = (self.house(), self.base(organisation).await?);
            let facts = base.facts(self, &house, organisation, desked.actor.clone());
            let events = match decide(&loose, yes, &facts) {
                Ok(events) => events,
                Err(refusal) => return Ok((render::refusal(&desked.view, &refusal), false)),
            };
            let settled = events.iter().any(|event| matches!(event, OrganisationEvent::BillSettled { .. }));
            let effect = settled.then_some(Effect::LooseSettled { bill });
            if !events.is_empty() && !self.commit_loose(organisation, loaded.head, events, effect).await? {
                continue;
            }
            let Some(after) = self.loose(&organisation.id, bill).await? else { continue };
            return Ok((self.loose_card(&house, organisation, &after, &facts).await?, true));
        }
    }

    /// The approvers' card about a bill, as it is now.
    async fn loose_card(
        &self,
        house: &House,
        organisation: &Organisation,
        loose: &Loose,
        facts: &Facts<'_>,
    ) -> Result<Message, DeskError> {
        let asked = match loose.put.as_ref().and_then(|put| put.asked) {
            Some(id) => self.load(&organisation.id, id).await?.map(|(request, _)| request),
            None => None,
        };
        let view = house.view(organisation, organisation.lang, facts.now);
        Ok(render::invoice::loose_card(&view, loose, asked.as_ref(), &deciders(loose, facts)))
    }

    /// What becomes of a bill, by the SPOC's word.
    async fn settle_bill(&self, desked: &Desked<'_>, bill: u64, how: BillEnd) -> Result<Message, DeskError> {
        loop {
            let (_, head) = match self.open_loose(desked, bill).await? {
                Ok(open) => open,
                Err(message) => return Ok(message),
            };
            let event = OrganisationEvent::BillSettled { bill, how: how.clone(), by: desked.pressed.by.clone() };
            if self.commit_loose(desked.organisation, head, vec![event], None).await? {
                let Some(after) = self.loose(&desked.organisation.id, bill).await? else { continue };
                return Ok(render::invoice::loose_done(&desked.view, &after, &[]));
            }
        }
    }

    async fn commit_loose(
        &self,
        organisation: &Organisation,
        head: Head,
        events: Vec<OrganisationEvent>,
        effect: Option<Effect>,
    ) -> Result<bool, DeskError> {
        let now = self.clock.now();
        let last = events.len().saturating_sub(1);
        let effects = |at: usize| if at == last { effect.clone().into_iter().collect() } else { vec![] };
        let events = events.into_iter().enumerate().map(|(at, event)| (event, effects(at))).collect();
        let mut unit = Unit::new(organisation.id.clone(), now);
        unit.changes.push(unit::of_organisation(head, events, now));
        match self.commit(unit).await {
            Ok(_) => {
                self.ring();
                Ok(true)
            }
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// A bill without an order, by the event that recorded it.
    pub(in crate::desk) async fn loose(
        &self,
        organisation: &OrganisationId,
        bill: u64,
    ) -> Result<Option<Loose>, DeskError> {
        let loaded = self.store.load_organisation(organisation).await?;
        Ok(bills(&loaded.events).into_iter().find(|one| one.seq == bill))
    }

    /// Asks the people who may decide about a bill, unless somebody has.
    pub(in crate::desk) async fn ask_loose(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        bill: u64,
    ) -> Result<Did, DeskError> {
        let Some(loose) = self.loose(&organisation.id, bill).await? else { return Ok(Did::Done) };
        if loose.end.is_some() {
            return Ok(Did::Done);
        }
        let channel = organisation.channel_for(ChannelRole::Approvers);
        let Some(channel) = channel.or_else(|| organisation.channel_for(ChannelRole::Spoc)) else {
            return Ok(self.no_channel());
        };
        let base = self.base(organisation).await?;
        let facts = base.facts(self, house, organisation, Actor::Loket);
        let card = self.loose_card(house, organisation, &loose, &facts).await?;
        self.say_in(organisation, claim, &channel.id, &card).await
    }

    /// Tells the SPOC what was decided about a bill.
    pub(in crate::desk) async fn say_loose(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        bill: u64,
    ) -> Result<Did, DeskError> {
        let Some(loose) = self.loose(&organisation.id, bill).await? else { return Ok(Did::Done) };
        let Some(channel) = organisation.channel_for(ChannelRole::Spoc) else { return Ok(self.no_channel()) };
        let view = house.view(organisation, organisation.lang, self.clock.now());
        self.say_in(organisation, claim, &channel.id, &render::invoice::loose_settled(&view, &loose)).await
    }
}
