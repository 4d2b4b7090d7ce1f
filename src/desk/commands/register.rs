//! `/request`: for oneself, or by a SPOC for a colleague who walked in or phoned.

use super::Context;
use crate::desk::act::Along;
use crate::desk::{Desk, DeskError, understand};
use crate::domain::register::Topic;
use crate::domain::request::command::Beginning;
use crate::domain::request::{Origin, Refusal, Requester, Said};
use crate::domain::{AccountId, Private};
use crate::intake;
use crate::ports::{CommandCall, InboxKey};
use crate::render;
use crate::render::message::Message;

impl Desk {
    /// `/request`: for oneself, or by a SPOC for a colleague who walked in or phoned.
    pub(super) async fn register(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let (other, name) = (call.option("for"), call.option("name"));
        if (other.is_some() || name.is_some()) && !context.spoc {
            return Ok(render::refusal(&context.view, &Refusal::SpocOnly));
        }
        let text = call.option("text").unwrap_or_default();
        let Some(reader) = context.house.reader(&context.organisation.id) else {
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
        let said = Said { message: None, by: call.by.clone(), at: now, text: Private::new(text), files: vec![] };
        let beginnings = understood
            .requests
            .iter()
            .map(|one| Beginning {
                origin: origin.clone(),
                said: said.clone(),
                content: understand::content(one, 1.0),
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
}
