//! Lists of open requests, the same for the chat and for the pages.

use super::{Desk, DeskError};
use crate::domain::effect::Effect;
use crate::domain::request::{StageName, WaitsFor, fold};
use crate::domain::{AccountId, Instant, OrganisationId, ProviderCode, RequestId};
use crate::ports::{Cursor, EffectState, Listed, OpenFilter, Sought, Store, StreamId};
use crate::render::View;
use crate::render::page::request::shows;
use crate::render::undelivered::Undelivered;
use chrono::Duration;

/// What was tried in vain for so long is shown in lists; less is an ordinary pause.
pub(super) const WAITS_LONG: Duration = Duration::minutes(10);

/// A page of a list, and where it goes on.
pub(super) type Listing = (Vec<Listed>, Option<Cursor>);

/// What a list is narrowed to, by the names of the options of `/open`. Words are looked for by a SPOC alone; whose requests others
/// see is not decided here.
pub(super) fn filter<'g>(
    given: impl Fn(&str) -> Option<&'g str>,
    by: &AccountId,
    view: &View<'_>,
    spoc: bool,
) -> OpenFilter {
    let yes = |name| given(name).is_some_and(|value| value == "true");
    let confidential = view.register.catalogue.items().filter(|item| item.confidential);
    let sought = |text: &str| Sought {
        text: text.to_owned(),
        by_number_only: confidential.map(|item| item.id.clone()).collect(),
    };
    OpenFilter {
        provider: given("provider").map(|name| provider_named(view, name)),
        stage: given("stage").and_then(StageName::from_code),
        item: given("item").map(Into::into),
        waits_for: given("waits").and_then(WaitsFor::from_code),
        requester: yes("mine").then(|| by.clone()),
        due_before: yes("overdue").then_some(view.now),
        text: given("text").map(str::trim).filter(|text| spoc && !text.is_empty()).map(sought),
    }
}

/// The provider that is meant: by its name, else by its code.
pub(super) fn provider_named(view: &View<'_>, given: &str) -> ProviderCode {
    let wanted = given.trim().to_lowercase();
    let theirs = view.register.providers_of(view.organisation);
    let by_name = theirs.into_iter().find(|provider| provider.name.to_lowercase() == wanted);
    by_name.map_or_else(|| ProviderCode::new(wanted.as_str()), |provider| provider.code.clone())
}

/// An effect that waits, as it is told.
pub(super) fn undelivered(effect: &EffectState) -> Undelivered<'_> {
    Undelivered { effect: &effect.effect, since: effect.since, given_up: effect.given_up, why: effect.why.as_deref() }
}

impl Desk {
    /// What about a request was given up, or was tried in vain.
    pub(super) async fn in_vain(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
    ) -> Result<Vec<EffectState>, DeskError> {
        let effects = self.store.effects_of(organisation, StreamId::Request(id)).await?;
        Ok(effects.into_iter().filter(|effect| effect.given_up || effect.why.is_some()).collect())
    }

    /// What of the organisation's own was given up, or was tried in vain for long. An answer in a channel is of the moment.
    pub(super) async fn own_in_vain(
        &self,
        organisation: &OrganisationId,
        now: Instant,
    ) -> Result<Vec<EffectState>, DeskError> {
        let mut effects = self.store.effects_of(organisation, StreamId::Organisation).await?;
        effects.retain(|effect| {
            let long = effect.why.is_some() && effect.since <= now - WAITS_LONG;
            let passing = matches!(effect.effect, Effect::Answer { .. } | Effect::Unposted);
            (effect.given_up || long) && !passing
        });
        Ok(effects)
    }

    /// A page of a list; see [`page`].
    pub(super) async fn listed(
        &self,
        view: &View<'_>,
        filter: &OpenFilter,
        after: Option<Cursor>,
        most: u32,
    ) -> Result<Listing, DeskError> {
        page(self.store.as_ref(), view, filter, after, most).await
    }
}

/// A page of at most so many requests. Where words were looked for, only what shows them to whoever looks is on it: a request must
/// not be found by what is held back. A page may then be shorter than the list that follows it.
pub(super) async fn page(
    store: &dyn Store,
    view: &View<'_>,
    filter: &OpenFilter,
    after: Option<Cursor>,
    most: u32,
) -> Result<Listing, DeskError> {
    let mut rows = store.list(&view.organisation.id, filter, after, most.saturating_add(1)).await?;
    let more = rows.len() > most as usize;
    rows.truncate(most as usize);
    let next = rows.last().filter(|_| more).map(|last| Cursor { opened_at: last.summary.opened_at, id: last.id });
    let Some(sought) = &filter.text else { return Ok((rows, next)) };
    let mut found = Vec::new();
    for row in rows {
        if is_found(store, view, &row, &sought.text).await? {
            found.push(row);
        }
    }
    Ok((found, next))
}

/// Whether a request shows the words, or has a number that begins with them.
async fn is_found(store: &dyn Store, view: &View<'_>, row: &Listed, words: &str) -> Result<bool, DeskError> {
    let number = row.summary.number.map(|number| number.to_string());
    let beginning = words.trim_start_matches('#');
    // Every number begins with nothing, which says nothing.
    if !beginning.is_empty() && number.is_some_and(|number| number.starts_with(beginning)) {
        return Ok(true);
    }
    let organisation = &view.organisation.id;
    let Some(loaded) = store.load(organisation, row.id).await? else { return Ok(false) };
    let Some(request) = fold(row.id, organisation, loaded.events.clone())? else { return Ok(false) };
    Ok(shows(view, &request, &loaded.events, words))
}
