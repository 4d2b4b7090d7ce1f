//! Finds what was handed over, by our reference: in the field, and where the field does not help in the words.

use super::super::common::names;
use super::RtProvider;
use super::news::AT_ONCE;
use super::rest::{Found, Seen, Transaction, quoted};
use crate::ports::{Handover, ProviderError, Receipt};
use chrono::Duration;
use std::collections::BTreeSet;

/// So many tickets that Loket made are looked into, the newest first.
const LOOKED_INTO: usize = 100;

impl RtProvider {
    /// The tickets of an order. The search by field leaves out tickets that were merged or deleted and finds none whose field was
    /// dropped, so that what Loket made since the order was frozen is then looked into one by one.
    pub(super) async fn ordered(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        let field = quoted(&format!("CF.{{{}}}", self.field));
        let mut numbers = Vec::new();
        for ticket in self.rest.tickets(&format!("{field} = {}", quoted(&handover.reference))).await? {
            if self.holds(&ticket, &handover.reference).await? {
                numbers.push(ticket.id);
            }
        }
        if numbers.is_empty() {
            numbers = self.made_with(handover).await?;
        }
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers.into_iter().map(receipt).collect())
    }

    /// Whether a ticket of a list is ours; a list that leaves the fields out does not tell.
    async fn holds(&self, ticket: &Found, reference: &str) -> Result<bool, ProviderError> {
        if ticket.tells_fields() {
            return Ok(ticket.holds(&self.field, reference));
        }
        Ok(match self.rest.ticket(ticket.id).await? {
            Seen::There(whole) => whole.id == ticket.id && whole.holds(&self.field, reference),
            Seen::Gone(_) | Seen::Hidden(_) => false,
        })
    }

    async fn made_with(&self, handover: &Handover) -> Result<Vec<u64>, ProviderError> {
        // Days are read in the zone of the account, which is not known here: two days cover any.
        let since = (handover.at - Duration::days(2)).format("%Y-%m-%d");
        let query = format!("Type = 'Create' AND Creator = '__CurrentUser__' AND Created > '{since}'");
        let (made, _) = self.rest.newest(&query).await?;
        let me = self.rest.me().await?;
        let ours = made.into_iter().filter(|one| one.kind == "Create" && me.as_ref() == Some(&one.who));
        let ours: Vec<Transaction> = ours.take(LOOKED_INTO).collect();
        let others = self.of_other_orders(&ours).await?;
        let mut numbers = Vec::new();
        for one in ours.iter().filter(|one| !others.contains(&one.ticket)) {
            if !names(&self.rest.words(one.id).await?, &handover.reference) {
                continue;
            }
            numbers.push(match self.rest.ticket(one.ticket).await? {
                Seen::There(ticket) => ticket.id,
                Seen::Gone(_) | Seen::Hidden(_) => one.ticket,
            });
        }
        Ok(numbers)
    }

    /// Those of the tickets whose field holds a reference, which the search by field did not find: it is another one's.
    async fn of_other_orders(&self, made: &[Transaction]) -> Result<BTreeSet<u64>, ProviderError> {
        let mut others = BTreeSet::new();
        for some in made.chunks(AT_ONCE) {
            let query = some.iter().map(|one| format!("id = {}", one.ticket)).collect::<Vec<_>>().join(" OR ");
            let found = self.rest.tickets(&query).await?;
            others.extend(found.iter().filter(|ticket| ticket.fills(&self.field)).map(|ticket| ticket.id));
        }
        Ok(others)
    }

    /// The ticket once for each time that this was said on it. A merged ticket keeps what was said before.
    pub(super) async fn told(&self, handover: &Handover, number: u64) -> Result<Vec<Receipt>, ProviderError> {
        let Seen::There(ticket) = self.rest.ticket(number).await? else { return Ok(vec![]) };
        let mut places = format!("ObjectId = {number}");
        if ticket.id != number {
            places.push_str(&format!(" OR ObjectId = {}", ticket.id));
        }
        let query = format!("({places}) AND Type = 'Correspond' AND Creator = '__CurrentUser__'");
        let me = self.rest.me().await?;
        let mut receipts = Vec::new();
        for one in self.rest.transactions(&query, 0).await? {
            // An answer may quote us, so that it counts only in our own words.
            let ours = one.kind == "Correspond"
                && (one.ticket == number || one.ticket == ticket.id)
                && me.as_ref() == Some(&one.who);
            if ours && names(&self.rest.words(one.id).await?, &handover.reference) {
                receipts.push(receipt(ticket.id));
            }
        }
        Ok(receipts)
    }
}

fn receipt(number: u64) -> Receipt {
    Receipt { number: Some(number.to_string()), dry_run: false }
}
