//! A bill as its organisation sees it, loaded from what was recorded: the same for who gave it in and for whom it is told to.

use super::{measure, users_of};
use crate::desk::courier::Did;
use crate::desk::{Desk, DeskError, House};
use crate::domain::budget::touched;
use crate::domain::catalogue::CatalogueItem;
use crate::domain::invoice::likely::{Candidate, Likely, likely};
use crate::domain::invoice::loose::{self, Loose};
use crate::domain::invoice::{Agreed, Outcome, outcome};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{ChannelRole, Organisation, Register};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Content, Event, Request, Stage, StageName, fold};
use crate::domain::{Instant, ItemId, OrganisationId, ProviderCode, RequestId};
use crate::ports::{Claimed, Cursor, OpenFilter};
use crate::render;
use crate::render::invoice::{Bill, Line, LooseLine};
use crate::render::message::Message;
use chrono::Duration;
use std::collections::BTreeMap;

/// So far back somebody may have asked for what is billed.
const ASKED_WITHIN: Duration = Duration::days(180);
/// So many requests are looked at.
const LOOKED_AT: usize = 400;
/// So many are proposed for a line.
const PROPOSED: usize = 3;

/// A request that may be meant by a bill without an order.
pub(crate) struct Asked {
    /// As it is now.
    pub(crate) request: Request,
    /// What is compared.
    candidate: Candidate,
}

/// How a bill is shown.
type Show<'a> = dyn Fn(&render::View<'_>, &Bill<'_>) -> Message + Sync + 'a;

impl Desk {
    /// What a bill came to, in three lists; `again` when it had been read before.
    pub(in crate::desk) async fn bill_message(
        &self,
        organisation: &Organisation,
        view: &render::View<'_>,
        read: u64,
        again: bool,
    ) -> Result<Message, DeskError> {
        self.bill_shown(organisation, view, read, again, &|view, bill| render::invoice::bill(view, bill)).await
    }

    async fn bill_shown(
        &self,
        organisation: &Organisation,
        view: &render::View<'_>,
        read: u64,
        again: bool,
        show: &Show<'_>,
    ) -> Result<Message, DeskError> {
        let id = &organisation.id;
        let loaded = self.store.load_organisation(id).await?;
        let Some(recorded) = loaded.events.iter().find(|recorded| recorded.seq == read) else {
            return Ok(render::answer::not_understood(view));
        };
        let OrganisationEvent::BillRead { provider, number, date, file, requests, repeated, .. } = &recorded.event
        else {
            return Ok(render::answer::not_understood(view));
        };
        let OrganisationEvent::BillRead { elsewhere, unclaimed, unread, .. } = &recorded.event else {
            return Ok(render::answer::not_understood(view));
        };
        let mut known: BTreeMap<RequestId, Request> = BTreeMap::new();
        for request in requests {
            known.extend(self.load(id, *request).await?.map(|(found, _)| (*request, found)));
        }
        let mut lines: Vec<Line<'_>> =
            known.values().flat_map(|request| own_lines(organisation, request, file)).collect();
        for one in repeated {
            let request = known.get(&one.request);
            let twice = |request| Line { request, seq: None, billed: &one.invoice, outcome: Outcome::Twice };
            lines.extend(request.map(twice));
        }
        lines.sort_by_key(|line| line.billed.line);
        let bills = loose::bills(&loaded.events);
        let own: Vec<&Loose> = bills.iter().filter(|bill| bill.invoice.file.as_ref() == Some(file)).collect();
        let asked = if own.iter().any(|bill| bill.end.is_none()) {
            self.asked(view.register, organisation, provider, view.now).await?
        } else {
            vec![]
        };
        let loose = own.into_iter().map(|bill| LooseLine { bill, likely: like(bill, &asked, organisation) }).collect();
        let ledger = self.ledger(organisation, view.now, None, None, &[]).await?;
        let mut budgets = Vec::new();
        for item in known.values().filter_map(item_of) {
            for standing in touched(&organisation.budgets, &item, &ledger, organisation.basis) {
                if !budgets.contains(&standing) {
                    budgets.push(standing);
                }
            }
        }
        let bill = Bill {
            provider,
            number: number.as_deref(),
            date: *date,
            lines,
            loose,
            elsewhere: *elsewhere,
            unclaimed: *unclaimed,
            unread,
            before: again.then_some(recorded.at),
            budgets,
        };
        Ok(show(view, &bill))
    }

    /// Tells the SPOC of a bill that came by mail.
    pub(in crate::desk) async fn say_bill(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        read: u64,
    ) -> Result<Did, DeskError> {
        let Some(channel) = organisation.channel_for(ChannelRole::Spoc) else { return Ok(self.no_channel()) };
        let view = house.view(organisation, organisation.lang, self.clock.now());
        let show: &Show<'_> = &|view, bill| render::invoice::arrived(view, bill);
        let message = self.bill_shown(organisation, &view, read, false, show).await?;
        self.say_in(organisation, claim, &channel.id, &message).await
    }

    /// What was asked of a provider lately, whatever became of it.
    pub(in crate::desk) async fn asked(
        &self,
        register: &Register,
        organisation: &Organisation,
        provider: &ProviderCode,
        now: Instant,
    ) -> Result<Vec<Asked>, DeskError> {
        let mut asked = Vec::new();
        for stage in [None, Some(StageName::Closed)] {
            let filter = OpenFilter { stage, ..OpenFilter::default() };
            let mut after: Option<Cursor> = None;
            'pages: loop {
                let page = self.store.list(&organisation.id, &filter, after, 100).await?;
                let Some(last) = page.last() else { break };
                after = Some(Cursor { opened_at: last.summary.opened_at, id: last.id });
                for listed in page {
                    if now - listed.summary.opened_at > ASKED_WITHIN || asked.len() >= LOOKED_AT {
                        break 'pages;
                    }
                    asked.extend(self.asked_one(register, organisation, provider, listed.id).await?);
                }
            }
        }
        Ok(asked)
    }

    async fn asked_one(
        &self,
        register: &Register,
        organisation: &Organisation,
        provider: &ProviderCode,
        id: RequestId,
    ) -> Result<Option<Asked>, DeskError> {
        let Some(loaded) = self.store.load(&organisation.id, id).await? else { return Ok(None) };
        let Some(request) = fold(id, &organisation.id, loaded.events.clone())? else { return Ok(None) };
        let Some(content) = content_in(&loaded.events) else { return Ok(None) };
        let Some(item) = content.item.as_ref().and_then(|item| register.catalogue.item(&item.value)) else {
            return Ok(None);
        };
        let theirs = match request.order() {
            Some(order) => order.provider == *provider,
            None => register.provider_for(organisation, &item.id).is_some_and(|known| known.code == *provider),
        };
        let candidate = theirs.then(|| candidate(&request, content, item, organisation));
        Ok(candidate.map(|candidate| Asked { request, candidate }))
    }
}

/// The lines of a bill that are about a request, each beside what was billed before it.
fn own_lines<'a>(organisation: &Organisation, request: &'a Request, file: &str) -> Vec<Line<'a>> {
    let (agreed, measure, bills) = (Agreed::about(request), measure(organisation), &request.costs.bills);
    let of_this = bills.iter().enumerate().filter(|(_, bill)| bill.invoice.file.as_deref() == Some(file));
    of_this
        .map(|(place, bill)| {
            let before = bills.iter().take(place).map(|bill| &bill.invoice);
            let outcome = outcome(&agreed, before, &bill.invoice, &measure);
            Line { request, seq: Some(bill.seq), billed: &bill.invoice, outcome }
        })
        .collect()
}

/// The requests that a bill without an order is probably about.
pub(crate) fn like<'a>(bill: &Loose, asked: &'a [Asked], organisation: &Organisation) -> Vec<(&'a Request, Likely)> {
    let what = bill.what.text().unwrap_or_default();
    let candidates: Vec<Candidate> = asked.iter().map(|one| one.candidate.clone()).collect();
    let date = bill.invoice.date.or_else(|| Some(bill.at.with_timezone(&organisation.zone).date_naive()));
    let found = likely(what, bill.invoice.amount, date, &candidates, organisation.basis, PROPOSED);
    let request =
        |likely: Likely| asked.iter().find(|one| one.request.id == likely.request).map(|one| (&one.request, likely));
    found.into_iter().filter_map(request).collect()
}

fn candidate(request: &Request, content: &Content, item: &CatalogueItem, organisation: &Organisation) -> Candidate {
    let said: Vec<&str> = request.said.iter().filter_map(|said| said.text.text()).collect();
    let mut service = vec![item.name.nl.clone(), item.name.en.clone()];
    service.extend(item.recognise.words.iter().cloned());
    let granted = request.grant().and_then(|grant| grant.ceiling);
    Candidate {
        request: request.id,
        service,
        words: said.join(" "),
        place: content.place.as_ref().and_then(|place| place.value.text()).unwrap_or_default().to_owned(),
        amount: granted.or_else(|| request.order().and_then(|order| order.estimate)),
        vat_rate: item.vat_rate,
        on: request.origin.at.with_timezone(&organisation.zone).date_naive(),
        ended: match &request.stage {
            Stage::Closed(closed) => Some(closed.outcome),
            _ => None,
        },
        billed: !request.costs.bills.is_empty(),
    }
}

/// What was understood last, also of what ended before it was settled.
pub(super) fn content_in(events: &[Recorded]) -> Option<&Content> {
    events.iter().rev().find_map(|recorded| match &recorded.event {
        Event::Settled { order, .. } => Some(&order.content),
        Event::Drafted { content, .. }
        | Event::Told { content, .. }
        | Event::Edited { content, .. }
        | Event::ItemChosen { content, .. } => Some(content.as_ref()),
        _ => None,
    })
}

fn item_of(request: &Request) -> Option<ItemId> {
    request.order()?.content.item.as_ref().map(|item| item.value.clone())
}

/// As which service the rules are asked about a bill of which nobody knows the service: the beginning that all of the provider's have.
pub(super) fn common_item(register: &Register, organisation: &OrganisationId, provider: &ProviderCode) -> String {
    let Some(own) = users_of(register, provider).find(|one| one.id == *organisation) else { return String::new() };
    let theirs =
        |item: &&CatalogueItem| register.provider_for(own, &item.id).is_some_and(|known| known.code == *provider);
    let ids = register.catalogue.items().filter(theirs).map(|item| item.id.as_str().to_owned());
    let shared = |so_far: String, id: String| {
        so_far.chars().zip(id.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
    };
    let common = ids.reduce(shared).unwrap_or_default();
    common.rfind('.').and_then(|dot| common.get(..=dot)).unwrap_or_default().to_owned()
}
