//! Mails that fit no request: the SPOC is asked, and says where each belongs.

use super::act::Along;
use super::courier::Did;
use super::{Desk, DeskError, House, unit};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{ChannelRole, Organisation, Role};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Actor, Command};
use crate::domain::{Number, OrganisationId, Private, RequestId};
use crate::ports::{Claimed, CommitError, InboxKey, Pressed, Reply, Unit};
use crate::render;

impl Desk {
    /// Asks the SPOC where a mail belongs, unless somebody has said so.
    pub(super) async fn stray(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        mail: u64,
    ) -> Result<Did, DeskError> {
        let loaded = self.store.organisation_since(&organisation.id, mail).await?;
        let Some(event) = open_mail(&loaded.events, mail) else { return Ok(Did::Done) };
        let OrganisationEvent::MailSetAside { among, .. } = event else { return Ok(Did::Done) };
        let mut numbers = Vec::new();
        for id in among {
            let request = self.load(&organisation.id, *id).await?;
            numbers.extend(request.and_then(|(request, _)| request.number()).map(|number| number.to_string()));
        }
        let Some(channel) = organisation.channel_for(ChannelRole::Spoc) else { return Ok(self.no_channel()) };
        let view = house.view(organisation, organisation.lang, self.clock.now());
        let message = render::stray::stray(&view, mail, event, &numbers);
        self.say_in(organisation, claim, &channel.id, &message).await
    }

    /// The SPOC says to which request a mail belongs, or that it belongs nowhere.
    pub(super) async fn pressed_stray(
        &self,
        house: &House,
        organisation: &OrganisationId,
        mail: u64,
        pressed: &Pressed,
        text: Option<String>,
    ) -> Result<Option<Reply>, DeskError> {
        let Some(configured) = house.organisation(organisation) else {
            return Ok(Some(self.short_reply(house, &pressed.by, render::answer::not_understood)));
        };
        let drops = matches!(pressed.action, render::message::Action::Drop(..));
        if !drops && text.is_none() {
            return Ok(None);
        }
        let now = self.clock.now();
        let lang = super::press::reader_lang(pressed.locale.as_deref(), configured.lang);
        let view = house.view(configured, lang, now);
        let reply = |message| Ok(Some(Reply { message, replace: false }));
        let today = now.with_timezone(&configured.zone).date_naive();
        let spoc = configured.person_of(&pressed.by, today).is_some_and(|person| person.roles.contains(&Role::Spoc));
        if !spoc {
            return reply(render::refusal(&view, &crate::domain::request::Refusal::SpocOnly));
        }
        let typed = text.unwrap_or_default();
        let number = typed.trim().trim_start_matches('#').parse::<Number>().ok();
        let to = match number {
            Some(number) => self.store.by_number(organisation, number).await?,
            None => None,
        };
        if !drops && to.is_none() {
            return reply(render::answer::unknown_number(&view, &typed));
        }
        loop {
            let loaded = self.store.organisation_since(organisation, mail).await?;
            let Some(event) = open_mail(&loaded.events, mail).cloned() else {
                return reply(render::stray::known(&view));
            };
            if let Some(id) = to {
                // Told first: dying between the two asks again, and the inbox knows what was told.
                let actor = self.actor(house, organisation, &pressed.by, now);
                self.tell_stray(organisation, id, mail, &event, &actor).await?;
            }
            let settled = OrganisationEvent::MailSettled { mail, to, by: pressed.by.clone() };
            let mut unit = Unit::new(organisation.clone(), now);
            unit.changes.push(unit::of_organisation(loaded.head, vec![(settled, vec![])], now));
            match self.commit(unit).await {
                Ok(_) => break,
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        reply(render::stray::settled(&view, number.filter(|_| !drops).map(|number| number.to_string()).as_deref()))
    }

    /// The request gets the words of a mail that a person put with it. They move nothing: that is for people as well.
    async fn tell_stray(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
        mail: u64,
        event: &OrganisationEvent,
        actor: &Actor,
    ) -> Result<(), DeskError> {
        let OrganisationEvent::MailSetAside { from, subject, text, .. } = event else { return Ok(()) };
        let words = text.text().filter(|text| !text.trim().is_empty()).or(subject.text()).unwrap_or_default();
        let command = Command::Attach { text: Private::new(words), who: from.text().map(Private::new) };
        let along = Along::inbox(InboxKey(format!("stray:{organisation}:{mail}:{id}")));
        self.act(organisation, id, actor, &command, &along).await.map(|_| ())
    }
}

/// The event that set a mail aside, while nobody has said where it belongs; among the events from it on.
fn open_mail(events: &[Recorded<OrganisationEvent>], mail: u64) -> Option<&OrganisationEvent> {
    let settled = |recorded: &Recorded<OrganisationEvent>| matches!(recorded.event, OrganisationEvent::MailSettled { mail: settled, .. } if settled == mail);
    let event = events.iter().find(|recorded| recorded.seq == mail).map(|recorded| &recorded.event);
    event.filter(|event| matches!(event, OrganisationEvent::MailSetAside { .. }) && !events.iter().any(settled))
}
