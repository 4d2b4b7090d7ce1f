//! What the SPOC talks from: `/agenda`, `/quarter` and `/digest`.

use super::Context;
use super::talks::the_provider;
use crate::desk::agendas::no_way;
use crate::desk::{Desk, DeskError};
use crate::domain::calendar::IsoWeek;
use crate::domain::pass::Pass;
use crate::domain::report::QuarterOf;
use crate::domain::request::Refusal;
use crate::ports::CommandCall;
use crate::render;
use crate::render::message::{Message, Piece, Rich};

impl Desk {
    /// `/agenda`: what to talk about with one provider.
    pub(super) async fn agenda(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let (view, organisation, house) = (&context.view, context.organisation, context.house);
        if !context.spoc {
            return Ok(render::refusal(view, &Refusal::SpocOnly));
        }
        let Some(provider) = the_provider(context, call) else { return Ok(render::talks::which_provider(view)) };
        let loaded = self.store.load_organisation(&organisation.id).await?;
        let agenda = self.agenda_of(house, organisation, &provider.code, &loaded.events, view.now).await?;
        let path = format!("agenda/{}", provider.code);
        let page = self.page_at(context, call, &path, view.say("agenda-page").text()).await?;
        let mail = no_way(house, organisation, provider).is_none();
        Ok(render::agenda::agenda(view, &agenda, provider, page, mail))
    }

    /// `/digest`: the overview of a week, of everything or of one provider, as the SPOCs read it, for whoever asks alone.
    pub(super) async fn week_of(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let (view, organisation) = (&context.view, context.organisation);
        if !context.spoc {
            return Ok(render::refusal(view, &Refusal::SpocOnly));
        }
        let given = call.option("week");
        let week = given.map_or(Some(IsoWeek::of(view.today())), |given| IsoWeek::read(given, view.today()));
        let Some(week) = week else { return Ok(render::week::unknown(view, given.unwrap_or_default())) };
        if call.option("provider").is_some() {
            let Some(provider) = the_provider(context, call) else { return Ok(render::talks::which_provider(view)) };
            return self.week_shown(context.house, organisation, view, week, Some(&provider.code)).await;
        }
        let message = self.week_shown(context.house, organisation, view, week, None).await?;
        let page = self.page_at(context, call, &format!("week/{week}"), view.say("week-page").text()).await?;
        Ok(render::week::with_page(message, page))
    }

    /// `/quarter`: the numbers for whoever pays.
    pub(super) async fn quarter(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let (view, organisation) = (&context.view, context.organisation);
        if !context.spoc {
            return Ok(render::refusal(view, &Refusal::SpocOnly));
        }
        let of = match call.option("quarter") {
            None => Some(QuarterOf::at(view.now, organisation)),
            Some(given) => QuarterOf::read(given),
        };
        let unknown = || Ok(render::quarter::unknown(view, call.option("quarter").unwrap_or_default()));
        let Some(of) = of else { return unknown() };
        let Some(quarter) = self.quarter_of(context.house, organisation, of, view.now).await? else { return unknown() };
        let path = format!("quarter/{}-{}", of.year, of.quarter);
        let page = self.page_at(context, call, &path, view.say("quarter-page").text()).await?;
        let mut files = Vec::new();
        let name = of.to_string().to_lowercase();
        if let Some(picture) = render::chart::picture(view.voice(), &render::quarter::chart(view, &quarter)) {
            files.extend(self.drawn(context.house, &format!("{name}.png"), picture).await);
        }
        files.extend(self.bound(context.house, &format!("{name}.xlsx"), render::quarter::book(view, &quarter)).await);
        Ok(render::quarter::message(view, &quarter, page, files))
    }

    /// A personal link to a page below the board; `None` where nobody serves pages.
    pub(super) async fn page_at(
        &self,
        context: &Context<'_>,
        call: &CommandCall,
        path: &str,
        text: String,
    ) -> Result<Option<Rich>, DeskError> {
        let Some(pages) = &context.house.pages else { return Ok(None) };
        let key = self.page_key().await?;
        let until = context.view.now + pages.life;
        let pass = Pass { organisation: context.organisation.id.clone(), account: call.by.clone(), until };
        let address = format!("{}/b/{}/{path}", pages.address, pass.seal(&key));
        Ok(Some(Rich(vec![Piece::Url { text, address }])))
    }
}
