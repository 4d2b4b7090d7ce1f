//! The agenda of the weekly meeting: folded when somebody asks for it, and sent to the provider's SPOC once a day at most.

use super::{Desk, DeskError, House, unit};
use crate::domain::effect::Effect;
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{Mode, Organisation, ProviderSettings};
use crate::domain::report::agenda::{REACH, agenda_today};
use crate::domain::report::{Agenda, AgendaFold};
use crate::domain::request::Refusal;
use crate::domain::request::event::Recorded;
use crate::domain::{Instant, ProviderCode};
use crate::ports::{CommitError, InboxKey, Pressed, Reply, Unit};
use crate::render;
use crate::render::agenda::Unsent;
use crate::render::message::Action;

impl Desk {
    /// What to talk about with a provider at that moment. `events` are the organisation's own until then.
    pub(super) async fn agenda_of(
        &self,
        house: &House,
        organisation: &Organisation,
        provider: &ProviderCode,
        events: &[Recorded<OrganisationEvent>],
        now: Instant,
    ) -> Result<Agenda, DeskError> {
        let mut fold = AgendaFold::new(&house.register, organisation, provider, events, now);
        self.each_story(organisation, (now - REACH, now), |story| fold.count(story)).await?;
        for id in fold.unnamed() {
            if let Some((story, _)) = self.story(organisation, id, (now - REACH, now)).await? {
                fold.name(&story);
            }
        }
        Ok(fold.done())
    }

    /// *Mail naar …* was pressed.
    pub(super) async fn send_agenda(&self, house: &House, pressed: &Pressed) -> Result<Option<Reply>, DeskError> {
        let Action::SendAgenda(organisation, code) = &pressed.action else { return Ok(None) };
        let provider = house.register.providers.get(code);
        let (Some(organisation), Some(provider)) = (house.organisation(organisation), provider) else {
            return Ok(Some(self.short_reply(house, &pressed.by, render::answer::not_understood)));
        };
        let context = self.context(house, organisation, &pressed.by, pressed.locale.as_deref());
        let view = context.view();
        let reply = |message| Ok(Some(Reply { message, replace: false }));
        if !context.is_spoc() {
            return reply(render::refusal(view, &Refusal::SpocOnly));
        }
        if let Some(why) = no_way(house, organisation, provider) {
            return reply(render::agenda::told(view, provider, why));
        }
        loop {
            let now = self.clock.now();
            let loaded = self.store.load_organisation(&organisation.id).await?;
            if let Some(at) = agenda_today(&loaded.events, code, organisation, now) {
                return reply(render::agenda::told(view, provider, Unsent::Already(at)));
            }
            let event = OrganisationEvent::AgendaSent { provider: code.clone(), by: pressed.by.clone() };
            let effect = Effect::Agenda { seq: loaded.head.next };
            let mut unit = Unit::new(organisation.id.clone(), now);
            unit.inbox = Some(InboxKey(format!("interaction:{}", pressed.token.id)));
            unit.changes.push(unit::of_organisation(loaded.head, vec![(event, vec![effect])], now));
            match self.commit(unit).await {
                Ok(_) | Err(CommitError::Seen) => break,
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.ring();
        reply(render::agenda::sent(view, provider))
    }
}

/// Why no agenda gets to a provider, where that is so.
pub(super) fn no_way(house: &House, organisation: &Organisation, provider: &ProviderSettings) -> Option<Unsent> {
    if provider.mode == Mode::DryRun {
        return Some(Unsent::Rehearsal);
    }
    let ways = provider.spoc.is_some() && house.mailers.contains_key(&organisation.id);
    (!ways).then_some(Unsent::NoWay)
}
