//! A provider that works like a real one: it receives, plans, comes, is sometimes late, and sometimes asks something first.

use crate::domain::Instant;
use crate::domain::provider::News;
use crate::ports::{Bulletin, Certainty, Handover, Provider, ProviderError, Purpose, Receipt, Ticket};
use async_trait::async_trait;
use std::sync::{Mutex, PoisonError};

/// The ticket system of a simulated provider.
pub(super) struct Company {
    /// What its numbers begin with.
    prefix: &'static str,
    state: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    orders: Vec<Order>,
    said: Vec<News>,
    /// What came in, or came back, and nobody has looked at yet.
    fresh: Vec<Order>,
}

/// An order as the company knows it.
#[derive(Clone)]
pub(super) struct Order {
    /// Our whole reference.
    pub(super) reference: String,
    /// Its own number.
    pub(super) number: String,
    /// Whether we told it to leave the order.
    pub(super) cancelled: bool,
    /// Whether it came back because it was not solved.
    pub(super) again: bool,
}

impl Company {
    pub(super) fn new(prefix: &'static str) -> Self {
        Self { prefix, state: Mutex::default() }
    }

    fn books(&self) -> std::sync::MutexGuard<'_, Books> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The orders that came in, or came back, since the last time that somebody looked.
    pub(super) fn newly_arrived(&self) -> Vec<Order> {
        std::mem::take(&mut self.books().fresh)
    }

    /// Whether we asked it to leave an order.
    pub(super) fn is_cancelled(&self, order: &Order) -> bool {
        self.books().orders.iter().any(|known| known.reference == order.reference && known.cancelled)
    }

    /// Its system says something about an order.
    pub(super) fn says(&self, at: Instant, order: &Order, news: News) {
        let mut books = self.books();
        let key = format!("{}-{}", order.number, books.said.len() + 1);
        let (reference, number) = (Some(order.reference.clone()), Some(order.number.clone()));
        books.said.push(News { key, at, reference, number, ..news });
    }
}

#[async_trait]
impl Provider for Company {
    fn certainty(&self) -> Certainty {
        Certainty::Searchable
    }

    async fn submit(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let mut books = self.books();
        match handover.purpose {
            Purpose::Order => {
                let number = format!("{}-{}", self.prefix, 1041 + books.orders.len());
                let reference = handover.reference.clone();
                let order = Order { reference, number: number.clone(), cancelled: false, again: false };
                books.fresh.push(order.clone());
                books.orders.push(order);
                Ok(Receipt { number: Some(number), dry_run: false })
            }
            Purpose::Cancel => {
                let known = books.orders.iter_mut().find(|order| order.reference == handover.order);
                known.into_iter().for_each(|order| order.cancelled = true);
                Ok(Receipt::default())
            }
            Purpose::Reopen => {
                let known = books.orders.iter().find(|order| order.reference == handover.order).cloned();
                books.fresh.extend(known.map(|order| Order { again: true, ..order }));
                Ok(Receipt::default())
            }
            _ => Ok(Receipt::default()),
        }
    }

    async fn find(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        let books = self.books();
        let found = books.orders.iter().filter(|order| order.reference == handover.reference);
        Ok(found.map(|order| Receipt { number: Some(order.number.clone()), dry_run: false }).collect())
    }

    fn tells(&self) -> bool {
        true
    }

    /// The mark is how much was said before.
    async fn news(&self, mark: Option<&str>, _open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        let books = self.books();
        let before: usize = mark.and_then(|mark| mark.parse().ok()).unwrap_or(0);
        let news = books.said.iter().skip(before).cloned().collect();
        Ok(Bulletin { news, mark: Some(books.said.len().to_string()) })
    }
}
