//! Requests taken out of the store, one after the other: for a spreadsheet, or the whole of one of them.

use super::DeskError;
use super::listing;
use crate::domain::register::Organisation;
use crate::domain::report::{Story, story};
use crate::domain::request::{Request, StageName, event::Recorded, fold};
use crate::domain::{Instant, RequestId};
use crate::ports::{Cursor, OpenFilter, Store};
use crate::render::View;
use crate::render::table::Cell;

/// So many rows are taken out at once; more are asked for in parts.
pub const MOST: usize = 25_000;
/// So many requests are named at a time.
const PAGE: u32 = 500;

/// Which requests.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What they are narrowed to.
    pub filter: OpenFilter,
    /// Whether those that have ended are among them.
    pub closed: bool,
    /// Only those that began from then on.
    pub from: Option<Instant>,
    /// Only those that began before.
    pub before: Option<Instant>,
}

/// Rows of an export, the newest first.
#[derive(Debug, Default)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there were more.
    pub cut: bool,
}

/// Takes out what is wanted, each request as one row. Each is dropped once its row is made.
pub async fn rows(store: &dyn Store, view: &View<'_>, wanted: &Wanted, most: usize) -> Result<Rows, DeskError> {
    let mut found = Vec::new();
    let mut cut = false;
    for filter in filters(wanted) {
        cut |= collect(store, view, &filter, wanted, most, &mut found).await?;
    }
    found.sort_by_key(|(at, id, _)| std::cmp::Reverse((*at, *id)));
    cut |= found.len() > most;
    found.truncate(most);
    Ok(Rows { rows: found.into_iter().map(|(_, _, row)| row).collect(), cut })
}

/// The lists to go through: what is open and what has ended are listed apart.
fn filters(wanted: &Wanted) -> Vec<OpenFilter> {
    let closed = OpenFilter { stage: Some(StageName::Closed), ..wanted.filter.clone() };
    match wanted.filter.stage {
        Some(_) => vec![wanted.filter.clone()],
        None if wanted.closed => vec![wanted.filter.clone(), closed],
        None => vec![wanted.filter.clone()],
    }
}

type Found = Vec<(Instant, RequestId, Vec<Cell>)>;

/// Goes through one list; whether it goes on beyond the limit.
async fn collect(
    store: &dyn Store,
    view: &View<'_>,
    filter: &OpenFilter,
    wanted: &Wanted,
    most: usize,
    found: &mut Found,
) -> Result<bool, DeskError> {
    // A list goes on after a request: the smallest identity at the end of the period stands before nothing of it.
    let mut after = wanted.before.map(|at| Cursor { opened_at: at, id: RequestId(uuid::Uuid::nil()) });
    let mut taken = 0;
    loop {
        let (page, next) = listing::page(store, view, filter, after, PAGE).await?;
        for listed in page {
            let opened_at = listed.summary.opened_at;
            if wanted.from.is_some_and(|from| opened_at < from) {
                return Ok(false);
            }
            let Some(whole) = whole(store, view.organisation, listed.id).await? else { continue };
            if whole.story.only_offered() {
                continue;
            }
            if taken == most {
                return Ok(true);
            }
            taken += 1;
            found.push((opened_at, listed.id, crate::render::export::row(view, &whole.story)));
        }
        match next {
            Some(next) => after = Some(next),
            None => return Ok(false),
        }
    }
}

/// One request with everything that is known of it.
#[derive(Debug)]
pub struct Whole {
    /// The request as it is.
    pub request: Request,
    /// Its story.
    pub story: Story,
    /// Its journal.
    pub events: Vec<Recorded>,
}

/// Everything about one request; `None` when there is none.
pub async fn whole(store: &dyn Store, organisation: &Organisation, id: RequestId) -> Result<Option<Whole>, DeskError> {
    let Some(loaded) = store.load(&organisation.id, id).await? else { return Ok(None) };
    let told = story(id, organisation, &loaded.events)?;
    let request = fold(id, &organisation.id, loaded.events.clone())?;
    let whole = |(request, story)| Whole { request, story, events: loaded.events };
    Ok(request.zip(told).map(whole))
}
