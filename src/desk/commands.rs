//! Commands: what SPOCs ask and order, and what everybody may ask about themselves.

mod away;
mod who_may;

use super::act::{Acted, Along};
use super::press::reader_lang;
use super::{Desk, DeskError, House};
use crate::domain::register::{Organisation, Role, Topic};
use crate::domain::request::command::{Beginning, Report};
use crate::domain::request::{
    Actor, Command, Ending, Origin, Progress, Request, Requester, Said, StageName, WaitsFor, event::Recorded, fold,
};
use crate::domain::{AccountId, Instant, LocalMoment, Number, Private, RequestId};
use crate::intake;
use crate::ports::{CommandCall, Completion, Cursor, EffectState, InboxKey, OpenFilter, Pressed, Reply, StreamId};
use crate::render;
use crate::render::message::{Action, Message};
use crate::render::undelivered::Undelivered;
use chrono::Duration;

/// Rows on a page of `/open`.
const PAGE: u32 = 10;
/// Choices in a completion, as many as the platform shows.
const CHOICES: u32 = 25;
/// What was tried in vain for so long is shown in `/open`; less is an ordinary pause.
const WAITS_LONG: Duration = Duration::minutes(10);

/// A command with the context in which it is answered.
struct Context<'a> {
    house: &'a House,
    organisation: &'a Organisation,
    view: render::View<'a>,
    actor: Actor,
    spoc: bool,
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
            "open" => self.list(&context, &filter_of(&call, &context), None).await?,
            "show" => self.show(&context, &call).await?,
            "status" => self.status(&context, &call).await?,
            "cancel" => {
                let why = call.option("reason").map(Private::new);
                self.order(&context, &call, Command::Cancel { why }).await?
            }
            "resend" => self.resend(&context, &call).await?,
            "request" => self.register(&context, &call).await?,
            "away" => self.away(&context, &call).await?,
            "back" => self.back(&context, &call).await?,
            "who-may" => self.who_may(&context, &call).await?,
            _ => render::answer::help(&context.view, context.spoc),
        };
        Ok(private(message))
    }

    /// The next page of a list, behind a button.
    pub(super) async fn turn_page(&self, house: &House, pressed: &Pressed) -> Result<Reply, DeskError> {
        let Action::Page { cursor } = &pressed.action else {
            return Ok(self.short_reply(house, &pressed.by, render::answer::late));
        };
        let Some(turn) = read_cursor(house, cursor) else {
            return Ok(self.short_reply(house, &pressed.by, render::answer::late));
        };
        let context = self.context(house, turn.organisation, &pressed.by, pressed.locale.as_deref());
        let mut filter = OpenFilter { stage: turn.stage, waits_for: turn.waits_for, ..OpenFilter::default() };
        filter.requester = turn.flags.contains('m').then(|| pressed.by.clone());
        filter.due_before = turn.flags.contains('o').then_some(context.view.now);
        let filter = restricted(filter, &context);
        let message = self.list(&context, &filter, Some(turn.after)).await?;
        Ok(Reply { message, replace: true })
    }

    /// Numbers to choose from while a person types. Empty when it cannot be told in time.
    pub async fn complete(&self, call: &CommandCall, typed: &str) -> Vec<Completion> {
        let house = self.house();
        let Some(organisation) = self.organisation_for(&house, call) else { return vec![] };
        let context = self.context(&house, organisation, &call.by, call.locale.as_deref());
        let prefix = typed.trim().trim_start_matches('#');
        let Ok(found) = self.store.complete_number(&organisation.id, prefix, CHOICES).await else { return vec![] };
        found
            .into_iter()
            .filter(|listed| context.spoc || listed.summary.requester.as_ref() == Some(&call.by))
            .filter_map(|listed| {
                let value = listed.summary.number?.to_string();
                Some(Completion { label: render::plain::completion(&context.view, &listed.summary), value })
            })
            .collect()
    }

    fn context<'a>(
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

    async fn list(
        &self,
        context: &Context<'_>,
        filter: &OpenFilter,
        after: Option<Cursor>,
    ) -> Result<Message, DeskError> {
        let mut rows = self.store.list(&context.organisation.id, filter, after, PAGE + 1).await?;
        let more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let next = rows.last().filter(|_| more).map(|last| {
            let cursor = Cursor { opened_at: last.summary.opened_at, id: last.id };
            write_cursor(context.organisation, filter, cursor)
        });
        // Who did not get to see what is the SPOC's concern.
        let stuck = if context.spoc {
            self.store.stuck(&context.organisation.id, context.view.now - WAITS_LONG).await?
        } else {
            vec![]
        };
        let rows: Vec<_> = rows.into_iter().map(|listed| (listed.summary, stuck.contains(&listed.id))).collect();
        Ok(render::answer::open(&context.view, &rows, None, next.as_deref()))
    }

    async fn show(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        match self.named(context, call).await? {
            Some((request, events)) => {
                let waiting = if context.spoc { self.tried_in_vain(context, request.id).await? } else { vec![] };
                let waiting: Vec<_> = waiting.iter().map(undelivered).collect();
                Ok(render::answer::show(&context.view.with_history(&events), &request, &events, &waiting))
            }
            None => Ok(unknown(context, call)),
        }
    }

    /// What about a request was given up, or was tried in vain.
    async fn tried_in_vain(&self, context: &Context<'_>, id: RequestId) -> Result<Vec<EffectState>, DeskError> {
        let effects = self.store.effects_of(&context.organisation.id, StreamId::Request(id)).await?;
        Ok(effects.into_iter().filter(|effect| effect.given_up || effect.why.is_some()).collect())
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

    /// `/status`: how the provider says that it stands, recorded by the SPOC.
    async fn status(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let planned = call.option("date").and_then(|text| self.day(context, text));
        let report = match call.option("state") {
            Some("received") => Report::Progress(Progress::Received),
            Some("working") => Report::Progress(Progress::Working),
            Some("waits-for-us") => Report::Progress(Progress::WaitsForUs),
            Some("waits-for-others") => Report::Progress(Progress::WaitsForOthers),
            Some("planned") => match planned {
                Some(moment) => Report::Progress(Progress::Planned(moment)),
                None => return Ok(render::answer::not_understood(&context.view)),
            },
            Some("done") => Report::Done,
            Some("cancelled") => Report::Ended(Ending::Cancelled),
            Some("rejected") => Report::Ended(Ending::Rejected),
            _ => match planned {
                Some(moment) => Report::Progress(Progress::Planned(moment)),
                None => return self.show(context, call).await,
            },
        };
        let number = call.option("number").map(str::to_owned);
        let note = call.option("note").map(Private::new);
        self.order(context, call, Command::Report { report, number, note }).await
    }

    /// A day or moment in plain words.
    fn day(&self, context: &Context<'_>, text: &str) -> Option<LocalMoment> {
        self.day_at(context, text, self.clock.now())
    }

    /// The same as somebody would mean it at that moment.
    fn day_at(&self, context: &Context<'_>, text: &str, at: Instant) -> Option<LocalMoment> {
        let reader = context.house.readers.get(&context.organisation.id)?;
        let now = at.with_timezone(&context.organisation.zone);
        let asked = "when".into();
        let heard = intake::Heard { text, now, topic: Topic::General, addressed: true };
        reader.answer(&heard, Some(&asked)).values.when.map(|when| when.value.from)
    }

    /// `/request`: for oneself, or by a SPOC for a colleague who walked in or phoned.
    async fn register(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let (other, name) = (call.option("for"), call.option("name"));
        if (other.is_some() || name.is_some()) && !context.spoc {
            return Ok(render::refusal(&context.view, &crate::domain::request::Refusal::SpocOnly));
        }
        let text = call.option("text").unwrap_or_default();
        let Some(reader) = context.house.readers.get(&context.organisation.id) else {
            return Ok(render::answer::not_allowed(&context.view));
        };
        let now = self.clock.now();
        let topic = context.house.register.channel(&call.channel).map_or(Topic::General, |(_, channel)| channel.topic);
        let heard = intake::Heard { text, now: now.with_timezone(&context.organisation.zone), topic, addressed: true };
        let understood = reader.read(&heard);
        if understood.requests.is_empty() {
            return Ok(render::answer::not_understood(&context.view));
        }
        let origin = Origin {
            requester: self.requester(context, call, other, name),
            registered_by: (other.is_some() || name.is_some()).then(|| call.by.clone()),
            source: None,
            direct: false,
            lang: understood.lang,
            at: now,
            configuration: context.house.register.revision.clone(),
        };
        let said = Said { message: None, by: call.by.clone(), at: now, text: Private::new(text) };
        let beginnings = understood
            .requests
            .iter()
            .map(|one| Beginning {
                origin: origin.clone(),
                said: said.clone(),
                content: super::understand::content(one, 1.0),
                sure: true,
                follows: None,
            })
            .collect();
        let along = Along::inbox(InboxKey(format!("interaction:{}", call.token.id)));
        Ok(match self.begin(&context.organisation.id, &context.actor, beginnings, &along).await? {
            Ok(_) => render::answer::saved(&context.view),
            Err(refusal) => render::refusal(&context.view, &refusal),
        })
    }

    fn requester(
        &self,
        context: &Context<'_>,
        call: &CommandCall,
        other: Option<&str>,
        name: Option<&str>,
    ) -> Requester {
        let today = context.view.now.with_timezone(&context.organisation.zone).date_naive();
        let account = other.map(AccountId::new).or_else(|| name.is_none().then(|| call.by.clone()));
        let by_account = account.as_ref().and_then(|account| context.organisation.person_of(account, today));
        let by_name = || {
            let wanted = name?.to_lowercase();
            let people = context.organisation.people.values().filter(|person| person.in_service(today));
            let mut same = people.filter(|person| person.name.to_lowercase() == wanted || person.id.as_str() == wanted);
            same.next().filter(|_| same.next().is_none())
        };
        let person = by_account.or_else(by_name);
        // A colleague with an account is told in chat, also when the SPOC gave the name only.
        let account = account.or_else(|| person.and_then(|person| person.accounts.first().cloned()));
        let shown = match (person, name, other) {
            (Some(person), _, _) => person.name.clone(),
            (None, Some(name), _) => name.to_owned(),
            (None, None, Some(other)) => other.rsplit(':').next().unwrap_or_default().to_owned(),
            (None, None, None) => call.by_name.clone(),
        };
        Requester { account, person: person.map(|person| person.id.clone()), name: Private::new(shown) }
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

fn undelivered(effect: &EffectState) -> Undelivered<'_> {
    Undelivered { effect: &effect.effect, since: effect.since, given_up: effect.given_up, why: effect.why.as_deref() }
}

fn unknown(context: &Context<'_>, call: &CommandCall) -> Message {
    render::answer::unknown_number(&context.view, call.option("id").unwrap_or_default())
}

fn private(message: Message) -> Reply {
    Reply { message, replace: false }
}

/// A requester sees only their own requests.
fn restricted(filter: OpenFilter, context: &Context<'_>) -> OpenFilter {
    if context.spoc { filter } else { OpenFilter { requester: context.actor.account().cloned(), ..filter } }
}

fn filter_of(call: &CommandCall, context: &Context<'_>) -> OpenFilter {
    let mine = call.option("mine").is_some_and(|text| text == "true");
    let filter = OpenFilter {
        provider: call.option("provider").map(Into::into),
        stage: call.option("stage").and_then(StageName::from_code),
        item: call.option("item").map(Into::into),
        waits_for: call.option("waits").and_then(WaitsFor::from_code),
        requester: mine.then(|| call.by.clone()),
        due_before: call.option("overdue").filter(|text| *text == "true").map(|_| context.view.now),
    };
    restricted(filter, context)
}

/// The text of a cursor: organisation, filters and the last row, within a hundred characters.
fn write_cursor(organisation: &Organisation, filter: &OpenFilter, cursor: Cursor) -> String {
    let stage = filter.stage.map_or("", StageName::code);
    let waits = filter.waits_for.map_or("", WaitsFor::code);
    let overdue = if filter.due_before.is_some() { "o" } else { "" };
    let mine = if filter.requester.is_some() { "m" } else { "" };
    let millis = cursor.opened_at.timestamp_millis();
    let id = cursor.id.to_string();
    format!("{}|{stage}|{waits}|{overdue}{mine}|{millis}|{id}", organisation.id)
}

/// What a cursor says.
struct Turn<'a> {
    organisation: &'a Organisation,
    stage: Option<StageName>,
    waits_for: Option<WaitsFor>,
    flags: &'a str,
    after: Cursor,
}

fn read_cursor<'a>(house: &'a House, text: &'a str) -> Option<Turn<'a>> {
    let mut parts = text.split('|');
    let organisation = house.organisation(&parts.next()?.into())?;
    let stage = StageName::from_code(parts.next()?);
    let waits_for = WaitsFor::from_code(parts.next()?);
    let flags = parts.next()?;
    let opened_at = chrono::DateTime::from_timestamp_millis(parts.next()?.parse().ok()?)?;
    let id = parts.next()?.parse().ok()?;
    Some(Turn { organisation, stage, waits_for, flags, after: Cursor { opened_at, id } })
}
