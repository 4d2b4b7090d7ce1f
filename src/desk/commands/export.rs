//! `/export`: a spreadsheet of requests, or the dossier of one.

use super::{Context, listing, unknown};
use crate::desk::export::{MOST, Rows, Wanted, rows, whole};
use crate::desk::{Desk, DeskError};
use crate::domain::calendar::instant_of;
use crate::domain::request::Refusal;
use crate::domain::{Instant, Number};
use crate::ports::CommandCall;
use crate::render;
use crate::render::dossier::{Dossier, dossier};
use crate::render::export;
use crate::render::file::File;
use crate::render::message::Message;
use crate::render::table::Book;
use crate::render::table::csv::{Separator, csv};
use chrono::{Days, NaiveDate, NaiveTime};

impl Desk {
    /// `/export`: for SPOCs.
    pub(super) async fn export(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let view = &context.view;
        if !context.spoc {
            return Ok(render::refusal(view, &Refusal::SpocOnly));
        }
        if call.option("id").is_some() {
            return self.export_one(context, call).await;
        }
        let wanted = match self.selection(context, call) {
            Ok(wanted) => wanted,
            Err(unclear) => return Ok(*unclear),
        };
        let found = rows(self.store.as_ref(), view, &wanted, MOST).await?;
        if found.rows.is_empty() {
            return Ok(export::none(view));
        }
        let count = found.rows.len();
        let cut = found.cut;
        let file = self.filed(context, call.option("format") == Some("csv"), found).await;
        Ok(match file {
            Some(file) if File::fit(std::slice::from_ref(&file)) => export::done(view, count, cut, file),
            _ => export::too_large(view),
        })
    }

    async fn filed(&self, context: &Context<'_>, as_text: bool, found: Rows) -> Option<File> {
        let view = &context.view;
        let table = export::table(view, found.rows);
        let name = format!("{}-{}", context.organisation.id, view.today());
        if as_text || context.house.workshop.is_none() {
            let text = csv(&table, Separator::of(view.lang));
            return Some(File::new(format!("{name}.csv"), File::CSV, text.into_bytes(), ""));
        }
        let book = Book { tables: vec![table], lang: view.lang, made_at: view.now };
        self.bound(context.house, &format!("{name}.xlsx"), book).await
    }

    /// The filters of `/open`, and a period. What began in a period is wanted whether or not it has ended.
    fn selection(&self, context: &Context<'_>, call: &CommandCall) -> Result<Wanted, Box<Message>> {
        let view = &context.view;
        let day = |name| match call.option(name) {
            None => Ok(None),
            Some(given) => match self.day(context, given) {
                Some(moment) => Ok(Some(moment.day())),
                None => Err(Box::new(export::unknown_day(view, given))),
            },
        };
        let (from, until) = (day("from")?, day("until")?);
        let begins = |day: NaiveDate| instant_of(context.organisation.zone, day.and_time(NaiveTime::MIN));
        let after = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
        let before: Option<Instant> = until.map(|day| begins(after(day)));
        let period = from.is_some() || until.is_some();
        let closed = call.option("closed").map_or(period, |given| given == "true");
        let filter = listing::filter(|name| call.option(name), &call.by, view, true);
        Ok(Wanted { filter, closed, from: from.map(begins), before })
    }

    /// Everything about one request, as JSON and as a page that prints.
    async fn export_one(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let (view, organisation) = (&context.view, context.organisation);
        let number = call.option("id").and_then(|text| text.parse::<Number>().ok());
        let id = match number {
            Some(number) => self.store.by_number(&organisation.id, number).await?,
            None => None,
        };
        let found = match id {
            Some(id) => whole(self.store.as_ref(), organisation, id).await?,
            None => None,
        };
        let (Some(number), Some(found)) = (number, found) else { return Ok(unknown(context, call)) };
        let of = Dossier { request: &found.request, story: &found.story, events: &found.events };
        let text = dossier(&view.with_history(&found.events), &of);
        let file = File::new(format!("{number}.json"), File::JSON, text.into_bytes(), "");
        if !File::fit(std::slice::from_ref(&file)) {
            return Ok(export::too_large(view));
        }
        let page = self.page_at(context, call, &number.to_string(), view.say("dossier-page").text()).await?;
        Ok(export::dossier(view, &number.to_string(), page, file))
    }
}
