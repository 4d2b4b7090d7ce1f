//! `/invoice`: what a provider billed, by hand for one request, without any, or as the file of a whole bill.

use super::quote::amount;
use super::{Context, unknown};
use crate::desk::act::{Acted, Along};
use crate::desk::bills::{Given, Taken, known_of, measure, users_of};
use crate::desk::unit;
use crate::desk::{Desk, DeskError};
use crate::domain::budget::touched;
use crate::domain::invoice::loose::bills;
use crate::domain::invoice::sort::Reference;
use crate::domain::invoice::{Billed, outcome};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{Organisation, ProviderSettings};
use crate::domain::request::{Command, Refusal};
use crate::domain::{Money, Private, RequestId, Token};
use crate::intake;
use crate::ports::{CommandCall, CommitError, InboxKey, Unit};
use crate::render;
use crate::render::invoice::{Line, LooseLine};
use crate::render::message::Message;
use chrono::NaiveDate;

/// What a number on a bill names, for whoever gave it in.
enum Names {
    /// A request of theirs.
    Own(RequestId),
    /// One of another organisation, or of another provider.
    Elsewhere,
    /// Nothing that is known.
    Nothing,
}

impl Desk {
    /// `/invoice`: records what was billed and says what that comes to.
    pub(super) async fn invoice(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let view = &context.view;
        if !context.spoc {
            return Ok(render::refusal(view, &Refusal::SpocOnly));
        }
        if call.file("file").is_some() {
            return self.whole_bill(context, call).await;
        }
        let given = call.option("amount").unwrap_or_default();
        let money = amount(given, call.option("vat"));
        let (id, what) = (call.option("id").map(str::trim), call.option("what").map(str::trim));
        let money = match (money, id, what) {
            (_, None | Some(""), None | Some("")) => return Ok(render::invoice::nothing_given(view)),
            (None, ..) => return Ok(render::price::unknown_amount(view, given)),
            // A credit is written with a minus before it.
            (Some(money), ..) if given.trim_start().starts_with(['-', '−']) => {
                Money { cents: -money.cents.abs(), ..money }
            }
            (Some(money), ..) => money,
        };
        let billed = Billed {
            number: call.option("number").map(str::trim).filter(|number| !number.is_empty()).map(str::to_owned),
            line: 0,
            amount: money,
            date: call.option("date").and_then(|text| self.invoice_date(context, text)),
            file: None,
        };
        match id.filter(|id| !id.is_empty()) {
            Some(id) => self.bill_for(context, call, id, billed).await,
            None => self.loose_bill(context, call, what.unwrap_or_default(), billed).await,
        }
    }

    fn invoice_date(&self, context: &Context<'_>, text: &str) -> Option<NaiveDate> {
        text.trim().parse().ok().or_else(|| self.day(context, text).map(crate::domain::LocalMoment::day))
    }

    /// What was billed for one request.
    async fn bill_for(
        &self,
        context: &Context<'_>,
        call: &CommandCall,
        id: &str,
        billed: Billed,
    ) -> Result<Message, DeskError> {
        let request = match self.names(context, id).await? {
            Names::Own(request) => request,
            Names::Elsewhere => return Ok(render::invoice::elsewhere(&context.view)),
            Names::Nothing => return Ok(unknown(context, call)),
        };
        let organisation = context.organisation;
        let Some((before, _)) = self.load(&organisation.id, request).await? else { return Ok(unknown(context, call)) };
        let known = known_of(&before);
        let comes_to = outcome(&known.agreed, known.bills.iter(), &billed, &measure(organisation));
        let along = Along::inbox(InboxKey(format!("interaction:{}", call.token.id)));
        let command = Command::Bill(billed.clone());
        let acted = self.act(&organisation.id, request, &context.actor, &command, &along).await?;
        if let Acted::Refused(refusal) = acted {
            return Ok(render::refusal(&context.view, &refusal));
        }
        if comes_to == crate::domain::invoice::Outcome::Twice {
            let line = Line { request: &before, seq: None, billed: &billed, outcome: comes_to };
            return Ok(render::invoice::one(&context.view, &line, &[]));
        }
        self.billed_message(organisation, &context.view, request, &billed).await
    }

    /// One line that was just recorded, beside its order and the budgets that it touches.
    pub(in crate::desk) async fn billed_message(
        &self,
        organisation: &Organisation,
        view: &render::View<'_>,
        id: RequestId,
        billed: &Billed,
    ) -> Result<Message, DeskError> {
        let Some((request, _)) = self.load(&organisation.id, id).await? else {
            return Ok(render::answer::not_understood(view));
        };
        let costs = &request.costs.bills;
        let place = costs.iter().position(|bill| bill.invoice.is_same(billed)).unwrap_or_default();
        let agreed = known_of(&request).agreed;
        let before = costs.iter().take(place).map(|bill| &bill.invoice);
        let comes_to = outcome(&agreed, before, billed, &measure(organisation));
        let ledger = self.ledger(organisation, view.now, None, None, &[]).await?;
        let item = request.order().and_then(|order| order.content.item.as_ref()).map(|item| &item.value);
        let standing = item.map(|item| touched(&organisation.budgets, item, &ledger, organisation.basis));
        let seq = costs.get(place).map(|bill| bill.seq);
        let line = Line { request: &request, seq, billed, outcome: comes_to };
        Ok(render::invoice::one(view, &line, &standing.unwrap_or_default()))
    }

    /// The request that a number or a reference names. What belongs to somebody else is never told.
    async fn names(&self, context: &Context<'_>, text: &str) -> Result<Names, DeskError> {
        let own = &context.organisation.id;
        let found = match Reference::read(text) {
            Some(Reference::Token(token)) => self.store.by_token(&Token(token)).await?,
            Some(Reference::Number(number)) => {
                let mut found = Vec::new();
                for organisation in context.house.register.organisations.keys() {
                    let request = self.store.by_number(organisation, number).await?;
                    found.extend(request.map(|request| (organisation.clone(), request)));
                }
                found
            }
            Some(Reference::Ticket(ticket)) => {
                let mut found = Vec::new();
                for provider in context.house.register.providers.keys() {
                    found.extend(self.store.by_ticket(provider, &ticket).await?);
                    if ticket != text {
                        found.extend(self.store.by_ticket(provider, text).await?);
                    }
                }
                found
            }
            None => vec![],
        };
        let theirs = found.iter().find(|(organisation, _)| organisation == own);
        Ok(match (theirs, found.is_empty()) {
            (Some((_, request)), _) => Names::Own(*request),
            (None, false) => Names::Elsewhere,
            (None, true) => Names::Nothing,
        })
    }

    /// What was billed without any order.
    async fn loose_bill(
        &self,
        context: &Context<'_>,
        call: &CommandCall,
        what: &str,
        billed: Billed,
    ) -> Result<Message, DeskError> {
        let provider = match provider_of(context, call, None) {
            Ok(provider) => provider,
            Err(message) => return Ok(*message),
        };
        let organisation = context.organisation;
        let key = InboxKey(format!("interaction:{}", call.token.id));
        let event = OrganisationEvent::BilledWithoutOrder {
            provider: provider.code.clone(),
            invoice: billed.clone(),
            what: Private::new(what),
            by: Some(call.by.clone()),
        };
        let seq = loop {
            let now = self.clock.now();
            let loaded = self.store.load_organisation(&organisation.id).await?;
            let known = bills(&loaded.events).into_iter().find(|bill| {
                bill.provider == provider.code && bill.invoice.is_same(&billed) && bill.what.text() == Some(what)
            });
            if let Some(known) = known {
                break known.seq;
            }
            let seq = loaded.head.next;
            let mut unit = Unit { inbox: Some(key.clone()), ..Unit::new(organisation.id.clone(), now) };
            unit.changes.push(unit::of_organisation(loaded.head, vec![(event.clone(), vec![])], now));
            match self.commit(unit).await {
                Ok(_) => break seq,
                Err(CommitError::Seen) => return Ok(render::answer::saved(&context.view)),
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        };
        let Some(bill) = self.loose(&organisation.id, seq).await? else {
            return Ok(render::answer::saved(&context.view));
        };
        let register = &context.house.register;
        let asked = self.asked(register, organisation, &provider.code, context.view.now).await?;
        let likely = crate::desk::bills::like(&bill, &asked, organisation);
        Ok(render::invoice::one_loose(&context.view, &LooseLine { bill: &bill, likely }))
    }

    /// The file of a whole bill.
    async fn whole_bill(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let view = &context.view;
        let Some(file) = call.file("file") else { return Ok(render::invoice::nothing_given(view)) };
        if file.size > intake::invoice::LARGEST as u64 {
            return Ok(render::invoice::refused(view, &crate::domain::invoice::NoBill::TooLarge));
        }
        let bytes = match self.chat.fetch(&file, intake::invoice::LARGEST as u64).await {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::warn!(%error, "a file could not be fetched");
                return Ok(render::invoice::not_fetched(view));
            }
        };
        let bill = match intake::invoice::bill(&bytes) {
            Ok(bill) => bill,
            Err(why) => return Ok(render::invoice::refused(view, &why)),
        };
        let provider = match provider_of(context, call, bill.supplier.as_deref()) {
            Ok(provider) => provider,
            Err(message) => return Ok(*message),
        };
        let organisation = context.organisation;
        let given = Given { provider, by: Some((&call.by, &organisation.id)) };
        let taken = self.take_bill(context.house, &bill, &given).await?;
        match taken.first() {
            Some((_, Taken::Recorded(seq))) => self.bill_message(organisation, view, *seq, false).await,
            Some((_, Taken::Known(seq))) => self.bill_message(organisation, view, *seq, true).await,
            None => Ok(render::invoice::elsewhere(view)),
        }
    }
}

/// From whom a bill is: as the command says, as the bill says itself, or the only one there is.
fn provider_of<'a>(
    context: &Context<'a>,
    call: &CommandCall,
    supplier: Option<&str>,
) -> Result<&'a ProviderSettings, Box<Message>> {
    let register = &context.house.register;
    let own: Vec<&ProviderSettings> = register
        .providers
        .values()
        .filter(|provider| users_of(register, &provider.code).any(|one| one.id == context.organisation.id))
        .collect();
    let said = call.option("provider").map(str::trim).filter(|text| !text.is_empty()).or(supplier);
    let named = said.map(str::to_lowercase).and_then(|said| {
        let fits = |provider: &&&ProviderSettings| {
            let (code, name) = (provider.code.as_str(), provider.name.to_lowercase());
            code == said || name == said || said.contains(&name) || (said.len() >= 4 && name.contains(&said))
        };
        let mut found = own.iter().filter(fits);
        found.next().filter(|_| found.next().is_none()).copied()
    });
    match (named, own.as_slice()) {
        (Some(provider), _) => Ok(provider),
        (None, [only]) => Ok(only),
        (None, _) => {
            let codes: Vec<_> = own.iter().map(|provider| provider.code.clone()).collect();
            Err(render::invoice::whose(&context.view, &codes).into())
        }
    }
}
