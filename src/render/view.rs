//! What every text needs: the words, the facts of the organisation, and the names of things and people.

use super::message::{Action, Button, Piece, Rich, Style};
use super::words::{Say, Voice, Words, clean, clip};
use crate::domain::approval::{Decision, Outcome, Step, Verdict};
use crate::domain::catalogue::CatalogueItem;
use crate::domain::register::{Mode, Organisation, ProviderSettings, Register, Role};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Content, Request};
use crate::domain::{AccountId, Instant, Kind, Lang, Number, PersonId, ProviderCode, RequestId};
use chrono::NaiveDate;

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

    /// The words in the reader's language, for sentences that address nobody.
    pub fn voice(&self) -> Voice<'a> {
        Voice::new(self.words, self.lang)
    }

    /// The day of reading, in the organisation's zone.
    pub fn today(&self) -> NaiveDate {
        self.local(self.now).date()
    }

    pub(super) fn local(&self, at: Instant) -> chrono::NaiveDateTime {
        at.with_timezone(&self.organisation.zone).naive_local()
    }
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
            None => match request.order() {
                Some(order) => order.circumstances.rehearsal,
                None => self.provider(request).is_some_and(|provider| provider.mode == Mode::DryRun),
            },
        };
        dry.then(|| self.say("rehearsal").rich("provider", self.provider_name(request)).done())
    }

    /// A person of the register, by name.
    pub fn person(&self, id: &PersonId) -> Rich {
        named(self.organisation.people.get(id).map_or(id.as_str(), |person| &person.name))
    }

    /// A person by account: the name of the register, else as the platform shows it.
    pub fn account(&self, account: &AccountId) -> Rich {
        match self.organisation.people.values().find(|person| person.has(account)) {
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

    /// Who may meet a step, with who is away and who stands in: *Bob (afwezig), Carla namens Bob of Dirk*.
    pub fn seats(&self, step: &Step, verdict: &Verdict) -> Vec<Rich> {
        let seat = |holder: &PersonId| {
            let name = self.person(holder);
            let name = if verdict.away.contains(holder) { self.say("is-away").rich("who", name).done() } else { name };
            let substitutes = verdict.substitutes.iter().filter(|substitute| substitute.instead_of == *holder);
            let substitutes = substitutes.map(|substitute| self.behalf(&substitute.person, holder));
            std::iter::once(name).chain(substitutes).collect::<Vec<_>>()
        };
        step.of.iter().flat_map(seat).collect()
    }

    /// *Carla namens Bob*.
    pub fn behalf(&self, person: &PersonId, instead_of: &PersonId) -> Rich {
        self.say("on-behalf").rich("who", self.person(person)).rich("for", self.person(instead_of)).done()
    }

    /// Who decided, and for whom where it was somebody else.
    pub fn decider(&self, decision: &Decision) -> Rich {
        match &decision.behalf {
            Some(instead_of) => self.behalf(&decision.person, instead_of),
            None => self.person(&decision.person),
        }
    }

    /// Who decided: *Bob en Carla*.
    pub fn deciders(&self, decisions: &[Decision]) -> Rich {
        self.both(decisions.iter().map(|decision| self.decider(decision)).collect())
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
