//! Bills of providers: read, laid beside the orders line by line, and kept. Loket advises and never pays.
//!
//! Each line is recorded by the request's own rules, and a bill is known again by what it says, so that dying half-way and reading it once
//! more comes to the same.

mod loose;
mod words;

pub(crate) use words::like;

use super::act::Along;
use super::{Desk, DeskError, House, unit};
use crate::domain::effect::Effect;
use crate::domain::invoice::sort::{Home, Index, Known, Lists, Owner, Placed, Reference, lists, owner};
use crate::domain::invoice::{Agreed, Bill, Measure, Outcome, Repeated};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{Organisation, ProviderSettings, Register};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Actor, Command, Request, fold};
use crate::domain::{AccountId, OrganisationId, Private, ProviderCode, RequestId, Token};
use crate::ports::{CommitError, Store, StoreError, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// So many lines that could not be read are remembered.
const UNREAD: usize = 50;

/// From whom a bill comes, and who gave it in.
pub(crate) struct Given<'a> {
    /// Whose bill it is.
    pub(crate) provider: &'a ProviderSettings,
    /// The SPOC who gave it in, at their organisation; `None` for one that the provider mailed.
    pub(crate) by: Option<(&'a AccountId, &'a OrganisationId)>,
}

/// What a bill came to at an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It was recorded, by the event of that sequence.
    Recorded(u64),
    /// It was read before, by that event.
    Known(u64),
}

/// The lines of a bill with whom each belongs to.
pub(crate) struct Sorted {
    /// The organisations that may be meant.
    pub(crate) organisations: Vec<OrganisationId>,
    /// To whom each line belongs.
    pub(crate) owners: Vec<Owner>,
}

/// Finds the orders that the lines of a bill name.
pub(crate) async fn sorted(
    store: &dyn Store,
    register: &Register,
    bill: &Bill,
    provider: &ProviderCode,
    given_by: Option<&OrganisationId>,
) -> Result<Sorted, StoreError> {
    let organisations: Vec<OrganisationId> = users_of(register, provider).map(|one| one.id.clone()).collect();
    let mut index = Index::default();
    let wanted: BTreeSet<Reference> = bill.lines.iter().flat_map(Reference::of).collect();
    for reference in wanted {
        let homes = homes(store, &organisations, provider, &reference).await?;
        if !homes.is_empty() {
            index.0.insert(reference, homes);
        }
    }
    // A bill of which only one organisation can be meant is that one's.
    let only = organisations.first().filter(|_| organisations.len() == 1);
    let named = |text: Option<&str>| named(register, &organisations, text?);
    let whole = named(bill.customer.as_deref());
    let owners = bill.lines.iter().map(|line| {
        let own = named(line.customer.as_deref()).or(whole);
        owner(line, &index, given_by.or(only), own)
    });
    Ok(Sorted { owners: owners.collect(), organisations })
}

async fn homes(
    store: &dyn Store,
    organisations: &[OrganisationId],
    provider: &ProviderCode,
    reference: &Reference,
) -> Result<Vec<Home>, StoreError> {
    let found = match reference {
        Reference::Token(token) => store.by_token(&Token(token.clone())).await?,
        Reference::Ticket(number) => store.by_ticket(provider, number).await?,
        Reference::Number(number) => {
            let mut found = Vec::new();
            for organisation in organisations {
                let request = store.by_number(organisation, *number).await?;
                found.extend(request.map(|request| (organisation.clone(), request)));
            }
            found
        }
    };
    let mut homes = Vec::new();
    for (organisation, request) in found {
        // A number that is ours may be that of another provider's order.
        let of_theirs = match load(store, &organisation, request).await? {
            Some(request) => request.order().is_some_and(|order| order.provider == *provider),
            None => false,
        };
        if of_theirs && organisations.contains(&organisation) {
            homes.push(Home { organisation, request });
        }
    }
    Ok(homes)
}

async fn load(store: &dyn Store, organisation: &OrganisationId, id: RequestId) -> Result<Option<Request>, StoreError> {
    let Some(loaded) = store.load(organisation, id).await? else { return Ok(None) };
    // A damaged journal is told where it is met by itself; here its order is simply not known.
    Ok(fold(id, organisation, loaded.events).unwrap_or_default())
}

/// What an organisation knows of the orders that the lines name.
pub(crate) async fn known(
    store: &dyn Store,
    organisation: &OrganisationId,
    owners: &[Owner],
) -> Result<BTreeMap<RequestId, Known>, StoreError> {
    let mut known = BTreeMap::new();
    for owner in owners {
        let Owner::Order(home) = owner else { continue };
        if home.organisation != *organisation || known.contains_key(&home.request) {
            continue;
        }
        if let Some(request) = load(store, organisation, home.request).await? {
            known.insert(home.request, known_of(&request));
        }
    }
    Ok(known)
}

/// What is known of one order.
pub(crate) fn known_of(request: &Request) -> Known {
    Known {
        number: request.number(),
        agreed: Agreed::about(request),
        bills: request.costs.bills.iter().map(|bill| bill.invoice.clone()).collect(),
    }
}

/// How an organisation compares amounts.
pub(crate) fn measure(organisation: &Organisation) -> Measure {
    Measure { basis: organisation.basis, tolerance: organisation.invoice_tolerance }
}

/// The organisations that a provider works for.
pub(crate) fn users_of<'r>(
    register: &'r Register,
    provider: &'r ProviderCode,
) -> impl Iterator<Item = &'r Organisation> {
    register.organisations.values().filter(move |organisation| {
        let mut items = register.catalogue.items().filter_map(|item| register.provider_for(organisation, &item.id));
        items.any(|used| used.code == *provider)
    })
}

/// The organisation that a bill or a line calls its customer; nobody when that fits none, or more than one.
fn named<'r>(register: &Register, among: &'r [OrganisationId], text: &str) -> Option<&'r OrganisationId> {
    let said = text.to_lowercase();
    let fits = |id: &&OrganisationId| {
        register.organisations.get(id).is_some_and(|organisation| {
            let name = organisation.name.to_lowercase();
            let reference = organisation.reference.to_lowercase();
            let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
            said.contains(&name) || (said.len() >= 4 && name.contains(&said)) || words.contains(&reference.as_str())
        })
    };
    let mut found = among.iter().filter(fits);
    found.next().filter(|_| found.next().is_none())
}

/// The event by which a bill was read, when it was.
fn read_before(events: &[Recorded<OrganisationEvent>], file: &str) -> Option<u64> {
    events.iter().find_map(|recorded| match &recorded.event {
        OrganisationEvent::BillRead { file: known, .. } if known == file => Some(recorded.seq),
        _ => None,
    })
}

impl Desk {
    /// Takes a bill: at the organisation of who gave it in, or at every one that it is about when the provider mailed it. Gives what it
    /// came to at each.
    pub(crate) async fn take_bill(
        &self,
        house: &House,
        bill: &Bill,
        given: &Given<'_>,
    ) -> Result<Vec<(OrganisationId, Taken)>, DeskError> {
        let context = given.by.map(|(_, organisation)| organisation);
        let sorted = sorted(self.store.as_ref(), &house.register, bill, &given.provider.code, context).await?;
        let mut taken = Vec::new();
        for id in &sorted.organisations {
            let own = sorted.owners.iter().any(|owner| match owner {
                Owner::Order(home) => home.organisation == *id,
                Owner::Of(organisation) => organisation == id,
                Owner::Unclaimed => false,
            });
            // What nobody can claim is told to the first, so that it is told to somebody.
            let unclaimed = context.is_none() && sorted.organisations.first() == Some(id);
            let left = sorted.owners.contains(&Owner::Unclaimed) && unclaimed;
            let wanted = context.map_or(own || left, |context| context == id);
            if let Some(organisation) = house.organisation(id).filter(|_| wanted) {
                taken.push((id.clone(), self.take_own(organisation, bill, &sorted.owners, given).await?));
            }
        }
        self.ring();
        Ok(taken)
    }

    async fn take_own(
        &self,
        organisation: &Organisation,
        bill: &Bill,
        owners: &[Owner],
        given: &Given<'_>,
    ) -> Result<Taken, DeskError> {
        let file = bill.fingerprint();
        let loaded = self.store.load_organisation(&organisation.id).await?;
        if let Some(seq) = read_before(&loaded.events, &file) {
            return Ok(Taken::Known(seq));
        }
        let known = known(self.store.as_ref(), &organisation.id, owners).await?;
        let lists = lists(bill, owners, &organisation.id, &known, &measure(organisation));
        self.record_lines(organisation, &lists, given).await?;
        self.record_bill(organisation, bill, &file, &lists, given).await
    }

    /// Each line about an order stands with its request. What was recorded before is not recorded twice.
    async fn record_lines(
        &self,
        organisation: &Organisation,
        lists: &Lists,
        given: &Given<'_>,
    ) -> Result<(), DeskError> {
        let actor = match given.by {
            Some((account, _)) => self.actor(&self.house(), &organisation.id, account, self.clock.now()),
            None => Actor::Provider,
        };
        // In the order of the bill: what a line comes to depends on those before it.
        let mut placed: Vec<&Placed> = lists.fits.iter().chain(&lists.discuss).collect();
        placed.sort_by_key(|placed| placed.line);
        for placed in placed {
            let command = Command::Bill(placed.billed.clone());
            self.act(&organisation.id, placed.request, &actor, &command, &Along::default()).await?;
        }
        Ok(())
    }

    /// The bill itself, with what is about no order, in one transaction.
    async fn record_bill(
        &self,
        organisation: &Organisation,
        bill: &Bill,
        file: &str,
        lists: &Lists,
        given: &Given<'_>,
    ) -> Result<Taken, DeskError> {
        let by = given.by.map(|(account, _)| account.clone());
        let placed = || lists.fits.iter().chain(&lists.discuss);
        let requests: BTreeSet<RequestId> = placed().map(|placed| placed.request).collect();
        let repeated = placed().filter(|placed| placed.outcome == Outcome::Twice);
        let read = OrganisationEvent::BillRead {
            provider: given.provider.code.clone(),
            number: bill.number.clone(),
            date: bill.date,
            file: file.to_owned(),
            requests: requests.into_iter().collect(),
            repeated: repeated
                .map(|placed| Repeated { request: placed.request, invoice: placed.billed.clone() })
                .collect(),
            elsewhere: lists.elsewhere,
            unclaimed: lists.unclaimed,
            unread: bill.unread.iter().take(UNREAD).copied().collect(),
            by: by.clone(),
        };
        let loose = lists.unknown.iter().map(|unknown| OrganisationEvent::BilledWithoutOrder {
            provider: given.provider.code.clone(),
            invoice: unknown.billed.clone(),
            what: Private::new(&unknown.what),
            by: by.clone(),
        });
        let events: Vec<OrganisationEvent> = std::iter::once(read).chain(loose).collect();
        loop {
            let now = self.clock.now();
            let loaded = self.store.load_organisation(&organisation.id).await?;
            if let Some(seq) = read_before(&loaded.events, file) {
                return Ok(Taken::Known(seq));
            }
            let seq = loaded.head.next;
            // Who gave it in is answered at once; of one that came by mail the SPOC is told.
            let told = by.is_none().then_some(Effect::Bill { read: seq });
            let mut told: Vec<Effect> = told.into_iter().collect();
            let events = events.iter().map(|event| (event.clone(), std::mem::take(&mut told))).collect();
            let mut unit = Unit::new(organisation.id.clone(), now);
            unit.changes.push(unit::of_organisation(loaded.head, events, now));
            match self.commit(unit).await {
                Ok(_) => return Ok(Taken::Recorded(seq)),
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}
