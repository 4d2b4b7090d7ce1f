//! What the SPOCs of both sides agree on: points for the meeting, promises, and whether they were kept.

use super::Context;
use crate::desk::listing::provider_named;
use crate::desk::{Desk, DeskError, House, unit};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::ProviderSettings;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Refusal, Request};
use crate::domain::talks::{self, Promiser};
use crate::domain::{AccountId, ItemId, LocalMoment, OrganisationId, Private, RequestId};
use crate::ports::{CommandCall, CommitError, InboxKey, Pressed, Reply, Unit};
use crate::render;
use crate::render::message::{Action, Message};

impl Desk {
    /// A point for the next meeting with a provider.
    pub(super) async fn raise_point(
        &self,
        context: &Context<'_>,
        call: &CommandCall,
        text: Private,
    ) -> Result<Message, DeskError> {
        let view = &context.view;
        if !context.spoc {
            return Ok(render::refusal(view, &Refusal::SpocOnly));
        }
        if text.text().is_none_or(str::is_empty) {
            return Ok(render::refusal(view, &Refusal::Incomplete));
        }
        let Some(provider) = the_provider(context, call) else { return Ok(render::talks::which_provider(view)) };
        let event = OrganisationEvent::PointRaised {
            provider: provider.code.clone(),
            text,
            request: None,
            by: call.by.clone(),
        };
        self.journal(&context.organisation.id, Some(&InboxKey(format!("interaction:{}", call.token.id))), event)
            .await?;
        Ok(render::talks::raised(view, provider))
    }

    /// `/promise`: who promised what by when.
    pub(super) async fn promise(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let view = &context.view;
        if !context.spoc {
            return Ok(render::refusal(view, &Refusal::SpocOnly));
        }
        let what = call.option("what").unwrap_or_default().trim();
        if what.is_empty() {
            return Ok(render::refusal(view, &Refusal::Incomplete));
        }
        let until = call.option("until").unwrap_or_default();
        let due = match self.day(context, until) {
            Some(LocalMoment::Day(day)) => day,
            Some(LocalMoment::At(at)) => at.date(),
            None => return Ok(render::absence::unknown_day(view, until)),
        };
        let about = match call.option("id") {
            Some(_) => match self.named(context, call).await? {
                Some((request, _)) => Some(request),
                None => return Ok(super::unknown(context, call)),
            },
            None => None,
        };
        let of_request = about.as_ref().and_then(Request::order).map(|order| &order.provider);
        let provider = of_request.and_then(|code| context.house.register.providers.get(code));
        let Some(provider) = provider.or_else(|| the_provider(context, call)) else {
            return Ok(render::talks::which_provider(view));
        };
        let promiser = if call.option("who") == Some(Promiser::Us.code()) { Promiser::Us } else { Promiser::Provider };
        let source = call.option("source").map(str::trim).filter(|source| !source.is_empty());
        let event = OrganisationEvent::PromiseMade {
            promiser,
            provider: provider.code.clone(),
            what: Private::new(what),
            due,
            source: source.map(Private::new),
            request: about.as_ref().map(|request| request.id),
            by: call.by.clone(),
        };
        let key = InboxKey(format!("interaction:{}", call.token.id));
        self.journal(&context.organisation.id, Some(&key), event).await?;
        Ok(render::talks::promised(view, promiser, provider, what, due))
    }

    /// *Nagekomen*, *Niet nagekomen* or *Besproken* was pressed.
    pub(in crate::desk) async fn pressed_talk(
        &self,
        house: &House,
        pressed: &Pressed,
        text: Option<String>,
    ) -> Result<Option<Reply>, DeskError> {
        let (organisation, seq) = match &pressed.action {
            Action::Kept(organisation, seq) | Action::Broken(organisation, seq) => (organisation, *seq),
            // The form is opened by the button and brings the words afterwards.
            Action::Discussed(organisation, seq) if text.is_some() => (organisation, *seq),
            _ => return Ok(None),
        };
        let Some(configured) = house.organisation(organisation) else {
            return Ok(Some(self.short_reply(house, &pressed.by, render::answer::not_understood)));
        };
        let context = self.context(house, configured, &pressed.by, pressed.locale.as_deref());
        let reply = |message| Ok(Some(Reply { message, replace: false }));
        if !context.spoc {
            return reply(render::refusal(&context.view, &Refusal::SpocOnly));
        }
        let by = pressed.by.clone();
        let outcome = text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(Private::new);
        let key = InboxKey(format!("interaction:{}", pressed.token.id));
        self.journal_what(organisation, Some(&key), &|events| match &pressed.action {
            Action::Kept(..) => talks::settle_promise(events, seq, true, &by),
            Action::Broken(..) => talks::settle_promise(events, seq, false, &by),
            _ => talks::settle_point(events, seq, outcome.as_ref(), &by),
        })
        .await?;
        reply(render::answer::saved(&context.view))
    }

    /// The words of a request that a SPOC corrected are an example from now on.
    pub(super) async fn keep_example(
        &self,
        context: &Context<'_>,
        id: RequestId,
        item: &ItemId,
        by: &AccountId,
    ) -> Result<(), DeskError> {
        let organisation = &context.organisation.id;
        let Some((request, _)) = self.load(organisation, id).await? else { return Ok(()) };
        let words = request.said.first().and_then(|said| said.text.text()).unwrap_or_default().trim();
        if words.is_empty() {
            return Ok(());
        }
        let event = OrganisationEvent::ExampleKept {
            text: Private::new(words),
            item: item.clone(),
            request: id,
            by: by.clone(),
        };
        self.journal(organisation, Some(&InboxKey(format!("example:{id}:{item}"))), event).await?;
        self.learn_corrections(organisation).await
    }

    /// Appends to the journal of the organisation, once for each key.
    pub(in crate::desk) async fn journal(
        &self,
        organisation: &OrganisationId,
        key: Option<&InboxKey>,
        event: OrganisationEvent,
    ) -> Result<(), DeskError> {
        self.journal_what(organisation, key, &|_| Some(event.clone())).await
    }

    /// Appends what the journal as it stands comes to, decided anew when somebody else wrote to it meanwhile.
    async fn journal_what(
        &self,
        organisation: &OrganisationId,
        key: Option<&InboxKey>,
        decide: &(dyn Fn(&[Recorded<OrganisationEvent>]) -> Option<OrganisationEvent> + Sync),
    ) -> Result<(), DeskError> {
        loop {
            let now = self.clock.now();
            let loaded = self.store.load_organisation(organisation).await?;
            let Some(event) = decide(&loaded.events) else { return Ok(()) };
            let mut unit = Unit::new(organisation.clone(), now);
            unit.inbox = key.cloned();
            unit.changes.push(unit::of_organisation(loaded.head, vec![(event, vec![])], now));
            match self.commit(unit).await {
                Ok(_) | Err(CommitError::Seen) => return Ok(()),
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// The provider that a command names; without a name the only one.
pub(super) fn the_provider<'a>(context: &Context<'a>, call: &CommandCall) -> Option<&'a ProviderSettings> {
    let register = &context.house.register;
    match call.option("provider") {
        Some(given) => register.providers.get(&provider_named(&context.view, given)),
        None => match register.providers_of(context.organisation).as_slice() {
            [only] => Some(only),
            _ => None,
        },
    }
}
