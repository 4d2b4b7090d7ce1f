//! Buttons and forms. What is refused is told to the person alone; what is done shows on the card.

use super::act::{Acted, Along};
use super::{Desk, DeskError, House};
use crate::domain::register::{Role, Topic};
use crate::domain::request::command::{Report, Via};
use crate::domain::request::{Command, Progress, Refusal, Said, fold};
use crate::domain::{AccountId, Lang, Money, OrganisationId, Private, RequestId};
use crate::intake;
use crate::ports::{InboxKey, PostKey, Pressed, Reply};
use crate::render;
use crate::render::message::{Action, Form, Message};

impl Desk {
    /// A button was pressed, or the form behind it was sent in with `text`.
    pub(super) async fn pressed(&self, pressed: Pressed, text: Option<String>) -> Result<Option<Reply>, DeskError> {
        let house = self.house();
        if let Action::Belongs(organisation, mail) | Action::Drop(organisation, mail) = &pressed.action {
            return self.pressed_stray(&house, organisation, *mail, &pressed, text).await;
        }
        if let Action::Kept(..) | Action::Broken(..) | Action::Discussed(..) = &pressed.action {
            return self.pressed_talk(&house, &pressed, text).await;
        }
        if let Action::SendAgenda(..) = &pressed.action {
            return self.send_agenda(&house, &pressed).await;
        }
        if is_about_a_bill(&pressed.action) {
            return self.pressed_bill(&house, &pressed).await;
        }
        let Some(id) = request_of(&pressed.action) else {
            return self.turn_page(&house, &pressed).await.map(Some);
        };
        let Some(organisation) = self.organisation_of(&house, id).await? else {
            return Ok(Some(self.short_reply(&house, &pressed.by, render::answer::not_understood)));
        };
        if let Action::About(keeper, _, to) = pressed.action {
            return self.pressed_which(&house, &organisation, keeper, to, &pressed).await;
        }
        if matches!(pressed.action, Action::Preview(_)) {
            return self.preview(&house, &organisation, id, &pressed).await.map(Some);
        }
        if is_daily_act(&pressed.action) {
            return self.daily_act(&house, &organisation, id, &pressed, text).await;
        }
        let Some(command) = self.command_behind(&house, &organisation, &pressed, text)? else { return Ok(None) };
        let actor = self.actor(&house, &organisation, &pressed.by, self.clock.now());
        let along = Along::inbox(InboxKey(format!("interaction:{}", pressed.token.id)));
        match self.act(&organisation, id, &actor, &command, &along).await? {
            Acted::Done | Acted::Seen => match command {
                // Nothing else shows that it was noted.
                Command::Rate { .. } => Ok(Some(self.short_reply(&house, &pressed.by, render::answer::thanks))),
                _ => Ok(None),
            },
            Acted::Missing => Ok(Some(self.short_reply(&house, &pressed.by, render::answer::not_understood))),
            Acted::Refused(refusal) => {
                // After the end there is nothing to open again: a new request begins that names the old one.
                if let (Refusal::Closed, Command::NotSolved { note }) = (&refusal, &command) {
                    let key = InboxKey(format!("again:{}", pressed.token.id));
                    if self.pressed_again(&house, &organisation, id, &pressed.by, note.as_ref(), key).await? {
                        return Ok(None);
                    }
                }
                let Some(configured) = house.organisation(&organisation) else { return Ok(None) };
                let lang = reader_lang(pressed.locale.as_deref(), configured.lang);
                let view = house.view(configured, lang, self.clock.now());
                let mut message = render::refusal(&view, &refusal);
                let today = self.clock.now().with_timezone(&configured.zone).date_naive();
                // Who decided is for the organisation's own people.
                if matches!(refusal, Refusal::AlreadyDecided { .. })
                    && configured.person_of(&pressed.by, today).is_some()
                    && let Some(loaded) = self.store.load(&organisation, id).await?
                    && let Some(request) = fold(id, &organisation, loaded.events.clone())?
                {
                    message = render::approvers::decided_already(&view.with_history(&loaded.events), &request);
                }
                Ok(Some(Reply { message, replace: false }))
            }
        }
    }

    /// The organisation whose request an identity is. Identities are unguessable and unique over all organisations.
    pub(super) async fn organisation_of(
        &self,
        house: &House,
        id: RequestId,
    ) -> Result<Option<OrganisationId>, DeskError> {
        for organisation in house.register.organisations.keys() {
            if self.store.load(organisation, id).await?.is_some() {
                return Ok(Some(organisation.clone()));
            }
        }
        Ok(None)
    }

    /// What the provider is told, word for word, for whoever pressed alone: people of the organisation's register. Of a confidential
    /// request only its own side and the SPOC read it.
    async fn preview(
        &self,
        house: &House,
        organisation: &OrganisationId,
        id: RequestId,
        pressed: &Pressed,
    ) -> Result<Reply, DeskError> {
        let now = self.clock.now();
        let (Some(configured), Some((request, _))) =
            (house.organisation(organisation), self.load(organisation, id).await?)
        else {
            return Ok(self.short_reply(house, &pressed.by, render::answer::not_understood));
        };
        let view = house.view(configured, reader_lang(pressed.locale.as_deref(), configured.lang), now);
        let today = now.with_timezone(&configured.zone).date_naive();
        let person = configured.person_of(&pressed.by, today);
        let own = request.is_of(&pressed.by) || person.is_some_and(|person| person.roles.contains(&Role::Spoc));
        let message = if own || person.is_some() && !view.confidential(&request) {
            self.hang(&view, &request, request.along(), render::preview(&view, &request)).await?
        } else {
            render::refusal(&view, &Refusal::NotYours)
        };
        Ok(Reply { message, replace: false })
    }

    /// The command behind a button; `None` for a form that was opened and not sent in.
    fn command_behind(
        &self,
        house: &House,
        organisation: &OrganisationId,
        pressed: &Pressed,
        text: Option<String>,
    ) -> Result<Option<Command>, DeskError> {
        let words = || text.clone().filter(|text| !text.trim().is_empty()).map(Private::new);
        Ok(match &pressed.action {
            Action::Confirm(_) => Some(Command::Confirm),
            Action::Discard(_) | Action::Dismiss(_) => Some(Command::Discard),
            Action::Accept(_) => Some(Command::Accept),
            Action::Choose(_, item) => Some(Command::ChooseItem { item: item.clone() }),
            Action::Agree(_, revision) => Some(Command::Agree { revision: *revision, via: Via::Button }),
            Action::Decline(_, revision) => Some(Command::Decline { revision: *revision, via: Via::Button, why: None }),
            Action::DeclineBecause(_, revision) => {
                text.is_some().then(|| Command::Decline { revision: *revision, via: Via::Button, why: words() })
            }
            Action::Limit(_, revision) => text.as_deref().map(|text| {
                // Words without an amount come to the same as nothing: the rules say so to the person.
                let ceiling = intake::limit_named(text).unwrap_or(Money::unknown_basis(0));
                Command::Limit { revision: *revision, ceiling, via: Via::Button }
            }),
            Action::Enclose(_, file, yes) => Some(Command::AllowFile { file: *file, yes: *yes }),
            Action::Solved(_) => Some(Command::Solved),
            Action::NotSolved(_) => text.is_some().then(|| Command::NotSolved { note: words() }),
            Action::Resend(_) => Some(Command::Resend),
            Action::Arrived(_) => {
                Some(Command::Report { report: Report::Progress(Progress::Received), number: None, note: None })
            }
            Action::Carried(_) => text.as_deref().map(|text| Command::Carried { number: Some(text.to_owned()) }),
            Action::Adopt(_, seq) => Some(Command::Adopt { seq: *seq }),
            Action::Confirmed(_) => Some(Command::Confirmed),
            Action::CalledBack(_) => Some(Command::CalledBack),
            Action::DutyCalled(_) => Some(Command::DutyCalled),
            Action::Rate(_, rating) => Some(Command::Rate { rating: *rating }),
            Action::Amend(_) => text.as_deref().and_then(|text| self.amendment(house, organisation, &pressed.by, text)),
            Action::Page { .. }
            | Action::About(..)
            | Action::Preview(_)
            | Action::Belongs(..)
            | Action::Drop(..)
            | Action::Kept(..)
            | Action::Broken(..)
            | Action::Discussed(..)
            | Action::SendAgenda(..)
            | Action::Urge(_)
            | Action::Note(_)
            | Action::Stand(_)
            | Action::Correct(_)
            | Action::Cancel(_)
            | Action::Done(_)
            | Action::PutBill(..)
            | Action::BillTo(..)
            | Action::AskBill(..)
            | Action::DropBill(..)
            | Action::AgreeBill(..)
            | Action::DeclineBill(..) => None,
        })
    }

    /// What was typed behind *Aanpassen* is read as any reply.
    fn amendment(&self, house: &House, organisation: &OrganisationId, by: &AccountId, text: &str) -> Option<Command> {
        let reader = house.reader(organisation)?;
        let now = self.clock.now();
        let heard = intake::Heard {
            text,
            now: now.with_timezone(&house.organisation(organisation)?.zone),
            topic: Topic::General,
            addressed: true,
        };
        let answer = reader.answer(&heard, None);
        let said = Said { message: None, by: by.clone(), at: now, text: Private::new(text), files: vec![] };
        Some(Command::Tell { said, reading: Box::new(super::understand::reading(&answer, None, text)) })
    }

    /// The form behind a button, from the button alone: nothing is read, so that it opens within the platform's three seconds.
    pub fn form(&self, action: &Action, locale: Option<&str>) -> Option<Form> {
        let house = self.house();
        let organisation = house.register.organisations.values().next()?;
        let view = house.view(organisation, reader_lang(locale, organisation.lang), self.clock.now());
        render::form(&view, action)
    }

    /// Tells the administrators that a configuration was not taken, and why.
    pub async fn tell_administrators(&self, sentences: &(dyn Fn(Lang) -> Vec<String> + Sync)) {
        self.say_to_administrators(&|view| render::configuration_refused(view, &sentences(view.lang))).await;
    }

    /// Says something to the administrators that is about no request, as well as it goes: it promises nothing.
    pub(super) async fn say_to_administrators(&self, say: &(dyn Fn(&render::View<'_>) -> Message + Sync)) {
        let house = self.house();
        let now = self.clock.now();
        for organisation in house.register.organisations.values() {
            let today = now.with_timezone(&organisation.zone).date_naive();
            for person in organisation.with_role(Role::Administrator, today) {
                let Some(account) = person.accounts.first() else { continue };
                let message = say(&house.view(organisation, organisation.lang, now));
                let key = PostKey(format!("admin-{}", now.timestamp_millis()));
                let told = match self.chat.open_direct(account).await {
                    Ok(channel) => self.chat.post(&channel, &message, None, &key).await.map(|_| ()),
                    Err(error) => Err(error),
                };
                if let Err(error) = told {
                    tracing::warn!(%error, "an administrator could not be told");
                }
            }
        }
    }

    /// A short answer in the language of the person's organisation.
    pub(super) fn short_reply(
        &self,
        house: &House,
        to: &AccountId,
        say: impl Fn(&render::View<'_>) -> Message,
    ) -> Reply {
        let now = self.clock.now();
        let organisations = &house.register.organisations;
        let own = organisations.values().find(|organisation| {
            organisation.person_of(to, now.with_timezone(&organisation.zone).date_naive()).is_some()
        });
        let message = own
            .or_else(|| organisations.values().next())
            .map(|organisation| say(&house.view(organisation, organisation.lang, now)));
        Reply { message: message.unwrap_or_default(), replace: false }
    }
}

/// The language of a person's client where Loket speaks it, else the organisation's.
pub(super) fn reader_lang(locale: Option<&str>, otherwise: Lang) -> Lang {
    match locale.map(|locale| locale.split('-').next().unwrap_or_default()) {
        Some("nl") => Lang::Nl,
        Some("en") => Lang::En,
        _ => otherwise,
    }
}

/// The request that a button is about.
fn request_of(action: &Action) -> Option<RequestId> {
    match action {
        Action::Confirm(id)
        | Action::Amend(id)
        | Action::Discard(id)
        | Action::Accept(id)
        | Action::Dismiss(id)
        | Action::Choose(id, _)
        | Action::Agree(id, _)
        | Action::Decline(id, _)
        | Action::DeclineBecause(id, _)
        | Action::Limit(id, _)
        | Action::Preview(id)
        | Action::Enclose(id, ..)
        | Action::Solved(id)
        | Action::NotSolved(id)
        | Action::Resend(id)
        | Action::Arrived(id)
        | Action::Carried(id)
        | Action::Adopt(id, _)
        | Action::Confirmed(id)
        | Action::CalledBack(id)
        | Action::PutBill(id, _)
        | Action::BillTo(id, _)
        | Action::DutyCalled(id)
        | Action::Urge(id)
        | Action::Note(id)
        | Action::Stand(id)
        | Action::Correct(id)
        | Action::Cancel(id)
        | Action::Done(id)
        | Action::Rate(id, _)
        | Action::About(id, ..) => Some(*id),
        Action::Belongs(..)
        | Action::Drop(..)
        | Action::Kept(..)
        | Action::Broken(..)
        | Action::Discussed(..)
        | Action::SendAgenda(..)
        | Action::AskBill(..)
        | Action::DropBill(..)
        | Action::AgreeBill(..)
        | Action::DeclineBill(..)
        | Action::Page { .. } => None,
    }
}

/// Whether a button is about a bill.
fn is_about_a_bill(action: &Action) -> bool {
    matches!(
        action,
        Action::PutBill(..)
            | Action::BillTo(..)
            | Action::AskBill(..)
            | Action::DropBill(..)
            | Action::AgreeBill(..)
            | Action::DeclineBill(..)
    )
}

/// What stands as a button on the story of a request, for the SPOC.
fn is_daily_act(action: &Action) -> bool {
    matches!(
        action,
        Action::Urge(_) | Action::Note(_) | Action::Stand(_) | Action::Correct(_) | Action::Cancel(_) | Action::Done(_)
    )
}
