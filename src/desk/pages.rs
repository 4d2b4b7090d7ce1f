//! The pages for the browser. A personal link says who asks; whether they may is looked up anew each time. Nothing is ever changed here.

mod agenda;
mod board;
mod key;
mod quarter;
mod request;
mod week;

use super::{Desk, DeskError, House};
use crate::domain::pass::{NoPass, Pass};
use crate::domain::register::{Organisation, Role};
use crate::domain::{Instant, Lang};
use crate::ports::{Page, PageCall, PageError, PageStatus, Pages, What};
use crate::render::View;
use crate::render::page::{Links, Sorry, sorry};
use async_trait::async_trait;

/// Somebody who may look.
struct Reader<'a> {
    view: View<'a>,
    pass: Pass,
    /// The pass as it stands in addresses.
    text: &'a str,
    /// The language that the address asks for.
    lang: Option<Lang>,
}

impl Reader<'_> {
    /// Where one may go from a page that stands so far from the board.
    fn links(&self, up: &'static str) -> Links<'_> {
        Links { pass: self.text, lang: self.lang, up }
    }
}

#[async_trait]
impl Pages for Desk {
    async fn page(&self, call: PageCall) -> Result<Page, PageError> {
        let house = self.house();
        let told = self.page_for(&house, &call).await;
        told.map_err(|error| PageError::Failed(error.to_string()))
    }

    async fn measures(&self) -> Result<String, PageError> {
        self.figures().await.map_err(|error| PageError::Failed(error.to_string()))
    }

    async fn ready(&self) -> bool {
        self.known_page_key().await.is_ok()
    }
}

impl Desk {
    async fn page_for(&self, house: &House, call: &PageCall) -> Result<Page, DeskError> {
        let now = self.clock.now();
        let lang = call.lang.or(call.preferred);
        let pass = match self.known_page_key().await? {
            Some(key) => Pass::open(&call.pass, &key, now),
            // Nobody was ever given a link.
            None => Err(NoPass::Wrong),
        };
        let pass = match pass {
            Ok(pass) => pass,
            Err(NoPass::Expired) => return Ok(missing(house, lang, Sorry::Expired)),
            Err(NoPass::Wrong) => return Ok(missing(house, lang, Sorry::NoPass)),
        };
        let organisation = house.organisation(&pass.organisation).filter(|here| is_spoc(here, &pass, now));
        let Some(organisation) = organisation else { return Ok(missing(house, lang, Sorry::NoPass)) };
        let view = house.view(organisation, lang.unwrap_or(organisation.lang), now);
        let reader = Reader { view, pass, text: &call.pass, lang: call.lang };
        match &call.what {
            What::Board { given } => self.board_page(&reader, given).await,
            What::Request { number } => self.request_page(&reader, number).await,
            What::Agenda { provider } => self.agenda_page(house, &reader, provider).await,
            What::Week { week } => self.week_page(house, &reader, week).await,
            What::Quarter { quarter } => self.quarter_page(house, &reader, quarter).await,
        }
    }
}

/// Whether the person with that pass sees to the requests of the organisation, today.
fn is_spoc(organisation: &Organisation, pass: &Pass, now: Instant) -> bool {
    let today = now.with_timezone(&organisation.zone).date_naive();
    organisation.person_of(&pass.account, today).is_some_and(|person| person.roles.contains(&Role::Spoc))
}

/// A page that is not there. Dutch comes first where nobody said which language.
fn missing(house: &House, lang: Option<Lang>, why: Sorry) -> Page {
    Page::html(PageStatus::Missing, sorry(&house.words, lang.unwrap_or(Lang::Nl), why))
}

/// The same for somebody who may look, in their language.
fn nothing(reader: &Reader<'_>) -> Page {
    Page::html(PageStatus::Missing, sorry(reader.view.words, reader.view.lang, Sorry::Nothing))
}
