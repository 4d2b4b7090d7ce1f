//! `/show`: a request's whole story in one message, with the daily acts as buttons on it; and `/status`, one of them as a command.

use super::{Context, undelivered, unknown};
use crate::desk::act::{Acted, Along};
use crate::desk::{Desk, DeskError, House};
use crate::domain::provider::{Status, StatusWords};
use crate::domain::register::Topic;
use crate::domain::request::command::Report;
use crate::domain::request::{Command, Ending, Progress, fold};
use crate::domain::{OrganisationId, Private, RequestId};
use crate::intake::naming::Named;
use crate::ports::{CommandCall, InboxKey, Pressed, Reply};
use crate::render;
use crate::render::message::{Action, Message};

/// What the words behind *Stand* or *Corrigeren* come to.
enum Meant {
    /// That command.
    Command(Command),
    /// Nothing that could be carried out; what the person is told instead.
    Unclear(Box<Message>),
}

impl Desk {
    pub(super) async fn show(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        match self.named(context, call).await? {
            Some((request, _)) => self.shown(context, request.id).await,
            None => Ok(unknown(context, call)),
        }
    }

    /// The whole story of a request as it is now.
    async fn shown(&self, context: &Context<'_>, id: RequestId) -> Result<Message, DeskError> {
        let organisation = &context.organisation.id;
        let Some(loaded) = self.store.load(organisation, id).await? else {
            return Ok(render::answer::not_understood(&context.view));
        };
        let Some(request) = fold(id, organisation, loaded.events.clone())? else {
            return Ok(render::answer::not_understood(&context.view));
        };
        let waiting = if context.spoc { self.tried_in_vain(context, id).await? } else { vec![] };
        let waiting: Vec<_> = waiting.iter().map(undelivered).collect();
        let view = context.view.with_history(&loaded.events);
        let mut message = render::answer::show(&view, &request, &loaded.events, &waiting);
        if context.spoc {
            message.buttons = render::daily::acts(&view, &request, !waiting.is_empty());
        }
        Ok(message)
    }

    /// One of the daily acts was pressed, or its form sent in; the story is shown again as it is afterwards.
    pub(in crate::desk) async fn daily_act(
        &self,
        house: &House,
        organisation: &OrganisationId,
        id: RequestId,
        pressed: &Pressed,
        text: Option<String>,
    ) -> Result<Option<Reply>, DeskError> {
        let Some(configured) = house.organisation(organisation) else {
            return Ok(Some(self.short_reply(house, &pressed.by, render::answer::not_understood)));
        };
        let context = self.context(house, configured, &pressed.by, pressed.locale.as_deref());
        let private = |message| Ok(Some(Reply { message, replace: false }));
        if !context.spoc {
            return private(render::refusal(&context.view, &crate::domain::request::Refusal::SpocOnly));
        }
        let Some(meant) = self.act_behind(&context, &pressed.action, text.as_deref()) else { return Ok(None) };
        let command = match meant {
            Meant::Command(command) => command,
            Meant::Unclear(message) => return private(*message),
        };
        let along = Along::inbox(InboxKey(format!("interaction:{}", pressed.token.id)));
        match self.act(organisation, id, &context.actor, &command, &along).await? {
            Acted::Done | Acted::Seen => {
                if let Command::Correct { item } = &command {
                    self.keep_example(&context, id, item, &pressed.by).await?;
                }
                Ok(Some(Reply { message: self.shown(&context, id).await?, replace: true }))
            }
            Acted::Missing => private(render::answer::not_understood(&context.view)),
            Acted::Refused(refusal) => private(render::refusal(&context.view, &refusal)),
        }
    }

    /// The command behind a daily act; `None` for a form that was opened and not sent in.
    fn act_behind(&self, context: &Context<'_>, action: &Action, text: Option<&str>) -> Option<Meant> {
        let words = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(Private::new);
        Some(match action {
            Action::Urge(_) => Meant::Command(Command::Urge),
            Action::Done(_) => Meant::Command(Command::Report { report: Report::Done, number: None, note: None }),
            Action::Note(_) => Meant::Command(Command::Note { text: words(text?).unwrap_or_else(|| Private::new("")) }),
            Action::Cancel(_) => Meant::Command(Command::Cancel { why: words(text?) }),
            Action::Stand(_) => self.standing(context, text?),
            Action::Correct(_) => self.correction(context, text?),
            _ => return None,
        })
    }

    /// How the provider says that it stands, in plain words: *bezig*, *gepland donderdag*, *wacht op onderdelen*.
    fn standing(&self, context: &Context<'_>, text: &str) -> Meant {
        let unclear = || Meant::Unclear(Box::new(render::daily::no_standing(&context.view, text)));
        let day = || self.day(context, text);
        let report = match StatusWords::plain().within(text) {
            Some(Status::Received) => Report::Progress(Progress::Received),
            Some(Status::Working) => Report::Progress(Progress::Working),
            Some(Status::WaitsForUs) => Report::Progress(Progress::WaitsForUs),
            Some(Status::WaitsForOthers) => Report::Progress(Progress::WaitsForOthers),
            Some(Status::Resolved) => Report::Done,
            Some(Status::Rejected) => Report::Ended(Ending::Rejected),
            Some(Status::Cancelled) => Report::Ended(Ending::Cancelled),
            Some(Status::Planned) | None => match day() {
                Some(moment) => Report::Progress(Progress::Planned(moment)),
                None => return unclear(),
            },
        };
        // More than the bare word is worth telling the requester.
        let note = (text.split_whitespace().count() > 2).then(|| Private::new(text.trim()));
        Meant::Command(Command::Report { report, number: None, note })
    }

    /// What it really is, in plain words or as the identity of a service.
    fn correction(&self, context: &Context<'_>, text: &str) -> Meant {
        let (view, organisation) = (&context.view, context.organisation);
        let now = view.now.with_timezone(&organisation.zone);
        let unclear = |message| Meant::Unclear(Box::new(message));
        let Some(reader) = context.house.reader(&organisation.id) else {
            return unclear(render::answer::not_allowed(view));
        };
        match reader.named(&context.house.register.catalogue, text, Topic::General, now) {
            Named::One(item) => Meant::Command(Command::Correct { item }),
            Named::Several(some) => unclear(render::who::which_item(view, text, &some)),
            Named::Unknown => unclear(render::who::unknown_item(view, text)),
        }
    }

    /// `/status`: how the provider says that it stands, recorded by the SPOC.
    pub(super) async fn status(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
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
}
