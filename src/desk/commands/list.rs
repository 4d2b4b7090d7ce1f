//! `/open`: what is open, narrowed down and page by page, and the numbers that complete as one types.

use super::{CHOICES, Context, PAGE, WAITS_LONG, listing};
use crate::desk::{Desk, DeskError, House};
use crate::domain::AccountId;
use crate::domain::register::Organisation;
use crate::domain::request::{StageName, WaitsFor};
use crate::ports::{CommandCall, Completion, Cursor, OpenFilter, Pressed, Reply};
use crate::render;
use crate::render::message::{Action, Message};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The longest text of a cursor: with its word in front it must fit the hundred characters of a button.
const CURSOR: usize = 95;

impl Desk {
    /// The next page of a list, behind a button.
    pub(in crate::desk) async fn turn_page(&self, house: &House, pressed: &Pressed) -> Result<Reply, DeskError> {
        let Action::Page { cursor } = &pressed.action else {
            return Ok(self.short_reply(house, &pressed.by, render::answer::late));
        };
        let Some(turn) = Turn::read(house, cursor) else {
            return Ok(self.short_reply(house, &pressed.by, render::answer::late));
        };
        let context = self.context(house, turn.organisation, &pressed.by, pressed.locale.as_deref());
        let filter = restricted(turn.filter(&pressed.by, &context.view, context.spoc), &context);
        let message = self.list(&context, &filter, turn.after).await?;
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

    /// Providers to choose from while a person types. It reads the configuration alone.
    pub fn complete_provider(&self, call: &CommandCall, typed: &str) -> Vec<Completion> {
        let house = self.house();
        let Some(organisation) = self.organisation_for(&house, call) else { return vec![] };
        let wanted = typed.trim().to_lowercase();
        let theirs = house.register.providers_of(organisation);
        let fits = theirs.into_iter().filter(|provider| {
            provider.name.to_lowercase().contains(&wanted) || provider.code.as_str().contains(&wanted)
        });
        let choice = fits.map(|provider| Completion { label: provider.name.clone(), value: provider.code.to_string() });
        choice.take(CHOICES as usize).collect()
    }

    /// A list, and below it for a SPOC what of the organisation's own did not get through.
    pub(super) async fn with_own(&self, context: &Context<'_>, message: Message) -> Result<Message, DeskError> {
        if !context.spoc {
            return Ok(message);
        }
        let waiting = self.own_in_vain(&context.organisation.id, context.view.now).await?;
        Ok(render::undelivered::beneath(&context.view, message, waiting.iter().map(listing::undelivered)))
    }

    pub(super) async fn list(
        &self,
        context: &Context<'_>,
        filter: &OpenFilter,
        after: Option<Cursor>,
    ) -> Result<Message, DeskError> {
        let (rows, next) = self.listed(&context.view, filter, after, PAGE).await?;
        let cursor = |after| Turn { organisation: context.organisation, wants: Wants::of(filter), after }.write();
        let next = next.map(|next| cursor(Some(next)));
        // What does not fit the platform's button must be narrowed down.
        let unreachable = matches!(next, Some(None));
        let first = after.and_then(|_| cursor(None));
        // Who did not get to see what is the SPOC's concern.
        let stuck = if context.spoc {
            self.store.stuck(&context.organisation.id, context.view.now - WAITS_LONG).await?
        } else {
            vec![]
        };
        let rows: Vec<_> = rows.into_iter().map(|listed| (listed.summary, stuck.contains(&listed.id))).collect();
        let message =
            render::answer::open(&context.view, &rows, first.as_deref(), next.flatten().as_deref(), unreachable);
        if after.is_some() { Ok(message) } else { self.with_own(context, message).await }
    }
}

/// A requester sees only their own requests.
fn restricted(filter: OpenFilter, context: &Context<'_>) -> OpenFilter {
    if context.spoc { filter } else { OpenFilter { requester: context.actor.account().cloned(), ..filter } }
}

pub(super) fn filter_of(call: &CommandCall, context: &Context<'_>) -> OpenFilter {
    restricted(listing::filter(|name| call.option(name), &call.by, &context.view, context.spoc), context)
}

/// What a list is narrowed down to, as a button keeps it.
#[derive(Debug)]
struct Wants {
    stage: Option<StageName>,
    waits_for: Option<WaitsFor>,
    provider: Option<String>,
    item: Option<String>,
    mine: bool,
    overdue: bool,
    text: Option<String>,
}

impl Wants {
    fn of(filter: &OpenFilter) -> Self {
        Self {
            stage: filter.stage,
            waits_for: filter.waits_for,
            provider: filter.provider.as_ref().map(ToString::to_string),
            item: filter.item.as_ref().map(ToString::to_string),
            mine: filter.requester.is_some(),
            overdue: filter.due_before.is_some(),
            text: filter.text.as_ref().map(|sought| sought.text.clone()),
        }
    }
}

/// A page to turn to.
#[derive(Debug)]
struct Turn<'a> {
    organisation: &'a Organisation,
    wants: Wants,
    /// After which row; `None` for the first page.
    after: Option<Cursor>,
}

impl<'a> Turn<'a> {
    /// The text of a cursor: organisation, filters and the last row; `None` when it does not fit a button.
    fn write(&self) -> Option<String> {
        let wants = &self.wants;
        let place = |of: Option<usize>| of.map(|at| at.to_string()).unwrap_or_default();
        let stage = place(wants.stage.and_then(|stage| StageName::ALL.iter().position(|one| *one == stage)));
        let waits = place(wants.waits_for.and_then(|waits| WaitsFor::ALL.iter().position(|one| *one == waits)));
        let flags = [(wants.mine, "m"), (wants.overdue, "o")];
        let flags: String = flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag).collect();
        let provider = wants.provider.as_deref().unwrap_or_default();
        let item = wants.item.as_deref().unwrap_or_default();
        let after = self.after.map(|after| {
            let millis = after.opened_at.timestamp_millis().to_be_bytes();
            // The two highest bytes of an instant are nothing for ten thousand years.
            let bytes = [millis.get(2..).unwrap_or_default(), after.id.0.as_bytes()].concat();
            URL_SAFE_NO_PAD.encode(bytes)
        });
        let after = after.unwrap_or_default();
        let words = wants.text.as_deref().unwrap_or_default();
        let text = format!("{}|{stage}|{waits}|{flags}|{provider}|{item}|{after}|{words}", self.organisation.id);
        (text.len() <= CURSOR).then_some(text)
    }

    fn read(house: &'a House, text: &str) -> Option<Self> {
        // Words may hold the sign that stands between the parts, and come last.
        let mut parts = text.splitn(8, '|');
        let organisation = house.organisation(&parts.next()?.into())?;
        let place = |text: &str| text.parse::<usize>().ok();
        let stage = place(parts.next()?).and_then(|at| StageName::ALL.get(at).copied());
        let waits_for = place(parts.next()?).and_then(|at| WaitsFor::ALL.get(at).copied());
        let flags = parts.next()?;
        let (mine, overdue) = (flags.contains('m'), flags.contains('o'));
        let named = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let (provider, item) = (named(parts.next()?), named(parts.next()?));
        let after = match parts.next()? {
            "" => None,
            after => Some(cursor(&URL_SAFE_NO_PAD.decode(after).ok()?)?),
        };
        let text = named(parts.next().unwrap_or_default());
        Some(Self { organisation, wants: Wants { stage, waits_for, provider, item, mine, overdue, text }, after })
    }

    fn filter(&self, by: &AccountId, view: &render::View<'_>, spoc: bool) -> OpenFilter {
        let wants = &self.wants;
        let yes = |set: bool| set.then_some("true");
        let given = |name: &str| match name {
            "provider" => wants.provider.as_deref(),
            "stage" => wants.stage.map(StageName::code),
            "item" => wants.item.as_deref(),
            "waits" => wants.waits_for.map(WaitsFor::code),
            "mine" => yes(wants.mine),
            "overdue" => yes(wants.overdue),
            "text" => wants.text.as_deref(),
            _ => None,
        };
        listing::filter(given, by, view, spoc)
    }
}

fn cursor(bytes: &[u8]) -> Option<Cursor> {
    let (millis, id) = bytes.split_at_checked(6)?;
    let millis = millis.iter().fold(0_i64, |sum, byte| (sum << 8) | i64::from(*byte));
    let opened_at = chrono::DateTime::from_timestamp_millis(millis)?;
    Some(Cursor { opened_at, id: crate::domain::RequestId(uuid::Uuid::from_slice(id).ok()?) })
}
