//! What providers say by their own systems: asked from time to time, matched with requests, told to them. Each connector has a mark up to
//! which everything was told; asking again from there repeats at most what is known.

use super::act::{Acted, Along};
use super::files::{Bodies, naming, received};
use super::{Desk, DeskError, House, unit};
use crate::domain::file;
use crate::domain::provider::{Answer, News};
use crate::domain::register::{Organisation, ProviderSettings};
use crate::domain::request::{Actor, Command, Request, Summary};
use crate::domain::{OrganisationId, Private, ProviderCode, RequestId, Token};
use crate::intake::letter;
use crate::ports::{Change, CommitError, HandedTo, InboxKey, OpenFilter, Provider, ProviderError, Ticket, Unit};
use crate::render::file::File;
use chrono::Duration;

impl Desk {
    /// Asks every live provider whose system can be asked what is new; says how much there was.
    pub async fn ask_providers(&self) -> Result<usize, DeskError> {
        let house = self.house();
        let mut heard = 0;
        for (code, connector) in &house.connectors {
            if connector.tells() {
                // Whatever is the matter with one, the others are asked.
                heard += unless_fatal(self.ask_provider(&house, code, connector.as_ref()).await)?;
            }
        }
        Ok(heard)
    }

    /// Orders of a release that did not keep by what answers find them get that written beside them.
    pub(super) async fn remember_references(&self, organisation: &Organisation) -> Result<(), DeskError> {
        for listed in self.everything(&organisation.id, &OpenFilter::default()).await? {
            if listed.summary.token.is_some() || listed.summary.number.is_none() {
                continue;
            }
            let Some((request, head)) = self.load(&organisation.id, listed.id).await? else { continue };
            let summary = Some(Summary::of(&request, organisation));
            let mut unit = Unit::new(organisation.id.clone(), self.clock.now());
            unit.changes.push(Change { summary, ..unit::put_off(listed.id, head, "", None) });
            match self.commit(unit).await {
                // Whoever changed it meanwhile wrote the row anew.
                Ok(_) | Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    pub(super) async fn ask_provider(
        &self,
        house: &House,
        code: &ProviderCode,
        connector: &dyn Provider,
    ) -> Result<usize, DeskError> {
        let Some(settings) = house.register.providers.get(code) else { return Ok(0) };
        let name = format!("provider:{code}");
        // What is hinted at from now on may come too late for this reading.
        self.hints.answered(code);
        let mark = self.store.mark(&name).await?;
        let open: Vec<Ticket> = self.store.handed_to(code).await?.iter().filter_map(|one| ticket(house, one)).collect();
        let asked = connector.news(mark.as_deref(), &open).await;
        self.gates.learn(code, &asked, self.clock.now());
        let bulletin = match asked {
            Ok(bulletin) => bulletin,
            Err(error) => {
                tracing::warn!(provider.code = %code, %error, "a provider could not be asked what is new");
                if let ProviderError::Retry { after: Some(after), .. } = &error {
                    let pause = Duration::from_std(*after).unwrap_or(Duration::days(1));
                    self.hints.rest_until(code, self.clock.now() + pause);
                }
                self.unheard(&name, &settings.name, error).await;
                return Ok(0);
            }
        };
        self.unheard.heard(&name);
        for news in &bulletin.news {
            match self.hear_news(house, settings, news).await {
                Err(DeskError::Inconsistent(error)) => {
                    tracing::error!(%error, "news meets a damaged journal; run `loket verify`");
                }
                heard => heard?,
            }
        }
        if bulletin.mark != mark
            && let Some(mark) = &bulletin.mark
        {
            // Once all of it is recorded: dying before repeats it, and the inbox knows it.
            self.store.set_mark(&name, mark).await?;
        }
        Ok(bulletin.news.len())
    }

    /// Tells one piece of news to the request that it is about.
    pub(super) async fn hear_news(
        &self,
        house: &House,
        settings: &ProviderSettings,
        news: &News,
    ) -> Result<(), DeskError> {
        let key = InboxKey(format!("provider:{}:{}", settings.code, news.key));
        if self.store.seen(&key).await? {
            return Ok(());
        }
        let Some((organisation, id)) = self.told_about(settings, news).await? else {
            tracing::warn!(provider.code = %settings.code, news.key, "news about an order that Loket does not know");
            return Ok(());
        };
        let Some(configured) = house.organisation(&organisation) else { return Ok(()) };
        let text = news.text.as_deref().map(letter::visible).filter(|text| !text.trim().is_empty());
        let now = news.at.with_timezone(&configured.zone);
        let received = received(&news.files, self.room(&organisation, id).await?);
        let told = naming(text.clone().unwrap_or_default(), &received.left);
        let told = Some(told).filter(|told| !told.trim().is_empty());
        let answer = Answer {
            status: news.status.as_deref().and_then(|theirs| settings.statuses.read(theirs)),
            theirs: news.status.clone(),
            number: news.number.clone(),
            planned: news.planned,
            asks: text.as_deref().is_some_and(letter::asks),
            proposes: text.as_deref().map(|text| letter::proposal(text, now)).unwrap_or_default(),
            text: told.map(Private::new),
            who: news.who.clone().map(Private::new),
            automatic: false,
            wants_approval: false,
            files: received.files,
        };
        self.hear_answer(&organisation, id, answer, received.bodies, key).await.map(|_| ())
    }

    /// A request hears what its provider says. What cannot be yet, such as an answer to what was never sent, changes nothing.
    pub(super) async fn hear_answer(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
        answer: Answer,
        bodies: Bodies,
        key: InboxKey,
    ) -> Result<Acted, DeskError> {
        let command = Command::Hear(Box::new(answer));
        let acted =
            self.act(organisation, id, &Actor::Provider, &command, &Along { bodies, ..Along::inbox(key) }).await?;
        if let Acted::Refused(refusal) = &acted {
            tracing::warn!(request.id = %id, %refusal, "what a provider said does not fit its request");
        }
        Ok(acted)
    }

    /// So many bytes of files can come to a request from its provider: as much as may stand there, and as hangs at one message.
    async fn room(&self, organisation: &OrganisationId, id: RequestId) -> Result<u64, DeskError> {
        let loaded = self.load(organisation, id).await?;
        Ok(loaded.map_or(0, |(request, _)| room(&request)))
    }

    /// The request that news is about: by our reference where it was found with it, else by the provider's number.
    async fn told_about(
        &self,
        settings: &ProviderSettings,
        news: &News,
    ) -> Result<Option<(OrganisationId, RequestId)>, DeskError> {
        let token = news.reference.as_deref().and_then(|reference| reference.rsplit('-').next());
        if let Some(token) = token {
            for (organisation, id) in self.store.by_token(&Token(token.to_uppercase())).await? {
                // A reference that stands in another provider's system is not an order of its.
                let known = self.load(&organisation, id).await?;
                if known.is_some_and(|(request, _)| request.order().is_some_and(|of| of.provider == settings.code)) {
                    return Ok(Some((organisation, id)));
                }
            }
        }
        let Some(number) = &news.number else { return Ok(None) };
        let mut found = self.store.by_ticket(&settings.code, number).await?.into_iter();
        Ok(found.next())
    }
}

/// The same of a request that is at hand.
pub(super) fn room(request: &Request) -> u64 {
    file::ALL.saturating_sub(request.weight()).min(File::ROOM as u64)
}

/// An error that only one provider or mailbox has is logged; what the whole desk has ends the round.
pub(super) fn unless_fatal(asked: Result<usize, DeskError>) -> Result<usize, DeskError> {
    match asked {
        Err(error @ (DeskError::Inconsistent(_) | DeskError::Busy(_))) => {
            tracing::error!(%error, "what a provider says waits");
            Ok(0)
        }
        asked => asked,
    }
}

/// An order as its connector knows it; `None` while the provider's number is not known.
fn ticket(house: &House, one: &HandedTo) -> Option<Ticket> {
    let organisation = house.organisation(&one.organisation)?;
    let number = one.number?;
    let reference = format!("{}-{}-{}", organisation.reference, number, one.token);
    Some(Ticket { reference, number: one.ticket.clone()? })
}
