//! What every text needs: the words, the facts of the organisation, and the small parts (dates, amounts, names).

use super::description::{description, shareable};
use super::message::{Action, Button, Piece, Rich, Style};
use super::words::{Say, Words, clean, clip};
use crate::domain::approval::{Decision, Outcome, Question, Step, Verdict, evaluate};
use crate::domain::catalogue::{CatalogueItem, FieldKind};
use crate::domain::register::{Mode, Organisation, ProviderSettings, Register, Role};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Content, Event, Order, Request, Stage};
use crate::domain::{
    AccountId, Basis, Found, Instant, Kind, Lang, LocalMoment, Money, Number, PersonId, Price, Private, ProviderCode,
    RequestId, When, WhenRole,
};
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

/// So many people are named in a sentence; the rest is counted.
const NAMED: usize = 8;

/// For whom and from what a text is made.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The words of both languages.
    pub words: &'a Words,
    /// The configuration in force.
    pub register: &'a Register,
    /// The organisation of the request.
    pub organisation: &'a Organisation,
    /// The reader's language.
    pub lang: Lang,
    /// The moment of reading.
    pub now: Instant,
    /// The journal of the request that is shown, as far as the caller has it: who ended it, and what older revisions held. May be empty.
    pub history: &'a [Recorded],
}

impl<'a> View<'a> {
    /// A view without a journal.
    pub fn new(
        words: &'a Words,
        register: &'a Register,
        organisation: &'a Organisation,
        lang: Lang,
        now: Instant,
    ) -> Self {
        Self { words, register, organisation, lang, now, history: &[] }
    }

    /// The same view with the journal of the request that is shown.
    pub fn with_history(self, history: &'a [Recorded]) -> Self {
        Self { history, ..self }
    }

    /// Begins a sentence in the reader's language.
    pub fn say(&self, key: &'static str) -> Say<'a> {
        let formal = if self.organisation.formal { "yes" } else { "no" };
        self.words.say(self.lang, key).pick("formal", formal)
    }

    /// The day of reading, in the organisation's zone.
    pub fn today(&self) -> NaiveDate {
        self.local(self.now).date()
    }

    fn local(&self, at: Instant) -> chrono::NaiveDateTime {
        at.with_timezone(&self.organisation.zone).naive_local()
    }
}

/// Dates, times and amounts.
impl View<'_> {
    /// *donderdag 14 mei*, with the year when it is another than this one.
    pub fn day(&self, day: NaiveDate) -> String {
        let weekday = match day.weekday() {
            Weekday::Mon => "mon",
            Weekday::Tue => "tue",
            Weekday::Wed => "wed",
            Weekday::Thu => "thu",
            Weekday::Fri => "fri",
            Weekday::Sat => "sat",
            Weekday::Sun => "sun",
        };
        let month = match day.month() {
            1 => "jan",
            2 => "feb",
            3 => "mar",
            4 => "apr",
            5 => "may",
            6 => "jun",
            7 => "jul",
            8 => "aug",
            9 => "sep",
            10 => "oct",
            11 => "nov",
            _ => "dec",
        };
        let say = if day.year() == self.today().year() { self.say("day") } else { self.say("day-year") };
        say.pick("weekday", weekday)
            .own("day", day.day().to_string())
            .pick("month", month)
            .own("year", day.year().to_string())
            .text()
    }

    /// *donderdag 14 mei om 14:30*.
    pub fn stamp(&self, at: Instant) -> String {
        let local = self.local(at);
        self.day_time(local.date(), local.time())
    }

    fn day_time(&self, day: NaiveDate, time: NaiveTime) -> String {
        self.say("day-time").own("day", self.day(day)).own("time", clock(time)).text()
    }

    /// *om 14:30* when it is today, else *op donderdag 14 mei om 14:30*.
    pub fn at(&self, at: Instant) -> String {
        let local = self.local(at);
        let say = if local.date() == self.today() {
            self.say("at-today")
        } else {
            self.say("at-day").own("day", self.day(local.date()))
        };
        say.own("time", clock(local.time())).text()
    }

    /// *14:30* when it is today, else *donderdag 14 mei om 14:30*.
    pub fn since(&self, at: Instant) -> String {
        let local = self.local(at);
        if local.date() == self.today() { clock(local.time()) } else { self.stamp(at) }
    }

    /// *op donderdag 14 mei*.
    pub fn on_day(&self, at: Instant) -> String {
        self.say("on-day").own("day", self.day(self.local(at).date())).text()
    }

    /// A day with or without a time.
    pub fn moment(&self, moment: LocalMoment) -> String {
        match moment {
            LocalMoment::At(at) => self.day_time(at.date(), at.time()),
            LocalMoment::Day(day) => self.day(day),
        }
    }

    /// A wished day, moment or period.
    pub fn when(&self, when: &When) -> String {
        let from = self.moment(when.from);
        match (when.to, when.role) {
            (Some(LocalMoment::At(to)), _) => match when.from {
                LocalMoment::At(start) if start.date() == to.date() => self
                    .say("when-hours")
                    .own("day", self.day(start.date()))
                    .own("from", clock(start.time()))
                    .own("to", clock(to.time()))
                    .text(),
                _ => self.say("when-until").own("from", from).own("to", self.moment(LocalMoment::At(to))).text(),
            },
            (Some(to), _) if to != when.from => {
                self.say("when-period").own("from", from).own("to", self.moment(to)).text()
            }
            (_, WhenRole::On) => from,
            (_, WhenRole::By) => self.say("when-by").own("at", from).text(),
            (_, WhenRole::From) => self.say("when-from").own("at", from).text(),
        }
    }

    /// *€ 1.250,00 excl. btw*.
    pub fn money(&self, money: Money) -> String {
        let basis = match money.basis {
            Basis::Excl => "excl",
            Basis::Incl => "incl",
            Basis::Unknown => "unknown",
        };
        self.say("money").own("amount", self.amount(money.cents)).pick("basis", basis).text()
    }

    /// *€ 1.250,00*, where the basis stands beside it or differs.
    pub fn euros(&self, cents: i64) -> String {
        self.say("money-bare").own("amount", self.amount(cents)).text()
    }

    fn amount(&self, cents: i64) -> String {
        let (group, point) = match self.lang {
            Lang::Nl => ('.', ','),
            Lang::En => (',', '.'),
        };
        let digits = (cents.unsigned_abs() / 100).to_string();
        let mut amount = String::from(if cents < 0 { "-" } else { "" });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                amount.push(group);
            }
            amount.push(digit);
        }
        amount.push(point);
        amount + &format!("{:02}", cents.unsigned_abs() % 100)
    }

    /// *3 uur*: the largest unit that fits.
    pub fn duration(&self, minutes: i64) -> String {
        let say = match minutes {
            ..60 => self.say("minutes").count("count", minutes.max(0)),
            60..2880 => self.say("hours").count("count", (minutes + 30) / 60),
            _ => self.say("days").count("count", (minutes + 720) / 1440),
        };
        say.text()
    }
}

/// *14:30*.
fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// Names of things and people.
impl<'a> View<'a> {
    /// *Melding*, *Aanvraag*, *Vraag*, *Klacht*.
    pub fn kind(&self, kind: Kind) -> String {
        self.say("kind").pick("kind", kind.code()).text()
    }

    /// *Melding: Sanitair*, with the number in front once there is one.
    pub fn heading(&self, request: &Request) -> Rich {
        let content = request.content();
        let kind = content.map_or_else(|| self.say("one-request").text(), |content| self.kind(content.kind.value));
        let name = content.and_then(|content| self.service(content));
        let title = match name {
            Some(name) => self.say("card-title").own("kind", kind).rich("item", name).done(),
            None => Rich::own(kind),
        };
        match request.number() {
            Some(number) => self.say("card-title-number").own("number", number.to_string()).rich("title", title).done(),
            None => title,
        }
    }

    /// The number, or *dit verzoek* while there is none.
    pub fn number(&self, number: Option<Number>) -> Rich {
        match number {
            Some(number) => Rich(vec![Piece::Strong(number.to_string())]),
            None => self.say("this-request").done(),
        }
    }

    /// The item of the content.
    pub fn item(&self, content: &Content) -> Option<&'a CatalogueItem> {
        content.item.as_ref().and_then(|found| self.register.catalogue.item(&found.value))
    }

    /// The name of the service; an item that is gone from the catalogue is called by its identity.
    pub fn service(&self, content: &Content) -> Option<Rich> {
        let found = content.item.as_ref()?;
        let name = self.register.catalogue.item(&found.value).map(|item| item.name.in_lang(self.lang));
        Some(said(clip(name.unwrap_or(found.value.as_str()), 80)))
    }

    /// Whether nobody but those who must may read the words.
    pub fn confidential(&self, request: &Request) -> bool {
        request.content().and_then(|content| self.item(content)).is_some_and(|item| item.confidential)
    }

    /// Who will fulfil it, or does.
    pub fn provider(&self, request: &Request) -> Option<&'a ProviderSettings> {
        match request.order() {
            Some(order) => self.register.providers.get(&order.provider),
            None => {
                let item = request.content()?.item.as_ref()?;
                self.register.provider_for(self.organisation, &item.value)
            }
        }
    }

    /// The provider's own name.
    pub fn provider_name(&self, request: &Request) -> Rich {
        match (self.provider(request), request.order()) {
            (Some(provider), _) => named(&provider.name),
            (None, Some(order)) => named(order.provider.as_str()),
            (None, None) => self.say("the-provider").done(),
        }
    }

    /// The name behind a code.
    pub fn name_of(&self, provider: &ProviderCode) -> Rich {
        named(self.register.providers.get(provider).map_or(provider.as_str(), |provider| &provider.name))
    }

    /// *PROEF: er is niets naar … gestuurd*, when that is so.
    pub fn rehearsal(&self, request: &Request) -> Option<Rich> {
        let dry = match request.sent() {
            Some(sent) => sent.dry_run,
            None => self.provider(request).is_some_and(|provider| provider.mode == Mode::DryRun),
        };
        dry.then(|| self.say("rehearsal").rich("provider", self.provider_name(request)).done())
    }

    /// A person of the register, by name.
    pub fn person(&self, id: &PersonId) -> Rich {
        named(self.organisation.people.get(id).map_or(id.as_str(), |person| &person.name))
    }

    /// A person by account: the name of the register, else as the platform shows it.
    pub fn account(&self, account: &AccountId) -> Rich {
        match self.organisation.people.values().find(|person| person.accounts.contains(account)) {
            Some(person) => named(&person.name),
            None => Rich(vec![Piece::Person(account.clone())]),
        }
    }

    /// Who asks, by name.
    pub fn requester(&self, request: &Request) -> Rich {
        let requester = &request.origin.requester;
        match (requester.name.text().map(clean).filter(|name| !name.is_empty()), &requester.account) {
            (Some(name), _) => named(&name),
            (None, Some(account)) if requester.name.text().is_some() => Rich(vec![Piece::Person(account.clone())]),
            (None, _) => self.say("erased").done(),
        }
    }

    /// *Bob of Carla*; of many people the first few.
    pub fn either(&self, names: Vec<Rich>) -> Rich {
        self.join(self.few(names), || self.say("or").done())
    }

    /// *Bob en Carla*.
    pub fn both(&self, names: Vec<Rich>) -> Rich {
        self.join(self.few(names), || self.say("and").done())
    }

    fn few(&self, mut names: Vec<Rich>) -> Vec<Rich> {
        if names.len() > NAMED {
            let left = names.len() - (NAMED - 1);
            names.truncate(NAMED - 1);
            names.push(self.say("others").own("count", left.to_string()).done());
        }
        names
    }

    fn join(&self, names: Vec<Rich>, last: impl Fn() -> Rich) -> Rich {
        let mut joined = Rich::default();
        let count = names.len();
        for (index, name) in names.into_iter().enumerate() {
            if index > 0 && index + 1 == count {
                joined.push(Piece::Own(" ".to_owned()));
                joined.extend(last());
                joined.push(Piece::Own(" ".to_owned()));
            } else if index > 0 {
                joined.push(Piece::Own(", ".to_owned()));
            }
            joined.extend(name);
        }
        joined
    }

    /// The people of a step: *Bob of Carla*.
    pub fn step(&self, step: &Step) -> Rich {
        self.either(step.of.iter().map(|person| self.person(person)).collect())
    }

    /// Who decided: *Bob en Carla*.
    pub fn deciders(&self, decisions: &[Decision]) -> Rich {
        self.both(decisions.iter().map(|decision| self.person(&decision.person)).collect())
    }

    /// The single points of contact of today by name, or the word for them.
    pub fn spocs(&self) -> Rich {
        let names: Vec<Rich> =
            self.organisation.with_role(Role::Spoc, self.today()).map(|person| named(&person.name)).collect();
        if names.is_empty() { self.say("the-spoc").done() } else { self.either(names) }
    }

    /// The accounts of the single points of contact.
    pub fn spoc_accounts(&self) -> Vec<AccountId> {
        self.organisation
            .with_role(Role::Spoc, self.today())
            .flat_map(|person| person.accounts.iter().cloned())
            .collect()
    }

    /// The accounts of people of the register.
    pub fn accounts_of<'b>(&self, people: impl IntoIterator<Item = &'b PersonId>) -> Vec<AccountId> {
        let today = self.today();
        people
            .into_iter()
            .filter_map(|id| self.organisation.people.get(id))
            .filter(|person| person.in_service(today))
            .flat_map(|person| person.accounts.iter().cloned())
            .collect()
    }

    /// People who must act, each account as a mention; the name of who has none.
    pub fn calls<'b>(&self, people: impl IntoIterator<Item = &'b PersonId>) -> Rich {
        let call = |person: &PersonId| {
            let accounts = self.accounts_of([person]);
            if accounts.is_empty() {
                return vec![self.person(person)];
            }
            accounts.into_iter().map(|account| Rich(vec![Piece::Person(account)])).collect()
        };
        self.join(people.into_iter().flat_map(call).collect(), || self.say("or").done())
    }

    /// The requester's account, for a message that they must act on.
    pub fn requester_accounts(&self, request: &Request) -> Vec<AccountId> {
        request.origin.requester.account.iter().cloned().collect()
    }

    /// A button of a request.
    pub fn button(&self, key: Say<'_>, style: Style, action: Action) -> Button {
        Button { action, label: key.text(), style }
    }

    /// *Opgelost* and *Nog niet*.
    pub fn solved_buttons(&self, id: RequestId) -> Vec<Vec<Button>> {
        vec![vec![
            self.button(self.say("button-solved"), Style::Success, Action::Solved(id)),
            self.button(self.say("button-not-solved"), Style::Secondary, Action::NotSolved(id)),
        ]]
    }
}

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
        use crate::domain::request::content::{PLACE, QUANTITY, WHEN};
        let mut fields = Vec::new();
        if let Some(place) = content.place.as_ref().and_then(|found| words(PLACE, found)) {
            fields.push((self.say("label-where").text(), said(place)));
        }
        if let Some(when) = content.when.as_ref().filter(|_| !hidden(WHEN)) {
            fields.push((self.say("label-when").text(), Rich::own(self.when(&when.value))));
        }
        if let Some(quantity) = content.quantity.as_ref().filter(|_| !hidden(QUANTITY)) {
            fields.push((self.say("label-quantity").text(), Rich::own(quantity.value.to_string())));
        }
        // No item has more than a handful of fields; a card holds twenty-five facts.
        for (key, found) in content.extra.iter().take(10) {
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
        let of_this =
            |event: &Event| matches!(event, Event::Settled { order: frozen, .. } if frozen.identity == order.identity);
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
        let named = content.amount.as_ref().map(|named| named.value);
        let question = Question {
            organisation: &self.organisation.id,
            provider: &provider.code,
            item: &item.id,
            kind: content.kind.value,
            amount: named.or_else(|| item.price_of(content.kind.value).times(content.pieces())),
            urgency: content.urgency.value,
            parties: &parties,
            on: self.today(),
            basis: self.organisation.basis,
            vat_rate: item.vat_rate,
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
        let current = request.order().filter(|order| order.identity.revision == revision);
        current.or_else(|| {
            self.history.iter().rev().find_map(|recorded| match &recorded.event {
                Event::Settled { order, .. } if order.identity.revision == revision => Some(order.as_ref()),
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

/// The steps of a verdict that wants people.
pub fn steps(verdict: &Verdict) -> &[Step] {
    match &verdict.outcome {
        Outcome::Pending(steps) => steps,
        Outcome::Free | Outcome::Nobody => &[],
    }
}

/// Somebody's words on one line.
pub fn said(text: impl AsRef<str>) -> Rich {
    Rich::said(clean(text.as_ref()))
}

/// A name, at most so long that it cannot fill a message.
pub fn named(text: &str) -> Rich {
    said(clip(&clean(text), 60))
}

/// Sentences one below the other; empty ones are left out.
pub fn lines(parts: impl IntoIterator<Item = Rich>) -> Rich {
    let mut all = Rich::default();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !all.is_empty() {
            all.push(Piece::Own("\n".to_owned()));
        }
        all.extend(part);
    }
    all
}

/// The name of an item's own field as a label: labels are plain text on every platform, so only letters and digits stay.
fn label_of(key: &str) -> String {
    let spaced: String = key.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let mut letters = spaced.trim().chars();
    let label = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    if label.is_empty() { "–".to_owned() } else { clip(&label, 40) }
}
