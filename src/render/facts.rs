//! What is asked for and what it costs, as a card shows it.

use super::description::{description, shareable};
use super::message::{Piece, Rich};
use super::view::{View, said};
use super::words::{clean, clip};
use crate::domain::approval::ledger::EMPTY;
use crate::domain::approval::{Question, Verdict, evaluate};
use crate::domain::catalogue::FieldKind;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Content, Event, Order, Request, Stage};
use crate::domain::{Found, Money, PersonId, Price, Private};

/// What is asked for and what it costs.
impl View<'_> {
    /// Place, time, number and the item's own fields, as label and value; `outside` leaves out what does not leave the organisation.
    pub fn fields(&self, content: &Content, outside: bool) -> Vec<(String, Rich)> {
        let item = self.item(content);
        let hidden = |key: &str| outside && item.is_some_and(|item| super::description::is_internal(item, key));
        let words = |key: &str, found: &Found<Private>| {
            let text = if outside { shareable(key, found, content, item) } else { found.value.text() };
            text.map(|text| clip(&clean(text), 200)).filter(|text| !text.is_empty())
        };
        use crate::domain::request::content::{EITHER, PLACE, QUANTITY, STANDING, VAT, WHEN};
        let mut fields = Vec::new();
        let either = content.extra.get(EITHER).filter(|_| content.place.is_none());
        if let Some(place) = content.place.as_ref().or(either).and_then(|found| words(PLACE, found)) {
            fields.push((self.say("label-where").text(), said(place)));
        }
        if let Some(when) = content.when.as_ref().filter(|_| !hidden(WHEN)) {
            fields.push((self.say("label-when").text(), Rich::own(self.when(&when.value))));
        }
        if let Some(often) = content.extra.get(STANDING).and_then(|found| words(STANDING, found)) {
            fields.push((self.say("label-standing").text(), said(often)));
        }
        if let Some(quantity) = content.quantity.as_ref().filter(|_| !hidden(QUANTITY)) {
            fields.push((self.say("label-quantity").text(), Rich::own(quantity.value.to_string())));
        }
        // No item has more than a handful of fields; a card holds twenty-five facts.
        // That somebody does not know whether VAT is in it is shown by the amount itself.
        let extra = content.extra.iter().filter(|(key, _)| ![VAT, STANDING, EITHER].contains(&key.as_str()));
        for (key, found) in extra.take(10) {
            let field = item.and_then(|item| item.fields.iter().find(|field| field.key == *key));
            let choice = field.and_then(|field| match &field.kind {
                FieldKind::Choice(choices) => choices.get(found.value.or_empty()),
                _ => None,
            });
            let value = match choice {
                Some(choice) if !hidden(key.as_str()) => Some(clean(choice.in_lang(self.lang))),
                _ => words(key.as_str(), found),
            };
            if let Some(value) = value {
                fields.push((label_of(key.as_str()), said(value)));
            }
        }
        fields
    }

    /// The words of a request as other people may see them, at most so many characters.
    pub fn words_of(&self, request: &Request, content: &Content, most: usize) -> Rich {
        self.words_until(request, content, most, usize::MAX)
    }

    /// The words that an order was frozen with: a card that is void shows nothing that was said later.
    pub fn words_frozen(&self, request: &Request, order: &Order, most: usize) -> Rich {
        let of_this = |event: &Event| match event {
            Event::Settled { order: frozen, .. }
            | Event::Limited { order: frozen }
            | Event::PricePut { order: frozen } => frozen.identity == order.identity,
            _ => false,
        };
        let settled = self.history.iter().position(|recorded| of_this(&recorded.event));
        let before = settled.and_then(|at| self.history.get(..at)).map(|before| {
            let told = |recorded: &&Recorded| matches!(recorded.event, Event::Drafted { .. } | Event::Told { .. });
            before.iter().filter(told).count()
        });
        self.words_until(request, &order.content, most, before.unwrap_or(usize::MAX))
    }

    fn words_until(&self, request: &Request, content: &Content, most: usize, messages: usize) -> Rich {
        match description(request, content, self.item(content), messages) {
            Some(words) => Rich(vec![Piece::Said(clip(&words, most))]),
            None => self.say("erased").done(),
        }
    }

    /// What the contract pays: *in het pakket*, *extra, ca. € …* or *op offerte*.
    pub fn coverage(&self, content: &Content) -> Option<Rich> {
        let item = self.item(content)?;
        let price = item.price_of(content.kind.value);
        let total = price.times(content.pieces()).map(|total| self.money(total));
        let line = match (price, total) {
            (Price::Included, _) => self.say("coverage-included").done(),
            (_, Some(total)) if content.repeats() => {
                let sure = if matches!(price, Price::Fixed(_)) { "fixed" } else { "estimate" };
                self.say("coverage-each-time").own("total", total).pick("price", sure).done()
            }
            (Price::Fixed(each), Some(total)) => self.extra(content, each, total, false),
            (Price::Estimate(each), Some(total)) => self.extra(content, each, total, true),
            (Price::Unknown | Price::Fixed(_) | Price::Estimate(_), _) => self.say("coverage-quote").done(),
        };
        let line = match &content.amount {
            Some(named) => self.say("coverage-named").rich("line", line).own("amount", self.money(named.value)).done(),
            None => line,
        };
        Some(match &item.clause {
            Some(clause) => self.say("coverage-clause").rich("line", line).said("clause", &clip(clause, 80)).done(),
            None => line,
        })
    }

    fn extra(&self, content: &Content, each: Money, total: String, about: bool) -> Rich {
        let say = match (about, content.pieces()) {
            (false, 1) => self.say("coverage-extra"),
            (true, 1) => self.say("coverage-estimate"),
            (false, _) => self.say("coverage-extra-each"),
            (true, _) => self.say("coverage-estimate-each"),
        };
        say.own("total", total).own("count", content.pieces().to_string()).own("each", self.euros(each.cents)).done()
    }

    /// *verlaagd tot € 250,00 excl. btw door Bob*, as label and value, where somebody lowered the maximum.
    pub fn limit(&self, order: &Order) -> Option<(String, Rich)> {
        let limit = order.limit.as_ref()?;
        let say = self.say("limited").rich("who", self.person(&limit.by.person)).own("at", self.at(limit.by.at));
        Some((self.say("label-limited").text(), say.strong("amount", self.money(limit.ceiling)).done()))
    }

    /// *tot € 480,00 excl. btw*, or that nobody knows.
    pub fn ceiling(&self, ceiling: Option<Money>) -> Rich {
        match ceiling {
            Some(money) if money.cents == 0 => self.say("coverage-included").done(),
            Some(money) => self.say("ceiling").strong("amount", self.money(money)).done(),
            None => self.say("ceiling-unknown").done(),
        }
    }

    /// What the policy would say of a draft if it settled now; `None` without item or provider.
    pub fn verdict(&self, request: &Request) -> Option<Verdict> {
        let content = request.content()?;
        let item = self.item(content)?;
        let provider = self.register.provider_for(self.organisation, &item.id)?;
        let registrar = request.origin.registered_by.as_ref();
        let registrar = registrar.and_then(|account| self.organisation.person_of(account, self.today()));
        let requester = request.origin.requester.person.iter().cloned();
        let parties: Vec<PersonId> = requester.chain(registrar.map(|person| person.id.clone())).collect();
        let question = Question {
            organisation: &self.organisation.id,
            provider: &provider.code,
            item: &item.id,
            kind: content.kind.value,
            amount: content.cost(item),
            urgency: content.urgency.value,
            parties: &parties,
            absences: &[],
            on: self.today(),
            basis: self.organisation.basis,
            vat_rate: item.vat_rate,
            asks: request.origin.requester.person.as_ref().filter(|_| request.origin.registered_by.is_none()),
            confirmed: true,
            open: self.organisation.hours.open_at(self.now),
            ledger: &EMPTY,
        };
        Some(evaluate(&self.register.policy, &self.register.mandates, &question))
    }

    /// The number to call when it cannot wait: the item's, else the provider's.
    pub fn duty_number(&self, request: &Request) -> Option<Rich> {
        let item = request.content().and_then(|content| self.item(content));
        let own = item.and_then(|item| item.duty_number.as_deref());
        let number = own.or_else(|| self.provider(request)?.duty_number.as_deref())?;
        Some(said(clip(number, 40)))
    }

    /// The frozen order of a revision: the one in force, else as the journal has it.
    pub fn order_of<'b>(&'b self, request: &'b Request, revision: u32) -> Option<&'b Order> {
        let of_this = |order: &&Order| order.identity.revision == revision;
        request.order_at(revision).or_else(|| {
            self.history.iter().rev().find_map(|recorded| match &recorded.event {
                Event::Settled { order, .. } | Event::Limited { order } | Event::PricePut { order } => {
                    Some(order.as_ref()).filter(of_this)
                }
                _ => None,
            })
        })
    }

    /// The event that ended the request, where the journal is at hand.
    pub fn ending(&self, request: &Request) -> Option<&Recorded> {
        matches!(request.stage, Stage::Closed(_)).then_some(())?;
        self.history.iter().rev().find(|recorded| matches!(recorded.event, Event::Closed { .. }))
    }
}

/// The name of an item's own field as a label: labels are plain text on every platform, so only letters and digits stay.
fn label_of(key: &str) -> String {
    let spaced: String = key.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let mut letters = spaced.trim().chars();
    let label = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    if label.is_empty() { "–".to_owned() } else { clip(&label, 40) }
}
