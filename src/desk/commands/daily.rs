//! The daily acts as commands: `/chase`, `/note` and `/today`.

use super::{Context, answered, unknown};
use crate::desk::act::{Acted, Along};
use crate::desk::{Desk, DeskError};
use crate::domain::request::{Command, Refusal, Request, StageName};
use crate::domain::talks::{self, Promise};
use crate::domain::today;
use crate::domain::{Private, RequestId};
use crate::ports::{CommandCall, InboxKey, OpenFilter};
use crate::render;
use crate::render::message::Message;
use std::collections::BTreeMap;

impl Desk {
    /// `/chase`: the provider is reminded, and the SPOC reads what went out.
    pub(super) async fn chase(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let Some((request, _)) = self.named(context, call).await? else { return Ok(unknown(context, call)) };
        let along = Along::inbox(InboxKey(format!("interaction:{}", call.token.id)));
        let acted = self.act(&context.organisation.id, request.id, &context.actor, &Command::Urge, &along).await?;
        Ok(match acted {
            Acted::Done => render::daily::urged(&context.view, &request),
            acted => answered(context, call, acted),
        })
    }

    /// `/note`: with a number it is kept with the request, else it is a point for the next meeting with a provider.
    pub(super) async fn note_down(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let text = Private::new(call.option("text").unwrap_or_default().trim());
        if call.option("id").is_none() {
            return self.raise_point(context, call, text).await;
        }
        self.order(context, call, Command::Note { text }).await
    }

    /// `/today`: what to talk about with each provider's SPOC today.
    pub(super) async fn today(&self, context: &Context<'_>) -> Result<Message, DeskError> {
        if !context.spoc {
            return Ok(render::refusal(&context.view, &Refusal::SpocOnly));
        }
        let (organisation, register) = (context.organisation, &context.house.register);
        let requests = self.with_providers(context).await?;
        let loaded = self.store.load_organisation(&organisation.id).await?;
        let promises: Vec<Promise> = talks::promises(&loaded.events);
        let lists = today::today(requests.values(), &promises, register, organisation, context.view.now);
        self.with_own(context, render::daily::today(&context.view, &lists, &requests, &promises)).await
    }

    /// The open requests that a provider has or should have, by identity.
    async fn with_providers(&self, context: &Context<'_>) -> Result<BTreeMap<RequestId, Request>, DeskError> {
        let organisation = &context.organisation.id;
        let mut found = BTreeMap::new();
        for stage in [StageName::Approved, StageName::HandedOver, StageName::InProgress] {
            let filter = OpenFilter { stage: Some(stage), ..OpenFilter::default() };
            for listed in self.everything(organisation, &filter).await? {
                if let Some((request, _)) = self.load(organisation, listed.id).await? {
                    found.insert(listed.id, request);
                }
            }
        }
        Ok(found)
    }
}
