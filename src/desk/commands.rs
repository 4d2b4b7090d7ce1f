//! Commands: what SPOCs ask and order, and what everybody may ask about themselves.

mod away;
mod board;
mod daily;
mod export;
mod invoice;
mod list;
mod privacy;
mod quote;
mod register;
mod reports;
mod setup;
mod show;
mod talks;
mod who_may;

use super::act::{Acted, Along};
use super::listing::{self, WAITS_LONG, undelivered};
use super::press::reader_lang;
use super::{Desk, DeskError, House};
use crate::domain::register::{Organisation, Role, Topic};
use crate::domain::request::{Actor, Command, Request, event::Recorded, fold};
use crate::domain::{AccountId, Instant, LocalMoment, Number, Private, RequestId};
use crate::intake;
use crate::ports::{CommandCall, EffectState, InboxKey, Reply};
use crate::render;
use crate::render::message::Message;

/// Rows on a page of `/open`.
const PAGE: u32 = 10;
/// Choices in a completion, as many as the platform shows.
const CHOICES: u32 = 25;

/// A command with the context in which it is answered.
pub(super) struct Context<'a> {
    house: &'a House,
    organisation: &'a Organisation,
    view: render::View<'a>,
    actor: Actor,
    spoc: bool,
}

impl<'a> Context<'a> {
    /// In whose words it is answered.
    pub(super) fn view(&self) -> &render::View<'a> {
        &self.view
    }

    /// Whether a SPOC asks.
    pub(super) fn is_spoc(&self) -> bool {
        self.spoc
    }
}

impl Desk {
    /// A command was given. The answer is for that person alone.
    pub(super) async fn command(&self, call: CommandCall) -> Result<Reply, DeskError> {
        let house = self.house();
        if call.name == "whoami" {
            return Ok(private(self.whoami(&house, &call)));
        }
        let Some(organisation) = self.organisation_for(&house, &call) else {
            return Ok(self.short_reply(&house, &call.by, render::answer::not_allowed));
        };
        let context = self.context(&house, organisation, &call.by, call.locale.as_deref());
        let message = match call.name.as_str() {
            "board" => self.board(&context, &call).await?,
            "agenda" => self.agenda(&context, &call).await?,
            "digest" => self.week_of(&context, &call).await?,
            "quarter" => self.quarter(&context, &call).await?,
            "export" => self.export(&context, &call).await?,
            "open" => self.list(&context, &list::filter_of(&call, &context), None).await?,
            "show" => self.show(&context, &call).await?,
            "status" => self.status(&context, &call).await?,
            "cancel" => {
                let why = call.option("reason").map(Private::new);
                self.order(&context, &call, Command::Cancel { why }).await?
            }
            "resend" => self.resend(&context, &call).await?,
            "chase" => self.chase(&context, &call).await?,
            "note" => self.note_down(&context, &call).await?,
            "promise" => self.promise(&context, &call).await?,
            "today" => self.today(&context).await?,
            "request" => self.register(&context, &call).await?,
            "invoice" => self.invoice(&context, &call).await?,
            "quote" => self.quote(&context, &call).await?,
            "away" => self.away(&context, &call).await?,
            "back" => self.back(&context, &call).await?,
            "privacy" => self.privacy(&context, &call).await?,
            "who-may" => self.who_may(&context, &call).await?,
            _ => render::answer::help(&context.view, context.spoc),
        };
        Ok(private(message))
    }

    pub(super) fn context<'a>(
        &self,
        house: &'a House,
        organisation: &'a Organisation,
        by: &AccountId,
        locale: Option<&str>,
    ) -> Context<'a> {
        let now = self.clock.now();
        let today = now.with_timezone(&organisation.zone).date_naive();
        let spoc = organisation.person_of(by, today).is_some_and(|person| person.roles.contains(&Role::Spoc));
        let view = house.view(organisation, reader_lang(locale, organisation.lang), now);
        Context { house, organisation, view, actor: self.actor(house, &organisation.id, by, now), spoc }
    }

    /// The organisation of a command: the channel's, else the person's, else the only one on the server.
    fn organisation_for<'a>(&self, house: &'a House, call: &'a CommandCall) -> Option<&'a Organisation> {
        let register = &house.register;
        if let Some((organisation, _)) = register.channel(&call.channel) {
            return Some(organisation);
        }
        let now = self.clock.now();
        let own = register.organisations.values().find(|organisation| {
            let today = now.with_timezone(&organisation.zone).date_naive();
            organisation.person_of(&call.by, today).is_some()
        });
        own.or_else(|| {
            let mut here = register.on_server(call.server.as_ref()?);
            here.next().filter(|_| here.next().is_none())
        })
    }

    /// What about a request was given up, or was tried in vain.
    async fn tried_in_vain(&self, context: &Context<'_>, id: RequestId) -> Result<Vec<EffectState>, DeskError> {
        self.in_vain(&context.organisation.id, id).await
    }

    /// `/resend`: what the provider did not get, and what could not be posted.
    async fn resend(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let Some((request, _)) = self.named(context, call).await? else {
            return Ok(unknown(context, call));
        };
        let waits = context.spoc && !self.tried_in_vain(context, request.id).await?.is_empty();
        let key = InboxKey(format!("interaction:{}", call.token.id));
        let along = Along { revived: waits.then_some(request.id), ..Along::inbox(key) };
        let acted = self.act(&context.organisation.id, request.id, &context.actor, &Command::Resend, &along).await?;
        self.ring();
        Ok(match acted {
            Acted::Refused(_) if waits => render::answer::saved(&context.view),
            acted => answered(context, call, acted),
        })
    }

    /// The request that a command names, if the person may see it.
    async fn named(
        &self,
        context: &Context<'_>,
        call: &CommandCall,
    ) -> Result<Option<(Request, Vec<Recorded>)>, DeskError> {
        let Some(number) = call.option("id").and_then(|text| text.parse::<Number>().ok()) else { return Ok(None) };
        let organisation = &context.organisation.id;
        let Some(id) = self.store.by_number(organisation, number).await? else { return Ok(None) };
        let Some(loaded) = self.store.load(organisation, id).await? else { return Ok(None) };
        let Some(request) = fold(id, organisation, loaded.events.clone())? else { return Ok(None) };
        let own = request.origin.requester.account.as_ref() == Some(&call.by);
        Ok((own || context.spoc).then_some((request, loaded.events)))
    }

    async fn order(&self, context: &Context<'_>, call: &CommandCall, command: Command) -> Result<Message, DeskError> {
        let Some((request, _)) = self.named(context, call).await? else {
            return Ok(unknown(context, call));
        };
        self.carry_out_command(context, call, request.id, &command).await
    }

    async fn carry_out_command(
        &self,
        context: &Context<'_>,
        call: &CommandCall,
        id: RequestId,
        command: &Command,
    ) -> Result<Message, DeskError> {
        let along = Along::inbox(InboxKey(format!("interaction:{}", call.token.id)));
        Ok(answered(context, call, self.act(&context.organisation.id, id, &context.actor, command, &along).await?))
    }

    /// A day or moment in plain words.
    fn day(&self, context: &Context<'_>, text: &str) -> Option<LocalMoment> {
        self.day_at(context, text, self.clock.now())
    }

    /// The same as somebody would mean it at that moment.
    fn day_at(&self, context: &Context<'_>, text: &str, at: Instant) -> Option<LocalMoment> {
        let reader = context.house.reader(&context.organisation.id)?;
        let now = at.with_timezone(&context.organisation.zone);
        let asked = "when".into();
        let heard = intake::Heard { text, now, topic: Topic::General, addressed: true };
        reader.answer(&heard, Some(&asked)).values.when.map(|when| when.value.from)
    }

    fn whoami(&self, house: &House, call: &CommandCall) -> Message {
        let register = &house.register;
        let organisation = self.organisation_for(house, call).or_else(|| register.organisations.values().next());
        match organisation {
            Some(organisation) => {
                let context = self.context(house, organisation, &call.by, call.locale.as_deref());
                render::answer::whoami(&context.view, &call.by, &call.by_name)
            }
            None => Message::default(),
        }
    }
}

/// What a command came to, in words.
fn answered(context: &Context<'_>, call: &CommandCall, acted: Acted) -> Message {
    match acted {
        Acted::Done | Acted::Seen => render::answer::saved(&context.view),
        Acted::Missing => unknown(context, call),
        Acted::Refused(refusal) => render::refusal(&context.view, &refusal),
    }
}

fn unknown(context: &Context<'_>, call: &CommandCall) -> Message {
    render::answer::unknown_number(&context.view, call.option("id").unwrap_or_default())
}

fn private(message: Message) -> Reply {
    Reply { message, replace: false }
}
